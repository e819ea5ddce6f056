"""The built book, served on this machine, and a headless Chromium to read it with."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from benchmarks import hosts
from playwright.sync_api import expect, sync_playwright
from tests.quick import PATIENCE

from helpers.book.build.pdf import INSTALL, find_chromium
from helpers.book.live.pyodide import official_lock

REPOSITORY = Path(__file__).parents[2]
SITE = REPOSITORY / "_build" / "html"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
MISSING = f"NO CHROMIUM, SO THE BOOK WAS NOT TESTED IN A BROWSER. {INSTALL} Then run the tests again."
ADVICE = (
    "Name a folder with the files of Pyodide in PYODIDE_MIRROR: benchmarks/hosts.py says how it is laid out."
)
expect.set_options(timeout=PATIENCE)


class Pages(SimpleHTTPRequestHandler):
    """A server for the site that does not log requests."""

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="session")
def site_folder():
    """Return the folder of the built book, and build it first if necessary."""
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
def launch():
    """Return a function that starts a headless Chromium with some options more.

    Where there is no Chromium, continuous integration fails and others are told.
    """
    with sync_playwright() as playwright:
        program = find_chromium(playwright)
        if program is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
        yield lambda *options: _patient(
            playwright.chromium.launch(executable_path=program, args=["--no-sandbox", *QUIET, *options])
        )


def _patient(chromium):
    """Return a Chromium whose pages wait long enough for a busy machine."""
    new_context = chromium.new_context

    def new_patient_context(**options):
        context = new_context(**options)
        context.set_default_timeout(PATIENCE)
        return context

    chromium.new_context = new_patient_context
    return chromium


@pytest.fixture(scope="session")
def browser(launch):
    """Return a headless Chromium."""
    chromium = launch()
    yield chromium
    chromium.close()


@pytest.fixture
def open_page(browser, site):
    """Return a function that opens a page of the book; its options are those of a browser context."""
    contexts = []

    def open_(path, *, width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=site, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(path, wait_until="load")
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def find_violations():
    """Return a function that lists the violations of WCAG 2.2 A and AA that axe finds on a page or a part."""

    def find(page, part="html"):
        found = Axe().run(page, context=part, options={"runOnly": {"type": "tag", "values": WCAG}}).response
        # axe has run, and has checked colors too.
        assert len(found["passes"]) > 10 and "color-contrast" in {one["id"] for one in found["passes"]}
        return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]

    return find


# --- Python in the browser ---


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """Return the certificate of the server that replaces the CDN, or None if the CDN itself is used."""
    if hosts.mirror():
        return hosts.make_certificate(tmp_path_factory.mktemp("certificate"))
    asked = [sys.executable, "-c", "import sys, urllib.request; urllib.request.urlopen(sys.argv[1])"]
    try:
        subprocess.run(
            [*asked, f"{official_lock()['address']}pyodide.mjs"], timeout=4, check=True, capture_output=True
        )
    except subprocess.SubprocessError:
        pytest.skip(
            f"NO PYTHON FOR THE BROWSER, SO NO LIVE NOTEBOOK WAS TESTED: its CDN does not answer. {ADVICE}"
        )
    return None


@pytest.fixture(scope="session")
def hosted(site_folder):
    """Return the host of the site, like that of a project on GitHub Pages."""
    with hosts.serve(site_folder, "/repo") as host:
        yield host


@pytest.fixture(scope="session")
def reader(launch, certificate):
    """Return the context of a browser that keeps what a student saves."""
    if certificate is None:
        with a_context(launch) as context:
            yield context
        return
    cdn = hosts.serve(hosts.mirror(), "/pyodide", certificate=certificate)
    with cdn as host, a_context(launch, hosts.point_to(host, certificate)) as context:
        yield context


@contextmanager
def a_context(launch, options=()):
    browser = launch(*options)
    context = browser.new_context(viewport={"width": 1600, "height": 1000}, accept_downloads=True)
    yield context
    browser.close()


def address(host, path):
    return f"http://127.0.0.1:{host.server_port}/repo/{path}"


# --- Jupyter, without the settings and notebooks of the person who runs these tests ---


@pytest.fixture(scope="session")
def account():
    """Return a function that makes the environment of a fresh account with this Python's programs."""
    return environment


@pytest.fixture(scope="session")
def serve():
    """Return a context that serves a folder with Jupyter and yields its address."""
    return served_by_jupyter


def environment(home):
    """Return the environment of a fresh account whose home is `home`, with this Python's programs."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "IPYTHON"))}
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**kept, "HOME": str(home), "PATH": programs}


@contextmanager
def served_by_jupyter(folder, module="jupyter_server"):
    """Serve a folder, and yield the address; `module` is jupyter_server or jupyterlab."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [f"--port={port}", "--no-browser", "--allow-root", "--IdentityProvider.token="]
    home, log = folder.parent, folder.parent / "server.log"
    with log.open("w") as output:
        running = subprocess.Popen(
            [sys.executable, "-m", module, *options],
            cwd=folder,
            env=environment(home),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/api", running, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait()


def _wait(address, running, log):
    deadline = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            if running.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the server did not start:\n{log.read_text()}")
            time.sleep(0.1)
