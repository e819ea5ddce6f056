"""Is the whole book joined in its order, with links and ids that still lead to what they led to?"""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from helpers.book.build.pdf import join_pages, page_names, print_book
from helpers.book.build.site import BookError

REPOSITORY = Path(__file__).parents[2]
PAGE = """<!DOCTYPE html>
<html lang="en"><head><link rel="stylesheet" href="../_static/a.css?v=1"><script>alert(1)</script></head>
<body><nav>bar</nav><article class="bd-article">{}</article></body></html>"""
PAGES = {
    "index": """<h1 id="top">First</h1><a href="chapters/two.html">whole</a>
        <a href="chapters/two.html#place">place</a><a href="#top">here</a>""",
    "chapters/two": """<h1 id="place">Second</h1><label for="yes">Yes</label><input id="yes" name="reading">
        <p aria-describedby="place yes">x</p><img src="../_images/a.png" alt="">
        <a href="../live/index.html?path=two.ipynb">live</a><a href="https://example.org/#a">out</a>
        <a href="../index.html#top">back</a>""",
}


@pytest.fixture
def site(tmp_path):
    """Return a site of two pages."""
    for name, article in PAGES.items():
        path = tmp_path / "html" / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(article), encoding="utf-8")
    return tmp_path / "html"


def joined(site, **options):
    return BeautifulSoup(join_pages(site, list(PAGES), **options), "html.parser")


def test_order_and_nothing_else(site):
    """Do the articles stand in their order, and nothing of the pages beside them?"""
    page = joined(site)
    assert [one.text for one in page.find_all("h1")] == ["First", "Second"]
    assert not page.select("nav, script")


def test_links(site):
    """Does every link between pages lead to a place in the document, and is a dead one plain text?"""
    page = joined(site)
    ids = {one["id"] for one in page.find_all(id=True)}
    targets = {link.text: link["href"] for link in page.find_all("a")}
    assert set(targets) == {"whole", "place", "here", "out", "back"}
    assert targets.pop("out") == "https://example.org/#a"
    assert {target.removeprefix("#") for target in targets.values()} <= ids
    assert targets["place"] != targets["whole"]
    assert "live" in page.text


def test_link_to_the_published_book(site):
    """Does a link to what is not printed lead to the book on the web, where that is known?"""
    page = joined(site, address="https://example.org/repo")
    assert page.find("a", string="live")["href"] == "https://example.org/repo/live/index.html?path=two.ipynb"


def test_style_sheets_of_every_page(site):
    """Has the document the sheets of all pages, each once, though the first page does without some?"""
    page = site / "chapters" / "two.html"
    more = '<link rel="stylesheet" href="../_static/b.css"><script>'
    page.write_text(page.read_text(encoding="utf-8").replace("<script>", more), encoding="utf-8")
    sheets = [link["href"] for link in joined(site).find_all("link")]
    assert [sheet for sheet in sheets if "a.css" not in sheet] == ["html/_static/b.css"]
    assert sheets.count("html/_static/a.css?v=1") == 1


def test_references_and_files(site):
    """Do labels, descriptions, pictures and style sheets still find what they name?"""
    page = joined(site)
    ids = {one["id"] for one in page.find_all(id=True)}
    assert page.label["for"] in ids
    assert set(page.p["aria-describedby"].split()) <= ids
    assert page.img["src"] == "html/_images/a.png"
    assert page.link["href"].endswith("_static/a.css?v=1")


def test_every_page_of_the_book():
    """Are the pages those of the table of contents, in its order?"""
    listed = re.findall(r"^(?!#).*(?:root|file): (\S+)", (REPOSITORY / "_toc.yml").read_text(), re.MULTILINE)
    assert page_names(REPOSITORY) == listed


def test_no_book(tmp_path):
    """Is it said what to do where no book was built?"""
    with pytest.raises(BookError, match="make site"):
        print_book(tmp_path)
