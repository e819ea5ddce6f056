"""The questions on what two documents can show."""

from helpers.marking.kinds import choice, choices, citations, function, items, length, number, quotation

QUESTIONS = {
    "claims-on-the-ladder": choices(
        "answer_steps", things="abcdef", options={n: [f"step {n}", f"{n}."] for n in "123456"}
    ),
    "sentences-judged": choices(
        "answer_judged",
        things="abcdef",
        options={
            "sound": ["right", "ok"],
            "no place": ["no paragraph", "place missing"],
            "wrong place": ["wrong paragraph", "another place"],
            "too strong": ["strong", "jump"],
        },
    ),
    "praise-compared": {
        "1962": quotation("answer_praise_1962", document_id="deng-1962"),
        "1963": quotation("answer_praise_1963", document_id="mao-1963"),
        "Praised by": choices(
            "answer_praised_by",
            things=["1962", "1963"],
            options=["Deng", "Mao", "the ambassador"],
        ),
    },
    "told-in-both": choices(
        "answer_told",
        things="abcdef",
        options={
            "1962": ["deng", "deng-1962", "Deng 1962", "the record", "the record of 1962"],
            "1963": ["mao", "mao-1963", "Mao 1963", "the cable", "the cable of 1963"],
            "both": ["both documents", "both of them", "1962 and 1963"],
            "neither": ["neither document", "neither of them", "none"],
        },
    ),
    "letter-confirmed": choices(
        "answer_confirmed",
        things="abcd",
        options={
            "confirmed": ["confirms", "confirm"],
            "contradicted": ["contradicts", "contradict"],
            "not mentioned": ["not there", "missing", "silent", "no mention"],
        },
    ),
    "events-placed": choices(
        "answer_placed",
        things="abcdef",
        options={
            "before": ["before 1962", "earlier", "before the talk of 1962"],
            "between": ["between the two talks", "between the talks", "in between"],
            "after": ["after 1963", "later", "after the talk of 1963"],
        },
    ),
    "reply-on-its-way": {
        "Promise": quotation("answer_promise", document_id="mao-1963"),
        "Days": number("answer_days", unit="days"),
    },
    "terms-compared": {
        "Term": choice(
            "answer_term",
            options={
                "conference": ["conference", "conferences"],
                "debate": ["debate"],
                "fraternal": ["fraternal"],
                "letter": ["letter", "letters"],
                "unity": ["unity"],
            },
        ),
        "Times": number("answer_times", unit="times"),
    },
    "subjects-absent": items(
        "answer_absent",
        names="agriculture Albania bomb Cuba India Japan Stalin Stockholm Taiwan Yugoslavia".split(),
        noun="subject of the list",
        wanted="the subjects themselves are asked for",
    ),
    "place-found": function(
        "find_place",
        arguments=("went home early", {"t1": "He stayed.", "t2": "They went home early."}),
        gives="t2",
    ),
    "argument-checked": {
        "Length": length("answer_argument", least=300, most=500),
        "Quotations": citations("answer_argument", n=4),
    },
}
