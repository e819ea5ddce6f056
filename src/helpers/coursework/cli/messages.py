"""What the commands print about their results, for people."""

from pathlib import Path
from typing import TYPE_CHECKING

from helpers.coursework.cli.console import say

# Each command imports what it needs: nbgrader alone takes two seconds.
if TYPE_CHECKING:
    from helpers.coursework.analysis.model import Report, Similar
    from helpers.coursework.intake.collect import Collected
    from helpers.coursework.intake.repair import Repairs
    from helpers.coursework.pipeline import Outcome
    from helpers.coursework.returning.feedback_zip import Packed
    from helpers.coursework.returning.lms_export import Export

_MOST_TOLD = 3
"""How many sentences are shown on one student's notebook."""

_MOST_PAIRS = 10


def tell_marked(outcome: "Outcome", n_by_hand: int = 0) -> None:
    """Print a short summary of the marking, and what a person should look at.

    Parameters
    ----------
    outcome
        The result.
    n_by_hand
        How many students have an answer that must be marked by hand.
    """
    n = len(outcome.marked)
    rate = f", {60 * n / outcome.seconds:.0f} a minute" if n and outcome.seconds else ""
    say(f"{outcome.assignment}: {n} marked in {outcome.seconds:.0f} s{rate}.")
    if outcome.reused:
        say(f"{len(outcome.reused)} had been marked from the same files; their marks were recorded again.")
    if outcome.unchanged:
        say(f"{len(outcome.unchanged)} have not changed since they were marked.")
    for sentence in [*outcome.notes, *outcome.unequal]:
        say(sentence)
    for student, sentence in sorted(outcome.unread.items()):
        say(f"  {student}: no points. {sentence}")
    for student, sentence in sorted(outcome.failed.items()):
        say(f"  {student}: NOT MARKED. {sentence}")
    mended = {name: said for name, said in outcome.remarks.items() if name not in outcome.unread}
    for student, said in sorted(mended.items()):
        more = f" And {len(said) - _MOST_TOLD} more like these." if len(said) > _MOST_TOLD else ""
        say(f"  {student}: {' '.join(said[:_MOST_TOLD])}{more}")
    if n_by_hand:
        have = "student has" if n_by_hand == 1 else "students have"
        say(f"{n_by_hand} {have} an answer to mark by hand: open Formgrader in `jupyter lab`.")


def tell_feedback(assignment: str, pages: dict[str, str], packed: "Packed | None") -> None:
    """Print how many pages were written, which students have none, and where the zip is."""
    without = {name: sentence for name, sentence in sorted(pages.items()) if sentence}
    say(f"{assignment}: {len(pages) - len(without)} pages in feedback/.")
    if packed:
        system = packed.layout.capitalize()
        say(f"Pages of {len(packed.names)} students, with the names that {system} uses: {packed.path}")
        for name in packed.apart:
            place = f"so its page is in the zip as {packed.names[name][0]}; return it by hand."
            say(f"  {name}: not collected from {system}, {place}")
    for name, sentence in without.items():
        say(f"  {name}: {sentence}")


def tell_report(report: "Report", files: list[Path]) -> None:
    """Print a short summary of how the class did, and where the page is."""
    told = report.summary()
    median = told["median_share"]
    middle = "" if median is None else f"; half the class has {median:.0%} or more"
    say(f"{report.assignment}: {told['marked']} marked{middle}.")
    if told["waiting"]:
        say(f"Still to be marked by hand: the work of {len(told['waiting'])}.")
    for status in ("unreadable", "not marked"):
        for one in report.with_status(status):
            say(f"  {one.student}: {status}. {one.sentence}")
    for student, sentences in told["differs"].items():
        say(f"  {student}: {sentences}")
    say(f"Open {files[0]} in a browser; the tables are next to it.")


def tell_similar(similar: "Similar", files: list[Path]) -> None:
    """Print the first pairs of students with similar answers, and where the page is."""
    pairs = similar.student_pairs
    say(f"{similar.assignment}: {len(pairs)} pairs to read, among {similar.n_students} students.")
    for row in pairs.head(_MOST_PAIRS).itertuples():
        say(f"  {row.student_1} and {row.student_2}: {row.n_in_all} in common")
    for row in similar.names.itertuples():
        say(f"  {row.student} {row.note}.")
    if similar.left_out:
        say(f"Not compared, because not marked or not readable: {', '.join(similar.left_out)}.")
    say(similar.caution)
    say(f"Open {files[0]} in a browser; the table is next to it.")


def tell_exported(done: "Export", *, partial: bool) -> None:
    """Print what was written, and name every student without a grade."""
    where = f", column {done.column}, students matched by {done.matched_by}" if done.column else ""
    say(f"{done.assignment}: {len(done.written)} grades in {done.path}{where}.")
    for student, questions in done.waiting.items():
        said = "has points for the other questions only" if partial else "has no grade yet"
        say(f"  {student}: {said}. To be marked by hand: {', '.join(questions)}.")
    for student, sentence in done.not_marked.items():
        say(f"  {student}: NO GRADE. {sentence}")
    for student, sentence in done.unreadable.items():
        say(f"  {student}: {sentence}")
    for names, said in (
        (done.not_found, "NOT IN THE FILE, so the grade was not written"),
        (done.left, "excused in the LMS; the entry was left unchanged"),
        (done.nothing_handed_in, "nothing handed in; the entry was left blank"),
        (done.without_work, "in the file, but unknown in this course"),
    ):
        if names:
            say(f"  {', '.join(names)}: {said}.")
    for note in done.notes:
        say(f"  {note}")


def tell_collected(outcome: "Collected") -> None:
    """Print what was collected, and what could not be."""
    n, system = len(outcome.students), outcome.layout.capitalize()
    say(f"{outcome.assignment}: collected the work of {n}, from files named as in {system}.")
    if outcome.unchanged:
        say(f"{len(outcome.unchanged)} of them had been collected before.")
    for note in outcome.notes:
        say(f"  {note}")
    for student, said in sorted(outcome.remarks.items()):
        say(f"  {student}: {' '.join(said)}")
    if outcome.replaced:
        places = sorted({str(Path(place).parents[1]) for place in outcome.replaced.values()})
        say(f"{len(outcome.replaced)} had other files there, which were moved to {', '.join(places)}.")
    for one in outcome.refused:
        say(f"  NOT TAKEN: {one.file}: {one.sentence}")
    if outcome.missing:
        say(f"Nothing from {len(outcome.missing)}: {', '.join(outcome.missing)}.")


def tell_examined(found: dict[str, list[dict[str, str]]]) -> None:
    """Print what was found in each notebook."""
    for path, findings in found.items():
        whole = "nothing is missing, and every question has an answer."
        for sentence in [one["sentence"] for one in findings] or [whole]:
            say(sentence if sentence.startswith(path) else f"{path}: {sentence}")


def tell_repaired(outcome: "Repairs") -> None:
    """Print what was repaired, what a person should look at, and what could not be repaired."""
    for path, said in outcome.said.items():
        say(f"{path}: {' '.join(said)} The original is kept as {Path(outcome.kept[path]).name}.")
    for path, seen in outcome.seen.items():
        say(f"{path}: {' '.join(seen)}")
    for path, sentence in outcome.refused.items():
        say(f"{path}: NOT REPAIRED. {sentence}")
    say(f"{len(outcome.said)} repaired; {len(outcome.whole)} needed no repair.")
