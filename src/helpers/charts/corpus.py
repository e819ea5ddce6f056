"""Charts of the corpus: frame in, Altair chart out.

The title of every chart says what its data show.  For readers who cannot see it, a chart carries a text
alternative made from its data (`describe_chart`) and the data as a table.  It is drawn twice, for a wide page
and for a phone.  Color is never the only sign, and text takes the color of the page around it, so that a
chart can be read on light and dark pages.
"""

import json
import math
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import count

import altair as alt
import pandas as pd

from helpers.corpus import loaders
from helpers.dates import write_out
from helpers.history import network
from helpers.history.chronology import SIDES as MEMBERS
from helpers.history.chronology import TURNS
from helpers.text import frequency
from helpers.text.frequency import Terms
from helpers.validation import need

MIME_TYPE = "application/vnd.vegalite.v5+json"
"""The formats of a chart that a notebook receives, in addition to the plain text alternative."""

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

_WRITTEN_DOWN_IN = {"deng-1962": "Moscow", "mao-1963": "Beijing"}
_CAPITAL = {key: "Moscow" for key in MEMBERS["soviet"]} | {key: "Beijing" for key in MEMBERS["chinese"]}
_CAPITAL["soviet-embassy-in-beijing"] = "Moscow"
_TEXT = "currentColor"
_GRAY = PALETTE["gray"]
_WIDTHS = {False: 640, True: 314}
"""The width of a chart in pixels, by whether it is the drawing for narrow screens."""
_LETTER = 7.2
"""The width of a character of 12 pixels in the widest font that a reader may have."""
_ROW = 22
_LABEL = 40
"""The number of characters in a line of a label next to its row."""
_LEVEL = 15
_CATEGORIES = ("diplomatic", "party", "ideology", "military", "economic")
_VOICES = {
    "quoted": "{}, in quotation marks",
    "reported": "{}, reported",
    "note-taker": "the note-taker, about {}",
}
_ABOUT_TWO_TEXTS = "This describes only these texts, which also differ in genre, side and translator."


def describe_chart(chart: alt.TopLevelMixin) -> str:
    """Return the text alternative of a chart, which describes its data in words.

    Parameters
    ----------
    chart
        A chart that a function of this module has drawn.

    Returns
    -------
    str
        A few sentences, the same as the `description` in the chart's specification.

    Raises
    ------
    ValueError
        If the chart has no text alternative.

    Examples
    --------
    >>> describe_chart(draw_dispersion("Albania")).split(". ")[0]
    'Where Albania occurs in each document, word by word from its beginning'
    """
    description = getattr(chart, "description", alt.Undefined)
    if not isinstance(description, str) or not description:
        raise ValueError("This chart has no text alternative; the charts that the draw_ functions make have.")
    return description


def draw_chronology(events: pd.DataFrame | None = None) -> alt.VConcatChart:
    """Draw events on a timeline, in one lane for each category.

    An event of one day is a point.  An event that took longer, or of which only the month or the year is
    known, is a bar over all the days on which it may have happened.  Events that were not verified are drawn
    hollow.  The number next to a mark is the number of its row in the chart's table, in chronological order;
    turning points also have names, and the two talks are green diamonds.  If the events span many years and
    1962 and 1963 are crowded, the events of these two years are on a second, enlarged timeline only.

    Parameters
    ----------
    events
        All or part of what :func:`helpers.load_events` returns; by default all events.

    Returns
    -------
    altair.VConcatChart

    Raises
    ------
    ValueError
        If there are no events, or a column is missing.

    Examples
    --------
    >>> chart = draw_chronology(loaders.load_events().query("start.dt.year == 1962"))
    >>> describe_chart(chart).split(": ")[0]
    'Events along time, in one lane for each category'
    """
    frame = loaders.load_events() if events is None else events
    need(frame, "start", "end", "date_precision", "edtf", "category", "description", "status")
    if frame.empty:
        raise ValueError("There is no event to draw.")
    marks = _event_marks(frame.sort_values(["start", "end"], kind="stable", ignore_index=True))
    rows = marks[["number", "date", "category", "description", "status"]]
    return draw_twice(
        lambda narrow: _time_strips(marks, narrow),
        title=_claim_events(marks),
        unit="Point: a day. Bar: a month, a year or a span. Hollow: not verified. Diamond: one of our two "
        "talks. Numbers: rows of the table.",
        description=_describe_events(marks),
        table=rows.set_axis(["Number", "Date", "Category", "Event", "Status"], axis="columns"),
    )


def draw_dispersion(
    terms: Terms,
    *,
    paragraphs: pd.DataFrame | None = None,
    case: bool = False,
) -> alt.VConcatChart:
    """Draw where terms occur in each document, with a tick for each occurrence.

    Each document runs from its first word to its last, and all documents have the same scale.

    Parameters
    ----------
    terms, paragraphs, case
        As in :func:`helpers.count_terms`.

    Returns
    -------
    altair.VConcatChart

    Raises
    ------
    ValueError
        As :func:`helpers.count_terms`.

    Examples
    --------
    >>> "does not occur in Deng 1962" in describe_chart(draw_dispersion("Albania"))
    True
    """
    frame = loaders.load_paragraphs() if paragraphs is None else paragraphs
    counted = frequency.count_terms(terms, paragraphs=frame, case_sensitive=case)
    places = frequency.list_occurrences(terms, paragraphs=frame, case_sensitive=case)
    names = list(dict.fromkeys(counted["term"]))
    lengths = counted.groupby("document_id", sort=False)["n_tokens"].first()

    def draw(narrow: bool) -> alt.VConcatChart:
        parts = [
            _ticks(places[places["document_id"] == name], names, name, length / lengths.max(), length, narrow)
            for name, length in lengths.astype(int).items()
        ]
        return alt.vconcat(*parts, spacing=18)

    listed = places.assign(Document=places["document_id"].map(_short), Word=places["n_before"] + 1)
    return draw_twice(
        draw,
        title=_claim_places(counted, places),
        unit="One tick for each occurrence, from the first word of a document to its last",
        description=_describe_places(counted, places, names),
        table=listed.rename(columns={"term": "Term", "paragraph_id": "Paragraph"})[
            ["Term", "Document", "Paragraph", "Word"]
        ],
    )


def draw_comparison(counts: pd.DataFrame | Terms) -> alt.LayerChart:
    """Draw how often terms occur per 1,000 words of each document, with one line for each term.

    Parameters
    ----------
    counts
        What :func:`helpers.count_terms` returns by document; or terms to count in the two documents.

    Returns
    -------
    altair.LayerChart

    Raises
    ------
    ValueError
        If a column is missing, or there is nothing to compare.

    Examples
    --------
    >>> chart = draw_comparison(["unity", "debate"])
    >>> "debate: 0 in Deng 1962 (0.0 per 1,000), 7 in Mao 1963 (4.6)." in describe_chart(chart)
    True
    """
    if not isinstance(counts, pd.DataFrame):
        counts = frequency.count_terms(counts)
    need(counts, "document_id", "term", "n", "per_1000")
    if counts.empty or "paragraph_id" in counts:
        raise ValueError("Terms are compared by document: give what count_terms returns by document.")
    frame = counts.assign(document=counts["document_id"].map(_short))
    spread = frame.groupby("term", sort=False)["per_1000"].agg(["min", "max"])
    order = (spread["max"] - spread["min"]).sort_values(ascending=False, kind="stable").index.to_list()
    table = frame.assign(rate=frame["per_1000"].round(1))[["term", "document", "n", "rate"]]
    return draw_twice(
        lambda narrow: _dumbbells(frame, order, narrow),
        title=_claim_rates(frame, order),
        unit="Occurrences per 1,000 words" + ("; the widest gap first" if len(order) > 1 else ""),
        description=_describe_rates(frame, order),
        table=table.set_axis(["Term", "Document", "Occurrences", "Per 1,000 words"], axis="columns"),
    )


def draw_letters(
    letters: pd.DataFrame | None = None,
    *,
    documents: str | Iterable[str] | None = None,
    media: str | Iterable[str] | None = None,
) -> alt.LayerChart:
    """Draw who wrote to whom, with an arrow from sender to recipient for each pair.

    Up to three correspondents with the most partners are in the middle, and the others are around them.  On
    a narrow screen the chart is a list of these three and of the partners of each.

    Parameters
    ----------
    letters
        What :func:`helpers.load_letters` returns; by default all letters.
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
    >>> chart = draw_letters(documents="deng-1962", media="letter")
    >>> describe_chart(chart).startswith("Who wrote to whom")
    True
    """
    frame = loaders.load_letters() if letters is None else letters
    listed = network.list_letter_edges(frame, documents=documents, media=media)
    if listed.empty:
        raise ValueError("No letter here has both a sender and a recipient.")
    names = _names()
    edges, nodes = network.count_edges(listed), network.count_correspondents(listed)
    nodes = nodes.assign(name=nodes["node"].map(lambda key: names.get(key, key)))
    edges = edges.assign(
        sender=edges["source"].map(lambda key: names.get(key, key)),
        recipient=edges["target"].map(lambda key: names.get(key, key)),
    )
    return draw_twice(
        lambda narrow: _pairs(edges, nodes) if narrow else _network(edges, nodes),
        title=_claim_letters(listed, names),
        unit="Arrows point to the recipient. A number counts letters or messages.",
        description=_describe_letters(edges, nodes, listed["letter_id"].nunique()),
        table=edges[["sender", "recipient", "n"]].set_axis(["From", "To", "Letters"], axis="columns"),
    )


def draw_voices(
    speech_acts: pd.DataFrame | None = None,
    *,
    sentences: pd.DataFrame | None = None,
) -> alt.VConcatChart:
    """Draw whose words fill each document: the share of its words by speaker and by kind of report.

    The unit is the sentence: all its words count for the actor whom the coding names.

    Parameters
    ----------
    speech_acts
        What :func:`helpers.load_speech_acts` returns.
    sentences
        What :func:`helpers.load_sentences` returns, for the lengths in words.

    Returns
    -------
    altair.VConcatChart

    Raises
    ------
    ValueError
        If a column is missing, or no speech act has its sentence.

    Examples
    --------
    >>> "Deng Xiaoping, reported" in describe_chart(draw_voices())
    True
    """
    acts = loaders.load_speech_acts() if speech_acts is None else speech_acts
    cut = loaders.load_sentences() if sentences is None else sentences
    need(acts, "document_id", "paragraph_id", "n", "actor", "voice")
    need(cut, "paragraph_id", "n", "n_words")
    joined = acts.merge(cut[["paragraph_id", "n", "n_words"]], on=["paragraph_id", "n"])
    if joined.empty:
        raise ValueError("None of these speech acts has its sentence among the sentences.")
    summed = joined.groupby(["document_id", "actor", "voice"], as_index=False)["n_words"].sum()
    summed["share"] = summed["n_words"] / summed.groupby("document_id")["n_words"].transform("sum")
    names = _names()
    summed["who"] = [_the(actor, names.get(actor, actor)) for actor in summed["actor"]]
    summed["row"] = [
        who if actor == voice == "note-taker" else _VOICES.get(voice, f"{{}}, {voice}").format(who)
        for actor, who, voice in zip(summed["actor"], summed["who"], summed["voice"], strict=True)
    ]
    summed = summed.sort_values(["document_id", "share"], ascending=[True, False], kind="stable")
    documents = list(summed.groupby("document_id", sort=False))
    table = summed.assign(
        document=summed["document_id"].map(_short), percent=(100 * summed["share"]).round(1)
    )
    return draw_twice(
        lambda narrow: alt.vconcat(*(_shares(own, name, narrow) for name, own in documents), spacing=18),
        title=_claim_shares(summed),
        unit="Share of the words of each document, counted by sentence",
        description=_describe_shares(summed),
        table=table[["document", "row", "n_words", "percent"]].set_axis(
            ["Document", "Whose words, and how reported", "Words", "Percent"], axis="columns"
        ),
    )


# --- how a notebook shows a chart ---


def _show(spec: dict, **_: object) -> dict[str, object]:
    return {MIME_TYPE: spec, "text/plain": spec.get("description", "A chart without a text alternative.")}


# Altair's default loads its scripts from another server, but Jupyter already has them.
if alt.renderers.active == "default":
    alt.renderers.register("helpers", _show)
    alt.renderers.enable("helpers")


# --- what all charts have in common ---


def draw_twice(
    draw: Callable[[bool], alt.TopLevelMixin], *, title: str, unit: str, description: str, table: pd.DataFrame
):
    """Return a chart that carries its second drawing; both are dressed, with titles that fit their width.

    Parameters
    ----------
    draw
        Returns the bare chart; it is told whether the drawing is for a narrow screen.
    title, unit
        What the data show, as a claim, and their unit; each is one line of any length.
    description, table
        As :func:`dress_chart` takes them.
    """

    def dressed(narrow: bool, second=None):
        width = _WIDTHS[narrow]
        return dress_chart(
            draw(narrow),
            title=textwrap.wrap(title, int((width + 14) / (_LETTER * 4 / 3))),
            key=textwrap.wrap(unit, int(width / _LETTER)),
            description=description,
            table=table,
            narrow=second,
        )

    return dressed(False, dressed(True))


def dress_chart(
    chart,
    *,
    title: str | list[str],
    description: str,
    table: pd.DataFrame,
    key: list[str] | None = None,
    narrow=None,
):
    """Return a chart with its title and key, its text alternative, its table and the style of the book.

    Parameters
    ----------
    title, key
        What the chart shows and how to read it; each item of a list starts a new line.
    description, table
        The text alternative and the data, for readers who do not see the picture.
    narrow
        A second drawing of the same data, dressed too, that a page shows on narrow screens.
    """
    usermeta = {"table": table.to_dict("split", index=False), "embedOptions": {"renderer": "svg"}}
    if narrow is not None:
        usermeta["narrow"] = {key: part for key, part in narrow.to_dict().items() if key != "usermeta"}
    axis = {"labelColor": _TEXT, "titleColor": _TEXT, "domainColor": _TEXT, "tickColor": _TEXT}
    text = {"color": _TEXT, "subtitleColor": _TEXT}
    # All at once: each method of a chart that changes it makes a deep copy first.
    return chart.properties(
        title=alt.Title(title, subtitle=key or []),
        description=description,
        # In SVG, text follows the color of the page when the theme changes; on a canvas it would not.
        usermeta=usermeta,
        background="transparent",
        config=alt.Config(
            axis=alt.AxisConfig(
                **axis, gridColor=_GRAY, gridOpacity=0.25, labelFontSize=12, titleFontSize=12
            ),
            title=alt.TitleConfig(**text, anchor="start", fontSize=15, subtitleFontSize=12, offset=14),
            text=alt.MarkConfig(color=_TEXT, fontSize=12),
            view=alt.ViewConfig(stroke=None),
        ),
    )


def _names() -> dict[str, str]:
    """Return the names of people and parties in charts: in full, but people without their patronymic."""
    return {key: _without_patronymic(name) for key, name in loaders.name_entities().items()}


def _the(key: str, name: str) -> str:
    """Return a name as a sentence needs it: a party or another body with its article."""
    return (
        name if name.startswith("the ") or key in set(loaders.load_people()["person_id"]) else f"the {name}"
    )


def _without_patronymic(name: str) -> str:
    words = name.split()
    return f"{words[0]} {words[-1]}" if len(words) == 3 and words[1].endswith("ich") else name


def _short(document_id: str) -> str:
    titles = loaders.load_documents(documents="all").set_index("document_id")["short_title"]
    return titles.get(document_id, document_id)


def _side_color(document_id: str) -> str:
    return SIDES.get(_WRITTEN_DOWN_IN.get(document_id, ""), _GRAY)


def _join(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else str(last)


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def _part(title: str) -> alt.Title:
    """Return the title of one of several charts, placed above its marks whatever the width of the labels."""
    return alt.Title(title, frame="group", fontSize=13, offset=6)


def _row_labels(order: list[str], narrow: bool) -> tuple[alt.Y, list[alt.Chart], int]:
    """Return the axis of rows in a given order, the marks of its labels, and the height of a row.

    Labels are to the left of their rows, or above them on a narrow screen.
    """
    lines = {name: textwrap.wrap(name, _LABEL) for name in order}
    height = max(_ROW, 15 * max(map(len, lines.values())) + 2)
    y = alt.Y("row:N").sort(order).scale(domain=order).title(None)
    if not narrow:
        axis = alt.Axis(
            labelExpr=f"{json.dumps(lines)}[datum.label]",
            labelLimit=300,
            labelPadding=8,
            ticks=False,
            domain=False,
        )
        return y.axis(axis), [], height
    marks = []
    for n in sorted({*map(len, lines.values())}):
        some = [{"row": name, "label": "\n".join(part)} for name, part in lines.items() if len(part) == n]
        text = {"align": "left", "baseline": "bottom", "dy": 4 - 13 * n, "lineHeight": 13, "lineBreak": "\n"}
        words = alt.Chart(pd.DataFrame(some)).mark_text(**text)
        marks.append(words.encode(x=alt.value(0), y=y, text="label:N"))
    return y.axis(None), marks, height + 20


def _beside(labels: list[str], narrow: bool) -> float:
    """Return the width of the labels next to the rows, in pixels."""
    return 0 if narrow else 8 + _LETTER * min(_LABEL, max(map(len, labels)))


# --- events along time ---


def _talks() -> pd.DataFrame:
    """Return the days of the two talks, by document."""
    return loaders.load_documents()[["document_id", "event_date", "short_title"]].sort_values("event_date")


def _event_marks(events: pd.DataFrame) -> pd.DataFrame:
    """Return events with their numbers, labels and kinds of mark."""
    ids = events["event_id"] if "event_id" in events else pd.Series("", events.index)
    numbers = pd.Series(range(1, len(events) + 1), events.index)
    names = ids.map(lambda key: TURNS.get(key, ("", ""))[0])
    days = (events["end"] - events["start"]).dt.days + 1
    kinds = (days > 1).map({True: "bar", False: "point"})
    return pd.DataFrame(
        {
            "number": numbers,
            "label": (numbers.astype(str) + "  " + names).str.strip(),
            "mark": kinds.mask(ids.map(lambda key: TURNS.get(key, ("", ""))[1] == "talk"), "talk"),
            "start": events["start"],
            "stop": events["end"] + pd.Timedelta(days=1),  # to the end of its last day
            "days": days,
            "date": events["edtf"].map(write_out),
            "category": events["category"],
            "description": events["description"],
            "status": events["status"],
        }
    )


_BUSY = pd.Timestamp("1962-01-01"), pd.Timestamp("1964-01-01")


def _time_strips(marks: pd.DataFrame, narrow: bool) -> alt.VConcatChart:
    """Return one timeline, or two: all years, and an enlarged one of the years of the two talks."""
    first, last = marks["start"].min(), marks["stop"].max()
    room = (last - first) / 40 + pd.Timedelta(days=1)
    busy = (marks["start"] >= _BUSY[0]) & (marks["start"] < _BUSY[1])
    if (last - first).days < 5 * 365 or busy.sum() < 8 or busy.all():
        return alt.vconcat(_time_strip(marks, (first - room, last + room), narrow))
    return alt.vconcat(
        _time_strip(marks[~busy], (first - room, last + room), narrow, elsewhere=_BUSY),
        _time_strip(marks[busy], _BUSY, narrow).properties(
            title=_part("1962 and 1963 (gray above), enlarged")
        ),
        spacing=22,
    )


def _time_strip(
    marks: pd.DataFrame,
    span: tuple[pd.Timestamp, pd.Timestamp],
    narrow: bool,
    elsewhere: tuple[pd.Timestamp, pd.Timestamp] | None = None,
) -> alt.LayerChart:
    """Return the events between two days in lanes, each high enough that no two marks touch."""
    width = _WIDTHS[narrow]
    laid, lanes, height = _laid(marks, span, width)
    years = (span[1] - span[0]).days > 3 * 365
    time = alt.Scale(domain=[f"{day:%Y-%m-%d}" for day in span], nice=False)
    axis = alt.Axis(
        format="%Y" if years else "%b %Y",
        tickCount=3 if narrow else 7,
        title=None,
        grid=False,
        labelFlush=36,
    )
    x = alt.X("start:T", scale=time, axis=axis)
    levels = alt.Scale(domain=[height, -0.7], nice=False)
    y = alt.Y("y:Q", scale=levels, axis=None)
    look = {
        "fillOpacity": alt.condition("datum.status == 'verified'", alt.value(1), alt.value(0)),
        "tooltip": [alt.Tooltip("date:N", title="Date"), alt.Tooltip("description:N", title="Event")],
    }
    base = alt.Chart(laid)
    bars, points, talks = (
        base.transform_filter(f"datum.mark == '{kind}'") for kind in ("bar", "point", "talk")
    )
    layers = []
    if elsewhere:
        band = alt.Chart(pd.DataFrame([{"start": elsewhere[0], "stop": elsewhere[1]}]))
        layers.append(band.mark_rect(color=_GRAY, opacity=0.18).encode(x, alt.X2("stop:T")))
    days = [day for day in _talks()["event_date"] if span[0] <= day <= span[1]]
    if days and not elsewhere:
        rules = alt.Chart(pd.DataFrame({"start": days}))
        layers.append(rules.mark_rule(color=PALETTE["green"], strokeDash=[4, 3], strokeWidth=1.5).encode(x))
    layers += [
        bars.mark_rect(fill=_GRAY, stroke=_GRAY, strokeWidth=2, opacity=1).encode(
            x, alt.X2("stop:T"), alt.Y("above:Q", scale=levels, axis=None), alt.Y2("below:Q"), **look
        ),
        points.mark_point(size=46, fill=_GRAY, stroke=_GRAY, strokeWidth=1.5, opacity=1).encode(x, y, **look),
        talks.mark_point(shape="diamond", size=150, fill=PALETTE["green"], opacity=1, strokeWidth=0).encode(
            x, y, tooltip=look["tooltip"]
        ),
    ]
    for align, weight in laid.groupby(["align", "weight"]).groups:
        own = base.transform_filter(f"datum.align == '{align}' && datum.weight == '{weight}'")
        words = own.mark_text(align=align, baseline="middle", fontSize=11, fontWeight=weight, lineBreak="\n")
        layers.append(words.encode(alt.X("text_at:T", scale=time, axis=axis), y, text="label:N"))
    heads = alt.Chart(lanes).mark_text(align="left", baseline="middle", fontWeight="bold", fontSize=12)
    layers.append(heads.encode(x=alt.value(0), y=y, text="lane:N"))
    return alt.layer(*layers).properties(width=width, height=_LEVEL * (height + 0.7))


def _laid(marks: pd.DataFrame, span: tuple, width: int) -> tuple[pd.DataFrame, pd.DataFrame, float]:
    """Return events with the positions of marks and labels, the heads of the lanes, and the height."""
    scale = width / (span[1] - span[0]).total_seconds()
    rows, heads, top = {}, [], 0
    for category in dict.fromkeys([*_CATEGORIES, *marks["category"]]):
        own = marks[marks["category"] == category]
        if own.empty:
            continue
        heads.append({"lane": category, "y": top})
        # The head takes up the left end of the first level.
        taken = defaultdict(list, {0: [(-99.0, len(category) * _LETTER + 6)]})
        for event in own.itertuples():
            begin = (event.start - span[0]).total_seconds() * scale
            end = max((min(event.stop, span[1]) - span[0]).total_seconds() * scale, begin + 3)
            end = end if event.mark == "bar" else begin
            half, label = {"talk": 10, "point": 8, "bar": 5}[event.mark], event.label
            wide = len(label) * 6.6 + 4
            if max(width - end, begin) < half + wide:  # no room on either side
                label = "\n".join(textwrap.wrap(label, len(label) // 2 + 4))
                wide = max(map(len, label.split("\n"))) * 6.6 + 4
            is_left = end + half + wide > width
            part = (begin - half - wide, end + half) if is_left else (begin - half, end + half + wide)
            n = label.count("\n") + 1
            level = next(i for i in count() if not any(_meets(part, taken[i + k]) for k in range(n)))
            for k in range(n):
                taken[level + k].append(part)
            at = begin - half if is_left else end + half
            rows[event.Index] = {
                "label": label,
                "y": top + level,
                "text_at": span[0] + pd.Timedelta(seconds=at / scale),
                "align": "right" if is_left else "left",
            }
        top += max(level for level, used in taken.items() if used) + 1.4
    laid = marks.drop(columns="label").join(pd.DataFrame.from_dict(rows, orient="index"))
    return (
        laid.assign(
            stop=laid["stop"].clip(upper=span[1]),
            above=laid["y"] - 0.3,
            below=laid["y"] + 0.3,
            weight=(laid["mark"] == "talk").map({True: "bold", False: "normal"}),
        ),
        pd.DataFrame(heads),
        top,
    )


def _meets(part: tuple[float, float], used: list[tuple[float, float]]) -> bool:
    return any(part[0] < end and begin < part[1] for begin, end in used)


# --- words in documents ---


def _ticks(
    places: pd.DataFrame, names: list[str], document_id: str, part: float, length: int, narrow: bool
) -> alt.LayerChart:
    """Return one document as a strip with a row for each term, even if it does not occur."""
    rows = pd.DataFrame({"row": places["term"], "word": places["n_before"] + 1, "at": places["paragraph_id"]})
    y, labels, step = _row_labels(names, narrow)
    # Labels next to the rows reduce the width; all documents have the same scale.
    width = _WIDTHS[narrow] - _beside(names, narrow)
    axis = alt.Axis(tickCount=3 if narrow else 6, grid=False)
    x = alt.X("word:Q", axis=axis).scale(domain=[0, length], nice=False).title("Word of the document")
    base = alt.Chart(pd.DataFrame({"row": names, "word": 1, "end": length}))
    line = base.mark_rule(color=_GRAY, opacity=0.5).encode(x, alt.X2("end:Q"), y)
    tooltip = [alt.Tooltip("at:N", title="Paragraph"), alt.Tooltip("word:Q", title="Word")]
    marks = alt.Chart(rows).mark_tick(thickness=2, color=_side_color(document_id), size=14, opacity=1)
    return alt.layer(line, marks.encode(x, y, tooltip=tooltip), *labels).properties(
        width=width * part,
        height=step * len(names),
        title=_part(f"{_short(document_id)} ({length:,} words)"),
    )


def _dumbbells(frame: pd.DataFrame, order: list[str], narrow: bool) -> alt.LayerChart:
    """Return a line for each term, with a mark and a number at each end."""
    colors = [_side_color(key) for key in dict.fromkeys(frame["document_id"])]
    documents = list(dict.fromkeys(frame["document"]))
    frame = frame.rename(columns={"term": "row"})
    lowest = frame.groupby("row")["per_1000"].transform("min")
    highest = frame.groupby("row")["per_1000"].transform("max")
    is_first = ~frame.duplicated("row") & (lowest == highest)
    # Numbers go outside the line; if both ends coincide, the first number goes to the left.
    left = (frame["per_1000"] == lowest) & ((lowest < highest) | is_first)
    frame = frame.assign(
        align=left.map({True: "right", False: "left"}), value=frame["per_1000"].map("{:.1f}".format)
    )
    y, labels, step = _row_labels(order, narrow)
    width = _WIDTHS[narrow] - _beside(order, narrow)
    x = alt.X("per_1000:Q", axis=None).scale(padding=_LETTER * 5, nice=False)
    base = alt.Chart(frame)
    ends = base.transform_aggregate(low="min(per_1000)", high="max(per_1000)", groupby=["row"])
    gap = frame.loc[frame["row"] == order[0], "per_1000"]
    # If the longest line has room for the names of both documents, they are there, and no legend is needed.
    longest = (width - 10 * _LETTER) * (gap.max() - gap.min()) / (frame["per_1000"].max() or 1)
    is_direct = len(documents) == 2 and longest > _LETTER * len("".join(documents))
    legend = None if is_direct else alt.Legend(title=None, orient="top", labelColor=_TEXT, labelFontSize=12)
    shapes = ["circle", "square", "triangle-up", "diamond"][: len(documents)]
    tooltip = [alt.Tooltip("document:N", title="Document"), alt.Tooltip("n:Q", title="Occurrences")]
    layers = [
        ends.mark_rule(color=_GRAY, strokeWidth=2).encode(alt.X("low:Q", axis=None), alt.X2("high:Q"), y),
        base.mark_point(size=100, filled=True, opacity=1).encode(
            x,
            y,
            alt.Color("document:N", legend=legend).scale(domain=documents, range=colors),
            alt.Shape("document:N", legend=legend).scale(domain=documents, range=shapes),
            tooltip=tooltip,
        ),
        *labels,
    ]
    for align, dx in (("right", -9), ("left", 9)):
        own = base.transform_filter(f"datum.align == '{align}'")
        words = own.mark_text(align=align, dx=dx, baseline="middle")
        layers.append(words.encode(x, y, text="value:N"))
    if is_direct:
        # Inside the first line, which is the longest.
        first = alt.Chart(frame[frame["row"] == order[0]])
        for align, other, dx in (("right", "left", -6), ("left", "right", 6)):
            own = first.transform_filter(f"datum.align == '{align}'")
            words = own.mark_text(
                align=other, dx=dx, dy=14 if narrow else -14, fontWeight="bold", baseline="middle"
            )
            layers.append(words.encode(x, y, text="document:N"))
    return alt.layer(*layers).properties(width=width, height=step * len(order))


def _shares(own: pd.DataFrame, document_id: str, narrow: bool) -> alt.LayerChart:
    """Return a bar for each voice of one document, with its share at the end."""
    order = own["row"].to_list()
    y, labels, step = _row_labels(order, narrow)
    x = alt.X("share:Q", axis=None).scale(domain=[0, 1])
    base = alt.Chart(own[["row", "share"]])
    color = _side_color(document_id)
    bars = base.mark_bar(color=color, height=14).encode(x, y)
    values = base.mark_text(align="left", baseline="middle", dx=4).encode(
        x, y, text=alt.Text("share:Q", format=".1%")
    )
    return alt.layer(bars, values, *labels).properties(
        width=_WIDTHS[narrow] - _beside(order, narrow),
        height=step * len(order),
        title=_part(_short(document_id)),
    )


# --- who wrote to whom ---

_SIZE = 500
"""The height of the picture of letters, in pixels."""

_ASPECT = 0.79
"""The ratio of width to height of the picture of letters, without the names on both sides."""

_EDGE = 1.1
"""The distance from the middle of the picture of letters to its edges, in the units of its axes."""

_MIDDLE = {1: [(0, 0)], 2: [(0.3, 0.3), (-0.3, -0.3)], 3: [(0.4, 0), (-0.3, 0.4), (-0.3, -0.4)]}
"""The positions of those with the most correspondents, by their number, from -1 to 1 in both directions."""

FILLS = {
    "Moscow": (PALETTE["blue"], "white"),
    "Beijing": (PALETTE["vermilion"], "black"),
    "": (_GRAY, "white"),
}
"""The color of a plate, and that of the name on it."""


def _scales(x: str, y: str) -> tuple[alt.X, alt.Y]:
    return tuple(
        channel(f"{field}:Q").axis(None).scale(domain=[-_EDGE, _EDGE])
        for channel, field in ((alt.X, x), (alt.Y, y))
    )


def _network(edges: pd.DataFrame, nodes: pd.DataFrame) -> alt.LayerChart:
    """Return the correspondents as a network of names and arrows."""
    nodes = _placed(nodes, edges)
    edges = _aimed(edges, nodes.set_index("node"))
    x, y = _scales("x", "y")
    tooltip = [
        alt.Tooltip("sender:N", title="From"),
        alt.Tooltip("recipient:N", title="To"),
        alt.Tooltip("n:Q", title="Letters"),
    ]
    width = alt.StrokeWidth("n:Q").scale(domain=[1, 4], range=[1, 4]).legend(None)
    lines = alt.Chart(edges).mark_rule(color=_GRAY).encode(x, y, alt.X2("x2:Q"), alt.Y2("y2:Q"), width)
    heads = alt.Chart(edges).mark_point(shape="triangle", filled=True, size=70, color=_TEXT, opacity=1)
    counts = alt.Chart(edges[edges["n"] > 1]).mark_text(fontSize=12, fontWeight="bold")
    return alt.layer(
        lines.encode(tooltip=tooltip),
        heads.encode(*_scales("head_x", "head_y"), alt.Angle("angle:Q").scale(None), tooltip=tooltip),
        counts.encode(*_scales("count_x", "count_y"), text="n:Q"),
        *_named(nodes),
    ).properties(width=_SIZE * _ASPECT, height=_SIZE)


def _pairs(edges: pd.DataFrame, nodes: pd.DataFrame) -> alt.LayerChart:
    """Return the same as a list: for each of the busiest, how often they wrote and were written to."""
    names, left = nodes.set_index("node")["name"], edges[["source", "target", "n"]]
    rows, at = [], 0.0
    while len(left):
        ends = pd.concat([left["source"], left["target"]])
        hub = ends.value_counts(sort=False).sort_values(ascending=False, kind="stable").index[0]
        own = left[(left["source"] == hub) | (left["target"] == hub)]
        left = left.drop(own.index)
        for i, line in enumerate(textwrap.wrap(names[hub], 38)):
            rows.append({"y": at, "label": line, "kind": "hub", "side": "" if i else _CAPITAL.get(hub, "")})
            at += 1
        rows += [{"y": at, "label": "from", "kind": "from"}, {"y": at, "label": "to", "kind": "to"}]
        at += 0.9
        others = own["source"].where(own["source"] != hub, own["target"])
        for other, both in own.groupby(others, sort=False):
            for i, line in enumerate(textwrap.wrap(names[other], 34)):
                row = {"y": at, "label": line, "kind": "other", "side": "" if i else _CAPITAL.get(other, "")}
                ways = {} if i else both.groupby(both["source"] == hub)["n"].sum().to_dict()
                rows.append(row | {{True: "to", False: "from"}[way]: int(n) for way, n in ways.items()})
                at += 1
        at += 0.6
    listed = pd.DataFrame(rows).fillna({"side": ""})
    y = alt.Y("y:Q", axis=None).scale(domain=[at, -0.5], nice=False)
    base = alt.Chart(listed)
    layers = []
    kinds = {
        "hub": (13, "bold", 13),
        "other": (92, "normal", 12),
        "from": (0, "normal", 11),
        "to": (38, "normal", 11),
    }
    for kind, (x, weight, size) in kinds.items():
        own = base.transform_filter(f"datum.kind == '{kind}'")
        text = own.mark_text(align="left", baseline="middle", fontWeight=weight, fontSize=size)
        layers.append(text.encode(x=alt.value(x), y=y, text="label:N"))
        for side, color in SIDES.items():
            dot = own.transform_filter(f"datum.side == '{side}'").mark_point(
                filled=True, size=70, color=color, opacity=1
            )
            layers.append(dot.encode(x=alt.value(x - 9), y=y))
    for way, x, angle in (("from", 6, 270), ("to", 44, 90)):
        # Toward the name at the head of the group, which is on the left, or away from it.
        own = base.transform_filter(f"isValid(datum.{way})")
        head = own.mark_point(shape="triangle", filled=True, size=60, color=_TEXT, opacity=1, angle=angle)
        count = own.mark_text(align="left", baseline="middle", dx=8)
        layers += [head.encode(x=alt.value(x), y=y), count.encode(x=alt.value(x), y=y, text=f"{way}:Q")]
    return alt.layer(*layers).properties(width=_WIDTHS[True], height=float(19 * (at + 0.5)))


def _placed(nodes: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    """Return nodes with positions: up to three with the most links in the middle, the others around them.

    A node that writes to one of the middle nodes is placed near it, so that few lines cross.
    """
    ranked = nodes.assign(links=nodes["n_recipients"] + nodes["n_senders"])
    ranked = ranked.sort_values(["links", "name"], ascending=[False, True], kind="stable")
    keys = ranked["node"].to_list()
    n_middle = min(int((ranked["links"] > len(ranked) / 5).sum()), 3, len(keys) - 1)
    places = dict(zip(keys[:n_middle], _MIDDLE.get(n_middle, []), strict=True))
    pulls: dict[str, tuple[float, float]] = dict(places)
    for _ in range(2):  # the second time for nodes that are not linked to the middle
        for key in keys[n_middle:]:
            linked = [
                *edges.loc[edges["source"] == key, "target"],
                *edges.loc[edges["target"] == key, "source"],
            ]
            drawn = [pulls[other] for other in linked if other in pulls]
            if drawn:
                pulls[key] = tuple(sum(values) / len(drawn) for values in zip(*drawn, strict=True))
    turns = {key: math.atan2(*reversed(pulls.get(key, (0, 0)))) for key in keys[n_middle:]}
    around = sorted(turns, key=turns.__getitem__)
    # Equally spaced from top to bottom on each side, so that names of several lines do not overlap.
    halves = ((1, len(around) - len(around) // 2), (-1, len(around) // 2))
    heights = [(way, (2 * i + 1) / half - 1) for way, half in halves for i in range(half)]
    spots = sorted(
        ((way * math.sqrt(1 - 0.8 * up**2), up) for way, up in heights),
        key=lambda at: math.atan2(at[1], at[0]),
    )
    slots = [math.atan2(up, across) for across, up in spots]
    shift = min(
        range(len(around)),
        key=lambda by: sum(1 - math.cos(slots[i - by] - turns[key]) for i, key in enumerate(around)),
    )
    for i, key in enumerate(around):
        places[key] = spots[i - shift]
    lines = ranked["name"].map(lambda name: textwrap.wrap(name, 20))
    return ranked.assign(
        label=lines.map("\n".join),
        # Half the width and half the height of a plate in pixels; it is at least as large as the name.
        half=lines.map(lambda parts: max(map(len, parts)) * 3.9 + 8),
        tall=lines.map(lambda parts: len(parts) * 8 + 5),
        capital=ranked["node"].map(lambda key: _CAPITAL.get(key, "")),
        x=[float(places[key][0]) for key in keys],
        y=[float(places[key][1]) for key in keys],
        side=[
            "middle" if i < n_middle else "right" if places[key][0] > 0 else "left"
            for i, key in enumerate(keys)
        ],
    )


def _named(nodes: pd.DataFrame) -> list[alt.Chart]:
    """Return the marks of the nodes: plates with names in the middle, dots next to names around it."""
    x, y = _scales("x", "y")
    who = [alt.Tooltip("name:N", title="Who")]
    outer = nodes[nodes["side"] != "middle"].assign(lines=nodes["label"].str.count("\n"))
    marks = []
    for capital, group in outer.groupby("capital"):
        dot = alt.Chart(group).mark_point(filled=True, size=90, color=FILLS[capital][0], opacity=1)
        marks.append(dot.encode(x, y, tooltip=who))
    for (side, lines), group in outer.groupby(["side", "lines"]):
        align, dx = ("left", 9) if side == "right" else ("right", -9)
        # Text of several lines is placed by its first line; its middle should be next to the dot.
        text = {"align": align, "dx": dx, "dy": -6.5 * lines, "lineHeight": 13, "lineBreak": "\n"}
        words = alt.Chart(group).mark_text(baseline="middle", **text)
        marks.append(words.encode(x, y, text="label:N"))
    plates = nodes[nodes["side"] == "middle"]
    plates = plates.assign(
        left=plates["x"] - _units(plates["half"])[0],
        right=plates["x"] + _units(plates["half"])[0],
        top=plates["y"] + _units(plates["tall"])[1],
        bottom=plates["y"] - _units(plates["tall"])[1],
        above=plates["y"] + _units(8 * plates["label"].str.count("\n"))[1],
    )
    for capital, group in plates.groupby("capital"):
        fill, ink = FILLS[capital]
        plate = alt.Chart(group).mark_rect(cornerRadius=8, color=fill, opacity=1)
        name = {"fontWeight": "bold", "baseline": "middle", "lineBreak": "\n", "lineHeight": 16}
        words = (
            alt.Chart(group).mark_text(color=ink, **name).encode(x, _scales("x", "above")[1], text="label:N")
        )
        plate = plate.encode(*_scales("left", "top"), alt.X2("right:Q"), alt.Y2("bottom:Q"), tooltip=who)
        marks += [plate, words]
    return marks


def _aimed(edges: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return edges with ends, arrowhead and position of the number; opposite edges run side by side."""
    pairs = set(zip(edges["source"], edges["target"], strict=True))
    right, up = _units(1)
    rows = []
    for edge in edges.itertuples():
        begin, end = places.loc[edge.source], places.loc[edge.target]
        # In pixels on the screen: the direction of the edge, and one step to its right.
        way = ((end["x"] - begin["x"]) / right, (end["y"] - begin["y"]) / up)
        length = math.hypot(*way) or 1
        across = (way[1] / length, -way[0] / length)
        aside = 4 if (edge.target, edge.source) in pairs else 0
        first, last = _covered(begin, way), 1 - _covered(end, way)
        # Past the middle of the visible part, where the lines of a busy correspondent have spread out.
        head = first + 0.65 * (last - first)
        row = []
        for part, steps in ((0, aside), (1, aside), (head, aside), (head, aside + 11)):
            row.append(begin["x"] + right * (part * way[0] + steps * across[0]))
            row.append(begin["y"] + up * (part * way[1] + steps * across[1]))
        rows.append((*row, math.degrees(math.atan2(*way))))
    columns = ["x", "y", "x2", "y2", "head_x", "head_y", "count_x", "count_y", "angle"]
    return edges.drop(columns="letters").reset_index(drop=True).join(pd.DataFrame(rows, columns=columns))


def _units(pixels: float | pd.Series) -> tuple[float, float]:
    """Return a length in pixels in the units of the two axes."""
    return pixels * 2 * _EDGE / (_SIZE * _ASPECT), pixels * 2 * _EDGE / _SIZE


def _covered(node: pd.Series, way: tuple[float, float]) -> float:
    """Return the share of an edge that a node's plate or dot covers."""
    if node["side"] != "middle":
        return 5 / (math.hypot(*way) or 1)
    return min(
        half / max(abs(step), 0.001) for half, step in zip((node["half"], node["tall"]), way, strict=True)
    )


# --- what the data show, as a claim ---


def _claim_events(marks: pd.DataFrame) -> str:
    """Say how many events fall between the two talks, or before or after one, or which year has most."""
    n, talks = len(marks), _talks()["event_date"]
    between = int(((marks["start"] > talks.iloc[0]) & (marks["start"] < talks.iloc[-1])).sum())
    if n == 1:
        return f"One event: {marks['date'].iloc[0]}"
    if between and marks["start"].min() <= talks.iloc[0] and marks["stop"].max() > talks.iloc[-1]:
        days = (talks.iloc[-1] - talks.iloc[0]).days
        return f"{between} of these {n} events fall in the {days} days between our two talks"
    for talk in talks:
        sides = {"after": int((marks["start"] > talk).sum()), "before": int((marks["stop"] <= talk).sum())}
        side = max(sides, key=sides.__getitem__)
        if all(sides.values()) and sides[side] > 1:
            return (
                f"{sides[side]} of these {n} events come {side} the talk of {write_out(f'{talk:%Y-%m-%d}')}"
            )
    years = marks["start"].dt.year.value_counts()
    if len(years) > 1 and years.iloc[0] > years.iloc[1]:
        return f"{years.index[0]} has more of these events than any other year: {years.iloc[0]} of {n}"
    kinds = marks["category"].value_counts()
    if len(kinds) > 1 and kinds.iloc[0] > kinds.iloc[1]:
        return f"{kinds.iloc[0]} of these {n} events are in one lane: {kinds.index[0]}"
    return f"{n} events, from {marks['date'].iloc[0]} to {marks['date'].iloc[-1]}"


def _claim_places(counted: pd.DataFrame, places: pd.DataFrame) -> str:
    """Say which document has most occurrences of a term, or where half of them are closest together."""
    total = counted.groupby("term", sort=False)["n"].transform("sum")
    uneven = counted[
        (counted["n"] >= 0.75 * total) & (counted["n"] > 0) & (counted["n_tokens"].nunique() > 1)
    ]
    if len(uneven):
        top = uneven.sort_values("n", ascending=False, kind="stable").iloc[0]
        n, of = top["n"], total[top.name]
        some = (
            f"{n} of the {of} occurrences"
            if n < of
            else {1: "The only occurrence", 2: "Both occurrences"}.get(n, f"All {n} occurrences")
        )
        return f"{some} of “{top['term']}” {'is' if of == 1 else 'are'} in {_short(top['document_id'])}"
    best = None
    for row in counted[counted["n"] >= 4].itertuples():
        own = places[(places["term"] == row.term) & (places["document_id"] == row.document_id)]
        at, half = sorted(own["n_before"]), -(-row.n // 2)
        stretch = min(at[i + half - 1] - at[i] for i in range(row.n - half + 1)) / row.n_tokens
        if best is None or stretch < best[0]:
            best = (stretch, row, half)
    if best:
        stretch, row, half = best
        return (
            f"{half} of the {row.n} occurrences of “{row.term}” in {_short(row.document_id)} are within "
            f"{max(math.ceil(100 * stretch), 1)} percent of its length"
        )
    terms, n = _join(f"“{name}”" for name in dict.fromkeys(counted["term"])), counted["n"].sum()
    return f"{terms}: {n} occurrences in all" if n else f"No document has {terms}"


def _claim_rates(frame: pd.DataFrame, order: list[str]) -> str:
    """Say how often the term with the widest gap occurs in each document."""
    rows = frame[frame["term"] == order[0]].sort_values("per_1000", ascending=False, kind="stable")
    each = [f"{_times(row.n) if row.n else 'never'} in {row.document}" for row in rows.itertuples()]
    return f"“{order[0]}” occurs {_join(each)}" + (", the widest gap of all" if len(order) > 1 else "")


def _claim_letters(listed: pd.DataFrame, names: dict[str, str]) -> str:
    """Say who sent or received most of the letters."""
    ends = pd.concat([listed.rename(columns={end: "who"}) for end in ("source", "target")])
    shares = (
        ends.groupby("who", sort=False)["letter_id"].nunique().sort_values(ascending=False, kind="stable")
    )
    n, top, key = listed["letter_id"].nunique(), int(shares.iloc[0]), shares.index[0]
    who = _the(key, names.get(key, key))
    if n == top:
        return f"{'Every letter here is' if n > 1 else 'The one letter here is'} to or from {who}"
    return f"{top} of these {n} letters and messages are to or from {who}"


def _claim_shares(summed: pd.DataFrame) -> str:
    """Say whose words fill the largest part of each document."""
    said = []
    for document_id, own in summed.groupby("document_id", sort=False):
        top = own.iloc[0]
        kinds = {"quoted": "quoted words of {}", "reported": "reported words of {}"}
        whose = kinds.get(top["voice"], "words about {}")
        whose = "the note-taker's own words" if top["actor"] == "note-taker" else whose.format(top["who"])
        part = "most" if top["share"] > 0.5 else "the largest part"
        said.append(f"{whose} fill {part} of {_short(document_id)}")
    claim = _join(said)
    return claim[0].upper() + claim[1:]


# --- charts in words ---


def _describe_events(marks: pd.DataFrame) -> str:
    first, last = marks["date"].iloc[0], marks.loc[marks["stop"].idxmax(), "date"]
    counts = [f"{n} {name}" for name, n in marks["category"].value_counts(sort=False).items()]
    n_long, n_unverified = int((marks["days"] > 1).sum()), int((marks["status"] != "verified").sum())
    by_year = marks["start"].dt.year.value_counts()
    busiest, n_busiest = int(by_year.index[0]), int(by_year.iloc[0])
    said = [
        f"Events along time, in one lane for each category: {len(marks)} in all, {_join(counts)}.",
        f"The first is dated {first}, the last {last}." if len(marks) > 1 else f"It is dated {first}.",
        f"{n_long} last longer than a day, or are known only to a month or a year, and are drawn as bars.",
        f"{n_unverified} have not been verified and are hollow." if n_unverified else "",
        f"The year with most events is {busiest}, with {n_busiest}." if len(by_year) > 1 else "",
    ]
    return " ".join(filter(None, said))


def _describe_places(counted: pd.DataFrame, places: pd.DataFrame, names: list[str]) -> str:
    said = [f"Where {_join(names)} {_occur(names)} in each document, word by word from its beginning."]
    for row in counted.itertuples():
        home = _short(row.document_id)
        if not row.n:
            said.append(f"{row.term} does not occur in {home}.")
            continue
        own = places[(places["term"] == row.term) & (places["document_id"] == row.document_id)]
        paragraphs = own["paragraph_id"].value_counts(sort=False)
        spread = _join(f"{name} ({n})" if n > 1 else name for name, n in paragraphs.items())
        said.append(f"{row.term} occurs {_times(row.n)} in {home}: in {spread}.")
    return " ".join([*said, _ABOUT_TWO_TEXTS])


def _occur(names: list[str]) -> str:
    return "occurs" if len(names) == 1 else "occur"


def _describe_rates(frame: pd.DataFrame, order: list[str]) -> str:
    said = ["How often terms occur in each document, in total and per 1,000 words."]
    for term in order:
        rows = frame[frame["term"] == term]
        each = [f"{row.n} in {row.document} ({row.per_1000:.1f})" for row in rows.itertuples()]
        each[0] = each[0].replace(")", " per 1,000)")
        said.append(f"{term}: {', '.join(each)}.")
    return " ".join([*said, _ABOUT_TWO_TEXTS])


def _describe_letters(edges: pd.DataFrame, nodes: pd.DataFrame, n_letters: int) -> str:
    said = [f"Who wrote to whom: {n_letters} letters and messages between {len(nodes)} correspondents."]
    sentence = {key: _the(key, name) for key, name in zip(nodes["node"], nodes["name"], strict=True)}
    for source, own in edges.groupby("source", sort=False):
        to = [
            f"{sentence[row.target]} ({row.n})" if row.n > 1 else sentence[row.target]
            for row in own.itertuples()
        ]
        sender = sentence[source]
        said.append(f"{sender[0].upper()}{sender[1:]} wrote to {_join(to)}.")
    return " ".join(
        [
            *said,
            "This shows only the letters in these rows; several senders or recipients count separately.",
        ]
    )


def _describe_shares(summed: pd.DataFrame) -> str:
    said = ["Whose words fill each document, as shares of its words."]
    for document_id, own in summed.groupby("document_id", sort=False):
        each = [f"{row.row} {row.share:.1%}" for row in own.itertuples()]
        said.append(f"{_short(document_id)}: {', '.join(each)}.")
    return " ".join(
        [*said, "Each sentence is counted for one speaker only; how long each man spoke is not known."]
    )
