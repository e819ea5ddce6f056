"""A made-up class, built from the right and wrong answers in the exercises' own tests.

It needs a clone of the repository, because the answers are kept with the tests.  To grade such a class, run
``python -m helpers.authoring.demo`` in the clone.
"""

import importlib.util
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Annotated, NamedTuple

import nbformat
import typer
from nbformat import NotebookNode

from helpers.coursework.cleaning import MADE_BY_DEMO
from helpers.coursework.cli import messages
from helpers.coursework.cli.console import errors_explained, finish, open_course, say, show_progress
from helpers.coursework.course import Course, CourseError
from helpers.coursework.isolation import Isolation, Name
from helpers.coursework.settings import CONFIG

ANSWERS = Path("tests/exercises")

_ABLE = (0.95, 0.85, 0.7, 0.5, 0.3)
"""How often students of five kinds are right; questions that they do not get right are often left empty."""
_LEFT_OUT = 0.35

# It looks only where gradebooks may be: searching the whole machine would only run into the time limit.
_SPY = "import pathlib; print(list(pathlib.Path.home().rglob('*.db')), open('/proc/1/environ').read())"


class _Odd(NamedTuple):
    what: str
    change: Callable[[str], str]


# Submissions that real classes also have: damaged ones, and ones that mean harm.
_ODD = {
    "cut-off": _Odd("a file that ends in the middle", lambda text: text[: len(text) // 2]),
    "web-page": _Odd("no notebook at all", lambda text: "<!DOCTYPE html><title>Log in</title>"),
    "skips-checks": _Odd("tags that would keep cells from running", lambda text: _not_to_be_run(text)),
    "spy": _Odd("a cell that looks for your files", lambda text: _first_cell(text, _SPY)),
    "quitter": _Odd("a cell that ends the program", lambda text: _first_cell(text, "import os; os._exit(0)")),
    "hoarder": _Odd(
        "a cell that takes all memory", lambda text: _first_cell(text, "x = bytes(20_000_000_000)")
    ),
}


def make_course(repository: Path, folder: Path) -> Course:
    """Return a course in a new folder, with the repository's exercises released.

    Parameters
    ----------
    repository
        A clone of this project.
    folder
        A new or empty folder, or one that this function made, which is replaced.

    Raises
    ------
    CourseError
        When the clone has no exercises, or the folder holds something else; then nothing is changed.
    """
    source = repository / "exercises" / "source"
    if not source.is_dir() or not (repository / ANSWERS).is_dir():
        raise CourseError(
            f"{repository} is not a clone of this project: it has no exercises/source and {ANSWERS}."
        )
    _claim(folder, repository)
    shutil.copytree(source, folder / "source")
    shutil.copy(repository / "exercises" / CONFIG, folder)
    return Course(folder)


def _claim(folder: Path, repository: Path) -> None:
    """Make a folder, or empty one that was made here before; a file in it says so."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise CourseError(f"{folder} is not a folder; choose another one with --folder.")
    place = folder.resolve()
    inside = (Path.cwd(), repository.resolve(), (repository / "exercises" / "source").resolve())
    if any(one.is_relative_to(place) for one in inside):
        raise CourseError(
            f"{folder} contains the current folder or the project; choose another folder with --folder."
        )
    if place.is_relative_to((repository / "exercises" / "source").resolve()):
        raise CourseError(
            f"{folder} is inside the sources that are copied; choose another folder with --folder."
        )
    is_there = folder.exists() and any(folder.iterdir())
    if is_there and not (folder / MADE_BY_DEMO).is_file():
        raise CourseError(
            f"{folder} is not empty and was not made by this command, so nothing was done. Remove it "
            "yourself if it is not needed, or choose another one with --folder."
        )
    if (folder / CONFIG).is_file():
        with Course(folder).locked():
            pass  # no other command is working there
    left = folder.iterdir() if is_there else ()
    for path in sorted(left, key=lambda path: path.name == MADE_BY_DEMO):  # the marker file goes last
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MADE_BY_DEMO).write_text("`python -m helpers.authoring.demo` made this and replaces it.\n")


def hand_out(course: Course, assignment: str) -> None:
    """Make the students' notebooks, as `nbgrader generate_assignment` does."""
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", assignment, "--force"]
    # nbgrader calls programs of its environment by name, without a path.
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    env = os.environ | {"PATH": programs}
    ran = subprocess.run(command, cwd=course.folder, env=env, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise CourseError(f"nbgrader cannot release {assignment}: {ran.stderr.strip().splitlines()[-1]}")


def link_to_book(repository: Path) -> None:
    """Let the links in feedback point to the book built in the clone, unless BOOK_URL gives its address.

    Without either, they point to the publisher of the documents.
    """
    site = repository.resolve() / "_build" / "html"
    if (site / "index.html").is_file():
        os.environ.setdefault("BOOK_URL", site.as_uri())


def make_class(course: Course, assignment: str, repository: Path, *, n: int, odd: bool, seed: int) -> None:
    """Write the notebooks of a class as if they had been collected.

    Parameters
    ----------
    repository
        A clone of this project, for the answers.
    odd
        Whether to add damaged and hostile submissions, under names that describe them.
    seed
        The same seed gives the same class.
    """
    released = nbformat.read(course.path("release", ".", assignment) / f"{assignment}.ipynb", 4)
    right, wrong = _answers(repository, assignment)
    chance = random.Random(seed)
    for i in range(n):
        able = _ABLE[i % len(_ABLE)]
        notebook = _answered(released, right, wrong, chance, able)
        _write(course, f"student-{i + 1:04}", assignment, nbformat.writes(notebook))
    if odd:
        for name, kind in _ODD.items():
            text = nbformat.writes(_answered(released, right, wrong, chance, 0.95))
            _write(course, name, assignment, kind.change(text))


def tell_odd() -> dict[str, str]:
    """Return what is odd in the added submissions, by their names."""
    return {name: kind.what for name, kind in _ODD.items()}


def _answers(repository: Path, assignment: str) -> tuple[dict, dict]:
    path = repository / ANSWERS / f"{assignment.replace('-', '_')}.py"
    if not path.is_file():
        raise CourseError(f"There are no answers to {assignment}: {path} is missing.")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(repository))  # the answers import what several exercises share
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(repository))
    return module.RIGHT, module.WRONG


def _answered(
    released: NotebookNode, right: dict, wrong: dict, chance: random.Random, able: float
) -> NotebookNode:
    notebook = deepcopy(released)
    for cell, name in _answer_cells(notebook):
        # An answer follows what was handed out, which may begin a table that the answer continues.
        if chance.random() < able and right.get(name):
            cell.source += f"\n{chance.choice(right[name])}"
        elif chance.random() > _LEFT_OUT and wrong.get(name):
            cell.source += f"\n{chance.choice(wrong[name])[-1]}"
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        by_hand = meta.get("grade") and meta.get("solution") and cell.cell_type == "markdown"
        if by_hand and chance.random() < able:
            cell.source = "The record says what its author wanted to be read. " * chance.randint(8, 12)
    return notebook


def _answer_cells(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, str]]:
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("solution") and not meta.get("grade"):
            yield cell, meta["grade_id"].removeprefix("answer-")


def _first_cell(text: str, code: str) -> str:
    notebook = nbformat.reads(text, 4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(code))
    return nbformat.writes(notebook)


def _not_to_be_run(text: str) -> str:
    notebook = nbformat.reads(text, 4)
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution"]
    return nbformat.writes(notebook)


def _write(course: Course, student: str, assignment: str, text: str) -> None:
    folder = course.path("submitted", student, assignment)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{assignment}.ipynb").write_text(text, encoding="utf-8")


def main(
    students: Annotated[
        int, typer.Option(min=1, help="The number of students; a few malicious submissions are added.")
    ] = 60,
    assignment: Annotated[str, typer.Option(help="The name of the assignment.")] = "deng-1962",
    repository: Annotated[
        Path, typer.Option(help="A clone of this project, which holds the answers.")
    ] = Path("."),
    folder: Annotated[
        Path, typer.Option(help="The folder for the course: a new one, or an older demo, which is replaced.")
    ] = Path("demo"),
    isolation: Annotated[Name | None, typer.Option(help="How submissions are isolated.")] = None,
) -> None:
    """Make up a class from the answers in the exercises' tests; mark it, write feedback and a report."""
    with errors_explained():
        from helpers.coursework.analysis.report import read_report, write_report
        from helpers.coursework.pipeline import autograde
        from helpers.coursework.returning.feedback import write_feedback

        link_to_book(repository)
        home = make_course(repository, folder)
        odd = tell_odd()
        say(f"Releasing {assignment} and collecting the work of {students} students and {len(odd)} more:")
        for name, what in odd.items():
            say(f"  {name}: {what}")
        with open_course(home.folder, assignment, needs_gradebook=False) as home:
            hand_out(home, assignment)
            make_class(home, assignment, repository, n=students, odd=True, seed=1962)
            chosen = Isolation(isolation) if isolation else None
            with show_progress(f"Grading {assignment}", quiet=False) as show:
                outcome = autograde(home, assignment, isolation=chosen, progress=show)
            write_feedback(home, assignment)
            files = write_report(read_report(home, assignment), home)
    lines = [
        *messages.describe_marked(outcome),
        f"The students' pages are in {home.folder / home.directory.feedback_directory}.",
        f"Open the report in a browser: {files[0]}",
    ]
    finish(False, {}, lines, failed=outcome.failed)


if __name__ == "__main__":
    typer.run(main)
