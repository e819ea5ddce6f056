"""Are the names that a check reads found, and only these?"""

import pytest

from helpers.coursework.code_names import names_made, names_read


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("kept = squares\ndel squares\nsquares = kept\nassert f(1)", ["squares", "f"]),
        ("%precision 3\nassert x < 1", ["x"]),
        ("%%time\nassert double(2) == 4", ["double"]),
        ("%time y = double(2)", ["double"]),
        ("!ls {folder}", ["folder"]),
        ("from math import *\nsqrt(x)", ["sqrt", "x"]),
        ("def h():\n    global g\n    g = 3\n    return key\nh()", ["key"]),
        ("class A(Base):\n    z = 1\n    w = z + q", ["Base", "q"]),
        ("[i for i in items if i > least]", ["items", "least"]),
        ("total += 1", ["total"]),
        ("x = await go()", ["go"]),
        ("assert (x", ["x"]),
        ("import a.b, c as d\nd(e)", ["e"]),
        ("def f(sum):\n    return sum(3)", []),
        ("get_ipython().run_line_magic('time', 'f(2)')", ["f"]),
    ],
)
def test_names_read(code, names):
    """Does a check ask for what it reads before it makes it, with magics and in nested scopes?"""
    asked = names_read(code)
    assert set(names) <= set(asked)
    assert not {"kept", "h", "A", "i", "get_ipython", "z", "sum", "d", "y"} & set(asked)


def test_names_made():
    """Does an answer make what it binds at its outermost level, and not what it imports?"""
    assert names_made("import os\nfrom x import y as z\nq = 1\ndef f():\n    inner = 1") == {"q", "f"}
