"""Are charts set in pages of the book as pictures with words and a table, and without scripts?"""

import re

import altair as alt
import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

from helpers import describe_chart, draw_dispersion, draw_letters
from helpers.book.figure import figure
from helpers.charts import MIME_TYPE

PAGE = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  name: python3
---
# A page

```{code-cell} python3
from helpers import draw_dispersion
draw_dispersion("unity")
```

```{code-cell} python3
draw_dispersion("debate")
```
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Return a page of a tiny book with two charts, built with warnings as errors."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "conf.py").write_text(
        'extensions = ["myst_nb", "helpers.book"]\nhtml_theme = "basic"\nnb_ipywidgets_js = {}\n'
    )
    (folder / "index.md").write_text(PAGE)
    app = SphinxTestApp("html", srcdir=folder, warningiserror=True)
    try:
        app.build()
        return BeautifulSoup((folder / "_build/html/index.html").read_text(encoding="utf-8"), "html.parser")
    finally:
        app.cleanup()


def test_page_has_pictures(page):
    """Is each chart an SVG whose name is its title and whose description is its text alternative?"""
    pictures = page.select("figure.chart [role=img]")
    assert len(pictures) == 2
    for picture, term in zip(pictures, ["unity", "debate"], strict=True):
        assert picture.svg
        assert picture["aria-label"] == f"Where {term} stands"
        words = page.find(id=picture["aria-describedby"])
        assert words.get_text() == describe_chart(draw_dispersion(term))


def test_page_has_tables(page):
    """Is the data of each chart there as a table with a caption and headings, behind a summary?"""
    details = page.select("figure.chart details")
    assert [d.summary.get_text() for d in details] == ["The chart in words and as a table"] * 2
    for found, n in zip(details, [5, 7], strict=True):
        assert found.caption.get_text().startswith("Where ")
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


def test_text_of_a_chart_is_escaped():
    """Does no title, alternative or cell of a chart become HTML?"""
    bad = "<img src=x onerror=alert(1)>"
    spec = alt.Chart(pd.DataFrame({"x": [1]})).mark_point().encode(x="x:Q").to_dict()
    spec |= {"title": bad, "description": bad, "usermeta": {"table": {"columns": [bad], "data": [[bad]]}}}
    html = figure(spec, "chart-1")
    assert "<img" not in html
    assert html.count("&lt;img") >= 5


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
    (tmp_path / "conf.py").write_text(
        'extensions = ["myst_nb", "helpers.book"]\nnb_execution_mode = "off"\nnb_ipywidgets_js = {}\n'
    )
    app = SphinxTestApp("html", srcdir=tmp_path)
    try:
        app.build()
        assert "A chart needs a text alternative" in app.warning.getvalue()
    finally:
        app.cleanup()
