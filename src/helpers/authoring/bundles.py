"""Three zips to hand out: for students, for instructors, and the book for use without a network.

The instructors' zip has the course with its solutions, the class packet, slides, answers and a page that
says what each is for.

``python -m helpers.authoring.bundles`` makes them from the output of `make exercises` and `make site`.  All
that students may see is searched for solutions, hidden tests and rubrics before the first file is written.
"""

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from helpers.authoring.leaks import find_leaks, find_secrets, read_files
from helpers.authoring.materials import Files, make_materials, may_be_shown
from helpers.authoring.numbered import QuotationError
from helpers.book.build.site import BookError
from helpers.catalogue import data_folder
from helpers.coursework.course import Course
from helpers.coursework.files import write_file

PUBLIC = ("students", "book")
"""The bundles that are public."""

_SETTINGS = "exercises/nbgrader_config.py"
_NOTES = Path(__file__).parent / "templates"

# What tools leave behind, and what grading creates when it is run in the wrong folder.
_LITTER = {
    *(".ipynb_checkpoints", "__pycache__", ".DS_Store", ".git"),
    *("submitted", "autograded", "feedback", "report", "gradebook.db", ".coursework"),
}


class BundleError(Exception):
    """Nothing was written; the message is one sentence."""


def make_bundles(repository: Path, out: Path) -> list[Path]:
    """Write the wheel and ``students.zip``, ``instructors.zip`` and ``book.zip``, and return their paths.

    Parameters
    ----------
    repository
        The folder of the repository, after `make exercises` and `make site`.
    out
        The folder to write into.

    Raises
    ------
    BundleError
        When something is missing, or when students or the public would get a line of a solution, hidden test
        or rubric.  Nothing is written then.

    Examples
    --------
    >>> make_bundles(Path("."), Path("dist"))  # doctest: +SKIP
    """
    with tempfile.TemporaryDirectory() as folder:
        wheel = build_wheel(repository, Path(folder))
        bundles, materials = gather(repository, wheel), _materials(repository)
        shown = {name: bundles[name] for name in PUBLIC} | {"instructors": may_be_shown(materials)}
        refuse_leaks(shown, repository / "exercises" / "source")
        bundles["instructors"] |= materials
        out.mkdir(parents=True, exist_ok=True)
        written = [out / wheel.name]
        written[0].write_bytes(wheel.read_bytes())
    for name, files in bundles.items():
        written.append(out / f"{name}.zip")
        _write(written[-1], name, files)
    return written


def gather(repository: Path, wheel: Path) -> dict[str, Files]:
    """Return the files of each bundle by their names in the bundle.

    Raises
    ------
    BundleError
        When `make exercises` or `make site` has not been run.
    """
    course, site = repository / "exercises", repository / "_build" / "html"
    package = {wheel.name: wheel.read_bytes()}
    return {
        "students": {
            **_note("students", wheel),
            **package,
            **_below("data", data_folder()),
            **dict(_released(course)),
        },
        "instructors": {
            **_note("instructors", wheel),
            **package,
            **_below("exercises/source", course / "source"),
            _SETTINGS: (repository / _SETTINGS).read_bytes(),
        },
        "book": _below("", _there(site, "index.html", "make site")),
    }


def _materials(repository: Path) -> Files:
    try:
        return make_materials(repository)
    except (BookError, QuotationError) as error:
        raise BundleError(f"No bundle was written: {error}") from error


def refuse_leaks(shown: dict[str, Files], source: Path) -> None:
    """Raise `BundleError` if a file that others may see contains a line that only instructors may see.

    Parameters
    ----------
    shown
        Of each bundle, the files that students may see.
    source
        The folder of the exercises' sources.
    """
    secrets = set.union(*find_secrets(source, Course(source.parent).config).values())
    for name, files in shown.items():
        if leaks := find_leaks(files.items(), secrets):
            others = f" (and {len(leaks) - 1} more)" if len(leaks) > 1 else ""
            raise BundleError(f"No bundle was written: {name}.zip would give away {leaks[0]!r}{others}.")


def _released(course: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the notebooks of all exercises as students get them."""
    for source in sorted((course / "source").glob("*/*.ipynb")):
        slug = source.stem
        folder = _there(course / "release" / slug, f"{slug}.ipynb", "make exercises")
        yield f"exercises/{slug}.ipynb", (folder / f"{slug}.ipynb").read_bytes()


def _below(place: str, folder: Path) -> Files:
    """Return the files of a folder by their names in a bundle, without temporary files and students' work."""
    files = {f"{place}/{name}".lstrip("/"): content for name, content in read_files(folder)}
    return {name: content for name, content in files.items() if not _is_litter(name)}


def _is_litter(name: str) -> bool:
    return not _LITTER.isdisjoint(name.split("/"))


def _note(name: str, wheel: Path) -> Files:
    text = (_NOTES / f"{name}.md").read_text(encoding="utf-8")
    return {"README.md": text.replace("WHEEL", wheel.name).encode()}


def _there(folder: Path, file: str, command: str) -> Path:
    if not (folder / file).is_file():
        raise BundleError(f"{folder / file} is missing: run `{command}` first.")
    return folder


def build_wheel(repository: Path, out: Path) -> Path:
    """Build the package's wheel in an empty folder and return its path.

    Raises
    ------
    BundleError
        When it cannot be built; the message is the last line that the build printed.
    """
    build = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(out),
        str(repository),
    ]
    made = subprocess.run(build, capture_output=True, text=True)
    wheels = list(out.glob("*.whl"))
    if made.returncode or len(wheels) != 1:
        said = (made.stderr or made.stdout).strip().splitlines()
        raise BundleError(
            f"The wheel of the package could not be built: {said[-1] if said else 'no reason'}."
        )
    return wheels[0]


def _write(path: Path, name: str, files: Files) -> None:
    """Write a zip with one folder; an older zip is replaced only when the new one is complete."""
    archived = io.BytesIO()
    with ZipFile(archived, "w", ZIP_DEFLATED) as archive:
        for file in sorted(files):
            entry = ZipInfo(f"{name}/{file}")  # no time stamp, so that the same files make the same zip
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, files[file])
    write_file(path, archived.getvalue())


def main() -> int:
    """Make the bundles of the repository in the current folder and write them to ``dist``."""
    try:
        for path in make_bundles(Path(), Path("dist")):
            print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    except BundleError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
