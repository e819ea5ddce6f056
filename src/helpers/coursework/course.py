"""An nbgrader course: its folders and its submissions."""

import difflib
import json
import os
import re
import stat
import string
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from fnmatch import fnmatchcase
from functools import cached_property
from glob import escape, glob
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode, reader
from nbgrader.utils import find_all_files, parse_utc
from traitlets.config import Config

from helpers.coursework.boundary import CourseError, SubmissionError
from helpers.coursework.files import is_dry_run, share
from helpers.coursework.plaintext import printable
from helpers.coursework.release.variants import ask_variants
from helpers.coursework.settings import Settings
from helpers.coursework.submission import LONGEST, MOST_BESIDE, Submission

try:
    import fcntl
except ImportError:  # on Windows
    fcntl = None

TIMESTAMP = "timestamp.txt"
_LONGEST_TIME = 100
_YEARS = range(1970, 2200)
# The most files sent along with a notebook.
_MOST_FILES = 1_000
_MOST_NAMED = 10


class Course:
    """The folder of a course.

    Raises
    ------
    CourseError
        When there is no course in the folder, or its settings cannot be read.
    """

    def __init__(self, folder: str | Path = "."):
        self.settings = Settings(Path(folder))
        self.folder, self.directory = self.settings.folder, self.settings.directory
        self._known: dict[str, _Given] = {}
        self._is_locked = False

    @property
    def config(self) -> Config:
        """Return the configuration of nbgrader's own classes."""
        return self.settings.config

    @property
    def db_url(self) -> str:
        """Return the address of the gradebook."""
        return self.settings.db_url

    @property
    def course_id(self) -> str:
        """Return the name of the course in the gradebook."""
        return self.directory.course_id

    @cached_property
    def own(self) -> Path:
        """Return the folder for results that need not be computed twice."""
        return self.folder / ".coursework"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other commands from writing to this course; it may be used again inside itself.

        Raises
        ------
        CourseError
            When another command is running.
        """
        if self._is_locked or is_dry_run():
            yield
            return
        self.own.mkdir(parents=True, exist_ok=True)
        if self.settings.is_shared:
            steps = ("submitted", "autograded", "feedback")
            for folder in (self.own, self.folder / "report", *map(self.settings.path_of, steps)):
                folder.mkdir(exist_ok=True)
                share(folder)
        with open(self.own / "lock", "a+") as file:
            if self.settings.is_shared:
                share(self.own / "lock")
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
            self._is_locked = True
            try:
                yield
            finally:
                self._is_locked = False

    def assignments(self) -> list[str]:
        """Return the names of the assignments that have sources."""
        found = {one["assignment_id"]: self.folder / one.string for one in self._find("source", ".", "*")}
        return sorted(name for name, place in found.items() if any(place.glob("*.ipynb")))

    def students(self, assignment: str, step: str = "submitted") -> list[str]:
        """Return the students with a folder for an assignment, sorted; by default those who handed it in."""
        left_out = self.directory.student_id_exclude.split(",")
        names = {one["student_id"] for one in self._find(step, "*", assignment)}
        return sorted(
            name for name in names if fnmatchcase(name, self.directory.student_id) and name not in left_out
        )

    def known(self, step: str) -> set[str]:
        """Return the names of all students with a folder for any assignment."""
        return {one["student_id"] for one in self._find(step, "*", "*")}

    def _find(self, step: str, student: str, assignment: str) -> list[re.Match]:
        """Return a match for each folder of a step, with the names in its path; ``*`` for all."""
        names = {"nbgrader_step": getattr(self.directory, f"{step}_directory")}
        names |= {"student_id": student, "assignment_id": assignment}
        structure, pattern = self.directory.directory_structure, ""
        for text, key, *_ in string.Formatter().parse(structure):
            pattern += re.escape(text)
            if key in names:
                name = "[^/]+" if names[key] == "*" else re.escape(names[key])
                pattern += f"(?P<{key}>{name})"
        wanted = structure.format(**{key: one if one == "*" else escape(one) for key, one in names.items()})
        found = (one for one in glob(wanted, root_dir=self.folder) if (self.folder / one).is_dir())
        return [match for one in found if (match := re.fullmatch(pattern, one))]

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
        header, footer = self.settings.around if cells else (None, None)
        cells = [*_read_cells(header), *cells, *_read_cells(footer)]
        return ask_variants(cells) if notebook in self.settings.variants else cells

    def released(self, assignment: str, notebook: str) -> bytes | None:
        """Return a notebook as it was handed out; None if there is none."""
        path = self.path("release", ".", assignment) / f"{notebook}.ipynb"
        return path.read_bytes() if path.is_file() else None

    def solution(self, assignment: str, notebook: str) -> bytes | None:
        """Return a notebook's source with header and footer, as nbgrader adds them; None if there is none."""
        path = self.path("source", ".", assignment) / f"{notebook}.ipynb"
        if not path.is_file():
            return None
        content = path.read_bytes()
        if not any(self.settings.around):
            return content
        cells = self.source_cells(assignment, notebook)
        return json.dumps(json.loads(content) | {"cells": cells}).encode()

    def given_texts(self, assignment: str, notebook: str) -> dict[str, dict]:
        """Return the texts of the course's own Markdown cells in a notebook, each with its attachments."""
        cells = self.source_cells(assignment, notebook)
        cells += self._cells("release", assignment, notebook)
        return {cell.source: cell.get("attachments", {}) for cell in cells if cell.cell_type == "markdown"}

    def _cells(self, step: str, assignment: str, notebook: str) -> list[NotebookNode]:
        return _read_cells(self.path(step, ".", assignment) / f"{notebook}.ipynb")

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
        above = folder.relative_to(self.folder).parents if folder.is_relative_to(self.folder) else ()
        for place in (folder, *(self.folder / one for one in above)):
            if place.is_symlink() and place not in (self.folder, self.settings.path_of("submitted")):
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

    def solution_files(self, assignment: str) -> dict[str, bytes]:
        """Return all files next to the notebooks of the source, with those that a student's would replace."""
        return self._given(assignment).own

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
            own = {name: data for name, data in found.items() if name not in notebooks}
            files = {name: own[name] for name in own.keys() - self.settings.kept(assignment)}
            originals = {_identity(path) for path in source.rglob("*") if path.is_file()}
            self._known[assignment] = _Given(notebooks, own, files, originals)
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
    """The files of an assignment's source."""

    notebooks: set[str]
    own: dict[str, bytes]  # the other files
    files: dict[str, bytes]  # those among them that replace a student's
    originals: set[tuple[int, int]]  # which files these are


def _read_cells(path: Path | None) -> list[NotebookNode]:
    if path is None or not path.is_file():
        return []
    # `nbformat.read` would also validate it, which takes longer than all the rest and only logs problems.
    return nbformat.convert(reader.reads(path.read_text(encoding="utf-8")), 4).cells


def _read_files(
    folder: Path, notebooks: set[str], ignore: list[str], forbidden: set[tuple[int, int]] = frozenset()
) -> tuple[dict[str, bytes], list[str]]:
    """Return the content of each file by its path in the folder, and sentences on files that were left out.

    Links are not followed.  The assignment's notebooks are always read, up to one byte beyond the limit.
    `forbidden` are the instructor's own files, which may be there under another name.
    """
    found: dict[str, bytes] = {}
    left_out, bytes_left = [], MOST_BESIDE
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
            most = f"at most {_MOST_FILES:,} files with {MOST_BESIDE // 1_000_000} MB in total are taken"
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
