"""The directive `document`: the full edition of a document with its apparatus and glosses."""

from collections.abc import Iterator
from itertools import product
from string import ascii_lowercase

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from helpers.book.directives.people_and_bodies import refer_to_entry
from helpers.book.domain import nodes as own
from helpers.book.domain.domains import EditionDomain
from helpers.book.domain.gloss import Entity, Place, entities, first_mentions
from helpers.book.domain.paragraph import (
    citation,
    cited_source,
    document,
    label,
    name,
    note_data,
    number,
    paragraphs,
)
from helpers.corpus import loaders
from helpers.corpus.loaders import Line
from helpers.corpus.readings import Emendation

logger = logging.getLogger(__name__)

_RING = "°"
_PARTS_OF_THE_FILE = {"title": "title", "citation": "citation", "url": "address", "layout": "layout"}


class DocumentDirective(SphinxDirective):
    """The full edition of a document: header, body, closing, apparatus, people and bodies.

    The argument is the document id.  Every line has its paragraph id as an anchor.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the edition; warn if the document does not exist."""
        note_data(self.env)
        document_id = self.arguments[0]
        lines = [line for line in loaders.lines() if line.document_id == document_id]
        if not lines:
            there_are = ", ".join(dict.fromkeys(line.document_id for line in loaders.lines()))
            problem = f"There is no document {document_id!r}; there are {there_are}."
            logger.warning(problem, type="helpers", subtype="document", location=self.get_location())
            return []
        domain: EditionDomain = self.env.get_domain("edition")
        domain.note_unique([document_id], self.get_source_info()[1])
        domain.note_pages(line.paragraph_id for line in lines)
        edition = build_edition(document_id, lines, self.env.docname)
        self.set_source_info(edition)
        return [edition]


def build_edition(document_id: str, lines: list[Line], docname: str) -> own.edition:
    """Return the edition of a document on a page as a docutils node."""
    signs = dict(zip(_placed(lines), _signs(), strict=False))
    mentions = first_mentions(lines, entities())
    apparatus = _apparatus(document_id, signs)
    glosses = [
        _gloss(line, entity, docname) for line in lines for _, entity in mentions.get(line.paragraph_id, ())
    ]
    notes = {
        "apparatus": (f"Apparatus ({len(apparatus)} notes on the text)", apparatus),
        "glosses": (f"People, bodies and terms ({len(glosses)})", glosses),
    }
    return own.edition(
        "",
        own.edition_switch(document_id=document_id),
        _key(lines),
        *(_line(line, signs, mentions.get(line.paragraph_id, [])) for line in lines),
        _source(document_id),
        *(_notes(document_id, kind, title, found) for kind, (title, found) in notes.items() if found),
        document_id=document_id,
        ids=[f"{document_id}-edition"],
        end=f"{document_id}-source",
        spoken=f"Edition of {document(document_id)['short_title']}",
        support_smartquotes=False,  # the sources are shown as they are
    )


def _placed(lines: list[Line]) -> Iterator[str]:
    """Yield the ids of the emendations in the lines, in the order of the text."""
    return (part.emendation.emendation_id for line in lines for part in line.segments if part.emendation)


def _signs() -> Iterator[str]:
    """Yield a, b ... z, aa, ab ..."""
    for length in (1, 2, 3):
        yield from map("".join, product(ascii_lowercase, repeat=length))


# --- the text ---


def _key(lines: list[Line]) -> addnodes.only:
    """Return a paragraph that explains the signs, which exist only in HTML."""
    placed = [part for line in lines for part in line.segments if part.emendation]
    changed = sum(part.emendation.is_applied for part in placed)
    letters = (
        "A letter leads to a note on the text. "
        f"The corrected reading differs in {changed} place{'s' * (changed != 1)}, underlined with dots; "
        f"the other {len(placed) - changed} notes are conjectures or remarks and change nothing. "
    )
    none = "There are no notes on the text, so the two readings are the same. "
    rings = f"A ring ({_RING}) leads to a note on a person, a body or a term."  # not on paper
    key = nodes.paragraph("", letters if placed else none, nodes.inline("", rings, classes=["edition-rings"]))
    key["classes"] = ["edition-key"]
    return addnodes.only("", key, expr="html")


def _source(document_id: str) -> nodes.paragraph:
    """Return the source of the text, as the archive wants it cited, and the archive's credits."""
    row = document(document_id)
    link = [nodes.reference("", row["url"], refuri=row["url"])] if row["url"] else []
    credit = f". {row['credits']}." if row["credits"] else ""
    return nodes.paragraph(
        "",
        "",
        nodes.Text(f"Source: {cited_source(document_id)} "),
        *link,
        nodes.Text(credit),
        ids=[f"{document_id}-source"],
        classes=["edition-source"],
    )


def _line(line: Line, signs: dict[str, str], mentions: list[tuple[Place, Entity]]) -> own.edition_line:
    """Return a line with its emendations and the marks of its notes."""
    node = own.edition_line(
        ids=[line.paragraph_id],
        number=number(line),
        spoken=name(line).capitalize(),
        section=line.section,
        citation=citation(line),
    )
    for i, part in enumerate(line.segments):
        rings = [(at.offset, _ring(line.document_id, entity)) for at, entity in mentions if at.segment == i]
        if part.emendation is None:
            node += _with_marks(part.corrected, rings)
            continue
        emended = own.edition_emendation(received=part.received, is_changed=part.received != part.corrected)
        emended += _with_marks(part.corrected, [] if emended["is_changed"] else rings)
        node += [emended, _letter(part.emendation, signs[part.emendation.emendation_id])]
        if emended["is_changed"]:  # words that differ between readings are not divided
            node += [ring for _, ring in rings]
    return node


def _with_marks(text: str, marks: list[tuple[int, own.edition_mark]]) -> list[nodes.Node]:
    """Return a text with marks at their offsets."""
    parts, at = [], 0
    for offset, mark in marks:
        parts += [nodes.Text(text[at:offset]), mark]
        at = offset
    return [*parts, nodes.Text(text[at:])]


def _letter(emendation: Emendation, sign: str) -> own.edition_mark:
    """Return the mark of a note on the text."""
    what = "emendation" if emendation.is_applied else "conjecture"
    text = nodes.inline("", "", *_account(emendation, emendation.is_applied)).astext()
    spoken = f"Note {sign}: {what}"
    return _mark(emendation.emendation_id, kind="apparatus", sign=sign, spoken=spoken, text=text)


def _ring(document_id: str, entity: Entity) -> own.edition_mark:
    """Return the mark of a note on a person or a body."""
    note_id = f"{document_id}-{entity.entity_id}"
    return _mark(note_id, kind="glosses", sign=_RING, spoken=f"About {entity.name}", text="")


def _mark(note_id: str, **attributes: str) -> own.edition_mark:
    return own.edition_mark(ids=[f"{note_id}-mark"], refid=note_id, **attributes)


# --- the notes ---


def _notes(document_id: str, kind: str, title: str, found: list[own.edition_note]) -> own.edition_notes:
    return own.edition_notes("", *found, ids=[f"{document_id}-{kind}"], kind=kind, title=title)


def _apparatus(document_id: str, signs: dict[str, str]) -> list[own.edition_note]:
    """Return a note for every emendation of a document, even if it is not on a line."""
    table = loaders.load_emendations(documents=document_id)
    found = []
    for row in table.to_dict("records"):
        emendation = Emendation(*(row[field] for field in Emendation._fields))
        # Title, citation and address stay as the archive has them, so emendations to them are never applied.
        is_applied = emendation.is_applied and row["field"] in ("text", "layout")
        note = _note(emendation.emendation_id, emendation.paragraph_id, _account(emendation, is_applied))
        note["sign"] = signs.get(emendation.emendation_id, "")
        note["place"] = note["place"] or _PARTS_OF_THE_FILE[row["field"]]
        found.append(note)
    return found


def _gloss(line: Line, entity: Entity, docname: str) -> own.edition_note:
    """Return the note on a person or a body."""
    link = refer_to_entry(entity.entity_id, docname, is_needed=False)
    content = [nodes.strong("", "", link), nodes.Text(f": {entity.gloss}")]
    return _note(f"{line.document_id}-{entity.entity_id}", line.paragraph_id, content)


def _note(note_id: str, paragraph_id: str, content: list[nodes.Node]) -> own.edition_note:
    note = own.edition_note("", "", *content, ids=[note_id], sign="", place="")
    if paragraph_id:
        note["refid"] = f"{note_id}-mark"
        note["place"] = label(paragraph_id, spoken=True, short=True)
        note["number"] = number(paragraphs()[paragraph_id])
    return note


def _account(emendation: Emendation, is_applied: bool) -> list[nodes.Node]:
    """Return the received words, the editor's reading and the reason."""
    account = [nodes.Text("Received: "), *_words(emendation.received)]
    if emendation.reading:
        account += [nodes.Text("Corrected: " if is_applied else "Proposed: "), *_words(emendation.reading)]
    else:
        account.append(nodes.Text("Deleted. " if is_applied else "No reading is proposed. "))
    kind = emendation.kind.capitalize()
    return [*account, nodes.Text(f"{kind}, {emendation.certainty}. {emendation.reason}")]


def _words(text: str) -> list[nodes.Node]:
    """Return words of the text as a separate sentence; the table writes a line break as two characters."""
    end = " " if text[-1] in ".,;:?!" else ". "
    return [nodes.emphasis("", text.replace(r"\n\n", " ¶ ")), nodes.Text(end)]
