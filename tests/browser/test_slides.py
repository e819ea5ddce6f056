"""Do slides and packet work on a screen and on paper, with keys only, and without a network?"""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from tests.quick import sample

from helpers.authoring.handout import Sheet
from helpers.authoring.leaks import find_leaks, find_secrets
from helpers.authoring.packet import PAPERS, count_pages, key_of, print_html, read_packet, write_page
from helpers.authoring.slides import is_chapter, read_slides, write_slides

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPOSITORY = Path(__file__).parents[2]
SOURCES = sorted((REPOSITORY / "chapters").glob("*.md"))
CHAPTERS = [path.stem for path in SOURCES if ":class: objectives" in path.read_text(encoding="utf-8")]


@pytest.fixture
def open_deck(browser, site_folder, tmp_path):
    """Return a function that opens the slides of a chapter as a file, and their number."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")

    def open_(slug):
        built = BeautifulSoup((site_folder / f"chapters/{slug}.html").read_text("utf-8"), "html.parser")
        assert is_chapter(built)
        slides = read_slides(built)
        path = tmp_path / f"{slug}.html"
        path.write_text(write_slides(slides), encoding="utf-8")
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(path.as_uri())
        return page, len(slides)

    yield open_
    context.close()


def shown(page):
    """Return the number of the slide in the middle of the window."""
    return page.evaluate(
        "[...document.querySelectorAll('section')].findIndex(s => s.getBoundingClientRect().bottom > 360) + 1"
    )


def test_keys_turn_the_slides(open_deck):
    """Do arrows, page keys, space, Home and End turn the slides, and stop at both ends?"""
    page, n = open_deck("the-split")
    keys = [
        *[
            ("ArrowRight", 2),
            ("ArrowDown", 3),
            ("PageDown", 4),
            (" ", 5),
            ("Shift+Space", 4),
            ("ArrowLeft", 3),
        ],
        *[("PageUp", 2), ("End", n), ("ArrowRight", n), ("Home", 1), ("ArrowUp", 1)],
    ]
    for key, there in keys:
        page.keyboard.press(key)
        page.wait_for_function(
            "n => Math.abs(document.querySelectorAll('section')[n - 1].getBoundingClientRect().top) < 2",
            arg=there,
        )
        assert shown(page) == there, key
    assert page.asked == [page.url]


@pytest.mark.parametrize("slug", sample(CHAPTERS, "the-split", "words-in-context"))
def test_every_slide_fits(open_deck, browser, find_violations, tmp_path, slug):
    """Does each slide fit the screen and one page of paper, and does axe find nothing?"""
    page, n = open_deck(slug)
    too_large = page.evaluate(
        """[...document.querySelectorAll("section")]
            .filter(one => one.scrollHeight > innerHeight + 1 || one.scrollWidth > innerWidth + 1)
            .map(one => one.innerText.slice(0, 90))"""
    )
    assert too_large == []
    assert find_violations(page) == []
    print_html(browser, page.content(), tmp_path / "slides.pdf")
    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "slides.pdf").read_bytes())) == n
    assert page.asked == [page.url]


@pytest.mark.long
@pytest.mark.parametrize("paper", sample(PAPERS, "A4"))
def test_packet_on_paper(browser, site_folder, paper):
    """Is each organizer, picture and worksheet one page, and does no other sheet take more than four?"""
    pages = {
        key_of(sheet): count_pages(browser, write_page([sheet]), paper)
        for sheet in read_packet(site_folder, {"A": "2–5"})
    }
    assert {pages[key] for key in "DEF123"} == {1}
    assert max(pages.values()) <= 4


def test_nothing_of_the_packet_is_cut(browser, site_folder):
    """Does no line of a document run out of the paper?"""
    page = browser.new_page(viewport={"width": 660, "height": 900})
    page.emulate_media(media="print")
    page.set_content(write_page(read_packet(site_folder, {})))
    assert page.evaluate("document.documentElement.scrollWidth") <= 660
    page.close()


def test_printed_twice_is_the_same(browser, tmp_path):
    """Is a PDF the same file when it is printed again?"""
    page = write_page([Sheet("One", "<p>Two</p>")])
    for name in ("a", "b"):
        print_html(browser, page, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("slug", sample(CHAPTERS, "deng-1962"))
def test_slides_give_nothing_away(site_folder, slug):
    """Is no solution, rubric or answer on the slides, which students see?"""
    built = BeautifulSoup((site_folder / f"chapters/{slug}.html").read_text("utf-8"), "html.parser")
    secrets = set.union(*find_secrets(REPOSITORY / "exercises/source").values())
    assert find_leaks([("slides.html", write_slides(read_slides(built)).encode())], secrets) == []
