"""Messages between processes that do not trust each other: JSON with its length before it, over a socket."""

import json
import select
import socket
import struct
import time
from typing import Any

_LENGTH = struct.Struct("!I")
_LONGEST = 64_000_000


class ChannelError(Exception):
    """The other side is gone, is silent for too long, or sends what is no message."""


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

    def send(self, message: Any, *, timeout: float = 60) -> None:
        """Send a message; `ChannelError` when the other side does not take it."""
        try:
            body = json.dumps(message).encode("utf-8", errors="surrogatepass")
        except RecursionError as error:
            raise ChannelError("The message is nested too deeply.") from error
        if len(body) > _LONGEST:
            raise ChannelError("The message is too long.")
        try:
            self._end.settimeout(timeout)
            self._end.sendall(_LENGTH.pack(len(body)) + body)
        except OSError as error:
            raise ChannelError("The other side is gone.") from error

    def receive(self, *, timeout: float | None = None) -> Any:
        """Return the next message; `ChannelError` when none comes in time, or none that can be read."""
        until = None if timeout is None else time.monotonic() + timeout
        (length,) = _LENGTH.unpack(self._take(_LENGTH.size, until))
        if length > _LONGEST:
            raise ChannelError("The message is too long.")
        try:
            return json.loads(self._take(length, until).decode("utf-8", errors="surrogatepass"))
        except (ValueError, RecursionError) as error:
            raise ChannelError("This is no message.") from error

    def wait(self) -> None:
        """Wait until something has come; unlike `receive`, it may be interrupted and called again."""
        if not self._read:
            select.select([self._end], [], [])

    def close(self) -> None:
        """End the conversation."""
        self._end.close()

    def _take(self, size: int, until: float | None) -> bytes:
        while len(self._read) < size:
            left = None if until is None else max(until - time.monotonic(), 0)
            ready, _, _ = select.select([self._end], [], [], left)
            if not ready:
                raise ChannelError("The other side is silent.")
            try:
                part = self._end.recv(1 << 16)
            except OSError as error:
                raise ChannelError("The other side is gone.") from error
            if not part:
                raise ChannelError("The other side is gone.")
            self._read += part
        taken = bytes(self._read[:size])
        del self._read[:size]
        return taken
