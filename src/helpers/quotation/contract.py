"""Apply the matching contract to text: read a quotation and find it in a source.

Both are comparable texts made by :mod:`helpers.normalize`; :mod:`helpers.quotation.sources` has the sources.
"""

import re
from typing import NamedTuple

from helpers.normalize import Comparable, compare, is_boundary
from helpers.references import find_behind

LEAST_WORDS = 3
LEAST_FRAGMENT = 2
MOST_EDITORIAL = 5
# No real quotation has so many cuts; anything after the last one is read as words.
_MOST_CUTS = 20

# Words that reverse a sentence: brackets may neither add nor replace them.
_NEGATION = re.compile(r"\b(?:not?|never|nor|neither|none|nobody|nothing|cannot|without)\b|n't\b")

_OMISSION = re.compile(r"\[ ?\.(?: ?\.){2,} ?\]|\.(?: ?\.){2,}")
_BRACKETS = re.compile(r"\[[^\[\]]*\]")


class Quotation(NamedTuple):
    """A quotation as typed and as compared, without surrounding quotation marks and final punctuation."""

    typed: str
    plain: Comparable
    cuts: list[re.Match[str]]  # its omissions and brackets, in order

    @property
    def text(self) -> str:
        return self.plain.text


class Piece(NamedTuple):
    """Words that must follow each other in the source."""

    words: str
    after: str  # what separates them from the piece before: "omission" or "brackets"
    cut_start: bool = False  # brackets touch the first letter: [t]he
    cut_end: bool = False  # brackets touch the last letter: resolv[ed]
    brackets: str = ""  # the quoter's own words before the piece
    trailing: str = ""  # the quoter's own words after the last piece


def read(typed: str) -> Quotation:
    """Return a quotation as read."""
    plain = _strip(compare(typed))
    return Quotation(typed, plain, _cuts(plain.text))


def _strip(plain: Comparable) -> Comparable:
    """Return a quotation without the marks around it, a reference after it, and a final period or comma."""
    start = len(plain.text) - len(plain.text.lstrip("' "))
    text = plain.text.rstrip("' ")
    reference = find_behind(text)
    if reference and reference.start() > start:
        text = text[: reference.start()].rstrip("' ")
    for _ in range(2):  # the punctuation may be inside the quotation marks or outside them
        if re.search(r"(?<!\.)[.,]$", text):
            text = text[:-1].rstrip("' ")
    return Comparable(text[start:], plain.starts[start : len(text)], plain.ends[start : len(text)])


def _cuts(text: str) -> list[re.Match[str]]:
    """Return the omissions and brackets of a quotation in order, up to a limit."""
    omissions = list(_OMISSION.finditer(text))
    taken = {match.start() for match in omissions}
    brackets = [match for match in _BRACKETS.finditer(text) if match.start() not in taken]
    return sorted(omissions + brackets, key=lambda match: match.start())[:_MOST_CUTS]


def own_cuts(quotation: Quotation, source: str, *, keep_dots: bool = False) -> list[re.Match[str]]:
    """Return the omissions and the quoter's own brackets; brackets that `source` has are part of its text.

    Three dots are an omission even where the source has three dots, unless these are to be kept.
    """
    return [
        cut
        for cut in quotation.cuts
        if (
            not (keep_dots and _with_neighbors(quotation.text, cut) in source)
            if _OMISSION.fullmatch(cut[0])
            else cut[0] not in source
        )
    ]


def _with_neighbors(text: str, cut: re.Match[str]) -> str:
    """Return an omission with the word before and the word after it."""
    start = text.rfind(" ", 0, max(0, cut.start() - 1)) + 1
    end = text.find(" ", cut.end() + 1)
    return text[start : end if end >= 0 else len(text)]


def split(quotation: Quotation, source: str, *, keep_dots: bool = False) -> list[Piece]:
    """Split a quotation at its omissions and at brackets that `source` does not have."""
    text, at = quotation.text, 0
    pieces = [Piece("", "omission")]
    for cut in own_cuts(quotation, source, keep_dots=keep_dots):
        omits = bool(_OMISSION.fullmatch(cut[0]))
        words, at = text[at : cut.start()], cut.end()
        pieces[-1] = pieces[-1]._replace(words=words.strip(), cut_end=not omits and words[-1:].isalnum())
        # Where two cuts meet, an omission is the wider one.
        wide = omits or (not pieces[-1].words and pieces[-1].after == "omission")
        touches = not omits and text[at : at + 1].isalnum()
        own = "" if omits else cut[0]
        pieces.append(Piece("", "omission" if wide else "brackets", cut_start=touches, brackets=own))
    pieces[-1] = pieces[-1]._replace(words=text[at:].strip())
    return _drop_empty(pieces)


def _drop_empty(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces that have words, each with all the brackets before it."""
    kept: list[Piece] = []
    brackets = ""
    for piece in pieces:
        brackets += piece.brackets
        if piece.words:
            kept.append(piece._replace(brackets=brackets))
            brackets = ""
    if kept:
        kept[-1] = kept[-1]._replace(trailing=brackets)
    return kept


def has_enough(pieces: list[Piece], least_words: int = LEAST_WORDS) -> bool:
    """Say whether the quotation has enough words of the source, in total and beside each omission."""
    fragments = [0]
    for i, piece in enumerate(pieces):
        if i and piece.after == "omission":
            fragments.append(0)
        fragments[-1] += len(piece.words.split())
    return sum(fragments) >= least_words and (len(fragments) == 1 or min(fragments) >= LEAST_FRAGMENT)


Spans = tuple[tuple[int, int], ...]


def find(quotation: Quotation, source: str, *, in_any_sense: bool = False) -> tuple[int, int] | None:
    """Return where a quotation is in a comparable source, or None; brackets may not reverse the sense."""
    spans = find_spans(quotation, source, in_any_sense=in_any_sense)
    return (spans[0][0], spans[-1][1]) if spans else None


def find_spans(
    quotation: Quotation, source: str, *, least_words: int = LEAST_WORDS, in_any_sense: bool = False
) -> Spans:
    """Return where each piece of a quotation is in a comparable source, or an empty result."""
    whole = occurrences(Piece(quotation.text, "omission"), source)
    if whole or not quotation.cuts:
        return tuple(whole[:1])
    for keep_dots in (False, True):
        pieces = split(quotation, source, keep_dots=keep_dots)
        spans = _follow(pieces, source, in_any_sense) if has_enough(pieces, least_words) else ()
        if spans:
            return spans
    return ()


def may_be_found(quotation: Quotation, source: str) -> bool:
    """Say whether a quotation is long enough to search for."""
    return any(has_enough(split(quotation, source, keep_dots=keep_dots)) for keep_dots in (False, True))


def _follow(pieces: list[Piece], source: str, in_any_sense: bool) -> Spans:
    """Return the spans of the pieces in order, each near enough to the one before."""
    if not in_any_sense and (_negates(pieces[0].brackets) or _negates(pieces[-1].trailing)):
        return ()
    chains: dict[int, Spans] = {}  # where the pieces so far may end -> their spans
    for i, piece in enumerate(pieces):
        reached = {}
        for start, end in occurrences(piece, source):
            before = [
                chain
                for e, chain in chains.items()
                if e <= start and _may_part(source[e:start], piece, in_any_sense)
            ]
            if i == 0 or before:
                reached[end] = (*max(before, key=_nearest, default=()), (start, end))
        chains = reached
    return chains[min(chains)] if chains else ()


def _nearest(chain: Spans) -> tuple[int, int]:
    return chain[0][0], chain[-1][1]


def _may_part(between: str, piece: Piece, in_any_sense: bool) -> bool:
    """Say whether the words of the source before a piece may be omitted or replaced by brackets."""
    if piece.after == "omission":
        return in_any_sense or not _negates(piece.brackets) or _negates(between)
    if len(between.split(None, MOST_EDITORIAL)) > MOST_EDITORIAL:  # more words would make no difference
        return False
    return in_any_sense or _negates(piece.brackets) == _negates(between)


def _negates(words: str) -> bool:
    return bool(_NEGATION.search(words))


def occurrences(piece: Piece, source: str) -> list[tuple[int, int]]:
    """Return the spans of a piece in `source`, in whole words unless brackets cut one."""
    spans, at = [], source.find(piece.words)
    while at >= 0:
        end = at + len(piece.words)
        if (piece.cut_start or is_boundary(source, at)) and (piece.cut_end or is_boundary(source, end)):
            spans.append((at, end))
        at = source.find(piece.words, at + 1)
    return spans
