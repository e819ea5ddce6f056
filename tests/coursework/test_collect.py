"""Does every student's notebook arrive, whatever the system and the student called it, and nothing else?"""

import errno
import json
import os
import shutil
import stat
import struct
import time
import warnings
import zipfile
from pathlib import Path, PurePosixPath

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import parse_utc
from tests.attacks import NAMES_WITHOUT_END
from tests.little_course import CONFIG, hand_out, told
from typer.testing import CliRunner

from helpers.coursework.cli import app
from helpers.coursework.course import Course, CourseError
from helpers.coursework.intake.collect import _submitter, collect, read_collected
from helpers.coursework.intake.lms import LAYOUTS, guess_layout, is_named_after, read_receipt

NAME = "deng-1962"
FILE = f"{NAME}.ipynb"


def source():
    """Return the source of a little assignment."""
    solution = "a = None\n### BEGIN SOLUTION\na = 1\n### END SOLUTION"
    return new_notebook(
        cells=[
            new_code_cell("import math", metadata=told("set-up")),
            new_code_cell(solution, metadata=told("answer-a", solution=True)),
            new_code_cell("assert a == 1", metadata=told("a", grade=True, points=1)),
        ]
    )


@pytest.fixture
def course(tmp_path):
    """Return the folder of a course with two assignments."""
    folder = tmp_path / "exercises"
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text(CONFIG)
    for name in (NAME, "mao-1963"):
        (folder / "source" / name).mkdir(parents=True)
        nbformat.write(source(), folder / "source" / name / f"{name}.ipynb")
    return Course(folder)


def notebook(answer=None, note=NAME):
    """Return the bytes of the notebook as it is handed out, with an answer."""
    nb = hand_out(source(), note)
    if answer is not None:
        nb.cells[1].source = f"a = {answer}"
    return nbformat.writes(nb).encode()


def a_zip(path, files):
    """Write a zip of a list of names and contents."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a name is there twice is what is tested
        for name, content in files:
            archive.writestr(name, content)
    return path


def answers(course):
    """Return the answer in each notebook in `submitted`, by student."""
    found = {}
    for path in course.folder.glob(f"submitted/*/{NAME}/{FILE}"):
        found[path.parts[-3]] = nbformat.read(path, 4).cells[1].source.removeprefix("a = ")
    return found


def sentences(outcome):
    """Return why files were refused, by the last part of their paths."""
    return {one.file.rpartition(": ")[2].rpartition("/")[2]: one.sentence for one in outcome.refused}


# --- the systems ---

CANVAS = [
    (f"doejane_1234_567890_{FILE}", notebook(1)),
    (f"garcíamárquez_LATE_1235_567891_{NAME}-1.ipynb", notebook(2)),
    (f"li_late_1236_567892_{NAME} (1).ipynb", notebook(3)),
    (f"li_1236_567800_{FILE}", notebook(30)),
    ("doejane_1234_567893_notes.pdf", b"%PDF-1.4"),
    ("smithann_1237_text.html", b"<html>I could not upload it.</html>"),
]
MOODLE = [
    (f"Jane Doe_501_assignsubmission_file/{FILE}", notebook(1)),
    (f"Ana García_502_assignsubmission_file_/{NAME} (2).ipynb", notebook(2)),
    (f"Wei Li_503_assignsubmission_file_{NAME}-Copy1.ipynb", notebook(3)),
    ("Jane Doe_501_assignsubmission_onlinetext/onlinetext.html", b"<p>See my file.</p>"),
]
RECEIPT = (
    "Name: {} ({})\nAssignment: Deng 1962\nDate Submitted: Thursday, 5 March 2026 14:30:00 o'clock GMT\n"
    "Current Mark: Needs Marking\n\nSubmission Field:\nThere is no student submission text data for this "
    "assignment.\n\nComments:\n{}\n\nFiles:\n\tOriginal filename: deng-1962.ipynb\n"
)
BLACKBOARD = [
    (f"Deng 1962_jdoe_attempt_2026-03-05-14-30-00_{FILE}", notebook(10)),
    ("Deng 1962_jdoe_attempt_2026-03-05-14-30-00.txt", RECEIPT.format("Jane Doe", "jdoe", "None.").encode()),
    (f"Deng 1962_jdoe_attempt_2026-03-06-09-00-00_{NAME} (1).ipynb", notebook(1)),
    (f"Deng 1962_ana_maria_attempt_2026-03-07-23-59-59_{FILE}", notebook(2)),
    (
        "Deng 1962_ana_maria_attempt_2026-03-07-23-59-59.txt",
        RECEIPT.format("Ana", "ana_maria", "None.").encode(),
    ),
    (f"Deng 1962_wli_poging_2026-03-05-10-00-00_{FILE}", notebook(3)),
]
BRIGHTSPACE = [
    (f"12345-678910 - Jane Doe - 5 March, 2026 230 PM/{FILE}", notebook(10)),
    (f"12345-678910 - Jane Doe - Mar 6, 2026 900 AM/{FILE}", notebook(1)),
    (f"12346-678910 - Ana García - 5 March, 2026 1159 PM/{NAME} (1).ipynb", notebook(2)),
    (f"12347-678910 - Wei Li - Mar 5, 2026 1000 AM - {FILE}", notebook(3)),
    ("index.html", b"<html>"),
]
SAKAI = [
    (f"Deng 1962/Doe, Jane(jdoe)/Submission attachment(s)/{FILE}", notebook(1)),
    ("Deng 1962/Doe, Jane(jdoe)/timestamp.txt", b"20260305143000000"),
    ("Deng 1962/Doe, Jane(jdoe)/comments.txt", b""),
    (f"Deng 1962/García, Ana (María)(ana)/Submission attachment(s)/{FILE}", notebook(2)),
    ("Deng 1962/García, Ana (María)(ana)/timestamp.txt", b"2026-03-05T14:30:00Z"),
    (f"Deng 1962/Li, Wei(wli)/Submission attachment(s)/{FILE}", notebook(3)),
    ("Deng 1962/Li, Wei(wli)/Submission attachment(s)/timestamp.txt", b"2020-01-01 00:00:00 UTC"),
    ("Deng 1962/grades.csv", b""),
]
TEAMS = [
    (f"Student Work/Submitted files/Jane Doe/Deng 1962/Version 10/{FILE}", notebook(1)),
    (f"Student Work/Submitted files/Jane Doe/Deng 1962/Version 9/{FILE}", notebook(10)),
    (f"Student Work/Submitted files/García, Ana/Deng 1962/Version 1/{FILE}", notebook(2)),
    (f"Student Work/Submitted files/Wei Li/Deng 1962/Version 1/{NAME}-1.ipynb", notebook(3)),
    (f"Student Work/Working files/Wei Li/Deng 1962/{FILE}", notebook(30)),
]
SUBMITTERS = """
submission_71:
  :submitters:
  - :name: Jane Doe
    :sid: '501'
    :email: jane@example.org
  :created_at: 2026-03-05 14:30:00.000000000 Z
submission_72:
  :submitters:
  - :name: Ana García
    :sid:
    :email: ana@example.org
submission_73:
  :submitters:
  - :name: Wei Li
submission_74:
  :submitters:
  - :name: Eve
    :sid: '7'
  - :name: Mallory
    :sid: '8'
"""
GRADESCOPE = [
    ("assignment_9_export/submission_metadata.yml", SUBMITTERS.encode()),
    *((f"assignment_9_export/submission_7{n}/{FILE}", notebook(n)) for n in (1, 2, 3, 4, 5)),
    ("assignment_9_export/submission_75/submission_metadata.yml", SUBMITTERS.replace("501", "666").encode()),
]
DRIVE = [
    (f"Deng 1962/Jane Doe - {FILE}", notebook(1)),
    (f"Deng 1962/Copy of Ana García - {NAME} (1).ipynb", notebook(2)),
    (f"Deng 1962/{NAME} - Wei Li.ipynb", notebook(3)),
]
NBGRADER = [
    (f"submitted/jdoe/{NAME}/{FILE}", notebook(1)),
    (f"submitted/jdoe/{NAME}/timestamp.txt", b"2026-03-05 14:30:00.000000 UTC"),
    (f"ana/{NAME}.ipynb", notebook(2)),
    (f"wli+{NAME}+2026-03-04 10:00:00.000000 UTC+c2VjcmV0/{FILE}", notebook(30)),
    (f"wli+{NAME}+2026-03-05 10:00:00.000000 UTC+a2V5/{FILE}", notebook(3)),
    ("submitted/jdoe/mao-1963/mao-1963.ipynb", notebook(9, "mao-1963")),
]
FILES = {
    "canvas": CANVAS,
    "moodle": MOODLE,
    "blackboard": BLACKBOARD,
    "brightspace": BRIGHTSPACE,
    "sakai": SAKAI,
    "teams": TEAMS,
    "gradescope": GRADESCOPE,
    "drive": DRIVE,
    "nbgrader": NBGRADER,
}
STUDENTS = {
    "canvas": ["1234", "1235", "1236"],
    "moodle": ["jane-doe", "ana-garcía", "wei-li"],
    "blackboard": ["jdoe", "ana_maria", "wli"],
    "brightspace": ["jane-doe", "ana-garcía", "wei-li"],
    "sakai": ["jdoe", "ana", "wli"],
    "teams": ["jane-doe", "garcía-ana", "wei-li"],
    "gradescope": ["501", "ana@example.org", "wei-li"],
    "drive": ["jane-doe", "ana-garcía", "wei-li"],
    "nbgrader": ["jdoe", "ana", "wli"],
}


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("layout", FILES)
def test_each_system(course, tmp_path, layout, packed):
    """Does every student's newest notebook arrive from a zip, and from the folder that it unpacks to?"""
    path = a_zip(tmp_path / "download.zip", FILES[layout])
    if not packed:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(tmp_path / "download")
        path = tmp_path / "download"
    outcome = collect(course, NAME, [path])
    assert outcome.layout == layout
    assert answers(course) == dict(zip(STUDENTS[layout], "123", strict=True))
    assert {one.known_by for one in outcome.taken} == {"note"}


@pytest.mark.parametrize("layout", FILES)
def test_system_is_recognized(layout):
    """Is each system recognized by the names alone?"""
    assert guess_layout((PurePosixPath(name) for name, _ in FILES[layout]), NAME) == layout


def test_every_system_is_tried():
    """Is there a download of each system that is known?"""
    assert FILES.keys() == set(LAYOUTS)


def test_time_in_sakai(course, tmp_path):
    """Is Sakai's time believed, in both of its forms, and no file of that name that a student handed in?"""
    collect(course, NAME, [a_zip(tmp_path / "s.zip", SAKAI)])
    times = [course.handed_in(who, NAME) for who in ("jdoe", "ana", "wli")]
    assert times == [parse_utc("2026-03-05 14:30:00 UTC")] * 2 + [None]


def test_several_in_gradescope(course, tmp_path):
    """Is a file refused by name that several handed in together, or of which Gradescope says nothing?"""
    outcome = collect(course, NAME, [a_zip(tmp_path / "g.zip", GRADESCOPE)])
    said = {one.file.split("/")[1]: one.sentence for one in outcome.refused}
    assert "2 people handed it in together (Eve, Mallory)" in said["submission_74"]
    assert "does not say whose it is" in said["submission_75"]
    assert "501" not in {who for who, answer in answers(course).items() if answer == "5"}


def test_time_zone_is_told(course, tmp_path):
    """Is a person told that local times were read as UTC, and only where that is so?"""
    (note,) = collect(course, NAME, [a_zip(tmp_path / "b.zip", BLACKBOARD)]).notes
    assert "read as UTC because no --timezone was given" in note
    again = collect(course, NAME, [tmp_path / "b.zip"], timezone="UTC")
    assert again.notes == []
    assert collect(course, NAME, [a_zip(tmp_path / "c.zip", CANVAS)]).notes == []
    (course.folder / "w.csv").write_text(ROSTERS["moodle"][0])
    zipped = a_zip(tmp_path / "m.zip", MOODLE)
    assert collect(course, NAME, [zipped], roster=course.folder / "w.csv").notes == [note]


@pytest.mark.parametrize("above", ["", "exercises/", "a/b/c/d/"])
@pytest.mark.parametrize("students", [("jane",), ("jane", "john")])
def test_our_own_folder_zipped_from_above(course, tmp_path, above, students):
    """Is a folder `submitted` read under any number of folders, and nothing else that lies beside it?"""
    files = [(f"{above}submitted/{who}/{NAME}/{FILE}", notebook(1)) for who in students]
    files += [(f"{above}{step}/{NAME}/{FILE}", notebook(666)) for step in ("source", "release")]
    files += [(f"{above}autograded/jane/{NAME}/{FILE}", notebook(667))]
    outcome = collect(course, NAME, [a_zip(tmp_path / "w.zip", files)])
    assert answers(course) == dict.fromkeys(students, "1")
    assert ["it is in nbgrader's folder" in one.sentence for one in outcome.refused] == [True] * 3


@pytest.mark.parametrize("inside", ["", f"{NAME}/"])
def test_class_folder(course, tmp_path, inside):
    """Are students' folders known in a folder of the whole class?"""
    files = [(f"Class of 2026/{who}/{inside}{FILE}", notebook(n)) for n, who in enumerate(["ann", "bob"])]
    collect(course, NAME, [a_zip(tmp_path / "k.zip", files)])
    assert answers(course) == {"ann": "0", "bob": "1"}


def test_texts_in_canvas(course, tmp_path):
    """Are texts typed into Canvas known as such, and is the notebook among them still Canvas's?"""
    texts = ["doejane_11_text.html", "roejohn_LATE_12_link.html", "anon_a1_text.html"]
    files = [*((name, b"<p>") for name in texts), (f"poe_13_103_{FILE}", notebook(1))]
    outcome = collect(course, NAME, [a_zip(tmp_path / "c.zip", files)])
    assert (outcome.layout, answers(course)) == ("canvas", {"13": "1"})
    assert ["typed into Canvas" in one.sentence for one in outcome.refused] == [True] * 3


@pytest.mark.parametrize(
    "names",
    [
        [f"x/y/z/{FILE}", f"x/y/w/q/{FILE}"],
        [FILE],
        [f"Deng 1962/{FILE}", f"Deng 1962/{NAME} (1).ipynb"],
        [f"deng_1962/{FILE}"],
    ],
)
def test_unknown_system(course, tmp_path, names):
    """Is a person told what to do with files whose names tell nobody?"""
    outcome = collect(course, NAME, [a_zip(tmp_path / "u.zip", [(name, notebook(1)) for name in names])])
    assert not outcome.taken
    assert len(outcome.refused) == len(names)
    assert all(
        "with a name" in one.sentence or "--layout nbgrader" in one.sentence for one in outcome.refused
    )


def test_late_in_canvas(course, tmp_path):
    """Is Canvas's mark of a late file told, with that nobody knows when, and no time invented?"""
    outcome = collect(course, NAME, [a_zip(tmp_path / "c.zip", CANVAS)])
    assert {one.student: one.late for one in outcome.taken} == {"1234": False, "1235": True, "1236": True}
    assert "marked as late" in " ".join(outcome.remarks["1235"])
    assert not list(course.folder.glob("submitted/*/*/timestamp.txt"))


def test_time_of_an_attempt(course, tmp_path):
    """Is the time of Blackboard's clock written as nbgrader reads it, in UTC?"""
    collect(course, NAME, [a_zip(tmp_path / "b.zip", BLACKBOARD)], timezone="America/New_York")
    assert course.handed_in("jdoe", NAME) == parse_utc("2026-03-06 14:00:00 UTC")
    stamp = course.path("submitted", "jdoe", NAME) / "timestamp.txt"
    assert stamp.read_text().strip() == "2026-03-06 14:00:00.000000 UTC"


def test_time_in_nbgraders_own(course, tmp_path):
    """Is nbgrader's own time kept?"""
    collect(course, NAME, [a_zip(tmp_path / "n.zip", NBGRADER)])
    assert course.handed_in("jdoe", NAME) == parse_utc("2026-03-05 14:30:00 UTC")
    assert course.handed_in("wli", NAME) == parse_utc("2026-03-05 10:00:00 UTC")
    assert course.handed_in("ana", NAME) is None


def test_oldest_attempt(course, tmp_path):
    """Is the first attempt taken when that is asked for?"""
    collect(course, NAME, [a_zip(tmp_path / "b.zip", BLACKBOARD)], attempt="oldest")
    assert answers(course)["jdoe"] == "10"


def test_several_attempts_are_told(course, tmp_path):
    """Does a person read that there were two attempts, which one counts, and where the other is?"""
    outcome = collect(course, NAME, [a_zip(tmp_path / "b.zip", BLACKBOARD)])
    assert "handed in 2 times" in outcome.remarks["jdoe"][0]
    assert "2026-03-06 09:00 UTC" in outcome.remarks["jdoe"][0]
    other = next(one for one in outcome.taken if one.student == "jdoe").passed_over
    assert other == [f"b.zip: {BLACKBOARD[0][0]}"]


def test_newest_is_damaged(course, tmp_path):
    """Does the newest that can be read count, and is the damaged one told?"""
    files = [BLACKBOARD[0], (BLACKBOARD[2][0], notebook(1)[:200])]
    outcome = collect(course, NAME, [a_zip(tmp_path / "b.zip", files)])
    assert answers(course)["jdoe"] == "10"
    assert "is damaged" in " ".join(outcome.remarks["jdoe"])


def test_only_one_and_damaged(course, tmp_path):
    """Is a damaged notebook collected when there is no other, so that its student is told why it is zero?"""
    cut = notebook(1)[:200]
    outcome = collect(course, NAME, [a_zip(tmp_path / "c.zip", [(CANVAS[0][0], cut)])])
    assert (course.path("submitted", "1234", NAME) / FILE).read_bytes() == cut
    assert "cut off or damaged" in " ".join(outcome.remarks["1234"])


def test_two_in_one_attempt(course, tmp_path):
    """Does the answered one of two files count, though the untouched one has the right name?"""
    folder = "Jane Doe_501_assignsubmission_file"
    files = [(f"{folder}/{FILE}", notebook()), (f"{folder}/{NAME}(1).ipynb", notebook(7))]
    collect(course, NAME, [a_zip(tmp_path / "m.zip", files)])
    assert answers(course) == {"jane-doe": "7"}


# --- what a notebook is known by ---


@pytest.mark.parametrize(
    ("file", "content", "known_by"),
    [
        ("my homework.ipynb", notebook(1), "note"),
        (f"{NAME}(1).ipynb", notebook(1, note=""), "name"),
        (f"{NAME}-1.ipynb", notebook(1, note=""), "name"),
        ("Deng_1962-Copy2.IPYNB", notebook(1, note=""), "name"),
        ("final.ipynb", notebook(1, note=""), "cells"),
        ("mao-1963.ipynb", notebook(1), "note"),
    ],
)
def test_renamed(course, tmp_path, file, content, known_by):
    """Is a renamed notebook known by its note, its name or its cells?"""
    outcome = collect(course, NAME, [a_zip(tmp_path / "c.zip", [(f"doejane_12_34_{file}", content)])])
    assert [one.known_by for one in outcome.taken] == [known_by]
    assert answers(course) == {"12": "1"}


@pytest.mark.parametrize("file", ["mine.ipynb.txt", "mine.json", "mine", "MINE.IPYNB.JSON"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32"])
def test_known_by_content(course, tmp_path, file, encoding):
    """Is a notebook taken byte for byte, and told, whatever it is called and however it was saved?"""
    content = notebook("'Mao: «je suis né»'").decode().encode(encoding)
    outcome = collect(
        course, NAME, [a_zip(tmp_path / "c.zip", [(f"doejane_12_34_{file}", content), CANVAS[1]])]
    )
    assert outcome.students == ["12", "1235"]
    assert (course.path("submitted", "12", NAME) / FILE).read_bytes() == content
    said = " ".join(outcome.remarks["12"])
    assert "recognized by its content" in said
    assert ("coursework repair" in said) == (encoding not in ("utf-8", "utf-8-sig"))


def test_line_ends(course, tmp_path):
    """Does the answered one of two files count though both have the line ends of Windows?"""

    def windows(answer):
        nb = json.loads(notebook(answer))
        for cell in nb["cells"]:
            cell["source"] = "".join(cell["source"]).replace("\n", "\r\n") + "\r\n"
        return json.dumps(nb)

    folder = "Jane Doe_501_assignsubmission_file"
    files = [(f"{folder}/{FILE}", windows(None)), (f"{folder}/answered.ipynb", windows(7))]
    collect(course, NAME, [a_zip(tmp_path / "m.zip", files)])
    assert answers(course)["jane-doe"].strip() == "7"


# --- what lies beside a notebook ---


def test_files_beside(course, tmp_path):
    """Are data, modules and other notebooks collected with their folders, and the system's files not?"""
    folder = "Jane Doe_501_assignsubmission_file"
    beside = {
        "data/letters.csv": b"a,b",
        "my_module.py": b"x = 1",
        "notes.ipynb": OTHER,
        "a/b/c.txt": b"deep",
    }
    own = notebook(1)
    files = [(f"{folder}/{FILE}", own), *((f"{folder}/{name}", data) for name, data in beside.items()),
             (f"{folder}/old/{FILE}", notebook()), (f"{folder}/{FILE}/x.csv", b""),
             (f"{folder}/a:b.csv", b""),
             (f"{folder}/DATA/letters.csv", b"2"), (f"{folder}/timestamp.txt", b"2020-01-01 00:00:00 UTC"),
             (f"{folder}/data", b"a file where a folder is"), (f"{folder}/{'x' * 240}.csv", b""),
             ("Jane Doe_501_assignsubmission_onlinetext/onlinetext.html", b"<p>")]  # fmt: skip
    outcome = collect(course, NAME, [a_zip(tmp_path / "m.zip", files)])
    place = course.path("submitted", "jane-doe", NAME)
    there = {
        path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()
    }
    assert there == beside | {FILE: own}
    assert sorted(outcome.taken[0].beside) == sorted(beside)
    assert len(outcome.refused) == 6
    assert collect(course, NAME, [tmp_path / "m.zip"]).unchanged == ["jane-doe"]


def test_files_beside_are_limited(course, tmp_path):
    """Are no more files and no more bytes taken than a disk can bear, and the rest named?"""
    files = [(f"ann/{FILE}", notebook(1)), *((f"ann/{n}.csv", b"1") for n in range(250)),
             (f"bob/{FILE}", notebook(2)),
             *((f"bob/{n}.csv", b" " * 8_000_000) for n in range(4))]  # fmt: skip
    outcome = collect(course, NAME, [a_zip(tmp_path / "n.zip", files)])
    assert [len(one.beside) for one in outcome.taken] == [200, 2]
    assert len(outcome.refused) == 52


def test_files_beside_another_attempt(course, tmp_path):
    """Are files taken from the attempt that counts only?"""
    old, new = (f"1-9 - Jane Doe - {day} March, 2026 230 PM" for day in (5, 6))
    files = [(f"{old}/{FILE}", notebook(1)), (f"{old}/a.csv", b"old"), (f"{new}/{FILE}", notebook(2)),
             (f"{new}/b.csv", b"new")]  # fmt: skip
    outcome = collect(course, NAME, [a_zip(tmp_path / "b.zip", files)])
    assert outcome.taken[0].beside == ["b.csv"]


OTHER = nbformat.writes(new_notebook(cells=[new_code_cell("1")])).encode()


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("mine.ipynb", OTHER, "it is not a notebook of deng-1962"),
        ("mine.ipynb", b"{", "cut off or damaged"),
        ("work.zip", b"PK\x05\x06" + bytes(18), "it is a zip inside a zip"),
        ("essay.docx", b"PK", "it is not a notebook."),
        ("deng-1962.ipynb", b"[" * 21_000_000, "larger than 20 MB"),
    ],
)
def test_not_taken(course, tmp_path, file, content, sentence):
    """Is each other file refused with its sentence, and does the class arrive?"""
    path = a_zip(tmp_path / "c.zip", [(f"doejane_12_34_{file}", content), CANVAS[1]])
    outcome = collect(course, NAME, [path])
    assert sentence in sentences(outcome)[f"doejane_12_34_{file}"]
    assert answers(course) == {"1235": "2"}
    assert [one.student for one in outcome.left_out] == ["12"]


def test_of_another_assignment(course, tmp_path):
    """Is the notebook of another assignment named as such?"""
    nb = json.loads(notebook(1, "mao-1963"))
    nb["cells"] = nb["cells"][:1]
    path = a_zip(tmp_path / "c.zip", [("doejane_12_34_mao-1963.ipynb", json.dumps(nb))])
    outcome = collect(course, NAME, [path])
    assert [one.sentence for one in outcome.refused] == ["it is the notebook of mao-1963, not of deng-1962."]


# --- who is who ---

ROSTERS = {
    "canvas": [
        "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"
        '"Doe, Jane",1234,S1,jd1,A\n"García Márquez, Ana",1235,S2,ag2,A\n"Li, Wei",1236,S3,wl3,A\n'
        '"Nobody, Ned",1299,S4,nn4,A\n',
        "id,first_name,last_name,email,lms_user_id\njd1,Jane,Doe,,1234\nag2,Ana,García Márquez,,\n"
        "wl3,Wei,Li,,1236\nnn4,Ned,Nobody,,\n",
    ],
    "moodle": [
        "Identifier,Full name,ID number,Email address,Last modified (submission)\n"
        'Participant 501,Jane Doe,jd1,j@x,"Thursday, 5 March 2026, 11:59 PM"\n'
        "Participant 502,Ana García,ag2,a@x,-\nTeilnehmer/in503,Wei Li,wl3,w@x,\n"
        "Participant 9,N N,nn4,n@x,-\n",
        "id;first_name;last_name;email;lms_user_id\njd1;Jane;Doe;;502\nag2;Ana;García;;503\nwl3;Wei;Li;;501\n"
        "nn4;Ned;Nobody;;\n",
    ],
    "blackboard": [
        '"Last Name"\t"First Name"\t"Username"\t"Student ID"\nDoe\tJane\tjdoe\t1\nG\tAna\tana_maria\t2\n'
        "Li\tWei\twli\t3\nN\tN\tnn4\t4\n"
    ],
}


@pytest.mark.parametrize(
    ("layout", "n"), [(key, n) for key, some in ROSTERS.items() for n in range(len(some))]
)
def test_roster(course, tmp_path, layout, n):
    """Does the system's own export, or nbgrader's list, say which student each user is?"""
    roster = tmp_path / "roster.csv"
    encoding = "utf-16" if layout == "blackboard" else "utf-8-sig"
    roster.write_text(ROSTERS[layout][n], encoding=encoding)
    files = FILES[layout]
    if layout == "canvas":  # as the roster spells it, for a user without a number there
        files = [(name.replace("garcíamárquez", "garcíamárquezana"), data) for name, data in files]
    outcome = collect(course, NAME, [a_zip(tmp_path / "d.zip", files)], roster=roster)
    expected = ["jdoe", "ana_maria", "wli"] if layout == "blackboard" else ["jd1", "ag2", "wl3"]
    assert answers(course) == dict(zip(expected, "123", strict=True))
    assert outcome.missing == ["nn4"]


def test_time_in_moodles_worksheet(course, tmp_path):
    """Is Moodle's time taken from its grading worksheet, by the clock that was told?"""
    roster = tmp_path / "worksheet.csv"
    roster.write_text(ROSTERS["moodle"][0])
    collect(course, NAME, [a_zip(tmp_path / "m.zip", MOODLE)], roster=roster, timezone="Europe/Berlin")
    assert course.handed_in("jd1", NAME) == parse_utc("2026-03-05 22:59:00 UTC")
    assert course.handed_in("ag2", NAME) is None


def test_not_in_the_roster(course, tmp_path):
    """Is a user refused by name whom the roster does not have, or has twice?"""
    roster = tmp_path / "roster.csv"
    roster.write_text("id,first_name,last_name\na,Jane,Doe\nb,Jane,Doe\n")
    outcome = collect(course, NAME, [a_zip(tmp_path / "m.zip", MOODLE)], roster=roster)
    assert not outcome.taken
    said = " ".join(one.sentence for one in outcome.refused)
    assert "2 students who may be Jane Doe (501)" in said
    assert "no entry for Wei Li (503)" in said


def test_participants_of_one_name(course, tmp_path):
    """Are two participants of one name two students?"""
    files = [(MOODLE[0][0], notebook(1)), (MOODLE[0][0].replace("501", "777"), notebook(2))]
    collect(course, NAME, [a_zip(tmp_path / "m.zip", files)])
    assert answers(course) == {"jane-doe-501": "1", "jane-doe-777": "2"}


AT, WHEN, SENT = "attempt_2026-03-05-14-30-0", "5 March, 2026 230 PM", "Submission attachment(s)"
# Each would make one student of two people. What is taken all the same, and whose work it is.
PEOPLE = {
    "Blackboard's users with a sign in them": (
        [(f"D_j_roe_{AT}1_{FILE}", 1), (f"D_k_roe_{AT}2_{FILE}", 2)],
        {"j_roe": "1", "k_roe": "2"},
    ),
    "and a column with one too": (
        [(f"HW_1_j_roe_{AT}1_{FILE}", 1), (f"HW_1_k_roe_{AT}2_{FILE}", 2),
         (f"HW_1_jdoe_{AT}2_{FILE}", 3)],
        {"j_roe": "1", "k_roe": "2", "jdoe": "3"},
    ),
    "one user of Blackboard with a sign": ([(f"D_j_roe_{AT}1_{FILE}", 1)], {"j_roe": "1"}),
    "different users with a sign": (
        [(f"D_j_roe_{AT}1_{FILE}", 1), (f"D_k_poe_{AT}2_{FILE}", 2)],
        {"j_roe": "1", "k_poe": "2"},
    ),
    "two columns of Blackboard": (
        [(f"A_x_roe_{AT}1_{FILE}", 1), (f"B_roe_{AT}2_{FILE}", 2)],
        {"A_x_roe": "1", "roe": "2"},
    ),
    "one number of Canvas": ([(f"doejane_12_1_{FILE}", 1), (f"roejohn_12_2_{FILE}", 2)], {}),
    "one name in Moodle without numbers": (
        [(f"Jane-Doe_assignsubmission_file/{FILE}", 1), (f"Jane Doe_assignsubmission_file/{FILE}", 2)], {},
    ),
    "one name in Moodle with numbers": (
        [(f"Jane-Doe_1_assignsubmission_file/{FILE}", 1), (f"Jane Doe_2_assignsubmission_file/{FILE}", 2)],
        {"jane-doe-1": "1", "jane-doe-2": "2"},
    ),
    "one name in Brightspace": (
        [(f"1-9 - Jane Doe - {WHEN}/{FILE}", 1), (f"2-9 - Jane Doe - {WHEN}/{FILE}", 2)],
        {"jane-doe-1": "1", "jane-doe-2": "2"},
    ),
    "one name in Drive": (
        [(f"H/Jane-Doe - {FILE}", 1), (f"H/Jane Doe - {FILE}", 2), (f"H/Al - {FILE}", 3)],
        {"al": "3"},
    ),
    "two people in a student's folder": (
        [(f"ann/Jane Doe - {FILE}", 1), (f"ann/x/John Roe - {FILE}", 2), (f"bob/{FILE}", 3)], {"bob": "3"},
    ),
    "names before the assignment's": ([(f"all/{who}_{FILE}", n) for n, who in enumerate(["Doe", "Roe"])], {}),
    "a class in one folder": ([(f"Turned in/{who}.ipynb", n) for n, who in enumerate("abc")], {}),
    "capitals": ([(f"Jane/{FILE}", 1), (f"jane/{FILE}", 2), (f"bob/{FILE}", 3)], {"bob": "3"}),
    "accents": ([(f"Jos\u00e9/{FILE}", 1), (f"Jose\u0301/{FILE}", 2), (f"bob/{FILE}", 3)], {"bob": "3"}),
    "accents in Sakai": (
        [(f"D/X(jos\u00e9)/{SENT}/{FILE}", 1), (f"D/X(jose\u0301)/{SENT}/b.ipynb", 2)],
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("name", PEOPLE)
def test_two_people_are_two(course, tmp_path, name, packed):
    """Does no one lose work to somebody of the same name, and is each file named that nobody can tell?"""
    files, expected = PEOPLE[name]
    path = a_zip(tmp_path / "d.zip", [(file, notebook(answer)) for file, answer in files])
    if not packed:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(tmp_path / "download")
        path = tmp_path / "download"
    outcome = collect(course, NAME, [path])
    assert answers(course) == expected
    assert len(outcome.refused) == len(files) - len(expected)
    assert not [said for said in outcome.remarks.values() if "times" in " ".join(said)]
    assert ("D_j_roe was read as j_roe" in " ".join(outcome.notes)) == (files[0][0].startswith("D_j_roe_"))


def test_two_people_in_two_downloads(course, tmp_path):
    """Is another person's file refused by name where somebody's work lies already, and that work kept?"""
    first = [(f"doejane_12_1_{FILE}", notebook(1))]
    collect(course, NAME, [a_zip(tmp_path / "1.zip", first)])
    outcome = collect(course, NAME, [a_zip(tmp_path / "2.zip", [(f"roejohn_12_2_{FILE}", notebook(2))])])
    assert answers(course) == {"12": "1"}
    assert "doejane <12> (collected before); roejohn <12>" in outcome.refused[0].sentence
    outcome = collect(course, NAME, [a_zip(tmp_path / "3.zip", [(f"Eve/{FILE}", notebook(3))])])
    (course.folder / "submitted" / "Eve").rename(course.folder / "submitted" / "eve")
    outcome = collect(course, NAME, [tmp_path / "3.zip"])
    assert "differ only in capitals" in outcome.refused[0].sentence


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("4.56E+08,12,Jo,Roe\n4.56E+08,13,Al,Poe", "a number that Excel has shortened"),
        ("4.56E+08,12,Jo,Roe", "a number that Excel has shortened"),
        ("roe,12,Jo,Roe\nroe,13,Al,Poe", "2 rows for the student roe (Al Poe, Jo Roe)"),
        ("roe,,Jo,Roe\nroe,,Al,Poe", "2 rows for the student roe"),
        ("a,99,Jo,Roe\nb,98,Al,Poe", "under another number, 99"),
    ],
)
def test_roster_with_two_for_one(course, tmp_path, rows, sentence):
    """Is a student refused by name whom the roster gives to two people, or under a number that is none?"""
    roster = tmp_path / "roster.csv"
    roster.write_text(f"id,lms_user_id,first_name,last_name\ndoe,11,Jane,Doe\n{rows}\n")
    files = [(f"doejane_11_1_{FILE}", notebook(1)), (f"roejo_12_2_{FILE}", notebook(2)),
             (f"poeal_13_3_{FILE}", notebook(3))]  # fmt: skip
    outcome = collect(course, NAME, [a_zip(tmp_path / "c.zip", files)], roster=roster)
    assert answers(course) == {"doe": "1"}
    assert len(outcome.refused) == 2
    assert sentence in outcome.refused[0].sentence


def test_nobody_hands_in_for_another(course, tmp_path):
    """Does a file stay its student's, though its name or its folder looks like another's?"""
    tricks = {
        "canvas": (f"eve_1_2_doejane_1234_999999_{FILE}", "1"),
        "moodle": (f"Eve_1_assignsubmission_file_Jane Doe_501_assignsubmission_file_{FILE}", "eve"),
        "blackboard": (f"D_eve_attempt_2026-03-05-14-30-00_D_jdoe_attempt_2026-03-09-14-30-00_{FILE}", "eve"),
        "nbgrader": (f"eve/{NAME}/jdoe/{NAME}/{FILE}", "eve"),
    }
    for layout, (name, student) in tricks.items():
        own = FILES[layout][0]
        collect(
            course, NAME, [a_zip(tmp_path / f"{layout}.zip", [own, (name, notebook(666))])], layout=layout
        )
        assert answers(course)[student] == "666"
    assert {who for who, answer in answers(course).items() if answer == "666"} == {"1", "eve"}
    receipt = (BLACKBOARD[1][0].replace("jdoe", "eve"), RECEIPT.format("Jane Doe", "jdoe", ""))
    files = [(BLACKBOARD[0][0].replace("jdoe", "eve"), notebook(667)), receipt]
    collect(course, NAME, [a_zip(tmp_path / "receipt.zip", files)])
    assert answers(course)["eve"] == "667"


# --- hostile zips ---


def entry(name, *, mode=0, content=None):
    """Return a member of a zip that says of itself what it likes."""
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info, notebook(666) if content is None else content


HOSTILE = {
    "up": (entry(f"../../../evil_1_2_{FILE}"), "points outside"),
    "absolute": (entry(f"/etc/evil_1_2_{FILE}"), "points outside"),
    "windows": (entry(f"..\\..\\evil_1_2_{FILE}"), "points outside"),
    "drive": (entry(f"C:/evil_1_2_{FILE}"), "points outside"),
    "link": (entry(f"evil_1_2_{FILE}", mode=stat.S_IFLNK | 0o777, content="/etc/passwd"), "it is a link"),
    "pipe": (entry(f"evil_1_2_{FILE}", mode=stat.S_IFIFO | 0o644), "not an ordinary file"),
    "bomb": (entry(f"evil_1_2_{FILE}", content=b" " * 60_000_000), "larger than 20 MB"),
    "screen": (entry(f"evil_1_2_\x1b]0;[red]{FILE}.exe", content="MZ"), "not a notebook"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_member(course, tmp_path, name):
    """Is the member refused with its sentence, the rest taken, and nothing written outside of `submitted`?"""
    (info, content), sentence = HOSTILE[name]
    before = sorted(tmp_path.rglob("*"))
    path = tmp_path / "c.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, content)
        for one in CANVAS[:2]:
            archive.writestr(*one)
    outcome = collect(course, NAME, [path])
    assert answers(course) == {"1234": "1", "1235": "2"}
    assert [one.sentence for one in outcome.refused if sentence in one.sentence]
    assert all(one.file.isprintable() and len(one.file) < 250 for one in outcome.refused)
    own = (course.folder / "submitted", course.own)
    new = [one for one in tmp_path.rglob("*") if one not in before and one != path]
    assert all(any(one.is_relative_to(place) for place in own) for one in new)


def patched(path, name, change):
    """Change the two headers of a member of a zip: (flags, method, size) as the format has them."""
    data = bytearray(path.read_bytes())
    for signature, flags, sizes in ((b"PK\x03\x04", 6, 22), (b"PK\x01\x02", 8, 24)):
        at = data.find(signature)
        while at >= 0:
            long = 30 if signature == b"PK\x03\x04" else 46
            if data[at + long : at + long + len(name)] == name.encode():
                change(data, at + flags, at + sizes)
            at = data.find(signature, at + 4)
    path.write_bytes(data)


def locked(data, flags, _sizes):
    data[flags] |= 1


def of_unknown_method(data, flags, _sizes):
    struct.pack_into("<H", data, flags + 2, 99)


def said_to_be_short(data, _flags, sizes):
    struct.pack_into("<I", data, sizes, 10)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (locked, "protected by a password"),
        (of_unknown_method, "damaged and cannot be read"),
        (said_to_be_short, "damaged and cannot be read"),
    ],
)
def test_headers(course, tmp_path, change, sentence):
    """Is a member that is encrypted, packed in an unknown way, or lies about its length refused alone?"""
    path = a_zip(tmp_path / "c.zip", CANVAS[:2])
    patched(path, CANVAS[0][0], change)
    outcome = collect(course, NAME, [path])
    assert answers(course) == {"1235": "2"}
    assert sentence in outcome.refused[0].sentence


def test_damaged_content(course, tmp_path):
    """Is a member whose content does not fit its checksum refused alone?"""
    path = tmp_path / "c.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for one in CANVAS[:2]:
            archive.writestr(*one)
    path.write_bytes(path.read_bytes().replace(b"a = 1", b"a = 7", 1))
    outcome = collect(course, NAME, [path])
    assert answers(course) == {"1235": "2"}
    assert "damaged" in outcome.refused[0].sentence


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + bytes(50), b"PK\x05\x06" + b"\xff" * 18])
def test_no_zip(course, tmp_path, content):
    """Is a file that is not a zip one refused file, and is the other zip collected?"""
    (tmp_path / "bad.zip").write_bytes(content)
    outcome = collect(course, NAME, [tmp_path / "bad.zip", a_zip(tmp_path / "c.zip", CANVAS[:1])])
    assert answers(course) == {"1234": "1"}
    assert [(one.file, "not a zip" in one.sentence) for one in outcome.refused] == [("bad.zip", True)]


def test_zip_cut_off(course, tmp_path):
    """Is a zip that was not downloaded to its end refused with what to do?"""
    path = a_zip(tmp_path / "c.zip", CANVAS)
    path.write_bytes(path.read_bytes()[:-100])
    assert "download it again" in collect(course, NAME, [path]).refused[0].sentence


def test_name_there_twice(course, tmp_path):
    """Does the last of two members of one name count, as it would after unpacking, and is it told?"""
    path = a_zip(tmp_path / "c.zip", [(CANVAS[0][0], notebook(5)), (CANVAS[0][0], notebook(6))])
    outcome = collect(course, NAME, [path])
    assert answers(course) == {"1234": "6"}
    assert "the zip holds it twice" in outcome.refused[0].sentence


def test_many_notebooks_of_one_student(course, tmp_path):
    """Is a student with a thousand notebooks read no longer than it takes to see that?"""
    files = [(f"eve_1_{n}_{FILE}", notebook(n)) for n in range(100)]
    outcome = collect(course, NAME, [a_zip(tmp_path / "c.zip", [*files, CANVAS[0]])])
    assert answers(course)["1234"] == "1"
    assert len([one for one in outcome.refused if "more than 40" in one.sentence]) == 60


def test_links_in_a_folder(course, tmp_path):
    """Are links to files and to folders refused, and not followed?"""
    secret = tmp_path / "secret"
    (secret / NAME).mkdir(parents=True)
    (secret / NAME / FILE).write_bytes(notebook(666))
    folder = tmp_path / "handed-in"
    (folder / "jdoe").mkdir(parents=True)
    (folder / "jdoe" / FILE).write_bytes(notebook(1))
    (folder / "eve").symlink_to(secret)
    (folder / "mallory").mkdir()
    (folder / "mallory" / FILE).symlink_to(secret / NAME / FILE)
    outcome = collect(course, NAME, [folder])
    assert answers(course) == {"jdoe": "1"}
    assert ["it is a link" in one.sentence for one in outcome.refused] == [True, True]


@pytest.mark.parametrize("student", [".hidden", "-rf", "a\nb", "x" * 200, "a;b", "$(id)"])
def test_names_of_students(course, tmp_path, student):
    """Is a folder whose name can be no student's refused?"""
    path = a_zip(tmp_path / "n.zip", [(f"{student}/{FILE}", notebook(666)), (f"jdoe/{FILE}", notebook(1))])
    outcome = collect(course, NAME, [path])
    assert answers(course) == {"jdoe": "1"}
    assert len(outcome.refused) == 1


@pytest.mark.parametrize("student", ["毛" * 75, "毛" * 100, "é" * 99])
def test_bytes_of_a_name(course, tmp_path, student):
    """Is a name of few letters and many bytes either a folder's name or one sentence, and the class there?"""
    files = [
        (f"{student}/{FILE}", notebook(666)),
        (f"jdoe/{FILE}", notebook(1)),
        (f"zoe/{FILE}", notebook(2)),
    ]
    outcome = collect(course, NAME, [a_zip(tmp_path / "n.zip", files)])
    assert {"jdoe": "1", "zoe": "2"}.items() <= answers(course).items()
    assert len(outcome.refused) == (len(student.encode()) > 200)


def test_odd_files_in_a_folder(course, tmp_path):
    """Is each pipe, socket, unreadable name and damaged metadata one sentence, without waiting for any?"""
    folder = tmp_path / "in"
    for who in ("ann", "bob", "cy", "di"):
        (folder / who).mkdir(parents=True)
        (folder / who / FILE).write_bytes(notebook(1))
    os.mkfifo(folder / "ann" / "pipe.csv")
    (folder / "bob" / os.fsdecode(b"r\xe9sum\xe9.txt")).write_text("x")
    (folder / os.fsdecode(b"\xff\xfe")).mkdir()
    (folder / os.fsdecode(b"\xff\xfe") / FILE).write_bytes(notebook(1))
    text = notebook(1).decode().replace('"points": 1', f'"points": 1{"0" * 400}')
    (folder / "cy" / FILE).write_text(text)
    os.mkfifo(folder / "di" / "timestamp.txt")
    outcome = collect(course, NAME, [folder])
    assert outcome.students == ["ann", "bob", "cy", "di"]
    assert len(outcome.refused) == 4
    assert all(one.sentence.isprintable() and one.file.isprintable() for one in outcome.refused)
    os.mkfifo(tmp_path / "pipe.zip")
    assert "not an ordinary file" in collect(course, NAME, [tmp_path / "pipe.zip"]).refused[0].sentence


NAMES = st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=90) | st.sampled_from(
    ["submitted", NAME, "Submitted files", "Version 1", "submission_1", "毛" * 90, "..", ".", "x" * 300, "-",
     "D_e_attempt_2026-03-05-14-30-00", f"1-2 - E - {WHEN}", "x_1_assignsubmission_file", "e_1_2_",
     "X(e)", "Submission attachment(s)", "submission_metadata.yml", "timestamp.txt", "Jane - deng-1962"]
)  # fmt: skip
BYTES = st.binary(max_size=50) | st.sampled_from(
    [notebook(5), notebook(5)[:-40], OTHER, b"[" * 3000, b"{" * 3000, b"\xff\xfe{", b'{"cells": 1}', b"a: *b",
     notebook(5).replace(b'"points": 1', b'"points": 1' + b"0" * 400), notebook(5).decode().encode("utf-16")]
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    odd=st.lists(
        st.tuples(st.lists(NAMES, min_size=1, max_size=4), NAMES | st.just(FILE), BYTES), max_size=12
    ),
    layout=st.sampled_from(LAYOUTS),
)
def test_odd_class(course, tmp_path, odd, layout):
    """Does an honest student's work arrive unchanged beside a class in which everything is odd?"""
    shutil.rmtree(course.folder / "submitted", ignore_errors=True)
    shutil.rmtree(course.own, ignore_errors=True)
    files = [
        ("/".join([*folders, name]).encode(errors="replace").decode(), data) for folders, name, data in odd
    ]
    (tmp_path / "odd.zip").unlink(missing_ok=True)
    honest = next(one for one in FILES[layout] if b"a = 2" in bytes(one[1]))
    used = [honest, *(one for one in FILES[layout] if one[0].endswith((".yml", ".txt")))]
    outcome = collect(course, NAME, [a_zip(tmp_path / "odd.zip", [*files, *used])], layout=layout)
    assert (course.path("submitted", STUDENTS[layout][1], NAME) / FILE).read_bytes() == honest[1]
    assert all(one.sentence and one.sentence.isprintable() for one in outcome.refused)
    assert not list((course.folder / "submitted").rglob("*.new"))


def test_metadata_of_any_shape(course, tmp_path):
    """Does a notebook whose metadata are not what they should be stop nothing?"""
    odd = []
    for note in ([], "x", {"name": []}, {"name": {"a": 1}}, None):
        nb = json.loads(notebook(1))
        nb["metadata"]["exercise"] = note
        odd.append(nb)
    for grade_id in ([], {}, 7, None, True):
        nb = json.loads(notebook(1))
        nb["cells"][1]["metadata"]["nbgrader"]["grade_id"] = grade_id
        odd.append(nb)
    for points in ("x", None, []):
        nb = json.loads(notebook(1))
        nb["cells"][1]["metadata"]["nbgrader"] |= {"grade": True, "points": points}
        odd.append(nb)
    odd.append(json.loads(notebook(1)) | {"metadata": []})
    files = [(f"s_{n}_1_{FILE}", json.dumps(nb)) for n, nb in enumerate(odd, 10)]
    outcome = collect(course, NAME, [a_zip(tmp_path / "c.zip", files)])
    assert len(outcome.students) == len(odd)


# --- nothing is lost ---


def test_backup(course, tmp_path):
    """Is what lay there moved to where the outcome says, and is nothing moved when nothing changed?"""
    first = a_zip(tmp_path / "1.zip", [(f"doejane_1234_1_{FILE}", notebook(1))])
    second = a_zip(tmp_path / "2.zip", [(f"doejane_1234_2_{FILE}", notebook(2))])
    collect(course, NAME, [first])
    again = collect(course, NAME, [first])
    assert (again.unchanged, again.replaced) == (["1234"], {})
    note = course.path("submitted", "1234", NAME) / "my-note.txt"
    note.write_text("called me on Monday")
    outcome = collect(course, NAME, [second])
    assert answers(course) == {"1234": "2"}
    backup = Path(outcome.replaced["1234"])
    assert (backup / "my-note.txt").read_text() == "called me on Monday"
    assert nbformat.read(backup / FILE, 4).cells[1].source == "a = 1"
    assert backup.is_relative_to(course.own)


def test_older_download(course, tmp_path):
    """Is a newer submission kept when an older download is collected after it?"""
    collect(course, NAME, [a_zip(tmp_path / "new.zip", [BLACKBOARD[2]])])
    outcome = collect(course, NAME, [a_zip(tmp_path / "old.zip", [BLACKBOARD[0]])])
    assert answers(course) == {"jdoe": "1"}
    assert "so it was kept" in outcome.refused[0].sentence


def test_older_download_of_canvas(course, tmp_path):
    """Is a file with a greater number kept when an older download is collected after it, and that told?"""
    new, old = ([(f"doejane_12_{n}_{FILE}", notebook(n))] for n in (101, 100))
    collect(course, NAME, [a_zip(tmp_path / "new.zip", new)])
    outcome = collect(course, NAME, [a_zip(tmp_path / "old.zip", old)])
    assert answers(course) == {"12": "101"}
    assert "newer (number 101 of Canvas; this is 100), so it was kept" in outcome.refused[0].sentence
    assert read_collected(course, NAME)["12"].file_id == 101
    collect(course, NAME, [tmp_path / "old.zip"], attempt="oldest")
    assert answers(course) == {"12": "100"}


def test_stopped_between(course, tmp_path, monkeypatch):
    """Is nothing lost, and is the same command enough, when a run is stopped while it writes?"""
    collect(course, NAME, [a_zip(tmp_path / "1.zip", [(f"doejane_12_1_{FILE}", notebook(1))])])
    rename = os.rename

    def stop_at_the_second(before, after):
        if Path(after).name == NAME and Path(before).suffix == ".new":
            raise KeyboardInterrupt
        rename(before, after)

    second = a_zip(tmp_path / "2.zip", [(f"doejane_12_2_{FILE}", notebook(2))])
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(os, "rename", stop_at_the_second)
        collect(course, NAME, [second])
    assert answers(course) == {"12": "1"}
    collect(course, NAME, [second])
    assert answers(course) == {"12": "2"}


def test_no_room(course, tmp_path, monkeypatch):
    """Does a full disk leave what was there as it was, and no half of a folder?"""
    collect(course, NAME, [a_zip(tmp_path / "1.zip", [(f"doejane_12_1_{FILE}", notebook(1))])])

    def full(self, _content):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
        patch.setattr(Path, "write_bytes", full)
        collect(course, NAME, [a_zip(tmp_path / "2.zip", [(f"doejane_12_2_{FILE}", notebook(2))])])
    assert answers(course) == {"12": "1"}
    assert [path.name for path in (course.folder / "submitted" / "12").iterdir()] == [NAME]


def test_file_in_the_place_of_a_folder(course, tmp_path):
    """Is a file kept that lies where a student's folder should be, and does the class arrive?"""
    place = course.folder / "submitted"
    (place / "ann").mkdir(parents=True)
    (place / "ann" / NAME).write_text("mine")
    (place / "bob").write_text("mine too")
    files = [(f"{who}/{FILE}", notebook(1)) for who in ("ann", "bob", "cy")]
    outcome = collect(course, NAME, [a_zip(tmp_path / "n.zip", files)])
    assert answers(course) == {"ann": "1", "cy": "1"}
    assert Path(outcome.replaced["ann"]).read_text() == "mine"
    assert (place / "bob").read_text() == "mine too"
    assert [one.student for one in outcome.left_out] == ["bob"]


def test_two_downloads(course, tmp_path):
    """Does the newest attempt count when it is in another zip, in whatever order they are given?"""
    old, new = (a_zip(tmp_path / f"{n}.zip", [BLACKBOARD[n]]) for n in (0, 2))
    collect(course, NAME, [new, old])
    assert answers(course) == {"jdoe": "1"}


def test_link_in_submitted(course, tmp_path):
    """Is nothing written through a link that lies in the place of a student's folder?"""
    place = course.folder / "submitted" / "1234"
    place.mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (place / NAME).symlink_to(tmp_path / "elsewhere")
    outcome = collect(course, NAME, [a_zip(tmp_path / "c.zip", CANVAS[:2])])
    assert not list((tmp_path / "elsewhere").iterdir())
    assert outcome.students == ["1235"]


def test_several_notebooks(course, tmp_path):
    """Are the notebooks of an assignment chosen one by one, each the newest?"""
    nb = source()
    for cell in nb.cells:
        cell.metadata.nbgrader.grade_id += "-more"
    nbformat.write(nb, course.folder / "source" / NAME / "more.ipynb")
    nb.cells[1].source = "a = 8"
    more = nbformat.writes(nb)
    files = [
        (f"doejane_12_1_{FILE}", notebook(1)),
        ("doejane_12_2_more.ipynb", more),
        (f"doejane_12_3_{FILE}", notebook(2)),
    ]
    outcome = collect(course, NAME, [a_zip(tmp_path / "c.zip", files)])
    assert sorted(one.notebook for one in outcome.taken) == [NAME, "more"]
    assert answers(course) == {"12": "2"}


def test_what_goes_back(course, tmp_path):
    """Is it kept how the system calls each student and file, also over a second collection?"""
    collect(course, NAME, [a_zip(tmp_path / "1.zip", CANVAS[:1])])
    collect(course, NAME, [a_zip(tmp_path / "2.zip", CANVAS[1:2])])
    kept = read_collected(course, NAME)
    assert {who: (one.lms_id, one.person, one.file_id) for who, one in kept.items()} == {
        "1234": ("1234", "doejane", 567890),
        "1235": ("1235", "garcíamárquez", 567891),
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"assignment": "none"}, "The course has no assignment none. There are: deng-1962, mao-1963."),
        ({"sources": ["no-such.zip"]}, "no-such.zip: there is no such file or folder."),
        ({"layout": "ilias"}, "ilias is not a known layout"),
        ({"timezone": "Moon/Base"}, "Moon/Base is not a time zone"),
        ({"roster": "no-such.csv"}, "no-such.csv: the roster cannot be read"),
    ],
)
def test_cannot(course, tmp_path, change, message):
    """Does what cannot be asked for get one sentence with what to do?"""
    given = {"assignment": NAME, "sources": [a_zip(tmp_path / "c.zip", CANVAS)]} | change
    with pytest.raises(CourseError) as raised:
        collect(course, **given)
    assert message in str(raised.value)


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "id,name\n", b"\xff\xfe\x00", b"\x80abc"])
def test_roster_that_is_none(course, tmp_path, content):
    """Does a roster that is none get one sentence that names the file?"""
    roster = tmp_path / "roster.csv"
    roster.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CourseError, match=r"roster\.csv"):
        collect(course, NAME, [a_zip(tmp_path / "c.zip", CANVAS)], roster=roster)


# --- the command ---


def run(course, *arguments):
    """Run the command for a course."""
    return CliRunner().invoke(app, ["collect", NAME, *map(str, arguments), "--course", str(course.folder)])


def test_command(course, tmp_path):
    """Does the command say what came, what did not and where the old files are, with a code for scripts?"""
    whole = run(course, a_zip(tmp_path / "1.zip", [CANVAS[0]]))
    assert whole.exit_code == 0, whole.stderr
    assert "collected the work of 1, from files named as in Canvas." in whole.stdout
    second = [(f"doejane_1234_999999_{FILE}", notebook(2)), ("[/b]ann_7_8_[red].docx", b"x")]
    more = run(course, a_zip(tmp_path / "2.zip", [*second, (f"li_9_9_{NAME}.docx", b"")]))
    assert more.exit_code == 1, more.stderr
    assert ".coursework/replaced/" in more.stdout
    assert "NOT TAKEN: 2.zip: li_9_9_deng-1962.docx: it is not a notebook." in more.stdout
    assert "[red].docx" in more.stdout
    cannot = run(course, tmp_path / "none.zip")
    assert (cannot.exit_code, cannot.stdout) == (3, "")
    assert "there is no such file" in cannot.stderr


def test_command_for_programs(course, tmp_path):
    """Does the command print one line of JSON that has it all, and nothing else?"""
    ran = run(course, a_zip(tmp_path / "c.zip", CANVAS), "--json")
    assert (ran.exit_code, ran.stderr) == (1, "")
    told = json.loads(ran.stdout)
    assert [one["student"] for one in told["taken"]] == ["1234", "1235", "1236"]
    assert {one["student"] for one in told["refused"]} >= {"1234"}
    assert ran.stdout.count("\n") == 1


@pytest.mark.parametrize(
    "files",
    [
        [f"jane/{NAME}/{FILE}", f"jane/{NAME}/{NAME}-Copy1.ipynb"],
        [f"doejane_11_100_{FILE}", f"doejane_LATE_11_101_{NAME}-1.ipynb"],
        [f"Deng_j_roe_attempt_2026-03-0{day}-14-30-00_{FILE}" for day in (5, 6)],
    ],
)
def test_several_attempts_are_one_persons(course, tmp_path, files):
    """Are several attempts of one person still taken as such?"""
    outcome = collect(course, NAME, [a_zip(tmp_path / "a.zip", [(name, notebook(1)) for name in files])])
    assert len(outcome.taken) == 1 and not outcome.refused


# --- what takes long ---


@pytest.mark.parametrize("name", NAMES_WITHOUT_END)
def test_name_without_end(name):
    """Is a long number in the name of a file read once, and not cut into numbers in every way?"""
    begun = time.process_time()
    assert not is_named_after(NAMES_WITHOUT_END[name], "sums")
    assert time.process_time() - begun < 1


def test_receipt_without_end():
    """Does a receipt that is nothing but white space take no longer than another?"""
    begun = time.process_time()
    assert read_receipt("x" + " " * 200_000) is read_receipt("Name: " + " " * 200_000) is None
    assert time.process_time() - begun < 5


def test_metadata_that_grow():
    """Is a name in Gradescope's file that is a list of lists of lists no name, and never written out?"""
    grown = ["x"] * 9
    for _ in range(9):
        grown = [grown] * 9
    begun = time.process_time()
    assert _submitter({":submitters": [{":name": grown, ":sid": grown, ":email": 7}]}) == {
        "lms_id": "7", "person": ""
    }  # fmt: skip
    assert time.process_time() - begun < 1
