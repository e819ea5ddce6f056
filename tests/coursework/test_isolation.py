"""Is a submission isolated from others and from the machine, and limited in what it may use?"""

import ast
import errno
import os
import pty
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from tests.attacks_isolation import FORGED, HEAD, KEY, NAMESPACES, PASSED_ON, SOCKETS, SPENT

from helpers.coursework.course import Course, CourseError
from helpers.coursework.isolation import Isolation, seccomp
from helpers.coursework.isolation.budgets import Budget
from helpers.coursework.marking import task
from helpers.coursework.marking.executor import StudentWorker
from helpers.coursework.marking.spec import Spec
from helpers.coursework.submission import Options, Submission
from helpers.coursework.workers.pool import ForkServer

pytestmark = pytest.mark.slow
REPOSITORY = Path(__file__).parents[2]
IS_ROOT = os.getuid() == 0


@pytest.fixture(scope="module")
def server(needs_sandbox):
    """Return a fork server for students' cells, in the sandbox."""
    server = ForkServer(
        "student", warm_up=["await __import__('asyncio').sleep(0)"], given=[], isolation=Isolation()
    )
    yield server
    server.close()


def step(source, timeout=20.0):
    """Return the request to run a cell."""
    return {"op": "run", "source": source, "number": 1, "timeout": timeout}


def shown(answer):
    """Return all that a cell shows, as text."""
    parts = [
        str(output.get(key, ""))
        for output in answer["outputs"]
        for key in ("text", "ename", "evalue", "data")
    ]
    return " ".join(parts)


def run_cells(server, *sources, timeout=20.0):
    """Return what each cell of one submission shows."""
    student = StudentWorker(server, {}, timeout)
    try:
        return [shown(answer) for answer in student.run([step(source, timeout) for source in sources])]
    finally:
        student.stop()


# --- nothing is passed on ---


@pytest.mark.parametrize("way", PASSED_ON)
def test_nothing_is_passed_on(server, way):
    """Does what one submission leaves reach no other, neither at the same time nor afterwards?"""
    leave, find = (HEAD + code for code in PASSED_ON[way])

    def run(channel, code):
        channel.send([(1, step(code))])
        return shown(channel.receive(timeout=30)["answer"])

    with ExitStack() as leases:
        writer = leases.enter_context(server.lease_worker(Budget(60)))
        left = run(writer, leave)
        with server.lease_worker(Budget(60)) as reader:
            assert KEY not in run(reader, find)
        # The code is right: it finds the key where it was left, unless that was refused.
        found = left + run(writer, find)
        assert KEY in found or "Error" in found
    with server.lease_worker(Budget(60)) as reader:
        assert KEY not in run(reader, find)
    with server.lease_worker(Budget(60)) as honest:
        assert run(honest, "print(6 * 7)").strip() == "42"


def test_terminal_of_the_instructor(needs_sandbox):
    """Can a submission not reach the terminal in which the command was started?"""
    code = (
        "from tests.coursework.test_isolation import ForkServer, Isolation, run_cells\n"
        "server = ForkServer('student', warm_up=[], given=[], isolation=Isolation())\n"
        'wrote = run_cells(server, \'\'\'import os\nfor name in ("console", "tty", "pts/0"):\n'
        '    try: os.write(os.open(f"/dev/{name}", os.O_RDWR), b"reached" * 2)\n'
        "    except OSError: pass\nprint(6 * 7)''')\nserver.close()\nprint(*wrote)"
    )
    ours, theirs = pty.openpty()
    program = subprocess.Popen([sys.executable, "-c", code], cwd=REPOSITORY, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    while b"42" not in said and b"Error" not in said:
        said += os.read(ours, 10_000)
    program.wait()
    os.close(ours)
    assert b"42" in said and b"reached" not in said


# --- the kernel ---


@pytest.fixture(scope="module")
def refused(server):
    """Return the number of the error for each call, socket and namespace that was asked for."""
    column = 0 if os.uname().machine == "x86_64" else 1
    numbers = {name: calls[column] for name, calls in seccomp._FORBIDDEN.items() if calls[column]}
    code = f"""{HEAD}
import socket
told = {{}}
def ask(name, *arguments):
    told[name] = ctypes.get_errno() if libc.syscall(*arguments) == -1 else 0
for name, number in {numbers}.items(): ask(name, number, 0, 0, 0, 0, 0, 0)
ask("clone3", 435, 0, 0)
ask("newest", {seccomp._NEWEST + 1}, 0, 0, 0)
for name, flag in {NAMESPACES}.items():
    ask("clone " + name, {seccomp._CLONE[column]}, flag | 17, 0, 0, 0, 0)
for name, asked in {SOCKETS}.items():
    try: socket.socket(*asked); told["socket " + name] = 0
    except OSError as error: told["socket " + name] = error.errno
ordinary = socket.socket(), socket.socket(2, 2), socket.socket(1), socket.socket(10), socket.socket(16, 3, 0)
told["ordinary"] = [made.fileno() > 2 for made in ordinary]
print(told)
"""
    answers = run_cells(server, code)
    return ast.literal_eval(answers[0].strip())


@pytest.mark.parametrize("call", [*seccomp._FORBIDDEN, *(f"clone {name}" for name in NAMESPACES)])
def test_system_calls(refused, call):
    """Is a call that no exercise needs refused before the kernel looks at what is asked?"""
    assert refused.get(call, errno.EPERM) == errno.EPERM


@pytest.mark.parametrize("name", SOCKETS)
def test_sockets(refused, name):
    """Is a socket of an unusual family or protocol refused, and an ordinary one made?"""
    assert refused[f"socket {name}"] in (errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT)
    assert all(refused["ordinary"])


def test_unknown_system_calls(refused):
    """Is a call that was not looked at answered as by a kernel that does not have it?"""
    assert refused["newest"] == refused["clone3"] == errno.ENOSYS


HONEST = {
    "multiprocessing": "import multiprocessing as m\nwith m.Pool(2) as p: print(sum(p.map(abs, range(10))))",
    "threads": "from concurrent.futures import ThreadPoolExecutor as T\nprint(sum(T(4).map(abs, range(10))))",
    "subprocess": "import subprocess as s\nprint(s.check_output('echo 45', shell=True, text=True))",
    "shell": "!echo 45",
    "bash": "%%bash\necho $((40 + 5))",
    "await": "import asyncio\nawait asyncio.sleep(0)\nprint(45)",
    "matplotlib": "import matplotlib.pyplot as plt\nplt.plot([1])\nplt.savefig('a.png')\nprint(45)",
    "pandas": "import pandas as p\np.DataFrame({'a': [45]}).to_csv('a.csv')\nprint(p.read_csv('a.csv').a[0])",
    "sqlite": "import sqlite3\nwith sqlite3.connect('a.db') as d:\n    d.execute('create table t (a)')\n"
    "    d.execute('insert into t values (45)')\nprint(*sqlite3.connect('a.db').execute('select a from t'))",
    "shelve": "import shelve\nwith shelve.open('a') as s: s['a'] = 45\nprint(shelve.open('a')['a'])",
    "temporary-files": "import tempfile\nwith tempfile.TemporaryFile() as f: print(f.write(b'x' * 45))",
    "web-server": "import http.server, threading, urllib.request\n"
    "s = http.server.HTTPServer(('127.0.0.1', 0), http.server.SimpleHTTPRequestHandler)\n"
    "threading.Thread(target=s.serve_forever, daemon=True).start()\nopen('a', 'w').write('45')\n"
    "print(urllib.request.urlopen(f'http://127.0.0.1:{s.server_port}/a').read())",
    "shared-memory": "from multiprocessing import Value\nprint(Value('i', 45).value)",
    "large-frame": "import numpy as np, pandas as pd\n"
    "f = pd.DataFrame(np.ones((1_000_000, 40)))\nprint(int(f.to_numpy().sum() / 1e6) + 5)",
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_code(server, name):
    """Does what ordinary exercises use work in the sandbox?"""
    pytest.importorskip(name) if name == "matplotlib" else None
    assert "45" in run_cells(server, HONEST[name])[0]


# --- budgets ---

QUICK = {"memory-in-children", "memory-in-memfds", "memory-in-devices", "processes", "memory-in-stdout"}


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=() if way in QUICK else pytest.mark.long) for way in SPENT]
)
def test_more_than_a_submission_may_use(server, way):
    """Is it said in the cell what was used up, do the other cells keep theirs, and the student beside it?"""
    code, told = SPENT[way]
    beside, honest = [], "x = 'y' * 10_000_000\nprint(len(x))"
    neighbour = threading.Thread(target=lambda: beside.extend(run_cells(server, honest)))
    neighbour.start()
    timeout = 2 if "time" in way else 60
    first, spent, last = run_cells(server, "print(1 + 1)", code, "print(6 * 7)", timeout=timeout)
    neighbour.join()
    assert first.strip() == "2"
    assert told in spent
    if told not in ("BlockingIOError", "RuntimeError"):  # here its own processes fill its budget
        assert last.strip() == "42"
    assert [text.strip() for text in beside] == ["10000000"]


def test_time_of_a_submission(server):
    """Ends a notebook whose cells take too long together, and do those before keep what they show?"""
    slow = "import time\ntime.sleep(0.4)\nprint(6 * 7)"
    *cells, last = run_cells(server, *[slow] * 20, timeout=0.5)  # five seconds in all
    assert cells[0].strip() == "42"
    assert "BudgetExceeded" in last and "5 seconds" in last


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=() if way == "many-values" else pytest.mark.long) for way in FORGED]
)
def test_forged_answers(server, way):
    """Is what comes back bounded before it is read?"""
    before = peak()
    first, *rest = run_cells(server, "print(6 * 7)", FORGED[way], *["1"] * 12, timeout=15)
    assert first.strip() == "42"
    assert any(text for text in rest)
    assert peak() - before < 500_000_000


def peak():
    """Return the most memory that this process ever had, in bytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def test_long_outputs(server):
    """Are outputs cut at a bound for all cells, and the points of a check not among what is left out?"""
    flood = "from IPython.display import *\nfor i in range(9): display(HTML('x' * 1_000_000))\n2.5"
    answers = run_cells(server, *[flood] * 5, "raise ValueError('x' * 9_000_000)")
    assert sum(map(len, answers)) < 18_000_000
    assert all("2.5" in answer[-40:] for answer in answers[:5])
    assert "left out" in answers[4] and "ValueError" in answers[5]


# --- what is handed in and written ---


def new_course(folder):
    """Return a course with one assignment and one student."""
    (folder / "nbgrader_config.py").write_text("c = get_config()\n")
    for place in ("source/sums", "submitted/ann/sums"):
        (folder / place).mkdir(parents=True)
        (folder / place / "sums.ipynb").write_text("{}")
    return Course(folder)


@pytest.mark.parametrize(
    ("n_cells", "n_values", "sentence"),
    [(1_000, 0, None), (1_001, 0, "has 1,001 cells, but only 1,000 are allowed"),
     (1, 990_000, None), (1, 1_000_001, "too large")],
)  # fmt: skip
def test_cells_and_values_of_a_notebook(monkeypatch, n_cells, n_values, sentence):
    """Is a notebook of more cells or values than any needs refused before it is run, and no smaller one?"""

    class RunError(Exception):
        pass

    def run(*_):
        raise RunError

    monkeypatch.setattr(task, "_fork_servers", run)
    cells = [new_code_cell("1") for _ in range(n_cells)]
    cells[0].metadata["values"] = [0] * n_values
    work = Submission("ann", {"sums.ipynb": nbformat.writes(new_notebook(cells=cells)).encode()})
    spec = Spec("sums", {"sums": {}}, {"sums": None})
    if sentence is None:
        with pytest.raises(RunError):
            task.assess(work, spec, Options())
    else:
        marked = task.assess(work, spec, Options())["sums"]
        assert marked.content is None and sentence in marked.remarks[0]


def test_files_beside_a_notebook(tmp_path):
    """Are files that are too large or too many left out by name, but never the notebook that is asked for?"""
    course = new_course(tmp_path)
    place = tmp_path / "submitted/ann/sums"
    for i in range(120):  # sparse: nothing on the disk
        with open(place / f"a{i:03}.ipynb", "wb") as file:
            file.truncate(100_000_000)
    (place / "data.csv").write_text("1")
    submission = course.submission("ann", "sums")
    assert set(submission.files) == {"sums.ipynb", "data.csv"}
    assert "a000.ipynb (100.0 MB) was left out" in submission.remarks[0]
    for i in range(1_100):
        (place / f"b{i}").touch()
    assert len(course.submission("ann", "sums").files) <= 1_001
    with open(tmp_path / "source/sums/data.csv", "wb") as file:
        file.truncate(24_000_000)
    with pytest.raises(CourseError, match=r"data\.csv \(24\.0 MB\)"):
        Course(tmp_path).submission("ann", "sums")


def test_long_notebook_that_is_written():
    """Are the longest outputs cut, with a sentence, and the others kept whole?"""
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    texts = [100, 8_000_000, 200, 8_000_000, 3_000_000]
    cells = [new_code_cell(outputs=[new_output("stream", text="x" * n)]) for n in texts]
    notebook = new_notebook(cells=cells)
    task._cut_outputs(notebook)
    kept = [len(cell.outputs[0].text) for cell in notebook.cells]
    assert [kept[i] for i in (0, 2, 4)] == [100, 200, 3_000_000]
    assert all("left out" in notebook.cells[i].outputs[-1].text for i in (1, 3))
    assert sum(kept) < 10_000_000


# --- as somebody else ---


@pytest.mark.long
@pytest.mark.skipif(not IS_ROOT, reason="These tests run as an ordinary user already.")
def test_as_an_ordinary_user(needs_sandbox, tmp_path_factory):
    """Does all this hold as well when it is not root who marks?"""
    from tests.coursework.test_grading import as_an_ordinary_user

    folder = tmp_path_factory.mktemp("home")
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o755)
    options = ["-q", "-x", "-m", "not long", "-n", "0", "-p", "no:cacheprovider", f"--basetemp={folder}/t"]
    command = [sys.executable, "-m", "pytest", *options]
    ran = subprocess.run(
        as_an_ordinary_user(folder, *map(str, command), str(Path(__file__).relative_to(REPOSITORY))),
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-1000:]
