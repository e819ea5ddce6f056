"""Does every page say to machines what it is, whose, where and of which book, and only what is known?"""

import json
import re
import shutil
import struct
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
import yaml
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

from helpers.book.domain.course import page_at
from helpers.book.html.card import SIZE, describe_card, draw_card
from helpers.book.html.metadata import LONGEST, shorten

REPOSITORY = Path(__file__).parents[2]
SITE = REPOSITORY / "_build" / "html"
BOOK = "https://someone.example/a-book"
TITLE = "A Tiny Book"
CONF = f"""
extensions = ["myst_parser", "sphinx_book_theme", "helpers.book"]
html_theme = "sphinx_book_theme"
html_title = "{TITLE}"
root_doc = "chapters/index"
educational_level = "beginner"
myst_enable_extensions = ["colon_fence"]
"""
PAGES = {
    "index": f"# {TITLE}\n\nThis is not the abstract.\n\n```{{toctree}}\nchapter\nfront\nbare\n```\n",
    "chapter": (
        "# A Chapter\n\n:::{admonition} After this chapter you can\n:class: objectives\n"
        "- **count** words,\n- **quote** a source.\n\n**Time**: about 40 minutes.\n:::\n\n"
        "Who *wrote* {quotation}`the CPSU and the CCP must close ranks <deng-1962-p05>`?\n"
    ),
    "front": '---\ndescription: In "front" & </script> matter.\n---\n\n# Front\n\nThis is not it.\n',
    "bare": "# Bare\n\n```{document} deng-1962\n```\n",
}


class Site(NamedTuple):
    """A tiny book."""

    folder: Path

    def page(self, name):
        """Return a page."""
        return BeautifulSoup((self.folder / f"{name}.html").read_text(encoding="utf-8"), "html.parser")

    def said(self, name):
        """Return what a page says of itself in the words of schema.org."""
        [script] = self.page(name).select('script[type="application/ld+json"]')
        return json.loads(script.string)

    def tags(self, name):
        """Return the tags of Open Graph of a page."""
        return {tag["property"]: tag["content"] for tag in self.page(name).select('meta[property^="og:"]')}


def build(folder, address):
    (folder / "chapters").mkdir(parents=True)
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    shutil.copy(REPOSITORY / "CITATION.cff", folder)
    for name, text in PAGES.items():
        (folder / "chapters" / f"{name}.md").write_text(text, encoding="utf-8")
    app = SphinxTestApp(srcdir=folder, confoverrides={"html_baseurl": address}, warningiserror=True)
    try:
        app.build()
        return Site(Path(app.outdir))
    finally:
        app.cleanup()


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return build(tmp_path_factory.mktemp("published") / "book", BOOK)


@pytest.fixture(scope="module")
def unpublished(tmp_path_factory):
    return build(tmp_path_factory.mktemp("unpublished") / "book", "")


def citation():
    return yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))


# --- descriptions ---


@pytest.mark.parametrize(
    ("page", "description"),
    [
        ("index", "A teaching module on the Sino-Soviet split"),
        ("chapter", "Who wrote “the CPSU and the CCP must close ranks”"),
        ("front", 'In "front" & </script> matter.'),
        ("bare", "A teaching module on the Sino-Soviet split"),
    ],
)
def test_description(published, page, description):
    """Is a page described by its front matter, else by its first paragraph, else as the book is?"""
    soup = published.page(f"chapters/{page}")
    [tag] = soup.select('meta[name="description"]')
    assert tag["content"].startswith(description)
    assert len(tag["content"]) <= LONGEST
    assert published.tags(f"chapters/{page}")["og:description"] == tag["content"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("One. Two.", "One. Two."),
        (f"A first sentence. {'word ' * 40}", "A first sentence."),
        (f"S. V. Chervonenko reports. {'word ' * 40}", "S. V. Chervonenko reports."),
        (f"It ended in 1963. {'word ' * 40}", "It ended in 1963."),
        ("word " * 40, f"{'word ' * 31}…"),
    ],
)
def test_shortened(text, expected):
    """Does a description end with a sentence if it can, and with a word if not?"""
    assert shorten(text) == expected


# --- Open Graph ---


def test_tags_of_a_published_page(published):
    """Does a page give what a preview of a link shows, with whole addresses?"""
    tags = published.tags("chapters/chapter")
    assert tags["og:title"] == "A Chapter"
    assert tags["og:site_name"] == TITLE
    assert tags["og:type"] == "article"
    assert tags["og:url"] == f"{BOOK}/chapters/chapter.html"
    assert tags["og:image"] == f"{BOOK}/_static/card.png"
    assert published.tags("chapters/index")["og:type"] == "website"
    [canonical] = published.page("chapters/chapter").select("link[rel=canonical]")
    assert canonical["href"] == tags["og:url"]


def test_picture(published):
    """Is the picture a PNG of the size that the tags give, and small?"""
    content = (published.folder / "_static/card.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == SIZE == (1200, 630)
    assert len(content) < 300_000
    tags = published.tags("chapters/index")
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
    assert tags["og:image:alt"] == describe_card()


def test_picture_has_a_long_title():
    """Does the picture keep its size when the title needs two lines?"""
    assert struct.unpack(">II", draw_card("A title of many words " * 4)[16:24]) == SIZE


def test_title_stands_once(published):
    """Does the first page not write the title of the book twice, and every other page name the book?"""
    assert published.page("chapters/index").title.string == TITLE
    assert published.page("chapters/chapter").title.string == f"A Chapter — {TITLE}"


# --- schema.org ---


def test_book_is_described(published):
    """Does the first page say of the book what CITATION.cff and the settings say?"""
    said, cff = published.said("chapters/index"), citation()
    assert said["@context"] == "https://schema.org"
    assert said["@type"] == ["Book", "LearningResource"]
    assert said["name"] == TITLE
    assert said["version"] == cff["version"]
    assert said["datePublished"] == str(cff["date-released"])
    assert [author["name"] for author in said["author"]] == [author["name"] for author in cff["authors"]]
    assert said["license"] == [f"https://spdx.org/licenses/{name}.html" for name in cff["license"]]
    assert [work["url"] for work in said["citation"]] == [work["url"] for work in cff["references"]]
    assert said["educationalLevel"] == "beginner"
    assert said["url"] == f"{BOOK}/chapters/index.html"


def test_chapter_is_described(published):
    """Does a chapter say of which book it is, what it teaches, in which time and under which terms?"""
    said, book = published.said("chapters/chapter"), published.said("chapters/index")
    assert said["@type"] == ["Chapter", "LearningResource"]
    assert said["isPartOf"] == {"@type": "Book", "name": TITLE, "url": book["url"]}
    assert said["timeRequired"] == "PT40M"
    assert said["teaches"] == ["count words", "quote a source"]
    assert said["url"] == f"{BOOK}/chapters/chapter.html"
    for key in ("author", "license", "inLanguage", "educationalLevel"):
        assert said[key] == book[key], key
    assert "timeRequired" not in published.said("chapters/front")


def test_text_ends_no_script(published):
    """Can nothing in the words of a page end the script that holds them?"""
    raw = (published.folder / "chapters/front.html").read_text(encoding="utf-8")
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', raw, flags=re.DOTALL)
    assert "<" not in script


# --- the site ---


def test_map_of_the_site(published):
    """Does the map name every page of the book and no other?"""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    urls = ElementTree.parse(published.folder / "sitemap.xml").getroot().iter(f"{space}loc")
    assert {url.text for url in urls} == {f"{BOOK}/chapters/{name}.html" for name in PAGES}


@pytest.mark.parametrize("name", ["search", "genindex"])
def test_made_pages_are_not_listed(published, name):
    """Are the search and the index kept out of search engines?"""
    assert published.page(name).select('meta[name="robots"][content="noindex"]')
    assert not published.page("chapters/chapter").select('meta[name="robots"]')


def test_door(published):
    """Does the address of the book itself lead to the first page, and speak for it?"""
    door, first = published.page("index"), published.page("chapters/index")
    [refresh] = door.select('meta[http-equiv="refresh"]')
    assert refresh["content"] == "0; url=chapters/index.html"
    assert door.select_one("a")["href"] == "chapters/index.html"
    assert door.title.string == TITLE
    assert published.tags("index") == published.tags("chapters/index")
    for selector in ('meta[name="description"]', "link[rel=canonical]"):
        assert door.select(selector) == first.select(selector)


def test_nothing_is_invented(unpublished):
    """Does a book that is not published name no address, and still describe itself?"""
    for name in ("index", *(f"chapters/{name}" for name in PAGES)):
        page = unpublished.page(name)
        assert page.select('meta[name="description"]')
        assert not page.select('link[rel=canonical], meta[property="og:url"], meta[property="og:image"]')
    said = unpublished.said("chapters/chapter")
    assert "url" not in said and "url" not in said["isPartOf"]
    assert not (unpublished.folder / "sitemap.xml").exists()
    assert not (unpublished.folder / "_static/card.png").exists()


@pytest.mark.long
@pytest.mark.slow
def test_every_page_of_the_book():
    """Has every page of our book a description of its own, and every chapter its time and its aims?"""
    toc = yaml.safe_load((REPOSITORY / "_toc.yml").read_text(encoding="utf-8"))
    listed = [entry["file"] for part in toc["parts"] for entry in part["chapters"]]
    taught = [name for name in listed if page_at(REPOSITORY / f"{name}.md", REPOSITORY).skills]
    others = [toc["root"], *(name for name in listed if name not in taught)]
    site, seen = Site(SITE), {}
    for name in [*taught, *others]:
        [tag] = site.page(name).select('meta[name="description"]')
        seen.setdefault(tag["content"], []).append(name)
    assert not [names for names in seen.values() if len(names) > 1]
    assert all(30 <= len(text) <= LONGEST and "<" not in text for text in seen), seen
    for name in taught:
        assert site.said(name)["timeRequired"].startswith("PT")
        assert len(site.said(name)["teaches"]) >= 3
