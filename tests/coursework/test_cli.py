"""Does the command behave as people and programs expect, also when something goes wrong around it?"""

import fcntl
import hashlib
import json
import os
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
from contextlib import chdir
from pathlib import Path

import pytest
import typer
from tests import programs
from tests.attacks import SECRET
from tests.little_course import CONFIG, HIDDEN_TWICE, answered, hand_in, new_course, open_gradebook, rows
from tests.little_course import autograde as grade
from tests.programs import PROGRAMS
from tests.quick import sample
from typer.testing import CliRunner

from helpers.coursework import files
from helpers.coursework.cli import app, log
from helpers.coursework.returning import lms_export

pytestmark = pytest.mark.slow
REPOSITORY = Path(__file__).parents[2]
COMMANDS = typer.main.get_command(app).commands
STUDENTS = ("ann", "bob", "zoe")
JOSE = "José"


@pytest.fixture(scope="module")
def made(tmp_path_factory, needs_sandbox):
    """Return a course in which three students are graded, and one more has handed in since."""
    folder = tmp_path_factory.mktemp("cli") / "course"
    folder.mkdir()
    released = new_course(folder)
    for student in STUDENTS:
        hand_in(folder, student, answered(released))
    assert sorted(grade(folder)["marked"]) == list(STUDENTS)
    hand_in(folder, JOSE, answered(released, "answer_sum = 41"))
    download = folder.parent / "download"
    for student in ("new", "ann"):
        place = download / student / "sums"
        place.mkdir(parents=True)
        shutil.copy(folder / "submitted/bob/sums/sums.ipynb", place)
    (place / "sums.ipynb").write_text((place / "sums.ipynb").read_text().replace("42", "43"))
    return folder


@pytest.fixture
def course(made, tmp_path):
    """Return a copy of the course, which a test may change; the download of its LMS is beside it."""
    shutil.copytree(made.parent / "download", tmp_path / "download")
    return Path(shutil.copytree(made, tmp_path / "course"))


def start(folder, *command, program="coursework", env=(), **options):
    """Start the real command in a course."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    pipes = {name: subprocess.PIPE for name in ("stdout", "stderr")}
    return subprocess.Popen(
        [PROGRAMS / program, *map(str, command)],
        cwd=folder, env=own | dict(env), text=True, **{"stdin": subprocess.DEVNULL} | pipes | options,
    )  # fmt: skip


def run(folder, *command, **options):
    """Run the real command in a course; return its exit code, its output and its errors."""
    if options:
        process = start(folder, *command, **options)
        out, err = process.communicate(timeout=180)
        code = process.returncode
    else:
        ran = programs.run("coursework", *command, cwd=folder, codes=range(256))
        code, out, err = ran.returncode, ran.stdout, ran.stderr
    assert "Traceback" not in (err or "")
    return code, out, err


def tree(folder):
    """Return a digest of every file in a folder, by path, without nbgrader's journal."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def half_written(folder):
    """Return what was being written when a command stopped."""
    return [path for path in folder.rglob("*") if path.name.endswith((".new", ".old"))]


# --- standard streams, terminals and locales ---

GRADED = "Grading sums: 4 of 4"
GONE = "({}; echo $? >code) | true; exit $(cat code)"
CLOSED = "exec <&- >&- 2>&-; exec coursework autograde sums --force"
NO_ROOM = "coursework: The work is done, but its result cannot be printed: No space left on device."
ASCII = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
STREAMS = {
    "all closed": (CLOSED, {}, 0, ""),
    "only the input closed": ("exec coursework autograde sums <&-", {}, 0, GRADED),
    "a full disk for the output": ("exec coursework export sums >/dev/full", {}, 3, NO_ROOM),
    "a full disk for JSON": ("exec coursework export sums --json >/dev/full", {}, 3, ""),
    "a reader that is gone": (GONE.format("coursework autograde sums"), {}, 0, None),
    "help for a reader that is gone": (GONE.format("coursework --help"), {}, 141, ""),
    "another encoding": ("exec coursework autograde sums", ASCII, 0, GRADED),
    "a terminal of ten columns": ("exec coursework autograde sums", {"COLUMNS": "10"}, 0, GRADED),
}  # fmt: skip


@pytest.mark.parametrize(
    "case", sample(STREAMS, "all closed", "a full disk for JSON", "a reader that is gone", "another encoding")
)
def test_streams(course, case):
    """Is the work done, and is the exit code that of the work, whatever becomes of the output?"""
    command, env, code, said = STREAMS[case]
    env = env | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    found, _, err = run(course, "-c", command, program="/bin/sh", env=env)
    assert found == code
    assert said is None or err.strip() == said
    if "autograde" in command:
        assert {student for student, _ in rows(course)} == {*STUDENTS, JOSE}
    assert not half_written(course)


@pytest.mark.long
def test_no_bar_for_a_program(course):
    """Does a program that shares our terminal get one line of JSON, and the terminal nothing?"""
    ours, theirs = pty.openpty()
    code, out, _ = run(course, "autograde", "sums", "--force", "--json", stderr=theirs)
    os.set_blocking(ours, False)
    with pytest.raises(BlockingIOError):
        os.read(ours, 1)
    assert code == 0 and len(out.splitlines()) == 1 and len(json.loads(out)["marked"]) == 4


# --- signals ---

# It sends a signal to itself at the nth thing that Python does: load a module, open a file, rename one ...
AT_THE_NTH = """
import atexit, os, sys
at, number = int(sys.argv.pop(1)), int(sys.argv.pop(1))
n = 0
def count(event, _):
    global n
    n += 1
    if n == at:
        os.kill(os.getpid(), number)
from helpers.coursework.__main__ import main
sys.argv[0] = "coursework"
if not at:
    atexit.register(lambda: print(n, file=open("n-events", "w")))
sys.addaudithook(count)
main()
"""
STOPPED = re.compile(r"coursework: Stopped (before anything was changed\.|\. What was finished .*)")
INTERRUPTED = {
    "autograde": ("autograde", "sums", "--force"),
    "collect": ("collect", "sums", "../download"),
    "feedback": ("feedback", "sums", "--zip"),
    "export": ("export", "sums"),
}
"""Commands that are stopped, at so many moments each."""


def n_events(course, *command):
    """Return how many things Python does in a command."""
    code, _, err = run(course, "-c", AT_THE_NTH, 0, 0, *command, program="python")
    assert code in (0, 1), err
    return int((course / "n-events").read_text())


@pytest.mark.parametrize(
    ("command", "n_moments"),
    [
        ("autograde", 3),
        ("collect", 2),
        *(pytest.param(one, 40, marks=pytest.mark.long) for one in INTERRUPTED),
    ],
)
def test_stopped_at_any_moment(made, tmp_path, command, n_moments):
    """Does Ctrl-C end a command with one sentence, lose nothing, and does the same command then go on?"""
    shutil.copytree(made.parent / "download", tmp_path / "download")
    whole = Path(shutil.copytree(made, tmp_path / "whole"))
    n = n_events(whole, *INTERRUPTED[command])
    for i in range(n_moments):
        folder = Path(shutil.copytree(made, tmp_path / f"stopped-{i}"))
        at = 1 + i * n // n_moments
        code, _, err = run(
            folder, "-c", AT_THE_NTH, at, int(signal.SIGINT), *INTERRUPTED[command], program="python"
        )
        said = [line for line in err.splitlines() if not line.startswith(("Grading", "Collecting"))]
        assert (code, len(said)) == (-signal.SIGINT, 1) and said[0].startswith("coursework: Stopped"), (
            at,
            err,
        )
        assert not half_written(folder), at
        assert run(folder, *INTERRUPTED[command])[0] == 0
        assert rows(folder) == rows(whole)
        assert not half_written(folder)
        skip = re.compile(r"\.coursework/|n-events|gradebook\.db|timestamp")
        assert {p: d for p, d in tree(folder).items() if not skip.match(p)} == {
            p: d for p, d in tree(whole).items() if not skip.match(p)
        }, at
        shutil.rmtree(folder)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_other_signals(course, number):
    """Do the other signals that end a program end it in the same way, and is one that is ignored ignored?"""
    command = ("-c", AT_THE_NTH, 100, int(number), "export", "sums")
    code, _, err = run(course, *command, program="python")
    assert (code, err) == (-number, "coursework: Stopped before anything was changed.\n")
    ignored = {"preexec_fn": lambda: signal.signal(number, signal.SIG_IGN)}
    assert run(course, *command, program="python", **ignored)[0] == 1  # José is not graded yet


def test_ctrl_c_in_a_terminal(course):
    """Does Ctrl-C, which reaches every process of a terminal, end all of them with one sentence?"""
    for student in range(20):
        shutil.copytree(course / "submitted/ann", course / f"submitted/more-{student}")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("c.Execute.timeout = 5\n")
    ours, theirs = pty.openpty()
    command = ("autograde", "sums", "--force", "--unsafe-no-sandbox")
    process = start(course, *command, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    shown = b""
    while b"/24" not in shown:  # the bar knows how many there are as soon as the first is done
        shown += os.read(ours, 1000)
    os.killpg(process.pid, signal.SIGINT)
    try:
        while part := os.read(ours, 1000):
            shown += part
    except OSError:  # every process that had the terminal has ended
        pass
    assert process.wait(timeout=60) == -signal.SIGINT
    last = shown.decode().splitlines()[-1]
    assert last.startswith("coursework: Stopped. What was finished is recorded")
    assert b"Traceback" not in shown and shown.rfind(b"\x1b[?25h") > shown.rfind(b"\x1b[?25l") > -1
    assert grade(course)["failed"] == {}
    assert len({student for student, _ in rows(course)}) == 24


# --- trouble with the course ---

WRITING = [
    ("collect", "sums", "../download"),
    ("autograde", "sums"),
    ("feedback", "sums"),
    ("report", "sums"),
    ("similar", "sums"),
    ("export", "sums"),
    ("repair", "sums"),
    ("clean", "--yes"),
]


@pytest.mark.parametrize(
    "command",
    [pytest.param(one, marks=() if one[0] == "feedback" else pytest.mark.long, id=one[0]) for one in WRITING],
)
def test_two_at_once(course, command):
    """Does a command that writes refuse a course in which another one works, for people and for programs?"""
    before = tree(course)
    with open(course / ".coursework/lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code, out, err = run(course, *command)
        assert (code, out) == (3, "") and "Another `coursework` command is running" in err
        code, out, err = run(course, *command, "--json")
        assert (code, err) == (3, "") and "is running" in json.loads(out)["error"]
        assert tree(course) == before
        assert run(course, "status")[0] == 0  # it only reads


def _config(text):
    return lambda folder: (folder / "nbgrader_config.py").write_text(CONFIG + text)


def _read_only(folder):
    _config(f'c.CourseDirectory.db_url = "sqlite:///file:{folder}/gradebook.db?mode=ro&uri=true"\n')(folder)


def _no_folder(folder):
    shutil.rmtree(folder / ".coursework")
    (folder / ".coursework").write_text("")


def _no_course(folder):
    (folder / "nbgrader_config.py").unlink()
    shutil.rmtree(folder / "source")


TROUBLE = {
    "a read-only gradebook": (_read_only, "The gradebook is read-only. Make its file"),
    "a damaged gradebook": (lambda folder: (folder / "gradebook.db").write_bytes(b"x" * 9000), "is damaged"),
    "no gradebook": (lambda folder: (folder / "gradebook.db").unlink(), "generate_assignment sums`."),
    "no course": (_no_course, "has no nbgrader_config.py"),
    "a file in the place of a folder": (_no_folder, "File exists"),
}


@pytest.mark.parametrize("case", TROUBLE)
def test_trouble_with_the_course(course, case):
    """Is it one sentence with a remedy, is the exit code right, and is nothing changed?"""
    trouble, said = TROUBLE[case]
    trouble(course)
    before = {path: digest for path, digest in tree(course).items() if path != ".coursework/log"}
    code, _, err = run(course, "autograde", "sums")
    assert code == 3 and said in err.splitlines()[-1]
    code, out, _ = run(course, "autograde", "sums", "--json")
    assert code == 3 and said in json.loads(out)["error"]
    assert before.items() <= tree(course).items()


@pytest.mark.long
def test_locked_gradebook(course):
    """Is a gradebook in which Formgrader is writing named, and are the grades there after another run?"""
    with sqlite3.connect(course / "gradebook.db") as other:
        other.execute("BEGIN EXCLUSIVE")
        code, _, err = run(course, "autograde", "sums")
        other.rollback()
    assert code == 3 and "Another program is writing into the gradebook" in err
    assert run(course, "autograde", "sums")[0] == 0
    assert JOSE in {student for student, _ in rows(course)}


FULL = """
mount -t tmpfs -o size={size} none full && cp -a course/. full && cd full || exit 99
cat /dev/zero >filler 2>/dev/null
coursework {command} 2>../said
echo $? >../code
rm filler
coursework {command} >/dev/null 2>&1
echo $? >../again
cp -a . ../after
"""


@pytest.mark.parametrize(
    "command", ["autograde sums --force", "feedback sums --zip", "report sums", "export sums"]
)
@pytest.mark.long
def test_full_disk(made, tmp_path, command):
    """Is a full disk named, is nothing half-written, and does the same command go on when there is room?"""
    course = Path(shutil.copytree(made, tmp_path / "course"))
    (tmp_path / "full").mkdir()
    used = sum(path.stat().st_blocks * 512 + 4096 for path in course.rglob("*"))
    text = FULL.format(size=used + 8_000_000, command=command)
    env = {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    done = start(tmp_path, "-rm", "sh", "-c", text, program="/usr/bin/unshare", env=env)
    _, err = done.communicate(timeout=180)
    if not (tmp_path / "after").exists():
        pytest.skip(f"THIS SYSTEM CANNOT MAKE A SMALL DISK, SO A FULL ONE WAS NOT TESTED. {err}")
    said = (tmp_path / "said").read_text()
    assert (tmp_path / "code").read_text() == "3\n", said
    assert re.search("(?i)no space left on device|disk is full|gradebook: ", said.splitlines()[-1])
    assert "Traceback" not in said
    assert (tmp_path / "again").read_text() in ("0\n", "1\n")
    assert not half_written(tmp_path / "after")
    if command.startswith("autograde"):
        assert {student for student, _ in rows(tmp_path / "after")} == {*STUDENTS, JOSE}


def test_no_new_folder(course):
    """Does an export into a folder that does not exist say so, and make none?"""
    code, _, err = run(course, "export", "sums", "--to", "raports/grades.csv")
    assert code == 3 and "raports does not exist" in err
    assert not (course / "raports").exists()


# --- dry runs ---

DRY = {
    "collect": (("collect", "sums", "../download"), "collected the work of 2"),
    "autograde": (("autograde", "sums"), f"1 would be graded.\n  {JOSE}\n3 have not changed"),
    "feedback": (("feedback", "sums", "--zip"), "3 pages"),
    "repair": (("repair", "sums"), "1 repaired; 3 needed no repair"),
    "export": (("export", "sums"), "0 grades"),
    "clean": (("clean",), "Nothing was removed"),
}


@pytest.mark.parametrize("case", DRY)
def test_dry_run(course, case):
    """Does a dry run say what would be done, and leave every file as it is?"""
    path = course / "submitted/zoe/sums/sums.ipynb"
    notebook = json.loads(path.read_text())
    if case == "repair":
        del notebook["cells"][0]
        path.write_text(json.dumps(notebook))
    before = tree(course)
    command, said = DRY[case]
    out = run(course, *command, "--dry-run")[1]
    assert "Dry run" in out and said in out
    assert tree(course) == before
    assert json.loads(run(course, *command, "--dry-run", "--json")[1])["dry_run"] is True
    assert tree(course) == before
    run(course, *command, *(["--yes"] if case == "clean" else []))
    assert tree(course) != before


# --- the log ---


def test_log(course, monkeypatch):
    """Does the log say what was done for whom, and hold no hidden test, solution, message or escape code?"""
    hand_in(course, "red", b"{")
    shutil.move(course / "submitted/red", course / "submitted/red\x1b[31m")
    assert run(course, "autograde", "sums", "--json")[0] == 0
    text = (course / ".coursework/log").read_text()
    assert "$ coursework autograde sums --json" in text and f"{JOSE}: " in text
    assert "red?[31m: no points." in text and "\x1b" not in text

    def fail(*_args, **_options):
        raise ZeroDivisionError(f"{SECRET} in {HIDDEN_TWICE}")

    monkeypatch.setattr(lms_export, "read_grades", fail)
    with chdir(course):
        done = CliRunner().invoke(app, ["export", "sums"])
    assert done.exit_code == 4 and "report it with what" in done.stderr
    log.note(f"answer_sum = 42\n{HIDDEN_TWICE}")
    log.end_log()
    text = (course / ".coursework/log").read_text()
    assert "BUG ZeroDivisionError" in text and "in export_grades" in text and "raise Zero" in text
    assert SECRET not in text.replace('raise ZeroDivisionError(f"{SECRET} in {HIDDEN_TWICE}")', "")
    assert "answer_sum = 42" not in text and "double(21)" not in text
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \d+ ", line) for line in text.splitlines())


def test_log_stays_small(course):
    """Does a large log become the older one, and does a log that cannot be written stop nothing?"""
    (course / ".coursework/log").write_text("x" * 1_100_000)
    run(course, "export", "sums")
    assert (course / ".coursework/log.1").stat().st_size == 1_100_000
    assert "$ coursework export sums" in (course / ".coursework/log").read_text()
    (course / ".coursework/log").unlink()
    (course / ".coursework/log").mkdir()
    code, _, err = run(course, "export", "sums")
    assert code == 1 and "log" not in err


def test_verbose(course):
    """Does --verbose name each student as the work goes on, and is a bug shown with its place?"""
    _, _, err = run(course, "autograde", "sums", "-v")
    assert f"{JOSE} (4 of 4)" in err or f"{JOSE} (1 of 4)" in err
    process = start(course, "export", "nosuch", "--verbose")
    _, err = process.communicate()
    assert process.returncode == 3 and "Traceback" in err and "CourseError" in err


# --- status ---


def test_status(course):
    """Does it say how far an assignment is, after each step, and what is next, without writing anything?"""

    def status():
        before = tree(course)
        code, out, _ = run(course, "status", "--json")
        assert code == 0 and tree(course) == before
        return json.loads(out)["sums"]

    seen = status()
    assert seen["released"] and seen["marked"] == seen["waiting"] == list(STUDENTS)
    assert seen["not_marked"] == [JOSE] and "coursework autograde" in seen["next_step"]
    run(course, "feedback", "sums")
    run(course, "export", "sums", "--partial")
    hand_in(course, "zoe", json.dumps({"cells": []}).encode())
    shutil.rmtree(course / "submitted/bob/sums")
    (course / "submitted/bob/sums").symlink_to("../ann/sums")
    with open_gradebook(course) as gradebook:
        found = gradebook.find_grade("reasons", "sums", "sums", "ann")
        found.manual_score, found.needs_manual_grade = 3, False
        gradebook.db.commit()
    seen = status()
    assert seen["feedback"] == [] and seen["feedback_old"] == ["ann"]
    assert seen["exported"] == [] and seen["exported_old"] == ["ann"]
    assert seen["stale"].keys() == {"bob", "zoe"}
    assert run(course, "autograde", "sums")[0] == 1
    seen = status()
    assert "link" in seen["failed"]["bob"] and seen["stale"] == {}
    run(course, "feedback", "sums", "--student", "ann")
    run(course, "export", "sums", "--student", "ann")
    seen = status()
    assert seen["feedback"] == seen["exported"] == ["ann"] and seen["waiting"] == [JOSE]
    text = run(course, "status", "sums")[1]
    assert "1 could not be graded: bob" in text and "Next: " in text
    assert run(course, "status", "nosuch")[0] == 3


def test_status_of_a_new_course(tmp_path):
    """Is a course without a gradebook, or without anything, described without making a gradebook?"""
    (tmp_path / "nbgrader_config.py").write_text(CONFIG)
    assert "There is no assignment yet" in run(tmp_path, "status")[1]
    (tmp_path / "source/ps1").mkdir(parents=True)
    (tmp_path / "source/ps1/ps1.ipynb").write_text("{}")
    assert "Release it: nbgrader generate_assignment ps1" in run(tmp_path, "status")[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["nbgrader_config.py", "source"]


# --- clean ---


def test_clean(course):
    """Is all removed that the commands left behind, and nothing that a person may have put there?"""
    assert run(course, "collect", "sums", "../download")[0] == 0
    ended = subprocess.Popen(["true"])
    ended.wait()
    ours = [
        course / f"submitted/ann/.{'0' * 32}.new",
        course / f"autograded/ann/.sums.{ended.pid}-{'0' * 32}.new/sums.ipynb",
        course / "demo/.coursework-demo",
        course / ".coursework/log.1",
    ]
    theirs = [
        course / f"autograded/ann/.gone.{ended.pid}-{'0' * 32}.old/only-copy.ipynb",
        course / f"autograded/ann/.sums.{os.getpid()}-{'0' * 32}.new/sums.ipynb",
        course / "submitted/ann/mine.new",
        course / ".coursework/replaced/mine/essay.ipynb",
        course / ".coursework/marked/mine.json",
        course / "demonstration/mine",
    ]
    for path in (*ours, *theirs):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    before = tree(course)
    code, out, _ = run(course, "clean")
    assert code == 0 and "add --yes" in out and tree(course).keys() == before.keys()
    code, out, _ = run(course, "clean", "log", "--yes", "--json")
    assert json.loads(out)["found"].keys() == {"log"} and not ours[3].exists() and ours[2].exists()
    assert run(course, "clean", "rubbish")[0] == 2
    code, out, _ = run(course, "clean", "--yes")
    assert "All of this was removed." in out
    gone = {path for path in before if not (course / path).exists()}
    cached = {path for path in before if re.match(r"\.coursework/(marked/../|replaced/\d)", path)}
    assert gone == cached | {path.relative_to(course).as_posix() for path in ours}
    assert any("replaced" in path for path in cached) and any("marked" in path for path in cached)
    assert sorted(grade(course)["unchanged"]) == ["bob", "zoe"]


def test_clean_asks(course):
    """Does it ask in a terminal, and remove nothing unless the answer is yes?"""
    for answer, is_there in ((b"\n", True), (b"y\n", False)):
        ours, theirs = pty.openpty()
        os.write(ours, answer)
        code, out, _ = run(course, "clean", stdin=theirs)
        assert code == 0 and "Remove all of this?" in out
        assert any((course / ".coursework/marked").rglob("*.json")) == is_there


def test_interrupted_replacement(tmp_path):
    """Is a folder put back, with the files of a person, if a command was killed after it moved it away?"""
    ended = subprocess.Popen(["true"])
    ended.wait()
    for end, name in (("old", "hours-of-work.md"), ("new", "sums.ipynb")):
        (tmp_path / f".sums.{ended.pid}-{'0' * 32}.{end}").mkdir()
        (tmp_path / f".sums.{ended.pid}-{'0' * 32}.{end}" / name).write_text("x")
    files.write_folder(tmp_path / "sums", {"sums.ipynb": b"second"})
    assert tree(tmp_path).keys() == {"sums/hours-of-work.md", "sums/sums.ipynb"}


# --- other programs, the shell, and the page ---


def test_json(course):
    """Is the answer to a program one line, whatever happens, and the same exit code as for people?"""
    for command in [*WRITING, ("status",), ("doctor", "submitted/ann/sums/sums.ipynb")]:
        code, out, err = run(course, *command, "--json")
        assert code in (0, 1) and len(out.splitlines()) == 1 and not err, command
        assert "error" not in json.loads(out)
        code, out, _ = run(course, *command, "--json", "--nosuch")
        assert code == 2 and json.loads(out).keys() == {"error"}
    done = json.loads(run(course, "feedback", "sums", "--zip", "--json")[1])
    assert Path(done["zip"]["path"]).is_file() and set(done["pages"]) >= set(STUDENTS)


def test_completion(course):
    """Does the shell complete the commands, the assignments and the students of the course?"""
    for words, found in (("au", "autograde"), ("autograde s", "sums"), ("report sums --student b", None)):
        words = f"coursework {words}"
        env = {"_COURSEWORK_COMPLETE": "complete_bash", "COMP_WORDS": words}
        env["COMP_CWORD"] = str(len(words.split()) - 1)
        _, out, _ = run(course, env=env)
        assert out.split() == ([found] if found else [])
    env = {"_COURSEWORK_COMPLETE": "complete_bash", "COMP_WORDS": "coursework export sums --student b"}
    assert run(course, env=env | {"COMP_CWORD": "4"})[1].split() == ["bob"]


def test_help_loads_little():
    """Is help printed without loading nbgrader, pandas or SQLAlchemy, which take seconds?"""
    code = (
        "import sys; from helpers.coursework.cli import app\n"
        "for name in sys.argv[1:]:\n"
        "    try: app([name, '--help'])\n"
        "    except SystemExit: pass\n"
        "sys.exit(bool({'nbgrader', 'pandas', 'sqlalchemy', 'nbformat', 'IPython'} & {*sys.modules}))"
    )
    assert run(REPOSITORY, "-c", code, *COMMANDS, program="python")[0] == 0


def test_settings_load_little():
    """Are the settings of this book's course read without loading pandas, which takes half a second?"""
    code = (
        "import sys; from pathlib import Path; from helpers.coursework.course import Course\n"
        "Course(Path('.')); sys.exit('pandas' in sys.modules)"
    )
    assert run(REPOSITORY / "exercises", "-c", code, program="python")[0] == 0


def test_page_names_everything():
    """Does the page for instructors name every command and every option, and no other?"""
    page = (REPOSITORY / "chapters/for-instructors.md").read_text(encoding="utf-8")
    theirs = {"--force", "--into", "--help", "--assignment", "--exporter"}
    for name, command in COMMANDS.items():
        assert f"coursework {name}" in page, name
        for option in (one for one in command.params if not getattr(one, "hidden", False)):
            for spelled in option.opts:
                if spelled.startswith("--"):
                    assert f"`{spelled}" in page or f" {spelled}" in page, (name, spelled)
    known = {spelled for command in COMMANDS.values() for one in command.params for spelled in one.opts}
    known |= {"--version", "--install-completion", "--show-completion"} | theirs
    written = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page))
    assert written <= known, written - known
