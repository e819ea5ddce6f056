"""What a first visit to each page of the built site loads: ``python -m benchmarks.site [FOLDER]``.

Every page is opened in a fresh Chromium over loopback, and what it asks for is counted: requests, bytes as a
host sends them that compresses text (gzip, level 6), and requests to other hosts; there should be none.
"""

import gzip
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import sync_playwright

from helpers.book.build.pdf import find_chromium

GOAL = 300_000
TEXT = {".html", ".css", ".js", ".svg", ".json", ".txt", ".map"}


class Pages(SimpleHTTPRequestHandler):
    """The files of the site, without a line for each request."""

    def log_message(self, *_args):
        pass


def sent(path: Path) -> int:
    """Return the bytes that a host sends for a file."""
    content = path.read_bytes()
    return len(gzip.compress(content, 6)) if path.suffix in TEXT else len(content)


def main() -> None:
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "_build/html")
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("chapters/*.html"))
    if not pages:
        sys.exit(f"{site} holds no built book; run `make site` first.")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=site))
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    print(f"{'page':44}{'requests':>9}{'kB compressed':>15}{'other hosts':>13}")
    worst = 0
    with sync_playwright() as playwright:
        program = find_chromium(playwright)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name in pages:
            asked: list[str] = []
            page = browser.new_context().new_page()
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(f"{address}/{name}", wait_until="networkidle")
            page.context.close()
            own = [url for url in asked if url.startswith(address)]
            others = [url for url in asked if not url.startswith((address, "data:"))]
            files = [site / url.removeprefix(f"{address}/").partition("?")[0] for url in own]
            size = sum(sent(path) for path in files if path.is_file())
            worst = max(worst, size)
            print(f"{name:44}{len(own):9}{size / 1000:15.1f}{len(others):13}")
        browser.close()
    print(f"\nthe heaviest page: {worst / 1000:.1f} kB, goal {GOAL / 1000:.0f} kB")


if __name__ == "__main__":
    main()
