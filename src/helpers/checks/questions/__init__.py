"""The questions of all exercises, one module per set: the form of each answer, without the key."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from helpers.checks.kinds import Asked

SETS = (
    "dates-and-chronology",
    "deng-1962",
    "documents-as-data",
    "four-explanations",
    "letters-and-people",
    "mao-1963",
    "reading-a-record",
    "side-by-side",
    "the-split",
    "what-two-documents-can-show",
    "words-in-context",
)


def question(name: str) -> Asked | Mapping[str, Asked]:
    """Return what a question asks for: one answer, or several by what each is about.

    Parameters
    ----------
    name
        The name of its test cell.

    Raises
    ------
    ValueError
        When no exercise has such a question.

    Examples
    --------
    >>> question("days-until-the-record")["Days"].unit
    'days'
    >>> question("brezhnev-identified")["Evidence"].answer
    'answer_evidence'
    """
    for slug in SETS:
        if name in questions_of(slug):
            return questions_of(slug)[name]
    raise ValueError(f"No exercise has a question {name!r}.")


@cache
def questions_of(slug: str) -> Mapping[str, Asked | Mapping[str, Asked]]:
    """Return the questions of one exercise by their names."""
    return import_module(f"{__name__}.{slug.replace('-', '_')}").QUESTIONS
