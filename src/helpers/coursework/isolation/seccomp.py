"""A seccomp filter for the system calls that a submission may not make.

It is written here in the kernel's own format, because no binding of libseccomp is maintained (pyseccomp:
2021), and the library itself may not be installed.
"""

import ctypes
import errno
import os
import struct

# The number of each call on x86_64 and on aarch64; None if it does not exist.
_FORBIDDEN: dict[str, tuple[int | None, int | None]] = {
    # other namespaces, mounts and roots
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428), "move_mount": (429, 429),
    "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    # calls with effects that outlive a process, or that are not counted for one
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219), "memfd_create": (319, 279),
    "memfd_secret": (447, 447), "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195),
    "semget": (64, 190), "semctl": (66, 191), "semop": (65, 193), "msgget": (68, 186), "msgsnd": (69, 189),
    "msgrcv": (70, 188), "msgctl": (71, 187), "mq_open": (240, 180), "mq_unlink": (241, 181),
    # calls through which two processes can communicate over a file that both may only read
    "inotify_init": (253, None), "inotify_init1": (294, 26), "fanotify_init": (300, 262),
    # wide parts of the kernel that no exercise needs
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_setup": (206, 0), "vmsplice": (278, 75), "quotactl": (179, 60), "quotactl_fd": (443, 443),
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "pidfd_getfd": (438, 438), "kcmp": (312, 272),
    "move_pages": (279, 239), "migrate_pages": (256, 238),
    # the machine
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "personality": (135, 92), "acct": (163, 89),
    "swapon": (167, 224), "swapoff": (168, 225), "reboot": (169, 142), "syslog": (103, 116),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171),
    "clock_adjtime": (305, 266), "sethostname": (170, 161), "setdomainname": (171, 162),
    "vhangup": (153, 58), "lookup_dcookie": (212, 18), "modify_ldt": (154, None), "iopl": (172, None),
    "ioperm": (173, None), "uselib": (134, None), "sysfs": (139, None), "_sysctl": (156, None),
}  # fmt: skip
_CLONE, _CLONE3, _SOCKET = (56, 220), (435, 435), (41, 198)
_FCNTL, _FLOCK, _PRCTL = (72, 25), (73, 32), (157, 167)
_NEWEST = 462
"""The newest call that was reviewed; newer ones get the answer of a kernel that does not have them."""

_GROUP = 12
"""How many calls are covered at once: the kernel simulates the filter for every call when it is installed."""

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_CLONE_NEW = 0x7E020000  # all CLONE_NEW... flags of clone
_AF_UNIX, _AF_INET, _AF_INET6, _AF_NETLINK = 1, 2, 10, 16
_TCP, _UDP = 6, 17
# These show what another process does with a file that both may only read.
_F_GETLK, _F_OFD_GETLK, _F_SETLEASE, _F_NOTIFY = 5, 36, 1024, 1026
_PR_SET_DUMPABLE = 4

_LOAD, _EQUAL, _GREATER, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_ALLOW, _ERROR, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _ARCHITECTURE = 0, 4
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2


def is_known() -> bool:
    """Say whether there is a filter for this machine's processor."""
    return os.uname().machine in _ARCHITECTURES


def _filter(machine: str) -> bytes:
    """Return the program that the kernel runs before each system call."""
    column, architecture = _ARCHITECTURES[machine]
    code: list[tuple[int, int, int, int]] = []

    def add(operation: int, value: int, yes: int = 0, no: int = 0) -> None:
        code.append((operation, yes, no, value))

    def refuse(number: int) -> None:
        add(_RETURN, _ERROR | number)

    def only(call: tuple[int, int], lines: list[tuple]) -> None:
        """Add instructions that apply to one call only and end in an answer."""
        add(_EQUAL, call[column], 0, len(lines))
        code.extend((operation, yes, no, value) for operation, value, yes, no in lines)

    add(_LOAD, _ARCHITECTURE)
    add(_EQUAL, architecture, 1, 0)
    add(_RETURN, _KILL)  # calls of another architecture have other numbers
    add(_LOAD, _NUMBER)
    add(_GREATER, _NEWEST, 0, 1)
    refuse(errno.ENOSYS)
    numbers = sorted(number for calls in _FORBIDDEN.values() if (number := calls[column]) is not None)
    for begin in range(0, len(numbers), _GROUP):
        group = numbers[begin : begin + _GROUP]
        add(_GREATER, group[-1], len(group) + 1, 0)
        for left, number in zip(reversed(range(len(group))), group, strict=True):
            add(_EQUAL, number, left, 0 if left else 1)
        refuse(errno.EPERM)
    for call in (_CLONE3, _FLOCK):  # libraries then use `clone`, and locks that need write permission
        add(_EQUAL, call[column], 0, 1)
        refuse(errno.ENOSYS)
    first, second, third = 16, 24, 32  # the lower halves: no argument that is compared is longer
    no = (_RETURN, _ERROR | errno.EPERM, 0, 0)
    yes = (_RETURN, _ALLOW, 0, 0)
    only(_CLONE, [(_LOAD, first, 0, 0), (_ANY_BIT, _CLONE_NEW, 0, 1), no, yes])
    only(_PRCTL, [(_LOAD, first, 0, 0), (_EQUAL, _PR_SET_DUMPABLE, 0, 1), no, yes])
    only(
        _FCNTL,
        [
            (_LOAD, second, 0, 0),
            (_EQUAL, _F_GETLK, 3, 0),
            (_EQUAL, _F_OFD_GETLK, 2, 0),
            (_EQUAL, _F_SETLEASE, 1, 0),
            (_EQUAL, _F_NOTIFY, 0, 1),
            no,
            yes,
        ],
    )
    only(
        _SOCKET,
        [
            (_LOAD, first, 0, 0),
            (_EQUAL, _AF_UNIX, 12, 0),
            (_EQUAL, _AF_INET, 6, 0),
            (_EQUAL, _AF_INET6, 5, 0),
            (_EQUAL, _AF_NETLINK, 1, 0),
            (_RETURN, _ERROR | errno.EAFNOSUPPORT, 0, 0),
            (_LOAD, third, 0, 0),  # of netlink, only the first protocol, which gives the addresses
            (_EQUAL, 0, 6, 0),
            (_RETURN, _ERROR | errno.EPROTONOSUPPORT, 0, 0),
            (_LOAD, third, 0, 0),
            (_EQUAL, 0, 3, 0),
            (_EQUAL, _TCP, 2, 0),
            (_EQUAL, _UDP, 1, 0),
            (_RETURN, _ERROR | errno.EPROTONOSUPPORT, 0, 0),
            yes,
        ],
    )
    add(_RETURN, _ALLOW)
    return b"".join(struct.pack("HBBI", *line) for line in code)


_PROGRAM = _filter(os.uname().machine) if hasattr(os, "uname") and is_known() else b""


def install() -> None:
    """Forbid the listed calls for this process and all that it starts; it must have no privileges left.

    Raises
    ------
    OSError
        When the kernel refuses the filter.
    """

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_char_p)]

    program = Program(len(_PROGRAM) // 8, _PROGRAM)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0):
        number = ctypes.get_errno()
        raise OSError(number, f"seccomp: {os.strerror(number)}")
