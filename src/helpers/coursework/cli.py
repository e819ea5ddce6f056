"""The command `coursework`: an instructor's work with a class, step by step, in nbgrader's own folders."""

import gc
import json
import os
from contextlib import contextmanager
from dataclasses import asdict
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from helpers.coursework.boundary import CourseError, explain, only_this_student
from helpers.coursework.isolation import bytecode
from helpers.coursework.light import leave_out_extensions
from helpers.coursework.plaintext import printable
from helpers.coursework.workers import pool

# Each command imports what it needs: nbgrader alone takes two seconds.
if TYPE_CHECKING:
    from helpers.coursework.analysis.report import Report
    from helpers.coursework.course import Course
    from helpers.coursework.intake.collect import Collected
    from helpers.coursework.pipeline import Outcome
    from helpers.coursework.returning.lms_export import Export
    from helpers.coursework.submission import Step

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Grade a class that works with this course's problem sets. Run it in the folder `exercises`.",
)


class _Console(Console):
    """A console that prints names and texts of students literally, without markup or escape codes."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print with every control character, escape codes included, as a question mark."""
        shown = (printable(one, most=None) if isinstance(one, str) else one for one in objects)
        super().print(*shown, **options)


_out = _Console(highlight=False, markup=False)
_err = _Console(stderr=True, highlight=False, markup=False)

_MOST_TOLD = 3
"""How many sentences are shown on one student's notebook."""

_MOST_PAIRS = 10

_DEBUG = "COURSEWORK_DEBUG"
"""The environment variable that makes an unexpected error show its traceback."""

CourseFolder = Annotated[Path, typer.Option("--course", help="The folder that holds nbgrader_config.py.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one line of JSON for another program.")]


class Exit(IntEnum):
    """The exit codes of the command."""

    DONE = 0
    SOME_FAILED = 1
    CANNOT = 2


@app.command("autograde")
def _autograde(
    assignment: Annotated[str, typer.Argument(help="The name of the assignment, such as deng-1962.")],
    student: Annotated[
        list[str] | None, typer.Option(help="Mark only this student; may be given several times.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Maximum parallel workers (default: all cores).")
    ] = None,
    scheduler: Annotated[str | None, typer.Option(help="The address of a Dask scheduler.")] = None,
    force: Annotated[bool, typer.Option(help="Mark work again even if it has not changed.")] = False,
    unsafe_no_sandbox: Annotated[
        bool,
        typer.Option(
            "--unsafe-no-sandbox", help="Run submissions with your rights: they can do all you can."
        ),
    ] = False,
    accept_unequal: Annotated[
        bool,
        typer.Option("--accept-unequal", help="Mark even where points may differ from nbgrader's."),
    ] = False,
    as_json: AsJson = False,
    course: CourseFolder = Path("."),
) -> None:
    """Run and mark the submissions in the sandbox, and record the marks in the gradebook.

    You can stop it at any moment and run it again: work that is recorded and unchanged is not marked twice.
    """
    with _problems(as_json), _progress(f"Marking {assignment}", quiet=as_json) as show:
        if not scheduler:  # load the modules that students use while the course is being read
            pool.start_early(course, assignment, sandboxed=not unsafe_no_sandbox, force=force)
        from helpers.coursework.course import Course
        from helpers.coursework.pipeline import autograde

        home = Course(course)
        outcome = autograde(
            home,
            assignment,
            students=student,
            jobs=jobs,
            scheduler=scheduler,
            force=force,
            sandboxed=not unsafe_no_sandbox,
            accept_unequal=accept_unequal,
            progress=show,
        )
    if as_json:
        print(json.dumps(asdict(outcome)))
    else:
        _tell(outcome)
        _tell_waiting(home, outcome)
    raise typer.Exit(Exit.SOME_FAILED if outcome.failed else Exit.DONE)


@app.command("feedback")
def _feedback(
    assignment: Annotated[str, typer.Argument(help="The name of the assignment.")],
    student: Annotated[
        list[str] | None, typer.Option(help="Only this student; may be given several times.")
    ] = None,
    pack: Annotated[
        bool,
        typer.Option("--zip", help="Also pack all pages into a zip, with the LMS's names for the files."),
    ] = False,
    with_solutions: Annotated[
        bool, typer.Option("--with-solutions", help="Also show your solutions and comments.")
    ] = False,
    before_deadline: Annotated[
        bool, typer.Option("--before-deadline", help="Show them even while work can still be handed in.")
    ] = False,
    as_json: AsJson = False,
    course: CourseFolder = Path("."),
) -> None:
    """Write a feedback page for each student into `feedback`: questions, points, reasons and links."""
    with _problems(as_json):
        from helpers.coursework.course import Course
        from helpers.coursework.returning.feedback import write_feedback
        from helpers.coursework.returning.feedback_zip import zip_feedback

        home = Course(course)
        said = write_feedback(
            home,
            assignment,
            student and home.choose(assignment, student, "submitted", "autograded"),
            with_solutions=with_solutions,
            before_deadline=before_deadline,
        )
        lost = {name: sentence for name, sentence in said.items() if sentence}
        packed = zip_feedback(home, assignment, without=lost) if pack else None
    if as_json:
        print(json.dumps(said))
    else:
        _out.print(f"{assignment}: {len(said) - len(lost)} pages in feedback/.")
        if packed:
            known = f"with the names that {packed.layout.capitalize()} uses"
            _out.print(f"Pages of {len(packed.names)} students, {known}: {packed.path}", soft_wrap=True)
            for name in packed.apart:
                _out.print(
                    f"  {name}: not collected from {packed.layout.capitalize()}, so its page is in the zip "
                    f"as {packed.names[name][0]}; return it by hand.",
                    soft_wrap=True,
                )
        for name, sentence in sorted(lost.items()):
            _out.print(f"  {name}: {sentence}", soft_wrap=True)
    raise typer.Exit(Exit.SOME_FAILED if lost else Exit.DONE)


@app.command("report")
def _report(
    assignment: Annotated[str, typer.Argument(help="The name of the assignment, such as deng-1962.")],
    as_json: AsJson = False,
    course: CourseFolder = Path("."),
) -> None:
    """Write a page and tables on how the class did: scores, questions, skills, reasons, answers to review.

    The exit code is 1 if work was handed in that has not been marked, because the report leaves it out.
    """
    with _problems(as_json):
        from helpers.coursework.analysis.report import read_report, write_report
        from helpers.coursework.course import Course

        home = Course(course)
        found = read_report(home, assignment)
        files = write_report(found, home)
    if as_json:
        print(json.dumps(found.summary() | {"files": [str(path) for path in files]}))
    else:
        _tell_report(found, files)
    raise typer.Exit(Exit.SOME_FAILED if found.with_status("not marked") else Exit.DONE)


@app.command("similar")
def _similar(
    assignment: Annotated[str, typer.Argument(help="The name of the assignment, such as deng-1962.")],
    as_json: AsJson = False,
    course: CourseFolder = Path("."),
) -> None:
    """List answers that are more alike than the notebook and the class explain, in a page and a table.

    Similarity is not proof: read both answers before you conclude anything.
    """
    with _problems(as_json):
        from helpers.coursework.analysis.similar import read_similar, write_similar
        from helpers.coursework.course import Course

        home = Course(course)
        found = read_similar(home, assignment)
        files = write_similar(found, home)
    pairs = found.pairs.drop_duplicates(["student_1", "student_2"])
    if as_json:
        told = {"assignment": assignment, "students": found.n_students, "caution": found.caution,
                "not_compared": found.left_out}  # fmt: skip
        both = pairs[["student_1", "student_2", "n_in_all"]].to_dict("records")
        print(json.dumps(told | {"pairs": both, "files": [str(path) for path in files]}))
        return
    _out.print(f"{assignment}: {len(pairs)} pairs to read, among {found.n_students} students.")
    for row in pairs.head(_MOST_PAIRS).itertuples():
        _out.print(f"  {row.student_1} and {row.student_2}: {row.n_in_all} in common", soft_wrap=True)
    for row in found.names.itertuples():
        _out.print(f"  {row.student} {row.note}.", soft_wrap=True)
    if found.left_out:
        _out.print(
            f"Not compared, because not marked or not readable: {', '.join(found.left_out)}.", soft_wrap=True
        )
    _out.print(found.caution, soft_wrap=True)
    _out.print(f"Open {files[0]} in a browser; the table is next to it.", soft_wrap=True)


@app.command("export")
def _export(
    assignment: Annotated[str, typer.Argument(help="The name of the assignment, such as deng-1962.")],
    into: Annotated[
        Path | None, typer.Option(help="The gradebook file exported from the LMS; the grades go into a copy.")
    ] = None,
    format: Annotated[
        Literal["canvas", "moodle", "plain"] | None, typer.Option(help="LMS format (default: detected).")
    ] = None,
    by: Annotated[str | None, typer.Option(help="The column that names the students.")] = None,
    column: Annotated[str | None, typer.Option(help="The column for the grades.")] = None,
    to: Annotated[
        Path | None, typer.Option(help="The file to write (default: in the folder report).")
    ] = None,
    partial: Annotated[
        bool,
        typer.Option("--partial", help="Also write the points of work that still waits for a mark by hand."),
    ] = False,
    as_json: AsJson = False,
    course: CourseFolder = Path("."),
) -> None:
    """Write the grades into a gradebook file from Canvas or Moodle, or into a plain csv file.

    The exit code is 1 if a grade could not be written, because work is not marked or waits for a mark by
    hand, or because a student is not in the file.
    """
    with _problems(as_json):
        from helpers.coursework.course import Course
        from helpers.coursework.returning.lms_export import Format, export_grades

        done = export_grades(
            Course(course),
            assignment,
            into=into,
            format=format and Format(format),
            by=by,
            column=column,
            to=to,
            partial=partial,
        )
    if as_json:
        print(json.dumps(asdict(done)))
    else:
        _tell_export(done, partial=partial)
    blank = done.not_found or done.not_marked or (done.waiting and not partial)
    raise typer.Exit(Exit.SOME_FAILED if blank else Exit.DONE)


@app.command("collect")
def _collect(
    assignment: Annotated[str, typer.Argument(help="The name of the assignment, such as deng-1962.")],
    sources: Annotated[list[Path], typer.Argument(help="Zips from your LMS, or folders.")],
    roster: Annotated[
        Path | None,
        typer.Option(help="A csv that matches users to students; an export from the LMS will do."),
    ] = None,
    layout: Annotated[
        str,
        typer.Option(
            help="How files are named: auto, canvas, moodle, blackboard, brightspace, sakai, teams, "
            "gradescope, drive or nbgrader."
        ),
    ] = "auto",
    oldest: Annotated[bool, typer.Option("--oldest", help="Take the first of several attempts.")] = False,
    timezone: Annotated[
        str | None,
        typer.Option(
            help="The time zone of the LMS, such as Europe/Berlin. "
            "File names give local times, which are read as UTC without this option."
        ),
    ] = None,
    as_json: AsJson = False,
    course: CourseFolder = Path("."),
) -> None:
    """Put the files that you downloaded from your LMS for an assignment into `submitted`.

    Notebooks are recognized even if students have renamed them.  Files that cannot be taken are listed and
    the others are still collected.  Work that is in `submitted` already is never lost.
    """
    with _problems(as_json), _progress(f"Collecting {assignment}", quiet=as_json) as show:
        from helpers.coursework.course import Course
        from helpers.coursework.intake.collect import collect

        outcome = collect(
            Course(course),
            assignment,
            sources,
            roster=roster,
            layout=layout,
            attempt="oldest" if oldest else "newest",
            timezone=timezone,
            progress=show,
        )
    if as_json:
        print(json.dumps(asdict(outcome) | {"refused": [one._asdict() for one in outcome.refused]}))
    else:
        _tell_collected(outcome)
    raise typer.Exit(Exit.SOME_FAILED if outcome.left_out or not outcome.taken else Exit.DONE)


@app.command("demo")
def _demo(
    students: Annotated[
        int, typer.Option(min=1, help="The number of students; a few malicious submissions are added.")
    ] = 60,
    assignment: Annotated[str, typer.Option(help="The name of the assignment.")] = "deng-1962",
    repository: Annotated[
        Path, typer.Option(help="A clone of this project, which holds the answers.")
    ] = Path(".."),
    folder: Annotated[
        Path,
        typer.Option(help="The folder for the course: a new one, or an older demo, which is replaced."),
    ] = Path("demo"),
    unsafe_no_sandbox: Annotated[
        bool, typer.Option("--unsafe-no-sandbox", help="Run submissions with your rights.")
    ] = False,
) -> None:
    """Make up a class from the answers in the exercises' tests; mark it, write feedback and a report."""
    with _problems(False):
        from helpers.coursework.analysis.report import read_report, write_report
        from helpers.coursework.demo import hand_out, link_to_book, make_class, make_course, tell_odd
        from helpers.coursework.pipeline import autograde
        from helpers.coursework.returning.feedback import write_feedback

        link_to_book(repository)
        home = make_course(repository, folder)
        odd = tell_odd()
        _out.print(
            f"Releasing {assignment} and collecting the work of {students} students and {len(odd)} more:",
            soft_wrap=True,
        )
        for name, what in odd.items():
            _out.print(f"  {name}: {what}")
        hand_out(home, assignment)
        make_class(home, assignment, repository, n=students, odd=True, seed=1962)
        with _progress(f"Marking {assignment}", quiet=False) as show:
            outcome = autograde(home, assignment, sandboxed=not unsafe_no_sandbox, progress=show)
        _tell(outcome)
        write_feedback(home, assignment)
        files = write_report(read_report(home, assignment), home)
    pages = home.folder / home.directory.feedback_directory
    _out.print(f"The students' pages are in {pages}.", soft_wrap=True)
    _out.print(f"Open the report in a browser: {files[0]}", soft_wrap=True)
    raise typer.Exit(Exit.SOME_FAILED if outcome.failed else Exit.DONE)


@app.command("doctor")
def _doctor(
    notebooks: Annotated[list[Path], typer.Argument(help="Notebooks of exercises.")],
    as_json: AsJson = False,
) -> None:
    """Check notebooks for damage, missing or changed cells, and questions without an answer."""
    from helpers.notebooks.examine import DAMAGE, examine_file

    found: dict[str, list[Any]] = {}
    unread: dict[str, str] = {}
    for path in notebooks:
        with only_this_student(unread, str(path)):
            findings = examine_file(path)
            found[str(path)] = [finding._asdict() for finding in findings]
    found |= {path: [{"kind": "unreadable", "cell": "", "sentence": said}] for path, said in unread.items()}
    bad = any(one["kind"] in ("unreadable", *DAMAGE) for findings in found.values() for one in findings)
    if as_json:
        print(json.dumps(found))
    else:
        for path, findings in found.items():
            whole = "nothing is missing, and every question has an answer."
            for sentence in [one["sentence"] for one in findings] or [whole]:
                _out.print(sentence if sentence.startswith(path) else f"{path}: {sentence}", soft_wrap=True)
    raise typer.Exit(Exit.SOME_FAILED if bad else Exit.DONE)


@app.command("repair")
def _repair(
    assignment: Annotated[str, typer.Argument(help="The name of the assignment, such as deng-1962.")],
    notebooks: Annotated[
        list[Path] | None, typer.Argument(help="Notebooks to repair (default: all that were handed in).")
    ] = None,
    student: Annotated[
        list[str] | None, typer.Option(help="Repair only this student's; may be given several times.")
    ] = None,
    as_json: AsJson = False,
    course: CourseFolder = Path("."),
) -> None:
    """Rebuild damaged notebooks from the released one, and list the repairs.

    Notebooks without damage stay as they are.  The original of a repaired notebook is kept next to it.
    """
    with _problems(as_json), _progress(f"Repairing {assignment}", quiet=as_json) as show:
        from helpers.coursework.course import Course
        from helpers.coursework.intake.repair import repair

        outcome = repair(Course(course), assignment, students=student, files=notebooks or None, progress=show)
    if as_json:
        print(json.dumps(asdict(outcome)))
    else:
        for path, said in outcome.said.items():
            kept = Path(outcome.kept[path]).name
            _out.print(f"{path}: {' '.join(said)} The original is kept as {kept}.", soft_wrap=True)
        for path, seen in outcome.seen.items():
            _out.print(f"{path}: {' '.join(seen)}", soft_wrap=True)
        for path, sentence in outcome.refused.items():
            _out.print(f"{path}: NOT REPAIRED. {sentence}", soft_wrap=True)
        _out.print(f"{len(outcome.said)} repaired; {len(outcome.whole)} needed no repair.")
    raise typer.Exit(Exit.SOME_FAILED if outcome.refused else Exit.DONE)


def main() -> None:
    """Run the command."""
    gc.set_threshold(200_000, 20, 50)  # nbgrader alone makes 120,000 objects that stay
    bytecode.use()
    leave_out_extensions()
    try:
        app()
    finally:
        gc.freeze()  # collecting them at exit would take a fifth of a second


def _tell(outcome: "Outcome") -> None:
    """Print a short summary of the marking, and what a person should look at."""
    n = len(outcome.marked)
    rate = f", {60 * n / outcome.seconds:.0f} a minute" if n and outcome.seconds else ""
    _out.print(f"{outcome.assignment}: {n} marked in {outcome.seconds:.0f} s{rate}.")
    if outcome.reused:
        _out.print(
            f"{len(outcome.reused)} had been marked from the same files; their marks were recorded again."
        )
    if outcome.unchanged:
        _out.print(f"{len(outcome.unchanged)} have not changed since they were marked.")
    for sentence in [*outcome.notes, *outcome.unequal]:
        _out.print(sentence, soft_wrap=True)
    for student, sentence in sorted(outcome.unread.items()):
        _out.print(f"  {student}: no points. {sentence}", soft_wrap=True)
    for student, sentence in sorted(outcome.failed.items()):
        _out.print(f"  {student}: NOT MARKED. {sentence}", soft_wrap=True)
    mended = {name: said for name, said in outcome.remarks.items() if name not in outcome.unread}
    for student, said in sorted(mended.items()):
        more = f" And {len(said) - _MOST_TOLD} more like these." if len(said) > _MOST_TOLD else ""
        _out.print(f"  {student}: {' '.join(said[:_MOST_TOLD])}{more}", soft_wrap=True)


def _tell_waiting(course: "Course", outcome: "Outcome") -> None:
    """Print how many students have an answer that must be marked by hand, and where to do that."""
    if not (outcome.marked or outcome.reused or outcome.unchanged):
        return
    from helpers.coursework.returning.gradebook import who_needs_manual_grade

    n = len(who_needs_manual_grade(course, outcome.assignment) - outcome.unread.keys())
    if n:
        have = "student has" if n == 1 else "students have"
        _out.print(f"{n} {have} an answer to mark by hand: open Formgrader in `jupyter lab`.", soft_wrap=True)


def _tell_report(found: "Report", files: list[Path]) -> None:
    """Print a short summary of how the class did, and where the page is."""
    told = found.summary()
    middle = (
        f"; half the class has {told['median_share']:.0%} or more" if told["median_share"] is not None else ""
    )
    _out.print(f"{found.assignment}: {told['marked']} marked{middle}.")
    if told["waiting"]:
        _out.print(f"Still to be marked by hand: the work of {len(told['waiting'])}.")
    for status in ("unreadable", "not marked"):
        for one in found.with_status(status):
            _out.print(f"  {one.student}: {status}. {one.sentence}", soft_wrap=True)
    for student, sentences in told["not_plain"].items():
        _out.print(f"  {student}: {sentences}", soft_wrap=True)
    _out.print(f"Open {files[0]} in a browser; the tables are next to it.", soft_wrap=True)


def _tell_export(done: "Export", *, partial: bool) -> None:
    """Print what was written, and name every student without a grade."""
    where = f", column {done.column}, students matched by {done.matched_by}" if done.column else ""
    _out.print(f"{done.assignment}: {len(done.written)} grades in {done.path}{where}.", soft_wrap=True)
    for student, questions in done.waiting.items():
        said = "has points for the other questions only" if partial else "has no grade yet"
        _out.print(f"  {student}: {said}. To be marked by hand: {', '.join(questions)}.", soft_wrap=True)
    for student, sentence in done.not_marked.items():
        _out.print(f"  {student}: NO GRADE. {sentence}", soft_wrap=True)
    for student, sentence in done.unreadable.items():
        _out.print(f"  {student}: {sentence}", soft_wrap=True)
    for names, said in (
        (done.not_found, "NOT IN THE FILE, so the grade was not written"),
        (done.left, "excused in the LMS; the entry was left unchanged"),
        (done.nothing_handed_in, "nothing handed in; the entry was left blank"),
        (done.without_work, "in the file, but unknown in this course"),
    ):
        if names:
            _out.print(f"  {', '.join(names)}: {said}.", soft_wrap=True)
    for note in done.notes:
        _out.print(f"  {note}", soft_wrap=True)


def _tell_collected(outcome: "Collected") -> None:
    """Print what was collected, and what could not be."""
    n, n_same = len(outcome.students), len(outcome.unchanged)
    _out.print(
        f"{outcome.assignment}: collected the work of {n}, from files named as in "
        f"{outcome.layout.capitalize()}."
    )
    if n_same:
        _out.print(f"{n_same} of them had been collected before.")
    for note in outcome.notes:
        _out.print(f"  {note}", soft_wrap=True)
    for student, said in sorted(outcome.remarks.items()):
        _out.print(f"  {student}: {' '.join(said)}", soft_wrap=True)
    if outcome.replaced:
        places = sorted({str(Path(place).parents[1]) for place in outcome.replaced.values()})
        _out.print(
            f"{len(outcome.replaced)} had other files there, which were moved to {', '.join(places)}.",
            soft_wrap=True,
        )
    for one in outcome.refused:
        _out.print(f"  NOT TAKEN: {one.file}: {one.sentence}", soft_wrap=True)
    if outcome.missing:
        _out.print(f"Nothing from {len(outcome.missing)}: {', '.join(outcome.missing)}.", soft_wrap=True)


class _progress:
    """A progress bar in a terminal; a line now and then in a log; nothing if another program reads it."""

    def __init__(self, title: str, *, quiet: bool):
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            TimeRemainingColumn(), console=_err, disable=quiet or not _err.is_terminal,
        )  # fmt: skip
        self._log = not quiet and not _err.is_terminal
        self._title = printable(title)

    def __enter__(self):
        self._bar.start()
        self._task = self._bar.add_task(self._title, total=None)
        return self._show

    def __exit__(self, *_exception):
        self._bar.stop()

    def _show(self, step: "Step") -> None:
        self._bar.update(self._task, completed=step.done, total=step.total)
        if self._log and (step.done == step.total or step.done % 100 == 0):
            _err.print(f"{self._title}: {step.done} of {step.total}", soft_wrap=True)


@contextmanager
def _problems(as_json: bool):
    """Turn an error into one sentence and an exit code."""
    try:
        yield
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as error:
        if os.environ.get(_DEBUG):
            raise
        sentence = explain(error)
        if not _is_expected(error):
            sentence = (
                f"This is a bug ({type(error).__name__}: {printable(str(error))}). "
                f"Set {_DEBUG}=1 to see the traceback, and report it."
            )
        if as_json:
            print(json.dumps({"error": sentence}))
        else:
            for line in f"coursework: {sentence}".splitlines():
                _err.print(line, soft_wrap=True)
        raise typer.Exit(Exit.CANNOT) from None


def _is_expected(error: Exception) -> bool:
    return isinstance(error, OSError | CourseError) or type(error).__module__.startswith(
        ("helpers.", "sqlalchemy.")
    )


if __name__ == "__main__":
    main()
