"""Do the bundles hold what each reader needs, and is none written when one would give a solution away?"""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from helpers.authoring import bundles
from helpers.authoring.bundles import BundleError, make_bundles
from helpers.authoring.leaks import find_leaks, find_secrets
from helpers.book.build.site import BookError
from helpers.catalogue import data_folder, raw_paths

REPOSITORY = Path(__file__).parents[2]
SECRET = "answer_days = 29  # from April to May"
SOLVED = f"answer_days = 0\n### BEGIN SOLUTION\n{SECRET}\n### END SOLUTION"
ANSWER = "The word praises Moscow and tells us nothing more."
WHEEL = "a_package-1.0-py3-none-any.whl"
MATERIALS = {
    "index.html": b"<p>Begin here</p>",
    "answers/worksheets.html": f"<p>{ANSWER}</p>".encode(),
    "slides/days.html": b"<p>Days</p>",
}


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Return a repository of one exercise with its release and its site; its wheel holds nothing."""
    folder = tmp_path / "repository"
    for name, source in (("source", SOLVED), ("release", "answer_days = 0")):
        path = folder / "exercises" / name / "days" / "days.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(new_notebook(cells=[new_code_cell(source)]), path)
    (folder / "exercises/source/worksheets.md").write_text(f"# Answers\n\n{ANSWER}\n")
    (folder / "exercises/nbgrader_config.py").write_text("c = get_config()\n")
    (folder / "exercises/source/days/.ipynb_checkpoints").mkdir()
    (folder / "exercises/source/days/.ipynb_checkpoints/days.ipynb").write_text("{}")
    (folder / "_build/html/chapters").mkdir(parents=True)
    (folder / "_build/html/index.html").write_text("<p>The door</p>")
    (folder / "_build/html/chapters/page.html").write_text("<p>A page</p>")

    def build(_repository, out):
        with zipfile.ZipFile(out / WHEEL, "w") as archive:
            archive.writestr("helpers/__init__.py", "")
        return out / WHEEL

    monkeypatch.setattr(bundles, "build_wheel", build)
    monkeypatch.setattr(bundles, "make_materials", lambda _: dict(MATERIALS))
    return folder


CLASS = (
    "submitted/ada/days.ipynb autograded/ada/days.ipynb feedback/ada.html gradebook.db .coursework/a .git/x"
)


def names(path):
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_bundles_hold_what_is_needed(repository, tmp_path):
    """Is each bundle one folder with what its readers need, and nothing that tools leave behind?"""
    written = make_bundles(repository, tmp_path / "dist")
    assert [path.name for path in written] == [WHEEL, "students.zip", "instructors.zip", "book.zip"]
    students, instructors, book = map(names, written[1:])
    both = {"README.md", WHEEL}
    assert {f"students/{name}" for name in {*both, "exercises/days.ipynb", "data/RIGHTS.md"}} <= students
    texts = {f"students/data/{path.relative_to(data_folder())}" for path in raw_paths().values()}
    assert {"students/data/raw/deng-1962.txt", "students/data/raw/mao-1963.txt"} <= texts
    assert {name for name in students if name.endswith(".txt")} == texts
    course = {"exercises/source/days/days.ipynb", "exercises/source/worksheets.md", *MATERIALS}
    assert instructors == {f"instructors/{name}" for name in both | course | {"exercises/nbgrader_config.py"}}
    assert book == {"book/index.html", "book/chapters/page.html"}


@pytest.mark.parametrize("name", ["students", "instructors"])
def test_notes_name_the_wheel(repository, tmp_path, name):
    """Does the note in a bundle name the wheel that lies beside it?"""
    make_bundles(repository, tmp_path / "dist")
    with zipfile.ZipFile(tmp_path / f"dist/{name}.zip") as archive:
        note = archive.read(f"{name}/README.md").decode()
    assert f"./{WHEEL}" in note
    assert "WHEEL" not in note


@pytest.mark.parametrize(
    ("place", "bundle"),
    [
        ("exercises/release/days/days.ipynb", "students.zip"),
        ("_build/html/chapters/page.html", "book.zip"),
        ("_build/html/files/days.ipynb", "book.zip"),
    ],
)
def test_leak_stops_everything(repository, tmp_path, place, bundle):
    """Is nothing written, and the place named in one sentence, when a solution stands in what is public?"""
    path = repository / place
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".ipynb":
        nbformat.write(new_notebook(cells=[new_code_cell(SOLVED)]), path)
    else:
        path.write_text(f"<pre>{SECRET}</pre>")
    with pytest.raises(BundleError) as raised:
        make_bundles(repository, tmp_path / "dist")
    assert bundle in str(raised.value)
    assert path.name in str(raised.value)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "dist").exists()


def test_leak_in_the_live_notebooks_wheel(repository, tmp_path):
    """Is a wheel that lies in the site looked into?"""
    with zipfile.ZipFile(repository / "_build/html/helpers.whl", "w") as archive:
        archive.writestr("helpers/a.py", SECRET)
    with pytest.raises(BundleError, match=r"book\.zip would give away 'helpers\.whl/helpers/a\.py"):
        make_bundles(repository, tmp_path / "dist")


@pytest.mark.parametrize("secret", [SECRET, ANSWER])
@pytest.mark.parametrize(
    ("place", "bundle"),
    [("slides/days.html", "instructors.zip"), ("_build/html/index.html", "book.zip")],
)
def test_answer_stays_in_its_folder(repository, tmp_path, monkeypatch, secret, place, bundle):
    """Is nothing written when a solution or an answer is on a page, or on slides, that students may see?"""
    if place.startswith("_build"):
        (repository / place).write_text(f"<p>{secret}</p>")
    else:
        leaking = {**MATERIALS, place: f"<p>{secret}</p>".encode()}
        monkeypatch.setattr(bundles, "make_materials", lambda _: leaking)
    with pytest.raises(BundleError, match=bundle):
        make_bundles(repository, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


def test_answers_are_with_the_instructors_only(repository, tmp_path):
    """Is every answer in the instructors' zip, and none in the others, the wheel inside of them included?"""
    written = make_bundles(repository, tmp_path / "dist")
    secrets = set.union(*find_secrets(repository / "exercises/source").values())
    assert secrets == {SECRET, ANSWER}
    told = {path.name: find_leaks([(path.name, path.read_bytes())], secrets) for path in written}
    assert {name for name, leaks in told.items() if leaks} == {"instructors.zip"}
    assert {leak.rpartition(": ")[2] for leak in told["instructors.zip"]} == secrets


def test_no_chromium_is_said(repository, tmp_path, monkeypatch):
    """Is nothing written, and the reason said, where the packet cannot be printed?"""

    def fail(_repository):
        raise BookError("There is no Chromium here.")

    monkeypatch.setattr(bundles, "make_materials", fail)
    with pytest.raises(BundleError, match="There is no Chromium here"):
        make_bundles(repository, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize(
    ("gone", "command"), [("exercises/release", "make exercises"), ("_build", "make site")]
)
def test_what_is_missing_is_named(repository, tmp_path, gone, command):
    """Does the refusal say which command makes what is missing?"""
    shutil.rmtree(repository / gone)
    with pytest.raises(BundleError, match=command):
        make_bundles(repository, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


def test_same_files_make_the_same_zip(repository, tmp_path):
    """Are two bundles of the same files the same, byte for byte?"""
    first, second = (make_bundles(repository, tmp_path / name) for name in ("a", "b"))
    assert [path.read_bytes() for path in first[1:]] == [path.read_bytes() for path in second[1:]]


@pytest.mark.slow
def test_bundles_of_this_repository(tmp_path, monkeypatch):
    """Are the real wheel with its data and the real notebook in the bundle, and is nothing given away?"""
    course = tmp_path / "repository"
    for name in ("exercises", "src", "data"):
        derived = shutil.ignore_patterns(
            "submitted", "autograded", "feedback", "gradebook.db*", "__pycache__"
        )
        shutil.copytree(REPOSITORY / name, course / name, ignore=derived)
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-PROSE.md", "CITATION.cff"):
        shutil.copy(REPOSITORY / name, course)
    made = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", "--force", "deng-1962"],
        cwd=course / "exercises",
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    for other in (course / "exercises/source").glob("*/"):
        if other.name != "deng-1962":
            shutil.rmtree(other)
    (course / "_build/html").mkdir(parents=True)
    (course / "_build/html/index.html").write_text("<p>The door</p>")
    monkeypatch.setattr(bundles, "make_materials", lambda _: {})  # printed in the tests with a browser
    make_bundles(course, tmp_path / "dist")
    with zipfile.ZipFile(tmp_path / "dist/students.zip") as archive:
        archive.extractall(tmp_path)
    bundle = tmp_path / "students"
    [wheel] = bundle.glob("*.whl")
    assert {"helpers/__init__.py", "helpers/data/raw/deng-1962.txt"} <= names(wheel)
    notebook = json.loads((bundle / "exercises/deng-1962.ipynb").read_text(encoding="utf-8"))
    assert notebook["metadata"]["exercise"]["name"] == "deng-1962"


# --- the image in which a class can be marked ---

CONTAINERFILE = REPOSITORY / "exercises/Containerfile"
FOR_STUDENTS = REPOSITORY / "exercises/Containerfile.students"


def copied(containerfile=CONTAINERFILE):
    """Return what an image is made of: the sources of each COPY."""
    lines = [line.split() for line in containerfile.read_text(encoding="utf-8").splitlines()]
    return [source for line in lines if line[:1] in (["COPY"], ["ADD"]) for source in line[1:-1]]


def test_image_is_made_of_the_package_only(tmp_path):
    """Is nothing of a course copied into the image, and is what is copied enough to build the package?"""
    sources = copied()
    assert {"pyproject.toml", "src/helpers", "data"} <= set(sources)
    course = "exercises exercises/source tests _build dist .git .venv exercises/gradebook.db".split()
    for source in sources:
        assert not source.startswith("--") and (REPOSITORY / source).exists()
        assert not any(Path(one).is_relative_to(source) or Path(source).is_relative_to(one) for one in course)
        target = tmp_path / "project" / source
        target.parent.mkdir(parents=True, exist_ok=True)
        junk = shutil.ignore_patterns("__pycache__", ".*")
        if (REPOSITORY / source).is_dir():
            shutil.copytree(REPOSITORY / source, target, ignore=junk)
        else:
            shutil.copy(REPOSITORY / source, target)
    wheel = bundles.build_wheel(tmp_path / "project", tmp_path)
    assert {"helpers/coursework/cli/__init__.py", "helpers/data/raw/deng-1962.txt"} <= names(wheel)
    assert not [name for name in names(wheel) if name.endswith((".ipynb", ".db"))]


def test_build_context_holds_no_more():
    """Does `.dockerignore` keep all else from the program that builds the image?"""
    lines = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == set(copied(FOR_STUDENTS))
    assert set(copied(FOR_STUDENTS)) - set(copied()) == {"exercises/release"}


def test_work_of_a_class_is_in_no_bundle(repository, tmp_path):
    """Is what a class left in the wrong folder in no bundle?"""
    for name in CLASS.split():
        path = repository / "exercises/source/days" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    for path in make_bundles(repository, tmp_path / "dist"):
        assert not [name for name in names(path) if "ada" in name or "gradebook" in name or "/." in name]


def test_bundles_replace_nothing_else(repository, tmp_path):
    """Does what lies beside the bundles stay, whatever it is called?"""
    (tmp_path / "dist").mkdir()
    own = tmp_path / "dist/students.part"
    own.write_text("mine")
    make_bundles(repository, tmp_path / "dist")
    assert own.read_text() == "mine"
    assert len(list((tmp_path / "dist").iterdir())) == 5
