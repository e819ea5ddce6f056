"""Is the live book made from what it should be, once, and into a site that works at any address?"""

import json
import re

import nbformat
import pytest

from helpers.book.live.jupyterlite import FOLDER, address, build_live

pytestmark = pytest.mark.slow


# The code of cells, whether they are locked, and whether they are folded.
CELLS = {
    "answer = 1": (False, False),
    "check = 2": (True, False),
    'from helpers.checks import check\n\ncheck("one")': (True, True),
    'check_notebook("one")': (True, True),
    'check("mine")': (False, False),
}


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebooks")
    nbformat.write(notebook(), folder / "one.ipynb")
    return folder


def notebook(**metadata):
    cells = [
        nbformat.v4.new_code_cell(code, metadata={"nbgrader": {"locked": locked}})
        for code, (locked, _) in CELLS.items()
    ]
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


@pytest.fixture(scope="module")
def site(tmp_path_factory, notebooks):
    site = tmp_path_factory.mktemp("a site")
    assert build_live(site, notebooks)
    return site


def config(site):
    return json.loads((site / FOLDER / "jupyter-lite.json").read_text())["jupyter-config-data"]


def test_address():
    """Does a button lead from any page to the notebook, without the address of the site?"""
    assert address("index", "a b.ipynb") == "live/notebooks/index.html?path=a%20b.ipynb"
    assert address("chapters/page", "a.ipynb") == "../live/notebooks/index.html?path=a.ipynb"


def test_made_once(site, notebooks):
    """Is a live book that is up to date left alone, and made again when a notebook has changed?"""
    assert not build_live(site, notebooks)
    nbformat.write(notebook(n=2), notebooks / "one.ipynb")
    assert build_live(site, notebooks)
    assert '"n": 2' in (site / FOLDER / "files" / "one.ipynb").read_text()


def test_nothing_to_make(tmp_path):
    """Does a book without code and exercises stay without JupyterLite?"""
    assert not build_live(tmp_path, tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_checks_are_folded(site):
    """Is the code of a locked check folded, and that of an answer not?"""
    cells = nbformat.read(site / FOLDER / "files" / "one.ipynb", 4).cells
    folded = {cell.source: cell.metadata.get("jupyter", {}).get("source_hidden", False) for cell in cells}
    assert folded == {code: wanted for code, (_, wanted) in CELLS.items()}


def test_two_extensions(site):
    """Are the kernel and the widgets the only extensions, whatever else this environment has?"""
    names = [extension["name"] for extension in config(site)["federated_extensions"]]
    assert sorted(names) == ["@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension"]


def test_own_python(site):
    """Does the kernel load Python through our script, which checks every file, and not from its default?"""
    settings = config(site)["litePluginSettings"]["@jupyterlite/pyodide-kernel-extension:kernel"]
    assert settings["pyodideUrl"] == "./python/python.js"
    assert (site / FOLDER / "python" / "python.js").is_file()


def test_bar_is_on_the_page(site):
    """Has the page of a notebook, and no other, the bar and what it needs?"""
    page = (site / FOLDER / "notebooks" / "index.html").read_text()
    for file in re.findall(r'"\.\./python/([^"]+)"', page):
        assert (site / FOLDER / "python" / file).is_file()
    assert re.findall(r'"\.\./python/([^"]+)"', page) == ["bar.css", "page.js", "bar.js"]
    assert "python/" not in (site / FOLDER / "tree" / "index.html").read_text()
    documents = json.loads(re.search(r'id="live-documents">(.*?)</script>', page)[1])
    assert {"deng-1962", "mao-1963"} <= set(documents.values())
    pages = [site / FOLDER / "index.html", *(site / FOLDER).glob("*/index.html")]
    assert len(pages) == 3
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert '<html lang="en">' in text
        icon = re.search(r'rel="icon" href="([^"]+)"', text)[1]
        assert (page.parent / icon).resolve() == site.resolve() / "_static" / "favicon.svg"


def test_no_address_of_the_build(site, notebooks):
    """Is neither a folder of this machine nor an address of a host of the site in what is published?"""
    for path in (site / FOLDER).rglob("*"):
        if path.suffix in {".json", ".html", ".txt"} and path.is_file():
            text = path.read_text(encoding="utf-8")
            assert str(site) not in text and str(notebooks) not in text, path
            assert not re.search(r"https?://(?:localhost|127\.0\.0\.1)", text), path
