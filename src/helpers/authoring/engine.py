"""Build the grading engine as a package by itself, for courses on any subject.

``python -m helpers.authoring.engine FOLDER`` writes its wheel into a folder.  The source is the same:
:mod:`helpers.coursework` becomes the package ``coursework``, and the rooms that it needs become parts of it.
So a course may have its own module with the name ``helpers``.
"""

import ast
import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.authoring.bundles import build_wheel

NEEDED = ("limits", "marks", "notebooks", "variants")
"""The rooms that the engine imports besides itself."""

_HELPERS = Path(__file__).parents[1]
_PROJECT = """\
[build-system]
requires = {build!r}
build-backend = "hatchling.build"

[project]
name = "coursework"
version = "{version}"
description = "Grade a class on top of nbgrader: isolated, fast, and with reasons."
requires-python = "{python}"
license = "BSD-3-Clause"
license-files = ["LICENSE"]
dependencies = {needs!r}
optional-dependencies = {{ cluster = {cluster!r}, postgresql = {postgresql!r} }}
scripts = {{ coursework = "coursework.__main__:main" }}
"""


def build_engine(folder: Path, repository: Path = _HELPERS.parents[1]) -> Path:
    """Build the engine's wheel in an empty folder and return its path.

    Parameters
    ----------
    repository
        A clone of this project, for its license and the versions of the packages that the engine needs.
    """
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        write_source(place / "coursework")
        (place / "pyproject.toml").write_text(_project(repository), encoding="utf-8")
        shutil.copy(repository / "LICENSE", place)
        return build_wheel(place, folder)


def write_source(package: Path) -> None:
    """Write the engine as the package ``coursework`` into a new folder.

    Raises
    ------
    FileExistsError
        When the engine has a module with the name of a room that it needs.
    """
    shutil.copytree(_HELPERS / "coursework", package, ignore=shutil.ignore_patterns("__pycache__"))
    for room in NEEDED:
        if (package / f"{room}.py").exists():
            raise FileExistsError(f"helpers.coursework and helpers both have a module {room!r}; rename one.")
        if (folder := _HELPERS / room).is_dir():
            shutil.copytree(folder, package / room, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(folder.with_suffix(".py"), package)
    for path in package.rglob("*.py"):
        text = re.sub(r"\bhelpers\.coursework\b", "coursework", path.read_text(encoding="utf-8"))
        path.write_text(re.sub(r"\bhelpers\.", "coursework.", text), encoding="utf-8")


def read_sources() -> Iterator[tuple[Path, str]]:
    """Yield the path and the text of each file of the engine."""
    for room in ("coursework", *NEEDED):
        folder = _HELPERS / room
        for path in sorted(folder.rglob("*.*")) if folder.is_dir() else [folder.with_suffix(".py")]:
            if path.suffix != ".pyc":
                yield path, path.read_text(encoding="utf-8")


def _project(repository: Path) -> str:
    told = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    project, extras = told["project"], told["project"]["optional-dependencies"]
    imported = set(_imports(text for path, text in read_sources() if path.suffix == ".py"))
    needs = [*project["dependencies"], *extras["grading"]]
    return _PROJECT.format(
        build=told["build-system"]["requires"],
        version=project["version"],
        python=project["requires-python"],
        needs=[need for need in needs if re.match(r"\w+", need)[0] in imported],
        cluster=extras["cluster"],
        postgresql=extras["postgresql"],
    )


def _imports(texts: Iterable[str]) -> Iterator[str]:
    """Yield the names of the packages that some code imports."""
    for node in (node for text in texts for node in ast.walk(ast.parse(text))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


if __name__ == "__main__":
    print(build_engine(Path(sys.argv[1])))
