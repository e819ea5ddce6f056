"""The process of the command: a signal stops it with one sentence, and its standard streams always exist.

Only modules that Python has loaded anyway are imported here, because this runs before everything else.
"""

import os
import signal
import sys
from contextlib import suppress

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_SECONDS_TO_STOP = 30
_BEFORE = "Stopped before anything was changed."
_DURING = "Stopped. What was finished is recorded; run the same command again to go on."
_SHOW_CURSOR = b"\x1b[?25h\r"


class Stopped(BaseException):
    """A signal stops the command; this is raised where it is, so that nothing is left half-written."""


class _State:
    stopped_by = 0  # the number of the signal; 0 before there is one
    is_working = False  # whether the command may have changed something


def watch_signals() -> None:
    """Stop with one sentence from now on, unless the signal is ignored, as under `nohup`."""
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
    sys.unraisablehook = _end_or_tell
    if hasattr(signal, "SIGPIPE"):  # until there is work to do, `| head` ends the command as it does `cat`
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def begin_work() -> None:
    """Note that the command may change something from now on, so that it is not ended in the middle."""
    _State.is_working = True
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def was_stopped() -> bool:
    """Say whether a signal is stopping the command; some libraries turn `Stopped` into other errors."""
    return bool(_State.stopped_by)


def end_stopped() -> None:
    """Say that the command was stopped, and end as the signal would have ended it."""
    _end(_State.stopped_by)


def _stop(number: int, _frame: object) -> None:
    if not _State.is_working or _State.stopped_by:
        _end(number)
    from threading import Timer

    _State.stopped_by = number
    for one in _SIGNALS:  # a second signal does not wait
        if signal.getsignal(one) is _stop:
            signal.signal(one, signal.SIG_DFL)
    last = Timer(_SECONDS_TO_STOP, _end, [number])
    last.daemon = True
    last.start()
    raise Stopped


def _end(number: int) -> None:
    said = _DURING if _State.is_working else _BEFORE
    with suppress(OSError):  # the terminal may be gone
        if os.isatty(2):
            os.write(2, _SHOW_CURSOR)
        os.write(2, f"coursework: {said}\n".encode())
        if "--json" in sys.argv:
            os.write(1, f'{{"error": "{said}"}}\n'.encode())
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def _end_or_tell(error: "sys.UnraisableHookArgs") -> None:
    """End if Python would only report the error, because it was raised while an object was deleted."""
    if was_stopped():
        _end(_State.stopped_by)
    sys.__unraisablehook__(error)


def open_streams() -> None:
    """Give the process the standard streams that it lacks, and let no text fail to be printed.

    Without them, the next file that is opened, such as the gradebook, would take the place of the output.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, which is this one
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def use_utf8() -> None:
    """Start again in Python's UTF-8 mode if the locale has another encoding: names would be read wrongly."""
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
