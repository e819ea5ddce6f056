"""Are those named who share a passage, and nobody who only shares what many share?"""

import csv
import json
import time

import nbformat
import pytest
from bs4 import BeautifulSoup
from tests.coursework.test_variants import NAME_CELL, RIGHT, hand_out
from tests.little_course import answered, autograde, hand_in, new_course, open_gradebook
from tests.programs import run
from typer.testing import CliRunner

from helpers.coursework.analysis.answers import Work
from helpers.coursework.analysis.similar import (
    _pairs_in,
    fingerprints,
    read_similar,
    tokens_of,
    write_similar,
)
from helpers.coursework.cli import app
from helpers.coursework.course import Course
from helpers.coursework.redaction import Redactor
from helpers.coursework.returning.gradebook import Question

pytestmark = pytest.mark.slow
FORMULA, MARKUP, ESCAPE = "=cmd|' 'A0", "<img src=x onerror=alert(1)>", "esc\x1b[2Jape"
OWN = (
    "The ambassador had to explain to his superiors why he said so little about a letter that he had not "
    "read, and this may be the reason why he calls the Chinese leader unclear."
)
RETOLD = (
    "Because his superiors might blame him, the envoy makes Deng look vague; so this paper also defends its "
    "author, and a reader should ask who would have read it first."
)
QUOTED = (
    '"In this he refrained from a clear formulation relating to whether the Chinese leaders had bilateral '
    'consultations with the CPSU in mind." {}'
)
LOOP = (
    "def double(x):\n    total = x - x\n    for step in [1, 2]:\n"
    "        total = total + x * 1\n    return total"
)
RENAMED = LOOP.replace("total", "s").replace("step", "i")
PLAIN = "def double(x):\n    return x + x"
CLASS = {
    FORMULA: (OWN, LOOP),
    MARKUP: (f"I begin in my own way. {OWN}", PLAIN),
    ESCAPE: ("Nothing much.", RENAMED),
    "retold": (RETOLD, PLAIN),
    "quoting-1": (QUOTED.format("So he was vague."), PLAIN),
    "quoting-2": (QUOTED.format("Deng avoided it, I think."), PLAIN),
    "empty": ("Why?", PLAIN),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory, needs_sandbox):
    """Return the folder of an invented class, marked."""
    folder = tmp_path_factory.mktemp("similar")
    released = new_course(folder)
    for student, (text, function) in CLASS.items():
        notebook = answered(released, "answer_sum = 42", function)
        notebook.cells[-1].source = text
        hand_in(folder, student, notebook)
    hand_in(folder, "unreadable", b'{"cells": [')
    said = autograde(folder)
    assert len(said["marked"]) == len(CLASS) + 1
    return folder


@pytest.fixture(scope="module")
def found(course):
    """Return who is alike."""
    return read_similar(Course(course), "sums")


def test_pairs(found):
    """Are a copied passage and a renamed function found, and neither a retold text nor the same quotation?"""
    pairs = {(row.student_1, row.student_2): row.question for row in found.pairs.itertuples()}
    assert pairs == {tuple(sorted((FORMULA, MARKUP))): "reasons", tuple(sorted((FORMULA, ESCAPE))): "twice"}
    both = found.pairs.set_index("question")
    assert "superiors" in both.loc["reasons", "passage_1"] and "superiors" in both.loc["reasons", "passage_2"]
    assert both.loc["reasons", "alike"] > 0.8 and both.loc["reasons", "share"] > 0.5
    assert found.names.empty and found.left_out == ["unreadable"]


def test_page_and_table(course, found):
    """Does the page show passages and caution, with names as text, and the table no formula?"""
    page, table = write_similar(found, Course(course))
    text = page.read_text(encoding="utf-8")
    soup = BeautifulSoup(text, "html.parser")
    assert not soup.find_all(["img", "script"]) and MARKUP in soup.text and "\x1b" not in soup.find("h1").text
    assert found.caution in soup.text and "default-src 'none'" in text
    rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_command(course):
    """Does the command say who, with nothing that acts on a screen, and what it cannot show?"""
    told = CliRunner().invoke(app, ["similar", "sums", "--course", str(course)])
    assert told.exit_code == 0 and "\x1b" not in told.output and "esc?[2Jape" in told.output
    assert "2 pairs to read, among 7 students" in told.output and "not proof of copying" in told.output
    machine = CliRunner().invoke(app, ["similar", "sums", "--json", "--course", str(course)])
    assert len(json.loads(machine.output)["pairs"]) == 2


def test_nothing_is_changed(course, found):
    """Is the gradebook only read?"""
    before = (course / "gradebook.db").read_bytes()
    read_similar(Course(course), "sums")
    assert (course / "gradebook.db").read_bytes() == before


def works(texts):
    question = Question("sums", "why", 3)
    return question, [Work(f"s{n:03}", question, text, False, 1, [], "") for n, text in enumerate(texts)]


def test_what_many_share_is_no_sign():
    """Is a passage of five students in a class of thirty left out, and one of two found?"""
    words = [f"word{n}" for n in range(2000)]
    own = [" ".join(words[40 * n : 40 * n + 40]) for n in range(30)]
    many, two = "as we all were told by the tutor in the first hour of this week", " ".join(words[1500:1540])
    texts = [f"{text} {many}" if n < 5 else f"{text} {two}" if n < 7 else text for n, text in enumerate(own)]
    rows = list(_pairs_in(*works(texts), set(), set(), 4, Redactor([], "")))
    assert [row[:2] for row in rows] == [("s005", "s006")]


def test_a_large_class_takes_little_time():
    """Are five hundred long answers compared in some seconds?"""
    words = [f"w{n}" for n in range(300)]
    texts = [" ".join(words[(7 * n * k + k * k) % 300] for k in range(150)) for n in range(500)]
    begin = time.perf_counter()
    list(_pairs_in(*works(texts), set(), set(), 50, Redactor([], "")))
    assert time.perf_counter() - begin < 60


def test_odd_answers():
    """Is an answer of any kind compared, and is a short one without fingerprints?"""
    for text in ("", "(" * 5000, "\0", "'''", "\t x\n y", "李" * 50, "a" * 100_000, "def f(:"):
        fingerprints(tokens_of(text))
    assert not fingerprints(tokens_of("one two three"))
    assert len(fingerprints(tokens_of("大使写下了他希望莫斯科读到的内容"))) > 0


NAMES = {"ada": "ada", "bao": "Ada", "li": "Li Wei", "wei": "Wei, Li", "gao": "", "kim": "Kim"}


@pytest.mark.long
def test_names_of_others(needs_sandbox, tmp_path):
    """With variants, is somebody named who typed nothing, another's name, or the same as another?"""
    released = hand_out(tmp_path / "course")
    for student, name in NAMES.items():
        notebook = nbformat.from_dict(released)
        for cell in notebook.cells:
            cell.source = ({NAME_CELL: f"my_name = {name!r}"} | RIGHT).get(cell.id, cell.source)
        hand_in(tmp_path / "course", student, notebook)
    with open_gradebook(tmp_path / "course") as gradebook:
        gradebook.update_or_create_student("li", first_name="Li", last_name="Wei")
    autograde(tmp_path / "course")
    names = read_similar(Course(tmp_path / "course"), "sums").names.set_index("student")["note"].to_dict()
    assert names == {
        "ada": "typed the same name as bao",
        "bao": "typed the name of ada",
        "gao": "typed no name, so their questions are the ones without variants",
        "li": "typed the same name as wei",
        "wei": "typed the name of li",
    }
    assert run("coursework", "similar", "sums", cwd=tmp_path / "course").returncode == 0
