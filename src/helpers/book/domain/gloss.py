"""Find the first mention of each person and body in a document, where the edition explains them."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from helpers.corpus import loaders
from helpers.corpus.loaders import Line
from helpers.corpus.readings import READINGS

_POSSESSIVE = re.compile(r"['’]s\b")


class Entity(NamedTuple):
    """A person or a body in the tables."""

    entity_id: str
    name: str
    spellings: tuple[str, ...]
    gloss: str


class Place(NamedTuple):
    """A point in a line, given as a segment and an offset in it."""

    segment: int
    offset: int


@cache
def entities() -> tuple[Entity, ...]:
    """Return the people, then the bodies."""
    tables = {"person_id": loaders.load_people(), "party_id": loaders.load_parties()}
    return tuple(
        Entity(row[key], row["name"], tuple(row["spellings"]), row["gloss"])
        for key, table in tables.items()
        for row in table.to_dict("records")
    )


def first_mentions(lines: Iterable[Line], known: Iterable[Entity]) -> dict[str, list[tuple[Place, Entity]]]:
    """Return the end of the first mention of each entity, by paragraph id.

    The longest spelling wins: "CC CCP" is a mention of the Central Committee, not of the party.  Names are
    searched for in both readings; if an emendation changes a name, its end is the end of the emended words.

    Parameters
    ----------
    lines
        The lines of one document, in order.
    known
        The people and bodies to look for.
    """
    by_spelling: dict[str, Entity] = {}
    for entity in known:
        for spelling in entity.spellings:
            by_spelling.setdefault(spelling, entity)
    # The longest first, because a longer spelling wins over a shorter one.
    spellings = sorted(by_spelling, key=len, reverse=True)
    found: dict[str, list[tuple[Place, Entity]]] = {}
    seen: set[str] = set()
    for line in lines:
        ends = {end for reading in READINGS for end in _mentions(line, reading, spellings)}
        for place, spelling in sorted(ends):
            entity = by_spelling[spelling]
            if entity.entity_id not in seen:
                seen.add(entity.entity_id)
                found.setdefault(line.paragraph_id, []).append((place, entity))
    return found


def _mentions(line: Line, reading: str, spellings: list[str]) -> Iterable[tuple[Place, str]]:
    """Yield the end of every mention in a reading, with its spelling."""
    text = line.text(reading)
    for start, end in loaders.find_mentions(text, spellings):
        # A possessive ending belongs to the word, so no mark may separate them.
        possessive = _POSSESSIVE.match(text, end)
        yield _place(line, reading, possessive.end() if possessive else end), text[start:end]


def _place(line: Line, reading: str, end: int) -> Place:
    """Return the place of an offset in a reading; words that differ between readings are not divided."""
    at = 0
    for i, segment in enumerate(line.segments):
        text = segment.corrected if reading == "corrected" else segment.received
        if at < end <= at + len(text):
            return Place(i, end - at if segment.received == segment.corrected else len(segment.corrected))
        at += len(text)
    raise ValueError(f"{line.paragraph_id} has no offset {end} in its {reading} reading.")
