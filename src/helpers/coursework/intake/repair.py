"""Rebuild a gradable notebook from a damaged one and the release; the original is kept next to it.

Most of this is what marking does to every notebook, see :mod:`helpers.coursework.marking.sanitize`.  In
addition, repairing reads files that marking refuses, restores lost metadata of cells, and puts cells back
into their order.  It reports in sentences what it did.
"""

import copy
import json
import os
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.validator import NotebookValidationError
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning
from nbgrader.utils import is_grade, is_locked, is_solution, is_task

from helpers.coursework.boundary import only_this_student
from helpers.coursework.course import Course, CourseError
from helpers.coursework.files import write_file
from helpers.coursework.marking.sanitize import read_submission, sanitize
from helpers.coursework.marking.spec import CellSpec
from helpers.coursework.plaintext import printable
from helpers.coursework.submission import Step
from helpers.notebooks.examine import (
    CONTROLS,
    NOTE,
    NotebookError,
    names_given,
    note_of,
    read_file,
    text_beside,
    texts_of,
    with_plain_line_ends,
)
from helpers.notebooks.salvage import mend_cell, salvage

_KEPT = ".before-repair"


@dataclass(frozen=True)
class Repaired:
    """The result for one notebook."""

    content: str | None  # the repaired notebook, as text; None if there was nothing to repair
    said: list[str]  # what was done, a sentence each
    seen: list[str] = field(default_factory=list)  # what a person should look at, a sentence each


@dataclass
class Repairs:
    """The results for many notebooks, by their paths."""

    # What was done to the repaired ones, a sentence each.
    said: dict[str, list[str]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)  # the path of each original
    whole: list[str] = field(default_factory=list)  # those that needed no repair
    # What a person should look at in any of them, a sentence each.
    seen: dict[str, list[str]] = field(default_factory=dict)
    # Those that cannot be repaired, with the reason, a sentence each.
    refused: dict[str, str] = field(default_factory=dict)


def rebuild(content: bytes, released: NotebookNode, name: str) -> Repaired:
    """Return a gradable notebook made from a damaged one.

    Returns
    -------
    Repaired
        The repaired notebook has every cell of the release once, in order, with its name, kind and points.
        Cells that students should not change are as released, and answers are the student's.

    Raises
    ------
    NotebookError
        When the file cannot be repaired, or belongs to another exercise.

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
    said += _restore_grade_ids(notebook, released, cells)
    was = {id(cell): (cell.source, copy.deepcopy(cell.metadata["nbgrader"])) for cell in _named(notebook)}
    done = sanitize(notebook, cells, released.metadata.get("kernelspec"))
    own = {cell.metadata["nbgrader"]["grade_id"]: cell.metadata["nbgrader"] for cell in _named(released)}
    for cell in _named(notebook):
        if id(cell) in was:
            done += _changed(cell, *was[id(cell)], own[cell.metadata["nbgrader"]["grade_id"]])
    done += _order(notebook, list(cells))
    if NOTE in released.metadata and notebook.metadata.get(NOTE) != released.metadata[NOTE]:
        notebook.metadata[NOTE] = copy.deepcopy(released.metadata[NOTE])
        done.append("The exercise's name was recorded again in the notebook.")
    said += done
    if not said and not _keeps_to_format(content):
        said.append("The file did not conform to the notebook format and now does.")
    seen = _answered_elsewhere(notebook, cells, texts_of(released.cells))
    if not said:
        return Repaired(None, [], seen)
    try:
        nbformat.validate(notebook)
    except NotebookValidationError as error:
        raise NotebookError(
            f"{name}: its cells contain what no notebook may contain ({str(error).splitlines()[0]})."
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
    """Rebuild the damaged notebooks of an assignment in place, and keep each original next to it.

    Parameters
    ----------
    assignment
        The name of the assignment, which must have been released with `nbgrader generate_assignment`.
    students
        The students whose notebooks in ``submitted/`` are repaired; by default all.
    files
        Notebooks in any place instead; each has the assignment's name for it, unless there is only one.

    Returns
    -------
    Repairs
        The original of ``ps1.ipynb`` is kept as ``ps1.before-repair.ipynb``.  A notebook that
        needs no repair is not changed.

    Raises
    ------
    CourseError
        When the assignment has not been released, or nobody has handed it in.
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
            raise CourseError(f"Nobody has handed in {assignment}, so there is nothing to repair.")
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
        raise NotebookError(f"{called}: rename it to {', '.join(released)}, whichever of them it is.")
    if path.is_symlink():
        raise NotebookError(f"{called}: it is a link; links are not followed.")
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
    """Write the original content next to the file, completely and under an unused name."""
    for n in range(1, 1000):
        kept = path.with_name(f"{path.stem}{_KEPT}{'' if n == 1 else f'-{n}'}.ipynb")
        if kept.is_file() and not kept.is_symlink() and kept.read_bytes() == content:
            return kept
        if not os.path.lexists(kept):
            write_file(kept, content)  # the course is locked, so no other command can take this name
            return kept
    raise NotebookError(f"{path.name}: it was repaired a thousand times. Remove some of its {_KEPT} files.")


def _released(course: Course, assignment: str) -> dict[str, NotebookNode]:
    """Return the notebooks of an assignment as they were released."""
    folder = course.path("release", ".", assignment)
    found = {path.stem: nbformat.read(path, 4) for path in sorted(folder.glob("*.ipynb"))}
    if not found:
        raise CourseError(
            f"{folder} has no notebook. First run `nbgrader generate_assignment {assignment}` "
            "with the sources from which it was released."
        )
    return found


def _cells(released: NotebookNode) -> list[CellSpec]:
    """Return what the release says about the cells that belong to the exercise."""
    found = []
    for cell in _named(released):
        meta = cell.metadata["nbgrader"]
        points = float(meta["points"]) if is_grade(cell) or is_task(cell) else None
        part = (is_locked(cell), is_grade(cell), is_solution(cell), is_task(cell))
        found.append(
            CellSpec(meta["grade_id"], cell.cell_type, cell.source, meta.get("checksum"), *part, points)
        )
    return found


def _named(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that belong to the exercise."""
    return [cell for cell in notebook.cells if (cell.metadata.get("nbgrader") or {}).get("grade_id")]


# --- reading ---


def _read(content: bytes, name: str) -> tuple[NotebookNode, list[str]]:
    """Return a notebook, even from a file that marking would refuse, and what was done to read it."""
    try:
        notebook = read_submission(content, name)
        n = len(CONTROLS.findall(content.decode("utf-8-sig")))
        return notebook, [f"It contained {n} control characters, which were removed."] if n else []
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
    """Say whether a readable file is a valid notebook; cells without ids are common and accepted."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", (MissingIDFieldWarning, DuplicateCellId))
        try:
            nbformat.validate(nbformat.from_dict(json.loads(content.decode("utf-8-sig"))))
        except Exception:  # an odd notebook can make nbformat raise any error
            return False
    return True


def _as_version_4(raw: dict) -> tuple[dict | None, list[str]]:
    """Return a notebook in nbformat 4, converted or with missing parts added."""
    version = raw.get("nbformat")
    said = []
    if version in (2, 3):
        try:
            converted = nbformat.convert(nbformat.from_dict(raw), 4)
        except Exception:  # an odd notebook can make nbformat raise any error
            return None, []
        return json.loads(json.dumps(converted)), [
            f"It was in version {version} of the format and was converted to version 4."
        ]
    if version != 4:
        said.append("It did not say that it is in version 4 of the format.")
    metadata = raw.get("metadata")
    if not isinstance(metadata, dict):
        said.append("The notebook's metadata were damaged and were removed.")
        metadata = {}
    cells = raw.get("cells")
    if not isinstance(cells, list):
        return None, []
    made = [mend_cell(cell) for cell in cells]
    if lost := made.count(None):
        said.append(f"{lost} cells were damaged beyond repair and were removed.")
    if n := sum(new is not None and new != old for new, old in zip(made, cells, strict=True)):
        said.append(f"{n} cells lacked required parts, which were added.")
    kept = [cell for cell in made if cell is not None]
    return {"cells": kept, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, said


def _check_exercise(notebook: NotebookNode, released: NotebookNode, name: str) -> None:
    """Refuse the notebook of another exercise, because every cell of this one would be added to it."""
    own, other = note_of(released).get("name"), note_of(notebook).get("name")
    if own and isinstance(other, str) and other != own:
        raise NotebookError(f"{name}: this is the notebook of {printable(other)}, not of {own}.")


# --- rebuilding ---


def _restore_grade_ids(
    notebook: NotebookNode, released: NotebookNode, cells: dict[str, CellSpec]
) -> list[str]:
    """Restore lost names of cells, recognized by id, text, position or the variables that they assign."""
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
            said.append(f"The cell {name} had lost its name, which was restored.")
    return said


def _in_its_place(
    notebook: NotebookNode, released: NotebookNode, original: NotebookNode
) -> list[NotebookNode]:
    """Return the longest text of the student's own between an answer's neighbors in the release, if any."""
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
    """Return the position of each cell of the release in a notebook, found by its name, id or text."""
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


def _text(cell: NotebookNode | CellSpec) -> str:
    return with_plain_line_ends(cell.source).strip()


def _answered_elsewhere(notebook: NotebookNode, cells: dict[str, CellSpec], given: set[str]) -> list[str]:
    """Report empty and restored answers, if another cell has a text of the student's own."""
    said = []
    for cell in _named(notebook):
        name = cell.metadata["nbgrader"]["grade_id"]
        is_empty = cells[name].solution and _text(cell).endswith(_text(cells[name]))
        if is_empty and (text := text_beside(notebook.cells, name, given=given)):
            said.append(
                f'The answer {name} is empty, but another cell contains a text ("{printable(text)}"). '
                "The text was not moved: read it and mark the answer by hand."
            )
    return said


def _changed(cell: NotebookNode, source: str, told: dict, own: dict) -> list[str]:
    """Report what had changed in a cell: its text, or nbgrader's metadata."""
    name = own["grade_id"]
    said = []
    if not own.get("solution") and with_plain_line_ends(cell.source) != with_plain_line_ends(source):
        said.append(f"The cell {name} had been changed; its original text was restored.")
    part = ["grade", "solution", "locked", "task", "checksum", *(["points"] if own.get("grade") else [])]
    if any(told.get(key) != own.get(key) for key in part if key in own or told.get(key)):
        said.append(f"The kind of the cell {name} or its points had been changed and were restored.")
    return said


def _order(notebook: NotebookNode, names: list[str]) -> list[str]:
    """Put the cells of the exercise into order; the student's own cells stay after the cell they follow."""
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
    return ["The cells were put back into their original order."]
