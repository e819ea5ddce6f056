"""Exercises as other teachers write them: short notebooks, each with the answers of students who are wrong."""

# ruff: noqa: E501  (code as teachers and students write it)

from typing import NamedTuple

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

BEGIN = "### BEGIN SOLUTION"
_KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
# Of each kind: whether nbgrader grades it, whether students write into it, and whether it is a task.
_KINDS = {
    "markdown": None,
    "given": (False, False, False),
    "answer": (False, True, False),
    "check": (True, False, False),
    "manual": (True, True, False),
    "task": (False, False, True),
}


class Style(NamedTuple):
    """A notebook as a teacher writes it, and what students answer.

    The kinds of cells:

    ``markdown``
        Text without metadata.
    ``given``
        Locked code without points, such as imports and data.
    ``answer``
        Code with the solution between ``### BEGIN SOLUTION`` and ``### END SOLUTION``.
    ``check``
        Locked code with points; it may have ``### BEGIN HIDDEN TESTS`` and ``### END HIDDEN TESTS``.
    ``manual``
        An answer that a person marks: code if it has a ``### BEGIN SOLUTION``, and otherwise text.
    ``task``
        A text that a person marks and below which students add cells.
    """

    name: str  # letters, digits and hyphens
    # The kind, the text and the points of each cell; the points are None where the kind has none.
    cells: list[tuple[str, str, float | None]]
    # For each student who is wrong: the number of a cell in `cells`, counted from 0, and what the student
    # wrote there; the other answers are the solution's.
    wrong: list[dict[int, str]]


def cell_name(style: Style, number: int) -> str:
    """Return the name of a cell in the gradebook."""
    return f"{style.name}-{style.cells[number][0]}-{number}"


def notebook_of(style: Style) -> NotebookNode:
    """Return the notebook of a style with its solution."""
    cells = []
    for number, (kind, text, points) in enumerate(style.cells):
        told = {}
        if _KINDS[kind]:
            grade, solution, task = _KINDS[kind]
            told = {"grade_id": cell_name(style, number), "grade": grade, "solution": solution, "task": task}
            told |= {"locked": not solution, "schema_version": 3}
            told |= {} if points is None else {"points": points}
        is_text = kind in ("markdown", "task") or (kind == "manual" and BEGIN not in text)
        make = new_markdown_cell if is_text else new_code_cell
        cells.append(make(text, metadata={"nbgrader": told} if told else {}))
    return new_notebook(metadata={"kernelspec": _KERNEL}, cells=cells)


def wrong_answers(style: Style) -> dict[str, dict[str, str]]:
    """Return for each student who is wrong what is in which answer."""
    for answers in style.wrong:
        for number in answers:
            assert _KINDS[style.cells[number][0]][1], f"{style.name}: cell {number} is no answer."
    return {
        f"wrong-{i}": {cell_name(style, number): text for number, text in answers.items()}
        for i, answers in enumerate(style.wrong, 1)
    }


STYLES: list[Style] = [
    Style(
        "mean-of-a-list",
        [
            ("markdown", "## The mean", None),
            ("given", "numbers = [3, 4, 8]", None),
            (
                "answer",
                "def mean(xs):\n    ### BEGIN SOLUTION\n    return sum(xs) / len(xs)\n    ### END SOLUTION",
                None,
            ),
            ("check", "assert mean([1, 2]) == 1.5", 1),
            ("check", "### BEGIN HIDDEN TESTS\nassert mean(numbers) == 5\n### END HIDDEN TESTS", 2),
            ("manual", "When is the mean misleading?", 3),
        ],
        [{2: "def mean(xs):\n    return sum(xs) / 2"}, {2: "def mean(xs):\n    return 5"}],
    ),
]
