"""A notebook run cell by cell: the student's cells in one process, the checks in another."""

import socket
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from threading import Lock

from nbformat import NotebookNode

from helpers.grading import sandbox
from helpers.grading.budgets import Budget, sentence
from helpers.grading.channel import Channel, ChannelError, OverBudget
from helpers.grading.plan import Cell
from helpers.grading.waiting import BEGIN, END, ORDER, WHY

# What a cell may take longer than it is allowed before its process is ended.
_GRACE = 5
_START_SECONDS = 180
# So often may a notebook end its own process before the rest of it is not run.
_MOST_LIVES = 3


class RoomLost(Exception):
    """The process that waits has ended."""


class WaitingRoom:
    """A process that waits with everything loaded, and the forks that it makes of itself.

    Parameters
    ----------
    room
        ``student`` or ``judge``.
    rehearsed
        Code of the course that is run once before any submission, so that what it needs is loaded.
    given
        Code of the course whose names are there for every submission.
    shut_in
        Whether to run it in the sandbox.

    Raises
    ------
    SandboxError
        At the first submission, when the process cannot be started.
    """

    def __init__(self, room: str, *, rehearsed: list[str], given: list[str], shut_in: bool):
        self._end, theirs = socket.socketpair()
        number = theirs.fileno()
        before = sandbox.command() if shut_in else []
        self._process = subprocess.Popen(
            [*before, sys.executable, "-m", "helpers.grading.waiting", str(number)],
            pass_fds=[number],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # bubblewrap makes a terminal here a console in the sandbox
        )
        theirs.close()
        self._room, self.given = room, given
        self._answers: list[dict] | None = None
        self._lock = Lock()  # threads share a room
        self._control = Channel(self._end)
        self._control.send({"room": room, "rehearsed": rehearsed, "given": given, "shut_in": shut_in})

    @contextmanager
    def enter(self, budget: Budget, files: dict[str, str] | None = None) -> Iterator[Channel]:
        """Yield a channel to a new fork; then end it.

        Parameters
        ----------
        budget
            What is left to the submission.
        files
            What is in its folder: hexadecimal content by name.

        Raises
        ------
        OverBudget
            When nothing is left.
        """
        self.answers()
        if budget.spent:
            raise OverBudget(budget.spent)
        ours, theirs = socket.socketpair()
        with theirs:
            _, fork = self._order(BEGIN, 0, [theirs.fileno()])
        channel = Channel(ours)
        channel.limit(budget, lambda: sentence(self._order(WHY, fork)[0]))
        try:
            channel.send(files or {})
            yield channel
        finally:
            channel.close()
            self._order(END, fork)

    def _order(self, what: bytes, fork: int, descriptors: Sequence[int] = ()) -> tuple[bytes, int]:
        """Send an order and return its answer.  The end of a fork need not be waited for."""
        with self._lock:
            try:
                socket.send_fds(self._end, [ORDER.pack(what, fork)], descriptors)
                if what == END:
                    return what, fork
                self._end.settimeout(_START_SECONDS)
                return ORDER.unpack(self._end.recv(ORDER.size))
            except (OSError, struct.error) as error:
                raise RoomLost from error

    def answers(self) -> list[dict]:
        """Return the outputs of the given cells, after waiting until everything is loaded."""
        with self._lock:
            if self._answers is None:
                try:
                    self._answers = self._control.receive(timeout=_START_SECONDS)
                except ChannelError as error:
                    self.close()
                    raise sandbox.SandboxError(
                        f"The process for the {self._room} cannot be started: {error}"
                    ) from error
            return self._answers

    def close(self) -> None:
        """End the process and all its forks."""
        self._end.close()
        self._process.kill()
        self._process.wait()


class Student:
    """The cells of one student, in a process that is begun again without the cell that ended it."""

    def __init__(self, room: WaitingRoom, files: dict[str, str], timeout: float):
        self._room, self._files, self._timeout = room, files, timeout
        self._visit: ExitStack | None = None
        self.budget = Budget(timeout)

    def take(self, steps: list[dict]) -> list:
        """Return the answer to each step: the outputs of a cell, or the values of names.

        All steps are sent at once, so that the process need not wait for this one between them.  The given
        cells have run already; a notebook that does not begin with them begins without their names.
        """
        known = self._room.answers()
        if [step.get("source") for step in steps[: len(known)]] == self._room.given:
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
                self._channel.send([steps[i] for i in todo])
                for i in todo:
                    answer = self._channel.receive(timeout=self._timeout + _GRACE)
                    answers[i] = answers[i] or answer
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
        lost = {"error": ["TimeoutError", "The function did not end in time."]}
        if not self._visit:
            return lost
        try:
            self._channel.send([{"do": "call", **asked}])
            reply = self._channel.receive(timeout=self._timeout)
        except ChannelError:
            self.leave()
            return lost
        return reply if isinstance(reply, dict) else lost

    def leave(self) -> None:
        """End the process."""
        if self._visit:
            self._visit.close()
        self._visit = None

    def _begin(self) -> None:
        self.leave()
        self._visit = ExitStack()
        self._channel = self._visit.enter_context(self._room.enter(self.budget, self._files))


def judge_all(room: WaitingRoom, checks: list[dict], student: Student, timeout: float) -> list[dict]:
    """Return the outputs of each check.

    Only the judge's own word that a check ran to its end counts as such.  One that ends or blocks the judge
    is passed over by the next one.
    """
    answers: list[dict] = []
    while len(answers) < len(checks):
        try:
            with room.enter(student.budget) as channel:
                channel.send(checks[len(answers) :])
                while len(answers) < len(checks):
                    message = channel.receive(timeout=timeout + _GRACE)
                    if "call" in message:
                        channel.send(student.call(message["call"]))
                    else:
                        answers.append(message["answer"])
        except OverBudget as error:
            answers.append(lost(error))
        except ChannelError:
            answers.append(_CHECK_NOT_RUN)
    return answers


def execute(
    notebook: NotebookNode,
    cells: dict[str, Cell],
    *,
    student: WaitingRoom,
    judge: WaitingRoom,
    files: dict[str, str],
    timeout: float,
) -> None:
    """Run a sanitized notebook; write the outputs into it.

    First the student's cells run in their order, and where a check stands, the values of the names that it
    reads are told.  Then the checks run with these values; a function is called in the student's process.

    Parameters
    ----------
    notebook
        As :func:`helpers.grading.sanitize.sanitize` leaves it.
    cells
        The cells of the course by name.
    student, judge
        Where the student's cells and the checks run.
    files
        What lies beside the notebook: hexadecimal content by name.
    timeout
        Seconds for each cell.
    """
    run = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    planned = [cells.get(cell.metadata.get("nbgrader", {}).get("grade_id")) for cell in run]
    is_check = [bool(one and one.is_check) for one in planned]
    steps = [
        {"do": "tell", "names": one.names}
        if check
        else {"do": "run", "source": cell.source, "number": number, "timeout": timeout}
        for number, (cell, one, check) in enumerate(zip(run, planned, is_check, strict=True), 1)
    ]
    guest = Student(student, files, timeout)
    try:
        answers = guest.take(steps)
        checks = [
            {
                "source": cell.source,
                "number": number,
                "timeout": timeout,
                "told": told if _is_told(told) else {},
            }
            for number, (cell, told, check) in enumerate(zip(run, answers, is_check, strict=True), 1)
            if check
        ]
        judged = iter(judge_all(judge, checks, guest, timeout))
    finally:
        guest.leave()
    for number, (cell, answer, check) in enumerate(zip(run, answers, is_check, strict=True), 1):
        answer = next(judged) if check else answer
        cell.outputs, cell.execution_count = _outputs(answer), number
        if check and not answer["ok"] and not _has_error(cell):
            cell.outputs = _outputs(_CHECK_NOT_RUN)


def _is_told(told: object) -> bool:
    return isinstance(told, dict) and "outputs" not in told


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
