"""Is a damaged notebook made gradable again, with its answers, and is everything told that was done to it?"""

import copy
import errno
import json
import os
import re
import shutil
import tempfile
from pathlib import Path

import nbformat
import nbgrader
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell
from tests.attacks import CHANGED, DAMAGED
from tests.little_course import answered, autograde, hand_in, hand_out, little_notebook, new_course, rows
from typer.testing import CliRunner

from helpers.coursework.cli import app
from helpers.coursework.course import Course, CourseError
from helpers.coursework.intake.collect import collect
from helpers.coursework.intake.repair import rebuild, repair
from helpers.notebooks.examine import DAMAGE, NotebookError, checksum, examine, examine_file, parse_notebook

REPOSITORY = Path(__file__).parents[2]
SOURCES = sorted(REPOSITORY.glob("exercises/source/*/*.ipynb"))
FIXTURES = sorted((Path(nbgrader.__file__).parent / "tests").rglob("files/*.ipynb"))


# These answer in other ways than they were asked, and have every cell of what was handed out.
WHOLE = [
    "submitted-changed",
    "submitted-unchanged",
    "submitted-cheat-attempt",
    "submitted-cheat-attempt-alternative",
]


@pytest.fixture(scope="module")
def released():
    """Return the exercise on Deng's record as it is handed out."""
    return hand_out(nbformat.read(REPOSITORY / "exercises/source/deng-1962/deng-1962.ipynb", 4), "deng-1962")


@pytest.fixture
def mine(released):
    """Return a copy in which every question is answered."""
    notebook = copy.deepcopy(released)
    for n, cell in enumerate(notebook.cells):
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source += "\nmy words" if cell.cell_type == "markdown" else f"\nmine_{n} = {n}"
    return notebook


def answers(notebook):
    """Return the text of each answer by name."""
    told = [(cell["metadata"].get("nbgrader", {}), cell["source"]) for cell in notebook["cells"]]
    return {one["grade_id"]: "".join(source) for one, source in told if one.get("solution")}


def place(notebook, name):
    """Return where a cell stands."""
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    return names.index(name)


def mended(notebook, released):
    """Rebuild a notebook, which must be whole then; return it with what was said."""
    content = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
    made = rebuild(content, released, "mine.ipynb")
    if made.content:
        nbformat.validate(nbformat.reads(made.content, 4))
    result = parse_notebook((made.content or content.decode()).encode(), "mine.ipynb")
    assert_gradable(result, released)
    for cell in result["cells"]:
        cell["source"] = "".join(cell["source"])
    return nbformat.from_dict(result), made.said


def assert_gradable(notebook, released):
    """Check that every cell of the release is there once, in order, with the release's checksum if locked."""
    assert not {finding.kind for finding in examine(notebook)} & {*DAMAGE, "changed"}
    own = [cell for cell in released.cells if cell.metadata.get("nbgrader")]
    there = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader")]
    for cell, original in zip(there, own, strict=True):
        told, handed_out = cell["metadata"]["nbgrader"], original.metadata.nbgrader
        assert told["grade_id"] == handed_out.grade_id
        assert cell["cell_type"] == original.cell_type
        assert told.get("points") == (handed_out.points if handed_out.grade else None)
        if not told["solution"]:
            assert checksum(cell) == checksum(original)


# --- one damage at a time ---


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_whole_notebook(path):
    """Is a notebook left as it is that needs nothing, untouched or answered?"""
    handed_out = hand_out(nbformat.read(path, 4), path.stem)
    assert rebuild(nbformat.writes(handed_out).encode(), handed_out, path.name).content is None
    for cell in handed_out.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source += "\n"
    assert rebuild(nbformat.writes(handed_out).encode(), handed_out, path.name).said == []


def test_missing(mine, released):
    """Is a lost check put back where it was, and a lost answer as it was handed out?"""
    for name in ("letters-dated", "answer-letters-dated"):
        del mine.cells[place(mine, name)]
    notebook, said = mended(mine, released)
    assert said == [
        "The cell answer-letters-dated was missing and was put back.",
        "The cell letters-dated was missing and was put back.",
    ]
    assert "put back as it was handed out" in answers(notebook)["answer-letters-dated"]


@pytest.mark.parametrize("first", [True, False])
def test_twice(mine, released, first):
    """Does the answered one of two copies count, wherever it stands, and does no untouched one run?"""
    name = "answer-letters-dated"
    at = place(mine, name)
    untouched = copy.deepcopy(released.cells[place(released, name)])
    untouched.id = "copy"
    mine.cells.insert(at + 1 if first else at, untouched)
    answered = answers(mine) if not first else None
    notebook, said = mended(mine, released)
    assert said == [f"There are 2 cells {name}; the answered one was used."]
    assert "mine_" in answers(notebook)[name]
    assert answered is None or answers(notebook) == answered
    assert untouched.source not in [cell.source for cell in notebook.cells]


def test_twice_and_both_answered(mine, released):
    """Does the last of two answers count, and does the first stay to be read?"""
    at = place(mine, "answer-letters-dated")
    second = copy.deepcopy(mine.cells[at])
    second.update(id="copy", source="answer_letter_to_cpsu = 'second thoughts'")
    mine.cells.insert(at + 1, second)
    notebook, _ = mended(mine, released)
    assert answers(notebook)["answer-letters-dated"] == second.source
    assert mine.cells[at].source in [cell.source for cell in notebook.cells]


def test_changed_check(mine, released):
    """Is a changed check put back, and its points, with a sentence for each?"""
    cell = mine.cells[place(mine, "letters-dated")]
    cell.source = "print(2)"
    cell.metadata.nbgrader.points = 100
    _, said = mended(mine, released)
    assert said == [
        "The cell letters-dated had been changed; its original text was restored.",
        "The kind of the cell letters-dated or its points had been changed and were restored.",
    ]


def test_retyped(mine, released):
    """Is an answer that was turned into text code again, with the same words?"""
    cell = mine.cells[place(mine, "answer-letters-dated")]
    cell.cell_type = "markdown"
    del cell["outputs"], cell["execution_count"]
    before = answers(mine)
    notebook, said = mended(mine, released)
    assert said == ["The cell answer-letters-dated was turned into a markdown cell."]
    assert answers(notebook) == before


def test_out_of_order(mine, released):
    """Are moved cells put back into their order, and does a student's own cell go along?"""
    at = place(mine, "letters-dated")
    helper = new_code_cell("def helper(): pass")
    mine.cells.insert(at, helper)  # between the answer and its check
    mine.cells.insert(0, mine.cells.pop(at + 1))
    notebook, said = mended(mine, released)
    assert said == ["The cells were put back into their original order."]
    texts = [cell.source for cell in notebook.cells]
    assert texts.index(helper.source) == place(notebook, "answer-letters-dated") + 1


@pytest.mark.parametrize("ids", [True, False])
def test_names_lost(mine, released, ids):
    """Do cells get their names back when another program took nbgrader's metadata, or also the ids, away?"""
    before = answers(mine)
    code = {name for name, cell in zip(before, _solutions(mine), strict=True) if cell.cell_type == "code"}
    for n, cell in enumerate(mine.cells):
        cell.metadata.pop("nbgrader", None)
        if not ids:
            cell.id = f"new-{n}"
    mine.metadata.pop("exercise")
    notebook, said = mended(mine, released)
    after = answers(notebook)
    kept = before if ids else {name: text for name, text in before.items() if name in code}
    assert {name: after[name] for name in kept} == kept
    assert "The cell letters-dated had lost its name, which was restored." in said
    assert notebook.metadata["exercise"] == released.metadata["exercise"]


def _solutions(notebook):
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]


# --- files that are hardly notebooks ---


def test_cut_off(mine, released):
    """Are the answers kept that come before the place where a file is cut off, wherever that is?"""
    content = nbformat.writes(mine).encode()
    names = list(answers(mine))
    kept = []
    for part in (0.3, 0.6, 0.9):
        notebook, said = mended(content[: int(part * len(content))], released)
        assert re.fullmatch(
            r"The file was damaged after cell \d+; everything before that was kept\.", said[0]
        )
        kept.append(sum(answers(notebook)[name] == answers(mine)[name] for name in names))
    assert 0 < kept[0] < kept[1] < kept[2] <= len(names)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda text: text.encode("utf-16"), "It was saved in UTF-16 and was converted to UTF-8."),
        (lambda text: text.replace("my words", "Müller").encode("cp1252", "replace"), "not saved in UTF-8"),
        (lambda text: b"\xef\xbb\xbf" + text.encode(), None),
        (lambda text: text.replace('"nbformat": 4', '"nbformat": null').encode(), "that it is in version 4"),
        (lambda text: text.replace("my words", "my words, \\ud83d").encode(), None),
    ],
)
def test_encodings(mine, released, damage, sentence):
    """Is a file read that was saved in another way than notebooks are, and is that told?"""
    notebook, said = mended(damage(nbformat.writes(mine)), released)
    assert any(sentence in one for one in said) if sentence else not said
    assert all("mine_" in text for text in answers(notebook).values() if "answer" in text.split("=")[0])


def test_half_of_a_character(mine, released):
    """Can a repaired notebook be written in whose text a half of a character stood?"""
    del mine.cells[place(mine, "letters-dated")]
    text = nbformat.writes(mine).replace("my words", "\\ud83d\\ude00 \\udc00").encode()
    made = rebuild(text, released, "mine.ipynb")
    assert "\N{GRINNING FACE} \N{REPLACEMENT CHARACTER}" in made.content.encode().decode()


def test_version_3(mine, released):
    """Is a notebook of version 3 turned into version 4, with its answers?"""
    old = json.dumps(nbformat.convert(copy.deepcopy(mine), 3)).encode()
    notebook, said = mended(old, released)
    assert said[0] == "It was in version 3 of the format and was converted to version 4."
    assert answers(notebook) == answers(mine)


def test_parts_of_wrong_kinds(mine, released):
    """Are cells kept whose parts are of wrong kinds, and left out what is no cell?"""
    raw = json.loads(nbformat.writes(mine))
    raw["metadata"] = []
    raw["cells"][0]["metadata"] = "none"
    raw["cells"][1]["source"] = 7
    raw["cells"][2]["metadata"]["nbgrader"] = [1]
    raw["cells"] += [None, 5, "text"]
    notebook, said = mended(json.dumps(raw).encode(), released)
    assert answers(notebook) == answers(mine)
    assert said[:3] == [
        "The notebook's metadata were damaged and were removed.",
        "4 cells were damaged beyond repair and were removed.",
        "2 cells lacked required parts, which were added.",
    ]


def test_another_exercise(mine, released):
    """Is the notebook of another exercise refused by name?"""
    mine.metadata["exercise"]["name"] = "mao-1963"
    with pytest.raises(NotebookError, match="this is the notebook of mao-1963, not of deng-1962"):
        rebuild(nbformat.writes(mine).encode(), released, "mine.ipynb")


def text_of(notebook):
    """Return a notebook as Jupyter writes it."""
    return nbformat.writes(notebook)


def conflict(text):
    """Return a file in which git has left a conflict in the first answer."""
    lines = text.splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if "answer_letter_to_cpsu" in line)
    other = lines[at].replace("None", "1")
    lines[at : at + 1] = ["<<<<<<< HEAD\n", lines[at], "=======\n", other, ">>>>>>> 1a2b3c\n"]
    return "".join(lines).encode()


def in_the_middle(text, new, *, cut=0):
    """Return a file with something else in the middle of an answer."""
    at = text.index("answer_named_twice = ")
    return text[:at].encode() + new + text[at + cut :].encode()


FILES = {
    "conflict": (conflict, set(), "git conflicts (1)"),
    "half of a conflict": (
        lambda text: conflict(text).replace(b">>>>>>> 1a2b3c\n", b""),
        {"answer-letters-dated"},
        "",
    ),
    "control character": (lambda text: in_the_middle(text, b"\x07\t"), set(), ""),
    "zero bytes": (lambda text: in_the_middle(text, bytes(50)), set(), "contained 50 control characters"),
    "zero bytes outside of texts": (
        lambda text: bytes(9) + text.encode() + bytes(99),
        set(),
        "contained 108 control",
    ),
    "half of a letter": (lambda text: in_the_middle(text, b"\xe2\x80"), set(), "characters were damaged"),
    "quotation mark": (
        lambda text: in_the_middle(text, b'"'),
        {"answer-parties-named-twice"},
        "all complete cells before and after were kept",
    ),
    "cut in the middle": (
        lambda text: in_the_middle(text, b"", cut=400),
        {"answer-parties-named-twice"},
        "all complete cells before and after were kept",
    ),
    "twice": (lambda text: (text + text).encode(), set(), "characters after its end"),
    "the end of a longer one": (
        lambda text: (text + text[-500:]).encode(),
        set(),
        "characters after its end",
    ),
    "no beginning": (lambda text: text[text.index("answer_letter") :].encode(), {"answer-letters-dated"}, ""),
    "UTF-16 without a mark": (lambda text: text.encode("utf-16-le"), set(), "UTF-16"),
    "UTF-32": (lambda text: text.encode("utf-32"), set(), "UTF-32"),
    "CRLF in the file": (lambda text: text.replace("\n", "\r\n").encode(), set(), ""),
}


@pytest.mark.parametrize("name", FILES)
def test_damage_in_a_file(mine, released, name):
    """Is every answer kept but the damaged one, and is the damage told?"""
    spoil, lost, sentence = FILES[name]
    notebook, said = mended(spoil(text_of(mine)), released)
    before, after = answers(mine), answers(notebook)
    plain = {key: re.sub("[\\x07\\t\ufffd]", "", text) for key, text in after.items()}
    assert {key for key in before if plain[key] != before[key]} <= lost
    assert any(sentence in one for one in said) if sentence else True
    assert said or name == "CRLF in the file"


def test_lines_of_a_damaged_cell(mine, released):
    """Are the lines of an answer kept that come before the damage in it?"""
    cell = mine.cells[place(mine, "answer-mentions-counted")]
    cell.source = "def count_mentions(text, word):\n    words = text.split()\n    return words.count(word)"
    text = text_of(mine).replace('return words.count(word)"', "return words.cou", 1)
    notebook, said = mended(text.encode(), released)
    assert answers(notebook)["answer-mentions-counted"].startswith(
        "def count_mentions(text, word):\n    words"
    )
    assert "Only the first lines of 1 damaged cells could be read; they were kept." in said


def test_hostile_file(released):
    """Is a file read in little time of which each of a million beginnings could be a cell?"""
    content = b'{"cells": [' + b'{"source": ["' * 400_000
    with pytest.raises(NotebookError):
        rebuild(content, released, "mine.ipynb")


@pytest.mark.parametrize("cell_type", ["markdown", "code", "raw"])
@pytest.mark.parametrize("ids", [True, False])
def test_paragraph_without_a_name(mine, released, cell_type, ids):
    """Is a written answer known by its place that was typed anew, whatever kind of cell was taken for it?"""
    at = place(mine, "chinese-note")
    own = new_code_cell("The record lets us hear Deng as one note-taker heard him.", id="own")
    own.cell_type = cell_type
    mine.cells[at] = own
    if not ids:
        for n, cell in enumerate(mine.cells):
            cell.metadata.pop("nbgrader", None)
            cell.id = f"new-{n}"
    notebook, said = mended(mine, released)
    assert answers(notebook)["chinese-note"] == own.source
    assert "The cell chinese-note had lost its name, which was restored." in said


def test_paragraph_in_another_cell(mine, released):
    """Is a paragraph named, and nothing changed, that stands beside its untouched cell?"""
    at = place(mine, "chinese-note")
    mine.cells[at].source = released.cells[place(released, "chinese-note")].source
    mine.cells.insert(at + 1, new_markdown_cell("The record lets us hear Deng as one man did.", id="own"))
    made = rebuild(nbformat.writes(mine).encode(), released, "mine.ipynb")
    assert made.content is None
    assert "The answer chinese-note is empty, but another cell contains a text" in made.seen[0]


def test_the_course_s_own_text_beside_an_answer(mine, released):
    """Is a text that was handed out, beside an empty answer, not taken for the student's?"""
    at = place(released, "chinese-note")
    prose = new_markdown_cell("---\nExplain in your own words why the sum of squares grows.", id="prose")
    released.cells.insert(at, prose)
    place_of_mine = place(mine, "chinese-note")
    mine.cells[place_of_mine].source = released.cells[at + 1].source
    mine.cells.insert(place_of_mine, copy.deepcopy(prose))
    assert rebuild(nbformat.writes(mine).encode(), released, "mine.ipynb").seen == []


def test_split_paragraph(mine, released):
    """Are both halves kept of a written answer that JupyterLab has split?"""
    at = place(mine, "chinese-note")
    half = copy.deepcopy(mine.cells[at])
    mine.cells[at].source, half.source, half.id = "The first half.", "The second half.", "half"
    mine.cells.insert(at + 1, half)
    notebook, said = mended(mine, released)
    assert answers(notebook)["chinese-note"] == "The first half.\n\nThe second half."
    assert said == ["There are 2 cells chinese-note; their texts were joined in the last one."]


def test_line_ends(mine, released):
    """Does a notebook need no repair whose cells have the line ends of Windows?"""
    for cell in mine.cells:
        cell.source = cell.source.replace("\n", "\r\n") + "\n"
    assert rebuild(nbformat.writes(mine).encode(), released, "mine.ipynb").content is None


# --- what others have thought of ---


def test_fixtures_are_there():
    """Are nbgrader's own notebooks for its tests installed with it?"""
    assert len(FIXTURES) > 40


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_fixtures_of_nbgrader(path):
    """Is each notebook of nbgrader's tests made gradable for its release, or refused in a sentence?"""
    unchanged = path.parents[2] / "apps" / "files" / "submitted-unchanged.ipynb"
    handed_out = nbformat.read(unchanged, 4)
    try:
        notebook, said = mended(path.read_bytes(), handed_out)
    except NotebookError as error:
        assert path.name != unchanged.name
        assert str(error).startswith("mine.ipynb") and len(str(error)) < 300
        return
    assert notebook.cells
    assert said or path.stem in WHOLE


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_fixtures_in_an_exercise(path, released):
    """Does any of them, handed in for our exercise, become gradable or get one sentence?"""
    try:
        mended(path.read_bytes(), released)
    except NotebookError as error:
        assert str(error).startswith("mine.ipynb") and len(str(error)) < 300


@pytest.mark.parametrize("name", CHANGED)
def test_attacks(name):
    """Is a notebook whose cells were changed to win points as it was handed out, but for the answers?"""
    little = hand_out(little_notebook(), "sums")
    notebook = copy.deepcopy(little)
    CHANGED[name](notebook)
    _, said = mended(notebook, little)
    assert said or name in ("set-up-shadowed", "check-with-old-schema", "check-with-new-schema")


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged(name):
    """Is a file that is hardly a notebook mended, or refused with one sentence that names it?"""
    little = hand_out(little_notebook(), "sums")
    try:
        mended(DAMAGED[name], little)
    except NotebookError as error:
        assert str(error).startswith("mine.ipynb") and len(str(error)) < 300


@given(st.data())
def test_anything_deleted_copied_and_moved(data):
    """Is every notebook gradable again of which cells were deleted, copied and moved at will?"""
    little = hand_out(little_notebook(), "sums")
    notebook = copy.deepcopy(little)
    chosen = data.draw(st.lists(st.integers(0, len(notebook.cells) - 1), max_size=12))
    notebook.cells = [copy.deepcopy(notebook.cells[i]) for i in chosen]
    for cell in notebook.cells:
        if data.draw(st.booleans()):
            cell.source += "\n1"
    mended(notebook, little)


@given(st.data())
def test_any_byte_lost(data):
    """Is a file of which any part is missing mended or refused, and never more than that?"""
    little = hand_out(little_notebook(), "sums")
    content = nbformat.writes(little).encode()
    start = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 200))
    try:
        mended(content[:start] + content[start + length :], little)
    except NotebookError as error:
        assert str(error).startswith("mine.ipynb")


LEAVES = [*"code markdown answer-sum sum".split(), "\ud83d", "%%time\n%%", "x = !", 10**400, None, True]
KEYS = (
    "cells metadata nbgrader grade_id points source outputs attachments cell_type id solution grade checksum "
    "exercise name tags data"
).split()
ODD = st.recursive(
    st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(LEAVES),
    lambda some: st.lists(some, max_size=4) | st.dictionaries(st.sampled_from(KEYS), some, max_size=6),
    max_leaves=25,
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_odd_notebook(data):
    """Is every odd notebook examined and rebuilt, or refused with one sentence, and never more than that?"""
    little = hand_out(little_notebook(), "sums")
    raw = json.loads(nbformat.writes(little))
    for cell in raw["cells"]:
        place = data.draw(st.sampled_from([cell, cell["metadata"], cell["metadata"]["nbgrader"], raw]))
        key = data.draw(st.sampled_from([*place, "attachments", "tags", "points", "outputs"]))
        place[key] = data.draw(ODD)
        if not isinstance(raw["cells"], list):
            break
    text = json.dumps(raw)
    at = data.draw(st.integers(0, len(text)))
    content = (text[:at] + data.draw(st.text(max_size=9)) + text[at:]).encode(errors="replace")
    path = Path(tempfile.mkdtemp()) / "sums.ipynb"
    try:
        path.write_bytes(content)
        for work in (lambda: examine_file(path), lambda: rebuild(content, little, "mine.ipynb")):
            try:
                work()
            except NotebookError as error:
                assert "\n" not in str(error)
        assert path.read_bytes() == content
    finally:
        shutil.rmtree(path.parent)


# --- in a course ---


@pytest.fixture
def course(tmp_path, released, mine):
    """Return a course with three notebooks: one whole, one with a lost cell, one that is none."""
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    for step in ("source", "release/."):
        (tmp_path / step / "deng-1962").mkdir(parents=True)
        nbformat.write(released, tmp_path / step / "deng-1962" / "deng-1962.ipynb")
    whole = nbformat.writes(mine)
    del mine.cells[place(mine, "letters-dated")]
    for student, text in {"ann": whole, "bob": nbformat.writes(mine), "cy": "no notebook"}.items():
        folder = tmp_path / "submitted" / student / "deng-1962"
        folder.mkdir(parents=True)
        (folder / "deng-1962.ipynb").write_text(text, encoding="utf-8")
    return Course(tmp_path)


def test_class(course, mine, released):
    """Is only the damaged notebook changed, its original kept beside it, and what cannot be mended told?"""
    outcome = repair(course, "deng-1962")
    ann, bob, cy = (
        course.path("submitted", who, "deng-1962") / "deng-1962.ipynb" for who in ("ann", "bob", "cy")
    )
    assert outcome.whole == [str(ann)]
    assert outcome.said == {str(bob): ["The cell letters-dated was missing and was put back."]}
    assert nbformat.read(outcome.kept[str(bob)], 4) == mine
    assert Path(outcome.kept[str(bob)]) == bob.with_name("deng-1962.before-repair.ipynb")
    assert list(outcome.refused) == [str(cy)]
    assert_gradable(json.loads(bob.read_text(encoding="utf-8")), released)
    assert repair(course, "deng-1962").said == {}


def test_repaired_twice(course, released):
    """Are both originals kept when a notebook is damaged again after it was repaired?"""
    repair(course, "deng-1962")
    path = course.path("submitted", "bob", "deng-1962") / "deng-1962.ipynb"
    notebook = nbformat.read(path, 4)
    del notebook.cells[place(notebook, "set-up")]
    nbformat.write(notebook, path)
    assert repair(course, "deng-1962", students=["bob"]).kept[str(path)].endswith(".before-repair-2.ipynb")
    assert path.with_name("deng-1962.before-repair.ipynb").is_file()


def test_collected_again(course, tmp_path):
    """Is a repaired notebook left alone when the file from which it came is collected again?"""
    repair(course, "deng-1962")
    path = course.path("submitted", "bob", "deng-1962") / "deng-1962.ipynb"
    repaired = path.read_bytes()
    (tmp_path / "again" / "bob").mkdir(parents=True)
    (tmp_path / "again" / "bob" / "deng-1962.ipynb").write_bytes(
        path.with_name("deng-1962.before-repair.ipynb").read_bytes()
    )
    assert collect(course, "deng-1962", [tmp_path / "again"]).unchanged == ["bob"]
    assert path.read_bytes() == repaired


def test_odd_files_in_a_class(course):
    """Is each odd file one sentence, the damaged one repaired all the same, and nothing else changed?"""
    place = course.folder / "submitted"
    for student in ("deep", "fifo", "folder", "many", "taken"):
        (place / student / "deng-1962").mkdir(parents=True)
    mine = nbformat.read(place / "bob" / "deng-1962" / "deng-1962.ipynb", 4)
    os.mkfifo(place / "fifo" / "deng-1962" / "deng-1962.ipynb")
    (place / "folder" / "deng-1962" / "deng-1962.ipynb").mkdir()
    (place / "deep" / "deng-1962" / "deng-1962.ipynb").write_text("[" * 200_000)
    text = nbformat.writes(mine).replace('"points": 1', f'"points": 1{"0" * 400}', 1)
    (place / "many" / "deng-1962" / "deng-1962.ipynb").write_text(text, encoding="utf-8")
    (place / "taken" / "deng-1962" / "deng-1962.ipynb").write_text(text, encoding="utf-8")
    os.mkfifo(place / "taken" / "deng-1962" / "deng-1962.before-repair.ipynb")
    outcome = repair(course, "deng-1962")
    students = {Path(path).parts[-3]: sentence for path, sentence in outcome.refused.items()}
    assert students.keys() == {"cy", "deep", "fifo", "folder"}
    assert all(sentence.count("\n") == 0 and len(sentence) < 400 for sentence in students.values())
    assert {Path(path).parts[-3] for path in outcome.said} == {"bob", "many", "taken"}
    kept = outcome.kept[str(place / "taken" / "deng-1962" / "deng-1962.ipynb")]
    assert kept.endswith("-2.ipynb") and Path(kept).read_text(encoding="utf-8") == text


def test_no_room(course, monkeypatch):
    """Does a full disk leave every notebook as it was?"""

    def full(self, _content):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = {path: path.read_bytes() for path in (course.folder / "submitted").rglob("*.ipynb")}
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        repair(course, "deng-1962")
    assert {path: path.read_bytes() for path in (course.folder / "submitted").rglob("*")
            if path.is_file()} == before  # fmt: skip


def test_not_handed_out(course):
    """Does an assignment that was not handed out get a sentence with the command that does it?"""
    with pytest.raises(CourseError, match="nbgrader generate_assignment mao-1963"):
        repair(course, "mao-1963")


def test_link(course, tmp_path):
    """Is a link refused, so that nothing is read or written elsewhere?"""
    path = course.path("submitted", "cy", "deng-1962") / "deng-1962.ipynb"
    path.unlink()
    path.symlink_to(course.path("submitted", "bob", "deng-1962") / "deng-1962.ipynb")
    assert "it is a link" in repair(course, "deng-1962", students=["cy"]).refused[str(path)]


def test_command(course):
    """Does the command say what it did and where the originals are, with a code for scripts?"""
    arguments = ["repair", "deng-1962", "--course", str(course.folder)]
    ran = CliRunner().invoke(app, arguments)
    assert ran.exit_code == 1
    assert (
        "letters-dated was missing and was put back. The original is kept as deng-1962.before-repair"
        in ran.stdout
    )
    assert "cy/deng-1962/deng-1962.ipynb: NOT REPAIRED. deng-1962.ipynb, line 1" in ran.stdout
    assert "1 repaired; 1 needed no repair." in ran.stdout
    again = CliRunner().invoke(app, [*arguments, "--student", "bob", "--json"])
    assert (again.exit_code, json.loads(again.stdout)["said"]) == (0, {})
    none = CliRunner().invoke(app, ["repair", "none", "--course", str(course.folder)])
    assert none.exit_code == 3
    file = str(course.path("submitted", "ann", "deng-1962") / "deng-1962.ipynb")
    assert CliRunner().invoke(app, ["repair", "deng-1962", file, *arguments[2:]]).exit_code == 0


@pytest.mark.long
def test_names_lost_in_a_class(tmp_path, needs_sandbox):
    """Does marking say in one sentence that all names are lost, and are the points there after the repair?"""
    handed_out = new_course(tmp_path)
    nameless = answered(handed_out)
    for n, cell in enumerate(nameless.cells):
        cell.metadata.pop("nbgrader")
        cell.id = f"new-{n}"
    hand_in(tmp_path, "ann", nameless)
    hand_in(tmp_path, "bob", answered(handed_out))
    (said,) = autograde(tmp_path)["remarks"]["ann"]
    assert "None of the cells has the metadata" in said and "coursework repair" in said
    assert repair(Course(tmp_path), "sums", students=["ann"]).refused == {}
    autograde(tmp_path)
    found = rows(tmp_path)
    assert [found["ann", name][0] for name in ("sum", "twice")] == [2, 1]
    assert {name: row for (who, name), row in found.items() if who == "ann"} == {
        name: row for (who, name), row in found.items() if who == "bob"
    }
