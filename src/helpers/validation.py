"""Check what callers pass in: frames, texts, keys, numbers.  Every fault is a ValueError with a sentence."""

from collections.abc import Iterable
from operator import index
from typing import Any

import pandas as pd


def split_keys(cell: str | Iterable[str] | None) -> list[str]:
    """Return the keys in a cell, which may contain one, several separated by `` | ``, a list, or none.

    Examples
    --------
    >>> split_keys("mao-zedong | deng-xiaoping"), split_keys("")
    (['mao-zedong', 'deng-xiaoping'], [])
    """
    if isinstance(cell, str):
        return [key.strip() for key in cell.split("|") if key.strip()]
    return [key for key in cell if isinstance(key, str)] if isinstance(cell, Iterable) else []


def need(frame: pd.DataFrame, *columns: str) -> None:
    """Raise a ValueError unless this is a data frame that has these columns, and no column twice."""
    if not isinstance(frame, pd.DataFrame):
        got = type(frame).__name__
        raise ValueError(f"This needs a data frame such as load_paragraphs() returns, but got {got}.")
    if missing := [column for column in columns if column not in frame.columns]:
        raise ValueError(f"The frame has no column {', '.join(missing)}; it has {some(frame.columns)}.")
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()]
        raise ValueError(f"The frame has more than one column {some(twice)}; rename or drop one.")


def need_texts(frame: pd.DataFrame, *columns: str) -> None:
    """Raise a ValueError unless a frame has these columns and each of their cells is a text."""
    need(frame, *columns)
    for column in columns:
        for label, cell in zip(frame.index, frame[column].to_list(), strict=True):
            if not isinstance(cell, str):
                raise ValueError(
                    f"Row {label} has no text in its column {column}; drop the row, or fill it in."
                )


def need_known(what: str, wanted: object, known: Iterable[object]) -> list[Any]:
    """Return what is wanted, one value or several, as a list; raise a ValueError unless all of it is known.

    Examples
    --------
    >>> need_known("document", "deng-1962", ["deng-1962", "mao-1963"])
    ['deng-1962']
    """
    several = wanted if isinstance(wanted, Iterable) and not isinstance(wanted, str) else [wanted]
    asked, there = list(several), list(known)
    unknown = [value for value in asked if value not in there]
    if unknown or not asked:
        missing = f"There is no {what} {some(unknown)}" if unknown else f"No {what} is named"
        raise ValueError(f"{missing}; there are {some(there)}." if there else f"{missing}; there are none.")
    return asked


def need_one(what: str, wanted: object, known: Iterable[object]) -> None:
    """Raise a ValueError unless exactly one known value is wanted."""
    need_known(what, [wanted], known)


def need_number(what: str, number: int, *, least: int) -> int:
    """Return a whole number of any kind; raise a ValueError if it is not one or too small."""
    try:
        whole = index(number)
    except TypeError:
        whole = least - 1
    if isinstance(number, bool) or whole < least:
        raise ValueError(f"{what} is a whole number, {least} or more, not {number!r}.")
    return whole


def has_any(cells: pd.Series, what: str, wanted: str | Iterable[str]) -> pd.Series:
    """Return for each cell, a collection of keys, whether it contains one of the wanted ones.

    Raises
    ------
    ValueError
        When no cell contains one of them.
    """
    known = sorted({key for cell in cells for key in cell})
    asked = set(need_known(what, wanted, known))
    return cells.map(lambda cell: not asked.isdisjoint(cell)).astype(bool)


def some(keys: Iterable[object]) -> str:
    """Return keys for a message: the first dozen, and how many more there are."""
    names = [str(key) for key in keys]
    return ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
