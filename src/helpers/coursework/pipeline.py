"""Mark a class: run new and changed submissions in parallel, and record each result as it arrives.

A run may be stopped at any moment; the next one continues where it stopped.  A submission is skipped if its
files, the spec and the environment are unchanged; one that was marked but not recorded is taken from the
cache.
"""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from helpers.coursework.boundary import (
    UNSAFE_HINT,
    CourseError,
    SandboxError,
    explain,
    is_course_wide,
    only_this_student,
)
from helpers.coursework.course import Course
from helpers.coursework.files import is_dry_run, to_bytes, write_folder
from helpers.coursework.isolation import Isolation
from helpers.coursework.marking import rehearsal
from helpers.coursework.marking.inert import is_inert
from helpers.coursework.marking.recorder import Recorder
from helpers.coursework.marking.samples import make_samples
from helpers.coursework.marking.spec import Spec, read_spec
from helpers.coursework.marking.state import State, answers_of, complete_spec, read_rows
from helpers.coursework.submission import MarkedNotebook, Options, Step, Submission
from helpers.coursework.workers import pool

_BATCH = 20
"""Students per transaction; a run that is stopped loses at most this many."""


@dataclass
class Outcome:
    """The result of marking a class."""

    assignment: str  # the name of the assignment
    # Students whose work was run now, was taken from the cache, or was recorded already.
    marked: list[str] = field(default_factory=list)
    reused: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    # Students with a notebook that could not be read, with the reason; they have zero points.
    unread: dict[str, str] = field(default_factory=dict)
    # Students who could not be marked at all, with the reason; nothing was recorded for them.
    failed: dict[str, str] = field(default_factory=dict)
    # What had to be corrected in a student's notebooks.
    remarks: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)  # other remarks about the run, a sentence each
    # How points differ from nbgrader's, a sentence each: checks that differ in the rehearsal, and rows of
    # students that got other points when their notebook also ran as it would in nbgrader.
    unequal: list[str] = field(default_factory=list)
    seconds: float = 0.0  # how long the run took


def autograde(
    course: Course,
    assignment: str,
    *,
    students: Iterable[str] | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    force: bool = False,
    isolation: Isolation | None = None,
    accept_unequal: bool = False,
    progress: Callable[[Step], None] = lambda step: None,
) -> Outcome:
    """Mark an assignment of a class and record it in nbgrader's gradebook and in ``autograded/``.

    Parameters
    ----------
    assignment
        The name of the assignment, which must have been released with `nbgrader generate_assignment`.
    students
        The students; by default all who handed something in.
    jobs
        The most workers at a time; by default what the cores and the memory allow.
    scheduler
        The address of a Dask scheduler whose workers are used instead, such as ``tcp://10.0.0.5:8786``.
    force
        Whether to mark work again that is recorded and has not changed.
    isolation
        How submissions are isolated; by default as the course is configured.
    accept_unequal
        Whether to mark even if points may differ from nbgrader's.

    Raises
    ------
    CourseError
        When there is nothing to mark.
    UnequalError
        When points would differ from nbgrader's; then nothing is recorded.
    SpecError
        When the gradebook does not have the assignment.
    SandboxError
        When the sandbox is not available; then nothing is run.
    """
    begun = time.monotonic()
    with course.locked():
        settings = course.settings
        settings.demand_honored()
        if scheduler and settings.steps.folder:
            raise CourseError("Your own preprocessors run only on this machine: omit --scheduler.")
        spec = complete_spec(read_spec(assignment, db_url=course.db_url), course)
        if students is None:
            wanted = course.students(assignment)
        else:
            wanted = course.choose(assignment, list(students))
        if not wanted:
            raise CourseError(
                f"Nobody has handed in {assignment}: {course.path('submitted', '*', assignment)} is empty."
            )
        timeout = settings.timeout
        isolation = isolation or settings.isolation
        options = Options(timeout=timeout.seconds, isolation=isolation, steps=settings.steps)
        outcome = Outcome(assignment, notes=[timeout.note] if timeout.note else [])
        with Recorder(course, assignment) as recorder:
            run = _Run(course, State(course, spec, options), recorder, outcome, accept_unequal=accept_unequal)
            force = force or settings.force
            if is_dry_run():
                run.plan(wanted, force=force)
            else:
                run.mark(wanted, force=force, jobs=jobs, scheduler=scheduler, progress=progress)
    outcome.seconds = time.monotonic() - begun
    return outcome


class _Run:
    """One run for a class: the students to mark, and the results."""

    def __init__(
        self, course: Course, state: State, recorder: Recorder, outcome: Outcome, *, accept_unequal: bool
    ):
        self._course, self._state, self._recorder, self.outcome = course, state, recorder, outcome
        self._accept_unequal = accept_unequal
        self._named: list[str] = []  # the checks that could be judged in the student's process
        self._differs: dict[str, str] = {}  # the checks in which a student's points differ from nbgrader's
        self._rows = read_rows(recorder.gradebook, outcome.assignment)

    def mark(self, wanted: list[str], *, force, jobs, scheduler, progress) -> None:
        """Mark the students whose record is missing or out of date; record them in batches."""
        batch: list[tuple[Submission, dict[str, MarkedNotebook], str]] = []
        results = self._results(wanted, force=force, jobs=jobs, scheduler=scheduler)
        for done, (student, submission, marked, kind) in enumerate(results, 1):
            if marked:
                batch.append((submission, marked, kind))
                if len(batch) >= _BATCH:
                    self._record(batch)
                    batch = []
            elif kind:
                getattr(self.outcome, kind).append(student)
            progress(Step(done, len(wanted), student))
        self._record(batch)
        if self._differs:
            self.outcome.unequal.append(
                rehearsal.setting_line(self._course, self._state.spec, [*self._named, *self._differs])
            )

    def plan(self, wanted: list[str], *, force: bool) -> None:
        """Fill in the outcome as if everything that has to be run were marked without trouble."""
        for student in wanted:
            known = self._known_result(student, force=force)
            kind = "marked" if known is None else known[3]
            if kind:
                getattr(self.outcome, kind).append(student)

    def _results(self, wanted: list[str], *, force, jobs, scheduler):
        """Yield (student, submission, marked, kind) as they finish; kind names a list of the outcome."""
        to_run = []
        for student in wanted:
            found = self._known_result(student, force=force)
            if found is None:
                to_run.append(student)
            else:
                yield found
        if not to_run:  # then nothing needs to be loaded or started
            pool.end_bases()
            return
        isolation = self._state.options.isolation
        if not scheduler and (why := isolation.backend.why_unavailable(isolation.image)):
            raise SandboxError(why + UNSAFE_HINT)
        with _dask(scheduler) if scheduler else _threads(jobs) as workers:
            self._rehearse(workers)
            submissions = self._read(to_run)
            for submission, marked, problem in workers.map(
                submissions, self._state.spec, self._state.options
            ):
                if problem:
                    self.outcome.failed[submission.student] = problem
                    yield submission.student, None, None, ""
                else:
                    self._state.cache_result(submission, marked)
                    yield submission.student, submission, marked, "marked"

    def _rehearse(self, workers) -> None:
        """Compare the points of samples with nbgrader's; stop if they differ, unless that was accepted.

        The result is kept in the cache, so nothing runs if nothing has changed.
        """
        spec = self._state.spec
        samples = make_samples(self._course, spec)
        if not samples:
            self.outcome.unequal = [rehearsal.NOT_REHEARSED]
            return

        def compare(some: list[Submission], spec: Spec) -> rehearsal.Rehearsal:
            state = State(self._course, spec, self._state.options)
            found = state.cached_rehearsal(some)
            if found is None:
                found = rehearsal.rehearse(some, spec, state.options, workers.map)
                state.cache_rehearsal(some, found)
            return found

        lost, notes = compare(samples, spec)
        self.outcome.notes += notes
        if not lost:
            return
        found = rehearsal.find_remedy(samples, spec, lost, compare)
        self.outcome.unequal = rehearsal.describe_unequal(self._course, spec, found)
        self._named = found.moved
        if not self._accept_unequal:
            raise rehearsal.UnequalError([_STOPPED, *self.outcome.unequal, _OR_ACCEPT])

    def _read(self, students: list[str]) -> Iterator[Submission]:
        for student in students:
            with only_this_student(self.outcome.failed, student):
                yield self._course.submission(student, self.outcome.assignment)

    def _known_result(self, student: str, *, force: bool) -> tuple | None:
        """Return a known result, as `_results` yields it; None if the work must be run."""
        with only_this_student(self.outcome.failed, student):
            submission = self._course.submission(student, self.outcome.assignment)
            if force:
                return None
            if self._state.is_recorded(submission, self._rows):
                return student, None, None, "unchanged"
            cached = self._state.cached_result(submission)
            return (student, submission, cached, "reused") if cached else None
        return student, None, None, ""

    def _record(self, batch: list[tuple[Submission, dict[str, MarkedNotebook], str]]) -> None:
        """Write a batch of students; if one of them cannot be written, the others still are."""
        done = []
        for submission, marked, kind in batch:
            with only_this_student(self.outcome.failed, submission.student):
                self._write_files(submission, marked)
                done.append((submission, marked, kind))
        try:
            for submission, marked, _ in done:
                self._recorder.record(submission.student, marked, *self._known(submission, marked))
            self._recorder.commit()
        except Exception as error:
            self._recorder.roll_back()
            if is_course_wide(error) and not _is_content_error(error):
                raise
            if len(done) > 1:
                for one in done:
                    self._record([one])
            else:
                self.outcome.failed[done[0][0].student] = explain(error)
                folder = self._course.path("autograded", done[0][0].student, self.outcome.assignment)
                shutil.rmtree(folder, ignore_errors=True)  # written by this run
            return
        students = [submission.student for submission, _, _ in done]
        rows = read_rows(self._recorder.gradebook, self.outcome.assignment, students)
        for submission, marked, kind in done:
            with only_this_student(self.outcome.failed, submission.student):
                self._state.save_checkpoint(submission, marked, rows, self._files(submission, marked))
                getattr(self.outcome, kind).append(submission.student)
                self._tell(submission, marked)

    def _known(self, submission: Submission, marked: dict[str, MarkedNotebook]):
        """Return when the work was handed in, and which answers are the same as in the last record."""
        before = self._state.answers(submission.student)
        now = answers_of(marked)
        same = {
            (notebook, cell)
            for notebook, cells in now.items()
            for cell, digest in cells.items()
            if before.get(notebook, {}).get(cell) == digest
        }
        return self._course.handed_in(submission.student, self.outcome.assignment), same

    def _write_files(self, submission: Submission, marked: dict[str, MarkedNotebook]) -> None:
        """Write a student's autograded folder, without notebooks of an earlier submission."""
        files = self._files(submission, marked)
        folder = self._course.path("autograded", submission.student, self.outcome.assignment)
        if any(name.endswith(".ipynb") for name in files) or folder.exists():
            mode, ours = self._course.settings.permissions, self._state.written(submission.student)
            write_folder(folder, files, mode=mode, ours=ours)

    def _files(self, submission: Submission, marked: dict[str, MarkedNotebook]) -> dict[str, bytes]:
        """Return the files of a student's autograded folder."""
        apart = self._kept_apart(submission)
        files = {
            name: data
            for name, data in submission.files.items()
            if not name.endswith(".ipynb") and name not in apart
        }
        read = {name: one.content for name, one in marked.items() if one.content is not None}
        return files | {f"{name}.ipynb": to_bytes(content) for name, content in read.items()}

    @staticmethod
    def _kept_apart(submission: Submission) -> list[str]:
        """Return the student's own files that a browser would run if Formgrader showed them."""
        beside = {name for name in submission.files if not name.endswith(".ipynb")} - submission.of_course
        return sorted(name for name in beside if not is_inert(name))

    def _tell(self, submission: Submission, marked: dict[str, MarkedNotebook]) -> None:
        """Record the remarks on a student's work."""
        differs = rehearsal.find_differences(self._state.spec, marked)
        self.outcome.unequal += [f"{submission.student}: {sentence}" for sentence in differs.values()]
        self._differs.update(differs)
        remarks = [*submission.remarks, *(remark for one in marked.values() for remark in one.remarks)]
        remarks += [
            f"{name} is not in autograded/, because a browser could run it; it is in submitted/."
            for name in self._kept_apart(submission)
        ]
        if remarks:
            self.outcome.remarks[submission.student] = remarks
        unread = [one.remarks[-1] for one in marked.values() if one.content is None]
        if unread:
            self.outcome.unread[submission.student] = unread[0]


_STOPPED = "Nothing was marked: points would differ from those of `nbgrader autograde`."
_OR_ACCEPT = "To mark the class anyway, add --accept-unequal."


def _is_content_error(error: BaseException) -> bool:
    """Say whether the gradebook refused the content, as opposed to being unable to write."""
    return type(error).__name__ in ("DataError", "IntegrityError", "StatementError", "InterfaceError")


def _threads(jobs: int | None):
    # Importing the module loads the packages that process notebooks.
    from helpers.coursework.backends.local import Threads, count_jobs

    return Threads(jobs or count_jobs())


def _dask(address: str):
    try:
        from helpers.coursework.backends.dask import Cluster
    except ImportError:
        raise CourseError(
            "A cluster needs Dask: run `pip install distributed`, here and on its workers."
        ) from None
    return Cluster(address)
