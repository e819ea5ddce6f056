"""Index many paragraphs once, so that quotations can be looked up fast.

The index holds all sequences of three words, sorted.  The rarest three words of a quotation lead to the few
paragraphs that may contain it, and the matching contract then decides, so the index saves time but never
changes an answer.
"""

import re
from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from helpers.normalize import comparable, compare
from helpers.quotation.contract import Quotation, find
from helpers.quotation.sources import Passage
from helpers.validation import need, need_texts

_COLUMNS = ("document_id", "paragraph_id", "text")
_WORD = re.compile(r"[^\W_]+")
_ORDER = 3
# Three word numbers make one key.  Rare words beyond the last number share it, which only costs time.
_BITS = 21
_LAST = (1 << _BITS) - 2  # not - 1, so that a key above all others still fits


class ParagraphIndex:
    """An index of paragraphs for finding quotations, made by :func:`index_paragraphs`.

    It is a snapshot: later changes to the frame do not change it.
    """

    def __init__(self, paragraphs: pd.DataFrame):
        need_texts(paragraphs, *_COLUMNS)
        columns = [paragraphs[name].to_list() for name in _COLUMNS]
        self.document_ids = frozenset(columns[0])
        self._rows = list(zip(*columns, strict=True))
        self._plain = list(map(comparable, columns[-1]))
        self._numbers: dict[str, int] = {}
        self._index(self._plain)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<ParagraphIndex: {len(self._rows):,} paragraphs, {len(self._keys):,} words>"

    def find_passages(self, quotation: Quotation) -> list[Passage]:
        """Return the passages with the quotation, at most one in each paragraph, in their order."""
        found = []
        for at in self._candidates(quotation):
            span = find(quotation, self._plain[at])
            if span:
                document_id, paragraph_id, text = self._rows[at]
                start, end = compare(text).span(*span)
                found.append(Passage(document_id, paragraph_id, start, end, text[start:end]))
        return found

    def _index(self, texts: list[str]) -> None:
        """Sort all sequences of three words, each with the number of its paragraph."""
        numbers, words, lengths = self._numbers, array("q"), array("q")
        for text in texts:
            own = _WORD.findall(text)
            words.extend(numbers.setdefault(word, len(numbers) + 1) for word in own)
            words.append(0)  # no word, so that no sequence runs from one paragraph into the next
            lengths.append(len(own) + 1)
        words.extend([0] * (_ORDER - 1))
        known = np.minimum(words, _LAST)
        keys = _key(known[:-2], known[1:-1], known[2:])
        order = np.argsort(keys)
        self._keys = keys[order]
        self._paragraphs = np.repeat(np.arange(len(texts), dtype=np.uint32), lengths)[order]

    def _candidates(self, quotation: Quotation) -> Iterable[int]:
        """Return the numbers of the paragraphs that contain the quotation's rarest three words."""
        bounds: list[int] = []  # for each sequence, where it begins and ends in the index
        for phrase in _phrases(quotation):
            numbers = [min(self._numbers.get(word, 0), _LAST) for word in phrase]
            if 0 in numbers:  # a word that is in no paragraph
                return []
            for i in range(max(1, len(numbers) - _ORDER + 1)):
                three = numbers[i : i + _ORDER]
                unknown = _ORDER - len(three)  # after a shorter phrase, any word may follow
                bounds += [_key(*three, *[0] * unknown), _key(*three, *[_LAST] * unknown) + 1]
        if not bounds:
            return range(len(self._rows))
        places = self._keys.searchsorted(bounds).tolist()
        start, end = min(zip(places[::2], places[1::2], strict=True), key=lambda place: place[1] - place[0])
        return sorted(set(self._paragraphs[start:end].tolist()))


def index_paragraphs(paragraphs: pd.DataFrame) -> ParagraphIndex:
    """Index paragraphs, so that :func:`helpers.find_quotation` finds quotations in them fast.

    Parameters
    ----------
    paragraphs
        A data frame with `document_id`, `paragraph_id` and `text`, such as those that
        :func:`helpers.load_paragraphs` and :func:`helpers.read_corpus` return.

    Returns
    -------
    ParagraphIndex
        A snapshot of the paragraphs; it takes about twelve bytes a word in addition to the texts.

    Raises
    ------
    ValueError
        If a column is missing, or an id or a text in it.

    Examples
    --------
    >>> from helpers import find_quotation, load_paragraphs
    >>> index = index_paragraphs(load_paragraphs("diplomatic"))
    >>> find_quotation("the sky won't collapse", paragraphs=index)["paragraph_id"].to_list()
    ['mao-1963-p10']
    """
    return ParagraphIndex(paragraphs)


_last: list[tuple[pd.DataFrame, ParagraphIndex]] = []


def index_once(paragraphs: pd.DataFrame) -> ParagraphIndex:
    """Return the index of a frame, which is the last one made if the paragraphs are still the same."""
    need(paragraphs, *_COLUMNS)
    own = paragraphs[[*_COLUMNS]]
    if not _last or not _last[0][0].equals(own):
        _last[:] = [(own, ParagraphIndex(paragraphs))]
    return _last[0][1]


def _key(first: Any, second: Any, third: Any) -> Any:
    """Return three word numbers as one number that sorts in the same order."""
    return (first << _BITS | second) << _BITS | third


def _phrases(quotation: Quotation) -> list[list[str]]:
    """Return the words of a quotation that its source must contain, in unbroken sequences.

    Words in brackets may be the quoter's own, and a word next to a bracket may be part of a longer one.
    """
    text, phrases, at = quotation.text, [], 0
    for start, end in [*(cut.span() for cut in quotation.cuts), (len(text), len(text))]:
        stretch = list(_WORD.finditer(text, at, start))
        if stretch and stretch[0].start() == at > 0 and text[at - 1] == "]":
            del stretch[0]
        if stretch and stretch[-1].end() == start < len(text) and text[start] == "[":
            del stretch[-1]
        if stretch:
            phrases.append([word[0] for word in stretch])
        at = end
    return phrases
