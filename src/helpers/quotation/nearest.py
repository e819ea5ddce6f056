"""Find the passage nearest to a quotation, and describe what differs."""

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import islice, pairwise
from typing import NamedTuple

from helpers.normalize import Comparable
from helpers.quotation.contract import LEAST_FRAGMENT, Piece, Quotation, find, occurrences, own_cuts
from helpers.quotation.edit_distance import count_slips
from helpers.quotation.sources import WORD, Passage, Witness, all_text, witnesses

# The nearest passage shares at least this much with a quotation, or a run of this many words; less is chance.
_NEAR = 0.5
_NEAR_SCATTERED = 0.7
_LONG_RUN = 5
# Two words count as the same word with a typing error from this similarity on.
_SIMILAR = 0.7
# Limits on the length of a quotation and the number of differences; longer texts are not compared.
_MOST_WORDS = 400
_MOST_COMPARED = 8
_MOST_REPORTED = 3
_LONGEST_SHOWN = 200
_REVERSED = "the words in brackets reverse its sense"
ARTICLES = ("a", "an", "the")


class _Comparison(NamedTuple):
    """A witness compared with a quotation: what they share, the longest run, its place, the differences."""

    share: float
    longest: int
    witness: Witness
    span: tuple[int, int]
    changes: list[str]

    @property
    def is_near(self) -> bool:
        """Whether the two are more alike than by chance."""
        return self.share >= (_NEAR if self.longest > 1 else _NEAR_SCATTERED)


def find_nearest(quotation: Quotation, wanted: str) -> tuple[Passage | None, str]:
    """Return the passage that shares most words with a quotation, and a sentence on what differs."""
    pieces = _stretches(quotation)
    if not pieces:  # brackets and marks without a word of the source
        return None, ""
    scattered = _scattered(quotation, pieces)
    if scattered:
        return scattered
    likely = sorted(witnesses(), key=lambda w: -sum(_likely_starts(piece.words, w)[0][1] for piece in pieces))
    likely = [w for i, w in enumerate(likely) if i < _MOST_COMPARED or w.line.paragraph_id == wanted]
    compared = [_compare_with(quotation, pieces, witness) for witness in likely]
    # The named paragraph is preferred to one that is only a little nearer.
    best = max(compared, key=lambda n: n.share + 0.05 * (n.witness.line.paragraph_id == wanted))
    run = max(compared, key=lambda n: n.longest)
    if best.is_near:
        difference = "; ".join(best.changes[:_MOST_REPORTED])
        if not difference:
            is_found = find(quotation, best.witness.plain.text, in_any_sense=True)
            difference = _REVERSED if is_found else "its parts come in another order, or farther apart"
        more = len(best.changes) - _MOST_REPORTED
        difference += f"; and {more} more" if more > 0 else ""
        hint = ' Write "[...]" where you leave words out.' if "(...)" in quotation.text else ""
        place = best.witness.line.paragraph_id
        message = f"The words are not quite those of {place}: {difference}.{hint}"
        return best.witness.passage(*best.span), message
    if run.longest >= _LONG_RUN:
        passage = run.witness.passage(*run.span)
        return passage, f"Only some of these words are in {passage.paragraph_id}."
    return None, ""


class _Stretch(NamedTuple):
    """One piece of a quotation: its words, and where it begins and ends."""

    words: list[re.Match[str]]
    start: int
    end: int


def _stretches(quotation: Quotation) -> list[_Stretch]:
    """Split a quotation at its omissions and the quoter's own brackets."""
    cuts = [match.span() for match in own_cuts(quotation, all_text())]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(quotation.text)]
    pieces, left = [], _MOST_WORDS
    for span in zip(starts, ends, strict=True):
        words = list(islice(WORD.finditer(quotation.text, *span), left))
        left -= len(words)
        if words:
            pieces.append(_Stretch(words, *span))
    return pieces


def _scattered(quotation: Quotation, pieces: list[_Stretch]) -> tuple[Passage, str] | None:
    """Return a sentence about fragments that are all in the source, but in several paragraphs."""
    if len(pieces) < 2:
        return None
    found = []
    for piece in pieces:
        words = Piece(quotation.text[slice(*_span(piece.words))], "omission")
        place = next((w for w in witnesses() if occurrences(words, w.plain.text)), None)
        if len(piece.words) < LEAST_FRAGMENT or place is None:
            return None
        found.append((place, occurrences(words, place.plain.text)[0]))
    places = list(dict.fromkeys(witness.line.paragraph_id for witness, _ in found))
    if len(places) < 2:
        return None
    witness, span = found[0]
    message = f"These fragments are in {' and '.join(places)}; an omission stays within one paragraph."
    return witness.passage(*span), message


def _likely_starts(words: list[re.Match[str]], witness: Witness) -> list[tuple[int, int]]:
    """Return where a piece may begin in a witness, best first, with the number of matching words."""
    slack = 1 + len(words) // 4
    offsets = Counter(at - i for i, word in enumerate(words) for at in witness.places.get(word[0], ()))
    votes = {o: sum(offsets[o + d] for d in range(-slack, slack + 1)) for o in offsets}
    return sorted(votes.items(), key=lambda item: (-item[1], item[0])) or [(0, 0)]


def _compare_with(quotation: Quotation, pieces: list[_Stretch], witness: Witness) -> _Comparison:
    """Compare the pieces of a quotation with a witness."""
    shared, longest, changes, spans = 0.0, 0, [], []
    for piece in pieces:
        most = min(_MOST_COMPARED, _MOST_WORDS // len(piece.words))  # one guess will do for a long piece
        starts = [start for start, _ in _likely_starts(piece.words, witness)[:most]]
        tries = [_align(piece.words, witness, start) for start in starts]
        best = max(tries, key=lambda alignment: alignment.shared)
        shared, longest = shared + best.shared, max(longest, best.longest)
        changes += _differences(quotation, piece, witness, best)
        spans += [(word.start(), word.end()) for step in best.steps for word in step.theirs]
    share = shared / sum(len(piece.words) for piece in pieces)
    span = (min(s for s, _ in spans), max(e for _, e in spans)) if spans else (0, 0)
    return _Comparison(share, longest, witness, span, changes)


class _Step(NamedTuple):
    """Words that are "equal", or differ: "replace", "delete" (not in the source), "insert" (not quoted)."""

    kind: str
    own: list[re.Match[str]]
    theirs: list[re.Match[str]]


class _Alignment(NamedTuple):
    """One piece aligned with a part of a witness."""

    shared: float
    longest: int
    steps: list[_Step]


def _align(words: list[re.Match[str]], witness: Witness, start: int) -> _Alignment:
    """Align words, one by one, with the part of a witness that begins near its word `start`."""
    slack = 2 + len(words) // 4
    window = witness.words[max(0, start - slack) : max(0, start + len(words) + slack)]
    own, theirs = [word[0] for word in words], [word[0] for word in window]
    opcodes = SequenceMatcher(None, own, theirs, autojunk=False).get_opcodes()
    steps, shared, longest = [], 0.0, 0
    for i, (kind, a, b, c, d) in enumerate(opcodes):
        first, last = i == 0, i == len(opcodes) - 1
        if kind == "insert" and (first or last):
            continue  # the source's words before and after the quotation
        if kind == "replace" and first:
            c = max(c, d - (b - a))
        elif kind == "replace" and last:
            d = min(d, c + (b - a))
        if kind == "equal":
            shared, longest = shared + b - a, max(longest, b - a)
        elif kind == "replace":
            likeness = _similarity(own[a:b], theirs[c:d])
            if not likeness and (first or last):
                kind, d = "delete", c  # words of the quoter's, such as a page number
            shared += likeness
        steps.append(_Step(kind, words[a:b], window[c:d]))
    return _Alignment(shared, longest, steps)


class Slips(NamedTuple):
    """The differences between a quotation and one witness."""

    typed: list[tuple[int, int]]  # the source's words that were typed, some with a typing error
    added: list[int]  # where the quoter has words that the source does not have
    n_wrong: int  # words that are wrong, missing, added or in another place
    n_words: int


def find_slips(quotation: Quotation, witness: Witness) -> Slips | None:
    """Return how a quotation differs from a witness, or None if its pieces are not there in order."""
    whole, at = Slips([], [], 0, 0), 0
    for piece in _stretches(quotation):
        starts = [start for start, _ in _likely_starts(piece.words, witness)[:_MOST_COMPARED]]
        tries = [_align(piece.words, witness, start).steps for start in starts]
        firsts = [(steps, next((w.start() for s in steps for w in s.theirs), -1)) for steps in tries]
        found = [_slips(steps) for steps, first in firsts if first >= at]
        found = [slips for slips in found if slips.typed]
        if not found:
            return None
        best = min(found, key=lambda slips: slips.n_wrong)
        at = best.typed[-1][1]
        whole = Slips(
            whole.typed + best.typed,
            whole.added + best.added,
            whole.n_wrong + best.n_wrong,
            whole.n_words + best.n_words,
        )
    return whole


def _slips(steps: list[_Step]) -> Slips:
    """Return how one piece differs from the part of a witness with which it is aligned."""
    typed, added, n_wrong, n_words = [], [], 0, sum(len(step.own) for step in steps)
    moved = _texts(steps, "delete", "own") & _texts(steps, "insert", "theirs")
    at = next((word.start() for step in steps for word in step.theirs), 0)
    for kind, own, theirs in steps:
        spans = [word.span() for word in theirs]
        if kind == "equal":
            typed += spans
        elif kind == "delete" and _text(own) not in moved:
            n_wrong += len(own)
            added += [at] * any(word[0] not in ARTICLES for word in own)
        elif kind == "insert":
            n_wrong += len(theirs)
            typed += spans if _text(theirs) in moved else []
        elif kind == "replace" and _letters(own) == _letters(theirs):  # forty three, forty-three
            n_wrong += 1
            typed += spans
        elif kind == "replace":
            # "will not" for "won't" is one slip, not two.
            n_wrong += 1 if {len(own), len(theirs)} == {1, 2} else max(len(own), len(theirs))
            pairs = zip(own, theirs, strict=True) if len(own) == len(theirs) else ()
            typed += [its.span() for mine, its in pairs if is_slip(mine[0], its[0])]
        at = spans[-1][1] if spans else at
    return Slips(typed, added, n_wrong, n_words)


def is_slip(typed: str, word: str) -> bool:
    """Say whether one word is another with a letter wrong, missing, doubled or swapped (two if it is long).

    In a word of fewer than five letters, a different letter makes a different word.

    Examples
    --------
    >>> is_slip("Brezhnve", "Brezhnev"), is_slip("late", "last"), is_slip("early", "late")
    (True, False, False)
    """
    if min(len(typed), len(word)) < 5:
        return False
    return count_slips(typed, word) <= (2 if len(word) >= 10 else 1)


def _letters(words: list[re.Match[str]]) -> str:
    return "".join(char for word in words for char in word[0] if char.isalnum())


def _similarity(own: list[str], theirs: list[str]) -> float:
    """Return the share of the quoter's words that the source has, allowing for typing errors."""
    whole = _ratio(" ".join(own), " ".join(theirs))
    if whole >= _SIMILAR:  # forty three, forty-three
        return whole * len(own)
    ratios = [_ratio(one, other) for one, other in zip(own, theirs, strict=False)]
    return sum(ratio for ratio in ratios if ratio >= _SIMILAR)


def _ratio(one: str, other: str) -> float:
    """Return how alike two texts are; 0 if their lengths already differ too much."""
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.real_quick_ratio() >= _SIMILAR else 0.0


def _differences(quotation: Quotation, piece: _Stretch, witness: Witness, alignment: _Alignment) -> list[str]:
    """Describe what differs: the words or, if they are the same, the marks and spaces between them."""

    def own(start: int, end: int) -> str:
        return _show(quotation.typed, quotation.plain, start, end)

    def theirs(start: int, end: int) -> str:
        return _show(witness.line.text(witness.reading), witness.plain, start, end)

    messages = []
    dropped = _texts(alignment.steps, "delete", "own")
    added = _texts(alignment.steps, "insert", "theirs")
    for kind, mine, its in alignment.steps:
        if kind == "delete" and _text(mine) in added:
            messages.append(f"it has {own(*_span(mine))} in another place")
        elif kind == "insert" and _text(its) in dropped:
            continue  # reported where the words were left out
        elif kind == "replace":
            messages.append(f"it has {theirs(*_span(its))}, not {own(*_span(mine))}")
        elif kind == "delete":
            messages.append(f"it does not have {own(*_span(mine))}")
        elif kind == "insert":
            messages.append(f"it also has {theirs(*_with_brackets(witness.plain.text, *_span(its)))}")
    if messages:
        return messages
    for _, mine, its in alignment.steps:
        for (a, b), (c, d) in zip(pairwise(mine), pairwise(its), strict=True):
            if quotation.text[a.end() : b.start()] != witness.plain.text[c.end() : d.start()]:
                messages.append(f"it has {theirs(c.start(), d.end())}, not {own(a.start(), b.end())}")
    return messages + _marks_at_ends(quotation, piece, witness, alignment)


def _marks_at_ends(
    quotation: Quotation, piece: _Stretch, witness: Witness, alignment: _Alignment
) -> list[str]:
    """Describe marks before the first or after the last word of a piece that the source does not have."""
    first, last = alignment.steps[0], alignment.steps[-1]
    before = quotation.text[piece.start : first.own[0].start()].strip()
    after = quotation.text[last.own[-1].end() : piece.end].strip()
    messages = []
    if before and not witness.plain.text[: first.theirs[0].start()].rstrip().endswith(before):
        messages.append(f'it does not have "{_shorten(before)}" before "{first.own[0][0]}"')
    if after and not witness.plain.text[last.theirs[-1].end() :].lstrip().startswith(after):
        messages.append(f'it does not have "{_shorten(after)}" after "{last.own[-1][0]}"')
    return messages


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span with the brackets around it, if any."""
    is_bracketed = text[start - 1 : start] + text[end : end + 1] in ("[]", "()")
    return (start - 1, end + 1) if is_bracketed else (start, end)


def _text(words: list[re.Match[str]]) -> str:
    return " ".join(word[0] for word in words)


def _texts(steps: list[_Step], kind: str, side: str) -> set[str]:
    return {_text(getattr(step, side)) for step in steps if step.kind == kind}


def _span(words: list[re.Match[str]]) -> tuple[int, int]:
    return words[0].start(), words[-1].end()


def _show(original: str, plain: Comparable, start: int, end: int) -> str:
    """Return a part of a text as it was typed, in quotation marks and on one line."""
    start, end = plain.span(start, end)
    return f'"{_shorten(" ".join(original[start:end].split()))}"'


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 4]} ..."
