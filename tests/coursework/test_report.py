"""Does the report of a class say what the gradebook says, and nothing that must stay with the teacher?"""

import csv
import hashlib
import json
import math
import re
import statistics
import warnings
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlsplit

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from tests.attacks import SECRET
from tests.little_course import BY_HAND, WORK, answered, hand_in, make_class, new_course, open_gradebook
from tests.programs import run

from helpers.coursework.analysis.page import draw_days, draw_page, draw_scores
from helpers.coursework.analysis.report import _normal, read_report, write_report
from helpers.coursework.course import Course, CourseError
from helpers.coursework.redaction import Redactor
from helpers.coursework.returning.gradebook import StudentGrade

pytestmark = pytest.mark.slow


def contents(folder):
    """Return a digest of every file that a report may not change."""
    kept = ("gradebook.db", "autograded/", "submitted/", "source/", "release/")
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and str(path.relative_to(folder)).startswith(kept)
    }


@pytest.fixture(scope="module")
def course(tmp_path_factory, needs_sandbox):
    """Return the folder of a class in which everything happens."""
    folder = tmp_path_factory.mktemp("class")
    make_class(folder)
    return folder


@pytest.fixture(scope="module")
def report(course):
    """Return the report of the class."""
    return read_report(Course(course), "sums")


def test_changed_table_is_kept(course, report, written):
    """Is a table in which somebody has worked since kept under another name, and ours written beside it?"""
    place = course / "report/sums/students.csv"
    as_written = place.read_bytes()
    place.write_bytes(as_written + b"a note of mine")
    write_report(report, Course(course))
    assert place.read_bytes() == as_written
    assert (place.parent / "students.csv.before").read_bytes() == as_written + b"a note of mine"
    write_report(report, Course(course))
    assert not (place.parent / "students.csv.before-2").exists()


@pytest.fixture(scope="module")
def written(course, report):
    """Return the files of the report, by name."""
    before = contents(course)
    paths = write_report(report, Course(course))
    assert contents(course) == before
    return {path.name: path.read_text(encoding="utf-8-sig") for path in paths}


@pytest.fixture(scope="module")
def page(written):
    """Return the page, parsed."""
    return BeautifulSoup(written["report.html"], "html.parser")


def row(frame, **values):
    """Return the one row of a frame that has these values."""
    found = frame[(frame[list(values)] == pd.Series(values)).all(axis=1)]
    assert len(found) == 1, (values, frame)
    return found.iloc[0]


# --- figures ---


def scores():
    """Return the points of those who count, as (sum, twice, reasons), from what they wrote."""
    right = {
        name for name, (_, function) in WORK.items() if function.endswith(("return 2 * x", "return x * 2"))
    }
    found = {
        name: (2 * (number == "answer_sum = 42"), int(name in right), BY_HAND[name])
        for name, (number, _) in WORK.items()
    }
    return found | {"late": (2, 1, 2), "untouched": (0, 0, 0), "waiting": (2, 1, None)}


@pytest.mark.parametrize(("place", "name", "points"), [(0, "sum", 2), (1, "twice", 1), (2, "reasons", 3)])
def test_difficulty(report, place, name, points):
    """Is the difficulty of a question the mean share of its points, over those whose mark is there?"""
    won = [each[place] for each in scores().values() if each[place] is not None]
    found = row(report.questions, question=name)
    assert found["difficulty"] == pytest.approx(statistics.mean(won) / points)
    assert (found["n_marked"], found["n_full"]) == (len(won), won.count(points))
    assert found["n_zero"] == won.count(0)
    assert found["n_unanswered"] == 1


def test_discrimination(report):
    """Is it the correlation with the rest, where only questions that are marked for all make the rest?"""
    by_check = [(each[0], each[1]) for each in scores().values()]
    found = row(report.questions, question="sum")["discrimination"]
    assert found == pytest.approx(statistics.correlation(*zip(*by_check, strict=True)))
    by_hand = [(each[2], each[0] + each[1]) for each in scores().values() if each[2] is not None]
    found = row(report.questions, question="reasons")["discrimination"]
    assert found == pytest.approx(statistics.correlation(*zip(*by_hand, strict=True)))


def test_skills(report):
    """Is a skill's share of a student and of the class that of the points of its questions?"""
    assert row(report.students, student="emil")["data"] == pytest.approx(1 / 3)  # `twice`, not `sum`
    assert row(report.students, student="emil")["sourcing"] == 1
    assert math.isnan(row(report.students, student="waiting")["close-reading"])
    shares = [(one + two) / 3 for one, two, _ in scores().values()]
    assert row(report.skills, skill="data")["share"] == pytest.approx(statistics.mean(shares))
    assert list(report.skills["skill"]) == ["sourcing", "close-reading", "data"]
    assert row(report.skills, skill="data")["points"] == 3


def test_late_work(report):
    """Does late work lose what the course's rule takes, in its grade and not in the figures of the class?"""
    late = row(report.students, student="late")
    assert (late["score"], late["late_penalty"], late["grade"]) == (5, 1, 4)
    assert late["share"] == pytest.approx(5 / 6)
    assert late["seconds_late"] == 24 * 60 * 60


def test_what_is_open(report):
    """Is everybody named whose work is not marked, cannot be read, waits, or is not there?"""
    told = report.summary()
    assert told["waiting"] == ["waiting"]
    assert told["nothing_handed_in"] == ["absent"]
    assert set(told["not_marked"]) == {"again", "newcomer"}
    assert "again after it was marked" in told["not_marked"]["again"]
    assert told["unreadable"]["unreadable"].startswith("sums.ipynb")
    assert told["marked"] == len(scores())


def test_reasons(report):
    """Are the reasons counted that students read, alike for two who typed different things?"""
    assert row(report.reasons, reason="... is not right.")["n_students"] == 5  # 41 three times, 6, and 0
    typed = report.reasons[report.reasons["reason"].str.contains("asks for a number")]
    assert list(typed["n_students"]) == [3]
    assert "script" not in typed["reason"].iloc[0]
    ended = row(report.reasons, reason="The check ended with AssertionError.")
    wrong = [each for each in scores().values() if each[1] == 0]
    assert ended["n_students"] == ended["points_lost"] == len(wrong) - 1  # one ends with a NameError
    assert list(report.reasons["n_students"]) == sorted(report.reasons["n_students"], reverse=True)


def test_answers_to_look_at(report):
    """Are near misses and wrong answers that many have shown, also where comments differ, and no others?"""
    answers = report.answers
    alike = row(answers, answer="answer_sum = 41")
    assert (alike["students"], alike["n_students"]) == ("emil, fen, gao", 3)
    near = row(answers, students="hana")
    assert answers.iloc[0]["students"] == "hana"
    assert "nearly the same" in near["why"] and near["answer"].endswith("retrun 2 * x")
    named = set(answers["students"].str.split(", ").sum())
    # 6 is another number and no slip; an answer that is not there, or right, is not looked at.
    assert not named & {"li", "ada", "untouched", "unreadable"}


def test_alike(report):
    """Are those named who wrote the same in every answer?"""
    assert report.alike == [["ada", "bao"]]


# --- what must stay with the teacher ---


def test_nothing_hidden(written):
    """Do no line of a hidden test and none of a solution stand in any file, though students wrote them?"""
    for name, text in written.items():
        plain = BeautifulSoup(text, "html.parser").get_text() if name.endswith("html") else text
        for whole in (text, plain):
            assert SECRET not in whole, name
            assert "mark_number" not in whole, name
            assert "return 2 * x" not in whole, name
            assert not re.search(r"answer_sum = 42\b", whole), name
    assert "[a line of the solution]" in written["answers.csv"]


def test_veil_forgives_no_indent():
    """Is a short line of a solution hidden where it is a whole line, and a long one wherever it stands?"""
    lines = ["    n = 3", "answer = sorted(words)", ")"]
    redactor = Redactor(lines, "[a line of the solution]", short_too=True)
    assert redactor.clean("n = 3\nn = 30\nprint(answer = sorted(words))\n)").split("\n") == [
        "[a line of the solution]",
        "n = 30",
        "[a line of the solution]",
        ")",
    ]


# --- the page ---


def test_page_stands_alone(written, page):
    """Does the page run no script and ask no host for anything, whatever a student typed?"""
    assert not page.find_all(["script", "link", "img", "iframe", "object", "form"])
    assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    addresses = [tag[name] for tag in page.find_all(True) for name in ("href", "src") if tag.has_attr(name)]
    assert addresses and not [address for address in addresses if urlsplit(address).netloc]
    assert "url(" not in written["report.html"] and "@import" not in written["report.html"]
    assert "<script>alert(1)" in page.get_text()


def test_charts_in_words(page):
    """Is every chart a table with a caption, its figures as text, and a description in words?"""
    charts = page.select("table.chart")
    assert len(charts) == 5
    for chart in charts:
        assert chart.caption.text and re.search(r"\d", page.find(id=chart["aria-describedby"]).text)
        rows = chart.tbody.find_all("tr")
        assert rows and all(row.th.text and re.search(r"\d", row.td.text) for row in rows)
        assert len(chart.select("svg[aria-hidden=true]")) == len(rows)


def test_titles(report, written):
    """Are questions called by their headings in tables and charts, and in files also by their cells?"""
    assert list(report.questions["title"]) == ["answer-sum", "answer-twice", "reasons"]  # no headings
    titled = replace(report, questions=report.questions.assign(title=["A & B", "<i>C", "D"]))
    shown = BeautifulSoup(draw_page(titled), "html.parser")
    for table in (shown.find("caption", string="Each question").parent, shown.select("table.chart")[2]):
        assert [one.text for one in table.select("tbody th")][:2] == ["A & B", "<i>C"]
    assert "question,title" in written["questions.csv"] and "question,title" in written["reasons.csv"]


def test_students_with_few_points(report, page):
    """Are the students with less than half of the points listed, those with the fewest first?"""
    shares = report.students.set_index("student")["share"]
    said = [one.text for one in page.find("h2", id="student").find_parent("section").find_all("li")]
    named = [one.split(":")[0] for one in said]
    assert set(named) == set(shares[shares < 0.5].index) and named
    assert [shares[name] for name in named] == sorted(shares[name] for name in named)


def test_many_students(report):
    """Does a list of people end after some of them, with the number of the others, also for 500?"""
    many = [StudentGrade(f"s{i}", status="not marked", sentence="Run `coursework`.") for i in range(500)]
    large = replace(report, grades=replace(report.grades, students=many))
    shown = BeautifulSoup(draw_page(large), "html.parser")
    part = shown.find("h2", id="open").find_parent("section")
    assert len(part.find_all("li")) == 25 and "And 475 more" in part.text
    assert part.li.code.text == "coursework"


def test_page_is_ordered(page):
    """Do headings follow each other without a gap, do links lead somewhere, and has every table a caption?"""
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h\d$"))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {link["href"] for link in page.find_all("a")} <= {f"#{key}" for key in ids}
    assert all(table.caption and table.find("th", scope="col") for table in page.find_all("table"))


def test_tables(written):
    """Do the csv files have a row for each student and question?"""
    tables = {
        name: list(csv.DictReader(text.splitlines())) for name, text in written.items() if "csv" in name
    }
    assert set(tables) == {"students.csv", "questions.csv", "skills.csv", "reasons.csv", "answers.csv"}
    assert [one["question"] for one in tables["questions.csv"]] == ["sum", "twice", "reasons"]
    everybody = {*scores(), "again", "newcomer", "unreadable", "absent"}
    assert {one["student"] for one in tables["students.csv"]} == everybody


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ([0, 0.5, 1], "The most in one band is 1: 0 to 10% and 50 to 60% and 90 to 100%."),
        ([0.3, 0.3], "The most in one band is 2: 30 to 40%."),
    ],
)
def test_scores_in_words(shares, said):
    """Is everybody in a band, also on its edge, and does the description name the fullest?"""
    chart = draw_scores(pd.Series(shares))
    assert chart.description.endswith(said)
    assert sum(int(bar.value) for bar in chart.bars) == len(shares)


def test_days():
    """Are days counted from the release, or from the first work when the release is younger than that?"""
    times = pd.Series(pd.to_datetime(["2026-01-03 10:00", "2026-01-05 09:00", None]))
    chart = draw_days(times, pd.Timestamp("2026-01-01 12:00"))
    assert [bar.value for bar in chart.bars] == ["0", "1", "0", "1"]
    assert "the first submission" in draw_days(times, pd.Timestamp("2026-01-04")).title
    long = draw_days(pd.concat([times, pd.Series([pd.Timestamp("2026-12-31")])]), None)
    assert len(long.bars) <= 13 and sum(int(bar.value) for bar in long.bars) == 3


# --- the command ---


def test_command(course):
    """Does the command say where the page is, and end with 1 while work is not marked?"""
    ran = run("coursework", "report", "sums", "--json", cwd=course)
    told = json.loads(ran.stdout)
    assert ran.returncode == 1
    assert told["files"][0].endswith("report/sums/report.html")
    assert told["median_share"] == pytest.approx(1 / 3, abs=1e-4)
    said = run("coursework", "report", "sums", cwd=course).stdout
    assert "15 graded" in said and "newcomer: not marked." in said


def test_nothing_marked(tmp_path):
    """Is there a report, and no error, when nobody's work is marked yet?"""
    hand_in(tmp_path, "early", answered(new_course(tmp_path)))
    report = read_report(Course(tmp_path), "sums")
    page = write_report(report, Course(tmp_path))[0].read_text(encoding="utf-8")
    assert "Nothing is marked yet." in page and "early" in page
    assert report.summary()["median_share"] is None


def test_unknown_assignment(course):
    """Does an assignment that is not there end in a sentence that names those that are?"""
    with pytest.raises(CourseError, match="no assignment products; it has: sums"):
        read_report(Course(course), "products")
    with open_gradebook(course) as gradebook:
        assert [one.name for one in gradebook.assignments] == ["sums"]


def test_warnings_of_students_code():
    """Does no warning of Python about a student's code reach the screen?"""
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        assert _normal("p = '\\d'  # mine").startswith("p = ")
    assert not seen
