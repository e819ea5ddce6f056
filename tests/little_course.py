"""A course with one small assignment, and what is done with it in tests of grading."""

import copy
import json
import shutil
import tempfile
from pathlib import Path

import nbformat
from benchmarks.courses import rows as all_rows
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearSolutions, ComputeChecksums, LockCells
from tests.attacks import SECRET
from tests.programs import run

from helpers.coursework.release.notes import NoteCells

TIMEOUT = 4  # seconds for a cell

CONFIG = f"""
c = get_config()
c.CourseDirectory.course_id = "little"
c.ClearSolutions.code_stub = {{"python": ""}}
c.Execute.timeout = {TIMEOUT}
"""
LATE = """
from nbgrader.plugins import LateSubmissionPlugin
class OnePoint(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1
c.AssignLatePenalties.plugin_class = OnePoint
"""
HIDDEN = f'### BEGIN HIDDEN TESTS\n_key = "{SECRET}"\n{{}}\n### END HIDDEN TESTS'
HIDDEN_SUM = HIDDEN.format("mark_number(lambda: answer_sum, 42, points=2)")
HIDDEN_TWICE = HIDDEN.format(f'assert double(21) == 42 and double("ab") == "abab", "{SECRET}"')


def told(name, *tags, grade=False, solution=False, points=None):
    """Return the metadata of a cell: nbgrader's, and its tags."""
    data = {"grade_id": name, "grade": grade, "solution": solution, "locked": not solution, "task": False}
    told_more = {"schema_version": 3} | ({} if points is None else {"points": points})
    return {"nbgrader": data | told_more} | ({"tags": list(tags)} if tags else {})


def little_notebook():
    """Return the source of an assignment with one number, one function and one paragraph."""
    solved = "### BEGIN SOLUTION\n{}\n### END SOLUTION"
    return new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        cells=[
            new_code_cell("import pandas as pd\nprint('ready')", metadata=told("set-up")),
            new_code_cell("answer_sum = 0\n" + solved.format("answer_sum = 42"),
                          metadata=told("answer-sum", solution=True)),
            new_code_cell(f"from helpers.checks import mark_number\n{HIDDEN_SUM}",
                          metadata=told("sum", "data", grade=True, points=2)),
            new_code_cell("def double(x):\n    pass\n" + solved.format("def double(x):\n    return 2 * x"),
                          metadata=told("answer-twice", solution=True)),
            new_code_cell(HIDDEN_TWICE, metadata=told("twice", "data", "sourcing", grade=True, points=1)),
            new_markdown_cell("Why?",
                              metadata=told("reasons", "close-reading", grade=True, solution=True, points=3)),
        ],
    )  # fmt: skip


def hand_out(notebook, name):
    """Return a source as it is handed out; without a name, it does not record its exercise and cells."""
    steps = [LockCells(), ClearSolutions(code_stub={"python": ""}), ComputeChecksums(), NoteCells()]
    for step in steps if name else steps[:-1]:
        notebook, _ = step.preprocess(notebook, {"metadata": {"name": name}})
    return notebook


# What takes nbgrader some seconds is made once in a run of the tests, and copied.
_MADE = tempfile.TemporaryDirectory(prefix="little-course-")


def _copy_of(name, make, folder):
    """Put into a folder what `make` makes in an empty one."""
    made = Path(_MADE.name, name)
    if not made.exists():
        make(made)
    shutil.copytree(made, folder, dirs_exist_ok=True)


def new_course(folder):
    """Make the little course and what it hands out; return the notebook that students get."""
    _copy_of("handed-out", _hand_out, folder)
    return nbformat.read(folder / "release/sums/sums.ipynb", 4)


def _hand_out(folder):
    (folder / "source/sums").mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG)
    nbformat.write(little_notebook(), folder / "source/sums/sums.ipynb")
    assert run("nbgrader", "generate_assignment", "sums", cwd=folder).returncode == 0


def hand_in(folder, student, content):
    """Put a notebook, or whatever it is, where nbgrader's collecting leaves it."""
    place = folder / "submitted" / student / "sums"
    place.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, bytes) else nbformat.writes(content).encode()
    (place / "sums.ipynb").write_bytes(data)


def answered(released, code="answer_sum = 42", function="def double(x):\n    return 2 * x", change=None):
    """Return the notebook with code in the place of the answers."""
    notebook = copy.deepcopy(released)
    for cell in notebook.cells:
        name = cell.metadata.nbgrader.grade_id
        if name == "answer-sum":
            cell.source = code
        if name == "answer-twice" and "double" not in code:
            cell.source = function
        if name == "answer-twice" and "double" in code:
            cell.source = "pass"
        if name == "reasons":
            cell.source = "Because."
    if change:
        change(notebook)
    return notebook


def autograde(folder, *options):
    """Mark the class with the command; return what it says of itself."""
    return json.loads(run("coursework", "autograde", "sums", "--json", *options, cwd=folder).stdout)


def rows(folder, address=None, assignment="sums"):
    """Return every score and comment in the gradebook, by student and cell."""
    found = all_rows(folder, assignment, address)
    return {(student, cell): value for (student, _, cell), value in found.items()}


# --- a class in which everything happens ---

TWICE = "def double(x):\n    return 2 * x"
RIGHT = "answer_sum = 42"
WORK = {
    "ada": (RIGHT, TWICE),
    "bao": (RIGHT, TWICE),
    "chen": (RIGHT, f"# by me\n{TWICE}"),
    "dora": (RIGHT, "def double(x):\n    return x * 2"),
    "emil": ("answer_sum = 41", TWICE),
    "fen": ("answer_sum = 41", "def double(x):\n    return x * 3"),
    "gao": ("answer_sum = 41  # surely", "def double(x):\n    return x ** 2"),
    "hana": (RIGHT, "def double(x):\n    retrun 2 * x"),
    "ivan": ("answer_sum = '<script>alert(1)</script>'", f"{TWICE}\ndouble = abs"),
    "jing": ("answer_sum = '<script>alert(1)</script>'", f"{TWICE}\ndouble = abs"),
    "kim": ("answer_sum = '<script>alert(1)</script>'", f"{TWICE}\ndouble = abs"),
    "li": ("answer_sum = 6", "def double(x):\n    return x"),
}
"""What the students of a class answer."""

BY_HAND = dict(zip(WORK, [3, 3, 2, 3, 1, 0, 1, 3, 1, 1, 1, 0], strict=True)) | {"late": 2}
"""What a person gives for the paragraph; `waiting` waits for it."""


def make_class(folder):
    """Mark a class: twelve students, one late, one untouched, one waiting, one unreadable, two not marked."""
    _copy_of("class", _mark_class, folder)


def _mark_class(folder):
    released = new_course(folder)
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(LATE)
    for student, (number, function) in WORK.items():
        hand_in(folder, student, _signed(answered(released, number, function), student))
    for student in ("late", "waiting", "again"):
        hand_in(folder, student, _signed(answered(released), student))
    hand_in(folder, "ada", answered(released))
    hand_in(folder, "bao", answered(released))
    hand_in(folder, "untouched", released)
    hand_in(folder, "unreadable", b'{"cells": [')
    _hand_in_at(folder, "late", "2030-01-02 12:00:00 UTC")
    _hand_in_at(folder, "again", "2029-12-30 12:00:00 UTC")
    with open_gradebook(folder) as gradebook:
        gradebook.update_or_create_assignment("sums", duedate="2030-01-01 12:00:00 UTC")
        gradebook.update_or_create_student("absent", first_name="Ab", last_name="Sent")
        gradebook.update_or_create_student(
            "ada", first_name="Ada", last_name="O'Neil", email="ada@example.org"
        )
        gradebook.update_or_create_student("bao", lms_user_id="90210")
    autograde(folder)
    with open_gradebook(folder) as gradebook:
        for student, points in BY_HAND.items():
            grade = gradebook.find_grade("reasons", "sums", "sums", student)
            grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.db.commit()
    _hand_in_at(folder, "again", "2029-12-31 12:00:00 UTC")
    hand_in(folder, "newcomer", answered(released))


def open_gradebook(folder, address=None):
    """Return the gradebook of a course."""
    return Gradebook(address or f"sqlite:///{folder}/gradebook.db")


def _signed(notebook, student):
    """Return a notebook with a paragraph of the student's own."""
    notebook.cells[-1].source = f"Because {student} says so."
    return notebook


def _hand_in_at(folder, student, time):
    (folder / f"submitted/{student}/sums/timestamp.txt").write_text(time)
