"""Recover what can be read of a damaged notebook: its text and its cells, with a sentence on every loss.

This uses only the standard library, so that it also runs in a student's browser.
"""

import json
import re
from typing import Any

_DECODER = json.JSONDecoder(strict=False)  # accepts raw control characters in texts
_CELL = re.compile(r'\{\s*"(?:attachments|cell_type|execution_count|id|metadata|outputs|source)"\s*:')
_VALUE = re.compile(r":\s*$")
_KIND = re.compile(r'"cell_type"\s*:\s*"(code|markdown|raw)"')
_ID = re.compile(r'"id"\s*:\s*"([\w-]{1,64})"')
_METADATA = re.compile(r'"metadata"\s*:\s*')
_SOURCE = re.compile(r'"source"\s*:\s*')
_BETWEEN = re.compile(r"[\s,]*")
# A failed attempt may read the whole file, so the characters read in vain are limited.
_PATIENCE = 500_000_000


def read_text(content: bytes) -> tuple[str, list[str]]:
    """Return the text of a file in any encoding, and what was wrong with it, a sentence each.

    Examples
    --------
    >>> read_text("Müller".encode("cp1252"))
    ('Müller', ['It was not saved in UTF-8; check its accented letters.'])
    """
    text, remarks = _decode(content)
    if n := text.count("\0"):
        text = text.replace("\0", "")
        remarks.append(f"It contained {n} zero bytes, probably from a disk error; they were removed.")
    return text, remarks


def salvage(content: bytes) -> tuple[Any, list[str]]:
    """Return the JSON value that a damaged notebook still contains, and what was wrong or lost.

    Parameters
    ----------
    content
        A file that :func:`json.loads` cannot parse.

    Returns
    -------
    raw
        The file's value, if it can be parsed as a whole; otherwise a notebook in version 4 of the format with
        all cells that can be read, or None if there are none.
    remarks
        What was done, a sentence each.

    Examples
    --------
    >>> salvage(b'{"cells": [{"cell_type": "raw", "source": "a"}, {"cell_ty')[0]["cells"]
    [{'cell_type': 'raw', 'source': 'a', 'metadata': {}}]
    """
    text, remarks = read_text(content)
    ours, theirs, n = _without_conflicts(text)
    if n:
        remarks.append(
            f"It contains git conflicts ({n}); the first version of each was kept, not the second."
        )
    for version in [ours, theirs] if n else [text]:
        raw, more = _first_value(version)
        if raw is not None:
            return raw, remarks + more
    raw, more = _salvage_cells(ours if n else text)
    return raw, remarks + more


def mend_cell(cell: object) -> dict | None:
    """Return a cell with only valid parts, or None if it has no text."""
    if not isinstance(cell, dict):
        return None
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list) and not all(isinstance(line, str) for line in source):
        source = "".join(map(str, source))
    if not isinstance(source, str | list):
        return None
    kind = cell.get("cell_type")
    metadata = cell.get("metadata")
    if isinstance(metadata, dict) and not isinstance(metadata.get("nbgrader", {}), dict):
        metadata = {key: value for key, value in metadata.items() if key != "nbgrader"}
    return cell | {
        "cell_type": kind if kind in ("code", "markdown", "raw") else "code",
        "metadata": metadata if isinstance(metadata, dict) else {},
        "source": source,
    }


def _decode(content: bytes) -> tuple[str, list[str]]:
    if encoding := _wide_encoding(content):
        remarks = [f"It was saved in {encoding[:6].upper()} and was converted to UTF-8."]
        return content.decode(encoding, "replace").removeprefix("\ufeff"), remarks
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        text = content.decode("utf-8-sig", "replace")
    n_bad = text.count("\ufffd")
    n_letters = sum(char > "\x7f" for char in text) - n_bad
    # In text in another encoding, hardly any byte beyond ASCII is valid UTF-8; in damaged UTF-8, most are.
    if n_letters >= n_bad or text.find("\ufffd") == len(text) - 1:
        return text, [f"{n_bad} of its characters were damaged and are shown as \N{REPLACEMENT CHARACTER}."]
    return content.decode("cp1252", "replace"), ["It was not saved in UTF-8; check its accented letters."]


def _wide_encoding(content: bytes) -> str:
    """Return which UTF-16 or UTF-32 a file is in, with or without a byte order mark; None if neither."""
    for mark, encoding in (
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if content.startswith(mark):
            return encoding
    head = content[:200]
    if len(head) >= 4 and 5 * head[1::2].count(0) >= 4 * len(head[1::2]) and head[0]:
        return "utf-16-le"
    if len(head) >= 4 and 5 * head[::2].count(0) >= 4 * len(head[::2]) and head[1]:
        return "utf-16-be"
    return ""


def _without_conflicts(text: str) -> tuple[str, str, int]:
    """Return a text with the first and with the second version of git conflicts, and their number."""
    if "<<<<<<<" not in text:
        return text, text, 0
    versions: tuple[list[str], list[str]] = ([], [])
    wanted: tuple[int, ...] = (0, 1)
    n = 0
    for line in text.splitlines(keepends=True):
        if line.startswith("<<<<<<<"):
            wanted, n = (0,), n + 1
        elif wanted != (0, 1) and line.startswith("|||||||"):
            wanted = ()
        elif wanted != (0, 1) and line.startswith("======="):
            wanted = (1,)
        elif line.startswith(">>>>>>>"):
            wanted = (0, 1)
        else:
            for version in wanted:
                versions[version].append(line)
    return "".join(versions[0]), "".join(versions[1]), n


def _first_value(text: str) -> tuple[Any, list[str]]:
    """Return the value at the beginning of a text; further text is removed."""
    try:
        value, end = _DECODER.raw_decode(text, _BETWEEN.match(text).end())  # type: ignore[union-attr]
    except (ValueError, RecursionError):
        return None, []
    left = text[end:].strip()
    if not left:
        return value, []
    if not isinstance(value, dict) or not isinstance(value.get("cells"), list):
        return None, []
    return value, [f"The file continued for {len(left)} characters after its end; they were removed."]


def _salvage_cells(text: str) -> tuple[dict | None, list[str]]:
    """Return a notebook with the cells that can be read, wherever the file is damaged."""
    at = 0
    patience = max(20, _PATIENCE // (len(text) + 1))
    cells: list[dict] = []
    losses: list[int] = []  # the number of complete cells before each loss
    n_whole = n_parts = 0
    while (found := _next_cell(text, at)) and patience:
        if cells and text[at : found.start()].strip(" \t\r\n,"):
            losses.append(n_whole)
        try:
            value, at = _DECODER.raw_decode(text, found.start())
        except (ValueError, RecursionError):
            patience -= 1
            at = found.end()
            following = _next_cell(text, at)
            region = text[found.start() : following.start() if following else len(text)]
            if _KIND.search(region):  # the notebook itself may begin like a cell
                losses.append(n_whole)
            if part := _part(region):
                cells.append(part)
                n_parts += 1
            continue
        if "source" in value and (cell := mend_cell(value)):  # not an output or metadata of a damaged cell
            cells.append(cell)
            n_whole += 1
    if not cells:
        return None, []
    losses = sorted(set(losses)) or [n_whole]
    if losses[0] == n_whole:
        remarks = [f"The file was damaged after cell {n_whole}; everything before that was kept."]
    else:
        where = ", ".join(map(str, losses[:10]))
        remarks = [f"The file was damaged after cell {where}; all complete cells before and after were kept."]
    if n_parts:
        remarks.append(f"Only the first lines of {n_parts} damaged cells could be read; they were kept.")
    return {"cells": cells, "metadata": _last_metadata(text), "nbformat": 4, "nbformat_minor": 5}, remarks


def _next_cell(text: str, at: int) -> re.Match | None:
    """Return where a text begins like a cell that is not the value of a key."""
    while (found := _CELL.search(text, at)) and _VALUE.search(
        text, max(at, found.start() - 100), found.start()
    ):
        at = found.end()
    return found


def _part(region: str) -> dict | None:
    """Return what can be read of a damaged cell: its metadata, and the lines of its text up to the damage."""
    kind, source = _KIND.search(region), _SOURCE.search(region)
    if not kind or not source:
        return None
    lines = _lines(region, source.end())
    if not "".join(lines).strip():
        return None
    cell: dict[str, Any] = {"cell_type": kind[1], "metadata": {}, "source": "".join(lines)}
    found = _METADATA.search(region)
    if found:
        cell["metadata"] = _dict_at(region, found.end())
    if name := _ID.search(region, 0, source.start()):
        cell["id"] = name[1]
    return cell


def _lines(text: str, at: int) -> list[str]:
    """Return the texts of a list, or the single text, at a position, up to the first damaged one."""
    lines: list[str] = []
    while True:
        at = re.compile(r"[\s,\[]*").match(text, at).end()  # type: ignore[union-attr]
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return lines
        if not isinstance(value, str):
            return lines
        lines.append(value)
        if text[at : at + 1] != ",":
            return lines


def _dict_at(text: str, at: int) -> dict:
    try:
        value = _DECODER.raw_decode(text, at)[0]
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _last_metadata(text: str) -> dict:
    """Return the notebook's own metadata, which follow the cells in a file."""
    at = text.rfind('"metadata"')
    found = _METADATA.match(text, at) if at >= 0 else None
    value = _dict_at(text, found.end()) if found else {}
    return {} if "nbgrader" in value else value
