"""The few icons that the pages use, in the place of a script that holds two thousand.

The theme ships Font Awesome as a script of one and a half megabytes, which draws every icon when a page has
been read.  The pages use about a dozen.  Their shapes are taken from that very script into a style sheet, and
the script is left out, so that a page is light and has its icons before any script has run.
"""

import re
import shutil
from pathlib import Path
from urllib.parse import quote

from sphinx.application import Sphinx

_SCRIPT = Path("_static/scripts/fontawesome.js")
_SHEET = Path("_static/icons.css")
_LEFT_OUT = (
    "_static/scripts/fontawesome.js",
    "_static/scripts/fontawesome.js.map",
)
_TAG = re.compile(r"\s*<(?:script|link)\b[^>]*fontawesome[^>]*>(?:</script>)?")
_USED = re.compile(r'class="([^"]*\bfa[srb]?\b[^"]*|[^"]*\bfa-[^"]*)"')
_SIZES = {"fa-solid", "fa-regular", "fa-brands", "fa-lg", "fa-fw", "fa-sm", "fa-xs"}
_HEAD = """\
/* The icons that are used, of Font Awesome Free (https://fontawesome.com/license/free; icons: CC BY 4.0). */
:is(.fa-solid, .fas),
:is(.fa-solid, .fas)::before {
  font-family: inherit;
}

:is(.fa-solid, .fas)::before {
  background-color: currentcolor;
  content: "";
  display: inline-block;
  height: 1em;
  mask: var(--icon) center / contain no-repeat;
  vertical-align: -0.125em;
}

.fa-lg {
  font-size: 1.25em;
}

@media (forced-colors: active) {
  :is(.fa-solid, .fas)::before {
    background-color: CanvasText;
    forced-color-adjust: none;
  }
}
"""


def setup(app: Sphinx) -> None:
    """Write the icons when all pages have been written."""
    app.connect("build-finished", _replace_script)


def _replace_script(app: Sphinx, exception: Exception | None) -> None:
    """Put the style sheet of the icons in the place of the script, in every page of HTML."""
    out = Path(app.outdir)
    if exception or app.builder.format != "html" or not (out / _SCRIPT).is_file():
        return
    # The theme leaves a template of its own among the static files.
    pages = sorted(page for page in out.rglob("*.html") if "_static" not in page.parts)
    names = sorted({name for page in pages for name in _icons(page.read_text(encoding="utf-8"))})
    script = (out / _SCRIPT).read_text(encoding="utf-8")
    (out / _SHEET).write_text(_HEAD + "".join(_rule(name, script) for name in names), encoding="utf-8")
    for page in pages:
        text = page.read_text(encoding="utf-8")
        depth = "../" * (len(page.relative_to(out).parts) - 1)
        sheet = f'\n  <link rel="stylesheet" href="{depth}{_SHEET.as_posix()}" />'
        lighter = _TAG.sub("", text)
        if lighter != text:
            page.write_text(lighter.replace("</head>", f"{sheet}\n</head>", 1), encoding="utf-8")
    for name in _LEFT_OUT:
        _remove(out / name)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _icons(html: str) -> set[str]:
    """Return the names of the icons that a page uses."""
    classes = {name for found in _USED.findall(html) for name in found.split()}
    return {name.removeprefix("fa-") for name in classes if name.startswith("fa-") and name not in _SIZES}


def _rule(name: str, script: str) -> str:
    """Return the style of one icon, with its shape from Font Awesome's script."""
    shape = re.compile(rf'[{{,]"?{re.escape(name)}"?:\[(\d+),(\d+),\[[^\]]*\],"[0-9a-f]+","([^"]+)"')
    found = shape.findall(script)
    if not found:
        raise ValueError(f"The theme's Font Awesome has no icon {name}; use another name.")
    width, height, path = found[-1]  # the solid one comes after the regular one
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'><path d='{path}'/></svg>"
    size = f"{int(width) / int(height):.4g}em"
    address = f"data:image/svg+xml,{quote(svg, safe=' =:/')}"
    return f'\n.fa-{name}::before {{\n  --icon: url("{address}");\n  width: {size};\n}}\n'
