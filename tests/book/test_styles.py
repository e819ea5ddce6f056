"""Is what pages and scripts need of the theme's style sheets kept, and the rest left out?"""

import re
from pathlib import Path

import pytest
import sphinx_book_theme
import sphinx_design
from sphinx.testing.util import SphinxTestApp

from helpers.book.html.styles import FOLDER, find_names, purge

NAMES = find_names(
    ['<main id="top"><p class="lead wide">', "<script>show('modal')</script>"],
    ["open = `kind-${kind}`; a.className = 'tip'"],
)


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        (".lead{top:0}", ".lead{top:0}"),
        (".gone{top:0}", ""),
        (".gone, .lead , #top{top:0}", ".lead,#top{top:0}"),
        (".lead .gone{top:0}p>.gone{top:0}", ""),
        ("main p.wide:hover::before{top:0}", "main p.wide:hover::before{top:0}"),
        (".lead:not(.gone){top:0}", ".lead:not(.gone){top:0}"),
        (":is(.gone,.lead) p{top:0}", ":is(.gone,.lead) p{top:0}"),
        (":where(.gone,#gone) p{top:0}", ""),
        (".modal.tip{top:0}.kind-title{top:0}", ".modal.tip{top:0}.kind-title{top:0}"),
        ("p:nth-child(2)[data-x=gone]{top:0}", "p:nth-child(2)[data-x=gone]{top:0}"),
        ("*{top:0}:root{--a:1}", "*{top:0}:root{--a:1}"),
        ("@media print{.gone{top:0}.lead{top:0}}", "@media print{.lead{top:0}}"),
        ("@media print{.gone{top:0}}", ""),
        ("@media print{@supports (top:0){.lead{top:0}}}", "@media print{@supports (top:0){.lead{top:0}}}"),
        ("@keyframes gone{from{top:0}}", "@keyframes gone{from{top:0}}"),
        # A browser that does not know a selector ignores the rule, so it must not become one that it knows.
        (".gone::-x-bar,.lead{top:0}", ".gone::-x-bar,.lead{top:0}"),
        ("/* a note */.lead{/* why */top:0}", ".lead{top:0}"),
        ("/*! License */.gone{top:0}", "/*! License */\n"),
    ],
)
def test_purge(sheet, kept):
    """Does a rule stay exactly if one of its selectors can match something on a page, now or later?"""
    assert purge(sheet, NAMES) == kept


CONF = """
extensions = ["myst_parser", "sphinx_book_theme", "sphinx_design", "helpers.book"]
html_theme = "sphinx_book_theme"
html_title = "A Tiny Book"
myst_enable_extensions = ["colon_fence"]
"""
PAGES = {
    "index": "# Contents\n\n```{toctree}\nchapters/cards\n```\n",
    "chapters/cards": "# Cards\n\n::::{grid} 2\n:::{grid-item-card} One\n:::\n::::\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the folder of a tiny book that was built three times: once whole, one page, and nothing."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "conf.py").write_text(CONF)
    (folder / "chapters").mkdir()
    for name, text in PAGES.items():
        (folder / f"{name}.md").write_text(text)
    for text in ("", "One more sentence.\n", ""):
        with (folder / "chapters/cards.md").open("a") as page:
            page.write(text)
        app = SphinxTestApp("html", srcdir=folder)
        app.build()
        app.cleanup()
    return Path(app.outdir)


def pages(site):
    """Return the text of every page of the book."""
    return [path.read_text(encoding="utf-8") for path in site.rglob("*.html") if "_static" not in path.parts]


def test_one_file(site):
    """Do all pages load the same file, instead of the sheets of the theme and of extensions, before ours?"""
    [joined] = (site / FOLDER).glob("*.css")
    for text in pages(site):
        first, *others = re.findall(r'<link\b[^>]*href="([^"]+\.css)[^"]*"', text)
        assert first.endswith(f"{FOLDER}/{joined.name}")
        assert {path.rpartition("/")[2] for path in others} <= {
            "theme.css",
            "chart.css",
            "print.css",
            "landing.css",
        }
    assert not list((site / "_static").glob("sphinx-design*.css"))


def test_files_that_it_names(site):
    """Is each file that the joined sheet names where it says?"""
    [joined] = (site / FOLDER).glob("*.css")
    named = re.findall(r'url\("?(?!data:|#)([^")]+)"?\)', joined.read_text(encoding="utf-8"))
    assert named
    assert not [
        name for name in named if not (joined.parent / name.partition("?")[0].partition("#")[0]).is_file()
    ]


def test_what_pages_and_scripts_use(site):
    """Has the joined sheet every class of the theme that is on a page or in a string of a script?"""
    [joined] = (site / FOLDER).glob("*.css")
    kept = set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", joined.read_text(encoding="utf-8")))
    sheets = [
        *Path(sphinx_book_theme.__file__).parent.rglob("*.css"),
        *Path(sphinx_design.__file__).parent.rglob("*.css"),
    ]
    styled = {
        name
        for path in sheets
        for rule in re.findall(
            r"([^{}]+)\{", re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        )
        for name in re.findall(r"\.(-?[a-zA-Z_][\w-]*)", rule)
    }
    on_pages = {
        name
        for text in pages(site)
        for found in re.findall(r'class="([^"]*)"', text)
        for name in found.split()
    }
    scripts = "".join(path.read_text(encoding="utf-8") for path in (site / "_static").rglob("*.js"))
    in_scripts = set(re.findall(r"""["'`]\.?([\w-]+)["'`]""", scripts))
    assert len(styled & on_pages) > 30
    assert "sd-card" in kept
    assert styled & (on_pages | in_scripts) <= kept
