"""Are charts set in pages of the book as pictures with words and a table, and without scripts?"""

import re
import subprocess
import sys

import altair as alt
import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

from helpers import describe_chart, draw_dispersion, draw_letters, draw_voices
from helpers.book.html.figure import figure
from helpers.charts.drawing import MIME_TYPE

# With its own suffixes: Sphinx would write those of MyST-NB into its defaults, for every later book.
CONF = """
extensions = ["myst_nb", "helpers.book"]
html_theme = "basic"
nb_ipywidgets_js = {}
source_suffix = {".md": "myst-nb", ".ipynb": "myst-nb"}
"""
FRONT_MATTER = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  name: python3
---
"""
PAGE = f"""{FRONT_MATTER}# A page

```{{code-cell}} python3
from helpers import draw_dispersion
draw_dispersion("unity")
```

```{{code-cell}} python3
draw_dispersion("debate")
```
"""


def build(folder, pages):
    """Return the first page of a tiny book, built with warnings as errors."""
    (folder / "conf.py").write_text(CONF)
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text)
    app = SphinxTestApp("html", srcdir=folder, warningiserror=True)
    try:
        app.build()
        return (folder / "_build/html/index.html").read_text(encoding="utf-8")
    finally:
        app.cleanup()


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Return a page of a tiny book with two charts, built with warnings as errors."""
    return BeautifulSoup(build(tmp_path_factory.mktemp("book"), {"index": PAGE}), "html.parser")


def test_page_has_pictures(page):
    """Is each chart an SVG whose name is its title and whose description is its text alternative?"""
    pictures = page.select("figure.chart [role=img]")
    assert len(pictures) == 4  # each for wide and for narrow screens
    for picture, term in zip(pictures, ["unity", "unity", "debate", "debate"], strict=True):
        assert picture.svg
        assert f"occurrences of “{term}” are in " in picture["aria-label"]
        words = page.find(id=picture["aria-describedby"])
        assert words.get_text() == describe_chart(draw_dispersion(term))


def test_page_has_tables(page):
    """Is the data of each chart there as a table with a caption and headings, behind a summary?"""
    details = page.select("figure.chart details")
    assert [d.summary.get_text() for d in details] == ["The chart in words and as a table"] * 2
    for found, n in zip(details, [5, 7], strict=True):
        assert " occurrences of " in found.caption.get_text()
        assert [th["scope"] for th in found.select("th")] == ["col"] * 4
        assert len(found.select("tbody tr")) == n


def test_ids_are_unique(page):
    """Is no id there twice, those inside of the pictures included, and does each reference lead to one?"""
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    charts = "".join(map(str, page.select("figure.chart")))
    assert set(re.findall(r"url\(#([^)]+)\)", charts)) <= set(ids)


def test_charts_ask_no_server_and_run_no_script(page):
    """Is there nothing in a chart that loads or runs anything?"""
    charts = "".join(map(str, page.select("figure.chart")))
    assert "http" not in charts
    assert "<script" not in charts
    assert "vega" not in "".join(str(script.get("src")) for script in page.find_all("script"))


def test_scrolling_parts_can_be_reached(page):
    """Have the parts that may scroll a name, and can the keyboard reach them?"""
    for region in page.select("figure.chart [role=region]"):
        assert region["tabindex"] == "0"
        assert region["aria-label"]


def test_second_drawing():
    """Does a chart with a drawing for narrow screens become two pictures with the same name and one table?"""
    spec = alt.Chart(pd.DataFrame({"x": [1]})).mark_point().encode(x="x:Q").to_dict() | {
        "description": "One."
    }
    narrow = {**spec, "title": {"text": ["In two", "lines"]}}
    soup = BeautifulSoup(
        figure({**spec, "title": "All", "usermeta": {"narrow": narrow}}, "chart-1"), "html.parser"
    )
    pictures = soup.select("figure.chart > .chart-picture")
    assert [picture["class"][1] for picture in pictures] == ["wide", "narrow"]
    assert {image["aria-label"] for image in soup.select("[role=img]")} == {"All"}
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert len(soup.select("figcaption")) == 1
    assert figure(narrow, "chart-2").count('aria-label="In two lines') == 2


def test_text_of_a_chart_is_escaped():
    """Does no title, alternative or cell of a chart become HTML?"""
    bad = "<img src=x onerror=alert(1)>"
    spec = alt.Chart(pd.DataFrame({"x": [1]})).mark_point().encode(x="x:Q").to_dict()
    spec |= {"title": bad, "description": bad, "usermeta": {"table": {"columns": [bad], "data": [[bad]]}}}
    html = figure(spec, "chart-1")
    assert "<img" not in html
    assert html.count("&lt;img") >= 5


def test_no_label_is_cut():
    """Is the font of text left to the page, with room for labels in letters as wide as a typewriter's?"""
    html = figure(draw_voices().to_dict(), "chart-1")
    assert "font-family" not in html
    longest = max(map(len, re.findall(r">([^<]+), reported<", html))) + len(", reported")
    width = float(re.search(r'viewBox="0 0 ([0-9.]+)', html)[1])
    assert width > 300 + min(longest, 40) * 0.6 * 12


def test_picture_is_the_same_each_time():
    """Is a chart drawn the same in every build?"""
    spec = draw_letters().to_dict()
    assert figure(spec, "chart-1") == figure(spec, "chart-1")


def test_chart_without_words_is_a_warning(tmp_path):
    """Does a chart without a text alternative stop a build that takes warnings for errors?"""
    spec = alt.Chart(pd.DataFrame({"x": [1]})).mark_point().encode(x="x:Q").to_dict()
    output = nbformat.v4.new_output("display_data", {MIME_TYPE: spec, "text/plain": "a chart"})
    cell = nbformat.v4.new_code_cell("chart", outputs=[output])
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A page"), cell])
    nbformat.write(nb, tmp_path / "index.ipynb")
    (tmp_path / "conf.py").write_text(f'{CONF}nb_execution_mode = "off"\n')
    app = SphinxTestApp("html", srcdir=tmp_path)
    try:
        app.build()
        assert "A chart needs a text alternative" in app.warning.getvalue()
    finally:
        app.cleanup()


def test_books_of_others_are_left_alone(tmp_path):
    """Is a book that does not name our extension built without it, and without what draws our charts?"""
    output = nbformat.v4.new_output("execute_result", {"text/plain": "its own output"}, execution_count=1)
    cells = [nbformat.v4.new_markdown_cell("# A page"), nbformat.v4.new_code_cell("1", outputs=[output])]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
    nbformat.write(notebook, tmp_path / "index.ipynb")
    (tmp_path / "conf.py").write_text('extensions = ["myst_nb"]\nnb_execution_mode = "off"\n')
    code = (
        "import sys; sys.modules['vl_convert'] = None\n"
        "from sphinx.cmd.build import main; code = main(['-q', '-W', '.', 'out'])\n"
        "sys.exit(code or any(name.split('.')[0] == 'helpers' for name in sys.modules))"
    )
    built = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    assert "its own output" in (tmp_path / "out/index.html").read_text(encoding="utf-8")


# --- explorers ---

EXPLORED = f"""{FRONT_MATTER}# Explored

```{{code-cell}} python3
from helpers import explore_concordance, explore_document
explore_concordance("Albania")
```

```{{code-cell}} python3
explore_document("deng-1962")
```
"""


@pytest.fixture(scope="module")
def explored(tmp_path_factory):
    """Return a page with an explorer, in a tiny book that has one of the documents on another page."""
    pages = {
        "index": f"{EXPLORED}\n```{{toctree}}\nmao\n```\n",
        "mao": "# Mao\n\n```{document} mao-1963\n```\n",
    }
    return build(tmp_path_factory.mktemp("explored"), pages)


def test_explorer_is_its_twin(explored):
    """Does the page hold the whole answer of an explorer, and neither a widget nor its state?"""
    soup = BeautifulSoup(explored, "html.parser")
    concordance, reader = soup.select("section.explorer")
    assert len(concordance.select("tbody tr")) == 4
    assert len(reader.select("[role=region] p")) == 19
    assert "jupyter.widget" not in explored


def test_links_of_an_explorer_lead_to_paragraphs(explored):
    """Do the ids in an explorer lead to the page of their document?"""
    links = BeautifulSoup(explored, "html.parser").select("section.explorer a")
    assert {a["href"] for a in links} == {"mao.html#mao-1963-p13", "mao.html#mao-1963-p20"}
    assert all(a["href"].endswith(f"#{a.code.get_text()}") for a in links)


def test_ids_of_a_document_on_no_page_are_no_links(explored):
    """Do the ids of a document that the book does not set stay text, which leads nowhere?"""
    reader = BeautifulSoup(explored, "html.parser").select("section.explorer")[1]
    assert len(reader.select("code.paragraph")) == 19
    assert not reader.select("a")
