"""An nbgrader course: its configuration, its folders and its submissions."""

import difflib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode, reader
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files, parse_utc
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from helpers.coursework.boundary import CourseError, SubmissionError
from helpers.coursework.plaintext import printable
from helpers.coursework.release.variants import ask_variants
from helpers.coursework.submission import LONGEST, TIDIERS, Submission

try:
    import fcntl
except ImportError:  # on Windows
    fcntl = None

CONFIG = "nbgrader_config.py"
TIMESTAMP = "timestamp.txt"
LONGEST_TIMEOUT = 600
"""Seconds for a cell if the configuration sets no limit: `timeout = None`, 0 or less."""

# The classes from which nbgrader's Execute takes its settings; later ones override earlier ones.
_EXECUTE = (
    "LoggingConfigurable", "NotebookClient", "NbConvertBase", "Preprocessor", "ExecutePreprocessor",
    "NbGraderPreprocessor", "Execute",
)  # fmt: skip
_STOCK_TIMEOUT = 30
_LONGEST_TIME = 100
_YEARS = range(1970, 2200)
# The most files sent along with a notebook, and their bytes in total.
_MOST_BESIDE, _MOST_FILES = 20_000_000, 1_000
_MOST_NAMED = 10


class Course:
    """The folder of a course.

    Raises
    ------
    CourseError
        When the folder has no such file.
    """

    def __init__(self, folder: str | Path = "."):
        self.folder = Path(folder).resolve()
        try:
            self.config: Config = PyFileConfigLoader(CONFIG, path=str(self.folder)).load_config()
        except ConfigFileNotFound:
            raise CourseError(
                f"{self.folder} has no {CONFIG}. Change to the course's folder, `exercises`, and try again."
            ) from None
        self.directory = CourseDirectory(config=self.config)
        self.directory.root = str(self.folder)
        self._known: dict[str, _Given] = {}

    @property
    def db_url(self) -> str:
        """Return the address of the gradebook."""
        return self.directory.db_url

    @property
    def course_id(self) -> str:
        """Return the name of the course in the gradebook."""
        return self.directory.course_id

    @cached_property
    def own(self) -> Path:
        """Return the folder for results that need not be computed twice."""
        return self.folder / ".coursework"

    @cached_property
    def timeout(self) -> "Timeout":
        """Return how many seconds a cell may run, as nbgrader reads it from the configuration."""
        sections = [self.config[name] for name in _EXECUTE if name in self.config]
        if any(section.get("timeout_func") is not None for section in sections):
            raise CourseError(f"{CONFIG} sets timeout_func, which is not supported: set c.Execute.timeout.")
        told = [section["timeout"] for section in sections if "timeout" in section]
        seconds = told[-1] if told else _STOCK_TIMEOUT
        if seconds is not None and (isinstance(seconds, bool) or not isinstance(seconds, int)):
            raise CourseError(f"{CONFIG}: the timeout {seconds!r} is not a whole number of seconds.")
        if seconds is None or seconds <= 0:
            return Timeout(
                LONGEST_TIMEOUT, f"{CONFIG} sets no time limit; cells are stopped after {LONGEST_TIMEOUT} s."
            )
        return Timeout(float(seconds), "")

    @property
    def tidying(self) -> Config:
        """Return the part of the configuration for the steps after running; the rest is not sent away."""
        steps = [step.__name__ for step in TIDIERS]
        return Config({step: self.config[step] for step in steps if step in self.config})

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other commands from writing to this course.

        Raises
        ------
        CourseError
            When another command is running.
        """
        self.own.mkdir(parents=True, exist_ok=True)
        with open(self.own / "lock", "a+") as file:
            if fcntl:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise CourseError(
                        f"Another `coursework` command is running in {self.folder}. "
                        "Wait until it has finished, then run this one again."
                    ) from None
                except OSError:  # some network drives have no file locks
                    pass
            yield

    def assignments(self) -> list[str]:
        """Return the names of the assignments that have sources."""
        source = self.path("source", ".", ".")
        return sorted(path.parent.name for path in source.glob("*/*.ipynb"))

    def students(self, assignment: str, step: str = "submitted") -> list[str]:
        """Return the students with a folder for an assignment, sorted; by default those who handed it in."""
        place = self.folder / getattr(self.directory, f"{step}_directory")
        if not place.is_dir():
            return []
        return sorted(
            folder.name for folder in place.iterdir() if self.path(step, folder.name, assignment).is_dir()
        )

    def choose(self, assignment: str, students: list[str], *steps: str) -> list[str]:
        """Return the students with these names, without duplicates, sorted.

        Parameters
        ----------
        steps
            Each student must have one of these folders; by default ``submitted``.

        Raises
        ------
        CourseError
            When one of them has handed in nothing: a typing error must not create a new student.
        """
        known = {one for step in steps or ["submitted"] for one in self.students(assignment, step)}
        for student in students:
            if student not in known:
                near = ", ".join(difflib.get_close_matches(student, sorted(known), n=3))
                hint = f" Did you mean {near}?" if near else " Check the names of the folders there."
                raise CourseError(
                    f"There is no work by {printable(student)} for {assignment} in submitted/.{hint}"
                )
        return sorted(set(students))

    def path(self, step: str, student: str, assignment: str) -> Path:
        """Return a folder of the course, as configured.

        Parameters
        ----------
        step
            ``source``, ``release``, ``submitted``, ``autograded`` or ``feedback``.
        student, assignment
            Their names; ``.`` for all.
        """
        name = getattr(self.directory, f"{step}_directory")
        return Path(self.directory.format_path(name, student, assignment))

    def source_cells(self, assignment: str, notebook: str) -> list[NotebookNode]:
        """Return the cells of a notebook's source in order; empty if there is no source."""
        cells = self._cells("source", assignment, notebook)
        is_varied = notebook in self.config.get("AskVariants", {}).get("notebooks", [])
        return ask_variants(cells) if is_varied else cells

    def given_texts(self, assignment: str, notebook: str) -> dict[str, dict]:
        """Return the texts of the course's own Markdown cells in a notebook, each with its attachments."""
        cells = [*self.source_cells(assignment, notebook), *self._cells("release", assignment, notebook)]
        return {cell.source: cell.get("attachments", {}) for cell in cells if cell.cell_type == "markdown"}

    def _cells(self, step: str, assignment: str, notebook: str) -> list[NotebookNode]:
        path = self.path(step, ".", assignment) / f"{notebook}.ipynb"
        if not path.is_file():
            return []
        # `nbformat.read` would also validate it, which takes longer than all the rest and only logs problems.
        return nbformat.convert(reader.reads(path.read_text(encoding="utf-8")), 4).cells

    def submission(self, student: str, assignment: str) -> Submission:
        """Return a student's submission, with the course's own files instead of the student's copies.

        Raises
        ------
        SubmissionError
            When the folder is a link, or its time cannot be read.
        """
        folder = self.path("submitted", student, assignment)
        try:
            student.encode()
        except UnicodeEncodeError:
            raise SubmissionError("The name of this folder is not valid UTF-8: rename it.") from None
        for place in (folder.parent, folder):
            if place.is_symlink() and place != self.folder / self.directory.submitted_directory:
                raise SubmissionError(
                    f"submitted/{printable(student)} is a link to another folder. Put the files themselves "
                    "there, or remove the link."
                )
        self.handed_in(student, assignment)
        given = self._given(assignment)
        files, remarks = _read_files(folder, given.notebooks, self.directory.ignore, given.originals)
        return Submission(student, files | given.files, frozenset(given.files), tuple(remarks))

    def given_files(self, assignment: str) -> dict[str, bytes]:
        """Return the course's own files next to the notebooks, which replace a student's of the same name.

        Raises
        ------
        CourseError
            When they are too large to be sent.
        """
        return self._given(assignment).files

    def _given(self, assignment: str) -> "_Given":
        """Return the files of an assignment's source; they are read once, not for each student."""
        if assignment not in self._known:
            source = self.path("source", ".", assignment)
            notebooks = {path.name for path in source.glob("*.ipynb")} or {f"{assignment}.ipynb"}
            found, too_large = _read_files(source, notebooks, self.directory.ignore)
            if too_large:
                raise CourseError(
                    f"{source}: {too_large[0]} Make it smaller, or remove it from the assignment."
                )
            kept = set(self.config.get("Autograde", {}).get("exclude_overwriting", {}).get(assignment, []))
            files = {name: data for name, data in found.items() if name not in notebooks | kept}
            originals = {_identity(path) for path in source.rglob("*") if path.is_file()}
            self._known[assignment] = _Given(notebooks, files, originals)
        return self._known[assignment]

    def handed_in(self, student: str, assignment: str) -> datetime | None:
        """Return the time in ``timestamp.txt``, in UTC; None if there is none.

        Raises
        ------
        SubmissionError
            When the file contains something other than a time.
        """
        path = self.path("submitted", student, assignment) / TIMESTAMP
        try:
            content = _read_file(path, _LONGEST_TIME + 1)
        except FileNotFoundError:
            return None
        remedy = "Write the time into it, such as 2026-03-01 12:00:00 UTC, or remove the file."
        if content is None:
            raise SubmissionError(f"{TIMESTAMP} is not an ordinary file. {remedy}")
        text = content.decode("utf-8-sig", "replace").strip()
        if not text:
            return None
        with suppress(ValueError, OverflowError, TypeError, AttributeError):
            time = parse_utc(text) if len(content) <= _LONGEST_TIME else None
            if time is not None and time.year in _YEARS:
                return time
        raise SubmissionError(f"{TIMESTAMP} contains {printable(text[:40])!r}, which is not a time. {remedy}")


class _Given(NamedTuple):
    """The files of an assignment's source: names of notebooks, other files, and which files these are."""

    notebooks: set[str]
    files: dict[str, bytes]
    originals: set[tuple[int, int]]


class Timeout(NamedTuple):
    """How many seconds a cell may run, and a sentence if that differs from the configuration."""

    seconds: float
    note: str


def _read_files(
    folder: Path, notebooks: set[str], ignore: list[str], forbidden: set[tuple[int, int]] = frozenset()
) -> tuple[dict[str, bytes], list[str]]:
    """Return the content of each file by its path in the folder, and sentences on files that were left out.

    Links are not followed.  The assignment's notebooks are always read, up to one byte beyond the limit.
    `forbidden` are the instructor's own files, which may be there under another name.
    """
    found: dict[str, bytes] = {}
    left_out, bytes_left = [], _MOST_BESIDE
    for path in map(Path, sorted(find_all_files(str(folder), ignore))):
        name = path.relative_to(folder).as_posix()
        if any(map(os.path.islink, accumulate([folder, *name.split("/")], os.path.join))):
            continue
        try:
            name.encode()
        except UnicodeEncodeError:
            left_out.append(f"The file {printable(name)} was left out: its name is not valid UTF-8.")
            continue
        if not path.is_file():
            continue
        if _identity(path) in forbidden:
            raise SubmissionError(f"{printable(name)} is the instructor's own file (a hard link): remove it.")
        length = path.stat().st_size
        if name in notebooks:
            length = min(length, LONGEST + 1)
        elif length > bytes_left or len(found) >= _MOST_FILES:
            most = f"at most {_MOST_FILES:,} files with {_MOST_BESIDE // 1_000_000} MB in total are taken"
            size = f"{length / 1_000_000:.1f} MB"
            left_out.append(
                f"The file {printable(name)} ({size}) was left out: besides the notebook, {most}."
            )
            continue
        else:
            bytes_left -= length
        content = _read_file(path, length)
        if content is not None:
            found[name] = content
    return found, left_out[:_MOST_NAMED]


def _read_file(path: Path, most: int) -> bytes | None:
    """Return the beginning of an ordinary file; None for a device, pipe or folder."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return None
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    with open(descriptor, "rb") as file:
        return file.read(most) if stat.S_ISREG(os.fstat(descriptor).st_mode) else None


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino
