"""A container image made of this machine's own Python, so that no registry is needed."""

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
from importlib import metadata
from importlib.util import cache_from_source
from pathlib import Path

NAME = "localhost/coursework-test"
LIMITS = ("--ulimit", "nofile=256:256", "--ulimit", "nproc=4096:4096")
# What the package needs in a worker: its own requirements, and those with which cells run.
_ROOTS = ("altair", "ipywidgets", "lazy_loader", "numpy", "pandas", "pysbd", "tqdm", "ipython", "rapidfuzz")
_LEFT_OUT = {"site-packages", "test", "tests", "idlelib", "ensurepip", "tkinter"}
_LINKS = {"bin": "usr/bin", "lib": "usr/lib", "lib64": "usr/lib64", "sbin": "usr/sbin"}


def settings_that_run(folder: Path) -> tuple[dict[str, str] | None, str]:
    """Return environment variables with which Podman runs a container here; if it runs none, None and why.

    Some machines have both versions of cgroups, with which one of its runtimes works and the other does not.
    """
    told = []
    for runtime in ("", "runc", "crun"):
        config = folder / f"containers-{runtime}.conf"
        config.write_text(f'[engine]\nruntime = "{runtime}"\n' if runtime else "")
        chosen = {"CONTAINERS_CONF": str(config)} if runtime else {}
        command = ["podman", "run", "--rm", "--network", "none", *LIMITS, NAME]
        ran = subprocess.run(
            [*command, "python3", "-c", ""],
            env=os.environ | chosen,
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode == 0:
            return chosen, ""
        told.append(ran.stderr.strip())
    return None, told[0]


def make() -> None:
    """Make the image."""
    importing = subprocess.Popen(
        ["podman", "import", "-", NAME], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with importing.stdin, tarfile.open(fileobj=importing.stdin, mode="w|") as tar:
        for name, target in _LINKS.items():
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, target
            tar.addfile(link)
        files = {**_python(), **_packages(), **_programs()}
        files |= _libraries(files)
        for inside, path in sorted(files.items()):
            tar.add(os.path.realpath(path), inside, recursive=False)
        for folder in ("tmp", "exercise", "opt/coursework"):
            made = tarfile.TarInfo(folder)
            made.type, made.mode = tarfile.DIRTYPE, 0o1777  # some runtimes give it to what they mount
            tar.addfile(made)
    with importing.stderr:
        said = importing.stderr.read().decode()
    assert importing.wait() == 0, said


def _inside(path: str | Path) -> str:
    """Return where a file of Python or of a package is in the image."""
    return f"usr/lib/python{sys.version_info[0]}.{sys.version_info[1]}/{path}"


def _python() -> dict[str, str]:
    stdlib = Path(sysconfig.get_path("stdlib"))
    found = {
        _inside(path.relative_to(stdlib)): str(path)
        for path in stdlib.rglob("*")
        if path.is_file() and not _LEFT_OUT & set(path.relative_to(stdlib).parts)
    }
    return found | {"usr/bin/python3": os.path.realpath(sys.executable)}


def _packages() -> dict[str, str]:
    """Return the files of the packages that a worker needs, with all that they require."""
    found: dict[str, str] = {}
    todo, known = list(_ROOTS), set()
    while todo:
        name = re.sub("[-_.]+", "-", todo.pop()).lower()
        if name in known:
            continue
        known.add(name)
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # required on another system only
            continue
        todo += [re.match(r"[\w.-]+", line)[0] for line in package.requires or [] if "extra ==" not in line]
        for file in package.files or []:
            if ".." not in file.parts:
                path = str(package.locate_file(file))
                found[_inside(f"site-packages/{file}")] = path
                if file.suffix == ".py":  # modules that were compiled since they were installed
                    compiled = cache_from_source(path)
                    found[_inside(cache_from_source(f"site-packages/{file}"))] = compiled
    return {inside: path for inside, path in found.items() if os.path.isfile(path)}


def _programs() -> dict[str, str]:
    return {f"usr/bin/{name}": f"/bin/{name}" for name in ("sh", "bash", "sleep")}


def _libraries(files: dict[str, str]) -> dict[str, str]:
    """Return the shared libraries that programs and modules are linked to."""
    linked = [path for path in files.values() if ".so" in path or "/bin/" in path]
    said = subprocess.run(["ldd", *linked], capture_output=True, text=True, check=False).stdout
    found = dict(re.findall(r"(\S+) => (/\S+)", said)) | {
        path: path for path in re.findall(r"^\s+(/\S+) \(", said, re.MULTILINE)
    }
    own = {os.path.basename(path) for path in files.values()}
    places = {name: name.lstrip("/") if name.startswith("/") else f"usr/lib/{name}" for name in found}
    places = {name: re.sub(r"^(lib|lib64)/", r"usr/\1/", place) for name, place in places.items()}
    return {places[name]: path for name, path in found.items() if os.path.basename(path) not in own}
