"""Do hidden tests travel closed, open with their word alone, and mark like the grader?"""

import base64
import hashlib
import json
import shutil
import zlib
from functools import cache
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import is_grade, is_solution
from sphinx.testing.util import SphinxTestApp
from tests.quick import sample

from helpers.authoring.leaks import find_leaks, find_secrets, read_files
from helpers.book.directives.exercise import release
from helpers.book.live.sealed import PUBLISHED_WORD, SECRET, WAYS, SealingError, seal, word_for
from helpers.checks import Mark, check_notebook, opening
from helpers.checks.opening import SUFFIX, Sealed, plain_word, run_tests

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "exercises"
SOURCES = {path.stem: path for path in sorted((COURSE / "source").glob("*/*.ipynb"))}
A_SECRET = "the secret of a course that is tested"
SLUG = "deng-1962"

pytestmark = pytest.mark.slow


@cache
def sealed(slug, way):
    return seal(SOURCES[slug], way=way, secret=A_SECRET)


@cache
def secrets():
    return find_secrets(COURSE / "source")


def open_with(word, text):
    """Return what is in a sealed file; InvalidTag is raised when the word does not fit."""
    file = json.loads(text)
    salt, iv, closed = (base64.b64decode(file[name]) for name in ("salt", "iv", "sealed"))
    key = hashlib.pbkdf2_hmac("sha256", plain_word(word).encode(), salt, file["rounds"])
    return json.loads(zlib.decompress(AESGCM(key).decrypt(iv, closed, file["exercise"].encode())))


# --- what is in the file ---


@pytest.mark.parametrize("way", ["self-study", "course"])
@pytest.mark.parametrize("slug", sample(SOURCES, "deng-1962"))
def test_nothing_can_be_read(slug, way):
    """Does a sealed file show no hidden test, no solution and no rubric, in any of its texts?"""
    text = sealed(slug, way)
    inside = base64.b64decode(json.loads(text)["sealed"])
    files = [("file", text.encode()), ("inside", inside)]
    assert not find_leaks(files, set.union(*secrets().values()))
    with pytest.raises(zlib.error):
        zlib.decompress(inside)


@pytest.mark.parametrize("slug", sample(SOURCES, "deng-1962"))
def test_word_opens(slug):
    """Does its word open a file, typed carelessly too, to the hidden tests, without solutions and rubrics?"""
    tests = open_with(word_for(slug, way="course", secret=A_SECRET).upper() + " ", sealed(slug, "course"))
    assert tests == open_with(PUBLISHED_WORD, sealed(slug, "self-study"))
    cells = nbformat.read(SOURCES[slug], 4).cells
    assert set(tests) == {cell.id for cell in cells if is_grade(cell) and not is_solution(cell)}
    told = "\n".join(tests.values())
    assert "mark" in told and "#" not in "".join(line.lstrip()[:1] for line in told.splitlines())
    for kind in ("SOLUTION", "MARK SCHEME"):
        assert not find_leaks([("tests", told.encode())], secrets()[kind] - secrets()["HIDDEN TESTS"])


def test_other_words_open_nothing():
    """Do the published word, the word of another exercise, and none at all leave a course's file closed?"""
    other = word_for("mao-1963", way="course", secret=A_SECRET)
    mine = word_for(SLUG, way="course", secret=A_SECRET)
    for word in ("", PUBLISHED_WORD, SLUG, other, A_SECRET, mine[:-1]):
        with pytest.raises(InvalidTag):
            open_with(word, sealed(SLUG, "course"))


def test_words_of_a_course():
    """Has each exercise another word, long enough that nobody tries them all, and each secret others?"""
    words = {word_for(slug, way="course", secret=A_SECRET) for slug in SOURCES}
    words |= {word_for(slug, way="course", secret=A_SECRET + "!") for slug in SOURCES}
    assert len(words) == 2 * len(SOURCES)
    assert {len(plain_word(word)) for word in words} == {16}


def test_same_file_from_the_same():
    """Is a build repeatable, and has a changed exercise other numbers, so that no key is used twice?"""
    assert seal(SOURCES[SLUG], way="course", secret=A_SECRET) == sealed(SLUG, "course")
    salts = {json.loads(sealed(slug, "self-study"))["salt"] for slug in SOURCES}
    assert len(salts) == len(SOURCES)


def test_course_needs_a_secret():
    """Is a course without a secret, or with one that can be guessed, refused with what to do?"""
    for secret in ("", "short"):
        with pytest.raises(SealingError, match=f"set {SECRET} in the environment"):
            seal(SOURCES[SLUG], way="course", secret=secret)


def test_cell_that_needs_its_visible_half(tmp_path):
    """Is a hidden test that is not valid Python by itself refused, with the name of its cell?"""
    cell = new_code_cell("if True:\n    ### BEGIN HIDDEN TESTS\n    %time x\n    ### END HIDDEN TESTS")
    cell.metadata["nbgrader"] = {"grade": True, "solution": False, "grade_id": "odd", "points": 1}
    nbformat.write(new_notebook(cells=[cell]), tmp_path / "own.ipynb")
    with pytest.raises(SealingError, match=r"own\.ipynb, cell odd: the hidden tests are not valid Python"):
        seal(tmp_path / "own.ipynb", way="self-study")


# --- what it marks ---


@pytest.mark.parametrize("slug", sample(SOURCES, "deng-1962"))
def test_marks_like_the_grader(slug):
    """Do sealed tests give our solution every point and leave no name of theirs in the notebook?"""
    cells = nbformat.read(SOURCES[slug], 4).cells
    namespace = {}
    for cell in cells:
        # What is graded by hand is an answer too, on which other tests look.
        answers = is_solution(cell) or not is_grade(cell)
        if cell.cell_type == "code" and answers and cell.id != "before-you-hand-in":
            exec(cell.source, namespace)
    names = set(namespace)
    points = {cell.id: cell.metadata.nbgrader.points for cell in cells if is_grade(cell)}
    tests = open_with(PUBLISHED_WORD, sealed(slug, "self-study"))
    won = {name: run_tests(code, namespace, points=points[name]).points for name, code in tests.items()}
    assert won == {name: points[name] for name in tests}
    assert set(namespace) == names
    empty = {name: run_tests(code, {}, points=points[name]).points for name, code in tests.items()}
    assert set(empty.values()) == {0}


@pytest.mark.parametrize(
    ("code", "points", "sentence"),
    [
        ("Mark.lost(2, 'Not so.')", 0, "Not so."),
        ("assert answer == 2", 2, "All hidden tests passed."),
        ("assert answer == 3, 'it is 2'", 0, "A hidden test did not pass."),
        ("0.5", 0.5, None),
        ("sorted(answer)", 0, "a TypeError stopped the test"),
        ("raise SystemExit", 0, "a SystemExit stopped the test"),
    ],
)
def test_what_tests_end_in(code, points, sentence):
    """Is each end of a test read as nbgrader reads it, and is no test shown?"""
    mark = run_tests(code, {"answer": 2, "Mark": Mark}, points=2)
    assert (mark.points, mark.maximum) == (points, 2)
    assert sentence is None or sentence in mark.reasons[0].sentence
    assert "it is 2" not in mark._repr_html_()


def test_sum_in_the_last_cell(tmp_path, monkeypatch):
    """Does the last cell sum what was marked, and say what a person looks for in the rest?"""
    file = json.loads(sealed(SLUG, "self-study"))
    opened = Sealed(SLUG, file["points"], file["by_hand"], file, tests={})
    opened.marks["letters-dated"] = Mark.won(2, "Right.")
    monkeypatch.setitem(opening._found, SLUG, opened)
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"{SLUG}.ipynb").write_text(release(COURSE, SLUG), encoding="utf-8")
    checkup = check_notebook(SLUG)
    machine, person = sum(file["points"].values()), sum(file["by_hand"].values())
    for said in (repr(checkup), BeautifulSoup(checkup._repr_html_(), "html.parser").get_text()):
        assert f"Marked here: 2 of {machine:g} points." in said
        assert f"{len(file['points']) - 1} questions were not checked yet." in said
        assert f"A person who reads your other answers gives up to {person:g} points more." in said
        assert "quote at least three words of the record" in said
        assert "Rubric" not in said
    opened.tests = None
    assert "Marked here" not in repr(check_notebook(SLUG))


# --- the setting, and what is in a site ---


@pytest.fixture
def book(tmp_path):
    """Return a function that builds a book of one exercise; it gives its folder with all that was made."""
    folder = tmp_path / "book"
    shutil.copytree(SOURCES[SLUG].parent, folder / "exercises" / "source" / SLUG)
    shutil.copy(COURSE / "nbgrader_config.py", folder / "exercises")
    (folder / "conf.py").write_text('extensions = ["myst_parser", "helpers.book"]\nhtml_theme = "basic"\n')
    (folder / "index.md").write_text(f"# Contents\n\n```{{toctree}}\n{SLUG}\n```\n")
    (folder / f"{SLUG}.md").write_text("# A\n\n```{exercise}\n```\n")

    def build(way):
        settings = {"exclude_patterns": ["exercises"], "marks_in_browser": way}
        app = SphinxTestApp("html", srcdir=folder, warningiserror=True, confoverrides=settings)
        try:
            app.build()
        finally:
            app.cleanup()
        return folder / "_build"

    return build


@pytest.mark.parametrize("way", WAYS)
def test_way_of_a_book(book, way, monkeypatch):
    """Does a book hold sealed files where it should, nothing in the open, and a course's word nowhere?"""
    monkeypatch.setenv(SECRET, A_SECRET)
    out = book(way)
    files = read_files(out)
    closed = [content.decode() for name, content in files if name.endswith(SUFFIX)]
    assert closed == ([] if way == "none" else [sealed(SLUG, way)])
    assert not find_leaks(files, set.union(*secrets().values()))
    word = word_for(SLUG, way="course", secret=A_SECRET)
    assert not find_leaks(files, [word, plain_word(word), A_SECRET])
    said = (out / "html" / f"{SLUG}.html").read_text(encoding="utf-8")
    assert ("how many points your answer gets" in said) == (way == "self-study")
    assert ("your teacher gives you a word" in said) == (way == "course")


def test_setting_is_checked(book, monkeypatch):
    """Is an unknown way refused before the book is built, and a course whose secret is missing?"""
    monkeypatch.delenv(SECRET, raising=False)
    with pytest.raises(SealingError, match="it can be self-study, course, none"):
        book("later")
    with pytest.raises(SealingError, match=SECRET):
        book("course")
