"""Are the documents as long, and their dates as far apart, as a reader counted by hand?"""

import pytest

from helpers import load_documents, load_paragraphs, load_speech_acts

WORDS = {
    "deng-1962": [103, 9, 63, 61, 148, 116, 38, 69, 119, 100, 18, 101, 214, 35, 18, 39, 39, 24, 48],
    "mao-1963": [
        *(36, 11, 42, 49, 38, 98, 53, 73, 49, 16, 27, 128, 86, 131, 102, 66, 103, 26, 159, 160, 62),
    ],
}


@pytest.mark.parametrize("document_id", WORDS)
@pytest.mark.parametrize("reading", ["corrected", "diplomatic"])
def test_words_of_every_paragraph(document_id, reading):
    """Has every paragraph as many words between white space as counted in the transcription?

    The corrected reading replaces words and adds or drops none.
    """
    own = load_paragraphs(reading).query("document_id == @document_id")
    assert own["n_words"].to_list() == WORDS[document_id]


@pytest.mark.parametrize(("document_id", "days"), [("deng-1962", 29), ("mao-1963", 18)])
def test_days_from_talk_to_paper(document_id, days):
    """How many days lie between the talk and the date of its paper?"""
    document = load_documents().set_index("document_id").loc[document_id]
    assert (document["document_date"] - document["event_date"]).days == days


def test_both_are_digests():
    """How many words a minute would the talks have had, if the papers were all that was said?

    The Deng record says "more than an hour", of which 60 minutes are taken as the least; the two and a half
    hours of the talk with Mao stand in the ambassador's own record, which is not part of the corpus.
    """
    words = load_documents().set_index("document_id")["n_words"]
    assert int(words["deng-1962"] / 60 + 0.5) == 23
    assert int(words["mao-1963"] / 150 + 0.5) == 10


def test_the_ambassador_in_the_cable():
    """Is the other side's part of the cable one paragraph, a tenth of its words?"""
    paragraphs = load_paragraphs().query("document_id == 'mao-1963'").set_index("paragraph_id")
    acts = load_speech_acts().query("document_id == 'mao-1963' and actor == 'stepan-chervonenko'")
    assert set(acts["paragraph_id"]) == {"mao-1963-p20"}
    share = paragraphs.loc["mao-1963-p20", "n_words"] / paragraphs["n_words"].sum()
    assert round(100 * share, 1) == 10.6
