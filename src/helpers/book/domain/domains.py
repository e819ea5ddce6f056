"""The domains of editions and entries, which resolve links to them and find dead links."""

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from helpers.book.domain.nodes import paragraph_link
from helpers.book.domain.paragraph import label

logger = logging.getLogger(__name__)


class EditionDomain(Domain):
    """Editions and their paragraphs, by the page that has them."""

    name = "edition"
    label = "Editions of documents"
    object_types: ClassVar = {"paragraph": ObjType("paragraph", "para")}
    initial_data: ClassVar = {"paragraphs": {}, "editions": []}
    dangling_warnings: ClassVar = {
        "para": "No page of this book has the edition with %(target)s; add a document directive to one."
    }

    @property
    def paragraphs(self) -> dict[str, str]:
        """The page of every paragraph of an edition."""
        return self.data["paragraphs"]

    @property
    def editions(self) -> list[tuple[str, str, int]]:
        """The document id, page and line of every edition."""
        return self.data["editions"]

    def note_edition(self, document_id: str, paragraph_ids: list[str], line: int) -> None:
        """Record that the page being read has the edition of a document."""
        self.editions.append((document_id, self.env.docname, line))
        self.paragraphs.update(dict.fromkeys(paragraph_ids, self.env.docname))

    def clear_doc(self, docname: str) -> None:
        """Forget a page that will be read again, or is gone."""
        self.editions[:] = [found for found in self.editions if found[1] != docname]
        for paragraph_id in [p for p, page in self.paragraphs.items() if page == docname]:
            del self.paragraphs[paragraph_id]

    def merge_domaindata(self, docnames: list[str], otherdata: dict) -> None:
        """Take over what another process found on its pages."""
        self.editions.extend(found for found in otherdata["editions"] if found[1] in docnames)
        self.paragraphs.update({p: page for p, page in otherdata["paragraphs"].items() if page in docnames})

    def check_consistency(self) -> None:
        """Warn about every edition after the first, because an id must be unique in the book."""
        for document_id, found in groupby(sorted(self.editions), key=lambda edition: edition[0]):
            (_, home, first), *others = found
            for _, page, line in others:
                logger.warning(
                    f"{document_id} has a second edition here; the first is in {home}, line {first}. "
                    "Keep one, and link to its paragraphs with the role para.",
                    type="helpers",
                    subtype="document",
                    location=(page, line),
                )

    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode) -> nodes.Element | None:
        """Return a link to a paragraph, or None if no page has it."""
        page = self.paragraphs.get(target)
        if page is None:
            return None
        link = paragraph_link("", "", contnode, internal=True)
        if node.get("short") and page == fromdocname:  # next to a quotation, on the page of its edition
            link[:] = [nodes.Text(label(target, short=True))]
        if not node.get("refexplicit"):
            link["spoken"] = label(target, spoken=True)
        if page == fromdocname:
            link["refid"] = target
        else:
            link["refuri"] = f"{builder.get_relative_uri(fromdocname, page)}#{target}"
        return link

    def resolve_any_xref(self, env, fromdocname, builder, target, node, contnode):
        """Return what MyST links such as ``[his question](#deng-1962-p12)`` may mean."""
        link = self.resolve_xref(env, fromdocname, builder, "para", target, {"refexplicit": True}, contnode)
        return [("edition:para", link)] if link else []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield the paragraphs for the inventory; -1 keeps their ids out of the site's search."""
        for paragraph_id, page in self.paragraphs.items():
            yield paragraph_id, label(paragraph_id), "paragraph", page, paragraph_id, -1


class EntryDomain(Domain):
    """People, bodies and rows of tables, by the page that has them."""

    name = "entry"
    label = "People, bodies and rows"
    object_types: ClassVar = {"entry": ObjType("entry", "gloss"), "row": ObjType("row", "row")}
    initial_data: ClassVar = {"entries": [], "rows": {}}
    dangling_warnings: ClassVar = {
        "gloss": "No page of this book explains %(target)s; add the directives people and bodies to one."
    }

    @property
    def entries(self) -> list[tuple[str, str, int]]:
        """The id, page and line of every entry."""
        return self.data["entries"]

    def note_entries(self, entity_ids: list[str], line: int) -> None:
        """Record that the page being read explains these entries."""
        self.entries.extend((entity_id, self.env.docname, line) for entity_id in entity_ids)

    @property
    def rows(self) -> dict[str, str]:
        """The page of every row that has an anchor."""
        return self.data["rows"]

    def note_rows(self, row_ids: list[str]) -> None:
        """Record that the page being read has these rows."""
        self.rows.update(dict.fromkeys(row_ids, self.env.docname))

    def clear_doc(self, docname: str) -> None:
        """Forget a page that will be read again, or is gone."""
        self.entries[:] = [found for found in self.entries if found[1] != docname]
        for row_id in [row_id for row_id, page in self.rows.items() if page == docname]:
            del self.rows[row_id]

    def merge_domaindata(self, docnames: list[str], otherdata: dict) -> None:
        """Take over what another process found on its pages."""
        self.entries.extend(found for found in otherdata["entries"] if found[1] in docnames)
        self.rows.update({row: page for row, page in otherdata["rows"].items() if page in docnames})

    def check_consistency(self) -> None:
        """Warn about entries that occur a second time, because an id must be unique in the book."""
        first: dict[str, tuple[str, int]] = {}
        twice: dict[tuple[str, int], str] = {}
        for entity_id, page, line in sorted(self.entries, key=lambda entry: entry[1:]):
            if first.setdefault(entity_id, (page, line)) != (page, line):
                twice.setdefault((page, line), entity_id)
        for (page, line), entity_id in twice.items():
            home, at = first[entity_id]
            logger.warning(
                f"{entity_id} is explained a second time here; its first entry is in {home}, line {at}.",
                type="helpers",
                subtype="gloss",
                location=(page, line),
            )

    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode) -> nodes.Element | None:
        """Return a link to an entry, or None if no page has it."""
        page = next((page for entity_id, page, _ in self.entries if entity_id == target), None)
        if page is None:
            return None if node.get("is_needed", True) else contnode
        return make_refnode(builder, fromdocname, page, target, _classed(contnode))

    def resolve_any_xref(self, env, fromdocname, builder, target, node, contnode):
        """Return what MyST links such as ``[Mao](#mao-zedong)`` or ``[born](#people-born)`` may mean."""
        link = self.resolve_xref(env, fromdocname, builder, "gloss", target, {}, contnode)
        if link:
            return [("entry:gloss", link)]
        page = self.rows.get(target)
        return [("entry:row", make_refnode(builder, fromdocname, page, target, contnode))] if page else []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield entries and rows for the inventory; -1 keeps their ids out of the site's search."""
        for entity_id, page, _ in self.entries:
            yield entity_id, entity_id, "entry", page, entity_id, -1
        for row_id, page in self.rows.items():
            yield row_id, row_id, "row", page, row_id, -1


def _classed(content: nodes.Element) -> nodes.Element:
    content["classes"].append("gloss")
    return content
