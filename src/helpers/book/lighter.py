"""What the theme gives to every page and hardly one needs is left out: a first visit loads a fifth of it.

- The script that draws the icons; the build sets them into the pages (:mod:`helpers.book.icons`).
- The index of the search, which the theme loads with every page for a list of hits while you type.  This book
  does not offer that list: its search is a page of its own, which has the index.
- Scripts of extensions for what is not on a page: tabs, folded boxes, buttons that copy code.

The scripts that stay run when the page is there, so that nobody waits for them to see it; but those of the
search, which its page calls at once.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from helpers.book.icons import draw_icons, read_shapes

_ICONS = Path("_static/scripts/fontawesome.js")
_ICONS_TAG = re.compile(r"\s*<(?:script|link)\b[^>]*fontawesome[^>]*>(?:</script>)?")
_LICENSE = "<!-- Icons: Font Awesome Free, CC BY 4.0, https://fontawesome.com/license/free -->"
_SEARCH_TAG = re.compile(r'\s*<script src="[^"]*\b(?:searchtools|language_data|searchindex)\.js"></script>')
# Without a choice of the reader the theme sets a mode that its own script then calls an error.
_MODE = ('localStorage.getItem("mode") || ""', 'localStorage.getItem("mode") || "auto"')
# One script has to run at once: lines in the page itself write into what it makes.
_WHEN_FOUND = re.compile(r'<script src="(?![^"]*\bdocumentation_options\.js)')
_NO_LIST_WHILE_TYPING = "DOCUMENTATION_OPTIONS.search_as_you_type = false"
# The name of a script, and what a page that needs it has in its text.
_NEEDED_FOR = {
    "clipboard.min.js": re.compile(r'class="highlight\b'),
    "copybutton.js": re.compile(r'class="highlight\b'),
    "design-tabs.js": re.compile(r'class="[^"]*\bsd-tab-set\b'),
    "togglebutton.js": re.compile(r'class="[^"]*(?<![\w-])(?:toggle|dropdown)(?![\w-])'),
}


def setup(app: Sphinx) -> None:
    """Leave out an extension's scripts before a page is written, and the theme's when all are."""
    app.connect("html-page-context", _leave_out_scripts, priority=900)  # after those that add them
    app.connect("build-finished", _lighten_pages)


def _leave_out_scripts(
    app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Keep of the extensions' scripts those that the page needs."""

    def is_needed(script: object) -> bool:
        name = (getattr(script, "filename", None) or "").rpartition("/")[2]
        return name not in _NEEDED_FOR or bool(_NEEDED_FOR[name].search(context.get("body", "")))

    context["script_files"] = [script for script in context["script_files"] if is_needed(script)]


def _lighten_pages(app: Sphinx, exception: Exception | None) -> None:
    """Take the theme's scripts from each page that was written now, and draw its icons.

    These scripts are in the theme's templates, which offer no place to leave them out.
    """
    out = Path(app.outdir)
    if exception or app.builder.format != "html" or not (out / _ICONS).is_file():
        return
    shapes = read_shapes((out / _ICONS).read_text(encoding="utf-8"))
    for path in out.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        lighter = _ICONS_TAG.sub("", text)
        # The theme leaves a template of its own among the static files.
        if lighter == text or "_static" in path.relative_to(out).parts:
            continue
        if _NO_LIST_WHILE_TYPING in text and path != out / "search.html":
            lighter = _WHEN_FOUND.sub('<script defer src="', _SEARCH_TAG.sub("", lighter))
        lighter = draw_icons(lighter.replace(*_MODE).replace("</head>", f"  {_LICENSE}\n</head>", 1), shapes)
        path.write_text(lighter, encoding="utf-8")
    for left_out in (_ICONS, _ICONS.with_suffix(".js.map")):  # the license stays
        (out / left_out).unlink(missing_ok=True)
