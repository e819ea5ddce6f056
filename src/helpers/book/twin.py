"""Explorers on a page: the static twin stands there, its ids lead to paragraphs, no widget is shipped."""

import re

from docutils import nodes
from sphinx.application import Sphinx

from helpers.references import ID

_NAME = re.compile(rf'<code class="paragraph">({ID})</code>')
_STATE = "application/vnd.jupyter.widget-state+json"


def setup(app: Sphinx) -> None:
    """Link the ids of paragraphs when every page has been read, and drop what only a running widget needs."""
    app.connect("doctree-resolved", _link_paragraphs)
    app.connect("html-page-context", _drop_state, priority=900)  # after MyST-NB has added it


def _link_paragraphs(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let ids of paragraphs lead to the page that sets them; where none does, the id alone stays."""
    pages = app.env.get_domain("edition").paragraphs

    def link(match: re.Match) -> str:
        page = pages.get(match[1])
        if page is None:
            return match[0]
        file = "" if page == docname else app.builder.get_relative_uri(docname, page)
        return f'<a href="{file}#{match[1]}">{match[0]}</a>'

    for raw in doctree.findall(nodes.raw):
        if "html" in raw.get("format", "") and 'class="paragraph"' in raw.astext():
            raw[:] = [nodes.Text(_NAME.sub(link, raw.astext()))]


def _drop_state(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Leave out the state of widgets, which is as large as the page itself: no script here would show it."""
    scripts = context.get("script_files", [])
    scripts[:] = [s for s in scripts if getattr(s, "attributes", {}).get("type") != _STATE]
