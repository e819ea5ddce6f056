"""The commands of `coursework`: their options, and what each of them calls."""

import sys
from collections.abc import Iterable
from dataclasses import asdict, replace
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from helpers.coursework.boundary import only_this_student
from helpers.coursework.cleaning import Kind
from helpers.coursework.cli import messages
from helpers.coursework.cli.console import (
    agrees,
    be_verbose,
    errors_explained,
    finish,
    open_course,
    say,
    show_progress,
)
from helpers.coursework.intake.lms import LAYOUTS
from helpers.coursework.isolation import Isolation, Name
from helpers.coursework.plugins import read_layouts
from helpers.coursework.workers import pool

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Grade a class with nbgrader's folders and gradebook. Run it in the folder of your course.",
    epilog="Exit codes: 0 done, 1 some work failed, 2 wrong arguments, 3 cannot be done, 4 a bug, "
    "130 stopped with Ctrl-C.",
)


def _complete_assignment(ctx: typer.Context, incomplete: str) -> Iterable[str]:
    """Return the names of the course's assignments, for the shell."""
    source = Path(ctx.params.get("course") or ".") / "source"
    return sorted(path.name for path in source.glob(f"{incomplete}*") if path.is_dir())


def _complete_student(ctx: typer.Context, incomplete: str) -> Iterable[str]:
    """Return the names of the students who handed in, for the shell."""
    submitted = Path(ctx.params.get("course") or ".") / "submitted"
    return sorted(path.name for path in submitted.glob(f"{incomplete}*") if path.is_dir())


Assignment = Annotated[
    str,
    typer.Argument(help="The name of the assignment, such as ps1.", autocompletion=_complete_assignment),
]
Students = Annotated[
    list[str] | None,
    typer.Option(
        "--student",
        help="Only this student; may be given several times.",
        autocompletion=_complete_student,
    ),
]
HowIsolated = Annotated[
    Name | None,
    typer.Option("--isolation", help="How submissions are isolated (default: as configured, or bubblewrap)."),
]
Unsafe = Annotated[bool, typer.Option("--unsafe-no-sandbox", hidden=True)]
CourseFolder = Annotated[Path, typer.Option("--course", help="The folder that holds nbgrader_config.py.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one line of JSON for another program.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Write nothing; say what would be done.")]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        callback=be_verbose,
        help="Say more: each student, and where in the code an error was.",
    ),
]


def _known_layout(layout: str) -> str:
    """Return the name of a learning system that is known here or by a plugin; plugins take time to load."""
    if layout not in ("auto", *LAYOUTS) and layout not in read_layouts():
        raise typer.BadParameter(f"use auto, {', '.join((*LAYOUTS, *read_layouts()))}.")
    return layout


def _chosen(name: Name | None, *, is_unsafe: bool) -> Isolation | None:
    """Return the isolation that was asked for; None if it is the course's own."""
    if is_unsafe:
        return Isolation("none")
    return Isolation(name) if name else None


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


@app.command("status")
def _status(
    assignment: Annotated[
        str | None,
        typer.Argument(
            help="Only this assignment, with the names of students.", autocompletion=_complete_assignment
        ),
    ] = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
    course: CourseFolder = Path("."),
) -> None:
    """Show how far each assignment is: released, handed in, graded, given back, exported; and what is next.

    It only reads, so you can run it while another command is working.
    """
    with errors_explained(as_json):
        from helpers.coursework.course import Course
        from helpers.coursework.overview import read_overview

        found = read_overview(Course(course), assignment)
    lines = messages.describe_overview(found, with_names=assignment is not None or verbose)
    finish(as_json, {one.assignment: asdict(one) for one in found}, lines, failed=False)


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
            help="The LMS whose file names are used (default: detected).",
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
    dry_run: DryRun = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
    course: CourseFolder = Path("."),
) -> None:
    """Put the files that you downloaded from your LMS for an assignment into `submitted`.

    Notebooks are recognized even if students have renamed them.  Files that cannot be taken are listed and
    the others are still collected.  Work that is in `submitted` already is never lost.
    """
    with (
        errors_explained(as_json),
        show_progress(f"Collecting {assignment}", quiet=as_json) as show,
        open_course(course, assignment, dry_run=dry_run, needs_gradebook=False) as home,
    ):
        from helpers.coursework.intake.collect import collect

        outcome = collect(
            home,
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
    finish(as_json, result, messages.describe_collected(outcome), failed=failed, dry_run=dry_run)


@app.command("autograde")
def _autograde(
    assignment: Assignment,
    student: Students = None,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Maximum parallel workers (default: by cores and memory)."),
    ] = None,
    scheduler: Annotated[str | None, typer.Option(help="The address of a Dask scheduler.")] = None,
    force: Annotated[bool, typer.Option(help="Grade work again even if it has not changed.")] = False,
    isolation: HowIsolated = None,
    unsafe_no_sandbox: Unsafe = False,
    accept_unequal: Annotated[
        bool, typer.Option("--accept-unequal", help="Grade even where points may differ from nbgrader's.")
    ] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
    course: CourseFolder = Path("."),
) -> None:
    """Run and grade the submissions in isolation, and record the scores in the gradebook.

    You can stop it at any moment and run it again: work that is recorded and unchanged is not graded twice.
    """
    with errors_explained(as_json), show_progress(f"Grading {assignment}", quiet=as_json) as show:
        chosen = _chosen(isolation, is_unsafe=unsafe_no_sandbox)
        if not scheduler and not dry_run:  # load the modules that students use while the course is being read
            pool.start_early(course, assignment, isolation=chosen, force=force)
        with open_course(course, assignment, dry_run=dry_run) as home:
            from helpers.coursework.overview import record_deed
            from helpers.coursework.pipeline import autograde
            from helpers.coursework.returning.gradebook import who_needs_manual_grade

            outcome = autograde(
                home,
                assignment,
                students=student,
                jobs=jobs,
                scheduler=scheduler,
                force=force,
                isolation=chosen and replace(chosen, image=home.settings.isolation.image),
                accept_unequal=accept_unequal,
                progress=show,
            )
            done = {*outcome.marked, *outcome.reused, *outcome.unchanged}
            record_deed(home, assignment, "failed", outcome.failed, about=done | outcome.failed.keys())
            waiting = who_needs_manual_grade(home, assignment) - outcome.unread.keys() if done else ()
    lines = messages.describe_plan(outcome) if dry_run else messages.describe_marked(outcome, len(waiting))
    finish(as_json, asdict(outcome), lines, failed=outcome.failed, dry_run=dry_run)


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
    dry_run: DryRun = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
    course: CourseFolder = Path("."),
) -> None:
    """Write a feedback page for each student into `feedback`: questions, scores, reasons and links."""
    with errors_explained(as_json), open_course(course, assignment, dry_run=dry_run) as home:
        from helpers.coursework.overview import marks_now, record_deed
        from helpers.coursework.returning.feedback import write_feedback
        from helpers.coursework.returning.feedback_zip import zip_feedback

        now = marks_now(home, assignment)
        pages = write_feedback(
            home,
            assignment,
            student and home.choose(assignment, student, "submitted", "autograded"),
            with_solutions=with_solutions,
            before_deadline=before_deadline,
        )
        without = {name for name, sentence in pages.items() if sentence}
        told = {name: now[name] for name in pages.keys() - without}
        record_deed(home, assignment, "feedback", told, about=told)
        packed = zip_feedback(home, assignment, without=without) if pack and not dry_run else None
    result = {"assignment": assignment, "pages": pages, "zip": asdict(packed) if packed else None}
    if packed:
        result["zip"]["path"] = str(packed.path)
    finish(
        as_json,
        result,
        messages.describe_feedback(assignment, pages, packed),
        failed=without,
        dry_run=dry_run,
    )


@app.command("report")
def _report(
    assignment: Assignment,
    as_json: AsJson = False,
    verbose: Verbose = False,
    course: CourseFolder = Path("."),
) -> None:
    """Write a page and tables on how the class did: scores, questions, skills, reasons, answers to review.

    The exit code is 1 if work was handed in that has not been graded, because the report leaves it out.
    """
    with errors_explained(as_json), open_course(course, assignment) as home:
        from helpers.coursework.analysis.report import read_report, write_report

        report = read_report(home, assignment)
        files = write_report(report, home)
    result = report.summary() | {"files": list(map(str, files))}
    not_marked = report.with_status("not marked")
    finish(as_json, result, messages.describe_report(report, files), failed=not_marked)


@app.command("similar")
def _similar(
    assignment: Assignment,
    as_json: AsJson = False,
    verbose: Verbose = False,
    course: CourseFolder = Path("."),
) -> None:
    """List answers that are more alike than the notebook and the class explain, in a page and a table.

    Similarity is not proof: read both answers before you conclude anything.
    """
    with errors_explained(as_json), open_course(course, assignment) as home:
        from helpers.coursework.analysis.similar import read_similar, write_similar

        similar = read_similar(home, assignment)
        files = write_similar(similar, home)
    result = similar.summary() | {"files": list(map(str, files))}
    finish(as_json, result, messages.describe_similar(similar, files), failed=False)


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
        Path | None, typer.Option(help="The file to write, in a folder that exists (default: in `report`).")
    ] = None,
    student: Students = None,
    partial: Annotated[
        bool,
        typer.Option("--partial", help="Also write the scores of work that still needs manual grading."),
    ] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
    course: CourseFolder = Path("."),
) -> None:
    """Write the grades into a gradebook file from Canvas or Moodle, or into a plain csv file.

    The exit code is 1 if a grade could not be written, because work is not graded or needs manual grading,
    or because a student is not in the file.
    """
    with errors_explained(as_json), open_course(course, assignment, dry_run=dry_run) as home:
        from helpers.coursework.overview import marks_now, record_deed
        from helpers.coursework.returning.lms_export import Format, export_grades

        now = marks_now(home, assignment)
        done = export_grades(
            home,
            assignment,
            into=into,
            format=format and Format(format),
            by=by,
            column=column,
            to=to,
            students=student and home.choose(assignment, student, "submitted", "autograded"),
            partial=partial,
        )
        told = {name: now[name] for name in done.written}
        record_deed(home, assignment, "export", told, about=told)
    blank = done.not_found or done.not_marked or (done.waiting and not partial)
    finish(
        as_json,
        asdict(done),
        messages.describe_exported(done, partial=partial),
        failed=blank,
        dry_run=dry_run,
    )


@app.command("doctor")
def _doctor(
    notebooks: Annotated[list[Path], typer.Argument(help="Notebooks of exercises.")],
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """Check notebooks for damage, missing or changed cells, and questions without an answer."""
    found: dict[str, list[Any]] = {}
    unread: dict[str, str] = {}
    with errors_explained(as_json):
        from helpers.notebooks.examine import DAMAGE, examine_file

        for path in notebooks:
            with only_this_student(unread, str(path)):
                found[str(path)] = [finding._asdict() for finding in examine_file(path)]
    found |= {path: [{"kind": "unreadable", "cell": "", "sentence": said}] for path, said in unread.items()}
    bad = any(one["kind"] in ("unreadable", *DAMAGE) for findings in found.values() for one in findings)
    finish(as_json, found, messages.describe_examined(found), failed=bad)


@app.command("repair")
def _repair(
    assignment: Assignment,
    notebooks: Annotated[
        list[Path] | None, typer.Argument(help="Notebooks to repair (default: all that were handed in).")
    ] = None,
    student: Students = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
    course: CourseFolder = Path("."),
) -> None:
    """Rebuild damaged notebooks from the released one, and list the repairs.

    Notebooks without damage stay as they are.  The original of a repaired notebook is kept next to it.
    """
    with (
        errors_explained(as_json),
        show_progress(f"Repairing {assignment}", quiet=as_json) as show,
        open_course(course, assignment, dry_run=dry_run, needs_gradebook=False) as home,
    ):
        from helpers.coursework.intake.repair import repair

        wanted = student and home.choose(assignment, student)
        outcome = repair(home, assignment, students=wanted, files=notebooks or None, progress=show)
    finish(
        as_json, asdict(outcome), messages.describe_repaired(outcome), failed=outcome.refused, dry_run=dry_run
    )


@app.command("clean")
def _clean(
    kinds: Annotated[list[Kind] | None, typer.Argument(help="What to remove (default: all).")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
    course: CourseFolder = Path("."),
) -> None:
    """List what earlier commands have left in the course, how large it is, and remove it if you agree.

    The kinds are `replaced` (earlier work that `collect` moved away), `cache`, `leftovers` (half-written
    files of commands that were killed), `demos` and `log`.  Only what these commands made is removed.
    """
    with (
        errors_explained(as_json),
        open_course(course, dry_run=dry_run, needs_gradebook=False) as home,
    ):
        from helpers.coursework.cleaning import find_removable, remove

        found = find_removable(home, kinds)
        is_wanted = bool(found) and not dry_run and (yes or agrees(messages.describe_removable(found)))
        if is_wanted:
            for one in found:
                remove(one)
    result = {
        "removed": is_wanted,
        "found": {one.kind: {"paths": list(map(str, one.paths)), "bytes": one.size} for one in found},
    }
    finish(
        as_json, result, messages.describe_cleaned(found, is_removed=is_wanted), failed=False, dry_run=dry_run
    )
