"""The visible check of a question, which needs only the question's name."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from helpers.checks.forms import Form, check_parts
from helpers.checks.kinds import Asked
from helpers.checks.mark import Mark
from helpers.checks.questions import question

# A function that `check` asks first: it gets a question's name and the notebook's variables, and returns a
# mark or None. It is set where readers get marks at once.
opened: Callable[[str, Mapping[str, Any]], Mark | None] | None = None


def check(name: str) -> Form | Mark:
    """Return how the answer to a question is read, or its mark where marks are given at once.

    The answer is found among the variables of the notebook that calls this.
    If the function `helpers.checks.checking.opened` is set, it is asked first: it gets the name of the
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
    mark = opened(name, namespace) if opened else None
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
