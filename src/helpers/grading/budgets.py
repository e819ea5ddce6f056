"""What one submission may use in all, however many processes and cells share it.

The program that marks counts time and what it is sent (:class:`Budget`).  The process that forks one for each
submission looks at what these have started, and at its memory (:class:`Watch`).
"""

import os
import time
from collections.abc import Iterable

MEMORY = 2_000_000_000
"""Bytes of memory; what lies in its folders comes on top, and is limited there."""

PROCESSES = 32
"""Processes and threads."""

TIMES = 10
"""So many times the seconds of one cell may all cells and checks of a notebook take."""

BYTES, VALUES = 48_000_000, 2_000_000
"""What the processes of a submission may send: bytes of JSON, and values in it."""

_SENTENCES = {
    b"m": f"A submission may use {MEMORY // 1_000_000:,} MB of memory, with all programs that it starts; "
    "this was more.",
    b"p": f"A submission may have {PROCESSES} processes and threads; these were more.",
    b"t": "All cells of a notebook and its checks may take {:,.0f} seconds together; these took longer.",
    b"s": f"A notebook may show and answer {BYTES // 1_000_000} MB or {VALUES:,} values in all; "
    "this was more.",
}
_PAGE = os.sysconf("SC_PAGE_SIZE")
# Shared memory is held by a mapping also where nobody has touched it; from here on it is looked for.
_MAPPED = 1_000_000_000


def sentence(budget: bytes, seconds: float = 0) -> str:
    """Return what is said of a budget that is spent; nothing for any other letter."""
    return _SENTENCES.get(budget, "").format(seconds)


class Budget:
    """What is left of the time of a submission, and of what its processes may send.

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
        """Return when the time is over; it runs from the first time that this is asked."""
        if self._until is None:
            self._until = time.monotonic() + self._seconds
        return self._until

    @property
    def spent(self) -> str:
        """Return what is said of the budget that is spent, or an empty string."""
        if self._bytes < 0 or self._values < 0:
            return sentence(b"s")
        return sentence(b"t", self._seconds) if time.monotonic() >= self.until else ""

    def take_length(self, length: int) -> None:
        """Count a message that is to come."""
        self._bytes -= length

    def take(self, body: bytearray) -> None:
        """Count what a message takes once it is read, before it is read."""
        self._values -= body.count(b",") + body.count(b"{") + body.count(b"[")
        if b"\\ud" in body:  # one letter beyond the first 65,536 makes each of its text four bytes long
            self._bytes -= 3 * len(body)


class Watch:
    """Looks at what the forks of this process have started, and at the memory of all.

    Parameters
    ----------
    mapped
        The bytes that are mapped in a fork from the beginning.
    """

    def __init__(self, mapped: int):
        self._mapped = mapped
        self._not_before = 0.0

    def over(self, forks: Iterable[int]) -> dict[int, bytes]:
        """Return the letter of the spent budget for each of the forks that have spent one."""
        found = {int(name): _stat(int(name)) for name in os.listdir("/proc") if name.isdigit()}
        children: dict[int, list[int]] = {}
        for pid, (parent, *_) in found.items():
            children.setdefault(parent, []).append(pid)
        trees = {fork: _tree(fork, children) for fork in forks if fork in found}
        return {fork: letter for fork, tree in trees.items() if (letter := self._look(tree, found))}

    def _look(self, tree: list[int], found: dict[int, tuple[int, int, int, int]]) -> bytes:
        if sum(found[pid][1] for pid in tree) > PROCESSES:
            return b"p"
        mapped = sum(found[pid][2] for pid in tree) - self._mapped
        # What is resident includes what all forks share; only where that may be too much, a closer look.
        resident = sum(found[pid][3] for pid in tree)
        begun = time.monotonic()
        if max(resident - MEMORY, mapped - _MAPPED) < 0 or begun < self._not_before:
            return b""
        is_over = _memory(tree, found) > MEMORY
        now = time.monotonic()
        self._not_before = now + 4 * (now - begun)  # looking takes a fifth of the time at most
        return b"m" if is_over else b""


def mapped_bytes() -> int:
    """Return the bytes that are mapped in this process; 0 where the system does not tell."""
    return _stat(os.getpid())[2]


def _stat(pid: int) -> tuple[int, int, int, int]:
    """Return parent, number of threads, mapped and resident bytes of a process; zeros when it is gone."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return 0, 0, 0, 0
    return int(fields[1]), int(fields[17]), int(fields[20]), int(fields[21]) * _PAGE


def _tree(fork: int, children: dict[int, list[int]]) -> list[int]:
    """Return a fork and all that come from it: an orphan becomes a child of the fork."""
    tree = [fork]
    for pid in tree:
        tree.extend(children.get(pid, ()))
    return tree


def _memory(tree: list[int], found: dict[int, tuple[int, int, int, int]]) -> int:
    """Return the bytes of a tree: pages that several share are counted once, mapped shared memory whole."""
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
        except OSError:  # it has ended, or lets nobody look
            total += found[pid][3]
    return total + sum(shared.values())
