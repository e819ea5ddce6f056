"""Are the sentences that students code those of the cable, and is there something to discuss about them?"""

import re

import pandas as pd
from tests.exercises.test_exercises import cell, set_up

from helpers import find_data, load_sentences, load_speech_acts
from helpers.checks.questions.reading_a_record import TEN


def test_ten_sentences_are_the_same_everywhere():
    """Do the question, the set-up and the hidden test name the same sentences, in one order?"""
    sentences = load_sentences().set_index(["paragraph_id", "n"])["text"]
    asked = cell("reading-a-record", "question-ten-sentences-coded").source
    rows = re.findall(r"^\| \d+ \| \[¶ \d+\]\(#([^)]+)\) \| (.+) \|$", asked, re.MULTILINE)
    assert [(place, text.replace("“", '"')) for place, text in rows] == [(p, sentences[p, n]) for p, n in TEN]
    assert list(set_up("reading-a-record")["ten"].itertuples(index=False, name=None)) == TEN


def test_ten_sentences_are_worth_coding():
    """Do our codings differ on some of the ten, and agree on most?"""
    tables = [pd.read_csv(find_data(f"coding/{name}.csv")) for name in ("pass_a", "pass_c")]
    acts = [
        table.set_index(["paragraph_id", "n"])["act"].loc[TEN].to_list()
        for table in [*tables, load_speech_acts()]
    ]
    several = [len({*codes}) > 1 for codes in zip(*acts, strict=True)]
    assert 2 <= sum(several) <= 3


def test_acts_are_those_of_the_codebook():
    """Are the acts and what they mean in the question as in the codebook, in its order?"""
    asked = cell("reading-a-record", "question-ten-sentences-coded").source
    acts = re.findall(r"^\| `(\w+)` \| (.+) \|$", asked, re.MULTILINE)
    codebook = find_data("README.md").read_text(encoding="utf-8")
    listed = re.findall(
        r"^\| `(\w+)` \| (.+) \|$", codebook.partition("### Acts")[2].partition("### Topics")[0], re.M
    )
    assert [act for act, _ in acts] == [act for act, _ in listed]
    for (act, short), (_, full) in zip(acts, listed, strict=True):
        assert set(re.findall(r"\w+", short)) <= set(re.findall(r"\w+", full)), act
