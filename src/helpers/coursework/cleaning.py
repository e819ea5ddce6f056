"""Find and remove what the commands have left in a course and is no longer needed."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.coursework.files import is_left_over

if TYPE_CHECKING:  # nbgrader takes two seconds to load
    from helpers.coursework.course import Course

MADE_BY_DEMO = ".coursework-demo"
"""The file that identifies a folder as a demo, which may be replaced."""


class Kind(StrEnum):
    """What may be removed."""

    REPLACED = "replaced"
    CACHE = "cache"
    LEFTOVERS = "leftovers"
    DEMOS = "demos"
    LOG = "log"


_COLLECTED = re.compile(r"\d{4}-\d\d-\d\d-\d{6}-\d{6}")
_CACHED = re.compile(r"[0-9a-f]{64}\.json")


@dataclass(frozen=True)
class Removable:
    """Files and folders of one kind that may be removed, and how many bytes they occupy."""

    kind: Kind
    paths: list[Path]
    size: int


def find_removable(course: "Course", kinds: list[Kind] | None = None) -> list[Removable]:
    """Return what may be removed, by kind; nothing that the commands did not make, and no kind without files.

    The caller must hold the lock of the course, or remove nothing.
    """
    found = []
    for kind in kinds or Kind:
        paths = sorted(path for path in _FIND[kind](course) if not path.is_symlink())
        if paths:
            found.append(Removable(kind, paths, sum(map(_size, paths))))
    return found


def remove(removable: Removable) -> None:
    """Remove the files and folders; links in them are removed, not followed."""
    for path in removable.paths:
        if path.is_dir():
            # The file that identifies a demo goes last, so that a stopped command can be run again.
            for inner in sorted(path.iterdir(), key=lambda inner: inner.name == MADE_BY_DEMO):
                shutil.rmtree(inner) if inner.is_dir() and not inner.is_symlink() else inner.unlink()
            path.rmdir()
        else:
            path.unlink()


def _find_replaced(course: "Course") -> Iterator[Path]:
    return (path for path in _entries(course.own / "replaced") if _COLLECTED.fullmatch(path.name))


def _find_cached(course: "Course") -> Iterator[Path]:
    folders = (folder for folder in _entries(course.own / "marked") if folder.is_dir())
    return (path for folder in folders for path in _entries(folder) if _CACHED.fullmatch(path.name))


def _find_left_over(course: "Course") -> Iterator[Path]:
    for folder, folders, files in os.walk(course.folder):
        for name in [*folders, *files]:
            path = Path(folder, name)
            if is_left_over(path):
                yield path
        folders[:] = [name for name in folders if not is_left_over(Path(folder, name)) and name != ".git"]


def _find_demos(course: "Course") -> Iterator[Path]:
    return (path for path in _entries(course.folder) if (path / MADE_BY_DEMO).is_file())


def _find_log(course: "Course") -> Iterator[Path]:
    return (path for path in _entries(course.own) if path.name == "log.1")


_FIND = {
    Kind.REPLACED: _find_replaced,
    Kind.CACHE: _find_cached,
    Kind.LEFTOVERS: _find_left_over,
    Kind.DEMOS: _find_demos,
    Kind.LOG: _find_log,
}


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else []


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(inner.lstat().st_size for inner in path.rglob("*"))
    return path.lstat().st_size
