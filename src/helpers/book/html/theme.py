"""Add our style sheets and scripts to the book's theme, and set the addresses of the published book.

The theme's pages pass axe's tests for WCAG 2.2 A and AA.  Problems that those tests do not find are corrected
in `theme.css` and in `_set_options`.
"""

import os
import zlib
from pathlib import Path

from docutils import nodes
from jupyter_cache import get_cache
from sphinx.application import Sphinx
from sphinx.config import Config

from helpers.book.domain.nodes import edition, paragraph_link, practice_set, verdict_form
from helpers.book.html.search import PARAGRAPHS

STATIC = Path(__file__).parent / "static"
_FETCHED = (
    *("quotations.js", "page-tools.js", "panel.css", "checker-panel.js", "checker.css"),
    *("notes.js", "notes-list.js", "notes.css"),
)


def setup(app: Sphinx) -> None:
    """Add our assets to the book, and to each page those that it needs."""
    app.connect("config-inited", _set_options, priority=400)  # before the theme reads its options
    app.connect("builder-inited", _add_static)
    app.connect("html-page-context", _add_assets)
    app.connect("env-before-read-docs", _read_in_parallel)


def _set_options(app: Sphinx, config: Config) -> None:
    """Take the book's address from BOOK_URL, and the repository's from the variables of GitHub's runners.

    A fork is therefore published under its own name without an edit; elsewhere the pages name neither.
    """
    if not config.html_baseurl:
        config.html_baseurl = os.environ.get("BOOK_URL", "")
    if config.html_theme != "sphinx_book_theme":
        return
    options = config.html_theme_options
    # One search button is enough; the base theme adds another to a bar that the book theme leaves empty.
    options.setdefault("navbar_persistent", [])
    server, repository = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_REPOSITORY")
    if server and repository and not options.get("repository_url"):
        options["repository_url"] = f"{server}/{repository}"
        options["repository_provider"] = "github"  # GitHub Enterprise servers have other names
        options["use_repository_button"] = options["use_issues_button"] = True


def _read_in_parallel(app: Sphinx, *_: object) -> None:
    """Declare that two extensions of Jupyter Book allow pages to be read in parallel.

    One numbers sections after all pages have been read, and the other writes LaTeX; neither declares it.
    """
    for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        if extension := app.extensions.get(name):
            extension.parallel_read_safe = extension.parallel_write_safe = True
    # Two processes that start together would both create the cache of executed cells, and one would fail.
    if notebooks := getattr(app.env, "mystnb_config", None):
        get_cache(notebooks.execution_cache_path).db  # noqa: B018 (asking for it makes it)


def _add_static(app: Sphinx) -> None:
    app.config.html_static_path.append(str(STATIC))


def _add_assets(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    app.add_css_file("theme.css")
    app.add_css_file("chart.css")
    app.add_css_file("print.css", media="print")
    app.add_js_file("checker.js", loading_method="defer", **{"data-version": _version_of_fetched(app)})
    if doctree is None:
        return
    if any(True for _ in doctree.findall(paragraph_link)) or any(True for _ in doctree.findall(edition)):
        app.add_css_file("edition.css")
    if any(True for _ in doctree.findall(edition)):
        app.add_js_file("page-tools.js", loading_method="defer")
        app.add_js_file("edition.js", loading_method="defer")
        app.add_js_file("paragraph-menu.js", loading_method="defer")
    if any(True for _ in doctree.findall(verdict_form)):
        app.add_css_file("verdict.css")
        app.add_js_file("verdict.js", loading_method="defer")
    if any(True for _ in doctree.findall(practice_set)):
        app.add_css_file("practice.css")
        app.add_js_file("practice.js", loading_method="defer")
    if any("data-explorer=" in raw.astext() for raw in doctree.findall(nodes.raw)):
        app.add_css_file("explorers.css")
        app.add_js_file("page-tools.js", loading_method="defer")
        app.add_js_file("explorers.js", loading_method="defer")
    if any("tag_two-columns" in part["classes"] for part in doctree.findall(nodes.container)):
        app.add_js_file("compare.js", loading_method="defer")
    if page == app.config.root_doc:
        app.add_css_file("landing.css")


def _version_of_fetched(app: Sphinx) -> str:
    """Return a checksum of the files that scripts fetch at first use, so that no browser keeps an old one."""
    parts = [Path(app.outdir) / PARAGRAPHS, *(STATIC / name for name in _FETCHED)]
    return f"{zlib.crc32(b''.join(path.read_bytes() for path in parts if path.is_file())):08x}"
