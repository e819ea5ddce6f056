"""The rules of the matching contract on text alone: how a quotation is read, and where it stands in a source.

Both are comparable texts of :mod:`helpers.normalize`; the sources themselves are in :mod:`helpers.witnesses`.
"""

import re
from typing import NamedTuple

from helpers.normalize import Comparable, compare, is_boundary

LEAST_WORDS = 3
LEAST_FRAGMENT = 2
MOST_EDITORIAL = 5
# Nobody cuts a quotation so often; what comes after is read as words.
_MOST_CUTS = 20

_OMISSION = re.compile(r"\[ ?\.(?: ?\.){2,} ?\]|\.(?: ?\.){2,}")
_BRACKETS = re.compile(r"\[[^\[\]]*\]")


class Quotation(NamedTuple):
    """A quotation as typed and as compared: without quotation marks around it and punctuation at its end."""

    typed: str
    plain: Comparable
    cuts: list[re.Match]  # its omissions and brackets, in order

    @property
    def text(self) -> str:
        return self.plain.text


class Piece(NamedTuple):
    """Words that must stand together."""

    words: str
    after: str  # what parts them from the piece before: "omission" or "brackets"
    cut_start: bool = False  # brackets touch the first letter: [t]he
    cut_end: bool = False  # brackets touch the last letter: resolv[ed]


def read(typed: str) -> Quotation:
    """Return a quotation as read."""
    plain = _strip(compare(typed))
    return Quotation(typed, plain, _cuts(plain.text))


def _strip(plain: Comparable) -> Comparable:
    """Return a quotation without the marks around it and without a full stop or comma at its end."""
    start = len(plain.text) - len(plain.text.lstrip("' "))
    text = plain.text.rstrip("' ")
    for _ in range(2):  # the punctuation may stand inside the quotation marks or outside them
        if re.search(r"(?<!\.)[.,]$", text):
            text = text[:-1].rstrip("' ")
    return Comparable(text[start:], plain.starts[start : len(text)], plain.ends[start : len(text)])


def _cuts(text: str) -> list[re.Match]:
    """Return the omissions and brackets of a quotation, in order, as many as anybody needs."""
    omissions = list(_OMISSION.finditer(text))
    taken = {match.start() for match in omissions}
    brackets = [match for match in _BRACKETS.finditer(text) if match.start() not in taken]
    return sorted(omissions + brackets, key=lambda match: match.start())[:_MOST_CUTS]


def own_cuts(quotation: Quotation, source: str) -> list[re.Match]:
    """Return the omissions and the quoter's own brackets: brackets that stand in `source` are words of it."""
    return [cut for cut in quotation.cuts if _OMISSION.fullmatch(cut[0]) or cut[0] not in source]


def split(quotation: Quotation, source: str) -> list[Piece]:
    """Return a quotation in pieces, cut at its omissions and at brackets that `source` does not have."""
    text, at = quotation.text, 0
    pieces = [Piece("", "omission")]
    for cut in own_cuts(quotation, source):
        omits = bool(_OMISSION.fullmatch(cut[0]))
        words, at = text[at : cut.start()], cut.end()
        pieces[-1] = pieces[-1]._replace(words=words.strip(), cut_end=not omits and words[-1:].isalnum())
        # Where two cuts meet, an omission is the wider one.
        wide = omits or (not pieces[-1].words and pieces[-1].after == "omission")
        touches = not omits and text[at : at + 1].isalnum()
        pieces.append(Piece("", "omission" if wide else "brackets", cut_start=touches))
    pieces[-1] = pieces[-1]._replace(words=text[at:].strip())
    return [piece for piece in pieces if piece.words]


def has_enough(pieces: list[Piece], least_words: int = LEAST_WORDS) -> bool:
    """Say whether the source's own words are enough, in all and on each side of an omission."""
    fragments = [0]
    for i, piece in enumerate(pieces):
        if i and piece.after == "omission":
            fragments.append(0)
        fragments[-1] += len(piece.words.split())
    return sum(fragments) >= least_words and (len(fragments) == 1 or min(fragments) >= LEAST_FRAGMENT)


def find(quotation: Quotation, source: str) -> tuple[int, int] | None:
    """Return where a quotation stands in a comparable source, or None."""
    spans = find_spans(quotation, source)
    return (spans[0][0], spans[-1][1]) if spans else None


def find_spans(
    quotation: Quotation, source: str, *, least_words: int = LEAST_WORDS
) -> tuple[tuple[int, int], ...]:
    """Return where each piece of a quotation is in a comparable source, or nothing if it is not there."""
    whole = occurrences(Piece(quotation.text, "omission"), source)
    if whole or not quotation.cuts:
        return tuple(whole[:1])
    pieces = split(quotation, source)
    return _follow(pieces, source) if has_enough(pieces, least_words) else ()


def _follow(pieces: list[Piece], source: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the pieces in their order, each as near to the one before as it must be."""
    chains: dict[int, tuple[tuple[int, int], ...]] = {}  # where the pieces so far may end -> their spans
    for i, piece in enumerate(pieces):
        reached = {}
        for start, end in occurrences(piece, source):
            before = [c for e, c in chains.items() if e <= start and _may_part(source[e:start], piece.after)]
            if i == 0 or before:
                reached[end] = (*max(before, key=_nearest, default=()), (start, end))
        chains = reached
    return chains[min(chains)] if chains else ()


def _nearest(chain: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    return chain[0][0], chain[-1][1]


def _may_part(between: str, after: str) -> bool:
    return after == "omission" or len(between.split()) <= MOST_EDITORIAL


def occurrences(piece: Piece, source: str) -> list[tuple[int, int]]:
    """Return the spans at which a piece stands in `source`, in whole words unless brackets cut one."""
    spans, at = [], source.find(piece.words)
    while at >= 0:
        end = at + len(piece.words)
        if (piece.cut_start or is_boundary(source, at)) and (piece.cut_end or is_boundary(source, end)):
            spans.append((at, end))
        at = source.find(piece.words, at + 1)
    return spans
