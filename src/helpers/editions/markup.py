"""Elements of XML, files of XML and zips: what TEI and the formats of learning systems are made of."""

import io
from collections.abc import Collection, Iterable, Mapping
from xml.etree.ElementTree import Element, tostring
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def element(tag: str, *content: Element | str, **attributes: str) -> Element:
    """Return an element with its attributes and its content, texts and elements in any order.

    Examples
    --------
    >>> tostring(element("p", "1 < ", element("b", "2"), ".", n="1"))
    b'<p n="1">1 &lt; <b>2</b>.</p>'
    """
    return fill(Element(tag, attributes), content)


def fill(parent: Element, content: Iterable[Element | str]) -> Element:
    """Add texts and elements to the end of an element, and return it."""
    for part in content:
        if not isinstance(part, str):
            parent.append(part)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + part
        else:
            parent.text = (parent.text or "") + part
    return parent


def write_xml(root: Element, *, running: Collection[str] = ()) -> bytes:
    """Return a file of XML in UTF-8, with one element a line.

    Parameters
    ----------
    running
        The tags of elements in which every space counts, so that they stay on one line.
    """
    _indent(root, frozenset(running), "\n")
    return tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _indent(parent: Element, running: frozenset[str], margin: str) -> None:
    if not len(parent) or parent.tag in running:
        return
    parent.text = f"{margin}  "
    for child in parent:
        _indent(child, running, f"{margin}  ")
        child.tail = f"{margin}  "
    parent[-1].tail = margin


def pack(files: Mapping[str, bytes], *, stored: str = "") -> bytes:
    """Return a zip of files by their names; the same files make the same zip.

    Parameters
    ----------
    stored
        The name of a file that is not compressed, as the first file of an EPUB.
    """
    archived = io.BytesIO()
    with ZipFile(archived, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name)  # without a time
            entry.compress_type, entry.external_attr = ZIP_DEFLATED * (name != stored), 0o644 << 16
            archive.writestr(entry, content)
    return archived.getvalue()
