"""Start and stop the processes that run submissions, and lease workers from them.

Nothing here loads nbgrader or pandas, so processes can be started before the course is read.  On two cores
they load IPython and pandas in the meantime.
"""

import atexit
import os
import socket
import struct
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from helpers.coursework.boundary import UNSAFE_HINT, SandboxError
from helpers.coursework.isolation import Isolation, bytecode
from helpers.coursework.isolation.budgets import Budget, message_for
from helpers.coursework.workers.single_process import SingleWorker
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


class ForkServerLost(Exception):
    """The process from which workers come has ended."""


def open_server(role: str, *, warm_up: list[str], given: list[str], isolation: Isolation) -> "Server":
    """Return what workers of one role are leased from.

    Parameters
    ----------
    role
        ``student`` or ``judge``: what its workers run.
    warm_up
        Code of the course that runs once before any submission, so that everything it needs is loaded.
    given
        Code of the course whose names are defined in every worker.
    isolation
        How its workers are isolated.

    Raises
    ------
    SandboxError
        At the first submission, if the processes cannot be started.
    """
    if isolation.backend.does_fork:
        return ForkServer(role, warm_up=warm_up, given=given, isolation=isolation)
    return SingleWorkers(role, warm_up=warm_up, given=given, isolation=isolation)


class Server:
    """Leases a worker for each submission."""

    def __init__(self, role: str, given: list[str], isolation: Isolation):
        self.given = given
        self.compiled: list[str] = []
        self._role, self._isolation = role, isolation
        self._given_outputs: list[dict] | None = None
        self._lock = Lock()  # threads share it

    @contextmanager
    def lease_worker(self, budget: Budget, files: dict[str, str] | None = None) -> Iterator[Channel]:
        """Yield a channel to a new worker; end the worker afterwards.

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
        raise NotImplementedError

    def given_outputs(self) -> list[dict]:
        """Return the outputs of the given cells, after everything is loaded."""
        with self._lock:
            if self._given_outputs is None:
                try:
                    self._given_outputs, self.compiled = self._first_answer()
                except ChannelError as error:
                    self.close()
                    hint = "" if self._isolation.is_none else UNSAFE_HINT
                    raise SandboxError(
                        f"The process for the {self._role} cannot be started: {error}{hint}"
                    ) from error
            return self._given_outputs

    def _first_answer(self) -> list:
        """Return the outputs of the given cells, and the modules that had to be compiled."""
        raise NotImplementedError

    def close(self) -> None:
        """End all workers."""
        raise NotImplementedError


class _Base:
    """The base process of this program, which has loaded what every notebook needs."""

    def __init__(self, isolation: Isolation):
        self.isolation, self.pid = isolation, os.getpid()
        self._end, theirs = socket.socketpair()
        program = ["-m", "helpers.coursework.workers.fork_server", str(theirs.fileno())]
        with theirs:
            self.process = subprocess.Popen(
                [*isolation.backend.command("", ""), *program, str(int(not isolation.is_none))],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # bubblewrap would make a terminal here a console in the sandbox
                env=os.environ | bytecode.environment() if isolation.is_none else None,
            )

    def fork(self) -> socket.socket:
        """Return our end of the socket of a new fork server."""
        ours, theirs = socket.socketpair()
        with theirs, suppress(OSError):  # it has ended, which the first answer reports
            socket.send_fds(self._end, [REQUEST.pack(FORK, 0)], [theirs.fileno()])
        return ours

    def is_usable(self, isolation: Isolation) -> bool:
        """Say whether it still runs, in this process and isolated in this way."""
        is_ours = self.isolation == isolation and self.pid == os.getpid()
        return is_ours and self.process.poll() is None

    def close(self) -> None:
        """End the base process and all fork servers."""
        if self.pid == os.getpid():
            self.process.kill()
            self.process.wait()
        self._end.close()


_bases: list[_Base] = []
_starting = Lock()


def _base(isolation: Isolation) -> _Base:
    """Return a base process, which is started when it is needed first."""
    with _starting:
        for base in [base for base in _bases if not base.is_usable(base.isolation)]:
            _bases.remove(base)
            base.close()
        known = [base for base in _bases if base.isolation == isolation]
        if not known:
            known = [_Base(isolation)]
            _bases.extend(known)
        return known[0]


def start_early(course: Path, assignment: str, *, isolation: Isolation | None, force: bool) -> None:
    """Start the base process and test the sandbox, if there seems to be work for them.

    This is a guess from the configuration and the names and times of files in nbgrader's default folders.  If
    it is wrong, the process is started later, or ended unused.

    Parameters
    ----------
    isolation
        How submissions are isolated; None if the course's configuration says so.
    """
    if isolation is None:
        with suppress(OSError):
            if b"Coursework.isolation" in (course / "nbgrader_config.py").read_bytes():
                return
        isolation = Isolation()
    if isolation.backend.does_fork and (force or _seems_new(course, assignment)):
        with suppress(OSError):  # the error is reported when the process is needed
            if isolation.backend.prepare():
                _base(isolation)


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
def end_bases() -> None:
    """End the base processes, and so all fork servers."""
    while _bases:
        _bases.pop().close()


class ForkServer(Server):
    """A fork server: a preloaded interpreter that forks a worker for each submission."""

    def __init__(self, role: str, *, warm_up: list[str], given: list[str], isolation: Isolation):
        super().__init__(role, given, isolation)
        self._end = _base(isolation).fork()
        self._control = Channel(self._end)
        with suppress(ChannelError):  # it has ended already, which `given_outputs` reports
            self._control.send({"role": role, "warm_up": warm_up, "given": given})

    def _first_answer(self) -> list:
        return self._control.receive(timeout=_START_SECONDS)

    @contextmanager
    def lease_worker(self, budget: Budget, files: dict[str, str] | None = None) -> Iterator[Channel]:
        """Fork a worker and yield a channel to it; kill it at the end."""
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

    def close(self) -> None:
        """End the fork server and all its workers."""
        self._end.close()


class SingleWorkers(Server):
    """Starts a process or container for each submission; one is always ready."""

    def __init__(self, role: str, *, warm_up: list[str], given: list[str], isolation: Isolation):
        super().__init__(role, given, isolation)
        self._asked = {"role": role, "warm_up": warm_up, "given": given}
        self._started: list[SingleWorker] = []
        self._ready: list[SingleWorker] = []
        self._start()

    def _start(self) -> None:
        worker = SingleWorker(self._isolation, self._asked)
        self._started = [one for one in self._started if one.is_running] + [worker]
        self._ready.append(worker)

    def _first_answer(self) -> list:
        return self._ready[0].first_answer(_START_SECONDS)

    @contextmanager
    def lease_worker(self, budget: Budget, files: dict[str, str] | None = None) -> Iterator[Channel]:
        """Yield a channel to a separate process or container; end it afterwards."""
        self.given_outputs()
        with self._lock:
            self._start()
            worker = self._ready.pop(0)
        try:
            try:
                worker.first_answer(_START_SECONDS)
            except ChannelError as error:
                raise ForkServerLost from error
            if budget.exceeded:  # not before: the clock starts when it is asked first
                raise BudgetExceeded(budget.exceeded)
            worker.channel.limit(budget, worker.why_ended)
            worker.channel.send(files or {})
            yield worker.channel
        finally:
            worker.end()

    def close(self) -> None:
        """End all workers."""
        for worker in self._started:
            worker.end()
        running = [worker.name for worker in self._started if not worker.wait()]
        self._isolation.backend.remove(running)
        self._started, self._ready = [], []
