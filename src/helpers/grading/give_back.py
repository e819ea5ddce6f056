"""The pages of a class in one zip, each under the name by which the learning system knows whose it is.

Canvas
    Takes the zip under "Upload Submissions"; it knows a file by the numbers of the user and of the file that
    was handed in, so these stay.  Canvas Instructor Guide, "How do I upload all student submissions for an
    assignment?".
Moodle
    Takes the zip under "Upload multiple feedback files in a zip", where feedback files are switched on; it
    cuts a name at its first four ``_``, so a folder of the download becomes the beginning of a name.
    MoodleDocs, "Using Assignment", and in Moodle, ``mod/assign/feedback/file/importziplib.php``.
Blackboard
    Takes no zip with the pages of a class; the names say which page belongs to which attempt.
"""

import io
import zipfile
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from helpers.grading.boundary import CourseError
from helpers.grading.collect import Taken, read_collected
from helpers.grading.course import Course
from helpers.grading.layouts import NamingError, guess_layout, read_name
from helpers.grading.record import write_own


@dataclass(frozen=True)
class Packed:
    """A zip for the learning system.

    Attributes
    ----------
    path
        Where it lies.
    layout
        After which system its files are named: ``canvas``, ``moodle``, ``blackboard`` or ``nbgrader``.
    names
        By student, the names of the pages in it.
    apart
        Students whose work did not come from that system, so that it does not know the names of their pages.
    """

    path: Path
    layout: str
    names: dict[str, list[str]]
    apart: list[str]


def zip_feedback(course: Course, assignment: str, *, without: Container[str] = ()) -> Packed:
    """Pack the pages that :func:`~helpers.grading.feedback_page.write_feedback` has written.

    Parameters
    ----------
    course, assignment
        What was marked and explained.
    without
        Students whose older pages stay out of it.

    Returns
    -------
    Packed
        The zip lies in ``report/ASSIGNMENT/feedback.zip``; another one there gets another name.  Work
        that was not collected from a learning system is there as ``STUDENT/PAGE``.

    Raises
    ------
    CourseError
        When there is no page yet.
    """
    collected = read_collected(course, assignment)
    layout = guess_layout([PurePosixPath(taken.file) for taken in collected.values()], assignment)
    if layout not in ("canvas", "moodle", "blackboard"):  # the others take back no page by its name
        layout = "nbgrader"
    names: dict[str, list[str]] = {}
    apart = []
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for student in course.students(assignment):
            if student in without:
                continue
            before = _before(collected.get(student), layout, assignment)
            pages = sorted(course.path("feedback", student, assignment).glob("*.html"))
            for page in pages:
                name = (f"{student}/" if before is None else before) + page.name
                # Without a time, so the same pages make the same zip.
                zipped.writestr(zipfile.ZipInfo(name), page.read_bytes(), zipfile.ZIP_DEFLATED)
                names.setdefault(student, []).append(name)
            if pages and before is None and layout != "nbgrader":
                apart.append(student)
    if not names:
        raise CourseError(f"There are no pages of {assignment} yet. Run `coursework feedback {assignment}`.")
    place = course.folder / "report" / assignment / "feedback.zip"
    write_own(place, packed.getvalue(), course.own / "packed")
    return Packed(place, layout, names, apart)


def _before(taken: Taken | None, layout: str, assignment: str) -> str | None:
    """Return what stands before the student's own name for a file, None if it is not of this layout."""
    if taken is None or layout == "nbgrader":
        return None
    handed_in = PurePosixPath(taken.file)
    try:
        own = read_name(handed_in, layout, assignment).file
    except NamingError:
        return None
    if layout == "moodle":
        folder = next((part for part in handed_in.parts[:-1] if "_assignsubmission_" in part), "")
        if folder:
            return f"{folder.rstrip('_')}_"
    return handed_in.name.removesuffix(own)
