"""Mark: the points of a graded cell together with the reasons for them."""

import math
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from helpers import references
from helpers.checks.spellings import printable
from helpers.corpus import loaders
from helpers.marks import Link, MarkData, ReasonData, make_output, text_html, tidy, to_html
from helpers.quotation.sources import paragraph_ids

_PARAGRAPH_ID = re.compile(rf"\b{references.ID}\b")
_LONGEST = 600

NOT_ANSWERED = "Not answered yet."


class Reason(NamedTuple):
    """Why points were won or lost.

    Attributes
    ----------
    points
        Positive if won, negative if lost; 0 for a remark.
    sentence
        What is right or wrong with the answer, in plain language; paragraph ids in it become links.
    paragraphs
        Ids of paragraphs to read again.
    """

    points: float
    sentence: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Mark:
    """The points of one graded cell, and the reasons.

    Its plain text is the number that nbgrader reads as partial credit; its HTML is what the student reads.
    Programs that read marked notebooks find it as data: see :mod:`helpers.marks`.
    The points are always between 0 and `maximum`; an invalid number counts as 0. They are whole or half
    points: values in between are rounded up, but only an answer that is completely right gets the maximum.

    Parameters
    ----------
    points
        The points won.
    maximum
        The points that could be won: those of the cell.
    reasons
        In the order in which the student should read them.

    Raises
    ------
    ValueError
        When a reason names a paragraph that does not exist.

    Examples
    --------
    >>> Mark(1.5, 2, [Reason(1.5, "Three of four are right."), Reason(-0.5, "One is missing.")])
    1.5
    >>> Mark(7, 2), Mark(-1, 2), Mark(float("nan"), 2)
    (2, 0, 0)
    >>> Mark(0.8, 2), Mark(1.8, 2)
    (1, 1.5)
    """

    points: float
    maximum: float
    reasons: Sequence[Reason] = ()

    def __post_init__(self) -> None:
        points = 0 if math.isnan(self.points) else min(max(self.points, 0), self.maximum)
        object.__setattr__(self, "points", min(tidy(_in_halves(points, self.maximum)), self.maximum))
        reasons = tuple(Reason(r.points, shown(r.sentence), tuple(r.paragraphs)) for r in self.reasons)
        object.__setattr__(self, "reasons", reasons)
        unknown = {paragraph for reason in reasons for paragraph in reason.paragraphs} - paragraph_ids()
        if unknown:
            raise ValueError(f"There is no paragraph {', '.join(sorted(unknown))}.")

    @classmethod
    def won(cls, points: float, sentence: str) -> "Mark":
        """Return full points with one reason."""
        return cls(points, points, [Reason(points, sentence)])

    @classmethod
    def lost(cls, points: float, sentence: str, paragraphs: Iterable[str] = ()) -> "Mark":
        """Return no points of `points` with one reason, and the paragraphs to read again."""
        return cls(0, points, [Reason(-points, sentence, tuple(paragraphs))])

    def noting(self, remarks: "Iterable[Reason]") -> "Mark":
        """Return the same mark with further reasons at its end; the points do not change.

        Examples
        --------
        >>> Mark.won(1, "Right.").noting([Reason(0, "Well spelled.")]).reasons[1].sentence
        'Well spelled.'
        """
        return Mark(self.points, self.maximum, [*self.reasons, *remarks])

    @classmethod
    def total(cls, parts: "Mapping[str, Mark] | Iterable[Mark]") -> "Mark":
        """Return the sum of several marks, for a cell that asks for several things.

        Parameters
        ----------
        parts
            Marks, or a mapping from the name of each part to its mark; each reason then begins with that
            name.

        Examples
        --------
        >>> both = Mark.total({"Letter": Mark.won(1, "Right."), "Reply": Mark.lost(1, "Not answered yet.")})
        >>> both, both.maximum, both.reasons[1].sentence
        (1, 2, 'Reply: Not answered yet.')
        """
        labeled = parts.items() if isinstance(parts, Mapping) else [("", mark) for mark in parts]
        marks, reasons = [], []
        for label, mark in labeled:
            marks.append(mark)
            prefix = f"{label}: " if label else ""
            reasons += [r._replace(sentence=prefix + r.sentence) for r in mark.reasons]
        return cls(sum(m.points for m in marks), tidy(sum(m.maximum for m in marks)), reasons)

    def __repr__(self) -> str:
        return str(self.points)

    def _repr_html_(self) -> str:
        return to_html(self.as_data())

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, Any]:
        return make_output(self.as_data())

    def as_data(self) -> MarkData:
        """Return the mark as data, with a name and an address for each paragraph."""
        lost = [reason.sentence for reason in self.reasons if reason.points < 0]
        won = any(reason.points > 0 for reason in self.reasons)
        answered = won or not lost or not all(NOT_ANSWERED in sentence for sentence in lost)
        return MarkData(self.points, self.maximum, tuple(map(_reason_data, self.reasons)), answered)


def require(condition: bool, mistake: str) -> None:
    """Raise a `ValueError` for a mistake by the author of a question, which would cost students points."""
    if not condition:
        raise ValueError(mistake)


def with_places(reasons: Iterable[Reason], paragraphs: Iterable[str]) -> list[Reason]:
    """Return reasons in which the last one without points names the paragraphs to read again.

    Examples
    --------
    >>> with_places([Reason(1, "Right."), Reason(-1, "Not right.")], ["mao-1963-p02"])[1].paragraphs
    ('mao-1963-p02',)
    """
    reasons = list(reasons)
    problem = [i for i, reason in enumerate(reasons) if reason.points <= 0]
    if problem:
        reasons[problem[-1]] = reasons[problem[-1]]._replace(paragraphs=tuple(paragraphs))
    return reasons


def paragraph_address(place: str) -> str:
    """Return the web address of a paragraph, or of a document.

    It is in the book if the environment variable ``BOOK_URL`` gives the book's address, and otherwise at the
    publisher of the document, with the id as fragment.  If the document has no address, only the fragment is
    left.

    Parameters
    ----------
    place
        The id of a paragraph, ``deng-1962-p07``, or of a document, ``deng-1962``.

    Raises
    ------
    KeyError
        When there is no such document.

    Examples
    --------
    >>> paragraph_address("deng-1962-p07").endswith("#deng-1962-p07")
    True
    """
    document_id = place if place in _documents() else place.rpartition("-")[0]
    if document_id not in _documents():
        raise KeyError(f"No document has the paragraph {place!r}; there are {', '.join(_documents())}.")
    book = os.environ.get("BOOK_URL", "").strip().rstrip("/")
    page = f"{book}/chapters/{document_id}.html" if book else _documents()[document_id]
    return page if place == document_id else f"{page}#{place}"


def shown(sentence: str) -> str:
    """Return a sentence in a form that is safe to show: a student could type anything, at any length."""
    plain = printable(sentence)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}..."


def sentence_html(sentence: str) -> str:
    """Return a sentence as HTML: escaped, with links for paragraph ids, and code for text in backticks."""
    return text_html(*_with_links(sentence))


def _with_links(sentence: str) -> tuple[str, tuple[Link, ...]]:
    """Return a sentence with the names of paragraphs in place of their ids, and the links of these names."""
    found = [id_ for id_ in dict.fromkeys(_PARAGRAPH_ID.findall(sentence)) if id_ in paragraph_ids()]
    named = _PARAGRAPH_ID.sub(
        lambda match: references.label(match[0]) if match[0] in found else match[0], sentence
    )
    return named, tuple(map(_link, found))


def _reason_data(reason: Reason) -> ReasonData:
    text, links = _with_links(reason.sentence)
    return ReasonData(reason.points, text, links, tuple(map(_link, reason.paragraphs)))


def _link(paragraph_id: str) -> Link:
    address = paragraph_address(paragraph_id)
    return Link(references.label(paragraph_id), "" if address.startswith("#") else address)


def _in_halves(points: float, maximum: float) -> float:
    """Return points rounded up to halves, below the maximum; a fraction of one point stays exact."""
    rounded = math.ceil(2 * points - 1e-6) / 2
    if rounded == points or maximum < 1 or points >= maximum - 1e-6:
        return points
    return min(rounded, max(math.ceil(2 * maximum) / 2 - 0.5, 0))


@cache
def _documents() -> dict[str, str]:
    """Return the canonical address of each document."""
    frame = loaders.load_documents(documents="all")
    return dict(zip(frame["document_id"], frame["url"], strict=True))
