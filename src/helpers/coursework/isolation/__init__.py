"""What a process that runs a student's code can see, use and reach.

Each way to isolate submissions is a module of this package with a :class:`Backend`.  To add one, write its
module and add its name to :data:`Name`.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Literal, get_args

Name = Literal["bubblewrap", "podman", "docker", "apptainer", "none"]
NAMES: tuple[Name, ...] = get_args(Name)
IMAGE = "coursework"
"""The name of the container image; for Apptainer, the path of its file."""


class Backend:
    """A way to isolate submissions; each module has one as `BACKEND`."""

    does_fork = False
    """Whether one process forks a worker for each submission, which it can isolate from other workers.

    If not, each worker is a separate process or container, which speaks over standard input and output.
    """

    def why_unavailable(self, image: str) -> str:
        """Return why it cannot be used on this machine, in one sentence, or an empty string."""
        raise NotImplementedError

    def prepare(self) -> bool:
        """Start what takes long in :meth:`why_unavailable`; say whether it seems to be available."""
        return True

    def command(self, name: str, image: str) -> list[str]:
        """Return the beginning of a command line that runs Python in isolation, under a unique name."""
        raise NotImplementedError

    def remove(self, names: list[str]) -> None:
        """End what was started under these names and did not end with its connection."""


@dataclass(frozen=True)
class Isolation:
    """A way to isolate submissions, with its image."""

    name: Name = NAMES[0]
    image: str = IMAGE

    @property
    def backend(self) -> Backend:
        """Return its backend, which is loaded only when it is used."""
        return import_module(f"{__name__}.{self.name}").BACKEND

    @property
    def is_none(self) -> bool:
        """Say whether submissions run with the rights of the person who marks."""
        return self.name == "none"
