"""Fork server: a preloaded interpreter that forks a worker for each submission.

It is started as ``python -m helpers.coursework.workers.fork_server DESCRIPTOR 1``, or with 0 if it does not
run in the sandbox.  It loads what every notebook needs, and receives over the socket with that descriptor
what else to load.  Then it receives a separate socket for each submission and passes it to the worker; many
workers may run at a time.
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

from IPython.core import async_helpers

from helpers.coursework.isolation import bytecode, namespaces
from helpers.coursework.isolation.bubblewrap import WORK
from helpers.coursework.isolation.budgets import Watchdog, mapped_bytes
from helpers.coursework.workers.rpc import serve_judge, serve_student
from helpers.coursework.workers.session import Shell
from helpers.coursework.workers.transport import FORK, REQUEST, WHY, Channel, ChannelError

# The first frame loads the code that displays frames, and the first error the code that displays errors.
_USUAL = ["import pandas as pd; pd.DataFrame({'a': ['b']})", "no_such_name"]
_ROLES = {"student": serve_student, "judge": serve_judge}
_WATCH_SECONDS = 0.03


def main(descriptor: int, *, sandboxed: bool) -> None:
    """Load what is asked for, then fork on request, until the socket is closed."""
    control = socket.socket(fileno=descriptor)
    if sandboxed:
        namespaces.drop_privileges()
    shell = Shell.instance()
    shell.capture()
    for source in _USUAL:
        shell.run(source, number=1, timeout=120)
    try:
        asked = Channel(control).receive() | {"sandboxed": sandboxed}
    except ChannelError:  # the process is not needed
        return
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
    for number, source in enumerate(asked["warm_up"], 1):
        shell.run(source, number=number, timeout=120)
    _forget(shell)
    before = _open_files()
    outputs = [shell.run(source, number=i, timeout=120) for i, source in enumerate(asked["given"], 1)]
    kept = _open_files() - before
    if kept and asked["role"] == "student":
        # Each worker has to open them again: otherwise students would share the position in the file.
        _forget(shell)
        return [], set()
    return outputs, kept


def _forget(shell: Shell) -> None:
    """Remove all names, and close files that were opened under them."""
    shell.reset(new_session=False)
    async_helpers.get_asyncio_loop().close()
    gc.collect()


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
        for name, content in channel.receive().items():
            _write(name, content)
        _ROLES[asked["role"]](channel, shell)
    except ChannelError:
        status = 0  # the program that marks has closed the channel
    except BaseException as error:
        os.write(2, json.dumps(repr(error)).encode())
    finally:
        os._exit(status)


def _write(name: str, content: str) -> None:
    folder = os.path.dirname(name)
    if folder:
        os.makedirs(folder, exist_ok=True)
    with open(name, "wb") as file:
        file.write(bytes.fromhex(content))


if __name__ == "__main__":
    main(int(sys.argv[1]), sandboxed=sys.argv[2] == "1")
