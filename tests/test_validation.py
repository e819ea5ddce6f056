"""Does every public function that takes a frame return its columns, or say in a sentence what is wrong?"""

import inspect
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import helpers
from helpers import load_events, load_letters, load_mentions, load_paragraphs, load_speech_acts

PACKAGE = Path(helpers.__file__).parent
PARAGRAPHS = load_paragraphs().iloc[[0, 1, -1]]
LETTERS = load_letters().head(4)
EDGES = helpers.list_letter_edges()[["source", "target", "letter_id"]].head(3)
BLANK = pd.DataFrame({"document_id": ["a", "b"], "paragraph_id": ["a-p1", "b-p1"], "text": ["a word", "..."]})
TALK = "After a silence lasting for four days"


class Call(NamedTuple):
    """A function, its other arguments, the argument that takes a frame, and a good frame."""

    function: str
    arguments: tuple
    options: dict
    keyword: str
    good: pd.DataFrame

    def __call__(self, frame):
        """Call the function with a frame."""
        return getattr(helpers, self.function)(*self.arguments, **{self.keyword: frame}, **self.options)


def call(function, *arguments, keyword="paragraphs", good=PARAGRAPHS, **options):
    """Return one case of the table."""
    return Call(function, arguments, options, keyword, good)


CALLS = [
    call("concordance", "the"),
    call("concordance", "t.e", regex=True, sort="left"),
    call("count_terms", "the"),
    call("count_terms", "the", by="paragraph", tokens="letters"),
    call("count_reporting_verbs"),
    call("count_quoted_words"),
    call("list_occurrences", "the"),
    call("measure_dispersion", "the"),
    call("measure_vocabulary"),
    call("compare_vocabularies"),
    call("rank_keywords", "deng-1962"),
    call("find_quotation", TALK),
    call("index_paragraphs"),
    call("index_words"),
    call("bound_events", keyword="events", good=load_events().head(3)),
    call("filter_events", keyword="events", good=load_events().head(3), since="1949"),
    call("filter_events", keyword="events", good=load_events().head(3), actors="mao-zedong"),
    call("order_events", keyword="events", good=load_events().head(3)),
    call("known_on", "1962-04-09", "soviet", keyword="letters", good=LETTERS),
    call("list_letter_edges", keyword="letters", good=LETTERS, documents="deng-1962", media="letter"),
    call("count_edges", keyword="edges", good=EDGES),
    call("count_correspondents", keyword="edges", good=EDGES),
    call("align_paragraphs", keyword="mentions", good=load_mentions().head(9)),
    call("align_paragraphs", keyword="letters", good=LETTERS),
    call("align_paragraphs", keyword="speech_acts", good=load_speech_acts().head(9)),
]
IDS = [f"{one.function}-{one.keyword}-{n}" for n, one in enumerate(CALLS)]
COLUMNS = ["document_id", "paragraph_id", "text", "term", "n", "n_tokens", "start_min", "key", "index", 0]
CELLS = st.sampled_from([None, np.nan, pd.NaT, "", " ", "x", "1962", "1962-13", 3, 1962.5, True, b"x"])


@st.composite
def spoiled(draw, good):
    """Draw a frame that differs from a good one in its columns, cells, rows or index."""
    frame = good.astype(object) if draw(st.booleans()) else good.copy()
    for _ in range(draw(st.integers(1, 3))):
        column = draw(st.sampled_from([*frame.columns]))
        kind = draw(st.sampled_from("drop rename twice cell column empty index extra".split()))
        if kind == "drop" and len(frame.columns) > 1:
            frame = frame.drop(columns=column)
        elif kind == "rename":
            frame = frame.rename(columns={column: draw(st.sampled_from(COLUMNS))})
        elif kind == "twice":
            frame = frame.set_axis([*frame.columns[:-1], column], axis="columns")
        elif kind == "cell" and len(frame) and (frame.columns == column).sum() == 1:
            cells = frame[column].to_list()
            cells[draw(st.integers(0, len(cells) - 1))] = draw(CELLS)
            frame = frame.assign(**{str(column): pd.Series(cells, frame.index, dtype=object)})
        elif kind == "column":
            frame = frame.assign(**{str(column): [draw(CELLS)] * len(frame)})
        elif kind == "empty":
            frame = frame.iloc[:0]
        elif kind == "index":
            frame = frame.set_index(pd.Index([7] * len(frame), name=draw(st.sampled_from([None, "n"]))))
        else:
            frame = frame.assign(**{str(draw(st.sampled_from(COLUMNS))): 1})
    return frame


def check(one, frame):
    """Assert that a call gives its columns or one sentence, raised by this package and not by pandas."""
    try:
        found = one(frame)
    except ValueError as error:
        assert type(error) is ValueError
        assert str(error).endswith(".") and len(str(error)) < 1000
        assert Path(inspect.getinnerframes(error.__traceback__)[-1].filename).is_relative_to(PACKAGE)
    else:
        if isinstance(found, pd.DataFrame):
            added = one(one.good).columns.difference(one.good.columns)
            assert found.columns.is_unique and added.isin(found.columns).all()


@pytest.mark.parametrize("one", CALLS, ids=IDS)
@settings(max_examples=12)
@given(st.data())
def test_frames(one, data):
    """Does no frame, however spoiled, give a wrong table or an error of another library?"""
    frame = data.draw(spoiled(one.good))
    before = frame.copy()
    check(one, frame)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("one", CALLS, ids=IDS)
@pytest.mark.parametrize(
    "thing", ["a text", 3, [1], PARAGRAPHS["text"], PARAGRAPHS.to_numpy(), {"text": ["a"]}]
)
def test_no_frame(one, thing):
    """Does everything that is no data frame get the same sentence?"""
    with pytest.raises(ValueError, match=r"^This needs a data frame such as .*, but got \w+\.$"):
        one(thing)


NAMES = [*helpers.count_terms("a").columns, "n_before", "paragraph_id", "start", "text", "index", "level_0"]


@settings(max_examples=10)
@given(st.lists(st.sampled_from(NAMES), min_size=1, unique=True), st.sampled_from(["document", "paragraph"]))
def test_terms_like_columns(terms, by):
    """Are terms and groups counted right that have the name of a column?"""
    text = " ".join(terms)
    paragraphs = pd.DataFrame(
        {"document_id": ["a", "b"], "paragraph_id": ["a-p1", "b-p1"], "text": [text, ""]}
    )
    n = [len(helpers.concordance(term, paragraphs=paragraphs)) for term in terms]
    for group in (terms, {term: [term] for term in terms}):
        counted = helpers.count_terms(group, paragraphs=paragraphs, by=by)
        assert counted["term"].to_list() == terms * 2
        assert counted["n"].to_list() == [*n, *[0] * len(n)]
        verbs = helpers.count_reporting_verbs(verbs=group, paragraphs=paragraphs)
        assert verbs.groupby("document_id")["n"].sum().to_dict() == {"a": sum(n), "b": 0}
        assert helpers.list_occurrences(group, paragraphs=paragraphs)["term"].nunique() == len(terms)
        assert helpers.measure_dispersion(group, paragraphs=paragraphs)["term"].to_list() == terms


@pytest.mark.parametrize(
    ("function", "arguments", "options", "says"),
    [
        ("find_quotation", [TALK], {"document_id": "mao"}, "document mao; there are deng-1962, mao-1963"),
        (
            "find_quotation",
            [TALK],
            {"document_id": "x", "paragraphs": PARAGRAPHS},
            "document x; there are deng",
        ),
        ("align_paragraphs", ["deng-1962", "nope"], {}, "document nope; there are "),
        ("align_paragraphs", [], {"by": 3}, "kind 3; there are person, party, letter, topic"),
        ("align_paragraphs", [], {"by": []}, "No kind is named; there are person"),
        ("rank_keywords", ["x"], {}, "document x; there are deng-1962, mao-1963"),
        ("rank_keywords", ["x"], {"paragraphs": PARAGRAPHS.iloc[:0]}, "document x; there are none"),
        ("load_paragraphs", ["best"], {}, "reading best; there are corrected, diplomatic"),
        ("load_paragraphs", [], {"sections": "foot"}, "section foot; there are header, body, closing, all"),
        ("load_documents", [], {"documents": ["x", "deng-1962"]}, "document x; there are deng-1962"),
        ("filter_events", [], {"actors": ["mao-zedong", "x"]}, "actor x; there are "),
        ("known_on", ["1962-04-09", ["soviet", "x"]], {}, "side x; there are soviet, chinese"),
        ("known_on", ["1962-04-09", []], {}, "No side is named; there are soviet, chinese"),
        ("list_letter_edges", [], {"media": ["letter", "x"]}, "medium x; there are "),
        ("split_tokens", ["a"], {"tokens": "x"}, "tokenization x; there are whitespace"),
        (
            "measure_vocabulary",
            [],
            {"tokens": "x", "paragraphs": PARAGRAPHS.iloc[:0]},
            "tokenization x; there",
        ),
        ("count_terms", ["a"], {"by": ["document"] * 2}, "unit"),
        ("concordance", ["a"], {"sort": ["left"]}, "order"),
        ("concordance", ["a"], {"window": 1.5}, "The window is a whole number, 0 or more, not 1.5"),
        ("measure_mattr", ["ab"], {"window": True}, "The window is a whole number, 1 or more, not True"),
        ("align_paragraphs", [], {"min_shared": "x"}, "`min_shared` is a whole number, 1 or more, not 'x'"),
        ("align_paragraphs", [], {"min_shared": 0}, "`min_shared` is a whole number, 1 or more, not 0"),
        ("align_paragraphs", [], {"max_share": 1.5}, "`max_share` is a share above 0 and up to 1, not 1.5"),
        ("align_paragraphs", [], {"max_share": "x"}, "`max_share` is a share above 0 and up to 1, not 'x'"),
        ("rank_keywords", ["deng-1962"], {"sort": "n"}, "no order n; there are z, log_odds, g2"),
        ("rank_keywords", ["deng-1962"], {"paragraphs": PARAGRAPHS[:1]}, "the other documents have no words"),
        ("rank_keywords", ["b"], {"paragraphs": BLANK}, "b cannot be compared, because it has no words"),
        (
            "list_letter_edges",
            [],
            {"documents": "deng-1961"},
            "document deng-1961; there are deng-1962, mao-1963",
        ),
        ("filter_events", [], {"since": "1963", "until": "1962"}, "exchange the two"),
        ("filter_events", [], {"since": "spring"}, "'spring' is not a date"),
        ("known_on", ["1962-04", "soviet"], {}, "'1962-04' is not a single day"),
        ("known_on", ["9 April", "soviet"], {}, "'9 April' is not a date"),
        ("count_terms", [[]], {}, "give at least one term"),
        ("count_terms", ["*"], {}, "at least one letter"),
        ("count_terms", [{"a": []}], {}, "at least one letter"),
        ("concordance", ["a"], {"window": -1}, "The window is a whole number, 0 or more, not -1"),
        ("count_terms", [3], {}, "The term 3 needs forms"),
        ("count_terms", [{"a": 3}], {}, "The term 'a' needs forms"),
    ],
)
def test_unknown_values(function, arguments, options, says):
    """Does a value that is unknown get one sentence with the known ones, in every function?"""
    with pytest.raises(ValueError, match=re.escape(says)) as caught:
        getattr(helpers, function)(*arguments, **options)
    assert type(caught.value) is ValueError and str(caught.value).endswith(".")


def test_whole_numbers_of_any_kind():
    """Is a number of numpy as good as one of Python?"""
    assert len(helpers.concordance("unity", window=np.int64(10))) == len(helpers.concordance("unity"))
    assert helpers.measure_mattr("abab", window=np.int8(2)) == 1
