"""Dates written out as exactly as they are known, and no more exactly."""

from calendar import month_name


def write_out(edtf: str) -> str:
    """Return a date of the Extended Date/Time Format, level 0, in words.

    A month stays a month and a year a year; no day is made up.

    Parameters
    ----------
    edtf
        A year, a month, a day, or two of them with a slash between.

    Raises
    ------
    ValueError
        When the text is no such date.

    Examples
    --------
    >>> write_out("1962-04-09"), write_out("1961-12"), write_out("1957-11-14/1957-11-16")
    ('9 April 1962', 'December 1961', '14 to 16 November 1957')
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return " ".join(_parts(edtf))
    begin, end = _parts(first), _parts(last)
    # The year, or month and year, is said once where both dates end with it.
    shared = (n for n in range(1, len(begin)) if len(begin) == len(end) and begin[n:] == end[n:])
    return f"{' '.join(begin[: next(shared, len(begin))])} to {' '.join(end)}"


def _parts(date: str) -> list[str]:
    """Return day, month and year, or those of them that are known, in the order of speech."""
    numbers = date.split("-")
    if not (1 <= len(numbers) <= 3 and all(number.isdecimal() for number in numbers)):
        raise ValueError(f"{date!r} is no date such as 1962, 1962-04 or 1962-04-09.")
    year, *rest = numbers
    month = [month_name[int(rest[0])]] if rest else []
    day = [str(int(rest[1]))] if len(rest) == 2 else []
    return [*day, *month, year]
