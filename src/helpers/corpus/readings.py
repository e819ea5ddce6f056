"""Make the two readings of a line: as received (diplomatic) and with certain emendations (corrected)."""

from collections.abc import Iterable
from typing import NamedTuple

READINGS = ("corrected", "diplomatic")


class Emendation(NamedTuple):
    """One row of ``data/emendations.csv``: what was received, what an editor reads, and why."""

    emendation_id: str
    paragraph_id: str
    received: str
    reading: str
    kind: str
    certainty: str
    reason: str

    @property
    def is_applied(self) -> bool:
        """Whether the corrected reading has it."""
        return self.certainty == "certain"


class Segment(NamedTuple):
    """A part of a line that is the same in both readings, or one emendation."""

    received: str
    corrected: str
    emendation: Emendation | None = None


def segment(text: str, emendations: Iterable[Emendation]) -> list[Segment]:
    """Split a line of the diplomatic reading at its emendations.

    Raises
    ------
    ValueError
        If an emendation's string does not occur exactly once in the line, or two emendations overlap.

    Examples
    --------
    >>> slip = Emendation("e1", "p1", "the replied", "they replied", "grammar", "certain", "Slip.")
    >>> [s.corrected for s in segment("Then the replied to us.", [slip])]
    ['Then ', 'they replied', ' to us.']
    """
    placed = []
    for emendation in emendations:
        times = text.count(emendation.received)
        if times != 1:
            raise ValueError(
                f"{emendation.emendation_id}: {emendation.received!r} occurs {times} times in "
                f"{emendation.paragraph_id}; lengthen the string in emendations.csv until it occurs once."
            )
        placed.append((text.index(emendation.received), emendation))
    segments, at = [], 0
    for start, emendation in sorted(placed):
        if start < at:
            raise ValueError(f"{emendation.emendation_id} overlaps the one before it; make it one row.")
        if start > at:
            segments.append(Segment(text[at:start], text[at:start]))
        corrected = emendation.reading if emendation.is_applied else emendation.received
        segments.append(Segment(emendation.received, corrected, emendation))
        at = start + len(emendation.received)
    if at < len(text):
        segments.append(Segment(text[at:], text[at:]))
    return segments


def to_corrected(segments: Iterable[Segment], start: int, end: int) -> tuple[int, int]:
    """Return the span of the corrected reading that corresponds to a span of the diplomatic one.

    A span that touches a changed segment includes all of it.
    """
    received = corrected = 0
    first = last = None
    for part in segments:
        length = len(part.received)
        if received < end and start < received + length:
            unchanged = part.received == part.corrected
            if first is None:
                first = corrected + (max(0, start - received) if unchanged else 0)
            last = corrected + (min(end - received, length) if unchanged else len(part.corrected))
        received += length
        corrected += len(part.corrected)
    return (first or 0), (last or 0)
