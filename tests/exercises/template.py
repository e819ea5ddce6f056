"""Answers to the exercise `template` as students would write them, and what each must get.

Each answer is what stands in the answer cell, run after the set-up cell. `RIGHT` must get full points; `WRONG`
gives the points and a part of one of the reasons.
"""

# An answer stands on one line where it can, so that answers are easy to compare.
# ruff: noqa: E501

RIGHT = {
    "place-quoted": [],
    "words-counted": [],
}

WRONG = {
    "place-quoted": [],
    "words-counted": [],
}
