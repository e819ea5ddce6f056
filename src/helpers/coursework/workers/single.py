"""A worker for one submission, which speaks over standard input and output.

It runs where workers cannot be forked from one process: in a container, which isolates one submission, and on
Windows.  It is started as ``python -m helpers.coursework.workers.single 1``, or with 0 outside a container.

In a container the first process only watches: it ends everything when the budget is used up or the other side
closes the connection.  The system lets no process of a container end its first one.
"""

import json
import os
import select
import shutil
import signal
import sys
import tempfile

from helpers.coursework.isolation import bytecode
from helpers.coursework.isolation.budgets import Watchdog, mapped_bytes
from helpers.coursework.workers.preload import SERVE, load_usual, receive_files, run_given
from helpers.coursework.workers.session import Shell
from helpers.coursework.workers.transport import Channel, ChannelError, Pipes

_WATCH_MILLISECONDS = 30


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
        channel.send([run_given(shell, asked["given"]), bytecode.list_missing()])
        if contained:
            _fork(channel, shell, asked["role"], receiving)
        else:
            _serve_in_folder(channel, shell, asked["role"])
    except ChannelError:  # the program that marks has closed the connection
        return


def _serve_in_folder(channel: Channel, shell: Shell, role: str) -> None:
    """Serve the submission in a new folder, which is deleted afterwards."""
    folder, before = tempfile.mkdtemp(prefix="coursework-"), os.getcwd()
    os.chdir(folder)
    try:
        receive_files(channel)
        SERVE[role](channel, shell)
    finally:
        os.chdir(before)
        shutil.rmtree(folder, ignore_errors=True)


def _fork(channel: Channel, shell: Shell, role: str, receiving: int) -> None:
    """Serve the submission in a restricted fork, and watch it."""
    from helpers.coursework.isolation import namespaces

    user, group, mapped = os.getuid(), os.getgid(), mapped_bytes()
    worker = os.fork()
    if worker:
        namespaces.make_non_dumpable()
        _watch(worker, receiving, mapped)
    try:
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


def _watch(worker: int, receiving: int, mapped: int) -> None:
    """Wait for the end of the worker or of the connection; the status is the letter of a budget, or 0."""
    watchdog, ended = Watchdog(mapped), select.poll()
    ended.register(receiving, 0)  # tells only whether the other side has closed it
    while not ended.poll(_WATCH_MILLISECONDS) and not os.waitpid(worker, os.WNOHANG)[0]:
        if letter := watchdog.find_exceeded([worker]).get(worker):
            os.kill(worker, signal.SIGKILL)
            os._exit(ord(letter))
    os._exit(0)


if __name__ == "__main__":
    main(contained=sys.argv[1] == "1")
