"""What one submission may use in total, across all its processes and cells.

The program that marks limits time and the data that it receives (:class:`Budget`).  The fork server limits
the number of processes and their memory (:class:`Watchdog`).
"""

import os
import time
from collections.abc import Iterable

MEMORY = 2_000_000_000
"""Bytes of memory; the files in its folders have a limit of their own, which comes on top."""

FILES = 64_000_000
"""Bytes of a file, and of all files in one of its folders."""

PROCESSES = 32
"""Number of processes and threads."""

TIMES = 10
"""The cells and checks of a notebook may take this many times the seconds allowed for one cell."""

BYTES, VALUES = 48_000_000, 2_000_000
"""What the processes of a submission may send: bytes of JSON, and the number of values in it."""

_SENTENCES = {
    b"m": f"The submission used more than the {MEMORY // 1_000_000:,} MB of memory that it may use, "
    "including the programs that it started.",
    b"p": f"The submission started more than the {PROCESSES} processes and threads that it may have.",
    b"t": "The cells and checks of the notebook took longer than the {:,.0f} seconds that they may take "
    "together.",
    b"s": f"The notebook produced more output than the {BYTES // 1_000_000} MB or {VALUES:,} values "
    "that it may have.",
}
# Shared memory counts as mapped even before it is used; above this limit it is measured.
_MAPPED = 1_000_000_000


def message_for(budget: bytes, seconds: float = 0) -> str:
    """Return the message for a budget that is used up; empty for any other letter."""
    return _SENTENCES.get(budget, "").format(seconds)


class Budget:
    """What is left of a submission's time, and of the data that its processes may send.

    Parameters
    ----------
    timeout
        Seconds for each cell.
    """

    def __init__(self, timeout: float):
        self._seconds = TIMES * timeout
        self._until: float | None = None
        self._bytes, self._values = BYTES, VALUES

    @property
    def until(self) -> float:
        """Return the moment at which the time is up; the clock starts at the first call."""
        if self._until is None:
            self._until = time.monotonic() + self._seconds
        return self._until

    @property
    def exceeded(self) -> str:
        """Return the message for the budget that is used up, or an empty string."""
        if self._bytes < 0 or self._values < 0:
            return message_for(b"s")
        return message_for(b"t", self._seconds) if time.monotonic() >= self.until else ""

    def charge_length(self, length: int) -> None:
        """Count the bytes of a message before it is received."""
        self._bytes -= length

    def charge_body(self, body: bytearray) -> None:
        """Count the memory that a message will need, before it is parsed."""
        self._values -= body.count(b",") + body.count(b"{") + body.count(b"[")
        if b"\\ud" in body:  # one character above U+FFFF makes every character of its text take four bytes
            self._bytes -= 3 * len(body)


class Watchdog:
    """Checks the processes that the workers of this fork server have started, and their memory.

    Parameters
    ----------
    mapped
        The bytes that are mapped in a worker when it starts.
    """

    def __init__(self, mapped: int):
        self._mapped = mapped
        self._not_before = 0.0

    def find_exceeded(self, workers: Iterable[int]) -> dict[int, bytes]:
        """Return the letter of the budget for each worker that has used one up."""
        found = {int(name): _stat(int(name)) for name in os.listdir("/proc") if name.isdigit()}
        children: dict[int, list[int]] = {}
        for pid, (parent, *_) in found.items():
            children.setdefault(parent, []).append(pid)
        trees = {worker: _tree(worker, children) for worker in workers if worker in found}
        return {worker: letter for worker, tree in trees.items() if (letter := self._look(tree, found))}

    def _look(self, tree: list[int], found: dict[int, tuple[int, int, int, int]]) -> bytes:
        if sum(found[pid][1] for pid in tree) > PROCESSES:
            return b"p"
        mapped = sum(found[pid][2] for pid in tree) - self._mapped
        # Resident memory includes what all workers share, so only high values are measured exactly.
        resident = sum(found[pid][3] for pid in tree)
        begun = time.monotonic()
        if max(resident - MEMORY, mapped - _MAPPED) < 0 or begun < self._not_before:
            return b""
        is_over = _memory(tree, found) > MEMORY
        now = time.monotonic()
        self._not_before = now + 4 * (now - begun)  # measuring takes at most a fifth of the time
        return b"m" if is_over else b""


def mapped_bytes() -> int:
    """Return the bytes that are mapped in this process; 0 if the system does not say."""
    return _stat(os.getpid())[2]


def _stat(pid: int) -> tuple[int, int, int, int]:
    """Return parent, number of threads, mapped and resident bytes of a process; zeros if it has ended."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return 0, 0, 0, 0
    return int(fields[1]), int(fields[17]), int(fields[20]), int(fields[21]) * os.sysconf("SC_PAGE_SIZE")


def _tree(worker: int, children: dict[int, list[int]]) -> list[int]:
    """Return a worker and its descendants; an orphaned process becomes a child of the worker."""
    tree = [worker]
    for pid in tree:
        tree.extend(children.get(pid, ()))
    return tree


def _memory(tree: list[int], found: dict[int, tuple[int, int, int, int]]) -> int:
    """Return the bytes that a tree uses; shared pages count once, mapped shared memory in full."""
    total, shared = 0, {}
    for pid in tree:
        try:
            with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
                total += sum(int(line.split()[1]) * 1024 for line in file if line.startswith(b"Pss_Anon:"))
            with open(f"/proc/{pid}/maps", "rb") as file:
                for line in file:
                    span, rights, _offset, _device, inode, *name = line.split(None, 5)
                    if rights.endswith(b"s") and name and name[0].startswith((b"/dev/zero", b"/memfd")):
                        begin, end = (int(number, 16) for number in span.split(b"-"))
                        shared[inode] = max(shared.get(inode, 0), end - begin)
        except OSError:  # the process has ended, or may not be inspected
            total += found[pid][3]
    return total + sum(shared.values())
