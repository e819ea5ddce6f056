"""A worker for one submission, which speaks over standard input and output.

It runs where workers cannot be forked from one process: in a container, which isolates one submission, and on
Windows.  It is started as ``python -m helpers.coursework.workers.single 1``, or with 0 outside a container.

In a container the first process only watches: it ends everything when the budget is used up or the other side
closes the connection.  The system lets no process of a container end its first one.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue

from helpers.coursework.isolation import bytecode
from helpers.coursework.isolation.budgets import Watchdog, mapped_bytes
from helpers.coursework.workers.preload import SERVE, load_usual, receive_files, run_given, warm_up
from helpers.coursework.workers.session import Shell
from helpers.coursework.workers.transport import Channel, ChannelError, Pipes

_WATCH_SECONDS = 0.03


def main(*, contained: bool) -> None:
    """Load what is asked for, then serve one submission."""
    receiving, sending = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    channel = Channel(Pipes(receiving, sending))
    shell = load_usual()
    try:
        asked = channel.receive()
        with _new_folder():  # what loading leaves behind must not be there later
            warm_up(shell, asked["warm_up"])
        channel.send([run_given(shell, asked["given"]), bytecode.list_missing()])
        if contained:
            _fork(channel, shell, asked["role"], receiving)
        else:
            with _new_folder():
                receive_files(channel)
                SERVE[asked["role"]](channel, shell)
    except ChannelError:  # the program that marks has closed the connection
        return


@contextmanager
def _new_folder() -> Iterator[None]:
    """Work in a new folder, which is deleted afterwards."""
    folder, before = tempfile.mkdtemp(prefix="coursework-"), os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        shutil.rmtree(folder, ignore_errors=True)


def _fork(channel: Channel, shell: Shell, role: str, receiving: int) -> None:
    """Serve the submission in a restricted fork, and watch it."""
    from helpers.coursework.isolation import namespaces

    user, group, mapped = os.getuid(), os.getgid(), mapped_bytes()
    from_first, to_worker = os.pipe()
    worker = os.fork()
    if worker:
        os.close(from_first)
        namespaces.make_non_dumpable()
        threading.Thread(target=_pass_on, args=(receiving, to_worker), daemon=True).start()
        _watch(worker, mapped)
    try:
        os.close(to_worker)
        os.dup2(from_first, receiving)
        os.close(from_first)
        shell.capture()
        namespaces.restrict(sandboxed=False, contained=True, user=user, group=group, mapped=mapped)
        receive_files(channel)
        SERVE[role](channel, shell)
    except ChannelError:
        pass
    except BaseException as error:
        os.write(2, json.dumps(repr(error)).encode())
    finally:
        os._exit(0)


def _pass_on(receiving: int, to_worker: int) -> None:
    """Pass on what arrives, and end everything with the connection, even if the worker reads nothing."""
    parts: SimpleQueue[bytes] = SimpleQueue()

    def write() -> None:
        with suppress(OSError):  # the worker has ended
            while True:
                rest = memoryview(parts.get())
                while rest:
                    rest = rest[os.write(to_worker, rest) :]

    threading.Thread(target=write, daemon=True).start()
    while part := os.read(receiving, 1 << 16):
        parts.put(part)
    os._exit(0)


def _watch(worker: int, mapped: int) -> None:
    """Wait for the end of the worker; the status is the letter of the budget that it has used up, or 0."""
    watchdog = Watchdog(mapped)
    while not os.waitpid(worker, os.WNOHANG)[0]:
        time.sleep(_WATCH_SECONDS)
        if letter := watchdog.find_exceeded([worker]).get(worker):
            os.kill(worker, signal.SIGKILL)
            os._exit(ord(letter))
    os._exit(0)


if __name__ == "__main__":
    main(contained=sys.argv[1] == "1")
