"""Provide the documents and their tables to the scripts of pages, and a search that finds paragraphs.

Paragraphs of the documents are listed above the results of Sphinx's search.
"""

import gzip
import json
from pathlib import Path
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from helpers import references
from helpers.book.domain.paragraph import citation, label, numbered_citation, paragraphs, short_citation
from helpers.book.html.explorers import describe_explorers, describe_voices
from helpers.corpus.loaders import Line

logger = logging.getLogger(__name__)

PARAGRAPHS = Path("_static/paragraphs.js")


def setup(app: Sphinx) -> None:
    """Write the paragraphs for the search, and add the script that searches them to the search page."""
    app.connect("html-page-context", _add_script)
    # Before the pages are written, because the search page names the script with the hash of its content.
    app.connect("env-check-consistency", _write_paragraphs)


def _add_script(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    if page == "search":
        app.add_js_file("paragraphs.js", loading_method="defer")
        app.add_js_file("search.js", loading_method="defer")


def _write_paragraphs(app: Sphinx, env: BuildEnvironment) -> None:
    """Write every line of the documents, how people cite, and the tables of explorers and voices.

    The search, the checker, readers' notes, explorers and the bar of an edition read it.

    The file is a script rather than JSON, so that both work in a copy of the site without a server.
    """
    if app.builder.format != "html":
        return
    pages = env.get_domain("edition").pages
    target = Path(app.outdir) / PARAGRAPHS
    target.parent.mkdir(parents=True, exist_ok=True)
    found = [_describe(line, app, pages.get(paragraph_id, "")) for paragraph_id, line in paragraphs().items()]
    grammar = {"id": references.ID, "behind": references.BEHIND, "longest": references.LONGEST}
    content = {"paragraphs": found, "references": grammar}
    content |= {"explorerTables": describe_explorers(), "voices": describe_voices()}
    corpus = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    script = f"Object.assign(window, {corpus});\n".encode()
    target.write_bytes(script)
    kilobytes, compressed = (round(len(data) / 1000) for data in (script, gzip.compress(script)))
    logger.info("The documents and their tables for scripts: %s kB, %s kB compressed.", kilobytes, compressed)


def _describe(line: Line, app: Sphinx, page: str) -> dict[str, object]:
    """Return a line with its name, its citations, its text and, if it is on a page, its address.

    The text is in segments; a changed segment is a list of the corrected and the diplomatic reading.
    """
    segments = [
        part.corrected if part.corrected == part.received else [part.corrected, part.received]
        for part in line.segments
    ]
    address = f"{app.builder.get_target_uri(page)}#{line.paragraph_id}" if page else ""
    return {
        "id": line.paragraph_id,
        "label": label(line.paragraph_id, spoken=True),
        "short": short_citation(line.paragraph_id),
        "citation": numbered_citation(citation(line), app.config),
        "address": address,
        "published": urljoin(app.config.html_baseurl, address) if address and app.config.html_baseurl else "",
        "segments": segments,
    }
