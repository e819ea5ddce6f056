"""What stays with the teacher, as pages: solutions with commentary, rubrics with samples, other answers."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from nbformat import NotebookNode

from helpers.authoring.handout import render
from helpers.authoring.links import link_paragraphs
from helpers.coursework.redaction import commentary_of, open_text, scheme_of, solution_of

WORKSHEETS = "worksheets.md"
"""The answers to the worksheets of the class packet, in the folder of the exercises' sources."""

_STYLE = Path(__file__).parent / "templates" / "answers.css"
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
{style}</style></head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body></html>
"""
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


class Answered(NamedTuple):
    """A question of an exercise with what the teacher knows of it; each may be empty.

    Attributes
    ----------
    title
        Its heading.
    asked, scheme, commentary
        Markdown: the question, the rubric with its samples, and why the answer is right.
    solutions
        The teacher's answers, each with whether it is code.
    """

    title: str
    asked: str = ""
    scheme: str = ""
    commentary: str = ""
    solutions: tuple[tuple[str, bool], ...] = ()


def read_answers(cells: list[NotebookNode]) -> list[Answered]:
    """Return the questions of an exercise's source that have a solution, a rubric or a commentary."""
    found: list[Answered] = [Answered("")]
    for cell in cells:
        if solution := solution_of(cell).strip():
            kept = (*found[-1].solutions, (solution, cell.cell_type == "code"))
            found[-1] = found[-1]._replace(solutions=kept)
        elif cell.cell_type == "markdown":
            text = open_text(cell)
            if heading := _HEADING.search(text):
                found.append(Answered(heading[2]))
                text = _HEADING.sub("", text, count=1)
            found[-1] = found[-1]._replace(
                asked=_join(found[-1].asked, text),
                scheme=_join(found[-1].scheme, scheme_of(cell)),
                commentary=_join(found[-1].commentary, commentary_of(cell)),
            )
    return [one for one in found if one.solutions or one.scheme or one.commentary]


def _join(*texts: str) -> str:
    return "\n\n".join(text.strip() for text in texts if text.strip())


def read_exercise(notebook: Path) -> tuple[str, list[Answered]]:
    """Return the title of an exercise's source, and its questions."""
    cells = nbformat.read(notebook, 4).cells
    return _HEADING.search(cells[0].source)[2], read_answers(cells)


def write_solutions(title: str, answers: list[Answered]) -> str:
    """Return a page with the solution and the commentary of every question."""
    return write_answers(f"Solutions: {title}", "".join(map(_show, answers)))


def write_rubrics(exercises: dict[str, list[Answered]]) -> str:
    """Return a page with the rubric of every question that a person marks, and its marked samples."""
    parts = []
    for title, answers in exercises.items():
        marked = [one for one in answers if one.scheme]
        parts += [f"<h2>{html.escape(title)}</h2>"] * bool(marked)
        parts += [
            f"<h3>{html.escape(one.title)}</h3><div class='asked'>{_text(one.asked)}</div>{_text(one.scheme)}"
            for one in marked
        ]
    return write_answers("Rubrics and marked samples", "".join(parts))


def write_worksheets(source: Path) -> str:
    """Return the answer sheet of the class packet; a quotation in it that no document has is an error."""
    text = (source / WORKSHEETS).read_text(encoding="utf-8")
    title, body = _HEADING.search(text)[2], _HEADING.sub("", text, count=1)
    return write_answers(title, render(body, {}))


def write_boxes(pages: list[BeautifulSoup]) -> str:
    """Return a page with every box *Stop and think* of the built chapters, and the answer folded in it."""
    parts = []
    for page in pages:
        boxes = list(_boxes(page))
        heading = page.select_one("article h1")
        parts += [f"<h2>{html.escape(heading.get_text().rstrip('#'))}</h2>"] * bool(boxes)
        parts += [
            f"<section><div class='asked'>{asked}</div><h3>One answer</h3>{answer}</section>"
            for asked, answer in boxes
        ]
    return write_answers("Stop and think: the answers", "".join(parts))


def _boxes(page: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Yield question and answer of each box of a page, as HTML without links."""
    for box in page.select(".think.admonition"):
        told = [
            (
                one.find_parent("details") is not None,
                f"<p>{html.escape(' '.join(one.get_text().split()))}</p>",
            )
            for one in box.find_all("p")
            if "admonition-title" not in (one.get("class") or [])
        ]
        yield tuple("".join(shown for inside, shown in told if inside is wanted) for wanted in (False, True))


def write_answers(title: str, body: str) -> str:
    """Return a page of answers that needs no other file."""
    return _PAGE.format(title=html.escape(title), style=_STYLE.read_text(encoding="utf-8"), body=body)


def _show(one: Answered) -> str:
    parts = [f"<section><h2>{html.escape(one.title)}</h2><div class='asked'>{_text(one.asked)}</div>"]
    for solution, is_code in one.solutions:
        shown = f"<pre><code>{html.escape(solution)}</code></pre>" if is_code else _text(solution)
        parts.append(f"<h3>A solution</h3>{shown}")
    if one.commentary:
        parts.append(f"<h3>Why</h3>{_text(one.commentary)}")
    if one.scheme:
        parts.append(f"<h3>How it is marked</h3>{_text(one.scheme)}")
    return "".join([*parts, "</section>\n"])


def _text(markdown: str) -> str:
    # Below the headings of the page, whatever the notebook's own are.
    return re.sub(r"<(/?)h[1-6]>", r"<\1h4>", _MARKDOWN.render(link_paragraphs(markdown)))
