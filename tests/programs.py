"""Run `coursework` and `nbgrader` as people do, each in a process that begins with its modules loaded.

To load nbgrader takes more than a second of CPU, and the tests run these commands hundreds of times.  So one
process for each command loads its modules, and is forked for each run.  A run is a process with its own
arguments, folder, environment and standard streams, and ends with its own exit code.
"""

import atexit
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

from benchmarks.courses import PROGRAMS

_ROOT = Path(__file__).parents[1]
_ENTRY = {
    "coursework": ("helpers.coursework.__main__", "main"),
    "nbgrader": ("nbgrader.apps.nbgraderapp", "main"),
}
_REQUEST = 1_000_000  # bytes of arguments and environment, at most


def run(*command, cwd, codes=(0, 1), env=None, **options):
    """Run a program of this environment; its output is in the error when it fails."""
    program, *arguments = map(str, command)
    env = {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"} | dict(os.environ if env is None else env)
    if program in _ENTRY and not options:
        ran = _run_loaded(program, arguments, cwd, env)
    else:
        ran = subprocess.run(
            [program, *arguments], cwd=cwd, env=env, capture_output=True, text=True, **options
        )
    assert ran.returncode in codes, ran.stdout + ran.stderr
    return ran


def _run_loaded(program, arguments, cwd, env):
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        open(os.devnull, "rb") as nothing,
    ):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            request = json.dumps({"arguments": arguments, "cwd": str(cwd), "env": env}).encode()
            streams = [stream.fileno() for stream in (nothing, out, err, theirs)]
            socket.send_fds(_loaded(program), [request], streams)
            theirs.close()
            code = int(ours.makefile().read())
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode(errors="backslashreplace"))
    return subprocess.CompletedProcess([program, *arguments], code, *texts)


@cache
def _loaded(program):
    """Return the socket of a process that has loaded a program; it ends when this process does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", "tests.programs", program, str(theirs.fileno())]
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(_ROOT / "src"), str(_ROOT)]), "PYTHONUTF8": "1"}
    with theirs:
        process = subprocess.Popen(
            command, cwd=_ROOT, env=env, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
        )
    atexit.register(_end, ours, process)
    return ours


def _end(requests, process):
    requests.close()
    process.wait()


def _serve(program, requests):
    module, name = _ENTRY[program]
    main = getattr(import_module(module), name)
    if program == "coursework":
        from helpers import coursework
        from helpers.coursework.light import leave_out_extensions

        leave_out_extensions()
        for found in pkgutil.walk_packages(coursework.__path__, "helpers.coursework."):
            if "__main__" not in found.name:
                import_module(found.name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a process that only waits
    while True:
        request, streams, *_ = socket.recv_fds(requests, _REQUEST, 4)
        if not request:
            return
        if not os.fork():
            _wait_for(program, main, json.loads(request), streams)
        for stream in streams:
            os.close(stream)


def _wait_for(program, main, request, streams):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if not child:
        os.close(streams[3])
        _begin(program, main, request, streams)
    _, status = os.waitpid(child, 0)
    os.write(streams[3], str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _begin(program, main, request, streams):
    """Become the program, as if it had just started with its modules loaded."""
    for number in range(3):
        os.dup2(streams[number], number)
        os.close(streams[number])
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv[:] = [str(PROGRAMS / program), *request["arguments"]]
    own = request["env"].get("PYTHONPATH", "")
    sys.path[:] = [*filter(None, own.split(os.pathsep)), *(path for path in sys.path if path != str(_ROOT))]
    sys.exit(main())


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        _serve(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
