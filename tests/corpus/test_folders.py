"""Is a folder of transcriptions read whole, in order, and in spite of files that are none?"""

import subprocess
import sys

import pandas as pd
import pytest
from tests.quick import sample

from helpers import Corpus, catalogue, load_documents, load_paragraphs, read_corpus, read_document
from helpers.normalize import words
from helpers.transcription import reader

BODY = "They met at noon on the first day.\n\nThey spoke of the harvest and of nothing else.\n\nA. BAT"


def compose(title="A Talk", body=BODY, date="June 3, 1964"):
    fields = ["Summary:", "Two talk.", "Contents:", "Translation - English"]
    return "\n\n".join([date, title, *fields, "SECRET", body])


def plain(frame):
    """Return a frame's rows, whatever their types, with None for what is missing."""
    return frame.astype(object).where(frame.notna(), None).to_dict("split")["data"]


@pytest.fixture
def folder(tmp_path):
    """Return a folder with three transcriptions, one of them deeper, and files that are none."""
    place = tmp_path / "my talks"
    (place / "1964").mkdir(parents=True)
    (place / ".hidden").mkdir()
    (place / "b.txt").write_text(compose("Second"), encoding="utf-8")
    (place / "a.txt").write_text(compose("First", date="1964"), encoding="utf-8")
    (place / "1964" / "c.txt").write_text(compose("“Deep”"), encoding="utf-8")
    (place / "d.txt").write_bytes("A line.\nGrüße".encode("latin-1"))
    (place / "e.txt").write_bytes(b"")
    (place / "notes.md").write_text("Not a transcription.", encoding="utf-8")
    (place / "._a.txt").write_bytes(b"\0\0")
    (place / ".hidden" / "f.txt").write_text(compose(), encoding="utf-8")
    return place


def test_our_documents():
    """Does a folder with our documents give what the loaders give, as far as a file can tell?"""
    corpus = read_corpus(catalogue.raw_paths()["deng-1962"].parent)
    assert corpus.problems.empty
    known = load_documents()
    documents, paragraphs = (
        frame[frame["document_id"].isin(known["document_id"])]
        for frame in (corpus.documents, corpus.paragraphs)
    )
    shared = [name for name in documents if name in known and name != "url"]
    assert len(shared) >= 12
    assert plain(documents[shared]) == plain(known[shared])
    assert documents["url"].to_list() == known["url_received"].to_list()
    assert plain(paragraphs) == plain(load_paragraphs("diplomatic"))


def test_documents(folder):
    """Is every transcription there, under the path below the folder, in the order of the paths?"""
    documents = read_corpus(folder).documents
    assert documents["document_id"].to_list() == ["1964/c", "a", "b"]
    assert documents["title"].to_list() == ["“Deep”", "First", "Second"]
    assert documents["document_date"].isna().to_list() == [False, True, False]
    assert documents["document_date_text"].to_list() == ["June 3, 1964", "1964", "June 3, 1964"]
    assert pd.api.types.is_datetime64_dtype(documents["document_date"])
    assert documents["archive"].isna().all()
    assert documents["n_paragraphs"].to_list() == [2, 2, 2]
    for row in documents.itertuples():
        document = read_document(row.path)
        assert (document.sha256, document.n_words) == (row.sha256, row.n_words)


def test_paragraphs(folder):
    """Do the paragraphs have the columns of load_paragraphs, and the words of their documents?"""
    paragraphs = read_corpus(folder).paragraphs
    assert list(paragraphs) == list(load_paragraphs())
    assert paragraphs["paragraph_id"].to_list()[:3] == ["1964/c-p01", "1964/c-p02", "a-p01"]
    assert paragraphs["n"].to_list() == [1, 2] * 3
    assert paragraphs["n_words"].to_list() == [len(words(text)) for text in paragraphs["text"]]


def test_capital_ending(tmp_path):
    """Is a file read whose name ends in capitals, and is its id without them?"""
    (tmp_path / "OLD.TXT").write_text(compose(), encoding="utf-8")
    assert read_corpus(tmp_path).documents["document_id"].to_list() == ["OLD"]


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ("header", ["h1"]),
        (["body", "closing"], ["p01", "p02", "s1"]),
        ("all", ["h1", "p01", "p02", "s1"]),
    ],
)
def test_sections(folder, sections, expected):
    """Are other sections given when they are wanted?"""
    paragraphs = read_corpus(folder, sections=sections).paragraphs
    assert paragraphs["paragraph_id"].to_list() == [
        f"{d}-{n}" for d in ("1964/c", "a", "b") for n in expected
    ]


def test_problems(folder):
    """Is each bad file reported with its line and a remedy, and nothing hidden or of another kind?"""
    problems = read_corpus(folder).problems
    assert [path.rpartition("/")[2] for path in problems["path"]] == ["d.txt", "e.txt"]
    assert problems["line"].to_list() == [2, 1]
    assert problems["problem"].to_list() == ["byte 0xfc is not UTF-8.", "the file is empty."]
    assert problems["remedy"].str.startswith("Save the transcription").all()


def test_only_bad_files(tmp_path):
    """Does a folder of bad files give frames with all columns and no row?"""
    (tmp_path / "a.txt").write_text("Nothing of the kind.", encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert (len(corpus.documents), len(corpus.paragraphs), len(corpus.problems)) == (0, 0, 1)
    assert list(corpus.paragraphs) == list(load_paragraphs())


def test_file_that_cannot_be_read(tmp_path):
    """Is a name that leads nowhere one more problem?"""
    (tmp_path / "a.txt").write_text(compose(), encoding="utf-8")
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone")
    corpus = read_corpus(tmp_path)
    assert len(corpus.documents) == 1
    assert corpus.problems["problem"].str.contains("cannot be read").to_list() == [True]


@pytest.mark.parametrize("name", ["nowhere", "empty", "file.txt"])
def test_no_such_folder(tmp_path, name):
    """Is a folder that is not there, or has no text, an error that names it?"""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text(compose(), encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=rf"{name}'\. Check the path"):
        read_corpus(tmp_path / name)


def test_no_such_section(folder):
    """Is a section that does not exist an error before anything is read?"""
    with pytest.raises(ValueError, match="no section footnotes"):
        read_corpus(folder, sections="footnotes")


@pytest.fixture
def many(tmp_path):
    """Return a folder with more files than one batch, and a bad one in each batch."""
    for i in range(2 * reader.BATCH + 50):
        content = "" if i % reader.BATCH == 7 else compose(f"Talk {i}", f"They met {i} times.\n\n{BODY}")
        (tmp_path / f"{i:04}.txt").write_text(content, encoding="utf-8")
    return tmp_path


def test_processes_change_nothing(many):
    """Do two processes give the same frames as one, row for row?"""
    alone, together = read_corpus(many, jobs=1), read_corpus(many, jobs=2)
    assert len(alone.problems) == 3
    for one, other in zip(alone, together, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_no_processes_in_a_browser(many, monkeypatch):
    """Is a corpus read where there are no processes, whatever was asked for?"""
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", None)
    assert len(read_corpus(many, jobs=2).documents) == 2 * reader.BATCH + 47


SCRIPT = """
from helpers import read_corpus
from helpers.transcription import reader
reader._PAYS_FROM = 1
print(len(read_corpus({folder!r}, jobs={jobs}).documents))
"""


@pytest.mark.parametrize("jobs", sample([None, 2], 2))
def test_script_without_a_guard(many, tmp_path_factory, jobs):
    """Does a script that may start no process still get its corpus, or the remedy when it insists?"""
    script = tmp_path_factory.mktemp("scripts") / "script.py"
    script.write_text(SCRIPT.format(folder=str(many), jobs=jobs), encoding="utf-8")
    ran = subprocess.run([sys.executable, str(script)], capture_output=True, text=True)
    if jobs:
        assert ran.returncode
        assert 'if __name__ == "__main__":, or use jobs=1.' in ran.stderr
    else:
        assert ran.stdout.split() == ["447"]


WITH_A_BAR = """
import sys, helpers.corpus.folders
helpers.corpus.folders._MANY = 10
helpers.read_corpus({folder!r}, jobs=1, progress=False)
sys.stderr.write("--")
helpers.read_corpus({folder!r}, jobs=1)
"""


def test_progress(many):
    """Does a bar count the files where there are many, and stay away where it is unwanted?"""
    # A process of its own: tqdm draws a widget once anything has imported a kernel's module.
    script = WITH_A_BAR.format(folder=str(many))
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    unwanted, _, shown = ran.stderr.partition("--")
    assert unwanted == ""
    assert "450/450" in shown
    assert "problems=3" in shown


def test_few_files_need_no_bar(folder, capfd):
    """Does a bar stay away where the files are few?"""
    read_corpus(folder)
    assert capfd.readouterr().err == ""


def test_corpus_has_names(folder):
    """Are the three frames attributes, and nothing else?"""
    assert Corpus._fields == ("documents", "paragraphs", "problems")
    assert isinstance(read_corpus(folder), Corpus)
