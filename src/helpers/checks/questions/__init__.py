"""The questions of all exercises, one module per set, and the visible check, which needs only their names.

A question says what a student may know about an answer before it is marked: which variable holds it, and
which form it must have.  There is no key here.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from helpers.checks import argument, forms
from helpers.checks.forms import Form, check_parts
from helpers.checks.mark import Mark

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

# A function that `check` asks first: it gets a question's name and the notebook's variables, and returns a
# mark or None. It is set where readers get marks at once.
mark_at_once: Callable[[str, Mapping[str, Any]], Mark | None] | None = None


Spellings = Mapping[str, str | Iterable[str]] | Iterable[str]


class Asked:
    """One answer that is asked for.

    Parameters
    ----------
    answer
        The name of the variable or function that holds it.
    form
        The check of its form, one of ``check_*``.
    settings
        The arguments of that check other than the answer, which a hidden test may read as attributes: `unit`,
        `n`, `things`, `options`, `names` and so on. A function is called when its value is first needed, so
        that no table is loaded earlier.

    Examples
    --------
    >>> choice("answer_speaker", options=["Mao", "Deng"]).options
    {'Deng': (), 'Mao': ()}
    """

    def __init__(self, answer: str, form: Callable[..., Form], **settings: Any) -> None:
        self.answer, self._form, self._settings = answer, form, settings

    def __getattr__(self, setting: str) -> Any:
        if setting.startswith("_") or setting not in self._settings:
            raise AttributeError(f"{self.answer!r} has no setting {setting!r}.")
        value = self._settings[setting]
        if callable(value):
            value = self._settings[setting] = value()
        if setting in ("things", "keys"):
            return list(value)
        return _sorted(value) if setting in ("options", "names") else value

    def check(self, answer: Any) -> Form:
        """Return how an answer is read."""
        return self._form(answer, **{setting: getattr(self, setting) for setting in self._settings})


def _sorted(spellings: Spellings) -> dict[str, str | Iterable[str]]:
    """Return options in an order that reveals nothing: alphabetical, or by number."""
    named = spellings if isinstance(spellings, Mapping) else dict.fromkeys(spellings, ())
    return {name: named[name] for name in sorted(named, key=lambda name: (name.isdigit() * len(name), name))}


def _kind(check: Callable[..., Form]) -> Callable[..., Asked]:
    """Return a function that asks for an answer of the form that a check looks for."""

    def ask(answer: str, **settings: Any) -> Asked:
        return Asked(answer, check, **settings)

    ask.__doc__ = f"Ask for what `{check.__name__}` looks for, whose arguments are the settings."
    return ask


choice, choices = _kind(forms.check_choice), _kind(forms.check_choices)
citations, length = _kind(argument.check_citations), _kind(argument.check_length)
date, number = _kind(forms.check_date), _kind(forms.check_number)
function, items = _kind(forms.check_function), _kind(forms.check_items)
quotation, table = _kind(forms.check_quotation), _kind(forms.check_table)


# --- the questions by their names ---


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


def check(name: str) -> Form | Mark:
    """Return how the answer to a question is read, or its mark where marks are given at once.

    The answer is found among the variables of the notebook that calls this.
    If the function `helpers.checks.questions.mark_at_once` is set, it is asked first: it gets the name of the
    question and those variables, and returns a mark, or None if it has none.

    Parameters
    ----------
    name
        The name of the question, which is also the name of its test cell.

    Returns
    -------
    Form or Mark
        The result displays itself; no answer makes it raise an error.

    Raises
    ------
    ValueError
        When no exercise has this question.

    Examples
    --------
    >>> answer_named_twice = "Sweden"
    >>> check("parties-named-twice")
    Read as 1: "Sweden". You will see whether it is right when your work is marked.
    """
    namespace = sys._getframe(1).f_globals
    mark = mark_at_once(name, namespace) if mark_at_once else None
    return form_of(question(name), namespace) if mark is None else mark


def form_of(asked: Asked | Mapping[str, Asked], namespace: Mapping[str, Any]) -> Form:
    """Return how the answers to a question are read, given the notebook's variables."""
    if isinstance(asked, Mapping):
        return check_parts({about: form_of(part, namespace) for about, part in asked.items()})
    return asked.check(_getter(asked.answer, namespace))


def _getter(answer: str, namespace: Mapping[str, Any]) -> Callable[[], Any]:
    """Return a function that returns the answer, or fails as a cell does if it was never given."""

    def get() -> Any:
        if answer not in namespace:
            raise NameError(f"name {answer!r} is not defined", name=answer)
        return namespace[answer]

    return get
