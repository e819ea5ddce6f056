"""The visible check of a question, which needs only the question's name."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from helpers import marking
from helpers.marking.forms import Form, check_parts
from helpers.marking.kinds import Asked
from helpers.marking.mark import Mark
from helpers.marking.questions import question


def check(name: str) -> Form | Mark:
    """Return how the answer to a question is read, or its mark where marks are given at once.

    The answer is found among the variables of the notebook that calls this.
    If the function `helpers.marking.opened` is set, it is asked first: it gets the name of the question and
    those variables, and returns a mark, or None if it has none.

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
    mark = marking.opened(name, namespace) if marking.opened else None
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
