"""Write out dates exactly as they are known, without making up a day."""

from calendar import month_name


def write_out(edtf: str) -> str:
    """Return a date in the Extended Date/Time Format, level 0, in words.

    If only the month or the year is known, no day is made up.

    Parameters
    ----------
    edtf
        A year, a month, a day, or two of them with a slash between.

    Raises
    ------
    ValueError
        If the text is not such a date.

    Examples
    --------
    >>> write_out("1962-04-09"), write_out("1961-12"), write_out("1957-11-14/1957-11-16")
    ('9 April 1962', 'December 1961', '14 to 16 November 1957')
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return " ".join(_parts(edtf))
    begin, end = _parts(first), _parts(last)
    # If both dates have the same year, or month and year, it is written once.
    shared = (n for n in range(1, len(begin)) if len(begin) == len(end) and begin[n:] == end[n:])
    return f"{' '.join(begin[: next(shared, len(begin))])} to {' '.join(end)}"


def _parts(date: str) -> list[str]:
    """Return those of day, month and year that are known, in the order in which they are written."""
    numbers = date.split("-")
    if not (1 <= len(numbers) <= 3 and all(number.isdecimal() for number in numbers)):
        raise ValueError(f"{date!r} is not a date such as 1962, 1962-04 or 1962-04-09.")
    year, *rest = numbers
    month = [month_name[int(rest[0])]] if rest else []
    day = [str(int(rest[1]))] if len(rest) == 2 else []
    return [*day, *month, year]
