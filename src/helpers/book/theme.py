"""What the book's theme gets from us: our own assets, and the addresses at which the book is published.

The theme's pages pass axe's tests for WCAG 2.2 A and AA as they are.  What those tests do not see is mended
in `theme.css` and in `_set_options`.
"""

import os
import zlib
from pathlib import Path

from docutils import nodes
from jupyter_cache import get_cache
from sphinx.application import Sphinx
from sphinx.config import Config

from helpers.book.nodes import edition, paragraph_link, practice_set, verdict_form
from helpers.book.search import PARAGRAPHS

STATIC = Path(__file__).parent / "static"
_FETCHED = ("quotations.js", "checker-panel.js", "checker.css")


def setup(app: Sphinx) -> None:
    """Add our assets to the book, and to each page those that it needs."""
    app.connect("config-inited", _set_options, priority=400)  # before the theme reads its options
    app.connect("builder-inited", _add_static)
    app.connect("html-page-context", _add_assets)
    app.connect("env-before-read-docs", _read_in_parallel)


def _set_options(app: Sphinx, config: Config) -> None:
    """Take the address of the book from BOOK_URL, and that of its repository from what GitHub's runners set.

    So a fork publishes under its own name without an edit; elsewhere the pages name neither.
    """
    if not config.html_baseurl:
        config.html_baseurl = os.environ.get("BOOK_URL", "")
    if config.html_theme != "sphinx_book_theme":
        return
    options = config.html_theme_options
    # One search button is enough: the base theme puts another into a bar that the book theme leaves empty.
    options.setdefault("navbar_persistent", [])
    server, repository = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_REPOSITORY")
    if server and repository and not options.get("repository_url"):
        options["repository_url"] = f"{server}/{repository}"
        options["repository_provider"] = "github"  # a company's own GitHub has another name
        options["use_repository_button"] = options["use_issues_button"] = True


def _read_in_parallel(app: Sphinx, *_: object) -> None:
    """Say of two extensions that Jupyter Book adds that they keep nobody from reading pages in parallel.

    One numbers sections when all pages have been read, the other writes LaTeX; neither says so itself.
    """
    for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        if extension := app.extensions.get(name):
            extension.parallel_read_safe = extension.parallel_write_safe = True
    # Two processes that begin at once would both make the cache of executed cells, and one would fail.
    if notebooks := getattr(app.env, "mystnb_config", None):
        get_cache(notebooks.execution_cache_path).db  # noqa: B018 (asking for it makes it)


def _add_static(app: Sphinx) -> None:
    app.config.html_static_path.append(str(STATIC))


def _add_assets(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    app.add_css_file("theme.css")
    app.add_css_file("chart.css")
    app.add_css_file("print.css", media="print")
    app.add_js_file("checker.js", loading_method="defer", **{"data-version": _version_of_checker(app)})
    if doctree is None:
        return
    if any(True for _ in doctree.findall(paragraph_link)) or any(True for _ in doctree.findall(edition)):
        app.add_css_file("edition.css")
    if any(True for _ in doctree.findall(edition)):
        app.add_js_file("edition.js", loading_method="defer")
    if any(True for _ in doctree.findall(verdict_form)):
        app.add_css_file("verdict.css")
        app.add_js_file("verdict.js", loading_method="defer")
    if any(True for _ in doctree.findall(practice_set)):
        app.add_css_file("practice.css")
        app.add_js_file("practice.js", loading_method="defer")
    if page == app.config.root_doc:
        app.add_css_file("landing.css")


def _version_of_checker(app: Sphinx) -> str:
    """Return a sum of what the checker of quotations fetches, so that no browser keeps an old part of it."""
    parts = [Path(app.outdir) / PARAGRAPHS, *(STATIC / name for name in _FETCHED)]
    return f"{zlib.crc32(b''.join(path.read_bytes() for path in parts if path.is_file())):08x}"
