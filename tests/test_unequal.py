"""Does every check give the points that nbgrader gives, or is it named before a class is marked?"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import nbformat
import nbgrader
import pytest
from nbgrader.api import Gradebook
from tests.little_course import PROGRAMS, autograde, hand_in, rows, run
from tests.teacher_styles import APART, STYLES, styles_course, with_answers

from helpers.grading.boundary import CourseError
from helpers.grading.plan import Cell, Plan, PlanError, read_plan
from helpers.grading.rehearsal import cells_in_student_process

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
    """Return what the command said of other teachers' checks, and the rows of nbgrader and ours."""
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


@pytest.mark.long
def test_quickstart_of_nbgrader(tmp_path, needs_sandbox):
    """Do nbgrader's own sample problems get its points, and is the check that they lose named?"""
    stock = tmp_path / "stock"
    shutil.copytree(
        Path(nbgrader.__file__).parent / "docs/source/user_guide/source/ps1", stock / "source/sums"
    )
    (stock / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'x'\n")
    assert run("nbgrader", "generate_assignment", "sums", "--create", cwd=stock).returncode == 0
    shutil.copytree(stock / "source/sums", stock / "submitted/solved/sums")
    shutil.copytree(stock / "release/sums", stock / "submitted/untouched/sums")
    ours = tmp_path / "ours"
    shutil.copytree(stock, ours)
    said = refused(ours)
    assert re.findall(r"ipynb, (\w+):", said) == ["sum_of_squares_uses_squares"]
    with (ours / "nbgrader_config.py").open("a") as config:
        config.write(LINE.search(said)[0] + "\n")
    autograde(ours)
    run("nbgrader", "autograde", "sums", cwd=stock)
    assert rows(ours) == rows(stock)


def test_another_kernel(tmp_path):
    """Is a notebook in R refused by name?"""
    released = styles_course(tmp_path / "course", ["number"])
    hand_in(tmp_path / "course", "ada", released)
    path = tmp_path / "course/source/sums/sums.ipynb"
    source = nbformat.read(path, 4)
    source.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    nbformat.write(source, path)
    with Gradebook(f"sqlite:///{tmp_path}/course/gradebook.db") as gradebook:
        gradebook.find_notebook("sums", "sums").kernelspec = json.dumps(source.metadata.kernelspec)
        gradebook.db.commit()
    with pytest.raises(PlanError, match=r"sums\.ipynb asks for the kernel ir \(R\)"):
        read_plan("sums", db_url=f"sqlite:///{tmp_path}/course/gradebook.db")


@pytest.mark.long
def test_without_sources(tmp_path, needs_sandbox):
    """Is it said that the solution could not be checked, and is the class marked?"""
    folder = tmp_path / "course"
    hand_in(folder, "ada", with_answers(styles_course(folder, ["number"]), right=True))
    (folder / "source/sums/sums.ipynb").unlink()
    outcome = autograde(folder)
    assert len(outcome["unequal"]) == 1 and "could not be checked" in outcome["unequal"][0]
    assert rows(folder)["ada", "number"] == (1, False)


@pytest.mark.parametrize("setting", [{"sums": ["nothing"]}, {"sums": "number"}, 3])
def test_setting_that_names_no_check(setting):
    """Is a setting that means nothing told in one sentence?"""
    check = Cell("number", "code", "assert x == 1", None, True, True, False, False, 1.0)
    course = SimpleNamespace(config={"Coursework": {"judge_in_student_process": setting}})
    with pytest.raises(CourseError, match="judge_in_student_process"):
        cells_in_student_process(course, Plan("sums", {"sums": {"number": check}}, {}))
