"""The directives for the pages of people and bodies, and the role `gloss`, which links to their entries."""

from difflib import get_close_matches
from functools import cache

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from helpers.book.domain.citations import cite
from helpers.book.domain.gloss import entities
from helpers.book.domain.paragraph import PassageRole, brief, document, note_data
from helpers.book.domain.tables import joined
from helpers.corpus import loaders
from helpers.dates import write_out

logger = logging.getLogger(__name__)

_GROUPS = {
    "party": "Parties",
    "state": "States",
    "organ": "Bodies of parties and states",
    "organization": "International organizations",
    "meeting": "Meetings",
    "publication": "Publications",
    "archive": "Archives",
    "term": "Terms",
}
"""The kinds of the parties table in the order of the glossary."""


class GlossRole(PassageRole):
    """``{gloss}`mao-zedong``` or ``{gloss}`the ambassador <stepan-chervonenko>```: a link to an entry."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link; warn if the id is in neither table."""
        note_data(self.env)
        text, entity_id = self.split()
        if entity_id not in names():
            problem = explain_unknown(entity_id)
            logger.warning(problem, type="helpers", subtype="gloss", location=self.get_location())
            return [nodes.inline("", text or entity_id)], []
        reference = refer_to_entry(entity_id, self.env.docname, text)
        self.set_source_info(reference)
        return [reference], []


class PeopleDirective(SphinxDirective):
    """Everyone in the table of people, each with an anchor; people named in the documents come first."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each group, with a section for each person."""
        rows = loaders.load_people().to_dict("records")
        groups = {
            "Named in the documents": [row for row in rows if row["documents"]],
            "Needed for the chronology and the chapters": [row for row in rows if not row["documents"]],
        }
        return _set_entries(self, "person_id", groups, _describe_person)


class BodiesDirective(SphinxDirective):
    """Every party, state, body, meeting, text and term, each with an anchor, by kind and name."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each kind, with a section for each entry."""
        rows = sorted(loaders.load_parties().to_dict("records"), key=lambda row: row["name"].lower())
        groups = {title: [row for row in rows if row["kind"] == kind] for kind, title in _GROUPS.items()}
        return _set_entries(self, "party_id", groups, _describe_body)


@cache
def names() -> dict[str, str]:
    """Return the name of every person and body by id."""
    return {entity.entity_id: entity.name for entity in entities()}


def explain_unknown(entity_id: str) -> str:
    """Return a message about an id that is in neither table, with similar ids.

    Examples
    --------
    >>> explain_unknown("mao-zedung")
    "Neither people.csv nor parties.csv has 'mao-zedung'; near it is mao-zedong."
    """
    near = get_close_matches(entity_id, names(), n=3)
    # People often remember only a part of an id.
    near += [known for known in names() if entity_id in known and known not in near][: 3 - len(near)]
    verb = "is" if len(near) == 1 else "are"
    rest = f"near it {verb} {', '.join(near)}" if near else "ids look like mao-zedong or soviet-union"
    return f"Neither people.csv nor parties.csv has {entity_id!r}; {rest}."


def refer_to_entry(
    entity_id: str, docname: str, text: str = "", *, is_needed: bool = True
) -> addnodes.pending_xref:
    """Return a reference to an entry, which is resolved when every page has been read.

    Without ``is_needed`` it becomes plain text if the book has no such page.
    """
    return addnodes.pending_xref(
        "",
        nodes.inline("", text or names()[entity_id]),
        refdomain="entry",
        reftype="gloss",
        reftarget=entity_id,
        refexplicit=bool(text),
        refwarn=is_needed,
        refdoc=docname,
        is_needed=is_needed,
    )


def _set_entries(
    directive: SphinxDirective, key: str, groups: dict[str, list[dict]], describe
) -> list[nodes.Node]:
    """Return a section for each group that has entries, and record the page of each entry."""
    note_data(directive.env)
    found = {title: rows for title, rows in groups.items() if rows}
    ids = [row[key] for rows in found.values() for row in rows]
    directive.env.get_domain("entry").note_unique(ids, directive.get_source_info()[1])
    places = _mentions()
    sections = []
    for title, rows in found.items():
        section = nodes.section("", nodes.title("", title), ids=[nodes.make_id(title)])
        for row in rows:
            content = describe(row, places.get(row[key], {}), directive)
            section += nodes.section("", nodes.title("", row["name"]), *content, ids=[row[key]])
        sections.append(section)
    return sections


@cache
def _mentions() -> dict[str, dict[str, list[str]]]:
    """Return the paragraphs that name each entry in either reading, by entry and document."""
    found: dict[str, dict[str, list[str]]] = {}
    named = {
        (row.entity_id, row.paragraph_id)
        for reading in ("corrected", "diplomatic")
        for row in loaders.load_mentions(reading, sections="all", documents="all").itertuples()
    }
    for entity_id in names():
        for line in loaders.lines():
            if (entity_id, line.paragraph_id) in named:
                found.setdefault(entity_id, {}).setdefault(line.document_id, []).append(line.paragraph_id)
    return found


def _describe_person(row: dict, places: dict[str, list[str]], directive: SphinxDirective) -> list[nodes.Node]:
    facts = {
        "Office": [nodes.Text(row["role"])],
        "Party": _entry_link(row["party"], directive),
        "State": _entry_link(row["state"], directive),
        "Born": _date(row["born"]),
        "Died": _date(row["died"]),
        "Confidence": [nodes.Text(row["confidence"])],
    }
    return [*_account(row), _facts({**facts, **_evidence(row, places, directive)})]


def _describe_body(row: dict, places: dict[str, list[str]], directive: SphinxDirective) -> list[nodes.Node]:
    facts = {"Abbreviation": [nodes.Text(row["abbreviation"])] if row["abbreviation"] else []}
    return [*_account(row), _facts({**facts, **_evidence(row, places, directive)})]


def _account(row: dict) -> list[nodes.paragraph]:
    sentences = [row["gloss"], row.get("note", "")]
    return [nodes.paragraph("", sentence) for sentence in sentences if sentence]


def _evidence(
    row: dict, places: dict[str, list[str]], directive: SphinxDirective
) -> dict[str, list[nodes.Node]]:
    """Return the mentions of an entry in the documents, and the literature on it."""
    docname = directive.env.docname
    spellings = [nodes.literal("", spelling) for spelling in row["spellings"]]
    facts = {"Spelled": joined(spellings)}
    for document_id, paragraph_ids in places.items():
        links = [brief(paragraph_id, docname) for paragraph_id in paragraph_ids]
        facts[f"Named in {document(document_id)['short_title']}"] = joined(links)
    return {**facts, "Read more": cite(row["citation"], directive)}


def _entry_link(entity_id: str, directive: SphinxDirective) -> list[nodes.Node]:
    return [refer_to_entry(entity_id, directive.env.docname)] if entity_id else []


def _date(edtf: str) -> list[nodes.Node]:
    return [nodes.Text(write_out(edtf))] if edtf else []


def _facts(facts: dict[str, list[nodes.Node]]) -> nodes.field_list:
    """Return names and values as a list, leaving out facts without a value."""
    fields = [
        nodes.field("", nodes.field_name("", name), nodes.field_body("", nodes.paragraph("", "", *value)))
        for name, value in facts.items()
        if value
    ]
    return nodes.field_list("", *fields, classes=["entry-facts"])
