"""The documents, people and bodies in the words of schema.org."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from helpers.corpus import loaders

_PLAIN = re.compile(r"\d{4}(-\d\d){0,2}")
_KINDS = {
    "state": "Country",
    "archive": "ArchiveOrganization",
    "publication": "Periodical",
    "meeting": "Event",
    "term": "DefinedTerm",
}
_LENGTH = {"year": 4, "month": 7, "day": 10}

Locate = Callable[[str], str]


def describe_corpus(locate: Locate) -> list[dict[str, Any]]:
    """Return the documents, people and bodies, one entry each.

    Parameters
    ----------
    locate
        Gives the address of a document, person or body in the book by its id.

    Examples
    --------
    >>> describe_corpus(str)[0]["translator"]
    {'@type': 'Person', 'name': 'Benjamin Aldrich-Moodie'}
    """
    return [*_documents(locate), *_people(locate), *_bodies(locate)]


def _documents(locate: Locate) -> Iterator[dict[str, Any]]:
    frame = loaders.load_documents(documents="all")
    mentions = loaders.load_mentions(sections="all", documents="all")
    for row in frame.where(frame.notna(), "").to_dict("records"):
        day = f"{row['document_date']:%Y-%m-%d}" if row["document_date"] else ""
        named = mentions.loc[mentions["document_id"] == row["document_id"], "entity_id"]
        yield _known(
            {
                "@type": ["ArchiveComponent", "DigitalDocument"],
                "@id": locate(row["document_id"]),
                "identifier": row["document_id"],
                "name": row["title"],
                "alternateName": row["short_title"],
                "abstract": row["summary"],
                "dateCreated": day[: _LENGTH[row["document_date_precision"]]],
                "inLanguage": "en",
                "translator": _name("Person", row["translator"]),
                "holdingArchive": _name("ArchiveOrganization", row["archive"]),
                "itemLocation": row["archive_location"],
                "creditText": row["credits"],
                "isBasedOn": row["url"],
                "mentions": [{"@id": locate(one)} for one in dict.fromkeys(named)],
            }
        )


def _people(locate: Locate) -> Iterator[dict[str, Any]]:
    for row in loaders.load_people().to_dict("records"):
        affiliation = [{"@id": locate(row["party"])}] if row["party"] else []
        yield _known(
            {
                "@type": "Person",
                "@id": locate(row["person_id"]),
                "identifier": row["person_id"],
                "name": row["name"],
                "alternateName": [spelling for spelling in row["spellings"] if spelling != row["name"]],
                "birthDate": row["born"] if _PLAIN.fullmatch(row["born"]) else "",
                "deathDate": row["died"] if _PLAIN.fullmatch(row["died"]) else "",
                "jobTitle": row["role"],
                "affiliation": affiliation,
                "nationality": {"@id": locate(row["state"])} if row["state"] else "",
                "description": row["gloss"],
            }
        )


def _bodies(locate: Locate) -> Iterator[dict[str, Any]]:
    for row in loaders.load_parties().to_dict("records"):
        yield _known(
            {
                "@type": _KINDS.get(row["kind"], "Organization"),
                "@id": locate(row["party_id"]),
                "identifier": row["party_id"],
                "name": row["name"],
                "alternateName": row["abbreviation"],
                "description": row["gloss"],
            }
        )


def _name(kind: str, name: str) -> dict[str, str]:
    return {"@type": kind, "name": name} if name else {}


def _known(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data without what is not known."""
    return {key: value for key, value in data.items() if value}
