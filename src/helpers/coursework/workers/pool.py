"""Start and stop fork servers, and lease workers from them.

Nothing here loads nbgrader or pandas, so fork servers can be started before the course is read.  On two cores
they load IPython and pandas in the meantime.
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

from helpers.coursework.boundary import UNSAFE_HINT, SandboxError
from helpers.coursework.isolation import bubblewrap, bytecode
from helpers.coursework.isolation.budgets import Budget, message_for
from helpers.coursework.workers.transport import (
    FORK,
    KILL,
    REQUEST,
    WHY,
    BudgetExceeded,
    Channel,
    ChannelError,
)

_START_SECONDS = 180
_early: list[tuple[bool, subprocess.Popen, socket.socket]] = []


def why_unavailable(*, sandboxed: bool) -> str:
    """Return why submissions cannot be run on this machine, in one sentence, or an empty string."""
    if sandboxed:
        return bubblewrap.why_unavailable()
    if hasattr(os, "fork"):
        return ""
    return f"Submissions run in forked processes, which need Linux or macOS; this is {sys.platform}."


def start(*, sandboxed: bool) -> tuple[subprocess.Popen, socket.socket]:
    """Start a fork server, which loads what every submission needs; return it and our end of its socket."""
    ours, theirs = socket.socketpair()
    number = str(theirs.fileno())
    command = [sys.executable, "-m", "helpers.coursework.workers.fork_server", number, str(int(sandboxed))]
    with theirs:
        process = subprocess.Popen(
            [*(bubblewrap.command() if sandboxed else []), *command],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # bubblewrap would make a terminal here a console in the sandbox
            env=None if sandboxed else os.environ | bytecode.environment(),
        )
    return process, ours


def start_early(course: Path, assignment: str, *, sandboxed: bool, force: bool) -> None:
    """Start a notebook's two fork servers and test the sandbox, if there seems to be work for them.

    This is a guess from the names and times of files in nbgrader's default folders.  If it is wrong, the
    processes are started later, or ended unused.
    """
    if hasattr(os, "fork") and (force or _seems_new(course, assignment)):
        with suppress(OSError):  # the error is reported when the processes are needed
            if sandboxed:
                bubblewrap.start_probe()
            _early.extend((sandboxed, *start(sandboxed=sandboxed)) for _ in range(2))


def _seems_new(course: Path, assignment: str) -> bool:
    """Say whether a student's files are newer than their checkpoint, or have none."""
    checkpoints = course / ".coursework" / "recorded" / assignment
    with suppress(OSError):
        for folder in (course / "submitted").glob(f"*/{assignment}"):
            checkpoint = checkpoints / folder.parent.name
            newest = max((path.stat().st_mtime for path in folder.iterdir()), default=0)
            if not checkpoint.exists() or newest > checkpoint.stat().st_mtime:
                return True
    return False


@atexit.register
def end_early() -> None:
    """End the fork servers that were started early and are not needed."""
    while _early:
        _, process, end = _early.pop()
        _end(process, end)


def _end(process: subprocess.Popen, end: socket.socket) -> None:
    process.kill()
    process.wait()
    end.close()


class ForkServerLost(Exception):
    """The fork server has ended."""


class ForkServer:
    """A fork server: a preloaded interpreter that forks a worker for each submission.

    Parameters
    ----------
    role
        ``student`` or ``judge``: what its workers run.
    warm_up
        Code of the course that runs once before any submission, so that everything it needs is loaded.
    given
        Code of the course whose names are defined in every worker.
    sandboxed
        Whether it runs in the sandbox.

    Raises
    ------
    SandboxError
        At the first submission, if the process cannot be started.
    """

    def __init__(self, role: str, *, warm_up: list[str], given: list[str], sandboxed: bool):
        if _early and _early[-1][0] == sandboxed:
            _, self._process, self._end = _early.pop()
        else:
            self._process, self._end = start(sandboxed=sandboxed)
        self._role, self.given, self._sandboxed = role, given, sandboxed
        self._given_outputs: list[dict] | None = None
        self.compiled: list[str] = []
        self._lock = Lock()  # threads share a fork server
        self._control = Channel(self._end)
        with suppress(ChannelError):  # it has ended already, which `given_outputs` reports
            self._control.send({"role": role, "warm_up": warm_up, "given": given})

    @contextmanager
    def lease_worker(self, budget: Budget, files: dict[str, str] | None = None) -> Iterator[Channel]:
        """Fork a worker and yield a channel to it; kill it at the end.

        Parameters
        ----------
        budget
            What the submission may still use.
        files
            The files in its folder: hexadecimal content by name.

        Raises
        ------
        BudgetExceeded
            When the budget is used up.
        """
        self.given_outputs()
        if budget.exceeded:
            raise BudgetExceeded(budget.exceeded)
        ours, theirs = socket.socketpair()
        with theirs:
            _, worker = self._request(FORK, 0, [theirs.fileno()])
        channel = Channel(ours)
        channel.limit(budget, lambda: message_for(self._request(WHY, worker)[0]))
        try:
            channel.send(files or {})
            yield channel
        finally:
            channel.close()
            self._request(KILL, worker)

    def _request(self, what: bytes, worker: int, descriptors: Sequence[int] = ()) -> tuple[bytes, int]:
        """Send a request and return its answer; the end of a worker is not waited for."""
        with self._lock:
            try:
                socket.send_fds(self._end, [REQUEST.pack(what, worker)], descriptors)
                if what == KILL:
                    return what, worker
                self._end.settimeout(_START_SECONDS)
                return REQUEST.unpack(self._end.recv(REQUEST.size))
            except (OSError, struct.error) as error:
                raise ForkServerLost from error

    def given_outputs(self) -> list[dict]:
        """Return the outputs of the given cells, after everything is loaded."""
        with self._lock:
            if self._given_outputs is None:
                try:
                    self._given_outputs, self.compiled = self._control.receive(timeout=_START_SECONDS)
                except ChannelError as error:
                    self.close()
                    hint = UNSAFE_HINT if self._sandboxed else ""
                    raise SandboxError(
                        f"The fork server for the {self._role} cannot be started: {error}{hint}"
                    ) from error
            return self._given_outputs

    def close(self) -> None:
        """End the fork server and all its workers."""
        _end(self._process, self._end)
