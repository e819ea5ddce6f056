"""What the course's own notebook says about its questions: titles, texts, solutions and comments.

Feedback and the report name a question as its heading does, never as a student's notebook does.
"""

import base64
import html
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution, is_task
from traitlets.config import Config

from helpers.coursework.course import Course
from helpers.coursework.marking.sanitize import name_of
from helpers.coursework.plugins import link
from helpers.coursework.redaction import commentary_of, open_text, solution_of
from helpers.coursework.returning.markdown import Heading, render_course_text, split_heading
from helpers.marks import Link

_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"}
_LARGEST_PICTURE = 300_000  # bytes; every student's page has its own copy
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass
class Item:
    """One question: the cells from its text, or its first answer, to its last check."""

    title: str  # the heading above it, or the name of its first cell
    above: str = ""  # the heading above that heading
    # As HTML; empty if there is none: the text of the question, the solutions, and the teacher's comment.
    asked: str = ""
    solution: str = ""
    commentary: str = ""
    names: list[str] = field(default_factory=list)  # its cells
    graded: list[str] = field(default_factory=list)  # its cells with points


@dataclass(frozen=True)
class Outline:
    """The questions of a notebook, in order."""

    title: str
    items: list[Item]
    texts: frozenset[str] = frozenset()  # all texts of the course

    def title_of(self, name: str) -> str:
        """Return the title of a cell with points: its question's, with the cell's name if it has several."""
        for item in self.items:
            if name in item.graded:
                return item.title if len(item.graded) == 1 else f"{item.title}: {name}"
        return name


def read_outline(course: Course, assignment: str, notebook: str) -> Outline:
    """Return the outline of a notebook of the course."""
    cells = course.source_cells(assignment, notebook)
    folder = course.path("source", ".", assignment)
    title = assignment if notebook == assignment else f"{assignment}: {notebook}"
    return outline(
        cells, course.given_texts(assignment, notebook), title=title, folder=folder, config=course.config
    )


def outline(
    cells: list[NotebookNode],
    texts: Iterable[str] = (),
    *,
    title: str = "Feedback",
    folder: Path | None = None,
    config: Config | None = None,
) -> Outline:
    """Return the outline of a notebook.

    A question begins at a heading, and at an answer or task that follows a check.

    Parameters
    ----------
    texts
        All texts of the course.
    title
        The title, unless the notebook begins with a heading above all others.
    folder
        Where the pictures are that its texts show.
    config
        The course's configuration of nbgrader, which may mark solutions and rubrics with other words.
    """
    texts_open = [open_text(cell, config=config) for cell in cells if _is_text(cell)]
    own_title = _own_title([heading for text in texts_open for heading in split_heading(text)[0]])
    found = _Reader(folder, own_title, config)
    for cell in cells:
        found.read(cell)
    _make_unique(found.items)
    return Outline(own_title.text if own_title else title, found.items, frozenset(texts))


def links_in(shown: str) -> list[Link]:
    """Return the links to other pages in a piece of HTML, each once.

    Examples
    --------
    >>> links_in('<a href="#top">up</a> <a href="https://example.org">here</a>')
    [Link(text='here', address='https://example.org')]
    """
    found = [(_TAG.sub("", label), address) for address, label in _LINK.findall(shown)]
    links = [Link(html.unescape(label), html.unescape(address)) for label, address in found]
    return list(dict.fromkeys(link for link in links if not link.address.startswith("#")))


class _Text(NamedTuple):
    """A text above an answer."""

    level: int  # that of the heading above it; 0 without a heading
    shown: str
    commentary: str


class _Reader:
    """Collects the questions of a notebook, cell by cell."""

    def __init__(self, folder: Path | None, own_title: Heading | None, config: Config | None):
        self.items: list[Item] = []
        self._folder, self._config = folder, config
        # The level of the texts that introduce the whole notebook.
        self._introduction = 1 if own_title and own_title.level == 1 else None
        self._path: list[Heading] = []  # the headings above a cell, one a level
        self._texts: list[_Text] = []
        self._is_new = False  # whether a heading has come since the last question began

    def read(self, cell: NotebookNode) -> None:
        if _is_text(cell):
            self._read_text(cell)
        name = name_of(cell)
        if not name or not (is_solution(cell) or is_grade(cell) or is_task(cell)):
            return
        begins = is_solution(cell) or is_task(cell)
        if not self.items or self._is_new or (begins and self.items[-1].graded):
            path = [heading.text for heading in self._path]
            self.items.append(Item(path[-1] if path else name, path[-2] if len(path) > 1 else ""))
            self._is_new = False
        item = self.items[-1]
        item.names.append(name)
        item.graded += [name] if is_grade(cell) or is_task(cell) else []
        item.asked += "".join(text.shown for text in self._texts)
        item.commentary += "".join(text.commentary for text in self._texts)
        item.solution += _solution(cell, self._config)
        self._texts = []

    def _read_text(self, cell: NotebookNode) -> None:
        headings, rest = split_heading(open_text(cell, config=self._config))
        for heading in headings:
            self._path = [one for one in self._path if one.level < heading.level] + [heading]
            # A text above this heading belongs to the question, unless it belongs to another or to all.
            self._texts = [
                text
                for text in self._texts
                if text.level < heading.level and text.level != self._introduction
            ]
            self._is_new = True
        level = self._path[-1].level if self._path else 0
        shown = render_course_text(link(rest), self._pictures(cell)) if rest else ""
        self._texts.append(_Text(level, shown, render_course_text(link(commentary_of(cell)))))

    def _pictures(self, cell: NotebookNode) -> Callable[[str], str]:
        def picture(address: str) -> str:
            attached = cell.get("attachments", {}).get(address.removeprefix("attachment:"), {})
            for kind, content in attached.items():
                if kind in _PICTURES.values():
                    return f"data:{kind};base64,{''.join(content.split())}"
            return _picture(self._folder, address)

        return picture


def _picture(folder: Path | None, address: str) -> str:
    """Return a picture of the course as a data URL; empty if it is too large or not in its folder."""
    if folder is None or ":" in address or not (kind := _PICTURES.get(Path(address).suffix.lower())):
        return ""
    path = (folder / address).resolve()
    is_there = path.is_relative_to(folder.resolve()) and path.is_file()
    if not is_there or path.stat().st_size > _LARGEST_PICTURE:
        return ""
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def _solution(cell: NotebookNode, config: Config | None) -> str:
    """Return the teacher's answer as HTML: what is marked as a solution, or else the whole cell."""
    solution = solution_of(cell, config=config)
    if not solution and is_solution(cell):
        solution = open_text(cell, config=config)
    if not solution:
        return ""
    if cell.cell_type == "code":
        return f"<pre><code>{html.escape(solution)}</code></pre>"
    return f"<blockquote>{render_course_text(solution)}</blockquote>"


def _is_text(cell: NotebookNode) -> bool:
    return cell.cell_type == "markdown" and not (is_solution(cell) or is_grade(cell))


def _own_title(headings: list[Heading]) -> Heading | None:
    """Return the first heading if all others are below it."""
    if not headings or any(heading.level <= headings[0].level for heading in headings[1:]):
        return None
    return headings[0]


def _make_unique(items: list[Item]) -> None:
    """Give each question another title: with the heading above, if that helps, or with a number."""
    above: dict[str, set[str]] = {}
    for item in items:
        above.setdefault(item.title, set()).add(item.above)
    for item in items:
        if item.above and len(above[item.title]) > 1:
            item.title = f"{item.above}: {item.title}"
    same, seen = Counter(item.title for item in items), Counter[str]()
    for item in items:
        seen[title := item.title] += 1
        if same[title] > 1:
            item.title = f"{title}, question {seen[title]}"
