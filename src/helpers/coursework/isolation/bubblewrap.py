"""The sandbox of a fork server, made by bubblewrap.

It has no network and belongs to an ordinary user, and its file system is read-only and holds Python, its
packages and the course's data.  Workers restrict themselves further: see
:mod:`helpers.coursework.isolation.namespaces`.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path

from helpers.coursework import PACKAGE, plugins
from helpers.coursework.isolation import Backend, bytecode, seccomp
from helpers.coursework.isolation.inside import NOBODY, TEMPORARY, WORK, variables

_CAN_CHANGE_USER = 1 << 6 | 1 << 7 | 1 << 21  # CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN


@cache
def why_unavailable() -> str:
    """Return why there can be no sandbox on this machine, in one sentence, or an empty string."""
    if why := _why_impossible():
        return why
    process = start_probe()
    _, told = process.communicate(timeout=60)
    if process.returncode:
        said = (told.strip().splitlines() or ["no reason given"])[-1]
        return f"The sandbox cannot be used: this system does not allow user namespaces ({said})."
    return ""


def _why_impossible() -> str:
    """Return what is missing, without trying the sandbox."""
    if sys.platform != "linux":
        return f"The sandbox for submissions uses bubblewrap, which needs Linux; this is {sys.platform}."
    if not seccomp.is_known():
        return f"The sandbox works on x86_64 and aarch64 only; this machine is {os.uname().machine}."
    if not shutil.which("bwrap"):
        return "The sandbox needs bubblewrap, which is missing (Debian: apt install bubblewrap)."
    return ""


@cache
def start_probe() -> subprocess.Popen:
    """Start testing the sandbox; :func:`why_unavailable` waits for the result."""
    code = "from helpers.coursework.isolation import namespaces; namespaces.probe()"
    return subprocess.Popen(
        [*command(), "-c", code],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def command() -> list[str]:
    """Return the beginning of a command line that runs Python in the sandbox."""
    seen = [path for path in _readable() if path.exists()]
    # Outer folders first; the mount points that bubblewrap creates are not accessible.
    outer = sorted({folder for path in seen for folder in path.parents[:-1]})
    binds = [part for folder in outer for part in ("--dir", str(folder))]
    binds += [part for path in seen for part in ("--ro-bind", str(path), str(path))]
    links = [
        part
        for name in ("bin", "sbin", "lib", "lib64")
        if (root := Path("/") / name).is_symlink()
        for part in ("--symlink", os.readlink(root), str(root))
    ]
    return [
        *("bwrap", "--die-with-parent", "--new-session", "--cap-drop", "ALL"),
        *_user_options(),
        *("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"),
        *("--hostname", "exercise"),
        *("--dev", "/dev", "--proc", "/proc", "--tmpfs", TEMPORARY),
        *links,
        *binds,
        *("--tmpfs", WORK, "--chdir", WORK, "--remount-ro", TEMPORARY, "--remount-ro", "/dev"),
        *("--remount-ro", "/", "--clearenv"),
        *(part for name, value in _environment().items() for part in ("--setenv", name, value)),
        sys.executable,
    ]


def _user_options() -> tuple[str, ...]:
    """Return the options that make the program an ordinary user, or let it become one.

    A user in a namespace is, from outside, the user who made the namespace.  The system does not limit the
    processes of root, so under root the program itself has to change its user (`drop_privileges`).
    """
    if os.geteuid() == 0 and _rights() & _CAN_CHANGE_USER == _CAN_CHANGE_USER:
        return "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"
    return "--unshare-user", "--uid", str(NOBODY), "--gid", str(NOBODY)


def _rights() -> int:
    """Return the capabilities of this process as bits; 0 if only root is mapped here."""
    mapped = [line.split() for line in Path("/proc/self/uid_map").read_text().splitlines()]
    if not any(int(first) <= NOBODY < int(first) + int(count) for first, _, count in mapped):
        return 0
    told = Path("/proc/self/status").read_text()
    return int(told.partition("CapEff:")[2].split(None, 1)[0], 16)


def _readable() -> list[Path]:
    """Return the paths that a Python in the sandbox needs, outer folders first."""
    system = [
        Path(name)
        for name in ("/usr", "/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime", "/etc/fonts")
    ]
    real = [
        Path("/") / name for name in ("bin", "sbin", "lib", "lib64") if not (Path("/") / name).is_symlink()
    ]
    python = [Path(sys.base_prefix), Path(sys.prefix), Path(sysconfig.get_path("purelib"))]
    own = [PACKAGE, *plugins.find_folders()]
    compiled = bytecode.folders_of(path.absolute() for path in (*python, PACKAGE))
    return sorted({path.absolute() for path in system + real + python + own + compiled})


def _environment() -> dict[str, str]:
    path = f"{sys.prefix}/bin:/usr/local/bin:/usr/bin:/bin"
    return variables(str(PACKAGE.parent)) | bytecode.environment() | {"PATH": path}


class _Bubblewrap(Backend):
    """The image is this machine's own Python."""

    does_fork = True

    def why_unavailable(self, image: str) -> str:
        return why_unavailable()

    def prepare(self) -> bool:
        return not _why_impossible() and bool(start_probe())

    def command(self, name: str, image: str) -> list[str]:
        return command()


BACKEND = _Bubblewrap()
