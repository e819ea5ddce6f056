"""A container for each worker, made by Apptainer, which many clusters have instead of Docker.

Its limits need cgroups version 2 that the user may change, as on a machine with systemd.
"""

import shutil
from pathlib import Path

from helpers.coursework.isolation import Backend
from helpers.coursework.isolation.container import INSIDE, MOST_MEMORY, MOST_PROCESSES, mounts
from helpers.coursework.isolation.inside import WORK, variables


class _Apptainer(Backend):
    """The container is read-only, and has new folders for home and temporary files."""

    def why_unavailable(self, image: str) -> str:
        if not shutil.which("apptainer"):
            return "apptainer is missing: install it, or choose another --isolation."
        if not Path(image).exists():
            return (
                f"There is no image {image}: run `apptainer build {image} docker-daemon:coursework:latest` "
                "and give its path in c.Coursework.image."
            )
        return ""

    def command(self, name: str, image: str) -> list[str]:
        values = variables(f"{INSIDE}/src")
        return [
            *("apptainer", "--quiet", "exec", "--containall", "--cleanenv", "--no-eval", "--no-home"),
            *("--net", "--network", "none", "--no-privs", "--scratch", WORK, "--pwd", WORK),
            *("--memory", str(MOST_MEMORY), "--memory-swap", str(MOST_MEMORY)),
            *("--pids-limit", str(MOST_PROCESSES), "--cpus", "1"),
            *(part for folder in mounts() for part in ("--bind", folder)),
            *(part for key, value in values.items() for part in ("--env", f"{key}={value}")),
            *(image, "python3"),
        ]


BACKEND = _Apptainer()
