"""The kinds of questions: what a student may know about an answer before it is marked.

The questions of the exercises are declared with these in `helpers.checks.questions`: which variable holds
the answer, and which form it must have. There is no key here.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from helpers.checks import argument, forms
from helpers.checks.forms import Form

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
        return _sorted(value) if setting in ("options", "names") else value

    def check(self, answer: Any) -> Form:
        """Return how an answer is read."""
        return self._form(answer, **{setting: getattr(self, setting) for setting in self._settings})


def _sorted(spellings: Spellings) -> dict[str, str | Iterable[str]]:
    """Return options in an order that reveals nothing: alphabetical, or by number."""
    named = spellings if isinstance(spellings, Mapping) else dict.fromkeys(spellings, ())
    return {name: named[name] for name in sorted(named, key=lambda name: (name.isdigit() * len(name), name))}


def choice(answer: str, *, options: Spellings | Callable[[], Spellings]) -> Asked:
    """Ask for one of the options."""
    return Asked(answer, forms.check_choice, options=options)


def choices(answer: str, *, things: Iterable[str], options: Spellings | Callable[[], Spellings]) -> Asked:
    """Ask for one of the options for each thing."""
    return Asked(answer, forms.check_choices, things=list(things), options=options)


def citations(answer: str, *, n: int) -> Asked:
    """Ask for an argument with `n` quotations and their paragraphs."""
    return Asked(answer, argument.check_citations, n=n)


def date(answer: str) -> Asked:
    """Ask for a day."""
    return Asked(answer, forms.check_date)


def function(answer: str, *, arguments: tuple, gives: Any) -> Asked:
    """Ask for a function, with the example that is shown for it."""
    return Asked(answer, forms.check_function, arguments=arguments, gives=gives)


def items(answer: str, **settings: Any) -> Asked:
    """Ask for a list; the settings are those of :func:`~helpers.checks.check_items`."""
    return Asked(answer, forms.check_items, **settings)


def length(answer: str, *, least: int, most: int, unlike: str = "") -> Asked:
    """Ask for a text with this many words, and not the words of a text that it is to replace."""
    return Asked(answer, argument.check_length, least=least, most=most, unlike=unlike)


def number(answer: str, *, unit: str = "") -> Asked:
    """Ask for a number, which may be typed with its unit."""
    return Asked(answer, forms.check_number, unit=unit)


def quotation(answer: str, **settings: Any) -> Asked:
    """Ask for quotations; the settings are those of :func:`~helpers.checks.check_quotation`."""
    return Asked(answer, forms.check_quotation, **settings)


def table(answer: str, *, columns: Mapping[str, str], key: str, keys: Iterable[str]) -> Asked:
    """Ask for a table; the settings are those of :func:`~helpers.checks.check_table`."""
    return Asked(answer, forms.check_table, columns=dict(columns), key=key, keys=list(keys))
