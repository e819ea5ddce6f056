"""Exercises as other teachers write them: short notebooks, each with the answers of students who are wrong."""

# ruff: noqa: E501  (code as teachers and students write it)

from typing import NamedTuple

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
_KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
# Of each kind: whether nbgrader grades it, whether students write into it, and whether it is a task.
_KINDS = {
    "markdown": None,
    "given": (False, False, False),
    "answer": (False, True, False),
    "check": (True, False, False),
    "manual": (True, True, False),
    "task": (False, False, True),
}


class Style(NamedTuple):
    """A notebook as a teacher writes it, and what students answer.

    The kinds of cells:

    ``markdown``
        Text without metadata.
    ``given``
        Locked code without points, such as imports and data.
    ``answer``
        Code with the solution between ``### BEGIN SOLUTION`` and ``### END SOLUTION``.
    ``check``
        Locked code with points; it may have ``### BEGIN HIDDEN TESTS`` and ``### END HIDDEN TESTS``.
    ``manual``
        An answer that a person marks: code if it has a ``### BEGIN SOLUTION``, and otherwise text.
    ``task``
        A text that a person marks and below which students add cells.
    """

    name: str  # letters, digits and hyphens
    # The kind, the text and the points of each cell; the points are None where the kind has none.
    cells: list[tuple[str, str, float | None]]
    # For each student who is wrong: the number of a cell in `cells`, counted from 0, and what the student
    # wrote there; the other answers are the solution's.
    wrong: list[dict[int, str]]


def cell_name(style: Style, number: int) -> str:
    """Return the name of a cell in the gradebook."""
    return f"{style.name}-{style.cells[number][0]}-{number}"


def notebook_of(style: Style) -> NotebookNode:
    """Return the notebook of a style with its solution."""
    cells = []
    for number, (kind, text, points) in enumerate(style.cells):
        told = {}
        if _KINDS[kind]:
            grade, solution, task = _KINDS[kind]
            told = {"grade_id": cell_name(style, number), "grade": grade, "solution": solution, "task": task}
            told |= {"locked": not solution, "schema_version": 3}
            told |= {} if points is None else {"points": points}
        is_text = kind in ("markdown", "task") or (kind == "manual" and BEGIN not in text)
        make = new_markdown_cell if is_text else new_code_cell
        cells.append(make(text, metadata={"nbgrader": told} if told else {}))
    return new_notebook(metadata={"kernelspec": _KERNEL}, cells=cells)


def wrong_answers(style: Style) -> dict[str, dict[str, str]]:
    """Return for each student who is wrong what is in which answer."""
    for answers in style.wrong:
        for number in answers:
            assert _KINDS[style.cells[number][0]][1], f"{style.name}: cell {number} is no answer."
    return {
        f"wrong-{i}": {cell_name(style, number): text for number, text in answers.items()}
        for i, answers in enumerate(style.wrong, 1)
    }


def _style(name: str, *cells: str, wrong: list[str | dict[int, str]], given: str = "") -> Style:
    """Return a style of code cells: an answer and its check in turn, after a given cell if there is one.

    A text in `wrong` is in the place of the first answer.
    """
    first = [("given", given, None)] if given else []
    in_turn = [
        ("check", text, 1) if i % 2 else ("answer", f"{BEGIN}\n{text}\n{END}", None)
        for i, text in enumerate(cells)
    ]
    answers = [{len(first): one} if isinstance(one, str) else one for one in wrong]
    return Style(name, [*first, *in_turn], answers)


# Forms that public courses have: data-8's and otter's tests in doctest's form and as dictionaries, and the hashed
# answers and types of UBC's courses.
_OTTER = """
def check(test):
    import doctest
    for suite in test["suites"]:
        for case in suite["cases"]:
            example = doctest.DocTestParser().get_doctest(case["code"], globals(), test["name"], None, 0)
            runner = doctest.DocTestRunner(verbose=False)
            runner.run(example, out=lambda text: None)
            assert not runner.failures, case["code"]
"""
_HASH = "from hashlib import sha1\ndef digest(value, salt=b'7b'):\n    return sha1(str(value).encode() + salt).hexdigest()"

SHAPES = [
    _style(
        "data8-call",
        "def to_percentage(share):\n    return share * 100",
        "tests = [('to_percentage(.35) == 35.0', 'A share of .35 is 35 percent'), ('to_percentage(1) == 100', 'All')]\n"
        "for code, hint in tests:\n    assert eval(code), hint",
        wrong=[
            "def to_percentage(share):\n    return share * 10",
            "def to_percentage(share):\n    return 35.0",
        ],
    ),
    _style(
        "data8-table",
        "largest = flowers.sort_values('petals', ascending=False).head(2)",
        "assert largest.shape == (2, 2)\nassert set(largest.color) == {'pink', 'red'}",
        "by_color = flowers.groupby('color').petals.mean()",
        "assert by_color['red'] == 34 and by_color.index.name == 'color'",
        given="import pandas as pd\nflowers = pd.DataFrame({'petals': [8, 34, 5], 'color': ['pink', 'red', 'blue']})",
        wrong=["largest = flowers.head(2)", {1: "largest = flowers", 3: "by_color = {'red': 34}"}],
    ),
    _style(
        "data8-simulation",
        "def roll():\n    return np.random.choice(np.arange(1, 7))\nrolls = [roll() for _ in range(600)]",
        "assert 1 <= roll() <= 6 and len(set(rolls)) == 6\nassert 3 < np.mean(rolls) < 4",
        given="import numpy as np\nnp.random.seed(8)",
        wrong=[
            "def roll():\n    return 3\nrolls = [3] * 600",
            "def roll():\n    return np.random.randint(1, 6)\nrolls = [roll() for _ in range(600)]",
        ],
    ),
    _style(
        "otter-dictionary",
        "x = 3\ndef square(n):\n    return n ** 2",
        "check({'name': 'q1', 'suites': [{'cases': [{'code': '>>> square(3)\\n9\\n'}, {'code': '>>> x == 3\\nTrue\\n'}]}]})",
        given=_OTTER,
        wrong=["x = 4\ndef square(n):\n    return n ** 2", "x = 3\ndef square(n):\n    return n * 2"],
    ),
    _style(
        "otter-function",
        "def evens(xs):\n    return [x for x in xs if x % 2 == 0]",
        "def test_q2(evens):\n    assert evens([1, 2, 4]) == [2, 4]\n    assert evens([]) == []\ntest_q2(evens)",
        wrong=["def evens(xs):\n    return [x for x in xs if x % 2]", "def evens(xs):\n    return xs[1:]"],
    ),
    _style(
        "otter-environment",
        "years = [1956, 1960]",
        "def test_q3(env):\n    assert env['years'] == [1956, 1960]\ntest_q3(globals())",
        wrong=["years = [1956]"],
    ),
    _style(
        "ubc-hashed-number",
        "mean_age = round(25 / 3, 2)",
        "assert digest(type(mean_age)) == digest(float), 'type of mean_age is not correct'\n"
        "assert digest(mean_age) == digest(8.33), 'value of mean_age is not correct'",
        given=_HASH,
        wrong=["import numpy as np\nmean_age = np.float64(8.33)", "mean_age = '8.33'", "mean_age = 8.333"],
    ),
    _style(
        "ubc-hashed-text",
        "letter = 'B'",
        "assert isinstance(letter, str), 'It should be a string.'\nassert digest(letter.lower()) == digest('b')",
        given=_HASH,
        wrong=["letter = 'C'", "letter = ['B']"],
    ),
    _style(
        "ubc-hashed-frame",
        "tidy = cities.dropna().rename(columns={'pop': 'people'})",
        "assert digest(sorted(tidy.columns)) == digest(['city', 'people'])\nassert digest(len(tidy)) == digest(2)\n"
        "assert digest(type(tidy)) == digest(pd.DataFrame)\nassert digest(tidy.people.dtype) == digest('float64')",
        given=f"import pandas as pd\n{_HASH}\ncities = pd.DataFrame({{'city': ['Bern', 'Rome', 'Oslo'], 'pop': [0.1, None, 0.7]}})",
        wrong=[
            "tidy = cities.dropna()",
            "tidy = cities.dropna().rename(columns={'pop': 'people'}).astype({'people': int})",
        ],
    ),
    _style(
        "ubc-plot-text",
        "title, axis = 'Population by year', {'x': 'year', 'y': 'people'}",
        "assert 'year' in title.lower() and axis['x'] != axis['y']",
        wrong=[
            "title, axis = 'Population', {'x': 'year', 'y': 'people'}",
            "title, axis = 'Population by year', {'x': 'year'}",
        ],
    ),
    Style(
        "nbgrader-mixed",
        [
            ("markdown", "## The mean", None),
            ("given", "numbers = [3, 4, 8]", None),
            ("answer", f"def mean(xs):\n    {BEGIN}\n    return sum(xs) / len(xs)\n    {END}", None),
            ("check", "assert mean([1, 2]) == 1.5", 1),
            ("check", "### BEGIN HIDDEN TESTS\nassert mean(numbers) == 5\n### END HIDDEN TESTS", 2),
            ("manual", "When is the mean misleading?", 3),
            ("manual", f"{BEGIN}\nprint(mean([1, 2, 3]))\n{END}", 1),
            ("task", "Draw a map and upload it.", 4),
        ],
        [
            {2: "def mean(xs):\n    return sum(xs) / 2"},
            {2: "def mean(xs):\n    return 5", 5: "When it is skewed."},
        ],
    ),
    _style(
        "gradescope-partial",
        "def area(w, h):\n    return w * h",
        "points = 0\nfor case, want in [((2, 3), 6), ((1, 1), 1), ((0, 5), 0), ((4, .5), 2)]:\n    points += (area(*case) == want) / 4\npoints",
        wrong=[
            "def area(w, h):\n    return 6",
            "def area(w, h):\n    return w + h",
            "def area(w):\n    return w",
        ],
    ),
]

# Our own inventions, with an eye on what two processes could make different.
INVENTED = [
    _style(
        "global-not-parameter",
        "def tax(price, rate):\n    return price * rate",
        "rate = 0.5\nassert tax(10, 0.1) == 1",
        given="rate = 0.1",
        wrong=["def tax(price, rate_of_it):\n    return price * rate"],
    ),
    _style(
        "global-set-by-check",
        "def square(k):\n    return k * k",
        "for n in range(4):\n    assert square(n) == n ** 2",
        wrong=["n = 3\ndef square(k):\n    return n * n", "def square(k):\n    return n ** 2"],
    ),
    _style(
        "given-data-changed",
        "total = scores.points.sum()",
        "assert total == scores.points.sum()",
        given="import pandas as pd\nscores = pd.DataFrame({'points': [1, 2, 3]})",
        wrong=[
            "scores['points'] *= 2\ntotal = scores.points.sum()",
            "scores = scores.head(1)\ntotal = scores.points.sum()",
            "scores = None\ntotal = 6",
        ],
    ),
    _style(
        "given-helper-replaced",
        "doubled = helper(4)",
        "assert helper(4) == doubled",
        given="def helper(n):\n    return 2 * n",
        wrong=["def helper(n):\n    return 3 * n\ndoubled = helper(4)"],
    ),
    _style(
        "iterator-used-up",
        "pairs = [(1, 'a'), (2, 'b')]",
        "assert list(pairs) == [(1, 'a'), (2, 'b')]",
        "n_pairs = 2",
        "assert len(list(pairs)) == n_pairs == 2",
        wrong=["pairs = zip([1, 2], 'ab')", "pairs = ((n, c) for n, c in [(1, 'a'), (2, 'b')])"],
    ),
    _style(
        "changed-by-another-check",
        "marks = [1, 2, 3]",
        "marks.sort()\nassert marks == [1, 2, 3]",
        "best = 3",
        "assert best == marks[-1]",
        wrong=["marks = [3, 1, 2]"],
    ),
    _style(
        "import-of-a-check",
        "root = 4 ** 0.5",
        "import math\nlimit = 10\nassert math.isclose(root, 2)",
        "import math\ncircle = math.pi\nten = 10",
        "assert 3 < circle < 4 and ten == 10",
        wrong=[{2: "circle = math.pi\nten = 10"}, {2: "circle = 3.14\nten = limit"}],
    ),
    _style(
        "last-value",
        "6 * 7",
        "assert _ == 42",
        wrong=["41", "answer = 42"],
    ),
    _style(
        "by-eval",
        "capital = 'Bern'\ndef add(a, b):\n    return a + b",
        "for expression, value in {'capital': 'Bern', 'add(1, 2)': 3}.items():\n    assert eval(expression) == value",
        wrong=[
            "capital = 'Rome'\ndef add(a, b):\n    return a + b",
            "capital = 'Bern'\ndef add(a, b):\n    return a - b",
        ],
    ),
    _style(
        "by-exec",
        "side = 3",
        "exec('assert side == 3')",
        wrong=["side = 4"],
    ),
    _style(
        "doctest-of-all",
        "def triple(n):\n    '''\n    >>> triple(2)\n    6\n    '''\n    return 3 * n",
        "import doctest\nassert doctest.testmod(verbose=False).failed == 0",
        wrong=["def triple(n):\n    '''\n    >>> triple(2)\n    6\n    '''\n    return 2 * n"],
    ),
    _style(
        "unit-test",
        "def is_leap(year):\n    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)",
        "import io, unittest\nclass TestLeap(unittest.TestCase):\n    def test_century(self):\n        self.assertFalse(is_leap(1900))\n"
        "        self.assertTrue(is_leap(2000))\nfound = unittest.defaultTestLoader.loadTestsFromTestCase(TestLeap)\n"
        "assert unittest.TextTestRunner(stream=io.StringIO()).run(found).wasSuccessful()",
        wrong=["def is_leap(year):\n    return year % 4 == 0"],
    ),
    _style(
        "kind-of-value",
        "ages = [3, 4]",
        "assert isinstance(ages, list) and type(ages) is list",
        wrong=[
            "ages = (3, 4)",
            "ages = {3: 1, 4: 1}.keys()",
            "ages = range(3, 5)",
            "import numpy as np\nages = np.array([3, 4])",
            "class Ages(list): pass\nages = Ages([3, 4])",
        ],
    ),
    _style(
        "exactly-true",
        "import numpy as np\nis_even = 4 % 2 == 0",
        "assert is_even is True",
        wrong=["import numpy as np\nis_even = np.True_", "is_even = 1", "is_even = 'True'"],
    ),
    _style(
        "name-of-function",
        "def volume(r):\n    return 4 * r ** 3",
        "assert callable(volume) and volume.__name__ == 'volume' and volume(1) == 4",
        wrong=["volume = lambda r: 4 * r ** 3", "from functools import partial\nvolume = partial(pow, 4)"],
    ),
    _style(
        "function-of-functions",
        "def bisect(f, a, b):\n    while b - a > 1e-9:\n        m = (a + b) / 2\n        a, b = (m, b) if f(a) * f(m) > 0 else (a, m)\n    return (a + b) / 2",
        "assert abs(bisect(lambda x: x ** 2 - 2, 0, 2) - 2 ** 0.5) < 1e-6",
        wrong=["def bisect(f, a, b):\n    return (a + b) / 2", "def bisect(f, a, b):\n    return 1.41421356"],
    ),
    _style(
        "function-that-returns-one",
        "def power(n):\n    return lambda x: x ** n",
        "square, cube = power(2), power(3)\nassert square(3) == 9 and cube(2) == 8",
        wrong=[
            "def power(n):\n    return lambda x: x ** 2",
            "n = 2\ndef power(n_):\n    return lambda x: x ** n",
        ],
    ),
    _style(
        "changed-later",
        "def shift(x):\n    return x + 1",
        "assert shift(3) == 4",
        "step = 10\ndef far(x):\n    return x + step",
        "assert far(3) == 13",
        wrong=[{0: "step = 1\ndef shift(x):\n    return x + step"}],
    ),
    _style(
        "state-between-calls",
        "count = 0\ndef visit():\n    global count\n    count += 1\n    return count",
        "assert visit() == 1",
        "visited = 'yes'",
        "assert visited == 'yes' and visit() == 2",
        wrong=[
            "def visit():\n    return 1",
            "def visit(known=[]):\n    known.append(0)\n    return len(known)",
        ],
    ),
    _style(
        "warning-in-a-call",
        "import warnings\ndef ratio(a, b):\n    return a / b if b else 0",
        "assert ratio(1, 2) == 0.5 and ratio(1, 0) == 0",
        wrong=[
            "import sys\ndef ratio(a, b):\n    print('dividing', file=sys.stderr)\n    return a / b if b else 0",
            "import numpy as np\ndef ratio(a, b):\n    return float(np.nan_to_num(np.float64(a) / b, posinf=0))",
            "import logging\ndef ratio(a, b):\n    logging.warning('dividing')\n    return a / b if b else 0",
        ],
    ),
    _style(
        "points-as-numpy",
        "import numpy as np\nguess = np.array([1.0, 2.0])",
        "import numpy as np\nnp.mean(guess == np.array([1.0, 2.0]))",
        wrong=["import numpy as np\nguess = np.array([1.0, 3.0])"],
    ),
    _style(
        "points-by-display",
        "half = 0.5",
        "from IPython.display import display\nassert half\ndisplay(half)\nhalf",
        wrong=["half = 0.25", "half = 2"],
    ),
    _style(
        "captured",
        "def cheer():\n    print('hurrah')",
        "%%capture heard\ncheer()",
        "shouts = 1",
        "assert 'hurrah' in heard.stdout and shouts == 1",
        wrong=["def cheer():\n    print('oh')"],
    ),
    _style(
        "sql",
        "query = 'SELECT name FROM leaders WHERE born < 1900'",
        "assert [row[0] for row in base.execute(query)] == ['Mao']",
        given="import sqlite3\nbase = sqlite3.connect(':memory:')\nbase.execute('CREATE TABLE leaders (name, born)')\n"
        "base.executemany('INSERT INTO leaders VALUES (?, ?)', [('Mao', 1893), ('Deng', 1904)]);",
        wrong=[
            "query = 'SELECT name FROM leaders'",
            "base.execute('DELETE FROM leaders')\nquery = 'SELECT name FROM leaders WHERE born < 1900'",
        ],
    ),
    _style(
        "shadowed-builtin",
        "numbers = [1, 2]\ntotal_of_it = 3",
        "assert sum(numbers) == total_of_it and len(numbers) == 2",
        wrong=[
            "numbers = [1, 2]\nsum = 0\nfor n in numbers:\n    sum = sum + n\ntotal_of_it = sum",
            "list = numbers = [1, 2]\nlen = 2\ntotal_of_it = 3",
        ],
    ),
    _style(
        "many-calls",
        "def is_prime(n):\n    return n > 1 and all(n % d for d in range(2, int(n ** 0.5) + 1))",
        "assert sum(is_prime(n) for n in range(5000)) == 669",
        wrong=["def is_prime(n):\n    return n % 2 == 1"],
    ),
    _style(
        "own-exception",
        "class Empty(ValueError):\n    pass\ndef first(xs):\n    if not xs:\n        raise Empty('nothing')\n    return xs[0]",
        "try:\n    first([])\nexcept Exception as error:\n    assert type(error).__name__ == 'Empty' and 'nothing' in str(error)\nelse:\n    assert False",
        wrong=["def first(xs):\n    return xs[0]", "def first(xs):\n    raise ValueError('nothing')"],
    ),
    _style(
        "mapping-kept-in-order",
        "counts = {}\nfor letter in 'banana':\n    counts[letter] = counts.get(letter, 0) + 1",
        "assert list(counts.items()) == [('b', 1), ('a', 3), ('n', 2)]",
        wrong=[
            "counts = {'a': 3, 'b': 1, 'n': 2}",
            "from collections import Counter\ncounts = Counter('banana')",
            "from collections import OrderedDict\ncounts = OrderedDict(b=1, a=3, n=2)",
        ],
    ),
    _style(
        "not-a-number",
        "gap = float('nan')",
        "assert gap != gap",
        wrong=["gap = None", "import numpy as np\ngap = np.nan", "import pandas as pd\ngap = pd.NA"],
    ),
]

STYLES = [*SHAPES, *INVENTED]
