"""Does a mark travel with its output as data, and can nothing in it act on a page?"""

import json

import pytest
from IPython.core.formatters import DisplayFormatter

from helpers.checks import Mark, Reason
from helpers.marks import MIME_TYPE, MarkData, ReasonData, make_output, read_mark, to_html

LOST = Mark.lost(2, "Not `a < b`: see mao-1963-p02.", ["deng-1962-p07", "mao-1963-p02"])
MARKS = {
    "lost": LOST,
    "part": Mark(0.5, 1, [Reason(0.5, "Half is right."), Reason(-0.5, "Half is missing.")]),
    "total": Mark.total({"One": Mark.won(1, "Right."), "Two": Mark.lost(1, "Not answered yet.")}),
    "empty": Mark.lost(1, "Not answered yet."),
}


def shown(value):
    """Return an output as IPython makes it and a file stores it."""
    data, metadata = DisplayFormatter().format(value)
    return json.loads(json.dumps({"output_type": "execute_result", "data": data, "metadata": metadata}))


def damaged(**changes):
    """Return the output of a mark with other content."""
    (data,) = make_output(MarkData(1, 2, (ReasonData(-1, "Too small."),))).values()
    return {"data": {MIME_TYPE: data | changes}}


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_travels(name):
    """Is the mark in the output the one that the check made, beside the number and the HTML?"""
    output = shown(MARKS[name])
    assert read_mark(output) == MARKS[name].as_data()
    assert float(output["data"]["text/plain"]) == MARKS[name].points
    assert output["data"]["text/html"] == to_html(read_mark(output))
    assert read_mark(output).answered == (name != "empty")


def test_links():
    """Are the paragraphs of a reason links, with names for readers?"""
    (reason,) = read_mark(shown(LOST)).reasons
    assert reason.text == "Not `a < b`: see Mao 1963, ¶ 2."
    assert [link.text for link in reason.links] == ["Mao 1963, ¶ 2"]
    assert [link.address.partition("#")[2] for link in reason.read_again] == ["deng-1962-p07", "mao-1963-p02"]


BAD = [None, {}, "1", [1], True, float("nan"), float("inf")]


@pytest.mark.parametrize("key", ["points", "maximum", "reasons"])
@pytest.mark.parametrize("value", BAD, ids=repr)
def test_damaged_marks(key, value):
    """Is content that is no mark read as none, without an error?"""
    assert read_mark(damaged(**{key: value})) is None


@pytest.mark.parametrize(
    "output", [None, "x", [], {}, {"data": None}, {"data": []}, {"data": {MIME_TYPE: 3}}]
)
def test_no_mark(output):
    """Is an output without a mark read as none, whatever a damaged file has in its place?"""
    assert read_mark(output) is None


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", 'https://x/"onclick="y', "//x"]
)
def test_addresses(address):
    """Does only an address of the web, of mail or of a file become a link?"""
    link = {"text": "<b>here</b>", "address": address}
    reason = {"points": 0, "text": "See <b>here</b>.", "links": [link], "read_again": [link]}
    html = to_html(read_mark(damaged(reasons=[reason])))
    assert "<a" not in html and "<b>" not in html and html.count("&lt;b&gt;here") == 2
