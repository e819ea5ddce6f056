"""What a student waits for in the browser, and what it weighs: ``python -m benchmarks.browser [FOLDER]``.

A notebook with two cells, of which the second shows the first rows of the paragraphs, is opened in a fresh
Chromium over loopback (cold), and then once more in the same one (warm).  Printed are requests and megabytes
as hosts send them that compress text and WebAssembly, and the seconds to the interface, to the first output
(of a cell without pandas) and to the first frame.  Pyodide comes from a copy of its CDN where there is one:
see `benchmarks.hosts`.
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import nbformat
from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks.hosts import Host, make_certificate, mirror, point_to, serve
from helpers.book.build.pdf import find_chromium

TIMES = 3
GOALS = {"cold": 12, "warm": 6}
WEIGHT = 25
STAY = 12_000  # milliseconds, until what Python has compiled is kept for the next visit
NAME = "benchmark.ipynb"
CELLS = ["print('first output')", "from helpers import load_paragraphs\n\nload_paragraphs().head()"]


def add_notebook(site: Path) -> None:
    """Put the notebook into a copy of a site, so that JupyterLite finds it."""
    cells = [nbformat.v4.new_code_cell(code, id=f"c{n}") for n, code in enumerate(CELLS)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
    nbformat.write(notebook, site / "live" / "files" / NAME)
    listing = site / "live" / "api" / "contents" / "all.json"
    contents = json.loads(listing.read_text())
    contents["content"].append({**contents["content"][0], "name": NAME, "path": NAME})
    listing.write_text(json.dumps(contents))


def visit(context: BrowserContext, site: Host) -> tuple[float, float, float]:
    """Return the seconds to the interface, the first output and the first frame."""
    page = context.new_page()
    page.set_default_timeout(180_000)
    start = time.monotonic()
    page.goto(f"http://127.0.0.1:{site.server_port}/repo/live/notebooks/index.html?path={NAME}")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    interface = time.monotonic() - start
    # For a moment a notebook has no kernel, and what is run then is lost.
    page.wait_for_selector(".jp-Toolbar-kernelName:not(:has-text('No Kernel'))")
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
    page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
    page.wait_for_selector(".jp-OutputArea-output")
    output = time.monotonic() - start
    page.wait_for_selector(".jp-OutputArea-output table")
    frame = time.monotonic() - start
    page.wait_for_timeout(STAY)  # what is loaded while a student reads is weighed too
    page.close()
    return interface, output, frame


def report(kind: str, runs: list[tuple[float, ...]], hosts: list[Host]) -> None:
    """Print the medians of some visits and what the last one weighed."""
    interface, output, frame = (statistics.median(values) for values in zip(*runs, strict=True))
    requests, megabytes = (
        sum(sum(host.asked.values()) for host in hosts),
        sum(host.sent for host in hosts) / 1e6,
    )
    print(
        f"{kind:6}{requests:>9}{megabytes:>8.1f}{interface:>11.1f}{output:>14.1f}{frame:>13.1f}"
        f"  (goal {GOALS[kind]})"
    )


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "_build/html")
    if not (folder / "live").is_dir():
        sys.exit(f"{folder} holds no live notebooks; run `make site` first.")
    print(f"{'':6}{'requests':>9}{'MB':>8}{'interface':>11}{'first output':>14}{'first frame':>13}")
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        site = Path(shutil.copytree(folder, work / "site"))
        add_notebook(site)
        hosts = [stack.enter_context(serve(site, "/repo"))]
        options = ["--no-sandbox"]
        if mirror():
            certificate = make_certificate(work)
            hosts.append(stack.enter_context(serve(mirror(), "/pyodide", certificate=certificate)))
            options += point_to(hosts[1], certificate)
        playwright = stack.enter_context(sync_playwright())
        program = find_chromium(playwright)
        runs: dict[str, list[tuple[float, ...]]] = {"cold": [], "warm": []}
        for _ in range(TIMES):
            browser = playwright.chromium.launch(executable_path=program, args=options)
            context = browser.new_context()
            for kind, seconds in runs.items():
                for host in hosts:
                    host.forget()
                seconds.append(visit(context, hosts[0]))
                if len(seconds) == TIMES:
                    report(kind, seconds, hosts)
            browser.close()
    print(f"\nMegabytes and requests are those of the last visit; the goal is {WEIGHT} MB at most.")
    if not mirror():
        print("Pyodide came from its CDN and is not counted: there is no copy of it here.")


if __name__ == "__main__":
    main()
