"""Is a stale mark seen by every command, and is one student's trouble one sentence about that student?"""

import csv
import io
import json
import os
import shutil
import socket
from contextlib import chdir
from datetime import timedelta
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.little_course import CONFIG, LATE, answered, hand_in, new_course, open_gradebook
from typer.testing import CliRunner

from helpers.coursework import pipeline
from helpers.coursework.analysis.report import _is_near, read_report, write_report
from helpers.coursework.boundary import CourseError
from helpers.coursework.cli import app
from helpers.coursework.cli.console import LiteralConsole
from helpers.coursework.course import Course
from helpers.coursework.intake.collect import collect
from helpers.coursework.intake.repair import repair
from helpers.coursework.plaintext import no_formula, with_formula
from helpers.coursework.returning.feedback import write_feedback
from helpers.coursework.returning.gradebook import read_grades
from helpers.coursework.returning.lms_export import export_grades
from helpers.coursework.settings import LONGEST_TIMEOUT

pytestmark = pytest.mark.slow
HONEST = ("ann", "zoe")


@pytest.fixture(scope="module")
def marked(tmp_path_factory, needs_sandbox):
    """Return a course with two honest students, both marked, one late and read by a person."""
    folder = tmp_path_factory.mktemp("marked")
    released = new_course(folder)
    (folder / "nbgrader_config.py").write_text(CONFIG + LATE)
    shutil.copy(folder / "gradebook.db", folder / "empty.db")
    for student in HONEST:
        hand_in(folder, student, answered(released))
        at(folder, student, "2030-01-02 12:00:00 UTC")
    with open_gradebook(folder) as gradebook:
        gradebook.update_or_create_assignment("sums", duedate="2030-01-01 12:00:00 UTC")
    outcome = pipeline.autograde(Course(folder), "sums")
    assert sorted(outcome.marked) == list(HONEST)
    with open_gradebook(folder) as gradebook:
        for student in HONEST:
            grade = gradebook.find_grade("reasons", "sums", "sums", student)
            grade.manual_score, grade.needs_manual_grade = 2.5, False
        gradebook.db.commit()
    return folder


@pytest.fixture
def course(marked, tmp_path):
    """Return a copy of the course, which a test may change."""
    return Path(shutil.copytree(marked, tmp_path / "course"))


def at(folder, student, time):
    """Write when a student handed in."""
    (folder / f"submitted/{student}/sums/timestamp.txt").write_text(time)


def status(folder):
    """Return the status and the sentence of each student."""
    return {one.student: (one.status, one.sentence) for one in read_grades(Course(folder), "sums").students}


def late(folder):
    """Return what is taken off each student."""
    return {one.student: one.late_penalty for one in read_grades(Course(folder), "sums").students}


def say(command, folder, *options):
    """Return the exit code of a command and the sentence with which it could not be done."""
    done = CliRunner().invoke(app, [command, "sums", "--json", "--course", str(folder), *options])
    return done.exit_code, json.loads(done.stdout)["error"]


# --- what makes a mark stale ---


def _due(folder):
    with open_gradebook(folder) as gradebook:
        gradebook.update_or_create_assignment("sums", duedate="2030-01-05 12:00:00 UTC")


def _extend(folder):
    with open_gradebook(folder) as gradebook:
        gradebook.find_submission("sums", "ann").extension = timedelta(days=3)
        gradebook.db.commit()


def _penalty(folder):
    path = folder / "nbgrader_config.py"
    stock = "\nc.AssignLatePenalties.plugin_class = LateSubmissionPlugin\n"
    path.write_text(f"{path.read_text()}{stock}c.LateSubmissionPlugin.penalty_method = 'zero'\n")


def _removed(folder):
    with open_gradebook(folder) as gradebook:
        gradebook.remove_student("ann")


def _backup(folder):
    with open_gradebook(folder) as gradebook:
        gradebook.find_grade("sum", "sums", "sums", "ann").auto_score = 0
        gradebook.db.commit()


CHANGES = {
    "a moved deadline": _due,
    "an extension": _extend,
    "another penalty": _penalty,
    "a student removed": _removed,
    "a gradebook made anew": lambda folder: shutil.copy(folder / "empty.db", folder / "gradebook.db"),
    "older marks in the gradebook": _backup,
    "autograded deleted": lambda folder: shutil.rmtree(folder / "autograded"),
    "a file of autograded deleted": lambda folder: (folder / "autograded/ann/sums/sums.ipynb").unlink(),
    "another time": lambda folder: at(folder, "ann", "2030-01-03 12:00:00 UTC"),
    "no time any more": lambda folder: (folder / "submitted/ann/sums/timestamp.txt").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_stale_mark_is_seen(course, change):
    """Is such a mark never exported as current, and made again without running anything?"""
    CHANGES[change](course)
    for_all = change in ("a moved deadline", "another penalty", "autograded deleted")
    told = status(course)
    if change != "a gradebook made anew":
        assert told["ann"][0] == "not marked" and "coursework autograde" in told["ann"][1]
        assert (told["zoe"][0] == "not marked") == for_all
    exported = export_grades(Course(course), "sums")
    assert "ann" not in exported.written and "ann" in exported.not_marked
    if change not in ("a gradebook made anew", "a student removed"):  # then there are no points to tell
        told_back = write_feedback(Course(course), "sums")
        assert "coursework autograde" in told_back["ann"] and bool(told_back["zoe"]) == for_all
        assert (course / "feedback/zoe").exists() != for_all and not (course / "feedback/ann").exists()
    again = pipeline.autograde(Course(course), "sums")
    assert "ann" in again.reused and not again.marked and not again.failed
    person_is_asked = change in ("a student removed", "a gradebook made anew")
    assert status(course)["ann"] == ("waiting" if person_is_asked else "marked", "")
    assert pipeline.autograde(Course(course), "sums").unchanged == list(HONEST)


def test_penalty_follows_the_deadline(course):
    """Does late work lose its penalty when it is not late any more, with an extension too?"""
    assert late(course) == {"ann": 1, "zoe": 1}
    _extend(course)
    pipeline.autograde(Course(course), "sums")
    assert late(course) == {"ann": 0, "zoe": 1}
    _due(course)
    pipeline.autograde(Course(course), "sums")
    assert late(course) == {"ann": 0, "zoe": 0}


def test_other_address_asks_nobody_again(course, monkeypatch):
    """Do a person's points stay, and is the mark current, when only the book's address is another?"""
    monkeypatch.setenv("BOOK_URL", "https://example.org/elsewhere/")
    assert status(course)["ann"][0] == "marked"
    again = pipeline.autograde(Course(course), "sums")
    assert sorted(again.marked) == list(HONEST)  # for the links in feedback
    assert status(course) == dict.fromkeys(HONEST, ("marked", ""))


def test_unknown_student(course):
    """Is a slip in a name an error that says which name is meant, and no new student?"""
    for command in ("autograde", "feedback"):
        code, said = say(command, course, "--student", "anne")
        assert code == 3
        assert said == "There is no work by anne for sums in submitted/. Did you mean ann?"
    assert set(status(course)) == set(HONEST)


def test_two_runs_at_once(course):
    """Is a second run told in one sentence that the first is at work?"""
    download = course.parent / "download"
    shutil.copytree(course / "submitted", download)
    with Course(course).locked():
        for begin in (pipeline.autograde, repair, lambda *what: collect(*what, [download])):
            with pytest.raises(CourseError, match="is running"):
                begin(Course(course), "sums")


def test_damaged_gradebook(course):
    """Is a gradebook that cannot be read one sentence?"""
    (course / "gradebook.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    for command in ("autograde", "feedback", "report", "export"):
        code, said = say(command, course)
        assert code == 3
        assert said == "The gradebook is damaged, or is not a gradebook. Restore a backup of it."


@pytest.mark.parametrize(
    ("config", "seconds"),
    [
        ("", 30),
        ("c.Execute.timeout = 7", 7),
        ("c.ExecutePreprocessor.timeout = 9", 9),
        ("c.ExecutePreprocessor.timeout = 9\nc.Execute.timeout = 7", 7),
        ("c.Execute.timeout = None", LONGEST_TIMEOUT),
        ("c.Execute.timeout = -1", LONGEST_TIMEOUT),
    ],
)
def test_timeout(tmp_path, config, seconds):
    """Is the time limit that which nbgrader reads, and is no limit said to be one?"""
    (tmp_path / "nbgrader_config.py").write_text(f"c = get_config()\n{config}\n")
    found = Course(tmp_path).settings.timeout
    assert found.seconds == seconds
    assert bool(found.note) == (seconds == LONGEST_TIMEOUT)


# --- one student's trouble ---

ODD_TIMES = [
    b"not a time", b"99999-01-01 00:00:00 UTC", b"0001-01-01 00:00:00 +1400", b"inf", b"1e999",
    b"\xe9t\xe9", b"9" * 5000, b"\0", b"2030-01-01 12:00:00 " + b"9" * 60,
]  # fmt: skip
TIMES = st.one_of(
    st.none(), st.sampled_from([*ODD_TIMES, "fifo", "folder", "socket", "link"]), st.binary(max_size=40)
)
NAMES = st.one_of(
    st.binary(min_size=1, max_size=40),
    st.text(min_size=1, max_size=60).map(lambda text: text.encode("utf-8", "replace")),
    st.sampled_from([
        b"\xff\xfe", "汉".encode() * 75, b"x" * 240, b"\x1b[31mred", b"=cmd", b"@SUM(1+1)*cmd", b"{0}",
    ]),
).map(lambda name: name.replace(b"/", b"_").replace(b"\0", b"_")[:250])  # fmt: skip
SOURCES = st.one_of(
    st.text(max_size=80),
    st.sampled_from([
        "print('\\ud800')", "answer_sum = '\\ud800'", "raise ValueError('\\udfff\\x1b[2J')",
        "answer_sum = 10**400",
        f"pad = '{'a' * 30000}b'\nanswer_sum = 41", "answer_sum = float('nan')", "print('x' * 300_000)",
    ]),
)  # fmt: skip
CHANGED = st.sampled_from([
    None, lambda cell: cell.update(source=[1, 2]), lambda cell: cell.update(attachments={"x": 5}),
    lambda cell: cell.update(metadata={"nbgrader": {"grade_id": "\x1b]52;c;x\x07", "points": 10**400}}),
    lambda cell: cell.update(source="\ud800"), lambda cell: cell.update(cell_type="\x1b[31m"),
    lambda cell: cell["metadata"].update(tags=[{}], deep=json.loads("[" * 200 + "]" * 200)),
])  # fmt: skip
BESIDE = st.sampled_from([None, "fifo", b"r\xe9sum\xe9.txt", "link", "hard link", "folder", b"\x1b[2J.csv"])
STUDENT = st.tuples(NAMES, SOURCES, CHANGED, TIMES, BESIDE)


def build(folder, released, number, name, source, change, time, beside):
    """Write what an odd student handed in; return the name of the folder."""
    own = os.fsencode(folder / "submitted") + b"/" + b"%d" % number + name
    try:
        os.makedirs(own + b"/sums")
    except OSError:  # no file system has this name
        return
    place = Path(os.fsdecode(own)) / "sums"
    notebook = json.loads(nbformat.writes(answered(released, source)))
    for cell in notebook["cells"][-2:] if change else []:
        change(cell)
    (place / "sums.ipynb").write_text(json.dumps(notebook))
    odd(place / "timestamp.txt", time, folder)
    if isinstance(beside, bytes):
        Path(os.fsdecode(os.fsencode(place) + b"/" + beside)).write_bytes(b"x")
    elif beside:
        odd(place / "data.txt", beside, folder)


def odd(path, kind, folder):
    """Make a file that is none, or one with odd bytes."""
    if isinstance(kind, bytes):
        path.write_bytes(kind)
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as door, chdir(path.parent):  # an address may not be long
            door.bind(path.name)
    elif kind == "link":
        path.symlink_to(folder / "source/sums/sums.ipynb")
    elif kind == "hard link":
        os.link(folder / "source/sums/sums.ipynb", path)


def through_all(folder, students):
    """Take a class of odd students through every command; check what must hold of those beside them."""
    released = nbformat.read(folder / "release/sums/sums.ipynb", 4)
    for number, student in enumerate(students):
        build(folder, released, number, *student)
    (folder / "submitted/linked").symlink_to(folder / "submitted/ann")
    (folder / "submitted/source").symlink_to(folder / "source")
    outcome = pipeline.autograde(Course(folder), "sums")
    assert outcome.unchanged == list(HONEST)
    assert "link" in outcome.failed["linked"] and "link" in outcome.failed["source"]
    everybody = set(Course(folder).students("sums"))
    assert everybody == {*outcome.marked, *outcome.reused, *outcome.unchanged, *outcome.failed}
    for said in outcome.failed.values():
        assert said.isprintable() and "Traceback" not in said and len(said) < 500
    told = write_feedback(Course(folder), "sums")
    assert not any(told[student] for student in HONEST)
    paths = write_report(read_report(Course(folder), "sums"), Course(folder))
    assert all(path.read_text(encoding="utf-8-sig") for path in paths)
    exported = export_grades(Course(folder), "sums", partial=True)
    with open(exported.path, encoding="utf-8-sig", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    for student in HONEST:
        assert (rows[student]["score"], rows[student]["grade"]) == ("5.5", "4.5")
    assert not [cell for row in rows.values() for cell in row.values() if cell[:1] in tuple("=+@\t\r-")]
    for student in (*outcome.marked, *outcome.reused):
        if student not in outcome.unread:
            assert (folder / f"autograded/{student}/sums/sums.ipynb").is_file()


HUGE = {"nbgrader": {"grade_id": "\x1b[2J", "points": 10**400}}
KNOWN = [
    (b"red\x1b[31m", "print('\\ud800')", None, b"2030-01-01", None),
    (b"=cmd", "answer_sum = '\\ud800'", None, None, b"r\xe9sum\xe9.txt"),
    (b"\xff\xfe", "answer_sum = 42", None, None, None),
    ("汉".encode() * 75, "answer_sum = 42", None, None, None),
    (b"pad-a", f"pad = '{'a' * 30000}b'\nanswer_sum = 42", None, None, None),
    (b"pad-c", f"pad = '{'a' * 30000}c'\nanswer_sum = 41", None, None, None),
    (b"fifo", "answer_sum = 42", None, "fifo", "fifo"),
    (b"time", "answer_sum = 42", None, b"not a time", None),
    (b"year", "answer_sum = 42", None, b"99999-01-01 00:00:00 UTC", None),
    (b"latin", "answer_sum = 42", None, b"\xe9t\xe9", None),
    (b"socket", "answer_sum = 42", None, "socket", "folder"),
    (b"hard", "answer_sum = 42", None, None, "hard link"),
    (b"points", "answer_sum = 42", lambda cell: cell.update(metadata=HUGE), None, "link"),
    (b"source", "answer_sum = 42", lambda cell: cell.update(source=[1, 2]), None, None),
    (b"attached", "answer_sum = 42", lambda cell: cell.update(attachments={"x": 5}), None, None),
]  # fmt: skip


def test_known_trouble(course):
    """Do honest students keep their rows beside everything that once stopped a class?"""
    through_all(course, KNOWN)


@pytest.mark.long
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(students=st.lists(STUDENT, min_size=20, max_size=30))
def test_any_trouble(marked, tmp_path_factory, students):
    """Do they keep them beside any class?"""
    folder = tmp_path_factory.mktemp("any") / "course"
    through_all(Path(shutil.copytree(marked, folder)), students)


# --- text from outside ---


@given(st.text(max_size=50))
def test_no_formula_and_back(text):
    """Does no spreadsheet take a text for a formula, and is it the same when it is read back?"""
    shown = no_formula(text)
    assert not shown.lstrip(' "\n').startswith(tuple("=+-@\t\r＝＋－＠"))
    assert with_formula(shown) == text or text.startswith("'")


@pytest.mark.parametrize(
    "text", ["=1", " =1", '"=1', "＝1", "\t=1", "\r1", "+1", "-1", "@a", "“=1", "\ufeff=1"]
)
def test_formula(text):
    """Is each form of a formula made a text?"""
    assert no_formula(text) == f"'{text}"


@given(st.text(max_size=50))
def test_nothing_acts_on_the_screen(text):
    """Does a console show every text without a control character?"""
    shown = io.StringIO()
    LiteralConsole(file=shown, width=10**6, highlight=False, markup=False).print(text, soft_wrap=True)
    assert shown.getvalue().removesuffix("\n").isprintable()


def test_long_words_are_no_slips():
    """Are two words of 30,000 letters compared at once?"""
    assert not _is_near(["a" * 30_000 + "b"], ["a" * 30_000 + "c"])
    assert _is_near(["Albanai"], ["Albania"])
