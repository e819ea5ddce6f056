"""Several files written together or not at all, and pieces of shared files that can be taken out again."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from helpers.authoring.form import AuthoringError


class Piece(NamedTuple):
    """Lines that are put into a file which has others too.

    `pattern` finds them also when they were edited since.
    """

    path: str
    text: str
    pattern: str


def put_in(piece: Piece, content: str, find_place: Callable[[str], int]) -> str:
    """Return a file's text with a piece at its place.

    Raises
    ------
    AuthoringError
        When the piece is there already, or has no place.

    Examples
    --------
    >>> put_in(Piece("a.csv", "two\\n", "two"), "one\\n", len)
    'one\\ntwo\\n'
    """
    if re.search(piece.pattern, content, re.MULTILINE):
        line = content[: re.search(piece.pattern, content, re.MULTILINE).start()].count("\n") + 1
        raise AuthoringError(
            f"{piece.path}, line {line}: this is there already; choose another ID, or take it out."
        )
    try:
        at = find_place(content)
    except ValueError:
        at = -1
    if at < 0:
        raise AuthoringError(
            f"{piece.path}: the place for a new entry was not found; restore the file "
            f"(git checkout {piece.path})."
        )
    return content[:at] + piece.text + content[at:]


def take_out(piece: Piece, content: str, *, anyway: bool = False) -> str | None:
    """Return a file's text without a piece; None when the piece was edited, unless it may go `anyway`.

    Examples
    --------
    >>> piece = Piece("a.csv", "two,2\\n", r"^two,.*\\n")
    >>> take_out(piece, "one,1\\ntwo,2\\n"), take_out(piece, "one,1\\ntwo,3\\n")
    ('one,1\\n', None)
    >>> take_out(piece, "one,1\\ntwo,3\\n", anyway=True)
    'one,1\\n'
    """
    if content.count(piece.text) == 1:
        return content.replace(piece.text, "")
    return re.sub(piece.pattern, "", content, flags=re.MULTILINE) if anyway else None


def write_all(repository: Path, contents: Mapping[str, bytes | None]) -> None:
    """Write every file, or take it away where its content is None; when one fails, none is changed.

    What is new is written to a temporary folder first and moved from there.
    """
    before = {name: _read(repository / name) for name in contents}
    scratch = repository / "_build"  # no part of the repository, and on the same disk
    was_there = scratch.exists()
    scratch.mkdir(exist_ok=True)
    done: list[str] = []
    made: list[Path] = []
    try:
        with tempfile.TemporaryDirectory(dir=scratch, prefix="document-") as folder:
            for i, content in enumerate(contents.values()):
                if content is not None:
                    (Path(folder) / str(i)).write_bytes(content)
            for i, (name, content) in enumerate(contents.items()):
                made += _make_folder((repository / name).parent)
                done.append(name)
                _set(repository / name, Path(folder) / str(i) if content is not None else None)
    except BaseException:
        for name in reversed(done):
            _restore(repository / name, before[name])
        for new in reversed(made):
            new.rmdir()
        raise
    finally:
        if not was_there and not any(scratch.iterdir()):
            scratch.rmdir()
    for name in [name for name, content in contents.items() if content is None]:
        _drop_empty(repository, (repository / name).parent)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder and those above it, and return those that were not there, the outermost first."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _set(path: Path, new: Path | None) -> None:
    if new is None:
        path.unlink(missing_ok=True)
        return
    if path.exists():
        shutil.copymode(path, new)
    os.replace(new, path)


def _restore(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    elif _read(path) != content:
        path.write_bytes(content)


def _drop_empty(repository: Path, folder: Path) -> None:
    """Take away folders in which nothing is left, as git does."""
    while folder != repository and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
