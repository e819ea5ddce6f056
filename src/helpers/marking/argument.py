"""A written argument: its length, and its quotations with the paragraphs that are cited for them.

Only what can be checked is marked here; whether the argument holds is read by a person.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from helpers.marking import answers
from helpers.marking.answers import read
from helpers.marking.forms import Form
from helpers.marking.mark import Mark, Reason
from helpers.marking.names import Names
from helpers.marking.spellings import echo, paragraph_names
from helpers.matching import LEAST_WORDS
from helpers.normalize import comparable, count_words, words
from helpers.quotations import verify_quotation

_QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”|«([^»]+)»|„([^“”]+)[“”]')
_SIGN = r"(?:¶¶?|§|[phs]|par|para|paragraph|header|header line|closing|closing line)"
_PLACE = re.compile(
    # A year alone needs a sign before the number: "in 1962, 5 parties" names no paragraph.
    rf"\b(?:(?:deng|mao)(?:[\s-]*19\d\d)?,?[\s-]*{_SIGN}?|19\d\d,?[\s-]*{_SIGN})\.?\s*\d{{1,2}}\b",
    re.IGNORECASE,
)


class Citation(NamedTuple):
    """A quotation in an argument, and the id of the paragraph that is named for it, empty if none is."""

    quotation: str
    paragraph_id: str


def read_citations(text: str) -> list[Citation]:
    """Return the quotations of an argument, each with its paragraph, in their order.

    A quotation stands in quotation marks and has three words at least.  Its paragraph is the one named after
    it, before the next quotation, or else the one named before it: ``(deng-1962-p08)``,
    ``(Deng 1962, ¶ 8)``, ``1962, ¶ 8``, ``Mao ¶ 10``, ``(mao-1963-h3)``.  A blank line ends all of this.

    Examples
    --------
    >>> read_citations('He asks: "How else could it be?" (Deng 1962, ¶ 8).')
    [Citation(quotation='How else could it be?', paragraph_id='deng-1962-p08')]
    """
    found = []
    for part in re.split(r"\n\s*\n", text):
        line = " ".join(part.split())
        quoted = [match for match in _QUOTED.finditer(line) if len(words(match[0])) >= LEAST_WORDS]
        ends = [0, *(match.end() for match in quoted)]
        starts = [*(match.start() for match in quoted), len(line)]
        before, *after = (_places(line[end:start]) for end, start in zip(ends, starts, strict=True))
        for match, named in zip(quoted, after, strict=True):
            place = named[0] if named else before[-1] if before else ""
            before = named[1:]  # the first one after a quotation is its own
            found.append(Citation(next(filter(None, match.groups())), place))
    return found


def check_length(answer: Any, *, least: int, most: int) -> Form:
    """Say how many words an argument has, and whether they are as many as asked for.

    Examples
    --------
    >>> check_length("Four words and more.", least=3, most=5)
    You have written 4 words. Whether it is right is checked when your work is marked.
    """
    text, trouble = read(answer, answers.text)
    if trouble:
        return Form(False, (trouble,))
    n = count_words(text)
    return Form(least <= n <= most, (_length(n, least, most),))


def mark_length(answer: Any, *, least: int, most: int, points: float) -> Mark:
    """Mark the length of an argument: half of the points up to a tenth too short or too long, then none.

    Parameters
    ----------
    answer
        A text; words are what stands between white space.
    least, most
        The number of words asked for.
    points
        For a length within these bounds.

    Returns
    -------
    Mark

    Examples
    --------
    >>> mark_length("one two three", least=3, most=5, points=1)
    1
    """
    text, trouble = read(answer, answers.text)
    if trouble:
        return Mark.lost(points, trouble)
    n = count_words(text)
    said = _length(n, least, most)
    if least <= n <= most:
        return Mark.won(points, said)
    near = least * 0.9 <= n <= most * 1.1
    won = points / 2 if near else 0
    return Mark(won, points, [Reason(won - points, said)])


def check_citations(answer: Any, *, n: int) -> Form:
    """Say which quotations an argument has, and which paragraph is named for each.

    Examples
    --------
    >>> check_citations('"How else could it be?" (Deng 1962, ¶ 8)', n=1).sentences
    ('"How else could it be?" is cited from deng-1962-p08.',)
    """
    text, trouble = read(answer, answers.text)
    if trouble:
        return Form(False, (trouble,))
    found = read_citations(text)
    said = [
        f"{echo(quotation)} is cited from {place}."
        if place
        else f"{echo(quotation)}: name its paragraph after it, for example (deng-1962-p08)."
        for quotation, place in found
    ]
    if len(found) < n:
        said.append(_too_few(len(found), n))
    return Form(len(found) >= n and all(place for _, place in found), tuple(said))


def mark_citations(answer: Any, *, n: int, points: float, documents: Iterable[str] = ()) -> Mark:
    """Mark the quotations of an argument by the matching contract.

    Parameters
    ----------
    answer
        A text.
    n
        How many quotations are asked for, each with its paragraph; the best `n` count, and of the same words
        only the first.
    points
        Divided equally among the `n`.  One that is word for word, but cited from another paragraph or from
        none, gets half; so does one that is not quite right.
    documents
        Ids of documents of which each must be quoted at least once; a share of the points is lost for each
        that is not.

    Returns
    -------
    Mark

    Examples
    --------
    >>> mark_citations('"How else could it be?" (¶ 8, Deng 1962)', n=1, points=1).reasons[0].sentence
    '"How else could it be?": name its paragraph after it, for example (deng-1962-p08).'
    """
    text, trouble = read(answer, answers.text)
    if trouble:
        return Mark.lost(points, trouble)
    share = points / n
    judged: dict[str, _Judged] = {}
    for citation in read_citations(text):
        judged.setdefault(comparable(citation.quotation), _judge(citation))
    ranked = sorted(judged.values(), key=lambda one: -one.part)[:n]
    reasons = [_reason(one, share) for one in ranked]
    if len(ranked) < n:
        reasons.append(Reason((len(ranked) - n) * share, _too_few(len(ranked), n)))
    won = sum(one.part for one in ranked) * share
    quoted = {one.document_id for one in judged.values() if one.part}
    for document_id in documents:
        if document_id not in quoted and ranked:
            won -= share
            reasons.append(Reason(-share, f"Nothing is quoted word for word from {document_id}."))
    return Mark(won, points, reasons)


class _Judged(NamedTuple):
    """What became of one citation: the part of its points that it wins, and why."""

    part: float
    sentence: str
    document_id: str
    paragraphs: tuple[str, ...]


def _judge(citation: Citation) -> _Judged:
    quotation, place = citation
    verified = verify_quotation(quotation, place or "deng-1962-p01")
    passage = verified.passage or verified.nearest
    home = passage.document_id if passage else ""
    if verified.status == "verbatim" and place:
        return _Judged(1, f"{echo(quotation)} stands in {place}.", home, ())
    if verified.status in ("verbatim", "other-paragraph", "other-document"):
        missing = f"{echo(quotation)}: name its paragraph after it, for example (deng-1962-p08)."
        said = f"{echo(quotation)}: {verified.explanation}" if place else missing
        return _Judged(0.5, said, home, (place,) if place else ())
    part = (
        0.5 if verified.status == "altered" and (not place or verified.nearest.paragraph_id == place) else 0
    )
    return _Judged(part, f"{echo(quotation)}: {verified.explanation}", home, ())


def _reason(judged: _Judged, share: float) -> Reason:
    points = share if judged.part == 1 else (judged.part - 1) * share
    return Reason(points, judged.sentence, judged.paragraphs)


def _places(text: str) -> list[str]:
    """Return the ids of the paragraphs that a piece of text names, in their order."""
    named = (_names().find(match[0]) for match in _PLACE.finditer(text))
    return [place for place in named if place]


@cache
def _names() -> Names:
    return Names(paragraph_names(sections="all"))


def _length(n: int, least: int, most: int) -> str:
    wanted = "" if least <= n <= most else f"; {least} to {most} are asked for"
    return f"You have written {n} {'word' if n == 1 else 'words'}{wanted}."


def _too_few(given: int, n: int) -> str:
    one = "quotation with its paragraph is" if n == 1 else "quotations with their paragraphs are"
    return f"{n} {one} asked for, {given} found; a quotation has {LEAST_WORDS} words at least."
