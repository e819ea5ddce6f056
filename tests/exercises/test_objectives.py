"""Is every objective of a chapter examined, and does every question say which objective it examines?

An objective is named by its page and its bold verb, such as `deng-1962.point`; the tags of a graded cell name
the objectives that it examines.
"""

import re

import nbformat
import pytest
from rapidfuzz import fuzz
from tests.book.test_chapters import ROLE, ROOT, finished, pages, read_page

from helpers.checks.practice import read_objectives

SOURCES = sorted((ROOT / "exercises" / "source").glob("*/*.ipynb"))
# No exercise examines these yet.
UNEXAMINED = {
    f"{page}.{verb}"
    for page, verbs in {
        "first-python": "cut put recognize store",
        "first-tables": "draw find list load repeat sort",
        "measures": "compute explain find pair",
    }.items()
    for verb in verbs.split()
}


def examined():
    """Return the objectives that graded cells name, each with the cells as `path: cell`."""
    found = {}
    for path in SOURCES:
        for cell in nbformat.read(path, 4).cells:
            if cell.metadata.get("nbgrader", {}).get("grade"):
                named = [tag for tag in cell.metadata.get("tags", []) if "." in tag]
                for name in named or ["none"]:
                    found.setdefault(name, []).append(f"{path.relative_to(ROOT)}: {cell.id}")
    return found


def test_every_question_names_an_objective():
    """Does every graded cell name an objective that a page has?"""
    known = {name for path in pages(chapters=True) for name in read_objectives(path)}
    wrong = {name: cells for name, cells in examined().items() if name not in known}
    assert not wrong, "\n" + "\n".join(f"{cell} names {name}" for name in wrong for cell in wrong[name])


@pytest.mark.parametrize("path", finished(pages(chapters=True)), ids=lambda path: path.stem)
def test_every_objective_is_examined(path):
    """Is every objective of a page examined by a question, but for those that are known to be missing?"""
    there = examined()
    open_ = [f"{path}:{n}: {name}" for name, n in read_objectives(path).items() if name not in there]
    known = {one for one in UNEXAMINED if one.startswith(f"{path.stem}.")}
    assert {one.rpartition(" ")[2] for one in open_} == known, "\n" + "\n".join(open_)


def test_a_fifth_of_the_points_is_on_the_split():
    """Is at least a fifth of all points on the split itself: its story, and what explains it?"""
    points = {"on the split": 0.0, "all": 0.0}
    for path in SOURCES:
        for cell in nbformat.read(path, 4).cells:
            if cell.metadata.get("nbgrader", {}).get("grade"):
                pages_named = {tag.partition(".")[0] for tag in cell.metadata.get("tags", [])}
                points["all"] += cell.metadata.nbgrader.points
                if pages_named & {"the-split", "four-explanations"}:
                    points["on the split"] += cell.metadata.nbgrader.points
    print(points)
    assert 5 * points["on the split"] >= points["all"], points


# --- boxes ---

ALIKE = 85  # in a hundred; the two that are most alike by chance have 79
QUESTION = re.compile(r"[A-Z][^.?!\n]*\?")


def questions_in(text):
    """Return the questions of a text, without roles, links and marks."""
    plain = ROLE.sub(lambda role: role["content"].partition("<")[0], text)
    return QUESTION.findall(re.sub(r"\[([^\]]*)\]\([^)]*\)|[*_`]", r"\1", plain))


def asked_twice(boxes, graded):
    """Yield the questions of boxes that an exercise grades, as `path:line: message`."""
    for path, line, box in boxes:
        for cell, question in graded:
            if fuzz.ratio(box.lower(), question.lower()) >= ALIKE:
                yield f"{path}:{line}: “{box}” is graded in {cell}"


def test_no_box_asks_what_is_graded():
    """Does no box of a page, whose answer folds out, ask a question that an exercise grades?"""
    boxes = [
        (path, block.line, question)
        for path in pages(chapters=True)
        for block in read_page(path).blocks
        if {"think", "try"} & set(block.classes)
        for question in questions_in(block.content.partition("{dropdown}")[0])
    ]
    graded = [
        (f"{path.stem}: {cell.id}", question)
        for path in SOURCES
        for cell in nbformat.read(path, 4).cells
        if cell.cell_type == "markdown"
        for question in questions_in(cell.source)
    ]
    assert len(boxes) > 30 and len(graded) > 100
    found = list(asked_twice(boxes, graded))
    assert not found, "\n".join(found)
    planted = [("page.md", 1, graded[50][1].replace("the", "this", 1))]
    assert list(asked_twice(planted, graded))
