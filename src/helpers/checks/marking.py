"""The checks that the hidden tests of a cell call: each takes an answer of any kind and returns a `Mark`.

Every check takes the answer first, best as ``lambda: answer_name``, so that a missing name raises no error.
The reasons say what is wrong with the answer, never what would be right.  `read_again` names paragraphs to
read again. They are shown with a wrong answer, but not with one that is missing or unreadable, because they
would only reveal where to look.  A mistake by the author, such as a right option that is not among the
options, raises ``ValueError``.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import combinations
from typing import Any

import pandas as pd

from helpers.checks import answers
from helpers.checks.answers import call, read
from helpers.checks.mark import NOT_ANSWERED, Mark, Reason, require, with_places
from helpers.checks.names import Names
from helpers.checks.spellings import echo, fold, long_date, written


def mark_choice(
    answer: Any,
    right: str,
    *,
    options: Mapping[str, str | Iterable[str]] | Iterable[str],
    points: float,
    misreadings: Mapping[str, str] | None = None,
    read_again: Iterable[str] = (),
) -> Mark:
    """Mark the choice of one option.

    Parameters
    ----------
    answer
        The option as text; case, accents, spaces, punctuation and a typing error are ignored.
    right
        The right one among `options`.
    options
        The options, or a mapping from each to its other spellings: ``{"A": "the note-taker", "B": "Deng"}``.
    points
        For the right option.
    misreadings
        For a wrong option, a sentence that says what is wrong with it.
    read_again
        Ids of the paragraphs to read again.

    Returns
    -------
    Mark

    Examples
    --------
    >>> mark_choice("b)", "B", options={"A": "the note-taker", "B": "Deng"}, points=1)
    1
    """
    names = _options(options, [right])
    typed, problem = read(answer, answers.text)
    if problem:
        return Mark.lost(points, problem)
    fault = _wrong_choice(names, typed, {right}, misreadings)
    return Mark.lost(points, fault, read_again) if fault else Mark.won(points, f"{echo(typed)} is right.")


def mark_choices(
    answer: Any,
    right: Mapping[str, str | Set[str]],
    *,
    options: Mapping[str, str | Iterable[str]] | Iterable[str],
    points: float,
    misreadings: Mapping[str, str] | None = None,
    read_again: Mapping[str, str] | None = None,
) -> Mark:
    """Mark the choice of an option for each of several things.

    Parameters
    ----------
    answer
        A dictionary or a Series from each thing to its option, or a list of options in the order of `right`.
    right
        A mapping from each thing to its right option, or to a set of right options.
    options, misreadings
        As in :func:`mark_choice`.
    points
        Divided equally among the things. A wrong option costs enough that guessing earns nothing on average,
        whether with the same option for all or at random. An open choice costs nothing.
    read_again
        A mapping from things to the id of the paragraph to read again.

    Returns
    -------
    Mark

    Examples
    --------
    >>> right = {"a": "Deng", "b": "Mao", "c": "Mao"}
    >>> mark_choices({"a": "Deng", "b": "Mao"}, right, options=["Deng", "Mao", "Liu"], points=3)
    2
    >>> mark_choices(dict.fromkeys("abc", "Mao"), right, options=["Deng", "Mao", "Liu"], points=3)
    0
    >>> mark_choices({"a": "Liu"}, {"a": {"Deng", "Liu"}}, options=["Deng", "Mao", "Liu"], points=1)
    1
    """
    allowed = {thing: {one} if isinstance(one, str) else set(one) for thing, one in right.items()}
    require(bool(allowed), "There is nothing to choose an option for.")
    names = _options(options, set().union(*allowed.values()))
    given, problem = read(answer, lambda value: answers.choices(value, list(right)))
    places = read_again or {}
    if problem:
        return Mark.lost(points, problem)
    share, reasons, wrong = points / len(right), [], 0
    for thing, right_ones in allowed.items():
        fault = (
            _wrong_choice(names, given[thing], right_ones, misreadings) if thing in given else NOT_ANSWERED
        )
        again = (places[thing],) if thing in places and thing in given else ()
        is_right = Reason(share, f"{thing}: {echo(given.get(thing))} is right.")
        reasons.append(Reason(-share, f"{thing}: {fault}", again) if fault else is_right)
        wrong += bool(fault) and thing in given and bool(names.find(given[thing], near=True))
    won = sum(reason.points for reason in reasons if reason.points > 0)
    cost = wrong * share * _price_of_guessing(allowed.values(), len(names.all)) if won else 0
    guessed = "A wrong choice costs more than one left open, so guessing wins nothing."
    return Mark(won - cost, points, [*reasons, *_reason_for_all(cost > 0, -cost, guessed)])


def read_choices(
    answer: Any,
    *,
    things: Iterable[str],
    options: Mapping[str, str | Iterable[str]] | Iterable[str],
) -> list[str | None]:
    """Return the option given for each thing as :func:`mark_choices` reads it; None if there is none.

    Use it for a question whose next part depends on the choice.

    Examples
    --------
    >>> read_choices("a: deng; b: nobody", things="abc", options=["Deng", "Mao"])
    ['Deng', None, None]
    """
    names, things = Names(options), list(things)
    given, _ = read(answer, lambda value: answers.choices(value, things))
    return [names.find(given[thing], near=True) if given and thing in given else None for thing in things]


def _price_of_guessing(right: Iterable[Set[str]], n_options: int) -> float:
    """Return how many shares a wrong choice must cost, so that no way of guessing earns points on average."""
    things = list(right)
    counts = Counter(option for allowed in things for option in allowed)
    chance = max(counts.total() / n_options, *counts.values()) / len(things)
    return chance / (1 - chance) if chance < 1 else 1


def _options(options: Mapping | Iterable[str], right: Iterable[str]) -> Names:
    names = Names(options)
    for option in right:
        require(option in names.all, f"{option!r} is not one of the options {names.all}.")
    return names


def _wrong_choice(names: Names, typed: str, right: Set[str], misreadings: Mapping[str, str] | None) -> str:
    """Return what is wrong with a choice; empty if it is right."""
    chosen = names.find(typed, near=True)
    if chosen in right:
        return ""
    if chosen is None:
        return names.refuse(typed)
    return (misreadings or {}).get(chosen, f"{echo(typed)} is not right.")


def mark_set(
    answer: Any,
    right: Iterable[str],
    *,
    points: float,
    names: Mapping[str, str | Iterable[str]] | None = None,
    read_again: Iterable[str] = (),
) -> Mark:
    """Mark a list whose order does not matter.

    Parameters
    ----------
    answer
        A list, tuple, set, Series, Index, keys, table with one column, or a single text with commas.
    right
        The items of the right answer.
    points
        Divided equally among the items of the right answer. An item that does not belong costs as much as one
        earns, and more if there are so few names that listing them all would earn something.
    names
        Every name that may be given, with its other spellings; all of `right` must be among them, in any
        spelling. A typing error in a name of five letters or more is accepted, with a remark. Something
        unreadable that resembles a missing name costs nothing.
    read_again
        Ids of the paragraphs to read again.

    Returns
    -------
    Mark

    Examples
    --------
    >>> mark_set({"sweden", "Albania"}, {"Sweden", "Finland"}, points=2).reasons[1].sentence
    '"Albania" does not belong here.'
    """
    known, right, share = _names(names, right, points)
    given, problem = read(answer, lambda value: answers.items(value, known))
    if problem:
        return Mark.lost(points, problem)
    read_as = _read_names(given.texts, known)
    found = {name for name in read_as.values() if name in right}
    missing = [name for name in right if name not in found]
    wrong, unread = _split_unmatched(read_as, known, right, missing)
    others = len(known.all) - len(right)
    cost = max(share, points / others) if others else share
    reasons = [
        *_reason_for_all(len(found), share, f"{len(found)} of {len(right)} found."),
        *_wrong_item_reasons(wrong, cost),
        *_misspelled_reasons(unread),
        *_reason_for_all(len(missing), 0, f"{len(missing)} missing."),
    ]
    mark = _total_mark(len(found) * share - len(wrong) * cost, points, reasons, read_again)
    return mark.noting(_spelling_remarks(read_as, known))


def mark_order(
    answer: Any,
    right: Sequence[str],
    *,
    points: float,
    names: Mapping[str, str | Iterable[str]] | Iterable[str] | None = None,
    given: Iterable[str] = (),
    read_again: Iterable[str] = (),
) -> Mark:
    """Mark a list whose order matters.

    The score is the number of pairs in the right order minus the number in the wrong order, as a share of all
    pairs (Kendall's tau): 1 for the right order, -1 for its reverse, 0 on average by chance. Points are
    earned only above the score of the best order that needs no reading: the order in the question,
    alphabetical order and its reverse, unless one of these is right. The reverse of the order in the question
    earns nothing either.

    Parameters
    ----------
    answer
        As in :func:`mark_set`, but not a set, because the order counts.
    right
        The items of the right answer, in order.
    points
        For the right order. An item that does not belong, or is repeated, costs an equal share of them.
    names
        As in :func:`mark_set`.
    given
        The items in the order in which the question names them, if it does.
    read_again
        Ids of the paragraphs to read again.

    Returns
    -------
    Mark

    Examples
    --------
    >>> right = ["talk", "letter", "cable", "reply"]
    >>> mark_order(["talk", "letter", "reply", "cable"], right, points=3)
    1.5
    >>> mark_order(sorted(right), right, points=3)
    0
    """
    known, right, share = _names(names, right, points)
    typed, problem = read(answer, lambda value: answers.items(value, known))
    if not problem and not typed.ordered:
        problem = "A set has no order; give a list."
    if problem:
        return Mark.lost(points, problem)
    read_as = _read_names(typed.texts, known)
    found = [name for one in typed.texts if (name := read_as[one]) in right]
    kept = list(dict.fromkeys(found))
    missing = [name for name in right if name not in kept]
    wrong, unread = _split_unmatched(read_as, known, right, missing)
    twice = len(found) - len(kept)
    asked = [name for one in given if (name := known.find(one)) in right]
    alphabet = sorted(right, key=str.casefold)
    # The best score of the orders of these items that need no reading.
    floor = max(
        [0.0, *(tau for o in (asked, alphabet, alphabet[::-1]) if (tau := _kendall_tau(o, right)) < 1)]
    )
    listed = len(kept) * (len(kept) - 1) / (len(right) * (len(right) - 1) or 1)
    won = max(_kendall_tau(kept, right) - floor * listed, 0) / (1 - floor) * points
    if kept != right and kept == asked[::-1]:
        won = 0
    if kept == right:
        order_reasons = [Reason(points, f"All {len(right)} are in the right order.")]
    elif not kept:
        order_reasons = []
    else:
        pairs = len(right) * (len(right) - 1) // 2
        ranks = [right.index(name) for name in kept]
        good = sum(one < other for one, other in combinations(ranks, 2))
        luck = "" if won else ": no more than chance, the alphabet or the order of the question gives"
        order_reasons = [Reason(won, f"{good} of {pairs} pairs are in the right order{luck}.")]
    reasons = [
        *order_reasons,
        *_wrong_item_reasons(wrong, share),
        *_misspelled_reasons(unread),
        *_reason_for_all(twice, -share, "This one is in the list twice."),
        *_reason_for_all(len(missing), 0, f"{len(missing)} missing."),
    ]
    mark = _total_mark(won - (len(wrong) + twice) * share, points, reasons, read_again)
    return mark.noting(_spelling_remarks(read_as, known))


def _kendall_tau(names: Sequence[str], right: Sequence[str]) -> float:
    """Return Kendall's tau of an order; a missing pair counts as neither right nor wrong."""
    ranks = [right.index(name) for name in names if name in right]
    pairs = len(right) * (len(right) - 1) / 2
    return sum(1 if one < other else -1 for one, other in combinations(ranks, 2)) / pairs if pairs else 1.0


def mark_number(
    answer: Any,
    right: float,
    *,
    points: float,
    tolerance: float = 0,
    unit: str = "",
    misreadings: Mapping[float, str] | None = None,
    read_again: Iterable[str] = (),
) -> Mark:
    """Mark a number.

    Parameters
    ----------
    answer
        A number of Python or NumPy, or text such as ``1,362`` or ``29 days``; a timedelta counts as its days.
    right
        The number.
    points
        For the right number.
    tolerance
        How far the answer may be from `right`.
    unit
        What is counted, in the plural; the answer may have it after the number.
    misreadings
        For a wrong number, a sentence that says how one arrives at it.
    read_again
        Ids of the paragraphs to read again.

    Returns
    -------
    Mark

    Examples
    --------
    >>> mark_number("29 days", 29, unit="days", points=1)
    1
    """
    number, problem = read(answer, lambda value: answers.number(value, unit))
    if problem:
        return Mark.lost(points, problem)
    shown, near = written(number), tolerance + 1e-9
    if abs(number - right) <= near:
        return Mark.won(points, f"{shown} is right.")
    sentences = [sentence for wrong, sentence in (misreadings or {}).items() if abs(number - wrong) <= near]
    return Mark.lost(points, sentences[0] if sentences else f"{shown} is not right.", read_again)


def mark_date(
    answer: Any,
    right: dt.date | str,
    *,
    points: float,
    misreadings: Mapping[str, str] | None = None,
    read_again: Iterable[str] = (),
) -> Mark:
    """Mark a day.

    Parameters
    ----------
    answer
        A date of Python, pandas or NumPy, or text such as ``16 November 1957``. A month is not enough.
    right
        The day, as a date or as ``1957-11-16``.
    points
        For the right day.
    misreadings
        For a wrong day, such as ``1957-11-16``, a sentence that says what happened on it.
    read_again
        Ids of the paragraphs to read again.

    Returns
    -------
    Mark

    Examples
    --------
    >>> mark_date("November 1957", "1957-11-16", points=1).reasons[0].sentence
    '"November 1957" is not a whole date: the day is missing.'
    """
    wanted = pd.Timestamp(right).date()
    day, problem = read(answer, answers.date)
    if problem:
        return Mark.lost(points, problem)
    if day == wanted:
        return Mark.won(points, f"{long_date(day)} is right.")
    sentences = {pd.Timestamp(wrong).date(): sentence for wrong, sentence in (misreadings or {}).items()}
    return Mark.lost(points, sentences.get(day, f"{long_date(day)} is not right."), read_again)


def mark_table(
    answer: Any,
    right: pd.DataFrame,
    *,
    key: str,
    points: float,
    columns: Mapping[str, str] | None = None,
    read_again: Iterable[str] = (),
) -> Mark:
    """Mark a table, value by value.

    The order of rows and columns, the index, column types, the case of column names and additional columns do
    not matter; a column may be the index.

    Parameters
    ----------
    answer
        A table, a Series with its index, or a dictionary of columns.
    right
        The table asked for.
    key
        The column of `right` that identifies the rows; it earns nothing by itself.
    points
        Divided equally among the values of the other columns. An extra row costs as much as one earns.
    columns
        As in :func:`~helpers.checks.check_table`: the unit that numbers in a column may have after them.
    read_again
        Ids of the paragraphs to read again.

    Returns
    -------
    Mark

    Examples
    --------
    >>> right = pd.DataFrame({"month": ["April", "May"], "talks": [1, 0]})
    >>> mark_table({"Talks": ["0", "1"], "month": ["May", "April"]}, right, key="month", points=1)
    1
    """
    asked = {column: answers.column_name(column) for column in right.columns if column != key}
    require(key in right.columns, f"The right table has no key column {key!r}.")
    require(bool(asked) and len(right) > 0, "The right table has no rows, or only the key column.")
    require(right[key].is_unique, f"The key column {key!r} of the right table has a value twice.")
    given, problem = read(answer, lambda value: answers.rows(value, key, right[key]))
    if problem:
        return Mark.lost(points, problem)
    rows, repeated, names = given
    units = columns or {}
    if not set(asked.values()) & set(names):
        problem = f"{NOT_ANSWERED} The table has none of the required columns: {', '.join(asked)}."
        return Mark.lost(points, problem)
    wanted = right.set_axis([fold(str(value)) for value in right[key]])
    if not set(wanted.index) & set(rows):
        return Mark.lost(points, f"Keep the column `{key}` as it was, because it identifies the rows.")
    share, won, reasons = points / len(asked) / len(right), 0.0, []
    for column, name in asked.items():
        pairs = [(rows.get(row, {}).get(name), value) for row, value in wanted[column].items()]
        hits = sum(answers.is_right(given, value, units.get(column, "days")) for given, value in pairs)
        misses = len(right) - hits
        reasons += _reason_for_all(hits, share, f"`{column}`: {hits} of {len(right)} right.")
        problem = f"{misses} not right{_sign_remark(pairs)}." if name in names else "there is no such column."
        reasons += _reason_for_all(misses, 0, f"`{column}`: {problem}")
        won += hits * share
    surplus = repeated + len(set(rows) - set(wanted.index))
    cost = points / len(right)
    reasons += _reason_for_all(surplus, -cost, f"{surplus} too many: give only one row for each `{key}`.")
    return _total_mark(won - surplus * cost, points, reasons, read_again)


def _sign_remark(pairs: list[tuple[Any, Any]]) -> str:
    """Return a remark if numbers are right except for their sign."""
    numbers = [(given, value) for given, value in pairs if isinstance(value, (int, float)) and value]
    turned = numbers and all(answers.is_right(given, -value) for given, value in numbers)
    return ": they have the wrong sign, so count in the other direction" if turned else ""


def _names(
    names: Mapping | Iterable[str] | None, right: Iterable[str], points: float
) -> tuple[Names, list[str], float]:
    """Return the names, the right ones among them in order, and the points for each."""
    right = list(right)
    known = Names(right if names is None else names)
    found = [name for one in right if (name := known.find(one)) is not None]
    require(0 < len(right) == len(found), f"All right answers, {right}, must be among the names {known.all}.")
    require(len({*found}) == len(right), f"Two of the right answers, {right}, are the same.")
    return known, found, points / len(right)


def _read_names(typed: list[str], known: Names) -> dict[str, str | None]:
    """Return the name that each text means."""
    return {one: known.find(one, near=True, remarks=True) for one in typed}


def _split_unmatched(
    read_as: Mapping[str, str | None], known: Names, right: list[str], missing: list[str]
) -> tuple[list[str], list[str]]:
    """Return the items that do not belong, each once as it was typed, and those that are misspelled.

    A misspelled item cannot be read as a name but resembles a missing one; each is listed once.
    """
    wrong: dict[str, str] = {}
    unread: dict[str, str] = {}
    for one, name in read_as.items():
        near = [other for other in missing if other not in unread and not name and known.nearly(one, other)]
        if near:
            unread[near[0]] = one
        elif name not in right:
            wrong.setdefault(name or fold(one), one)
    return list(wrong.values()), list(unread.values())


def _misspelled_reasons(unread: list[str]) -> list[Reason]:
    """Return a reason for each item that is too misspelled to be read."""
    return [Reason(0, f"{echo(one)} is misspelled and cannot be read.") for one in unread]


def _spelling_remarks(read_as: Mapping[str, str | None], known: Names) -> list[Reason]:
    """Return a remark for each name that was recognized in spite of a typing error."""
    slips = {one: name for one, name in read_as.items() if name and not known.find(one, remarks=True)}
    return [Reason(0, f"{echo(one)} is read as {name}.") for one, name in slips.items()]


def _wrong_item_reasons(wrong: list[str], share: float) -> list[Reason]:
    """Return a reason for each of the first five items that do not belong, and one for the rest."""
    rest = len(wrong[5:])
    shown = [Reason(-share, f"{echo(one)} does not belong here.") for one in wrong[:5]]
    return [
        *shown,
        *_reason_for_all(rest, -share, f"{rest} more {'does' if rest == 1 else 'do'} not belong here."),
    ]


def _reason_for_all(n: int, each: float, sentence: str) -> list[Reason]:
    """Return the reason for `n` items of a kind; empty if there are none."""
    return [Reason(n * each, sentence)] if n else []


def _total_mark(won: float, points: float, reasons: list[Reason], read_again: Iterable[str]) -> Mark:
    """Return a mark in which the last reason without points names the paragraphs to read again."""
    reasons = with_places(reasons, read_again)
    if won < 0:
        reasons.append(Reason(0, "More points were lost than won, but no mark is below 0."))
    return Mark(won, points, reasons)


# --- functions ---

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
    student, problem = read(answer, answers.function)
    if problem:
        return Mark.lost(points, problem)
    groups = [{about: case} for about, case in cases.items()] if isinstance(cases, Mapping) else list(cases)
    right = [result for group in groups for _, result in group.values()]
    results = []
    for arguments, _ in (case for group in groups for case in group.values()):
        results.append(call(student, arguments))
        if results[-1][1] == answers.ENDLESS:  # the other cases would not end either
            return Mark.lost(points, f"Looking at your function: {answers.ENDLESS}", read_again)
    if all(result is None and not problem for result, problem in results):
        problem = f"{NOT_ANSWERED} The function returns nothing; end it with `return` and the result."
        return Mark.lost(points, problem)
    if _is_constant(results, right):
        return Mark.lost(points, "The function returns the same result for every argument.", read_again)
    faults = [
        problem or answers.difference(result, one)
        for (result, problem), one in zip(results, right, strict=True)
    ]
    if len(faults) > 1 and len(set(faults)) == 1 and faults[0] not in ("", answers.NOT_RIGHT):
        where = " Call it in a cell: the error names the line." if "raises" in faults[0] else ""
        return Mark.lost(points, f"In every case {faults[0]}{where}", read_again)
    remaining = iter(faults)
    reasons = [
        _group_reason({about: next(remaining) for about in group}, points / len(groups)) for group in groups
    ]
    return Mark(sum(r.points for r in reasons if r.points > 0), points, with_places(reasons, read_again))


def _group_reason(faults: Mapping[str, str], share: float) -> Reason:
    """Return the reason for one group, from its cases and what is wrong with their results."""
    right = _listed([about for about, wrong in faults.items() if not wrong])
    if all(not wrong for wrong in faults.values()):
        return Reason(share, f"For {right}: right.")
    sentences = [f"For {about}: {wrong}" for about, wrong in faults.items() if wrong]
    if right:
        sentences.append(f"It is right for {right}, but these points need all cases to be right.")
    return Reason(-share, " ".join(sentences))


def _listed(things: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(things[:-1]), *things[-1:]]))


def _is_constant(results: list[tuple[Any, str]], right: list[Any]) -> bool:
    """Say whether a function returned equal values in all cases although the right ones differ."""
    values = [
        (read(lambda value=value: value, lambda given: answers.scalar(given, "a value")), one)
        for (value, problem), one in zip(results, right, strict=True)
        if not problem
    ]
    texts = {str(value) if isinstance(value, str) else value for (value, _), _ in values}
    return len(values) > 1 and len(texts) == 1 and any(one != values[0][1] for _, one in values)
