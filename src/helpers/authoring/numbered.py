"""A document with numbered lines, the same on every paper, so that a class can say "line 45"."""

import textwrap
from bisect import bisect
from functools import cache
from html import escape
from itertools import accumulate, count
from typing import NamedTuple

from helpers import references
from helpers.book.domain.paragraph import cited_source, document
from helpers.corpus import loaders
from helpers.normalize import comparable
from helpers.quotation.verify import verify_quotation

WIDTH = 78
"""The most letters in a line."""

STEP = 5
"""Every fifth line shows its number."""


class NumberedLine(NamedTuple):
    """A line on paper: its number, the id of its paragraph, and its text.

    Attributes
    ----------
    is_first
        Whether the paragraph begins here.
    """

    n: int
    paragraph_id: str
    text: str
    is_first: bool


class QuotationError(Exception):
    """A quotation in a text of ours is not in the document; the message says what differs."""


@cache
def number_lines(document_id: str) -> tuple[NumberedLine, ...]:
    """Return a document as received, from header to closing, cut into lines of at most `WIDTH` letters.

    Examples
    --------
    >>> number_lines("deng-1962")[1].text
    'S.V. CHERVONENKO "8" May, 1962'
    """
    numbers, found = count(1), []
    for line in loaders.lines():
        if line.document_id == document_id:
            cut = textwrap.wrap(
                line.text("diplomatic"), WIDTH, break_long_words=False, break_on_hyphens=False
            )
            found += [
                NumberedLine(next(numbers), line.paragraph_id, text, not i) for i, text in enumerate(cut)
            ]
    return tuple(found)


def locate(words: str, paragraph_id: str) -> str:
    """Return where a quotation is: ``Deng 1962, ¶ 4, lines 36–38``.

    Raises
    ------
    QuotationError
        When the paragraph does not have the words.

    Examples
    --------
    >>> locate("I visited Deng Xiaoping", "deng-1962-p02")
    'Deng 1962, ¶ 2, line 16'
    """
    checked = verify_quotation(words, paragraph_id)
    if not checked.is_verbatim:
        raise QuotationError(f"{words!r}: {checked.explanation}")
    span = find_lines(words, paragraph_id)
    if span is None:
        raise QuotationError(f"{words!r} follows the corrected reading; quote the words as received.")
    return f"{references.label(paragraph_id)}, {name_lines(*span)}"


def find_lines(words: str, paragraph_id: str) -> tuple[int, int] | None:
    """Return the first and the last line of words in a paragraph as received; None if they are not there.

    Examples
    --------
    >>> find_lines("to be named by him, in order to inform", "deng-1962-p01")
    (9, 10)
    """
    document_id = references.home_of(paragraph_id)
    own = [line for line in number_lines(document_id) if line.paragraph_id == paragraph_id]
    # As one text without white space, so that a break between two lines makes no difference.
    texts = ["".join(comparable(line.text).split()) for line in own]
    wanted = "".join(comparable(words).split())
    at = "".join(texts).find(wanted)
    if at < 0:
        return None
    ends = list(accumulate(map(len, texts)))
    return own[bisect(ends, at)].n, own[bisect(ends, at + len(wanted) - 1)].n


def name_lines(first: int, last: int) -> str:
    """Return the name of a span of lines: ``line 4`` or ``lines 4–5``."""
    return f"line {first}" if first == last else f"lines {first}–{last}"


def show_document(document_id: str) -> str:
    """Return a document as HTML: the number of a paragraph before it, every fifth line's number beside it."""
    rows = []
    for line in number_lines(document_id):
        mark = _mark(line.paragraph_id) if line.is_first else ""
        shown = str(line.n) if line.n % STEP == 0 else ""
        rows.append(
            f'<div class="line{" first" * line.is_first}"><span class="mark">{mark}</span>'
            f'<span class="number">{shown}</span><span class="text">{escape(line.text)}</span></div>'
        )
    return f'<div class="numbered">{"".join(rows)}</div>{_slips(document_id)}{cite_source(document_id)}'


def _mark(paragraph_id: str) -> str:
    return f"¶ {int(paragraph_id[-2:])}" if paragraph_id[-3] == "p" else ""


def _slips(document_id: str) -> str:
    """Return the places where an editor is certain that something else was meant, each with its line."""
    found = []
    for line in loaders.lines():
        for part in line.segments:
            if line.document_id == document_id and part.emendation and part.emendation.is_applied:
                where = name_lines(*find_lines(part.received, line.paragraph_id))
                found.append(f"{where}: for “{escape(part.received)}” read “{escape(part.corrected)}”")
    return f'<p class="small"><strong>Slips.</strong> {"; ".join(found)}.</p>' if found else ""


def cite_source(document_id: str) -> str:
    """Return where a document comes from, as HTML: the archive's citation, address and credit line."""
    row = document(document_id)
    credit = f" {escape(row['credits'])}." if row["credits"] else ""
    source = escape(cited_source(document_id))
    return f'<p class="small"><strong>Source.</strong> {source} {row["url"]}.{credit}</p>'
