"""The questions on what two documents can show."""

from helpers.checks.questions import choice, choices, citations, date, function, items, length, quotation
from helpers.checks.spellings import paragraph_names

_NUMBERS = "zero one two three four five six seven".split()

# The paragraph by a machine that students rewrite; the notebook shows it.
MACHINE = (
    "By February 1963 the Sino-Soviet alliance was clearly dead. "
    "Face to face with Moscow's ambassador, Mao Zedong declared that "
    '"we will never again take orders from a father party". '
    'He did not fear an open quarrel, since "this debate is not a terrible thing". '
    "He was even glad that Communist parties everywhere now fought each other: "
    '"Their quarrels are good for us". '
    "He was sure of himself because China had just tested its first atomic bomb and no longer needed Soviet "
    "protection. "
    'Yet he left the door open for a meeting of all parties: "we are ready for it at any time," '
    "he assured his guest. "
    "This proves that doctrine was only a pretext, and that the Chinese people really wanted to be treated "
    "as equals."
)


def _paragraphs_or_none() -> dict[str, list[str]]:
    return paragraph_names() | {"nowhere": ["none", "neither", "neither document", "not found", "absent"]}


def _sentences(numbers: str) -> dict[str, list[str]]:
    return {n: [f"sentence {n}", f"({n})", f"no. {n}", _NUMBERS[int(n)]] for n in numbers}


QUESTIONS = {
    "claims-on-the-ladder": choices(
        "answer_steps",
        things="abcdef",
        options={n: [f"step {n}", f"{n}.", _NUMBERS[int(n)]] for n in "123456"},
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
    "quotations-placed": choices("answer_places", things="2346", options=_paragraphs_or_none),
    "cut-undone": {
        "Sentence": choice("answer_cut", options=_sentences("2346")),
        "About": quotation("answer_about", document_id="mao-1963"),
    },
    "too-early": {
        "Sentence": choice("answer_early", options=_sentences("1234567")),
        "Day": date("answer_happened"),
    },
    "rewrite-checked": {
        "Length": length("answer_rewritten", least=80, most=160, unlike=MACHINE),
        "Quotations": citations("answer_rewritten", n=3),
    },
    "third-document": choices(
        "answer_differs",
        things="abcdef",
        options={
            "both": ["both of them", "side and time"],
            "neither": ["neither of them", "none", "nothing"],
            "side": ["the side", "only the side"],
            "time": ["the time", "only the time", "the talk"],
        },
    ),
    "finds-weighed": choices(
        "answer_hurt",
        things="abcdef",
        options={
            "ideology": ["doctrine", "ideological"],
            "politics at home": ["home", "domestic politics", "politics"],
            "rank and equality": ["rank", "equality"],
            "security": ["security and national interest", "national interest"],
        },
    ),
    "subjects-absent": items(
        "answer_absent",
        names="agriculture Albania bomb Cuba India Japan Stalin Stockholm Taiwan Yugoslavia".split(),
        noun="a subject of the list",
        wanted="the question asks for the subjects themselves",
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
