"""Answers to the exercise `letters-and-people` as students would write them, and what each must get.

Each answer is the text of the answer cell, which runs after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

from tests.exercises.writings import choices, wrong

# Each answer is on one line where possible, so that answers are easy to compare.
# ruff: noqa: E501

_PERSONS = {
    "a": "Mao",
    "b": "the ambassador",
    "c": "Deng",
    "d": "Khrushchev",
    "e": "Khrushchev",
    "f": "Mao",
}
_ACTORS = {
    "a": "other party",
    "b": "party organ",
    "c": "state organ",
    "d": "other party",
    "e": "state",
    "f": "ruling party",
}
_FOUND = {"a": "record", "b": "neither", "c": "map", "d": "neither", "e": "record", "f": "wrong"}

RIGHT = {
    "persons-meant": [
        *choices("answer_persons", _PERSONS),
        'answer_persons = ["Mao Zedong", "Chervonenko", "Deng Xiaoping", "Nikita Khrushchev", "Comrade Khrushchev", "Chairman Mao"]',
        'answer_persons = {"a": "Mao Tse-tung", "b": "Soviet ambassador", "c": "Teng Hsiao-ping", "d": "Krushchev", "e": "Chruschtschow", "f": "mao-zedong"}',
    ],
    "actors-told-apart": [
        *choices("answer_actors", _ACTORS),
        'answer_actors = ["non-ruling party", "organ of a party", "organ of a state", "party out of power", "a state", "party in power"]',
        'answer_actors = {"a": "Other party.", "b": "organ of the party", "c": "organ of the state", "d": "other parties", "e": "country", "f": "governing party"}',
    ],
    "parties-in-both": [
        'answer_in_both = ["Indonesia", "Vietnam", "New Zealand", "France"]',
        'answer_in_both = {"France", "New Zealand", "Vietnam", "Indonesia"}',
        'answer_in_both = ("french", "VIETNAMESE", "Indonesian", "new zealand")',
        'answer_in_both = "Indonesia, Vietnam, France and New Zealand"',
        'answer_in_both = ["PKI", "VWP", "CPNZ", "PCF"]',
        'answer_in_both = pd.Series(["NZ", "North Vietnam", "Indonesian Communist Party", "French Communist Party"])',
        'answer_in_both = ["Communist Party of Indonesia", "Vietnamese Laborers\' Party", "Communist Party of New Zealand", "the French Communist Party"]',
        'answer_in_both = ["Indonesa", "Vietnam", "New Zeeland", "France"]',
        'answer_in_both = sorted({"Indonesia", "Vietnam", "New Zealand", "France", "Finland"} - {"Finland"})',
        'answer_in_both = {"Indonesia": "¶ 12", "Vietnam": "¶ 12", "New Zealand": "¶ 12", "France": "¶ 6"}',
        'answer_in_both = ["Indonesia", "Vietnam", "New Zealand", "France", "Vietnam"]',
    ],
    "arrows-by-subject": [
        "answer_only_wish = 3; answer_only_blame = 4; answer_wish_and_blame = 2",
        'answer_only_wish = "3"; answer_only_blame = "4 senders"; answer_wish_and_blame = "two"',
        "answer_only_wish, answer_only_blame, answer_wish_and_blame = 3.0, 4.0, 2.0",
        'wish = set(edges.loc[edges["letter_id"] == "letters-of-five-parties", "source"]); blame = set(edges.loc[edges["letter_id"] == "letters-on-stockholm", "source"])\nanswer_only_wish = len(wish - blame); answer_only_blame = len(blame - wish); answer_wish_and_blame = len(wish & blame)',
        'wish = edges.query("letter_id == \'letters-of-five-parties\'")["source"]; blame = edges.query("letter_id == \'letters-on-stockholm\'")["source"]\nanswer_wish_and_blame = wish.isin(blame).sum(); answer_only_wish = len(wish) - answer_wish_and_blame; answer_only_blame = len(blame) - answer_wish_and_blame',
        'five = {"Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand"}; six = {"Great Britain", "Sweden", "European", "France", "West Germany", "Finland"}\nanswer_only_wish = len(five - six); answer_only_blame = len(six - five); answer_wish_and_blame = len(five & six)',
        "answer_only_wish = [3]; answer_only_blame = [4]; answer_wish_and_blame = [2]",
        "import numpy as np\nanswer_only_wish, answer_only_blame, answer_wish_and_blame = np.array([3, 4, 2])",
        'answer_only_wish = "three senders"; answer_only_blame = "four"; answer_wish_and_blame = "2 senders"',
        'answer_only_wish = "3 (Indonesia, Vietnam, New Zealand)"; answer_only_blame = 4; answer_wish_and_blame = "2 (Great Britain, Sweden)"',
        'n = edges[edges["letter_id"].isin(["letters-of-five-parties", "letters-on-stockholm"])].groupby("source")["letter_id"].nunique()\nanswer_wish_and_blame = (n == 2).sum(); answer_only_wish = 5 - answer_wish_and_blame; answer_only_blame = 6 - answer_wish_and_blame',
    ],
    "on-whose-word": [
        *choices(
            "answer_word",
            {
                "a": "the ambassador",
                "b": "the ambassador",
                "c": "Deng",
                "d": "Deng",
                "e": "Mao",
                "f": "the department",
            },
        ),
        'answer_word = ("ambassador", "AMBASSADOR", "deng", "Deng.", " mao", "department")',
        'answer_word = dict(a="Chervonenko", b="Chervonenko", c="Deng Xiaoping", d="Deng Xiaoping", e="Mao Zedong", f="ILD")',
        'answer_word = {"F": "International Liaison Department", "E": "Comrade Mao Zedong", "D": "Deng", "C": "Deng", "B": "Soviet ambassador", "A": "Stepan Chervonenko"}',
        'answer_word = ["the ambassador"] * 2 + ["Deng"] * 2 + ["Mao"] + ["the International Liaison Department"]',
        'answer_word["a"] = answer_word["b"] = "stepan-chervonenko"\nanswer_word["c"] = answer_word["d"] = "deng-xiaoping"\n'
        'answer_word.update(e="mao-zedong", f="international-liaison-department")',
    ],
    "map-or-record": [
        *choices("answer_found", _FOUND),
        'answer_found = ["the record", "in neither", "the map", "none", "in the record", "not true"]',
        'answer_found = {"a": "in the record", "b": "neither of them", "c": "on the map", "d": "neither", "e": "record", "f": "false"}',
    ],
    "senders-unnamed": [
        'answer_unnamed = ["from a series of fraternal parties", "some communist parties in capitalist countries"]',
        'answer_unnamed = ["a series of fraternal parties", "some others sent letters to the CC CCP"]',
        'answer_unnamed = ["some fraternal parties sent the CC CCP letters", "from the CC CCP to other fraternal parties"]',
        'answer_unnamed = ("letters to the CC CCP from a series of fraternal parties (¶ 5)", "also informing other parties (¶ 13)")',
        'answer_unnamed = ["“other fraternal parties of socialist countries”", "“to other fraternal parties had contents”"]',
        'answer_unnamed = ["whoever can be informed", "A SERIES OF FRATERNAL PARTIES."]',
        'answer_unnamed = ["to other fraternal parties ... approximately analogous", "a series of fraternal parties"]',
        'answer_unnamed = {"¶ 5": "a series of fraternal parties", "¶ 13": "and some others sent letters"}',
        'answer_unnamed = ["a series of [unnamed] fraternal parties", "Finland, and some others"]',
        "import pandas as pd\nanswer_unnamed = pd.Series(['a series of fraternal parties', 'to some communist parties in capitalist countries'])",
        'answer_unnamed = ["We think, he noted, about also informing other parties", "letters from the CC CCP to other fraternal parties"]',
    ],
    "bodies-counted": [
        'named = mentions[mentions["entity_id"].isin(four)]\n'
        'answer_bodies = pd.crosstab(named["entity_id"], named["document_id"])',
        'answer_bodies = mentions.groupby(["entity_id", "document_id"]).size().unstack(fill_value=0).loc[four]',
        'named = mentions[mentions["entity_id"].isin(four)]\n'
        'answer_bodies = pd.crosstab(named["entity_id"].values, named["document_id"].values)',
        'answer_bodies = pd.crosstab(mentions["entity_id"], mentions["document_id"]).loc[four].rename_axis(index="party")',
        'answer_bodies = pd.crosstab(mentions["entity_id"], mentions["document_id"]).loc[four].reset_index()',
        'answer_bodies = pd.DataFrame({"entity_id": four, "deng-1962": [15, 10, 3, 4], "mao-1963": [1, 5, 24, 13]})',
        'answer_bodies = pd.DataFrame({"mao-1963": [13, 24, 5, 1], "deng-1962": [4, 3, 10, 15]}, index=four[::-1])',
        'answer_bodies = {"entity_id": four, "Deng 1962": ["15", "10", "3", "4"], "Mao 1963": ["1", "5", "24", "13"]}',
        "answer_bodies = pd.DataFrame(index=four)\n"
        'for document in ["deng-1962", "mao-1963"]:\n'
        '    here = mentions[mentions["document_id"] == document]\n'
        '    answer_bodies[document] = [float((here["entity_id"] == key).sum()) for key in four]',
        'answer_bodies = mentions.query("entity_id in @four").pivot_table(\n'
        '    index="entity_id", columns="document_id", values="start", aggfunc="count", fill_value=0)',
        'answer_bodies = mentions.query("entity_id in @four").groupby("document_id")["entity_id"].value_counts().unstack(0)',
        'named = mentions[mentions["entity_id"].isin(four)]\n'
        'answer_bodies = pd.crosstab(named["entity_id"], named["document_id"]).astype("Int64").sample(frac=1, random_state=1)\n'
        'answer_bodies["both"] = answer_bodies.sum(axis=1)',
        'my_name = "Bao"\nonce = mentions[mentions["entity_id"].isin(four)].drop_duplicates(["entity_id", "paragraph_id"])\nanswer_bodies = pd.crosstab(once["entity_id"], once["document_id"])',
        'my_name = "Chen"\nonce = mentions[mentions["entity_id"].isin(four)].drop_duplicates(["entity_id", "paragraph_id"])\nanswer_bodies = pd.crosstab(once["entity_id"], once["document_id"])',
        'my_name = "Ivan"\nonce = mentions[mentions["entity_id"].isin(four)].drop_duplicates(["entity_id", "paragraph_id"])\nanswer_bodies = pd.crosstab(once["entity_id"], once["document_id"])',
        'my_name = "Dana"\nnamed = mentions[mentions["entity_id"].isin(four)]\nanswer_bodies = pd.crosstab(named["entity_id"], named["document_id"])',
        'my_name = "Eli"\nnamed = mentions[mentions["entity_id"].isin(four)]\nanswer_bodies = pd.crosstab(named["entity_id"], named["document_id"])',
    ],
    "names-linked": [
        "def find_name(spelling, names):\n"
        "    near = [name for name in names if count_edits(spelling.lower(), name.lower()) <= 2]\n"
        '    return near[0] if len(near) == 1 else "nobody"',
        "def find_name(spelling, names):\n"
        "    found = []\n"
        "    for name in names:\n"
        "        if count_edits(spelling.upper(), name.upper()) < 3:\n"
        "            found.append(name)\n"
        "    if len(found) != 1:\n"
        '        return "nobody"\n'
        "    return found[0]",
        "def find_name(spelling, names):\n"
        "    table = pd.Series(list(names))\n"
        "    near = table[table.str.lower().map(lambda name: count_edits(name, spelling.lower())) <= 2]\n"
        '    return near.iloc[0] if len(near) == 1 else "nobody"',
        "def find_name(spelling, names):\n"
        "    best = sorted(names, key=lambda name: count_edits(spelling.casefold(), name.casefold()))\n"
        "    edits = [count_edits(spelling.casefold(), name.casefold()) for name in best]\n"
        "    if edits[0] > 2 or edits[1:] and edits[1] <= 2:\n"
        '        return "nobody"\n'
        "    return best[0]",
        'find_name = lambda spelling, names: (lambda near: near.pop() if len(near) == 1 else "nobody")(\n'
        "    {name for name in names if count_edits(spelling.lower(), name.lower()) <= 2})",
        "def find_name(spelling, names):\n"
        "    print(spelling, names)\n"
        "    near = list(filter(lambda name: count_edits(name.title(), spelling.title()) in (0, 1, 2), names))\n"
        "    if len(near) == 1:\n"
        "        return near[0].upper()\n"
        '    return "Nobody"',
        "def find_name(spelling, names):\n"
        "    near = {}\n"
        "    for name in names:\n"
        "        near[name] = count_edits(spelling.lower(), name.lower())\n"
        "    near = {name: edits for name, edits in near.items() if edits <= 2}\n"
        '    return list(near)[0] if len(near) == 1 else "nobody"',
        "def find_name(spelling, names):\n"
        '    answer = "nobody"\n'
        "    n = 0\n"
        "    for name in names:\n"
        "        if count_edits(spelling.lower(), name.lower()) <= 2:\n"
        "            answer, n = name, n + 1\n"
        '    return answer if n == 1 else "nobody"',
    ],
}

# One case on each line, as in a table.
# fmt: off
WRONG = wrong(RIGHT, {
    "persons-meant": [
        (2.5, "c: Is the man who asks, or is asked", {"c": "the ambassador"}),
        (2.5, "e: Is the man who asks, or is asked", {"e": "the ambassador"}),
        (2.5, "a: Put this name in the place of the pronoun", {"a": "Deng"}),
        (2.5, "d: Is Mao the one who does this here", {"d": "Mao"}),
        (2.5, "f: Does Khrushchev do this, or is it done to him?", {"f": "Khrushchev"}),
        (1.5, "b: Is Mao the one who does this here", {"b": "Mao", "e": "Zhou"}),
        (1.5, 'a: "Gromyko" is not right.', {"a": "Gromyko", "b": "Zhou"}),
        (2, "e: Not answered yet.", '= ["Mao", "the ambassador", "Deng", "Khrushchev"]'),
        (0, "a: Is the man who asks, or is asked", dict.fromkeys("abcdef", "the ambassador")),
        (0, "b: Put this name in the place of the pronoun", dict.fromkeys("abcdef", "Deng")),
        (0, "a: Does Khrushchev do this", dict.fromkeys("abcdef", "Khrushchev")),
        (0, "b: Is Mao the one who does this here", dict.fromkeys("abcdef", "Mao")),
        (0, "the question asks for a dictionary", '= "Mao"'),
        (2, "is not one of the options", {"b": "Rakhmanin", "e": "he"}),
    ],
    "actors-told-apart": [
        (2.5, "f: Who writes, meets or acts in this sentence?", {"f": "state"}),
        (2.5, "d: Who writes, meets or acts in this sentence?", {"d": "state"}),
        (2.5, "c: Is it a part of something larger, and if so, of a party?", {"c": "party organ"}),
        (2.5, "b: Does the sentence speak of a party here, and who governed", {"b": "ruling party"}),
        (2.5, "a: Does the sentence speak of a party here, and who governed", {"a": "ruling party"}),
        (2.5, "f: Does the sentence speak of a party here, and what was its place", {"f": "other party"}),
        (1.5, "e: Does the sentence speak of a party here, and what was its place", {"b": "state organ", "e": "other party"}),
        (2, "e: Not answered yet.", '= ["other party", "party organ", "state organ", "other party"]'),
        (0, "b: Does the sentence speak of a party here, and what", dict.fromkeys("abcdef", "other party")),
        (0, "a: Is it a part of something larger, and if so, of a party?", dict.fromkeys("abcdef", "party organ")),
        (0, "a: Is it a part of something larger, and if so, of a state?", dict.fromkeys("abcdef", "state organ")),
        (0, "a: Who writes, meets or acts in this sentence?", dict.fromkeys("abcdef", "state")),
        (0, "b: Does the sentence speak of a party here, and who", dict.fromkeys("abcdef", "ruling party")),
        (2.5, "is not one of the options", {"c": "parliament"}),
        (0, "the question asks for a dictionary", '= "state"'),
    ],
    "parties-in-both": [
        (0, "Not answered yet.", "= []"),
        (0.5, "3 missing", '= ["New Zealand"]'),
        (1.5, "1 missing", '= ["Indonesia", "Vietnam", "New Zealand"]'),
        (1.5, '"West Germany" does', '= ["Indonesia", "Vietnam", "New Zealand", "France", "West Germany"]'),
        (1, '"Great Britain" does not belong here', '= ["Indonesia", "Vietnam", "New Zealand", "France", "West Germany", "Great Britain"]'),
        (0.5, '"Sweden" does not', '= ["Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand"]'),
        (1, '"China" does not', '= ["China", "Soviet Union", "French", "Indonesian", "NZ", "Vietnamese"]'),
        (1.5, '"Italy" does not belong here', '= ["France", "Italy", "Vietnam", "Indonesia", "New Zealand"]'),
        (0, "does not belong here", '= ["Albania", "Yugoslavia"]'),
        (0, "The list is empty.", "= set()"),
        (0, '"4" does not belong here', "= 4"),
        (0, "This is a table", "= mentions"),
        (0, "There is no `answer_in_both`", "del answer_in_both"),
    ],
    "arrows-by-subject": [
        (2, "First only: Some of these are in the other group as well.", "answer_only_wish = 5"),
        (2, "Second only: Some of these are in the other group as well.", "answer_only_blame = 6"),
        (2, "Both: This adds up the rows of the two groups.", "answer_wish_and_blame = 11"),
        (2, "Both: These are in one group or the other.", "answer_wish_and_blame = 9"),
        (0, "Both: This adds up", "answer_only_wish = 5; answer_only_blame = 6; answer_wish_and_blame = 11"),
        (1, "First only: 4 is not right.", "answer_only_wish = 4; answer_only_blame = 3"),
        (1, "Second only: Not answered yet.", "answer_only_blame = None; answer_wish_and_blame = None"),
        (2, "Second only: 5 is not right.", "answer_only_blame = 5"),
        (0, "First only: 12 is", "answer_only_wish = 12; answer_only_blame = 8; answer_wish_and_blame = 20"),
        (0, "is not a number of senders", 'answer_only_wish = "3 letters"; answer_only_blame = "many"; answer_wish_and_blame = None'),
        (0, "the question asks for a number of senders", 'answer_only_wish = edges[edges["letter_id"] == "letters-of-five-parties"]; answer_only_blame = None; answer_wish_and_blame = None'),
        (2, "Both: Not answered yet.", "answer_wish_and_blame = None"),
    ],
    "on-whose-word": [
        (0, "Not answered yet.", dict.fromkeys("abcdef", "")),
        (0.5, "b: Not answered yet.", {"b": "", "c": "", "d": "", "e": "", "f": ""}),
        (0, "c: Look for a verb of saying nearby", dict.fromkeys("abcdef", "the ambassador")),
        (0, "a: Is there a verb of saying here, and is Deng its subject?", dict.fromkeys("abcdef", "Deng")),
        (0, "f: Is there a verb of saying here, and is Mao its subject?", dict.fromkeys("abcdef", "Mao")),
        (0, "e: Which words of the cable does the department", dict.fromkeys("abcdef", "the department")),
        (2.5, "b: Is there a verb of saying here, and is Deng its subject?", {"b": "Deng"}),
        (1.5, "d: Look for a verb of saying nearby", {"c": "the ambassador", "d": "the ambassador"}),
        (2.5, "f: Is there a verb of saying here, and is Mao its subject?", {"f": "Mao"}),
        (2, '"the Center" is not one of the options', {"a": "the Center", "b": "the Center"}),
        (1, "c: Not answered yet.", '= ["the ambassador", "the ambassador"]'),
        (0, "This is a text, but the question asks for a dictionary", '= "Deng"'),
        (0, "There is no `answer_word`", "del answer_word"),
    ],
    "map-or-record": [
        (2.5, "a: Point to the arrow that shows this.", {"a": "map"}),
        (2.5, "e: Point to the arrow that shows this.", {"e": "map"}),
        (2.5, "b: Point to the arrow that shows this.", {"b": "map"}),
        (2.5, "d: Which arrow contradicts this?", {"d": "wrong"}),
        (2.5, "c: Find the sentence of the record", {"c": "record"}),
        (2.5, "f: Read the table of arrows", {"f": "neither"}),
        (1.5, "b: Find the sentence of the record", {"b": "record", "d": "record"}),
        (2, "e: Not answered yet.", '= ["record", "neither", "map", "neither"]'),
        (0, "a: Point to the arrow that shows this.", dict.fromkeys("abcdef", "map")),
        (0, "a: Read the table of arrows", dict.fromkeys("abcdef", "neither")),
        (0, "b: Find the sentence of the record", dict.fromkeys("abcdef", "record")),
        (0, "a: Which arrow contradicts this?", dict.fromkeys("abcdef", "wrong")),
        (2.5, "is not one of the options", {"c": "map and record"}),
        (0, "the question asks for a dictionary", '= "map"'),
    ],
    "senders-unnamed": [
        (1, "but these are not the words that the question asks for", '= ["the fraternal parties of the European socialist countries", "a series of fraternal parties"]'),
        (1, "each quotation must be from another paragraph", '= ["some fraternal parties sent the CC CCP letters", "some communist parties in capitalist countries"]'),
        (1, "The question asks for 2 quotations; you gave 1.", '= ["a series of fraternal parties"]'),
        (1, "which is not the place that the question asks for", '= ["a preparatory consultation between separate fraternal parties", "a series of fraternal parties"]'),
        (1, "at most 12 are allowed", '= ["The desire to hold such a conference had been expressed in letters to the CC CCP from a series of fraternal parties", "some others sent letters"]'),
        (1.5, "The words are not quite those of deng-1962-p13", '= ["some communist parties in the capitalistic countries", "a series of fraternal parties"]'),
        (1, "which is not the", '= ["congresses of five fraternal parties", "also informing other parties"]'),
        (1, "No passage of the", '= ["and the Africans asked for it too", "a series of fraternal parties"]'),
        (0, "but these are not the words that the question asks for", '= ["the Communist Party of Indonesia", "The communist parties of Great Britain and Sweden"]'),
        (1.5, "too short to be evidence", '= ["some others", "a series of fraternal parties"]'),
        (0, "Not answered yet.", '= ["", ""]'),
        (1, "You gave 3; only the first 2 are marked.", '= ["the Vietnamese Laborers\' Party", "a series of fraternal parties", "some others sent letters"]'),
        (0, "There is no `answer_unnamed`", "del answer_unnamed"),
    ],
    "bodies-counted": [
        (0, "Not answered yet.", "answer_bodies = None"),
        (0, "Not answered yet.", "answer_bodies = pd.DataFrame(index=four)"),
        (0, "too many", 'answer_bodies = pd.crosstab(mentions["entity_id"], mentions["document_id"])'),
        (1, "`mao-1963`: there is no such column", 'here = mentions[mentions["document_id"] == "deng-1962"]; answer_bodies = pd.DataFrame({"entity_id": four, "deng-1962": [(here["entity_id"] == key).sum() for key in four]})'),
        (0, "`deng-1962`: 4 not right", 'answer_bodies = pd.DataFrame({"entity_id": four, "deng-1962": [1, 5, 24, 13], "mao-1963": [15, 10, 3, 4]})'),
        (1.5, "`deng-1962`: 1 not right", 'answer_bodies = pd.crosstab(mentions["entity_id"], mentions["document_id"]).loc[four[:3]]'),
        (1, "not right", 'parts = mentions.drop_duplicates(["paragraph_id", "entity_id"]); answer_bodies = pd.crosstab(parts["entity_id"], parts["document_id"]).loc[four]'),
        (0.5, "`deng-1962`: 4 not right", 'from helpers import load_mentions as everywhere; more = everywhere(sections="all"); answer_bodies = pd.crosstab(more["entity_id"], more["document_id"]).loc[four] + 1; answer_bodies.loc["cc-cpsu", "mao-1963"] = 5'),
        (0, "This is a text, but the question asks for a table", 'answer_bodies = "15, 10, 3, 4"'),
        (0, "This is a number, but the question", 'answer_bodies = mentions["entity_id"].isin(four).sum()'),
        (0, "This table has no", 'answer_bodies = pd.crosstab(mentions["kind"], mentions["document_id"])'),
        (0, "Not answered yet. The table has none of the required columns", 'answer_bodies = mentions[mentions["entity_id"].isin(four)]["entity_id"].value_counts()'),
        (0, "There is no `answer_bodies`", "del answer_bodies"),
    ],
    "names-linked": [
        (0, "Not answered yet. The function returns nothing", "def find_name(spelling, names):\n    ..."),
        (0, "For a spelling in capital letters: the result is not right", 'def find_name(spelling, names):\n    near = [name for name in names if count_edits(spelling, name) <= 1]\n    return near[0] if len(near) == 1 else "nobody"'),
        (1, "For a spelling to which two names are near", 'def find_name(spelling, names):\n    for name in names:\n        if count_edits(spelling.lower(), name.lower()) <= 2:\n            return name\n    return "nobody"'),
        (1, "For a spelling to which no name is near", "def find_name(spelling, names):\n    return min(names, key=lambda name: count_edits(spelling.lower(), name.lower()))"),
        (2, "For a name that differs by three letters", 'def find_name(spelling, names):\n    near = [name for name in names if count_edits(spelling.lower(), name.lower()) <= 3]\n    return near[0] if len(near) == 1 else "nobody"'),
        (0, "For a spelling of the cable", 'def find_name(spelling, names):\n    near = [name for name in names if count_edits(spelling.lower(), name.lower()) < 2]\n    return near[0] if len(near) == 1 else "nobody"'),
        (0, "For the right spelling: the result is not right", 'def find_name(spelling, names):\n    near = [name for name in names if 0 < count_edits(spelling.lower(), name.lower()) <= 2]\n    return near[0] if near else "nobody"'),
        (1, "the function returns nothing", 'def find_name(spelling, names):\n    near = [name for name in names if count_edits(spelling.lower(), name.lower()) <= 2]\n    if len(near) == 1:\n        return near[0]'),
        (0, "returns the same result for every", 'def find_name(spelling, names):\n    return "nobody"'),
        (0, "In every case the function gives a list, but the question asks for a text.", "def find_name(spelling, names):\n    return [name for name in names if count_edits(spelling.lower(), name.lower()) <= 2]"),
        (0, "raises NameError", "def find_name(spelling, names):\n    return nearest(spelling, names)"),
        (0, "raises TypeError", 'def find_name(spelling):\n    return "nobody"'),
        (0, "This is a text, but the question asks for a function", 'find_name = "Chervonenko"'),
        (0, "There is no `find_name`", "del find_name"),
    ],
})
# fmt: on

# Functions that a student writes who has not thought of the difficulty.
NAIVE = {
    "names-linked": {
        "capitals count": "from helpers import count_edits\ndef find_name(spelling, names):\n    near = [n for n in names if count_edits(spelling, n) <= 2]\n    return near[0] if len(near) == 1 else 'nobody'",
        "takes the first near one": "from helpers import count_edits\ndef find_name(spelling, names):\n    for n in names:\n        if count_edits(spelling.lower(), n.lower()) <= 2:\n            return n\n    return 'nobody'",
        "takes the nearest": "from helpers import count_edits\ndef find_name(spelling, names):\n    return min(names, key=lambda n: count_edits(spelling.lower(), n.lower()))",
        "first letter": "def find_name(spelling, names):\n    near = [n for n in names if n[0] == spelling[0]]\n    return near[0] if len(near) == 1 else 'nobody'",
        "equal names": "def find_name(spelling, names):\n    return spelling if spelling in names else 'nobody'",
        "nobody, computed": "def find_name(spelling, names):\n    return ''.join(list('nobody'))",
    },
}
