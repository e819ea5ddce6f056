"""Does the matching contract hold, to the letter?"""

import random
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.quotation_cases import D, M, cases

from helpers import find_quotation, verify_quotation
from helpers.corpus import loaders
from helpers.normalize import bare, comparable
from helpers.quotation.verify import STATUSES
from helpers.references import label

CASES = cases()


@pytest.fixture(scope="module")
def answers():
    """Return what Python says of every case."""
    return [verify_quotation(case.text, case.paragraph_id) for case in CASES]


def test_there_are_enough_cases(answers):
    """Does the table cover the contract broadly, and every status many times?"""
    assert len(CASES) >= 400
    assert min(Counter(answer.status for answer in answers)[status] for status in STATUSES) >= 7


def test_contract(answers):
    """Does the contract give each status, with an explanation and the passages that belong to it?"""
    trouble = []
    for case, answer in zip(CASES, answers, strict=True):
        status, has_passage = answer.status, answer.passage is not None
        if not (
            case.status in (status, None)
            and answer.is_verbatim is (status == "verbatim")
            and answer.explanation.endswith(".")
            and len(answer.explanation) < 2000
            and has_passage is (status in ("verbatim", "other-paragraph", "other-document"))
            and (answer.nearest is not None) is (status == "altered")
        ):
            trouble.append(f"{case.paragraph_id}: {str(case.text)[:80]!r} is {status}: {answer.explanation}")
    assert trouble == []


@pytest.mark.parametrize(
    ("text", "paragraph_id", "says"),
    [
        ("After a silence lasting for five days", D(1), 'deng-1962-p01: it has "four", not "five".'),
        ("The sky will not collapse", M(10), 'mao-1963-p10: it has "won\'t", not "will not".'),
        ("After a long silence lasting for four days", D(1), 'it does not have "long"'),
        ("Gromyko's conversations with Rusk", D(16), 'it also has "[Dean]"'),
        ("can claim only a small part of the credit", M(12), ': it has "only" in another place.'),
        ("no matter what ... must open ranks", D(5), 'it has "close", not "open"'),
        ("must close ranks ... no matter what", D(5), "another order"),
        ("no matter what, the CPSU", D(6), "are in deng-1962-p05, not in deng-1962-p06."),
        ("no matter what, the CPSU", "deng-1962-p77", "There is no paragraph 'deng-1962-p77'. These words"),
        ("lorem ipsum dolor sit amet", D(1), "No passage of the documents has these words"),
        ("unity", D(1), "at least 3 words of the source"),
        ("fraternal parties cent the", D(13), 'deng-1962-p13: it has "sent", not "cent".'),
        ("of Chnia on February", M(1), 'mao-1963-p01: it has "China", not "Chnia".'),
        ("no mattre what", D(5), 'deng-1962-p05: it has "matter", not "mattre".'),
        ("means to ensure this unity (my page 8)", D(8), 'does not have "my page 8".'),
        ("the CCP must [not] close ranks", D(5), "deng-1962-p05: the words in brackets reverse its sense."),
        ("means to ensure this unity;", D(8), 'it does not have ";" after "unity".'),
        ("> the conference should be", D(8), 'it does not have ">" before "the".'),
        ("Referring to his commission Deng", D(4), 'it has "commission, Deng", not "commission Deng".'),
        ("negotiations of com. A. A. Gromyko", D(1), 'it has "A.A", not "A. A".'),
        ("Now, forty three parties", M(6), 'it has "forty-three", not "forty three".'),
        (
            "be a means to ensure ... several clarifying questions",
            D(8),
            "deng-1962-p08 and deng-1962-p11; an omission",
        ),
        (
            "fine preparatory work was conducted. " + "blah " * 40,
            D(9),
            "Only some of these words are in deng-1962-p09",
        ),
        ("no matter what (...) must close ranks", D(5), 'Write "[...]" where you leave words out.'),
    ],
)
def test_explanation(text, paragraph_id, says):
    """Does the explanation name the words that differ, and the place?"""
    assert says in verify_quotation(text, paragraph_id).explanation


def test_passage_is_the_text(answers):
    """Does a passage's span lead to its text in the corrected reading?"""
    text = {line.paragraph_id: line.text("corrected") for line in loaders.lines()}
    for answer in answers:
        if passage := answer.passage or answer.nearest:
            assert text[passage.paragraph_id][passage.start : passage.end] == passage.text
            assert passage.text


@pytest.mark.parametrize("reference", ["{}", "({})", "{}.", " [{}], ", "“{}”"])
def test_named_as_the_book_names_it(reference):
    """Is a paragraph known by its id and its label, with brackets and punctuation around it?"""
    for line in LINES:
        for name in (line.paragraph_id, label(line.paragraph_id)):
            answer = verify_quotation(line.text("corrected"), reference.format(name))
            assert (answer.status, answer.passage.paragraph_id) == ("verbatim", line.paragraph_id)


def test_find_everywhere():
    """Are all passages found, in the order of the documents, and in one document when that is asked?"""
    found = find_quotation("the fraternal parties")
    assert list(found.columns) == ["document_id", "paragraph_id", "start", "end", "text"]
    hits = [
        line.paragraph_id
        for line in loaders.lines()
        if " the fraternal parties" in f" {comparable(line.text('corrected'))}"
    ]
    assert found["paragraph_id"].to_list() == hits
    assert set(find_quotation("the fraternal parties", document_id="mao-1963")["document_id"]) == {"mao-1963"}


@pytest.mark.parametrize("text", ["", None, "unity", "lorem ipsum dolor sit amet"])
def test_find_nothing(text):
    """Is nothing found an empty frame with the same columns?"""
    found = find_quotation(text)
    assert found.empty
    assert list(found.columns) == ["document_id", "paragraph_id", "start", "end", "text"]


LINES = [line for line in loaders.lines() if len(line.text("corrected").split()) >= 3]
VOCABULARY = {bare(w) for line in LINES for r in ("corrected", "diplomatic") for w in line.text(r).split()}


@st.composite
def slices(draw):
    """Draw a line, a reading, and the bounds of three or more words of it."""
    line = draw(st.sampled_from(LINES))
    words = line.text(draw(st.sampled_from(["corrected", "diplomatic"]))).split()
    start = draw(st.integers(0, len(words) - 3))
    return line.paragraph_id, words, start, draw(st.integers(start + 3, len(words)))


@given(slices())
def test_any_slice_verifies(drawn):
    """Does any slice of three or more words of a paragraph verify?"""
    paragraph_id, words, start, end = drawn
    assert verify_quotation(" ".join(words[start:end]), paragraph_id).status == "verbatim"


@given(slices(), st.data())
def test_a_changed_word_never_verifies(drawn, data):
    """Does a quotation with one changed word never verify?"""
    paragraph_id, words, start, end = drawn
    at = data.draw(st.integers(start, end - 1))
    new = data.draw(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
    if new in VOCABULARY or not bare(words[at]):
        new = "zzyzx"
    changed = [*words[start:at], new, *words[at + 1 : end]]
    assert verify_quotation(" ".join(changed), paragraph_id).status != "verbatim"


@given(slices(), st.data())
def test_a_changed_letter_never_verifies(drawn, data):
    """Does a quotation with one changed letter never verify?  Changed brackets are the quoter's own."""
    paragraph_id, words, start, end = drawn
    text = " ".join(words[start:end])
    outside = re.sub(r"\[[^\[\]]*\]", lambda bracket: " " * len(bracket[0]), text)
    letters = [i for i, char in enumerate(outside) if char.isalpha()]
    at = data.draw(st.sampled_from(letters or [0]))
    changed = text[:at] + ("q" if text[at].lower() != "q" else "x") + text[at + 1 :]
    if letters:
        assert verify_quotation(changed, paragraph_id).status != "verbatim"


@given(slices(), st.data())
def test_an_omission_verifies(drawn, data):
    """Do two fragments of two words or more, in order, verify?"""
    paragraph_id, words, start, end = drawn
    if end - start < 5:
        return
    first = data.draw(st.integers(start + 2, end - 3))
    second = data.draw(st.integers(first + 1, end - 2))
    mark = data.draw(st.sampled_from([" ... ", " … ", " [...] ", "…"]))
    text = " ".join(words[start:first]) + mark + " ".join(words[second:end])
    assert verify_quotation(text, paragraph_id).status == "verbatim"


@given(st.text(), st.one_of(st.text(), st.sampled_from([line.paragraph_id for line in LINES])))
def test_nothing_raises(text, paragraph_id):
    """Does nothing that a student types raise an error?"""
    assert verify_quotation(text, paragraph_id).status in STATUSES
    find_quotation(text)


@given(
    st.lists(st.sampled_from(["[", "]", "...", "…", "the", "sky", "won't", '"', "[x]", "[...]", ",", "-"]))
)
def test_no_marks_raise(parts):
    """Do brackets, dots and marks in any order raise nothing?"""
    for glue in (" ", ""):
        assert verify_quotation(glue.join(parts), M(10)).status in STATUSES


@pytest.mark.parametrize("mark", ["[x] ", "... ", "[", "'", "[...] the ", "the [x] "])
def test_hostile_length(mark):
    """Does a very long text of marks come back in reasonable time, whatever it is?"""
    assert verify_quotation(mark * 20_000 + "the sky won't", M(10)).status in STATUSES


def test_answers_do_not_depend_on_order(answers):
    """Does a cache give the same answer whatever was asked before?"""
    for i in random.Random(7).sample(range(len(CASES)), 100):
        assert verify_quotation(CASES[i].text, CASES[i].paragraph_id) == answers[i]
