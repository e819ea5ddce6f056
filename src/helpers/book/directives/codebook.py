"""The directives `codebook` and `rights`, which show the documentation of the data in the book."""

import re
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from helpers import catalogue
from helpers.book.domain.nested import parse_sections
from helpers.book.domain.paragraph import note_data
from helpers.book.domain.tables import Row, build_table, note_rows

_CODEBOOK, _RIGHTS = "README.md", "RIGHTS.md"
# By the first heading; the name of a column must fit.
_WIDTHS = {"Column": [26, 10, 23, 21, 20], "Name": [11, 13, 16], "Coded column": [1] * 5}
_CAPTION = "The transcriptions and their rights"
_OTHER_FILE = re.compile(r"\[([^\]]+)\]\(RIGHTS\.md\)")
_FIRST_HEADING = re.compile(r"\A# .+\n")


class CodebookDirective(SphinxDirective):
    """The codebook in ``data/``, with an anchor for every column and every value, as in ``people-born``.

    The text is stored only there; the directive adds captions and anchors to its tables.
    """

    def run(self) -> list[nodes.Node]:
        """Return the sections of the codebook."""
        note_data(self.env)
        path = catalogue.data_folder() / _CODEBOOK
        self.env.note_dependency(str(path))
        found = parse_sections(self, _OTHER_FILE.sub(r"{ref}`\1 <rights>`", _read(path)), str(path))
        for section in found:
            for table in list(section.findall(nodes.table)):
                table.parent.replace(table, _set_table(table, section))
            note_rows(self.env, section)
        return found


class RightsDirective(SphinxDirective):
    """The rights in the transcriptions: the text of ``data/RIGHTS.md`` without its title."""

    def run(self) -> list[nodes.Node]:
        """Return its paragraphs and its table."""
        note_data(self.env)
        path = catalogue.data_folder() / _RIGHTS
        self.env.note_dependency(str(path))
        found = parse_sections(self, _read(path), str(path))
        for i, table in enumerate(found):
            if isinstance(table, nodes.table):
                names, rows = _take_apart(table)
                cells = [Row(nodes.make_id(f"rights-{row[0][0].astext()}"), row) for row in rows]
                found[i] = build_table(_CAPTION, names, cells, widths=[1, 2, 2])
        return found


def _read(path: Path) -> str:
    """Return a text without its title, which the page already has."""
    return _FIRST_HEADING.sub("", path.read_text(encoding="utf-8"))


def _set_table(table: nodes.table, section: nodes.section) -> nodes.table:
    """Return a table of a section or subsection, with a caption and an anchor for each row."""
    names, rows = _take_apart(table)
    home = section.next_node(nodes.title).astext().removesuffix(".csv").rpartition("/")[2]
    is_columns = names[0] == "Column"
    prefix = home if is_columns else f"{home}-{names[0]}"
    title = table.parent.next_node(nodes.title).astext()
    return build_table(
        f"Columns of {title}" if is_columns else title,
        names,
        [Row(nodes.make_id(f"{prefix}-{cells[0][0].astext()}"), cells) for cells in rows],
        widths=_WIDTHS.get(names[0], [1] + [3] * (len(names) - 1)),
    )


def _take_apart(table: nodes.table) -> tuple[list[str], list[list[list[nodes.Node]]]]:
    """Return the headings of a table and the contents of its cells by row."""
    head, *rows = [[cell.children for cell in row.findall(nodes.entry)] for row in table.findall(nodes.row)]
    return ["".join(node.astext() for node in cell) for cell in head], rows
