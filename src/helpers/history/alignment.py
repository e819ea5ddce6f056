"""Pair the paragraphs of two documents that share people, parties, letters or topics.

Two paragraphs that share a name need not speak of the same thing: a pair only tells you where to begin
reading.
"""

from collections.abc import Iterable
from numbers import Real

import pandas as pd

from helpers.corpus import loaders
from helpers.corpus.loaders import choose_documents
from helpers.references import home_of
from helpers.validation import need, need_known, need_number, need_texts, split_keys

KINDS = ("person", "party", "letter", "topic")
"""What two paragraphs can share."""

_COLUMNS = ["paragraph_id", "other_id", "shared", "kinds", "n_shared"]


def align_paragraphs(
    document_id: str = "deng-1962",
    other_id: str = "mao-1963",
    *,
    by: str | Iterable[str] = KINDS,
    min_shared: int = 1,
    max_share: float = 0.25,
    mentions: pd.DataFrame | None = None,
    letters: pd.DataFrame | None = None,
    speech_acts: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the pairs of paragraphs of two documents that share something.

    Parameters
    ----------
    document_id, other_id
        The two documents.
    by
        What may be shared: ``person`` and ``party`` (named in both), ``letter`` (both refer to it; a letter
        that two documents name differently counts as one when `same_as` says so), ``topic`` (of a speech
        act).
    min_shared
        The smallest number of shared things that makes a pair.
    max_share
        Leave out people and parties that are named in more than this share of the paragraphs of either
        document, because they do not distinguish one paragraph from another.  1 leaves out nobody.
    mentions, letters, speech_acts
        What :func:`helpers.load_mentions`, :func:`helpers.load_letters` and
        :func:`helpers.load_speech_acts` return; by default the tables of the two documents.

    Returns
    -------
    DataFrame
        `paragraph_id` (of the first document), `other_id` (of the other), `shared` (list of keys), `kinds`
        (list, the kind of each key), `n_shared`; the pairs that share most come first.

    Raises
    ------
    ValueError
        If a document or kind is unknown, a number is out of range, or a frame lacks a column.

    Examples
    --------
    >>> align_paragraphs(by="letter")[["paragraph_id", "other_id"]].values.tolist()[0]
    ['deng-1962-p04', 'mao-1963-p12']
    """
    wanted = need_known("kind", by, KINDS)
    need_number("`min_shared`", min_shared, least=1)
    if not isinstance(max_share, Real) or not 0 < max_share <= 1:
        raise ValueError(f"`max_share` is a share above 0 and up to 1, not {max_share!r}.")
    parts = []
    if {"person", "party"} & set(wanted):
        parts.append(_mentioned(mentions, (document_id, other_id), max_share))
    if "letter" in wanted:
        parts.append(_written(letters))
    if "topic" in wanted:
        parts.append(_spoken(speech_acts))
    keys = pd.concat(parts).drop_duplicates()
    keys = keys[keys["kind"].isin(wanted)]
    home = keys["paragraph_id"].map(home_of)
    need_known("document", (document_id, other_id), sorted({*choose_documents("all"), *home}))
    pairs = keys[home == document_id].merge(
        keys[home == other_id].rename(columns={"paragraph_id": "other_id"}), on=["kind", "key"]
    )
    rows = [
        (*pair, own["key"].to_list(), own["kind"].to_list(), len(own))
        for pair, own in pairs.groupby(["paragraph_id", "other_id"])
        if len(own) >= min_shared
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    order = (-frame["n_shared"]).sort_values(kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def _mentioned(mentions: pd.DataFrame | None, documents: tuple[str, str], max_share: float) -> pd.DataFrame:
    """Return who is named in which paragraph, without those who are named everywhere."""
    frame = loaders.load_mentions() if mentions is None else mentions
    need_texts(frame, "document_id", "paragraph_id", "entity_id", "kind")
    frame = frame[frame["document_id"].isin(documents)]
    found = frame[["document_id", "paragraph_id", "entity_id", "kind"]].drop_duplicates()
    lengths = loaders.load_paragraphs().groupby("document_id").size()
    lengths = lengths.reindex(documents).fillna(found.groupby("document_id")["paragraph_id"].nunique())
    share = found.groupby(["document_id", "entity_id"])["paragraph_id"].nunique().unstack(0).div(lengths)
    everywhere = share.index[(share > max_share).any(axis="columns")]
    found = found[~found["entity_id"].isin(everywhere)]
    return found.rename(columns={"entity_id": "key"})[["paragraph_id", "kind", "key"]]


def _written(letters: pd.DataFrame | None) -> pd.DataFrame:
    """Return which paragraph refers to which letter, under one id for each letter."""
    frame = loaders.load_letters() if letters is None else letters
    need(frame, "letter_id", "mentioned_in", "same_as")
    need_texts(frame, "letter_id")
    is_same = [isinstance(other, str) and other != "" for other in frame["same_as"]]
    same = frame["same_as"].where(is_same, frame["letter_id"])
    places = frame.assign(key=same, paragraph_id=frame["mentioned_in"].map(split_keys))
    return (
        places.explode("paragraph_id")
        .dropna(subset="paragraph_id")
        .assign(kind="letter")[["paragraph_id", "kind", "key"]]
    )


def _spoken(speech_acts: pd.DataFrame | None) -> pd.DataFrame:
    frame = loaders.load_speech_acts() if speech_acts is None else speech_acts
    need_texts(frame, "paragraph_id", "topic")
    return frame.assign(kind="topic", key=frame["topic"])[["paragraph_id", "kind", "key"]]
