"""The pages of the published book as web links, in a Thin Common Cartridge 1.3."""

from itertools import groupby
from xml.etree.ElementTree import Element

from helpers.authoring.lms_pages import Book
from helpers.authoring.lms_xml import element, pack, write_xml

_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
_LOM = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest"
_LINK = "http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3"


def write_cartridge(book: Book) -> bytes:
    """Return a zip that a learning system imports as links to the pages, one folder for each part."""
    files, folders, resources = {}, [], element("resources")
    for n, (part, pages) in enumerate(groupby(book.pages, key=lambda page: page.part), start=1):
        items = []
        for page in pages:
            name = f"{page.slug}.xml"
            url = element("url", href=book.locate(page.name), target="_blank")
            files[name] = write_xml(element("webLink", element("title", page.title), url, xmlns=_LINK))
            file = element("file", href=name)
            resources.append(element("resource", file, identifier=page.slug, type="imswl_xmlv1p3"))
            title = element("title", page.title)
            items.append(element("item", title, identifier=f"item-{page.slug}", identifierref=page.slug))
        title = element("title", part or book.title)
        folders.append(element("item", title, *items, identifier=f"part-{n}"))
    manifest = element(
        "manifest",
        _metadata(book),
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
        xmlns=_PACKAGE,
    )
    return pack({"imsmanifest.xml": write_xml(manifest), **files})


def _metadata(book: Book) -> Element:
    title = element("title", element("string", book.title, language="en"))
    return element(
        "metadata",
        element("schema", "IMS Thin Common Cartridge"),
        element("schemaversion", "1.3.0"),
        element("lom", element("general", title), xmlns=_LOM),
    )
