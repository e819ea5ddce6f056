"""Do the frames hold the two documents as the design says, and nothing else?"""

import difflib
import hashlib
import re

import pandas as pd
import pytest

from helpers import (
    TranscriptionError,
    catalogue,
    load_documents,
    load_emendations,
    load_paragraphs,
    load_parties,
    load_people,
    load_sentences,
    load_tokens,
    read_document,
)
from helpers.corpus import loaders

BODY = {"deng-1962": 19, "mao-1963": 21}
HEADER = {"deng-1962": 7, "mao-1963": 6}
CLOSING = {"deng-1962": 2, "mao-1963": 0}


def test_paragraph_ids():
    """Are there 19 and 21 body paragraphs, with the ids of the design, in the order of the documents?"""
    expected = [f"{d}-p{n:02}" for d, count in BODY.items() for n in range(1, count + 1)]
    frame = load_paragraphs()
    assert frame["paragraph_id"].to_list() == expected
    assert list(frame.columns) == ["document_id", "paragraph_id", "n", "section", "text", "n_words"]
    assert set(frame["section"]) == {"body"}


def test_header_and_closing_ids():
    """Do header and closing lines have ids of their own?"""
    frame = load_paragraphs(sections=["header", "closing"])
    expected = {f"{d}-h{n}" for d, count in HEADER.items() for n in range(1, count + 1)}
    expected |= {f"{d}-s{n}" for d, count in CLOSING.items() for n in range(1, count + 1)}
    assert set(frame["paragraph_id"]) == expected
    assert len(load_paragraphs(sections="all")) == len(frame) + sum(BODY.values())


def test_word_counts():
    """Do the words add up, in paragraphs, tokens and documents alike?"""
    paragraphs, tokens = load_paragraphs(), load_tokens()
    by_paragraph = paragraphs.groupby("document_id")["n_words"].sum()
    assert by_paragraph.to_dict() == tokens.groupby("document_id").size().to_dict()
    assert by_paragraph.to_dict() == load_documents().set_index("document_id")["n_words"].to_dict()


@pytest.mark.parametrize("load", [load_sentences, load_tokens])
def test_offsets(load):
    """Does every offset of a sentence and a token lead back to its text?"""
    frame = load("diplomatic")
    text = load_paragraphs("diplomatic").set_index("paragraph_id")["text"]
    column = "text" if "text" in frame else "token"
    for row in frame.itertuples():
        assert text[row.paragraph_id][row.start : row.end] == getattr(row, column)


def test_sentences_hold_every_word():
    """Do the sentences of a paragraph, joined, give the paragraph?"""
    joined = load_sentences().groupby("paragraph_id", sort=False)["text"].agg(" ".join)
    paragraphs = load_paragraphs().set_index("paragraph_id")["text"]
    assert joined.to_dict() == {k: re.sub(r"\s+", " ", v) for k, v in paragraphs.items()}


@pytest.mark.parametrize(
    ("paragraph_id", "begins"),
    [
        ("deng-1962-p01", ["On April 5", "After a silence"]),
        ("deng-1962-p16", ["Referring to", "He thanked me"]),
        ("deng-1962-p17", ["During the", "Deng Xiaoping stated"]),
        ("deng-1962-p19", ["Candidate for"]),
        ("deng-1962-p08", ["Deng Xiaoping", '"How else', "The representatives", "In a word"]),
        ("mao-1963-p10", ["Comrade Mao", "The sky"]),
        ("mao-1963-p16", ["The letter", "This is the", "Comrade Mao", "The Chinese", "Action is"]),
    ],
)
def test_sentence_starts(paragraph_id, begins):
    """Do abbreviations end no sentence, and quotation marks hide none?"""
    sentences = load_sentences().query("paragraph_id == @paragraph_id")["text"].to_list()
    assert len(sentences) == len(begins)
    assert all(s.startswith(b) for s, b in zip(sentences, begins, strict=True)), sentences


@pytest.mark.parametrize("document_id", list(BODY))
def test_diplomatic_reading_is_the_raw_text(document_id):
    """Is the diplomatic reading the raw text, but for the healed page break and layout?"""
    raw = catalogue.read_raw(document_id).split("Translation - English", 1)[1]
    blocks = [block for block in raw.split("\n\n") if block.strip()]
    blocks = [block.strip("\n") for block in blocks]
    lines = (
        load_paragraphs("diplomatic", sections="all").query("document_id == @document_id")["text"].to_list()
    )
    differences = [
        (blocks[a:b], lines[c:d])
        for kind, a, b, c, d in difflib.SequenceMatcher(None, blocks, lines, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    assert len(differences) == 1
    (halves, (healed,)) = differences[0]
    assert len(halves) == 2
    assert healed == " ".join(halves)


def test_corrected_reading_differs_only_by_certain_emendations():
    """Does each paragraph change exactly by the certain emendations of the register?"""
    diplomatic = load_paragraphs("diplomatic", sections="all").set_index("paragraph_id")["text"]
    corrected = load_paragraphs("corrected", sections="all").set_index("paragraph_id")["text"]
    certain = load_emendations().query("field == 'text' and certainty == 'certain'")
    expected = diplomatic.to_dict()
    for row in certain.itertuples():
        assert expected[row.paragraph_id].count(row.received) == 1
        expected[row.paragraph_id] = expected[row.paragraph_id].replace(row.received, row.reading)
    assert corrected.to_dict() == expected
    assert set(corrected.index[corrected != diplomatic]) == set(certain["paragraph_id"])


@pytest.mark.parametrize(
    "kept", ["in late April", "of Algeria, DPRK", "the Chinese party with this statement"]
)
def test_conjectures_are_only_shown(kept):
    """Do the conjectural places stay as they were received?"""
    assert load_paragraphs()["text"].str.contains(kept, regex=False).sum() == 1


def test_documents():
    """Does the frame say what each document is, when it was made and where it came from?"""
    frame = load_documents().set_index("document_id")
    assert frame.loc["deng-1962", "event_date"] == pd.Timestamp(1962, 4, 9)
    assert frame.loc["deng-1962", "document_date"] == pd.Timestamp(1962, 5, 8)
    assert frame.loc["mao-1963", "event_date"] == pd.Timestamp(1963, 2, 23)
    assert frame.loc["mao-1963", "document_date"] == pd.Timestamp(1963, 3, 13)
    assert frame["translator"].to_list() == ["Benjamin Aldrich-Moodie", "David Cowhig"]
    assert frame["archive"].to_list() == ["AVP RF", "PRC FMA"]
    assert pd.isna(frame.loc["deng-1962", "archive_location"])
    assert frame.loc["mao-1963", "archive_location"] == "109-03861-03, 13-17"
    assert frame["original_language"].to_list() == ["Russian", "Chinese"]
    assert set(frame["event_date_precision"]) == set(frame["document_date_precision"]) == {"day"}
    for name in ("event_date", "document_date"):
        assert pd.api.types.is_datetime64_any_dtype(frame[name])


def test_document_date_is_that_of_the_text():
    """Is the date in the table the one that the transcription gives?"""
    for row in load_documents().itertuples():
        parsed = read_document(catalogue.raw_paths()[row.document_id])
        assert row.document_date.date() == parsed.document_date
        assert row.url_received == parsed.url
        assert row.sha256 == parsed.sha256


def test_document_has_the_columns():
    """Does a Document read from a file have the columns of the frame as attributes?"""
    document = read_document(catalogue.raw_paths()["deng-1962"])
    missing = [
        c for c in load_documents().columns if not hasattr(document, c) and not c.endswith("_precision")
    ]
    assert missing == ["url_received", "short_title"]  # what only a catalogue knows
    assert document.text.split("\n\n") == document.paragraphs


def test_spellings_are_lists():
    """Are people and parties found by every spelling?"""
    for frame in (load_people(), load_parties()):
        assert all(isinstance(spellings, list) and all(spellings) for spellings in frame["spellings"])


def test_frames_are_copies():
    """Can a student spoil a frame without spoiling the next one?"""
    for frame in (load_paragraphs(), load_emendations()):
        frame.loc[:, "paragraph_id"] = "spoiled"
    for frame in (load_paragraphs(), load_emendations()):
        assert "spoiled" not in set(frame["paragraph_id"])


@pytest.mark.parametrize(
    "call", [lambda: load_paragraphs("clean"), lambda: load_paragraphs(sections="bodies")]
)
def test_unknown_option(call):
    """Does a wrong option name the right ones?"""
    with pytest.raises(ValueError, match=r"there are (corrected, diplomatic|header, body, closing)"):
        call()


def test_changed_source_is_refused(tmp_path, monkeypatch):
    """Is a source that somebody edited refused, with the file and the remedy?"""
    for name in ("datapackage.json", "documents.csv"):
        (tmp_path / name).write_bytes((catalogue.data_folder() / name).read_bytes())
    (tmp_path / "raw").mkdir()
    content = catalogue.raw_paths()["deng-1962"].read_bytes().replace(b"four days", b"five days")
    (tmp_path / "raw" / "deng-1962.txt").write_bytes(content)
    assert hashlib.sha256(content).hexdigest() not in (tmp_path / "documents.csv").read_text()
    monkeypatch.setattr(catalogue, "data_folder", lambda: tmp_path)
    with pytest.raises(catalogue.CatalogueError, match=r"raw/deng-1962\.txt is not the file .*git checkout"):
        catalogue.read_raw("deng-1962")


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: catalogue.read_raw("deng-1963"), "there are deng-1962, mao-1963"),
        (lambda: catalogue.read_table("persons"), "there are documents, emendations"),
    ],
)
def test_unknown_name(call, says):
    """Does asking for what is not there say what is?"""
    with pytest.raises(ValueError, match=says):
        call()


def test_missing_data():
    """Does asking for a file that is not among the data say which tables are?"""
    with pytest.raises(FileNotFoundError, match=r"there are documents\.csv, .*events\.csv"):
        catalogue.find_data("event.csv")


def test_missing_file(tmp_path):
    """Does a missing file give one sentence with the path?"""
    with pytest.raises(TranscriptionError, match=r"nothing\.txt, line 1: the file cannot be read"):
        read_document(tmp_path / "nothing.txt")


def test_lines_are_ordered():
    """Do the lines of a document come as header, body, closing?"""
    sections = [line.section for line in loaders.lines() if line.document_id == "deng-1962"]
    assert sections == ["header"] * 7 + ["body"] * 19 + ["closing"] * 2
