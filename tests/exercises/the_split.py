"""Answers to the exercise `the-split` as students would write them, and what each must get.

Each answer is the text of the answer cell, which runs after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

from tests.exercises.writings import choices, date, items, letters, together, wrong

# Each answer is on one line where possible, so that answers are easy to compare.
# ruff: noqa: E501

RIGHT = {
    "early-steps-in-order": [
        *items("answer_early_steps", ["Belgrade", "speech", "promise", "camp", "joke", "article"]),
        'answer_early_steps = "Belgrade, Stalin, sample bomb, head of the camp, joke, Lenin"',
        'answer_early_steps = "belgrad, speach, promise, camp, joke, artcle"',
        'answer_early_steps = "1. Belgrade, 2. speech, 3. promise, 4. camp, 5. joke, 6. article"',
    ],
    "between-the-talks": [
        *letters("answer_between", "abegkl"),
        'answer_between = {"l","k","g","e","b","a"}',
        'answer_between = "abegkl"',
        'answer_between = "a b e g k l"',
    ],
    "sides-of-steps": [
        *choices(
            "answer_sides",
            {"a": "both", "b": "disputed", "c": "Moscow", "d": "Moscow", "e": "Beijing", "f": "others"},
        ),
        "answer_sides = {'a': 'both', 'b': 'disputed', 'c': 'Soviet Union', 'd': 'the Soviets', 'e': 'China', 'f': 'others'}",
    ],
    "wishes-matched": [
        *choices("answer_wishes", {"a": "1", "b": "3", "c": "5", "d": "8", "e": "4", "f": "7"}),
        "answer_wishes = {'a': 1, 'b': 3, 'c': 5, 'd': 8, 'e': 4, 'f': 7}",
    ],
    "causes-tested": [
        *choices(
            "answer_causes",
            {"a": "told", "b": "open", "c": "open", "d": "impossible", "e": "impossible", "f": "told"},
        ),
    ],
    "days-worked-out": [
        *together(answer_asked=date("1962-04-05"), answer_told=date("1969-03-22")),
        "answer_asked = '5th of April 1962'; answer_told = '22nd March 1969'",
        "answer_asked = ['5 April 1962']; answer_told = ['22 March 1969']",
    ],
    "sentences-both-accept": [
        *choices("answer_sentences", {"fighting": "2", "talks": "3", "specialists": "1"}),
        "answer_sentences = {'fighting': 2, 'talks': 3, 'specialists': 1}",
    ],
    "bomb-in-order": [
        *items("answer_bomb", ["promise", "refusal", "announcement", "treaty", "explosion", "question"]),
        'answer_bomb = "Promise, Refusal, Announcment, Treaty, Explosion, Question"',
        'answer_bomb = "1) promise, 2) refusal, 3) announcement, 4) treaty, 5) explosion, 6) question"',
        'answer_bomb = "promise refusal announcement treaty explosion question"',
    ],
}

# One case on each line, as in a table.
# fmt: off
WRONG = wrong(RIGHT, {
    "early-steps-in-order": [
        (0, "5 of 15 pairs are in the right order: no", '= "article, Belgrade, camp, joke, promise, speech"'),
        (0, "10 of 15 pairs are in the right order:", '= "speech, promise, joke, camp, Belgrade, article"'),
        (0, "6 of 15 pairs are in the right order: no", '= "joke, speech, camp, promise, article, Belgrade"'),
        (2.5, "14 of 15 pairs are in the right order.", '= "speech, Belgrade, promise, camp, joke, article"'),
        (2.5, "14 of 15 pairs are in the right order.", '= "Belgrade, speech, camp, promise, joke, article"'),
        (1.5, "6 of 15 pairs are in the right order.", '= "Belgrade, speech, promise, camp"'),
        (2.5, "This one is in the list", '= "Belgrade, speech, promise, camp, joke, article, article"'),
        (0, '"1955" does not belong here.', '= "1955, 1956, 1957, 1957, 1958, 1960"'),
        (0, '"Moscow" does not belong here.', '= "Moscow, Beijing"'),
        (2.5, "14 of 15 pairs are in the right order.", '= "Belgrade, speech, promise, camp, article, joke"'),
        (1.5, '"treaty" does not belong here.', '= "Belgrade, speech, promise, camp, joke, treaty"'),
        (0, "9 of 15 pairs are in the right order: no", '= "speech, camp, promise, joke, article, Belgrade"'),
        (0, "A set has no order; give a list.", '= set("Belgrade speech promise camp joke article".split())'),
    ],
    "between-the-talks": [
        (0, '"c" does not belong here.', '= "a, b, c, d, e, f, g, h, i, j, k, l"'),
        (0, '"c" does not belong here.', '= "c, d, f, h, i, j"'),
        (2.5, "1 missing.", '= "a, b, e, k, l"'),
        (2.5, '"i" does not belong here.', '= "a, b, e, g, k, l, i"'),
        (2, '"i" does not belong here.', '= "a, b, e, i, k, l"'),
        (0.5, "5 missing.", '= "a"'),
        (2, '"j" does not belong here.', '= "a, b, e, g, j, l"'),
        (0, '"yes" does not belong here.', '= "yes"'),
        (0, '"m" does not belong here.', '= "m, n"'),
        (0.5, '"c" does not belong here.', '= "a, b, c"'),
    ],
    "sides-of-steps": [
        (2.5, "a: Find the sentence that tells this step: is a Chinese party or", {"a": "Beijing"}),
        (2.5, "b: Find the sentence that tells this step: is a Soviet party or", {"b": "Moscow"}),
        (2.5, "c: For a step of both, two sides must have done the same thing", {"c": "both"}),
        (2.5, "f: Find the sentence that tells this step: is a Chinese party or", {"f": "Beijing"}),
        (2.5, "e: Look once more for the one who acts: does the step come from", {"e": "others"}),
        (2.5, "d: The story reports no quarrel about who took this step.", {"d": "disputed"}),
        (1.5, "a: Not answered yet.", {"a": "", "b": "", "c": ""}),
        (2.5, 'b: "Moscow or Beijing" is not one of the options: ', {"b": "Moscow or Beijing"}),
        (0, "a: Find the sentence that tells this step: is a Soviet", dict.fromkeys("abcdef", "Moscow")),
        (0, "a: Find the sentence that tells this step: is a Chinese", dict.fromkeys("abcdef", "Beijing")),
        (0, "b: For a step of both, two sides must have done the same", dict.fromkeys("abcdef", "both")),
        (0, "a: Look once more for the one who acts: does the step come", dict.fromkeys("abcdef", "others")),
        (0, "a: The story reports no quarrel about who took this step.", dict.fromkeys("abcdef", "disputed")),
        (2.5, 'f: "Vietnam" is not one of the options: ', {"f": "Vietnam"}),
    ],
    "wishes-matched": [
        (2.5, "f: Find the sentence of the story about this person or party in that", {"f": "6"}),
        (2, "e: Find the sentence of the story about this person or party in that", {"e": "7", "f": "4"}),
        (2.5, "a: Find the sentence of the story about this person or party in that", {"a": "2"}),
        (2.5, "b: Find the sentence of the story about this person or party in that", {"b": "9"}),
        (2.5, 'c: "a treaty" is not one of the options: ', {"c": "a treaty"}),
        (2, "d: Find the sentence of the story about this person or party in that", {"d": "4", "e": "8"}),
        (2.5, "a: Not answered yet.", {"a": ""}),
        (0, "b: Find the sentence of the story about this person or party in", dict.fromkeys("abcdef", "1")),
        (0, "a: Find the sentence of the story about this person or party in", dict.fromkeys("abcdef", "8")),
        (0, "b: Find the sentence of the story about", {"b": "2", "c": "3", "d": "4", "e": "5", "f": "6"}),
        (0, "a: Find the sentence of the", {"a": "9", "b": "8", "c": "7", "d": "6", "e": "5", "f": "4"}),
    ],
    "causes-tested": [
        (2.5, "b: Which sentence of the chapter says so? That one step follows", {"b": "told"}),
        (2.5, "c: Which sentence of the chapter says so? That one step follows", {"c": "told"}),
        (2.5, "d: Read the sentences about both steps again: their dates, and every", {"d": "open"}),
        (2.5, "e: Which sentence of the chapter says so? That one step follows", {"e": "told"}),
        (2.5, "a: Read the sentences about both steps again: their dates, and every", {"a": "open"}),
        (2.5, "f: Write the two dates next to each other: does the cause really come", {"f": "impossible"}),
        (2.5, 'a: "yes" is not one of the options: ', {"a": "yes"}),
        (2, "a: Not answered yet.", {"a": "", "b": ""}),
        (0, "b: Which sentence of the chapter says so? That one step", dict.fromkeys("abcdef", "told")),
        (0, "a: Read the sentences about both steps again: their dates,", dict.fromkeys("abcdef", "open")),
        (0, "a: Write the two dates next to each other: does the", dict.fromkeys("abcdef", "impossible")),
    ],
    "days-worked-out": [
        (1, "Asked: This is the day of the", "answer_asked = '9 April 1962'; answer_told = '22 March 1969'"),
        (1, "Asked: On this day he handed", "answer_asked = '1 March 1962'; answer_told = '22 March 1969'"),
        (1, "Told: This is the day of the", "answer_asked = '5 April 1962'; answer_told = '21 March 1969'"),
        (1, "Told: On this day the soldiers", "answer_asked = '5 April 1962'; answer_told = '2 March 1969'"),
        (0, "Asked: 4 April 1962 is not", "answer_asked = '4 April 1962'; answer_told = '23 March 1969'"),
        (0, 'Asked: "April 1962" is not a whole', "answer_asked = 'April 1962'; answer_told = 'March 1969'"),
        (0, 'Asked: "5 April" is not a whole date:', "answer_asked = '5 April'; answer_told = '22 March'"),
        (0, "Asked: 5 April 1963 is not", "answer_asked = '5 April 1963'; answer_told = '22 March 1968'"),
        (1, 'Asked: In "5/4/1962" it is not', "answer_asked = '5/4/1962'; answer_told = '22 March 1969'"),
        (1, "Told: Not answered yet.", "answer_asked = '5 April 1962'; answer_told = ''"),
        (1, "Asked: Not answered yet.", "answer_asked = ''; answer_told = '22 March 1969'"),
        (1, 'Asked: "5 or 9 April', "answer_asked = '5 or 9 April 1962'; answer_told = '22 March 1969'"),
    ],
    "sentences-both-accept": [
        (1.5, "fighting: Does the sentence blame a side, use the words of one side", {"fighting": "1"}),
        (1.5, "talks: Does the sentence blame a side, use the words of one side", {"talks": "2"}),
        (1.5, "talks: Does the sentence blame a side, use the words of one side", {"talks": "4"}),
        (1.5, "specialists: Does the sentence blame a side, use the words of one", {"specialists": "4"}),
        (0, "talks: Does the sentence blame a side, use the words of", {"talks": "1", "specialists": "2"}),
        (1.5, "fighting: Does the sentence blame a side, use the words of one side", {"fighting": "3"}),
        (0, "fighting: Does the sentence blame a side, use the words of", {"fighting": "4", "talks": "4"}),
        (1, "fighting: Not answered yet.", {"fighting": "", "talks": ""}),
        (2, 'fighting: "the second" is not one of the options: ', {"fighting": "the second"}),
        (0, "fighting: Does the sentence blame a", dict.fromkeys(["fighting", "talks", "specialists"], "1")),
        (0, "talks: Does the sentence blame a", dict.fromkeys(["fighting", "talks", "specialists"], "2")),
        (0, "fighting: Does the sentence blame a", dict.fromkeys(["fighting", "talks", "specialists"], "3")),
        (0, "fighting: Does the sentence blame a", dict.fromkeys(["fighting", "talks", "specialists"], "4")),
    ],
    "bomb-in-order": [
        (0, "8 of 15 pairs are in the", '= "announcement, explosion, promise, question, refusal, treaty"'),
        (0, "7 of 15 pairs are in the", '= "treaty, refusal, question, promise, explosion, announcement"'),
        (2.5, "14 of 15 pairs are in the", '= "promise, refusal, treaty, announcement, explosion, question"'),
        (2.5, "14 of 15 pairs are in the", '= "promise, refusal, announcement, explosion, treaty, question"'),
        (2, "12 of 15 pairs are in the", '= "promise, announcement, treaty, explosion, refusal, question"'),
        (2.5, "14 of 15 pairs are in the", '= "refusal, promise, announcement, treaty, explosion, question"'),
        (1, "3 of 15 pairs are in the right order.", '= "promise, refusal, announcement"'),
        (0, "0 of 15 pairs are in the", '= "question, explosion, treaty, announcement, refusal, promise"'),
        (2.5, "14 of 15 pairs are in the", '= "promise, refusal, announcement, treaty, question, explosion"'),
        (2.5, '"speech" does not', '= "promise, refusal, announcement, treaty, explosion, question, speech"'),
        (0, "A set has no order;", '= set("promise refusal announcement treaty explosion question".split())'),
    ],
})
# fmt: on
