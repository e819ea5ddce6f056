"""What Podman and Docker have in common: a container for each worker.

Nothing in it needs user namespaces.  The image brings Python and the packages.  This package and the course's
data are mounted from this machine, read-only, so that both sides speak the same protocol.
"""

import shutil
import subprocess

from helpers.coursework import PACKAGE, plugins
from helpers.coursework.isolation import Backend
from helpers.coursework.isolation.budgets import FILES, MEMORY, PROCESSES
from helpers.coursework.isolation.inside import NOBODY, TEMPORARY, WORK, variables

INSIDE = "/opt/coursework"
"""Where a container has this package and the data."""

# More than the budget, so that the watchdog stops a worker first, which can say why.
MOST_MEMORY = MEMORY + 1_000_000_000
MOST_PROCESSES = PROCESSES + 4  # with those that watch
_TMPFS = f"rw,exec,nosuid,nodev,size={FILES},mode=1777"
# All containers may have one user, so its processes are limited by the container instead.  Without a limit
# here, Podman would set one that not even root may set everywhere.
_LIMITS = ("nofile=256:256", "nproc=4096:4096", "core=0:0", f"fsize={FILES}:{FILES}")
# What the programs say when there is no such image.
_NO_IMAGE = ("no such image", "image not known")


class Container(Backend):
    """A container for each worker.

    Parameters
    ----------
    program
        The program that makes containers.
    more
        Options that only this program has.
    """

    def __init__(self, program: str, *more: str):
        self._program, self._more = program, more

    def why_unavailable(self, image: str) -> str:
        """Return why no container can be run, in one sentence, or an empty string."""
        if not shutil.which(self._program):
            return f"{self._program} is missing: install it, or choose another --isolation."
        asked = self._run("image", "inspect", "--format", "{{.Id}}", image)
        if asked.returncode == 0:
            return ""
        said = (asked.stderr.strip().splitlines() or ["no reason given"])[-1]
        if any(sign in said.lower() for sign in _NO_IMAGE):
            build = f"{self._program} build -f exercises/Containerfile -t {image} ."
            return f"{self._program} has no image {image}: run `{build}` in the folder of the repository."
        return f"{self._program} cannot be used ({said})."

    def command(self, name: str, image: str) -> list[str]:
        """Return the beginning of a command line that runs Python in a container."""
        values = variables(f"{INSIDE}/src")
        return [
            *(self._program, "run", "--rm", "--interactive", "--name", name, "--pull", "never"),
            *("--log-driver", "none", "--network", "none", "--hostname", "exercise"),
            *("--read-only", "--tmpfs", f"{WORK}:{_TMPFS}", "--tmpfs", f"{TEMPORARY}:{_TMPFS}"),
            *("--shm-size", str(FILES), "--workdir", WORK),
            *("--user", f"{NOBODY}:{NOBODY}", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"),
            *("--memory", str(MOST_MEMORY), "--memory-swap", str(MOST_MEMORY)),
            *("--pids-limit", str(MOST_PROCESSES), "--cpus", "1"),
            *(part for limit in _LIMITS for part in ("--ulimit", limit)),
            *self._more,
            *(part for folder in mounts() for part in ("--volume", folder)),
            *(part for key, value in values.items() for part in ("--env", f"{key}={value}")),
            *("--entrypoint", "python3", image),
        ]

    def remove(self, names: list[str]) -> None:
        """End and remove containers; those that have ended already are no error."""
        if names:
            self._run("rm", "--force", *names)

    def _run(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run a short command of the program, and return what it said."""
        return subprocess.run(
            [self._program, *arguments],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip


def mounts() -> list[str]:
    """Return the folders of this machine that a container sees: where each is, where it appears, and how."""
    clone = PACKAGE.parents[1]
    seen = [f"{PACKAGE}:{INSIDE}/src/{PACKAGE.name}:ro"]
    for folder in plugins.find_folders():
        if folder.is_relative_to(clone) and not folder.is_relative_to(PACKAGE):
            seen.append(f"{folder}:{INSIDE}/{folder.relative_to(clone).as_posix()}:ro")
        elif not folder.is_relative_to(clone):
            seen.append(f"{folder}:{folder}:ro")
    return seen
