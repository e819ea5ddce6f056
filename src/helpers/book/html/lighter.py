"""Remove what the theme adds to every page but few pages need; a first visit then loads a fifth as much.

- The script that draws the icons, because the build draws them (:mod:`helpers.book.html.icons`).
- The search index, which the theme loads with every page to list hits while you type.  This book does not
  offer that list; it has a separate search page, which loads the index.
- Scripts of extensions for elements that are not on a page: tabs, folded boxes, buttons that copy code.

The other scripts run after the page is displayed, except those of the search page, which needs them at once.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from helpers.book.html.icons import draw_icons, read_shapes

_ICONS = Path("_static/scripts/fontawesome.js")
_ICONS_TAG = re.compile(r"\s*<(?:script|link)\b[^>]*fontawesome[^>]*>(?:</script>)?")
_LICENSE = "<!-- Icons: Font Awesome Free, CC BY 4.0, https://fontawesome.com/license/free -->"
_SEARCH_TAG = re.compile(r'\s*<script src="[^"]*\b(?:searchtools|language_data|searchindex)\.js"></script>')
# If the reader has not chosen a mode, the theme sets one that its own script reports as an error.
_MODE = ('localStorage.getItem("mode") || ""', 'localStorage.getItem("mode") || "auto"')
# One script must run at once, because lines in the page write into the object that it makes.
_WHEN_FOUND = re.compile(r'<script src="(?![^"]*\bdocumentation_options\.js)')
_NO_LIST_WHILE_TYPING = "DOCUMENTATION_OPTIONS.search_as_you_type = false"
# The name of a script, and the text by which a page that needs it is recognized.
_NEEDED_FOR = {
    "clipboard.min.js": re.compile(r'class="highlight\b'),
    "copybutton.js": re.compile(r'class="highlight\b'),
    "design-tabs.js": re.compile(r'class="[^"]*\bsd-tab-set\b'),
    "togglebutton.js": re.compile(r'class="[^"]*(?<![\w-])(?:toggle|dropdown)(?![\w-])'),
}


def setup(app: Sphinx) -> None:
    """Remove the extensions' scripts before a page is written, and the theme's after all are written."""
    app.connect("html-page-context", _leave_out_scripts, priority=900)  # after those that add them
    app.connect("build-finished", _lighten_pages)


def _leave_out_scripts(
    app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Keep only those of the extensions' scripts that the page needs."""

    def is_needed(script: object) -> bool:
        name = (getattr(script, "filename", None) or "").rpartition("/")[2]
        return name not in _NEEDED_FOR or bool(_NEEDED_FOR[name].search(context.get("body", "")))

    context["script_files"] = [script for script in context["script_files"] if is_needed(script)]


def _lighten_pages(app: Sphinx, exception: Exception | None) -> None:
    """Remove the theme's scripts from each page that was just written, and draw its icons.

    The scripts are in the theme's templates, which have no option to leave them out.
    """
    out = Path(app.outdir)
    if exception or app.builder.format != "html" or not (out / _ICONS).is_file():
        return
    shapes = read_shapes((out / _ICONS).read_text(encoding="utf-8"))
    for path in out.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        lighter = _ICONS_TAG.sub("", text)
        # The theme leaves one of its templates among the static files.
        if lighter == text or "_static" in path.relative_to(out).parts:
            continue
        if _NO_LIST_WHILE_TYPING in text and path != out / "search.html":
            lighter = _WHEN_FOUND.sub('<script defer src="', _SEARCH_TAG.sub("", lighter))
        lighter = draw_icons(lighter.replace(*_MODE).replace("</head>", f"  {_LICENSE}\n</head>", 1), shapes)
        path.write_text(lighter, encoding="utf-8")
    for left_out in (_ICONS, _ICONS.with_suffix(".js.map")):  # the license stays
        (out / left_out).unlink(missing_ok=True)
