"""A folder of transcriptions as data frames: a hundred thousand of them, or three."""

from collections.abc import Callable, Iterable
from importlib.util import find_spec
from itertools import compress
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers import files
from helpers.corpus import name_paragraph, name_sections

# A bar appears only where there is time to look at it.
_MANY = 1_000
_NUMBERS = {"n": "int64", "n_words": "int64", "n_paragraphs": "int64", "line": "int64"}
_DATES = {"document_date": "datetime64[us]"}
# By code; the last entry is no space, and stands for all that come after it.
_IS_SPACE = np.array([chr(code).isspace() for code in range(0x3002)])


class Corpus(NamedTuple):
    """A folder of transcriptions.

    Attributes
    ----------
    documents
        One row a document, as :func:`helpers.load_documents` has them as far as a file can tell.
    paragraphs
        One row a paragraph, with the columns of :func:`helpers.load_paragraphs`.
    problems
        One row a file that could not be read: `path`, `line`, `problem`, `remedy`.
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
    """Return every transcription below a folder; a file that is none is reported and not fatal.

    Parameters
    ----------
    folder
        All files below it whose names end in ``.txt`` are read, in the order of their paths; hidden ones are
        passed over.
    sections
        The paragraphs wanted: ``body``, ``header``, ``closing``, several of them, or ``all``.
    progress
        Show a progress bar where there are many files.
    jobs
        The number of processes; by default one for each core where the files are many, and 1 otherwise.
        A script that may start processes calls this below ``if __name__ == "__main__":``.

    Returns
    -------
    Corpus
        Three data frames.  `documents`: `document_id` (the path below the folder, without ``.txt``), `path`,
        `title`, `document_date` (datetime64; missing where no single certain day is given),
        `document_date_text` (as it stands), `archive`, `archive_location`, `translator`,
        `original_language`, `summary`, `credits`, `citation`, `url` (as the citation gives it), `sha256`,
        `n_paragraphs` and `n_words` (of the body).  `paragraphs`: `document_id`, `paragraph_id`, `n` (number
        within its section, from 1), `section`, `text`, `n_words`.  `problems`: `path`, `line` (from 1),
        `problem`, `remedy`.  Texts are Arrow-backed where pyarrow is installed.

    Raises
    ------
    FileNotFoundError
        When there is no such folder, or no text file in it.
    ValueError
        When there is no such section.
    RuntimeError
        When `jobs` processes were asked for and cannot be started.

    Examples
    --------
    >>> from helpers import catalogue
    >>> folder = catalogue.raw_paths()["mao-1963"].parent
    >>> read_corpus(folder).documents[["document_id", "n_paragraphs", "n_words"]].to_dict("split")["data"]
    [['deng-1962', 19, 1362], ['mao-1963', 21, 1515]]
    """
    wanted = name_sections(sections)
    if not Path(folder).is_dir():
        raise FileNotFoundError(f"There is no folder {str(folder)!r}. Check the path.")
    paths = files.find(folder)
    if not paths:
        raise FileNotFoundError(f"There is no .txt file below {str(folder)!r}. Check the path.")
    text = _text_type()
    parts: list[Corpus] = []
    with _Bar(len(paths), shown=progress) as advance:
        for batch in files.read_all(folder, paths, jobs=jobs):
            parts.append(_frames(batch, wanted, text))
            advance(batch.size, len(parts[-1].problems))
    return Corpus(*(pd.concat(frames, ignore_index=True) for frames in zip(*parts, strict=True)))


def _frames(batch: files.Batch, sections: set[str], text: object) -> Corpus:
    """Return a batch as frames, its texts of one type and its words counted."""
    paragraphs = batch.paragraphs
    paragraphs["n_words"] = count_each(paragraphs["text"]).tolist()
    of_body = [section == "body" for section in paragraphs["section"]]
    n_words = np.cumsum([0, *compress(paragraphs["n_words"], of_body)])
    ends = np.cumsum([0, *batch.documents["n_paragraphs"]])
    documents = {**batch.documents, "n_words": np.diff(n_words[ends])}
    if len(sections) < 3:
        kept = [section in sections for section in paragraphs["section"]]
        paragraphs = {name: list(compress(column, kept)) for name, column in paragraphs.items()}
    ids = map(name_paragraph, paragraphs["document_id"], paragraphs["section"], paragraphs["n"])
    columns = {"document_id": paragraphs["document_id"], "paragraph_id": list(ids), **paragraphs}
    return Corpus(_frame(documents, text), _frame(columns, text), _frame(batch.problems, text))


def count_each(texts: list[str]) -> np.ndarray:
    """Return the number of words of each text, as :func:`helpers.normalize.count_words` has it, but of many.

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


def _frame(columns: dict[str, list], text: object) -> pd.DataFrame:
    typed = {}
    for name, values in columns.items():
        if name in _DATES:
            typed[name] = np.array(values, dtype=_DATES[name])
        else:
            typed[name] = pd.array(values, dtype=_NUMBERS.get(name, text))
    return pd.DataFrame(typed)


def _text_type() -> object:
    """Return the type of texts: pandas 3 has one, Arrow-backed where it can be; pandas 2 must be asked."""
    if int(pd.__version__.split(".")[0]) >= 3:
        return "str"
    return "string[pyarrow]" if find_spec("pyarrow") else object


class _Bar:
    """A progress bar with counts and an estimate, or nothing where the files are few."""

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
