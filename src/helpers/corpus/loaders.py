"""Load the corpus as data frames: documents, paragraphs, sentences, tokens, and the tables about them."""

import re
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers import catalogue
from helpers.corpus.readings import READINGS, Emendation, Segment, segment
from helpers.normalize import bare, count_words, words
from helpers.references import make_id
from helpers.transcription import layout, reader
from helpers.transcription import parser as documents
from helpers.transcription.parser import Document
from helpers.validation import need_known, need_one

SECTIONS = {"header": "h", "body": "p", "closing": "s"}
"""The sections of a document, in order, with the letter that their paragraph ids contain."""


_FROM_TEXT = (
    *("title", "archive", "archive_location", "translator", "original_language", "summary", "credits"),
    *("citation", "n_paragraphs", "n_words"),
)
_DOCUMENT_COLUMNS = (
    *("document_id", "title", "document_date", "document_date_precision", "event_date"),
    *("event_date_precision", "archive", "archive_location", "translator", "original_language", "summary"),
    *("credits", "citation", "url", "url_received", "n_paragraphs", "n_words", "sha256", "short_title"),
)


class Line(NamedTuple):
    """One line or paragraph of a document in both readings."""

    document_id: str
    paragraph_id: str
    n: int
    section: str
    segments: tuple[Segment, ...]

    def text(self, reading: str) -> str:
        """Return the line in one reading, ``corrected`` or ``diplomatic``."""
        corrected = _known(reading) == "corrected"
        return "".join(s.corrected if corrected else s.received for s in self.segments)


def read_document(path: str | Path) -> Document:
    """Read one transcription in the Digital Archive's layout, or one in TEI, and return its parts.

    Parameters
    ----------
    path
        A text file in UTF-8; any transcription in this layout, not only ours.  A file whose name ends in
        ``.xml`` is read as TEI, such as the one that the book offers of each document.

    Returns
    -------
    Document
        Its fields, header, paragraphs and closing, as received; :func:`helpers.transcription.parser.parse`
        lists the layout rules.

    Raises
    ------
    TranscriptionError
        If the file is missing, empty, binary, cut off or in another layout; the message names the file, the
        line and a remedy.

    Examples
    --------
    >>> from helpers import catalogue
    >>> read_document(catalogue.raw_paths()["mao-1963"]).translator
    'David Cowhig'
    """
    return reader.read(path)


def choose_documents(documents: str | Iterable[str] = "core") -> tuple[str, ...]:
    """Return the ids of the documents that are meant by a name, an id or several ids.

    Parameters
    ----------
    documents
        ``core`` (those that the chapters compare and count in), ``all`` (also those that were added), an
        id, or several ids.

    Raises
    ------
    ValueError
        When there is no such document.

    Examples
    --------
    >>> choose_documents(), choose_documents("mao-1963")
    (('deng-1962', 'mao-1963'), ('mao-1963',))
    """
    roles = dict(catalogue.read_table("documents")[["document_id", "role"]].itertuples(index=False))
    if documents == "all":
        return tuple(roles)
    if documents == "core":
        return tuple(document_id for document_id, role in roles.items() if role == "core")
    wanted = need_known("document", documents, [*roles, "core", "all"])
    return tuple(document_id for document_id in roles if document_id in wanted)


def load_documents(*, documents: str | Iterable[str] = "core") -> pd.DataFrame:
    """Return the documents, one row each.

    Parameters
    ----------
    documents
        ``core`` (those that the chapters compare and count in), ``all`` (also those that were added), an
        id, or several ids.

    Returns
    -------
    DataFrame
        `document_id`, `title`, `document_date` and `event_date` (datetime64, with a `_precision` column
        beside each), `archive`, `archive_location`, `translator`, `original_language`, `summary`,
        `credits`, `citation`, `url` (canonical), `url_received`, `n_paragraphs` (body), `n_words` (body,
        split at white space), `sha256`, `short_title`.  A field that the transcription does not give is
        missing.

    Examples
    --------
    >>> load_documents()[["document_id", "n_paragraphs", "n_words"]].to_dict("split")["data"]
    [['deng-1962', 19, 1362], ['mao-1963', 21, 1515]]
    """
    return _documents(choose_documents(documents)).copy()


@cache  # here and below: made once, and each caller gets a copy
def _documents(chosen: tuple[str, ...]) -> pd.DataFrame:
    known = _rows_of("documents", chosen)
    parsed = [_document(document_id) for document_id in known["document_id"]]
    for name in _FROM_TEXT:
        known[name] = [getattr(document, name) for document in parsed]
    return known[list(_DOCUMENT_COLUMNS)]


def load_paragraphs(
    reading: str = "corrected",
    *,
    sections: str | Iterable[str] = "body",
    documents: str | Iterable[str] = "core",
) -> pd.DataFrame:
    """Return the paragraphs of the documents, in order.

    Parameters
    ----------
    reading
        ``corrected`` (the certain emendations applied) or ``diplomatic`` (as received).
    sections
        ``body``, ``header``, ``closing``, several of them, or ``all``.
    documents
        As in :func:`load_documents`.

    Returns
    -------
    DataFrame
        `document_id`, `paragraph_id`, `n` (number within its section, from 1), `section`, `text`, `n_words`.

    Raises
    ------
    ValueError
        If there is no such reading, section or document.

    Examples
    --------
    >>> load_paragraphs().groupby("document_id").size().to_dict()
    {'deng-1962': 19, 'mao-1963': 21}
    """
    return _paragraphs(_known(reading), name_sections(sections), choose_documents(documents)).copy()


@cache
def _paragraphs(reading: str, sections: frozenset[str], chosen: tuple[str, ...]) -> pd.DataFrame:
    rows = [
        (*line[:4], line.text(reading))
        for line in lines()
        if line.section in sections and line.document_id in chosen
    ]
    frame = pd.DataFrame(rows, columns=["document_id", "paragraph_id", "n", "section", "text"])
    frame["n_words"] = [count_words(text) for text in frame["text"]]
    return frame


def load_sentences(reading: str = "corrected", *, documents: str | Iterable[str] = "core") -> pd.DataFrame:
    """Return the sentences of the body paragraphs.

    The segmenter is pysbd, a rule-based one in pure Python, with the abbreviations of these texts added:
    ``com.``, ``S.V.`` and ``A.A.`` do not end a sentence.

    Parameters
    ----------
    reading, documents
        As in :func:`load_paragraphs`.

    Returns
    -------
    DataFrame
        `document_id`, `paragraph_id`, `n` (number within the paragraph, from 1), `start` and `end` (offsets
        in the paragraph's text), `text`, `n_words`.

    Examples
    --------
    >>> load_sentences().query("paragraph_id == 'mao-1963-p10'")["text"].to_list()[-1]
    "The sky won't collapse."
    """
    return _cut(_known(reading), _sentence_spans, choose_documents(documents)).copy()


def load_tokens(reading: str = "corrected", *, documents: str | Iterable[str] = "core") -> pd.DataFrame:
    """Return the words of the body paragraphs, split at white space.

    Parameters
    ----------
    reading, documents
        As in :func:`load_paragraphs`.

    Returns
    -------
    DataFrame
        `document_id`, `paragraph_id`, `n` (number within the paragraph, from 1), `start` and `end` (offsets
        in the paragraph's text), `token` (as in the text), `word` (in lower case, without the punctuation
        around it).

    Examples
    --------
    >>> load_tokens().groupby("document_id").size().to_dict()
    {'deng-1962': 1362, 'mao-1963': 1515}
    """
    return _tokens(_known(reading), choose_documents(documents)).copy()


@cache
def _tokens(reading: str, chosen: tuple[str, ...]) -> pd.DataFrame:
    frame = _cut(reading, _token_spans, chosen).rename(columns={"text": "token"}).drop(columns="n_words")
    frame["word"] = [bare(token) for token in frame["token"]]
    return frame


def load_emendations(*, documents: str | Iterable[str] = "core") -> pd.DataFrame:
    """Return the register of errors and doubtful places in the texts, one row each.

    Parameters
    ----------
    documents
        As in :func:`load_documents`.

    Returns
    -------
    DataFrame
        `emendation_id`, `document_id`, `paragraph_id` (empty outside the paragraphs), `field`, `received`
        (the exact string), `reading` (what is proposed, or empty), `kind`, `certainty`
        (``certain`` is applied in the corrected reading, ``conjectural`` is only shown), `reason`.

    Examples
    --------
    >>> load_emendations().query("received.str.contains('TIIE')")["certainty"].to_list()
    ['certain']
    """
    return _rows_of("emendations", choose_documents(documents))


def load_people() -> pd.DataFrame:
    """Return the people whom the documents or the chronology name, one row each.

    Returns
    -------
    DataFrame
        `person_id`, `name`, `spellings` (list of every spelling in the documents; empty if neither names the
        person), `role`, `party` and `state` (keys of :func:`load_parties`; `party` may be empty),
        `born` and `died` (EDTF text, as exact as known), `confidence` (``high`` or ``medium``), `gloss`
        (one sentence), `note`, `documents` (list) and `citation` (list of keys of the bibliography).

    Examples
    --------
    >>> "Yan Minfu" in load_people().set_index("name").loc["Yan Mingfu", "spellings"]
    True
    """
    return _with_lists("people", "spellings", "documents", "citation")


def load_parties() -> pd.DataFrame:
    """Return the parties, states, organs and other bodies that documents and tables name, one row each.

    Returns
    -------
    DataFrame
        `party_id`, `name`, `abbreviation`, `spellings` (list of every spelling in the documents; empty if
        neither names the body), `kind`, `gloss` (one sentence), `citation` (list of keys of the
        bibliography).

    Examples
    --------
    >>> "CPSU" in load_parties()["abbreviation"].to_list()
    True
    """
    return _with_lists("parties", "spellings", "citation")


def load_letters() -> pd.DataFrame:
    """Return the letters and messages that the documents name, one row each.

    Returns
    -------
    DataFrame
        `letter_id`, `as_given` (the document's words), `identified_as` (one sentence), `written` and
        `delivered` (datetime64, missing where unknown, with a `_precision` column beside each),
        `mentioned_in` (list of paragraph ids), `sender` and `recipient` (lists of keys of
        :func:`load_people` and :func:`load_parties`), `medium`, `answers` and `same_as` (ids of other
        letters, or empty), `certainty`, `citation` (list of keys of the bibliography), `note`.

    Examples
    --------
    >>> letter = load_letters().set_index("letter_id").loc["ccp-letter-1962-04-07"]
    >>> (letter["delivered"] - letter["written"]).days
    2
    """
    return _with_lists("letters", "mentioned_in", "sender", "recipient", "citation")


def load_events() -> pd.DataFrame:
    """Return the chronology of the split from 1949 to 1989, with one row for each event.

    Returns
    -------
    DataFrame
        `event_id`, `start` and `end` (datetime64: first and last day), `date_precision` (``day``,
        ``month``, ``year`` or ``span``; do not show a day for ``month`` and ``year``), `edtf` (the date as
        exactly as known), `category`, `actors` (list of keys of :func:`load_people` and
        :func:`load_parties`), `description` (one sentence), `citation` (list of keys of the bibliography),
        `status`, `paragraphs` (list of ids of paragraphs that allude to it), `note`.

    Examples
    --------
    >>> talks = load_events().query("event_id.str.endswith('-chervonenko-talk')")
    >>> talks["start"].diff().dt.days.to_list()[-1]
    320.0
    """
    return _with_lists("events", "actors", "citation", "paragraphs")


def load_speech_acts(*, documents: str | Iterable[str] = "core") -> pd.DataFrame:
    """Return who does what to whom in every sentence of the body, coded as the codebook explains.

    Parameters
    ----------
    documents
        As in :func:`load_documents`; the sentences of a document that was just added are not coded yet.

    Returns
    -------
    DataFrame
        `document_id`, `paragraph_id`, `n` (number of the sentence, as in :func:`load_sentences`), `actor`
        (key of :func:`load_people` or :func:`load_parties`, or ``note-taker``), `act`, `addressee` (key, or
        ``reader``), `topic`, `voice` (``quoted``, ``reported`` or ``note-taker``), `quotation`.

    Examples
    --------
    >>> len(load_speech_acts()) == len(load_sentences())
    True
    """
    return _rows_of("speech_acts", choose_documents(documents))


def load_mentions(
    reading: str = "corrected",
    *,
    sections: str | Iterable[str] = "body",
    documents: str | Iterable[str] = "core",
) -> pd.DataFrame:
    """Return every place where a document names a person or an entry of the table of parties.

    A spelling must match whole words and capitals.  The longest spelling wins: ``CC CPSU`` is a mention of
    the Central Committee, not of the party.

    Parameters
    ----------
    reading
        As in :func:`load_paragraphs`.
    sections, documents
        As in :func:`load_paragraphs`.

    Returns
    -------
    DataFrame
        `document_id`, `paragraph_id`, `start` and `end` (offsets in the paragraph's text), `spelling`,
        `entity_id` (key of :func:`load_people` or :func:`load_parties`), `kind` (``person``, or ``party``
        for everything in the parties table), in the order of the text.

    Raises
    ------
    ValueError
        If there is no such reading, section or document.

    Examples
    --------
    >>> mao = load_mentions().query("entity_id == 'mao-zedong'")
    >>> mao.groupby("document_id").size().to_dict()
    {'deng-1962': 2, 'mao-1963': 18}
    """
    return _mentions(_known(reading), name_sections(sections), choose_documents(documents)).copy()


@cache
def _mentions(reading: str, sections: frozenset[str], chosen: tuple[str, ...]) -> pd.DataFrame:
    entities = find_spellings()
    rows = [
        (line.document_id, line.paragraph_id, start, end, text[start:end], *entities[text[start:end]])
        for line in lines()
        if line.section in sections and line.document_id in chosen
        for text in [line.text(reading)]
        for start, end in find_mentions(text, entities)
    ]
    columns = ["document_id", "paragraph_id", "start", "end", "spelling", "entity_id", "kind"]
    return pd.DataFrame(rows, columns=columns)


def name_entities() -> dict[str, str]:
    """Return the names in the tables of people and parties, by key.

    Examples
    --------
    >>> name_entities()["pan-zili"], name_entities()["the-center"]
    ('Pan Zili', 'the Center')
    """
    people = load_people().set_index("person_id")["name"].to_dict()
    return people | load_parties().set_index("party_id")["name"].to_dict()


@cache
def lines() -> tuple[Line, ...]:
    """Return every line of all documents in both readings: header, body and closing."""
    emendations = _emendations()
    found = []
    for document_id in catalogue.read_table("documents")["document_id"]:
        document = _document(document_id)
        parts = {"header": document.header, "body": document.paragraphs, "closing": document.closing}
        for section, texts in parts.items():
            for n, text in enumerate(texts, 1):
                paragraph_id = make_id(document_id, SECTIONS[section], n)
                segments = segment(text, emendations.get(paragraph_id, ()))
                found.append(Line(document_id, paragraph_id, n, section, tuple(segments)))
    return tuple(found)


@cache
def _document(document_id: str) -> Document:
    return documents.parse(catalogue.read_raw(document_id))


def _emendations() -> dict[str, list[Emendation]]:
    grouped: dict[str, list[Emendation]] = {}
    table = catalogue.read_table("emendations")
    # A mask, because starting the query language takes as long as all the rest of the loading.
    for row in table.loc[table["field"] == "text", list(Emendation._fields)].itertuples(index=False):
        grouped.setdefault(row.paragraph_id, []).append(Emendation(*row))
    return grouped


def name_sections(sections: str | Iterable[str]) -> frozenset[str]:
    """Return the sections meant by a name, several names or ``all``."""
    wanted = frozenset(need_known("section", sections, [*SECTIONS, "all"]))
    return frozenset(SECTIONS) if "all" in wanted else wanted


def _known(reading: str) -> str:
    """Return the name of a reading, or raise an error if there is no such reading."""
    need_one("reading", reading, READINGS)
    return reading


@cache
def _cut(
    reading: str, spans: Callable[[str], Iterable[tuple[int, int]]], chosen: tuple[str, ...]
) -> pd.DataFrame:
    """Return the parts of every body paragraph, one row each, in the order of the text."""
    rows = [
        (line.document_id, line.paragraph_id, n, start, end, text[start:end], len(words(text[start:end])))
        for line in lines()
        if line.section == "body" and line.document_id in chosen
        for text in [line.text(reading)]
        for n, (start, end) in enumerate(spans(text), 1)
    ]
    columns = ["document_id", "paragraph_id", "n", "start", "end", "text", "n_words"]
    return pd.DataFrame(rows, columns=columns)


def _token_spans(text: str) -> Iterable[tuple[int, int]]:
    at = 0
    for word in words(text):
        start = text.index(word, at)
        at = start + len(word)
        yield start, at


def _sentence_spans(text: str) -> Iterable[tuple[int, int]]:
    ends, at = [], 0
    for sentence in _segmenter().segment(text):
        at = text.index(sentence.strip(), at) + len(sentence.strip())
        # The segmenter puts a closing quotation mark into the sentence after the one that it closes.
        closing = re.match(r"[\"”]+(?=\s|$)", text[at:])
        ends.append(at + closing.end() if closing else at)
    start = 0
    for end in ends:
        start += len(text[start:]) - len(text[start:].lstrip())
        if start < end:
            yield start, end
        start = max(start, end)


@cache
def _segmenter() -> Any:
    """Return pysbd's segmenter with our abbreviations; it is loaded here because few callers need it."""
    with warnings.catch_warnings():
        # Where no compiled file is kept, Python warns about it, and a warning would cost a student marks.
        warnings.simplefilter("ignore")
        import pysbd
        from pysbd.between_punctuation import BetweenPunctuation

    segmenter = pysbd.Segmenter(language="en", clean=False)
    english: Any = segmenter.language_module

    class Abbreviation(english.Abbreviation):  # type: ignore[misc]
        ABBREVIATIONS = sorted({*english.Abbreviation.ABBREVIATIONS, *layout.ABBREVIATIONS})
        PREPOSITIVE_ABBREVIATIONS = sorted(
            {*english.Abbreviation.PREPOSITIVE_ABBREVIATIONS, *layout.ABBREVIATIONS}
        )

    class Quoted(BetweenPunctuation):  # type: ignore[misc]
        # A quotation may contain several sentences.
        def sub_punctuation_between_double_quotes(self, txt: str) -> str:
            return txt

    extras = {"Abbreviation": Abbreviation, "BetweenPunctuation": Quoted}
    segmenter.language_module = type("DiplomaticEnglish", (english,), extras)
    return segmenter


@cache
def find_spellings() -> dict[str, tuple[str, str]]:
    """Return the id and kind of the entry that each spelling names, with the longest spellings first."""
    tables = {"person": (load_people(), "person_id"), "party": (load_parties(), "party_id")}
    found = {
        spelling: (entity_id, kind)
        for kind, (table, key) in tables.items()
        for entity_id, spellings in zip(table[key], table["spellings"], strict=True)
        for spelling in spellings
    }
    return {spelling: found[spelling] for spelling in sorted(found, key=len, reverse=True)}


def find_mentions(text: str, spellings: Iterable[str]) -> list[tuple[int, int]]:
    """Return the spans of names in a text, in its order.

    Parameters
    ----------
    text
        Any text.
    spellings
        The names, with the longest first, because a longer name wins over a shorter one.

    Examples
    --------
    >>> find_mentions("the CC CCP and the CCP", ["CC CCP", "CCP"])
    [(4, 10), (19, 22)]
    """
    spans: list[tuple[int, int]] = []
    for spelling in spellings:
        for match in re.finditer(rf"(?<!\w){re.escape(spelling)}(?!\w)", text):
            if all(match.end() <= start or end <= match.start() for start, end in spans):
                spans.append(match.span())
    return sorted(spans)


def _rows_of(table: str, chosen: tuple[str, ...]) -> pd.DataFrame:
    """Return the rows of a table that are about the chosen documents."""
    frame = catalogue.read_table(table)
    return frame[frame["document_id"].isin(chosen)].reset_index(drop=True)


def _with_lists(table: str, *columns: str) -> pd.DataFrame:
    """Return a table with lists in the columns whose cells hold several values."""
    frame = catalogue.read_table(table)
    for column in columns:
        frame[column] = [cell.split(" | ") if cell else [] for cell in frame[column]]
    return frame
