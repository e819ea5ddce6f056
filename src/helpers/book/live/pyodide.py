"""Provide Python for the browser: Pyodide's files, and wheels of this package and its dependencies.

`pyodide-lock.json` lists every file with its sha256, and no other file is run.  Pyodide's files come from its
CDN or from a copy on the site.  The part of its lock in ``browser/`` names the files that our notebooks need,
and leaves out slow parts that they do not use: TLS, and jedi for completion.  Our wheels are packed when the
book is built, from the repository and from the libraries that `requirements-live.txt` locks.  One of these,
pandas, is compiled for Pyodide; it is newer than the pandas that Pyodide has.
"""

import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distributions, version
from pathlib import Path

from packaging.requirements import Requirement

from helpers import catalogue

BROWSER = Path(__file__).parent / "browser"
_PACKAGE = Path(__file__).parents[2]
# No notebook imports these parts of the package.
_NOT_NEEDED = {"book", "coursework"}
# Parts of a library that no notebook needs: tests, type declarations, installation records, and code compiled
# for other machines, for which each of these libraries has a version in Python.  Our own `__init__.pyi`
# stays: the package loads its public names from it.
_LEFT_OUT = re.compile(
    r"(^|/)(tests?|__pycache__|benchmarks|examples)/|(?<!wasm32-emscripten)\.so$|\.(pyd|pyc)$"
    r"|(?<!^helpers/__init__)\.pyi$"
    r"|\.dist-info/(RECORD|INSTALLER|REQUESTED)$|^\.\."
)
# The tag of wheels that are compiled for this version of Pyodide.
_COMPILED = "cp312-cp312-pyemscripten_2024_0_wasm32"


class PyodideError(Exception):
    """A file of Python for the browser is missing or differs from the locked one."""


def official_lock() -> dict:
    """Return the address, core and packages of Pyodide that we use, each file with its sha256."""
    return json.loads((BROWSER / "pyodide-lock.json").read_text(encoding="utf-8"))


def write_python(
    out: Path, *, libraries: Path, kernel: Mapping[str, Path], pyodide: Path | None = None
) -> None:
    """Write the lock, our wheels and the script that loads Python into a folder of the site.

    Parameters
    ----------
    out
        The folder; the script in it is ``python.js``.
    libraries
        A folder of installed libraries, as ``pip install --target`` makes it.
    kernel
        The wheels of JupyterLite's kernel, by package name; they stay where they are on the site.
    pyodide
        A folder with Pyodide's files, which are copied to the site; without it they come from Pyodide's CDN.

    Raises
    ------
    PyodideError
        If a file of `pyodide` is missing or differs from the locked one.
    """
    out.mkdir(parents=True, exist_ok=True)
    lock = official_lock()
    theirs = {**lock["core"], **{one["file_name"]: one["sha256"] for one in lock["packages"].values()}}
    if pyodide is None:
        for entry in lock["packages"].values():
            entry["file_name"] = lock["address"] + entry["file_name"]
    else:
        lock["address"] = "./"
        for name, sha256 in theirs.items():
            _copy(pyodide / name, out / name, sha256)
    ours = {**_pack_libraries(libraries, out), **_kernel_entries(kernel, out)}
    ours["sino-soviet-split"] = _pack_package(out, depends=[*ours])
    lock["packages"] |= ours
    lock["preload"] = list(lock["packages"])
    scripts = ("python.js", "bytecode.py", "cells-worker.js", "cells.py", "snapshot.js")
    # What a browser keeps for the next visit is valid for these scripts only.
    lock["scripts"] = {name: hashlib.sha256((BROWSER / name).read_bytes()).hexdigest() for name in scripts}
    (out / "pyodide-lock.json").write_text(json.dumps(lock, indent=1) + "\n", encoding="utf-8")
    for name in scripts:
        shutil.copy(BROWSER / name, out)


def package_files() -> dict[str, Path]:
    """Return the files of this package in the browser: the code of notebooks, and the data."""
    code = {
        f"helpers/{name}": path for name, path in _files(_PACKAGE) if name.split("/")[0] not in _NOT_NEEDED
    }
    data = {f"helpers/data/{name}": path for name, path in _files(catalogue.data_folder())}
    return {name: path for name, path in (code | data).items() if not _LEFT_OUT.search(name)}


def _pack_package(out: Path, *, depends: list[str]) -> dict:
    """Pack this package without the parts that only the book and grading use, so that pages load fast."""
    name, number = "sino-soviet-split", version("sino-soviet-split")
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {number}\n"
    files = {name: path.read_bytes() for name, path in package_files().items()}
    files[f"sino_soviet_split-{number}.dist-info/METADATA"] = metadata.encode()
    return _entry(out, name, number, files, depends)


def _pack_libraries(folder: Path, out: Path) -> dict[str, dict]:
    """Pack each library of a folder as it is installed there."""
    found = sorted(distributions(path=[str(folder)]), key=lambda one: one.name.lower())
    if not found:
        raise PyodideError(
            f"{folder} contains no libraries for the browser; run `make site`, which installs them."
        )
    return {_normal(one.name): _pack_library(one, out) for one in found}


def _pack_library(library: Distribution, out: Path) -> dict:
    names = [str(file) for file in library.files or () if not _LEFT_OUT.search(file.as_posix())]
    files = {name: Path(library.locate_file(name)).read_bytes() for name in names}
    needs = [need.name for need in map(Requirement, library.requires or ()) if _applies(need)]
    theirs = official_lock()["packages"]
    return _entry(
        out, _normal(library.name), library.version, files, [name for name in needs if name in theirs]
    )


def _applies(need: Requirement) -> bool:
    """Return whether a library has a need in the browser."""
    here = {"extra": "", "sys_platform": "emscripten", "python_version": official_lock()["info"]["python"]}
    return not need.marker or need.marker.evaluate(here)


def _entry(out: Path, name: str, version: str, files: Mapping[str, bytes], depends: list[str]) -> dict:
    """Write a wheel and return its entry in the lock."""
    tag = _COMPILED if any(inside.endswith(".so") for inside in files) else "py3-none-any"
    path = out / f"{name.replace('-', '_')}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        for inside, content in sorted(files.items()):
            wheel.writestr(zipfile.ZipInfo(inside), content, zipfile.ZIP_DEFLATED)
    tops = {inside.split("/")[0].removesuffix(".py") for inside in files if ".dist-info/" not in inside}
    return {**_describe(path, out, name, version), "imports": sorted(tops), "depends": depends}


def _kernel_entries(wheels: Mapping[str, Path], out: Path) -> dict[str, dict]:
    return {
        _normal(name): {
            **_describe(path, out, name, path.name.split("-")[1]),
            "imports": [name.replace("-", "_")],
            "depends": [],
        }
        for name, path in wheels.items()
    }


def _describe(path: Path, out: Path, name: str, version: str) -> dict:
    return {
        "name": name,
        "version": version,
        "file_name": os.path.relpath(path, out).replace(os.sep, "/"),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "install_dir": "site",
        "package_type": "package",
    }


def _copy(source: Path, target: Path, sha256: str) -> None:
    """Copy one of Pyodide's files if it matches the lock."""
    try:
        content = source.read_bytes()
    except OSError as error:
        raise PyodideError(f"Pyodide's file {source} cannot be read ({error.strerror}).") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise PyodideError(f"{source} is not the locked file: its sha256 differs.")
    target.write_bytes(content)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path
