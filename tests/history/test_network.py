"""Do the edges say who wrote to whom and who is named with whom, and do the graphs say the same?"""

import subprocess
import sys

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import (
    build_letter_graph,
    build_mention_graph,
    count_correspondents,
    count_edges,
    list_letter_edges,
    list_mention_edges,
    load_letters,
    load_mentions,
)

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
MENTIONS = pd.DataFrame(
    [("p1", "d1", "mao"), ("p1", "d1", "deng"), ("p1", "d1", "mao"),
     ("p2", "d1", "mao"), ("p2", "d1", "deng"), ("p3", "d2", "mao"), ("p3", "d2", "liu"), ("p3", "d2", "")],
    columns=["paragraph_id", "document_id", "entity_id"],
)  # fmt: skip


def test_edges():
    """Is there one edge for each letter, sender and recipient, and none where nobody is addressed?"""
    edges = list_letter_edges(LETTERS)
    assert list(edges.columns) == ["source", "target", "letter_id", "medium"]
    assert len(edges) == 1 + 1 + 1 + 1 + 5 + 6
    assert set(edges["letter_id"]) == {"february", "april", "to-vietnam", "copy", "five", "stockholm"}


def test_the_same_letter_counts_once():
    """Is a letter that two documents name one edge, and a copy for somebody else another?"""
    assert "april-again" not in set(list_letter_edges(LETTERS)["letter_id"])
    assert "april-again" in set(list_letter_edges(LETTERS, again=True)["letter_id"])
    assert "copy" in set(list_letter_edges(LETTERS)["letter_id"])


def test_named_again_in_another_document():
    """Is a letter an edge of the document that names it again, when only that document is asked for?"""
    assert list_letter_edges(LETTERS, documents="mao-1963")["letter_id"].to_list() == ["april-again"]


def test_senders_to_the_chinese_party():
    """H20: which nine parties that Deng 1962 names wrote to the Chinese party?"""
    graph = build_letter_graph(LETTERS, documents="deng-1962", media="letter")
    assert set(graph.predecessors("ccp")) - {"Socialist parties"} == {
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


def test_letter_graph():
    """Has the graph the nodes, edges and weights of the frame?"""
    graph = build_letter_graph(LETTERS)
    assert isinstance(graph, nx.DiGraph)
    assert graph.edges["ccp", "cpsu"] == {"n": 2, "letters": ["april", "copy"]}
    assert graph.number_of_edges() == len(count_edges(list_letter_edges(LETTERS)))
    assert graph.in_degree("ccp") == 10


def test_mentions():
    """Is a pair counted once for each paragraph, or for each document?"""
    assert list_mention_edges(MENTIONS).to_dict("split")["data"] == [["deng", "mao", 2], ["liu", "mao", 1]]
    assert list_mention_edges(MENTIONS, within="document_id")["n"].to_list() == [1, 1]
    assert list_mention_edges(MENTIONS, least=2)["source"].to_list() == ["deng"]
    graph = build_mention_graph(MENTIONS)
    assert not graph.is_directed()
    assert graph.edges["mao", "deng"] == {"n": 2}


def test_other_names_of_columns():
    """Is the column of those mentioned found, or named by the caller?"""
    people = MENTIONS.rename(columns={"entity_id": "person_id"})
    assert len(list_mention_edges(people)) == 2
    spelled = MENTIONS.rename(columns={"entity_id": "spelling"})
    assert len(list_mention_edges(spelled, entity="spelling")) == 2


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("pqr"), st.sampled_from("abcd")), max_size=12))
def test_pairs(rows):
    """Are the pairs those of the paragraphs, however often and in whatever order somebody is named?"""
    mentions = pd.DataFrame(rows, columns=["paragraph_id", "entity_id"], dtype=object)
    named = {p: {e for q, e in rows if q == p} for p, _ in rows}
    for edge in list_mention_edges(mentions).itertuples():
        assert edge.source < edge.target
        assert edge.n == sum({edge.source, edge.target} <= who for who in named.values())
    assert list_mention_edges(mentions)["n"].sum() == sum(len(w) * (len(w) - 1) // 2 for w in named.values())


def test_nothing():
    """Do empty frames give empty edges and an empty graph?"""
    assert list_letter_edges(LETTERS.iloc[:0]).empty
    assert list_letter_edges(LETTERS.tail(1)).empty
    assert count_edges(list_letter_edges(LETTERS.tail(1))).empty
    assert count_correspondents(list_letter_edges(LETTERS.tail(1))).empty
    assert list_mention_edges(MENTIONS.iloc[:0]).empty
    assert build_mention_graph(MENTIONS.iloc[:0]).number_of_nodes() == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: list_letter_edges(LETTERS.drop(columns="sender")), "no column sender; it has letter_id"),
        (lambda: list_letter_edges(LETTERS, documents="deng-1961"), "it has deng-1962, mao-1963"),
        (lambda: list_letter_edges(LETTERS, media="fax"), "No row has fax in its column medium"),
        (lambda: list_mention_edges(MENTIONS, entity="name"), "no column name; it has paragraph_id"),
        (lambda: count_edges(MENTIONS), "no column source"),
    ],
)
def test_errors(call, message):
    """Does every wrong argument raise an error that says what is right?"""
    with pytest.raises(ValueError, match=message):
        call()


def test_graphs_need_networkx_and_edges_do_not():
    """Do the edges work where networkx is not installed, and does a graph then say what to do?"""
    code = """
import sys
sys.modules["networkx"] = None
import pandas as pd, helpers
letters = pd.DataFrame({"letter_id": ["l"], "sender": ["a"], "recipient": ["b"]})
print(len(helpers.list_letter_edges(letters)))
try:
    helpers.build_letter_graph(letters)
except ImportError as error:
    print(error)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("1\nA graph needs networkx: run pip install networkx.")


def test_own_tables_are_the_default():
    """Are the letters and mentions of the two documents taken when none are given?"""
    pd.testing.assert_frame_equal(list_letter_edges(), list_letter_edges(load_letters()))
    pd.testing.assert_frame_equal(list_mention_edges(), list_mention_edges(load_mentions()))
    assert build_letter_graph().number_of_edges() == len(count_edges(list_letter_edges()))
    assert build_mention_graph().number_of_edges() == len(list_mention_edges())
