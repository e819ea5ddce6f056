"""Find and verify quotations by the matching contract, which the book publishes.

1. Texts are compared in the form that :mod:`helpers.normalize` gives them; quotation marks around the
   quotation, a period or comma at its end and a reference after it are ignored.
2. `` ... ``, ``…`` or ``[...]`` omits words; the fragments follow each other in one paragraph and have at
   least two words each.
3. Square brackets that are not in the source are the quoter's own: they replace up to five words, or none.
   Brackets that are in the source are text.  Brackets may not reverse the sense, as ``[not]`` does.
4. Either reading may be quoted, the diplomatic or the corrected one.
5. A quotation has at least three words.
6. The answer is one of `STATUSES`; no input raises an error.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from helpers.normalize import comparable
from helpers.quotation.contract import LEAST_FRAGMENT, LEAST_WORDS, Quotation, may_be_found, read
from helpers.quotation.index import ParagraphIndex, index_once
from helpers.quotation.nearest import find_nearest
from helpers.quotation.sources import Passage, all_text, document_ids, find_passages, paragraph_ids
from helpers.references import parse
from helpers.validation import need_one

STATUSES = ("verbatim", "other-paragraph", "other-document", "altered", "absent", "too-short", "empty")

# More than twice the length of the two documents together; no quotation is that long, and reading it would
# take time.
_LONGEST = 50_000

# Made once, because making an index of columns takes longer than making a frame of one row.
_COLUMNS = pd.Index(Passage._fields)


class Verification(NamedTuple):
    """The result of verifying a quotation.

    Attributes
    ----------
    status
        One of `STATUSES`; only ``verbatim`` is a faithful quotation of the named paragraph.
    passage
        The passage with the words, or None if there is none.
    nearest
        For ``altered``, the nearest passage; otherwise None.
    explanation
        One or two sentences that tell the quoter what differs and where to look.
    """

    status: str
    passage: Passage | None
    nearest: Passage | None
    explanation: str

    @property
    def is_verbatim(self) -> bool:
        """Whether the quotation is faithful and in the named paragraph."""
        return self.status == "verbatim"


def find_quotation(
    text: str,
    *,
    document_id: str | None = None,
    paragraphs: pd.DataFrame | ParagraphIndex | None = None,
) -> pd.DataFrame:
    """Find every passage of the documents, or of other paragraphs, that matches a quotation.

    Parameters
    ----------
    text
        The quotation, with or without quotation marks, omissions and editorial brackets.
    document_id
        Search only this document.
    paragraphs
        Search these instead of the documents: a data frame with `document_id`, `paragraph_id` and
        `text`, such as :func:`helpers.read_corpus` returns.  It is indexed at the first quotation, and again
        if you pass another frame; use :func:`helpers.index_paragraphs` to index it yourself.

    Returns
    -------
    DataFrame
        `document_id`, `paragraph_id`, `start`, `end` (offsets in the paragraph's corrected reading, or in
        the `text` of your own paragraphs) and `text` (the passage as it is there), one row for each
        paragraph that has it, in the order of the documents; empty if no paragraph has the words or there are
        too few of them.

    Raises
    ------
    ValueError
        If there is no such document, or `paragraphs` lacks a column or a cell.

    Examples
    --------
    >>> find_quotation("the sky WON’T collapse")["paragraph_id"].to_list()
    ['mao-1963-p10']
    """
    if paragraphs is None:
        return pd.DataFrame(_find(text, find_passages, document_ids(), document_id), columns=_COLUMNS)
    index = paragraphs if isinstance(paragraphs, ParagraphIndex) else index_once(paragraphs)
    found = _find(text, index.find_passages, index.document_ids, document_id)
    return pd.DataFrame(found, columns=_COLUMNS)


def name_places(text: str, *, document_id: str | None = None) -> list[str]:
    """Return the ids of the paragraphs of the documents that contain a quotation, in their order.

    The checks of exercises need only the ids, and making a table takes longer than finding the passages.

    Examples
    --------
    >>> name_places("the sky WON’T collapse")
    ['mao-1963-p10']
    """
    return [passage.paragraph_id for passage in _find(text, find_passages, document_ids(), document_id)]


def _find(
    text: str, find: Callable[[Quotation], list[Passage]], known: frozenset[str], document_id: str | None
) -> list[Passage]:
    if document_id is not None:
        need_one("document", document_id, sorted(known))
    quotation = _read(text)
    found = [] if isinstance(quotation, Verification) else find(quotation)
    return [passage for passage in found if document_id in (None, passage.document_id)]


def verify_quotation(text: str, paragraph_id: str | None = None) -> Verification:
    """Say whether a quotation is faithful and, if not, what differs; no text raises an error.

    Parameters
    ----------
    text
        The quotation.
    paragraph_id
        The paragraph that it is said to come from: an id or another reference, such as ``Deng-1962-P7`` or
        ``Deng ¶ 7``.  By default the quotation may be anywhere in the documents.

    Returns
    -------
    Verification
        `status`, `passage`, `nearest` and `explanation`.

    Examples
    --------
    >>> verify_quotation("after a silence ... they replied to us", "deng-1962-p01").status
    'verbatim'
    >>> verify_quotation("the sky will not collapse", "mao-1963-p10").explanation
    'The words are not quite those of mao-1963-p10: it has "won\\'t", not "will not".'
    """
    quotation = _read(text)
    if isinstance(quotation, Verification):
        return quotation
    wanted, unknown = _tidy_id(paragraph_id), ""
    if paragraph_id is not None and wanted not in paragraph_ids():
        unknown = f"There is no paragraph {wanted[:40]!r}. "
    found = find_passages(quotation)
    if not found and not may_be_found(quotation, all_text()):
        return _too_short()
    for passage in found:
        if passage.paragraph_id == wanted:
            return Verification("verbatim", passage, None, f"These words are in {wanted}.")
    if found and paragraph_id is None:
        places = _list_places(found)
        return Verification("verbatim", found[0], None, f"These words are in {places}.")
    if found:
        return _elsewhere(found, wanted, unknown)
    nearest, difference = find_nearest(quotation, wanted)
    if nearest:
        return Verification("altered", None, nearest, unknown + difference)
    explanation = f"{unknown}No passage of the documents has these words, or words close to them."
    return Verification("absent", None, None, explanation)


def _elsewhere(found: list[Passage], wanted: str, unknown: str) -> Verification:
    """Return the answer to words that are in the documents but not in the named paragraph."""
    same = [passage for passage in found if wanted.startswith(passage.document_id)]
    is_document = wanted.startswith(tuple(document_ids()))
    status = "other-document" if is_document and not same else "other-paragraph"
    places = _list_places(same or found)
    instead = "" if unknown else f", not in {wanted}"
    return Verification(status, (same or found)[0], None, f"{unknown}These words are in {places}{instead}.")


def _list_places(found: list[Passage]) -> str:
    return " and ".join(passage.paragraph_id for passage in found)


def _tidy_id(paragraph_id: object) -> str:
    """Return a paragraph id, as a student may type it, in the form that the tables use."""
    plain = comparable(paragraph_id).strip(" .,;:()[]'") if isinstance(paragraph_id, str) else ""
    named = [one for one in parse(plain) if one.document_id and one.end - one.start == len(plain)]
    if len(named) == 1:
        return named[0].paragraph_id
    body = re.fullmatch(r"(.+-p)0*(\d+)", plain)
    return f"{body[1]}{int(body[2]):02}" if body and len(body[2]) < 5 else plain


def _read(text: object) -> Quotation | Verification:
    """Return a quotation as read, or what is wrong with it before any source is searched."""
    if not isinstance(text, str):
        explanation = "There is no quotation here: give the words as text, between quotation marks."
        return Verification("empty", None, None, explanation)
    if len(text) > _LONGEST:
        explanation = "This is too long for a quotation: quote one passage."
        return Verification("absent", None, None, explanation)
    quotation = read(text)
    if not re.search(r"\w", quotation.text):
        return Verification("empty", None, None, "There is no quotation here yet.")
    return _too_short() if len(quotation.text.split()) < LEAST_WORDS else quotation


def _too_short() -> Verification:
    explanation = (
        f"This is too short to be evidence: quote at least {LEAST_WORDS} words of the source, "
        f"and at least {LEAST_FRAGMENT} on each side of an omission."
    )
    return Verification("too-short", None, None, explanation)
