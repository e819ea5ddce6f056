"""Does marking read answers as a fair teacher does, and does nbgrader read a mark as it is meant?"""

import datetime as dt
import re
import subprocess
import sys
import time
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade
from tests.exercises.hostile import HOSTILE

from helpers import checks as marking
from helpers import load_documents, load_paragraphs
from helpers.checks import Mark, Reason, answers, forms, names, paragraph_address, quoting, spellings
from helpers.checks import marking as checks
from helpers.references import label

NAN, INFINITY = float("nan"), float("inf")


def name(value):
    """Return the name of a case, the same in every process."""
    return re.sub(r" at 0x\w+", "", repr(value))


# --- the mark ---


@pytest.mark.parametrize(
    ("points", "maximum", "expected"),
    [
        (0, 2, 0),
        (2, 2, 2),
        (1.5, 2, 1.5),
        (3, 2, 2),
        (-1, 2, 0),
        (-0.0, 2, 0),
        (NAN, 2, 0),
        (INFINITY, 2, 2),
        (-INFINITY, 2, 0),
        (0.1 + 0.2, 1, 0.5),
        (1 / 3 + 1 / 3 + 1 / 3, 1, 1),
        (5 * (2 / 7), 2, 1.5),
        (6 * (2 / 7), 2, 1.5),
        (1 / 3, 0.5, 0.33),
        (1, 0.335, 0.335),
        (1e-9, 1, 0),
        (np.float64(1), 1, 1),
        (True, 1, 1),
        (0, 0, 0),
    ],
)
def test_nbgrader_reads_the_points(points, maximum, expected):
    """Does nbgrader read the points from a mark's plain text, never more than all and never below none?"""
    text = repr(Mark(points, maximum))
    shown = new_output(
        "execute_result", data={"text/plain": text, "text/html": "<p>7</p>"}, execution_count=1
    )
    cell = new_code_cell("Mark", outputs=[shown])
    cell.metadata["nbgrader"] = {"grade": True, "points": maximum, "grade_id": "a", "solution": False}
    assert determine_grade(cell) == (expected, maximum)
    assert re.fullmatch(r"\d+(\.\d+)?", text)


def test_mark_says_why():
    """Does the HTML of a mark give points, reasons and links, in words and not by color?"""
    html = Mark(
        1, 2, [Reason(1, "Right."), Reason(-1, "Wrong.", ["deng-1962-p07", "mao-1963-h2"])]
    )._repr_html_()
    assert "<strong>1 of 2 points</strong>" in html
    assert "<li><strong>1 point won.</strong> Right.</li>" in html
    assert "<strong>1 point lost.</strong> Wrong. Read again: <a href=" in html
    assert "Deng&nbsp;1962,&nbsp;¶&nbsp;7</a> and <a" in html
    assert "Mao&nbsp;1963,&nbsp;header&nbsp;line&nbsp;2</a>." in html
    assert not re.search(r"style=|color|<script|class=\"(?!mark)", html)


def test_student_text_is_escaped():
    """Is what a student typed shown as text, on one line, without characters that hide or reverse it?"""
    evil = "<script>alert('x')</script>\n\x1b[31m\u202edeng-1962-p07 & \ud800"
    html = Mark.lost(1, evil)._repr_html_()
    assert "<script" not in html and "&lt;script&gt;" in html
    assert not any(char in html for char in "\n\x1b\u202e\ud800")
    assert html.encode("utf-8")
    assert len(Mark.lost(1, "x" * 10_000)._repr_html_()) < 1000
    assert len(spellings.echo("x" * 10_000)) < 100


def test_ids_in_sentences_are_links():
    """Does a paragraph's id in a sentence become a link, and only when there is such a paragraph?"""
    html = Mark.lost(1, "It is in deng-1962-p07, not in deng-1962-p77 or xdeng-1962-p07x.")._repr_html_()
    assert html.count("<a ") == 1
    assert (
        'deng-1962-p07">Deng&nbsp;1962,&nbsp;¶&nbsp;7</a>, not in deng-1962-p77 or xdeng-1962-p07x.' in html
    )


def test_address_in_the_book(monkeypatch):
    """Do links lead to the book when its address is known, with or without a slash at its end?"""
    for url in ("https://example.org/book", "https://example.org/book/", " https://example.org/book "):
        monkeypatch.setenv("BOOK_URL", url)
        assert (
            paragraph_address("deng-1962-p07")
            == "https://example.org/book/chapters/deng-1962.html#deng-1962-p07"
        )
        assert paragraph_address("mao-1963") == "https://example.org/book/chapters/mao-1963.html"
    monkeypatch.setenv("BOOK_URL", '"><script>')
    assert "<script>" not in Mark.lost(1, "", ["deng-1962-p07"])._repr_html_()


@pytest.mark.parametrize("url", [None, "", " "])
def test_address_at_the_publisher(monkeypatch, url):
    """Do links lead to the publisher of the document when there is no book?"""
    monkeypatch.delenv("BOOK_URL", raising=False)
    if url is not None:
        monkeypatch.setenv("BOOK_URL", url)
    for document_id, address in load_documents().set_index("document_id")["url"].items():
        assert paragraph_address(document_id) == address
        assert paragraph_address(f"{document_id}-p03") == f"{address}#{document_id}-p03"


def test_every_paragraph_has_title_and_address():
    """Has every paragraph, header and closing line a title of its own, and an unknown document none?"""
    ids = load_paragraphs(sections="all")["paragraph_id"]
    assert ids.map(label).is_unique
    assert all(paragraph_address(one).endswith(f"#{one}") for one in ids)
    with pytest.raises(KeyError, match="nobody-1900-p01"):
        paragraph_address("nobody-1900-p01")


def test_total():
    """Does a total add points, maxima and reasons, with a label where there is one?"""
    total = Mark.total([Mark.won(1, "Yes."), Mark.lost(2, "No.", ["deng-1962-p01"])])
    assert (total.points, total.maximum, len(total.reasons)) == (1, 3, 2)
    assert total.reasons[1].paragraphs == ("deng-1962-p01",)
    assert Mark.total({"A": Mark.won(1, "Yes.")}).reasons[0].sentence == "A: Yes."


# --- reading answers ---

DAY = dt.date(1957, 11, 16)
DATES = [
    DAY,
    dt.datetime(1957, 11, 16, 23, 59),
    pd.Timestamp("1957-11-16"),
    pd.Timestamp("1957-11-16 23:00", tz="America/New_York"),
    np.datetime64("1957-11-16"),
    np.datetime64("1957-11-16T05"),
    pd.Period("1957-11-16", "D"),
    [DAY],
    pd.Series([pd.Timestamp("1957-11-16")]),
    np.array(["1957-11-16"], dtype="datetime64[ns]"),
    *"1957-11-16 | 1957/11/16 | 19571116 | 1957-11-16 00:00:00 | 1957-11-16T00:00:00".split(" | "),
    *"16 November 1957 | 16 nov 1957 | 16. November 1957 | 16th of November, 1957.".split(" | "),
    *"November 16, 1957 | Nov. 16th 1957 | 1957 November 16 | Saturday, 16 November 1957".split(" | "),
    *"Sat 16 Nov 1957 | 16-Nov-1957 | 16/11/1957 | 11/16/1957 | 16\u00a0November\u20091957".split(" | "),
]
NO_DATES = [
    *"November 1957 | 1957 | 1957-11 | 16 November | 4/5/1957 | 4.5.57 | 16 November '57".split(" | "),
    *"31 November 1957 | 1957-13-01 | 16 Movember 1957 | 16 or 17 November 1957".split(" | "),
    *"16 November 1957 1958 | next week".split(" | "),
    16,
    True,
    np.datetime64("1957-11"),
    np.datetime64("NaT"),
    pd.Period("1957-11", "M"),
    pd.Timedelta(days=3),
    [DAY, DAY],
]


@pytest.mark.parametrize("given", DATES, ids=name)
def test_date_is_read(given):
    """Is a day read, however it is written?"""
    assert answers.read(given, answers.date) == (DAY, "")


@pytest.mark.parametrize("given", NO_DATES, ids=name)
def test_no_date_is_read(given):
    """Is what is no single day refused with a sentence?"""
    day, trouble = answers.read(given, answers.date)
    assert day is None
    assert trouble.endswith(".")


def test_dates_do_not_follow_the_language_of_the_machine(monkeypatch):
    """Are English months read where the machine speaks another language?"""
    code = (
        "import calendar, datetime; calendar.month_name = [''] + list('abcdefghijkl');"
        "from helpers.checks import spellings;"
        "print(spellings.date_of('16 November 1957'), spellings.long_date(datetime.date(1957, 11, 16)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "1957-11-16 16 November 1957"


OF_29 = [29, np.int64(29), np.float32(29), Decimal("29"), [29], np.array(29), pd.Series([29])]
OF_29 += [pd.Timedelta(days=29), dt.timedelta(days=29), np.timedelta64(29, "D")]
OF_29 += [pd.Series(pd.to_timedelta([29], unit="D")), " 29. "]
OF_29 += "29 | 29.0 | +29 | ~29 | 29 days | 29 Day | twenty-nine | Twenty-nine days".split(" | ")
OF_29 += "29 days after the talk | 29 whole days | 29 days (from 9 April to 8 May) | 29days".split(" | ")
OF_29 += ["29 days 00:00:00", "29 days, 0:00:00"]
OTHERS = {29.5: 29.5, "−29": -29, "1,362": 1362, "1 362": 1362, "1,362.5": 1362.5, "71,68": 71.68}
OTHERS |= {"one hundred and five days": 105}
NUMBERS = [*((given, 29) for given in OF_29), *OTHERS.items()]
NO_NUMBERS = "28 or 29 | two or three days | 29 weeks | 29 days and more | 29-30 | 1e400 | 0x1d | nan".split(
    " | "
)
NO_NUMBERS += [True, np.bool_(True), NAN, INFINITY, 1j, DAY, [1, 2], {}, ""]


@pytest.mark.parametrize(("given", "expected"), NUMBERS, ids=name)
def test_number_is_read(given, expected):
    """Is a number read, however it is written?"""
    assert answers.read(given, lambda value: answers.number(value, "days")) == (expected, "")


@pytest.mark.parametrize("given", NO_NUMBERS, ids=name)
def test_no_number_is_read(given):
    """Is what is no number of days refused with a sentence?"""
    number, trouble = answers.read(given, lambda value: answers.number(value, "days"))
    assert number is None
    assert trouble.endswith(".")


@pytest.mark.parametrize(
    "given",
    [
        ["a", "b"],
        ("a", "b"),
        pd.Series(["a", "b"]),
        pd.Series(["a", "b"], dtype="category"),
        pd.Index(["a", "b"]),
        pd.array(["a", "b"]),
        np.array(["a", "b"]),
        {"a": 1, "b": 2},
        {"a": 1, "b": 2}.keys(),
        {1: "a", 2: "b"}.values(),
        pd.DataFrame({"x": ["a", "b"]}),
        [["a", "b"]],
        "a, b",
        "a and b",
        "a; b",
        "1. a\n2. b",
        "- a\n- b",
        ["a", None, "", "b", pd.NA],
    ],
    ids=name,
)
def test_items_are_read(given):
    """Is a list read, whatever it comes in?"""
    assert answers.read(given, answers.items)[0] == (["a", "b"], True)


def test_sets_have_no_order():
    """Is a set read as a list without order?"""
    for given in ({"a"}, frozenset("a")):
        assert answers.read(given, answers.items)[0] == (["a"], False)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, answers.NOT_ANSWERED),
        ("  ", answers.NOT_ANSWERED),
        ([], answers.NOT_ANSWERED),
        (..., answers.NOT_ANSWERED),
        (pd.NA, answers.NOT_ANSWERED),
        (["", None], "This is a list of 2, but the question asks for a text."),
        (pd.DataFrame(), "This is a table, but the question asks for a text."),
        (len, "This is a function, but the question asks for a text."),
        ({"a": 1, "b": 2}, "This is a dictionary of 2, but the question asks for a text."),
        (b"x", "This is a text, but the question asks for a text."),
        (object(), "This is something that cannot be read, but the question asks for a text."),
        ("x" * 100_000, "This text is far longer than the question asks for."),
        (iter("a"), "This gives its elements only once: write list(...) around it."),
    ],
    ids=name,
)
def test_what_is_no_text(given, expected):
    """Is a student told what is there where one text is asked for?"""
    assert answers.read(given, answers.text) == (None, expected)


def test_reading_leaves_no_trace(capsys, recwarn):
    """Does an answer that prints and warns while it is read leave stderr, stdout and warnings empty?"""

    class Loud(list):
        def __iter__(self):
            print("out")
            print("err", file=sys.stderr)
            pd.Series([1]).astype(int)
            __import__("warnings").warn("no", stacklevel=1)
            return iter(["a"])

    assert answers.read(Loud(), answers.items)[0].texts == ["a"]
    assert tuple(capsys.readouterr()) == ("", "")
    assert not recwarn


def test_a_stop_is_a_stop():
    """Does an interrupt, by the student or by the grader's timeout, end the cell?"""

    def interrupted(*args):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        answers.call(interrupted, ())
    with pytest.raises(KeyboardInterrupt):
        answers.read(interrupted, answers.text)


@pytest.mark.skipif(not hasattr(__import__("signal"), "setitimer"), reason="this system has no timers")
def test_endless_code_is_ended(monkeypatch):
    """Is code without an end stopped, told so, and not tried for every case?"""
    monkeypatch.setattr(answers, "_MOST_SECONDS", 0.2)

    def endless(*args):
        while True:
            try:
                len(args)
            except Exception:
                continue

    class Slow(list):
        def __iter__(self):
            time.sleep(3600)

    cases = {f"case {n}": ((n,), n) for n in range(100)}
    mark = checks.mark_function(lambda: endless, cases, points=2)
    assert (mark.points, len(mark.reasons)) == (0, 1)
    assert "it does not end" in mark.reasons[0].sentence
    assert not forms.check_function(lambda: endless, arguments=(1,), gives=1).ready
    assert "it does not end" in checks.mark_set(Slow(), ["a"], points=1).reasons[0].sentence
    assert answers.call(lambda: "quick", ()) == ("quick", "")
    time.sleep(0.3)  # no timer is left behind


def test_arguments_are_not_spoiled():
    """Does a function that changes its arguments spoil no later case?"""
    words = ["a", "b"]
    cases = {"first": ((words,), 2), "again": ((words,), 2), "none": (([],), 0)}
    mark = checks.mark_function(lambda: lambda given: (len(given), given.clear())[0], cases, points=3)
    assert mark.points == 3
    assert words == ["a", "b"]


WORDS = {"options": ["Deng", "Mao"]}
LETTERS = pd.DataFrame({"letter": ["first"], "date": ["22 February 1962"], "days": [3]})
COLUMNS = {"date": "date", "days": "days"}
QUOTED = {"deng-1962-p05": "ranks"}
# What reads answers of each kind: for its points, and for its form.
READERS = {
    "choice": (
        lambda a: checks.mark_choice(a, "Deng", points=1, **WORDS),
        lambda a: forms.check_choice(a, **WORDS),
    ),
    "choices": (
        lambda a: checks.mark_choices(a, {"x": "Deng"}, points=1, **WORDS),
        lambda a: forms.check_choices(a, things=["x"], **WORDS),
    ),
    "citations": (
        lambda a: marking.mark_citations(a, n=2, points=1),
        lambda a: marking.check_citations(a, n=2),
    ),
    "date": (lambda a: checks.mark_date(a, DAY, points=1), forms.check_date),
    "function": (
        lambda a: checks.mark_function(a, {"one": (("x",), 2)}, points=1),
        lambda a: forms.check_function(a, arguments=("x",), gives=2),
    ),
    "length": (
        lambda a: marking.mark_length(a, least=30, most=40, points=1),
        lambda a: marking.check_length(a, least=30, most=40),
    ),
    "number": (
        lambda a: checks.mark_number(a, 28, unit="days", points=1),
        lambda a: forms.check_number(a, unit="days"),
    ),
    "order": (
        lambda a: checks.mark_order(a, ["Deng", "Mao"], points=1),
        lambda a: forms.check_items(a, ordered=True, n=2),
    ),
    "quotation": (
        lambda a: quoting.mark_quotation(a, paragraphs=QUOTED, points=1),
        lambda a: forms.check_quotation(a, document_id="deng-1962"),
    ),
    "set": (
        lambda a: checks.mark_set(a, ["Deng", "Mao"], points=1),
        lambda a: forms.check_items(a, names=["Deng"]),
    ),
    "table": (
        lambda a: checks.mark_table(a, LETTERS, key="letter", points=1, columns=COLUMNS),
        lambda a: forms.check_table(a, columns=COLUMNS, key="letter", keys=["first"]),
    ),
}


def test_every_reader_is_tried():
    """Does each function that gives points or looks at a form meet the hostile answers below?"""
    names = {name for name in marking.__all__ if name.startswith(("mark_", "check_"))}
    tried = {f"{kind}_{reader}" for reader in READERS for kind in ("mark", "check")}
    assert names - tried == {"check_items", "check_notebook", "check_parts"}


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("reader", READERS)
def test_hostile_answer(reader, hostile):
    """Does an answer that raises, lies, never ends or is no answer get zero and a reason, and no error?"""
    mark, check = READERS[reader]
    answer = HOSTILE[hostile]()
    result = mark(lambda: answer)
    assert result.points == 0
    assert all(reason.sentence for reason in result.reasons) and result.reasons
    assert "<script" not in result._repr_html_()
    form = check(lambda: answer)
    assert repr(form) + form._repr_html_()


# --- names ---


BRITAIN = """
Great Britain | great  britain | GREAT-BRITAIN | Great Britain. | the Communist Party of Great Britain
Communist Party of Great Britain (CPGB) | British Communist Party | British CP | U.K. | the UK
Great Britain's Communist Party | “Great Britain” | Great Britain: CPGB
"""


@pytest.mark.parametrize("typed", re.split(r" \| |\n", BRITAIN.strip()))
def test_name_is_known(typed):
    """Is a name known in the spellings that students use?"""
    known = names.Names({"Great Britain": ["British", "UK"], "Brittany": [], "China": ["the CCP"]})
    assert known.find(typed) == "Great Britain"


@pytest.mark.parametrize(
    "typed", ["", "Communist Party", "Bretagne", "Great Britain or China", "China (UK)", "Great"]
)
def test_name_is_not_known(typed):
    """Is what names nothing, or two things, refused?"""
    assert names.Names({"Great Britain": ["British", "UK"], "China": ["the CCP"]}).find(typed) is None


def test_accents_are_forgiven():
    """Are accents forgiven, in either normal form?"""
    known = names.Names(["Việt Nam"])
    assert known.find("Viet Nam") == known.find("Vie\u0302\u0323t Nam") == "Việt Nam"


def test_paragraph_names():
    """Is a paragraph known by id and number, and by no other's?"""
    known = names.Names(spellings.paragraph_names("deng-1962"))
    right = "deng-1962-p07 | Deng-1962-P7 | p07 | P7 | 7 | 07 | ¶ 7 | ¶7 | D7 | para. 7 | Deng 1962, ¶ 7"
    for typed in right.split(" | "):
        assert known.find(typed) == "deng-1962-p07", typed
    for typed in ("77", "mao-1963-p07", "deng-1962-h7", "p", "7 or 8", "-7.5"):
        assert known.find(typed) is None, typed


# --- the author's mistakes ---


@pytest.mark.parametrize(
    "mistake",
    [
        lambda: checks.mark_choice("a", "c", options=["a", "b"], points=1),
        lambda: checks.mark_choices({}, {"x": "c"}, options=["a", "b"], points=1),
        lambda: checks.mark_set(["a"], [], points=1),
        lambda: checks.mark_set(["a"], ["a"], names={"b": []}, points=1),
        lambda: checks.mark_order(["a"], ["c"], names=["a", "b"], points=1),
        lambda: quoting.mark_quotation("a b c", paragraphs={"deng-1962-p01"}, n=2, points=1),
        lambda: checks.mark_table({}, pd.DataFrame({"k": [1, 1], "v": [1, 2]}), key="k", points=1),
        lambda: checks.mark_table({}, pd.DataFrame({"k": [1], "v": [2]}), key="n", points=1),
        lambda: checks.mark_table({}, pd.DataFrame({"k": [1]}), key="k", points=1),
        lambda: checks.mark_table({}, pd.DataFrame({"k": [], "v": []}), key="k", points=1),
        lambda: checks.mark_choices({}, {}, options=["a", "b"], points=1),
        lambda: checks.mark_order(["a"], ["a", "a"], points=1),
        lambda: checks.mark_set(["a"], ["a", "A"], points=1),
        lambda: checks.mark_function(len, {}, points=1),
        lambda: checks.mark_function(len, [{}], points=1),
        lambda: quoting.mark_quotation("a b c", paragraphs={"deng-1962-p01"}, n=0, points=1),
        lambda: quoting.mark_quotation("a b c", paragraphs={"deng-1962-p91"}, points=1),
        lambda: forms.check_quotation("a b c", n=0),
        lambda: forms.check_quotation("a b c", document_id="deng1962"),
        lambda: forms.check_choice("a", options=[]),
        lambda: forms.check_choices({}, things=[], options=["a"]),
        lambda: forms.check_table({}, columns={"v": "text"}, key="k", keys=[]),
        lambda: forms.check_table({}, columns={}, key="k", keys=[1]),
        lambda: forms.check_items([], n=0),
        lambda: names.Names({"Sweden": "SKP", "Finland": "SKP"}),
        lambda: Mark.lost(1, "", ["deng-1962-p20"]),
    ],
)
def test_mistake_of_the_author(mistake):
    """Does a check that can never be right raise, instead of giving everybody zero?"""
    with pytest.raises(ValueError, match=r"."):
        mistake()


# --- checks and forms ---


def test_table_of_truths_texts_and_numbers():
    """Are values in tables compared as what the right value is?"""
    right = pd.DataFrame({"k": ["a", "b"], "yes": [True, False], "name": ["Deng", "Mao"], "n": [1, 2.5]})
    given = pd.DataFrame({"k": ["b", "A"], "YES": [False, True], "Name": ["mao.", " DENG"], "n": ["2.5", 1]})
    assert checks.mark_table(given, right, key="k", points=6).points == 6
    assert checks.mark_table(given.replace({True: 1}), right, key="k", points=6).points == 5


def test_table_with_units_and_signs():
    """Do units that the form accepts win the points, and is a wrong sign told?"""
    right = pd.DataFrame({"k": ["a", "b"], "n": [3, 1362]})
    counted = {"k": ["b", "a"], "n": ["1,362 words", "3 words"]}
    assert forms.check_table(counted, columns={"n": "words"}, key="k", keys="ab").ready
    assert forms.check_table({"k": ["1"], "n": [3]}, columns={"n": "words"}, key="k", keys=[1]).ready
    assert checks.mark_table(counted, right, key="k", points=1, columns={"n": "words"}).points == 1
    assert checks.mark_table(counted, right, key="k", points=1, columns={"n": "acts"}).points == 0
    turned = checks.mark_table({"k": ["a", "b"], "n": [-3, -1362]}, right, key="k", points=1)
    assert (turned.points, "wrong sign" in turned.reasons[-1].sentence) == (0, True)
    wrong = checks.mark_table({"k": ["a", "b"], "n": [-3, 1361]}, right, key="k", points=1)
    assert "wrong sign" not in wrong.reasons[-1].sentence


def test_index_under_any_name():
    """May the index hold the key under another name, but not when it holds something else?"""
    right = pd.DataFrame({"k": ["a", "b"], "n": [1, 2]})
    for index in (
        pd.Index(["B", "a"]),
        pd.Index(["B", "a"], name="row_0"),
        pd.Index(["B", "a"], name="party"),
    ):
        given = pd.DataFrame({"n": [2, 1]}, index)
        assert checks.mark_table(given, right, key="k", points=2).points == 2
        assert checks.mark_table(given["n"], right, key="k", points=2).points == 2
        assert forms.check_table(given, columns={"n": "times"}, key="k", keys="ab").ready
    other = pd.DataFrame({"n": [2, 1]}, pd.Index(["x", "y"], name="party"))
    assert checks.mark_table(other, right, key="k", points=2).points == 0


@pytest.mark.parametrize("typed", ["Khruschev", "Comrade Khrushchev", "com. Khrushchev", "KHRUSHCHOV"])
def test_choice_with_a_slip(typed):
    """Is an option known in spite of a slip of spelling or a polite word, in the form as in the mark?"""
    options = ["Khrushchev", "Mao", "neither"]
    assert forms.check_choice(typed, options=options).ready
    assert checks.mark_choice(typed, "Khrushchev", options=options, points=1).points == 1
    assert checks.mark_choice(typed, "Mao", options=options, points=1).points == 0
    assert not forms.check_choice("Kosygin", options=options).ready


@pytest.mark.parametrize("given", ["38%", "38 %", "38 percent", "38 per cent", "38"])
def test_percent(given):
    """Is a number of percent read with its sign or word?"""
    assert checks.mark_number(given, 38, unit="percent", points=1).points == 1
    if given != "38":
        assert checks.mark_number(given, 38, unit="days", points=1).points == 0


def test_tolerance():
    """Is a number right within the tolerance and wrong outside of it?"""
    assert checks.mark_number(71.7, 71.684, tolerance=0.05, points=1).points == 1
    assert checks.mark_number(71.6, 71.684, tolerance=0.05, points=1).points == 0


def test_more_wrong_than_right():
    """Does a list with more wrong than right say that no mark is below zero?"""
    mark = checks.mark_set(["a", *"xyz"], ["a", "b"], points=2, read_again=["deng-1962-p01"])
    assert mark.points == 0
    assert mark.reasons[-1] == Reason(0, "More points were lost than won, but no mark is below 0.", ())
    assert mark.reasons[-2].paragraphs == ("deng-1962-p01",)


def test_form_shows_no_points():
    """Does a form that is not ready show 0, and one that is ready a sentence that is no number?"""
    ready, not_ready = forms.check_number(29), forms.check_number(None)
    assert repr(not_ready) == "0"
    with pytest.raises(ValueError, match="could not convert"):
        float(repr(ready))
    assert "You will see whether it is right when your work is marked." in ready._repr_html_()
    assert "This is not ready yet." in not_ready._repr_html_()


FORMS = [name for name in marking.__all__ if name.startswith("check_") and name != "check_notebook"]


@pytest.mark.parametrize("name", FORMS)
def test_forms_have_marks(name):
    """Is there a check of rightness for each check of form?"""
    twin = {"check_items": "mark_set", "check_parts": "Mark"}.get(name, name.replace("check_", "mark_"))
    assert hasattr(marking, twin)


@pytest.mark.parametrize("name", marking.__all__)
def test_public_name_is_documented(name):
    """Does every public name of the package say what it gives?"""
    assert getattr(marking, name).__doc__


def test_marking_is_light():
    """Does marking load neither nbgrader nor IPython, so that it runs where only the package is?"""
    code = "import sys, helpers.checks; print({'nbgrader', 'IPython', 'sphinx'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


# --- what a blind solver stumbled over ---

PARTIES = {"Great Britain": ["UK"], "Sweden": ["SKP"], "New Zealand": [], "Australia": []}
PARTIES |= {"Niger": [], "West Germany": []}
SLIPS = {
    "Great Britain": "Great Britian",
    "Sweden": "Sweeden | the Communist Party of Sweeden | Sweeden (Stockholm) | Swedne | Swedan",
    "New Zealand": "New Zeland | Nwe Zaeland",
    None: "Austria | Nigeria | East Germany | Sweden or Niger | SKPP",
}


@pytest.mark.parametrize(
    ("typed", "meant"), [(one, meant) for meant, typed in SLIPS.items() for one in typed.split(" | ")]
)
def test_slip_of_spelling(typed, meant):
    """Is a misspelled name known for what it is, only where it is asked to, and no other country for it?"""
    known = names.Names(PARTIES)
    assert known.find(typed) is None
    assert known.find(typed, near=True) == meant
    mark = checks.mark_set([typed], ["Sweden", "New Zealand", "Great Britain"], names=PARTIES, points=3)
    assert mark.points == bool(meant)
    assert any("is read as" in reason.sentence for reason in mark.reasons) == bool(meant)


@pytest.mark.parametrize(
    ("meant", "typed"),
    [
        ("Albania", "Albanian comrades | Albanien | the Party of Labor of Albania | Albanians | Albnaia"),
        ("Algeria", "the fraternal party of Algeria | Algeria [sic] | Algeria (probably Albania) | Algerie"),
        ("China", "CCP | CC CCP | People's Republic of China | PRC | the Chinese party | Peking"),
        (
            "East Germany",
            "GDR | DDR | SED | East German delegation | German Democratic Republic | East Germny",
        ),
        ("Finland", "Finnish | Finns | the Communist Party of Finland | Suomi | Finnlad"),
        ("France", "PCF | French comrades | Frankreich | Frence | the French Communist Party | Frnace"),
        ("Great Britain", "England | UK | U.K. | Britain | British | CPGB | Großbritannien | Great Britian"),
        ("Indonesia", "PKI | Indonesian party | Communist Party of Indonesia | Indonesai | Indonésie"),
        ("Italy", "Italian | PCI | Italien | Itlay | the Italian delegation | Italian comrades"),
        ("Japan", "Japanese | JCP | Japaan"),
        ("New Zealand", "NZ | CPNZ | New Zealanders | New Zeeland | the Communist Party of New Zealand"),
        (
            "North Korea",
            "DPRK | DPR Korea | N. Korea | Korea | Democratic People's Republic of Korea | Nroth Korea",
        ),
        ("South Korea", "Republic of Korea | S. Korea | South Koreans"),
        ("South Vietnam", "Republic of Vietnam | Soth Vietnam | South Vietnamese"),
        ("Soviet Union", "CPSU | USSR | CC CPSU | Soviets | Sowjetunion | СССР | Moscow | Soveit Union"),
        ("Sweden", "Swedish Communist Party | Swedes | SKP | Schweden | Swedne | Sveden"),
        ("Taiwan", "Republic of China | Formosa"),
        (
            "United States",
            "US | U.S. | USA | United States of America | American | CPUSA | Amerika | Untied States",
        ),
        (
            "Vietnam",
            "DRV | VWP | Lao Dong | North Vietnam | N. Vietnam | Vietnamese Laborers' Party | Vietman",
        ),
        ("West Germany", "FRG | BRD | KPD | West Germans | Federal Republic of Germany | Westdeutschland"),
        (None, "Germany | Est Gremnay | Austrlia | Sweden or Finland | Sweden (or Finland) | Sweden/Finland"),
        (None, "Communist Party | the comrades | Atlantis | Sweden Finland | neither Sweden nor Finland"),
    ],
)
def test_one_table_of_countries(meant, typed):
    """Is a country or its party known by every name it has, misspelled too, and never for another one?"""
    known = names.Names(marking.party_names())
    found = {one: known.find(one, near=True, remarks=True) for one in typed.split(" | ")}
    assert set(found.values()) <= {meant, "Germany"} if meant is None else {meant} == set(found.values()), (
        found
    )


@pytest.mark.parametrize(
    ("meant", "typed"),
    [
        (
            "mao-zedong",
            "Mao | Chairman Mao | Comrade Mao Zedong | Mao Tse-tung | 毛泽东 | Mao Zedogn",
        ),
        ("deng-xiaoping", "Deng | Teng Hsiao-p'ing | Comrade Deng Xiaoping | Deng Xaioping"),
        (
            "stepan-chervonenko",
            "Chervonenko | Chernovenko | Chervoenko | Soviet ambassador | Tscherwonenko",
        ),
        ("nikita-khrushchev", "Khrushchev | Comrade Khrushchev | Khrushchov | Krushchev"),
        ("zhou-enlai", "Zhou | Chou En-lai | Premier Zhou Enlai"),
        ("aleksei-brezhnev", "A.A. Brezhnev | aleksei-brezhnev"),
        ("leonid-brezhnev", "Leonid Brezhnev | L.I. Brezhnev"),
        (None, "Brezhnev | Mao or Deng | Mao, Deng | Chairman"),
    ],
)
def test_one_table_of_people(meant, typed):
    """Is a person known by every name, and a name that two have for neither?"""
    known = names.Names(marking.person_names())
    assert {one: known.find(one, near=True) for one in typed.split(" | ")} == dict.fromkeys(
        typed.split(" | "), meant
    )


@pytest.mark.parametrize(
    ("options", "right", "wrong"),
    [
        (
            ["diplomatic", "party", "border"],
            {
                "diplomatic": "diplomatic events | Diplomatic. | diplomatc",
                "party": "the party | party events",
            },
            "diplomatic, party | diplomatic or party | diplomatic/party | diplomatic party",
        ),
        (
            {"P": [], "Q": [], "R": []},
            {"P": "P: The ambassador answers for it | P) | (P) | note P | P. It says so"},
            "P, Q | P or Q | P/R | PQ",
        ),
        (
            {"yes": ["y"], "no": ["n"]},
            {"no": "no, it is another man | No. | no: second secretary | n | no because of his office"},
            "yes or no | yes, but no | neither | no, yes",
        ),
        (
            ["author", "quoted", "reported"],
            {"quoted": "quoted, not reported | quoted (¶ 3) | qouted | quoted - within marks | 1) quoted"},
            "quoted (or reported) | quoted/reported | quoted; perhaps reported | not quoted",
        ),
        (
            ["1962", "1963", "both", "neither"],
            {"1962": "1962 (¶ 19) | 1962", "neither": "neither, as far as I see"},
            "1962, 1963 | 1962/1963",
        ),
        (["h1", "h4"], {"h4": "h4 (internal research)"}, "h1 or h4 | h14"),
        (["CCP", "CPSU", "other parties"], {"CCP": "China | CC CCP | Beijing | the Chinese"}, "CCP/CPSU"),
    ],
)
def test_one_option_in_an_answer(options, right, wrong):
    """Is an option read with a reason, a unit or a remark beside it, and are two options no answer?"""
    for option, typed in right.items():
        for one in typed.split(" | "):
            assert checks.mark_choice(one, option, options=options, points=1).points == 1, one
            assert forms.check_choice(one, options=options).sentences == (f"Read as {option}.",), one
    for one in wrong.split(" | "):
        assert not forms.check_choice(one, options=options).ready, one
        assert not any(checks.mark_choice(one, o, options=options, points=1).points for o in options), one


@pytest.mark.parametrize(
    "given",
    [
        {"P": True, "Q": False, "R": True, "S": False},
        {"P": "yes", "Q": "no", "R": "yes"},
        {"P": 1, "Q": 0, "R": 1},
        {1: "P", 2: "R"},
        {"first": "P", "second": "R"},
        {"P": "because of the office", "R": "because of the congress"},
        pd.Series([3, 7], index=["P", "R"]),
        pd.Series([True, False, True], index=["P", "Q", "R"]),
        pd.Series(["P", "R"], index=[4, 9]),
        pd.Series(["P", "R"]),
        ["1) P", "2) R"],
        ["P: the leader", "R: the congress"],
        ["P, R"],
        "P and R",
        "P (a leader), R (a congress)",
        "(P), (R)",
        ("note P", "note R"),
    ],
    ids=name,
)
def test_a_set_is_read_by_what_it_says(given):
    """Is the half of a dictionary or a Series taken that answers, also without numbers and remarks?"""
    assert checks.mark_set(given, ["P", "R"], names="PQRSTU", points=2).points == 2


@pytest.mark.parametrize(
    "given",
    [
        {"a": "Deng", "b": "Mao"},
        [("a", "Deng"), ("b", "Mao")],
        [["b", "Mao"], ["a", "Deng"]],
        [{"a": "Deng"}, {"b": "Mao"}],
        {"a": ["Deng"], "b": ("Mao",)},
        {"a)": "Deng", "(b)": "Mao"},
        {"Deng": "a", "Mao": ["b"]},
        {1: "Deng", 2: "Mao"},
        {0: "Deng", 1: "Mao"},
        pd.Series(["Deng", "Mao"]),
        pd.Series(["Deng", "Mao"], index=["a", "b"]),
        pd.DataFrame({"passage": ["b", "a"], "who": ["Mao", "Deng"]}),
        pd.DataFrame({"who": ["Deng", "Mao"]}, index=["a", "b"]),
        "a: Deng, b: Mao",
        "a) Deng\nb) Mao",
        "a = Deng; b = Mao",
    ],
    ids=name,
)
def test_choices_are_read_by_what_they_say(given):
    """Are pairs, numbers, tables and one text read like a dictionary?"""
    assert (
        checks.mark_choices(given, {"a": "Deng", "b": "Mao"}, options=["Deng", "Mao"], points=1).points == 1
    )


def test_choices_with_several_right_options():
    """Does each right option of a thing win, and one option for all things win nothing?"""
    right, options = {"a": {"Deng", "Mao"}, "b": "Liu", "c": "Zhou"}, ["Deng", "Liu", "Mao", "Zhou"]
    for given in ("Deng", "Mao"):
        answer = {"a": given, "b": "Liu", "c": "Zhou"}
        assert checks.mark_choices(answer, right, options=options, points=3).points == 3
    for option in options:
        assert checks.mark_choices(dict.fromkeys("abc", option), right, options=options, points=3).points == 0
    with pytest.raises(ValueError, match="Peng"):
        checks.mark_choices({}, {"a": {"Deng", "Peng"}}, options=options, points=1)


def test_order_above_chance():
    """Do the given order, the alphabet, both reversed and part of a list win what they show, and no more?"""
    right = ["talk", "cable", "answer", "Thorez", "letter"]
    given = ["letter", "talk", "answer", "cable", "Thorez"]
    alphabet = sorted(right, key=str.casefold)
    for order in (given, given[::-1], alphabet, alphabet[::-1], right[::-1], right[:1]):
        assert checks.mark_order(order, right, given=given, points=3).points == 0, order
    swapped = ["cable", "talk", *right[2:]]
    assert checks.mark_order(right, right, given=given, points=3).points == 3
    assert 0 < checks.mark_order(swapped, right, given=given, points=3).points < 3
    assert 0 < checks.mark_order(right[:3], right, given=given, points=3).points < 2
    assert checks.mark_order(sorted(right), sorted(right), points=3).points == 3
    ranked = {name: right.index(name) + 1 for name in alphabet}
    assert checks.mark_order(ranked, right, points=3).points == 3


def test_a_slip_never_costs_twice():
    """Does a name that is too misspelled to be read cost no more than one that is missing?"""
    known, right = marking.party_names(), ["Indonesia", "Sweden"]
    missing = checks.mark_set(["Sweden"], right, names=known, points=2)
    for typed in ("Indanisja", "Endonesja", "Indoneasea"):
        mark = checks.mark_set(["Sweden", typed], right, names=known, points=2)
        assert mark.points == missing.points == 1, typed
        assert not any(reason.points < 0 for reason in mark.reasons), typed
    assert checks.mark_set(["Sweden", "Finland"], right, names=known, points=2).points == 0


def test_slip_between_two_names():
    """Is a slip that is near to two names refused, and one in an id never forgiven?"""
    assert names.Names(["Slovakian", "Slovaknan"]).find("Slovakan", near=True) is None
    assert names.Names(["deng-1962-p07"]).find("deng-1962-p077", near=True) is None
    assert not forms.check_choice("Slovakan", options=["Slovakian", "Slovaknan"]).ready


NOT_READ = {"deng-1962-p07": "acquainted", "deng-1962-p11": "not know"}


@pytest.mark.parametrize(
    ("given", "again"),
    [
        (None, ()),
        (["", ""], ()),
        (["---", "..."], ()),
        (["p07", "p11"], ()),
        (["", "I did not know the text"], ()),
        (pd.DataFrame({"a": [1], "b": [2]}), ()),
        (["How else could it be?", "I did not know the text"], ("deng-1962-p07",)),
        (["How else could it be?", "We wish very much"], ("deng-1962-p07", "deng-1962-p11")),
    ],
    ids=name,
)
def test_hidden_paragraphs_stay_hidden(given, again):
    """Are the paragraphs to read again named to who gave a wrong quotation, and not to who gave none?"""
    mark = quoting.mark_quotation(given, paragraphs=NOT_READ, n=2, points=2)
    assert sum((reason.paragraphs for reason in mark.reasons), ()) == again


@pytest.mark.parametrize(
    "check",
    [
        lambda answer, **again: checks.mark_choice(answer, "a", options=["a", "b"], points=1, **again),
        lambda answer, **again: checks.mark_set(answer, ["a"], points=1, **again),
        lambda answer, **again: checks.mark_order(answer, ["a"], points=1, **again),
        lambda answer, **again: checks.mark_number(answer, 1, points=1, **again),
        lambda answer, **again: checks.mark_date(answer, "1957-11-16", points=1, **again),
        lambda answer, **again: checks.mark_function(answer, {"one": (("x",), 1)}, points=1, **again),
        lambda answer, **again: checks.mark_table(
            answer, pd.DataFrame({"k": ["a"], "v": [1]}), key="k", points=1, **again
        ),
    ],
)
def test_no_answer_no_paragraphs(check):
    """Does any check name the paragraphs to read again only to who gave an answer that can be read?"""
    for answer in (None, lambda: not_there, iter("a"), 1j):  # noqa: F821
        mark = check(answer, read_again=["deng-1962-p01"])
        assert mark.points == 0
        assert not any(reason.paragraphs for reason in mark.reasons)
    assert "There is no `not_there`: the cell that defines it was not run, stopped" in str(
        check(lambda: not_there).reasons  # noqa: F821
    )


def test_number_of_quotations():
    """Are too few and too many quotations told, and the ones too many without effect?"""
    right = ["I did not know the text", "Not being acquainted with the text"]
    more = quoting.mark_quotation(
        [*right, *["How else could it be?"] * 4], paragraphs=NOT_READ, n=2, points=2
    )
    assert more.points == 2
    assert more.reasons[-1] == Reason(0, "You gave 6; only the first 2 are marked.")
    assert "You gave 6; only the first 2 are marked." in _said(
        forms.check_quotation([*right, *["How else could it be?"] * 4], document_id="deng-1962", n=2)
    )
    one = quoting.mark_quotation(right, paragraphs=NOT_READ, points=1)
    assert one.reasons[-1].sentence == "You gave 2; only the first one is marked."


def _said(form):
    return " ".join(form.sentences)


@pytest.mark.parametrize(
    ("form", "ready", "expected"),
    [
        (lambda: forms.check_choice("y", options={"yes": ["y"], "no": ["n"]}), True, "Read as yes."),
        (lambda: forms.check_items(["a"], n=5), False, "The question asks for 5; you gave 1."),
        (lambda: forms.check_items(["a"], n=1), True, 'Read as 1: "a".'),
        (lambda: forms.check_items([]), False, "Not answered yet."),
        (lambda: forms.check_items(pd.Index([])), False, "The list is empty."),
        (
            lambda: forms.check_items(
                pd.Series([True, False]), wanted="the question asks for the ids: deng[...].index"
            ),
            False,
            "This is a column of True and False; the question asks for the ids: deng[...].index.",
        ),
        (
            lambda: forms.check_items(
                ["deng-1692-p06", "¶ 7"],
                names=marking.paragraph_names("deng-1962"),
                noun="the id of a paragraph",
            ),
            False,
            '"deng-1692-p06" is not the id of a paragraph.',
        ),
        (lambda: forms.check_items(["Sweeden"], names=PARTIES), True, 'Read as 1: "Sweeden" (Sweden).'),
        (
            lambda: forms.check_quotation(
                load_paragraphs().set_index("paragraph_id")["text"]["deng-1962-p13"], document_id="deng-1962"
            ),
            False,
            "is too long: it has 214 words, and at most 25 are allowed.",
        ),
        (
            lambda: forms.check_quotation(
                ["expressed himself obscurely", "You probably know, he said"], document_id="deng-1962", n=2
            ),
            False,
            '"You probably know, he said": each quotation must be from another paragraph.',
        ),
        (
            lambda: forms.check_quotation("How else could it be? (¶ 8)", document_id="deng-1962"),
            True,
            '"How else could it be?" is in deng-1962-p08.',
        ),
        (
            lambda: _check_letters(["22 February 1962", "5 April"], [46, "few"]),
            False,
            "CPSU to CCP: 22 February 1962, 46 days. "
            'CCP, `date`: "5 April" is not a whole date: the year is missing. '
            'CCP, `days`: "few" is not a number, but the question asks for a number of days.',
        ),
        (
            lambda: _check_letters(["1962-02-22", "5.4.1962"], [46, 4]),
            False,
            'CCP: 4 days. CCP, `date`: In "5.4.1962" it is not clear which number is the month',
        ),
        (
            lambda: _check_letters(["1962-02-22", "1962-04-05"], [46, None]),
            False,
            "CCP: 5 April 1962. CCP, `days`: Not answered yet.",
        ),
        (
            lambda: forms.check_function(lambda: lambda text: 1 / 0, arguments=("a",), gives=1),
            False,
            "For 'a': the function raises ZeroDivisionError: division by zero.",
        ),
        (
            lambda: forms.check_function(lambda: lambda text: [text, text], arguments=("a",), gives=1),
            False,
            "For 'a': the function gives a list, but the question asks for a number.",
        ),
        (
            lambda: forms.check_function(lambda: lambda text: None, arguments=("a",), gives=1),
            False,
            "For 'a': the function returns nothing: end it with `return` and the result.",
        ),
        (
            lambda: forms.check_function(lambda: len, arguments=("a",), gives=2),
            False,
            "For 'a' it gives 1, but it should give 2.",
        ),
    ],
)
def test_form_says(form, ready, expected):
    """Does the visible check say what will count against the answer, and how it was read?"""
    found = form()
    assert (found.ready, expected in _said(found)) == (ready, True), _said(found)


def _check_letters(dates, days):
    return forms.check_table(
        {"letter": ["CPSU to CCP", "CCP"], "date": dates, "days": days},
        columns={"date": "date", "days": "days"},
        key="letter",
        keys=["CPSU to CCP", "CCP"],
    )


def test_error_of_a_function_tells_no_hidden_argument():
    """Does the mark of a function that raises its argument keep the argument, and a message that raises?"""

    def tell(text):
        raise ValueError(text)

    class Worse(Exception):
        def __str__(self):
            raise RuntimeError

    def worse(text):
        raise Worse

    mark = checks.mark_function(
        lambda: tell, {"one": (("hidden",), 1), "two": (("hidden too",), 2)}, points=2
    )
    assert [reason.sentence for reason in mark.reasons] == [
        "In every case the function raises ValueError. Call it in a cell: the error names the line."
    ]
    form = forms.check_function(lambda: worse, arguments=("a",), gives=1)
    assert form.sentences == ("For 'a': the function raises Worse.",)


def test_shown_points_have_two_decimals():
    """Are points, maxima and totals shown with two decimals at most?"""
    thirds = Mark(1 / 3, 2 / 3, [Reason(1 / 3, "Yes."), Reason(-1 / 3, "No.")])
    total = Mark.total([thirds, thirds, Mark(0.1 + 0.2, 0.1 + 0.2)])
    for mark in (thirds, total):
        assert not re.search(r"\d\.\d{3}", mark._repr_html_() + repr(mark))
    assert (total.points, total.maximum) == (1, 1.63)


def test_paragraphs_of_both_documents():
    """Are paragraphs of both documents told apart, and is a bare number then no answer?"""
    both = names.Names(marking.paragraph_names())
    for typed in ("mao-1963-p07", "Mao 1963, ¶ 7", "MAO-1963-P7", "Mao ¶7", "M7", "mao paragraph 7"):
        assert both.find(typed) == "mao-1963-p07", typed
    assert both.find("Deng 1962, paragraph 07") == "deng-1962-p07"
    assert both.find("7") is None and both.find("¶ 7") is None


def test_quotations_of_both_documents():
    """Are quotations looked for in both documents when none is named?"""
    two = ["the CPSU and the CCP must close ranks", "The sky won't collapse"]
    said = repr(marking.check_quotation(two, n=2))
    assert "is in deng-1962-p05" in said and "is in mao-1963-p10" in said
    assert repr(marking.check_quotation(["the sky will fall down", two[0]], n=2)) == "0"
