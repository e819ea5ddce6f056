"""Who wrote to whom, and who is named with whom: edges as frames, and the same as graphs.

The frames need nothing but pandas.  The graphs are networkx graphs, and networkx is loaded when one is made.
"""

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from helpers import corpus
from helpers.cells import has_any, need, split_keys

if TYPE_CHECKING:
    import networkx as nx

_LETTER_COLUMNS = ("letter_id", "sender", "recipient")
_KEPT = ("medium", "written", "delivered", "certainty")
_ENTITIES = ("entity_id", "person_id", "party_id")


def list_letter_edges(
    letters: pd.DataFrame | None = None,
    *,
    documents: str | Iterable[str] | None = None,
    media: str | Iterable[str] | None = None,
    again: bool = False,
) -> pd.DataFrame:
    """Return who wrote to whom, one row for each letter, sender and recipient.

    Parameters
    ----------
    letters
        The table of letters: `letter_id`, `sender`, `recipient` (keys or names, several with `` | ``
        between), and as needed `mentioned_in`, `medium`, `same_as`; those that the two documents name if
        none are given.
    documents
        Only letters that these documents mention.
    media
        Only letters in these media: ``letter``, ``copy``, ``oral`` and so on.
    again
        Also keep the edge of a row that names the letter of another row again (`same_as`) when it has the
        same sender and recipient.  A copy for somebody else has another recipient and is always kept.

    Returns
    -------
    DataFrame
        `source`, `target`, `letter_id`, and of `medium`, `written`, `delivered`, `certainty` those that
        the letters have.  A letter without a recipient, such as a published article, has no edge.

    Raises
    ------
    ValueError
        When a column is missing, or no letter has such a document or medium.

    Examples
    --------
    >>> letters = pd.DataFrame({"letter_id": ["five-parties"], "sender": ["a | b"], "recipient": ["c"]})
    >>> list_letter_edges(letters).to_dict("split")["data"]
    [['a', 'c', 'five-parties'], ['b', 'c', 'five-parties']]
    """
    letters = corpus.load_letters() if letters is None else letters
    need(letters, *_LETTER_COLUMNS)
    keep = pd.Series(True, letters.index)
    if documents is not None:
        need(letters, "mentioned_in")
        places = letters["mentioned_in"].map(split_keys)
        keep &= has_any(places.map(lambda ids: [place.rpartition("-")[0] for place in ids]), documents)
    if media is not None:
        need(letters, "medium")
        keep &= has_any(letters["medium"].map(split_keys), media)
    kept = [name for name in _KEPT if name in letters.columns]
    ends = {"source": letters["sender"].map(split_keys), "target": letters["recipient"].map(split_keys)}
    frame = letters[keep].assign(**ends)
    edges = frame.explode("source").explode("target").dropna(subset=["source", "target"])
    if not again and "same_as" in edges.columns:
        routes = set(_routes(edges, "letter_id"))
        edges = edges.loc[[route not in routes for route in _routes(edges, "same_as")]]
    return edges[["source", "target", "letter_id", *kept]].reset_index(drop=True)


def list_mention_edges(
    mentions: pd.DataFrame | None = None,
    *,
    entity: str | None = None,
    within: str = "paragraph_id",
    least: int = 1,
) -> pd.DataFrame:
    """Return who is named with whom, one row for each pair.

    To be named in one paragraph is not to be connected: the recorder put the names together.

    Parameters
    ----------
    mentions
        A frame with a row for each mention; those of the two documents if none is given.
    entity
        The column that says who is mentioned; the first of `entity_id`, `person_id`, `party_id` if none is
        given.
    within
        The column of what two must share: `paragraph_id` or `document_id`.
    least
        In how many of these they must be together.

    Returns
    -------
    DataFrame
        `source`, `target` (in alphabetical order: the edge has no direction), `n` (number of paragraphs or
        documents that name both, however often), the most frequent first.

    Raises
    ------
    ValueError
        When a column is missing.

    Examples
    --------
    >>> mentions = pd.DataFrame({"paragraph_id": ["p1", "p1", "p2", "p2"], "entity_id": ["b", "a", "a", "a"]})
    >>> list_mention_edges(mentions).to_dict("split")["data"]
    [['a', 'b', 1]]
    """
    mentions = corpus.load_mentions() if mentions is None else mentions
    entity = entity or next((name for name in _ENTITIES if name in mentions.columns), _ENTITIES[0])
    need(mentions, entity, within)
    named = mentions.loc[[isinstance(key, str) and key != "" for key in mentions[entity]]]
    pairs = [
        pair
        for _, group in named.groupby(within, sort=False)
        for pair in combinations(sorted(set(group[entity])), 2)
    ]
    edges = pd.DataFrame(pairs, columns=["source", "target"], dtype=mentions[entity].dtype)
    counted = edges.groupby(["source", "target"], as_index=False).size().rename(columns={"size": "n"})
    counted = counted[counted["n"] >= least].sort_values("n", ascending=False, kind="stable")
    return counted.reset_index(drop=True)


def count_edges(edges: pd.DataFrame) -> pd.DataFrame:
    """Return how many letters went from each sender to each recipient.

    Parameters
    ----------
    edges
        As from :func:`list_letter_edges`.

    Returns
    -------
    DataFrame
        `source`, `target`, `n` (different letters), `letters` (list of their ids), the most first.

    Raises
    ------
    ValueError
        When a column is missing.

    Examples
    --------
    >>> edges = pd.DataFrame({"source": ["a", "a"], "target": ["b", "b"], "letter_id": ["one", "two"]})
    >>> count_edges(edges).to_dict("split")["data"]
    [['a', 'b', 2, ['one', 'two']]]
    """
    need(edges, "source", "target", "letter_id")
    rows = [
        (*pair, group["letter_id"].nunique(), list(dict.fromkeys(group["letter_id"])))
        for pair, group in edges.groupby(["source", "target"], sort=False)
    ]
    counted = pd.DataFrame(rows, columns=["source", "target", "n", "letters"])
    return counted.sort_values("n", ascending=False, kind="stable").reset_index(drop=True)


def count_correspondents(edges: pd.DataFrame) -> pd.DataFrame:
    """Return how many letters everybody sent and received, and with how many others.

    The numbers describe what two records mention, not the correspondence as it was.

    Parameters
    ----------
    edges
        As from :func:`list_letter_edges`.

    Returns
    -------
    DataFrame
        `node`, `n_sent` and `n_received` (different letters), `n_recipients` and `n_senders` (different
        others to whom and from whom), those with the most letters first.

    Raises
    ------
    ValueError
        When a column is missing.

    Examples
    --------
    >>> edges = pd.DataFrame({"source": ["a", "b"], "target": ["c", "c"], "letter_id": ["one", "two"]})
    >>> count_correspondents(edges).iloc[0].to_dict()
    {'node': 'c', 'n_sent': 0, 'n_received': 2, 'n_recipients': 0, 'n_senders': 2}
    """
    need(edges, "source", "target", "letter_id")
    out, into = edges.groupby("source"), edges.groupby("target")
    columns = {
        "n_sent": out["letter_id"].nunique(),
        "n_received": into["letter_id"].nunique(),
        "n_recipients": out["target"].nunique(),
        "n_senders": into["source"].nunique(),
    }
    nodes = sorted({*edges["source"], *edges["target"]})
    frame = pd.DataFrame({name: counts.reindex(nodes, fill_value=0) for name, counts in columns.items()})
    frame = frame.rename_axis("node").reset_index()
    order = (-frame["n_sent"] - frame["n_received"]).sort_values(kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def build_letter_graph(letters: pd.DataFrame | None = None, **options) -> "nx.DiGraph":
    """Return the letters as a directed graph.

    Parameters
    ----------
    letters, **options
        As in :func:`list_letter_edges`.

    Returns
    -------
    networkx.DiGraph
        A node for each sender and recipient; an edge from one to the other with `n` (number of letters) and
        `letters` (list of their ids).

    Raises
    ------
    ValueError
        As :func:`list_letter_edges`.
    ImportError
        When networkx is not installed.

    Examples
    --------
    >>> letters = pd.DataFrame({"letter_id": ["five-parties"], "sender": ["a | b"], "recipient": ["c"]})
    >>> build_letter_graph(letters).in_degree("c")
    2
    """
    return _graph(count_edges(list_letter_edges(letters, **options)), ["n", "letters"], directed=True)


def build_mention_graph(mentions: pd.DataFrame | None = None, **options) -> "nx.Graph":
    """Return the mentions as a graph of those who are named together.

    Parameters
    ----------
    mentions, **options
        As in :func:`list_mention_edges`.

    Returns
    -------
    networkx.Graph
        A node for everybody who is named with somebody else; an edge with `n` (number of paragraphs).

    Raises
    ------
    ValueError
        As :func:`list_mention_edges`.
    ImportError
        When networkx is not installed.

    Examples
    --------
    >>> mentions = pd.DataFrame({"paragraph_id": ["p1", "p1"], "entity_id": ["b", "a"]})
    >>> build_mention_graph(mentions).edges["a", "b"]
    {'n': 1}
    """
    return _graph(list_mention_edges(mentions, **options), ["n"], directed=False)


def _routes(edges: pd.DataFrame, letter: str) -> list[tuple]:
    return list(zip(edges[letter], edges["source"], edges["target"], strict=True))


def _graph(edges: pd.DataFrame, attributes: list[str], *, directed: bool) -> "nx.Graph":
    try:
        import networkx as nx
    except ImportError:
        raise ImportError(
            "A graph needs networkx: run pip install networkx. The edges as a frame need nothing: use "
            "list_letter_edges or list_mention_edges."
        ) from None
    graph = nx.DiGraph() if directed else nx.Graph()
    for row in edges.to_dict("records"):
        graph.add_edge(row["source"], row["target"], **{name: row[name] for name in attributes})
    return graph
