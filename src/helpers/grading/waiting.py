"""A process that has everything loaded and waits; for each submission it forks one that goes on from there.

It is started as ``python -m helpers.grading.waiting DESCRIPTOR`` and told over the socket of that number what
to load.  Then it gets, for each submission, a socket of its own, and hands it to the fork; there may
be many forks at a time.
"""

import gc
import json
import os
import shutil
import signal
import socket
import struct
import sys
import tempfile

from helpers.grading import sandbox
from helpers.grading.channel import Channel, ChannelError
from helpers.grading.rooms import serve_judge, serve_student
from helpers.grading.shell import Shell

# The first frame loads what shows frames, and the first error what shows errors.
_USUAL = ["import pandas as pd; pd.DataFrame({'a': ['b']})", "no_such_name"]
ORDER = struct.Struct("!ci")
"""An order: to begin or to end a fork, and its number; that of a new one comes back."""
BEGIN, END = b"+", b"-"
_ROOMS = {"student": serve_student, "judge": serve_judge}


def main(descriptor: int) -> None:
    """Load what is asked for, then fork as often as asked, until the socket is closed."""
    control = socket.socket(fileno=descriptor)
    asked = Channel(control).receive()
    shell, answers = _load(asked)
    if asked["shut_in"]:
        sandbox.hide()
    gc.collect()
    gc.freeze()  # or the collector would write to, and so copy, all that the forks share
    gc.set_threshold(50_000, 20, 50)  # they live for moments
    Channel(control).send(answers)
    folders: dict[int, str] = {}
    user, group = os.getuid(), os.getgid()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, ORDER.size, 1)
        if not message:
            return
        what, child = ORDER.unpack(message)
        if what == BEGIN:
            folder = None if asked["shut_in"] else tempfile.mkdtemp(prefix="coursework-")
            child = sandbox.fork(alone=asked["shut_in"])
            if not child:
                control.close()
                os.chdir(folder or sandbox.WORK)
                _begin(asked, shell, socket.socket(fileno=descriptors[0]), user=user, group=group)
            os.close(descriptors[0])
            if folder:
                folders[child] = folder
            control.sendall(ORDER.pack(what, child))
        else:  # the submission is done with, or has taken too long
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            shutil.rmtree(folders.pop(child, ""), ignore_errors=True)


def _load(asked: dict) -> tuple[Shell, list[dict]]:
    """Return a shell whose names are those of the given cells, and the outputs of these cells.

    Before, all cells of the course ran once, so that everything is loaded; their names are gone again.
    """
    shell = Shell.instance()
    shell.capture()
    for number, source in enumerate([*asked["rehearsed"], *_USUAL], 1):
        shell.run(source, number=number, timeout=120)
    shell.reset(new_session=False)
    answers = [shell.run(source, number=i, timeout=120) for i, source in enumerate(asked["given"], 1)]
    return shell, answers


def _begin(asked: dict, shell: Shell, end: socket.socket, *, user: int, group: int) -> None:
    """Do one submission in this process, and end it."""
    status = 1
    try:
        sandbox.shut_in(alone=asked["shut_in"], user=user, group=group)
        channel = Channel(end)
        for name, content in channel.receive().items():
            _write(name, content)
        _ROOMS[asked["room"]](channel, shell)
    except ChannelError:
        status = 0  # the other side has closed it
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
    main(int(sys.argv[1]))
