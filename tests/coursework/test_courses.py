"""Is every row of other teachers' courses that of nbgrader, or is the check named?"""

from importlib import import_module
from pathlib import Path

import nbformat
import pytest
from benchmarks.courses import Assignment, compare, find_assignments, put_in, row_differences, submissions
from nbformat.v4 import new_markdown_cell, new_notebook
from tests.coursework.styles import STYLES as OWN
from tests.coursework.styles import Style, cell_name, notebook_of, wrong_answers

STYLES = [
    style
    for path in sorted(Path(__file__).parent.glob("styles*.py"))
    for style in import_module(f"tests.coursework.{path.stem}").STYLES
]
BATCHES = [STYLES[i : i + 10] for i in range(0, len(STYLES), 10)]
MEAN = next(style for style in OWN if style.name == "nbgrader-mixed")
ANSWER, CHECK = cell_name(MEAN, 2), cell_name(MEAN, 3)


def assignment_of(styles: list[Style]) -> Assignment:
    """Return an assignment with a notebook for each style, and with the students who are wrong."""
    notebooks = {style.name: notebook_of(style) for style in styles}
    more: dict = {}
    for style in styles:
        for student, answers in wrong_answers(style).items():
            more.setdefault(student, {})[style.name] = put_in(notebooks[style.name], answers)
    return Assignment("styles", notebooks, more=more)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("styles", BATCHES, ids=lambda styles: f"{styles[0].name}-and-next")
def test_no_silent_difference(styles, tmp_path, needs_sandbox):
    """Are the points those of nbgrader, or is the check or the row named?"""
    found = compare(assignment_of(styles), tmp_path, most=0)
    assert found.n_rows >= 4 * len(styles)
    assert not found.silent


def test_assignments_of_a_course(tmp_path):
    """Are assignments found in `source` and loose, with their files, and no work that was handed in?"""
    for place in ("source/ps1/a", "source/ps1/b", "release/ps1/a", "submitted/ada/ps1/a", "extra/loose one"):
        path = tmp_path / f"{place}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook_of(MEAN), path)
    nbformat.write(new_notebook(cells=[new_markdown_cell("A text.")]), tmp_path / "extra/text.ipynb")
    (tmp_path / "extra/cut.ipynb").write_text('{"cells": [')
    (tmp_path / "source/ps1/data").mkdir()
    (tmp_path / "source/ps1/data/towns.csv").write_text("Bern")
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()")
    found = {one.name: one for one in find_assignments(tmp_path)}
    assert {name: sorted(one.notebooks) for name, one in found.items()} == {
        "ps1": ["a", "b"],
        "loose-one": ["loose one"],
    }
    assert list(found["ps1"].files) == ["data/towns.csv"]
    assert all(one.settings == {"nbgrader_config.py": "c = get_config()"} for one in found.values())


def test_what_students_hand_in():
    """Are the made-up students' answers the solution, nothing, one answer, and answers with errors?"""
    source = notebook_of(MEAN)
    released = put_in(source, {ANSWER: "def mean(xs):\n    pass"})
    made = submissions(source, released, 2)
    number = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in source.cells].index(ANSWER)
    answers = {student: one.cells[number].source for student, one in made.items()}
    assert answers == {
        "solution": source.cells[2].source,
        "untouched": "def mean(xs):\n    pass",
        "one-1": source.cells[2].source,
        "one-2": "def mean(xs):\n    pass",
        "error": "1 / 0",
        "emptied": source.cells[2].source,
        "more": "def mean(xs):\n    return sum(xs) / len(xs)",
        "none": "def mean(xs):\n    return",
    }
    assert made["more"].cells[-2].source == "print(mean([2, 3, 4]))"
    assert set(submissions(source, released, 0)) == {"solution", "untouched"}


SAID = "a.ipynb, {}: the solution gets 0 of 1 points. It ended in an error."
NOTHING = {"unequal": [], "failed": {}, "unread": {}, "remarks": {}}


@pytest.mark.parametrize(
    ("outcome", "is_named"),
    [
        ({}, False),
        ({"unequal": [SAID.format(CHECK)]}, True),
        ({"unequal": [SAID.format("other")]}, False),
        ({"unequal": [f"b.ipynb, {CHECK}: the solution gets 0 of 1 points."]}, False),
        ({"unequal": [f"ada: a.ipynb, {CHECK}: 0 of 1 points, but `x` is an X."]}, True),
        ({"unequal": [f"bob: a.ipynb, {CHECK}: 0 of 1 points, but `x` is an X."]}, False),
        ({"failed": {"ada": "The disk is full."}}, True),
        ({"unread": {"ada": "a.ipynb: this is no notebook."}}, True),
        ({"unread": {"ada": "b.ipynb was not handed in."}}, False),
        ({"remarks": {"ada": [f"There are 2 cells {CHECK}."]}}, True),
        ({"remarks": {"ada": [f"There are 2 cells {CHECK}0."]}}, False),
    ],
)
def test_named_or_silent(outcome, is_named):
    """Does a difference count as named only if a sentence names this check, or this student's work?"""
    row, equal = ("ada", "a", CHECK), ("ada", "a", "other")
    expected = {row: (1.0, False), equal: (1.0, False)}
    found = row_differences(expected, expected | {row: (0.0, False)}, NOTHING | outcome)
    assert [(one.student, one.notebook, one.cell, one.is_named) for one in found] == [(*row, is_named)]
