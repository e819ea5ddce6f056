"""Show the static twins of explorers on pages, with links to paragraphs and without widgets."""

import re

from docutils import nodes
from sphinx.application import Sphinx

from helpers.references import ID

_NAME = re.compile(rf'<code class="paragraph">({ID})</code>')
_STATE = "application/vnd.jupyter.widget-state+json"


def setup(app: Sphinx) -> None:
    """Link the ids of paragraphs when every page has been read, and remove the state of widgets."""
    app.connect("doctree-resolved", _link_paragraphs)
    app.connect("html-page-context", _drop_state, priority=900)  # after MyST-NB has added it


def _link_paragraphs(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Link the ids of paragraphs to their pages; an id without a page stays plain."""
    pages = app.env.get_domain("edition").pages

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
    """Remove the state of widgets, which is as large as the page itself, because no script would show it."""
    scripts = context.get("script_files", [])
    scripts[:] = [s for s in scripts if getattr(s, "attributes", {}).get("type") != _STATE]
