"""Is a submission isolated in a container, and is a class marked there as in the sandbox?"""

import ast
import io
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time

import pytest
from tests import container_image
from tests.attacks_isolation import HEAD, KEY, PASSED_ON, SPENT
from tests.coursework.test_isolation import HONEST, REPOSITORY, run_cells, shown, step
from tests.little_course import answered, autograde, hand_in, new_course, rows

from helpers.coursework.course import Course, CourseError
from helpers.coursework.isolation import NAMES, Backend, Isolation
from helpers.coursework.isolation.budgets import Budget
from helpers.coursework.workers.pool import open_server

PODMAN = Isolation("podman", container_image.NAME)

# --- what is run ---

OPTIONS = {
    "podman": "--network none|--read-only|--read-only-tmpfs=false|--cap-drop ALL|--user 65534:65534"
    "|--security-opt no-new-privileges|--memory 3000000000|--memory-swap 3000000000|--pids-limit 36|--cpus 1"
    "|--pull never|--log-driver none|--rm|--name one|--entrypoint python3 image",
    "docker": "--network none|--read-only|--cap-drop ALL|--user 65534:65534|--security-opt no-new-privileges"
    "|--memory 3000000000|--memory-swap 3000000000|--pids-limit 36|--cpus 1|--pull never|--log-driver none"
    "|--rm|--name one|--entrypoint python3 image",
    "apptainer": "--containall|--cleanenv|--no-home|--net --network none|--no-privs|--memory 3000000000"
    "|--memory-swap 3000000000|--pids-limit 36|--cpus 1|image python3",
}


@pytest.mark.parametrize("name", OPTIONS)
def test_command_line(name):
    """Does the command line shut the container in, and mount only the package and the data, read-only?"""
    parts = Isolation(name).backend.command("one", "image")
    line = f" {' '.join(parts)} "
    assert [option for option in OPTIONS[name].split("|") if f" {option} " not in line] == []
    mounted = [
        parts[i + 1] for i, part in enumerate(parts) if part in ("--volume", "--bind", "-v", "--mount")
    ]
    assert [one.split(":")[0] for one in mounted] == [f"{REPOSITORY}/src/helpers", f"{REPOSITORY}/data"]
    assert all(one.endswith(":ro") for one in mounted)
    assert parts[-2:] == ["python3", "image"] if name != "apptainer" else ["image", "python3"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_missing(name, monkeypatch):
    """Is it said in a sentence that a program is missing?"""
    assert isinstance(Isolation(name).backend, Backend)
    if name in OPTIONS:
        monkeypatch.setenv("PATH", "")
        assert Isolation(name).backend.why_unavailable("image").startswith(f"{name} is missing: ")


def test_docker_without_its_daemon(monkeypatch):
    """Is it said in a sentence why Docker cannot be used?"""
    if not shutil.which("docker"):
        pytest.skip("DOCKER IS MISSING, SO IT WAS NOT TRIED.")
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere")
    said = Isolation("docker").backend.why_unavailable("image")
    assert said.startswith("docker cannot be used (") and "\n" not in said


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", Isolation("bubblewrap")),
        ('c.Coursework.isolation = "docker"', Isolation("docker")),
        ('c.Coursework.isolation = "podman"\nc.Coursework.image = "example.org/a"',
         Isolation("podman", "example.org/a")),
        ('c.Coursework.isolation = "moon"', None),
    ],
)  # fmt: skip
def test_configuration(tmp_path, line, expected):
    """Does the course's configuration choose the isolation, and is an unknown one refused?"""
    (tmp_path / "nbgrader_config.py").write_text(f"c = get_config()\n{line}\n")
    if expected:
        assert Course(tmp_path).settings.isolation == expected
    else:
        with pytest.raises(CourseError, match=r"'isolation' trait.*'moon'"):
            _ = Course(tmp_path).settings.isolation


# --- what a container shows and allows ---


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """Make the image, and choose settings with which Podman runs here."""
    if not shutil.which("podman"):
        pytest.skip("PODMAN IS MISSING, SO NOTHING WAS MARKED IN A CONTAINER.")
    container_image.make()
    settings, why = container_image.settings_that_run(tmp_path_factory.mktemp("podman"))
    if settings is None:
        pytest.skip(f"NOTHING WAS MARKED IN A CONTAINER, BECAUSE PODMAN RUNS NONE HERE: {why}")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="module")
def server(image):
    """Return what lends a container for each submission's cells."""
    server = open_server("student", warm_up=[], given=[], isolation=PODMAN)
    yield server
    server.close()


FACTS = """
import os, socket
from pathlib import Path
def writable(folder):
    try: (Path(folder) / "a").write_text("a"); return True
    except OSError: return False
lines = Path("/proc/self/status").read_text().splitlines()
status = dict(line.split(":\\t") for line in lines if ":\\t" in line)
places = ["/", "/usr", "/etc", "/opt/coursework/src/helpers", "/opt/coursework/data", "/tmp", "/exercise"]
print({
    "user": os.getuid(), "capabilities": {status[name] for name in ("CapEff", "CapPrm", "CapBnd", "CapAmb")},
    "new privileges": status["NoNewPrivs"], "filters": int(status["Seccomp_filters"]) >= 2,
    "networks": [name for _, name in socket.if_nameindex()],
    "writable": list(filter(writable, places)),
    "opt": sorted(os.listdir("/opt/coursework")), "clone": os.path.exists(CLONE),
    "here": sorted(os.listdir(".")),
})
"""


@pytest.mark.long
def test_what_a_container_shows(server):
    """Has a submission no network, no rights and no file of this machine but the package and the data?"""
    assert ast.literal_eval(run_cells(server, f"CLONE = {str(REPOSITORY)!r}\n{FACTS}")[0].strip()) == {
        "user": 65534, "capabilities": {"0000000000000000"}, "new privileges": "1", "filters": True,
        "networks": ["lo"], "writable": ["/tmp", "/exercise"], "opt": ["data", "src"], "clone": False,
        "here": [".ipython", "a"],
    }  # fmt: skip


@pytest.mark.long
def test_nothing_is_passed_on(server):
    """Does what one submission leaves reach no other, neither at the same time nor afterwards?"""

    def run(channel, which):
        cells = [step(HEAD + pair[which], timeout=10) for pair in PASSED_ON.values()]
        channel.send(list(enumerate(cells)))
        return dict(
            zip(PASSED_ON, (shown(channel.receive(timeout=60)["answer"]) for _ in cells), strict=True)
        )

    with server.lease_worker(Budget(60)) as writer:
        run(writer, 0)
        with server.lease_worker(Budget(60)) as reader:
            beside = run(reader, 1)
        found_again = [way for way, text in run(writer, 1).items() if KEY in text]
    with server.lease_worker(Budget(60)) as reader:
        later = run(reader, 1)
    assert [way for found in (beside, later) for way, text in found.items() if KEY in text] == []
    assert len(found_again) > 10  # the code is right


@pytest.mark.long
@pytest.mark.parametrize("way", ["memory", "memory-in-children", "memory-in-grandchildren", "processes",
                                 "memory-in-temporary-files", "time-in-cells"])  # fmt: skip
def test_more_than_a_submission_may_use(server, way):
    """Is it said in the cell what was used up, and do the other cells keep theirs?"""
    code, told = SPENT[way]
    expected = (told, "processes and threads") if told == "BlockingIOError" else (told,)
    timeout = 2 if "time" in way else 60
    first, spent, last = run_cells(server, "print(1 + 1)", code, "print(6 * 7)", timeout=timeout)
    assert first.strip() == "2"
    assert any(text in spent for text in expected)
    assert last.strip() == "42" or told == "BlockingIOError"  # here its own processes fill its budget


@pytest.mark.long
def test_honest_code(server):
    """Does what ordinary exercises use work in a container?"""
    done = run_cells(server, *HONEST.values())
    needed = [name for name, text in zip(HONEST, done, strict=True) if "45" not in text]
    assert set(needed) <= {"matplotlib"}  # which the image lacks


HOSTILE = """
import os, signal, time
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
if not os.fork():
    os.setsid()
    os.fork()
while True: time.sleep(0.1)
"""
MARKS = f"""
from tests.coursework.test_containers import *
from tests.coursework.test_isolation import run_cells
server = open_server("student", warm_up=[], given=[], isolation=PODMAN)
server.given_outputs()
with server.lease_worker(Budget(600)) as channel:
    channel.send([(1, step({HOSTILE!r}, timeout=600))])
    with contextlib.suppress(ChannelError):
        channel.send(["x" * 1000 * 1000] * 9, timeout=5)  # which it never reads
    print("running", flush=True)
    channel.receive(timeout=600)
"""


@pytest.mark.long
def test_containers_end_with_the_program_that_marks(image):
    """Does no container survive when the program that marks is killed, whatever the submission does?"""
    command = [sys.executable, "-c", MARKS]
    program = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE)
    name = f"name=coursework-{program.pid}-"

    def running():
        listed = ["podman", "ps", "--all", "--quiet", "--filter", name]
        return subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split()

    with program.stdout:
        assert program.stdout.readline() == b"running\n"
    assert running()
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    until = time.monotonic() + 60
    while running() and time.monotonic() < until:
        time.sleep(0.5)
    assert running() == []


@pytest.mark.long
def test_equal_to_the_sandbox(image, needs_sandbox, tmp_path):
    """Does a class get the same marks and remarks in containers as in the sandbox?"""
    courses = {name: tmp_path / name for name in ("bubblewrap", "podman")}
    released = new_course(courses["bubblewrap"])
    for student, code in {
        "right": "answer_sum = 42", "wrong": "answer_sum = 41", "error": "answer_sum = 1 / 0",
        "ends": "import os\nos._exit(1)", "waits": "while True: pass", "home": "open('a').read()",
    }.items():  # fmt: skip
        hand_in(courses["bubblewrap"], student, answered(released, code))
    shutil.copytree(courses["bubblewrap"], courses["podman"])
    with open(courses["podman"] / "nbgrader_config.py", "a") as config:
        config.write(f'c.Coursework.isolation = "podman"\nc.Coursework.image = "{container_image.NAME}"\n')
    done = {name: autograde(folder) for name, folder in courses.items()}
    assert done["podman"]["failed"] == {} and len(done["podman"]["marked"]) == 6
    assert rows(courses["podman"]) == rows(courses["bubblewrap"])
    assert rows(courses["podman"])["right", "sum"] == (2, False)


# --- what an image is made of ---

SENT = ["requirements.txt", "pyproject.toml", "src/helpers/dates.py", "data/datapackage.json"]
KEPT_HERE = [
    "exercises/gradebook.db", "exercises/submitted/ann/sums/sums.ipynb", "exercises/source/sums/sums.ipynb",
    "exercises/.coursework/marked/a.json", ".git/config", ".venv/bin/python", "_build/index.html", ".env",
    "tests/exercises/sums.py", "src/helpers/__pycache__/dates.pyc", "data/.ipynb_checkpoints/a.ipynb",
]  # fmt: skip


def test_what_is_sent_to_build_the_image(tmp_path):
    """Do gradebook, submissions, solutions and history stay out of the image?"""
    if not shutil.which("podman"):
        pytest.skip("PODMAN IS MISSING, SO NO IMAGE WAS MADE.")
    for name in SENT + KEPT_HERE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a")
    shutil.copy(REPOSITORY / ".dockerignore", tmp_path)
    (tmp_path / "all").write_text("FROM scratch\nCOPY . /\n")
    name = "localhost/coursework-test-context"
    podman = ["podman", "build", "--quiet", "--file", tmp_path / "all", "--tag", name, tmp_path]
    subprocess.run(podman, check=True, capture_output=True)
    saved = subprocess.run(["podman", "save", name], check=True, capture_output=True).stdout
    subprocess.run(["podman", "rmi", name], check=True, capture_output=True)
    with tarfile.open(fileobj=io.BytesIO(saved)) as image:
        layers = [image.extractfile(one).read() for one in image.getnames() if one.endswith(".tar")]
    found: set[str] = set()
    for layer in layers:
        with tarfile.open(fileobj=io.BytesIO(layer)) as files:
            found.update(one.name for one in files if one.isfile())
    assert found == set(SENT)
