"""Make the files of the branch `students`, from which Colab and JupyterHubs take the exercises.

``python -m helpers.authoring.branch OUT`` makes them from the output of `make exercises`.  They are the
notebooks as they are handed out, with one more cell at the top, which installs the package if it is missing.
"""

import os
import sys
from pathlib import Path

import nbformat

from helpers.authoring.leaks import find_leaks, find_secrets
from helpers.coursework.course import Course
from helpers.coursework.files import write_file

_INSTALL = """# This installs the package of the course if it is missing, as in Colab.
from importlib.util import find_spec

if not find_spec("helpers"):
    %pip install --quiet git+{address}"""
_README = (
    "# Exercises\n\nThese are the notebooks of the exercises, as they are handed out.\n"
    "A workflow makes this branch; what is edited here is lost.\n"
)


class BranchError(Exception):
    """Nothing was written; the message is one sentence."""


def make_branch(repository: Path, out: Path, *, address: str) -> list[Path]:
    """Write the students' notebooks into a folder, and return their paths.

    Parameters
    ----------
    repository
        The folder of the repository, after `make exercises`.
    out
        The folder to write into.
    address
        The address of the repository, from which the first cell installs the package.

    Raises
    ------
    BranchError
        When no notebook was made, or when one has a line of a solution, hidden test or rubric.

    Examples
    --------
    >>> make_branch(Path("."), Path("dist/students"), address="https://github.com/me/split")  # doctest: +SKIP
    """
    course = repository / "exercises"
    files = {
        path.relative_to(course / "release").as_posix(): _add_cell(path, address)
        for path in sorted((course / "release").glob("*/*.ipynb"))
    }
    if not files:
        raise BranchError(f"{course / 'release'} contains no notebook; run `make exercises` first.")
    secrets = set.union(*find_secrets(course / "source", Course(course).config).values())
    if leaks := find_leaks(((name, content.encode()) for name, content in files.items()), secrets):
        raise BranchError(f"A notebook for students contains what only instructors may see: {leaks[0]}")
    for name, content in {"README.md": _README, **files}.items():
        write_file(out / name, content.encode())
    return [out / name for name in files]


def _add_cell(path: Path, address: str) -> str:
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(_INSTALL.format(address=address), id="install"))
    return nbformat.writes(notebook)


if __name__ == "__main__":
    server, name = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_REPOSITORY")
    if not (server and name):
        sys.exit("Set GITHUB_SERVER_URL and GITHUB_REPOSITORY: the notebooks install the package from there.")
    try:
        made = make_branch(Path(), Path(sys.argv[1]), address=f"{server}/{name}")
    except BranchError as error:
        sys.exit(str(error))
    print(f"{len(made)} notebooks are in {sys.argv[1]}.")
