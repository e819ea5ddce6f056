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
MARKED = "deng-1962"
WORK, RUN = "Work on it in your browser", "Open this chapter as a notebook"

# A folded cell shows its number only beside its output.
ALL_RAN = """() => {
    const cells = [...document.querySelectorAll(".jp-CodeCell")];
    const prompts = cell => [...cell.querySelectorAll(".jp-InputPrompt, .jp-OutputPrompt")];
    return cells.length && cells.every(cell => prompts(cell).some(one => /\\[\\d+\\]/.test(one.textContent)));
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


def press(page, label):
    page.locator("#live-bar").get_by_role("button", name=label, exact=True).click()


def run_all(page):
    """Run every cell; fail if a cell raises an error or writes to stderr."""
    press(page, "Run all")
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


# --- the bar ---

KEPT_TOOLS = ["Save", "Run", "Run all", "Check my answers", "Download", "All tools"]
LINKS = ".jp-MarkdownOutput a[href]:not(.jp-InternalAnchorLink)"
EXPERTS = [".lm-MenuBar", ".jp-NotebookPanel-toolbar", "#top-panel-wrapper", ".jp-Notebook-footer"]


def strip(page):
    """Return the words that say how far Python is."""
    return page.locator("#live-state [role=status]")


def test_marked_in_three_clicks(reader, hosted):
    """Is an answer marked three clicks after the chapter, even if cells ran before there was a kernel?"""
    page = reader.new_page()
    page.goto(address(hosted, f"chapters/{MARKED}.html"))
    page.get_by_role("link", name=WORK).click()  # the first click
    expect(strip(page)).to_have_text(re.compile("Starting Python|Preparing Python"))
    page.wait_for_selector(".jp-Notebook .jp-CodeCell .cm-content")
    number = number_of("answer-letters-dated")
    fill(page, number, GIVEN["answer-letters-dated"])  # the second
    for _ in range(3):
        page.keyboard.press("Shift+Enter")
    press(page, "Check my answers")  # the third
    expect(said(page, "letters-dated")).to_contain_text("2 of 2 points")
    result = page.get_by_role("region", name="Your answers")
    expect(result).to_contain_text("From the talk to the record: not answered yet")
    expect(result).not_to_contain_text("Two letters")
    expect(strip(page)).to_have_text(re.compile(r"^1 of \d+ answers get all their points$"))
    assert page.locator(".jp-Dialog").count() == 0
    expect(said(page, "before-you-hand-in")).to_contain_text("Before you hand in")
    result.get_by_role("button", name="From the talk to the record").click()
    expect(
        page.locator(".jp-Notebook .jp-Cell").nth(number_of("question-days-until-the-record"))
    ).to_be_in_viewport()
    page.close()


@pytest.mark.long
def test_only_what_a_student_needs(open_by_button):
    """Are menus and tools of experts out of sight until they are asked for, and checks folded?"""
    page = open_by_button(MARKED, WORK)
    expect(page.locator("#live-bar button")).to_have_text(KEPT_TOOLS)
    for place in EXPERTS:
        expect(page.locator(place).first).to_be_hidden()
    page.locator(".jp-CodeCell .cm-content").first.click()
    expect(page.locator(".jp-cell-toolbar")).to_have_count(0)
    check = page.locator(".jp-Notebook .jp-Cell").nth(number_of("letters-dated"))
    expect(check.locator(".cm-content")).to_be_hidden()
    check.get_by_title(re.compile("Click to expand|expand", re.IGNORECASE)).or_(
        check.locator(".jp-Placeholder-contentContainer")
    ).first.click()
    expect(check.locator(".cm-content")).to_be_visible()
    press(page, "All tools")
    for place in (".lm-MenuBar", ".jp-NotebookPanel-toolbar"):
        expect(page.locator(place).first).to_be_visible()
    press(page, "All tools")
    expect(page.locator(".lm-MenuBar")).to_be_hidden()


@pytest.mark.long
@pytest.mark.parametrize("name", [f"{MARKED}.ipynb", "chapter-letters-and-people.ipynb"])
def test_back_to_the_book(name, reader, hosted):
    """Do the bar and every link to the book lead to pages of this site that exist?"""
    page = reader.new_page()
    page.goto(address(hosted, f"live/notebooks/index.html?path={name}"))
    page.wait_for_selector(LINKS)
    chapter = name.removeprefix("chapter-").removesuffix(".ipynb")
    bar = page.locator("#live-bar")
    back = bar.get_by_role("link", name="Back to the chapter")
    assert back.evaluate("link => link.href") == address(hosted, f"chapters/{chapter}.html")
    assert bar.get_by_role("link", name="The Sino-Soviet Split").evaluate("link => link.href") == address(
        hosted, ""
    )
    links = page.locator(LINKS)
    for link in links.all():
        link.dispatch_event("focusin")
    leading = links.evaluate_all("links => links.map(link => link.href)")
    inside = {href.split("#")[0] for href in leading if href.startswith(address(hosted, "chapters/"))}
    assert len(inside) >= 2
    for href in inside:
        assert page.request.get(href).ok, href
    link = page.locator(f"{LINKS}[href^='{address(hosted, 'chapters/')}']").last
    target = link.get_attribute("href")
    with page.context.expect_page() as opened:
        link.click()
    opened.value.wait_for_load_state()
    assert opened.value.url == target
    opened.value.close()
    page.close()


@pytest.mark.long
@pytest.mark.parametrize("options", [{}, {"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_bar_for_everyone(options, reader, hosted, find_violations):
    """Can the bar be used with the keyboard, at 320 px, with forced colors, and with a screen reader?"""
    page = reader.new_page()
    page.emulate_media(**options)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address(hosted, f"live/notebooks/index.html?path={MARKED}.ipynb"))
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.locator("#live-bar a").first.focus()
    names = []
    for _ in range(len(KEPT_TOOLS) + 2):
        names.append(page.evaluate("document.activeElement.textContent"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", names
        page.keyboard.press("Tab")
    assert names == ["", "Back to the chapter", *KEPT_TOOLS]
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    for part in page.locator("#live-bar :is(a, button, p)").all():
        box = part.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 320
        assert box["height"] >= 18
    assert find_violations(page, "#live-bar") == []
    page.close()


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
    press(page, "Check my answers")  # it saves before the last cell, which reads the saved notebook
    last = page.locator(".jp-CodeCell").last.locator(".jp-OutputArea")
    expect(last).to_contain_text("nothing is missing, and what you ran is saved")
    with page.expect_download() as download:
        press(page, "Download")
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


@pytest.mark.long
def test_alarm_names_the_cdn_only_if_it_is_used(launch, own_host):
    """Does the alarm of a site with a copy of Pyodide name no other host, and does the strip say it too?"""
    with a_context(launch, point_to(None)) as context:
        page = context.new_page()
        context.route("**/live/python/pyodide.asm*", lambda route: route.abort())
        page.goto(address(own_host, "live/notebooks/index.html?path=own.ipynb"))
        alarm = page.get_by_role("alert").filter(has_text="Python")
        expect(alarm).to_contain_text("Python cannot be loaded, so no cell will run.")
        expect(alarm).not_to_contain_text("network blocks")
        expect(strip(page)).to_have_text("Python cannot be loaded")


# --- marks in the browser ---

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
