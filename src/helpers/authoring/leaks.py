"""Find the secret lines (solutions, hidden tests, rubrics, answers), and files that would give one away."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import nbformat
import numpy as np
from nbformat import NotebookNode
from traitlets.config import Config

from helpers.coursework.redaction import TELLING, commentary_of, cut_secrets

REGIONS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME", "COMMENTARY")
"""The kinds of secrets, by the names that mark them in a notebook: ``### BEGIN SOLUTION``."""

ANSWERS = "ANSWERS"
"""The kind of secrets that are in no notebook: every line of a Markdown file beside their folders."""

# A word such as `key="entity_id",`, an option such as `"b": "neither",` and the beginning of a call occur in
# other texts by chance: any student may have chosen this option.
_COMMON = re.compile(r"""(?:\w+=)?["'][\w-]+["'],?|["']\w["']: ["']\w{,7}["'],?|\w+=?[({[]""")
_WORD, _NONE, _BITS = np.dtype("<u8"), 0, 18
_TAG = re.compile(r"<[^<>]*>")
_MARK = re.compile(r"### (?:BEGIN|END) .+")


def find_secrets(source: Path, config: Config | None = None) -> dict[str, set[str]]:
    """Return every line of a course that only teachers may see, by kind.

    These are the marked regions of the notebooks, and all of each Markdown file beside their folders.  A line
    that is also in the open part of a notebook is not a secret; neither are imports and short lines.

    Parameters
    ----------
    source
        The folder that has a folder for each exercise.
    config
        The course's configuration of nbgrader, which may set other delimiters.

    Examples
    --------
    >>> find_secrets(Path("exercises/source"))["SOLUTION"]  # doctest: +SKIP
    """
    found: dict[str, set[str]] = {region: set() for region in (*REGIONS, ANSWERS)}
    open_to_all = []
    for path in sorted(source.glob("*/*.ipynb")):
        for cell in nbformat.read(path, 4).cells:
            for region, line in _secrets_of(cell, config):
                if _tells(line):
                    found[region].add(line)
            open_to_all += map(str.strip, cell.source.splitlines())
    for path in sorted(source.glob("*.md")):
        lines = map(str.strip, path.read_text(encoding="utf-8").splitlines())
        found[ANSWERS] |= {line for line in lines if _tells(line)}
    known = "\n".join(open_to_all)
    return {region: {line for line in lines if line not in known} for region, lines in found.items()}


def find_leaks(files: Iterable[tuple[str, bytes]], secrets: Iterable[str]) -> list[str]:
    """Return where files contain a secret line, as ``name: line``.

    Parameters
    ----------
    files
        Name and content of each.  Notebooks and HTML pages are searched as source and as displayed text; zips
        and wheels are opened, but encrypted files are not.
    secrets
        The lines.

    Examples
    --------
    >>> find_leaks([("a.txt", b"answer_days = 29")], ["answer_days = 29"])
    ['a.txt: answer_days = 29']
    """
    by_word: dict[int, set[str]] = {_NONE: set()}
    for line in secrets:
        by_word.setdefault(_rare_word(line.encode()), set()).add(line)
    known, found = np.array(sorted(by_word), _WORD), []
    for name, content in _unzipped(files):
        whole = "\n".join(dict.fromkeys(_texts(name, content)))
        words = _words_in(whole.encode(errors="replace"), known)
        likely = set().union(*(by_word[word] for word in words | {_NONE}))
        found += [f"{name}: {line}" for line in sorted(likely) if line in whole]
    return found


def _unzipped(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file, including those inside a zip or wheel."""
    for name, content in files:
        if name.endswith((".zip", ".whl")):
            with ZipFile(BytesIO(content)) as archive:
                yield from _unzipped((f"{name}/{one}", archive.read(one)) for one in archive.namelist())
        else:
            yield name, content


def _rare_word(line: bytes) -> int:
    """Return the eight bytes of a line that vary the most, as a number; a shorter line has none."""
    words = [line[i : i + _WORD.itemsize] for i in range(len(line) - _WORD.itemsize + 1)]
    if not words:
        return _NONE
    return int(np.frombuffer(max(words, key=lambda word: len(set(word))), _WORD)[0])


def _words_in(text: bytes, known: np.ndarray) -> set[int]:
    """Return which of these words a text contains at any place.

    A text is read as numbers once from each of eight places, and most numbers are dismissed by a few of their
    bits.  Searching it for each line would take ten times as long.
    """
    found: set[int] = set()
    maybe = np.zeros(2**_BITS, bool)
    maybe[_some_bits(known)] = True
    for start in range(min(_WORD.itemsize, len(text))):
        words = np.frombuffer(text, _WORD, count=(len(text) - start) // _WORD.itemsize, offset=start)
        found.update(words[maybe[_some_bits(words)]].tolist())
    return found.intersection(known.tolist())


def _some_bits(words: np.ndarray) -> np.ndarray:
    """Return a few bits of each word, mixed from all of them."""
    return (words * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - _BITS)


def read_files(folder: Path) -> list[tuple[str, bytes]]:
    """Return every file below a folder as its name there and its content, sorted."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]


def strings_in(value: object) -> list[str]:
    """Return every string in a value that was read from JSON.

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


def _tells(line: str) -> bool:
    # An import over several lines has a name on each.
    is_import = line.startswith(("import ", "from ")) or line.rstrip(",").isidentifier()
    return len(line) >= TELLING and not is_import and not _COMMON.fullmatch(line)


def _secrets_of(cell: NotebookNode, config: Config | None) -> Iterator[tuple[str, str]]:
    """Remove the secrets of a cell, and yield each line of them with its kind."""
    commentary = set(commentary_of(cell).splitlines())  # it is inside a rubric
    for region in REGIONS[:-1]:
        for line in cut_secrets(cell, [region], config=config):
            if not _MARK.fullmatch(line.strip()):
                yield REGIONS[-1] if line in commentary else region, line.strip()


def _texts(name: str, content: bytes) -> list[str]:
    """Return the texts of a file in which a line could be found: its source, and its displayed text."""
    text = content.decode("utf-8", errors="replace")
    if name.endswith(".ipynb"):
        return [text, *(cell.source for cell in nbformat.reads(text, 4).cells), *strings_in(json.loads(text))]
    if name.endswith(".html"):
        return [text, html.unescape(text), html.unescape(_TAG.sub("", text))]
    return [text, text.replace('\\"', '"'), html.unescape(text)]
