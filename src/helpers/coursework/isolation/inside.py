"""What every isolated process is given: a folder, a user, and environment variables."""

import os

from helpers.coursework import plugins

WORK = "/exercise"
"""The folder in which a submission works; it is empty at the start and deleted afterwards."""

TEMPORARY = "/tmp"
NOBODY = 65534


def variables(package: str) -> dict[str, str]:
    """Return the environment variables, given the folder from which this package is imported."""
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TZ") if name in os.environ}
    # A process with threads cannot be forked safely.
    single = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR")}
    return kept | plugins.read_variables() | single | {
        "HOME": WORK,
        "TMPDIR": WORK,
        "IPYTHONDIR": f"{WORK}/.ipython",
        "PYTHONPATH": package,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "NBGRADER_EXECUTION": "autograde",
    }  # fmt: skip
