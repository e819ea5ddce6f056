"""What a hostile student could hand in: code in an answer's place, and notebooks that are not what they seem.

`SECRET` stands in the hidden tests of the `little_course`; whoever gets it out has won.
"""

import copy
import tempfile

import nbformat

SECRET = "nobody-may-read-this"
# A file outside of the sandbox, in a folder that everybody may write to.
DOOR = f"{tempfile.gettempdir()}/the-sandbox-was-left"

# --- code that stands where the answer should ---

TO_WIN = {
    "equal-to-everything": """
class Anything(int):
    def __eq__(self, other): return True
    def __hash__(self): return 0
    def __float__(self): return 42.0
    def __getattr__(self, name): return self
answer_sum = Anything()
""",
    "equal-without-a-type": """
class Anything:
    def __eq__(self, other): return True
    def __getattribute__(self, name): return lambda *a, **k: True
answer_sum = Anything()
""",
    "checks-replaced": """
import helpers.checks as m
full = lambda *a, **k: m.Mark(2, 2)
for name in list(vars(m)):
    if name.startswith(("mark_", "check_")): setattr(m, name, full)
""",
    "marks-replaced": """
import helpers.checks.mark as m
m.Mark.__repr__ = lambda self: "2"
m.Mark.__post_init__ = lambda self: object.__setattr__(self, "points", 2)
""",
    "module-replaced": """
import sys, types
fake = types.ModuleType("helpers.checks")
fake.__getattr__ = lambda name: (lambda *a, **k: 2)
sys.modules["helpers.checks"] = fake
""",
    "check-named-as-own": """
mark_number = lambda *a, **k: 2
check_number = mark_number
Mark = float
_right = 0
answer_sum = 0
""",
    "builtins-replaced": """
import builtins
builtins.isinstance = lambda *a: True
builtins.float = lambda *a: 42.0
builtins.repr = lambda *a: "2"
answer_sum = "42?"
""",
    "checks-rewritten": """
import ast
class Rewrite(ast.NodeTransformer):
    def visit_Module(self, node): return ast.parse("2")
get_ipython().ast_transformers.append(Rewrite())
""",
    "cells-rewritten": "get_ipython().input_transformers_post.append(lambda lines: ['2\\n'])",
    "run-cell-forged": """
shell = get_ipython()
real = type(shell).run_cell
type(shell).run_cell = lambda self, code, **k: real(self, "2", **k)
type(shell).run = lambda self, source, **k: {"outputs": [], "ok": True}
""",
    "results-forged": """
import sys
from IPython.display import display
sys.displayhook = lambda value: None
get_ipython().displayhook.__class__.__call__ = lambda self, result=None: display(2)
""",
    "hooks": """
def after(*a): print("2")
get_ipython().events.register("pre_run_cell", after)
get_ipython().events.register("post_run_cell", after)
""",
    "messages-forged": """
import json, os, struct
body = json.dumps({"answer": {"outputs": [{"output_type": "execute_result", "data": {"text/plain": "2"},
                   "metadata": {}, "execution_count": 1}], "ok": True}}).encode()
for fd in range(3, 64):
    for _ in range(40):
        try: os.write(fd, struct.pack("!I", len(body)) + body)
        except OSError: break
""",
    "values-forged": """
import json, os, struct
told = b'{"answer_sum": {"t": "function", "n": 0, "name": "x"}}'
for body in (b"[]", b"null", b"1e999", told, b"[" * 50000):
    for fd in range(3, 64):
        try: os.write(fd, struct.pack("!I", len(body)) + body)
        except OSError: pass
""",
    "frames-searched": """
import sys
def double(x):
    frame = sys._getframe()
    while frame:
        for value in frame.f_locals.values():
            if isinstance(value, (list, tuple)) and x in value: return value[list(value).index(x) + 1]
        frame = frame.f_back
answer_sum = 41
""",
    "stderr-closed": "import os, sys\nos.close(2)\nos.close(1)\nsys.stdout = sys.stderr = None",
    "output-flood": "print('2\\n' * 100_000_000)",
    "display-flood": """
from IPython.display import HTML, display
for i in range(200): display(HTML("x" * 1_000_000))
""",
    "pickle": """
class Bomb:
    def __reduce__(self): return (exec, ("import os; os._exit(0)",))
answer_sum = Bomb()
""",
    "huge-answer": "answer_sum = [[0] * 1000] * 100_000",
    "deep-answer": "answer_sum = []\nfor _ in range(100_000): answer_sum = [answer_sum]",
    "round-answer": "answer_sum = []\nanswer_sum.append(answer_sum)",
    "huge-number": "answer_sum = 10 ** 1_000_000",
    "endless-answer": "import itertools\nanswer_sum = itertools.count()",
    "class-is-a-lie": """
class Lie:
    __class__ = property(lambda self: int)
    def __int__(self): return 42
    __index__ = __int__
    def __eq__(self, other): return True
answer_sum = Lie()
""",
    "array-is-a-lie": """
import numpy as np
class Lie(np.ndarray):
    def item(self, *a): return 42
    def tolist(self): return [42]
answer_sum = np.arange(1).view(Lie)
""",
    "hostile-text": """
class Text(str):
    def __str__(self): raise SystemExit
    def __len__(self): return 10 ** 9
    def __iter__(self):
        while True: yield "x"
answer_sum = Text("41")
""",
}

TO_READ = {
    "source-read": """
import glob, os
for folder in ("/", os.getcwd(), os.path.expanduser("~"), {course!r}):
    for kind in ("ipynb", "db"):
        for path in glob.glob(f"{{folder}}/**/*.{{kind}}", recursive=True):
            try: print(open(path, errors="replace").read())
            except OSError: pass
""",
    "course-by-name": "print(open({course!r} + '/source/sums/sums.ipynb').read())",
    "gradebook-by-name": "print(open({course!r} + '/gradebook.db', 'rb').read())",
    "processes-read": """
import os
for name in os.listdir("/proc"):
    for what in ("mem", "environ", "cmdline", "maps", "root/tmp"):
        try: print(name, what, open(f"/proc/{{name}}/{{what}}", "rb").read(1_000_000))
        except (OSError, ValueError, OverflowError): pass
""",
    # The pattern is not what it finds, or it would find itself.
    "memory-read": """
import re
for line in open("/proc/self/maps"):
    begin, end = (int(x, 16) for x in line.split()[0].split("-"))
    if end - begin > 200_000_000 or "r" not in line.split()[1]: continue
    with open("/proc/self/mem", "rb") as memory:
        try:
            memory.seek(begin); found = re.search(rb"nobody-ma[y]-read-this", memory.read(end - begin))
        except (OSError, ValueError, OverflowError): continue
        if found: print("FOUND", found)
""",
    "objects-read": """
import gc, re
needle = re.compile("nobody-ma[y]-read-this")
print([x for x in gc.get_objects() if isinstance(x, str) and needle.search(x)])
print([x for x in gc.get_objects() if isinstance(x, dict)
       and any(isinstance(v, str) and needle.search(v) for v in list(x.values()))])
""",
    "calls-traced": """
import sys
def trace(frame, event, arg):
    print(frame.f_code.co_consts, frame.f_locals)
    return trace
def double(x):
    sys.settrace(trace)
    return 2 * x
sys.settrace(trace)
""",
    "history": "print(In)\nget_ipython().events.register('pre_run_cell', lambda info: print(info.raw_cell))",
    "stack": """
import inspect, linecache
def double(x):
    print([inspect.getsource(frame.frame) for frame in inspect.stack() if "ipython" in frame.filename])
    print(linecache.cache)
    raise ValueError(str(linecache.cache))
""",
}

TO_DAMAGE = {
    "written-outside": """
inside = [{course!r} + name for name in ("/gradebook.db", "/submitted/honest/sums/sums.ipynb")]
for path in [*inside, {door!r}, "/etc/x", "/usr/x"]:
    try: open(path, "w").write("x")
    except OSError: pass
""",
    "packages-written": """
import helpers, pathlib
for path in pathlib.Path(helpers.__file__).parent.rglob("*.py"):
    try: path.write_text("")
    except OSError: pass
""",
    "start-up-poisoned": """
import os, pathlib
for folder in (os.path.expanduser("~"), os.environ.get("IPYTHONDIR", ""), "/root", "/tmp"):
    try:
        place = pathlib.Path(folder) / "profile_default" / "startup"
        place.mkdir(parents=True, exist_ok=True)
        (place / "x.py").write_text("raise SystemExit")
        (pathlib.Path(folder) / "pandas.py").write_text("raise SystemExit")
    except OSError: pass
""",
    "network": """
import socket
for address in (("127.0.0.1", {port}), ("169.254.169.254", 80), ("1.1.1.1", 53)):
    try: socket.create_connection(address, 1).send(b"x")
    except OSError: pass
""",
    "fork-bomb": "import os\nwhile True: os.fork()",
    "threads": "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(100,)).start()",
    "memory": "x = []\nwhile True: x.append(bytearray(100_000_000))",
    "memory-at-once": "bytes(20_000_000_000)",
    "disk": """
i = 0
while True:
    open(f"f{{i}}", "wb").write(b"x" * 10_000_000); i += 1
""",
    "shared-memory": "open('/dev/shm/left', 'wb').write(b'x' * 1_000_000)",
    "parent-killed": """
import os, signal
for pid in (os.getppid(), 1, -1, *range(2, 200)):
    for sign in (signal.SIGKILL, signal.SIGSTOP):
        try: os.kill(pid, sign)
        except OSError: pass
""",
    "own-sockets": """
import os, socket
for n in range(3, 20):
    try:
        end = socket.socket(fileno=os.dup(n))
        for _ in range(9): socket.send_fds(end, [bytes(4)], [n] * 50)
        end.send(b"x", socket.MSG_OOB)
        end.shutdown(socket.SHUT_WR)
    except OSError: pass
""",
    "name-of-the-process": "import ctypes\nctypes.CDLL(None).prctl(15, b') 1 (x) S 1 1', 0, 0, 0)",
    "folder-gone": "import os, shutil\nos.makedirs('a/b')\nos.chdir('a/b')\nshutil.rmtree('/exercise/a')",
    "endless-destructor": """
class Again:
    def __del__(self):
        while True: Again()
Again()
""",
    "own-traceback": "import sys\nget_ipython()._showtraceback = sys.excepthook = lambda *a: 1 / 0\n1 / 0",
    "daemon": """
import os, time
if not os.fork():
    os.setsid()
    if not os.fork():
        for i in range(100):
            time.sleep(0.1)
            try: open({door!r}, "a").write("x")
            except OSError: pass
        os._exit(0)
    os._exit(0)
""",
    "endless": "while True: pass",
    "endless-and-deaf": """
import signal
for number in range(1, 64):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
while True:
    try:
        while True: pass
    except BaseException: pass
""",
    "endless-in-c": "10 ** 10 ** 10",
    "exit": "import os; os._exit(0)",
    "exit-politely": "raise SystemExit(0)",
    "exec": "import os; os.execv('/bin/sh', ['sh', '-c', 'sleep 100'])",
    "segfault": "import ctypes; ctypes.string_at(0)",
    "deep": "def f(): f()\nimport sys; sys.setrecursionlimit(10 ** 9); f()",
    "descriptors-closed": "import os\nos.closerange(3, 1000)",
    "mounts": """
import ctypes, os
libc = ctypes.CDLL(None)
print(libc.unshare(0x10000000), libc.mount(b"none", b"/usr", b"tmpfs", 0, None), libc.umount2(b"/", 2))
print(os.system("mount -t tmpfs none /usr; chroot / true"))
""",
    "answer-blocks": """
class Slow:
    def __getattribute__(self, name):
        while True: pass
answer_sum = Slow()
""",
    "function-blocks": "def double(x):\n    while True: pass",
    "function-exits": "import os\ndef double(x): os._exit(0)",
    "function-floods": "def double(x): return 'x' * 500_000_000",
    "function-destroys": "def double(x):\n    globals().clear()\n    return 2 * x",
}


# --- notebooks that are not what they seem ---


def _cells(notebook):
    return {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}


def _tagged(*tags):
    def change(notebook):
        for cell in notebook.cells:
            cell.metadata["tags"] = list(tags)

    return change


def _check(**changed):
    """Change the cell of a check: its text or its metadata."""

    def change(notebook):
        cell = _cells(notebook)["sum"]
        for key, value in changed.items():
            if key in ("source", "cell_type"):
                cell[key] = value
            else:
                cell.metadata.nbgrader[key] = value
        if cell.cell_type == "markdown":
            del cell["outputs"], cell["execution_count"]

    return change


def _doubled(notebook):
    extra = copy.deepcopy(_cells(notebook)["sum"])
    extra.update(source="2", id="other")
    notebook.cells.append(extra)


def _without(*names):
    def change(notebook):
        cells = _cells(notebook)
        for name in names:
            notebook.cells.remove(cells[name])

    return change


def _swapped(notebook):
    cells = _cells(notebook)
    cells["sum"].metadata.nbgrader.grade_id, cells["answer-sum"].metadata.nbgrader.grade_id = (
        "answer-sum",
        "sum",
    )


def _own_check(notebook):
    cell = nbformat.v4.new_code_cell("2")
    told = {"grade": True, "grade_id": "gift", "points": 99, "locked": True, "solution": False, "task": False}
    cell.metadata["nbgrader"] = told | {"schema_version": 3}
    notebook.cells.append(cell)


def _before(code):
    def change(notebook):
        notebook.cells.insert(0, nbformat.v4.new_code_cell(code))

    return change


CHANGED = {
    "not-to-be-run": _tagged("skip-execution"),
    "may-fail": _tagged("raises-exception"),
    "check-rewritten": _check(source="from helpers.checks import Mark\nMark.won(2, 'I won.')"),
    "check-emptied": _check(source=""),
    "check-without-points": _check(points=0),
    "check-with-more-points": _check(points=1000),
    "check-unlocked": _check(locked=False, source="2"),
    "check-as-answer": _check(solution=True, source="2"),
    "check-not-graded": _check(grade=False),
    "check-as-text": _check(cell_type="markdown", source="2"),
    "check-of-another-name": _check(grade_id="nothing"),
    "check-with-odd-name": _check(grade_id=["sum"]),
    "check-with-old-schema": _check(schema_version=0),
    "check-with-new-schema": _check(schema_version=99),
    "check-doubled": _doubled,
    "check-deleted": _without("sum"),
    "all-checks-deleted": _without("sum", "twice"),
    "everything-deleted": _without("set-up", "answer-sum", "sum", "answer-twice", "twice", "reasons"),
    "names-swapped": _swapped,
    "own-check": _own_check,
    "set-up-shadowed": _before("pd = None\nimport builtins\nbuiltins.__import__ = None"),
}

DAMAGED = {
    "empty": b"",
    "cut-off": b'{"cells": [{"cell_type": "code", "source": "x',
    "not-json": b"<!DOCTYPE html><title>Log in</title>",
    "nul": b"\0" * 1000,
    "utf-16": '{"cells": []}'.encode("utf-16"),
    "latin-1": '{"cells": [], "metadata": {"name": "Müller"}}'.encode("latin-1"),
    "nested": b"[" * 100_000,
    "huge-number": b'{"cells": ' + b"1" * 100_000 + b"}",
    "list": b"[]",
    "null": b"null",
    "no-cells": b'{"nbformat": 4, "metadata": {}}',
    "cells-of-text": b'{"cells": ["a"], "nbformat": 4, "metadata": {}}',
    "version-3": b'{"worksheets": [{"cells": []}], "nbformat": 3, "nbformat_minor": 0, "metadata": {}}',
    "metadata-of-text": b'{"cells": [], "nbformat": 4, "metadata": "x"}',
    "zip": b"PK\x03\x04" + b"\0" * 100,
}


# --- texts over which a program that reads them could brood for years, or hold up all others ---

NAMES_WITHOUT_END = {
    "number": "sums_20260305_143012_8273649182736451_final.ipynb",
    "copies": "sums-copy1-copy2-copy3 (1)(2)(3)-44444444444444444444444x.ipynb",
    "hash": "sums-30251465890123456789012345ab.ipynb",
}
"""Names of files: long numbers can be cut into numbers in very many ways."""

HTML_WITHOUT_END = {
    "tag": "<" + "a" * 60_000,
    "tags": ("<" + "b" * 20_000) * 3,
    "closing": "</" + "p" * 60_000,
}
EMPTY_HTML = "<b ><p ></b ></p >"
"""Takes the longest to be cleaned, and nothing is left of it."""
