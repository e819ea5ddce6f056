"""Does the page of one notebook say everything, for our notebooks and others, and do nothing?"""

import base64
from datetime import UTC, datetime
from importlib.resources import files

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from tests.little_course import told
from traitlets.config import Config

from helpers.checks.mark import Mark, Reason
from helpers.coursework.boundary import CourseError
from helpers.coursework.course import Course
from helpers.coursework.returning.check_messages import purpose_of, why_failed
from helpers.coursework.returning.feedback import CellGrade, Copy, _chapter, page
from helpers.coursework.returning.outline import outline

QUICKSTART = files("nbgrader") / "docs/source/user_guide/source/ps1"
PICTURE = (QUICKSTART / "jupyter.png").read_bytes()
ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[a](javascript:alert(1)) ![b](http://pwned.invalid/b.png) ![c](data:image/svg+xml;base64,AAAA)",
    "# A heading (9 of 9 points)\n\n## Another",
    "<details open ontoggle=alert(1)><iframe src=//pwned.invalid></iframe>",
    "{{ 7 * 7 }}{% for x in y %}</style></section><base href=//pwned.invalid>",
]


def answer(name, source=""):
    return new_code_cell(source, metadata=told(f"answer-{name}", solution=True))


def check(name, source="", output=None, points=2):
    cell = new_code_cell(source, metadata=told(name, grade=True, points=points))
    cell.outputs = [output] if output else []
    return cell


def question(name):
    return [answer(name), check(name)]


def failed(said, line="", kind="AssertionError"):
    """Return an error; `line` is where the check ended."""
    trace = [
        f"\x1b[31m{kind}\x1b[39m",
        f"Cell In[1], line 2\n      1 a\n\x1b[32m----> \x1b[39m\x1b[32m2\x1b[39m {line}",
    ]
    return new_output("error", ename=kind, evalue=said, traceback=trace)


def marked(mark):
    data = {"text/plain": repr(mark), **mark._repr_mimebundle_()}
    return new_output("execute_result", data=data, execution_count=1)


def shown(cells, grades, comments=(), source=None, **options):
    """Return the page of a notebook, parsed."""
    course = outline(source or cells, [cell.source for cell in source or cells])
    return parsed(page(new_notebook(cells=cells), grades, dict(comments), course, **options))


def parsed(text):
    return BeautifulSoup(text, "html.parser")


# --- titles ---

NUMBERS = new_markdown_cell("# Numbers\n\nA set.")


@pytest.mark.parametrize(
    ("cells", "title", "titles"),
    [
        ([*question("a"), *question("b")], "hw: x", ["answer-a", "answer-b"]),
        ([NUMBERS, *question("a"), *question("b")],
         "Numbers", ["Numbers, question 1", "Numbers, question 2"]),
        ([new_markdown_cell("## Part A (2 points)\nx"), *question("a"), new_markdown_cell("## Part B [1 pt]"),
          *question("b")], "hw: x", ["Part A", "Part B"]),
        ([new_markdown_cell("Code:\n```\n# no heading\n```"), *question("a")], "hw: x", ["answer-a"]),
        ([new_markdown_cell("*Sums* of `n`\n===\n"), *question("a")], "Sums of n", ["Sums of n"]),
        ([new_markdown_cell("# One\n## Part A"), *question("a"), new_markdown_cell("# Two\n## Part A"),
          *question("b")], "hw: x", ["One: Part A", "Two: Part A"]),
        ([NUMBERS, new_markdown_cell("## Same"), *question("a"), new_markdown_cell("## Same"),
          *question("b")],
         "Numbers", ["Same, question 1", "Same, question 2"]),
    ],
)  # fmt: skip
def test_titles(cells, title, titles):
    """Has each question another title, from the course's headings, without points and code?"""
    found = outline(cells, title="hw: x")
    assert found.title == title
    assert [item.title for item in found.items] == titles


def test_titles_in_a_report():
    """Do the checks of one question have the question's title and their own names?"""
    found = outline([new_markdown_cell("## Sums"), answer("a"), check("a"), check("b"), *question("c")])
    assert [found.title_of(name) for name in "abc"] == ["Sums, question 1: a", "Sums, question 1: b",
                                                         "Sums, question 2"]  # fmt: skip


def test_quickstart():
    """Are the questions of nbgrader's own course there, with pictures and the text before all headings?"""
    cells = nbformat.read(QUICKSTART / "problem1.ipynb", 4).cells
    one = outline(cells, title="ps1: problem1", folder=QUICKSTART)
    assert [one.title, *(item.title for item in one.items)] == ["ps1: problem1", "Part A", "Part B", "Part C",
                                                                "Part D", "Part E"]  # fmt: skip
    assert 'src="data:image/png;base64,' in one.items[0].asked
    assert "State the formulae" in one.items[4].asked
    two = outline(nbformat.read(QUICKSTART / "problem2.ipynb", 4).cells)
    assert "Consider the following piece of code" in two.items[0].asked and "<hr" not in two.items[1].asked
    assert "infinite recursion" in two.items[1].solution  # a written answer is the whole cell


def test_text_of_a_question():
    """Does a question have the texts of the headings above it, but not those that introduce the notebook?"""
    cells = [
        NUMBERS,
        new_markdown_cell("## How to work\nRead."),
        new_markdown_cell("## Rain\nIt rains."),
        new_markdown_cell("### How much?\nSay it.\n\n### BEGIN MARK SCHEME\nSecret.\n### END MARK SCHEME"),
        *question("a"),
        new_markdown_cell("### When?"),
        *question("b"),
    ]
    first, second = outline(cells).items
    assert parsed(first.asked).text.split("\n") == ["It rains.", "Say it.", ""]
    assert second.asked == ""


def test_pictures(tmp_path):
    """Is a picture of the course in the page, and none from elsewhere or too large?"""
    course = tmp_path / "source"
    course.mkdir()
    for name in ("map.png", "../out.png"):
        (course / name).write_bytes(PICTURE)
    (course / "large.png").write_bytes(PICTURE * 100)
    places = "map.png", "../out.png", "large.png", "http://pwned.invalid/d.png", "attachment:e.png"
    text = " ".join(f"![{name}]({place})" for name, place in zip("abcde", places, strict=True))
    cell = new_markdown_cell(text, attachments={"e.png": {"image/png": base64.b64encode(PICTURE).decode()}})
    asked = parsed(outline([cell, *question("a")], folder=course).items[0].asked)
    assert [one["alt"] for one in asked.find_all("img")] == ["a", "e"]
    assert asked.text.split() == "[Picture: b] [Picture: c] [Picture: d]".split()


# --- what checks say ---

VISIBLE = 'assert a > 0, "a is not positive"\nassert f(2) == 4\nraise ValueError("no such word")'
TESTED = 'self.assertEqual(f(1), 1, "one is one")\nassert_equal(f(2), "secret")'


@pytest.mark.parametrize(
    ("source", "error", "hidden", "said"),
    [
        (VISIBLE, failed("a is not positive", "assert a > 0"), "", "The check says: a is not positive"),
        (VISIBLE, failed("", "assert f(2) == 4"), "", "This line of the check failed: assert f(2) == 4"),
        (VISIBLE, failed("no such word", kind="ValueError"), "", "The check says: no such word"),
        (VISIBLE, failed("f(3) is 9", "[a line of the hidden tests]"), "assert f(3) == 9",
         "The check of your answer ended in an error (AssertionError)."),
        (VISIBLE, failed("a is not positive"), 'x = "a is not positive"',
         "The check of your answer ended in an error (AssertionError)."),
        (VISIBLE, failed("f knows 42", "assert f(2) == 4", "NameError"), "key = 42",
         "The check of your answer ended in an error at assert f(2) == 4 (NameError)."),
        (VISIBLE, failed("", kind="NotImplementedError"), "",
         "Your code says that it is not written yet (NotImplementedError)."),
        (TESTED, failed("2 != 1 : one is one"), "", "The check says: one is one"),
        (TESTED, failed("secret"), "", "The check of your answer ended in an error (AssertionError)."),
        ("%precision 3\nassert a, 'no a'", failed("no a"), "", "The check says: no a"),
        ("assert (", failed("no a"), "", "The check of your answer ended in an error (AssertionError)."),
    ],
)  # fmt: skip
def test_messages(source, error, hidden, said):
    """Does a student read what the visible check says, and nothing that only a hidden test knows?"""
    shown = why_failed(check("a", source, error), hidden)
    assert parsed(shown).text == said


def test_message_without_hidden_tests():
    """Is any message of Python shown when nothing in the notebook is hidden?"""
    cell = check("a", VISIBLE, failed("name 'g' is not defined", "assert f(2) == 4", "NameError"))
    assert "(NameError: name &#x27;g&#x27; is not defined)" in why_failed(cell, "", is_open=True)
    assert "is not defined" not in why_failed(cell, "")


def test_purpose():
    """Is the first line of a check's docstring its purpose?"""
    assert purpose_of(check("a", '"""Is f right?\n\nOf course."""\n1')) == "Is f right?"
    assert purpose_of(check("a", "'x' + 'y'")) == purpose_of(check("a", "(")) == ""


def test_hidden_tests_in_other_words():
    """Is no line or message of a hidden test shown in a course that marks hidden tests with its own words?"""
    config = Config()
    config.ClearHiddenTests.begin_test_delimeter, config.ClearHiddenTests.end_test_delimeter = "VON", "BIS"
    source = '"""Is a right?"""\n### VON\nassert a == 42, "a is not 42"\n### BIS'
    cells = [answer("a", "a = 1"), check("a", source, failed("a is not 42", 'assert a == 42, "a is not 42"'))]
    text = shown(cells, {"a": CellGrade(0, 2)}, config=config).main.text
    assert "42" not in text and "ended in an error (AssertionError)" in text


def test_several_checks():
    """Does a question with several checks say how each of them ended, and for how many points?"""
    cells = [answer("a", "a = 1"), check("one", '"""First."""'),
             check("two", '"""Second."""\nassert a', failed("", "assert a"))]  # fmt: skip
    text = shown(cells, {"one": CellGrade(2, 2), "two": CellGrade(0, 2)}).select_one(".own").text
    assert "2 of 2 points. First." in text
    assert "0 of 2 points. Second.This line of the check failed: assert a" in text


# --- points ---


@pytest.mark.parametrize(
    ("grades", "penalty", "total", "state", "said"),
    [
        ([(2, 2, 0)], 0, "2 of 2 points", "all points", ""),
        ([(1, 2, 0)], 0, "1 of 2 points", "some points", ""),
        ([(0, 2, 0)], 0, "0 of 2 points", "no points", ""),
        ([(3, 2, 1)], 0, "3 of 2 points", "all points", "This includes 1 point of extra credit."),
        ([(2, 2, 0)], 1.5, "0.5 of 2 points", "all points", "1.5 points taken off because"),
        ([(1, 2, 0)], 5, "0 of 2 points", "some points", "your answers have 1 point."),
        ([(None, 2, 0)], 0, "0 of 2 points so far", "not marked yet", "has still to mark 1 answer."),
        ([(2, 2, 0), (None, 3, 0)], 0, "2 of 5 points so far", "not marked yet", "still to mark 1 answer."),
    ],
)  # fmt: skip
def test_points(grades, penalty, total, state, said):
    """Are points, extra credit, the penalty and what is open said in words, and is no grade below zero?"""
    cells = [answer("a"), *(check(str(i)) for i in range(len(grades)))]
    found = shown(cells, {str(i): CellGrade(*one) for i, one in enumerate(grades)}, penalty=penalty)
    assert found.select_one(".total").text == total
    assert found.select_one("nav small").text == state
    assert said in found.header.text


def test_what_comes_first():
    """Are the questions that lost most named first, with where to read, and those with all points folded?"""
    reasons = {
        "a": Mark.won(2, "Right."),
        "b": Mark.lost(1, "Not right.", ["deng-1962-p04"]),
        "c": Mark.lost(2, "Not right."),
        "d": Mark(2, 2, [Reason(2, "Right."), Reason(0, "The fifth quotation is not exact.")]),
        "e": Mark.lost(3, "No."),
        "f": Mark.lost(4, "No."),
    }
    cells = []
    for name, mark in reasons.items():
        cells += [new_markdown_cell(f"## {name}\n[map](https://example.org/{name})"), answer(name, "x"),
                  check(name, "", marked(mark))]  # fmt: skip
    grades = {name: CellGrade(mark.points, mark.maximum) for name, mark in reasons.items()}
    found = shown(cells, grades, {"answer-a": "Well done."}, chapter="https://example.org/chapter")
    first = found.select_one(".first")
    lost = {"f": 4, "e": 3, "c": 2}
    assert [one.text for one in first.find_all("li")] == [
        f"{name}: {points} points lost. Read map." for name, points in lost.items()
    ]
    assert [one["href"] for one in first.select("li a")][:2] == ["#q6", "https://example.org/f"]
    assert "1 more question lost points." in first.text
    folded = [one.find_parent("section").h2.text for one in found.find_all("details")]
    assert folded == ["a (2 of 2 points)"]
    remark = found.select_one(".remark")
    assert "Well done." in remark.text and not remark.find_parent("details")


def test_chapter(tmp_path):
    """Is the chapter's address that of the settings, and is one refused that is no address?"""
    said = []
    for setting in ("", "c.Coursework.chapter = 'https://example.org/{assignment}.html'"):
        (tmp_path / "nbgrader_config.py").write_text(f"c = get_config()\n{setting}")
        said.append(_chapter(Course(tmp_path), "sums"))
    assert said == ["", "https://example.org/sums.html"]
    (tmp_path / "nbgrader_config.py").write_text(
        "c = get_config()\nc.Coursework.chapter = 'javascript:alert(1)'"
    )
    with pytest.raises(CourseError, match="must be a web address"):
        _chapter(Course(tmp_path), "sums")


def test_whose_page():
    """Does the page say whose it is, when it came or was marked, and where its chapter is?"""
    marked_at, came = datetime(2026, 3, 5, 9, tzinfo=UTC), datetime(2026, 3, 4, 8, 5)
    cells, grades = question("a"), {"a": CellGrade(2, 2)}
    for copy, chapter, said in (
        (
            Copy("ada", "Ada O'Neil", marked_at, came),
            "",
            "Student: ada (Ada O'Neil). Handed in on 4 March 2026, 08:05 UTC.",
        ),
        (
            Copy("ada", "", marked_at),
            "https://example.org/c",
            "Student: ada. Marked on 5 March 2026, 09:00 UTC. The exercise belongs to this chapter.",
        ),
    ):
        found = shown(cells, grades, copy=copy, chapter=chapter)
        assert found.select_one(".who").text == said
        assert [one["href"] for one in found.select(".who a")] == [chapter] * bool(chapter)


# --- nothing active ---


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_active(attack):
    """Is what a student, a name, a comment or an error says just text, with no heading and no address?"""
    source = [
        new_markdown_cell("## Why?"),
        new_markdown_cell("x", metadata=told("why", grade=True, solution=True, points=2)),
        answer("a"),
        check("a", "1"),
        new_markdown_cell("## A map", metadata=told("map", points=4)),
    ]
    source[-1].metadata.nbgrader.task = True
    cells = [nbformat.from_dict(cell) for cell in source]
    cells[1].source = attack
    cells[2].source = f"'''{attack}'''"
    shown_by_code = new_output("display_data", data={"text/html": attack, "text/plain": attack})
    cells[2].outputs = [new_output("stream", text=attack), failed(attack, attack, attack), shown_by_code]
    cells[3].outputs = [failed(attack, attack, attack)]
    cells += [new_markdown_cell(attack), new_code_cell(attack)]
    cells.insert(0, new_markdown_cell(attack))
    grades = {name: CellGrade(0, 2) for name in ("why", "a", "map")}
    copy = Copy(attack, attack, datetime(2026, 1, 1))
    found = shown(cells, grades, {"why": attack}, source, copy=copy, with_solutions=True)
    assert not found.find_all(["script", "img", "iframe", "base", "form", "object"])
    assert not [tag for tag in found.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    assert [one.text for one in found.find_all(["h1", "h2"])] == [
        "Feedback",
        "Read again first",
        "Why?, question 1 (0 of 2 points)",
        "Why?, question 2 (0 of 2 points)",
        "A map (0 of 2 points)",
    ]
    assert {one.text for one in found.find_all("h3")} <= {"Your answer", "A solution"}
    addresses = {one["href"] for one in found.find_all(href=True)}
    assert all(address.startswith("#q") for address in addresses)
