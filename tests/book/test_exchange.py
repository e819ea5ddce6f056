"""Do reference managers get the citation of a document in formats that they can read?"""

import pandas as pd
import pytest
from pybtex.database import parse_string

from helpers import load_documents
from helpers.book.domain import paragraph
from helpers.book.html import exchange

DOCUMENTS = load_documents().set_index("document_id")
every_document = pytest.mark.parametrize("document_id", DOCUMENTS.index)


@pytest.fixture
def change(monkeypatch):
    """Return a function that changes the row of a document in the table that is loaded."""

    def change_(**fields):
        row = pd.Series(DOCUMENTS.loc["deng-1962"].to_dict() | fields | {"document_id": "deng-1962"})
        monkeypatch.setattr(paragraph.loaders, "load_documents", lambda **_options: row.to_frame().T)
        paragraph.document.cache_clear()

    yield change_
    paragraph.document.cache_clear()


def tags(ris):
    return dict(line.split("  - ", 1) for line in ris.splitlines())


@every_document
def test_bibtex_is_read_again(document_id):
    """Does BibTeX that has its gaps filled give back title, year, archive and address?"""
    row = DOCUMENTS.loc[document_id]
    filled = exchange.write_bibtex(document_id).replace(exchange.KEY, "key").replace(exchange.PLACE, "Page 1")
    fields = parse_string(filled, "bibtex").entries["key"].fields
    assert fields["title"] == f"{{{row['title']}}}"
    assert (fields["year"], fields["url"]) == (f"{row['document_date']:%Y}", row["url"])
    assert row["archive"] in fields["howpublished"]
    assert fields["note"].endswith(f"Translated by {row['translator']}. Page 1")


@every_document
def test_ris_has_its_tags(document_id):
    """Does an RIS record begin with its type, end with its end, and name translator, archive and date?"""
    row, ris = DOCUMENTS.loc[document_id], exchange.write_ris(document_id)
    told = tags(ris)
    assert ris.startswith("TY  - ") and ris.endswith("ER  - \n")
    assert (told["TI"], told["DB"], told["UR"]) == (row["title"], row["archive"], row["url"])
    assert told["DA"] == f"{row['document_date']:%Y/%m/%d}/"
    assert told["A4"] == ", ".join(reversed(row["translator"].split(" ")))
    assert told.get("AN") == (row["archive_location"] if isinstance(row["archive_location"], str) else None)


@pytest.mark.parametrize(
    ("precision", "iso", "ris", "words"),
    [("year", "1962", "1962///", "1962."), ("month", "1962-05", "1962/05//", "May 1962.")],
)
def test_no_day_is_made_up(change, precision, iso, ris, words):
    """Is a date that is known only in part written only in part?"""
    change(document_date_precision=precision)
    assert tags(exchange.write_ris("deng-1962"))["DA"] == ris
    assert f"rft.date={iso}&" in exchange.write_openurl("deng-1962")
    assert f'"{words} Translated' in exchange.write_bibtex("deng-1962")


def test_text_that_nobody_translated(change):
    """Is a translator who does not exist left out everywhere?"""
    change(translator=float("nan"))
    assert "A4" not in tags(exchange.write_ris("deng-1962"))
    assert "contributor" not in exchange.write_openurl("deng-1962")
    assert "Translated" not in exchange.write_bibtex("deng-1962")


def test_document_without_archive_or_address(change):
    """Does a document of a teacher's own, which no archive publishes, have a citation in every format?"""
    change(citation="A letter of 1962.", archive=float("nan"), url="", translator=float("nan"))
    filled = exchange.write_bibtex("deng-1962").replace(exchange.KEY, "key")
    fields = parse_string(filled, "bibtex").entries["key"].fields
    assert not {"howpublished", "url"} & set(fields)
    assert not {"DP", "DB", "AN", "UR"} & set(tags(exchange.write_ris("deng-1962")))
    assert "publisher" not in exchange.write_openurl("deng-1962")


def test_citation_in_another_form(change):
    """Is the archive named if the citation has another form?"""
    change(citation="A letter of 1962.")
    assert 'howpublished = "AVP RF"' in exchange.write_bibtex("deng-1962")
