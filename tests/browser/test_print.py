"""Does a page print like a page of a book: all of its text, black on white, without controls?"""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect
from tests.quick import sample

from helpers.book.build.pdf import FILE

pytestmark = pytest.mark.browser

CHAPTER, DENG = "chapters/the-split.html", "chapters/deng-1962.html"
PRINTED = sample([CHAPTER, DENG, "chapters/who-is-who.html", "chapters/for-instructors.html"], CHAPTER)


@pytest.fixture
def print_page(open_page):
    """Return a function that opens a page as printed, for a reader who prefers a dark screen."""

    def print_(path):
        page = open_page(path, width=680, color_scheme="dark")
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        page.emulate_media(media="print")
        return page

    return print_


@pytest.mark.parametrize("path", PRINTED)
def test_nothing_to_press(print_page, path):
    """Are bars, lists of chapters, buttons and link marks left out, and the text and its heading kept?"""
    page = print_page(path)
    bars = ".bd-header, .bd-sidebar-primary, .bd-sidebar-secondary, .prev-next-footer, .bd-footer"
    # On paper, readers tick the boxes of practice questions.
    for selector in (bars, "button", "input:not(.practice *)", "a.headerlink", "#jb-print-docs-body"):
        assert page.locator(f":is({selector}):visible").count() == 0, selector
    expect(page.locator(".bd-article h1")).to_be_visible()
    assert page.evaluate("document.querySelector('.bd-article').getBoundingClientRect().left") < 40
    assert page.evaluate("document.documentElement.scrollWidth") <= 680


@pytest.mark.parametrize("path", PRINTED)
def test_black_on_white(print_page, path):
    """Is text nearly black on white, even in code and tables and after dark mode?"""
    pale = print_page(path).evaluate(
        """() => [...document.querySelectorAll(".bd-article *")]
            .filter(one => !one.closest("svg, .emendation, .note-mark") && one.checkVisibility())
            .filter(one => [...one.childNodes].some(part => part.nodeType === 3 && part.data.trim()))
            .filter(one => Math.max(...getComputedStyle(one).color.match(/[\\d.]+/g).slice(0, 3)) > 90)
            .map(one => one.outerHTML.slice(0, 90))"""
    )
    assert pale == []
    page = print_page(path)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_folded_text_is_printed(print_page):
    """Are folded answers printed, and charts with their descriptions but without their tables?"""
    page = print_page(CHAPTER)
    answers = page.locator("details.sd-dropdown p")
    assert answers.count() >= 2
    assert all(answer.is_visible() for answer in answers.all())
    expect(page.locator(".chart svg").first).to_be_visible()
    expect(page.locator(".chart details p").first).to_be_visible()
    assert page.locator(".chart details table:visible").count() == 0


def test_only_addresses_elsewhere_are_told(print_page):
    """Is the address of a link printed only if it leads out of the book?"""
    page = print_page("chapters/about.html")
    told = page.evaluate(
        """() => [...document.querySelectorAll(".bd-article a")]
            .filter(one => getComputedStyle(one, "::after").content.includes("("))
            .map(one => one.getAttribute("href"))"""
    )
    assert told
    assert all(address.startswith("http") for address in told)


@pytest.mark.parametrize(("path", "most"), [(CHAPTER, 17), (DENG, 30)])
def test_pages_of_a_chapter(print_page, path, most):
    """Does a chapter become a document of a few pages?"""
    content = print_page(path).pdf(format="A4")
    assert 4 <= len(re.findall(rb"/Type\s*/Page\b", content)) <= most


@pytest.mark.long
def test_whole_book(site_folder):
    """Is the whole book printed into one document, with an outline and tags?"""
    command = [sys.executable, "-m", "helpers.book", "--folder", str(site_folder.parents[1]), "pdf"]
    assert FILE in subprocess.run(command, capture_output=True, text=True, check=True).stdout
    printed = site_folder.parent / FILE
    content = printed.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) > 150
    assert b"/Outlines" in content
    assert b"/StructTreeRoot" in content
    assert not (printed.parent / "book.html").exists()
