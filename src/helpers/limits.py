"""What a computation may use: how much time, and how many cores."""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator


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
    """Return how many cores this process may use; on a shared machine these are not all.

    Examples
    --------
    >>> count_cores() >= 1
    True
    """
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        return os.process_cpu_count() or 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
