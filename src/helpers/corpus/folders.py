"""Read a folder of transcriptions into data frames, whether there are three or a hundred thousand."""

from collections.abc import Callable, Iterable
from itertools import compress
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.corpus.loaders import SECTIONS, name_sections
from helpers.references import make_id
from helpers.transcription import reader

# A progress bar appears only if there is time to look at it.
_MANY = 1_000
_NUMBERS = {"n": "int64", "n_words": "int64", "n_paragraphs": "int64", "line": "int64"}
_DATES = {"document_date": "datetime64[us]"}
# By code point; the last entry is not a space, and is used for everything after it.
_IS_SPACE = np.array([chr(code).isspace() for code in range(0x3002)])


class Corpus(NamedTuple):
    """A folder of transcriptions.

    Attributes
    ----------
    documents
        One row per document, with the columns of :func:`helpers.load_documents` that a file can provide.
    paragraphs
        One row per paragraph, with the columns of :func:`helpers.load_paragraphs`.
    problems
        One row per file that could not be read: `path`, `line`, `problem`, `remedy`.
    """

    documents: pd.DataFrame
    paragraphs: pd.DataFrame
    problems: pd.DataFrame


def read_corpus(
    folder: str | Path,
    *,
    sections: str | Iterable[str] = "body",
    progress: bool = True,
    jobs: int | None = None,
) -> Corpus:
    """Return every transcription in a folder; a file that is not one is reported and does not stop the rest.

    Parameters
    ----------
    folder
        All files in it and its subfolders with names that end in ``.txt`` are read, in the order of their
        paths; hidden files are skipped.
    sections
        The paragraphs wanted: ``body``, ``header``, ``closing``, several of them, or ``all``.
    progress
        Whether to show a progress bar if there are many files.
    jobs
        The number of processes; by default one for each core if there are many files, and 1 otherwise.
        A script that may start processes must call this inside ``if __name__ == "__main__":``.

    Returns
    -------
    Corpus
        Three data frames.  `documents`: `document_id` (the path in the folder, without ``.txt``), `path`,
        `title`, `document_date` (datetime64; missing if there is no single certain day),
        `document_date_text` (as written), `archive`, `archive_location`, `translator`,
        `original_language`, `summary`, `credits`, `citation`, `url` (from the citation), `sha256`,
        `n_paragraphs` and `n_words` (of the body).  `paragraphs`: `document_id`, `paragraph_id`, `n` (number
        within its section, from 1), `section`, `text`, `n_words`.  `problems`: `path`, `line` (from 1),
        `problem`, `remedy`.  Texts are Arrow-backed if pyarrow is installed.

    Raises
    ------
    FileNotFoundError
        When the folder does not exist, or has no text file.
    ValueError
        When a section does not exist.
    RuntimeError
        When `jobs` processes were asked for and cannot be started.

    Examples
    --------
    >>> from helpers import catalogue
    >>> folder = catalogue.raw_paths()["mao-1963"].parent
    >>> read_corpus(folder).documents.set_index("document_id")["n_words"]["mao-1963"].item()
    1515
    """
    wanted = name_sections(sections)
    if not Path(folder).is_dir():
        raise FileNotFoundError(f"There is no folder {str(folder)!r}. Check the path.")
    paths = reader.find(folder)
    if not paths:
        raise FileNotFoundError(f"There is no .txt file in {str(folder)!r}. Check the path.")
    parts: list[Corpus] = []
    with _Bar(len(paths), shown=progress) as advance:
        for batch in reader.read_all(folder, paths, jobs=jobs):
            parts.append(_frames(batch, wanted))
            advance(batch.size, len(parts[-1].problems))
    return Corpus(*(pd.concat(frames, ignore_index=True) for frames in zip(*parts, strict=True)))


def _frames(batch: reader.Batch, sections: frozenset[str]) -> Corpus:
    """Return a batch as frames, with all texts of one type and the words counted."""
    paragraphs = batch.paragraphs
    paragraphs["n_words"] = count_each(paragraphs["text"]).tolist()
    of_body = [section == "body" for section in paragraphs["section"]]
    n_words = np.cumsum([0, *compress(paragraphs["n_words"], of_body)])
    ends = np.cumsum([0, *batch.documents["n_paragraphs"]])
    documents = {**batch.documents, "n_words": np.diff(n_words[ends])}
    if len(sections) < 3:
        kept = [section in sections for section in paragraphs["section"]]
        paragraphs = {name: list(compress(column, kept)) for name, column in paragraphs.items()}
    letters = map(SECTIONS.__getitem__, paragraphs["section"])
    ids = map(make_id, paragraphs["document_id"], letters, paragraphs["n"])
    columns = {"document_id": paragraphs["document_id"], "paragraph_id": list(ids), **paragraphs}
    return Corpus(_frame(documents), _frame(columns), _frame(batch.problems))


def count_each(texts: list[str]) -> np.ndarray:
    """Return the number of words of each text, like :func:`helpers.normalize.count_words` but for many texts.

    Examples
    --------
    >>> count_each(["They met.", "", " They\u2003\t met again. "])
    array([2, 0, 3])
    """
    joined = "\n".join([*texts, ""])
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    is_space = _IS_SPACE.take(codes, mode="clip")
    is_end = is_space[1:] & ~is_space[:-1]
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return np.diff(np.searchsorted(np.flatnonzero(is_end), np.cumsum(lengths + 1) - 1), prepend=0)


def _frame(columns: reader.Columns) -> pd.DataFrame:
    typed = {}
    for name, values in columns.items():
        if name in _DATES:
            typed[name] = np.array(values, dtype=_DATES[name])
        else:
            typed[name] = pd.array(values, dtype=_NUMBERS.get(name, "str"))
    return pd.DataFrame(typed)


class _Bar:
    """Return a progress bar with counts and an estimate, or nothing if there are few files."""

    def __init__(self, total: int, *, shown: bool):
        self._bar, self._n_problems = None, 0
        if shown and total >= _MANY:
            from tqdm.auto import tqdm  # a widget in a notebook, a line in a terminal

            self._bar = tqdm(total=total, unit=" files", desc="Reading")

    def __enter__(self) -> Callable[[int, int], None]:
        return self._advance

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def _advance(self, n_files: int, n_problems: int) -> None:
        if self._bar is None:
            return
        self._n_problems += n_problems
        if self._n_problems:
            self._bar.set_postfix(problems=self._n_problems, refresh=False)
        self._bar.update(n_files)
