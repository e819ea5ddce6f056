"""What a reader waits for in the browser, and what it weighs: ``python -m benchmarks.browser [FOLDER]``.

Two visits are made, each in a new profile of Chromium (cold), and again after it was closed (warm): to a
chapter, of which a cell is changed and run as soon as the page is there, and to an exercise.  Printed are the
medians of the seconds since the page was asked for, beside the goals; the seconds of processor time that
Chromium needed until then; and requests and megabytes, as hosts send them that compress text and WebAssembly.
Pyodide comes from the site (``make site PYODIDE=folder``), or from a copy of its CDN: see `benchmarks.hosts`.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from benchmarks.hosts import Host, make_certificate, mirror, point_to, serve
from helpers.book.build.pdf import find_chromium

CHAPTER = "chapters/first-python.html"
EXERCISE = "live/notebooks/index.html?path=deng-1962.ipynb"
# Seconds since the page was asked for, cold and warm.
GOALS = {
    "first output of a cell": (6, 2.5),
    "first frame of a cell": (9, 4),
    "exercise ready for typing": (10, 5),
}
WEIGHT = 25  # megabytes at the first visit; at the second, none
STAY = 20_000  # milliseconds, until what Python has compiled, and its memory, are kept for the next visit
PATIENCE = 180_000


def run_chapter(page: Page) -> Iterator[str]:
    """Run two cells of a chapter; yield what can be seen as soon as it can be."""
    page.get_by_role("button", name="Edit cell 1", exact=True).click()
    code, output = page.get_by_label("Code of cell 1", exact=True), page.locator("div.cell").first
    code.fill("'first' + ' output'")
    code.press("Shift+Enter")
    expect(output.locator(".output")).to_have_text("'first output'")
    yield "first output of a cell"
    code.fill("from helpers import load_paragraphs\n\nload_paragraphs().head()")
    code.press("Shift+Enter")
    output.locator(".output table").wait_for()
    yield "first frame of a cell"


def open_exercise(page: Page) -> Iterator[str]:
    """Type into an exercise and run a cell; yield what can be seen as soon as it can be."""
    code = page.locator(".jp-CodeCell .cm-content:not([aria-readonly=true])").first
    code.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("'first' + ' output'")
    expect(code).to_have_text("'first' + ' output'")
    yield "exercise ready for typing"
    page.keyboard.press("Control+Enter")
    page.locator(".jp-OutputArea-output", has_text="'first output'").first.wait_for()
    yield "first output of an exercise"
    code.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("from helpers import load_paragraphs\n\nload_paragraphs().head()")
    page.keyboard.press("Control+Enter")
    page.locator(".jp-OutputArea-output table").first.wait_for()
    yield "first frame of an exercise"


VISITS = {CHAPTER: run_chapter, EXERCISE: open_exercise}


def visit(context: BrowserContext, site: Host, path: str) -> dict[str, tuple[float, float]]:
    """Return the seconds and the processor time until each thing can be seen."""
    page = context.new_page()
    begun, used = time.monotonic(), processor_time()
    page.goto(f"http://127.0.0.1:{site.server_port}/repo/{path}", wait_until="commit")
    seen = {name: (time.monotonic() - begun, processor_time() - used) for name in VISITS[path](page)}
    page.wait_for_timeout(STAY)  # what is loaded while a student reads is weighed too
    return seen


def processor_time() -> float:
    """Return the seconds of processor time that Chromium has used."""
    used = 0.0
    for process in psutil.Process().children(recursive=True):
        if process.is_running() and "chrom" in process.name():
            used += sum(process.cpu_times()[:2])
    return used


@contextmanager
def open_hosts(folder: Path, work: Path) -> Iterator[tuple[list[Host], list[str]]]:
    """Yield the hosts of a site and, if it has no Pyodide, of its CDN, with Chromium's options for them."""
    with ExitStack() as stack:
        found = [stack.enter_context(serve(folder, "/repo"))]
        options = ["--no-sandbox"]
        if (folder / "live" / "python" / "pyodide.asm.wasm").is_file():
            options += point_to(None)
        elif mirror():
            certificate = make_certificate(work)
            found.append(stack.enter_context(serve(mirror(), "/pyodide", certificate=certificate)))
            options += point_to(found[1], certificate)
        else:
            print("Pyodide comes from its CDN and is not weighed: there is no copy of it here.")
        yield found, options


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("_build/html"))
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    if not (options.folder / "live").is_dir():
        parser.error(f"{options.folder} holds no live notebooks; run `make site` first.")
    expect.set_options(timeout=PATIENCE)
    seen: dict[tuple[str, int], list[tuple[float, float]]] = {}
    weighed: dict[tuple[str, int], list[tuple[int, float]]] = {}
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        hosts, arguments = stack.enter_context(open_hosts(options.folder.resolve(), work))
        playwright = stack.enter_context(sync_playwright())
        program = find_chromium(playwright)
        for path, n, warm in (
            (path, n, warm) for n in range(options.times) for path in VISITS for warm in (0, 1)
        ):
            profile = work / f"{n}-{path.split('/')[0]}"
            for host in hosts:
                host.forget()
            context = playwright.chromium.launch_persistent_context(
                profile, executable_path=program, args=arguments
            )
            context.set_default_timeout(PATIENCE)
            for name, measured in visit(context, hosts[0], path).items():
                seen.setdefault((name, warm), []).append(measured)
            context.close()
            requests, sent = sum(sum(host.asked.values()) for host in hosts), sum(host.sent for host in hosts)
            weighed.setdefault((path, warm), []).append((requests, sent / 1e6))
    report(seen, weighed)


def report(seen: dict, weighed: dict) -> None:
    """Print medians and goals."""
    print(f"{'medians, in seconds':32}{'cold':>7}{'goal':>6}{'CPU':>7}{'warm':>9}{'goal':>6}{'CPU':>7}")
    for name in dict.fromkeys(name for name, _ in seen):
        cells = ""
        for warm in (0, 1):
            wall, processor = (statistics.median(values) for values in zip(*seen[name, warm], strict=True))
            goal = GOALS[name][warm] if name in GOALS else ""
            cells += f"{wall:>{9 if warm else 7}.1f}{goal:>6}{processor:>7.1f}"
        print(f"{name:32}{cells}")
    print(f"\n{'megabytes (requests)':32}{'cold':>14}{'goal':>6}{'warm':>14}{'goal':>6}")
    for path in dict.fromkeys(path for path, _ in weighed):
        cells = ""
        for warm in (0, 1):
            requests, sent = (statistics.median(values) for values in zip(*weighed[path, warm], strict=True))
            cells += f"{f'{sent:.2f} ({requests:.0f})':>14}{0 if warm else WEIGHT:>6}"
        print(f"{path.split('?')[0]:32}{cells}")


if __name__ == "__main__":
    main()
