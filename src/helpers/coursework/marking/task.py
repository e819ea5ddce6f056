"""Mark one submission: bytes and a spec go in, scores and an autograded notebook come out.

No gradebook is needed, so the task can run in this process, in another one, or on another machine.
"""

import atexit
import copy
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import chdir, nullcontext
from itertools import takewhile
from threading import Lock
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task

from helpers.coursework.boundary import SubmissionError, explain, is_course_wide
from helpers.coursework.isolation import Isolation
from helpers.coursework.marking.executor import NotebookSpec, Ran, execute
from helpers.coursework.marking.inert import make_inert
from helpers.coursework.marking.sanitize import name_of, read_submission, sanitize, texts_elsewhere
from helpers.coursework.marking.second_opinion import could_differ
from helpers.coursework.marking.spec import CellSpec, Spec, other_language
from helpers.coursework.plaintext import printable
from helpers.coursework.submission import LONGEST, MarkedNotebook, Options, Submission
from helpers.coursework.workers.pool import ForkServerLost, Server, open_server
from helpers.notebooks.examine import NotebookError

# Larger notebooks are refused: a notebook takes many times its size in memory once it is read.
_MOST_VALUES, _MOST_CELLS = 1_000_000, 1_000
# The most characters that the outputs of a written notebook may have together.
_MOST_SHOWN = 10_000_000
_LONGEST_SENT = 1_000_000
# Attempts after a fork server has died.
_TRIES = 3
_NAMELESS = (
    "None of the cells has the metadata by which they are marked, so every answer counts as missing. "
    "Run `coursework repair`, which recognizes cells by their text, and mark again."
)
# How much of a text is shown to identify it.
_BEGINNING = 60


def assess(submission: Submission, spec: Spec, options: Options) -> dict[str, MarkedNotebook]:
    """Mark every notebook of a submission; return the results by the name of the notebook."""
    return {name: _assess_notebook(name, submission, spec, options) for name in spec.notebooks}


def result_of(task: Any) -> tuple[dict[str, MarkedNotebook] | None, str | None]:
    """Return the marked notebooks of a submission, or one sentence on why it could not be marked.

    Raises
    ------
    SandboxError, CancelledError
        And any other error that affects everybody, see :func:`~helpers.coursework.boundary.is_course_wide`.
    """
    try:
        return task.result(), None
    except Exception as error:
        if is_course_wide(error):
            raise
        return None, explain(error)


def _assess_notebook(name: str, submission: Submission, spec: Spec, options: Options) -> MarkedNotebook:
    cells = spec.notebooks[name]
    file = f"{name}.ipynb"
    content = submission.files.get(file)
    if content is None:
        return _zero(cells, f"{file} was not handed in.")
    if len(content) > LONGEST or sum(map(content.count, (b",", b"{", b"["))) > _MOST_VALUES:
        return _zero(cells, f"{file}: the notebook is too large. Clear its outputs and hand it in again.")
    try:
        notebook = read_submission(content, file)
    except NotebookError as error:
        return _zero(cells, str(error))
    if language := other_language(notebook.metadata):
        raise SubmissionError(
            f"{file} is a notebook in {printable(language)}, but only notebooks in Python can be marked. If "
            "its answers are in Python, choose the kernel Python 3 in Jupyter, save it, and mark again."
        )
    if len(notebook.cells) > _MOST_CELLS:
        many = f"{len(notebook.cells):,} cells, but only {_MOST_CELLS:,} are allowed"
        return _zero(cells, f"{file}: the notebook has {many}. Delete the cells that are not needed.")
    handed_in = copy.deepcopy(notebook)
    is_nameless = not any("nbgrader" in cell.metadata for cell in notebook.cells)
    resources = _resources(name, submission, spec, options)
    notebook = _take(options.steps.submitted, notebook, resources, options)
    changed = sanitize(notebook, cells, spec.kernelspecs[name])
    notebook = _take(options.steps.restored, notebook, resources, options)
    remarks = [*submission.remarks, *([_NAMELESS] if is_nameless else changed)]
    ran = run_notebook(notebook, name, submission, spec, options)
    first = _scores(notebook)
    stock = {
        check: _score(NotebookNode(cell, outputs=ran.stock[check]))
        for cell in notebook.cells
        if is_grade(cell) and (check := cell.metadata.nbgrader.grade_id) in ran.stock
    }
    notebook = _take(options.steps.ran, notebook, resources, options)
    scores = _scores(notebook)
    # What a step changes in our outputs, it would change in the same outputs of nbgrader's.
    stock = {one: scores.get(one) if points == first[one] else points for one, points in stock.items()}
    comments = {
        cell.metadata.nbgrader.grade_id: _comment(cell)
        for cell in notebook.cells
        if is_solution(cell) or is_task(cell)
    }
    given = spec.given.get(name, {})
    code = spec.warm_up.get(name, ())
    remarks += _flag_for_manual_grading(notebook, handed_in, cells, given, code, scores, comments)
    make_inert(notebook, cells, given)
    if not options.is_compared:  # the course's own samples are only rehearsed
        notebook = _take(options.steps.marked, notebook, resources, options)
    # nbformat.write would validate it again and indent it, which takes as long as everything else here.
    text = json.dumps(notebook, ensure_ascii=False, sort_keys=True)
    if len(text) > _MOST_SHOWN:
        _cut_outputs(notebook)
        text = json.dumps(notebook, ensure_ascii=False, sort_keys=True)
    return MarkedNotebook(text, scores, comments, remarks, ran.opaque, stock)


def run_notebook(
    notebook: NotebookNode, name: str, submission: Submission, spec: Spec, options: Options
) -> Ran:
    """Run a sanitized notebook and write the outputs into it; see :func:`~.executor.execute`."""
    own = {f"{other}.ipynb" for other in spec.notebooks}
    beside = {
        other: data.hex()
        for other, data in submission.files.items()
        if other not in own or len(data) <= _LONGEST_SENT  # code seldom reads its own notebook
    }
    course_files = {other: beside[other] for other in submission.of_course}
    is_compared = options.is_compared or _could_differ(notebook, name, spec)
    notebook_spec = NotebookSpec(
        spec.notebooks[name],
        spec.asked(name),
        spec.answers(name),
        frozenset(spec.in_student_process),
        is_compared,
    )
    for left in reversed(range(_TRIES)):
        student, judge = servers = _fork_servers(spec, name, options.isolation)
        try:
            ran = execute(
                notebook, notebook_spec, student=student, judge=judge,
                files=beside, course_files=course_files, timeout=options.timeout,
            )  # fmt: skip
            break
        except ForkServerLost:
            _close(servers)
            if not left:
                raise
    notebook.metadata["language_info"] = NotebookNode(IPythonKernel.language_info)
    return ran


def _scores(notebook: NotebookNode) -> dict[str, float | None]:
    return {cell.metadata.nbgrader.grade_id: _score(cell) for cell in notebook.cells if is_grade(cell)}


def _could_differ(notebook: NotebookNode, name: str, spec: Spec) -> bool:
    """Say whether a check of a student's notebook could give other points in nbgrader."""
    cells = spec.notebooks[name]
    apart = [one for one in cells.values() if one.is_check and one.name not in spec.in_student_process]
    own = [cell.source for cell in notebook.cells if cell.cell_type == "code" and not _is_course(cell, cells)]
    given = [one.source for one in cells.values() if one.is_given]
    return could_differ(own, [one.source for one in apart], given=given, answers=spec.answers(name))


def _is_course(cell: NotebookNode, cells: dict[str, CellSpec]) -> bool:
    known = cells.get(name_of(cell))
    return known is not None and (known.is_check or known.is_given)


def _score(cell: NotebookNode) -> float | None:
    """Return nbgrader's points, at most the maximum, above which nbgrader would raise an error."""
    try:
        return determine_grade(cell)[0]
    except ValueError:
        return 0.0


def _cut_outputs(notebook: NotebookNode) -> None:
    """Cut the longest outputs until all fit together; leave the others whole."""
    sizes = {id(cell): len(json.dumps(cell.outputs)) for cell in notebook.cells if cell.cell_type == "code"}
    left, share = _MOST_SHOWN, 0
    for n_cells, size in zip(range(len(sizes), 0, -1), sorted(sizes.values()), strict=True):
        share = left // n_cells
        left -= min(size, share)
    for cell in notebook.cells:
        if sizes.get(id(cell), 0) > share:
            cell.outputs = [*_first(cell.outputs, share), NotebookNode(_CUT)]


def _first(outputs: list[NotebookNode], left: int) -> Iterator[NotebookNode]:
    """Yield outputs until the space is used up."""
    for output in outputs:
        left -= len(json.dumps(output))
        if left < 0:
            return
        yield output


_CUT = {
    "output_type": "stream",
    "name": "stdout",
    "text": f"... the rest was left out: the outputs of a notebook may have {_MOST_SHOWN // 1_000_000} MB.\n",
}


def _flag_for_manual_grading(
    marked: NotebookNode,
    handed_in: NotebookNode,
    cells: dict[str, CellSpec],
    given: dict,
    code: Iterable[str],
    scores: dict,
    comments: dict,
) -> list[str]:
    """Replace the zero of an empty or missing answer by no score, if its text may be in another cell.

    Each such answer gets a sentence for the person who marks.
    """
    names = {name_of(cell) for cell in handed_in.cells}
    by_hand = [name_of(cell) for cell in marked.cells if is_grade(cell) and is_solution(cell)]
    empty = [name for name in by_hand if comments[name] or name not in names]
    text = next(texts_elsewhere(handed_in, cells, given, code), None) if empty else None
    if text is None:
        return []
    scores |= dict.fromkeys(empty)
    comments |= dict.fromkeys(empty)
    begins = f"{printable(text)[:_BEGINNING]}..."
    return [
        f"The answer {name} is empty, but another cell contains a text that may belong there ({begins}). "
        "Read it and mark the answer by hand."
        for name in empty
    ]


def _zero(cells: dict[str, CellSpec], remark: str) -> MarkedNotebook:
    """Return zero for every cell, with the reason."""
    scores = {cell.name: 0.0 for cell in cells.values() if cell.grade}
    return MarkedNotebook(None, scores, {}, [remark])


def _comment(cell: NotebookNode) -> str | None:
    """Return nbgrader's comment on an answer that was not changed."""
    untouched = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell) and not is_task(cell)
    return "No response." if untouched else None


def _resources(name: str, submission: Submission, spec: Spec, options: Options) -> dict:
    """Return what nbgrader tells each preprocessor about a notebook."""
    told = {"student": submission.student, "assignment": spec.assignment, "notebook": name}
    return {
        "unique_key": name,
        "output_files_dir": f"{name}_files",
        "nbgrader": told | {"db_url": options.steps.db_url},
        "metadata": {"name": name},
    }


_one_at_a_time = Lock()


def _take(
    steps: tuple[Callable, ...], notebook: NotebookNode, resources: dict, options: Options
) -> NotebookNode:
    """Return a notebook after some of nbgrader's or the instructor's steps, which no two threads share."""
    home = options.steps.folder
    with _one_at_a_time, chdir(home) if home and steps else nullcontext():
        for step in steps:
            notebook, _ = step(notebook, resources)
    return notebook


_servers: dict[Any, tuple[Server, Server]] = {}
_lock = Lock()


def _fork_servers(spec: Spec, name: str, isolation: Isolation) -> tuple[Server, Server]:
    """Return the two servers for a notebook; this process keeps them for other submissions."""
    key = (os.getpid(), spec.code_digest, name, isolation)
    with _lock:
        if key not in _servers:
            code = [cell for cell in spec.notebooks[name].values() if cell.cell_type == "code"]
            given = [cell.source for cell in code if cell.is_given]
            first = [cell.source for cell in takewhile(lambda cell: cell.is_given, code)]
            released = [cell.source for cell in code if not cell.is_check]
            solution = spec.warm_up.get(name, given)
            _servers[key] = (
                open_server("student", warm_up=released, given=first, isolation=isolation),
                open_server("judge", warm_up=solution, given=given, isolation=isolation),
            )
        return _servers[key]


def _close(servers: tuple[Server, Server]) -> None:
    """End fork servers, unless another thread has done so."""
    with _lock:
        for key in [key for key, known in _servers.items() if known is servers]:
            del _servers[key]
            for server in servers:
                server.close()


@atexit.register
def close_fork_servers() -> set[str]:
    """End the fork servers of this process; return the modules that they had to compile."""
    compiled = {source for servers in _servers.values() for server in servers for source in server.compiled}
    for servers in list(_servers.values()):
        _close(servers)
    return compiled
