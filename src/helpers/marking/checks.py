"""The checks that the hidden tests of a cell call: an answer in, a `Mark` out, whatever the answer is.

Every check takes the answer first, best as ``lambda: answer_name``; then a missing name raises nothing.
Every check tells what is wrong with what was given, never what would have been right.
`read_again` names the paragraphs to read again; it is shown with a wrong answer, but not where none was given
or none could be read, since then it would only tell where the answer stands.
A mistake of the author, such as a right option that is none of the options, raises ``ValueError``.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.marking import answers
from helpers.marking.answers import read
from helpers.marking.mark import Mark, Reason
from helpers.marking.spellings import Names, echo, fold, long_date


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
        The option as text; case, accents, spaces, punctuation and a slip of spelling are forgiven.
    right
        The right one of `options`.
    options
        The options, or a mapping from each to its other spellings: ``{"A": "the note-taker", "B": "Deng"}``.
    points
        All or none.
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
    typed, trouble = read(answer, answers.text)
    if trouble:
        return Mark.lost(points, trouble)
    said = _choice(names, typed, right, misreadings)
    return Mark.lost(points, said, read_again) if said else Mark.won(points, f"{echo(typed)} is right.")


def mark_choices(
    answer: Any,
    right: Mapping[str, str],
    *,
    options: Mapping[str, str | Iterable[str]] | Iterable[str],
    points: float,
    misreadings: Mapping[str, str] | None = None,
    read_again: Mapping[str, str] | None = None,
) -> Mark:
    """Mark several choices among the same options.

    Parameters
    ----------
    answer
        A dictionary or a Series from each thing to its option; or a list of options in the order of `right`.
    right
        From each thing to its right option.
    options, misreadings
        As in :func:`mark_choice`.
    points
        Divided equally among the things.
    read_again
        From a thing to the id of the paragraph to read again.

    Returns
    -------
    Mark

    Examples
    --------
    >>> mark_choices({"a": "Deng", "b": ""}, {"a": "Deng", "b": "Mao"}, options=["Deng", "Mao"], points=2)
    1
    """
    names = _options(options, right.values())
    given, trouble = read(answer, lambda value: answers.choices(value, list(right)))
    places = read_again or {}
    if trouble:
        return Mark.lost(points, trouble)
    share, reasons = points / len(right), []
    for thing, option in right.items():
        said = _choice(names, given[thing], option, misreadings) if thing in given else answers.NOT_ANSWERED
        again = (places[thing],) if thing in places and thing in given else ()
        won = Reason(share, f"{thing}: {echo(given.get(thing))} is right.")
        reasons.append(Reason(-share, f"{thing}: {said}", again) if said else won)
    return Mark(sum(reason.points for reason in reasons if reason.points > 0), points, reasons)


def _options(options: Mapping | Iterable[str], right: Iterable[str]) -> Names:
    names = Names(options)
    for option in right:
        if option not in names.all:
            raise ValueError(f"{option!r} is none of the options {names.all}.")
    return names


def _choice(names: Names, typed: str, right: str, misreadings: Mapping[str, str] | None) -> str:
    """Return what is wrong with a choice, or nothing."""
    chosen = names.find(typed, near=True)
    if chosen == right:
        return ""
    if chosen is None:
        return f"{echo(typed)} is none of the options."
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
        List, tuple, set, Series, Index, keys, table of one column, or one text with commas.
    right
        What belongs in it.
    points
        Divided equally among what belongs in it; what does not belong in it costs as much as one wins.
    names
        Every name that may be typed with its other spellings; `right` is among them.
        A slip of spelling in a name of five letters or more is forgiven, and told.
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
    given, trouble = read(answer, lambda value: answers.items(value, known))
    if trouble:
        return Mark.lost(points, trouble)
    found = {known.find(typed, near=True) for typed in given.texts} & set(right)
    wrong = _strangers(given.texts, known, right)
    missing = len(right) - len(found)
    reasons = [
        *_count(len(found), share, f"{len(found)} of {len(right)} found."),
        *_reproach(wrong, share),
        *_count(missing, 0, f"{missing} missing."),
    ]
    mark = _mark((len(found) - len(wrong)) * share, points, reasons, read_again)
    return mark.noting(_slips(given.texts, known))


def mark_order(
    answer: Any,
    right: Sequence[str],
    *,
    points: float,
    names: Mapping[str, str | Iterable[str]] | None = None,
    read_again: Iterable[str] = (),
) -> Mark:
    """Mark a list whose order matters.

    Parameters
    ----------
    answer
        As in :func:`mark_set`, but in order: a set has none.
    right
        What belongs in it, in order.
    points
        Divided equally among what belongs in it. What is there but out of order wins nothing; what does not
        belong in it, or comes twice, costs as much as one wins.
    names
        As in :func:`mark_set`.
    read_again
        Ids of the paragraphs to read again.

    Returns
    -------
    Mark

    Examples
    --------
    >>> mark_order(["a", "c", "b"], ["a", "b", "c"], points=3)
    2
    """
    known, right, share = _names(names, right, points)
    given, trouble = read(answer, lambda value: answers.items(value, known))
    if not trouble and not given.ordered:
        trouble = "A set keeps no order; give a list."
    if trouble:
        return Mark.lost(points, trouble)
    found = [name for typed in given.texts if (name := known.find(typed, near=True)) in right]
    kept = _unique(found)
    placed, twice, missing = _longest_common(kept, right), len(found) - len(kept), len(right) - len(kept)
    wrong = _strangers(given.texts, known, right)
    reasons = [
        *_count(placed, share, f"{placed} of {len(right)} stand in the right order."),
        *_count(len(kept) - placed, 0, f"{len(kept) - placed} out of order."),
        *_reproach(wrong, share),
        *_count(twice, -share, "The same one comes twice."),
        *_count(missing, 0, f"{missing} missing."),
    ]
    mark = _mark((placed - len(wrong) - twice) * share, points, reasons, read_again)
    return mark.noting(_slips(given.texts, known))


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
        A number of Python or NumPy, or text such as ``1,362`` or ``29 days``; a span of time is its days.
    right
        The number.
    points
        All or none.
    tolerance
        How far off the answer may be.
    unit
        What is counted, in the plural; it may stand behind the number.
    misreadings
        For a wrong number, a sentence that says how one comes to it.
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
    number, trouble = read(answer, lambda value: answers.number(value, unit))
    if trouble:
        return Mark.lost(points, trouble)
    shown, near = f"{number:.12g}", tolerance + 1e-9
    if abs(number - right) <= near:
        return Mark.won(points, f"{shown} is right.")
    said = [sentence for wrong, sentence in (misreadings or {}).items() if abs(number - wrong) <= near]
    return Mark.lost(points, said[0] if said else f"{shown} is not right.", read_again)


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
        A date of Python, pandas or NumPy, or text such as ``16 November 1957``. A month is no day.
    right
        The day, as a date or as ``1957-11-16``.
    points
        All or none.
    misreadings
        For a wrong day, as ``1957-11-16``, a sentence that says what it is the date of.
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
    day, trouble = read(answer, answers.date)
    if trouble:
        return Mark.lost(points, trouble)
    if day == wanted:
        return Mark.won(points, f"{long_date(day)} is right.")
    said = {pd.Timestamp(wrong).date(): sentence for wrong, sentence in (misreadings or {}).items()}
    return Mark.lost(points, said.get(day, f"{long_date(day)} is not right."), read_again)


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

    The order of rows and columns, the index, the types of columns, the case of their names, and further
    columns are forgiven; a column may be the index.

    Parameters
    ----------
    answer
        A table; also a Series with its index, or a dictionary of columns.
    right
        The table asked for.
    key
        The column of `right` that tells the rows apart; it wins nothing by itself.
    points
        Divided equally among the values of the other columns. A row too many costs as much as one wins.
    columns
        As in :func:`~helpers.marking.check_table`: the unit that may stand behind the numbers of a column.
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
    if right[key].duplicated().any():
        raise ValueError(f"The key column {key!r} of the right table has one value twice.")
    given, trouble = read(answer, lambda value: answers.rows(value, key, right[key]))
    if trouble:
        return Mark.lost(points, trouble)
    rows, repeated, names = given
    units = columns or {}
    asked = {column: answers.column_name(column) for column in right.columns if column != key}
    if not set(asked.values()) & set(names):
        trouble = f"{answers.NOT_ANSWERED} The table has none of the columns asked for: {', '.join(asked)}."
        return Mark.lost(points, trouble)
    wanted = right.set_axis([fold(str(value)) for value in right[key]])
    if not set(wanted.index) & set(rows):
        return Mark.lost(points, f"Keep the column `{key}` as it was: it tells the rows apart.")
    share, won, reasons = points / len(asked) / len(right), 0, []
    for column, name in asked.items():
        pairs = [(rows.get(row, {}).get(name), value) for row, value in wanted[column].items()]
        hits = sum(answers.is_right(given, value, units.get(column, "days")) for given, value in pairs)
        misses = len(right) - hits
        reasons += _count(hits, share, f"`{column}`: {hits} of {len(right)} right.")
        trouble = f"{misses} not right{_sign(pairs)}." if name in names else "there is no such column."
        reasons += _count(misses, 0, f"`{column}`: {trouble}")
        won += hits * share
    surplus = repeated + len(set(rows) - set(wanted.index))
    cost = points / len(right)
    reasons += _count(surplus, -cost, f"{surplus} too many: one row is asked for each `{key}`.")
    return _mark(won - surplus * cost, points, reasons, read_again)


def _sign(pairs: list[tuple[Any, Any]]) -> str:
    """Return a remark when numbers are right but for their sign."""
    numbers = [(given, value) for given, value in pairs if isinstance(value, (int, float)) and value]
    turned = numbers and all(answers.is_right(given, -value) for given, value in numbers)
    return ": they have the wrong sign, so count in the other direction" if turned else ""


def _names(names: Mapping | None, right: Iterable[str], points: float) -> tuple[Names, list[str], float]:
    """Return the names, the right ones among them in their order, and the points of each."""
    right = list(right)
    known = Names(names or right)
    if not right or not set(right) <= set(known.all):
        raise ValueError(f"What is right, {right}, must be among the names {known.all}.")
    return known, right, points / len(right)


def _strangers(typed: list[str], known: Names, right: list[str]) -> list[str]:
    """Return what does not belong to the right ones, each once, as it was typed."""
    found = {one: known.find(one, near=True) for one in reversed(typed)}
    wrong = {name or fold(one): one for one, name in found.items() if name not in right}
    return list(reversed(wrong.values()))


def _slips(typed: list[str], known: Names) -> list[Reason]:
    """Return a remark for each name that was known in spite of a slip of spelling."""
    slips = {one: known.find(one, near=True) for one in typed if not known.find(one)}
    return [Reason(0, f"{echo(one)} is read as {name}.") for one, name in slips.items() if name]


def _reproach(wrong: list[str], share: float) -> list[Reason]:
    """Return a reason for each of the first five that do not belong, and one for the rest."""
    rest = len(wrong[5:])
    shown = [Reason(-share, f"{echo(one)} does not belong here.") for one in wrong[:5]]
    return [*shown, *_count(rest, -share, f"{rest} more do not belong here.")]


def _count(n: int, each: float, sentence: str) -> list[Reason]:
    """Return the reason for `n` things of a kind, or none when there are none."""
    return [Reason(n * each, sentence)] if n else []


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _longest_common(given: list[str], right: list[str]) -> int:
    """Return the length of the longest common subsequence: how many stand in the right order."""
    row = [0] * (len(right) + 1)
    for one in given:
        before = row[:]
        for i, other in enumerate(right):
            row[i + 1] = before[i] + 1 if one == other else max(before[i + 1], row[i])
    return row[-1]


def _mark(won: float, points: float, reasons: list[Reason], read_again: Iterable[str]) -> Mark:
    """Return a mark whose last reason that wins nothing names the paragraphs to read again."""
    trouble = [i for i, reason in enumerate(reasons) if reason.points <= 0]
    if trouble:
        reasons[trouble[-1]] = reasons[trouble[-1]]._replace(paragraphs=tuple(read_again))
    if won < 0:
        reasons.append(Reason(0, "More was lost than won, but no mark is below 0."))
    return Mark(won, points, reasons)
