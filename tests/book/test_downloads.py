"""Does a site have the files in other formats, with links that work at any address?"""

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from pybtex.database import parse_string
from sphinx.testing.util import SphinxTestApp

from helpers.book.html.downloads import FOLDER, LATER, make_files, show_links
from helpers.corpus.loaders import choose_documents

CONF = (
    'extensions = ["myst_parser", "helpers.book"]\nhtml_title = "A Tiny Book"\nroot_doc = "chapters/index"\n'
)
PAGES = {
    "index": "# A Tiny Book\n\n```{toctree}\ndeng\n```\n\n```{editions}\n```\n",
    "deng": "# Deng\n\n```{document} deng-1962\n```\n\n```{editions} deng-1962\n```\n",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """Return a tiny book that was built."""
    source = tmp_path_factory.mktemp("book")
    (source / "conf.py").write_text(CONF)
    shutil.copy(Path(__file__).parents[2] / "CITATION.cff", source)
    (source / "chapters").mkdir()
    for name, text in PAGES.items():
        (source / "chapters" / f"{name}.md").write_text(text)
    app = SphinxTestApp("html", srcdir=source)
    app.build()
    yield app
    app.cleanup()


def links(site, page):
    """Return the files that the links on a page lead to."""
    path = Path(site) / "chapters" / f"{page}.html"
    items = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select("ul.editions li")
    return [(path.parent / item.a["href"]).resolve() for item in items]


def test_links_lead_to_files(app):
    """Does every link lead to a file, beside the pages and by a relative address?"""
    found = links(app.outdir, "index")
    assert all(path.is_file() for path in found)
    assert {path.name for path in found} == {path.name for path in (Path(app.outdir) / FOLDER).iterdir()}
    assert [path.name for path in links(app.outdir, "deng")] == ["deng-1962.xml"]


def test_later_files(tmp_path, app):
    """Is there no link to a file that is not there yet, and is there one as soon as the file is?"""
    names = [path.name for path in links(app.outdir, "index")]
    assert not set(LATER) & set(names)
    site = shutil.copytree(app.outdir, tmp_path / "site")
    (site / FOLDER / LATER[0]).write_bytes(b"x")
    show_links(site)
    assert sorted(path.name for path in links(site, "index")) == sorted([*names, LATER[0]])


def test_files_are_well_formed(app):
    """Can each file be read by a program for its format, and is it the same each time?"""
    files = make_files(app)
    assert files == make_files(app)
    for one in choose_documents("all"):
        ElementTree.fromstring(files[f"{one}.xml"])
    assert list(parse_string(files["documents.bib"].decode(), "bibtex").entries) == list(
        choose_documents("all")
    )
    records = files["documents.ris"].decode().split("ER  - \n")
    assert [record.startswith("TY  - MANSCPT") for record in records[:-1]] == [True] * len(records[:-1])
    for text in (files["documents.bib"], files["documents.ris"]):
        assert b"{place}" not in text
        assert b"{key}" not in text
    json.loads(files["croissant.json"])


def test_linked_data(app):
    """Does the graph have the book, its pages and the documents, each at an address where it can be read?"""
    graph = json.loads(make_files(app)["book.jsonld"])["@graph"]
    book, *others = graph
    assert "Book" in book["@type"]
    pages = [one for one in others if one["@type"] == "Chapter"]
    assert [page["name"] for page in pages] == ["Deng", "A Tiny Book"]
    folder = Path(app.outdir) / FOLDER
    for one in (book, *pages):
        assert (folder / one["@id"]).resolve().is_file()
    [deng] = [one for one in others if one.get("identifier") == "deng-1962"]
    page, _, anchor = deng["@id"].partition("#")
    assert page == "../chapters/deng.html"
    assert f'id="{anchor}"' in (folder / page).read_text(encoding="utf-8")
