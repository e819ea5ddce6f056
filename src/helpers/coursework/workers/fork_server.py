"""Fork servers: preloaded interpreters that fork a worker for each submission.

One base process loads what every notebook needs.  It is started as
``python -m helpers.coursework.workers.fork_server DESCRIPTOR 1``, or with 0 if it runs without the sandbox.
For each socket that it receives over the socket with that descriptor, it forks a fork server.

A fork server receives over its own socket what else to load; then it receives a separate socket for each
submission and passes it to the worker.  Many workers may run at a time.
"""

import contextlib
import gc
import json
import os
import select
import shutil
import signal
import socket
import sys
import tempfile

from helpers.coursework.isolation import bytecode, namespaces
from helpers.coursework.isolation.budgets import Watchdog, mapped_bytes
from helpers.coursework.isolation.inside import WORK
from helpers.coursework.workers.preload import (
    SERVE,
    forget,
    load_usual,
    receive_files,
    run_given,
    warm_up,
)
from helpers.coursework.workers.session import Shell
from helpers.coursework.workers.transport import FORK, REQUEST, WHY, Channel, ChannelError

_WATCH_SECONDS = 0.03


def main(descriptor: int, *, sandboxed: bool) -> None:
    """Load what every notebook needs, then fork fork servers until the socket is closed."""
    base = socket.socket(fileno=descriptor)
    if sandboxed:
        namespaces.drop_privileges()
    shell = load_usual()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nothing waits for a fork server
    while True:
        message, descriptors, _, _ = socket.recv_fds(base, REQUEST.size, 1)
        if not message:
            return
        if not os.fork():
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            base.close()
            namespaces.end_with_parent()
            shell.capture()
            with contextlib.suppress(ChannelError):  # it is not needed
                _serve_forks(socket.socket(fileno=descriptors[0]), shell, sandboxed=sandboxed)
            os._exit(0)
        os.close(descriptors[0])


def _serve_forks(control: socket.socket, shell: Shell, *, sandboxed: bool) -> None:
    """Load what is asked for, then fork workers on request, until the socket is closed."""
    asked = Channel(control).receive() | {"sandboxed": sandboxed}
    outputs, kept = _load(shell, asked)
    if sandboxed:
        namespaces.make_non_dumpable()
    missing = bytecode.list_missing()
    gc.collect()
    gc.freeze()  # otherwise the collector would write to memory that the workers share, and so copy it
    gc.set_threshold(50_000, 20, 50)  # workers live only briefly
    Channel(control).send([outputs, missing])
    folders: dict[int, str | None] = {}
    dying: dict[int, str | None] = {}
    killed: dict[int, bytes] = {}
    user, group, mapped = os.getuid(), os.getgid(), mapped_bytes()
    watchdog = Watchdog(mapped) if sandboxed else None
    while True:
        while watchdog and folders and not select.select([control], [], [], _WATCH_SECONDS)[0]:
            for worker, budget in watchdog.find_exceeded(folders.keys() - killed).items():
                killed[worker] = budget
                os.kill(worker, signal.SIGKILL)
        message, descriptors, _, _ = socket.recv_fds(control, REQUEST.size, 1)
        if not message:
            return
        what, worker = REQUEST.unpack(message)
        if what == FORK:
            folder = None if sandboxed else tempfile.mkdtemp(prefix="coursework-")
            worker = namespaces.fork(sandboxed=sandboxed)
            if not worker:
                control.close()
                os.chdir(folder or WORK)
                end = socket.socket(fileno=descriptors[0])
                _serve(asked, shell, end, kept, user=user, group=group, mapped=mapped)
            os.close(descriptors[0])
            folders[worker] = folder
            control.sendall(REQUEST.pack(what, worker))
        elif what == WHY:
            control.sendall(REQUEST.pack(killed.get(worker, what), worker))
        else:  # the submission is finished, or has taken too long
            os.kill(worker, signal.SIGKILL)
            killed.pop(worker, None)
            dying[worker] = folders.pop(worker)
        # Removing the namespaces takes longer than making them, and nothing has to wait for it.
        for worker in [worker for worker in dying if os.waitpid(worker, os.WNOHANG)[0]]:
            shutil.rmtree(dying.pop(worker) or "", ignore_errors=True)


def _load(shell: Shell, asked: dict) -> tuple[list[dict], set[int]]:
    """Give the shell the names of the given cells; return their outputs, and the files that they opened.

    All cells of the course have run once before, so that everything is loaded; their names were removed
    again.
    """
    warm_up(shell, asked["warm_up"])
    before = _open_files()
    outputs = run_given(shell, asked["given"])
    kept = _open_files() - before
    if kept and asked["role"] == "student":
        # Each worker has to open them again: otherwise students would share the position in the file.
        forget(shell)
        return [], set()
    return outputs, kept


def _open_files() -> set[int]:
    listed = os.open("/dev/fd", os.O_RDONLY)
    try:
        return {int(name) for name in os.listdir(listed)} - {listed}
    finally:
        os.close(listed)


def _serve(
    asked: dict, shell: Shell, end: socket.socket, kept: set[int], *, user: int, group: int, mapped: int
) -> None:
    """Serve one submission as its worker, and end."""
    status = 1
    try:
        shell.capture()
        os.close(0)
        os.open(os.devnull, os.O_RDONLY)
        for number in _open_files() - kept - shell.descriptors - {0, end.fileno()}:
            with contextlib.suppress(OSError):  # the descriptor of the listing itself
                os.close(number)
        namespaces.restrict(sandboxed=asked["sandboxed"], user=user, group=group, mapped=mapped)
        channel = Channel(end)
        receive_files(channel)
        SERVE[asked["role"]](channel, shell)
    except ChannelError:
        status = 0  # the program that marks has closed the channel
    except BaseException as error:
        os.write(2, json.dumps(repr(error)).encode())
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(int(sys.argv[1]), sandboxed=sys.argv[2] == "1")
