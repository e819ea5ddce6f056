"""Count words: rates, dispersion, vocabulary and keywords.

Terms are matched as in :func:`helpers.text.concordance.concordance`, so you can read every count line by
line.  Lengths are in tokens, and the caller chooses the tokenization, because no tokenization gives the one
true length.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from helpers.corpus import loaders
from helpers.normalize import bare, comparable, words
from helpers.text.concordance import Hits, WordIndex, index_words
from helpers.validation import need

TOKENIZATIONS = {
    "whitespace": None,
    "letters": re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*"),
    "alphanumeric": re.compile(r"[^\W_]+(?:'[^\W_]+)*"),
}
"""Ways to split a text: at white space, or into words of letters, or of letters and digits.

An apostrophe inside a word belongs to it (*won't*, *Deng's*); a hyphen separates two words."""

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
    pattern = _tokenization(tokens)
    if pattern is None:
        return [bare(word) or comparable(word) for word in words(text)]
    return pattern.findall(comparable(text))


def count_terms(
    terms: Terms,
    *,
    paragraphs: pd.DataFrame | None = None,
    by: str = "document",
    tokens: str = "whitespace",
    case: bool = False,
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
    case
        Distinguish capital and small letters.

    Returns
    -------
    DataFrame
        `document_id`, and with ``by="paragraph"`` `paragraph_id`; `term`, `n`, `n_tokens`, `per_1000`
        (missing where there are no tokens).  Terms that do not occur have a row with 0.

    Raises
    ------
    ValueError
        If no term is given, the tokenization or `by` is unknown, or the frame lacks a column.

    Examples
    --------
    >>> count_terms({"conference": ["conference", "conferences"]}).round(1).to_dict("split")["data"]
    [['deng-1962', 'conference', 23, 1362, 16.9], ['mao-1963', 'conference', 1, 1515, 0.7]]
    """
    frame = _paragraphs(paragraphs)
    keys = _division(by)
    lengths = _lengths(frame, tokens)
    counts = _counts(terms, frame, case)
    parts = pd.concat([frame[keys], lengths.rename("n_tokens"), counts], axis="columns")
    summed = parts.groupby(keys, sort=False, as_index=False).sum()
    long = summed.melt([*keys, "n_tokens"], list(counts.columns), var_name="term", value_name="n")
    # Document by document, with the terms in the order in which they were asked for.
    order = np.arange(len(long)).reshape(len(counts.columns), -1).T.ravel()
    long = long.take(order).reset_index(drop=True)
    long["per_1000"] = _rate(long["n"], long["n_tokens"])
    return long[[*keys, "term", "n", "n_tokens", "per_1000"]]


def list_occurrences(
    terms: Terms, *, paragraphs: pd.DataFrame | None = None, case: bool = False
) -> pd.DataFrame:
    """Return every place where terms occur, with its position in the document.

    Parameters
    ----------
    terms, paragraphs, case
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
    frame, groups = _paragraphs(paragraphs), _groups(terms)
    index = index_words(frame)
    lengths = pd.Series([len(words(text)) for text in frame["text"]], frame.index, dtype="int64")
    before = (lengths.groupby(frame["document_id"], sort=False).cumsum() - lengths).to_list()
    homes, texts = frame["document_id"].to_list(), frame["text"].to_list()
    ids = frame["paragraph_id"].to_list()
    rows = []
    for name, forms in groups.items():
        for row, start, end in zip(*(part.tolist() for part in _places(forms, index, case)), strict=True):
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
    case: bool = False,
) -> pd.DataFrame:
    """Measure how evenly terms are spread over the paragraphs of each document.

    There are two measures.  Juilland's D compares the rates in the paragraphs: D = 1 - V / sqrt(k - 1), where
    k is the number of paragraphs and V the standard deviation of the k rates divided by their mean; 1 is
    perfectly even, and 0 means that one paragraph has all occurrences.  Gries's DP compares each paragraph's
    share of the occurrences with its share of the document's length, and is half the sum of the absolute
    differences; 0 is perfectly even, and values near 1 are very uneven.

    Parameters
    ----------
    terms, paragraphs, tokens, case
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
    counted = count_terms(terms, paragraphs=paragraphs, by="paragraph", tokens=tokens, case=case)
    groups = counted[counted["n_tokens"] > 0].groupby(["document_id", "term"], sort=False)
    rows = [
        (*key, int(group["n"].sum()), len(group), int((group["n"] > 0).sum()), *_dispersion(group))
        for key, group in groups
    ]
    columns = ["document_id", "term", "n", "n_paragraphs", "n_paragraphs_with", "juilland_d", "gries_dp"]
    return pd.DataFrame(rows, columns=columns)


def measure_vocabulary(
    *, paragraphs: pd.DataFrame | None = None, tokens: str = "whitespace", window: int = 500
) -> pd.DataFrame:
    """Measure the size of each document's vocabulary.

    The type-token ratio falls as a text grows, because words are repeated, so compare it only at equal
    length: `ttr_equal` uses as many tokens from the beginning of each document as the shortest one has, and
    `mattr` is the mean over all windows of one length (:func:`measure_mattr`).  Even so, the ratio depends on
    genre and translator as much as on the speaker.

    Parameters
    ----------
    paragraphs, tokens
        As in :func:`count_terms`.
    window
        The length of the windows of `mattr`, in tokens.

    Returns
    -------
    DataFrame
        `document_id`, `n_tokens`, `n_types` (different tokens in comparable form), `n_once` (types that occur
        once), `ttr` (types divided by tokens), `ttr_equal` (at equal length), `mattr` (missing where a
        document is shorter than the window).  The ratios are missing where a document has no token.

    Raises
    ------
    ValueError
        If the tokenization is unknown, the frame lacks a column, or the window is less than 1.

    Examples
    --------
    >>> measure_vocabulary(tokens="alphanumeric").round(3)[["n_tokens", "n_types", "ttr"]].values.tolist()
    [[1367.0, 414.0, 0.303], [1521.0, 451.0, 0.297]]
    """
    cut = _cut(_paragraphs(paragraphs), tokens)
    shortest = min(map(len, cut.values()), default=0)
    rows = []
    for document_id, found in cut.items():
        counts = pd.Series(found, dtype=object).value_counts()
        rows.append(
            (
                *(document_id, len(found), len(counts), int((counts == 1).sum())),
                *(_ratio(len(counts), len(found)), _ratio(len(set(found[:shortest])), shortest)),
                measure_mattr(found, window=window),
            )
        )
    columns = ["document_id", "n_tokens", "n_types", "n_once", "ttr", "ttr_equal", "mattr"]
    return pd.DataFrame(rows, columns=columns)


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
    if isinstance(window, bool) or not isinstance(window, int) or window < 1:
        raise ValueError(f"The window is a number of tokens, 1 or more, not {window!r}.")
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
        `document_id`, `other_id`, `n_shared` (types in both), `n_either` (types in one or both), `jaccard`
        (the first divided by the second; missing where there are no types); one row for each pair.

    Raises
    ------
    ValueError
        If the tokenization is unknown, or the frame lacks a column.

    Examples
    --------
    >>> compare_vocabularies(tokens="alphanumeric").round(2).to_dict("split")["data"]
    [['deng-1962', 'mao-1963', 152, 713, 0.21]]
    """
    types = {name: set(found) for name, found in _cut(_paragraphs(paragraphs), tokens).items()}
    names = list(types)
    rows = []
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            shared, either = len(types[one] & types[other]), len(types[one] | types[other])
            rows.append((one, other, shared, either, _ratio(shared, either)))
    return pd.DataFrame(rows, columns=["document_id", "other_id", "n_shared", "n_either", "jaccard"])


def rank_keywords(
    document_id: str,
    *,
    reference: str | None = None,
    paragraphs: pd.DataFrame | None = None,
    tokens: str = "letters",
    smoothing: float = 0.5,
    sort: str = "z",
) -> pd.DataFrame:
    """Rank the words that set one document apart from another.

    The measure is the logarithm of the odds ratio, with a little added to every count so that it is defined
    for a word that one document lacks.  It favors rare words; divided by its standard error (`z`) it favors
    frequent ones, and so does the log-likelihood ratio (`g2`, :func:`measure_keyness`).  With two texts,
    these numbers only describe the texts.  They are not tests of significance, because the words of a text
    are not independent of each other, and they mostly reflect names, genre and translator, not opinions.

    Parameters
    ----------
    document_id
        The document whose keywords you want.
    reference
        The document to compare it with; by default all other documents together.
    paragraphs, tokens
        As in :func:`count_terms`.
    smoothing
        The number added to every count; more than 0.
    sort
        ``z``, ``log_odds`` or ``g2``.  G2 is never negative, so with ``g2`` the words that are rarer in the
        document than in the reference come after the others, the most extreme last.

    Returns
    -------
    DataFrame
        `word`, `n` and `n_reference` (counts), `per_1000` and `per_1000_reference`, `log_odds` (natural
        logarithm; positive if the word is more frequent in `document_id`), `z`, `g2`.  The table has every
        word of both texts; words with equal values are in alphabetical order.

    Raises
    ------
    ValueError
        If the document or the order is unknown, there is nothing to compare with, or the smoothing is not
        positive.

    Examples
    --------
    >>> rank_keywords("deng-1962").head(3)[["word", "n", "n_reference"]].to_dict("split")["data"]
    [['conference', 22, 1], ['deng', 19, 1], ['xiaoping', 18, 1]]
    """
    if not smoothing > 0:
        raise ValueError(f"The smoothing must be more than 0, not {smoothing!r}; 0.5 is usual.")
    if sort not in ("z", "log_odds", "g2"):
        raise ValueError(f"Keywords are sorted by 'z', 'log_odds' or 'g2', not by {sort!r}.")
    cut = _cut(_paragraphs(paragraphs), tokens)
    others = [name for name in cut if name != document_id] if reference is None else [reference]
    for name in (document_id, *others):
        if name not in cut:
            raise ValueError(f"There is no document {name!r} here; there are {', '.join(cut)}.")
    if not others or document_id in others:
        raise ValueError(f"{document_id} needs another document to be compared with.")
    one = pd.Series(cut[document_id], dtype=object).value_counts()
    other = pd.Series([word for name in others for word in cut[name]], dtype=object).value_counts()
    vocabulary = sorted({*one.index, *other.index})
    frame = pd.DataFrame(
        {
            "word": vocabulary,
            "n": one.reindex(vocabulary, fill_value=0).to_numpy(),
            "n_reference": other.reindex(vocabulary, fill_value=0).to_numpy(),
        }
    )
    frame["per_1000"] = _rate(frame["n"], frame["n"].sum())
    frame["per_1000_reference"] = _rate(frame["n_reference"], frame["n_reference"].sum())
    counts = [frame["n"] + smoothing, frame["n_reference"] + smoothing]
    odds = [np.log(count / (total.sum() + 2 * smoothing - count))
            for count, total in zip(counts, [frame["n"], frame["n_reference"]], strict=True)]  # fmt: skip
    frame["log_odds"] = odds[0] - odds[1]
    frame["z"] = frame["log_odds"] / np.sqrt(1 / counts[0] + 1 / counts[1])
    sizes = {"size": int(frame["n"].sum()), "size_reference": int(frame["n_reference"].sum())}
    frame["g2"] = measure_keyness(frame["n"], frame["n_reference"], **sizes)
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
    if cells not in (2, 4):
        raise ValueError(f"G2 is summed over 2 or 4 cells, not {cells!r}.")
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


def count_quoted_words(*, paragraphs: pd.DataFrame | None = None, by: str = "document") -> pd.DataFrame:
    """Count the words inside quotation marks.

    The marks do not show that a quotation is faithful, because the note-taker put them there.

    Parameters
    ----------
    paragraphs
        As in :func:`count_terms`.
    by
        ``document`` or ``paragraph``.

    Returns
    -------
    DataFrame
        `document_id`, and with ``by="paragraph"`` `paragraph_id`; `n_quoted` and `n_words` (split at white
        space; an ellipsis between spaces is one), `share` (from 0 to 1; missing where there are no words).
        A mark that is not closed in its paragraph is ignored.

    Raises
    ------
    ValueError
        If the frame lacks a column, or `by` is unknown.

    Examples
    --------
    >>> count_quoted_words()["n_quoted"].to_list()
    [84, 88]
    """
    frame = _paragraphs(paragraphs)
    keys = _division(by)
    straight = frame["text"].str.replace("[“”„‟＂]", '"', regex=True)
    inside = [" ".join(_QUOTED.findall(text)).replace('"', " ") for text in straight]
    parts = frame[keys].assign(
        n_quoted=[len(words(text)) for text in inside],
        n_words=[len(words(text)) for text in frame["text"]],
    )
    summed = parts.groupby(keys, sort=False, as_index=False).sum()
    summed["share"] = summed["n_quoted"] / summed["n_words"].where(summed["n_words"] > 0)
    return summed


def _paragraphs(paragraphs: pd.DataFrame | None) -> pd.DataFrame:
    frame = loaders.load_paragraphs() if paragraphs is None else paragraphs
    need(frame, "document_id", "paragraph_id", "text")
    return frame.reset_index(drop=True)


def _division(by: str) -> list[str]:
    if by not in ("document", "paragraph"):
        raise ValueError(f"Counts are by 'document' or by 'paragraph', not by {by!r}.")
    return ["document_id"] if by == "document" else ["document_id", "paragraph_id"]


def _tokenization(tokens: str) -> re.Pattern[str] | None:
    if tokens not in TOKENIZATIONS:
        raise ValueError(f"There is no tokenization {tokens!r}; there are {', '.join(TOKENIZATIONS)}.")
    return TOKENIZATIONS[tokens]


def _cut(frame: pd.DataFrame, tokens: str) -> dict[str, list[str]]:
    """Return the tokens of every document."""
    cut: dict[str, list[str]] = {}
    for document_id, text in zip(frame["document_id"], frame["text"], strict=True):
        cut.setdefault(document_id, []).extend(split_tokens(text, tokens=tokens))
    return cut


def _lengths(frame: pd.DataFrame, tokens: str) -> pd.Series:
    pattern = _tokenization(tokens)
    cut = words if pattern is None else (lambda text: pattern.findall(comparable(text)))
    return pd.Series([len(cut(text)) for text in frame["text"]], frame.index, dtype="int64")


def _counts(terms: Terms, frame: pd.DataFrame, case: bool) -> pd.DataFrame:
    """Return how often each term occurs in each paragraph, with one column for each term."""
    groups, index = _groups(terms), index_words(frame)
    rows = {name: _places(forms, index, case).rows for name, forms in groups.items()}
    # In a browser, `bincount` takes only 32-bit integers.
    counts = {name: np.bincount(at.astype(np.intp), minlength=len(index)) for name, at in rows.items()}
    return pd.DataFrame(counts, frame.index, dtype="int64")


def _groups(terms: Terms) -> dict[str, list[str]]:
    if isinstance(terms, str):
        terms = [terms]
    groups = terms if isinstance(terms, Mapping) else {term: [term] for term in terms}
    found = {name: [forms] if isinstance(forms, str) else list(forms) for name, forms in groups.items()}
    if not found:
        raise ValueError("There is nothing to count: give at least one term.")
    for name, forms in found.items():
        if not forms or not all(isinstance(form, str) and form.strip(" *") for form in forms):
            raise ValueError(f"The term {name!r} needs forms of at least one letter each.")
    return found


def _places(forms: list[str], index: WordIndex, case: bool) -> Hits:
    """Return every place where one of the forms occurs; where two overlap, the first and longest."""
    places = [index.find(form, case=case) for form in forms]
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
    return spread, float(np.abs(counts / counts.sum() - lengths / lengths.sum()).sum() / 2)


def _rate(counts: pd.Series, lengths: pd.Series | int) -> pd.Series:
    return 1000 * counts / pd.Series(lengths, counts.index).where(lambda length: length > 0)


def _ratio(count: int, total: int) -> float:
    return count / total if total else float("nan")
