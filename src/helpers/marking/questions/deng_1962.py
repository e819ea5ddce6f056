"""The questions on the record of Deng's talk."""

from functools import partial

from helpers.marking.kinds import choice, choices, date, function, items, number, quotation, table
from helpers.marking.names import party_names
from helpers.marking.spellings import paragraph_names

_PARAGRAPHS = partial(paragraph_names, "deng-1962")
_COUNTRY = "country or party of which the name is known here"
_SAME = {"yes": ["y", "True", "the same"], "no": ["n", "False", "not the same"]}
_VOICES = {
    "author": ["the ambassador", "Chervonenko"],
    "quoted": ["quotation", "quote"],
    "reported": ["reported speech", "paraphrase"],
}

QUESTIONS = {
    "letters-dated": {
        "To the CPSU": date("answer_letter_to_cpsu"),
        "To the Vietnamese party": date("answer_letter_to_vietnamese_party"),
    },
    "parties-in-the-order-received": items(
        "answer_parties", ordered=True, n=5, names=party_names, noun=_COUNTRY
    ),
    "parties-named-twice": items("answer_named_twice", names=party_names, noun=_COUNTRY),
    "brezhnev-identified": {
        "The same man": choice("answer_same_man", options=_SAME),
        "Evidence": quotation("answer_evidence", document_id="deng-1962", most_words=12),
    },
    "letter-not-read": quotation("answer_not_read", document_id="deng-1962", n=2),
    "author-judges-the-manner": quotation("answer_judgments", document_id="deng-1962", n=3),
    "voices-told-apart": choices("answer_voices", things="abcdef", options=_VOICES),
    "days-until-the-record": number("answer_days", unit="days"),
    "letters-in-a-table": table(
        "answer_letters",
        columns={"date": "date", "days_before_talk": "days"},
        key="letter",
        keys=["CCP to CPSU", "CCP to Vietnamese party", "CPSU to CCP"],
    ),
    "longest-paragraph": choice("answer_longest", options=_PARAGRAPHS),
    "paragraphs-over-a-hundred-words": number("answer_long", unit="paragraphs"),
    "paragraphs-on-the-conference": items(
        "answer_conference",
        names=_PARAGRAPHS,
        noun="id of a paragraph of this record",
        wanted="the ids are asked for: deng[...].index",
    ),
    "mentions-counted": function(
        "count_mentions", arguments=("Unity first! In unity we trust.", "unity"), gives=2
    ),
}
