"""Answers to the exercise `deng-1962` as students would write them, and what each must get.

Each answer is the text of the answer cell, which runs after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

from tests.exercises.writings import choice, choices, number, together, wrong

# Each answer is on one line where possible, so that answers are easy to compare.
# ruff: noqa: E501


RIGHT = {
    "letters-dated": [
        'answer_letter_to_cpsu = "1962-04-07"; answer_letter_to_vietnamese_party = "1962-04-05"; answer_link = "which is an answer to the CC CPSU\'s letter of 22 February 1962"',
        'answer_letter_to_cpsu = "April 7, 1962"; answer_letter_to_vietnamese_party = "April 5th, 1962"; answer_link = "is an answer to the CC CPSU\'s letter"',
        'answer_letter_to_cpsu = "7 Apr 1962"; answer_letter_to_vietnamese_party = "5. april 1962."; answer_link = "of 7 April 1962, which is an answer to the CC"',
        'answer_letter_to_cpsu = pd.Timestamp("1962-04-07"); answer_letter_to_vietnamese_party = pd.Timestamp(1962, 4, 5); answer_link = "an answer to the CC CPSU\'s letter (¶ 4)"',
        "import datetime as dt\n"
        'answer_letter_to_cpsu = dt.date(1962, 4, 7); answer_letter_to_vietnamese_party = dt.datetime(1962, 4, 5, 12, 30); answer_link = "which is an answer to the CC ... letter of 22 February 1962"',
        "import numpy as np\n"
        'answer_letter_to_cpsu = np.datetime64("1962-04-07")\n'
        'answer_letter_to_vietnamese_party = np.datetime64("1962-04-05T00:00"); answer_link = "which is an answer to the CC CPSU\'s letter of 22 February 1962"',
        'answer_letter_to_cpsu = pd.to_datetime("7 April 1962"); answer_letter_to_vietnamese_party = pd.Period("1962-04-05", "D"); answer_link = "is an answer to the CC CPSU\'s letter"',
        'answer_letter_to_cpsu = pd.to_datetime(["1962-04-07"]); answer_letter_to_vietnamese_party = ["5 April 1962"]; answer_link = "of 7 April 1962, which is an answer to the CC"',
        'answer_letter_to_cpsu = "Saturday, 7th of April 1962"; answer_letter_to_vietnamese_party = "1962/4/5"; answer_link = "an answer to the CC CPSU\'s letter (¶ 4)"',
        'answer_letter_to_cpsu = pd.Timestamp("1962-04-07", tz="Asia/Shanghai"); answer_letter_to_vietnamese_party = "19620405"; answer_link = "which is an answer to the CC ... letter of 22 February 1962"',
    ],
    "parties-named-twice": [
        'answer_named_twice = ["Great Britain", "Sweden"]',
        'answer_named_twice = {"Sweden", "Great Britain"}',
        'answer_named_twice = ("sweden", "britain")',
        'answer_named_twice = "Great Britain and Sweden"',
        'answer_named_twice = frozenset(["UK", "Swedish Communist Party"])',
        'answer_named_twice = pd.Series(["Communist Party of Sweden", "Communist Party of Great Britain"])',
        'answer_named_twice = ["Great Britain", "Sweden", "Great Britain"]',
        "import numpy as np\n"
        'five = np.array(["Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand"])\n'
        'answer_named_twice = five[np.isin(five, ["Great Britain", "Sweden", "France"])]',
        'answer_named_twice = ["Sweeden", "Great Brittain"]',
        'answer_named_twice = "CPGB; SKP"',
        'answer_named_twice = ["GB", "Sweden"]',
        'answer_named_twice = {"United Kingdom": "letter", "Sweden": "letter"}',
        'answer_named_twice = dict.fromkeys(["British", "Swedish"]).keys()',
        'five = ["Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand"]\n'
        'answer_named_twice = [name for name in five if name in ["Great Britain", "Sweden", "Finland"]]',
    ],
    "voices-told-apart": [
        *choices(
            "answer_voices",
            {
                "a": "reported",
                "b": "quoted",
                "c": "note-taker",
                "d": "quoted",
                "e": "reported",
                "f": "note-taker",
            },
        ),
        'answer_voices = {"f": "Note-taker", "e": "Reported", "d": "QUOTED", "c": "note taker.", "b": " quoted", "a": "reported "}',
        'answer_voices["a"] = answer_voices["e"] = "reported"\nanswer_voices["b"] = answer_voices["d"] = "quoted"\nanswer_voices["c"] = answer_voices["f"] = "notetaker"',
        'answer_voices = dict(a="reported speech", b="quotation", c="the note-taker", d="quote", e="paraphrase", f="the ambassador")',
        'answer_voices = dict(a="Reported", b="Quoted", c="Chervonenko", d="Quoted", e="Reported", f="Author")',
        'answer_voices = {"A": "reported", "B": "quoted", "C": "note-taker", "D": "quoted", "E": "reported", "F": "note-taker"}',
        'answer_voices = ("Reported", "Quoted", "Note-taker", "Quoted", "Reported", "Note-taker")',
    ],
    "manner-judged": [
        'answer_judgments = ["he refrained from a clear formulation", "he insistently repeated", "expressed himself obscurely"]',
        'answer_judgments = ("expressed himself obscurely [tumanno]", "he insistently repeated, the most important thing", "In this he refrained")',
        "answer_judgments = [\n"
        '    "In this he refrained from a clear formulation relating to whether the Chinese leaders had bilateral consultations with the CPSU in mind.",\n'
        '    "However, he insistently repeated, the most important thing is to conduct preparatory work before the conference.",\n'
        '    "At this point, Deng Xiaoping expressed himself obscurely [tumanno], noting that the proposal to call together a conference was also being repeated",\n'
        "]",
        'answer_judgments = ["“he refrained from a clear formulation”", "HE INSISTENTLY REPEATED", "Deng Xiaoping expressed himself obscurely"]',
        'answer_judgments = ["refrained from ... clear formulation", "he insistently repeated ... the conference", "Deng Xiaoping ... himself obscurely"]',
        'answer_judgments = {9: "[Deng] refrained from a clear formulation", 12: "he insistently repeated", 13: "himself obscurely [tumanno]"}',
        'answer_judgments = pd.Series({"p9": "from a clear formulation", "p12": "However, he insistently repeated", "p13": "expressed himself obscurely"})',
        'p13 = deng.loc["deng-1962-p13", "text"]\n'
        'answer_judgments = ["he refrained from a clear formulation", "he insistently repeated", p13[p13.index("At this") : p13.index(", noting")]]',
        'answer_judgments = ["refrained from a clear", "However, he insistently", "obscurely [tumanno], noting that"]',
        'answer_judgments = ["he refrained from a clear formulation (¶ 9)", "he insistently repeated (¶ 12)", "expressed himself obscurely (¶ 13)"]',
    ],
    "letter-not-read": [
        'answer_not_read = ["Not being acquainted with the text of the letter", "I did not know the text of the Chinese letter"]',
        'answer_not_read = ("I did not know the text", "Not being acquainted with the text")',
        'answer_not_read = ["“not being acquainted with the text of the letter”,", "since i did not know the text ..."]',
        "answer_not_read = {\n"
        '    "deng-1962-p07": "Not being acquainted with the text of the letter, I did not make any substantive comments",\n'
        '    "deng-1962-p11": "Since I did not know the text of the Chinese letter, I asked Deng Xiaoping several clarifying questions.",\n'
        "}",
        'answer_not_read = pd.Series(["Not being acquainted with the text", "did not know the text of the Chinese letter"])',
        'answer_not_read = ["Not being acquainted ... I did not make any substantive comments", "[he] did not know the text of the Chinese letter"]',
        'answer_not_read = ["Not being acquainted with the text (deng-1962-p07)", "I did not know the text, ¶ 11"]',
        'answer_not_read = {"did not know the text", "Not being acquainted with the text"}',
        'one = deng.loc["deng-1962-p07", "text"].split(", I did")[0]\n'
        'two = deng.loc["deng-1962-p11", "text"]\n'
        "answer_not_read = [one, two]",
        'answer_not_read = ["Not being acquainted with  the text\\nof the letter", "I did not know the text", "not counted any more"]',
    ],
    "proposal-tested": [
        *choices(
            "answer_findings",
            {"a": "for", "b": "neither", "c": "against", "d": "for", "e": "against", "f": "neither"},
        ),
        'answer_findings = dict(a="speaks for it", b="neutral", c="speaks against", d="For", e="against it", f="neither of them")',
    ],
    "brezhnev-identified": [
        'answer_same_man = "no"; answer_evidence = "second secretary A.A. Brezhnev"',
        'answer_same_man = "No."; answer_evidence = "and second secretary A.A. Brezhnev were present"',
        'answer_same_man = " NO "; answer_evidence = "“second secretary A.A. Brezhnev”"',
        'answer_same_man = "n"; answer_evidence = "Second Secretary A.A. Brezhnev."',
        'answer_same_man = False; answer_evidence = "adviser to the embassy ... second secretary A.A. Brezhnev"',
        'answer_same_man = "not the same"; answer_evidence = "second secretary [of the embassy] A.A. Brezhnev were present"',
        'answer_same_man = ["no"]; answer_evidence = ["second secretary A.A. Brezhnev"]',
        'answer_same_man = "no!"\nanswer_evidence = """the adviser to the embassy, O.B. Rakhmanin\nand second secretary A.A. Brezhnev"""',
        'answer_same_man = "no"; answer_evidence = "second secretary A.A. Brezhnev (¶ 19)"',
        'answer_same_man = "no"; answer_evidence = "“second secretary A.A. Brezhnev” (paragraph 19)."',
        'answer_same_man = "no"; answer_evidence = "second secretary A.A. Brezhnev - ¶ 19"',
        'answer_same_man = "no"\n'
        'text = deng.loc["deng-1962-p19", "text"]\n'
        'answer_evidence = text[text.index("second") : text.index(" were")]',
    ],
    "days-until-the-record": [
        *together(answer_days=number(29, "days"), answer_lets_say=choice("c")),
        'answer_days = pd.Timestamp("1962-05-08") - pd.Timestamp("1962-04-09"); answer_lets_say = [\'c\']',
        'answer_days = (pd.Timestamp("1962-05-08") - pd.Timestamp("1962-04-09")).days; answer_lets_say = \'c:\'',
        'import datetime as dt\nanswer_days = dt.date(1962, 5, 8) - dt.date(1962, 4, 9)\nanswer_lets_say = "c"',
        'import numpy as np\nanswer_days = np.datetime64("1962-05-08") - np.datetime64("1962-04-09")\nanswer_lets_say = "C"',
        'import numpy as np\nanswer_days = np.int64(29)\nanswer_lets_say = "c)"',
        'answer_days = str(pd.Timestamp("1962-05-08") - pd.Timestamp("1962-04-09")); answer_lets_say = " c. "',
        'answer_days = pd.to_datetime(pd.Series(["1962-04-09", "1962-05-08"])).diff().dropna(); answer_lets_say = [\'c\']',
        'answer_days = len(pd.date_range("1962-04-09", "1962-05-08")) - 1; answer_lets_say = \'c:\'',
        'answer_days = "twenty-nine"; answer_lets_say = "c"',
    ],
    "paragraphs-on-the-conference": [
        'answer_conference = deng[deng["text"].str.contains("conference")].index; answer_other_word = "convention"',
        'answer_conference = list(deng.index[deng["text"].str.contains("conference", case=False)]); answer_other_word = "Convention"',
        'answer_conference = set(deng[deng["text"].str.contains(r"\\bconferences?\\b")].index); answer_other_word = " convention. "',
        'answer_conference = ["deng-1962-p05", "deng-1962-p06", "deng-1962-p08", "deng-1962-p09", "deng-1962-p10", "deng-1962-p12", "deng-1962-p13"]; answer_other_word = ["convention"]',
        'answer_conference = ["p13", "p12", "p10", "p9", "p8", "p6", "p5"]; answer_other_word = "CONVENTION"',
        'answer_conference = [5, 6, 8, 9, 10, 12, 13]; answer_other_word = "“convention”"',
        'answer_conference = deng[deng["text"].str.contains("conference")]["n"]; answer_other_word = "convention"',
        'answer_conference = "Deng-1962-P5, Deng-1962-P6, Deng-1962-P8, Deng-1962-P9, Deng-1962-P10, Deng-1962-P12, Deng-1962-P13"; answer_other_word = "Convention"',
        'answer_conference = [name for name, text in deng["text"].items() if "conference" in text]; answer_other_word = " convention. "',
        'answer_conference = deng.reset_index().loc[lambda t: t["text"].str.contains("conference"), "paragraph_id"]; answer_other_word = ["convention"]',
        'answer_conference = deng.index[deng["text"].str.count("conference") > 0].to_numpy(); answer_other_word = "CONVENTION"',
        'my_name = "Bao"; answer_conference = deng.index[deng["text"].str.contains("representative")]; answer_other_word = "“convention”"',
        'my_name = "Fen"; answer_conference = deng.index[deng["text"].str.contains("consultation")]; answer_other_word = "convention"',
        'my_name = "Ivan"; answer_conference = deng.index[deng["text"].str.contains("letter")]; answer_other_word = "Convention"',
        'answer_conference = {name: text.count("conference") for name, text in deng["text"].items() if "conference" in text}; answer_other_word = " convention. "',
        'answer_conference = deng["text"].str.contains("conference"); answer_other_word = ["convention"]',
    ],
    "mentions-counted": [
        "import re\n"
        "def count_mentions(text, word):\n"
        '    return len(re.findall(r"\\b" + re.escape(word) + r"\\b", text, flags=re.IGNORECASE))',
        "import string\n"
        "def count_mentions(text, word):\n"
        "    return [w.strip(string.punctuation).lower() for w in text.split()].count(word.lower())",
        "def count_mentions(text, word):\n"
        "    for mark in '.,;:!?\"()[]':\n"
        "        text = text.replace(mark, ' ')\n"
        "    return text.lower().split().count(word.lower())",
        "def count_mentions(text, word):\n"
        "    n = 0\n"
        "    for part in text.upper().split():\n"
        "        if part.strip('.,;:!?\"()') == word.upper():\n"
        "            n = n + 1\n"
        "    return n",
        "import re\n"
        "from collections import Counter\n"
        "def count_mentions(text, word):\n"
        "    return Counter(re.split(r'\\W+', text.casefold()))[word.casefold()]",
        "import re\n"
        "count_mentions = lambda text, word: sum(1 for w in re.findall(r'\\w+', text) if w.lower() == word.lower())",
        "def count_mentions(text, word):\n"
        "    words = pd.Series(text.lower().split()).str.strip('.,;:!?\"()')\n"
        "    return (words == word.lower()).sum()",
        "def count_mentions(text, word):\n"
        "    clean = ''.join(c if c.isalpha() else ' ' for c in text.lower())\n"
        "    print('looking for', word)\n"
        "    return float(clean.split().count(word.lower()))",
        "import re, sys, warnings\n"
        "def count_mentions(text, word):\n"
        "    warnings.warn('still trying')\n"
        "    print('debug', file=sys.stderr)\n"
        "    return len(re.findall(r'\\b%s\\b' % word.lower(), text.lower()))",
        (
            "def count_mentions(text, word):\n"
            "    n = 0\n"
            "    for piece in text.split():\n"
            "        piece = piece.strip('.,;:!?\"()[]').lower()\n"
            "        if piece == word.lower():\n"
            "            n = n + 1\n"
            "    return n"
        ),
    ],
}

# What a student reads who took the party to which the CCP wrote for one that wrote to it.
ONLY_WRITTEN_TO = "the Vietnamese party in deng-1962-p13 only as one to which the CCP wrote"

# One case on each line, as in a table.
# fmt: off
WRONG = wrong(RIGHT, {
    "letters-dated": [
        (0, "To the CPSU: Not answered yet.", "answer_letter_to_cpsu = None; answer_letter_to_vietnamese_party = None; answer_link = ''"),
        (1.5, "To the Vietnamese party: Not answered yet.", 'answer_letter_to_cpsu = "7 April 1962"; answer_link = "is an answer to the CC CPSU\'s letter"; answer_letter_to_vietnamese_party = None'),
        (0, "To the CPSU: This paragraph has this date, but it belongs to another letter.", 'answer_letter_to_cpsu = "5 April 1962"; answer_letter_to_vietnamese_party = "7 April 1962"; answer_link = \'\''),
        (1.5, "written by the other side, and not by the CCP", 'answer_letter_to_cpsu = "22 February 1962"; answer_letter_to_vietnamese_party = "5 April 1962"; answer_link = "is an answer to the CC CPSU\'s letter"'),
        (0, "This is the date of the talk", 'answer_letter_to_cpsu = "1962-04-09"; answer_letter_to_vietnamese_party = "1962-04-09"; answer_link = \'\''),
        (1.5, "the day is missing", 'answer_letter_to_cpsu = "April 1962"; answer_letter_to_vietnamese_party = "5 April 1962"; answer_link = "is an answer to the CC CPSU\'s letter"'),
        (1.5, "the year is missing", 'answer_letter_to_cpsu = "7 April 1962"; answer_letter_to_vietnamese_party = "5 April"; answer_link = "is an answer to the CC CPSU\'s letter"'),
        (0, "not clear which number is the month", 'answer_letter_to_cpsu = "07/04/1962"; answer_letter_to_vietnamese_party = "5.4.1962"; answer_link = \'\''),
        (0, "4 July 1962 is not right", 'answer_letter_to_cpsu = "1962-07-04"; answer_letter_to_vietnamese_party = "1962-05-04"; answer_link = \'\''),
        (1.5, "This is not a single day", 'answer_letter_to_cpsu = pd.Period("1962-04", "M"); answer_link = "is an answer to the CC CPSU\'s letter"'),
        (0, "This is not a single day", 'import numpy as np; answer_letter_to_cpsu = np.datetime64("1962-04"); answer_letter_to_vietnamese_party = np.datetime64("1962"); answer_link = \'\''),
        (1.5, "7 April 1963 is not right", 'answer_letter_to_cpsu = "7 April 1963"; answer_letter_to_vietnamese_party = "5 April 1962"; answer_link = "is an answer to the CC CPSU\'s letter"'),
        (0, "This is a number, but the question asks for a date", "answer_letter_to_cpsu = 7; answer_letter_to_vietnamese_party = 5.4; answer_link = ''"),
        (0, "There is no such day", 'answer_letter_to_cpsu = "31 April 1962"; answer_letter_to_vietnamese_party = None; answer_link = \'\''),
        (0, "is not a date", 'answer_letter_to_cpsu = "<script>alert(1)</script>"; answer_letter_to_vietnamese_party = None; answer_link = \'\''),
        (1.5, "There is no `answer_letter_to_cpsu`", 'del answer_letter_to_cpsu; answer_link = "is an answer to the CC CPSU\'s letter"'),
        (1, "Words: Not answered yet.", 'answer_letter_to_cpsu = "7 April 1962"; answer_letter_to_vietnamese_party = "5 April 1962"; answer_link = \'\''),
        (0, "these are not the words that the question asks for", 'answer_link = "a copy of the CC CCP\'s letter to the Vietnamese"; answer_letter_to_cpsu = None; answer_letter_to_vietnamese_party = None'),
        (0, "is too long: it has 16 words, and at most 15 are allowed", 'answer_link = "CC CCP of 7 April 1962, which is an answer to the CC CPSU\'s letter of"; answer_letter_to_cpsu = None; answer_letter_to_vietnamese_party = None'),
        (0.5, "The words are not quite those", 'answer_link = "which is the answer to the CC CPSU\'s letter"; answer_letter_to_cpsu = None; answer_letter_to_vietnamese_party = None'),
        (0, "This is a list of 2", 'answer_letter_to_cpsu = ["7 April 1962", "5 April 1962"]; answer_letter_to_vietnamese_party = None; answer_link = \'\''),
    ],
    "parties-named-twice": [
        (0, "Not answered yet.", "= []"),
        (0, "The list is empty.", "= set()"),
        (1, "1 missing", '= ["Sweden"]'),
        (1, "1 missing", '= "Great Britain"'),
        (1, '"Vietnam" does not belong here', '= ["Great Britain", "Sweden", "Vietnam"]'),
        (1, ONLY_WRITTEN_TO, '= ["Great Britain", "Sweden", "Vietnam"]'),
        (0, ONLY_WRITTEN_TO, '= "Vietnam"'),
        (0, ONLY_WRITTEN_TO, '= ["the Vietnamese Laborers\' Party", "Sweden"]'),
        (1, ONLY_WRITTEN_TO, '= {"UK", "Sweden", "North Vietnam"}'),
        (1, ONLY_WRITTEN_TO, '= {"UK", "Sweden", "Vietnamm"}'),
        (0, ONLY_WRITTEN_TO, '= ["Lao Dong"]'),
        (1, ONLY_WRITTEN_TO, '= ("CPGB", "SKP", "VWP")'),
        (0, '"Finland" does not', '= ["Great Britain", "Sweden", "France", "Finland", "West Germany"]'),
        (0, '"Indonesia" does not', '= ["Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand"]'),
        (0, '"New Zealand" does not belong', '= {"Great Britain", "New Zealand"}'),
        (1, "1 missing", '= ["UK", "Great Britain", "Britain"]'),
        (0, '"Stockholm" does not belong', '= ["Stockholm"]'),
        (0, '"2" does not belong here', "= 2"),
        (0, "This is a column of True and False; the question asks for the names", "= [True, False]"),
        (0, "This is a function", "= set"),
        (0, "There is no `answer_named_twice`", "del answer_named_twice"),
        (0, "more do not belong here", '= list("abcdefghij")'),
    ],
    "voices-told-apart": [
        (0, "Not answered yet.", dict.fromkeys("abcdef", "")),
        (0.5, "b: Not answered yet.", {"b": "", "c": "", "d": "", "e": "", "f": ""}),
        (0, "a: Find where the quotation marks of this paragraph open", dict.fromkeys("abcdef", "quoted")),
        (0, "d: Ask who speaks or acts in this sentence, and look for", dict.fromkeys("abcdef", "reported")),
        (0, "e: Read the sentence from its beginning: who is it that", dict.fromkeys("abcdef", "note-taker")),
        (2.5, "e: Find where the quotation marks", {"e": "quoted"}),
        (1.5, "a: Find where the quotation marks", {"a": "quoted", "e": "quoted"}),
        (1.5, "c: Ask who speaks or acts in this sentence", {"c": "reported", "f": "reported"}),
        (2, 'f: "Deng" is not one of the options: ', {"e": "Deng", "f": "Deng"}),
        (1.5, "d: Not answered yet.", '= ["reported", "quoted", "note-taker"]'),
        (1.5, "b: Ask who speaks", {"b": "reported", "d": "reported"}),
        (0, "is not one of the options", dict.fromkeys("abcdef", "quoted or reported")),
        (0, "This is a text, but the question asks for a dictionary", '= "quoted"'),
        (0, "There is no `answer_voices`", "del answer_voices"),
        (0, "This is a table, but the question asks for a dictionary", "= deng"),
    ],
    "manner-judged": [
        (0, "Not answered yet.", '= ["", "", ""]'),
        (1, "The question asks for 3 quotations; you gave 1", '= ["he refrained from a clear formulation"]'),
        (2, "is too long: it has 214 words, and at most 25 are allowed", '= ["he refrained from a clear formulation", "he insistently repeated", deng.loc["deng-1962-p13", "text"]]'),
        (0, "is too long", '= list(deng.loc[["deng-1962-p09", "deng-1962-p12", "deng-1962-p13"], "text"])'),
        (2, "is in deng-1962-p06, which is not the place that the question asks for", '= ["he refrained from a clear formulation", "Developing this thought, he emphasized", "expressed himself obscurely"]'),
        (2, "these are not the words that the question asks for", '= ["he refrained from a clear formulation", "we are ready for it at any time", "expressed himself obscurely"]'),
        (2, 'it has "obscurely", not "unclearly"', '= ["he refrained from a clear formulation", "he insistently repeated", "Deng Xiaoping expressed himself unclearly [tumanno]"]'),
        (2, "each quotation must be from another paragraph", '= ["Deng Xiaoping expressed himself obscurely", "obscurely [tumanno], noting that", "he insistently repeated"]'),
        (2, "is not the place that the question asks for", '= ["the sincere striving for unity", "he refrained from a clear formulation", "he insistently repeated", "expressed himself obscurely"]'),
        (0, "too short to be evidence", '= ["refrained", "insistently", "obscurely"]'),
        (0, "too short to be evidence", "= [9, 12, 13]"),
        (0, "No passage of the documents", '= "Deng was evasive throughout this long meeting"'),
        (0, "There is no `answer_judgments`", "del answer_judgments"),
        (0, "This is a table", "= deng"),
        (0, "write list(...)", '= iter(["he refrained from a clear formulation"])'),
    ],
    "letter-not-read": [
        (0, "Not answered yet.", '= ["", ""]'),
        (1, "The question asks for 2 quotations;", '= "Not being acquainted with the text of the letter"'),
        (1, "The question asks for 2", '= ["", "Since I did not know the text of the Chinese letter"]'),
        (1, "each quotation must be from", '= ["I did not know the text", "the text of the Chinese letter"]'),
        (1.5, 'it has "Chinese", not "long"', '= ["Not being acquainted with the text", "I did not know the text of the long letter"]'),
        (1, "these are", '= ["I did not know the text", "the sincere striving for unity and solidarity"]'),
        (1, "is in deng-1962-p05, which is not the place that the question asks for", '= ["Not being acquainted with the text", "Deng Xiaoping stated that he would not read them"]'),
        (0, "too short to be evidence", '= ["p07", "p11"]'),
        (0, "No passage of", '= ["The ambassador had never seen it before", "He was unprepared for this"]'),
        (0.5, "The words are not quite those", '= ["Not being familiar with the text of this letter", "I did not know the content of the Chinese letter"]'),
        (0.5, "And each quotation must be from another paragraph", '= ["Not being acquainted with teh text of the letter", "Not being acquainted with a text of the letter"]'),
        (0.5, "each quotation must be from another paragraph", '= ["Not being acquainted with teh text of the letter", "Not being acquainted with the text"]'),
        (1, "You gave 4; only the first 2 are marked.", '= ["I did not know the text", "We wish very much", "Not being acquainted with the text", "How else could it be?"]'),
        (1, "This is more than a slip, or not the passage that the question asks for", '= ["I did not know the text", "I only emphasised the sincere striving for unity"]'),
        (0, "There is no `answer_not_read`", "del answer_not_read"),
        (0, "too short to be evidence", "= 7"),
        (0, "far longer than the question asks for", '= "acquainted " * 10**6'),
        (1, "is in mao-1963-p10", '= ["The sky won\'t collapse", "I did not know the text"]'),
    ],
    "proposal-tested": [
        (0, "Not answered yet.", "= {}"),
        (0, "b: Would you expect this finding only if the reading is true?", dict.fromkeys("abcdef", "for")),
        (0, "b: Would you be surprised by this finding if the reading", dict.fromkeys("abcdef", "against")),
        (0, "c: Does this bring the conference closer, or push it away", dict.fromkeys("abcdef", "neither")),
        (2.5, "c: Would you expect this finding only if", {"c": "for"}),
        (2.5, "d: Would you be surprised", {"d": "against"}),
        (2.5, "e: Would you expect", {"e": "for"}),
        (1.5, "a: Does this bring", {"a": "neither", "d": "neither"}),
        (2.5, "f: Would you be surprised", {"f": "against"}),
        (1.5, "b: Would you expect", {"b": "for", "f": "for"}),
        (1.5, "d: Not answered yet.", '= ["for", "neither", "against"]'),
        (0, "is not one of the options", dict.fromkeys("abcdef", "for and against")),
        (2.5, 'e: "maybe" is not one of the options', {"e": "maybe"}),
        (0, "There is no `answer_findings`", "del answer_findings"),
    ],
    "brezhnev-identified": [
        (1, "is too long: it has 13 words", 'answer_evidence = "as the adviser to the embassy, O.B. Rakhmanin and second secretary A.A. Brezhnev"'),
        (0, "The same man: Not answered yet.", 'answer_same_man = ""; answer_evidence = \'\''),
        (1, "Evidence: There is no quotation here yet.", 'answer_evidence = "---"'),
        (1, "Evidence: Not answered yet.", "answer_evidence = ''"),
        (1, "Look at his initials and at his office", 'answer_same_man = "yes"'),
        (1, "too short to be evidence", 'answer_evidence = "second secretary"'),
        (1, "these are not the words that the", 'answer_evidence = "were present at the conversation"'),
        (1, "This is more than a slip, or", 'answer_evidence = "first secretary A.A. Brezhnev were present"'),
        (1.5, 'it has "secretary", not', 'answer_evidence = "second secretery A.A. Brezhnev (¶ 19)"'),
        (1, "This is more than a slip, or", 'answer_evidence = "employees in the CC machine, Yan Mingfu"'),
        (1, "Look at his initials", "answer_same_man = True"),
        (1, "Look at his initials", 'answer_same_man = "Y"'),
        (1, "Look at his initials", 'answer_same_man = "The same."'),
        (1, "is not one of the options", 'answer_same_man = "maybe"'),
        (1, "is not one of the options", 'answer_same_man = "yes or no"'),
        (1, "is not the place that the question asks", 'answer_evidence = "com. A.A. Gromyko with D. Rusk"'),
        (1, "is in mao-1963-p10", 'answer_evidence = "The sky won\'t collapse"'),
        (1, "No passage of the documents", 'answer_evidence = "he was only a young interpreter, I think"'),
        (1, "There is no `answer_same_man`", "del answer_same_man"),
        (0, "This is a table, but the question asks for a", "answer_evidence = deng; answer_same_man = ''"),
        (0, "This is a function", "answer_same_man = len; answer_evidence = print"),
    ],
    "days-until-the-record": [
        (0, "Days: Not answered yet.", 'answer_days = None; answer_lets_say = ""'),
        (1, "28 is not right", "answer_days = 28"),
        (1, "The first day does not count", "answer_days = 30"),
        (1, "This counts", 'answer_days = (pd.Timestamp("1962-04-09") - pd.Timestamp("1962-05-08")).days'),
        (1, "31 is not right", "answer_days = '31 days'"),
        (1, "is not a number of days", 'answer_days = "29 weeks"'),
        (1, "is not a number", 'answer_days = "between 28 and 30"'),
        (1, "is not a number of days", 'answer_days = "29, 30"'),
        (1, "29.5 is not right", "answer_days = 29.5"),
        (1, "This is a list of 2", "answer_days = [29, 30]"),
        (1, "This is a date, but the question asks for a number", 'answer_days = pd.Timestamp("1962-05-08")'),
        (1, "This is True or False", "answer_days = True"),
        (1, "not a finite number", 'answer_days = float("nan")'),
        (1, "not a finite number", 'answer_days = float("inf")'),
        (1, "There is no `answer_days`", "del answer_days"),
        (1, "looking at it raises OverflowError", "answer_days = 10**5000"),
        (1, "This is something that cannot be read", "answer_days = 29j"),
        (1, "Do the two dates tell you anything about notes?", 'answer_lets_say = "a"'),
        (1, "Could Moscow have heard of the talk in another way", 'answer_lets_say = "b"'),
        (1, "Name another reason for which a paper may have a late date", 'answer_lets_say = "d"'),
        (1, "is not one of the options", 'answer_lets_say = "a or c"'),
        (0, "What it lets you say", 'answer_days = 30; answer_lets_say = "b"'),
        (1, "What it lets you say: Not answered yet.", 'answer_days = "29 days"; answer_lets_say = \'\''),
    ],
    "paragraphs-on-the-conference": [
        (0, "Paragraphs: Not answered yet.", 'answer_conference = []; answer_other_word = ""'),
        (2.5, "1 missing", 'answer_conference = deng[deng["text"].str.contains("conference")].index[:-1]'),
        (2.5, '"deng-1962-p04" does not belong here', 'answer_conference = [f"deng-1962-p{n:02}" for n in (4, 5, 6, 8, 9, 10, 12, 13)]'),
        (1, "does not belong here", "answer_conference = deng.index"),
        (2, "5 missing", "answer_conference = [5, 13]"),
        (1, "5 missing", "answer_conference = [5, 13, 1, 2]"),
        (1.5, "does not belong here", "answer_conference = [4, 5, 7, 8, 9, 11, 12]"),
        (2, "4 missing", 'answer_conference = deng[deng["text"].str.contains("convention")].index'),
        (1, "The list is empty.", 'answer_conference = deng[deng["text"].str.contains("congress")].index'),
        (1, '"deng-1692-p06" does not belong here', 'answer_conference = ["deng-1692-p06", "deng-1962-p05"]'),
        (1, "give one column of it, or", 'answer_conference = deng[deng["text"].str.contains("conference")]'),
        (1, '"7" does not belong here', 'answer_conference = deng["text"].str.contains("conference").sum()'),
        (1, '"mao-1963-p13" does not belong here', 'answer_conference = ["mao-1963-p13"]'),
        (1, "There is no `answer_conference`", "del answer_conference"),
        (1, "write list(...)", 'answer_conference = filter(lambda i: "p0" in i, deng.index)'),
        (2, "Another word: Not", "answer_conference = [5, 6, 8, 9, 10, 12, 13]; answer_other_word = ''"),
        (2, "does the", 'answer_conference = [5, 6, 8, 9, 10, 12, 13]; answer_other_word = "congress"'),
        (2, "is it the meeting, or what comes before?", 'answer_conference = [5, 6, 8, 9, 10, 12, 13]; answer_other_word = "consultation"'),
        (2, "the calling", 'answer_conference = [5, 6, 8, 9, 10, 12, 13]; answer_other_word = "convocation"'),
        (2, "which body does", 'answer_conference = [5, 6, 8, 9, 10, 12, 13]; answer_other_word = "council"'),
        (2, "whose sessions", 'answer_conference = [5, 6, 8, 9, 10, 12, 13]; answer_other_word = "session"'),
        (2, "is not one of", 'answer_conference = [5, 6, 8, 9, 10, 12, 13]; answer_other_word = "meeting"'),
        (2, "is not one of the options", 'answer_conference = [5, 6, 8, 9, 10, 12, 13]; answer_other_word = "convocation or convention"'),
    ],
    "mentions-counted": [
        (0, "Not answered yet. The function returns nothing", "def count_mentions(text, word):\n    ..."),
        (0, "Not answered yet. The function", "def count_mentions(text, word):\n    print(text.count(word))"),
        (1, "For words that only begin or end like the word: the result is not right", "def count_mentions(text, word):\n    return text.count(word)"),
        (1, "For a word with", "def count_mentions(text, word):\n    return text.lower().count(word)"),
        (1, "For words that", "def count_mentions(text, word):\n    return text.lower().count(word.lower())"),
        (0, "For words in", "def count_mentions(text, word):\n    return text.lower().split().count(word)"),
        (0, "The function returns the same result for", "def count_mentions(text, word):\n    return 2"),
        (0, "The function returns the same result for", "def count_mentions(text, word):\n    return 0"),
        (0, "raises NotImplementedError", "def count_mentions(text, word):\n    raise NotImplementedError"),
        (0, "raises TypeError", "def count_mentions(text):\n    return text.count('unity')"),
        (0, "In every case the function raises NameError.", "def count_mentions(text, word):\n    return len(re_findall(word, text))"),
        (0, "raises RecursionError", "def count_mentions(text, word):\n    return count_mentions(text, word)"),
        (0, "raises SystemExit", "def count_mentions(text, word):\n    raise SystemExit(0)"),
        (0, "In every case the function gives True or", "def count_mentions(text, word):\n    return word in text"),
        (0, "In every case the function gives a list, but the question asks for a number.", "def count_mentions(text, word):\n    return [w for w in text.lower().split() if w == word]"),
        (0, "In every case the function gives a text, but the question asks for a number.", "import re\ndef count_mentions(text, word):\n    return str(len(re.findall(rf'\\b{word}\\b', text, re.I)))"),
        (0, "This is a number, but the question asks for a function", "count_mentions = 3"),
        (0, "There is no `count_mentions`", "del count_mentions"),
    ],
})
# fmt: on

# Functions that a student writes who has not thought of the difficulty.
NAIVE = {
    "mentions-counted": {
        "finds letters": "def count_mentions(text, word):\n    return text.count(word)",
        "finds letters, small": "def count_mentions(text, word):\n    return text.lower().count(word.lower())",
        "splits": "def count_mentions(text, word):\n    return text.split().count(word)",
        "splits, small": "def count_mentions(text, word):\n    return text.lower().split().count(word.lower())",
        "whole words, capitals count": "import re\ndef count_mentions(text, word):\n    return len(re.findall(rf'\\b{word}\\b', text))",
        "says whether": "def count_mentions(text, word):\n    return int(word in text)",
        "a constant, computed": "def count_mentions(text, word):\n    return float('2')",
    },
}
