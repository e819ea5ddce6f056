"""Count terms: rates, places and dispersion.

Terms are matched as in :func:`helpers.text.concordance.concordance`, so you can read every count line by
line.  Lengths are in tokens; see :mod:`helpers.text.tokens`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.normalize import count_words, words
from helpers.text.concordance import Hits, WordIndex, index_words
from helpers.text.tokens import choose_paragraphs, count_tokens
from helpers.validation import need_one

REPORTING_VERBS = {
    verb: [verb]
    for verb in (
        *("said", "stated", "pointed out", "emphasized", "noted", "asked", "informed"),
        *("told", "answered", "mentioned", "repeated", "expressed", "proposed", "believes", "believed"),
    )
}
"""The verbs that introduce reported speech in the two records, in the forms that occur there."""

Terms = str | Iterable[str] | Mapping[str, str | Iterable[str]]

_QUOTED = re.compile(r'"[^"]*"')


def count_terms(
    terms: Terms,
    *,
    paragraphs: pd.DataFrame | None = None,
    by: str = "document",
    tokens: str = "whitespace",
    case_sensitive: bool = False,
) -> pd.DataFrame:
    """Count terms in each document, in total and per 1,000 tokens.

    Parameters
    ----------
    terms
        One term, several, or groups of forms by name: ``{"conference": ["conference", "conferences"]}``.
        An asterisk matches the rest of a word: ``critici*``.  Where two forms of a group overlap, they count
        once.
    paragraphs
        A frame with `document_id`, `paragraph_id` and `text`; by default the corrected reading.
    by
        ``document`` or ``paragraph``.
    tokens
        The tokenization for lengths and rates; the counts of terms do not depend on it.
    case_sensitive
        Distinguish capital and small letters.

    Returns
    -------
    DataFrame
        `document_id`, and with ``by="paragraph"`` `paragraph_id`; `term`, `n`, `n_tokens`, `per_1000`
        (missing where there are no tokens).  Terms that do not occur have a row with 0.

    Raises
    ------
    ValueError
        If no term is given, the tokenization or `by` is unknown, or the frame lacks a column or a cell.

    Examples
    --------
    >>> count_terms({"conference": ["conference", "conferences"]}).round(1).to_dict("split")["data"]
    [['deng-1962', 'conference', 23, 1362, 16.9], ['mao-1963', 'conference', 1, 1515, 0.7]]
    """
    need_one("unit", by, ("document", "paragraph"))
    frame, groups = choose_paragraphs(paragraphs), _groups(terms)
    keys = ["document_id"] if by == "document" else ["document_id", "paragraph_id"]
    # Arrays and not columns, because a term may have the name of a column.
    home = frame.groupby(keys, sort=False).ngroup().to_numpy(np.intp)
    units = frame[keys].drop_duplicates(ignore_index=True)
    index, n_units, n_terms = index_words(paragraphs), len(units), len(groups)
    n = [
        np.bincount(home[_places(forms, index, case_sensitive).rows.astype(np.intp)], minlength=n_units)
        for forms in groups.values()
    ]
    n_tokens = np.bincount(home, count_tokens(frame["text"], tokens), n_units).astype(np.int64)
    long = units.loc[units.index.repeat(n_terms)].reset_index(drop=True)
    long["term"] = [*groups] * n_units
    long["n"], long["n_tokens"] = np.array(n).T.ravel().astype(np.int64), n_tokens.repeat(n_terms)
    long["per_1000"] = 1000 * long["n"] / long["n_tokens"].where(long["n_tokens"] > 0)
    return long


def list_occurrences(
    terms: Terms, *, paragraphs: pd.DataFrame | None = None, case_sensitive: bool = False
) -> pd.DataFrame:
    """Return every place where terms occur, with its position in the document.

    Parameters
    ----------
    terms, paragraphs, case_sensitive
        As in :func:`count_terms`.

    Returns
    -------
    DataFrame
        `document_id`, `paragraph_id`, `term`, `start` and `end` (offsets in the paragraph's text), `n_before`
        (words of the document before it, split at white space), in the order of the documents.

    Raises
    ------
    ValueError
        As :func:`count_terms`.

    Examples
    --------
    >>> list_occurrences("Albania").groupby("paragraph_id").size().to_dict()
    {'mao-1963-p13': 2, 'mao-1963-p20': 2}
    """
    frame, groups = choose_paragraphs(paragraphs), _groups(terms)
    index = index_words(paragraphs)
    lengths = pd.Series([len(words(text)) for text in frame["text"]], frame.index, dtype="int64")
    before = (lengths.groupby(frame["document_id"], sort=False).cumsum() - lengths).to_list()
    homes, texts = frame["document_id"].to_list(), frame["text"].to_list()
    ids = frame["paragraph_id"].to_list()
    rows = []
    for name, forms in groups.items():
        places = _places(forms, index, case_sensitive)
        for row, start, end in zip(*(part.tolist() for part in places), strict=True):
            n_before = before[row] + len(words(texts[row][:start]))
            rows.append((row, start, homes[row], ids[row], name, start, end, n_before))
    rows.sort(key=lambda found: found[:2])
    columns = ["document_id", "paragraph_id", "term", "start", "end", "n_before"]
    return pd.DataFrame([found[2:] for found in rows], columns=columns)


def count_reporting_verbs(
    *,
    paragraphs: pd.DataFrame | None = None,
    verbs: Terms = REPORTING_VERBS,
    tokens: str = "whitespace",
) -> pd.DataFrame:
    """Return how often each reporting verb occurs in each document.

    The note-taker and the translator chose the verbs, so they do not show who spoke forcefully.  Every
    occurrence counts, even one that reports no speech, such as *was also informed*.

    Parameters
    ----------
    paragraphs, tokens
        As in :func:`count_terms`.
    verbs
        Verbs or groups of forms; by default :data:`REPORTING_VERBS`.

    Returns
    -------
    DataFrame
        As from :func:`count_terms`, with `verb` instead of `term`; the most frequent verbs come first.

    Examples
    --------
    >>> count_reporting_verbs().query("verb == 'pointed out'")["n"].to_list()
    [0, 6]
    """
    counted = count_terms(verbs, paragraphs=paragraphs, tokens=tokens).rename(columns={"term": "verb"})
    total = counted.groupby("verb")["n"].transform("sum")
    order = (-total).sort_values(kind="stable").index
    return counted.loc[order].sort_values("document_id", kind="stable").reset_index(drop=True)


def measure_dispersion(
    terms: Terms,
    *,
    paragraphs: pd.DataFrame | None = None,
    tokens: str = "whitespace",
    case_sensitive: bool = False,
) -> pd.DataFrame:
    """Measure how evenly terms are spread over the paragraphs of each document.

    There are two measures.  Juilland's D compares the rates in the paragraphs: D = 1 - V / sqrt(k - 1), where
    k is the number of paragraphs and V the standard deviation of the k rates divided by their mean; 1 is
    perfectly even, and 0 means that one paragraph has all occurrences.  Gries's DP compares each paragraph's
    share of the occurrences with its share of the document's length, and is half the sum of the absolute
    differences; 0 is perfectly even, and values near 1 are very uneven.

    Parameters
    ----------
    terms, paragraphs, tokens, case_sensitive
        As in :func:`count_terms`.

    Returns
    -------
    DataFrame
        `document_id`, `term`, `n`, `n_paragraphs`, `n_paragraphs_with` (those where it occurs), `juilland_d`
        (missing where the term does not occur or there is one paragraph), `gries_dp` (missing where it does
        not occur).  Paragraphs without tokens are left out.

    Raises
    ------
    ValueError
        As :func:`count_terms`.

    Examples
    --------
    >>> measure_dispersion({"conference": ["conference", "conferences"]}).round(2).to_dict("split")["data"][0]
    ['deng-1962', 'conference', 23, 19, 7, 0.67, 0.39]
    """
    counted = count_terms(
        terms, paragraphs=paragraphs, by="paragraph", tokens=tokens, case_sensitive=case_sensitive
    )
    groups = counted[counted["n_tokens"] > 0].groupby(["document_id", "term"], sort=False)
    rows = [
        (*key, int(group["n"].sum()), len(group), int((group["n"] > 0).sum()), *_dispersion(group))
        for key, group in groups
    ]
    columns = ["document_id", "term", "n", "n_paragraphs", "n_paragraphs_with", "juilland_d", "gries_dp"]
    return pd.DataFrame(rows, columns=columns)


def count_quoted_words(*, paragraphs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count the words inside quotation marks.

    The marks do not show that a quotation is faithful, because the note-taker put them there.

    Parameters
    ----------
    paragraphs
        As in :func:`count_terms`.

    Returns
    -------
    DataFrame
        `document_id`, `n_quoted` and `n_words` (split at white space; an ellipsis between spaces is one),
        `share` (from 0 to 1; missing where there are no words).  A mark that is not closed in its paragraph
        is ignored.

    Raises
    ------
    ValueError
        If the frame lacks a column or a cell.

    Examples
    --------
    >>> count_quoted_words()["n_quoted"].to_list()
    [84, 88]
    """
    frame = choose_paragraphs(paragraphs)
    straight = frame["text"].astype("str").str.replace("[“”„‟＂]", '"', regex=True)
    inside = [" ".join(_QUOTED.findall(text)).replace('"', " ") for text in straight]
    parts = frame[["document_id"]].assign(
        n_quoted=list(map(count_words, inside)), n_words=list(map(count_words, frame["text"]))
    )
    summed = parts.groupby("document_id", sort=False, as_index=False).sum()
    summed["share"] = summed["n_quoted"] / summed["n_words"].where(summed["n_words"] > 0)
    return summed


def _groups(terms: Terms) -> dict[str, list[str]]:
    """Return the forms of each term by its name."""
    groups = terms if isinstance(terms, Mapping) else {term: term for term in _several(terms)}
    found = {name: _several(forms) for name, forms in groups.items()}
    if not found:
        raise ValueError("There is nothing to count: give at least one term.")
    for name, forms in found.items():
        if not forms or not all(isinstance(form, str) and form.strip(" *") for form in forms):
            raise ValueError(f"The term {name!r} needs forms of at least one letter each.")
    return found


def _several(value: object) -> list[Any]:
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else [value]


def _places(forms: list[str], index: WordIndex, case_sensitive: bool) -> Hits:
    """Return every place where one of the forms occurs; where two overlap, the first and longest."""
    places = [index.find(form, case_sensitive=case_sensitive) for form in forms]
    if len(places) == 1:
        return places[0]
    spans = sorted(
        (span for hits in places for span in zip(*(part.tolist() for part in hits), strict=True)),
        key=lambda span: (span[0], span[1], -span[2]),
    )
    kept: list[tuple[int, int, int]] = []
    for span in spans:
        if not kept or span[0] != kept[-1][0] or span[1] >= kept[-1][2]:
            kept.append(span)
    return Hits(*np.array(kept, np.int64).reshape(-1, 3).T)


def _dispersion(group: pd.DataFrame) -> tuple[float, float]:
    """Return Juilland's D and Gries's DP of one term in one document."""
    counts, lengths = group["n"].to_numpy(float), group["n_tokens"].to_numpy(float)
    if not counts.sum():
        return np.nan, np.nan
    rates = counts / lengths
    spread = 1 - rates.std() / rates.mean() / np.sqrt(len(rates) - 1) if len(rates) > 1 else np.nan
    # It is 0 at the least, but may be computed as a little less.
    return max(spread, 0.0), float(np.abs(counts / counts.sum() - lengths / lengths.sum()).sum() / 2)
