"""Does an index give exactly what the matching contract gives, only sooner?"""

import random

import pandas as pd
import pytest
from tests.quick import sample

from helpers import find_quotation, index_paragraphs, load_paragraphs
from helpers.normalize import compare
from helpers.quotation.contract import find, read
from helpers.quotation.index import index_once

PLACES = ["document_id", "paragraph_id"]
TEXTS = [
    "The two parties met, and “unity” was their word: forty-three parties won't meet.",
    "The two [great] parties met in Ulan Bator -- they parted... and met again.",
    "Café society met the two parties; the three party letters went unread_here.",
    "",
    "…",
    "The end of the two",
    "parties met the beginning.",
]


def frame(texts):
    """Return paragraphs of one document."""
    ids = [f"d-p{i:02}" for i in range(1, len(texts) + 1)]
    return pd.DataFrame({"document_id": "d", "paragraph_id": ids, "text": texts})


@pytest.fixture(scope="module")
def index():
    return index_paragraphs(frame(TEXTS))


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("the two parties met", ["d-p01"]),
        ("THE TWO [...] parties met", ["d-p01", "d-p02"]),
        ("The two [great] parties met", ["d-p01", "d-p02"]),
        ("The two [of the] parties met", ["d-p01", "d-p02"]),
        ("[T]he two part[ies] met", ["d-p01"]),
        ("the two ... they parted", ["d-p02"]),
        ("they parted... and met again", ["d-p02"]),
        ("Bator — they parted", ["d-p02"]),
        ("'unity' was their word", ["d-p01"]),
        ("parties won’t meet", ["d-p01"]),
        ("forty-three parties won", []),
        ("cafe\u0301 society met", ["d-p03"]),
        ("cafe society met", []),
        ("letters went unread_here", ["d-p03"]),
        ("letters went unread", ["d-p03"]),  # an underscore parts words, as a full stop does
        ("letters went unre", []),
        ("of the two parties met", []),
        ("two parties", []),
        ("[the two parties met]", []),
        ("_ _ _", []),
    ],
)
def test_contract(index, quotation, expected):
    """Does a quotation stand where the contract says?"""
    assert find_quotation(quotation, paragraphs=index)["paragraph_id"].to_list() == expected


def spoil(words, chance):
    """Return a quotation as people make them: with omissions, brackets, other quotation marks."""
    words = list(words)
    for _ in range(chance.randrange(3)):
        at = chance.randrange(len(words))
        word = words[at]
        words[at] = chance.choice(
            [
                "...",
                f"[{word}]",
                f"[{word[:1]}]{word[1:]}",
                f"{word[:-1]}[{word[-1:]}]",
                word.upper(),
                "the",
                "[x y]",
            ]
        )
    return " ".join(words)


@pytest.mark.parametrize("n", sample([600, 3_000], 600))
def test_index_changes_no_answer(n):
    """Does the index find what a search through every paragraph finds, for hundreds of quotations?"""
    paragraphs = load_paragraphs(sections="all")
    index, plain = index_paragraphs(paragraphs), [compare(text) for text in paragraphs["text"]]
    chance, n_found, wrong = random.Random(1963), 0, []
    for _ in range(n):
        words = chance.choice(paragraphs["text"]).split()
        start = chance.randrange(len(words))
        quotation = spoil(words[start : start + chance.randrange(3, 12)], chance)
        own = find_quotation(quotation, paragraphs=index)["paragraph_id"].to_list()
        scanned = [
            i for i, p in zip(paragraphs["paragraph_id"], plain, strict=True) if find(read(quotation), p.text)
        ]
        if len(find_quotation(quotation)) or own:
            n_found += 1
            wrong += [quotation] if own != scanned else []
    assert not wrong, "\n".join(wrong)
    assert n_found > n / 3


@pytest.mark.parametrize("document_id", [None, "mao-1963"])
def test_own_frame_is_like_the_two_documents(document_id):
    """Do the documents, given as a frame, answer as they do by themselves?"""
    paragraphs = load_paragraphs(sections="all")
    for text in ("The sky won't collapse", "the CPSU and the CCP", "of the CC CCP", "and so on"):
        expected = find_quotation(text, document_id=document_id)
        found = find_quotation(text, document_id=document_id, paragraphs=paragraphs)
        pd.testing.assert_frame_equal(found, expected)


def test_rare_words_may_share_a_number(monkeypatch):
    """Does a vocabulary that is too large for the keys cost no answer?"""
    monkeypatch.setattr("helpers.quotation.index._LAST", 5)
    found = find_quotation("they parted... and met again", paragraphs=index_paragraphs(frame(TEXTS)))
    assert found["paragraph_id"].to_list() == ["d-p02"]


def test_frame_is_indexed_once():
    """Is a frame indexed once, and again when it changes?"""
    paragraphs = frame(TEXTS)
    first = index_once(paragraphs)
    assert index_once(paragraphs) is first
    assert index_once(frame(TEXTS)) is first
    paragraphs.loc[0, "text"] = "Nobody met anybody at all."
    assert find_quotation("nobody met anybody", paragraphs=paragraphs)["paragraph_id"].to_list() == ["d-p01"]
    assert len(find_quotation("unity was their word", paragraphs=paragraphs)) == 0


def test_no_paragraphs():
    """Has an empty frame no passage, and the same columns?"""
    found = find_quotation("the two parties met", paragraphs=frame([]))
    assert list(found) == [*PLACES, "start", "end", "text"]
    assert found.empty


def test_index_describes_itself(index):
    """Does an index say how large it is?"""
    assert repr(index).startswith("<ParagraphIndex: 7 paragraphs, ")
    assert len(index) == 7
