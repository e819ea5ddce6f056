"""Markdown as HTML for a page of feedback: text, tables and links, and nothing that runs or is loaded."""

import html
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

_RULE = "hr"
# Points in a heading are left out, because the page has them beside it.
_POINTS = re.compile(r"\s*[(\[]\s*\d+(?:\.\d+)?\s*(?:points?|pts?\.?|marks?)\s*[)\]]$", re.IGNORECASE)


class Heading(NamedTuple):
    """A heading of the course: its level, from 1, and its text."""

    level: int
    text: str


def render_student_text(text: str) -> str:
    """Return a text that is not the course's as HTML, without headings and pictures.

    A heading would look like one of the page.

    Examples
    --------
    >>> print(render_student_text("# Done (9 of 9) <b>"), end="")
    <p><strong>Done (9 of 9) &lt;b&gt;</strong></p>
    """
    return _STUDENTS.render(text, {"picture": lambda _: ""})


def render_course_text(text: str, picture: Callable[[str], str] = lambda _: "") -> str:
    """Return a text of the course as HTML; all its headings have level 3.

    Parameters
    ----------
    picture
        Returns the data URL of a picture, or an empty text if only its description can be shown.

    Examples
    --------
    >>> print(render_course_text("Look at ![a map](map.png)."), end="")
    <p>Look at [Picture: a map].</p>
    """
    return _COURSES.render(text, {"picture": picture})


def split_heading(text: str) -> tuple[list[Heading], str]:
    """Return the first headings of a text with nothing between them, and the text without them.

    Lines across the page at its beginning and end are left out too.

    Examples
    --------
    >>> split_heading("---\\n# Sums\\n## *Part* A (2 points)\\nAdd.\\n### Hint")
    ([Heading(level=1, text='Sums'), Heading(level=2, text='Part A')], 'Add.\\n### Hint')
    >>> split_heading("```\\n# a comment\\n```")
    ([], '```\\n# a comment\\n```')
    """
    tokens = _COURSES.parse(text)
    blocks = [i for i, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0]
    headings, left_out = [], [tokens[i].map for i in (*blocks[:1], *blocks[-1:]) if tokens[i].type == _RULE]
    for i in blocks:
        if tokens[i].type == "heading_open":
            said = _words(tokens[i + 1])
            headings.append(Heading(int(tokens[i].tag[1]), _POINTS.sub("", said) or said))
            left_out.append(tokens[i].map)
        elif headings:
            break
    gone = {line for begin, end in left_out for line in range(begin, end)}
    return headings, "\n".join(line for i, line in enumerate(text.split("\n")) if i not in gone).strip()


def _words(token: Token) -> str:
    """Return the text of a heading without its markup."""
    parts = [
        " " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or ()
    ]
    return " ".join("".join(parts).split())


def _maker(*, is_course: bool) -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.add_render_rule("image", _show_picture)
    made.add_render_rule("heading_open", lambda *_: "<h3>" if is_course else "<p><strong>")
    made.add_render_rule("heading_close", lambda *_: "</h3>\n" if is_course else "</strong></p>\n")
    if is_course:  # its text may link to a book on this machine, which Markdown does not allow to others
        valid = made.validateLink
        made.validateLink = lambda address: address.startswith("file:") or valid(address)
    return made


def _show_picture(_: Any, tokens: list[Token], at: int, __: Any, env: Any) -> str:
    said = html.escape(tokens[at].content)
    address = env["picture"](str(tokens[at].attrs["src"]))
    if not address:
        return f"[Picture{f': {said}' if said else ''}]"
    return f'<img src="{html.escape(address)}" alt="{said}">'


_STUDENTS = _maker(is_course=False)
_COURSES = _maker(is_course=True)
