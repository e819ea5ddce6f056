"""Text that a student or a file chose, made harmless for a terminal and for a spreadsheet."""

import re
import unicodedata

BOM = "\ufeff"
"""Begins a csv file for people: Excel takes one without it for another encoding, and shows José as JosÃ©."""

_MOST = 160
# OWASP, "CSV Injection": what a spreadsheet takes for a formula, also behind quotation marks and white space.
_FORMULA = re.compile(r"[\s\"'\u2018\u2019\u201c\u201d\ufeff\u200b]*[=+\-@]|[\t\r\n]")


def printable(text: str, *, most: int | None = _MOST) -> str:
    """Return a text that fits a line and does nothing to a screen.

    Parameters
    ----------
    text
        From outside.
    most
        How many characters; a longer text is cut in its middle.  None for any number.

    Examples
    --------
    >>> printable("a\\x1b[2Jb.ipynb")
    'a?[2Jb.ipynb'
    """
    shown = "".join(char if char.isprintable() else "?" for char in text)
    if most is None or len(shown) <= most:
        return shown
    return f"{shown[: most // 2]}…{shown[len(shown) - most // 2 + 1 :]}"


def no_formula(value: object) -> object:
    """Return a value that no spreadsheet takes for a formula; a number stays a number.

    Examples
    --------
    >>> no_formula("=1+1"), no_formula('"＋1'), no_formula("Ann"), no_formula(-1.5)
    ("'=1+1", '\\'"＋1', 'Ann', -1.5)
    """
    if isinstance(value, str) and _FORMULA.match(unicodedata.normalize("NFKC", value[:_MOST])):
        return f"'{value}"
    return value


def with_formula(value: str) -> str:
    """Return a text as it was before :func:`no_formula`.

    Examples
    --------
    >>> with_formula("'=1+1"), with_formula("'Ann'")
    ('=1+1', "'Ann'")
    """
    bare = value.removeprefix("'")
    return bare if no_formula(bare) == value else value
