"""Make texts comparable as the matching contract requires, with a map back to the original.

Two texts are compared after Unicode NFKC, with quotation marks, dashes, runs of white space and letter case
made equal and soft hyphens and other invisible characters dropped.  All other differences count.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

# Quotation marks, apostrophes and the accents that keyboards offer in their place.
_QUOTES = dict.fromkeys("\"'`´‘’‚‛“”„‟‹›«»′″‴ʹʺʻʼˈ＂＇「」『』", "'")
_DASHES = dict.fromkeys([chr(c) for c in range(0x2010, 0x2016)] + list("-−﹘﹣－⁃֊᐀᠆⸗⸚⸺⸻〜〰゠"), "-")
_EQUAL = _QUOTES | _DASHES
# Words may contain apostrophes and hyphens: won't, forty-three.
_JOINERS = "'-"
# Characters that each give one character; white space at the ends of a text and in runs needs more.
_OTHER_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f"
_SIMPLE = str.maketrans(_EQUAL | dict.fromkeys(_OTHER_SPACES + "\u00a0\u2007\u202f\u2009", " "))
_RUN = re.compile(r"  |--|^ | $")
# Unicode's Default_Ignorable_Code_Point: variation selectors, joiners, fillers; no font draws them.
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


class Comparable(NamedTuple):
    """A comparable text; character ``i`` comes from ``original[starts[i]:ends[i]]``."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text from which ``text[start:end]`` was made."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]


def compare(text: str) -> Comparable:
    """Return `text` as the matching contract compares it, with offsets back into `text`.

    Examples
    --------
    >>> compare("The  “German\u00a0issue”").text
    "the 'german issue'"
    """
    plain = _compare_simple(text)
    if plain:
        return plain
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for char in _fold(text[start:end]):
            if chars and char == chars[-1] and char in " -":
                ends[-1] = end  # a run of white space, or the two hyphens that a keyboard makes of a dash
            elif chars or char != " ":
                chars.append(char)
                starts.append(start)
                ends.append(end)
    if chars and chars[-1] == " ":
        del chars[-1], starts[-1], ends[-1]
    return Comparable("".join(chars), starts, ends)


def comparable(text: str) -> str:
    """Return only the text of :func:`compare`; texts that differ only in form give the same string."""
    plain = _fold_simple(text)
    return compare(text).text if plain is None else plain


def is_boundary(text: str, at: int) -> bool:
    """Say whether a word may begin or end at offset `at` of a comparable text.

    Examples
    --------
    >>> is_boundary("the sky won't", 4), is_boundary("the sky won't", 11), is_boundary("the parties' x", 11)
    (True, False, True)
    """
    before, after = text[:at][-2:], text[at:][:2]
    if not before or not after:
        return True
    if before[-1].isalnum():
        return not (after[0].isalnum() or (after[0] in _JOINERS and after[1:].isalnum()))
    if before[-1] in _JOINERS and before[:-1].isalnum():
        return not after[0].isalnum()
    return True


def words(text: str) -> list[str]:
    """Return the words of a text, split at white space, as in every count of this package."""
    return text.split()


def count_words(text: str) -> int:
    """Return the number of :func:`words`, without splitting a text that has only single spaces.

    Examples
    --------
    >>> count_words("They met."), count_words(" They \\t met. "), count_words(" ")
    (2, 2, 0)
    """
    if not text.isascii() or "  " in text or any(map(text.__contains__, _OTHER_SPACES)):
        return len(words(text))
    text = text.strip(" ")
    return text.count(" ") + 1 if text else 0


def bare(word: str) -> str:
    """Return a word in comparable form, without the punctuation around it.

    Examples
    --------
    >>> bare('(“Unity,”')
    'unity'
    """
    return re.sub(r"^\W+|\W+$", "", comparable(word))


def _compare_simple(text: str) -> Comparable | None:
    """Return a comparable text if each character gives one, or None; this is the fast, common case."""
    plain = _fold_simple(text)
    if plain is None:
        return None
    return Comparable(plain, list(range(len(plain))), list(range(1, len(plain) + 1)))


def _fold_simple(text: str) -> str | None:
    """Return a comparable text, or None if a character is dropped, expanded or composed."""
    folded = text.translate(_SIMPLE)
    if not folded.isascii() or _RUN.search(folded):
        return None
    return folded.lower()


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield spans of a character and the marks and invisible characters after it, for NFKC to compose."""
    at = [
        i
        for i, char in enumerate(text)
        if i == 0 or not (unicodedata.combining(char) or "\u1160" <= char <= "\u11ff" or _is_invisible(char))
    ]
    yield from pairwise([*at, len(text)])


def _is_invisible(char: str) -> bool:
    return char >= "\xad" and bool(_IGNORABLE.match(char) or unicodedata.category(char) == "Cf")


def _fold(cluster: str) -> str:
    """Return one cluster in comparable form; it may become several characters, or none."""
    cluster = "".join(char for char in cluster if not _is_invisible(char))
    if cluster not in _EQUAL:  # before NFKC, which makes an acute accent a space and a mark
        cluster = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    return "".join(_EQUAL.get(char, " " if char.isspace() else char) for char in cluster)
