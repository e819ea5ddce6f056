"""Read what a student gave as plain data that can be compared; no other module touches an answer.

A student may give anything: nothing, another type, an object whose every method raises or lies.
So an answer is turned into plain text, numbers, dates and lists here, before anything is decided about it.
An answer that cannot be read raises `Unreadable` with a sentence for the student, and `read` turns any other
error into one.
"""

import contextlib
import copy
import datetime as dt
import io
import math
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping, Sequence, Set, ValuesView
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from types import FunctionType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.checks.mark import NOT_ANSWERED
from helpers.checks.names import Names
from helpers.checks.spellings import Unreadable, asked_for, cut, date_of, fold, number_of, printable
from helpers.limits import time_limit
from helpers.normalize import comparable
from helpers.references import without_reference

_LONGEST_TEXT = 20_000
_MOST_ITEMS = 1_000
_MOST_SECONDS = 5

ENDLESS = f"it does not end within {_MOST_SECONDS} seconds."
_PANDAS = (pd.Series, pd.Index, pd.api.extensions.ExtensionArray)
_LISTS = (Sequence, KeysView, ValuesView, Mapping, np.ndarray, *_PANDAS)
_DATES = (dt.date, np.datetime64, pd.Period)
_SPANS = (dt.timedelta, np.timedelta64)
_KNOWN = (str, bool, int, float, *_DATES, *_SPANS)


class Items(NamedTuple):
    """A list of answers as plain text, and whether its order counts."""

    texts: list[str]
    ordered: bool


# --- evaluating an answer ---


def read(answer: Any, reader: Callable[[Any], Any]) -> tuple[Any, str]:
    """Return an answer as `reader` gives it, and what is wrong with it; one of the two is empty.

    Whatever the answer does while it is read (raise, print, warn) has no effect outside.

    Parameters
    ----------
    answer
        The answer, or a function without arguments that returns it: ``lambda: answer_days`` is safe if the
        name does not exist.
    reader
        One of the readers below.
    """
    _show_only_the_last()
    try:
        with _guarded():
            return reader(_fetch(answer)), ""
    except Unreadable as problem:
        return None, str(problem)
    except KeyboardInterrupt:  # a person or the grader stops this cell
        raise
    except _TooLong:
        return None, f"The answer cannot be read: {ENDLESS}"
    except BaseException as error:
        return None, f"The answer cannot be read: looking at it raises {type(error).__name__}."


def call(student: Callable, arguments: tuple, *, quoting: bool = False) -> tuple[Any, str]:
    """Return what a student's function returns, and what goes wrong; one of the two is empty.

    With `quoting`, the message of an error is shown. It could contain the arguments, so hidden ones are not
    quoted.
    """
    try:
        with _guarded():
            return student(*copy.deepcopy(arguments)), ""
    except KeyboardInterrupt:
        raise
    except _TooLong:
        return None, ENDLESS
    except BaseException as error:
        detail = f": {_message(error)}" if quoting and _message(error) else ""
        return None, f"the function raises {type(error).__name__}{detail}."


def _message(error: BaseException) -> str:
    """Return the message of an error, whose class may be the student's and may raise another error."""
    message, _ = read(lambda: printable(str(error)[:200]).rstrip("."), text)
    return message or ""


class _TooLong(BaseException):
    """Foreign code took too long; a student's ``except Exception`` does not catch this."""


@contextlib.contextmanager
def _guarded() -> Iterator[None]:
    """Run foreign code: stop endless loops, and keep what it prints, because nbgrader fails any stderr."""
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        time_limit(_MOST_SECONDS, _TooLong(), waiting=True),
    ):
        warnings.simplefilter("ignore")
        yield


def _fetch(answer: Any) -> Any:
    if not isinstance(answer, FunctionType):
        return answer
    try:
        return answer()
    except NameError as error:
        name = f"`{error.name}`" if error.name else "the answer"
        reasons = "the cell that defines it was not run, stopped with an error, or is missing"
        raise Unreadable(f"There is no {name}: {reasons}.") from None
    except (LookupError, TypeError):
        raise Unreadable("A part of the answer is missing: keep the form in which it was given.") from None


def _show_only_the_last() -> None:
    """Keep IPython from showing every expression of a cell: nbgrader takes the first one as the score.

    The setting takes effect in the next cell; in this one, the output so far is cleared.
    """
    global _shows_all_in
    interactive = sys.modules.get("IPython.core.interactiveshell")
    if not interactive or not interactive.InteractiveShell.initialized():
        return
    shell = interactive.InteractiveShell.instance()
    if shell.ast_node_interactivity not in ("last_expr", "last_expr_or_assign"):
        shell.ast_node_interactivity = "last_expr"
        _shows_all_in = shell.execution_count
    if shell.execution_count == _shows_all_in:
        shell.display_pub.clear_output()


_shows_all_in: int | None = None


# --- readers of one value ---


def scalar(value: Any, wanted: str) -> Any:
    """Return a single value as plain text, number, truth value, date or timedelta.

    A list, Series or array with one element counts as that element.
    """
    for _ in range(3):
        if not _is_list(value):
            break
        elements = _elements(value)
        if len(elements) > 1:
            raise Unreadable(f"This is {kind(value)} of {len(elements)}, but the question asks for {wanted}.")
        value = elements[0] if elements else None
    value = _plain(value)
    if value is None:
        raise Unreadable(NOT_ANSWERED)
    if not isinstance(value, _KNOWN):
        raise Unreadable(f"This is {kind(value)}, but the question asks for {wanted}.")
    return value


def text(value: Any, wanted: str = "a text") -> str:
    """Return a single value as text, without surrounding white space."""
    return _text(scalar(value, wanted))


def number(value: Any, unit: str = "") -> float:
    """Return a number: int, float, NumPy, or text such as ``29``, ``1,362`` or ``29 days``.

    A timedelta counts as its number of days.
    """
    asked = asked_for(unit)
    value = scalar(value, asked)
    if isinstance(value, str):
        value = number_of(value, unit)
    if isinstance(value, _SPANS):
        value = pd.Timedelta(value) / pd.Timedelta(days=1)
    if isinstance(value, (bool, *_DATES)):
        raise Unreadable(f"This is {kind(value)}, but the question asks for {asked}.")
    value = float(value)
    if not math.isfinite(value):
        raise Unreadable(f"This is not a finite number, but the question asks for {asked}.")
    return value


def date(value: Any) -> dt.date:
    """Return a day from a date of Python, pandas or NumPy, or from text, as `spellings.date_of` reads it."""
    value = scalar(value, "a date")
    if isinstance(value, str):
        return date_of(value)
    if not isinstance(value, _DATES):
        raise Unreadable(f"This is {kind(value)}, but the question asks for a date.")
    coarse = isinstance(value, pd.Period) and value.freqstr[0] in "YAQMW"
    coarse = coarse or (isinstance(value, np.datetime64) and np.datetime_data(value)[0] in ("Y", "M", "W"))
    if coarse:
        raise Unreadable("This is not a single day, but the question asks for a day.")
    value = pd.Timestamp(value.start_time if isinstance(value, pd.Period) else value)
    return dt.date(value.year, value.month, value.day)


def function(value: Any) -> Callable:
    """Return a function."""
    if value is None:
        raise Unreadable(NOT_ANSWERED)
    if not callable(value):
        raise Unreadable(f"This is {kind(value)}, but the question asks for a function.")
    return value


NOT_RIGHT = "the result is not right."


def difference(result: Any, right: Any) -> str:
    """Return what is wrong with the result of a function; empty if it is right."""
    given, unreadable = read(lambda: result, kind)
    wanted = kind(right)
    if is_right(result, right) and given != "a text" != wanted:
        return ""
    if given == wanted:
        return "" if is_right(result, right) else NOT_RIGHT
    if result is None:
        return "the function returns nothing: end it with `return` and the result."
    return unreadable or f"the function gives {given}, but the question asks for {wanted}."


def is_right(given: Any, right: Any, unit: str = "days") -> bool:
    """Say whether a value is right, read as the same kind as the right one: bool, date, text or number.

    A number may have its unit after it; a timedelta counts as its number of days.
    """
    if isinstance(right, bool):
        truth, problem = read(given, lambda value: scalar(value, "True or False"))
        return not problem and truth is right
    if isinstance(right, dt.date):
        day, problem = read(given, date)
        return not problem and day == pd.Timestamp(right).date()
    if isinstance(right, str):
        typed, problem = read(given, text)
        return not problem and fold(typed) == fold(right)
    amount, problem = read(given, lambda value: number(value, unit))
    return not problem and abs(amount - right) <= 1e-6


# --- readers of several values ---


def items(
    value: Any, names: Names | None = None, *, wanted: str = "the question asks for the names themselves"
) -> Items:
    """Return a list as texts: list, tuple, set, Series, Index, array, keys, or a table with one column.

    A single text is split at commas, semicolons, line ends and ``and``, unless it is one name as a whole; so
    is a text within a list if each of its parts is a name. If all names are single words or letters, it is
    split between them.  A dictionary or a Series gives the labels with the value True or yes; the labels
    numbered from 1, in that order; or otherwise the labels or the values, whichever are names.
    """
    if isinstance(value, pd.DataFrame):
        if value.shape[1] != 1:
            raise Unreadable(
                "This is a table, but the question asks for a list: give one column of it, or its index."
            )
        value = value.iloc[:, 0]
    if isinstance(value, str):
        whole = text(value)
        if names and names.has(whole):
            return Items([whole], True)
        return Items(_words_named(whole, names) or cut(whole), True)
    if not _is_list(value):
        value = [scalar(value, "a list")]
    if isinstance(value, (Mapping, pd.Series)):
        value = _named_half(value, names)
    elements = _elements(value)
    if len(elements) == 1 and _is_list(elements[0]):
        value, elements = elements[0], _elements(elements[0])
    plain = [element for element in map(_plain, elements) if element is not None]
    if not elements and not isinstance(value, list):  # an empty list may be the unchanged answer
        raise Unreadable("The list is empty.")
    if plain and all(isinstance(element, bool) for element in plain):
        raise Unreadable(f"This is a column of True and False; {wanted}.")
    for element in plain:
        if not isinstance(element, _KNOWN):
            raise Unreadable(
                f"One element of this list is {kind(element)}, but the question asks for a list of texts."
            )
    if not plain:
        raise Unreadable(NOT_ANSWERED)
    ordered = isinstance(value, KeysView) or not isinstance(value, Set)
    texts = [part for element in plain for part in _parts_named(_text(element), names)]
    return Items(texts, ordered)


_YES, _NO = {"true", "yes", "y", "1"}, {"false", "no", "n", "0", ""}


def _named_half(value: Any, names: Names | None) -> Any:
    """Return the labels or the values of a dictionary or a Series, whichever are the list asked for."""
    series = isinstance(value, pd.Series)
    if series and isinstance(value.index, pd.RangeIndex):
        return value
    pairs = [(_plain(label), _plain(held)) for label, held in islice(value.items(), _MOST_ITEMS + 1)]
    labels = [label for label, _ in pairs]

    def known(values: list) -> int:
        readable = [_text(one) for one in values if isinstance(one, _KNOWN)]
        return sum(bool(names and names.find(one, near=True, remarks=True)) for one in readable)

    told = [comparable(_text(held)) if isinstance(held, _KNOWN) else "" for _, held in pairs]
    numbered = all(isinstance(label, int) for label in labels)
    if (
        not numbered
        and {*told} <= _YES | _NO
        and (len({*told} - {""}) > 1 or {*told} <= {"true", "false", ""})
    ):
        return [label for label, one in zip(labels, told, strict=True) if one in _YES]
    held = [one for _, one in pairs]
    amounts = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in held)
    if not series and amounts and len(held) > 1 and sorted(held) == list(range(1, len(held) + 1)):
        return sorted(labels, key=dict(pairs).__getitem__)
    if known(held) > known(labels) or (numbered and known(held) >= known(labels) and not amounts):
        return held
    return labels if not series or amounts or known(labels) else value


def _words_named(typed: str, names: Names | None) -> list[str]:
    """Return the names in a text without commas, such as ``c b a`` or ``cba``, if each is one word."""
    if not names or any(len(name.split()) > 1 or name.isdigit() for name in names.all):
        return []
    pattern = r"\w" if all(len(name) == 1 for name in names.all) else r"\w+"
    found = re.findall(pattern, typed)
    return found if len(found) > 1 and all(map(names.find, found)) else []


def _parts_named(typed: str, names: Names | None) -> list[str]:
    """Return the names in one text of a list, if there are several; otherwise the text."""
    if not names or names.find(typed, near=True, remarks=True):
        return [typed]
    parts = cut(typed)
    found = [names.find(part, near=True, remarks=True) for part in parts]
    return parts if len(parts) > 1 and all(found) else [typed]


def quotations(value: Any) -> list[str]:
    """Return quotations without the paragraph references next to them.

    A single text is one quotation, even with commas; a dictionary has quotations as its values.
    """
    if not _is_list(value):
        return [without_reference(text(value, "a quotation"))]
    given = items(list(value.values()) if isinstance(value, Mapping) else value).texts
    return [without_reference(one) for one in given]


def choices(value: Any, keys: Sequence[str]) -> dict[str, str]:
    """Return the text given for each key.

    It is found by the key of a dictionary or Series, by the first column of a table, or by pairs; by position
    in a list; by the part before a colon in a single text; or, if a dictionary maps options to keys, by its
    values.
    """
    if isinstance(value, pd.DataFrame) and 1 <= value.shape[1] <= 2:
        value = value.iloc[:, 0] if value.shape[1] == 1 else value.set_index(value.columns[0]).iloc[:, 0]
    if isinstance(value, pd.Series):
        value = value.to_list() if isinstance(value.index, pd.RangeIndex) else value.to_dict()
    if isinstance(value, str):
        value = _labeled(text(value, "a dictionary"), keys) or value
    if _is_list(value) and not isinstance(value, Mapping):
        value = _paired(value, keys)
    if isinstance(value, Mapping):
        given = _by_key(value, keys)
    elif _is_list(value) and not isinstance(value, Set):
        given = dict(zip(keys, map(_one, _elements(value)), strict=False))
    else:
        scalar(value, "a dictionary")
        raise Unreadable(f"This is {kind(value)}, but the question asks for a dictionary.")
    given = {key: _text(element) for key, element in given.items() if isinstance(element, _KNOWN)}
    if not given:
        raise Unreadable(NOT_ANSWERED)
    return given


def _labeled(typed: str, keys: Sequence[str]) -> dict[str, str]:
    """Return what a text says about each key, as in ``a: Deng, b: Mao``; empty if it does not."""
    label = "|".join(map(re.escape, sorted(keys, key=len, reverse=True)))
    parts = re.split(rf"(?:^|[\s,;(])({label})\s*[:=)–-]\s*", typed, flags=re.IGNORECASE)
    found = {
        key.lower(): option.strip(" ,;.\n") for key, option in zip(parts[1::2], parts[2::2], strict=True)
    }
    return {key: found[key.lower()] for key in keys if key.lower() in found}


def _paired(value: Any, keys: Sequence[str]) -> Any:
    """Return a list of pairs of a key and its option as a dictionary; other lists unchanged."""
    elements = [*value] if isinstance(value, Set) else _elements(value)
    pairs = [_elements(one) for one in elements if isinstance(one, (list, tuple)) and len(one) == 2]
    if elements and len(pairs) == len(elements):
        if all(_key_of(label, keys) for label, _ in pairs):
            return dict(pairs)
    elif elements and all(isinstance(one, Mapping) for one in elements):
        merged = [(label, held) for one in elements for label, held in one.items()]
        if all(_key_of(label, keys) for label, _ in merged):
            return dict(merged)
    return value


def _by_key(value: Mapping, keys: Sequence[str]) -> dict[str, Any]:
    """Return a dictionary's value for each key; if its keys are numbers from 0 or 1, by position."""
    items = list(islice(value.items(), _MOST_ITEMS))
    labels = [_plain(label) for label, _ in items]
    given = {
        key: _one(held)
        for label, (_, held) in zip(labels, items, strict=True)
        if (key := _key_of(label, keys))
    }
    if not given and labels in ([*range(len(keys))], [*range(1, len(keys) + 1)]):
        return dict(zip(keys, (_one(held) for _, held in items), strict=True))
    if not given:  # the dictionary maps options to the things that they fit
        for label, held in zip(labels, (held for _, held in items), strict=True):
            things = _elements(held) if _is_list(held) else re.split(r"[\s,;]+", _text(_plain(held) or ""))
            for key in filter(None, (_key_of(_plain(thing), keys) for thing in things)):
                given[key] = f"{given[key]} / {label}" if key in given else label  # two options count as none
    return given


def _key_of(label: Any, keys: Sequence[str]) -> str | None:
    """Return the key that a label names, in full or by an ending that no other key has."""
    if not isinstance(label, (str, int, float)):
        return None
    form = fold(_text(label))
    whole = [key for key in keys if fold(key) == form]
    ends = whole or [key for key in keys if form and len(form) > 1 and fold(key).endswith(form)]
    return ends[0] if len(ends) == 1 else None


def _one(value: Any) -> Any:
    """Return one value; a list with one element counts as the element."""
    if _is_list(value):
        elements = _elements(value)
        value = elements[0] if len(elements) == 1 else " / ".join(map(str, map(_plain, elements))) or None
    return _plain(value)


def rows(value: Any, key: str, keys: Iterable[str] = ()) -> tuple[dict[str, dict[str, Any]], int, list[str]]:
    """Return the rows of a table by their folded key, how many came twice, and the names of the columns.

    The key may be in the index under any name, if it contains one of the `keys`; so may the keys of a
    dictionary.
    """
    name, wanted = column_name(key), {fold(str(one)) for one in keys}
    if isinstance(value, Mapping) and any(fold(str(one)) in wanted for one in islice(value, _MOST_ITEMS)):
        held = list(islice(value.values(), _MOST_ITEMS))
        if all(isinstance(row, (Mapping, pd.Series)) for row in held):
            value = pd.DataFrame(map(dict, held), index=list(islice(value, _MOST_ITEMS)))
    if isinstance(value, (pd.DataFrame, pd.Series)) and not isinstance(value.index, pd.MultiIndex):
        columns = map(column_name, value.columns) if isinstance(value, pd.DataFrame) else ()
        if name not in columns and any(fold(str(one)) in wanted for one in value.index):
            value = value.rename_axis(name)
    frame = _table(value)
    if name not in frame.columns and not isinstance(frame.index, (pd.RangeIndex, pd.MultiIndex)):
        frame = frame.rename_axis(name).reset_index()
    if name not in frame.columns:
        raise Unreadable(f"This table has no column `{key}`. {columns_told(frame.columns)}")
    found: dict[str, dict[str, Any]] = {}
    for row in frame.to_dict("records"):
        found.setdefault(fold(str(row[name])), row)
    return found, len(frame) - len(found), list(frame.columns)


def columns_told(names: Iterable[Any]) -> str:
    """Return a sentence that names the columns of a table as they were read."""
    shown = [printable(str(name))[:40] for name in islice(names, 12)]
    return f"It has: {', '.join(shown)}." if shown else "It has no columns."


def column_name(name: Any) -> str:
    """Return the name of a column in a form that ignores case, spaces and hyphens."""
    return re.sub(r"[\s_-]+", "_", comparable(str(name)))


def _table(value: Any) -> pd.DataFrame:
    """Return a DataFrame, also from a Series or other data, with a named index as columns."""
    if value is None or (isinstance(value, (str, Sequence, Mapping)) and not value):
        raise Unreadable(NOT_ANSWERED)
    if isinstance(value, pd.Series):
        value = value.reset_index()
    if isinstance(value, (Mapping, Sequence)) and not isinstance(value, str):
        value = pd.DataFrame(value)
    if not isinstance(value, pd.DataFrame):
        raise Unreadable(f"This is {kind(value)}, but the question asks for a table.")
    if isinstance(value.columns, pd.MultiIndex):
        raise Unreadable("This table has nested columns; give each column one name.")
    if len(value) > _MOST_ITEMS:
        raise Unreadable(f"This table has {len(value)} rows, far more than the question asks for.")
    labeled = [level for level in value.index.names if level is not None and level not in value.columns]
    value = value.reset_index(level=labeled) if labeled else value
    value = value.rename(columns=column_name)
    if not value.columns.is_unique:
        raise Unreadable("Two columns of this table have the same name.")
    return value


# --- small parts ---


def kind(value: Any) -> str:
    """Return what a value is, in words for students."""
    kinds = {
        pd.DataFrame: "a table",
        (str, bytes): "a text",
        (bool, np.bool_): "True or False",
        _SPANS: "a span of time",
        (int, float, np.number): "a number",
        _DATES: "a date",
        Mapping: "a dictionary",
        Set: "a set",
        (*_LISTS, Iterator): "a list",
    }
    found = next((name for types, name in kinds.items() if isinstance(value, types)), "")
    return found or ("a function" if callable(value) else "something that cannot be read")


def _is_list(value: Any) -> bool:
    return isinstance(value, (*_LISTS, Set, Iterator)) and not isinstance(value, (str, bytes))


def _elements(value: Any) -> list:
    if isinstance(value, Iterator):
        raise Unreadable("This gives its elements only once: write list(...) around it.")
    if isinstance(value, np.ndarray) and value.ndim != 1:
        value = value.reshape(-1)
    elements = list(islice(iter(value), _MOST_ITEMS + 1))
    if len(elements) > _MOST_ITEMS:
        raise Unreadable("This list is far longer than the question asks for.")
    return elements


def _plain(value: Any) -> Any:
    """Return one value in a plain type; None if it is empty; values of unknown types are unchanged."""
    if value is None or value is Ellipsis or value is pd.NA or value is pd.NaT:
        return None
    given = type(value)
    if issubclass(given, str):
        if str.__len__(value) > _LONGEST_TEXT:
            raise Unreadable("This text is far longer than the question asks for.")
        return str.__str__(value).strip() or None
    if issubclass(given, (bool, np.bool_)):
        return bool(value)
    if issubclass(given, int):
        return int.__index__(value)
    if issubclass(given, float):
        return float.__float__(value)
    if issubclass(given, (Decimal, Fraction)):
        return float(value)
    if issubclass(given, np.number) and not issubclass(given, _SPANS):
        return value.item()
    return value


def _text(value: Any) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)
