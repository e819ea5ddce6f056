"""The way in for contributors: do its pages and settings name only what exists?"""

import json
import re
import sys
from pathlib import Path

import pytest
import yaml
from pybtex.database import parse_string
from tests.test_house import PYTHONS
from tests.test_imports import LEVELS

ROOT = Path(__file__).parents[1]
HELPERS = ROOT / "src/helpers"
PAPERS = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("ARCHITECTURE.md", "CONTRIBUTING.md")}
# Where a path may begin; ARCHITECTURE.md leaves out the folder that its section is about.
BASES = (ROOT, HELPERS, HELPERS / "coursework")
# An example that the reader makes.
MADE = re.compile(r"my-chapter|submitted/|\.venv/")
each_paper = pytest.mark.parametrize("name", PAPERS)


def find(path):
    """Return the file or folder that a path in a paper means, or None."""
    return next((base / path for base in BASES if (base / path).exists()), None)


@each_paper
def test_paths_exist(name):
    """Is every path in backticks, and every path given to a command, there?"""
    spans = re.findall(r"`([^`\n]+)`", PAPERS[name])
    paths = {
        word
        for span in spans
        for word in re.findall(r"[\w.-]*/[\w./-]*|[\w-]+\.(?:py|md|yml|csv|bib|toml)", span)
    }
    missing = sorted(path for path in paths if not MADE.search(path) and find(path) is None)
    assert len(paths) > 15
    assert not missing


@each_paper
def test_functions_are_where_they_are_said_to_be(name):
    """Does every module define the functions and classes that are said to be in it?"""
    said = re.findall(r"(?<!directive )(?<!role )`(\w+)` in `([\w/]+\.py)`", PAPERS[name])
    assert len(said) > 15 or name != "ARCHITECTURE.md"
    wrong = [
        f"{path}: {what}"
        for what, path in said
        if not re.search(rf"^(?:def|class) {what}\b", find(path).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert not wrong


def test_picture_shows_the_levels():
    """Does the picture of the rooms have the levels that the imports keep to?"""
    picture = PAPERS["ARCHITECTURE.md"].partition("above its own line.\n")[2].partition("```")[0]
    assert [line.split() for line in picture.splitlines() if line.strip()] == LEVELS


TOLD = ["CONTRIBUTING.md", "CHANGELOG.md", ".binder/postBuild", ".devcontainer/devcontainer.json"]


@pytest.mark.parametrize("path", [*TOLD, ".pre-commit-config.yaml"])
def test_targets_exist(path):
    """Is every target of `make` that a contributor is told to call in the Makefile?"""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(VENV)/with-%", ".venv/with-dev")
    text = (ROOT / path).read_text(encoding="utf-8")
    named = re.findall(r"""(?:^|[`"])make (\.venv/[\w-]+|[a-z][a-z-]+)""", text, re.MULTILINE)
    assert named
    assert not [name for name in named if not re.search(rf"^{re.escape(name)}:", makefile, re.MULTILINE)]


@pytest.mark.parametrize("path", [*PAPERS, "CHANGELOG.md", "README.md", "SECURITY.md"])
def test_links_lead_somewhere(path):
    """Is every file and every heading there that a paper links to?"""
    for target, place in re.findall(
        r"\]\(([\w./-]*)(?:#([\w-]+))?\)", (ROOT / path).read_text(encoding="utf-8")
    ):
        there = ROOT / (target or path)
        assert there.is_file(), target
        if place:
            headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert place in {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}, place


def test_hooks_are_of_the_lock():
    """Does pre-commit run only programs of this project's environment, so that no version is pinned twice?"""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert {repo["repo"] for repo in config["repos"]} == {"local"}
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert {hook["language"] for hook in hooks} == {"system"}
    programs = {hook["entry"].split()[0].removeprefix(".venv/bin/") for hook in hooks}
    assert not [name for name in programs if not (Path(sys.executable).parent / name).is_file()]


def test_places_to_work_use_the_lock():
    """Do Binder and the container get the environment from the Makefile, on a Python that is tested?"""
    assert (ROOT / ".binder/runtime.txt").read_text().strip().removeprefix("python-") in PYTHONS
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    assert container["image"].removeprefix("python:") in PYTHONS
    assert not list(ROOT.glob(".binder/*requirements*"))


def test_paper_cites_what_it_lists():
    """Does the paper cite each work that it lists, and are those of the book the book's entries?"""
    text = (ROOT / ".paper/paper.md").read_text(encoding="utf-8")
    works = parse_string((ROOT / ".paper/paper.bib").read_text(encoding="utf-8"), "bibtex").entries
    book = parse_string((ROOT / "chapters/references.bib").read_text(encoding="utf-8"), "bibtex").entries
    assert set(re.findall(r"@([\w-]+)", text)) == set(works)
    assert not [key for key in works.keys() & book.keys() if works[key] != book[key]]
