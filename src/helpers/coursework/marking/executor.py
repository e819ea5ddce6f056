"""Executor: run a notebook cell by cell, the student's cells in one worker and the checks in another."""

import builtins
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

from nbformat import NotebookNode

from helpers.coursework.isolation.budgets import Budget
from helpers.coursework.marking.spec import CellSpec
from helpers.coursework.workers.pool import Server
from helpers.coursework.workers.transport import BudgetExceeded, Channel, ChannelError, ChannelTimeout

# How much longer than its limit a cell may take before its worker is killed.
_GRACE = 5
# Crashes allowed before the remaining cells are skipped.
_MOST_CRASHES = 3


class StudentWorker:
    """Runs the cells of one student; after a crash it is restarted without the cell that caused it."""

    def __init__(self, server: Server, files: dict[str, str], timeout: float):
        self._server, self._files, self._timeout = server, files, timeout
        self._lease: ExitStack | None = None
        self.budget = Budget(timeout)
        self._numbers = count(1)

    def run(self, requests: list[dict]) -> list:
        """Return the answer to each request: the outputs of a cell, or the values of names.

        All requests are sent at once, so that the worker does not wait for this process between them.  The
        given cells have run already.  A notebook that does not begin with them starts without their names,
        and one with files next to it starts again, because the given cells may read these files.
        """
        known = self._server.given_outputs()
        first = [request.get("source") for request in requests[: len(known)]]
        if not _has_data(self._files) and first == self._server.given:
            return [*known, *self._run(requests[len(known) :])]
        return self._run([{"op": "reset"}, *requests])[1:]

    def _run(self, requests: list[dict]) -> list:
        answers: list = [None] * len(requests)
        crashed: set[int] = set()
        left = _NOT_RUN
        while len(crashed) < _MOST_CRASHES:
            todo = [i for i in range(len(requests)) if i not in crashed]
            i = todo[0] if todo else 0
            try:
                self._restart()
                numbers = [next(self._numbers) for _ in todo]
                self._channel.send(list(zip(numbers, (requests[i] for i in todo), strict=True)))
                for i, number in zip(todo, numbers, strict=True):
                    answer = self._reply(number, self._timeout + _GRACE)
                    # A cell keeps its first outputs, but functions belong to the worker that is still alive.
                    answers[i] = answer if requests[i]["op"] == "get" else answers[i] or answer
                return answers
            except ChannelError as error:
                crashed.add(i)
                answers[i] = outputs_after(error)
                if self.budget.exceeded:
                    left = outputs_after(error)
                    break
        self.stop()
        return [
            answer or (left if request["op"] == "run" else {})
            for request, answer in zip(requests, answers, strict=True)
        ]

    def call(self, request: dict) -> dict:
        """Return what a function returns, or the error that it raises."""
        late = {"error": ["TimeoutError", {"t": "list", "v": ["The function did not end in time."]}]}
        if not self._lease:
            return late
        try:
            number, seconds = next(self._numbers), min(request["seconds"], self._timeout)
            self._channel.send([(number, {"op": "call", **request})])
            reply = self._reply(number, seconds + _GRACE)
        except ChannelError:
            self.stop()
            return late
        return reply if isinstance(reply, dict) else late

    def _reply(self, number: int, seconds: float) -> Any:
        """Return the reply with this number; drop replies that are late, repeated or not requested."""
        until = time.monotonic() + seconds
        while True:
            message = self._channel.receive(timeout=max(until - time.monotonic(), 0))
            if isinstance(message, dict) and message.get("number") == number:
                return message.get("answer")

    def stop(self) -> None:
        """End the worker."""
        if self._lease:
            self._lease.close()
        self._lease = None

    def _restart(self) -> None:
        self.stop()
        self._lease = ExitStack()
        self._channel = self._lease.enter_context(self._server.lease_worker(self.budget, self._files))


def run_checks(
    server: Server, checks: list[dict], student: StudentWorker, timeout: float, files: dict[str, str]
) -> list[dict]:
    """Return the outputs of each check.

    Only the judge's own report that a check ran to its end is believed.  If a check ends or blocks the judge,
    the next check still runs.  If the course has files, its given cells run again next to them.
    """
    server.given_outputs()
    sources = server.given if _has_data(files) else []
    anew = [_check(source, number, timeout) for number, source in enumerate(sources, 1)]
    first = [{"reset": True}, *anew] if anew else []
    answers: list[dict] = []
    while len(answers) < len(checks):
        try:
            with server.lease_worker(student.budget, files) as channel:
                channel.send([*first, *checks[len(answers) :]])
                for _ in first:
                    _receive_check(channel, student, timeout)
                while len(answers) < len(checks):
                    answers.append(_receive_check(channel, student, timeout))
        except BudgetExceeded as error:
            answers.append(outputs_after(error))
        except ChannelError:
            answers.append(_CHECK_NOT_RUN)
    return answers


def _receive_check(channel: Channel, student: StudentWorker, timeout: float) -> dict:
    """Return the outputs of one check, after making the calls that it requests."""
    until = time.monotonic() + timeout + _GRACE
    while True:
        message = channel.receive(timeout=max(until - time.monotonic(), 0))
        if "call" not in message:
            return message["answer"]
        channel.send({"number": message["call"]["number"], "reply": student.call(message["call"])})


def _check(
    source: str, number: int, timeout: float, values: dict | None = None, answers: Sequence[str] = ()
) -> dict:
    return {
        "source": source, "number": number, "timeout": timeout, "values": values or {},
        "answers": list(answers),
    }  # fmt: skip


def _has_data(files: dict[str, str]) -> bool:
    return any(not name.endswith(".ipynb") and name != "timestamp.txt" for name in files)


@dataclass(frozen=True)
class NotebookSpec:
    """What is asked of one notebook."""

    cells: dict[str, CellSpec]  # the cells of the course by name
    names: dict[str, list[str]]  # for each check, the names whose values it gets from the student's process
    # The names that the course's solution defines; their values come from the student.
    answers: frozenset[str] = frozenset()
    in_student_process: frozenset[str] = frozenset()  # the checks that run in the student's process
    # Whether all checks also run among the student's cells, as in nbgrader, so that points can be compared.
    is_compared: bool = False


class Ran(NamedTuple):
    """What is known after running a notebook, besides its outputs."""

    # For each check, the names that it reads whose values are not plain data, with their types.
    opaque: dict[str, dict[str, str]]
    # For each check, its outputs when it runs among the student's cells, if points could differ there.
    stock: dict[str, list[NotebookNode]]


def execute(
    notebook: NotebookNode,
    spec: NotebookSpec,
    *,
    student: Server,
    judge: Server,
    files: dict[str, str],
    course_files: dict[str, str],
    timeout: float,
) -> Ran:
    """Run a sanitized notebook and write the outputs into it.

    The student's cells run first, in order; at each check, the values of the names that it reads are saved.
    Then the checks run with these values, and functions are called in the student's process.  The checks that
    the instructor has assigned to the student's process run in a second one: see
    :func:`run_in_student_process`.

    Parameters
    ----------
    notebook
        A notebook as :func:`helpers.coursework.marking.sanitize.sanitize` leaves it.
    spec
        What is asked of the notebook.
    student, judge
        The fork servers for the student's cells and for the checks.
    files
        The files next to the notebook: hexadecimal content by name.
    course_files
        The files of the course among them; only these are next to the checks.
    timeout
        Seconds for each cell.
    """
    run = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    specs = [spec.cells.get(cell.metadata.get("nbgrader", {}).get("grade_id")) for cell in run]
    checks = {i: one.name for i, one in enumerate(specs) if one and one.is_check}
    apart = {i for i, name in checks.items() if name not in spec.in_student_process}
    worker = StudentWorker(student, files, timeout)
    try:
        answers = worker.run(
            [
                {"op": "get", "names": spec.names[checks[i]]} if i in checks else _run(cell, i, timeout)
                for i, cell in enumerate(run)
            ]
        )
        values = {i: _values(answers[i], spec.names[checks[i]]) for i in sorted(apart)}
        todo = [_check(run[i].source, i + 1, timeout, own, spec.answers) for i, own in values.items()]
        judged = dict(zip(values, run_checks(judge, todo, worker, timeout, course_files), strict=True))
    finally:
        worker.stop()
    requests = {i: _run(cell, i, timeout) for i, cell in enumerate(run)}
    if within := checks.keys() - apart:
        own = {i: request for i, request in requests.items() if i not in apart}
        judged |= run_in_student_process(student, own, within, files, timeout)
    stock = {} if apart else judged  # all run as in nbgrader already
    is_opaque = any(answer.get("opaque") for answer in judged.values())
    if apart and (spec.is_compared or is_opaque or _has_iterator(list(values.values()))):
        stock = run_in_student_process(student, requests, checks, files, timeout)
    for i, cell in enumerate(run):
        answer = judged[i] if i in checks else answers[i]
        cell.outputs, cell.execution_count = _outputs(answer), i + 1
        if i in checks and not (isinstance(answer, dict) and answer["ok"]) and not _has_error(cell):
            cell.outputs = _outputs(_CHECK_NOT_RUN)
    return Ran(
        {checks[i]: answer.get("opaque", {}) for i, answer in judged.items()},
        {checks[i]: _outputs(answer) for i, answer in stock.items()},
    )


def run_in_student_process(
    server: Server,
    requests: dict[int, dict],
    checks: Iterable[int],
    files: dict[str, str],
    timeout: float,
) -> dict[int, dict]:
    """Return the outcomes of checks that run among the student's cells, as nbgrader runs them.

    The whole notebook runs once more in a fresh worker.  The only results that are used are whether these
    checks passed and how many points they gave, so the worker whose outputs the student gets back has seen
    no hidden test.  A check has passed if the worker reports that it ran to its end.

    This withstands exits, cells without outputs, tags that skip cells, and more points than the maximum.  It
    cannot withstand code that is written to cheat: as with `nbgrader autograde`, the student's code can
    read these hidden tests while it runs, replace what they call, make objects that equal everything, or
    report that a check has passed.  It can pass on what it has read only through the points that it gets.

    Parameters
    ----------
    requests
        What to run, by position in the notebook: the student's cells, the given ones and these checks.
    checks
        The positions of the checks.
    """
    worker = StudentWorker(server, files, timeout)
    try:
        answers = dict(zip(requests, worker.run(list(requests.values())), strict=True))
    finally:
        worker.stop()
    return {i: _outcome(answers[i]) for i in checks}


def _outcome(answer: object) -> dict:
    """Return the outputs of a check that decide its points, without any text that code could have written."""
    outputs = _outputs(answer)
    kinds = [output.output_type for output in outputs]
    if not isinstance(answer, dict) or answer.get("ok") is not True or "error" in kinds:
        names = [output.ename for output in outputs if output.output_type == "error"]
        known = names[-1] if names and names[-1] in _MESSAGES else "Error"
        return _error(known, _MESSAGES.get(known, "This check ended in an error."))
    if any(output.output_type == "stream" and output.name == "stderr" for output in outputs):
        return _error(
            "Warning", "This check produced an error or a warning, so nbgrader gives no points for it."
        )
    results = [output.data.get("text/plain") for output in outputs if output.output_type == "execute_result"]
    shown = {"output_type": "execute_result", "metadata": {}, "execution_count": None}
    return {"ok": True, "outputs": [shown | {"data": {"text/plain": _points(text)}} for text in results[:1]]}


def _points(text: object) -> str:
    """Return a number of points as nbgrader reads it; anything else would count as full points there."""
    try:
        return repr(float(str(text)))
    except ValueError:
        return "done"


def _run(cell: NotebookNode, i: int, timeout: float) -> dict:
    return {"op": "run", "source": cell.source, "number": i + 1, "timeout": timeout}


def _values(answer: object, names: list[str]) -> dict:
    """Return only the values that a check has requested."""
    if not isinstance(answer, dict) or "outputs" in answer:
        return {}
    return {name: answer[name] for name in names if name in answer}


def _has_iterator(encoded: object) -> bool:
    """Say whether a value from the student's process can be used up by a check."""
    if isinstance(encoded, dict):
        return encoded.get("t") == "iterator" or _has_iterator(list(encoded.values()))
    return isinstance(encoded, list) and any(map(_has_iterator, encoded))


def _has_error(cell: NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.outputs)


def _error(name: str, text: str) -> dict:
    traceback = [f"\x1b[0;31m{name}\x1b[0m: {text}"]
    return {
        "outputs": [{"output_type": "error", "ename": name, "evalue": text, "traceback": traceback}],
        "ok": False,
    }


def outputs_after(error: ChannelError) -> dict:
    """Return the output of a cell whose worker did not answer."""
    if isinstance(error, BudgetExceeded):
        return _error("BudgetExceeded", str(error))
    return _TIMED_OUT if isinstance(error, ChannelTimeout) else _ENDED


_CHECK_NOT_RUN = _error("CheckNotRun", "This check could not be completed.")
_ENDED = _error("ProgramEnded", "This cell ended the program that ran it.")
_TIMED_OUT = _error("CellTimeoutError", "No reply from kernel before timeout")
_NOT_RUN = _error("NotRun", "This cell was not run, because earlier cells ended the program several times.")
# Messages for errors of a check in the student's process, whose own text could reveal a hidden test.
_MESSAGES = {
    output["ename"]: output["evalue"]
    for answer in (_CHECK_NOT_RUN, _ENDED, _TIMED_OUT, _NOT_RUN)
    for output in answer["outputs"]
} | {
    kind.__name__: "This check ended in an error."
    for kind in vars(builtins).values()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}


def _outputs(answer: object) -> list[NotebookNode]:
    """Return outputs with only the fields that the notebook format has, whoever sent them."""
    items = answer.get("outputs") if isinstance(answer, dict) else None
    made = [_output(item) for item in items] if isinstance(items, list) else []
    return [output for output in made if output]


def _output(item: object) -> NotebookNode | None:
    """Return an output; its content stays as parsed JSON, which takes a quarter of the memory."""
    if not isinstance(item, dict):
        return None
    made: dict = {"output_type": item.get("output_type")}
    match item.get("output_type"):
        case "stream":
            made["name"] = "stderr" if item.get("name") == "stderr" else "stdout"
            made["text"] = str(item.get("text", ""))
        case "error":
            lines = item.get("traceback")
            made["traceback"] = [str(line) for line in lines] if isinstance(lines, list) else []
            made |= {key: str(item.get(key)) for key in ("ename", "evalue")}
        case "display_data" | "execute_result" as kind:
            made |= {
                key: item[key] if isinstance(item.get(key), dict) else {} for key in ("data", "metadata")
            }
            if kind == "execute_result":
                count = item.get("execution_count")
                made["execution_count"] = count if isinstance(count, int) else None
        case _:
            return None
    return NotebookNode(made)
