"""Answers to the exercise `side-by-side` as students would write them, and what each must get.

Each answer is what stands in the answer cell, run after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

from tests.exercises.writings import choices

# An answer stands on one line where it can, so that answers are easy to compare.
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

WRONG = {
    "differences-classed": [
        (
            2.5,
            "a: Find the place in each document: do the two really",
            "answer_cases = {'a': 'different things', 'b': '1963 alone', 'c': '1962 alone', 'd': 'disagreement', 'e': 'different things', 'f': '1962 alone'}",
        ),
        (
            2.5,
            "e: Find the place in each document: is it the same point",
            "answer_cases = {'a': 'agreement', 'b': '1963 alone', 'c': '1962 alone', 'd': 'disagreement', 'e': 'agreement', 'f': '1962 alone'}",
        ),
        (
            2.5,
            "b: Find the place in each document: do they contradict",
            "answer_cases = {'a': 'agreement', 'b': 'disagreement', 'c': '1962 alone', 'd': 'disagreement', 'e': 'different things', 'f': '1962 alone'}",
        ),
        (
            2.5,
            "b: Read the cable once more",
            "answer_cases = {'a': 'agreement', 'b': '1962 alone', 'c': '1962 alone', 'd': 'disagreement', 'e': 'different things', 'f': '1962 alone'}",
        ),
        (
            2.5,
            "c: Read the record once more",
            "answer_cases = {'a': 'agreement', 'b': '1963 alone', 'c': '1963 alone', 'd': 'disagreement', 'e': 'different things', 'f': '1962 alone'}",
        ),
        (
            2.5,
            "d: Find the place in each document: is it",
            "answer_cases = {'a': 'agreement', 'b': '1963 alone', 'c': '1962 alone', 'd': 'agreement', 'e': 'different things', 'f': '1962 alone'}",
        ),
        (
            1.5,
            "e: Find the place in each document: do they contradict",
            "answer_cases = {'a': 'disagreement', 'b': '1963 alone', 'c': '1962 alone', 'd': 'disagreement', 'e': 'disagreement', 'f': '1962 alone'}",
        ),
        (0, "a: Read the cable", 'answer_cases = dict.fromkeys("abcdef", "1962 alone")'),
        (0, "c: Find the place", 'answer_cases = dict.fromkeys("abcdef", "agreement")'),
        (0.5, "f: Not answered yet.", 'answer_cases = {"a": "agreement"}'),
        (
            2.5,
            "f: Read the record once more",
            "answer_cases = {'a': 'agreement', 'b': '1963 alone', 'c': '1962 alone', 'd': 'disagreement', 'e': 'different things', 'f': 'the cable alone'}",
        ),
        (0, "Not answered yet.", "answer_cases = {}"),
        (
            2.5,
            'd: "silence" is not one of the options',
            "answer_cases = {'a': 'agreement', 'b': '1963 alone', 'c': '1962 alone', 'd': 'silence', 'e': 'different things', 'f': '1962 alone'}",
        ),
    ],
    "parties-left-out": [
        (1, "Events: Not answered yet.", 'answer_left_out = ["Sweden", "Great Britain"]'),
        (1, "Countries: Not answered yet.", 'answer_events = "the events during the Stockholm session"'),
        (
            1.5,
            '"New Zealand" does not belong',
            'answer_left_out = ["Great Britain", "Sweden", "New Zealand"]\nanswer_events = "the events during the Stockholm session"',
        ),
        (
            1.5,
            "1 of 2 found",
            'answer_left_out = ["Sweden"]\nanswer_events = "the events during the Stockholm session"',
        ),
        (
            0,
            "does not belong",
            'answer_left_out = ["Indonesia", "Vietnam", "New Zealand"]\nanswer_events = "a conference of fraternal parties to discuss this issue"',
        ),
        (
            0,
            "does not belong",
            'answer_left_out = ["Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand"]',
        ),
        (
            1.5,
            "not quite those",
            'answer_left_out = "Sweden, Britain"\nanswer_events = "they condemned us in connection with the events during the Stockholm session"',
        ),
        (1, "at least 3 words", 'answer_left_out = "Sweden, Britain"\nanswer_events = "Stockholm session"'),
        (
            1,
            "is too long",
            'answer_left_out = "Sweden, Britain"\nanswer_events = paragraphs.loc["deng-1962-p13", "text"]',
        ),
        (
            1,
            "not the words that the question asks for",
            'answer_left_out = "Sweden, Britain"\nanswer_events = "the Stockholm session"',
        ),
        (
            1,
            "not the words that the question asks for",
            'answer_left_out = "Sweden, Britain"\nanswer_events = "some fraternal parties sent the CC CCP letters"',
        ),
        (
            0,
            "does not belong",
            'answer_left_out = ["France", "Finland"]\nanswer_events = "The Chinese party was blamed for a peace congress in Sweden."',
        ),
        (0, "Countries: There is no `answer_left_out`", "del answer_left_out"),
        (
            1,
            "not the place that the question asks for",
            'answer_left_out = ["Sweden", "UK"]\nanswer_events = "the session of the VSNP was still continuing"',
        ),
    ],
    "roles-told-apart": [
        (
            1.5,
            "d: Does the sentence speak of some parties",
            "answer_roles = {'a': 'CCP', 'b': 'other parties', 'c': 'CPSU', 'd': 'other parties'}",
        ),
        (
            1.5,
            "c: Is this something that Deng's own party",
            "answer_roles = {'a': 'CCP', 'b': 'other parties', 'c': 'CCP', 'd': 'all parties'}",
        ),
        (
            1.5,
            "b: Is this something",
            "answer_roles = {'a': 'CCP', 'b': 'CCP', 'c': 'CPSU', 'd': 'all parties'}",
        ),
        (
            1.5,
            "a: Does the sentence speak of the Soviet party",
            "answer_roles = {'a': 'CPSU', 'b': 'other parties', 'c': 'CPSU', 'd': 'all parties'}",
        ),
        (
            1.5,
            "b: Does the sentence really speak of every party",
            "answer_roles = {'a': 'CCP', 'b': 'all parties', 'c': 'CPSU', 'd': 'all parties'}",
        ),
        (
            1,
            "d: Does the sentence speak of the Soviet",
            "answer_roles = {'a': 'other parties', 'b': 'other parties', 'c': 'CPSU', 'd': 'CPSU'}",
        ),
        (0, "a: Does the sentence", 'answer_roles = dict.fromkeys("abcd", "other parties")'),
        (0, "b: Is this", 'answer_roles = dict.fromkeys("abcd", "CCP")'),
        (1, "c: Not answered yet.", 'answer_roles = {"a": "CCP", "b": "other parties"}'),
        (0, "Not answered yet.", "answer_roles = {}"),
        (
            1.5,
            'c: "1957" is not one of the options',
            "answer_roles = {'a': 'CCP', 'b': 'other parties', 'c': '1957', 'd': 'all parties'}",
        ),
        (0, "", "answer_roles = True"),
        (
            1.5,
            "c: Does the sentence really",
            "answer_roles = {'a': 'CCP', 'b': 'other parties', 'c': 'all parties', 'd': 'all parties'}",
        ),
    ],
    "april-explained": [
        (
            2.5,
            "d: Does this find tell anything",
            "answer_finds = {'a': 'second letter', 'b': 'cable wrong', 'c': 'record wrong', 'd': 'cable wrong', 'e': 'cable wrong', 'f': 'second letter'}",
        ),
        (
            2.5,
            "e: Would this find leave",
            "answer_finds = {'a': 'second letter', 'b': 'cable wrong', 'c': 'record wrong', 'd': 'none', 'e': 'none', 'f': 'second letter'}",
        ),
        (
            2.5,
            "c: Does this find show more than one",
            "answer_finds = {'a': 'second letter', 'b': 'cable wrong', 'c': 'second letter', 'd': 'none', 'e': 'cable wrong', 'f': 'second letter'}",
        ),
        (
            2.5,
            "a: Does this find change the day",
            "answer_finds = {'a': 'record wrong', 'b': 'cable wrong', 'c': 'record wrong', 'd': 'none', 'e': 'cable wrong', 'f': 'second letter'}",
        ),
        (
            2.5,
            "b: Does this find show",
            "answer_finds = {'a': 'second letter', 'b': 'second letter', 'c': 'record wrong', 'd': 'none', 'e': 'cable wrong', 'f': 'second letter'}",
        ),
        (
            2.5,
            "f: Does this find tell",
            "answer_finds = {'a': 'second letter', 'b': 'cable wrong', 'c': 'record wrong', 'd': 'none', 'e': 'cable wrong', 'f': 'the cable is wrong'}",
        ),
        (
            1.5,
            "e: Would this find leave",
            "answer_finds = {'a': 'second letter', 'b': 'none', 'c': 'record wrong', 'd': 'none', 'e': 'none', 'f': 'second letter'}",
        ),
        (0, "b: Does this find show", 'answer_finds = dict.fromkeys("abcdef", "second letter")'),
        (0, "a: Does this find tell", 'answer_finds = dict.fromkeys("abcdef", "cable wrong")'),
        (1, "c: Not answered yet.", 'answer_finds = ["two letters", "cable"]'),
        (0, "Not answered yet.", "answer_finds = None"),
        (0, "There is no `answer_finds`", "del answer_finds"),
        (
            2.5,
            "c: Does this find tell",
            "answer_finds = {'a': 'second letter', 'b': 'cable wrong', 'c': 'cable wrong', 'd': 'none', 'e': 'cable wrong', 'f': 'second letter'}",
        ),
    ],
    "objections-matched": [
        (
            2.5,
            "a: When was the text made",
            "answer_objections = {'a': 'late', 'b': 'part', 'c': 'archive', 'd': 'key points', 'e': 'late', 'f': 'key points'}",
        ),
        (
            2.5,
            "b: Which of the four texts",
            "answer_objections = {'a': 'same side', 'b': 'key points', 'c': 'archive', 'd': 'key points', 'e': 'late', 'f': 'key points'}",
        ),
        (
            2.5,
            "f: Look up in the chapter",
            "answer_objections = {'a': 'same side', 'b': 'part', 'c': 'archive', 'd': 'key points', 'e': 'late', 'f': 'part'}",
        ),
        (
            2.5,
            "e: Does the conclusion rest on two",
            "answer_objections = {'a': 'same side', 'b': 'part', 'c': 'archive', 'd': 'key points', 'e': 'same side', 'f': 'key points'}",
        ),
        (
            2.5,
            "e: Does the conclusion rest on the place",
            "answer_objections = {'a': 'same side', 'b': 'part', 'c': 'archive', 'd': 'key points', 'e': 'archive', 'f': 'key points'}",
        ),
        (
            2.5,
            "c: When was",
            "answer_objections = {'a': 'same side', 'b': 'part', 'c': 'late', 'd': 'key points', 'e': 'late', 'f': 'key points'}",
        ),
        (
            1.5,
            "d: Look up",
            "answer_objections = {'a': 'same side', 'b': 'part', 'c': 'archive', 'd': 'part', 'e': 'late', 'f': 'part'}",
        ),
        (0, "a: Which of the four", 'answer_objections = dict.fromkeys("abcdef", "key points")'),
        (0, "b: When was", 'answer_objections = dict.fromkeys("abcdef", "late")'),
        (1, "d: Not answered yet.", 'answer_objections = {"a": "same side", "b": "part"}'),
        (0, "Not answered yet.", 'answer_objections = ""'),
        (
            2.5,
            'c: "translation" is not one of the options',
            "answer_objections = {'a': 'same side', 'b': 'part', 'c': 'translation', 'd': 'key points', 'e': 'late', 'f': 'key points'}",
        ),
        (0, "There is no `answer_objections`", "del answer_objections"),
    ],
    "checkable-in-print": [
        (
            2.5,
            "a: Look for the quotation marks",
            "answer_passages = {'a': 'words', 'b': 'no text', 'c': 'other text', 'd': 'words', 'e': 'content', 'f': 'other text'}",
        ),
        (
            2.5,
            "b: Does the cable say here",
            "answer_passages = {'a': 'content', 'b': 'content', 'c': 'other text', 'd': 'words', 'e': 'content', 'f': 'other text'}",
        ),
        (
            2.5,
            "c: Does the cable say here",
            "answer_passages = {'a': 'content', 'b': 'no text', 'c': 'content', 'd': 'words', 'e': 'content', 'f': 'other text'}",
        ),
        (
            2.5,
            "e: Does the sentence speak of something",
            "answer_passages = {'a': 'content', 'b': 'no text', 'c': 'other text', 'd': 'words', 'e': 'no text', 'f': 'other text'}",
        ),
        (
            2.5,
            "a: Whose text",
            "answer_passages = {'a': 'other text', 'b': 'no text', 'c': 'other text', 'd': 'words', 'e': 'content', 'f': 'other text'}",
        ),
        (
            2.5,
            "f: Does the sentence speak",
            "answer_passages = {'a': 'content', 'b': 'no text', 'c': 'other text', 'd': 'words', 'e': 'content', 'f': 'no text'}",
        ),
        (
            2.5,
            "d: Does the cable say here",
            "answer_passages = {'a': 'content', 'b': 'no text', 'c': 'other text', 'd': 'content', 'e': 'content', 'f': 'other text'}",
        ),
        (
            1.5,
            "b: Look for the quotation marks",
            "answer_passages = {'a': 'words', 'b': 'words', 'c': 'other text', 'd': 'words', 'e': 'content', 'f': 'other text'}",
        ),
        (0, "a: Look for", 'answer_passages = dict.fromkeys("abcdef", "words")'),
        (0, "c: Does the cable", 'answer_passages = dict.fromkeys("abcdef", "content")'),
        (1.5, "d: Not answered yet.", "answer_passages = ['content', 'no text', 'other text']"),
        (0, "Not answered yet.", "answer_passages = []"),
        (
            2.5,
            "e: Look for the quotation marks",
            "answer_passages = {'a': 'content', 'b': 'no text', 'c': 'other text', 'd': 'words', 'e': 'words', 'f': 'other text'}",
        ),
        (0, "There is no `answer_passages`", "del answer_passages"),
    ],
    "print-findings-weighed": [
        (
            2.5,
            "a: Is there a sentence of the cable",
            "answer_findings = {'a': 'wrong', 'b': 'cut', 'c': 'wrong', 'd': 'supported', 'e': 'nothing', 'f': 'wrong'}",
        ),
        (
            2.5,
            "b: Could two careful translators",
            "answer_findings = {'a': 'translation', 'b': 'translation', 'c': 'wrong', 'd': 'supported', 'e': 'nothing', 'f': 'wrong'}",
        ),
        (
            2.5,
            "c: Does the finding add words",
            "answer_findings = {'a': 'translation', 'b': 'cut', 'c': 'cut', 'd': 'supported', 'e': 'nothing', 'f': 'wrong'}",
        ),
        (
            2.5,
            "e: Would the cable and the letter",
            "answer_findings = {'a': 'translation', 'b': 'cut', 'c': 'wrong', 'd': 'supported', 'e': 'supported', 'f': 'wrong'}",
        ),
        (
            2.5,
            "d: Compare the finding",
            "answer_findings = {'a': 'translation', 'b': 'cut', 'c': 'wrong', 'd': 'nothing', 'e': 'nothing', 'f': 'wrong'}",
        ),
        (
            2.5,
            "f: Compare the finding",
            "answer_findings = {'a': 'translation', 'b': 'cut', 'c': 'wrong', 'd': 'supported', 'e': 'nothing', 'f': 'nothing'}",
        ),
        (
            2.5,
            "d: Could two careful",
            "answer_findings = {'a': 'translation', 'b': 'cut', 'c': 'wrong', 'd': 'translation', 'e': 'nothing', 'f': 'wrong'}",
        ),
        (
            1.5,
            "b: Is there a sentence",
            "answer_findings = {'a': 'wrong', 'b': 'wrong', 'c': 'wrong', 'd': 'supported', 'e': 'nothing', 'f': 'wrong'}",
        ),
        (0, "a: Is there", 'answer_findings = dict.fromkeys("abcdef", "wrong")'),
        (0, "b: Would the cable", 'answer_findings = dict.fromkeys("abcdef", "supported")'),
        (1, "c: Not answered yet.", 'answer_findings = ["translation", "cut"]'),
        (0, "Not answered yet.", "answer_findings = {}"),
        (0, "There is no `answer_findings`", "del answer_findings"),
    ],
    "words-of-one-text": [
        (
            0,
            "For two short texts: the result",
            "import re\ndef count_only_in(first, second):\n    return len(set(re.findall('[a-z]+', first.lower())))",
        ),
        (
            1,
            "words with capital letters: the result",
            "import re\ndef count_only_in(first, second):\n    return len(set(re.findall('[A-Za-z]+', first)) - set(re.findall('[A-Za-z]+', second)))",
        ),
        (
            0,
            "a word inside a longer one: the result",
            "import re\ndef count_only_in(first, second):\n    return len({w for w in re.findall('[a-z]+', first.lower()) if w not in second.lower()})",
        ),
        (
            1,
            "two paragraphs on the letter: the result",
            "import re\ndef count_only_in(first, second):\n    return len([w for w in re.findall('[a-z]+', first.lower()) if w not in re.findall('[a-z]+', second.lower())])",
        ),
        (0, "the same result for every", "def count_only_in(first, second):\n    return 0"),
        (0, "Not answered yet.", "count_only_in = None"),
        (0, "returns nothing", "def count_only_in(first, second):\n    pass"),
        (0, "TypeError", "def count_only_in(first, second):\n    return first - second"),
        (
            0,
            "For two short texts",
            "def count_only_in(first, second):\n    return len(first.split()) - len(second.split())",
        ),
        (0, "There is no `count_only_in`", "del count_only_in"),
        (
            0,
            "For two short texts",
            "def count_only_in(first, second):\n    return len(first.split()) - len(second.split())",
        ),
        (0, "There is no `count_only_in`", "del count_only_in"),
    ],
}

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
