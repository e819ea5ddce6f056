"""Does every check give the points that nbgrader gives, or is it named before a class is marked?"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import nbgrader
import pytest
from tests.little_course import PROGRAMS, autograde, hand_in, rows, run
from tests.teacher_styles import APART, STYLES, styles_course, with_answers

pytestmark = pytest.mark.slow
LINE = re.compile(r"c\.Coursework\.judge_in_student_process = .*")


def refused(folder, *options):
    """Return what the command says when it stops before marking."""
    command = [PROGRAMS / "coursework", "autograde", "sums", *options]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 2, ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    return ran.stderr


@pytest.fixture(scope="module")
def marked(tmp_path_factory, needs_sandbox):
    """Return what the command said of a course of other teachers' checks, and the rows of nbgrader and ours."""
    stock = tmp_path_factory.mktemp("stock") / "course"
    released = styles_course(stock)
    for name, right in (("right", True), ("wrong", False)):
        hand_in(stock, name, with_answers(released, right=right))
    ours = stock.with_name("ours")
    shutil.copytree(stock, ours)
    said = refused(ours)
    none_recorded = rows(ours)
    apart = autograde(ours, "--accept-unequal")
    apart_rows = rows(ours)
    with (ours / "nbgrader_config.py").open("a") as config:
        config.write(LINE.search(said)[0] + "\n")
    within = autograde(ours)
    run("nbgrader", "autograde", "sums", cwd=stock)
    return {"said": said, "none": none_recorded, "apart": apart, "apart_rows": apart_rows, "within": within,
            "rows": rows(ours), "stock": rows(stock), "folder": ours}  # fmt: skip


def test_nothing_is_marked_before(marked):
    """Is no student recorded when the solution does not get its full points?"""
    assert not marked["none"]


@pytest.mark.parametrize("name", STYLES)
def test_equal_or_named(marked, name):
    """Is a check equal to nbgrader's for right and wrong answers, or named with the reason?"""
    equal = all(marked["apart_rows"][who, name] == marked["stock"][who, name] for who in ("right", "wrong"))
    named = re.search(rf"sums\.ipynb, {name}: the solution gets 0 of 1 points\. It .+\.", marked["said"])
    assert bool(named) == (name in APART)
    assert equal or named


def test_equal_in_student_process(marked):
    """With the line that the command gives, is every row that of nbgrader?"""
    assert marked["rows"] == marked["stock"]
    assert not marked["within"]["unequal"]


def test_told_again(marked):
    """Does a run that was told to go on name the same checks?"""
    assert [
        name for name in APART if any(f", {name}: " in line for line in marked["apart"]["unequal"])
    ] == APART


def test_rehearsed_once(marked):
    """Is nothing run again when nothing has changed?"""
    kept = set(marked["folder"].glob(".coursework/marked/*/*.json"))
    autograde(marked["folder"])
    assert set(marked["folder"].glob(".coursework/marked/*/*.json")) == kept
