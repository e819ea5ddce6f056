"""Answers that are no answers: each name gives a function that makes one."""

import enum
import itertools
import pathlib
import unittest.mock

import numpy as np
import pandas as pd

_METHODS = "eq ne lt gt len iter next str repr hash bool int float index getitem contains call add sub abs"


def _raise(error):
    def method(*args, **kwargs):
        raise error

    return method


Raises = type("Raises", (), {f"__{m}__": _raise(RuntimeError("no")) for m in _METHODS.split()})
Exits = type("Exits", (), {f"__{m}__": _raise(SystemExit(0)) for m in _METHODS.split()})
Ends = type("Ends", (list,), {"__iter__": _raise(GeneratorExit())})
Closed = type(
    "Closed", (), {"__getattribute__": _raise(RuntimeError("no")), "__class__": property(_raise(OSError()))}
)


class Agrees:
    """It equals everything and is contained in everything."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __len__(self):
        return 1

    def __iter__(self):
        return iter([self])

    def __getitem__(self, key):
        return self

    def __contains__(self, item):
        return True

    def __sub__(self, other):
        return 0

    __rsub__ = __sub__

    def __abs__(self):
        return 0

    def __call__(self, *args):
        return self


class AgreeingText(str):
    """A text that equals every text."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def strip(self, *args):
        return self

    def casefold(self):
        return self


class AgreeingNumber(int):
    """A number that equals every number."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __sub__(self, other):
        return 0

    __rsub__ = __sub__

    def __float__(self):
        return 29.0


class PretendsToBeText:
    """Its class says that it is a text."""

    __class__ = str


class Endless(list):
    """A list without an end."""

    def __iter__(self):
        return itertools.count()

    def __len__(self):
        return 1


class AgreeingTable(pd.DataFrame):
    """A table that says that it is right."""

    def __eq__(self, other):
        return True

    def equals(self, other):
        return True


def _recursive():
    one = []
    one.append(one)
    return one


def _recursive_dictionary():
    one = {}
    one["a"] = one
    return one


def _deep():
    one = []
    for _ in range(100_000):
        one = [one]
    return one


def _generator():
    yield "deng-1962-p13"


HOSTILE = {
    "raises": Raises,
    "exits": Exits,
    "ends": Ends,
    "closed": Closed,
    "agrees": Agrees,
    "agrees-in-a-list": lambda: [Agrees(), Agrees()],
    "agreeing-text": lambda: AgreeingText("anything"),
    "agreeing-texts": lambda: [AgreeingText("anything"), AgreeingText("at all")],
    "agreeing-number": lambda: AgreeingNumber(1000),
    "agreeing-table": lambda: AgreeingTable({"letter": ["CCP to CPSU"]}),
    "pretends-to-be-text": PretendsToBeText,
    "endless": Endless,
    "endless-count": itertools.count,
    "generator": _generator,
    "recursive": _recursive,
    "recursive-dictionary": _recursive_dictionary,
    "deep": _deep,
    "huge-text": lambda: "no " * 5_000_000,
    "long-text": lambda: "no such words " * 1_400,
    "huge-list": lambda: ["no"] * 5_000_000,
    "huge-number": lambda: 10**10_000,
    "half-a-character": lambda: "no such \ud800 words at all",
    "control-characters": lambda: "\x00\x1b[31m\u202e\ud800\n",
    "markup": lambda: "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "brackets": lambda: "[" * 5_000,
    "mock": unittest.mock.MagicMock,
    "object": object,
    "exception": lambda: ValueError("no"),
    "class": lambda: Agrees,
    "module": lambda: pathlib,
    "path": lambda: pathlib.Path("answer"),
    "member": lambda: enum.Enum("Color", "RED").RED,
    "bytes": lambda: b"no",
    "complex": lambda: 1j,
    "not-a-number": lambda: float("nan"),
    "not-a-time": lambda: pd.NaT,
    "not-available": lambda: pd.NA,
    "not-implemented": lambda: NotImplemented,
    "ellipsis": lambda: ...,
    "array": lambda: np.full((3, 3), None),
    "records": lambda: np.zeros(3, dtype=[("a", int)]),
    "empty-table": pd.DataFrame,
    "table": lambda: pd.DataFrame({"a": [1, 2], "b": [3, 4]}),
    "columns-in-columns": lambda: pd.DataFrame(
        np.zeros((2, 2)), columns=pd.MultiIndex.from_product([["a"], [1, 2]])
    ),
    "table-of-agreement": lambda: pd.DataFrame(
        {"letter": [Agrees()], "date": [Agrees()], "days_before_talk": [Agrees()]}
    ),
    "returns-agreement": lambda: lambda *args: Agrees(),
    "returns-itself": lambda: _self_returning,
    "raises-when-called": lambda: _raise(MemoryError()),
    "removes-itself": lambda: lambda: exec("raise GeneratorExit"),
}


def _self_returning(*args):
    return _self_returning
