"""Draw the turning points from 1949 to 1989."""

import altair as alt
import pandas as pd

from helpers.charts.drawing import GRAY, PALETTE, SIDES, TEXT, LayeredChart, draw_twice, plot, write
from helpers.corpus import loaders
from helpers.dates import write_out
from helpers.history.chronology import BOTH, TURNS

# The height of each name above or below the line; later names are nearer, so that no rule crosses a name.
_LEVELS = [5, 4, 3, 2, -3, -2, -1, 1, -1, 4]
_MARKS = pd.DataFrame(
    {
        "Moscow": ["circle", 110, SIDES["Moscow"], "transparent"],
        "Beijing": ["square", 110, SIDES["Beijing"], "transparent"],
        BOTH: ["circle", 80, "transparent", TEXT],
        "talk": ["diamond", 190, PALETTE["green"], "transparent"],
    },
    index=["shape", "size", "fill", "stroke"],
).T


def list_turns() -> pd.DataFrame:
    """List the turning points and the two talks by date.

    Returns
    -------
    pandas.DataFrame
        `date` (in words), `start` (its first day), `year` (with a fraction for the day), `name` and `whose`
        (``talk`` for a talk).

    Examples
    --------
    >>> list_turns()[["date", "name"]].iloc[0].to_list()
    ['14 February 1950', 'Treaty of alliance']
    """
    events = loaders.load_events().set_index("event_id").loc[list(TURNS)].sort_values("start")
    return pd.DataFrame(
        {
            "date": events["edtf"].map(write_out),
            "start": events["start"],
            "year": events["start"].map(as_year),
            "name": [TURNS[event_id][0] for event_id in events.index],
            "whose": [TURNS[event_id][1] for event_id in events.index],
        }
    ).reset_index(drop=True)


def as_year(day: pd.Timestamp) -> float:
    """Return a day as its year, with a fraction for the time since New Year's Day.

    Examples
    --------
    >>> as_year(pd.Timestamp("1962-01-01"))
    1962.0
    """
    return day.year + (day.day_of_year - 1) / 365.25


def draw_turns() -> LayeredChart:
    """Draw a timeline from 1949 to 1989 with its turning points and the two talks of this book.

    Returns
    -------
    altair.LayerChart

    Examples
    --------
    >>> draw_turns().description.split(":")[0]
    'Forty years in ten steps'
    """
    turns = list_turns()
    listed = "; ".join(f"{turn.date}: {turn.name}" for turn in turns.itertuples())
    table = turns[["date", "name", "whose"]].replace({"whose": {"talk": "one of our two talks"}})
    frame = turns.join(_MARKS, on="whose").assign(
        fontWeight=_is_talk(turns["whose"]).map({True: "bold", False: "normal"}),
        short=turns["start"].dt.year.astype(str),
    )
    return draw_twice(
        lambda narrow: (_draw_down if narrow else _draw_across)(frame.drop(columns="start")),
        title="Our two talks fall between the first open blows and the break",
        unit="Circle: Moscow's step. Square: Beijing's. Ring: both. Diamond: a talk in our documents.",
        description=(
            f"Forty years in ten steps: {listed}. The two talks of this book lie in the middle of the "
            "quarrel, after the specialists had left and before the parties stopped talking."
        ),
        table=table.set_axis(["Date", "What happened", "Whose step"], axis="columns"),
    )


def _is_talk(whose: pd.Series) -> pd.Series:
    return whose == "talk"


def _draw_across(turns: pd.DataFrame) -> LayeredChart:
    years = {
        "axis": alt.Axis(values=[1950, 1960, 1970, 1980, 1990], format="d", title=None, grid=False),
        "scale": alt.Scale(domain=[1948.5, 1990.5], nice=False, zero=False),
    }
    x, y = (
        alt.X("year:Q", **years),
        alt.Y("level:Q", scale=alt.Scale(domain=[-3.4, 5.4], nice=False), axis=None),
    )
    zero = alt.Y("zero:Q", axis=None)
    # Names are to the right of their marks, but to the left near the end of the line.
    is_late = turns["year"] > 1985
    frame = turns.assign(
        level=_LEVELS,
        zero=0,
        label=turns["short"] + "  " + turns["name"],
        align=is_late.map({True: "right", False: "left"}),
        dx=is_late.map({True: -4, False: 4}),
    )
    line = alt.Chart(pd.DataFrame({"from": [1949], "to": [1990], "zero": [0]}))
    layers = [
        line.mark_rule(strokeWidth=3, color=GRAY).encode(alt.X("from:Q", **years), alt.X2("to:Q"), zero),
        alt.Chart(frame).mark_rule(color=GRAY, strokeWidth=1).encode(x, y, alt.Y2("zero:Q")),
        # Talks come last, on top.
        plot(frame.sort_values("whose", key=_is_talk), x, zero, strokeWidth=2),
        write(frame, x, y, fontSize=13),
    ]
    return LayeredChart(layer=layers).properties(width=600, height=285)


def _draw_down(turns: pd.DataFrame) -> LayeredChart:
    # In order rather than by year, because on a phone 1962 and 1963 would overlap.
    n = len(turns)
    y = alt.Y("row:Q").scale(domain=[-0.6, n - 0.4], reverse=True, nice=False).axis(None)
    x = alt.X("x:Q").scale(domain=[-1.2, 6], nice=False).axis(None)
    frame = turns.assign(row=range(n), x=0)
    line = alt.Chart(pd.DataFrame({"row": [-0.4], "end": [n - 0.6], "x": [0]}))
    layers = [
        line.mark_rule(strokeWidth=3, color=GRAY).encode(x, y, alt.Y2("end:Q")),
        plot(frame, x, y, strokeWidth=2),
        write(frame, x, y, text="short:N", align="right", dx=-13, fontSize=12, fontWeight="normal"),
        write(frame, x, y, text="name:N", align="left", dx=14, fontSize=13),
    ]
    return LayeredChart(layer=layers).properties(width=300, height=330)
