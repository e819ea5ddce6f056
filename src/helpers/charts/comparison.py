"""Compare how often terms occur in documents."""

from itertools import cycle

import altair as alt
import pandas as pd

from helpers.charts.describe import ABOUT_TWO_TEXTS, count_times, join_names, name_documents
from helpers.charts.drawing import (
    CHARACTER,
    GRAY,
    PALETTE,
    TEXT,
    LayeredChart,
    color_document,
    draw_twice,
    label_rows,
    need_rows,
    write,
)
from helpers.text import frequency
from helpers.text.frequency import Terms
from helpers.validation import need

_SHAPES = [
    *("circle", "square", "triangle-up", "diamond"),
    *("cross", "triangle-down", "triangle-left", "triangle-right"),
]
"""A shape for each document."""


def draw_comparison(counts: pd.DataFrame | Terms) -> LayeredChart:
    """Draw how often terms occur per 1,000 words of each document, with one line for each term.

    Parameters
    ----------
    counts
        What :func:`helpers.count_terms` returns by document, for up to eight documents; or terms to count in
        the two documents.  A document without a word, which has no rate, is left out.

    Returns
    -------
    altair.LayerChart

    Raises
    ------
    ValueError
        If a column is missing, there is nothing to compare, or there are too many documents.

    Examples
    --------
    >>> from helpers import describe_chart
    >>> chart = draw_comparison(["unity", "debate"])
    >>> "debate: 0 in Deng 1962 (0.0 per 1,000), 7 in Mao 1963 (4.6)." in describe_chart(chart)
    True
    """
    if not isinstance(counts, pd.DataFrame):
        counts = frequency.count_terms(counts)
    need(counts, "document_id", "term", "n", "per_1000")
    if "paragraph_id" in counts:
        raise ValueError("Terms are compared by document: give what count_terms returns by document.")
    counts = counts.dropna(subset="per_1000")
    need_rows(counts, "rate", "document_id", "term", "n")
    frame = counts.assign(document=name_documents(counts["document_id"]), row=counts["term"].astype(str))
    frame = frame.reset_index(drop=True)
    if (n_documents := frame["document_id"].nunique()) > len(_SHAPES):
        raise ValueError(f"A chart compares up to {len(_SHAPES)} documents, not {n_documents}; choose some.")
    rates = frame.groupby("row", sort=False)["per_1000"]
    frame = frame.assign(lowest=rates.transform("min"), highest=rates.transform("max"))
    order = (rates.max() - rates.min()).sort_values(ascending=False, kind="stable").index.to_list()
    table = frame.assign(rate=frame["per_1000"].round(1))[["row", "document", "n", "rate"]]
    return draw_twice(
        lambda narrow: _draw_lines(frame, order, narrow),
        title=_claim(frame, order),
        unit="Occurrences per 1,000 words" + ("; the widest gap first" if len(order) > 1 else ""),
        description=_describe(frame, order),
        table=table.set_axis(["Term", "Document", "Occurrences", "Per 1,000 words"], axis="columns"),
    )


def _draw_lines(frame: pd.DataFrame, order: list[str], narrow: bool) -> LayeredChart:
    """Return a line for each term, with a mark for each document and a number at each end."""
    documents = frame.drop_duplicates("document_id")
    names = documents["document"].to_list()
    others = cycle(PALETTE[name] for name in ("green", "purple", "gray"))
    colors = [color_document(key, next(others)) for key in documents["document_id"]]
    rows = label_rows(order, narrow)
    x = alt.X("per_1000:Q", axis=None).scale(padding=CHARACTER * 5, nice=False)
    first = frame[frame["row"] == order[0]]
    # If the longest line has room for the names of both documents, they are there, and no legend is needed.
    longest = (rows.width - 10 * CHARACTER) * (first["highest"] - first["lowest"]).max()
    is_direct = len(names) == 2 and longest > CHARACTER * len("".join(names)) * (frame["per_1000"].max() or 1)
    legend = None if is_direct else alt.Legend(title=None, orient="top", labelColor=TEXT, labelFontSize=12)
    tooltip = [alt.Tooltip("document:N", title="Document"), alt.Tooltip("n:Q", title="Occurrences")]
    ends = _label_ends(frame)
    color = alt.Color("document:N", legend=legend).scale(domain=names, range=colors)
    shape = alt.Shape("document:N", legend=legend).scale(domain=names, range=_SHAPES[: len(names)])
    lines = alt.Chart(frame.drop_duplicates("row")).mark_rule(color=GRAY, strokeWidth=2)
    marks = alt.Chart(frame).mark_point(size=100, filled=True, opacity=1)
    layers = [
        lines.encode(alt.X("lowest:Q", axis=None), alt.X2("highest:Q"), rows.y),
        marks.encode(x, rows.y, color, shape, tooltip),
        *rows.labels,
        write(ends, x, rows.y),
    ]
    if is_direct:
        # Inside the first line, which is the longest.
        inside = ends[ends["row"] == order[0]].replace({"align": {"right": "left", "left": "right"}})
        look = {"dy": 14 if narrow else -14, "fontWeight": "bold"}
        layers.append(write(inside.assign(dx=inside["dx"] / 1.5), x, rows.y, text="document:N", **look))
    return LayeredChart(layer=layers).properties(width=rows.width, height=rows.height)


def _label_ends(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rate at each end of each line, outside it; if both ends coincide, one is on each side."""
    place = ["row", "per_1000"]
    low = (frame["per_1000"] == frame["lowest"]) & ~frame.duplicated(place)
    high = (frame["per_1000"] == frame["highest"]) & ~frame.duplicated(place, keep="last") & ~low
    labels = frame.assign(
        label=frame["per_1000"].map("{:.1f}".format),
        align=low.map({True: "right", False: "left"}),
        dx=low.map({True: -9, False: 9}),
    )
    return labels[low | high]


def _claim(frame: pd.DataFrame, order: list[str]) -> str:
    """Say how often the term with the widest gap occurs in each document."""
    own = frame[frame["row"] == order[0]].sort_values("per_1000", ascending=False, kind="stable")
    each = [f"{count_times(row.n) if row.n else 'never'} in {row.document}" for row in own.itertuples()]
    return f"“{order[0]}” occurs {join_names(each)}" + (", the widest gap of all" if len(order) > 1 else "")


def _describe(frame: pd.DataFrame, order: list[str]) -> str:
    sentences = ["How often terms occur in each document, in total and per 1,000 words."]
    for term in order:
        own = frame[frame["row"] == term]
        each = [f"{row.n} in {row.document} ({row.per_1000:.1f})" for row in own.itertuples()]
        each[0] = each[0].removesuffix(")") + " per 1,000)"
        sentences.append(f"{term}: {', '.join(each)}.")
    return " ".join([*sentences, ABOUT_TWO_TEXTS])
