"""Solutions, hidden tests and rubrics: which lines are secret, and whether one stands in what others get."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import nbformat
from bs4 import BeautifulSoup

REGIONS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
"""The kinds of secrets, as the marks in a notebook name them: ``### BEGIN SOLUTION``."""

TELLING = 16
"""A shorter line, such as ``points=2,``, tells nothing."""

_MARK = re.compile(r"### (BEGIN|END) (.+)")


def find_secrets(source: Path) -> dict[str, set[str]]:
    """Return every telling line of the solutions, hidden tests and rubrics of a course, by kind.

    A line that stands in the open part of any notebook too is no secret, nor is an import.

    Parameters
    ----------
    source
        The folder with a folder for each exercise.

    Examples
    --------
    >>> find_secrets(Path("exercises/source"))["SOLUTION"]  # doctest: +SKIP
    """
    found: dict[str, set[str]] = {region: set() for region in REGIONS}
    open_to_all = []
    for path in sorted(source.glob("*/*.ipynb")):
        for region, line in _lines(path):
            if region is None:
                open_to_all.append(line)
            elif len(line) >= TELLING and not line.startswith(("import ", "from ")):
                found[region].add(line)
    known = "\n".join(open_to_all)
    return {region: {line for line in lines if line not in known} for region, lines in found.items()}


def find_leaks(files: Iterable[tuple[str, bytes]], secrets: Iterable[str]) -> list[str]:
    """Return where a secret line stands in files, as ``name: line``.

    Parameters
    ----------
    files
        Name and content of each.  Notebooks and pages of HTML are looked at as they are and as they are
        shown, and zips and wheels are looked into; what is encrypted is not opened.
    secrets
        The lines.

    Examples
    --------
    >>> find_leaks([("a.txt", b"answer_days = 29")], ["answer_days = 29"])
    ['a.txt: answer_days = 29']
    """
    secrets, found = sorted(secrets), []
    for name, content in files:
        if name.endswith((".zip", ".whl")):
            with ZipFile(BytesIO(content)) as archive:
                inside = [(f"{name}/{one}", archive.read(one)) for one in archive.namelist()]
            found += find_leaks(inside, secrets)
            continue
        whole = "\n".join(_texts(name, content))
        found += [f"{name}: {line}" for line in secrets if line in whole]
    return found


def read_files(folder: Path) -> list[tuple[str, bytes]]:
    """Return every file below a folder as its name there and its content, sorted."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]


def strings_in(value: object) -> list[str]:
    """Return every text in a value as JSON has it.

    Examples
    --------
    >>> strings_in({"a": ["b", 1, {"c": "d"}]})
    ['b', 'd']
    """
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for one in value for text in strings_in(one)] if isinstance(value, list) else []


def _lines(path: Path) -> Iterator[tuple[str | None, str]]:
    """Yield each line of a notebook with the secret region it is in, or None."""
    for cell in nbformat.read(path, 4).cells:
        region = None
        for line in map(str.strip, cell.source.splitlines()):
            if mark := _MARK.fullmatch(line):
                region = mark[2] if mark[1] == "BEGIN" else None
            else:
                yield region if region in REGIONS else None, line


def _texts(name: str, content: bytes) -> list[str]:
    """Return a file as the texts in which a line would stand: as it is, and as it is shown."""
    text = content.decode("utf-8", errors="replace")
    if name.endswith(".ipynb"):
        return [text, *(cell.source for cell in nbformat.reads(text, 4).cells), *strings_in(json.loads(text))]
    if name.endswith(".html"):
        return [text, html.unescape(text), BeautifulSoup(text, "html.parser").get_text()]
    return [text, text.replace('\\"', '"'), html.unescape(text)]
