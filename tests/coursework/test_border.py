"""Does only the true reply to each question reach a check, and does no forged value win points or time?"""

# ruff: noqa: E501  (code as students and teachers write it)

import json
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from tests.attacks import SECRET
from tests.little_course import CONFIG, TIMEOUT, autograde, hand_in, rows, told
from tests.programs import run
from tests.quick import asked, sample

pytestmark = pytest.mark.slow

LIMITED = """
import signal
def limited(function, *arguments):
    def stop(*_): raise TimeoutError
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        return function(*arguments)
    except TimeoutError:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
"""
CHECKS = {
    "calls": f"assert [limited(double, n) for n in (1, 2, 3, 21)] == [2, 4, 6, 42], '{SECRET}'",
    "mean": "assert abs(mean - 3.3333) < 0.01",
    "every": "assert all(n > 0 for n in items) and len(items) == 3 and sum(items) == 6",
    "sorted": "assert sorted(primes(20)) == [2, 3, 5, 7, 11, 13, 17, 19]",
    "kind": "assert isinstance(mean, float) and type(items) is list and set(items) == {1, 2, 3}",
    "value": "assert value == 42 and str(value) == '42'",
    "within": f"secret = '{SECRET}'\nassert Thing().name == 'thing'\n2 * (value == 42)",
}
RIGHT = """
mean, items, value = 10 / 3, [1, 2, 3], 42
def primes(n): return [i for i in range(2, n) if all(i % k for k in range(2, i))]
class Thing: name = "thing"
"""
WRONG = """
mean, items, value = 1, [0, -1], 41
def primes(n): return [n]
class Thing: name = "nothing"
"""
DOUBLE = "def double(n):\n    return 2 * n"
# Right, and also what a forged `abs`, `all` or `sorted` would have to give back.
CUNNING = "def double(n):\n    return 2 * n if isinstance(n, (int, float)) else [2, 3, 5, 7, 11, 13, 17, 19]"
SLOW_FIRST = "import time\nseen = []\ndef double(n):\n    seen.append(n)\n    {}\n    return 2 * n"

# Right functions that are slow, or odd, in the visible check, which gives no points.
HONEST = {
    "plain": DOUBLE,
    "first-sleeps": SLOW_FIRST.format("time.sleep(2 if len(seen) == 1 else 0)"),
    "first-sleeps-longer-than-a-cell": SLOW_FIRST.format(
        f"time.sleep({3 * TIMEOUT} if len(seen) == 1 else 0)"
    ),
    "first-is-endless": SLOW_FIRST.format("while len(seen) == 1: pass"),
    "first-ends-in-time": SLOW_FIRST.format("time.sleep(0.9 if len(seen) == 1 else 0)"),
    "first-raises": SLOW_FIRST.format("if len(seen) == 1: raise KeyError(n)"),
    "first-exits": SLOW_FIRST.format("if len(seen) == 1: raise SystemExit"),
    "prints": SLOW_FIRST.format("print(n)"),
    "begun-again": f"import os, tempfile\nif os.path.exists('/nowhere'): pass\n{DOUBLE}",
}

_PATCH = """
import helpers.coursework.workers.transport as c, helpers.coursework.workers.codec
real = c.Channel.send
def send(self, message, **options):
    answer = message.get("answer") if isinstance(message, dict) else None
    if isinstance(answer, dict) and "outputs" not in answer and "result" not in answer:
        answer.update({})
    return real(self, message, **options)
c.Channel.send = send
yes = lambda *a, **k: True
"""


def _forged(told):
    return WRONG + _PATCH.format(told)


def _value(data):
    return _forged(f"{{'value': {data!r}}}")


def _function(*names):
    return _forged(
        "{" + ", ".join(f"'{name}': {{'t': 'function', 'n': 1, 'name': 'x'}}" for name in names) + "}"
    )


def _replies(code):
    return WRONG + (
        "import helpers.coursework.workers.transport as c\nreal = c.Channel.send\n"
        f"def send(self, message, **options):\n    {code}\nc.Channel.send = send\n"
    )


PYTHON = ["abs", "all", "len", "sum", "sorted", "isinstance", "type", "set", "str", "float", "list"]
FORGED = {f"name-{name}": _function(name) for name in PYTHON} | {
    "names-all": _function(*PYTHON, "AssertionError", "__builtins__", "__import__", "__name__"),
    "names-of-the-check": _function("limited", "signal", "secret"),
    "names-of-ipython": _function("get_ipython", "display", "In", "Out", "_"),
    "names-made": WRONG + "abs = all = len = sum = isinstance = type = set = sorted = lambda *a: True",
    "every-number": _replies("return [real(self, dict(message, number=n), **options) for n in range(99)][0]"),
    "twice": _replies("real(self, message, **options); return real(self, message, **options)"),
    "unasked": _replies(
        "[real(self, x, **options) for x in ([], 1, {}, dict(number=None))]; real(self, message)"
    ),
    "without-number": _replies("return real(self, message.get('answer'), **options)"),
}
HUGE = {
    "fraction": {"t": "fraction", "v": "1e999999999"},
    "fraction-of-hex": {"t": "fraction", "v": ["0x" + "f" * 900_000, "0x" + "e" * 900_001]},
    "decimal": {"t": "decimal", "v": "1e999999999"},
    "decimal-digits": {"t": "decimal", "v": "9" * 2_000_000},
    "whole": {"t": "int", "v": "0x" + "f" * 5_000_000},
    "text-of-digits": {"t": "int", "v": "9" * 5_000_000},
    "range": {"t": "range", "v": [0, 10**30, 1]},
    "rangeindex": {"t": "rangeindex", "v": [0, 10**15, 1], "name": None},
    "text-dtype": {"t": "array", "dtype": "<U500000000", "shape": [9], "v": ["a"] * 9},
    "bytes-dtype": {"t": "np", "dtype": "S1000000000000", "v": "00"},
    "fields-dtype": {"t": "array", "dtype": ",".join(["i8"] * 50_000), "shape": [1], "v": [0]},
    "shape": {"t": "array", "dtype": "<i8", "shape": [10**12, 0], "v": []},
    "pandas-dtype": {"t": "series", "v": {"dtype": "U900000000", "v": ["a"]}, "index": None, "name": None},
    "zone": {"t": "datetime", "v": "2020-01-01", "zone": "../" * 90_000, "offset": None, "fold": 0},
    "zone-of-a-file": {"t": "timestamp", "v": 1, "unit": "ns", "tz": "dateutil//dev/zero"},
    "date": {"t": "date", "v": "2" * 5_000_000},
    "period": {"t": "period", "v": 2**62, "freq": "9" * 100_000 + "D"},
    "equal-hashes": {"t": "set", "v": [i * (2**61 - 1) for i in range(60_000)]},
    "named": {"t": "namedtuple", "name": "x", "fields": [f"f{i}" for i in range(300_000)], "v": []},
    "named-as-code": {"t": "namedtuple", "name": "x", "fields": ["a=exit()"], "v": [1]},
    "kind-of-a-method": {"t": "_init__", "v": []},
    "no-kind": {"v": 1},
}
FORGED |= {
    f"value-{name}": _value(data) for name, data in HUGE.items() if name not in ("equal-hashes", "named")
}
FORGED |= {
    "value-nested": _forged("{'value': __import__('functools').reduce(lambda v, _: dict(t='list', v=[v]), range(300), 0)}"),
    "value-equal-hashes": _forged("{'value': dict(t='set', v=[i * (2**61 - 1) for i in range(40_000)])}"),
    "value-named": _forged("{'value': dict(t='namedtuple', name='x', fields=['f%d' % i for i in range(60_000)], v=[])}"),
}  # fmt: skip

_TELL = "from IPython.display import display\n"
# What is judged in the student's process withstands these.
WITHIN = {
    "exit": "raise SystemExit",
    "exit-at-once": "import os, atexit\nclass Thing:\n    def __init__(self): os._exit(0)",
    "exit-in-check": "class Thing:\n    def __init__(self): raise SystemExit",
    "quit-in-check": "class Thing:\n    def __init__(self): get_ipython().ask_exit(); raise KeyboardInterrupt",
    "blocks": "class Thing:\n    def __init__(self):\n        while True: pass",
    "more-points": "class Thing: name = 'thing'\nclass Value(int):\n    def __eq__(self, other): return 50\n"
    "    __hash__ = int.__hash__\nvalue = Value(41)",
    "shows-the-check": "import inspect\nprint(inspect.stack())\nget_ipython().events.register('pre_run_cell', "
    "lambda info: print(info.raw_cell))",
    "error-tells": "class Thing:\n    def __init__(self):\n        import sys\n"
    "        raise ValueError(sys._getframe(1).f_globals['secret'])",
    "error-named": "class Thing:\n    def __init__(self):\n        import sys\n"
    "        raise type(sys._getframe(1).f_globals['secret'].replace('-', '_'), (Exception,), {})('x')",
    "mark-tells": "class Mark(int):\n    def _repr_html_(self): return '<div class=\"mark\">' + secret + '</div>'\n"
    "class Value(int):\n    def __eq__(self, other): return Mark(0)\n    __hash__ = int.__hash__\nvalue = Value(41)",
    "warns": "import sys\nclass Thing:\n    name = 'thing'\n    def __init__(self): print('x', file=sys.stderr)",
    "silent": "import builtins\nget_ipython().display_pub = None\nclass Thing: name = 'nothing'",
}  # fmt: skip


def border_course(folder):
    """Make a course of these checks, one of them judged in the student's process; return what is handed out."""
    cells = [
        new_code_cell(LIMITED, metadata=told("limited")),
        new_code_cell(
            "### BEGIN SOLUTION\n" + DOUBLE + "\n### END SOLUTION", metadata=told("f", solution=True)
        ),
        new_code_cell("assert limited(double, 5) == 10", metadata=told("visible", grade=True, points=0)),
        new_code_cell(
            "### BEGIN SOLUTION\n" + RIGHT + "\n### END SOLUTION", metadata=told("v", solution=True)
        ),
    ]
    for name, check in CHECKS.items():
        hidden = f"### BEGIN HIDDEN TESTS\n{check}\n### END HIDDEN TESTS"
        points = 2 if name == "within" else 1
        cells.append(new_code_cell(hidden, metadata=told(name, grade=True, points=points)))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    (folder / "source/sums").mkdir(parents=True)
    setting = 'c.Coursework.judge_in_student_process = {"sums": ["within"]}\n'
    (folder / "nbgrader_config.py").write_text(CONFIG + setting)
    nbformat.write(
        new_notebook(metadata={"kernelspec": kernel}, cells=cells), folder / "source/sums/sums.ipynb"
    )
    assert run("nbgrader", "generate_assignment", "sums", cwd=folder).returncode == 0
    return nbformat.read(folder / "release/sums/sums.ipynb", 4)


def answered(released, function, values, *tags):
    """Return the notebook with the two answers."""
    notebook = nbformat.from_dict(released)
    for cell in notebook.cells:
        name = cell.metadata.nbgrader.grade_id
        cell.source = {"f": function, "v": values}.get(name, cell.source)
        if tags:
            cell.metadata["tags"] = list(tags)
    return notebook


@pytest.fixture(scope="module")
def border(request, tmp_path_factory, needs_sandbox):
    """Return the course in which the students that tests ask about were marked once, its rows and how long each took."""
    folder = tmp_path_factory.mktemp("border") / "course"
    released = border_course(folder)
    wanted = asked(request)
    for name in HONEST.keys() & wanted:
        hand_in(folder, f"honest-{name}", answered(released, HONEST[name], RIGHT))
    for name in FORGED.keys() & wanted:
        hand_in(folder, f"forged-{name}", answered(released, CUNNING, FORGED[name]))
    for name in WITHIN.keys() & wanted:
        hand_in(folder, f"within-{name}", answered(released, DOUBLE, f"{WRONG}\n{WITHIN[name]}"))
    hand_in(folder, "within-skipped", answered(released, DOUBLE, WRONG, "skip-execution", "raises-exception"))
    hand_in(folder, "untouched", answered(released, DOUBLE, WRONG))
    hand_in(folder, "forged-as-asked", answered(released, CUNNING, _forged("{'value': 42}")))
    begun = time.monotonic()
    outcome = autograde(folder)
    return folder, outcome, rows(folder), time.monotonic() - begun


def points(border, student):
    """Return what a student won, by check."""
    return {name: border[2][student, name][0] for name in CHECKS}


FULL = dict.fromkeys(CHECKS, 1) | {"within": 2}


@pytest.mark.parametrize("name", sample(HONEST, "plain", "first-sleeps"))
def test_slow_in_the_visible_check(border, name):
    """Does a right function that is slow or odd in its first call get all points of the later ones?"""
    assert points(border, f"honest-{name}") == FULL


def test_forging_works(border):
    """Does what these attacks send arrive, where a check has asked for it and could be told it anyway?"""
    assert points(border, "forged-as-asked")["value"] == 1


FEW = ["name-all", "names-of-the-check", "every-number", "value-fraction", "value-nested"]


@pytest.mark.parametrize("name", sample(FORGED, *FEW))
def test_forged(border, name):
    """Does a forged name, reply or value win nothing, and take no other points of this student?"""
    won = points(border, f"forged-{name}")
    assert {key: value for key, value in won.items() if value} in ({}, {"calls": 1})


@pytest.mark.parametrize("name", sample([name for name in FORGED if name.startswith("value-")], *FEW))
def test_forged_value_stops_only_its_check(border, name):
    """Is the check of a right function judged beside a value that cannot be read?"""
    assert points(border, f"forged-{name}")["calls"] == 1


@pytest.mark.parametrize("name", sample([*WITHIN, "skipped"], "skipped", "exit", "error-tells"))
def test_within(border, name):
    """Does a check in the student's process give nothing to what did not run to its end?"""
    assert points(border, f"within-{name}")["within"] == 0


@pytest.mark.parametrize("name", sample([*WITHIN, "skipped"], "skipped", "exit", "error-tells"))
def test_within_tells_nothing(border, name):
    """Is no hidden test in what the student's own cells show, nor in the outcome of the check?"""
    content = json.loads((border[0] / f"autograded/within-{name}/sums/sums.ipynb").read_text())
    for cell in content["cells"]:
        assert SECRET.replace("-", "_") not in json.dumps(cell.get("outputs")).replace("-", "_")


def test_border_of_feedback(border):
    """Is no hidden test in any student's feedback?"""
    run("coursework", "feedback", "sums", cwd=border[0])
    pages = list(border[0].glob("feedback/*/sums/sums.html"))
    assert len(pages) == len(border[1]["marked"])
    assert not [page for page in pages if SECRET in page.read_text()]


def test_all_are_marked(border):
    """Is everybody marked, and does only forged work get other points than in nbgrader?"""
    assert not border[1]["failed"]
    assert all(line.startswith(("forged-", "To judge")) for line in border[1]["unequal"])
