"""The questions on the documents as data."""

from helpers.checks.questions import choice, choices, function, number

QUESTIONS = {
    "quarrel-measured": {
        "Sentences": number("answer_sentences", unit="percent"),
        "Paragraphs": number("answer_paragraphs", unit="percent"),
        "Report": choice("answer_report", options="abcd"),
    },
    "evasions-traced": choices(
        "answer_evasions",
        things="abcde",
        options={
            "coder": ["a coder", "the coder"],
            "himself": ["the man himself", "he himself"],
            "other man": ["the other man", "the other"],
            "translator": ["a translator", "the translator"],
        },
    ),
    "letter-received": {
        "Agrees": number("answer_agrees", unit="sentences"),
        "Complains": number("answer_complains", unit="sentences"),
    },
    "rules-tried": choices(
        "answer_rules",
        things="abcdef",
        options={
            "alphanumeric": [],
            "every": ["every rule", "all", "all three"],
            "letters": ["letter"],
            "none": ["no rule", "none of them"],
            "whitespace": ["white space", "spaces"],
        },
    ),
    "values-traced": choices(
        "answer_origins",
        things="abcdef",
        options={
            "code": ["the code", "program", "a program"],
            "coder": ["a coder", "the coder", "reading"],
            "file": ["the file"],
            "nowhere": ["not given", "none"],
        },
    ),
    "sentences-drawn": choices(
        "answer_objections",
        things="abcdef",
        options={
            "nothing": ["none", "no objection"],
            "number": ["the number", "numbers"],
            "sample": ["the sample", "samples"],
            "talk": ["the talk", "talks"],
            "unit": ["the unit", "units"],
        },
    ),
    "repairs-priced": choices(
        "answer_losses",
        things="abcdef",
        options={
            "drafts": ["draft", "two drafts"],
            "language": ["the language", "original language"],
            "meaning": ["the meaning", "two meanings"],
            "nothing": ["none"],
        },
    ),
    "visit-read": {
        "Program": number("answer_program", unit="paragraphs"),
        "Reader": number("answer_reader", unit="paragraphs"),
    },
    "lines-healed": function(
        "count_paragraphs", arguments=(["They met in Peking.", "The talk went on", "for an hour."],), gives=2
    ),
}
