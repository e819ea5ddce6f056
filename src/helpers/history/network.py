"""List who wrote to whom, as the edges of a network."""

from collections.abc import Iterable

import pandas as pd

from helpers.corpus import loaders
from helpers.references import home_of
from helpers.validation import has_any, need, need_texts, split_keys

_LETTER_COLUMNS = ("letter_id", "sender", "recipient")
_KEPT = ("medium", "written", "delivered", "certainty")


def list_letter_edges(
    letters: pd.DataFrame | None = None,
    *,
    documents: str | Iterable[str] | None = None,
    media: str | Iterable[str] | None = None,
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

    Returns
    -------
    DataFrame
        `source`, `target`, `letter_id`, and those of `medium`, `written`, `delivered` and `certainty` that
        the letters have.  A letter without a recipient, such as a published article, has no edge, and neither
        has a row that names the letter of another row again (`same_as`) with the same sender and recipient.

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
    need_texts(letters, "letter_id")
    letters = letters.reset_index(drop=True)
    keep = pd.Series(True, letters.index)
    if documents is not None:
        need(letters, "mentioned_in")
        places = letters["mentioned_in"].map(split_keys)
        keep &= has_any(places.map(lambda ids: list(map(home_of, ids))), "document", documents)
    if media is not None:
        need(letters, "medium")
        keep &= has_any(letters["medium"].map(split_keys), "medium", media)
    kept = [name for name in _KEPT if name in letters.columns]
    ends = {"source": letters["sender"].map(split_keys), "target": letters["recipient"].map(split_keys)}
    frame = letters[keep].assign(**ends)
    edges = frame.explode("source").explode("target").dropna(subset=["source", "target"])
    if "same_as" in edges.columns:
        routes = set(_routes(edges, "letter_id"))
        edges = edges.loc[[route not in routes for route in _routes(edges, "same_as")]]
    return edges[["source", "target", "letter_id", *kept]].reset_index(drop=True)


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
    need_texts(edges, "source", "target", "letter_id")
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
    need_texts(edges, "source", "target", "letter_id")
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


def _routes(edges: pd.DataFrame, letter: str) -> list[tuple[str, str, str]]:
    return list(zip(edges[letter], edges["source"], edges["target"], strict=True))
