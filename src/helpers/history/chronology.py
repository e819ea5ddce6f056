"""Put events in order, count the days between them, and find who knew what on a given day.

A date of which only the month, the year or a span is known is never given a day.  It is a pair of bounds, and
a result computed from it is also a pair, or says whether it is certain or only possible.
"""

import re
from collections.abc import Iterable
from numbers import Integral, Real
from typing import NamedTuple

import pandas as pd

from helpers.corpus import loaders
from helpers.validation import has_any, need, some, split_keys

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

BOUNDS = ("start_min", "start_max", "end_min", "end_max")

_LEVEL_0 = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_FREQUENCIES = {4: "Y", 7: "M", 10: "D"}
_UNITS = {"day": "D", "month": "M", "year": "Y"}


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
    if isinstance(date, Integral):  # X
        year = str(date)
        return Bounds(*_period(year, date), *_period(year, date))
    if not isinstance(date, str):
        day = _day(date)
        return Bounds(day, day, day, day)
    first, slash, last = date.strip().partition("/")
    (start_min, start_max), (end_min, end_max) = _period(first, date), _period(last if slash else first, date)
    if end_max < start_min:
        raise ValueError(f"{date!r} ends before it begins; put the earlier date first.")
    return Bounds(start_min, min(start_max, end_max), max(start_min, end_min), end_max)


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
    rows = []
    for row, date in zip(events.index, events["edtf"], strict=True):
        try:
            rows.append(bound_date(date))
        except ValueError as error:
            name = events.loc[row, "event_id"] if "event_id" in events.columns else row
            raise ValueError(f"Event {name}: {error}") from None
    bounds = pd.DataFrame(rows, columns=list(BOUNDS), index=events.index, dtype="datetime64[ns]")
    return events.assign(**{name: bounds[name] for name in BOUNDS})


def filter_events(
    events: pd.DataFrame | None = None,
    *,
    since: str | int | pd.Timestamp | None = None,
    until: str | int | pd.Timestamp | None = None,
    categories: str | Iterable[str] | None = None,
    actors: str | Iterable[str] | None = None,
    paragraphs: str | Iterable[str] | None = None,
    certain: bool = False,
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
    certain
        Keep only events that certainly fall into the period.

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
    first = pd.Timestamp.min if since is None else bound_date(since).start_min
    last = pd.Timestamp.max if until is None else bound_date(until).end_max
    if last < first:
        raise ValueError(f"The period ends ({until}) before it begins ({since}); exchange the two.")
    keep = (frame["start_min"] <= last) & (frame["end_max"] >= first)
    for column, wanted in (("category", categories), ("actors", actors), ("paragraphs", paragraphs)):
        if wanted is not None:
            keep &= _has(frame, column, wanted)
    surely = (frame["start_max"] <= last) & (frame["end_min"] >= first)
    frame["overlap"] = surely.map({True: "certain", False: "possible"})
    return frame[keep & surely] if certain else frame[keep]


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


def list_gaps(events: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the number of days between each event and the next.

    Parameters
    ----------
    events
        A frame with `event_id` and `edtf`; by default the table of events.

    Returns
    -------
    DataFrame
        `event_id`, `next_id`, `days_min`, `days_max` (from the end of one event to the beginning of the next,
        as in :func:`count_days`), in the order of :func:`order_events`; one row fewer than there are events.

    Raises
    ------
    ValueError
        As :func:`bound_events`.

    Examples
    --------
    >>> events = pd.DataFrame({"event_id": ["talk", "reply"], "edtf": ["1962-04-09", "1962-05"]})
    >>> list_gaps(events).to_dict("split")["data"]
    [['talk', 'reply', 22, 52]]
    """
    frame = order_events(events)
    need(frame, "event_id")
    after = frame.shift(-1)
    gaps = pd.DataFrame(
        {
            "event_id": frame["event_id"],
            "next_id": after["event_id"],
            "days_min": (after["start_min"] - frame["end_max"]).dt.days,
            "days_max": (after["start_max"] - frame["end_min"]).dt.days,
        }
    ).iloc[:-1]
    return gaps.astype({"days_min": "int64", "days_max": "int64"})


def measure_gaps(frame: pd.DataFrame, since: str, until: str) -> pd.DataFrame:
    """Return a frame with the number of days between two of its date columns.

    Parameters
    ----------
    frame
        A frame with both columns.  A column whose dates are not all known to the day also needs a column with
        `_precision` added to its name (``day``, ``month`` or ``year``).
    since, until
        Names of columns, such as ``written`` and ``delivered``.

    Returns
    -------
    DataFrame
        The same rows and columns, with `days_min` and `days_max` (Int64; missing where a date is).

    Raises
    ------
    ValueError
        If a column is missing, or a precision has another value.

    Examples
    --------
    >>> letters = pd.DataFrame({"written": ["1962-02-22"], "delivered": ["1962-03-01"]})
    >>> measure_gaps(letters, "written", "delivered")["days_max"].to_list()
    [7]
    """
    since_min, since_max = _column_bounds(frame, since)
    until_min, until_max = _column_bounds(frame, until)
    return frame.assign(
        days_min=(until_min - since_max).dt.days.astype("Int64"),
        days_max=(until_max - since_min).dt.days.astype("Int64"),
    )


def known_on(
    day: str | pd.Timestamp,
    side: str | Iterable[str],
    *,
    letters: pd.DataFrame | None = None,
    undated: bool = False,
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
    undated
        Also return letters of the side whose dates do not show whether it knew them by then.

    Returns
    -------
    DataFrame
        The columns of `letters`, and `how` (``sent``, ``received`` or ``published``), `known_min` and
        `known_max` (the first day on which the side can have known it, and the first day on which it must
        have known it; missing where unknown),
        `knowledge` (``certain``, ``possible`` or ``undated``), sorted by `known_min`.

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
    frame = letters[~_says_again(letters)]
    members = _members(side, frame)
    sent = frame["sender"].map(lambda cell: bool(members & set(split_keys(cell))))
    received = frame["recipient"].map(lambda cell: bool(members & set(split_keys(cell))))
    published = (frame["medium"] == "article") & ~sent & ~received
    written, delivered = _column_bounds(frame, "written"), _column_bounds(frame, "delivered")
    # A sender has a letter by the day of delivery at the latest, a recipient never before it was written.
    known_min = written[0].where(sent, delivered[0]).fillna(written[0])
    known_max = delivered[1].where(~sent, written[1].fillna(delivered[1]))
    found = frame.assign(
        how=sent.map({True: "sent", False: "received"}).mask(published, "published"),
        known_min=known_min,
        known_max=known_max,
        knowledge=pd.Series("undated", frame.index)
        .mask(known_min <= bounds.start_min, "possible")
        .mask(known_max <= bounds.start_min, "certain"),
    )
    certainly_later = known_min > bounds.start_min
    keep = (sent | received | published) & ~certainly_later
    if not undated:
        keep &= found["knowledge"] != "undated"
    return found[keep].sort_values("known_min", kind="stable").reset_index(drop=True)


def _period(text: str, date: object) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and last day of a day, month or year."""
    text = text.strip()
    try:
        if not _LEVEL_0.fullmatch(text):
            raise ValueError
        period = pd.Period(text, freq=_FREQUENCIES[len(text)])
        return period.start_time, period.end_time.normalize()
    except ValueError:
        raise ValueError(
            f"{date!r} is not a date in the Extended Date/Time Format, level 0; "
            "write 1962-04-09, 1962-04, 1962, or two of these with a slash between."
        ) from None


def _day(date: object) -> pd.Timestamp:
    try:
        day = pd.NaT if isinstance(date, Real) else pd.Timestamp(date)
    except (TypeError, ValueError):
        day = pd.NaT
    if pd.isna(day):
        raise ValueError(f"{date!r} is not a date; write 1962-04-09, 1962-04 or 1962.")
    return day.tz_localize(None).normalize()


def _column_bounds(frame: pd.DataFrame, column: str) -> tuple[pd.Series, pd.Series]:
    """Return the first and last possible day of each date in a column."""
    need(frame, column)
    try:
        first = pd.to_datetime(frame[column].replace("", None), format="ISO8601").astype("datetime64[ns]")
    except (TypeError, ValueError) as error:
        raise ValueError(f"The column {column} must contain dates ({error}).") from None
    precision = frame.get(f"{column}_precision", pd.Series("day", frame.index)).fillna("")
    wrong = sorted(set(precision[first.notna()]) - set(_UNITS))
    if wrong:
        raise ValueError(f"{column}_precision is day, month or year, not {wrong[0]!r}.")
    last = first.copy()
    for name, unit in _UNITS.items():
        at = (precision == name) & first.notna()
        if at.any():
            periods = first[at].dt.to_period(unit)
            first[at], last[at] = periods.dt.start_time, periods.dt.end_time.dt.normalize()
    return first, last


def _has(frame: pd.DataFrame, column: str, wanted: str | Iterable[str]) -> pd.Series:
    """Say for each row whether its cell holds one of the wanted keys."""
    need(frame, column)
    keys = frame[column].map(split_keys)
    if column == "paragraphs":  # a paragraph counts for its document too
        keys = keys.map(lambda ids: [*ids, *(paragraph.rpartition("-")[0] for paragraph in ids)])
    return has_any(keys, wanted)


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
    members = set(SIDES.get(side, [side]) if isinstance(side, str) else side)
    if not members & known and not (isinstance(side, str) and side in SIDES):
        raise ValueError(
            f"No letter has {', '.join(sorted(members))} as sender or recipient; "
            f"a side is {', '.join(SIDES)}, or one of {some(known)}."
        )
    return members
