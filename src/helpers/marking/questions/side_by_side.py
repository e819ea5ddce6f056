"""The questions on the two papers side by side."""

from helpers.marking.kinds import choices, function, items, number, quotation, table
from helpers.marking.names import party_names, person_names

QUESTIONS = {
    "papers-told-apart": choices(
        "answer_papers",
        things="abcdef",
        options={
            "1962": ["deng-1962", "deng", "record"],
            "1963": ["mao-1963", "mao", "cable"],
            "both": ["both papers"],
            "neither": ["none", "neither paper"],
        },
    ),
    "days-between-the-talks": number("answer_days", unit="days"),
    "parties-left-out": items(
        "answer_left_out",
        names=party_names,
        noun="country or party of which the name is known here",
    ),
    "stockholm-quoted": quotation("answer_condemned", document_id="deng-1962"),
    "roles-told-apart": choices(
        "answer_roles",
        things="abcd",
        options={
            "CCP": (),
            "CPSU": (),
            "other parties": ["others", "other", "fraternal parties", "other fraternal parties"],
        },
    ),
    "same-letter-weighed": choices(
        "answer_letter",
        things="abcd",
        options={
            "same": ["same letter", "one", "one letter"],
            "two": ["two letters", "different"],
            "neither": ["none"],
        },
    ),
    "letter-described-twice": quotation("answer_proposals", n=2),
    "terms-counted": table(
        "answer_terms",
        columns={"record": "times", "cable": "times"},
        key="term",
        keys=["conference", "meeting", "letter", "unity", "debate", "Albania"],
    ),
    "differences-classed": choices(
        "answer_cases",
        things="abcdef",
        options={
            "agreement": ["agree", "they agree", "agrees"],
            "disagreement": ["disagree", "they disagree", "disagrees"],
            "silence": ["silent", "one is silent"],
        },
    ),
    "people-in-both": items("answer_people", noun="id of a person", names=person_names),
    "words-of-one-text": function(
        "count_only_in", arguments=("Unity and debate, and unity again.", "Debate again!"), gives=2
    ),
}
