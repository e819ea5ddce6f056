"""Find every occurrence of a term, with the text to its left and right.

Paragraphs are indexed once and searched many times.  The index holds their text in comparable form, the
position of every run of letters or digits in it, and a map back to the original text.
"""

import re
import unicodedata
import warnings
import weakref
from array import array
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.corpus import loaders
from helpers.limits import time_limit
from helpers.normalize import Comparable, comparable, compare
from helpers.validation import need_number, need_one, need_texts

_MOST_SECONDS = 3
_TOO_SLOW = (
    f"The search was stopped after {_MOST_SECONDS} seconds; a pattern is slow where one repetition repeats "
    "another, as in (a+)+, so write it more simply."
)
# Chinese, Japanese, Thai, Lao, Burmese and Khmer do not mark the ends of words with spaces.
_UNSPACED = (
    r"\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U000323af\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_RUN = re.compile(rf"[^\W_{_UNSPACED}]+|[{_UNSPACED}]+")
# Characters inside words: won't, forty-three. A long dash separates words, and so do quotation marks.
_JOINERS = "'’‘ʼ`´‐‑-"


def _edge(joiners: str) -> str:
    """Return a pattern for a place where a word may begin or end; the possessive 's is not part of a word."""
    run, joiner = rf"[^\W_{_UNSPACED}]", f"[{joiners}]"
    apostrophe = f"[{joiners.rstrip('‐‑-')}]"
    return (
        rf"(?:(?<!{run})(?<!{run}{joiner})|(?<!{run})(?!{run})"
        rf"|(?<={run})(?!{run}|(?!{apostrophe}[sS](?!{run})){joiner}{run}))"
    )


_EDGE = re.compile(_edge("'-"))
_EDGE_AS_IT_STANDS = re.compile(_edge(_JOINERS))
# Runs of white space and dashes, and white space at the ends, become shorter in comparable form.
_UNEVEN = re.compile(r"  |--|^ | $")
_FLAGS = re.compile(r"\(\?[aiLmsux]+\)")


class Hits(NamedTuple):
    """Occurrences of a term: row of the paragraph, and offsets in the paragraph's original text."""

    rows: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


class WordIndex:
    """An index of paragraphs for repeated searches.

    Parameters
    ----------
    paragraphs
        A frame with the columns `paragraph_id` and `text`; it is not changed, and later changes to it have
        no effect on the index.

    Examples
    --------
    >>> index = WordIndex(pd.DataFrame({"paragraph_id": ["x-p01"], "text": ["The sky won’t collapse."]}))
    >>> concordance("won't", paragraphs=index).to_dict("split")["data"]
    [['x-p01', 'The sky ', 'won’t', ' collapse.']]
    """

    def __init__(self, paragraphs: pd.DataFrame):
        need_texts(paragraphs, "paragraph_id", "text")
        self.texts = texts = paragraphs["text"].tolist()
        folded = [_fold(text) for text in texts]
        self.ids = paragraphs["paragraph_id"].array.copy()  # a column of a frame is scattered in memory
        self.dtype = paragraphs["text"].dtype
        # Line breaks before, between and after, so that no match runs from one paragraph into the next.
        self.original = "\n".join(["", *texts, ""])
        self.text = "\n".join(["", *[fold.text for fold in folded], ""])
        self._seen = "\n".join(["", *[fold.seen for fold in folded], ""])
        self.begins = _begins(texts)
        self.ends = self.begins + np.fromiter(map(len, texts), np.int64, len(texts))
        self._folded_begins = _begins([fold.text for fold in folded])
        self._maps = {row: fold.map for row, fold in enumerate(folded) if fold.map}
        self._spaces = _spaces(self.original)
        self._spaces_before = _count_before(self._spaces, len(self.original))
        self._runs = _runs(self._seen)

    def __len__(self) -> int:
        return len(self.begins)

    def find(
        self, term: str, *, regex: bool = False, whole_words: bool = True, case_sensitive: bool = False
    ) -> Hits:
        """Return every occurrence of a term, in text order; see :func:`concordance` for the options."""
        if not isinstance(term, str) or not comparable(term):
            raise ValueError("There is nothing to look for: give a term of at least one character.")
        if "*" in term and not regex and _RUN.search(term):
            term, regex = _open(term), True
        if regex:
            pattern = _compile(term, whole_words, case_sensitive)
            spans = _whole_spans if whole_words else _spans
            with time_limit(_MOST_SECONDS, ValueError(_TOO_SLOW)):
                found = [(row, *span) for row, text in enumerate(self.texts) for span in spans(pattern, text)]
            return Hits(*np.array(found, np.int64).reshape(-1, 3).T)
        sought = comparable(term)
        # A term without a letter or digit contains no whole word.
        if not whole_words or not _RUN.search(sought):
            starts = self._scan(sought)
        elif _IS_UNSPACED.search(sought):
            starts = self._scan(sought)
            starts = starts[[self._is_whole(start, start + len(sought)) for start in starts.tolist()]]
        else:
            starts = self._find_words(sought)
        hits = self._as_it_stands(starts, starts + len(sought))
        return self._keep_case(hits, term) if case_sensitive else hits

    def lines(self, hits: Hits, window: int) -> pd.DataFrame:
        """Return the lines of a concordance: at most `window` characters on each side, in whole words."""
        begins, ends = self.begins[hits.rows], self.ends[hits.rows]
        starts, stops = begins + hits.starts, begins + hits.ends
        lefts, rights = np.maximum(starts - window, begins), np.minimum(stops + window, ends)
        # The first space at or after the beginning of the window, and the last one before its end.
        first = self._spaces[self._spaces_before[lefts - 1]] + 1
        last = self._spaces[self._spaces_before[rights + 1] - 1]
        lefts = np.where((lefts > begins) & (first < starts), first, lefts)
        rights = np.where((rights < ends) & (last > stops), last, rights)
        # All pieces are cut at once, because making a column takes longer than making a line.
        texts = self._cut(np.concatenate([lefts, starts, stops]), np.concatenate([starts, stops, rights]))
        n = len(starts)
        columns = {"left": texts[:n], "node": texts[n : 2 * n], "right": texts[2 * n :]}
        return pd.DataFrame({"paragraph_id": self.ids.take(hits.rows), **columns}, copy=False)

    def _cut(self, starts: np.ndarray, ends: np.ndarray) -> pd.api.extensions.ExtensionArray:
        """Return pieces of the text as a column, made from an array because that is faster than a list."""
        text = self.original
        pieces = [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        return pd.array(np.array(pieces, dtype=object), dtype=self.dtype, copy=False)

    def _find_words(self, sought: str) -> np.ndarray:
        """Return where a comparable term occurs in whole words, found by its runs of letters."""
        runs = list(_RUN.finditer(sought))
        if not all(run[0] in self._runs for run in runs):
            return np.empty(0, np.int64)
        if runs[0][0] == sought:
            flagged = self._runs[sought]
            return flagged[flagged & 1 == 1] >> 1
        rarest, *others = sorted(runs, key=lambda run: len(self._runs[run[0]]))
        starts = (self._runs[rarest[0]] >> 1) - rarest.start()
        for run in others:  # each has a fixed distance from the beginning of the term
            places = self._runs[run[0]] >> 1
            near = np.searchsorted(places, starts + run.start()).clip(max=len(places) - 1)
            starts = starts[places[near] == starts + run.start()]
        found, free = [], 0
        for start in starts.tolist():
            end = start + len(sought)
            if start >= free and self.text.startswith(sought, start) and self._is_whole(start, end):
                found.append(start)
                free = end
        return np.array(found, np.int64)

    def _is_whole(self, start: int, end: int) -> bool:
        return bool(_EDGE.match(self._seen, start) and _EDGE.match(self._seen, end))

    def _scan(self, sought: str) -> np.ndarray:
        found, at = [], self.text.find(sought)
        while at >= 0:
            found.append(at)
            at = self.text.find(sought, at + len(sought))
        return np.array(found, np.int64)

    def _as_it_stands(self, starts: np.ndarray, ends: np.ndarray) -> Hits:
        """Map positions in the comparable text to positions in the original paragraphs."""
        rows = np.searchsorted(self._folded_begins, starts, side="right") - 1
        starts, ends = starts - self._folded_begins[rows], ends - self._folded_begins[rows]
        if self._maps:
            for i in np.flatnonzero(np.isin(rows, list(self._maps))).tolist():
                starts[i], ends[i] = self._maps[int(rows[i])].span(int(starts[i]), int(ends[i]))
        return Hits(rows, starts, ends)

    def _keep_case(self, hits: Hits, term: str) -> Hits:
        letters, begins = _letters(term), self.begins[hits.rows]
        spans = zip((begins + hits.starts).tolist(), (begins + hits.ends).tolist(), strict=True)
        keep = np.array([_letters(self.original[start:end]) == letters for start, end in spans], bool)
        return Hits(*(part[keep] for part in hits))


def concordance(
    term: str,
    *,
    paragraphs: pd.DataFrame | WordIndex | None = None,
    window: int = 60,
    regex: bool = False,
    whole_words: bool = True,
    case_sensitive: bool = False,
    sort: str | None = None,
) -> pd.DataFrame:
    """Return every occurrence of a term with the text around it: keyword in context (KWIC).

    A plain term is compared as quotations are: straight and curly quotation marks are equal, and so are all
    dashes, runs of white space, and capital and small letters.  The result shows the original text.

    Parameters
    ----------
    term
        A word or phrase, or a regular expression.  In a word or phrase an asterisk matches the rest of a
        word: ``consult*``.
    paragraphs
        A frame with `paragraph_id` and `text`, or a :class:`WordIndex` of one; by default the corrected
        reading of both documents.  The index of a frame is kept as long as the frame exists, and made again
        if its texts have changed.
    window
        The largest number of characters to show on each side.  Words are not cut, unless the word next to the
        term is longer than the window.
    regex
        Read `term` as a regular expression of Python's module `re` and apply it to the original text, one
        paragraph at a time.  Empty matches are ignored.  A search that takes more than 3 seconds of
        computing is stopped, except on Windows, in browsers and in threads.
    whole_words
        Match whole words only.  In scripts without spaces, such as Chinese, a match may begin and end
        anywhere.  A hyphen or an apostrophe joins two parts into one word, but the possessive *'s* may
        follow: *Deng* is found in *Deng's*, and *three* is not found in *forty-three*.
    case_sensitive
        Distinguish capital and small letters.
    sort
        ``"left"`` sorts by the words before the term, beginning with the nearest, and ``"right"`` by the
        words after it; None keeps the order of the text.

    Returns
    -------
    DataFrame
        `paragraph_id`, `left`, `node` (the term as it is in the text), `right`; one row for each occurrence.
        The three texts follow each other in the paragraph without a gap.

    Raises
    ------
    ValueError
        If the term is empty, not a valid regular expression or one that takes too long, an option has a value
        that is not allowed, or the frame lacks a column or a cell.

    Examples
    --------
    >>> concordance("fraternal parties", window=22, sort="right").head(2).to_dict("split")["data"]
    [['mao-1963-p03', 'debate between the ', 'fraternal parties', '.'],
     ['mao-1963-p20', 'meeting like other ', 'fraternal parties', '. As for the issue of']]
    """
    window = need_number("The window", window, least=0)
    need_one("order", sort, (None, "left", "right"))
    index = index_words(paragraphs)
    frame = index.lines(
        index.find(term, regex=regex, whole_words=whole_words, case_sensitive=case_sensitive), window
    )
    return frame if sort is None else _sorted(frame, sort)


def index_words(paragraphs: pd.DataFrame | WordIndex | None = None) -> WordIndex:
    """Index paragraphs for searching, or return the index made before.

    Parameters
    ----------
    paragraphs
        As in :func:`concordance`.

    Returns
    -------
    WordIndex
        Pass it to :func:`concordance` instead of the frame, to save checking the frame each time.

    Examples
    --------
    >>> len(index_words())
    40
    """
    if paragraphs is None:
        return _own_index()
    if isinstance(paragraphs, WordIndex):
        return paragraphs
    kept = _KEPT.get(id(paragraphs))
    if kept and kept[0]() is paragraphs and _is_current(kept[1], paragraphs):
        return kept[1]
    index, key = WordIndex(paragraphs), id(paragraphs)
    _KEPT[key] = (weakref.ref(paragraphs, lambda _: _KEPT.pop(key, None)), index)
    return index


# A frame cannot be a dictionary key, so its address is the key as long as the frame exists.
_KEPT: dict[int, tuple[weakref.ref[pd.DataFrame], WordIndex]] = {}


def _is_current(index: WordIndex, paragraphs: pd.DataFrame) -> bool:
    ids = paragraphs["paragraph_id"]
    return ids.equals(pd.Series(index.ids, ids.index)) and paragraphs["text"].tolist() == index.texts


@cache
def _own_index() -> WordIndex:
    return WordIndex(loaders.load_paragraphs())


def _open(term: str) -> str:
    """Return a term with asterisks as a regular expression that accepts any white space and apostrophes."""
    # The rest of a word may contain hyphens and apostrophes: Marxism-Leninism, we'll.
    signs = {"*": r"\w*(?:['’‐‑-]\w+)*", "'": "['’]", "’": "['’]", " ": r"\s+"}
    return "".join(signs.get(char) or re.escape(char) for char in term)


def _compile(pattern: str, whole_words: bool, case_sensitive: bool) -> re.Pattern[str]:
    # Python warns that nested brackets may change their meaning, which does not matter here.
    with warnings.catch_warnings(action="ignore", category=FutureWarning):
        return _pattern(pattern, whole_words, case_sensitive)


def _pattern(pattern: str, whole_words: bool, case_sensitive: bool) -> re.Pattern[str]:
    flags = 0 if case_sensitive else re.IGNORECASE
    try:
        plain = re.compile(pattern, flags)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(
            f"{pattern!r} is not a regular expression ({error}); correct it, or leave regex=True out."
        ) from None
    if not whole_words:
        return plain
    # Flags are allowed only at the very beginning, and a verbose pattern may end in a comment.
    inline = _FLAGS.match(pattern)
    head = inline[0] if inline else ""
    tail = "\n" if plain.flags & re.VERBOSE else ""
    return re.compile(f"{head}(?:{pattern[len(head) :]}{tail}){_EDGE_AS_IT_STANDS.pattern}", flags)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(text) if match[0])


def _whole_spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield the matches that begin where a word may begin; the pattern decides where they end."""
    match = pattern.search(text)
    while match:
        start, end = match.span()
        is_whole = end > start and _EDGE_AS_IT_STANDS.match(text, start)
        if is_whole:
            yield start, end
        match = pattern.search(text, end if is_whole else start + 1) if start < len(text) else None


def _sorted(frame: pd.DataFrame, sort: str) -> pd.DataFrame:
    around = [_RUN.findall(text.casefold()) for text in frame[sort]]
    keys = [words[::-1] for words in around] if sort == "left" else around
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return frame.take(order).reset_index(drop=True)


def _letters(text: str) -> str:
    """Return the letters and digits of a text, normalized but with their case."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


class _Folded(NamedTuple):
    """A paragraph in comparable form, the same with only real joiners, and a map back if it needs one."""

    text: str
    seen: str
    map: Comparable | None


def _fold(text: str) -> _Folded:
    """Return a paragraph in comparable form, with a fast path if every character gives one character."""
    folds, seen = _tables()
    if folds.keys() >= set(map(ord, set(text))):
        folded = text.translate(folds)
        if not _UNEVEN.search(folded):
            return _Folded(folded, text.translate(seen), None)
    plain = compare(text)
    origins = (text[start:end] for start, end in zip(plain.starts, plain.ends, strict=True))
    chars = (
        " " if char in "'-" and origin not in _JOINERS else char
        for char, origin in zip(plain.text, origins, strict=True)
    )
    way_back = Comparable("", array("q", plain.starts), array("q", plain.ends))
    return _Folded(plain.text, "".join(chars), way_back)


@cache
def _tables() -> tuple[dict[int, str], dict[int, str]]:
    """Return what each European character that folds to one character folds to and looks like."""
    codes = [*range(0x20, 0x250), *range(0x370, 0x530), *range(0x2010, 0x203B)]
    # Between letters, so that the space that NFKC adds to an accent without a letter is seen.
    single = {c: comparable(f"a{c}a")[1:-1] for c in map(chr, codes) if not unicodedata.combining(c)}
    single = {char: fold for char, fold in single.items() if len(fold) == 1} | {" ": " "}
    seen = {char: " " if fold in "'-" and char not in _JOINERS else fold for char, fold in single.items()}
    return str.maketrans(single), str.maketrans(seen)


def _begins(texts: list[str]) -> np.ndarray:
    """Return where each text begins when every text follows a line break."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return np.cumsum(lengths + 1) - lengths


def _spaces(text: str) -> np.ndarray:
    return np.array([match.start() for match in re.finditer(r"\s", text)], np.int64)


def _count_before(places: np.ndarray, length: int) -> np.ndarray:
    """Return the number of positions before each place in a text; a table is faster than a search."""
    counts = np.zeros(length + 1, np.int32)
    counts[places + 1] = 1
    return np.cumsum(counts, out=counts)


def _runs(seen: str) -> dict[str, np.ndarray]:
    """Return the position of every run of letters or digits: twice the offset, plus 1 for a whole word."""
    words = _RUN.findall(seen)
    starts = np.fromiter((match.start() for match in _RUN.finditer(seen)), np.int64, len(words))
    ends = starts + np.fromiter(map(len, words), np.int64, len(words))
    joiners = np.array([match.start() for match in re.finditer("['-]", seen)], np.int64)
    whole = ~(np.isin(starts - 1, joiners) | np.isin(ends, joiners))
    for i in np.flatnonzero(~whole).tolist():  # a neighboring character may join it to a word
        whole[i] = bool(_EDGE.match(seen, starts[i]) and _EDGE.match(seen, ends[i]))
    codes, names = pd.factorize(np.array(words, dtype=object))
    order = np.argsort(codes, kind="stable")
    places = (starts << 1 | whole)[order]
    cuts = np.searchsorted(codes[order], np.arange(len(names) + 1))
    return {name: places[low:high] for name, low, high in zip(names, cuts, cuts[1:], strict=False)}
