"""Messages between processes that do not trust each other: length-prefixed JSON over a socket or pipes."""

import json
import os
import select
import signal
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

from helpers.coursework.isolation.budgets import Budget

REQUEST = struct.Struct("!ci")
"""A request to a fork server, with the number of a worker: fork one, which answers with its number; kill one;
or ask which budget it has used up, which answers with the letter of the budget.

A base process, from which fork servers are forked, has only the first request, and does not answer."""
FORK, KILL, WHY = b"+", b"-", b"?"
_LENGTH = struct.Struct("!I")
_LONGEST = 64_000_000


class ChannelError(Exception):
    """The other process has ended, or sent something that is not a message."""


class ChannelTimeout(ChannelError):
    """The other process has sent nothing for too long."""


class BudgetExceeded(ChannelError):
    """A submission has used more than it may; the message names the limit."""


class Pipes:
    """Two pipes as one connection, used like a socket; sending waits as long as it takes."""

    def __init__(self, receiving: int, sending: int):
        self._receiving, self._sending = receiving, sending

    def fileno(self) -> int:
        """Return the descriptor from which is received."""
        return self._receiving

    def settimeout(self, seconds: float | None) -> None:
        """Do nothing: only a socket has a time limit."""

    def recv(self, size: int) -> bytes:
        """Return what has arrived, or wait; empty at the end."""
        return os.read(self._receiving, size)

    def sendall(self, data: bytes) -> None:
        """Send everything."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._sending, rest) :]

    def close(self) -> None:
        """Close both pipes."""
        os.close(self._receiving)
        os.close(self._sending)


class Channel:
    """One end of a connection between two processes."""

    def __init__(self, end: socket.socket | Pipes):
        self._end = end
        self._buffer = bytearray()  # what was received of the messages that follow this one
        self._budget: Budget | None = None
        self._why_killed: Callable[[], str] = str

    def limit(self, budget: Budget, why_killed: Callable[[], str]) -> None:
        """Count everything that arrives from now on.

        Parameters
        ----------
        budget
            What is left of the other process's time and of the data that it may send.
        why_killed
            Returns the sentence on the budget for which that process was killed, or an empty string.
        """
        self._budget, self._why_killed = budget, why_killed

    def send(self, message: Any, *, timeout: float = 60) -> None:
        """Send a message; raise `ChannelError` if the other process does not read it."""
        try:
            body = json.dumps(message).encode("ascii")
        except RecursionError as error:
            raise ChannelError("The message is nested too deeply.") from error
        if len(body) > _LONGEST:
            raise ChannelError("The message is too long.")
        left = self._budget.until - time.monotonic() if self._budget else timeout
        try:
            self._end.settimeout(min(timeout, max(left, 0.001)))
            self._end.sendall(_LENGTH.pack(len(body)) + body)
        except OSError as error:
            raise self._disconnected() from error

    def receive(self, *, timeout: float | None = None) -> Any:
        """Return the next message; raise `ChannelError` if none arrives in time or it cannot be read."""
        until = None if timeout is None else time.monotonic() + timeout
        if self._budget:
            until = min(until or self._budget.until, self._budget.until)
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size, until))
        if length > _LONGEST:
            raise ChannelError("The message is too long.")
        if self._budget:
            self._budget.charge_length(length)
            self._check_budget()
        body = self._read(length, until)
        if self._budget:
            self._budget.charge_body(body)
            self._check_budget()
        try:
            return json.loads(body.decode("ascii"))
        except (ValueError, RecursionError) as error:
            raise ChannelError("This is not a message.") from error

    def wait(self) -> None:
        """Wait until something arrives; unlike `receive`, this may be interrupted and called again.

        Where nothing interrupts, `receive` waits; on Windows, `select` accepts no pipes.
        """
        if not self._buffer and hasattr(signal, "setitimer"):
            select.select([self._end], [], [])

    def close(self) -> None:
        """Close the connection."""
        self._end.close()

    def _check_budget(self) -> None:
        if self._budget and (exceeded := self._budget.exceeded):
            raise BudgetExceeded(exceeded)

    def _disconnected(self) -> ChannelError:
        self._check_budget()
        why = self._why_killed()
        return BudgetExceeded(why) if why else ChannelError("The other process has ended.")

    def _read(self, size: int, until: float | None) -> bytearray:
        while len(self._buffer) < size:
            if until is None:
                self._end.settimeout(None)
            elif not select.select([self._end], [], [], max(until - time.monotonic(), 0))[0]:
                self._check_budget()
                raise ChannelTimeout("The other process does not answer.")
            try:
                part = self._end.recv(1 << 16)
            except OSError as error:
                raise self._disconnected() from error
            if not part:
                raise self._disconnected()
            self._buffer += part
        taken, self._buffer = self._buffer, self._buffer[size:]
        del taken[size:]
        return taken
