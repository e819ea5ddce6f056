"""Do explorers work in JupyterLab by keyboard alone, and can their twins be read without any script?"""

import nbformat
import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from helpers import filter_events, load_events

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELLS = [
    "from helpers import *\nexplore_concordance('unity')",
    "explore_document('mao-1963')",
    "explore_parallels()",
    "explore_chronology()",
    "explore_letters()",
    "draw_dispersion('unity')",
]

# No question about news, and every cell in the page at once.
SETTINGS = {
    "apputils-extension/notification.jupyterlab-settings": '{"fetchNews": "false"}',
    "notebook-extension/tracker.jupyterlab-settings": '{"windowingMode": "none"}',
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory, serve):
    """Return the address of a JupyterLab in which a notebook of explorers lies."""
    folder = tmp_path_factory.mktemp("lab") / "work"
    folder.mkdir()
    for name, setting in SETTINGS.items():
        path = folder.parent / ".jupyter" / "lab" / "user-settings" / "@jupyterlab" / name
        path.parent.mkdir(parents=True)
        path.write_text(setting)
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    nb.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(nb, folder / "explorers.ipynb")
    with serve(folder, "jupyterlab") as address:
        yield f"{address}/lab/tree/explorers.ipynb?reset"


@pytest.fixture(scope="module")
def notebook(browser, lab):
    """Return a page of JupyterLab in which every cell was run."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(lab, timeout=60_000)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    run_all(page)
    # Two explorers have a chart, and the last cell is one.
    page.wait_for_function(
        "document.querySelectorAll('.vega-embed canvas, .vega-embed svg.marks').length === 3"
    )
    yield page
    context.close()


def run_all(page):
    """Run every cell; JupyterLab forgets what it is told before it has its kernel, so tell it again."""
    for _ in range(10):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        try:
            page.wait_for_selector(".jp-OutputArea-output", timeout=6_000)
            return
        except PlaywrightTimeoutError:
            continue
    pytest.fail("JupyterLab runs no cell")


def explorer(page, title):
    """Return the part of the notebook in which the explorer with a title is."""
    return page.locator(".jp-OutputArea-output", has=page.locator("strong", has_text=title)).first


def status(part):
    return part.locator("[role=status]")


def wait_for(part, text):
    status(part).filter(has_text=text).wait_for()


def tab_to(page, control):
    """Press Tab from the control before until a control has the focus; not by mouse."""
    control.scroll_into_view_if_needed()
    for _ in range(12):
        if control.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("Tab does not lead to this control")


def choose(page, control, *keys):
    """Open a list by the space bar, press some keys, and take what they lead to.

    JupyterLab takes arrow keys for itself while a list is closed, so Space is the way in.
    """
    control.focus()
    for key in ("Space", *keys, "Enter"):
        page.keyboard.press(key)


def write(page, control, text):
    control.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_concordance_by_keyboard(notebook):
    """Does typing a term and pressing Enter change table and status, and can Tab reach the next control?"""
    part = explorer(notebook, "Concordance")
    wait_for(part, "5 lines in ")
    write(notebook, part.get_by_label("Term"), "Albania")
    wait_for(part, "4 lines in 2 paragraphs.")
    assert part.locator("tbody tr").count() == 4
    tab_to(notebook, part.get_by_label("Document"))
    choose(notebook, part.get_by_label("Document"), "ArrowDown")
    wait_for(part, "0 lines in 0 paragraphs.")


def test_bad_term_is_a_sentence(notebook):
    """Is a broken regular expression told in the status, and does the explorer go on?"""
    part = explorer(notebook, "Concordance")
    part.get_by_label("Regular expression").focus()
    notebook.keyboard.press("Space")
    write(notebook, part.get_by_label("Term"), "(")
    wait_for(part, "is not a regular expression")
    write(notebook, part.get_by_label("Term"), "unit.")
    wait_for(part, "lines in ")


def test_document_by_keyboard(notebook):
    """Does another document appear when it is chosen from the list?"""
    part = explorer(notebook, "Reader")
    wait_for(part, "21 paragraphs")
    choose(notebook, part.get_by_label("Document"), "ArrowUp")
    wait_for(part, "19 paragraphs")
    assert "deng-1962-p01" in part.inner_text()


def test_parallels_by_keyboard(notebook):
    """Does another kind of sharing add pairs, and the choice of a paragraph leave only its own?"""
    part = explorer(notebook, "Side by side")
    wait_for(part, "9 pairs")
    part.get_by_label("Sharing topics").focus()
    notebook.keyboard.press("Space")
    wait_for(part, "59 pairs")
    choose(notebook, part.get_by_label("Paragraph of Deng 1962"), "ArrowDown", "ArrowDown")
    wait_for(part, "3 pairs")


def test_chronology_by_keyboard(notebook):
    """Does another year or category change events, table and picture?"""
    part = explorer(notebook, "Chronology")
    write(notebook, part.get_by_label("From the year"), "1963")
    wait_for(part, f"{len(filter_events(load_events(), since='1963', until='1963'))} events.")
    choose(notebook, part.get_by_label("Category", exact=True), "End")
    rows = part.locator("tbody tr")
    rows.filter(has_text="party").first.wait_for()
    rows.filter(has_text="ideology").first.wait_for(state="detached")
    assert rows.count() >= 1
    assert part.locator(".vega-embed").count() == 1


def test_letters_by_keyboard(notebook):
    """Does the choice of a document leave only its letters?"""
    part = explorer(notebook, "Letters and messages")
    choose(notebook, part.get_by_label("Named in"), "ArrowDown")
    part.get_by_text("mao-1963-p18").first.wait_for(state="detached")
    assert part.locator("tbody tr").count() > 3


def test_chart_has_the_color_of_the_page(notebook):
    """Is the text of a chart in JupyterLab as readable as the text around it?"""
    chart = notebook.locator(".vega-embed").last
    chart.scroll_into_view_if_needed()
    assert chart.bounding_box()["width"] > 300


@pytest.mark.parametrize("name", ["concordance", "document", "parallels", "chronology", "letters"])
def test_twin_is_read_without_scripts(browser, name, tmp_path):
    """Can the whole answer be read where no script runs, and does nothing overflow a narrow screen?"""
    import helpers

    explorer = getattr(helpers, f"explore_{name}")()
    page_file = tmp_path / "twin.html"
    page_file.write_text(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>twin</title><body>{explorer.to_html()}</body></html>",
        encoding="utf-8",
    )
    context = browser.new_context(java_script_enabled=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(page_file.as_uri())
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    quiet = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = quiet.new_page()
    page.goto(page_file.as_uri())
    assert page.get_by_text(explorer.message).is_visible()
    assert page.locator("[role=region]").first.is_visible()
    assert page.locator("a.paragraph").count() > 3
    quiet.close()
    assert width <= 390
