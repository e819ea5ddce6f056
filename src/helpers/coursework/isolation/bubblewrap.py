"""Restrict a process: what it can see, write, use and reach.

Bubblewrap restricts the waiting process (:mod:`helpers.coursework.workers.fork_server`): it has no network,
it is an ordinary user, and its file system is read-only and holds Python, its packages and the course's data.
Each process that is forked from it for a submission restricts itself further (:func:`shut_in`): it sees only
its own processes; network, terminal and folders are new and empty; memory is limited; and system calls that
no exercise needs are refused (:mod:`helpers.coursework.isolation.seccomp`).
"""

import ctypes
import fcntl
import os
import resource
import shutil
import signal
import socket
import struct
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path

from helpers.coursework.isolation import bytecode, seccomp
from helpers.coursework.isolation.budgets import MEMORY, PROCESSES

WORK = "/exercise"
"""The folder in which a submission works; it is empty at the start and deleted afterwards."""

_PACKAGE = Path(__file__).parents[2]
_TEMPORARY = "/tmp"
_NOBODY = 65534
_MB = 1_000_000
_ROOM = b"size=64m,nr_inodes=10k,mode=1777"
_LIMITS = {
    resource.RLIMIT_FSIZE: 64 * _MB,
    resource.RLIMIT_NOFILE: 256,
    resource.RLIMIT_NPROC: PROCESSES,
    resource.RLIMIT_CORE: 0,
}
_NEW = 0x20000 | 0x8000000 | 0x10000000 | 0x20000000 | 0x40000000  # CLONE_NEW NS, IPC, USER, PID, NET
_CAN_CHANGE_USER = 1 << 6 | 1 << 7 | 1 << 21  # CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN
_SET_FLAGS, _IS_UP = 0x8914, 1  # for a network interface
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REC, _MS_PRIVATE = 2, 4, 8, 0x4000, 0x40000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
_libc = ctypes.CDLL(None, use_errno=True)
_python = ctypes.PyDLL(
    None, use_errno=True
)  # PyDLL keeps the interpreter's lock during a call, as fork requires
_CLONE = {"x86_64": 56}.get(os.uname().machine, 220) if hasattr(os, "uname") else 0  # the system call


class SandboxError(RuntimeError):
    """The sandbox is not available; the message says what is missing and what to do."""


@cache
def missing() -> str:
    """Return why there can be no sandbox on this machine, or an empty string.

    Returns
    -------
    str
        One sentence.
    """
    if sys.platform != "linux":
        return f"The sandbox for submissions uses bubblewrap, which needs Linux; this is {sys.platform}."
    if not seccomp.is_known():
        return f"The sandbox works on x86_64 and aarch64 only; this machine is {os.uname().machine}."
    if not shutil.which("bwrap"):
        return "The sandbox needs bubblewrap, which is missing (Debian: apt install bubblewrap)."
    trial = begin_trial()
    _, told = trial.communicate(timeout=60)
    if trial.returncode:
        said = (told.strip().splitlines() or ["no reason given"])[-1]
        return f"The sandbox cannot be used: this system does not allow user namespaces ({said})."
    return ""


@cache
def begin_trial() -> subprocess.Popen:
    """Start testing the sandbox; :func:`missing` waits for the result."""
    trial = "from helpers.coursework.isolation import bubblewrap; bubblewrap.try_out()"
    return subprocess.Popen(
        [*command(), sys.executable, "-c", trial],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def command() -> list[str]:
    """Return the beginning of a command line that runs a program in the sandbox."""
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
        *_as_nobody(),
        *("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"),
        *("--hostname", "exercise"),
        *("--dev", "/dev", "--proc", "/proc", "--tmpfs", _TEMPORARY),
        *links,
        *binds,
        *("--tmpfs", WORK, "--chdir", WORK, "--remount-ro", _TEMPORARY, "--remount-ro", "/dev"),
        *("--remount-ro", "/", "--clearenv"),
        *(part for name, value in _environment().items() for part in ("--setenv", name, value)),
    ]


def _as_nobody() -> tuple[str, ...]:
    """Return the options that make the program an ordinary user, or let it become one.

    A user in a namespace is, from outside, the user who made the namespace.  The system does not limit the
    processes of root, so under root the program itself has to change its user (:func:`become_nobody`).
    """
    if os.geteuid() == 0 and _rights() & _CAN_CHANGE_USER == _CAN_CHANGE_USER:
        return "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"
    return "--unshare-user", "--uid", str(_NOBODY), "--gid", str(_NOBODY)


def _rights() -> int:
    """Return the capabilities of this process as bits; 0 if only root is mapped here."""
    mapped = [line.split() for line in Path("/proc/self/uid_map").read_text().splitlines()]
    if not any(int(first) <= _NOBODY < int(first) + int(count) for first, _, count in mapped):
        return 0
    told = Path("/proc/self/status").read_text()
    return int(told.partition("CapEff:")[2].split(None, 1)[0], 16)


def become_nobody() -> None:
    """Become an ordinary user for good, if this process belongs to root."""
    if os.geteuid() == 0:
        os.chmod(WORK, 0o1777)
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)


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
    own = [_PACKAGE, *data_folders()]
    compiled = bytecode.folders_of(path.absolute() for path in (*python, _PACKAGE))
    return sorted({path.absolute() for path in system + real + python + own + compiled})


def data_folders() -> list[Path]:
    """Return the folders of the course's data, without `helpers.catalogue`, which loads pandas."""
    places = (_PACKAGE / "data", _PACKAGE.parents[1] / "data")
    return [folder for folder in places if (folder / "datapackage.json").is_file()][:1]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("BOOK_URL", "LANG", "LC_ALL", "TZ") if name in os.environ}
    # A process with threads cannot be forked safely.
    single = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR")}
    return kept | single | bytecode.environment() | {
        "HOME": WORK,
        "TMPDIR": WORK,
        "IPYTHONDIR": f"{WORK}/.ipython",
        "PATH": f"{sys.prefix}/bin:/usr/local/bin:/usr/bin:/bin",
        "PYTHONPATH": str(_PACKAGE.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "NBGRADER_EXECUTION": "autograde",
    }  # fmt: skip


def fork(*, alone: bool) -> int:
    """Fork this process, like :func:`os.fork`; the fork may see only its own processes.

    Parameters
    ----------
    alone
        Whether the fork gets its own namespaces.

    Returns
    -------
    int
        The number of the fork; 0 in the fork itself.

    Raises
    ------
    OSError
        When the system refuses.
    """
    if not alone:
        return os.fork()
    # Using unshare and then fork would take two forks, since only children enter the new namespace.
    _python.PyOS_BeforeFork()
    child = _python.syscall(_CLONE, _NEW | signal.SIGCHLD, None, None, None, None)
    (_python.PyOS_AfterFork_Parent if child else _python.PyOS_AfterFork_Child)()
    if child < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"clone: {os.strerror(number)}")
    return child


def shut_in(*, alone: bool, user: int, group: int, mapped: int) -> None:
    """Restrict this process, which :func:`fork` has made.

    Parameters
    ----------
    alone
        Whether it has its own namespaces; without them, only the limits apply.
    user, group
        Its ids outside the namespace.
    mapped
        The bytes that are mapped before the submission is loaded.

    Raises
    ------
    OSError
        When the system refuses.
    """
    if alone:
        _call("prctl", _PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        _call("prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0)  # otherwise the files below could not be written
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        quiet = _MS_NOSUID | _MS_NODEV
        _call("mount", b"none", b"/", None, _MS_REC | _MS_PRIVATE, None)
        folders = [
            WORK,
            "/dev/shm",
            *([] if _is_below_temporary() else [_TEMPORARY]),
        ]  # otherwise Python would be hidden
        for folder in folders:
            _call("mount", b"tmpfs", folder.encode(), b"tmpfs", quiet, _ROOM)
        _call("mount", b"devpts", b"/dev/pts", b"devpts", quiet & ~_MS_NODEV, b"ptmxmode=0666,max=16")
        # Its own processes or none: those of others must be invisible.
        if _libc.mount(b"proc", b"/proc", b"proc", quiet | _MS_NOEXEC, None):
            _call("mount", b"tmpfs", b"/proc", b"tmpfs", quiet | _MS_NOEXEC, b"size=0,mode=0555")
        os.chdir(WORK)
        with socket.socket() as any_socket:  # the local address, so that a program can connect to itself
            fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _IS_UP))
    os.setsid()  # a signal to its own process group must not reach the waiting process
    _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if alone:
        _drop_capabilities()
    # Slightly less than the budget, so that a single cell that asks for too much gets a `MemoryError`.
    room = {resource.RLIMIT_AS: mapped + MEMORY * 9 // 10}
    for limit, value in (_LIMITS | room).items():
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value))
    if alone:
        seccomp.forbid()


def _is_below_temporary() -> bool:
    """Say whether Python or this package is in the folder for temporary files, as a clone may be."""
    return any(Path(_TEMPORARY) in Path(path).parents for path in (sys.prefix, sys.base_prefix, _PACKAGE))


def _drop_capabilities() -> None:
    class Header(ctypes.Structure):
        _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]

    none = (ctypes.c_uint32 * 6)()
    _call("prctl", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    _call("capset", ctypes.byref(Header(0x20080522, 0)), ctypes.byref(none))


def hide() -> None:
    """Keep other processes of this user from inspecting this one."""
    _call("prctl", _PR_SET_DUMPABLE, 0, 0, 0, 0)


def try_out() -> None:
    """Restrict a fork of this process to see whether it works, and exit with its status."""
    become_nobody()
    user, group = os.getuid(), os.getgid()
    child = fork(alone=True)
    if not child:
        shut_in(alone=True, user=user, group=group, mapped=MEMORY)
        os._exit(0)
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _call(name: str, *args) -> None:
    if getattr(_libc, name)(*args):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
