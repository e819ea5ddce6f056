"""Explore a term with the words around it."""

from typing import ClassVar

import pandas as pd
import traitlets

from helpers.charts.describe import count_of
from helpers.corpus import loaders
from helpers.explorers.explorer import FIRST, Choices, Explorer, list_documents
from helpers.html import make_table, name_paragraph
from helpers.text.concordance import concordance

_BOTH = "both"


class ConcordanceExplorer(Explorer):
    """A concordance: every occurrence of a term with the text to its left and right.

    `frame` is what :func:`helpers.concordance` returns.
    """

    term = traitlets.Unicode("conference")
    document_id = traitlets.Unicode(_BOTH)
    sort = traitlets.Unicode("")
    window = traitlets.Int(50)
    regex = traitlets.Bool(False)
    case_sensitive = traitlets.Bool(False)

    title: ClassVar = "Concordance"
    asked: ClassVar = {
        "term": "Term",
        "document_id": "Document",
        "sort": "Sorted by",
        "window": "Characters each side",
        "regex": "Regular expression",
        "case_sensitive": "Capitals matter",
    }

    limits: ClassVar = {"window": (0, 200)}
    columns: ClassVar = ("Paragraph", "Before", "Term", "After")
    first: ClassVar = 2 * FIRST

    def choices(self) -> Choices:
        """Return the documents and the orders."""
        return {
            "document_id": [("both", _BOTH), *list_documents()],
            "sort": [
                ("the order of the text", ""),
                ("the words before", "left"),
                ("the words after", "right"),
            ],
        }

    def ask(self) -> pd.DataFrame:
        """Return the concordance of the term."""
        paragraphs = loaders.load_paragraphs()
        if self.document_id != _BOTH:
            paragraphs = paragraphs[paragraphs["document_id"] == self.document_id]
        return concordance(
            self.term,
            paragraphs=paragraphs,
            window=self.window,
            regex=self.regex,
            case_sensitive=self.case_sensitive,
            sort=self.sort or None,
        )

    def count(self, frame: pd.DataFrame) -> str:
        """Return the number of lines and of paragraphs."""
        n = frame["paragraph_id"].nunique()
        return f"{count_of(len(frame), 'line')} in {count_of(n, 'paragraph')}."

    def show(self) -> str:
        """Return the lines as a table with the term in the middle."""
        rows = [
            (name_paragraph(line.paragraph_id), line.left, line.node, line.right)
            for line in self.frame.itertuples()
        ]
        return make_table(
            f"Where {self.term} occurs",
            self.columns,
            rows,
            css="kwic",
            classes=["", "kwic-left", "kwic-node", "kwic-right"],
            row_heading=True,
            first=self.first,
        )


def explore_concordance(term: str = "conference", **traits: object) -> ConcordanceExplorer:
    """Return an explorer of every occurrence of a term.

    Parameters
    ----------
    term
        A word or phrase, or a regular expression.
    **traits
        `document_id` (one document, or ``both``), `sort` (``left``, ``right`` or empty), `window`
        (characters), `regex`, `case_sensitive`; you can change each of them later.

    Returns
    -------
    ConcordanceExplorer
        Its `frame` is the concordance, as :func:`helpers.concordance` returns it.

    Raises
    ------
    ValueError
        If a trait is unknown, or has a value of another type.

    Examples
    --------
    >>> explorer = explore_concordance("Albania")
    >>> explorer.message
    '4 lines in 2 paragraphs.'
    >>> explorer.term = "debate"
    >>> len(explorer.frame)
    7
    """
    return ConcordanceExplorer(term=term, **traits)
