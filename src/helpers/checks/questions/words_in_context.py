"""The questions on words in context."""

from helpers.checks.questions import choices, function, number, quotation

_RATE = "per 1,000 words|for every thousand words|per thousand"

QUESTIONS = {
    "conflicts-read": {
        "Contradiction": number("answer_contradiction", unit="lines"),
        "Quarrel": number("answer_quarrel", unit="lines"),
        "Struggle": number("answer_struggle", unit="lines"),
    },
    "albania-by-speaker": {
        "Host": number("answer_rate_host", unit=_RATE),
        "Guest": number("answer_rate_guest", unit=_RATE),
    },
    "unity-quoted": quotation("answer_unity", document_id="mao-1963", most_words=12),
    "comrades-named": choices(
        "answer_comrades",
        things="abcdef",
        options={
            "both": ["both documents"],
            "cable": ["the cable", "mao-1963"],
            "neither": ["none", "in neither"],
            "record": ["the record", "deng-1962"],
        },
    ),
    "choices-traced": choices(
        "answer_choosers",
        things="abcdef",
        options={
            "archive": ["the archive"],
            "note-taker": ["the note-taker", "note-takers"],
            "speaker": ["the speaker"],
            "translator": ["the translator"],
        },
    ),
    "zeros-checked": choices(
        "answer_zeros",
        things="abcdef",
        options={
            "absent": ["really absent"],
            "header": ["the header"],
            "misspelled": ["misspelt", "misspelling"],
            "other name": ["another name", "abbreviation"],
        },
    ),
    "letters-sorted": {
        "From Moscow": number("answer_from_moscow", unit="lines"),
        "From Beijing": number("answer_from_beijing", unit="lines"),
    },
    "states-caught": {
        "Countries": number("answer_countries", unit="lines"),
        "Verbs": number("answer_verbs", unit="lines"),
    },
    "years-counted": function("count_years", arguments=("From 1949 to 1989, and 19623 times.",), gives=2),
}
