"""Messages between processes that do not trust each other: length-prefixed JSON over a socket."""

import json
import select
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

from helpers.coursework.isolation.budgets import Budget

ORDER = struct.Struct("!ci")
"""Orders to a waiting process, each with the number of a fork: begin one, which answers with its number; end
one; or ask which budget it has used up, which answers with the letter of the budget."""
BEGIN, END, WHY = b"+", b"-", b"?"
_LENGTH = struct.Struct("!I")
_LONGEST = 64_000_000


class ChannelError(Exception):
    """The other side has gone, has been silent for too long, or sent something that is not a message."""


class OverBudget(ChannelError):
    """A submission has used more than it may; the message names the limit."""


class Channel:
    """One end of a conversation.

    Parameters
    ----------
    end
        A connected socket.
    """

    def __init__(self, end: socket.socket):
        self._end = end
        self._read = bytearray()  # what was received of the messages that follow this one
        self._budget: Budget | None = None
        self._why_gone: Callable[[], str] = str

    def limit(self, budget: Budget, why_gone: Callable[[], str]) -> None:
        """Count everything that arrives from now on.

        Parameters
        ----------
        budget
            What is left of the other side's time and of the data that it may send.
        why_gone
            Returns the sentence on the budget for which the other side was ended, or an empty string.
        """
        self._budget, self._why_gone = budget, why_gone

    def send(self, message: Any, *, timeout: float = 60) -> None:
        """Send a message; raise `ChannelError` if the other side does not take it."""
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
        """Return the next message; raise `ChannelError` if none arrives in time or it cannot be read."""
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
            raise ChannelError("This is not a message.") from error

    def wait(self) -> None:
        """Wait until something arrives; unlike `receive`, this may be interrupted and called again."""
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
        return OverBudget(why) if why else ChannelError("The other side has gone.")

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
