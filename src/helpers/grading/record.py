"""What was marked, written into nbgrader's gradebook and folders: by one writer, all or nothing."""

import os
import shutil
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc
from traitlets.config import Config

from helpers.grading.assess import MarkedNotebook


class Recorder:
    """The one that writes into the gradebook.

    Parameters
    ----------
    db_url, course_id
        Of the gradebook.
    assignment
        The name of the assignment.
    config
        The course's configuration of nbgrader: it has the rule for late submissions.
    """

    def __init__(self, db_url: str, course_id: str, assignment: str, config: Config):
        self._gradebook = Gradebook(db_url, course_id)
        self._db = self._gradebook.db
        self._assignment = self._gradebook.find_assignment(assignment)
        self._late = AssignLatePenalties(config=config)
        self._late.init_plugin()

    def __enter__(self) -> "Recorder":
        return self

    def __exit__(self, *_exception) -> None:
        self._gradebook.close()

    def record(self, student: str, marked: dict[str, MarkedNotebook], handed_in: datetime | None) -> None:
        """Write one student's scores and comments; a manual score stays and is to be looked at again."""
        submission = self._submission(student)
        if handed_in is not None:
            submission.timestamp = parse_utc(handed_in)
        for notebook in submission.notebooks:
            found = marked[notebook.name]
            for grade in notebook.grades:
                if grade.cell.type == "TaskCell":
                    continue
                grade.auto_score = found.scores.get(grade.name, 0.0)
                by_hand = grade.manual_score is not None or grade.auto_score is None
                grade.needs_manual_grade = by_hand and found.content is not None
            for comment in notebook.comments:
                comment.auto_comment = found.comments.get(comment.name)
            notebook.late_submission_penalty = None
        self._db.flush()
        if submission.total_seconds_late > 0:
            self._penalize(submission)

    def commit(self) -> None:
        """Make what was recorded last."""
        self._db.commit()

    def roll_back(self) -> None:
        """Forget what was recorded since the last commit."""
        self._db.rollback()

    def _submission(self, student: str) -> SubmittedAssignment:
        """Return the student's submission in the gradebook, made with all its parts where it is not there."""
        try:
            return self._gradebook.find_submission(self._assignment.name, student)
        except MissingEntry:
            pass
        with self._db.no_autoflush:
            try:
                known = self._gradebook.find_student(student)
            except MissingEntry:
                known = Student(id=student)
            submission = SubmittedAssignment(assignment=self._assignment, student=known)
            self._db.add(submission)
            for notebook in self._assignment.notebooks:
                own = SubmittedNotebook(notebook=notebook, assignment=submission)
                graded = [
                    Grade(cell=cell, notebook=own) for cell in (*notebook.grade_cells, *notebook.task_cells)
                ]
                told = [
                    Comment(cell=cell, notebook=own)
                    for cell in (*notebook.solution_cells, *notebook.task_cells)
                ]
                self._db.add_all([own, *graded, *told])
        self._db.flush()
        return submission

    def _penalize(self, submission: SubmittedAssignment) -> None:
        """Take off what the course's rule takes off a late submission."""
        for notebook in submission.notebooks:
            self._db.refresh(notebook)
            penalty = self._late.plugin_inst.late_submission_penalty(
                submission.student.id, notebook.score, submission.total_seconds_late
            )
            if penalty is not None:
                notebook.late_submission_penalty = self._late._check_late_penalty(notebook, penalty)


def write_folder(folder: Path, files: dict[str, bytes], *, mode: int = 0o444) -> None:
    """Write a folder so that it is there whole or not at all; what was there before is replaced."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = folder.parent / f".{folder.name}.{uuid4().hex}.new"
    for name, content in files.items():
        path = new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(mode)
    if folder.exists():
        old = folder.parent / f".{folder.name}.{uuid4().hex}.old"
        os.rename(folder, old)
        os.rename(new, folder)
        shutil.rmtree(old)
    else:
        os.rename(new, folder)


def write_file(path: Path, content: str) -> None:
    """Write a file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{uuid4().hex}.new")
    new.write_text(content, encoding="utf-8")
    os.replace(new, path)
