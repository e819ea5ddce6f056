"""The questions on dates and chronology."""

from helpers import load_events, load_letters
from helpers.marking.kinds import choice, choices, date, function, items, number, quotation

QUESTIONS = {
    "letter-dates": {
        "Written": date("answer_written"),
        "Delivered": date("answer_delivered"),
        "Answered": date("answer_answered"),
    },
    "days-on-the-way": number("answer_days", unit="days"),
    "phrases-measured": choices(
        "answer_exactness",
        things="abcd",
        options={
            "day": ["a day", "to the day"],
            "month": ["a month", "to the month"],
            "year": ["a year", "to the year"],
        },
    ),
    "precision-counted": {
        "Months": number("answer_months", unit="events"),
        "Spans": number("answer_spans", unit="events"),
    },
    "six-days-in-order": items(
        "answer_order",
        ordered=True,
        n=6,
        names={
            "talk": ["the talk"],
            "cable": ["the cable", "cable-1963-03-13"],
            "answer": ["the answer", "ccp-letter-1963-03-09"],
            "Thorez": ["article-on-thorez"],
            "Togliatti": ["article-on-togliatti"],
            "CPUSA": ["article-on-cpusa"],
        },
        noun="one of the six things",
    ),
    "categories-counted": {
        "Category": choice("answer_category", options=lambda: load_events()["category"].unique()),
        "Events": number("answer_events", unit="events"),
    },
    "known-in-beijing": items(
        "answer_known", noun="id of a letter", names=lambda: load_letters()["letter_id"].to_list()
    ),
    "promise-kept": {
        "Promise": quotation("answer_promise", document_id="mao-1963", most_words=20),
        "Days": number("answer_promise_days", unit="days"),
    },
    "conflict-quoted": quotation("answer_conflict", document_id="mao-1963"),
    "claims-dated": choices(
        "answer_claims", things="abcd", options={"yes": ["y", "true"], "no": ["n", "false"]}
    ),
    "order-is-sure": function("is_surely_before", arguments=("1962-04-07", "1962-05"), gives=True),
}
