"""Does the grading engine know nothing of this book, and work where nothing of the book is installed?"""

import csv
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import EntryPoint
from pathlib import Path, PurePosixPath

import nbformat
import pytest
from tests.test_imports import IMPORTS

from helpers import catalogue, load_people
from helpers.authoring.engine import NEEDED, build_engine, read_sources
from helpers.authoring.grading import PLUGIN
from helpers.coursework import plugins
from helpers.coursework.boundary import CourseError
from helpers.coursework.intake.lms import ParsedName, guess_layout, read_name
from helpers.coursework.plugins import Plugin

ROOT = Path(__file__).parents[2]


def names_of_the_book():
    """Return the names in this book: of documents, people, pages, exercises and the project."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]
    documents = [row.document_id for row in catalogue.list_names()]
    pages = [path.stem for path in (ROOT / "chapters").rglob("*.md")]
    exercises = [path.name for path in (ROOT / "exercises" / "source").iterdir()]
    long = [name for name in (*pages, *exercises) if "-" in name]
    people = [name.split(",")[0] for name in load_people()["name"]]
    authors = [document.partition("-")[0] for document in documents]
    return {project, *project.split("-")[:2], *documents, *authors, *long, *people, "BOOK_URL"}


def test_no_name_of_the_book():
    """Does no file of the engine name the book, its subject, its pages or its exercises?"""
    names = "|".join(map(re.escape, sorted(names_of_the_book(), key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w-])(?:{names}|the book)(?![\w-])", re.IGNORECASE)
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: {found[0]}"
        for path, text in read_sources()
        for number, line in enumerate(text.splitlines(), 1)
        if (found := pattern.search(line))
    ]
    assert not wrong, "\n".join(wrong)


def test_only_what_travels_is_imported():
    """Do the engine, and the rooms that it needs, import nothing of ours but one another?"""
    rooms = {"coursework", *NEEDED}
    wrong = {
        name: found
        for name, imported in IMPORTS.items()
        if name.split(".")[0] in rooms
        and (found := {one for one in imported if one.split(".")[0] not in rooms})
    }
    assert not wrong
    used = {
        one.split(".")[0] for name, found in IMPORTS.items() if name.startswith("coursework") for one in found
    }
    assert used == rooms  # nothing travels that is not needed


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the engine's wheel."""
    return build_engine(tmp_path_factory.mktemp("wheel"))


def test_the_wheel_is_the_engine_alone(wheel):
    """Does the wheel hold one package, in which no name leads back to ours?"""
    with zipfile.ZipFile(wheel) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert {name.split("/")[0].split("-")[0] for name in texts} == {"coursework"}
    assert not [name for name, text in texts.items() if re.search(r"\bhelpers\b", text)]
    assert {f"coursework/{path.name}" for path, _ in read_sources() if path.suffix in (".css", ".html")} <= {
        f"coursework/{PurePosixPath(name).name}" for name in texts
    }


# Plugins


def installed(monkeypatch, **values):
    """Install plugins for a test, each under its name; return nothing."""
    found = [EntryPoint(name, f"some_package:{name}", plugins.GROUP) for name in values]
    monkeypatch.setattr(plugins, "entry_points", lambda group: found)
    monkeypatch.setattr(EntryPoint, "load", lambda entry: values[entry.name])
    plugins._load_plugins.cache_clear()


@pytest.fixture(autouse=True)
def fresh():
    """Forget the plugins of a test."""
    yield
    plugins._load_plugins.cache_clear()


def test_the_books_plugin():
    """Does the engine learn the book's skills, links and data from the installed package?"""
    plugins._load_plugins.cache_clear()
    assert [plugin for _, plugin in plugins._load_plugins()] == [PLUGIN]
    assert "sourcing" in plugins.read_skills()
    assert plugins.find_folders() == [catalogue.data_folder()]
    assert "#deng-1962-p07)" in plugins.link("[¶ 7](#deng-1962-p07)") != "[¶ 7](#deng-1962-p07)"
    assert plugins.link("[a town](#york-1066-p01)") == "[a town](#york-1066-p01)"


def test_no_plugin(monkeypatch):
    """Is each part empty without a plugin?"""
    installed(monkeypatch)
    told = plugins.read_skills(), plugins.find_folders(), plugins.read_variables(), plugins.read_layouts()
    assert (*told, plugins.list_requirements(), plugins.link("[x](#y)")) == ({}, [], {}, {}, [], "[x](#y)")


def test_a_further_learning_system(monkeypatch):
    """Are the files of a system that only a plugin knows recognized, and those of others as before?"""
    pattern = re.compile(r"(?P<id>\d+)@(?P<file>.+)")

    def read(path):
        found = pattern.fullmatch(path.name)
        return found and ParsedName(found["id"], "", found["file"])

    installed(monkeypatch, campus=Plugin(layouts={"campus": read}))
    assert guess_layout([PurePosixPath("17@ps1.ipynb"), PurePosixPath("18@ps1.ipynb")]) == "campus"
    assert read_name(PurePosixPath("17@ps1.ipynb"), "campus", "ps1").lms_id == "17"
    assert guess_layout([PurePosixPath("Jane Doe_12_assignsubmission_file/ps1.ipynb")]) == "moodle"


def test_a_plugin_that_is_none(monkeypatch):
    """Is a plugin that cannot be used named in a sentence?"""
    installed(monkeypatch, odd=3)
    with pytest.raises(CourseError, match=r"^The plugin odd \(some_package:odd\) is no Plugin"):
        plugins.read_skills()


# A course on another subject, with its own module `helpers`, where nothing of ours is installed

OWN_MODULE = "def twice(x):\n    return 2 * x\n"
REASONED = '''
class Reasoned:
    """A mark with a reason, as any course can make one."""

    def __repr__(self):
        return "1"

    def _repr_mimebundle_(self, **options):
        reason = {"points": -1, "text": "Read the table of towns.", "links": [
            {"text": "table of towns", "address": "https://example.org/towns"}]}
        told = {"points": 1, "maximum": 2, "answered": True, "reasons": [reason]}
        return {"application/vnd.coursework.mark+json": told}
'''


@pytest.fixture(scope="module")
def foreign(wheel, tmp_path_factory):
    """Install the wheel alone, and make nbgrader's quickstart course with one more problem set."""
    place = tmp_path_factory.mktemp("foreign")
    uv("venv", "--python", sys.executable, "venv", cwd=place)
    uv("pip", "install", "--python", "venv", wheel, cwd=place)
    run(place, "nbgrader", "quickstart", "towns")
    course = place / "towns"
    folder = course / "source" / "ps2"
    folder.mkdir()
    (folder / "helpers.py").write_text(OWN_MODULE + REASONED)
    nbformat.write(problem_set(), folder / "towns.ipynb")
    for name in ("ps1", "ps2"):
        run(course, "nbgrader", "generate_assignment", name, "--create")
    return course


def clean(**more):
    """Return the environment without our packages."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return kept | more


def uv(*options, cwd):
    """Run uv; return what it printed."""
    command = [sys.executable, "-m", "uv", *options]
    return subprocess.run(command, cwd=cwd, env=clean(), check=True, stdout=subprocess.PIPE, text=True).stdout


def run(folder, command, *options):
    """Run a command of the new environment; return what it printed."""
    programs = next(
        parent / "venv" / "bin" for parent in (folder, *folder.parents) if (parent / "venv").is_dir()
    )
    env = clean(PATH=f"{programs}:{os.environ['PATH']}")
    ran = subprocess.run([programs / command, *options], cwd=folder, env=env, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def problem_set():
    """Return a notebook whose check uses the course's own module, and gives a mark with a reason."""
    told = {"schema_version": 3, "locked": False, "task": False}
    solved = "### BEGIN SOLUTION\ndouble = twice(21)\n### END SOLUTION"
    v4 = nbformat.v4
    cells = [
        v4.new_code_cell("from helpers import Reasoned, twice"),
        v4.new_markdown_cell("## Double\n\nDouble 21 with `twice`."),
        v4.new_code_cell(
            solved, metadata={"nbgrader": told | {"grade_id": "double", "solution": True, "grade": False}}
        ),
        v4.new_code_cell(
            "from helpers import Reasoned\n2 if double == 42 else Reasoned()",
            metadata={
                "nbgrader": told
                | {"grade_id": "check", "solution": False, "grade": True, "locked": True, "points": 2}
            },
        ),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


@pytest.mark.long
def test_a_foreign_course(foreign):
    """Can a course on another subject be marked, given back, reported and exported with the wheel alone?"""
    listed = uv("pip", "list", "--format", "json", "--python", "venv", cwd=foreign.parent)
    assert "sino-soviet-split" not in {one["name"] for one in json.loads(listed)}
    for student, answer in (("ann", "double = twice(21)"), ("bob", "double = 21")):
        for name in ("ps1", "ps2"):
            for path in (foreign / "release" / name).glob("*.ipynb"):
                notebook = nbformat.read(path, 4)
                for cell in notebook.cells:
                    if cell.metadata.get("nbgrader", {}).get("grade_id") == "double":
                        cell.source = answer
                place = foreign / "submitted" / student / name / path.name
                place.parent.mkdir(parents=True, exist_ok=True)
                nbformat.write(notebook, place)
    version = run(foreign, "coursework", "--version")
    assert version.startswith("coursework ") and "not installed" not in version
    marked = json.loads(run(foreign, "coursework", "autograde", "ps2", "--json"))
    assert sorted(marked["marked"]) == ["ann", "bob"]
    run(foreign, "coursework", "feedback", "ps2")
    pages = {one: (foreign / "feedback" / one / "ps2" / "towns.html").read_text() for one in ("ann", "bob")}
    assert "2 of 2 points" in pages["ann"] and "1 of 2 points" in pages["bob"]
    assert 'Read the <a href="https://example.org/towns">table&nbsp;of&nbsp;towns</a>.' in pages["bob"]
    run(foreign, "coursework", "report", "ps2")
    assert "Read the table of towns." in (foreign / "report" / "ps2" / "reasons.csv").read_text()
    told = json.loads(run(foreign, "coursework", "export", "ps2", "--json"))
    with open(told["path"], encoding="utf-8-sig") as file:
        assert {row["student_id"]: row["grade"] for row in csv.DictReader(file)} == {"ann": "2", "bob": "1"}
    # nbgrader's own problem set has one check that looks at what a function calls.
    together = "c.Coursework.judge_in_student_process = {'ps1': ['sum_of_squares_uses_squares']}\n"
    with open(foreign / "nbgrader_config.py", "a") as file:
        file.write(together)
    marked = json.loads(run(foreign, "coursework", "autograde", "ps1", "--json"))
    assert (sorted(marked["marked"]), marked["failed"], marked["unequal"]) == (["ann", "bob"], {}, [])
