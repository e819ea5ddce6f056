"""Are there links to services exactly where the repository is known, and do they name what is there?"""

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

from helpers.book.html.elsewhere import BRANCH, list_services

ROOT = Path(__file__).parents[2]
CONF = """
extensions = ["myst_parser", "sphinx_book_theme", "helpers.book"]
html_theme = "sphinx_book_theme"
html_title = "A Tiny Book"
"""


def addresses(folder):
    """Build a tiny book with one exercise, and return where the links to services lead."""
    (folder / "conf.py").write_text(CONF)
    (folder / "index.md").write_text("# A Tiny Book\n\n```{elsewhere}\n```\n")
    source = folder / "exercises" / "source"
    source.mkdir(parents=True)
    shutil.copytree(ROOT / "exercises" / "source" / "deng-1962", source / "deng-1962")
    app = SphinxTestApp("html", srcdir=folder)
    app.build()
    app.cleanup()
    page = BeautifulSoup(
        (folder / "_build" / "html" / "index.html").read_text(encoding="utf-8"), "html.parser"
    )
    return [link["href"] for link in page.select("article .live a")]


def test_known(tmp_path, monkeypatch):
    """Does a book that GitHub builds link to each service, with its repository and each exercise?"""
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.com")
    monkeypatch.setenv("GITHUB_REPOSITORY", "someone/split")
    found = addresses(tmp_path)
    assert [link.split("/")[2] for link in found] == [
        "mybinder.org",
        "codespaces.new",
        "colab.research.google.com",
        "nbgitpuller.readthedocs.io",
    ]
    assert all("someone/split" in link or "someone%2Fsplit" in link for link in found)
    assert found[2].endswith(f"/{BRANCH}/deng-1962/deng-1962.ipynb")


def test_unknown(tmp_path, monkeypatch):
    """Does a book show nothing where it does not know its repository?"""
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    assert addresses(tmp_path) == []


@pytest.mark.parametrize(
    "repository",
    ["", "https://github.com", "https://github.com/someone", "https://gitlab.com/someone/split", "split"],
)
def test_not_on_github(repository):
    """Is nothing offered for what is no repository on github.com?"""
    assert list_services(repository, ["deng-1962"]) == {}
