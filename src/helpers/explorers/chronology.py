"""Explore the events of the split by time, category and document."""

from typing import Any, ClassVar

import pandas as pd
import traitlets

from helpers.charts.describe import count_of
from helpers.corpus import loaders
from helpers.dates import write_out
from helpers.explorers.explorer import Choices, Explorer, list_documents
from helpers.history.chronology import filter_events
from helpers.html import make_table, name_paragraph

_ALL = "all"


class ChronologyExplorer(Explorer):
    """The events of the split on a timeline.

    `frame` is what :func:`helpers.filter_events` returns.
    """

    since = traitlets.CInt(1962)  # a year in quotation marks is accepted too
    until = traitlets.CInt(1963)
    category = traitlets.Unicode(_ALL)
    document_id = traitlets.Unicode(_ALL)

    title: ClassVar = "Chronology"
    asked: ClassVar = {
        "since": "From the year",
        "until": "To the year",
        "category": "Category",
        "document_id": "Alluded to in",
    }

    columns: ClassVar = ("Number", "Date", "Category", "Event", "Alluded to in")
    limits: ClassVar = {"since": (1949, 1989), "until": (1949, 1989)}

    def choices(self) -> Choices:
        """Return the categories and the documents."""
        categories = sorted(set(loaders.load_events()["category"]))
        return {
            "category": [("all", _ALL), *((name, name) for name in categories)],
            "document_id": [("either or neither", _ALL), *list_documents()],
        }

    def ask(self) -> pd.DataFrame:
        """Return the events."""
        return filter_events(
            since=str(self.since),
            until=str(self.until),
            categories=None if self.category == _ALL else self.category,
            paragraphs=None if self.document_id == _ALL else self.document_id,
        ).reset_index(drop=True)

    def count(self, frame: pd.DataFrame) -> str:
        """Return the number of events."""
        return f"{count_of(len(frame), 'event')}."

    def chart(self) -> Any:
        """Return the timeline of the events, or None if there are none."""
        from helpers.charts.chronology import draw_chronology

        return None if self.frame.empty else draw_chronology(self.frame)

    def rows(self) -> list[tuple[object, ...]]:
        """Return the cells of each event, with its number in the chart and its date as known."""
        return [
            (
                number,
                write_out(event.edtf),
                event.category,
                event.description,
                [name_paragraph(paragraph) for paragraph in event.paragraphs],
            )
            for number, event in enumerate(self.frame.itertuples(), start=1)
        ]

    def show(self) -> str:
        """Return the events as a table."""
        return make_table("Events", self.columns, self.rows(), row_heading=True, first=self.first)


def explore_chronology(**traits: object) -> ChronologyExplorer:
    """Return an explorer of the events of the split.

    Parameters
    ----------
    **traits
        `since` and `until` (years, both included), `category` (or ``all``), `document_id` (only events to
        which this document alludes, or ``all``); you can change each of them later.

    Returns
    -------
    ChronologyExplorer
        Its `frame` is what :func:`helpers.filter_events` returns.

    Raises
    ------
    ValueError
        If a trait is unknown, or has a value of another type.

    Examples
    --------
    >>> explorer = explore_chronology(since=1949, until=1989)
    >>> len(explorer.frame) == len(loaders.load_events())
    True
    """
    return ChronologyExplorer(**traits)
