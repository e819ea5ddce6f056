"""Draw where terms occur in each document."""

import math
from operator import itemgetter
from typing import Any

import altair as alt
import pandas as pd

from helpers.charts.describe import ABOUT_TWO_TEXTS, count_of, count_times, join_names, name_documents
from helpers.charts.drawing import (
    GRAY,
    StackedChart,
    color_document,
    draw_twice,
    label_rows,
    need_rows,
    title_part,
)
from helpers.corpus import loaders
from helpers.text import frequency
from helpers.text.frequency import Terms


def draw_dispersion(
    terms: Terms, *, paragraphs: pd.DataFrame | None = None, case_sensitive: bool = False
) -> StackedChart:
    """Draw where terms occur in each document, with a tick for each occurrence.

    Each document runs from its first word to its last, and all documents have the same scale.  A document
    without a word is left out.

    Parameters
    ----------
    terms, paragraphs, case_sensitive
        As in :func:`helpers.count_terms`.

    Returns
    -------
    altair.VConcatChart

    Raises
    ------
    ValueError
        As :func:`helpers.count_terms`, or if the paragraphs have no word.

    Examples
    --------
    >>> from helpers import describe_chart
    >>> "does not occur in Deng 1962" in describe_chart(draw_dispersion("Albania"))
    True
    """
    frame = loaders.load_paragraphs() if paragraphs is None else paragraphs
    need_rows(frame, "paragraph", "document_id", "paragraph_id", "text")
    places = frequency.list_occurrences(terms, paragraphs=frame, case_sensitive=case_sensitive)
    counted = frequency.count_terms(terms, paragraphs=frame, case_sensitive=case_sensitive)
    counted = counted[counted["n_tokens"] > 0]
    if counted.empty:
        raise ValueError("These paragraphs have no word.")
    counted, places = (
        table.assign(document=name_documents(table["document_id"])) for table in (counted, places)
    )
    names = list(dict.fromkeys(counted["term"]))
    documents = counted.drop_duplicates("document_id")

    def draw(narrow: bool) -> StackedChart:
        strips = [
            _draw_strip(document, documents["n_tokens"].max(), places, names, narrow)
            for document in documents.itertuples()
        ]
        return StackedChart(vconcat=strips, spacing=18)

    table = places.assign(word=places["n_before"] + 1)[["term", "document", "paragraph_id", "word"]]
    return draw_twice(
        draw,
        title=_claim(counted, places),
        unit="One tick for each occurrence, from the first word of a document to its last",
        description=_describe(counted, places, names),
        table=table.set_axis(["Term", "Document", "Paragraph", "Word"], axis="columns"),
    )


def _draw_strip(
    document: Any, longest: int, places: pd.DataFrame, names: list[str], narrow: bool
) -> alt.LayerChart:
    """Return one document as a strip with a row for each term, even if it does not occur."""
    length = document.n_tokens
    own = places[places["document_id"] == document.document_id]
    ticks = pd.DataFrame({"row": own["term"], "word": own["n_before"] + 1, "at": own["paragraph_id"]})
    rows = label_rows(names, narrow)
    axis = alt.Axis(tickCount=3 if narrow else 6, grid=False, title="Word of the document")
    x = alt.X("word:Q", axis=axis).scale(domain=[0, length], nice=False)
    tooltip = [alt.Tooltip("at:N", title="Paragraph"), alt.Tooltip("word:Q", title="Word")]
    color = color_document(document.document_id)
    lines = alt.Chart(pd.DataFrame({"row": names, "word": 1, "end": length}))
    lines = lines.mark_rule(color=GRAY, opacity=0.5).encode(x, alt.X2("end:Q"), rows.y)
    marks = alt.Chart(ticks).mark_tick(thickness=2, color=color, size=14, opacity=1)
    title = title_part(f"{document.document} ({count_of(length, 'word')})")
    return alt.layer(lines, marks.encode(x, rows.y, tooltip), *rows.labels).properties(
        width=rows.width * length / longest, height=rows.height, title=title
    )


def _claim(counted: pd.DataFrame, places: pd.DataFrame) -> str:
    """Say which document has most occurrences of a term, or where half of them are closest together."""
    total = counted.groupby("term", sort=False)["n"].transform("sum")
    is_uneven = (counted["n"] >= 0.75 * total) & (counted["n"] > 0)
    if counted["document_id"].nunique() > 1 and is_uneven.any():
        top = counted[is_uneven].sort_values("n", ascending=False, kind="stable").iloc[0]
        n, of = top["n"], total[top.name]
        every = {1: "The only occurrence", 2: "Both occurrences"}.get(n, f"All {n} occurrences")
        some = f"{n} of the {of} occurrences" if n < of else every
        return f"{some} of “{top['term']}” {'is' if of == 1 else 'are'} in {top['document']}"
    closest = []
    for row in counted[counted["n"] >= 4].itertuples():
        own = places[(places["term"] == row.term) & (places["document_id"] == row.document_id)]
        at, half = sorted(own["n_before"]), -(-row.n // 2)
        stretch = min(at[i + half - 1] - at[i] for i in range(row.n - half + 1)) / row.n_tokens
        closest.append((stretch, half, row))
    if closest:
        stretch, half, row = min(closest, key=itemgetter(0))
        return (
            f"{half} of the {row.n} occurrences of “{row.term}” in {row.document} are within "
            f"{max(math.ceil(100 * stretch), 1)} percent of its length"
        )
    terms, n = join_names(f"“{name}”" for name in dict.fromkeys(counted["term"])), counted["n"].sum()
    return f"{terms}: {count_of(n, 'occurrence')} in all" if n else f"No document has {terms}"


def _describe(counted: pd.DataFrame, places: pd.DataFrame, names: list[str]) -> str:
    verb = "occurs" if len(names) == 1 else "occur"
    sentences = [f"Where {join_names(names)} {verb} in each document, word by word from its beginning."]
    for row in counted.itertuples():
        if not row.n:
            sentences.append(f"{row.term} does not occur in {row.document}.")
            continue
        own = places[(places["term"] == row.term) & (places["document_id"] == row.document_id)]
        paragraphs = own["paragraph_id"].value_counts(sort=False)
        listed = join_names(f"{name} ({n})" if n > 1 else name for name, n in paragraphs.items())
        sentences.append(f"{row.term} occurs {count_times(row.n)} in {row.document}: in {listed}.")
    return " ".join([*sentences, ABOUT_TWO_TEXTS])
