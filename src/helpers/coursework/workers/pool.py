"""Start, prepare and end the processes that wait for submissions.

Nothing here loads nbgrader or pandas, so the processes can be started before the course is read.  On two
cores they load IPython and pandas in the meantime.
"""

import atexit
import os
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from helpers.coursework.isolation import bubblewrap, bytecode
from helpers.coursework.isolation.budgets import Budget, sentence
from helpers.coursework.workers.transport import BEGIN, END, ORDER, WHY, Channel, ChannelError, OverBudget

_START_SECONDS = 180
_early: list[tuple[bool, subprocess.Popen, socket.socket]] = []


def start(*, shut_in: bool) -> tuple[subprocess.Popen, socket.socket]:
    """Start a process that loads what every submission needs and then waits for instructions."""
    ours, theirs = socket.socketpair()
    number = theirs.fileno()
    before = bubblewrap.command() if shut_in else []
    with theirs:
        process = subprocess.Popen(
            [
                *before,
                sys.executable,
                "-m",
                "helpers.coursework.workers.fork_server",
                str(number),
                str(int(shut_in)),
            ],
            pass_fds=[number],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # bubblewrap would make a terminal here a console in the sandbox
            env=None if shut_in else os.environ | bytecode.environment(),
        )
    return process, ours


def start_early(course: Path, assignment: str, *, shut_in: bool, force: bool) -> None:
    """Start a notebook's two processes and test the sandbox, if there seems to be work for them.

    This is a guess from the names and times of files in nbgrader's default folders.  If it is wrong, the
    processes are started later, or ended unused.
    """
    if force or _seems_new(course, assignment):
        with suppress(OSError):  # the error is reported when the processes are needed
            if shut_in:
                bubblewrap.begin_trial()
            _early.extend((shut_in, *start(shut_in=shut_in)) for _ in range(2))


def _seems_new(course: Path, assignment: str) -> bool:
    """Say whether a student's files are newer than their record, or have no record."""
    noted = course / ".coursework" / "recorded" / assignment
    with suppress(OSError):
        for folder in (course / "submitted").glob(f"*/{assignment}"):
            record = noted / folder.parent.name
            newest = max((path.stat().st_mtime for path in folder.iterdir()), default=0)
            if not record.exists() or newest > record.stat().st_mtime:
                return True
    return False


@atexit.register
def end_early() -> None:
    """End processes that were started early and are not needed."""
    while _early:
        _, process, end = _early.pop()
        _end(process, end)


def _end(process: subprocess.Popen, end: socket.socket) -> None:
    process.kill()
    process.wait()
    end.close()


class RoomLost(Exception):
    """The waiting process has ended."""


class WaitingRoom:
    """A process that has loaded everything and waits, and the forks that it makes of itself.

    Parameters
    ----------
    room
        ``student`` or ``judge``.
    rehearsed
        Code of the course that runs once before any submission, so that everything it needs is loaded.
    given
        Code of the course whose names are defined for every submission.
    shut_in
        Whether to run it in the sandbox.

    Raises
    ------
    SandboxError
        At the first submission, if the process cannot be started.
    """

    def __init__(self, room: str, *, rehearsed: list[str], given: list[str], shut_in: bool):
        if _early and _early[-1][0] == shut_in:
            _, self._process, self._end = _early.pop()
        else:
            self._process, self._end = start(shut_in=shut_in)
        self._room, self.given = room, given
        self._answers: list[dict] | None = None
        self.compiled: list[str] = []
        self._lock = Lock()  # threads share a WaitingRoom
        self._control = Channel(self._end)
        with suppress(ChannelError):  # it has ended already, which `answers` reports
            self._control.send({"room": room, "rehearsed": rehearsed, "given": given})

    @contextmanager
    def enter(self, budget: Budget, files: dict[str, str] | None = None) -> Iterator[Channel]:
        """Yield a channel to a new fork, then end the fork.

        Parameters
        ----------
        budget
            What the submission may still use.
        files
            The files in its folder: hexadecimal content by name.

        Raises
        ------
        OverBudget
            When the budget is used up.
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
        """Send an order and return its answer; the end of a fork is not waited for."""
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
        """Return the outputs of the given cells, after everything is loaded."""
        with self._lock:
            if self._answers is None:
                try:
                    self._answers, self.compiled = self._control.receive(timeout=_START_SECONDS)
                except ChannelError as error:
                    self.close()
                    raise bubblewrap.SandboxError(
                        f"The process for the {self._room} cannot be started: {error}"
                    ) from error
            return self._answers

    def close(self) -> None:
        """End the process and all its forks."""
        _end(self._process, self._end)
