"""Answers to the exercise `reading-a-record` as students would write them, and what each must get.

Each answer is what stands in the answer cell, run after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

from tests.exercises.writings import choices

# An answer stands on one line where it can, so that answers are easy to compare.
# ruff: noqa: E501

# The words that decide how four sentences are coded.
DECIDED = "answer_words = ['why then did', 'is quite correct', 'to consider this', 'would pass along']"

RIGHT = {
    "header-lines-found": [
        "answer_lines = {'a': 'h5', 'b': 'h2', 'c': 'h1', 'd': 'h3', 'e': 'h2', 'f': 'h4'}",
        "answer_lines = {'A': 'H5', 'B': 'H2', 'C': 'H1', 'D': 'H3', 'E': 'H2', 'F': 'H4'}",
        "answer_lines = dict(a=5, b=2, c=1, d=3, e=2, f=4)",
        "answer_lines = ['h5', 'h2', 'h1', 'h3', 'h2', 'h4']",
        "answer_lines = (5, 2.0, 1, 3, 2, 4)",
        "answer_lines = pd.Series({'a': 'mao-1963-h5', 'b': 'mao-1963-h2', 'c': 'mao-1963-h1', 'd': 'mao-1963-h3', 'e': 'mao-1963-h2', 'f': 'mao-1963-h4'})",
        "answer_lines = pd.Series(['line 5', 'Line 2', 'line 1', 'line 3', 'line 2', 'line 4'], index=list('abcdef'))",
        "answer_lines['b'] = answer_lines['e'] = 'header line 2'\nanswer_lines.update(a='header 5', d='header 3', f='Header line 4', c='header 1')",
        "import numpy as np\nanswer_lines = dict(zip('abcdef', np.array([5, 2, 1, 3, 2, 4])))",
        "answer_lines = 'a: h5, b: h2, c: h1, d: h3, e: h2, f: h4'",
        "answer_lines = {'a': '1963, h5', 'b': '1963, h2', 'c': '1963, h1', 'd': 'Mao 1963, header line 3', 'e': 'h2', 'f': '4'}",
    ],
    "header-dated-twice": [
        'answer_days = 9; answer_statement = "C"',
        'answer_days = "9 days"; answer_statement = "c"',
        'answer_days = 9.0; answer_statement = "C:"',
        'answer_days = (pd.Timestamp("1963-03-13") - pd.Timestamp("1963-03-04")).days\nanswer_statement = "C)"',
        'answer_days = pd.Timestamp("1963-03-13") - pd.Timestamp("1963-03-04")\nanswer_statement = ["C"]',
        'import datetime as dt\nanswer_days = dt.date(1963, 3, 13) - dt.date(1963, 3, 4)\nanswer_statement = "(C)"',
        'answer_days = [9]; answer_statement = " c. "',
        'answer_days = "nine"; answer_statement = "C"',
        'import numpy as np\nanswer_days = np.int64(9); answer_statement = np.str_("C")',
        'answer_days = 13 - 4; answer_statement = "c)"',
        'dates = pd.to_datetime(["March 4, 1963", "March 13, 1963"])\nanswer_days = (dates[1] - dates[0]).days\nanswer_statement = "C"',
    ],
    "steps-told-apart": choices(
        "answer_steps",
        {
            "a": "publication",
            "b": "circulation",
            "c": "translation",
            "d": "writing",
            "e": "circulation",
            "f": "translation",
        },
    ),
    "signature-weighed": [
        'answer_supported = ["Q", "T", "W"]',
        'answer_supported = ["w", "t", "q"]',
        'answer_supported = {"Q", "T", "W"}',
        'answer_supported = ("q", "t", "w")',
        'answer_supported = "Q, T and W"',
        'answer_supported = list("QTW")',
        'answer_supported = pd.Series(["Q", "T", "W"])',
        'answer_supported = ["Q:", "T)", "W."]',
        "import numpy as np\nanswer_supported = np.array(['W', 'Q', 'T'])",
        'answer_supported = "Q; T; W"',
        'answer_supported = {"P": False, "Q": True, "R": False, "S": False, "T": True, "U": False, "V": False, "W": True}',
    ],
    "purposes-found": choices(
        "answer_purposes",
        {
            "a": "instructions",
            "b": "other side",
            "c": "form",
            "d": "own line",
            "e": "own line",
            "f": "other side",
        },
    ),
    "report-drops-its-mask": [
        'answer_slips = ["I once asked the Soviet ambassador", "It seems that Albania will participate"]',
        'answer_slips = ("It seems that Albania will participate in the meeting like other fraternal parties.", "I once asked")',
        'answer_slips = ["I once asked the Soviet ambassador whether Comrade Khrushchev could make a stop in China", "Albania will participate in the meeting"]',
        'answer_slips = ["“i once asked the soviet ambassador”", "in the meeting like other fraternal parties"]',
        'answer_slips = {"p17": "I once asked", "p20": "It seems that ... other fraternal parties"}',
        'answer_slips = pd.Series(["I once asked (¶ 17)", "It seems that Albania (mao-1963-p20)"])',
        'answer_slips = ["[Mao:] I once asked the Soviet ambassador", "It seems that Albania will participate"]',
        'p20 = lines.loc["mao-1963-p20", "text"]\nanswer_slips = [p20[p20.index("It seems") :].split(".")[0], "I once asked the Soviet ambassador whether"]',
        'answer_slips = ["I once asked the Soviet\\nambassador", "like other fraternal parties"]',
        'answer_slips = ["I once asked the Soviet ambassador whether ... during his trip to Cambodia", "It seems that Albania will participate in the meeting like other fraternal parties"]',
    ],
    "readings-chosen": choices(
        "answer_readings",
        {
            "a": "diplomatic",
            "b": "corrected",
            "c": "register",
            "d": "none",
            "e": "diplomatic",
            "f": "register",
        },
    ),
    "ten-sentences-coded": [
        "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'reports']\nanswer_agreement = 100 * sum(a == b for a, b in zip(answer_codes, model)) / 10\nchance = sum(answer_codes.count(act) / 10 * model.count(act) / 10 for act in set(model))\nanswer_kappa = (answer_agreement / 100 - chance) / (1 - chance)\nanswer_words = ['why then did', 'is quite correct', 'CPSU to consider this', 'he would pass along']",
        "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'reports']\nanswer_agreement = 90\nanswer_kappa = 0.88\nanswer_words = ['why then did the', 'passage is quite correct', 'to consider this proposal', 'would pass along the']",
        "answer_codes = ['ASSERTS', 'ASKS', 'AGREES', 'QUOTES', 'REPORTS', 'PROPOSES', 'ASSERTS', 'ASSERTS', 'PROMISES', 'REPORTS']\nanswer_agreement = \"90 %\"\nanswer_kappa = 0.882\nanswer_words = ('unnecessary, why then did', 'is quite correct', 'consider this proposal', 'that he would pass')",
        "answer_codes = ['assertion', 'question', 'agreement', 'quotation', 'report', 'proposal', 'assertion', 'concession', 'promise', 'report']\nanswer_agreement = 90\nanswer_kappa = 0.886\nanswer_words = ['that he would pass (¶ 20)', 'to consider this', 'is quite correct (¶ 15)', 'why then did (¶ 14)']",
        "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'concedes', 'promises', 'narrates']\nanswer_agreement = \"90 percent\"\nanswer_kappa = \"0.89\"\nanswer_words = {2: 'why then did', 3: 'is quite correct', 6: 'the CPSU to consider', 9: 'he would pass along'}",
        "answer_codes = ('asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'narrates')\nanswer_agreement = 100 * sum(a == b for a, b in zip(answer_codes, model)) / 10\nchance = sum(answer_codes.count(act) / 10 * model.count(act) / 10 for act in set(model))\nanswer_kappa = (answer_agreement / 100 - chance) / (1 - chance)\nanswer_words = ['why then did', 'is quite correct', 'CPSU to consider this', 'he would pass along']",
        "answer_codes = {1: 'asserts', 2: 'asks', 3: 'agrees', 4: 'quotes', 5: 'reports', 6: 'proposes', 7: 'asserts', 8: 'asserts', 9: 'promises', 10: 'reports'}\nanswer_agreement = 90.0\nanswer_kappa = 0.8824\nanswer_words = ['why then did the', 'passage is quite correct', 'to consider this proposal', 'would pass along the']",
        "import pandas as pd\nanswer_codes = pd.Series(['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'reports'])\nanswer_agreement = '90.0'; answer_kappa = '0.88'\nanswer_words = ('unnecessary, why then did', 'is quite correct', 'consider this proposal', 'that he would pass')",
        "answer_codes = ['asserts.', 'asks.', 'agrees.', 'quotes.', 'reports.', 'proposes.', 'asserts.', 'asserts.', 'promises.', 'reports.']\nanswer_agreement, answer_kappa = 90, 15 / 17\nanswer_words = ['that he would pass (¶ 20)', 'to consider this', 'is quite correct (¶ 15)', 'why then did (¶ 14)']",
        "answer_codes = '1: asserts; 2: asks; 3: agrees; 4: quotes; 5: reports; 6: proposes; 7: asserts; 8: asserts; 9: promises; 10: reports'\nanswer_agreement = 90; answer_kappa = 0.88\nanswer_words = {2: 'why then did', 3: 'is quite correct', 6: 'the CPSU to consider', 9: 'he would pass along'}",
        "answer_codes = model\nanswer_agreement = 10 * sum(a == b for a, b in zip(model, second))\nchance = sum(model.count(act) * second.count(act) for act in set(model)) / 100\nanswer_kappa = (0.9 - chance) / (1 - chance)\nanswer_words = ['why then did', 'is quite correct', 'CPSU to consider this', 'he would pass along']",
    ],
    "text-emended": [
        'def emend(text, received, reading, certainty):\n    if certainty == "certain" and text.count(received) == 1:\n        return text.replace(received, reading)\n    return text',
        "def emend(text, received, reading, certainty):\n    if certainty != 'certain':\n        return text\n    if text.count(received) != 1:\n        return text\n    return text.replace(received, reading, 1)",
        "def emend(text, received, reading, certainty):\n    parts = text.split(received)\n    return reading.join(parts) if certainty == 'certain' and len(parts) == 2 else text",
        "import re\ndef emend(text, received, reading, certainty):\n    places = re.findall(re.escape(received), text)\n    if len(places) == 1 and certainty == 'certain':\n        return re.sub(re.escape(received), lambda found: reading, text)\n    return text",
        "def emend(text, received, reading, certainty):\n    start = text.find(received)\n    if certainty == 'certain' and start >= 0 and start == text.rfind(received):\n        text = text[:start] + reading + text[start + len(received):]\n    return text",
        "emend = lambda text, received, reading, certainty: text.replace(received, reading) if (certainty, text.count(received)) == ('certain', 1) else text",
        "def emend(text, received, reading, certainty):\n    before, found, after = text.partition(received)\n    if not found or received in after or certainty.lower() != 'certain':\n        return text\n    print('repaired')\n    return f'{before}{reading}{after}'",
        "def emend(text, received, reading, certainty):\n    repaired = pd.Series([text]).str.replace(received, reading, regex=False).iloc[0]\n    return repaired if certainty == 'certain' and text.count(received) == 1 else text",
        "def emend(text, received, reading, certainty):\n    n = text.count(received)\n    if certainty != 'certain' or n != 1:\n        return text\n    return text.replace(received, reading)",
        "def emend(text, received, reading, certainty):\n    if not (certainty == 'certain' and text.count(received) == 1):\n        return text\n    start = text.find(received)\n    return text[:start] + reading + text[start + len(received):]",
    ],
}

WRONG = {
    "header-lines-found": [
        (0, "Not answered yet.", 'answer_lines = {"a": "", "b": "", "c": "", "d": "", "e": "", "f": ""}'),
        (0.5, "b: Not answered yet.", 'answer_lines["a"] = "h5"'),
        (0, "a: Read line h1 to its end", 'answer_lines = dict.fromkeys("abcdef", "h1")'),
        (0, "f: Read line h2 to its end", 'answer_lines = dict.fromkeys("abcdef", "h2")'),
        (0, "a: Read line h6 to its end", 'answer_lines = dict.fromkeys("abcdef", "h6")'),
        (0, "a: Read line h4", "answer_lines = dict.fromkeys('abcdef', 4)"),
        (
            2.5,
            "d: Read line h4",
            "answer_lines = {'a': 'h5', 'b': 'h2', 'c': 'h1', 'd': 'h4', 'e': 'h2', 'f': 'h4'}",
        ),
        (
            2.5,
            "a: Read line h1",
            "answer_lines = {'a': 'h1', 'b': 'h2', 'c': 'h1', 'd': 'h3', 'e': 'h2', 'f': 'h4'}",
        ),
        (
            2.5,
            'a: "h7" is not one of the options',
            "answer_lines = {'a': 'h7', 'b': 'h2', 'c': 'h1', 'd': 'h3', 'e': 'h2', 'f': 'h4'}",
        ),
        (0, "is not one of the options", 'answer_lines = ["deng-1962-h2"] * 6'),
        (0, "This is a text, but the question asks for a dictionary", 'answer_lines = "h2"'),
        (
            1.5,
            "e: Read line h5",
            "answer_lines = {'a': 'h5', 'b': 'h2', 'c': 'h1', 'd': 'h3', 'e': 'h5', 'f': 'h3'}",
        ),
        (0, "There is no `answer_lines`", "del answer_lines"),
    ],
    "header-dated-twice": [
        (1, "Days: This counts from the day of the talk.", 'answer_days = 18; answer_statement = "C"'),
        (1, "Days: The first day does not count", 'answer_days = 10; answer_statement = "C"'),
        (1, "Days: This counts backward.", 'answer_days = -9; answer_statement = "C"'),
        (1, "Statement: How many days does the cable", 'answer_days = 9; answer_statement = "A"'),
        (1, "Statement: A slip is possible", 'answer_days = 9; answer_statement = "B"'),
        (1, "Statement: This may be true", 'answer_days = 9; answer_statement = "D"'),
        (1, "Statement: Not answered yet.", 'answer_days = "9"'),
        (1, "Days: Not answered yet.", 'answer_statement = "c"'),
        (0, '"A, B, C, D" is not one of the options', 'answer_days = 8; answer_statement = "A, B, C, D"'),
        (0, "Days: 11 is not right.", 'answer_days = 11; answer_statement = ""'),
        (0, "There is no `answer_days`", "del answer_days"),
        (0, "Statement: How many days", 'answer_days = pd.Timestamp("1963-03-13"); answer_statement = "a"'),
    ],
    "steps-told-apart": [
        (
            2.5,
            "a: Could this be there only because",
            "answer_steps = {'a': 'translation', 'b': 'circulation', 'c': 'translation', 'd': 'writing', 'e': 'circulation', 'f': 'translation'}",
        ),
        (
            2.5,
            "f: Would the person who made the text",
            "answer_steps = {'a': 'publication', 'b': 'circulation', 'c': 'translation', 'd': 'writing', 'e': 'circulation', 'f': 'writing'}",
        ),
        (
            2.5,
            "f: Would a scanner",
            "answer_steps = {'a': 'publication', 'b': 'circulation', 'c': 'translation', 'd': 'writing', 'e': 'circulation', 'f': 'publication'}",
        ),
        (
            2.5,
            "d: Does it show that an office",
            "answer_steps = {'a': 'publication', 'b': 'circulation', 'c': 'translation', 'd': 'circulation', 'e': 'circulation', 'f': 'translation'}",
        ),
        (
            1.5,
            "b: Would the person",
            "answer_steps = {'a': 'publication', 'b': 'writing', 'c': 'translation', 'd': 'writing', 'e': 'writing', 'f': 'translation'}",
        ),
        (
            1,
            "c: Would a scanner",
            "answer_steps = {'a': 'translation', 'b': 'circulation', 'c': 'publication', 'd': 'writing', 'e': 'circulation', 'f': 'writing'}",
        ),
        (0, "a: Does it show", 'answer_steps = dict.fromkeys("abcdef", "circulation")'),
        (0, "b: Could this be", 'answer_steps = dict.fromkeys("abcdef", "translation")'),
        (
            1.5,
            "d: Not answered yet.",
            'answer_steps = {"a": "publication", "b": "circulation", "c": "translation"}',
        ),
        (
            2.5,
            "b: Would a scanner",
            "answer_steps = {'a': 'publication', 'b': 'publication', 'c': 'translation', 'd': 'writing', 'e': 'circulation', 'f': 'translation'}",
        ),
        (
            2.5,
            "c: Would the person",
            "answer_steps = {'a': 'publication', 'b': 'circulation', 'c': 'text', 'd': 'writing', 'e': 'circulation', 'f': 'translation'}",
        ),
        (
            2.5,
            "e: Would the person",
            "answer_steps = {'a': 'publication', 'b': 'circulation', 'c': 'translation', 'd': 'writing', 'e': 'note', 'f': 'translation'}",
        ),
        (0, "Not answered yet.", "answer_steps = {}"),
        (0, "This is a text, but the question asks for a dictionary", 'answer_steps = "translation"'),
        (
            2.5,
            'a: "event" is not one of the options',
            "answer_steps = {'a': 'event', 'b': 'circulation', 'c': 'translation', 'd': 'writing', 'e': 'circulation', 'f': 'translation'}",
        ),
    ],
    "signature-weighed": [
        (0, "Not answered yet.", "answer_supported = []"),
        (2, "1 missing", 'answer_supported = ["Q", "W"]'),
        (2, "P: A signature says who answers", 'answer_supported = ["P", "Q", "T", "W"]'),
        (2, "R: Read again what became", 'answer_supported = ["Q", "R", "T", "W"]'),
        (2, "S: Nothing in the paper says", 'answer_supported = {"Q", "S", "T", "W"}'),
        (2, "U: Does the line with the copy", 'answer_supported = "Q, T, U, W"'),
        (2, "V: That names are listed", 'answer_supported = ("W", "V", "T", "Q")'),
        (0, "More points were lost than won", 'answer_supported = ["P", "R", "S"]'),
        (0, "does not belong here", 'answer_supported = list("PQRSTUVW")'),
        (0, "U: Does the line", 'answer_supported = ["T", "U"]'),
        (1, "V: That names are listed", 'answer_supported = ["Q", "V", "W"]'),
        (0, "does not belong here", "answer_supported = [1, 3, 5]"),
        (0, "There is no `answer_supported`", "del answer_supported"),
    ],
    "purposes-found": [
        (
            2.5,
            "a: Would you find this",
            "answer_purposes = {'a': 'form', 'b': 'other side', 'c': 'form', 'd': 'own line', 'e': 'own line', 'f': 'other side'}",
        ),
        (
            2.5,
            "c: Had somebody at home",
            "answer_purposes = {'a': 'instructions', 'b': 'other side', 'c': 'instructions', 'd': 'own line', 'e': 'own line', 'f': 'other side'}",
        ),
        (
            2.5,
            "d: Who made this document",
            "answer_purposes = {'a': 'instructions', 'b': 'other side', 'c': 'form', 'd': 'other side', 'e': 'own line', 'f': 'other side'}",
        ),
        (
            2.5,
            "b: Is it the leader",
            "answer_purposes = {'a': 'instructions', 'b': 'own line', 'c': 'form', 'd': 'own line', 'e': 'own line', 'f': 'other side'}",
        ),
        (
            2.5,
            "e: Would you find this",
            "answer_purposes = {'a': 'instructions', 'b': 'other side', 'c': 'form', 'd': 'own line', 'e': 'form', 'f': 'other side'}",
        ),
        (
            2.5,
            "f: Had somebody",
            "answer_purposes = {'a': 'instructions', 'b': 'other side', 'c': 'form', 'd': 'own line', 'e': 'own line', 'f': 'instructions'}",
        ),
        (
            1.5,
            "e: Who made",
            "answer_purposes = {'a': 'instructions', 'b': 'other side', 'c': 'form', 'd': 'other side', 'e': 'other side', 'f': 'other side'}",
        ),
        (0, "a: Who made", 'answer_purposes = dict.fromkeys("abcdef", "other side")'),
        (0, "c: Is it the leader", 'answer_purposes = dict.fromkeys("abcdef", "own line")'),
        (1, "f: Not answered yet.", 'answer_purposes = {"a": "instructions", "c": "form"}'),
        (0, "Not answered yet.", "answer_purposes = None"),
        (
            2.5,
            'c: "truth" is not one of the options',
            "answer_purposes = {'a': 'instructions', 'b': 'other side', 'c': 'truth', 'd': 'own line', 'e': 'own line', 'f': 'other side'}",
        ),
        (0, "There is no `answer_purposes`", "del answer_purposes"),
    ],
    "report-drops-its-mask": [
        (0, "Not answered yet.", 'answer_slips = ["", ""]'),
        (
            1,
            "The question asks for 2 quotations; you gave 1",
            'answer_slips = "I once asked the Soviet ambassador"',
        ),
        (
            1,
            "these are not the words that the question asks for",
            'answer_slips = ["I once asked", "It is a member of the socialist family"]',
        ),
        (
            1,
            "these are not the words that the question asks for",
            'answer_slips = ["The Chinese party asks the CPSU", "It seems that Albania"]',
        ),
        (
            1.5,
            "The words are not quite those",
            'answer_slips = ["I once asked", "It seems that Albania would participate in the meeting"]',
        ),
        (
            1,
            "which is not the place that the question asks for",
            'answer_slips = ["we hold different opinions", "It seems that Albania"]',
        ),
        (
            1,
            "each quotation must be from another paragraph",
            'answer_slips = ["It seems that Albania", "like other fraternal parties"]',
        ),
        (1, "too short to be evidence", 'answer_slips = ["I once", "It seems"]'),
        (
            1,
            "which is not the place that the question asks for",
            'answer_slips = ["I visited Deng Xiaoping", "It seems that Albania"]',
        ),
        (1, "is too long", 'answer_slips = ["I once asked", lines.loc["mao-1963-p20", "text"]]'),
        (0, "This is a table", "answer_slips = lines"),
        (0, "There is no `answer_slips`", "del answer_slips"),
    ],
    "readings-chosen": [
        (
            2.5,
            "a: Is what you look for still there",
            "answer_readings = {'a': 'corrected', 'b': 'corrected', 'c': 'register', 'd': 'none', 'e': 'diplomatic', 'f': 'register'}",
        ),
        (
            2.5,
            "b: Would the slips of the text",
            "answer_readings = {'a': 'diplomatic', 'b': 'diplomatic', 'c': 'register', 'd': 'none', 'e': 'diplomatic', 'f': 'register'}",
        ),
        (
            2.5,
            "d: Does an editor's list",
            "answer_readings = {'a': 'diplomatic', 'b': 'corrected', 'c': 'register', 'd': 'register', 'e': 'diplomatic', 'f': 'register'}",
        ),
        (
            2.5,
            "c: One of the three",
            "answer_readings = {'a': 'diplomatic', 'b': 'corrected', 'c': 'none', 'd': 'none', 'e': 'diplomatic', 'f': 'register'}",
        ),
        (
            2.5,
            "e: Does an editor's list",
            "answer_readings = {'a': 'diplomatic', 'b': 'corrected', 'c': 'register', 'd': 'none', 'e': 'register', 'f': 'register'}",
        ),
        (
            2.5,
            "f: Would the slips",
            "answer_readings = {'a': 'diplomatic', 'b': 'corrected', 'c': 'register', 'd': 'none', 'e': 'diplomatic', 'f': 'diplomatic'}",
        ),
        (
            2.5,
            "d: Is what you look for",
            "answer_readings = {'a': 'diplomatic', 'b': 'corrected', 'c': 'register', 'd': 'corrected', 'e': 'diplomatic', 'f': 'register'}",
        ),
        (
            1.5,
            "b: Would the slips",
            "answer_readings = {'a': 'corrected', 'b': 'diplomatic', 'c': 'register', 'd': 'none', 'e': 'diplomatic', 'f': 'register'}",
        ),
        (0, "b: Would the slips", 'answer_readings = dict.fromkeys("abcdef", "diplomatic")'),
        (0, "a: Does an editor's list", 'answer_readings = dict.fromkeys("abcdef", "register")'),
        (0.5, "f: Not answered yet.", 'answer_readings["b"] = "corrected"'),
        (0, "Not answered yet.", "answer_readings = []"),
        (0, "There is no `answer_readings`", "del answer_readings"),
    ],
    "ten-sentences-coded": [
        (0, "Agreement: Not answered yet.", ""),
        (
            2,
            "Kappa: Not answered yet.",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'reports']\n"
            + DECIDED,
        ),
        (
            2.5,
            "Agreement: This is a share of 1",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'reports']\nanswer_agreement = 0.9\nanswer_kappa = 0.88\n"
            + DECIDED,
        ),
        (
            2.5,
            "Agreement: This is a number of sentences",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'reports']\nanswer_agreement = 9\nanswer_kappa = 0.88\n"
            + DECIDED,
        ),
        (
            2.5,
            "Kappa: This is the agreement",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'reports']\nanswer_agreement = 90\nanswer_kappa = 0.9\n"
            + DECIDED,
        ),
        (
            2.5,
            "Kappa: This is what chance alone",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'reports']\nanswer_agreement = 90\nanswer_kappa = 0.15\n"
            + DECIDED,
        ),
        (
            2.5,
            "Kappa: Divide this",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'reports']\nanswer_agreement = 90\nanswer_kappa = 0.75\n"
            + DECIDED,
        ),
        (
            2.5,
            "Agreement: 80 is not right",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'reports']\nanswer_agreement = 80\nanswer_kappa = 0.88\n"
            + DECIDED,
        ),
        (
            2.5,
            "6: Read the definition of 'asks'",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'asks', 'asserts', 'asserts', 'promises', 'reports']\nanswer_agreement = 100 * sum(a == b for a, b in zip(answer_codes, model)) / 10\nchance = sum(answer_codes.count(act) / 10 * model.count(act) / 10 for act in set(model))\nanswer_kappa = (answer_agreement / 100 - chance) / (1 - chance)\n"
            + DECIDED,
        ),
        (
            2.5,
            "2: Read the definition of 'complains'",
            "answer_codes = ['asserts', 'complains', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'reports']\nanswer_agreement = 100 * sum(a == b for a, b in zip(answer_codes, model)) / 10\nchance = sum(answer_codes.count(act) / 10 * model.count(act) / 10 for act in set(model))\nanswer_kappa = (answer_agreement / 100 - chance) / (1 - chance)\n"
            + DECIDED,
        ),
        (
            2.5,
            "8: Read the definition of 'reports'",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'reports', 'promises', 'asserts']\nanswer_agreement = 100 * sum(a == b for a, b in zip(answer_codes, model)) / 10\nchance = sum(answer_codes.count(act) / 10 * model.count(act) / 10 for act in set(model))\nanswer_kappa = (answer_agreement / 100 - chance) / (1 - chance)\n"
            + DECIDED,
        ),
        (
            1,
            "Codes: 2: Read the definition of 'asserts'",
            "answer_codes = ['asserts', 'asserts', 'asserts', 'asserts', 'asserts', 'asserts', 'asserts', 'asserts', 'asserts', 'asserts']\nanswer_agreement = 20\nanswer_kappa = 0\n"
            + DECIDED,
        ),
        (
            1.5,
            "Kappa: 0.88 is not right",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes']\nanswer_agreement = 90\nanswer_kappa = 0.88\n"
            + DECIDED,
        ),
        (
            1.5,
            "Agreement: This is so by your codes",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'warns', 'warns', 'warns', 'warns', 'warns', 'warns']\nanswer_agreement = 100 * sum(a == b for a, b in zip(answer_codes, model)) / 10\nchance = sum(answer_codes.count(act) / 10 * model.count(act) / 10 for act in set(model))\nanswer_kappa = (answer_agreement / 100 - chance) / (1 - chance)\n"
            + DECIDED,
        ),
        (
            1.5,
            "Kappa: This is so by your codes",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'evades', 'evades', 'evades', 'evades', 'evades', 'evades']\nanswer_agreement = 100 * sum(a == b for a, b in zip(answer_codes, model)) / 10\nchance = sum(answer_codes.count(act) / 10 * model.count(act) / 10 for act in set(model))\nanswer_kappa = (answer_agreement / 100 - chance) / (1 - chance)\n"
            + DECIDED,
        ),
        (
            2.5,
            "10: Read the definition of 'warns'",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'warns', 'warns', 'warns', 'warns', 'warns']\nanswer_agreement = 100 * sum(a == b for a, b in zip(answer_codes, model)) / 10\nchance = sum(answer_codes.count(act) / 10 * model.count(act) / 10 for act in set(model))\nanswer_kappa = (answer_agreement / 100 - chance) / (1 - chance)\n"
            + DECIDED,
        ),
        (
            1.5,
            "5: Not answered yet.",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes']\nanswer_agreement = 0\nanswer_kappa = 0\n"
            + DECIDED,
        ),
        (
            1,
            "Codes: 1: Read the definition of 'narrates'",
            "answer_codes = ['narrates', 'narrates', 'narrates', 'narrates', 'narrates', 'narrates', 'narrates', 'narrates', 'narrates', 'narrates']\nanswer_agreement = 0\nanswer_kappa = 0\n"
            + DECIDED,
        ),
        (0, "There is no `answer_codes`", "del answer_codes"),
        (
            2,
            "Words: Not answered yet.",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'reports']; answer_agreement = 90; answer_kappa = 0.88",
        ),
        (
            2,
            "You have the codes of the model",
            "answer_codes = model; answer_agreement = 100; answer_kappa = 1\n" + DECIDED,
        ),
        (
            2.5,
            "these are not the words that the question asks for",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'reports']; answer_agreement = 90; answer_kappa = 0.88\n"
            + DECIDED.replace("to consider this", "The Chinese party asks"),
        ),
        (
            2.5,
            "is too long: it has 5 words, and at most 4 are allowed",
            "answer_codes = ['asserts', 'asks', 'agrees', 'quotes', 'reports', 'proposes', 'asserts', 'asserts', 'promises', 'reports']; answer_agreement = 90; answer_kappa = 0.88\n"
            + DECIDED.replace("is quite correct", "this passage is quite correct"),
        ),
    ],
    "text-emended": [
        (0, "Not answered yet.", "def emend(text, received, reading, certainty):\n    pass"),
        (
            0,
            "For a header line of 1962: the result is not right",
            "def emend(text, received, reading, certainty):\n    return text",
        ),
        (
            1,
            "For a conjectural emendation: the result is not right",
            "def emend(text, received, reading, certainty):\n    return text.replace(received, reading)",
        ),
        (
            1,
            "For received words that occur twice: the result is not right",
            "def emend(text, received, reading, certainty):\n    return text.replace(received, reading) if certainty == 'certain' else text",
        ),
        (
            1,
            "For a conjectural emendation: the result is not right",
            "def emend(text, received, reading, certainty):\n    return text.replace(received, reading) if text.count(received) == 1 else text",
        ),
        (
            2,
            "signs such as $",
            "import re\ndef emend(text, received, reading, certainty):\n    if certainty == 'certain' and text.count(received) == 1:\n        return re.sub(received, reading, text)\n    return text",
        ),
        (
            1,
            "For a conjectural emendation: the function returns nothing",
            "def emend(text, received, reading, certainty):\n    if certainty == 'certain' and text.count(received) == 1:\n        return text.replace(received, reading)",
        ),
        (
            1,
            "For words at the end of a text: the result is not right",
            "def emend(text, received, reading, certainty):\n    words = f' {received} '\n    if certainty == 'certain' and text.endswith(received):\n        return text\n    return text.replace(received, reading) if certainty == 'certain' and text.count(received) == 1 else text",
        ),
        (
            0,
            "the same result for every argument",
            "def emend(text, received, reading, certainty):\n    return 'corrected'",
        ),
        (0, "In every case the function raises TypeError", "def emend(text):\n    return text"),
        (
            0,
            "In every case the function gives a number",
            "def emend(text, received, reading, certainty):\n    return text.count(received) + len(text)",
        ),
        (0, "This is a text, but the question asks for a function", 'emend = "replace"'),
        (0, "There is no `emend`", "del emend"),
    ],
}

# Functions that a student writes who has not thought of the difficulty.
NAIVE = {
    "text-emended": {
        "always replaces": "def emend(text, received, reading, certainty):\n    return text.replace(received, reading)",
        "replaces the first": "def emend(text, received, reading, certainty):\n    return text.replace(received, reading, 1)",
        "replaces what is certain": "def emend(text, received, reading, certainty):\n    return text.replace(received, reading) if certainty == 'certain' else text",
        "replaces what is there once": "def emend(text, received, reading, certainty):\n    return text.replace(received, reading) if text.count(received) == 1 else text",
        "leaves the text": "def emend(text, received, reading, certainty):\n    return text",
    },
}
