"""Are the length and the quotations of a written argument marked as they deserve?"""

import re

import pytest
from tests.exercises.test_exercises import cell

from helpers import load_paragraphs
from helpers.checks import check_citations, check_length, mark_citations, mark_length
from helpers.checks.argument import own_words, padding, read_citations
from helpers.checks.questions.what_two_documents_can_show import MACHINE

DENG = '"the CPSU and the CCP must close ranks" (deng-1962-p05)'
MAO = '"The sky won\'t collapse" (mao-1963-p10)'


@pytest.mark.parametrize(
    "cited",
    [
        '"How else could it be?" (deng-1962-p08)',
        '"How else could it be?" (Deng-1962-P8).',
        "“How else could it be?” (Deng 1962, ¶ 8)",
        "«How else could it be?» [Deng 1962, paragraph 08]",
        "„How else could it be?“ - Deng ¶8",
        '"How else could it be?", he asks in Deng p. 8.',
        'In deng-1962-p08 Deng asks: "How else could it be?"',
        '"How else could it be?" (1962, ¶ 8)',
        '"How else could it be?" (1962 p8)',
        '"How else\ncould it be?"\n(deng-1962-p08)',
        '(mao-1963-p10 is another matter.)\n\n"How else could it be?" (deng-1962-p08)',
        "‘How else could it be?’ (Deng 1962, ¶ 8)",
        "'How else could it be?' (Deng 1962, ¶ 8)",
        "‚How else could it be?‘ (Deng 1962, ¶ 8)",
        "‹How else could it be?› (Deng 1962, ¶ 8)",
        "»How else could it be?« (Deng 1962, ¶ 8)",
        "It isn't the Soviets' way in '62: 'How else could it be?' (Deng 1962, ¶ 8) is China's way.",
        "‘How else could it be?’ is the delegates’ and the hosts’ question (Deng 1962, ¶ 8)",
        'Is " peace " a word? "How else could it be?" (Deng 1962, ¶ 8)',
    ],
)
def test_citation_is_read(cited):
    """Is a quotation read with its paragraph, in the ways in which students cite?"""
    ((quotation, place),) = read_citations(cited)
    assert " ".join(quotation.split()) == "How else could it be?"
    assert place == "deng-1962-p08"
    assert mark_citations(cited, n=1, points=1).points == 1


@pytest.mark.parametrize("place", ["mao-1963-h3", "Mao 1963, h3", "1963, h 3", "Mao, header line 3"])
def test_header_line_is_cited(place):
    """May a line above the text be cited?"""
    cited = f'"For the Party committees of embassies" ({place})'
    assert read_citations(cited)[0].paragraph_id == "mao-1963-h3"
    assert mark_citations(cited, n=1, points=1).points == 1


def test_each_quotation_has_its_own_paragraph():
    """Does a paragraph named between two quotations belong to the one before it?"""
    text = f"He says {DENG}, and later the cable has {MAO}."
    assert [place for _, place in read_citations(text)] == ["deng-1962-p05", "mao-1963-p10"]
    assert read_citations('"How else could it be?" "The sky won\'t collapse" (Mao 1963, ¶ 10)')[0][1] == ""


@pytest.mark.parametrize(
    ("said", "quoted", "own"),
    [
        ("I can't say ‘The sky won’t collapse’ (Mao ¶ 10).", ["The sky won’t collapse"], "i can't say"),
        (
            "He has 'the Vietnamese Laborers' Party of 5 April'.",
            ["the Vietnamese Laborers' Party of 5 April"],
            "he has",
        ),
        ("‘The sky will not fall’ is the hosts’ view.", ["The sky will not fall"], "is the hosts view"),
        ("‘Not “one of us” is here’, he says.", ["Not “one of us” is here"], "he says"),
        ("“Not ‘one of us’ is here”, he says.", ["Not ‘one of us’ is here"], "he says"),
        ("'Tis the parties' way; rock 'n' roll in '62.", [], "tis the parties way rock n roll in"),
        ("The Soviets' view is the delegates' view too.", [], "the soviets view is the delegates view too"),
    ],
)
def test_quotation_marks_and_apostrophes(said, quoted, own):
    """Are apostrophes told from single quotation marks, by what the documents say where both are possible?"""
    assert [quotation for quotation, _ in read_citations(said)] == quoted
    assert " ".join(own_words(said)) == own


def test_what_is_no_citation():
    """Are single words in quotation marks, and years, left alone?"""
    assert read_citations('The word "unity" comes back; so does "the Center" in 1962.') == []
    assert read_citations("In Mao's 1963 talk: \"The sky won't collapse\"")[0].paragraph_id == ""
    assert read_citations('In 1962, 5 parties wanted it: "How else could it be?"')[0].paragraph_id == ""


@pytest.mark.parametrize(
    ("text", "points", "said"),
    [
        (f"{DENG} and {MAO}", 2, "is in mao-1963-p10."),
        (f"{MAO}. {DENG}. {DENG}", 2, "is in deng-1962-p05."),
        (DENG, 0, "Nothing is quoted word for word from mao-1963."),
        (f"{DENG} {DENG}", 0, "The question asks for 2 quotations with their paragraphs; 1 found"),
        (f'{DENG} "The sky won\'t collapse" (mao-1963-p11)', 1.5, "not in mao-1963-p11"),
        (f'{DENG} "The sky won\'t collapse"', 1.5, "name its paragraph after it"),
        (f'{DENG} "The sky will not collapse" (mao-1963-p10)', 1.5, 'it has "won\'t", not "will not"'),
        (
            f'{DENG} "The sky will not collapse" (deng-1962-p10)',
            0,
            "Nothing is quoted word for word from mao",
        ),
        (f'{DENG} "Nobody ever said such a thing here" (mao-1963-p10)', 0, "No passage of the documents"),
        (
            f'{DENG} and "How else could it be?" (Deng 1962, ¶ 8)',
            1,
            "Nothing is quoted word for word from mao",
        ),
        (
            "An argument without any evidence at all.",
            0,
            "The question asks for 2 quotations with their paragraphs; 0",
        ),
        ("", 0, "Not answered yet."),
        (None, 0, "Not answered yet."),
        (["a", "b"], 0, "the question asks for a text"),
        (42, 0, "2 quotations"),
    ],
)
def test_citations_are_marked(text, points, said):
    """Does each quotation of an argument get what it deserves, and a reason?"""
    mark = mark_citations(lambda: text, n=2, points=2, documents=["deng-1962", "mao-1963"])
    assert (mark.points, said in "\n".join(r.sentence for r in mark.reasons)) == (points, True), mark.reasons
    lost = sum(reason.points for reason in mark.reasons if reason.points < 0)
    assert mark.points == max(mark.maximum + lost, 0)


def test_more_quotations_than_asked_for():
    """Do the best ones count, wherever they stand?"""
    text = f'"Nobody ever said such a thing here" (mao-1963-p10). {DENG}. {MAO}.'
    assert mark_citations(text, n=2, points=2, documents=["deng-1962", "mao-1963"]).points == 2


@pytest.mark.parametrize(
    ("n_words", "points"), [(299, 1), (300, 2), (500, 2), (501, 1), (270, 1), (269, 0), (550, 1), (551, 0)]
)
def test_length(n_words, points):
    """Do 300 to 500 words get full points, a tenth more or less half of them, and others none?"""
    text = prose(n_words)
    mark = mark_length(lambda: text, least=300, most=500, points=2)
    assert mark.points == points
    assert f"You have written {n_words} words" in mark.reasons[0].sentence
    assert (repr(check_length(text, least=300, most=500)) == "0") == (points < 2)


def prose(n_words):
    """Return so many words that are sentences, as far as a computer can tell."""
    numbered = (f"the {chr(97 + i % 26)}{chr(97 + i // 26)} of that" for i in range(n_words))
    return " ".join(" ".join(numbered).split()[:n_words])


FILLERS = {
    "is the same words again": "We do not know what they thought of it, and so it is with us. " * 8,
    "copied from the documents": load_paragraphs().set_index("paragraph_id")["text"]["mao-1963-p17"],
    "is not in sentences": " ".join(
        f"conference{chr(97 + i % 26)}{chr(97 + i // 26)} unity" for i in range(50)
    ),
    "copied from the text to be rewritten": MACHINE,
}


@pytest.mark.parametrize("said", FILLERS)
def test_filler_wins_nothing(said):
    """Do words that only fill the space win nothing, with two quotations in their midst or without?"""
    half = len(FILLERS[said]) // 2
    text = f"{FILLERS[said][:half]}. {DENG} and {MAO}. {FILLERS[said][half:]}"
    mark = mark_citations(lambda: text, n=2, points=2, unlike=MACHINE)
    length = mark_length(lambda: text, least=1, most=500, points=1, unlike=MACHINE)
    assert (mark.points, length.points) == (0, 0)
    assert said in mark.reasons[0].sentence and said in length.reasons[0].sentence
    assert repr(check_length(text, least=1, most=500, unlike=MACHINE)) == "0"


def test_quotations_alone_win_nothing():
    """Do quotations win nothing where nothing is said with them, if own words are asked for?"""
    said = f"They agree on little: {DENG}, but {MAO}."
    assert [mark_citations(said, n=2, points=1, least_own=least).points for least in (0, 5, 6)] == [1, 1, 0]


def test_machine_paragraph_is_that_of_the_notebook():
    """Is the paragraph that students are not to keep the one that they see?"""
    shown = re.sub(r"(?m)^> \(\d\) ", "", cell("what-two-documents-can-show", "machine").source)
    assert MACHINE in " ".join(shown.split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "He says it.",
        f"In the record {DENG}, and in the cable {MAO}.",
        "He did not fear an open quarrel, since the debate is normal to him. But the cable is a text by his "
        "own party, for its officials, and whether he was as calm in the room it does not tell us.",
        "I think it is important. I think it is important because the two sides both say that they want "
        "unity, and it is important that they say it in 1962 and that they say it in 1963.",
    ],
)
def test_own_writing_is_no_filler(text):
    """Is short, plain or clumsy prose taken for what it is, also if it keeps a sentence of the machine's?"""
    assert padding(text, unlike=MACHINE) == ""


def test_missing_answer():
    """Is a name that does not exist a reason and no error, in all four checks?"""
    for marked in (
        mark_length(lambda: no_such_name, least=1, most=2, points=1),  # noqa: F821
        mark_citations(lambda: no_such_name, n=1, points=1),  # noqa: F821
    ):
        assert marked.points == 0 and "no_such_name" in marked.reasons[0].sentence
    assert repr(check_citations(lambda: no_such_name, n=1)) == "0"  # noqa: F821
    assert repr(check_length(lambda: no_such_name, least=1, most=2)) == "0"  # noqa: F821


def test_form():
    """Does the visible check say which paragraph is cited for each quotation, and what is missing?"""
    ready = check_citations(f"{DENG} {MAO}", n=2)
    assert "is cited from mao-1963-p10." in repr(ready)
    not_ready = check_citations(f'{DENG} "How else could it be?"', n=3)
    assert repr(not_ready) == "0"
    assert "name its paragraph after it" in not_ready._repr_html_()
    assert "The question asks for 3 quotations with their paragraphs; 2 found" in not_ready._repr_html_()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (f'{DENG}. Then "How else could it be?" (¶ 8)', ["deng-1962-p05", "deng-1962-p08"]),
        ('"How else could it be?" (Deng ¶¶ 7-8)', ["deng-1962-p08"]),
        ('"How else could it be?" (Mao ¶ 10; Deng ¶ 8)', ["deng-1962-p08"]),
        ('"How else could it be?" (¶ 8, Deng 1962)', ["deng-1962-p08"]),
        ('"How else could it be?" (¶ 8 of the record)', ["deng-1962-p08"]),
        (
            '"How else could it be?" and "must meet and come to common conclusions" (Deng ¶ 8)',
            ["deng-1962-p08", "deng-1962-p08"],
        ),
        (
            'In Deng ¶ 8: "How else could it be?" and "must meet and come to common conclusions".',
            ["deng-1962-p08", "deng-1962-p08"],
        ),
        ('The sky is no matter. "The sky won\'t collapse" (Deng 1963, ¶ 10)', [""]),
    ],
)
def test_several_passages(text, places):
    """Does each of several quotations get its paragraph, also where two share one?"""
    assert [place for _, place in read_citations(text)] == places


def test_paragraph_that_is_not_there():
    """Is the number of a paragraph that does not exist told, before and after it is handed in?"""
    text = '"How else could it be?" (Deng ¶ 28)'
    assert not check_citations(text, n=1).ready
    mark = mark_citations(text, n=1, points=1)
    assert mark.points == 0.5
    assert "there is no paragraph deng-1962-p28" in mark.reasons[0].sentence


def test_misquotation_beyond_the_best():
    """Is a misquotation told although enough others are right, and does it cost nothing?"""
    mark = mark_citations(f'{DENG} {MAO} "Nobody ever said such a thing" (Mao ¶ 9)', n=2, points=2)
    assert mark.points == 2
    assert "Nobody ever said" in mark.reasons[-1].sentence


def test_slip_and_invention():
    """Does a slip win half, and a quotation with half of its words invented nothing?"""
    slip = mark_citations('"the CPSU and the CCP must close rank" (deng-1962-p05)', n=1, points=1)
    invention = mark_citations(
        '"the CPSU and the CCP should join their hands" (deng-1962-p05)', n=1, points=1
    )
    assert (slip.points, invention.points) == (0.5, 0)


TEXT = f"In short: {DENG}"


@pytest.mark.parametrize(
    "mistake",
    [
        lambda: mark_citations(TEXT, n=1, points=1, documents=["deng1962"]),
        lambda: mark_citations(None, n=1, points=1, documents=["deng1962"]),
        lambda: mark_citations(TEXT, n=1, points=1, documents=["deng-1962", "mao-1963"]),
        lambda: mark_citations(TEXT, n=0, points=1),
        lambda: check_citations(TEXT, n=0),
        lambda: mark_length(TEXT, least=5, most=4, points=1),
        lambda: check_length(TEXT, least=5, most=4),
    ],
)
def test_mistake_of_the_author(mistake):
    """Does a question without a possible answer raise an error, instead of costing every student points?"""
    with pytest.raises(ValueError, match=r"deng1962|0 quotations|1 quotation|5 to 4"):
        mistake()
