"""The feedback that a student reads: one small page per notebook, with points and reasons and no scripts.

nbgrader's own page is the whole notebook, with half a megabyte of scripts and styles.  This page has what a
student looks for: each question, the answer, the points, the reasons and the instructor's comments.
"""

import ast
import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import nbformat
from markdown_it import MarkdownIt
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import is_grade, is_solution, is_task

from helpers.coursework.boundary import CourseError, SubmissionError, only_this_student
from helpers.coursework.code_names import is_python
from helpers.coursework.course import Course
from helpers.coursework.files import keep_other, write_file
from helpers.coursework.marking.sanitize import name_of
from helpers.coursework.plaintext import ANSI
from helpers.coursework.plugins import link
from helpers.coursework.redaction import HideChecks, commentary_of, open_text, solution_of
from helpers.coursework.release.variants import QUESTION
from helpers.coursework.returning.gradebook import stale_marks
from helpers.marks import in_points, read_mark, tidy, to_html

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
# No text of a student may become part of the page's markup.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
# The course's own text may link to files on this machine, which Markdown does not allow to others.
_COURSE_TEXT = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
_COURSE_TEXT.validateLink = lambda address: address.startswith("file:") or _MARKDOWN.validateLink(address)
_MOST_SHOWN = 4000
# A longer page leaves answers out; points and reasons are always shown.
_MOST_IN_ALL = 150_000
_MOST_REASONS = 20_000
_TITLE = re.compile(r"^#+\s*(.+)$", re.MULTILINE)
# How many characters of a message identify the check that it belongs to.
_TELLING = 8


class Place(NamedTuple):
    """What the course's notebook says about a named cell."""

    # The number of the heading above it, and that heading.
    number: int | None
    heading: str
    asked: str = ""  # the text of the question as it was handed out; empty if it is in an earlier cell
    # The teacher's answer in this cell, and the teacher's comment on the question.
    solution: str = ""
    commentary: str = ""
    is_code: bool = True  # whether the solution is code


@dataclass(frozen=True)
class Outline:
    """What the course's own notebook says about its cells."""

    title: str  # its first heading
    places: dict[str, Place]  # what it says about each named cell
    texts: frozenset[str]  # all texts of the course


@dataclass
class Section:
    """One question of a notebook and its result."""

    title: str
    own: list[str] = field(default_factory=list)
    answers: list[NotebookNode] = field(default_factory=list)
    left_out: list[NotebookNode] = field(default_factory=list)
    checks: list[NotebookNode] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def names(self) -> list[str | None]:
        """Return the names of its cells, each once."""
        return list(dict.fromkeys(map(name_of, (*self.answers, *self.left_out, *self.checks))))


@dataclass(frozen=True)
class CellGrade:
    """The points of one cell; `points` is None until a person has given them."""

    points: float | None
    most: float


def write_feedback(
    course: Course,
    assignment: str,
    students: list[str] | None = None,
    *,
    with_solutions: bool = False,
    before_deadline: bool = False,
) -> dict[str, str]:
    """Write a page for each notebook of each student, in place of nbgrader's own pages.

    Parameters
    ----------
    students
        The students; by default all whose work was marked.
    with_solutions
        Whether the pages also show the teacher's solutions and comments.
    before_deadline
        Whether solutions may be shown while somebody can still hand in work.

    Returns
    -------
    dict
        For each student, an empty text, or the reason why there is no page, such as a mark that belongs to
        earlier work.

    Raises
    ------
    CourseError
        When no work has been marked, or when solutions are asked for and somebody can still hand in work.
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
            raise CourseError(f"No work for {assignment} is marked yet. {first}")
        if with_solutions and not before_deadline:
            _refuse_before_deadline(gradebook, assignment)
        for student in sorted(known) if students is None else students:
            with only_this_student(said, student):
                try:
                    submission = gradebook.find_submission(assignment, student)
                except MissingEntry:
                    said[student] = f"The work of {student} for {assignment} is not marked yet."
                    continue
                if student in stale:
                    said[student] = stale[student]
                    continue
                pages = _pages(course, assignment, submission, outlines, with_solutions=with_solutions)
                folder = course.path("feedback", student, assignment)
                if folder.is_symlink() or folder.parent.is_symlink():
                    raise SubmissionError(
                        f"{folder} is a link to another folder: remove it and run the command again."
                    )
                for name, content in pages.items():  # other files there may be the instructor's
                    keep_other(folder / name, _is_ours)
                    write_file(folder / name, content)
                said[student] = (
                    "" if pages else f"None of the notebooks of {student} could be read, so there is no page."
                )
    return said


def _is_ours(content: bytes) -> bool:
    """Say whether a page was written by this module, not by nbgrader or a person."""
    return _POLICY.encode() in content[:1000]


def _refuse_before_deadline(gradebook: Gradebook, assignment: str) -> None:
    """Raise `CourseError` unless the due date has passed for everybody, extensions included."""
    anyway = "To write the solutions anyway, add --before-deadline."
    due = gradebook.find_assignment(assignment).duedate
    if due is None:
        raise CourseError(f"The gradebook has no due date for {assignment}, so nothing was written. {anyway}")
    last = max([due, *(one.duedate for one in gradebook.assignment_submissions(assignment) if one.duedate)])
    if datetime.now(UTC).replace(tzinfo=None) < last:
        until = f"until {last:%d %B %Y, %H:%M} UTC"
        raise CourseError(f"{assignment} can be handed in {until}, so nothing was written. {anyway}")


def _pages(
    course: Course, assignment: str, submission, outlines: dict[str, Outline], *, with_solutions: bool
) -> dict[str, bytes]:
    """Return a page for each marked notebook of a student."""
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
            untouched={one.name for one in notebook.comments if one.auto_comment},
            with_solutions=with_solutions,
        )
        pages[f"{notebook.name}.html"] = made.encode()
    return pages


def outline(cells: list[NotebookNode], texts: Iterable[str]) -> Outline:
    """Return the outline of a notebook of the course."""
    title, number, heading = "", 0, ""
    places: dict[str, Place] = {}
    asked, comments = [], []
    for at, cell in enumerate(cells):
        meta = cell.metadata.get("nbgrader", {})
        is_work = is_solution(cell) or is_grade(cell)
        if cell.cell_type == "markdown" and not is_work:
            text = open_text(cell)
            if found := _TITLE.search(text):
                number, heading, title = at, found[1], title or found[1]
                asked, comments = [], []
            asked.append(link(_TITLE.sub("", text, count=1) if found else text).strip())
            comments.append(link(commentary_of(cell)))
        if meta.get("grade_id"):
            place = Place(number, heading)
            if is_work or is_task(cell):
                place = Place(number, heading, "\n\n".join(filter(None, asked)), solution_of(cell),
                              "\n\n".join(filter(None, comments)), cell.cell_type == "code")  # fmt: skip
                asked, comments = [], []
            places[meta["grade_id"]] = place
    return Outline(title or "Feedback", places, frozenset(texts))


def page(
    notebook: NotebookNode,
    grades: dict[str, CellGrade],
    comments: dict[str, str],
    course: Outline,
    *,
    penalty: float = 0,
    untouched: Iterable[str] = (),
    with_solutions: bool = False,
) -> str:
    """Return the page of one marked notebook, as HTML.

    Parameters
    ----------
    notebook
        The notebook as `autograde` left it, with the hidden tests, which are removed first.
    grades, comments
        Points, and the instructor's comments, by the name of the cell.
    course
        The outline of the course's notebook.
    penalty
        Points taken off because the work came late.
    untouched
        The names of the answers that were not changed.
    with_solutions
        Whether to show the teacher's solutions and comments.
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
    told = [f"<strong>{in_points(most, won=points)}</strong>"]
    if penalty:
        told.append(f"{in_points(penalty)} taken off because your work came late.")
    if waiting := sum(grade.points is None for grade in grades.values()):
        told.append(f"Your instructor has still to mark {waiting} {'answer' if waiting == 1 else 'answers'}.")
    body, boxes = "", ""
    for number, question in enumerate(_questions(notebook, course), 1):
        made = _question(question, grades, comments, hidden, set(untouched), with_solutions)
        if len(body) + len(made) > _MOST_IN_ALL:
            question.left_out, question.answers = question.answers, []
            made = _question(question, grades, comments, hidden, set(untouched), with_solutions)
        body += f'<section id="q{number}">\n{made}\n</section>\n'
        boxes += _box(number, question, grades)
    if boxes:
        told.append(f'<nav aria-label="Questions"><ul>{boxes}</ul></nav>')
    return _PAGE.format(
        policy=_POLICY,
        style=_STYLE,
        title=html.escape(course.title),
        told="".join(one if one.startswith("<nav") else f"<p>{one}</p>\n" for one in told),
        body=body,
    )


_NOT_SHOWN = "<p>Your answer is not shown because this page is too long; you have it in your notebook.</p>"


def _questions(notebook: NotebookNode, course: Outline) -> list[Section]:
    """Return the questions of a notebook, each with its answers and its checks.

    Output that shows this student's variant of a question belongs to the question that follows it.
    A question ends with its last check: the next answer, or the next heading of the course, begins another.
    """
    questions: list[Section] = []
    last, own = None, []
    for cell in notebook.cells:
        if (name_of(cell) or "").startswith(QUESTION):
            own = [_plain(output) for output in cell.outputs]
        if not (is_solution(cell) or is_grade(cell) or is_task(cell)):
            is_own = not name_of(cell) and cell.source not in course.texts
            if is_own and questions and any(map(is_task, questions[-1].checks)):
                questions[-1].answers.append(cell)  # work on a task is in the student's own cells
            continue
        name = cell.metadata.nbgrader.grade_id
        place = course.places.get(name, Place(None, ""))
        begins = is_solution(cell) or is_task(cell)
        if not questions or place.number != last or (begins and questions[-1].checks):
            questions.append(Section(place.heading or name))
        last = place.number
        questions[-1].own, own = questions[-1].own or own, []
        questions[-1].places.append(place)
        questions[-1].answers += [cell] if is_solution(cell) else []
        questions[-1].checks += [cell] if is_grade(cell) or is_task(cell) else []
    return questions


def _question(
    question: Section,
    grades: dict[str, CellGrade],
    comments: dict[str, str],
    hidden: dict[str, str],
    untouched: set[str],
    with_solutions: bool,
) -> str:
    answered = [*question.answers, *question.left_out]
    names = question.names
    known, won, most, waits = _sums(question, grades)
    score = _score(won, most, waits)
    parts = [f"<h2>{html.escape(question.title)}{f' <small>({score})</small>' * bool(known)}</h2>"]
    asked = "\n\n".join(place.asked for place in question.places if place.asked)
    parts += [f"<div class='asked'>{_COURSE_TEXT.render(asked)}</div>"] * bool(asked)
    parts += [f"<p><strong>{html.escape(_cut(text))}</strong></p>" for text in question.own]
    parts += [_answer(cell) for cell in question.answers] + [_NOT_SHOWN] * bool(question.left_out)
    judged = [cell for cell in question.checks if not is_solution(cell) and not is_task(cell)]
    reasons = [_reasons(cell, hidden) for cell in judged]
    if not waits and won < most and not any("<li>" in reason for reason in reasons):
        can_say_why = answered or any(map(is_task, question.checks))
        reasons += [_NOTHING] * bool(can_say_why and untouched >= set(map(name_of, answered)))
    remarks = dict.fromkeys(comments[name] for name in names if name in comments)
    parts += [*reasons, *(f"<p class='remark'>{html.escape(remark)}</p>" for remark in remarks)]
    if with_solutions:
        parts += _solutions(question.places)
    return "".join(parts)


def _sums(question: Section, grades: dict[str, CellGrade]) -> tuple[list[CellGrade], float, float, bool]:
    """Return a question's grades, the points earned, the maximum, and whether a person has to mark it."""
    known = [grades[name] for name in question.names if name in grades]
    won, most = sum(grade.points or 0 for grade in known), sum(grade.most for grade in known)
    return known, won, most, any(grade.points is None for grade in known)


def _score(won: float, most: float, waits: bool) -> str:
    return f"{in_points(most)}, marked by your instructor" if waits else in_points(most, won=won)


def _box(number: int, question: Section, grades: dict[str, CellGrade]) -> str:
    """Return the link to a question in the strip at the top, with its result; empty without points."""
    known, won, most, waits = _sums(question, grades)
    if not known:
        return ""
    how = "waits" if waits else "full" if won >= most else "part" if won > 0 else "none"
    label = html.escape(f"{question.title}: {_score(won, most, waits)}", quote=True)
    shown = "?" if waits else tidy(won)
    return f'<li><a class="{how}" href="#q{number}" aria-label="{label}" title="{label}">{shown}</a></li>'


_NOTHING = "<p>You left this as it was handed out, so it has no points.</p>"


def _solutions(places: list[Place]) -> list[str]:
    """Return the teacher's solution of a question, and the comment."""
    shown = [
        f"<pre><code>{html.escape(place.solution)}</code></pre>"
        if place.is_code
        else f"<blockquote>{_COURSE_TEXT.render(place.solution)}</blockquote>"
        for place in places
        if place.solution
    ]
    comments = [_COURSE_TEXT.render(place.commentary) for place in places if place.commentary]
    parts = [*(["<h3>A solution</h3>"] * bool(shown)), *shown]
    parts += [*(["<h3>Why</h3>"] * bool(comments)), *comments]
    return [f"<div class='solution'>{''.join(parts)}</div>"] if parts else []


def _answer(cell: NotebookNode) -> str:
    if cell.cell_type != "code":
        return f"<blockquote>{_MARKDOWN.render(_cut(cell.source))}</blockquote>"
    shown = f"<pre class='answer'><code>{html.escape(_cut(cell.source))}</code></pre>"
    printed = "\n".join(_plain(output) for output in cell.outputs)
    return shown + (f"<pre class='output'>{html.escape(_cut(printed))}</pre>" if printed.strip() else "")


def _reasons(cell: NotebookNode, hidden: dict[str, str]) -> str:
    """Return the reasons that a check gives, or that it could not be run."""
    for output in cell.outputs:
        if output.output_type == "execute_result" and (mark := read_mark(output)):
            shown = to_html(mark)
            return shown if len(shown) < _MOST_REASONS else "<p>The reasons are too long for this page.</p>"
    for output in cell.outputs:
        if output.output_type == "error":
            said = _visible_message(output.evalue, cell.source, hidden[cell.metadata.nbgrader.grade_id])
            if said:
                return f"<p>The check of your answer says: {html.escape(_cut(said))}</p>"
            return f"<p>The check of your answer ended in an error ({html.escape(_cut(output.ename))}).</p>"
    return ""


def _visible_message(message: str, visible: str, hidden: str) -> str:
    """Return the part of an `assert` message that the student may see, without hidden tests; may be empty.

    A message with values in braces belongs to a check if its fixed parts are in the check and if the hidden
    tests know none of its names.  Values are shown only if the check calls no function that may be the
    student's, because such a function may raise an error with the same text and a hidden test's values.
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
    """Return an output as text, because a student's HTML could do anything."""
    if output.output_type == "stream":
        return output.text
    if output.output_type == "error":
        return ANSI.sub("", f"{output.ename}: {output.evalue}")
    return str(output.get("data", {}).get("text/plain", ""))


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}\n... (the rest is in your notebook)"


def _grades(notebook) -> dict[str, CellGrade]:
    by_hand = {one.name for one in notebook.grades if one.needs_manual_grade and one.manual_score is None}
    return {
        one.name: CellGrade(None if one.name in by_hand else one.score, one.max_score)
        for one in notebook.grades
    }


def _comments(notebook) -> dict[str, str]:
    return {comment.name: comment.manual_comment for comment in notebook.comments if comment.manual_comment}
