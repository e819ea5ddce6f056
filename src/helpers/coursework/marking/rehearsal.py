"""Mark the instructor's own solution as a submission before the class is marked.

nbgrader runs a check among the student's cells.  Here a check runs in another process and gets plain data, so
a check that needs the student's own objects would take points from right answers.  If the solution does not
get its full points, the check is one of these.  Other checks would give points to wrong answers because they
inspect a copy; that can be seen in their code.
"""

import ast
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from helpers.coursework.boundary import CourseError
from helpers.coursework.code_names import is_python, parsed
from helpers.coursework.course import Course
from helpers.coursework.marking.copies import copies_in
from helpers.coursework.marking.spec import CellSpec, Spec
from helpers.coursework.plaintext import printable
from helpers.coursework.submission import MarkedNotebook, Submission

SETTING = "judge_in_student_process"
NOT_REHEARSED = (
    "The sources of this assignment are missing, so it could not be checked whether the solution "
    "gets its full points."
)


class UnequalError(CourseError):
    """Points would differ from nbgrader's."""

    def __init__(self, lines: list[str]):
        super().__init__("\n".join(lines))
        self.lines = lines


class Unequal(NamedTuple):
    """A check that may give other points than nbgrader."""

    # Its notebook and its name.
    notebook: str
    cell: str
    # The points that the instructor's solution gets, and the maximum.
    points: float
    most: float
    reason: str  # why, in one sentence


def read_solution(course: Course, spec: Spec) -> Submission | None:
    """Return the sources of an assignment as a submission; None if a source is missing."""
    place = course.path("source", ".", spec.assignment)
    paths = {name: place / f"{name}.ipynb" for name in spec.notebooks}
    if not all(path.is_file() for path in paths.values()):
        return None
    own = course.given_files(spec.assignment)
    files = own | {path.name: path.read_bytes() for path in paths.values()}
    return Submission("", files, frozenset(own))


def cells_in_student_process(course: Course, spec: Spec) -> tuple[str, ...]:
    """Return the checks that the instructor wants to be judged in the student's process.

    ``c.Coursework.judge_in_student_process`` is True for all checks of all assignments, or a dictionary that
    gives True or a list of cell names for each assignment.

    Raises
    ------
    CourseError
        When the setting names something that is not a check of the assignment.
    """
    setting = course.config.get("Coursework", {}).get(SETTING, {})
    checks = [cell.name for cells in spec.notebooks.values() for cell in cells.values() if cell.is_check]
    if not isinstance(setting, bool | dict):
        raise CourseError(f"{_LINE} must be True or a dictionary, such as {_EXAMPLE}.")
    named = setting if isinstance(setting, bool) else setting.get(spec.assignment, [])
    if isinstance(named, bool):
        return tuple(checks) if named else ()
    if isinstance(named, str) or not isinstance(named, Iterable):
        raise CourseError(f"{_LINE}[{spec.assignment!r}] must be True or a list of cell names.")
    named = list(named)
    unknown = [str(name) for name in named if name not in checks]
    if unknown:
        raise CourseError(
            f"{_LINE} names {', '.join(unknown)}, but {spec.assignment} has no such check. "
            f"Its checks are {', '.join(checks)}."
        )
    return tuple(dict.fromkeys(named))


_LINE = f"c.Coursework.{SETTING} in nbgrader_config.py"
_EXAMPLE = '{"ps1": ["cell-a", "cell-b"]}'


def find_unequal(spec: Spec, marked: dict[str, MarkedNotebook], files: Iterable[str] = ()) -> list[Unequal]:
    """Return the checks that may give other points than nbgrader.

    These are the checks in which the marked solution does not get its full points, and those that inspect
    something that is only a copy here, see :mod:`helpers.coursework.marking.copies`.
    """
    found = []
    for name, one in marked.items():
        cells = spec.notebooks[name].values()
        texts = spec.warm_up.get(name) or [cell.source for cell in cells if cell.cell_type == "code"]
        for cell in (cell for cell in cells if cell.is_check and cell.points):
            points = one.scores.get(cell.name) or 0
            if points < cell.points:
                found.append(Unequal(name, cell.name, points, cell.points, _reason(cell, one)))
            elif cell.name not in spec.in_student_process:
                copies = copies_in(cell.source, own=spec.answers(name), cells=texts, files=files)
                if copies:
                    looks = f"It looks at {', and at '.join(copies)}, which is a copy here."
                    found.append(Unequal(name, cell.name, points, cell.points, looks))
    return found


def all_in_student_process(spec: Spec, unequal: list[Unequal]) -> Spec:
    """Return the spec with these checks judged in the student's process too."""
    names = dict.fromkeys([*spec.in_student_process, *(one.cell for one in unequal)])
    return replace(spec, in_student_process=tuple(names))


def describe_unequal(course: Course, spec: Spec, unequal: list[Unequal], still: list[Unequal]) -> list[str]:
    """Return a sentence for each check that may give other points than nbgrader, and the setting that helps.

    Parameters
    ----------
    unequal
        The checks that may give other points.
    still
        Those among them that differ in the student's process too.
    """
    lost = {(one.notebook, one.cell) for one in still}
    said = [
        f"{one.notebook}.ipynb, {one.cell}: the solution gets {one.points:g} of {one.most:g} points"
        + (". " if one.points < one.most else ", but so could wrong answers. ")
        + one.reason
        + (" It gets no more in the student's process." if (one.notebook, one.cell) in lost else "")
        for one in unequal
    ]
    helped = [one.cell for one in unequal if (one.notebook, one.cell) not in lost]
    if helped:
        said.append(setting_line(course, spec, helped))
    if lost:
        names = ", ".join(dict.fromkeys(one.cell for one in still))
        said.append(f"Correct the solution or the check of {names}; `nbgrader validate` shows the error.")
    return said


def setting_line(course: Course, spec: Spec, checks: Iterable[str]) -> str:
    """Return the line for the configuration that runs these checks in the student's process too."""
    setting = dict(course.config.get("Coursework", {}).get(SETTING) or {})
    setting[spec.assignment] = list(dict.fromkeys([*spec.in_student_process, *checks]))
    return (
        "To judge these in the student's process, as nbgrader does, write into nbgrader_config.py: "
        f"c.Coursework.{SETTING} = {setting!r}"
    )


def find_opaque(spec: Spec, marked: dict[str, MarkedNotebook]) -> dict[str, str]:
    """Return a sentence for each check that took off points where a value was not plain data.

    The value need not be the reason, but nbgrader would have inspected the value itself.
    """
    return {
        cell.name: f"{notebook}.ipynb, {cell.name}: {points:g} of {cell.points:g} points, but "
        + ", and ".join(
            f"`{name}` is or gives {printable(kind)}" for name, kind in one.opaque[cell.name].items()
        )
        + ", which is not plain data; nbgrader would have inspected it."
        for notebook, one in marked.items()
        for cell in spec.notebooks[notebook].values()
        if one.opaque.get(cell.name)
        and cell.points
        and (points := one.scores.get(cell.name) or 0) < cell.points
    }


def _reason(cell: CellSpec, marked: MarkedNotebook) -> str:
    """Return in one sentence what a check needed and did not get."""
    if marked.content is None:
        return f"The notebook could not be read: {marked.remarks[-1]}"
    name, text = _error(cell, marked.content)
    opaque = marked.opaque.get(cell.name, {})
    if opaque:
        listed = ", ".join(f"`{key}` ({kind})" for key, kind in opaque.items())
        return f"It needs the student's own object, which is not plain data: {listed}."
    if name == "FileNotFoundError":
        return f"It needs a file that is not next to the check ({text}); files that code writes are not."
    if name in ("UsageError", "ModuleNotFoundError"):
        return f"It needs a magic or a module that is not available ({text})."
    if name == "NameError":
        return f"It looks for a name that it does not mention, or that only another cell has ({text})."
    if name in ("NotRun", "CheckNotRun", "CellTimeoutError"):
        return f"It could not be completed ({text})."
    called, looked_at = _use(cell)
    if called and looked_at:
        return (
            f"It calls {_code(called)} and looks at {_code(looked_at)}: what a function changes other than "
            f"its arguments stays in the student's process{_ended(name, text)}."
        )
    if called:
        return (
            f"It does more with {_code(called)} than call it with plain data and get plain data back"
            f"{_ended(name, text)}."
        )
    if name and looked_at:
        return f"It needs more of {_code(looked_at)} than its value as plain data{_ended(name, text)}."
    if name:
        return f"It ended in an error{_ended(name, text)}."
    return "The check itself gives fewer points."


def _code(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _ended(name: str, text: str) -> str:
    return f" ({name}: {text})" if text else f" ({name})" if name else ""


def _error(cell: CellSpec, content: str) -> tuple[str, str]:
    """Return the error of a check: its name and the first line of its message."""
    for found in json.loads(content)["cells"]:
        if found["metadata"].get("nbgrader", {}).get("grade_id") == cell.name:
            for output in found.get("outputs", ()):
                if output["output_type"] == "error":
                    return output["ename"], (output["evalue"].strip().splitlines() or [""])[0][:200].rstrip(
                        "."
                    )
    return "", ""


def _use(cell: CellSpec) -> tuple[list[str], list[str]]:
    """Return the student's names that a check calls, and those that it uses otherwise."""
    tree = parsed(cell.source)
    if tree is None:
        return [], []
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = {function.id for function in calls if isinstance(function, ast.Name)}
    names = [name for name in cell.names if not is_python(name)]
    return [name for name in names if name in called], [name for name in names if name not in called]
