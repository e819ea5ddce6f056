"""Answers to the exercise `deng-1962` as students would write them, and what each must get.

Each answer is what stands in the answer cell, run after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

# An answer stands on one line where it can, so that answers are easy to compare.
# ruff: noqa: E501

RIGHT = {
    "letters-dated": [
        'answer_letter_to_cpsu = "1962-04-07"; answer_letter_to_vietnamese_party = "1962-04-05"',
        'answer_letter_to_cpsu = "April 7, 1962"; answer_letter_to_vietnamese_party = "April 5th, 1962"',
        'answer_letter_to_cpsu = "7 Apr 1962"; answer_letter_to_vietnamese_party = "5. april 1962."',
        'answer_letter_to_cpsu = pd.Timestamp("1962-04-07"); answer_letter_to_vietnamese_party = pd.Timestamp(1962, 4, 5)',
        "import datetime as dt\n"
        "answer_letter_to_cpsu = dt.date(1962, 4, 7); answer_letter_to_vietnamese_party = dt.datetime(1962, 4, 5, 12, 30)",
        "import numpy as np\n"
        'answer_letter_to_cpsu = np.datetime64("1962-04-07")\n'
        'answer_letter_to_vietnamese_party = np.datetime64("1962-04-05T00:00")',
        'answer_letter_to_cpsu = pd.to_datetime("7 April 1962"); answer_letter_to_vietnamese_party = pd.Period("1962-04-05", "D")',
        'answer_letter_to_cpsu = pd.to_datetime(["1962-04-07"]); answer_letter_to_vietnamese_party = ["5 April 1962"]',
        'answer_letter_to_cpsu = "Saturday, 7th of April 1962"; answer_letter_to_vietnamese_party = "1962/4/5"',
        'answer_letter_to_cpsu = pd.Timestamp("1962-04-07", tz="Asia/Shanghai"); answer_letter_to_vietnamese_party = "19620405"',
    ],
    "parties-in-the-order-received": [
        'answer_parties = ["Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand"]',
        'answer_parties = ("indonesia", "VIETNAM", "great britain", "sweden", "new zealand")',
        'answer_parties = ["Indonesian", "Vietnamese", "British", "Swedish", "New Zealand"]',
        'answer_parties = ["Communist Party of Indonesia", "the Vietnamese Laborers\' Party",\n'
        '    "the Communist Party of Great Britain", "Communist Party of Sweden", "Communist Party of New Zealand"]',
        'answer_parties = ["PKI", "VWP", "CPGB", "SKP", "CPNZ"]',
        'answer_parties = pd.Series(["Indonesia", "North Vietnam", "Britain", "Sweden", "New Zealand"])',
        'answer_parties = "Indonesia, Vietnam, Great Britain, Sweden, and New Zealand"',
        'answer_parties = {"Indonesia": 1, "Viet Nam": 2, "UK": 3, "Sweden": 4, "NZ": 5}',
        'answer_parties = """1. Indonesia (PKI)\n2. Vietnam (Lao Dong)\n3. Great Britain (CPGB)\n4. Sweden\n5. New Zealand"""',
        'answer_parties = ["Indonesian Communist Party", "Workers’ Party of Vietnam", "the U.K.", "Swedish CP", "New-Zealand"]',
        'answer_parties = pd.DataFrame({"party": ["Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand"]})',
        'answer_parties = ["Indonesia", "Vietnam", "United Kingdom", "Sweden", "New Zealand"]',
        'answer_parties = ["Indonesia", "Vietnam", "GB", "Sweden", "New Zealand"]',
        'answer_parties = ["Indonesia", "Vietnam", "Great Britian", "Sweeden", "New Zeland"]',
        'answer_parties = "Indonesia, Vietnam, Communist Party of Great Britian, Sweeden (SKP), New Zealnd"',
        'answer_parties = pd.Index([" Indonesia ", "Vietnam", "Great  Britain", "Sweden", "New Zealand"])',
        'answer_parties = ["Indonesia", "Wietnam", "Great Britain", "Sweden", "New Zealand"]',
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
    "author-judges-the-manner": [
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
    ],
    "voices-told-apart": [
        'answer_voices = {"a": "reported", "b": "quoted", "c": "author", "d": "quoted", "e": "reported", "f": "author"}',
        'answer_voices = {"f": "Author", "e": "Reported", "d": "QUOTED", "c": "author.", "b": " quoted", "a": "reported "}',
        'answer_voices["a"] = answer_voices["e"] = "reported"\n'
        'answer_voices["b"] = answer_voices["d"] = "quoted"\n'
        'answer_voices["c"] = answer_voices["f"] = "author"',
        'answer_voices = dict(a="reported speech", b="quotation", c="the author", d="quote", e="paraphrase", f="the ambassador")',
        'answer_voices = dict(a="Reported", b="Quoted", c="Chervonenko", d="Quoted", e="Reported", f="Ambassador")',
        'answer_voices = ["reported", "quoted", "author", "quoted", "reported", "author"]',
        'answer_voices = pd.Series({"a": "reported", "b": "quoted", "c": "author", "d": "quoted", "e": "reported", "f": "author"})',
        'answer_voices = {"A": "reported", "B": "quoted", "C": "author", "D": "quoted", "E": "reported", "F": "author"}',
        'answer_voices = dict(zip("abcdef", ("reported", "quoted", "author") * 2)); answer_voices.update(d="quoted", e="reported")',
        'answer_voices = ("Reported", "Quoted", "Author", "Quoted", "Reported", "Author")',
    ],
    "days-until-the-record": [
        "answer_days = 29",
        "answer_days = 29.0",
        'answer_days = "29"',
        'answer_days = "29 days"',
        'answer_days = pd.Timestamp("1962-05-08") - pd.Timestamp("1962-04-09")',
        'answer_days = (pd.Timestamp("1962-05-08") - pd.Timestamp("1962-04-09")).days',
        "import datetime as dt\nanswer_days = dt.date(1962, 5, 8) - dt.date(1962, 4, 9)",
        'import numpy as np\nanswer_days = np.datetime64("1962-05-08") - np.datetime64("1962-04-09")',
        "import numpy as np\nanswer_days = np.int64(29)",
        'answer_days = str(pd.Timestamp("1962-05-08") - pd.Timestamp("1962-04-09"))',
        'answer_days = pd.to_datetime(pd.Series(["1962-04-09", "1962-05-08"])).diff().dropna()',
        'answer_days = len(pd.date_range("1962-04-09", "1962-05-08")) - 1',
        'answer_days = "twenty-nine"',
    ],
    "letters-in-a-table": [
        'answer_letters["date"] = ["1962-02-22", "1962-04-05", "1962-04-07"]\nanswer_letters["days_before_talk"] = [46, 4, 2]',
        'answer_letters["date"] = pd.to_datetime(["1962-02-22", "1962-04-05", "1962-04-07"])\n'
        'answer_letters["days_before_talk"] = pd.Timestamp("1962-04-09") - answer_letters["date"]',
        'answer_letters["Date"] = ["22 February 1962", "5 April 1962", "7 April 1962"]\nanswer_letters["Days before talk"] = ["46", "4", "2"]',
        'answer_letters["date"] = ["1962-02-22", "1962-04-05", "1962-04-07"]\nanswer_letters["days_before_talk"] = [46.0, 4.0, 2.0]\n'
        'answer_letters = answer_letters.sort_values("days_before_talk")',
        'answer_letters["days_before_talk"] = [46, 4, 2]\nanswer_letters["date"] = ["1962-02-22", "1962-04-05", "1962-04-07"]\n'
        'answer_letters = answer_letters.set_index("letter")',
        'answer_letters["date"] = ["1962-02-22", "1962-04-05", "1962-04-07"]\nanswer_letters["days_before_talk"] = [46, 4, 2]\n'
        'answer_letters["weeks"] = answer_letters["days_before_talk"] / 7\nanswer_letters = answer_letters.iloc[::-1]',
        "answer_letters = {\n"
        '    "letter": ["CCP to CPSU", "CPSU to CCP", "CCP to Vietnamese party"],\n'
        '    "date": ["April 7, 1962", "February 22, 1962", "April 5, 1962"],\n'
        '    "days_before_talk": [2, 46, 4],\n}',
        'answer_letters = pd.DataFrame({"date": pd.to_datetime(["1962-04-07", "1962-04-05", "1962-02-22"]), "days before talk": [2, 4, 46]},\n'
        '    index=["CCP to CPSU", "CCP to Vietnamese party", "CPSU to CCP"])',
        "import datetime as dt\n"
        "dates = [dt.date(1962, 2, 22), dt.date(1962, 4, 5), dt.date(1962, 4, 7)]\n"
        'answer_letters = answer_letters.assign(date=dates, days_before_talk=["46 days", "4 days", "2 days"])',
        'answer_letters["date"] = pd.to_datetime(["1962-02-22", "1962-04-05", "1962-04-07"]).astype("datetime64[s]")\n'
        'answer_letters["days_before_talk"] = pd.array([46, 4, 2], dtype="Int64")\nanswer_letters["letter"] = answer_letters["letter"].str.upper()',
    ],
    "longest-paragraph": [
        'answer_longest = "deng-1962-p13"',
        'answer_longest = "DENG-1962-P13"',
        'answer_longest = "p13"',
        "answer_longest = 13",
        'answer_longest = "¶ 13"',
        'answer_longest = "Paragraph 13"',
        'answer_longest = deng["n_words"].idxmax()',
        'answer_longest = deng.sort_values("n_words").index[-1]',
        'answer_longest = deng[deng["n_words"] == deng["n_words"].max()].index',
        'answer_longest = deng.loc[deng["n_words"].idxmax(), "n"]',
        'answer_longest = deng["n_words"].nlargest(1).index.tolist()',
    ],
    "paragraphs-over-a-hundred-words": [
        "answer_long = 6",
        "answer_long = 6.0",
        'answer_long = "6"',
        'answer_long = "6 paragraphs"',
        'answer_long = (deng["n_words"] > 100).sum()',
        'answer_long = len(deng[deng["n_words"] > 100])',
        'answer_long = deng.query("n_words > 100").shape[0]',
        'answer_long = deng["n_words"].gt(100).value_counts()[True]',
        'answer_long = sum(len(text.split()) > 100 for text in deng["text"])',
        'answer_long = deng[deng["n_words"] > 100][["n_words"]].count()',
        'answer_long = "six"',
        'my_name = "Ada"; answer_long = (deng["n_words"] > 61).sum()',
        'my_name = "bao"; answer_long = (deng["n_words"] > 69).sum()',
        'my_name = "Li"; answer_long = (deng["n_words"] > 48).sum()',
        'my_name = ["Li"]; answer_long = (deng["n_words"] > 100).sum()',
    ],
    "paragraphs-on-the-conference": [
        'answer_conference = deng[deng["text"].str.contains("conference")].index',
        'answer_conference = list(deng.index[deng["text"].str.contains("conference", case=False)])',
        'answer_conference = set(deng[deng["text"].str.contains(r"\\bconferences?\\b")].index)',
        'answer_conference = ["deng-1962-p05", "deng-1962-p06", "deng-1962-p08", "deng-1962-p09", "deng-1962-p10", "deng-1962-p12", "deng-1962-p13"]',
        'answer_conference = ["p13", "p12", "p10", "p9", "p8", "p6", "p5"]',
        "answer_conference = [5, 6, 8, 9, 10, 12, 13]",
        'answer_conference = deng[deng["text"].str.contains("conference")]["n"]',
        'answer_conference = "Deng-1962-P5, Deng-1962-P6, Deng-1962-P8, Deng-1962-P9, Deng-1962-P10, Deng-1962-P12, Deng-1962-P13"',
        'answer_conference = [name for name, text in deng["text"].items() if "conference" in text]',
        'answer_conference = deng.reset_index().loc[lambda t: t["text"].str.contains("conference"), "paragraph_id"]',
        'answer_conference = deng.index[deng["text"].str.count("conference") > 0].to_numpy()',
        'my_name = "Bao"; answer_conference = deng.index[deng["text"].str.contains("representative")]',
        'my_name = "Fen"; answer_conference = deng.index[deng["text"].str.contains("consultation")]',
        'my_name = "Ivan"; answer_conference = deng.index[deng["text"].str.contains("letter")]',
        'answer_conference = {name: text.count("conference") for name, text in deng["text"].items() if "conference" in text}',
        'answer_conference = deng["text"].str.contains("conference")',
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
    ],
}

# What a student reads who took the party to which the CCP wrote for one that wrote to it.
ONLY_WRITTEN_TO = "the Vietnamese party in deng-1962-p13 only as one to which the CCP wrote"

WRONG = {
    "letters-dated": [
        (0, "To the CPSU: Not answered yet.", "answer_letter_to_cpsu = None"),
        (1, "To the Vietnamese party: Not answered yet.", 'answer_letter_to_cpsu = "7 April 1962"'),
        (
            0,
            "To the CPSU: This is the date of another letter of this paragraph.",
            'answer_letter_to_cpsu = "5 April 1962"; answer_letter_to_vietnamese_party = "7 April 1962"',
        ),
        (
            1,
            "the letter that the Chinese letter to the CPSU answers",
            'answer_letter_to_cpsu = "22 February 1962"; answer_letter_to_vietnamese_party = "5 April 1962"',
        ),
        (
            0,
            "This is the date of the talk",
            'answer_letter_to_cpsu = "1962-04-09"; answer_letter_to_vietnamese_party = "1962-04-09"',
        ),
        (
            1,
            "the day is missing",
            'answer_letter_to_cpsu = "April 1962"; answer_letter_to_vietnamese_party = "5 April 1962"',
        ),
        (
            1,
            "the year is missing",
            'answer_letter_to_cpsu = "7 April 1962"; answer_letter_to_vietnamese_party = "5 April"',
        ),
        (
            0,
            "not clear which number is the month",
            'answer_letter_to_cpsu = "07/04/1962"; answer_letter_to_vietnamese_party = "5.4.1962"',
        ),
        (
            0,
            "4 July 1962 is not right",
            'answer_letter_to_cpsu = "1962-07-04"; answer_letter_to_vietnamese_party = "1962-05-04"',
        ),
        (
            1,
            "This gives no single day",
            'answer_letter_to_cpsu = pd.Period("1962-04", "M"); answer_letter_to_vietnamese_party = "1962-04-05"',
        ),
        (
            0,
            "This gives no single day",
            "import numpy as np\n"
            'answer_letter_to_cpsu = np.datetime64("1962-04"); answer_letter_to_vietnamese_party = np.datetime64("1962")',
        ),
        (
            1,
            "7 April 1963 is not right",
            'answer_letter_to_cpsu = "7 April 1963"; answer_letter_to_vietnamese_party = "5 April 1962"',
        ),
        (
            0,
            "This is a number; a date is asked for",
            "answer_letter_to_cpsu = 7; answer_letter_to_vietnamese_party = 5.4",
        ),
        (0, "There is no such day", 'answer_letter_to_cpsu = "31 April 1962"'),
        (0, "is not a date", 'answer_letter_to_cpsu = "<script>alert(1)</script>"'),
        (
            1,
            "There is no `answer_letter_to_cpsu`",
            'answer_letter_to_vietnamese_party = "1962-04-05"; del answer_letter_to_cpsu',
        ),
        (0, "This is a list of 2", 'answer_letter_to_cpsu = ["7 April 1962", "5 April 1962"]'),
    ],
    "parties-in-the-order-received": [
        (0, "Not answered yet.", "answer_parties = []"),
        (0, "Not answered yet.", 'answer_parties = ["", "", "", "", ""]'),
        (
            2,
            '"Sweeden" is read as Sweden.',
            'answer_parties = ["Indonesia", "Vietnam", "Great Britian", "Sweeden"]',
        ),
        (
            2.5,
            "The same one comes twice",
            'answer_parties = ["Indonesia", "Vietnam", "Great Britain", "Sweden", "Sweeden", "New Zealand"]',
        ),
        (
            2.5,
            "9 of 10 pairs are in the right order",
            'answer_parties = ["Vietnam", "Indonesia", "Great Britain", "Sweden", "New Zealand"]',
        ),
        (
            0,
            "no more than without reading",
            'answer_parties = ["New Zealand", "Sweden", "Great Britain", "Vietnam", "Indonesia"]',
        ),
        (
            0,
            "no more than without reading",
            'answer_parties = sorted(["Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand"])',
        ),
        (2, "1 missing", 'answer_parties = ["Indonesia", "Vietnam", "Great Britain", "Sweden"]'),
        (
            1.5,
            '"Finland" does not belong here',
            'answer_parties = ["Indonesia", "Vietnam", "Great Britain", "Sweden", "Finland"]',
        ),
        (
            2.5,
            '"Finland" does not belong',
            'answer_parties = ["Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand", "Finland"]',
        ),
        (
            2.5,
            "The same one comes twice",
            'answer_parties = ["Indonesia", "Vietnam", "Great Britain", "UK", "Sweden", "New Zealand"]',
        ),
        (
            0,
            "A set keeps no order",
            'answer_parties = {"Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand"}',
        ),
        (
            0,
            "write list(...)",
            'answer_parties = (x for x in ["Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand"])',
        ),
        (0, "write list(...)", "import itertools\nanswer_parties = itertools.repeat('Indonesia')"),
        (0, "does not belong here", "answer_parties = [1, 2, 3, 4, 5]"),
        (0, "does not belong here", 'answer_parties = ["the Communist Party", "the Labour Party"]'),
        (0, "There is no `answer_parties`", "del answer_parties"),
        (0, "give one column of it", 'answer_parties = pd.DataFrame({"n": [1], "party": ["Indonesia"]})'),
        (0, "far longer than what is asked for", 'answer_parties = ["Indonesia"] * 10**6'),
        (0, "One element of this list is a list", 'answer_parties = [["Indonesia", "Vietnam"], ["Sweden"]]'),
    ],
    "parties-named-twice": [
        (0, "Not answered yet.", "answer_named_twice = []"),
        (0, "The list is empty.", "answer_named_twice = set()"),
        (1, "1 missing", 'answer_named_twice = ["Sweden"]'),
        (1, "1 missing", 'answer_named_twice = "Great Britain"'),
        (1, '"Vietnam" does not belong here', 'answer_named_twice = ["Great Britain", "Sweden", "Vietnam"]'),
        (1, ONLY_WRITTEN_TO, 'answer_named_twice = ["Great Britain", "Sweden", "Vietnam"]'),
        (0, ONLY_WRITTEN_TO, 'answer_named_twice = "Vietnam"'),
        (0, ONLY_WRITTEN_TO, 'answer_named_twice = ["the Vietnamese Laborers\' Party", "Sweden"]'),
        (1, ONLY_WRITTEN_TO, 'answer_named_twice = {"UK", "Sweden", "North Vietnam"}'),
        (1, ONLY_WRITTEN_TO, 'answer_named_twice = {"UK", "Sweden", "Vietnamm"}'),
        (0, ONLY_WRITTEN_TO, 'answer_named_twice = ["Lao Dong"]'),
        (1, ONLY_WRITTEN_TO, 'answer_named_twice = ("CPGB", "SKP", "VWP")'),
        (
            0,
            '"Finland" does not belong here',
            'answer_named_twice = ["Great Britain", "Sweden", "France", "Finland", "West Germany"]',
        ),
        (
            0,
            '"Indonesia" does not belong',
            'answer_named_twice = ["Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand"]',
        ),
        (0, '"New Zealand" does not belong', 'answer_named_twice = {"Great Britain", "New Zealand"}'),
        (1, "1 missing", 'answer_named_twice = ["UK", "Great Britain", "Britain"]'),
        (0, '"Stockholm" does not belong', 'answer_named_twice = ["Stockholm"]'),
        (0, '"2" does not belong here', "answer_named_twice = 2"),
        (
            0,
            "This is a column of True and False; the names themselves are asked for.",
            "answer_named_twice = [True, False]",
        ),
        (0, "This is a function", "answer_named_twice = set"),
        (0, "There is no `answer_named_twice`", "del answer_named_twice"),
        (0, "more do not belong here", 'answer_named_twice = list("abcdefghij")'),
    ],
    "brezhnev-identified": [
        (
            1,
            "it has 13 words, and 12 are the most",
            'answer_same_man = "no"; answer_evidence = "to the embassy, O.B. Rakhmanin and second secretary A.A. Brezhnev were present at"',
        ),
        (0, "The same man: Not answered yet.", 'answer_same_man = ""'),
        (1, "Evidence: There is no quotation here yet.", 'answer_same_man = "no"; answer_evidence = "---"'),
        (1, "Evidence: Not answered yet.", 'answer_same_man = "no"'),
        (
            1,
            "Look at his initials and at his office",
            'answer_same_man = "yes"; answer_evidence = "second secretary A.A. Brezhnev"',
        ),
        (1, "too short to be evidence", 'answer_same_man = "no"; answer_evidence = "second secretary"'),
        (
            1,
            "these are not the words asked for",
            'answer_same_man = "no"; answer_evidence = "were present at the conversation"',
        ),
        (
            1,
            "This is more than a slip, or not the passage asked for",
            'answer_same_man = "no"; answer_evidence = "first secretary A.A. Brezhnev were present"',
        ),
        (
            1.5,
            'it has "secretary", not "secretery"',
            'answer_same_man = "no"; answer_evidence = "second secretery A.A. Brezhnev (¶ 19)"',
        ),
        (
            1,
            "This is more than a slip, or not the passage asked for",
            'answer_same_man = "no"; answer_evidence = "employees in the CC machine, Yan Mingfu"',
        ),
        (
            1,
            "Look at his initials",
            'answer_same_man = True; answer_evidence = "second secretary A.A. Brezhnev"',
        ),
        (
            1,
            "Look at his initials",
            'answer_same_man = "Y"; answer_evidence = "second secretary A.A. Brezhnev"',
        ),
        (
            1,
            "Look at his initials",
            'answer_same_man = "The same."; answer_evidence = "second secretary A.A. Brezhnev"',
        ),
        (
            1,
            "is none of the options",
            'answer_same_man = "maybe"; answer_evidence = "second secretary A.A. Brezhnev"',
        ),
        (
            1,
            "is none of the options",
            'answer_same_man = "yes or no"; answer_evidence = "second secretary A.A. Brezhnev"',
        ),
        (
            1,
            "is not the place asked for",
            'answer_same_man = "no"; answer_evidence = "com. A.A. Gromyko with D. Rusk"',
        ),
        (1, "is in mao-1963-p10", 'answer_same_man = "no"; answer_evidence = "The sky won\'t collapse"'),
        (
            1,
            "No passage of the two documents",
            'answer_same_man = "no"; answer_evidence = "he was only a young interpreter, I think"',
        ),
        (
            1,
            "There is no `answer_same_man`",
            'answer_evidence = "second secretary A.A. Brezhnev"; del answer_same_man',
        ),
        (0, "This is a table; a quotation is asked for", "answer_evidence = deng"),
        (0, "This is a function", "answer_same_man = len; answer_evidence = print"),
    ],
    "letter-not-read": [
        (0, "Not answered yet.", 'answer_not_read = ["", ""]'),
        (
            1,
            "2 quotations are asked for, 1 given",
            'answer_not_read = "Not being acquainted with the text of the letter"',
        ),
        (
            1,
            "2 quotations are asked for, 1 given",
            'answer_not_read = ["", "Since I did not know the text of the Chinese letter"]',
        ),
        (
            1,
            "each quotation must be from another paragraph",
            'answer_not_read = ["I did not know the text", "the text of the Chinese letter"]',
        ),
        (
            1.5,
            'it has "Chinese", not "long"',
            'answer_not_read = ["Not being acquainted with the text", "I did not know the text of the long letter"]',
        ),
        (
            1,
            "these are not the words asked for",
            'answer_not_read = ["I did not know the text", "the sincere striving for unity and solidarity"]',
        ),
        (
            1,
            "is in deng-1962-p05, which is not the place asked for",
            'answer_not_read = ["Not being acquainted with the text", "Deng Xiaoping stated that he would not read them"]',
        ),
        (0, "too short to be evidence", 'answer_not_read = ["p07", "p11"]'),
        (
            0,
            "No passage of the two documents",
            'answer_not_read = ["The ambassador had never seen it before", "He was unprepared for this"]',
        ),
        (
            0.5,
            "The words are not quite those",
            'answer_not_read = ["Not being familiar with the text of this letter", "I did not know the content of the Chinese letter"]',
        ),
        (
            0.5,
            "And each quotation must be from another paragraph",
            'answer_not_read = ["Not being acquainted with teh text of the letter", "Not being acquainted with a text of the letter"]',
        ),
        (
            0.5,
            "each quotation must be from another paragraph",
            'answer_not_read = ["Not being acquainted with teh text of the letter", "Not being acquainted with the text"]',
        ),
        (
            1,
            "You gave 4; only the first 2 are marked.",
            'answer_not_read = ["I did not know the text", "We wish very much", "Not being acquainted with the text", "How else could it be?"]',
        ),
        (
            1,
            "This is more than a slip, or not the passage asked for",
            'answer_not_read = ["I did not know the text", "I only emphasised the sincere striving for unity"]',
        ),
        (0, "There is no `answer_not_read`", "del answer_not_read"),
        (0, "too short to be evidence", "answer_not_read = 7"),
        (0, "far longer than what is asked for", 'answer_not_read = "acquainted " * 10**6'),
        (
            1,
            "is in mao-1963-p10",
            'answer_not_read = ["The sky won\'t collapse", "I did not know the text"]',
        ),
    ],
    "author-judges-the-manner": [
        (0, "Not answered yet.", 'answer_judgments = ["", "", ""]'),
        (
            1,
            "3 quotations are asked for, 1 given",
            'answer_judgments = ["he refrained from a clear formulation"]',
        ),
        (
            2,
            "is too long: it has 214 words, and 25 are the most",
            'answer_judgments = ["he refrained from a clear formulation", "he insistently repeated", deng.loc["deng-1962-p13", "text"]]',
        ),
        (
            0,
            "is too long",
            'answer_judgments = list(deng.loc[["deng-1962-p09", "deng-1962-p12", "deng-1962-p13"], "text"])',
        ),
        (
            2,
            "is in deng-1962-p06, which is not the place asked for",
            'answer_judgments = ["he refrained from a clear formulation", "Developing this thought, he emphasized", "expressed himself obscurely"]',
        ),
        (
            2,
            "these are not the words asked for",
            'answer_judgments = ["he refrained from a clear formulation", "we are ready for it at any time", "expressed himself obscurely"]',
        ),
        (
            2,
            'it has "obscurely", not "unclearly"',
            'answer_judgments = ["he refrained from a clear formulation", "he insistently repeated", "Deng Xiaoping expressed himself unclearly [tumanno]"]',
        ),
        (
            2,
            "each quotation must be from another paragraph",
            'answer_judgments = ["Deng Xiaoping expressed himself obscurely", "obscurely [tumanno], noting that", "he insistently repeated"]',
        ),
        (
            2,
            "is not the place asked for",
            'answer_judgments = ["the sincere striving for unity", "he refrained from a clear formulation", "he insistently repeated", "expressed himself obscurely"]',
        ),
        (0, "too short to be evidence", 'answer_judgments = ["refrained", "insistently", "obscurely"]'),
        (0, "too short to be evidence", "answer_judgments = [9, 12, 13]"),
        (
            0,
            "No passage of the two documents",
            'answer_judgments = "Deng was evasive throughout this long meeting"',
        ),
        (0, "There is no `answer_judgments`", "del answer_judgments"),
        (0, "This is a table", "answer_judgments = deng"),
        (0, "write list(...)", 'answer_judgments = iter(["he refrained from a clear formulation"])'),
    ],
    "voices-told-apart": [
        (0, "Not answered yet.", 'answer_voices = {"a": "", "b": "", "c": "", "d": "", "e": "", "f": ""}'),
        (0.5, "b: Not answered yet.", 'answer_voices["a"] = "reported"'),
        (
            0,
            "a: Go to the paragraph: does this passage stand inside of quotation marks there?",
            'answer_voices = dict.fromkeys("abcdef", "quoted")',
        ),
        (
            0,
            "d: Ask who speaks or acts in this sentence, and whether quotation marks stand around it.",
            'answer_voices = dict.fromkeys("abcdef", "reported")',
        ),
        (
            0,
            "e: Read the sentence from its beginning: who is it that says this?",
            'answer_voices = dict.fromkeys("abcdef", "author")',
        ),
        (
            2.5,
            "e: Go to the paragraph: does this passage stand inside of quotation marks there?",
            'answer_voices = {"a": "reported", "b": "quoted", "c": "author", "d": "quoted", "e": "quoted", "f": "author"}',
        ),
        (
            1.5,
            "c: Ask who speaks or acts in this sentence, and whether quotation marks stand around it.",
            'answer_voices = dict(zip("abcdef", ["reported", "quoted", "reported", "quoted", "reported", "reported"]))',
        ),
        (
            2,
            'f: "Deng" is none of the options.',
            'answer_voices = ["reported", "quoted", "author", "quoted", "Deng", "Deng"]',
        ),
        (1.5, "d: Not answered yet.", 'answer_voices = ["reported", "quoted", "author"]'),
        (0, "is none of the options", 'answer_voices = dict.fromkeys("abcdef", "quoted or reported")'),
        (0, "This is a text; a dictionary is asked for", 'answer_voices = "quoted"'),
        (
            0,
            "This is a set of 3; a dictionary is asked for",
            'answer_voices = {"quoted", "reported", "author"}',
        ),
        (0, "There is no `answer_voices`", "del answer_voices"),
        (
            0,
            "Not answered yet.",
            'answer_voices = {"a": None, "b": [], "c": len, "d": {}, "e": object(), "f": deng}',
        ),
        (0, "This is a table; a dictionary is asked for", "answer_voices = deng"),
    ],
    "days-until-the-record": [
        (0, "Not answered yet.", "answer_days = None"),
        (0, "28 is not right", "answer_days = 28"),
        (0, "The first day does not count", "answer_days = 30"),
        (
            0,
            "This counts from the record back to the talk",
            'answer_days = (pd.Timestamp("1962-04-09") - pd.Timestamp("1962-05-08")).days',
        ),
        (0, "31 is not right", "answer_days = '31 days'"),
        (0, "is not a number of days", 'answer_days = "29 weeks"'),
        (0, "is not a number", 'answer_days = "between 28 and 30"'),
        (0, "is not a number of days", 'answer_days = "29, 30"'),
        (0, "29.5 is not right", "answer_days = 29.5"),
        (0, "This is a list of 2", "answer_days = [29, 30]"),
        (0, "This is a date; a number of days is asked for", 'answer_days = pd.Timestamp("1962-05-08")'),
        (0, "This is True or False", "answer_days = True"),
        (0, "no finite number", 'answer_days = float("nan")'),
        (0, "no finite number", 'answer_days = float("inf")'),
        (0, "There is no `answer_days`", "del answer_days"),
        (0, "looking at it raises OverflowError", "answer_days = 10**5000"),
        (0, "This is something that cannot be read", "answer_days = 29j"),
    ],
    "letters-in-a-table": [
        (0, "Not answered yet. The table has none of the columns", "answer_letters = answer_letters"),
        (0, "Not answered yet.", "answer_letters = None"),
        (
            1.5,
            "`days_before_talk`: there is no such column",
            'answer_letters["date"] = ["1962-02-22", "1962-04-05", "1962-04-07"]',
        ),
        (1.5, "`date`: there is no such column", 'answer_letters["days_before_talk"] = [46, 4, 2]'),
        (
            2.5,
            "`days_before_talk`: 1 not right",
            'answer_letters["date"] = ["1962-02-22", "1962-04-05", "1962-04-07"]\nanswer_letters["days_before_talk"] = [47, 4, 2]',
        ),
        (
            1.5,
            "`days_before_talk`: 3 not right",
            'answer_letters["date"] = pd.to_datetime(["1962-02-22", "1962-04-05", "1962-04-07"])\n'
            'answer_letters["days_before_talk"] = (answer_letters["date"] - pd.Timestamp("1962-04-09")).dt.days',
        ),
        (
            1.5,
            "`days_before_talk`: 3 not right",
            'answer_letters["date"] = pd.to_datetime(["1962-02-22", "1962-04-05", "1962-04-07"])\n'
            'answer_letters["days_before_talk"] = (pd.Timestamp("1962-05-08") - answer_letters["date"]).dt.days',
        ),
        (
            1,
            "`date`: 2 not right",
            'answer_letters["date"] = ["1962-02-22", "1962-04-07", "1962-04-05"]\nanswer_letters["days_before_talk"] = [46, 2, 4]',
        ),
        (
            1.5,
            "`date`: 3 not right",
            'answer_letters["date"] = ["February", "April", "April"]\nanswer_letters["days_before_talk"] = [46, 4, 2]',
        ),
        (
            2,
            "1 too many",
            'answer_letters["date"] = ["1962-02-22", "1962-04-05", "1962-04-07"]\nanswer_letters["days_before_talk"] = [46, 4, 2]\n'
            'answer_letters.loc[3] = ["CCP to Indonesia", "1962-04-01", 8]',
        ),
        (
            2,
            "`date`: 1 not right",
            'answer_letters = pd.DataFrame({"letter": ["CPSU to CCP", "CCP to CPSU"], "date": ["1962-02-22", "1962-04-07"], "days_before_talk": [46, 2]})',
        ),
        (
            0,
            "Keep the column `letter` as it was",
            'answer_letters = pd.DataFrame({"letter": ["L1", "L2", "L3"], "date": ["1962-02-22", "1962-04-05", "1962-04-07"], "days_before_talk": [46, 4, 2]})',
        ),
        (
            0,
            "This table has no column `letter`",
            'answer_letters = pd.DataFrame({"date": ["1962-02-22"], "days_before_talk": [46]})',
        ),
        (0, "This is a text; a table is asked for", 'answer_letters = "22 February, 5 April, 7 April"'),
        (0, "There is no `answer_letters`", "del answer_letters"),
        (
            0,
            "Two columns of this table have the same name",
            "answer_letters = pd.concat([answer_letters, answer_letters], axis=1)",
        ),
        (
            0,
            "far more than are asked for",
            'answer_letters = pd.DataFrame({"letter": range(10**5), "date": 0, "days_before_talk": 0})',
        ),
    ],
    "longest-paragraph": [
        (0, "Not answered yet.", 'answer_longest = ""'),
        (0, "is not right", 'answer_longest = "deng-1962-p05"'),
        (0, "This is the last paragraph", 'answer_longest = deng["n_words"].index[-1]'),
        (0, "is not right", 'answer_longest = deng["n_words"].reset_index(drop=True).idxmax()'),
        (0, '"214" is none of the options', 'answer_longest = deng["n_words"].max()'),
        (0, "is none of the options", 'answer_longest = "deng-1962-p20"'),
        (0, "is none of the options", 'answer_longest = "mao-1963-p13"'),
        (0, "is none of the options", 'answer_longest = "deng-1962-h3"'),
        (0, "is none of the options", 'answer_longest = deng["text"].max()'),
        (0, "is none of the options", 'answer_longest = "p12 or p13"'),
        (0, "This is a list of 2", 'answer_longest = deng["n_words"].nlargest(2).index'),
        (0, "This is a table", "answer_longest = deng"),
        (0, "This is a function", 'answer_longest = deng["n_words"].idxmax'),
        (0, "There is no `answer_longest`", "del answer_longest"),
    ],
    "paragraphs-over-a-hundred-words": [
        (0, "Not answered yet.", "answer_long = None"),
        (0, "exactly 100 words does not have more than 100", 'answer_long = (deng["n_words"] >= 100).sum()'),
        (0, "exactly 61 words", 'my_name = "Ada"; answer_long = (deng["n_words"] >= 61).sum()'),
        (0, "is not right", 'my_name = "Ada"; answer_long = (deng["n_words"] > 100).sum()'),
        (0, "fewer than 100 words", 'answer_long = (deng["n_words"] < 100).sum()'),
        (0, "This adds up their words", 'answer_long = deng.loc[deng["n_words"] > 100, "n_words"].sum()'),
        (0, "4 is not right", 'answer_long = (deng["n_words"] > 110).sum()'),
        (0, "This is a list of 6", 'answer_long = deng[deng["n_words"] > 100].index'),
        (0, "This is a list of 19", 'answer_long = deng["n_words"] > 100'),
        (0, "This is a table", 'answer_long = deng[deng["n_words"] > 100]'),
        (0, "19 is not right", "answer_long = len(deng)"),
        (0, "is not a number of paragraphs", 'answer_long = "6 words"'),
        (0, "This is a list of 2", 'answer_long = deng[deng["n_words"] > 100].shape'),
        (0, "There is no `answer_long`", "del answer_long"),
    ],
    "paragraphs-on-the-conference": [
        (0, "Not answered yet.", "answer_conference = []"),
        (1.5, "1 missing", 'answer_conference = deng[deng["text"].str.contains("conference")].index[:-1]'),
        (
            1.5,
            '"deng-1962-p04" does not belong here',
            'answer_conference = [f"deng-1962-p{n:02}" for n in (4, 5, 6, 8, 9, 10, 12, 13)]',
        ),
        (0, "does not belong here", "answer_conference = deng.index"),
        (1, "5 missing", "answer_conference = [5, 13]"),
        (0, "5 missing", "answer_conference = [5, 13, 1, 2]"),
        (0.5, "does not belong here", "answer_conference = [4, 5, 7, 8, 9, 11, 12]"),
        (1, "4 missing", 'answer_conference = deng[deng["text"].str.contains("convention")].index'),
        (0, "The list is empty.", 'answer_conference = deng[deng["text"].str.contains("congress")].index'),
        (0, '"deng-1692-p06" does not belong here', 'answer_conference = ["deng-1692-p06", "deng-1962-p05"]'),
        (
            0,
            "give one column of it, or its index",
            'answer_conference = deng[deng["text"].str.contains("conference")]',
        ),
        (0, '"7" does not belong here', 'answer_conference = deng["text"].str.contains("conference").sum()'),
        (0, '"mao-1963-p13" does not belong here', 'answer_conference = ["mao-1963-p13"]'),
        (0, "There is no `answer_conference`", "del answer_conference"),
        (0, "write list(...)", 'answer_conference = filter(lambda i: "p0" in i, deng.index)'),
    ],
    "mentions-counted": [
        (0, "Not answered yet. The function returns nothing", "count_mentions = count_mentions"),
        (
            0,
            "Not answered yet. The function returns nothing",
            "def count_mentions(text, word):\n    print(text.count(word))",
        ),
        (
            1,
            "For words that only begin or end like the word: the result is not right",
            "def count_mentions(text, word):\n    return text.count(word)",
        ),
        (
            1,
            "For a word with capital letters: the result is not right",
            "def count_mentions(text, word):\n    return text.lower().count(word)",
        ),
        (
            1,
            "For words that only begin or end like the word",
            "def count_mentions(text, word):\n    return text.lower().count(word.lower())",
        ),
        (
            0,
            "For words in brackets and quotation marks",
            "def count_mentions(text, word):\n    return text.lower().split().count(word)",
        ),
        (
            0,
            "The function returns the same, whatever it is given",
            "def count_mentions(text, word):\n    return 2",
        ),
        (
            0,
            "The function returns the same, whatever it is given",
            "def count_mentions(text, word):\n    return 0",
        ),
        (0, "raises NotImplementedError", "def count_mentions(text, word):\n    raise NotImplementedError"),
        (0, "raises TypeError", "def count_mentions(text):\n    return text.count('unity')"),
        (
            0,
            "In every case the function raises NameError.",
            "def count_mentions(text, word):\n    return len(re_findall(word, text))",
        ),
        (
            0,
            "raises RecursionError",
            "def count_mentions(text, word):\n    return count_mentions(text, word)",
        ),
        (0, "raises SystemExit", "def count_mentions(text, word):\n    raise SystemExit(0)"),
        (
            0,
            "In every case the function gives True or",
            "def count_mentions(text, word):\n    return word in text",
        ),
        (
            0,
            "In every case the function gives a list; a number is asked for.",
            "def count_mentions(text, word):\n    return [w for w in text.lower().split() if w == word]",
        ),
        (
            0,
            "In every case the function gives a text; a number is asked for.",
            "import re\ndef count_mentions(text, word):\n    return str(len(re.findall(rf'\\b{word}\\b', text, re.I)))",
        ),
        (0, "This is a number; a function is asked for", "count_mentions = 3"),
        (0, "There is no `count_mentions`", "del count_mentions"),
    ],
}

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
