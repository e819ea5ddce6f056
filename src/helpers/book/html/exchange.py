"""Write the citation of a document for reference managers: BibTeX, RIS, and OpenURL, which Zotero reads.

BibTeX and RIS have two gaps, :data:`KEY` and :data:`PLACE`, which a page fills with the id of a paragraph
and its place.
No format names an author, because the archive's own citations name none.
"""

import re
from urllib.parse import urlencode

import pybtex.database

from helpers.book.domain.paragraph import document
from helpers.dates import write_out

KEY = "{key}"
"""What a page replaces by the key of the entry: the id of a document or of a paragraph."""

PLACE = "{place}"
"""What a page replaces by the place in the document, or by nothing."""

# What the archive's citation gives between the date and the translator.
_HOLDER = re.compile(r', [^"]*?\b\d{4}, ([^"]+?)\. Translated by')
_LENGTH = {"year": 4, "month": 7, "day": 10}  # of an ISO date that is known so far


def _date(row: dict) -> str:
    """Return the date of a document as far as it is known, in ISO 8601 format."""
    return f"{row['document_date']:%Y-%m-%d}"[: _LENGTH[row["document_date_precision"]]]


def _holder(row: dict) -> str:
    """Return who publishes and who holds a document, as in its citation."""
    found = _HOLDER.search(row["citation"])
    return found[1] if found else row["archive"]


def write_bibtex(document_id: str) -> str:
    """Return the BibTeX entry of a document, with gaps for the key and for a place in its note.

    Examples
    --------
    >>> print(write_bibtex("deng-1962").splitlines()[0])
    @misc{{key},
    """
    row = document(document_id)
    date, translator = _date(row), row["translator"]
    note = f"{write_out(date)}." + f" Translated by {translator}." * bool(translator) + f" {PLACE}"
    fields = {
        "title": f"{{{row['title']}}}",  # the inner braces keep its capitals
        "howpublished": _holder(row),
        "year": date[:4],
        "note": note,
        "url": row["url"],
    }
    entry = pybtex.database.Entry("misc", fields={name: text for name, text in fields.items() if text})
    return pybtex.database.BibliographyData({KEY: entry}).to_string("bibtex")


def write_ris(document_id: str) -> str:
    """Return the RIS record of a document, with gaps for its id and for a place in its note.

    The type is ``MANSCPT``, because Zotero takes the general type ``GEN`` for an article in a journal.

    Examples
    --------
    >>> print(write_ris("mao-1963").splitlines()[0])
    TY  - MANSCPT
    """
    row = document(document_id)
    date, (*first, last) = _date(row), row["translator"].split() or [""]
    year, month, day = (*date.split("-"), "", "")[:3]
    publisher, _, shelfmark = _holder(row).partition(", ")
    tags = {
        "TY": "MANSCPT",
        "ID": KEY,
        "TI": row["title"],
        "A4": f"{last}, {' '.join(first)}" if first else last,
        "PY": year,
        "DA": f"{year}/{month}/{day}/",
        "LA": "en",
        "DP": publisher,
        "DB": row["archive"],
        "AN": shelfmark.removeprefix(row["archive"]).strip(),
        "UR": row["url"],
        "N1": PLACE,
    }
    return "".join(f"{tag}  - {value}\n" for tag, value in tags.items() if value) + "ER  - \n"


def write_openurl(document_id: str) -> str:
    """Return the OpenURL description of a document, for the title of a COinS element.

    Zotero's type for it is ``document``.  The format has no field for a translator, who is a contributor.

    Examples
    --------
    >>> write_openurl("deng-1962")[:52]
    'ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Ak'
    """
    row = document(document_id)
    told = {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:dc",
        "rft.type": "document",
        "rft.title": row["title"],
        "rft.contributor": row["translator"],
        "rft.publisher": _holder(row),
        "rft.date": _date(row),
        "rft.language": "en",
        "rft.identifier": row["url"],
    }
    return urlencode({key: value for key, value in told.items() if value})
