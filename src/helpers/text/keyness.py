"""Rank the words that set one text apart from another."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.text.tokens import cut_documents
from helpers.validation import need_one

SMOOTHING = 0.5
"""What is added to each count, so that the odds of a word that a text lacks are defined."""


def rank_keywords(
    document_id: str, *, paragraphs: pd.DataFrame | None = None, tokens: str = "letters", sort: str = "z"
) -> pd.DataFrame:
    """Rank the words that set one document apart from all others together.

    The measure is the logarithm of the odds ratio, with :data:`SMOOTHING` added to each of the four counts
    (the word and all other words, in the document and in the others) so that it is defined for a word that
    one side lacks.  It favors rare words.  Divided by its standard error (`z`) it favors frequent ones, and
    so does the log-likelihood ratio (`g2`, :func:`measure_keyness`).  The variance is the sum of the
    reciprocals of the four counts (Woolf, "On Estimating the Relation between Blood Group and Disease",
    Annals of Human Genetics 19, 1955); Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16,
    2008, use its two largest terms, and a prior in place of the constant.  With two texts,
    these numbers only describe the texts.  They are not tests of significance, because the words of a text
    are not independent of each other, and they mostly reflect names, genre and translator, not opinions.

    Parameters
    ----------
    document_id
        The document whose keywords you want.
    paragraphs, tokens
        As in :func:`helpers.count_terms`.
    sort
        ``z``, ``log_odds`` or ``g2``.  G2 is never negative, so with ``g2`` the words that are rarer in the
        document than in the others come after the others, the most extreme last.

    Returns
    -------
    DataFrame
        `word`, `n` and `n_reference` (counts in the document and in the others), `per_1000` and
        `per_1000_reference`, `log_odds` (natural logarithm; positive if the word is more frequent in
        `document_id`), `z`, `g2`.  The table has every word of both; words with equal values are in
        alphabetical order.

    Raises
    ------
    ValueError
        If the document or the order is unknown, or the document or the others have no words.

    Examples
    --------
    >>> rank_keywords("deng-1962").head(3)[["word", "n", "n_reference"]].to_dict("split")["data"]
    [['conference', 22, 1], ['deng', 19, 1], ['xiaoping', 18, 1]]
    """
    need_one("order", sort, ("z", "log_odds", "g2"))
    cut = cut_documents(paragraphs, tokens)
    need_one("document", document_id, cut)
    own = Counter(cut.pop(document_id))
    others = Counter(word for found in cut.values() for word in found)
    if not own or not others:
        lacking = "the other documents have" if own else "it has"
        raise ValueError(f"{document_id} cannot be compared, because {lacking} no words.")
    frame = pd.DataFrame({"word": sorted({*own, *others})})
    n, n_reference = (frame["word"].map(counts).fillna(0).astype("int64") for counts in (own, others))
    size, size_reference = own.total(), others.total()
    frame = frame.assign(n=n, n_reference=n_reference)
    frame["per_1000"], frame["per_1000_reference"] = 1000 * n / size, 1000 * n_reference / size_reference
    a, b, c, d = (cell + SMOOTHING for cell in (n, size - n, n_reference, size_reference - n_reference))
    frame["log_odds"] = np.log(a / b) - np.log(c / d)
    frame["z"] = frame["log_odds"] / np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    frame["g2"] = measure_keyness(n, n_reference, size=size, size_reference=size_reference)
    more = np.sign(frame["per_1000"] - frame["per_1000_reference"])
    # Rounded, so that words with the same counts are equal whatever the order of summation.
    order = -(frame["g2"] * more if sort == "g2" else frame[sort]).round(9)
    return frame.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def measure_keyness(
    n: float | Sequence[float] | np.ndarray | pd.Series,
    n_reference: float | Sequence[float] | np.ndarray | pd.Series,
    *,
    size: int,
    size_reference: int,
    cells: int = 2,
) -> np.ndarray:
    """Return the log-likelihood ratio G2 of words in a text and a reference.

    G2 compares the observed counts with those expected if both texts used the word at their common rate:
    G2 = 2 * sum(observed * ln(observed / expected)).  A count of 0 adds nothing.  With two cells the sum has
    terms for the word in the text and in the reference (Rayson and Garside, "Comparing Corpora using
    Frequency Profiling", 2000); with four cells it also has terms for all other words of both (Dunning,
    "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19, 1993).
    G2 grows with the size of the texts.  It is a test only if the words are independent of each other, and
    the words of one text are not.

    Parameters
    ----------
    n, n_reference
        The counts: numbers or columns of numbers.
    size, size_reference
        The length of the text and of the reference, in tokens.
    cells
        2 or 4.

    Returns
    -------
    ndarray
        G2 of each word, 0 or more.

    Raises
    ------
    ValueError
        If a count is negative or more than the length of its text, or `cells` is not 2 or 4.

    Examples
    --------
    >>> measure_keyness([392, 348], [170, 99], size=1_000_000, size_reference=1_000_000).round(1).tolist()
    [90.1, 147.0]
    """
    need_one("number of cells", cells, (2, 4))
    observed, other = np.asarray(n, float), np.asarray(n_reference, float)
    if not ((observed >= 0) & (observed <= size) & (other >= 0) & (other <= size_reference)).all():
        raise ValueError("A count is 0 or more, and not more than the length of its text.")
    total = observed + other
    share = size / (size + size_reference)
    table = [(observed, total * share), (other, total * (1 - share))]
    if cells == 4:
        rest = size + size_reference - total
        table += [(size - observed, rest * share), (size_reference - other, rest * (1 - share))]
    return 2 * np.sum([_times_log(*cell) for cell in table], axis=0)


def _times_log(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return observed * ln(observed / expected), which is 0 where nothing was observed."""
    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=observed > 0)
    return observed * np.log(ratio)
