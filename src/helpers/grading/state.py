"""What a mark depends on, and whether it is still that: a stale mark is seen by every command.

Beside the gradebook, in ``.coursework/recorded``, a small file for each student says from what the mark was
made.  It is compared with what lies there now and with the gradebook's own rows, so a gradebook made anew, a
student removed from it or a backup put back is seen too.
"""

import hashlib
import json
import os
import re
import sys
import sysconfig
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import NamedTuple

from nbgrader.api import Grade, Gradebook, SubmittedAssignment, SubmittedNotebook

import helpers
from helpers.grading.boundary import CourseError
from helpers.grading.course import TIMESTAMP, Course
from helpers.grading.plan import Plan
from helpers.grading.record import write_file
from helpers.grading.rehearsal import cells_in_student_process, find_foreign
from helpers.grading.sandbox import data_folders
from helpers.grading.submission import MarkedNotebook, Options, Submission

_AGAIN = "run `coursework autograde`."
_SENTENCES = {
    "files": f"It was handed in again after it was marked: {_AGAIN}",
    "time": f"It was handed in again after it was marked: {_AGAIN}",
    "row": f"The gradebook has another record of it than `coursework autograde` wrote: {_AGAIN}",
    "late": f"The due date or the rule for late work has changed since it was marked: {_AGAIN}",
    "plan": f"The assignment has changed since it was marked: {_AGAIN}",
    "settings": f"The course's settings have changed since it was marked: {_AGAIN}",
    "program": f"The program or a package that marks has changed since it was marked: {_AGAIN}",
    "autograded": f"A file in autograded/ is missing or was changed: {_AGAIN}",
}


class Row(NamedTuple):
    """What the gradebook says of one submission: its id, the extension, a digest of its marks."""

    id: str
    extension: float
    marks: str


class Rows(NamedTuple):
    """What the gradebook says of an assignment: when it is due, and a row for each submission, by student."""

    due: datetime | None
    by_student: dict[str, Row]


def read_rows(gradebook: Gradebook, assignment: str, students: Iterable[str] | None = None) -> Rows:
    """Return what the gradebook says of an assignment's submissions, in two queries.

    Parameters
    ----------
    gradebook
        An open gradebook.
    assignment
        Its name.
    students
        Of whom; by default of everybody.
    """
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
    """What the marks of an assignment depend on now, and on what they depended when they were recorded.

    Parameters
    ----------
    course
        The course.
    plan
        What the assignment asks.
    options
        How it is marked; None where only recorded marks are looked at.
    """

    def __init__(self, course: Course, plan: Plan, options: Options | None = None):
        self.plan, self.options = plan, options
        self._course = course
        self._noted = course.own / "recorded" / plan.assignment
        self._cache = course.own / "marked"
        tidying = {name: repr(settings) for name, settings in course.tidying.items()}
        self._shared = {
            "plan": plan.digest,
            "program": environment(),
            "settings": _digest([course.timeout.seconds, tidying]),
        }
        self._rule = _late_rule(course)
        # Not of the mark itself: to leave the sandbox, or to link to another address, makes no mark stale.
        shut_in = options.shut_in if options else None
        self._run = _digest([self._shared, shut_in, os.environ.get("BOOK_URL", "")])

    def is_recorded(self, submission: Submission, rows: Rows) -> bool:
        """Say whether it is recorded just as it is now, and was run as it would be now."""
        noted = self._read(submission.student)
        is_same_run = noted.get("run") == self._key(submission)
        return is_same_run and not self._why_stale(noted, submission.student, submission, rows)

    def why_stale(self, student: str, submission: Submission | None, rows: Rows) -> str:
        """Return why a student's mark is not that of the present work, in one sentence; empty when it is.

        Parameters
        ----------
        student
            Whose mark.
        submission
            What was handed in; None when it was put away since, so that nothing can be compared with it.
        rows
            What the gradebook says.
        """
        return self._why_stale(self._read(student), student, submission, rows)

    def _why_stale(self, noted: dict, student: str, submission: Submission | None, rows: Rows) -> str:
        if not noted:
            return f"Nothing tells from what it was marked: {_AGAIN}"
        now = self._parts(student, submission, rows, noted)
        changed = [part for part, value in now.items() if noted.get(part) != value]
        return _SENTENCES[changed[0]] if changed else ""

    def has_noted(self, student: str) -> bool:
        """Say whether `coursework autograde` has noted from what it marked a student."""
        return bool(self._read(student))

    def note(self, submission: Submission, marked: dict[str, MarkedNotebook], rows: Rows) -> None:
        """Note from what a mark was made, after it is in the gradebook and its files are written."""
        parts = self._parts(submission.student, submission, rows, {})
        noted = parts | {
            "run": self._key(submission),
            "answers": answers_of(marked),
            "foreign": list(find_foreign(self.plan, marked).values()),
            "autograded": _contents(
                self._course.path("autograded", submission.student, self.plan.assignment)
            ),
        }
        write_file(self._noted / submission.student, json.dumps(noted))

    def foreign(self, student: str) -> list[str]:
        """Return a sentence on each check that took points where a value was not plain data."""
        return self._read(student).get("foreign", [])

    def answers(self, student: str) -> dict[str, dict[str, str]]:
        """Return a digest of each answer as it was when it was recorded, by notebook and graded cell."""
        return self._read(student).get("answers", {})

    def cached(self, submission: Submission) -> dict[str, MarkedNotebook] | None:
        """Return what the same files were marked."""
        try:
            found = json.loads(self._place(submission).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return {name: MarkedNotebook(**one) for name, one in found.items()}

    def keep(self, submission: Submission, marked: dict[str, MarkedNotebook]) -> None:
        """Keep what it was marked."""
        write_file(self._place(submission), json.dumps({name: asdict(one) for name, one in marked.items()}))

    def _parts(self, student: str, submission: Submission | None, rows: Rows, noted: dict) -> dict:
        """Return what the mark depends on now, part by part, in the order in which a change is told."""
        row = rows.by_student.get(student)
        parts: dict = {}
        if submission is not None:
            time = submission.files.get(TIMESTAMP, b"").decode("utf-8", "replace").strip()
            parts = {"files": _of_files(submission), "time": time}
        due = rows.due.isoformat() if rows.due else ""
        parts |= {"row": [row.id, row.marks] if row else None}
        parts |= {"late": _digest([due, row.extension if row else 0, self._rule])} | self._shared
        folder = self._course.path("autograded", student, self.plan.assignment)
        return parts | {"autograded": _contents(folder, noted.get("autograded", {}))}

    def _read(self, student: str) -> dict:
        try:
            noted = json.loads((self._noted / student).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return noted if isinstance(noted, dict) else {}

    def _key(self, submission: Submission) -> str:
        """Return what changes when the result of running could change."""
        return _digest([self._run, _of_files(submission)])

    def _place(self, submission: Submission) -> Path:
        key = self._key(submission)
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


def _contents(folder: Path, names: Iterable[str] | None = None) -> dict[str, str]:
    """Return a digest of each file below a folder, or of those with these names that are there."""
    if names is None:
        names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in sorted(names)
        if (folder / name).is_file()
    }


def answers_of(marked: dict[str, MarkedNotebook]) -> dict[str, dict[str, str]]:
    """Return a digest of each answer and its question, by notebook and graded cell.

    An answer is what was written since the graded cell before; of a task, what follows it.  Two checks of one
    answer share it.
    """
    return {
        name: _answers(json.loads(one.content)["cells"]) if one.content is not None else {}
        for name, one in marked.items()
    }


def _answers(cells: list[dict]) -> dict[str, str]:
    found, fresh, last, task = {}, [], [], ""
    parts: dict[str, list] = {}
    for cell in cells:
        told = cell["metadata"].get("nbgrader") or {}
        text = [cell["cell_type"], cell["source"], cell.get("attachments", {})]
        if not told:
            (parts[task] if task else fresh).append(text)
            continue
        task = ""
        if told.get("task"):
            task = told["grade_id"]
            parts[task] = [told, text]
        elif told.get("grade"):
            answered = told.get("solution") or any(part[0] == "answer" for part in fresh)
            last = fresh if answered else [*last, *fresh]
            parts[told["grade_id"]] = [told, text, list(last)]
            fresh = []
        else:
            fresh.append(["answer" if told.get("solution") else "given", *text])
    for name, part in parts.items():
        found[name] = _digest(part)
    return found


@cache
def environment() -> str:
    """Return what changes when the program that marks changes: Python, packages, its own files."""
    digest = hashlib.sha256(sys.version.encode())
    used = _used_packages()
    # The names of these folders hold names and versions; to read what is in them takes longer than to mark.
    for folder in sorted(Path(sysconfig.get_path("purelib")).glob("*.dist-info")):
        name, _, version = folder.name.removesuffix(".dist-info").rpartition("-")
        if _plain(name) in used:
            digest.update(f"{_plain(name)} {version}\n".encode())
    package = Path(helpers.__file__).parent
    for path in sorted(path for folder in (package, *data_folders()) for path in folder.rglob("*.*")):
        if path.suffix != ".pyc" and path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _used_packages() -> set[str]:
    """Return the names of the packages that marking uses."""
    used = {"nbgrader", "nbformat", "nbconvert", "nbclient", "ipython", "ipykernel", "traitlets", "numpy"}
    try:
        asked = requires("sino-soviet-split") or []
    except PackageNotFoundError:
        asked = []
    plain = [re.match(r"[\w.-]+", one)[0] for one in asked if "extra ==" not in one]
    return used | {"pandas"} | {_plain(name) for name in plain}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _late_rule(course: Course) -> str:
    """Return what changes when the course's rule for late work changes: its plugin, code and settings."""
    from nbgrader.preprocessors import AssignLatePenalties

    try:
        plugin = AssignLatePenalties(config=course.config).plugin_class
    except Exception as error:  # a plugin is the course's own code
        raise CourseError(f"The rule for late work cannot be loaded: {error}") from None
    sections = [one.__name__ for one in plugin.__mro__] + ["AssignLatePenalties"]
    settings = {name: repr(course.config[name]) for name in sections if name in course.config}
    written_in = Path(plugin.late_submission_penalty.__code__.co_filename)
    if not written_in.is_absolute():
        written_in = course.folder / written_in
    code = hashlib.sha256(written_in.read_bytes()).hexdigest() if written_in.is_file() else ""
    # The name of a class in a configuration file is all of it that its repr would keep the same.
    return _digest([plugin.__qualname__, code, re.sub(r" at 0x\w+", "", str(settings))])


def complete_plan(plan: Plan, course: Course) -> Plan:
    """Return the plan with what only the course tells: the order of cells, what is rehearsed, and where."""
    notebooks, rehearsals, given = {}, {}, {}
    for name, cells in plan.notebooks.items():
        source = course.source_cells(plan.assignment, name)
        given[name] = course.given_texts(plan.assignment, name)
        named = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in source]
        place = {cell: i for i, cell in enumerate(named)}
        notebooks[name] = dict(sorted(cells.items(), key=lambda item: place.get(item[0], len(place))))
        if source:
            rehearsals[name] = [cell.source for cell in source if cell.cell_type == "code"]
    where = cells_in_student_process(course, plan)
    return replace(plan, notebooks=notebooks, rehearsals=rehearsals, in_student_process=where, given=given)
