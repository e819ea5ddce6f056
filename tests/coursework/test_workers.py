"""Are fork servers started early and ended, and does the command start quickly and on every system?"""

import os
import subprocess
import sys

import nbgrader
import pytest
from tests.little_course import answered, hand_in, new_course
from typer.testing import CliRunner

from helpers.coursework.cli import app
from helpers.coursework.isolation import bytecode
from helpers.coursework.workers import pool

LOAD = (
    "import sys, probe; from helpers.coursework.isolation import bytecode; "
    "print(probe.value, probe.__file__ in bytecode.list_missing())"
)

# A Python without what only Linux, or only Linux and macOS have.
OTHER_SYSTEM = """
import os, sys, types
sys.modules |= dict.fromkeys(["fcntl", "resource"])
del os.memfd_create, os.fork
from helpers.coursework.cli import main
from helpers.coursework.isolation import bubblewrap
bubblewrap.sys = types.SimpleNamespace(platform="other")
main()
"""

LIGHT = """
import sys
from helpers.coursework.light import leave_out_extensions
leave_out_extensions()
import nbgrader.api
print("jupyter_server.base.handlers" in sys.modules, nbgrader.__version__)
import nbgrader.apps
from nbgrader.server_extensions.formgrader import handlers
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension
print(handlers.__name__, "jupyter_server.base.handlers" in sys.modules)
"""


def test_compiled_modules_are_found_and_never_stale(tmp_path, monkeypatch):
    """Does a Python that may write nothing find what was compiled, and see that a source has changed?"""
    probe = tmp_path / "probe.py"
    monkeypatch.setattr(bytecode, "folder", lambda: str(tmp_path / "kept"))
    paths = os.pathsep.join([str(tmp_path), *sys.path])
    env = os.environ | bytecode.environment() | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}

    def load():
        return subprocess.run(
            [sys.executable, "-c", LOAD], env=env, capture_output=True, text=True, check=True
        ).stdout.split()

    probe.write_text("value = 1")
    assert load() == ["1", "True"]
    bytecode.compile_missing([str(probe)])
    assert load() == ["1", "False"]
    probe.write_text("value = 22")
    assert load()[0] == "22"


@pytest.mark.parametrize(
    ("submitted", "noted", "expected"), [(1, None, True), (1, 2, False), (2, 1, True), (None, None, False)]
)
def test_whether_there_is_work(tmp_path, submitted, noted, expected):
    """Is it guessed from times alone whether a student's work was marked as it is?"""
    for name, time in (
        ("submitted/ann/sums/sums.ipynb", submitted),
        (".coursework/recorded/sums/ann", noted),
    ):
        if time is not None:
            (tmp_path / name).parent.mkdir(parents=True)
            (tmp_path / name).touch()
            os.utime(tmp_path / name, (time, time))
    assert pool._seems_new(tmp_path, "sums") == expected


def test_what_is_not_needed_is_ended(tmp_path, capfd):
    """Are processes that were started for nothing ended, without a word?"""
    pool.start_early(tmp_path, "sums", sandboxed=False, force=True)
    started = [process for _, process, _ in pool._early]
    assert len(started) == 2
    pool.end_early()
    assert all(process.returncode is not None for process in started)
    assert not pool._early and capfd.readouterr() == ("", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "The sandbox for submissions uses bubblewrap, which needs Linux; this is other. "),
        (["--unsafe-no-sandbox"], "Submissions run in forked processes, which need Linux or macOS; "),
    ],
)
def test_another_system(tmp_path, options, sentence):
    """Do the commands work where the calls of Linux are missing, and does only marking say that it cannot?"""
    hand_in(tmp_path, "ann", answered(new_course(tmp_path)))

    def run(*command):
        command = [sys.executable, "-c", OTHER_SYSTEM, *command]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    marked = run("autograde", "sums", *options)
    assert marked.returncode == 3 and marked.stderr.count("\n") == 1
    assert marked.stderr.startswith(f"coursework: {sentence}")
    exported = run("export", "sums")
    assert exported.returncode == 1 and "NO GRADE" in exported.stdout


def test_version_and_choices():
    """Does the command tell its version, and is a wrong argument told from work that cannot be done?"""
    told = CliRunner().invoke(app, ["--version"])
    assert told.exit_code == 0 and nbgrader.__version__ in told.stdout
    wrong = CliRunner().invoke(app, ["collect", "sums", "submissions.zip", "--layout", "moon"])
    assert wrong.exit_code == 2


def test_nbgrader_without_its_extensions():
    """Are nbgrader's modules there without its server extensions, and are these there for who asks?"""
    ran = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == [
        "False",
        nbgrader.__version__,
        "nbgrader.server_extensions.formgrader.handlers",
        "True",
    ]
