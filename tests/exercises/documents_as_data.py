"""Answers to the exercise `documents-as-data` as students would write them, and what each must get.

Each answer is the text of the answer cell, which runs after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

# Each answer is on one line where possible, so that answers are easy to compare.
# ruff: noqa: E501

from tests.exercises.writings import choice, choices, number, together, wrong

RIGHT = {
    "quarrel-measured": [
        *together(
            answer_sentences=number(30, "percent"),
            answer_paragraphs=number(43, "percent"),
            answer_report=choice("b"),
        ),
        'answer_sentences = 25 / 82 * 100; answer_paragraphs = 9 / 21 * 100; answer_report = "(b)"',
        "answer_sentences = round(100 * 25 / 82); answer_paragraphs = round(100 * 9 / 21); answer_report = 'b'",
        'c = acts[acts["document_id"] == "mao-1963"]\nanswer_sentences = 100 * (c["topic"] == "polemics").mean()\nanswer_paragraphs = 100 * len(set(c[c["topic"] == "polemics"]["paragraph_id"])) / 21\nanswer_report = "b"',
        'c = acts.query("document_id == \'mao-1963\'")\nanswer_sentences = 100 * c["topic"].value_counts(normalize=True)["polemics"]\nanswer_paragraphs = 100 * c.query("topic == \'polemics\'")["paragraph_id"].nunique() / c["paragraph_id"].nunique()\nanswer_report = "b"',
        'quarrel = acts[(acts["topic"] == "polemics") & (acts["document_id"] == "mao-1963")]\nanswer_sentences = 100 * quarrel.shape[0] / sum(sentences["document_id"] == "mao-1963")\nanswer_paragraphs = 100 * len(quarrel.groupby("paragraph_id")) / sum(paragraphs["document_id"] == "mao-1963")\nanswer_report = "b"',
        'my_name = "Ada"; answer_sentences = 20.7; answer_paragraphs = 23.8; answer_report = "b"',
        'my_name = "Bao"; answer_sentences = 6.1; answer_paragraphs = 19; answer_report = "b"',
        'my_name = "Jun"; answer_sentences = "7 %"; answer_paragraphs = 14.3; answer_report = "b"',
    ],
    "evasions-traced": [
        *choices(
            "answer_evasions",
            {"a": "himself", "b": "other man", "c": "other man", "d": "coder", "e": "coder"},
        ),
        'answer_evasions = ["the man himself", "the other man", "the other", "the coder", "a coder"]',
    ],
    "letter-received": [
        *together(answer_agrees=number(6, "sentences"), answer_complains=number(3, "sentences")),
        "answer_agrees = [6]; answer_complains = (3,)",
        'answer_agrees = len(["p04", "p04", "p14", "p15", "p16", "p16"]); answer_complains = len(["p12", "p12", "p14"])',
        'm = acts[acts["document_id"] == "mao-1963"]\nanswer_agrees = (m[m["act"] == "agrees"]["topic"] != "albania-yugoslavia").sum()\nanswer_complains = 3',
        "import numpy as np\nanswer_agrees, answer_complains = np.int64(6), np.int64(3)",
        "answer_agrees = 7 - 1; answer_complains = 5 - 2",
        'places = ["mao-1963-p12", "mao-1963-p14"]\nanswer_complains = sum((acts["act"] == "complains") & acts["paragraph_id"].isin(places))\nanswer_agrees = "six"',
    ],
    "rules-tried": [
        *choices(
            "answer_rules",
            {
                "a": "letters",
                "b": "every",
                "c": "whitespace",
                "d": "alphanumeric",
                "e": "whitespace",
                "f": "none",
            },
        ),
        'answer_rules = ["letters", "all three", "white space", "alphanumeric", "white space", "no rule"]',
    ],
    "values-traced": [
        *choices(
            "answer_origins",
            {"a": "file", "b": "code", "c": "nowhere", "d": "coder", "e": "file", "f": "code"},
        ),
        'answer_origins = ("the file", "the code", "not given", "a coder", "the file", "the code")',
        'answer_origins = dict(a="file", b="a program", c="none", d="reading", e="file", f="program")',
    ],
    "sentences-drawn": [
        *choices(
            "answer_objections",
            {"a": "nothing", "b": "talk", "c": "sample", "d": "number", "e": "unit", "f": "talk"},
        ),
        'answer_objections = ["no objection", "the talk", "the sample", "the number", "units", "the talk"]',
    ],
    "repairs-priced": [
        *choices(
            "answer_losses",
            {
                "a": "nothing",
                "b": "language",
                "c": "drafts",
                "d": "meaning",
                "e": "language",
                "f": "meaning",
            },
        ),
        'answer_losses = ["none", "original language", "two drafts", "two meanings", "the language", "the meaning"]',
    ],
    "visit-read": [
        *together(answer_program=number(3, "paragraphs"), answer_reader=number(4, "paragraphs")),
        "answer_program = len(document.paragraphs); answer_reader = len(document.paragraphs) + 1",
        "n = 0\nfor paragraph in document.paragraphs:\n    n = n + 1\nanswer_program = n\nanswer_reader = n + 1",
        "answer_program = pd.Series(document.paragraphs).count()\nanswer_reader = 5 - 1",
        'answer_program = "three"; answer_reader = "four"',
        'mine = pd.DataFrame({"text": document.paragraphs})\nanswer_program = mine.shape[0]\nanswer_reader = mine.shape[0] + len(document.closing) - 1',
    ],
    "lines-healed": [
        "def count_paragraphs(lines):\n    n, is_open = 0, False\n    for line in lines:\n        n += not is_open\n        is_open = line[-1] not in '.?!\"'\n    return n",
        "def count_paragraphs(lines):\n    n = sum(line.endswith(('.', '?', '!', '\"')) for line in lines)\n    return n + (len(lines) > 0 and not lines[-1].endswith(('.', '?', '!', '\"')))",
        "def count_paragraphs(lines):\n    if not lines:\n        return 0\n    return 1 + sum(line[-1] in '.?!\"' for line in lines[:-1])",
        "def count_paragraphs(lines):\n    healed = []\n    for line in lines:\n        if healed and healed[-1][-1] not in '.?!\"':\n            healed[-1] += ' ' + line\n        else:\n            healed.append(line)\n    return len(healed)",
        "import re\ndef count_paragraphs(lines):\n    return len([1 for i, line in enumerate(lines) if i == len(lines) - 1 or re.search(r'[.?!\"]$', line)])",
        "count_paragraphs = lambda lines: sum(i == 0 or lines[i - 1][-1] in '.?!\"' for i in range(len(lines)))",
        "def count_paragraphs(lines):\n    ends = pd.Series(lines, dtype=object).map(lambda line: line[-1] in '.?!\"').astype(bool)\n    return int(ends.iloc[:-1].sum()) + (len(lines) > 0)",
        "def count_paragraphs(lines):\n    n = 0\n    while lines:\n        n += 1\n        while lines and lines[0][-1] not in '.?!\"':\n            lines = lines[1:]\n        lines = lines[1:]\n    return float(n)",
        "def count_paragraphs(lines):\n    n = 0\n    for i in range(len(lines)):\n        last = i == len(lines) - 1\n        if last or lines[i][-1] in ['.', '?', '!', '\"']:\n            n = n + 1\n    return n",
        "def count_paragraphs(lines):\n    n = len(lines)\n    for line in lines[:-1]:\n        if line[-1] not in '.?!\"':\n            n = n - 1\n    return n",
    ],
}

# One case on each line, as in a table.
# fmt: off
WRONG = wrong(RIGHT, {
    "quarrel-measured": [
        (2, "This is a share of one", "answer_sentences = 0.305"),
        (2, "This is a share of one", "answer_paragraphs = 0.43"),
        (2, "Sentences: This is a count. How many", "answer_sentences = 25"),
        (2, "Paragraphs: This is a count. How many", "answer_paragraphs = 9"),
        (2, "both documents together", "answer_sentences = 18.2"),
        (1, "43 is not right", "answer_sentences = 43; answer_paragraphs = 30"),
        (2, "have to be about nothing else", 'answer_report = "a"'),
        (2, "Compare your two percentages", 'answer_report = "c"'),
        (2, "how long somebody talked", 'answer_report = "d"'),
        (1, "Report: Not answered yet.", 'answer_paragraphs = "half of them"; answer_report = \'\''),
        (0, "not one of the options", 'answer_sentences = 70; answer_paragraphs = 57; answer_report = "e"'),
        (0, "Not answered yet.", 'answer_sentences = None; answer_paragraphs = None; answer_report = ""'),
        (2, "43.5 is not right", "answer_paragraphs = 43.5"),
    ],
    "evasions-traced": [
        (0, "a: Read the sentence for a word", dict.fromkeys("abcde", "coder")),
        (0, "b: Who wrote this document", dict.fromkeys("abcde", "himself")),
        (0, "d: Does the sentence itself say", dict.fromkeys("abcde", "other man")),
        (0, "e: A translator's remark", dict.fromkeys("abcde", "translator")),
        (2, "a: Does the sentence itself say", {"a": "other man"}),
        (1, "d: Does the sentence itself say", {"d": "other man", "e": "other man"}),
        (0, "b: Read the sentence for a word", {"b": "coder", "c": "coder", "e": "other man"}),
        (0.5, "b: Not answered yet.", '= {"a": "himself"}'),
        (1, "a: Not answered yet.", '= {"d": "coder", "e": "coder"}'),
        (2, '"Mao" is not one of the options', {"e": "Mao"}),
        (0, "Not answered yet.", "= None"),
        (0, "not one of the options", dict.fromkeys("abcde", "coder or other man")),
    ],
    "letter-received": [
        (1, "Agrees: This counts every sentence", "answer_agrees = 7"),
        (1, "Complains: This counts every sentence", "answer_complains = 5"),
        (0, "This counts every sentence", "answer_agrees = 7; answer_complains = 5"),
        (1, "Agrees: You have left out", "answer_agrees = 2"),
        (1, "Complains: You have left out", "answer_complains = 1"),
        (1, "Whose statement does it confirm", "answer_agrees = 5"),
        (1, "Who had said that", "answer_complains = 2"),
        (0, "4 is not right", "answer_agrees = 4; answer_complains = 4"),
        (0, "is not right", "answer_agrees = 3; answer_complains = 6"),
        (1, "Complains: Not answered yet.", "answer_complains = None"),
        (0, "is not a number of", 'answer_agrees = "6 paragraphs"; answer_complains = "most of them"'),
        (0, "is not right", "answer_agrees = 8; answer_complains = 4"),
        (0, "Not answered yet.", "answer_agrees = answer_complains = None"),
        (0, "This is", "answer_agrees = acts[acts['act'] == 'agrees']['n']; answer_complains = [12, 12, 14]"),
    ],
    "rules-tried": [
        (0, "a: Print the tokens", dict.fromkeys("abcdef", "alphanumeric")),
        (0, "c: Try the rules one by one on the whole document.", dict.fromkeys("abcdef", "every")),
        (0, "d: What does this rule do", dict.fromkeys("abcdef", "letters")),
        (0, "b: Try the rules one by one on the whole document, in lower", dict.fromkeys("abcdef", "none")),
        (0, "f: This rule only cuts at spaces", dict.fromkeys("abcdef", "whitespace")),
        (1.5, "a: Try the rules one by one", {"a": "none", "f": "whitespace"}),
        (1.5, "d: What does this rule do", {"c": "alphanumeric", "d": "letters"}),
        (2.5, "e: Not answered yet.", '= {"a": "letters", "b": "every", "c": "whitespace", "d": "alphanumeric", "f": "none"}'),
        (0.5, "b: Not answered yet.", '= {"a": "letters"}'),
        (2.5, 'e: "punctuation" is not one of the options', {"e": "punctuation"}),
        (0, "not one of the options", dict.fromkeys("abcdef", "letters and whitespace")),
        (0, "Not answered yet.", "= {}"),
    ],
    "values-traced": [
        (2.5, "c: Look for it in the text as received", {"c": "file"}),
        (2.5, "d: Could a program find this", {"d": "code"}),
        (1.5, "b: Look for it in the text", {"b": "file", "f": "file"}),
        (1.5, "a: Could a program find this", {"a": "code", "e": "code"}),
        (0, "f: Look for it", dict.fromkeys("abcdef", "file")),
        (0, "e: Look at the table of documents", dict.fromkeys("abcdef", "nowhere")),
        (0, "a: Would two careful readers", dict.fromkeys("abcdef", "coder")),
        (0, "Not answered yet.", "= {}"),
        (0.5, "b: Not answered yet.", '= {"a": "file"}'),
        (0, "", "= 6"),
        (2.5, 'd: "a historian" is not one of the options', {"d": "a historian"}),
    ],
    "sentences-drawn": [
        (0, "b: Whose words were counted", dict.fromkeys("abcdef", "nothing")),
        (0, "a: Compute it", dict.fromkeys("abcdef", "number")),
        (0, "a: About how many people", dict.fromkeys("abcdef", "sample")),
        (0, "c: Is the sentence about what was said", dict.fromkeys("abcdef", "talk")),
        (0, "d: What is counted here", dict.fromkeys("abcdef", "unit")),
        (2.5, "e: Compute it", {"e": "number"}),
        (1.5, "b: About how many people", {"b": "sample", "f": "number"}),
        (2.5, "d: Whose words were counted", {"d": "nothing"}),
        (1, "c: Not answered yet.", '= ["nothing", "talk"]'),
        (2.5, "a: Not answered", '= {"b": "talk", "c": "sample", "d": "number", "e": "unit", "f": "talk"}'),
        (2.5, 'a: "true" is not one of the options', {"a": "true"}),
        (0, "Not answered yet.", dict.fromkeys("abcdef", "")),
    ],
    "repairs-priced": [
        (0, "a: Are there two renderings", dict.fromkeys("abcdef", "drafts")),
        (0, "c: Would these words be odd", dict.fromkeys("abcdef", "language")),
        (0, "b: Can you state two different", dict.fromkeys("abcdef", "meaning")),
        (0, "d: Read the reason in the register", dict.fromkeys("abcdef", "nothing")),
        (2.5, "e: Can you state two different", {"e": "meaning"}),
        (2.5, "c: Read the reason in the register", {"c": "nothing"}),
        (1.5, "f: Read the reason in the register", {"d": "drafts", "f": "nothing"}),
        (1, "c: Not answered yet.", '= ["nothing", "language"]'),
        (2.5, 'b: "a name" is not one of the options', {"b": "a name"}),
        (0, "Not answered yet.", "= {}"),
        (0, "not one of the options", dict.fromkeys("abcdef", "meaning or language")),
    ],
    "visit-read": [
        (1, "Program: 4 is not right", "answer_program = 4"),
        (1, "Program: Was a sentence cut", "answer_program = 5"),
        (1, "Reader: Was a sentence cut", "answer_reader = 5"),
        (1, "Reader: 3 is not right", "answer_reader = 3"),
        (1, "Reader: Are headings and signatures", "answer_reader = 6"),
        (0, "is not right", "answer_program = 2; answer_reader = 7"),
        (1, "Reader: Not answered yet.", "answer_reader = None"),
        (0, "Not answered yet.", "answer_program = answer_reader = None"),
        (0, "This is a list", "answer_program = document.paragraphs; answer_reader = document.closing"),
        (1, "is not a number of paragraphs", 'answer_reader = "4 or 5"'),
        (0, "is not a number of paragraphs", 'answer_program = "3 lines"; answer_reader = "several"'),
    ],
    "lines-healed": [
        (1, "the cable with a paragraph cut in two:", "def count_paragraphs(lines):\n    return len(lines)"),
        (1, "a last line without an end: the result", 'def count_paragraphs(lines):\n    return sum(line[-1] in \'.?!"\' for line in lines)'),
        (0, "a question and a quotation: the result", "def count_paragraphs(lines):\n    return len([i for i in range(len(lines)) if i == 0 or lines[i - 1].endswith('.')])"),
        (2, "no lines: the function raises", 'def count_paragraphs(lines):\n    return 1 + sum(line[-1] in \'.?!"\' for line in lines[:-1]) + 0 * len(lines[0])'),
        (0, "the same result for every", "def count_paragraphs(lines):\n    return 21"),
        (0, "Not answered yet.", "count_paragraphs = None"),
        (0, "returns nothing", "def count_paragraphs(lines):\n    pass"),
        (0, "TypeError", "def count_paragraphs(lines):\n    return lines + 1"),
        (0, "In every case the function gives a", "def count_paragraphs(lines):\n    return str(len(lines))"),
        (0, "NameError", "def count_paragraphs(lines):\n    return len(paragrafs)"),
    ],
})
# fmt: on

# Functions that a student writes who has not thought of the difficulty.
NAIVE = {
    "lines-healed": {
        "counts lines": "def count_paragraphs(lines):\n    return len(lines)",
        "counts lines with an end": "def count_paragraphs(lines):\n    return sum(line.endswith(('.', '?', '!', '\"')) for line in lines)",
        "counts full stops at an end": "def count_paragraphs(lines):\n    return sum(line.endswith('.') for line in lines)",
        "counts full stops": "def count_paragraphs(lines):\n    return ' '.join(lines).count('.')",
        "counts capital letters": "def count_paragraphs(lines):\n    return sum(line[:1].isupper() for line in lines)",
        "only a full stop ends": "def count_paragraphs(lines):\n    return sum(line.endswith('.') for line in lines[:-1]) + (len(lines) > 0)",
    },
}
