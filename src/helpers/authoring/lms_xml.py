"""Elements of XML, files of XML and zips: what the formats of learning systems are made of."""

import io
from collections.abc import Mapping
from xml.etree.ElementTree import Element, indent, tostring
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def element(tag: str, *content: Element | str, **attributes: str) -> Element:
    """Return an element with its attributes, and with its text or its children.

    Examples
    --------
    >>> tostring(element("text", "1 < 2", format="html"))
    b'<text format="html">1 &lt; 2</text>'
    """
    made = Element(tag, attributes)
    for part in content:
        if isinstance(part, str):
            made.text = part
        else:
            made.append(part)
    return made


def write_xml(root: Element) -> bytes:
    """Return a file of XML in UTF-8, with one element a line."""
    indent(root)
    return tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files by their names; the same files make the same zip."""
    archived = io.BytesIO()
    with ZipFile(archived, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name)  # without a time
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return archived.getvalue()
