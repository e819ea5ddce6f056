"""Build the book with Jupyter Book, and serve the site on this machine only."""

import hashlib
import json
import multiprocessing
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from helpers import catalogue
from helpers.book.build.kernels import fork_kernels, ignore_developers_warnings
from helpers.book.live import jupyterlite
from helpers.book.live.sealed import SECRET
from helpers.checks import practice
from helpers.limits import count_cores

try:
    import fcntl
except ImportError:  # on Windows, where two builds at a time are not kept apart
    fcntl = None

# A fork has imported what we have; on macOS the system's libraries may not be used in one.
_FORKS = sys.platform == "linux"
_PROCESSES = multiprocessing.get_context("fork" if _FORKS else "spawn")
STRICT = ["-W", "-n", "--keep-going"]
USUAL_PORT = 19620  # for 1962, and not a usual port of any program
# These tell the build where the book will be published, which every page says, and what seals its marks.
_PUBLISHED = ("BOOK_URL", "GITHUB_SERVER_URL", "GITHUB_REPOSITORY", SECRET)
# No chapter imports these parts of the package, so a change in them does not require new execution.
_NOT_EXECUTED = {"authoring", "book", "coursework"}


class BookError(Exception):
    """There is nothing here to build or serve; the message says what to do."""


def build_book(folder: Path, *, pyodide: Path | None = None) -> int:
    """Build the book in ``folder`` into ``_build/html`` and return the exit code of Jupyter Book.

    ``pyodide`` is a folder with the files of Pyodide; the site then contains a copy of them, and its live
    notebooks contact no other host.

    Only what changed is executed and read again. Warnings count as errors, broken references are warnings,
    and all of them are reported before the build fails. If another build is running in the same folder, this
    one waits.

    Jupyter Book keeps a cell's output as long as its notebook stays the same, and a page as long as its
    source does. It does not notice changes in the package, the data, the bibliography or the locked
    dependencies, and it does not repeat the warnings of a page that it read in a failed build. So we store
    the fingerprint of the inputs of the last good build and first delete whatever no longer matches it.
    Pages that mention each other stay consistent because :func:`helpers.book.rewrite_all` writes every page.

    Raises
    ------
    BookError
        If ``folder`` contains no book.
    LiveError, PyodideError
        If the pages are built but the live notebooks cannot be made.

    Examples
    --------
    >>> build_book(Path("."))  # doctest: +SKIP
    0
    """
    if not (folder / "_config.yml").is_file():
        raise BookError(f"{folder.resolve()} contains no _config.yml; run this in the folder of the book.")
    out = folder / "_build"
    with alone(out):
        return _build(folder, out, pyodide)


def _build(folder: Path, out: Path, pyodide: Path | None) -> int:
    state = out / "fingerprints.json"
    now = fingerprints(folder)
    before = _read_state(state)
    # A build that was killed may have listed an output that it had not written yet.
    if before.get("execution") != now["execution"] or "running" in before:
        drop(out / ".jupyter_cache")
    if before != now:
        drop(out / ".doctrees")
        drop(out / "html")
    # Until the build has succeeded, only the outputs of cells can be trusted, which are stored one by one.
    _write_state(state, {"execution": now["execution"], "running": "yes"})
    start = time.monotonic()
    environment = {"IPYTHONDIR": str(_quiet_profile(out.resolve()))}
    try:
        with fork_kernels(_PROCESSES) if _FORKS else nullcontext({}) as found:
            code = run_jupyter_book(folder, *STRICT, environment=environment | found)
    except KeyboardInterrupt:
        return 130
    _write_state(state, now if code == 0 else {"execution": now["execution"]})
    if code == 0:
        n_pages = len(
            [page for page in (out / "html").rglob("*.html") if jupyterlite.FOLDER not in page.parts]
        )
        print(f"The book has {n_pages} pages and was built in {time.monotonic() - start:.0f} s.", flush=True)
        start = time.monotonic()
        if jupyterlite.build_live(out / "html", out / ".doctrees" / "notebooks", pyodide_folder=pyodide):
            print(f"Its live notebooks were made in {time.monotonic() - start:.0f} s.", flush=True)
    return code


def run_jupyter_book(
    folder: Path, *options: str, environment: Mapping[str, str] | None = None, quiet: bool = False
) -> int:
    """Run ``jupyter-book build .`` in ``folder`` with all processors, and return its exit code.

    Parameters
    ----------
    environment
        Variables that are set for this run.
    quiet
        Whether what it prints is lost.
    """
    process = _PROCESSES.Process(target=_jupyter_book, args=(folder, options, environment or {}, quiet))
    process.start()
    process.join()
    return abs(process.exitcode)


def _jupyter_book(
    folder: Path, options: tuple[str, ...], environment: Mapping[str, str], quiet: bool
) -> None:
    ignore_developers_warnings()
    from jupyter_book import sphinx
    from jupyter_book.cli.main import main
    from sphinx import builders

    from helpers.book.build.parallel import Tasks

    os.chdir(folder)
    os.environ.update(environment)
    if quiet:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
    # Jupyter Book's command has no option for the number of processes, though what it calls has.
    sphinx.build_sphinx = partial(sphinx.build_sphinx, jobs=count_cores())
    builders.ParallelTasks = Tasks
    main(["build", ".", *options])


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Wait until no other build is running in this folder, and lock it; a build that dies frees the lock."""
    out.mkdir(exist_ok=True)
    with (out / "lock").open("w") as lock:
        try:
            if fcntl:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another build is running in this folder; this one will start when it ends.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _quiet_profile(out: Path) -> Path:
    """Return an IPython folder without personal settings, so that every build gives the same book."""
    home = out / ".ipython"
    settings = home / "profile_default" / "ipython_kernel_config.py"
    settings.parent.mkdir(parents=True, exist_ok=True)
    # Each kernel would warn that its connection is unencrypted, but only this machine can reach it.
    settings.write_text("c.IPKernelApp.log_level = 'ERROR'\n")
    return home


def fingerprints(folder: Path) -> dict[str, str]:
    """Return two sha256 digests of what a build depends on, apart from the chapters.

    ``execution`` covers what cells can see: the package, the data, the locked dependencies and the Python
    version. ``pages`` covers that and what more than one page may show: the Sphinx extension, the settings,
    the pictures and the bibliography of the book in ``folder``, and its address.
    """
    package = _files(Path(__file__).parents[2])
    cells_see = {name: path for name, path in package.items() if Path(name).parts[0] not in _NOT_EXECUTED}
    lock = {"requirements.txt": folder / "requirements.txt"}
    shared = {name: folder / name for name in ("_config.yml", "_toc.yml", "CITATION.cff")}
    chapters = _files(folder / "chapters")
    # A file of questions affects only the pages that ask them.
    shared |= {
        name: path
        for name, path in chapters.items()
        if path.suffix != ".md" and path.parent.name != practice.FOLDER
    }
    published = [f"{name}={os.environ.get(name, '')}" for name in _PUBLISHED]
    execution = _digest(sys.version, cells_see, _files(catalogue.data_folder()), lock)
    return {"execution": execution, "pages": _digest("\n".join([execution, *published]), package, shared)}


def serve_book(folder: Path, *, port: int | None = None) -> None:
    """Serve the built book in ``folder`` on this machine until Ctrl-C; port 0 means any free port.

    The default port is the same each time unless another program uses it, because a browser stores what a
    reader saved in a live notebook by address, and the port is part of the address.

    Raises
    ------
    BookError
        If the book was not built yet, or another program uses the port.

    Examples
    --------
    >>> serve_book(Path("."), port=8000)  # doctest: +SKIP
    The book is at http://127.0.0.1:8000/ until you press Ctrl-C.
    """
    site = folder / "_build" / "html"
    if not (site / "index.html").is_file():
        raise BookError(f"{site.resolve()} contains no book yet; build it first with `make site`.")
    try:
        server = _listen(site, USUAL_PORT if port is None else port)
    except OSError as error:
        if port is not None:
            raise BookError(
                f"Port {port} cannot be used ({error.strerror}); name another, or none."
            ) from error
        server = _listen(site, 0)
    with server:
        print(f"\nThe book is at http://127.0.0.1:{server.server_port}/ until you press Ctrl-C.", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nThe book is no longer served.", flush=True)


def _listen(site: Path, port: int) -> "_Server":
    return _Server(("127.0.0.1", port), partial(_Pages, directory=site))


class _Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        # A reader who leaves before a page has loaded is not an error.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Pages(SimpleHTTPRequestHandler):
    def list_directory(self, path):
        self.send_error(404, "There is no such page")

    def end_headers(self):
        # A reload must show a page that was built again.
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_args):
        pass


def _files(folder: Path) -> dict[str, Path]:
    """Return every file of a folder by its relative name, without files that tools leave behind."""
    files = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        name.as_posix(): path
        for name, path in files.items()
        if not any(part.startswith((".", "__pycache__")) for part in name.parts)
    }


def _digest(start: str, *groups: dict[str, Path]) -> str:
    """Return one sha256 over ``start`` and the names and contents of the files that exist."""
    digest = hashlib.sha256(start.encode())
    for name, path in (item for group in groups for item in group.items()):
        if path.is_file():
            digest.update(f"\n{name} {hashlib.sha256(path.read_bytes()).hexdigest()}".encode())
    return digest.hexdigest()


def drop(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _read_state(path: Path) -> dict[str, str]:
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return {}


def _write_state(path: Path, state: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(state, indent=2) + "\n")
