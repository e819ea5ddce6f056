"""Pack the tables as CSV with a Frictionless descriptor and as Parquet, and describe them in Croissant."""

import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any

import helpers
from helpers import catalogue
from helpers.editions.markup import pack
from helpers.extras import require

ZIP = "tables.zip"
"""The name of the zip with the tables as CSV."""

PARQUET = "tables-parquet.zip"
"""The name of the zip with the tables as Parquet."""

_CREATOR = "The Sino-Soviet Split module authors"
_NOTES = ("README.md", "RIGHTS.md")
_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "date": "sc:Date"}
# The context that the specification of Croissant 1.0 prescribes.
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "samplingRate": "cr:samplingRate",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def _tables() -> list[dict[str, Any]]:
    return [resource for resource in catalogue.descriptor()["resources"] if "schema" in resource]


def pack_csv() -> bytes:
    """Return a zip of the tables, the transcriptions, the codebook, the rights and the descriptor."""
    names = ["datapackage.json", *_NOTES]
    names += [resource["path"] for resource in catalogue.descriptor()["resources"]]
    return pack({name: catalogue.find_data(name).read_bytes() for name in sorted(set(names))})


def pack_parquet() -> bytes:
    """Return a zip of the tables as Parquet, with the types of their columns, and the notes on them.

    Raises
    ------
    ImportError
        If pyarrow is not installed; the message says how to install it.
    """
    require("editions", used_by="The tables as Parquet")
    files = {name: catalogue.find_data(name).read_bytes() for name in _NOTES}
    for resource in _tables():
        written = io.BytesIO()
        catalogue.read_table(resource["name"]).to_parquet(written, engine="pyarrow", index=False)
        files[f"{resource['name']}.parquet"] = written.getvalue()
    return pack(files)


def describe_tables(*, address: str = "", released: str = "") -> dict[str, Any]:
    """Return a description of the tables in Croissant 1.0, which is schema.org's words for data sets.

    Parameters
    ----------
    address
        The address of the folder with the zip, without a slash at the end; without it, the description names
        the zip beside it.
    released
        The day of the release in ISO 8601 format.

    Examples
    --------
    >>> [found["name"] for found in describe_tables()["recordSet"]][:2]
    ['documents', 'emendations']
    """
    package = catalogue.descriptor()
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": package["name"],
        "description": f"{package['title']}. {package['description']}",
        "license": [one["path"] for one in package["licenses"]],
        "url": address or package["sources"][0]["path"],
        "version": helpers.__version__,
        **({"datePublished": released} if released else {}),
        "creator": {"@type": "Organization", "name": _CREATOR},
        "citeAs": f"{_CREATOR}. {package['title']}. Version {helpers.__version__}.",
        "isBasedOn": [one["path"] for one in package["sources"]],
        "distribution": list(_files(address)),
        "recordSet": [_records(resource) for resource in _tables()],
    }


def write_croissant(*, address: str = "", released: str = "") -> bytes:
    """Return :func:`describe_tables` as a file."""
    told = describe_tables(address=address, released=released)
    return json.dumps(told, indent=2, ensure_ascii=False).encode() + b"\n"


def _files(address: str) -> Iterator[dict[str, Any]]:
    """Yield the zip, and each table in it."""
    yield {
        "@type": "cr:FileObject",
        "@id": "zip",
        "name": ZIP,
        "description": "The tables, the transcriptions and the codebook.",
        "contentUrl": f"{address}/{ZIP}" if address else ZIP,
        "encodingFormat": "application/zip",
        "sha256": hashlib.sha256(pack_csv()).hexdigest(),
    }
    for resource in _tables():
        yield {
            "@type": "cr:FileObject",
            "@id": f"{resource['name']}.csv",
            "name": resource["path"],
            "description": resource["description"],
            "containedIn": {"@id": "zip"},
            "contentUrl": resource["path"],
            "encodingFormat": "text/csv",
            "sha256": hashlib.sha256(catalogue.find_data(resource["path"]).read_bytes()).hexdigest(),
        }


def _records(resource: dict[str, Any]) -> dict[str, Any]:
    name, schema = resource["name"], resource["schema"]
    key = schema.get("primaryKey", [])
    keys = [key] if isinstance(key, str) else key
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": resource["description"],
        **({"key": [{"@id": f"{name}/{column}"} for column in keys]} if keys else {}),
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{field['name']}",
                "name": field["name"],
                "description": field["description"],
                "dataType": _TYPES[field["type"]],
                "source": {"fileObject": {"@id": f"{name}.csv"}, "extract": {"column": field["name"]}},
            }
            for field in schema["fields"]
        ],
    }
