"""Are the times of all pages and exercises in one table, and is their sum right?"""

from pathlib import Path

import nbformat
import pytest
import yaml
from tests.book.test_book import build, table_of, with_exercise

from helpers.book.domain.course import Span, add, page_at, read_exercise

ROOT = Path(__file__).parents[2]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
TEACHES = "---\nskills: [data]\n---\n\n"
INDEX = "# A\n\n```{toctree}\nback\ndeng-1962\nstory\n```\n"


def page(title, minutes):
    """Return a page that teaches and names a time."""
    return f"{TEACHES}# {title}\n\n**Time**: about {minutes} minutes.\n"


def test_table_and_sum(tmp_path):
    """Has the table a row a page with its exercise, and is the last row the sum of those above?"""
    pages = {
        "index": INDEX,
        "back": "# Back\n\n```{hours}\n```\n",
        "deng-1962": page("Deng", 90),
        "story": page("Story", 35),
    }
    built = build(with_exercise(tmp_path / "book"), pages, exclude_patterns=["exercises"])
    assert (built.status, built.warnings) == (0, "")
    rows = table_of(built, "back")
    exercise = read_exercise(ROOT / "exercises/source/deng-1962/deng-1962.ipynb").core
    assert rows["hours-deng-1962"] == ["Deng", "90 minutes", "", str(exercise)]
    assert rows["hours-story"] == ["Story", "35 minutes", "", ""]
    assert list(rows)[-1] == "hours-all"
    assert rows["hours-all"] == ["All pages", "2 hours 5 minutes", "", str(exercise)]
    caption = built.page("back").select_one("table.data-table caption").get_text()
    assert str(Span(125 + exercise.least, 125 + exercise.most)) in caption


def test_page_without_a_time_is_named(tmp_path):
    """Does a page that does not say how long it takes fail the build, by its name?"""
    pages = {
        "index": INDEX,
        "back": "# B\n\n```{hours}\n```\n",
        "deng-1962": page("D", 5),
        "story": f"{TEACHES}# S\n",
    }
    built = build(tmp_path / "book", pages)
    assert built.status == 1
    assert "story.md:1: WARNING: This page needs a line `**Time**" in built.warnings


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (Span(40, 40), "40 minutes"),
        (Span(60, 75), "60 to 75 minutes"),
        (Span(120, 150), "2 hours to 2 hours 30 minutes"),
        (Span(90, 180), "90 minutes to 3 hours"),
    ],
)
def test_time_in_words(span, said):
    """Is a time said as people say it?"""
    assert str(span) == said


def test_practice_takes_a_minute_a_question(tmp_path):
    """Does every question count, of this page and of earlier ones, and nothing else?"""
    earlier, own = "```{practice}\n:retrieval: b.one b.two\n```\n", "```{practice} three four five\n```\n"
    (tmp_path / "page.md").write_text(f"# A\n\n{earlier}\nText.\n\n{own}\nMore text.\n")
    assert page_at(tmp_path / "page.md", tmp_path).practice == Span(5, 5)
    (tmp_path / "page.md").write_text("# A\n\nNo practice.\n")
    assert page_at(tmp_path / "page.md", tmp_path).practice == Span(0, 0)


def test_time_of_the_stretch(tmp_path):
    """Is the time of the stretch read beside that of the core, and none where there is no stretch?"""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [
        nbformat.v4.new_markdown_cell("# One"),
        nbformat.v4.new_markdown_cell("The core takes about 45 minutes, and the stretch another 30."),
    ]
    path = tmp_path / "one.ipynb"
    nbformat.write(notebook, path)
    assert read_exercise(path)[1:3] == ("45 minutes", Span(30, 30))
    notebook.cells[1].source = "It takes 60 to 75 minutes."
    nbformat.write(notebook, path)
    assert (read_exercise(path).core, read_exercise(path).stretch) == (Span(60, 75), Span(0, 0))


def test_sum():
    """Do the least and the most add up, and nothing to nothing?"""
    assert add([Span(40, 40), Span(60, 75)]) == Span(100, 115)
    assert add([]) == Span(0, 0)


def test_every_page_of_the_book_names_its_time():
    """Does every page that teaches, and every exercise, say how long it takes?"""
    files = [ROOT / f"{chapter['file']}.md" for part in TOC["parts"] for chapter in part["chapters"]]
    pages = [page_at(path, ROOT) for path in files]
    silent = [page.slug for page in pages if page.skills and page.reading is None]
    sources = sorted((ROOT / "exercises" / "source").glob("*/*.ipynb"))
    assert silent + [source.name for source in sources if read_exercise(source).core is None] == []
