"""Find, check and read the data files; no other module knows where they are.

In the repository the data are in ``data/``; in an installed wheel the same files are next to this module.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers.validation import need_one

_PACKAGED = Path(__file__).parent / "data"
_REPOSITORY = Path(__file__).parents[2] / "data"


class CatalogueError(Exception):
    """A data file is missing or differs from the published one; the message names the file and the remedy."""


@cache
def data_folder() -> Path:
    """Return the folder with ``datapackage.json``, the tables and ``raw/``.

    Raises
    ------
    CatalogueError
        If neither an installed package nor a repository contains the data.
    """
    for folder in (_PACKAGED, _REPOSITORY):
        if (folder / "datapackage.json").is_file():
            return folder
    raise CatalogueError(
        f"No data folder at {_PACKAGED} or {_REPOSITORY}; install the package again, or work in a full clone."
    )


def find_data(name: str) -> Path:
    """Return the path of a file in ``data/``, for functions that read files.

    It works in the repository, in an installed package and in a notebook in the browser.

    Parameters
    ----------
    name
        Name of a file, such as ``events.csv``.

    Returns
    -------
    Path

    Raises
    ------
    FileNotFoundError
        If there is no such file; the message lists the tables.

    Examples
    --------
    >>> import pandas as pd
    >>> pd.read_csv(find_data("documents.csv"))["document_id"].to_list()[:2]
    ['deng-1962', 'mao-1963']
    """
    path = data_folder() / name
    if not path.is_file():
        tables = ", ".join(sorted(found.name for found in data_folder().glob("*.csv")))
        raise FileNotFoundError(f"There is no file {name!r} in the data; there are {tables}.")
    return path


@cache
def descriptor() -> dict[str, Any]:
    """Return the Frictionless descriptor of the tables: schemas, keys, licences, sources."""
    return json.loads(_read_bytes("datapackage.json"))


def read_table(name: str) -> pd.DataFrame:
    """Return one table of ``data/``, typed by its schema.

    Text is a string column, a date ``datetime64``, a whole number ``int64``; an empty cell is missing in a
    date column and an empty string elsewhere.

    Parameters
    ----------
    name
        ``documents``, ``emendations``, ``people``, ``parties``, ``letters``, ``events`` or ``speech_acts``.

    Raises
    ------
    ValueError
        If there is no such table; the message lists the tables.

    Examples
    --------
    >>> read_table("documents")["document_id"].to_list()[:2]
    ['deng-1962', 'mao-1963']
    """
    return _read_table(name).copy()


@cache
def _read_table(name: str) -> pd.DataFrame:
    schemas = {r["name"]: r for r in descriptor()["resources"] if "schema" in r}
    need_one("table", name, sorted(schemas))
    kinds = {field["name"]: field["type"] for field in schemas[name]["schema"]["fields"]}
    dates = [column for column, kind in kinds.items() if kind == "date"]
    text = {column: str for column, kind in kinds.items() if kind == "string"}
    frame = pd.read_csv(
        data_folder() / schemas[name]["path"],
        dtype=text,
        parse_dates=dates,
        date_format="%Y-%m-%d",
        keep_default_na=False,
    )
    return frame


def read_raw(document_id: str) -> str:
    """Return the transcription of one document as received, after checking its sha256.

    Parameters
    ----------
    document_id
        Its id, such as ``deng-1962``.

    Raises
    ------
    ValueError
        If there is no such document.
    CatalogueError
        If its file has changed since it was received.

    Examples
    --------
    >>> read_raw("deng-1962").strip().splitlines()[0]
    'May 8, 1962'
    """
    documents = _read_table("documents").set_index("document_id")
    need_one("document", document_id, documents.index)
    row = documents.loc[document_id]
    content = _read_bytes(row["file"])
    if hashlib.sha256(content).hexdigest() != row["sha256"]:
        raise CatalogueError(
            f"{row['file']} is not the file that was received: its sha256 differs, and sources are never "
            f"edited. Restore it (git checkout data/{row['file']}) or install the package again."
        )
    return content.decode("utf-8")


class Names(NamedTuple):
    """A document, its role, and what references may call it."""

    document_id: str
    role: str
    names: tuple[str, ...]


def list_names() -> list[Names]:
    """Return every document with its role and what references may call it, in the order of the table.

    Examples
    --------
    >>> list_names()[0]
    Names(document_id='deng-1962', role='core', names=('deng', 'deng xiaoping', 'record'))
    """
    columns = _read_table("documents")[["document_id", "role", "called"]]
    return [
        Names(document_id, role, (document_id.rsplit("-", 1)[0], *filter(None, called.split(" | "))))
        for document_id, role, called in columns.itertuples(index=False)
    ]


def raw_paths() -> dict[str, Path]:
    """Return the path of each transcription by document id, for tools that watch files for changes."""
    documents = _read_table("documents")
    return {d: data_folder() / f for d, f in zip(documents["document_id"], documents["file"], strict=True)}


def _read_bytes(name: str) -> bytes:
    try:
        return (data_folder() / name).read_bytes()
    except OSError as error:
        raise CatalogueError(
            f"{data_folder() / name} cannot be read ({error.strerror}); restore it or install again."
        ) from error
