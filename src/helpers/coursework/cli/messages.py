"""What the commands say about their results to people, line by line."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

# Each command imports what it needs: nbgrader alone takes two seconds.
if TYPE_CHECKING:
    from helpers.coursework.analysis.model import Report, Similar
    from helpers.coursework.cleaning import Removable
    from helpers.coursework.intake.collect import Collected
    from helpers.coursework.intake.repair import Repairs
    from helpers.coursework.overview import Overview
    from helpers.coursework.pipeline import Outcome
    from helpers.coursework.returning.feedback_zip import Packed
    from helpers.coursework.returning.lms_export import Export

_MOST_TOLD = 3
"""How many sentences are shown on one student's notebook."""

_MOST_PAIRS = 10
_WHAT = {
    "replaced": "earlier work of students, which `collect` moved away when newer work came",
    "cache": "results of grading, which save time if the same files are graded again",
    "leftovers": "half-written files of commands that were killed",
    "demos": "made-up courses",
    "log": "the older part of the log",
}


def describe_marked(outcome: "Outcome", n_by_hand: int = 0) -> Iterator[str]:
    """Yield a short summary of the grading, and what a person should look at.

    Parameters
    ----------
    outcome
        The result.
    n_by_hand
        How many students have an answer that must be graded by hand.
    """
    n = len(outcome.marked)
    rate = f", {60 * n / outcome.seconds:.0f} a minute" if n and outcome.seconds else ""
    yield f"{outcome.assignment}: {n} graded in {outcome.seconds:.0f} s{rate}."
    if outcome.reused:
        yield f"{len(outcome.reused)} were graded from the same files before; the scores are recorded again."
    if outcome.unchanged:
        yield f"{len(outcome.unchanged)} have not changed since they were graded."
    for sentence in [*outcome.notes, *outcome.unequal]:
        yield sentence
    for student, sentence in sorted(outcome.unread.items()):
        yield f"  {student}: no points. {sentence}"
    for student, sentence in sorted(outcome.failed.items()):
        yield f"  {student}: NOT GRADED. {sentence}"
    mended = {name: said for name, said in outcome.remarks.items() if name not in outcome.unread}
    for student, said in sorted(mended.items()):
        more = f" And {len(said) - _MOST_TOLD} more like these." if len(said) > _MOST_TOLD else ""
        yield f"  {student}: {' '.join(said[:_MOST_TOLD])}{more}"
    if n_by_hand:
        have = "student has" if n_by_hand == 1 else "students have"
        yield f"{n_by_hand} {have} an answer to grade by hand: open Formgrader in `jupyter lab`."


def describe_plan(outcome: "Outcome") -> Iterator[str]:
    """Yield what grading would do."""
    yield f"{outcome.assignment}: {len(outcome.marked)} would be graded."
    for student in outcome.marked:
        yield f"  {student}"
    if outcome.reused:
        yield f"{len(outcome.reused)} were graded from the same files; their scores would be recorded again."
    if outcome.unchanged:
        yield f"{len(outcome.unchanged)} have not changed since they were graded."
    for student, sentence in sorted(outcome.failed.items()):
        yield f"  {student}: NOT GRADED. {sentence}"


def describe_feedback(assignment: str, pages: dict[str, str], packed: "Packed | None") -> Iterator[str]:
    """Yield how many pages were written, which students have none, and where the zip is."""
    without = {name: sentence for name, sentence in sorted(pages.items()) if sentence}
    yield f"{assignment}: {len(pages) - len(without)} pages in feedback/."
    if packed:
        system = packed.layout.capitalize()
        yield f"Pages of {len(packed.names)} students, with the names that {system} uses: {packed.path}"
        for name in packed.apart:
            place = f"so the page is in the zip as {packed.names[name][-1]}; return it by hand."
            yield f"  {name}: {system} has no file of this student alone, {place}"
    for name, sentence in without.items():
        yield f"  {name}: {sentence}"


def describe_report(report: "Report", files: list[Path]) -> Iterator[str]:
    """Yield a short summary of how the class did, and where the page is."""
    told = report.summary()
    median = told["median_share"]
    middle = "" if median is None else f"; half the class has {median:.0%} or more"
    yield f"{report.assignment}: {told['marked']} graded{middle}."
    if told["waiting"]:
        yield f"Still to be graded by hand: the work of {len(told['waiting'])}."
    for status in ("unreadable", "not marked"):
        for one in report.with_status(status):
            yield f"  {one.student}: {status}. {one.sentence}"
    for student, sentences in told["differs"].items():
        yield f"  {student}: {sentences}"
    yield f"Open {files[0]} in a browser; the tables are next to it."


def describe_similar(similar: "Similar", files: list[Path]) -> Iterator[str]:
    """Yield the first pairs of students with similar answers, and where the page is."""
    pairs = similar.student_pairs
    yield f"{similar.assignment}: {len(pairs)} pairs to read, among {similar.n_students} students."
    for row in pairs.head(_MOST_PAIRS).itertuples():
        yield f"  {row.student_1} and {row.student_2}: {row.n_in_all} in common"
    for row in similar.names.itertuples():
        yield f"  {row.student} {row.note}."
    if similar.left_out:
        yield f"Not compared, because not graded or not readable: {', '.join(similar.left_out)}."
    yield similar.caution
    yield f"Open {files[0]} in a browser; the table is next to it."


def describe_exported(done: "Export", *, partial: bool) -> Iterator[str]:
    """Yield what was written, and name every student without a grade."""
    where = f", column {done.column}, students matched by {done.matched_by}" if done.column else ""
    yield f"{done.assignment}: {len(done.written)} grades in {done.path}{where}."
    for student, questions in done.waiting.items():
        said = "has points for the other questions only" if partial else "has no grade yet"
        yield f"  {student}: {said}. To be graded by hand: {', '.join(questions)}."
    for student, sentence in done.not_marked.items():
        yield f"  {student}: NO GRADE. {sentence}"
    for student, sentence in done.unreadable.items():
        yield f"  {student}: {sentence}"
    for names, said in (
        (done.not_found, "NOT IN THE FILE, so the grade was not written"),
        (done.left, "excused in the LMS; the entry was left unchanged"),
        (done.nothing_handed_in, "nothing handed in; the entry was left blank"),
        (done.without_work, "in the file, but unknown in this course"),
    ):
        if names:
            yield f"  {', '.join(names)}: {said}."
    for note in done.notes:
        yield f"  {note}"


def describe_collected(outcome: "Collected") -> Iterator[str]:
    """Yield what was collected, and what could not be."""
    n, system = len(outcome.students), outcome.layout.capitalize()
    yield f"{outcome.assignment}: collected the work of {n}, from files named as in {system}."
    if outcome.unchanged:
        yield f"{len(outcome.unchanged)} of them had been collected before."
    for note in outcome.notes:
        yield f"  {note}"
    for student, said in sorted(outcome.remarks.items()):
        yield f"  {student}: {' '.join(said)}"
    if outcome.replaced:
        places = sorted({str(Path(place).parents[1]) for place in outcome.replaced.values()})
        yield f"{len(outcome.replaced)} had other files there, which were moved to {', '.join(places)}."
    for one in outcome.refused:
        yield f"  NOT TAKEN: {one.file}: {one.sentence}"
    if outcome.missing:
        yield f"Nothing from {len(outcome.missing)}: {', '.join(outcome.missing)}."


def describe_examined(found: dict[str, list[dict[str, str]]]) -> Iterator[str]:
    """Yield what was found in each notebook."""
    for path, findings in found.items():
        whole = "nothing is missing, and every question has an answer."
        for sentence in [one["sentence"] for one in findings] or [whole]:
            yield sentence if sentence.startswith(path) else f"{path}: {sentence}"


def describe_repaired(outcome: "Repairs") -> Iterator[str]:
    """Yield what was repaired, what a person should look at, and what could not be repaired."""
    for path, said in outcome.said.items():
        yield f"{path}: {' '.join(said)} The original is kept as {Path(outcome.kept[path]).name}."
    for path, seen in outcome.seen.items():
        yield f"{path}: {' '.join(seen)}"
    for path, sentence in outcome.refused.items():
        yield f"{path}: NOT REPAIRED. {sentence}"
    yield f"{len(outcome.said)} repaired; {len(outcome.whole)} needed no repair."


def describe_overview(found: list["Overview"], *, with_names: bool) -> Iterator[str]:
    """Yield how far each assignment is, and what to do next."""
    for one in found:
        released = "released" if one.released else "not released"
        yield f"{one.assignment}: {released}, {len(one.handed_in)} handed in, {len(one.marked)} graded."
        counted = [
            (one.not_marked, "not graded yet"),
            (one.stale, "changed since graded"),
            (one.failed, "could not be graded"),
            (one.unreadable, "graded with a notebook that cannot be read"),
            (one.waiting, "to be graded by hand"),
            (one.feedback, "feedback written"),
            (one.feedback_old, "feedback older than the scores"),
            (one.exported, "grades exported"),
            (one.exported_old, "grades changed since exported"),
        ]
        for students, said in counted:
            if students:
                names = f": {', '.join(students)}" if with_names else ""
                yield f"  {len(students)} {said}{names}"
            if with_names and isinstance(students, dict):
                yield from (f"    {student}: {sentence}" for student, sentence in students.items())
        if one.next_step:
            yield f"  Next: {one.next_step}"
    if not found:
        yield "There is no assignment yet: put a notebook into source/NAME."


def describe_removable(found: list["Removable"]) -> Iterator[str]:
    """Yield what can be removed, and how large it is."""
    for one in found:
        yield f"{one.kind}: {_size(one.size)}, {_WHAT[one.kind]}"
        for path in one.paths if one.kind != "cache" else ():
            yield f"  {path}"


def describe_cleaned(found: list["Removable"], *, is_removed: bool) -> Iterator[str]:
    """Yield what was removed, or what could be."""
    if not found:
        yield "There is nothing to remove."
        return
    yield from describe_removable(found)
    yield "All of this was removed." if is_removed else "Nothing was removed. To remove it, add --yes."


def _size(n_bytes: int) -> str:
    for unit in ("bytes", "kB", "MB"):
        if n_bytes < 1000:
            return f"{n_bytes:.0f} {unit}"
        n_bytes /= 1000
    return f"{n_bytes:.1f} GB"
