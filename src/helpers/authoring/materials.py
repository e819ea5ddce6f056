"""What instructors get beside the course: packet, answers, slides, and a page that says what each is for."""

import html
import tempfile
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup

from helpers.authoring import answers
from helpers.authoring.lms_pages import read_book
from helpers.authoring.packet import make_packet, print_html
from helpers.authoring.slides import is_chapter, read_slides, write_slides
from helpers.book.build.pdf import open_chromium

Files = dict[str, bytes]

START = "index.html"
"""The page to begin with."""

ANSWERS = "answers"
"""The folder of all that students may not see."""


class Chapter(NamedTuple):
    """A chapter of the book: its slug, and its built page."""

    slug: str
    page: BeautifulSoup


def make_materials(repository: Path) -> Files:
    """Return the files by their names in the bundle.

    Parameters
    ----------
    repository
        The folder of the repository, where the book has been built.

    Raises
    ------
    BookError
        When the book has not been built, or there is no Chromium here.
    QuotationError
        When a worksheet or an answer quotes what no document has.
    """
    chapters = read_chapters(repository)
    with tempfile.TemporaryDirectory() as folder:
        packet = {f"packet/{path.name}": path.read_bytes() for path in make_packet(repository, Path(folder))}
    made = {**packet, **write_answers(repository / "exercises" / "source", chapters), **write_decks(chapters)}
    return {**made, START: write_start(made, chapters).encode()}


def read_chapters(repository: Path) -> list[Chapter]:
    """Return the chapters of the built book in their order, without its back matter and its other pages."""
    site, found = repository / "_build" / "html", []
    for page in read_book(repository).pages:
        built = BeautifulSoup((site / f"{page.name}.html").read_text(encoding="utf-8"), "html.parser")
        if is_chapter(built):
            found.append(Chapter(page.slug, built))
    return found


def write_answers(source: Path, chapters: list[Chapter]) -> Files:
    """Return the pages of answers: of worksheets, boxes and exercises, and the rubrics of all exercises."""
    pages = {
        "worksheets": answers.write_worksheets(source),
        "stop-and-think": answers.write_boxes([chapter.page for chapter in chapters]),
    }
    exercises = {}
    for notebook in _in_order(source, chapters):
        title, found = answers.read_exercise(notebook)
        exercises[title] = found
        pages[f"exercises/{notebook.stem}"] = answers.write_solutions(title, found)
    pages["rubrics-and-samples"] = answers.write_rubrics(exercises)
    return {f"{ANSWERS}/{name}.html": page.encode() for name, page in pages.items()}


def _in_order(source: Path, chapters: list[Chapter]) -> list[Path]:
    """Return the notebooks of the exercises in the order of their chapters; others are last, by name."""
    order = {chapter.slug: n for n, chapter in enumerate(chapters)}
    return sorted(source.glob("*/*.ipynb"), key=lambda path: (order.get(path.stem, len(order)), path.stem))


def write_decks(chapters: list[Chapter]) -> Files:
    """Return the slides of each chapter, for a screen as HTML and for paper as PDF."""
    files = {}
    with open_chromium() as browser, tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "slides.pdf"
        for chapter in chapters:
            deck = write_slides(read_slides(chapter.page))
            print_html(browser, deck, printed)
            files[f"slides/{chapter.slug}.html"] = deck.encode()
            files[f"slides/{chapter.slug}.pdf"] = printed.read_bytes()
    return files


def write_start(made: Files, chapters: list[Chapter]) -> str:
    """Return the page that says what each file of the bundle is for, with a link to each."""
    parts = [
        "<p>Everything here was made from the book and its exercises. "
        "<strong>The folders <code>answers</code> and <code>exercises</code> are for instructors "
        "only:</strong> do not put them where students can read them.</p>",
        "<h2>Teach without computers</h2>",
        _links({name: _of_packet(name) for name in made if name.startswith("packet/")}),
        _links(
            {f"{ANSWERS}/worksheets.html": "The answers to the sourcing organizer and the three worksheets"}
        ),
        "<h2>Teach a chapter</h2>",
        "<p>Slides work with the arrow keys and need no network; the PDF has one slide on each page. "
        "The solutions have the teacher's commentary on every question.</p>",
        _table(made, chapters),
        _links({f"{ANSWERS}/stop-and-think.html": "The boxes <em>Stop and think</em>, each with an answer"}),
        "<h2>Mark</h2>",
        _links(
            {
                f"{ANSWERS}/rubrics-and-samples.html": "The rubric of every answer that you mark, with "
                "sample paragraphs and the points that they earn",
                "README.md": "How to hand out, collect and mark with nbgrader",
                "exercises/nbgrader_config.py": "The settings of the course; its notebooks, with solutions "
                "and hidden tests, are in <code>exercises/source</code>",
            }
        ),
    ]
    return answers.write_answers("For instructors: begin here", "\n".join(parts))


def _of_packet(name: str) -> str:
    if name.endswith(".html"):
        return "The same as a page, to change in a word processor"
    paper = "A4" if "a4" in name else "Letter"
    return (
        f"The class packet on {paper} paper: plans for lessons, what happened until April 1962, "
        "both documents with numbered lines, a sourcing organizer, a timeline, role cards and worksheets; "
        "students may have all of it"
    )


def may_be_shown(made: Files) -> Files:
    """Return the files that students may see: all but the answers."""
    return {name: content for name, content in made.items() if not name.startswith(f"{ANSWERS}/")}


def _links(said: dict[str, str]) -> str:
    rows = "".join(f'<li><a href="{name}">{name}</a>: {words}.</li>' for name, words in said.items())
    return f"<ul>{rows}</ul>"


def _table(made: Files, chapters: list[Chapter]) -> str:
    rows = []
    for chapter in chapters:
        title = html.escape(chapter.page.select_one("article h1").get_text().rstrip("#"))
        places = {
            "slides": f"slides/{chapter.slug}.html",
            "slides as PDF": f"slides/{chapter.slug}.pdf",
            "solutions": f"{ANSWERS}/exercises/{chapter.slug}.html",
        }
        cells = "".join(
            f'<td><a href="{place}" aria-label="{words}: {title}">{words}</a></td>'
            if place in made
            else "<td></td>"
            for words, place in places.items()
        )
        rows.append(f'<tr><th scope="row">{title}</th>{cells}</tr>')
    head = "<tr><th>Chapter</th><th>For the screen</th><th>For paper</th><th>Its exercise</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
