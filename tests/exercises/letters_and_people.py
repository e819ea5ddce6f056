"""Answers to the exercise `letters-and-people` as students would write them, and what each must get.

Each answer is what stands in the answer cell, run after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

# An answer stands on one line where it can, so that answers are easy to compare.
# ruff: noqa: E501

RIGHT = {
    "spellings-measured": [
        'answer_edits = {"deng-1962-h2": 0, "deng-1962-s2": 0, "mao-1963-h4": 1, "mao-1963-h6": 2}',
        'answer_edits = {"mao-1963-h6": "2", "mao-1963-h4": "1", "deng-1962-s2": "0", "deng-1962-h2": "0"}',
        "answer_edits = [0, 0, 1, 2]",
        "answer_edits = (0.0, 0.0, 1.0, 2.0)",
        "import numpy as np\nanswer_edits = np.array([0, 0, 1, 2])",
        'answer_edits = pd.Series([2, 1, 0, 0], index=["mao-1963-h6", "mao-1963-h4", "deng-1962-s2", "deng-1962-h2"])',
        'answer_edits = dict(zip(answer_edits, map(int, "0012")))',
        'answer_edits.update({"deng-1962-h2": 0, "deng-1962-s2": 0})\n'
        'answer_edits["mao-1963-h4"] = count_edits("Chervoenko", "Chervonenko")\n'
        'answer_edits["mao-1963-h6"] = count_edits("Chernovenko", "Chervonenko")',
        "import re\n"
        "for line in answer_edits:\n"
        '    name = re.search("cher[a-z]+", received.loc[line, "text"].lower())[0]\n'
        '    answer_edits[line] = count_edits(name, "chervonenko")',
        'names = received.loc[list(answer_edits), "text"].str.extract("(?i)(cher[a-z]+)")[0]\n'
        'answer_edits = names.str.upper().map(lambda name: count_edits(name, "CHERVONENKO"))',
        'answer_edits = {"DENG-1962-H2": 0, "DENG-1962-S2": 0, "MAO-1963-H4": 1, "MAO-1963-H6": 2}',
    ],
    "one-man-in-two-papers": [
        'answer_office_1962 = "Ambassador of the USSR to the PRC"; answer_office_1963 = "the Soviet Ambassador to China Comrade"',
        'answer_office_1962 = "ambassador of the ussr"; answer_office_1963 = "the Soviet ambassador passed along a letter"',
        'answer_office_1962 = "“Ambassador of the USSR to the PRC”"; answer_office_1963 = "Comrade Mao Zedong met with the Soviet ambassador."',
        'answer_office_1962 = "Ambassador of the USSR to the PRC (s1)"; answer_office_1963 = "The Soviet ambassador did not speak much (¶ 20)"',
        'answer_office_1962 = ["Ambassador of the USSR"]; answer_office_1963 = ["In his conversation with the Soviet ambassador"]',
        'answer_office_1962 = "Ambassador of the USSR ... the PRC"; answer_office_1963 = "I once asked the Soviet ambassador"',
        'answer_office_1962 = received.loc["deng-1962-s1", "text"]; answer_office_1963 = received.loc["mao-1963-p02", "text"]',
        'answer_office_1962 = "of the USSR to the PRC"; answer_office_1963 = "Zedong told the Soviet ambassador that the Chinese party will reply"',
        'answer_office_1962 = "Ambassador of the USSR"\nanswer_office_1963 = "Reception of the Soviet Ambassador to China Comrade Chervonenko"',
        'answer_office_1962 = "Ambassador of the USSR"\nanswer_office_1963 = "Mao Zedong told the Soviet ambassador that the Chinese party is preparing"',
    ],
    "notes-checked": [
        'answer_wrong_notes = ["P", "R", "S"]',
        'answer_wrong_notes = ("s", "r", "p")',
        'answer_wrong_notes = {"P", "S", "R"}',
        'answer_wrong_notes = "P, R, S"',
        'answer_wrong_notes = "P, R and S"',
        'answer_wrong_notes = pd.Series(["P", "R", "S"])',
        'answer_wrong_notes = ["note P", "note R", "note S"]',
        'answer_wrong_notes = list("PRS")',
        'answer_wrong_notes = {"P": "another man", "R": "a state assembly", "S": "General Secretary"}',
        'answer_wrong_notes = [letter for letter in "PQRSTU" if letter not in "QTU"]',
        'answer_wrong_notes = ["P.", "R)", "(S)"]',
    ],
    "pronouns-resolved": [
        'answer_he = {"a": "the ambassador", "b": "Deng", "c": "Deng", "d": "Khrushchev", "e": "Mao", "f": "the ambassador"}',
        'answer_he = ["the ambassador", "Deng", "Deng", "Khrushchev", "Mao", "the ambassador"]',
        'answer_he = ("Chervonenko", "Deng Xiaoping", "Deng Xiaoping", "Nikita Khrushchev", "Mao Zedong", "Soviet ambassador")',
        'answer_he = pd.Series(["Mao", "ambassador", "ambassador", "Deng", "Deng", "Khrushchev"], index=list("eafbcd"))',
        'answer_he = {"F": "The Ambassador", "E": "MAO", "D": "khrushchev", "C": "deng", "B": "deng ", "A": " the ambassador."}',
        'answer_he["a"] = answer_he["f"] = "stepan-chervonenko"\nanswer_he["b"] = answer_he["c"] = "deng-xiaoping"\n'
        'answer_he["d"], answer_he["e"] = "nikita-khrushchev", "mao-zedong"',
        'answer_he = dict(a="Stepan Chervonenko", b="Deng", c="Deng", d="Comrade Khrushchev", e="Comrade Mao Zedong", f="Chervonenko")',
        'answer_he = dict(zip("abcdef", ["ambassador", "Deng", "Deng", "Khrushchev", "Mao", "ambassador"]))',
        "import numpy as np\n"
        'answer_he = np.array(["the ambassador", "Deng", "Deng", "Khrushchev", "Mao", "the ambassador"])',
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
    ],
    "parties-and-states": [
        'answer_kinds = {"a": "party", "b": "organ", "c": "party", "d": "organ", "e": "state", "f": "organ"}',
        'answer_kinds = ["party", "organ", "party", "organ", "state", "organ"]',
        'answer_kinds = ("Party", "ORGAN", "party.", "organ ", " State", "Organ")',
        'answer_kinds = {"F": "organ", "E": "state", "D": "organ", "C": "party", "B": "organ", "A": "party"}',
        'answer_kinds = dict(a="a party", b="party organ", c="a party", d="state organ", e="a state", f="state organ")',
        'answer_kinds = dict(a="communist party", b="organ of a party", c="fraternal party", d="organ of a state", e="country", f="an organ")',
        'answer_kinds["a"] = answer_kinds["c"] = "party"\nanswer_kinds["e"] = "state"\n'
        'for thing in "bdf":\n    answer_kinds[thing] = "organ"',
        'answer_kinds = pd.Series(["party", "organ", "party", "organ", "state", "organ"], index=list("abcdef"))',
        'answer_kinds = {thing: {"a": "party", "c": "party", "e": "state"}.get(thing, "organ") for thing in answer_kinds}',
    ],
    "parties-in-both-papers": [
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
    "ways-of-a-letter": [
        'answer_ways = {"a": "CC CCP", "b": "Deng", "c": "the ambassador", "d": "CC CPSU", "e": "the ambassador", "f": "Mao"}',
        'answer_ways = ["CC CCP", "Deng", "the ambassador", "CC CPSU", "the ambassador", "Mao"]',
        'answer_ways = ("cc ccp", "DENG", "ambassador", "cc cpsu", "The Ambassador", "mao.")',
        'answer_ways = dict(a="CCP", b="Deng Xiaoping", c="Chervonenko", d="CPSU", e="Soviet ambassador", f="Mao Zedong")',
        'answer_ways = dict(a="Chinese Communist Party", b="Deng", c="Stepan Chervonenko", d="Communist Party of the Soviet Union", e="Chervonenko", f="Comrade Mao Zedong")',
        'answer_ways = pd.Series(["cc-ccp", "deng-xiaoping", "stepan-chervonenko", "cc-cpsu", "stepan-chervonenko", "mao-zedong"], index=list("abcdef"))',
        'answer_ways = {"F": "Mao", "E": "ambassador", "D": "CPSU CC", "C": "ambassador", "B": "Deng", "A": "CCP CC"}',
        'answer_ways["a"], answer_ways["d"] = "Communist Party of China", "Soviet Communist Party"\n'
        'answer_ways["b"], answer_ways["f"] = "Deng", "Mao"\nanswer_ways["c"] = answer_ways["e"] = "the Soviet ambassador"',
        'answer_ways = dict(zip(answer_ways, ["CC CCP", "Deng", "the ambassador", "CC CPSU", "the ambassador", "Mao"]))',
    ],
    "on-whose-word": [
        'answer_word = {"a": "the ambassador", "b": "the ambassador", "c": "Deng", "d": "Deng", "e": "Mao", "f": "the department"}',
        'answer_word = ["the ambassador", "the ambassador", "Deng", "Deng", "Mao", "the department"]',
        'answer_word = ("ambassador", "AMBASSADOR", "deng", "Deng.", " mao", "department")',
        'answer_word = dict(a="Chervonenko", b="Chervonenko", c="Deng Xiaoping", d="Deng Xiaoping", e="Mao Zedong", f="ILD")',
        'answer_word = {"F": "International Liaison Department", "E": "Comrade Mao Zedong", "D": "Deng", "C": "Deng", "B": "Soviet ambassador", "A": "Stepan Chervonenko"}',
        'answer_word = pd.Series(["the ambassador"] * 2 + ["Deng"] * 2 + ["Mao", "the department"], index=list("abcdef"))',
        'answer_word = ["the ambassador"] * 2 + ["Deng"] * 2 + ["Mao"] + ["the International Liaison Department"]',
        'answer_word["a"] = answer_word["b"] = "stepan-chervonenko"\nanswer_word["c"] = answer_word["d"] = "deng-xiaoping"\n'
        'answer_word.update(e="mao-zedong", f="international-liaison-department")',
        'answer_word = dict(zip("fedcba", ["the department", "Mao", "Deng", "Deng", "the ambassador", "the ambassador"]))',
    ],
    "wish-and-blame": [
        'answer_wish = "to hold such a conference had been expressed in letters"; answer_blame = "in which they condemn us ... with the events"',
        'answer_wish = "The desire to hold such a conference"; answer_blame = "letters in which they condemn us"',
        'answer_wish = "the desire to hold such a conference had been expressed in letters"; answer_blame = "they condemn us"',
        'answer_wish = "“The desire to hold such a conference”"; answer_blame = "“they condemn us”."',
        'answer_wish = "THE DESIRE TO HOLD"; answer_blame = "THEY CONDEMN US IN CONNECTION WITH THE EVENTS"',
        'answer_wish = "The desire ... had been expressed"; answer_blame = "some fraternal parties sent the CC CCP letters in which they condemn us"',
        'answer_wish = "The desire to hold such a conference (¶ 5)"; answer_blame = "they condemn us (deng-1962-p13)"',
        'answer_wish = ["The desire to hold such a conference"]; answer_blame = ["in which they condemn us"]',
        'answer_wish = "The desire to hold such a conference"\n'
        'answer_blame = "some fraternal parties ... condemn us in connection with the events during the Stockholm session"',
        'text = received["text"]\nstart = text["deng-1962-p05"].index("The desire")\n'
        'answer_wish = text["deng-1962-p05"][start : start + 58]\nanswer_blame = "which they condemn [the CCP] us in connection"',
    ],
    "arrows-counted": [
        "answer_rows = 12; answer_senders = 10; answer_entries = 3",
        'answer_rows, answer_senders, answer_entries = "12", "10", "3"',
        "answer_rows, answer_senders, answer_entries = 12.0, 10.0, 3.0",
        'answer_rows = "12 rows"; answer_senders = "10 senders"; answer_entries = "3 entries"',
        'to_ccp = edges[edges["target"] == "chinese-communist-party"]\n'
        'answer_rows = to_ccp.shape[0]; answer_senders = to_ccp["source"].nunique(); answer_entries = to_ccp["letter_id"].nunique()',
        "to_ccp = edges.query(\"target == 'chinese-communist-party'\")\n"
        'answer_rows = to_ccp["source"].count(); answer_senders = len(set(to_ccp["source"])); answer_entries = len(to_ccp["letter_id"].unique())',
        'answer_rows = (edges["target"] == "chinese-communist-party").sum()\n'
        'grouped = edges.groupby("target")\n'
        'answer_senders = grouped["source"].nunique()["chinese-communist-party"]\n'
        'answer_entries = grouped["letter_id"].nunique()["chinese-communist-party"]',
        "from helpers import count_correspondents\n"
        'row = count_correspondents(edges).set_index("node").loc["chinese-communist-party"]\n'
        'answer_rows = edges["target"].value_counts()["chinese-communist-party"]\n'
        'answer_senders = row["n_senders"]; answer_entries = row["n_received"]',
        "import numpy as np\nanswer_rows, answer_senders, answer_entries = np.array([12, 10, 3])",
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

WRONG = {
    "spellings-measured": [
        (0, "Not answered yet.", "answer_edits = dict.fromkeys(answer_edits)"),
        (
            1,
            "mao-1963-h4: Not answered yet.",
            'answer_edits["deng-1962-h2"] = answer_edits["deng-1962-s2"] = 0',
        ),
        (
            0,
            "deng-1962-h2: Here a capital letter and a small one are the same",
            "answer_edits = [10, 10, 1, 2]",
        ),
        (0, "mao-1963-h6: This is so in the corrected text", "answer_edits = [0, 0, 0, 0]"),
        (0, '"2" is not right', "answer_edits = [0, 0, 2, 1]"),
        (1, 'mao-1963-h6: "1" is not right', "answer_edits = [0, 0, 1, 1]"),
        (0, "deng-1962-s2", "answer_edits = [11, 11, 11, 11]"),
        (0, "is none of the options", 'answer_edits = ["none", "none", "one", "two"]'),
        (0, "This is a number; a dictionary is asked for", "answer_edits = 2"),
        (0, "This is a set of 3; a dictionary is asked for", "answer_edits = {0, 1, 2}"),
        (1.5, "mao-1963-h6: Not answered yet.", "answer_edits = [0, 0, 1]"),
        (0, "There is no `answer_edits`", "del answer_edits"),
    ],
    "one-man-in-two-papers": [
        (0, "1962: Not answered yet.", 'answer_office_1962 = ""'),
        (1, "1963: Not answered yet.", 'answer_office_1962 = "Ambassador of the USSR to the PRC"'),
        (
            1,
            "is in deng-1962-p01, which is not the place asked for",
            'answer_office_1962 = "to meet with the ambassador"; answer_office_1963 = "met with the Soviet ambassador"',
        ),
        (
            1,
            "is in mao-1963-p21, which is not the place asked for",
            'answer_office_1962 = "Ambassador of the USSR"; answer_office_1963 = "The Chinese Ambassador to the Soviet Union"',
        ),
        (
            1,
            "but these are not the words asked for",
            'answer_office_1962 = "Ambassador of the USSR"; answer_office_1963 = "Regarding the question of who will participate"',
        ),
        (
            1,
            "which is not the place asked for",
            'answer_office_1962 = "the adviser to the embassy, O.B. Rakhmanin"; answer_office_1963 = "The Soviet ambassador did not speak much"',
        ),
        (
            1,
            "which is not the place asked for",
            'answer_office_1962 = "FROM THE DIARY OF"; answer_office_1963 = "Soviet Ambassador to China"',
        ),
        (
            1,
            "The words are not quite those",
            'answer_office_1962 = "Ambassador of the Soviet Union to the PRC"; answer_office_1963 = "met with the Soviet ambassador"',
        ),
        (
            1.5,
            "too short to be evidence",
            'answer_office_1962 = "Ambassador of the USSR"; answer_office_1963 = "Soviet ambassador"',
        ),
        (
            1,
            "is too long",
            'answer_office_1962 = "Ambassador of the USSR"; answer_office_1963 = received.loc["mao-1963-p20", "text"]',
        ),
        (
            0,
            "which is not the place asked for",
            'answer_office_1962 = "met with the Soviet ambassador"; answer_office_1963 = "Ambassador of the USSR to the PRC"',
        ),
        (0, "No passage of the two documents", 'answer_office_1962 = "He came from Moscow in October 1959"'),
        (
            1,
            "There is no `answer_office_1962`",
            'answer_office_1963 = "met with the Soviet ambassador"; del answer_office_1962',
        ),
        (
            0.5,
            "not quite those of deng-1962-s1",
            'answer_office_1962 = "Embassador of the USSR"; answer_office_1963 = ""',
        ),
        (0, "but these are not the words", 'answer_office_1962 = "ambassador of the"'),
    ],
    "notes-checked": [
        (0, "Not answered yet.", "answer_wrong_notes = []"),
        (2, "1 missing", 'answer_wrong_notes = ["P", "R"]'),
        (1, "2 missing", 'answer_wrong_notes = "P"'),
        (1, '"T" does not belong here', 'answer_wrong_notes = ["P", "S", "T"]'),
        (2, '"Q" does not belong here', 'answer_wrong_notes = ["P", "Q", "R", "S"]'),
        (0, "does not belong here", 'answer_wrong_notes = list("PQRSTU")'),
        (0, '"U" does not belong here', 'answer_wrong_notes = ["Q", "T", "U"]'),
        (0, '"Brezhnev" does not belong here', 'answer_wrong_notes = ["Brezhnev", "VSNP", "Deng"]'),
        (0, "does not belong here", "answer_wrong_notes = 3"),
        (
            0,
            "This is a column of True and False",
            "answer_wrong_notes = [True, False, True, True, False, False]",
        ),
        (0, '"PRS" does not belong here', 'answer_wrong_notes = "PRS"'),
        (0, "There is no `answer_wrong_notes`", "del answer_wrong_notes"),
    ],
    "pronouns-resolved": [
        (0, "Not answered yet.", 'answer_he = dict.fromkeys("abcdef", "")'),
        (0.5, "b: Not answered yet.", 'answer_he["a"] = "the ambassador"'),
        (0, "b: Who else takes part in this talk", 'answer_he = dict.fromkeys("abcdef", "the ambassador")'),
        (0, "a: Read the paragraph from its beginning", 'answer_he = dict.fromkeys("abcdef", "Deng")'),
        (0, "e: Khrushchev is not in the room", 'answer_he = dict.fromkeys("abcdef", "Khrushchev")'),
        (0, "d: Read the whole sentence", 'answer_he = dict.fromkeys("abcdef", "Mao")'),
        (
            2.5,
            "d: Read the whole sentence",
            'answer_he = ["the ambassador", "Deng", "Deng", "Mao", "Mao", "the ambassador"]',
        ),
        (
            2.5,
            "e: Khrushchev is not in the room",
            'answer_he = ["the ambassador", "Deng", "Deng", "Khrushchev", "Khrushchev", "the ambassador"]',
        ),
        (
            1.5,
            "c: Who else takes part",
            'answer_he = ["the ambassador", "Deng", "the ambassador", "Khrushchev", "Mao", "Mao"]',
        ),
        (
            1.5,
            '"the author" is none of the options',
            'answer_he = ["the author", "Deng", "Deng", "Khrushchev", "he", "he"]',
        ),
        (0, "This is a text; a dictionary is asked for", 'answer_he = "Deng"'),
        (0, "This is a set of 2", 'answer_he = {"Deng", "Mao"}'),
        (0, "There is no `answer_he`", "del answer_he"),
    ],
    "bodies-counted": [
        (0, "Not answered yet.", "answer_bodies = None"),
        (0, "Not answered yet.", "answer_bodies = pd.DataFrame(index=four)"),
        (
            0,
            "too many",
            'answer_bodies = pd.crosstab(mentions["entity_id"], mentions["document_id"])',
        ),
        (
            1,
            "`mao-1963`: there is no such column",
            'here = mentions[mentions["document_id"] == "deng-1962"]\n'
            'answer_bodies = pd.DataFrame({"entity_id": four, "deng-1962": [(here["entity_id"] == key).sum() for key in four]})',
        ),
        (
            0,
            "`deng-1962`: 4 not right",
            'answer_bodies = pd.DataFrame({"entity_id": four, "deng-1962": [1, 5, 24, 13], "mao-1963": [15, 10, 3, 4]})',
        ),
        (
            1.5,
            "`deng-1962`: 1 not right",
            'answer_bodies = pd.crosstab(mentions["entity_id"], mentions["document_id"]).loc[four[:3]]',
        ),
        (
            1,
            "not right",
            'parts = mentions.drop_duplicates(["paragraph_id", "entity_id"])\n'
            'answer_bodies = pd.crosstab(parts["entity_id"], parts["document_id"]).loc[four]',
        ),
        (
            0.5,
            "`deng-1962`: 4 not right",
            "from helpers import load_mentions as everywhere\n"
            'more = everywhere(sections="all")\n'
            'answer_bodies = pd.crosstab(more["entity_id"], more["document_id"]).loc[four] + 1\n'
            'answer_bodies.loc["cc-cpsu", "mao-1963"] = 5',
        ),
        (0, "This is a text; a table is asked for", 'answer_bodies = "15, 10, 3, 4"'),
        (
            0,
            "This is a number; a table is asked for",
            'answer_bodies = mentions["entity_id"].isin(four).sum()',
        ),
        (
            0,
            "This table has no column `entity_id`",
            'answer_bodies = pd.crosstab(mentions["kind"], mentions["document_id"])',
        ),
        (
            0,
            "Not answered yet. The table has none of the columns",
            'answer_bodies = mentions[mentions["entity_id"].isin(four)]["entity_id"].value_counts()',
        ),
        (0, "There is no `answer_bodies`", "del answer_bodies"),
    ],
    "parties-and-states": [
        (0, "Not answered yet.", 'answer_kinds = dict.fromkeys("abcdef", "")'),
        (0.5, "b: Not answered yet.", 'answer_kinds["a"] = "party"'),
        (0, "e: Is it a whole party", 'answer_kinds = dict.fromkeys("abcdef", "party")'),
        (0, "a: Is it a whole state?", 'answer_kinds = dict.fromkeys("abcdef", "state")'),
        (
            0,
            "c: Does it act in the name of something larger here?",
            'answer_kinds = dict.fromkeys("abcdef", "organ")',
        ),
        (
            1,
            "c: Is it a whole state?",
            'answer_kinds = ["state", "organ", "state", "organ", "state", "organ"]',
        ),
        (
            2,
            "b: Is it a whole party",
            'answer_kinds = ["party", "party", "party", "organ", "state", "organ"]',
        ),
        (
            1,
            "f: Is it a whole state?",
            'answer_kinds = ["party", "organ", "party", "state", "state", "state"]',
        ),
        (
            2.5,
            '"ministry" is none of the options',
            'answer_kinds = ["party", "organ", "party", "organ", "state", "ministry"]',
        ),
        (1, "c: Not answered yet.", 'answer_kinds = ["party", "organ"]'),
        (0, "This is a text; a dictionary is asked for", 'answer_kinds = "party"'),
        (0, "There is no `answer_kinds`", "del answer_kinds"),
        (0, "is none of the options", "answer_kinds = [1, 3, 1, 3, 2, 3]"),
    ],
    "parties-in-both-papers": [
        (0, "Not answered yet.", "answer_in_both = []"),
        (0.5, "3 missing", 'answer_in_both = ["New Zealand"]'),
        (1.5, "1 missing", 'answer_in_both = ["Indonesia", "Vietnam", "New Zealand"]'),
        (
            1.5,
            '"West Germany" does not belong here',
            'answer_in_both = ["Indonesia", "Vietnam", "New Zealand", "France", "West Germany"]',
        ),
        (
            1,
            '"Great Britain" does not belong here',
            'answer_in_both = ["Indonesia", "Vietnam", "New Zealand", "France", "West Germany", "Great Britain"]',
        ),
        (
            0.5,
            '"Sweden" does not belong here',
            'answer_in_both = ["Indonesia", "Vietnam", "Great Britain", "Sweden", "New Zealand"]',
        ),
        (
            1,
            '"China" does not belong here',
            'answer_in_both = ["China", "Soviet Union", "French", "Indonesian", "NZ", "Vietnamese"]',
        ),
        (
            1.5,
            '"Italy" does not belong here',
            'answer_in_both = ["France", "Italy", "Vietnam", "Indonesia", "New Zealand"]',
        ),
        (0, "does not belong here", 'answer_in_both = ["Albania", "Yugoslavia"]'),
        (0, "The list is empty.", "answer_in_both = set()"),
        (0, '"4" does not belong here', "answer_in_both = 4"),
        (0, "This is a table", "answer_in_both = mentions"),
        (0, "There is no `answer_in_both`", "del answer_in_both"),
    ],
    "ways-of-a-letter": [
        (0, "Not answered yet.", 'answer_ways = dict.fromkeys("abcdef", "")'),
        (0.5, "b: Not answered yet.", 'answer_ways["a"] = "CC CCP"'),
        (
            0,
            "d: The Chinese Central Committee does not do this",
            'answer_ways = dict.fromkeys("abcdef", "CC CCP")',
        ),
        (
            0,
            "a: The Soviet Central Committee does not do this",
            'answer_ways = dict.fromkeys("abcdef", "CC CPSU")',
        ),
        (0, "a: This is not what Deng does", 'answer_ways = dict.fromkeys("abcdef", "Deng")'),
        (0, "c: This is not what Mao does", 'answer_ways = dict.fromkeys("abcdef", "Mao")'),
        (
            0,
            "b: An ambassador carries such letters",
            'answer_ways = dict.fromkeys("abcdef", "the ambassador")',
        ),
        (
            2.5,
            "a: This is not what Deng does",
            'answer_ways = ["Deng", "Deng", "the ambassador", "CC CPSU", "the ambassador", "Mao"]',
        ),
        (
            2.5,
            "d: An ambassador carries such letters",
            'answer_ways = ["CC CCP", "Deng", "the ambassador", "the ambassador", "the ambassador", "Mao"]',
        ),
        (
            1.5,
            '"Khrushchev" is none of the options',
            'answer_ways = ["Mao", "Deng", "the ambassador", "Khrushchev", "Khrushchev", "Mao"]',
        ),
        (1, "c: Not answered yet.", 'answer_ways = ("CC CCP", "Deng")'),
        (0, "This is a text; a dictionary is asked for", 'answer_ways = "Deng"'),
        (0, "There is no `answer_ways`", "del answer_ways"),
    ],
    "on-whose-word": [
        (0, "Not answered yet.", 'answer_word = dict.fromkeys("abcdef", "")'),
        (0.5, "b: Not answered yet.", 'answer_word["a"] = "the ambassador"'),
        (
            0,
            "c: Look for a word of saying near by",
            'answer_word = dict.fromkeys("abcdef", "the ambassador")',
        ),
        (
            0,
            "a: Is there a word of saying here whose subject is Deng?",
            'answer_word = dict.fromkeys("abcdef", "Deng")',
        ),
        (
            0,
            "f: Is there a word of saying here whose subject is Mao?",
            'answer_word = dict.fromkeys("abcdef", "Mao")',
        ),
        (
            0,
            "e: The note of the department is the last paragraph",
            'answer_word = dict.fromkeys("abcdef", "the department")',
        ),
        (
            2.5,
            "b: Is there a word of saying here whose subject is Deng?",
            'answer_word = ["the ambassador", "Deng", "Deng", "Deng", "Mao", "the department"]',
        ),
        (
            1.5,
            "d: Look for a word of saying near by",
            'answer_word = ["the ambassador", "the ambassador", "the ambassador", "the ambassador", "Mao", "the department"]',
        ),
        (
            2.5,
            "f: Is there a word of saying here whose subject is Mao?",
            'answer_word = ["the ambassador", "the ambassador", "Deng", "Deng", "Mao", "Mao"]',
        ),
        (
            2,
            '"the Center" is none of the options',
            'answer_word = ["the Center", "the Center", "Deng", "Deng", "Mao", "the department"]',
        ),
        (1, "c: Not answered yet.", 'answer_word = ["the ambassador", "the ambassador"]'),
        (0, "This is a text; a dictionary is asked for", 'answer_word = "Deng"'),
        (0, "There is no `answer_word`", "del answer_word"),
    ],
    "wish-and-blame": [
        (0, "The wish: Not answered yet.", 'answer_wish = ""'),
        (1, "The blame: Not answered yet.", 'answer_wish = "The desire to hold such a conference"'),
        (
            1,
            "but these are not the words asked for",
            'answer_wish = "it is proposed that a new conference"; answer_blame = "they condemn us"',
        ),
        (
            1,
            "but these are not the words asked for",
            'answer_wish = "The desire to hold"; answer_blame = "proposed conducting a conference of fraternal parties"',
        ),
        (
            0,
            "which is not the place asked for",
            'answer_wish = "they condemn us"; answer_blame = "The desire to hold such a conference"',
        ),
        (
            1.5,
            'it has "conference", not "meeting"',
            'answer_wish = "The desire to hold such a meeting had been expressed"; answer_blame = "they condemn us"',
        ),
        (
            1.5,
            "too short to be evidence",
            'answer_wish = "The desire to hold such a conference"; answer_blame = "condemn us"',
        ),
        (
            1,
            "is too long",
            'answer_wish = "The desire to hold such a conference"; answer_blame = received.loc["deng-1962-p13", "text"]',
        ),
        (
            1,
            "is in mao-1963-p08",
            'answer_wish = "The desire to hold such a conference"; answer_blame = "openly and by name attacked the Chinese party"',
        ),
        (0, "too short to be evidence", "answer_wish = 5; answer_blame = 13"),
        (
            0,
            "No passage of the two documents",
            'answer_wish = "They were all asking for a great new meeting"',
        ),
        (1, "There is no `answer_wish`", 'answer_blame = "they condemn us"; del answer_wish'),
        (
            1,
            "You gave 2; only the first one is marked.",
            'answer_wish = ["The desire to hold", "they condemn us"]',
        ),
    ],
    "arrows-counted": [
        (0, "Rows: Not answered yet.", "answer_rows = None"),
        (1, "Senders: Not answered yet.", "answer_rows = 12"),
        (
            2,
            "Rows: This counts the whole table",
            "answer_rows = len(edges); answer_senders = 10; answer_entries = 3",
        ),
        (
            0,
            "Entries: This counts the whole table",
            'answer_rows = len(edges); answer_senders = edges["source"].nunique(); answer_entries = edges["letter_id"].nunique()',
        ),
        (
            1,
            "Senders: A party that sent two letters is one sender.",
            "answer_rows = 12; answer_senders = 12; answer_entries = 12",
        ),
        (
            2,
            "Entries: Some of these rows share one entry",
            "answer_rows = 12; answer_senders = 10; answer_entries = 12",
        ),
        (
            0,
            "Rows: This counts the letters that the CCP sent",
            'sent = edges[edges["source"] == "chinese-communist-party"]\nanswer_rows = len(sent)',
        ),
        (2, "Senders: 9 is not right", "answer_rows = 12; answer_senders = 9; answer_entries = 3"),
        (2, "Entries: 2 is not right", "answer_rows = 12; answer_senders = 10; answer_entries = 2"),
        (
            2,
            "is not a number of rows",
            'answer_rows = "12 parties"; answer_senders = "10"; answer_entries = "three"',
        ),
        (1, "Rows: This is a table", "answer_rows = edges; answer_senders = 10; answer_entries = edges"),
        (0, "There is no `answer_rows`", "del answer_rows, answer_senders, answer_entries"),
    ],
    "names-linked": [
        (0, "Not answered yet. The function returns nothing", "find_name = find_name"),
        (
            0,
            "For a spelling in capital letters: the result is not right",
            "def find_name(spelling, names):\n"
            "    near = [name for name in names if count_edits(spelling, name) <= 1]\n"
            '    return near[0] if len(near) == 1 else "nobody"',
        ),
        (
            1,
            "For a spelling to which two names are near",
            "def find_name(spelling, names):\n"
            "    for name in names:\n"
            "        if count_edits(spelling.lower(), name.lower()) <= 2:\n"
            "            return name\n"
            '    return "nobody"',
        ),
        (
            1,
            "For a spelling to which no name is near",
            "def find_name(spelling, names):\n"
            "    return min(names, key=lambda name: count_edits(spelling.lower(), name.lower()))",
        ),
        (
            2,
            "For a name that differs by three letters",
            "def find_name(spelling, names):\n"
            "    near = [name for name in names if count_edits(spelling.lower(), name.lower()) <= 3]\n"
            '    return near[0] if len(near) == 1 else "nobody"',
        ),
        (
            0,
            "For a spelling of the cable",
            "def find_name(spelling, names):\n"
            "    near = [name for name in names if count_edits(spelling.lower(), name.lower()) < 2]\n"
            '    return near[0] if len(near) == 1 else "nobody"',
        ),
        (
            0,
            "For the right spelling: the result is not right",
            "def find_name(spelling, names):\n"
            "    near = [name for name in names if 0 < count_edits(spelling.lower(), name.lower()) <= 2]\n"
            '    return near[0] if near else "nobody"',
        ),
        (
            1,
            "the function returns nothing",
            "def find_name(spelling, names):\n"
            "    near = [name for name in names if count_edits(spelling.lower(), name.lower()) <= 2]\n"
            "    if len(near) == 1:\n"
            "        return near[0]",
        ),
        (0, "returns the same, whatever it is given", 'def find_name(spelling, names):\n    return "nobody"'),
        (
            0,
            "In every case the function gives a list; a text is asked for.",
            "def find_name(spelling, names):\n"
            "    return [name for name in names if count_edits(spelling.lower(), name.lower()) <= 2]",
        ),
        (0, "raises NameError", "def find_name(spelling, names):\n    return nearest(spelling, names)"),
        (0, "raises TypeError", 'def find_name(spelling):\n    return "nobody"'),
        (0, "This is a text; a function is asked for", 'find_name = "Chervonenko"'),
        (0, "There is no `find_name`", "del find_name"),
    ],
}

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
