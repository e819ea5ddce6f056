"""Does a student get back every point, reason and remark, and is no text passed over because of its place?"""

import json
import os

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from tests.little_course import CONFIG, autograde, hand_in, open_gradebook, rows, told
from tests.programs import run

from helpers.authoring.leaks import find_secrets
from helpers.coursework.returning.check_messages import visible_message
from helpers.coursework.returning.feedback import CellGrade, page
from helpers.coursework.returning.outline import outline

SECRET = "nobody may read this"
PARAGRAPH = "The ambassador wrote down what he wished Moscow to read about unity."
HIDDEN = f'### BEGIN HIDDEN TESTS\nassert answer_b == 42, "{SECRET}"\nkey = 42\n### END HIDDEN TESTS'
COMMENTARY = "It is one, and **not** two: see [¶ 4](#deng-1962-p04)."
RUBRIC = "One point for the word because."
SCHEME = f"""### BEGIN MARK SCHEME
{RUBRIC}
### BEGIN COMMENTARY
{COMMENTARY}
### END COMMENTARY
### END MARK SCHEME"""
PAST = "2020-01-01 12:00:00 UTC"
BOOK = "https://example.org/book"
SOURCE = new_notebook(
    metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    cells=[
        new_markdown_cell("# Numbers\n\nA set."),
        new_code_cell("# Run this cell before you answer any question.\nships = 3"),
        new_code_cell("answer_a = 0\n### BEGIN SOLUTION\nanswer_a = 1\n### END SOLUTION",
                      metadata=told("answer-a", solution=True)),
        new_code_cell("assert answer_a == 1", metadata=told("a", grade=True, points=1)),
        new_code_cell("answer_b = 0\n### BEGIN SOLUTION\nanswer_b = 42\n### END SOLUTION",
                      metadata=told("answer-b", solution=True)),
        new_code_cell(f'assert answer_b > 0, "b is not positive"\n{HIDDEN}',
                      metadata=told("b", grade=True, points=2)),
        new_markdown_cell(f"## Twice\n\nWhich number is it, as [¶ 7](#deng-1962-p07) has it?\n\n{SCHEME}"),
        new_code_cell("answer_c = 0\n### BEGIN SOLUTION\nanswer_c = 1\n### END SOLUTION",
                      metadata=told("answer-c", solution=True)),
        new_code_cell("assert answer_c == 1, f'c is not one but {answer_c}'",
                      metadata=told("c", grade=True, points=1)),
        new_markdown_cell("## Twice"),
        new_markdown_cell("Why?", metadata=told("why", grade=True, solution=True, points=3)),
        new_markdown_cell("## A map\n\nDraw a map.", metadata=told("map", points=4)),
        new_markdown_cell("The end of the set, with a sentence that everybody gets."),
    ],
)  # fmt: skip
SOURCE.cells[-2].metadata.nbgrader.task = True


def cell(notebook, name):
    return next(one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade_id") == name)


def fill(notebook, **answers):
    for name, source in answers.items():
        cell(notebook, name.replace("_", "-")).source = source


def beside(place, made):
    """Return a change that puts a cell behind the one of a name."""
    return lambda notebook: notebook.cells.insert(notebook.cells.index(cell(notebook, place)) + 1, made)


def _edited(notebook):
    notebook.cells[0].source += f"\n\n{PARAGRAPH}"


def _in_locked(notebook):
    cell(notebook, "a").source += f"\n# {PARAGRAPH}"


def _retyped(notebook):
    notebook.cells[notebook.cells.index(cell(notebook, "why"))] = new_markdown_cell(PARAGRAPH)


def _retyped_without_name(notebook):
    cell(notebook, "why").update(source=PARAGRAPH, metadata={})


ELSEWHERE = {
    "under": beside("why", new_markdown_cell(PARAGRAPH)),
    "raw": beside("why", nbformat.v4.new_raw_cell(PARAGRAPH)),
    "code": beside("why", new_code_cell(PARAGRAPH)),
    "comment": beside("why", new_code_cell(f"# {PARAGRAPH}")),
    "string": beside("why", new_code_cell(f'why = """{PARAGRAPH}"""')),
    "far-away": beside("answer-a", new_markdown_cell(PARAGRAPH)),
    "chinese": beside("why", new_markdown_cell("大使写下了他希望莫斯科读到的内容。")),
    "in-the-question": _edited,
    "in-a-check": _in_locked,
    "retyped": _retyped,
    "without-name": _retyped_without_name,
}
NOT_ELSEWHERE = {
    "untouched": lambda notebook: None,
    "code-of-the-course-changed": lambda notebook: notebook.cells[1].update(
        source=notebook.cells[1].source.replace("3", "4  # or five")
    ),
    "own-code": beside("why", new_code_cell("x = [answer_a, answer_b]\nprint(x)  # to see")),
    "two-words": beside("why", new_markdown_cell("to do")),
    "in-its-place": lambda notebook: fill(notebook, why=PARAGRAPH),
}


def _odd(source):
    return beside("why", {"cell_type": "markdown", "metadata": {}, "source": source})


@pytest.fixture(scope="module")
def course(tmp_path_factory, needs_sandbox):
    """Return a class marked once, and what was said: texts in odd places, wrong answers, odd files."""
    folder = tmp_path_factory.mktemp("feedback") / "course"
    (folder / "source/sums").mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(
        f"{CONFIG}\nc.ClearMarkScheme.enforce_metadata = False\n"
        f"import os; os.environ['BOOK_URL'] = '{BOOK}'\n"
        f"c.Coursework.chapter = '{BOOK}/chapters/{{assignment}}.html'"
    )
    nbformat.write(SOURCE, folder / "source/sums/sums.ipynb")
    assert run("nbgrader", "generate_assignment", "sums", cwd=folder).returncode == 0
    work = ELSEWHERE | NOT_ELSEWHERE | {
        "wrong": lambda nb: fill(nb, answer_b="answer_b = -1", answer_c="answer_c = 7"),
        "hidden": lambda nb: fill(nb, answer_a="answer_a = 1", answer_b="answer_b = 41"),
        "heading": beside("answer-c", new_markdown_cell("# Done (9 of 9)")),
        "mapped": beside("map", new_markdown_cell("My map: **north** is up, ![x](http://pwned.invalid/x.png)")),
        "long": lambda nb: fill(nb, why="<" * 9_000, answer_a="print('<' * 9_000)"),
        "numbers-as-text": beside("why", {"cell_type": "markdown", "metadata": {}, "source": [1, 2]}),
        "odd-tags": lambda nb: cell(nb, "a").metadata.update(tags=["raises-exception", {"a": 1}, [2]]),
    }  # fmt: skip
    for student, change in work.items():
        notebook = nbformat.read(folder / "release/sums/sums.ipynb", 4)
        change(notebook)
        hand_in(folder, student, json.dumps(notebook).encode())
    for name in ("map.html", "towns.csv"):
        (folder / "submitted/wrong/sums" / name).write_text("<script>1</script>")
    with open_gradebook(folder) as gradebook:
        gradebook.update_or_create_assignment("sums", duedate=PAST)
    said = autograde(folder)
    with open_gradebook(folder) as gradebook:
        gradebook.find_comment("map", "sums", "sums", "mapped").manual_comment = "Nice map"
        grade = gradebook.find_grade("map", "sums", "sums", "mapped")
        grade.manual_score, grade.needs_manual_grade = 3, False
        gradebook.find_grade("c", "sums", "sums", "in-its-place").extra_credit = 0.5
        gradebook.db.commit()
    pages = json.loads(run("coursework", "feedback", "sums", "--json", cwd=folder).stdout)["pages"]
    assert [student for student, lost in pages.items() if lost] == ["numbers-as-text"]
    return folder, said


def sections(course, student):
    """Return the title of a page, and each of its questions as text by its heading."""
    text = (course[0] / f"feedback/{student}/sums/sums.html").read_text(encoding="utf-8")
    page = BeautifulSoup(text, "html.parser")
    return page.h1.text, {one.h2.text: one for one in page.select("section[id]")}


@pytest.mark.parametrize("student", ELSEWHERE)
def test_a_text_in_another_cell(course, student):
    """Does an answer without a text wait for a person, and is that said, when the text is elsewhere?"""
    assert rows(course[0])[student, "why"] == (None, True)
    assert rows(course[0])[student, "comment why"] is None
    begins = PARAGRAPH[:20] if student != "chinese" else "大使"
    assert any("answer why" in remark and begins in remark for remark in course[1]["remarks"][student])


@pytest.mark.parametrize("student", NOT_ELSEWHERE)
def test_no_text_in_another_cell(course, student):
    """Has an answer without any text no points, as with nbgrader, and does one with a text just wait?"""
    expected = (None, True) if student == "in-its-place" else (0, False)
    assert rows(course[0])[student, "why"] == expected
    assert not any("answer why" in remark for remark in course[1]["remarks"].get(student, []))


def test_questions(course):
    """Is each question there once, with its heading or name, and never with a heading of the student's?"""
    title, found = sections(course, "heading")
    assert title == "Numbers"
    assert list(found) == [
        "Numbers, question 1 (0 of 1 point)",
        "Numbers, question 2 (0 of 2 points)",
        "Twice, question 1 (0 of 1 point)",
        "Twice, question 2 (0 of 3 points)",
        "A map (4 points, not marked yet)",
    ]


def test_strip_of_questions(course):
    """Does a strip at the top lead to each question, say its points, and show which wait for a person?"""
    text = (course[0] / "feedback/mapped/sums/sums.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(text, "html.parser")
    links = soup.select("nav a")
    assert [link.text.split(": ")[1] for link in links] == [
        "0 of 1, no points",
        "0 of 2, no points",
        "0 of 1, no points",
        "? of 3, not marked yet",
        "3 of 4, some points",
    ]
    assert [soup.select_one(link["href"]).h2.text.split(" (")[0] for link in links] == [
        link.text.split(": ")[0] for link in links
    ]


def test_beginning_of_a_page(course):
    """Does a page begin with the student, the chapter, the points with extra credit, and what lost most?"""
    text = (course[0] / "feedback/in-its-place/sums/sums.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(text, "html.parser")
    assert soup.select_one(".who").text.startswith("Student: in-its-place. Marked on ")
    assert soup.select_one(".who a")["href"] == f"{BOOK}/chapters/sums.html"
    assert soup.select_one(".total").text == "0.5 of 11 points so far"
    assert "0.5 points of extra credit" in soup.header.text
    first = [one.text for one in soup.select(".first li")]
    assert first[0] == "Numbers, question 2: 2 points lost. Read the chapter."
    assert "Twice, question 1: 0.5 points lost. Read ¶ 7." in first


def test_points_of_one(course):
    """Is one point one point?"""
    assert "Numbers, question 1 (1 of 1 point)" in sections(course, "hidden")[1]


def test_question_is_shown(course):
    """Is the question there as it was handed out, once, with links into the book and without the rubric?"""
    questions = sections(course, "wrong")[1]
    asked = questions["Twice, question 1 (0 of 1 point)"].select_one(".asked")
    assert asked.text.strip() == "Which number is it, as ¶ 7 has it?"
    assert asked.a["href"] == f"{BOOK}/chapters/deng-1962.html#deng-1962-p07"
    whole = "".join(map(str, questions.values()))
    assert whole.count("Which number is it") == 1 and "Draw a map." in whole
    assert RUBRIC not in whole and "not two" not in whole


def test_nothing_written(course):
    """Is there a reason where nobody wrote anything, and none where somebody did?"""
    said = "You left this as it was handed out"
    questions = sections(course, "own-code")[1]
    assert said in questions["Twice, question 2 (0 of 3 points)"].text
    assert (
        said not in sections(course, "in-its-place")[1]["Twice, question 2 (3 points, not marked yet)"].text
    )
    assert said not in sections(course, "wrong")[1]["Twice, question 1 (0 of 1 point)"].text


def solutions(folder, student, *options):
    """Return what the command says when it shows solutions, and the page."""
    ran = run("coursework", "feedback", "sums", "--json", "--student", student, "--with-solutions", *options,
              cwd=folder, codes=(0, 3))  # fmt: skip
    return ran.stdout, (folder / f"feedback/{student}/sums/sums.html").read_text(encoding="utf-8")


@pytest.fixture
def due(course):
    """Return a function that sets the due date, and one student's extension, in the gradebook."""

    def set_due(time, *, extension=0):
        with open_gradebook(course[0]) as gradebook:
            gradebook.update_or_create_assignment("sums", duedate=time)
            gradebook.grant_extension("sums", "heading", hours=extension)

    yield set_due
    set_due(PAST)


def test_no_solution_before_the_deadline(course, due):
    """Is one sentence all that comes while a student can still hand in, unless the teacher insists?"""
    folder = course[0]
    for time, hours, said in (
        (None, 0, "has no due date"),
        ("2130-01-01 12:00:00 UTC", 0, "until 01 January 2130, 12:00 UTC"),
        (PAST, 24 * 365 * 100, "2119"),
    ):
        due(time, extension=hours)
        told, page = solutions(folder, "wrong")
        assert said in told and "--before-deadline" in told
        assert "A solution" not in page and "not two" not in page.replace("</strong>", "")
    autograde(folder)
    told, page = solutions(folder, "wrong", "--before-deadline")
    assert "A solution" in page
    due(PAST)
    autograde(folder)


def test_solutions_after_the_deadline(course):
    """Are solution and commentary there for each question, without rubric or hidden test, and gone again?"""
    folder = course[0]
    told, text = solutions(folder, "hidden")
    assert json.loads(told)["pages"] == {"hidden": ""}
    found = sections(course, "hidden")[1]
    assert "answer_b = 42" in found["Numbers, question 2 (0 of 2 points)"].select_one(".solution").text
    twice = found["Twice, question 1 (0 of 1 point)"].select_one(".solution")
    assert [one.text for one in twice.find_all("h3")] == ["A solution", "Why"]
    assert "It is one, and not two: see ¶ 4." in twice.text
    assert twice.a["href"] == f"{BOOK}/chapters/deng-1962.html#deng-1962-p04"
    assert RUBRIC not in text and SECRET not in text and "BEGIN" not in text
    place = folder / "source/sums/sums.ipynb"
    before = place.read_text(encoding="utf-8")
    place.write_text(before.replace("It is one, and", "It is 1, and"), encoding="utf-8")
    told, text = solutions(folder, "hidden")  # nobody need be marked again
    place.write_text(before, encoding="utf-8")
    assert json.loads(told)["pages"] == {"hidden": ""} and "It is 1, and" in text
    run("coursework", "feedback", "sums", "--json", cwd=folder)
    assert not sections(course, "hidden")[1]["Numbers, question 2 (0 of 2 points)"].select(".solution")


def test_nbgrader_leaves_no_commentary(course, tmp_path):
    """Does stock nbgrader take a commentary out of what it hands out, or refuse, and is it secret?"""
    released = (course[0] / "release/sums/sums.ipynb").read_text(encoding="utf-8")
    assert "not** two" not in released and RUBRIC not in released and "COMMENTARY" not in released
    assert COMMENTARY in find_secrets(course[0] / "source")["COMMENTARY"]
    (tmp_path / "source/sums").mkdir(parents=True)
    (tmp_path / "nbgrader_config.py").write_text(CONFIG)
    nbformat.write(SOURCE, tmp_path / "source/sums/sums.ipynb")
    assert run("nbgrader", "generate_assignment", "sums", cwd=tmp_path).returncode == 1
    assert not list(tmp_path.glob("release/**/*.ipynb"))


def test_work_on_a_task(course):
    """Does a task show its points, what the student made and the marker wrote, and no remote picture?"""
    task = sections(course, "mapped")[1]["A map (3 of 4 points)"]
    assert "Nice map" in task.text and "north" in task.text
    assert "a sentence that everybody gets" not in task.text
    assert not task.find("img")


def test_messages_of_checks(course):
    """Is the message of a check that the student can see shown, and never that of a hidden test?"""
    text = "".join(map(str, sections(course, "wrong")[1].values()))
    assert "The check says: b is not positive" in text
    assert "The check says: c is not one but 7" in text
    hidden = "".join(map(str, sections(course, "hidden")[1].values()))
    assert SECRET not in hidden and "ended in an error (AssertionError)" in hidden


def test_long_answers(course):
    """Is what is long cut, with a sentence?"""
    path = course[0] / "feedback/long/sums/sums.html"
    assert path.stat().st_size < 100_000
    assert "(the rest is in your notebook)" in path.read_text(encoding="utf-8")


def test_page_is_bounded():
    """Does a page with too many long answers leave answers out, and keep all points?"""
    cells = []
    for i in range(40):
        cells += [
            new_code_cell("'<' " * 2_000, metadata=told(f"answer-{i}", solution=True)),
            new_code_cell("1", metadata=told(str(i), grade=True, points=1)),
        ]
    made = page(
        new_notebook(cells=cells), {str(i): CellGrade(1, 1) for i in range(40)}, {}, outline(cells, [])
    )
    assert len(made) < 200_000
    assert made.count("(1 of 1 point)") == 40
    assert "Your answer is not shown" in made


def test_odd_notebooks(course):
    """Has a notebook whose cell holds numbers a sentence, and does one with odd tags count?"""
    assert course[1]["unread"]["numbers-as-text"].startswith(
        "sums.ipynb: cell 12 contains something that is not text."
    )
    assert "odd-tags" in course[1]["marked"]
    assert not course[1]["failed"]


def test_files_beside(course):
    """Is a file that a browser would run left in submitted/ only, with a sentence?"""
    folder = course[0] / "autograded/wrong/sums"
    assert {path.name for path in folder.iterdir()} == {"sums.ipynb", "towns.csv"}
    assert (course[0] / "submitted/wrong/sums/map.html").read_text() == "<script>1</script>"
    assert any(
        remark.startswith("map.html is not in autograded/") for remark in course[1]["remarks"]["wrong"]
    )


def test_the_instructors_own_files_stay(course):
    """Does a new feedback page leave what else lies in the folder?"""
    own = course[0] / "feedback/wrong/sums/notes.pdf"
    own.write_bytes(b"mine")
    run("coursework", "feedback", "sums", "--json", cwd=course[0])
    assert own.read_bytes() == b"mine"


def test_a_persons_page_stays(course, tmp_path):
    """Is another page kept under another name, and none written through a link?"""
    place = course[0] / "feedback/wrong/sums/sums.html"
    place.write_text("<p>by hand")
    away = tmp_path / "away"
    away.mkdir()
    (away / "sums.html").write_text("mine")
    linked = course[0] / "feedback/heading/sums"
    os.rename(linked, linked.with_name("kept"))
    linked.symlink_to(away)
    said = json.loads(run("coursework", "feedback", "sums", "--json", cwd=course[0]).stdout)["pages"]
    assert "is a link" in said["heading"] and (away / "sums.html").read_text() == "mine"
    assert "Feedback:" in place.read_text()
    assert place.with_name("sums.html.before").read_text() == "<p>by hand"
    linked.unlink()
    os.rename(linked.with_name("kept"), linked)


def test_message_of_the_students_own():
    """Does an error that a student's function raises, worded as the check's, bring no hidden input along?"""
    visible = "two = double(2)\nassert two == 4, f'double(2) should be four, not {two}.'"
    hidden = f'assert double("{SECRET}")'
    said = visible_message(f"double(2) should be four, not {SECRET}.", visible, hidden)
    assert said == "double(2) should be four, not ...."
    assert (
        visible_message("it is 7, not one", "assert n == 1, f'it is {n}, not one'", "") == "it is 7, not one"
    )
