"""Read and write dates exactly as they are known: no day is made up, and no language but English is used."""

import datetime as dt
import re
from calendar import monthrange
from functools import lru_cache

# Not from `calendar`, whose names depend on the language of the machine.
MONTHS = "January February March April May June July August September October November December".split()
MONTH_NUMBERS = {form: n for n, name in enumerate(MONTHS, 1) for form in (name.lower(), name[:3].lower())}
MONTH_NUMBERS["sept"] = 9
"""The number of each month by the forms of its name, in small letters."""

_LEVEL_0 = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_NOT_OF_DATE = re.compile(r"(?<=\d)(st|nd|rd|th)\b|[.,]|\b\w+day\b")
_WRITTEN = re.compile(
    r"(?P<month>[a-z]+) (?P<day>[0-9]{1,2}) (?P<year>[0-9]{4})"
    r"|(?P<day2>[0-9]{1,2}) (?P<month2>[a-z]+) (?P<year2>[0-9]{4})"
    r"|(?P<year3>[0-9]{4})-(?P<month3>[0-9]{1,2})-(?P<day3>[0-9]{1,2})"
)

Span = tuple[dt.date, dt.date]


def bound(edtf: str) -> tuple[Span, Span]:
    """Return the first and last day on which a date can have begun, and those on which it can have ended.

    Parameters
    ----------
    edtf
        A date in the Extended Date/Time Format, level 0: a year, a month, a day, or two of them with a slash
        between.

    Raises
    ------
    ValueError
        If it is not such a date, or ends before it begins.

    Examples
    --------
    >>> [str(day) for span in bound("1962-04/1962-05") for day in span]
    ['1962-04-01', '1962-04-30', '1962-05-01', '1962-05-31']
    """
    try:
        spans = [_days(part.strip()) for part in edtf.split("/")]
        (start_min, start_max), (end_min, end_max) = spans * 2 if len(spans) == 1 else spans
    except (AttributeError, TypeError, ValueError):  # no text, no match, more than one slash, or no such day
        raise ValueError(
            f"{edtf!r} is not a date in the Extended Date/Time Format, level 0; "
            "write 1962-04-09, 1962-04, 1962, or two of these with a slash between."
        ) from None
    if end_max < start_min:
        raise ValueError(f"{edtf!r} ends before it begins; put the earlier date first.")
    return (start_min, min(start_max, end_max)), (max(start_min, end_min), end_max)


def _days(text: str) -> Span:
    """Return the first and last day of a year, a month or a day."""
    if not _LEVEL_0.fullmatch(text):
        raise ValueError
    year, *rest = map(int, text.split("-"))
    first, last = rest[0] if rest else 1, rest[0] if rest else 12
    days = (rest[1], rest[1]) if len(rest) == 2 else (1, monthrange(year, last)[1])
    return dt.date(year, first, days[0]), dt.date(year, last, days[1])


def write_out(edtf: str) -> str:
    """Return a date in the Extended Date/Time Format, level 0, in words.

    If only the month or the year is known, no day is made up.

    Parameters
    ----------
    edtf
        As in :func:`bound`.

    Raises
    ------
    ValueError
        As :func:`bound`.

    Examples
    --------
    >>> write_out("1962-04-09"), write_out("1961-12"), write_out("1957-11-14/1957-11-16")
    ('9 April 1962', 'December 1961', '14 to 16 November 1957')
    """
    bound(edtf)
    begin, *rest = map(_parts, edtf.split("/"))
    end = rest[0] if rest else begin
    if begin == end:
        return " ".join(end)
    # If both dates have the same year, or month and year, it is written once.
    shared = (n for n in range(1, len(begin)) if len(begin) == len(end) and begin[n:] == end[n:])
    return f"{' '.join(begin[: next(shared, len(begin))])} to {' '.join(end)}"


def _parts(date: str) -> list[str]:
    """Return those of day, month and year that are known, in the order in which they are written."""
    year, *rest = date.strip().split("-")
    month = [MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) == 2 else []
    return [*day, *month, year]


@lru_cache(maxsize=4096)  # the days of a decade
def read_day(text: str) -> dt.date | None:
    """Return the day that a text gives in English or as numbers, or None if it gives no single certain day.

    Examples
    --------
    >>> read_day("Tuesday, May 8th, 1962") == read_day("8 May 1962") == read_day("1962-05-08")
    True
    """
    found = _WRITTEN.fullmatch(" ".join(_NOT_OF_DATE.sub("", text.lower()).split()))
    if not found:
        return None
    year, month, day = (
        found[name] or found[f"{name}2"] or found[f"{name}3"] for name in ("year", "month", "day")
    )
    try:
        return dt.date(int(year), int(month) if month.isdecimal() else MONTH_NUMBERS.get(month, 0), int(day))
    except ValueError:
        return None
