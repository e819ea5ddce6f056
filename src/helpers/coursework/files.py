"""Write files and folders completely or not at all, without losing what a person has put there."""

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

from helpers.coursework.boundary import SubmissionError

# The name of a folder while it is being written: which process writes it, and what it will be called.
_MADE = re.compile(r"\.(\d+)-[0-9a-f]{32}\.(?:new|old)$")
_MADE_FILE = re.compile(r"\.[0-9a-f]{32}\.new")
_planned: list[Path] | None = None


@contextmanager
def dry_run() -> Iterator[list[Path]]:
    """Write nothing; yield a list that receives the files and folders that would have been written."""
    global _planned
    before, _planned = _planned, []
    try:
        yield _planned
    finally:
        _planned = before


def is_dry_run() -> bool:
    """Say whether nothing is to be written."""
    return _planned is not None


def is_left_over(path: Path) -> bool:
    """Say whether a file or folder was left by a command that was killed, and is the only copy of nothing.

    The caller must hold the lock of the course, so that no other command is writing.
    """
    if path.is_symlink():
        return False
    if not path.is_dir():
        return bool(_MADE_FILE.fullmatch(path.name))
    return _was_made(path) and (path.suffix == ".new" or _made_for(path).exists())


def _was_made(path: Path) -> bool:
    """Say whether a folder was made by :func:`write_folder` in a process that has ended."""
    made = _MADE.search(path.name)
    return bool(made) and not _is_running(int(made[1]))


def _made_for(path: Path) -> Path:
    return path.with_name(_MADE.sub("", path.name)[1:])


def _is_running(process: int) -> bool:
    if os.name == "nt":  # os.kill would end the process there
        return True
    try:
        os.kill(process, 0)
    except OSError as error:
        return error.errno == errno.EPERM
    return True


_SHARED_FOLDER, _SHARED_FILE = 0o2770, 0o660


def share(path: Path) -> None:
    """Let a group read and change a file or folder; new files in a shared folder are shared too."""
    with suppress(PermissionError):  # it belongs to another member of the group
        path.chmod(path.stat().st_mode | (_SHARED_FOLDER if path.is_dir() else _SHARED_FILE))


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it; in a folder that a group shares, it shares them too."""
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        if _is_shared(folder.parent):
            share(folder)


def _is_shared(folder: Path) -> bool:
    return folder.stat().st_mode & _SHARED_FOLDER == _SHARED_FOLDER


def _personal_files(folder: Path, ours: Mapping[str, str]) -> list[Path]:
    """Return the files and links that a person has put into a folder of marked work.

    A file is a person's if it is writable, unless it is as we wrote it.
    """
    found = [path for path in folder.rglob("*") if path.is_symlink() or path.is_file()]
    return [
        path
        for path in found
        if path.is_symlink()
        or (
            path.stat().st_mode & 0o222
            and path.suffix != ".ipynb"
            and ours.get(path.relative_to(folder).as_posix()) != _digest(path.read_bytes())
        )
    ]


def write_folder(
    folder: Path,
    files: dict[str, bytes],
    *,
    mode: int = 0o444,
    ours: Mapping[str, str] = MappingProxyType({}),
    backup: Path | None = None,
) -> None:
    """Write a folder completely or not at all, replacing what was written there before.

    Parameters
    ----------
    folder, files
        The folder, and the content of each file by its path in the folder.
    mode
        The permissions of the files.
    ours
        A digest of each file that was written there before.
    backup
        Where the earlier folder is moved to.  By default it is removed, but the files of a person are kept:
        those that are writable and not as they were written.
    """
    if folder.is_symlink():
        raise SubmissionError(f"{folder} is a link to another folder: remove it and run the command again.")
    if _planned is not None:
        _planned.append(folder)
        return
    _make_folder(folder.parent)
    for left in sorted(folder.parent.glob(f".{escape(folder.name)}.*.*"), reverse=True):  # `.old` first
        if left.suffix == ".old" and _was_made(left) and not folder.exists():
            os.rename(left, folder)  # the command was killed before it could put the new one there
        elif is_left_over(left):
            shutil.rmtree(left)
    new, old = (folder.parent / f".{folder.name}.{os.getpid()}-{uuid4().hex}.{end}" for end in ("new", "old"))
    try:
        _make_folder(new)
        for name, content in files.items():
            path = new / name
            _make_folder(path.parent)
            path.write_bytes(content)
            path.chmod(mode)
        for path in _personal_files(folder, ours) if not backup else ():
            kept = new / path.relative_to(folder)
            if not os.path.lexists(kept):
                _make_folder(kept.parent)
                shutil.copy2(path, kept, follow_symlinks=False)
        is_replaced = folder.exists()
        if is_replaced:
            old = backup or old
            _make_folder(old.parent)
        try:
            if is_replaced:
                os.rename(folder, old)
            os.rename(new, folder)
        except BaseException:  # a signal may stop the command here, too
            if is_replaced and not folder.exists():
                os.rename(old, folder)
            raise
        if is_replaced and not backup:
            shutil.rmtree(old)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def keep_other(path: Path, is_ours: Callable[[bytes], bool]) -> Path | None:
    """Rename a file that is not ours before we write one in its place; return its new path."""
    if not os.path.lexists(path) or (path.is_file() and is_ours(path.read_bytes())):
        return None
    for n in range(1, 1000):
        kept = path.with_name(f"{path.name}.before{'' if n == 1 else f'-{n}'}")
        if not os.path.lexists(kept):
            if _planned is None:
                os.rename(path, kept)
            return kept
    raise SubmissionError(f"There are a thousand copies of {path}: remove some of them.")


def is_own(path: Path, notes: Path) -> bool:
    """Say whether a file is as :func:`write_own` wrote it, neither replaced nor changed."""
    note = _note(path, notes)
    return path.is_file() and note.is_file() and note.read_text() == _digest(path.read_bytes())


def write_own(path: Path, content: str | bytes, notes: Path) -> Path | None:
    """Write a file, and record its content in the folder `notes`.

    A file that is there and was changed since it was written is renamed, because somebody may need it; its
    new path is returned.
    """
    kept = keep_other(path, lambda _: is_own(path, notes))
    plain = to_bytes(content) if isinstance(content, str) else content
    write_file(path, plain)
    write_file(_note(path, notes), _digest(plain))
    return kept


def _note(path: Path, notes: Path) -> Path:
    return notes / _digest(str(path.resolve()).encode(errors="surrogateescape"))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file completely or not at all; a lone surrogate becomes a question mark."""
    if _planned is not None:
        _planned.append(path)
        return
    _make_folder(path.parent)
    # The temporary name does not contain the file's name, which may have the maximum length already.
    new = path.with_name(f".{uuid4().hex}.new")
    try:
        new.write_bytes(to_bytes(content) if isinstance(content, str) else content)
        if _is_shared(path.parent):
            share(new)
        os.replace(new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def to_bytes(text: str) -> bytes:
    """Return a text in UTF-8; a lone surrogate, which Python allows in a string, becomes a question mark."""
    return text.encode(errors="replace")
