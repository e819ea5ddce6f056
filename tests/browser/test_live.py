"""Do chapters and exercises run in the browser, from a site under a sub-path, with nothing installed?

Pyodide comes from its CDN, or from a copy of a part of it where there is one: see `benchmarks/hosts.py`.
"""

import json
import re
import shutil
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import nbformat
import pytest
from benchmarks.hosts import mirror, point_to, serve
from nbgrader.utils import is_grade, is_solution
from playwright.sync_api import expect
from tests.browser.conftest import ADVICE, a_context, address
from tests.programs import run

from helpers.book.directives.exercise import release
from helpers.book.live.jupyterlite import build_live
from helpers.book.live.pyodide import official_lock
from helpers.book.live.sealed import seal, word_for
from helpers.checks.opening import SUFFIX

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPOSITORY = Path(__file__).parents[2]
EXERCISES = REPOSITORY / "exercises"
SLUGS = sorted(path.stem for path in (EXERCISES / "source").glob("*/*.ipynb"))
CONCORDANCE = REPOSITORY / "chapters" / "mao-1963-reading.md"
CHAPTERS = ["deng-1962", "words-in-context", "letters-and-people"]
TO_SOLVE = "mao-1963"
WORK, RUN = "Work on it in your browser", "Open this chapter as a notebook"

ALL_RAN = """() => {
    const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
    return prompts.length && prompts.every(prompt => /\\[\\d+\\]/.test(prompt.textContent));
}"""
FAILURES = """() => [...document.querySelectorAll(
    '[data-mime-type="application/vnd.jupyter.error"], [data-mime-type="application/vnd.jupyter.stderr"]'
)].map(output => output.textContent)"""

# Bytecode is kept for the next start; the tests that open a notebook after this one begin with it.
KEPT = "async () => (await (await caches.open('live-bytecode')).keys()).length === 1"
ANSWERS = """() => [...document.querySelectorAll(".jp-CodeCell")].map(
    cell => cell.querySelector(".jp-OutputArea-output")?.textContent
)"""


@pytest.fixture
def open_by_button(reader, hosted):
    """Return a function that opens a notebook as a reader does, with the button on a chapter's page."""
    opened = []

    def open_(chapter, label):
        page = reader.new_page()
        opened.append(page)
        page.goto(address(hosted, f"chapters/{chapter}.html"))
        page.get_by_role("link", name=label).click()
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        return page

    yield open_
    for page in opened:
        page.close()


def menu(page, name, command):
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{name}$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{command}")).first.click()


def run_all(page):
    """Run every cell; fail if a cell raises an error or writes to stderr."""
    # For a moment a notebook has no kernel, and commands are lost; no reader is that fast.
    expect(page.locator(".jp-Toolbar-kernelName")).not_to_have_text("No Kernel")
    menu(page, "Run", "Run All Cells")
    page.wait_for_function(ALL_RAN)
    assert page.evaluate(FAILURES) == []


def released(site_folder, name):
    return nbformat.read(site_folder / "live" / "files" / name, 4)


# --- every exercise, and chapters ---


@pytest.mark.long
@pytest.mark.parametrize("slug", SLUGS)
def test_exercise_runs(slug, open_by_button, site_folder):
    """Does an exercise run from the button in its chapter, and does every visible check answer?"""
    page = open_by_button(slug, WORK)
    assert page.url.endswith(f"/repo/live/notebooks/index.html?path={slug}.ipynb")
    run_all(page)
    cells = [cell for cell in released(site_folder, f"{slug}.ipynb").cells if cell.cell_type == "code"]
    answers = page.evaluate(ANSWERS)
    assert len(answers) == len(cells)
    silent = [cell.id for cell, answer in zip(cells, answers, strict=True) if by_machine(cell) and not answer]
    assert silent == []
    # The last cell reads the notebook that is saved in the browser.
    assert "Before you hand in, look at" in answers[-1]
    page.wait_for_function(KEPT)


@pytest.mark.long
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_chapter_runs(chapter, open_by_button):
    """Does a chapter run from its button, with its charts drawn?"""
    page = open_by_button(chapter, RUN)
    run_all(page)
    assert "Error displaying" not in page.locator(".jp-Notebook").inner_text()


@pytest.mark.long
def test_explorer_follows(open_by_button):
    """Does the explorer of a chapter answer a new question, in words and in its table?"""
    page = open_by_button("mao-1963-reading", RUN)
    run_all(page)
    [asked] = re.findall(r'^explore_concordance\("(\w+)"', CONCORDANCE.read_text(), re.MULTILINE)
    term, status = page.get_by_label("Term", exact=True), page.get_by_role("status").first
    expect(term).to_have_value(asked)
    before = status.inner_text()
    term.fill("unity")
    term.press("Enter")
    expect(status).not_to_have_text(before)
    expect(page.get_by_role("table", name="Where unity occurs")).to_have_count(1)


@pytest.mark.long
def test_no_button_without_server(open_by_button):
    """Are the buttons of other extensions, which need a server, left out?"""
    page = open_by_button(TO_SOLVE, WORK)
    assert page.get_by_text("Validate").count() == 0
    settings = page.evaluate("document.getElementById('jupyter-config-data').textContent")
    names = [extension["name"] for extension in json.loads(settings)["federated_extensions"]]
    assert sorted(names) == ["@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension"]


@pytest.mark.long
def test_link_leads_to_the_book_of_this_site(open_by_button, hosted):
    """Does a link to a paragraph lead to the book on the same site, by mouse and by keyboard?"""
    page = open_by_button("deng-1962", WORK)
    links = page.locator(".jp-MarkdownOutput a[href*='#deng-1962-p']")
    for link, reach in ((links.nth(0), links.nth(0).hover), (links.nth(1), links.nth(1).focus)):
        reach()
        href = link.get_attribute("href")
        assert href.startswith(address(hosted, "chapters/deng-1962.html#deng-1962-p"))
    with page.context.expect_page() as opened:
        links.nth(0).click()
    paragraph = links.nth(0).get_attribute("href").rpartition("#")[2]
    expect(opened.value.locator(f"#{paragraph}")).to_be_in_viewport()
    opened.value.close()


# --- an exercise is done and handed in ---


def solution(cell):
    """Return an answer cell of the source with its solution, without the marker lines."""
    return "\n".join(line for line in cell.source.splitlines() if not line.startswith("### "))


def answer(page, cells):
    """Type our own solutions into the answer cells of the page."""
    for n, cell in enumerate(cells):
        if is_solution(cell):
            if cell.cell_type == "markdown":
                page.locator(".jp-Notebook .jp-Cell").nth(n).locator(".jp-MarkdownOutput").dblclick()
            fill(page, n, solution(cell))


def fill(page, n, text):
    """Type a text into a cell of the page, replacing its content."""
    page.locator(".jp-Notebook .jp-Cell").nth(n).locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def test_solved_downloaded_and_marked(open_by_button, tmp_path, needs_sandbox):
    """Does an exercise solved in the browser arrive under its name and get every point?"""
    source = nbformat.read(EXERCISES / "source" / TO_SOLVE / f"{TO_SOLVE}.ipynb", 4)
    page = open_by_button(TO_SOLVE, WORK)
    answer(page, source.cells)
    run_all(page)
    page.keyboard.press("Control+S")
    page.locator(".jp-CodeCell").last.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    last = page.locator(".jp-CodeCell").last.locator(".jp-OutputArea")
    expect(last).to_contain_text("nothing is missing, and what you ran is saved")
    with page.expect_download() as download:
        page.locator(".jp-NotebookPanel-toolbar").get_by_text("Download").click()
    assert download.value.suggested_filename == f"{TO_SOLVE}.ipynb"
    course = tmp_path / "exercises"
    handed_in = course / "submitted" / "me" / TO_SOLVE / f"{TO_SOLVE}.ipynb"
    download.value.save_as(handed_in)
    for name in ("nbgrader_config.py", "source"):
        copy = shutil.copytree if (EXERCISES / name).is_dir() else shutil.copy
        copy(EXERCISES / name, course / name)
    assert marks(course) == {c.id: c.metadata.nbgrader.points for c in source.cells if by_machine(c)}


def by_machine(cell):
    return is_grade(cell) and not is_solution(cell)


def marks(course):
    """Grade the submissions of a course, and return the points of each question graded by machine."""
    from nbgrader.api import Gradebook

    for command in (("nbgrader", "generate_assignment"), ("coursework", "autograde")):
        run(*command, TO_SOLVE, cwd=course, codes=(0,))
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        found = gradebook.find_submission_notebook(TO_SOLVE, TO_SOLVE, "me").grades
        return {grade.name: grade.auto_score for grade in found if not grade.needs_manual_grade}


# --- without the CDN ---


def test_reader_is_told(launch, hosted):
    """If Python cannot be loaded, does the page say so, and say what to do?"""
    with a_context(launch, point_to(None)) as context:
        page = context.new_page()
        page.goto(address(hosted, f"live/notebooks/index.html?path={TO_SOLVE}.ipynb"))
        notice = page.get_by_role("alert").filter(has_text="Python")
        expect(notice).to_contain_text("Python cannot be loaded, so no cell will run.")
        expect(notice).to_contain_text("cdn.jsdelivr.net")
        with page.expect_download() as download:
            notice.get_by_role("link", name=f"Download {TO_SOLVE}.ipynb").click()
        assert download.value.suggested_filename == f"{TO_SOLVE}.ipynb"
        notice.get_by_role("button", name="Close").click()
        expect(notice).to_have_count(0)


@pytest.fixture(scope="module")
def own_host(tmp_path_factory):
    """Return the host of a site that has a copy of Pyodide."""
    version = official_lock()["info"]["version"]
    folder = mirror() and mirror() / f"v{version}" / "full"
    if not folder:
        pytest.skip(f"NO COPY OF PYODIDE {version}, SO A SITE WITH ONE WAS NOT TESTED. {ADVICE}")
    site, notebooks = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("notebooks")
    cell = nbformat.v4.new_code_cell("from helpers import load_paragraphs\nlen(load_paragraphs())")
    nb = nbformat.v4.new_notebook(cells=[cell], metadata={"language_info": {"name": "python"}})
    nbformat.write(nb, notebooks / "own.ipynb")
    build_live(site, notebooks, pyodide_folder=folder)
    with serve(site, "/repo") as host:
        yield host


@pytest.mark.long
def test_own_host(launch, own_host):
    """Does a site with a copy of Pyodide work when no other host can be reached?"""
    with a_context(launch, point_to(None)) as context:
        page = context.new_page()
        page.goto(address(own_host, "live/notebooks/index.html?path=own.ipynb"))
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        run_all(page)
        expect(page.locator(".jp-OutputArea-output")).to_have_text("40")


# --- marks in the browser ---

MARKED = "deng-1962"
SECRET = "the secret of a course that is tested"
GIVEN = {
    "answer-letters-dated": (
        'answer_letter_to_cpsu = "7 April 1962"\nanswer_letter_to_vietnamese_party = "5 April 1962"\n'
        'answer_link = "which is an answer to the CC"'
    ),
    "answer-days-until-the-record": "answer_days = 3",
}


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Return a function that makes the host of a site with one exercise, sealed in one of the ways."""
    with ExitStack() as stack:

        @cache
        def host(way):
            site, notebooks = (tmp_path_factory.mktemp(f"{way}-{name}") for name in ("site", "notebooks"))
            source = EXERCISES / "source" / MARKED / f"{MARKED}.ipynb"
            (notebooks / source.name).write_text(release(EXERCISES, MARKED), encoding="utf-8")
            sealed = seal(source, way="course" if way == "course" else "self-study", secret=SECRET)
            if way == "damaged":
                sealed = sealed.replace('"sealed": "', '"sealed": "AAAA')
            (notebooks / f"{MARKED}{SUFFIX}").write_text(sealed, encoding="utf-8")
            build_live(site, notebooks)
            return stack.enter_context(serve(site, "/repo"))

        yield host


@pytest.fixture
def open_marked(reader, marked):
    """Return a function that opens the exercise, answers one question right and one wrong, and runs all."""
    opened = []

    def open_(way, *, run=True):
        page = reader.new_page()
        opened.append(page)
        page.goto(address(marked(way), f"live/notebooks/index.html?path={MARKED}.ipynb"))
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        for name, answer in GIVEN.items():
            fill(page, number_of(name), answer)
        if run:
            run_all(page)
        return page

    yield open_
    for page in opened:
        page.close()


def number_of(name):
    """Return the index of the cell of the exercise with a name."""
    cells = nbformat.read(EXERCISES / "source" / MARKED / f"{MARKED}.ipynb", 4).cells
    return next(n for n, cell in enumerate(cells) if cell.id == name)


def said(page, name):
    """Return the output of a cell of the exercise."""
    return page.locator(".jp-Notebook .jp-Cell").nth(number_of(name)).locator(".jp-OutputArea")


def run_again(page, name):
    """Run one cell of the exercise."""
    page.locator(".jp-Notebook .jp-Cell").nth(number_of(name)).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")


@pytest.mark.long
def test_marks_at_once(open_marked, marked):
    """Does a reader who studies alone get points, reasons, links into this site, and a total?"""
    page = open_marked("self-study")
    expect(said(page, "letters-dated")).to_contain_text("2 of 2 points")
    wrong = said(page, "days-until-the-record")
    expect(wrong).to_contain_text("0 of 2 points")
    expect(wrong).to_contain_text("3 is not right.")
    link = wrong.locator("a").first
    link.hover()
    where = address(marked("self-study"), "chapters/deng-1962.html#deng-1962-h2")
    assert link.get_attribute("href") == where
    last = said(page, "before-you-hand-in")
    expect(last).to_contain_text(
        re.compile(r"Marked here: 2 of \d+ points\. A person who reads your other answers gives")
    )
    expect(last).to_contain_text("quote at least three words")


@pytest.mark.long
def test_marks_after_the_word(open_marked):
    """Is an exercise of a course closed until the word is typed into the field or a cell, and open after?"""
    page = open_marked("course")
    first = said(page, "letters-dated")
    expect(first).to_contain_text("Read as 7 April 1962.")
    expect(page.locator(".jp-Notebook")).not_to_contain_text("of 2 points")
    assert page.get_by_label("Word", exact=True).count() == 1
    expect(said(page, "before-you-hand-in")).not_to_contain_text("Marked here")
    first.get_by_label("Word").fill("no such word")
    first.get_by_role("button", name="Open the marks").click()
    expect(first).to_contain_text("This word is not right for this notebook.")
    first.get_by_label("Word").fill(word_for(MARKED, way="course", secret=SECRET).upper())
    first.get_by_label("Word").press("Enter")
    expect(first).to_contain_text(f"The marks of {MARKED} are open. Run the checks again.")
    run_again(page, "letters-dated")
    expect(first).to_contain_text("2 of 2 points")


@pytest.mark.long
def test_word_in_a_cell(open_marked):
    """Does a word in a cell open the marks for a check that is run right after it?"""
    page = open_marked("course")
    word = word_for(MARKED, way="course", secret=SECRET)
    where = "answer-days-until-the-record"
    fill(
        page,
        number_of(where),
        f'from helpers.checks import open_marks\nopen_marks("{word}")\nanswer_days = 3',
    )
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    expect(said(page, where)).to_contain_text(f"The marks of {MARKED} are open.")
    expect(said(page, "days-until-the-record")).to_contain_text("0 of 2 points")


@pytest.mark.long
def test_damaged_file(open_marked):
    """Does a check say in one sentence that its file is damaged, and then give its reply without marks?"""
    page = open_marked("damaged")
    first = said(page, "letters-dated")
    expect(first).to_contain_text(f"{MARKED}{SUFFIX} is damaged. Load the page again.")
    expect(first).to_contain_text("Read as 7 April 1962.")


@pytest.mark.long
def test_marks_without_a_network(open_marked, reader):
    """Does a check report a missing network and how it read the answer, and mark once the network is back?"""
    page = open_marked("self-study", run=False)
    expect(page.locator(".jp-Toolbar-kernelName")).not_to_have_text("No Kernel")
    for name in ("set-up", "answer-letters-dated"):
        run_again(page, name)
    expect(said(page, "set-up")).to_contain_text("visited Deng Xiaoping")
    reader.set_offline(True)
    run_again(page, "letters-dated")
    first = said(page, "letters-dated")
    expect(first).to_contain_text(f"{MARKED}{SUFFIX} cannot be loaded. Check your connection.")
    expect(first).to_contain_text("Read as 7 April 1962.")
    reader.set_offline(False)
    run_again(page, "letters-dated")
    expect(first).to_contain_text("2 of 2 points")
