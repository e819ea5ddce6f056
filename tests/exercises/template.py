"""Answers to the exercise `template` as students would write them, and what each must get.

Each answer is the text of the answer cell, which runs after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

# Each answer is on one line where possible, so that answers are easy to compare.
# ruff: noqa: E501

RIGHT = {
    "place-quoted": [],
    "words-counted": [],
}

WRONG = {
    "place-quoted": [],
    "words-counted": [],
}
