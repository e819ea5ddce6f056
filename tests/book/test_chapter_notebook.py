"""Is a chapter as a notebook complete, in Markdown that Jupyter shows, and does its code run?"""

import re
from pathlib import Path

import nbformat
import pytest
from docutils import nodes
from docutils.core import publish_doctree
from sphinx_design.dropdown import dropdown_main, dropdown_title

from helpers.book.live.chapter_notebook import to_notebook

SITE = Path(__file__).parents[2] / "_build" / "html"
BOOK = "https://example.org/book/chapters/page.html"


def cell(code, *, hidden=False):
    """Return the node of a cell that was run, as MyST-NB makes it."""
    node = nodes.container(nb_element="cell_code")
    if not hidden:
        source = nodes.container(nb_element="cell_code_source")
        source += nodes.literal_block("", code)
        node += source
    node += nodes.container("", nodes.paragraph("", "what came out"), nb_element="cell_code_output")
    return node


def page(text, *more):
    tree = publish_doctree(text, settings_overrides={"doctitle_xform": False, "report_level": 5})
    for node in more:
        tree += node
    return tree


def sources(tree, **options):
    return [(one.cell_type, one.source) for one in to_notebook(tree, **options).cells]


def markdown(text, *more, **options):
    (one,) = sources(page(text, *more), **options)
    return one[1]


def test_order_of_cells():
    """Do text and code follow each other as on the page, without what came out and what is hidden?"""
    tree = page("One.", cell("a = 1"), nodes.paragraph("", "Two."), cell("b", hidden=True), cell("c = 3"))
    assert sources(tree) == [("markdown", "One."), ("code", "a = 1"), ("markdown", "Two."), ("code", "c = 3")]


def test_heading_begins_a_cell():
    """Does each section have its heading at its depth, and say at the top what the notebook is?"""
    found = sources(page("Page\n====\n\nWhy?\n\nPart\n----\n\nBecause.\n"))
    assert [text.split("\n")[0] for _, text in found] == ["# Page", "## Part"]
    assert "This is the chapter as a notebook" in found[0][1]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("*a* **b** ``c``", "*a* **b** `c`"),
        ("a\\*b_c $5 [d] <e>", r"a\*b\_c \$5 \[d\] \<e\>"),
        ("- a\n- b\n\n  - c", "- a\n- b\n\n  - c"),
        ("1. a\n2. b", "1. a\n2. b"),
        ("term\n  what it is", "**term**\n\nwhat it is"),
        ("x\n\n  words\n\n  -- who", "x\n\n> words\n>\n> — who"),
        (".. note:: Look.", "> **Note**\n>\n> Look."),
        ("::\n\n  x = 1", "```\nx = 1\n```"),
        ("== ==\na  b\n== ==\nc  d\n== ==", "| a | b |\n| --- | --- |\n| c | d |"),
        ("Then\n\\1. of May", "Then\n1\\. of May"),
        (".. raw:: html\n\n   <b>x</b>\n\ny", "y"),
    ],
)
def test_markdown(text, expected):
    """Is what docutils has written as Markdown that means the same?"""
    if text.startswith(".. note"):
        tree = page("", nodes.admonition("", nodes.title("", "Note"), nodes.paragraph("", "Look.")))
        assert sources(tree) == [("markdown", expected)]
    else:
        assert markdown(text) == expected


def test_dropdown():
    """Does an answer that is folded on the page stay folded?"""
    title = dropdown_title("", nodes.Text("One answer"), nodes.raw("", "<svg/>", format="html"))
    folded = dropdown_main("", title, nodes.paragraph("", "Because."))
    assert markdown("", folded) == "<details><summary>One answer</summary>\n\nBecause.\n\n</details>"


def test_links():
    """Do links lead into the published book, or to other sites, and are others plain text?"""
    tree = [
        nodes.paragraph("", "", nodes.reference("", "here", refid="part")),
        nodes.paragraph("", "", nodes.reference("", "there", refuri="other.html#x")),
        nodes.paragraph("", "", nodes.reference("", "out", refuri="https://example.com/")),
    ]
    chapters = BOOK.rpartition("/")[0]
    assert markdown("", *tree, address=BOOK).split("\n\n") == [
        f"[here]({BOOK}#part)",
        f"[there]({chapters}/other.html#x)",
        "[out](https://example.com/)",
    ]
    tree = [node.deepcopy() for node in tree]
    assert markdown("", *tree, address="http://site.invalid/chapters/page.html").split("\n\n") == [
        "[here](../../chapters/page.html#part)",
        "[there](../../chapters/other.html#x)",
        "[out](https://example.com/)",
    ]
    tree = [node.deepcopy() for node in tree]
    assert markdown("", *tree).split("\n\n") == ["here", "there", "[out](https://example.com/)"]


def test_exercise_is_named():
    """Is the box of the exercise, whose buttons need a page, a line that says where the exercise is?"""
    title = nodes.title("", "Exercise: Whose words?")
    box = nodes.admonition("", title, nodes.paragraph("", "3 questions"), classes=["exercise"])
    assert markdown("", box).startswith("> **Exercise: Whose words?**\n>\n> It is a separate notebook")


# --- the chapters ---


def chapters():
    return sorted((SITE / "live" / "files").glob("chapter-*.ipynb"))


@pytest.fixture(scope="module")
def built():
    if not chapters():
        pytest.fail("the site has no live notebooks: run `make site`, or `make test`, which does")
    return [nbformat.read(path, 4) for path in chapters()]


def test_chapters_are_valid(built):
    """Is every chapter a valid notebook, with the language by which a kernel is found?"""
    for notebook in built:
        nbformat.validate(notebook)
        assert notebook.metadata.language_info.name == "python"
        assert notebook.cells[0].source.startswith("# ")


def test_links_are_kept(built):
    """Does every chapter link to the book, and only to pages that exist?"""
    for path, nb in zip(chapters(), built, strict=True):
        text = "\n".join(one.source for one in nb.cells if one.cell_type == "markdown")
        pages = re.findall(r"\]\((\.\./\.\./[^)#]+\.html)", text)
        assert pages, path.name
        missing = [page for page in pages if not (path.parent / page).is_file()]
        assert missing == [], path.name


def test_no_grammar_of_the_book_is_left(built):
    """Is no role, directive, or icon left in the text of a chapter?"""
    text = "\n".join(one.source for nb in built for one in nb.cells if one.cell_type == "markdown")
    assert not re.findall(r"\{[a-z:-]+\}`|^:::|```\{|<svg|&lt;svg|glue", text, re.MULTILINE)
