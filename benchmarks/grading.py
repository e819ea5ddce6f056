"""A class marked by nbgrader and by ours in turn: ``python -m benchmarks.grading [--many 5000]``.

It prints each goal beside what was measured.  The class is made of the exercises' own right and wrong
answers.  Each program begins with the same gradebook and an empty cache, and the rows of both gradebooks are
compared.  Both find every module compiled, as pip leaves them, whatever this environment says.

nbgrader marks one student after the other, so it marks a sample: the seconds for two and for more give those
for one and those before the first, and so those for a class.  ``--whole`` has it mark the whole class.

``--otter PYTHON`` has the same class marked by otter-grader too, with a Python in which ``pip install
otter-grader ipykernel .`` was run.  ``--many 5000`` marks one large class with ours alone, and a tenth of it
before, and each once more unchanged.
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
from contextlib import suppress
from pathlib import Path

import psutil

from benchmarks.courses import ENVIRONMENT, rows
from helpers.authoring.demo import hand_out, make_class, make_course

REPOSITORY = Path(__file__).parents[1]
ASSIGNMENT = "deng-1962"
MB = 1_000_000
STOCK = ("nbgrader", "autograde", ASSIGNMENT)
OURS = ("coursework", "autograde", ASSIGNMENT, "--json")
GOALS = {60: 15, 200: 20}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)


class Watch(threading.Thread):
    """Notes the largest memory in MB of a process, alone and with those that it started."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.own = self.all = 0.0
        self._process, self._done = psutil.Process(pid), threading.Event()
        self.start()

    def run(self):
        while not self._done.wait(3):
            with suppress(psutil.Error):  # it has just ended
                own, *others = map(_memory, [self._process, *self._process.children(recursive=True)])
                self.own, self.all = max(self.own, own), max(self.all, own + sum(others))

    def stop(self) -> "Watch":
        self._done.set()
        self.join()
        return self


def _memory(process: psutil.Process) -> float:
    with suppress(psutil.Error):
        return process.memory_full_info().uss / MB
    return 0.0


def start(folder: Path, *command: str) -> subprocess.Popen:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, **quiet)


def seconds(folder: Path, *command: str) -> float:
    """Return how long a program took."""
    begun = time.monotonic()
    if start(folder, *command).wait():
        sys.exit(f"{' '.join(command)} failed in {folder}.")
    return time.monotonic() - begun


def seconds_before_first(folder: Path, *, more_than: int) -> float:
    """Return how long our program took until so many notebooks and one more were marked; then end it."""
    begun = time.monotonic()
    process = start(folder, *OURS)
    while sum(1 for _ in folder.glob(".coursework/marked/*/*.json")) <= more_than:
        if process.poll() is not None:
            sys.exit(f"Nobody was marked in {folder}.")
        time.sleep(0.01)
    spent = time.monotonic() - begun
    process.kill()
    process.wait()
    return spent


def new_class(folder: Path, n: int) -> Path:
    """Return a course with a class of `n` that was not marked yet."""
    course = make_course(REPOSITORY, folder)
    hand_out(course, ASSIGNMENT)
    make_class(course, ASSIGNMENT, REPOSITORY, n=n, odd=False, seed=1962)
    return course.folder


def copy(fresh: Path, name: str) -> Path:
    """Return a copy of a course, in the place of the last one of this name."""
    folder = fresh.with_name(name)
    shutil.rmtree(folder, ignore_errors=True)
    return shutil.copytree(fresh, folder)


def stock_seconds(fresh: dict[int, Path], n: int, sample: int) -> float:
    """Return how long nbgrader takes for a class, from what it takes for two students and for a sample."""
    many = seconds(copy(fresh[sample], f"stock-{sample}"), *STOCK)
    if n == sample:
        return many
    few = seconds(copy(fresh[2], "stock-2"), *STOCK)
    return few + (n - 2) * (many - few) / (sample - 2)


def compare(place: Path, sizes: list[int], pairs: int, sample: int) -> list[tuple[str, str, str]]:
    """Mark classes of some sizes by both; return lines of goal and measure."""
    fresh = {k: new_class(place / f"fresh-{k}", k) for k in {2, sample, *sizes}}
    for command in (STOCK, OURS):  # so that everything is compiled
        seconds(copy(fresh[2], "warm"), *command)
    found = []
    for n in sizes:
        ratios, goal = [], GOALS.get(n)
        print(f"{ASSIGNMENT}, a class of {n}; nbgrader's time from {min(sample, n)} students")
        print(f"{'pair':6}{'nbgrader':>12}{'coursework':>12}{'ratio':>8}{'a minute':>10}{'rows':>8}  equal")
        for pair in range(1, pairs + 1):
            ours = copy(fresh[n], "ours")
            fast = seconds(ours, *OURS)
            slow = stock_seconds(fresh, n, min(n, sample))
            stock = rows(place / f"stock-{min(n, sample)}", ASSIGNMENT)
            same = {key: value for key, value in rows(ours, ASSIGNMENT).items() if key in stock}
            ratios.append(slow / fast)
            times = f"{slow:10.1f} s{fast:10.1f} s{slow / fast:8.1f}{60 * n / fast:10.0f}"
            print(f"{pair:<6}{times}{len(same):8}  {same == stock}", flush=True)
        told = f"at least {goal} times nbgrader" if goal else ""
        found.append((f"{n} students", told, f"{statistics.median(ratios):.1f} times"))
    again = statistics.median(seconds(ours, *OURS) for _ in range(pairs))
    found.append((f"{n} students, unchanged", "under 2 s", f"{again:.1f} s"))
    cold = [seconds_before_first(copy(fresh[n], "first"), more_than=1) for _ in range(pairs)]
    warm = []
    for _ in range(pairs):
        known = copy(fresh[2], "first")
        seconds(known, *OURS)
        n_before = sum(1 for _ in known.glob(".coursework/marked/*/*.json"))
        shutil.copytree(fresh[sample] / f"submitted/student-{sample:04}", known / "submitted/new")
        warm.append(seconds_before_first(known, more_than=n_before))
    for called, times in (("nothing kept", cold), ("rehearsal kept", warm)):
        line = f"before the first student is marked, {called}"
        found.append((line, "at most 4 s", f"{statistics.median(times):.1f} s"))
    return found


def mark_with_otter(folder: Path, n: int, otter: str) -> None:
    command = [otter, "-m", "benchmarks.otter", folder, ASSIGNMENT]
    said = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, check=True).stdout
    spent = float(said.splitlines()[-1])
    print(f"otter-grader: {spent:.1f} s, {60 * n / spent:.0f} a minute", flush=True)


def mark_many(place: Path, n: int) -> list[tuple[str, str, str]]:
    """Mark a tenth of a large class and all of it; return lines of goal and measure."""
    found, times = [], []
    for size in (n // 10, n):
        folder = new_class(place / f"many-{size}", size)
        begun = time.monotonic()
        process = start(folder, *OURS)
        watch = Watch(process.pid)
        if process.wait():
            sys.exit(f"Some of {size} could not be marked.")
        times.append(time.monotonic() - begun)
        watch.stop()
        again = seconds(folder, *OURS)
        memory = f"the grader {watch.own:.0f} MB, with all its processes {watch.all:.0f} MB"
        speed = f"{times[-1]:.0f} s, {60 * size / times[-1]:.0f} a minute"
        print(f"{size:6} students: {speed}; {memory}; unchanged {again:.1f} s", flush=True)
        found.append((f"{size:,} students, the grader", "under 1,000 MB", f"{watch.own:.0f} MB"))
    linear = f"{times[1] / times[0]:.1f} times as long"
    return [*found, (f"{n:,} students after {n // 10:,}", "10 times as long", linear)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--students", type=int, nargs="+", default=[60, 200])
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--sample", type=int, default=12)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--many", type=int, default=0)
    parser.add_argument("--otter", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        ENVIRONMENT["PYTHONPYCACHEPREFIX"] = f"{name}/compiled"
        sample = max(asked.students) if asked.whole else asked.sample
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        found = compare(place, asked.students, asked.pairs, sample)
        if asked.otter:
            mark_with_otter(place / f"fresh-{asked.students[-1]}", asked.students[-1], asked.otter)
        found += mark_many(place, asked.many) if asked.many else []
        for what, goal, measured in found:
            print(f"{what:52}{goal:30}{measured}")
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
