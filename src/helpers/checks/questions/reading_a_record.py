"""The questions on reading a record."""

from helpers.checks.questions import choice, choices, function, items, number, quotation

# The ten sentences of the cable that students code: the paragraph of each, and which sentence it is there.
TEN = [
    ("mao-1963-p06", 5),
    ("mao-1963-p14", 7),
    ("mao-1963-p15", 2),
    ("mao-1963-p16", 1),
    ("mao-1963-p17", 1),
    ("mao-1963-p17", 5),
    ("mao-1963-p19", 9),
    ("mao-1963-p20", 3),
    ("mao-1963-p20", 9),
    ("mao-1963-p21", 3),
]

# The acts of the codebook, and how else students name them.
_ACTS = {
    "agrees": ["agree", "agreement", "agreeing"],
    "answers": ["answer", "answering"],
    "asks": ["ask", "asking", "question"],
    "asserts": ["assert", "assertion", "asserting"],
    "complains": ["complain", "complaint", "complaining"],
    "concedes": ["concede", "concession", "conceding"],
    "evades": ["evade", "evasion", "evading"],
    "narrates": ["narrate", "narration", "narrating"],
    "promises": ["promise", "promising"],
    "proposes": ["propose", "proposal", "proposing"],
    "quotes": ["quote", "quotation", "quoting"],
    "refuses": ["refuse", "refusal", "refusing"],
    "reports": ["report", "reporting"],
    "warns": ["warn", "warning"],
}

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
    "header-dated-twice": {
        "Days": number("answer_days", unit="days"),
        "Statement": choice("answer_statement", options="ABCD"),
    },
    "steps-told-apart": choices(
        "answer_steps",
        things="abcdef",
        options={
            "circulation": ["circulated", "the circulation", "circulating"],
            "publication": ["published", "the publication", "publishing", "publication online"],
            "translation": ["the translation", "translated", "translating"],
            "writing": ["note", "text", "the note", "the text", "note and text", "written", "the writing"],
        },
    ),
    "signature-weighed": items(
        "answer_supported",
        names="PQRSTUVW",
        noun="the letter of a statement",
        wanted="the question asks for the letters",
    ),
    "purposes-found": choices(
        "answer_purposes",
        things="abcdef",
        options={
            "form": ["the form", "formal"],
            "instructions": ["instruction", "the instructions", "instructed"],
            "other side": ["the other side", "other", "others"],
            "own line": ["the own line", "own", "line", "their own line"],
        },
    ),
    "report-drops-its-mask": quotation("answer_slips", document_id="mao-1963", n=2),
    "readings-chosen": choices(
        "answer_readings",
        things="abcdef",
        options={
            "corrected": ["corrected reading", "the corrected reading", "correction"],
            "diplomatic": ["diplomatic reading", "the diplomatic reading", "as received"],
            "none": ["none of them", "neither", "none of the three"],
            "register": ["the register", "emendations", "list of emendations", "load_emendations"],
        },
    ),
    "ten-sentences-coded": {
        "Codes": choices("answer_codes", things=[f"{n}" for n in range(1, 11)], options=_ACTS),
        "Words": quotation("answer_words", document_id="mao-1963", n=4, most_words=4),
        "Agreement": number("answer_agreement", unit="percent"),
        "Kappa": number("answer_kappa"),
    },
    "text-emended": function(
        "emend",
        arguments=("He said that that was good.", "that that", "that", "certain"),
        gives="He said that was good.",
    ),
}
