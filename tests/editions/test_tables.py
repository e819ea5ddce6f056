"""Can the tables be used elsewhere: as CSV with a descriptor, as Parquet, and as Croissant describes them?"""

import hashlib
import json
import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest
from frictionless import Package

from helpers.catalogue import descriptor, read_table
from helpers.editions import tables

TABLES = [resource["name"] for resource in descriptor()["resources"] if "schema" in resource]


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the zip, what is in it, and the description."""
    (tmp_path / tables.ZIP).write_bytes(tables.pack_csv())
    (tmp_path / "croissant.json").write_bytes(tables.write_croissant(released="2026-11-21"))
    with ZipFile(tmp_path / tables.ZIP) as archive:
        archive.extractall(tmp_path)
    return tmp_path


def test_same_bytes():
    """Do the same tables make the same files?"""
    assert tables.pack_csv() == tables.pack_csv()
    assert tables.write_croissant() == tables.write_croissant()


def test_zip_is_a_data_package(folder):
    """Is the zip, once it is unpacked, valid for Frictionless, with its notes on columns and rights?"""
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])
    assert (folder / "RIGHTS.md").is_file()
    assert (folder / "README.md").is_file()


def test_croissant_describes_what_is_there(folder):
    """Does the description name each file with its checksum, and each column of each table in its order?"""
    told = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    for file in told["distribution"]:
        assert hashlib.sha256((folder / file["contentUrl"]).read_bytes()).hexdigest() == file["sha256"]
    files = {file["@id"]: file["contentUrl"] for file in told["distribution"]}
    assert [one["name"] for one in told["recordSet"]] == TABLES
    for one in told["recordSet"]:
        columns = [field["source"]["extract"]["column"] for field in one["field"]]
        [file] = {field["source"]["fileObject"]["@id"] for field in one["field"]}
        assert columns == list(pd.read_csv(folder / files[file]).columns)


def test_croissant_of_a_published_book():
    """Does the description of a published book give the whole address of the zip?"""
    told = tables.describe_tables(address="https://someone.example/book/editions")
    assert told["distribution"][0]["contentUrl"] == "https://someone.example/book/editions/tables.zip"


def test_parquet():
    """Does each table come back from Parquet, with the types of its columns?"""
    pytest.importorskip("pyarrow", reason="NOT TESTED: THE TABLES AS PARQUET, WHICH NEED PYARROW.")
    packed = tables.pack_parquet()
    assert packed == tables.pack_parquet()
    with ZipFile(BytesIO(packed)) as archive:
        for name in TABLES:
            frame = pd.read_parquet(BytesIO(archive.read(f"{name}.parquet")))
            pd.testing.assert_frame_equal(frame, read_table(name), check_dtype=False)


CHECK = """
import json, sys, mlcroissant
found = mlcroissant.Dataset(sys.argv[1])
told = {r.name: len(list(found.records(r.id))) for r in found.metadata.record_sets}
print(json.dumps([told, list(found.metadata.issues.errors), list(found.metadata.issues.warnings)]))
"""


@pytest.mark.long
def test_mlcroissant(folder, mlcroissant):
    """Does mlcroissant find no fault in the description, and read every row of every table by it?"""
    ran = subprocess.run(
        [sys.executable, "-c", CHECK, "croissant.json"],
        cwd=folder,
        env=mlcroissant,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    rows, errors, warnings = json.loads(ran.stdout.splitlines()[-1])
    assert rows == {name: len(read_table(name)) for name in TABLES}
    assert not errors
    assert not warnings
