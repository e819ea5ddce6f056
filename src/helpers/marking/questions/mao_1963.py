"""The questions on the cable on Mao's talk."""

from functools import partial

from helpers import load_speech_acts
from helpers.marking.kinds import choice, choices, date, function, items, number, quotation
from helpers.marking.names import party_names
from helpers.marking.spellings import paragraph_names

QUESTIONS = {
    "letter-and-talk-dated": {
        "Written": date("answer_written"),
        "Passed along": date("answer_passed_along"),
        "Talk": date("answer_talk"),
    },
    "parties-in-the-articles": items(
        "answer_criticized", names=party_names, noun="country or party of which the name is known here"
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
    "letter-quoted-where": items(
        "answer_quoting", names=partial(paragraph_names, "mao-1963"), noun="paragraph of the cable"
    ),
    "praise-turned": quotation("answer_turns", document_id="mao-1963", n=2, most_words=15),
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
    "authority-named": {
        "Albania": quotation("answer_albania", document_id="mao-1963", most_words=15),
        "Yugoslavia": quotation("answer_yugoslavia", document_id="mao-1963", most_words=15),
    },
    "late-april-emended": {
        "Word": choice(
            "answer_word",
            options={
                "last": ["last April", "in last April"],
                "late": (),
                "early": ["early April"],
                "mid": ["middle"],
            },
        ),
        "Support": quotation("answer_support", document_id="mao-1963"),
    },
    "acts-counted": {
        "Act": choice("answer_act", options=lambda: load_speech_acts()["act"].unique()),
        "Times": number("answer_times", unit="times|acts"),
    },
    "quoted-words-counted": function("count_quoted", arguments=('He said "very good" and left.',), gives=2),
}
