"""Answers to the exercise `what-two-documents-can-show` as students would write them, and what each must get.

Each answer is what stands in the answer cell, run after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

# An answer stands on one line where it can, so that answers are easy to compare.
# ruff: noqa: E501

import re

# Two arguments as students would write them; the other answers to that question are made of them.
MEETING = """
Both documents let others begin. In neither of them does a Chinese leader say that his party had the idea of a
meeting alone; both times other parties had asked for it first, and the Chinese party only takes up what they wish.

The record of 1962 was signed by the Soviet ambassador and sent home. In it Deng says that the wish had been
"expressed in letters to the CC CCP from a series of fraternal parties" (deng-1962-p05), and he names five. The
proposal itself stands in a Chinese letter, which neither man reads aloud. Deng is careful about it: if a conference
brought no result, "it would be better not to conduct it" (deng-1962-p06), and the duty to convene lies with Moscow,
on which the conference of 1957 put a "rather heavy obligation" (deng-1962-p10). So asking, proposing and convening
are three roles, and the Chinese party takes only the second.

The cable of 1963 was sent by two Chinese bodies to the party committees of their missions. Its key points complain
that Moscow takes the credit, and then they divide it anew: the two parties "can only claim a small part of the
credit" (mao-1963-p12). "The first to propose this were the Indonesian, Vietnamese and New Zealand parties."
(mao-1963-p12) These words support my claim, because a side that wanted the credit for itself would not give it away
in a text for its own officials. But the list has become shorter. The British and the Swedish party are missing, and
these are the two that in 1962 "proposed conducting a conference of fraternal parties" (deng-1962-p13) about events
in Stockholm, over which Deng feels condemned.

This may show that the later text keeps only friendly witnesses. It may also show nothing of the kind, since a cable of
key points is short by its nature, and the two texts do not speak of quite the same meeting: the one of a conference
of all parties, the other of talks. What the Chinese letter of April proposed, and what the five parties wrote, the
two documents do not tell. They show how two sides wished the beginning to be seen. Who began it they cannot show.
"""
WORDS = """
The two texts differ in their words more than in what they report about unity. My claim is only about the texts: the
record of 1962 puts unity into the foreground and the cable of 1963 the debate, and each has the other in it.

A Soviet ambassador signed the record for his superiors in Moscow. He writes that he himself stressed "the sincere
striving for unity and solidarity" (Deng 1962, ¶ 7), and he lets Deng say that at a conference "there can be unity and
solidarity" (Deng 1962, ¶ 8). The words support the claim because both men use them, and because they are the
reason that is given for the whole conference. Yet in the same record some parties are said to "condemn us"
(Deng 1962, ¶ 13), and this is a quarrel, although nobody calls it a debate.

The cable went to the party committees of Chinese missions abroad, which had to explain a public quarrel. Here the
debate is named again and again, and it "is not a terrible thing" (Mao 1963, ¶ 10). But the word unity has not gone.
Those who can quarrel can also find the strength "to resolve our differences and achieve unity" (Mao 1963, ¶ 15), and
near the end the cable says: "We are now coming together." (Mao 1963, ¶ 19) A reader who only counted the words would
miss this, and would take a change of words for a change of heart.

There are other explanations. In 1962 a letter about a conference was on the table, in 1963 a letter about talks and
about an end to attacks. One text was written by the Soviet side and the other by the Chinese one, and two translators
worked from two languages. Each of these could have changed the words without any change between the parties.

So what has changed? Between the two talks the quarrel had become public, and the cable names its articles and its
congresses; that is a change which the documents show. Whether the leaders wanted unity less than before, they cannot
show, and two records of two talks are too few to tell. The next step would be to read the letters of both parties.
"""


def argued(text):
    return f'answer_argument = """{text}"""'


def shortened(text, n):
    """Return the first `n` words of a text; its blank lines are lost."""
    return " ".join(text.split()[:n])


def bare(text):
    """Return a text without its quotation marks."""
    return text.replace('"', "")


RIGHT = {
    "claims-on-the-ladder": [
        'answer_steps = {"a": 6, "b": 3, "c": 1, "d": 4, "e": 5, "f": 2}',
        'answer_steps = {"a": "6", "b": "3", "c": "1", "d": "4", "e": "5", "f": "2"}',
        "answer_steps = [6, 3, 1, 4, 5, 2]",
        "answer_steps = (6.0, 3.0, 1.0, 4.0, 5.0, 2.0)",
        'answer_steps = pd.Series([6, 3, 1, 4, 5, 2], index=list("abcdef"))',
        'answer_steps = pd.Series([6, 3, 1, 4, 5, 2], index=list("ABCDEF"))',
        'answer_steps = dict(a="step 6", b="Step 3", c="step 1", d="4.", e="STEP 5", f="2.")',
        'answer_steps.update(zip("cfbdea", range(1, 7)))',
        "import numpy as np\nanswer_steps = dict(zip('abcdef', np.array([6, 3, 1, 4, 5, 2])))",
    ],
    "sentences-judged": [
        'answer_judged = {"a": "sound", "b": "wrong place", "c": "too strong", "d": "no place", "e": "sound", "f": "too strong"}',
        'answer_judged = ["Sound", "Wrong place", "Too strong", "No place", "Sound", "Too strong"]',
        'answer_judged = dict(a="right", b="wrong paragraph", c="strong", d="no paragraph", e="ok", f="jump")',
        'answer_judged = pd.Series(["sound", "wrong-place", "too-strong", "no-place", "sound", "too-strong"], index=list("abcdef"))',
        'answer_judged = {"A": "SOUND", "B": "WRONG PLACE", "C": "TOO STRONG", "D": "NO PLACE", "E": "SOUND", "F": "TOO STRONG"}',
        'answer_judged.update(a="sound", b="another place", c="too strong", d="place missing", e="sound", f="too strong")',
        'answer_judged = dict.fromkeys("cf", "too strong") | dict.fromkeys("ae", "sound.") | {"b": "wrong_place", "d": "no paragraph"}',
        'answer_judged = ("sound", " wrong  place", "too strong ", "no place", "sound", "too strong")',
    ],
    "praise-compared": [
        'answer_praise_1962 = "the sincere striving for unity and solidarity"; answer_praise_1963 = "basically good and reflected a spirit"\n'
        'answer_praised_by = {"1962": "the ambassador", "1963": "Mao"}',
        'answer_praise_1962 = "I only emphasized the sincere striving"; answer_praise_1963 = "he welcomed the letter from the Central Committee"\n'
        'answer_praised_by = {1962: "Chervonenko", 1963: "Mao Zedong"}',
        'answer_praise_1962 = "striving for unity"; answer_praise_1963 = "a spirit of consultation on an equality"\n'
        'answer_praised_by = ["the Soviet ambassador", "Comrade Mao Zedong"]',
        'answer_praise_1962 = "unity and solidarity expressed in the CC CPSU\'s letter"; answer_praise_1963 = "welcomed the letter"\n'
        'answer_praised_by = ("Ambassador", "MAO")',
        'answer_praise_1962 = "“sincere striving ... and solidarity” (¶ 7)"; answer_praise_1963 = "this letter was basically good (¶ 4)"\n'
        'answer_praised_by["1962"] = "stepan chervonenko"; answer_praised_by["1963"] = "mao zedong"',
        'answer_praise_1962 = ["The sincere striving for unity and solidarity"]; answer_praise_1963 = ["reflected a spirit of consultation"]\n'
        'answer_praised_by = pd.Series({"1962": "ambassador", "1963": "Mao"})',
        'answer_praise_1962 = paragraphs.loc["deng-1962-p07", "text"][-90:].partition(" ")[2]; answer_praise_1963 = paragraphs.loc["mao-1963-p04", "text"].split(".")[1]\n'
        'answer_praised_by = {"1962": "the ambassador.", "1963": "Mao"}',
        'answer_praise_1962 = "sincere striving for unity and solidarity expressed"; answer_praise_1963 = "attitude of this letter was basically good"\n'
        'answer_praised_by = pd.Series(["the ambassador", "Mao"], index=[1962, 1963])',
    ],
    "told-in-both": [
        'answer_told = {"a": "both", "b": "1963", "c": "1962", "d": "both", "e": "1963", "f": "neither"}',
        'answer_told = ["both", 1963, 1962, "both", 1963, "neither"]',
        'answer_told = dict(a="Both.", b="Mao", c="Deng", d="BOTH", e="mao-1963", f="none")',
        'answer_told = {"a": "both documents", "b": "the cable", "c": "the record", "d": "both of them", "e": "the cable of 1963", "f": "neither of them"}',
        'answer_told = pd.Series(["1962 and 1963", "Mao 1963", "Deng 1962", "both", "1963", "neither document"], index=list("abcdef"))',
        'answer_told.update(a="both", b=1963, c="the record of 1962", d="both", e=1963, f="Neither")',
        'answer_told = ("both", "1963", "deng-1962", "both", 1963.0, "neither")',
        'answer_told = {"F": "neither", "E": "1963", "D": "both", "C": "1962", "B": "1963", "A": "both"}',
    ],
    "letter-confirmed": [
        'answer_confirmed = {"a": "confirmed", "b": "contradicted", "c": "not mentioned", "d": "confirmed"}',
        'answer_confirmed = ["Confirmed", "Contradicted", "Not mentioned", "Confirmed"]',
        'answer_confirmed = dict(a="confirms", b="contradicts", c="silent", d="confirm")',
        'answer_confirmed = pd.Series({"a": "confirms", "b": "contradicts", "c": "missing", "d": "confirms"})',
        'answer_confirmed = ("CONFIRMED", "contradict", "not there", "confirmed.")',
        'answer_confirmed.update(a="confirmed", b="contradicted", c="no mention", d="confirmed")',
        'answer_confirmed = {"A": "confirmed", "B": "contradicted", "C": "not-mentioned", "D": "confirmed"}',
        'answer_confirmed = dict.fromkeys("abcd", "confirmed") | {"b": " contradicted", "c": "not  mentioned"}',
    ],
    "events-placed": [
        'answer_placed = {"a": "before", "b": "between", "c": "between", "d": "between", "e": "after", "f": "after"}',
        'answer_placed = ["Before", "Between", "Between", "Between", "After", "After"]',
        'answer_placed = dict(a="earlier", b="in between", c="between the talks", d="between the two talks", e="later", f="AFTER")',
        'answer_placed = pd.Series(["before 1962", "between", "between", "between", "after 1963", "after"], index=list("abcdef"))',
        'answer_placed = {"A": "before the talk of 1962", "B": "between", "C": "between", "D": "between", "E": "after the talk of 1963", "F": "after"}',
        'answer_placed["a"] = "before"; answer_placed["e"] = answer_placed["f"] = "after."\n'
        'answer_placed |= dict.fromkeys("bcd", "between")',
        'ids = ["1961-12-break-with-albania", "1962-10-20-sino-indian-war", "1962-10-16-cuban-missile-crisis",\n'
        '       "1963-01-15-east-german-congress", "1963-02-27-article-on-thorez", "1963-08-05-test-ban-treaty"]\n'
        'days = pd.to_datetime(["1900-01-01", "1962-04-09", "1963-02-23", "2000-01-01"])\n'
        'answer_placed = pd.cut(events.loc[ids, "start"], days, labels=["before", "between", "after"]).tolist()',
        'answer_placed = ("before",) + ("between",) * 3 + ("after",) * 2',
    ],
    "reply-on-its-way": [
        'answer_promise = "the Chinese party will reply to the letter"; answer_days = 4',
        'answer_promise = "within two weeks"; answer_days = "4 days"',
        'answer_promise = "will reply to the letter ... within two weeks"; answer_days = 4.0',
        'answer_promise = paragraphs.loc["mao-1963-p18", "text"].partition("that ")[2]; answer_days = "4"',
        'answer_promise = "“will reply to the letter” (¶ 18)"; answer_days = pd.Timestamp("1963-03-13") - pd.Timestamp("1963-03-09")',
        'answer_promise = ["The Chinese party will reply"]\n'
        'answer_days = (events.loc["1963-03-13-cable-dated", "start"] - events.loc["1963-03-09-ccp-reply", "start"]).days',
        "import datetime as dt\n"
        'answer_promise = "WILL REPLY TO THE LETTER"; answer_days = dt.date(1963, 3, 13) - dt.date(1963, 3, 9)',
        "import numpy as np\n"
        'answer_promise = "of the CPSU within two weeks."; answer_days = np.int64(13 - 9)',
        'answer_promise = "[Mao said that] the Chinese party will reply"; answer_days = [4]',
    ],
    "terms-compared": [
        'answer_term = "fraternal"; answer_times = 25.6',
        'answer_term = "Fraternal"; answer_times = 26',
        'answer_term = ["fraternal"]; answer_times = "25.6 times"',
        "table = count_terms(terms)\n"
        'wide = table.pivot(index="term", columns="document_id", values="n")\n'
        'answer_term = wide[wide["deng-1962"] == wide["mao-1963"]].index\n'
        'rates = table[table["term"] == "conference"].set_index("document_id")["per_1000"]\n'
        'answer_times = round(rates["deng-1962"] / rates["mao-1963"], 1)',
        'answer_term = "fraternal"; answer_times = (23 / 1362) / (1 / 1515)',
        'answer_term = "fraternal"; answer_times = 25',
        'answer_term = "fraternal"; answer_times = 16.9 / 0.7',
        'answer_term = "fraternal"; answer_times = 24',
        'answer_term = " FRATERNAL."; answer_times = "25,58"',
        "import numpy as np\nanswer_term = np.str_('fraternal'); answer_times = np.float64(16.9 / 0.66)",
        'answer_term = pd.Series({"fraternal": 11}).index[0]; answer_times = pd.Series([25.6])',
    ],
    "subjects-absent": [
        'answer_absent = ["bomb", "Cuba", "India", "Stalin", "Taiwan"]',
        'answer_absent = {"Taiwan", "Stalin", "India", "Cuba", "bomb"}',
        'answer_absent = ("BOMB", "cuba", "india", "stalin", "taiwan")',
        'answer_absent = "bomb, Cuba, India, Stalin and Taiwan"',
        'answer_absent = [s for s in subjects if not paragraphs["text"].str.contains(s, case=False).any()]',
        'text = " ".join(paragraphs["text"])\nanswer_absent = set(s for s in subjects if s not in text)',
        'answer_absent = pd.Series(subjects)[[sum(s in t for t in paragraphs["text"]) == 0 for s in subjects]]',
        'counts = pd.Series({s: paragraphs["text"].str.count(s).sum() for s in subjects})\nanswer_absent = counts[counts == 0].index',
        'named = ["agriculture", "Albania", "Japan", "Stockholm", "Yugoslavia"]\nanswer_absent = set(subjects) - set(named)',
    ],
    "place-found": [
        "def find_place(quotation, texts):\n"
        "    words = quotation.lower().split()\n"
        "    if len(words) < 3:\n"
        '        return "too short"\n'
        "    for name in texts:\n"
        '        if " ".join(words) in " ".join(texts[name].lower().split()):\n'
        "            return name\n"
        '    return "nowhere"',
        "import re\n"
        "def find_place(quotation, texts):\n"
        "    quotation = re.sub(r'\\s+', ' ', quotation.strip()).casefold()\n"
        "    if quotation.count(' ') < 2:\n"
        "        return 'too short'\n"
        "    found = [name for name, text in texts.items() if quotation in text.casefold()]\n"
        "    return found[0] if found else 'nowhere'",
        "def find_place(quotation, texts):\n"
        "    quotation = ' '.join(quotation.split())\n"
        "    if len(quotation.split()) < 3: return 'Too short'\n"
        "    return next((n for n, t in texts.items() if quotation.upper() in t.upper()), 'Nowhere')",
        "def find_place(quotation, texts):\n"
        "    clean = lambda t: ' '.join(t.lower().split())\n"
        "    if len(quotation.split()) <= 2:\n"
        "        return 'too short'\n"
        "    table = pd.Series(texts).map(clean)\n"
        "    hits = table[table.str.contains(clean(quotation), regex=False)]\n"
        "    return hits.index[0] if len(hits) else 'nowhere'",
        "import re\n"
        "def find_place(quotation, texts):\n"
        "    words = quotation.split()\n"
        "    if not len(words) >= 3:\n"
        "        return 'too short'\n"
        "    pattern = re.compile(r'\\s+'.join(map(re.escape, words)), re.IGNORECASE)\n"
        "    for name, text in texts.items():\n"
        "        if pattern.search(text):\n"
        "            return name\n"
        "    return 'nowhere'",
        "def find_place(quotation, texts):\n"
        "    answer = 'nowhere'\n"
        "    words = quotation.lower().split()\n"
        "    for name, text in reversed(list(texts.items())):\n"
        "        if ' '.join(words) in text.lower():\n"
        "            answer = name\n"
        "    return 'too short' if len(words) < 3 else answer",
        "def find_place(quotation, texts):\n"
        "    print('looking for', quotation)\n"
        "    while '  ' in quotation or '\\n' in quotation:\n"
        "        quotation = quotation.replace('\\n', ' ').replace('  ', ' ')\n"
        "    if len(quotation.split(' ')) < 3:\n"
        "        return 'too short'\n"
        "    for name, text in texts.items():\n"
        "        if text.lower().find(quotation.lower()) != -1:\n"
        "            return name\n"
        "    return 'nowhere'",
        "find_place = lambda quotation, texts: 'too short' if len(quotation.split()) < 3 else ([n for n, t in texts.items() if ' '.join(quotation.lower().split()) in t.lower()] + ['nowhere'])[0]",
    ],
    "argument-checked": [
        argued(MEETING),
        argued(WORDS),
        argued(re.sub(r"\(deng-1962-p(\d\d)\)", r"(Deng 1962, ¶ \1)", MEETING)),
        argued(re.sub(r"\(mao-1963-p(\d\d)\)", r"(Mao ¶ \1)", MEETING)),
        argued(re.sub(r'"([^"]+)"', r"“\1”", WORDS)),
        argued(re.sub(r'"([^"]+)"', r"«\1»", WORDS)),
        argued(" ".join(WORDS.split())),
        argued(shortened(WORDS, 300)),
        f"answer_argument = ' '.join({WORDS.split()!r}[:301])",
        argued(MEETING + shortened(bare(WORDS), 500 - len(MEETING.split()))),
        f"answer_argument = {WORDS.split(chr(10))!r}\nanswer_argument = '\\n'.join(answer_argument)",
        argued(
            MEETING.replace("a series of fraternal parties", "a series ... parties").replace(
                "can only", "[they] can only"
            )
        ),
    ],
}

WRONG = {
    "claims-on-the-ladder": [
        (0, "Not answered yet.", "answer_steps = dict.fromkeys('abcdef')"),
        (0, "a: This claims more than that words stand", 'answer_steps = dict.fromkeys("abcdef", 1)'),
        (0, "a: Step 2 is about the author", 'answer_steps = dict.fromkeys("abcdef", 2)'),
        (0, "c: Step 3 is that these words were spoken", 'answer_steps = dict.fromkeys("abcdef", 3)'),
        (0, "b: Step 4 is about what a man meant", 'answer_steps = dict.fromkeys("abcdef", 4)'),
        (0, "d: Step 5 is about the party", 'answer_steps = dict.fromkeys("abcdef", "5")'),
        (0, "e: This claim gives no reason", 'answer_steps = dict.fromkeys("abcdef", "step 6")'),
        (2, "d: Step 3 is that", "answer_steps = [6, 4, 1, 3, 5, 2]"),
        (2, "c: Step 3 is that", "answer_steps = [6, 1, 3, 4, 5, 2]"),
        (2.5, "f: Not answered yet.", "answer_steps = [6, 3, 1, 4, 5]"),
        (0, "is none of the options", 'answer_steps = dict.fromkeys("abcdef", 7)'),
        (0, "There is no `answer_steps`", "del answer_steps"),
    ],
    "sentences-judged": [
        (0, "Not answered yet.", 'answer_judged = {"a": "", "b": ""}'),
        (0, "d: Is a paragraph named", 'answer_judged = dict.fromkeys("abcdef", "sound")'),
        (
            0,
            "a: This sentence does name a paragraph",
            'answer_judged = dict.fromkeys("abcdef", "no place")',
        ),
        (
            0,
            "e: Does the sentence name a paragraph",
            'answer_judged = dict.fromkeys("abcdef", "wrong place")',
        ),
        (0, "a: The claim itself stands", 'answer_judged = dict.fromkeys("abcdef", "too strong")'),
        (
            2.5,
            "c: Is a paragraph named",
            'answer_judged = ["sound", "wrong place", "sound", "no place", "sound", "too strong"]',
        ),
        (
            2.5,
            "b: Is a paragraph named",
            'answer_judged = ["sound", "sound", "too strong", "no place", "sound", "too strong"]',
        ),
        (
            2.5,
            "f: Does the sentence name a paragraph",
            'answer_judged = ["sound", "wrong place", "too strong", "no place", "sound", "wrong place"]',
        ),
        (0, "is none of the options", 'answer_judged = dict.fromkeys("abcdef", "false")'),
        (0, "is none of the options", "answer_judged = [True] * 6"),
        (0, "This is a text; a dictionary is asked for", 'answer_judged = "sound"'),
        (0, "There is no `answer_judged`", "del answer_judged"),
    ],
    "praise-compared": [
        (0, "1962: Not answered yet.", 'answer_praised_by = {"1962": "", "1963": ""}'),
        (
            0,
            "Praised by: 1963: This is not the ambassador",
            'answer_praised_by = {"1962": "ambassador", "1963": "ambassador"}',
        ),
        (0, 'Praised by: 1962: "Deng" is not right.', 'answer_praised_by = {"1962": "Deng", "1963": "Deng"}'),
        (0, 'Praised by: 1962: "Mao" is not right.', 'answer_praised_by = ["Mao", "Mao"]'),
        (
            1,
            "1963: Not answered yet.",
            'answer_praise_1962 = "the sincere striving for unity and solidarity"',
        ),
        (
            0,
            '1962: "this unity and solidarity" is in deng-1962-p08',
            'answer_praise_1962 = "this unity and solidarity"',
        ),
        (
            0,
            "these are not the words asked for",
            'answer_praise_1962 = "I did not make any substantive comments"; answer_praise_1963 = "we hold different opinions"',
        ),
        (
            0,
            '1963: "this passage is quite correct" is in mao-1963-p15, which is not the place',
            'answer_praise_1963 = "this passage is quite correct"',
        ),
        (
            1,
            "The words are not quite those",
            'answer_praise_1962 = "the honest striving for unity and solidarity"; answer_praise_1963 = "the attitude of the letter was basically good"',
        ),
        (0, "too short to be evidence", 'answer_praise_1962 = "sincere"; answer_praise_1963 = "good"'),
        (0, "is none of the options", 'answer_praised_by = {"1962": "Khrushchev", "1963": "Zhou"}'),
        (0, "There is no `answer_praise_1962`", "del answer_praise_1962"),
    ],
    "told-in-both": [
        (0, "Not answered yet.", 'answer_told = {"a": "", "b": "", "c": "", "d": "", "e": "", "f": ""}'),
        (0, "a: Look for it in the cable of 1963", 'answer_told = dict.fromkeys("abcdef", 1962)'),
        (0, "d: Look for it in the record of 1962", 'answer_told = dict.fromkeys("abcdef", 1963)'),
        (0, "f: Not both of them say this", 'answer_told = dict.fromkeys("abcdef", "both")'),
        (0, "b: At least one of the documents", 'answer_told = dict.fromkeys("abcdef", "neither")'),
        (2.5, "b: Not both of them", 'answer_told = ["both", "both", "1962", "both", "1963", "neither"]'),
        (
            2.5,
            "f: Look for it in the record",
            'answer_told = ["both", "1963", "1962", "both", "1963", "1963"]',
        ),
        (2.5, "e: Not both of them", 'answer_told = ["both", "1963", "1962", "both", "both", "neither"]'),
        (0.5, "b: Not answered yet.", 'answer_told["a"] = "both"'),
        (0, "is none of the options", 'answer_told = dict.fromkeys("abcdef", "yes")'),
        (0, "This is a number; a dictionary is asked for", "answer_told = 1962"),
        (0, "There is no `answer_told`", "del answer_told"),
    ],
    "letter-confirmed": [
        (0, "Not answered yet.", 'answer_confirmed = {"a": "", "b": "", "c": "", "d": ""}'),
        (0, "b: Does the record say this", 'answer_confirmed = dict.fromkeys("abcd", "confirmed")'),
        (
            0,
            "a: Nothing in the record speaks against",
            'answer_confirmed = dict.fromkeys("abcd", "contradicted")',
        ),
        (
            0,
            "d: The record does say something",
            'answer_confirmed = dict.fromkeys("abcd", "not mentioned")',
        ),
        (
            1,
            "c: Does the record say this",
            'answer_confirmed = ["confirmed", "contradicted", "confirmed", "confirmed"]',
        ),
        (
            1,
            "b: The record does say something",
            'answer_confirmed = ["confirmed", "not mentioned", "not mentioned", "confirmed"]',
        ),
        (
            1,
            "c: Nothing in the record",
            'answer_confirmed = ["confirmed", "contradicted", "contradicted", "confirmed"]',
        ),
        (0.5, "b: Not answered yet.", 'answer_confirmed["a"] = "confirmed"'),
        (0, "is none of the options", 'answer_confirmed = ["maybe"] * 4'),
        (0, "is none of the options", "answer_confirmed = [1, 2, 3, 4]"),
        (0, "This is a set", 'answer_confirmed = {"confirmed", "contradicted"}'),
        (0, "There is no `answer_confirmed`", "del answer_confirmed"),
    ],
    "events-placed": [
        (0, "Not answered yet.", 'answer_placed = {"a": "", "b": "", "c": "", "d": "", "e": "", "f": ""}'),
        (
            0,
            "b: Compare its first day with 9 April 1962",
            'answer_placed = dict.fromkeys("abcdef", "before")',
        ),
        (
            0,
            "a: Compare its first day with the days of both talks",
            'answer_placed = dict.fromkeys("abcdef", "between")',
        ),
        (
            0,
            "c: Compare its first day with 23 February 1963",
            'answer_placed = dict.fromkeys("abcdef", "after")',
        ),
        (
            2,
            "e: Compare its first day with the days",
            'answer_placed = ["before", "between", "between", "between", "between", "after"]',
        ),
        (
            2,
            "d: Compare its first day with 23",
            'answer_placed = ["before", "between", "between", "after", "after", "after"]',
        ),
        (
            1,
            "b: Compare its first day with 9",
            'answer_placed = ["between", "before", "between", "between", "after", "after"]',
        ),
        (0.5, "b: Not answered yet.", 'answer_placed["a"] = "before"'),
        (0, "is none of the options", 'answer_placed = ["1961", "1962", "1962", "1963", "1963", "1963"]'),
        (0, "is none of the options", 'answer_placed = list(events["start"][:6])'),
        (0, "This is a text; a dictionary is asked for", 'answer_placed = "before"'),
        (0, "There is no `answer_placed`", "del answer_placed"),
    ],
    "reply-on-its-way": [
        (0, "Promise: Not answered yet.", 'answer_promise = ""'),
        (1, "Days: Not answered yet.", 'answer_promise = "will reply to the letter"'),
        (
            1,
            "Days: These are the days from the talk to the reply",
            'answer_promise = "within two weeks"; answer_days = 14',
        ),
        (
            1,
            "Days: These are the days from talk to cable",
            'answer_promise = "within two weeks"; answer_days = 18',
        ),
        (1, "Days: This counts from the cable back", 'answer_promise = "within two weeks"; answer_days = -4'),
        (1, "Days: The first day does not count", 'answer_promise = "within two weeks"; answer_days = 5'),
        (1, "9 is not right", 'answer_promise = "within two weeks"; answer_days = 9'),
        (
            1.5,
            "The words are not quite those",
            'answer_promise = "the Chinese party will reply to your letter"; answer_days = 4',
        ),
        (
            1,
            "is not the place asked for",
            'answer_promise = "reserve the right to answer these criticisms"; answer_days = 4',
        ),
        (
            1,
            "is not the place asked for",
            'answer_promise = "he would pass along the ideas of the Chinese party"; answer_days = 4',
        ),
        (
            1,
            "these are not the words asked for",
            'answer_promise = "Comrade Mao Zedong told the Soviet ambassador"; answer_days = 4',
        ),
        (0, "This is a date", 'answer_promise = "two weeks"; answer_days = pd.Timestamp("1963-03-09")'),
        (1, "There is no `answer_promise`", "answer_days = 4; del answer_promise"),
    ],
    "terms-compared": [
        (0, "Term: Not answered yet.", 'answer_term = ""'),
        (1, "Times: Not answered yet.", 'answer_term = "fraternal"'),
        (1, "This divides the counts", 'answer_term = "fraternal"; answer_times = 23'),
        (1, "26.2 is not right", 'answer_term = "fraternal"; answer_times = 26.2'),
        (1, "This is the rate of one document", 'answer_term = "fraternal"; answer_times = 16.887'),
        (1, "This is the other way round", 'answer_term = "fraternal"; answer_times = 0.039'),
        (1, 'Term: "letter" is not right', 'answer_term = "letter"; answer_times = 25.6'),
        (0, 'Term: "unity" is not right', 'answer_term = "unity"; answer_times = 4'),
        (0, 'Term: "debate" is not right', 'answer_term = "debate"; answer_times = "seven"'),
        (0, 'Term: "conferences" is not right', 'answer_term = "conferences"; answer_times = 2530'),
        (1, "is none of the options", 'answer_term = "brotherly"; answer_times = 25.6'),
        (1, "a list of 2", 'answer_term = ["fraternal", "letter"]; answer_times = 25.6'),
        (1, "There is no `answer_term`", "answer_times = 25.6; del answer_term"),
    ],
    "subjects-absent": [
        (0, "Not answered yet.", "answer_absent = []"),
        (1.5, "1 missing", 'answer_absent = ["bomb", "Cuba", "India", "Stalin"]'),
        (
            1.5,
            '"Japan" does not belong here',
            'answer_absent = ["bomb", "Cuba", "India", "Stalin", "Taiwan", "Japan"]',
        ),
        (0, "does not belong here", "answer_absent = subjects"),
        (
            0,
            '"Albania" does not belong',
            'answer_absent = ["agriculture", "Albania", "Stockholm", "Yugoslavia"]',
        ),
        (1, '"agriculture" does not belong', 'answer_absent = ["agriculture", "bomb", "Cuba", "India"]'),
        (1.5, '"Yugoslavia" does not belong', 'answer_absent = "bomb, Cuba, India, Stalin, Yugoslavia"'),
        (0, "This is a column of True and False", 'answer_absent = [s in "Cuba" for s in subjects]'),
        (0, "does not belong here", "answer_absent = 5"),
        (1, '"Stockholm" does not belong', 'answer_absent = {"Stalin", "Stockholm", "Taiwan", "bomb"}'),
        (0, "This is a table", "answer_absent = paragraphs"),
        (0, "There is no `answer_absent`", "del answer_absent"),
    ],
    "place-found": [
        (0, "Not answered yet.", "def find_place(quotation, texts):\n    pass"),
        (
            1,
            "For other capital letters: the result is not right",
            "def find_place(quotation, texts):\n"
            "    if len(quotation.split()) < 3:\n        return 'too short'\n"
            "    for name, text in texts.items():\n        if quotation in text:\n            return name\n"
            "    return 'nowhere'",
        ),
        (
            1,
            "For a line break and two spaces: the result is not right",
            "def find_place(quotation, texts):\n"
            "    if len(quotation.split()) < 3:\n        return 'too short'\n"
            "    for name, text in texts.items():\n        if quotation.lower() in text.lower():\n            return name\n"
            "    return 'nowhere'",
        ),
        (
            1,
            "For two words: the result is not right",
            "def find_place(quotation, texts):\n"
            "    for name, text in texts.items():\n"
            "        if ' '.join(quotation.lower().split()) in text.lower():\n            return name\n"
            "    return 'nowhere'",
        ),
        (
            2,
            "For words that stand in two paragraphs: the result is not right",
            "def find_place(quotation, texts):\n"
            "    words = quotation.lower().split()\n    place = 'nowhere'\n"
            "    for name, text in texts.items():\n        if ' '.join(words) in text.lower():\n            place = name\n"
            "    return 'too short' if len(words) < 3 else place",
        ),
        (
            2,
            "For words that stand nowhere: the function returns nothing",
            "def find_place(quotation, texts):\n"
            "    words = quotation.lower().split()\n"
            "    if len(words) < 3:\n        return 'too short'\n"
            "    for name, text in texts.items():\n        if ' '.join(words) in text.lower():\n            return name",
        ),
        (
            0,
            "For a quotation word for word: the result is not right",
            "def find_place(quotation, texts):\n    return 'too short' if len(quotation.split()) < 3 else 'nowhere'",
        ),
        (
            1,
            "For words that stand nowhere: the result is not right",
            "def find_place(quotation, texts):\n"
            "    words = set(quotation.lower().split())\n"
            "    if len(words) < 3:\n        return 'too short'\n"
            "    return max(texts, key=lambda name: len(words & set(texts[name].lower().split())))",
        ),
        (0, "the same, whatever it is given", "def find_place(quotation, texts):\n    return 'nowhere'"),
        (
            0,
            "In every case the function raises AttributeError",
            "def find_place(quotation, texts):\n    return texts.lower()",
        ),
        (
            0,
            "In every case the function gives True or False",
            "def find_place(quotation, texts):\n    return quotation in str(texts)",
        ),
        (0, "This is a text; a function is asked for", 'find_place = "deng-1962-p12"'),
        (0, "There is no `find_place`", "del find_place"),
    ],
    "argument-checked": [
        (0, "Length: Not answered yet.", 'answer_argument = ""'),
        (2.5, "You have written 299 words; 300 to 500 are asked for", argued(shortened(WORDS, 299))),
        (2.5, "You have written 280 words", argued(shortened(WORDS, 280))),
        (2, "You have written 250 words", argued(shortened(WORDS, 250))),
        (
            2.5,
            "You have written 501 words",
            argued(MEETING + shortened(bare(WORDS), 501 - len(MEETING.split()))),
        ),
        (2, "300 to 500 are asked for", argued(MEETING + bare(WORDS))),
        (1, "4 quotations with their paragraphs are asked for, 0 found", argued(bare(WORDS))),
        (
            2.5,
            "The words are not quite those",
            argued(
                bare(WORDS)
                + """He says that they "condemn us in connection" (deng-1962-p13) and "How else could it be?"
(deng-1962-p08), and Mao that "The sky won't collapse." (mao-1963-p10) and that they "can claim only a small part of
the credit" (mao-1963-p12)."""
            ),
        ),
        (
            2.5,
            "Nothing is quoted word for word from mao-1963",
            argued(re.sub(r'"([^"]+)"(?=\s+\(mao)', r"\1", MEETING)),
        ),
        (
            2.5,
            "Nothing is quoted word for word from deng-1962",
            argued(
                re.sub(r'"([^"]+)"(?=\s+\(Deng)', r"\1", WORDS)
                + 'And it says that "The sky won\'t collapse." (mao-1963-p10)'
            ),
        ),
        (2, "name its paragraph after it", argued(re.sub(r"\([^)]*\)", "", WORDS))),
        (0, "You have written 1 word;", "answer_argument = 400"),
        (0, "This is a list of 2; a text is asked for", 'answer_argument = ["one", "two"]'),
        (0, "There is no `answer_argument`", "del answer_argument"),
    ],
}

# Functions that a student writes who has not thought of the difficulty.
NAIVE = {
    "place-found": {
        "as typed": "def find_place(quotation, texts):\n    if len(quotation.split()) < 3:\n        return 'too short'\n    for n, t in texts.items():\n        if quotation in t:\n            return n\n    return 'nowhere'",
        "small letters only": "def find_place(quotation, texts):\n    if len(quotation.split()) < 3:\n        return 'too short'\n    for n, t in texts.items():\n        if quotation.lower() in t.lower():\n            return n\n    return 'nowhere'",
        "never too short": "def find_place(quotation, texts):\n    words = ' '.join(quotation.lower().split())\n    for n, t in texts.items():\n        if words in ' '.join(t.lower().split()):\n            return n\n    return 'nowhere'",
        "counts letters": "def find_place(quotation, texts):\n    if len(quotation) < 3:\n        return 'too short'\n    words = ' '.join(quotation.lower().split())\n    for n, t in texts.items():\n        if words in ' '.join(t.lower().split()):\n            return n\n    return 'nowhere'",
        "spaces only": "def find_place(quotation, texts):\n    if len(quotation.split()) < 3:\n        return 'too short'\n    for n, t in texts.items():\n        if ' '.join(quotation.split()) in ' '.join(t.split()):\n            return n\n    return 'nowhere'",
        "nowhere, computed": "def find_place(quotation, texts):\n    return 'no' + 'where'",
    },
}
