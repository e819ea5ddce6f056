"""Marking on this machine: threads that wait while forked processes do the work."""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice

from helpers.coursework.isolation import bytecode
from helpers.coursework.isolation.budgets import MEMORY
from helpers.coursework.marking import task
from helpers.coursework.marking.spec import Spec
from helpers.coursework.submission import Options, Submission
from helpers.limits import available_memory, count_cores


def count_jobs() -> int:
    """Return how many submissions fit on this machine at a time, given its cores and its memory."""
    memory = available_memory()
    return count_cores() if memory is None else max(min(count_cores(), memory // MEMORY), 1)


class Threads:
    """Threads of this process, which wait while forked processes do the work."""

    def __init__(self, jobs: int):
        self._jobs = jobs
        self._executor = ThreadPoolExecutor(jobs)

    def __enter__(self) -> "Threads":
        return self

    def __exit__(self, *_exception) -> None:
        bytecode.compile_missing(task.close_fork_servers())
        self._executor.shutdown(cancel_futures=True)

    def map(self, submissions: Iterator[Submission], spec: Spec, options: Options):
        """Yield (submission, marked, problem) as they finish; only a few are in progress at a time."""
        running: dict[Future, Submission] = {}
        while True:
            for submission in islice(submissions, max(2 * self._jobs - len(running), 0)):
                running[self._executor.submit(task.assess, submission, spec, options)] = submission
            if not running:
                return
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                yield running.pop(future), *task.result_of(future)
