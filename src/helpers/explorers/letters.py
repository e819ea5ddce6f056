"""Explore the letters that the documents name: who wrote to whom, and when."""

from typing import Any, ClassVar

import pandas as pd
import traitlets

from helpers.charts.describe import count_of
from helpers.corpus import loaders
from helpers.dates import write_out
from helpers.explorers.explorer import Choices, Explorer, list_documents
from helpers.html import make_table, name_paragraph

_ALL = "all"
_LENGTHS = {"day": 10, "month": 7, "year": 4}
"""The number of characters of an ISO date to show, by precision."""


class LettersExplorer(Explorer):
    """Letters and messages with their senders and recipients.

    `frame` has the columns of :func:`helpers.load_letters`.
    """

    document_id = traitlets.Unicode(_ALL)
    correspondent = traitlets.Unicode(_ALL)
    medium = traitlets.Unicode(_ALL)

    title: ClassVar = "Letters and messages"
    asked: ClassVar = {"document_id": "Named in", "correspondent": "From or to", "medium": "Medium"}
    columns: ClassVar = ("As given", "From", "To", "Written", "Delivered", "Named in", "Certainty")

    def choices(self) -> Choices:
        """Return the documents, the correspondents and the media."""
        letters, names = loaders.load_letters(), loaders.name_entities()
        who = sorted({key for column in ("sender", "recipient") for keys in letters[column] for key in keys})
        return {
            "document_id": [("either", _ALL), *list_documents()],
            "correspondent": [("anybody", _ALL), *sorted((names.get(key, key), key) for key in who)],
            "medium": [("any", _ALL), *((name, name) for name in sorted(set(letters["medium"])))],
        }

    def ask(self) -> pd.DataFrame:
        """Return the letters."""
        letters = loaders.load_letters()
        keep = pd.Series(True, letters.index)
        if self.document_id != _ALL:
            keep &= letters["mentioned_in"].map(lambda ids: any(i.startswith(self.document_id) for i in ids))
        if self.correspondent != _ALL:
            keep &= (letters["sender"] + letters["recipient"]).map(lambda keys: self.correspondent in keys)
        if self.medium != _ALL:
            keep &= letters["medium"] == self.medium
        return letters[keep].reset_index(drop=True)

    def count(self, frame: pd.DataFrame) -> str:
        """Return the number of letters."""
        return f"{count_of(len(frame), 'row')}, one for each letter or message."

    def chart(self) -> Any:
        """Return the chart of who wrote to whom, or None if there is nothing to draw."""
        from helpers.charts.letters import draw_letters

        try:
            return draw_letters(self.frame)
        except ValueError:  # none of them has both a sender and a recipient
            return None

    def rows(self) -> list[tuple[object, ...]]:
        """Return the cells of each letter, in the words of the documents, with its dates as known."""
        names = loaders.name_entities()
        return [
            (
                letter["as_given"],
                [names.get(key, key) for key in letter["sender"]],
                [names.get(key, key) for key in letter["recipient"]],
                _date(letter, "written"),
                _date(letter, "delivered"),
                [name_paragraph(paragraph) for paragraph in letter["mentioned_in"]],
                letter["certainty"],
            )
            for letter in self.frame.to_dict("records")
        ]

    def show(self) -> str:
        """Return the letters as a table."""
        return make_table(self.title, self.columns, self.rows(), row_heading=True, first=self.first)


def explore_letters(**traits: object) -> LettersExplorer:
    """Return an explorer of the letters that the documents name.

    Parameters
    ----------
    **traits
        `document_id` (those that this document names, or ``all``), `correspondent` (key of a person or
        party, or ``all``), `medium` (or ``all``); you can change each of them later.

    Returns
    -------
    LettersExplorer
        Its `frame` has the columns of :func:`helpers.load_letters`.

    Raises
    ------
    ValueError
        If a trait is unknown, or has a value of another type.

    Examples
    --------
    >>> explore_letters(correspondent="pan-zili").frame["letter_id"].to_list()
    ['notice-to-pan-zili']
    """
    return LettersExplorer(**traits)


def _date(letter: dict, column: str) -> str:
    """Return a date as exactly as it is known, or an empty string."""
    day = letter[column]
    if pd.isna(day):
        return ""
    return write_out(day.date().isoformat()[: _LENGTHS[letter[f"{column}_precision"]]])
