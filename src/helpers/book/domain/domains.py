"""The domains of editions and entries, which resolve links to them and find dead links."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from helpers.book.domain.nodes import paragraph_link
from helpers.book.domain.paragraph import label

logger = logging.getLogger(__name__)


class _PlacesDomain(Domain):
    """A domain that keeps the page of each anchor, and finds what is in the book twice."""

    initial_data: ClassVar = {"pages": {}, "unique": []}
    second: ClassVar[tuple[str, str]]
    """The subtype of the warning about what is there a second time, and its text."""

    @property
    def pages(self) -> dict[str, str]:
        """The page of every anchor."""
        return self.data["pages"]

    @property
    def unique(self) -> list[tuple[str, str, int]]:
        """The id, page and line of everything that must be in the book only once."""
        return self.data["unique"]

    def note_pages(self, ids: Iterable[str]) -> None:
        """Record that the page being read has these anchors."""
        self.pages.update(dict.fromkeys(ids, self.env.docname))

    def note_unique(self, ids: Iterable[str], line: int) -> None:
        """Record that the page being read has what no other page may have."""
        self.unique.extend((id_, self.env.docname, line) for id_ in ids)

    def clear_doc(self, docname: str) -> None:
        """Forget a page that will be read again, or is gone."""
        self.unique[:] = [found for found in self.unique if found[1] != docname]
        for id_ in [id_ for id_, page in self.pages.items() if page == docname]:
            del self.pages[id_]

    def merge_domaindata(self, docnames: list[str], otherdata: dict) -> None:
        """Take over what another process found on its pages."""
        self.unique.extend(found for found in otherdata["unique"] if found[1] in docnames)
        self.pages.update({id_: page for id_, page in otherdata["pages"].items() if page in docnames})

    def check_consistency(self) -> None:
        """Warn, once at each place, about what is there a second time, because an id must be unique."""
        first: dict[str, tuple[str, int]] = {}
        twice: dict[tuple[str, int], str] = {}
        for id_, *place in sorted(self.unique, key=lambda found: found[1:]):
            if first.setdefault(id_, tuple(place)) != tuple(place):
                twice.setdefault(tuple(place), id_)
        subtype, problem = self.second
        for place, id_ in twice.items():
            logger.warning(problem, id_, *first[id_], type="helpers", subtype=subtype, location=place)

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield the anchors for the inventory; -1 keeps their ids out of the site's search."""
        kind = next(iter(self.object_types))
        for id_, page in self.pages.items():
            yield id_, self.describe(id_), kind, page, id_, -1

    def describe(self, id_: str) -> str:
        """Return the name of an anchor."""
        return id_


class EditionDomain(_PlacesDomain):
    """Editions, each of which must be in the book once, and their paragraphs, by the page that has them."""

    name = "edition"
    label = "Editions of documents"
    object_types: ClassVar = {"paragraph": ObjType("paragraph", "para")}
    dangling_warnings: ClassVar = {
        "para": "No page of this book has the edition with %(target)s; add a document directive to one."
    }
    second = (
        "document",
        "%s has a second edition here; the first is in %s, line %s. "
        "Keep one, and link to its paragraphs with the role para.",
    )

    def describe(self, id_: str) -> str:
        """Return the name of a paragraph."""
        return label(id_)

    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode) -> nodes.Element | None:
        """Return a link to a paragraph, or None if no page has it."""
        page = self.pages.get(target)
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


class EntryDomain(_PlacesDomain):
    """Entries on people and bodies, each of which must be in the book once, and rows of tables."""

    name = "entry"
    label = "People, bodies and rows"
    object_types: ClassVar = {"row": ObjType("row", "row"), "entry": ObjType("entry", "gloss")}
    dangling_warnings: ClassVar = {
        "gloss": "No page of this book explains %(target)s; add the directives people and bodies to one."
    }
    second = ("gloss", "%s is explained a second time here; its first entry is in %s, line %s.")

    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode) -> nodes.Element | None:
        """Return a link to an entry, or None if no page has it."""
        page = next((page for entity_id, page, _ in self.unique if entity_id == target), None)
        if page is None:
            return None if node.get("is_needed", True) else contnode
        contnode["classes"].append("gloss")
        return make_refnode(builder, fromdocname, page, target, contnode)

    def resolve_any_xref(self, env, fromdocname, builder, target, node, contnode):
        """Return what MyST links such as ``[Mao](#mao-zedong)`` or ``[born](#people-born)`` may mean."""
        link = self.resolve_xref(env, fromdocname, builder, "gloss", target, {}, contnode)
        if link:
            return [("entry:gloss", link)]
        page = self.pages.get(target)
        return [("entry:row", make_refnode(builder, fromdocname, page, target, contnode))] if page else []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield entries and rows for the inventory; -1 keeps their ids out of the site's search."""
        for entity_id, page, _ in self.unique:
            yield entity_id, entity_id, "entry", page, entity_id, -1
        yield from super().get_objects()
