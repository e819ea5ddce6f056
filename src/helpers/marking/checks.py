"""The checks that the hidden tests of a cell call: an answer in, a `Mark` out, whatever the answer is.

Every check takes the answer first, best as ``lambda: answer_name``; then a missing name raises nothing.
Every check tells what is wrong with what was given, never what would have been right.
`read_again` names the paragraphs to read again; it is shown with a wrong answer, but not where none was given
or none could be read, since then it would only tell where the answer stands.
A mistake of the author, such as a right option that is none of the options, raises ``ValueError``.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import combinations
from typing import Any

import pandas as pd

from helpers.marking import answers
from helpers.marking.answers import read
from helpers.marking.mark import Mark, Reason
from helpers.marking.names import Names
from helpers.marking.spellings import echo, fold, long_date, written


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
    said = _choice(names, typed, {right}, misreadings)
    return Mark.lost(points, said, read_again) if said else Mark.won(points, f"{echo(typed)} is right.")


def mark_choices(
    answer: Any,
    right: Mapping[str, str | Set[str]],
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
        From each thing to its right option, or to a set of options of which each is right.
    options, misreadings
        As in :func:`mark_choice`.
    points
        Divided equally among the things. A wrong option costs what keeps the best guess from winning: that of
        one option for all, or of options at random. Nothing is lost where nothing is answered.
    read_again
        From a thing to the id of the paragraph to read again.

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
    names = _options(options, set().union(*allowed.values()))
    given, trouble = read(answer, lambda value: answers.choices(value, list(right)))
    places = read_again or {}
    if trouble:
        return Mark.lost(points, trouble)
    share, reasons, wrong = points / len(right), [], 0
    for thing, right_ones in allowed.items():
        said = (
            _choice(names, given[thing], right_ones, misreadings) if thing in given else answers.NOT_ANSWERED
        )
        again = (places[thing],) if thing in places and thing in given else ()
        won = Reason(share, f"{thing}: {echo(given.get(thing))} is right.")
        reasons.append(Reason(-share, f"{thing}: {said}", again) if said else won)
        wrong += bool(said) and thing in given and bool(names.find(given[thing], near=True))
    won = sum(reason.points for reason in reasons if reason.points > 0)
    cost = wrong * share * _price_of_guessing(allowed.values(), len(names.all)) if won else 0
    guessed = "A wrong choice costs more than one left open, so that guessing wins nothing."
    return Mark(won - cost, points, [*reasons, *_count(cost > 0, -cost, guessed)])


def read_choices(
    answer: Any,
    *,
    things: Iterable[str],
    options: Mapping[str, str | Iterable[str]] | Iterable[str],
) -> list[str | None]:
    """Return the option given for each thing as :func:`mark_choices` reads it, and None where there is none.

    It is for a question whose next part depends on what was chosen.

    Examples
    --------
    >>> read_choices("a: deng; b: nobody", things="abc", options=["Deng", "Mao"])
    ['Deng', None, None]
    """
    names, things = Names(options), list(things)
    given, _ = read(answer, lambda value: answers.choices(value, things))
    return [names.find(given[thing], near=True) if given and thing in given else None for thing in things]


def _price_of_guessing(right: Iterable[Set[str]], n_options: int) -> float:
    """Return how many shares a wrong choice must cost, so that no guess wins on average."""
    things = list(right)
    counts = Counter(option for allowed in things for option in allowed)
    chance = max(counts.total() / n_options, *counts.values()) / len(things)
    return chance / (1 - chance) if chance < 1 else 1


def _options(options: Mapping | Iterable[str], right: Iterable[str]) -> Names:
    names = Names(options)
    for option in right:
        if option not in names.all:
            raise ValueError(f"{option!r} is none of the options {names.all}.")
    return names


def _choice(names: Names, typed: str, right: Set[str], misreadings: Mapping[str, str] | None) -> str:
    """Return what is wrong with a choice, or nothing."""
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
        List, tuple, set, Series, Index, keys, table of one column, or one text with commas.
    right
        What belongs in it.
    points
        Divided equally among what belongs in it; what does not belong in it costs as much as one wins, and
        more where the names are so few that all of them would win something.
    names
        Every name that may be typed, with its other spellings; each of `right` is one of them, however it is
        spelled. A slip of spelling in a name of five letters or more is forgiven, and told. What cannot be
        read, but comes near to a name that is missing, costs nothing more.
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
    read_as = _read_names(given.texts, known)
    found = {name for name in read_as.values() if name in right}
    missing = [name for name in right if name not in found]
    wrong, unread = _strangers(read_as, known, right, missing)
    others = len(known.all) - len(right)
    cost = max(share, points / others) if others else share
    reasons = [
        *_count(len(found), share, f"{len(found)} of {len(right)} found."),
        *_reproach(wrong, cost),
        *_unclear(unread),
        *_count(len(missing), 0, f"{len(missing)} missing."),
    ]
    mark = _mark(len(found) * share - len(wrong) * cost, points, reasons, read_again)
    return mark.noting(_slips(read_as, known))


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

    Of all pairs of things, those in the right order less those in the wrong one are counted, as a share of
    all (Kendall's tau): 1 for the right order, -1 for its reverse, 0 on average by chance. Only what is above
    the share of the best order that takes no reading wins: the order in which the things were given, the
    alphabet and its reverse, unless one of these is right. Nor does the reverse of the given order win.

    Parameters
    ----------
    answer
        As in :func:`mark_set`, but in order: a set has none.
    right
        What belongs in it, in order.
    points
        For the right order. What does not belong in it, or comes twice, costs an equal share of them.
    names
        As in :func:`mark_set`.
    given
        The things in the order in which the question names them, where it does.
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
    typed, trouble = read(answer, lambda value: answers.items(value, known))
    if not trouble and not typed.ordered:
        trouble = "A set keeps no order; give a list."
    if trouble:
        return Mark.lost(points, trouble)
    read_as = _read_names(typed.texts, known)
    found = [name for one in typed.texts if (name := read_as[one]) in right]
    kept = list(dict.fromkeys(found))
    missing = [name for name in right if name not in kept]
    wrong, unread = _strangers(read_as, known, right, missing)
    twice = len(found) - len(kept)
    asked = [name for one in given if (name := known.find(one)) in right]
    alphabet = sorted(right, key=str.casefold)
    # How much of the order any list of these things has that takes no reading, at most.
    floor = max([0.0, *(tau for o in (asked, alphabet, alphabet[::-1]) if (tau := _in_order(o, right)) < 1)])
    listed = len(kept) * (len(kept) - 1) / (len(right) * (len(right) - 1) or 1)
    won = max(_in_order(kept, right) - floor * listed, 0) / (1 - floor) * points
    if kept != right and kept == asked[::-1]:
        won = 0
    if kept == right:
        said = [Reason(points, f"All {len(right)} are in the right order.")]
    elif not kept:
        said = []
    else:
        pairs = len(right) * (len(right) - 1) // 2
        ranks = [right.index(name) for name in kept]
        good = sum(one < other for one, other in combinations(ranks, 2))
        luck = "" if won else ": no more than chance, the alphabet or the order of the question gives"
        said = [Reason(won, f"{good} of {pairs} pairs are in the right order{luck}.")]
    reasons = [
        *said,
        *_reproach(wrong, share),
        *_unclear(unread),
        *_count(twice, -share, "The same one comes twice."),
        *_count(len(missing), 0, f"{len(missing)} missing."),
    ]
    mark = _mark(won - (len(wrong) + twice) * share, points, reasons, read_again)
    return mark.noting(_slips(read_as, known))


def _in_order(names: Sequence[str], right: Sequence[str]) -> float:
    """Return Kendall's tau of an order; a pair that is not there counts as neither right nor wrong."""
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
    shown, near = written(number), tolerance + 1e-9
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


def _names(
    names: Mapping | Iterable[str] | None, right: Iterable[str], points: float
) -> tuple[Names, list[str], float]:
    """Return the names, the right ones among them in their order, and the points of each."""
    right = list(right)
    known = Names(right if names is None else names)
    found = [known.find(one) for one in right]
    if not right or None in found:
        raise ValueError(f"What is right, {right}, must be among the names {known.all}.")
    return known, found, points / len(right)


def _read_names(typed: list[str], known: Names) -> dict[str, str | None]:
    """Return the name that is meant by each text."""
    return {one: known.find(one, near=True, remarks=True) for one in typed}


def _strangers(
    read_as: Mapping[str, str | None], known: Names, right: list[str], missing: list[str]
) -> tuple[list[str], list[str]]:
    """Return what does not belong to the right ones, each once as it was typed, and what is misspelled.

    The second is no name, but comes near to one that is missing: each of these once.
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


def _unclear(unread: list[str]) -> list[Reason]:
    """Return a reason for what was too misspelled to be read."""
    return [Reason(0, f"{echo(one)} is not spelled so that it can be read.") for one in unread]


def _slips(read_as: Mapping[str, str | None], known: Names) -> list[Reason]:
    """Return a remark for each name that was known in spite of a slip of spelling."""
    slips = {one: name for one, name in read_as.items() if name and not known.find(one, remarks=True)}
    return [Reason(0, f"{echo(one)} is read as {name}.") for one, name in slips.items()]


def _reproach(wrong: list[str], share: float) -> list[Reason]:
    """Return a reason for each of the first five that do not belong, and one for the rest."""
    rest = len(wrong[5:])
    shown = [Reason(-share, f"{echo(one)} does not belong here.") for one in wrong[:5]]
    return [*shown, *_count(rest, -share, f"{rest} more {'does' if rest == 1 else 'do'} not belong here.")]


def _count(n: int, each: float, sentence: str) -> list[Reason]:
    """Return the reason for `n` things of a kind, or none when there are none."""
    return [Reason(n * each, sentence)] if n else []


def _mark(won: float, points: float, reasons: list[Reason], read_again: Iterable[str]) -> Mark:
    """Return a mark whose last reason that wins nothing names the paragraphs to read again."""
    trouble = [i for i, reason in enumerate(reasons) if reason.points <= 0]
    if trouble:
        reasons[trouble[-1]] = reasons[trouble[-1]]._replace(paragraphs=tuple(read_again))
    if won < 0:
        reasons.append(Reason(0, "More was lost than won, but no mark is below 0."))
    return Mark(won, points, reasons)
