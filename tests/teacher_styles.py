"""Checks as other teachers write them, each with an answer that is right and one that is wrong."""

# ruff: noqa: E501  (code as students and teachers write it)

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from tests.little_course import CONFIG, told
from tests.programs import run
from tests.teacher_kinds import KINDS

# The name of the check: what it needs of the student's process beyond plain data, the answer, the check, and a
# wrong answer.
STYLES = {
    "number": (False, "answer = 6 * 7", "assert answer == 42", "answer = 41"),
    "partial": (False, "share = 0.5", "round(share * 2, 2)", "share = 0.25"),
    "printed": (
        False,
        "def greet(name):\n    print('Dear', name)",
        "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as page:\n    greet('Ms Li')\n"
        "assert page.getvalue() == 'Dear Ms Li\\n'",
        "def greet(name):\n    return 'Dear ' + name",
    ),
    "warns": (
        False,
        "def halve(n):\n    return n / 2",
        "assert halve(6) == 3",
        "import warnings\ndef halve(n):\n    warnings.warn('odd')\n    return n / 2",
    ),
    "raises": (
        False,
        "class Odd(ValueError): pass\ndef half(n):\n    if n % 2:\n        raise Odd(n)\n    return n // 2",
        "try:\n    half(3)\nexcept ValueError:\n    pass\nelse:\n    raise AssertionError('no error')",
        "def half(n):\n    return n // 2",
    ),
    "counter": (
        False,
        "from collections import Counter\nletters = Counter('banana')",
        "assert letters.most_common(1) == [('a', 3)]",
        "letters = {'a': 3}",
    ),
    "named-tuple": (
        False,
        "from collections import namedtuple\nPoint = namedtuple('Point', 'x y')\npoint = Point(1, 2)",
        "assert point.x + point.y == 3",
        "point = (1, 2)",
    ),
    "path": (
        False,
        "from pathlib import Path\nplace = Path('data') / 'letters.csv'",
        "assert place.name == 'letters.csv' and place.suffix == '.csv'",
        "place = 'data/letters.csv'",
    ),
    "large": (False, "power = 3 ** 10000", "assert power % 1000 == 1 and power > 10 ** 4000", "power = 3.0"),
    "changed-argument": (
        False,
        "def add(items, item):\n    items.append(item)",
        "kept = [1]\nadd(kept, 2)\nassert kept == [1, 2]",
        "def add(items, item):\n    return items + [item]",
    ),
    "frame": (
        False,
        "import pandas as pd\nframe = pd.DataFrame({'year': [1956, 1960], 'n': [1, 2]})",
        "assert frame.groupby('year').n.sum().to_dict() == {1956: 1, 1960: 2}",
        "import pandas as pd\nframe = pd.DataFrame({'year': [1956], 'n': [1]})",
    ),
    "array": (
        False,
        "import numpy as np\ngrid = np.arange(6).reshape(2, 3)",
        "import numpy as np\nnp.testing.assert_array_equal(grid.sum(axis=0), [3, 5, 7])",
        "import numpy as np\ngrid = np.arange(6)",
    ),
    "python-name": (False, "filter = 'lake'", "assert filter == 'lake'", "filter = 'pond'"),
    "magic": (False, "ratio = 2 / 3", "%precision 3\nassert abs(ratio - 0.6667) < 0.01", "ratio = 1"),
    "timed": (False, "def quick(n):\n    return n + 1", "%%time\nassert quick(1) == 2", "def quick(n): pass"),
    "file-of-course": (
        False,
        "rows = open('letters.txt').read().split()",
        "assert rows == open('letters.txt').read().split()",
        "rows = []",
    ),
    "recursion": (
        False,
        "def factorial(n):\n    return 1 if n < 2 else n * factorial(n - 1)",
        "assert [factorial(n) for n in (0, 5, 40)] == [1, 120, 815915283247897734345611269596115894272000000000]",
        "def factorial(n):\n    return n",
    ),
    "class": (
        True,
        "class Letter:\n    def __init__(self, to):\n        self.to = to",
        "assert Letter('Mao').to == 'Mao'",
        "class Letter:\n    to = 'Deng'",
    ),
    "generator": (
        True,
        "def count_up(n):\n    for i in range(n):\n        yield i",
        "import inspect\nassert inspect.isgenerator(count_up(3)) and list(count_up(3)) == [0, 1, 2]",
        "def count_up(n):\n    return list(range(n))",
    ),
    "decorator": (
        True,
        "def twice(function):\n    return lambda *a: (function(*a), function(*a))",
        "@twice\ndef one():\n    return 1\nassert one() == (1, 1)",
        "def twice(function):\n    return function",
    ),
    "docstring": (
        True,
        "def area(r):\n    'The area of a circle.'\n    return 3 * r * r",
        "import inspect\nassert 'circle' in area.__doc__ and list(inspect.signature(area).parameters) == ['r']",
        "def area(x):\n    return 3 * x * x",
    ),
    "looked-into": (
        True,
        "def total(xs):\n    return sum(xs)",
        "import inspect\nassert total([1, 2]) == 3 and 'for' not in inspect.getsource(total)",
        "def total(xs):\n    n = 0\n    for x in xs:\n        n += x\n    return n",
    ),
    "forbidden-name": (
        True,
        "def adds(xs):\n    n = 0\n    for x in xs:\n        n += x\n    return n",
        "assert adds([1, 2]) == 3 and 'sum' not in adds.__code__.co_names",
        "def adds(xs):\n    return sum(xs)",
    ),
    "undecorated": (
        True,
        "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)",
        "assert fib(10) == 55 and not hasattr(fib, 'cache_info')",
        "import functools\n@functools.lru_cache\ndef fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)",
    ),
    "changed-elsewhere": (
        True,
        "log = []\ndef note(text):\n    log.append(text)",
        "note('a')\nassert log == ['a']",
        "log = []\ndef note(text):\n    pass",
    ),
    "match": (
        True,
        "import re\nfound = re.match(r'(\\d+)', '1956 was')",
        "assert found.group(1) == '1956'",
        "found = None",
    ),
    "helper-removed": (
        True,
        "def square(n):\n    return n * n\ndef squares(n):\n    return [square(i) for i in range(n)]",
        "kept = square\ndel square\ntry:\n    squares(2)\nexcept NameError:\n    pass\nelse:\n"
        "    raise AssertionError('square is not used')\nfinally:\n    square = kept",
        "def square(n):\n    return n * n\ndef squares(n):\n    return [i * i for i in range(n)]",
    ),
    "by-text": (True, "z = 26", "assert globals()['z'] == 26", "z = 25"),
    "file-written": (
        True,
        "with open('out.txt', 'w') as file:\n    file.write('done')",
        "assert open('out.txt').read() == 'done'",
        "pass",
    ),
    "two-names": (
        False,
        "first, second = 'Deng', 'Mao'\ndef initial(name):\n    return name[0]",
        "assert type(first) is str and second is not None\nfor n in (first, second):\n    assert initial(n) in 'DM'",
        "first, second = 'Deng', 'Zhou'\ndef initial(name):\n    return name[0]",
    ),
}
# The solution gets its point in these in both ways, and the wrong answer in nbgrader none: what it is wrong in
# is not in the process of the check.
COPIES = {
    "name-of-python": (
        "def add_up(xs):\n    n = 0\n    for x in xs:\n        n += x\n    return n",
        "sum = None\nassert add_up([1, 2]) == 3\ndel sum",
        "def add_up(xs):\n    return sum(xs)",
    ),
    "patched": (
        "def in_order(xs):\n    xs, out = list(xs), []\n    while xs:\n        out.append(min(xs))\n        xs.remove(out[-1])\n    return out",
        "from unittest import mock\nwith mock.patch('builtins.sorted', side_effect=AssertionError):\n    assert in_order([3, 1]) == [1, 3]",
        "def in_order(xs):\n    return sorted(xs)",
    ),
    "same-object": (
        "orig = [1, 2]\ncopied = list(orig)",
        "assert copied == orig and copied is not orig",
        "orig = [1, 2]\ncopied = orig",
    ),
    "same-id": ("one = [1]\nother = [1]", "assert id(one) != id(other)", "one = other = [1]"),
    "changes-together": (
        "base = [[0]]\nclone = [list(row) for row in base]",
        "clone[0].append(9)\nassert base == [[0]]",
        "base = [[0]]\nclone = list(base)",
    ),
    "changes-by-row": (
        "board = [[0]]\nmirror = [list(row) for row in board]",
        "for row in mirror:\n    row[0] = 9\nassert board == [[0]]",
        "board = [[0]]\nmirror = list(board)",
    ),
    "unchanged": (
        "vals = [3, 1]\ndef top():\n    return max(vals)",
        "assert top() == 3\nassert vals == [3, 1]",
        "vals = [3, 1]\ndef top():\n    vals.sort()\n    return vals[-1]",
    ),
    "result-of-its-own": (
        "def tidy(xs):\n    return list(xs)",
        "given = [1]\nassert tidy(given) is not given",
        "def tidy(xs):\n    return xs",
    ),
    "not-in-globals": ("res = 1", "assert 'tmp_x' not in globals() and res == 1", "tmp_x = 5\nres = 1"),
    "not-in-cells": (
        "mode = 2",
        "assert not any('statistics' in cell for cell in In[:-1]) and mode == 2",
        "import statistics\nmode = 2",
    ),
    "not-in-main": (
        "spread = 1",
        "import sys\nassert spread == 1 and 'fractions' not in dir(sys.modules['__main__'])",
        "import fractions\nspread = 1",
    ),
    "no-file-left": (
        "clean = 1",
        "import os\nassert clean == 1 and not os.path.exists('left.txt')",
        "clean = 1\nopen('left.txt', 'w').close()",
    ),
    "no-path-left": (
        "bare = 1",
        "from pathlib import Path\nassert bare == 1 and not Path('over.txt').exists()",
        "bare = 1\nopen('over.txt', 'w').close()",
    ),
    "environment": (
        "shell = 1",
        "import os\nassert shell == 1 and os.environ.get('MYVAR') is None",
        "import os\nos.environ['MYVAR'] = '1'\nshell = 1",
    ),
    "few-calls": (
        "def fibs(n, known={}):\n    if n < 2:\n        return n\n    if n not in known:\n        known[n] = fibs(n - 1) + fibs(n - 2)\n    return known[n]",
        "import sys\ncalls = []\nsys.setprofile(lambda f, e, a: calls.append(1) if e == 'call' and f.f_code.co_name == 'fibs' else None)\nfound = fibs(15)\nsys.setprofile(None)\nassert found == 610 and len(calls) < 100",
        "def fibs(n):\n    return n if n < 2 else fibs(n - 1) + fibs(n - 2)",
    ),
    "attributes": (
        "import pandas as pd\ntable = pd.DataFrame({'a': [1]})",
        "assert not table.attrs",
        "import pandas as pd\ntable = pd.DataFrame({'a': [1]})\ntable.attrs['x'] = 1",
    ),
    "in-a-magic": (
        "def sums(xs):\n    n = 0\n    for x in xs:\n        n += x\n    return n",
        "%%time\nmax = sum = None\nassert sums([1, 2]) == 3\ndel max, sum",
        "def sums(xs):\n    return sum(xs)",
    ),
}
# The solution, the check, and a right answer of another kind: nbgrader gives it the point, and so does `coursework`
# where the last is empty; otherwise it is said that the name is or gives a value of this kind.
OTHER_KINDS = {
    "array": ("seq = [1, 2]", "assert sum(seq) == 3", "import array\nseq = array.array('i', [1, 2])", ""),
    "count-from-0": (
        "from collections import Counter\ncnt = Counter('a')",
        "assert cnt['a'] == 1 and cnt['zz'] == 0",
        "from collections import defaultdict\ncnt = defaultdict(lambda: 0)\ncnt['a'] += 1",
        "",
    ),
    "cut": (
        "import pandas as pd\nband = pd.Series(['low', 'high'])",
        "assert len(band) == 2",
        "import pandas as pd\nband = pd.cut(pd.Series([1, 9]), [0, 5, 10])",
        "",
    ),
    "intervals": (
        "import pandas as pd\nhist = pd.Series([1, 2])",
        "assert hist.sum() == 3",
        "import pandas as pd\nhist = pd.Series([1, 2], index=pd.interval_range(0, 2))",
        "",
    ),
    "complex": (
        "import numpy as np\nroots = np.array([1.0, -1.0])",
        "assert sorted(roots.real) == [-1, 1]",
        "import numpy as np\nroots = np.array([1.0, -1.0], complex)",
        "",
    ),
    "bytes": (
        "names = ['a', 'b']",
        "assert len(names) == 2",
        "import numpy as np\nnames = np.array([b'a', b'b'])",
        "",
    ),
    "user-dict": (
        "dd = {'a': 1}",
        "assert dd['a'] == 1",
        "from collections import UserDict\ndd = UserDict(a=1)",
        "",
    ),
    "proxy": (
        "mp = {'a': 1}",
        "assert mp['a'] == 1",
        "import types\nmp = types.MappingProxyType({'a': 1})",
        "",
    ),
    "chain": (
        "ch = {'a': 1}",
        "assert ch['a'] == 1",
        "from collections import ChainMap\nch = ChainMap({'a': 1})",
        "",
    ),
    "own-error": (
        "def look(d, k):\n    return d[k]",
        "try:\n    look({}, 'q')\nexcept LookupError as error:\n    assert error.args == ('q',)\nelse:\n    assert False",
        "class Missing(KeyError): pass\ndef look(d, k):\n    if k not in d:\n        raise Missing(k)\n    return d[k]",
        "",
    ),
    "own-words": (
        "def least(n):\n    if n < 0:\n        raise ValueError('negative')",
        "try:\n    least(-1)\nexcept ValueError as error:\n    assert 'neg' in str(error)\nelse:\n    assert False",
        "class Neg(ValueError):\n    def __str__(self):\n        return 'negative'\ndef least(n):\n    if n < 0:\n        raise Neg(n)",
        "",
    ),
    "mentioned": ("gen = [1, 2]\n", "assert gen", "gen = (n for n in (1, 2))", ""),
    "mentioned-then-used": ("used = 3", "assert used == 3", "used = sum(gen)", ""),
    "sorts-array": (
        "import numpy as np\ndef tidy_up(grid):\n    grid.sort()",
        "import numpy as np\nkept = np.array([2, 1])\ntidy_up(kept)\nassert kept[0] == 1",
        "def tidy_up(grid):\n    grid[:] = sorted(grid)",
        "",
    ),
    "adds-a-row": (
        "def add_row(frame):\n    frame.loc[2] = 3",
        "import pandas as pd\nkept = pd.DataFrame({'n': [1, 2]})\nadd_row(kept)\nassert kept.n.tolist() == [1, 2, 3]",
        "def add_row(frame):\n    frame.loc[len(frame)] = 3",
        "",
    ),
    "dataclass": (
        "from collections import namedtuple\npt = namedtuple('P', 'x y')(1, 2)",
        "assert pt.x + pt.y == 3",
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    y: int\npt = P(1, 2)",
        "`pt` is or gives P",
    ),
    "in-a-list": (
        "from collections import namedtuple\nQ = namedtuple('Q', 'x')\npts = [Q(3)]",
        "assert pts[0].x == 3",
        "class Q:\n    x = 3\npts = [Q()]",
        "`pts` is or gives Q",
    ),
    "returned": (
        "from collections import namedtuple\nR = namedtuple('R', 'x')\ndef make(n):\n    return R(n)",
        "assert make(3).x == 3",
        "class R:\n    def __init__(self, x):\n        self.x = x\ndef make(n):\n    return R(n)",
        "`make` is or gives R",
    ),
    "own-dict": (
        "from collections import Counter\nzero = Counter()",
        "assert zero['q'] == 0",
        "class Zero(dict):\n    def __missing__(self, key):\n        return 0\nzero = Zero()",
        "`zero` is or gives Zero",
    ),
    "class-called": (
        "def mk(n):\n    return {'n': n}",
        "assert mk(3)['n'] == 3",
        "class mk(dict):\n    def __init__(self, n):\n        self['n'] = n",
        "`mk` is or gives class mk",
    ),
    "sparse": (
        "import pandas as pd\ndum = pd.DataFrame({'a': [1, 0]})",
        "assert dum.a.sum() == 1",
        "import pandas as pd\ndum = pd.DataFrame({'a': pd.arrays.SparseArray([1, 0])})",
        "`dum` is or gives DataFrame (a column of Sparse",
    ),
    "records": (
        "import numpy as np\nrec = np.array([1])",
        "assert len(rec) == 1",
        "import numpy as np\nrec = np.rec.array([(1, 'a')], names='n,s')",
        "`rec` is or gives array of",
    ),
    "memoryview": (
        "raw = b'ab'",
        "assert bytes(raw) == b'ab'",
        "raw = memoryview(b'ab')",
        "`raw` is or gives memoryview",
    ),
    "many": (
        "big = list(range(10))",
        "assert big[3] == 3",
        "big = list(range(1_200_000))",
        "`big` is or gives list (more than 1,000,000 values)",
    ),
}
STYLES |= {name: (True, *texts) for name, texts in COPIES.items()} | KINDS
TEXTS = {name: texts for name, (_, *texts) in STYLES.items()}
IN_SAMPLES = {
    *("same-object", "same-id", "changes-together", "changes-by-row", "unchanged", "result-of-its-own"),
    *("no-file-left", "no-path-left"),
}
"""Those of them that only a sample with wrong answers shows, not the code of the check."""
APART = [name for name, (needs, *_) in STYLES.items() if needs]
"""The checks that must be named: in these the solution gets no points apart from the student's cells, or a wrong
answer gets some."""

GIVEN = "text = open('letters.txt').read()"


def styles_notebook(names, styles):
    """Return the source of an assignment with some of these checks."""
    cells = [new_code_cell(GIVEN, metadata=told("given"))]
    for name in names:
        answer, check = styles[name][:2]
        solved = f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION"
        hidden = (
            f"{check}" if check.startswith("%%") else f"### BEGIN HIDDEN TESTS\n{check}\n### END HIDDEN TESTS"
        )
        cells.append(new_code_cell(solved, metadata=told(f"answer-{name}", solution=True)))
        cells.append(new_code_cell(hidden, metadata=told(name, grade=True, points=1)))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(metadata={"kernelspec": kernel}, cells=cells)


def styles_course(folder, names, styles=TEXTS):
    """Make a course of these checks, with a file beside its notebook; return what students get."""
    (folder / "source/sums").mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG)
    (folder / "source/sums/letters.txt").write_text("Deng Mao")
    nbformat.write(styles_notebook(names, styles), folder / "source/sums/sums.ipynb")
    assert run("nbgrader", "generate_assignment", "sums", cwd=folder).returncode == 0
    return nbformat.read(folder / "release/sums/sums.ipynb", 4)


def with_answers(released, *, right=False, styles=TEXTS):
    """Return the notebook with the right answers, or the others."""
    notebook = nbformat.from_dict(released)
    for cell in notebook.cells:
        name = cell.metadata.nbgrader.grade_id.removeprefix("answer-")
        if cell.metadata.nbgrader.solution:
            cell.source = styles[name][0 if right else 2]
    return notebook
