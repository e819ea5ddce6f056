"""Does what a learning system gave out come back to it: a zip of work in, pages and grades out?

The names of files are those of the systems' documentation, which :mod:`helpers.coursework.intake.lms` and
:mod:`helpers.coursework.returning.feedback_zip` cite.
"""

import csv
import io
import re
import zipfile
from pathlib import PurePosixPath

import nbformat
import pytest
from tests.little_course import TWICE, answered, autograde, new_course
from tests.programs import run
from tests.quick import sample

from helpers.coursework.course import Course, CourseError
from helpers.coursework.intake.lms import read_name
from helpers.coursework.returning.feedback_zip import zip_feedback

pytestmark = pytest.mark.slow

# By system: the names of the files of Ada, Bao and Emil, and those under which their pages must come back.
HANDED_IN = {
    "canvas": [
        "oneilada_101_9001_sums.ipynb",
        "zhangbao_LATE_102_9002_my sums-1.ipynb",
        "emile_105_9003_sums.ipynb",
    ],
    "moodle": [
        "Ada O'Neil_501_assignsubmission_file/sums.ipynb",
        "Bao Zhang_502_assignsubmission_file_/sums (1).ipynb",
        "Emil E_503_assignsubmission_file_sums.ipynb",
    ],
    "blackboard": [
        "Sums_ada_attempt_2026-03-05-14-30-00_sums.ipynb",
        "Sums_bao_attempt_2026-03-05-14-31-00_my_sums.ipynb",
        "Sums_emil_e_attempt_2026-03-05-14-32-00_sums.ipynb",
    ],
}
COME_BACK = {
    "canvas": ["oneilada_101_9001_sums.html", "zhangbao_LATE_102_9002_sums.html", "emile_105_9003_sums.html"],
    "moodle": [
        "Ada O'Neil_501_assignsubmission_file_sums.html",
        "Bao Zhang_502_assignsubmission_file_sums.html",
        "Emil E_503_assignsubmission_file_sums.html",
    ],
    "blackboard": [
        "Sums_ada_attempt_2026-03-05-14-30-00_sums.html",
        "Sums_bao_attempt_2026-03-05-14-31-00_sums.html",
        "Sums_emil_e_attempt_2026-03-05-14-32-00_sums.html",
    ],
}
POINTS = ["3", "3", "1"]
GRADEBOOKS = {
    "canvas": "Student,ID,SIS User ID,SIS Login ID,Section,Sums (4711),Final Score\n"
    "    Points Possible,,,,,6.00,(read only)\n"
    '"O\'Neil, Ada",101,,ada,H,,\n"Zhang, Bao",102,,bao,H,,\n"E, Emil",105,,emil,H,,\n',
    "moodle": "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed\n"
    "Participant 501,Ada O'Neil,a@example.org,Submitted,,6.00,Yes\n"
    "Participant 502,Bao Zhang,b@example.org,Submitted,,6.00,Yes\n"
    "Participant 503,Emil E,e@example.org,Submitted,,6.00,Yes\n",
}
COLUMNS = {"canvas": "Sums (4711)", "moodle": "Grade", "blackboard": "grade"}


@pytest.fixture(scope="module", params=sample(HANDED_IN, "canvas"))
def returned(request, tmp_path_factory, needs_sandbox):
    """Return a system, the course, and what came back from a class of three that was taken from its zip."""
    folder = tmp_path_factory.mktemp(request.param) / "course"
    released = new_course(folder)
    work = [answered(released), answered(released), answered(released, "answer_sum = 41")]
    with zipfile.ZipFile(folder.parent / "submissions.zip", "w") as download:
        for name, notebook in zip(HANDED_IN[request.param], work, strict=True):
            download.writestr(name, nbformat.writes(notebook))
    run("coursework", "collect", "sums", "../submissions.zip", cwd=folder)
    autograde(folder)
    said = run("coursework", "feedback", "sums", "--zip", cwd=folder).stdout
    return request.param, folder, said


def test_pages_come_back(returned):
    """Has each page the name by which the system knows its student, and the student's own points in it?"""
    layout, folder, said = returned
    assert f"with the names that {layout.capitalize()} uses" in said
    with zipfile.ZipFile(folder / "report/sums/feedback.zip") as packed:
        assert sorted(packed.namelist()) == sorted(COME_BACK[layout])
        for name, points in zip(COME_BACK[layout], POINTS, strict=True):
            assert re.search(rf"<strong>{points} of 6 points\b", packed.read(name).decode())


def test_names_say_whose_they_are(returned):
    """Do the names that come back name the users that the names of the download named?"""
    layout = returned[0]
    for there, back in zip(HANDED_IN[layout], COME_BACK[layout], strict=True):
        one, other = (read_name(PurePosixPath(name), layout, "sums") for name in (there, back))
        assert (one.lms_id, one.file_id, one.attempt) == (other.lms_id, other.file_id, other.attempt)
        if layout == "moodle":  # as its importer takes a name apart
            _, number, *kind, file = back.split("_", 4)
            assert (number, kind, file) == (one.lms_id, ["assignsubmission", "file"], "sums.html")


@pytest.mark.long
def test_grades_come_back(returned):
    """Do the grades of those who were collected stand in the system's own file, or else in a plain one?"""
    layout, folder, _ = returned
    into = []
    if layout in GRADEBOOKS:
        (folder / "lms.csv").write_text(GRADEBOOKS[layout])
        into = ["--into", "lms.csv"]
    run("coursework", "export", "sums", *into, "--to", "out.csv", "--partial", cwd=folder)
    rows = list(csv.DictReader(io.StringIO((folder / "out.csv").read_text())))
    grades = [row[COLUMNS[layout]] for row in rows if row[COLUMNS[layout]] != "6.00"]
    assert [f"{float(grade):g}" for grade in grades] == POINTS


def test_the_same_pages_make_the_same_zip(returned):
    """Is a zip that was packed again the same, byte for byte?"""
    _, folder, _ = returned
    before = (folder / "report/sums/feedback.zip").read_bytes()
    assert zip_feedback(Course(folder), "sums").path.read_bytes() == before


def test_changed_zip_is_kept(returned):
    """Is a zip that somebody has put in the place of ours, or changed, kept under another name?"""
    _, folder, _ = returned
    place = folder / "report/sums/feedback.zip"
    place.write_bytes(b"mine")
    assert zip_feedback(Course(folder), "sums").path == place
    assert (place.parent / "feedback.zip.before").read_bytes() == b"mine"


@pytest.mark.long
def test_not_from_a_system(tmp_path, needs_sandbox):
    """Are pages of work that was put there by hand in folders, and is it told when there are none?"""
    released = new_course(tmp_path)
    place = tmp_path / "submitted/ada/sums"
    place.mkdir(parents=True)
    nbformat.write(answered(released, function=TWICE), place / "sums.ipynb")
    with pytest.raises(CourseError, match="coursework feedback sums"):
        zip_feedback(Course(tmp_path), "sums")
    autograde(tmp_path)
    run("coursework", "feedback", "sums", cwd=tmp_path)
    packed = zip_feedback(Course(tmp_path), "sums")
    assert (packed.layout, packed.names) == ("nbgrader", {"ada": ["ada/sums.html"]})


@pytest.mark.long
def test_some_not_from_the_system(returned):
    """Is work from elsewhere packed too, and is it told who must be given it by hand?"""
    layout, folder, _ = returned
    submitted = folder / "submitted"
    known = {path.name for path in submitted.iterdir()}
    beside = folder.parent / "by-mail" / "gus" / "sums"
    beside.mkdir(parents=True)
    (beside / "sums.ipynb").write_bytes(next(submitted.glob("*/sums/sums.ipynb")).read_bytes())
    run("coursework", "collect", "sums", "../by-mail", cwd=folder)
    autograde(folder)
    said = run("coursework", "feedback", "sums", "--zip", cwd=folder).stdout
    packed = zip_feedback(Course(folder), "sums")
    assert (packed.layout, packed.apart) == (layout, ["gus"])
    assert packed.names["gus"] == ["gus/sums.html"]
    assert {name for student in known for name in packed.names[student]} == set(COME_BACK[layout])
    assert "gus: " in said and "gus/sums.html" in said


@pytest.mark.long
def test_collected_under_two_names(tmp_path, needs_sandbox):
    """Are the pages of a student who was collected twice, by number and by name, both in the zip?"""
    released = new_course(tmp_path / "course")
    with zipfile.ZipFile(tmp_path / "download.zip", "w") as download:
        download.writestr(HANDED_IN["canvas"][0], nbformat.writes(answered(released)))
    (tmp_path / "roster.csv").write_text('Student,ID,SIS Login ID\n"O\'Neil, Ada",101,ada\n')
    for roster in ([], ["--roster", "../roster.csv"]):
        command = ("coursework", "collect", "sums", "../download.zip", *roster)
        run(*command, cwd=tmp_path / "course")
    autograde(tmp_path / "course")
    said = run("coursework", "feedback", "sums", "--zip", cwd=tmp_path / "course")
    assert "Duplicate" not in said.stderr
    packed = zip_feedback(Course(tmp_path / "course"), "sums")
    assert packed.names == {"101": [COME_BACK["canvas"][0]], "ada": ["ada/sums.html"]}
    assert "so the page is in the zip as ada/sums.html" in said.stdout
