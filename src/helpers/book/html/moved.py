"""Keep old addresses working with redirects from the file ``chapters/moved.yml``.

Each line has an old place and a new one: ``the-split#ideology: four-explanations#ideology``.  For a page that
is gone, the build writes a page that redirects.  Browsers do not send the part of an address after ``#``, so
for a section a script on its old page redirects, unless the page still has an anchor of that name.
"""

import json
from html import escape
from pathlib import Path

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

logger = logging.getLogger(__name__)

FILE = Path("chapters") / "moved.yml"
_SCRIPT = """addEventListener("DOMContentLoaded", function () {
  const moved = %s;
  function lead() {
    const place = decodeURIComponent(location.hash.slice(1));
    if (Object.hasOwn(moved, place) && !document.getElementById(place)) location.replace(moved[place]);
  }
  addEventListener("hashchange", lead);
  lead();
});"""
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<title>This page has moved</title>
<meta http-equiv="refresh" content="0; url={0}" />
<meta name="robots" content="noindex" />
</head>
<body><main><h1>This page has moved</h1><p>It is now <a href="{0}">at a new address</a>.</p></main></body>
</html>
"""


def setup(app: Sphinx) -> None:
    """Add the script to pages that lost a section, and write a page for each page that is gone."""
    app.connect("env-check-consistency", _check)
    app.connect("html-page-context", _add_script)
    app.connect("build-finished", _write_pages)


def read_moves(path: Path) -> dict[str, str]:
    """Return the new place of each old one, or nothing if there is no such file."""
    return (yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.is_file() else {}


def _moves(app: Sphinx) -> dict[str, str]:
    """Return the moves with the folder of the file before each place."""
    folder = f"{FILE.parent}/"
    return {folder + old: folder + new for old, new in read_moves(Path(app.srcdir) / FILE).items()}


def _check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn about a new page that does not exist."""
    for new in _moves(app).values():
        if (page := new.partition("#")[0]) not in env.found_docs:
            logger.warning("%s: there is no page %s", FILE, page, type="helpers", subtype="moved")


def _add_script(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    places = {
        old.partition("#")[2]: _address(app, page, new)
        for old, new in _moves(app).items()
        if old.startswith(f"{page}#") and new.partition("#")[0] in app.env.found_docs
    }
    if doctree is not None and places:
        app.add_js_file(None, body=_SCRIPT % json.dumps(places).replace("</", "<\\/"))


def _write_pages(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    for old, new in _moves(app).items():
        if "#" not in old and old not in app.env.found_docs:
            path = Path(app.outdir) / app.builder.get_target_uri(old)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_PAGE.format(escape(_address(app, old, new))), encoding="utf-8")


def _address(app: Sphinx, page: str, place: str) -> str:
    new, _, section = place.partition("#")
    return app.builder.get_relative_uri(page, new) + (f"#{section}" if section else "")
