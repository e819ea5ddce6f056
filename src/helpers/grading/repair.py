"""A gradable notebook rebuilt from a damaged one and the release; the original is kept beside it.

Most of it is what marking does to every notebook anyway, see :mod:`helpers.grading.sanitize`.  Beyond that,
repairing reads files that marking refuses, gives cells back the names that they have lost, and puts cells
back into their order.  It says in sentences what it did.
"""

import ast
import copy
import json
import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.validator import NotebookValidationError
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning
from nbgrader.utils import is_grade, is_locked, is_solution, is_task

from helpers.doctor import NOTE, NotebookError, note_of
from helpers.grading.archives import printable
from helpers.grading.course import Course, CourseError
from helpers.grading.plan import Cell
from helpers.grading.record import write_file
from helpers.grading.run import Step
from helpers.grading.sanitize import read_submission, sanitize

_LONGEST = 100_000_000
_KEPT = ".before-repair"


@dataclass(frozen=True)
class Repaired:
    """What came of one notebook.

    Attributes
    ----------
    content
        The repaired notebook, as text; None when there was nothing to repair.
    said
        What was done, a sentence each.
    """

    content: str | None
    said: list[str]


@dataclass
class Repairs:
    """What came of many notebooks, by their paths.

    Attributes
    ----------
    said
        What was done to those that were repaired, a sentence each.
    kept
        Where the original of each of them lies.
    whole
        Those that needed nothing.
    refused
        Those that cannot be repaired, with the reason, a sentence each.
    """

    said: dict[str, list[str]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    whole: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def rebuild(content: bytes, released: NotebookNode, name: str) -> Repaired:
    """Return a gradable notebook made from a damaged one.

    Parameters
    ----------
    content
        The file as it was handed in.
    released
        The notebook as it was handed out.
    name
        How the file is called in messages.

    Returns
    -------
    Repaired
        Every cell of the release is there once, in its order, with its name, kind and points; what students
        should not change is as it was handed out, and answers are theirs.

    Raises
    ------
    NotebookError
        When nothing can be made of the file, or it is the notebook of another exercise.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> told = {"grade_id": "a", "grade": True, "points": 1, "locked": True, "solution": False}
    >>> handed_out = new_notebook(cells=[new_code_cell("assert a", metadata={"nbgrader": told})])
    >>> rebuild(b'{"cells": [], "metadata": {}, "nbformat": 4}', handed_out, "mine.ipynb").said
    ['The cell a was missing and was put back.']
    """
    notebook, said = _read(content, name)
    _check_exercise(notebook, released, name)
    cells = {cell.name: cell for cell in _cells(released)}
    said += _name_again(notebook, released, cells)
    was = {id(cell): (cell.source, copy.deepcopy(cell.metadata["nbgrader"])) for cell in _named(notebook)}
    done = sanitize(notebook, cells, released.metadata.get("kernelspec"))
    own = {cell.metadata["nbgrader"]["grade_id"]: cell.metadata["nbgrader"] for cell in _named(released)}
    for cell in _named(notebook):
        if id(cell) in was:
            done += _changed(cell, *was[id(cell)], own[cell.metadata["nbgrader"]["grade_id"]])
    done += _order(notebook, list(cells))
    if NOTE in released.metadata and notebook.metadata.get(NOTE) != released.metadata[NOTE]:
        notebook.metadata[NOTE] = copy.deepcopy(released.metadata[NOTE])
        done.append("The exercise's name was noted again in the notebook.")
    said += done
    if not said and not _keeps_to_format(content):
        said.append("The file did not keep to the format of notebooks in everything, and does now.")
    if not said:
        return Repaired(None, [])
    try:
        nbformat.validate(notebook)
    except NotebookValidationError as error:
        raise NotebookError(
            f"{name}: its cells hold what no notebook may hold ({str(error).splitlines()[0]})."
        ) from None
    return Repaired(nbformat.writes(notebook), said)


def repair(
    course: Course,
    assignment: str,
    *,
    students: Iterable[str] | None = None,
    files: Iterable[str | Path] | None = None,
    progress: Callable[[Step], None] = lambda step: None,
) -> Repairs:
    """Rebuild the damaged notebooks of an assignment where they lie, and keep each original beside it.

    Parameters
    ----------
    course
        The course.
    assignment
        The name of the assignment, which `nbgrader generate_assignment` has made.
    students
        Whose notebooks in ``submitted/``; by default everybody's.
    files
        Notebooks anywhere, instead; each is named as in the assignment, or the assignment has only one.
    progress
        Called after each notebook.

    Returns
    -------
    Repairs
        The original of ``deng-1962.ipynb`` is ``deng-1962.before-repair.ipynb``.  A notebook that needs
        nothing is not touched.

    Raises
    ------
    CourseError
        When the assignment has not been handed out, or nobody has handed it in.
    """
    released = _released(course, assignment)
    if files is not None:
        paths = [Path(file) for file in files]
    else:
        wanted = sorted(students) if students is not None else course.students(assignment)
        paths = [
            path
            for student in wanted
            for notebook in released
            if (path := course.path("submitted", student, assignment) / f"{notebook}.ipynb").is_file()
        ]
        if not paths:
            raise CourseError(f"Nobody has handed in {assignment}: there is nothing to repair.")
    outcome = Repairs()
    for done, path in enumerate(paths, 1):
        _repair_file(path, released, outcome)
        progress(Step(done, len(paths), path.name))
    return outcome


def _repair_file(path: Path, released: dict[str, NotebookNode], outcome: Repairs) -> None:
    name = path.stem if path.stem in released else next(iter(released))
    if path.stem != name and len(released) > 1:
        outcome.refused[str(path)] = (
            f"{path.name}: it must be called {', '.join(released)} or another of them."
        )
        return
    try:
        if path.is_symlink():
            raise NotebookError(f"{path.name}: it is a link, and links are not followed.")
        with path.open("rb") as file:
            content = file.read(_LONGEST + 1)
        if len(content) > _LONGEST:
            raise NotebookError(f"{path.name}: it is longer than {_LONGEST // 1_000_000} million bytes.")
        made = rebuild(content, released[name], path.name)
    except NotebookError as error:
        outcome.refused[str(path)] = str(error)
        return
    except OSError as error:
        outcome.refused[str(path)] = f"{path.name}: the file cannot be read ({error.strerror})."
        return
    except Exception as error:  # the class goes on, whatever is wrong with this one
        outcome.refused[str(path)] = f"{path.name}: it is too odd to be repaired ({type(error).__name__})."
        return
    if made.content is None:
        outcome.whole.append(str(path))
        return
    outcome.kept[str(path)] = str(_keep(path, content))
    write_file(path, made.content)
    outcome.said[str(path)] = made.said


def _keep(path: Path, content: bytes) -> Path:
    """Write what a file was beside it, under a name that is not taken."""
    for n in range(1, 1000):
        kept = path.with_name(f"{path.stem}{_KEPT}{'' if n == 1 else f'-{n}'}.ipynb")
        try:
            with kept.open("xb") as file:
                file.write(content)
            return kept
        except FileExistsError:
            if kept.read_bytes() == content:
                return kept
    raise CourseError(f"{path}: it was repaired a thousand times. Remove some of its {_KEPT} files.")


def _released(course: Course, assignment: str) -> dict[str, NotebookNode]:
    """Return the notebooks of an assignment as they were handed out."""
    folder = course.path("release", ".", assignment)
    found = {path.stem: nbformat.read(path, 4) for path in sorted(folder.glob("*.ipynb"))}
    if not found:
        raise CourseError(
            f"{folder} has no notebook. Run `nbgrader generate_assignment {assignment}` first, "
            "from the sources that were handed out."
        )
    return found


def _cells(released: NotebookNode) -> list[Cell]:
    """Return what the release says of the cells that have a part in the exercise."""
    found = []
    for cell in _named(released):
        told = cell.metadata["nbgrader"]
        points = float(told["points"]) if is_grade(cell) or is_task(cell) else None
        part = (is_locked(cell), is_grade(cell), is_solution(cell), is_task(cell))
        found.append(Cell(told["grade_id"], cell.cell_type, cell.source, told.get("checksum"), *part, points))
    return found


def _named(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that have a part in the exercise."""
    return [cell for cell in notebook.cells if (cell.metadata.get("nbgrader") or {}).get("grade_id")]


# --- reading ---


def _read(content: bytes, name: str) -> tuple[NotebookNode, list[str]]:
    """Return a notebook from a file, also where marking would refuse it; and what had to be done for that."""
    try:
        return read_submission(content, name), []
    except NotebookError as error:
        refused = error
    text, said = _text(content)
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raw = None
    if isinstance(raw, dict):
        raw, more = _as_version_4(raw)
    else:
        raw, more = _salvaged(text)
    if raw is None or not said + more:
        raise refused from None
    try:
        return read_submission(json.dumps(raw).encode(), name), said + more
    except NotebookError:
        raise refused from None


def _keeps_to_format(content: bytes) -> bool:
    """Say whether a file, which can be read, is a notebook to every program; a cell without id is usual."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", (MissingIDFieldWarning, DuplicateCellId))
        try:
            nbformat.validate(nbformat.from_dict(json.loads(content.decode("utf-8-sig"))))
        except (NotebookValidationError, KeyError, TypeError, ValueError):
            return False
    return True


def _text(content: bytes) -> tuple[str, list[str]]:
    """Return a file as text, also where it was saved in another encoding than notebooks have."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        said = ["It was saved in UTF-16, and was turned into UTF-8."]
        return content.decode("utf-16", "replace"), said
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), [
            "It was not saved in UTF-8; look at its special letters."
        ]


def _as_version_4(raw: dict) -> tuple[dict | None, list[str]]:
    """Return a notebook in nbformat 4, converted or with the parts that it lacks."""
    version = raw.get("nbformat")
    said = []
    if version in (2, 3):
        try:
            converted = nbformat.convert(nbformat.from_dict(raw), 4)
        except Exception:  # nbformat raises whatever the odd notebook makes its code raise
            return None, []
        return json.loads(json.dumps(converted)), [
            f"It was of version {version}, and was turned into version 4."
        ]
    if version != 4:
        said.append("It did not say that it is of version 4.")
    metadata = raw.get("metadata")
    if not isinstance(metadata, dict):
        said.append("The notebook's metadata were damaged, and were left out.")
        metadata = {}
    cells = raw.get("cells")
    if not isinstance(cells, list):
        return None, []
    made = [_mended(cell) for cell in cells]
    if lost := made.count(None):
        said.append(f"{lost} cells were damaged beyond repair, and were left out.")
    if n := sum(new is not None and new != old for new, old in zip(made, cells, strict=True)):
        said.append(f"{n} cells lacked parts that every cell has, and got them.")
    kept = [cell for cell in made if cell is not None]
    return {"cells": kept, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, said


def _mended(cell: object) -> dict | None:
    """Return a cell with parts of the kinds that cells have, or None when it has no text."""
    if not isinstance(cell, dict):
        return None
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list) and not all(isinstance(line, str) for line in source):
        source = "".join(map(str, source))
    if not isinstance(source, str | list):
        return None
    kind = cell.get("cell_type")
    metadata = cell.get("metadata")
    if isinstance(metadata, dict) and not isinstance(metadata.get("nbgrader", {}), dict):
        metadata = {key: value for key, value in metadata.items() if key != "nbgrader"}
    return cell | {
        "cell_type": kind if kind in ("code", "markdown", "raw") else "code",
        "metadata": metadata if isinstance(metadata, dict) else {},
        "source": source,
    }


def _salvaged(text: str) -> tuple[dict | None, list[str]]:
    """Return the cells that are whole in a file that is cut off or damaged further on."""
    for start in re.finditer(r'"cells"\s*:\s*\[', text):
        cells = _whole_ones(text, start.end())
        kept = [mended for cell in cells if (mended := _mended(cell))]
        if kept:
            said = f"The file was damaged after its cell {len(cells)}; what comes before was kept."
            return {"cells": kept, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, [said]
    return None, []


def _whole_ones(text: str, at: int) -> list:
    """Return the values of a list in JSON that begins somewhere in a text, up to the first damaged one."""
    decoder, between, found = json.JSONDecoder(), re.compile(r"[\s,]*"), []
    while True:
        try:
            value, at = decoder.raw_decode(text, between.match(text, at).end())
        except (ValueError, RecursionError):
            return found
        found.append(value)


def _check_exercise(notebook: NotebookNode, released: NotebookNode, name: str) -> None:
    """Refuse the notebook of another exercise: all of this one would be put into it."""
    own, other = note_of(released).get("name"), note_of(notebook).get("name")
    if own and isinstance(other, str) and other != own:
        raise NotebookError(f"{name}: this is the notebook of {printable(other)}, not of {own}.")


# --- rebuilding ---


def _name_again(notebook: NotebookNode, released: NotebookNode, cells: dict[str, Cell]) -> list[str]:
    """Give names back to cells that lost them: they are known by their id, their text or what they assign."""
    there = {str(cell.metadata["nbgrader"]["grade_id"]) for cell in _named(notebook)}
    said = []
    for original in _named(released):
        name = original.metadata["nbgrader"]["grade_id"]
        if name in there:
            continue
        free = [cell for cell in notebook.cells if not cell.metadata.get("nbgrader")]
        found = [cell for cell in free if cell.id == original.get("id")]
        if not found and cells[name].locked:
            found = [cell for cell in free if cell.source.strip() == original.source.strip()]
        elif not found and original.cell_type == "code" and (names := _assigned(original.source)):
            found = [cell for cell in free if names <= _assigned(cell.source)]
        if found:
            found[-1].metadata["nbgrader"] = copy.deepcopy(original.metadata["nbgrader"])
            said.append(f"The cell {name} had lost its name, and got it back.")
    return said


def _assigned(source: str) -> set[str]:
    """Return the names that a cell gives a value or defines, at its top level."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    found = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}
    return found


def _changed(cell: NotebookNode, source: str, told: dict, own: dict) -> list[str]:
    """Say what of a cell was not as it was handed out: its text, or what nbgrader had noted of it."""
    name = own["grade_id"]
    said = []
    if cell.source != source:
        said.append(f"The cell {name} was changed, and is as it was handed out again.")
    part = ["grade", "solution", "locked", "task", "checksum", *(["points"] if own.get("grade") else [])]
    if any(told.get(key) != own.get(key) for key in part if key in own or told.get(key)):
        said.append(f"The part of the cell {name} or its points were changed, and were put back.")
    return said


def _order(notebook: NotebookNode, names: list[str]) -> list[str]:
    """Put the cells of the exercise into its order; each takes along the student's own that follow it."""
    groups: list[list[NotebookNode]] = [[]]
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            groups.append([])
        groups[-1].append(cell)
    place = {name: i for i, name in enumerate(names)}
    first, *rest = groups
    ordered = sorted(rest, key=lambda group: place[group[0].metadata["nbgrader"]["grade_id"]])
    if [group[0] is other[0] for group, other in zip(rest, ordered, strict=True)] == [True] * len(rest):
        return []
    notebook.cells = [*first, *(cell for group in ordered for cell in group)]
    return ["The cells were put back into the order in which they were handed out."]
