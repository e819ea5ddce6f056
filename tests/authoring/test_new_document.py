"""Is a document added whole or not at all, taken out again, and does the book hold any number of them?"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from tests.quick import sample
from tests.test_house import files_of_the_repository

from helpers.authoring import changes, document
from helpers.authoring.document import add_document, remove_document
from helpers.authoring.form import AuthoringError

ROOT = Path(__file__).parents[2]

# Nobody ever said this. Quotation marks in the title, a name that the tables know, a page break, a signature.
TALK = """

# July 4, 1964

Record of a Talk between an Envoy and the Premier on "Small & Minor Matters", 2 July 1964

## Citation:

"Record of a Talk between an Envoy and the Premier on "Small & Minor Matters", 2 July 1964", July 4, 1964, \
Wilson Center Digital Archive, An Invented Archive, 11-22. Translated by Ann Example. \
https://archive.example/document/4711

## Summary:

An envoy and a premier speak of the harvest.

## Original Language:

Chinese

## Contents:

Translation - English

RECORD OF A TALK

On July 2 the envoy called on the premier in order to hand over an invented letter.

The premier said that the harvest had been good, and that he hoped that the envoy's

country had had as much rain. "We have had too much of it," he added.

The envoy replied that Mao Zedong had asked the same question a year earlier.

$Strange signs$ open this *paragraph*, and <nobody> should mind.

They parted after an hour.

Signed: the envoy
"""
SPEECH = """---
title: A speech on invented bridges
date: 1965-03
speaker: Ada Example
source: Papers of nobody, 50% of box_3
---
I have come to speak of bridges, because a bridge is a promise between two banks.

There are those who say that a river divides.
I say that the river was there first.

Thank you for listening to an invented speech.
"""
BOTH = ("zhou-1964", "example-1965")


def run(*command, cwd):
    """Run a program in a copy of the repository, with the package of that copy."""
    env = os.environ | {"PYTHONPATH": f"{cwd / 'src'}{os.pathsep}{cwd}", "PYTEST_ADDOPTS": ""}
    return subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True)


def status(copy):
    """Return what git sees that was not there when the copy was made."""
    return run("git", "status", "--porcelain", "--untracked-files=all", cwd=copy).stdout.splitlines()


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    """Return a copy of this repository, as a repository of its own."""
    copy = tmp_path_factory.mktemp("copy") / "book"
    for path in files_of_the_repository(tmp_path_factory.mktemp("scratch") / "git"):
        if path.is_file():
            (copy / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy / path.relative_to(ROOT))
    who = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.org")
    for command in (("init", "--quiet"), ("add", "."), (*who, "commit", "--quiet", "-m", "The book")):
        ran = run("git", *command, cwd=copy)
        assert ran.returncode == 0, ran.stderr
    return copy


@pytest.fixture
def copy(pristine):
    """Return the copy, which is as it was when a test has ended, whatever the test did."""
    yield pristine
    run("git", "checkout", "--quiet", ".", cwd=pristine)
    run("git", "clean", "--quiet", "-fdx", cwd=pristine)


def write(folder, text, name="given.txt"):
    """Return a file with a text, outside of the copy."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def add_both(copy, folder):
    """Add a third document in the archive's layout and a fourth one as plain text."""
    add_document(write(folder, TALK), {"speaker": "Zhou Enlai", "talk": "1964-07-02"}, repository=copy)
    add_document(write(folder, SPEECH), repository=copy)


def ask(copy, code):
    """Return what a program says that uses the package of the copy."""
    ran = run(sys.executable, "-c", code, cwd=copy)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


# --- added and removed ---


@pytest.mark.parametrize("order", [BOTH, BOTH[::-1]], ids="-then-".join)
def test_added_and_removed(copy, tmp_path, order):
    """Is the repository as it was when two documents were added and taken out, in either order?"""
    add_both(copy, tmp_path)
    assert {line[3:].split("/")[0] for line in status(copy)} == {
        *("_toc.yml", "chapters", "data", "exercises", "tests")
    }
    for document_id in order:
        assert remove_document(document_id, repository=copy) == []
    assert status(copy) == []
    assert not (copy / "exercises/source/zhou-1964").exists() and not (copy / "_build").exists()


def test_what_is_added(copy, tmp_path):
    """Is a transcription kept byte for byte, and plain text whole, each with its checksum and its pages?"""
    add_both(copy, tmp_path)
    assert (copy / "data/raw/zhou-1964.txt").read_bytes() == TALK.encode()
    text = SPEECH.rpartition("---\n")[2]
    assert (copy / "data/raw/example-1965.txt").read_text().endswith(f"Transcription\n\n{text}")
    for document_id in BOTH:
        slug = document_id.replace("-", "_")
        for name in (
            *(f"chapters/{document_id}.md", f"chapters/{document_id}-reading.md"),
            *(f"exercises/source/{document_id}/{document_id}.ipynb", f"tests/exercises/{slug}.py"),
        ):
            assert document_id in (copy / name).read_text(), name
    toc = (copy / "_toc.yml").read_text()
    assert toc.index("side-by-side") < toc.index("chapters/zhou-1964\n") < toc.index("documents-as-data")


def test_form_of_windows(copy, tmp_path):
    """Is a form with other line ends read, and are its answers where the loaders look for them?"""
    form = SPEECH.replace("---\ntitle", "---\ntranslator: Dr. B. Ridge\nurl: https://example.org/a\ntitle", 1)
    form = form.replace("Ada Example", "José Zúñiga").replace("\n", "\r\n")
    add_document(write(tmp_path, f"\ufeff{form}"), {"date": "1965-03-09", "id": ""}, repository=copy)
    code = """
import helpers
row = helpers.load_documents(documents="zuniga-1965").iloc[0]
print(*row[["translator", "url", "n_paragraphs", "title"]], row["document_date"].date(), sep=" | ")
"""
    assert ask(copy, code) == (
        "Dr. B. Ridge | https://example.org/a | 3 | A speech on invented bridges | 1965-03-09"
    )
    remove_document("zuniga-1965", repository=copy)
    assert status(copy) == []


def test_quotations_verify(copy, tmp_path):
    """Are words of a new document found, verified and cited like those of the two, and wrong ones not?"""
    add_both(copy, tmp_path)
    code = """
from helpers import find_quotation, load_paragraphs, verify_quotation
from helpers.checks.argument import read_citations
from helpers.references import parse
said = "country had had as much rain"
print(*find_quotation(said)["paragraph_id"], verify_quotation(said, "zhou-1964-p02").status)
print(verify_quotation("country had as much rain", "zhou-1964-p02").status)
print(verify_quotation(said, "Zhou 1964, ¶ 1").status, verify_quotation(said, "deng-1962-p01").status)
print(*read_citations('"the river was there first" (Example 1965, ¶ 2)')[0])
print([one.paragraph_id for one in parse("Zhou, ¶ 2; Deng 1962, ¶ 7; Zhou 1964, ¶¶ 1-2")])
from helpers.checks import Mark
print(Mark.lost(1, "No.", ["zhou-1964-p02"])._repr_html_().count('href="https://archive.example/document/4711#'))
print(Mark.lost(1, "No.", ["example-1965-p02"])._repr_html_().count("href"))
"""
    assert ask(copy, code).splitlines() == [
        "zhou-1964-p02 verbatim",
        "altered",
        "other-paragraph other-document",
        "the river was there first example-1965-p02",
        "['', 'deng-1962-p07', 'zhou-1964-p01', 'zhou-1964-p02']",
        "1",
        "0",
    ]


LOADED = """
import helpers, hashlib
names = ["documents", "paragraphs", "sentences", "tokens", "mentions", "emendations", "speech_acts"]
frames = [getattr(helpers, f"load_{name}")(**options).to_csv() for name in names for options in [{}]]
frames += [helpers.rank_keywords("deng-1962").to_csv(), helpers.compare_vocabularies().to_csv()]
frames += [helpers.concordance("letter").to_csv(), helpers.align_paragraphs().to_csv()]
print(*(hashlib.sha256(frame.encode()).hexdigest() for frame in frames))
"""


@pytest.mark.long
def test_the_two_stay_the_two(copy, tmp_path):
    """Is what the chapters load, count and compare the same with four documents as with two?"""
    before = ask(copy, LOADED)
    add_both(copy, tmp_path)
    assert ask(copy, LOADED) == before
    code = "import helpers; print(*helpers.load_documents(documents={!r})['document_id'])"
    assert ask(copy, code.format("all")) == "deng-1962 mao-1963 zhou-1964 example-1965"
    assert ask(copy, code.format(["example-1965", "mao-1963"])) == "mao-1963 example-1965"


def test_another_pair(copy, tmp_path):
    """Do functions that ask for no document work with the pair that the table of documents calls the core?"""
    add_both(copy, tmp_path)
    table = copy / "data/documents.csv"
    swapped = (
        table.read_text().replace(",core,", ",x,").replace(",added,", ",core,").replace(",x,", ",added,")
    )
    table.write_text(swapped)
    code = """
import helpers
from helpers.references import parse
print(*helpers.load_paragraphs().groupby("document_id", sort=False).size().items())
print([one.paragraph_id for one in parse("Zhou ¶ 2; 1965, ¶ 1; Deng 1962, ¶ 7")])
"""
    assert ask(copy, code).splitlines() == [
        "('zhou-1964', 5) ('example-1965', 3)",
        "['zhou-1964-p02', 'example-1965-p01', 'deng-1962-p07']",
    ]


# --- refused ---

PLAIN = {"title": "A talk", "date": "1964", "speaker": "Ada Example", "source": "A box"}
BROKEN = {
    "empty": (b"", PLAIN, r"given\.txt.*no text"),
    "binary": (b"one\0two", PLAIN, r"given\.txt, line 1: this is a binary file"),
    "latin": ("Grüße".encode("latin-1"), PLAIN, r"given\.txt, line 1: byte 0xfc is not UTF-8"),
    "no form": ("They met.\n", {}, r"given\.txt, line 1: no field.*TITLE, DATE, SPEAKER, SOURCE"),
    "no speaker": (TALK, {}, r"given\.txt: SPEAKER is missing, who speaks"),
    "no source": ("---\ntitle: A\n---\nThey met.\n", {}, r"DATE is missing"),
    "no yaml": ("---\ntitle: a: b\n---\nThey met.\n", {}, r"given\.txt, line 2: the header is no YAML"),
    "no end": ("---\ntitle: A\n\nThey met.\n", {}, r"given\.txt, line 1: the header has no end"),
    "no answers": ("---\nonly words\n---\nThey met.\n", {}, r"given\.txt, line 2: the header has no answers"),
    "unknown": ("---\nauthor: A\n---\nThey met.\n", {}, r"nothing is asked that is called author"),
    "day": (
        "They met.\n",
        {**PLAIN, "date": "4 July 1964"},
        r"DATE is '4 July 1964'; write it as 1964-07-04",
    ),
    "no day": ("They met.\n", {**PLAIN, "date": "1964-02-30"}, r"1964-02-30, and there is no such day"),
    "another day": (TALK, {"speaker": "A", "date": "1964-07-05"}, r"the transcription is dated 1964-07-04"),
    "given twice": (TALK, {"speaker": "A", "title": "B"}, r"TITLE in its own fields; take it out"),
    "office": ("They met.\n", {**PLAIN, "speaker": "Zhou (premier)"}, r"SPEAKER is 'Zhou \(premier\)'"),
    "address": ("They met.\n", {**PLAIN, "url": "archive.example"}, r"URL is 'archive.example'"),
    "bad id": ("They met.\n", {**PLAIN, "id": "Ada 1964"}, r"ID is 'Ada 1964'"),
    "no letters": ("They met.\n", {**PLAIN, "speaker": "Дэн"}, r"no id can be made of 'Дэн'; add ID="),
    "label": ("Transcript\n\nThey met.\n", PLAIN, r"reads like a label"),
    "title like a label": ("They met.\n", {**PLAIN, "title": "Citation:"}, r"reads like a label or a date"),
    "no body": ("ONLY A HEADING\n", PLAIN, r"given\.txt, line 1 of the text: no paragraph"),
    "cut off": (
        "They met and spoke of the harvest, of the\n",
        PLAIN,
        r"line 1 of the text: the text stops in",
    ),
    "too long": ("They met.\n\n" * 100, PLAIN, r"has 100 paragraphs.*divide it"),
    "there already": ("They met.\n", {**PLAIN, "id": "deng-1962"}, r"deng-1962.* is there already"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_added(copy, tmp_path, case):
    """Does a file or an answer that will not do give one sentence with place and remedy, and no file?"""
    text, answers, said = BROKEN[case]
    with pytest.raises(AuthoringError, match=said) as refused:
        add_document(write(tmp_path, text), answers, repository=copy)
    assert "\n" not in str(refused.value)
    assert status(copy) == []


def test_missing_file_and_folder(copy, tmp_path):
    """Is a file that is missing named, and a folder that is no book?"""
    with pytest.raises(AuthoringError, match=r"nothing\.txt: the file cannot be read"):
        add_document(tmp_path / "nothing.txt", PLAIN, repository=copy)
    with pytest.raises(
        AuthoringError, match=r"people\.csv cannot be read.*run this in the folder of the book"
    ):
        add_document(write(tmp_path, SPEECH), repository=tmp_path)


def test_added_twice(copy, tmp_path):
    """Is a document that was added refused, with what to do, and kept as it is?"""
    add_both(copy, tmp_path)
    before = status(copy)
    with pytest.raises(
        AuthoringError, match=r"zhou-1964 was added before.*make remove-document ID=zhou-1964"
    ):
        add_document(write(tmp_path, TALK), {"speaker": "Zhou Enlai"}, repository=copy)
    assert status(copy) == before


@pytest.mark.parametrize("n", [0, 3, 8])
def test_failure_is_undone(copy, tmp_path, monkeypatch, n):
    """Is nothing left when the disk fails at the first file, in the middle or near the end?"""
    calls = []

    def fail(source, target):
        calls.append(target)
        if len(calls) == n + 1:
            raise OSError("no space left")
        os.rename(source, target)

    monkeypatch.setattr(changes.os, "replace", fail)
    with pytest.raises(OSError, match="no space left"):
        add_document(write(tmp_path, SPEECH), repository=copy)
    assert len(calls) == n + 1
    assert status(copy) == [] and not (copy / "_build").exists()


def test_document_that_does_not_load_is_undone(copy, tmp_path, monkeypatch):
    """Is nothing left of a document that the book then cannot load, or whose quotations do not verify?"""
    monkeypatch.setattr(
        document, "find_passages", lambda source: {"example-1965-p01": "words of nobody at all"}
    )
    with pytest.raises(
        AuthoringError, match=r"cannot load the document \(example-1965-p01: .*nothing was added"
    ):
        add_document(write(tmp_path, SPEECH), repository=copy)
    assert status(copy) == []


EDITED = {
    "page": ("chapters/zhou-1964.md", "write your question.", "whose harvest?"),
    "exercise": ("exercises/source/zhou-1964/zhou-1964.ipynb", "A title that", "My title that"),
    "raw file": ("data/raw/zhou-1964.txt", "harvest", "Harvest"),
    "row": (
        "data/documents.csv",
        "zhou-1964,raw/zhou-1964.txt,Zhou 1964,added",
        "zhou-1964,raw/zhou-1964.txt,Z,added",
    ),
    "descriptor": ("data/datapackage.json", "Transcription that was added to the book.", "My transcription."),
    "rights": ("data/RIGHTS.md", "Before you publish it, look up", "I have looked up"),
    "work": ("chapters/references.bib", "shorthand    = {Zhou 1964}", "shorthand    = {Zhou}"),
    "contents": ("_toc.yml", "      - file: chapters/zhou-1964-reading\n", ""),
}


@pytest.mark.parametrize("case", sample(EDITED, "row", "page", "contents"))
def test_edited_is_kept(copy, tmp_path, case):
    """Is nothing removed when somebody has edited what was made, unless it is told to; is the file named?"""
    name, old, new = EDITED[case]
    add_document(write(tmp_path, TALK), {"speaker": "Zhou Enlai"}, repository=copy)
    path = copy / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    before = {line: (copy / line[3:]).read_bytes() for line in status(copy)}
    with pytest.raises(
        AuthoringError, match=rf"edited in {re.escape(name)}: nothing was removed.*ANYWAY=yes"
    ):
        remove_document("zhou-1964", repository=copy)
    assert {line: (copy / line[3:]).read_bytes() for line in status(copy)} == before
    assert remove_document("zhou-1964", anyway=True, repository=copy) == []
    assert status(copy) == []


def test_named_elsewhere(copy, tmp_path):
    """Is a document kept that another file names, and that file named, with its line?"""
    add_both(copy, tmp_path)
    page, table = copy / "chapters/glossary.md", copy / "data/emendations.csv"
    added = {
        page: "\nSee {para}`zhou-1964-p02`.\n",
        table: "zhou-1964-e01,zhou-1964,,title,a,b,slip,certain,C.\n",
    }
    before = {path: path.read_text() for path in added}
    for path, text in added.items():
        path.write_text(before[path] + text)
    practice = copy / "chapters/practice/zhou-1964.yml"
    practice.write_text("[]\n")
    lines = [before[page].count("\n") + 2, before[table].count("\n") + 1]
    where = [
        f"chapters/glossary.md:{lines[0]}",
        "chapters/practice/zhou-1964.yml",
        f"data/emendations.csv:{lines[1]}",
    ]
    with pytest.raises(AuthoringError, match=re.escape(", ".join(where))):
        remove_document("zhou-1964", repository=copy)
    assert remove_document("zhou-1964", anyway=True, repository=copy) == where
    assert not (copy / "data/raw/zhou-1964.txt").exists() and practice.exists()
    assert page.read_text() == before[page] + added[page]


@pytest.mark.parametrize("document_id", ["deng-1962", "nobody-1900", "../../x", ""])
def test_what_was_not_added(copy, document_id):
    """Is a document that belongs to the book, or that is none, left alone?"""
    with pytest.raises(AuthoringError, match="was not added by `make new-document`"):
        remove_document(document_id, repository=copy)
    assert status(copy) == []


@pytest.mark.long
def test_broken_record(copy, tmp_path):
    """Is a record that cannot be read named, and nothing removed?"""
    add_both(copy, tmp_path)
    (copy / "data/added/zhou-1964.json").write_text("{")
    with pytest.raises(AuthoringError, match=r"data/added/zhou-1964\.json: the record cannot be read"):
        remove_document("zhou-1964", repository=copy)
    assert (copy / "chapters/zhou-1964.md").exists()


# --- the commands ---


def test_commands(copy, tmp_path):
    """Do the commands say what was made and how it goes away, and end with one sentence when they cannot?"""
    program = (sys.executable, "-m", "helpers.authoring.document")
    added = run(*program, "add", write(tmp_path, SPEECH), cwd=copy)
    assert added.returncode == 0, added.stderr
    assert "chapters/example-1965.md" in added.stdout and "ID=example-1965" in added.stdout
    again = run(*program, "add", write(tmp_path, SPEECH), cwd=copy)
    assert again.returncode == 1
    assert re.fullmatch(r"new-document: .*was added before.*\n", again.stderr)
    removed = run(*program, "remove", "example-1965", cwd=copy)
    assert removed.stdout == "example-1965 was removed.\n"
    for arguments in (("add", ""), ("remove", "")):
        ran = run(*program, *arguments, cwd=copy)
        assert ran.returncode == 1 and "is missing; name the" in ran.stderr
    assert status(copy) == []


def test_answers_go_through_make(copy, tmp_path):
    """Does an answer with any sign reach the program as it was typed, and nothing else of the environment?"""
    makefile = (copy / "Makefile").read_text()
    lines = makefile.replace("unexport PYTHONPATH\n", "").splitlines()
    bare = [
        line.replace("$(VENV)/with-book", "").replace("$(VENV)/bin/python", sys.executable) for line in lines
    ]
    write(copy, "\n".join(bare) + "\n", "Makefile")
    path = write(tmp_path, "They met, and then they spoke.\n", "it's a talk.txt")
    title = """He said "no" & left; $HOME `date` it's 50%"""
    answers = ["SPEAKER=Ada Example", "DATE=1964", "SOURCE=A box", f"TITLE={title.replace('$', '$$')}"]
    ran = subprocess.run(
        ["make", "new-document", f"FILE={path}", *answers],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy / "src"), "URL": "no address", "VENV": "there-is-none"},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert title in (copy / "data/raw/example-1964.txt").read_text()
    descriptor = json.loads((copy / "data/datapackage.json").read_text())
    assert title in {resource["title"] for resource in descriptor["resources"]}


# --- the book of four documents ---


@pytest.mark.long
def test_tests_pass_with_four(copy, tmp_path):
    """Do the quick tests of data, corpus and chapters pass in a book of four documents?"""
    add_both(copy, tmp_path)
    names = "corpus quotation book/test_chapters.py book/test_hours.py checks/test_practice.py"
    names += " exercises/test_objectives.py test_references.py"
    ran = run(
        *(
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n0",
            "-p",
            "no:cacheprovider",
            "-m",
            "not slow and not long",
        ),
        *(f"tests/{name}" for name in names.split()),
        cwd=copy,
    )
    assert ran.returncode == 0, ran.stdout


@pytest.mark.long
def test_site_of_four(copy, tmp_path):
    """Does the site of four documents build without a warning, with working pages, links and checker?"""
    add_both(copy, tmp_path)
    built = run(sys.executable, "-m", "helpers.book", "build", cwd=copy)
    assert built.returncode == 0, built.stdout + built.stderr
    site = copy / "_build/html"
    for document_id, n in (("zhou-1964", 5), ("example-1965", 3)):
        page = BeautifulSoup((site / f"chapters/{document_id}.html").read_text(), "html.parser")
        assert page.find(id=f"{document_id}-p{n:02}") and not page.find(id=f"{document_id}-p{n + 1:02}")
        assert page.select_one(".admonition.exercise")
        reading = BeautifulSoup((site / f"chapters/{document_id}-reading.html").read_text(), "html.parser")
        assert reading.select(f'a[href*="{document_id}-p01"]')
    known = (site / "_static/paragraphs.js").read_text()
    assert all(f'"{place}"' in known for place in ("deng-1962-p19", "mao-1963-p21", "zhou-1964-p05"))
    ran = run(
        *(sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider"),
        *(
            "tests/book/test_chapters.py::test_no_dead_link_in_the_site",
            "tests/coursework/test_release.py::test_site_gives_nothing_away",
        ),
        cwd=copy,
    )
    assert ran.returncode == 0, ran.stdout
