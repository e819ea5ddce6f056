"""The pages of the published book as web links: a Thin Common Cartridge 1.3, or a Common Cartridge 1.1."""

from itertools import groupby
from xml.etree.ElementTree import Element

from helpers.authoring.lms_pages import Book
from helpers.editions.markup import element, pack, write_xml

SCHEMAS = {"1.3.0": "IMS Thin Common Cartridge", "1.1.0": "IMS Common Cartridge"}
"""The versions, and what each calls itself; Moodle reads the older one only, which has no thin form."""


def write_cartridge(book: Book, version: str = "1.3.0") -> bytes:
    """Return a zip that a learning system imports as links to the pages, one folder for each part."""
    v = _short(version)
    link = f"http://www.imsglobal.org/xsd/imscc{v}/imswl_{v}"
    files, folders, resources = {}, [], element("resources")
    for n, (part, pages) in enumerate(groupby(book.pages, key=lambda page: page.part), start=1):
        items = []
        for page in pages:
            name = f"{page.slug}.xml"
            url = element("url", href=book.locate(page.name), target="_blank")
            files[name] = write_xml(element("webLink", element("title", page.title), url, xmlns=link))
            file = element("file", href=name)
            resources.append(element("resource", file, identifier=page.slug, type=f"imswl_xml{v}"))
            title = element("title", page.title)
            items.append(element("item", title, identifier=f"item-{page.slug}", identifierref=page.slug))
        title = element("title", part or book.title)
        folders.append(element("item", title, *items, identifier=f"part-{n}"))
    manifest = element(
        "manifest",
        _metadata(book, version),
        element(
            "organizations",
            element(
                "organization",
                element("item", *folders, identifier="root"),
                identifier="book",
                structure="rooted-hierarchy",
            ),
        ),
        resources,
        identifier="cartridge",
        xmlns=f"http://www.imsglobal.org/xsd/imscc{v}/imscp_v1p1",
    )
    return pack({"imsmanifest.xml": write_xml(manifest), **files})


def _metadata(book: Book, version: str) -> Element:
    title = element("title", element("string", book.title, language="en"))
    namespace = f"http://ltsc.ieee.org/xsd/imscc{_short(version)}/LOM/manifest"
    return element(
        "metadata",
        element("schema", SCHEMAS[version]),
        element("schemaversion", version),
        element("lom", element("general", title), xmlns=namespace),
    )


def _short(version: str) -> str:
    """Return a version as the names of schemas have it: v1p3."""
    return f"v{version[0]}p{version[2]}"
