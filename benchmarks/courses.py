"""Courses marked by nbgrader and by ours, row by row: ``python -m benchmarks.courses FOLDER...``.

A folder may be a course, or hold courses or loose notebooks with nbgrader's metadata.  Each assignment is
released in a temporary course and marked twice.  The students are made from the teacher's solution: one hands
it in, one hands in nothing new, some have one answer, and some have answers with errors.

A row is a score or a comment in the gradebook.  A difference is silent if our command did not name the cell;
then the exit code is 1.  Where it names cells, the class is marked again with the setting that it proposes.

The notebooks run in this environment with your rights, so use an account without anything to lose.
"""

import argparse
import ast
import copy
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from helpers.coursework.settings import CONFIG

PROGRAMS = Path(sys.executable).parent
ENVIRONMENT = os.environ | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
_NO_SOURCES = {"release", "submitted", "autograded", "feedback", "downloaded", "exchange"}
_SETTINGS = (CONFIG, "autotests.yml")
_MOST_BESIDE = 20_000_000  # bytes of data files
_PATIENCE = 1800  # seconds for one command
# Behind a course's own configuration, which may have paths of the teacher's machine.
_CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "course"
c.CourseDirectory.root = {root!r}
c.CourseDirectory.db_url = {db_url!r}
c.CourseDirectory.directory_structure = "{{nbgrader_step}}/{{student_id}}/{{assignment_id}}"
c.IncludeHeaderFooter.header = c.IncludeHeaderFooter.footer = ""
for step in ("source", "release", "submitted", "autograded", "feedback"):
    setattr(c.CourseDirectory, step + "_directory", step)
"""
_SETTING = re.compile(r"c\.Coursework\.judge_in_student_process = .*")
_NAMED = re.compile(r"(?:(?P<student>[\w-]+): )?(?P<notebook>[^:]+?)\.ipynb, (?P<cell>[^:]+): ")


@dataclass
class Assignment:
    """An assignment of a course, as found."""

    name: str
    # The sources by name, the files next to them by path, and the texts of the course's own files by name.
    notebooks: dict[str, NotebookNode]
    files: dict[str, Path] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    # What some students hand in besides: the notebook by student and name of the notebook.
    more: dict[str, dict[str, NotebookNode]] = field(default_factory=dict)


@dataclass
class Difference:
    """A row that has other points than in nbgrader."""

    student: str
    notebook: str
    cell: str
    stock: object
    ours: object
    is_named: bool


@dataclass
class Compared:
    """What was found in one assignment."""

    assignment: str
    n_rows: int = 0
    differences: list[Difference] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)  # a sentence each
    again: list[Difference] = field(default_factory=list)  # with the proposed setting
    seconds: tuple[float, float] = (0, 0)  # of nbgrader and of ours

    @property
    def silent(self) -> list[Difference]:
        """Return the differences that nothing had named."""
        return [one for one in [*self.differences, *self.again] if not one.is_named]


class NotComparedError(Exception):
    """The assignment cannot be released or read; the message says why."""


# --- what is there ---


def find_assignments(folder: Path) -> Iterator[Assignment]:
    """Yield the assignments below a folder: each folder in `source`, and otherwise each notebook."""
    found: dict[Path | str, list[Path]] = {}
    for path in sorted(folder.rglob("*.ipynb")):
        parts = path.relative_to(folder).parts[:-1]
        if not _NO_SOURCES & set(parts) and not any(part.startswith(".") for part in parts):
            together = path.parent if path.parent.parent.name == "source" else path
            found.setdefault(together, []).append(path)
    for together, paths in found.items():
        notebooks = {path.stem: one for path in paths if (one := _read(path))}
        if any("nbgrader" in cell.get("metadata", {}) for one in notebooks.values() for cell in one.cells):
            name = re.sub(r"[^\w-]+", "-", together.stem).strip("-") or "assignment"
            yield Assignment(name, notebooks, _files_beside(paths[0].parent), _settings(paths[0], folder))


def _read(path: Path) -> NotebookNode | None:
    """Return a notebook, with Python's own kernel for others of Python; None if it cannot be read."""
    with suppress(Exception):
        notebook = nbformat.convert(nbformat.reader.reads(path.read_text(encoding="utf-8")), 4)
        kernel = notebook.metadata.get("kernelspec", {})
        is_known = kernel.get("name") in KernelSpecManager().find_kernel_specs()
        if not is_known and "py" in f"{kernel.get('language', '')} {kernel.get('name', 'python')}".lower():
            kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
            notebook.metadata["kernelspec"] = nbformat.from_dict(kernel)
        return notebook
    return None


def _files_beside(folder: Path) -> dict[str, Path]:
    found, left = {}, _MOST_BESIDE
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        is_hidden = any(part.startswith((".", "__")) for part in name.parts)
        if path.is_file() and not is_hidden and path.suffix != ".ipynb" and path.stat().st_size < left:
            left -= path.stat().st_size
            found[str(name)] = path
    return found


def _settings(path: Path, folder: Path) -> dict[str, str]:
    """Return the course's configuration and templates of tests: the nearest above a notebook."""
    places = [place for place in path.parents if place.is_relative_to(folder)]
    above = {name: [place / name for place in places if (place / name).is_file()] for name in _SETTINGS}
    return {name: found[0].read_text(encoding="utf-8") for name, found in above.items() if found}


# --- what students hand in ---


def submissions(source: NotebookNode, released: NotebookNode, most: int) -> dict[str, NotebookNode]:
    """Return what students hand in, by their names.

    Parameters
    ----------
    most
        The most students with one answer only; with 0 only the solution and the notebook as released.
    """
    answers = {
        name: cell.source
        for cell in source.cells
        if (name := _grade_id(cell)) and cell.metadata.nbgrader.get("solution")
    }
    code = [
        name for cell in source.cells if (name := _grade_id(cell)) in answers and cell.cell_type == "code"
    ]
    found = {"solution": source, "untouched": released}
    chosen = code if len(code) <= most else [code[i * len(code) // most] for i in range(most)]
    for number, name in enumerate(chosen, 1):
        found[f"one-{number}"] = put_in(released, {name: answers[name]})
    if code and most:
        found["error"] = put_in(source, {code[0]: "1 / 0"})
        found["emptied"] = put_in(source, {code[-1]: ""})
        found["more"] = put_in(source, {name: _changed(answers[name], _More()) for name in code})
        found["none"] = put_in(source, {name: _changed(answers[name], _Nothing()) for name in code})
    return found


def put_in(notebook: NotebookNode, answers: dict[str, str]) -> NotebookNode:
    """Return a notebook with these texts in the cells of these names."""
    made = copy.deepcopy(notebook)
    for cell in made.cells:
        cell.source = answers.get(_grade_id(cell), cell.source)
    return made


def _grade_id(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def _changed(code: str, change: ast.NodeTransformer) -> str:
    try:
        return ast.unparse(change.visit(ast.parse(code)))
    except SyntaxError:  # it has magics
        return code


class _More(ast.NodeTransformer):
    """Makes every number one larger."""

    def visit_Constant(self, node):
        is_number = isinstance(node.value, int | float) and not isinstance(node.value, bool)
        return ast.Constant(node.value + 1) if is_number else node


class _Nothing(ast.NodeTransformer):
    """Makes every function return None."""

    def visit_Return(self, node):
        return ast.Return(None)


# --- marking ---


def run(folder: Path, *command: str) -> tuple[subprocess.CompletedProcess, float]:
    """Run a program of this environment in a folder; return what it said, and the seconds it took."""
    begun = time.monotonic()
    done = subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=_PATIENCE
    )
    return done, time.monotonic() - begun


def rows(folder: Path, assignment: str, address: str | None = None) -> dict[tuple[str, str, str], object]:
    """Return every score, comment and penalty of a gradebook by student, notebook and cell."""
    with Gradebook(address or f"sqlite:///{folder}/gradebook.db") as gradebook:
        found = {}
        for submission in gradebook.assignment_submissions(assignment):
            for notebook in submission.notebooks:
                place = submission.student.id, notebook.name
                for grade in notebook.grades:
                    found[*place, grade.name] = (grade.auto_score, grade.needs_manual_grade)
                for comment in notebook.comments:
                    found[*place, f"comment {comment.name}"] = comment.auto_comment
                found[*place, "late"] = notebook.late_submission_penalty
        return found


def release(assignment: Assignment, folder: Path) -> dict[str, NotebookNode]:
    """Make a course with one assignment in a new folder; return the notebooks that students get.

    Raises
    ------
    NotComparedError
        When nbgrader does not release it.
    """
    source = folder / "source" / assignment.name
    source.mkdir(parents=True)
    _configure(folder, assignment)
    for name, path in assignment.files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, source / name)
    for name, notebook in assignment.notebooks.items():
        (source / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    if any(_is_old(cell) for notebook in assignment.notebooks.values() for cell in notebook.cells):
        run(folder, "nbgrader", "update", str(source))
    done, _ = run(folder, "nbgrader", "generate_assignment", assignment.name)
    released = {path.stem: path for path in folder.glob(f"release/{assignment.name}/*.ipynb")}
    if done.returncode or released.keys() != assignment.notebooks.keys():
        raise NotComparedError(f"nbgrader does not release it: {_last_error(done.stderr)}")
    return {name: nbformat.read(path, 4) for name, path in released.items()}


def _is_old(cell: NotebookNode) -> bool:
    told = cell.get("metadata", {}).get("nbgrader")
    return told is not None and told.get("schema_version", 1) < 3


def _configure(folder: Path, assignment: Assignment, more: str = "") -> None:
    told = _CONFIG.format(root=str(folder), db_url=f"sqlite:///{folder}/gradebook.db")
    texts = assignment.settings | {CONFIG: f"{assignment.settings.get(CONFIG, '')}\n{told}\n{more}\n"}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def _last_error(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"[\w.]*(Error|Exception)\b", line)]
    return (errors or lines or ["no message"])[-1][:200]


def compare(assignment: Assignment, place: Path, *, most: int) -> Compared:
    """Release an assignment, mark a class by both, and compare the rows.

    Parameters
    ----------
    place
        A new folder for the courses.
    most
        The most students with one answer only.

    Raises
    ------
    NotComparedError
        When nbgrader does not release it, or marks nobody.
    """
    fresh, name = place / "fresh", assignment.name
    released = release(assignment, fresh)
    handed_in = set()
    for notebook in released:
        source = nbformat.read(fresh / f"source/{name}/{notebook}.ipynb", 4)
        class_ = submissions(source, released[notebook], most)
        class_ |= {student: own[notebook] for student, own in assignment.more.items() if notebook in own}
        for student, content in class_.items():
            handed_in.add((student, notebook))
            folder = fresh / f"submitted/{student}/{name}"
            folder.mkdir(parents=True, exist_ok=True)
            nbformat.write(content, folder / f"{notebook}.ipynb")
    stock, ours, again = (_copy(fresh, place / way, assignment) for way in ("stock", "ours", "again"))
    found = Compared(name)
    said, slow = run(stock, "nbgrader", "autograde", name)
    command = ("coursework", "autograde", name, "--json", "--accept-unequal")
    done, fast = run(ours, *command)
    found.seconds = slow, fast
    marked = {path.parent.name for path in stock.glob(f"autograded/*/{name}")}
    if done.returncode > 1:
        found.refusals = [line.strip() for line in done.stderr.splitlines() if line.strip()] or [done.stdout]
        return found
    if not marked:
        raise NotComparedError(f"nbgrader marks nobody: {_last_error(said.stderr)}")
    expected = {
        row: value for row, value in rows(stock, name).items() if row[:2] in handed_in and row[0] in marked
    }
    found.n_rows = len(expected)
    outcome = json.loads(done.stdout)
    found.refusals = _refusals(outcome)
    found.differences = row_differences(expected, rows(ours, name), outcome)
    if settings := [line for line in map(_SETTING.search, outcome["unequal"]) if line]:
        _configure(again, assignment, settings[-1][0])
        done, _ = run(again, *command)
        if done.returncode > 1:
            found.refusals.append(f"With the setting: {done.stderr.strip()}")
        else:
            found.again = row_differences(expected, rows(again, name), json.loads(done.stdout))
    return found


def _copy(fresh: Path, folder: Path, assignment: Assignment) -> Path:
    shutil.copytree(fresh, folder)
    _configure(folder, assignment)
    return folder


def _refusals(outcome: dict) -> list[str]:
    """Return every sentence that names a check, or a student who could not be marked."""
    told = [f"{student}: {said}" for kind in ("failed", "unread") for student, said in outcome[kind].items()]
    told = [line for line in told if not line.endswith("was not handed in.")]
    return [*(line for line in outcome["unequal"] if not _SETTING.search(line)), *told]


def row_differences(expected: dict, found: dict, outcome: dict) -> list[Difference]:
    checks = [one.groupdict() for one in map(_NAMED.match, outcome["unequal"]) if one]
    named = {(one["student"], one["notebook"], one["cell"]) for one in checks}

    def is_named(student: str, notebook: str, cell: str) -> bool:
        cell = cell.removeprefix("comment ")
        remarks = " ".join(outcome["remarks"].get(student, ()))
        return (
            student in outcome["failed"]
            or f"{notebook}.ipynb" in outcome["unread"].get(student, "")
            or bool({(None, notebook, cell), (student, notebook, cell)} & named)
            or re.search(rf"\b{re.escape(cell)}\b", remarks) is not None
        )

    return [
        Difference(*row, value, found.get(row), is_named(*row))
        for row, value in expected.items()
        if found.get(row) != value
    ]


# --- the report ---


def tell(found: Compared, course: str) -> None:
    """Print one line for an assignment, and one for each difference."""
    slow, fast = found.seconds
    n_named = sum(one.is_named for one in found.differences)
    counts = f"{found.n_rows:6}{n_named:8}{len(found.silent):8}{len(found.again):8}{len(found.refusals):9}"
    print(f"{course[:24]:25}{found.assignment[:30]:31}{counts}{slow:9.1f}{fast:7.1f}", flush=True)
    for called, differences in (("", found.differences), ("with the setting, ", found.again)):
        for one in differences:
            kind = "named" if one.is_named else "SILENT"
            row = f"{one.student}, {one.notebook}.ipynb, {one.cell}"
            print(f"    {called}{kind}: {row}: nbgrader {one.stock}, ours {one.ours}")
    for line in found.refusals:
        print(f"    said: {line[:300]}")


def compare_all(folders: Iterable[Path], *, most: int) -> list[Compared]:
    """Compare every assignment of some courses; print the lines as they come."""
    print(f"{'course':25}{'assignment':31}  rows   named  silent   again  refused nbgrader   ours")
    done = []
    for folder in folders:
        for assignment in find_assignments(folder):
            with tempfile.TemporaryDirectory() as place:
                try:
                    found = compare(assignment, Path(place), most=most)
                except (NotComparedError, subprocess.TimeoutExpired) as error:
                    print(
                        f"{folder.name[:24]:25}{assignment.name[:30]:31}  not compared: {error}", flush=True
                    )
                    continue
            tell(found, folder.name)
            done.append(found)
    return done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=4, help="the most students with one answer only")
    asked = parser.parse_args()
    if missing := [str(folder) for folder in asked.folders if not folder.is_dir()]:
        parser.error(f"no such folder: {', '.join(missing)}")
    done = compare_all(asked.folders, most=asked.most)
    n_rows, n_silent = sum(one.n_rows for one in done), sum(len(one.silent) for one in done)
    n_differ, n_said = sum(len(one.differences) for one in done), sum(len(one.refusals) for one in done)
    n_again = sum(len(one.again) for one in done)
    slow, fast = (sum(one.seconds[i] for one in done) for i in (0, 1))
    print(f"{len(done)} assignments, {n_rows} rows; {n_differ} differ, with the setting {n_again}.")
    print(f"{n_silent} silent; {n_said} sentences. nbgrader {slow:.0f} s, ours {fast:.0f} s.")
    sys.exit(1 if n_silent else 0)


if __name__ == "__main__":
    main()
