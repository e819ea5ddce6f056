"""Read transcriptions from files, one or many, in several processes if that is faster; no data frames.

Nothing heavy is imported here, so that a new process starts quickly.
"""

import os
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from helpers.limits import count_cores
from helpers.transcription.parser import Document, TranscriptionError, decode, parse
from helpers.transcription.tei import parse_tei

BATCH = 200
"""How many files are read at a time: few enough for a smooth progress bar, enough to use processes well."""

# Starting processes, which import pandas again, takes about as long as reading this many files.
_PAYS_FROM = 10_000

DOCUMENT_FIELDS = (
    *("title", "document_date", "document_date_text", "archive", "archive_location", "translator"),
    *("original_language", "summary", "credits", "citation", "url", "sha256"),
)
"""The attributes of a `Document` that have their own columns."""

Columns = dict[str, list[Any]]


class Batch(NamedTuple):
    """Columns of the documents, paragraphs and problems of some files; words are not counted yet."""

    size: int
    documents: Columns
    paragraphs: Columns
    problems: Columns


def read(path: str | Path) -> Document:
    """Return one parsed transcription; see :func:`helpers.read_document`."""
    try:
        with open(path, "rb") as file:
            text = decode(file.read())
        return parse_tei(text) if str(path).lower().endswith(".xml") else parse(text)
    except TranscriptionError as error:
        raise TranscriptionError(error.problem, error.remedy, line=error.line, path=path) from None
    except OSError as error:
        raise TranscriptionError(
            f"the file cannot be read ({error.strerror}).", "Check the path.", path=path
        ) from None


def find(folder: str | Path) -> list[str]:
    """Return the path of every text file in `folder` and its subfolders, sorted, without hidden ones."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        texts = [name for name in names if name.lower().endswith(".txt") and not name.startswith(".")]
        found += [os.path.join(place, name) for name in texts]
    return sorted(found)


def read_all(folder: str | Path, paths: list[str], *, jobs: int | None = None) -> Iterator[Batch]:
    """Yield the contents of the files at `paths` batch by batch, in order.

    Parameters
    ----------
    folder
        The folder that contains them all; a document's id is its path in this folder, without ``.txt``.
    paths
        The files.
    jobs
        The number of processes; by default one for each core if there are many files.

    Raises
    ------
    RuntimeError
        When `jobs` processes were asked for and cannot be started.
    """
    batches = [(str(folder), paths[i : i + BATCH]) for i in range(0, len(paths), BATCH)]
    wanted = min(jobs or _useful_jobs(len(paths)), len(batches))
    if wanted <= 1 or sys.platform == "emscripten":  # a browser has no processes
        yield from map(_read_batch, batches)
    else:
        yield from _read_in_processes(batches, wanted, insist=jobs is not None)


def _read_in_processes(batches: list[tuple[str, list[str]]], jobs: int, *, insist: bool) -> Iterator[Batch]:
    # Imported here: one document needs no processes, and these modules take as long to import as both to
    # read.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # A forked copy of a process with threads may hang on their locks.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    n_done = 0
    try:
        with ProcessPoolExecutor(jobs, context) as pool:
            for batch in pool.map(_read_batch, batches):
                n_done += 1
                yield batch
    except BrokenProcessPool as error:
        if insist:
            raise RuntimeError(
                f"{jobs} processes cannot be started from here. In a script, call read_corpus inside "
                'if __name__ == "__main__":, or use jobs=1.'
            ) from error
        yield from map(_read_batch, islice(batches, n_done, None))


def _useful_jobs(n_files: int) -> int:
    if n_files < _PAYS_FROM:
        return 1
    return count_cores()


def _read_batch(batch: tuple[str, list[str]]) -> Batch:
    folder, paths = batch
    documents: Columns = {name: [] for name in ("document_id", "path", *DOCUMENT_FIELDS, "n_paragraphs")}
    paragraphs: Columns = {name: [] for name in ("document_id", "n", "section", "text")}
    problems: Columns = {name: [] for name in ("path", "line", "problem", "remedy")}
    for path in paths:
        try:
            document = read(path)
        except TranscriptionError as error:
            _append(problems, path, error.line, error.problem, error.remedy)
            continue
        document_id = path[len(folder) : -len(".txt")].replace(os.sep, "/").lstrip("/")
        sections = {"header": document.header, "body": document.paragraphs, "closing": document.closing}
        for section, texts in sections.items():
            paragraphs["document_id"] += [document_id] * len(texts)
            paragraphs["n"] += range(1, len(texts) + 1)
            paragraphs["section"] += [section] * len(texts)
            paragraphs["text"] += texts
        fields = [getattr(document, name) for name in DOCUMENT_FIELDS]
        _append(documents, document_id, path, *fields, document.n_paragraphs)
    return Batch(len(paths), documents, paragraphs, problems)


def _append(columns: Columns, *row: object) -> None:
    for column, value in zip(columns.values(), row, strict=True):
        column.append(value)
