"""Do the edges say who wrote to whom?"""

import pandas as pd

from helpers import count_correspondents, count_edges, list_letter_edges, load_letters

FIVE = "indonesia | vietnam | great-britain | sweden | new-zealand"
STOCKHOLM = "great-britain | sweden | Socialist parties | france | west-germany | finland"
# The letters of the two documents in miniature, with short names.
LETTERS = pd.DataFrame(
    [
        ("february", "cpsu", "ccp", "letter", "", "deng-1962-p04 | deng-1962-p07"),
        ("april", "ccp", "cpsu", "letter", "", "deng-1962-p04"),
        ("to-vietnam", "ccp", "vietnam", "letter", "", "deng-1962-p04"),
        ("copy", "ccp", "cpsu", "copy", "to-vietnam", "deng-1962-p04"),
        ("five", FIVE, "ccp", "letter", "", "deng-1962-p05"),
        ("stockholm", STOCKHOLM, "ccp", "letter", "", "deng-1962-p13"),
        ("april-again", "ccp", "cpsu", "letter", "april", "mao-1963-p12"),
        ("three", "indonesia | vietnam | new-zealand", "", "unknown", "", "mao-1963-p12"),
        ("articles", "cpsu", "", "article", "", "mao-1963-p06"),
    ],
    columns=["letter_id", "sender", "recipient", "medium", "same_as", "mentioned_in"],
)


def test_edges():
    """Is there one edge for each letter, sender and recipient, and none where nobody is addressed?"""
    edges = list_letter_edges(LETTERS)
    assert list(edges.columns) == ["source", "target", "letter_id", "medium"]
    assert len(edges) == 1 + 1 + 1 + 1 + 5 + 6
    assert set(edges["letter_id"]) == {"february", "april", "to-vietnam", "copy", "five", "stockholm"}


def test_the_same_letter_counts_once():
    """Is a letter that two documents name one edge, and a copy for somebody else another?"""
    assert "april-again" not in set(list_letter_edges(LETTERS)["letter_id"])
    assert "copy" in set(list_letter_edges(LETTERS)["letter_id"])


def test_named_again_in_another_document():
    """Is a letter an edge of the document that names it again, when only that document is asked for?"""
    assert list_letter_edges(LETTERS, documents="mao-1963")["letter_id"].to_list() == ["april-again"]


def test_senders_to_the_chinese_party():
    """H20: which nine parties that Deng 1962 names wrote to the Chinese party?"""
    edges = list_letter_edges(LETTERS, documents="deng-1962", media="letter")
    assert set(edges.loc[edges["target"] == "ccp", "source"]) - {"Socialist parties"} == {
        "cpsu", "indonesia", "vietnam", "great-britain", "sweden", "new-zealand", "france", "west-germany",
        "finland",
    }  # fmt: skip


def test_sets_of_senders():
    """H19: who asked for a conference in Deng 1962 and not in Mao 1963, and also wrote about Stockholm?"""
    senders = {row.letter_id: set(row.sender.split(" | ")) for row in LETTERS.itertuples()}
    assert senders["five"] - senders["three"] == {"great-britain", "sweden"}
    edges = list_letter_edges(LETTERS)
    both = edges[edges["letter_id"].isin(["five", "stockholm"])].groupby("source")["letter_id"].nunique()
    assert set(both[both == 2].index) == {"great-britain", "sweden"}


def test_lists_in_cells():
    """Does a loader that splits the cells get the same edges?"""
    split = LETTERS.assign(
        **{name: LETTERS[name].map(lambda cell: cell.split(" | ") if cell else [])
           for name in ("sender", "recipient", "mentioned_in")}
    )  # fmt: skip
    pd.testing.assert_frame_equal(list_letter_edges(split), list_letter_edges(LETTERS), check_dtype=False)
    assert len(list_letter_edges(split, documents="deng-1962")) == 15


def test_counts():
    """Do the counted edges and correspondents add up to the edges?"""
    edges = list_letter_edges(LETTERS)
    counted = count_edges(edges)
    assert counted["n"].sum() == len(edges)
    assert counted.iloc[0].to_dict() == {
        "source": "ccp",
        "target": "cpsu",
        "n": 2,
        "letters": ["april", "copy"],
    }
    nodes = count_correspondents(edges).set_index("node")
    assert nodes.index[0] == "ccp"
    assert nodes.loc["ccp"].to_list() == [3, 3, 2, 10]
    assert nodes["n_recipients"].sum() == nodes["n_senders"].sum() == len(counted)


def test_nothing():
    """Do empty frames give empty edges?"""
    assert list_letter_edges(LETTERS.iloc[:0]).empty
    assert list_letter_edges(LETTERS.tail(1)).empty
    assert count_edges(list_letter_edges(LETTERS.tail(1))).empty
    assert count_correspondents(list_letter_edges(LETTERS.tail(1))).empty


def test_own_tables_are_the_default():
    """Are the letters of the two documents taken when none are given?"""
    pd.testing.assert_frame_equal(list_letter_edges(), list_letter_edges(load_letters()))
