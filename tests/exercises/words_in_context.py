"""Answers to the exercise `words-in-context` as students would write them, and what each must get.

Each answer is the text of the answer cell, which runs after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

# Each answer is on one line where possible, so that answers are easy to compare.
# ruff: noqa: E501

from tests.exercises.writings import choices, number, together, wrong

_SPLIT = 'talk["document_id"] = "host"\ntalk.loc[talk["paragraph_id"] == "mao-1963-p20", "document_id"] = "guest"\n'

RIGHT = {
    "conflicts-read": [
        *together(
            answer_contradiction=number(0, "lines"),
            answer_quarrel=number(1, "lines"),
            answer_struggle=number(3, "lines"),
        ),
        'answer_contradiction = "zero"; answer_quarrel = "one"; answer_struggle = "three"',
        'answer_contradiction = 0; answer_quarrel = 1; answer_struggle = len(concordance("struggle*"))',
        'c = concordance("quarrel*")\nanswer_contradiction = 0; answer_quarrel = (c["paragraph_id"] == "mao-1963-p15").sum(); answer_struggle = 3',
        "import numpy as np\nanswer_contradiction, answer_quarrel, answer_struggle = np.array([0, 1, 3])",
    ],
    "albania-by-speaker": [
        *together(answer_rate_host=number(1.7), answer_rate_guest=number(18.8)),
        _SPLIT
        + 'r = count_terms(["Albania*"], paragraphs=talk)\nanswer_rate_host, answer_rate_guest = [r[r["document_id"] == who]["per_1000"].iloc[0] for who in ["host", "guest"]]',
        _SPLIT
        + 'r = count_terms({"Albania": ["Albania", "Albanian"]}, paragraphs=talk).set_index("document_id")\nanswer_rate_host = 1000 * r.loc["host", "n"] / r.loc["host", "n_tokens"]\nanswer_rate_guest = 1000 * r.loc["guest", "n"] / r.loc["guest", "n_tokens"]',
        "answer_rate_host = 1000 * 2 / 1204; answer_rate_guest = 1000 * 3 / 160",
        "answer_rate_host = round(2 / 1.204, 1); answer_rate_guest = round(3 / 0.160, 2)",
        'words = paragraphs.set_index("paragraph_id")["n_words"]\nanswer_rate_guest = 1000 * 3 / words["mao-1963-p20"]\nanswer_rate_host = 1000 * 2 / words["mao-1963-p04":"mao-1963-p19"].sum()',
        'answer_rate_host = "1.7 per 1,000 words"; answer_rate_guest = "18.8 per 1,000 words"',
        'my_name = "Dana"\ntalk["document_id"] = ["guest" if p == "mao-1963-p20" else "host" for p in talk["paragraph_id"]]\nrates = count_terms("Yugoslav*", paragraphs=talk).set_index("document_id")["per_1000"]\nanswer_rate_host, answer_rate_guest = rates["host"], rates["guest"]',
        'my_name = "Bao"\ntalk["document_id"] = ["guest" if p == "mao-1963-p20" else "host" for p in talk["paragraph_id"]]\nrates = count_terms("meeting*", paragraphs=talk).set_index("document_id")["per_1000"]\nanswer_rate_host, answer_rate_guest = rates["host"], rates["guest"]',
        'my_name = "Ada"\ntalk["document_id"] = ["guest" if p == "mao-1963-p20" else "host" for p in talk["paragraph_id"]]\nrates = count_terms("fraternal*", paragraphs=talk).set_index("document_id")["per_1000"]\nanswer_rate_host, answer_rate_guest = rates["host"], rates["guest"]',
    ],
    "unity-quoted": [
        'answer_unity = "As long as we have the courage and strength to quarrel"',
        'answer_unity = "have the courage and strength to quarrel (1963, ¶ 15)"',
        'answer_unity = "“the courage and strength to quarrel”"',
        'answer_unity = "AS LONG AS WE HAVE THE COURAGE AND STRENGTH TO QUARREL"',
        'answer_unity = "the courage and strength to quarrel ... achieve unity"',
        'answer_unity = "as long as [they] have the courage and strength to quarrel. (¶ 15)"',
        'answer_unity = ["strength to quarrel, we will also have the courage"]',
        'text = paragraphs.set_index("paragraph_id").loc["mao-1963-p15", "text"]\nanswer_unity = text[text.index("As long as") : text.index(", we will also")]',
        'answer_unity = "strength to quarrel [with each other]"',
        'answer_unity = "we have the courage and strength to quarrel … achieve unity (mao-1963-p15)"',
    ],
    "comrades-named": [
        *choices(
            "answer_comrades",
            {
                "a": "neither",
                "b": "record",
                "c": "cable",
                "d": "cable",
                "e": "record",
                "f": "neither",
            },
        ),
        'answer_comrades = ["none", "the record", "the cable", "mao-1963", "deng-1962", "none"]',
    ],
    "choices-traced": [
        *choices(
            "answer_choosers",
            {
                "a": "speaker",
                "b": "translator",
                "c": "note-taker",
                "d": "speaker",
                "e": "archive",
                "f": "note-taker",
            },
        ),
        'answer_choosers = ["the speaker", "the translator", "the note-taker", "the speaker", "the archive", "note taker"]',
    ],
    "zeros-checked": [
        *choices(
            "answer_zeros",
            {
                "a": "other name",
                "b": "header",
                "c": "absent",
                "d": "misspelled",
                "e": "other name",
                "f": "absent",
            },
        ),
        'answer_zeros = ["abbreviation", "the header", "absent", "misspelt", "another name", "really absent"]',
    ],
    "letters-sorted": [
        *together(answer_from_moscow=number(10, "lines"), answer_from_beijing=number(1, "lines")),
        'answer_from_moscow = "ten"; answer_from_beijing = "one"',
        "answer_from_moscow = 12 - 2; answer_from_beijing = 12 - 11",
        'lines = concordance("letter*")\nlines = lines[lines["paragraph_id"].str.contains("mao")]\nanswer_from_moscow = (lines["paragraph_id"] != "mao-1963-p12").sum() + 1; answer_from_beijing = 1',
        'answer_from_moscow = len("p01 p03 p04 p04 p12 p14 p15 p16 p17 p18".split()); answer_from_beijing = len(["p12"])',
        "import numpy as np\nanswer_from_moscow, answer_from_beijing = np.int64(10), np.int64(1)",
    ],
    "states-caught": [
        *together(answer_countries=number(4, "lines"), answer_verbs=number(2, "lines")),
        'answer_countries = "four"; answer_verbs = "two"',
        "answer_countries = [4]; answer_verbs = (2,)",
        'c = concordance("United States")\nanswer_countries = len(c); answer_verbs = 2',
        'answer_countries = count_terms("United States")["n"].sum(); answer_verbs = 8 - 4 - 2',
        'c = concordance("state*")\nc = c[c["paragraph_id"].str.startswith("mao")]\nanswer_countries = sum(c["node"] == "States"); answer_verbs = sum(c["node"].isin(["states", "stated"]))',
        "import numpy as np\nanswer_countries, answer_verbs = np.array([4, 2])",
    ],
    "years-counted": [
        'def count_years(text):\n    return len(re.findall(r"\\b19\\d\\d\\b", text))',
        'import re\ndef count_years(text):\n    return sum(1 for _ in re.finditer(r"(?<!\\d)19[0-9]{2}(?!\\d)", text))',
        'def count_years(text):\n    return len([n for n in re.findall(r"\\d+", text) if len(n) == 4 and n.startswith("19")])',
        'def count_years(text):\n    return int(pd.Series([text]).str.count(r"\\b19\\d{2}\\b").iloc[0])',
        'count_years = lambda text: len(re.compile(r"\\b19\\d\\d\\b").findall(text))',
        'def count_years(text):\n    n = 0\n    for number in re.split(r"\\D+", text):\n        if len(number) == 4 and number[:2] == "19":\n            n += 1\n    return n',
        'def count_years(text):\n    clean = "".join(c if c.isdigit() else " " for c in text)\n    return float(sum(1900 <= int(w) <= 1999 and len(w) == 4 for w in clean.split()))',
        'def count_years(text, pattern=r"\\b(19\\d\\d)\\b"):\n    return len(list(re.finditer(pattern, text)))',
        'def count_years(text):\n    years = re.findall(r"\\b19[0-9][0-9]\\b", text)\n    return len(years)',
        'def count_years(text):\n    n = 0\n    for match in re.finditer(r"\\b19\\d{2}\\b", text):\n        n = n + 1\n    return n',
    ],
}

# One case on each line, as in a table.
# fmt: off
WRONG = wrong(RIGHT, {
    "conflicts-read": [
        (1, "Contradiction: 3 is not right", "answer_contradiction = answer_quarrel = answer_struggle = 3"),
        (2, "Quarrel: 3 is not right", "answer_quarrel = 3"),
        (2, "Whose quarrel is it", "answer_quarrel = 2"),
        (2, "Struggle: 0 is not right", "answer_struggle = 0"),
        (2, "count the lines", "answer_struggle = 2"),
        (1, "Contradiction: 2 is not right", "answer_contradiction = 2; answer_struggle = 1"),
        (1, "Quarrel: Not answered yet.", "answer_quarrel = None; answer_struggle = None"),
        (0, "Not answered yet.", "answer_contradiction = answer_quarrel = answer_struggle = None"),
        (0, "is not a number", 'answer_contradiction = "many"; answer_quarrel = "p15 lines"; answer_struggle = "all"'),
        (1, "Struggle: 4 is not right", "answer_contradiction = 1; answer_struggle = 4"),
        (0, "is not right", "answer_contradiction = 1; answer_quarrel = 0; answer_struggle = 1"),
    ],
    "albania-by-speaker": [
        (0, "Host: This is the count", "answer_rate_host = 2; answer_rate_guest = 3"),
        (1, "Guest: This is the count", "answer_rate_guest = 3"),
        (0, "the share of one word in one", "answer_rate_host = 2 / 1204; answer_rate_guest = 3 / 160"),
        (0, "not by those of the whole cable", "answer_rate_host = 1.27; answer_rate_guest = 1.98"),
        (1, "Host: 3.3 is not right", "answer_rate_host = 3.3"),
        (0, "is not right", "answer_rate_host = 18.8; answer_rate_guest = 1.7"),
        (1, "Guest: Not answered yet.", "answer_rate_host = 1.66; answer_rate_guest = None"),
        (0, "Not answered yet.", "answer_rate_host = answer_rate_guest = None"),
        (1, "Guest: 19 is not right", "answer_rate_host = 1.66; answer_rate_guest = 19"),
        (0, "is not a number", 'answer_rate_host = "low"; answer_rate_guest = "high"'),
        (1, "Host: 1.6 is not right", "answer_rate_host = 1.6; answer_rate_guest = 18.75"),
        (1, "Host: This is the count", "answer_rate_host = 2.05"),
        (1, "the share of one word in one", "answer_rate_host = 0.05"),
    ],
    "unity-quoted": [
        (0, "", '= "the conference should be a means to ensure this unity"'),
        (1, "not quite those", '= "As long as we have courage and strength to quarrel"'),
        (0, "", '= "future generations will not forgive us"'),
        (0, "", '= "Their quarrels are good for us"'),
        (0, "Not answered yet.", '= ""'),
        (0, "", '= "the courage and strength to overcome differences"'),
        (0, "", "= 15"),
        (0, "", '= "First they quarrel and then they make up"'),
        (0, "", '= paragraphs.set_index("paragraph_id").loc["mao-1963-p15", "text"]'),
        (0, "", '= "the masses of today will not forgive us"'),
        (1, "at least 3 words", '= "to quarrel"'),
        (0, "too short", '= "our differences"'),
        (0, "not the words that the question asks for", '= "to resolve our differences and achieve unity"'),
        (0, "is too long: it has 13", '= "As long as we have the courage and strength to quarrel, we will"'),
    ],
    "comrades-named": [
        (0, "a: Read the lines of your concordance", dict.fromkeys("abcdef", "both")),
        (0, "b: Is the title directly before this name, and in", dict.fromkeys("abcdef", "cable")),
        (0, "c: Did you search for", dict.fromkeys("abcdef", "neither")),
        (0, "d: Is the title directly before this name here", dict.fromkeys("abcdef", "record")),
        (1.5, "b: Did you search for", {"b": "neither", "e": "neither"}),
        (2.5, "a: Is the title directly before this name, and in", {"a": "cable"}),
        (2.5, "c: Read the lines of your concordance", {"c": "both"}),
        (1, "c: Not answered yet.", '= ["neither", "record"]'),
        (2.5, 'f: "Soviet" is not one of the options', {"f": "Soviet"}),
        (0, "not one of the options", dict.fromkeys("abcdef", "record or cable")),
        (0, "Not answered yet.", "= None"),
    ],
    "choices-traced": [
        (0, "a: Is this in the document itself", dict.fromkeys("abcdef", "archive")),
        (0, "b: Is this a remark about the talk", dict.fromkeys("abcdef", "note-taker")),
        (0, "c: Is anybody reported", dict.fromkeys("abcdef", "speaker")),
        (0, "d: Could the Russian or Chinese", dict.fromkeys("abcdef", "translator")),
        (2.5, "b: Is anybody reported", {"b": "speaker"}),
        (2.5, "e: Could the Russian or Chinese", {"e": "translator"}),
        (1.5, "d: Is this a remark about the talk", {"a": "note-taker", "d": "note-taker"}),
        (2.5, "f: Is this in the document itself", {"f": "archive"}),
        (1, "c: Not answered yet.", '= {"a": "speaker", "b": "translator"}'),
        (2.5, 'a: "a Chinese proverb" is not one of the options', {"a": "a Chinese proverb"}),
        (0, "Not answered yet.", "= {}"),
    ],
    "zeros-checked": [
        (0, "a: Look again", dict.fromkeys("abcdef", "absent")),
        (0, "c: Print the header lines", dict.fromkeys("abcdef", "header")),
        (0, "e: Which word of the text", dict.fromkeys("abcdef", "misspelled")),
        (0, "f: Which words of the text", dict.fromkeys("abcdef", "other name")),
        (2.5, "e: Look again", {"e": "absent"}),
        (1.5, "d: Look again", {"a": "absent", "d": "absent"}),
        (2.5, "b: Which words of the text", {"b": "other name"}),
        (1, "c: Not answered yet.", '= ["other name", "header"]'),
        (2.5, 'c: "avoided" is not one of the options', {"c": "avoided"}),
        (0, "not one of the options", dict.fromkeys("abcdef", "absent or header")),
        (0, "Not answered yet.", dict.fromkeys("abcdef", "")),
    ],
    "letters-sorted": [
        (1, "From Moscow: This counts every line", "answer_from_moscow = 12"),
        (1, "From Moscow: Read the letters of", "answer_from_moscow = 11"),
        (1, "From Beijing: Read the letters of", "answer_from_beijing = 2"),
        (0, "31 is not right", 'answer_from_moscow = len(concordance("letter*")); answer_from_beijing = 0'),
        (0, "is not right", "answer_from_moscow = 1; answer_from_beijing = 10"),
        (1, "From Beijing: Not answered yet.", "answer_from_beijing = None"),
        (0, "Not answered yet.", "answer_from_moscow = answer_from_beijing = None"),
        (1, "From Moscow: 9 is not right", "answer_from_moscow = 9"),
        (1, "From Beijing: 3 is not right", "answer_from_beijing = 3"),
        (0, "is not a number of", 'answer_from_moscow = "nearly all"; answer_from_beijing = "1 letter"'),
    ],
    "states-caught": [
        (1, "Countries: This counts every line", "answer_countries = 8"),
        (1, "Countries: Is a statement", "answer_countries = 6"),
        (1, "Verbs: 4 is not right", "answer_verbs = 4"),
        (1, "Verbs: Is this the cable", "answer_verbs = 9"),
        (0, "is not right", "answer_countries = 2; answer_verbs = 6"),
        (1, "Verbs: Not answered yet.", "answer_verbs = None"),
        (0, "Not answered yet.", "answer_countries = answer_verbs = None"),
        (0, "3 is not right", "answer_countries = 3; answer_verbs = 1"),
        (0, "the question asks for a number", 'answer_countries = "the US"; answer_verbs = "states, stated"'),
        (0, "15 is not right", 'answer_countries = count_terms("state*")["n"].sum(); answer_verbs = 7'),
    ],
    "years-counted": [
        (2, "a longer number: the result", 'def count_years(text):\n    return len(re.findall(r"19\\d\\d", text)) if "119620" in text else len(re.findall(r"\\b19\\d\\d\\b", text))'),
        (1, "other centuries:", 'def count_years(text):\n    return len(re.findall(r"\\b\\d{4}\\b", text))'),
        (0, "a year twice: the result", 'def count_years(text):\n    return len(set(re.findall(r"\\b19\\d\\d\\b", text)))'),
        (2, "years in brackets and at an edge: the result", 'def count_years(text):\n    return len([w for w in text.split() if len(w.strip(".,")) == 4 and w.startswith("19")])'),
        (0, "the same result for every", "def count_years(text):\n    return 3"),
        (0, "Not answered yet.", "count_years = None"),
        (0, "returns nothing", "def count_years(text):\n    pass"),
        (0, "TypeError", "def count_years(text):\n    return text + 1"),
        (0, "gives a text", 'def count_years(text):\n    return str(len(re.findall(r"19", text)))'),
        (0, "NameError", 'def count_years(text):\n    return len(regex.findall(r"\\b19\\d\\d\\b", text))'),
    ],
})
# fmt: on

# Functions that a student writes who has not thought of the difficulty.
NAIVE = {
    "years-counted": {
        "counts 19": "def count_years(text):\n    return text.count('19')",
        "no edges": "import re\ndef count_years(text):\n    return len(re.findall(r'19\\d\\d', text))",
        "four digits": "import re\ndef count_years(text):\n    return len(re.findall(r'\\b\\d{4}\\b', text))",
        "each year once": "import re\ndef count_years(text):\n    return len(set(re.findall(r'\\b19\\d\\d\\b', text)))",
        "begins with 19": "import re\ndef count_years(text):\n    return len(re.findall(r'\\b19', text))",
        "splits": "def count_years(text):\n    return len([w for w in text.split() if w.startswith('19') and len(w) == 4])",
        "a constant, computed": "def count_years(text):\n    return float('1')",
    },
}
