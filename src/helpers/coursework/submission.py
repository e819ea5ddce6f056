"""A submission, the options for marking it, the result, and the progress, as plain data for any process."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from helpers.coursework.isolation import Isolation

LONGEST = 20_000_000
"""The most bytes that a notebook may have."""

MOST_BESIDE = 20_000_000
"""The most bytes that the files next to a notebook may have in total."""


class Steps(NamedTuple):
    """The preprocessors of `nbgrader autograde` that are not our own, in its order."""

    submitted: tuple[Callable, ...] = ()  # before the course's cells are restored
    restored: tuple[Callable, ...] = ()  # before the notebook runs
    ran: tuple[Callable, ...] = ()  # before its points are read
    marked: tuple[Callable, ...] = ()  # afterwards
    # For an instructor's own steps, the course's folder and the address of the gradebook; else empty.
    folder: str = ""
    db_url: str = ""


@dataclass(frozen=True)
class Options:
    """How to mark."""

    timeout: float = 60  # seconds for each cell
    isolation: Isolation = field(default_factory=Isolation)  # how submissions are isolated
    # Whether checks also run among the student's cells, to compare the points, even if they cannot differ.
    is_compared: bool = False
    steps: Steps = field(default_factory=Steps)


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment."""

    student: str  # the name of the student
    files: dict[str, bytes]  # the content of the files by name
    of_course: frozenset[str] = frozenset()  # the names of the files that belong to the course, such as data
    remarks: tuple[str, ...] = ()  # what was left out, a sentence each


@dataclass(frozen=True)
class MarkedNotebook:
    """One notebook after marking."""

    content: str | None  # the notebook with its outputs, as text; None if there was none that could be read
    # By the name of the cell.
    scores: dict[str, float | None]
    comments: dict[str, str | None]
    remarks: list[str]  # what was changed before it ran, or why it could not run, a sentence each
    # For each check, the names that it reads whose values are not plain data, with their types.
    opaque: dict[str, dict[str, str]] = field(default_factory=dict)
    # For each check, its points when it runs among the student's cells, if they could differ there.
    stock: dict[str, float | None] = field(default_factory=dict)


class Step(NamedTuple):
    """The progress of a run: how many students are done, of how many, and who was the last."""

    done: int
    total: int
    student: str
