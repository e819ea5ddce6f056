"""Variants of questions: the released notebook asks each student with different numbers or words.

A hidden test that supports this contains ``_limit = variant_of(lambda: my_name, [100, 69, 61])``.  If the
course's settings name the notebook, students type their name at the top, and a locked cell above each such
question draws the student's value and prints the question; the hidden test draws the same value.  All
students get the same file, and for nbgrader the cells are ordinary ones.
"""

import ast
import re
from itertools import takewhile
from typing import NamedTuple

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import List, Unicode

from helpers.coursework.code_names import parsed
from helpers.coursework.redaction import open_text

NAME_CELL = "answer-my-name"
QUESTION = "variant-"
"""The beginning of the name of each cell that prints a question; the rest is the name of its check."""

_HEADING = """## Your name

Some questions below differ from student to student.
Type your name, or your number, as your course knows it, **before** you answer them.
It draws your numbers and words, so do not change it later."""
_NAME = 'my_name = ""  # such as "Ada Lovelace"'
_ASKED_BELOW = "**Run the next cell: it prints your question.**"
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


class VariantError(ValueError):
    """The question cannot be varied; the message names it."""


class AskVariants(NbGraderPreprocessor):
    """Add the cells that vary the questions to the listed notebooks.

    This must run before nbgrader removes the hidden tests.
    """

    notebooks = List(Unicode(), help="The names of notebooks whose questions differ.").tag(config=True)

    def preprocess(self, nb, resources):
        """Return the notebook with these cells."""
        if resources.get("metadata", {}).get("name") in self.notebooks:
            nb.cells = ask_variants(nb.cells)
            for cell in nb.cells if (nb.nbformat, nb.nbformat_minor) < (4, 5) else ():
                cell.pop("id", None)
        return nb, resources


class Draw(NamedTuple):
    """One thing that a hidden test draws: its name for students, the options, and the code."""

    name: str
    options: list
    code: str


def ask_variants(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Return the cells of a notebook's source with the cells that vary its questions; adds them only once.

    Raises
    ------
    VariantError
        When the bold words of a question do not contain what is to be varied.
    """
    if any(_name(cell) == NAME_CELL for cell in cells):
        return cells
    made: list[NotebookNode] = []
    question: list[int] = []  # the positions of the current question's text and answer
    is_varied = False
    for cell in cells:
        drawn = _draws(cell) if is_grade(cell) and cell.cell_type == "code" else []
        if drawn:
            is_varied = True
            at = next((i for i in question if is_solution(made[i])), len(made))
            texts = [made[i] for i in question if made[i].cell_type == "markdown"]
            made.insert(at, _question(cell.metadata.nbgrader.grade_id, texts, drawn))
        made.append(cell)
        question = [] if is_grade(cell) else [*question, len(made) - 1]
    if is_varied:
        # After the set-up cell, which runs before a student's notebook is opened.
        code = [i for i, cell in enumerate(made) if cell.cell_type == "code"]
        given = list(takewhile(lambda i: _is_set_up(made[i]), code))
        at = given[-1] + 1 if given else code[0]
        heading = new_markdown_cell(_HEADING, id=f"question-{NAME_CELL.removeprefix('answer-')}")
        made[at:at] = [heading, _cell(NAME_CELL, _NAME, locked=False)]
    return made


def _is_set_up(cell: NotebookNode) -> bool:
    return not (is_solution(cell) or is_grade(cell) or _name(cell).startswith(QUESTION))


def _name(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def _draws(cell: NotebookNode) -> list[Draw]:
    """Return what a check draws: assignments of `variant_of` with a list of values."""
    found = []
    for node in (parsed(cell.source) or ast.Module([])).body:
        call = node.value if isinstance(node, ast.Assign) else None
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "variant_of":
            name = node.targets[0].id.lstrip("_")
            found.append(Draw(name, ast.literal_eval(call.args[1]), f"{name} = {ast.unparse(call)}"))
    return found


def _question(name: str, texts: list[NotebookNode], drawn: list[Draw]) -> NotebookNode:
    """Return the cell that prints a question; remove the question from the text above it."""
    asked = []
    for cell in texts:
        for bold in _BOLD.findall(open_text(cell)):
            if any(_pattern(one).search(bold) for one in drawn):
                asked.append(" ".join(bold.split()))
                cell.source = cell.source.replace(f"**{bold}**", "" if asked[1:] else _ASKED_BELOW)
    whole = " ".join(asked).replace("{", "{{").replace("}", "}}")
    for one in drawn:
        if not _pattern(one).search(whole):
            raise VariantError(f"{name}: the bold words of this question do not contain {one.options[0]!r}.")
        whole = _pattern(one).sub(f"{{{one.name}}}", whole)
    code = "\n".join(one.code for one in drawn)
    return _cell(
        f"{QUESTION}{name}",
        "# This question is yours: it depends on the name that you typed above.\n"
        f"from helpers.variants import variant_of\n\n{code}\nprint(f{whole!r})",
        locked=True,
    )


def _pattern(one: Draw) -> re.Pattern:
    """Return a pattern for the first option: a number as a whole, a word also with an ending."""
    return re.compile(rf"(?<!\w){re.escape(str(one.options[0]))}(?!\d)")


def _cell(name: str, source: str, *, locked: bool) -> NotebookNode:
    meta = {"grade_id": name, "grade": False, "solution": not locked, "locked": locked, "task": False}
    return new_code_cell(source, id=name, metadata={"nbgrader": {**meta, "schema_version": 3}})
