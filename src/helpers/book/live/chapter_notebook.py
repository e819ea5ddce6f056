"""Convert a chapter to a notebook, with its text as Markdown and its visible code as cells.

The notebook is made from the built chapter, in which every reference, quotation and number is written out, so
it needs none of the book's directives and roles.  It leaves out the editions and the outputs of cells.
"""

import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from textwrap import indent
from typing import NamedTuple
from urllib.parse import urljoin

import nbformat
from docutils import nodes
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from sphinx.application import Sphinx

from helpers.book.live import jupyterlite

_SPECIAL = re.compile(r"([\\`*_\[\]<>$|])")
# Text that would begin a list or a heading at the start of a line.
_LIST_LIKE = re.compile(r"^(\s*\d*)([-+#.])(?=[\s#])", re.MULTILINE)
# JupyterLite finds its own kernel, which has another name, by the language and without asking.
_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

# Takes the place of the site's address where that is unknown.  The notebook is in ``live/files`` of the site.
_SITE = "http://site.invalid"

_WHAT_IT_IS = (
    "*This is the chapter as a notebook: run its cells from top to bottom with Shift + Enter, "
    "and change what you like. The chapter in the book stays as it is.*"
)


class Code(NamedTuple):
    """The source of a code cell, between blocks of Markdown."""

    source: str


def setup(app: Sphinx) -> None:
    """Make a notebook of every written page with code, and put a button above its text."""
    app.connect("doctree-resolved", _offer, priority=900)  # when all is resolved
    app.connect("html-page-context", _run_in_place)


def _offer(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html" or not any(map(_code, doctree.findall(nodes.container))):
        return
    base = app.config.html_baseurl or _SITE
    here = f"{base.rstrip('/')}/{app.builder.get_target_uri(docname)}"
    name = f"chapter-{Path(docname).name}.ipynb"
    jupyterlite.offer(app.env, name, nbformat.writes(to_notebook(doctree, address=here)))
    title = next(doctree.findall(nodes.title))
    button = jupyterlite.button(docname, name, "Open this chapter as a notebook")
    title.parent.insert(title.parent.index(title) + 1, button)


def _run_in_place(
    app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Add the script that runs cells where they stand to a page that has some."""
    if doctree is not None and any(map(_code, doctree.findall(nodes.container))):
        app.add_css_file("cells.css")
        app.add_js_file("cells.js", loading_method="defer")


def to_notebook(doctree: nodes.document, *, address: str = "") -> nbformat.NotebookNode:
    """Return a page as a notebook.

    Parameters
    ----------
    doctree
        The page, with its references resolved.
    address
        The address of the published page.  Below ``_SITE``, links to the book are relative to the notebook's
        file on the site.  Without an address, only links to other sites stay links.
    """
    cells, text = [], []

    def end_text() -> None:
        if text:
            cells.append(new_markdown_cell("\n\n".join(text), id=f"text-{len(cells)}"))
            text.clear()

    for block in _Markdown(address).blocks(doctree):
        if isinstance(block, Code):
            end_text()
            cells.append(new_code_cell(block.source, id=f"code-{len(cells)}"))
            continue
        if block.startswith("#"):
            end_text()
        text.append(block)
        if block.startswith("# "):
            text.append(_WHAT_IT_IS)
    end_text()
    return new_notebook(cells=cells, metadata=_METADATA)


def _code(node: nodes.container) -> str:
    """Return the visible code of a cell, or None if a node is not a cell or its code is hidden."""
    if node.get("nb_element") != "cell_code":
        return ""
    sources = (part for part in node.children if part.get("nb_element") == "cell_code_source")
    return "".join(part.astext() for part in sources)


class _Markdown:
    """The writer: `blocks` for block elements, `inline` for elements within a line."""

    def __init__(self, address: str):
        self.address = address

    # --- blocks ---

    def blocks(self, node: nodes.Node, depth: int = 0) -> Iterator[str | Code]:
        """Yield the blocks of a node and its children."""
        for child in node.children:
            yield from self._block(child, depth)

    def _block(self, node: nodes.Node, depth: int) -> Iterator[str | Code]:
        if write := getattr(self, f"on_{type(node).__name__}", None):
            yield from write(node, depth)
        elif isinstance(node, nodes.Invisible | nodes.raw | nodes.Text | nodes.system_message):
            return
        elif isinstance(node, nodes.TextElement):
            yield self.inline(node)
        else:
            yield from self.blocks(node, depth)

    def on_section(self, node: nodes.section, depth: int) -> Iterator[str | Code]:
        yield from self.blocks(node, depth + 1)

    def on_title(self, node: nodes.title, depth: int) -> Iterator[str]:
        yield f"{'#' * max(depth, 1)} {self.inline(node)}"

    def on_container(self, node: nodes.container, depth: int) -> Iterator[str | Code]:
        if not node.get("nb_element"):
            yield from self.blocks(node, depth)
        elif code := _code(node):
            yield Code(code)

    def on_admonition(self, node: nodes.admonition, depth: int) -> Iterator[str]:
        title, *rest = node.children
        head = f"**{self.inline(title)}**"
        if "exercise" in node.get("classes", ()):
            head += "\n\nIt is a separate notebook: open it with the button at the end of the chapter."
            rest = []
        yield _quoted("\n\n".join([head, *self._texts(rest, depth)]))

    def on_dropdown_main(self, node: nodes.Element, depth: int) -> Iterator[str]:
        title, *rest = node.children
        inside = "\n\n".join(self._texts(rest, depth))
        name = "".join(text for text in title.findall(nodes.Text) if not isinstance(text.parent, nodes.raw))
        yield f"<details><summary>{escape(name.strip())}</summary>\n\n{inside}\n\n</details>"

    def on_practice_answers(self, node: nodes.Element, depth: int) -> Iterator[str]:
        inside = "\n\n".join(self._texts(node.children, depth))
        yield f"<details><summary>{escape(node['title'])}</summary>\n\n{inside}\n\n</details>"

    def on_block_quote(self, node: nodes.block_quote, depth: int) -> Iterator[str]:
        yield _quoted("\n\n".join(self._texts(node.children, depth)))

    def on_attribution(self, node: nodes.attribution, depth: int) -> Iterator[str]:
        yield f"— {self.inline(node)}"

    def on_bullet_list(self, node: nodes.bullet_list, depth: int) -> Iterator[str]:
        yield self._items(node, depth, lambda n: "- ")

    def on_enumerated_list(self, node: nodes.enumerated_list, depth: int) -> Iterator[str]:
        yield self._items(node, depth, lambda n: f"{n}. ")

    def _items(self, node: nodes.Element, depth: int, mark: Callable[[int], str]) -> str:
        items = ("\n\n".join(self._texts(item.children, depth)) for item in node.children)
        marked = ((mark(n), item) for n, item in enumerate(items, start=1))
        return "\n".join(first + indent(item, " " * len(first)).lstrip() for first, item in marked)

    def on_term(self, node: nodes.term, depth: int) -> Iterator[str]:
        yield f"**{self.inline(node)}**"

    def on_literal_block(self, node: nodes.literal_block, depth: int) -> Iterator[str]:
        yield f"```\n{node.astext()}\n```"

    def on_table(self, node: nodes.table, depth: int) -> Iterator[str]:
        rows = [[self._cell(entry) for entry in row.children] for row in node.findall(nodes.row)]
        if rows:
            rows.insert(1, ["---"] * len(rows[0]))
            yield "\n".join(f"| {' | '.join(row)} |" for row in rows)

    on_data_table = on_table

    def _cell(self, node: nodes.entry) -> str:
        return " ".join(self.inline(part) for part in node.children).replace("\n", " ")

    def on_edition(self, node: nodes.Element, depth: int) -> Iterator[str]:
        yield "*The document itself is in the book, with numbered paragraphs.*"

    def on_edition_switch(self, node: nodes.Element, depth: int) -> Iterator[str]:
        yield from ()

    on_edition_notes = on_toctree = on_edition_switch

    def _texts(self, children: list[nodes.Node], depth: int) -> list[str]:
        """Return the blocks of nodes inside another node, where there can be no cell."""
        found = (block for child in children for block in self._block(child, depth + 1))
        return [block for block in found if isinstance(block, str)]

    # --- in a line ---

    def inline(self, node: nodes.Node) -> str:
        """Return the text of a node with its emphasis, code and links."""
        if isinstance(node, nodes.Text):
            return _LIST_LIKE.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", node.astext()))
        if isinstance(node, nodes.literal):
            fence = "``" if "`" in node.astext() else "`"
            return f"{fence}{node.astext()}{fence}"
        if isinstance(node, nodes.raw | nodes.image | nodes.Invisible):
            return ""
        text = "".join(map(self.inline, node.children))
        if isinstance(node, nodes.emphasis | nodes.strong):
            mark = "*" if isinstance(node, nodes.emphasis) else "**"
            return f"{mark}{text}{mark}"
        if isinstance(node, nodes.reference) and (target := self._target(node)):
            return f"[{text}]({target})"
        return text

    def _target(self, node: nodes.reference) -> str:
        """Return the target of a link, or nothing if it is unknown."""
        target = node.get("refuri") or (f"#{node['refid']}" if node.get("refid") else "")
        if target.startswith(("https:", "http:")):
            return target
        return self.address and urljoin(self.address, target).replace(f"{_SITE}/", "../../")


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
