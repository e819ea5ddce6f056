"""Text from students and files: words, and what is harmless for terminals and spreadsheets."""

import re
import unicodedata

BOM = "\ufeff"
"""Begins a csv file for people: without it, Excel assumes another encoding and shows José as JosÃ©."""

ANSI = re.compile(r"\x1b\[[0-9;]*m")
"""The codes for colors, such as those of a traceback."""

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")
"""A word; Chinese, Japanese and Korean are counted and compared by the character."""

_MOST = 160
# OWASP, "CSV Injection": text that a spreadsheet takes for a formula, even after quotation marks and spaces.
_FORMULA = re.compile(r"[\s\"'\u2018\u2019\u201c\u201d\ufeff\u200b]*[=+\-@]|[\t\r\n]")


def printable(text: str, *, most: int | None = _MOST) -> str:
    """Return a text that fits on a line and cannot control a terminal.

    Parameters
    ----------
    most
        The most characters; a longer text is cut in the middle.  None for no limit.

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
    """Return a value that no spreadsheet takes for a formula; numbers stay numbers.

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
