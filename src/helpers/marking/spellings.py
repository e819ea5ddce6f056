"""How students write names, numbers and dates: text in, what is meant out."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cache, lru_cache

import pandas as pd

from helpers import corpus
from helpers.normalize import comparable
from helpers.references import spell


class Unreadable(Exception):
    """An answer that cannot be read as what was asked; the message is a sentence for the student."""


def echo(typed: object) -> str:
    """Return what a student typed in quotation marks, on one line and not too long."""
    plain = printable(str(typed)[:300])
    return f'"{plain}"' if len(plain) <= 80 else f'"{plain[:77]}..."'


def printable(text: str) -> str:
    """Return a text on one line, without characters that hide, reverse or break what is shown."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


# --- names ---

# Words that many names share: "the Swedish Communist Party" is told by "Swedish", "Comrade Mao" by "Mao".
_SHARED = set(
    "the of communist communists workers worker laborers labourers labor labour party cp comrade com".split()
)
_NEAR, _LEAST_LETTERS = 0.9, 5


class Names:
    """Canonical names and the other spellings that stand for them.

    Letter case, accents, punctuation, spaces, and the words that all parties share are forgiven.

    Parameters
    ----------
    names
        The canonical names, or a mapping from each to its other spellings.

    Raises
    ------
    ValueError
        When one spelling stands for two names.

    Examples
    --------
    >>> Names({"Sweden": ["Swedish"], "China": ["CCP"]}).find("the swedish Communist Party")
    'Sweden'
    """

    def __init__(self, names: Mapping[str, str | Iterable[str]] | Iterable[str]) -> None:
        spellings = names if isinstance(names, Mapping) else dict.fromkeys(names, ())
        self.all = list(spellings)
        self._names = _names_by_form(
            tuple(
                (name, (others,) if isinstance(others, str) else tuple(others))
                for name, others in spellings.items()
            )
        )

    def find(self, typed: str, *, near: bool = False) -> str | None:
        """Return the canonical name of what was typed, or None.

        Of several names in one, as in ``B) Deng`` or ``Sweden (SKP)``, all must say the same.
        With `near`, a slip of spelling in a name of five letters or more is forgiven.
        """
        found = {self._names[form] for form in _forms(typed) if form in self._names}
        found = found or (self._near(typed) if near else set())
        parts = [part for part in re.split(r"[()\[\]:;=]|\.\s|\s[-–—]\s", typed) if fold(part)]
        if not found and len(parts) > 1:
            found = {self.find(part, near=near) for part in parts}
        return found.pop() if len(found) == 1 else None

    def _near(self, typed: str) -> set[str]:
        """Return the names that were meant if what was typed is misspelled.

        The first letter must be right: East Germany is not West Germany misspelled.
        """
        bare = _bare(typed)
        return {
            name
            for form, name in self._names.items()
            if bare[:1] == form[:1]
            and bare.isalpha()
            and form.isalpha()
            and min(len(bare), len(form)) >= _LEAST_LETTERS
            and SequenceMatcher(None, bare, form, autojunk=False).ratio() >= _NEAR
        }


def paragraph_names(document_id: str | None = None, *, sections: str = "body") -> dict[str, list[str]]:
    """Return paragraphs and how they may be typed, for the `names` of a check.

    Of one document, whose name may then be left out; or of both, where a number alone says nothing.
    With ``sections="all"`` also the lines above and below the text, such as ``mao-1963-h3``.

    Examples
    --------
    >>> Names(paragraph_names("mao-1963")).find("¶ 7"), Names(paragraph_names()).find("Mao 1963, ¶ 7")
    ('mao-1963-p07', 'mao-1963-p07')
    """
    return {name: list(typed) for name, typed in _paragraph_names(document_id, sections).items()}


@cache
def _paragraph_names(document_id: str | None, sections: str) -> dict[str, list[str]]:
    frame = corpus.load_paragraphs(sections=sections)
    if document_id:
        frame = frame[frame["document_id"] == document_id]
    return {paragraph: spell(paragraph, is_alone=bool(document_id)) for paragraph in frame["paragraph_id"]}


@lru_cache(maxsize=100)  # the visible check of a cell and the hidden one ask for the same
def _names_by_form(spellings: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    """Return the name for which each form of a spelling stands."""
    names: dict[str, str] = {}
    for name, others in spellings:
        for spelling in (name, *others):
            for form in _forms(spelling):
                if names.setdefault(form, name) != name:
                    raise ValueError(f"{spelling!r} stands for {names[form]!r} and for {name!r}.")
    return names


def fold(typed: str) -> str:
    """Return a text in small letters, without accents, punctuation and spaces."""
    plain = unicodedata.normalize("NFKD", comparable(typed))
    return "".join(char for char in plain if char.isalnum())


def cut(typed: str) -> list[str]:
    """Return the parts of a list that was typed as one text, without the numbers or bullets before them."""
    parts = re.split(r"[,;\n]+|(?<!-)\band\b(?!-)|&", typed)
    parts = [re.sub(r"^\s*(?:\(?\d+[.)]\s|[-*•]\s)", "", part).strip() for part in parts]
    return [part for part in parts if part]


@lru_cache(maxsize=20_000)  # the same names are asked for in check after check
def _forms(typed: str) -> frozenset[str]:
    """Return the forms under which a spelling is known: whole, and without the words that parties share."""
    return frozenset({fold(typed), _bare(typed)} - {""})


def _bare(typed: str) -> str:
    """Return a folded name without the words that parties share."""
    words = [fold(word) for word in re.split(r"[\s/_-]+", comparable(typed).replace("'s ", " "))]
    return "".join(word for word in words if word not in _SHARED)


# --- numbers ---

_GROUPED = r"[+-]?\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?"  # 1,362
_PERCENT = ("percent", "per cent", "%")
_NUMBER = re.compile(rf"[~≈]? ?({_GROUPED}|[+-]?\d+(?:[.,]\d+)?|[+-]?\.\d+) ?(.*)")


def number_of(typed: str, unit: str, wanted: str) -> float:
    """Return the number that a text gives in digits, with its unit or without."""
    plain = comparable(typed).rstrip(".")
    match = _NUMBER.fullmatch(plain)
    if not match:
        raise Unreadable(f"{echo(typed)} is not a number in digits; {wanted} is asked for.")
    digits, rest = match.groups()
    if unit == "days" and re.fullmatch(r"days?,? [+-]?0*\d+:00:00(\.0+)?", rest):  # a Timedelta as text
        return pd.Timedelta(plain.replace(",", "")) / pd.Timedelta(days=1)
    units = {unit.rstrip("s"), *_PERCENT} if unit in _PERCENT else {unit.rstrip("s")}
    if rest and not (unit and rest.rstrip("s") in units):
        raise Unreadable(f"{echo(typed)} is not {wanted}.")
    return float(re.sub(r"[,' ]", "", digits) if re.fullmatch(_GROUPED, digits) else digits.replace(",", "."))


# --- dates ---

# Not from `calendar`, whose names follow the language of the machine.
_MONTH_NAMES = "January February March April May June July August September October November December".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = {form: n for n, m in enumerate(_MONTH_NAMES, 1) for form in (m.lower(), m[:3].lower())} | {
    "sept": 9
}
_IGNORED = {*_WEEKDAYS, *(day[:3] for day in _WEEKDAYS), "of", "the", "on"}


def date_of(typed: str) -> dt.date:
    """Return the day that a text gives: ``1957-11-16``, ``16 November 1957``, ``Nov. 16th, 1957``."""
    plain = comparable(typed)
    iso = re.fullmatch(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[t ]\d\d:.*)?", plain)
    iso = iso or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", plain)
    if iso:
        return _day(*map(int, iso.groups()), typed)
    parts = [part for part in re.split(r"[\s,./-]+", plain) if part and part not in _IGNORED]
    months = [_MONTHS[part] for part in parts if part in _MONTHS]
    years = [int(part) for part in parts if re.fullmatch(r"\d{4}", part)]
    days = [int(m[1]) for part in parts if (m := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", part))]
    if len(months) + len(years) + len(days) < len(parts) or len(months) > 1 or len(years) > 1:
        raise Unreadable(f"{echo(typed)} is not a date.")
    if not months and len(days) == 2 and max(days) > 12:  # only one of the two can be the month
        months, days = [min(days)], [max(days)]
    if not months and len(days) == 2:
        raise Unreadable(f"In {echo(typed)} it is not clear which number is the month: write its name.")
    if not years:
        raise Unreadable(f"{echo(typed)} is not a whole date: the year is missing.")
    if len(days) != 1 or not months:
        raise Unreadable(f"{echo(typed)} is not a whole date: the day is missing.")
    return _day(years[0], months[0], days[0], typed)


def long_date(day: dt.date) -> str:
    """Return a date written out.

    Examples
    --------
    >>> long_date(dt.date(1957, 11, 16))
    '16 November 1957'
    """
    return f"{day.day} {_MONTH_NAMES[day.month - 1]} {day.year}"


def _day(year: int, month: int, day: int, typed: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise Unreadable(f"There is no such day as {echo(typed)}.") from None
