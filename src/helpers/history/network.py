"""List who wrote to whom and who is named with whom, as frames of edges or as graphs.

The frames need only pandas.  The graphs are networkx graphs, and networkx is loaded when you make one.
"""

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.corpus import loaders
from helpers.validation import has_any, need, split_keys

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
    """List who wrote to whom, with one row for each letter, sender and recipient.

    Parameters
    ----------
    letters
        The table of letters: `letter_id`, `sender`, `recipient` (keys or names, several with `|`
        between) and, if you use these options, `mentioned_in`, `medium`, `same_as`; by default the letters
        that the two documents name.
    documents
        Only letters that these documents mention.
    media
        Only letters in these media: ``letter``, ``copy``, ``oral`` and so on.
    again
        Also keep a row that names the letter of another row again (`same_as`) with the same sender and
        recipient.  A copy for somebody else has a different recipient and is always kept.

    Returns
    -------
    DataFrame
        `source`, `target`, `letter_id`, and those of `medium`, `written`, `delivered` and `certainty` that
        the letters have.  A letter without a recipient, such as a published article, has no edge.

    Raises
    ------
    ValueError
        If a column is missing, or no letter has such a document or medium.

    Examples
    --------
    >>> letters = pd.DataFrame({"letter_id": ["five-parties"], "sender": ["a | b"], "recipient": ["c"]})
    >>> list_letter_edges(letters).to_dict("split")["data"]
    [['a', 'c', 'five-parties'], ['b', 'c', 'five-parties']]
    """
    letters = loaders.load_letters() if letters is None else letters
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
    """List who is named with whom, with one row for each pair.

    Two names in one paragraph do not show a connection; the note-taker put them there.

    Parameters
    ----------
    mentions
        A frame with a row for each mention; by default those of the two documents.
    entity
        The column that says who is mentioned; by default the first of `entity_id`, `person_id`, `party_id`
        that the frame has.
    within
        The unit in which two must be named together: `paragraph_id` or `document_id`.
    least
        The smallest number of these units.

    Returns
    -------
    DataFrame
        `source`, `target` (in alphabetical order, because the edge has no direction), `n` (number of
        paragraphs or documents that name both), the most frequent first.

    Raises
    ------
    ValueError
        If a column is missing.

    Examples
    --------
    >>> mentions = pd.DataFrame({"paragraph_id": ["p1", "p1", "p2", "p2"], "entity_id": ["b", "a", "a", "a"]})
    >>> list_mention_edges(mentions).to_dict("split")["data"]
    [['a', 'b', 1]]
    """
    mentions = loaders.load_mentions() if mentions is None else mentions
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
    """Count the letters from each sender to each recipient.

    Parameters
    ----------
    edges
        As from :func:`list_letter_edges`.

    Returns
    -------
    DataFrame
        `source`, `target`, `n` (different letters), `letters` (list of their ids), the largest number first.

    Raises
    ------
    ValueError
        If a column is missing.

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
    """Count the letters that each correspondent sent and received, and the partners.

    The numbers describe what two records mention, not the whole correspondence.

    Parameters
    ----------
    edges
        As from :func:`list_letter_edges`.

    Returns
    -------
    DataFrame
        `node`, `n_sent` and `n_received` (different letters), `n_recipients` and `n_senders` (different
        partners), those with the most letters first.

    Raises
    ------
    ValueError
        If a column is missing.

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


def build_letter_graph(letters: pd.DataFrame | None = None, **options: Any) -> "nx.DiGraph":
    """Build a directed graph of the letters.

    Parameters
    ----------
    letters, **options
        As in :func:`list_letter_edges`.

    Returns
    -------
    networkx.DiGraph
        A node for each sender and recipient, and edges with `n` (number of letters) and `letters` (list of
        their ids).

    Raises
    ------
    ValueError
        As :func:`list_letter_edges`.
    ImportError
        If networkx is not installed.

    Examples
    --------
    >>> letters = pd.DataFrame({"letter_id": ["five-parties"], "sender": ["a | b"], "recipient": ["c"]})
    >>> build_letter_graph(letters).in_degree("c")
    2
    """
    return _graph(count_edges(list_letter_edges(letters, **options)), ["n", "letters"], directed=True)


def build_mention_graph(mentions: pd.DataFrame | None = None, **options: Any) -> "nx.Graph":
    """Build a graph of those who are named together.

    Parameters
    ----------
    mentions, **options
        As in :func:`list_mention_edges`.

    Returns
    -------
    networkx.Graph
        A node for each entity named with another one, and edges with `n` (number of paragraphs).

    Raises
    ------
    ValueError
        As :func:`list_mention_edges`.
    ImportError
        If networkx is not installed.

    Examples
    --------
    >>> mentions = pd.DataFrame({"paragraph_id": ["p1", "p1"], "entity_id": ["b", "a"]})
    >>> build_mention_graph(mentions).edges["a", "b"]
    {'n': 1}
    """
    return _graph(list_mention_edges(mentions, **options), ["n"], directed=False)


def _routes(edges: pd.DataFrame, letter: str) -> list[tuple[str, str, str]]:
    return list(zip(edges[letter], edges["source"], edges["target"], strict=True))


def _graph(edges: pd.DataFrame, attributes: list[str], *, directed: bool) -> "nx.Graph":
    try:
        import networkx as nx
    except ImportError:
        raise ImportError(
            "A graph needs networkx: run pip install networkx. For the edges as a frame, use "
            "list_letter_edges or list_mention_edges, which do not need it."
        ) from None
    graph = nx.DiGraph() if directed else nx.Graph()
    for row in edges.to_dict("records"):
        graph.add_edge(row["source"], row["target"], **{name: row[name] for name in attributes})
    return graph
