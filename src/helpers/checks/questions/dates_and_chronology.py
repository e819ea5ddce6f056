"""The questions on dates and chronology."""

from helpers import load_letters
from helpers.checks.questions import choice, choices, function, items, number, quotation

_LETTER_IDS = {"noun": "the id of a letter", "names": lambda: load_letters()["letter_id"].to_list()}
_ROWS = {"noun": "the letter of a row", "names": {letter: [f"row {letter}"] for letter in "abcdefgh"}}

QUESTIONS = {
    "dates-told-apart": choices(
        "answer_kinds",
        things="abcdef",
        options={
            "delivered": ["handed over", "received", "date of delivery", "delivery"],
            "published": ["printed", "date of publication", "publication"],
            "recorded": ["written down", "date of the record", "record"],
            "spoken": ["said", "talked about", "talk"],
            "written": ["dated", "date of writing", "writing"],
        },
    ),
    "answers-timed": {
        "Beijing": number("answer_beijing_days", unit="days"),
        "Moscow, at least": number("answer_moscow_least", unit="days"),
        "Moscow, at most": number("answer_moscow_most", unit="days"),
        "Slower": choice(
            "answer_slower",
            options={
                "Beijing": ["the Chinese side"],
                "Moscow": ["the Soviet side"],
                "both the same": ["the same", "both"],
                "cannot tell": ["can't tell", "cannot be told", "not sure", "unknown", "we cannot tell"],
            },
        ),
    },
    "causes-and-dates": choices(
        "answer_in_time",
        things="abcdef",
        options={
            "early enough": ["in time", "early"],
            "not sure": ["unsure", "open", "not certain", "uncertain"],
            "too late": ["late", "ruled out"],
        },
    ),
    "known-to-one-side": {
        "8 April 1962": items("answer_known_1962", **_LETTER_IDS),
        "12 March 1963": items("answer_known_1963", **_LETTER_IDS),
    },
    "promise-kept": {
        "Promise": quotation("answer_promise", document_id="mao-1963", most_words=20),
        "Days": number("answer_promise_days", unit="days"),
    },
    "sentences-faulted": choices(
        "answer_faults",
        things="abcdef",
        options={
            "invented day": ["the day is invented", "invented", "invented date"],
            "nothing": ["nothing wrong", "nothing is wrong", "none", "right", "correct"],
            "unsure order": ["order not sure", "the order is not sure", "unsure"],
            "wrong kind": ["wrong kind of date", "another kind"],
        },
    ),
    "dates-checked": {
        "Break the rule": items("answer_impossible", **_ROWS),
        "Keep it, but are wrong": items("answer_wrong", **_ROWS),
    },
    "silence-filled": {
        "At least": number("answer_silence_least", unit="days"),
        "At most": number("answer_silence_most", unit="days"),
        "Events": number("answer_events", unit="events"),
    },
    "order-is-sure": function("is_surely_before", arguments=("1960-07-16", "1960-08"), gives=True),
}
