"""How a process is shut in: what it can see, write, use and reach.

Bubblewrap shuts in the process that waits (:mod:`helpers.grading.waiting`): no network, a root that can only
be read and holds Python, its packages and the data of the course, and an ordinary user.  Each process that is
forked from it for one submission shuts itself in further (:func:`shut_in`): it sees no process but its own,
and has an empty folder, and little memory and room.
"""

import ctypes
import os
import resource
import shutil
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path

WORK = "/exercise"
"""The folder in which a submission works; it is empty for each, and gone afterwards."""

_PACKAGE = Path(__file__).parents[1]
_TEMPORARY = "/tmp"
_NOBODY = 65534
_MB = 1_000_000
_ROOM = "64m"
_LIMITS = {
    resource.RLIMIT_AS: 4_000 * _MB,
    resource.RLIMIT_FSIZE: 64 * _MB,
    resource.RLIMIT_NOFILE: 256,
    resource.RLIMIT_NPROC: 32,
    resource.RLIMIT_CORE: 0,
}
_CLONE_NEWNS, _CLONE_NEWIPC, _CLONE_NEWUSER, _CLONE_NEWPID = 0x20000, 0x8000000, 0x10000000, 0x20000000
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REC, _MS_PRIVATE = 2, 4, 8, 0x4000, 0x40000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
_libc = ctypes.CDLL(None, use_errno=True)


class SandboxError(RuntimeError):
    """A process cannot be shut in; the message says what is missing and what to do."""


@cache
def missing() -> str:
    """Return what keeps this machine from shutting processes in, or an empty string.

    Returns
    -------
    str
        One sentence.
    """
    if sys.platform != "linux":
        return f"Submissions are shut in with bubblewrap, which needs Linux; this is {sys.platform}."
    if not shutil.which("bwrap"):
        return "Submissions are shut in with bubblewrap, which is missing (Debian: apt install bubblewrap)."
    tried = subprocess.run(
        [*command(), sys.executable, "-c", "from helpers.grading import sandbox; sandbox.try_out()"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    if tried.returncode:
        said = (tried.stderr.strip().splitlines() or ["no reason given"])[-1]
        return f"Submissions cannot be shut in: this system does not allow user namespaces ({said})."
    return ""


def command() -> list[str]:
    """Return the beginning of a command line that shuts a program in."""
    seen = [path for path in _readable() if path.exists()]
    binds = [part for path in seen for part in ("--ro-bind", str(path), str(path))]
    links = [
        part
        for name in ("bin", "sbin", "lib", "lib64")
        if (root := Path("/") / name).is_symlink()
        for part in ("--symlink", os.readlink(root), str(root))
    ]
    return [
        *("bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"),
        *("--uid", str(_NOBODY), "--gid", str(_NOBODY), "--hostname", "exercise"),
        *("--dev", "/dev", "--proc", "/proc", "--tmpfs", _TEMPORARY),
        *links,
        *binds,
        *("--tmpfs", WORK, "--chdir", WORK, "--remount-ro", _TEMPORARY, "--remount-ro", "/", "--clearenv"),
        *(part for name, value in _environment().items() for part in ("--setenv", name, value)),
    ]


def _readable() -> list[Path]:
    """Return what a shut in Python needs to see, outer folders first."""
    system = [
        Path(name)
        for name in ("/usr", "/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime", "/etc/fonts")
    ]
    real = [
        Path("/") / name for name in ("bin", "sbin", "lib", "lib64") if not (Path("/") / name).is_symlink()
    ]
    python = [Path(sys.base_prefix), Path(sys.prefix), Path(sysconfig.get_path("purelib"))]
    # Imported here: with pandas, it takes longer than to try the sandbox out.
    from helpers.catalogue import data_folder

    own = [_PACKAGE, data_folder()]
    return sorted({path.absolute() for path in system + real + python + own})


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("BOOK_URL", "LANG", "LC_ALL", "TZ") if name in os.environ}
    # A process that has threads cannot be forked safely.
    single = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR")}
    return kept | single | {
        "HOME": WORK,
        "TMPDIR": WORK,
        "IPYTHONDIR": f"{WORK}/.ipython",
        "PATH": f"{sys.prefix}/bin:/usr/local/bin:/usr/bin:/bin",
        "PYTHONPATH": str(_PACKAGE.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "NBGRADER_EXECUTION": "autograde",
    }  # fmt: skip


def shut_in(*, alone: bool) -> None:
    """Shut this process in; it comes back as the only process that it can see.

    Parameters
    ----------
    alone
        Whether there are namespaces: without them only the limits hold.

    Raises
    ------
    OSError
        When the system refuses.
    """
    if alone:
        user, group = os.getuid(), os.getgid()
        _call("prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0)  # or its own maps could not be written
        _call("unshare", _CLONE_NEWUSER | _CLONE_NEWNS | _CLONE_NEWIPC | _CLONE_NEWPID)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        _follow()
        options = f"size={_ROOM},mode=1777".encode()
        quiet = _MS_NOSUID | _MS_NODEV
        _call("mount", b"none", b"/", None, _MS_REC | _MS_PRIVATE, None)
        _call("mount", b"tmpfs", WORK.encode(), b"tmpfs", quiet, options)
        _call("mount", b"tmpfs", b"/dev/shm", b"tmpfs", quiet, options)
        if not _is_below_temporary():  # else it would hide Python itself
            _call("mount", b"tmpfs", _TEMPORARY.encode(), b"tmpfs", quiet, options)
        # Its own processes, or none: the processes of others must not be seen.
        if _libc.mount(b"proc", b"/proc", b"proc", quiet | _MS_NOEXEC, None):
            _call("mount", b"tmpfs", b"/proc", b"tmpfs", quiet | _MS_NOEXEC, b"size=0,mode=0555")
        os.chdir(WORK)
    else:
        os.setsid()
    _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if alone:
        _drop_capabilities()
    for limit, value in _LIMITS.items():
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value))


def _is_below_temporary() -> bool:
    """Say whether Python or this package lies in the folder for temporary files, as a clone may."""
    return any(Path(_TEMPORARY) in Path(path).parents for path in (sys.prefix, sys.base_prefix, _PACKAGE))


def _follow() -> None:
    """Go on as the first process of the new namespace; wait for it here, and die with it."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    _call("prctl", _PR_SET_PDEATHSIG, 9, 0, 0, 0)
    os.setsid()  # a signal to its own group must not reach the process that waits


def _drop_capabilities() -> None:
    class Header(ctypes.Structure):
        _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]

    none = (ctypes.c_uint32 * 6)()
    _call("prctl", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    _call("capset", ctypes.byref(Header(0x20080522, 0)), ctypes.byref(none))


def hide() -> None:
    """Let no other process of this user look into this one."""
    _call("prctl", _PR_SET_DUMPABLE, 0, 0, 0, 0)


def try_out() -> None:
    """Shut this process in, to see whether it can be done."""
    shut_in(alone=True)


def _call(name: str, *args) -> None:
    if getattr(_libc, name)(*args):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
