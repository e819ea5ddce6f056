"""Draw a map of the places of the story."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import altair as alt
import pandas as pd

from helpers.charts.drawing import GRAY, SIDES, LayeredChart, draw_twice, plot, write


class Place(NamedTuple):
    """A place of the story: where it is, what happened there, and where its label goes."""

    name: str
    longitude: float
    latitude: float
    what: str
    side: str = ""
    dx: int = 9
    dy: int = 0
    align: str = "left"
    narrow: tuple[int, int, str] = (8, 0, "left")


PLACES = [
    Place(
        "Moscow", 37.6, 55.8, "1957, 1960, 1963: conferences", "Moscow", -11, -19, "right", (9, -8, "left")
    ),
    Place("Beijing", 116.4, 39.9, "1962, 1963: two talks", "Beijing", 13, 4, "left", (0, 18, "center")),
    Place("Zhenbao (Damansky)", 133.8, 46.5, "1969: fighting", "", -10, -20, "right", (10, -16, "right")),
    Place("East Berlin", 13.4, 52.5, "1963: shouted down", "", -9, -12, "right", (0, -13, "center")),
    Place("Belgrade", 20.5, 44.8, "", "", -9, -2, "right", (-7, -4, "right")),
    Place("Bucharest", 26.1, 44.4, "1960: open quarrel", "", 9, 2, "left", (8, 0, "left")),
    Place("Tirana", 19.8, 41.3, "1961: break", "Beijing", -9, 6, "right", (-7, 9, "right")),
    Place("Tashkent", 69.2, 41.3, "1982: an offer", "", -9, 4, "right", (0, 14, "center")),
    Place("Xinjiang", 81.3, 43.9, "1969: fighting", "", 9, -6, "left", (-8, -6, "right")),
    Place("Border with India", 92.0, 27.9, "1962: war", "", -9, 4, "right", (-8, 4, "right")),
    Place("Hanoi", 105.8, 21.0, "1962: a letter", "", 9, 4, "left", (0, 14, "center")),
]
"""The places that the story names, except Cuba and Washington, which are outside the map."""

_BY_APRIL_1962 = {
    "Moscow": "1957, 1960: conferences",
    "Beijing": "1962: the talk",
    "Belgrade": "",
    "Bucharest": "1960: open quarrel",
    "Tirana": "1961: break",
    "Hanoi": "1962: a letter",
}


@cache
def _land() -> dict:
    return json.loads(Path(__file__).with_name("land.json").read_text(encoding="utf-8"))


def draw_map() -> LayeredChart:
    """Draw a map of the places of the story, without borders.

    Returns
    -------
    altair.LayerChart

    Examples
    --------
    >>> draw_map().description.split(":")[0]
    'The places of the story from East Berlin to the Ussuri'
    """
    return _draw_map(
        PLACES,
        "The places of the story from East Berlin to the Ussuri",
        title="One movement, two capitals, and the places where it came apart",
        unit="No borders are drawn: several were what the quarrel was about.",
    )


def draw_map_of_1962() -> LayeredChart:
    """Draw the same map for a class that has not heard how the story ends: nothing after April 1962.

    Returns
    -------
    altair.LayerChart

    Examples
    --------
    >>> draw_map_of_1962().description.split(":")[0]
    'The places of the story until April 1962'
    """
    known = [
        place._replace(what=_BY_APRIL_1962[place.name]) for place in PLACES if place.name in _BY_APRIL_1962
    ]
    return _draw_map(
        known,
        "The places of the story until April 1962",
        title="Moscow and Beijing in April 1962",
        unit="No borders are drawn.",
    )


def _draw_map(places: list[Place], summary: str, *, title: str, unit: str) -> LayeredChart:
    listed = [f"{place.name} ({place.what})" if place.what else place.name for place in places]
    columns = ["Place", "What happened there"]
    return draw_twice(
        lambda narrow: _draw_places(places, narrow),
        title=title,
        unit=unit,
        description=f"{summary}: {', '.join(listed)}. Moscow and Beijing lie about 5,800 kilometers apart.",
        table=pd.DataFrame([(place.name, place.what) for place in places], columns=columns),
    )


def _draw_places(places: list[Place], narrow: bool) -> LayeredChart:
    """Return the land with a dot and a label for each place; a narrow map has only their names."""
    width, height, scale, rotate = (
        (334, 250, 200, [-63, -36, 0]) if narrow else (660, 370, 355, [-75, -40, 0])
    )
    frame = pd.DataFrame(places).drop(columns="narrow")
    if narrow:
        frame[["dx", "dy", "align"]] = [place.narrow for place in places]
    is_capital = frame["name"].isin(SIDES)
    frame = frame.assign(
        fill=frame["side"].map(SIDES).fillna(GRAY),
        size=is_capital.map({True: 110, False: 45}),
        fontSize=is_capital.map({True: 15, False: 12}),
        fontWeight=is_capital.map({True: "bold", False: "normal"}),
    )
    where = alt.Longitude("longitude:Q"), alt.Latitude("latitude:Q")
    land = alt.Chart(alt.Data(values=[_land()])).mark_geoshape(fill=GRAY, fillOpacity=0.22, clip=True)
    line = alt.Chart(frame[is_capital]).mark_line(color=GRAY, strokeDash=[2, 4], strokeWidth=1.5)
    layers = [
        land,
        line.encode(*where),
        plot(frame, *where),
        write(frame, *where, text="name:N"),
    ]
    if not narrow:
        below = frame[frame["what"] != ""].assign(dy=frame["dy"] + 15)
        look = {"fontSize": 11, "fontWeight": "normal", "opacity": 0.85}
        layers.append(write(below, *where, text="what:N", **look))
    projection = {"rotate": rotate, "scale": scale, "translate": [width / 2, height / 2]}
    chart = LayeredChart(layer=layers).project("azimuthalEqualArea", **projection)
    return chart.properties(width=width, height=height)
