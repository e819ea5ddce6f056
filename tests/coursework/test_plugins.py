"""Do nbgrader's own commands do what ours do when they are told to use our classes?"""

import shutil

import nbformat
import pytest
from nbgrader.api import (
    Comment,
    Grade,
    SubmittedAssignment,
    SubmittedNotebook,
    get_alembic_version,
)
from tests.coursework.test_export import CANVAS
from tests.little_course import (
    CONFIG,
    answered,
    autograde,
    hand_in,
    make_class,
    new_course,
    open_gradebook,
    rows,
)
from tests.programs import run
from tests.quick import sample

from helpers.coursework.course import Course
from helpers.coursework.intake.collect import collect, read_collected
from helpers.coursework.marking.recorder import Recorder
from helpers.coursework.returning.lms_export import export_grades
from helpers.coursework.submission import MarkedNotebook

pytestmark = pytest.mark.slow

COLLECTOR = "c.ZipCollectApp.collector_plugin = 'helpers.coursework.intake.collect.LmsCollector'\n"
DOWNLOADS = {
    "canvas": {
        "doejane_12_340_sums.ipynb": 1,
        "doejane_12_345_my answer.ipynb": 2,
        "roebob_LATE_13_346_sums-1.ipynb": 3,
        "roebob_LATE_13_347_letter.pdf": None,
    },
    "moodle": {
        "Jane Doe_101_assignsubmission_file/sums.ipynb": 1,
        "Jane Doe_101_assignsubmission_file/data/table.csv": None,
        "Bob Roe_102_assignsubmission_file/Copy of sums.ipynb": 2,
    },
    "blackboard": {
        "Sums_jdoe_attempt_2026-03-05-14-30-00_sums.ipynb": 1,
        "Sums_jdoe_attempt_2026-03-06-14-30-00_new.ipynb": 2,
        "Sums_broe_attempt_2026-03-05-14-30-00_sums.ipynb": 3,
    },
}


def handed_in(folder):
    """Return the files that were collected, by path."""
    place = folder / "submitted"
    return {
        path.relative_to(place).as_posix(): path.read_text().strip().removesuffix(" UTC")[:19]
        if path.name == "timestamp.txt"
        else path.read_bytes()
        for path in place.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("layout", sample(DOWNLOADS, "canvas"))
def test_zip_collect(layout, tmp_path):
    """Does `nbgrader zip_collect` take the same files for the same students as `coursework collect`?"""
    ours, stock = tmp_path / "ours", tmp_path / "stock"
    released = new_course(ours)
    download = tmp_path / "download"
    for name, answer in DOWNLOADS[layout].items():
        path = download / name
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(answered(released, f"answer_sum = {answer}"), path) if answer else path.write_text("a")
    shutil.copytree(ours, stock)
    archive = stock / "downloaded/sums/archive"
    archive.mkdir(parents=True)
    shutil.make_archive(str(archive / "submissions"), "zip", download)
    with (stock / "nbgrader_config.py").open("a") as config:
        config.write(COLLECTOR)
    ran = run("nbgrader", "zip_collect", "sums", cwd=stock)
    assert ran.returncode == 0, ran.stderr
    collect(Course(ours), "sums", [archive / "submissions.zip"])
    assert len(handed_in(stock)) > 1 and handed_in(stock) == handed_in(ours)
    known = [read_collected(Course(folder), "sums") for folder in (ours, stock)]
    assert [(one.lms_id, one.file_id) for one in known[0].values()] == [
        (one.lms_id, one.file_id) for one in known[1].values()
    ]
    assert ("letter.pdf" in ran.stderr) == (layout == "canvas")


def test_export(tmp_path, needs_sandbox):
    """Does `nbgrader export` write the learning system's file as `coursework export` does?"""
    folder = tmp_path / "course"
    make_class(folder)
    (folder / "canvas.csv").write_text(CANVAS)
    chosen = ["--exporter=helpers.coursework.returning.lms_export.LmsExporter", "--assignment=['sums']"]
    ran = run("nbgrader", "export", *chosen, "--LmsExporter.into=canvas.csv", "--to=out.csv", cwd=folder)
    assert ran.returncode == 0, ran.stderr
    own = export_grades(Course(folder), "sums", into=folder / "canvas.csv", to=folder / "own.csv")
    assert (folder / "out.csv").read_bytes() == (folder / "own.csv").read_bytes()
    assert own.written and own.waiting and own.not_marked
    for student in (*own.not_marked, *own.waiting, *own.not_found):
        assert f"{student}: " in ran.stderr
    refused = run("nbgrader", "export", *chosen, "--student=['ada']", cwd=folder)
    assert refused.returncode == 1 and "ExportPlugin.student is not supported" in refused.stderr


SANDBOXED = """
from nbgrader.converters import Autograde
c.Autograde.autograde_preprocessors = [
    "helpers.coursework.marking.preprocessor.SandboxedExecute",
    *Autograde.autograde_preprocessors.default_args[0][1:],
]
"""
OUTSIDE = "open({!r}, 'w').write('I was here')\nanswer_sum = 42"


def test_autograde_in_the_sandbox(tmp_path, needs_sandbox):
    """Does plain `nbgrader autograde` give its points with our executor, and keep a submission inside?"""
    stock, boxed, ours = (tmp_path / name for name in ("stock", "boxed", "ours"))
    released = new_course(stock)
    hand_in(stock, "half", answered(released, "answer_sum = 41"))
    hand_in(stock, "untouched", released)
    hand_in(stock, "error", answered(released, "answer_sum = 1 / 0"))
    outside = tmp_path / "outside"
    hand_in(stock, "outside", answered(released, OUTSIDE.format(str(outside))))
    for folder in (boxed, ours):
        shutil.copytree(stock, folder)
        (folder / "nbgrader_config.py").write_text(CONFIG + SANDBOXED)
    ran = run("nbgrader", "autograde", "sums", cwd=boxed)
    assert ran.returncode == 0, ran.stderr
    autograde(ours)
    assert not outside.exists()
    assert rows(boxed) == rows(ours)
    assert rows(boxed)["outside", "sum"] == (0, False)
    run("nbgrader", "autograde", "sums", cwd=stock)
    assert outside.exists()
    expected = rows(stock) | {("outside", "sum"): (0, False)}
    assert rows(boxed) == expected


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # from nbgrader's own method
def test_rows_of_nbgrader(tmp_path):
    """Are the rows that we insert those of nbgrader's own method, in every column of its present tables?"""
    new_course(tmp_path)
    # A new version of the tables may mean more than its columns: read what has changed, then raise this.
    assert get_alembic_version() == "e43177bfe90b"
    marked = {"sums": MarkedNotebook(None, {"sum": 1.0, "twice": 0.0, "reasons": None}, {}, [])}
    with Recorder(Course(tmp_path), "sums") as recorder:
        recorder.record("ours", marked, None)
        recorder.commit()
    with open_gradebook(tmp_path) as gradebook:
        gradebook.add_student("theirs")
        made = gradebook.add_submission("sums", "theirs")
        for grade in made.notebooks[0].grades:
            grade.auto_score = marked["sums"].scores[grade.name]
            grade.needs_manual_grade = grade.auto_score is None
        gradebook.db.commit()
        found = {}
        for student in ("ours", "theirs"):
            own = gradebook.find_submission("sums", student)
            (notebook,) = own.notebooks
            parts = [own, own.student, notebook, *notebook.grades, *notebook.comments]
            found[student] = sorted(map(columns, parts), key=repr)
        kinds = (SubmittedAssignment, SubmittedNotebook, Grade, Comment)
        assert {name for name, *_ in found["ours"]} > {kind.__tablename__ for kind in kinds}
    assert found["ours"] == found["theirs"]


def columns(part):
    """Return every column of a row except for the keys that differ by student."""
    own = {"id", "student_id", "assignment_id", "notebook_id"}
    values = {one.name: getattr(part, one.name) for one in part.__table__.columns if one.name not in own}
    return part.__table__.name, values
