"""Publish the book's files in other formats with its pages, and list them where a reader looks for them.

The folder :data:`FOLDER` of the site has each document in TEI, citations in BibTeX and RIS, the tables, and
what they and the book are in Croissant and schema.org.  `make editions` adds what takes longer or needs more:
the EPUB and the tables as Parquet.  Until then the pages have no links to these files.

In MyST::

    ```{editions}
    ```

lists all files; with the id of a document, those about the document.
"""

import json
import posixpath
from html import escape
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from helpers.book.domain.paragraph import note_data
from helpers.book.html.ebook import NAME
from helpers.book.html.exchange import KEY, PLACE, write_bibtex, write_ris
from helpers.book.html.metadata import book_data
from helpers.corpus import loaders
from helpers.editions import tables
from helpers.editions.linked_data import describe_corpus
from helpers.editions.tei import find_edition, write_tei

FOLDER = "editions"
"""The folder of the files in the site."""

LATER = (f"{NAME}.epub", tables.PARQUET)
"""The files that `make editions` adds to a site."""

_WHOLE = {
    f"{NAME}.epub": ("The book as an EPUB", "for e-readers and phones, to read without a network"),
    "documents.bib": ("Citations in BibTeX", "of the documents, for LaTeX and reference managers"),
    "documents.ris": ("Citations in RIS", "of the documents, for Zotero, EndNote and other programs"),
    tables.ZIP: (
        "The tables as CSV",
        "with their codebook, the transcriptions and a Frictionless descriptor",
    ),
    tables.PARQUET: ("The tables as Parquet", "with the types of their columns"),
    "croissant.json": ("The tables described in Croissant", "for search engines and tools for data sets"),
    "book.jsonld": ("Linked data", "about the book, its chapters, the documents, people and bodies"),
}
# Until a file is there, its item is a comment.
_BEFORE, _BEHIND = "<!--{0}: ", " :{0}-->"


class EditionsDirective(SphinxDirective):
    """The list of the files in other formats: of the whole book, or of one document."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the list, which only the site has."""
        note_data(self.env)
        known = loaders.load_documents(documents="all").set_index("document_id")["short_title"].to_dict()
        wanted = {one: known[one] for one in self.arguments} if self.arguments else known
        files = {
            f"{one}.xml": (f"{title} in TEI P5", "the text with its emendations, names and speech acts")
            for one, title in wanted.items()
        }
        files |= {} if self.arguments else _WHOLE
        up = posixpath.relpath(FOLDER, posixpath.dirname(self.env.docname) or ".")
        items = "".join(_item(f"{up}/{name}", name, *told) for name, told in files.items())
        return [nodes.raw("", f'<ul class="editions">\n{items}</ul>\n', format="html")]


def _item(address: str, name: str, title: str, what: str) -> str:
    link = f'<a href="{address}" download="{name}">{escape(title)}</a>'
    item = f'<li data-file="{name}">{link} ({name}): {escape(what)}</li>'
    if name in LATER:
        item = f"{_BEFORE.format(name)}{item}{_BEHIND.format(name)}"
    return f"{item}\n"


def setup(app: Sphinx) -> None:
    """Write the files when all pages are written."""
    app.connect("build-finished", _write_files)


def _write_files(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.name != "html":
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    for name, content in make_files(app).items():
        (folder / name).write_bytes(content)


def make_files(app: Sphinx) -> dict[str, bytes]:
    """Return the files that every site has, by their names."""
    address = posixpath.join(app.config.html_baseurl, FOLDER) if app.config.html_baseurl else ""
    path = Path(app.srcdir) / "CITATION.cff"
    cff = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    documents = loaders.choose_documents("all")
    return {
        **{f"{one}.xml": write_tei(find_edition(one)) for one in documents},
        "documents.bib": "\n".join(_fill(write_bibtex(one), one) for one in documents).encode(),
        "documents.ris": "".join(_fill(write_ris(one), one) for one in documents).encode(),
        tables.ZIP: tables.pack_csv(),
        "croissant.json": tables.write_croissant(address=address, released=str(cff.get("date-released", ""))),
        "book.jsonld": json.dumps(describe_book(app, cff), indent=1, ensure_ascii=False).encode() + b"\n",
    }


def _fill(citation: str, document_id: str) -> str:
    """Return the citation of a whole document, without the field that would name a place in it."""
    lines = [line for line in citation.splitlines(keepends=True) if not line.endswith(f"- {PLACE}\n")]
    return "".join(lines).replace(KEY, document_id).replace(f" {PLACE}", "")


def describe_book(app: Sphinx, cff: dict) -> dict[str, Any]:
    """Return the book, its pages, the documents, people and bodies as linked data of schema.org."""
    base = app.config.html_baseurl or ".."
    pages = app.env.get_domain("entry").pages
    editions = {line.rpartition("-")[0]: page for line, page in app.env.get_domain("edition").pages.items()}

    def locate(name: str) -> str:
        page = editions.get(name) or pages.get(name, app.config.root_doc)
        return f"{posixpath.join(base, page)}.html#{name}{'-edition' * (name in editions)}"

    root = f"{posixpath.join(base, app.config.root_doc)}.html"
    book = {**book_data(cff, app.config), "@id": root}
    order = getattr(app.env, "external_site_map", None) or sorted(app.env.found_docs)
    chapters = [
        {
            "@type": "Chapter",
            "@id": f"{posixpath.join(base, str(page))}.html",
            "name": app.env.titles[page].astext(),
            "position": n,
            "isPartOf": {"@id": root},
        }
        for n, page in enumerate((one for one in order if one in app.env.titles), 1)
    ]
    return {"@context": "https://schema.org", "@graph": [book, *chapters, *describe_corpus(locate)]}


def show_links(site: Path) -> None:
    """Show the links to files that were added to a site after its pages had been written."""
    for path in site.rglob("*.html"):
        text = shown = path.read_text(encoding="utf-8")
        for name in LATER:
            if (site / FOLDER / name).is_file():
                shown = shown.replace(_BEFORE.format(name), "").replace(_BEHIND.format(name), "")
        if shown != text:
            path.write_text(shown, encoding="utf-8")
