"""Are fork servers started early and ended, and does the command start quickly and on every system?"""

import os
import shutil
import subprocess
import sys

import nbgrader
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from tests.little_course import answered, autograde, hand_in, new_course, rows
from typer.testing import CliRunner

from helpers.coursework.cli import app
from helpers.coursework.isolation import Isolation, bytecode
from helpers.coursework.workers import pool

LOAD = (
    "import sys, probe; from helpers.coursework.isolation import Isolation, bytecode; "
    "print(probe.value, probe.__file__ in bytecode.list_missing())"
)

# What Python lacks elsewhere; `sitecustomize` removes it also from every Python that is started.
MISSING = {
    "macOS": {"os": "memfd_create sched_getaffinity", "socket": "AF_NETLINK", "select": "epoll"},
    "Windows": {
        "os": "fork memfd_create sched_getaffinity pread setsid",
        "signal": "SIGALRM setitimer getitimer pthread_sigmask ITIMER_REAL ITIMER_VIRTUAL",
        "select": "epoll poll",
        "socket": "send_fds recv_fds",
        "modules": "fcntl resource termios pty syslog",
    },
}
SITE = """
import ctypes, os, select, signal, socket, subprocess, sys, asyncio
missing = {missing!r}
sys.modules |= dict.fromkeys(missing.pop("modules", "").split())
for module, names in missing.items():
    for name in names.split():
        delattr(sys.modules[module], name)
class Libc(ctypes.CDLL):
    def __getattr__(self, name):
        if name in ("prctl", "mount", "capset"):
            raise AttributeError(name)
        return super().__getattr__(name)
ctypes.CDLL = Libc
"""
BUBBLEWRAP_IS_ELSEWHERE = """
import types
from helpers.coursework.isolation import bubblewrap
bubblewrap.sys = types.SimpleNamespace(platform="other")
from helpers.coursework.cli import main
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
    pool.end_bases()  # those of other tests
    pool.start_early(tmp_path, "sums", isolation=Isolation("none"), force=True)
    (started,) = pool._bases
    pool.end_bases()
    assert started.process.returncode is not None
    assert not pool._bases and capfd.readouterr() == ("", "")


CODE = {
    "right": "answer_sum = 42",
    "printing": "print(6 * 7)\nimport os\nos.write(1, b'42')\nanswer_sum = 42",
    "wrong": "answer_sum = 41",
    "error": "answer_sum = 1 / 0",
    "ends": "import os\nos._exit(1)",
    "waits": "while True: pass",
}


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("system", ["macOS", "Windows"])
def test_another_system(tmp_path, system):
    """Is a class marked without isolation where calls of Linux are missing, as it is marked here?"""
    here, there = tmp_path / "here", tmp_path / "there"
    released = new_course(here)
    for student, code in CODE.items():
        hand_in(here, student, answered(released, code))
    shutil.copytree(here, there)
    (tmp_path / "sitecustomize.py").write_text(SITE.format(missing=MISSING[system]))
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}

    def run(*command):
        command = [sys.executable, "-c", BUBBLEWRAP_IS_ELSEWHERE, *command]
        return subprocess.run(command, cwd=there, env=env, capture_output=True, text=True, check=False)

    refused = run("autograde", "sums")
    sentence = "coursework: The sandbox for submissions uses bubblewrap, which needs Linux; this is other. "
    assert refused.returncode == 3 and refused.stderr.startswith(sentence), refused.stderr
    assert refused.stderr.count("\n") == 1
    marked = run("autograde", "sums", "--isolation=none", "--json")
    assert marked.returncode == 0, marked.stderr + marked.stdout
    autograde(here, "--isolation=none")
    assert rows(there) == rows(here) and rows(there)["right", "sum"] == (2, False)
    assert rows(there)["printing", "sum"] == (2, False) and rows(there)["waits", "sum"] == (0, False)
    notebooks = [(folder / "autograded/printing/sums/sums.ipynb").read_text() for folder in (here, there)]
    assert notebooks[0] == notebooks[1] and r"42\n42" in notebooks[0]
    exported = run("export", "sums")
    assert exported.returncode == 1 and exported.stdout.count("To be graded by hand") == len(CODE)


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


DEEP = "import inspect\nlen(inspect.stack())"
IN_A_WORKER = f"""
from helpers.coursework.workers.session import Shell
(output,) = Shell.instance().run({DEEP!r}, number=1, timeout=60)["outputs"]
open("depth", "w").write(output["data"]["text/plain"])
"""


def test_cell_is_as_deep_as_in_a_kernel(tmp_path):
    """Does a recursion end at the depth at which it ends in nbgrader?"""
    notebook = new_notebook(cells=[new_code_cell(DEEP)])
    NotebookClient(notebook, timeout=60).execute()
    subprocess.run([sys.executable, "-c", IN_A_WORKER], cwd=tmp_path, check=True)
    assert (tmp_path / "depth").read_text() == notebook.cells[0].outputs[0].data["text/plain"]
