"""Mark a written argument: its length, and its quotations with the paragraphs that are cited for them.

Only these are marked here; a person reads whether the argument is convincing.
"""

import re
from collections.abc import Iterable, Iterator, Set
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from helpers.checks import answers
from helpers.checks.answers import read
from helpers.checks.forms import Form
from helpers.checks.mark import Mark, Reason, require
from helpers.checks.quoting import is_slip_of
from helpers.checks.spellings import echo
from helpers.normalize import comparable, count_words, words
from helpers.quotation.contract import LEAST_WORDS
from helpers.quotation.sources import paragraph_ids, witnesses
from helpers.quotation.verify import name_places, verify_quotation
from helpers.references import Reference, parse

# Double quotation marks, or the beginning of a quotation in single ones, which apostrophes resemble.
_QUOTED = re.compile(
    r"""["]([^"]+)["]|“([^”]+)”|«([^»]+)»|»([^«]+)«|‹([^›]+)›|„([^“”‟]+)[“”‟]"""
    r"""|(?<!\w)(?P<single>['‘‚])(?=[^\W\d_]|[\[…]|\.\.\.)"""
)
_POSSESSIVE = re.compile(r"(?<=s)' \w")
_SINGLE_END = re.compile(r"(?<=\S)['’‘](?!\w)")
# Between two quotations that share a reference given for one of them.
_JOINED = re.compile(r"\s*(?:[,;]\s*(?:and|but|or)?|and|but|or)\s+", re.IGNORECASE)

# Half of the words of English prose are among these; in a row of nouns or of invented words, hardly any.
_SMALL_WORDS = frozenset(
    "a about after all also an and are as at be been but by can did do for from had has have he her his how "
    "if in is it its may me more my no not of on one only or our out say she so that the their them then "
    "there they this to was we were what when which who will with would you".split()
)
_LEAST_SMALL = 0.25
_MOST_REPEATED = 0.2
_MOST_COPIED = 0.4
_MOST_ENDS = 20  # a limit on the places where a quotation in single marks may end
_FEWEST = 20  # own words; with fewer, nothing can be said
_RUN_REPEATED, _RUN_COPIED = 4, 8  # this many words together are not a coincidence


class Citation(NamedTuple):
    """A quotation in an argument, and the id of the paragraph cited for it; empty if there is none."""

    quotation: str
    paragraph_id: str


def read_citations(text: str) -> list[Citation]:
    """Return the quotations of an argument, each with its paragraph, in order.

    A quotation is in quotation marks and has at least three words.  Its paragraph is the one cited after it,
    before the next quotation, or else the one cited before it: ``(deng-1962-p08)``, ``(Deng 1962, ¶ 8)``,
    ``1962, ¶ 8``, ``Mao ¶ 10``, ``(mao-1963-h3)``.  After ``(Deng ¶ 5)``, ``(¶ 6)`` is in the same document.
    If several paragraphs are cited together, as in ``(Deng ¶¶ 5-6)``, it is the one that contains the words;
    two quotations joined by *and* or a comma may share one.  A blank line ends all of this.

    Examples
    --------
    >>> read_citations('He asks: "How else could it be?" (Deng 1962, ¶ 8).')
    [Citation(quotation='How else could it be?', paragraph_id='deng-1962-p08')]
    """
    found = []
    for part in re.split(r"\n\s*\n", text):
        line = " ".join(part.split())
        quoted = [one for one in _find_quoted(line) if len(words(one.text)) >= LEAST_WORDS]
        ends = [0, *(one.end for one in quoted)]
        starts = [*(one.start for one in quoted), len(line)]
        references = [reference for reference in parse(line) if reference.document_id]
        before, *after = (
            _groups([r for r in references if end <= r.start and r.end <= start], line)
            for end, start in zip(ends, starts, strict=True)
        )
        joined = [bool(_JOINED.fullmatch(line, *span)) for span in zip(ends[1:], starts[1:], strict=True)]
        own: list[list[str]] = []  # the paragraphs cited for each quotation
        for i, groups in enumerate(after):
            near = before[-1] if before else own[-1] if own and joined[i - 1] else []
            own.append(groups[0] if groups else near)
            before = groups[1:]  # the first group after a quotation belongs to it
        for i in reversed(range(len(own) - 1)):
            own[i] = own[i] or (own[i + 1] if joined[i] else [])
        for one, named in zip(quoted, own, strict=True):
            right = [place for place in name_places(one.text) if place in named]
            found.append(Citation(one.text, next(iter(right or named), "")))
    return found


class _Quoted(NamedTuple):
    """A passage in quotation marks: where it begins and ends with its marks, and the text between them."""

    start: int
    end: int
    text: str


def _find_quoted(text: str) -> Iterator[_Quoted]:
    """Yield the passages in quotation marks; in single marks, only those with three words or more."""
    at = 0
    while match := _QUOTED.search(text, at):
        if not match["single"]:
            at = match.end()
            yield _Quoted(match.start(), at, next(filter(None, match.groups())))
        elif (end := _end_of_single(text, match)) is None:
            at = match.end()
        else:
            at = end + 1
            yield _Quoted(match.start(), at, text[match.end() : end])


def _end_of_single(text: str, opening: re.Match) -> int | None:
    """Return where a quotation in single marks ends: with the words of the documents if it has them.

    In ``'Tis the parties' way``, both marks may be apostrophes, so these words are not a quotation.
    """
    start = opening.end()
    following = next((m.start() for m in _QUOTED.finditer(text, start) if m["single"]), len(text))
    possible = (end.start() for end in _SINGLE_END.finditer(text, start, following))
    ends = list(islice((end for end in possible if len(words(text[start:end])) >= LEAST_WORDS), _MOST_ENDS))
    if found := [end for end in ends if name_places(text[start:end])]:
        return found[-1]
    return next((end for end in ends if opening[0] != "'" or not _POSSESSIVE.match(text, end)), None)


def _groups(references: list[Reference], line: str) -> list[list[str]]:
    """Return the paragraphs of references; those joined only by a comma or *and* are grouped."""
    groups: list[list[str]] = []
    for i, reference in enumerate(references):
        between = line[references[i - 1].end : reference.start] if i else ""
        if i and re.fullmatch(r"[\s,;&]*(?:and)?\s*", between):
            groups[-1].append(reference.paragraph_id)
        else:
            groups.append([reference.paragraph_id])
    return groups


def own_words(text: str) -> list[str]:
    """Return the words of a text that are its writer's: not those in quotation marks, and no references.

    Examples
    --------
    >>> own_words('He asks: "How else could it be?" (Deng 1962, ¶ 8).')
    ['he', 'asks']
    """
    starts, ends = [len(text)], [0]
    for quoted in _find_quoted(text):
        starts.insert(-1, quoted.start)
        ends.append(quoted.end)
    unquoted = " ".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    bare = re.sub(r"\([^()]*\d[^()]*\)", " ", unquoted)
    return re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", comparable(bare))


def padding(text: str, *, unlike: str = "") -> str:
    """Return why a text is not prose of its writer, or nothing: it repeats, copies or has no sentences.

    The limits are wide: prose that says one thing twice, or that keeps a sentence of what it replaces, is
    within them.  Whether it says anything is for a person to judge.

    Parameters
    ----------
    text
        What was written, with its quotations.
    unlike
        A text that it is to replace.

    Examples
    --------
    >>> padding("We wait and see what they say. " * 9)
    'Much of this is the same words again.'
    """
    own = own_words(text)
    if len(own) < _FEWEST:
        return ""
    in_order = list(_runs(own, _RUN_REPEATED))
    if len(in_order) - len(set(in_order)) > _MOST_REPEATED * len(own):
        return "Much of this is the same words again."
    if _count_known(own, _document_runs()) > _MOST_COPIED * len(own):
        return "Much of this is copied from the documents, without quotation marks."
    if _count_known(own, {*_runs(own_words(unlike), _RUN_COPIED)}) > _MOST_COPIED * len(own):
        return "Much of this is copied from the text to be rewritten."
    if sum(word in _SMALL_WORDS for word in own) < _LEAST_SMALL * len(own):
        return "Much of this is not in sentences: words such as *the*, *of* or *that* are missing."
    return ""


def _runs(own: list[str], n: int) -> Iterator[tuple[str, ...]]:
    """Yield each `n` words that follow each other."""
    return zip(*(own[start:] for start in range(n)), strict=False)


@cache
def _document_runs() -> set[tuple[str, ...]]:
    texts = (witness.plain.text.replace('"', "") for witness in witnesses())
    return {run for text in texts for run in _runs(own_words(text), _RUN_COPIED)}


def _count_known(own: list[str], known: Set[tuple[str, ...]]) -> int:
    """Return how many words are in runs that are known."""
    at = [i for i, run in enumerate(_runs(own, _RUN_COPIED)) if run in known]
    return len({i + k for i in at for k in range(_RUN_COPIED)})


def check_length(answer: Any, *, least: int, most: int, unlike: str = "") -> Form:
    """Say how many words an argument has, whether that is within the limits, and whether they are its own.

    Examples
    --------
    >>> check_length("Four words and more.", least=3, most=5)
    You have written 4 words. You will see whether it is right when your work is marked.
    """
    require(0 <= least <= most, f"No text has {least} to {most} words.")
    text, problem = read(answer, answers.text)
    if problem:
        return Form(False, (problem,))
    n, padded = count_words(text), padding(text, unlike=unlike)
    return Form(least <= n <= most and not padded, (_length(n, least, most), *filter(None, [padded])))


def mark_length(answer: Any, *, least: int, most: int, points: float, unlike: str = "") -> Mark:
    """Mark the length of an argument: half of the points if it is up to a tenth too short or too long.

    Words that are not the student's writing, as :func:`padding` finds them, win nothing.

    Parameters
    ----------
    answer
        A text; words are separated by white space.
    least, most
        The limits for the number of words.
    points
        For a length within these limits.
    unlike
        A text that the argument is to replace; its words do not count.

    Returns
    -------
    Mark

    Examples
    --------
    >>> mark_length("It is short.", least=3, most=5, points=1)
    1
    """
    require(0 <= least <= most, f"No text has {least} to {most} words.")
    text, problem = read(answer, answers.text)
    if problem:
        return Mark.lost(points, problem)
    n = count_words(text)
    sentence = _length(n, least, most)
    if padded := padding(text, unlike=unlike):
        return Mark.lost(points, f"{sentence} {padded}")
    if least <= n <= most:
        return Mark.won(points, sentence)
    near = least * 0.9 <= n <= most * 1.1
    won = points / 2 if near else 0
    return Mark(won, points, [Reason(won - points, sentence)])


def check_citations(answer: Any, *, n: int) -> Form:
    """List the quotations of an argument, and the paragraph cited for each.

    Examples
    --------
    >>> check_citations('"How else could it be?" (Deng 1962, ¶ 8)', n=1).sentences
    ('"How else could it be?" is cited from deng-1962-p08.',)
    """
    require(n > 0, f"A question cannot ask for {n} quotations.")
    text, problem = read(answer, answers.text)
    if problem:
        return Form(False, (problem,))
    found = read_citations(text)
    sentences = [
        _problem(citation) or f"{echo(citation.quotation)} is cited from {citation.paragraph_id}."
        for citation in found
    ]
    if len(found) < n:
        sentences.append(_too_few(len(found), n))
    return Form(len(found) >= n and not any(map(_problem, found)), tuple(sentences))


def _problem(citation: Citation) -> str:
    """Return what is wrong with the paragraph cited for a quotation; empty if nothing is."""
    if not citation.paragraph_id:
        return f"{echo(citation.quotation)}: name its paragraph after it, for example (deng-1962-p08)."
    if citation.paragraph_id not in paragraph_ids():
        return f"{echo(citation.quotation)}: there is no paragraph {citation.paragraph_id}."
    return ""


def mark_citations(
    answer: Any,
    *,
    n: int,
    points: float,
    documents: Iterable[str] = (),
    least_own: int = 0,
    unlike: str = "",
) -> Mark:
    """Mark the quotations of an argument by the matching contract.

    In a text that is no writing of the student's, as :func:`padding` finds it, they win nothing.

    Parameters
    ----------
    answer
        A text.
    n
        How many quotations are asked for, each with its paragraph.  The best `n` count, and a repeated
        quotation counts once.  Mistakes in the others are mentioned but cost nothing.
    points
        Divided equally among the `n`.  A verbatim quotation that is cited from another paragraph, or from
        none, gets half; so does one with a slip, as in :func:`~helpers.checks.mark_quotation`.
    documents
        Ids of documents that must each be quoted at least once; for each one that is not, a share of the
        points is lost.
    least_own
        How many words must be the student's own, so that the quotations are used to say something.
    unlike
        A text that the argument is to replace.

    Returns
    -------
    Mark

    Examples
    --------
    >>> mark_citations('"How else could it be?" (¶ 8)', n=1, points=1).reasons[0].sentence
    '"How else could it be?": name its paragraph after it, for example (deng-1962-p08).'
    """
    documents = list(documents)
    require(n > 0, f"A question cannot ask for {n} quotations.")
    require(len(documents) <= n, f"1 quotation cannot be from {len(documents)} documents.")
    known = {paragraph.rsplit("-", 1)[0] for paragraph in paragraph_ids()}
    require(known.issuperset(documents), f"There are the documents {sorted(known)}, not all of {documents}.")
    text, problem = read(answer, answers.text)
    if problem:
        return Mark.lost(points, problem)
    if padded := padding(text, unlike=unlike):
        return Mark.lost(points, padded)
    if len(own_words(text)) < least_own:
        return Mark.lost(points, f"Fewer than {least_own} words beside the quotations are your own.")
    share = points / n
    judged: dict[str, _Judged] = {}
    for citation in read_citations(text):
        judged.setdefault(comparable(citation.quotation), _judge(citation))
    ranked = sorted(judged.values(), key=lambda one: -one.part)
    ranked, others = ranked[:n], [one for one in ranked[n:] if one.part < 1]
    reasons = [_reason(one, share) for one in ranked]
    reasons += [Reason(0, one.sentence, one.paragraphs) for one in others]
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
    """The judgment of one citation: the share of its points that it earns, and why."""

    part: float
    sentence: str
    document_id: str
    paragraphs: tuple[str, ...]


def _judge(citation: Citation) -> _Judged:
    quotation, place = citation
    problem = _problem(citation)
    verified = verify_quotation(quotation, place or "deng-1962-p01")
    passage = verified.passage or verified.nearest
    home = passage.document_id if passage else ""
    if verified.status == "verbatim" and not problem:
        return _Judged(1, f"{echo(quotation)} is in {place}.", home, ())
    again = (place,) if not problem else ()
    if verified.status in ("verbatim", "other-paragraph", "other-document"):
        return _Judged(0.5, problem or f"{echo(quotation)}: {verified.explanation}", home, again)
    of = [place] if not problem else [passage.paragraph_id] if passage else []
    part = 0.5 if verified.status == "altered" and is_slip_of(quotation, of) else 0
    explanation = verified.explanation if not problem or not passage else f"{verified.explanation} {problem}"
    return _Judged(part, f"{echo(quotation)}: {explanation}", home, again if not part else ())


def _reason(judged: _Judged, share: float) -> Reason:
    points = share if judged.part == 1 else (judged.part - 1) * share
    return Reason(points, judged.sentence, judged.paragraphs)


def _length(n: int, least: int, most: int) -> str:
    wanted = "" if least <= n <= most else f"; the question asks for {least} to {most}"
    return f"You have written {n} {'word' if n == 1 else 'words'}{wanted}."


def _too_few(given: int, n: int) -> str:
    one = "quotation with its paragraph" if n == 1 else "quotations with their paragraphs"
    return f"The question asks for {n} {one}; {given} found. A quotation has at least {LEAST_WORDS} words."
