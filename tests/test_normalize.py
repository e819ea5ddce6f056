"""Is a text made comparable as the matching contract says, and can every character be traced back?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.normalize import bare, comparable, compare, is_boundary


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“unity”", '"unity"'),
        ("won’t", "won't"),
        ("won`t", "won't"),
        ("won´t", "won't"),
        ("„unity“", "«unity»"),
        ("a – b", "a - b"),
        ("a — b", "a − b"),
        ("a -- b", "a — b"),
        ("time‑frame", "time-frame"),
        ("a\u00a0b", "a b"),
        ("a \t\n b", "a b"),
        ("  a b  ", "a b"),
        ("UNITY", "unity"),
        ("Straße", "STRASSE"),
        ("co\u00admmon", "common"),
        ("ﬁne", "fine"),
        ("cafe\u0301", "café"),
        ("wait…", "wait..."),
        ("１９６２", "1962"),
    ],
)
def test_forgiven(one, other):
    """Are two texts that differ only in form the same?"""
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    ("one", "other"), [("unity", "unify"), ("a, b", "a b"), ("café", "cafe"), ("a b", "ab"), ("(a)", "a")]
)
def test_not_forgiven(one, other):
    """Does nothing else count as the same?"""
    assert comparable(one) != comparable(other)


INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u200b\u2060\u3164\ufe0f\ufeff\uffa0\U000e0001\U000e0100"
)


@given(st.text("aé' “-…", min_size=1), st.lists(st.tuples(st.sampled_from(INVISIBLE), st.integers(0, 9))))
def test_invisible_characters(text, added):
    """Is a text the same with characters that no font draws, wherever they are, even before an accent?"""
    spoiled = text.replace("é", "e\u0301")
    for char, at in added:
        spoiled = spoiled[:at] + char + spoiled[at:]
    assert comparable(spoiled) == comparable(text)


@given(st.text())
def test_offsets_lead_back(text):
    """Does every comparable character know the stretch of the original that gave it?"""
    plain = compare(text)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(plain.starts, plain.ends, strict=True))
    assert plain.starts == sorted(plain.starts)


@given(st.text())
def test_comparing_twice_changes_nothing(text):
    """Is a comparable text comparable with itself?"""
    assert comparable(comparable(text)) == comparable(text)


def test_span():
    """Does a span of the comparable text give the characters as they were typed?"""
    typed = "He said:  “The  sky\u00a0won’t collapse”"
    plain = compare(typed)
    start = plain.text.index("the sky won't")
    assert typed[slice(*plain.span(start, start + len("the sky won't")))] == "The  sky\u00a0won’t"


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("the sky", 3, True),
        ("the sky", 5, False),
        ("won't do", 3, False),
        ("won't do", 4, False),
        ("parties' wish", 7, True),
        ("forty-three", 5, False),
        ("forty-three", 6, False),
        ("mind - the", 5, True),
        ("'how else", 1, True),
        ("abc", 0, True),
        ("abc", 3, True),
    ],
)
def test_boundary(text, at, expected):
    """Does a word begin and end only where its letters do?"""
    assert is_boundary(text, at) is expected


@pytest.mark.parametrize(
    ("word", "expected"), [('"Unity,"', "unity"), ("(if", "if"), ("parties'", "parties"), ("—", "")]
)
def test_bare(word, expected):
    """Is a word freed of the marks around it?"""
    assert bare(word) == expected
