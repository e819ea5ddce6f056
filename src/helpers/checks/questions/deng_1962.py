"""The questions on the record of Deng's talk."""

from functools import partial

from helpers.checks.names import party_names
from helpers.checks.questions import choice, choices, date, function, items, number, quotation
from helpers.checks.spellings import paragraph_names

_WORDS = ["congress", "consultation", "convention", "convocation", "council", "session"]
_SAME = {"yes": ["y", "True", "the same"], "no": ["n", "False", "not the same"]}
_VOICES = {
    "note-taker": ["author", "the author", "the ambassador", "Chervonenko"],
    "quoted": ["quotation", "quote"],
    "reported": ["reported speech", "paraphrase"],
}
_SPEAKS = {
    "against": ["against it", "speaks against", "speaks against it"],
    "for": ["for it", "speaks for", "speaks for it", "in favor"],
    "neither": ["neutral", "for neither", "neither of them"],
}

QUESTIONS = {
    "letters-dated": {
        "To the CPSU": date("answer_letter_to_cpsu"),
        "To the Vietnamese party": date("answer_letter_to_vietnamese_party"),
        "Words": quotation("answer_link", document_id="deng-1962", most_words=15),
    },
    "parties-named-twice": items(
        "answer_named_twice", names=party_names, noun="the name of a known country or party"
    ),
    "voices-told-apart": choices("answer_voices", things="abcdef", options=_VOICES),
    "manner-judged": quotation("answer_judgments", document_id="deng-1962", n=3),
    "letter-not-read": quotation("answer_not_read", document_id="deng-1962", n=2),
    "proposal-tested": choices("answer_findings", things="abcdef", options=_SPEAKS),
    "brezhnev-identified": {
        "The same man": choice("answer_same_man", options=_SAME),
        "Evidence": quotation("answer_evidence", document_id="deng-1962", most_words=12),
    },
    "days-until-the-record": {
        "Days": number("answer_days", unit="days"),
        "What it lets you say": choice("answer_lets_say", options="abcd"),
    },
    "paragraphs-on-the-conference": {
        "Paragraphs": items(
            "answer_conference",
            names=partial(paragraph_names, "deng-1962"),
            noun="the id of a paragraph of this record",
            wanted="the question asks for the ids: deng[...].index",
        ),
        "Another word": choice("answer_other_word", options=_WORDS),
    },
    "mentions-counted": function(
        "count_mentions", arguments=("Unity first! In unity we trust.", "unity"), gives=2
    ),
}
