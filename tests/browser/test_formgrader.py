"""Can an instructor mark a paragraph by its rubric in nbgrader's formgrader, and is the total then right?"""

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

EXERCISES = Path(__file__).parents[2] / "exercises"
SLUG = "deng-1962"
PARAGRAPH = 'The ambassador says that Deng "expressed himself obscurely" (¶ 13).'

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def nbgrader(course, account, *command):
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command],
        cwd=course,
        env=account(course.parent),
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory, account):
    """Return a course in which one student has solved everything and written a paragraph of her own."""
    course = tmp_path_factory.mktemp("course") / "exercises"
    shutil.copytree(EXERCISES / "source" / SLUG, course / "source" / SLUG)
    shutil.copy(EXERCISES / "nbgrader_config.py", course)
    nbgrader(course, account, "generate_assignment", SLUG)
    nb = nbformat.read(course / "source" / SLUG / f"{SLUG}.ipynb", 4)
    next(cell for cell in nb.cells if cell.id == "trust-the-record").source = PARAGRAPH
    handed_in = course / "submitted" / "ada" / SLUG / f"{SLUG}.ipynb"
    handed_in.parent.mkdir(parents=True)
    nbformat.write(nb, handed_in)
    nbgrader(course, account, "autograde", SLUG)
    return course


@pytest.fixture(scope="module")
def server(course, serve):
    """Return the address of a Jupyter server that runs in the course."""
    with serve(course) as address:
        yield address


def test_a_paragraph_is_marked(browser, server, course, account):
    """Does the marker see the rubric beside the paragraph, and do two points reach the export?"""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{server}/formgrader/gradebook/{SLUG}/{SLUG}")
    page.get_by_role("link", name="Submission #1").click()
    page.wait_for_selector("#trust-the-record")
    shown = page.inner_text("#notebook")
    assert "Rubric" in shown and "The ambassador's position, 1 point." in shown
    assert "expressed himself obscurely" in shown
    # The page fills in the marks that there are before it takes new ones.
    page.wait_for_function("document.querySelector('#letters-dated').placeholder !== ''")
    with page.expect_response(lambda r: "/api/grade/" in r.url and r.request.method == "PUT") as saved:
        page.fill("#trust-the-record", "2")
        page.press("#trust-the-record", "Tab")
    assert saved.value.ok
    context.close()
    nbgrader(course, account, "export")
    with (course / "grades.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    nb = nbformat.read(course / "source" / SLUG / f"{SLUG}.ipynb", 4)
    points = {
        c.id: c.metadata.nbgrader.points for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade")
    }
    most = sum(points.values())
    assert float(row["max_score"]) == most
    assert float(row["score"]) == most - points["trust-the-record"] + 2
