"""Start the kernels that execute the chapters as forks of one process, which has imported pandas and Altair.

Jupyter finds our kernel specification through ``JUPYTER_PATH``.  Its command runs this file as a script,
which asks the server for a kernel and ends when the kernel ends, so the script imports almost nothing.
"""

import json
import os
import signal
import socket
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

# Importing these takes most of the start of a kernel: what it needs, and what most chapters import.
_PRELOADED = ("ipykernel.kernelapp", "ipykernel.ipkernel", "myst_nb", "pandas", "altair", "helpers.explorers")


@contextmanager
def fork_kernels(processes) -> Iterator[dict[str, str]]:
    """Serve kernels, and yield the environment in which Jupyter starts them.

    Parameters
    ----------
    processes
        A context of :mod:`multiprocessing`, with which the server is started.
    """
    with tempfile.TemporaryDirectory() as name, socket.socket(socket.AF_UNIX) as listener:
        address, spec = Path(name, "socket"), Path(name, "kernels", "python3", "kernel.json")
        listener.bind(str(address))
        listener.listen()
        command = [sys.executable, "-I", "-S", __file__, str(address), "-f", "{connection_file}"]
        spec.parent.mkdir(parents=True)
        about = {"display_name": "Python 3", "language": "python", "interrupt_mode": "message"}
        spec.write_text(json.dumps({"argv": command, **about}))
        server = processes.Process(target=_serve, args=(listener,))
        server.start()
        try:
            yield {"JUPYTER_PATH": os.pathsep.join(filter(None, [name, os.environ.get("JUPYTER_PATH")]))}
        finally:
            server.kill()
            server.join()


def ignore_developers_warnings() -> None:
    """Ignore the warnings that a new process ignores, because a fork keeps the filters of its parent."""
    for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", category)


def _serve(listener: socket.socket) -> None:
    """Fork a kernel for each connection, forever."""
    ignore_developers_warnings()
    for module in _PRELOADED:
        import_module(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a kernel that has ended leaves no process behind
    while True:
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _become_kernel(connection)
        connection.close()


def _become_kernel(connection: socket.socket) -> None:
    """Run the kernel that the script at the other end asks for, as ``python -m ipykernel_launcher`` would."""
    from ipykernel.kernelapp import IPKernelApp

    asked = json.loads(connection.makefile().readline())
    os.setsid()
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    threading.Thread(target=_end_with, args=(connection,), daemon=True).start()
    try:
        IPKernelApp.launch_instance(asked["arguments"], parent_handle=os.getppid())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def _end_with(connection: socket.socket) -> None:
    connection.recv(1)  # nothing is ever sent: this returns when the script has been killed
    os._exit(1)


def _ask(address: str, *arguments: str) -> None:
    """Ask the server for a kernel, and wait until the kernel ends."""
    asked = {"arguments": arguments, "folder": os.getcwd(), "environment": dict(os.environ)}
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        connection.sendall(json.dumps(asked).encode() + b"\n")
        connection.recv(1)


if __name__ == "__main__":
    _ask(*sys.argv[1:])
