"""A folder of transcriptions read by ours and by a plain loop: ``python -m benchmarks.corpus [--full]``.

Each reading runs in a fresh process, so that its memory is its own.  The plain loop opens, splits at blank
lines and counts words; it knows no field, no page break, no header, and stops at the first bad file.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pandas as pd
import psutil

from benchmarks.invented import write_transcriptions
from helpers import read_corpus

MB = 1_000_000
PEERS = {"plain loop": "peer", "ours, one process": "1", "ours, every core": str(os.cpu_count())}


def read_plainly(folder: Path) -> pd.DataFrame:
    """Return the blocks of every file, as a first attempt would have it."""
    rows = []
    for path in sorted(folder.rglob("*.txt")):
        with open(path, encoding="utf-8") as file:
            blocks = file.read().split("\n\n")
        rows += [(path.stem, n, block, len(block.split())) for n, block in enumerate(blocks, 1)]
    return pd.DataFrame(rows, columns=["document_id", "n", "text", "n_words"])


class Watch(threading.Thread):
    """Notes the largest memory that this process and those it started have together."""

    def __init__(self):
        super().__init__(daemon=True)
        self.base = self.peak = psutil.Process().memory_info().rss
        self._done = threading.Event()

    def run(self):
        own = psutil.Process()
        while not self._done.wait(0.02):
            total = own.memory_info().rss
            for child in own.children(recursive=True):
                try:
                    total += child.memory_info().rss
                except psutil.Error:
                    continue  # it has just ended
            self.peak = max(self.peak, total)

    def stop(self):
        self._done.set()
        self.join()


def measure(folder: Path, how: str) -> dict[str, float]:
    """Return seconds (by the clock and of the processor), documents, and memory before and at its height."""
    watch = Watch()
    watch.start()
    start, worked = time.perf_counter(), time.process_time()
    if how == "peer":
        n_documents = read_plainly(folder)["document_id"].nunique()
    else:
        n_documents = len(read_corpus(folder, jobs=int(how), progress=False).documents)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    watch.stop()
    return {
        "seconds": seconds,
        "worked": worked,
        "documents": n_documents,
        "base": watch.base,
        "peak": watch.peak,
    }


def compare(n_files: int) -> None:
    """Make `n_files` transcriptions, read them each way, and print a table."""
    with tempfile.TemporaryDirectory() as place:
        size = write_transcriptions(Path(place), n_files)
        print(f"\n{n_files:,} files, {size / MB:,.1f} MB, {size / n_files / 1000:.1f} kB each")
        print(
            f"{'':20}{'seconds':>9}{'MB/s':>8}{'MB/s of processor':>20}{'peak MB':>10}{'growth / text':>15}"
        )
        rates = {}
        for name, how in PEERS.items():
            command = [sys.executable, "-m", "benchmarks.corpus", "--measure", place, how]
            ran = subprocess.run(command, capture_output=True, text=True, check=True)
            got = json.loads(ran.stdout)
            if got["documents"] != n_files:
                sys.exit(f"{name} gave {got['documents']} of {n_files} documents.")
            rates[name] = size / MB / got["seconds"]
            alone = f"{size / MB / got['worked']:.1f}" if how in ("peer", "1") else ""
            growth = (got["peak"] - got["base"]) / size
            clock, memory = (
                f"{got['seconds']:9.2f}{rates[name]:8.1f}{alone:>20}",
                f"{got['peak'] / MB:10,.0f}",
            )
            print(f"{name:20}{clock}{memory}{growth:15.2f}")
        plain, alone, together = rates.values()
        print(f"ours / plain loop: {alone / plain:.2f} in one process, {together / plain:.2f} in all")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--files", type=int, metavar="N", help="only so many files, instead of 1,000 and 10,000"
    )
    parser.add_argument("--full", action="store_true", help="100,000 files too (about a gigabyte on disk)")
    parser.add_argument("--measure", nargs=2, metavar=("FOLDER", "HOW"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        gc.collect()
        print(json.dumps(measure(Path(chosen.measure[0]), chosen.measure[1])))
        return
    sizes = [chosen.files] if chosen.files else [1_000, 10_000]
    for n_files in sizes + ([100_000] if chosen.full else []):
        compare(n_files)


if __name__ == "__main__":
    main()
