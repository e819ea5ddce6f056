"""Invented transcriptions in the archive's layout, the same for the same seed: every word is made here.

The words follow Zipf's law, so that an index has frequent and rare words to deal with; a third of the
documents has typographic quotation marks and dashes, and in half of them a page break cuts a paragraph.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

_COMMON = (
    "the of and to in a that he was on for with his it as by at this had be not which were from is their "
    "would we they our but all said about party letter comrade side question meeting conference central"
).split()
_SYLLABLES = [
    consonant + vowel for consonant in "bcdfghklmnprstvwz" for vowel in ("a", "e", "i", "o", "u", "en")
]
_N_WORDS = 20_000
_SENTENCE_WORDS = 18


class Inventor:
    """Makes texts from a vocabulary of its own.

    Parameters
    ----------
    seed
        The same seed gives the same texts in the same order.
    """

    def __init__(self, seed: int = 1962):
        self._random = np.random.default_rng(seed)
        words = dict.fromkeys(_COMMON)
        while len(words) < _N_WORDS:
            words["".join(self._random.choice(_SYLLABLES, self._random.integers(2, 5)))] = None
        plain = list(words)
        # One column for each place in a sentence: inside, at its beginning, before a comma, at its end.
        forms = [plain, [w.capitalize() for w in plain], [f"{w}," for w in plain], [f"{w}." for w in plain]]
        self._forms = np.array(forms, dtype=object)
        self._cumulative = np.cumsum(1 / np.arange(1, len(plain) + 1))

    def paragraph(self, n_words: int) -> str:
        """Return sentences of `n_words` words in all."""
        drawn = self._random.random(n_words) * self._cumulative[-1]
        place = np.zeros(n_words, dtype=np.intp)
        place[7::11] = 2
        place[::_SENTENCE_WORDS] = 1
        place[_SENTENCE_WORDS - 1 :: _SENTENCE_WORDS] = 3
        place[-1] = 3
        return " ".join(self._forms[place, np.searchsorted(self._cumulative, drawn)])

    def paragraphs(self, n_words: int) -> Iterator[str]:
        """Yield paragraphs of 20 to 180 words, `n_words` in all."""
        while n_words > 0:
            length = min(n_words, int(self._random.integers(20, 181)))
            yield self.paragraph(length)
            n_words -= length

    def transcription(self) -> str:
        """Return one transcription of about 4 to 12 kB."""
        title = " ".join(self.paragraph(9).rstrip(".").split()).title()
        date = f"{self._random.integers(1, 29)} May {self._random.integers(1956, 1970)}"
        body = list(self.paragraphs(int(self._random.integers(590, 1_850))))
        if self._random.random() < 0.5:
            at = int(self._random.integers(len(body)))
            words = body[at].split(" ")
            half = len(words) // 2
            body[at] = " ".join(words[:half]).rstrip(".,") + " of the"
            body.insert(at + 1, " ".join(words[half:]).lower())
        if self._random.random() < 0.3:
            body = [text.replace(". ", ".” – “", 1).replace(",", "’s,", 1) for text in body]
        head = [date, title, "Citation:"]
        head += [
            f'"{title}", {date}, Wilson Center Digital Archive, AVP RF, f. 0100, op. 46, d. 12, ll. 1-4.'
        ]
        head[-1] += f" Translated by {self.paragraph(2).rstrip('.').title()}. https://example.org/document/1"
        head += ["Summary:", self.paragraph(25), "Original Language:", "Russian", "Contents:"]
        head += ["Translation - English", "TOP SECRET", "Copy No. 1", "RECORD OF CONVERSATION"]
        return "\n\n".join([*head, *body, "AMBASSADOR OF THE USSR", "S. BAT"]) + "\n"


def write_transcriptions(folder: Path, n_files: int, *, seed: int = 1962) -> int:
    """Write `n_files` transcriptions below `folder`, a thousand in each subfolder; return their bytes."""
    inventor, size = Inventor(seed), 0
    for i in range(n_files):
        place = folder / f"{i // 1000:03}"
        if i % 1000 == 0:
            place.mkdir(parents=True, exist_ok=True)
        content = inventor.transcription().encode("utf-8")
        (place / f"talk-{i:06}.txt").write_bytes(content)
        size += len(content)
    return size
