"""Is each of nbgrader's settings honored as nbgrader honors it, or refused by its name?"""

import hashlib
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook
from tests.little_course import rows, told
from tests.programs import run
from tests.quick import sample

from helpers.coursework.course import Course, CourseError
from helpers.coursework.files import share, write_folder

pytestmark = pytest.mark.slow
EXERCISES = Path(__file__).parents[2] / "exercises"

FIRST = "c = get_config()\nc.CourseDirectory.course_id = 'x'\n"
RIGHT, LATE_TIME, DUE = "value = 42", "2030-01-02 12:00:00 UTC", "2030-01-01 12:00:00 UTC"
STAMP = """
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode
class Stamp(NbGraderPreprocessor):
    words = Unicode("seen").tag(config=True)
    def preprocess(self, nb, resources):
        nb.metadata["stamp"] = f"{self.words} {resources['nbgrader']['student']}"
        nb.cells[0].source += f"\\n# {self.words}"
        return nb, resources
class Silent(NbGraderPreprocessor):
    def preprocess_cell(self, cell, resources, index):
        if cell.cell_type == "code":
            cell.outputs = [one for one in cell.outputs if one.get("name") != "stderr"]
        return cell, resources
class Mended(NbGraderPreprocessor):
    def preprocess_cell(self, cell, resources, index):
        cell.source = cell.source.replace("41", "42")
        return cell, resources
"""
WARNS = 'import sys\nprint("old", file=sys.stderr)\nassert value'
LATE = """
from nbgrader.plugins import LateSubmissionPlugin
class OnePoint(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1
c.AssignLatePenalties.plugin_class = OnePoint
"""


class Case(NamedTuple):
    """What is set, and what is different from the ordinary little class."""

    own: str = ""  # the course's own settings
    user: str = ""  # the settings in the person's folder
    files: Mapping = MappingProxyType({})  # other files in the course, by path
    submitted: str = "submitted/{student}/ps"
    source: str = "source/ps"
    checks: tuple = ()
    gradebook: str = "gradebook.db"
    students: tuple = ("ann", "bob")


CASES = {
    "user's folder": Case(
        user="c.CourseDirectory.db_url = 'sqlite:///{course}/other.db'", gradebook="other.db"
    ),
    "user's folder, json": Case(
        user='{{"CourseDirectory": {{"db_url": "sqlite:///{course}/other.db"}}}}', gradebook="other.db"
    ),
    "json": Case(files={"nbgrader_config.json": '{"Execute": {"timeout": 8}}'}, students=("ann", "slow")),
    "an old name": Case("c.NbGrader.db_url = 'sqlite:///other.db'", gradebook="other.db"),
    "directory_structure": Case(
        "c.CourseDirectory.directory_structure = '{student_id}/{nbgrader_step}/{assignment_id}'",
        submitted="{student}/submitted/ps", source="./source/ps",
    ),
    "directories": Case(
        "c.CourseDirectory.source_directory = 'own'\nc.CourseDirectory.submitted_directory = 'in'\n"
        "c.CourseDirectory.autograded_directory = 'out'",
        submitted="in/{student}/ps", source="own/ps",
    ),
    "groupshared": Case("c.CourseDirectory.groupshared = True"),
    "permissions": Case("c.Autograde.permissions = 640"),
    "timeout": Case("c.Execute.timeout = 8", students=("ann", "slow")),
    "timeout of nbconvert": Case(
        "c.ExecutePreprocessor.timeout = 8", students=("ann", "slow")
    ),
    "own step after marking": Case(
        f"{STAMP}c.Autograde.autograde_preprocessors.append(Stamp)\nc.Stamp.words = 'read'"
    ),
    "own step before points": Case(
        f"{STAMP}c.Autograde.autograde_preprocessors.insert(1, Silent)", checks=(WARNS,)
    ),
    "own step before running": Case(f"{STAMP}c.Autograde.sanitize_preprocessors.prepend([Mended])"),
    "step in a file": Case(
        "c.Autograde.autograde_preprocessors.append('own_steps.Stamp')", files={"own_steps.py": STAMP}
    ),
    "IgnorePattern": Case(
        "c.IgnorePattern.enabled = True\nc.IgnorePattern.pattern = 'old'", checks=(WARNS,)
    ),
    "LimitOutput": Case("c.LimitOutput.max_lines = 2", students=("late",)),
    "late plugin": Case(LATE, students=("late",)),
    "no late penalties": Case(f"{LATE}c.AssignLatePenalties.enabled = False", students=("late",)),
    "late step left out": Case(
        f"{LATE}from nbgrader.converters import Autograde\n"
        "c.Autograde.autograde_preprocessors = [step for step in\n"
        "    Autograde.autograde_preprocessors.default_args[0] if step.__name__ != 'AssignLatePenalties']",
        students=("late",),
    ),
    "student_id": Case("c.CourseDirectory.student_id = 'a*'"),
    "student_id_exclude": Case("c.CourseDirectory.student_id_exclude = 'bob,eve'"),
    "create_student": Case("c.Autograde.create_student = False"),
    "exclude_overwriting": Case(
        "c.Autograde.exclude_overwriting = {'ps': ['data.txt']}", students=("ann", "file")
    ),
    "ignore": Case("c.CourseDirectory.ignore.append('*.txt')"),
    "header": Case("c.IncludeHeaderFooter.header = 'header.ipynb'", checks=("assert value == most",)),
    "delimiters": Case(
        "c.ClearHiddenTests.begin_test_delimeter = 'HIDE'\nc.ClearHiddenTests.end_test_delimeter = 'SHOW'",
        checks=("# HIDE\nassert value > 41\n# SHOW",),
    ),
}  # fmt: skip


def notebook(checks):
    """Return the source of a small assignment."""
    solved = "value = 0\n### BEGIN SOLUTION\nvalue = 42\n### END SOLUTION"
    more = [
        new_code_cell(text, metadata=told(f"more-{n}", grade=True, points=1)) for n, text in enumerate(checks)
    ]
    return new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        cells=[
            new_code_cell("limit = 3", metadata=told("given")),
            new_code_cell(solved, metadata=told("answer", solution=True)),
            new_code_cell("assert value == 42", metadata=told("right", grade=True, points=2)),
            *more,
        ],
    )


WORK = {
    "ann": RIGHT,
    "bob": "value = 41",
    "slow": "import time\ntime.sleep(99)\nvalue = 42",
    "file": "value = 42 if open('data.txt').read() == 'mine' else 0",
    "late": "print('a\\n' * 5)\nvalue = 42",
}


def make(folder, case):
    """Make a course with these settings, and hand in."""
    user = folder / "user"
    course = folder / "course"
    place = course / case.source
    place.mkdir(parents=True)
    user.mkdir()
    nbformat.write(notebook(case.checks), place / "ps.ipynb")
    (place / "data.txt").write_text("course")
    header = new_notebook(cells=[new_code_cell("most = 42")])
    nbformat.write(header, course / "header.ipynb")
    (course / "nbgrader_config.py").write_text(f"{FIRST}{case.own}\n")
    for name, text in case.files.items():
        (course / name).write_text(text)
    if case.user:
        text, kind = case.user.format(course=course), "json" if case.user[0] == "{" else "py"
        first = "" if kind == "json" else "c = get_config()\n"
        (user / f"nbgrader_config.{kind}").write_text(f"{first}{text}\n")
    nbgrader = {"cwd": course, "config": user}
    assert command("nbgrader", "generate_assignment", "ps", **nbgrader).returncode == 0
    released = nbformat.read(next(course.rglob("release/**/ps.ipynb")), 4)
    for student in case.students:
        for cell in released.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == "answer":
                cell.source = WORK[student]
        own = course / case.submitted.format(student=student)
        own.mkdir(parents=True)
        nbformat.write(released, own / "ps.ipynb")
        (own / "data.txt").write_text("mine")
    if student == "late":
        (own / "timestamp.txt").write_text(LATE_TIME)
    with Gradebook(f"sqlite:///{course}/{case.gradebook}") as gradebook:
        gradebook.update_or_create_assignment("ps", duedate=DUE)
        gradebook.update_or_create_student("ann")
    return course


def command(*words, cwd, config):
    """Run a program with the settings of a person's folder."""
    return run(*words, cwd=cwd, env=os.environ | {"JUPYTER_CONFIG_DIR": str(config)})


def seen(course, case):
    """Return what marking leaves: rows, and the permissions and contents of what was written."""
    found = {
        path.relative_to(course).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in course.rglob("*")
        if {"autograded", "out"} & set(path.relative_to(course).parts)
    }
    shared = {f"mode of {place}": oct(mode) for place, mode in found.items() if place.count("/") != 1}
    books = {place: nbformat.read(course / place, 4) for place in found if place.endswith(".ipynb")}
    texts = {
        place: (
            book.metadata.get("stamp"),
            [cell.source for cell in book.cells],
            [one.text for cell in book.cells for one in cell.get("outputs", ()) if "text" in one],
        )
        for place, book in books.items()
    }
    return rows(course, f"sqlite:///{course}/{case.gradebook}", "ps") | shared | texts


@pytest.mark.parametrize("name", sample(CASES, "own step before points"))
def test_as_nbgrader(name, tmp_path, needs_sandbox):
    """Are points, permissions, folders and notebooks those of nbgrader?"""
    case = CASES[name]
    found = {}
    for who in ("nbgrader", "coursework"):
        course = make(tmp_path / who, case)
        ran = command(who, "autograde", "ps", cwd=course, config=tmp_path / who / "user")
        assert "Traceback" not in ran.stderr or who == "nbgrader", ran.stderr
        found[who] = seen(course, case)
    stock, ours = found["nbgrader"], found["coursework"]
    assert ("ann", "right") in stock or ("late", "right") in stock
    keys = {*stock, *ours}
    assert {key: (stock.get(key), ours.get(key)) for key in keys if stock.get(key) != ours.get(key)} == {}


def test_files_of_a_person_in_a_shared_course(tmp_path):
    """Does a person's file stay where a group may change all files, and does what we wrote there go?"""
    share(tmp_path)
    folder = tmp_path / "ann" / "ps"
    write_folder(folder, {"ps.ipynb": b"first", "data/a.csv": b"1", "b.csv": b"2"}, mode=0o664)
    (folder / "b.csv").write_text("corrected by hand")
    (folder / "remarks.md").write_text("hours of work")
    ours = {name: hashlib.sha256(text).hexdigest() for name, text in (("data/a.csv", b"1"), ("b.csv", b"2"))}
    write_folder(folder, {"ps.ipynb": b"second"}, mode=0o664, ours=ours)
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {"ps.ipynb", "remarks.md", "b.csv"}
    assert {stat.S_IMODE(place.stat().st_mode) for place in (folder, folder.parent)} == {0o2775}


REFUSED = {
    "c.CourseDirectory.notebook_id = 'a*'": "c.CourseDirectory.notebook_id",
    "c.CourseDirectory.assignment_id = 'ps'": "c.CourseDirectory.assignment_id",
    "c.BaseConverter.pre_convert_hook = print": "c.BaseConverter.pre_convert_hook",
    "c.Autograde.post_convert_hook = print": "c.Autograde.post_convert_hook",
    "c.Execute.enabled = False": "c.Execute.enabled",
    "c.NotebookClient.kernel_name = 'other'": "c.NotebookClient.kernel_name",
    "c.ExecutePreprocessor.timeout_func = lambda cell: 5": "c.ExecutePreprocessor.timeout_func",
    "c.Execute.extra_arguments = ['--matplotlib']": "c.Execute.extra_arguments",
    "c.NbGraderPreprocessor.enabled = False": "c.NbGraderPreprocessor.enabled",
    "c.OverwriteCells.missing_cell_notification = 'gone'": "c.OverwriteCells.missing_cell_notification",
    "c.Autograde.sanitize_preprocessors = []": "c.Autograde.sanitize_preprocessors must have ClearOutput",
    "c.Autograde.autograde_preprocessors = ['nbgrader.preprocessors.SaveAutoGrades']": "must have Execute",
    "c.Autograde.autograde_preprocessors = ['no.Such']": "no.Such, which cannot be loaded",
    "c.CourseDirectory.groupshared = True\n"
    "c.CourseDirectory.directory_structure = '{student_id}/{nbgrader_step}/{assignment_id}'": "groupshared",
    "c.CourseDirectory.ignore = 5": "'ignore' trait",
    "c.Execute.timeout = 'long'": "'timeout' trait",
    "c.Coursework.judge_in_student_process = 3": "'judge_in_student_process' trait",
    "no_such_name": "nbgrader_config.py, line 2: NameError: name 'no_such_name' is not defined",
}


@pytest.mark.parametrize("lines", REFUSED)
def test_refused_by_name(lines, tmp_path, monkeypatch):
    """Is a setting that cannot be honored, or is wrong, named in one sentence?"""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "user"))
    (tmp_path / "nbgrader_config.py").write_text(f"c = get_config()\n{lines}\n")
    with pytest.raises(CourseError, match=re.escape(REFUSED[lines])) as refused:
        settings = Course(tmp_path).settings
        settings.demand_honored()
        assert settings.own.judge_in_student_process
    assert "\n" not in str(refused.value) or "NbGraderPreprocessor" in lines


def test_nothing_is_refused_in_our_course():
    """Are all settings of this book's own course honored?"""
    Course(EXERCISES).settings.demand_honored()


def test_root_of_another_folder(tmp_path, monkeypatch):
    """Is the course found from elsewhere when a person's settings name its folder, and else not?"""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "user"))
    for name in ("user", "course", "elsewhere"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    with pytest.raises(CourseError, match=r"has no nbgrader_config\.py"):
        Course()
    (tmp_path / "course/nbgrader_config.py").write_text("get_config().CourseDirectory.course_id = 'mine'\n")
    root = f"get_config().CourseDirectory.root = {str(tmp_path / 'course')!r}\n"
    (tmp_path / "user/nbgrader_config.py").write_text(root)
    assert (Course().folder, Course().course_id) == (tmp_path / "course", "mine")
    with pytest.raises(CourseError, match=r"has no nbgrader_config\.py"):
        Course(tmp_path / "elsewhere")
