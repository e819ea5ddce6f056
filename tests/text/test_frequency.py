"""Are words counted as they can be read, and do the numbers of part H of the fact sheet come out?"""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import (
    compare_vocabularies,
    concordance,
    count_quoted_words,
    count_reporting_verbs,
    count_terms,
    load_documents,
    load_paragraphs,
    load_sentences,
    measure_dispersion,
    measure_keyness,
    measure_mattr,
    measure_vocabulary,
    rank_keywords,
    split_tokens,
)

CONFERENCE = {"conference": ["conference", "conferences"]}


def frame(*texts, document_id="x"):
    rows = [(document_id, f"{document_id}-p{n:02}", text) for n, text in enumerate(texts, 1)]
    return pd.DataFrame(rows, columns=["document_id", "paragraph_id", "text"])


def by_document(terms, **options):
    """Return {term: (count in Mao 1963, count in Deng 1962)}, the order of the fact sheet."""
    table = count_terms(terms, **options).pivot(index="term", columns="document_id", values="n")
    return {term: (int(row["mao-1963"]), int(row["deng-1962"])) for term, row in table.iterrows()}


def test_lengths():
    """H1 to H3: are there 21 and 19 paragraphs, with so many words?"""
    words = load_paragraphs().groupby("document_id")["n_words"]
    table = words.agg(["count", "sum", "mean", "median", "min", "max"]).round(1)
    assert table.loc["mao-1963"].to_list() == [21, 1515, 72.1, 62, 11, 160]
    assert table.loc["deng-1962"].to_list() == [19, 1362, 71.7, 61, 9, 214]


def test_tokenizations():
    """H4: how long are the documents by three tokenizations?

    The fact sheet has 1,522 alphanumeric tokens for Mao 1963 where we have 1,521: a pattern that takes words
    of letters or numbers cuts *22nd* into *22* and *nd*, and gives its number.
    """
    mao = " ".join(load_paragraphs().query("document_id == 'mao-1963'")["text"])
    assert len(re.findall(r"[A-Za-z]+(?:'[A-Za-z]+)*|\d+", mao)) == 1522
    lengths = {
        tokens: measure_vocabulary(tokens=tokens).set_index("document_id")["n_tokens"].to_dict()
        for tokens in ("whitespace", "letters", "alphanumeric")
    }
    assert lengths == {
        "whitespace": {"deng-1962": 1362, "mao-1963": 1515},
        "letters": {"deng-1962": 1353, "mao-1963": 1515},
        "alphanumeric": {"deng-1962": 1367, "mao-1963": 1521},
    }
    assert concordance("22nd")["paragraph_id"].to_list() == ["mao-1963-p08"]


def test_sentences():
    """H5: how many sentences are there, and how long?

    The fact sheet has 51 in Deng 1962 where we have 52: a naive split, which wants a capital or a quotation
    mark after the space, does not see the sentence in parentheses at the end of paragraph 4.
    """
    sentences = load_sentences()
    table = sentences.groupby("document_id")["n_words"].agg(["count", "mean"]).round(1)
    assert table.loc["mao-1963"].to_list() == [82, 18.5]
    assert table.loc["deng-1962"].to_list() == [52, 26.2]
    in_parentheses = sentences[sentences["text"].str.startswith("(")]
    assert in_parentheses["paragraph_id"].to_list() == ["deng-1962-p04"]
    assert round(1362 / 51, 1) == 26.7


@pytest.mark.parametrize("reading", ["diplomatic", "corrected"])
def test_vocabulary(reading):
    """H6: how many types are there, and how many are shared?

    The fact sheet counts words of letters; the certain emendations leave these numbers as they are.
    """
    options = {"paragraphs": load_paragraphs(reading), "tokens": "letters"}
    table = measure_vocabulary(**options).set_index("document_id").round(3)
    assert table.loc["mao-1963", ["n_types", "ttr"]].to_list() == [446, 0.294]
    assert table.loc["deng-1962", ["n_types", "ttr"]].to_list() == [407, 0.301]
    pair = compare_vocabularies(**options).iloc[0]
    assert (pair["n_shared"], pair["n_union"], round(pair["jaccard"], 3)) == (151, 702, 0.215)


def test_terms():
    """H7: how often do eight terms occur?"""
    found = by_document(
        {"unity": "unity", "solidarity": "solidarity", "debate": "debate", "attack*": "attack*",
         "critici*": "critici*", **CONFERENCE, "preparat*": "preparat*", "consult*": "consult*"}
    )  # fmt: skip
    assert found == {
        "unity": (1, 4),
        "solidarity": (0, 4),
        "debate": (7, 0),
        "attack*": (5, 0),
        "critici*": (11, 0),
        "conference": (1, 23),
        "preparat*": (0, 10),
        "consult*": (3, 7),
    }


def test_rates():
    """H8: how often do they occur in 1,000 words?"""
    rates = count_terms({**CONFERENCE, "debate": "debate"}).pivot(
        index="term", columns="document_id", values="per_1000"
    )
    assert rates.round(1).to_dict("index") == {
        "conference": {"deng-1962": 16.9, "mao-1963": 0.7},
        "debate": {"deng-1962": 0.0, "mao-1963": 4.6},
    }


def test_reporting_verbs():
    """H9: how often do seven reporting verbs occur?"""
    table = count_reporting_verbs().pivot(index="verb", columns="document_id", values="n")
    sheet = {"said": (7, 13), "stated": (1, 7), "pointed out": (6, 0), "emphasized": (0, 3), "noted": (0, 3),
             "asked": (2, 3), "informed": (1, 3)}  # fmt: skip
    assert {verb: (table.loc[verb, "mao-1963"], table.loc[verb, "deng-1962"]) for verb in sheet} == sheet


def test_reporting_verbs_in_order():
    """Do the verbs that are most frequent in all come first, in each document?"""
    table = count_reporting_verbs()
    assert table.groupby("document_id")["verb"].first().to_dict() == {"deng-1962": "said", "mao-1963": "said"}
    total = table.groupby("verb", sort=False)["n"].sum()
    assert total.is_monotonic_decreasing


def test_titles():
    """H10: how often are people called Comrade and com., and who?"""
    comrade = ["Comrade Mao", "Comrade Khrushchev", "Comrade Pan Zili", "Comrade"]
    assert by_document(comrade) == {
        "Comrade Mao": (17, 0),
        "Comrade Khrushchev": (3, 0),
        "Comrade Pan Zili": (1, 0),
        "Comrade": (21, 0),
    }
    titled = ["com", "com. A.A. Gromyko", "com. N.S. Patolichev"]
    assert by_document(titled) == {
        "com": (0, 3),
        "com. A.A. Gromyko": (0, 2),
        "com. N.S. Patolichev": (0, 1),
    }


def test_first_person():
    """H11: how often is the first person used?

    The fact sheet has 17 times *we* in Mao 1963, as it cuts *we'll*; to us that is a word of its own.
    """
    assert by_document({"I": "I", "we": ["we", "we'll"], "us": "us", "our": "our"}) == {
        "I": (1, 13),
        "we": (17, 7),
        "us": (9, 2),
        "our": (7, 1),
    }
    assert by_document("we") == {"we": (16, 7)}


def test_quoted_words():
    """H12: how many words stand inside quotation marks, and where?"""
    table = count_quoted_words().set_index("document_id")
    assert table["n_quoted"].to_dict() == {"deng-1962": 84, "mao-1963": 88}
    assert (table["share"] * 100).round(1).to_dict() == {"deng-1962": 6.2, "mao-1963": 5.8}
    each = load_paragraphs().assign(document_id=lambda frame: frame["paragraph_id"])
    paragraphs = count_quoted_words(paragraphs=each).query("n_quoted > 0")["document_id"]
    assert [p for p in paragraphs if p.startswith("mao")] == ["mao-1963-p14", "mao-1963-p15", "mao-1963-p16"]
    assert [int(p[-2:]) for p in paragraphs if p.startswith("deng")] == [3, 6, 8, 13]


def test_shares():
    """H21: how much of the text do paragraphs take that were coded by hand as one speaker's?"""
    words = load_paragraphs().set_index("paragraph_id")["n_words"]
    total = load_documents().set_index("document_id")["n_words"]

    def share(document_id, *numbers):
        part = words[[f"{document_id}-p{n:02}" for n in numbers]].sum()
        return int(part), round(100 * part / total[document_id], 1)

    assert share("deng-1962", 5, 6, 8, 9, 10, 14, 18) == (611, 44.9)
    assert share("deng-1962", 7, 11, 15) == (74, 5.4)
    assert share("mao-1963", 20) == (160, 10.6)


def test_by_paragraph():
    """H22: in which paragraphs of Deng 1962 does the conference come up?"""
    counts = count_terms(CONFERENCE, by="paragraph").query("document_id == 'deng-1962'")
    assert len(counts) == 19
    found = {int(row.paragraph_id[-2:]): row.n for row in counts.itertuples() if row.n}
    assert found == {5: 2, 6: 4, 8: 2, 9: 4, 10: 3, 12: 4, 13: 4}


def test_absences():
    """H23 and E2: do neither of the documents speak of these things?"""
    absent = [
        "Stalin",
        "Cuba*",
        "India",
        "Indian*",
        "nuclear",
        "coexist*",
        "expert*",
        "specialist*",
        "border*",
    ]
    absent += ["Taiwan*", "famine", "Great Leap", "revision*", "dogma*"]
    assert set(by_document(absent).values()) == {(0, 0)}
    assert by_document(["Khrushchev", "Albania*"]) == {"Khrushchev": (3, 0), "Albania*": (5, 0)}


@pytest.mark.parametrize("reading", ["diplomatic", "corrected"])
def test_keywords(reading):
    """H25: which words set the documents apart?

    The order of the fact sheet is that of log odds divided by their standard error; by the log odds alone,
    words that one text lacks come first, such as *comrade*, which is not in Deng 1962 at all.
    """
    texts = load_paragraphs(reading)
    mao, deng = (rank_keywords(document_id, paragraphs=texts) for document_id in ("mao-1963", "deng-1962"))
    assert mao["word"].to_list()[:7] == ["is", "chinese", "party", "mao", "zedong", "comrade", "soviet"]
    assert deng["word"].to_list()[:6] == ["conference", "deng", "xiaoping", "cc", "i", "ccp"]
    assert rank_keywords("mao-1963", paragraphs=texts, sort="log_odds")["word"][0] == "comrade"


def test_constants():
    """H, the last line: which words are equally frequent, and which marks?"""
    letters = {"letter": ["letter", "letters"], "fraternal party": ["fraternal party", "fraternal parties"]}
    assert by_document(letters) == {"letter": (12, 19), "fraternal party": (11, 11)}
    assert by_document(["?", "!"]) == {"?": (2, 1), "!": (1, 0)}


def test_titles_of_bodies():
    """C and E3: how often do the bodies and the two words for one meeting occur in Deng 1962?"""
    counts = by_document({"CC CCP": "CC CCP", "CC CPSU": "CC CPSU", "convention": "convention"})
    assert counts == {"CC CCP": (0, 16), "CC CPSU": (0, 11), "convention": (0, 3)}


def test_counts_can_be_read():
    """Is every count as long as the concordance of its term?"""
    for term in ("the", "fraternal parties", "Deng", "CC CPSU"):
        assert count_terms(term)["n"].sum() == len(concordance(term))


def test_overlapping_forms():
    """Does a place count once where two forms of a group overlap?"""
    texts = frame("the fraternal party of a party", "Party")
    forms = {"party": ["party", "fraternal party"], "one": "party"}
    assert count_terms(forms, paragraphs=texts)["n"].to_list() == [3, 3]
    assert count_terms({"x": ["par*", "party"]}, paragraphs=texts)["n"].to_list() == [3]


def test_rest_of_a_word():
    """Does an asterisk stand for all that is left of a word, also behind a hyphen or an apostrophe?"""
    texts = frame("Marxism-Leninism, Marxists' and Marxists; we'll see what we weave; Deng's", "a Marxist-")
    counts = count_terms(["Marxis*", "we*", "Deng*", "*ism"], paragraphs=texts).set_index("term")["n"]
    assert counts.to_dict() == {"Marxis*": 4, "we*": 3, "Deng*": 1, "*ism": 1}
    assert count_terms("*ism", paragraphs=frame("Marxism-Leninism"))["n"].to_list() == [1]


def test_case():
    """Are capitals told from small letters when that is asked for?"""
    assert count_terms("Party", paragraphs=frame("party Party"), case_sensitive=True)["n"].to_list() == [1]
    assert count_terms("Part*", paragraphs=frame("party Party"), case_sensitive=True)["n"].to_list() == [1]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(["unity", "debate", "won't", "of"]), max_size=40), st.integers(1, 5))
def test_sums(found, n):
    """Do the counts of the paragraphs add up to those of the document, and are they right?"""
    texts = frame(*(" ".join(found[i::n]) for i in range(n)))
    terms = ["unity", "won't"]
    whole = count_terms(terms, paragraphs=texts)["n"].to_list()
    parts = count_terms(terms, paragraphs=texts, by="paragraph").groupby("term", sort=False)["n"].sum()
    assert whole == parts.to_list() == [found.count(term) for term in terms]


def test_dispersion():
    """Are the two measures those of their authors, on cases worked by hand?"""
    even = frame("a b", "a b", "a b")
    assert measure_dispersion("a", paragraphs=even)[["juilland_d", "gries_dp"]].values.tolist() == [[1, 0]]
    one = measure_dispersion("a", paragraphs=frame("a a", "b b", "b b", "b b")).iloc[0]
    assert (round(one["juilland_d"], 9), one["gries_dp"], one["n_paragraphs_with"]) == (0, 0.75, 1)
    # Shares of the text 1/4 and 3/4, of the occurrences 1/2 and 1/2; rates 1 and 1/3.
    two = measure_dispersion("a", paragraphs=frame("a", "a b b")).iloc[0]
    assert (round(two["juilland_d"], 9), two["gries_dp"]) == (0.5, 0.25)
    none = measure_dispersion("z", paragraphs=even).iloc[0]
    assert none["n"] == 0
    assert np.isnan(none["juilland_d"])
    assert np.isnan(none["gries_dp"])
    assert np.isnan(measure_dispersion("a", paragraphs=frame("a")).iloc[0]["juilland_d"])


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.lists(st.sampled_from("ab"), min_size=1, max_size=6).map(" ".join), min_size=2, max_size=6)
)
def test_dispersion_stays_in_bounds(texts):
    """Do both measures stay between 0 and 1?"""
    row = measure_dispersion("a", paragraphs=frame(*texts)).iloc[0]
    if row["n"]:
        assert 0 <= row["juilland_d"] <= 1
        assert 0 <= row["gries_dp"] <= 1


def test_keyness_is_symmetric():
    """Are the log odds of one document those of the other with the sign turned round?"""
    one, other = (rank_keywords(name).set_index("word")["log_odds"] for name in ("deng-1962", "mao-1963"))
    np.testing.assert_allclose(one.sort_index(), -other.sort_index())
    worked = rank_keywords("x", paragraphs=pd.concat([frame("a a b"), frame("a b b", document_id="y")]))
    assert round(worked.set_index("word").loc["a", "log_odds"], 9) == round(np.log(2.5 / 1.5) * 2, 9)
    # Worked by hand from Woolf's formula: the four counts are 2.5, 1.5, 1.5 and 2.5.
    error = np.sqrt(1 / 2.5 + 1 / 1.5 + 1 / 1.5 + 1 / 2.5)
    assert round(worked.set_index("word").loc["a", "z"], 9) == round(np.log(2.5 / 1.5) * 2 / error, 9)


def test_dispersion_as_published():
    """Are DP and Juilland's D what Gries (2008, 2020) and Carroll (1970, p. 14) give for their examples?"""
    gries = [9, 10, 10, 10, 11]

    def measure(places, sizes):
        texts = (" ".join(["a"] * n + ["b"] * (size - n)) for n, size in zip(places, sizes, strict=True))
        return measure_dispersion("a", paragraphs=frame(*texts)).iloc[0]

    assert round(measure([1, 2, 3, 4, 5], gries)["gries_dp"], 9) == 0.18
    assert round(measure([2] * 5, gries)["juilland_d"], 3) == 0.968
    assert round(measure([0, 4, 3, 2, 1], [10] * 5)["juilland_d"], 4) == 0.6464


def test_keyness_as_published():
    """Is G2 over four cells what Dunning 1993 (table 1, p. 72) gives, and over two what Rayson gives?

    Dunning's tables are those of pairs of words (AB, A without B, B without A, neither); Rayson's are the
    forms of *keep* in two corpora of a million words each (Corpora list, 18 January 2002).
    """
    pairs = {
        "the swiss": ((110, 2442, 111, 29114), 270.72),
        "can be": ((29, 13, 123, 31612), 263.90),
        "previous year": ((31, 23, 139, 31584), 256.84),
        "mineral water": ((10, 0, 3, 31764), 167.23),
    }
    found = {
        pair: measure_keyness(a, c, size=a + b, size_reference=c + d, cells=4).round(2)
        for pair, ((a, b, c, d), _) in pairs.items()
    }
    assert found == {pair: published for pair, (_, published) in pairs.items()}
    million = {"size": 1_000_000, "size_reference": 1_000_000}
    keep = measure_keyness([392, 348, 15, 9, 21], [170, 99, 14, 32, 25], **million)
    assert keep.round().tolist() == [90, 147, 0, 14, 0]


def test_keyness_of_words():
    """Does the list of keywords carry G2, and does its order tell more from less?"""
    ranked = rank_keywords("mao-1963", sort="g2")
    sizes = {"size": ranked["n"].sum(), "size_reference": ranked["n_reference"].sum()}
    np.testing.assert_allclose(ranked["g2"], measure_keyness(ranked["n"], ranked["n_reference"], **sizes))
    assert (ranked["g2"] >= -1e-9).all()
    assert ranked["word"].iloc[0] == "comrade"
    assert ranked["word"].iloc[-1] == "cc"
    assert measure_keyness(0, 0, size=5, size_reference=7) == 0
    assert round(float(measure_keyness(2, 4, size=100, size_reference=200)), 9) == 0


@pytest.mark.parametrize(
    ("n", "options"), [(3, {"size": 2}), (-1, {"size": 2}), (1, {"size": 2, "cells": 3})]
)
def test_no_such_keyness(n, options):
    """Is a count that its text cannot hold, or another sum, refused?"""
    with pytest.raises(ValueError, match=r"count|cells"):
        measure_keyness(n, 1, size_reference=9, **options)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from("abcd"), max_size=30), st.integers(1, 12))
def test_moving_average(found, window):
    """Is MATTR, as Covington and McFall define it, the mean of the ratios of all windows?"""
    ratios = [len(set(found[i : i + window])) / window for i in range(len(found) - window + 1)]
    expected = np.mean(ratios) if ratios else np.nan
    np.testing.assert_allclose(measure_mattr(found, window=window), expected)


def test_moving_average_by_hand():
    """Is MATTR right for windows of 3 in "a b a c", with 2 and 3 types, worked by hand?"""
    assert measure_mattr("a b a c".split(), window=3) == pytest.approx((2 / 3 + 3 / 3) / 2)


def test_moving_average_of_a_document():
    """Is MATTR the plain ratio where one window holds all, missing where none fits, and in the table?"""
    table = measure_vocabulary(window=1362).set_index("document_id")
    assert table.loc["deng-1962", "mattr"] == pytest.approx(table.loc["deng-1962", "ttr"])
    assert measure_vocabulary(window=1363)["mattr"].isna().to_list() == [True, False]
    for window in (0, -1, 2.5, True):
        with pytest.raises(ValueError, match="window"):
            measure_mattr("ab", window=window)


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ("whitespace", ["the", "22nd", "forty-three", "-", "won't"]),
        ("letters", ["the", "nd", "forty", "three", "won't"]),
        ("alphanumeric", ["the", "22nd", "forty", "three", "won't"]),
    ],
)
def test_split_tokens(tokens, expected):
    """Is a text cut as the tokenization says?"""
    assert split_tokens("“The 22nd forty-three – won’t.”", tokens=tokens) == expected


def test_empty():
    """Do texts without words give counts of nothing and no ratio, and no error?"""
    for texts in (frame(""), frame("...")):
        assert count_terms("a", paragraphs=texts)["n"].to_list() == [0]
        assert len(measure_vocabulary(paragraphs=texts, tokens="letters")) == 1
        assert count_quoted_words(paragraphs=texts)["n_quoted"].to_list() == [0]
    assert np.isnan(count_terms("a", paragraphs=frame(""))["per_1000"][0])
    assert measure_dispersion("a", paragraphs=frame("")).empty
