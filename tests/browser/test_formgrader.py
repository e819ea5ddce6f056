"""Can an instructor mark a paragraph by its rubric in nbgrader's formgrader, and is the total then right?"""

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

EXERCISES = Path(__file__).parents[2] / "exercises"
# By set: the answer that a person reads, what the student wrote, words of its rubric, and the points given.
READ_BY_A_PERSON = {
    "deng-1962": (
        "trust-the-record",
        'The ambassador says that Deng "expressed himself obscurely" (¶ 13).',
        "The ambassador's position, 1 point.",
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


def run(course, account, *command):
    ran = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=course,
        env=account(course.parent),
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory, account, needs_sandbox):
    """Return a course marked by our own program; what a person reads is not marked yet."""
    course = tmp_path_factory.mktemp("course") / "exercises"
    for slug, (answer, text, *_) in READ_BY_A_PERSON.items():
        shutil.copytree(EXERCISES / "source" / slug, course / "source" / slug)
        shutil.copy(EXERCISES / "nbgrader_config.py", course)
        run(course, account, "nbgrader", "generate_assignment", slug)
        nb = nbformat.read(course / "source" / slug / f"{slug}.ipynb", 4)
        next(cell for cell in nb.cells if cell.id == answer).source = text
        handed_in = course / "submitted" / "ada" / slug / f"{slug}.ipynb"
        handed_in.parent.mkdir(parents=True)
        nbformat.write(nb, handed_in)
        run(course, account, "helpers.grading.cli", "autograde", slug)
    return course


@pytest.fixture(scope="module")
def server(course, serve):
    """Return the address of a Jupyter server that runs in the course."""
    with serve(course) as address:
        yield address


@pytest.mark.parametrize("slug", READ_BY_A_PERSON)
def test_an_answer_is_marked(browser, server, course, account, slug):
    """Does the marker see the rubric beside the answer, and do the points reach both exports?"""
    answer, text, rubric, given = READ_BY_A_PERSON[slug]
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        before = gradebook.find_submission(slug, "ada").score
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{server}/formgrader/gradebook/{slug}/{slug}")
    page.get_by_role("link", name="Submission #1").click()
    page.wait_for_selector(f"#{answer}")
    shown = page.inner_text("#notebook")
    assert "Rubric" in shown and rubric in shown
    assert text.partition('"')[2][:25].strip('"') in shown
    # The page fills in the marks that there are before it takes new ones.
    page.wait_for_function("[...document.querySelectorAll('input.score')].some(i => i.placeholder !== '')")
    with page.expect_response(lambda r: "/api/grade/" in r.url and r.request.method == "PUT") as saved:
        page.fill(f"#{answer}", f"{given}")
        page.press(f"#{answer}", "Tab")
    assert saved.value.ok
    context.close()
    nb = nbformat.read(course / "source" / slug / f"{slug}.ipynb", 4)
    most = sum(c.metadata.get("nbgrader", {}).get("points", 0) for c in nb.cells)
    run(course, account, "nbgrader", "export")
    subprocess.run(
        [sys.executable, "-m", "helpers.grading.cli", "export", slug, "--partial", "--to", "ours.csv"],
        cwd=course, env=account(course.parent), check=False,
    )  # fmt: skip
    for name, known in (("grades.csv", "assignment"), ("ours.csv", "student_id")):
        with (course / name).open(newline="") as file:
            (row,) = [row for row in csv.DictReader(file) if row[known] in (slug, "ada")]
        assert float(row["max_score"]) == most
        assert float(row["score"]) == before + given
