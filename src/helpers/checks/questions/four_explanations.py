"""The questions on the four explanations of the split."""

from helpers.checks.questions import choices, quotation

_EXPLANATIONS = {
    "ideology": ["doctrine", "ideological"],
    "politics at home": ["home", "home politics", "domestic politics", "domestic"],
    "rank": ["rank and equality", "equality", "status"],
    "security": ["security and national interest", "national interest", "national security", "interest"],
}

QUESTIONS = {
    "findings-expected": choices("answer_expected", things="abcdef", options=_EXPLANATIONS),
    "findings-against": choices(
        "answer_against", things="abcdef", options={**_EXPLANATIONS, "none": ["none of them", "no one"]}
    ),
    "dates-defined": choices("answer_definitions", things="abcdef", options="12345678"),
    "disputes-sorted": choices(
        "answer_disputes",
        things="abcdef",
        options={
            "both": ["cause and date", "date and cause", "both of them"],
            "cause": ["a cause", "about a cause", "the cause", "causes"],
            "date": ["a date", "about a date", "the date", "dates"],
            "neither": ["neither of them", "none", "nothing"],
        },
    ),
    "readers-placed": choices(
        "answer_readers",
        things="abcdef",
        options={
            f"{side} {name}": [f"{side} {one}" for one in others]
            for name, others in _EXPLANATIONS.items()
            for side in ("for", "against")
        },
    ),
    "rank-quoted": quotation("answer_rank", document_id="mao-1963", n=3),
    "doctrine-quoted": quotation("answer_doctrine", document_id="mao-1963", n=2),
    "state-business-quoted": {
        "1962": quotation("answer_state_1962", document_id="deng-1962"),
        "1963": quotation("answer_state_1963", document_id="mao-1963"),
    },
    "works-named": choices("answer_works", things="abcdef", options="123456789"),
}
