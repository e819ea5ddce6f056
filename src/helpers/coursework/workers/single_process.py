"""The process or container of one worker, seen from the program that marks."""

import os
import socket
import subprocess
import tempfile
import threading
from contextlib import suppress
from uuid import uuid4

from helpers.coursework.isolation import Isolation, bytecode
from helpers.coursework.isolation.budgets import message_for
from helpers.coursework.workers.transport import Channel, ChannelError

_PART = 1 << 16
_END_SECONDS = 10


class SingleWorker:
    """A process that serves one submission over its standard input and output.

    Parameters
    ----------
    isolation
        How it is isolated.
    asked
        Its role, and the cells of the course that it runs first.
    """

    def __init__(self, isolation: Isolation, asked: dict):
        self.name = f"coursework-{os.getpid()}-{uuid4().hex[:12]}"
        command = isolation.backend.command(self.name, isolation.image)
        program = ["-m", "helpers.coursework.workers.single", str(int(not isolation.is_none))]
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (it is read when the process has ended)
        self._process = subprocess.Popen(
            [*command, *program],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said, bufsize=0,
            env=os.environ | bytecode.environment() if isolation.is_none else None,
        )  # fmt: skip
        self._first: list | None = None
        self.channel = Channel(_connect(self._process))
        with suppress(ChannelError):  # it has ended already, which the first answer reports
            self.channel.send(asked)

    def first_answer(self, seconds: float) -> list:
        """Return the outputs of the given cells, and the modules that had to be compiled.

        Raises
        ------
        ChannelError
            When the process could not be started; its message is the last line that it wrote.
        """
        if self._first is None:
            try:
                self._first = self.channel.receive(timeout=seconds)
            except ChannelError as error:
                self._process.kill()
                self.wait()
                self._said.seek(0)
                lines = self._said.read().decode(errors="replace").strip().splitlines()
                self.end()
                raise ChannelError(lines[-1] if lines else str(error)) from error
        return self._first

    @property
    def is_running(self) -> bool:
        """Say whether the process has not ended."""
        return self._process.poll() is None

    def why_ended(self) -> str:
        """Return the sentence on the budget for which the watchdog ended it, or an empty string."""
        self.wait()
        status = self._process.returncode or 0
        return message_for(bytes([status])) if 0 < status < 256 else ""

    def end(self) -> None:
        """Close the connection, which ends the process, and end the program that started it."""
        self.channel.close()
        self._process.kill()
        self._said.close()

    def wait(self) -> bool:
        """Wait for the end of the process; say whether it has ended."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        return not self.is_running


def _connect(process: subprocess.Popen) -> socket.socket:
    """Return a socket that is connected with the standard input and output of a process.

    Threads pass on what arrives: waiting with a time limit works for sockets on every system, and for pipes
    only where there is `select`.
    """
    ours, theirs = socket.socketpair()

    def send() -> None:
        with suppress(OSError, ValueError), process.stdin as pipe:
            while part := theirs.recv(_PART):
                rest = memoryview(part)
                while rest:
                    rest = rest[pipe.write(rest) :]

    def receive() -> None:
        with suppress(OSError, ValueError), process.stdout as pipe:
            while part := pipe.read(_PART):
                theirs.sendall(part)
        with suppress(OSError):
            theirs.shutdown(socket.SHUT_WR)
        sender.join()
        theirs.close()

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    threading.Thread(target=receive, daemon=True).start()
    return ours
