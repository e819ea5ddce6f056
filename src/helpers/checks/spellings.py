"""How students write names, numbers and dates: read their meaning from text."""

import datetime as dt
import math
import re
import unicodedata
from functools import cache

import pandas as pd

from helpers.corpus import loaders
from helpers.dates import MONTH_NUMBERS, write_out
from helpers.normalize import comparable
from helpers.references import spell


class Unreadable(Exception):
    """An answer that cannot be read as the question asks; the message is a sentence for the student."""


def echo(typed: object) -> str:
    """Return what a student typed in quotation marks, on one line and not too long."""
    plain = printable(str(typed)[:300])
    return f'"{plain}"' if len(plain) <= 80 else f'"{plain[:77]}..."'


def printable(text: str) -> str:
    """Return a text on one line, without characters that hide, reverse or break what is shown."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


# --- names ---


def paragraph_names(document_id: str | None = None, *, sections: str = "body") -> dict[str, list[str]]:
    """Return paragraphs and how they may be typed, for the `names` of a check.

    With one document, its name may be omitted; with all that the chapters compare, a number alone is not
    enough.
    With ``sections="all"``, the lines above and below the text are included, such as ``mao-1963-h3``.

    Examples
    --------
    >>> from helpers.checks.names import Names
    >>> Names(paragraph_names("mao-1963")).find("¶ 7"), Names(paragraph_names()).find("Mao 1963, ¶ 7")
    ('mao-1963-p07', 'mao-1963-p07')
    """
    return {name: list(typed) for name, typed in _paragraph_names(document_id, sections).items()}


@cache
def _paragraph_names(document_id: str | None, sections: str) -> dict[str, list[str]]:
    frame = loaders.load_paragraphs(sections=sections, documents=document_id or "core")
    return {paragraph: spell(paragraph, is_alone=bool(document_id)) for paragraph in frame["paragraph_id"]}


def fold(typed: str) -> str:
    """Return a text in lower case, without accents, punctuation and spaces."""
    plain = unicodedata.normalize("NFKD", comparable(typed))
    return "".join(char for char in plain if char.isalnum())


def cut(typed: str) -> list[str]:
    """Return the parts of a list that was typed as one text, without numbers or bullets before them."""
    parts = re.split(r"[,;\n]+|(?<!-)\band\b(?!-)|&", typed)
    parts = [re.sub(r"^\s*(?:\(?\d+[.)]\s|[-*•]\s)", "", part).strip() for part in parts]
    return [part for part in parts if part]


# --- numbers ---

_GROUPED = r"[+-]?\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?"  # 1,362
_PERCENT = ("percent", "per cent", "%")
_NUMBER = re.compile(rf"(?:[~≈=] ?|exactly )?({_GROUPED}|[+-]?\d+(?:[.,]\d+)?|[+-]?\.\d+) ?(.*)")
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD_VALUES = {word: n for n, word in enumerate(_ONES)} | {w: 10 * n for n, w in enumerate(_TENS, 2)}
# Words that turn two numbers into a range, or make a number approximate.
_HEDGES = set("or to and between than until minus plus about approximately roughly".split())
_CONJUNCTIONS = set("after before in of for from since because at per on".split())


def number_of(typed: str, unit: str) -> float:
    """Return the number that a text gives in digits or words, with or without its unit.

    An adjective may precede the unit and a remark may follow it, without a number in it: ``9 diplomatic
    events``, ``9 days after the talk``. With a unit such as ``"rows|paragraphs"``, either of the two is
    accepted.
    """
    plain = _digits(_without_remark(comparable(typed)).rstrip("."))
    match = _NUMBER.fullmatch(plain)
    if not match:
        raise Unreadable(f"{echo(typed)} is not a number, but the question asks for {asked_for(unit)}.")
    digits, rest = match.groups()
    if unit == "days" and re.fullmatch(r"days?,? [+-]?0*\d+:00:00(\.0+)?", rest):  # a Timedelta as text
        return pd.Timedelta(plain.replace(",", "")) / pd.Timedelta(days=1)
    if rest and not _is_unit(rest, unit):
        raise Unreadable(f"{echo(typed)} is not {asked_for(unit)}.")
    return float(re.sub(r"[,' ]", "", digits) if re.fullmatch(_GROUPED, digits) else digits.replace(",", "."))


def written(number: float, unit: str = "") -> str:
    """Return a number as a person writes it, with three places or three digits that count, and its unit.

    A number that is not whole never looks whole.

    Examples
    --------
    >>> written(1 / 3), written(71.68459, "percent"), written(0.00166112956811), written(28.00004)
    ('0.333', '71.685 percent', '0.00166', '28.00004')
    >>> written(1, "lines"), written(1.0, "parties"), written(2, "sentences|complaints")
    ('1 line', '1 party', '2 sentences')
    """
    size = abs(number)
    places = 3 if size >= 1 or not size else 2 - math.floor(math.log10(size))
    short = round(number, places)
    shown = f"{number if short == int(short) else short:.12g}"
    one = unit.partition("|")[0]
    if size == 1 and one.isalpha():
        one = re.sub(r"(ie)?s$", lambda end: "y" if end[1] else "", one)
    return f"{shown} {one}".rstrip()


def asked_for(unit: str) -> str:
    """Return what is asked for, where it is a number of this unit.

    Examples
    --------
    >>> asked_for("days"), asked_for("percent"), asked_for("per 1,000 words")
    ('a number of days', 'a percentage', 'a number per 1,000 words')
    """
    one = unit.partition("|")[0]
    if one in _PERCENT:
        return "a percentage"
    return f"a number {one}" if one.startswith("per ") else f"a number of {one}" if one else "a number"


def _without_remark(plain: str) -> str:
    """Return the text without brackets at its end."""
    return re.sub(r"(?<=\w)\s*\([^()]*\)\.?$", "", plain)


def _is_unit(rest: str, unit: str) -> bool:
    """Say whether the words after a number are its unit, and nothing that changes the number."""
    units = {one.rstrip("s") for one in unit.split("|") if one}
    units |= set(_PERCENT) if units & {*_PERCENT} else set()
    if rest.rstrip("s") in units:
        return True
    words = re.findall(r"[^\W\d_]+|%", rest)
    if re.search(r"\d", rest) or {*words} & {*_HEDGES, *_WORD_VALUES}:
        return False
    lead = [word for word, _ in zip(words, range(2), strict=False) if word not in _CONJUNCTIONS]
    return any(word.rstrip("s") in units for word in lead)


def _digits(plain: str) -> str:
    """Return a text that begins with a number in words, with digits instead."""
    total, used = None, 0
    words = list(re.finditer(r"[a-z]+", plain))
    for place, match in enumerate(words):
        word = match[0]
        if word in _WORD_VALUES and (total is None or (_WORD_VALUES[word] < 10 and total % 10 == 0)):
            total = (total or 0) + _WORD_VALUES[word]
        elif word in _WORD_VALUES and total is not None and total % 100 == 0:
            total += _WORD_VALUES[word]
        elif word == "hundred" and total is not None and 0 < total < 10:
            total *= 100
        elif word == "and" and total and total % 100 == 0 and place + 1 < len(words):
            if words[place + 1][0] not in _WORD_VALUES:
                break
            continue
        else:
            break
        used = match.end()
    begins = words and not plain[: words[0].start()].strip()
    return f"{total}{plain[used:]}" if begins and total is not None else plain


# --- dates ---

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_IGNORED = {*_WEEKDAYS, *(day[:3] for day in _WEEKDAYS), "of", "the", "on"}


def date_of(typed: str) -> dt.date:
    """Return the day that a text gives: ``1957-11-16``, ``16 November 1957``, ``Nov. 16th, 1957``."""
    plain = _without_remark(comparable(typed))
    iso = re.fullmatch(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[t ]\d\d:.*)?", plain)
    iso = iso or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", plain)
    if iso:
        year, month, day = map(int, iso.groups())
        return _day(year, month, day, typed)
    parts = [part for part in re.split(r"[\s,./-]+", plain) if part and part not in _IGNORED]
    months = [MONTH_NUMBERS[part] for part in parts if part in MONTH_NUMBERS]
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
    return write_out(day.isoformat()[:10])


def _day(year: int, month: int, day: int, typed: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise Unreadable(f"There is no such day as {echo(typed)}.") from None
