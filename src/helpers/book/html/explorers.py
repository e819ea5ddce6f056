"""Give pages the tables from which a script answers what readers ask of the explorers, without Python.

What the tables contain is made by the explorers themselves: labels, choices, cells and the sentences for
questions that cannot be answered.  The script chooses rows and finds terms; tests run one table of cases
through both.  A regular expression is asked of Python only, because a browser reads it differently.
"""

from collections.abc import Sequence

import pandas as pd
import traitlets

from helpers.corpus import loaders
from helpers.explorers.chronology import ChronologyExplorer
from helpers.explorers.concordance import ConcordanceExplorer
from helpers.explorers.explorer import Explorer
from helpers.explorers.letters import LettersExplorer
from helpers.explorers.parallels import ParallelsExplorer, name_shared
from helpers.history.alignment import KINDS
from helpers.html import to_html
from helpers.references import home_of

NOTE_TAKER = "note-taker"
_ONLY_IN_PYTHON = ("regex",)


def describe_explorers() -> dict[str, dict[str, object]]:
    """Return, by the name of each explorer, its controls and the rows from which the script chooses.

    Each has `title`, `asked` (a list of controls), `columns`, `first`, and what its answer needs: `rows`,
    `names`, and `told`, the sentences of Python for questions without an answer.
    """
    concordance, chronology = ConcordanceExplorer(), ChronologyExplorer(since=1949, until=1989)
    backwards = ChronologyExplorer(since=1963, until=1962).message
    return {
        concordance.name(): _describe(concordance) | {"told": ConcordanceExplorer(term="").message},
        chronology.name(): _describe(chronology)
        | {
            "rows": _list_events(chronology),
            "told": backwards.replace("1963", "{since}").replace("1962", "{until}"),
        },
        LettersExplorer.name(): _describe(LettersExplorer()) | {"rows": _list_letters(LettersExplorer())},
        ParallelsExplorer.name(): _describe(ParallelsExplorer())
        | {
            "rows": _list_pairs(ParallelsExplorer(by=KINDS)),
            "names": name_shared(),
            "places": _find_places(),
            "told": ParallelsExplorer(by=()).message,
        },
    }


def describe_voices() -> dict[str, list[tuple[int, int, str, str]]]:
    """Return the coded sentences of each paragraph: its first and last offset, whose words, who does what.

    The offsets are those in the corrected reading; `voice` is that of :func:`helpers.load_speech_acts`.
    """
    names = loaders.name_entities() | {NOTE_TAKER: "the note-taker"}
    acts = loaders.load_speech_acts().merge(loaders.load_sentences(), on=["paragraph_id", "n"])
    return {
        paragraph_id: [
            (act.start, act.end, act.voice, f"{names.get(act.actor, act.actor)} {act.act}")
            for act in own.itertuples()
        ]
        for paragraph_id, own in acts.groupby("paragraph_id", sort=False)
    }


def _describe(explorer: Explorer) -> dict[str, object]:
    asked = [_control(explorer, name) for name in explorer.asked if name not in _ONLY_IN_PYTHON]
    return {
        "title": explorer.title,
        "asked": asked,
        "columns": list(explorer.columns),
        "first": explorer.first,
    }


def _control(explorer: Explorer, name: str) -> dict[str, object]:
    """Return the control of a trait, of the same kind as in a notebook."""
    trait, choices = explorer.traits()[name], explorer.choices().get(name, [])
    kinds = {traitlets.Tuple: "several", traitlets.Bool: "flag", traitlets.Int: "number"}
    kind = next((kind for one, kind in kinds.items() if isinstance(trait, one)), "one" if choices else "text")
    return {
        "name": name,
        "label": explorer.asked[name],
        "kind": kind,
        "choices": [*map(list, choices)],
        "limits": list(explorer.limits.get(name, ())),
    }


def _list_events(explorer: ChronologyExplorer) -> list[dict[str, object]]:
    """Return the events with the years in which they can have begun and ended; the script numbers them."""
    return [
        {
            "cells": _cells(cells[1:]),
            "years": [event.start_min.year, event.end_max.year],
            "has": {"category": [event.category], "document_id": _homes(event.paragraphs)},
        }
        for cells, event in zip(explorer.rows(), explorer.frame.itertuples(), strict=True)
    ]


def _list_letters(explorer: LettersExplorer) -> list[dict[str, object]]:
    return [
        {
            "cells": _cells(cells),
            "has": {
                "document_id": _homes(letter.mentioned_in),
                "correspondent": [*letter.sender, *letter.recipient],
                "medium": [letter.medium],
            },
        }
        for cells, letter in zip(explorer.rows(), explorer.frame.itertuples(), strict=True)
    ]


def _list_pairs(explorer: ParallelsExplorer) -> list[dict[str, object]]:
    """Return every pair in the order of the text, with all that it shares."""
    frame = explorer.frame.sort_values(["paragraph_id", "other_id"])
    return [
        {"ids": [pair.paragraph_id, pair.other_id], "shared": [*zip(pair.kinds, pair.shared, strict=True)]}
        for pair in frame.itertuples()
    ]


def _find_places() -> dict[str, dict[str, dict[str, list[tuple[int, int]]]]]:
    """Return by kind, key and paragraph the words that name a person or body or are on a topic.

    The table of letters says only in which paragraph a letter is mentioned, so letters have no words.
    """
    mentions = loaders.load_mentions().rename(columns={"entity_id": "key"})
    acts = loaders.load_speech_acts().merge(loaders.load_sentences(), on=["paragraph_id", "n"])
    spoken = acts.assign(key=acts["topic"], kind="topic")
    columns = ["kind", "key", "paragraph_id", "start", "end"]
    found: dict[str, dict[str, dict[str, list[tuple[int, int]]]]] = {}
    for place in pd.concat([mentions[columns], spoken[columns]]).sort_values("start").itertuples():
        own = found.setdefault(place.kind, {}).setdefault(place.key, {})
        own.setdefault(place.paragraph_id, []).append((place.start, place.end))
    return found


def _cells(cells: Sequence[object]) -> list[str]:
    return [to_html(cell) for cell in cells]


def _homes(paragraph_ids: Sequence[str]) -> list[str]:
    return sorted({*map(home_of, paragraph_ids)})
