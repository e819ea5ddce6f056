"""The questions on reading a record."""

from helpers.marking.kinds import choice, choices, function, items, number, quotation, table
from helpers.marking.names import party_names

QUESTIONS = {
    "header-lines-found": choices(
        "answer_lines",
        things="abcdef",
        options={
            f"h{n}": [
                f"{n}",
                f"mao-1963-h{n}",
                f"1963, h{n}",
                f"header line {n}",
                f"Mao 1963, header line {n}",
                f"line {n}",
                f"header {n}",
            ]
            for n in "123456"
        },
    ),
    "second-circle": items(
        "answer_countries", n=4, names=party_names, noun="country or party of which the name is known here"
    ),
    "days-to-both-dates": {
        "First line": number("answer_first_line", unit="days"),
        "Fifth line": number("answer_fifth_line", unit="days"),
    },
    "facts-compared": choices(
        "answer_told",
        things="abcdef",
        options={
            "1962": ["deng", "deng-1962", "the record", "the record of 1962", "Deng 1962"],
            "1963": ["mao", "mao-1963", "the cable", "the cable of 1963", "Mao 1963"],
            "both": ["both papers", "1962 and 1963", "both of them"],
            "neither": ["none", "neither of them", "no", "neither paper"],
        },
    ),
    "steps-told-apart": choices(
        "answer_steps",
        things="abcdef",
        options={
            "writing": ["note", "text", "the note", "the text", "note and text", "written"],
            "circulation": ["circulated", "the circulation", "circulating"],
            "translation": ["publication", "translation and publication", "the translation", "translated"],
        },
    ),
    "signature-weighed": items(
        "answer_supported", names="PQRSTU", noun="letter of a statement", wanted="the letters are asked for"
    ),
    "report-drops-its-mask": quotation("answer_slips", document_id="mao-1963", n=2),
    "voices-counted": table(
        "answer_voices",
        columns={"quoted": "acts", "reported": "acts", "note-taker": "acts"},
        key="document_id",
        keys=["deng-1962", "mao-1963"],
    ),
    "share-of-the-talk": number("answer_share", unit="percent"),
    "verb-missing": {
        "Sentence": quotation("answer_gap", document_id="mao-1963"),
        "Certainty": choice(
            "answer_certainty",
            options={
                "certain": ["sure", "certainly"],
                "conjectural": ["conjecture", "a conjecture", "a guess"],
            },
        ),
    },
    "register-counted": {
        "Certain": number("answer_certain", unit="emendations"),
        "Conjectural": number("answer_conjectural", unit="emendations"),
    },
    "text-emended": function(
        "emend",
        arguments=("He said that that was good.", "that that", "that", "certain"),
        gives="He said that was good.",
    ),
}
