"""Quotations looked up by ours and searched for by the peers: ``python -m benchmarks.quotations``.

Every side answers the same questions, in turn: in which paragraphs do these words stand?  Ours forgives what
the matching contract forgives and returns the passages; ``str.contains`` and ``in`` know one exact form.
"""

import argparse
import random
import re
import statistics
import time
from collections.abc import Callable

import pandas as pd
import psutil
from rapidfuzz import fuzz, process

from benchmarks.invented import Inventor
from helpers import find_quotation, index_paragraphs

MB = 1_000_000
FEW = 10  # questions to a side that takes long


def invent(n_tokens: int) -> pd.DataFrame:
    """Return paragraphs of `n_tokens` words in all, fifteen to a document."""
    texts = list(Inventor().paragraphs(n_tokens))
    ids = [(f"talk-{i // 15:05}", f"talk-{i // 15:05}-p{i % 15 + 1:02}") for i in range(len(texts))]
    return pd.DataFrame(ids, columns=["document_id", "paragraph_id"]).assign(text=texts)


def quote(texts: list[str], n: int) -> list[str]:
    """Return `n` quotations of three to twelve words."""
    chance, quotations = random.Random(1963), []
    while len(quotations) < n:
        words = chance.choice(texts).split()
        length = chance.randint(3, 12)
        if len(words) > length:
            start = chance.randrange(len(words) - length)
            quotations.append(" ".join(words[start : start + length]))
    return quotations


def median(find: Callable[[str], object], quotations: list[str]) -> float:
    """Return the median seconds of one question, after one that is not counted."""
    find(quotations[0])
    taken = []
    for quotation in quotations:
        start = time.perf_counter()
        find(quotation)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quotations", description=__doc__.splitlines()[0]
    )
    parser.add_argument(
        "--tokens", type=int, default=1_000_000, metavar="N", help="words to look in (1,000,000)"
    )
    parser.add_argument("--quotations", type=int, default=200, metavar="N", help="questions (200)")
    chosen = parser.parse_args()
    frame = invent(chosen.tokens)
    texts = frame["text"].to_list()
    quotations = quote(texts, chosen.quotations)
    print(f"{chosen.tokens:,} tokens, {len(frame):,} paragraphs, {len(quotations)} quotations")

    before, start = psutil.Process().memory_info().rss, time.perf_counter()
    index = index_paragraphs(frame)
    seconds, grown = time.perf_counter() - start, psutil.Process().memory_info().rss - before
    size = sum(map(len, texts))
    print(f"index: {seconds:.2f} s, {grown / MB:.0f} MB ({grown / size:.1f} times the text)\n")

    def contains(quotation: str) -> pd.DataFrame:
        return frame[frame["text"].str.contains(quotation, regex=False)]

    def regex(quotation: str) -> list[int]:
        pattern = re.compile(r"\b" + r"\s+".join(map(re.escape, quotation.split())), re.IGNORECASE)
        return [i for i, text in enumerate(texts) if pattern.search(text)]

    def fuzzy(quotation: str) -> list[tuple]:
        return process.extract(quotation, texts, scorer=fuzz.partial_ratio, score_cutoff=99, limit=None)

    for quotation in quotations:
        own = set(find_quotation(quotation, paragraphs=index)["paragraph_id"])
        if not own or (missed := own ^ set(frame["paragraph_id"].iloc[regex(quotation)])) & own:
            raise SystemExit(f"ours and the regular expression differ: {quotation!r} {missed}")

    ours = median(lambda q: find_quotation(q, paragraphs=index), quotations)
    sides = {
        "pandas str.contains": median(contains, quotations),
        "regular expression scan": median(regex, quotations[:FEW]),
        "rapidfuzz partial_ratio scan": median(fuzzy, quotations[:FEW]),
    }
    others = {
        "ours, a bare frame each time": median(lambda q: find_quotation(q, paragraphs=frame), quotations),
        "Python's in, a bare loop": median(
            lambda q: [i for i, text in enumerate(texts) if q in text], quotations
        ),
    }
    print(f"{'median of one question':32}{'ms':>10}{'ratio to ours':>16}")
    for name, taken in {"ours, indexed": ours, **sides, **others}.items():
        print(f"{name:32}{taken * 1000:10.3f}{taken / ours:16.1f}")
    fastest = min(sides, key=sides.get)
    print(f"\nours is {sides[fastest] / ours:.1f} times as fast as the fastest peer, {fastest}")


if __name__ == "__main__":
    main()
