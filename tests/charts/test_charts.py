"""Do charts say in words and in a table what they show, and stand out in light and in dark?"""

import itertools
import json
import math
import re
from functools import cache

import altair as alt
import pandas as pd
import pytest

from helpers import (
    count_terms,
    describe_chart,
    draw_chronology,
    draw_comparison,
    draw_dispersion,
    draw_exchange,
    draw_explanations,
    draw_letters,
    draw_map,
    draw_turns,
    draw_voices,
    list_occurrences,
    load_events,
    load_letters,
    load_paragraphs,
    load_parties,
    load_sentences,
    load_speech_acts,
)
from helpers.book.html.figure import picture
from helpers.charts.drawing import MIME_TYPE, PALETTE, SIDES
from helpers.charts.letters import FILLS
from helpers.charts.map import draw_map_of_1962
from helpers.history.chronology import TURNS

TERMS = {"conference": ["conference", "conferences"], "debate": ["debate"]}
CHARTS = {
    "chronology": draw_chronology,
    "dispersion": lambda: draw_dispersion(TERMS),
    "comparison": lambda: draw_comparison(count_terms(TERMS)),
    "letters": draw_letters,
    "voices": draw_voices,
    "turns": draw_turns,
    "map": draw_map,
    "map of 1962": draw_map_of_1962,
    "exchange": draw_exchange,
    "explanations": draw_explanations,
}
EVENTS = pd.DataFrame(
    {
        "start": pd.to_datetime(["1962-04-01", "1962-04-09", "1962-04-10"]),
        "end": pd.to_datetime(["1962-04-30", "1962-04-09", "1962-04-10"]),
        "date_precision": ["month", "day", "day"],
        "edtf": ["1962-04", "1962-04-09", "1962-04-10"],
        "category": ["party", "party", "economic"],
        "description": ["A month.", "A day.", "Another day."],
        "status": ["verified", "verified", "inferred"],
    }
)
PARAGRAPHS = pd.DataFrame(
    {
        "document_id": ["one", "one", "two"],
        "paragraph_id": ["one-p01", "one-p02", "two-p01"],
        "text": ["Peace, he said.", "They want peace and peace.", "No word of it."],
    }
)
NINE = pd.DataFrame({"document_id": list("abcdefghi"), "term": "peace", "n": 1, "per_1000": range(9)})


@cache
def chart_of(name):
    """Return a chart of the whole data, drawn once: the largest takes most of a second."""
    return CHARTS[name]()


def rows(chart, *, narrow=False):
    """Return every row of every data set of a chart, or of its drawing for narrow screens."""
    spec = chart.to_dict()
    spec = spec["usermeta"]["narrow"] if narrow else spec
    return [row for data in spec["datasets"].values() for row in data]


def having(chart, field, **options):
    """Return the rows of a chart that have a field."""
    return [row for row in rows(chart, **options) if row.get(field) is not None]


def layers(spec):
    """Yield every layer of a drawing, and of its parts."""
    for part in spec.get("vconcat", []) + spec.get("layer", []):
        yield part
        yield from layers(part)


def table(chart):
    found = chart.to_dict()["usermeta"]["table"]
    return pd.DataFrame(found["data"], columns=found["columns"])


# --- all charts ---


@pytest.mark.parametrize("name", CHARTS)
def test_chart_is_valid(name):
    """Is the specification what Vega-Lite's schema asks for, and free of addresses but that of the schema?"""
    spec = chart_of(name).to_dict(validate=True)
    addresses = re.findall(r"https?://[^\"']+", json.dumps(spec))
    assert all(address.startswith("https://vega.github.io/schema/") for address in addresses)


@pytest.mark.parametrize("name", CHARTS)
def test_chart_has_an_alternative(name):
    """Has a chart a title, a text alternative and its data as a table, the same each time?"""
    chart, again = chart_of(name), chart_of(name)
    assert chart.to_dict()["title"]["text"]
    assert len(describe_chart(chart)) > 100
    assert len(table(chart)) > 1
    assert not table(chart).isna().any().any()
    assert json.dumps(chart.to_dict()) == json.dumps(again.to_dict())


@pytest.mark.parametrize("name", CHARTS)
def test_second_drawing(name):
    """Is a chart drawn for 340 pixels too, with the same words, and no text below 11 pixels in either?"""
    spec = chart_of(name).to_dict()
    narrow = spec["usermeta"]["narrow"]
    assert narrow["description"] == spec["description"]
    titles = [drawn["title"]["text"] for drawn in (spec, narrow)]
    assert len({text if isinstance(text, str) else " ".join(text) for text in titles}) == 1
    for drawn, most in ((spec, 720), (narrow, 350)):
        svg = picture(drawn, "chart")
        width = float(re.search(r'viewBox="0 0 ([0-9.]+)', svg)[1])
        assert width <= most
        shown = min(1, (656 if drawn is spec else 342) / width)  # where the text of a page is that wide
        sizes = [float(size) * shown for size in re.findall(r'font-size="([0-9.]+)px"', svg)]
        assert sizes and min(sizes) > 10.5


SHOWN = {
    "chronology": ("number", "text_at"),
    "dispersion": ("word", "at"),
    "comparison": ("document", "per_1000"),
    "voices": ("row", "share"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_both_drawings_have_the_same_data(name):
    """Has each drawing every row of the data, once, with the same values?"""
    key, mark = SHOWN[name]
    chart = chart_of(name)
    wide, narrow = (
        sorted(
            (str(row.get("term")), str(row.get("row")), row[key])
            for row in having(chart, mark, narrow=second)
        )
        for second in (False, True)
    )
    assert wide == narrow
    assert {row[key] for row in having(chart, mark)} == {value for _, _, value in wide}


@pytest.mark.parametrize("documents", [None, "deng-1962", "mao-1963"])
def test_list_of_letters_has_every_letter(documents):
    """Has the drawing for narrow screens as many letters as the other, each way and between the same?"""
    chart = draw_letters(documents=documents)
    assert sum(row["n"] for row in having(chart, "angle", narrow=True)) == table(chart)["Letters"].sum()
    said = " ".join(row["label"] for row in having(chart, "label", narrow=True))
    assert all(name in said for name in {*table(chart)["From"], *table(chart)["To"]})


@pytest.mark.parametrize(
    ("draw", "claim"),
    [
        (lambda: draw_chronology(EVENTS.iloc[:1]), "One event: April 1962"),
        (lambda: draw_chronology(EVENTS), "2 of these 3 events are in one lane: party"),
        (lambda: draw_chronology(EVENTS.iloc[1:]), "2 events, from 9 April 1962 to 10 April 1962"),
        (lambda: draw_dispersion("Albania"), "All 4 occurrences of “Albania” are in Mao 1963"),
        (lambda: draw_dispersion("zebra"), "No document has “zebra”"),
        (
            lambda: draw_dispersion({"peace": ["peace"]}, paragraphs=PARAGRAPHS),
            "All 3 occurrences of “peace” are in one",
        ),
        (lambda: draw_comparison("debate"), "“debate” occurs 7 times in Mao 1963 and never in Deng 1962"),
        (
            lambda: draw_letters(documents="deng-1962", media="letter"),
            "Every letter here is to or from the Chinese Communist Party",
        ),
        (
            lambda: draw_voices(load_speech_acts().query("document_id == 'mao-1963'")),
            "Reported words of Mao Zedong fill most of Mao 1963",
        ),
    ],
)
def test_title_says_what_the_data_show(draw, claim):
    """Is the title a claim that is made from the data?"""
    text = draw().to_dict()["title"]["text"]
    assert (text if isinstance(text, str) else " ".join(text)) == claim


def test_title_counts_between_the_talks():
    """Is the number in the title of the chronology that of the events between the two talks?"""
    starts = load_events()["start"]
    n = ((starts > "1962-04-09") & (starts < "1963-02-23")).sum()
    assert (
        chart_of("chronology")
        .to_dict()["title"]["text"][0]
        .startswith(f"{n} of these {len(starts)} events fall")
    )


@pytest.mark.parametrize("name", CHARTS)
def test_chart_takes_the_color_of_the_page(name):
    """Is text in the color of the page around it, and every mark in a color of the palette?"""
    spec = chart_of(name).to_dict()
    assert spec["background"] == "transparent"
    assert spec["config"]["axis"]["labelColor"] == spec["config"]["title"]["color"] == "currentColor"
    colors = set(re.findall(r"#[0-9A-Fa-f]{6}\b", json.dumps({k: spec[k] for k in spec if k != "datasets"})))
    assert colors <= set(PALETTE.values())


def luminance(color):
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("color", "page"), [*itertools.product(PALETTE, ["#ffffff", "#14181e", "#121212"])])
def test_marks_stand_out(color, page):
    """Has every color a contrast of three to one with the theme's light and dark pages (WCAG 1.4.11)?"""
    assert contrast(PALETTE[color], page) >= 3


def test_name_on_a_plate_stands_out():
    """Has the name of a correspondent, black or white, the contrast of text with its plate (WCAG 1.4.3)?"""
    inks = {"white": "#ffffff", "black": "#000000"}
    for fill, ink in FILLS.values():
        assert contrast(fill, inks[ink]) >= 4.5


def test_notebook_gets_chart_and_words():
    """Does a notebook get specification and words, and no HTML with scripts of a server, also from a copy?"""
    for chart in (draw_dispersion("unity"), draw_comparison("unity").properties(width=200)):
        bundle = chart._repr_mimebundle_()
        assert set(bundle) == {MIME_TYPE, "text/plain"}
        assert bundle["text/plain"] == describe_chart(chart)


def test_charts_of_others_are_shown_as_before():
    """Are charts of others shown as before, and ours as somebody has told Altair to show charts?"""
    other = alt.layer(alt.Chart(PARAGRAPHS).mark_point())
    assert alt.renderers.active == "default"
    assert "text/html" in other._repr_mimebundle_()
    assert type(alt.Chart.from_dict(draw_map().to_dict())) is alt.LayerChart
    with alt.renderers.enable("json"):
        assert "application/json" in draw_map()._repr_mimebundle_()[0]


REFUSED = {
    "no text alternative": lambda: describe_chart(alt.Chart(PARAGRAPHS).mark_point()),
    "There is no event to draw": lambda: draw_chronology(EVENTS.iloc[:0]),
    "no column edtf": lambda: draw_chronology(EVENTS.drop(columns="edtf")),
    "Row 0 has no end": lambda: draw_chronology(EVENTS.assign(end=pd.NaT)),
    "event of 1962-04-09 ends": lambda: draw_chronology(EVENTS.assign(end=EVENTS["start"].min())),
    "no word": lambda: draw_dispersion("peace", paragraphs=PARAGRAPHS.assign(text="")),
    "by document": lambda: draw_comparison(count_terms("unity", by="paragraph")),
    "no column term": lambda: draw_comparison(count_terms("unity").drop(columns="term")),
    "up to 8 documents, not 9": lambda: draw_comparison(NINE),
    "both a sender and": lambda: draw_letters(load_letters().query("letter_id == 'article-on-thorez'")),
    "has its sentence": lambda: draw_voices(sentences=load_sentences().assign(n=0)),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_cannot_be_drawn_is_a_sentence(reason):
    """Is it said in a sentence why there is no chart?"""
    with pytest.raises(ValueError, match=reason):
        REFUSED[reason]()


# --- chronology ---


def test_chronology_has_every_event():
    """Is every event drawn, counted by category and dated as exactly as it is known?"""
    events, chart = load_events(), chart_of("chronology")
    assert len(having(chart, "number")) == len(table(chart)) == len(events)
    said = describe_chart(chart)
    assert f"{len(events)} in all" in said
    for category, n in events["category"].value_counts().items():
        assert f"{n} {category}" in said
    assert f"{(events['end'] > events['start']).sum()} bars: longer than a day, or known only to" in said
    assert f"{(events['status'] != 'verified').sum()} hollow marks: not verified." in said


def test_no_false_day():
    """Is a month drawn over the whole month and written as a month, and a day as a day?"""
    chart = draw_chronology(EVENTS)
    month, day, _ = sorted(having(chart, "number"), key=lambda row: row["date"] != "April 1962")
    assert (month["start"][:10], month["end"][:10], month["mark"]) == ("1962-04-01", "1962-05-01", "bar")
    assert (day["days"], day["mark"]) == (1, "point")
    assert table(chart)["Date"].to_list() == ["April 1962", "9 April 1962", "10 April 1962"]
    drawn = {
        layer["mark"]["type"]: layer["transform"][0]["filter"]
        for layer in layers(chart.to_dict())
        if layer.get("transform") and layer["mark"]["type"] != "text" and "shape" not in layer["mark"]
    }
    assert drawn == {"rect": "datum.mark == 'bar'", "point": "datum.mark == 'point'"}


def test_numbers_are_those_of_the_table():
    """Does the number beside a mark lead to its row, also when the events come in another order?"""
    for events in (load_events(), EVENTS.iloc[::-1]):
        chart = draw_chronology(events)
        drawn = having(chart, "number")
        assert {row["number"]: row["description"] for row in drawn} == dict(
            zip(table(chart)["Number"], table(chart)["Event"], strict=True)
        )
        assert sorted(row["number"] for row in drawn) == list(range(1, len(events) + 1))
        assert all(re.match(r"\d+", row["label"])[0] == str(row["number"]) for row in drawn)


def test_talks_and_turning_points_are_named():
    """Are both talks diamonds with their names, marked by a rule, and the turning points named?"""
    chart = chart_of("chronology")
    named = {" ".join(row["label"].split()[1:]): row["mark"] for row in having(chart, "number")}
    assert {name: named[name] for name, _ in TURNS.values()}
    assert [name for name, mark in named.items() if mark == "talk"] == [
        "Deng hands over the letters",
        "Mao receives the ambassador",
    ]
    assert "rule" in {layer["mark"]["type"] for layer in layers(chart.to_dict()) if "mark" in layer}


def test_busy_years_are_enlarged():
    """Is every event in one of two strips, those of 1962 and 1963 in the second, and in one where all are?"""
    whole, part = chart_of("chronology"), draw_chronology(load_events().query("start.dt.year == 1962"))
    assert [len(chart.to_dict()["vconcat"]) for chart in (whole, part)] == [2, 1]


def test_events_with_one_index():
    """Is every event kept when frames that were put together have the same index twice?"""
    chart = draw_chronology(pd.concat([EVENTS, EVENTS]))
    assert len({(row["y"], row["start"]) for row in having(chart, "number")}) == 2 * len(EVENTS)


@pytest.mark.parametrize("narrow", [False, True])
def test_marks_of_a_lane_do_not_meet(narrow):
    """Do two events of one lane with what is written beside them keep apart?"""
    spec = chart_of("chronology").to_dict()
    spec = spec["usermeta"]["narrow"] if narrow else spec
    for strip in spec["vconcat"]:
        names = {layer.get("data", {}).get("name") for layer in strip["layer"]}
        drawn = [row for name in names - {None} for row in spec["datasets"][name] if "number" in row]
        levels = pd.DataFrame(drawn).groupby(["category", "y"])
        assert levels.ngroups > 10
        for _, level in levels:
            starts = pd.to_datetime(level.sort_values("start")["start"])
            assert starts.is_unique


# --- dispersion and comparison ---


def test_dispersion_draws_every_place():
    """Is there a tick for every occurrence, at its word, and a row also where there is none?"""
    chart = draw_dispersion({"peace": ["peace"], "war": ["war"]}, paragraphs=PARAGRAPHS)
    assert [(row["row"], row["word"], row["at"]) for row in having(chart, "at")] == [
        ("peace", 1, "one-p01"),
        ("peace", 6, "one-p02"),
        ("peace", 8, "one-p02"),
    ]
    assert describe_chart(chart).startswith(
        "Where peace and war occur in each document, word by word from its beginning. "
        "peace occurs 3 times in one: in one-p01 and one-p02 (2). war does not occur in one. "
        "peace does not occur in two. war does not occur in two."
    )


def test_dispersion_of_the_sources():
    """Are the ticks those places that the count counts?"""
    counted = count_terms(TERMS)
    assert len(table(draw_dispersion(TERMS))) == counted["n"].sum() == len(list_occurrences(TERMS))


def test_occurrences_lead_back_to_the_text():
    """Do the places of a term hold it, at the word that is said?"""
    texts = load_paragraphs().set_index("paragraph_id")["text"]
    found = list_occurrences({"critici*": ["critici*"]})
    assert len(found) == count_terms("critici*")["n"].sum() > 5
    document = " ".join(load_paragraphs().query("document_id == 'mao-1963'")["text"]).split()
    for place in found.itertuples():
        assert texts[place.paragraph_id][place.start : place.end].lower().startswith("critici")
        assert "ritici" in document[place.n_before]


def test_comparison_has_the_rates():
    """Does the alternative give count and rate of each term in each document, the widest gap first?"""
    counts = count_terms({"unity": ["unity"], "conference": ["conference", "conferences"]})
    chart = draw_comparison(counts)
    said = describe_chart(chart)
    for row in counts.itertuples():
        assert f"{row.n} in {'Deng' if row.document_id == 'deng-1962' else 'Mao'} 19" in said
    assert said.index("conference:") < said.index("unity:")
    assert table(chart)["Occurrences"].to_list() == counts["n"].to_list()


def test_every_document_has_a_shape():
    """Has each of six documents a shape, which the legend gives?"""
    drawn = draw_comparison(NINE[:6]).to_dict()["layer"]
    (points,) = [layer for layer in drawn if layer["mark"]["type"] == "point"]
    scale = points["encoding"]["shape"]["scale"]
    assert scale["domain"] == list("abcdef") and len(set(scale["range"])) == 6


def test_comparison_counts_terms():
    """Is a comparison of terms that of their counts?"""
    assert draw_comparison(TERMS).to_dict() == draw_comparison(count_terms(TERMS)).to_dict()


# --- letters and voices ---


def test_letters_point_at_the_recipient():
    """Do lines run from sender to recipient, with the head beyond the middle, turned that way?"""
    letters = pd.DataFrame(
        {
            "letter_id": ["first", "second"],
            "sender": ["mao-zedong", "mao-zedong"],
            "recipient": ["stepan-chervonenko", "stepan-chervonenko"],
        }
    )
    chart = draw_letters(letters)
    (edge,) = [row for row in rows(chart) if "head_x" in row]
    assert edge["n"] == 2
    assert (edge["sender"], edge["recipient"]) == ("Mao Zedong", "Stepan Chervonenko")
    for begin, head, end in (
        (edge["x"], edge["head_x"], edge["end_x"]),
        (edge["y"], edge["head_y"], edge["end_y"]),
    ):
        assert min(begin, end) <= head <= max(begin, end)
        assert abs(head - end) <= abs(head - begin)
    assert "2 letters and messages between 2 correspondents" in describe_chart(chart)
    assert "Mao Zedong wrote to Stepan Chervonenko (2)." in describe_chart(chart)


def test_many_letters_have_their_number():
    """Is the number of letters written beside each line that stands for more than one?"""
    chart = chart_of("letters")
    (numbers,) = [
        layer for layer in chart.to_dict()["layer"] if layer["encoding"].get("text", {}).get("field") == "n"
    ]
    drawn = pd.DataFrame(chart.to_dict()["datasets"][numbers["data"]["name"]])
    assert sorted(drawn["n"]) == sorted(n for n in table(chart)["Letters"] if n > 1)


@pytest.mark.parametrize("documents", [None, "deng-1962", "mao-1963"])
def test_correspondents_stand_apart(documents):
    """Has each a place at a distance from all others, and the same one whatever the order of the rows?"""
    first, again = (
        {row["node"]: (row["x"], row["y"]) for row in rows(chart) if "side" in row}
        for chart in (
            draw_letters(documents=documents),
            draw_letters(load_letters().iloc[::-1], documents=documents),
        )
    )
    assert min(math.dist(one, other) for one, other in itertools.combinations(first.values(), 2)) > 0.18
    assert set(first) == set(again)
    assert all(again[node] == pytest.approx(place) for node, place in first.items())


def test_names_are_given_in_full():
    """Are parties named in full in pictures, words and table, and people without a patronymic?"""
    chart = chart_of("letters")
    assert {"Chinese Communist Party", "Communist Party of Sweden", "Stepan Chervonenko"} <= set(
        table(chart)["From"]
    )
    short = set(load_parties()["abbreviation"]) - {""}
    for drawing in (json.dumps(chart.to_dict()), json.dumps(chart_of("voices").to_dict())):
        assert not short & set(re.findall(r"\b[A-Z]{3,}\b", drawing))


def test_a_side_has_its_color():
    """Has a document the color of the side that wrote it down, and a correspondent that of its own side?"""
    colors = [
        layer["mark"]["color"]
        for layer in layers(chart_of("voices").to_dict())
        if layer.get("mark", {}).get("height")
    ]
    assert colors == list(SIDES.values())
    sides = {row["node"]: row["capital"] for row in having(chart_of("letters"), "capital")}
    assert sides["communist-party-of-the-soviet-union"] == sides["stepan-chervonenko"] == "Moscow"
    assert sides["chinese-communist-party"] == sides["mao-zedong"] == "Beijing"
    assert sides["communist-party-of-sweden"] == ""


def test_shares_add_up():
    """Do the shares of each document add up to all its words, and is the largest said first?"""
    chart = chart_of("voices")
    found = table(chart)
    words = load_sentences().groupby("document_id")["n_words"].sum()
    assert found.groupby("Document")["Words"].sum().to_list() == words.to_list()
    assert found.groupby("Document")["Percent"].sum().round().to_list() == [100, 100]
    largest = found.groupby("Document")["Percent"].max()
    assert f"Deng Xiaoping, reported {largest['Deng 1962']}%" in describe_chart(chart)


def test_the_note_taker_speaks_of_others():
    """Are sentences in which the note-taker tells what another did told apart from that other's words?"""
    chart = table(chart_of("voices"))
    told = load_speech_acts().query("voice == 'note-taker' and actor == 'deng-xiaoping'")
    words = told.merge(load_sentences(), on=["paragraph_id", "n"])["n_words"].sum()
    row = chart.query("`Whose words, and how reported` == 'the note-taker, about Deng Xiaoping'")
    assert row["Words"].to_list() == [words]


def test_voices_of_a_part():
    """Can a part of the speech acts be drawn, and is one without sentences refused?"""
    acts = load_speech_acts().query("document_id == 'mao-1963'")
    assert set(table(draw_voices(acts))["Document"]) == {"Mao 1963"}
