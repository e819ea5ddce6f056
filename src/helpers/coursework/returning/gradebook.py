"""What the gradebook says about an assignment: points, answers that wait for a person, missing work.

The gradebook, ``submitted/`` and ``autograded/`` are only read.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)

from helpers.coursework.boundary import CourseError, only_this_student
from helpers.coursework.course import Course
from helpers.coursework.marking.sanitize import read_submission
from helpers.coursework.marking.spec import read_spec
from helpers.coursework.marking.state import SENTENCES, Rows, State, complete_spec, read_rows
from helpers.notebooks.examine import NotebookError

Status = Literal["marked", "waiting", "unreadable", "not marked", "nothing handed in"]
_NEVER = "The work was handed in but has not been marked: run `coursework autograde`."


class Question(NamedTuple):
    """One graded cell: the name of its notebook, its own name, and its maximum points."""

    notebook: str
    name: str
    points: float


@dataclass
class StudentGrade:
    """One student's result for an assignment."""

    # As in the gradebook; empty if it has none.
    student: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""
    # `marked`; `waiting` for a mark by hand; `unreadable`, with the points of what could be read; `not
    # marked`; or `nothing handed in`.
    status: Status = "nothing handed in"
    sentence: str = ""  # why it is unreadable or not marked
    # By question; for one that waits for a person, the points so far.
    points: dict[Question, float] = field(default_factory=dict)
    waiting: list[Question] = field(default_factory=list)  # the questions that wait for a person
    # Names of notebook and cell of each answer that was not changed.
    untouched: set[tuple[str, str]] = field(default_factory=set)
    late_penalty: float = 0.0  # points taken off under the course's rule for late work
    handed_in: datetime | None = None  # the time, in UTC; None if it was not recorded
    seconds_late: float = 0.0  # seconds after the due date, including the student's extension
    # A sentence on each check that gives other points in nbgrader.
    differences: list[str] = field(default_factory=list)

    @property
    def has_marks(self) -> bool:
        """Whether the gradebook has points for this student's present work."""
        return self.status in ("marked", "waiting", "unreadable")

    @property
    def score(self) -> float:
        """Return the sum of the points, before the penalty."""
        return sum(self.points.values())

    @property
    def grade(self) -> float:
        """Return the points after the penalty, at least 0, as in nbgrader."""
        return max(0.0, self.score - self.late_penalty)


@dataclass(frozen=True)
class Grades:
    """An assignment's questions in the order of the notebook, and all grades by name of student."""

    assignment: str
    questions: list[Question]
    students: list[StudentGrade]

    @property
    def maximum(self) -> float:
        """Return the maximum points."""
        return sum(question.points for question in self.questions)


def read_grades(course: Course, assignment: str) -> Grades:
    """Return what the gradebook says about an assignment.

    This includes all students in the gradebook and all who handed something in.

    Raises
    ------
    CourseError
        When the gradebook does not have the assignment.
    """
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            found = gradebook.find_assignment(assignment)
        except MissingEntry:
            known = ", ".join(one.name for one in gradebook.assignments) or "none"
            raise CourseError(f"The gradebook has no assignment {assignment}; it has: {known}.") from None
        questions = _questions(course, found)
        students = {one.id: _student(one) for one in gradebook.students}
        for submission in gradebook.assignment_submissions(assignment):
            own = students[submission.student_id]
            own.status = "marked"
            own.handed_in, own.seconds_late = submission.timestamp, submission.total_seconds_late
            own.late_penalty = submission.late_submission_penalty or 0.0
        rows = read_rows(gradebook, assignment)
        _read_points(gradebook.db, found.id, questions, students)
        _read_untouched(gradebook.db, found.id, students)
    for student in course.students(assignment):
        students.setdefault(student, StudentGrade(student))
    notebooks = list(dict.fromkeys(question.notebook for question in questions))
    state = State(course, complete_spec(read_spec(assignment, db_url=course.db_url), course))
    problems: dict[str, str] = {}
    for own in students.values():
        with only_this_student(problems, own.student):
            _set_status(course, notebooks, own, state, rows)
        if own.student in problems:
            own.status, own.sentence = "not marked", problems[own.student]
    return Grades(assignment, questions, [students[name] for name in sorted(students)])


def stale_marks(course: Course, assignment: str) -> dict[str, str]:
    """Return a sentence for each student whose mark does not belong to the present work."""
    return {
        one.student: one.sentence
        for one in read_grades(course, assignment).students
        if one.status == "not marked" and one.points
    }


def who_needs_manual_grade(course: Course, assignment: str) -> set[str]:
    """Return the students with an answer that has `needs_manual_grade` in the gradebook.

    This is one query, while :func:`read_grades` would read every notebook of a large class.
    """
    with Gradebook(course.db_url, course.course_id) as gradebook:
        asked = gradebook.db.query(SubmittedAssignment.student_id)
        found = _joined(asked, Grade, gradebook.find_assignment(assignment).id)
        return {student for (student,) in found.filter(Grade.needs_manual_grade)}


def _questions(course: Course, assignment) -> list[Question]:
    """Return the graded cells in the order of the sources; in the gradebook they have no order."""
    found = []
    for notebook in assignment.notebooks:
        cells = course.source_cells(assignment.name, notebook.name)
        place = {cell.metadata.get("nbgrader", {}).get("grade_id"): i for i, cell in enumerate(cells)}
        graded = [
            Question(notebook.name, cell.name, cell.max_score)
            for cell in (*notebook.grade_cells, *notebook.task_cells)
        ]
        found += sorted(graded, key=lambda question: (place.get(question.name, len(place)), question.name))
    return found


def _student(one) -> StudentGrade:
    return StudentGrade(
        one.id, one.first_name or "", one.last_name or "", one.email or "", one.lms_user_id or ""
    )


def _read_points(db, assignment_id: str, questions: list[Question], students: dict[str, StudentGrade]):
    """Fill in the points of every student from one query; a query for each would take seconds."""
    asked = db.query(
        SubmittedAssignment.student_id, Notebook.name, BaseCell.name, Grade.score, Grade.needs_manual_grade
    )
    by_name = {(question.notebook, question.name): question for question in questions}
    for student, notebook, cell, score, waits in _joined(asked, Grade, assignment_id):
        question = by_name[notebook, cell]
        students[student].points[question] = score
        if waits:
            students[student].waiting.append(question)


def _read_untouched(db, assignment_id: str, students: dict[str, StudentGrade]) -> None:
    """Fill in which answers were not changed: nbgrader has a comment on each."""
    asked = db.query(SubmittedAssignment.student_id, Notebook.name, BaseCell.name)
    commented = _joined(asked, Comment, assignment_id).filter(Comment.auto_comment.is_not(None))
    for student, notebook, cell in commented:
        students[student].untouched.add((notebook, cell))


def _joined(asked, row, assignment_id: str):
    return (
        asked.select_from(row)
        .join(SubmittedNotebook, row.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .join(BaseCell, row.cell_id == BaseCell.id)
        .filter(SubmittedAssignment.assignment_id == assignment_id)
    )


def _set_status(course: Course, notebooks: list[str], own: StudentGrade, state: State, rows: Rows) -> None:
    """Fill in the status of a student's work."""
    assignment = state.spec.assignment
    submitted = course.path("submitted", own.student, assignment)
    is_there = submitted.is_dir()
    submission = course.submission(own.student, assignment) if is_there else None
    if own.status != "marked":
        if is_there:
            own.status, own.sentence = "not marked", _NEVER
        return
    handed_in = course.handed_in(own.student, assignment) if is_there else None
    if state.has_checkpoint(own.student):
        own.sentence = state.why_stale(own.student, submission, rows)
    elif handed_in is not None and handed_in != own.handed_in:  # the only thing `nbgrader autograde` records
        own.sentence = SENTENCES["time"]
    if own.sentence:
        own.status = "not marked"
        return
    autograded = course.path("autograded", own.student, assignment)
    unread = [_unread(name, submitted, autograded) for name in notebooks]
    if any(unread):
        own.status, own.sentence = "unreadable", " ".join(filter(None, unread))
    elif own.waiting:
        own.status = "waiting"
    own.differences = state.differences(own.student)


def _unread(name: str, submitted: Path, autograded: Path) -> str:
    """Return why a notebook could not be read; an empty text if it could."""
    file = f"{name}.ipynb"
    # Submissions may have been moved away after they were marked.
    if submitted.is_dir():
        path = submitted / file
        if path.is_symlink() or not path.is_file():
            return f"{file} was not handed in."
        try:
            read_submission(path.read_bytes(), file)
        except NotebookError as error:
            return str(error)
    return "" if (autograded / file).is_file() else f"{file} has not been run."


def group_by_status(students: list[StudentGrade]) -> dict[Status, list[StudentGrade]]:
    """Return students by the status of their work.

    Examples
    --------
    >>> list(group_by_status([StudentGrade("li"), StudentGrade("wu", status="waiting")]))
    ['nothing handed in', 'waiting']
    """
    groups = defaultdict(list)
    for one in students:
        groups[one.status].append(one)
    return dict(groups)
