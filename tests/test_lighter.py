"""Do pages have their icons without the theme's script, and does the search know the paragraphs?"""

import json
import re

import pytest
from sphinx.testing.util import SphinxTestApp

from helpers.book.icons import _rule
from helpers.book.paragraph import paragraphs

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


def test_no_page_loads_the_script(site):
    """Is the script of all icons gone from every page and from the site, and the style sheet in its place?"""
    pages = [page for page in site.rglob("*.html") if "_static" not in page.parts]
    assert len(pages) >= 4
    for page in pages:
        text = page.read_text(encoding="utf-8")
        depth = "../" * (len(page.relative_to(site).parts) - 1)
        assert "fontawesome" not in text
        assert text.count(f'href="{depth}_static/icons.css"') == 1
    assert not list(site.rglob("fontawesome.js*"))[1:]  # the license stays


def test_every_icon_has_a_shape(site):
    """Has every icon that a page uses a rule with a shape, and no icon another one?"""
    used = set()
    for page in site.rglob("*.html"):
        used |= set(re.findall(r'class="fa[srb-][^"]*? fa-([a-z-]+)', page.read_text(encoding="utf-8")))
    sheet = (site / "_static/icons.css").read_text(encoding="utf-8")
    assert {"magnifying-glass", "bars"} <= used
    assert set(re.findall(r"^\.fa-([a-z-]+)::before \{\n  --icon", sheet, flags=re.MULTILINE)) >= used - {
        "lg"
    }
    assert len(sheet) < 20_000


def test_icon_that_the_theme_lacks():
    """Is an icon that is not there named?"""
    with pytest.raises(ValueError, match="no icon hammer-and-sickle"):
        _rule("hammer-and-sickle", '{"x":[512,512,[],"f000","M0 0"]}')


def test_search_knows_the_paragraphs(site):
    """Does the search page have every line of the edition, in its reading, at its address?"""
    content = (site / "_static/paragraphs.js").read_text(encoding="utf-8")
    found = json.loads(content.removeprefix("window.paragraphs = ").removesuffix(";\n"))
    own = {name: line for name, line in paragraphs().items() if name.startswith("mao-1963")}
    assert [one["address"] for one in found] == [f"chapters/mao.html#{name}" for name in own]
    assert [one["text"] for one in found] == [line.text("corrected") for line in own.values()]
    for page in site.rglob("*.html"):
        assert ("paragraphs.js" in page.read_text(encoding="utf-8")) == (page.name == "search.html")
