"""Print the whole book as one PDF: the built pages, in order, joined into one and printed by Chromium.

The style sheet is the same one that prints single pages.  Links between pages become links inside the
document, and headings become its outline.
"""

import posixpath
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Playwright, sync_playwright
from sphinx_external_toc.parsing import parse_toc_yaml

from helpers.book.build.site import BookError

FILE = "the-sino-soviet-split.pdf"
INSTALL = (
    "Install one (Debian, Ubuntu: apt install chromium; elsewhere: python -m playwright install chromium)."
)
_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
# Attributes that refer to ids of elements without a # before them.
_REFERRING = ("for", "aria-describedby", "aria-labelledby", "aria-controls")
# Printed at the bottom of each page; Chromium does not apply the document's style sheet to it.
_FOOTER = """<div style="font: 8pt sans-serif; text-align: center; width: 100%">
<span class="pageNumber"></span></div>"""


def find_chromium(playwright: Playwright) -> str | None:
    """Return the path of Chromium or Chrome on this machine, or of the one that Playwright installed."""
    installed = filter(None, [*map(shutil.which, _NAMES), playwright.chromium.executable_path])
    return next((path for path in installed if Path(path).exists()), None)


def print_book(folder: Path, *, address: str = "") -> Path:
    """Print the built book in ``folder`` and return the path of the PDF in ``_build``.

    Parameters
    ----------
    folder
        The folder of the book.
    address
        The address of the published book.  Links to pages that are not in the PDF, such as live notebooks,
        lead there; without it they are plain text.

    Raises
    ------
    BookError
        If the book was not built, or there is no Chromium on this machine.

    Examples
    --------
    >>> print_book(Path("."))  # doctest: +SKIP
    PosixPath('_build/the-sino-soviet-split.pdf')
    """
    site = folder / "_build" / "html"
    if not (site / "index.html").is_file():
        raise BookError(f"{site.resolve()} contains no book yet; build it first with `make site`.")
    joined, out = folder / "_build" / "book.html", folder / "_build" / FILE
    joined.write_text(join_pages(site, page_names(folder), address=address), encoding="utf-8")
    with open_chromium() as browser:
        print_page(browser, joined, out, footer=_FOOTER)
    joined.unlink()
    return out


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Give a Chromium without a window; it is closed at the end.

    Raises
    ------
    BookError
        When there is no Chromium here.
    """
    with sync_playwright() as playwright:
        program = find_chromium(playwright)
        if program is None:
            raise BookError(f"Printing needs Chromium or Chrome, and neither was found. {INSTALL}")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def print_page(browser: Browser, source: Path, out: Path, *, paper: str = "A4", footer: str = "") -> None:
    """Print a page of HTML into a PDF with an outline and tags; no script of it runs.

    Parameters
    ----------
    browser
        An open Chromium.
    source, out
        The page, and the file to write.
    paper
        ``A4`` or ``Letter``; a size that the page's own style sheet gives goes before it.
    footer
        What Chromium prints below each page, as HTML with its own styles.
    """
    page = browser.new_page(java_script_enabled=False)
    page.goto(source.resolve().as_uri())
    page.pdf(
        path=out, format=paper, tagged=True, outline=True, prefer_css_page_size=True,
        display_header_footer=bool(footer), header_template="<span></span>", footer_template=footer,
    )  # fmt: skip
    page.close()


def page_names(folder: Path) -> list[str]:
    """Return the names of the book's pages in order, without suffix: ``chapters/the-split``."""
    toc = parse_toc_yaml(folder / "_toc.yml")
    found = []

    def walk(name: str) -> None:
        found.append(name)
        for child in toc[name].child_files():
            walk(child)

    walk(toc.root.docname)
    return found


def join_pages(site: Path, names: list[str], *, address: str = "") -> str:
    """Join the articles of several pages of a site into one page, to be saved next to the site's folder.

    Parameters
    ----------
    site
        The folder of the built book.
    names
        Its pages, in order and without suffix.
    address
        The address of the published book, or nothing.

    Examples
    --------
    >>> join_pages(Path("_build/html"), ["chapters/the-split"])[:15]  # doctest: +SKIP
    '<!DOCTYPE html>'
    """
    pages = {name: _read(site / f"{name}.html") for name in names}
    first = pages[names[0]]
    first.html["data-theme"] = first.html["data-mode"] = "light"
    for script in first.find_all("script"):
        script.decompose()
    _take_sheets(site, pages)
    articles = [_article(site, name, page, set(names), address) for name, page in pages.items()]
    first.body.clear()
    first.body.extend(articles)
    return str(first)


def _read(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def _take_sheets(site: Path, pages: dict[str, BeautifulSoup]) -> None:
    """Give the first page the style sheets of all pages, each once, and that of paper last."""
    head, found = next(iter(pages.values())).head, {}
    for name, page in pages.items():
        for sheet in page.head.find_all("link", rel="stylesheet"):
            sheet["href"] = _beside(site, name, sheet["href"])
            found.setdefault(urlsplit(sheet["href"]).path, sheet.extract())
    head.extend(sorted(found.values(), key=lambda sheet: sheet.get("media") == "print"))


def _article(site: Path, name: str, page: BeautifulSoup, names: set[str], address: str) -> Tag:
    """Return the article of a page, with the name of the page before each id."""
    article = page.select_one("article.bd-article")
    if key := article.select_one(".practice-key"):
        key.extend(answers.extract() for answers in article.select(".practice-answers"))
    for one in _with(article, "id"):
        one["id"] = _id(name, one["id"])
    for attribute in _REFERRING:
        for one in _with(article, attribute):
            one[attribute] = " ".join(_id(name, part) for part in one[attribute].split())
    for picture in _with(article, "src"):
        picture["src"] = _beside(site, name, picture["src"])
    for link in article.find_all("a", href=True):
        target = _target(name, link["href"], names, address)
        if target is None:
            link.name = "span"
            del link["href"]
        else:
            link["href"] = target
    for choice in article.find_all("input", attrs={"name": True}):
        choice["name"] = _id(name, choice["name"])  # otherwise the buttons of all pages would be one group
    wrapper = page.new_tag("section", attrs={"id": _id(name, ""), "class": "printed-page bd-main"})
    inner = page.new_tag("div", attrs={"class": "bd-content"})
    inner.append(article.extract())
    wrapper.append(inner)
    return wrapper


def _with(article: Tag, attribute: str) -> Iterator[Tag]:
    return iter(article.find_all(attrs={attribute: True}))


def _id(name: str, own: str) -> str:
    """Return the id that a place in a page, or the page itself, has in the joined page."""
    return f"{name.replace('/', '.')}..{own}" if own else name.replace("/", ".")


def _beside(site: Path, name: str, address: str) -> str:
    """Return the address of a file of the site, relative to the joined page."""
    if urlsplit(address).scheme or address.startswith("//"):
        return address
    return posixpath.join(site.name, posixpath.normpath(posixpath.join(posixpath.dirname(name), address)))


def _target(name: str, address: str, names: set[str], published: str) -> str | None:
    """Return the target of a link in the joined page, or None if it has none there."""
    if urlsplit(address).scheme:
        return address
    path, place = urldefrag(urljoin(f"{name}.html", address))
    other = path.removesuffix(".html")
    if other in names:
        return f"#{_id(other, place)}"
    return urljoin(f"{published.rstrip('/')}/", path + (f"#{place}" if place else "")) if published else None
