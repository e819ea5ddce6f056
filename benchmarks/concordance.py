"""Keyword in context: ours and its peers over one million words: ``python -m benchmarks.concordance``.

The peers are nltk's ConcordanceIndex, textacy's keyword_in_context and `str.contains` of pandas.
The first two are in ``benchmarks/requirements.txt`` (``pip install -r``); without them the others run alone.
Every peer must find as many lines as ours before it is timed.  Words are drawn by how often they occur, as an
index is fast for other reasons than a scan: frequent (over 500 times), middling (20 to 500), rare and once.
"""

import argparse
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable

import pandas as pd
import psutil

from benchmarks.invented import Inventor
from helpers import concordance, index_words

MB = 1_000_000
BANDS = {"frequent": (501, 10**9), "middling": (20, 500), "rare": (2, 19), "once": (1, 1)}
FEW = 5  # questions to a peer that scans


def invent(n_words: int) -> pd.DataFrame:
    """Return paragraphs of `n_words` words in all."""
    texts = list(Inventor(1963).paragraphs(n_words))
    return pd.DataFrame({"paragraph_id": [f"talk-1963-p{i:05}" for i in range(len(texts))], "text": texts})


def draw(texts: list[str], n: int) -> dict[str, list[str]]:
    """Return `n` words of each band."""
    counts = Counter(word for text in texts for word in re.findall(r"[a-z]+", text.lower()))
    chance, words = random.Random(1962), sorted(counts)
    return {
        name: chance.sample([word for word in words if low <= counts[word] <= high], n)
        for name, (low, high) in BANDS.items()
    }


def measure(find: Callable[[str], int], words: list[str]) -> float:
    """Return the median milliseconds of one question, after one that is not counted."""
    find(words[0])
    taken = []
    for word in words:
        start = time.perf_counter()
        find(word)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def with_memory(make: Callable[[], object], name: str) -> object:
    """Return what is made, and print the seconds and the memory that it took."""
    before, start = psutil.Process().memory_info().rss, time.perf_counter()
    made = make()
    seconds, grown = time.perf_counter() - start, psutil.Process().memory_info().rss - before
    print(f"{name}: {seconds:.2f} s, {grown / MB:.0f} MB")
    return made


def peers(frame: pd.DataFrame) -> dict[str, tuple[Callable[[str], int], bool]]:
    """Return, by name, how each peer counts the lines of a word, and whether it has an index."""
    texts = frame["text"].to_list()
    found = {"pandas str.contains": (lambda word: _contains(frame, word), False)}
    try:
        from nltk import ConcordanceIndex

        tokens = re.findall(r"\w+|[^\w\s]+", " ".join(texts))
        index = with_memory(lambda: ConcordanceIndex(tokens, key=str.lower), "index of nltk")
        found["nltk ConcordanceIndex"] = (lambda word: len(index.find_concordance(word, width=120)), True)
    except ImportError:
        print("nltk is not here: pip install -r benchmarks/requirements.txt")
    try:
        from textacy.extract.kwic import keyword_in_context

        whole = "\n".join(texts)
        found["textacy keyword_in_context"] = (
            lambda word: sum(1 for _ in keyword_in_context(whole, rf"\b{word}\b", window_width=60)),
            False,
        )
    except ImportError:
        print("textacy is not here: pip install -r benchmarks/requirements.txt")
    return found


def _contains(frame: pd.DataFrame, word: str) -> int:
    """Return the number of lines that a first attempt with pandas gives."""
    rows = frame[frame["text"].str.contains(rf"\b{word}\b", case=False, regex=True)]
    pattern = re.compile(rf"(.{{0,60}})\b({word})\b(.{{0,60}})", re.IGNORECASE)
    return sum(len(pattern.findall(text)) or 1 for text in rows["text"])


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.concordance", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--tokens", type=int, default=1_000_000, metavar="N", help="words (1,000,000)")
    parser.add_argument("--words", type=int, default=40, metavar="N", help="words asked of each band (40)")
    chosen = parser.parse_args()
    frame = invent(chosen.tokens)
    words = draw(frame["text"].to_list(), chosen.words)
    print(f"{chosen.tokens:,} words, {len(frame):,} paragraphs, {chosen.words} questions of each band")
    index = with_memory(lambda: index_words(frame), "index of ours")
    others = peers(frame)
    for name, (find, is_indexed) in others.items():
        for word in [w for band in words.values() for w in band[: FEW if not is_indexed else None]]:
            ours, theirs = len(concordance(word, paragraphs=index)), find(word)
            # A scan by regular expression that takes its context along misses what the context swallowed.
            if theirs > ours or (is_indexed and theirs != ours):
                raise SystemExit(f"ours and {name} differ: {word!r} {ours} {theirs}")
    print(f"\n{'median ms of one question':30}{''.join(f'{band:>18}' for band in words)}")
    ours = {
        band: measure(lambda w: len(concordance(w, paragraphs=index)), own) for band, own in words.items()
    }
    print(f"{'ours, indexed':30}{''.join(f'{ms:18.3f}' for ms in ours.values())}")
    fastest = dict.fromkeys(words, float("inf"))
    for name, (find, is_indexed) in others.items():
        cells = []
        for band, own in words.items():
            ms = measure(find, own if is_indexed else own[:FEW])
            fastest[band] = min(fastest[band], ms)
            cells.append(f"{ms:.3f} ({ms / ours[band]:.1f}x)")
        print(f"{name:30}{''.join(f'{cell:>18}' for cell in cells)}")
    print("\nours is so many times as fast as the fastest peer: ", end="")
    print(", ".join(f"{fastest[band] / ours[band]:.1f} ({band})" for band in words))


if __name__ == "__main__":
    main()
