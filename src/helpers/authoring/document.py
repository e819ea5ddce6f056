"""Add a document with its pages to the book, or take it out again.

In the folder of the book: ``python -m helpers.authoring.document add FILE`` and ``... remove ID``.
"""

import argparse
import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from helpers.authoring.changes import Piece, put_in, take_out, write_all
from helpers.authoring.entries import list_entries
from helpers.authoring.form import FIELDS, AuthoringError, read_source
from helpers.authoring.pages import find_passages, write_pages

_RECORDS = "data/added"
# Where somebody may have written about a document.
_WRITTEN = ("chapters/**/*.md", "chapters/**/*.yml", "chapters/*.bib", "data/**/*.csv", "data/*.md")
_WRITTEN += ("data/*.json", "exercises/source/*/*.ipynb", "tests/exercises/*.py", "_toc.yml", "*.md")
_CHECK = """
import sys
from helpers import catalogue, load_paragraphs, load_sentences, verify_quotation
document_id, *passages = sys.argv[1:]
catalogue.read_raw(document_id)
for reading in ("diplomatic", "corrected"):
    load_paragraphs(reading, sections="all", documents=document_id)
for place, words in zip(passages[::2], passages[1::2]):
    verified = verify_quotation(words, place)
    if not verified.is_verbatim:
        sys.exit(f"{place}: {verified.explanation}")
"""


def add_document(
    path: Path, answers: Mapping[str, str] | None = None, *, repository: Path = Path(".")
) -> list[str]:
    """Add a transcription to the book: raw file, rows of tables, two pages and an exercise.

    The raw file of a transcription in the archive's layout is the given file, byte for byte; plain text is
    laid out in the same way first.  When something fails, the repository is as it was.

    Parameters
    ----------
    path
        The file; see :func:`helpers.authoring.form.read_source`.
    answers
        Answers to the form, by the names in :data:`helpers.authoring.form.FIELDS`.
    repository
        The folder of the book.

    Returns
    -------
    list of str
        The id of the document, and then the paths of the files that were made.

    Raises
    ------
    AuthoringError
        When the document cannot be added; the message names the file, the place and the remedy.

    Examples
    --------
    >>> add_document(Path("nothing.txt"), repository=Path("."))
    Traceback (most recent call last):
    helpers.authoring.form.AuthoringError: nothing.txt: the file cannot be read (No such file or directory); \
check its name.
    """
    source = read_source(path, answers or {}, _family_names(repository))
    document_id = source.document_id
    _refuse_known(document_id, repository)
    made = {_raw_of(document_id): source.raw} | write_pages(source, repository)
    pieces = list_entries(source)
    shared = {p.path: put_in(p, _read(repository, p.path), place).encode() for p, place in pieces}
    said = {
        "document_id": document_id,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in made.items()},
        "pieces": [piece._asdict() for piece, _ in pieces],
        # The book may use the id as an example: that is nothing somebody wrote about the document.
        "named_before": [line for _, line in _find_named(document_id, repository)],
    }
    kept = {_record_of(document_id): (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode()}
    before = {name: (repository / name).read_bytes() for name in shared}
    write_all(repository, kept | made | shared)
    try:
        _check(repository, document_id, find_passages(source))
    except BaseException:
        write_all(repository, dict.fromkeys(made | kept) | before)
        raise
    return [document_id, *made]


def _refuse_known(document_id: str, repository: Path) -> None:
    record, raw = _record_of(document_id), _raw_of(document_id)
    if (repository / record).exists():
        raise AuthoringError(
            f"{record}: {document_id} was added before; take it out first (make remove-document "
            f"ID={document_id}), or choose another ID."
        )
    if (repository / raw).exists():
        raise AuthoringError(f"{raw} is there already; choose another ID.")


def remove_document(document_id: str, *, anyway: bool = False, repository: Path = Path(".")) -> list[str]:
    """Take a document that was added out of the book, so that the repository is as it was before.

    Parameters
    ----------
    document_id
        Its id.
    anyway
        Also what was edited since it was made.  What other files say of the document stays there.
    repository
        The folder of the book.

    Returns
    -------
    list of str
        Where other files still name the document, as `path:line`; nothing unless it was removed `anyway`.

    Raises
    ------
    AuthoringError
        When the document was not added, when a file was edited since, or when another file names it; the
        message names the files.

    Examples
    --------
    >>> remove_document("zhou-1900")
    Traceback (most recent call last):
    helpers.authoring.form.AuthoringError: zhou-1900 was not added by `make new-document`: there is no \
data/added/zhou-1900.json, so nothing was removed.
    """
    record = _record_of(document_id)
    if not re.fullmatch(r"[a-z]+-\d{4}", document_id) or not (repository / record).is_file():
        raise AuthoringError(
            f"{document_id} was not added by `make new-document`: there is no {record}, so nothing was "
            "removed."
        )
    try:
        said = json.loads(_read(repository, record))
        made, pieces = said["files"], [Piece(**piece) for piece in said["pieces"]]
        before = set(said["named_before"])
    except (ValueError, KeyError, TypeError):
        raise AuthoringError(
            f"{record}: the record cannot be read; restore it (git checkout {record}), and try again."
        ) from None
    edited = [name for name, known in made.items() if _checksum(repository / name) not in (known, "")]
    shared: dict[str, str] = {}
    for piece in pieces:
        content = shared.get(piece.path) or _read(repository, piece.path)
        without = take_out(piece, content, anyway=anyway)
        if without is None:
            edited.append(piece.path)
        shared[piece.path] = content if without is None else without
    named = [
        place
        for place, line in _find_named(document_id, repository, {*made, *edited}, shared)
        if line not in before
    ]
    if not anyway and (edited or named):
        raise AuthoringError(_refuse(document_id, edited, named))
    contents = {name: content.encode() for name, content in shared.items()}
    write_all(repository, contents | dict.fromkeys([*made, record]))
    return named


def _refuse(document_id: str, edited: list[str], named: list[str]) -> str:
    """Return why a document is not removed, with every file and what to do."""
    parts = []
    if edited:
        parts.append(f"what was made of {document_id} has been edited in {', '.join(edited)}")
    if named:
        parts.append(f"{document_id} is named in {', '.join(named)}")
    return (
        f"{'; and '.join(parts)}: nothing was removed. Keep what you need and take the rest back, or add "
        "ANYWAY=yes to remove what was made all the same."
    )


def _find_named(
    document_id: str, repository: Path, made: Collection[str] = (), shared: Mapping[str, str] | None = None
) -> Iterator[tuple[str, str]]:
    """Yield where a document is named outside of what was made for it, as `path:line` with the line.

    A file that is called after it is a place too.  What `shared` has is looked at instead of the file.
    """
    pattern = re.compile(rf"(?<![\w-]){re.escape(document_id)}(?!\d)")
    slugs = (document_id, document_id.replace("-", "_"))
    paths = {path for written in _WRITTEN for path in repository.glob(written) if path.is_file()}
    for name, path in sorted((path.relative_to(repository).as_posix(), path) for path in paths):
        if name in made:
            continue
        if path.stem.startswith(slugs):
            yield name, name
        text = (shared or {}).get(name) or path.read_text(encoding="utf-8", errors="replace")
        for n, line in enumerate(text.splitlines(), 1):
            if pattern.search(line):
                yield f"{name}:{n}", line


def _check(repository: Path, document_id: str, passages: Mapping[str, str]) -> None:
    """Let a new process load the document from the repository and verify its quotations."""
    words = [part for pair in passages.items() for part in pair]
    env = os.environ | {"PYTHONPATH": str((repository / "src").resolve())}
    ran = subprocess.run(
        [sys.executable, "-c", _CHECK, document_id, *words],
        cwd=repository,
        env=env,
        capture_output=True,
        text=True,
    )
    if ran.returncode:
        last = ran.stderr.strip().splitlines()[-1:] or ["no reason was given"]
        raise AuthoringError(
            f"{_raw_of(document_id)}: the book cannot load the document ({last[0]}); nothing was added."
        )


def _family_names(repository: Path) -> dict[str, str]:
    """Return the family name of everyone in the table of people; Chinese names begin with it."""
    rows = csv.DictReader(_read(repository, "data/people.csv").splitlines())
    return {
        row["name"]: row["name"].split()[0 if row["state"] == "peoples-republic-of-china" else -1]
        for row in rows
    }


def _read(repository: Path, name: str) -> str:
    try:
        return (repository / name).read_bytes().decode("utf-8")
    except OSError as error:
        raise AuthoringError(
            f"{name} cannot be read ({error.strerror}); run this in the folder of the book, or restore the "
            f"file (git checkout {name})."
        ) from None
    except UnicodeDecodeError:
        raise AuthoringError(f"{name} is no UTF-8; restore it (git checkout {name}).") from None


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _raw_of(document_id: str) -> str:
    return f"data/raw/{document_id}.txt"


def _record_of(document_id: str) -> str:
    return f"{_RECORDS}/{document_id}.json"


def main(arguments: list[str] | None = None) -> None:
    """Add or remove a document as the command line says; what cannot be done ends with one sentence."""
    parser = argparse.ArgumentParser(prog="document", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add", help="add a transcription")
    add.add_argument("file", help="the transcription")
    add.add_argument("--answers", nargs="*", default=[], help="variables of the environment with answers")
    for name, meaning in FIELDS.items():
        add.add_argument(f"--{name}", help=meaning)
    remove = commands.add_parser("remove", help="remove a document that was added")
    remove.add_argument("id", help="its id")
    remove.add_argument("--anyway", action="store_true", help="also what was edited since")
    given = parser.parse_args(arguments)
    try:
        _add(given) if given.command == "add" else _remove(given)
    except AuthoringError as error:
        sys.exit(f"{'new' if given.command == 'add' else 'remove'}-document: {error}")


def _add(given: argparse.Namespace) -> None:
    if not given.file:
        raise AuthoringError("FILE is missing; name the transcription: make new-document FILE=talk.txt.")
    answers = {name.lower(): os.environ.get(name, "") for name in given.answers}
    answers |= {name: value for name in FIELDS if (value := getattr(given, name))}
    document_id, *made = add_document(Path(given.file), answers)
    print(f"{document_id} was added. These files were made:\n")
    print("\n".join(f"  {name}" for name in made))
    print(
        f"\nRun `make book` to see its pages, and write what is between asterisks in their files.\n"
        f"The tests of its exercise fail until it has questions and answers.\n"
        f"`make remove-document ID={document_id}` takes everything out again."
    )


def _remove(given: argparse.Namespace) -> None:
    if not given.id:
        raise AuthoringError("ID is missing; name the document: make remove-document ID=zhou-1964.")
    named = remove_document(given.id, anyway=given.anyway)
    print(f"{given.id} was removed.")
    if named:
        print(f"It is still named in {', '.join(named)}.")


if __name__ == "__main__":
    main()
