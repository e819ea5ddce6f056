"""Does a demo replace nothing but a demo?"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.authoring.demo import make_course
from helpers.coursework.course import CourseError

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Return a small clone with a class in its course; the test runs in the folder `exercises` of it."""
    clone = tmp_path / "clone"
    (clone / "tests/exercises").mkdir(parents=True)
    (clone / "exercises/source/deng-1962").mkdir(parents=True)
    shutil.copy(REPOSITORY / "exercises/nbgrader_config.py", clone / "exercises")
    for name in ("source/deng-1962/deng-1962.ipynb", "gradebook.db", "submitted/ada/mine", "students.csv"):
        (clone / "exercises" / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / "exercises" / name).write_text("{}")
    monkeypatch.chdir(clone / "exercises")
    return clone


def files(folder):
    """Return the content of every file below a folder."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _link(target):
    return lambda place: place.symlink_to(target, target_is_directory=True)


FOREIGN = {
    "a-course": lambda place: (
        (place / "submitted").mkdir(parents=True) or (place / "gradebook.db").write_text("x")
    ),
    "a-hidden-file": lambda place: place.mkdir() or (place / ".git").write_text("x"),
    "an-empty-folder-in-it": lambda place: (place / "kept").mkdir(parents=True),
    "a-folder-called-like-the-marker": lambda place: (place / ".coursework-demo").mkdir(parents=True),
    "a-file": lambda place: place.write_text("x"),
    "a-link-to-the-course": _link(".."),
    "a-link-to-nothing": _link("nowhere"),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_nothing_else_is_replaced(repository, tmp_path, kind):
    """Is what the demo has not made refused in one sentence, and left as it is?"""
    place = tmp_path / "place"
    FOREIGN[kind](place)
    before, entries = files(tmp_path), sorted(tmp_path.rglob("*"))
    with pytest.raises(CourseError, match=r"choose another (one|folder) with --folder\.$") as raised:
        make_course(repository, place)
    assert "\n" not in str(raised.value)
    assert (files(tmp_path), sorted(tmp_path.rglob("*"))) == (before, entries)


@pytest.mark.parametrize("folder", [".", "..", "source", "../..", "/", "source/..", "../exercises"])
def test_the_project_is_not_replaced(repository, tmp_path, folder):
    """Is the folder of the course refused, and each around it, also where the marker lies in it?"""
    place = Path(folder)
    before = files(tmp_path)
    with pytest.raises(CourseError, match="--folder"):
        make_course(repository, place)
    assert files(tmp_path) == before
    if place.resolve().is_relative_to(tmp_path):
        (place / ".coursework-demo").write_text("")
        with pytest.raises(CourseError, match="contains the current folder"):
            make_course(repository, place)
        assert before.items() <= files(tmp_path).items()


def test_not_among_what_is_copied(repository, tmp_path):
    """Is a folder among the sources refused, into which these would be copied again and again?"""
    before, entries = files(tmp_path), sorted(tmp_path.rglob("*"))
    with pytest.raises(CourseError, match=r"choose another (one|folder) with --folder\.$"):
        make_course(repository, repository / "exercises/source/mine")
    assert (files(tmp_path), sorted(tmp_path.rglob("*"))) == (before, entries)


def test_a_demo_is_replaced(repository, tmp_path):
    """Is a demo made in an empty folder, without the class of the course, and made anew there?"""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine").write_text("x")
    place = Path("demo")
    place.mkdir()
    course = make_course(repository, place)
    made = {path.relative_to(course.folder).as_posix() for path in files(course.folder)}
    assert made == {".coursework-demo", "nbgrader_config.py", "source/deng-1962/deng-1962.ipynb"}
    (place / "gradebook.db").write_text("of the demo")
    os.symlink(outside, place / "link")
    make_course(repository, place)
    assert {path.relative_to(course.folder).as_posix() for path in files(course.folder)} == made
    assert (outside / "mine").read_text() == "x"


def test_answers_are_read_from_any_folder(tmp_path):
    """Are the answers of every exercise found where the current folder is not the clone?"""
    code = (
        "import sys; from pathlib import Path; from helpers.authoring.demo import _answers\n"
        "for name in sys.argv[2:]: print(all(map(len, _answers(Path(sys.argv[1]), name))))"
    )
    names = [path.stem for path in (REPOSITORY / "exercises/source").glob("*/*.ipynb")]
    command = [sys.executable, "-c", code, str(REPOSITORY), *names]
    env = os.environ | {"PYTHONPATH": str(REPOSITORY / "src")}
    ran = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert (ran.stdout.split(), ran.stderr) == (["True"] * len(names), "")
