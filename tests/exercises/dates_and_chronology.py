"""Answers to the exercise `dates-and-chronology` as students would write them, and what each must get.

Each answer is what stands in the answer cell, run after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

from tests.exercises.writings import choices

# An answer stands on one line where it can, so that answers are easy to compare.
# ruff: noqa: E501

_KINDS = {
    "a": "written",
    "b": "published",
    "c": "written",
    "d": "spoken",
    "e": "recorded",
    "f": "delivered",
}
_IN_TIME = {
    "a": "not sure",
    "b": "too late",
    "c": "early enough",
    "d": "too late",
    "e": "early enough",
    "f": "not sure",
}
_FAULTS = {
    "a": "invented day",
    "b": "wrong kind",
    "c": "nothing",
    "d": "wrong kind",
    "e": "unsure order",
    "f": "invented day",
}

RIGHT = {
    "dates-told-apart": [
        *choices("answer_kinds", _KINDS),
        'answer_kinds = ["dated", "printed", "dated", "said", "written down", "handed over"]',
        'answer_kinds = {"a": "date of writing", "b": "publication", "c": "writing", "d": "talk", "e": "record", "f": "delivery"}',
    ],
    "answers-timed": [
        'answer_beijing_days = 37; answer_moscow_least = 22; answer_moscow_most = 52; answer_slower = "cannot tell"',
        'answer_beijing_days = "37 days"; answer_moscow_least = "22 days"; answer_moscow_most = "52 days"; answer_slower = "Cannot tell."',
        'answer_beijing_days, answer_moscow_least, answer_moscow_most, answer_slower = 37.0, 22.0, 52.0, "can\'t tell"',
        'answer_beijing_days = (letters.loc["ccp-letter-1962-04-07", "written"] - letters.loc["cpsu-letter-1962-02-22", "delivered"]).days\nanswer_moscow_least, answer_moscow_most = count_days("1962-04-09", "1962-05")\nanswer_slower = "CANNOT TELL"',
        'answer_beijing_days = pd.Timestamp("1962-04-07") - pd.Timestamp("1962-03-01"); answer_moscow_least = pd.Timestamp("1962-05-01") - pd.Timestamp("1962-04-09"); answer_moscow_most = pd.Timestamp("1962-05-31") - pd.Timestamp("1962-04-09"); answer_slower = "not sure"',
        'import datetime as dt\nanswer_beijing_days = (dt.date(1962, 4, 7) - dt.date(1962, 3, 1)).days; answer_moscow_least = dt.date(1962, 5, 1) - dt.date(1962, 4, 9); answer_moscow_most = 52; answer_slower = "unknown"',
        'answer_beijing_days = ["37"]; answer_moscow_least = [22]; answer_moscow_most = [52]; answer_slower = ["cannot tell"]',
        'pair = count_days("1962-04-09", "1962-05")\nanswer_beijing_days = "thirty-seven"; answer_moscow_least = min(pair); answer_moscow_most = max(pair); answer_slower = "we cannot tell"',
        'import numpy as np\nanswer_beijing_days, answer_moscow_least, answer_moscow_most = np.array([37, 22, 52]); answer_slower = "cannot be told"',
        'answer_beijing_days = "37 days after it was delivered"; answer_moscow_least = "22"; answer_moscow_most = "52"; answer_slower = "cannot tell, because we know only the month"',
        'answer_beijing_days = 37 * 1; answer_moscow_least = 30 - 9 + 1; answer_moscow_most = 21 + 31; answer_slower = "Cannot  tell"',
    ],
    "causes-and-dates": [
        *choices("answer_in_time", _IN_TIME),
        'answer_in_time = {"a": "unsure", "b": "late", "c": "in time", "d": "ruled out", "e": "early", "f": "not certain"}',
        'answer_in_time = ["open", "too-late", "early-enough", "Too late!", "early enough", "uncertain"]',
    ],
    "known-to-one-side": [
        'answer_known_1962 = ["ccp-letter-1962-04-07", "ccp-letter-to-vietnam-1962-04-05"]; answer_known_1963 = ["ccp-letter-1963-03-09", "ccp-letter-to-vietnam-1962-04-05"]',
        'answer_known_1962 = {"ccp-letter-1962-04-07", "ccp-letter-to-vietnam-1962-04-05"}; answer_known_1963 = {"ccp-letter-1963-03-09", "ccp-letter-to-vietnam-1962-04-05"}',
        'answer_known_1962 = "ccp-letter-1962-04-07, ccp-letter-to-vietnam-1962-04-05"; answer_known_1963 = "ccp-letter-to-vietnam-1962-04-05 and ccp-letter-1963-03-09"',
        'def certain(day, side):\n    known = known_on(day, side)\n    return set(known.loc[known["knowledge"] == "certain", "letter_id"])\nanswer_known_1962 = certain("1962-04-08", "chinese") - certain("1962-04-08", "soviet")\nanswer_known_1963 = certain("1963-03-12", "chinese") - certain("1963-03-12", "soviet")',
        'a = known_on("1962-04-08", "chinese"); b = known_on("1962-04-08", "soviet")\nanswer_known_1962 = a[~a["letter_id"].isin(b["letter_id"])]["letter_id"]\na = known_on("1963-03-12", "chinese").query("knowledge == \'certain\'"); b = known_on("1963-03-12", "soviet").query("knowledge == \'certain\'")\nanswer_known_1963 = a[~a["letter_id"].isin(b["letter_id"])]["letter_id"]',
        'answer_known_1962 = ("CCP-letter-1962-04-07", "CCP-letter-to-Vietnam-1962-04-05"); answer_known_1963 = ("CCP-letter-1963-03-09", "CCP-letter-to-Vietnam-1962-04-05")',
        'answer_known_1962 = letters.loc[["ccp-letter-1962-04-07", "ccp-letter-to-vietnam-1962-04-05"]].index; answer_known_1963 = letters.loc[["ccp-letter-1963-03-09", "ccp-letter-to-vietnam-1962-04-05"]].index',
        'answer_known_1962 = pd.Series(["ccp-letter-to-vietnam-1962-04-05", "ccp-letter-1962-04-07"]); answer_known_1963 = pd.Series(["ccp-letter-to-vietnam-1962-04-05", "ccp-letter-1963-03-09"])',
        'answer_known_1962 = """ccp-letter-1962-04-07\nccp-letter-to-vietnam-1962-04-05"""; answer_known_1963 = """ccp-letter-1963-03-09\nccp-letter-to-vietnam-1962-04-05"""',
        'answer_known_1962 = ["ccp-letter-1962-04-07", "ccp-letter-to-vietnam-1962-04-05", "ccp-letter-1962-04-07"]; answer_known_1963 = sorted({"ccp-letter-1963-03-09", "ccp-letter-to-vietnam-1962-04-05"})',
        'answer_known_1962 = pd.DataFrame({"letter_id": ["ccp-letter-1962-04-07", "ccp-letter-to-vietnam-1962-04-05"]}); answer_known_1963 = pd.DataFrame({"letter_id": ["ccp-letter-1963-03-09", "ccp-letter-to-vietnam-1962-04-05"]})',
    ],
    "promise-kept": [
        'answer_promise = "will reply to the letter from the Central Committee of the CPSU within two weeks"; answer_promise_days = 14',
        'answer_promise = "the CPSU within two weeks"; answer_promise_days = "14 days"',
        'answer_promise = "“Central Committee of the CPSU within two weeks.”"; answer_promise_days = 14.0',
        'answer_promise = "COMMITTEE OF THE CPSU WITHIN TWO WEEKS"; answer_promise_days = pd.Timestamp("1963-03-09") - pd.Timestamp("1963-02-23")',
        'answer_promise = "will reply to the letter ... within two weeks"; answer_promise_days = (letters.loc["ccp-letter-1963-03-09", "written"] - documents.loc["mao-1963", "event_date"]).days',
        'answer_promise = "of the CPSU within two weeks (¶ 18)"; answer_promise_days = "14"',
        'answer_promise = ["the Chinese party will reply … within two weeks"]; answer_promise_days = [14]',
        "import datetime as dt\nanswer_promise = 'Committee of the CPSU [i.e. Moscow] within two weeks'; answer_promise_days = dt.date(1963, 3, 9) - dt.date(1963, 2, 23)",
        'answer_promise = "letter from the Central Committee of the CPSU within two weeks"; answer_promise_days = "fourteen days"',
        'answer_promise = "mao-1963-p18: the CPSU within two weeks"; answer_promise_days = count_days("1963-02-23", "1963-03-09")[0]',
    ],
    "sentences-faulted": [
        *choices("answer_faults", _FAULTS),
        'answer_faults = ["invented", "wrong kind of date", "nothing wrong", "wrong kind of date", "order not sure", "the day is invented"]',
        'answer_faults = {"a": "invented date", "b": "wrong kind", "c": "none", "d": "wrong kind", "e": "unsure", "f": "invented day"}',
    ],
    "dates-checked": [
        'answer_impossible = ["c", "f"]; answer_wrong = ["d", "e"]',
        'answer_impossible = "c, f"; answer_wrong = "d, e"',
        'answer_impossible = "F and C"; answer_wrong = "E and D"',
        'answer_impossible = {"c", "f"}; answer_wrong = {"d", "e"}',
        'answer_impossible = ("C", "F"); answer_wrong = ("D", "E")',
        'answer_impossible = list("cf"); answer_wrong = list("de")',
        'answer_impossible = pd.Series(["c", "f"]); answer_wrong = pd.Series(["d", "e"])',
        'answer_impossible = ["row c", "row f"]; answer_wrong = ["row d", "row e"]',
        'answer_impossible = "c; f"; answer_wrong = "d; e"',
        'answer_impossible = ["c)", "f)"]; answer_wrong = ["(d)", "(e)"]',
        'answer_impossible = {"c": "swapped", "f": "day and month"}; answer_wrong = {"d": "15 June", "e": "8 May"}',
        'rows = pd.DataFrame({"row": list("abcdefgh"), "first": ["1963-02-23", "1962-04-07", "1959-06-26", "1963-06-14", "1962-04-09", "1962-02-22", "1963-02-21", "1963-02-23"], "second": ["1963-03-13", "1962-04-09", "1959-06-20", "1963-07-15", "1962-08-05", "1962-01-03", "1963-02-22", "1963-02-26"]})\nanswer_impossible = rows[rows["second"] < rows["first"]]["row"]; answer_wrong = ["d", "e"]',
    ],
    "silence-filled": [
        "answer_silence_least = 266; answer_silence_most = 296; answer_events = 3",
        'answer_silence_least = "266 days"; answer_silence_most = "296 days"; answer_events = "3 events"',
        'answer_silence_least, answer_silence_most = count_days("1962-05", "1963-02-21")\nanswer_events = len(events[(events["start"] > "1962-05-31") & (events["end"] < "1963-02-21") & (events["category"] == "military")])',
        "answer_silence_least, answer_silence_most, answer_events = 266.0, 296.0, 3.0",
        'answer_silence_least = pd.Timestamp("1963-02-21") - pd.Timestamp("1962-05-31"); answer_silence_most = pd.Timestamp("1963-02-21") - pd.Timestamp("1962-05-01"); answer_events = "three"',
        "import datetime as dt\nanswer_silence_least = (dt.date(1963, 2, 21) - dt.date(1962, 5, 31)).days; answer_silence_most = (dt.date(1963, 2, 21) - dt.date(1962, 5, 1)).days; answer_events = 3",
        'answer_silence_least = [266]; answer_silence_most = ["296"]; answer_events = [3]',
        'both = count_days("1962-05", "1963-02-21"); answer_silence_least = min(both); answer_silence_most = max(both)\nwithin = events[(events["start"] >= "1962-06-01") & (events["end"] <= "1963-02-20")]\nanswer_events = within["category"].value_counts()["military"]',
        'import numpy as np\nanswer_silence_least = np.int64(266); answer_silence_most = np.int64(296); answer_events = (events[(events["start"] > "1962-05-31") & (events["end"] < "1963-02-21")]["category"] == "military").sum()',
        'answer_silence_least = "266"; answer_silence_most = "exactly 296 days"; answer_events = "3 military events"',
        'answer_silence_least = "266 days, at least"; answer_silence_most = 296; answer_events = 3',
        'my_name = "Ada"; answer_silence_least = 266; answer_silence_most = 296; answer_events = 7',
        'my_name = "Chen"; answer_silence_least = 266; answer_silence_most = 296; answer_events = 2',
    ],
    "order-is-sure": [
        'def is_surely_before(first, second):\n    return first + "-12-31"[len(first) - 4 :] < second + "-01-01"[len(second) - 4 :]',
        'def is_surely_before(first, second):\n    last = {4: "-12-31", 7: "-31", 10: ""}[len(first)]\n    early = {4: "-01-01", 7: "-01", 10: ""}[len(second)]\n    return first + last < second + early',
        "from helpers import bound_date\ndef is_surely_before(first, second):\n    return bound_date(first).end_max < bound_date(second).start_min",
        "def is_surely_before(first, second):\n    n = min(len(first), len(second))\n    return first[:n] < second[:n]",
        "def is_surely_before(first, second):\n    a = pd.Period(first); b = pd.Period(second)\n    return a.end_time < b.start_time",
        'is_surely_before = lambda first, second: first.ljust(10, "9") < second.ljust(10, "0") and first[: len(second)] != second[: len(first)]',
        'def is_surely_before(first, second):\n    for a, b in zip(first.split("-"), second.split("-")):\n        if int(a) != int(b):\n            return int(a) < int(b)\n    return False',
        "import numpy as np\ndef is_surely_before(first, second):\n    n = min(len(first), len(second))\n    return np.bool_(first[:n] < second[:n])",
        "def is_surely_before(first, second):\n    late = first + '-12-31'[len(first) - 4 :]\n    early = second + '-01-01'[len(second) - 4 :]\n    return late < early",
        "def is_surely_before(first, second):\n    if len(first) == 4:\n        first = first + '-12'\n    if len(first) == 7:\n        first = first + '-31'\n    if len(second) == 4:\n        second = second + '-01'\n    if len(second) == 7:\n        second = second + '-01'\n    return first < second",
    ],
}

WRONG = {
    "dates-told-apart": [
        (
            2.5,
            "f: Is this the day that the letter itself bears?",
            'answer_kinds = ["written", "published", "written", "spoken", "recorded", "written"]',
        ),
        (
            2.5,
            "c: Find the row: is this day in the column",
            'answer_kinds = ["written", "published", "delivered", "spoken", "recorded", "delivered"]',
        ),
        (
            2.5,
            "e: Is this the day that the letter itself bears?",
            'answer_kinds = ["written", "published", "written", "spoken", "written", "delivered"]',
        ),
        (
            2.5,
            "e: Did somebody say it on this day",
            'answer_kinds = ["written", "published", "written", "spoken", "spoken", "delivered"]',
        ),
        (
            2.5,
            "d: Is this the day of a text that reports a talk?",
            'answer_kinds = ["written", "published", "written", "recorded", "recorded", "delivered"]',
        ),
        (
            2.5,
            "a: Could the public read it on this day?",
            'answer_kinds = ["published", "published", "written", "spoken", "recorded", "delivered"]',
        ),
        (
            1.5,
            "b: Is this the day that the letter itself bears?",
            'answer_kinds = ["published", "written", "written", "spoken", "recorded", "delivered"]',
        ),
        (
            2.5,
            "f: Not answered yet.",
            'answer_kinds = ["written", "published", "written", "spoken", "recorded"]',
        ),
        (
            0,
            "b: Is this the day that the letter itself bears?",
            'answer_kinds = dict.fromkeys("abcdef", "written")',
        ),
        (
            0,
            "b: Find the row: is this day in the column",
            'answer_kinds = dict.fromkeys("abcdef", "delivered")',
        ),
        (
            0,
            "a: Could the public read it on this day?",
            'answer_kinds = dict.fromkeys("abcdef", "published")',
        ),
        (
            0,
            "a: Is this the day of a text that reports a talk?",
            'answer_kinds = dict.fromkeys("abcdef", "recorded")',
        ),
        (0, "a: Did somebody say it on this day", 'answer_kinds = dict.fromkeys("abcdef", "spoken")'),
        (
            2.5,
            "is not one of the options",
            'answer_kinds = ["written", "published", "written", "spoken", "recorded", "received and written"]',
        ),
        (0, "the question asks for a dictionary", 'answer_kinds = "written"'),
    ],
    "answers-timed": [
        (
            2,
            "Beijing: This counts from the day on which the other side wrote.",
            'answer_beijing_days = 44; answer_moscow_least = 22; answer_moscow_most = 52; answer_slower = "cannot tell"',
        ),
        (
            2,
            "Beijing: This counts to the day on which the answer was handed over.",
            'answer_beijing_days = 39; answer_moscow_least = 22; answer_moscow_most = 52; answer_slower = "cannot tell"',
        ),
        (
            2.5,
            "Moscow, at least: This counts from the day on which the other side wrote.",
            'answer_beijing_days = 37; answer_moscow_least = 24; answer_moscow_most = 52; answer_slower = "cannot tell"',
        ),
        (
            2.5,
            "Moscow, at most: This counts from the day on which the other side wrote.",
            'answer_beijing_days = 37; answer_moscow_least = 22; answer_moscow_most = 54; answer_slower = "cannot tell"',
        ),
        (
            2,
            "Moscow, at least: 52 is not right.",
            'answer_beijing_days = 37; answer_moscow_least = 52; answer_moscow_most = 22; answer_slower = "cannot tell"',
        ),
        (
            2,
            "Slower: Set the one number beside the two",
            'answer_beijing_days = 37; answer_moscow_least = 22; answer_moscow_most = 52; answer_slower = "Moscow"',
        ),
        (
            2,
            "Slower: Set the one number beside the two",
            'answer_beijing_days = 37; answer_moscow_least = 22; answer_moscow_most = 52; answer_slower = "Beijing"',
        ),
        (
            2,
            "Slower: Set the one number beside the two",
            'answer_beijing_days = 37; answer_moscow_least = 22; answer_moscow_most = 52; answer_slower = "both the same"',
        ),
        (
            0.5,
            "Slower: Not answered yet.",
            "answer_beijing_days = 38; answer_moscow_least = 23; answer_moscow_most = 52",
        ),
        (1, "Moscow, at least: Not answered yet.", "answer_beijing_days = 37"),
        (
            1,
            "Beijing: This counts from the day on which the other side wrote.",
            'answer_beijing_days = 44; answer_moscow_least = 24; answer_moscow_most = 54; answer_slower = "cannot tell"',
        ),
        (0, "Beijing: -37 is not right.", "answer_beijing_days = -37"),
        (0, "is not one of the options", 'answer_slower = "Beijing or Moscow"'),
        (0, "Not answered yet.", "answer_beijing_days = answer_moscow_least = answer_moscow_most = None"),
        (1, "is not a number of days", 'answer_beijing_days = "37 weeks"; answer_slower = "cannot tell"'),
        (
            0,
            "the question asks for a number of days",
            'answer_beijing_days = count_days("1962-04-09", "1962-05")',
        ),
    ],
    "causes-and-dates": [
        (
            2.5,
            "d: Which is the last day on which the cause can have become known",
            'answer_in_time = ["not sure", "too late", "early enough", "early enough", "early enough", "not sure"]',
        ),
        (
            2.5,
            "d: Look at both dates again",
            'answer_in_time = ["not sure", "too late", "early enough", "not sure", "early enough", "not sure"]',
        ),
        (
            2.5,
            "a: Which is the last day on which",
            'answer_in_time = ["early enough", "too late", "early enough", "too late", "early enough", "not sure"]',
        ),
        (
            2.5,
            "f: Which is the first day on which the cause can have become known",
            'answer_in_time = ["not sure", "too late", "early enough", "too late", "early enough", "too late"]',
        ),
        (
            2.5,
            "e: Look at both dates again",
            'answer_in_time = ["not sure", "too late", "early enough", "too late", "not sure", "not sure"]',
        ),
        (
            1.5,
            "b: Look at both dates again",
            'answer_in_time = ["not sure", "not sure", "not sure", "too late", "early enough", "not sure"]',
        ),
        (
            2.5,
            "c: Which is the first day",
            'answer_in_time = ["not sure", "too late", "too late", "too late", "early enough", "not sure"]',
        ),
        (2, "e: Not answered yet.", 'answer_in_time = ["not sure", "too late", "early enough", "too late"]'),
        (0, "a: Which is the last day", 'answer_in_time = dict.fromkeys("abcdef", "early enough")'),
        (0, "a: Which is the first day", 'answer_in_time = dict.fromkeys("abcdef", "too late")'),
        (0, "b: Look at both dates again", 'answer_in_time = dict.fromkeys("abcdef", "not sure")'),
        (0, "is not one of the options", 'answer_in_time = dict.fromkeys("abcdef", "perhaps")'),
        (0, "the question asks for a dictionary", "answer_in_time = 6"),
    ],
    "known-to-one-side": [
        (
            1.5,
            "1 missing",
            'answer_known_1962 = ["ccp-letter-1962-04-07"]; answer_known_1963 = ["ccp-letter-1963-03-09", "ccp-letter-to-vietnam-1962-04-05"]',
        ),
        (
            1.5,
            "12 March 1963: 1 missing",
            'answer_known_1962 = ["ccp-letter-1962-04-07", "ccp-letter-to-vietnam-1962-04-05"]; answer_known_1963 = set(known_on("1963-03-12", "chinese")["letter_id"]) - set(known_on("1963-03-12", "soviet")["letter_id"])',
        ),
        (
            1,
            "12 March 1963: Not answered yet.",
            'answer_known_1962 = ["ccp-letter-1962-04-07", "ccp-letter-to-vietnam-1962-04-05"]',
        ),
        (
            0.5,
            '"cpsu-letter-1962-02-22" does not belong here',
            'answer_known_1962 = known_on("1962-04-08", "chinese")["letter_id"]; answer_known_1963 = ["ccp-letter-1963-03-09"]',
        ),
        (
            1,
            '"ccp-letter-1963-03-09" does not belong here',
            'answer_known_1962 = ["ccp-letter-1963-03-09", "ccp-letter-to-vietnam-1962-04-05"]; answer_known_1963 = ["ccp-letter-1963-03-09", "ccp-letter-to-vietnam-1962-04-05"]',
        ),
        (
            1,
            "The list is empty.",
            'answer_known_1962 = set(known_on("1962-04-08", "soviet")["letter_id"]) - set(known_on("1962-04-08", "chinese")["letter_id"]); answer_known_1963 = ["ccp-letter-1963-03-09", "ccp-letter-to-vietnam-1962-04-05"]',
        ),
        (
            0.5,
            '"copy-of-the-letter-to-vietnam" does not belong here',
            'answer_known_1962 = ["ccp-letter-1962-04-07", "copy-of-the-letter-to-vietnam"]; answer_known_1963 = ["ccp-letter-1963-03-09"]',
        ),
        (
            0.5,
            '"may-letter-in-mao-1963" does not belong here',
            'answer_known_1962 = ["ccp-letter-1962-04-07"]; answer_known_1963 = ["ccp-letter-1963-03-09", "may-letter-in-mao-1963"]',
        ),
        (0, "does not belong here", "answer_known_1962 = answer_known_1963 = letters.index"),
        (0, '"2" does not belong here', "answer_known_1962 = answer_known_1963 = 2"),
        (0, "The list is empty.", "answer_known_1962 = answer_known_1963 = set()"),
        (0, '"the letter to Hanoi" does not belong here', 'answer_known_1962 = ["the letter to Hanoi"]'),
    ],
    "promise-kept": [
        (
            1,
            "it has 21 words, and at most 20 are allowed",
            'answer_promise = "Soviet ambassador that the Chinese party will reply to the letter from the Central Committee of the CPSU within two weeks."; answer_promise_days = 14',
        ),
        (
            1,
            "This counts to the day of the cable",
            'answer_promise = "of the CPSU within two weeks"; answer_promise_days = 18',
        ),
        (
            1,
            "This counts from the day on which Moscow's letter was handed over",
            'answer_promise = "of the CPSU within two weeks"; answer_promise_days = 15',
        ),
        (
            1,
            "is in mao-1963-p07",
            'answer_promise = "the Chinese party is preparing to publish three articles"; answer_promise_days = 14',
        ),
        (
            1,
            "but these are not the words that the question asks for",
            'answer_promise = "the Chinese party will reply to the letter"; answer_promise_days = 14',
        ),
        (
            1.5,
            "not quite those",
            'answer_promise = "will reply to the letter of the Central Committee of the CPSU within two weeks"; answer_promise_days = 14',
        ),
        (1, "too short to be evidence", 'answer_promise = "two weeks"; answer_promise_days = 14'),
        (1, "Days: Not answered yet.", 'answer_promise = "of the CPSU within two weeks"'),
        (1, "Promise: Not answered yet.", "answer_promise_days = 14"),
        (1, "2 is not right", 'answer_promise = "of the CPSU within two weeks"; answer_promise_days = 2'),
        (
            0,
            "No passage",
            'answer_promise = "An answer will follow in a fortnight"; answer_promise_days = 16',
        ),
        (0, "Not answered yet.", 'answer_promise = ""; answer_promise_days = None'),
        (
            1,
            "is not a number of days",
            'answer_promise = "of the CPSU within two weeks"; answer_promise_days = "2 weeks"',
        ),
    ],
    "sentences-faulted": [
        (
            2.5,
            "a: Find each date of this sentence in the tables",
            'answer_faults = ["nothing", "wrong kind", "nothing", "wrong kind", "unsure order", "invented day"]',
        ),
        (
            2.5,
            "b: Find each date of this sentence in the tables",
            'answer_faults = ["invented day", "nothing", "nothing", "wrong kind", "unsure order", "invented day"]',
        ),
        (
            2.5,
            "c: Does the sentence put one thing before another?",
            'answer_faults = ["invented day", "wrong kind", "unsure order", "wrong kind", "unsure order", "invented day"]',
        ),
        (
            2.5,
            "c: What happened on this day",
            'answer_faults = ["invented day", "wrong kind", "wrong kind", "wrong kind", "unsure order", "invented day"]',
        ),
        (
            2.5,
            "d: Find the event: does its column `edtf` give a day?",
            'answer_faults = ["invented day", "wrong kind", "nothing", "invented day", "unsure order", "invented day"]',
        ),
        (
            2.5,
            "e: Find each date of this sentence in the tables",
            'answer_faults = ["invented day", "wrong kind", "nothing", "wrong kind", "nothing", "invented day"]',
        ),
        (
            2.5,
            "f: What happened on this day",
            'answer_faults = ["invented day", "wrong kind", "nothing", "wrong kind", "unsure order", "wrong kind"]',
        ),
        (
            2,
            "e: Not answered yet.",
            'answer_faults = ["invented day", "wrong kind", "nothing", "wrong kind"]',
        ),
        (
            0,
            "b: Find the event: does its column `edtf` give a day?",
            'answer_faults = dict.fromkeys("abcdef", "invented day")',
        ),
        (0, "a: What happened on this day", 'answer_faults = dict.fromkeys("abcdef", "wrong kind")'),
        (
            0,
            "a: Does the sentence put one thing before another?",
            'answer_faults = dict.fromkeys("abcdef", "unsure order")',
        ),
        (
            0,
            "a: Find each date of this sentence in the tables",
            'answer_faults = dict.fromkeys("abcdef", "nothing")',
        ),
        (0, "is not one of the options", 'answer_faults = dict.fromkeys("abcdef", "false")'),
    ],
    "dates-checked": [
        (1.5, "Break the rule: 1 missing", 'answer_impossible = ["c"]; answer_wrong = ["d", "e"]'),
        (1.5, "Keep it, but are wrong: 1 missing", 'answer_impossible = ["c", "f"]; answer_wrong = ["e"]'),
        (0, "does not belong here", 'answer_impossible = ["d", "e"]; answer_wrong = ["c", "f"]'),
        (1, '"c" does not belong here', 'answer_impossible = ["c", "f"]; answer_wrong = ["c", "d"]'),
        (1, "Keep it, but are wrong: Not answered yet.", 'answer_impossible = ["c", "f"]'),
        (1, "Break the rule: Not answered yet.", 'answer_wrong = ["d", "e"]'),
        (
            1,
            '"d" does not belong here',
            'answer_impossible = ["c", "d", "e", "f"]; answer_wrong = ["d", "e"]',
        ),
        (1.5, '"h" does not belong here', 'answer_impossible = ["c", "f"]; answer_wrong = ["d", "e", "h"]'),
        (0, "does not belong here", 'answer_impossible = answer_wrong = list("abcdefgh")'),
        (
            0,
            '"the bomb" does not belong here',
            'answer_impossible = ["the bomb"]; answer_wrong = ["the record"]',
        ),
        (0, "The list is empty.", "answer_impossible = answer_wrong = set()"),
        (0, "does not belong here", "answer_impossible = answer_wrong = 2"),
        (1, '"a" does not belong here', 'answer_impossible = ["a", "f"]; answer_wrong = ["d", "e"]'),
    ],
    "silence-filled": [
        (
            2,
            "At least: This takes one day in May",
            "answer_silence_least = 282; answer_silence_most = 296; answer_events = 3",
        ),
        (
            2,
            "At most: This takes one day in May",
            "answer_silence_least = 266; answer_silence_most = 282; answer_events = 3",
        ),
        (
            1,
            "At least: 296 is not right.",
            "answer_silence_least = 296; answer_silence_most = 266; answer_events = 3",
        ),
        (
            2,
            "Events: These are the events of every category",
            "answer_silence_least = 266; answer_silence_most = 296; answer_events = 15",
        ),
        (
            2,
            "Events: These are the events of this category in all years.",
            'answer_silence_least = 266; answer_silence_most = 296; answer_events = (events["category"] == "military").sum()',
        ),
        (2, "Events: Not answered yet.", "answer_silence_least = 266; answer_silence_most = 296"),
        (1, "At least: Not answered yet.", "answer_events = 3"),
        (0, "At least: 9 is not right.", "answer_silence_least = answer_silence_most = 9"),
        (
            0,
            "is not a number of days",
            'answer_silence_least = "9 months"; answer_silence_most = "10 months"',
        ),
        (2, "2 is not right.", "answer_silence_least = 266; answer_silence_most = 296; answer_events = 2"),
        (
            1,
            "At most: 297 is not right.",
            "answer_silence_least = 267; answer_silence_most = 297; answer_events = 3",
        ),
        (
            0,
            "the question asks for a number of days",
            'answer_silence_least = count_days("1962-05", "1963-02-21")',
        ),
    ],
    "order-is-sure": [
        (
            1,
            "a month and a day in it: the result",
            "def is_surely_before(first, second):\n    return first < second",
        ),
        (0, "two days: the result", "def is_surely_before(first, second):\n    return first > second"),
        (
            1,
            "the same month twice: the result",
            "def is_surely_before(first, second):\n    return first <= second",
        ),
        (0, "the same result for every", "def is_surely_before(first, second):\n    return True"),
        (0, "the same result for every", "def is_surely_before(first, second):\n    return False"),
        (0, "Not answered yet.", "is_surely_before = None"),
        (0, "returns nothing", "def is_surely_before(first, second):\n    pass"),
        (0, "TypeError", "def is_surely_before(first, second):\n    return first - second < 0"),
        (0, "the same result for every", "def is_surely_before(first, second):\n    return len(first) > 99"),
        (
            0,
            "two days, the other way round: the result",
            "def is_surely_before(first, second):\n    return first != second",
        ),
    ],
}

# Functions that a student writes who has not thought of the difficulty.
NAIVE = {
    "order-is-sure": {
        "compares the texts": "def is_surely_before(first, second):\n    return first < second",
        "compares the years": "def is_surely_before(first, second):\n    return first[:4] < second[:4]",
        "compares the months": "def is_surely_before(first, second):\n    return first[:7] < second[:7]",
        "earlier or equal": "def is_surely_before(first, second):\n    return first <= second",
        "compares timestamps": "def is_surely_before(first, second):\n    return pd.Timestamp(first) < pd.Timestamp(second)",
        "always False, computed": "def is_surely_before(first, second):\n    return bool(len(first) < 0)",
    },
}
