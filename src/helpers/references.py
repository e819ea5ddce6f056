"""References to paragraphs: the one grammar of ids, of labels, and of the ways in which people cite.

It is read in comparable texts (:mod:`helpers.normalize`), which have one kind of space, dash and quotation
mark.  JavaScript reads its patterns as Python does: the book's checker of quotations gets them from here.

A document is named by its id (``deng-1962``), by name and year (``Deng 1962``), by the name or by the year.
A paragraph is ``¶ 7``, ``p07``, ``p. 7`` or ``paragraph 7``, and ``¶¶ 7-8`` are two.
A line above the text is ``h2`` or ``header line 2``, and one below it ``s1`` or ``closing line 1``.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from helpers import catalogue
from helpers.normalize import compare

# What each document of the chapters is called beside its year.
DOCUMENTS = {row.document_id: row.names for row in catalogue.list_names() if row.role == "core"}
# An added document needs its name and its year: its name alone may be a person in another document.
ADDED = {
    row.document_id: r"[ ,-]*".join(row.document_id.rsplit("-", 1))
    for row in catalogue.list_names()
    if row.role == "added"
}
DOCUMENT_ID = r"[a-z]+(?:-[a-z]+)*-\d{4}"
ID = rf"{DOCUMENT_ID}-[hps]\d+"
_TITLES = {"p": "¶", "h": "header line", "s": "closing line"}
_SIGNS = {
    "p": ["", "¶", "p", "par", "para", "paragraph"],
    "h": ["h", "header", "header line"],
    "s": ["s", "closing", "closing line"],
}

_NAME = "|".join(sorted((name for names in DOCUMENTS.values() for name in names), key=len, reverse=True))
_YEAR = "|".join(document.rsplit("-", 1)[1] for document in DOCUMENTS)
_ADDED = "".join(rf"{pattern}|" for pattern in ADDED.values())
_DOCUMENT = rf"(?:{_ADDED}(?:{_NAME})(?:[ ,-]*(?:{_YEAR}))?|(?:{_YEAR}))\b"
_NUMBER = r"\d{1,2}(?!\d)(?!\.\d)"
_SIGN_OF_MANY = r"(?:¶¶|§§|pp\.?|paragraphs|paras\.?|header lines|closing lines)"
_MANY = rf"{_SIGN_OF_MANY} ?{_NUMBER}(?: ?(?:[-,&]|and|to) ?{_NUMBER})*"
_SIGN_OF_ONE = r"(?:¶¶?|§§?|paragraph|para?\.?|header(?: line)?|closing(?: line)?)"
_ONE = rf"{_SIGN_OF_ONE} ?{_NUMBER}(?: ?- ?{_NUMBER})?|(?<!\w')\b(?:p\. ?|[hps] ?){_NUMBER}"
_LINE = rf"(?:{_MANY}|{_ONE})"
# In "Deng's record, ¶ 5" and "Mao says (¶ 10)" a word is between the document and the line.
_BETWEEN = r"(?:'s\b)?(?: [a-z]+(?=[ ,:(]))??[ ,:;(-]*"
_AFTER = rf"(?: ?(?:,|of|in) ?(?:the )?{_DOCUMENT}(?![ ,:;-]*{_LINE}))"
_REFERENCE = (
    rf"(?:(?<![\w-]){_DOCUMENT}{_BETWEEN}{_LINE}"  # deng-1962-p07, Deng ¶ 7
    rf"|(?<=[(\[])(?:{_NAME})(?:[ ,-]+(?:{_YEAR}))?[,:]? ?{_NUMBER}(?= ?[)\]])"  # (Deng 7), (Deng 1962: 7)
    rf"|(?<![\w-]){_LINE}{_AFTER}?)"  # ¶ 7, ¶ 7 of Deng 1962
)
_FIND = re.compile(_REFERENCE, re.ASCII)
_CITED = rf"(?:{_REFERENCE}|(?<![\w-]){ID})"  # an id of another corpus too
_LIST = rf"{_CITED}(?: ?(?:[,;&]|and) ?{_CITED})*"
BEHIND = (
    rf"(?: ?[(\[] ?(?:(?:see|cf\.|in|from) )?(?:{_LIST}|[12]?\d) ?[)\]]"  # there is no ¶ 30, but a "(63)"
    rf"|[,;:]? - ?{_LIST}| ?[,;:] ?{_LIST}|(?<=') ?{_LIST}| (?=[¶§]){_LIST})"
    r" ?[.,;]?('?)[.,;]?$"
)
LONGEST = 80  # no citation is longer, and a search must not take long
_BEHIND = re.compile(BEHIND, re.ASCII)
_BEFORE = re.compile(rf"('?)[(\[]?(?:in )?{_LIST} ?[)\]]? ?: ?", re.ASCII)


class Reference(NamedTuple):
    """One paragraph or line that a text names, and where; without a document if none was named before."""

    document_id: str
    section: str  # h, p or s
    n: int
    start: int
    end: int

    @property
    def paragraph_id(self) -> str:
        """Its id, or nothing if the document is not known."""
        return make_id(self.document_id, self.section, self.n) if self.document_id else ""


def parse(text: str, *, document_id: str = "") -> list[Reference]:
    """Return the references in a text, in their order; whether there are such paragraphs is not asked.

    A reference without a document is to the one named last.

    Parameters
    ----------
    text
        Any text.
    document_id
        The document of a reference before which none is named.

    Examples
    --------
    >>> [reference.paragraph_id for reference in parse("(Deng ¶5) and (¶¶ 6-7), not 1963, h2")]
    ['deng-1962-p05', 'deng-1962-p06', 'deng-1962-p07', 'mao-1963-h2']
    """
    found = []
    plain = compare(text)
    for match in _FIND.finditer(plain.text):
        named = _document(match[0])
        if named is None:  # Deng 1963: one of the two is wrong
            continue
        document_id = named or document_id
        line = re.sub(_DOCUMENT, "", match[0])
        sign = re.search(r"(?<![a-z])(?:(header|h)|(closing|s))(?: lines?)? ?\d", line)
        letter = "p" if not sign else "h" if sign[1] else "s"
        found += [Reference(document_id, letter, n, *plain.span(*match.span())) for n in _numbers(line)]
    return found


def _document(reference: str) -> str | None:
    """Return the document that a reference names, or nothing; None if it contradicts itself."""
    for document_id, pattern in ADDED.items():
        if re.search(rf"\b{pattern}\b", reference):
            return document_id
    named = [d for d, names in DOCUMENTS.items() if re.search(rf"\b(?:{'|'.join(names)})\b", reference)]
    dated = [d for d in DOCUMENTS if d.rsplit("-", 1)[1] in reference]
    if len(named) > 1 or (named and dated and named != dated):
        return None
    return next(iter(named or dated), "")


def _numbers(line: str) -> Iterator[int]:
    """Yield the numbers of a reference, and those between the two of a range."""
    for first, last in re.findall(r"(\d+)(?: ?(?:-|to) ?(\d+))?", line):
        yield from range(int(first), int(last or first) + 1)


def make_id(document_id: str, section: str, n: int) -> str:
    """Return an id from a document, ``h``, ``p`` or ``s``, and a number.

    Examples
    --------
    >>> make_id("deng-1962", "p", 7), make_id("deng-1962", "h", 2)
    ('deng-1962-p07', 'deng-1962-h2')
    """
    return f"{document_id}-{section}{n:02}" if section == "p" else f"{document_id}-{section}{n}"


def home_of(paragraph_id: str) -> str:
    """Return the id of the document that contains a paragraph.

    Examples
    --------
    >>> home_of("deng-1962-p07")
    'deng-1962'
    """
    return paragraph_id.rpartition("-")[0]


def label(paragraph_id: str) -> str:
    """Return how a paragraph is named in a sentence.

    Examples
    --------
    >>> label("deng-1962-p07"), label("mao-1963-h2")
    ('Deng 1962, ¶ 7', 'Mao 1963, header line 2')
    """
    document_id, _, line = paragraph_id.rpartition("-")
    return f"{document_id.replace('-', ' ').title()}, {_TITLES[line[0]]} {int(line[1:])}"


def spell(paragraph_id: str, *, is_alone: bool = False) -> list[str]:
    """Return how a paragraph may be typed by itself; without its document when it `is_alone`.

    Examples
    --------
    >>> "deng ¶7" in spell("deng-1962-p07"), "¶7" in spell("deng-1962-p07", is_alone=True)
    (True, True)
    """
    document_id, _, line = paragraph_id.rpartition("-")
    (name, year), section, n = document_id.rsplit("-", 1), line[0], int(line[1:])
    prefixes = [f"{one} {sign}" for one in (document_id, name) for sign in _SIGNS[section]]
    prefixes += [f"{year} {sign}" for sign in _SIGNS[section] if sign]  # the year runs into the number
    prefixes += [document_id[0]] * (section == "p") + _SIGNS[section] * is_alone
    return [f"{prefix}{number}" for prefix, number in product(prefixes, (f"{n}", f"{n:02}"))]


def find_behind(plain: str) -> re.Match[str] | None:
    """Return the references at the end of a comparable text, with their brackets, or None.

    Examples
    --------
    >>> find_behind("how else could it be?' (¶ 8).")[0]
    ' (¶ 8).'
    """
    return _BEHIND.search(plain, max(0, len(plain) - LONGEST))


def without_reference(typed: str) -> str:
    """Return a quotation without the paragraphs that are named before or after it.

    Examples
    --------
    >>> without_reference('"How else could it be?" (¶ 8)'), without_reference("mao-1963-p17: I once asked")
    ('"How else could it be?"', 'I once asked')
    """
    plain = compare(typed)
    first, last, opening, closing = 0, len(plain.text), "", ""
    before, behind = _BEFORE.match(plain.text, 0, LONGEST), find_behind(plain.text)
    if before and before.end() < last:
        first, opening = before.end(), typed[slice(*plain.span(*before.span(1)))]
    if behind:
        last, closing = max(first, behind.start()), typed[slice(*plain.span(*behind.span(1)))]
    return opening + typed[slice(*plain.span(first, last))] + closing
