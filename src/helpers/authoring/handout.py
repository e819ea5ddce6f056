"""Handouts written in Markdown: sheets of paper with quotations that are looked up, and lines to write on."""

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import NamedTuple

from markdown_it import MarkdownIt

from helpers import references
from helpers.authoring.lms_text import ROLE
from helpers.authoring.numbered import QuotationError, find_lines, locate, name_lines

_SHEET = re.compile(r"^# (.+)$", re.MULTILINE)
_BLOCK = re.compile(r"\{(\w+)\} ?(.*)")

Blocks = Mapping[str, Callable[[str], str]]


class Sheet(NamedTuple):
    """A part of a handout that begins on a new page: its title, and its content as HTML."""

    title: str
    html: str


def read_handout(text: str, blocks: Blocks) -> list[Sheet]:
    """Return the sheets of a handout: one for each heading of the first level.

    Parameters
    ----------
    text
        Markdown, with the roles `quotation` and `para` of the book, and with `line` for a few words of a
        document and their line.
    blocks
        What makes the HTML of a block of the name, such as ``document``, from its argument.

    Raises
    ------
    QuotationError
        When a document does not have the words that are quoted from it.

    Examples
    --------
    >>> read_handout("# One\\n\\nRead {para}`deng-1962-p02`.", {})
    [Sheet(title='One', html='<p>Read Deng 1962, ¶ 2.</p>\\n')]
    """
    _, *parts = _SHEET.split(text)
    return [Sheet(title, render(body, blocks)) for title, body in zip(parts[::2], parts[1::2], strict=True)]


def render(text: str, blocks: Blocks) -> str:
    """Return Markdown with roles and blocks as HTML."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")

    def fence(tokens, at, *_):
        name, argument = _BLOCK.fullmatch(tokens[at].info.strip()).groups()
        return blocks[name](argument)

    markdown.renderer.rules["fence"] = fence
    roles: list[str] = []

    def keep(found: re.Match) -> str:
        roles.append(_role(found, blocks))
        return f"\ue000{len(roles) - 1}\ue001"  # so that Markdown reads nothing into a quotation

    html = markdown.render(ROLE.sub(keep, text))
    return re.sub("\ue000(\\d+)\ue001", lambda found: roles[int(found[1])], html)


def _role(found: re.Match, blocks: Blocks) -> str:
    words, target = found["text"], found["id"] or found["text"]
    if found["role"] == "quotation":
        return f'“{escape(words)}” <span class="place">({escape(locate(words, target))})</span>'
    if found["role"] == "line":
        if not (span := find_lines(words, target)):
            raise QuotationError(f"{words!r} is not in {target}.")
        return f"<em>{escape(words)}</em> ({name_lines(*span)})"
    if found["role"] == "para":
        return escape(words if found["id"] else references.label(target))
    return blocks[found["role"]](target)
