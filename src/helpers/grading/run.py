"""A class marked: what is not marked yet, or has changed, in parallel, and each result recorded as it comes.

A run may be stopped at any moment.  The next one marks what is not recorded, and repeats nothing: a
submission whose files, plan and environment are those of the last time is passed over, and one that was
marked but not recorded is taken from the cache.
"""

import hashlib
import json
import os
import sysconfig
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from helpers import catalogue
from helpers.grading import sandbox
from helpers.grading.assess import MarkedNotebook, Options, Submission, assess, close_rooms, settle, tidying
from helpers.grading.course import Course, CourseError
from helpers.grading.inert import is_inert
from helpers.grading.plan import Plan, read_plan
from helpers.grading.record import Recorder, write_file, write_folder

_BATCH = 20
"""So many students are recorded at a time; a stop loses no more than their recording."""


@dataclass
class Outcome:
    """What came of marking a class.

    Attributes
    ----------
    assignment
        Its name.
    marked, reused, unchanged
        Students whose work ran now, was taken from the cache, or was recorded before as it is.
    unread
        Students of whom a notebook could not be read, with the reason: they have zero points.
    failed
        Students who could not be marked at all, with the reason: nothing was recorded of them.
    remarks
        What had to be put right in a student's notebooks.
    seconds
        How long it took.
    """

    assignment: str
    marked: list[str] = field(default_factory=list)
    reused: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, list[str]] = field(default_factory=dict)
    seconds: float = 0.0


class Step(NamedTuple):
    """How far a run has come: students done, of all; and who was the last."""

    done: int
    total: int
    student: str


def autograde(
    course: Course,
    assignment: str,
    *,
    students: Iterable[str] | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    force: bool = False,
    sandboxed: bool = True,
    progress: Callable[[Step], None] = lambda step: None,
) -> Outcome:
    """Mark an assignment of a class and record it in nbgrader's gradebook and in ``autograded/``.

    Parameters
    ----------
    course
        The course.
    assignment
        The name of the assignment, which `nbgrader generate_assignment` has made.
    students
        Whose work; by default everybody's that was handed in.
    jobs
        So many at a time; by default as many as there are cores.
    scheduler
        The address of a Dask scheduler whose workers do it instead, such as ``tcp://10.0.0.5:8786``.
    force
        Whether to run and record again what is recorded and has not changed.
    sandboxed
        Whether submissions run in the sandbox.  Without it they can do whatever you can.
    progress
        Called after each student.

    Returns
    -------
    Outcome

    Raises
    ------
    CourseError
        When there is nothing to mark.
    PlanError
        When the gradebook does not have the assignment.
    SandboxError
        When there can be no sandbox; nothing was run then.
    """
    begun = time.monotonic()
    if sandboxed and not scheduler and (why := sandbox.missing()):
        raise sandbox.SandboxError(why)
    plan = _completed(read_plan(assignment, db_url=course.db_url), course)
    wanted = sorted(students) if students is not None else course.students(assignment)
    if not wanted:
        raise CourseError(
            f"Nobody has handed in {assignment}: {course.path('submitted', '*', assignment)} is empty."
        )
    options = Options(
        timeout=float(course.config.get("Execute", {}).get("timeout", 60)),
        shut_in=sandboxed,
        config=tidying(course.config),
    )
    ledger = _Ledger(course, plan, options)
    outcome = Outcome(assignment)
    with Recorder(course.db_url, course.course_id, assignment, course.config) as recorder:
        _mark_all(course, ledger, recorder, wanted, outcome, force=force, jobs=jobs, scheduler=scheduler,
                  progress=progress)  # fmt: skip
    outcome.seconds = time.monotonic() - begun
    return outcome


def _mark_all(course, ledger, recorder, wanted, outcome, *, force, jobs, scheduler, progress) -> None:
    """Mark the students who are not recorded as they are; record them in batches."""
    waiting: list[tuple[Submission, dict[str, MarkedNotebook]]] = []

    def record() -> None:
        for submission, marked in waiting:
            recorder.record(
                submission.student, marked, course.handed_in(submission.student, outcome.assignment)
            )
        recorder.commit()
        for submission, marked in waiting:
            _write(course, outcome, submission, marked)
            ledger.note(submission)
        waiting.clear()

    todo = (course.submission(student, outcome.assignment) for student in wanted)
    results = _results(todo, ledger, outcome, force=force, jobs=jobs, scheduler=scheduler)
    for done, (submission, marked, kind) in enumerate(results, 1):
        if marked:
            waiting.append((submission, marked))
            if len(waiting) >= _BATCH:
                record()
        if kind:
            getattr(outcome, kind).append(submission.student)
        progress(Step(done, len(wanted), submission.student))
    record()


def _write(
    course: Course, outcome: Outcome, submission: Submission, marked: dict[str, MarkedNotebook]
) -> None:
    """Write a student's autograded folder; note what there is to say."""
    own = course.path("source", ".", outcome.assignment)
    beside = {name: data for name, data in submission.files.items() if not name.endswith(".ipynb")}
    files = {name: data for name, data in beside.items() if is_inert(name) or _is_same(own / name, data)}
    files |= {
        f"{name}.ipynb": one.content.encode() for name, one in marked.items() if one.content is not None
    }
    if any(one.content is not None for one in marked.values()):
        write_folder(course.path("autograded", submission.student, outcome.assignment), files)
    remarks = [remark for one in marked.values() for remark in one.remarks]
    remarks += [
        f"{name} is not in autograded/, for a browser could run it; it is in submitted/."
        for name in sorted(beside.keys() - files.keys())
    ]
    if remarks:
        outcome.remarks[submission.student] = remarks
    unread = [one.remarks[-1] for one in marked.values() if one.content is None]
    if unread:
        outcome.unread[submission.student] = unread[0]


def _is_same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _results(todo: Iterator[Submission], ledger: "_Ledger", outcome: Outcome, *, force, jobs, scheduler):
    """Yield each submission with what it was marked, in the order in which they are done."""

    def pending() -> Iterator[Submission]:
        for submission in todo:
            if not force and ledger.knows(submission):
                ready.append((submission, None, "unchanged"))
            elif not force and (cached := ledger.cached(submission)):
                ready.append((submission, cached, "reused"))
            else:
                yield submission

    ready: list = []
    workers = _dask(scheduler) if scheduler else _Threads(jobs or os.cpu_count() or 1)
    with workers:
        for submission, marked, problem in workers.map(pending(), ledger.plan, ledger.options):
            yield from ready
            ready.clear()
            if problem:
                outcome.failed[submission.student] = problem
                yield submission, None, None
            else:
                ledger.keep(submission, marked)
                yield submission, marked, "marked"
        yield from ready


class _Threads:
    """Threads of this process: they wait for the waiting rooms, in whose forks the work is done."""

    def __init__(self, jobs: int):
        self._jobs = jobs
        self._executor = ThreadPoolExecutor(jobs)

    def __enter__(self) -> "_Threads":
        return self

    def __exit__(self, *_exception) -> None:
        close_rooms()
        self._executor.shutdown(cancel_futures=True)

    def map(self, submissions: Iterator[Submission], plan: Plan, options: Options):
        """Yield (submission, marked, problem) as they are done; few are under way at a time."""
        running: dict[Future, Submission] = {}
        while True:
            for submission in islice(submissions, max(2 * self._jobs - len(running), 0)):
                running[self._executor.submit(assess, submission, plan, options)] = submission
            if not running:
                return
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                yield running.pop(future), *settle(future)


def _dask(address: str):
    try:
        from helpers.grading.cluster import Cluster
    except ImportError:
        raise CourseError(
            "A cluster needs Dask: run `pip install distributed`, here and on its workers."
        ) from None
    return Cluster(address)


class _Ledger:
    """What was marked before, and from which files, plan and environment."""

    def __init__(self, course: Course, plan: Plan, options: Options):
        self.plan, self.options = plan, options
        self._noted = course.own / "recorded" / plan.assignment
        self._cache = course.own / "marked"
        judged = json.dumps([options.timeout, options.shut_in, repr(options.config)])
        self._basis = hashlib.sha256((plan.digest + environment() + judged).encode()).hexdigest()
        self._keys: dict[str, str] = {}

    def key(self, submission: Submission) -> str:
        """Return what changes when the result could change."""
        student = submission.student
        if student not in self._keys:
            digest = hashlib.sha256(self._basis.encode())
            for name, content in sorted(submission.files.items()):
                if name != "timestamp.txt":
                    digest.update(f"{name}\0{len(content)}\0".encode())
                    digest.update(content)
            self._keys[student] = digest.hexdigest()
        return self._keys[student]

    def knows(self, submission: Submission) -> bool:
        """Say whether it is recorded just as it is, handed in at the same time."""
        path = self._noted / submission.student
        return path.is_file() and path.read_text() == self._line(submission)

    def note(self, submission: Submission) -> None:
        """Note that it is recorded."""
        write_file(self._noted / submission.student, self._line(submission))

    def cached(self, submission: Submission) -> dict[str, MarkedNotebook] | None:
        """Return what the same files were marked."""
        path = self._place(submission)
        if not path.is_file():
            return None
        found = json.loads(path.read_text(encoding="utf-8"))
        return {name: MarkedNotebook(**one) for name, one in found.items()}

    def keep(self, submission: Submission, marked: dict[str, MarkedNotebook]) -> None:
        """Keep what it was marked."""
        write_file(self._place(submission), json.dumps({name: asdict(one) for name, one in marked.items()}))

    def _line(self, submission: Submission) -> str:
        return (
            f"{self.key(submission)} {submission.files.get('timestamp.txt', b'').decode('utf-8', 'replace')}"
        )

    def _place(self, submission: Submission) -> Path:
        key = self.key(submission)
        return self._cache / key[:2] / f"{key}.json"


def environment() -> str:
    """Return what changes when the program that marks changes: its packages, this package, its data."""
    digest = hashlib.sha256()
    # The names of these folders hold names and versions; to read what is in them takes longer than to mark.
    for folder in sorted(Path(sysconfig.get_path("purelib")).glob("*.dist-info")):
        digest.update(folder.name.encode())
    folders = [Path(catalogue.__file__).parent, catalogue.data_folder()]
    for path in sorted(path for folder in folders for path in folder.rglob("*.*") if path.suffix != ".pyc"):
        if path.is_file():
            digest.update(path.read_bytes())
    digest.update(os.environ.get("BOOK_URL", "").encode())
    return digest.hexdigest()


def _completed(plan: Plan, course: Course) -> Plan:
    """Return the plan with what only the sources tell: the order of cells, and what is rehearsed."""
    notebooks, rehearsals, given = {}, {}, {}
    for name, cells in plan.notebooks.items():
        source = course.source_cells(plan.assignment, name)
        given[name] = course.given_texts(plan.assignment, name)
        named = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in source]
        place = {cell: i for i, cell in enumerate(named)}
        notebooks[name] = dict(sorted(cells.items(), key=lambda item: place.get(item[0], len(place))))
        if source:
            rehearsals[name] = [cell.source for cell in source if cell.cell_type == "code"]
    return replace(plan, notebooks=notebooks, rehearsals=rehearsals, given=given)
