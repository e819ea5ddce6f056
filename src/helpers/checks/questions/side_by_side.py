"""The questions on the two documents side by side."""

from helpers.checks.names import party_names
from helpers.checks.questions import choices, function, items, quotation

QUESTIONS = {
    "differences-classed": choices(
        "answer_cases",
        things="abcdef",
        options={
            "1962 alone": ["1962", "only 1962", "the record alone", "record alone", "only the record"],
            "1963 alone": ["1963", "only 1963", "the cable alone", "cable alone", "only the cable"],
            "agreement": ["agree", "they agree", "agrees"],
            "different things": ["different", "two different things", "two things"],
            "disagreement": ["disagree", "they disagree", "disagrees"],
        },
    ),
    "parties-left-out": {
        "Countries": items(
            "answer_left_out",
            names=party_names,
            noun="the name of a known country or party",
        ),
        "Events": quotation("answer_events", document_id="deng-1962", most_words=15),
    },
    "roles-told-apart": choices(
        "answer_roles",
        things="abcd",
        options={
            "CCP": (),
            "CPSU": (),
            "all parties": ["all", "every party", "all of them"],
            "other parties": ["others", "other", "fraternal parties", "other fraternal parties"],
        },
    ),
    "april-explained": choices(
        "answer_finds",
        things="abcdef",
        options={
            "cable wrong": ["cable", "the cable", "wrong word", "the cable is wrong", "wrong cable"],
            "none": ["neither", "nothing", "none of them"],
            "record wrong": ["record", "the record", "wrong date", "the record is wrong", "wrong record"],
            "second letter": ["second", "two letters", "a second letter", "two"],
        },
    ),
    "objections-matched": choices(
        "answer_objections",
        things="abcdef",
        options={
            "archive": ["the archive", "same archive"],
            "key points": ["key point", "only key points", "selection"],
            "late": ["too late", "later"],
            "part": ["a part", "only a part", "in part"],
            "same side": ["side", "the same side", "one side"],
        },
    ),
    "checkable-in-print": choices(
        "answer_passages",
        things="abcdef",
        options={
            "content": ["the content", "contents"],
            "no text": ["none", "no"],
            "other text": ["another text", "other", "the other text"],
            "words": ["the words", "word", "quoted"],
        },
    ),
    "print-findings-weighed": choices(
        "answer_findings",
        things="abcdef",
        options={
            "cut": ["the cut", "shortened"],
            "nothing": ["none", "no"],
            "supported": ["support", "supports"],
            "translation": ["the translation", "translated"],
            "wrong": ["is wrong", "mistaken"],
        },
    ),
    "words-of-one-text": function(
        "count_only_in", arguments=("Unity and debate, and unity again.", "Debate again!"), gives=2
    ),
}
