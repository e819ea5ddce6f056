"""Do the linked data say what the tables say, in words that schema.org has?"""

import pytest

from helpers import load_documents, load_mentions, load_parties, load_people
from helpers.editions.linked_data import describe_corpus

ENTRIES = describe_corpus(lambda name: f"page.html#{name}")


def test_every_entry():
    """Is each document, person and body there once?"""
    documents = load_documents(documents="all")["document_id"]
    ids = [*documents, *load_people()["person_id"], *load_parties()["party_id"]]
    assert [entry["identifier"] for entry in ENTRIES] == ids


def test_links_inside():
    """Does each link lead to an entry, and does a document link to all that it names?"""
    ids = {entry["@id"] for entry in ENTRIES}
    links = {
        link["@id"]
        for entry in ENTRIES
        for name in ("mentions", "affiliation")
        for link in entry.get(name, ())
    }
    links |= {entry["nationality"]["@id"] for entry in ENTRIES if "nationality" in entry}
    assert links <= ids
    for entry in ENTRIES:
        if "mentions" in entry:
            named = load_mentions(sections="all", documents=entry["identifier"])["entity_id"]
            assert {link["@id"] for link in entry["mentions"]} == {f"page.html#{one}" for one in named}


@pytest.mark.long
def test_vocabulary(vocabulary):
    """Does schema.org have each type, and each property for one of the types of its entry?"""
    for entry in ENTRIES:
        types = [entry["@type"]] if isinstance(entry["@type"], str) else entry["@type"]
        allowed = set().union(*(vocabulary[name] for name in types))
        assert {name for name in entry if not name.startswith("@")} <= allowed, entry
