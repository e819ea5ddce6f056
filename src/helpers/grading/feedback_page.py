"""What a student reads: one small page a notebook, with points and reasons, and nothing that could run.

nbgrader's own page holds the whole notebook with scripts and styles of half a megabyte.  This one has what a
student looks for: each question, the answer, the points, the reasons and what a person wrote.
"""

import html
import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from markdown_it import MarkdownIt
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import is_grade, is_solution

from helpers.grading.boundary import CourseError, only_this_student
from helpers.grading.course import Course
from helpers.grading.feedback import HideChecks
from helpers.grading.record import to_bytes, write_folder

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
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_MOST_SHOWN = 4000
_TITLE = re.compile(r"^#+\s*(.+)$", re.MULTILINE)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Question:
    """One question of a notebook and what came of it."""

    title: str
    asked: str
    answers: list[NotebookNode] = field(default_factory=list)
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
        For each student, an empty text, or why there is no page.

    Raises
    ------
    CourseError
        When nobody was marked.
    """
    said = {}
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            known = [one.student.id for one in gradebook.assignment_submissions(assignment)]
        except MissingEntry:
            known = []
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
                folder = course.path("autograded", student, assignment)
                pages = {}
                for notebook in submission.notebooks:
                    path = folder / f"{notebook.name}.ipynb"
                    if path.is_file():
                        made = page(
                            nbformat.read(path, 4),
                            _grades(notebook),
                            _comments(notebook),
                            penalty=notebook.late_submission_penalty or 0,
                        )
                        pages[f"{notebook.name}.html"] = to_bytes(made)
                if pages:
                    write_folder(course.path("feedback", student, assignment), pages)
                said[student] = (
                    "" if pages else f"No notebook of {student} could be read, so there is no page."
                )
    return said


def page(
    notebook: NotebookNode, grades: dict[str, Grade], comments: dict[str, str], *, penalty: float = 0
) -> str:
    """Return the page of one marked notebook, as HTML.

    Parameters
    ----------
    notebook
        As `autograde` has left it: with the hidden tests, which are taken out first.
    grades, comments
        Points, and what a person wrote, by the name of the cell.
    penalty
        Points taken off because it came late.
    """
    notebook, _ = HideChecks().preprocess(notebook, {})
    title, questions = _questions(notebook)
    points = sum(grade.points or 0 for grade in grades.values()) - penalty
    most = sum(grade.most for grade in grades.values())
    told = [f"<strong>{_number(points)} of {_number(most)} points</strong>"]
    if penalty:
        told.append(f"{_number(penalty)} taken off, because it came late.")
    if waiting := sum(grade.points is None for grade in grades.values()):
        answers = "1 answer waits" if waiting == 1 else f"{waiting} answers wait"
        told.append(f"{answers} for a person to read, with points still to be had.")
    body = "".join(_question(question, grades, comments) for question in questions)
    return _PAGE.format(
        policy=_POLICY,
        style=_STYLE,
        title=html.escape(title),
        told="".join(f"<p>{sentence}</p>\n" for sentence in told),
        body=body,
    )


def _questions(notebook: NotebookNode) -> tuple[str, list[Question]]:
    """Return the title of a notebook and its questions, each with its text, its answers and its checks."""
    title, questions = "Feedback", []
    heading, text = "", ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and not is_grade(cell):
            found = _TITLE.search(cell.source)
            if found and title == "Feedback":
                title = found[1]
            heading, text = (found[1] if found else heading), cell.source
        elif is_solution(cell) or is_grade(cell):
            if not questions or questions[-1].title != heading:
                questions.append(Question(heading, text))
            questions[-1].answers += [cell] if is_solution(cell) else []
            questions[-1].checks += [cell] if is_grade(cell) else []
    return title, questions


def _question(question: Question, grades: dict[str, Grade], comments: dict[str, str]) -> str:
    names = [cell.metadata.nbgrader.grade_id for cell in question.checks]
    known = [grades[name] for name in names if name in grades]
    waits = any(grade.points is None for grade in known)
    most = _number(sum(grade.most for grade in known))
    won = _number(sum(grade.points or 0 for grade in known))
    score = f"{most} points, from a person" if waits else f"{won} of {most} points"
    parts = [f"<h2>{html.escape(question.title)} <small>({score})</small></h2>"]
    parts += [_answer(cell) for cell in question.answers]
    parts += [_reasons(cell) for cell in question.checks if not is_solution(cell)]
    remarks = [
        comments.get(cell.metadata.nbgrader.grade_id) for cell in (*question.answers, *question.checks)
    ]
    parts += [f"<p class='remark'>{html.escape(remark)}</p>" for remark in dict.fromkeys(remarks) if remark]
    return f"<section>\n{''.join(parts)}\n</section>\n"


def _answer(cell: NotebookNode) -> str:
    if cell.cell_type == "markdown":
        return f"<blockquote>{_MARKDOWN.render(_cut(cell.source))}</blockquote>"
    shown = f"<pre class='answer'><code>{html.escape(_cut(cell.source))}</code></pre>"
    printed = "\n".join(_plain(output) for output in cell.outputs)
    return shown + (f"<pre class='output'>{html.escape(_cut(printed))}</pre>" if printed.strip() else "")


def _reasons(cell: NotebookNode) -> str:
    """Return what a check says: the mark that the judge made, or that it could not be run."""
    for output in cell.outputs:
        data = output.get("data", {})
        if output.output_type == "execute_result" and 'class="mark"' in data.get("text/html", ""):
            return data["text/html"]
    for output in cell.outputs:
        if output.output_type == "error":
            return f"<p>The check of your answer ended in an error ({html.escape(output.ename)}).</p>"
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
