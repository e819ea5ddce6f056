"""Do imports run one way, and does `import helpers` stay light?"""

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions, requires, version
from importlib.resources import files
from pathlib import Path

import jedi
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import helpers
from helpers import checks

SOURCE = Path(helpers.__file__).parent
# A room imports from rooms on lines above its own, never from one beside it or below.
LEVELS = [
    ["extras", "normalize", "dates", "validation", "html", "limits", "marks", "variants"],
    ["catalogue", "notebooks"],
    ["references", "transcription"],
    ["corpus"],
    ["quotation"],
    ["text", "history", "editions"],
    ["charts"],
    ["explorers"],
    ["checks"],
    ["book", "coursework"],
    ["authoring"],
]
LEVEL = {name: level for level, names in enumerate(LEVELS) for name in names}
# What must be installed for a room, or for one of its modules that is imported only when it is needed.
EXTRAS = {
    "book": ("book",),
    "book.build.pdf": ("book", "pdf"),
    "coursework": ("grading",),
    "coursework.backends.dask": ("grading", "cluster"),
    "authoring": ("book", "grading", "pdf", "dev"),
    "authoring.demo": ("grading",),
    "authoring.grading": ("grading",),  # instructors need these where the book is not built
    "authoring.links": ("grading",),
    "checks.practice": ("book",),
}
IN_BROWSERS_ONLY = {"js", "pyodide"}
HEAVY = "sphinx docutils nbgrader altair ipywidgets IPython pandas numpy pysbd".split()


def name_of(path):
    """Return the dotted name of a module's file, below helpers."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(path): path for path in sorted(SOURCE.rglob("*.py"))}


def home_of(name):
    """Return the module, below helpers, of a public name."""
    return getattr(helpers, name).__module__.removeprefix("helpers.")


def imported(path):
    """Yield (line, module below helpers) for every import of helpers in a file, wherever it is."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "helpers":
            base = node.module.removeprefix("helpers").lstrip(".")
            for alias in node.names:
                whole = f"{base}.{alias.name}".lstrip(".")
                yield node.lineno, whole if whole in FILES else base or home_of(alias.name)
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("helpers.")]
            yield from ((node.lineno, name.removeprefix("helpers.")) for name in names)


IMPORTS = {name: {found for _, found in imported(path)} - {""} for name, path in FILES.items()}


def test_imports_run_one_way():
    """Does every room import only from rooms above it?"""
    wrong = []
    for name, path in FILES.items():
        room = name.split(".")[0]
        if name and room not in LEVEL:
            wrong.append(f"{path.name}:1: the contract knows no room {room!r}; give it a level")
            continue
        for line, found in imported(path) if name else ():
            other = found.split(".")[0]
            if other and other != room and LEVEL.get(other, len(LEVELS)) >= LEVEL[room]:
                wrong.append(f"{path.name}:{line}: {room} must not import {other}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("depth", [1, 2, 9])
def test_imports_make_no_circle(depth):
    """Is there no circle of imports, among rooms, among rooms inside rooms, and among modules?"""
    graph = {}
    for name, found in IMPORTS.items():
        for other in found:
            one, two = (".".join(module.split(".")[:depth]) for module in (name, other))
            if one and two and not f"{one}.".startswith(f"{two}.") and not f"{two}.".startswith(f"{one}."):
                graph.setdefault(one, set()).add(two)
    TopologicalSorter(graph).prepare()


def installed_with(extras):
    """Return every distribution that pip installs for the package with some extras."""
    project = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(text for extra in extras for text in project["optional-dependencies"][extra]),
    ]
    todo, found = [Requirement(text) for text in wanted], set()
    while todo:
        need = todo.pop()
        key = canonicalize_name(need.name), *sorted(need.extras)
        if key in found or need.name == project["name"]:
            continue
        found.add(key)
        for other in map(Requirement, requires(need.name) or []):
            if other.marker is None or any(
                other.marker.evaluate({"extra": one}) for one in {"", *need.extras}
            ):
                todo.append(other)
    return {name for name, *_ in found}


@pytest.mark.parametrize("extras", sorted({(), *EXTRAS.values()}), ids="+".join)
def test_extras_install_what_is_imported(extras):
    """Does each extra bring every library that the modules which need it import?"""
    there, distributions, wrong = installed_with(extras), packages_distributions(), []
    for name, path in FILES.items():
        if EXTRAS.get(name, EXTRAS.get(name.split(".")[0], ())) != extras:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            for top in (
                {one.split(".")[0] for one in names}
                - {"helpers"}
                - IN_BROWSERS_ONLY
                - sys.stdlib_module_names
            ):
                if not {canonicalize_name(one) for one in distributions.get(top, [])} & there:
                    wrong.append(f"{path}:{node.lineno}: {top} is not installed with {extras}")
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


FOREIGN = """
import builtins, importlib, os, pkgutil, signal, helpers

LACKING = "fcntl grp pty pwd readline resource termios tty".split()
usual = builtins.__import__

def without(name, globals=None, *others, **options):
    importer = (globals or {}).get("__name__", "")
    if name in LACKING and importer.startswith("helpers"):
        raise ModuleNotFoundError(f"{importer} imports {name}", name=name)
    return usual(name, globals, *others, **options)

builtins.__import__ = without
for module, name in (
    (os, "memfd_create"), (os, "sched_getaffinity"), (os, "sysconf"),
    (signal, "SIGALRM"), (signal, "setitimer"),
):
    delattr(module, name)
n = 0
for found in pkgutil.walk_packages(helpers.__path__, "helpers.", onerror=print):
    try:
        importlib.import_module(found.name)
        n += 1
    except (AttributeError, ImportError) as error:
        print(found.name, error, sep=": ")
print(n)
"""


def test_imports_without_linux():
    """Does all but the marking of submissions load where Python lacks what Windows does not have?"""
    ran = subprocess.run([sys.executable, "-c", FOREIGN], capture_output=True, text=True, check=True)
    *failed, n = ran.stdout.splitlines()
    assert int(n) > len(FILES) // 2
    assert any(line.startswith("helpers.coursework.isolation.") for line in failed)  # so this sees something
    wrong = [line for line in failed if "helpers.coursework." not in line]
    # nbgrader loads these modules where notebooks are handed out, as `make lab` does.
    wrong += [line for line in failed if line.startswith("helpers.coursework.release.")]
    assert not wrong, "\n".join(wrong)


def test_editors_see_every_name():
    """Does an editor that runs no code complete each public name, and know what a function takes?"""
    completed = {found.name for found in jedi.Script("import helpers\nhelpers.").complete(2, 8)}
    assert set(helpers.__all__) <= completed
    (signature,) = jedi.Script("from helpers import concordance\nconcordance(").get_signatures(2, 12)
    assert [one.name for one in signature.params[:3]] == ["term", "paragraphs", "window"]
    assert files("helpers").joinpath("py.typed").is_file()


@pytest.mark.parametrize("package", [helpers, checks], ids=["helpers", "checks"])
def test_public_functions_are_typed(package):
    """Does every public function say of what type each argument and its result is?"""
    untyped = []
    for name in package.__all__:
        if inspect.isfunction(function := getattr(package, name)):
            wanted = {*inspect.signature(function).parameters, "return"}
            untyped += [f"{name}: {one}" for one in wanted - inspect.get_annotations(function).keys()]
    assert not untyped


def test_version():
    """Does the package tell the version that is installed?"""
    assert helpers.__version__ == version("sino-soviet-split")
    assert "__version__" not in helpers.__all__


def test_unknown_name():
    """Does a name that is not there raise what Python raises?"""
    with pytest.raises(AttributeError, match="load_everything"):
        _ = helpers.load_everything


def test_names_do_not_clash():
    """Does no public name hide behind a module of the same name?"""
    modules = {module.name for module in pkgutil.iter_modules(helpers.__path__)}
    assert not modules & set(helpers.__all__)
    assert importlib.import_module("helpers.corpus.loaders").__name__ == "helpers.corpus.loaders"
