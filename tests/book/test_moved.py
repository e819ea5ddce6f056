"""Do old addresses lead on: of pages that are gone, and of sections that have another page now?"""

import re
from pathlib import Path

import yaml
from docutils.nodes import make_id
from tests.book.test_book import build, write_book

from helpers.book.html.moved import FILE, read_moves

ROOT = Path(__file__).parents[2]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
MOVES = read_moves(ROOT / FILE)
INDEX = "# A\n\n```{toctree}\nchapters/story\nchapters/causes\n```\n"


def little_book(folder, moves):
    """Build a book of two chapters with these moves."""
    (folder / "chapters").mkdir(parents=True)
    (folder / FILE).write_text(moves, encoding="utf-8")
    write_book(folder / "chapters", {"story": "# Story\n\n## Here\n", "causes": "# Causes\n\n## Doctrine\n"})
    (folder / "chapters" / "conf.py").unlink()
    return build(folder, {"index": INDEX})


def test_section_and_page_lead_on(tmp_path):
    """Has the old page a script with the new address, and is a page that is gone a page that leads on?"""
    built = little_book(
        tmp_path / "b", "story#doctrine: causes#doctrine\nold-causes: causes\nstory: causes\n"
    )
    assert (built.status, built.warnings) == (0, "")
    [script] = [
        tag.string for tag in built.page("chapters/story").find_all("script") if "hashchange" in str(tag)
    ]
    assert '{"doctrine": "causes.html#doctrine"}' in script
    assert "hashchange" not in str(built.page("chapters/causes"))
    gone = built.page("chapters/old-causes")
    assert gone.find("meta", attrs={"http-equiv": "refresh"})["content"] == "0; url=causes.html"
    assert gone.a["href"] == "causes.html"
    assert built.page("chapters/story").h1.get_text().startswith("Story")  # a page that is there stays


def test_unknown_new_page_is_named(tmp_path):
    """Does a move to a page that the book does not have fail the build?"""
    built = little_book(tmp_path / "book", "story#doctrine: nowhere#doctrine\n")
    assert built.status == 1
    assert "there is no page chapters/nowhere" in built.warnings


def test_moves_of_the_book_arrive():
    """Is every new place of this book's own moves a page of it with a section of that name?"""
    pages = {Path(chapter["file"]).name for part in TOC["parts"] for chapter in part["chapters"]}
    lost = []
    for new in MOVES.values():
        page, _, section = new.partition("#")
        path = ROOT / "chapters" / f"{page}.md"
        text = path.read_text(encoding="utf-8") if page in pages else ""
        places = {make_id(heading) for heading in re.findall(r"^#{1,4} (.*)$", text, re.MULTILINE)}
        places |= set(re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE))
        if not text or (section and section not in places):
            lost.append(new)
    assert lost == []
