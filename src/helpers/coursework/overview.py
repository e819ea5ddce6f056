"""How far each assignment is: released, handed in, marked, given back, exported.

The gradebook does not say what was given back, so the commands record for each student what they returned.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from nbgrader.api import Comment, Grade, Gradebook, MissingEntry, SubmittedAssignment, SubmittedNotebook
from sqlalchemy.engine import make_url

from helpers.coursework.boundary import CourseError
from helpers.coursework.course import Course
from helpers.coursework.files import write_file
from helpers.coursework.returning.gradebook import read_grades

Deed = Literal["failed", "feedback", "export"]
"""What is recorded: the students whose marking failed, and to whom pages or grades were written."""


@dataclass
class Overview:
    """How far an assignment is; lists of students are sorted."""

    assignment: str
    released: bool = False  # whether the gradebook has it, and its notebooks can be handed out
    handed_in: list[str] = field(default_factory=list)  # whose work is in `submitted/`
    marked: list[str] = field(default_factory=list)  # whose mark belongs to the present work
    stale: dict[str, str] = field(default_factory=dict)  # whose mark belongs to earlier work, with the reason
    failed: dict[str, str] = field(default_factory=dict)  # who could not be marked last time, with the reason
    not_marked: list[str] = field(default_factory=list)  # who has no mark yet
    unreadable: dict[str, str] = field(default_factory=dict)  # marked, but with a notebook that was not read
    waiting: list[str] = field(default_factory=list)  # whose work waits for a mark by hand
    # Whose page is current, and whose was written before the marks changed.
    feedback: list[str] = field(default_factory=list)
    feedback_old: list[str] = field(default_factory=list)
    # The same for the exported grades.
    exported: list[str] = field(default_factory=list)
    exported_old: list[str] = field(default_factory=list)
    next_step: str = ""  # what to do next, in one sentence


def read_overview(course: Course, assignment: str | None = None) -> list[Overview]:
    """Return how far the course's assignments are, or only one of them.

    Raises
    ------
    CourseError
        When the course has no such assignment.
    """
    known = set(course.assignments())
    recorded = set()
    if has_gradebook(course):
        with Gradebook(course.db_url, course.course_id) as gradebook:
            recorded = {one.name for one in gradebook.assignments}
    if assignment is not None and assignment not in known | recorded:
        names = ", ".join(sorted(known | recorded)) or "none"
        raise CourseError(f"The course has no assignment {assignment}; it has: {names}.")
    wanted = sorted(known | recorded) if assignment is None else [assignment]
    return [_read_one(course, name, is_recorded=name in recorded) for name in wanted]


def has_gradebook(course: Course) -> bool:
    """Say whether there is a gradebook; nbgrader would make an empty one as soon as it looks."""
    url = make_url(course.db_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return True
    path = url.database.removeprefix("file:").partition("?")[0]
    return (course.folder / path).is_file()


def _read_one(course: Course, name: str, *, is_recorded: bool) -> Overview:
    found = Overview(name, handed_in=course.students(name))
    found.released = is_recorded and any(course.path("release", ".", name).glob("*.ipynb"))
    if is_recorded:
        done = _read_deeds(course, name)
        now = marks_now(course, name)
        for one in read_grades(course, name).students:
            student = one.student
            if one.has_marks:
                found.marked.append(student)
                if one.status == "unreadable":
                    found.unreadable[student] = one.sentence
                if one.waiting:
                    found.waiting.append(student)
                pages = course.path("feedback", student, name).glob("*.html")
                _sort(student, done["feedback"], now, found.feedback, found.feedback_old, is_there=any(pages))
                _sort(student, done["export"], now, found.exported, found.exported_old)
            elif one.status == "not marked" and student in done["failed"]:
                found.failed[student] = done["failed"][student]
            elif one.status == "not marked" and one.points:
                found.stale[student] = one.sentence
            elif one.status == "not marked":
                found.not_marked.append(student)
    else:
        found.not_marked = found.handed_in
    found.next_step = _next_step(found)
    return found


def _sort(
    student: str,
    done: dict[str, str],
    now: dict[str, str],
    current: list,
    old: list,
    *,
    is_there: bool = True,
) -> None:
    if is_there and student in done:
        (current if done[student] == now.get(student) else old).append(student)


def _next_step(found: Overview) -> str:
    name = found.assignment
    if not found.released:
        return f"Release it: nbgrader generate_assignment {name}"
    if not found.handed_in:
        return f"Collect what was handed in: coursework collect {name} ZIP"
    if found.not_marked or found.stale or found.failed:
        return f"Grade what is new, has changed or has failed: coursework autograde {name}"
    if found.waiting:
        return "Grade the rest by hand in Formgrader: jupyter lab"
    if len(found.feedback) < len(found.marked):
        return f"Write the feedback: coursework feedback {name}"
    if len(found.exported) < len(found.marked):
        return f"Export the grades: coursework export {name}"
    return ""


def marks_now(course: Course, assignment: str) -> dict[str, str]:
    """Return a digest of everything that a student gets back, by student: points, comments, the work itself.

    It is empty if the gradebook does not have the assignment.
    """
    parts: dict[str, list] = defaultdict(list)
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            key = gradebook.find_assignment(assignment).id
        except MissingEntry:
            return {}
        columns = [
            (Grade, (Grade.cell_id, Grade.auto_score, Grade.manual_score, Grade.extra_credit)),
            (Comment, (Comment.cell_id, Comment.manual_comment)),
            (SubmittedNotebook, (SubmittedNotebook.notebook_id, SubmittedNotebook.late_submission_penalty)),
        ]
        for table, asked in columns:
            query = gradebook.db.query(SubmittedAssignment.student_id, *asked).select_from(table)
            if table is not SubmittedNotebook:
                query = query.join(SubmittedNotebook, table.notebook_id == SubmittedNotebook.id)
            query = query.join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            for student, *values in query.filter(SubmittedAssignment.assignment_id == key):
                parts[student].append([table.__tablename__, *values])
    return {student: _digest([_files(course, assignment, student), *part]) for student, part in parts.items()}


def _files(course: Course, assignment: str, student: str) -> list:
    """Return the digest of the files from which the mark was made, as `coursework autograde` recorded it."""
    return [["files", _read(course.own / "recorded" / assignment / student).get("files", "")]]


def _digest(parts: list) -> str:
    return hashlib.sha256(json.dumps(sorted(map(repr, parts))).encode()).hexdigest()


def record_deed(
    course: Course, assignment: str, deed: Deed, told: dict[str, str], *, about: Iterable[str]
) -> None:
    """Record for each student what was done now, and forget what was recorded about these students before."""
    done = _read_deeds(course, assignment)
    rest = {student: text for student, text in done[deed].items() if student not in set(about)}
    write_file(_place(course, assignment), json.dumps(done | {deed: rest | told}))


def _read_deeds(course: Course, assignment: str) -> dict[str, dict[str, str]]:
    nothing: dict[str, dict[str, str]] = {"failed": {}, "feedback": {}, "export": {}}
    return nothing | _read(_place(course, assignment))


def _place(course: Course, assignment: str) -> Path:
    return course.own / "done" / f"{assignment}.json"


def _read(path: Path) -> dict:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
