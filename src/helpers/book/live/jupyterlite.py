"""Build the live book: a JupyterLite in the site, with every exercise and every chapter that has code.

It is built after the pages, from the notebooks that they made, as plain files in the folder ``live/`` of the
site, which work at any address.  It is built again only if one of its inputs has changed.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import altair
import vl_convert
from docutils import nodes
from sphinx.environment import BuildEnvironment

from helpers import load_documents
from helpers.book.live import pyodide
from helpers.book.live.pyodide import BROWSER, official_lock, package_files, write_python

FOLDER = "live"
_NOTE = "made-from.txt"
_KERNEL = "@jupyterlite/pyodide-kernel-extension"
_EXTENSIONS = [_KERNEL, "@jupyter-widgets/jupyterlab-manager"]
_APPS = ["notebooks", "tree"]
# Packages that the kernel would otherwise request from PyPI; they are present or not needed.
_TAKEN_CARE_OF = [
    "micropip",
    "piplite",
    "ssl",
    "sqlite3",
    "ipykernel",
    "comm",
    "pyodide_kernel",
    "jedi",
    "ipython",
]

_OVERRIDES = {
    # The whole notebook is on the page, so that it can be searched, printed and read aloud.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    # The bar of `bar.js` is in its place.
    "@jupyter-notebook/application-extension:top": {"visible": "no"},
}
# Buttons in the corner of a cell, one of which deletes it.
_DISABLED = ["@jupyterlab/cell-toolbar-extension:plugin"]

# The call with which a locked cell says something about the answers.
_CHECK = re.compile(r"^check(_notebook)?\(", re.MULTILINE)


class LiveError(Exception):
    """The live book cannot be built; the message says why and what to do."""


def address(page: str, name: str) -> str:
    """Return the address of a live notebook, relative to a page.

    Examples
    --------
    >>> address("chapters/deng-1962", "deng-1962.ipynb")
    '../live/notebooks/index.html?path=deng-1962.ipynb'
    """
    return f"{'../' * page.count('/')}{FOLDER}/notebooks/index.html?path={quote(name)}"


def button(page: str, name: str, label: str) -> nodes.paragraph:
    """Return the button that opens a live notebook, a link that exists only in HTML."""
    link = nodes.reference("", label, refuri=address(page, name), classes=["live-button"])
    return nodes.paragraph("", "", link, classes=["live"])


def offer(env: BuildEnvironment, name: str, notebook: str) -> Path:
    """Write a notebook, or a file for one, where :func:`build_live` looks for it, and return its path."""
    path = Path(env.doctreedir) / "notebooks" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebook, encoding="utf-8")
    return path


def build_live(site: Path, notebooks: Path, *, pyodide_folder: Path | None = None) -> bool:
    """Add the live book to a built site unless it is up to date, and return whether it was built.

    If there are no notebooks, nothing is built.

    Parameters
    ----------
    site
        The folder of the built book.
    notebooks
        The folder of the notebooks.  It has no subfolders, because JupyterLite would put their names before
        the name of a downloaded notebook, and marking looks for the name alone.
    pyodide_folder
        A folder with Pyodide's files, which are copied to the site; without it they come from Pyodide's CDN.

    Raises
    ------
    LiveError
        If JupyterLite cannot be built; the message contains its output.
    """
    out = site / FOLDER
    if not any(notebooks.glob("*.ipynb")):
        return False
    made_from = _fingerprint(notebooks, pyodide_folder)
    if (out / _NOTE).is_file() and (out / _NOTE).read_text() == made_from:
        return False
    if out.exists():  # JupyterLite forgets settings when it builds over an older build
        shutil.rmtree(out)
    _build_jupyterlite(out, notebooks)
    write_python(out / "python", libraries=_libraries(), kernel=_kernel_wheels(out), pyodide=pyodide_folder)
    (out / "python" / "vega.js").write_text(vega_script(), encoding="utf-8")
    _mend_pages(out)
    (out / _NOTE).write_text(made_from)
    return True


def vega_script() -> str:
    """Return the script that draws charts in pages: Vega, Vega-Lite and Vega-Embed in one file."""
    version = ".".join(altair.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=version)


def _build_jupyterlite(out: Path, notebooks: Path) -> None:
    """Build JupyterLite with two extensions and none of the others in this environment."""
    share = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    options = {
        "apps": _APPS,
        "contents": ["notebooks"],
        "federated_extensions": [str(share / name) for name in _EXTENSIONS],
        "ignore_sys_prefix": ["federated_extensions"],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "output_dir": str(out.resolve()),
    }
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        _fold_checks(notebooks, here / "notebooks")
        _write_json(here / "jupyter_lite_config.json", {"LiteBuildConfig": options})
        _write_json(here / "jupyter-lite.json", _settings())
        built = subprocess.run(
            [sys.executable, "-m", "jupyterlite_core", "build"],
            cwd=here,
            capture_output=True,
            text=True,
        )
    if built.returncode:
        raise LiveError(f"JupyterLite could not be built:\n{built.stdout}{built.stderr}")


def _fold_checks(notebooks: Path, out: Path) -> None:
    """Copy the notebooks, and fold the code of their checks, which nobody edits; a click opens it."""
    shutil.copytree(notebooks, out)
    for path in out.glob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in filter(_is_check, notebook["cells"]):
            cell["metadata"].setdefault("jupyter", {})["source_hidden"] = True
        _write_json(path, notebook)


def _is_check(cell: dict) -> bool:
    locked = cell["metadata"].get("nbgrader", {}).get("locked")
    return bool(locked and cell["cell_type"] == "code" and _CHECK.search("".join(cell["source"])))


def _settings() -> dict:
    kernel = {
        "pyodideUrl": "./python/python.js",
        "loadPyodideOptions": {"packages": _TAKEN_CARE_OF},
    }
    config = {
        "appName": "The Sino-Soviet Split",
        "appUrl": "./tree",
        "disabledExtensions": _DISABLED,
        "exposeAppInBrowser": True,  # for `bar.js`
        "litePluginSettings": {f"{_KERNEL}:kernel": kernel},
        "settingsOverrides": _OVERRIDES,
    }
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}


def _kernel_wheels(out: Path) -> dict[str, Path]:
    """Return the wheels that the kernel includes and needs, by name."""
    folder = out / "extensions" / _KERNEL / "static" / "pypi"
    return {
        name: next(folder.glob(f"{name.replace('-', '_')}-*.whl"))
        for name in ("piplite", "pyodide-kernel", "ipykernel")
    }


def _mend_pages(out: Path) -> None:
    """Set language and icon, and add the bar and the scripts of a notebook's page."""
    for name in ("page.js", "bar.js", "bar.css"):
        shutil.copy(BROWSER / name, out / "python")
    frame = load_documents(documents="all")
    documents = json.dumps(dict(zip(frame["url"], frame["document_id"], strict=True))).replace("<", "\\u003c")
    script = (
        '  <link rel="stylesheet" href="../python/bar.css">\n'
        f'  <script type="application/json" id="live-documents">{documents}</script>\n'
        '  <script src="../python/page.js" defer></script>\n'
        '  <script src="../python/bar.js" defer></script>\n'
    )
    for page in (out / "index.html", *out.glob("*/index.html")):
        up = os.path.relpath(out.parent, page.parent)
        # Without one a browser requests an icon from the root of the host, where there is none.
        head = f'  <link rel="icon" href="{up}/_static/favicon.svg">\n'
        if page.parent.name == "notebooks":
            head += script
        text = page.read_text(encoding="utf-8").replace("<html>", '<html lang="en">', 1)
        page.write_text(text.replace("</head>", f"{head}  </head>", 1), encoding="utf-8")


def _libraries() -> Path:
    """Return the folder in which `make site` installs the libraries for the browser."""
    return Path(sys.prefix) / "live"


def _fingerprint(notebooks: Path, pyodide_folder: Path | None) -> str:
    """Return one line for each input of the live book, so that you can see what changed."""
    files = {path.name: path for path in sorted(notebooks.iterdir())}
    files |= {path.name: path for path in sorted(BROWSER.iterdir())}
    files |= {path.name: path for path in (Path(__file__), Path(pyodide.__file__))}
    files |= package_files()
    files["libraries"] = _libraries() / "ready"
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}" for name, path in files.items()]
    lines += [
        f"{name} {version(name)}"
        for name in ("jupyterlite-core", "jupyterlite-pyodide-kernel", "jupyterlab-widgets")
    ]
    lines.append(f"Pyodide {official_lock()['info']['version']} from {pyodide_folder or 'its CDN'}")
    return "\n".join(lines) + "\n"


def _write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
