"""How the command talks to a terminal or a program: lines, progress, errors and exit codes."""

import json
import os
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from helpers.coursework.boundary import CourseError, explain
from helpers.coursework.plaintext import printable

_DEBUG = "COURSEWORK_DEBUG"
"""The environment variable that makes an unexpected error show its traceback."""


class Exit(IntEnum):
    """The exit codes of the command; 2 means that it was called with wrong arguments."""

    DONE = 0
    SOME_FAILED = 1
    CANNOT = 3
    BUG = 4


class LiteralConsole(Console):
    """A console that prints names and texts of students literally, without markup or escape codes."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print with every control character, escape codes included, as a question mark."""
        shown = (printable(one, most=None) if isinstance(one, str) else one for one in objects)
        super().print(*shown, **options)


_out = LiteralConsole(highlight=False, markup=False)
_err = LiteralConsole(stderr=True, highlight=False, markup=False)


def say(line: str) -> None:
    """Print a line, which the terminal wraps."""
    _out.print(line, soft_wrap=True)


class show_progress:
    """A progress bar in a terminal; a line now and then in a log; nothing if another program reads it."""

    def __init__(self, title: str, *, quiet: bool):
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            TimeRemainingColumn(), console=_err, disable=quiet or not _err.is_terminal,
        )  # fmt: skip
        self._log = not quiet and not _err.is_terminal
        self._title = printable(title)

    def __enter__(self):
        self._bar.start()
        self._task = self._bar.add_task(self._title, total=None)
        return self._show

    def __exit__(self, *_exception):
        self._bar.stop()

    def _show(self, step) -> None:
        self._bar.update(self._task, completed=step.done, total=step.total)
        if self._log and (step.done == step.total or step.done % 100 == 0):
            _err.print(f"{self._title}: {step.done} of {step.total}", soft_wrap=True)


@contextmanager
def errors_explained(as_json: bool = False):
    """Turn an error into one sentence and an exit code."""
    try:
        yield
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as error:
        if os.environ.get(_DEBUG):
            raise
        is_bug = not _is_expected(error)
        sentence = explain(error)
        if is_bug:
            sentence = (
                f"This is a bug ({type(error).__name__}: {printable(str(error))}). "
                f"Set {_DEBUG}=1 to see the traceback, and report it."
            )
        if as_json:
            print(json.dumps({"error": sentence}))
        else:
            for line in f"coursework: {sentence}".splitlines():
                _err.print(line, soft_wrap=True)
        raise typer.Exit(Exit.BUG if is_bug else Exit.CANNOT) from None


def _is_expected(error: Exception) -> bool:
    return isinstance(error, OSError | CourseError) or type(error).__module__.startswith(
        ("helpers.", "sqlalchemy.")
    )
