"""The directives that document the project, from its own files and docstrings.

`codebook` and `rights` show the documentation of the data, `api` that of the package; `how-to-cite` and
`versions` fill the page about the book.  The texts are stored only in those files.
"""

import ast
import inspect
import platform
import re
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import yaml
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

import helpers
from helpers import catalogue
from helpers.book.domain.paragraph import citation, document, note_data, numbered_citation, paragraphs
from helpers.book.domain.tables import Row, build_table, note_rows, text
from helpers.dates import write_out

_CODEBOOK, _RIGHTS = "README.md", "RIGHTS.md"
# By the first heading; the name of a column must fit.
_WIDTHS = {"Column": [26, 10, 23, 21, 20], "Name": [11, 13, 16], "Coded column": [1] * 5}
_CAPTION = "The transcriptions and their rights"
_OTHER_FILE = re.compile(r"\[([^\]]+)\]\(RIGHTS\.md\)")
_FIRST_HEADING = re.compile(r"\A# .+\n")
_PACKAGES = {
    "sino-soviet-split": "this module",
    "jupyter-book": "the book",
    "sphinx": "the book",
    "myst-nb": "cells in pages",
    "pandas": "tables",
    "altair": "charts",
    "ipywidgets": "explorers",
    "nbgrader": "exercises",
}
"""The packages that the book was built with, and their purposes."""
_ALSO = {"transcription.parser": ["parse"], "quotation.verify": ["Passage"], "history.chronology": ["Bounds"]}
"""Classes and constants that public names return or refer to, but that are not public names."""


# --- the data ---


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


# --- the package ---


class ApiDirective(SphinxDirective):
    """A section for each module of the package with its public names, made by Sphinx's autodoc."""

    def run(self) -> list[nodes.Node]:
        """Return the sections in the order of the package's list."""
        return parse_sections(self, _source(), helpers.__file__)


def names_by_module() -> dict[str, list[str]]:
    """Return the public names of the package by module, in the order of the package's list.

    Examples
    --------
    >>> names_by_module()["corpus.folders"]
    ['read_corpus', 'Corpus']
    """
    found: dict[str, list[str]] = {}
    for node in ast.parse(Path(helpers.__file__).with_suffix(".pyi").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            found.setdefault(node.module, []).extend(alias.name for alias in node.names)
    return found


def _source() -> str:
    """Return the sections as MyST, which leaves the rest to autodoc."""
    parts = []
    for module, names in names_by_module().items():
        holder = import_module(f"helpers.{module}")
        title = re.split(r"[:,.]", inspect.getdoc(holder), maxsplit=1)[0]
        parts += [f"## {title}", ""]
        for name, thing in [(name, getattr(helpers, name)) for name in names]:
            parts += _autodoc(f"helpers.{name}", thing)
        for name in _ALSO.get(module, []):
            thing = getattr(holder, name)
            parts += _autodoc(f"{thing.__module__}.{name}", thing)
    return "\n".join(parts)


def _autodoc(path: str, thing: object) -> list[str]:
    lines = [f".. auto{'class' if inspect.isclass(thing) else 'function'}:: {path}"]
    if inspect.isclass(thing):
        lines.append("   :members:")
        # The docstring of the class explains the fields of a named tuple.
        lines += [f"   :exclude-members: {', '.join(thing._fields)}"] if hasattr(thing, "_fields") else []
    return ["```{eval-rst}", *lines, "```", ""]


def parse_sections(directive: SphinxDirective, text: str, source: str) -> list[nodes.Node]:
    """Parse a MyST text, which may have headings, as a part of the page being read.

    MyST attaches the sections of the text to the section of the page, and the text before them to a node of
    ours; this function joins both again.

    Parameters
    ----------
    directive
        The directive that made the text; it must be outside lists, boxes and the like.
    text
        The text, whose highest heading is one level below that of the section around it.
    source
        The origin of the text, for warnings.
    """
    before, page = nodes.Element(), directive.state_machine.node
    length = len(page)
    directive.state.nested_parse(StringList(text.splitlines(), source=source), 0, before, match_titles=True)
    sections = page.children[length:]
    del page.children[length:]
    return [*before.children, *sections]


# --- the book ---


class HowToCiteDirective(SphinxDirective):
    """How to cite this module, from its CITATION.cff, and a paragraph of each document."""

    def run(self) -> list[nodes.Node]:
        """Return a list with one item for the module and one for each document."""
        note_data(self.env)
        path = Path(self.env.srcdir) / "CITATION.cff"
        self.env.note_dependency(str(path))
        module = cite_module(yaml.safe_load(path.read_text(encoding="utf-8")), self.config.html_baseurl)
        firsts = [line for line in paragraphs().values() if line.section == "body" and line.n == 1]
        items = {"This module": module}
        for line in firsts:
            cited = f"{numbered_citation(citation(line), self.config)}."
            items[f"A paragraph of {document(line.document_id)['short_title']}"] = cited
        found = nodes.definition_list(classes=["how-to-cite"])
        for name, cited in items.items():
            definition = nodes.definition("", nodes.paragraph("", cited))
            found += nodes.definition_list_item("", nodes.term("", name), definition)
        return [found]


def cite_module(cff: dict, address: str = "") -> str:
    """Return the citation of this module: authors, title, version, date and, if known, address.

    Parameters
    ----------
    cff
        The content of CITATION.cff.
    address
        The address of the published book, if there is one.

    Examples
    --------
    >>> cff = {"authors": [{"name": "A. Author"}], "title": "A Book", "version": "1.0"}
    >>> cite_module({**cff, "date-released": "2026-11-21"})
    'A. Author. A Book. Version 1.0, 21 November 2026.'
    """
    authors = ", ".join(
        author.get("name") or f"{author['given-names']} {author['family-names']}" for author in cff["authors"]
    )
    released = write_out(str(cff["date-released"]))
    cited = f"{authors}. {cff['title']}. Version {cff['version']}, {released}."
    return f"{cited} {address}" if address else cited


class VersionsDirective(SphinxDirective):
    """The versions that the book was built with: this package, Python, and the tools."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        found = {"Python": ("code", platform.python_version())}
        found |= {name: (purpose, version(name)) for name, purpose in _PACKAGES.items()}
        rows = [
            Row(nodes.make_id(f"version-{name}"), [text(name), text(number), text(purpose)])
            for name, (purpose, number) in found.items()
        ]
        headings = ["Package", "Version", "Used for"]
        return [build_table("Versions of this build", headings, rows, widths=[2, 1, 2])]
