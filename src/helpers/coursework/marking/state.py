"""What a mark depends on, and whether it is up to date; every command notices a mark that is not.

For each student, a checkpoint in ``.coursework/recorded``, next to the gradebook, records what the mark was
made from.  It is compared with the present files and with the gradebook's own rows.  So a gradebook that was
made again or restored from a backup, or a student who was removed from it, is noticed too.
"""

import hashlib
import json
import re
import sys
import sysconfig
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from nbgrader.api import Grade, Gradebook, SubmittedAssignment, SubmittedNotebook

from helpers.coursework import PACKAGE, plugins
from helpers.coursework.course import TIMESTAMP, Course
from helpers.coursework.files import write_file
from helpers.coursework.marking.rehearsal import (
    Rehearsal,
    Unequal,
    cells_in_student_process,
    find_differences,
)
from helpers.coursework.marking.spec import Spec
from helpers.coursework.submission import MarkedNotebook, Options, Submission

_AGAIN = "run `coursework autograde`."
SENTENCES = {
    "files": f"The work was handed in again after it was marked: {_AGAIN}",
    "time": f"The work was handed in again after it was marked: {_AGAIN}",
    "row": f"The gradebook was changed after `coursework autograde` recorded this work: {_AGAIN}",
    "late": f"The due date or the rule for late work has changed since the work was marked: {_AGAIN}",
    "spec": f"The assignment has changed since the work was marked: {_AGAIN}",
    "settings": f"The course's settings have changed since the work was marked: {_AGAIN}",
    "program": f"This program or a package has changed since the work was marked: {_AGAIN}",
    "written": f"A file in autograded/ is missing or was changed: {_AGAIN}",
}


class Row(NamedTuple):
    """A submission in the gradebook: its id, the extension, and a digest of its marks."""

    id: str
    extension: float
    marks: str


class Rows(NamedTuple):
    """An assignment in the gradebook: its due date, and a row for each submission, by student."""

    due: datetime | None
    by_student: dict[str, Row]


def read_rows(gradebook: Gradebook, assignment: str, students: Iterable[str] | None = None) -> Rows:
    """Return an assignment's submissions as recorded in the gradebook, with two queries."""
    found = gradebook.find_assignment(assignment)
    wanted = SubmittedAssignment.assignment_id == found.id
    if students is not None:
        wanted &= SubmittedAssignment.student_id.in_(list(students))
    marks = defaultdict(list)
    asked = gradebook.db.query(SubmittedNotebook.assignment_id, Grade.cell_id, Grade.auto_score)
    joined = asked.join(Grade, Grade.notebook_id == SubmittedNotebook.id).join(
        SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id
    )
    for submission, cell, points in joined.filter(wanted):
        marks[submission].append((cell, points))
    rows = gradebook.db.query(
        SubmittedAssignment.student_id, SubmittedAssignment.id, SubmittedAssignment.extension
    ).filter(wanted)
    by_student = {
        student: Row(key, extra.total_seconds() if extra else 0.0, _digest(sorted(marks[key])))
        for student, key, extra in rows
    }
    return Rows(found.duedate, by_student)


class State:
    """What the marks of an assignment depend on now, and what they depended on when they were recorded.

    Parameters
    ----------
    options
        How it is marked; None if only recorded marks are looked at.
    """

    def __init__(self, course: Course, spec: Spec, options: Options | None = None):
        self.spec, self.options = spec, options
        self._course = course
        self._checkpoints = course.own / "recorded" / spec.assignment
        self._cache = course.own / "marked"
        self._shared = {
            "spec": spec.digest,
            "program": environment(),
            "settings": _digest(course.settings.marks),
        }
        self._rule = _digest(course.settings.rule)
        # Not part of the mark: another isolation, or linking to another address, changes no mark.
        isolation = options.isolation.name if options else None
        self._run = _digest([self._shared, isolation, plugins.read_variables()])

    def is_recorded(self, submission: Submission, rows: Rows) -> bool:
        """Say whether the record matches the present work, and was made by running it in the same way."""
        saved = self._read(submission.student)
        is_same_run = saved.get("run") == self._key(submission)
        return is_same_run and not self._why_stale(saved, submission.student, submission, rows)

    def why_stale(self, student: str, submission: Submission | None, rows: Rows) -> str:
        """Return why a student's mark is out of date, in one sentence; empty if it is up to date.

        Parameters
        ----------
        submission
            The student's work; None if it was moved away, so that it cannot be compared.
        """
        return self._why_stale(self._read(student), student, submission, rows)

    def _why_stale(self, saved: dict, student: str, submission: Submission | None, rows: Rows) -> str:
        if not saved:
            return f"It is unknown what this work was marked from: {_AGAIN}"
        now = self._parts(student, submission, rows, saved)
        changed = [part for part, value in now.items() if saved.get(part) != value]
        return SENTENCES[changed[0]] if changed else ""

    def has_checkpoint(self, student: str) -> bool:
        """Say whether `coursework autograde` recorded what a student's mark was made from."""
        return bool(self._read(student))

    def save_checkpoint(
        self, submission: Submission, marked: dict[str, MarkedNotebook], rows: Rows, written: Iterable[str]
    ) -> None:
        """Record what a mark was made from, after the gradebook and its files have been written.

        Parameters
        ----------
        written
            The files that were written into the student's autograded folder.
        """
        folder = self._course.path("autograded", submission.student, self.spec.assignment)
        parts = self._parts(submission.student, submission, rows, {})
        checkpoint = parts | {
            "run": self._key(submission),
            "answers": answers_of(marked),
            "differs": list(find_differences(self.spec, marked).values()),
            "written": _contents(folder, written),
        }
        write_file(self._checkpoints / submission.student, json.dumps(checkpoint))

    def written(self, student: str) -> dict[str, str]:
        """Return a digest of each file that was written into the student's autograded folder."""
        return self._read(student).get("written", {})

    def differences(self, student: str) -> list[str]:
        """Return a sentence on each check that gives other points in nbgrader."""
        return self._read(student).get("differs", [])

    def answers(self, student: str) -> dict[str, dict[str, str]]:
        """Return a digest of each answer as it was recorded, by notebook and graded cell."""
        return self._read(student).get("answers", {})

    def cached_result(self, submission: Submission) -> dict[str, MarkedNotebook] | None:
        """Return the earlier result for the same files."""
        try:
            found = json.loads(self._place(submission).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return {name: MarkedNotebook(**one) for name, one in found.items()}

    def cache_result(self, submission: Submission, marked: dict[str, MarkedNotebook]) -> None:
        """Keep the result for these files."""
        write_file(self._place(submission), json.dumps({name: asdict(one) for name, one in marked.items()}))

    def cached_rehearsal(self, samples: list[Submission]) -> Rehearsal | None:
        """Return what an earlier rehearsal with the same samples found."""
        try:
            unequal, notes = json.loads(self._place(*samples).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return Rehearsal([Unequal(*one) for one in unequal], notes)

    def cache_rehearsal(self, samples: list[Submission], found: Rehearsal) -> None:
        """Keep what a rehearsal with these samples found."""
        write_file(self._place(*samples), json.dumps(found))

    def _parts(self, student: str, submission: Submission | None, rows: Rows, saved: dict) -> dict:
        """Return what the mark depends on now, in the order in which changes are reported."""
        row = rows.by_student.get(student)
        parts: dict = {}
        if submission is not None:
            time = submission.files.get(TIMESTAMP, b"").decode("utf-8", "replace").strip()
            parts = {"files": _of_files(submission), "time": time}
        due = rows.due.isoformat() if rows.due else ""
        parts |= {"row": [row.id, row.marks] if row else None}
        parts |= {"late": _digest([due, row.extension if row else 0, self._rule])} | self._shared
        folder = self._course.path("autograded", student, self.spec.assignment)
        return parts | {"written": _contents(folder, saved.get("written", {}))}

    def _read(self, student: str) -> dict:
        try:
            saved = json.loads((self._checkpoints / student).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return saved if isinstance(saved, dict) else {}

    def _key(self, *submissions: Submission) -> str:
        """Return a digest of everything that the result of running depends on."""
        return _digest([self._run, *map(_of_files, submissions)])

    def _place(self, *submissions: Submission) -> Path:
        key = self._key(*submissions)
        return self._cache / key[:2] / f"{key}.json"


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=repr).encode()).hexdigest()


def _of_files(submission: Submission) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(submission.files.items()):
        if name != TIMESTAMP:
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _contents(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return a digest of each file with one of these names that exists in a folder."""
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in sorted(names)
        if (folder / name).is_file()
    }


def answers_of(marked: dict[str, MarkedNotebook]) -> dict[str, dict[str, str]]:
    """Return a digest of each answer and its question, by notebook and graded cell.

    An answer is everything that was written after the previous graded cell; for a task, everything after it.
    Two checks of one answer share it.
    """
    return {
        name: _answers(json.loads(one.content)["cells"]) if one.content is not None else {}
        for name, one in marked.items()
    }


def _answers(cells: list[dict]) -> dict[str, str]:
    found, fresh, last, task = {}, [], [], ""
    parts: dict[str, list] = {}
    for cell in cells:
        meta = cell["metadata"].get("nbgrader") or {}
        text = [cell["cell_type"], cell["source"], cell.get("attachments", {})]
        if not meta:
            (parts[task] if task else fresh).append(text)
            continue
        task = ""
        if meta.get("task"):
            task = meta["grade_id"]
            parts[task] = [meta, text]
        elif meta.get("grade"):
            answered = meta.get("solution") or any(part[0] == "answer" for part in fresh)
            last = fresh if answered else [*last, *fresh]
            parts[meta["grade_id"]] = [meta, text, list(last)]
            fresh = []
        else:
            fresh.append(["answer" if meta.get("solution") else "given", *text])
    for name, part in parts.items():
        found[name] = _digest(part)
    return found


@cache
def environment() -> str:
    """Return a digest of the program that marks: Python, packages, and its own files."""
    digest = hashlib.sha256(sys.version.encode())
    used = _used_packages()
    # The names of these folders contain names and versions; reading the files would take longer than marking.
    for folder in sorted(Path(sysconfig.get_path("purelib")).glob("*.dist-info")):
        name, _, version = folder.name.removesuffix(".dist-info").rpartition("-")
        if _plain(name) in used:
            digest.update(f"{_plain(name)} {version}\n".encode())
    folders = (PACKAGE, *plugins.find_folders())
    for path in sorted(path for folder in folders for path in folder.rglob("*.*")):
        if path.suffix != ".pyc" and path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _used_packages() -> set[str]:
    """Return the names of the packages that are used for marking."""
    used = {"nbgrader", "nbformat", "nbconvert", "nbclient", "ipython", "ipykernel", "traitlets", "numpy"}
    asked = plugins.list_requirements()
    plain = [re.match(r"[\w.-]+", one)[0] for one in asked if "extra ==" not in one]
    return used | {"pandas"} | {_plain(name) for name in plain}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def complete_spec(spec: Spec, course: Course) -> Spec:
    """Return the spec with the course's additions: the order of cells, the warm-up code, and the settings."""
    notebooks, warm_up, given = {}, {}, {}
    for name, cells in spec.notebooks.items():
        source = course.source_cells(spec.assignment, name)
        given[name] = course.given_texts(spec.assignment, name)
        named = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in source]
        place = {cell: i for i, cell in enumerate(named)}
        notebooks[name] = dict(sorted(cells.items(), key=lambda item: place.get(item[0], len(place))))
        if source:
            warm_up[name] = [cell.source for cell in source if cell.cell_type == "code"]
    where = cells_in_student_process(course, spec)
    return replace(spec, notebooks=notebooks, warm_up=warm_up, in_student_process=where, given=given)
