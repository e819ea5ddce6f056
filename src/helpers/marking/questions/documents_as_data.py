"""The questions on the documents as data."""

from helpers.marking.kinds import choice, choices, function, items, number, quotation, table
from helpers.marking.spellings import paragraph_names

QUESTIONS = {
    "rows-counted": {
        "Paragraphs": number("answer_paragraphs", unit="rows|paragraphs"),
        "Sentences": number("answer_sentences", unit="rows|sentences"),
        "Words": number("answer_words", unit="rows|words"),
    },
    "units-chosen": choices(
        "answer_units",
        things="abcd",
        options={
            "paragraph": ["paragraphs"],
            "sentence": ["sentences"],
            "word": ["words", "token", "tokens"],
        },
    ),
    "values-traced": choices(
        "answer_origins",
        things="abcdef",
        options={
            "file": ["the file"],
            "code": ["the code", "program", "a program"],
            "coder": ["a coder", "the coder", "reading"],
            "nowhere": ["not given", "none"],
        },
    ),
    "most-sentences": choice("answer_most_sentences", options=paragraph_names),
    "sentence-lengths": {
        "Record": number("answer_record", unit="words"),
        "Cable": number("answer_cable", unit="words"),
    },
    "rules-compared": table(
        "answer_rules",
        columns={"record": "words", "cable": "words"},
        key="rule",
        keys=["whitespace", "letters", "alphanumeric"],
    ),
    "repairs-found": items("answer_repaired", names=paragraph_names, noun="paragraph"),
    "repairs-judged": choices(
        "answer_repairs",
        things="abcd",
        options={
            "repaired": ["repair", "certain", "corrected"],
            "left": ["left alone", "conjectural", "kept"],
        },
    ),
    "twice-told-quoted": quotation("answer_doubled", document_id="mao-1963"),
    "claims-checked": choices(
        "answer_claims", things="abcd", options={"yes": ["y", "true"], "no": ["n", "false"]}
    ),
    "lines-healed": function(
        "count_paragraphs", arguments=(["They met in Peking.", "The talk went on", "for an hour."],), gives=2
    ),
}
