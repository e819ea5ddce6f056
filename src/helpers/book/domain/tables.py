"""Make accessible tables for the back matter, with a caption, headers and an anchor for every row.

On a narrow screen each row becomes a block in which every cell shows the name of its column.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from helpers.book.domain.nodes import data_cell, data_table


class Row(NamedTuple):
    """A row: its anchor and the content of its cells, of which the first is the row's header."""

    row_id: str
    cells: Sequence[list[nodes.Node]]


def build_table(
    caption: str, headings: Sequence[str], rows: Iterable[Row], *, widths: Sequence[int]
) -> data_table:
    """Return a table as a docutils node.

    Parameters
    ----------
    caption
        What the table holds, in a few words.
    headings
        The names of the columns.
    rows
        Its rows, each with as many cells as there are headings.
    widths
        The widths of the columns, in relation to each other.
    """
    group = nodes.tgroup("", cols=len(headings))
    group += [nodes.colspec(colwidth=width) for width in widths]
    head = [_cell([nodes.Text(heading)], scope="col") for heading in headings]
    group += nodes.thead("", nodes.row("", *head))
    body = nodes.tbody()
    for row_id, cells in rows:
        first, *rest = zip(cells, headings, strict=True)
        content = [_cell(first[0], scope="row", heading=first[1])]
        content += [_cell(cell, heading=heading) for cell, heading in rest]
        body += nodes.row("", *content, ids=[row_id])
    group += body
    return data_table("", nodes.title("", caption), group, classes=["data-table", "colwidths-given"])


class TableDirective(SphinxDirective):
    """A directive that makes one table."""

    def table(self, caption: str, columns: dict[str, int], rows: Iterable[Row]) -> list[nodes.Node]:
        """Return a table with these headings and widths, and register its rows."""
        table = build_table(caption, list(columns), rows, widths=list(columns.values()))
        note_rows(self.env, table)
        return [table]


def note_rows(env: BuildEnvironment, tables: nodes.Element) -> None:
    """Register the rows of tables, so that ``[its name](#id-of-the-row)`` links to them from any page."""
    rows = [row_id for row in tables.findall(nodes.row) for row_id in row["ids"]]
    env.get_domain("entry").note_pages(rows)


def text(words: str) -> list[nodes.Node]:
    """Return the content of a cell with plain text."""
    return [nodes.Text(words)] if words else []


def anchor(row_id: str, words: str) -> list[nodes.Node]:
    """Return the content of a cell whose text is a link to its own row."""
    return [nodes.reference("", words, internal=True, refid=row_id, classes=["row-link"])]


def joined(parts: Iterable[nodes.Node], sign: str = ", ") -> list[nodes.Node]:
    """Return nodes with a separator between them."""
    found: list[nodes.Node] = []
    for part in parts:
        found += [nodes.Text(sign), part] if found else [part]
    return found


def page_link(docname: str, fromdocname: str, words: str = "") -> addnodes.pending_xref:
    """Return a reference to a page, with its title or with other words."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", words or docname),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{docname}",
        refexplicit=bool(words),
        refwarn=True,
        refdoc=fromdocname,
    )


def _cell(content: list[nodes.Node], *, scope: str = "", heading: str = "") -> data_cell:
    blocks = content
    if not any(isinstance(node, nodes.paragraph) for node in content):
        blocks = [nodes.paragraph("", "", *content)] if content else []
    return data_cell("", *blocks, scope=scope, heading=heading)
