"""Do explorers work in JupyterLab by keyboard alone, and can their twins be read without scripts?"""

import re
import subprocess
import sys

import nbformat
import pytest
from playwright.sync_api import expect

import helpers
from helpers import filter_events, load_events

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAMES = ["concordance", "document", "parallels", "chronology", "letters"]
CELLS = [
    "from helpers import *\nexplore_concordance('unity')",
    "explore_document('mao-1963')",
    "explore_parallels()",
    "explore_chronology()",
    "explore_letters()",
    "draw_dispersion('unity')",
]

# No question about news, and all cells on the page at once.
SETTINGS = {
    "apputils-extension/notification.jupyterlab-settings": '{"fetchNews": "false"}',
    "notebook-extension/tracker.jupyterlab-settings": '{"windowingMode": "none"}',
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory, serve):
    """Return the address of a JupyterLab with a notebook of explorers."""
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


# These tests are slow because JupyterLab takes long to start; those without a kernel always run.
@pytest.fixture(scope="module", params=[pytest.param("lab", marks=pytest.mark.long)])
def notebook(browser, lab):
    """Return a page of JupyterLab in which every cell was run."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(lab)
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    run_all(page)
    # Two explorers have a chart, and the last cell is one.
    page.wait_for_function(
        "document.querySelectorAll('.vega-embed canvas, .vega-embed svg.marks').length === 3"
    )
    yield page
    context.close()


def run_all(page):
    """Run every cell once there is a kernel; before, JupyterLab forgets the command or asks for a kernel."""
    page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_selector(".jp-OutputArea-output")


def explorer(page, title):
    """Return the part of the notebook that contains the explorer with a title."""
    return page.locator(".jp-OutputArea-output", has=page.locator("strong", has_text=title)).first


def status(part):
    return part.locator("[role=status]")


def wait_for(part, text):
    status(part).filter(has_text=text).wait_for()


def tab_to(page, control):
    """Press Tab until a control has the focus, beginning at its cell, where JupyterLab leaves the focus."""
    control.evaluate("element => element.closest('.jp-Cell').focus()")
    for _ in range(12):
        page.keyboard.press("Tab")
        if control.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("Tab does not lead to this control")


def choose(page, control, *keys):
    """Open a list by the space bar, press some keys, and take what they lead to.

    JupyterLab takes arrow keys for itself while a list is closed, so Space is the way in.
    """
    tab_to(page, control)
    for key in ("Space", *keys, "Enter"):
        page.keyboard.press(key)


def check(page, control):
    tab_to(page, control)
    page.keyboard.press("Space")


def write(page, control, text):
    tab_to(page, control)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_concordance_by_keyboard(notebook):
    """Does typing a term and pressing Enter change the table and the status, and does the next control?"""
    part = explorer(notebook, "Concordance")
    wait_for(part, "5 lines in ")
    write(notebook, part.get_by_label("Term"), "Albania")
    wait_for(part, "4 lines in 2 paragraphs.")
    expect(part.locator("tbody tr")).to_have_count(4)
    choose(notebook, part.get_by_label("Document"), "ArrowDown")
    wait_for(part, "0 lines in 0 paragraphs.")


def test_bad_term_is_a_sentence(notebook):
    """Does the status report an invalid regular expression, and does the explorer keep working?"""
    part = explorer(notebook, "Concordance")
    check(notebook, part.get_by_label("Regular expression"))
    write(notebook, part.get_by_label("Term"), "(")
    wait_for(part, "is not a regular expression")
    write(notebook, part.get_by_label("Term"), "unit.")
    wait_for(part, "lines in ")


def test_number_that_cannot_be_is_a_sentence(notebook):
    """Is a number out of range reported rather than changed silently?"""
    part = explorer(notebook, "Concordance")
    write(notebook, part.get_by_label("Characters each side"), "999")
    wait_for(part, "it is a number from 0 to 200, not 999.")
    write(notebook, part.get_by_label("Characters each side"), "20")
    wait_for(part, "lines in ")


def test_labels_are_whole(notebook):
    """Are the labels of all controls shown in full?"""
    cut = """labels => labels.filter(label => label.scrollWidth > label.clientWidth).map(l => l.innerText)"""
    labels = notebook.locator(".jp-OutputArea-output :is(.widget-label, .widget-label-basic)")
    assert labels.count() > 15
    assert labels.evaluate_all(cut) == []


def test_answer_is_unfolded_by_keyboard(notebook):
    """Does Tab reach the rest of a long answer, and does Enter show it?"""
    answer = explorer(notebook, "Reader").get_by_role("region", name="Text")
    tab_to(notebook, answer.locator("summary"))
    notebook.keyboard.press("Enter")
    expect(answer.locator("p").last).to_be_visible()


def test_document_by_keyboard(notebook):
    """Does another document appear when it is chosen from the list?"""
    part = explorer(notebook, "Reader")
    wait_for(part, "21 paragraphs")
    choose(notebook, part.get_by_label("Document"), "ArrowUp")
    wait_for(part, "19 paragraphs")
    part.get_by_text("deng-1962-p01", exact=True).wait_for()
    part.locator("sup").first.wait_for()
    check(notebook, part.get_by_label("Show speech acts"))
    part.locator("sup").first.wait_for(state="detached")


def test_parallels_by_keyboard(notebook):
    """Does a second kind add pairs, and does the choice of a paragraph leave only its pairs?"""
    part = explorer(notebook, "Side by side")
    wait_for(part, "9 pairs")
    check(notebook, part.get_by_label("Sharing topics"))
    wait_for(part, "59 pairs")
    choose(notebook, part.get_by_label("Paragraph of Deng 1962"), "ArrowDown", "ArrowDown")
    wait_for(part, "3 pairs")


def test_chronology_by_keyboard(notebook):
    """Does another year or category change the events, the table and the picture?"""
    part = explorer(notebook, "Chronology")
    write(notebook, part.get_by_label("From the year"), "1963")
    wait_for(part, f"{len(filter_events(load_events(), since='1963', until='1963'))} events.")
    choose(notebook, part.get_by_label("Category", exact=True), "End")
    rows = part.locator("tbody tr")
    rows.filter(has_text="party").first.wait_for()
    rows.filter(has_text="ideology").first.wait_for(state="detached")
    assert rows.count() >= 1
    # The picture follows the table; here its rows are the categories.
    part.locator(".vega-embed text", has_text="ideology").wait_for(state="detached")
    part.locator(".vega-embed text", has_text="party").wait_for()


def test_letters_by_keyboard(notebook):
    """Does the choice of a document leave only its letters?"""
    part = explorer(notebook, "Letters and messages")
    choose(notebook, part.get_by_label("Named in"), "ArrowDown")
    part.get_by_text("mao-1963-p18").first.wait_for(state="detached")
    assert part.locator("tbody tr").count() > 3


def test_charts_have_the_color_of_the_page(notebook):
    """Does the text of each chart have the color of the page, even after a change to the dark theme?"""
    colors = """charts => charts.map(chart =>
        [getComputedStyle(chart.querySelector("text")).fill, getComputedStyle(chart.parentElement).color])"""
    charts = notebook.locator(".vega-embed")
    light = charts.evaluate_all(colors)
    assert len(light) == 3 and all(own == around for own, around in light)
    notebook.get_by_role("menuitem", name="Settings", exact=True).click()
    notebook.get_by_text("Theme", exact=True).hover()
    notebook.get_by_text("JupyterLab Dark", exact=True).click()
    notebook.wait_for_function(
        "light => getComputedStyle(document.querySelector('.vega-embed').parentElement).color !== light",
        arg=light[0][1],
    )
    dark = charts.evaluate_all(colors)
    assert all(own == around and re.match(r"rgba?\(255, 255, 255", own) for own, around in dark)


# --- without a kernel ---


@pytest.mark.parametrize("name", NAMES)
def test_twin_is_read_without_scripts(browser, name, tmp_path):
    """Can the whole answer be read without scripts, and does it fit a narrow screen?"""
    explorer = getattr(helpers, f"explore_{name}")()
    page_file = tmp_path / "twin.html"
    page_file.write_text(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>twin</title><body>{explorer.to_html()}</body></html>",
        encoding="utf-8",
    )
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(page_file.as_uri())
    assert page.get_by_text(explorer.message).is_visible()
    assert page.locator("code.paragraph").count() > 3
    rest = page.locator("details.more")
    expect(rest.locator("code.paragraph").last).to_be_hidden()
    rest.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(rest.locator("code.paragraph").last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.fixture(scope="module")
def page_of_twins(tmp_path_factory):
    """Return the address of a page in the book's theme with the output of every explorer."""
    folder = tmp_path_factory.mktemp("twins")
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Explorers")])
    for name in NAMES:
        bundle, metadata = getattr(helpers, f"explore_{name}")()._repr_mimebundle_()
        output = nbformat.v4.new_output("display_data", bundle, metadata=metadata)
        nb.cells.append(nbformat.v4.new_code_cell(f"explore_{name}()", outputs=[output]))
    nb.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    nbformat.write(nb, folder / "index.ipynb")
    (folder / "conf.py").write_text(
        "extensions = ['myst_nb', 'sphinx_book_theme', 'helpers.book']\nhtml_theme = 'sphinx_book_theme'\n"
        "project = 'Explorers'\nnb_ipywidgets_js = {}\nnb_execution_mode = 'off'\n"
    )
    subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", folder, folder / "html"], check=True)
    return (folder / "html" / "index.html").as_uri()


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_twins_in_the_book_pass_axe(browser, page_of_twins, scheme, find_violations):
    """Does axe find no violation of WCAG 2.2 A or AA in explorers on a light and on a dark page?"""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(page_of_twins)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    assert find_violations(page, ".bd-article") == []
    context.close()


@pytest.mark.long
def test_twins_in_the_book_are_read_without_scripts(browser, page_of_twins):
    """Are all five explorers and two charts complete on a narrow page without scripts?"""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_of_twins)
    expect(page.locator("section.explorer")).to_have_count(len(NAMES))
    for name in NAMES:
        message = getattr(helpers, f"explore_{name}")().message
        assert page.get_by_text(message, exact=True).is_visible()
    assert page.locator("section.explorer figure.chart .chart-picture.narrow svg:visible").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert all(address.startswith("file:") and "widget" not in address for address in asked)
    context.close()
