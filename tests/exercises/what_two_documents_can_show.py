"""Answers to the exercise `what-two-documents-can-show` as students would write them, and what each must get.

Each answer is the text of the answer cell, which runs after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

# Each answer is on one line where possible, so that answers are easy to compare.
# ruff: noqa: E501
import re

from tests.exercises.writings import choices, wrong

from helpers.checks.questions.what_two_documents_can_show import MACHINE

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

# Two rewritten paragraphs as students would write them.
CALM = """
The cable was sent to party committees in Chinese missions, and it shows them a calm Mao. The open quarrel does not
worry him: "The sky won't collapse." (mao-1963-p10) He is glad of quarrels elsewhere, and says so of
"the relationships between the current imperialist countries" (mao-1963-p19), not of the parties. The cable
does not say that the alliance is over. It even has Mao say "We are now coming together" (mao-1963-p19). But it is a
text by one side, written to tell officials what to think. What was said in the room we could only learn by comparing
it with the Soviet record of the same talk, and what the people of China wanted is in neither of them.
"""
TWO_TEXTS = """
In a Soviet record of April 1962 Deng says that his party is ready for a conference "at any time" (Deng 1962, ¶ 12),
"given the assurance of detailed preparation for it" (Deng 1962, ¶ 12). The words are his, not those of Mao. The
Chinese cable of 1963 says of the quarrel: "This kind of struggle is always necessary!" (Mao 1963, ¶ 14) It also says
that "the attitude of this letter was basically good" (Mao 1963, ¶ 4), and it means a Soviet letter. So the cable that
defends the quarrel praises the other party too. It was meant for Chinese officials abroad. Whether Mao would have
gone to a conference, neither text can show, and nothing in them is about the wishes of a people.
"""


def argued(text):
    return f'answer_argument = """{text}"""'


def rewritten(text):
    return f'answer_rewritten = """{text}"""'


def shortened(text, n):
    """Return the first `n` words of a text; its blank lines are lost."""
    return " ".join(text.split()[:n])


# Passages of both documents, each with two words before it.
QUOTED = [
    'Deng asks "How else could it be?" (deng-1962-p08).',
    'Mao says "The sky won\'t collapse." (mao-1963-p10)',
    'He adds "We are now coming together." (mao-1963-p19)',
    'And then "The Chinese Party fully agrees" (mao-1963-p16).',
]


def said_with(n, quoted):
    """Return passages with words that follow them, so that `n` in all are the student's."""
    words = [
        word for i in range(n) for word in ("the", f"{chr(97 + i % 26)}{chr(97 + i // 26)}", "of", "that")
    ]
    return " ".join([*quoted, *words[: n - 2 * len(quoted)]])


def bare(text):
    """Return a text without its quotation marks."""
    return text.replace('"', "")


RIGHT = {
    "claims-on-the-ladder": [
        *choices("answer_steps", {"a": "5", "b": "3", "c": "1", "d": "6", "e": "4", "f": "2"}),
        'answer_steps = {"a": 5, "b": 3, "c": 1, "d": 6, "e": 4, "f": 2}',
        "answer_steps = [5, 3, 1, 6, 4, 2]",
        "answer_steps = (5.0, 3.0, 1.0, 6.0, 4.0, 2.0)",
        'answer_steps = pd.Series([5, 3, 1, 6, 4, 2], index=list("abcdef"))',
        'answer_steps = pd.Series([5, 3, 1, 6, 4, 2], index=list("ABCDEF"))',
        'answer_steps = dict(a="step 5", b="Step 3", c="step 1", d="6.", e="STEP 4", f="2.")',
        'answer_steps.update(zip("cfbead", range(1, 7)))',
        'import numpy as np\nanswer_steps = dict(zip("abcdef", np.array([5, 3, 1, 6, 4, 2])))',
        'answer_steps = {"a": "five", "b": "three", "c": "one", "d": "six", "e": "four", "f": "two"}',
        'answer_steps = ["5", "3 (said in the room)", "1 (the text)", "6", "4", "2"]',
    ],
    "sentences-judged": [
        *choices(
            "answer_judged",
            {
                "a": "sound",
                "b": "wrong place",
                "c": "too strong",
                "d": "no place",
                "e": "sound",
                "f": "too strong",
            },
        ),
        'answer_judged = ["Sound", "Wrong place", "Too strong", "No place", "Sound", "Too strong"]',
        'answer_judged = dict(a="right", b="wrong paragraph", c="strong", d="no paragraph", e="ok", f="jump")',
        'answer_judged = pd.Series(["sound", "wrong-place", "too-strong", "no-place", "sound", "too-strong"], index=list("abcdef"))',
        'answer_judged = {"A": "SOUND", "B": "WRONG PLACE", "C": "TOO STRONG", "D": "NO PLACE", "E": "SOUND", "F": "TOO STRONG"}',
        'answer_judged.update(a="sound", b="another place", c="too strong", d="place missing", e="sound", f="too strong")',
        'answer_judged = dict.fromkeys("cf", "too strong") | dict.fromkeys("ae", "sound.") | {"b": "wrong_place", "d": "no place"}',
        'answer_judged = ("sound", " wrong  place", "too strong ", "no place", "sound", "too strong")',
        'answer_judged = ["sound", "wrong place: it is ¶ 6", "too strong", "no place", "sound", "too strong"]',
        'answer_judged = pd.Series({"f": "too strong", "e": "sound", "d": "no place", "c": "too strong", "b": "wrong place", "a": "sound"})',
    ],
    "quotations-placed": [
        *choices(
            "answer_places", {"2": "nowhere", "3": "mao-1963-p10", "4": "mao-1963-p19", "6": "deng-1962-p12"}
        ),
        'answer_places = {2: "nowhere", 3: "mao-1963-p10", 4: "mao-1963-p19", 6: "deng-1962-p12"}',
        'answer_places = ["Nowhere", "MAO-1963-P10", "mao-1963-p19", "deng-1962-p12"]',
        'answer_places = dict(zip("2346", ["none", "Mao 1963, ¶ 10", "Mao 1963, ¶ 19", "Deng 1962, ¶ 12"]))',
        'answer_places = pd.Series(["nowhere", "Mao ¶10", "Mao ¶19", "Deng ¶12"], index=[2, 3, 4, 6])',
        'answer_places["2"] = "not found"; answer_places["3"] = "1963, ¶ 10"; answer_places["4"] = "1963, ¶ 19"; answer_places["6"] = "1962, ¶ 12"',
        'from helpers import find_quotation\nsaid = {"3": "not a terrible thing", "4": "Their quarrels are good for us", "6": "ready for it at any time"}\nanswer_places = {n: find_quotation(words)["paragraph_id"].iloc[0] for n, words in said.items()} | {"2": "nowhere"}',
        'answer_places = ("nowhere.", "mao 1963 p10", "mao 1963 p19", "deng 1962 p12")',
        'answer_places.update({"6": "deng-1962-p12", "4": "mao-1963-p19", "3": "mao-1963-p10", "2": "neither document"})',
    ],
    "cut-undone": [
        'answer_cut = 4; answer_about = "big troubles are arising in the relationships between the current imperialist countries"',
        'answer_cut = "4"; answer_about = "not only is France quarreling"',
        'answer_cut = "sentence 4"; answer_about = "“the fact that West Germany is standing” (¶ 19)"',
        'answer_cut = "(4)"; answer_about = "The contradiction between Britain and the United States is not serious."',
        'answer_cut = [4]; answer_about = ["the contradiction between Japan"]',
        'answer_cut = 4.0; answer_about = "THE US MONOPOLY CAPITALISTS"',
        'answer_cut = "four"; answer_about = "between the Japanese people and the US imperialists"',
        'answer_cut = 4; answer_about = "France [is] quarreling with the United States"',
        'answer_cut = "No. 4"; answer_about = "mao-1963-p19: big troubles are arising ... imperialist countries"',
        'answer_cut = 4; answer_about = paragraphs.loc["mao-1963-p19", "text"].split(". ")[1]',
        'import numpy as np\nanswer_cut = np.int64(4); answer_about = "the dissatisfaction the Japanese monopoly capitalists have"',
    ],
    "too-early": [
        'answer_early = 5; answer_happened = "1964-10-16"',
        'answer_early = "5"; answer_happened = "16 October 1964"',
        'answer_early = "sentence 5"; answer_happened = "October 16, 1964"',
        'answer_early = "(5)"; answer_happened = pd.Timestamp("1964-10-16")',
        'answer_early = 5.0; answer_happened = events.loc["1964-10-16-chinese-bomb", "start"]',
        "import datetime as dt\nanswer_early = [5]; answer_happened = dt.date(1964, 10, 16)",
        'answer_early = "five"; answer_happened = "16 Oct 1964"',
        'answer_early = "5."; answer_happened = "Oct. 16, 1964"',
        'tests = events[events["description"].str.contains("first nuclear bomb")]\nanswer_early = 5; answer_happened = tests["start"].iloc[0]',
        'import numpy as np\nanswer_early = np.int64(5); answer_happened = np.datetime64("1964-10-16")',
        'answer_early = "no. 5"; answer_happened = events.loc[["1964-10-16-chinese-bomb"], "start"]',
    ],
    "rewrite-checked": [
        rewritten(CALM),
        rewritten(TWO_TEXTS),
        rewritten(re.sub(r'"([^"]+)"', r"“\1”", CALM)),
        rewritten(re.sub(r"mao-1963-p(\d+)", r"Mao 1963, ¶ \1", CALM)),
        rewritten(re.sub(r"mao-1963-p0?(\d+)", r"1963, ¶ \1", CALM)),
        rewritten(TWO_TEXTS.replace("Deng 1962, ¶", "Deng ¶").replace("Mao 1963, ¶", "Mao ¶")),
        rewritten(CALM + 'It repeats that "this debate is not a terrible thing" (mao-1963-p10).'),
        rewritten(TWO_TEXTS.replace("(Mao 1963, ¶ 4)", "(mao-1963-p04)")),
        rewritten(CALM.upper()),
        rewritten("  ".join(CALM.split())),
        rewritten(TWO_TEXTS.replace("The words are his, not those of Mao. ", "\n\n")),
    ],
    "third-document": [
        *choices(
            "answer_differs",
            {"a": "time", "b": "time", "c": "both", "d": "neither", "e": "side", "f": "side"},
        ),
        'answer_differs = ["Time", "Time", "Both", "Neither", "Side", "Side"]',
        'answer_differs = dict(a="the time", b="only the time", c="both of them", d="nothing", e="the side", f="only the side")',
        'answer_differs = ("time.", " time", "BOTH", "neither of them", "side ", "side")',
        'answer_differs.update(a="time", b="time", c="side and time", d="none", e="side", f="side")',
        'answer_differs = dict.fromkeys("ab", "time") | dict.fromkeys("ef", "side") | {"c": "both", "d": "neither"}',
        'answer_differs = {"F": "side", "E": "side", "D": "neither", "C": "both", "B": "time", "A": "time"}',
        'answer_differs = pd.DataFrame({"pair": list("abcdef"), "differs": ["time", "time", "both", "neither", "side", "side"]}).set_index("pair")["differs"]',
        'answer_differs = {"a": "the talk", "b": "the talk", "c": "both", "d": "neither", "e": "the side", "f": "the side"}',
    ],
    "finds-weighed": [
        *choices(
            "answer_hurt",
            {
                "a": "security",
                "b": "ideology",
                "c": "rank and equality",
                "d": "politics at home",
                "e": "security",
                "f": "ideology",
            },
        ),
        'answer_hurt = ["Security", "Ideology", "Rank and equality", "Politics at home", "Security", "Ideology"]',
        'answer_hurt = dict(a="national interest", b="doctrine", c="rank", d="home", e="security", f="ideological")',
        'answer_hurt = pd.Series(["security", "ideology", "equality", "domestic politics", "security", "ideology"], index=list("abcdef"))',
        'answer_hurt = ("SECURITY", "IDEOLOGY", "RANK AND EQUALITY", "POLITICS AT HOME", "SECURITY", "IDEOLOGY")',
        'answer_hurt.update(a="security", b="ideology", c="rank & equality", d="politics", e="security.", f=" ideology")',
        'answer_hurt = dict.fromkeys("ae", "security") | dict.fromkeys("bf", "ideology") | {"c": "rank and equality", "d": "politics at home"}',
        'answer_hurt = {"F": "ideology", "E": "security", "D": "politics at home", "C": "rank and equality", "B": "ideology", "A": "security"}',
        'answer_hurt = {"a": "security and national interest", "b": "ideology", "c": "rank-and-equality", "d": "politics_at_home", "e": "securty", "f": "ideolgy"}',
        'answer_hurt = pd.Series({"f": "ideology", "a": "security", "e": "security", "d": "politics at home", "c": "rank and equality", "b": "ideology"})',
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
        'my_name = "Chen"\ndeng = paragraphs[paragraphs["document_id"] == "deng-1962"]\nanswer_absent = [s for s in subjects if not deng["text"].str.contains(s, case=False).any()]',
        'my_name = "Gao"\nmao = paragraphs[paragraphs["document_id"] == "mao-1963"]\nanswer_absent = [s for s in subjects if not mao["text"].str.contains(s, case=False).any()]',
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
            MEETING.replace("a series of fraternal parties", "a series ... fraternal parties").replace(
                "can only", "[they] can only"
            )
        ),
    ],
}

# One case on each line, as in a table.
# fmt: off
WRONG = wrong(RIGHT, {
    "claims-on-the-ladder": [
        (0, "Not answered yet.", dict.fromkeys("abcdef", None)),
        (0, "d: Step 3 is that these words", dict.fromkeys("abcdef", 3)),
        (2, "c: Step 3 is that these words", {"a": 5, "b": 1, "c": 3, "d": 6, "e": 4, "f": 2}),
        (2.5, "b: This claims more than that words", {"a": 5, "b": 1, "c": 1, "d": 6, "e": 4, "f": 2}),
        (2, "b: Step 4 is about what a man meant", {"a": 5, "b": 4, "c": 1, "d": 6, "e": 3, "f": 2}),
        (2, "a: Step 4 is about what a man meant", {"a": 4, "b": 3, "c": 1, "d": 6, "e": 5, "f": 2}),
        (2, "e: Step 5 is about the party", {"a": 4, "b": 3, "c": 1, "d": 6, "e": 5, "f": 2}),
        (2, "f: This claims more than that words", {"a": 5, "b": 3, "c": 2, "d": 6, "e": 4, "f": 1}),
        (2, "c: Step 2 is about the author", {"a": 5, "b": 3, "c": 2, "d": 6, "e": 4, "f": 1}),
        (2, "a: This claim gives no reason for the break", {"a": 6, "b": 3, "c": 1, "d": 5, "e": 4, "f": 2}),
        (0, "a: This claims more", {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}),
        (0.5, "b: Not answered yet.", {"a": 5, "b": None, "c": None, "d": None, "e": None, "f": None}),
        (0, "is not one of the options", {"a": 30, "b": 60, "c": 10, "d": 50, "e": 40, "f": 20}),
        (0, "This is a set", "= {1, 2, 3, 4, 5, 6}"),
        (0, "There is no `answer_steps`", "del answer_steps"),
    ],
    "sentences-judged": [
        (0, "Not answered yet.", '= {"a": "", "b": ""}'),
        (0, "d: Is a paragraph named", dict.fromkeys("abcdef", "sound")),
        (0, "a: This sentence does name a paragraph", dict.fromkeys("abcdef", "no place")),
        (0, "e: Does the sentence name a paragraph", dict.fromkeys("abcdef", "wrong place")),
        (0, "a: The claim itself is in the document", dict.fromkeys("abcdef", "too strong")),
        (2.5, "c: Is a paragraph named", {"c": "sound"}),
        (2.5, "b: Is a paragraph named", {"b": "sound"}),
        (2.5, "f: Does the sentence name a paragraph", {"f": "wrong place"}),
        (2.5, 'd: "none" is not one of the options', {"d": "none"}),
        (0, "is not one of the options", dict.fromkeys("abcdef", "false")),
        (0, "is not one of the options", dict.fromkeys("abcdef", True)),
        (0, "This is a text, but the question asks for a dictionary", '= "sound"'),
        (0, "There is no `answer_judged`", "del answer_judged"),
    ],
    "quotations-placed": [
        (0, "Not answered yet.", dict.fromkeys("2346", "")),
        (1.5, '6: "mao-1963-p17" is not right', {"6": "mao-1963-p17"}),
        (1.5, '2: "mao-1963-p17" is not right', {"2": "mao-1963-p17"}),
        (1.5, "4: One of the documents has these words", {"4": "nowhere"}),
        (1.5, "6: One of the documents has these words", {"6": "nowhere"}),
        (0, "3: One of the documents has these words", dict.fromkeys("2346", "nowhere")),
        (1.5, '6: "mao-1963-p12" is not right', {"6": "mao-1963-p12"}),
        (1, '3: "Deng ¶ 10" is not right', {"3": "Deng ¶ 10", "4": "Deng ¶ 5", "6": "Deng ¶ 12"}),
        (0.5, '3: "10" is not one of the options', {"3": 10, "4": 5, "6": 12}),
        (0, '3: "mao-1963-p11" is not right', {"2": "mao-1963-p10", "3": "mao-1963-p11", "4": "mao-1963-p06", "6": "deng-1962-p13"}),
        (0.5, "is not one of the options", {"3": "in the cable", "4": "in the cable", "6": "in the record"}),
        (0.5, "3: Not answered yet.", {"3": "", "4": "", "6": ""}),
        (0, "This is a text, but the question asks for a dictionary", '= "mao-1963-p10"'),
        (0, "There is no `answer_places`", "del answer_places"),
    ],
    "cut-undone": [
        (0, "Sentence: Not answered yet.", "answer_cut = None; answer_about = ''"),
        (1, "About: Not answered yet.", "answer_about = ''"),
        (1, "Sentence: Is this", 'answer_cut = 6; answer_about = "the current imperialist countries"'),
        (1, "these are not the words that the question", 'answer_about = "Their quarrels are good for us"'),
        (1, "these are not the words that the question asks", 'answer_about = "We are now coming together"'),
        (1, "Sentence: Did you find", 'answer_cut = 2; answer_about = "The contradiction between Japan"'),
        (0, "Sentence: Read the paragraph of", 'answer_cut = 3; answer_about = "The sky won\'t collapse"'),
        (0, "is not the place that the question asks for", 'answer_cut = 6; answer_about = "Given the assurance of detailed preparation for it"'),
        (1.5, "The words are not quite those", 'answer_about = "big problems are arising in the relationships between the current imperialist countries"'),
        (1, "is too long", 'answer_about = paragraphs.loc["mao-1963-p19", "text"]'),
        (1, 'Sentence: "5" is not one of the options', 'answer_cut = 5; answer_about = "not only is France quarreling with the United States"'),
        (1, "which is not the place that", 'answer_about = "before the imperialists and the reactionaries"'),
        (1.5, "This is too short to be evidence", 'answer_about = "imperialist countries"'),
        (1, "There is no", 'answer_about = "between the current imperialist countries"; del answer_cut'),
    ],
    "too-early": [
        (0, "Sentence: Not answered yet.", "answer_early = None; answer_happened = None"),
        (1, "Day: Not answered yet.", "answer_happened = None"),
        (1, "Day: On this", 'answer_happened = events.loc["1957-10-defense-technology-agreement", "start"]'),
        (1, "Day: This is the day of a letter", 'answer_happened = "20 June 1959"'),
        (1, "Day: This is the day of a treaty", 'answer_happened = "1963-08-05"'),
        (1, "Sentence: This sentence claims too much", "answer_early = 1"),
        (1, "Sentence: This sentence claims too", 'answer_early = 7; answer_happened = "16 October 1964"'),
        (0, 'Sentence: "4" is not right', 'answer_early = 4; answer_happened = "15 January 1963"'),
        (1, "the year is missing", 'answer_happened = "16 October"'),
        (1, "Day: 14 October 1964 is not right", 'answer_happened = "14 October 1964"'),
        (0, 'Sentence: "6" is not right', 'answer_early = 6; answer_happened = "9 April 1962"'),
        (1, 'Sentence: "8" is not one of the options', "answer_early = 8"),
        (1, "There is no `answer_happened`", "del answer_happened"),
    ],
    "rewrite-checked": [
        (0, "Length: Not answered yet.", '= ""'),
        (1.5, "You have written 75 words; the question asks for 80 to 160", rewritten(shortened(CALM, 75))),
        (1, "You have written 60 words", rewritten(shortened(CALM, 60))),
        (1.5, "the question asks for 80 to 160", rewritten(CALM + TWO_TEXTS)),
        (0.5, "The question asks for 3 quotations with their paragraphs; 0 found", rewritten(bare(CALM))),
        (1.5, "name its paragraph after it", rewritten(re.sub(r"\([^)]*\)", "", CALM))),
        (1.5, "The words", rewritten(CALM.replace("The sky won't collapse", "The sky will not collapse"))),
        (1.5, "mao-1963-p10", rewritten(CALM.replace("(mao-1963-p10)", "(mao-1963-p11)"))),
        (1.5, "The question asks for 3 quotations with their paragraphs; 2 found", rewritten(CALM.replace('"We are now coming together"', "We are now coming together"))),
        (1.5, "we will never again take orders", rewritten(
                CALM.replace(
                    "We are now coming together", "we will never again take orders from a father party"
                )
            )),
        (0, "Much of this is copied from the text to be rewritten", rewritten(bare(MACHINE))),
        (0, "Much of this is copied from the text to be rewritten", rewritten(
                MACHINE.replace('thing"', 'thing" (mao-1963-p10)')
                .replace('for us"', 'for us" (mao-1963-p19)')
                .replace('at any time,"', 'at any time," (deng-1962-p12)')
            )),
        (0, "is the same words again", rewritten("He says a thing of it. " * 15 + " ".join(QUOTED[:3]))),
        (0, "Fewer than 30 words beside", rewritten(said_with(29, QUOTED[:3]))),
        (1.5, "You have written 47 words", rewritten(said_with(30, QUOTED[:3]))),
        (0, "You have written 1 word;", "= 120"),
        (0, "This is a list of 2, but the question asks for a text", '= ["one", "two"]'),
        (0, "There is no `answer_rewritten`", "del answer_rewritten"),
    ],
    "third-document": [
        (0, "Not answered yet.", dict.fromkeys("abcdef", "")),
        (0, "a: Ask of each text", dict.fromkeys("abcdef", "both")),
        (0, "a: Who wrote each of the two texts?", dict.fromkeys("abcdef", "side")),
        (0, "e: Is it another talk?", dict.fromkeys("abcdef", "time")),
        (2.5, "d: Who wrote each of the two texts?", {"d": "side"}),
        (2.5, "b: Ask of each text", {"b": "both"}),
        (2.5, "c: Is it another talk?", {"c": "time"}),
        (2.5, "f: Ask of each text who wrote it", {"f": "both"}),
        (2.5, "e: Ask of each text who wrote it", {"e": "neither"}),
        (0, "a: Ask", {"a": "both", "b": "neither", "c": "side", "d": "time", "e": "both", "f": "neither"}),
        (0.5, "b: Not answered yet.", {"b": "", "c": "", "d": "", "e": "", "f": ""}),
        (0, "is not one of the options", dict.fromkeys("abcdef", "language")),
        (0, "This is a text, but the question asks for a dictionary", '= "side"'),
        (0, "There is no `answer_differs`", "del answer_differs"),
    ],
    "finds-weighed": [
        (0, "Not answered yet.", dict.fromkeys("abcdef", "")),
        (0, "a: Ideology needs a real difference", dict.fromkeys("abcdef", "ideology")),
        (0, "b: Security needs a danger", dict.fromkeys("abcdef", "security")),
        (0, "c: This explanation needs somebody at home", dict.fromkeys("abcdef", "politics at home")),
        (0, "d: This explanation needs a wish for equality", dict.fromkeys("abcdef", "rank and equality")),
        (2.5, "e: This explanation needs a wish", {"c": "rank", "d": "home", "e": "rank"}),
        (2.5, "f: This explanation needs a wish", {"c": "rank", "d": "home", "f": "equality"}),
        (1.5, "b: This explanation needs somebody at home", {"b": "home", "c": "rank", "d": "ideology"}),
        (2.5, "d: Security needs a danger", {"c": "rank", "d": "security"}),
        (2.5, "c: Security needs a danger", {"c": "security", "d": "politics"}),
        (0.5, "b: Not answered yet.", {"b": "", "c": "", "d": "", "e": "", "f": ""}),
        (0, "is not one of the options", dict.fromkeys("abcdef", "the bomb")),
        (0, "This is a set", '= {"security", "ideology"}'),
        (0, "There is no `answer_hurt`", "del answer_hurt"),
    ],
    "subjects-absent": [
        (0, "Not answered yet.", "= []"),
        (1.5, "1 missing", '= ["bomb", "Cuba", "India", "Stalin"]'),
        (1.5, '"Japan" does not belong here', '= ["bomb", "Cuba", "India", "Stalin", "Taiwan", "Japan"]'),
        (0, "does not belong here", "= subjects"),
        (0, '"Albania" does not belong', '= ["agriculture", "Albania", "Stockholm", "Yugoslavia"]'),
        (1, '"agriculture" does not belong', '= ["agriculture", "bomb", "Cuba", "India"]'),
        (1.5, '"Yugoslavia" does not belong', '= "bomb, Cuba, India, Stalin, Yugoslavia"'),
        (0, "This is a column of True and False", '= [s in "Cuba" for s in subjects]'),
        (0, "does not belong here", "= 5"),
        (1, '"Stockholm" does not belong', '= {"Stalin", "Stockholm", "Taiwan", "bomb"}'),
        (0, "This is a table", "= paragraphs"),
        (0, "There is no `answer_absent`", "del answer_absent"),
    ],
    "place-found": [
        (0, "Not answered yet.", "def find_place(quotation, texts):\n    pass"),
        (1, "For other capital letters: the result is not right", "def find_place(quotation, texts):\n    if len(quotation.split()) < 3:\n        return 'too short'\n    for name, text in texts.items():\n        if quotation in text:\n            return name\n    return 'nowhere'"),
        (1, "For a line break and two spaces: the result is not right", "def find_place(quotation, texts):\n    if len(quotation.split()) < 3:\n        return 'too short'\n    for name, text in texts.items():\n        if quotation.lower() in text.lower():\n            return name\n    return 'nowhere'"),
        (1, "For two words: the result is not right", "def find_place(quotation, texts):\n    for name, text in texts.items():\n        if ' '.join(quotation.lower().split()) in text.lower():\n            return name\n    return 'nowhere'"),
        (2, "For words that are in two paragraphs: the result is not right", "def find_place(quotation, texts):\n    words = quotation.lower().split()\n    place = 'nowhere'\n    for name, text in texts.items():\n        if ' '.join(words) in text.lower():\n            place = name\n    return 'too short' if len(words) < 3 else place"),
        (2, "For words that are nowhere: the function returns nothing", "def find_place(quotation, texts):\n    words = quotation.lower().split()\n    if len(words) < 3:\n        return 'too short'\n    for name, text in texts.items():\n        if ' '.join(words) in text.lower():\n            return name"),
        (0, "For a quotation word for word: the result is not right", "def find_place(quotation, texts):\n    return 'too short' if len(quotation.split()) < 3 else 'nowhere'"),
        (1, "For words that are nowhere: the result is not right", "def find_place(quotation, texts):\n    words = set(quotation.lower().split())\n    if len(words) < 3:\n        return 'too short'\n    return max(texts, key=lambda name: len(words & set(texts[name].lower().split())))"),
        (0, "the same result for every argument", "def find_place(quotation, texts):\n    return 'nowhere'"),
        (0, "In every case the function raises AttributeError", "def find_place(quotation, texts):\n    return texts.lower()"),
        (0, "In every case the function gives True or False", "def find_place(quotation, texts):\n    return quotation in str(texts)"),
        (0, "This is a text, but the question asks for a function", 'find_place = "deng-1962-p12"'),
        (0, "There is no `find_place`", "del find_place"),
    ],
    "argument-checked": [
        (0, "Length: Not answered yet.", '= ""'),
        (2.5, "You have written 299 words; the question asks for 300 to 500", argued(shortened(WORDS, 299))),
        (2.5, "You have written 280 words", argued(shortened(WORDS, 280))),
        (2, "You have written 250 words", argued(shortened(WORDS, 250))),
        (2.5, "You have written 501", argued(MEETING + shortened(bare(WORDS), 501 - len(MEETING.split())))),
        (2, "the question asks for 300 to 500", argued(MEETING + bare(WORDS))),
        (1, "The question asks for 4 quotations with their paragraphs; 0 found", argued(bare(WORDS))),
        (2.5, "The words are not quite those", argued(
                bare(WORDS)
                + """He says that they "condemn us in connection" (deng-1962-p13) and "How else could it be?"
(deng-1962-p08), and Mao that "The sky won't collapse." (mao-1963-p10) and that they "can claim only a small part of
the credit" (mao-1963-p12)."""
            )),
        (2.5, "Nothing is quoted word for word from mao-1963", argued(re.sub(r'"([^"]+)"(?=\s+\(mao)', r"\1", MEETING))),
        (2.5, "Nothing is quoted word for word from deng-1962", argued(
                re.sub(r'"([^"]+)"(?=\s+\(Deng)', r"\1", WORDS)
                + 'And it says that "The sky won\'t collapse." (mao-1963-p10)'
            )),
        (2, "name its paragraph after it", argued(re.sub(r"\([^)]*\)", "", WORDS))),
        (0, "is the same words again", argued("He says a thing of it. " * 50 + " ".join(QUOTED))),
        (0, "not in", argued(" ".join(f"unity{n:b}".translate({48: "o", 49: "i"}) for n in range(320)))),
        (0, "Fewer than 100 words beside", argued(said_with(99, QUOTED))),
        (2, "You have written 123 words", argued(said_with(100, QUOTED))),
        (0, "You have written 1 word;", "= 400"),
        (0, "This is a list of 2, but the question asks for a text", '= ["one", "two"]'),
        (0, "There is no `answer_argument`", "del answer_argument"),
    ],
})
# fmt: on

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
