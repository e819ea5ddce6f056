"""Do columns of words in data frames begin at the left, and do numbers end at the right?"""

import re

import pandas as pd
import pytest

from helpers import concordance, count_terms
from helpers.book.html.frames import mark_words


def marked(frame):
    """Return the headings and the cells of a frame that are marked as words."""
    html = mark_words(frame.to_html())
    return [re.findall(rf'<{tag} class="words">([^<]*)</{tag}>', html) for tag in ("th", "td")]


def test_words_and_numbers():
    """Are words marked with their heading, and numbers not, negative, with commas or missing as they be?"""
    frame = pd.DataFrame({"term": ["unity", "7 April"], "n": [-4, 1.5], "of": ["1,362", None]})
    assert marked(frame) == [["term"], ["unity", "7 April"]]


def test_a_column_is_marked_as_a_whole():
    """Is a number among words marked like its neighbors?"""
    assert marked(pd.DataFrame({"deng-1962": ["Russian", 19]})) == [["deng-1962"], ["Russian", "19"]]


def test_an_index_is_no_column():
    """Do an index of several levels and its line of names leave the columns where they are?"""
    index = pd.MultiIndex.from_product(
        [["deng-1962", "mao-1963"], ["body", "header"]], names=["document", "part"]
    )
    frame = pd.DataFrame({"n": range(4), "kind": list("abcd")}, index=index)
    assert marked(frame)[0] == ["kind", ""]
    assert marked(frame)[1] == list("abcd")


def test_context_meets_the_term():
    """Do the words before the term end where the term begins?"""
    found = marked(concordance("solidarity"))[0]
    assert not {"left", "node", "right"} & set(found)
    html = mark_words(concordance("solidarity").to_html())
    assert '<table class="dataframe kwic">' in html
    lines = len(concordance("solidarity"))
    assert html.count('<td class="kwic-left">') == html.count('<td class="kwic-node">') == lines


def test_dates_and_ids_are_not_broken():
    """Is a date or an id kept in one line, and are two dates broken behind their slash only?"""
    html = mark_words(pd.DataFrame({"edtf": ["1957-11-14/1957-11-16"], "at": ["deng-1962-p06"]}).to_html())
    whole = '<span class="whole">{}</span>'
    assert f"{whole.format('1957-11-14')}/<wbr>{whole.format('1957-11-16')}</td>" in html
    assert f"{whole.format('deng-1962-p06')}</td>" in html


@pytest.mark.parametrize("frame", [pd.DataFrame({"n": []}), pd.DataFrame(), count_terms("unity")[["n"]]])
def test_nothing_to_mark(frame):
    """Does a frame without words or without rows lose no more than what HTML no longer knows?"""
    assert mark_words(frame.to_html()) == frame.to_html().replace('border="1" ', "")


def test_what_html_no_longer_knows():
    """Are the style before a table and attributes of old left out, and every cell kept?"""
    index = pd.MultiIndex.from_product([["deng-1962"], ["body", "header"]])
    frame = pd.DataFrame({"n": [1, 2]}, index=index)
    page = f"<p>before</p>{frame._repr_html_()}<p>after</p>"
    assert "<style scoped>" in page and "valign" in page
    shown = mark_words(page)
    assert not re.search("style scoped|border=|valign", shown)
    assert re.findall(r"<td>(.*?)</td>", shown) == ["1", "2"]
    assert shown.startswith("<p>before</p>") and shown.endswith("<p>after</p>")


def test_other_tables_are_left_alone():
    """Are only the tables of pandas changed?"""
    table = "<table><tr><th>term</th></tr><tr><td>unity</td></tr></table>"
    assert mark_words(table) == table
