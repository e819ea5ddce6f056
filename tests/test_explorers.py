"""Do explorers answer what their traits ask, live and as a page, whatever is asked?"""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from helpers import (
    align_paragraphs,
    concordance,
    explore_chronology,
    explore_concordance,
    explore_document,
    explore_letters,
    explore_parallels,
    load_events,
    load_letters,
    load_paragraphs,
)
from helpers.explorers import Explorer
from helpers.markup import Html, make_table, to_html

ALL = [explore_document, explore_concordance, explore_parallels, explore_chronology, explore_letters]
HOSTILE = '<script>alert("x")</script>&'


def twin(explorer):
    return BeautifulSoup(explorer.to_html(), "html.parser")


def controls(explorer):
    """Return the controls of an explorer by their labels."""
    found = {}
    for widget in explorer.widget.children:
        for one in getattr(widget, "children", [widget]):
            if getattr(one, "description", ""):
                found[one.description] = one
    return found


# --- all of them ---


@pytest.mark.parametrize("explore", ALL)
def test_bundle_holds_both(explore):
    """Does an explorer give the live view and the static twin, and its question as plain text?"""
    explorer = explore()
    bundle = explorer._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.jupyter.widget-view+json", "text/html", "text/plain"}
    assert bundle["text/html"] == explorer.to_html()
    assert bundle["text/plain"] == repr(explorer)


@pytest.mark.parametrize("explore", ALL)
def test_twin_stands_alone(explore):
    """Does the twin need no script and no server, say what was asked and found, and hold every row?"""
    explorer = explore()
    html, soup = explorer.to_html(), twin(explorer)
    assert "<script" not in html and "http" not in html and " on" + "click" not in html
    assert soup.section["aria-label"] == explorer.title
    assert [dt.get_text() for dt in soup.select("dt")] == list(explorer.asked.values())
    assert explorer.message in soup.get_text()
    assert explore is explore_document or len(soup.select("tbody tr")) == len(explorer.frame) > 3


@pytest.mark.parametrize("explore", ALL)
def test_tables_can_be_heard(explore):
    """Has every table a caption and scoped headings, and every part that scrolls a name and a tab stop?"""
    soup = twin(explore())
    for table in soup.select("table"):
        assert table.caption.get_text()
        assert all(th.get("scope") in ("col", "row") for th in table.select("th"))
    assert soup.select("[role=region]")
    for region in soup.select("[role=region]"):
        assert region["tabindex"] == "0" and region["aria-label"]


@pytest.mark.parametrize("explore", ALL)
def test_every_trait_has_a_labeled_control(explore):
    """Has every trait a control with its label, and does each lead the other?"""
    explorer = explore()
    found = controls(explorer)
    for name, label in explorer.asked.items():
        value = getattr(explorer, name)
        if isinstance(value, tuple):
            boxes = {one: found.pop(f"{label} {choice}").value for choice, one in explorer.choices()[name]}
            assert tuple(one for one, is_checked in boxes.items() if is_checked) == value
        else:
            assert found.pop(label).value == value
    assert not found


@pytest.mark.parametrize("explore", ALL)
def test_unknown_trait(explore):
    """Is a trait that there is not refused with those that there are?"""
    with pytest.raises(ValueError, match="There is no color to set here; there are "):
        explore(color="red")


def test_an_explorer_of_ones_own_must_say_what_it_asks():
    """Does the base class leave asking to each kind?"""
    with pytest.raises(NotImplementedError):
        Explorer()


# --- traits in, frame out ---


def test_concordance():
    """Does a new term, document, order or window make a new concordance?"""
    explorer = explore_concordance("conference")
    pd.testing.assert_frame_equal(explorer.frame, concordance("conference", window=50))
    explorer.document_id = "mao-1963"
    assert explorer.frame["paragraph_id"].to_list() == ["mao-1963-p13"]
    explorer.document_id, explorer.term, explorer.sort = "both", "debate", "right"
    pd.testing.assert_frame_equal(explorer.frame, concordance("debate", window=50, sort="right"))
    explorer.window = 10
    assert explorer.frame["left"].str.len().max() <= 10
    explorer.term, explorer.regex = r"critici\w+", True
    assert (
        explorer.message
        == f"{len(explorer.frame)} lines in {explorer.frame['paragraph_id'].nunique()} paragraphs."
    )
    explorer.regex, explorer.case, explorer.term = False, True, "Conference"
    assert explorer.message == "0 lines in 0 paragraphs."


@pytest.mark.parametrize("term", ["", "   ", "("])
def test_concordance_says_what_is_wrong(term):
    """Is a term that cannot be looked for a sentence in the twin and in the live view, and no traceback?"""
    explorer = explore_concordance("unity", regex=True)
    status, answer = explorer.widget.children[-3], explorer.widget.children[-1]
    explorer.term = term
    assert explorer.frame.empty
    assert list(explorer.frame.columns) == ["paragraph_id", "left", "node", "right"]
    assert explorer.message.endswith(".") and explorer.message in twin(explorer).get_text()
    assert to_html(explorer.message) in status.value
    assert "<tbody>\n</tbody>" in answer.value
    explorer.term = "unity"
    assert len(explorer.frame) == 5


@pytest.mark.parametrize("explore", [explore_concordance])
def test_what_is_typed_never_becomes_html(explore):
    """Is a hostile term shown as it was typed?"""
    explorer = explore(HOSTILE)
    assert "<script" not in explorer.to_html()
    assert "<script" not in "".join(
        w.value
        for w in explorer.widget.children
        if hasattr(w, "value") and "<" in str(w.value) and w.description == ""
    )
    assert HOSTILE in twin(explorer).get_text()


def test_controls_lead():
    """Does typing into a control, as a reader does, change frame, status and table?"""
    explorer = explore_concordance("unity")
    found = controls(explorer)
    found["Term"].value = "Albania"
    found["Document"].value = "mao-1963"
    assert (explorer.term, explorer.document_id) == ("Albania", "mao-1963")
    status, answer = explorer.widget.children[-3], explorer.widget.children[-1]
    assert "4 lines in 2 paragraphs." in status.value and 'role="status"' in status.value
    assert answer.value.count("<tr><th") == 5  # the heading and four lines


def test_checkboxes_lead_and_follow():
    """Does a checkbox add to what is asked, and is it set when the trait is?"""
    explorer = explore_parallels(by=("letter",))
    found = controls(explorer)
    found["Sharing topics"].value = True
    assert explorer.by == ("letter", "topic")
    explorer.by = ("person",)
    assert [box.value for name, box in found.items() if name.startswith("Sharing")] == [
        True,
        False,
        False,
        False,
    ]


def test_document():
    """Is the reader's frame the whole document in the chosen reading, with names and acts?"""
    explorer = explore_document("mao-1963", reading="diplomatic")
    expected = load_paragraphs("diplomatic").query("document_id == 'mao-1963'")
    assert explorer.frame["text"].to_list() == expected["text"].to_list()
    assert explorer.frame.set_index("paragraph_id").loc["mao-1963-p05", "people"] == [
        "mao-zedong",
        "nikita-khrushchev",
    ]
    assert explorer.frame["acts"].map(len).min() >= 1
    text = twin(explorer).get_text()
    for paragraph in expected["text"]:
        assert paragraph in text
    assert len(twin(explorer).select(".person")) > 20
    explorer.names = explorer.acts = False
    assert not twin(explorer).select(".person, .party, .act")
    explorer.document_id = "deng-1962"
    assert len(explorer.frame) == 19
    explorer.document_id = "zhou-1964"
    assert explorer.frame.empty and explorer.message == "There is no document 'zhou-1964'."


def test_parallels():
    """Are the pairs those of the pure function, with both texts?"""
    explorer = explore_parallels(by=("letter", "topic"), least=2)
    expected = align_paragraphs(by=("letter", "topic"), least=2)
    pd.testing.assert_frame_equal(explorer.frame[list(expected.columns)], expected)
    texts = load_paragraphs().set_index("paragraph_id")["text"]
    assert explorer.frame["other_text"].to_list() == texts[explorer.frame["other_id"]].to_list()
    explorer.paragraph_id = "deng-1962-p05"
    assert set(explorer.frame["paragraph_id"]) == {"deng-1962-p05"}
    explorer.by = ()
    assert explorer.frame.empty and "aligned by person, party, letter, topic" in explorer.message


def test_chronology():
    """Does a span of years, a category or a document choose events, and is a span backwards a sentence?"""
    events = load_events()
    explorer = explore_chronology(since=1949, until=1989)
    assert explorer.frame["event_id"].to_list() == events["event_id"].to_list()
    explorer.category = "military"
    assert (
        explorer.frame["event_id"].to_list() == events.query("category == 'military'")["event_id"].to_list()
    )
    explorer.category, explorer.document_id = "all", "mao-1963"
    assert explorer.frame["paragraphs"].map(lambda ids: any(i.startswith("mao") for i in ids)).all()
    explorer.document_id, explorer.since, explorer.until = "all", 1970, 1960
    assert explorer.frame.empty and "exchange the two" in explorer.message
    assert explorer.chart() is None
    explorer.since = 1950
    assert "November 1960" in twin(explorer).get_text()


def test_letters():
    """Does a document, a correspondent or a medium choose letters?"""
    letters = load_letters()
    explorer = explore_letters()
    assert explorer.frame["letter_id"].to_list() == letters["letter_id"].to_list()
    explorer.document_id = "deng-1962"
    assert explorer.frame["mentioned_in"].map(lambda ids: any("deng" in i for i in ids)).all()
    explorer.correspondent = "vietnam-workers-party"
    ends = explorer.frame["sender"] + explorer.frame["recipient"]
    assert len(explorer.frame) > 1 and ends.map(lambda keys: "vietnam-workers-party" in keys).all()
    assert "5 April 1962" in twin(explorer).get_text()
    explorer.correspondent = "nobody"
    assert explorer.frame.empty and "No letter has 'nobody'" in explorer.message


def test_no_date_is_made_up():
    """Is a letter's date that is known to a month written as a month, and an unknown one left empty?"""
    explorer = explore_letters(correspondent="communist-party-of-the-soviet-union")
    rows = {
        tr.th.get_text(): [td.get_text() for td in tr.select("td")]
        for tr in twin(explorer).select("tbody tr")
    }
    for letter in explorer.frame.itertuples():
        written = rows[letter.as_given][2]
        assert (written == "") == pd.isna(letter.written)
        if letter.written_precision == "month":
            assert written == letter.written.strftime("%B %Y")


# --- the pure parts ---


def test_alignment_finds_the_hinge():
    """Do the paragraphs on the letter of 7 April meet the one on the letter of "late April"?"""
    pairs = align_paragraphs(by="letter")
    assert set(pairs["other_id"]) == {"mao-1963-p12"}
    assert {"deng-1962-p04", "deng-1962-p05"} <= set(pairs["paragraph_id"])
    assert pairs["shared"].map(lambda keys: keys == ["ccp-letter-1962-04-07"]).all()


def test_alignment_leaves_out_who_is_everywhere():
    """Are those left out who are named in most paragraphs, unless everybody is wanted?"""
    few = align_paragraphs(by=("person", "party"))
    everybody = align_paragraphs(by=("person", "party"), most=1)
    assert len(few) < len(everybody)
    assert "mao-zedong" not in few["shared"].explode().to_list()
    assert "mao-zedong" in everybody["shared"].explode().to_list()


def test_alignment_of_other_frames():
    """Can other documents be aligned, with their own tables?"""
    mentions = pd.DataFrame(
        [("a-1950", "a-1950-p01", "x", "person"), ("b-1951", "b-1951-p07", "x", "person")],
        columns=["document_id", "paragraph_id", "entity_id", "kind"],
    )
    pairs = align_paragraphs("a-1950", "b-1951", by="person", most=1, mentions=mentions)
    assert pairs.to_dict("split")["data"] == [["a-1950-p01", "b-1951-p07", ["x"], ["person"], 1]]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by": "color"}, "not by"),
        ({"by": ()}, "nothing"),
        ({"least": 0}, "from 1 on"),
        ({"most": 2}, "share"),
    ],
)
def test_alignment_says_what_is_wrong(options, said):
    """Is it said which value cannot be?"""
    with pytest.raises(ValueError, match=said):
        align_paragraphs(**options)


def test_table_escapes_all_but_html():
    """Is text in captions, headings and cells escaped, and HTML that is marked as such left as it is?"""
    table = make_table(HOSTILE, [HOSTILE], [(HOSTILE,), (Html("<b>x</b>"),)], css="a", classes=["b"])
    assert "<script" not in table
    assert '<td class="b"><b>x</b></td>' in table
