"""Answers to the exercise `side-by-side` as students would write them, and what each must get.

Each answer is the text of the answer cell, which runs after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

from tests.exercises.writings import choices, wrong

# Each answer is on one line where possible, so that answers are easy to compare.
# ruff: noqa: E501

RIGHT = {
    "differences-classed": choices(
        "answer_cases",
        {
            "a": "agreement",
            "b": "1963 alone",
            "c": "1962 alone",
            "d": "disagreement",
            "e": "different things",
            "f": "1962 alone",
        },
    ),
    "parties-left-out": [
        'answer_left_out = ["Great Britain", "Sweden"]\nanswer_events = "in connection with the events during the Stockholm session"',
        'answer_left_out = {"sweden", "great britain"}\nanswer_events = "they condemn us in connection with the events during the Stockholm session"',
        'answer_left_out = ("British", "Swedish")\nanswer_events = "the events during the Stockholm session of the Worldwide Council on Peace"',
        'answer_left_out = "Great Britain and Sweden"\nanswer_events = "“the events during the Stockholm session”"',
        'answer_left_out = ["UK", "Sweden"]\nanswer_events = "THE STOCKHOLM SESSION of the Worldwide Council on Peace."',
        'answer_left_out = ["CPGB", "SKP"]\nanswer_events = "they condemn us ... during the Stockholm session"',
        'answer_left_out = {"Indonesia", "Vietnam", "Britain", "Sweden", "New Zealand"} - {"Indonesia", "Vietnam", "New Zealand"}\nanswer_events = "condemn us [the CCP] in connection with the events during the Stockholm session"',
        'answer_left_out = ["the Communist Party of Great Britain", "the Communist Party of Sweden"]\nanswer_events = "the events during the Stockholm session (¶ 13)"',
        'answer_left_out = ["Great Brittain", "Sweeden"]\nanswer_events = ["in which they condemn us in connection with the events during the Stockholm session"]',
        'answer_left_out = "Britain; Sweden"\nanswer_events = "deng-1962-p13: the events during the Stockholm session"',
        'answer_left_out = ["England", "Swedish Communist Party"]\nanswer_events = "events during the Stockholm session of the Worldwide Council on Peace"',
        'answer_left_out = "1. Great Britain\\n2. Sweden"\nanswer_events = paragraphs.loc["deng-1962-p13", "text"].split("letters in which ")[1].split(" of the Worldwide")[0]',
    ],
    "roles-told-apart": choices(
        "answer_roles", {"a": "CCP", "b": "other parties", "c": "CPSU", "d": "all parties"}
    ),
    "april-explained": choices(
        "answer_finds",
        {
            "a": "second letter",
            "b": "cable wrong",
            "c": "record wrong",
            "d": "none",
            "e": "cable wrong",
            "f": "second letter",
        },
    ),
    "objections-matched": choices(
        "answer_objections",
        {"a": "same side", "b": "part", "c": "archive", "d": "key points", "e": "late", "f": "key points"},
    ),
    "checkable-in-print": choices(
        "answer_passages",
        {"a": "content", "b": "no text", "c": "other text", "d": "words", "e": "content", "f": "other text"},
    ),
    "print-findings-weighed": choices(
        "answer_findings",
        {"a": "translation", "b": "cut", "c": "wrong", "d": "supported", "e": "nothing", "f": "wrong"},
    ),
    "words-of-one-text": [
        "import re\ndef count_only_in(first, second):\n    return len(set(re.findall('[a-z]+', first.lower())) - set(re.findall('[a-z]+', second.lower())))",
        "import re\ndef count_only_in(first, second):\n    a = set(re.findall(r'[a-z]+', first.lower())); b = set(re.findall(r'[a-z]+', second.lower()))\n    return len(a.difference(b))",
        "import re\ndef count_only_in(first, second):\n    found = []\n    there = re.findall('[a-z]+', second.lower())\n    for word in re.findall('[a-z]+', first.lower()):\n        if word not in there and word not in found:\n            found.append(word)\n    return len(found)",
        "import re\ndef words(text):\n    return set(re.findall(r'[a-z]+', text.lower()))\ndef count_only_in(first, second):\n    return float(len(words(first) - words(second)))",
        "import re\ncount_only_in = lambda first, second: len({w for w in re.findall('[a-z]+', first.lower())} - {w for w in re.findall('[a-z]+', second.lower())})",
        "def count_only_in(first, second):\n    def words(text):\n        return set(''.join(c if 'a' <= c <= 'z' else ' ' for c in text.lower()).split())\n    return len(words(first) - words(second))",
        "import re\ndef count_only_in(first, second):\n    return sum(1 for w in set(re.findall('[a-z]+', first.lower())) if w not in set(re.findall('[a-z]+', second.lower())))",
        "import pandas as pd\nimport pandas as pd\nimport re\ndef count_only_in(first, second):\n    a, b = (pd.Series(re.findall('[a-z]+', t.lower()), dtype=object) for t in (first, second))\n    return a[~a.isin(b)].nunique()",
        "import re\ndef count_only_in(first, second):\n    seen = {}\n    for word in re.findall(r'[a-z]+', second.lower()):\n        seen[word] = True\n    new = []\n    for word in re.findall(r'[a-z]+', first.lower()):\n        if word not in seen:\n            seen[word] = True\n            new.append(word)\n    return len(new)",
        "import re\ndef count_only_in(first, second):\n    both = set(re.findall('[a-z]+', (first + ' ' + second).lower()))\n    return len(both) - len(set(re.findall('[a-z]+', second.lower())))",
        "import re\ndef count_only_in(first, second):\n    seen = {}\n    for word in re.findall(r'[a-z]+', second.lower()):\n        seen[word] = True\n    new = []\n    for word in re.findall(r'[a-z]+', first.lower()):\n        if word not in seen:\n            seen[word] = True\n            new.append(word)\n    return len(new)",
        "import re\ndef count_only_in(first, second):\n    both = set(re.findall('[a-z]+', (first + ' ' + second).lower()))\n    return len(both) - len(set(re.findall('[a-z]+', second.lower())))",
    ],
}

# One case on each line, as in a table.
# fmt: off
WRONG = wrong(RIGHT, {
    "differences-classed": [
        (2.5, "a: Find the place in each document: do the two really", {"a": "different things"}),
        (2.5, "e: Find the place in each document: is it the same point", {"e": "agreement"}),
        (2.5, "b: Find the place in each document: do they contradict", {"b": "disagreement"}),
        (2.5, "b: Read the cable once more", {"b": "1962 alone"}),
        (2.5, "c: Read the record once more", {"c": "1963 alone"}),
        (2.5, "d: Find the place in each document: is it", {"d": "agreement"}),
        (1.5, "e: Find the place in each document: do they", {"a": "disagreement", "e": "disagreement"}),
        (0, "a: Read the cable", dict.fromkeys("abcdef", "1962 alone")),
        (0, "c: Find the place", dict.fromkeys("abcdef", "agreement")),
        (0.5, "f: Not answered yet.", '= {"a": "agreement"}'),
        (2.5, "f: Read the record once more", {"f": "the cable alone"}),
        (0, "Not answered yet.", "= {}"),
        (2.5, 'd: "silence" is not one of the options', {"d": "silence"}),
    ],
    "parties-left-out": [
        (1, "Events: Not answered", 'answer_left_out = ["Sweden", "Great Britain"]; answer_events = \'\''),
        (1, "Countries: Not answered yet.", 'answer_events = "the events during the Stockholm session"; answer_left_out = []'),
        (1.5, '"New Zealand" does not belong', 'answer_left_out = ["Great Britain", "Sweden", "New Zealand"]; answer_events = "the events during the Stockholm session"'),
        (1.5, "1 of 2 found", 'answer_left_out = ["Sweden"]; answer_events = "the events during the Stockholm session"'),
        (0, "does not belong", 'answer_left_out = ["Indonesia", "Vietnam", "New Zealand"]; answer_events = "a conference of fraternal parties to discuss this issue"'),
        (0, "does not belong", 'answer_left_out = ["Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand"]; answer_events = \'\''),
        (1.5, "not quite those", 'answer_left_out = "Sweden, Britain"; answer_events = "they condemned us in connection with the events during the Stockholm session"'),
        (1, "at least 3 words", 'answer_left_out = "Sweden, Britain"; answer_events = "Stockholm session"'),
        (1, "is too long", 'answer_left_out = "Sweden, Britain"; answer_events = paragraphs.loc["deng-1962-p13", "text"]'),
        (1, "not the words", 'answer_left_out = "Sweden, Britain"; answer_events = "the Stockholm session"'),
        (1, "not the words that the question asks for", 'answer_left_out = "Sweden, Britain"; answer_events = "some fraternal parties sent the CC CCP letters"'),
        (0, "does not belong", 'answer_left_out = ["France", "Finland"]; answer_events = "The Chinese party was blamed for a peace congress in Sweden."'),
        (0, "Countries: There is no `answer_left_out`", "del answer_left_out; answer_events = ''"),
        (1, "not the place that the question asks for", 'answer_left_out = ["Sweden", "UK"]; answer_events = "the session of the VSNP was still continuing"'),
    ],
    "roles-told-apart": [
        (1.5, "d: Does the sentence speak of some parties", {"d": "other parties"}),
        (1.5, "c: Is this something that Deng's own party", {"c": "CCP"}),
        (1.5, "b: Is this something", {"b": "CCP"}),
        (1.5, "a: Does the sentence speak of the Soviet party", {"a": "CPSU"}),
        (1.5, "b: Does the sentence really speak of every party", {"b": "all parties"}),
        (1, "d: Does the sentence speak of the Soviet", {"a": "other parties", "d": "CPSU"}),
        (0, "a: Does the sentence", dict.fromkeys("abcd", "other parties")),
        (0, "b: Is this", dict.fromkeys("abcd", "CCP")),
        (1, "c: Not answered yet.", '= {"a": "CCP", "b": "other parties"}'),
        (0, "Not answered yet.", "= {}"),
        (1.5, 'c: "1957" is not one of the options', {"c": "1957"}),
        (0, "", "= True"),
        (1.5, "c: Does the sentence really", {"c": "all parties"}),
    ],
    "april-explained": [
        (2.5, "d: Does this find tell anything", {"d": "cable wrong"}),
        (2.5, "e: Would this find leave", {"e": "none"}),
        (2.5, "c: Does this find show more than one", {"c": "second letter"}),
        (2.5, "a: Does this find change the day", {"a": "record wrong"}),
        (2.5, "b: Does this find show", {"b": "second letter"}),
        (2.5, "f: Does this find tell", {"f": "the cable is wrong"}),
        (1.5, "e: Would this find leave", {"b": "none", "e": "none"}),
        (0, "b: Does this find show", dict.fromkeys("abcdef", "second letter")),
        (0, "a: Does this find tell", dict.fromkeys("abcdef", "cable wrong")),
        (1, "c: Not answered yet.", '= ["two letters", "cable"]'),
        (0, "Not answered yet.", "= None"),
        (0, "There is no `answer_finds`", "del answer_finds"),
        (2.5, "c: Does this find tell", {"c": "cable wrong"}),
    ],
    "objections-matched": [
        (2.5, "a: When was the text made", {"a": "late"}),
        (2.5, "b: Which of the four texts", {"b": "key points"}),
        (2.5, "f: Look up in the chapter", {"f": "part"}),
        (2.5, "e: Does the conclusion rest on two", {"e": "same side"}),
        (2.5, "e: Does the conclusion rest on the place", {"e": "archive"}),
        (2.5, "c: When was", {"c": "late"}),
        (1.5, "d: Look up", {"d": "part", "f": "part"}),
        (0, "a: Which of the four", dict.fromkeys("abcdef", "key points")),
        (0, "b: When was", dict.fromkeys("abcdef", "late")),
        (1, "d: Not answered yet.", '= {"a": "same side", "b": "part"}'),
        (0, "Not answered yet.", '= ""'),
        (2.5, 'c: "translation" is not one of the options', {"c": "translation"}),
        (0, "There is no `answer_objections`", "del answer_objections"),
    ],
    "checkable-in-print": [
        (2.5, "a: Look for the quotation marks", {"a": "words"}),
        (2.5, "b: Does the cable say here", {"b": "content"}),
        (2.5, "c: Does the cable say here", {"c": "content"}),
        (2.5, "e: Does the sentence speak of something", {"e": "no text"}),
        (2.5, "a: Whose text", {"a": "other text"}),
        (2.5, "f: Does the sentence speak", {"f": "no text"}),
        (2.5, "d: Does the cable say here", {"d": "content"}),
        (1.5, "b: Look for the quotation marks", {"a": "words", "b": "words"}),
        (0, "a: Look for", dict.fromkeys("abcdef", "words")),
        (0, "c: Does the cable", dict.fromkeys("abcdef", "content")),
        (1.5, "d: Not answered yet.", "= ['content', 'no text', 'other text']"),
        (0, "Not answered yet.", "= []"),
        (2.5, "e: Look for the quotation marks", {"e": "words"}),
        (0, "There is no `answer_passages`", "del answer_passages"),
    ],
    "print-findings-weighed": [
        (2.5, "a: Is there a sentence of the cable", {"a": "wrong"}),
        (2.5, "b: Could two careful translators", {"b": "translation"}),
        (2.5, "c: Does the finding add words", {"c": "cut"}),
        (2.5, "e: Would the cable and the letter", {"e": "supported"}),
        (2.5, "d: Compare the finding", {"d": "nothing"}),
        (2.5, "f: Compare the finding", {"f": "nothing"}),
        (2.5, "d: Could two careful", {"d": "translation"}),
        (1.5, "b: Is there a sentence", {"a": "wrong", "b": "wrong"}),
        (0, "a: Is there", dict.fromkeys("abcdef", "wrong")),
        (0, "b: Would the cable", dict.fromkeys("abcdef", "supported")),
        (1, "c: Not answered yet.", '= ["translation", "cut"]'),
        (0, "Not answered yet.", "= {}"),
        (0, "There is no `answer_findings`", "del answer_findings"),
    ],
    "words-of-one-text": [
        (0, "For two short texts: the result", "import re\ndef count_only_in(first, second):\n    return len(set(re.findall('[a-z]+', first.lower())))"),
        (1, "words with capital letters: the result", "import re\ndef count_only_in(first, second):\n    return len(set(re.findall('[A-Za-z]+', first)) - set(re.findall('[A-Za-z]+', second)))"),
        (0, "a word inside a longer one: the result", "import re\ndef count_only_in(first, second):\n    return len({w for w in re.findall('[a-z]+', first.lower()) if w not in second.lower()})"),
        (1, "two paragraphs on the letter: the result", "import re\ndef count_only_in(first, second):\n    return len([w for w in re.findall('[a-z]+', first.lower()) if w not in re.findall('[a-z]+', second.lower())])"),
        (0, "the same result for every", "def count_only_in(first, second):\n    return 0"),
        (0, "Not answered yet.", "count_only_in = None"),
        (0, "returns nothing", "def count_only_in(first, second):\n    pass"),
        (0, "TypeError", "def count_only_in(first, second):\n    return first - second"),
        (0, "For two short texts", "def count_only_in(first, second):\n    return len(first.split()) - len(second.split())"),
        (0, "There is no `count_only_in`", "del count_only_in"),
        (0, "For two short texts", "def count_only_in(first, second):\n    return len(first.split()) - len(second.split())"),
        (0, "There is no `count_only_in`", "del count_only_in"),
    ],
})
# fmt: on

# Functions that a student writes who has not thought of the difficulty.
NAIVE = {
    "words-of-one-text": {
        "capitals count": "import re\ndef count_only_in(first, second):\n    return len(set(re.findall('[A-Za-z]+', first)) - set(re.findall('[A-Za-z]+', second)))",
        "splits": "def count_only_in(first, second):\n    return len(set(first.lower().split()) - set(second.lower().split()))",
        "counts twice": "import re\ndef count_only_in(first, second):\n    other = re.findall('[a-z]+', second.lower())\n    return len([w for w in re.findall('[a-z]+', first.lower()) if w not in other])",
        "both ways": "import re\ndef count_only_in(first, second):\n    return len(set(re.findall('[a-z]+', first.lower())) ^ set(re.findall('[a-z]+', second.lower())))",
        "finds letters": "import re\ndef count_only_in(first, second):\n    return len([w for w in set(re.findall('[a-z]+', first.lower())) if w not in second.lower()])",
        "letters, not words": "def count_only_in(first, second):\n    return len(set(first.lower()) - set(second.lower()))",
    },
}
