"""Is one told in a sentence why an import fails, and is everything declared that is imported?"""

import ast
import re
import subprocess
import sys
import tomllib
from importlib import import_module
from importlib.metadata import PackageNotFoundError, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import helpers
from helpers.coursework.__main__ import NEEDED, main
from helpers.extras import require

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WITH_EXTRAS = {"authoring", "book", "coursework", "checks/practice.py"}
"""Rooms and modules that only the book, its authors and graders import."""


@pytest.fixture
def base(monkeypatch):
    """Make it seem that no extra is installed."""

    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr("helpers.extras.distribution", missing)


@pytest.mark.parametrize("extra", ["book", "grading", "pdf"])
def test_all_of_an_extra_is_named(base, extra):
    """Does the sentence name everything that an extra consists of?"""
    with pytest.raises(ImportError) as stopped:
        require(extra, used_by="This")
    names = [Requirement(need).name for need in PROJECT["optional-dependencies"][extra]]
    assert str(stopped.value).startswith(f"This needs {', '.join(names)}: ")
    assert f"pip install 'sino-soviet-split[{extra}]'" in str(stopped.value)


def test_command_without_its_extra(monkeypatch):
    """Does the command `coursework` name what it lacks, without a traceback?"""
    named = {Requirement(need).name for need in PROJECT["optional-dependencies"]["grading"]}
    assert set(NEEDED) == named - {"jupyterlab"}  # students need that one
    monkeypatch.setattr("helpers.coursework.__main__.find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"^coursework needs nbgrader, .*: run `pip install nbgrader .*`\.$"):
        main()


def test_book_without_its_extra(base, monkeypatch):
    """Does the extension say it too, so that Sphinx and `python -m helpers.book` can show it?"""
    for name in ("helpers.book", "helpers.book.needed"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.raises(ImportError, match=r"^helpers\.book needs .*nbgrader.*\[book\]'\.$"):
        import_module("helpers.book")


def test_imports_of_a_base_install_are_declared():
    """Is every library that is imported outside the rooms with extras a dependency?"""
    source, distribution_of = Path(helpers.__file__).parent, packages_distributions()
    declared = {canonicalize_name(Requirement(need).name) for need in PROJECT["dependencies"]}
    undeclared = set()
    for path in source.rglob("*.py"):
        if WITH_EXTRAS & {path.relative_to(source).parts[0], path.relative_to(source).as_posix()}:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            for top in {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"helpers"}:
                if not declared & {canonicalize_name(name) for name in distribution_of.get(top, [])}:
                    undeclared.add(f"{path.relative_to(source)}: {top}")
    assert not undeclared


@pytest.mark.parametrize(
    ("line", "kind", "told"),
    [
        ("from helpers import load_paragraphs", "ImportError", "helpers.py"),
        ("from helpers.checks import check", "ModuleNotFoundError", "'helpers' is not a package"),
    ],
)
def test_own_file_with_the_name_of_the_package(tmp_path, line, kind, told):
    """Does the page on errors explain what Python says if a student's own file hides the package?"""
    (tmp_path / "helpers.py").write_text("def clean(text):\n    return text.strip()\n")
    ran = subprocess.run([sys.executable, "-c", line], cwd=tmp_path, capture_output=True, text=True)
    said = ran.stderr.splitlines()[-1]
    assert said.startswith(f"{kind}: ") and told in said
    page = (ROOT / "chapters/how-to-use-this-book.md").read_text(encoding="utf-8")
    (explained,) = re.findall(rf"^- `{kind}`: .*(?:\n  .*)*", page, flags=re.MULTILINE)
    assert f"`{told}`" in explained
