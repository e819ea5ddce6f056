"""Write results into nbgrader's gradebook and folders, for each student completely or not at all."""

from datetime import datetime
from typing import NamedTuple

from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.utils import parse_utc
from sqlalchemy import insert

from helpers.coursework.boundary import SubmissionError
from helpers.coursework.course import Course
from helpers.coursework.submission import MarkedNotebook


class Recorder:
    """The only writer of the gradebook."""

    def __init__(self, course: Course, assignment: str):
        self._settings = course.settings
        self._gradebook = Gradebook(course.db_url, course.course_id)
        self._db = self._gradebook.db
        self._assignment = self._gradebook.find_assignment(assignment)
        self._cells = {notebook.name: _cell_ids(notebook) for notebook in self._assignment.notebooks}

    def __enter__(self) -> "Recorder":
        return self

    def __exit__(self, *_exception) -> None:
        self._gradebook.close()

    @property
    def gradebook(self) -> Gradebook:
        """Return the open gradebook."""
        return self._gradebook

    def record(
        self,
        student: str,
        marked: dict[str, MarkedNotebook],
        handed_in: datetime | None,
        unchanged: set[tuple[str, str]] = frozenset(),
    ) -> None:
        """Write one student's scores and comments; keep manual scores.

        Parameters
        ----------
        unchanged
            Notebook and name of each graded cell whose answer and question have not changed since the last
            record; a person is not asked to mark these again.
        """
        timestamp = parse_utc(handed_in)
        try:
            submission = self._gradebook.find_submission(self._assignment.name, student)
        except MissingEntry:
            self._insert(student, marked, timestamp)
            due = self._assignment.duedate
            is_late = bool(timestamp and due and timestamp > due)
        else:
            self._update(submission, marked, timestamp, unchanged)
            is_late = submission.total_seconds_late > 0  # includes the student's own extension
        if is_late:
            self._penalize(self._gradebook.find_submission(self._assignment.name, student))

    def commit(self) -> None:
        """Commit."""
        self._db.commit()

    def roll_back(self) -> None:
        """Discard what was recorded since the last commit."""
        self._db.rollback()

    def _insert(self, student: str, marked: dict[str, MarkedNotebook], timestamp: datetime | None) -> None:
        """Write a new submission with all its parts as rows.

        nbgrader's own `add_submission` takes eight times as long, and commits before there are any points.
        """
        if not self._db.get(Student, student):
            if not self._settings.creates_students:
                raise SubmissionError(
                    f"The gradebook has no student {student}, and c.Autograde.create_student is False: add "
                    "the student with `nbgrader db student add`."
                )
            self._db.execute(insert(Student.__table__), [{"id": student}])
        submission = {"id": new_uuid(), "assignment_id": self._assignment.id, "student_id": student}
        self._db.execute(insert(SubmittedAssignment.__table__), [submission | {"timestamp": timestamp}])
        for name, cells in self._cells.items():
            found = marked[name]
            own = {"id": new_uuid(), "assignment_id": submission["id"], "notebook_id": cells.notebook_id}
            self._db.execute(insert(SubmittedNotebook.__table__), [own])
            grades = [
                {"id": new_uuid(), "cell_id": cell_id, "notebook_id": own["id"], "auto_score": None,
                 "needs_manual_grade": True} | ({} if cell in cells.tasks else _graded(found, cell, None))
                for cell, cell_id in cells.graded.items()
            ]  # fmt: skip
            comments = [
                {"id": new_uuid(), "cell_id": cell_id, "notebook_id": own["id"],
                 "auto_comment": found.comments.get(cell)}
                for cell, cell_id in cells.commented.items()
            ]  # fmt: skip
            for table, rows in ((Grade.__table__, grades), (Comment.__table__, comments)):
                if rows:
                    self._db.execute(insert(table), rows)

    def _update(
        self,
        submission: SubmittedAssignment,
        marked: dict[str, MarkedNotebook],
        timestamp: datetime | None,
        unchanged: set[tuple[str, str]],
    ) -> None:
        """Overwrite the record of an earlier submission."""
        submission.timestamp = timestamp or submission.timestamp
        for notebook in submission.notebooks:
            found = marked[notebook.name]
            for grade in notebook.grades:
                is_same = (notebook.name, grade.name) in unchanged
                if grade.name in self._cells[notebook.name].tasks:
                    grade.needs_manual_grade |= not is_same and grade.manual_score is not None
                    continue
                told = _graded(found, grade.name, grade.manual_score)
                grade.auto_score = told["auto_score"]
                if not is_same:
                    grade.needs_manual_grade = told["needs_manual_grade"]
            for comment in notebook.comments:
                comment.auto_comment = found.comments.get(comment.name)
            notebook.late_submission_penalty = None
        self._db.flush()

    def _penalize(self, submission: SubmittedAssignment) -> None:
        """Subtract the penalty of the course's rule for late submissions."""
        late = self._settings.late
        for notebook in submission.notebooks if late else ():
            self._db.refresh(notebook)
            penalty = late.plugin_inst.late_submission_penalty(
                submission.student.id, notebook.score, submission.total_seconds_late
            )
            if penalty is not None:
                notebook.late_submission_penalty = late._check_late_penalty(notebook, penalty)


class _CellIds(NamedTuple):
    """The gradebook's ids of a notebook and of its cells, by name."""

    notebook_id: str
    graded: dict[str, str]
    commented: dict[str, str]
    tasks: set[str]


def _cell_ids(notebook: Notebook) -> _CellIds:
    tasks = {cell.name: cell.id for cell in notebook.task_cells}
    graded = {cell.name: cell.id for cell in notebook.grade_cells}
    answers = {cell.name: cell.id for cell in notebook.solution_cells}
    return _CellIds(notebook.id, graded | tasks, answers | tasks, set(tasks))


def _graded(found: MarkedNotebook, cell: str, manual_score: float | None) -> dict:
    """Return the fields of a grade after marking; an old manual score belonged to another answer."""
    points = found.scores.get(cell, 0.0)
    return {"auto_score": points, "needs_manual_grade": manual_score is not None or points is None}
