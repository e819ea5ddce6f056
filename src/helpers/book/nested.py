"""Markdown with headings that a directive makes: its sections become those of the page."""

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective


def parse_sections(directive: SphinxDirective, text: str, source: str) -> list[nodes.Node]:
    """Return what a text in MyST, which may have headings, is as part of the page now being read.

    MyST hangs the sections of such a text under the section of the page, and what stands before them under
    a node of our own; both are put together again.

    Parameters
    ----------
    directive
        The one that has made the text; it must stand outside of lists, boxes and the like.
    text
        The text, whose highest heading is one level below that of the section around it.
    source
        Where it comes from, for warnings.
    """
    before, page = nodes.Element(), directive.state_machine.node
    length = len(page)
    directive.state.nested_parse(StringList(text.splitlines(), source=source), 0, before, match_titles=True)
    sections = page.children[length:]
    del page.children[length:]
    return [*before.children, *sections]
