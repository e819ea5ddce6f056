"""Draw events along time, in lanes."""

import textwrap
from collections import defaultdict
from itertools import count

import altair as alt
import pandas as pd

from helpers.charts.describe import count_of, join_names
from helpers.charts.drawing import (
    CHARACTER,
    GRAY,
    PALETTE,
    WIDTHS,
    StackedChart,
    draw_twice,
    need_rows,
    title_part,
    write,
)
from helpers.corpus import loaders
from helpers.dates import write_out
from helpers.history.chronology import TURNS

_LANES = ("diplomatic", "party", "ideology", "military", "economic")
"""The categories in the order of their lanes; others follow."""
_LEVEL = 15
"""The height of a level of a lane, in pixels."""
_SMALL_CHARACTER = 6.6
"""The width of a character of 11 pixels in the widest font that a reader may have."""
_CROWDED = pd.Timestamp("1962-01-01"), pd.Timestamp("1964-01-01")

Span = tuple[pd.Timestamp, pd.Timestamp]


def draw_chronology(events: pd.DataFrame | None = None) -> StackedChart:
    """Draw events on a timeline, in one lane for each category.

    An event of one day is a point.  An event that took longer, or of which only the month or the year is
    known, is a bar over all the days on which it may have happened.  Events that were not verified are drawn
    hollow.  The number next to a mark is the number of its row in the chart's table, in chronological order;
    turning points also have names, and the two talks are green diamonds.  If the events span many years and
    1962 and 1963 are crowded, the events of these two years are on a second, enlarged timeline only.

    Parameters
    ----------
    events
        All or part of what :func:`helpers.load_events` returns; by default all events.

    Returns
    -------
    altair.VConcatChart

    Raises
    ------
    ValueError
        If there are no events, a column or a value is missing, or an event ends before it begins.

    Examples
    --------
    >>> from helpers import describe_chart
    >>> chart = draw_chronology(loaders.load_events().query("start.dt.year == 1962"))
    >>> describe_chart(chart).split(": ")[0]
    'Events along time, in one lane for each category'
    """
    marks = _number_events(loaders.load_events() if events is None else events)
    rows = marks[["number", "date", "category", "description", "status"]]
    return draw_twice(
        lambda narrow: _draw_timelines(marks, narrow),
        title=_claim(marks),
        unit="Point: a day. Bar: a month, a year or a span. Hollow: not verified. Diamond: one of our two "
        "talks. Numbers: rows of the table.",
        description=_describe(marks),
        table=rows.set_axis(["Number", "Date", "Category", "Event", "Status"], axis="columns"),
    )


def _number_events(events: pd.DataFrame) -> pd.DataFrame:
    """Return events in order, with their numbers, labels and kinds of mark."""
    columns = ["start", "end", "edtf", "category", "description", "status"]
    need_rows(events, "event", *columns)
    days = {column: pd.to_datetime(events[column]) for column in ("start", "end")}
    events = events.assign(**days).sort_values(["start", "end"], kind="stable", ignore_index=True)
    if (backwards := events["end"] < events["start"]).any():
        raise ValueError(f"The event of {events.loc[backwards.idxmax(), 'edtf']} ends before it begins.")
    ids = events["event_id"] if "event_id" in events else pd.Series("", events.index)
    names, whose = (ids.map(lambda key, n=n: TURNS.get(key, ("", ""))[n]) for n in (0, 1))
    numbers = pd.Series(range(1, len(events) + 1))
    days = (events["end"] - events["start"]).dt.days + 1
    return events[columns].assign(
        number=numbers,
        label=(numbers.astype(str) + "  " + names).str.strip(),
        mark=(days > 1).map({True: "bar", False: "point"}).mask(whose == "talk", "talk"),
        end=events["end"] + pd.Timedelta(days=1),  # the end of its last day
        days=days,
        date=events["edtf"].map(write_out),
    )


def _load_talks() -> pd.Series:
    """Return the days of the two talks."""
    return loaders.load_documents()["event_date"].sort_values()


def _draw_timelines(marks: pd.DataFrame, narrow: bool) -> StackedChart:
    """Return one timeline, or two: all years, and an enlarged one of the years of the two talks."""
    first, last = marks["start"].min(), marks["end"].max()
    margin = (last - first) / 40 + pd.Timedelta(days=1)
    span = first - margin, last + margin
    crowded = (marks["start"] >= _CROWDED[0]) & (marks["start"] < _CROWDED[1])
    if (last - first).days < 5 * 365 or crowded.sum() < 8 or crowded.all():
        return StackedChart(vconcat=[_draw_timeline(marks, span, narrow)])
    whole = _draw_timeline(marks[~crowded], span, narrow, enlarged=_CROWDED)
    part = _draw_timeline(marks[crowded], _CROWDED, narrow)
    title = title_part("1962 and 1963 (gray above), enlarged")
    return StackedChart(vconcat=[whole, part.properties(title=title)], spacing=22)


def _draw_timeline(
    marks: pd.DataFrame, span: Span, narrow: bool, enlarged: Span | None = None
) -> alt.LayerChart:
    """Return the events between two days in lanes, each high enough that no two marks touch."""
    placed, lanes, height = _place_events(marks, span, WIDTHS[narrow])
    has_years = (span[1] - span[0]).days > 3 * 365
    ticks = {"format": "%Y" if has_years else "%b %Y", "tickCount": 3 if narrow else 7, "labelFlush": 36}
    time = {
        "axis": alt.Axis(title=None, grid=False, **ticks),
        "scale": alt.Scale(domain=[f"{day:%Y-%m-%d}" for day in span], nice=False),
    }
    x, x2 = alt.X("start:T", **time), alt.X2("end:T")
    level = {"axis": None, "scale": alt.Scale(domain=[height, -0.7], nice=False)}
    y = alt.Y("y:Q", **level)
    look = {
        "fillOpacity": alt.condition("datum.status == 'verified'", alt.value(1), alt.value(0)),
        "tooltip": [alt.Tooltip("date:N", title="Date"), alt.Tooltip("description:N", title="Event")],
    }
    base = alt.Chart(placed)
    bars, points, talks = (
        base.transform_filter(f"datum.mark == '{kind}'") for kind in ("bar", "point", "talk")
    )
    layers = [
        bars.mark_rect(fill=GRAY, stroke=GRAY, strokeWidth=2, opacity=1).encode(
            x, x2, alt.Y("above:Q", **level), alt.Y2("below:Q"), **look
        ),
        points.mark_point(size=46, fill=GRAY, stroke=GRAY, strokeWidth=1.5, opacity=1).encode(x, y, **look),
        talks.mark_point(shape="diamond", size=150, fill=PALETTE["green"], opacity=1, strokeWidth=0).encode(
            x, y, tooltip=look["tooltip"]
        ),
        write(placed, alt.X("text_at:T", **time), y, fontSize=11),
        write(lanes, alt.XValue(0), y, align="left", fontWeight="bold"),
    ]
    if enlarged:
        band = alt.Chart(pd.DataFrame([dict(zip(("start", "end"), enlarged, strict=True))]))
        layers.insert(0, band.mark_rect(color=GRAY, opacity=0.18).encode(x, x2))
    elif days := [day for day in _load_talks() if span[0] <= day <= span[1]]:
        rules = alt.Chart(pd.DataFrame({"start": days}))
        rule = {"color": PALETTE["green"], "strokeDash": [4, 3], "strokeWidth": 1.5}
        layers.insert(0, rules.mark_rule(**rule).encode(x))
    return alt.layer(*layers).properties(width=WIDTHS[narrow], height=_LEVEL * (height + 0.7))


def _place_events(marks: pd.DataFrame, span: Span, width: int) -> tuple[pd.DataFrame, pd.DataFrame, float]:
    """Return events with the positions of marks and labels, the names of the lanes, and the height."""
    scale = width / (span[1] - span[0]).total_seconds()
    places, lanes, top = {}, [], 0.0
    for category in dict.fromkeys([*_LANES, *marks["category"]]):
        own = marks[marks["category"] == category]
        if own.empty:
            continue
        lanes.append({"label": category, "y": top})
        # The name of the lane takes up the left end of the first level.
        taken = defaultdict(list, {0: [(-99.0, len(category) * CHARACTER + 6)]})
        for event in own.itertuples():
            begin = (event.start - span[0]).total_seconds() * scale
            end = max((min(event.end, span[1]) - span[0]).total_seconds() * scale, begin + 3)
            end = end if event.mark == "bar" else begin
            half, label = {"talk": 10, "point": 8, "bar": 5}[event.mark], event.label
            if max(width - end, begin) < half + _measure(label):  # no room on either side
                label = "\n".join(textwrap.wrap(label, len(label) // 2 + 4))
            is_left = end + half + _measure(label) > width
            left, right = begin - half, end + half
            part = (left - _measure(label), right) if is_left else (left, right + _measure(label))
            lines = range(label.count("\n") + 1)
            level = next(i for i in count() if not any(_overlaps(part, taken[i + line]) for line in lines))
            for line in lines:
                taken[level + line].append(part)
            places[event.Index] = {
                "label": label,
                "y": top + level,
                "text_at": span[0] + pd.Timedelta(seconds=(left if is_left else right) / scale),
                "align": "right" if is_left else "left",
            }
        top += max(level for level, parts in taken.items() if parts) + 1.4
    placed = marks.drop(columns="label").join(pd.DataFrame.from_dict(places, orient="index"))
    placed = placed.assign(
        end=placed["end"].clip(upper=span[1]),
        above=placed["y"] - 0.3,
        below=placed["y"] + 0.3,
        fontWeight=(placed["mark"] == "talk").map({True: "bold", False: "normal"}),
    )
    return placed, pd.DataFrame(lanes), top


def _measure(label: str) -> float:
    """Return the width of a label with its margin, in pixels."""
    return max(map(len, label.split("\n"))) * _SMALL_CHARACTER + 4


def _overlaps(part: tuple[float, float], taken: list[tuple[float, float]]) -> bool:
    return any(part[0] < end and begin < part[1] for begin, end in taken)


def _claim(marks: pd.DataFrame) -> str:
    """Say how many events fall between the two talks, or before or after one, or which year has most."""
    n, (first, second) = len(marks), _load_talks()
    start, end = marks["start"], marks["end"]
    between = int(((start > first) & (start < second)).sum())
    if n == 1:
        return f"One event: {marks['date'].iloc[0]}"
    if between and start.min() <= first and end.max() > second:
        return f"{between} of these {n} events fall in the {(second - first).days} days between our two talks"
    for talk in (first, second):
        sides = {"after": int((start > talk).sum()), "before": int((end <= talk).sum())}
        side = max(sides, key=sides.__getitem__)
        if all(sides.values()) and sides[side] > 1:
            return f"{sides[side]} of these {n} events come {side} the talk of {write_out(str(talk.date()))}"
    years, lanes = start.dt.year.value_counts(), marks["category"].value_counts()
    if len(years) > 1 and years.iloc[0] > years.iloc[1]:
        return f"{years.index[0]} has more of these events than any other year: {years.iloc[0]} of {n}"
    if len(lanes) > 1 and lanes.iloc[0] > lanes.iloc[1]:
        return f"{lanes.iloc[0]} of these {n} events are in one lane: {lanes.index[0]}"
    return f"{n} events, from {marks['date'].iloc[0]} to {marks['date'].iloc[-1]}"


def _describe(marks: pd.DataFrame) -> str:
    first, last = marks["date"].iloc[0], marks.loc[marks["end"].idxmax(), "date"]
    lanes = [f"{n} {name}" for name, n in marks["category"].value_counts(sort=False).items()]
    bars, hollow = (marks["days"] > 1).sum(), (marks["status"] != "verified").sum()
    years = marks["start"].dt.year.value_counts()
    sentences = [
        f"Events along time, in one lane for each category: {len(marks)} in all, {join_names(lanes)}.",
        f"The first is dated {first}, the last {last}." if len(marks) > 1 else f"It is dated {first}.",
        f"{count_of(bars, 'bar')}: longer than a day, or known only to a month or a year." if bars else "",
        f"{count_of(hollow, 'hollow mark')}: not verified." if hollow else "",
        f"The year with most events is {years.index[0]}, with {years.iloc[0]}." if len(years) > 1 else "",
    ]
    return " ".join(filter(None, sentences))
