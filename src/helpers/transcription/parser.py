"""Parse the text of a transcription into a `Document`, without files and for any source in the layout.

The layout is that of the Wilson Center Digital Archive: a date, a title, labeled fields (Citation, Summary,
Credits, Original Language, Contents) in any order, and then the document itself.
"""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from helpers.dates import read_day
from helpers.normalize import count_words, words
from helpers.transcription.layout import (
    find_blocks,
    find_sections,
    heal_page_breaks,
    is_cut_off,
    is_date,
    unmarked,
)


class TranscriptionError(ValueError):
    """A text is not a transcription in the archive's layout.

    Attributes
    ----------
    problem, remedy
        One sentence each.
    line
        The line where the problem appears, counted from 1.
    path
        The file, or None if only a text was given.
    """

    def __init__(self, problem: str, remedy: str, *, line: int = 1, path: object = None):
        self.problem, self.remedy, self.line, self.path = problem, remedy, line, path
        super().__init__(f"{path or 'The text'}, line {line}: {problem} {remedy}")


@dataclass(frozen=True)
class Document:
    """The parts of one transcription.

    A field that the transcription does not give is None or empty.  The attributes include the columns of
    :func:`helpers.load_documents`; those that only a catalogue can know (`document_id`, `event_date`) stay
    None here.
    """

    title: str | None
    document_date: dt.date | None
    document_date_text: str | None
    citation: str | None
    summary: str | None
    credits: str | None
    original_language: str | None
    translator: str | None
    archive: str | None
    archive_location: str | None
    url: str | None
    contents: list[str]
    header: list[str]
    paragraphs: list[str]
    closing: list[str]
    sha256: str = field(repr=False)
    document_id: str | None = None
    event_date: dt.date | None = None

    @property
    def text(self) -> str:
        """The body paragraphs joined by blank lines."""
        return "\n\n".join(self.paragraphs)

    @property
    def n_paragraphs(self) -> int:
        """The number of body paragraphs."""
        return len(self.paragraphs)

    @property
    def n_words(self) -> int:
        """The number of words in the body, split at white space."""
        return sum(map(count_words, self.paragraphs))


def parse(text: str) -> Document:
    """Parse the text of a transcription and return its parts.

    These are the layout rules, in the order in which they are applied:

    1. **Fields.** A field begins at a line with its label, with or without ``#``, ``**`` or a colon, and its
       value is on the same line or below.  Each label counts once.  Before the first label are the date (a
       line that contains only a date) and the title (all other lines).  The document begins after the value
       of ``Contents`` or, if that is missing, after the value of the last label in the unbroken run of
       fields.  ``Citation`` or ``Contents`` must have a value.
    2. **Blocks.** Lines without a blank line between them are one block, and a word hyphenated at the end of
       a line is rejoined.
    3. **Page breaks.** A block without closing punctuation is joined to the next one if that begins with a
       small letter, or if the first ends with a comma, a hyphen, a title or a word that cannot end a
       sentence, unless the second begins a list item, a speech or a signature.  A page number between the
       two is dropped; elsewhere a page number is dropped only if it is marked: ``- 12 -``, ``Page 12``.
    4. **Header.** The leading blocks that do not end like a sentence or that are lines of a form
       ("Participants:"); and, within the next four blocks or forty words, everything up to the last line
       that ends in a date, repeats the title or marks secrecy.
    5. **Closing.** The last blocks that do not end like a sentence, or that begin like a signature.
    6. **Body.** Everything between; it must have at least one sentence.

    Parameters
    ----------
    text
        A whole transcription, with any line ends.

    Raises
    ------
    TranscriptionError
        If the text is empty, has neither citation nor contents, has no body, or was visibly cut off.  A text
        that was cut off after a period, or within a short line, looks like a complete one.

    Examples
    --------
    >>> parse("May 1962\\n\\nA Talk\\n\\nContents:\\n\\nTranslation - English\\n\\nThey met.").paragraphs
    ['They met.']
    """
    lines = _lines(text)
    if not any(lines):
        raise TranscriptionError("the file is empty.", "Save the transcription again.")
    if _WEB_PAGE.match(next(filter(None, lines))):
        raise TranscriptionError("this is the source of a web page.", "Save the page's text instead.")
    preamble, fields, start = _fields(lines)
    blocks = heal_page_breaks(find_blocks(lines, start))
    if not blocks:
        raise TranscriptionError(
            "the text stops before the document begins.", "Save the whole page again.", line=len(lines)
        )
    if is_cut_off(blocks[-1].text):
        raise TranscriptionError(
            f"the text stops in the middle of a sentence ({' '.join(words(blocks[-1].text)[-4:])!r}).",
            "The file was cut off; save the whole page again.",
            line=blocks[-1].line,
        )
    title, date_text = _title_and_date(preamble)
    header, body, closing = find_sections(blocks, title or "")
    if not body:
        raise TranscriptionError(
            "no paragraph follows the header.", "Save the whole page again.", line=blocks[-1].line
        )
    citation = fields.get("citation")
    return Document(
        title=title,
        document_date=read_day(date_text or ""),
        document_date_text=date_text,
        citation=citation,
        summary=fields.get("summary"),
        credits=fields.get("credits"),
        original_language=fields.get("original language"),
        contents=fields.get("contents", "").splitlines(),
        header=[b.text for b in header],
        paragraphs=[b.text for b in body],
        closing=[b.text for b in closing],
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        **_provenance(citation or ""),
    )


def decode(content: bytes) -> str:
    """Decode the bytes of a file, which must be UTF-8.

    Raises
    ------
    TranscriptionError
        If the bytes are not text or have another encoding; the message gives the first wrong line.
    """
    remedy = "Save the transcription as plain text in UTF-8."
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise TranscriptionError("this is text in UTF-16.", remedy)
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise TranscriptionError("this is a binary file, not a text.", remedy, line=line)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problem = f"byte {content[error.start]:#04x} is not UTF-8."
        raise TranscriptionError(problem, remedy, line=line) from None


# --- fields ---

_LABEL = re.compile(
    r"(?P<mark>#*)\s*(?P<bold>\**)\s*(?P<label>original\s+languages?|citation|summary|credits?|contents?)"
    r"\s*\**\s*(?P<colon>:?)\s*\**\s*(?P<value>.*?)\s*#*",
    re.IGNORECASE,
)
_BEGINS_LABEL = frozenset("#*oOcCsSſ")  # most lines begin with none of these
_CONTENTS = re.compile(
    r"[-*•]?\s*(?:\w+\s)?(?:translation|transcription|transcript|scan|original|facsimile|document)s?"
    r"(?:\sof\s(?:the\s)?original(?:\sdocument)?s?)?(?:\s*(?:[-–—:(]|in)\s*\w[\w ,]*\)?)?(?:\s*\([\w ]+\))?",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(r"[A-Z][A-Za-z ]{1,40}:\**")
_WEB_PAGE = re.compile(r"<!doctype|<html|<\?xml", re.IGNORECASE)
_NEEDS_CITATION = (
    "Save the document's page with its headings; above a text of your own, type a line with the label "
    '"Citation:", a line that says where the text comes from, and an empty line.'
)
_SINGULAR = {"original languages": "original language", "credit": "credits", "content": "contents"}


class _Label(NamedTuple):
    name: str
    value: str


def _lines(text: str) -> list[str]:
    """Return the lines of a text without no-break spaces, byte order marks and white space at their ends."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    for end in "\r\f\v\u2028\u2029":  # replacing a missing character costs almost nothing
        text = text.replace(end, "\n")
    for space in "\u00a0\u2007\u202f":
        text = text.replace(space, " ")
    return list(map(str.strip, text.replace("\ufeff", "").split("\n")))


def _label(line: str) -> _Label | None:
    return _read_label(line) if line[:1] in _BEGINS_LABEL else None


@lru_cache(maxsize=256)  # every transcription has the same few labels
def _read_label(line: str) -> _Label | None:
    match = _LABEL.fullmatch(line)
    if not match or (match["value"] and not match["colon"]):
        return None
    name = re.sub(r"\s+", " ", match["label"].lower())
    return _Label(_SINGULAR.get(name, name), match["value"].strip("* "))


def _fields(lines: list[str]) -> tuple[list[str], dict[str, str], int]:
    """Return the lines before the first field, the fields, and the line where the document begins."""
    first = next((i for i, line in enumerate(lines) if _label(line)), None)
    if first is None:
        raise TranscriptionError(
            'no field such as "Citation:" or "Contents:" was found, so this is not a transcription in '
            "the layout of the Digital Archive.",
            _NEEDS_CITATION,
        )
    fields: dict[str, str] = {}
    at, last = first, _last_certain_field(lines, first)
    while at < len(lines):
        label = _label(lines[at])
        if not label or label.name in fields:
            break
        value, at = _value(lines, at, label, multiple=at < last)
        fields[label.name] = value
    if not fields.get("citation") and not fields.get("contents"):
        raise TranscriptionError(
            "there is neither a citation nor a list of contents, so this is not a transcription in the "
            "layout of the Digital Archive.",
            _NEEDS_CITATION,
            line=first + 1,
        )
    return lines[:first], {name: value for name, value in fields.items() if value}, at


def _last_certain_field(lines: list[str], first: int) -> int:
    """Return the index of the Contents label whose value lists the contents, or `first`.

    Before it a field may have several blocks; after the last field everything belongs to the document, even
    a line that reads "Contents:".
    """
    for i, line in enumerate(lines[first:], first):
        label = _label(line)
        if label and label.name == "contents":
            value = label.value or next(filter(None, lines[i + 1 :]), "")
            if _CONTENTS.fullmatch(value.strip("*# ")):
                return i
    return first


def _value(lines: list[str], at: int, label: _Label, *, multiple: bool) -> tuple[str, int]:
    """Return a field's value and the index of the line after it, skipping blank lines.

    Up to the last certain field a value may have several blocks; an unknown field ends it and is skipped.
    """
    at += 1
    if label.name == "contents":
        return _contents(lines, at, label.value)
    blocks = [[label.value]] if label.value else []
    gap, is_known = not blocks, True
    while at < len(lines) and not _label(lines[at]):
        line = unmarked(lines[at])
        if line and gap and blocks and not multiple:
            break
        is_known = is_known and not (gap and blocks and _OTHER_LABEL.fullmatch(line))
        if line and is_known and gap:
            blocks.append([line])
        elif line and is_known:
            blocks[-1].append(line)
        gap = not line
        at += 1
    parts = [" ".join(block) for block in blocks]
    return (" " if label.name == "citation" else "\n\n").join(parts), at


def _contents(lines: list[str], at: int, value: str) -> tuple[str, int]:
    """Return the listed contents of the transcription, one item a line, and where the next part begins."""
    items = [value] if value else []
    while at < len(lines):
        line = unmarked(lines[at])
        if line and not _CONTENTS.fullmatch(line):
            break
        if line:
            items.append(line.lstrip("-*• "))
        at += 1
    return "\n".join(items), at


# --- title, date, provenance ---
def _title_and_date(preamble: list[str]) -> tuple[str | None, str | None]:
    """Return title and date; the title follows the date, or precedes it if nothing follows."""
    lines = [line for line in map(unmarked, preamble) if line]
    at = next((i for i, line in enumerate(lines) if is_date(line)), None)
    if at is None:
        return " ".join(lines) or None, None
    return " ".join(lines[at + 1 :] or lines[:at]) or None, lines[at]


_URL = re.compile(r"(?:https?://|\bdigitalarchive\.)[^\s<>\[\]()\"]+")
# A name may contain initials and titles, so a period does not always end it.
_TRANSLATOR = re.compile(
    r"\btrans(?:l(?:ated|ation)?\b[^.:]{0,30}?\bby|l?\.|lators?:)\s+"
    r"((?:\b(?:[A-Z]|Dr|Prof|St|Jr|Sr)\.(?=\s*\S)|[^.])+)",
    re.IGNORECASE,
)
_ACKNOWLEDGED = re.compile(
    r"\.\s+(?:Obtained|Contributed|Included|Published|Reprinted|Provided|Edited|Transcribed|Cited|First|Translated)\b"
)
# An archive's name ends at the first comma, or before the first part with a digit and its abbreviation.
_ARCHIVE = re.compile(r"(.+?)(?:,\s*|\s+(?=(?:(?:[A-Za-z]{1,2}\.|[Ff]ond|DY|FO|RG|NL|Box)\s+)?\S*\d))(.+)")


def _provenance(citation: str) -> dict[str, Any]:
    """Return the archive, the location in it, the translator and the address that a citation gives."""
    url = _URL.search(citation)
    whole = " ".join(citation.split())
    _, archive, rest = whole.partition("Digital Archive")
    translator = _TRANSLATOR.search(rest if archive else whole)
    place = _TRANSLATOR.sub(". ", rest)
    place = _URL.sub("", place) if url else place
    place = _ACKNOWLEDGED.split(place)[0].strip(" ,.<>[]()")
    parts = _ARCHIVE.fullmatch(place)
    return {
        "url": url[0].rstrip(".,)") if url else None,
        "translator": _URL.sub("", translator[1]).strip(" ,.") if translator else None,
        "archive": (parts[1] if parts else place) or None,
        "archive_location": parts[2].strip(" ,.") if parts else None,
    }
