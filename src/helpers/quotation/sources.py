"""Make both readings of every line comparable once; these witnesses are compared with quotations."""

import re
from functools import cache
from typing import NamedTuple

from helpers.corpus import loaders
from helpers.corpus.readings import READINGS, to_corrected
from helpers.normalize import Comparable, compare
from helpers.quotation.contract import LEAST_WORDS, Quotation, find, find_spans

WORD = re.compile(r"\w+(?:['-]\w+)*")


class Passage(NamedTuple):
    """A part of a paragraph; `start` and `end` are offsets in its corrected reading."""

    document_id: str
    paragraph_id: str
    start: int
    end: int
    text: str


class Witness(NamedTuple):
    """One reading of one line in comparable form."""

    line: loaders.Line
    reading: str
    plain: Comparable
    words: list[re.Match[str]]
    places: dict[str, list[int]]  # the positions of each word among the words

    def passage(self, start: int, end: int) -> Passage:
        """Return a span of the comparable text as a passage of the corrected reading."""
        start, end = self.plain.span(start, end)
        if self.reading == "diplomatic":
            start, end = to_corrected(self.line.segments, start, end)
        text = self.line.text("corrected")[start:end]
        return Passage(self.line.document_id, self.line.paragraph_id, start, end, text)


@cache
def witnesses() -> tuple[Witness, ...]:
    return tuple(
        _witness(line, reading)
        for line in loaders.lines()
        for reading in READINGS
        if reading == "corrected" or line.text("corrected") != line.text("diplomatic")
    )


def _witness(line: loaders.Line, reading: str) -> Witness:
    plain = compare(line.text(reading))
    words = list(WORD.finditer(plain.text))
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        places.setdefault(word[0], []).append(at)
    return Witness(line, reading, plain, words, places)


@cache
def document_ids() -> frozenset[str]:
    return frozenset(line.document_id for line in loaders.lines())


@cache
def paragraph_ids() -> frozenset[str]:
    return frozenset(line.paragraph_id for line in loaders.lines())


@cache
def all_text() -> str:
    return "\n".join(witness.plain.text for witness in witnesses())


def find_passages(quotation: Quotation) -> list[Passage]:
    """Return the passages with the quotation, at most one in each paragraph, in the documents' order."""
    found: dict[str, Passage] = {}
    for witness in witnesses():
        span = find(quotation, witness.plain.text)
        if span:
            found.setdefault(witness.line.paragraph_id, witness.passage(*span))
    return list(found.values())


def find_pieces(
    quotation: Quotation, *, least_words: int = LEAST_WORDS
) -> list[tuple[Witness, tuple[tuple[int, int], ...]]]:
    """Return every witness that contains a quotation, with the spans of its pieces, in order."""
    found = ((w, find_spans(quotation, w.plain.text, least_words=least_words)) for w in witnesses())
    return [(witness, spans) for witness, spans in found if spans]
