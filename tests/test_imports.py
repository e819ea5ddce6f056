"""Do imports run one way, and does `import helpers` stay light?"""

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import helpers

SOURCE = Path(helpers.__file__).parent
# A module may import from its own floor's modules below it in this list, and from every lower floor.
FLOORS = [
    ["normalize", "catalogue", "cells", "dates", "edits", "markup", "salvage", "skills"],
    ["doctor", "layout", "readings", "references"],
    ["documents"],
    ["files"],
    ["corpus", "matching"],
    ["folders", "witnesses"],
    ["indexing", "nearest"],
    ["quotations"],
    ["kwic", "questions"],
    ["frequency", "network", "chronology", "alignment"],
    ["charts"],
    ["story"],
    ["explorers"],
    ["marking"],
    ["book", "grading"],
    ["authoring"],
]
FLOOR = {name: level for level, names in enumerate(FLOORS) for name in names}
HEAVY = "sphinx docutils nbgrader altair ipywidgets IPython pandas numpy networkx pysbd".split()


def imported(path):
    """Yield (line, first part of the module below helpers) for every import of helpers in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "helpers":
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helpers."):
            yield node.lineno, node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
            yield from ((node.lineno, name[1]) for name in names if name[0] == "helpers" and len(name) > 1)


def test_imports_run_one_way():
    """Does every module import only from floors below its own?"""
    wrong = []
    for path in sorted(SOURCE.rglob("*.py")):
        home = path.relative_to(SOURCE).with_suffix("").parts[0]
        if home == "__init__":
            continue
        if home not in FLOOR:
            wrong.append(f"{path.name}:1: the contract knows no module {home!r}; give it a floor")
            continue
        for line, name in imported(path):
            name = helpers._HOME.get(name, name)
            if name != home and FLOOR.get(name, len(FLOORS)) >= FLOOR[home]:
                wrong.append(f"{path.name}:{line}: {home} must not import {name}")
    assert not wrong, "\n".join(wrong)


def test_import_is_light():
    """Does `import helpers` load none of the heavy packages?"""
    code = f"import sys, helpers; print([m for m in {HEAVY} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_loading_is_light():
    """Do the loaders need neither Sphinx, nbgrader, Altair nor ipywidgets?"""
    code = (
        "import sys, helpers; helpers.load_sentences(); helpers.verify_quotation('a b c', 'deng-1962-p01');"
        f"print([m for m in {HEAVY[:6]} if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("name", helpers.__all__)
def test_public_name(name):
    """Is every public name there, and documented?"""
    assert getattr(helpers, name).__doc__


def test_unknown_name():
    """Does a name that is not there raise what Python raises?"""
    with pytest.raises(AttributeError, match="no attribute 'load_everything'"):
        _ = helpers.load_everything


def test_names_do_not_clash():
    """Does no public name hide behind a module of the same name?"""
    modules = {module.name for module in pkgutil.iter_modules(helpers.__path__)}
    assert not modules & set(helpers.__all__)
    assert importlib.import_module("helpers.corpus").__name__ == "helpers.corpus"
