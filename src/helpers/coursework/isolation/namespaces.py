"""Fork a worker into new namespaces, and restrict it; used only inside a fork server, on Linux or macOS.

A sandboxed worker sees only its own processes; network, terminal and folders are new and empty; memory is
limited; and system calls that no exercise needs are refused (:mod:`helpers.coursework.isolation.seccomp`).
"""

import ctypes
import fcntl
import os
import resource
import signal
import socket
import struct
import sys
from pathlib import Path

from helpers.coursework import PACKAGE
from helpers.coursework.isolation import seccomp
from helpers.coursework.isolation.budgets import FILES, MEMORY, PROCESSES
from helpers.coursework.isolation.inside import NOBODY, TEMPORARY, WORK

_TMPFS_OPTIONS = f"size={FILES},nr_inodes=10k,mode=1777".encode()
_LIMITS = {
    resource.RLIMIT_FSIZE: FILES,
    resource.RLIMIT_NOFILE: 256,
    resource.RLIMIT_NPROC: PROCESSES,
    resource.RLIMIT_CORE: 0,
}
_NEW = 0x20000 | 0x8000000 | 0x10000000 | 0x20000000 | 0x40000000  # CLONE_NEW NS, IPC, USER, PID, NET
_SET_FLAGS, _IS_UP = 0x8914, 1  # for a network interface
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REC, _MS_PRIVATE = 2, 4, 8, 0x4000, 0x40000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 4, 36, 38
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
_libc = ctypes.CDLL(None, use_errno=True)
# PyDLL keeps the interpreter's lock during a call, as fork requires.
_python = ctypes.PyDLL(None, use_errno=True)
_CLONE = {"x86_64": 56}.get(os.uname().machine, 220)  # the system call


def fork(*, sandboxed: bool) -> int:
    """Fork this process, like :func:`os.fork`; a sandboxed fork gets its own namespaces."""
    if not sandboxed:
        return os.fork()
    # Using unshare and then fork would take two forks, since only children enter the new namespace.
    _python.PyOS_BeforeFork()
    child = _python.syscall(_CLONE, _NEW | signal.SIGCHLD, None, None, None, None)
    (_python.PyOS_AfterFork_Parent if child else _python.PyOS_AfterFork_Child)()
    if child < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"clone: {os.strerror(number)}")
    return child


def drop_privileges() -> None:
    """Become an ordinary user for good, if this process belongs to root."""
    if os.geteuid() == 0:
        os.chmod(WORK, 0o1777)
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def end_with_parent() -> None:
    """Let this process end when its parent does, where the system can do that."""
    if hasattr(_libc, "prctl"):
        _call("prctl", _PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def restrict(*, sandboxed: bool, contained: bool = False, user: int, group: int, mapped: int) -> None:
    """Restrict this process, a worker that was forked.

    Parameters
    ----------
    sandboxed
        Whether it has its own namespaces.
    contained
        Whether it is in a container, which has the namespaces.  Without either, only the limits apply.
    user, group
        Its ids outside the namespace.
    mapped
        The bytes that are mapped before the submission is loaded.

    Raises
    ------
    OSError
        When the system refuses.
    """
    if sandboxed:
        end_with_parent()
        _call("prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0)  # otherwise the files below could not be written
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        quiet = _MS_NOSUID | _MS_NODEV
        _call("mount", b"none", b"/", None, _MS_REC | _MS_PRIVATE, None)
        # A new /tmp would hide a Python that is installed below it.
        for folder in (WORK, "/dev/shm", *([] if _is_below_temporary() else [TEMPORARY])):
            _call("mount", b"tmpfs", folder.encode(), b"tmpfs", quiet, _TMPFS_OPTIONS)
        _call("mount", b"devpts", b"/dev/pts", b"devpts", quiet & ~_MS_NODEV, b"ptmxmode=0666,max=16")
        # Its own processes or none: those of others must be invisible.
        if _libc.mount(b"proc", b"/proc", b"proc", quiet | _MS_NOEXEC, None):
            _call("mount", b"tmpfs", b"/proc", b"tmpfs", quiet | _MS_NOEXEC, b"size=0,mode=0555")
        os.chdir(WORK)
        with socket.socket() as any_socket:  # the local address, so that a program can connect to itself
            fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _IS_UP))
    os.setsid()  # a signal to its own process group must not reach the fork server
    if hasattr(_libc, "prctl"):
        _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if sandboxed:
        _drop_capabilities()
    # Slightly less than the budget, so that a single cell that asks for too much gets a `MemoryError`.
    limits = _LIMITS | {resource.RLIMIT_AS: mapped + MEMORY * 9 // 10}
    if contained:
        # All containers have one user, and the container limits its processes.
        del limits[resource.RLIMIT_NPROC]
        _call("prctl", _PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # orphaned processes count for this worker
    for limit, value in limits.items():
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value))
    if sandboxed or (contained and seccomp.is_known()):
        seccomp.install()


def _is_below_temporary() -> bool:
    """Say whether Python or this package is in the folder for temporary files, as a clone may be."""
    return any(Path(TEMPORARY) in Path(path).parents for path in (sys.prefix, sys.base_prefix, PACKAGE))


def _drop_capabilities() -> None:
    class Header(ctypes.Structure):
        _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]

    none = (ctypes.c_uint32 * 6)()
    _call("prctl", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    _call("capset", ctypes.byref(Header(0x20080522, 0)), ctypes.byref(none))


def make_non_dumpable() -> None:
    """Make this process non-dumpable, so that other processes of its user cannot inspect it."""
    _call("prctl", _PR_SET_DUMPABLE, 0, 0, 0, 0)


def probe() -> None:
    """Restrict a fork of this process to see whether it works, and exit with its status."""
    drop_privileges()
    user, group = os.getuid(), os.getgid()
    child = fork(sandboxed=True)
    if not child:
        restrict(sandboxed=True, user=user, group=group, mapped=MEMORY)
        os._exit(0)
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _call(name: str, *args) -> None:
    if getattr(_libc, name)(*args):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
