"""Can the report on a class be read in light and dark mode, on a phone and with a screen reader?"""

import pytest
from tests.little_course import make_class
from tests.quick import sample

from helpers.coursework.analysis.report import read_report, write_report
from helpers.coursework.course import Course

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address(tmp_path_factory, needs_sandbox):
    """Return the address of the report on a class with every kind of result."""
    folder = tmp_path_factory.mktemp("class")
    make_class(folder)
    return write_report(read_report(Course(folder), "sums"), Course(folder))[0].as_uri()


@pytest.mark.parametrize("scheme", sample(["light", "dark"], "dark"))
@pytest.mark.parametrize("width", sample([390, 1280], 390))
def test_report(browser, address, find_violations, scheme, width):
    """With everything unfolded, does axe find no violation, and does the page fit and load nothing else?"""
    # The page forbids scripts, so axe could not run in it otherwise.
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert find_violations(page) == []
    assert asked == [address]
    context.close()


def test_tables_by_keyboard(browser, address):
    """Can a table that is wider than a phone be reached and scrolled by keyboard?"""
    page = browser.new_page(viewport={"width": 390, "height": 900}, bypass_csp=True)
    page.goto(address)
    table = page.get_by_role("region", name="Questions, as a table")
    table.focus()
    assert table.evaluate("one => one === document.activeElement && one.scrollWidth > one.clientWidth")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    page.close()
