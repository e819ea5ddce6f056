"""Draw Altair charts when the book is built, so that pages need no server and no script.

A cell that ends in a chart gives its Vega-Lite specification.  It becomes an SVG in the page, with the
chart's text alternative and its data as a table.  A chart with a second drawing for narrow screens becomes
two pictures, of which CSS shows one.
"""

import json
import re
from collections.abc import Mapping
from html import escape

import altair
import vl_convert
from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer

from helpers.charts.drawing import MIME_TYPE
from helpers.explorers.explorer import CHART
from helpers.html import make_table

_ID = re.compile(r'(\bid="|url\(#|href="#)')
_XMLNS = ' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
# Charts come first, and HTML before widgets, because the HTML of an explorer is complete.
PRIORITIES = [("*", MIME_TYPE, 1), ("*", "text/html", 5)]


class ChartRenderer(NbElementRenderer):
    """Puts charts into HTML pages; other formats get the text alternative instead of the picture."""

    def render_mime_type(self, data: MimeData) -> list[nodes.Element]:
        """Return a chart as a figure, an explorer with its chart in it, and anything else as MyST-NB does."""
        env = self.renderer.sphinx_env
        name = f"chart-{env.new_serialno('chart') + 1}" if env else "chart"
        explored = data.output_metadata.get("text/html", {}).get("chart")
        if data.mime_type == "text/html" and explored:
            html = data.string.replace(CHART, figure(explored, name))
            return [nodes.raw("", html, format="html", classes=["output", "text_html"])]
        if data.mime_type != MIME_TYPE:
            return super().render_mime_type(data)
        chart = data.content if isinstance(data.content, Mapping) else json.loads(data.content)
        if not chart.get("description"):
            self.logger.warning(
                "A chart needs a text alternative: give it one, as in .properties(description='...').",
                subtype="chart",
                line=data.line,
            )
        return [
            nodes.raw("", figure(chart, name), format="html"),
            nodes.raw("", chart.get("description", ""), format="text latex"),
        ]


def figure(chart: Mapping, name: str) -> str:
    """Return a chart as a figure in HTML.

    Parameters
    ----------
    chart
        A Vega-Lite specification; `description` is its text alternative, and `usermeta` may contain its data
        as ``{"table": {"columns": [...], "data": [...]}}`` and a drawing for narrow screens as ``narrow``.
    name
        The figure's id, which must be unique on the page.
    """
    title, words = escape(_title(chart)), escape(chart.get("description", ""))
    more = chart.get("usermeta", {})
    table = _table(more.get("table"), _title(chart))
    drawings = [(name, chart, " wide" if "narrow" in more else "")]
    if "narrow" in more:
        drawings.append((f"{name}-narrow", more["narrow"], " narrow"))
    pictures = "".join(
        f'<div class="chart-picture{size}" role="region" aria-label="{title}: picture" tabindex="0">\n'
        f'<div role="img" aria-label="{title}" aria-describedby="{name}-words">{picture(drawn, own)}</div>\n'
        "</div>\n"
        for own, drawn, size in drawings
    )
    return (
        f'<figure class="chart" id="{name}">\n'
        f"{pictures}<figcaption>\n"
        f"<details><summary>The chart in words{' and as a table' if table else ''}</summary>\n"
        f'<p id="{name}-words">{words}</p>\n{table}</details>\n</figcaption>\n</figure>\n'
    )


# By default a chart can be read on a phone and in dark mode.
_PLAIN = {
    "background": "transparent",
    "axis": {
        **dict.fromkeys(("labelColor", "titleColor", "domainColor", "tickColor"), "currentColor"),
        **dict.fromkeys(("labelFontSize", "titleFontSize"), 12),
    },
    "title": {"color": "currentColor", "fontSize": 14},
}


def picture(chart: Mapping, name: str) -> str:
    """Return a chart as an SVG for an HTML page, with ids that begin with `name`."""
    # The figure has the name and description.  The layout uses a wide font that is always available, so no
    # label is cut when the page then sets the text in its own font.
    config = {**_PLAIN, **chart.get("config", {}), "aria": False, "font": "monospace"}
    version = ".".join(altair.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    drawn = {key: part for key, part in chart.items() if key != "usermeta"}
    svg = vl_convert.vegalite_to_svg(json.dumps({**drawn, "config": config}), vl_version=version)
    svg = svg.replace(_XMLNS, "").replace(' font-family="monospace"', "")
    return _ID.sub(rf"\g<1>{name}-", svg).replace("<svg ", '<svg aria-hidden="true" ', 1)


def _title(chart: Mapping) -> str:
    title = chart.get("title", "Chart")
    text = title.get("text", "Chart") if isinstance(title, Mapping) else title
    return " ".join(text) if isinstance(text, list) else str(text)


def _table(table: Mapping | None, title: str) -> str:
    """Return the data of a chart as a table."""
    return make_table(title, table["columns"], table["data"]) + "\n" if table else ""
