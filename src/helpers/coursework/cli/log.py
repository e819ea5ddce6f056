"""The log of a course, `.coursework/log`: when each command ran, what it said, and where a bug was.

It holds no solution, hidden test or escape code, so it can be sent to somebody who helps.
"""

import logging
import os
import re
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.coursework.plaintext import printable

if TYPE_CHECKING:
    from helpers.coursework.course import Course

_LONGEST = 1_000_000  # the bytes after which a log becomes `log.1`, in place of an older one
_IN_QUOTES = re.compile(r"[\"']([^\"']+)[\"']")
_LOGGER = logging.Logger("coursework")  # not among the loggers that other packages configure


class _Lines(logging.FileHandler):
    """Writes the time, the process and a line; a log that cannot be written stops nothing."""

    def __init__(self, path: Path, hide: Callable[[str], str]):
        super().__init__(path, encoding="utf-8", errors="replace", delay=True)
        self._hide = hide

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%S")
        lines = [printable(line, most=1000) for line in self._hide(record.getMessage()).splitlines()]
        return "\n".join(f"{time} {record.process} {line}" for line in lines)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; the disk may be full, or the folder read-only."""
        with suppress(OSError):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Do nothing, for the same reason."""


def begin_log(course: "Course", assignment: str, command: str) -> None:
    """Write what is noted from now on into the course's log; the caller has the lock of the course."""
    path = course.own / "log"
    with suppress(OSError):
        if path.stat().st_size > _LONGEST:
            os.replace(path, path.with_name("log.1"))
    end_log()
    _LOGGER.addHandler(_Lines(path, _hide_secrets(course, assignment)))
    note(f"$ coursework {command}")


def end_log() -> None:
    """Write nothing more into a log."""
    for handler in list(_LOGGER.handlers):
        _LOGGER.removeHandler(handler)
        handler.close()


def note(line: str) -> None:
    """Write a line into the log of the course, if a command is working in one."""
    if _LOGGER.handlers:
        _LOGGER.info("%s", line)


def note_bug(error: BaseException) -> None:
    """Write the kind of an error and the lines that led to it; its message may quote a hidden test."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    note(f"BUG {type(error).__name__}\n{frames}")


def _hide_secrets(course: "Course", assignment: str) -> Callable[[str], str]:
    """Return a function that replaces lines of solutions, hidden tests and rubrics in a text."""
    from helpers.coursework.redaction import Redactor, cut_secrets

    try:
        names = [path.stem for path in course.path("source", ".", assignment).glob("*.ipynb")]
        cells = [cell for name in names for cell in course.source_cells(assignment, name)]
        secrets = {line for cell in cells for line in cut_secrets(cell, config=course.config)}
        secrets |= {text for line in secrets for text in _IN_QUOTES.findall(line)}  # messages of assertions
    except Exception:  # damaged sources: the command itself will say so
        return lambda _: "[not logged, because the sources cannot be read]"
    return Redactor(secrets, "[a line of a solution or a hidden test]").redact
