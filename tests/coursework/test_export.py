"""Do grades get into the file of the LMS, to the right student, with all the rest as it was?

The layouts are those of "How do I export grades in the Gradebook?" in the Canvas Instructor Guide and of
`lib/gradebook_exporter.rb` in Canvas, and of "Grade export" and "Using Assignment" in MoodleDocs and
`grade/export/txt` in Moodle.
"""

import csv
import io
import json
import re

import pytest
from tests.little_course import make_class, open_gradebook
from tests.programs import run

from helpers.coursework.course import Course, CourseError
from helpers.coursework.returning.lms_export import Format, export_grades

pytestmark = pytest.mark.slow

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Notes,Sums (4711),Essay (4712),Current Score,Final Score\n"
    ",,,,,,Manual Posting,,,\n"
    "    Points Possible,,,,,,6.00,10.00,(read only),(read only)\n"
    '"O\'Neil, Ada",101,S-1,ada,"History 12, and 13","says ""hi""",,9.00,90.00,45.00\n'
    '"Zhang, Bao",102,S-2,bao,History 12,,1.00,,"",0.00\n'
    '"Late, Lee",103,S-3,late,History 12,,,N/A,,\n'
    '"Wait, Will",104,S-4,waiting,History 12,,3.00,,,\n'
    '"Emil, E",105,S-5,emil,History 12,,EX,,,\n'
    '"Fen, F",106,S-6,fen,History 12,,"",,,\n'
    '"Other, O",107,S-7,other,History 13,,,,,\n'
    '"Student, Test",108,,a1b2c3,History 13,,,,,\n'
)
MOODLE = (
    '"First name","Last name","ID number",Institution,Department,"Email address","Assignment: Sums (Real)",'
    '"Assignment: Sums (Percentage)","Course total (Real)","Last downloaded from this course"\n'
    'Ada,O\'Neil,,"Moodle HQ",,ADA@example.org,-,-,-,1893456000\n'
    "Bao,Zhang,90210,,,bao@example.org,5.00,83.33,5.00,1893456000\n"
    "Lee,Late,late,,,lee@example.org,-,-,-,1893456000\n"
)


@pytest.fixture(scope="module")
def course(tmp_path_factory, needs_sandbox):
    """Return the folder of a class in which everything happens."""
    folder = tmp_path_factory.mktemp("class")
    make_class(folder)
    return folder


@pytest.fixture
def put(course, tmp_path):
    """Return a function that puts grades into a file with some text; it gives the export and the new file."""

    def put_(text, *, encoding="utf-8", **options):
        path = tmp_path / "lms.csv"
        path.write_bytes(text.encode(encoding))
        export = export_grades(Course(course), "sums", into=path, to=tmp_path / "out.csv", **options)
        assert path.read_bytes() == text.encode(encoding)
        return export, (tmp_path / "out.csv").read_bytes().decode(encoding)

    return put_


def changed(before, after):
    """Return what differs between two csv files, as {(line, column): (old, new)}; lines count from 1."""
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    found = {}
    for number, lines in enumerate(pairs, 1):
        old, new = (next(csv.reader([line]), []) for line in lines)
        assert len(old) == len(new)
        found |= {(number, i): (o, n) for i, (o, n) in enumerate(zip(old, new, strict=True)) if o != n}
    return found


# --- a plain file ---


def plain(course, **options):
    """Return the plain file, by student."""
    export = export_grades(Course(course), "sums", **options)
    with open(export.path, encoding="utf-8-sig", newline="") as file:
        return export, {row["student_id"]: row for row in csv.DictReader(file)}


def test_plain(course):
    """Has everybody a row, with the penalty taken off, and no points before they are all there?"""
    export, rows = plain(course)
    assert export.path == str(course / "report/sums/grades.csv")
    assert (rows["late"]["score"], rows["late"]["late_penalty"], rows["late"]["grade"]) == ("5", "1", "4")
    assert (rows["ada"]["last_name"], rows["ada"]["email"]) == ("O'Neil", "ada@example.org")
    assert (rows["waiting"]["grade"], rows["waiting"]["waiting"]) == ("", "reasons")
    assert {rows[name]["grade"] for name in ("again", "newcomer", "absent")} == {""}
    assert rows["unreadable"]["grade"] == "0"
    assert export.waiting == {"waiting": ["reasons"]}
    assert set(export.not_marked) == {"again", "newcomer"}
    assert set(export.unreadable) == {"unreadable"} and export.nothing_handed_in == ["absent"]


def test_same_as_nbgrader(course):
    """Are the grades those that `nbgrader export` gives, for work that is as it was marked?"""
    assert run("nbgrader", "export", cwd=course).returncode == 0
    with (course / "grades.csv").open(newline="") as file:
        stock = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    _, rows = plain(course, partial=True)
    ours = {name: float(row["grade"]) for name, row in rows.items() if row["grade"]}
    assert len(ours) == len(stock) - 2  # without the one handed in again, and the one who handed in nothing
    assert ours == {name: stock[name] for name in ours}


def test_partial(course):
    """Are the points of work that waits written when it is asked for, and it is named all the same?"""
    export, rows = plain(course, partial=True)
    assert rows["waiting"]["grade"] == "3" and export.waiting == {"waiting": ["reasons"]}
    assert rows["again"]["grade"] == ""


# --- Canvas ---


def test_canvas(put):
    """Is each grade in its student's row and column, and every other byte as it was?"""
    export, text = put(CANVAS)
    assert (export.format, export.matched_by, export.column) == ("canvas", "SIS Login ID", "Sums (4711)")
    assert changed(CANVAS, text) == {
        (4, 6): ("", "6"),
        (5, 6): ("1.00", "6"),
        (6, 6): ("", "4"),
        (9, 6): ("", "0"),
    }
    for old, new in zip(CANVAS.split("\n"), text.split("\n"), strict=True):
        assert re.sub(r'(?<=,)"?[\d.]*"?(?=,)', "", old) == re.sub(r'(?<=,)"?[\d.]*"?(?=,)', "", new)
    assert text.split("\n")[3] == CANVAS.split("\n")[3].replace('hi""",,', 'hi""",6,')
    assert text.split("\n")[8] == '"Fen, F",106,S-6,fen,History 12,,"0",,,'


def test_canvas_names_who_is_open(put):
    """Is everybody named who got no grade, and is one who is excused in Canvas left so?"""
    export, _ = put(CANVAS)
    assert sorted(export.written) == ["ada", "bao", "fen", "late"]
    assert export.left == ["emil"]
    assert set(export.waiting) == {"waiting"}
    assert set(export.not_found) >= {"chen", "unreadable"} and "waiting" not in export.not_found
    assert export.without_work == ["other", "a1b2c3"]
    assert not export.notes


def test_canvas_other_points(put):
    """Is it said when Canvas has other points for the assignment?"""
    export, _ = put(CANVAS.replace(",6.00,10.00", ",100.00,10.00"))
    assert len(export.notes) == 1 and "100.00 points" in export.notes[0] and "gradebook 6" in export.notes[0]


def test_canvas_round_trip(put):
    """Does a file with the grades, put in once more, stay as it is?"""
    _, once = put(CANVAS)
    _, twice = put(once)
    assert twice == once


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_bytes_kept(put, end, start, encoding):
    """Are the byte order mark, the line ends, the encoding and a missing last line end kept?"""
    text = (start if encoding == "utf-8" else "") + CANVAS.replace("Zhang", "Müller").replace("\n", end)
    _, after = put(text.removesuffix(end), encoding=encoding)
    expected = put(CANVAS)[1].replace("Zhang", "Müller").replace("\n", end).removesuffix(end)
    assert after == (start if encoding == "utf-8" else "") + expected


def test_semicolons_and_decimal_comma(put):
    """Are numbers written with a comma where the file has them so?"""
    rows = [[field.replace("9.00", "9,00") for field in row] for row in csv.reader(io.StringIO(CANVAS))]
    made = io.StringIO()
    csv.writer(made, delimiter=";", lineterminator="\n").writerows(rows)
    text = re.sub(r"(\d)\.(\d\d)", r"\1,\2", made.getvalue())
    _, after = put(text)
    assert after.split("\n")[3].split(";")[6] == "6"
    assert after.split("\n")[0] == text.split("\n")[0]


def test_half_points(put, course):
    """Is half a point written as the file writes numbers?"""
    with open_gradebook(course) as gradebook:
        grade = gradebook.find_grade("reasons", "sums", "sums", "bao")
        grade.manual_score = 2.5
        gradebook.db.commit()
    try:
        assert ",5.5," in put(CANVAS)[1]
        commas = re.sub(r"(?<=,)(\d+)\.(\d\d)(?=,|\n)", r'"\1,\2"', CANVAS)
        assert '"5,5"' in put(commas)[1]
    finally:
        with open_gradebook(course) as gradebook:
            gradebook.find_grade("reasons", "sums", "sums", "bao").manual_score = 3
            gradebook.db.commit()


# --- Moodle ---


def test_moodle(put):
    """Are points, and not percents, written, by the column that names the students?"""
    export, text = put(MOODLE, by="Email address")
    assert (export.format, export.column) == ("moodle", "Assignment: Sums (Real)")
    assert changed(MOODLE, text) == {(2, 6): ("-", "6")}


def test_empty_ids(put):
    """Is a student without a number found by the next column, and one with another number not?"""
    export, text = put(MOODLE)
    assert export.matched_by == "ID number, Email address"
    assert changed(MOODLE, text) == {(2, 6): ("-", "6"), (3, 6): ("5.00", "6"), (4, 6): ("-", "4")}
    export, text = put(MOODLE.replace("Ada,O'Neil,,", "Ada,O'Neil,77,"))
    assert "ada" in export.not_found and export.without_work == ["77"]


WORKSHEET = (
    'Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum Grade","Grade can be changed"\n'
    '"Participant 7","Lee Late",late,lee@example.org,"Submitted for grading",,6.00,Yes\n'
)


def test_moodle_worksheet(put):
    """Does a grading worksheet get the grade into its column for it, and not into that of the maximum?"""
    export, text = put(WORKSHEET)
    assert (export.matched_by, export.column) == ("ID number", "Grade")
    assert text == WORKSHEET.replace('grading",,6.00', 'grading",4,6.00')


# --- what cannot be done ---

TWICE = CANVAS + '"Zhang, Bao",109,S-2,bao,History 13,,,,,\n'
CROSSED = CANVAS.replace("102,S-2,bao", "102,late,bao")


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (MOODLE.replace("late,,,lee@", "ada,,,lee@"), {}, "ada is in two rows"),
        (CANVAS.replace("Sums (4711)", "Products (4711)"), {}, "no column for sums: name one with --column"),
        (CANVAS.replace("Essay (4712)", "Sums (4712)"), {}, "several columns for sums"),
        (CANVAS, {"column": "Products"}, "no column Products; its columns are: Student, ID"),
        (CANVAS, {"by": "Email"}, "no column Email"),
        (CANVAS, {"by": "Section"}, "no student of the gradebook was found in Section"),
        (TWICE, {}, "bao is in several rows"),
        (CROSSED, {}, "late is in two rows, one by SIS Login ID and one by SIS User ID"),
        ("", {}, "not a csv file"),
        ('Student,ID,Section\n"Ada,1,2\n', {}, "not a csv file"),
        ("\0\1\2", {}, "not a csv file"),
    ],
)  # fmt: skip
def test_refused(put, tmp_path, text, options, said):
    """Does a file that leaves a doubt about a student or a column get no grades, but a sentence?"""
    with pytest.raises(CourseError, match=re.escape(said)):
        put(text, **options)
    assert not (tmp_path / "out.csv").exists()


def test_short_rows(put):
    """Is a short row of somebody else left as it is, and one of a student refused?"""
    assert put(f"{CANVAS}x,y\n")[1].endswith("\nx,y\n")
    with pytest.raises(CourseError, match="row 12 is too short"):
        put(f"{CANVAS}Li,110,S-9,li\n")


def test_file_of_the_lms_is_kept(course, tmp_path):
    """Is the file that the LMS exported never overwritten, and asked for where it is needed?"""
    path = tmp_path / "canvas.csv"
    path.write_text(CANVAS)
    with pytest.raises(CourseError, match="is not overwritten"):
        export_grades(Course(course), "sums", into=path, to=path)
    with pytest.raises(CourseError, match="file exported from Canvas"):
        export_grades(Course(course), "sums", format=Format.CANVAS)
    with pytest.raises(CourseError, match="cannot be read"):
        export_grades(Course(course), "sums", into=tmp_path / "none.csv")
    assert path.read_text() == CANVAS


def test_other_files_are_kept(course, tmp_path):
    """Is a file that this command has not written never replaced, and one that it has written made anew?"""
    kept, folder, link, own = (tmp_path / name for name in ("kept.csv", "folder", "link.csv", "own.csv"))
    kept.write_text("mine")
    folder.mkdir()
    link.symlink_to(kept)
    for place in (kept, folder, link):
        with pytest.raises(CourseError, match="nothing was written"):
            export_grades(Course(course), "sums", to=place)
    assert kept.read_text() == "mine" and link.is_symlink()
    for _ in range(2):
        export_grades(Course(course), "sums", to=own)
    own.write_text(f"{own.read_text()}a note of mine")
    with pytest.raises(CourseError, match="was not written by `coursework export`"):
        export_grades(Course(course), "sums", to=own)
    assert own.read_text().endswith("a note of mine")


def test_changed_file_beside_the_report(course):
    """Is a file in the usual place kept under another name, with a note, when a person has written it?"""
    place = course / "report/sums/grades.csv"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("mine")
    said = export_grades(Course(course), "sums").notes
    assert (place.parent / "grades.csv.before").read_text() == "mine"
    assert any("grades.csv.before" in note for note in said)
    assert not export_grades(Course(course), "sums").notes


def test_command(course, tmp_path):
    """Does the command write beside the report, say who has no grade, and tell scripts by its exit code?"""
    path = tmp_path / "canvas.csv"
    path.write_text(CANVAS)
    ran = run("coursework", "export", "sums", "--into", path, "--json", cwd=course)
    told = json.loads(ran.stdout)
    assert ran.returncode == 1
    assert told["path"] == str(course / "report/sums/grades-canvas.csv")
    said = run("coursework", "export", "sums", "--into", path, cwd=course).stdout
    assert "waiting: has no grade yet. To be graded by hand: reasons." in said
    assert "NOT IN THE FILE" in said
