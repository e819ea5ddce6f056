"""A notebook run cell by cell: the student's cells in one process, the checks in another."""

import builtins
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from typing import Any

from nbformat import NotebookNode

from helpers.grading.budgets import Budget
from helpers.grading.channel import Channel, ChannelError, OverBudget
from helpers.grading.plan import Cell
from helpers.grading.processes import WaitingRoom

# What a cell may take longer than it is allowed before its process is ended.
_GRACE = 5
# So often may a notebook end its own process before the rest of it is not run.
_MOST_LIVES = 3


class Student:
    """The cells of one student, in a process that is begun again without the cell that ended it."""

    def __init__(self, room: WaitingRoom, files: dict[str, str], timeout: float):
        self._room, self._files, self._timeout = room, files, timeout
        self._visit: ExitStack | None = None
        self.budget = Budget(timeout)
        self._numbers = count(1)

    def take(self, steps: list[dict]) -> list:
        """Return the answer to each step: the outputs of a cell, or the values of names.

        All steps are sent at once, so that the process need not wait for this one between them.  The given
        cells have run already; a notebook that does not begin with them begins without their names, and one
        with files beside it begins anew, since the given cells may read these.
        """
        known = self._room.answers()
        if not _has_data(self._files) and [s.get("source") for s in steps[: len(known)]] == self._room.given:
            return [*known, *self._take(steps[len(known) :])]
        return self._take([{"do": "forget"}, *steps])[1:]

    def _take(self, steps: list[dict]) -> list:
        answers: list = [None] * len(steps)
        ended: set[int] = set()
        left = _NOT_RUN
        while len(ended) < _MOST_LIVES:
            todo = [i for i in range(len(steps)) if i not in ended]
            i = todo[0] if todo else 0
            try:
                self._begin()
                numbers = [next(self._numbers) for _ in todo]
                self._channel.send(list(zip(numbers, (steps[i] for i in todo), strict=True)))
                for i, number in zip(todo, numbers, strict=True):
                    answer = self._reply(number, self._timeout + _GRACE)
                    # What a cell showed first counts; but functions are those of the process that lives.
                    answers[i] = answer if steps[i]["do"] == "tell" else answers[i] or answer
                return answers
            except ChannelError as error:
                ended.add(i)
                answers[i] = lost(error)
                if self.budget.spent:
                    left = lost(error)
                    break
        self.leave()
        return [
            answer or (left if step["do"] == "run" else {})
            for step, answer in zip(steps, answers, strict=True)
        ]

    def call(self, asked: dict) -> dict:
        """Return what a function returns, or the error that it raises."""
        lost = {"error": ["TimeoutError", {"t": "list", "v": ["The function did not end in time."]}]}
        if not self._visit:
            return lost
        try:
            number, seconds = next(self._numbers), min(asked["seconds"], self._timeout)
            self._channel.send([(number, {"do": "call", **asked})])
            reply = self._reply(number, seconds + _GRACE)
        except ChannelError:
            self.leave()
            return lost
        return reply if isinstance(reply, dict) else lost

    def _reply(self, number: int, seconds: float) -> Any:
        """Return the reply with a number; drop all others, which are late, repeated or not asked for."""
        until = time.monotonic() + seconds
        while True:
            message = self._channel.receive(timeout=max(until - time.monotonic(), 0))
            if isinstance(message, dict) and message.get("number") == number:
                return message.get("answer")

    def leave(self) -> None:
        """End the process."""
        if self._visit:
            self._visit.close()
        self._visit = None

    def _begin(self) -> None:
        self.leave()
        self._visit = ExitStack()
        self._channel = self._visit.enter_context(self._room.enter(self.budget, self._files))


def judge_all(
    room: WaitingRoom, checks: list[dict], student: Student, timeout: float, files: dict[str, str]
) -> list[dict]:
    """Return the outputs of each check.

    Only the judge's own word that a check ran to its end counts as such.  One that ends or blocks the judge
    is passed over by the next one.  Where the course has files, its given cells run anew beside them.
    """
    room.answers()
    sources = room.given if _has_data(files) else []
    anew = [_check(source, number, timeout) for number, source in enumerate(sources, 1)]
    first = [{"forget": True}, *anew] if anew else []
    answers: list[dict] = []
    while len(answers) < len(checks):
        try:
            with room.enter(student.budget, files) as channel:
                channel.send([*first, *checks[len(answers) :]])
                for _ in first:
                    _judged(channel, student, timeout)
                while len(answers) < len(checks):
                    answers.append(_judged(channel, student, timeout))
        except OverBudget as error:
            answers.append(lost(error))
        except ChannelError:
            answers.append(_CHECK_NOT_RUN)
    return answers


def _judged(channel: Channel, student: Student, timeout: float) -> dict:
    """Return the outputs of one check, after making the calls that it asks for."""
    until = time.monotonic() + timeout + _GRACE
    while True:
        message = channel.receive(timeout=max(until - time.monotonic(), 0))
        if "call" not in message:
            return message["answer"]
        channel.send({"number": message["call"]["number"], "reply": student.call(message["call"])})


def _check(
    source: str, number: int, timeout: float, told: dict | None = None, answers: Sequence[str] = ()
) -> dict:
    return {
        "source": source, "number": number, "timeout": timeout, "told": told or {}, "answers": list(answers)
    }  # fmt: skip


def _has_data(files: dict[str, str]) -> bool:
    return any(not name.endswith(".ipynb") and name != "timestamp.txt" for name in files)


@dataclass(frozen=True)
class Asked:
    """What is asked of a notebook.

    Attributes
    ----------
    cells
        The cells of the course by name.
    names
        For each check, the names that it is given from the student's process.
    answers
        The names that the course's own answers make: these are the student's.
    in_student_process
        The checks that are judged in the student's process.
    """

    cells: dict[str, Cell]
    names: dict[str, list[str]]
    answers: frozenset[str] = frozenset()
    in_student_process: frozenset[str] = frozenset()


def execute(
    notebook: NotebookNode,
    asked: Asked,
    *,
    student: WaitingRoom,
    judge: WaitingRoom,
    files: dict[str, str],
    course_files: dict[str, str],
    timeout: float,
) -> dict[str, dict[str, str]]:
    """Run a sanitized notebook; write the outputs into it.

    First the student's cells run in their order, and where a check is, the values of the names that it reads
    are told.  Then the checks run with these values; a function is called in the student's process.  The
    checks that the instructor has judged in the student's process run in a second one: see
    :func:`run_in_student_process`.

    Parameters
    ----------
    notebook
        As :func:`helpers.grading.sanitize.sanitize` leaves it.
    asked
        What the course asks.
    student, judge
        Where the student's cells and the checks run.
    files
        What lies beside the notebook: hexadecimal content by name.
    course_files
        Those of them that are the course's: only these are beside the checks.
    timeout
        Seconds for each cell.

    Returns
    -------
    dict
        For each check, the names that it reads and whose values are not plain data, with what they are.
    """
    run = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    planned = [asked.cells.get(cell.metadata.get("nbgrader", {}).get("grade_id")) for cell in run]
    checks = {i: one.name for i, one in enumerate(planned) if one and one.is_check}
    apart = {i for i, name in checks.items() if name not in asked.in_student_process}
    guest = Student(student, files, timeout)
    try:
        answers = guest.take(
            [
                {"do": "tell", "names": asked.names[checks[i]]} if i in checks else _run(cell, i, timeout)
                for i, cell in enumerate(run)
            ]
        )
        given = {i: _told(answers[i], asked.names[checks[i]]) for i in sorted(apart)}
        todo = [_check(run[i].source, i + 1, timeout, told, asked.answers) for i, told in given.items()]
        judged = dict(zip(given, judge_all(judge, todo, guest, timeout, course_files), strict=True))
    finally:
        guest.leave()
    if len(apart) < len(checks):
        steps = {i: _run(cell, i, timeout) for i, cell in enumerate(run) if i not in apart}
        judged |= run_in_student_process(student, steps, checks.keys() - apart, files, timeout)
    for i, cell in enumerate(run):
        answer = judged[i] if i in checks else answers[i]
        cell.outputs, cell.execution_count = _outputs(answer), i + 1
        if i in checks and not (isinstance(answer, dict) and answer["ok"]) and not _has_error(cell):
            cell.outputs = _outputs(_CHECK_NOT_RUN)
    return {checks[i]: answer.get("foreign", {}) for i, answer in judged.items()}


def run_in_student_process(
    room: WaitingRoom, steps: dict[int, dict], checks: Iterable[int], files: dict[str, str], timeout: float
) -> dict[int, dict]:
    """Return the outcomes of checks that run among the student's cells, as nbgrader runs them.

    The whole notebook runs once more, in a fresh process, and only whether these checks passed, and with how
    many points, is taken from it.  So no hidden test is in the process whose outputs the student gets back.
    A check has passed when the process says that it ran to its end; one that ends the process has not.

    It withstands exits, cells without outputs, tags that skip cells, and more points than there are.  It
    cannot withstand code that is written to cheat: as with `nbgrader autograde`, the student's code can
    read these hidden tests while it runs, replace what they call, make objects that equal everything, or
    say that a check has passed.  What it has read it can tell only by the points that it gets.

    Parameters
    ----------
    room
        Where the student's cells run.
    steps
        What runs, by place in the notebook: the student's cells, the given ones and these checks.
    checks
        The places of the checks.
    files
        What lies beside the notebook: hexadecimal content by name.
    timeout
        Seconds for each cell.
    """
    guest = Student(room, files, timeout)
    try:
        answers = dict(zip(steps, guest.take(list(steps.values())), strict=True))
    finally:
        guest.leave()
    return {i: _outcome(answers[i]) for i in checks}


def _outcome(answer: object) -> dict:
    """Return of a check's outputs what gives or takes points, and no text that code could have put there."""
    outputs = _outputs(answer)
    kinds = [output.output_type for output in outputs]
    if not isinstance(answer, dict) or answer.get("ok") is not True or "error" in kinds:
        names = [output.ename for output in outputs if output.output_type == "error"]
        known = names[-1] if names and names[-1] in _SAID else "Error"
        return _error(known, _SAID.get(known, "This check ended in an error."))
    if any(output.output_type == "stream" and output.name == "stderr" for output in outputs):
        return _error(
            "Warning", "This check wrote an error or a warning, for which nbgrader gives no points."
        )
    results = [output.data.get("text/plain") for output in outputs if output.output_type == "execute_result"]
    shown = {"output_type": "execute_result", "metadata": {}, "execution_count": None}
    return {"ok": True, "outputs": [shown | {"data": {"text/plain": _points(text)}} for text in results[:1]]}


def _points(text: object) -> str:
    """Return a number of points as nbgrader reads it; for anything else it gives full points."""
    try:
        return repr(float(str(text)))
    except ValueError:
        return "done"


def _run(cell: NotebookNode, i: int, timeout: float) -> dict:
    return {"do": "run", "source": cell.source, "number": i + 1, "timeout": timeout}


def _told(told: object, names: list[str]) -> dict:
    """Return the values that a check has asked for, and no other."""
    if not isinstance(told, dict) or "outputs" in told:
        return {}
    return {name: told[name] for name in names if name in told}


def _has_error(cell: NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.outputs)


def _error(name: str, text: str) -> dict:
    traceback = [f"\x1b[0;31m{name}\x1b[0m: {text}"]
    return {
        "outputs": [{"output_type": "error", "ename": name, "evalue": text, "traceback": traceback}],
        "ok": False,
    }


def lost(error: ChannelError) -> dict:
    """Return what a cell shows whose process did not answer."""
    if isinstance(error, OverBudget):
        return _error("OverBudget", str(error))
    return _SILENT if "silent" in str(error) else _ENDED


_CHECK_NOT_RUN = _error("CheckNotRun", "This check could not be run to its end.")
_ENDED = _error("ProgramEnded", "This cell ended the program that ran it.")
_SILENT = _error("CellTimeoutError", "No reply from kernel before timeout")
_NOT_RUN = _error("NotRun", "This cell was not run: cells before it ended the program again and again.")
# What is said of errors of a check in the student's process: their own words may tell a hidden test.
_SAID = {
    output["ename"]: output["evalue"]
    for answer in (_CHECK_NOT_RUN, _ENDED, _SILENT, _NOT_RUN)
    for output in answer["outputs"]
} | {
    kind.__name__: "This check ended in an error."
    for kind in vars(builtins).values()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}


def _outputs(answer: object) -> list[NotebookNode]:
    """Return outputs that hold nothing but what the format knows, whoever sent them."""
    items = answer.get("outputs") if isinstance(answer, dict) else None
    made = [_output(item) for item in items] if isinstance(items, list) else []
    return [output for output in made if output]


def _output(item: object) -> NotebookNode | None:
    """Return an output; what is in it stays as JSON gave it, a quarter of what nbformat makes of it."""
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
