"""Answers to the exercise `reading-a-record` as students would write them, and what each must get.

Each answer is what stands in the answer cell, run after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

# An answer stands on one line where it can, so that answers are easy to compare.
# ruff: noqa: E501

RIGHT = {
    "header-lines-found": [
        'answer_lines = {"a": "1963, h2", "b": "Mao 1963, header line 2", "c": "Mao h3", "d": "(1963, h 4)", "e": "h5", "f": "header 1"}',
        'answer_lines = {"a": "h2", "b": "h2", "c": "h3", "d": "h4", "e": "h5", "f": "h1"}',
        'answer_lines = {"A": "H2", "B": "H2", "C": "H3", "D": "H4", "E": "H5", "F": "H1"}',
        "answer_lines = dict(a=2, b=2, c=3, d=4, e=5, f=1)",
        'answer_lines = ["h2", "h2", "h3", "h4", "h5", "h1"]',
        "answer_lines = (2, 2.0, 3, 4, 5, 1)",
        'answer_lines = pd.Series({"a": "mao-1963-h2", "b": "mao-1963-h2", "c": "mao-1963-h3", "d": "mao-1963-h4", "e": "mao-1963-h5", "f": "mao-1963-h1"})',
        'answer_lines = pd.Series(["line 2", "Line 2", "line 3", "line 4", "line 5", "line 1"], index=list("abcdef"))',
        'answer_lines["a"] = answer_lines["b"] = "header line 2"\n'
        'answer_lines.update(c="header 3", d="header 4", e="Header line 5", f="header 1")',
        "import numpy as np\nanswer_lines = dict(zip('abcdef', np.array([2, 2, 3, 4, 5, 1])))",
    ],
    "second-circle": [
        'answer_countries = ["Algeria", "DPRK", "Vietnam", "Indonesia"]',
        'answer_countries = {"indonesia", "vietnam", "dprk", "algeria"}',
        'answer_countries = ("Algerian", "North Korean", "Vietnamese", "Indonesian")',
        'answer_countries = "Algeria, DPRK, Vietnam, and Indonesia"',
        'answer_countries = pd.Series(["Algeria", "North Korea", "North Vietnam", "Indonesia"])',
        'answer_countries = ["Algeria", "Korea", "DRV", "PKI"]',
        'answer_countries = ["Algeria", "Democratic People\'s Republic of Korea", "Viet Nam", "Communist Party of Indonesia"]',
        'answer_countries = {"Algeria": 1, "Korean": 2, "Workers\' Party of Vietnam": 3, "Indonesia": 4}.keys()',
        'answer_countries = lines.loc["mao-1963-p21", "text"].split("parties of ")[1].split(".")[0]',
        'answer_countries = "Algeria\\nD.P.R.K.\\nVietnam\\nIndonesia"',
    ],
    "days-to-both-dates": [
        "answer_first_line = 9; answer_fifth_line = 18",
        'answer_first_line = "9 days"; answer_fifth_line = "18"',
        "answer_first_line = 9.0; answer_fifth_line = [18]",
        'talk = pd.Timestamp("1963-02-23")\n'
        'answer_first_line = pd.Timestamp("1963-03-04") - talk; answer_fifth_line = pd.Timestamp("1963-03-13") - talk',
        "import datetime as dt\n"
        "answer_first_line = (dt.date(1963, 3, 4) - dt.date(1963, 2, 23)).days\n"
        "answer_fifth_line = dt.date(1963, 3, 13) - dt.date(1963, 2, 23)",
        "import numpy as np\n"
        'answer_first_line = np.datetime64("1963-03-04") - np.datetime64("1963-02-23"); answer_fifth_line = np.int64(18)',
        'lag = documents["document_date"] - documents["event_date"]\n'
        'answer_first_line = len(pd.date_range("1963-02-23", "1963-03-04")) - 1; answer_fifth_line = lag["mao-1963"]',
        'dates = pd.to_datetime(["1963-03-04", "1963-03-13"]) - documents.loc["mao-1963", "event_date"]\n'
        "answer_first_line, answer_fifth_line = dates.days",
        'answer_first_line = 28 - 23 + 4; answer_fifth_line = "18.0"',
        'answer_first_line = "nine"; answer_fifth_line = 18',
    ],
    "facts-compared": [
        'answer_told = {"a": "both", "b": "neither", "c": "1962", "d": "both", "e": "1963", "f": "1962"}',
        'answer_told = dict(a="Both", b="Neither.", c=1962, d="BOTH", e=1963, f=1962)',
        'answer_told = ["both", "neither", "1962", "both", "1963", "1962"]',
        'answer_told = {"a": "both papers", "b": "none", "c": "Deng", "d": "both of them", "e": "Mao", "f": "deng-1962"}',
        'answer_told = pd.Series(["1962 and 1963", "neither paper", "the record", "both", "the cable", "the record of 1962"], index=list("abcdef"))',
        'answer_told.update(a="both", b="neither of them", c="Deng 1962", d="both", e="mao-1963", f="1962")',
        'answer_told = {"F": "1962", "E": "the cable of 1963", "D": "both", "C": "1962", "B": "no", "A": "both"}',
        'answer_told = ("both", "neither", 1962.0, "both", "Mao 1963", "1962")',
    ],
    "steps-told-apart": [
        'answer_steps = {"a": "translation", "b": "circulation", "c": "translation", "d": "writing", "e": "circulation", "f": "writing"}',
        'answer_steps = ["Translation", "Circulation", "Translation", "Writing", "Circulation", "Writing"]',
        'answer_steps = dict(a="publication", b="circulation", c="translation and publication", d="text", e="circulated", f="note")',
        'answer_steps = pd.Series(["the translation", "the circulation", "translated", "the note", "circulating", "the text"], index=list("abcdef"))',
        'answer_steps.update(a="PUBLICATION", b="circulation.", c=" translation", d="written", e="circulation", f="note and text")',
        'answer_steps["a"] = answer_steps["c"] = "translation"; answer_steps["b"] = answer_steps["e"] = "circulation"\n'
        'answer_steps["d"] = answer_steps["f"] = "writing"',
        'answer_steps = ("translation", "circulation", "publication", "writing", "circulation", "writing")',
        'answer_steps = dict(zip("ABCDEF", ["translation", "circulation", "translation", "writing", "circulation", "writing"]))',
    ],
    "signature-weighed": [
        'answer_supported = ["P", "R", "T"]',
        'answer_supported = ["t", "r", "p"]',
        'answer_supported = {"P", "R", "T"}',
        'answer_supported = ("p", "r", "t")',
        'answer_supported = "P, R and T"',
        'answer_supported = list("PRT")',
        'answer_supported = pd.Series(["P", "R", "T"])',
        'answer_supported = ["P:", "R)", "T."]',
        "import numpy as np\nanswer_supported = np.array(['P', 'R', 'T'])",
        'answer_supported = ["P) The ambassador answers for the text.", "R", "T"][1:] + ["P"]',
    ],
    "report-drops-its-mask": [
        'answer_slips = ["I once asked the Soviet ambassador", "It seems that Albania will participate"]',
        'answer_slips = ("It seems that Albania will participate in the meeting like other fraternal parties.", "I once asked")',
        'answer_slips = ["I once asked the Soviet ambassador whether Comrade Khrushchev could make a stop in China", "Albania will participate in the meeting"]',
        'answer_slips = ["“i once asked the soviet ambassador”", "in the meeting like other fraternal parties"]',
        'answer_slips = {"p17": "I once asked", "p20": "It seems that ... other fraternal parties"}',
        'answer_slips = pd.Series(["I once asked (¶ 17)", "It seems that Albania (mao-1963-p20)"])',
        'answer_slips = ["[Mao:] I once asked the Soviet ambassador", "It seems that Albania will participate"]',
        'p20 = lines.loc["mao-1963-p20", "text"]\n'
        'answer_slips = [p20[p20.index("It seems") :].split(".")[0], "I once asked the Soviet ambassador whether"]',
        'answer_slips = ["I once asked the Soviet\\nambassador", "like other fraternal parties"]',
    ],
    "voices-counted": [
        'answer_voices = pd.crosstab(acts["document_id"], acts["voice"])',
        'answer_voices = acts.groupby(["document_id", "voice"]).size().unstack()',
        'answer_voices = acts.pivot_table(index="document_id", columns="voice", values="n", aggfunc="count").reset_index()',
        'answer_voices = acts.value_counts(["document_id", "voice"]).unstack("voice")[["reported", "quoted", "note-taker"]]',
        'answer_voices = pd.crosstab(acts["voice"], acts["document_id"]).T.iloc[::-1]',
        'answer_voices = {"document_id": ["mao-1963", "deng-1962"], "quoted": [4, 4], "reported": [70, 41], "note_taker": [8, 7]}',
        'answer_voices = pd.DataFrame({"Quoted": ["4", "4"], "Reported": [41.0, 70.0], "Note taker": [7, 8]}, index=["deng-1962", "mao-1963"])',
        'answer_voices = pd.DataFrame({v: acts[acts["voice"] == v].groupby("document_id").size() for v in ["quoted", "reported", "note-taker"]})',
        'answer_voices = pd.crosstab(acts["document_id"], acts["voice"])\nanswer_voices["all"] = answer_voices.sum(axis=1)',
        'answer_voices = pd.crosstab(acts["document_id"], acts["voice"]).astype(str) + " acts"',
        'answer_voices = [{"document_id": d, **a["voice"].value_counts()} for d, a in acts.groupby("document_id")]',
    ],
    "share-of-the-talk": [
        "answer_share = 38",
        "answer_share = 37.8",
        'answer_share = "37.8 percent"',
        'answer_share = "38%"',
        "answer_share = f\"{documents.n_words['deng-1962'] / 3600:.1%}\"",
        'answer_share = "38 per cent."',
        'answer_share = 100 * documents.loc["deng-1962", "n_words"] / (60 * 120 / 2)',
        'answer_share = round(documents.loc["deng-1962", "n_words"] / 3600 * 100)',
        'answer_share = int(documents.loc["deng-1962", "n_words"] / 36)',
        "answer_share = f\"{documents.loc['deng-1962', 'n_words'] / 36:.2f}\"",
        'answer_share = documents[documents.index == "deng-1962"]["n_words"] / 36',
        "answer_share = lines.query(\"document_id == 'deng-1962' and section == 'body'\")[\"n_words\"].sum() / 30 / 120 * 100",
        "import numpy as np\nanswer_share = np.float64(37.83)",
        'answer_share = "37,8"',
    ],
    "verb-missing": [
        'answer_gap = "the Chinese party with this statement"; answer_certainty = "conjectural"',
        'answer_gap = "He said that the Chinese party with this statement."; answer_certainty = "Conjectural."',
        'answer_gap = "with this statement"; answer_certainty = "a conjecture"',
        'answer_gap = "that the Chinese party with"; answer_certainty = "conjecture"',
        'answer_gap = "the Chinese party [agrees] with this statement"; answer_certainty = "CONJECTURAL"',
        'answer_gap = ["“the Chinese party with this statement”"]; answer_certainty = ["conjectural"]',
        'answer_gap = "the Chinese party with this statement (¶ 14)"; answer_certainty = "a guess"',
        'text = lines.loc["mao-1963-p14", "text"]\n'
        'answer_gap = text[text.index("He said") : text.index(" Indeed")]; answer_certainty = "conjectural"',
        'answer_gap = "He said ... with this statement"; answer_certainty = " conjectural "',
    ],
    "register-counted": [
        "answer_certain = 6; answer_conjectural = 66",
        'answer_certain = "6"; answer_conjectural = "66 emendations"',
        "answer_certain = 6.0; answer_conjectural = [66]",
        'counts = emendations[emendations["paragraph_id"] != ""]["certainty"].value_counts()\n'
        'answer_certain = counts["certain"]; answer_conjectural = counts["conjectural"]',
        "inside = emendations.query(\"paragraph_id != ''\")\n"
        "answer_certain = len(inside.query(\"certainty == 'certain'\"))\n"
        "answer_conjectural = len(inside) - answer_certain",
        'has_place = emendations["paragraph_id"].str.len() > 0\n'
        'answer_certain = (has_place & (emendations["certainty"] == "certain")).sum()\n'
        'answer_conjectural = (has_place & emendations["certainty"].eq("conjectural")).sum()',
        'answer_certain, answer_conjectural = emendations[emendations["paragraph_id"] != ""].groupby("certainty").size()',
        'inside = emendations[emendations["field"] == "text"]\n'
        'answer_certain = sum(c == "certain" for c in inside["certainty"]); answer_conjectural = 72 - answer_certain',
        "import numpy as np\nanswer_certain = np.int64(6); answer_conjectural = np.float64(66)",
    ],
    "text-emended": [
        "def emend(text, received, reading, certainty):\n"
        '    if certainty == "certain" and text.count(received) == 1:\n'
        "        return text.replace(received, reading)\n"
        "    return text",
        "def emend(text, received, reading, certainty):\n"
        "    if certainty != 'certain':\n"
        "        return text\n"
        "    if text.count(received) != 1:\n"
        "        return text\n"
        "    return text.replace(received, reading, 1)",
        "def emend(text, received, reading, certainty):\n"
        "    parts = text.split(received)\n"
        "    return reading.join(parts) if certainty == 'certain' and len(parts) == 2 else text",
        "import re\n"
        "def emend(text, received, reading, certainty):\n"
        "    places = re.findall(re.escape(received), text)\n"
        "    if len(places) == 1 and certainty == 'certain':\n"
        "        return re.sub(re.escape(received), lambda found: reading, text)\n"
        "    return text",
        "def emend(text, received, reading, certainty):\n"
        "    start = text.find(received)\n"
        "    if certainty == 'certain' and start >= 0 and start == text.rfind(received):\n"
        "        text = text[:start] + reading + text[start + len(received):]\n"
        "    return text",
        "emend = lambda text, received, reading, certainty: text.replace(received, reading) if (certainty, text.count(received)) == ('certain', 1) else text",
        "def emend(text, received, reading, certainty):\n"
        "    before, found, after = text.partition(received)\n"
        "    if not found or received in after or certainty.lower() != 'certain':\n"
        "        return text\n"
        "    print('repaired')\n"
        "    return f'{before}{reading}{after}'",
        "def emend(text, received, reading, certainty):\n"
        "    repaired = pd.Series([text]).str.replace(received, reading, regex=False).iloc[0]\n"
        "    return repaired if certainty == 'certain' and text.count(received) == 1 else text",
    ],
}

WRONG = {
    "header-lines-found": [
        (0, "Not answered yet.", 'answer_lines = {"a": "", "b": "", "c": "", "d": "", "e": "", "f": ""}'),
        (0.5, "b: Not answered yet.", 'answer_lines["a"] = "h2"'),
        (0, "a: The first line names a ministry", 'answer_lines = dict.fromkeys("abcdef", "h1")'),
        (0, 'f: "h2" is not right.', 'answer_lines = dict.fromkeys("abcdef", "h2")'),
        (0, "The last line is only the title", 'answer_lines = dict.fromkeys("abcdef", "h6")'),
        (0, "is not right", "answer_lines = dict.fromkeys('abcdef', 4)"),
        (2.5, 'c: "h4" is not right', 'answer_lines = ["h2", "h2", "h4", "h4", "h5", "h1"]'),
        (
            2.5,
            "e: The first line",
            'answer_lines = {"a": "h2", "b": "h2", "c": "h3", "d": "h4", "e": "h1", "f": "h1"}',
        ),
        (2.5, 'e: "h7" is none of the options', 'answer_lines = ["h2", "h2", "h3", "h4", "h7", "h1"]'),
        (0, "is none of the options", 'answer_lines = ["deng-1962-h2"] * 6'),
        (0, "This is a text; a dictionary is asked for", 'answer_lines = "h2"'),
        (0, "There is no `answer_lines`", "del answer_lines"),
    ],
    "second-circle": [
        (0, "Not answered yet.", "answer_countries = []"),
        (
            1,
            '"Albania" does not belong here',
            'answer_countries = ["Albania", "DPRK", "Vietnam", "Indonesia"]',
        ),
        (1.5, "1 missing", 'answer_countries = ["Algeria", "DPRK", "Vietnam"]'),
        (1.5, '"Vietnamm" is read as Vietnam.', 'answer_countries = ["Algeria", "DPRK", "Vietnamm"]'),
        (
            1.5,
            '"China" does not belong here',
            'answer_countries = ["Algeria", "DPRK", "Vietnam", "Indonesia", "China"]',
        ),
        (
            0.5,
            '"New Zealand" does not belong here',
            'answer_countries = ["Indonesia", "Vietnam", "New Zealand"]',
        ),
        (0, "More was lost than won", 'answer_countries = ["France", "Italy", "United States"]'),
        (
            1.5,
            '"Pan Zili" does not belong',
            'answer_countries = "Algeria, DPRK, Vietnam, Indonesia, Pan Zili"',
        ),
        (0, "does not belong here", "answer_countries = [1, 2, 3, 4]"),
        (0, "This is a column of True and False", "answer_countries = [True, True]"),
        (0, "This is a table", "answer_countries = lines"),
        (0, "There is no `answer_countries`", "del answer_countries"),
    ],
    "days-to-both-dates": [
        (0, "First line: Not answered yet.", "answer_first_line = None"),
        (1, "Fifth line: Not answered yet.", "answer_first_line = 9"),
        (
            0,
            "First line: These are the days to the date of the fifth line",
            "answer_first_line = 18; answer_fifth_line = 9",
        ),
        (
            0,
            "Fifth line: These are the days to the date of the first line",
            "answer_first_line = 18; answer_fifth_line = 9",
        ),
        (0, "First line: The first day does not count", "answer_first_line = 10; answer_fifth_line = 19"),
        (0, "Fifth line: The first day does not count", "answer_first_line = 19; answer_fifth_line = 10"),
        (0, "This counts from the paper back", "answer_first_line = -9; answer_fifth_line = -18"),
        (1, "29 is not right", "answer_first_line = 9; answer_fifth_line = 29"),
        (
            0,
            "This is a date",
            'answer_first_line = pd.Timestamp("1963-03-04"); answer_fifth_line = pd.Timestamp("1963-03-13")',
        ),
        (0, "First line: This counts from the paper", "answer_first_line = -18; answer_fifth_line = -9"),
        (1, "There is no `answer_first_line`", "answer_fifth_line = 18; del answer_first_line"),
        (0, "9.5 is not right", "answer_first_line = 9.5; answer_fifth_line = 1963"),
    ],
    "facts-compared": [
        (0, "Not answered yet.", 'answer_told = {"a": "", "b": "", "c": "", "d": "", "e": "", "f": ""}'),
        (0, "b: Not both of them tell this", 'answer_told = dict.fromkeys("abcdef", "both")'),
        (0, "a: At least one of the papers", 'answer_told = dict.fromkeys("abcdef", "neither")'),
        (0, "a: Look once more at every line", 'answer_told = dict.fromkeys("abcdef", 1962)'),
        (0, "f: Look for it in the paper of 1963", 'answer_told = dict.fromkeys("abcdef", 1963)'),
        (0.5, "b: Not answered yet.", 'answer_told["a"] = "both"'),
        (
            2.5,
            "a: Look for it in the paper",
            'answer_told = ["1963", "neither", "1962", "both", "1963", "1962"]',
        ),
        (2.5, "e: Look once more", 'answer_told = ["both", "neither", "1962", "both", "1962", "1962"]'),
        (2.5, "is none of the options", 'answer_told = ["both", "neither", "1962", "both", "1964", "1962"]'),
        (0, "is none of the options", 'answer_told = ["yes"] * 6'),
        (0, "This is a set of 3; a dictionary is asked for", 'answer_told = {"both", "neither", "1962"}'),
        (0, "There is no `answer_told`", "del answer_told"),
    ],
    "steps-told-apart": [
        (0, "Not answered yet.", 'answer_steps = {"a": "", "b": "", "c": "", "d": "", "e": "", "f": ""}'),
        (0, "b: Did somebody write this about the talk", 'answer_steps = dict.fromkeys("abcdef", "writing")'),
        (0, "a: Nothing is approved, copied", 'answer_steps = dict.fromkeys("abcdef", "circulation")'),
        (
            0,
            "f: These words, or what stood for them",
            'answer_steps = dict.fromkeys("abcdef", "translation")',
        ),
        (0.5, "b: Not answered yet.", 'answer_steps["a"] = "publication"'),
        (
            2.5,
            "c: Did somebody write",
            'answer_steps = ["translation", "circulation", "writing", "writing", "circulation", "writing"]',
        ),
        (
            2.5,
            "e: Did somebody write",
            'answer_steps = ["translation", "circulation", "translation", "writing", "writing", "writing"]',
        ),
        (
            2.5,
            "d: These words",
            'answer_steps = ["translation", "circulation", "translation", "translation", "circulation", "writing"]',
        ),
        (0, "is none of the options", 'answer_steps = dict.fromkeys("abcdef", "event")'),
        (0, "is none of the options", "answer_steps = [5, 4, 5, 3, 4, 3]"),
        (0, "This is a number; a dictionary is asked for", "answer_steps = 3"),
        (0, "There is no `answer_steps`", "del answer_steps"),
    ],
    "signature-weighed": [
        (0, "Not answered yet.", "answer_supported = []"),
        (2, "1 missing", 'answer_supported = ["P", "R"]'),
        (2, "Q: A signature says who answers", 'answer_supported = ["P", "Q", "R", "T"]'),
        (2, "S: The letters were sent on in another way", 'answer_supported = ["P", "R", "S", "T"]'),
        (2, "U: Nothing in the paper says", 'answer_supported = {"P", "R", "T", "U"}'),
        (0, "More was lost than won", 'answer_supported = ["Q", "S", "U"]'),
        (0, "does not belong here", 'answer_supported = list("PQRSTU")'),
        (0, '"PRT" does not belong here', 'answer_supported = "PRT"'),
        (0, "does not belong here", "answer_supported = [1, 3, 5]"),
        (
            0,
            "This is a column of True and False",
            "answer_supported = [True, False, True, False, True, False]",
        ),
        (1, '"Q" does not belong', 'answer_supported = "P, Q, R"'),
        (0, "There is no `answer_supported`", "del answer_supported"),
    ],
    "report-drops-its-mask": [
        (0, "Not answered yet.", 'answer_slips = ["", ""]'),
        (1, "2 quotations are asked for, 1 given", 'answer_slips = "I once asked the Soviet ambassador"'),
        (
            1,
            "these are not the words asked for",
            'answer_slips = ["I once asked", "It is a member of the socialist family"]',
        ),
        (
            1,
            "these are not the words asked for",
            'answer_slips = ["The Chinese party asks the CPSU", "It seems that Albania"]',
        ),
        (
            1.5,
            "The words are not quite those",
            'answer_slips = ["I once asked", "It seems that Albania would participate in the meeting"]',
        ),
        (
            1,
            "which is not the place asked for",
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
            "which is not the place asked for",
            'answer_slips = ["I visited Deng Xiaoping", "It seems that Albania"]',
        ),
        (1, "is too long", 'answer_slips = ["I once asked", lines.loc["mao-1963-p20", "text"]]'),
        (0, "This is a table", "answer_slips = lines"),
        (0, "There is no `answer_slips`", "del answer_slips"),
    ],
    "voices-counted": [
        (0, "Not answered yet.", "answer_voices = None"),
        (
            0,
            "Keep the column `document_id`",
            'answer_voices = pd.crosstab(acts["actor"], acts["voice"]).rename_axis("document_id")',
        ),
        (
            0,
            "This table has no column `document_id`",
            'answer_voices = pd.crosstab(acts["voice"], acts["document_id"])',
        ),
        (
            2,
            "there is no such column",
            'answer_voices = pd.crosstab(acts["document_id"], acts["voice"])[["quoted", "reported"]]',
        ),
        (
            1.5,
            "`quoted`: 1 of 2 right.",
            'answer_voices = pd.crosstab(acts["document_id"], acts["voice"]).iloc[:1]',
        ),
        (0, "none of the columns asked for", 'answer_voices = acts.groupby("document_id").size()'),
        (
            0,
            "`quoted`: 2 not right.",
            'answer_voices = pd.crosstab(acts["document_id"], acts["voice"], normalize="index")',
        ),
        (
            2.5,
            "`note-taker`: 1 not right.",
            'answer_voices = pd.crosstab(acts["document_id"], acts["voice"]); answer_voices.loc["mao-1963", "note-taker"] = 6',
        ),
        (1.5, "1 too many", 'answer_voices = pd.crosstab(acts["document_id"], acts["voice"], margins=True)'),
        (0, "This is a number; a table is asked for", "answer_voices = 134"),
        (0, "none of the columns asked for", 'answer_voices = acts.groupby(["document_id", "voice"]).size()'),
        (0, "There is no `answer_voices`", "del answer_voices"),
    ],
    "share-of-the-talk": [
        (0, "Not answered yet.", "answer_share = None"),
        (0, "This is a share of 1", "answer_share = 0.378"),
        (0, "Interpreters took half", "answer_share = 18.9"),
        (0, "Interpreters took half", "answer_share = 18.1"),
        (0, "This is what the record cannot hold", "answer_share = 62.17"),
        (0, "This is what the record cannot hold", "answer_share = 62.9"),
        (0, "These are the words of the cable", "answer_share = 41.3"),
        (0, "These are the words of the cable", 'answer_share = documents.loc["mao-1963", "n_words"] / 36'),
        (0, "36.7 is not right", "answer_share = 36.7"),
        (0, "1362 is not right", 'answer_share = documents.loc["deng-1962", "n_words"]'),
        (0, "is not a number", 'answer_share = "a third"'),
        (0, "22.7 is not right", 'answer_share = documents.loc["deng-1962", "n_words"] / 60'),
        (0, "There is no `answer_share`", "del answer_share"),
    ],
    "verb-missing": [
        (0, "Sentence: Not answered yet.", 'answer_gap = ""'),
        (
            1,
            "Could a competent reader propose another verb?",
            'answer_gap = "the Chinese party with this statement"; answer_certainty = "certain"',
        ),
        (1, "Certainty: Not answered yet.", 'answer_gap = "the Chinese party with this statement"'),
        (
            1,
            "The words are not quite those",
            'answer_gap = "the Chinese party agrees with this statement"; answer_certainty = "conjectural"',
        ),
        (
            1,
            "these are not the words asked for",
            'answer_gap = "The struggle is not so arduous"; answer_certainty = "conjectural"',
        ),
        (
            1,
            "which is not the place asked for",
            'answer_gap = "The Chinese Party fully agrees"; answer_certainty = "conjectural"',
        ),
        (1, "too short to be evidence", 'answer_gap = "this statement"; answer_certainty = "conjectural"'),
        (
            0,
            "Could a competent reader",
            'answer_gap = "Indeed, whether we can move forward"; answer_certainty = "certainly"',
        ),
        (0, "Could a competent reader", 'answer_gap = 14; answer_certainty = "sure"'),
        (
            1,
            "is none of the options",
            'answer_gap = "the Chinese party with this statement"; answer_certainty = "probable"',
        ),
        (0, "This is a table", "answer_gap = lines; answer_certainty = True"),
        (1, "There is no `answer_gap`", 'answer_certainty = "conjectural"; del answer_gap'),
    ],
    "register-counted": [
        (0, "Certain: Not answered yet.", "answer_certain = None"),
        (0, "outside of the lines and paragraphs", "answer_certain = 18; answer_conjectural = 68"),
        (1, "Conjectural: This counts those outside", "answer_certain = 6; answer_conjectural = 68"),
        (1, "Certain: This counts those outside", "answer_certain = 18; answer_conjectural = 66"),
        (
            0,
            "Certain: This counts the certain and the conjectural",
            "answer_certain = 72; answer_conjectural = 72",
        ),
        (0, "66 is not right", "answer_certain = 66; answer_conjectural = 6"),
        (1, "Conjectural: Not answered yet.", "answer_certain = 6"),
        (1, "is not a number", 'answer_certain = "six"; answer_conjectural = "certain"'),
        (
            0,
            "of 72; a number of emendations is asked for",
            'answer_certain = emendations[emendations["paragraph_id"] != ""]["certainty"]',
        ),
        (0, "is not right", "answer_certain = -1; answer_conjectural = 0.5"),
        (0, "True or False", "answer_certain = True"),
        (1, "There is no `answer_conjectural`", "answer_certain = 6; del answer_conjectural"),
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
            "For received words that stand twice: the result is not right",
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
            "import re\n"
            "def emend(text, received, reading, certainty):\n"
            "    if certainty == 'certain' and text.count(received) == 1:\n"
            "        return re.sub(received, reading, text)\n"
            "    return text",
        ),
        (
            1,
            "For a conjectural emendation: the function returns nothing",
            "def emend(text, received, reading, certainty):\n    if certainty == 'certain' and text.count(received) == 1:\n        return text.replace(received, reading)",
        ),
        (
            1,
            "For words at the end of a text: the result is not right",
            "def emend(text, received, reading, certainty):\n"
            "    words = f' {received} '\n"
            "    if certainty == 'certain' and text.endswith(received):\n"
            "        return text\n"
            "    return text.replace(received, reading) if certainty == 'certain' and text.count(received) == 1 else text",
        ),
        (
            0,
            "the same, whatever it is given",
            "def emend(text, received, reading, certainty):\n    return 'corrected'",
        ),
        (0, "In every case the function raises TypeError", "def emend(text):\n    return text"),
        (
            0,
            "In every case the function gives a number",
            "def emend(text, received, reading, certainty):\n    return text.count(received) + len(text)",
        ),
        (0, "This is a text; a function is asked for", 'emend = "replace"'),
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
