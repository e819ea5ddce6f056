"""How the command talks to a terminal or a program: lines, progress, errors and exit codes."""

import json
import os
import shlex
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

from helpers.coursework import files, process
from helpers.coursework.boundary import CourseError, explain
from helpers.coursework.cli import log
from helpers.coursework.plaintext import printable

if TYPE_CHECKING:
    from helpers.coursework.course import Course

_is_verbose = False


class Exit(IntEnum):
    """The exit codes of the command."""

    DONE = 0
    SOME_FAILED = 1
    WRONG_ARGUMENTS = 2
    CANNOT = 3
    BUG = 4


class LiteralConsole(Console):
    """A console that prints names and texts of students literally, without markup or escape codes."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print with every control character, escape codes included, as a question mark."""
        shown = (printable(one, most=None) if isinstance(one, str) else one for one in objects)
        super().print(*shown, **options)

    def on_broken_pipe(self) -> None:
        """Print nothing more."""
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())


_out = LiteralConsole(highlight=False, markup=False)
_err = LiteralConsole(stderr=True, highlight=False, markup=False)


def be_verbose(is_wanted: bool) -> bool:
    """Also print each student as the work goes on, and where in the program an error was."""
    global _is_verbose
    _is_verbose = is_wanted
    return is_wanted


def say(line: str) -> None:
    """Print a line, which the terminal wraps."""
    _out.print(line, soft_wrap=True)


def _warn(line: str) -> None:
    with suppress(OSError):  # there is no place for a message
        for one in line.splitlines():
            _err.print(one, soft_wrap=True)


def finish(
    as_json: bool, result: dict, lines: Iterable[str], *, failed: object, dry_run: bool = False
) -> None:
    """Print a result as one line for a program or as lines for people, log these, and end the command."""
    with errors_explained(as_json):
        if dry_run:
            result["dry_run"] = True
            lines = ["Dry run: nothing was written.", *lines]
        for line in lines:
            log.note(line)
            if not as_json:
                _print(line)
        if as_json:
            print_json(result)
    raise typer.Exit(Exit.SOME_FAILED if failed else Exit.DONE)


def print_json(result: Any) -> None:
    """Print a line of JSON for another program."""
    try:
        print(json.dumps(result), flush=True)
    except OSError as error:
        _print_no_more(error)


def _print(line: str) -> None:
    try:
        say(line)
    except OSError as error:
        _print_no_more(error)


def _print_no_more(error: OSError) -> None:
    """Discard all further output; the work is done, so a reader that has gone away is no error."""
    _out.on_broken_pipe()
    if not isinstance(error, BrokenPipeError):
        raise CourseError(f"The work is done, but its result cannot be printed: {error.strerror}.") from None


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
        log.note(f"{step.student}: {step.done} of {step.total}")
        self._bar.update(self._task, completed=step.done, total=step.total)
        if _is_verbose:
            _warn(f"{self._title}: {step.student} ({step.done} of {step.total})")
        elif self._log and (step.done == step.total or step.done % 100 == 0):
            _warn(f"{self._title}: {step.done} of {step.total}")


@contextmanager
def errors_explained(as_json: bool = False) -> Iterator[None]:
    """Turn an error into one sentence and an exit code."""
    try:
        yield
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except process.Stopped:
        log.note("Stopped by a signal.")
        raise
    except Exception as error:
        if process.was_stopped():  # some libraries turn what stopped the command into an error
            raise process.Stopped from None
        is_bug = not _is_expected(error)
        sentence = explain(error)
        if is_bug:
            sentence = (
                f"This is a bug ({type(error).__name__}: {printable(str(error))}). "
                "Please report it with what the same command prints with --verbose."
            )
            log.note_bug(error)
        log.note(sentence)
        if _is_verbose:
            _warn("".join(traceback.format_exception(error)))
        if as_json:
            with suppress(OSError, CourseError):
                print_json({"error": sentence})
        else:
            _warn(f"coursework: {sentence}")
        raise typer.Exit(Exit.BUG if is_bug else Exit.CANNOT) from None


@contextmanager
def open_course(
    folder: Path, assignment: str = "", *, dry_run: bool = False, needs_gradebook: bool = True
) -> Iterator["Course"]:
    """Yield the course in a folder; nothing else writes to it meanwhile, and its log says what was done.

    With `dry_run`, nothing at all is written.  Without `needs_gradebook`, there may be no gradebook yet.
    """
    from helpers.coursework.course import Course

    home = Course(folder)
    log.end_log()
    with ExitStack() as stack:
        if dry_run:
            stack.enter_context(files.dry_run())
        else:
            stack.enter_context(home.locked())
            process.begin_work()
            log.begin_log(home, assignment, shlex.join(sys.argv[1:]))
        if needs_gradebook:
            _demand_gradebook(home, assignment)
        yield home


def _demand_gradebook(home: "Course", assignment: str) -> None:
    """Refuse a course without a gradebook; nbgrader would make an empty one as soon as it looks."""
    from helpers.coursework.overview import has_gradebook

    if not has_gradebook(home):
        raise CourseError(
            f"{home.folder} has no gradebook yet. First run `nbgrader generate_assignment {assignment}`."
        )


def agrees(lines: Iterable[str]) -> bool:
    """Print lines, and ask in the terminal whether to go on; without a terminal, the answer is no."""
    if not sys.stdin.isatty():
        return False
    for line in lines:
        say(line)
    try:
        return input("Remove all of this? [y/N] ").strip().casefold() in ("y", "yes")
    except EOFError:
        return False


def _is_expected(error: Exception) -> bool:
    return isinstance(error, OSError | CourseError) or type(error).__module__.startswith(
        ("helpers.", "sqlalchemy.")
    )
