"""Draw the picture that messages and social networks show next to a link to the book."""

import json
import textwrap
from functools import cache

import altair as alt
import vl_convert

from helpers.charts.describe import describe_chart
from helpers.charts.turns import draw_turns

SIZE = (1200, 630)
"""Width and height in pixels, as social networks ask for."""

_INK, _PAPER = "#1f2328", "#ffffff"
# Drawn small and then enlarged, because a card is shown at a third of its size.
_SCALE = 2.0


def draw_card(title: str) -> bytes:
    """Draw the turning points of the split as a PNG picture, under the title of the book.

    Parameters
    ----------
    title
        The text above the chart.

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
    # Outside a page there is no text whose color the chart could take.
    drawing = json.dumps(chart.to_dict()).replace('"currentColor"', json.dumps(_INK))
    version = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    return vl_convert.vegalite_to_png(drawing, vl_version=version, scale=_SCALE)


@cache
def describe_card() -> str:
    """Describe the picture in one sentence.

    Examples
    --------
    >>> describe_card().startswith("Forty years")
    True
    """
    return describe_chart(draw_turns()).partition(". ")[0] + "."
