"""Pack the pages of a class into one zip, with the file names that the learning system expects.

Canvas
    Accepts the zip under "Upload Submissions".  It recognizes a file by the numbers of the user and of the
    submitted file, so these are kept.  Canvas Instructor Guide, "How do I upload all student submissions for
    an assignment?".
Moodle
    Accepts the zip under "Upload multiple feedback files in a zip", if feedback files are switched on.  It
    splits a name at its first four ``_``, so a folder of the download becomes the beginning of a file name.
    MoodleDocs, "Using Assignment", and in Moodle, ``mod/assign/feedback/file/importziplib.php``.
Blackboard
    Does not accept a zip with the pages of a class; the names show which page belongs to which attempt.
"""

import io
import zipfile
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from helpers.coursework.boundary import CourseError
from helpers.coursework.course import Course
from helpers.coursework.files import write_own
from helpers.coursework.intake.collect import Taken, read_collected
from helpers.coursework.intake.lms import NamingError, guess_layout, read_name


@dataclass(frozen=True)
class Packed:
    """A zip for the learning system."""

    path: Path  # the path of the zip
    # The system whose naming scheme it follows: `canvas`, `moodle`, `blackboard` or `nbgrader`.
    layout: str
    names: dict[str, list[str]]  # the names of the pages in it, by student
    # Students whose work did not come from that system, which therefore does not recognize their pages.
    apart: list[str]


def zip_feedback(course: Course, assignment: str, *, without: Container[str] = ()) -> Packed:
    """Pack the pages that :func:`~helpers.coursework.returning.feedback.write_feedback` has written.

    Parameters
    ----------
    without
        Students whose older pages are left out.

    Returns
    -------
    Packed
        The zip is ``report/ASSIGNMENT/feedback.zip``; an existing one is renamed.  Pages for work that did
        not come from a learning system are called ``STUDENT/PAGE``.

    Raises
    ------
    CourseError
        When there are no pages yet.
    """
    collected = read_collected(course, assignment)
    layout = guess_layout([PurePosixPath(taken.file) for taken in collected.values()], assignment)
    if layout not in ("canvas", "moodle", "blackboard"):  # the others do not accept pages by name
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
                if name in zipped.namelist():  # the same file was collected for another student, too
                    name = f"{student}/{page.name}"
                    apart.append(student)
                # No time stamp, so that the same pages make the same zip.
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
    """Return the part of a name before the student's own file name; None if it is of another layout."""
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
