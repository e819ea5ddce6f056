"""Parse Markdown with headings inside a directive, so that its sections become sections of the page."""

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective


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
