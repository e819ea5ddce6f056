"""The instructor's own solution marked as a submission, before a class is.

nbgrader runs a check among the student's cells.  Here a check runs apart from them and gets plain data, so
one that needs the student's own objects would take points from right answers.  The points that the solution
itself does not get show which checks these are.  Other checks would leave points to wrong answers, since they
look at a copy; their code shows it.
"""

import ast
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from helpers.grading.boundary import CourseError
from helpers.grading.copies import copies_in
from helpers.grading.course import Course
from helpers.grading.names import is_python, parsed
from helpers.grading.plaintext import printable
from helpers.grading.plan import Cell, Plan
from helpers.grading.submission import MarkedNotebook, Submission

SETTING = "judge_in_student_process"
NOT_REHEARSED = (
    "The sources of this assignment are not here, so it could not be checked whether the solution "
    "gets its full points."
)


class UnequalError(CourseError):
    """Points would differ from nbgrader's.

    Parameters
    ----------
    lines
        What to tell a person, a line each.
    """

    def __init__(self, lines: list[str]):
        super().__init__("\n".join(lines))
        self.lines = lines


class Unequal(NamedTuple):
    """A check that can give other points than nbgrader.

    Attributes
    ----------
    notebook, cell
        Where it is.
    points, most
        What the instructor's solution gets in it, and what it should.
    reason
        What the check needed, in one sentence.
    """

    notebook: str
    cell: str
    points: float
    most: float
    reason: str


def read_solution(course: Course, plan: Plan) -> Submission | None:
    """Return the sources of an assignment as a submission; None where one of them is not here."""
    place = course.path("source", ".", plan.assignment)
    paths = {name: place / f"{name}.ipynb" for name in plan.notebooks}
    if not all(path.is_file() for path in paths.values()):
        return None
    own = course.given_files(plan.assignment)
    files = own | {path.name: path.read_bytes() for path in paths.values()}
    return Submission("", files, frozenset(own))


def cells_in_student_process(course: Course, plan: Plan) -> tuple[str, ...]:
    """Return the checks that the instructor has judged in the student's process.

    ``c.Coursework.judge_in_student_process`` is True for all checks of all assignments, or says for each
    assignment True or the names of the cells.

    Raises
    ------
    CourseError
        When the setting names what is no check of the assignment.
    """
    setting = course.config.get("Coursework", {}).get(SETTING, {})
    checks = [cell.name for cells in plan.notebooks.values() for cell in cells.values() if cell.is_check]
    if not isinstance(setting, bool | dict):
        raise CourseError(f"{_LINE} must be True or a dictionary, such as {_EXAMPLE}.")
    named = setting if isinstance(setting, bool) else setting.get(plan.assignment, [])
    if isinstance(named, bool):
        return tuple(checks) if named else ()
    if isinstance(named, str) or not isinstance(named, Iterable):
        raise CourseError(f"{_LINE}[{plan.assignment!r}] must be True or a list of the names of cells.")
    named = list(named)
    unknown = [str(name) for name in named if name not in checks]
    if unknown:
        raise CourseError(
            f"{_LINE} names {', '.join(unknown)}, but {plan.assignment} has no such check. "
            f"It has {', '.join(checks)}."
        )
    return tuple(dict.fromkeys(named))


_LINE = f"c.Coursework.{SETTING} in nbgrader_config.py"
_EXAMPLE = '{"ps1": ["cell-a", "cell-b"]}'


def find_unequal(plan: Plan, marked: dict[str, MarkedNotebook], files: Iterable[str] = ()) -> list[Unequal]:
    """Return the checks that can give other points than nbgrader.

    These are the checks in which the solution, as it was marked, does not have its full points, and those
    that look at what is only a copy here, see :mod:`helpers.grading.copies`.

    Parameters
    ----------
    plan
        What the assignment asks.
    marked
        The solution.
    files
        The names of the files that the course gives.
    """
    found = []
    for name, one in marked.items():
        cells = plan.notebooks[name].values()
        texts = plan.rehearsals.get(name) or [cell.source for cell in cells if cell.cell_type == "code"]
        for cell in (cell for cell in cells if cell.is_check and cell.points):
            points = one.scores.get(cell.name) or 0
            if points < cell.points:
                found.append(Unequal(name, cell.name, points, cell.points, _reason(cell, one)))
            elif cell.name not in plan.in_student_process:
                copies = copies_in(cell.source, own=plan.answers(name), cells=texts, files=files)
                if copies:
                    looks = f"It looks at {', and at '.join(copies)}, which here is a copy."
                    found.append(Unequal(name, cell.name, points, cell.points, looks))
    return found


def all_in_student_process(plan: Plan, unequal: list[Unequal]) -> Plan:
    """Return the plan with these checks, too, judged in the student's process."""
    names = dict.fromkeys([*plan.in_student_process, *(one.cell for one in unequal)])
    return replace(plan, in_student_process=tuple(names))


def tell(course: Course, plan: Plan, unequal: list[Unequal], still: list[Unequal]) -> list[str]:
    """Return what to do about checks that can give other points than nbgrader.

    Parameters
    ----------
    course, plan
        What was marked.
    unequal
        These checks.
    still
        Those that do not get them in the student's process either.

    Returns
    -------
    list of str
        A sentence for each check, and the line to add to the configuration.
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
        said.append(how_to_set(course, plan, helped))
    if lost:
        names = ", ".join(dict.fromkeys(one.cell for one in still))
        said.append(f"Mend the solution or the check of {names}; `nbgrader validate` shows what goes wrong.")
    return said


def how_to_set(course: Course, plan: Plan, checks: Iterable[str]) -> str:
    """Return the line for the configuration with which these checks, too, run in the student's process."""
    setting = dict(course.config.get("Coursework", {}).get(SETTING) or {})
    setting[plan.assignment] = list(dict.fromkeys([*plan.in_student_process, *checks]))
    return (
        "To have these judged in the student's process, as nbgrader does, write into nbgrader_config.py: "
        f"c.Coursework.{SETTING} = {setting!r}"
    )


def find_foreign(plan: Plan, marked: dict[str, MarkedNotebook]) -> dict[str, str]:
    """Return, for each check that took points where a value was not plain data, a sentence on the value.

    Nothing says that it took them for that; but nbgrader would have looked at the value itself.
    """
    return {
        cell.name: f"{notebook}.ipynb, {cell.name}: {points:g} of {cell.points:g} points, and "
        + ", and ".join(
            f"`{name}` is or gives {printable(kind)}" for name, kind in one.foreign[cell.name].items()
        )
        + ", which is not plain data; nbgrader would have looked at it."
        for notebook, one in marked.items()
        for cell in plan.notebooks[notebook].values()
        if one.foreign.get(cell.name)
        and cell.points
        and (points := one.scores.get(cell.name) or 0) < cell.points
    }


def _reason(cell: Cell, marked: MarkedNotebook) -> str:
    """Return in one sentence what a check needed that it did not get."""
    if marked.content is None:
        return f"The notebook could not be read: {marked.remarks[-1]}"
    name, text = _error(cell, marked.content)
    foreign = marked.foreign.get(cell.name, {})
    if foreign:
        listed = ", ".join(f"`{key}` ({kind})" for key, kind in foreign.items())
        return f"It needs the student's own object, which is not plain data: {listed}."
    if name == "FileNotFoundError":
        return f"It needs a file that is not beside the check ({text}); what code writes is not."
    if name in ("UsageError", "ModuleNotFoundError"):
        return f"It needs a magic or a module that is not there ({text})."
    if name == "NameError":
        return f"It looks for a name that it does not mention, or that only another cell has ({text})."
    if name in ("NotRun", "CheckNotRun", "CellTimeoutError"):
        return f"It did not run to its end ({text})."
    called, looked_at = _use(cell)
    if called and looked_at:
        return (
            f"It calls {_code(called)} and looks at {_code(looked_at)}: what a function changes outside of "
            f"its arguments stays in the student's process{_ended(name, text)}."
        )
    if called:
        return (
            f"It needs more of {_code(called)} than to call it with plain data and get plain data back"
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


def _error(cell: Cell, content: str) -> tuple[str, str]:
    """Return the error of a check: its name and the first line of what it says."""
    for found in json.loads(content)["cells"]:
        if found["metadata"].get("nbgrader", {}).get("grade_id") == cell.name:
            for output in found.get("outputs", ()):
                if output["output_type"] == "error":
                    return output["ename"], (output["evalue"].strip().splitlines() or [""])[0][:200].rstrip(
                        "."
                    )
    return "", ""


def _use(cell: Cell) -> tuple[list[str], list[str]]:
    """Return the names of the student's that a check calls, and those that it looks at otherwise."""
    tree = parsed(cell.source)
    if tree is None:
        return [], []
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = {function.id for function in calls if isinstance(function, ast.Name)}
    names = [name for name in cell.names if not is_python(name)]
    return [name for name in names if name in called], [name for name in names if name not in called]
