"""Helpers for all tables of the corpus: cells with several keys, and required columns."""

from collections.abc import Iterable

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
    return list(cell) if isinstance(cell, Iterable) else []


def has_any(cells: pd.Series, wanted: str | Iterable[str]) -> pd.Series:
    """Return for each cell, a collection of keys, whether it contains one of the wanted ones.

    Raises
    ------
    ValueError
        When no cell contains any of them; the message names the column.
    """
    wanted = {wanted} if isinstance(wanted, str) else set(wanted)
    known = {key for cell in cells for key in cell}
    if not wanted & known:
        raise ValueError(f"No row has {some(wanted)} in its column {cells.name}; it has {some(known)}.")
    return cells.map(lambda cell: bool(wanted & set(cell))).astype(bool)


def need(frame: pd.DataFrame, *columns: str) -> None:
    """Raise a ValueError that names the missing columns of a frame, or says that it is not a frame."""
    if not hasattr(frame, "columns"):
        raise ValueError(f"This needs a table such as load_paragraphs() returns, not {frame!r}.")
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ValueError(
            f"The frame has no column {', '.join(missing)}; it has {', '.join(map(str, frame.columns))}."
        )


def some(keys: Iterable[str]) -> str:
    """Return keys for a message: the first dozen in alphabetical order, and how many more there are."""
    names = sorted(map(str, keys))
    return ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
