"""The commands of `coursework`: their options, and what each of them calls."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from helpers.coursework.boundary import only_this_student
from helpers.coursework.cli import messages
from helpers.coursework.cli.console import Exit, errors_explained, say, show_progress
from helpers.coursework.intake.lms import LAYOUTS
from helpers.coursework.plugins import read_layouts
from helpers.coursework.workers import pool

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Grade a class on top of nbgrader. Run it in the course's folder.",
    epilog="Exit codes: 0 done, 1 some work failed, 2 wrong arguments, 3 cannot be done, 4 a bug.",
)

Assignment = Annotated[str, typer.Argument(help="The name of the assignment, such as ps1.")]
Students = Annotated[
    list[str] | None, typer.Option("--student", help="Only this student; may be given several times.")
]
Unsafe = Annotated[bool, typer.Option("--unsafe-no-sandbox", help="Run submissions with all your rights.")]
CourseFolder = Annotated[Path, typer.Option("--course", help="The folder that holds nbgrader_config.py.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one line of JSON for another program.")]


def _known_layout(layout: str) -> str:
    """Return the name of a learning system that is known here or by a plugin; plugins take time to load."""
    if layout not in ("auto", *LAYOUTS) and layout not in read_layouts():
        raise typer.BadParameter(f"use auto, {', '.join((*LAYOUTS, *read_layouts()))}.")
    return layout


def _finish(as_json: bool, result: Any, tell: Callable[[], None], *, failed: object) -> None:
    """Print the result for a program or for people, and end the command."""
    print(json.dumps(result)) if as_json else tell()
    raise typer.Exit(Exit.SOME_FAILED if failed else Exit.DONE)


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        commands = entry_points(group="console_scripts", name="coursework")
        own = next((one.dist.version for one in commands), "(not installed)")  # from a clone
        say(f"coursework {own}, nbgrader {version('nbgrader')}, Python {sys.version.split()[0]}")
        raise typer.Exit


@app.callback()
def _options(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None: ...


@app.command("autograde")
def _autograde(
    assignment: Assignment,
    student: Students = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Maximum parallel workers (default: all cores).")
    ] = None,
    scheduler: Annotated[str | None, typer.Option(help="The address of a Dask scheduler.")] = None,
    force: Annotated[bool, typer.Option(help="Mark work again even if it has not changed.")] = False,
    unsafe_no_sandbox: Unsafe = False,
    accept_unequal: Annotated[
        bool, typer.Option("--accept-unequal", help="Mark even where points may differ from nbgrader's.")
    ] = False,
    as_json: AsJson = False,
    course: CourseFolder = Path("."),
) -> None:
    """Run and mark the submissions in the sandbox, and record the marks in the gradebook.

    You can stop it at any moment and run it again: work that is recorded and unchanged is not marked twice.
    """
    with errors_explained(as_json), show_progress(f"Marking {assignment}", quiet=as_json) as show:
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

    def tell() -> None:
        from helpers.coursework.returning.gradebook import who_needs_manual_grade

        is_any = outcome.marked or outcome.reused or outcome.unchanged
        waiting = who_needs_manual_grade(home, assignment) - outcome.unread.keys() if is_any else ()
        messages.tell_marked(outcome, len(waiting))

    _finish(as_json, asdict(outcome), tell, failed=outcome.failed)


@app.command("feedback")
def _feedback(
    assignment: Assignment,
    student: Students = None,
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
    with errors_explained(as_json):
        from helpers.coursework.course import Course
        from helpers.coursework.returning.feedback import write_feedback
        from helpers.coursework.returning.feedback_zip import zip_feedback

        home = Course(course)
        pages = write_feedback(
            home,
            assignment,
            student and home.choose(assignment, student, "submitted", "autograded"),
            with_solutions=with_solutions,
            before_deadline=before_deadline,
        )
        without = {name for name, sentence in pages.items() if sentence}
        packed = zip_feedback(home, assignment, without=without) if pack else None
    _finish(as_json, pages, lambda: messages.tell_feedback(assignment, pages, packed), failed=without)


@app.command("report")
def _report(assignment: Assignment, as_json: AsJson = False, course: CourseFolder = Path(".")) -> None:
    """Write a page and tables on how the class did: scores, questions, skills, reasons, answers to review.

    The exit code is 1 if work was handed in that has not been marked, because the report leaves it out.
    """
    with errors_explained(as_json):
        from helpers.coursework.analysis.report import read_report, write_report
        from helpers.coursework.course import Course

        home = Course(course)
        report = read_report(home, assignment)
        files = write_report(report, home)
    result = report.summary() | {"files": list(map(str, files))}
    not_marked = report.with_status("not marked")
    _finish(as_json, result, lambda: messages.tell_report(report, files), failed=not_marked)


@app.command("similar")
def _similar(assignment: Assignment, as_json: AsJson = False, course: CourseFolder = Path(".")) -> None:
    """List answers that are more alike than the notebook and the class explain, in a page and a table.

    Similarity is not proof: read both answers before you conclude anything.
    """
    with errors_explained(as_json):
        from helpers.coursework.analysis.similar import read_similar, write_similar
        from helpers.coursework.course import Course

        home = Course(course)
        similar = read_similar(home, assignment)
        files = write_similar(similar, home)
    result = similar.summary() | {"files": list(map(str, files))}
    _finish(as_json, result, lambda: messages.tell_similar(similar, files), failed=False)


@app.command("export")
def _export(
    assignment: Assignment,
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
    with errors_explained(as_json):
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
    blank = done.not_found or done.not_marked or (done.waiting and not partial)
    _finish(as_json, asdict(done), lambda: messages.tell_exported(done, partial=partial), failed=blank)


@app.command("collect")
def _collect(
    assignment: Assignment,
    sources: Annotated[list[Path], typer.Argument(help="Zips from your LMS, or folders.")],
    roster: Annotated[
        Path | None,
        typer.Option(help="A csv that matches users to students; an export from the LMS will do."),
    ] = None,
    layout: Annotated[
        str,
        typer.Option(
            callback=_known_layout,
            metavar="|".join(["auto", *LAYOUTS]),
            help="The system that named the files.",
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
    with errors_explained(as_json), show_progress(f"Collecting {assignment}", quiet=as_json) as show:
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
    result = asdict(outcome) | {"refused": [one._asdict() for one in outcome.refused]}
    failed = outcome.left_out or not outcome.taken
    _finish(as_json, result, lambda: messages.tell_collected(outcome), failed=failed)


@app.command("doctor")
def _doctor(
    notebooks: Annotated[list[Path], typer.Argument(help="Notebooks of exercises.")], as_json: AsJson = False
) -> None:
    """Check notebooks for damage, missing or changed cells, and questions without an answer."""
    from helpers.notebooks.examine import DAMAGE, examine_file

    found: dict[str, list[Any]] = {}
    unread: dict[str, str] = {}
    for path in notebooks:
        with only_this_student(unread, str(path)):
            found[str(path)] = [finding._asdict() for finding in examine_file(path)]
    found |= {path: [{"kind": "unreadable", "cell": "", "sentence": said}] for path, said in unread.items()}
    bad = any(one["kind"] in ("unreadable", *DAMAGE) for findings in found.values() for one in findings)
    _finish(as_json, found, lambda: messages.tell_examined(found), failed=bad)


@app.command("repair")
def _repair(
    assignment: Assignment,
    notebooks: Annotated[
        list[Path] | None, typer.Argument(help="Notebooks to repair (default: all that were handed in).")
    ] = None,
    student: Students = None,
    as_json: AsJson = False,
    course: CourseFolder = Path("."),
) -> None:
    """Rebuild damaged notebooks from the released one, and list the repairs.

    Notebooks without damage stay as they are.  The original of a repaired notebook is kept next to it.
    """
    with errors_explained(as_json), show_progress(f"Repairing {assignment}", quiet=as_json) as show:
        from helpers.coursework.course import Course
        from helpers.coursework.intake.repair import repair

        outcome = repair(Course(course), assignment, students=student, files=notebooks or None, progress=show)
    _finish(as_json, asdict(outcome), lambda: messages.tell_repaired(outcome), failed=outcome.refused)
