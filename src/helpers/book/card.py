"""The picture that stands beside a link to the book, where messages and networks show one: our own chart."""

import json
import textwrap
from functools import cache

import altair as alt
import vl_convert

from helpers.charts import describe_chart
from helpers.story import draw_turns

SIZE = (1200, 630)
"""Width and height in pixels, as those that show such pictures ask for."""

_INK, _PAPER = "#1f2328", "#ffffff"
# Drawn small and enlarged: letters of a chart are made for a page, and a card is seen at a third of its size.
_SCALE = 2.0


def draw_card(title: str) -> bytes:
    """Return the turning points of the split along time as a picture in PNG, under the title of the book.

    Parameters
    ----------
    title
        What stands above the chart.

    Examples
    --------
    >>> draw_card("A Book")[1:4]
    b'PNG'
    """
    width, height = (side / _SCALE for side in SIZE)
    chart = draw_turns().properties(
        width=width,
        height=height,
        padding={"left": 18, "top": 18, "right": 40, "bottom": 18},
        background=_PAPER,
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        title=alt.Title(textwrap.wrap(title, 44), fontSize=24, subtitle=[]),
    )
    # Outside of a page there is no color of the text around.
    drawing = json.dumps(chart.to_dict()).replace('"currentColor"', json.dumps(_INK))
    version = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    return vl_convert.vegalite_to_png(drawing, vl_version=version, scale=_SCALE)


@cache
def describe_card() -> str:
    """Return in one sentence what the picture shows.

    Examples
    --------
    >>> describe_card().startswith("Forty years")
    True
    """
    return describe_chart(draw_turns()).partition(". ")[0] + "."
