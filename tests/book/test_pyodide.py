"""Is Python for the browser complete, pinned by hash, and without anything that students must not see?"""

import hashlib
import json
import re
import sys
import zipfile
from importlib.metadata import requires
from pathlib import Path

import nbformat
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from helpers.book.live.pyodide import PyodideError, official_lock, package_files, write_python

ROOT = Path(__file__).parents[2]
LIBRARIES = Path(sys.prefix) / "live"


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def kernel(tmp_path):
    """Return the wheels of a kernel as they lie on a site: one, which is empty."""
    path = tmp_path / "extensions" / "piplite-1.0-py3-none-any.whl"
    path.parent.mkdir()
    path.write_bytes(b"a wheel")
    return {"piplite": path}


@pytest.fixture
def libraries(tmp_path):
    """Return a folder with one installed library, that has tests, types, and a part for another machine."""
    folder = tmp_path / "libraries"
    files = {
        "thing/__init__.py": "x = 1\n",
        "thing/tests/test_thing.py": "",
        "thing/types.pyi": "",
        "thing/fast.cpython-311-x86_64-linux-gnu.so": "",
        "thing-2.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: Thing\nVersion: 2.0\n",
    }
    listed = "".join(f"{name},,\n" for name in [*files, "../bin/thing", "thing-2.0.dist-info/RECORD"])
    for name, content in {**files, "thing-2.0.dist-info/RECORD": listed}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    return folder


def read_lock(folder):
    return json.loads((folder / "pyodide-lock.json").read_text())


def test_every_file_is_named_with_its_hash(tmp_path, libraries, kernel):
    """Does the lock name every wheel of ours with its sha256, and Pyodide's own by the address of its CDN?"""
    out = tmp_path / "python"
    write_python(out, libraries=libraries, kernel=kernel)
    packages = read_lock(out)["packages"]
    assert {"thing", "piplite", "sino-soviet-split", "numpy"} <= set(packages)
    for entry in packages.values():
        assert re.fullmatch(r"[0-9a-f]{64}", entry["sha256"])
        if entry["file_name"].startswith("https://"):
            assert entry["file_name"].startswith(official_lock()["address"])
        else:
            assert sha256(out / entry["file_name"]) == entry["sha256"]
    assert packages["sino-soviet-split"]["depends"] == ["thing", "piplite"]
    assert set(read_lock(out)["preload"]) == set(packages)


def test_lock_is_closed():
    """Does the part of Pyodide's lock that is used have every package that one of them needs?"""
    packages = official_lock()["packages"]
    needed = {name for entry in packages.values() for name in entry["depends"]}
    assert needed <= set(packages)


def test_libraries_are_pure(tmp_path, libraries, kernel):
    """Is what no notebook needs left out of a wheel, and is the same wheel made from the same files?"""
    first, second = tmp_path / "first", tmp_path / "second"
    for out in (first, second):
        write_python(out, libraries=libraries, kernel=kernel)
    (wheel,) = first.glob("thing-2.0-py3-none-any.whl")
    assert zipfile.ZipFile(wheel).namelist() == ["thing-2.0.dist-info/METADATA", "thing/__init__.py"]
    assert sha256(wheel) == sha256(second / wheel.name)


def test_what_requirements_name_is_there(tmp_path, kernel):
    """Are all libraries there that the package itself asks for, and is only pandas compiled, for browsers?"""
    write_python(tmp_path / "python", libraries=LIBRARIES, kernel=kernel)
    packages = read_lock(tmp_path / "python")["packages"]
    needs = [need for need in map(Requirement, requires("sino-soviet-split")) if not need.marker]
    assert {canonicalize_name(need.name) for need in needs} <= set(packages)
    assert "helpers/__init__.pyi" in package_files()  # the package loads its public names from it
    assert packages["jsonschema"]["version"].startswith("4.17.")
    assert packages["pandas"]["depends"] == ["numpy", "python-dateutil"]
    for path in (tmp_path / "python").glob("*.whl"):
        compiled = [name for name in zipfile.ZipFile(path).namelist() if name.endswith((".so", ".pyd"))]
        assert bool(compiled) == path.name.startswith("pandas-"), path.name
        assert all(name.endswith("-wasm32-emscripten.so") for name in compiled)


def test_no_answer_is_in_the_package():
    """Is no line of a solution, a hidden test or a rubric in the package that every browser loads?"""
    public = "\n".join(
        path.read_text(encoding="utf-8") for path in package_files().values() if path.suffix in (".py", ".md")
    )
    told = [line for line in secret_lines() if line in public]
    assert not told
    assert not any(name.startswith(("helpers/book/", "helpers/coursework/")) for name in package_files())
    assert sum(name.startswith("helpers/data/raw/") for name in package_files()) == 2


def secret_lines():
    """Return the telling lines between the marks of what a student does not get."""
    for path in (ROOT / "exercises" / "source").glob("*/*.ipynb"):
        for cell in nbformat.read(path, 4).cells:
            for region in re.findall(r"### BEGIN [A-Z ]+\n(.*?)### END", cell.source, re.DOTALL):
                lines = (line.strip() for line in region.splitlines())
                yield from (
                    line for line in lines if len(line) > 40 and not line.startswith(("from", "import"))
                )


def test_copy_of_pyodide(tmp_path, libraries, kernel, monkeypatch):
    """With a folder of Pyodide's files, does the site get a copy of each, and no other host is named?"""
    theirs = tmp_path / "pyodide"
    theirs.mkdir()
    (theirs / "core.js").write_text("core")
    (theirs / "numbers-1.whl").write_text("numbers")
    entry = {"file_name": "numbers-1.whl", "sha256": sha256(theirs / "numbers-1.whl"), "depends": []}
    lock = {
        "address": "https://cdn.example/",
        "core": {"core.js": sha256(theirs / "core.js")},
        "info": {"version": "1"},
        "packages": {"numbers": entry},
    }
    monkeypatch.setattr("helpers.book.live.pyodide.official_lock", lambda: lock)
    out = tmp_path / "python"
    write_python(out, libraries=libraries, kernel=kernel, pyodide=theirs)
    assert (out / "core.js").read_text() == "core" and (out / "numbers-1.whl").is_file()
    assert "://" not in (out / "pyodide-lock.json").read_text()


@pytest.mark.parametrize("content, word", [(None, "cannot be read"), ("else", "sha256 differs")])
def test_wrong_copy_is_refused(tmp_path, libraries, kernel, content, word):
    """Is a file of Pyodide that is missing, or not the locked one, named, and nothing published?"""
    if content:
        for name in official_lock()["core"]:
            (tmp_path / name).write_text(content)
    with pytest.raises(PyodideError, match=word):
        write_python(tmp_path / "python", libraries=libraries, kernel=kernel, pyodide=tmp_path)


def test_no_libraries(tmp_path, kernel):
    """Does an environment without the libraries for the browser say what to run?"""
    with pytest.raises(PyodideError, match="make site"):
        write_python(tmp_path / "python", libraries=tmp_path / "nothing", kernel=kernel)
