"""Is a class marked as nbgrader would, whatever somebody hands in, and does nothing leave the sandbox?"""

import contextlib
import copy
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from nbgrader.api import Gradebook
from tests import attacks
from tests.attacks import CHANGED, DAMAGED, SECRET, TO_DAMAGE, TO_READ, TO_WIN
from tests.little_course import CONFIG, LATE, answered, autograde, hand_in, new_course, rows
from tests.programs import PROGRAMS, run
from tests.quick import asked, sample

from helpers.coursework.files import write_folder

pytestmark = pytest.mark.slow

# --- honest work ---


@pytest.fixture(scope="module")
def honest(tmp_path_factory, needs_sandbox):
    """Return two courses with the same class: one marked by nbgrader, one by ours."""
    stock, ours = tmp_path_factory.mktemp("stock"), tmp_path_factory.mktemp("ours")
    released = new_course(stock)
    shutil.copytree(stock, ours, dirs_exist_ok=True)
    work = {
        "solved": answered(released),
        "untouched": released,
        "half": answered(released, "answer_sum = 42", "def double(x):\n    return x * 3"),
        "failing": answered(released, "answer_sum = 1 / 0", "def double(x):\n    return undefined"),
        "warning": answered(released, "import warnings\nwarnings.warn('x')\nanswer_sum = 42.0"),
        "frames": answered(
            released, "pd.DataFrame({'a': [1, 2]})\nanswer_sum = pd.Series([42]).sum()\nanswer_sum"
        ),
        "late": answered(released),
    }
    for folder in (stock, ours):
        # A kernel of nbgrader takes longer than the little course allows to import pandas on a busy machine.
        (folder / "nbgrader_config.py").write_text(f"{CONFIG}c.Execute.timeout = 120\n{LATE}")
        for student, notebook in work.items():
            hand_in(folder, student, notebook)
        (folder / "submitted/late/sums/timestamp.txt").write_text("2030-01-02 12:00:00 UTC")
        with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
            gradebook.update_or_create_assignment("sums", duedate="2030-01-01 12:00:00 UTC")
    run("nbgrader", "autograde", "sums", cwd=stock)
    autograde(ours)
    return stock, ours


def test_equal_to_nbgrader(honest):
    """Does honest work get the points, the comments and the penalties that nbgrader gives?"""
    stock, ours = map(rows, honest)
    assert ours == stock
    assert ours["solved", "sum"] == (2, False)
    assert ours["late", "late"] == 1


def comparable(cell):
    """Return a cell without times, temporary files and tracebacks, which show how a function was called."""
    cell = copy.deepcopy(cell)
    cell.metadata.pop("execution", None)
    for output in cell.get("outputs", []):
        output.pop("traceback", None)
    return json.loads(
        re.sub(rf"{tempfile.gettempdir()}/[\w/.-]+|<ipython-input-[\w-]+>", "", json.dumps(cell))
    )


def test_notebooks_equal_to_nbgrader(honest):
    """Are the autograded notebooks those of nbgrader, but for times, tracebacks and temporary files?"""
    for path in sorted(honest[0].glob("autograded/*/sums/sums.ipynb")):
        stock, ours = (nbformat.read(folder / path.relative_to(honest[0]), 4) for folder in honest)
        assert ours.metadata == stock.metadata
        for mine, theirs in zip(ours.cells, stock.cells, strict=True):
            assert comparable(mine) == comparable(theirs), path


@pytest.mark.long
def test_nothing_is_marked_twice(honest):
    """Is an unchanged class passed over, and is a person asked again only where an answer changed?"""
    ours = honest[1]
    with Gradebook(f"sqlite:///{ours}/gradebook.db") as gradebook:
        grade = gradebook.find_grade("reasons", "sums", "sums", "half")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        gradebook.db.commit()
    again = autograde(ours)
    assert not again["marked"] and len(again["unchanged"]) == 7
    notebook = answered(nbformat.read(ours / "release/sums/sums.ipynb", 4), "answer_sum = 41")
    for paragraph, asked_again in (("Because.", False), ("Because of it.", True)):
        notebook.cells[-1].source = paragraph
        hand_in(ours, "half", notebook)
        changed = autograde(ours)
        assert changed["marked"] == ["half"]
        assert rows(ours)["half", "sum"] == (0, False)
        with Gradebook(f"sqlite:///{ours}/gradebook.db") as gradebook:
            grade = gradebook.find_grade("reasons", "sums", "sums", "half")
            assert (grade.manual_score, grade.needs_manual_grade) == (2.5, asked_again)


def test_nbgrader_goes_on(honest):
    """Does nbgrader give feedback and export grades from what was recorded?"""
    ours = honest[1]
    assert run("nbgrader", "generate_feedback", "sums", "--student=solved", cwd=ours).returncode == 0
    assert (ours / "feedback/solved/sums/sums.html").is_file()
    assert run("nbgrader", "export", cwd=ours).returncode == 0
    assert "solved" in (ours / "grades.csv").read_text()


# --- hostile work ---

CODE = TO_WIN | TO_READ | TO_DAMAGE
each_attack = pytest.mark.parametrize(
    "name",
    sample(
        CODE,
        *("equal-to-everything", "checks-rewritten", "messages-forged", "endless-answer"),
        *("source-read", "objects-read", "written-outside", "network", "memory", "fork-bomb", "endless"),
    ),
)
IS_ROOT = os.getuid() == 0


def as_an_ordinary_user(folder, *command):
    """Return a command of a user who owns the course and nothing else."""
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, 1000, 1000, follow_symlinks=False)
    home, python, seen = Path.home(), Path(sys.base_prefix), []
    if home in python.parents:  # which nobody else may enter
        kept = home / python.relative_to(home).parts[0]
        seen = ["--tmpfs", home, "--ro-bind", kept, kept]
    user = ["setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", "env", f"HOME={folder}"]
    return ["bwrap", "--dev-bind", "/", "/", *map(str, seen), *user, *command]


ORDINARY = pytest.param("ordinary", marks=pytest.mark.long)


def wait_until(done, *, seconds=120):
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "It has not come about."
        time.sleep(0.02)


def is_named_in_a_process(word):
    """Say whether a program runs whose command has a word in it: bubblewrap's has all of its environment."""
    return any(word in " ".join(one.info["cmdline"] or ()) for one in psutil.process_iter(["cmdline"]))


@pytest.fixture(scope="module", params=["root", ORDINARY] if IS_ROOT else ["ordinary"])
def hostile(request, needs_sandbox):
    """Return a course in which attacks were marked beside honest work, and what the listener heard."""
    # Not in pytest's own folder, which only its owner may enter.
    folder = Path(tempfile.mkdtemp(prefix="hostile-")) / "course"
    folder.parent.chmod(0o755)
    request.addfinalizer(lambda: shutil.rmtree(folder.parent))
    released = new_course(folder)
    heard = []
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=lambda: heard.append(listener.accept()), daemon=True).start()
    values = {"course": str(folder), "door": attacks.DOOR, "port": listener.getsockname()[1]}
    wanted = asked(request)
    for name, code in ((name, CODE[name]) for name in CODE if name in wanted):
        text = code.format(**values) if name in TO_READ | TO_DAMAGE else code
        hand_in(folder, name, answered(released, text.strip()))
    for name, change in ((name, CHANGED[name]) for name in CHANGED if name in wanted):
        hand_in(folder, f"changed-{name}", answered(released, "answer_sum = 1", "def double(x): 1", change))
    markup = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))"
    for cell in (tagged := answered(released, f"print({markup!r})\nanswer_sum = {markup!r}")).cells:
        if cell.cell_type == "markdown":
            cell.source = markup
    hand_in(folder, "markup", tagged)
    for name, content in ((name, DAMAGED[name]) for name in DAMAGED if name in wanted):
        hand_in(folder, f"damaged-{name}", content)
    for i in range(4):  # some at the beginning, some at the end
        hand_in(folder, ["0-honest", "honest", "z-honest", "zz-honest"][i], answered(released))
    os.symlink(folder / "source/sums/sums.ipynb", folder / "submitted/z-honest/sums/link.ipynb")
    source = copy.deepcopy((folder / "source/sums/sums.ipynb").read_bytes())
    Path(attacks.DOOR).unlink(missing_ok=True)
    address = f"https://{folder.parent.name}.example"
    command = ["env", f"BOOK_URL={address}", "coursework", "autograde", "sums", "--json"]
    if request.param == "ordinary" and IS_ROOT:
        command = as_an_ordinary_user(folder, *command)
    outcome = json.loads(run(*command, cwd=folder).stdout)
    wait_until(lambda: not is_named_in_a_process(address))  # with these the system ends all that they began
    return folder, outcome, heard, source


@pytest.mark.parametrize("name", ["0-honest", "honest", "z-honest", "zz-honest"])
def test_honest_beside_hostile(hostile, name):
    """Does honest work get its points, whoever else is in the class?"""
    scores = rows(hostile[0])
    assert scores[name, "sum"] == (2, False)
    assert scores[name, "twice"] == (1, False)
    assert scores[name, "reasons"] == (None, True)


@each_attack
def test_no_points_for_an_attack(hostile, name):
    """Does code in the place of an answer win nothing, and is it marked like any other?"""
    folder, outcome, _, _ = hostile
    assert name in outcome["marked"]
    assert rows(folder)[name, "sum"] == (0, False)


# These have spoiled the program in which the rest of their notebook runs, or the function that is asked for.
SPOILED = set(
    "cells-rewritten checks-rewritten fork-bomb frames-searched function-blocks function-exits "
    "function-floods messages-forged parent-killed run-cell-forged stack stderr-closed values-forged".split()
)


@each_attack
def test_rest_of_a_hostile_notebook(hostile, name):
    """Does what is right beside an attack count: nothing that an attack does reaches the next question?"""
    if name not in SPOILED:
        assert rows(hostile[0])[name, "twice"] == (1, False)


@each_attack
def test_nothing_is_read(hostile, name):
    """Does no hidden test stand in what a student's code shows?"""
    folder = hostile[0]
    path = folder / f"autograded/{name}/sums/sums.ipynb"
    for cell in nbformat.read(path, 4).cells:
        if cell.metadata.nbgrader.grade_id not in ("sum", "twice"):
            assert SECRET not in json.dumps(cell)


def test_nothing_is_damaged(hostile):
    """Are the course, this machine and its network as they were?"""
    folder, _, heard, source = hostile
    assert not Path(attacks.DOOR).exists()
    assert not heard
    assert (folder / "source/sums/sums.ipynb").read_bytes() == source
    assert not Path("/dev/shm/left").exists()
    assert not list(folder.glob("autograded/z-honest/sums/link*"))


@pytest.mark.parametrize("name", sample(CHANGED, "check-rewritten", "check-doubled", "own-check"))
def test_changed_notebook(hostile, name):
    """Is a notebook whose cells were changed marked by the course's cells, for the points that it earned?"""
    folder, outcome, _, _ = hostile
    student = f"changed-{name}"
    assert student in outcome["marked"]
    scores = {cell: score for (who, cell), score in rows(folder).items() if who == student}
    assert scores["sum"] == (0, False)
    assert scores["twice"] == (0, False)
    assert set(scores) >= {"sum", "twice", "reasons"}


@pytest.mark.parametrize("name", sample(DAMAGED, "cut-off", "utf-16", "huge-number"))
def test_damaged_notebook(hostile, name):
    """Does what is no notebook get no points, and its student one sentence?"""
    folder, outcome, _, _ = hostile
    student = f"damaged-{name}"
    assert rows(folder)[student, "sum"] == (0, False)
    assert outcome["unread"][student].startswith("sums.ipynb")
    assert len(outcome["unread"][student]) < 250


# --- a run that is stopped ---


def n_marked(folder):
    """Return how many different notebooks have been marked in a course."""
    return sum(1 for _ in folder.glob(".coursework/marked/*/*.json"))


@pytest.mark.parametrize("n_kills", sample([1, 100], 1))
def test_killed_and_resumed(tmp_path, needs_sandbox, n_kills):
    """Is the gradebook the same after a run that was killed again and again as after one that was not?"""
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    released = new_course(whole)
    chance = random.Random(1962)
    for i in range(12 if n_kills == 1 else 60):
        code = chance.choice(["answer_sum = 42", "answer_sum = 41", "answer_sum = 'x'"])
        hand_in(whole, f"s{i:02}", answered(released, f"{code}  # {i}"))
    shutil.copytree(whole, killed)
    autograde(whole)
    for _ in range(n_kills):
        command = [PROGRAMS / "coursework", "autograde", "sums"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, cwd=killed, start_new_session=True, **quiet)
        more = 6 if n_kills == 1 else chance.randrange(4)  # 0: at once
        n = n_marked(killed) + more
        wait_until(lambda: n_marked(killed) >= n or process.poll() is not None)  # noqa: B023 (called at once)
        with contextlib.suppress(ProcessLookupError):  # it may have marked all and ended
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    last = autograde(killed)
    assert not last["failed"]
    assert rows(killed) == rows(whole)
    names = [
        {path.relative_to(folder) for path in folder.glob("autograded/**/*")} for folder in (whole, killed)
    ]
    assert names[0] == names[1]
    for path in whole.glob("autograded/**/*.ipynb"):
        assert path.read_bytes() == (killed / path.relative_to(whole)).read_bytes()


def test_files_of_a_person_in_autograded(tmp_path):
    """Does what a person has put beside marked work stay, what was written there go, and a link stop it?"""
    folder, away = tmp_path / "s1" / "sums", tmp_path / "away"
    write_folder(folder, {"sums.ipynb": b"first", "data/a.csv": b"1", "b.csv": b"1"})
    (folder / "remarks.md").write_text("hours of work")
    (folder / "data/mine.txt").write_text("mine")
    write_folder(folder, {"sums.ipynb": b"second"})
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {"sums.ipynb", "remarks.md", "data/mine.txt"}
    assert (folder / "sums.ipynb").read_bytes() == b"second"
    os.rename(folder, away)
    folder.symlink_to(away)
    with pytest.raises(ValueError, match="is a link"):
        write_folder(folder, {"sums.ipynb": b"third"})
    assert sorted(path.name for path in folder.parent.iterdir()) == ["sums"]
    assert (away / "sums.ipynb").read_bytes() == b"second"


def test_leftovers_of_a_kill(tmp_path):
    """Does the next writing of a folder clear what a killed run left beside it, and nothing else?"""
    folder = tmp_path / "s1" / "sums [1]"
    write_folder(folder, {"sums.ipynb": b"first"})
    ended = subprocess.Popen(["true"])
    ended.wait()
    made = "0" * 32
    for left in (f"{ended.pid}-{made}.new", f"{ended.pid}-{made}.old"):
        (folder.parent / f".sums [1].{left}" / "data").mkdir(parents=True)
    kept = {
        f".sums [1].{os.getpid()}-{made}.new",  # of a run that goes on
        f".sums [2].{ended.pid}-{made}.new",
        *(".sums [1].kept", ".sums [1].backup.old", ".sums [1].0f.new"),  # of a person
    }
    for name in kept:
        (folder.parent / name / "data").mkdir(parents=True)
    write_folder(folder, {"sums.ipynb": b"second", "data/a.csv": b"1"})
    assert (folder / "sums.ipynb").read_bytes() == b"second"
    assert {path.name for path in folder.parent.iterdir()} == {folder.name} | kept


# --- what students get back ---


def test_feedback(honest):
    """Has a page the points, the late penalty, what a person wrote, and no more weight than a letter?"""
    ours = honest[1]
    with Gradebook(f"sqlite:///{ours}/gradebook.db") as gradebook:
        grade = gradebook.find_grade("reasons", "sums", "sums", "late")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        gradebook.find_comment("reasons", "sums", "sums", "late").manual_comment = "Well <i>argued</i>."
        gradebook.db.commit()
    said = json.loads(run("coursework", "feedback", "sums", "--json", cwd=ours).stdout)["pages"]
    assert not any(said.values())
    late = (ours / "feedback/late/sums/sums.html").read_text()
    assert "<strong>4.5 of 6 points</strong>" in late
    assert "1 point taken off because your work came late; your answers have" in late
    assert "Well &lt;i&gt;argued&lt;/i&gt;." in late
    solved = (ours / "feedback/solved/sums/sums.html").read_text()
    assert "<strong>3 of 6 points so far</strong>" in solved
    assert "Your instructor has still to mark 1 answer." in solved
    for path in ours.glob("feedback/*/sums/sums.html"):
        assert path.stat().st_size < 40_000
        assert SECRET not in path.read_text()


def test_feedback_of_a_hostile_class(hostile):
    """Does no page hold a hidden test, a script or a style of a student's, or more than 40 kB?"""
    folder = hostile[0]
    said = json.loads(run("coursework", "feedback", "sums", "--json", cwd=folder).stdout)["pages"]
    assert len(said) == len(hostile[1]["marked"]) + len(hostile[1]["reused"])
    for path in folder.glob("feedback/*/sums/sums.html"):
        page = path.read_text(encoding="utf-8")
        assert SECRET not in page, path
        assert "BEGIN HIDDEN" not in page, path
        assert not re.search(r"<(script|iframe|img|object|link|form)\b", page), path
        assert page.count("<style>") == 1
        assert len(page) < 40_000, path


# --- more than one machine ---


@pytest.mark.long
def test_cluster(honest, tmp_path):
    """Does a Dask cluster give the same rows, also when a worker dies in the middle?"""
    folder = tmp_path / "course"
    shutil.copytree(
        honest[0], folder, ignore=shutil.ignore_patterns("autograded", "gradebook.db", "feedback")
    )
    run("nbgrader", "generate_assignment", "sums", "--force", cwd=folder)
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        gradebook.update_or_create_assignment("sums", duedate="2030-01-01 12:00:00 UTC")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    address = free_address()
    dask = PROGRAMS / "dask"
    scheduler = subprocess.Popen([dask, "scheduler", "--host", address, "--no-dashboard"], **quiet)
    worker = [dask, "worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny"]
    workers = [subprocess.Popen(worker, **quiet) for _ in range(2)]
    try:
        command = [PROGRAMS / "coursework", "autograde", "sums", "--json", "--scheduler", address]
        marking = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        wait_until(lambda: n_marked(folder))
        workers[0].kill()
        said, error = marking.communicate(timeout=300)
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()
    assert marking.returncode == 0, error
    assert not json.loads(said)["failed"]
    stock = rows(honest[0])
    assert rows(folder) == stock


def free_address():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"tcp://127.0.0.1:{free.getsockname()[1]}"


# Each in a program of its own: what Dask has begun when it fails goes on for a while.
NO_SCHEDULER = """
Cluster("ADDRESS", patience=1).__enter__()
"""
NO_WORKERS = """
with LocalCluster(n_workers=0, processes=False, dashboard_address=None) as empty:
    Cluster(empty.scheduler_address, patience=1).__enter__()
"""
LOST = """
helpers.coursework.backends.dask.assess = lambda *_: time.sleep(1)
lost = LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None)
with Cluster(lost.scheduler_address) as cluster:
    marked = cluster.map(iter("abcdef"), None, None)
    print(next(marked))
    lost.close()
    list(marked)
"""


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (NO_SCHEDULER, "No Dask scheduler answers at tcp://127.0.0.1:"),
        pytest.param(NO_WORKERS, "has no workers. Start some with", marks=pytest.mark.long),
        pytest.param(LOST, "was lost. Run the command again", marks=pytest.mark.long),
    ],
    ids=["no-scheduler", "no-workers", "lost"],
)
def test_no_cluster(code, sentence, tmp_path):
    """Is it told in one sentence that there is no scheduler or no worker, or that they went in the middle?"""
    head = (
        "import time\nfrom distributed import LocalCluster\nimport helpers.coursework.backends.dask\n"
        "from helpers.coursework.backends.dask import Cluster\n"
    )
    code = head + code.replace("ADDRESS", free_address())
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 1
    assert re.search(rf"CourseError: .*{re.escape(sentence)}", ran.stderr), ran.stderr
    if code.endswith(LOST):
        assert ", None, None)" in ran.stdout  # one was marked before


# --- another gradebook ---


@pytest.fixture
def postgresql(tmp_path):
    """Return the address of an empty database of a PostgreSQL that runs for this test."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "NO POSTGRESQL, SO A GRADEBOOK IN IT WAS NOT TESTED (Debian, Ubuntu: apt install postgresql)."
        )
    # Not in pytest's own folder, which only its owner may enter; and the server refuses to be root's.
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if IS_ROOT else []
    if IS_ROOT:
        shutil.chown(folder, "postgres")
    make = [*user, programs[-1] / "initdb", "--auth=trust", "--username=teacher", "--pgdata", folder / "data"]
    subprocess.run(make, check=True, capture_output=True, cwd=folder)
    serve = [*user, programs[-1] / "postgres", "-D", folder / "data", "-k", folder, "-h", ""]
    server = subprocess.Popen([*serve, "-c", "fsync=off"], cwd=folder, stderr=subprocess.DEVNULL)
    try:
        socket_of_server = folder / ".s.PGSQL.5432"
        wait_until(socket_of_server.exists)
        yield f"postgresql+psycopg://teacher@/postgres?host={folder}"
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


@pytest.mark.long
def test_gradebook_in_postgresql(honest, tmp_path, postgresql):
    """Has a gradebook in PostgreSQL the same rows, and is nothing marked twice in it?"""
    folder = tmp_path / "course"
    left = shutil.ignore_patterns("autograded", "gradebook.db", "feedback", ".coursework")
    shutil.copytree(honest[0], folder, ignore=left)
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.CourseDirectory.db_url = {postgresql!r}\n")
    run("nbgrader", "generate_assignment", "sums", "--force", cwd=folder)
    with Gradebook(postgresql, "little") as gradebook:
        gradebook.update_or_create_assignment("sums", duedate="2030-01-01 12:00:00 UTC")
    assert len(autograde(folder)["marked"]) == 7
    assert rows(folder, postgresql) == rows(honest[0])
    assert len(autograde(folder)["unchanged"]) == 7
    run("coursework", "feedback", "sums", cwd=folder)
    run("coursework", "report", "sums", cwd=folder)
    exported = run("coursework", "export", "sums", "--partial", "--to", "out.csv", "--json", cwd=folder)
    assert len(json.loads(exported.stdout)["written"]) == 7
    assert not (folder / "gradebook.db").exists()
