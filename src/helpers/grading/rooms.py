"""The two processes in which a notebook runs: one for the student's cells, one for the checks.

The first holds whatever the student's code makes of it, and never sees a check.  The second runs the checks
and never holds an object of the student: it gets plain data, and calls a function through its channel.
"""

from typing import Any

import pandas as pd

from helpers.grading.channel import Channel, ChannelError
from helpers.grading.plain import Foreign, FunctionReference, NotPlain, decode, encode
from helpers.grading.shell import Shell

_CALL_SECONDS = 30


class StudentFunctionError(Exception):
    """A student's function raised an error of a kind that is not known here."""


def serve_student(channel: Channel, shell: Shell) -> None:
    """Run cells, tell values and call functions, step by step as asked, until the channel is closed."""
    functions: list = []

    def number_of(function):
        functions.append(function)
        return len(functions) - 1

    def tell(name: str) -> Any:
        try:
            return encode(shell.user_ns[name], number_of=number_of)
        except Exception:  # a value of the student's own making may raise anything
            return {"t": "foreign", "name": type(shell.user_ns[name]).__name__[:80]}

    def call(asked: dict) -> dict:
        given = decode(asked["given"])
        before = [encode(value) for value in given[0]]
        try:
            result = functions[asked["function"]](*given[0], **given[1])
            told = encode(result, number_of=number_of)
        except NotPlain as error:
            return {"error": ["ValueError", str(error)]}
        except Exception as error:
            return {"error": [type(error).__name__, str(error)[:500]]}
        after = [encode(value) for value in given[0]]
        changed = [new if new != old else None for old, new in zip(before, after, strict=True)]
        return {"result": told, "changed": changed}

    def answer(step: dict) -> Any:
        match step["do"]:
            case "forget":
                shell.reset(new_session=False)
                return {}
            case "run":
                return shell.run(step["source"], number=step["number"], timeout=step["timeout"])
            case "tell":
                return {name: tell(name) for name in step["names"] if name in shell.user_ns}
            case "call":
                return call(step)

    while True:
        for step in channel.receive():
            channel.send(answer(step))


def serve_judge(channel: Channel, shell: Shell) -> None:
    """Run checks one after the other, each with what the student's process told for it."""
    borrowed: set[str] = set()

    def stub(reference: FunctionReference) -> Any:
        def student_function(*args, **kwargs):
            __tracebackhide__ = True  # a student does not see how the function was called
            return _call(channel, reference, args, kwargs, stub)

        student_function.__name__ = student_function.__qualname__ = reference.name
        return student_function

    def read(data: Any) -> Any:
        try:
            return decode(data, function=stub)
        except NotPlain:
            return Foreign("something")

    for check in channel.receive():
        # What the course has defined here goes before what a student calls so; and what a student has not
        # defined (any more) is not there, whatever an earlier check was given.
        for name in borrowed:
            shell.user_ns.pop(name, None)
        borrowed = set(check["told"]) - set(shell.user_ns)
        shell.user_ns.update({name: read(check["told"][name]) for name in borrowed})
        answer = shell.run(check["source"], number=check["number"], timeout=check["timeout"])
        channel.send({"answer": answer})


def _call(channel: Channel, reference: FunctionReference, args: tuple, kwargs: dict, stub) -> Any:
    """Have a student's function called where it lives; return what it returns, raise what it raises."""
    __tracebackhide__ = True
    channel.send({"call": {"function": reference.number, "given": encode([list(args), kwargs])}})
    try:
        reply = channel.receive(timeout=_CALL_SECONDS)
    except ChannelError:
        raise TimeoutError("The function did not end in time.") from None
    if "error" in reply:
        kind, text = map(str, reply["error"])
        raise _error(kind)(text)
    for own, new in zip(args, reply.get("changed", ()), strict=False):
        if new is not None:
            _change(own, decode(new))
    return decode(reply["result"], function=stub)


def _error(name: str) -> type[Exception]:
    known = getattr(__import__("builtins"), name, None)
    usual = isinstance(known, type) and issubclass(known, Exception)
    return known if usual and not issubclass(known, UnicodeError) else StudentFunctionError


def _change(own: Any, new: Any) -> None:
    """Give an argument the content that the student's function left in it."""
    if type(own) is not type(new):
        return
    if isinstance(own, list):
        own[:] = new
    elif isinstance(own, dict | set):
        own.clear()
        own.update(new)
    elif isinstance(own, pd.DataFrame):
        own.drop(columns=list(own.columns), inplace=True)
        for name in new:
            own[name] = new[name]
