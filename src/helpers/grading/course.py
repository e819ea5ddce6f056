"""A course of nbgrader as this package needs it: its configuration, its folders, what was handed in."""

import os
from datetime import datetime
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from helpers.grading.assess import Submission

CONFIG = "nbgrader_config.py"
# What lies beside a notebook and is more than this is not sent along.
_MOST_BESIDE = 20_000_000


class CourseError(ValueError):
    """The course, or what was asked of it, is not as it must be; the message says what to do."""


class Course:
    """The folder of a course.

    Parameters
    ----------
    folder
        Where ``nbgrader_config.py`` lies.

    Raises
    ------
    CourseError
        When there is no such file.
    """

    def __init__(self, folder: str | Path = "."):
        self.folder = Path(folder).resolve()
        try:
            self.config: Config = PyFileConfigLoader(CONFIG, path=str(self.folder)).load_config()
        except ConfigFileNotFound:
            raise CourseError(
                f"{self.folder} has no {CONFIG}. Change into the course's folder, `exercises`, and try again."
            ) from None
        self.directory = CourseDirectory(config=self.config)
        self.directory.root = str(self.folder)

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
        """Return the folder in which this package keeps what it need not do twice."""
        return self.folder / ".coursework"

    def assignments(self) -> list[str]:
        """Return the names of the assignments that have sources."""
        source = self.path("source", ".", ".")
        return sorted(path.parent.name for path in source.glob("*/*.ipynb"))

    def students(self, assignment: str) -> list[str]:
        """Return who handed in an assignment, sorted."""
        submitted = self.folder / self.directory.submitted_directory
        if not submitted.is_dir():
            return []
        return sorted(
            folder.name
            for folder in submitted.iterdir()
            if (self.path("submitted", folder.name, assignment)).is_dir()
        )

    def path(self, step: str, student: str, assignment: str) -> Path:
        """Return a folder of the course, as its configuration has it.

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
        """Return the cells of a notebook's source in their order; none where the source is not here."""
        return self._cells("source", assignment, notebook)

    def given_texts(self, assignment: str, notebook: str) -> dict[str, dict]:
        """Return the texts of the course's own Markdown cells in a notebook, each with its attachments."""
        cells = [*self.source_cells(assignment, notebook), *self._cells("release", assignment, notebook)]
        return {cell.source: cell.get("attachments", {}) for cell in cells if cell.cell_type == "markdown"}

    def _cells(self, step: str, assignment: str, notebook: str) -> list[NotebookNode]:
        path = self.path(step, ".", assignment) / f"{notebook}.ipynb"
        return nbformat.read(path, 4).cells if path.is_file() else []

    def submission(self, student: str, assignment: str) -> Submission:
        """Return what a student handed in, with the course's own files in the place of the student's."""
        files = self._files(self.path("submitted", student, assignment))
        source = self._files(self.path("source", ".", assignment))
        kept = set(self.config.get("Autograde", {}).get("exclude_overwriting", {}).get(assignment, []))
        own = {
            name: data for name, data in source.items() if not name.endswith(".ipynb") and name not in kept
        }
        return Submission(student, files | own)

    def handed_in(self, student: str, assignment: str) -> datetime | None:
        """Return when it was handed in, as ``timestamp.txt`` says."""
        return self.directory.get_existing_timestamp(str(self.path("submitted", student, assignment)))

    def _files(self, folder: Path) -> dict[str, bytes]:
        """Return the content of each file by its path in the folder; links are not followed."""
        found, size = {}, 0
        for path in map(Path, sorted(find_all_files(str(folder), self.directory.ignore))):
            if any(part.is_symlink() for part in (path, *path.parents) if folder in (part, *part.parents)):
                continue
            if not path.is_file():
                continue
            length = os.stat(path).st_size
            size += length
            if size > _MOST_BESIDE and path.suffix != ".ipynb":
                continue
            with open(path, "rb") as file:
                found[path.relative_to(folder).as_posix()] = file.read(3 * _MOST_BESIDE)
        return found
