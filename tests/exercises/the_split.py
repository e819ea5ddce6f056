"""Answers to the exercise `the-split` as students would write them, and what each must get.

Each answer is what stands in the answer cell, run after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

from tests.exercises.writings import choices, items

# An answer stands on one line where it can, so that answers are easy to compare.
# ruff: noqa: E501

RIGHT = {
    "early-steps-in-order": [
        *items("answer_early_steps", ["Belgrade", "speech", "promise", "camp", "joke", "article"]),
        'answer_early_steps = "Belgrade, Stalin, sample bomb, head of the camp, joke, Lenin"',
        'answer_early_steps = "belgrad, speach, promise, camp, joke, artcle"',
        'answer_early_steps = "1. Belgrade, 2. speech, 3. promise, 4. camp, 5. joke, 6. article"',
    ],
    "between-the-talks": [
        *items("answer_between", ["a", "b", "e", "g", "k", "l"]),
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
        "answer_asked = '5 April 1962'; answer_told = '22 March 1969'",
        "answer_asked = 'April 5, 1962'; answer_told = 'March 22, 1969'",
        "answer_asked = '1962-04-05'; answer_told = '1969-03-22'",
        "answer_asked = '5th of April 1962'; answer_told = '22nd March 1969'",
        "answer_asked = '5 Apr 1962'; answer_told = '22 Mar. 1969'",
        "answer_asked = '1962/4/5'; answer_told = '1969/3/22'",
        "answer_asked = 'Thursday, 5 April 1962'; answer_told = 'Saturday, 22 March 1969'",
        "answer_asked = '19620405'; answer_told = '19690322'",
        "answer_asked = '5 april 1962.'; answer_told = '22 march 1969'",
        "answer_asked = ['5 April 1962']; answer_told = ['22 March 1969']",
        "import datetime as dt\nanswer_asked = dt.date(1962,4,5); answer_told = dt.date(1969,3,22)",
    ],
    "sentences-both-accept": [
        *choices("answer_sentences", {"fighting": "2", "talks": "4", "specialists": "1"}),
        "answer_sentences = {'fighting': 2, 'talks': 4, 'specialists': 1}",
    ],
    "bomb-in-order": [
        *items("answer_bomb", ["promise", "refusal", "announcement", "treaty", "explosion", "question"]),
        'answer_bomb = "Promise, Refusal, Announcment, Treaty, Explosion, Question"',
        'answer_bomb = "1) promise, 2) refusal, 3) announcement, 4) treaty, 5) explosion, 6) question"',
        'answer_bomb = "promise refusal announcement treaty explosion question"',
    ],
}

WRONG = {
    "early-steps-in-order": [
        (
            0,
            "5 of 15 pairs are in the right order: no more than without reading.",
            'answer_early_steps = "article, Belgrade, camp, joke, promise, speech"',
        ),
        (
            0,
            "10 of 15 pairs are in the right order: no more than without reading.",
            'answer_early_steps = "speech, promise, joke, camp, Belgrade, article"',
        ),
        (
            0,
            "6 of 15 pairs are in the right order: no more than without reading.",
            'answer_early_steps = "joke, speech, camp, promise, article, Belgrade"',
        ),
        (
            2.5,
            "14 of 15 pairs are in the right order.",
            'answer_early_steps = "speech, Belgrade, promise, camp, joke, article"',
        ),
        (
            2.5,
            "14 of 15 pairs are in the right order.",
            'answer_early_steps = "Belgrade, speech, camp, promise, joke, article"',
        ),
        (
            1.5,
            "6 of 15 pairs are in the right order.",
            'answer_early_steps = "Belgrade, speech, promise, camp"',
        ),
        (
            2.5,
            "The same one comes twice.",
            'answer_early_steps = "Belgrade, speech, promise, camp, joke, article, article"',
        ),
        (0, '"1955" does not belong here.', 'answer_early_steps = "1955, 1956, 1957, 1957, 1958, 1960"'),
        (0, '"Moscow" does not belong here.', 'answer_early_steps = "Moscow, Beijing"'),
        (
            2.5,
            "14 of 15 pairs are in the right order.",
            'answer_early_steps = "Belgrade, speech, promise, camp, article, joke"',
        ),
        (
            1.5,
            '"treaty" does not belong here.',
            'answer_early_steps = "Belgrade, speech, promise, camp, joke, treaty"',
        ),
        (
            0,
            "9 of 15 pairs are in the right order: no more than without reading.",
            'answer_early_steps = "speech, camp, promise, joke, article, Belgrade"',
        ),
        (
            0,
            "A set keeps no order; give a list.",
            'answer_early_steps = set("Belgrade speech promise camp joke article".split())',
        ),
    ],
    "between-the-talks": [
        (0, '"c" does not belong here.', 'answer_between = "a, b, c, d, e, f, g, h, i, j, k, l"'),
        (0, '"c" does not belong here.', 'answer_between = "c, d, f, h, i, j"'),
        (2.5, "1 missing.", 'answer_between = "a, b, e, k, l"'),
        (2.5, '"i" does not belong here.', 'answer_between = "a, b, e, g, k, l, i"'),
        (2, '"i" does not belong here.', 'answer_between = "a, b, e, i, k, l"'),
        (0.5, "5 missing.", 'answer_between = "a"'),
        (2, '"j" does not belong here.', 'answer_between = "a, b, e, g, j, l"'),
        (0, '"yes" does not belong here.', 'answer_between = "yes"'),
        (0, '"m" does not belong here.', 'answer_between = "m, n"'),
        (0.5, '"c" does not belong here.', 'answer_between = "a, b, c"'),
    ],
    "sides-of-steps": [
        (
            2.5,
            "a: Find the sentence that tells this step: is a Chinese party or",
            "answer_sides = {'a': 'Beijing', 'b': 'disputed', 'c': 'Moscow', 'd': 'Moscow', 'e': 'Beijing', 'f': 'others'}",
        ),
        (
            2.5,
            "b: Find the sentence that tells this step: is a Soviet party or",
            "answer_sides = {'a': 'both', 'b': 'Moscow', 'c': 'Moscow', 'd': 'Moscow', 'e': 'Beijing', 'f': 'others'}",
        ),
        (
            2.5,
            "c: For a step of both, two sides must have done the same thing",
            "answer_sides = {'a': 'both', 'b': 'disputed', 'c': 'both', 'd': 'Moscow', 'e': 'Beijing', 'f': 'others'}",
        ),
        (
            2.5,
            "f: Find the sentence that tells this step: is a Chinese party or",
            "answer_sides = {'a': 'both', 'b': 'disputed', 'c': 'Moscow', 'd': 'Moscow', 'e': 'Beijing', 'f': 'Beijing'}",
        ),
        (
            2.5,
            "e: Look once more for the one who acts: does the step come from",
            "answer_sides = {'a': 'both', 'b': 'disputed', 'c': 'Moscow', 'd': 'Moscow', 'e': 'others', 'f': 'others'}",
        ),
        (
            2.5,
            "d: The story reports no quarrel about who took this step.",
            "answer_sides = {'a': 'both', 'b': 'disputed', 'c': 'Moscow', 'd': 'disputed', 'e': 'Beijing', 'f': 'others'}",
        ),
        (
            1.5,
            "a: Not answered yet.",
            "answer_sides = {'a': '', 'b': '', 'c': '', 'd': 'Moscow', 'e': 'Beijing', 'f': 'others'}",
        ),
        (
            2.5,
            'b: "Moscow or Beijing" is none of the options.',
            "answer_sides = {'a': 'both', 'b': 'Moscow or Beijing', 'c': 'Moscow', 'd': 'Moscow', 'e': 'Beijing', 'f': 'others'}",
        ),
        (
            0,
            "a: Find the sentence that tells this step: is a Soviet party or",
            "answer_sides = dict.fromkeys('abcdef', 'Moscow')",
        ),
        (
            0,
            "a: Find the sentence that tells this step: is a Chinese party or",
            "answer_sides = dict.fromkeys('abcdef', 'Beijing')",
        ),
        (
            0,
            "b: For a step of both, two sides must have done the same thing",
            "answer_sides = dict.fromkeys('abcdef', 'both')",
        ),
        (
            0,
            "a: Look once more for the one who acts: does the step come from",
            "answer_sides = dict.fromkeys('abcdef', 'others')",
        ),
        (
            0,
            "a: The story reports no quarrel about who took this step.",
            "answer_sides = dict.fromkeys('abcdef', 'disputed')",
        ),
        (
            2.5,
            'f: "Vietnam" is none of the options.',
            "answer_sides = {'a': 'both', 'b': 'disputed', 'c': 'Moscow', 'd': 'Moscow', 'e': 'Beijing', 'f': 'Vietnam'}",
        ),
    ],
    "wishes-matched": [
        (
            2.5,
            "f: Find the sentence of the story about this person or party in that",
            "answer_wishes = {'a': '1', 'b': '3', 'c': '5', 'd': '8', 'e': '4', 'f': '6'}",
        ),
        (
            2,
            "e: Find the sentence of the story about this person or party in that",
            "answer_wishes = {'a': '1', 'b': '3', 'c': '5', 'd': '8', 'e': '7', 'f': '4'}",
        ),
        (
            2.5,
            "a: Find the sentence of the story about this person or party in that",
            "answer_wishes = {'a': '2', 'b': '3', 'c': '5', 'd': '8', 'e': '4', 'f': '7'}",
        ),
        (
            2.5,
            "b: Find the sentence of the story about this person or party in that",
            "answer_wishes = {'a': '1', 'b': '9', 'c': '5', 'd': '8', 'e': '4', 'f': '7'}",
        ),
        (
            2.5,
            'c: "a treaty" is none of the options.',
            "answer_wishes = {'a': '1', 'b': '3', 'c': 'a treaty', 'd': '8', 'e': '4', 'f': '7'}",
        ),
        (
            2,
            "d: Find the sentence of the story about this person or party in that",
            "answer_wishes = {'a': '1', 'b': '3', 'c': '5', 'd': '4', 'e': '8', 'f': '7'}",
        ),
        (
            2.5,
            "a: Not answered yet.",
            "answer_wishes = {'a': '', 'b': '3', 'c': '5', 'd': '8', 'e': '4', 'f': '7'}",
        ),
        (
            0,
            "b: Find the sentence of the story about this person or party in that",
            "answer_wishes = dict.fromkeys('abcdef', '1')",
        ),
        (
            0,
            "a: Find the sentence of the story about this person or party in that",
            "answer_wishes = dict.fromkeys('abcdef', '8')",
        ),
        (
            0,
            "b: Find the sentence of the story about this person or party in that",
            "answer_wishes = dict(zip('abcdef', '123456'))",
        ),
        (
            0,
            "a: Find the sentence of the story about this person or party in that",
            "answer_wishes = dict(zip('abcdef', '987654'))",
        ),
    ],
    "causes-tested": [
        (
            2.5,
            "b: Which sentence of the chapter says so? That one step follows",
            "answer_causes = {'a': 'told', 'b': 'told', 'c': 'open', 'd': 'impossible', 'e': 'impossible', 'f': 'told'}",
        ),
        (
            2.5,
            "c: Which sentence of the chapter says so? That one step follows",
            "answer_causes = {'a': 'told', 'b': 'open', 'c': 'told', 'd': 'impossible', 'e': 'impossible', 'f': 'told'}",
        ),
        (
            2.5,
            "d: Read the sentences about both steps again, with their dates and",
            "answer_causes = {'a': 'told', 'b': 'open', 'c': 'open', 'd': 'open', 'e': 'impossible', 'f': 'told'}",
        ),
        (
            2.5,
            "e: Which sentence of the chapter says so? That one step follows",
            "answer_causes = {'a': 'told', 'b': 'open', 'c': 'open', 'd': 'impossible', 'e': 'told', 'f': 'told'}",
        ),
        (
            2.5,
            "a: Read the sentences about both steps again, with their dates and",
            "answer_causes = {'a': 'open', 'b': 'open', 'c': 'open', 'd': 'impossible', 'e': 'impossible', 'f': 'told'}",
        ),
        (
            2.5,
            "f: Write the two dates next to each other: does the cause really come",
            "answer_causes = {'a': 'told', 'b': 'open', 'c': 'open', 'd': 'impossible', 'e': 'impossible', 'f': 'impossible'}",
        ),
        (
            2.5,
            'a: "yes" is none of the options.',
            "answer_causes = {'a': 'yes', 'b': 'open', 'c': 'open', 'd': 'impossible', 'e': 'impossible', 'f': 'told'}",
        ),
        (
            2,
            "a: Not answered yet.",
            "answer_causes = {'a': '', 'b': '', 'c': 'open', 'd': 'impossible', 'e': 'impossible', 'f': 'told'}",
        ),
        (
            0,
            "b: Which sentence of the chapter says so? That one step follows",
            "answer_causes = dict.fromkeys('abcdef', 'told')",
        ),
        (
            0,
            "a: Read the sentences about both steps again, with their dates and",
            "answer_causes = dict.fromkeys('abcdef', 'open')",
        ),
        (
            0,
            "a: Write the two dates next to each other: does the cause really come",
            "answer_causes = dict.fromkeys('abcdef', 'impossible')",
        ),
    ],
    "days-worked-out": [
        (
            1,
            "Asked: This is the day of the talk. How long had he waited?",
            "answer_asked = '9 April 1962'; answer_told = '22 March 1969'",
        ),
        (
            1,
            "Asked: On this day he handed over the letter from Moscow, at the",
            "answer_asked = '1 March 1962'; answer_told = '22 March 1969'",
        ),
        (
            1,
            "Told: This is the day of the call. When did Zhou tell Mao about it?",
            "answer_asked = '5 April 1962'; answer_told = '21 March 1969'",
        ),
        (
            1,
            "Told: On this day the soldiers fought. How many days later did the",
            "answer_asked = '5 April 1962'; answer_told = '2 March 1969'",
        ),
        (
            0,
            "Asked: 4 April 1962 is not right.",
            "answer_asked = '4 April 1962'; answer_told = '23 March 1969'",
        ),
        (
            0,
            'Asked: "April 1962" is not a whole date: the day is missing.',
            "answer_asked = 'April 1962'; answer_told = 'March 1969'",
        ),
        (
            0,
            'Asked: "5 April" is not a whole date: the year is missing.',
            "answer_asked = '5 April'; answer_told = '22 March'",
        ),
        (
            0,
            "Asked: 5 April 1963 is not right.",
            "answer_asked = '5 April 1963'; answer_told = '22 March 1968'",
        ),
        (
            1,
            'Asked: In "5/4/1962" it is not clear which number is the month: write',
            "answer_asked = '5/4/1962'; answer_told = '22 March 1969'",
        ),
        (1, "Told: Not answered yet.", "answer_asked = '5 April 1962'; answer_told = ''"),
        (1, "Asked: Not answered yet.", "answer_asked = ''; answer_told = '22 March 1969'"),
        (
            1,
            'Asked: "5 or 9 April 1962" is not a date.',
            "answer_asked = '5 or 9 April 1962'; answer_told = '22 March 1969'",
        ),
    ],
    "sentences-both-accept": [
        (
            1.5,
            "fighting: Does the sentence blame a side, use the words of one side",
            "answer_sentences = {'fighting': '1', 'talks': '4', 'specialists': '1'}",
        ),
        (
            1.5,
            "talks: Does the sentence blame a side, use the words of one side",
            "answer_sentences = {'fighting': '2', 'talks': '2', 'specialists': '1'}",
        ),
        (
            1.5,
            "talks: Does the sentence blame a side, use the words of one side",
            "answer_sentences = {'fighting': '2', 'talks': '3', 'specialists': '1'}",
        ),
        (
            1.5,
            "specialists: Does the sentence blame a side, use the words of one",
            "answer_sentences = {'fighting': '2', 'talks': '4', 'specialists': '4'}",
        ),
        (
            0,
            "talks: Does the sentence blame a side, use the words of one side",
            "answer_sentences = {'fighting': '2', 'talks': '1', 'specialists': '2'}",
        ),
        (
            1.5,
            "fighting: Does the sentence blame a side, use the words of one side",
            "answer_sentences = {'fighting': '3', 'talks': '4', 'specialists': '1'}",
        ),
        (
            0,
            "fighting: Does the sentence blame a side, use the words of one side",
            "answer_sentences = {'fighting': '4', 'talks': '3', 'specialists': '1'}",
        ),
        (
            1,
            "fighting: Not answered yet.",
            "answer_sentences = {'fighting': '', 'talks': '', 'specialists': '1'}",
        ),
        (
            2,
            'fighting: "the second" is none of the options.',
            "answer_sentences = {'fighting': 'the second', 'talks': '4', 'specialists': '1'}",
        ),
        (
            0,
            "fighting: Does the sentence blame a side, use the words of one side",
            "answer_sentences = dict.fromkeys(['fighting','talks','specialists'], '1')",
        ),
        (
            0,
            "talks: Does the sentence blame a side, use the words of one side",
            "answer_sentences = dict.fromkeys(['fighting','talks','specialists'], '2')",
        ),
        (
            0,
            "fighting: Does the sentence blame a side, use the words of one side",
            "answer_sentences = dict.fromkeys(['fighting','talks','specialists'], '3')",
        ),
        (
            0,
            "fighting: Does the sentence blame a side, use the words of one side",
            "answer_sentences = dict.fromkeys(['fighting','talks','specialists'], '4')",
        ),
    ],
    "bomb-in-order": [
        (
            0,
            "8 of 15 pairs are in the right order: no more than without reading.",
            'answer_bomb = "announcement, explosion, promise, question, refusal, treaty"',
        ),
        (
            0,
            "7 of 15 pairs are in the right order: no more than without reading.",
            'answer_bomb = "treaty, refusal, question, promise, explosion, announcement"',
        ),
        (
            2.5,
            "14 of 15 pairs are in the right order.",
            'answer_bomb = "promise, refusal, treaty, announcement, explosion, question"',
        ),
        (
            2.5,
            "14 of 15 pairs are in the right order.",
            'answer_bomb = "promise, refusal, announcement, explosion, treaty, question"',
        ),
        (
            2,
            "12 of 15 pairs are in the right order.",
            'answer_bomb = "promise, announcement, treaty, explosion, refusal, question"',
        ),
        (
            2.5,
            "14 of 15 pairs are in the right order.",
            'answer_bomb = "refusal, promise, announcement, treaty, explosion, question"',
        ),
        (1, "3 of 15 pairs are in the right order.", 'answer_bomb = "promise, refusal, announcement"'),
        (
            0,
            "0 of 15 pairs are in the right order: no more than without reading.",
            'answer_bomb = "question, explosion, treaty, announcement, refusal, promise"',
        ),
        (
            2.5,
            "14 of 15 pairs are in the right order.",
            'answer_bomb = "promise, refusal, announcement, treaty, question, explosion"',
        ),
        (
            2.5,
            '"speech" does not belong here.',
            'answer_bomb = "promise, refusal, announcement, treaty, explosion, question, speech"',
        ),
        (
            0,
            "A set keeps no order; give a list.",
            'answer_bomb = set("promise refusal announcement treaty explosion question".split())',
        ),
    ],
}
