"""Can the report on a class, and feedback, be read in light and dark mode, on phones and on paper?"""

import json

import pytest
from tests.little_course import make_class
from tests.programs import run
from tests.quick import sample

from helpers.coursework.analysis.report import read_report, write_report
from helpers.coursework.course import Course

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Which pages are looked at: the report, and those of a student who lost points and of one who did not.
STUDENTS = {"wrong": "li", "right": "ada"}
PAGES = ["report", *STUDENTS]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory, needs_sandbox):
    """Return the addresses of the pages about a class with every kind of result."""
    folder = tmp_path_factory.mktemp("class")
    make_class(folder)
    command = "coursework feedback sums --with-solutions --before-deadline --json".split()
    said = json.loads(run(*command, cwd=folder, codes=(0, 1, 3)).stdout)
    assert not any(said["pages"][student] for student in STUDENTS.values())
    pages = {name: folder / f"feedback/{student}/sums/sums.html" for name, student in STUDENTS.items()}
    pages["report"] = write_report(read_report(Course(folder), "sums"), Course(folder))[0]
    return {name: path.as_uri() for name, path in pages.items()}


@pytest.mark.parametrize("scheme", sample(["light", "dark"], "dark"))
@pytest.mark.parametrize("width", sample([320, 390, 1280], 320))
@pytest.mark.parametrize("name", PAGES)
def test_page(browser, addresses, find_violations, name, width, scheme):
    """With everything unfolded, does axe find no violation, and does the page fit and load nothing else?"""
    # The pages forbid scripts, so axe could not run in them otherwise.
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(addresses[name])
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert find_violations(page) == []
    assert asked == [addresses[name]]
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_paper(browser, addresses, name):
    """Is all of a page printed in black, also what is folded, and is nothing wider than the paper?"""
    context = browser.new_context(viewport={"width": 680, "height": 900}, color_scheme="dark")
    page = context.new_page()
    page.goto(addresses[name])
    page.emulate_media(media="print")
    folded = page.locator("details > :not(summary)")
    assert folded.count() or name == "wrong"
    assert all(one.is_visible() for one in folded.all())
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    context.close()


def test_strip_by_keyboard(browser, addresses):
    """Does each box of the strip lead by keyboard to the question that it names?"""
    page = browser.new_page(viewport={"width": 320, "height": 900}, bypass_csp=True)
    page.goto(addresses["wrong"])
    links = page.get_by_role("navigation", name="Questions").get_by_role("link")
    assert links.count() == 3
    for link in links.all():
        link.focus()
        page.keyboard.press("Enter")
        title = link.get_attribute("title")
        page.wait_for_function(
            "title => document.querySelector('section:target h2')?.textContent.startsWith(title)", arg=title
        )
    page.close()


def test_tables_by_keyboard(browser, addresses):
    """Can a table that is wider than a phone be reached and scrolled by keyboard?"""
    page = browser.new_page(viewport={"width": 390, "height": 900}, bypass_csp=True)
    page.goto(addresses["report"])
    table = page.get_by_role("region", name="Questions, as a table")
    table.focus()
    assert table.evaluate("one => one === document.activeElement && one.scrollWidth > one.clientWidth")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    page.close()
