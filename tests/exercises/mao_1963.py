"""Answers to the exercise `mao-1963` as students would write them, and what each must get.

Each answer is the text of the answer cell, which runs after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

from tests.exercises.writings import choices, letters, wrong

# Each answer is on one line where possible, so that answers are easy to compare.
# ruff: noqa: E501

RIGHT = {
    "hands-on-the-cable": [
        *choices(
            "answer_hands",
            {
                "a": "is informed",
                "b": "sends",
                "c": "approves",
                "d": "receives",
                "e": "sends",
                "f": "approves",
            },
        ),
        'answer_hands = dict(a="informed", b="send", c="approve", d="receive", e="sender", f="approval")',
    ],
    "occasions-in-order": [
        'answer_order = ["Moscow Declaration", "81 countries", "22nd Congress", "German Party Congress"]',
        'answer_order = ("moscow declaration", "81 countries", "22nd congress", "german party congress")',
        'answer_order = "Moscow Declaration, 81 countries, 22nd Congress, German Party Congress"',
        'answer_order = pd.Series(["Declaration", "81", "22nd", "German"])',
        'answer_order = ["Moscow Declaration", "meeting of 81 countries", "22nd Congress of the CPSU", "German Congress"]',
        'answer_order = """1. Moscow Declaration\n2. 81 countries\n3. 22nd Congress\n4. German Party Congress"""',
        'answer_order = list({"Moscow Declaration": 1957, "81 countries": 1960, "22nd Congress": 1961, "German Party Congress": 1963})',
        'answer_order = pd.Series({"German Party Congress": 1963, "22nd Congress": 1961, "Moscow Declaration": 1957, "81 countries": 1960}).sort_values().index',
        'answer_order = ["the Moscow Declaration", "81 countries", "the 22nd Congress", "the German Party Congress"]',
        'answer_order = ["Moscow Declaration (1957)", "81 countries (1960)", "22nd Congress (1961)", "German Party Congress (1963)"]',
    ],
    "voices-in-the-cable": [
        *choices(
            "answer_voices",
            {"a": "letter", "b": "Mao", "c": "note-taker", "d": "ambassador", "e": "letter", "f": "Mao"},
        ),
        'answer_voices = {"A": "Letter", "B": "mao", "C": "Note-Taker", "D": "Ambassador", "E": "LETTER", "F": "MAO"}',
        'answer_voices = ("the Soviet letter", "Mao Zedong", "the author", "the ambassador", "the Soviet letter", "Mao Zedong")',
        'answer_voices = pd.Series({"a": "the letter", "b": "Mao", "c": "author", "d": "Chervonenko", "e": "the letter", "f": "Mao"})',
        'answer_voices = dict(a="CPSU", b="the Chairman", c="note taker", d="the Soviet ambassador", e="CPSU", f="the Chairman")',
        'answer_voices = dict(zip("abcdef", ["letter", "Mao", "notetaker", "ambassador", "letter", "Mao"]))',
        'answer_voices.update(a="letter", b="Mao", c="the note-taker", d="ambassador", e="Soviet letter", f="Mao")',
    ],
    "praise-turned": [
        'answer_turns = ["this is still only a document", "Don\'t wait until future generations fail to forgive us"]',
        'answer_turns = ["Action is needed", "the masses of today will not forgive us"]',
        'answer_turns = ("“but this is still only a document. Action is needed.”", "Don’t wait until future generations fail")',
        'answer_turns = ["the masses of today will not", "only a document"]',
        'answer_turns = ["but this is still only a document (¶ 16)", "Don\'t wait until future generations (¶ 15)"]',
        'answer_turns = pd.Series(["The Chinese Party fully agrees, but this is still only a document", "Don\'t wait ... the masses of today will not forgive us"])',
        'answer_turns[0] = "still only a document"; answer_turns[1] = "masses of today will not forgive us"',
        'answer_turns = ["ACTION IS NEEDED.", "DON\'T WAIT UNTIL FUTURE GENERATIONS"]',
        'answer_turns = ["fully agrees, but this is still only a document", "Don\'t wait until future generations fail"]',
        'answer_turns = ["the masses of today will not forgive us", "Action is needed"]',
    ],
    "deciders-compared": [
        'answer_way = "through consultations among the fraternal parties of various countries"; answer_silent_about = "b"',
        'answer_way = "“consultations among the fraternal parties”"; answer_silent_about = "B"',
        'answer_way = "resolved through consultations with the Chinese party and other parties"; answer_silent_about = "b)"',
        'answer_way = "THROUGH CONSULTATIONS AMONG THE FRATERNAL PARTIES"; answer_silent_about = ["b"]',
        'answer_way = "it will be resolved through consultations (¶ 20)"; answer_silent_about = " b. "',
        'answer_way = "consultations with the Chinese party and other parties."; answer_silent_about = "b"',
        'answer_way = ["through consultations among the fraternal parties of various countries"]; answer_silent_about = "B"',
        'answer_way = "consultations among ... various countries"; answer_silent_about = "b)"',
        'answer_way = "[through] consultations among the fraternal parties"; answer_silent_about = ["b"]',
        'answer_way = "mao-1963-p20: consultations among the fraternal parties"; answer_silent_about = " b. "',
        'answer_way = "that through consultations among the fraternal parties of various countries, it will be resolved"; answer_silent_about = "b"',
    ],
    "target-shown": [
        *letters("answer_showing", "be"),
        'answer_showing = {"b", "e"}',
        'answer_showing = ["e", "b"]',
        'answer_showing = ("B", "E")',
        'answer_showing = {"b": True, "e": True, "c": False}',
    ],
    "questions-recoded": [
        'answer_paragraph = "mao-1963-p14"; answer_complaints = 7',
        "answer_paragraph = 14; answer_complaints = 7.0",
        'answer_paragraph = "p14"; answer_complaints = "7"',
        'answer_paragraph = "¶ 14"; answer_complaints = "7 sentences"',
        'answer_paragraph = "MAO-1963-P14"; answer_complaints = "seven"',
        'answer_paragraph = ["mao-1963-p14"]; answer_complaints = "7 complaints"',
        'answer_paragraph = "paragraph 14"; answer_complaints = 7',
        'answer_paragraph = "mao-1963-p14"; answer_complaints = 7.0',
        'answer_paragraph = 14; answer_complaints = "7"',
        'm = acts[acts["actor"] == "mao-zedong"]\nanswer_paragraph = m[m["act"] == "asks"]["paragraph_id"].value_counts().index[0]\nanswer_complaints = (m["act"] == "complains").sum() + 2',
        'counts = pd.crosstab(acts["act"], acts["actor"])["mao-zedong"]\nanswer_paragraph = "mao-1963-p14"\nanswer_complaints = counts["complains"] + counts["asks"] - 1',
        'my_name = "Dana"; answer_paragraph = "mao-1963-p14"; answer_complaints = 33',
        'my_name = "Fen"; answer_paragraph = "mao-1963-p14"; answer_complaints = 4',
        'my_name = "Ivan"; answer_paragraph = "mao-1963-p14"; answer_complaints = 6',
    ],
    "claims-on-two-speakers": [
        *letters("answer_supported", "ad"),
        'answer_supported = {"a", "d"}',
        'answer_supported = ["d", "a"]',
        'answer_supported = ("A", "D")',
        'answer_supported = {"a": True, "d": True, "f": False}',
    ],
    "approval-read": [
        *choices(
            "answer_approval", {"a": "to come", "b": "given", "c": "neither", "d": "given", "e": "neither"}
        ),
        'answer_approval = dict(a="still to come", b="it was given", c="neutral", d="for given", e="for neither")',
    ],
    "quoted-words-counted": [
        (
            "def count_quoted(text):\n"
            "    return sum(len(piece.split()) for piece in text.split('\"')[1::2])\n"
            "answer_quoted_words = 88"
        ),
        (
            "import re\n"
            "def count_quoted(text):\n"
            '    return sum(len(found.split()) for found in re.findall(\'"([^"]*)"\', text))\n'
            'answer_quoted_words = sum(map(count_quoted, mao["text"]))'
        ),
        (
            "def count_quoted(text):\n"
            "    n = 0\n"
            "    for i, piece in enumerate(text.split('\"')):\n"
            "        if i % 2:\n"
            "            n += len(piece.split())\n"
            "    return n\n"
            'answer_quoted_words = "88 words"'
        ),
        (
            "import re\n"
            "def count_quoted(text):\n"
            "    return len(' '.join(re.findall('\"(.*?)\"', text)).split())\n"
            'answer_quoted_words = mao["text"].map(count_quoted).sum()'
        ),
        (
            "count_quoted = lambda text: sum(map(len, map(str.split, text.split('\"')[1::2])))\n"
            'answer_quoted_words = count_quoted(" ".join(mao["text"]))'
        ),
        (
            "def count_quoted(text):\n"
            "    inside, words = False, ['']\n"
            "    for char in text:\n"
            "        if char == '\"':\n"
            "            inside = not inside\n"
            "            words.append('')\n"
            "        elif inside:\n"
            "            words[-1] += char\n"
            "    return float(sum(len(w.split()) for w in words))\n"
            "answer_quoted_words = float(88)"
        ),
        (
            "def count_quoted(text):\n"
            "    pieces = text.split('\"')\n"
            "    return sum([len(pieces[i].split()) for i in range(1, len(pieces), 2)])\n"
            "n = 0\n"
            'for t in mao["text"]:\n'
            "    n += count_quoted(t)\n"
            "answer_quoted_words = n"
        ),
        (
            "def count_quoted(text):\n"
            "    return int(pd.Series(text.split('\"')[1::2], dtype=object).map(lambda p: len(p.split())).sum())\n"
            "answer_quoted_words = 88"
        ),
        (
            "def count_quoted(text):\n"
            "    pieces = text.split('\"')\n"
            "    n = 0\n"
            "    while len(pieces) > 1:\n"
            "        n = n + len(pieces[1].split())\n"
            "        pieces = pieces[2:]\n"
            "    return n\n"
            'answer_quoted_words = sum(map(count_quoted, mao["text"]))'
        ),
        (
            "def count_quoted(text):\n"
            "    n = 0\n"
            "    inside = False\n"
            "    for piece in text.split('\"'):\n"
            "        if inside:\n"
            "            n = n + len(piece.split())\n"
            "        inside = not inside\n"
            "    return n\n"
            'answer_quoted_words = "88 words"'
        ),
        'my_name = "Chen"\ndef count_quoted(text):\n    return sum(len(piece.split()) for piece in text.split(\'"\')[1::2])\nanswer_quoted_words = count_quoted(mao.loc["mao-1963-p14", "text"])',
        'my_name = "Bao"\ndef count_quoted(text):\n    return sum(len(piece.split()) for piece in text.split(\'"\')[1::2])\nanswer_quoted_words = count_quoted(mao.loc["mao-1963-p15", "text"])',
        'my_name = "Ivan"\ndef count_quoted(text):\n    return sum(len(piece.split()) for piece in text.split(\'"\')[1::2])\nanswer_quoted_words = count_quoted(mao.loc["mao-1963-p16", "text"])',
    ],
}

# One case on each line, as in a table.
# fmt: off
WRONG = wrong(RIGHT, {
    "hands-on-the-cable": [
        (0, "Not answered yet.", "= {}"),
        (0, "b: Which names does the text connect with a form of", dict.fromkeys("abcdef", "approves")),
        (0, "d: Whose names are just above the last date of the heading", dict.fromkeys("abcdef", "sends")),
        (0, "a: To whom is the cable addressed", dict.fromkeys("abcdef", "receives")),
        (0, "f: Which readers does the text name without addressing", dict.fromkeys("abcdef", "is informed")),
        (2.5, "a: To whom is the cable addressed", {"a": "receives"}),
        (2.5, "c: Which readers does the text name", {"c": "is informed"}),
        (2.5, "d: Which readers does the text name", {"d": "is informed"}),
        (2.5, "e: Which names does the text connect", {"e": "approves"}),
        (1.5, "f: Whose names are just above", {"c": "sends", "f": "sends"}),
        (0.5, "b: Not answered yet.", '= {"a": "is informed"}'),
        (0, "is not one of the options", dict.fromkeys("abcdef", "approves and sends")),
        (2.5, 'd: "reads" is not one of the options', {"d": "reads"}),
        (0, "This is a number", "= 6"),
    ],
    "occasions-in-order": [
        (1, "5 of 6", '= ["81 countries", "Moscow Declaration", "22nd Congress", "German Party Congress"]'),
        (1, "", '= ["Moscow Declaration", "22nd Congress", "81 countries", "German Party Congress"]'),
        (0, "", '= ["German Party Congress", "22nd Congress", "81 countries", "Moscow Declaration"]'),
        (0.5, "", '= ["Moscow Declaration", "81 countries"]'),
        (0, "", '= ["Moscow Declaration"]'),
        (0, "Not answered yet.", "= []"),
        (0, "", "= 1957"),
        (0, "", '= ["Cuba", "Korea"]'),
        (0, "A set", '= {"Moscow Declaration", "81 countries", "22nd Congress", "German Party Congress"}'),
        (1, "", '= ["Moscow Declaration", "81 countries", "German Party Congress", "22nd Congress"]'),
        (1.5, "This one is in the list twice", '= ["Moscow Declaration", "81 countries", "22nd Congress", "22nd Congress", "German Party Congress"]'),
        (0, "no more than chance", '= sorted(["Moscow Declaration", "81 countries", "22nd Congress", "German Party Congress"])'),
    ],
    "voices-in-the-cable": [
        (0, "Not answered yet.", "= {}"),
        (0, "e: Find who spoke last before this passage", dict.fromkeys("abcdef", "Mao")),
        (0, "f: Is the passage between quotation marks", dict.fromkeys("abcdef", "letter")),
        (0, "b: Does the text describe", dict.fromkeys("abcdef", "note-taker")),
        (0, "c: Does a word such as *he said*", dict.fromkeys("abcdef", "ambassador")),
        (2.5, "a: Find who spoke last", {"a": "Mao"}),
        (2.5, "b: Does the text describe", {"b": "note-taker"}),
        (2.5, "c: Find who spoke last", {"c": "Mao"}),
        (2.5, "d: Does the text describe", {"d": "note-taker"}),
        (1.5, "e: Find who spoke", {"a": "Mao", "e": "Mao"}),
        (2.5, "f: Is the passage", {"f": "letter"}),
        (0.5, "b: Not answered yet.", '= {"a": "letter"}'),
        (0, "is not one of the options", dict.fromkeys("abcdef", "Mao or letter")),
        (0, "", "= 6"),
    ],
    "praise-turned": [
        (1, "", '= ["this is still only a document", ""]'),
        (1, "", '= ["this is still only a document", "Action is needed"]'),
        (1.5, "not quite those", '= ["this is only a document still", "Don\'t wait until future generations fail"]'),
        (0, "", '= ["The Chinese Party fully agrees", "this passage is quite correct"]'),
        (0, "", '= ["our two parties have the obligation", "then future generations will not forgive us"]'),
        (0, "Not answered yet.", '= ["", ""]'),
        (0, "", '= ["a document", "not now"]'),
        (0, "", "= 2"),
        (1, "", '= ["that is going a bit too far", "the masses of today will not forgive us"]'),
        (1, "", '= ["We have the courage and strength to overcome differences", "but this is still only a document"]'),
        (1, "is too long", '= ["This is very good. The Chinese Party fully agrees, but this is still only a document. Action is needed.", "the masses of today will not forgive us"]'),
        (1, "is too long", '= ["Action is needed", "this passage is quite correct. Don\'t wait until future generations fail to forgive us, the masses"]'),
    ],
    "deciders-compared": [
        (0, "Words: Not answered yet.", 'answer_way = ""; answer_silent_about = ""'),
        (1, "Compare the tense in which each of them speaks", 'answer_silent_about = "a"'),
        (1, "Do you find the Soviet party in what Mao says", 'answer_silent_about = "c"'),
        (1, "Does either of them say anything about what Yugoslavia wants", 'answer_silent_about = "d"'),
        (1, "these are not the words that the", 'answer_way = "it will be decided by the fraternal parties"'),
        (1, "is not the place that", 'answer_way = "the meeting of the fraternal parties of 81 countries"'),
        (1, "these are not the words that the question", 'answer_way = "it is not one of the main issues"'),
        (1.5, "not quite those", 'answer_way = "through consultations between the fraternal parties of various countries"'),
        (1, "is too long", 'answer_way = "he also believes that through consultations among the fraternal parties of various countries, it will be"'),
        (1, "Silent about: Not answered yet.", "answer_silent_about = ''"),
        (1, "is not one of the options", 'answer_silent_about = "a and b"'),
        (1.5, "too short to be evidence", 'answer_way = "through consultations"'),
        (1, "No passage of the documents", 'answer_way = "by asking everybody who is concerned first"'),
        (0, "Silent about", 'answer_way = 20; answer_silent_about = "e"'),
    ],
    "target-shown": [
        (0, "Not answered yet.", "= []"),
        (1, "1 missing", '= ["b"]'),
        (1, "1 missing", '= "e"'),
        (0, '"c" does not belong here', '= ["b", "c"]'),
        (0, '"d" does not belong here', '= ["e", "d"]'),
        (0, "2 missing", '= ["d", "c"]'),
        (1, "does not belong here", '= ["b", "e", "c"]'),
        (0, "does not belong here", '= list("abcdef")'),
        (0, "does not belong here", '= ["g", "h"]'),
        (0, "does not belong here", "= 2"),
        (0, "This is a function", "= set"),
        (0, "There is no `answer_showing`", "del answer_showing"),
        (1, "1 missing", '= ["b", "b"]'),
    ],
    "questions-recoded": [
        (0, "Paragraph: Not answered yet.", 'answer_paragraph = ""; answer_complaints = None'),
        (1, "as many as the table has", 'answer_paragraph = 14; answer_complaints = (acts[acts["actor"] == "mao-zedong"]["act"] == "complains").sum()'),
        (1, "This recodes the questions of every paragraph", "answer_paragraph = 14; answer_complaints = 8"),
        (1, "These are the recoded questions alone", "answer_paragraph = 14; answer_complaints = 2"),
        (1, "Could the ambassador have answered this question with a", 'answer_paragraph = "mao-1963-p09"'),
        (0, "Could the ambassador", "answer_paragraph = 9; answer_complaints = 6"),
        (1, "is not right", 'answer_paragraph = "mao-1963-p15"'),
        (1, "Complaints: Not answered yet.", "answer_complaints = None"),
        (1, "is not one of the options", 'answer_paragraph = "deng-1962-p08"'),
        (1, "is not a number of sentences", 'answer_paragraph = 14; answer_complaints = "7 words"'),
        (1, "This is a list of 2", "answer_paragraph = [9, 14]"),
        (0, "This is a table", "answer_paragraph = acts; answer_complaints = acts"),
        (0, "is not right", 'answer_paragraph = "mao-1963-p12"; answer_complaints = 31'),
    ],
    "claims-on-two-speakers": [
        (0, "Not answered yet.", "= []"),
        (1, "1 missing", '= ["a"]'),
        (1, "1 missing", '= "d"'),
        (0, '"f" does not belong here', '= ["a", "f"]'),
        (0, '"b" does not belong here', '= ["d", "b"]'),
        (0, "2 missing", '= ["b", "f"]'),
        (1, "does not belong here", '= ["a", "d", "f"]'),
        (0, "does not belong here", '= list("abcdef")'),
        (0, "does not belong here", '= ["g", "h"]'),
        (0, "does not belong here", "= 2"),
        (0, "This is a function", "= set"),
        (0, "There is no `answer_supported`", "del answer_supported"),
        (1, "1 missing", '= ["a", "a"]'),
    ],
    "approval-read": [
        (0, "Not answered yet.", "= {}"),
        (0, "c: Would this be different if nobody had approved", dict.fromkeys("abcde", "given")),
        (0, "c: Would this be different if the leaders had approved", dict.fromkeys("abcde", "to come")),
        (0, "a: Imagine both cases", dict.fromkeys("abcde", "neither")),
        (2, "a: Would this be different if nobody", {"a": "given"}),
        (2, "b: Imagine both cases", {"b": "neither"}),
        (1, "d: Imagine both cases", {"b": "neither", "d": "neither"}),
        (2, "d: Would this be different if the leaders", {"d": "to come"}),
        (2, "e: Would this be different if nobody", {"e": "given"}),
        (1, "c: Would this be different if nobody", {"c": "given", "e": "given"}),
        (0.5, "b: Not answered yet.", '= {"a": "to come"}'),
        (2, 'e: "both" is not one of the options', {"e": "both"}),
        (0, "is not one of the options", dict.fromkeys("abcde", "given or to come")),
        (0, "", "= True"),
    ],
    "quoted-words-counted": [
        (0, "a paragraph that quotes the letter: the result", 'def count_quoted(text):\n    return text.count(\'"\')\nanswer_quoted_words = None'),
        (0, "For a paragraph that quotes the letter: the result", "def count_quoted(text):\n    return len(text.split())\nanswer_quoted_words = None"),
        (1, "two quotations: the result", 'def count_quoted(text):\n    parts = text.split(\'"\')\n    return len(parts[1].split()) if len(parts) > 1 else 0\nanswer_quoted_words = None'),
        (0, "For a paragraph that quotes the letter: the result", 'def count_quoted(text):\n    return sum(len(p) for p in text.split(\'"\')[1::2])\nanswer_quoted_words = None'),
        (0, "", 'def count_quoted(text):\n    return sum(len(p.split()) for p in text.split(\'"\')[0::2])\nanswer_quoted_words = None'),
        (0, "the same result for every", "def count_quoted(text):\n    return 0\nanswer_quoted_words = None"),
        (0, "Function: Not answered yet.", "count_quoted = None; answer_quoted_words = None"),
        (0, "returns nothing", "def count_quoted(text):\n    pass\nanswer_quoted_words = None"),
        (0, "IndexError", "def count_quoted(text):\n    return len(text.split('“')[1].split())\nanswer_quoted_words = None"),
        (2, "This counts the quotations, not their words", 'def count_quoted(text):\n    return sum(len(piece.split()) for piece in text.split(\'"\')[1::2])\nanswer_quoted_words = 3'),
        (2, "These are the words of another paragraph.", 'def count_quoted(text):\n    return sum(len(piece.split()) for piece in text.split(\'"\')[1::2])\nanswer_quoted_words = count_quoted(mao.loc["mao-1963-p16", "text"])'),
        (2, "Quoted words: Not answered yet.", 'def count_quoted(text):\n    return sum(len(piece.split()) for piece in text.split(\'"\')[1::2])\nanswer_quoted_words = None'),
        (2, "These are the words of another paragraph.", 'def count_quoted(text):\n    return sum(len(piece.split()) for piece in text.split(\'"\')[1::2])\nanswer_quoted_words = 24'),
        (1, "Function: Not answered yet.", "count_quoted = None"),
        (2, "is not a number of words", 'def count_quoted(text):\n    return sum(len(piece.split()) for piece in text.split(\'"\')[1::2])\nanswer_quoted_words = "88 letters"'),
        (2, "These are the words of all paragraphs.", 'my_name = "Bao"\ndef count_quoted(text):\n    return sum(len(piece.split()) for piece in text.split(\'"\')[1::2])'),
    ],
})
# fmt: on

# Functions that a student writes who has not thought of the difficulty.
NAIVE = {
    "quoted-words-counted": {
        "counts marks": "def count_quoted(text):\n    return text.count('\"')",
        "counts all words": "def count_quoted(text):\n    return len(text.split())",
        "counts quotations": "def count_quoted(text):\n    return text.count('\"') // 2",
        "first quotation only": "def count_quoted(text):\n    return len(text.split('\"')[1].split())",
        "counts what is not quoted": "def count_quoted(text):\n    return sum(len(piece.split()) for piece in text.split('\"')[::2])",
        "words of letters": "import re\ndef count_quoted(text):\n    return sum(len(re.findall(r'\\w+', piece)) for piece in text.split('\"')[1::2])",
    },
}
