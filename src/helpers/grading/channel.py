"""Messages between processes that do not trust each other: JSON with its length before it, over a socket."""

import json
import select
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

from helpers.grading.budgets import Budget

ORDER = struct.Struct("!ci")
"""What a process that waits is told: an order and the number of a fork.  To begin one, whose number comes
back; to end one; or to tell which budget it has spent, whose letter comes back."""
BEGIN, END, WHY = b"+", b"-", b"?"
_LENGTH = struct.Struct("!I")
_LONGEST = 64_000_000


class ChannelError(Exception):
    """The other side is gone, is silent for too long, or sends what is no message."""


class OverBudget(ChannelError):
    """A submission has used more than it may; the message says of what."""


class Channel:
    """One end of a conversation.

    Parameters
    ----------
    end
        A connected socket.
    """

    def __init__(self, end: socket.socket):
        self._end = end
        self._read = bytearray()  # what has come of the messages after this one
        self._budget: Budget | None = None
        self._why_gone: Callable[[], str] = str

    def limit(self, budget: Budget, why_gone: Callable[[], str]) -> None:
        """Count from now on what comes.

        Parameters
        ----------
        budget
            What is left of what the other side may send, and of its time.
        why_gone
            Gives the sentence on the budget for which the other side was ended, or an empty string.
        """
        self._budget, self._why_gone = budget, why_gone

    def send(self, message: Any, *, timeout: float = 60) -> None:
        """Send a message; `ChannelError` when the other side does not take it."""
        try:
            body = json.dumps(message).encode("ascii")
        except RecursionError as error:
            raise ChannelError("The message is nested too deeply.") from error
        if len(body) > _LONGEST:
            raise ChannelError("The message is too long.")
        try:
            self._end.settimeout(min(timeout, max(self._left(timeout), 0.001)))
            self._end.sendall(_LENGTH.pack(len(body)) + body)
        except OSError as error:
            raise self._gone() from error

    def receive(self, *, timeout: float | None = None) -> Any:
        """Return the next message; `ChannelError` when none comes in time, or none that can be read."""
        until = None if timeout is None else time.monotonic() + timeout
        if self._budget:
            until = min(until or self._budget.until, self._budget.until)
        (length,) = _LENGTH.unpack(self._take(_LENGTH.size, until))
        if length > _LONGEST:
            raise ChannelError("The message is too long.")
        if self._budget:
            self._budget.take_length(length)
            self._check()
        body = self._take(length, until)
        if self._budget:
            self._budget.take(body)
            self._check()
        try:
            return json.loads(body.decode("ascii"))
        except (ValueError, RecursionError) as error:
            raise ChannelError("This is no message.") from error

    def wait(self) -> None:
        """Wait until something has come; unlike `receive`, it may be interrupted and called again."""
        if not self._read:
            select.select([self._end], [], [])

    def close(self) -> None:
        """End the conversation."""
        self._end.close()

    def _left(self, timeout: float) -> float:
        return self._budget.until - time.monotonic() if self._budget else timeout

    def _check(self) -> None:
        if self._budget and (spent := self._budget.spent):
            raise OverBudget(spent)

    def _gone(self) -> ChannelError:
        self._check()
        why = self._why_gone()
        return OverBudget(why) if why else ChannelError("The other side is gone.")

    def _take(self, size: int, until: float | None) -> bytearray:
        while len(self._read) < size:
            left = None if until is None else max(until - time.monotonic(), 0)
            ready, _, _ = select.select([self._end], [], [], left)
            if not ready:
                self._check()
                raise ChannelError("The other side is silent.")
            try:
                part = self._end.recv(1 << 16)
            except OSError as error:
                raise self._gone() from error
            if not part:
                raise self._gone()
            self._read += part
        taken, self._read = self._read, self._read[size:]
        del taken[size:]
        return taken
