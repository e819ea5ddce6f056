"""Are edits counted as another library counts them, and how far off are the glitches of the sources?"""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, Levenshtein

from helpers import count_edits, load_emendations, load_paragraphs, load_people
from helpers.catalogue import raw_paths


@given(st.text(max_size=12), st.text(max_size=12))
def test_as_rapidfuzz_counts(one, other):
    """Is the distance of any two texts the one that a well-kept library gives, both ways?"""
    assert count_edits(one, other) == Levenshtein.distance(one, other) == count_edits(other, one)


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_swaps_as_rapidfuzz_counts(one, other):
    """Is the distance in which swapped neighbors count once that of the same library?"""
    assert count_edits(one, other, swaps=True) == OSA.distance(one, other)


@given(st.text("abx", max_size=300), st.text("abx", max_size=300), st.booleans())
def test_long_texts(one, other, swaps):
    """Are texts of hundreds of letters counted as exactly as words?"""
    library = OSA if swaps else Levenshtein
    assert count_edits(one, other, swaps=swaps) == library.distance(one, other)


def test_spellings_of_the_ambassador():
    """H17: how often does each document spell the ambassador in which way, and how far off?

    The right form stands nowhere in the cable.
    """
    lines = load_paragraphs("diplomatic", sections="all").groupby("document_id")["text"].agg(" ".join)
    right = "Chervonenko"
    found = {name: re.findall(r"(?i)cher\w*nko", text) for name, text in lines.items()}
    assert sorted(set(found["mao-1963"])) == ["Chernovenko", "Chervoenko"]
    assert right not in found["mao-1963"]
    assert set(found["deng-1962"]) == {"CHERVONENKO"}
    files = {name: path.read_text(encoding="utf-8") for name, path in raw_paths().items()}
    counts = {name: Counter(re.findall(r"(?i)cher\w*nko", text)) for name, text in files.items()}
    assert counts["mao-1963"] == {"Chernovenko": 3, "Chervoenko": 1}
    assert counts["deng-1962"] == {"Chervonenko": 3, "CHERVONENKO": 2}
    spellings = load_people().set_index("person_id").loc["stepan-chervonenko", "spellings"]
    assert {"Chernovenko", "Chervoenko"} <= set(spellings)
    assert (count_edits("Chernovenko", right), count_edits("Chervoenko", right)) == (2, 1)


@pytest.mark.parametrize(
    ("emendation_id", "received", "proposed", "edits"),
    [
        ("deng-1962-e04", "TIIE", "THE", 2),
        ("deng-1962-e08", "the", "they", 1),
        ("deng-1962-e32", "Minfu", "Mingfu", 1),
        ("mao-1963-e33", "late", "last", 2),
        ("mao-1963-e40", "non", "not", 1),
        ("mao-1963-e52", "issues", "issued", 1),
        ("mao-1963-e53", "Algeria", "Albania", 3),
    ],
)
def test_glitches(emendation_id, received, proposed, edits):
    """H18: how many letters apart are a word as received and the word that the register proposes for it?"""
    row = load_emendations().set_index("emendation_id").loc[emendation_id]
    assert received in re.findall(r"\w+", row["received"])
    assert proposed in re.findall(r"\w+", row["reading"])
    assert count_edits(received, proposed) == edits
