"""Find and verify a quotation, by the matching contract that the book publishes.

1. Texts are compared as :mod:`helpers.normalize` makes them comparable; quotation marks round the quotation
   and a full stop or comma at its end are ignored.
2. `` ... ``, ``…`` or ``[...]`` omits words; the fragments follow each other in one paragraph and have at
   least two words each.
3. Square brackets that are not in the source are the quoter's own: they stand for up to five words, or none.
   Brackets that are in the source are text.
4. Either reading may be quoted, the diplomatic or the corrected one.
5. A quotation has at least three words.
6. The answer is one of `STATUSES`; nothing that a student types raises an error.
"""

import re
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

import pandas as pd

from helpers import corpus
from helpers.normalize import Comparable, comparable, compare, is_boundary
from helpers.readings import READINGS, to_corrected

STATUSES = ("verbatim", "other-paragraph", "other-document", "altered", "absent", "too-short", "empty")

_LEAST_WORDS = 3
_LEAST_FRAGMENT = 2
_MOST_EDITORIAL = 5
# Below this share of words in common the nearest passage is no neighbor, but chance.
_NEAR = 0.5
# Nobody quotes at such length; a longer text is compared by its beginning.
_MOST_ALIGNED = 400
_MOST_CUTS = 20
_MOST_SAID = 3


class Passage(NamedTuple):
    """A stretch of a paragraph; `start` and `end` are offsets in its corrected reading."""

    document_id: str
    paragraph_id: str
    start: int
    end: int
    text: str


class Verification(NamedTuple):
    """What became of a quotation.

    Attributes
    ----------
    status
        One of `STATUSES`; only ``verbatim`` is a faithful quotation of the paragraph that was named.
    passage
        Where the words stand, or None when they stand nowhere.
    nearest
        For ``altered``: the passage that comes nearest; otherwise None.
    explanation
        One or two sentences for the quoter: what differs and where to look.
    """

    status: str
    passage: Passage | None
    nearest: Passage | None
    explanation: str

    @property
    def is_verbatim(self) -> bool:
        """Whether the quotation is faithful and in the paragraph that was named."""
        return self.status == "verbatim"


def find_quotation(text: str, *, document_id: str | None = None) -> pd.DataFrame:
    """Return every passage of the two documents that a quotation may come from.

    Parameters
    ----------
    text
        The quotation, with or without quotation marks, omissions and editorial brackets.
    document_id
        Look only in this document.

    Returns
    -------
    DataFrame
        `document_id`, `paragraph_id`, `start`, `end` (offsets in the paragraph's corrected reading) and
        `text` (the passage as it stands there), one row for each paragraph that has it, in the order of the
        documents; no row when the words stand nowhere or are too few.

    Examples
    --------
    >>> find_quotation("the sky WON’T collapse")["paragraph_id"].to_list()
    ['mao-1963-p10']
    """
    quotation, trouble = _read(text)
    found = [] if trouble else _passages(quotation)
    rows = [passage for passage in found if document_id in (None, passage.document_id)]
    return pd.DataFrame(rows, columns=Passage._fields)


def verify_quotation(text: str, paragraph_id: str) -> Verification:
    """Say whether a quotation is faithful, and if not, what differs; no text raises an error.

    Parameters
    ----------
    text
        The quotation.
    paragraph_id
        Where it is said to stand; letter case and missing zeros are forgiven (``Deng-1962-P7``).

    Returns
    -------
    Verification
        `status`, `passage`, `nearest` and `explanation`.

    Examples
    --------
    >>> verify_quotation("after a silence ... they replied to us", "deng-1962-p01").status
    'verbatim'
    >>> verify_quotation("the sky will not collapse", "mao-1963-p10").explanation
    'The words are not quite those of mao-1963-p10: it has "won\\'t", not "will not".'
    """
    quotation, trouble = _read(text)
    if trouble:
        return Verification(*trouble)
    wanted, unknown = _tidy_id(paragraph_id), ""
    if wanted not in _paragraph_ids():
        unknown = f"There is no paragraph {str(paragraph_id)[:40]!r}. "
    found = _passages(quotation)
    if not found and not _has_enough(_pieces(quotation, _all_text())):
        return _too_short()
    for passage in found:
        if passage.paragraph_id == wanted:
            return Verification("verbatim", passage, None, f"These words stand in {wanted}.")
    if found:
        return _elsewhere(found, wanted, unknown)
    nearest, difference = _nearest(quotation, wanted)
    if nearest:
        explanation = f"{unknown}The words are not quite those of {nearest.paragraph_id}: {difference}."
        return Verification("altered", None, nearest, explanation)
    explanation = f"{unknown}No passage of the two documents has these words, or words close to them."
    return Verification("absent", None, None, explanation)


def _elsewhere(found: list[Passage], wanted: str, unknown: str) -> Verification:
    """Return the answer to words that are real but do not stand in the paragraph that was named."""
    same = [passage for passage in found if wanted.startswith(passage.document_id)]
    status = "other-document" if not same and wanted in _paragraph_ids() else "other-paragraph"
    places = " and ".join(passage.paragraph_id for passage in same or found)
    instead = "" if unknown else f", not in {wanted}"
    return Verification(status, (same or found)[0], None, f"{unknown}These words stand in {places}{instead}.")


def _tidy_id(paragraph_id: object) -> str:
    """Return a paragraph id as a student may type it in the form that the tables have."""
    plain = comparable(paragraph_id) if isinstance(paragraph_id, str) else ""
    body = re.fullmatch(r"(.+-p)0*(\d+)", plain)
    return f"{body[1]}{int(body[2]):02}" if body and len(body[2]) < 5 else plain


# --- reading a quotation ---

_OMISSION = re.compile(r"\[ ?\.(?: ?\.){2,} ?\]|\.(?: ?\.){2,}")
_BRACKETS = re.compile(r"\[[^\[\]]*\]")


class _Quotation(NamedTuple):
    """A quotation as typed and as compared: without quotation marks round it and punctuation at its end."""

    typed: str
    plain: Comparable
    cuts: list[re.Match]  # its omissions and brackets, in order

    @property
    def text(self) -> str:
        return self.plain.text


class _Piece(NamedTuple):
    """Words that must stand together."""

    words: str
    after: str  # what parts them from the piece before: "omission" or "brackets"
    cut_start: bool = False  # brackets touch the first letter: [t]he
    cut_end: bool = False  # brackets touch the last letter: resolv[ed]


def _read(typed: object) -> tuple[_Quotation, tuple | None]:
    """Return a quotation, and what is wrong with it before any source is asked."""
    if not isinstance(typed, str):
        explanation = "There is no quotation here: give the words as text, between quotation marks."
        return _Quotation("", compare(""), []), ("empty", None, None, explanation)
    plain = _strip(compare(typed))
    quotation = _Quotation(typed, plain, _cuts(plain.text))
    if not re.search(r"\w", quotation.text):
        return quotation, ("empty", None, None, "There is no quotation here yet.")
    if len(quotation.text.split()) < _LEAST_WORDS:
        return quotation, _too_short()
    return quotation, None


def _strip(plain: Comparable) -> Comparable:
    """Return a quotation without the quotation marks round it and without a full stop or comma at its end."""
    start = len(plain.text) - len(plain.text.lstrip("' "))
    text = plain.text.rstrip("' ")
    for _ in range(2):  # the punctuation may stand inside the quotation marks or outside them
        if re.search(r"(?<!\.)[.,]$", text):
            text = text[:-1].rstrip("' ")
    return Comparable(text[start:], plain.starts[start : len(text)], plain.ends[start : len(text)])


def _too_short() -> Verification:
    explanation = (
        f"This is too short to be evidence: quote at least {_LEAST_WORDS} words of the source, "
        f"and at least {_LEAST_FRAGMENT} on each side of an omission."
    )
    return Verification("too-short", None, None, explanation)


def _cuts(text: str) -> list[re.Match]:
    """Return the omissions and brackets of a quotation, in order, as many as anybody needs."""
    omissions = list(_OMISSION.finditer(text))
    taken = {match.start() for match in omissions}
    brackets = [match for match in _BRACKETS.finditer(text) if match.start() not in taken]
    return sorted(omissions + brackets, key=lambda match: match.start())[:_MOST_CUTS]


def _own_cuts(quotation: _Quotation, source: str) -> list[re.Match]:
    """Return the omissions and the quoter's own brackets: brackets that stand in `source` are words of it."""
    return [cut for cut in quotation.cuts if _OMISSION.fullmatch(cut[0]) or cut[0] not in source]


def _pieces(quotation: _Quotation, source: str) -> list[_Piece]:
    """Return a quotation in pieces, cut at its omissions and at brackets that `source` does not have."""
    text, at = quotation.text, 0
    pieces = [_Piece("", "omission")]
    for cut in _own_cuts(quotation, source):
        omits = bool(_OMISSION.fullmatch(cut[0]))
        words, at = text[at : cut.start()], cut.end()
        pieces[-1] = pieces[-1]._replace(words=words.strip(), cut_end=not omits and words[-1:].isalnum())
        # Where two cuts meet, an omission is the wider one.
        wide = omits or (not pieces[-1].words and pieces[-1].after == "omission")
        touches = not omits and text[at : at + 1].isalnum()
        pieces.append(_Piece("", "omission" if wide else "brackets", cut_start=touches))
    pieces[-1] = pieces[-1]._replace(words=text[at:].strip())
    return [piece for piece in pieces if piece.words]


def _has_enough(pieces: list[_Piece]) -> bool:
    """Say whether the source's own words are enough, in all and on each side of an omission."""
    fragments = [0]
    for i, piece in enumerate(pieces):
        if i and piece.after == "omission":
            fragments.append(0)
        fragments[-1] += len(piece.words.split())
    return sum(fragments) >= _LEAST_WORDS and (len(fragments) == 1 or min(fragments) >= _LEAST_FRAGMENT)


# --- finding it in the sources ---


class _Witness(NamedTuple):
    """One reading of one line, made comparable."""

    line: corpus.Line
    reading: str
    plain: Comparable

    def passage(self, start: int, end: int) -> Passage:
        """Return a span of the comparable text as a passage of the corrected reading."""
        start, end = self.plain.span(start, end)
        if self.reading == "diplomatic":
            start, end = to_corrected(self.line.segments, start, end)
        text = self.line.text("corrected")[start:end]
        return Passage(self.line.document_id, self.line.paragraph_id, start, end, text)


@cache
def _witnesses() -> tuple[_Witness, ...]:
    return tuple(
        _Witness(line, reading, compare(line.text(reading)))
        for line in corpus.lines()
        for reading in READINGS
        if reading == "corrected" or line.text("corrected") != line.text("diplomatic")
    )


@cache
def _paragraph_ids() -> frozenset[str]:
    return frozenset(line.paragraph_id for line in corpus.lines())


@cache
def _all_text() -> str:
    return "\n".join(witness.plain.text for witness in _witnesses())


def _passages(quotation: _Quotation) -> list[Passage]:
    """Return the passages that have the quotation, at most one a paragraph, in the order of the documents."""
    found: dict[str, Passage] = {}
    for witness in _witnesses():
        span = _find(quotation, witness.plain.text)
        if span:
            found.setdefault(witness.line.paragraph_id, witness.passage(*span))
    return list(found.values())


def _find(quotation: _Quotation, source: str) -> tuple[int, int] | None:
    """Return where a quotation stands in a comparable source, or None."""
    whole = _occurrences(_Piece(quotation.text, "omission"), source)
    if whole:
        return whole[0]
    pieces = _pieces(quotation, source)
    return _follow(pieces, source) if _has_enough(pieces) else None


def _follow(pieces: list[_Piece], source: str) -> tuple[int, int] | None:
    """Return the span of the pieces in their order, each as near to the one before as it must be."""
    ends: dict[int, int] = {}  # where the pieces so far may end -> where they then began
    for i, piece in enumerate(pieces):
        reached: dict[int, int] = {}
        for start, end in _occurrences(piece, source):
            began = [ends[e] for e in ends if e <= start and _may_part(source[e:start], piece.after)]
            if i == 0 or began:
                reached[end] = max(began, default=start)
        ends = reached
    return (ends[min(ends)], min(ends)) if ends else None


def _may_part(between: str, after: str) -> bool:
    return after == "omission" or len(between.split()) <= _MOST_EDITORIAL


def _occurrences(piece: _Piece, source: str) -> list[tuple[int, int]]:
    """Return the spans at which a piece stands in `source`, in whole words unless brackets cut one."""
    spans, at = [], source.find(piece.words)
    while at >= 0:
        end = at + len(piece.words)
        if (piece.cut_start or is_boundary(source, at)) and (piece.cut_end or is_boundary(source, end)):
            spans.append((at, end))
        at = source.find(piece.words, at + 1)
    return spans


# --- the nearest passage ---

_TOKEN = re.compile(r"\w+(?:['-]\w+)*|[^\w\s]")


class _Change(NamedTuple):
    """A stretch in which a quotation and a witness differ: "replace", "delete" or "insert"."""

    kind: str
    own: list[re.Match]
    theirs: list[re.Match]


class _Neighbor(NamedTuple):
    """A witness beside a quotation: how much they share, where, and what differs."""

    score: tuple[float, bool]
    witness: _Witness
    span: tuple[int, int]
    changes: list[_Change]


def _nearest(quotation: _Quotation, wanted: str) -> tuple[Passage | None, str]:
    """Return the passage that shares most words with a quotation, and in words what differs."""
    pieces = _tokens_of_pieces(quotation)
    neighbors = [_lay_beside(pieces, witness, wanted) for witness in _witnesses()]
    best = max((n for n in neighbors if n), key=lambda neighbor: neighbor.score, default=None)
    if best is None or best.score[0] < _NEAR:
        return None, ""
    said = [_say(change, quotation, best.witness) for change in best.changes[:_MOST_SAID]]
    return best.witness.passage(*best.span), "; ".join(
        said
    ) or "the parts stand in another order or farther apart"


def _tokens_of_pieces(quotation: _Quotation) -> list[list[re.Match]]:
    """Return the words and marks of a quotation, piece by piece as omissions and brackets cut it."""
    cuts = [match.span() for match in _own_cuts(quotation, _all_text())]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(quotation.text)]
    pieces = [list(_TOKEN.finditer(quotation.text, *span)) for span in zip(starts, ends, strict=True)]
    return [piece[:_MOST_ALIGNED] for piece in pieces if piece]


def _lay_beside(pieces: list[list[re.Match]], witness: _Witness, wanted: str) -> _Neighbor | None:
    """Return how a witness answers to the pieces of a quotation; None when no two words in a row agree."""
    theirs = list(_TOKEN.finditer(witness.plain.text))
    changes: list[_Change] = []
    spans: list[tuple[int, int]] = []
    shared = longest = 0
    for piece in pieces:
        window, core = _window(piece, theirs)
        longest = max(longest, core)
        opcodes = SequenceMatcher(None, _keys(piece), _keys(window), autojunk=False).get_opcodes()
        shared += sum(b - a for kind, a, b, _, _ in opcodes if kind == "equal")
        for i, (kind, a, b, c, d) in enumerate(opcodes):
            first, last = i == 0, i == len(opcodes) - 1
            if kind == "insert" and (first or last):
                continue  # what stands before and after the quotation in the source
            if kind == "replace" and first:
                c = max(c, d - (b - a))
            elif kind == "replace" and last:
                d = min(d, c + (b - a))
            spans += [(token.start(), token.end()) for token in window[c:d]]
            if kind != "equal":
                changes.append(_Change(kind, piece[a:b], window[c:d]))
    if longest < 2:
        return None
    share = shared / sum(map(len, pieces))
    span = min(start for start, _ in spans), max(end for _, end in spans)
    return _Neighbor((share, witness.line.paragraph_id == wanted), witness, span, changes)


def _window(piece: list[re.Match], theirs: list[re.Match]) -> tuple[list[re.Match], int]:
    """Return the stretch of a witness round the longest run of a piece's words, and that run's length."""
    core = SequenceMatcher(None, _keys(piece), _keys(theirs), autojunk=False).find_longest_match()
    slack = 2 + len(piece) // 4
    start = core.b - core.a
    return theirs[max(0, start - slack) : start + len(piece) + slack], core.size


def _keys(tokens: list[re.Match]) -> list[str]:
    return [token[0] for token in tokens]


def _say(change: _Change, quotation: _Quotation, witness: _Witness) -> str:
    """Return one difference in words, as the quoter typed it and as the source has it."""

    def quote(tokens: list[re.Match], plain: Comparable, original: str) -> str:
        start, end = plain.span(tokens[0].start(), tokens[-1].end()) if tokens else (0, 0)
        return f'"{original[start:end]}"'

    own = quote(change.own, quotation.plain, quotation.typed)
    theirs = quote(change.theirs, witness.plain, witness.line.text(witness.reading))
    if change.kind == "replace":
        return f"it has {theirs}, not {own}"
    return f"it does not have {own}" if change.kind == "delete" else f"it also has {theirs}"
