"""Put events in order, count the days between them, and find who knew what on a given day.

A date of which only the month, the year or a span is known is never given a day.  It is a pair of bounds, and
a result computed from it is also a pair, or says whether it is certain or only possible.
"""

import datetime as dt
from collections.abc import Iterable
from numbers import Integral, Real
from typing import NamedTuple

import pandas as pd

from helpers import dates
from helpers.corpus import loaders
from helpers.references import home_of
from helpers.validation import has_any, need, need_known, need_one, need_texts, split_keys

SIDES = {
    "soviet": (
        *("communist-party-of-the-soviet-union", "cc-cpsu", "the-center", "soviet-union", "pravda"),
        *("stepan-chervonenko", "nikita-khrushchev", "oleg-rakhmanin", "aleksei-brezhnev"),
        *("andrei-gromyko", "nikolai-patolichev"),
    ),
    "chinese": (
        *("chinese-communist-party", "cc-ccp", "secretariat-of-the-cc-ccp", "peoples-republic-of-china"),
        *("international-liaison-department", "ministry-of-foreign-affairs"),
        *("soviet-and-eastern-european-division", "party-committees-of-missions"),
        *("mao-zedong", "deng-xiaoping", "liu-shaoqi", "zhou-enlai", "wu-xiuquan", "zeng-yongquan"),
        *("pan-zili", "yang-shangkun", "yan-mingfu", "zhu-ruizhen"),
    ),
}
"""The two sides of the talks: their parties, states, organs and people, as keys of the tables."""

# The unit of the loaders; in nanoseconds there is no year 1600.
_DAYS = "datetime64[us]"

BOUNDS = ("start_min", "start_max", "end_min", "end_max")

# How many characters of a day in the Extended Date/Time Format are known.
_LENGTHS = {"day": 10, "month": 7, "year": 4}


class Bounds(NamedTuple):
    """The days between which something began, and the days between which it ended."""

    start_min: pd.Timestamp
    start_max: pd.Timestamp
    end_min: pd.Timestamp
    end_max: pd.Timestamp


BOTH = "both sides"
TURNS = {
    "1950-02-14-treaty-of-alliance": ("Treaty of alliance", BOTH),
    "1956-02-25-speech-on-stalin": ("Khrushchev condemns Stalin", "Moscow"),
    "1958-07-31-khrushchev-mao-talks": ("Quarrel over a joint fleet", BOTH),
    "1960-07-16-specialists-recalled": ("Soviet specialists recalled", "Moscow"),
    "1962-04-09-deng-chervonenko-talk": ("Deng hands over the letters", "talk"),
    "1963-02-23-mao-chervonenko-talk": ("Mao receives the ambassador", "talk"),
    "1963-07-05-party-talks": ("Talks of the parties fail", BOTH),
    "1969-03-02-zhenbao-clash": ("Soldiers fight on the Ussuri", BOTH),
    "1979-04-03-treaty-not-extended": ("Treaty: Beijing gives notice", "Beijing"),
    "1989-05-16-relations-normalized": ("Relations are normal again", BOTH),
}
"""The turning points from 1949 to 1989 that pictures name: a short name and whose step it was, by event."""


def bound_date(date: str | int | pd.Timestamp) -> Bounds:
    """Return the bounds of a date: a day, a month, a year, or a span between two of these.

    Parameters
    ----------
    date
        A date in the Extended Date/Time Format, level 0: ``1962-04-09``, ``1962-04``, ``1962``, or two of
        them with a slash between; a whole number, read as a year; or a date object of pandas or `datetime`.

    Returns
    -------
    Bounds
        `start_min` and `start_max`, the first and last day on which it can have begun, and `end_min` and
        `end_max`, the first and last day on which it can have ended.

    Raises
    ------
    ValueError
        If it is not such a date, or ends before it begins.

    Examples
    --------
    >>> [str(day.date()) for day in bound_date("1962-04/1962-05")]
    ['1962-04-01', '1962-04-30', '1962-05-01', '1962-05-31']
    """
    if isinstance(date, Integral):
        date = str(date)
    if not isinstance(date, str):
        day = _day(date)
        return Bounds(day, day, day, day)
    return Bounds(*(pd.Timestamp(day) for span in dates.bound(date) for day in span))


def count_days(since: str | int | pd.Timestamp, until: str | int | pd.Timestamp) -> tuple[int, int]:
    """Return the smallest and the largest possible number of days between two dates.

    Parameters
    ----------
    since, until
        Dates as in :func:`bound_date`; a span counts from its last day, or up to its first.

    Returns
    -------
    tuple of int
        The smallest and the largest number of days; they are equal when both dates are known to the day, and
        negative where `until` may come before `since`.

    Raises
    ------
    ValueError
        As :func:`bound_date`.

    Examples
    --------
    >>> count_days("1962-04-09", "1962-05-08"), count_days("1962-04-07", "1962-05")
    ((29, 29), (24, 54))
    """
    one, other = bound_date(since), bound_date(until)
    return (other.start_min - one.end_max).days, (other.start_max - one.end_min).days


def bound_events(events: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return events with the bounds of their dates.

    Parameters
    ----------
    events
        A frame with a column `edtf` (see :func:`bound_date`); by default the table of events.

    Returns
    -------
    DataFrame
        The same rows and columns, with `start_min`, `start_max`, `end_min`, `end_max` (datetime64).

    Raises
    ------
    ValueError
        If the column is missing or a value in it is not a date; the message names the row.

    Examples
    --------
    >>> bound_events(pd.DataFrame({"edtf": ["1963-02"]}))["start_max"].dt.day.to_list()
    [28]
    """
    events = loaders.load_events() if events is None else events
    need(events, "edtf")
    names = events["event_id"] if "event_id" in events.columns else events.index
    rows = []
    for name, date in zip(names, events["edtf"], strict=True):
        try:
            rows.append(bound_date(date))
        except ValueError as error:
            raise ValueError(f"Event {name}: {error}") from None
    bounds = pd.DataFrame(rows, columns=list(BOUNDS), index=events.index, dtype=_DAYS)
    return events.assign(**{name: bounds[name] for name in BOUNDS})


def filter_events(
    events: pd.DataFrame | None = None,
    *,
    since: str | int | pd.Timestamp | None = None,
    until: str | int | pd.Timestamp | None = None,
    categories: str | Iterable[str] | None = None,
    actors: str | Iterable[str] | None = None,
    paragraphs: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the events of a period, a category, an actor or a paragraph.

    Parameters
    ----------
    events
        A frame with `edtf` and, for the other filters, `category`, `actors`, `paragraphs`; by default the
        table of events.
    since, until
        First and last day of the period, both included; a month or a year is counted in full.
    categories, actors, paragraphs
        One value or several; an event is kept if it has one of them.  The id of a document, such as
        ``deng-1962``, means all its paragraphs.

    Returns
    -------
    DataFrame
        The rows that are left, with the bounds of :func:`bound_events` and `overlap`: ``certain`` where at
        least a part of the event certainly falls into the period, ``possible`` where this depends on a date
        that is not known exactly.

    Raises
    ------
    ValueError
        If a column is missing, a date cannot be read, or no event has the category, actor or paragraph.

    Examples
    --------
    >>> events = pd.DataFrame({"edtf": ["1962-04-09", "1962-05", "1963"]})
    >>> filter_events(events, since="1962-04-01", until="1962-05-15")["overlap"].to_list()
    ['certain', 'possible']
    """
    frame = bound_events(events)
    first = dt.datetime.min if since is None else bound_date(since).start_min
    last = dt.datetime.max if until is None else bound_date(until).end_max
    if last < first:
        raise ValueError(f"The period ends ({until}) before it begins ({since}); exchange the two.")
    keep = (frame["start_min"] <= last) & (frame["end_max"] >= first)
    keys = [("category", "category", categories), ("actors", "actor", actors)]
    for column, what, wanted in [*keys, ("paragraphs", "paragraph", paragraphs)]:
        if wanted is not None:
            keep &= _has(frame, column, what, wanted)
    surely = (frame["start_max"] <= last) & (frame["end_min"] >= first)
    frame["overlap"] = surely.map({True: "certain", False: "possible"})
    return frame[keep]


def order_events(events: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return events in the order in which they began, and whether that order is certain.

    Parameters
    ----------
    events
        A frame with `edtf`; by default the table of events.

    Returns
    -------
    DataFrame
        The events with the bounds of :func:`bound_events`, sorted by the first day on which they can have
        begun, and `before_next`: True where the event certainly began on an earlier day than every event
        below it, False where it may have begun on the same day or later; the last row is True.

    Raises
    ------
    ValueError
        As :func:`bound_events`.

    Examples
    --------
    >>> order_events(pd.DataFrame({"edtf": ["1962-05", "1962-05-08", "1962-04-09"]}))["before_next"].to_list()
    [True, False, True]
    """
    frame = bound_events(events).sort_values(["start_min", "start_max", "end_max"], kind="stable")
    # The rows are sorted by start_min, so the next row has the earliest possible start of all rows below.
    following = frame["start_min"].shift(-1)
    frame["before_next"] = (frame["start_max"] < following) | following.isna()
    return frame.reset_index(drop=True)


def known_on(
    day: str | pd.Timestamp, side: str | Iterable[str], *, letters: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the letters that a side had sent or received by a given day, according to the table of letters.

    A sender knows a letter from the day on which it was written, a recipient from the day on which it was
    delivered, and everyone knows an article from the day on which it appeared.  If the table gives only the
    day of writing, the recipient may have known the letter since then, and the answer is ``possible``.  The
    table does not cover what a side learned from spies, rumors or the press.

    Parameters
    ----------
    day
        A single day, counted in full.
    side
        ``soviet`` or ``chinese`` (see :data:`SIDES`), or one or more keys of people and parties.
    letters
        The table of letters: `letter_id`, `sender`, `recipient`, `written`, `delivered` with their
        `_precision`, `medium`, `same_as`; by default that of the two documents.  A row that names the same
        letter again, with the same sender and recipient, is left out.

    Returns
    -------
    DataFrame
        The columns of `letters`, and `how` (``sent``, ``received`` or ``published``), `known_min` and
        `known_max` (the first day on which the side can have known it, and the first day on which it must
        have known it; missing where unknown), `knowledge` (``certain`` or ``possible``), sorted by
        `known_min`.  Letters whose dates do not show whether the side knew them by then are left out.

    Raises
    ------
    ValueError
        If `day` is not a single day, or the letters lack a column or do not name such a side.

    Examples
    --------
    >>> letters = pd.DataFrame({
    ...     "letter_id": ["cpsu-letter"], "medium": ["letter"], "same_as": [""],
    ...     "sender": ["communist-party-of-the-soviet-union"], "recipient": ["chinese-communist-party"],
    ...     "written": ["1962-02-22"], "delivered": ["1962-03-01"]})
    >>> [len(known_on("1962-02-25", side, letters=letters)) for side in ("soviet", "chinese")]
    [1, 0]
    """
    bounds = bound_date(day)
    if bounds.start_min != bounds.end_max:
        raise ValueError(f"{day!r} is not a single day; write it as 1962-04-09.")
    letters = loaders.load_letters() if letters is None else letters
    need(letters, *("letter_id", "sender", "recipient", "medium", "same_as", "written", "delivered"))
    need_texts(letters, "letter_id")
    frame = letters[~_says_again(letters)].reset_index(drop=True)
    members = _members(side, frame)
    sent, received = (
        frame[end].map(lambda cell: not members.isdisjoint(split_keys(cell))).astype(bool)
        for end in ("sender", "recipient")
    )
    published = (frame["medium"] == "article") & ~sent & ~received
    written, delivered = _bound_column(frame, "written"), _bound_column(frame, "delivered")
    # A sender has a letter by the day of delivery at the latest, a recipient never before it was written.
    known_min = written["first"].where(sent, delivered["first"]).fillna(written["first"])
    known_max = delivered["last"].where(~sent, written["last"].fillna(delivered["last"]))
    knowledge = (known_max <= bounds.start_min).map({True: "certain", False: "possible"})
    found = frame.assign(
        how=sent.map({True: "sent", False: "received"}).mask(published, "published"),
        known_min=known_min,
        known_max=known_max,
        knowledge=knowledge,
    )
    keep = (sent | received | published) & ((known_min <= bounds.start_min) | (knowledge == "certain"))
    return found[keep].sort_values("known_min", kind="stable").reset_index(drop=True)


def _day(date: object) -> pd.Timestamp:
    try:
        day = pd.NaT if isinstance(date, Real) else pd.Timestamp(date)
    except (TypeError, ValueError, OverflowError):
        day = pd.NaT
    if pd.isna(day):
        raise ValueError(f"{date!r} is not a date; write 1962-04-09, 1962-04 or 1962.")
    return day.tz_localize(None).normalize()


def _bound_column(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the first and last possible day of each date in a column, beside which its precision may be."""
    precisions = frame.get(f"{column}_precision", pd.Series("day", frame.index))
    rows = []
    for cell, precision in zip(frame[column], precisions, strict=True):
        if pd.isna(cell) or cell == "":
            rows.append((pd.NaT, pd.NaT))
            continue
        need_one(f"{column}_precision", precision, _LENGTHS)
        is_text = isinstance(cell, str | Integral)
        known = str(cell) if is_text else _day(cell).date().isoformat()
        bounds = bound_date(known if "/" in known else known[: _LENGTHS[precision]])
        rows.append((bounds.start_min, bounds.end_max))
    return pd.DataFrame(rows, columns=["first", "last"], dtype=_DAYS)


def _has(frame: pd.DataFrame, column: str, what: str, wanted: str | Iterable[str]) -> pd.Series:
    """Say for each row whether its cell holds one of the wanted keys."""
    need(frame, column)
    keys = frame[column].map(split_keys)
    if column == "paragraphs":  # a paragraph counts for its document too
        keys = keys.map(lambda ids: [*ids, *map(home_of, ids)])
    return has_any(keys, what, wanted)


def _says_again(letters: pd.DataFrame) -> pd.Series:
    """Say for each row whether it names the letter of another row again, rather than a copy for others."""
    ends = zip(letters["sender"].map(split_keys), letters["recipient"].map(split_keys), strict=True)
    route = dict(zip(letters["letter_id"], ends, strict=True))
    again = [
        route.get(other) == route[own]
        for own, other in zip(letters["letter_id"], letters["same_as"], strict=True)
    ]
    return pd.Series(again, letters.index, dtype=bool)


def _members(side: str | Iterable[str], letters: pd.DataFrame) -> set[str]:
    known = {key for name in ("sender", "recipient") for cell in letters[name] for key in split_keys(cell)}
    asked = need_known("side", side, [*SIDES, *sorted(known)])
    return {member for one in asked for member in SIDES.get(one, [one])}
