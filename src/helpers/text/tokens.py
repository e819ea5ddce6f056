"""Cut texts into tokens and measure their vocabulary.

No tokenization gives the one true length of a text, so the caller chooses it.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pandas as pd

from helpers.corpus import loaders
from helpers.normalize import bare, comparable, words
from helpers.validation import need_number, need_one, need_texts

TOKENIZATIONS = {
    "whitespace": None,
    "letters": re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*"),
    "alphanumeric": re.compile(r"[^\W_]+(?:'[^\W_]+)*"),
}
"""Ways to split a text: at white space, or into words of letters, or of letters and digits.

An apostrophe inside a word belongs to it (*won't*, *Deng's*); a hyphen separates two words."""


def split_tokens(text: str, *, tokens: str = "whitespace") -> list[str]:
    """Return the tokens of a text in comparable form, without the punctuation around them.

    Parameters
    ----------
    text
        Any text.
    tokens
        ``whitespace`` (split at white space and strip punctuation, but keep a token that is only
        punctuation), ``letters`` or ``alphanumeric``; see :data:`TOKENIZATIONS`.

    Returns
    -------
    list of str
        In the order of the text.

    Raises
    ------
    ValueError
        If the tokenization is unknown.

    Examples
    --------
    >>> split_tokens("Deng's letter of 7 April - the first.", tokens="letters")
    ["deng's", 'letter', 'of', 'april', 'the', 'first']
    """
    need_one("tokenization", tokens, TOKENIZATIONS)
    pattern = TOKENIZATIONS[tokens]
    if pattern is None:
        return [bare(word) or comparable(word) for word in words(text)]
    return pattern.findall(comparable(text))


def choose_paragraphs(paragraphs: pd.DataFrame | None) -> pd.DataFrame:
    """Return the paragraphs to count in, by default those of the chapters, with rows numbered from 0.

    Raises
    ------
    ValueError
        If the frame lacks `document_id`, `paragraph_id` or `text`, or a cell in one of these columns.
    """
    frame = loaders.load_paragraphs() if paragraphs is None else paragraphs
    need_texts(frame, "document_id", "paragraph_id", "text")
    return frame.reset_index(drop=True)


def count_tokens(texts: Iterable[str], tokens: str) -> np.ndarray:
    """Return the number of tokens of each text, faster than by cutting them."""
    need_one("tokenization", tokens, TOKENIZATIONS)
    pattern = TOKENIZATIONS[tokens]
    cut = words if pattern is None else (lambda text: pattern.findall(comparable(text)))
    return np.array([len(cut(text)) for text in texts], np.int64)


def cut_documents(paragraphs: pd.DataFrame | None, tokens: str) -> dict[str, list[str]]:
    """Return the tokens of every document, by its id."""
    need_one("tokenization", tokens, TOKENIZATIONS)
    frame = choose_paragraphs(paragraphs)
    cut: dict[str, list[str]] = {}
    for document_id, text in zip(frame["document_id"], frame["text"], strict=True):
        cut.setdefault(document_id, []).extend(split_tokens(text, tokens=tokens))
    return cut


def measure_vocabulary(
    *, paragraphs: pd.DataFrame | None = None, tokens: str = "whitespace", window: int = 500
) -> pd.DataFrame:
    """Measure the size of each document's vocabulary.

    The type-token ratio falls as a text grows, because words are repeated, so compare it only at equal
    length: `mattr` is the mean over all windows of one length (:func:`measure_mattr`).  Even so, the ratio
    depends on genre and translator as much as on the speaker.

    Parameters
    ----------
    paragraphs, tokens
        As in :func:`count_terms`.
    window
        The length of the windows of `mattr`, in tokens.

    Returns
    -------
    DataFrame
        `document_id`, `n_tokens`, `n_types` (different tokens in comparable form), `n_hapax` (types that
        occur once: hapax legomena), `ttr` (types divided by tokens; missing where there is no token), `mattr`
        (missing where a document is shorter than the window).

    Raises
    ------
    ValueError
        If the tokenization is unknown, the frame lacks a column or a cell, or the window is less than 1.

    Examples
    --------
    >>> measure_vocabulary(tokens="alphanumeric").round(3)[["n_tokens", "n_types", "ttr"]].values.tolist()
    [[1367.0, 414.0, 0.303], [1521.0, 451.0, 0.297]]
    """
    need_number("The window", window, least=1)
    rows = []
    for document_id, found in cut_documents(paragraphs, tokens).items():
        counts = Counter(found)
        ttr = len(counts) / len(found) if found else np.nan
        n_hapax = sum(n == 1 for n in counts.values())
        rows.append((document_id, len(found), len(counts), n_hapax, ttr, measure_mattr(found, window=window)))
    return pd.DataFrame(rows, columns=["document_id", "n_tokens", "n_types", "n_hapax", "ttr", "mattr"])


def measure_mattr(tokens: Iterable[str], *, window: int = 500) -> float:
    """Return the moving-average type-token ratio (MATTR) of a list of tokens.

    A window moves through the text one token at a time: tokens 1 to 500, 2 to 501, and so on.  MATTR is the
    mean of the type-token ratios of all windows (Covington and McFall, "Cutting the Gordian Knot", Journal of
    Quantitative Linguistics 17, 2010).  Unlike the plain ratio, it does not fall with the length of a text.
    Values for different windows cannot be compared.

    Parameters
    ----------
    tokens
        The tokens in the order of the text, as from :func:`split_tokens`.
    window
        The length of the window, 1 or more.

    Returns
    -------
    float
        From 0 to 1; NaN if there are fewer tokens than the window needs.

    Raises
    ------
    ValueError
        If the window is not a whole number of 1 or more.

    Examples
    --------
    >>> round(measure_mattr(["to", "be", "or", "not", "to", "be"], window=5), 2)
    0.8
    """
    window = need_number("The window", window, least=1)
    types = pd.Series(pd.factorize(np.array(list(tokens), dtype=object))[0], dtype="int64")
    n_windows = len(types) - window + 1
    if n_windows < 1:
        return float("nan")
    at = np.arange(len(types), dtype=np.int64)
    before = pd.Series(at).groupby(types).shift(fill_value=-1).to_numpy(np.int64)
    # A token is new in each window that contains it and starts after the previous token of its type.
    first, last = np.maximum(before, at - window) + 1, np.minimum(at, n_windows - 1)
    return float(np.maximum(last - first + 1, 0).sum() / n_windows / window)


def compare_vocabularies(
    *, paragraphs: pd.DataFrame | None = None, tokens: str = "whitespace"
) -> pd.DataFrame:
    """Measure how much vocabulary each pair of documents shares.

    Shared words do not show shared opinions: most of them are the most common words of the language.

    Parameters
    ----------
    paragraphs, tokens
        As in :func:`count_terms`.

    Returns
    -------
    DataFrame
        `document_id`, `other_id`, `n_shared` (types in both), `n_union` (types in one or both), `jaccard`
        (the first divided by the second; missing where there are no types); one row for each pair.

    Raises
    ------
    ValueError
        If the tokenization is unknown, or the frame lacks a column or a cell.

    Examples
    --------
    >>> compare_vocabularies(tokens="alphanumeric").round(2).to_dict("split")["data"]
    [['deng-1962', 'mao-1963', 152, 713, 0.21]]
    """
    types = {name: set(found) for name, found in cut_documents(paragraphs, tokens).items()}
    rows = [
        (one, other, len(types[one] & types[other]), len(types[one] | types[other]))
        for one, other in combinations(types, 2)
    ]
    frame = pd.DataFrame(rows, columns=["document_id", "other_id", "n_shared", "n_union"])
    return frame.assign(jaccard=frame["n_shared"] / frame["n_union"].where(frame["n_union"] > 0))
