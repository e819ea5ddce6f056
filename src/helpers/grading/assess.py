"""One submission marked: bytes and a plan in, scores and an autograded notebook out; no gradebook is needed.

The task is pure, so it runs in this process, in another, or on another machine.
"""

import atexit
import copy
import json
import os
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from itertools import takewhile
from threading import Lock
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat import NotebookNode
from nbgrader.preprocessors import IgnorePattern, LimitOutput
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task
from traitlets.config import Config

from helpers.doctor import NotebookError
from helpers.grading.archives import printable
from helpers.grading.execute import RoomLost, WaitingRoom, execute
from helpers.grading.inert import make_inert
from helpers.grading.plan import Cell, Plan
from helpers.grading.sandbox import SandboxError
from helpers.grading.sanitize import name_of, read_submission, sanitize, texts_elsewhere

_LONGEST = 20_000_000
"""No honest notebook has so many bytes."""

# So often is a submission tried whose processes were lost.
_TRIES = 3
# So much of a text tells which one is meant.
_BEGINNING = 60
_TIDIERS = (IgnorePattern, ClearMetadataPreprocessor, LimitOutput)


@dataclass(frozen=True)
class Options:
    """How to mark.

    Attributes
    ----------
    timeout
        Seconds for each cell.
    shut_in
        Whether submissions run in the sandbox.
    config
        The course's configuration of nbgrader, for the steps after running.
    """

    timeout: float = 60
    shut_in: bool = True
    config: Config = field(default_factory=Config)


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment: the content of its files by name."""

    student: str
    files: dict[str, bytes]


@dataclass(frozen=True)
class MarkedNotebook:
    """One notebook after marking.

    Attributes
    ----------
    content
        The notebook with its outputs, as text; None when there was none that could be read.
    scores, comments
        By the name of the cell.
    remarks
        What was changed before it ran, or why it could not run, a sentence each.
    """

    content: str | None
    scores: dict[str, float | None]
    comments: dict[str, str | None]
    remarks: list[str]


def assess(submission: Submission, plan: Plan, options: Options) -> dict[str, MarkedNotebook]:
    """Mark every notebook of a submission.

    Parameters
    ----------
    submission
        The files of one student.
    plan
        What the assignment asks.
    options
        How to mark.

    Returns
    -------
    dict
        A :class:`MarkedNotebook` for each notebook of the plan, by name.
    """
    return {name: _assess_notebook(name, submission, plan, options) for name in plan.notebooks}


def settle(task: Any) -> tuple[dict[str, MarkedNotebook] | None, str | None]:
    """Return what a submission was marked, or what went wrong; the class goes on, whatever is wrong with one.

    Parameters
    ----------
    task
        The future of :func:`assess`, on a thread or on a cluster.

    Raises
    ------
    SandboxError, CancelledError
        What is wrong with all of them.
    """
    try:
        return task.result(), None
    except (SandboxError, CancelledError):
        raise
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def _assess_notebook(name: str, submission: Submission, plan: Plan, options: Options) -> MarkedNotebook:
    cells = plan.notebooks[name]
    file = f"{name}.ipynb"
    content = submission.files.get(file)
    if content is None:
        return _nothing(cells, f"{file} was not handed in.")
    if len(content) > _LONGEST:
        return _nothing(cells, f"{file}: the notebook is too large. Clear its outputs and hand it in again.")
    try:
        notebook = read_submission(content, file)
    except NotebookError as error:
        return _nothing(cells, str(error))
    handed_in = copy.deepcopy(notebook)
    remarks = sanitize(notebook, cells, plan.kernelspecs[name])
    beside = {other: data.hex() for other, data in submission.files.items()}
    for left in reversed(range(_TRIES)):
        student, judge = rooms = _rooms(plan, name, options.shut_in)
        try:
            execute(notebook, cells, student=student, judge=judge, files=beside, timeout=options.timeout)
            break
        except RoomLost:
            _close(rooms)
            if not left:
                raise
    scores = {
        cell.metadata.nbgrader.grade_id: determine_grade(cell)[0] for cell in notebook.cells if is_grade(cell)
    }
    comments = {
        cell.metadata.nbgrader.grade_id: _comment(cell)
        for cell in notebook.cells
        if is_solution(cell) or is_task(cell)
    }
    remarks += _leave_to_a_person(notebook, handed_in, cells, plan.given.get(name, {}), scores, comments)
    _tidy(notebook, options.config)
    make_inert(notebook, cells, plan.given.get(name, {}))
    # nbformat's own function checks it once more, and lays it out for people: as long as all the rest here.
    text = json.dumps(notebook, ensure_ascii=False, sort_keys=True)
    return MarkedNotebook(text, scores, comments, remarks)


def _leave_to_a_person(
    marked: NotebookNode,
    handed_in: NotebookNode,
    cells: dict[str, Cell],
    given: dict,
    scores: dict,
    comments: dict,
) -> list[str]:
    """Take the zero from an answer that is empty or gone, where its text may be in another cell.

    Returns
    -------
    list of str
        A sentence on each, for the person who marks.
    """
    names = {name_of(cell) for cell in handed_in.cells}
    by_hand = [name_of(cell) for cell in marked.cells if is_grade(cell) and is_solution(cell)]
    empty = [name for name in by_hand if comments[name] or name not in names]
    text = next(texts_elsewhere(handed_in, cells, given), None) if empty else None
    if text is None:
        return []
    scores |= dict.fromkeys(empty)
    comments |= dict.fromkeys(empty)
    begins = f"{printable(text)[:_BEGINNING]}..."
    return [
        f"Nothing was written into the answer {name}, but another cell has a text ({begins}): "
        "read it, and give the points by hand."
        for name in empty
    ]


def _nothing(cells: dict[str, Cell], remark: str) -> MarkedNotebook:
    """Return zero for every cell, with the reason."""
    scores = {cell.name: 0.0 for cell in cells.values() if cell.grade}
    return MarkedNotebook(None, scores, {}, [remark])


def _comment(cell: NotebookNode) -> str | None:
    """Return nbgrader's comment on an answer that is as it was handed out."""
    untouched = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell) and not is_task(cell)
    return "No response." if untouched else None


def tidying(config: Config) -> Config:
    """Return what a course's configuration says of the steps after running; the rest may not be sent away."""
    return Config({step.__name__: config[step.__name__] for step in _TIDIERS if step.__name__ in config})


def _tidy(notebook: NotebookNode, config: Config) -> None:
    """Do what nbgrader does to a notebook after it ran."""
    notebook.metadata["language_info"] = NotebookNode(IPythonKernel.language_info)
    for step in _TIDIERS:
        step(config=config)(notebook, {})


_places: dict[Any, tuple[WaitingRoom, WaitingRoom]] = {}
_lock = Lock()


def _rooms(plan: Plan, name: str, shut_in: bool) -> tuple[WaitingRoom, WaitingRoom]:
    """Return the waiting processes for a notebook, which this process keeps for other submissions."""
    key = (os.getpid(), plan.digest, name, shut_in)
    with _lock:
        if key not in _places:
            code = [cell for cell in plan.notebooks[name].values() if cell.cell_type == "code"]
            given = [cell.source for cell in code if cell.is_given]
            first = [cell.source for cell in takewhile(lambda cell: cell.is_given, code)]
            handed_out = [cell.source for cell in code if not cell.is_check]
            _places[key] = (
                WaitingRoom("student", rehearsed=handed_out, given=first, shut_in=shut_in),
                WaitingRoom(
                    "judge", rehearsed=plan.rehearsals.get(name, given), given=given, shut_in=shut_in
                ),
            )
        return _places[key]


def _close(rooms: tuple[WaitingRoom, WaitingRoom]) -> None:
    """End waiting processes, unless another thread has done so."""
    with _lock:
        for key in [key for key, known in _places.items() if known is rooms]:
            del _places[key]
            for room in rooms:
                room.close()


@atexit.register
def close_rooms() -> None:
    """End the waiting processes of this process."""
    for rooms in list(_places.values()):
        _close(rooms)
