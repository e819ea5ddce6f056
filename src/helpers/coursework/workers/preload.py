"""What every worker has loaded when its submission arrives."""

import gc
import os

from IPython.core import async_helpers

from helpers.coursework.workers.rpc import serve_judge, serve_student
from helpers.coursework.workers.session import Shell
from helpers.coursework.workers.transport import Channel

SERVE = {"student": serve_student, "judge": serve_judge}
"""What a worker of each role does."""

# The first frame loads the code that displays frames, and the first error the code that displays errors.
_USUAL = ["import pandas as pd; pd.DataFrame({'a': ['b']})", "no_such_name"]


def load_usual() -> Shell:
    """Return a shell that has loaded what every notebook needs."""
    shell = Shell.instance()
    shell.capture()
    for source in _USUAL:
        shell.run(source, number=1, timeout=120)
    return shell


def run_given(shell: Shell, sources: list[str]) -> list[dict]:
    """Run the given cells of the course, so that their names are there; return their outputs."""
    return [shell.run(source, number=i, timeout=120) for i, source in enumerate(sources, 1)]


def warm_up(shell: Shell, sources: list[str]) -> None:
    """Run cells of the course once, so that everything is loaded, and remove their names."""
    for number, source in enumerate(sources, 1):
        shell.run(source, number=number, timeout=120)
    forget(shell)


def forget(shell: Shell) -> None:
    """Remove all names, and close files that were opened under them."""
    shell.reset(new_session=False)
    async_helpers.get_asyncio_loop().close()
    gc.collect()


def receive_files(channel: Channel) -> None:
    """Write the files of a submission into the present folder."""
    for name, content in channel.receive().items():
        folder = os.path.dirname(name)
        if folder:
            os.makedirs(folder, exist_ok=True)
        with open(name, "wb") as file:
            file.write(bytes.fromhex(content))
