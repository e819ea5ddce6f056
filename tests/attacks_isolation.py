"""What a submission could do to other submissions and to the machine: code for its cells."""

# ruff: noqa: E501

KEY = "ANSWER-KEY-FROM-A"

# --- what one submission could pass on to another: code that leaves it, and code that finds it ---

_LIBC = "import ctypes, os, socket, struct; libc = ctypes.CDLL(None, use_errno=True)\n"


def _file(path):
    return f"open({path!r}, 'w').write(KEY)", f"print(open({path!r}).read())"


PASSED_ON = {
    "working-folder": _file("left.txt"),
    "temporary-folder": _file("/" "tmp/left"),
    "shared-memory": _file("/dev/shm/left"),
    "devices": _file("/dev/left"),
    "root-folder": _file("/left"),
    "home": _file("/exercise/.left"),
    "python": ("import sys; open(sys.prefix + '/left', 'w').write(KEY)", "import sys; print(open(sys.prefix + '/left').read())"),
    "bytecode": (
        "import pandas, os; open(os.path.dirname(pandas.__file__) + '/__pycache__/left.pyc', 'w').write(KEY)",
        "import pandas, os; print(open(os.path.dirname(pandas.__file__) + '/__pycache__/left.pyc').read())",
    ),
    "modules": ("import pandas; pandas.left = KEY", "import pandas; print(pandas.left)"),
    "environment": ("os.environ['LEFT'] = KEY", "print(os.environ['LEFT'])"),
    "names": ("left = KEY", "print(left)"),
    "stdout": ("os.pwrite(1, KEY.encode(), 0); os.lseek(1, 400, 0)", "print(os.pread(1, 400, 0))"),
    "stderr": ("os.pwrite(2, KEY.encode(), 0)", "print(os.pread(2, 400, 0))"),
    "descriptors": (
        """
for number in (*range(3), *range(4, 256)):
    try: os.pwrite(number, KEY.encode(), 100_000)
    except OSError: pass
""",
        """
for number in (*range(3), *range(4, 256)):
    try: print(os.pread(number, 100, 100_000))
    except OSError: pass
""",
    ),
    "flags-of-stdin": (
        "import fcntl; fcntl.fcntl(0, fcntl.F_SETFL, os.O_NONBLOCK | os.O_APPEND)",
        "import fcntl; print(KEY if fcntl.fcntl(0, fcntl.F_GETFL) & os.O_APPEND else '')",
    ),
    "loopback": (
        "s = socket.create_server(('127.0.0.1', 5555)); c = socket.create_connection(('127.0.0.1', 5555)); "
        "a = s.accept()[0]; s2 = socket.create_server(('127.0.0.1', 5556))",
        "c2 = socket.create_connection(('127.0.0.1', 5556), 2); print(KEY)",
    ),
    "loopback-6": ("s = socket.create_server(('::1', 5557), family=socket.AF_INET6)",
                   "c = socket.create_connection(('::1', 5557), 2); print(KEY)"),
    "datagrams": (
        "s = socket.socket(type=socket.SOCK_DGRAM); s.bind(('127.0.0.1', 5558))",
        "c = socket.socket(type=socket.SOCK_DGRAM); c.connect(('127.0.0.1', 5558)); c.send(b'x'); c.send(b'x'); print(KEY)",
    ),
    "abstract-socket": ("s = socket.socket(socket.AF_UNIX); s.bind('\\0left'); s.listen()",
                        "c = socket.socket(socket.AF_UNIX); c.connect('\\0left'); print(KEY)"),
    "socket-file": ("s = socket.socket(socket.AF_UNIX); s.bind('/dev/shm/s'); s.listen()",
                    "c = socket.socket(socket.AF_UNIX); c.connect('/dev/shm/s'); print(KEY)"),
    "vsock": ("s = socket.socket(socket.AF_VSOCK); s.bind((1, 5555)); s.listen()",
              "c = socket.socket(socket.AF_VSOCK); c.connect((1, 5555)); print(KEY)"),
    "fifo": ("os.mkfifo('/dev/shm/f')", "print(KEY if os.path.exists('/dev/shm/f') else '')"),
    "terminal": (
        "import pty; master, slave = pty.openpty(); os.write(master, KEY.encode() + b'\\n'); "
        "name = os.ttyname(slave) if os.path.exists('/proc/self') else '/dev/pts/0'",
        "fd = os.open('/dev/pts/0', os.O_RDWR | os.O_NONBLOCK); print(os.read(fd, 100))",
    ),
    "system-v-memory": (
        "m = check(libc.shmget(5555, 4096, 0o1666)); libc.shmat.restype = ctypes.c_void_p; "
        "ctypes.memmove(libc.shmat(m, None, 0), KEY.encode(), 17)",
        "m = check(libc.shmget(5555, 4096, 0)); libc.shmat.restype = ctypes.c_void_p; "
        "print(ctypes.string_at(libc.shmat(m, None, 0), 17))",
    ),
    "system-v-queue": ("check(libc.msgget(5555, 0o1666))", "check(libc.msgget(5555, 0)); print(KEY)"),
    "system-v-semaphore": ("check(libc.semget(5555, 1, 0o1666))", "check(libc.semget(5555, 1, 0)); print(KEY)"),
    "posix-queue": ("check(libc.mq_open(b'/left', os.O_CREAT | os.O_RDWR, 0o666, None))",
                    "check(libc.mq_open(b'/left', os.O_RDWR)); print(KEY)"),
    "posix-memory": (
        "from multiprocessing import shared_memory as sm; m = sm.SharedMemory('left', create=True, size=32)",
        "from multiprocessing import shared_memory as sm; m = sm.SharedMemory('left'); print(KEY)",
    ),
    **{
        f"keyring-{name}": (
            f"check(libc.syscall(248, b'user', b'left', KEY.encode(), 17, {number}))",
            f"key = check(libc.syscall(250, 10, {number}, b'user', b'left', 0)); b = ctypes.create_string_buffer(99); "
            "check(libc.syscall(250, 11, key, b, 99)); print(b.value)",
        )
        for name, number in {"session": -3, "user": -4, "user-session": -5}.items()
    },
    "lock": (
        "import fcntl; f = open('/usr/bin/env'); fcntl.flock(f, fcntl.LOCK_EX)",
        "import fcntl; f = open('/usr/bin/env')\n"
        "try: fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
        "except BlockingIOError: print(KEY)",
    ),
    "record-lock": (
        "import fcntl; f = open('/usr/bin/env'); fcntl.lockf(f, fcntl.LOCK_SH)",
        "import fcntl; f = open('/usr/bin/env')\n"
        "told = fcntl.fcntl(f, fcntl.F_GETLK, struct.pack('hhqqi4x', fcntl.F_WRLCK, 0, 0, 0, 0))\n"
        "if struct.unpack('hhqqi4x', told)[0] != fcntl.F_UNLCK: print(KEY)",
    ),
    **{
        f"watched-{name}": (
            f"import fcntl; fcntl.fcntl(os.open({path!r}, os.O_RDONLY), {command}, {argument})",
            f"import fcntl; fcntl.fcntl(os.open({path!r}, os.O_RDONLY), {command}, {argument}); print(KEY)",
        )
        for name, path, command, argument in (
            ("folder", "/usr/share", "fcntl.F_NOTIFY", "fcntl.DN_ACCESS | fcntl.DN_MULTISHOT"),
            ("lease", "/exercise", "fcntl.F_SETLEASE", "fcntl.F_UNLCK"),
        )
    },
    "watched-file": ("check(libc.inotify_init1(0))", "check(libc.inotify_init1(0)); print(KEY)"),
    "processes": ("import subprocess; p = subprocess.Popen(['sleep', '50'])",
                  "n = [os.kill(pid, 0) for pid in range(2, 400) if pid != os.getpid()]; print(KEY)"),
    "survivor": (
        "if not os.fork():\n    os.setsid()\n    import time\n    while True:\n"
        "        time.sleep(0.01)\n        open('/dev/shm/late', 'w').write(KEY)",
        "import time; time.sleep(0.1); print(open('/dev/shm/late').read())",
    ),
    "host-name": ("check(libc.sethostname(KEY.encode(), 17))", "print(socket.gethostname())"),
    "core-pattern": _file("/proc/sys/kernel/core_pattern"),
}  # fmt: skip
"""For each way: code that leaves the key, and code that finds it."""

HEAD = f"""{_LIBC}
KEY = {KEY!r}
def check(result):
    if result == -1: raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
"""

# --- what no submission may ask of the kernel ---

SOCKETS = {
    "vsock": (40, 1, 0), "packet": (17, 3, 0), "algorithms": (38, 5, 0), "bluetooth": (31, 3, 0), "can": (29, 3, 1),
    "tipc": (30, 1, 0), "key": (15, 3, 2), "xdp": (44, 3, 0), "sctp": (2, 1, 132), "mptcp": (2, 1, 262),
    "netlink-netfilter": (16, 3, 12), "netlink-audit": (16, 3, 9), "rds": (21, 5, 0),
}  # fmt: skip
NAMESPACES = {"mount": 0x20000, "user": 0x10000000, "pid": 0x20000000, "network": 0x40000000, "ipc": 0x8000000,
              "host-name": 0x4000000, "cgroup": 0x2000000}  # fmt: skip

# --- more than a submission may use, and what is said of it ---

_HOLD = "import os, time\ndef hold(n): return [bytearray(b'1') * 100_000_000 for _ in range(n)]\n"
MEMORY = "MB of memory"
SPENT = {
    "memory-in-children": (
        _HOLD + "for _ in range(3):\n    if not os.fork(): x = hold(9); time.sleep(60)\nfor _ in range(3): os.wait()",
        MEMORY,
    ),
    "memory-in-grandchildren": (
        _HOLD + "for _ in range(3):\n    if not os.fork():\n        os.setsid()\n"
        "        if not os.fork(): x = hold(9); time.sleep(60)\n        os._exit(0)\ntime.sleep(60)",
        MEMORY,
    ),
    "memory-in-programs": (
        "import subprocess, sys\ncode = 'x = [bytearray(b\"1\") * 100_000_000 for _ in range(9)]; input()'\n"
        "p = [subprocess.Popen([sys.executable, '-c', code], stdin=subprocess.PIPE) for _ in range(3)]\n"
        "for one in p: one.wait()",
        MEMORY,
    ),
    # Nobody who lives has touched it: it is in no process's resident memory.
    "memory-held-untouched": (
        "import mmap, os, time\nfor _ in range(3):\n    if not os.fork():\n        held = []\n"
        "        for _ in range(9):\n            m = mmap.mmap(-1, 100_000_000); held.append(m)\n"
        "            if not os.fork(): m.write(b'1' * 100_000_000); os._exit(0)\n            os.wait()\n"
        "        time.sleep(60)\nfor _ in range(3): os.wait()",
        MEMORY,
    ),
    "memory-copied-on-write": (
        _HOLD + "x = hold(9)\nfor _ in range(3):\n    if not os.fork():\n"
        "        for part in x:\n            for i in range(0, len(part), 4096): part[i] = 2\n"
        "        time.sleep(60)\nfor _ in range(3): os.wait()",
        MEMORY,
    ),
    "memory": ("x = []\nwhile True: x.append(bytearray(b'1') * 100_000_000)", "MemoryError"),
    "memory-in-memfds": ("import os\nfor i in range(99): os.write(os.memfd_create('x'), b'1' * 60_000_000)",
                         "PermissionError"),
    "memory-in-shared-memory": ("for i in range(99): open(f'/dev/shm/{i}', 'wb').write(b'1' * 9_000_000)", "OSError"),
    "memory-in-devices": ("for i in range(99): open(f'/dev/{i}', 'wb').write(b'1' * 9_000_000)", "OSError"),
    "memory-in-temporary-files": ("for i in range(99): open('/' f'tmp/{i}', 'wb').write(b'1' * 9_000_000)", "OSError"),
    "memory-in-empty-files": ("for i in range(99_999): open(f'{i}', 'wb').close()", "OSError"),
    "memory-in-stdout": ("import os\nfor i in range(99): os.write(1, b'1' * 9_000_000)", "OSError"),
    "processes": ("import os, time\nwhile True:\n    if not os.fork(): time.sleep(60)", "BlockingIOError"),
    "threads": ("import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
                "RuntimeError"),
    "terminals": ("import pty\nheld = [pty.openpty() for _ in range(30)]", "OSError"),
    "time-in-cells": ("while True:\n    try:\n        while True: pass\n    except BaseException: pass", "CellTimeoutError"),
}  # fmt: skip
"""For each way: code, and what its cell shows."""

_FORGE = "import helpers.coursework.workers.transport as c, socket, struct, json\nreal = c.Channel.send\n"


def _forged(body):
    return _FORGE + (
        f"def send(self, message, **_):\n    body = {body}\n"
        "    self._end.sendall(struct.pack('!I', len(body)) + body)\nc.Channel.send = send"
    )


FORGED = {
    "many-values": _forged("b'[' + b'{},' * 9_000_000 + b'{}]'"),
    "many-lists": _forged("b'[' + b'[],' * 9_000_000 + b'[]]'"),
    "many-numbers": _forged("b'[' + b'1,' * 9_000_000 + b'1]'"),
    "wide-text": _forged(r"b'{\"outputs\": [{\"output_type\": \"stream\", \"text\": \"\\ud83d\\ude00' + b'x' * 40_000_000 + b'\"}]}'"),
    "long-text": _forged("b'{\"outputs\": [{\"output_type\": \"stream\", \"text\": \"' + b'x' * 40_000_000 + b'\"}]}'"),
    "long-metadata": _forged("b'{\"outputs\": [{\"output_type\": \"display_data\", \"metadata\": {\"a\": [' + b'{},' * 900_000 + b'{}]}}]}'"),
    "too-long": _forged("b'x' * 63_000_000"),
    "without-end": _FORGE + "def send(self, message, **_):\n    self._end.sendall(struct.pack('!I', 40_000_000) + b'[')\n"
                   "    while True: self._end.send(b'1,')\nc.Channel.send = send",
    "deep": _forged("b'[' * 1_000_000"),
    "not-ascii": _forged("'\"\\U0001f600\"'.encode()"),
}  # fmt: skip
"""Cells after which the process sends something else than answers."""
