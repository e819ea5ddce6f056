"""What a student reads: one small page a notebook, with points and reasons, and nothing that could run.

nbgrader's own page holds the whole notebook with scripts and styles of half a megabyte.  This one has what a
student looks for: each question, the answer, the points, the reasons and what a person wrote.
"""

import ast
import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from markdown_it import MarkdownIt
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import is_grade, is_solution, is_task

from helpers.grading.boundary import CourseError, SubmissionError, only_this_student
from helpers.grading.course import Course
from helpers.grading.feedback import HideChecks
from helpers.grading.grades import stale_marks
from helpers.grading.inert import inert_html
from helpers.grading.names import is_python
from helpers.grading.record import keep_other, write_file
from helpers.grading.sanitize import name_of

_STYLE = (Path(__file__).parent / "feedback.css").read_text(encoding="utf-8")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Feedback: {title}</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
{told}</header>
<main>
{body}</main>
</body>
</html>
"""
# What a student has written may not become part of the page, whatever it holds.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
_MOST_SHOWN = 4000
# A page that is longer than this leaves answers out; points and reasons are always there.
_MOST_IN_ALL = 150_000
_MOST_REASONS = 20_000
_TITLE = re.compile(r"^#+\s*(.+)$", re.MULTILINE)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
# So many letters of a message tell which check it belongs to.
_TELLING = 8


@dataclass(frozen=True)
class Outline:
    """What the course's own notebook says of its cells.

    Attributes
    ----------
    title
        Its first heading.
    headings
        For each cell with a name, which of the headings it stands below, and that heading.
    texts
        All texts of the course.
    """

    title: str
    headings: dict[str, tuple[int, str]]
    texts: frozenset[str]


@dataclass
class Question:
    """One question of a notebook and what came of it."""

    title: str
    answers: list[NotebookNode] = field(default_factory=list)
    left_out: list[NotebookNode] = field(default_factory=list)
    checks: list[NotebookNode] = field(default_factory=list)


@dataclass(frozen=True)
class Grade:
    """The points of one cell; `points` is None while a person has not given them."""

    points: float | None
    most: float


def write_feedback(course: Course, assignment: str, students: list[str] | None = None) -> dict[str, str]:
    """Write a page for each notebook of each student, where nbgrader puts its own.

    Parameters
    ----------
    course, assignment
        What was marked.
    students
        Whose; by default everybody's that was marked.

    Returns
    -------
    dict
        For each student, an empty text, or why there is no page, such as a mark that is not of the present
        work.

    Raises
    ------
    CourseError
        When nobody was marked.
    """
    said = {}
    outlines: dict[str, Outline] = {}
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            known = [one.student.id for one in gradebook.assignment_submissions(assignment)]
        except MissingEntry:
            known = []
        stale = stale_marks(course, assignment) if known else {}
        if not known:
            first = f"Run `coursework autograde {assignment}` first."
            raise CourseError(f"Nobody's {assignment} is marked yet. {first}")
        for student in sorted(known) if students is None else students:
            with only_this_student(said, student):
                try:
                    submission = gradebook.find_submission(assignment, student)
                except MissingEntry:
                    said[student] = f"{assignment} of {student} is not marked yet."
                    continue
                if student in stale:
                    said[student] = stale[student]
                    continue
                pages = _pages(course, assignment, submission, outlines)
                folder = course.path("feedback", student, assignment)
                if folder.is_symlink() or folder.parent.is_symlink():
                    raise SubmissionError(
                        f"{folder} is a link to another folder: remove it, and run this again."
                    )
                for name, content in pages.items():  # what else lies there may be the instructor's
                    keep_other(folder / name, _is_ours)
                    write_file(folder / name, content)
                said[student] = (
                    "" if pages else f"No notebook of {student} could be read, so there is no page."
                )
    return said


def _is_ours(content: bytes) -> bool:
    """Say whether a page is one of these, and not nbgrader's or a person's."""
    return _POLICY.encode() in content[:1000]


def _pages(course: Course, assignment: str, submission, outlines: dict[str, Outline]) -> dict[str, bytes]:
    """Return the page of each notebook of a student that was marked."""
    pages = {}
    for notebook in submission.notebooks:
        path = course.path("autograded", submission.student.id, assignment) / f"{notebook.name}.ipynb"
        if not path.is_file():
            continue
        if notebook.name not in outlines:
            cells = course.source_cells(assignment, notebook.name)
            outlines[notebook.name] = outline(cells, course.given_texts(assignment, notebook.name))
        made = page(
            nbformat.from_dict(json.loads(path.read_bytes())),
            _grades(notebook),
            _comments(notebook),
            outlines[notebook.name],
            penalty=notebook.late_submission_penalty or 0,
        )
        pages[f"{notebook.name}.html"] = made.encode()
    return pages


def outline(cells: list[NotebookNode], texts: Iterable[str]) -> Outline:
    """Return the outline of a notebook of the course.

    Parameters
    ----------
    cells
        Of its source.
    texts
        All texts of the course, in the source and in what was handed out.
    """
    title, headings, number, heading = "", {}, 0, ""
    for place, cell in enumerate(cells):
        told = cell.metadata.get("nbgrader", {})
        is_text = cell.cell_type == "markdown" and not is_solution(cell)
        if is_text and (found := _TITLE.search(cell.source)):
            number, heading, title = place, found[1], title or found[1]
        if told.get("grade_id"):
            headings[told["grade_id"]] = number, heading
    return Outline(title or "Feedback", headings, frozenset(texts))


def page(
    notebook: NotebookNode,
    grades: dict[str, Grade],
    comments: dict[str, str],
    course: Outline,
    *,
    penalty: float = 0,
) -> str:
    """Return the page of one marked notebook, as HTML.

    Parameters
    ----------
    notebook
        As `autograde` has left it: with the hidden tests, which are taken out first.
    grades, comments
        Points, and what a person wrote, by the name of the cell.
    course
        The outline of the course's notebook.
    penalty
        Points taken off because it came late.
    """
    sources = {id(cell): cell.source for cell in notebook.cells}
    notebook, _ = HideChecks().preprocess(notebook, {})
    hidden = {
        cell.metadata.nbgrader.grade_id: "\n".join(
            set(sources[id(cell)].split("\n")) - set(cell.source.split("\n"))
        )
        for cell in notebook.cells
        if is_grade(cell)
    }
    points = sum(grade.points or 0 for grade in grades.values()) - penalty
    most = sum(grade.most for grade in grades.values())
    told = [f"<strong>{_of(points, most)}</strong>"]
    if penalty:
        told.append(f"{_points(penalty)} taken off, because it came late.")
    if waiting := sum(grade.points is None for grade in grades.values()):
        told.append(f"Your instructor has still to mark {waiting} {'answer' if waiting == 1 else 'answers'}.")
    body = ""
    for question in _questions(notebook, course):
        made = _question(question, grades, comments, hidden)
        if len(body) + len(made) > _MOST_IN_ALL:
            question.left_out, question.answers = question.answers, []
            made = _question(question, grades, comments, hidden)
        body += made
    return _PAGE.format(
        policy=_POLICY,
        style=_STYLE,
        title=html.escape(course.title),
        told="".join(f"<p>{sentence}</p>\n" for sentence in told),
        body=body,
    )


_NO_ROOM = "<p>Your answer is left out here, because this page is long; it is in your notebook.</p>"


def _questions(notebook: NotebookNode, course: Outline) -> list[Question]:
    """Return the questions of a notebook, each with its answers and its checks.

    A question ends with its last check: the next answer, or the next heading of the course, begins another.
    """
    questions: list[Question] = []
    last = None
    for cell in notebook.cells:
        if not (is_solution(cell) or is_grade(cell) or is_task(cell)):
            is_own = not name_of(cell) and cell.source not in course.texts
            if is_own and questions and any(map(is_task, questions[-1].checks)):
                questions[-1].answers.append(cell)  # work on a task lies in cells of the student's
            continue
        name = cell.metadata.nbgrader.grade_id
        number, heading = course.headings.get(name, (None, ""))
        begins = is_solution(cell) or is_task(cell)
        if not questions or number != last or (begins and questions[-1].checks):
            questions.append(Question(heading or name))
        last = number
        questions[-1].answers += [cell] if is_solution(cell) else []
        questions[-1].checks += [cell] if is_grade(cell) or is_task(cell) else []
    return questions


def _question(
    question: Question,
    grades: dict[str, Grade],
    comments: dict[str, str],
    hidden: dict[str, str],
) -> str:
    names = dict.fromkeys(map(name_of, (*question.answers, *question.left_out, *question.checks)))
    known = [grades[name] for name in names if name in grades]
    most = sum(grade.most for grade in known)
    waits = any(grade.points is None for grade in known)
    won = sum(grade.points or 0 for grade in known)
    score = f"{_points(most)}, marked by your instructor" if waits else _of(won, most)
    parts = [f"<h2>{html.escape(question.title)} <small>({score})</small></h2>"]
    parts += [_answer(cell) for cell in question.answers] + [_NO_ROOM] * bool(question.left_out)
    judged = [cell for cell in question.checks if not is_solution(cell) and not is_task(cell)]
    parts += [_reasons(cell, hidden) for cell in judged]
    remarks = dict.fromkeys(comments[name] for name in names if name in comments)
    parts += [f"<p class='remark'>{html.escape(remark)}</p>" for remark in remarks]
    return f"<section>\n{''.join(parts)}\n</section>\n"


def _answer(cell: NotebookNode) -> str:
    if cell.cell_type != "code":
        return f"<blockquote>{_MARKDOWN.render(_cut(cell.source))}</blockquote>"
    shown = f"<pre class='answer'><code>{html.escape(_cut(cell.source))}</code></pre>"
    printed = "\n".join(_plain(output) for output in cell.outputs)
    return shown + (f"<pre class='output'>{html.escape(_cut(printed))}</pre>" if printed.strip() else "")


def _reasons(cell: NotebookNode, hidden: dict[str, str]) -> str:
    """Return what a check says: the mark that the judge made, or that it could not be run."""
    for output in cell.outputs:
        mark = output.get("data", {}).get("text/html", "")
        if output.output_type == "execute_result" and mark.startswith('<div class="mark">'):
            shown = inert_html(mark, is_check=True)
            return shown if len(shown) < _MOST_REASONS else "<p>The reasons are too long for this page.</p>"
    for output in cell.outputs:
        if output.output_type == "error":
            said = _said_openly(output.evalue, cell.source, hidden[cell.metadata.nbgrader.grade_id])
            if said:
                return f"<p>The check of your answer says: {html.escape(_cut(said))}</p>"
            return f"<p>The check of your answer ended in an error ({html.escape(_cut(output.ename))}).</p>"
    return ""


def _said_openly(message: str, visible: str, hidden: str) -> str:
    """Return what of a message an `assert` says that the student can see, and no hidden test; empty if none.

    A message with values in braces is taken for its own when its fixed parts are in it, and when no name in
    it is known to the hidden tests.  Values are shown where the check calls no function that may be the
    student's: such a function may raise an error that says the same, with what a hidden test has given it.
    """
    try:
        tree = ast.parse(visible)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    calls = hidden.strip() or any(
        not (isinstance(node.func, ast.Name) and is_python(node.func.id))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    )
    for node in ast.walk(tree):
        said = node.msg if isinstance(node, ast.Assert) else None
        parts = said.values if isinstance(said, ast.JoinedStr) else [said]
        texts = [getattr(part, "value", None) for part in parts]
        fixed = [text for text in texts if isinstance(text, str)]
        names = {one.id for part in parts if part for one in ast.walk(part) if isinstance(one, ast.Name)}
        letters = sum(map(len, fixed))
        if not fixed or any(text in hidden for text in fixed if len(text) >= _TELLING):
            continue
        if len(fixed) == len(parts) and message == "".join(fixed):
            return message
        pattern = "(.*)".join(map(re.escape, fixed))
        unknown = not names & set(re.findall(r"\w+", hidden))
        if unknown and letters >= _TELLING and re.fullmatch(f"(.*){pattern}(.*)", message, re.DOTALL):
            shown = "".join(text if isinstance(text, str) else "..." for text in texts) if calls else message
            return shown if isinstance(said, ast.JoinedStr) else ""
    return ""


def _plain(output: NotebookNode) -> str:
    """Return an output as text; what a student's code shows as HTML could do anything."""
    if output.output_type == "stream":
        return output.text
    if output.output_type == "error":
        return _ANSI.sub("", f"{output.ename}: {output.evalue}")
    return str(output.get("data", {}).get("text/plain", ""))


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}\n... (the rest is in your notebook)"


def _of(won: float, most: float) -> str:
    return f"{_number(won)} of {_points(most)}"


def _points(points: float) -> str:
    return f"{_number(points)} {'point' if points == 1 else 'points'}"


def _number(points: float) -> str:
    return f"{round(points, 2):g}"


def _grades(notebook) -> dict[str, Grade]:
    return {
        grade.name: Grade(None if grade.needs_manual_grade and grade.manual_score is None else grade.score,
                          grade.max_score)
        for grade in notebook.grades
    }  # fmt: skip


def _comments(notebook) -> dict[str, str]:
    return {comment.name: comment.manual_comment for comment in notebook.comments if comment.manual_comment}
