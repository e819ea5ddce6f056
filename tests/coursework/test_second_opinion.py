"""Is every notebook compared with nbgrader in which something more than a plain value reaches a check?"""

import pytest

from helpers.coursework.marking.second_opinion import could_differ

# What differs between a check in a separate process and one among the student's cells: the course's given
# cells, the student's cells, and the checks.
DIFFERENT = {
    "global-of-a-function": (
        ["rate = 0.1"],
        ["def tax(p, r_): return p * rate"],
        ["rate = 0.5", "assert tax(10, 0.1) == 1"],
    ),
    "name-of-a-loop": (
        [],
        ["def square(k): return n ** 2"],
        ["for n in range(4): assert square(n) == n ** 2"],
    ),
    "given-data-changed": (
        ["scores = [1, 2]"],
        ["scores.append(3)\ntotal = 6"],
        ["assert total == sum(scores)"],
    ),
    "changed-by-another-check": (
        [],
        ["marks = [3, 1]\nbest = 3"],
        ["marks.sort()", "assert best == marks[-1]"],
    ),
    "import-of-a-check": ([], ["area = math.pi"], ["import math\nassert 1", "assert area > 3"]),
    "name-of-a-check": ([], ["area = limit"], ["limit = 3", "assert area == 3"]),
    "changed-later": ([], ["step = 1\ndef shift(x): return x + step", "step = 10"], ["assert shift(3) == 4"]),
    "own-kind-of-list": ([], ["class Ages(list): pass\nages = Ages([3])"], ["assert type(ages) is list"]),
    "change-of-a-result": (
        [],
        ["def first(m): return m[0]"],
        ["tab = [[1]]\nfirst(tab).append(2)\nassert tab == [[1]]"],
    ),
    "replaced-builtin": ([], ["sum = [1]\ntotal = 1"], ["assert sum([total]) == 1"]),
    "doctest-of-all": ([], ["x = 1"], ["import doctest\nassert doctest.testmod().failed == 0"]),
    "given-helper-replaced": (
        ["def helper(n): return 2 * n"],
        ["def helper(n): return n\nd = 4"],
        ["assert helper(4) == d"],
    ),
    "module-changed": (["import math"], ["math.pi = 3\narea = 3"], ["assert area == math.pi"]),
    "item-set": ([], ["d = {}"], ["d['a'] = 1\nassert d"]),
    "name-deleted": ([], ["squares = [1]\nx = squares"], ["del squares\nassert x == [1]"]),
    "magic": ([], ["x = 1"], ["%precision 3\nassert x == 1"]),
    "broken-cell": ([], ["x = (", "y = 1"], ["assert y == 1"]),
    "names-of-the-notebook": ([], ["x = 1"], ["assert globals()['x'] == 1"]),
    "printed-text": ([], ["def f(): print(1)"], ["import io, contextlib\nassert f() is None"]),
    "a-file": ([], ["open('a', 'w').write('x')\nx = 1"], ["assert open('a').read() == 'x'"]),
}
SAME = {
    "number": ([], ["total = 1 + 2"], ["assert total == 3"]),
    "two-names": (
        ["import math"],
        ["import math\na = math.pi\nb = [1]"],
        ["import math\nassert a == math.pi and b == [1]"],
    ),
    "by-a-function-of-the-course": (
        ["from course import mark"],
        ["answer = 'x'"],
        ["mark(lambda: answer, 'x')"],
    ),
    "helper-of-the-check": ([], ["answer = 3"], ["def _right(n):\n    return n == 3\nassert _right(answer)"]),
    "builtin-by-name": (
        [],
        ["answer = [1]\nn = len(answer)"],
        ["from builtins import len\nassert len(answer) == 1"],
    ),
}


def answers_of(cells):
    from helpers.coursework.code_names import names_made

    return frozenset(name for text in cells for name in names_made(text)) - {"sum", "helper", "scores"}


@pytest.mark.parametrize("name", [*DIFFERENT, *SAME])
def test_could_differ(name):
    """Is a notebook compared exactly if its checks see more than plain values of the answers?"""
    given, cells, checks = (DIFFERENT | SAME)[name]
    assert could_differ(cells, checks, given=given, answers=answers_of(cells)) is (name in DIFFERENT)
