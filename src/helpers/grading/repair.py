"""A gradable notebook rebuilt from a damaged one and the release; the original is kept beside it.

Most of it is what marking does to every notebook anyway, see :mod:`helpers.grading.sanitize`.  Beyond that,
repairing reads files that marking refuses, gives cells back the names that they have lost, and puts cells
back into their order.  It says in sentences what it did.
"""

import copy
import json
import os
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import nbformat
from nbformat import NotebookNode
from nbformat.validator import NotebookValidationError
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning
from nbgrader.utils import is_grade, is_locked, is_solution, is_task

from helpers.doctor import (
    CONTROLS,
    NOTE,
    NotebookError,
    names_given,
    note_of,
    read_file,
    text_beside,
    with_plain_line_ends,
)
from helpers.grading.boundary import only_this_student
from helpers.grading.course import Course, CourseError
from helpers.grading.plaintext import printable
from helpers.grading.plan import Cell
from helpers.grading.record import write_file
from helpers.grading.run import Step
from helpers.grading.sanitize import read_submission, sanitize
from helpers.salvage import mend_cell, salvage

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
    seen
        What a person should look at, a sentence each.
    """

    content: str | None
    said: list[str]
    seen: list[str] = field(default_factory=list)


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
    seen
        What a person should look at in any of them, a sentence each.
    refused
        Those that cannot be repaired, with the reason, a sentence each.
    """

    said: dict[str, list[str]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    whole: list[str] = field(default_factory=list)
    seen: dict[str, list[str]] = field(default_factory=dict)
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
    seen = _answered_elsewhere(notebook, cells)
    if not said:
        return Repaired(None, [], seen)
    try:
        nbformat.validate(notebook)
    except NotebookValidationError as error:
        raise NotebookError(
            f"{name}: its cells hold what no notebook may hold ({str(error).splitlines()[0]})."
        ) from None
    return Repaired(nbformat.writes(notebook), said, seen)


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
        wanted = sorted(set(students)) if students is not None else course.students(assignment)
        paths = [
            path
            for student in wanted
            for notebook in released
            if os.path.lexists(path := course.path("submitted", student, assignment) / f"{notebook}.ipynb")
        ]
        if not paths:
            raise CourseError(f"Nobody has handed in {assignment}: there is nothing to repair.")
    outcome = Repairs()
    with course.locked():
        for done, path in enumerate(paths, 1):
            with only_this_student(outcome.refused, str(path)):
                _repair_file(path, released, outcome)
            progress(Step(done, len(paths), printable(path.name)))
    return outcome


def _repair_file(path: Path, released: dict[str, NotebookNode], outcome: Repairs) -> None:
    called = printable(path.name)
    name = path.stem if path.stem in released else next(iter(released))
    if path.stem != name and len(released) > 1:
        raise NotebookError(f"{called}: it must be called {', '.join(released)} or another of them.")
    if path.is_symlink():
        raise NotebookError(f"{called}: it is a link, and links are not followed.")
    content = read_file(path)
    made = rebuild(content, released[name], called)
    if made.content is None:
        outcome.whole.append(str(path))
    else:
        kept = str(_keep(path, content))
        write_file(path, made.content)
        outcome.kept[str(path)] = kept
        outcome.said[str(path)] = made.said
    if made.seen:
        outcome.seen[str(path)] = made.seen


def _keep(path: Path, content: bytes) -> Path:
    """Write what a file was beside it, whole and under a name that is not taken."""
    new = path.with_name(f".{uuid4().hex}.new")
    try:
        new.write_bytes(content)
        for n in range(1, 1000):
            kept = path.with_name(f"{path.stem}{_KEPT}{'' if n == 1 else f'-{n}'}.ipynb")
            if kept.is_file() and not kept.is_symlink() and kept.read_bytes() == content:
                return kept
            if not os.path.lexists(kept):
                os.rename(new, kept)  # the course is locked: nobody else takes this name meanwhile
                return kept
    finally:
        new.unlink(missing_ok=True)
    raise NotebookError(f"{path.name}: it was repaired a thousand times. Remove some of its {_KEPT} files.")


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
        notebook = read_submission(content, name)
        n = len(CONTROLS.findall(content.decode("utf-8-sig")))
        return notebook, [f"It held {n} control characters, which were left out."] if n else []
    except NotebookError as error:
        refused = error
    raw, said = salvage(content)
    raw, more = _as_version_4(raw) if isinstance(raw, dict) else (None, [])
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
        except Exception:  # nbformat raises whatever the odd notebook makes its code raise
            return False
    return True


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
    made = [mend_cell(cell) for cell in cells]
    if lost := made.count(None):
        said.append(f"{lost} cells were damaged beyond repair, and were left out.")
    if n := sum(new is not None and new != old for new, old in zip(made, cells, strict=True)):
        said.append(f"{n} cells lacked parts that every cell has, and got them.")
    kept = [cell for cell in made if cell is not None]
    return {"cells": kept, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, said


def _check_exercise(notebook: NotebookNode, released: NotebookNode, name: str) -> None:
    """Refuse the notebook of another exercise: all of this one would be put into it."""
    own, other = note_of(released).get("name"), note_of(notebook).get("name")
    if own and isinstance(other, str) and other != own:
        raise NotebookError(f"{name}: this is the notebook of {printable(other)}, not of {own}.")


# --- rebuilding ---


def _name_again(notebook: NotebookNode, released: NotebookNode, cells: dict[str, Cell]) -> list[str]:
    """Give names back to cells that lost them: known by their id, text or place, or by what they assign."""
    there = {str(cell.metadata["nbgrader"]["grade_id"]) for cell in _named(notebook)}
    said = []
    for original in _named(released):
        name = original.metadata["nbgrader"]["grade_id"]
        if name in there:
            continue
        free = [cell for cell in notebook.cells if not cell.metadata.get("nbgrader")]
        found = [cell for cell in free if cell.id == original.get("id")]
        if not found and cells[name].locked:
            found = [cell for cell in free if _text(cell) == _text(original)]
        elif not found and original.cell_type == "code" and (names := names_given(original.source)):
            found = [cell for cell in free if names <= names_given(cell.source)]
        if not found and cells[name].solution:
            found = _in_its_place(notebook, released, original)
        if found:
            found[-1].metadata["nbgrader"] = copy.deepcopy(original.metadata["nbgrader"])
            said.append(f"The cell {name} had lost its name, and got it back.")
    return said


def _in_its_place(
    notebook: NotebookNode, released: NotebookNode, original: NotebookNode
) -> list[NotebookNode]:
    """Return the longest text of the student's own between the cells that stood round an answer, if any."""
    at = next(i for i, cell in enumerate(released.cells) if cell is original)
    known = _places(notebook, released)
    before = max((place for place in known[:at] if place is not None), default=None)
    if before is None:
        return []
    after = min((p for p in known[at + 1 :] if p is not None and p > before), default=len(notebook.cells))
    own = [
        cell
        for i, cell in enumerate(notebook.cells[before + 1 : after], before + 1)
        if i not in known and not cell.metadata.get("nbgrader") and cell.source.strip()
    ]
    if original.cell_type == "code" and (len(own) > 1 or any(cell.cell_type != "code" for cell in own)):
        return []
    return [max(own, key=lambda cell: len(cell.source))] if own else []


def _places(notebook: NotebookNode, released: NotebookNode) -> list[int | None]:
    """Return where each cell of the release stands in a notebook, known by its name, its id or its text."""
    names, ids, texts = {}, {}, {}
    for i, cell in reversed([*enumerate(notebook.cells)]):
        names[str(cell.metadata.get("nbgrader", {}).get("grade_id"))] = i
        ids[cell.id] = i
        texts[_text(cell)] = i
    return [
        names.get(str(cell.metadata.get("nbgrader", {}).get("grade_id", "")))
        or ids.get(cell.get("id"), texts.get(_text(cell)))
        for cell in released.cells
    ]


def _text(cell: NotebookNode | Cell) -> str:
    return with_plain_line_ends(cell.source).strip()


def _answered_elsewhere(notebook: NotebookNode, cells: dict[str, Cell]) -> list[str]:
    """Say which answers are untouched or were put back while a text of the student's own stands beside."""
    said = []
    for cell in _named(notebook):
        name = cell.metadata["nbgrader"]["grade_id"]
        is_empty = cells[name].solution and _text(cell).endswith(_text(cells[name]))
        if is_empty and (text := text_beside(notebook.cells, name)):
            said.append(
                f'Nothing was written into {name}, but another cell has a text ("{printable(text)}"): '
                "it was left where it is; read it, and give the points by hand."
            )
    return said


def _changed(cell: NotebookNode, source: str, told: dict, own: dict) -> list[str]:
    """Say what of a cell was not as it was handed out: its text, or what nbgrader had noted of it."""
    name = own["grade_id"]
    said = []
    if not own.get("solution") and with_plain_line_ends(cell.source) != with_plain_line_ends(source):
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
