"""A transcription and what its reader cannot know of it: read, checked, and laid out as the archive does."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from helpers.dates import write_out
from helpers.transcription.parser import Document, TranscriptionError, decode, parse

FIELDS = {
    "id": "the id of the document, such as zhou-1964",
    "title": "the title of the document",
    "date": "the day that the document bears",
    "speaker": "who speaks or writes in it",
    "source": "the archive, or the book and its page, from which the text comes",
    "talk": "the day of the talk, if it is not the day of the document",
    "url": "the address of the document",
    "language": "the language of the original",
    "translator": "who translated it",
    "summary": "what it is about, in one sentence",
    "credits": "whom the source wants to be thanked",
}
"""What the form asks, each with its meaning."""

NEEDED = ("title", "date", "speaker", "source")
"""What plain text cannot do without."""

_OF_THE_LAYOUT = frozenset(FIELDS) - {"id", "date", "speaker", "talk", "url"}
_ID = re.compile(r"[a-z]+-[0-9]{4}")
_EDTF = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_HEADER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?\n", re.DOTALL | re.MULTILINE)
_SPEAKER = re.compile(r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)*\.?")
_MOST_PARAGRAPHS = 99  # the ids and the references have two digits


class AuthoringError(Exception):
    """Something cannot be added or removed; the message names the file, the place and the remedy."""


@dataclass(frozen=True)
class Source:
    """One transcription, ready to be added.

    `raw` is what is kept byte for byte; `date` and `talk` are dates in EDTF, as exact as they are known;
    `source` says where the text comes from, without an address.
    """

    document_id: str
    raw: bytes
    parsed: Document
    title: str
    speaker: str
    date: str
    talk: str
    source: str
    url: str

    @property
    def short_title(self) -> str:
        """What references and labels call the document."""
        return self.document_id.replace("-", " ").title()


def read_source(path: Path, answers: Mapping[str, str], family_names: Mapping[str, str]) -> Source:
    """Return a transcription with the answers to the form.

    Parameters
    ----------
    path
        A text in UTF-8: a transcription in the archive's layout (see
        :func:`helpers.transcription.parser.parse`), or plain text with paragraphs between blank lines, with
        or without a header.  The header is YAML between two lines ``---`` at the top of the file.
    answers
        Answers to `FIELDS`; they have precedence over those in the header.
    family_names
        The family name of those people whose last word it may not be.

    Raises
    ------
    AuthoringError
        When the file cannot be read, or an answer is missing or is none; it names file, place and remedy.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise AuthoringError(f"{path}: the file cannot be read ({error.strerror}); check its name.") from None
    try:
        text = decode(content)
        header, text_alone = _split_header(path, text)
        given = _tidy(path, header | {name: value for name, value in answers.items() if value})
        if not header and not given.keys() >= {"title", "source"}:
            return _from_layout(path, content, parse(text), given, family_names)
    except TranscriptionError as error:
        raise AuthoringError(
            f"{path}, line {error.line}: {error.problem} {error.remedy} If it is plain text, give "
            f"{', '.join(name.upper() for name in NEEDED)} with it, or a header between two lines ---."
        ) from None
    return _from_plain_text(path, text_alone, given, family_names)


def _split_header(path: Path, text: str) -> tuple[dict[str, str], str]:
    """Return the answers above a text, and the text without them."""
    found = _HEADER.match(text)
    if not found and re.match(r"\ufeff?---[ \t]*\r?\n", text):
        raise AuthoringError(f"{path}, line 1: the header has no end; close it with another line ---.")
    if not found:
        return {}, text
    try:
        header = yaml.safe_load(found[1])
    except yaml.YAMLError as error:
        line = error.problem_mark.line + 2 if getattr(error, "problem_mark", None) else 1
        raise AuthoringError(
            f"{path}, line {line}: the header is no YAML; write one answer a line, as in `title: A Talk`, "
            "with quotation marks around a text that has a colon."
        ) from None
    if not isinstance(header, dict):
        raise AuthoringError(f"{path}, line 2: the header has no answers; write them as in `title: A Talk`.")
    if unknown := [str(name) for name in header if name not in FIELDS]:
        raise AuthoringError(
            f"{path}, header: nothing is asked that is called {', '.join(unknown)}; "
            f"take it out, or call it {', '.join(FIELDS)}."
        )
    return {name: str(value) for name, value in header.items() if value is not None}, text[found.end() :]


def _tidy(path: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Return the answers on one line each, once they are what they should be."""
    found = {name: " ".join(value.split()) for name, value in given.items() if value.strip()}
    for name in ("date", "talk"):
        if name in found and not _EDTF.fullmatch(found[name]):
            raise AuthoringError(
                f"{path}: {name.upper()} is {found[name]!r}; write it as 1964-07-04, or as 1964-07 or 1964 "
                "where less is known."
            )
        if name in found:
            _check_day(path, name, found[name])
    if "speaker" in found and not _SPEAKER.fullmatch(found["speaker"]):
        raise AuthoringError(
            f"{path}: SPEAKER is {found['speaker']!r}; write a name alone, as in Zhou Enlai, without office "
            "and signs."
        )
    if "url" in found and not re.fullmatch(r"https?://[^\s<>\"]+", found["url"]):
        raise AuthoringError(f"{path}: URL is {found['url']!r}; write an address that begins with https://.")
    return found


def _check_day(path: Path, name: str, edtf: str) -> None:
    import datetime as dt

    if len(edtf) == len("1964-07-04"):
        try:
            dt.date.fromisoformat(edtf)
        except ValueError:
            raise AuthoringError(f"{path}: {name.upper()} is {edtf}, and there is no such day.") from None


def _from_layout(
    path: Path, content: bytes, parsed: Document, given: dict[str, str], family_names: Mapping[str, str]
) -> Source:
    """Return a transcription in the archive's layout, which is kept byte for byte."""
    if extra := [name.upper() for name in given if name in _OF_THE_LAYOUT]:
        raise AuthoringError(
            f"{path}: the transcription has {', '.join(extra)} in its own fields; take "
            f"{'it' if len(extra) == 1 else 'them'} out of the command."
        )
    if not parsed.title or not parsed.citation:
        what = "title above its fields" if not parsed.title else "Citation"
        raise AuthoringError(
            f"{path}, line 1: there is no {what}; save the archive's page with its headings."
        )
    date = given.get("date", "")
    if parsed.document_date:
        own = parsed.document_date.isoformat()
        if date not in ("", own):
            raise AuthoringError(
                f"{path}: DATE is {date}, but the transcription is dated {own}; take DATE out."
            )
        date = own
    given = {**given, "title": parsed.title, "source": parsed.citation, "date": date}
    source = parsed.citation.replace(parsed.url or "\0", "").strip()
    return _make(path, content, parsed, given, source, given.get("url") or parsed.url or "", family_names)


def _from_plain_text(path: Path, text: str, given: dict[str, str], family_names: Mapping[str, str]) -> Source:
    """Return plain text laid out as the archive lays out a document: the answers above, the text below."""
    for name in NEEDED:
        _need(path, name, given)
    if not text.strip():
        raise AuthoringError(f"{path}: there is no text below the header; add the transcription.")
    is_translated = "translator" in given or given.get("language", "English").casefold() != "english"
    contents = "Translation - English" if is_translated else "Transcription"
    cited = f'"{given["title"]}", {write_out(given["date"])}, {given["source"].rstrip(".")}.'
    if "translator" in given:
        cited += f" Translated by {given['translator'].rstrip('.')}."
    labeled = {
        "Citation": " ".join(filter(None, (cited, given.get("url", "")))),
        "Summary": given.get("summary", ""),
        "Credits": given.get("credits", ""),
        "Original Language": given.get("language", ""),
        "Contents": contents,
    }
    above = [write_out(given["date"]), given["title"]]
    for label, value in labeled.items():
        above += [f"{label}:", value] if value else []
    laid_out = "\n\n".join([*above, text.lstrip("\ufeff\r\n")])
    n_above = len("\n\n".join(above).splitlines()) + 1
    mistaken = AuthoringError(
        f"{path}: the title or the first line of the text reads like a label or a date of the archive's "
        "form; word the title otherwise, or begin the text with its first sentence."
    )
    try:
        parsed = parse(laid_out)
    except TranscriptionError as error:
        if error.line <= n_above:
            raise mistaken from None
        line = error.line - n_above
        raise AuthoringError(f"{path}, line {line} of the text: {error.problem} {error.remedy}") from None
    first = next(iter([*parsed.header, *parsed.paragraphs]))
    if parsed.title != given["title"] or parsed.contents != [contents] or not _begins(text, first):
        raise mistaken
    return _make(path, laid_out.encode(), parsed, given, cited, given.get("url", ""), family_names)


def _begins(text: str, first: str) -> bool:
    """Say whether a text begins with a block, whatever its white space and its marks."""
    letters, wanted = (re.sub(r"[^\w]", "", part) for part in (text[: 4 * len(first) + 200], first))
    return letters.startswith(wanted[:40])


def _make(
    path: Path,
    raw: bytes,
    parsed: Document,
    given: dict[str, str],
    source: str,
    url: str,
    family_names: Mapping[str, str],
) -> Source:
    for name in ("date", "speaker"):
        _need(path, name, given)
    if parsed.n_paragraphs > _MOST_PARAGRAPHS:
        raise AuthoringError(
            f"{path}: the document has {parsed.n_paragraphs} paragraphs, and ids are made for "
            f"{_MOST_PARAGRAPHS}; divide it, and add each part with an ID of its own."
        )
    talk = given.get("talk") or given["date"]
    document_id = given.get("id") or _name(path, given["speaker"], talk, family_names)
    if not _ID.fullmatch(document_id):
        raise AuthoringError(
            f"{path}: ID is {document_id!r}; write one name in small letters, a hyphen and the year, as in "
            "zhou-1964."
        )
    return Source(
        document_id, raw, parsed, given["title"], given["speaker"], given["date"], talk, source, url
    )


def _need(path: Path, name: str, given: Mapping[str, str]) -> None:
    if not given.get(name):
        raise AuthoringError(
            f"{path}: {name.upper()} is missing, {FIELDS[name]}; add {name.upper()}=... to the command, or "
            f"`{name}: ...` to a header of plain text."
        )


def _name(path: Path, speaker: str, talk: str, family_names: Mapping[str, str]) -> str:
    """Return the id of a document: the family name of who speaks in it, and the year."""
    family = family_names.get(speaker) or speaker.split()[-1]
    plain = unicodedata.normalize("NFKD", family).lower()
    letters = "".join(letter for letter in plain if "a" <= letter <= "z")
    if not letters:
        raise AuthoringError(f"{path}: no id can be made of {speaker!r}; add ID=... such as ID=zhou-1964.")
    return f"{letters}-{talk[:4]}"
