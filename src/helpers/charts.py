"""Charts of the corpus: frame in, Altair chart out.

Every chart carries what a reader needs who does not see it: a text alternative made from its data
(`describe_chart`) and the data as a table.  Nothing is told by color alone, and text takes the color of the
page around it, so that a chart reads in light and in dark.
"""

import json
import math
import textwrap
from collections.abc import Iterable

import altair as alt
import pandas as pd

from helpers import corpus, frequency, network
from helpers.cells import need
from helpers.dates import write_out
from helpers.frequency import Terms

MIME_TYPE = "application/vnd.vegalite.v5+json"
"""What a notebook gets of a chart, beside its text alternative as plain text."""

PALETTE = {
    "blue": "#0072B2",
    "vermilion": "#D55E00",
    "green": "#009E73",
    "purple": "#B8609A",
    "gray": "#767676",
}
"""Colors of Okabe and Ito, which color-blind readers tell apart, and a gray: those that stand out by three to
one on a white and on a dark page alike; their purple is a little darker here."""

SIDES = {"Moscow": PALETTE["blue"], "Beijing": PALETTE["vermilion"]}
"""One color a side, in every picture that shows sides; a document has that of the side that wrote it down."""

_WRITTEN_DOWN_IN = {"deng-1962": "Moscow", "mao-1963": "Beijing"}
_COLORS = list(PALETTE.values())
_TEXT = "currentColor"
_WIDTH = 560
_ROW = 22
_LEVEL = 13
_LANES = dict(zip(("diplomatic", "party", "ideology", "military", "economic"), _COLORS, strict=True))
"""The categories of events, each with its color in every chart, so that two charts can be compared."""
_VOICES = {
    "quoted": "{}, in quotation marks",
    "reported": "{}, reported",
    "note-taker": "the note-taker on {}",
}
# A title on its side would stand in the way of long labels: it stands over them.
_OVER_LABELS = {"titleAngle": 0, "titleAlign": "right", "titleBaseline": "bottom", "titleX": -7, "titleY": -5}
_ABOUT_TWO_TEXTS = "It shows these texts and no more: genre, side and translator differ too."


def describe_chart(chart: alt.TopLevelMixin) -> str:
    """Return the text alternative of a chart: what it shows, in words, from its data.

    Parameters
    ----------
    chart
        A chart that a function of this module has drawn.

    Returns
    -------
    str
        A few sentences; the same that the chart's specification has for its `description`.

    Raises
    ------
    ValueError
        When the chart has no text alternative.

    Examples
    --------
    >>> describe_chart(draw_dispersion("Albania")).split(". ")[0]
    'Where Albania stands in each document, word by word from its beginning'
    """
    description = getattr(chart, "description", alt.Undefined)
    if not isinstance(description, str) or not description:
        raise ValueError("This chart has no text alternative; the charts that the draw_ functions make have.")
    return description


def draw_chronology(events: pd.DataFrame | None = None, *, width: int = _WIDTH) -> alt.LayerChart:
    """Return events along time, in one lane for each category.

    An event of one day is a point.  One that is known to a month or a year, or that took longer, is a bar
    over all the days that it may have been, and never a point on a day that nobody knows.  Events that were
    not verified are drawn hollow.  The number beside a mark is that of its row in the chart's table, in the
    order of time.

    Parameters
    ----------
    events
        As :func:`helpers.load_events` gives them, or a part of that; all of them if none are given.
    width
        Of the lanes, in pixels.

    Returns
    -------
    altair.LayerChart

    Raises
    ------
    ValueError
        When there is no event, or a column is missing.

    Examples
    --------
    >>> chart = draw_chronology(corpus.load_events().query("start.dt.year == 1962"))
    >>> describe_chart(chart).split(": ")[0]
    'Events along time, in one lane for each category'
    """
    frame = corpus.load_events() if events is None else events
    need(frame, "start", "end", "date_precision", "edtf", "category", "description", "status")
    if frame.empty:
        raise ValueError("There is no event to draw.")
    lanes = _lanes(frame.sort_values(["start", "end"], kind="stable", ignore_index=True), width)
    middle, last = lanes.groupby("category")["y"].mean(), lanes["y"].max()
    names = " : ".join(f"datum.value == {y:.3f} ? {json.dumps(name)}" for name, y in middle.items())
    axis = alt.Axis(
        values=[round(y, 3) for y in middle],
        labelExpr=f"{names} : ''",
        ticks=False,
        grid=False,
        **_OVER_LABELS,
    )
    lane = {"title": "Category", "scale": alt.Scale(domain=[last + 1, -1]), "axis": axis}
    x = alt.X("start:T").title("Date").axis(format=_date_format(lanes), tickCount=6)
    colors = alt.Scale(
        domain=list(middle.index), range=[_LANES.get(name, PALETTE["gray"]) for name in middle.index]
    )
    shown = {
        "stroke": alt.Stroke("category:N", scale=colors, legend=None),
        "fill": alt.Fill("category:N", scale=colors, legend=None),
        "fillOpacity": alt.condition("datum.status == 'verified'", alt.value(1), alt.value(0)),
        "tooltip": [alt.Tooltip("date:N", title="Date"), alt.Tooltip("description:N", title="Event")],
    }
    base = alt.Chart(lanes)
    days = base.transform_filter("datum.days == 1").mark_point(size=42, strokeWidth=1.5, opacity=1)
    bars = base.transform_filter("datum.days > 1").mark_rect(strokeWidth=2, opacity=1)
    numbers = base.mark_text(align="left", dx=6, fontSize=10)
    layers = [
        bars.encode(x, alt.X2("stop:T"), alt.Y("above:Q", **lane), alt.Y2("below:Q"), **shown),
        days.encode(x, alt.Y("y:Q", **lane), **shown),
        numbers.encode(alt.X("right:T"), alt.Y("y:Q", **lane), text="number:N"),
    ]
    rows = lanes[["number", "date", "category", "description", "status"]]
    return dress_chart(
        alt.layer(*layers).properties(width=width, height=float(_LEVEL * (last + 2))),
        title="Events along time",
        key=[
            "Point: a day. Bar: a month, a year or a span. Hollow: not verified.",
            "The numbers are those of the table, in the order of time.",
        ],
        description=_describe_events(lanes),
        table=rows.set_axis(["Number", "Date", "Category", "Event", "Status"], axis="columns"),
    )


def draw_dispersion(
    terms: Terms,
    *,
    paragraphs: pd.DataFrame | None = None,
    case: bool = False,
    width: int = _WIDTH,
) -> alt.VConcatChart:
    """Return where terms stand in each document: a tick for each place, from the first word to the last.

    Parameters
    ----------
    terms, paragraphs, case
        As in :func:`helpers.count_terms`.
    width
        Of the longest document, in pixels; the others are drawn to the same scale.

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
    frame = corpus.load_paragraphs() if paragraphs is None else paragraphs
    counted = frequency.count_terms(terms, paragraphs=frame, case=case)
    places = frequency.list_occurrences(terms, paragraphs=frame, case=case)
    names = list(dict.fromkeys(counted["term"]))
    lengths = counted.groupby("document_id", sort=False)["n_tokens"].first()
    parts = []
    for document_id, length in lengths.items():
        own = places[places["document_id"] == document_id]
        parts.append(_strip(own, names, document_id, int(length), width * length / lengths.max()))
    listed = places.assign(Document=places["document_id"].map(_short), Word=places["n_before"] + 1)
    return dress_chart(
        alt.vconcat(*parts, spacing=18),
        title=f"Where {_join(names) if len(names) < 6 else f'{len(names)} terms'} {_stand(names)}",
        description=_describe_places(counted, places, names),
        table=listed.rename(columns={"term": "Term", "paragraph_id": "Paragraph"})[
            ["Term", "Document", "Paragraph", "Word"]
        ],
    )


def draw_comparison(counts: pd.DataFrame | Terms, *, width: int = _WIDTH) -> alt.LayerChart:
    """Return how often terms occur in each document, for every 1,000 words, on one line a term.

    Parameters
    ----------
    counts
        As :func:`helpers.count_terms` gives them, by document; or terms, to be counted in the two documents.
    width
        Of the lines, in pixels.

    Returns
    -------
    altair.LayerChart

    Raises
    ------
    ValueError
        When a column is missing, or there is nothing to compare.

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
    documents = list(dict.fromkeys(frame["document"]))
    y = alt.Y("term:N").sort(order).title("Term")
    y = y.axis(grid=True, gridOpacity=0.35, labelLimit=200, **_OVER_LABELS)
    base = alt.Chart(frame)
    rules = base.mark_rule(color=_TEXT, strokeWidth=1).encode(
        alt.X("min(per_1000):Q").title("Occurrences per 1,000 words"), alt.X2("max(per_1000):Q"), y
    )
    points = base.mark_point(size=90, filled=True, opacity=1).encode(
        alt.X("per_1000:Q"),
        y,
        alt.Color("document:N").scale(domain=documents, range=_COLORS).title("Document"),
        alt.Shape("document:N").scale(domain=documents, range=["circle", "square", "triangle-up", "diamond"]),
        tooltip=[
            alt.Tooltip("document:N", title="Document"),
            alt.Tooltip("n:Q", title="Occurrences"),
            alt.Tooltip("per_1000:Q", title="Per 1,000 words", format=".1f"),
        ],
    )
    table = frame.assign(rate=frame["per_1000"].round(1))[["term", "document", "n", "rate"]]
    return dress_chart(
        alt.layer(rules, points).properties(width=width, height=_ROW * len(order)),
        title=f"{_join(documents)} compared",
        description=_describe_rates(frame, order),
        table=table.set_axis(["Term", "Document", "Occurrences", "Per 1,000 words"], axis="columns"),
    )


def draw_letters(
    letters: pd.DataFrame | None = None,
    *,
    documents: str | Iterable[str] | None = None,
    media: str | Iterable[str] | None = None,
    size: int = 460,
) -> alt.LayerChart:
    """Return who wrote to whom: a line for each pair, with an arrowhead that points at who received.

    Those who have most correspondents, three at the most, stand in the middle, the others around them.

    Parameters
    ----------
    letters
        As :func:`helpers.load_letters` gives them; all of them if none are given.
    documents, media
        As in :func:`helpers.list_letter_edges`.
    size
        Height of the picture in pixels.

    Returns
    -------
    altair.LayerChart

    Raises
    ------
    ValueError
        As :func:`helpers.list_letter_edges`, or when no letter has a sender and a recipient.

    Examples
    --------
    >>> chart = draw_letters(documents="deng-1962", media="letter")
    >>> describe_chart(chart).startswith("Who wrote to whom")
    True
    """
    frame = corpus.load_letters() if letters is None else letters
    listed = network.list_letter_edges(frame, documents=documents, media=media)
    if listed.empty:
        raise ValueError("No letter here has both a sender and a recipient.")
    edges, nodes = network.count_edges(listed), network.count_correspondents(listed)
    names = _names()
    nodes = _placed(nodes.assign(name=nodes["node"].map(lambda key: names.get(key, key))), edges)
    edges = _aimed(edges, nodes.set_index("node"), size).assign(
        sender=lambda edge: edge["source"].map(lambda key: names.get(key, key)),
        recipient=lambda edge: edge["target"].map(lambda key: names.get(key, key)),
    )
    x, y = _scales("x", "y")
    tooltip = [
        alt.Tooltip("sender:N", title="From"),
        alt.Tooltip("recipient:N", title="To"),
        alt.Tooltip("n:Q", title="Letters"),
    ]
    lines = (
        alt.Chart(edges)
        .mark_rule(color=PALETTE["gray"])
        .encode(
            x,
            y,
            alt.X2("x2:Q"),
            alt.Y2("y2:Q"),
            alt.StrokeWidth("n:Q").scale(domain=[1, 4], range=[1, 4]).legend(None),
            tooltip=tooltip,
        )
    )
    heads = (
        alt.Chart(edges)
        .mark_point(shape="triangle", filled=True, size=70, color=_TEXT, opacity=1)
        .encode(*_scales("head_x", "head_y"), alt.Angle("angle:Q").scale(None), tooltip=tooltip)
    )
    counts = alt.Chart(edges[edges["n"] > 1]).mark_text(fontSize=11)
    full = corpus.name_entities()
    spelled = names | {key: f"{full[key]} ({short})" for key, short in _abbreviations().items()}
    table = edges[["source", "target", "n"]].set_axis(["From", "To", "Letters"], axis="columns")
    table[["From", "To"]] = table[["From", "To"]].map(lambda key: spelled.get(key, key))
    return dress_chart(
        alt.layer(
            lines, heads, counts.encode(*_scales("count_x", "count_y"), text="n:Q"), *_named(nodes, size)
        ).properties(width=size * _ASPECT, height=size),
        title="Who wrote to whom",
        key=["An arrowhead points at who received. Where there is a number, so many letters."],
        description=_describe_letters(edges, nodes, listed["letter_id"].nunique()),
        table=table,
    )


def draw_voices(
    speech_acts: pd.DataFrame | None = None,
    *,
    sentences: pd.DataFrame | None = None,
    width: int = 380,
) -> alt.VConcatChart:
    """Return whose words fill each document: the share of its words by who speaks and how it is told.

    The unit is the sentence: all its words count for the one whom the coding names.

    Parameters
    ----------
    speech_acts
        As :func:`helpers.load_speech_acts` gives them.
    sentences
        As :func:`helpers.load_sentences` gives them; the lengths in words are taken from there.
    width
        Of a share of 100 percent, in pixels.

    Returns
    -------
    altair.VConcatChart

    Raises
    ------
    ValueError
        When a column is missing, or no speech act has its sentence.

    Examples
    --------
    >>> "Deng Xiaoping, reported" in describe_chart(draw_voices())
    True
    """
    acts = corpus.load_speech_acts() if speech_acts is None else speech_acts
    cut = corpus.load_sentences() if sentences is None else sentences
    need(acts, "document_id", "paragraph_id", "n", "actor", "voice")
    need(cut, "paragraph_id", "n", "n_words")
    joined = acts.merge(cut[["paragraph_id", "n", "n_words"]], on=["paragraph_id", "n"])
    if joined.empty:
        raise ValueError("None of these speech acts has its sentence among the sentences.")
    summed = joined.groupby(["document_id", "actor", "voice"], as_index=False)["n_words"].sum()
    summed["share"] = summed["n_words"] / summed.groupby("document_id")["n_words"].transform("sum")
    names = _names()
    summed["who"] = [
        names.get(actor, actor) if actor != "note-taker" else "the note-taker" for actor in summed["actor"]
    ]
    summed["row"] = [
        who if actor == voice == "note-taker" else _VOICES.get(voice, f"{{}}, {voice}").format(who)
        for actor, who, voice in zip(summed["actor"], summed["who"], summed["voice"], strict=True)
    ]
    summed = summed.sort_values(["document_id", "share"], ascending=[True, False], kind="stable")
    parts = [_shares(own, name, width) for name, own in summed.groupby("document_id", sort=False)]
    table = summed.assign(
        document=summed["document_id"].map(_short), percent=(100 * summed["share"]).round(1)
    )
    return dress_chart(
        alt.vconcat(*parts, spacing=18),
        title="Whose words fill each document",
        description=_describe_shares(summed),
        table=table[["document", "row", "n_words", "percent"]].set_axis(
            ["Document", "Whose words, and how told", "Words", "Percent"], axis="columns"
        ),
    )


# --- how a notebook shows a chart ---


def _show(spec: dict, **_: object) -> dict[str, object]:
    return {MIME_TYPE: spec, "text/plain": spec.get("description", "A chart without a text alternative.")}


# Altair's own choice asks another server for its scripts, and Jupyter has them.
if alt.renderers.active == "default":
    alt.renderers.register("helpers", _show)
    alt.renderers.enable("helpers")


# --- parts of charts ---


def _lanes(events: pd.DataFrame, width: int) -> pd.DataFrame:
    """Return events with `y`: one lane for each category, as high as needed so that no two marks touch."""
    span = max((events["end"].max() - events["start"].min()).days, 1)
    gap = span * 28 / width  # the width of a mark and its number, in days
    y, lowest = pd.Series(0.0, events.index), 0
    for category in dict.fromkeys([*_LANES, *events["category"]]):
        free: list[float] = []  # the day from which on each level of the lane is free
        for event in events[events["category"] == category].itertuples():
            level = next((i for i, day in enumerate(free) if day <= event.start.toordinal()), len(free))
            free[level : level + 1] = [event.end.toordinal() + gap]
            y[event.Index] = lowest + level
        lowest += len(free) + 1 if free else 0
    days = (events["end"] - events["start"]).dt.days + 1
    stop = events["end"] + pd.Timedelta(days=1)  # to the end of its last day
    return pd.DataFrame(
        {
            "number": range(1, len(events) + 1),
            "start": events["start"],
            "stop": stop,
            "right": stop.where(days > 1, events["start"]),
            "days": days,
            "date": events["edtf"].map(write_out),
            "category": events["category"],
            "description": events["description"],
            "status": events["status"],
            "y": y,
            "above": y - 0.3,
            "below": y + 0.3,
        }
    )


def _date_format(lanes: pd.DataFrame) -> str:
    years = lanes["stop"].max().year - lanes["start"].min().year
    return "%Y" if years > 3 else "%b %Y"


def _strip(places: pd.DataFrame, names: list[str], document_id: str, length: int, width: float) -> alt.Chart:
    """Return one document as a strip: a row for each term, also for one that does not occur."""
    rows = pd.DataFrame(
        {"term": places["term"], "word": places["n_before"] + 1, "at": places["paragraph_id"]}
    )
    x = alt.X("word:Q").scale(domain=[0, length], nice=False).axis(tickCount=6).title("Word of the document")
    y = alt.Y("term:N").scale(domain=names).title(None).axis(labelLimit=160, grid=True, gridOpacity=0.35)
    return (
        alt.Chart(rows)
        .mark_tick(thickness=2, color=_side_color(document_id), bandSize=16, opacity=1)
        .encode(x, y, tooltip=[alt.Tooltip("at:N", title="Paragraph"), alt.Tooltip("word:Q", title="Word")])
        .properties(
            width=width, height=_ROW * len(names), title=_part(f"{_short(document_id)} ({length:,} words)")
        )
    )


def _side_color(document_id: str) -> str:
    return SIDES[_WRITTEN_DOWN_IN.get(document_id, "Moscow")]


def _part(title: str) -> alt.Title:
    """Return the title of one chart of several, over its marks, however long the labels beside them are."""
    return alt.Title(title, frame="group")


def _shares(own: pd.DataFrame, document_id: str, width: int) -> alt.LayerChart:
    order = own["row"].to_list()
    base = alt.Chart(own).encode(
        alt.X("share:Q").scale(domain=[0, 1]).axis(format=".0%").title("Share of the words"),
        alt.Y("row:N").sort(order).title(None).axis(labelLimit=420),
    )
    bars = base.mark_bar(color=_side_color(document_id), height=14)
    labels = base.mark_text(align="left", dx=4, color=_TEXT).encode(text=alt.Text("share:Q", format=".1%"))
    return alt.layer(bars, labels).properties(
        width=width, height=_ROW * len(order), title=_part(_short(document_id))
    )


_ASPECT = 1.1
"""Width of the picture of letters by its height; the names at both sides stand outside of it."""

_EDGE = 1.1
"""How far the picture of letters reaches from its middle, in the units of its axes."""

_PLATE = 12
"""Half the height of a plate with a name, in pixels."""

_MIDDLE = {1: [(0, 0)], 2: [(0.3, 0), (-0.3, 0)], 3: [(0.4, 0), (-0.3, 0.4), (-0.3, -0.4)]}
"""Where those with most correspondents stand, by how many there are, from -1 to 1 in both directions."""


def _scales(x: str, y: str) -> tuple[alt.X, alt.Y]:
    return tuple(
        channel(f"{field}:Q").axis(None).scale(domain=[-_EDGE, _EDGE])
        for channel, field in ((alt.X, x), (alt.Y, y))
    )


def _placed(nodes: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    """Return nodes with a place: up to three whom most letters meet in the middle, the others around.

    Who writes to one of the middle stands on its side, so that few lines cross.
    """
    ranked = nodes.assign(links=nodes["n_recipients"] + nodes["n_senders"])
    ranked = ranked.sort_values(["links", "name"], ascending=[False, True], kind="stable")
    keys = ranked["node"].to_list()
    n_middle = min(int((ranked["links"] > len(ranked) / 5).sum()), 3, len(keys) - 1)
    places = dict(zip(keys[:n_middle], _MIDDLE.get(n_middle, []), strict=True))
    pulls: dict[str, tuple[float, float]] = dict(places)
    for _ in range(2):  # the second time for those who are linked to nobody in the middle
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
    slots = [2 * math.pi * (i + 0.5) / len(around) - math.pi for i in range(len(around))]
    shift = min(
        range(len(around)),
        key=lambda by: sum(1 - math.cos(slots[i - by] - turns[key]) for i, key in enumerate(around)),
    )
    for i, key in enumerate(around):
        places[key] = (math.cos(slots[i - shift]), math.sin(slots[i - shift]))
    return ranked.assign(
        half=ranked["name"].str.len() * 4 + 8,  # of a plate, in pixels: as wide as the name at least
        x=[float(places[key][0]) for key in keys],
        y=[float(places[key][1]) for key in keys],
        side=[
            "middle" if i < n_middle else "right" if places[key][0] > 0 else "left"
            for i, key in enumerate(keys)
        ],
    )


def _named(nodes: pd.DataFrame, size: int) -> list[alt.Chart]:
    """Return the marks of the nodes: a plate with its name in the middle, a dot beside its name around."""
    x, y = _scales("x", "y")
    who = [alt.Tooltip("name:N", title="Who")]
    outer = nodes[nodes["side"] != "middle"]
    lines = [textwrap.wrap(name, 22) for name in outer["name"]]
    # A name of several lines grows away from the middle, where it meets no other.
    outer = outer.assign(
        label=list(map("\n".join, lines)),
        up=[len(parts) - 1 if y > 0 else 0 for parts, y in zip(lines, outer["y"], strict=True)],
    )
    dot = {"filled": True, "size": 90, "color": PALETTE["blue"], "opacity": 1}
    marks = [alt.Chart(outer).mark_point(**dot).encode(x, y, tooltip=who)]
    for (side, up), group in outer.groupby(["side", "up"]):
        align, dx = ("left", 9) if side == "right" else ("right", -9)
        text = {"align": align, "dx": dx, "dy": 4 - 14 * int(up), "lineHeight": 14, "lineBreak": "\n"}
        marks.append(
            alt.Chart(group)
            .mark_text(fontSize=12, baseline="alphabetic", **text)
            .encode(x, y, text="label:N")
        )
    plates = nodes[nodes["side"] == "middle"]
    plates = plates.assign(
        left=plates["x"] - _units(plates["half"], size)[0],
        right=plates["x"] + _units(plates["half"], size)[0],
        top=plates["y"] + _units(_PLATE, size)[1],
        bottom=plates["y"] - _units(_PLATE, size)[1],
    )
    plate = alt.Chart(plates).mark_rect(cornerRadius=8, color=PALETTE["blue"], opacity=1)
    name = alt.Chart(plates).mark_text(color="white", fontSize=12, fontWeight="bold", baseline="middle")
    marks.append(plate.encode(*_scales("left", "top"), alt.X2("right:Q"), alt.Y2("bottom:Q"), tooltip=who))
    marks.append(name.encode(x, y, text="name:N"))
    return marks


def _aimed(edges: pd.DataFrame, places: pd.DataFrame, size: int) -> pd.DataFrame:
    """Return edges with their ends, an arrowhead and a place for their number; both ways run side by side."""
    pairs = set(zip(edges["source"], edges["target"], strict=True))
    right, up = _units(1, size)
    rows = []
    for edge in edges.itertuples():
        begin, end = places.loc[edge.source], places.loc[edge.target]
        # In pixels, as it is seen: the way, and one step to the right hand of it.
        way = ((end["x"] - begin["x"]) / right, (end["y"] - begin["y"]) / up)
        length = math.hypot(*way) or 1
        across = (way[1] / length, -way[0] / length)
        aside = 4 if (edge.target, edge.source) in pairs else 0
        first, last = _covered(begin, way), 1 - _covered(end, way)
        # Past the middle of what is seen, where the lines of a busy correspondent have parted.
        head = first + 0.65 * (last - first)
        row = []
        for part, steps in ((0, aside), (1, aside), (head, aside), (head, aside + 11)):
            row.append(begin["x"] + right * (part * way[0] + steps * across[0]))
            row.append(begin["y"] + up * (part * way[1] + steps * across[1]))
        rows.append((*row, math.degrees(math.atan2(*way))))
    columns = ["x", "y", "x2", "y2", "head_x", "head_y", "count_x", "count_y", "angle"]
    return edges.drop(columns="letters").reset_index(drop=True).join(pd.DataFrame(rows, columns=columns))


def _units(pixels: float | pd.Series, size: int) -> tuple[float, float]:
    """Return how much so many pixels are in the units of the two axes."""
    return pixels * 2 * _EDGE / (size * _ASPECT), pixels * 2 * _EDGE / size


def _covered(node: pd.Series, way: tuple[float, float]) -> float:
    """Return which part of a way to or from a node its plate or its dot covers."""
    if node["side"] != "middle":
        return 5 / (math.hypot(*way) or 1)
    return min(half / max(abs(step), 0.001) for half, step in zip((node["half"], _PLATE), way, strict=True))


# --- what all charts have in common ---


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
        What the chart shows, and how to read it; each line of a list is a line of its own.
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
    legend = {"labelColor": _TEXT, "titleColor": _TEXT, "orient": "top", "symbolStrokeWidth": 2}
    chart = chart.properties(
        title=alt.Title(title, subtitle=key or []),
        description=description,
        # As SVG, text has the color of the page also after a change of theme; a canvas would keep the first.
        usermeta=usermeta,
        background="transparent",
    )
    return (
        chart.configure_axis(
            **axis, gridColor=PALETTE["gray"], gridOpacity=0.25, labelFontSize=12, titleFontSize=12
        )
        .configure_title(**text, anchor="start", fontSize=14, subtitleFontSize=12, offset=14)
        .configure_legend(**legend)
        .configure_text(color=_TEXT)
        .configure_view(stroke=None)
    )


def _names() -> dict[str, str]:
    """Return how people and parties are called in a chart: by an abbreviation where there is one."""
    return {key: _without_patronymic(name) for key, name in corpus.name_entities().items()} | _abbreviations()


def _abbreviations() -> dict[str, str]:
    """Return the abbreviations that stand for one party only: those of Sweden and of Finland share theirs."""
    short = corpus.load_parties().set_index("party_id")["abbreviation"]
    return short[(short != "") & ~short.duplicated(keep=False)].to_dict()


def _without_patronymic(name: str) -> str:
    words = name.split()
    return f"{words[0]} {words[-1]}" if len(words) == 3 else name


def _short(document_id: str) -> str:
    titles = corpus.load_documents().set_index("document_id")["short_title"]
    return titles.get(document_id, document_id)


def _join(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else str(last)


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


# --- charts in words ---


def _describe_events(lanes: pd.DataFrame) -> str:
    first, last = lanes["date"].iloc[0], lanes.loc[lanes["stop"].idxmax(), "date"]
    counts = [f"{n} {name}" for name, n in lanes["category"].value_counts(sort=False).items()]
    n_long, n_unverified = int((lanes["days"] > 1).sum()), int((lanes["status"] != "verified").sum())
    by_year = lanes["start"].dt.year.value_counts()
    busiest, n_busiest = int(by_year.index[0]), int(by_year.iloc[0])
    said = [
        f"Events along time, in one lane for each category: {len(lanes)} in all, {_join(counts)}.",
        f"The first is dated {first}, the last {last}." if len(lanes) > 1 else f"It is dated {first}.",
        f"{n_long} last longer than a day, or are known only to a month or a year, and are drawn as bars.",
        f"{n_unverified} have not been verified and are hollow." if n_unverified else "",
        f"The year with most events is {busiest}, with {n_busiest}." if len(by_year) > 1 else "",
    ]
    return " ".join(filter(None, said))


def _describe_places(counted: pd.DataFrame, places: pd.DataFrame, names: list[str]) -> str:
    said = [f"Where {_join(names)} {_stand(names)} in each document, word by word from its beginning."]
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


def _stand(names: list[str]) -> str:
    return "stands" if len(names) == 1 else "stand"


def _describe_rates(frame: pd.DataFrame, order: list[str]) -> str:
    said = ["How often terms occur in each document, and for every 1,000 words of it."]
    for term in order:
        rows = frame[frame["term"] == term]
        each = [f"{row.n} in {row.document} ({row.per_1000:.1f})" for row in rows.itertuples()]
        each[0] = each[0].replace(")", " per 1,000)")
        said.append(f"{term}: {', '.join(each)}.")
    return " ".join([*said, _ABOUT_TWO_TEXTS])


def _describe_letters(edges: pd.DataFrame, nodes: pd.DataFrame, n_letters: int) -> str:
    said = [f"Who wrote to whom: {n_letters} letters and messages between {len(nodes)} correspondents."]
    for sender, own in edges.groupby("sender", sort=False):
        to = [f"{row.recipient} ({row.n})" if row.n > 1 else row.recipient for row in own.itertuples()]
        said.append(f"{sender} wrote to {_join(to)}.")
    return " ".join(
        [
            *said,
            "Only what these rows name is here; a letter of several senders or recipients counts for each.",
        ]
    )


def _describe_shares(summed: pd.DataFrame) -> str:
    said = ["Whose words fill each document, as shares of its words."]
    for document_id, own in summed.groupby("document_id", sort=False):
        each = [f"{row.row} {row.share:.1%}" for row in own.itertuples()]
        said.append(f"{_short(document_id)}: {', '.join(each)}.")
    return " ".join([*said, "A sentence counts whole for one; how long each spoke in the talk is not known."])
