"""Does the course work with real nbgrader: hand out, mark, give back, and give nothing away?"""

import html
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook
from nbgrader.utils import is_grade, is_solution
from tests.programs import run
from tests.quick import sample

from helpers.authoring.bundles import build_wheel
from helpers.authoring.leaks import find_leaks, find_secrets, read_files, strings_in
from helpers.authoring.links import book_address
from helpers.book.directives.exercise import release
from helpers.checks.opening import SUFFIX
from helpers.coursework.redaction import HideChecks
from helpers.notebooks.examine import examine

REPOSITORY = Path(__file__).parents[2]
EXERCISES = REPOSITORY / "exercises"
SITE = REPOSITORY / "_build" / "html"
SLUGS = sorted(path.stem for path in (EXERCISES / "source").glob("*/*.ipynb"))
SLUG = "deng-1962"  # the exercise that other students work on too: half right, spying, and so on
BOOK = "https://example.org/book"

pytestmark = pytest.mark.slow
# One exercise goes the whole way always; the others, which are made alike, with the long tests.
each_exercise = pytest.mark.parametrize("slug", sample(SLUGS, SLUG))


def source(slug=SLUG):
    return nbformat.read(EXERCISES / "source" / slug / f"{slug}.ipynb", 4)


def points(slug=SLUG):
    return {c.id: c.metadata.nbgrader.points for c in source(slug).cells if is_grade(c)}


def written_answers(slug=SLUG):
    """Return the names of the answers that a person marks."""
    return {c.id for c in source(slug).cells if is_grade(c) and is_solution(c)}


# --- what must stay with the teacher ---


@cache
def secrets():
    """Return every telling line of every solution, hidden test and rubric, by kind."""
    return find_secrets(EXERCISES / "source")


def all_secrets():
    return set.union(*secrets().values())


# --- one course, through stock nbgrader ---


def answered(answers):
    """Return a change of a notebook: the answers written into the answer cells."""

    def change(nb):
        for cell in nb.cells:
            name = cell.id.removeprefix("answer-")
            if name in answers and cell.id != name:
                cell.source = cell.source + "\n" + answers[name]
        return nb

    return change


def preceded_by(code, change=lambda nb: nb):
    """Return a change of a notebook: first a cell of the student's own."""

    def changed(nb):
        nb = change(nb)
        nb.cells.insert(0, new_code_cell(code))
        return nb

    return changed


def followed_by(code, change=lambda nb: nb):
    """Return a change of a notebook: a cell of the student's own at the end."""

    def changed(nb):
        nb = change(nb)
        nb.cells.append(new_code_cell(code))
        return nb

    return changed


HALF = {
    "letters-dated": (
        'answer_letter_to_cpsu = "April 7, 1962"; answer_letter_to_vietnamese_party = "April 1962"',
        0.5,
    ),
    "parties-named-twice": ('answer_named_twice = ["Sweden", "Finland"]', 0),
    "voices-told-apart": (
        'answer_voices = ["reported", "quoted", "note-taker", "quoted", "quoted", "note-taker"]',
        2.5,
    ),
    "manner-judged": ('answer_judgments = "he insistently repeated"', 1),
    "letter-not-read": (
        'answer_not_read = ["I did not know the text", "Not being acquainted with this text"]',
        1.5,
    ),
    "proposal-tested": ('answer_findings = {"a": "for", "b": "neither", "c": "against"}', 1.5),
    "brezhnev-identified": ('answer_same_man = "No."; answer_evidence = "I do not know"', 1),
    "days-until-the-record": ("del answer_days", 0),
    "paragraphs-on-the-conference": (
        'answer_conference = [5, 6, 8, 9, 10, 12]; answer_other_word = "session"',
        1.5,
    ),
    "mentions-counted": ("def count_mentions(text, word):\n    return text.lower().count(word)", 1),
}
# Shows every expression of a cell, which stock nbgrader takes for points; a well-known tip among students.
ALL = (
    "from IPython.core.interactiveshell import InteractiveShell\n"
    "InteractiveShell.ast_node_interactivity = 'all'"
)
# Makes test cells fail with a traceback, and prints what the session has run.
SPY = "import helpers.checks\ndel helpers.checks.mark_date, helpers.checks.mark_set"
LOOT = (
    "print(In)\nprint('\\n'.join(In))\n%history\n"
    "import html, IPython.display as d\n"
    "d.display(d.HTML('<pre>' + html.escape('\\n'.join(In)) + '</pre>'))\nIn"
)


# Cells that the same student has deleted.
CUT = ("set-up", "days-until-the-record", "question-chinese-note")


def without(*names):
    """Return a change of a notebook: cells deleted."""

    def change(nb):
        nb.cells = [cell for cell in nb.cells if cell.id not in names]
        return nb

    return change


def written(nb):
    next(c for c in nb.cells if c.id == "chinese-note").source = "Deng speaks through the ambassador."
    return nb


STUDENTS = {
    "untouched": lambda nb: nb,
    "half": lambda nb: written(answered({name: answer for name, (answer, _) in HALF.items()})(nb)),
    "shows-all": preceded_by(ALL, answered({name: answer for name, (answer, _) in HALF.items()})),
    "spy": preceded_by(SPY, followed_by(LOOT, without(*CUT))),
}


def nbgrader(course, *command, output=False):
    """Run nbgrader, as somebody would who has no settings of their own."""
    return program(course, "nbgrader", *command, output=output)


def program(course, name, *command, output=False):
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON"))},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",  # nbgrader calls alembic
        "HOME": str(course.parent / "home"),
        "BOOK_URL": BOOK,
    }
    ran = run(name, *command, cwd=course, env=environment, codes=[0])
    return ran.stdout if output else ran.stderr


@pytest.fixture(scope="module")
def course_of(tmp_path_factory):
    """Return a function that gives the course of an exercise; every student was marked and has feedback.

    One student hands in the exercise as it was handed out, another our own solutions.  The path has a space.
    """

    @cache
    def make(slug):
        course = new_course(tmp_path_factory.mktemp("a course") / "exercises", slug)
        for name, change in (STUDENTS if slug == SLUG else {"untouched": STUDENTS["untouched"]}).items():
            hand_in(course, slug, name, change(released(course, slug)))
        hand_in(course, slug, "solved", solved(course, slug))
        nbgrader(course, "autograde", slug)
        nbgrader(course, "generate_feedback", slug)
        return course

    return make


def new_course(course, slug):
    """Return a folder with a copy of our course, in which one exercise was released."""
    (course / "source").mkdir(parents=True)
    shutil.copy(EXERCISES / "nbgrader_config.py", course)
    shutil.copytree(EXERCISES / "source" / slug, course / "source" / slug)
    nbgrader(course, "generate_assignment", slug)
    return course


@pytest.fixture
def slug():
    """Return the exercise that all students did, for a test that is given no other."""
    return SLUG


@pytest.fixture
def course(course_of, slug):
    return course_of(slug)


def released(course, slug=SLUG):
    return nbformat.read(course / "release" / slug / f"{slug}.ipynb", 4)


def solved(course, slug):
    """Return what a student would hand in who has our own solutions."""
    nb = released(course, slug)
    solutions = {c.id: c.source for c in source(slug).cells if is_solution(c)}
    for cell in nb.cells:
        cell.source = solutions.get(cell.id, cell.source)
    return nb


def hand_in(course, slug, student, nb):
    path = course / "submitted" / student / slug / f"{slug}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(nb, path)


def grades(course, student, slug=SLUG):
    """Return the grade of each cell from the gradebook."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        found = gradebook.find_submission_notebook(slug, slug, student).grades
        return {grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in found}


def page(course, student):
    return course / "feedback" / student / SLUG / f"{SLUG}.html"


def autograded(course, student, slug=SLUG):
    return nbformat.read(course / "autograded" / student / slug / f"{slug}.ipynb", 4)


@each_exercise
def test_untouched_gets_nothing(course, slug):
    """Does the notebook as handed out run without an error or a word on stderr, and get zero everywhere?"""
    assert grades(course, "untouched", slug) == {name: (0, False) for name in points(slug)}
    for cell in autograded(course, "untouched", slug).cells:
        assert not any(o.output_type == "error" or o.get("name") == "stderr" for o in cell.get("outputs", ()))


@each_exercise
def test_solution_gets_everything(course, slug):
    """Does our own solution get full points for every cell, but for the answers that a person reads?"""
    expected = {name: (n, False) for name, n in points(slug).items()}
    expected |= dict.fromkeys(written_answers(slug), (None, True))
    assert grades(course, "solved", slug) == expected


def test_half_right(course):
    """Does a student who is half right get what each answer deserves?"""
    expected = {name: (n, False) for name, (_, n) in HALF.items()} | {"chinese-note": (None, True)}
    assert grades(course, "half") == expected


def test_showing_every_expression_wins_nothing(course):
    """Does a student who makes IPython show every expression get the same points as one who does not?"""
    expected = {name: (n, False) for name, (_, n) in HALF.items()} | {"chinese-note": (0, False)}
    assert grades(course, "shows-all") == expected


def test_broken_and_deleted_checks_win_nothing(course):
    """Is a notebook marked that breaks some test cells and has lost others, and does it win nothing?"""
    assert not any(score for score, _ in grades(course, "spy").values())


@each_exercise
def test_release_gives_nothing_away(course, slug):
    """Does what is handed out hold no solution, no hidden test and no rubric?"""
    assert not find_leaks(read_files(course / "release"), all_secrets())
    assert not re.search(
        rb"(BEGIN|END) (SOLUTION|HIDDEN|MARK|COMMENTARY)",
        b"".join(c for _, c in read_files(course / "release")),
    )


@each_exercise
def test_release_is_linked_and_locked(course, slug):
    """Do links lead into the book, and can tests, set-up and questions for a person not be edited?"""
    nb = released(course, slug)
    targets = re.findall(r"\]\(([^)]+)\)", "\n".join(c.source for c in nb.cells))
    assert targets
    assert all(
        re.fullmatch(rf"{BOOK}/chapters/[a-z]+-\d{{4}}\.html(#[a-z]+-\d{{4}}-[hps]\d+)?", t) for t in targets
    )
    fixed = {c.id for c in nb.cells if c.metadata.get("editable") is False}
    assert fixed == {c.id for c in source(slug).cells if c.metadata.get("nbgrader", {}).get("locked")}
    questions = {f"question-{name}" for name in written_answers(slug)}
    assert {"set-up", "before-you-hand-in"} | questions | (
        points(slug).keys() - written_answers(slug)
    ) <= fixed


@each_exercise
def test_release_notes_its_cells(course, slug):
    """Does the notebook as handed out know which exercise it is and which cells it has?"""
    named = [c.metadata.nbgrader.grade_id for c in source(slug).cells if "nbgrader" in c.metadata]
    assert released(course, slug).metadata["exercise"] == {"name": slug, "cells": named}


@each_exercise
def test_book_offers_the_release(course, slug, monkeypatch):
    """Is the notebook that a chapter offers the one that nbgrader hands out?"""
    monkeypatch.setenv("BOOK_URL", BOOK)
    assert nbformat.reads(release(course, slug), 4) == released(course, slug)


@each_exercise
def test_notebook_says_what_is_left(course, slug):
    """Does the last cell of a notebook name every question that is open, and no other thing?"""
    open_cells = [c.id for c in source(slug).cells if is_solution(c)]
    assert [f.cell for f in examine(released(course, slug))] == open_cells
    said = autograded(course, "untouched", slug).cells[-1].outputs[-1].data["text/plain"]
    assert said.startswith(f"Before you hand in, look at {len(open_cells)} things.")


@each_exercise
def test_feedback_gives_nothing_away(course, slug):
    """Does feedback hold no hidden test, no rubric, and no solution but the student's own?"""
    assert not leaks_in(course / "feedback", slug)


def leaks_in(feedback, slug):
    """Return what feedback tells that a student was not to know."""
    given, told = secrets(), []
    for student in [*(STUDENTS if slug == SLUG else ["untouched"]), "solved"]:
        files = list(read_files(feedback / student))
        assert files, student
        kept = given["HIDDEN TESTS"] | given["MARK SCHEME"] | given["COMMENTARY"]
        if student == "solved":  # who has handed in the solution, and a line of a key may be part of one
            own = "\n".join(given["SOLUTION"])
            kept = {line for line in kept if line not in own}
        else:
            kept |= given["SOLUTION"]
        told += find_leaks(files, kept)
    return told


@pytest.fixture(scope="module")
def coursework_of(course_of, needs_sandbox, tmp_path_factory):
    """Return a function: the same course and the same students, marked by `coursework`, with its feedback."""

    @cache
    def make(slug):
        ours = new_course(tmp_path_factory.mktemp("ours") / "exercises", slug)
        shutil.copytree(course_of(slug) / "submitted", ours / "submitted")
        program(ours, "coursework", "autograde", slug, "--json")
        program(ours, "coursework", "feedback", slug, "--json")
        return ours

    return make


@each_exercise
def test_coursework_agrees(course, coursework_of, slug):
    """Does `coursework autograde` give the points that nbgrader gives, but to a student who spies?"""
    students = set(STUDENTS) - {"spy"} if slug == SLUG else {"untouched"}
    for student in sorted({*students, "solved"}):
        assert grades(coursework_of(slug), student, slug) == grades(course, student, slug), student


@each_exercise
def test_coursework_gives_nothing_away(coursework_of, slug):
    """Does its feedback hold no hidden test, no rubric, and no solution but the student's own?"""
    feedback = coursework_of(slug) / "feedback"
    assert not leaks_in(feedback, slug)
    assert all(path.stat().st_size <= 40_000 for path in feedback.rglob("*.html"))


def test_feedback_says_why(course):
    """Does feedback show points, reasons and links to the paragraphs?"""
    soup = BeautifulSoup(page(course, "half").read_text(encoding="utf-8"), "html.parser")
    marks = soup.select("div.mark")
    assert len(marks) == len(HALF)
    assert [m.select_one("strong").text for m in marks] == [
        f"{score} of {points()[name]} {'point' if points()[name] == 1 else 'points'}"
        for name, (_, score) in HALF.items()
    ]
    text = soup.get_text(" ")
    for reason in (
        'To the Vietnamese party: "April 1962" is not a whole date: the day is missing.',
        "1 point lost.",
        '"Finland" does not belong here.',
        "There is no answer_days",
        "Read the sentences with this word: whose sessions are they?",
    ):
        assert reason in re.sub(r"\s+", " ", text)
    links = {a["href"] for m in marks for a in m.select("a")}
    assert f"{BOOK}/chapters/deng-1962.html#deng-1962-p05" in links
    assert all(link.startswith(f"{BOOK}/chapters/deng-1962.html#deng-1962-") for link in links)


def test_feedback_keeps_the_visible(course):
    """Does feedback keep the student's answers, the visible tests and the questions?"""
    text = BeautifulSoup(page(course, "half").read_text(encoding="utf-8"), "html.parser").get_text()
    assert 'check("parties-named-twice")' in text
    assert HALF["parties-named-twice"][0] in text
    assert "The Chinese note of 9 April" in text
    assert "Deng speaks through the ambassador." in text


def test_spy_had_loot(course):
    """Did the spying student's outputs hold hidden tests before they became feedback?"""
    lines = secrets()["HIDDEN TESTS"]
    nb = autograded(course, "spy")
    tracebacks = [o for c in nb.cells if c.cell_type == "code" for o in c.outputs if o.output_type == "error"]
    assert len(tracebacks) >= 2
    loot = "\n".join(strings_in(json.loads(json.dumps(nb.cells[-1].outputs))))
    assert any(line in loot for line in lines)
    assert "[a line of the hidden tests]" in page(course, "spy").read_text(encoding="utf-8")


def test_marker_sees_the_rubric(course):
    """Does the marker's view of a submission show the rubric above the answer?"""
    cells = autograded(course, "half").cells
    question = next(i for i, c in enumerate(cells) if c.id == "question-chinese-note")
    written = next(c for c in source().cells if c.id == "question-chinese-note").source
    rubric = secrets()["MARK SCHEME"] & set(map(str.strip, written.splitlines()))
    assert rubric and rubric <= set(map(str.strip, cells[question].source.splitlines()))
    assert cells[question + 1].source == "Deng speaks through the ambassador."


@pytest.mark.long
@each_exercise
def test_validate(course, slug):
    """Does `nbgrader validate` report what is not answered, and pass what can be read?"""
    for student, passes in (("untouched", False), ("solved", True)):
        mine = course.parent / student / f"{slug}.ipynb"
        mine.parent.mkdir(exist_ok=True)
        nbformat.write(solved(course, slug) if passes else released(course, slug), mine)
        report = nbgrader(course, "validate", str(mine), output=True)
        assert ("Success! Your notebook passes all the tests." in report) == passes
        assert passes or f"FAILED ON {len(points(slug))} CELL(S)" in report


# --- elsewhere ---


def test_site_gives_nothing_away():
    """Does the built book hold no solution, no hidden test and no rubric that can be read?"""
    if not (SITE / "index.html").is_file():
        subprocess.run([sys.executable, "-m", "helpers.book", "build"], cwd=REPOSITORY, check=True)
    assert not find_leaks(read_files(SITE), all_secrets())


def test_site_has_the_marks_of_its_way():
    """Has the built book a sealed file beside each exercise where `_config.yml` wants marks, and no other?

    What is in them, and who can open them, is asked in test_sealed.py.
    """
    if not (SITE / "index.html").is_file():
        pytest.skip("the book is not built")
    settings = yaml.safe_load((REPOSITORY / "_config.yml").read_text(encoding="utf-8"))
    wanted = SLUGS if settings["sphinx"]["config"]["marks_in_browser"] != "none" else []
    closed = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob(f"*{SUFFIX}"))
    assert closed == [f"live/files/{slug}{SUFFIX}" for slug in wanted]


def test_wheel_gives_nothing_away(tmp_path):
    """Does the wheel hold no solution, no hidden test and no rubric?"""
    wheel = build_wheel(REPOSITORY, tmp_path)
    assert not find_leaks([(wheel.name, wheel.read_bytes())], all_secrets())


def test_leaks_are_found(tmp_path):
    """Does the search find a line in a text, in a notebook, in a highlighted page, and in a zip of these?"""
    line = max(secrets()["HIDDEN TESTS"], key=len)
    (tmp_path / "a.txt").write_text(f"x {line}", encoding="utf-8")
    nbformat.write(nbformat.v4.new_notebook(cells=[new_code_cell(line)]), tmp_path / "a.ipynb")
    spans = "".join(f"<span>{html.escape(char)}</span>" for char in line)
    (tmp_path / "a.html").write_text(f"<pre>{spans}</pre>", encoding="utf-8")
    (tmp_path / "b.html").write_text("<p>nothing</p>", encoding="utf-8")
    plain = ["a.html", "a.ipynb", "a.txt"]
    assert [leak.split(":")[0] for leak in find_leaks(read_files(tmp_path), {line})] == plain
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        for name in plain:
            archive.write(tmp_path / name, name)
    found = [leak.split(":")[0] for leak in find_leaks(read_files(tmp_path), {line})]
    assert found == [*plain, *(f"c.zip/{name}" for name in plain)]


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/Owner/Repo.git", "https://owner.github.io/Repo"),
        ("https://github.com/owner/repo", "https://owner.github.io/repo"),
        ("https://github.com/owner/repo/", "https://owner.github.io/repo"),
        ("git@github.com:owner/re.po.git", "https://owner.github.io/re.po"),
        ("ssh://git@github.com/owner/repo.git", "https://owner.github.io/repo"),
        ("https://token@github.com/owner/repo.git", "https://owner.github.io/repo"),
        ("https://github.com/Owner/owner.github.io.git", "https://owner.github.io"),
        ("https://gitlab.example.org/owner/repo.git", ""),
        ("/srv/git/repo.git", ""),
    ],
)
def test_book_address(tmp_path, remote, address):
    """Is the book's address read from the remote of the repository, and only where GitHub publishes it?"""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    assert book_address(tmp_path) == ""
    subprocess.run(["git", "-C", tmp_path, "remote", "add", "origin", remote], check=True)
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    assert book_address(folder) == address


def test_course_without_the_package(tmp_path):
    """Does nbgrader stop and say what to do where the package is missing?"""
    shutil.copy(EXERCISES / "nbgrader_config.py", tmp_path)
    code = (
        "import sys; sys.modules['helpers'] = None\n"
        "from nbgrader.apps import NbGraderApp; NbGraderApp.launch_instance(argv=['list'])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode != 0
    assert "run `make exercises` once" in ran.stderr


def test_hide_checks_cleans_every_output():
    """Are hidden lines cleaned out of streams, tracebacks, HTML and JSON, and other lines kept?"""
    secret = "mark_set(lambda: answer, {'Sweden'}, points=2)"
    test = new_code_cell(f"visible(1)\n### BEGIN HIDDEN TESTS\n{secret}\n### END HIDDEN TESTS")
    test.metadata["nbgrader"] = {
        "grade": True,
        "locked": True,
        "solution": False,
        "grade_id": "t",
        "points": 2,
    }
    own = new_code_cell(
        "### BEGIN HIDDEN TESTS",
        outputs=[
            {"output_type": "stream", "name": "stdout", "text": f"kept\n  {secret}\n"},
            {
                "output_type": "error",
                "ename": "E",
                "evalue": secret,
                "traceback": ["kept", f"\x1b[0;32m{secret[:8]}\x1b[0m{secret[8:]}"],
            },
            {
                "output_type": "display_data",
                "metadata": {},
                "data": {
                    "text/html": f"<b>kept</b>\n{html.escape(secret)}",
                    "application/json": {"a": [secret, "kept"]},
                    "image/png": "kept",
                },
            },
            {
                "output_type": "execute_result",
                "metadata": {},
                "execution_count": 1,
                "data": {"text/plain": repr([secret])},
            },
        ],
    )
    nb, _ = HideChecks().preprocess(nbformat.from_dict({"cells": [test, own], "metadata": {}}), {})
    assert nb.cells[0].source == "visible(1)"
    assert nb.cells[1].source == "### BEGIN HIDDEN TESTS"  # the student's own words stay
    shown = json.dumps(nb.cells[1].outputs)
    assert shown.count("kept") == 5
    assert "Sweden" not in shown and "answer" not in shown
