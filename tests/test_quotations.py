"""Does the matching contract hold, to the letter?"""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import corpus, find_quotation, verify_quotation
from helpers.normalize import bare, comparable
from helpers.quotations import STATUSES

D, M = "deng-1962-p{:02}".format, "mao-1963-p{:02}".format

CASES = [
    # 1. What is forgiven: form, quotation marks around it, a full stop or comma at its end.
    (D(5), "no matter what, the CPSU and the CCP must close ranks", "verbatim"),
    (D(5), "No Matter What, The CPSU And The CCP Must Close Ranks", "verbatim"),
    (D(5), "  no matter\twhat,\nthe  CPSU ", "verbatim"),
    (D(5), "no matter what,\u00a0the CPSU", "verbatim"),
    (D(5), '"no matter what, the CPSU"', "verbatim"),
    (D(5), "“no matter what, the CPSU”", "verbatim"),
    (D(5), "«no matter what, the CPSU»", "verbatim"),
    (D(5), "'no matter what, the CPSU'", "verbatim"),
    (D(5), "“no matter what, the CPSU.”", "verbatim"),
    (D(5), "“no matter what, the CPSU”.", "verbatim"),
    (D(5), "no matter what,", "verbatim"),
    (D(5), "no matter what.", "verbatim"),
    (D(5), "no mat\u00adter what, the", "verbatim"),
    (D(5), "no\u200b matter\ufeff what, the", "verbatim"),
    (D(5), "ﬁrst, no matter what", "altered"),
    (D(12), "had in mind — the convocation", "verbatim"),
    (D(12), "had in mind – the convocation", "verbatim"),
    (D(12), "had in mind -- the convocation", "verbatim"),
    (D(12), "about the time‑frame for convening", "verbatim"),
    (M(10), "The sky won’t collapse", "verbatim"),
    (M(10), "The sky won't collapse.", "verbatim"),
    (M(10), "The sky won't collapse!", "altered"),
    (D(8), "“How else could it be? The representatives", "verbatim"),
    (D(8), "‘How else could it be?", "verbatim"),
    (D(8), "parties,” he stated, “must meet", "verbatim"),
    (D(8), "parties,' he stated, 'must meet", "verbatim"),
    # Nothing else is forgiven.
    (D(5), "no matter what the CPSU", "altered"),
    (D(5), "no matter what; the CPSU", "altered"),
    (D(5), "no mater what, the CPSU", "altered"),
    (D(5), "no matter what, the CCP and the CPSU must close ranks", "altered"),
    (D(5), "no matter what, the CPSU and the CCP must close rank", "altered"),
    (D(5), "o matter what, the CPSU", "altered"),
    (M(10), "The sky won", "altered"),
    (M(10), "The sky will not collapse", "altered"),
    (M(6), "Now, forty three parties", "altered"),
    (M(6), "Now, 43 parties openly criticize us", "altered"),
    (D(1), "After a silence lasting for five days", "altered"),
    (D(3), "In connection with Deng Xiaoping", "altered"),
    # 2. Omissions.
    (D(5), "no matter what ... must close ranks", "verbatim"),
    (D(5), "no matter what … must close ranks", "verbatim"),
    (D(5), "no matter what … must close ranks …", "verbatim"),
    (D(5), "no matter what…must close ranks", "verbatim"),
    (D(5), "no matter what [...] must close ranks", "verbatim"),
    (D(5), "no matter what [. . .] must close ranks", "verbatim"),
    (D(5), "no matter what […] must close ranks", "verbatim"),
    (D(5), "no matter what . . . must close ranks", "verbatim"),
    (D(5), "... no matter what", "verbatim"),
    (D(5), "no matter what, ... must close ranks", "verbatim"),
    (D(5), "no matter ... close ranks ... imminent import", "verbatim"),
    (D(5), "must close ranks ... no matter what", "altered"),
    (D(5), "no matter ... ranks", "too-short"),
    (D(5), "what ... must close ranks", "too-short"),
    (D(5), "no matter what ... must open ranks", "altered"),
    (D(5), "no matter what ... preparatory consultation between", "altered"),
    (D(5), "no matter what ... the sky won't collapse", "altered"),
    (M(14), "move ahead together as a team ... depends on us, depends on our party", "verbatim"),
    (M(14), "as a team … depends on us", "verbatim"),
    (M(14), "team ... depends on", "verbatim"),
    (M(14), "move ahead together ... depends on whether", "verbatim"),
    # 3. Brackets: the quoter's own, and those of the source.
    (D(5), "the CCP must [now] close ranks", "verbatim"),
    (D(5), "no matter what, the CPSU [...] must close ranks", "verbatim"),
    (D(5), "no matter what, the [two parties] must close ranks", "verbatim"),
    (D(5), "consists of the fact that [the two] must close ranks", "altered"),
    (D(1), "the [sic] replied to us", "verbatim"),
    (D(1), "the replied [sic] to us", "verbatim"),
    (D(8), "[T]he representatives of the fraternal parties", "verbatim"),
    (D(8), "[The] representatives of the fraternal parties", "verbatim"),
    (D(8), "representatives of the fraternal part[ies]", "verbatim"),
    (D(5), "no matter what [the two great parties of all]", "verbatim"),
    (D(5), "[no matter what]", "too-short"),
    (D(5), "no matter [of what kind]", "too-short"),
    (D(5), "which are of imminent import [nazrevshie voprosy]", "verbatim"),
    (D(5), "of imminent import [nazrevshie", "verbatim"),
    (D(13), "expressed himself obscurely [tumanno], noting", "verbatim"),
    (D(13), "expressed himself obscurely, noting", "altered"),
    (D(13), "expressed himself obscurely [foggily], noting", "verbatim"),
    (D(16), "conversations with [Dean] Rusk", "verbatim"),
    (D(16), "conversations with Dean Rusk", "altered"),
    (D(16), "conversations with Rusk", "altered"),
    # 4. Either reading; the healed page breaks; header and closing lines.
    (D(1), "for four days, the replied to us", "verbatim"),
    (D(1), "for four days, they replied to us", "verbatim"),
    (D(1), "for four days, he replied to us", "altered"),
    (D(19), "employees in the CC apparatus, Yan Minfu", "verbatim"),
    (D(19), "employees in the CC apparatus, Yan Mingfu", "verbatim"),
    (D(13), "being repeated in answering letters by the CC CCP", "verbatim"),
    (M(7), "The Chinese party is not responding to the four articles", "verbatim"),
    (M(12), "letter to the CPSU in late April", "verbatim"),
    (M(12), "letter to the CPSU in last April", "altered"),
    ("deng-1962-h1", "FROM TIIE DIARY OF", "verbatim"),
    ("deng-1962-h1", "From the diary of", "verbatim"),
    ("deng-1962-s1", "Ambassador of the USSR to the PRC", "verbatim"),
    ("mao-1963-h4", "his conversation with Chervonenko on February 23", "verbatim"),
    ("mao-1963-h4", "his conversation with Chervoenko on February 23", "verbatim"),
    # 5. Too short, or nothing at all.
    (D(5), "close ranks", "too-short"),
    (D(5), "unity", "too-short"),
    (D(5), "", "empty"),
    (D(5), "   ", "empty"),
    (D(5), '""', "empty"),
    (D(5), "...", "empty"),
    (D(5), "…?!", "empty"),
    (D(5), None, "empty"),
    (D(5), 3.5, "empty"),
    (D(5), ["no matter what"], "empty"),
    # 6. Elsewhere, altered, absent; ids as a student types them.
    (D(6), "no matter what, the CPSU", "other-paragraph"),
    (D(6), "major preparatory work is necessary", "other-paragraph"),
    (M(1), "no matter what, the CPSU", "other-document"),
    (D(1), "The sky won't collapse", "other-document"),
    ("deng-1962-p99", "no matter what, the CPSU", "other-paragraph"),
    ("mao-1963-p99", "no matter what, the CPSU", "other-document"),
    ("chapter 5", "no matter what, the CPSU", "other-paragraph"),
    (None, "no matter what, the CPSU", "verbatim"),
    ("DENG-1962-P5", "no matter what, the CPSU", "verbatim"),
    (" deng-1962-p005 ", "no matter what, the CPSU", "verbatim"),
    ("deng–1962–p05", "no matter what, the CPSU", "verbatim"),
    (D(5), "the harvest in Ukraine failed for want of rain", "absent"),
    (D(5), "lorem ipsum dolor sit amet", "absent"),
    (D(5), "x " * 5000, "absent"),
]


def test_there_are_enough_cases():
    """Does the table cover the contract broadly, and every status?"""
    assert len(CASES) >= 80
    assert {status for *_, status in CASES} == set(STATUSES)


@pytest.mark.parametrize(("paragraph_id", "text", "status"), CASES)
def test_contract(paragraph_id, text, status):
    """Does the contract give this status, with an explanation and the passages that belong to it?"""
    answer = verify_quotation(text, paragraph_id)
    assert answer.status == status, answer.explanation
    assert answer.is_verbatim is (status == "verbatim")
    assert answer.explanation.endswith(".")
    assert (answer.passage is not None) is (status in ("verbatim", "other-paragraph", "other-document"))
    assert (answer.nearest is not None) is (status == "altered")


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
        ("lorem ipsum dolor sit amet", D(1), "No passage of the two documents has these words"),
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


def test_passage_is_the_text():
    """Does a passage's span lead to its text in the corrected reading?"""
    text = {line.paragraph_id: line.text("corrected") for line in corpus.lines()}
    for paragraph_id, quotation, status in CASES:
        passage = verify_quotation(quotation, paragraph_id).passage
        if status == "verbatim":
            assert text[passage.paragraph_id][passage.start : passage.end] == passage.text
            assert passage.text


def test_find_everywhere():
    """Are all passages found, in the order of the documents, and in one document when that is asked?"""
    found = find_quotation("the fraternal parties")
    assert list(found.columns) == ["document_id", "paragraph_id", "start", "end", "text"]
    hits = [
        line.paragraph_id
        for line in corpus.lines()
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


LINES = [line for line in corpus.lines() if len(line.text("corrected").split()) >= 3]
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
    """Does a quotation with one changed letter never verify?"""
    paragraph_id, words, start, end = drawn
    text = " ".join(words[start:end])
    letters = [i for i, char in enumerate(text) if char.isalpha()]
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


def test_answers_do_not_depend_on_order():
    """Does a cache give the same answer whatever was asked before?"""
    cases = random.Random(7).sample(CASES, len(CASES))
    assert all(verify_quotation(text, paragraph_id).status == status for paragraph_id, text, status in cases)
