"""The directives `how-to-cite` and `versions`, which fill the page about the book."""

import platform
from importlib.metadata import version
from pathlib import Path

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from helpers.book.domain.paragraph import citation, document, note_data, numbered_citation, paragraphs
from helpers.book.domain.tables import Row, build_table, text
from helpers.dates import write_out

_PACKAGES = {
    "sino-soviet-split": "this module",
    "jupyter-book": "the book",
    "sphinx": "the book",
    "myst-nb": "cells in pages",
    "pandas": "tables",
    "altair": "charts",
    "ipywidgets": "explorers",
    "networkx": "networks",
    "nbgrader": "exercises",
}
"""The packages that the book was built with, and their purposes."""


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
