"""What a computation may use: how much time, how many cores, and how much memory."""

import contextlib
import math
import os
import re
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

_CGROUPS, _OWN_CGROUPS = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")
_MACHINE = Path("/proc/meminfo")


@contextlib.contextmanager
def time_limit(seconds: float, error: BaseException, *, waiting: bool = False) -> Iterator[None]:
    """Raise an error in the code of a ``with`` statement if it takes too long.

    Without effect on Windows, in browsers and in threads, where Python cannot interrupt code.

    Parameters
    ----------
    seconds
        The limit, in time of the processor, so that a busy machine makes no difference.
    error
        What is raised.
    waiting
        Whether the limit is of the clock instead, for code that may wait without computing.

    Examples
    --------
    >>> with time_limit(0.1, ValueError("This takes too long.")):
    ...     while True:
    ...         pass
    Traceback (most recent call last):
    ValueError: This takes too long.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise error

    if waiting:
        kind, number = signal.ITIMER_REAL, signal.SIGALRM
    else:
        kind, number = signal.ITIMER_VIRTUAL, signal.SIGVTALRM
    handler = signal.signal(number, stop)
    timer = signal.setitimer(kind, seconds)
    try:
        yield
    finally:
        signal.setitimer(kind, 0)
        signal.signal(number, handler)
        signal.setitimer(kind, *timer)


def count_cores() -> int:
    """Return how many cores this process may use: those of the machine, of its affinity, or of its cgroups.

    Examples
    --------
    >>> count_cores() >= 1
    True
    """
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        cores = os.process_cpu_count() or 1
    else:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    shares = [quota / period for quota, period in _cpu_quotas() if quota > 0]
    return max(math.floor(min([cores, *shares])), 1)


def available_memory() -> int | None:
    """Return how many bytes of memory this process and those that it starts may use; None if unknown.

    Examples
    --------
    >>> available_memory() is None or available_memory() > 0
    True
    """
    limits = [number for text in _read("memory.max", "memory.limit_in_bytes") for number in _numbers(text)]
    with contextlib.suppress(OSError):
        told = re.search(r"MemAvailable:\s*(\d+) kB", _MACHINE.read_text())
        limits += [int(told[1]) * 1024] if told else []
    return min(limits, default=None)


def _cpu_quotas() -> list[tuple[int, int]]:
    """Return the microseconds of processor time that this process may use, each with their period."""
    both = [_numbers(text) for text in _read("cpu.max")]  # cgroups version 2
    parts = [_read(f"cpu.cfs_{part}_us") for part in ("quota", "period")]  # version 1
    both += [_numbers(f"{quota} {period}") for quota, period in zip(*parts, strict=True)]
    return [(numbers[0], numbers[1]) for numbers in both if len(numbers) == 2]


def _numbers(text: str) -> list[int]:
    """Return the numbers in a text; ``max`` means that there is no limit."""
    return [int(word) for word in text.split() if word.lstrip("-").isdigit()]


def _read(*names: str) -> list[str]:
    """Return the content of files of this process's cgroups, and of those that contain them."""
    found = []
    for line in _text(_OWN_CGROUPS).splitlines():
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):  # version 2 has none
            folder = _CGROUPS / controller / path.strip("/")
            places = [folder, *folder.parents]
            places = places[: places.index(_CGROUPS / controller) + 1]
            found += [text for place in places for name in names if (text := _text(place / name))]
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
