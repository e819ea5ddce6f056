"""Do the cells of a chapter run where they stand, with one Python for all pages and nothing loaded before?"""

import pytest
from benchmarks.hosts import point_to
from playwright.sync_api import expect
from tests.browser.conftest import a_context, address
from tests.quick import sample

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST, SECOND = "first-python", "first-tables"
IDLE = "() => !document.querySelector('[aria-busy=true]')"


@pytest.fixture
def open_chapter(reader, hosted):
    """Return a function that opens a chapter of the book on its host."""
    opened = []

    def open_(name):
        page = reader.new_page()
        opened.append(page)
        page.goto(address(hosted, f"chapters/{name}.html"))
        return page

    yield open_
    for page in opened:
        page.close()


def cell(page, n):
    return page.locator("div.cell").nth(n - 1)


def state(page, n):
    return cell(page, n).locator(".cell-tools [role=status]")


def change(page, n, code):
    """Write other code into a cell, and run it by keyboard."""
    edit = cell(page, n).get_by_role("button", name=f"Edit cell {n}", exact=True)
    if edit.is_visible():
        edit.click()
    area = page.get_by_label(f"Code of cell {n}", exact=True)
    area.fill(code)
    area.press("Shift+Enter")


def test_a_cell_is_edited_and_run(open_chapter, hosted):
    """Does a cell run by keyboard, show values, text and errors, take other code, and become what it was?"""
    hosted.forget()
    page = open_chapter(FIRST)
    built = cell(page, 1).inner_html()
    assert not [path for path in hosted.asked if "/live/" in path]
    page.get_by_role("button", name="Run cell 1", exact=True).focus()
    page.keyboard.press("Enter")
    expect(state(page, 1)).to_contain_text("Done")
    assert not [path for path in hosted.asked if "/altair-" in path]  # no cell has imported it
    change(page, 1, "import asyncio\nfor n in range(2):\n    await asyncio.sleep(0)\n    print(n)\nn + 41")
    expect(state(page, 1)).to_contain_text("Done")
    expect(cell(page, 1).locator(".output")).to_have_text(["0\n1\n", "42"])
    change(page, 1, "1 / 0")
    expect(state(page, 1)).to_contain_text("error")
    expect(cell(page, 1).locator(".output")).to_contain_text("ZeroDivisionError: division by zero")
    assert "site-packages" not in cell(page, 1).inner_text()
    page.get_by_role("button", name="Reset cell 1", exact=True).click()
    expect(page.get_by_role("button", name="Edit cell 1", exact=True)).to_be_focused()
    restored = cell(page, 1).locator(".cell_output").inner_html()
    assert restored in built
    # Another page uses the same Python, with its own names.
    other = open_chapter(SECOND)
    hosted.forget()
    change(other, 1, "n")
    expect(state(other, 1)).to_contain_text("error")
    expect(cell(other, 1).locator(".output")).to_contain_text("NameError: name 'n' is not defined")
    assert not [path for path in hosted.asked if path.endswith((".whl", ".wasm"))]


@pytest.mark.long
@pytest.mark.parametrize("chapter", ["first-tables", "words-in-context", "letters-and-people", "measures"])
def test_all_cells_run(open_chapter, chapter):
    """Do all cells of a chapter run in place and show the same tables as the built page, and its charts?"""
    page = open_chapter(chapter)
    tables = page.locator(".cell_output table").all_text_contents()  # some are folded
    charts = page.locator(".cell_output figure.chart").count()
    page.get_by_role("button", name="Run all cells", exact=True).click()
    last = page.locator("div.cell:has(> .cell_input)").last.locator(".cell-tools [role=status]")
    expect(last).to_contain_text("Done")
    page.wait_for_function(IDLE)
    assert page.locator(".output.traceback").count() == 0
    assert squeezed(page.locator(".cell_output table").all_text_contents()) == squeezed(tables)
    expect(page.locator(".cell_output figure.chart svg")).to_have_count(charts)


def squeezed(texts):
    return [" ".join(text.split()) for text in texts]


@pytest.mark.long
def test_cells_above_run_first(open_chapter):
    """Does a cell in the middle of a page run after those above it, once?"""
    page = open_chapter(SECOND)
    page.get_by_role("button", name="Run cell 4", exact=True).click()
    expect(state(page, 4)).to_contain_text("above ran first")
    page.get_by_role("button", name="Run cell 5", exact=True).click()
    expect(state(page, 5)).to_contain_text("Done")
    expect(state(page, 5)).not_to_contain_text("above")


@pytest.mark.long
def test_endless_loop(open_chapter, reader):
    """Is a loop that does not end stopped with a sentence, and does the next cell run?"""
    page = open_chapter(SECOND)
    change(page, 1, "while True:\n    try:\n        n = 1\n    except Exception:\n        pass")
    expect(cell(page, 1).locator(".output")).to_contain_text("A loop was stopped after")
    change(page, 1, "n")
    expect(cell(page, 1).locator(".output")).to_have_text("1")


@pytest.mark.parametrize("scheme", sample(["light", "dark"], "dark"))
@pytest.mark.parametrize("width", sample([1280, 320], 320))
def test_cells_are_accessible(open_page, find_violations, scheme, width):
    """Does axe find nothing in a page with a cell that is edited, and does the page fit 320 pixels?"""
    page = open_page(f"/chapters/{FIRST}.html", width=width, color_scheme=scheme)
    page.get_by_role("button", name="Edit cell 1", exact=True).click()
    assert find_violations(page, ".bd-article") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_python(launch, hosted):
    """If Python cannot be loaded, is the reader told at the cell, and does the page stay as it was?"""
    with a_context(launch, point_to(None)) as context:
        page = context.new_page()
        page.goto(address(hosted, f"chapters/{FIRST}.html"))
        built = cell(page, 1).locator(".cell_output").inner_html()
        page.get_by_role("button", name="Run cell 1", exact=True).click()
        expect(state(page, 1)).to_contain_text("Python could not be loaded.")
        assert cell(page, 1).locator(".cell_output").inner_html() == built
