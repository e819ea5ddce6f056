"""The text of one transcription becomes a `Document`: pure, no path, no knowledge of any particular source.

The layout is that of the Wilson Center Digital Archive: a date, a title, labelled fields (Citation, Summary,
Credits, Original Language, Contents) in any order, and then the document itself.
"""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from helpers.normalize import comparable, words

FIELDS = ("citation", "summary", "credits", "original language", "contents")
"""The labels that this archive puts before a document."""


class TranscriptionError(ValueError):
    """A file is not a transcription in the archive's layout.

    Attributes
    ----------
    problem, remedy
        One sentence each.
    line
        The line where the trouble shows, counted from 1.
    path
        The file, or None when only a text was given.
    """

    def __init__(self, problem: str, remedy: str, *, line: int = 1, path: object = None):
        self.problem, self.remedy, self.line, self.path = problem, remedy, line, path
        super().__init__(f"{path or 'The text'}, line {line}: {problem} {remedy}")


@dataclass(frozen=True)
class Document:
    """One transcription, taken apart.

    A field that the transcription does not give is None or empty, never invented.  The columns of
    :func:`helpers.load_documents` are attributes; those that only a catalogue can know (`document_id`,
    `event_date`) stay None here.
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
        """The number of words in the body, counted between white space."""
        return sum(len(words(paragraph)) for paragraph in self.paragraphs)


class Block(NamedTuple):
    """Lines that stand together, made one, and the number of the first."""

    line: int
    text: str


def parse(text: str) -> Document:
    """Return the transcription `text` taken apart.

    The layout rules, in the order in which they are applied:

    1. **Fields.** A field begins at a line that holds its label, with or without ``#``, ``**`` or a colon,
       its value on the same line or below.  Each label counts once.  What stands before the first label is
       the date (a line of nothing but a date) and the title (all other lines).  The document begins after
       the value of ``Contents``, or, where that is missing, after the value of the last label in the
       unbroken run of fields.
    2. **Blocks.** Lines that no blank line separates are one block; a word that a hyphen cuts at a line's
       end is made whole.
    3. **Page breaks.** A block of prose that stops without closing punctuation is joined to the next one when
       that begins with a small letter, or when the first stops at a comma, a hyphen or a word that cannot
       end a sentence; a page number between the two is dropped.
    4. **Header.** The leading blocks that do not end like a sentence; and, among the four after them, up to
       the last that ends in a date, repeats the title or marks secrecy.
    5. **Closing.** The last blocks that do not end like a sentence, or that begin like a signature.
    6. **Body.** What is between.

    Parameters
    ----------
    text
        A whole transcription, with any line ends.

    Raises
    ------
    TranscriptionError
        When the text is empty, has no field, no body, or stops in the middle of a sentence.

    Examples
    --------
    >>> parse("May 1962\\n\\nA Talk\\n\\nContents:\\n\\nTranslation - English\\n\\nThey met.").paragraphs
    ['They met.']
    """
    lines = [_clean(line) for line in re.split(r"\r\n|[\n\r\f\v\u2028\u2029]", text.removeprefix("\ufeff"))]
    if not any(lines):
        raise TranscriptionError("the file is empty.", "Save the transcription again.")
    preamble, fields, start = _fields(lines)
    blocks = _heal(_blocks(lines, start))
    if not blocks:
        raise TranscriptionError(
            "the text stops before the document begins.", "Save the whole page again.", line=len(lines)
        )
    _check_end(blocks[-1])
    title, date_text = _title_and_date(preamble)
    header, body, closing = _sections(blocks, title or "")
    if not body:
        raise TranscriptionError(
            "no paragraph follows the header.", "Save the whole page again.", line=blocks[-1].line
        )
    citation = fields.get("citation")
    return Document(
        title=title,
        document_date=_date(date_text),
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
    """Return the text of a file's bytes, which must be UTF-8.

    Raises
    ------
    TranscriptionError
        When the bytes are no text, or text in another encoding; the line of the first wrong byte is named.
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
_CONTENTS = re.compile(
    r"[-*•]?\s*(?:\w+\s)?(?:translation|transcription|transcript|scan|original|facsimile|document)s?"
    r"(?:\s*(?:[-–—:(]|in)\s*\w[\w ,]*\)?)?",
    re.IGNORECASE,
)


_SINGULAR = {"original languages": "original language", "credit": "credits", "content": "contents"}


class _Label(NamedTuple):
    name: str
    value: str


def _clean(line: str) -> str:
    """Return a line without no-break spaces, byte order marks and white space at its ends."""
    return re.sub(r"[\u00a0\u2007\u202f]", " ", line).replace("\ufeff", "").strip()


def _label(line: str) -> _Label | None:
    match = _LABEL.fullmatch(line)
    if not match or (match["value"] and not match["colon"]):
        return None
    name = re.sub(r"\s+", " ", match["label"].lower())
    return _Label(_SINGULAR.get(name, name), match["value"].strip("* "))


def _fields(lines: list[str]) -> tuple[list[str], dict[str, str], int]:
    """Return the lines before the first field, the fields, and where the document begins."""
    first = next((i for i, line in enumerate(lines) if _label(line)), None)
    if first is None:
        raise TranscriptionError(
            'no field such as "Citation:" or "Contents:" was found, so this is not a transcription in '
            "the layout of the Digital Archive.",
            "Save the document's page with its headings.",
        )
    fields: dict[str, str] = {}
    at, last = first, _last_certain_field(lines, first)
    while at < len(lines):
        label = _label(lines[at])
        if not label or label.name in fields:
            break
        value, at = _value(lines, at, label, multiple=at < last)
        fields[label.name] = value
    return lines[:first], {name: value for name, value in fields.items() if value}, at


def _last_certain_field(lines: list[str], first: int) -> int:
    """Return the index of the Contents label whose value says what the transcription holds, else `first`.

    Before it a field may run over several blocks; after the last field everything is document, also a line
    that reads "Contents:".
    """
    for i, line in enumerate(lines[first:], first):
        label = _label(line)
        if label and label.name == "contents":
            value = label.value or next(filter(None, lines[i + 1 :]), "")
            if _CONTENTS.fullmatch(value.strip("*# ")):
                return i
    return first


def _value(lines: list[str], at: int, label: _Label, *, multiple: bool) -> tuple[str, int]:
    """Return a field's value and the index of the line after it (blank lines passed over)."""
    at += 1
    if label.name == "contents":
        return _contents(lines, at, label.value)
    blocks = [[label.value]] if label.value else []
    gap = not blocks
    while at < len(lines) and not _label(lines[at]):
        if not lines[at]:
            gap = True
        elif gap and blocks and not multiple:
            break
        elif gap:
            blocks.append([_unmarked(lines[at])])
            gap = False
        else:
            blocks[-1].append(_unmarked(lines[at]))
        at += 1
    return "\n\n".join(" ".join(block) for block in blocks), at


def _contents(lines: list[str], at: int, value: str) -> tuple[str, int]:
    """Return what the transcription says it holds, one item a line, and where the next thing begins."""
    items = [value] if value else []
    while at < len(lines):
        line = _unmarked(lines[at])
        if line and not _CONTENTS.fullmatch(line):
            break
        if line:
            items.append(line.lstrip("-*• "))
        at += 1
    return "\n".join(items), at


def _unmarked(line: str) -> str:
    """Return a line without the heading and bold marks of its conversion."""
    line = re.sub(r"^#+\s*|\s+#+$", "", line)
    return re.sub(r"^\*\*(.+?)\*\*$", r"\1", line).strip()


# --- title, date, provenance ---

_MONTHS = "january february march april may june july august september october november december".split()
_DATE_WORDS = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|\d{{4}}|(?:{'|'.join(f'{m[:3]}(?:{m[3:]})?|{m[:3]}t' for m in _MONTHS)})"
    r"|circa|ca|c|about|early|mid|late|to|and|or|of|undated|no|date|n|d|between)",
    re.IGNORECASE,
)


def _is_date(line: str) -> bool:
    """Say whether a line holds a date and nothing else."""
    parts = re.findall(r"[^\s,.;:()\[\]/–—-]+", line)
    return (
        bool(parts)
        and all(_DATE_WORDS.fullmatch(part) for part in parts)
        and bool(re.search(r"\b\d{4}\b|undated|no date|n\.d", line, re.IGNORECASE))
    )


def _date(text: str | None) -> dt.date | None:
    """Return the day that `text` gives, or None when it gives no single certain day."""
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b|[.,]", "", text or "")
    for pattern in ("%B %d %Y", "%d %B %Y", "%b %d %Y", "%d %b %Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(" ".join(plain.split()), pattern).date()
        except ValueError:
            continue
    return None


def _title_and_date(preamble: list[str]) -> tuple[str | None, str | None]:
    lines = [line for line in map(_unmarked, preamble) if line]
    dates = [line for line in lines if _is_date(line)]
    title = " ".join(line for line in lines if line not in dates[:1])
    return title or None, dates[0] if dates else None


def _provenance(citation: str) -> dict[str, str | None]:
    """Return archive, its location, translator and address as the citation gives them."""
    url = re.search(r"https?://\S+", citation)
    rest = citation.replace(url[0], "") if url else citation
    # A name may hold initials, so that not every full stop ends it.
    translator = re.search(r"[Tt]ranslated\b[^.]*?\bby\s+((?:\b[A-Z]\.\s?|[^.])+)", rest)
    place = re.search(
        r"Digital Archive,\s*(.+?)\s*(?:\.\s+(?=(?:Translated|Obtained|Contributed|Included|Published|"
        r"Reprinted|Provided|Edited|Transcribed|Cited|First)\b)|\.?\s*$)",
        rest,
    )
    # An archive's name ends at the first comma, or before the first part that holds a digit.
    parts = re.fullmatch(r"(.+?)(?:,\s*|\s+(?=\S*\d))(.+)", place[1]) if place else None
    return {
        "url": url[0].rstrip(".,)") if url else None,
        "translator": translator[1].strip() if translator else None,
        "archive": (parts[1] if parts else place[1]) if place else None,
        "archive_location": parts[2] if parts else None,
    }


# --- blocks, page breaks, sections ---

ABBREVIATIONS = ("com", "comr", "cde", "mr", "mrs", "dr", "gen", "vol", "pp", "st", "sgd")
"""Abbreviations that stand before something, so that their full stop ends no sentence."""

_ENDS_SENTENCE = re.compile(r"[.?!…:;]['\"’”»)\]*]*$")
_ENDS_ABBREVIATION = re.compile(rf"\b({'|'.join(ABBREVIATIONS)})\.$", re.IGNORECASE)
_SENTENCE_INSIDE = re.compile(r"(?<!\b[Cc]om)(?<=[a-z\])])[.?!]['\"’”)]*\s+['\"‘“(\[]?[A-Z]")
_CANNOT_END = frozenset(
    "a an the of to in on at by for with from into upon and or but nor that which who whom whose if as than "
    "because is are was were be been has have had will would shall should could can may might must not "
    "his her its their our my your this these those between among about against".split()
)
_PAGE_NUMBER = re.compile(r"[-–—\[(]?\s*(?:page|p\.)?\s*\d{1,4}\s*[-–—\])]?", re.IGNORECASE)
_LIST_ITEM = re.compile(r"\(?(?:[a-z]|[ivx]+)[.)]\s")
_SIGNS = re.compile(
    r"\(?(?:signature|signed|sgd|recorded by|taken by|written by|typed|copies|copy to|cc:|distribution"
    r"|sent to:)",
    re.IGNORECASE,
)
_SECRECY = re.compile(r"\W*(?:\w+ )?(?:secret|confidential|restricted)\W*|copy no\..*", re.IGNORECASE)
_PROSE_WORDS = 8
_LONG_WORDS = 40


def _blocks(lines: list[str], start: int) -> list[Block]:
    """Return the blocks from line `start` on, the cuts of words at line ends healed."""
    blocks: list[Block] = []
    open_ = False
    for number, line in enumerate(lines[start:], start + 1):
        line = _unmarked(line)
        if line and open_:
            blocks[-1] = blocks[-1]._replace(text=_join(blocks[-1].text, line, blocks))
        elif line:
            blocks.append(Block(number, line))
        open_ = bool(line)
    return blocks


def _heal(blocks: list[Block]) -> list[Block]:
    """Return the blocks with sentences that a page break cut made whole."""
    healed: list[Block] = []
    for i, block in enumerate(blocks):
        following = blocks[i + 1].text if i + 1 < len(blocks) else ""
        if healed and _PAGE_NUMBER.fullmatch(block.text) and _is_cut(healed[-1].text, following):
            continue
        if healed and _is_cut(healed[-1].text, block.text):
            healed[-1] = healed[-1]._replace(text=_join(healed[-1].text, block.text, blocks))
        else:
            healed.append(block)
    return healed


def _join(first: str, second: str, context: list[Block]) -> str:
    """Return two halves as one text; a hyphen at the cut stays only where the text elsewhere writes it."""
    cut = re.search(r"(\w+)[-\u00ad\u2010]$", first)
    rest = re.match(r"\w+", second)
    if not cut or not rest or not rest[0][0].islower():
        return f"{first} {second}"
    whole, hyphenated = cut[1] + rest[0], f"{cut[1]}-{rest[0]}"
    elsewhere = " ".join(block.text for block in context)
    if not re.search(rf"\b{whole}\b", elsewhere, re.IGNORECASE) and re.search(
        rf"\b{hyphenated}\b", elsewhere, re.IGNORECASE
    ):
        return f"{first[:-1]}-{second}"
    return first[:-1] + second


def _is_cut(first: str, second: str) -> bool:
    """Say whether a page break cuts a sentence between two blocks."""
    abbreviated = bool(_ENDS_ABBREVIATION.search(first))
    if not second or (_ENDS_SENTENCE.search(first) and not abbreviated):
        return False
    if _is_label(first) or _SIGNS.match(second) or _LIST_ITEM.match(second):
        return False
    if second.lstrip("\"'‘’“”([*")[:1].islower():
        return True
    if not _is_prose(first):
        return False
    stops_short = first[-1] in ",-–—" or first.split()[-1] in _CANNOT_END or abbreviated
    breaks_off = first[-1].isalnum() and bool(_SENTENCE_INSIDE.search(first))
    return stops_short or (breaks_off and _is_sentence(second))


def _is_label(text: str) -> bool:
    """Say whether a block is a line of an office's form, which no page break cuts."""
    return text.isupper() or bool(_SECRECY.fullmatch(text)) or _is_date(text)


def _is_prose(text: str) -> bool:
    return len(words(text)) >= _PROSE_WORDS or bool(_SENTENCE_INSIDE.search(text))


def _is_sentence(text: str) -> bool:
    """Say whether a block reads as prose: it ends like a sentence, or is too long for a heading."""
    if _is_label(text):
        return False
    return bool(_ENDS_SENTENCE.search(text)) or len(words(text)) >= _LONG_WORDS


def _sections(blocks: list[Block], title: str) -> tuple[list[Block], list[Block], list[Block]]:
    """Return header, body and closing."""
    if not any(_is_sentence(block.text) for block in blocks):
        return [], blocks, []
    start = next(i for i, block in enumerate(blocks) if _is_sentence(block.text))
    for i in range(start, min(start + 4, len(blocks) - 1)):
        if not _is_sentence(blocks[i].text) and _is_heading(blocks[i].text, title):
            start = i + 1
    end = len(blocks)
    while end > start + 1 and (not _is_sentence(blocks[end - 1].text) or _SIGNS.match(blocks[end - 1].text)):
        end -= 1
    return blocks[:start], blocks[start:end], blocks[end:]


def _is_heading(text: str, title: str) -> bool:
    """Say whether a line among the first paragraphs still belongs to the header."""
    if _SECRECY.fullmatch(text) or _is_date(" ".join(words(text)[-3:])):
        return True
    own, known = words(comparable(text)), set(words(comparable(title)))
    return len(own) >= 4 and sum(word in known for word in own) >= 0.6 * len(own)


def _check_end(last: Block) -> None:
    """Raise when the last block stops in the middle of a sentence."""
    text = last.text
    if _ENDS_SENTENCE.search(text) or text.isupper() or _SIGNS.match(text):
        return
    ending = text.split()[-1]
    unfinished = text[-1] in ",-–—" or ending in _CANNOT_END
    if (unfinished and len(words(text)) > 2) or (len(words(text)) >= _PROSE_WORDS and text[-1].islower()):
        raise TranscriptionError(
            f"the text stops in the middle of a sentence ({' '.join(words(text)[-4:])!r}).",
            "The file was cut off; save the whole page again.",
            line=last.line,
        )
