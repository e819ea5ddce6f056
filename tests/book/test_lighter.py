"""Do pages load only what they need, have their icons, and does the search know the paragraphs?"""

import json
import re

import pytest
from sphinx.testing.util import SphinxTestApp

from helpers.book.domain.paragraph import paragraphs
from helpers.book.html.icons import Shape, draw_icons

CONF = """
extensions = ["myst_parser", "sphinx_book_theme", "helpers.book"]
html_theme = "sphinx_book_theme"
html_title = "A Tiny Book"
source_suffix = {".md": "markdown"}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the folder of a tiny book in the book's theme, with one edition."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "conf.py").write_text(CONF)
    (folder / "index.md").write_text("# Contents\n\n```{toctree}\nchapters/mao\n```\n")
    (folder / "chapters").mkdir()
    (folder / "chapters" / "mao.md").write_text("# Mao\n\n```{document} mao-1963\n```\n")
    app = SphinxTestApp("html", srcdir=folder, warningiserror=True)
    try:
        app.build()
        return folder / "_build" / "html"
    finally:
        app.cleanup()


def pages_of(site):
    """Return the text of every page by its path; the theme leaves a template among its static files."""
    pages = {
        page.relative_to(site).as_posix(): page.read_text(encoding="utf-8") for page in site.rglob("*.html")
    }
    return {name: text for name, text in pages.items() if not name.startswith("_static/")}


def test_no_page_loads_the_script(site):
    """Is the script of all icons gone from every page and from the site, and its license kept?"""
    pages = pages_of(site)
    assert {"index.html", "search.html", "genindex.html", "chapters/mao.html"} <= set(pages)
    for text in pages.values():
        assert not re.search(r"<(script|link)\b[^>]*fontawesome", text)
        assert "Font Awesome Free, CC BY 4.0" in text
    assert [path.name for path in site.rglob("fontawesome.js*")] == ["fontawesome.js.LICENSE.txt"]


def test_nobody_waits_for_scripts(site):
    """Do the scripts of a page run when it is there, but for the one that lines in the page write into?"""
    pages = pages_of(site)
    for name, text in pages.items():
        at_once = re.findall(r'<script src="(?:[^"]*/)?([^"/?]+)[^"]*"', text)
        if name == "search.html":  # its own script calls the others
            assert {"doctools.js", "searchtools.js"} <= set(at_once)
        else:
            assert at_once == ["documentation_options.js"], name


def test_every_icon_is_drawn(site):
    """Is there a drawing for every icon, none with a name that a reader would hear?"""
    for name, text in pages_of(site).items():
        assert not re.search(r'<(i|span) class="[^"]*\bfa-', text), name
        drawings = re.findall(r'<svg class="svg-inline--fa ([^"]*)"[^>]*>', text)
        assert any("fa-magnifying-glass" in one for one in drawings), name
        assert any("fa-bars" in one for one in drawings), name
        assert all(
            'aria-hidden="true"' in one for one in re.findall(r"<svg class=\"svg-inline--fa[^>]*>", text)
        )


def test_page_loads_what_it_needs(site):
    """Does a page load scripts of buttons only where it has some, and the index where one searches?"""
    pages = pages_of(site)
    for name, text in pages.items():
        assert ("searchindex.js" in text) == (name == "search.html"), name
    assert "copybutton" not in pages["chapters/mao.html"]


SHAPES = {"star": [Shape("576", "512", "M1"), Shape("512", "512", "M2")]}


@pytest.mark.parametrize(
    ("html", "drawn"),
    [
        ('<i class="fa-solid fa-star"></i>', "M2"),
        ('<span class="far fa-star fa-lg" title="Favorite"></span>', "M1"),
        ('<i class="fa-regular fa-star"></i>', "M1"),
    ],
)
def test_drawing_of_an_icon(html, drawn):
    """Is the filled or the outlined shape taken as the classes say, and no style or title kept?"""
    found = draw_icons(f"<a>{html}</a>", SHAPES)
    assert f'd="{drawn}"' in found
    assert found.startswith('<a><svg class="svg-inline--fa fa-star')
    assert "title" not in found
    assert found.endswith("</svg></a>")


@pytest.mark.parametrize(
    "html", ['<i class="fab"></i>', '<i class="fast"></i>', '<b class="fas fa-star"></b>']
)
def test_what_is_no_icon(html):
    """Is an element left alone that names no icon?"""
    assert draw_icons(html, SHAPES) == html


def test_icon_that_the_theme_lacks():
    """Is an icon that is not there named?"""
    with pytest.raises(ValueError, match="no icon hammer-and-sickle"):
        draw_icons('<i class="fas fa-hammer-and-sickle"></i>', SHAPES)


def test_scripts_know_the_paragraphs(site):
    """Have the scripts every line in both readings, at its address if this book has it?"""
    content = (site / "_static/paragraphs.js").read_text(encoding="utf-8")
    told = json.loads(content.removeprefix("Object.assign(window, ").removesuffix(");\n"))
    found = told["paragraphs"]
    assert [one["id"] for one in found] == list(paragraphs())
    for one, (name, line) in zip(found, paragraphs().items(), strict=True):
        assert one["address"] == (f"chapters/mao.html#{name}" if name.startswith("mao-1963") else "")
        both = [[part, part] if isinstance(part, str) else part for part in one["segments"]]
        readings = ["".join(reading) for reading in zip(*both, strict=True)]
        assert readings == [line.text("corrected"), line.text("diplomatic")]
    assert any(isinstance(part, list) for one in found for part in one["segments"])
    for page in site.rglob("*.html"):
        assert ("paragraphs.js" in page.read_text(encoding="utf-8")) == (page.name == "search.html")


def test_what_is_fetched_later_is_small(site):
    """Does a page load below 2,000 bytes of the checker and nothing of the notes before they are opened?"""
    fetched = (
        "quotations.js",
        "checker-panel.js",
        "checker.css",
        "notes.js",
        "notes-list.js",
        "notes.css",
        "panel.css",
    )
    for name, text in pages_of(site).items():
        [tag] = re.findall(r"<script[^>]*checker\.js[^>]*></script>", text)
        assert "defer" in tag and re.search(r'data-version="[0-9a-f]{8}"', tag), name
        assert len(tag) + (site / "_static/checker.js").stat().st_size < 2000
        assert not any(f"_static/{one}" in text for one in fetched), name
    assert all((site / "_static" / one).is_file() for one in fetched)
    assert sum((site / "_static" / one).stat().st_size for one in fetched if "notes" in one) < 32_000
