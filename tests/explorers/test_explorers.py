"""Do explorers answer what their traits ask, live and as a page, whatever is asked?"""

import subprocess
import sys
from html.parser import HTMLParser

import pandas as pd
import pytest
import traitlets
from bs4 import BeautifulSoup
from tests.quick import sample

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
    load_speech_acts,
)
from helpers.explorers.explorer import Explorer
from helpers.html import Html, make_table, to_html

ALL = [explore_document, explore_concordance, explore_parallels, explore_chronology, explore_letters]
HOSTILE = '<script>alert("x")</script>&'


def twin(explorer):
    return BeautifulSoup(explorer.to_html(), "html.parser")


class Nesting(HTMLParser):
    """Reads HTML, and fails where an element is closed that is not the last one opened."""

    def __init__(self, html):
        super().__init__()
        self.opened = []
        self.feed(html)
        self.close()
        assert not self.opened

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.opened.append(tag)

    def handle_endtag(self, tag):
        assert self.opened.pop() == tag


def live(explorer):
    """Return what the live view shows as HTML: heading, status and answer."""
    return "".join(w.value for w in explorer.widget.children if type(w).__name__ == "HTML")


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
    bundle, metadata = explorer._repr_mimebundle_()
    assert bool(metadata) == (explorer.chart() is not None)
    assert set(bundle) == {"application/vnd.jupyter.widget-view+json", "text/html", "text/plain"}
    assert bundle["text/html"] == explorer.to_html()
    assert bundle["text/plain"] == repr(explorer)


@pytest.mark.parametrize("explore", ALL)
def test_twin_stands_alone(explore):
    """Does the twin need no script and no server, say what was asked and found, and hold every row?"""
    explorer = explore()
    html, soup = explorer.to_html(), twin(explorer)
    assert "<script" not in html and "http" not in html and " on" + "click" not in html
    assert soup.section["aria-label"] == explorer.title and soup.section["lang"] == "en"
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
        assert region["aria-label"] and (region["tabindex"] == "0" if region.table else True)


@pytest.mark.parametrize("explore", ALL)
def test_long_answers_unfold(explore):
    """Does an answer of many rows show some, whole, and unfold to all of them without a script?"""
    explorer = explore()
    (more,) = twin(explorer).select("details.more")
    assert more.summary.get_text() == f"Show all {len(explorer.frame)}"
    rows = twin(explorer).select("tbody tr") or twin(explorer).select("[role=region] p")
    assert 0 < len(more.select("tbody tr") or more.select("p")) < len(rows) == len(explorer.frame)
    assert not twin(explore_concordance("Albania")).select("details")


@pytest.mark.parametrize("explore", ALL)
def test_html_is_well_formed(explore):
    """Is every element closed in its turn, in the twin and in the live view?"""
    Nesting(explore().to_html())
    Nesting(live(explore()))


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
    """Is a trait that there is not refused with those that there are, also later?"""
    with pytest.raises(ValueError, match="There is no color to set here; there are "):
        explore(color="red")
    with pytest.raises(AttributeError, match="There is no sorts to set here; there are "):
        explore().sorts = "left"


def test_a_value_of_another_type():
    """Is a value of another type refused with a sentence, from the beginning and later?"""
    with pytest.raises(ValueError, match="Term: it is text, not 3"):
        explore_concordance(3)
    with pytest.raises(ValueError, match="From the year: it is a whole number, not 'then'"):
        explore_chronology().since = "then"


KINDS = Explorer.__subclasses__()


def values_that_cannot_be(kind):
    """Yield every trait of a kind of explorer with each value that it cannot have."""
    for name in kind.asked:
        trait = kind.class_traits()[name]
        if isinstance(trait, traitlets.Int):
            yield from ((name, -1), (name, 10**9))
        elif isinstance(trait, traitlets.Tuple):
            yield name, (HOSTILE,)
        elif isinstance(trait, traitlets.Unicode) and name != "term":
            yield name, HOSTILE


@pytest.mark.parametrize("kind", sample(KINDS, *KINDS[:2]))
def test_a_value_that_cannot_be_is_a_sentence(kind):
    """Is such a value told with its label, escaped, in twin and live view, from the beginning and later?"""
    later = kind()
    assert not later.frame.empty and later.widget
    for name, value in values_that_cannot_be(kind):
        good = getattr(later, name)
        setattr(later, name, value)
        for explorer in (kind(**{name: value}), later):
            assert explorer.frame.empty
            assert explorer.message.startswith(f"{explorer.asked[name]}: ") and explorer.message.endswith(".")
            for html in (explorer.to_html(), live(explorer)):
                assert "<script" not in html
                assert explorer.message in BeautifulSoup(html, "html.parser").get_text()
                Nesting(html)
        setattr(later, name, good)
        assert not later.frame.empty
        assert later.message in live(later)


def test_nobody_sees_a_new_frame_with_an_old_sentence():
    """Does who waits for a new frame find its sentence already there, and only one change?"""
    explorer, seen = explore_concordance("unity"), []
    explorer.observe(lambda change: seen.append((len(change.new), explorer.message)), names="frame")
    explorer.term = "Albania"
    assert seen == [(4, "4 lines in 2 paragraphs.")]


def test_making_an_explorer_draws_nothing():
    """Are charts and widgets loaded only when they are shown?"""
    code = (
        "import sys, helpers; made = [helpers.explore_letters(), helpers.explore_chronology()];"
        "made[0].to_html(); print([m for m in ('altair', 'ipywidgets') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


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
    explorer.regex, explorer.case_sensitive, explorer.term = False, True, "Conference"
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


@pytest.mark.parametrize("regex", [False, True])
def test_what_is_typed_never_becomes_html(regex):
    """Is a hostile term shown as it was typed, in the twin and in the live view?"""
    explorer = explore_concordance(HOSTILE, regex=regex)
    for html in (explorer.to_html(), live(explorer)):
        assert "<script" not in html
        assert HOSTILE in BeautifulSoup(html, "html.parser").get_text()
        Nesting(html)


@pytest.mark.parametrize(
    "term", ["[[a]", "a" * 100_000, "(" * 3000, "x{99999999999}", "x*", "^", "\x00", "(?i)a"]
)
def test_odd_terms(term):
    """Does an odd pattern neither raise nor warn?"""
    explorer = explore_concordance(term, regex=True)
    assert explorer.message.endswith(".") and explorer.message in twin(explorer).get_text()


def test_endless_search(monkeypatch):
    """Is a search stopped that would take years, and can another one follow?"""
    monkeypatch.setattr("helpers.text.concordance._MOST_SECONDS", 1)
    explorer = explore_concordance(r"(\w+\s?)+;", regex=True)
    assert explorer.frame.empty and explorer.message.startswith("The search was stopped after")
    explorer.term = "unity"
    assert explorer.message == "5 lines in 4 paragraphs."


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
    seen = []
    explorer.observe(lambda change: seen.append(change.new), names="by")
    explorer.by = ("person",)
    assert seen == [("person",)]
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
    soup = twin(explorer)
    for number in soup.select("sup"):
        number.decompose()
    for paragraph in expected["text"]:
        assert paragraph in soup.get_text()
    assert len(twin(explorer).select(".person")) > 20
    explorer.names = explorer.acts = False
    assert not twin(explorer).select(".person, .party, .act, sup")
    explorer.document_id = "deng-1962"
    assert len(explorer.frame) == 19
    explorer.document_id = "nobody-1900"
    assert explorer.message == "Document: there is no 'nobody-1900'; there are 'deng-1962', 'mao-1963'."


@pytest.mark.parametrize("document_id", ["deng-1962", "mao-1963"])
def test_speech_acts_stand_in_the_text(document_id):
    """Is each act named before its paragraph, and do its numbers enclose the words that show it?"""
    soup = twin(explore_document(document_id, names=False))
    acts = load_speech_acts().query("document_id == @document_id")
    paragraphs = {p.code.get_text(): p for p in soup.select("[role=region] p")}
    assert sum(len(p.select(".act")) for p in paragraphs.values()) == len(acts)
    for act in acts.itertuples():
        paragraph = paragraphs[act.paragraph_id]
        named = [label.get_text() for label in paragraph.select(".act")]
        assert any(label.startswith(f"{act.n} ") and label.endswith(f" {act.act}") for label in named)
        marked = paragraph.get_text().split(f"({act.n}", 1)[1].split(f"{act.n})", 1)[0]
        for n in range(1, 20):  # two acts can be in the same words
            marked = marked.replace(f"({n}", "").replace(f"{n})", "")
        assert marked == act.quotation


def test_an_act_that_a_reading_lacks_is_still_named():
    """Does an act whose words the diplomatic reading has not as they stand still head its paragraph?"""
    (first,) = [
        p
        for p in twin(explore_document("deng-1962", reading="diplomatic")).select("[role=region] p")
        if p.code.get_text() == "deng-1962-p01"
    ]
    numbers = [label.get_text().split()[0] for label in first.select(".act")]
    assert "2" in numbers
    assert {sup.get_text().strip("()") for sup in first.select("sup")} == set(numbers) - {"2"}


def test_parallels():
    """Are the pairs those of the pure function, with both texts?"""
    one = explore_parallels(by="letter")
    assert one.by == ("letter",) and one.frame.equals(explore_parallels(by=("letter",)).frame)
    explorer = explore_parallels(by=("letter", "topic"), min_shared=2)
    expected = align_paragraphs(by=("letter", "topic"), min_shared=2)
    pd.testing.assert_frame_equal(explorer.frame[list(expected.columns)], expected)
    texts = load_paragraphs().set_index("paragraph_id")["text"]
    assert explorer.frame["other_text"].to_list() == texts[explorer.frame["other_id"]].to_list()
    explorer.paragraph_id = "deng-1962-p05"
    assert set(explorer.frame["paragraph_id"]) == {"deng-1962-p05"}
    explorer.by = ()
    assert explorer.frame.empty and "there are person, party, letter, topic" in explorer.message
    assert "<tbody>\n</tbody>" in explorer.to_html()


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
    explorer.since = "1950"
    assert "December 1960" in twin(explorer).get_text()


def test_numbers_of_events_are_those_of_the_chart():
    """Has an event the same number in the table of an explorer as beside its mark in the chart?"""
    explorer = explore_chronology(since=1962, until=1963)
    drawn = explorer.chart().to_dict()["usermeta"]["table"]["data"]
    listed = [[cell.get_text() for cell in row.select("th, td")] for row in twin(explorer).select("tbody tr")]
    assert [row[:4] for row in listed] == [[str(cell) for cell in row[:4]] for row in drawn]


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
    assert explorer.frame.empty and explorer.message.startswith("From or to: there is no 'nobody'; there are")


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
    everybody = align_paragraphs(by=("person", "party"), max_share=1)
    assert len(few) < len(everybody)
    assert "mao-zedong" not in few["shared"].explode().to_list()
    assert "mao-zedong" in everybody["shared"].explode().to_list()


def test_alignment_of_other_frames():
    """Can other documents be aligned, with their own tables?"""
    mentions = pd.DataFrame(
        [("a-1950", "a-1950-p01", "x", "person"), ("b-1951", "b-1951-p07", "x", "person")],
        columns=["document_id", "paragraph_id", "entity_id", "kind"],
    )
    pairs = align_paragraphs("a-1950", "b-1951", by="person", max_share=1, mentions=mentions)
    assert pairs.to_dict("split")["data"] == [["a-1950-p01", "b-1951-p07", ["x"], ["person"], 1]]


def test_table_escapes_all_but_html():
    """Is text in captions, headings and cells escaped, and HTML that is marked as such left as it is?"""
    table = make_table(HOSTILE, [HOSTILE], [(HOSTILE,), (Html("<b>x</b>"),)], css="a", classes=["b"])
    assert "<script" not in table
    assert table.count('<td class="b" data-label=') == 2 and "><b>x</b></td>" in table
