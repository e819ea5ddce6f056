"""What a page's scripts know of the documents, and a search that lands on the paragraph.

What the documents say comes above what Sphinx finds on pages.
"""

import json
from pathlib import Path
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from helpers import references
from helpers.book.paragraph import citation, label, numbered_citation, paragraphs
from helpers.corpus import Line

PARAGRAPHS = Path("_static/paragraphs.js")


def setup(app: Sphinx) -> None:
    """Write the paragraphs for the search, and give the search page the script that looks in them."""
    app.connect("html-page-context", _add_script)
    # Before the pages are written: the search page names the script with the hash of what is in it.
    app.connect("env-check-consistency", _write_paragraphs)


def _add_script(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    if page == "search":
        app.add_js_file("paragraphs.js", loading_method="defer")
        app.add_js_file("search.js", loading_method="defer")


def _write_paragraphs(app: Sphinx, env: BuildEnvironment) -> None:
    """Write every line of the documents, for the search and the checker of quotations, and how people cite.

    It is a script and no JSON, so that both work in a copy of the site that no server serves.
    """
    if app.builder.format != "html":
        return
    pages = env.get_domain("edition").paragraphs
    target = Path(app.outdir) / PARAGRAPHS
    target.parent.mkdir(parents=True, exist_ok=True)
    found = [_describe(line, app, pages.get(paragraph_id, "")) for paragraph_id, line in paragraphs().items()]
    grammar = {"id": references.ID, "behind": references.BEHIND, "longest": references.LONGEST}
    content = {"paragraphs": found, "references": grammar}
    script = f"Object.assign(window, {json.dumps(content, ensure_ascii=False)});\n"
    target.write_text(script, encoding="utf-8")


def _describe(line: Line, app: Sphinx, page: str) -> dict[str, object]:
    """Return a line with its name, its citation, its text, and its address if a page has it.

    The text is in segments; a changed one is a list of the corrected and the diplomatic reading.
    """
    segments = [
        part.corrected if part.corrected == part.received else [part.corrected, part.received]
        for part in line.segments
    ]
    address = f"{app.builder.get_target_uri(page)}#{line.paragraph_id}" if page else ""
    return {
        "id": line.paragraph_id,
        "label": label(line.paragraph_id, spoken=True),
        "citation": numbered_citation(citation(line), app.config),
        "address": address,
        "published": urljoin(app.config.html_baseurl, address) if address and app.config.html_baseurl else "",
        "segments": segments,
    }
