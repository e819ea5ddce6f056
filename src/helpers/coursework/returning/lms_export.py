"""Write grades for the LMS: into its own gradebook file, changing nothing else in it, or into a plain file.

The file formats are those that the makers document and their programs write:

- Canvas: "How do I export grades in the Gradebook?" and "How do I import grades in the Gradebook?" in the
  Canvas Instructor Guide, and ``lib/gradebook_exporter.rb`` in Canvas.  There may be a row for posting
  policies; a row ``Points Possible`` follows; read-only columns come last.  ``EX`` marks an excused student
  and ``N/A`` a student to whom the assignment was not given.
- Moodle: "Grade export" and "Grade import" in MoodleDocs, and ``grade/export/txt`` in Moodle.  Each activity
  has a column, such as ``Assignment: Essay One (Real)``; ``-`` means no grade; some languages use a decimal
  comma.  Its grading worksheet, described in "Using Assignment" there, is for one activity and has a column
  ``Grade``.
"""

import csv
import io
import os
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from traitlets import Bool, Enum, Unicode

from helpers.coursework.boundary import CourseError
from helpers.coursework.course import Course
from helpers.coursework.files import is_own, write_own
from helpers.coursework.intake.collect import read_collected
from helpers.coursework.intake.lms import slug
from helpers.coursework.plaintext import BOM, no_formula, with_formula
from helpers.coursework.returning.gradebook import Grades, StudentGrade, group_by_status, read_grades
from helpers.marks import tidy


class Format(StrEnum):
    """The kinds of gradebook files."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    PLAIN = "plain"


# Columns that identify a student, the most reliable first; each is tried.
_IDS = {
    Format.CANVAS: ["SIS User ID", "SIS Login ID", "ID", "Integration ID"],
    Format.MOODLE: ["ID number", "Username", "Email address", "Identifier"],
    Format.PLAIN: ["student_id", "student", "id", "username", "email"],
}
_POINTS_POSSIBLE = "Points Possible"
_LONGEST_FILE = 100_000_000
# What the LMS writes instead of a grade if there is to be none.
_NO_GRADE_WANTED = {"EX", "N/A"}
_NUMBER = r"\d+{}\d+"
_HEADER = [
    "student_id", "last_name", "first_name", "email", "score", "late_penalty", "grade", "max_score", "status",
    "waiting",
]  # fmt: skip


@dataclass
class Export:
    """The result of an export."""

    # Which grades were written, where, and in which format.
    assignment: str
    path: str
    format: str
    # The columns that identify the students and that hold the grades, in a file of the LMS.
    matched_by: str = ""
    column: str = ""
    written: list[str] = field(default_factory=list)  # students whose grade was written
    # For each student whose work waits for a mark by hand, the questions; no grade unless asked for.
    waiting: dict[str, list[str]] = field(default_factory=dict)
    # Students whose work has not been marked, and who get no grade, or could not be read, with the reason.
    not_marked: dict[str, str] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    # Students in the gradebook who have handed in nothing; their entries stay blank.
    nothing_handed_in: list[str] = field(default_factory=list)
    # Students who have a grade, but no row in the LMS's file.
    not_found: list[str] = field(default_factory=list)
    # The ids of students in the file who are unknown in this course.
    without_work: list[str] = field(default_factory=list)
    # Students whom the LMS has excused, or who did not get the assignment; their entries stay as they are.
    left: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # other remarks, a sentence each


def export_grades(
    course: Course,
    assignment: str,
    *,
    into: Path | None = None,
    format: Format | None = None,
    by: str | None = None,
    column: str | None = None,
    to: Path | None = None,
    students: list[str] | None = None,
    partial: bool = False,
) -> Export:
    """Write the grades of an assignment: the points minus the penalty for late work.

    Work that waits for a mark by hand, and work that is not marked, gets no grade: its entry stays as it is.

    Parameters
    ----------
    into
        The gradebook file exported from the LMS.  It is not changed; the grades go into a copy.
        By default a plain file with all students is written.
    format
        The kind of the file; by default it is detected from the columns.
    by
        The column that identifies the students; by default the one that matches most of them.
    column
        The column for the grades; by default the one with the assignment's name.
    to
        The file to write; by default in ``report/``, with the assignment's name, in the course's folder.
    students
        The students; by default all.
    partial
        Whether work that waits for a mark by hand gets the points that it has so far.

    Raises
    ------
    CourseError
        When the gradebook does not have the assignment, when the file cannot be read, or when it is not clear
        which student or column is meant.  Nothing is written then.
    """
    if into is None and format not in (None, Format.PLAIN):
        raise CourseError(f"Grades go into a file exported from {format.capitalize()}: give it with --into.")
    grades = read_grades(course, assignment)
    if students is not None:
        chosen = [one for one in grades.students if one.student in students]
        grades = replace(grades, students=chosen)
    sheet = None if into is None else _Sheet(into)
    kind = Format.PLAIN if sheet is None else format or _recognize(sheet)
    name = "grades.csv" if sheet is None else f"grades-{kind}.csv"
    path = Path(to) if to else course.folder / "report" / assignment / name
    if into is not None and path.resolve() == Path(into).resolve():
        raise CourseError(
            f"{into} is the LMS's own file and is not overwritten: give another name with --to."
        )
    notes = course.own / "exported"
    if to:
        _demand_own(path, notes)
    export = Export(assignment, str(path), kind)
    _tell_status(export, grades)
    graded = {one.student: one for one in grades.students if _is_graded(one, partial)}
    if sheet is None:
        export.written = list(graded)
        kept = write_own(path, _plain(grades, graded), notes)
    else:
        collected = {name: taken.lms_id for name, taken in read_collected(course, assignment).items()}
        _merge(sheet, grades, graded, export, collected, by=by, column=column)
        kept = write_own(path, sheet.content(), notes)
    if kept:
        export.notes.append(
            f"{path.name} existed and was not as this command wrote it; it was renamed to {kept}."
        )
    return export


class LmsExporter(ExportPlugin):
    """Lets `nbgrader export` write the grades as `coursework export` does.

    ::

        nbgrader export --exporter=helpers.coursework.returning.lms_export.LmsExporter \\
            --assignment='["ps1"]' --LmsExporter.into=gradebook.csv

    `--to` names another file to write; a list of students is refused, so that no student is left out.
    """

    into = Unicode("", help="The gradebook file exported from the LMS.").tag(config=True)
    format = Enum(list(map(str, Format)), None, allow_none=True, help="Its format.").tag(config=True)
    by = Unicode("", help="The column that names the students.").tag(config=True)
    column = Unicode("", help="The column for the grades.").tag(config=True)
    partial = Bool(False, help="Whether work that waits for a mark by hand gets points.").tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        """Write one file for each assignment that is asked for; by default for all."""
        names = [*map(str, self.assignment)] or [one.name for one in gradebook.assignments]
        try:
            if self.student:
                raise CourseError("ExportPlugin.student is not supported: export all students.")
            if len(names) > 1 and (self.to or self.into):
                raise CourseError(f"One file takes one assignment: add --assignment='[\"{names[0]}\"]'.")
            for name in names:
                done = export_grades(
                    Course(self.parent.coursedir.root),
                    name,
                    into=Path(self.into) if self.into else None,
                    format=Format(self.format) if self.format else None,
                    by=self.by or None,
                    column=self.column or None,
                    to=Path(self.to) if self.to else None,
                    partial=self.partial,
                )
                self.log.info("Wrote %s grades to %s", len(done.written), done.path)
                left = {**done.not_marked, **done.unreadable}
                left |= {one: "waits for a mark by hand" for one in done.waiting if not self.partial}
                left |= {one: "is not in the file" for one in done.not_found}
                for student, why in left.items():
                    self.log.warning("%s: %s", student, why)
                for sentence in done.notes:
                    self.log.warning(sentence)
        except CourseError as error:
            self.parent.fail(str(error))


def _demand_own(path: Path, notes: Path) -> None:
    """Refuse to make a folder, or to overwrite a file that this command did not write, or not as it is."""
    if not path.parent.is_dir():
        raise CourseError(f"{path.parent} does not exist, so nothing was written: make this folder first.")
    if os.path.lexists(path) and not is_own(path, notes):
        raise CourseError(
            f"{path} exists and was not written by `coursework export`, or was changed since, so nothing was "
            "written. Give another name with --to, or remove the file."
        )


def _is_graded(one: StudentGrade, partial: bool) -> bool:
    return one.has_marks and (partial or not one.waiting)


def _tell_status(export: Export, grades: Grades) -> None:
    groups = group_by_status(grades.students)
    export.waiting = {
        one.student: [question.name for question in one.waiting]
        for one in grades.students
        if one.has_marks and one.waiting
    }
    export.not_marked = {one.student: one.sentence for one in groups.get("not marked", [])}
    export.unreadable = {one.student: one.sentence for one in groups.get("unreadable", [])}
    export.nothing_handed_in = [one.student for one in groups.get("nothing handed in", [])]


def _plain(grades: Grades, graded: dict[str, StudentGrade]) -> str:
    """Return a row for every student; only students with a grade have points."""
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text)
    writer.writerow(_HEADER)
    for one in grades.students:
        points = [one.score, one.late_penalty, one.grade] if one.student in graded else []
        waiting = " ".join(question.name for question in one.waiting) if one.has_marks else ""
        writer.writerow([
            *map(no_formula, (one.student, one.last_name, one.first_name, one.email)),
            *(map(tidy, points) if points else ["", "", ""]),
            tidy(grades.maximum), one.status, no_formula(waiting),
        ])  # fmt: skip
    return text.getvalue()


# --- the LMS's file ---


class _Sheet:
    """A csv file in which single fields can be changed while everything else stays the same, byte for byte.

    The module `csv` does not keep the way in which values were written; it is used to verify the reading.
    """

    def __init__(self, path: Path):
        self.name = str(path)
        try:
            with open(path, "rb") as file:
                data = file.read(_LONGEST_FILE + 1)
        except OSError as error:
            raise CourseError(f"{path} cannot be read: {error.strerror}.") from None
        if len(data) > _LONGEST_FILE:
            raise CourseError(f"{path} is too large to be a gradebook file.")
        self._encoding, text = _decoded(data, self.name)
        self._start = "\ufeff" if text.startswith("\ufeff") else ""
        text = text.removeprefix(self._start)
        header = re.sub(r'"(?:[^"]|"")*"', "", text).splitlines()[:1]
        self.delimiter = max(",;\t:", key=(header or [""])[0].count)
        self._rows = list(_cut(text, self.delimiter))
        self.values = [[_value(raw) for raw, _ in row] for row in self._rows]
        self._compare(text)
        self.header = [value.strip() for value in self.values[0]]
        self._comma = self._has_decimal_comma()

    def find(self, name: str) -> int | None:
        """Return the position of a column, ignoring case."""
        wanted = name.strip().casefold()
        return next((i for i, title in enumerate(self.header) if title.casefold() == wanted), None)

    def get(self, row: int, column: int) -> str:
        """Return a field without surrounding spaces; empty if the row is too short to have it."""
        return self.values[row][column].strip() if column < len(self.values[row]) else ""

    def put(self, row: int, column: int, points: float) -> None:
        """Write points into a field, with this file's decimal separator."""
        if column >= len(self._rows[row]):
            raise CourseError(f"{self.name}, row {row + 1} is too short: export the file from the LMS again.")
        raw, end = self._rows[row][column]
        text = str(tidy(points)).replace(".", ",") if self._comma else str(tidy(points))
        quoted = raw.startswith('"') or self.delimiter in text
        self._rows[row][column] = (f'"{text}"' if quoted else text, end)

    def content(self) -> bytes:
        """Return the file."""
        whole = self._start + "".join(raw + end for row in self._rows for raw, end in row)
        return whole.encode(self._encoding)

    def _compare(self, text: str) -> None:
        """Raise an error if the module `csv` reads different values."""
        try:
            read = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter) if row]
        except csv.Error:
            read = []
        if len(read) < 2 or read != [row for row in self.values if row != [""]]:
            raise CourseError(f"{self.name} is not a csv file with a row per student: export it again.")

    def _has_decimal_comma(self) -> bool:
        fields = [value.strip() for row in self.values[1:] for value in row]
        comma, point = (
            sum(bool(re.fullmatch(_NUMBER.format(sign), field)) for field in fields) for sign in (",", r"\.")
        )
        return comma > point


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """Return the encoding and the text; text that is not UTF-8 is read byte by byte, so that it is kept."""
    for encoding in ("utf-8", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return encoding, text
    raise CourseError(f"{name} is not a csv file in UTF-8: export it from the LMS as csv.")


def _cut(text: str, delimiter: str):
    """Yield each row as pairs: a field exactly as it is written, and the separator after it."""
    sign = re.escape(delimiter)
    pattern = re.compile(rf'("(?:[^"]|"")*"|[^{sign}\r\n]*)({sign}|\r\n|\n|\r|\Z)')
    at, row = 0, []
    while True:
        found = pattern.match(text, at)
        raw, end = found.groups()
        row.append((raw, end))
        at = found.end()
        if end != delimiter:
            yield row
            row = []
            if at >= len(text):
                return


def _value(raw: str) -> str:
    return raw[1:-1].replace('""', '"') if raw.startswith('"') and len(raw) > 1 else raw


def _recognize(sheet: _Sheet) -> Format:
    names = {name.casefold() for name in sheet.header}
    if {"id", "section"} <= names:
        return Format.CANVAS
    if names & {"id number", "email address", "identifier"}:
        return Format.MOODLE
    return Format.PLAIN


def _merge(
    sheet: _Sheet,
    grades: Grades,
    graded: dict[str, StudentGrade],
    export: Export,
    collected: dict[str, str],
    *,
    by: str | None,
    column: str | None,
) -> None:
    """Write each grade into its student's row; `collected` has the LMS's ids of those who handed in."""
    kind = Format(export.format)
    target = _grade_column(sheet, kind, grades.assignment, column)
    keys, rows = _id_columns(sheet, kind, grades.students, collected, by)
    export.matched_by = ", ".join(sheet.header[key] for key in keys)
    export.column = sheet.header[target]
    for student, one in graded.items():
        row = rows.get(student)
        if row is None:
            export.not_found.append(student)
        elif kind is Format.CANVAS and sheet.get(row, target) in _NO_GRADE_WANTED:
            export.left.append(student)
        else:
            sheet.put(row, target, one.grade)
            export.written.append(student)
    known = set(rows.values())
    others = (row for row in range(1, len(sheet.values)) if row not in known)
    names = (next(filter(None, (sheet.get(row, key) for key in keys)), "") for row in others)
    export.without_work = list(filter(None, names))
    if kind is Format.CANVAS:
        export.notes += _other_maximum(sheet, target, grades.maximum)


def _other_maximum(sheet: _Sheet, target: int, maximum: float) -> list[str]:
    """Return a sentence if Canvas has another maximum for the assignment than the gradebook."""
    heads = (row for row, values in enumerate(sheet.values) if values[0].strip() == _POINTS_POSSIBLE)
    possible = sheet.get(next(heads, 0), target)
    if not re.fullmatch(r"\d+([.,]\d+)?", possible) or float(possible.replace(",", ".")) == maximum:
        return []
    return [
        f"Canvas has {possible} points for this assignment, the gradebook {tidy(maximum)}. "
        "The points were written unchanged. Change the assignment's points in Canvas."
    ]


def _grade_column(sheet: _Sheet, kind: Format, assignment: str, column: str | None) -> int:
    """Return the position of the column for the grades."""
    listed = ", ".join(filter(None, sheet.header))
    if column is not None:
        place = sheet.find(column)
        if place is None:
            raise CourseError(f"{sheet.name} has no column {column}; its columns are: {listed}.")
        return place
    if kind is Format.MOODLE and None not in (sheet.find("Identifier"), sheet.find("Grade")):
        return sheet.find("Grade")
    found = [i for i, title in enumerate(sheet.header) if _is_called(title, kind, assignment)]
    if len(found) != 1:
        several = "several columns" if found else "no column"
        raise CourseError(
            f"{sheet.name} has {several} for {assignment}: name one with --column. Its columns are: {listed}."
        )
    return found[0]


def _is_called(title: str, kind: Format, assignment: str) -> bool:
    """Say whether a column holds the points of an assignment.

    Examples
    --------
    >>> _is_called("Essay One (4711)", Format.CANVAS, "essay-one")
    True
    >>> _is_called("Assignment: Essay One (Percentage)", Format.MOODLE, "essay-one")
    False
    """
    if kind is Format.CANVAS:
        title = re.sub(r" \(\d+\)$", "", title)
    if kind is Format.MOODLE:
        title = re.sub(r" \(Real\)$", "", title.partition(": ")[2] or title)
    return slug(title) == slug(assignment)


def _id_columns(
    sheet: _Sheet, kind: Format, students: list[StudentGrade], collected: dict[str, str], by: str | None
) -> tuple[list[int], dict[str, int]]:
    """Return the positions of the columns that identify the students, and each student's row.

    The column that matches most students decides.  Another one counts only in rows where that one is empty,
    because not everybody has a student number, for example.

    Raises
    ------
    CourseError
        When no column matches any student, or when two columns match a student to different rows, because a
        grade must not go to somebody else.
    """
    if by is not None and sheet.find(by) is None:
        listed = ", ".join(filter(None, sheet.header))
        raise CourseError(f"{sheet.name} has no column {by}; its columns are: {listed}.")
    tried = {}
    for name in [by] if by is not None else _IDS[kind]:
        place = sheet.find(name)
        if place is not None:
            tried[place] = _rows_by_student(sheet, place, students, collected)
    best = max(tried, key=lambda place: len(tried[place]), default=None)
    if best is None or not tried[best]:
        names = by or ", ".join(_IDS[kind])
        raise CourseError(
            f"{sheet.name}: no student of the gradebook was found in {names}. Name the column that holds the "
            "students' ids with --by, or give the students their lms_user_id or email in the gradebook."
        )
    for place, rows in tried.items():
        differing = [name for name in rows if tried[best].get(name, rows[name]) != rows[name]]
        if differing:
            raise CourseError(
                f"{sheet.name}: {differing[0]} is in two rows, one by {sheet.header[best]} and one by "
                f"{sheet.header[place]}. Name the column that holds the students' ids with --by."
            )
    found, used = dict(tried[best]), [best]
    for place, rows in tried.items():
        more = {name: row for name, row in rows.items() if name not in found and not sheet.get(row, best)}
        found |= more
        used += [place] if more else []
    _refuse_shared_rows(sheet, found)
    return used, found


def _rows_by_student(
    sheet: _Sheet, place: int, students: list[StudentGrade], collected: dict[str, str]
) -> dict[str, int]:
    """Return the row of each student whose id, LMS id or email address is in a column.

    In Moodle's worksheet, the column holds a word and the participant's number, which file names have too.
    """
    ids = {row: with_formula(sheet.get(row, place)).casefold() for row in range(1, len(sheet.values))}
    if is_numbered := sheet.header[place].casefold() == "identifier":
        ids = {row: re.sub(r"\D+(?=\d+$)", "", text) for row, text in ids.items()}
    times = Counter(filter(None, ids.values()))
    row_of = {text: row for row, text in ids.items() if text}
    found = {}
    for one in students:
        for key in (one.student, one.lms_id, one.email, collected.get(one.student, "") * is_numbered):
            text = key.strip().casefold()
            if text in row_of:
                if times[text] > 1:
                    raise CourseError(f"{sheet.name}: {key} is in several rows; keep only one of them.")
                found[one.student] = row_of[text]
                break
    _refuse_shared_rows(sheet, found)
    return found


def _refuse_shared_rows(sheet: _Sheet, rows: dict[str, int]) -> None:
    """Raise an error if two students share a row."""
    for row, n in Counter(rows.values()).items():
        if n > 1:
            names = " and ".join(name for name, own in rows.items() if own == row)
            raise CourseError(
                f"{sheet.name}, row {row + 1} matches {names}: "
                "name the column that holds the students' ids with --by."
            )
