"""Files from outside, in folders and zips: each one can be read, or is refused with one sentence.

Nothing is unpacked.  Files are only read into memory, up to a limit, and a name in a zip is never used as a
path on this machine.
"""

import os
import stat
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from helpers.coursework.plaintext import printable

_MOST_FILES = 200_000
_BEGINNING = 4_096
_ALIKE = (
    "two files have names that look the same but are spelled differently in Unicode (an accent as one "
    "character or as two), so they may belong to two people. Rename one of them and collect again."
)
_LITTER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".git"}
_UTF_8 = 0x800
_ENCRYPTED = 0x1
# The errors that zipfile and the decompressors raise for a damaged file.
_DAMAGED = (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error)


class UnreadableError(ValueError):
    """A file cannot be read or is not allowed; the message is one sentence."""


@dataclass(frozen=True)
class Entry:
    """One file that can be read."""

    source: Path  # the folder or zip that holds it
    path: PurePosixPath  # its path in there
    modified: float  # when it was last changed, as a number that is only used for comparisons
    open: Callable[[], BinaryIO]

    def __str__(self) -> str:
        return f"{printable(self.source.name)}: {printable(str(self.path))}"

    def begins(self) -> bytes:
        """Return the first bytes; empty for a file that cannot be read."""
        try:
            with self.open() as file:
                return file.read(_BEGINNING)
        except _DAMAGED:
            return b""

    def read(self, most: int) -> bytes:
        """Return the content; raise `UnreadableError` if it is longer than `most` bytes, or damaged.

        The limit applies to the bytes that are read, not to the size that the zip states.
        """
        try:
            with self.open() as file:
                content = file.read(most + 1)
        except _DAMAGED as error:
            raise UnreadableError(f"it is damaged and cannot be read ({printable(str(error))}).") from None
        if len(content) > most:
            raise UnreadableError(
                f"it is larger than {most // 1_000_000} MB, which is too large for a notebook."
            )
        return content


@dataclass(frozen=True)
class Unread:
    """A file that may not be read, with the reason in one sentence."""

    source: Path
    path: PurePosixPath | None
    sentence: str

    def __str__(self) -> str:
        return printable(self.source.name) + (f": {printable(str(self.path))}" if self.path else "")


def list_files(source: Path, stack: ExitStack) -> Iterator[Entry | Unread]:
    """Yield the files of a folder or a zip, refused ones included; no archive makes it raise an error.

    Parameters
    ----------
    stack
        Keeps the zip open while its files are read.
    """
    if source.is_dir():
        yield from _in_folder(source)
        return
    if not source.is_file():  # reading a pipe could block for ever
        yield Unread(source, None, "it is not an ordinary file.")
        return
    try:
        archive = stack.enter_context(ZipFile(source))
        infos = archive.infolist()
    except (*_DAMAGED, UnicodeError):
        yield Unread(source, None, "it is not a zip, or it is damaged; download it again.")
        return
    if len(infos) > _MOST_FILES:
        yield Unread(source, None, f"it holds {len(infos)} files, which is too many for a class.")
        return
    last = {info.filename: info for info in infos}
    alike = _look_alike(map(_raw_name, infos))
    for info in infos:
        if info.is_dir():
            continue
        path = PurePosixPath(_name(info))
        if _is_litter(path):
            continue
        if last[info.filename] is not info:
            yield Unread(
                source, path, "the zip holds it twice; the last copy was used, as when a zip is unpacked."
            )
        elif alike & {path, *path.parents}:
            yield Unread(source, path, _ALIKE)
        elif why := _refusal(info):
            yield Unread(source, path, why)
        else:
            yield Entry(source, path, _seconds(info), _opener(archive, info))


def _in_folder(source: Path) -> Iterator[Entry | Unread]:
    unread: list[OSError] = []
    found = []
    for place, folders, names in os.walk(source, onerror=unread.append):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        found += [Path(place, name) for name in sorted([*links, *names])]
        folders[:] = sorted(name for name in folders if name not in _LITTER)
        if len(found) > _MOST_FILES:
            yield Unread(source, None, f"it holds more than {_MOST_FILES} files, too many for a class.")
            return
    alike = _look_alike(path.relative_to(source).as_posix() for path in found)
    for path in found:
        inside = PurePosixPath(unicodedata.normalize("NFC", path.relative_to(source).as_posix()))
        if _is_litter(inside):
            continue
        try:
            how = path.lstat()
        except OSError as error:
            yield Unread(source, inside, f"it cannot be read ({error.strerror}).")
            continue
        if stat.S_ISLNK(how.st_mode):
            yield Unread(source, inside, "it is a link; links are not followed.")
        elif not stat.S_ISREG(how.st_mode):
            yield Unread(source, inside, "it is not an ordinary file.")
        elif alike & {inside, *inside.parents}:
            yield Unread(source, inside, _ALIKE)
        else:
            yield Entry(source, inside, how.st_mtime, lambda path=path: _open(path))
    for error in unread:
        place = PurePosixPath(os.path.relpath(str(error.filename), source))
        yield Unread(source, place, f"the folder cannot be read ({error.strerror}).")


def _open(path: Path) -> BinaryIO:
    """Open a file without waiting, in case it is no longer the ordinary file it was a moment ago."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    return open(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb")


def _opener(archive: ZipFile, info: ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: archive.open(info)


def _refusal(info: ZipInfo) -> str | None:
    """Return why a file of a zip may not be read; None if it may."""
    name = _name(info)
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or parts[0].endswith(":"):
        return "its path points outside the zip."
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "it is a link; links are not followed."
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "it is not an ordinary file."
    if info.flag_bits & _ENCRYPTED:
        return "it is protected by a password; ask for a copy without one."
    return None


def _name(info: ZipInfo) -> str:
    return unicodedata.normalize("NFC", _raw_name(info))


def _raw_name(info: ZipInfo) -> str:
    """Return the path in the zip, as UTF-8 where possible: many programs write it without the flag."""
    name = info.filename
    if not info.flag_bits & _UTF_8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name


def _look_alike(names: Iterable[str]) -> set[PurePosixPath]:
    """Return the paths of files and folders that occur in two Unicode spellings."""
    spellings: dict[PurePosixPath, PurePosixPath] = {}
    alike = set()
    for name in names:
        if name.isascii():
            continue
        raw = PurePosixPath(name)
        for one in (raw, *raw.parents):
            path = PurePosixPath(unicodedata.normalize("NFC", str(one)))
            if spellings.setdefault(path, one) != one:
                alike.add(path)
    return alike


def _seconds(info: ZipInfo) -> float:
    try:
        return datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def _is_litter(path: PurePosixPath) -> bool:
    """Say whether the operating system left this file, rather than a student."""
    return bool(_LITTER & set(path.parts)) or path.name.startswith("._")
