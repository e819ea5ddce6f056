"""The requests that workers serve: a student worker runs the student's cells, a judge worker the checks.

The student worker holds whatever the student's code does to it and never sees a check, except checks that the
instructor wants to be judged there.  The judge worker never holds an object of the student: it gets plain
data, and calls functions through its channel.

Every request has a number, and its reply has the same number.  A reply with another number is late, repeated
or not requested, and is dropped.
"""

import collections
import signal
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, tee
from typing import Any

import numpy as np
import pandas as pd

from helpers.coursework.workers.codec import CodecError, FunctionReference, Opaque, decode, encode
from helpers.coursework.workers.session import CellTimeout, Outputs, Shell, alarm
from helpers.coursework.workers.transport import Channel

# How much later than the check a call is stopped, so that the check notices its own limit first.
_LATER = 0.1


class StudentFunctionError(Exception):
    """A student's function raised an error of a kind that is not known here."""


def serve_student(channel: Channel, shell: Shell) -> None:
    """Run cells, send values and call functions, one request after the other, until the channel closes."""
    functions: list = []

    def register(function):
        functions.append(function)
        return len(functions) - 1

    def get(name: str) -> Any:
        value = shell.user_ns[name]
        try:
            if type(value).__module__ in ("builtins", "itertools") and isinstance(value, Iterator):
                # Sending it would use it up, and later cells may need it.
                value, kept = tee(value)
                shell.user_ns[name] = (item for item in kept)
            return _encoded(value, register)
        except Exception:  # a value of the student's own class may raise anything
            return {"t": "opaque", "name": type(value).__name__[:80]}

    def call(request: dict) -> dict:
        shell.outputs = Outputs()
        try:
            with alarm(request["seconds"]):
                reply = _reply_of(functions[request["function"]], request["given"], register)
        except CellTimeout:
            reply = {"error": ["TimeoutError", ["The function did not end in time."]]}
        except BaseException as error:
            reply = {"error": _encoded_error(error)}
        streams = [item for item in shell.outputs.items if item["output_type"] == "stream"]
        return reply | {"printed": [[item["name"], item["text"]] for item in streams]}

    def serve(request: dict) -> Any:
        match request["op"]:
            case "reset":
                shell.reset(new_session=False)
                return {}
            case "run":
                return shell.run(request["source"], number=request["number"], timeout=request["timeout"])
            case "get":
                return {name: get(name) for name in request["names"] if name in shell.user_ns}
            case "call":
                return call(request)

    while True:
        for number, request in channel.receive():
            channel.send({"number": number, "answer": serve(request)})


def _encoded(value: Any, register) -> Any:
    try:
        return encode(value, register=register)
    except CodecError as error:
        return {"t": "opaque", "name": f"{type(value).__name__[:40]} ({error})"}


def _reply_of(function: Any, given: Any, register) -> dict:
    """Call a function; return its result and the changed arguments."""
    args, kwargs = decode(given)
    before = [encode(value) for value in (*args, *kwargs.values())]
    result = _encoded(function(*args, **kwargs), register)
    after = [encode(value) for value in (*args, *kwargs.values())]
    return {
        "result": result,
        "changed": [new if new != old else None for old, new in zip(before, after, strict=True)],
    }


def _encoded_error(error: BaseException) -> list:
    """Return the nearest built-in kind of an error, its arguments, and its message."""
    kind = next(kind for kind in type(error).__mro__ if kind.__module__ == "builtins")
    try:
        text = str(error)
        is_same = text == str(kind(*error.args))
        return [kind.__name__, encode(list(error.args)), None if is_same else text[:500]]
    except Exception:  # the error is the student's own and may raise another
        return [kind.__name__, []]


def serve_judge(channel: Channel, shell: Shell) -> None:
    """Run checks one after the other, each with the values that the student worker sent for it.

    Names that the course's solution defines (`answers`) are the student's.  Any other name that a check reads
    is the student's only if the course has not defined it here, and is removed again before the next check.
    """
    student = _StudentProxy(channel)
    borrowed: set[str] = set()
    for check in channel.receive():
        if check.get("reset"):
            shell.reset(new_session=False)
            channel.send({"answer": {}})
            continue
        until = student.until = time.monotonic() + check["timeout"]
        for name in borrowed:
            shell.user_ns.pop(name, None)
        values, answers = check["values"], set(check["answers"])
        borrowed = {name for name in values if name in answers or name not in shell.user_ns}
        student.kinds = {}
        try:
            with alarm(check["timeout"]):
                shell.user_ns.update({name: student.decode(values[name], name) for name in borrowed})
        except CellTimeout:
            until = 0
        answer = shell.run(
            check["source"], number=check["number"], timeout=max(until - time.monotonic(), 0.001)
        )
        channel.send({"answer": answer | {"opaque": student.kinds}})


class NotInspectableError(Exception):
    """A check uses more of a student's function than its result."""


class _StudentFunction:
    """A placeholder for a student's function: it can be called, but not inspected.

    If a check inspects it, such as its code, its source or an attribute set by a decorator, an answer that
    holds for every function would be wrong.  So the check ends in an error, in the rehearsal too, and is
    reported.
    """

    __slots__ = ("__name__", "__qualname__", "_call")
    __doc__ = None
    __class__ = property(lambda self: types.FunctionType)  # what `isinstance` and `inspect` see

    def __init__(self, call: Callable[[tuple, dict], Any], name: str):
        self._call, self.__name__, self.__qualname__ = call, name, name

    def __call__(self, *args, **kwargs):
        __tracebackhide__ = True  # a student does not see how the function was called
        return self._call(args, kwargs)

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    def __getattr__(self, name: str) -> Any:
        kind = AttributeError if name.startswith("__") else NotInspectableError
        raise kind(f"{name} of a student's function is not available here")

    def __copy__(self) -> "_StudentFunction":
        return self

    def __deepcopy__(self, _memo: dict) -> "_StudentFunction":
        return self


class _StudentProxy:
    """Calls functions in the student worker, one at a time, even for checks with several threads."""

    def __init__(self, channel: Channel):
        self.until = 0.0  # when the check's time is up
        self.kinds: dict[str, str] = {}  # types of values that were not plain data, by requested name
        self._channel = channel
        self._numbers = count(1)
        self._lock = threading.Lock()

    def decode(self, data: Any, name: str) -> Any:
        """Return the value that was sent under a name, with functions that can be called."""

        def note(kind: str) -> None:
            self.kinds.setdefault(name, kind)

        def stub(reference: FunctionReference) -> Any:
            return _StudentFunction(
                lambda args, kwargs: self._call(reference, name, args, kwargs), reference.name
            )

        try:
            return decode(data, function=stub, note=note)
        except CodecError as error:
            note(f"{str(data['t'])[:40] if isinstance(data, dict) and 't' in data else 'value'} ({error})")
            return Opaque("something")

    def _call(self, reference: FunctionReference, name: str, args: tuple, kwargs: dict) -> Any:
        """Return what a function returns, raise what it raises, and print what it prints."""
        __tracebackhide__ = True
        left = self.until - time.monotonic()
        if left <= 0:
            raise CellTimeout
        alarm_rings_in = signal.getitimer(signal.ITIMER_REAL)[0] if hasattr(signal, "getitimer") else left
        request = {
            "number": next(self._numbers),
            "function": reference.number,
            "given": encode([list(args), kwargs]),
            "seconds": min(alarm_rings_in or left, left) + _LATER,
        }
        with self._lock:
            with _alarms_blocked():
                self._channel.send({"call": request})
            reply = self._reply(request["number"])
        self._print(reply.get("printed", ()))
        if "error" in reply:
            kind, given, *text = reply["error"]
            raise _error(str(kind), self.decode(given, name), *text)
        for own, new in zip((*args, *kwargs.values()), reply["changed"], strict=False):
            if new is not None:
                _change(own, self.decode(new, name))
        return self.decode(reply["result"], name)

    def _reply(self, number: int) -> dict:
        while True:
            self._channel.wait()
            with _alarms_blocked():
                message = self._channel.receive()
            if message["number"] == number:
                return message["reply"]

    def _print(self, printed: list) -> None:
        for name, text in printed:
            (sys.stderr if name == "stderr" else sys.stdout).write(str(text))


@contextmanager
def _alarms_blocked():
    """Block the check's alarms, so that no message is sent only in part; Windows cannot block any."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    alarms = {signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF, signal.SIGINT}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, alarms)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _error(kind: str, given: Any, text: Any = None) -> BaseException:
    """Return a built-in error, made from the same arguments as the student's, with the same message."""
    known = getattr(__import__("builtins"), kind, None)
    given = given if isinstance(given, list) else []
    if isinstance(known, type) and issubclass(known, Exception | SystemExit):
        try:
            if isinstance(text, str):
                known = type(kind, (known,), {"__str__": lambda error: text})
            return known(*given)
        except Exception:
            return StudentFunctionError(kind)
    return StudentFunctionError(kind, *given)


def _change(own: Any, new: Any) -> None:
    """Give an argument the content that the student's function left in it."""
    if type(own) is not type(new):
        return
    if isinstance(own, list | bytearray):
        own[:] = new
    elif isinstance(own, tuple):
        for part, other in zip(own, new, strict=False):
            _change(part, other)
    elif isinstance(own, collections.deque):
        own.clear()
        own.extend(new)
    elif isinstance(own, dict | set):
        own.clear()
        own.update(new)
    elif isinstance(own, np.ndarray) and own.shape == new.shape:
        own[...] = new
    elif isinstance(own, pd.DataFrame | pd.Series):
        own._update_inplace(new)
