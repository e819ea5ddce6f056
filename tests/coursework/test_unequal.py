"""Does every check give the points that nbgrader gives, or is it named before a class is marked?"""

import json
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import nbformat
import nbgrader
import pytest
from nbgrader.api import Gradebook
from tests.little_course import CONFIG, answered, autograde, hand_in, new_course, rows
from tests.programs import run
from tests.quick import asked, sample
from tests.teacher_styles import (
    APART,
    COPIES,
    IN_SAMPLES,
    OTHER_KINDS,
    STYLES,
    styles_course,
    with_answers,
)

from helpers.coursework.boundary import CourseError
from helpers.coursework.code_names import names_made
from helpers.coursework.course import Course
from helpers.coursework.marking.copies import copies_in
from helpers.coursework.marking.rehearsal import cells_in_student_process
from helpers.coursework.marking.spec import CellSpec, Spec, SpecError, read_spec

pytestmark = pytest.mark.slow
EXERCISES = Path(__file__).parents[2] / "exercises"
LINE = re.compile(r"c\.Coursework\.judge_in_student_process = .*")


def refused(folder, *options):
    """Return what the command says when it stops before marking."""
    ran = run("coursework", "autograde", "sums", *options, cwd=folder, codes=[3])
    assert "Traceback" not in ran.stderr
    return ran.stderr


NAMES = sample(
    STYLES,
    *("number", "printed", "changed-argument", "class", "helper-removed", "patched", "changes-together"),
    *("result-changed", "enum", "lambdas", "solution-fails"),
)
# The points of the right and of the wrong answer where they are others than 1 and 0.
ODD = {"solution-fails": (0, 1), "partial-by-hand": (0.5, 0)}
SAID = r"gets [01] of 1 points, but ([01] in nbgrader|so could wrong answers)\. It .+\."


@pytest.fixture(scope="module")
def course(request, tmp_path_factory, needs_sandbox):
    """Return a course of the checks that tests ask about, and what the command said when it refused it."""
    folder = tmp_path_factory.mktemp("ours") / "course"
    names = [name for name in STYLES if name in asked(request)]
    released = styles_course(folder, names)
    for name, right in (("right", True), ("wrong", False)):
        hand_in(folder, name, with_answers(released, right=right))
    said = refused(folder)
    return SimpleNamespace(folder=folder, said=said, names=names, recorded=rows(folder))


@pytest.fixture(scope="module")
def within(course):
    """Return what the command says, and the rows, when the course has the line that it proposed."""
    with (course.folder / "nbgrader_config.py").open("a") as config:
        config.write(LINE.search(course.said)[0] + "\n")
    return SimpleNamespace(said=autograde(course.folder), rows=rows(course.folder), folder=course.folder)


@pytest.fixture(scope="module")
def both_ways(course):
    """Return the rows of nbgrader, what ours said when it was told to go on, and its rows."""
    stock = course.folder.with_name("stock")
    for folder in (stock, course.folder.with_name("apart")):
        shutil.copytree(course.folder, folder, ignore=shutil.ignore_patterns("autograded", ".coursework"))
        (folder / "nbgrader_config.py").write_text(CONFIG)
    said = autograde(folder, "--accept-unequal")
    run("nbgrader", "autograde", "sums", cwd=stock)
    return SimpleNamespace(stock=rows(stock), said=said, apart=rows(folder))


def test_nothing_is_marked_before(course):
    """Is no student recorded when the solution does not get its full points?"""
    assert not course.recorded


@pytest.mark.parametrize("name", NAMES)
def test_named(course, name):
    """Is a check that needs the student's own process named with the reason, and no other?"""
    assert bool(re.search(rf"sums\.ipynb, {name}: .+ {SAID}", course.said)) == (name in APART)


@pytest.mark.parametrize("name", NAMES)
def test_judged_within(within, name):
    """With the line that the command gives, does the right answer get its point, and the wrong one not?"""
    right, wrong = (within.rows[who, name][0] for who in ("right", "wrong"))
    assert (right, wrong) == ODD.get(name, (right, 0)) and (right > wrong or name in ODD)
    assert not within.said["unequal"]


def test_solution_that_fails_in_nbgrader_too(course, within):
    """Is a check that the solution does not pass in nbgrader either said, and not refused?"""
    said = [note for note in within.said["notes"] if "your solution gets" in note]
    assert said == [
        "sums.ipynb, solution-fails: your solution gets 0 of 1 points, in nbgrader too "
        "(AssertionError: the teacher has mistaken this). "
        "So it is unknown whether a right answer gets nbgrader's points."
    ]


@pytest.mark.parametrize("style", STYLES)
def test_copies_in_code(style):
    """Does the code of a check show what no sample may show, and does it never show an equal check?"""
    needs, answer, check, _ = STYLES[style]
    found = copies_in(check, own=names_made(answer), cells=[answer])
    assert (needs or style in ODD) if found else (style not in COPIES or style in IN_SAMPLES)


@pytest.mark.parametrize("path", sorted(EXERCISES.glob("source/*/*.ipynb")), ids=lambda path: path.stem)
def test_no_copies_in_exercises(path):
    """Is none of the checks of this book named for nothing?"""
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    kinds = [cell.metadata.get("nbgrader", {}) for cell in cells]
    texts = [cell.source for cell in cells]
    given = [kind.get("locked") for kind in kinds]
    own = {
        name for text, is_given in zip(texts, given, strict=True) if not is_given for name in names_made(text)
    }
    checks = [
        text for text, kind in zip(texts, kinds, strict=True) if kind.get("grade") and kind.get("locked")
    ]
    assert checks and own
    assert not [found for text in checks if (found := copies_in(text, own=own, cells=texts))]


@pytest.mark.long
@pytest.mark.parametrize("name", STYLES)
def test_equal_or_named(course, both_ways, name):
    """Without that line, is a check equal to nbgrader's for right and wrong answers, or named?"""
    equal = all(both_ways.apart[who, name] == both_ways.stock[who, name] for who in ("right", "wrong"))
    assert equal or f"sums.ipynb, {name}: " in course.said


@pytest.mark.long
def test_equal_in_student_process(within, both_ways):
    """With that line, is every row that of nbgrader?"""
    assert within.rows == both_ways.stock


@pytest.mark.long
def test_told_again(course, both_ways):
    """Does a run that was told to go on name the same checks?"""
    named = [name for name in APART if any(f", {name}: " in line for line in both_ways.said["unequal"])]
    assert named == [name for name in APART if name in course.names]


@pytest.mark.long
def test_rehearsed_once(within):
    """Is nothing run again when nothing has changed?"""
    kept = set(within.folder.glob(".coursework/marked/*/*.json"))
    autograde(within.folder)
    assert set(within.folder.glob(".coursework/marked/*/*.json")) == kept


@pytest.fixture(scope="module")
def other_kinds(request, tmp_path_factory, needs_sandbox):
    """Return a course in which a student has right answers of other kinds, and what the command said."""
    folder = tmp_path_factory.mktemp("kinds") / "course"
    names = [name for name in OTHER_KINDS if name in (asked(request) or OTHER_KINDS)]
    hand_in(folder, "li", with_answers(styles_course(folder, names, OTHER_KINDS), styles=OTHER_KINDS))
    return SimpleNamespace(folder=folder, names=names, said=autograde(folder), rows=rows(folder))


@pytest.mark.parametrize(
    "name", sample(OTHER_KINDS, "count-from-0", "cut", "own-error", "dataclass", "in-a-list")
)
def test_right_answer_of_another_kind(other_kinds, name):
    """Does it get its point, or does the command say why not, with the line that would give it?"""
    kind = OTHER_KINDS[name][3]
    assert other_kinds.rows["li", name][0] == (0 if kind else 1)
    said = [line for line in other_kinds.said["unequal"] if line.startswith(f"li: sums.ipynb, {name}: ")]
    assert [kind in line and "not plain data" in line for line in said] == [True] * bool(kind)
    assert not kind or name in LINE.search(other_kinds.said["unequal"][-1])[0]


@pytest.mark.parametrize("name", sample(["dataclass", "in-a-list"], "dataclass", "in-a-list"))
def test_report_of_another_kind(other_kinds, name):
    """Is it in the report, too?"""
    said = json.loads(run("coursework", "report", "sums", "--json", cwd=other_kinds.folder).stdout)["differs"]
    page = (other_kinds.folder / "report/sums/report.html").read_text()
    assert OTHER_KINDS[name][3] in said["li"] and f"sums.ipynb, {name}: " in page


@pytest.mark.long
def test_other_kinds_in_nbgrader(other_kinds, tmp_path):
    """Does nbgrader give every one of these answers its point?"""
    stock = tmp_path / "stock"
    shutil.copytree(other_kinds.folder, stock, ignore=shutil.ignore_patterns("autograded", ".coursework"))
    run("nbgrader", "autograde", "sums", cwd=stock)
    assert {name: rows(stock)["li", name][0] for name in other_kinds.names} == dict.fromkeys(
        other_kinds.names, 1
    )


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


R = {"name": "ir", "display_name": "R", "language": "R"}


@pytest.mark.long
def test_another_kernel(tmp_path):
    """Is a notebook in R refused by name?"""
    released = styles_course(tmp_path / "course", ["number"])
    hand_in(tmp_path / "course", "ada", released)
    with Gradebook(f"sqlite:///{tmp_path}/course/gradebook.db") as gradebook:
        gradebook.find_notebook("sums", "sums").kernelspec = json.dumps(R)
        gradebook.db.commit()
    with pytest.raises(SpecError, match=r"sums\.ipynb uses the kernel ir \(R\)"):
        read_spec("sums", db_url=f"sqlite:///{tmp_path}/course/gradebook.db")


@pytest.mark.long
def test_another_kernel_of_a_student(tmp_path, needs_sandbox):
    """Is a student's notebook in R refused by name, and is everybody else marked?"""
    folder = tmp_path / "course"
    right = with_answers(styles_course(folder, ["number"]), right=True)
    kernels = {"ada": right.metadata.kernelspec, "bo": R, "cy": {"name": "venv", "display_name": "Mine"}}
    for student, kernel in kernels.items():
        right.metadata.kernelspec = kernel
        hand_in(folder, student, right)
    outcome = json.loads(run("coursework", "autograde", "sums", "--json", cwd=folder).stdout)
    assert list(outcome["failed"]) == ["bo"] and "sums.ipynb is a notebook in R" in outcome["failed"]["bo"]
    assert {student: rows(folder).get((student, "number")) for student in kernels} == {
        "ada": (1, False),
        "bo": None,
        "cy": (1, False),
    }


@pytest.mark.long
def test_checks_that_need_each_other(tmp_path, needs_sandbox):
    """Is an answer that uses what a check has made named, and do all points agree with the line for it?"""
    styles = {
        "makes": ("base = 5", "doubled = base * 2\nassert doubled == 10", "base = 4"),
        "uses": ("third = 15 if 'doubled' in dir() else 0", "assert third == 15", "third = 0"),
    }
    folder = tmp_path / "course"
    hand_in(folder, "ada", with_answers(styles_course(folder, styles, styles), right=True, styles=styles))
    said = refused(folder)
    assert "sums.ipynb, uses: the solution gets 0 of 1 points, but 1 in nbgrader" in said
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(LINE.search(said)[0] + "\n")
    autograde(folder)
    assert [rows(folder)["ada", name] for name in styles] == [(1, False)] * 2


def test_data_that_is_too_large(tmp_path):
    """Are the course's own files refused by name if they cannot all be sent along?"""
    (tmp_path / "source/sums").mkdir(parents=True)
    (tmp_path / "nbgrader_config.py").write_text(CONFIG)
    (tmp_path / "source/sums/small.csv").write_text("n")
    with open(tmp_path / "source/sums/letters.csv", "wb") as file:
        file.truncate(24_000_000)
    with pytest.raises(CourseError, match=r"letters\.csv \(24\.0 MB\).+Make it smaller, or remove it"):
        Course(tmp_path).given_files("sums")


@pytest.mark.long
def test_without_sources(tmp_path, needs_sandbox):
    """Is it said that the solution could not be checked, and is the class marked?"""
    folder = tmp_path / "course"
    hand_in(folder, "ada", with_answers(styles_course(folder, ["number"]), right=True))
    (folder / "source/sums/sums.ipynb").unlink()
    outcome = autograde(folder)
    assert len(outcome["unequal"]) == 1 and "could not be checked" in outcome["unequal"][0]
    assert rows(folder)["ada", "number"] == (1, False)


@pytest.mark.parametrize("setting", [{"sums": ["nothing"]}, {"sums": "number"}])
def test_setting_that_names_no_check(setting):
    """Is a setting that means nothing told in one sentence?"""
    check = CellSpec("number", "code", "assert x == 1", None, True, True, False, False, 1.0)
    course = SimpleNamespace(settings=SimpleNamespace(own=SimpleNamespace(judge_in_student_process=setting)))
    with pytest.raises(CourseError, match="judge_in_student_process"):
        cells_in_student_process(course, Spec("sums", {"sums": {"number": check}}, {}))


def test_all_in_the_student_s_process(tmp_path, needs_sandbox):
    """Is nothing said of nbgrader's points where every check runs as in nbgrader?"""
    released = new_course(tmp_path)
    with (tmp_path / "nbgrader_config.py").open("a") as config:
        config.write("c.Coursework.judge_in_student_process = True\n")
    hand_in(tmp_path, "ada", answered(released, "pass"))
    done = autograde(tmp_path)
    assert (done["marked"], done["unequal"]) == (["ada"], [])
