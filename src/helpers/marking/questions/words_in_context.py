"""The questions on words in context."""

from functools import partial

from helpers.marking.kinds import choice, choices, function, items, number, quotation
from helpers.marking.spellings import paragraph_names

QUESTIONS = {
    "term-counted": {
        "Record": number("answer_record", unit="times"),
        "Cable": number("answer_cable", unit="times"),
    },
    "rates-computed": {
        "Record": number("answer_rate_record"),
        "Cable": number("answer_rate_cable"),
    },
    "other-name-found": items(
        "answer_convention", names=partial(paragraph_names, "deng-1962"), noun="paragraph of the record"
    ),
    "unity-quoted": quotation("answer_unity", document_id="mao-1963"),
    "conference-condition-quoted": quotation("answer_condition", document_id="deng-1962"),
    "neighbor-counted": {
        "Word": choice(
            "answer_next",
            options=["ambassador", "Union", "party", "parties", "side", "trade", "letter", "record"],
        ),
        "Times": number("answer_times", unit="times|lines"),
    },
    "verbs-of-one-paper": items(
        "answer_verbs",
        names=["said", "stated", "pointed out", "emphasized", "noted", "asked", "informed"],
        noun="verb of the seven",
    ),
    "choices-traced": choices(
        "answer_choosers",
        things="abcd",
        options={
            "writer": ["the writer", "note-taker", "translator", "author"],
            "speaker": ["the speaker", "Mao", "Mao Zedong"],
        },
    ),
    "absent-names": items(
        "answer_absent",
        names=["Stalin", "India", "Cuba", "Albania", "Vietnam", "Tito", "Indonesia", "Taiwan"],
        noun="name of the eight",
    ),
    "claims-allowed": choices(
        "answer_claims", things="abcd", options={"yes": ["y", "true"], "no": ["n", "false"]}
    ),
    "years-counted": function("count_years", arguments=("From 1949 to 1989, and 19623 times.",), gives=2),
}
