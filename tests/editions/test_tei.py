"""Does a TEI file hold all that the book knows of a document, and does the document come back from it?"""

import subprocess
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import (
    catalogue,
    load_emendations,
    load_mentions,
    load_paragraphs,
    load_sentences,
    load_speech_acts,
    read_document,
)
from helpers.corpus.loaders import SECTIONS, Line, choose_documents
from helpers.corpus.readings import segment
from helpers.editions.tei import Edition, find_edition, write_tei
from helpers.references import make_id
from helpers.transcription.parser import TranscriptionError, parse
from helpers.transcription.tei import NAMESPACE, parse_tei

DOCUMENTS = choose_documents("all")
TEI = {"": NAMESPACE}
ID = "{http://www.w3.org/XML/1998/namespace}id"


@pytest.fixture(scope="module", params=DOCUMENTS)
def made(request):
    """Return the id of a document, its TEI file, and the elements of the file."""
    content = write_tei(find_edition(request.param))
    return request.param, content, ElementTree.fromstring(content)


def test_document_comes_back(made, tmp_path):
    """Does `read_document` read from the TEI file exactly what it reads from the transcription?"""
    document_id, content, _ = made
    path = tmp_path / f"{document_id}.xml"
    path.write_bytes(content)
    assert read_document(path) == read_document(catalogue.raw_paths()[document_id])


@pytest.mark.parametrize("reading", ["corrected", "diplomatic"])
def test_both_readings_come_back(made, reading):
    """Are the lines of the file those of the frames, in each reading?"""
    document_id, content, _ = made
    document = parse_tei(content.decode(), reading=reading)
    frame = load_paragraphs(reading, sections="all", documents=document_id)
    assert [*document.header, *document.paragraphs, *document.closing] == frame["text"].to_list()


def test_same_bytes(made):
    """Does the same document make the same file?"""
    assert write_tei(find_edition(made[0])) == made[1]


def test_ids(made):
    """Does every line have its paragraph id, and does every reference lead to an element of the file?"""
    document_id, _, root = made
    ids = [node.get(ID) for node in root.iter() if node.get(ID)]
    assert len(ids) == len(set(ids))
    lines = {node.get(ID) for tag in ("p", "ab") for node in root.iterfind(f"./text//{tag}[@n]", TEI)}
    assert lines == set(load_paragraphs(sections="all", documents=document_id)["paragraph_id"])
    names = ("ref", "ana", "target", "active", "passive", "source", "resp", "next", "prev")
    pointers = {one for node in root.iter() for name in names for one in node.get(name, "").split()}
    assert {one for one in pointers if not one.startswith("http")} <= {f"#{one}" for one in ids}


def test_names(made):
    """Does the file mark every mention of a person or body in the received text, once?"""
    document_id, _, root = made
    frame = load_mentions("diplomatic", sections="all", documents=document_id)
    parents = {child: node for node in root.iter() for child in node}

    def is_received(node):
        while (node := parents.get(node)) is not None:
            if node.tag.rpartition("}")[2] in ("corr", "reg"):
                return False
        return True

    marked = Counter(
        node.get("ref").lstrip("#_")
        for node in root.find("text", TEI).iter()
        if node.get("ref") and not node.get("prev") and is_received(node)
    )
    assert marked == Counter(frame["entity_id"])


def test_emendations(made):
    """Does the file have every emendation, with its certainty and its reason?"""
    document_id, _, root = made
    ids = {node.get(ID) for node in root.find("text", TEI).iter()}
    notes = {
        (node.get("target") or f"#{node.get(ID)}")[1:]: (node.get("cert"), "".join(node.itertext()))
        for node in root.iterfind("./text/back/div[@type='apparatus']/note", TEI)
    }
    for row in load_emendations(documents=document_id).to_dict("records"):
        name = row["emendation_id"]
        assert name in ids
        assert notes[name][0] == {"certain": "high", "conjectural": "low"}[row["certainty"]]
        assert notes[name][1].endswith(row["reason"])


def test_page_breaks(made):
    """Is each page break that was healed between the words that it separated?"""
    document_id, content, _ = made
    for row in load_emendations(documents=document_id).query("kind == 'break'").to_dict("records"):
        before, after = row["received"].split(r"\n\n")
        assert f'{before} <pb xml:id="{row["emendation_id"]}" />{after}' in content.decode()


def test_speech_acts(made):
    """Does every sentence have its act, with who does it to whom?"""
    document_id, _, root = made
    acts = load_speech_acts(documents=document_id)
    sentences = root.findall("./text/body/p/s", TEI)
    assert len(sentences) == len(load_sentences(documents=document_id))
    coded = [node.get("ana") for node in sentences if node.get("ana")]
    codes = zip(acts["act"], acts["topic"], acts["voice"], strict=True)
    assert coded == [f"#act-{act} #topic-{topic} #voice-{voice}" for act, topic, voice in codes]
    relations = root.findall(".//listRelation/relation", TEI)
    assert [one.get("active") for one in relations] == [f"#{actor}" for actor in acts["actor"]]


WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1)
TEXTS = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)


def edition(text):
    """Return an edition of an invented transcription, of which no table says anything."""
    document = parse(text)
    texts = dict(zip(SECTIONS, (document.header, document.paragraphs, document.closing), strict=True))
    lines = (
        Line("zhou-1964", make_id("zhou-1964", SECTIONS[section], n), n, section, tuple(segment(words, ())))
        for section, found in texts.items()
        for n, words in enumerate(found, 1)
    )
    return Edition("zhou-1964", document, tuple(lines))


@given(st.lists(TEXTS, min_size=1, max_size=5), TEXTS)
def test_invented_document_comes_back(paragraphs, title):
    """Does any document come back from TEI, whatever signs it has?"""
    body = "\n\n".join(f"He said {words} then." for words in paragraphs)
    try:
        invented = edition(f"May 1, 1964\n\n{title}\n\nCitation:\n\n{title}, 1964.\n\n{body}\n\nSigned")
    except TranscriptionError:
        return
    assert parse_tei(write_tei(invented).decode()) == invented.document


def test_control_character():
    """Is a character that XML cannot hold refused, with the document and the words?"""
    invented = edition("May 1964\n\nA Talk\n\nContents:\n\nTranslation\n\nThey met.")
    broken = replace(invented.document, summary="a\x01b")
    with pytest.raises(ValueError, match="zhou-1964"):
        write_tei(invented._replace(document=broken))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<TEI", "well-formed"),
        ("<html/>", "no TEI"),
        (f'<TEI xmlns="{NAMESPACE}"><text/></TEI>', "no TEI"),
        ('<!DOCTYPE TEI [<!ENTITY a "b">]><TEI/>', "entities"),
        (
            f'<TEI xmlns="{NAMESPACE}"><teiHeader><fileDesc><sourceDesc><bibl/></sourceDesc></fileDesc>'
            "</teiHeader><text><body/></text></TEI>",
            "no paragraph",
        ),
    ],
)
def test_not_tei(tmp_path, text, says):
    """Is a file that is no TEI refused, with its path and a remedy?"""
    path = tmp_path / "a file.xml"
    path.write_text(text)
    with pytest.raises(TranscriptionError, match=says) as raised:
        read_document(path)
    assert str(path) in str(raised.value)


@pytest.mark.long
def test_schema(epubcheck, tei_schema, tmp_path):
    """Are the files valid TEI P5, and would an error be seen?"""
    jing = [
        "java",
        "-cp",
        f"{epubcheck / 'lib'}/*",
        "com.thaiopensource.relaxng.util.Driver",
        str(tei_schema),
    ]
    paths = [tmp_path / f"{document_id}.xml" for document_id in DOCUMENTS]
    for path in paths:
        path.write_bytes(write_tei(find_edition(path.stem)))
    assert subprocess.run([*jing, *paths], capture_output=True, text=True).stdout == ""
    wrong = tmp_path / "wrong.xml"
    wrong.write_bytes(paths[0].read_bytes().replace(b"<body>", b"<body><chapter/>"))
    assert "chapter" in subprocess.run([*jing, wrong], capture_output=True, text=True).stdout
