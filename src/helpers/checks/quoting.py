"""Mark quotations: were the words that a question asks for found, and are they quoted word for word?

What a question asks for is looked up in the passage found in the source, never in what was typed.  So the
quoter's own brackets and omissions cost nothing, and words that are not in the source earn nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from helpers.checks.answers import quotations, read
from helpers.checks.mark import Mark, Reason, require, with_places
from helpers.checks.spellings import echo
from helpers.normalize import comparable, words
from helpers.quotation.contract import LEAST_WORDS, MOST_EDITORIAL, Quotation, split
from helpers.quotation.contract import read as read_quotation
from helpers.quotation.nearest import ARTICLES, Slips, find_slips
from helpers.quotation.sources import WORD, Witness, all_text, find_pieces, paragraph_ids, witnesses
from helpers.quotation.verify import Verification, verify_quotation

ANOTHER = "each quotation must be from another paragraph."
MOST_WORDS = 25
_ONE_WRONG_IN = 5
_TOO_LITTLE = ("empty", "too-short")

Span = tuple[int, int]


def mark_quotation(
    answer: Any,
    *,
    paragraphs: Iterable[str] | Mapping[str, str | Sequence[str]],
    points: float,
    n: int = 1,
    most_words: int = MOST_WORDS,
) -> Mark:
    """Mark one quotation, or several from as many paragraphs, by the matching contract.

    Parameters
    ----------
    answer
        A text, or a list of `n` texts; further texts are ignored.
        A reference next to a quotation, such as ``(¶ 7)``, is removed.
    paragraphs
        The ids of the paragraphs that may be quoted.  If only some of a paragraph is evidence, a mapping from
        each id to words of which the quotation must contain one.

        Words count as quoted if they are in the passage found, and if more than half of them were typed.  A
        gap of up to five words, for the quoter's own brackets or an omission, counts as part of the passage.
        So ``late [sic] April`` has *late April*, and ``in ... April`` does not.
    points
        Divided equally among the `n` quotations.  A quotation with a slip gets half: at most one word in five
        is wrong, missing or misplaced, the words asked for are complete except for an article, and nothing is
        added next to them.  Two words where three are asked for get half too.
    n
        How many quotations are asked for, each from another paragraph; a second quotation from a paragraph
        that has already earned points earns none.
    most_words
        A longer quotation earns nothing, because it does not show that the place was found.  The quoter's own
        words in brackets do not count.  State the limit in the question.

    Returns
    -------
    Mark

    Examples
    --------
    >>> mark_quotation("The sky won't collapse.", paragraphs={"mao-1963-p10"}, points=1)
    1
    >>> mark_quotation("the sky will not collapse", paragraphs={"mao-1963-p10"}, points=1).reasons[0].sentence
    'The words are not quite those of mao-1963-p10: it has "won\\'t", not "will not".'
    """
    wanted = dict(paragraphs) if isinstance(paragraphs, Mapping) else dict.fromkeys(paragraphs, ())
    require(
        0 < n <= len(wanted), f"{n} quotations are asked for, and {len(wanted)} paragraphs may be quoted."
    )
    require(paragraph_ids().issuperset(wanted), f"Not all of {list(wanted)} are paragraphs.")
    given, problem = read(answer, quotations)
    if problem:
        return Mark.lost(points, problem)
    share, left, missed, reasons, read_again = points / n, dict(wanted), dict(wanted), [], False
    for quotation in given[:n]:
        verified = verify_quotation(quotation, next(iter(left)))
        judged = _judge(quotation, verified, wanted, left, most_words)
        reasons.append(Reason(share if judged.part == 1 else (judged.part - 1) * share, judged.sentence))
        if judged.part:
            del left[judged.paragraph_id]
        if judged.part == 1:
            del missed[judged.paragraph_id]
        elif judged.part or verified.status not in _TOO_LITTLE:
            read_again = True
    lost = -sum(reason.points for reason in reasons if reason.points < 0)
    lost += max(n - len(given), 0) * share
    mark = Mark(points - lost, points, with_places(reasons, missed if read_again else ()))
    return mark.noting(_number_given(len(given), n, share))


def _number_given(given: int, n: int, share: float) -> list[Reason]:
    """Return reasons if too few or too many quotations were given."""
    if given > n:
        return [Reason(0, too_many(given, n))]
    missing = Reason((given - n) * share, f"The question asks for {n} quotations; you gave {given}.")
    return [missing] if given < n else []


def too_many(given: int, n: int) -> str:
    """Return the remark for a student who gave more than the question asks for."""
    return f"You gave {given}; only the first {'one is' if n == 1 else f'{n} are'} marked."


def too_long(quotation: str, most_words: int) -> str:
    """Return a sentence if a quotation is too long to show that the place was found; otherwise empty."""
    given = sum(len(words(piece.words)) for piece in split(read_quotation(quotation), all_text()))
    if given <= most_words:
        return ""
    return f"{echo(quotation)} is too long: it has {given} words, and at most {most_words} are allowed."


class _Judged(NamedTuple):
    """The judgment of a quotation: the share of its points that it earns, why, and for which paragraph."""

    part: float
    sentence: str
    paragraph_id: str = ""


def _judge(typed: str, verified: Verification, wanted: Mapping, left: Mapping, most_words: int) -> _Judged:
    quotation = read_quotation(typed)
    found = [] if verified.status in _TOO_LITTLE else find_pieces(quotation)
    if not found:
        return _judge_altered(typed, verified, quotation, wanted, left, most_words)
    for place in _places(found, left):
        if any(_has_words(w, spans, quotation, wanted[place]) for w, spans in _of(place, found)):
            long = too_long(typed, most_words)
            return _Judged(0, long) if long else _Judged(1, f"{echo(typed)} is in {place}.", place)
    for place in _places(found, left):
        return _Judged(
            0, f"{echo(typed)} is in {place}, but these are not the words that the question asks for."
        )
    if _places(found, wanted):
        return _Judged(0, f"{echo(typed)}: {ANOTHER}")
    place = found[0][0].line.paragraph_id
    return _Judged(0, f"{echo(typed)} is in {place}, which is not the place that the question asks for.")


def _places(found: list[tuple[Witness, Any]], among: Mapping) -> list[str]:
    """Return the ids of the paragraphs that contain a quotation, if these may be quoted."""
    return [p for p in dict.fromkeys(witness.line.paragraph_id for witness, _ in found) if p in among]


def _of(place: str, found: list[tuple[Witness, Any]]) -> Iterator[tuple[Witness, Any]]:
    return ((witness, spans) for witness, spans in found if witness.line.paragraph_id == place)


def _judge_altered(
    typed: str, verified: Verification, quotation: Quotation, wanted: Mapping, left: Mapping, most_words: int
) -> _Judged:
    """Judge words that were not found: half for two words or a slip, if the words asked for are there."""
    status, _, nearest, why = verified
    long = too_long(typed, most_words)
    if status == "too-short":
        place = _place_of_two(quotation, left)
        return _Judged(0.5, f"{echo(typed)} is in {place}. {why}", place) if place else _Judged(0, why)
    place = _place_of_slip(quotation, left)
    if place and not long:
        return _Judged(0.5, verify_quotation(typed, place).explanation, place)
    if long:
        return _Judged(0, f"{why} {long}")
    place = nearest.paragraph_id if nearest else ""
    if place in left:
        return _Judged(0, f"{why} This is more than a slip, or not the passage that the question asks for.")
    return _Judged(0, f"{why} And {ANOTHER}" if place in wanted else why)


def _place_of_two(quotation: Quotation, left: Mapping) -> str:
    """Return the paragraph that contains two of the words asked for; empty if there is none."""
    for witness, spans in find_pieces(quotation, least_words=LEAST_WORDS - 1):
        place = witness.line.paragraph_id
        has_two = len(quotation.text.split()) > 1
        if has_two and left.get(place) and _has_words(witness, spans, quotation, left[place]):
            return place
    return ""


def _place_of_slip(quotation: Quotation, left: Mapping) -> str:
    """Return the paragraph of a quotation with a slip, if it has the words asked for."""
    for witness in witnesses():
        place = witness.line.paragraph_id
        slips = find_slips(quotation, witness) if place in left else None
        if slips is None:
            continue
        n = slips.n_words
        is_near = slips.n_wrong <= max(1, round(n / _ONE_WRONG_IN))
        is_near = is_near and len(slips.typed) >= n - 2 * (n // 4)  # of three words, at least a part of each
        if is_near and _has_words_in_spite(witness, slips, left[place]):
            return place
    return ""


def is_slip_of(typed: str, paragraphs: Iterable[str]) -> bool:
    """Say whether words are a quotation from one of the paragraphs, with at most a slip.

    Examples
    --------
    >>> is_slip_of("the sky will not collapse", ["mao-1963-p10"])
    True
    """
    return bool(_place_of_slip(read_quotation(typed), dict.fromkeys(paragraphs, ())))


def _has_words(witness: Witness, spans: Iterable[Span], quotation: Quotation, asked: str | Sequence) -> bool:
    """Say whether a passage contains one of the words asked for, or none are asked for."""
    source, typed = witness.plain.text, list(spans)
    inside = {cut[0].strip("[] ") for cut in quotation.cuts}  # [l]ate, an [international] conference
    gaps = [(end, start) for (_, end), (start, _) in pairwise(typed)]
    long = [(start, end) for start, end in gaps if len(source[start:end].split()) > MOST_EDITORIAL]
    typed += [gap for gap in gaps if source[slice(*gap)].strip() in inside]
    for start, end in _occurrences(source, asked):
        own = [word.span() for word in WORD.finditer(source, start, end)]
        is_within = min(typed)[0] < own[0][1] and own[-1][0] < max(typed)[1]
        is_parted = any(a < end and start < b for a, b in long)
        if is_within and not is_parted and 2 * sum(_covers(typed, word) for word in own) > len(own):
            return True
    return not asked


def _has_words_in_spite(witness: Witness, slips: Slips, asked: str | Sequence) -> bool:
    """Say whether one of the words asked for was typed, with slips at most and nothing added next to it."""
    for start, end in _occurrences(witness.plain.text, asked):
        source = witness.plain.text
        own = [word for word in WORD.finditer(source, start, end) if not _is_article(word, source)]
        is_whole = all(_covers(slips.typed, word.span()) for word in own)
        if is_whole and not any(start - 2 <= at <= end + 1 for at in slips.added):
            return True
    return not asked


def _is_article(word: re.Match, source: str) -> bool:
    """Say whether a word is an article, and not an initial as in A.A. Brezhnev."""
    return word[0] in ARTICLES and source[word.end() : word.end() + 1] == " "


def _covers(spans: Iterable[Span], word: Span) -> bool:
    """Say whether more than half of a word is in spans."""
    shared = sum(max(0, min(end, word[1]) - max(start, word[0])) for start, end in spans)
    return 2 * shared > word[1] - word[0]


def _occurrences(source: str, asked: str | Sequence[str]) -> Iterator[Span]:
    """Yield the positions of the words asked for in a source."""
    for key in [asked] if isinstance(asked, str) else asked:
        plain = comparable(key)
        at = source.find(plain)
        while at >= 0:
            yield at, at + len(plain)
            at = source.find(plain, at + 1)
