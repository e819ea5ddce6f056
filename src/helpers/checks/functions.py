"""Mark a function by its results for arguments that the student has not seen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from helpers.checks import answers
from helpers.checks.answers import call, read
from helpers.checks.mark import Mark, Reason, pointing, require

Cases = Mapping[str, tuple[tuple, Any]]


def mark_function(
    answer: Any,
    cases: Cases | Sequence[Cases],
    *,
    points: float,
    read_again: Iterable[str] = (),
) -> Mark:
    """Mark a function by its results for arguments that the student has not seen.

    Parameters
    ----------
    answer
        ``lambda: name_of_the_function``.
    cases
        A mapping from each case, described in words that tell the student what to look at, to arguments and
        result.  Or a list of such mappings, each a group that earns points only if all its cases are right:
        combine a case that everybody gets right with one that only the right idea gets right.
    points
        Divided equally among the groups; a case outside a group is its own.  A function that returns the same
        for all cases earns nothing, however it computes the result.
    read_again
        Ids of the paragraphs to read again.

    Returns
    -------
    Mark

    Examples
    --------
    >>> cases = {"one word": (("peace",), 1), "an empty text": (("",), 0)}
    >>> mark_function(lambda: lambda text: len(text.split()), cases, points=2)
    2
    >>> mark_function(lambda: lambda text: len(text.split(" ")), [cases], points=2)
    0
    """
    require(bool(cases) and all(cases), "There is no case, or a group without one.")
    student, trouble = read(answer, answers.function)
    if trouble:
        return Mark.lost(points, trouble)
    groups = [{about: case} for about, case in cases.items()] if isinstance(cases, Mapping) else list(cases)
    right = [result for group in groups for _, result in group.values()]
    results = []
    for arguments, _ in (case for group in groups for case in group.values()):
        results.append(call(student, arguments))
        if results[-1][1] == answers.ENDLESS:  # the other cases would not end either
            return Mark.lost(points, f"Looking at your function: {answers.ENDLESS}", read_again)
    if all(result is None and not trouble for result, trouble in results):
        trouble = f"{answers.NOT_ANSWERED} The function returns nothing; end it with `return` and the result."
        return Mark.lost(points, trouble)
    if _is_constant(results, right):
        return Mark.lost(points, "The function returns the same result for every argument.", read_again)
    said = [
        trouble or answers.difference(result, one)
        for (result, trouble), one in zip(results, right, strict=True)
    ]
    if len(said) > 1 and len(set(said)) == 1 and said[0] not in ("", answers.NOT_RIGHT):
        where = " Call it in a cell: the error names the line." if "raises" in said[0] else ""
        return Mark.lost(points, f"In every case {said[0]}{where}", read_again)
    told = iter(said)
    reasons = [_reason({about: next(told) for about in group}, points / len(groups)) for group in groups]
    return Mark(sum(r.points for r in reasons if r.points > 0), points, pointing(reasons, read_again))


def _reason(said: Mapping[str, str], share: float) -> Reason:
    """Return the reason for one group, from its cases and what is wrong with their results."""
    right = _listed([about for about, wrong in said.items() if not wrong])
    if all(not wrong for wrong in said.values()):
        return Reason(share, f"For {right}: right.")
    sentences = [f"For {about}: {wrong}" for about, wrong in said.items() if wrong]
    if right:
        sentences.append(f"It is right for {right}, but these points need all cases to be right.")
    return Reason(-share, " ".join(sentences))


def _listed(things: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(things[:-1]), *things[-1:]]))


def _is_constant(results: list[tuple[Any, str]], right: list[Any]) -> bool:
    """Say whether a function returned equal values in all cases although the right ones differ."""
    values = [
        (read(lambda value=value: value, lambda given: answers.scalar(given, "a value")), one)
        for (value, trouble), one in zip(results, right, strict=True)
        if not trouble
    ]
    texts = {str(value) if isinstance(value, str) else value for (value, _), _ in values}
    return len(values) > 1 and len(texts) == 1 and any(one != values[0][1] for _, one in values)
