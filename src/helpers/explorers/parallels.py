"""Explore passages of the two documents that share people, parties, letters or topics."""

from typing import Any, ClassVar

import pandas as pd
import traitlets

from helpers.charts.describe import count_of
from helpers.corpus import loaders
from helpers.explorers.explorer import Choices, Explorer
from helpers.history.alignment import KINDS, align_paragraphs
from helpers.html import Html, make_table, name_paragraph, to_html

_ANY = "any"
_LABELS = {"person": "people", "party": "parties and bodies", "letter": "letters", "topic": "topics"}


class _Kinds(traitlets.Tuple):
    """Names of kinds, as a tuple or as a single name."""

    def validate(self, obj: Any, value: object) -> Any:
        """Return the names as a tuple."""
        return super().validate(obj, (value,) if isinstance(value, str) else value)


class ParallelsExplorer(Explorer):
    """Pairs of paragraphs, one of each document, that share something.

    `frame` is what :func:`helpers.align_paragraphs` returns, with the texts of both paragraphs.
    """

    by = _Kinds(default_value=("person", "party", "letter"))
    min_shared = traitlets.Int(1)
    paragraph_id = traitlets.Unicode(_ANY)

    title: ClassVar = "Side by side"
    asked: ClassVar = {
        "by": "Sharing",
        "min_shared": "Shared, at least",
        "paragraph_id": "Paragraph of Deng 1962",
    }

    limits: ClassVar = {"min_shared": (1, 9)}
    columns: ClassVar = ("Shared", "Deng 1962", "Mao 1963")
    first: ClassVar = 2

    def choices(self) -> Choices:
        """Return what can be shared, and the paragraphs of the first document."""
        ids = loaders.load_paragraphs().query("document_id == 'deng-1962'")["paragraph_id"]
        return {
            "by": [(_LABELS[kind], kind) for kind in KINDS],
            "paragraph_id": [("any", _ANY), *((name, name) for name in ids)],
        }

    def ask(self) -> pd.DataFrame:
        """Return the pairs with their texts."""
        pairs = align_paragraphs(by=self.by, min_shared=self.min_shared)
        if self.paragraph_id != _ANY:
            pairs = pairs[pairs["paragraph_id"] == self.paragraph_id].reset_index(drop=True)
        texts = loaders.load_paragraphs().set_index("paragraph_id")["text"]
        return pairs.assign(text=pairs["paragraph_id"].map(texts), other_text=pairs["other_id"].map(texts))

    def count(self, frame: pd.DataFrame) -> str:
        """Return the number of pairs."""
        return f"{count_of(len(frame), 'pair')} of paragraphs."

    def show(self) -> str:
        """Return the pairs as a table: what is shared, and both texts."""
        names = name_shared()
        rows = [
            (
                [names.get(key, key) for key in pair.shared],
                Html(f"{name_paragraph(pair.paragraph_id)}<br>{to_html(pair.text)}"),
                Html(f"{name_paragraph(pair.other_id)}<br>{to_html(pair.other_text)}"),
            )
            for pair in self.frame.itertuples()
        ]
        return make_table("Paragraphs side by side", self.columns, rows, row_heading=True, first=self.first)


def name_shared() -> dict[str, str]:
    """Return what people, bodies and letters are called, by their keys."""
    letters = loaders.load_letters().set_index("letter_id")["as_given"].to_dict()
    return loaders.name_entities() | letters


def explore_parallels(**traits: object) -> ParallelsExplorer:
    """Return an explorer of the paragraphs of the two documents that share something.

    Parameters
    ----------
    **traits
        `by` (one of ``person``, ``party``, ``letter``, ``topic``, or a tuple of them), `min_shared` (number
        of shared things), `paragraph_id` (one paragraph of the first document, or ``any``); change each
        of them later.

    Returns
    -------
    ParallelsExplorer
        Its `frame` has the columns of :func:`helpers.align_paragraphs`, and `text` and `other_text`.

    Raises
    ------
    ValueError
        If a trait is unknown, or has a value of another type.

    Examples
    --------
    >>> explore_parallels(by="letter", paragraph_id="deng-1962-p04").frame["other_id"].to_list()
    ['mao-1963-p12']
    """
    return ParallelsExplorer(**traits)
