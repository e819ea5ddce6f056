"""Can an instructor grade in nbgrader's Formgrader, with the right total, whatever a class hands in?"""

import csv
import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from tests import payloads, programs
from tests.quick import asked, sample

EXERCISES = Path(__file__).parents[2] / "exercises"
# By set: the answer graded by hand, the student's text, words of its rubric, and the points given.
READ_BY_A_PERSON = {
    "deng-1962": (
        "chinese-note",
        'The ambassador says that Deng "expressed himself obscurely" (¶ 13).',
        "A Chinese note, 1 point.",
        2,
    ),
    "what-two-documents-can-show": (
        "argument",
        'answer_argument = """Both papers show what their writers wished to be read (mao-1963-h4)."""',
        "Evidence and warrant, 2 points.",
        4.5,
    ),
}

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def run(course, account, *command, codes=(0,)):
    programs.run(*command, cwd=course, env=account(course.parent), codes=codes)


@pytest.fixture(scope="module")
def course(request, tmp_path_factory, account, needs_sandbox):
    """Return a course graded by our program, in which the answers graded by hand are still open."""
    course = tmp_path_factory.mktemp("course") / "exercises"
    for slug in {"deng-1962", *asked(request, "slug")}:
        answer, text, *_ = READ_BY_A_PERSON[slug]
        shutil.copytree(EXERCISES / "source" / slug, course / "source" / slug)
        shutil.copy(EXERCISES / "nbgrader_config.py", course)
        run(course, account, "nbgrader", "generate_assignment", slug)
        nb = nbformat.read(course / "source" / slug / f"{slug}.ipynb", 4)
        next(cell for cell in nb.cells if cell.id == answer).source = text
        handed_in = course / "submitted" / "ada" / slug / f"{slug}.ipynb"
        handed_in.parent.mkdir(parents=True)
        nbformat.write(nb, handed_in)
        if slug == "deng-1962":
            _hand_in_payloads(course, slug, nb)
        run(course, account, "coursework", "autograde", slug)
    return course


def _hand_in_payloads(course, slug, notebook):
    for student, made in payloads.write_into(notebook, "chinese-note").items():
        folder = course / "submitted" / student / slug
        folder.mkdir(parents=True)
        (folder / f"{slug}.ipynb").write_text(json.dumps(made))
        for name, content in payloads.FILES.items():
            (folder / name).write_bytes(content)


@pytest.fixture(scope="module")
def server(course, serve):
    """Return the address of a Jupyter server that runs in the course."""
    with serve(course) as address:
        yield address


@pytest.mark.parametrize("slug", sample(READ_BY_A_PERSON, "deng-1962"))
@pytest.mark.long
def test_an_answer_is_marked(browser, server, course, account, slug):
    """Does the grader see the rubric next to the answer, and do the points reach both exports?"""
    answer, text, rubric, given = READ_BY_A_PERSON[slug]
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        before = gradebook.find_submission(slug, "ada").score
        own = gradebook.find_submission_notebook(slug, slug, "ada").id
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{server}/formgrader/gradebook/{slug}/{slug}")
    page.locator(f"a.name-hidden[href$='{own}']").click()
    page.wait_for_selector(f"#{answer}")
    shown = page.inner_text("#notebook")
    assert "For markers" in shown and rubric in shown
    assert text.partition('"')[2][:25].strip('"') in shown
    # The page fills in the existing marks before it accepts new ones.
    page.wait_for_function("[...document.querySelectorAll('input.score')].some(i => i.placeholder !== '')")
    with page.expect_response(lambda r: "/api/grade/" in r.url and r.request.method == "PUT") as saved:
        page.fill(f"#{answer}", f"{given}")
        page.press(f"#{answer}", "Tab")
    assert saved.value.ok
    context.close()
    nb = nbformat.read(course / "source" / slug / f"{slug}.ipynb", 4)
    most = sum(c.metadata.get("nbgrader", {}).get("points", 0) for c in nb.cells)
    run(course, account, "nbgrader", "export")
    run(course, account, "coursework", "export", slug, "--partial", "--to", "ours.csv", codes=(0, 1))
    for name in ("grades.csv", "ours.csv"):
        with (course / name).open(newline="", encoding="utf-8-sig") as file:
            rows = [row for row in csv.DictReader(file) if row.get("assignment", slug) == slug]
        (row,) = [row for row in rows if row["student_id"] == "ada"]
        assert float(row["max_score"]) == most
        assert float(row["score"]) == before + given


# Apart from text, the page of a submission may contain only its own controls and pictures.
_ACTIVE = """() => [...document.querySelectorAll('#notebook *')].filter(one =>
    /^(script|style|iframe|frame|object|embed|link|meta|base|form|svg|math|video|audio|template|plaintext)$/i
        .test(one.tagName)
    || [...one.attributes].some(a => /^on/i.test(a.name) || a.name === 'srcdoc' || a.name === 'data-link')
    || (one.hasAttribute('src') && !/^data:image\\/(png|jpeg|gif);base64,/.test(one.getAttribute('src')))
    || (one.hasAttribute('href') && !/^(https?:|mailto:|#)/.test(one.getAttribute('href')))
    || /url\\(|@import|image-set/.test(one.getAttribute('style') || '')
).map(one => one.outerHTML.slice(0, 200))"""
_MATHJAX = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/"


@pytest.fixture(scope="module")
def watched(browser):
    """Return a browser context, and a list of the requests and errors of its pages that should not occur."""
    context, seen = browser.new_context(viewport={"width": 1280, "height": 900}), []

    def ask(route):
        address = route.request.url
        if address.startswith("file:"):
            route.continue_()
        elif (
            address.startswith(_MATHJAX) or "pwned" in address or not address.startswith("http://127.0.0.1:")
        ):
            seen.extend([] if address.startswith(_MATHJAX) else [address])
            route.abort()
        else:
            seen.extend(
                [f"PUT {address}"] if route.request.method == "PUT" and "/contents" in address else []
            )
            route.continue_()

    context.route("**/*", ask)
    context.on("dialog", lambda dialog: seen.append(dialog.message))
    yield context, seen
    context.close()


@pytest.mark.parametrize("student", ["mallory", "oscar"])
def test_nothing_of_a_student_is_active(watched, server, course, student):
    """Are a student's scripts, requests and writes blocked, and can the answer still be graded?"""
    context, seen = watched
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        notebook = gradebook.find_submission_notebook("deng-1962", "deng-1962", student)
        address = f"{server}/formgrader/submissions/{notebook.id}/"
    page = context.new_page()
    assert page.goto(address).ok
    page.wait_for_function("[...document.querySelectorAll('input.score')].some(i => i.placeholder !== '')")
    assert page.evaluate(_ACTIVE) == []
    assert "99 of 99 points" not in [one.inner_text() for one in page.query_selector_all(".mark")]
    # The instructor's fields exist once, and work.
    field = page.locator("[id='chinese-note']")
    assert field.count() == 1
    with page.expect_response(lambda r: "/api/grade/" in r.url and r.request.method == "PUT") as saved:
        field.fill("1.5")
        field.press("Tab")
    assert saved.value.ok
    comment = page.locator("[id='chinese-note-comment']")
    with page.expect_response(lambda r: "/api/comment/" in r.url and r.request.method == "PUT") as saved:
        comment.fill("Well argued.")
        comment.press("Tab")
    assert saved.value.ok
    # The content of a student's file, which would appear if a link led there.
    for name in payloads.FILES:
        answer = page.request.get(f"{address}{name}")
        assert not answer.ok or not {"html", "xml"} & set(answer.headers["content-type"].split("/")), name
    page.close()
    assert seen == []
    assert not list(course.rglob("PWNED*"))


def test_nothing_of_a_student_is_active_in_pages(watched, course, account):
    """Is the same true of the feedback of these students, and of the report on the class?"""
    context, seen = watched
    run(course, account, "coursework", "feedback", "deng-1962")
    run(course, account, "coursework", "report", "deng-1962", codes=(0, 1))
    pages = [course / f"feedback/{one}/deng-1962/deng-1962.html" for one in ("mallory", "oscar")]
    pages += list((course / "report").rglob("*.html"))
    assert len(pages) == 3
    page = context.new_page()
    for path in pages:
        assert path.stat().st_size < 500_000, path
        page.goto(path.as_uri())
        assert page.evaluate(_ACTIVE.replace("#notebook *", "main *").replace("svg|", "")) == []
    page.close()
    assert [one for one in seen if not one.startswith("file:")] == []
