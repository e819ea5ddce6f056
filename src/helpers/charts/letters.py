"""Draw who wrote to whom."""

import math
import textwrap
from collections.abc import Iterable

import altair as alt
import numpy as np
import pandas as pd

from helpers.charts.describe import capitalize, join_names, name_entities
from helpers.charts.drawing import (
    GRAY,
    PALETTE,
    SIDES,
    TEXT,
    WIDTHS,
    LayeredChart,
    draw_twice,
    need_rows,
    plot,
    write,
)
from helpers.corpus import loaders
from helpers.history import network
from helpers.history.chronology import SIDES as MEMBERS

FILLS = {
    "Moscow": (PALETTE["blue"], "white"),
    "Beijing": (PALETTE["vermilion"], "black"),
    "": (GRAY, "white"),
}
"""The color of a plate, and that of the name on it."""

_CAPITAL = {
    **dict.fromkeys(MEMBERS["soviet"], "Moscow"),
    **dict.fromkeys(MEMBERS["chinese"], "Beijing"),
    "soviet-embassy-in-beijing": "Moscow",
}
_HEIGHT = 500
_WIDTH = 395
"""The size of the picture in pixels, without the names on both sides."""
_EDGE = 1.1
"""The distance from the middle of the picture to its edges, in the units of its axes."""
_MIDDLE: dict[int, list[tuple[float, float]]] = {
    1: [(0, 0)],
    2: [(0.3, 0.3), (-0.3, -0.3)],
    3: [(0.4, 0), (-0.3, 0.4), (-0.3, -0.4)],
}
"""The positions of those with the most correspondents, by their number, from -1 to 1 in both directions."""


def draw_letters(
    letters: pd.DataFrame | None = None,
    *,
    documents: str | Iterable[str] | None = None,
    media: str | Iterable[str] | None = None,
) -> LayeredChart:
    """Draw who wrote to whom, with an arrow from sender to recipient for each pair.

    Up to three correspondents with the most partners are in the middle, and the others are around them.  On
    a narrow screen the chart is a list of these three and of the partners of each.

    Parameters
    ----------
    letters
        What :func:`helpers.load_letters` returns; by default all letters.  A letter to its own sender has no
        arrow.
    documents, media
        As in :func:`helpers.list_letter_edges`.

    Returns
    -------
    altair.LayerChart

    Raises
    ------
    ValueError
        As :func:`helpers.list_letter_edges`, or if no letter has both a sender and a recipient.

    Examples
    --------
    >>> from helpers import describe_chart
    >>> chart = draw_letters(documents="deng-1962", media="letter")
    >>> describe_chart(chart).startswith("Who wrote to whom")
    True
    """
    frame = loaders.load_letters() if letters is None else letters
    need_rows(frame, "letter", "letter_id")
    listed = network.list_letter_edges(frame, documents=documents, media=media)
    listed = listed[listed["source"] != listed["target"]]
    if listed.empty:
        raise ValueError("No letter here has both a sender and a recipient.")
    names = name_entities()
    edges, nodes = network.count_edges(listed), network.count_correspondents(listed)
    nodes["name"], edges["sender"], edges["recipient"] = (
        [names.get(key, str(key)) for key in keys]
        for keys in (nodes["node"], edges["source"], edges["target"])
    )
    return draw_twice(
        lambda narrow: _draw_list(edges, nodes) if narrow else _draw_network(edges, nodes),
        title=_claim(listed),
        unit="Arrows point to the recipient. A number counts letters or messages.",
        description=_describe(edges, nodes, listed["letter_id"].nunique()),
        table=edges[["sender", "recipient", "n"]].set_axis(["From", "To", "Letters"], axis="columns"),
    )


# --- as a network, on a wide page ---


def _axes(x: str, y: str) -> tuple[alt.X, alt.Y]:
    scale = alt.Scale(domain=[-_EDGE, _EDGE])
    return alt.X(f"{x}:Q", axis=None, scale=scale), alt.Y(f"{y}:Q", axis=None, scale=scale)


def _draw_network(edges: pd.DataFrame, nodes: pd.DataFrame) -> LayeredChart:
    """Return arrows between plates with names in the middle and dots with names around them."""
    nodes = _place_nodes(nodes, edges)
    arrows = _route_arrows(edges, nodes.set_index("node"))
    outer, plates = nodes[nodes["side"] != "middle"], nodes[nodes["side"] == "middle"]
    x, y = _axes("x", "y")
    who = alt.Tooltip("name:N", title="Who")
    ends = [
        alt.Tooltip("sender:N", title="From"),
        alt.Tooltip("recipient:N", title="To"),
        alt.Tooltip("n:Q", title="Letters"),
    ]
    width = alt.StrokeWidth("n:Q").scale(domain=[1, 4], range=[1, 4]).legend(None)
    lines = alt.Chart(arrows).mark_rule(color=GRAY)
    boxes = alt.Chart(plates).mark_rect(cornerRadius=8, opacity=1, fill=alt.ExprRef("datum.fill"))
    layers = [
        lines.encode(x, y, alt.X2("end_x:Q"), alt.Y2("end_y:Q"), width, ends),
        plot(arrows, *_axes("head_x", "head_y"), ends, shape="triangle", size=70, fill=TEXT),
        write(arrows[arrows["n"] > 1], *_axes("count_x", "count_y"), text="n:Q", fontWeight="bold"),
        plot(outer, x, y, who, size=90),
        write(outer, x, y, lineHeight=13),
        boxes.encode(*_axes("left", "top"), alt.X2("right:Q"), alt.Y2("bottom:Q"), who),
        write(plates, x, y, lineHeight=16, fontWeight="bold", color=alt.ExprRef("datum.ink")),
    ]
    return LayeredChart(layer=layers).properties(width=_WIDTH, height=_HEIGHT)


def _place_nodes(nodes: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    """Return nodes with positions: up to three with the most links in the middle, the others around them.

    A node that writes to one of the middle nodes is placed near it, so that few lines cross.
    """
    ranked = nodes.assign(links=nodes["n_recipients"] + nodes["n_senders"])
    ranked = ranked.sort_values(["links", "name"], ascending=[False, True], kind="stable")
    keys = ranked["node"].to_list()
    n_middle = min(int((ranked["links"] > len(ranked) / 5).sum()), 3, len(keys) - 1)
    middle, around = keys[:n_middle], keys[n_middle:]
    places = dict(zip(middle, _MIDDLE.get(n_middle, []), strict=True))
    places |= _place_around(around, places, edges)
    lines = [textwrap.wrap(name, 20) or [""] for name in ranked["name"]]
    n_breaks = pd.Series([len(parts) - 1 for parts in lines], ranked.index)
    capital = ranked["node"].map(lambda key: _CAPITAL.get(key, ""))
    placed = ranked.assign(
        label=["\n".join(parts) for parts in lines],
        # Half the width and half the height of a plate in pixels; it is at least as large as the name.
        half=[max(map(len, parts)) * 3.9 + 8 for parts in lines],
        tall=n_breaks * 8 + 13,
        capital=capital,
        fill=capital.map(lambda side: FILLS[side][0]),
        ink=capital.map(lambda side: FILLS[side][1]),
        x=[float(places[key][0]) for key in keys],
        y=[float(places[key][1]) for key in keys],
        side=["middle" if key in middle else "right" if places[key][0] > 0 else "left" for key in keys],
    )
    across, up = _to_units(placed["half"])[0], _to_units(placed["tall"])[1]
    return placed.assign(
        left=placed["x"] - across,
        right=placed["x"] + across,
        top=placed["y"] + up,
        bottom=placed["y"] - up,
        align=placed["side"].map({"middle": "center", "right": "left", "left": "right"}),
        dx=placed["side"].map({"middle": 0, "right": 9, "left": -9}),
        # Text of several lines is placed by its first line, but its middle should be that of the mark.
        dy=n_breaks * placed["side"].map({"middle": -8, "right": -6.5, "left": -6.5}),
    )


def _place_around(
    keys: list[str], middle: dict[str, tuple[float, float]], edges: pd.DataFrame
) -> dict[str, tuple[float, float]]:
    """Return positions around the middle, each node as near as possible to those with which it is linked."""
    pulls = dict(middle)
    for _ in range(2):  # the second time for nodes that are not linked to the middle
        for key in keys:
            to, by = edges["source"] == key, edges["target"] == key
            linked = [*edges.loc[to, "target"], *edges.loc[by, "source"]]
            near = [pulls[other] for other in linked if other in pulls]
            if near:
                pulls[key] = tuple(sum(values) / len(near) for values in zip(*near, strict=True))
    angles = {key: _angle(pulls.get(key, (0, 0))) for key in keys}
    keys = sorted(angles, key=angles.__getitem__)
    # Equally spaced from top to bottom on each side, so that names of several lines do not overlap.
    sides = ((1, len(keys) - len(keys) // 2), (-1, len(keys) // 2))
    heights = [(way, (2 * i + 1) / n - 1) for way, n in sides for i in range(n)]
    spots = sorted(((way * math.sqrt(1 - 0.8 * up**2), up) for way, up in heights), key=_angle)
    slots = [_angle(spot) for spot in spots]
    shift = min(
        range(len(keys)),
        key=lambda by: sum(1 - math.cos(slots[i - by] - angles[key]) for i, key in enumerate(keys)),
    )
    return {key: spots[i - shift] for i, key in enumerate(keys)}


def _angle(place: tuple[float, float]) -> float:
    return math.atan2(place[1], place[0])


def _route_arrows(edges: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """Return edges with ends, arrowhead and position of the number; opposite edges run side by side."""
    begin, end = (nodes.loc[edges[key]].reset_index(drop=True) for key in ("source", "target"))
    right, up = _to_units(1)
    # In pixels on the screen: the direction of each edge, and one step to its right.
    way = (end["x"] - begin["x"]) / right, (end["y"] - begin["y"]) / up
    length = np.hypot(*way)
    across = way[1] / length, -way[0] / length
    pairs = list(zip(edges["source"], edges["target"], strict=True))
    aside = np.where([pair[::-1] in set(pairs) for pair in pairs], 4, 0)
    first, last = _hidden_share(begin, way, length), 1 - _hidden_share(end, way, length)
    # Past the middle of the visible part, where the lines of a busy correspondent have spread out.
    head = first + 0.65 * (last - first)
    places = {"": (0, aside), "end_": (1, aside), "head_": (head, aside), "count_": (head, aside + 11)}
    arrows = {"angle": np.degrees(np.arctan2(*way))}
    for name, (part, steps) in places.items():
        arrows[f"{name}x"] = begin["x"] + right * (part * way[0] + steps * across[0])
        arrows[f"{name}y"] = begin["y"] + up * (part * way[1] + steps * across[1])
    return edges.drop(columns="letters").assign(**arrows)


def _to_units(pixels: float | pd.Series) -> tuple[float, float]:
    """Return a length in pixels in the units of the two axes."""
    return pixels * 2 * _EDGE / _WIDTH, pixels * 2 * _EDGE / _HEIGHT


def _hidden_share(nodes: pd.DataFrame, way: tuple[pd.Series, pd.Series], length: pd.Series) -> pd.Series:
    """Return the share of each edge that its plate or dot covers."""
    across, along = (step.abs().clip(lower=0.001) for step in way)
    plate = np.minimum(nodes["half"] / across, nodes["tall"] / along)
    return plate.where(nodes["side"] == "middle", 5 / length)


# --- as a list, on a narrow screen ---


def _draw_list(edges: pd.DataFrame, nodes: pd.DataFrame) -> LayeredChart:
    """Return a list of the busiest correspondents: how often each partner wrote, and was written to."""
    names, left = nodes.set_index("node")["name"], edges[["source", "target", "n"]]
    labels, arrows, at = [], [], 0.0

    def add_name(key: str, x: int, width: int, **look: object) -> None:
        nonlocal at
        fill = SIDES.get(_CAPITAL.get(key, ""), "transparent")
        for line in textwrap.wrap(names[key], width) or [""]:
            labels.append({"y": at, "x": x, "label": line, "fill": fill, "dot": x - 9, **look})
            fill = "transparent"
            at += 1

    while len(left):
        ends = pd.concat([left["source"], left["target"]])
        hub = ends.value_counts(sort=False).sort_values(ascending=False, kind="stable").index[0]
        own = left[(left["source"] == hub) | (left["target"] == hub)]
        left = left.drop(own.index)
        add_name(hub, 13, 38, fontWeight="bold", fontSize=13)
        for x, way in ((0, "from"), (38, "to")):
            labels.append({"y": at, "x": x, "label": way, "fill": "transparent", "fontSize": 11})
        at += 0.9
        partners = own["source"].where(own["source"] != hub, own["target"])
        for partner, both in own.groupby(partners, sort=False):
            # Toward the name at the head of the group, which is on the left, or away from it.
            for x, angle, way in ((6, 270, both["target"]), (44, 90, both["source"])):
                if n := int(both.loc[way == hub, "n"].sum()):
                    arrows.append({"y": at, "x": x, "angle": angle, "n": n})
            add_name(partner, 92, 34)
        at += 0.6
    names = pd.DataFrame(labels).fillna({"fontWeight": "normal", "fontSize": 12, "dot": 0})
    left_x, dot_x = (
        alt.X(f"{column}:Q", axis=None).scale(domain=[0, WIDTHS[True]], nice=False) for column in ("x", "dot")
    )
    y = alt.Y("y:Q", axis=None).scale(domain=[at, -0.5], nice=False)
    layers = [
        write(names, left_x, y, align="left"),
        plot(names[names["fill"] != "transparent"], dot_x, y, size=70),
        plot(pd.DataFrame(arrows), left_x, y, shape="triangle", size=60, fill=TEXT),
        write(pd.DataFrame(arrows), left_x, y, text="n:Q", align="left", dx=8),
    ]
    return LayeredChart(layer=layers).properties(width=WIDTHS[True], height=float(19 * (at + 0.5)))


# --- in words ---


def _claim(listed: pd.DataFrame) -> str:
    """Say who sent or received most of the letters."""
    ends = pd.concat([listed.rename(columns={end: "who"}) for end in ("source", "target")])
    letters = ends.groupby("who", sort=False)["letter_id"].nunique()
    n, top, key = listed["letter_id"].nunique(), int(letters.max()), letters.idxmax()
    who = name_entities(in_sentence=True).get(key, key)
    if n == top:
        return f"{'Every letter here is' if n > 1 else 'The one letter here is'} to or from {who}"
    some = "One of these" if top == 1 else f"{top} of these"
    return f"{some} {n} letters and messages {'is' if top == 1 else 'are'} to or from {who}"


def _describe(edges: pd.DataFrame, nodes: pd.DataFrame, n_letters: int) -> str:
    names = name_entities(in_sentence=True)
    counted = "1 letter or message" if n_letters == 1 else f"{n_letters} letters and messages"
    sentences = [f"Who wrote to whom: {counted} between {len(nodes)} correspondents."]
    for source, own in edges.groupby("source", sort=False):
        partners = [
            names.get(key, str(key)) + (f" ({n})" if n > 1 else "")
            for key, n in zip(own["target"], own["n"], strict=True)
        ]
        sentences.append(capitalize(f"{names.get(source, source)} wrote to {join_names(partners)}."))
    about = "This shows only the letters in these rows; several senders or recipients count separately."
    return " ".join([*sentences, about])
