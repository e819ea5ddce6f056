"""A class marked by nbgrader and by ours in turn: ``python -m benchmarks.grading [--students 200]``.

The class is made of the exercises' own right and wrong answers.  Each program begins with the same gradebook
and an empty cache, and the rows of both gradebooks are compared.  ``--otter PYTHON`` has the same class
marked by otter-grader too, with a Python in which ``pip install otter-grader ipykernel .`` was run.
``--many 5000`` marks one large class with ours alone, and then once more unchanged.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil
from nbgrader.api import Gradebook

from helpers.grading.demo import hand_out, make_class, make_course

REPOSITORY = Path(__file__).parents[1]
ASSIGNMENT = "deng-1962"
PROGRAMS = Path(sys.executable).parent
MB = 1_000_000


class Watch(threading.Thread):
    """Notes the largest memory of a process and those that it started, as the sum of what is theirs alone."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.peak, self._own, self._done = 0, psutil.Process(pid), threading.Event()
        self.start()

    def run(self):
        while not self._done.wait(3):
            total = 0
            for process in [self._own, *self._children()]:
                try:
                    total += process.memory_full_info().uss
                except psutil.Error:
                    continue  # it has just ended
            self.peak = max(self.peak, total)

    def _children(self):
        try:
            return self._own.children(recursive=True)
        except psutil.Error:
            return []

    def stop(self) -> float:
        self._done.set()
        self.join()
        return self.peak / MB


def seconds(folder: Path, *command: str, watched: bool = False) -> tuple[float, float]:
    """Return how long a program took, and when watched, the most memory in MB; watching takes time itself."""
    env = os.environ | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    begun = time.monotonic()
    process = subprocess.Popen(
        command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    watch = Watch(process.pid) if watched else None
    if process.wait():
        sys.exit(f"{' '.join(command)} failed in {folder}.")
    return time.monotonic() - begun, watch.stop() if watch else 0


def rows(folder: Path) -> dict:
    """Return every score and comment of the gradebook."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        found = {}
        for submission in gradebook.assignment_submissions(ASSIGNMENT):
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    found[submission.student.id, grade.name] = (grade.auto_score, grade.needs_manual_grade)
                for comment in notebook.comments:
                    found[submission.student.id, "comment", comment.name] = comment.auto_comment
    return found


def new_class(folder: Path, n: int) -> Path:
    """Return a course with a class of `n` that was not marked yet."""
    course = make_course(REPOSITORY, folder)
    hand_out(course, ASSIGNMENT)
    make_class(course, ASSIGNMENT, REPOSITORY, n=n, odd=False, seed=1962)
    return course.folder


def compare(place: Path, n: int, pairs: int, otter: str) -> None:
    fresh = new_class(place / "fresh", n)
    ratios = []
    print(f"{ASSIGNMENT}, a class of {n}")
    print(f"{'pair':6}{'nbgrader':>12}{'coursework':>12}{'ratio':>8}{'a minute':>10}{'rows':>8}  equal")
    for pair in range(1, pairs + 1):
        stock, ours = place / "stock", place / "ours"
        for folder in (stock, ours):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(fresh, folder)
        slow, _ = seconds(stock, "nbgrader", "autograde", ASSIGNMENT)
        fast, _ = seconds(ours, "coursework", "autograde", ASSIGNMENT, "--json")
        ratios.append(slow / fast)
        same, all_rows = rows(stock) == rows(ours), len(rows(ours))
        times = f"{slow:10.1f} s{fast:10.1f} s{slow / fast:8.1f}{60 * n / fast:10.0f}"
        print(f"{pair:<6}{times}{all_rows:8}  {same}", flush=True)
    print(f"median ratio {statistics.median(ratios):.1f}")
    again, _ = seconds(ours, "coursework", "autograde", ASSIGNMENT, "--json")
    print(f"marked again, unchanged: {again:.1f} s")
    if otter:
        command = [otter, "-m", "benchmarks.otter", fresh, ASSIGNMENT]
        said = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, check=True).stdout
        spent = float(said.splitlines()[-1])
        print(f"otter-grader: {spent:.1f} s, {60 * n / spent:.0f} a minute", flush=True)


def mark_many(place: Path, n: int) -> None:
    for size in (n // 10, n):
        folder = new_class(place / f"many-{size}", size)
        spent, peak = seconds(folder, "coursework", "autograde", ASSIGNMENT, "--json", watched=True)
        again, _ = seconds(folder, "coursework", "autograde", ASSIGNMENT, "--json")
        print(f"{size:6} submissions: {spent:.0f} s, {60 * size / spent:.0f} a minute, {peak:.0f} MB; "
              f"unchanged {again:.1f} s", flush=True)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--many", type=int, default=0)
    parser.add_argument("--otter", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if asked.many:
            mark_many(Path(place), asked.many)
        else:
            compare(Path(place), asked.students, asked.pairs, asked.otter)


if __name__ == "__main__":
    main()
