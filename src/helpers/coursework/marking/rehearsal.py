"""Compare points with nbgrader's before a class is marked, on the instructor's own solution and variants.

nbgrader runs a check among the student's cells.  Here a check runs in another process and gets plain data, so
a check that needs the student's own objects would take points from right answers.  So every sample runs in
both ways, in the sandbox, and a check whose points differ is named.  Samples cannot show every wrong answer,
so a check that inspects a copy is named from its code alone.
"""

import ast
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from helpers.coursework.boundary import CourseError
from helpers.coursework.code_names import is_python, parsed
from helpers.coursework.course import Course
from helpers.coursework.marking.copies import copies_in
from helpers.coursework.marking.samples import SOLUTION
from helpers.coursework.marking.spec import CellSpec, Spec
from helpers.coursework.plaintext import printable
from helpers.coursework.submission import MarkedNotebook, Options, Submission

SETTING = "judge_in_student_process"
NOT_REHEARSED = (
    "The sources of this assignment are missing, so it could not be checked whether the solution "
    "gets nbgrader's points."
)
# Others begin within this many times the solution's own time, and only if that was at most so many seconds.
_TIMES, _MOST_SECONDS = 2, 60
_SAME = 1e-9

Run = Callable[[Iterator[Submission], Spec, Options], Iterator[tuple[Submission, dict | None, str | None]]]
"""Marks submissions, as the backends do."""


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
    sample: str  # the notebook in which this was seen, such as "the solution"
    # The points that this sample gets here and in nbgrader, and the maximum.
    points: float
    stock: float
    most: float
    reason: str  # why, in one sentence


class Rehearsal(NamedTuple):
    """What a rehearsal found: unequal checks, and sentences on those that the solution does not pass."""

    unequal: list[Unequal]
    notes: list[str]


def rehearse(samples: list[Submission], spec: Spec, options: Options, run: Run) -> Rehearsal:
    """Run samples in both ways and return the checks whose points differ.

    The first is the solution; the others run if there is time.  What differs is run once more,
    because a check may depend on chance.

    Raises
    ------
    CourseError
        When the solution could not be marked.
    """
    options = replace(options, is_compared=True)
    solution, *others = samples
    begun = time.monotonic()
    ((_, marked, problem),) = run(iter([solution]), spec, options)
    if marked is None:
        raise CourseError(f"The solution of {spec.assignment} could not be marked: {problem}")
    spent = time.monotonic() - begun
    until = time.monotonic() + (_TIMES * spent if spent <= _MOST_SECONDS else 0)
    in_time = (one for one in others if time.monotonic() < until)
    results = {solution.student: marked}
    results |= {one.student: found for one, found, _ in run(in_time, spec, options) if found}
    found = {
        one.student: find_unequal(spec, one, results[one.student])
        for one in samples
        if one.student in results
    }
    again = [one for one in samples if found.get(one.student)]
    for one, repeated, _ in run(iter(again), spec, options):
        still = {(other.notebook, other.cell) for other in find_unequal(spec, one, repeated or {})}
        found[one.student] = [other for other in found[one.student] if (other.notebook, other.cell) in still]
    unequal: dict[tuple[str, str], Unequal] = {}
    for other in (other for some in found.values() for other in some):
        unequal.setdefault((other.notebook, other.cell), other)
    notes = _not_passed(spec, marked)
    if len(results) < len(samples):
        left = "; ".join(one.student for one in samples if one.student not in results)
        notes.append(
            f"There was no time to compare the points of all samples with nbgrader's. Left out: {left}."
        )
    return Rehearsal(list(unequal.values()), notes)


def cells_in_student_process(course: Course, spec: Spec) -> tuple[str, ...]:
    """Return the checks that the instructor wants to be judged in the student's process.

    ``c.Coursework.judge_in_student_process`` is True for all checks of all assignments, or a dictionary that
    gives True or a list of cell names for each assignment.

    Raises
    ------
    CourseError
        When the setting names something that is not a check of the assignment.
    """
    setting = course.settings.own.judge_in_student_process
    checks = [cell.name for cells in spec.notebooks.values() for cell in cells.values() if cell.is_check]
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


def find_unequal(spec: Spec, sample: Submission, marked: dict[str, MarkedNotebook]) -> list[Unequal]:
    """Return the checks whose points differ from nbgrader's in a sample.

    For the solution, checks are added that inspect something that is only a copy here, see
    :mod:`helpers.coursework.marking.copies`.
    """
    found = []
    for name, one in marked.items():
        cells = spec.notebooks[name].values()
        texts = spec.warm_up.get(name) or [cell.source for cell in cells if cell.cell_type == "code"]
        for cell in (cell for cell in cells if cell.is_check and cell.points):
            points, stock = one.scores.get(cell.name) or 0, one.stock.get(cell.name, cell.points) or 0
            is_equal = abs(points - stock) < _SAME
            if is_equal and (sample.student != SOLUTION or points < cell.points):
                continue
            copies = []
            if points >= stock and cell.name not in spec.in_student_process:
                copies = copies_in(cell.source, own=spec.answers(name), cells=texts)
            if copies:
                reason = f"It looks at {', and at '.join(copies)}, which is a copy here."
            elif is_equal:
                continue
            elif points > stock:
                reason = "It depends on something that is only a copy here."
            else:
                reason = _reason(cell, one)
            found.append(Unequal(name, cell.name, sample.student, points, stock, cell.points, reason))
    return found


def _not_passed(spec: Spec, marked: dict[str, MarkedNotebook]) -> list[str]:
    """Return a sentence for each check in which the solution does not get its points in nbgrader either."""
    return [
        f"{name}.ipynb, {cell.name}: your solution gets {points:g} of {cell.points:g} points, in nbgrader too"
        f"{_ended(*_error(cell, one.content))}. "
        "So it is unknown whether a right answer gets nbgrader's points."
        for name, one in marked.items()
        if one.content is not None
        for cell in spec.notebooks[name].values()
        if cell.is_check
        and cell.points
        and (points := one.scores.get(cell.name) or 0) < cell.points
        and abs(points - (one.stock.get(cell.name) or 0)) < _SAME
    ]


class Remedy(NamedTuple):
    """Which checks are unequal, which of them stay so, and which to judge in the student's process."""

    unequal: list[Unequal]
    still: list[Unequal]
    moved: list[str]


def find_remedy(
    samples: list[Submission],
    spec: Spec,
    unequal: list[Unequal],
    compare: Callable[[list[Submission], Spec], Rehearsal],
) -> Remedy:
    """Return the checks that must be judged in the student's process for all points to be nbgrader's.

    Each proposal is tried: a check that is moved may have made what others need, and then these are moved
    too; in the end, all are.
    """
    moved = list(dict.fromkeys(one.cell for one in unequal))
    everything = [cell.name for cells in spec.notebooks.values() for cell in cells.values() if cell.is_check]
    while True:
        seen_in = {SOLUTION, *(one.sample for one in unequal)}
        some = [one for one in samples if one.student in seen_in]
        names = tuple(dict.fromkeys([*spec.in_student_process, *moved]))
        still = compare(some, replace(spec, in_student_process=names)).unequal
        more = [one for one in still if one.cell not in moved]
        unequal = [*unequal, *more]
        if not still or set(names) >= set(everything):
            stays = {one.cell for one in still}
            return Remedy(unequal, still, [name for name in moved if name not in stays])
        moved = [*moved, *dict.fromkeys(one.cell for one in more)] if more else everything


def describe_unequal(course: Course, spec: Spec, found: Remedy) -> list[str]:
    """Return a sentence for each check that may give other points than nbgrader, and the remedy."""
    lost = {(one.notebook, one.cell) for one in found.still}
    said = [
        f"{one.notebook}.ipynb, {one.cell}: {one.sample} gets {one.points:g} of {one.most:g} points"
        + (
            f", but {one.stock:g} in nbgrader. "
            if one.points != one.stock
            else ", but so could wrong answers. "
        )
        + one.reason
        + (" Its points differ in the student's process too." if (one.notebook, one.cell) in lost else "")
        for one in found.unequal
    ]
    if found.moved:
        said.append(setting_line(course, spec, found.moved))
    if lost:
        names = ", ".join(dict.fromkeys(one.cell for one in found.still))
        said.append(f"Change the check of {names} so that its points do not depend on chance or on time.")
    return said


def setting_line(course: Course, spec: Spec, checks: Iterable[str]) -> str:
    """Return the line for the configuration that runs these checks in the student's process too."""
    setting = course.settings.own.judge_in_student_process
    setting = dict(setting) if isinstance(setting, dict) else {}
    setting[spec.assignment] = list(dict.fromkeys([*spec.in_student_process, *checks]))
    return (
        "To judge these in the student's process, as nbgrader does, write into nbgrader_config.py: "
        f"c.Coursework.{SETTING} = {setting!r}"
    )


def find_differences(spec: Spec, marked: dict[str, MarkedNotebook]) -> dict[str, str]:
    """Return a sentence for each check of a student's work that gives other points in nbgrader."""
    return {
        cell.name: f"{notebook}.ipynb, {cell.name}: {points:g} of {cell.points:g} points, but {stock:g} in "
        f"nbgrader{_needs(one.opaque.get(cell.name))}."
        for notebook, one in marked.items()
        for cell in spec.notebooks[notebook].values()
        if cell.is_check
        and cell.points
        and cell.name in one.stock
        and abs((points := one.scores.get(cell.name) or 0) - (stock := one.stock[cell.name] or 0)) > _SAME
    }


def _needs(opaque: Mapping[str, str] | None) -> str:
    """Return which values a check could not inspect, because they are not plain data."""
    values = ", and ".join(f"`{name}` is or gives {printable(kind)}" for name, kind in (opaque or {}).items())
    return f": {values}, which is not plain data" if values else ""


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
