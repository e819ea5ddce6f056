"""Draw every chart twice and in one style: its widths, colors and labels, and how a notebook shows it.

Each chart is drawn for a wide page and for a phone.  Color is never the only sign, and text takes the color
of the page around it, so that a chart can be read on light and dark pages.
"""

import json
import textwrap
from collections.abc import Callable
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from helpers.validation import need

MIME_TYPE = "application/vnd.vegalite.v5+json"
"""The format of a chart that a notebook receives, in addition to the plain text alternative."""

PALETTE = {
    "blue": "#0072B2",
    "vermilion": "#D55E00",
    "green": "#009E73",
    "purple": "#B8609A",
    "gray": "#767676",
}
"""Colors of Okabe and Ito, which color-blind readers can tell apart, and a gray.  Each has a contrast of at
least three to one on white and on dark pages; the purple is a little darker than theirs."""

SIDES = {"Moscow": PALETTE["blue"], "Beijing": PALETTE["vermilion"]}
"""The color of each side in every picture; a document has the color of the side that wrote it."""

GRAY = PALETTE["gray"]
TEXT = "currentColor"
WIDTHS = {False: 640, True: 314}
"""The width of a chart in pixels, by whether it is the drawing for narrow screens."""
CHARACTER = 7.2
"""The width of a character of 12 pixels in the widest font that a reader may have."""

_WRITTEN_DOWN_IN = {"deng-1962": "Moscow", "mao-1963": "Beijing"}
_ROW = 22
_LONGEST_LINE = 40
"""The number of characters in a line of a label next to its row."""

_STYLE = alt.Config(
    axis=alt.AxisConfig(
        **dict.fromkeys(("labelColor", "titleColor", "domainColor", "tickColor"), TEXT),
        **dict.fromkeys(("labelFontSize", "titleFontSize"), 12),
        gridColor=GRAY,
        gridOpacity=0.25,
    ),
    title=alt.TitleConfig(
        color=TEXT, subtitleColor=TEXT, anchor="start", fontSize=15, subtitleFontSize=12, offset=14
    ),
    text=alt.MarkConfig(color=TEXT, fontSize=12),
    view=alt.ViewConfig(stroke=None),
)


class _Described:
    """A chart that gives a notebook its specification and its text alternative.

    Altair's default renderer gives neither the words nor a picture without scripts from another server.  To
    enable a different one would change the charts of everybody else, so only our charts leave it out.
    """

    def _repr_mimebundle_(self, *args: Any, **options: Any) -> Any:
        if alt.renderers.active != "default":  # somebody has chosen how to show charts
            return super()._repr_mimebundle_(*args, **options)  # type: ignore[misc]
        chart = self.to_dict()  # type: ignore[attr-defined]
        return {MIME_TYPE: chart, "text/plain": chart["description"]}


class LayeredChart(_Described, alt.LayerChart):
    """Layers on top of each other, with a text alternative."""


class StackedChart(_Described, alt.VConcatChart):
    """Charts one below the other, with a text alternative."""


def draw_twice(
    draw: Callable[[bool], LayeredChart | StackedChart],
    *,
    title: str,
    unit: str,
    description: str,
    table: pd.DataFrame,
) -> Any:
    """Return a chart with its titles, text alternative and table, which carries its second drawing.

    Parameters
    ----------
    draw
        Returns the bare chart; it is told whether the drawing is for a narrow screen.
    title, unit
        What the data show, as a claim, and their unit; each is one line of any length.
    description, table
        The text alternative and the data, for readers who do not see the picture.
    """

    def dress(narrow: bool, **more: object) -> LayeredChart | StackedChart:
        heading = textwrap.wrap(title, int((WIDTHS[narrow] + 14) / (CHARACTER * 4 / 3)))
        # All at once, because each method that changes a chart copies it first.
        return draw(narrow).properties(
            title=alt.Title(heading, subtitle=textwrap.wrap(unit, int(WIDTHS[narrow] / CHARACTER))),
            description=description,
            background="transparent",
            config=_STYLE,
            **more,
        )

    usermeta = {
        "table": table.to_dict("split", index=False),
        # In SVG, text follows the color of the page when the theme changes; on a canvas it would not.
        "embedOptions": {"renderer": "svg"},
        "narrow": dress(True).to_dict(),
    }
    return dress(False, usermeta=usermeta)


def need_rows(frame: pd.DataFrame, what: str, *columns: str) -> None:
    """Raise a ValueError unless a frame has a row and these columns, and a value in each of their cells."""
    need(frame, *columns)
    if frame.empty:
        raise ValueError(f"There is no {what} to draw.")
    for column in columns:
        if (missing := frame[column].isna().to_numpy()).any():
            raise ValueError(f"Row {missing.argmax()} has no {column}; drop the row, or fill it in.")


def color_document(document_id: str, other: str = GRAY) -> str:
    """Return the color of the side that wrote a document down, or another one if it is of neither side."""
    return SIDES.get(_WRITTEN_DOWN_IN.get(document_id, ""), other)


def title_part(title: str) -> alt.Title:
    """Return the title of one of several charts, placed above its marks whatever the width of the labels."""
    return alt.Title(title, frame="group", fontSize=13, offset=6)


def write(labels: pd.DataFrame, *channels: object, text: str = "label:N", **look: object) -> alt.Chart:
    """Return the marks of labels.

    Parameters
    ----------
    labels
        A row for each label.  A column that is named like a property of text, such as `align` or `dx`, sets
        this property for each label alone.
    channels
        What else is encoded, such as the places on the axes.
    text
        The column of the labels, and its type.
    look
        Properties that all labels have, whatever the columns.
    """
    own = _set_by_row(labels, "align", "dx", "dy", "fontSize", "fontStyle", "fontWeight")
    return alt.Chart(labels).mark_text(**{"lineBreak": "\n", **own, **look}).encode(*channels, alt.Text(text))


def plot(points: pd.DataFrame, *channels: object, **look: object) -> alt.Chart:
    """Return the marks of points; the parameters are those of :func:`write`.

    A column `fill`, `stroke`, `shape`, `size` or `angle` sets this property for each point alone.
    """
    own = _set_by_row(points, "fill", "stroke", "shape", "size", "angle")
    return alt.Chart(points).mark_point(**{"opacity": 1, "strokeWidth": 0, **own, **look}).encode(*channels)


def _set_by_row(frame: pd.DataFrame, *properties: str) -> dict[str, alt.ExprRef]:
    # As channels they would be read aloud with each mark.
    return {name: alt.ExprRef(f"datum.{name}") for name in properties if name in frame}


class Rows(NamedTuple):
    """The rows of a chart: their axis, the marks of their labels, and the size of the part with the marks."""

    y: alt.Y
    labels: list[alt.Chart]
    width: float
    height: float


def label_rows(order: list[str], narrow: bool) -> Rows:
    """Return rows in a given order, with their labels on the left, or above them on a narrow screen."""
    lines = {name: textwrap.wrap(name, _LONGEST_LINE) for name in order}
    height = max(_ROW, 15 * max(map(len, lines.values())) + 2)
    y = alt.Y("row:N").sort(order).scale(domain=order).title(None)
    if narrow:
        labels = pd.DataFrame(
            {
                "row": order,
                "label": ["\n".join(lines[name]) for name in order],
                "dy": [4 - 13 * len(lines[name]) for name in order],
            }
        )
        words = write(labels, alt.XValue(0), y, align="left", baseline="bottom", lineHeight=13)
        return Rows(y.axis(None), [words], WIDTHS[True], (height + 20) * len(order))
    axis = alt.Axis(
        labelExpr=f"{json.dumps(lines)}[datum.label]",
        labelLimit=300,
        labelPadding=8,
        ticks=False,
        domain=False,
    )
    beside = 8 + CHARACTER * min(_LONGEST_LINE, max(map(len, order)))
    return Rows(y.axis(axis), [], WIDTHS[False] - beside, height * len(order))
