"""Read a document in TEI P5, as :mod:`helpers.editions.tei` writes it, into a `Document`.

The text is that of the elements in :data:`RUNNING`, in either reading.  What the fields of a transcription
say is in the source description of the header.
"""

import datetime as dt
import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from helpers.transcription.parser import Document, TranscriptionError

NAMESPACE = "http://www.tei-c.org/ns/1.0"
"""The namespace of TEI."""

RUNNING = ("p", "ab", "note", "title", "licence", "edition")
"""The elements that hold running text, in which every space counts."""

_NAMES = {"": NAMESPACE}
_FIELDS = (
    *("title", "citation", "credits", "original_language", "translator", "archive", "archive_location"),
    *("url", "sha256"),
)
_EDITORS = {"corr", "reg"}
_RECEIVED = {"sic", "orig"}
_REMEDY = "Use a TEI file that this book offers, or one made like it."


def parse_tei(text: str, *, reading: str = "diplomatic") -> Document:
    """Return the parts of a document in TEI.

    Parameters
    ----------
    text
        A whole file.
    reading
        ``diplomatic`` (as received) or ``corrected`` (with the emendations whose ``cert`` is ``high``).

    Returns
    -------
    Document
        In the diplomatic reading, the same that :func:`helpers.transcription.parser.parse` makes of the
        transcription.

    Raises
    ------
    TranscriptionError
        If the text is no XML, declares entities, is no TEI, or lacks a body or the description of its source.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise TranscriptionError("the file declares its own entities, which may be unsafe.", _REMEDY)
    try:
        root = ElementTree.fromstring(text.encode("utf-8", "replace"))
    except ElementTree.ParseError as error:
        line, _ = error.position
        raise TranscriptionError(f"this is no well-formed XML ({error}).", _REMEDY, line=line) from None
    source = root.find("./teiHeader/fileDesc/sourceDesc/bibl", _NAMES)
    if root.tag != f"{{{NAMESPACE}}}TEI" or source is None:
        raise TranscriptionError("this is no TEI file that describes its source.", _REMEDY)
    corrected = reading == "corrected"
    header, body, closing = (
        ["".join(_words(line, corrected)) for line in root.iterfind(f"./text/{path}", _NAMES)]
        for path in ("front/div[@type='header']/ab", "body/p", "back/div[@type='closing']/ab")
    )
    if not body:
        raise TranscriptionError("the TEI file has no paragraph.", _REMEDY)
    date = _find(source, "date")
    when = date.get("when", "") if date is not None else ""
    abstract = root.find("./teiHeader/profileDesc/abstract/p", _NAMES)
    return Document(
        document_date=dt.date.fromisoformat(when) if re.fullmatch(r"\d{4}-\d\d-\d\d", when) else None,
        document_date_text=_text(date),
        summary=_text(abstract),
        contents=[item.text or "" for item in source if item.get("type") == "contents"],
        header=header,
        paragraphs=body,
        closing=closing,
        **{field: _text(_find(source, field.replace("_", "-"))) for field in _FIELDS},  # type: ignore[arg-type]
    )


def _find(source: Element, kind: str) -> Element | None:
    return next((part for part in source if part.get("type") == kind), None)


def _text(found: Element | None) -> str | None:
    return None if found is None else found.text or ""


def _words(parent: Element, corrected: bool) -> Iterator[str]:
    """Yield the words of an element in one reading."""
    yield parent.text or ""
    for child in parent:
        if _tag(child) == "choice":
            yield from _words(_choose(child, corrected), corrected)
        else:
            yield from _words(child, corrected)
        yield child.tail or ""


def _choose(choice: Element, corrected: bool) -> Element:
    """Return the child of a choice that belongs to a reading."""
    for part in choice:
        is_certain = _tag(part) in _EDITORS and part.get("cert") == "high"
        if is_certain if corrected else _tag(part) in _RECEIVED:
            return part
    return choice[0]


def _tag(node: Element) -> str:
    return node.tag.rpartition("}")[2]
