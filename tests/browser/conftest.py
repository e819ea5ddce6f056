"""The built book, served on this machine, and a headless Chromium to read it with."""

import os
import shutil
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import sync_playwright

REPOSITORY = Path(__file__).parents[2]
SITE = REPOSITORY / "_build" / "html"
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
MISSING = (
    "NO CHROMIUM, SO THE BOOK WAS NOT TESTED IN A BROWSER. Install one and run the tests again "
    "(Debian, Ubuntu: apt install chromium; elsewhere: python -m playwright install chromium)."
)


class Pages(SimpleHTTPRequestHandler):
    """The files of the site, without a line for each request."""

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="session")
def site_folder():
    """Return the folder of the built book; it is built first if it is not there."""
    if not (SITE / "index.html").is_file():
        subprocess.run([sys.executable, "-m", "helpers.book", "build"], cwd=REPOSITORY, check=True)
    return SITE


@pytest.fixture(scope="session")
def site(site_folder):
    """Return the address of the built book."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=site_folder)) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser():
    """Return a headless Chromium.  Where there is none, continuous integration fails and others are told."""
    with sync_playwright() as playwright:
        installed = filter(None, [*map(shutil.which, NAMES), playwright.chromium.executable_path])
        program = next((path for path in installed if Path(path).exists()), None)
        if program is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", *QUIET])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, site):
    """Return a function that opens a page of the book; its options are those of a browser context."""
    contexts = []

    def open_(path, *, width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=site, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(path, wait_until="load")
        return page

    yield open_
    for context in contexts:
        context.close()
