"""The questions on the cable on Mao's talk."""

from functools import partial

from helpers.checks.questions import choice, choices, function, items, number, quotation
from helpers.checks.spellings import paragraph_names

_LETTER = "one of the six letters"

QUESTIONS = {
    "hands-on-the-cable": choices(
        "answer_hands",
        things="abcdef",
        options={
            "approves": ["approve", "approved", "approval"],
            "is informed": ["informed", "are informed", "inform"],
            "receives": ["receive", "received", "receiver"],
            "sends": ["send", "sent", "sender"],
        },
    ),
    "occasions-in-order": items(
        "answer_order",
        ordered=True,
        n=4,
        names={
            "Moscow Declaration": ["Declaration"],
            "81 countries": ["meeting of 81 countries", "81"],
            "22nd Congress": ["22nd Congress of the CPSU", "22nd"],
            "German Party Congress": ["German Congress", "German"],
        },
        noun="one of the four occasions",
    ),
    "voices-in-the-cable": choices(
        "answer_voices",
        things="abcdef",
        options={
            "Mao": ["the Chairman"],
            "ambassador": (),
            "letter": ["the Soviet letter", "Soviet letter", "CPSU"],
            "note-taker": ["author", "the author"],
        },
    ),
    "praise-turned": quotation("answer_turns", document_id="mao-1963", n=2, most_words=12),
    "deciders-compared": {
        "Words": quotation("answer_way", document_id="mao-1963", most_words=15),
        "Silent about": choice("answer_silent_about", options="abcd"),
    },
    "target-shown": items("answer_showing", n=2, names="abcdef", noun=_LETTER),
    "questions-recoded": {
        "Paragraph": choice("answer_paragraph", options=partial(paragraph_names, "mao-1963")),
        "Complaints": number("answer_complaints", unit="sentences|complaints"),
    },
    "claims-on-two-speakers": items("answer_supported", n=2, names="abcdef", noun=_LETTER),
    "approval-read": choices(
        "answer_approval",
        things="abcde",
        options={
            "given": ["for given", "approved", "it was given"],
            "neither": ["for neither", "neutral"],
            "to come": ["still to come", "for to come"],
        },
    ),
    "quoted-words-counted": {
        "Function": function("count_quoted", arguments=('He said "very good" and left.',), gives=2),
        "Quoted words": number("answer_quoted_words", unit="words"),
    },
}
