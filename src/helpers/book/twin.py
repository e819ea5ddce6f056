"""Explorers on a page: the static twin stands there, its links lead to paragraphs, no widget is shipped."""

import re

from docutils import nodes
from sphinx.application import Sphinx

_LINK = re.compile(r'(?<=<a class="paragraph" href=")#([a-z]+-\d{4}-[hps]\d+)(?=")')
_STATE = "application/vnd.jupyter.widget-state+json"


def setup(app: Sphinx) -> None:
    """Resolve the links when every page has been read, and drop what only a running widget needs."""
    app.connect("doctree-resolved", _resolve_links)
    app.connect("html-page-context", _drop_state, priority=900)  # after MyST-NB has added it


def _resolve_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let links to paragraphs lead to the page that sets them; where none does, only the id stays."""
    pages = app.env.get_domain("edition").paragraphs

    def address(match: re.Match) -> str:
        page = pages.get(match[1])
        if page is None or page == docname:
            return match[0]
        return f"{app.builder.get_relative_uri(docname, page)}#{match[1]}"

    for raw in doctree.findall(nodes.raw):
        if "html" in raw.get("format", "") and 'class="paragraph"' in raw.astext():
            raw[:] = [nodes.Text(_LINK.sub(address, raw.astext()))]


def _drop_state(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Leave out the state of widgets, which is as large as the page itself: no script here would show it."""
    scripts = context.get("script_files", [])
    scripts[:] = [s for s in scripts if getattr(s, "attributes", {}).get("type") != _STATE]
