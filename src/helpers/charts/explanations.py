"""Draw the four explanations of the split and the events that matter most to each."""

import altair as alt
import pandas as pd

from helpers.charts.drawing import GRAY, PALETTE, SIDES, TEXT, LayeredChart, draw_twice, plot, write
from helpers.charts.turns import as_year, list_turns
from helpers.corpus import loaders
from helpers.dates import write_out
from helpers.history.chronology import BOTH

EXPLANATIONS = {
    "Ideology": {
        "1956-02-25-speech-on-stalin": ("Khrushchev condemns Stalin", "Moscow", True, 1, "left"),
        "1960-04-polemic-in-praise-of-lenin": ("Polemic in praise of Lenin", "Beijing", False, -1, "right"),
        "1963-06-14-ccp-general-line": ("China's general line", "Beijing", False, 1, "left"),
    },
    "Security": {
        "1958-08-23-shelling-of-jinmen": ("Shells on Jinmen", "Beijing", False, -1, "right"),
        "1959-06-20-letter-on-the-bomb": ("No sample bomb", "Moscow", True, 1, "center"),
        "1962-10-20-sino-indian-war": ("War with India", "Beijing", False, -1, "left"),
        "1963-08-05-test-ban-treaty": ("Test ban treaty", "Moscow", False, 1, "left"),
    },
    "Politics at home": {
        "1959-07-02-lushan": ("A critic falls at Lushan", "Beijing", False, 1, "center"),
        "1962-01-11-seven-thousand-cadres": ("Seven thousand officials", "Beijing", False, -1, "right"),
        "1962-09-24-tenth-plenum": ("Tenth Plenum", "Beijing", True, 1, "left"),
        "1966-08-embassy-besieged": ("Embassy besieged", "Beijing", False, -1, "right"),
    },
    "Rank": {
        "1958-07-31-khrushchev-mao-talks": ("Quarrel over a joint fleet", BOTH, False, -1, "right"),
        "1960-06-20-bucharest-congress": ("Attack in Bucharest", "Moscow", False, 1, "right"),
        "1961-10-17-soviet-congress": ("22nd Congress", "Moscow", False, -1, "right"),
        "1963-07-05-party-talks": ("Talks of the parties fail", BOTH, True, 1, "left"),
    },
}
"""The events that matter most to each explanation of the split, by id: the short name, whose step it was,
whether the explanation turns on it, and where the name has room: below (1) or above (-1) the line, and on
which side of the mark.  The chapter says whose choice the turn is; we chose the other steps."""


def list_explanations() -> pd.DataFrame:
    """List the turning points that matter most to each explanation, and mark the decisive one.

    Returns
    -------
    pandas.DataFrame
        `explanation`, `date` (in words), `year` (with a fraction for the day), `name`, `whose`, `is_center`,
        `room` and `align`.

    Examples
    --------
    >>> list_explanations().query("is_center")[["explanation", "date"]].to_numpy().tolist()[0]
    ['Ideology', '25 February 1956']
    """
    events = loaders.load_events().set_index("event_id")
    rows = [
        (explanation, write_out(events.loc[event_id, "edtf"]), as_year(events.loc[event_id, "start"]), *step)
        for explanation, steps in EXPLANATIONS.items()
        for event_id, step in steps.items()
    ]
    columns = ["explanation", "date", "year", "name", "whose", "is_center", "room", "align"]
    return pd.DataFrame(rows, columns=columns)


def draw_explanations() -> LayeredChart:
    """Draw the four explanations as timelines, each with the turning points that matter most to it.

    Returns
    -------
    altair.LayerChart

    Examples
    --------
    >>> draw_explanations().description.split(":")[0]
    'Four explanations of the split and the turning points that each weighs most'
    """
    steps = list_explanations()
    talk = list_turns().query("whose == 'talk'").iloc[0]
    listed = "; ".join(
        f"{name}: {', '.join(own['name'] + ' (' + own['date'] + ')')}"
        for name, own in steps.groupby("explanation", sort=False)
    )
    early, late = (
        " and ".join(steps.loc[steps["is_center"] & part, "explanation"].str.lower())
        for part in (steps["year"] < talk["year"], steps["year"] > talk["year"])
    )
    table = steps.assign(center=steps["is_center"].map({True: "yes", False: ""}))
    frame = steps.assign(
        fill=steps["whose"].map(SIDES).fillna(GRAY),
        shape=steps["whose"].map({"Moscow": "circle", "Beijing": "square", BOTH: "triangle-up"}),
        fontWeight=steps["is_center"].map({True: "bold", False: "normal"}),
        short=steps["year"].astype(int).astype(str),
    )
    return draw_twice(
        lambda narrow: (_draw_down if narrow else _draw_across)(frame, talk),
        title="Two explanations turn on a step before April 1962, two on a step after it",
        unit="Circle: Moscow's step. Square: Beijing's. Triangle: both. Ring: the step it turns on.",
        description=(
            f"Four explanations of the split and the turning points that each weighs most: {listed}. "
            f"The step that it turns on comes before April 1962 for {early}, and after it for {late}."
        ),
        table=table[["explanation", "date", "name", "whose", "center"]].set_axis(
            ["Explanation", "Date", "What happened", "Whose step", "Turns on it"], axis="columns"
        ),
    )


def _mark_steps(steps: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the marks of steps in the colors of their sides, with a ring around the decisive ones."""
    ring = {"shape": "circle", "size": 330, "fill": "transparent", "stroke": TEXT, "strokeWidth": 2}
    return [plot(steps, x, y, size=90), plot(steps[steps["is_center"]], x, y, **ring)]


_TALK_LINE = {"color": PALETTE["green"], "strokeWidth": 2, "strokeDash": [5, 4]}


def _draw_across(steps: pd.DataFrame, talk: pd.Series) -> LayeredChart:
    lanes = pd.DataFrame({"name": list(EXPLANATIONS), "lane": range(0, 4 * len(EXPLANATIONS), 4)})
    lane = steps["explanation"].map(lanes.set_index("name")["lane"])
    steps = steps.assign(
        lane=lane,
        at=lane + 1.15 * steps["room"],
        dx=steps["align"].map({"left": -6, "right": 6, "center": 0}),
        label=steps["short"] + "  " + steps["name"],
    )
    axis = alt.Axis(values=list(range(1956, 1968, 2)), format="d", title=None, grid=False)
    x = alt.X("year:Q", scale=alt.Scale(domain=[1952.4, 1967.4], nice=False, zero=False), axis=axis)
    height = {"scale": alt.Scale(domain=[13.8, -2.4], nice=False), "axis": None}
    y, top = alt.Y("lane:Q", **height), alt.Y("top:Q", **height)
    today = pd.DataFrame({"year": [talk["year"]], "top": [-2.0], "end": [13.8], "label": [talk["date"]]})
    lines = alt.Chart(lanes.assign(year=1955.5, end=1967.4))
    layers = [
        alt.Chart(today).mark_rule(**_TALK_LINE).encode(x, top, alt.Y2("end:Q")),
        write(today, x, top, dy=-8, fontSize=13, fontWeight="bold"),
        lines.mark_rule(color=GRAY, strokeWidth=1.5).encode(x, alt.X2("end:Q"), y),
        write(lanes.assign(year=1952.4), x, y, text="name:N", align="left", fontSize=14, fontWeight="bold"),
        *_mark_steps(steps, x, y),
        write(steps, x, alt.Y("at:Q", **height)),
    ]
    return LayeredChart(layer=layers).properties(width=640, height=360)


def _draw_down(steps: pd.DataFrame, talk: pd.Series) -> LayeredChart:
    # In order rather than by year, with the talk as a line between earlier and later steps.
    rows, heads, breaks, row = [], [], [], 0.0
    for name, own in steps.groupby("explanation", sort=False):
        heads.append({"row": row, "label": name, "x": 0})
        row += 1
        is_late = False
        for step in own.to_dict("records"):
            if step["year"] > talk["year"] and not is_late:
                is_late = True
                breaks.append({"row": row + 0.35, "x": -1.2, "end": 6, "label": talk["date"]})
                row += 1.3
            rows.append({**step, "row": row, "x": 0})
            row += 1
        row += 0.5
    steps, breaks = pd.DataFrame(rows), pd.DataFrame(breaks)
    y = alt.Y("row:Q").scale(domain=[row - 0.4, -0.7], nice=False).axis(None)
    x, end = (alt.X(f"{column}:Q").scale(domain=[-1.2, 6], nice=False).axis(None) for column in ("x", "end"))
    heading = {"align": "left", "dx": -46, "fontSize": 14, "fontWeight": "bold"}
    layers = [
        alt.Chart(breaks).mark_rule(**_TALK_LINE).encode(x, y, alt.X2("end:Q")),
        write(breaks, end, y, align="right", fontSize=11, dy=-8),
        write(pd.DataFrame(heads), x, y, **heading),
        *_mark_steps(steps, x, y),
        write(steps, x, y, text="short:N", align="right", dx=-14, fontWeight="normal"),
        write(steps, x, y, text="name:N", align="left", dx=15, fontSize=13),
    ]
    return LayeredChart(layer=layers).properties(width=300, height=550)
