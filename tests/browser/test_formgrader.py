"""Can an instructor mark a paragraph by its rubric in nbgrader's formgrader, and is the total then right?"""

import csv
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

EXERCISES = Path(__file__).parents[2] / "exercises"
SLUG = "deng-1962"
PARAGRAPH = 'The ambassador says that Deng "expressed himself obscurely" (¶ 13).'

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def environment(home):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "IPYTHON"))}
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**kept, "HOME": str(home), "PATH": programs}


def nbgrader(course, *command):
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command],
        cwd=course,
        env=environment(course.parent),
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course in which one student has solved everything and written a paragraph of her own."""
    course = tmp_path_factory.mktemp("course") / "exercises"
    shutil.copytree(EXERCISES / "source" / SLUG, course / "source" / SLUG)
    shutil.copy(EXERCISES / "nbgrader_config.py", course)
    nbgrader(course, "generate_assignment", SLUG)
    nb = nbformat.read(course / "source" / SLUG / f"{SLUG}.ipynb", 4)
    next(cell for cell in nb.cells if cell.id == "trust-the-record").source = PARAGRAPH
    handed_in = course / "submitted" / "ada" / SLUG / f"{SLUG}.ipynb"
    handed_in.parent.mkdir(parents=True)
    nbformat.write(nb, handed_in)
    nbgrader(course, "autograde", SLUG)
    return course


@pytest.fixture(scope="module")
def server(course):
    """Return the address of a Jupyter server that runs in the course."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [f"--port={port}", "--no-browser", "--allow-root", "--IdentityProvider.token="]
    log = (course.parent / "server.log").open("w")
    running = subprocess.Popen(
        [sys.executable, "-m", "jupyter_server", *options],
        cwd=course,
        env=environment(course.parent),
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{address}/api", timeout=5).close()
            break
        except OSError:
            if running.poll() is not None or time.monotonic() > deadline:
                running.kill()
                pytest.fail(f"the server did not start:\n{(course.parent / 'server.log').read_text()}")
            time.sleep(0.1)
    yield address
    running.terminate()
    running.wait()
    log.close()


def test_a_paragraph_is_marked(browser, server, course):
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
    nbgrader(course, "export")
    with (course / "grades.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    nb = nbformat.read(course / "source" / SLUG / f"{SLUG}.ipynb", 4)
    points = {
        c.id: c.metadata.nbgrader.points for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade")
    }
    most = sum(points.values())
    assert float(row["max_score"]) == most
    assert float(row["score"]) == most - points["trust-the-record"] + 2
