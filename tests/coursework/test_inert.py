"""Does nothing that a student made stay active in a marked notebook, and does honest work stay as it is?"""

import re
import time

import altair as alt
import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.server_extensions.formgrader import handlers
from tests import payloads
from tests.attacks import EMPTY_HTML, HTML_WITHOUT_END

from helpers.checks import Mark
from helpers.coursework.marking.inert import inert_html, inert_markdown, is_inert, make_inert, plain_text
from helpers.coursework.marking.sanitize import texts_elsewhere
from helpers.coursework.marking.spec import CellSpec
from helpers.marks import read_mark

ACTIVE = "script style iframe frame object embed link meta base form svg math video audio template plaintext"
MARK = Mark.lost(2, 'Not "<b>", see mao-1963-p02.', ["mao-1963-p02"])
PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*")


def render(notebook):
    """Return what Formgrader shows of a notebook, as it makes it."""
    exporter = HTMLExporter(template_name="formgrade", extra_template_basedirs=[handlers.template_path])
    page, _ = exporter.from_notebook_node(notebook, resources={"index": 0, "total": 1, "base_url": ""})
    return BeautifulSoup(page, "html.parser").find(id="notebook-container")


def find_active(page):
    """Return the parts of a page that run, fetch or lead to something other than the web."""
    found = [str(one)[:200] for one in page.find_all(ACTIVE.split())]
    for one in page.find_all(True):
        for name, value in one.attrs.items():
            value = " ".join(value) if isinstance(value, list) else value
            harmless = {
                "src": PICTURE.fullmatch(value),
                "href": re.match(r"https?:|mailto:|#", value),
                "style": not re.search(r"url|@|image|expression", value),
            }
            if name.startswith("on") or name in ("srcdoc", "data-link") or not harmless.get(name, True):
                found.append(f"{name}={value[:200]}")
    return found


def shown(data, metadata=None):
    return new_output("display_data", data=data, metadata=metadata or {})


def test_no_payload_is_active():
    """Does the page that Formgrader makes hold nothing active, from any payload in any place?"""
    texts = {name: text.replace("RUN", f"fetch('{name}')") for name, text in payloads.MARKDOWN.items()}
    cells = [
        *payloads.cells(payloads.MARKDOWN, kind="markdown"),
        *payloads.attached(),
        *(new_code_cell(text, outputs=[shown({"text/html": text})]) for text in texts.values()),
        *(new_code_cell(outputs=[shown({"text/markdown": text})]) for text in texts.values()),
        *(new_code_cell(outputs=[shown({"text/latex": text})]) for text in texts.values()),
    ]
    notebook = nbformat.from_dict(
        {"cells": cells, "metadata": payloads.metadata_of("x"), "nbformat": 4, "nbformat_minor": 5}
    )
    del notebook.metadata["language_info"], notebook.metadata["kernelspec"]  # these are the course's by then
    n = len(notebook.cells)
    make_inert(notebook, {}, {})
    page = render(notebook)
    assert find_active(page) == []
    assert len(page.select(".cell")) == n


def test_the_page_was_active():
    """Is the search for what is active one that finds it?"""
    texts = [payloads.MARKDOWN["img"], "[read this](javascript:RUN)"]
    page = render(new_notebook(cells=list(map(new_markdown_cell, texts))))
    assert len(find_active(page)) == 3


@pytest.mark.parametrize("name", [*payloads.MARKDOWN])
def test_a_payload_is_still_read(name):
    """Does the person who marks see what was typed, line for line?"""
    text = payloads.MARKDOWN[name]
    kept = inert_markdown(text, names=["chinese-note"])
    assert kept != text
    assert re.sub(r"\s", "", text) in re.sub(r"\s", "", kept)


@pytest.mark.parametrize(
    "text",
    [
        "Deng *expressed himself* obscurely [...] (¶ 13), see [¶ 13](https://example.org/x#deng-1962-p13).",
        "# My answer\n\n1. one\n2. two\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "It cost $5, and then $10; 3 < 4 and a <- b.",
        "$\\frac{a}{b}$ and `code`",
        "```python\nx = [1]\n```",
        "毛泽东同志说",
    ],
)
def test_honest_text(text):
    """Does plain Markdown stay as it is?"""
    assert inert_markdown(text, names=["chinese-note"]) == text


@pytest.mark.parametrize("is_check", [False, True])
def test_only_a_check_gives_marks(is_check):
    """Is a mark in a student's own output removed, and the one of a check kept?"""
    cell = new_code_cell(outputs=[shown(MARK._repr_mimebundle_() | {"text/plain": "0"})])
    cell.metadata = {"nbgrader": {"grade_id": "check"}}
    check = CellSpec(
        "check", "code", "", "", locked=True, grade=is_check, solution=False, task=False, points=2
    )
    notebook = new_notebook(cells=[cell])
    make_inert(notebook, {"check": check}, {})
    assert read_mark(notebook.cells[0].outputs[0]) == (MARK.as_data() if is_check else None)


def test_attached_picture():
    """Does a screenshot that was pasted into an answer stay?"""
    cell = new_markdown_cell("![shot](attachment:image.png)")
    cell.attachments = {"image.png": {"image/png": payloads._PNG}}
    notebook = new_notebook(cells=[cell])
    make_inert(notebook, {}, {})
    assert notebook.cells[0] == cell
    assert find_active(render(notebook)) == []


def test_the_courses_own_text():
    """Does a text of the course keep its markup and its pictures?"""
    text = '<details><summary>Help</summary></details> ![map](map.png) <img src="map.png">'
    notebook = new_notebook(cells=[new_markdown_cell(text)])
    make_inert(notebook, {}, {text: {}})
    assert notebook.cells[0].source == text


def test_honest_outputs():
    """Do tables, marks, pictures and colored tracebacks stay, and has a chart its text?"""
    frame = pd.DataFrame({"a": [1, 2], "b": ["x & y", "<b>"]})._repr_html_()
    assert BeautifulSoup(inert_html(frame), "html.parser").find("table") == BeautifulSoup(
        frame, "html.parser"
    ).find("table")
    assert inert_html(MARK._repr_html_()) == MARK._repr_html_().replace(' class="mark"', "")
    assert (
        plain_text("\x1b[0;31mKeyError\x1b[0m\x1b[38;5;241m x") == "\x1b[0;31mKeyError\x1b[0m\x1b[38;5;241m x"
    )
    chart = alt.Chart(pd.DataFrame({"a": [1]})).mark_bar().encode(x="a")._repr_mimebundle_()
    kept = {"image/png": payloads._PNG, "text/plain": "<Figure size 640x480 with 1 Axes>"}
    size = {"image/png": {"width": 300, "height": 200}}
    notebook = new_notebook(cells=[new_code_cell(outputs=[shown(chart), shown(kept, size)])])
    make_inert(notebook, {}, {})
    first, second = notebook.cells[0].outputs
    assert list(first.data) == ["text/plain"]
    assert (second.data, second.metadata) == (kept, size)


@pytest.mark.parametrize(
    "content",
    ["<div>" * 5_000, "<div></x>" * 5_000, "<b " + "a=1 " * 5_000 + ">x</b>", "<p>" + "x" * 100_000],
)
def test_what_takes_long_is_not_cleaned(content):
    """Is HTML in which a library would lose itself left out?"""
    assert inert_html(content + "x") == ""


def test_size_of_a_notebook():
    """Is what is shown of a notebook bounded, and does it say so?"""
    many = [new_output("stream", text="x" * 200_000) for _ in range(100)]
    notebook = new_notebook(cells=[new_code_cell(outputs=many), new_code_cell(outputs=many)])
    make_inert(notebook, {}, {})
    assert len(str(notebook)) < 6_000_000
    assert "the rest was left out; it is in submitted/" in notebook.cells[1].outputs[0].text


@pytest.mark.parametrize("name", payloads.FILES)
def test_files(name):
    """Is a file that a browser would run told by its name?"""
    assert is_inert(name) == (name in ("map", "towns.csv"))


@pytest.mark.parametrize("name", HTML_WITHOUT_END)
def test_tag_without_end(name):
    """Is a tag that never ends looked at once, and not once from each of its letters?"""
    begun = time.process_time()
    assert not inert_html(HTML_WITHOUT_END[name])
    assert time.process_time() - begun < 5


def test_html_of_which_nothing_is_left():
    """Does HTML count that takes long to clean, also when nothing is left of it, and honest tables hardly?"""
    frames = [shown({"text/html": pd.DataFrame({"a": range(60)}).assign(b=n).to_html()}) for n in range(60)]
    empty = [shown({"text/html": f"{EMPTY_HTML * 200}<i n={n}></i >"}) for n in range(60)]
    notebook = new_notebook(cells=[new_code_cell("a", outputs=frames), new_code_cell("b", outputs=empty)])
    make_inert(notebook, {}, {})
    kept, cut = (cell.outputs for cell in notebook.cells)
    assert all("table" in one.data["text/html"] for one in kept)
    assert len(cut) < 40 and "left out" in cut[-1].text


def test_long_code():
    """Is code cut that would take Formgrader minutes to color, and no cell of the course?"""
    cells = [new_code_cell("a " * 200_000), new_code_cell("answer = 1"), new_code_cell("b " * 200_000)]
    cells[2].metadata["nbgrader"] = {"grade_id": "check"}
    notebook = new_notebook(cells=[cells[1], cells[0], cells[2]])
    check = CellSpec("check", "code", "", None, True, True, False, False, 1.0)
    make_inert(notebook, {"check": check}, {})
    assert [len(cell.source) for cell in notebook.cells[::2]] == [10, 400_000]
    assert len(notebook.cells[1].source) < 210_000 and "left out" in notebook.cells[1].source


def test_long_code_is_searched_for_texts():
    """Is a text still found in a notebook whose code is too long to be taken apart, and in little time?"""
    begun = time.process_time()
    cells = [new_code_cell(f"{n} + 1 + " * 20_000 + "1") for n in range(40)]
    text = new_markdown_cell("The ambassador wrote down what he wished Moscow to read.")
    assert len(list(texts_elsewhere(new_notebook(cells=[*cells, text]), {}, []))) > 0
    assert time.process_time() - begun < 8
