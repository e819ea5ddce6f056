"""Write a document in TEI P5, with its emendations, names, sentences and speech acts.

Every line has its paragraph id as ``xml:id``.  A body paragraph is a ``p``, a line of header or closing an
``ab``.  An emendation is a ``choice``: the received words are in ``sic`` or ``orig``, the editor's in
``corr`` or ``reg``, whose ``cert`` is ``high`` if the corrected reading has them, and the reason is a note in
the back.  A name refers to the list of people and bodies in the header.  A sentence is an ``s``, whose
``ana`` names act, topic and voice; who acts on whom is in a list of relations.
:func:`helpers.transcription.tei.parse_tei` reads such a file.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import helpers
from helpers import catalogue
from helpers.corpus import loaders
from helpers.corpus.loaders import Line
from helpers.corpus.readings import Emendation
from helpers.editions.markup import element, write_xml
from helpers.transcription.parser import Document
from helpers.transcription.tei import NAMESPACE, RUNNING

_EDITORS = "The Sino-Soviet Split module authors"
_LICENSE = "https://creativecommons.org/licenses/by/4.0/"
_RIGHTS = (
    "We claim no rights in the document itself. If you republish it, first check the archive's terms of use, "
    "and keep the citation, the translator's name and the credit line.",
    "The encoding and the notes are licensed under CC BY 4.0.",
)
_ENCODED = (
    "The text is that of the transcription. Received words are in sic or orig, those of the editors in corr "
    "or reg; cert is high if the corrected reading has them and low if they are only proposed. "
    "A page break that cut a sentence is pb. Sentences are those of the corrected reading."
)
_REGULAR = {"date", "format"}  # kinds of emendations that correct no error
_CERT = {"certain": "high", "conjectural": "low"}
_CODES = ("act", "topic", "voice")
_ISO = re.compile(r"\d{4}(-\d\d){0,2}")
_OUTSIDE = {"note-taker": "the note-taker", "reader": "the reader"}


class Edition(NamedTuple):
    """What is written: a document, its lines, and the rows of the tables that are about it."""

    document_id: str
    document: Document
    lines: tuple[Line, ...]
    url: str = ""
    talk: str = ""
    emendations: tuple[dict[str, Any], ...] = ()
    sentences: Mapping[str, list[tuple[int, int]]] = {}
    acts: tuple[dict[str, Any], ...] = ()


def find_edition(document_id: str) -> Edition:
    """Return a document of the catalogue with what the tables say about it."""
    row = loaders.load_documents(documents=document_id).iloc[0]
    sentences: dict[str, list[tuple[int, int]]] = {}
    for one in loaders.load_sentences(documents=document_id).itertuples(index=False):
        sentences.setdefault(one.paragraph_id, []).append((one.start, one.end))
    length = {"year": 4, "month": 7, "day": 10}[row["event_date_precision"]]
    return Edition(
        document_id,
        loaders.read_document(catalogue.raw_paths()[document_id]),
        tuple(line for line in loaders.lines() if line.document_id == document_id),
        row["url"] or "",
        f"{row['event_date']:%Y-%m-%d}"[:length],
        tuple(loaders.load_emendations(documents=document_id).to_dict("records")),
        sentences,
        tuple(loaders.load_speech_acts(documents=document_id).to_dict("records")),
    )


def write_tei(edition: Edition) -> bytes:
    """Return a document as a file of TEI P5; the same document makes the same bytes.

    Raises
    ------
    ValueError
        If the text contains a control character, which XML cannot.

    Examples
    --------
    >>> b'<p xml:id="mao-1963-p02" n="2">' in write_tei(find_edition("mao-1963"))
    True
    """
    front, body, back = (
        [_line(line, edition) for line in edition.lines if line.section == section]
        for section in loaders.SECTIONS
    )
    text = element("text")
    if front:
        text.append(element("front", element("div", *front, type="header")))
    text.append(element("body", *body))
    parts = [element("div", *back, type="closing")] if back else []
    parts += [*_apparatus(edition), *_interpretations(edition)]
    if parts:
        text.append(element("back", *parts))
    header = _header(edition, {name.get("ref", "") for name in text.iter() if name.get("ref")})
    root = element("TEI", header, text, xmlns=NAMESPACE, **_id(edition.document_id), **{"xml:lang": "en"})
    if bad := next(filter(_CONTROL.search, root.itertext()), None):
        raise ValueError(f"{edition.document_id}: XML cannot hold a control character: {bad[:60]!r}.")
    return write_xml(root, running=RUNNING)


_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _id(name: str) -> dict[str, str]:
    return {"xml:id": _key(name)}


def _key(name: str) -> str:
    """Return an id that XML allows: it may not begin with a digit."""
    return f"_{name}" if name[0].isdigit() else name


# --- a line ---


class _Span(NamedTuple):
    """A part of a line as received that becomes an element; a point has no length."""

    start: int
    end: int
    rank: int  # of two spans of the same words, the lower is outside
    kind: str
    about: Any


def _line(line: Line, edition: Edition) -> Element:
    """Return a line as an element, with its sentences, names, emendations and page breaks."""
    received = line.text("diplomatic")
    changed = list(_emended(line))
    spans = [*changed, *_sentences(line, edition), *_breaks(received, edition), *_names(received, changed)]
    content = _nest(received, 0, len(received), sorted(spans, key=lambda s: (s.start, -s.end, s.rank)))
    return element("p" if line.section == "body" else "ab", *content, **_id(line.paragraph_id), n=str(line.n))


def _nest(text: str, at: int, end: int, spans: list[_Span], *, named: bool = False) -> list[Element | str]:
    """Return the part of a text from `at` to `end` with its spans as elements, in each other."""
    content: list[Element | str] = []
    while spans:
        span = spans[0]
        inside = [one for one in spans[1:] if one.start < span.end and one.end <= span.end]
        spans = [one for one in spans[1:] if one not in inside]
        is_name = named or span.kind in ("persName", "orgName")
        within = _nest(text, span.start, span.end, inside, named=is_name)
        content += [text[at : span.start], _element(span, within, named)]
        at = span.end
    return [*content, text[at:end]]


def _element(span: _Span, content: list[Element | str], named: bool) -> Element:
    if span.kind == "choice":
        return _choice(span.about, content, named)
    return element(span.kind, *content, **span.about)


def _choice(emendation: Emendation, received: list[Element | str], named: bool) -> Element:
    """Return received words with an editor's, or alone if no reading is proposed."""
    first, second = ("orig", "reg") if emendation.kind in _REGULAR else ("sic", "corr")
    name = _id(emendation.emendation_id)
    if not emendation.reading and not emendation.is_applied:
        return element(first, *received, **name)
    reading = emendation.reading
    spans = [] if named else list(_names(reading, []))
    corrected = _nest(reading, 0, len(reading), spans)
    cert = _CERT[emendation.certainty]
    return element(
        "choice", element(first, *received), element(second, *corrected, cert=cert, resp="#editors"), **name
    )


def _emended(line: Line) -> Iterator[_Span]:
    at = 0
    for part in line.segments:
        if part.emendation:
            yield _Span(at, at + len(part.received), 2, "choice", part.emendation)
        at += len(part.received)


def _sentences(line: Line, edition: Edition) -> Iterator[_Span]:
    """Yield the sentences of a line, whose offsets are those of the corrected reading."""
    acts = {act["n"]: act for act in edition.acts if act["paragraph_id"] == line.paragraph_id}
    for n, (start, end) in enumerate(edition.sentences.get(line.paragraph_id, ()), 1):
        about = {**_id(f"{line.paragraph_id}.{n}"), "n": str(n)}
        if n in acts:
            about["ana"] = " ".join(f"#{code}-{acts[n][code]}" for code in _CODES)
        yield _Span(_received(line, start, first=True), _received(line, end, first=False), 0, "s", about)


def _received(line: Line, offset: int, *, first: bool) -> int:
    """Return where an offset in the corrected reading is in the received one, outside of emended words."""
    at = corrected = 0
    for part in line.segments:
        length = len(part.corrected)
        inside = corrected <= offset < corrected + length if first else offset <= corrected + length
        if inside and part.received == part.corrected:
            return at + offset - corrected
        if inside:
            return at if first else at + len(part.received)
        at, corrected = at + len(part.received), corrected + length
    return at


def _breaks(text: str, edition: Edition) -> Iterator[_Span]:
    """Yield the page breaks that the parser healed in a text."""
    for row in edition.emendations:
        if row["kind"] == "break" and row["reading"] in text:
            at = text.index(row["reading"]) + len(row["received"].split(r"\n\n")[0]) + 1
            yield _Span(at, at, 3, "pb", _id(row["emendation_id"]))


def _names(text: str, changed: list[_Span]) -> Iterator[_Span]:
    """Yield the names in a text; a name that only partly belongs to emended words is two linked parts."""
    entities = loaders.find_spellings()
    for start, end in loaders.find_mentions(text, entities):
        entity_id, kind = entities[text[start:end]]
        tag, about = ("persName" if kind == "person" else "orgName"), {"ref": f"#{_key(entity_id)}"}
        cuts = [at for span in changed if _cross(span, start, end) for at in (span.start, span.end)]
        ends = [start, *(at for at in sorted(cuts) if start < at < end), end]
        ids = [f"{changed[0].about.paragraph_id}-name-{at}" for at in ends[:-1]] if len(ends) > 2 else [""]
        for i, name in enumerate(ids):
            linked = _id(name) if name else {}
            linked |= {"next": f"#{ids[i + 1]}"} if i + 1 < len(ids) else {}
            linked |= {"prev": f"#{ids[i - 1]}"} if i else {}
            yield _Span(ends[i], ends[i + 1], 1, tag, about | linked)


def _cross(span: _Span, start: int, end: int) -> bool:
    overlap = span.start < end and start < span.end
    return (
        overlap
        and not (start <= span.start and span.end <= end)
        and not (span.start <= start and end <= span.end)
    )


# --- the back ---


def _apparatus(edition: Edition) -> Iterator[Element]:
    """Yield the reasons of the emendations; one that is in no line is given with both its readings."""
    placed = {
        part.emendation.emendation_id for line in edition.lines for part in line.segments if part.emendation
    }
    notes = []
    for row in edition.emendations:
        name, cert = row["emendation_id"], _CERT[row["certainty"]]
        if name in placed or row["kind"] == "break":
            notes.append(element("note", row["reason"], type=row["kind"], target=f"#{name}", cert=cert))
            continue
        corrected = element("corr", row["reading"], cert=cert, resp="#editors")
        received = element("choice", element("sic", row["received"]), corrected)
        label = f"In the {row['field']} of the transcription: "
        notes.append(
            element("note", label, received, f". {row['reason']}", **_id(name), type=row["kind"], cert=cert)
        )
    if notes:
        yield element("div", *notes, type="apparatus")


def _interpretations(edition: Edition) -> Iterator[Element]:
    """Yield the codes of acts, topics and voices."""
    groups = [
        element(
            "interpGrp",
            *(element("interp", value, **_id(f"{code}-{value}")) for value in sorted(found)),
            type=code,
            resp="#editors",
        )
        for code in _CODES
        if (found := {act[code] for act in edition.acts})
    ]
    if groups:
        yield element("div", element("ab", *groups), type="interpretation")


# --- the header ---


def _header(edition: Edition, refs: set[str]) -> Element:
    file = element("fileDesc", _title(edition), *_publication(edition), _source(edition))
    encoding = element("encodingDesc", element("editorialDecl", element("p", _ENCODED)))
    profile = element("profileDesc")
    if edition.document.summary is not None:
        profile.append(element("abstract", element("p", edition.document.summary)))
    if edition.talk:
        talk = element("date", when=edition.talk, type="talk")
        profile.append(element("creation", talk))
    profile.append(element("langUsage", element("language", "English", ident="en")))
    acting = {act[who] for act in edition.acts for who in ("actor", "addressee")}
    if lists := list(_participants(edition, {ref.lstrip("#_") for ref in refs} | acting)):
        profile.append(element("particDesc", *lists))
    return element("teiHeader", file, encoding, profile)


def _title(edition: Edition) -> Element:
    document = edition.document
    made = element("titleStmt", element("title", document.title or edition.document_id))
    if document.translator:
        made.append(
            element("respStmt", element("resp", "Translated by"), element("name", document.translator))
        )
    editors = element("name", _EDITORS, **_id("editors"))
    made.append(element("respStmt", element("resp", "Edited and encoded by"), editors))
    return made


def _publication(edition: Edition) -> Iterator[Element]:
    yield element("editionStmt", element("edition", f"Version {helpers.__version__}", n=helpers.__version__))
    rights = element("p", _RIGHTS[0])
    license_ = element("licence", _RIGHTS[1], target=_LICENSE)
    yield element(
        "publicationStmt",
        element("publisher", _EDITORS),
        element("idno", edition.document_id, type="document"),
        element("availability", rights, license_, status="restricted"),
    )


def _source(edition: Edition) -> Element:
    """Return the source: where the archive keeps it, and the fields of the transcription as received."""
    document = edition.document
    fields: dict[str, str | None] = {
        "title": document.title,
        "date": document.document_date_text,
        "citation": document.citation,
        "credits": document.credits,
        "original-language": document.original_language,
        "translator": document.translator,
        "archive": document.archive,
        "archive-location": document.archive_location,
        "url": document.url,
        "sha256": document.sha256,
    }
    when = {"when": f"{document.document_date}"} if document.document_date else {}
    made = element("bibl", type="transcription")
    for name, value in fields.items():
        if value is not None:
            tag = {"title": "title", "date": "date", "url": "idno", "sha256": "idno"}.get(name, "note")
            made.append(element(tag, value, type=name, **(when if name == "date" else {})))
    made.extend(element("note", item, type="contents") for item in document.contents)
    if edition.url:
        made.append(element("ref", edition.url, target=edition.url, type="archive"))
    return element("sourceDesc", made)


def _participants(edition: Edition, wanted: set[str]) -> Iterator[Element]:
    """Yield the people and bodies that the text names, and who acts on whom in it."""
    people = [row for row in loaders.load_people().to_dict("records") if row["person_id"] in wanted]
    wanted = wanted | {row[body] for row in people for body in ("party", "state")}
    bodies = [row for row in loaders.load_parties().to_dict("records") if row["party_id"] in wanted]
    roles = [
        element("person", element("persName", name), **_id(role))
        for role, name in _OUTSIDE.items()
        if role in wanted
    ]
    relations = [element("listRelation", *map(_relation, edition.acts), type="speech-acts")] * bool(
        edition.acts
    )
    if people or roles:
        yield element("listPerson", *map(_person, people), *roles, *relations)
    if bodies:
        yield element("listOrg", *map(_body, bodies))


def _person(row: dict[str, Any]) -> Element:
    made = element(
        "person", element("persName", row["name"]), **_id(row["person_id"]), cert=row["confidence"]
    )
    for tag, value in (("birth", row["born"]), ("death", row["died"])):
        if value:
            made.append(element(tag, value, **({"when": value} if _ISO.fullmatch(value) else {})))
    made.append(element("occupation", row["role"]))
    for body in (row["party"], row["state"]):
        if body:
            made.append(element("affiliation", ref=f"#{_key(body)}"))
    made.append(element("note", row["gloss"]))
    return made


def _body(row: dict[str, Any]) -> Element:
    names = [element("orgName", row["name"])]
    if row["abbreviation"]:
        names.append(element("orgName", row["abbreviation"], type="abbreviation"))
    return element("org", *names, element("note", row["gloss"]), **_id(row["party_id"]), type=row["kind"])


def _relation(act: dict[str, Any]) -> Element:
    return element(
        "relation",
        name=act["act"],
        active=f"#{_key(act['actor'])}",
        passive=f"#{_key(act['addressee'])}",
        source=f"#{act['paragraph_id']}.{act['n']}",
        ana=" ".join(f"#{code}-{act[code]}" for code in _CODES),
    )
