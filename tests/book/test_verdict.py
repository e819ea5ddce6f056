"""Does a box of verdict ask, offer lines to write on without scripts, and list all in the last chapter?"""

from pathlib import Path
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

from helpers.book.directives.verdict import CHOICES, QUESTION

CONF = """
extensions = ["myst_parser", "helpers.book"]
html_theme = "basic"
"""
BOX = "```{verdict}\nDeng waits *four* days. What does that weigh?\n```\n"
PAGES = {
    "index": "# Contents\n\n```{toctree}\na\nb\nlast\n```\n",
    "a": f"# First & foremost\n\n{BOX}",
    "b": f"# Second\n\n{BOX}",
    "last": "# Last\n\n```{verdict}\n:record:\n:defense:\n\nDefend it.\n```\n",
}


class Built(NamedTuple):
    """A tiny book after a build that goes on after a warning."""

    out: Path
    warnings: str

    def page(self, name):
        """Return a page of HTML."""
        return BeautifulSoup((self.out / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def build(folder, pages, builder="html"):
    (folder / "conf.py").write_text(CONF)
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text)
    app = SphinxTestApp(builder, srcdir=folder)
    try:
        app.build()
        return Built(Path(app.outdir), app.warning.getvalue())
    finally:
        app.cleanup()


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Build a tiny book with three boxes, one of them with a record."""
    built = build(tmp_path_factory.mktemp("book"), PAGES)
    assert built.warnings == ""
    return built


def test_box_asks(book):
    """Has a box the question of the book, the chapter's own sentence, and a named form?"""
    box = book.page("a").select_one(".admonition.verdict#verdict-a")
    assert box.select_one(".verdict-question").get_text() == QUESTION
    assert box.select_one(".verdict-prompt").get_text() == "Deng waits four days. What does that weigh?"
    form = box.select_one("form")
    assert form.has_attr("hidden") and form["aria-label"]
    assert [radio["value"] for radio in form.select("fieldset input[type=radio]")] == list(CHOICES)
    assert len({radio["name"] for radio in form.select("input")}) == 1
    assert form.find("label", attrs={"for": form.textarea["id"]})
    assert "stays on this device" in form.get_text()


def test_box_is_a_prompt_without_scripts(book):
    """Are there the choices and two lines to write on that need no script?"""
    paper = book.page("a").select_one(".verdict-paper")
    assert [item.get_text() for item in paper.select("li")] == list(CHOICES.values())
    assert len(paper.select(".verdict-line")) == 2


def test_room_of_an_answer(book):
    """Has a defense room for four sentences, on paper too, and does no box cut what is written?"""
    for name, label, rows, most in (
        ("a", "Your reason, in two lines", 2, "240"),
        ("last", "Your defense, in about four sentences", 8, "1200"),
    ):
        box = book.page(name).select_one(".admonition.verdict")
        assert (box.textarea["rows"], box.textarea["data-most"]) == (str(rows), most)
        assert box.find("label", attrs={"for": box.textarea["id"]}).get_text() == label
        assert len(box.select(".verdict-line")) == rows and not box.textarea.has_attr("maxlength")
        assert box.select_one(".verdict-last").has_attr("hidden")


def test_record_lists_every_box(book):
    """Does the last chapter link the box of every chapter, by title and in their order, and only there?"""
    items = book.page("last").select(".verdict-record li")
    assert [(item["data-slug"], item.a.get_text(), item.a["href"]) for item in items] == [
        ("a", "First & foremost", "a.html"),
        ("b", "Second", "b.html"),
        ("last", "Last", "#verdict-last"),
    ]
    assert not book.page("a").select(".verdict-record")


def test_script_is_loaded_where_there_is_a_box(book):
    """Do pages without a box load neither its script nor its style?"""
    loaded = {name: str(book.page(name).head) for name in PAGES}
    assert [name for name, head in loaded.items() if "verdict.js" in head] == ["a", "b", "last"]
    assert [name for name, head in loaded.items() if "verdict.css" in head] == ["a", "b", "last"]


def test_box_in_plain_text(tmp_path):
    """Is the question there where a page is no HTML?"""
    built = build(tmp_path, PAGES, builder="text")
    assert "four" in (built.out / "a.txt").read_text() and "form" not in (built.out / "a.txt").read_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("```{verdict}\n```\n", "say in one sentence"),
        (f"{BOX}\n{BOX}", "one verdict, and this is its second"),
    ],
)
def test_box_that_cannot_be(tmp_path, text, said):
    """Is a box without a sentence, or a second one on a page, an error that says so?"""
    assert said in build(tmp_path, {"index": f"# A\n\n{text}"}).warnings
