"""A search that lands on the paragraph: what the documents say stands above what Sphinx finds on pages."""

import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from helpers.book.paragraph import label, paragraphs

_DATA = Path("_static/paragraphs.js")


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
    """Write every line of the editions in both readings, with its name and its address.

    It is a script and no JSON, so that the search works in a copy of the site that no server serves.
    """
    if app.builder.format != "html":
        return
    pages = env.get_domain("edition").paragraphs
    found = [
        {
            "label": label(paragraph_id, spoken=True),
            "address": f"{app.builder.get_target_uri(pages[paragraph_id])}#{paragraph_id}",
            "readings": list(dict.fromkeys([line.text("corrected"), line.text("diplomatic")])),
        }
        for paragraph_id, line in paragraphs().items()
        if paragraph_id in pages
    ]
    target = Path(app.outdir) / _DATA
    target.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps(found, ensure_ascii=False)
    target.write_text(f"window.paragraphs = {content};\n", encoding="utf-8")
