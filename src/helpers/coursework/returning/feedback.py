"""The feedback that a student reads: one small page per notebook, with points and reasons and no scripts.

nbgrader's own page is the whole notebook, with half a megabyte of scripts and styles.  This page has what a
student looks for: what to read again first, and each question, the answer, the points, the reasons and the
instructor's comments.
"""

import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple

import nbformat
from jinja2 import Template
from markupsafe import Markup
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import is_grade, is_solution, is_task
from traitlets.config import Config

from helpers.coursework.boundary import CourseError, SubmissionError, only_this_student
from helpers.coursework.course import Course
from helpers.coursework.files import keep_other, write_file
from helpers.coursework.marking.sanitize import name_of
from helpers.coursework.plaintext import ANSI
from helpers.coursework.redaction import HideChecks
from helpers.coursework.release.variants import QUESTION
from helpers.coursework.returning.check_messages import mark_of, purpose_of, shown_mark, why_failed
from helpers.coursework.returning.gradebook import stale_marks
from helpers.coursework.returning.markdown import render_student_text
from helpers.coursework.returning.outline import Item, Outline, links_in, outline, read_outline
from helpers.coursework.templating import read_template
from helpers.marks import Link, ReasonData, in_points, tidy

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
_MOST_SHOWN = 4000
# A longer page leaves answers out; points and reasons are always shown.
_MOST_IN_ALL = 150_000
_MOST_FIRST = 3
"""The most questions that are named at the top."""
_MOST_LINKS = 4
_ADDRESS = re.compile(r"(?:https?|file)://")


class CellGrade(NamedTuple):
    """The points of one cell; `points` is None until a person has given them."""

    points: float | None
    most: float
    extra: float = 0  # what `points` includes as extra credit


class Copy(NamedTuple):
    """Whose notebook it is, and when it came."""

    student: str
    name: str  # empty if the gradebook has none
    marked: datetime  # in UTC
    handed_in: datetime | None = None  # in UTC; None if it is not known


@dataclass(eq=False)
class Answer:
    """One question of a student's notebook, and its result."""

    number: int
    item: Item
    variant: list[str] = field(default_factory=list)  # the question that only this student has
    cells: list[NotebookNode] = field(default_factory=list)  # what the student wrote
    checks: list[NotebookNode] = field(default_factory=list)  # what has points, in order
    grades: list[CellGrade] = field(default_factory=list)
    told: list[ReasonData] = field(default_factory=list)  # the reasons of its marks
    reasons: list[Markup] = field(default_factory=list)  # what its checks say
    is_untouched: bool = False
    remarks: list[str] = field(default_factory=list)  # the instructor's comments
    shown: list[Markup] = field(default_factory=list)  # the answer

    @property
    def won(self) -> float:
        return tidy(sum(grade.points or 0 for grade in self.grades))

    @property
    def most(self) -> float:
        return tidy(sum(grade.most for grade in self.grades))

    @property
    def extra(self) -> float:
        return tidy(sum(grade.extra for grade in self.grades))

    @property
    def lost(self) -> float:
        """Return the points that are lost for certain."""
        return tidy(sum(max(one.most - one.points, 0) for one in self.grades if one.points is not None))

    @property
    def state(self) -> str:
        """Return the result in words."""
        if any(grade.points is None for grade in self.grades):
            return "not marked yet"
        if self.won >= self.most:
            return "all points" if self.most else "no points given"
        return "some points" if self.won > 0 else "no points"

    @property
    def score(self) -> str:
        if self.state == "not marked yet":
            return f"{in_points(self.most, won=self.won)} so far" if self.won else in_points(self.most)
        return in_points(self.most, won=self.won)

    @property
    def brief(self) -> str:
        """Return the score in a few characters."""
        won = "?" if self.state == "not marked yet" and not self.won else self.won
        return f"{won} of {self.most}"

    @property
    def is_folded(self) -> bool:
        """Whether there is nothing to learn from it: all points, and no reason that is a remark."""
        return self.state == "all points" and all(reason.points > 0 for reason in self.told)

    @property
    def links(self) -> list[Link]:
        """Return where to read again: what the reasons name, or else the question."""
        open_ = [reason for reason in self.told if reason.points <= 0]
        named = [link for reason in open_ for link in (*reason.read_again, *reason.links) if link.address]
        return list(dict.fromkeys(named or links_in(self.item.asked)))[:_MOST_LINKS]


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
    chapter = _chapter(course, assignment)
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
                pages = _pages(
                    course, assignment, submission, outlines, chapter, with_solutions=with_solutions
                )
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


def _chapter(course: Course, assignment: str) -> str:
    """Return the address of the chapter of an assignment, as the course's settings have it; may be empty."""
    address = course.settings.own.chapter
    if not address:
        return ""
    if not (isinstance(address, str) and _ADDRESS.match(address)):
        raise CourseError(
            f"nbgrader_config.py: c.Coursework.chapter is {address!r}, but must be a web address, in which "
            "{assignment} is replaced by the name of the assignment."
        )
    return address.replace("{assignment}", assignment)


def _pages(
    course: Course,
    assignment: str,
    submission,
    outlines: dict[str, Outline],
    chapter: str,
    *,
    with_solutions: bool,
) -> dict[str, bytes]:
    """Return a page for each marked notebook of a student."""
    pages = {}
    student = submission.student
    name = " ".join(filter(None, (student.first_name, student.last_name)))
    for notebook in submission.notebooks:
        path = course.path("autograded", student.id, assignment) / f"{notebook.name}.ipynb"
        if not path.is_file():
            continue
        marked = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if notebook.name not in outlines:
            outlines[notebook.name] = read_outline(course, assignment, notebook.name)
        made = page(
            nbformat.from_dict(json.loads(path.read_bytes())),
            _grades(notebook),
            _comments(notebook),
            outlines[notebook.name],
            copy=Copy(student.id, name, marked, submission.timestamp),
            chapter=chapter,
            config=course.config,
            penalty=notebook.late_submission_penalty or 0,
            untouched={one.name for one in notebook.comments if one.auto_comment},
            with_solutions=with_solutions,
        )
        pages[f"{notebook.name}.html"] = made.encode(errors="replace")
    return pages


def page(
    notebook: NotebookNode,
    grades: dict[str, CellGrade],
    comments: dict[str, str],
    course: Outline,
    *,
    copy: Copy | None = None,
    chapter: str = "",
    config: Config | None = None,
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
    copy
        Whose notebook it is.
    chapter
        The address of the chapter that the exercise belongs to; empty if there is none.
    config
        The course's configuration of nbgrader, which may mark hidden tests with other words.
    penalty
        Points taken off because the work came late.
    untouched
        The names of the answers that were not changed.
    with_solutions
        Whether to show the teacher's solutions and comments.
    """
    sources = {id(cell): cell.source for cell in notebook.cells}
    notebook, _ = HideChecks(config=config).preprocess(notebook, {})
    hidden = {
        id(cell): "\n".join(set(sources[id(cell)].split("\n")) - set(cell.source.split("\n")))
        for cell in notebook.cells
    }
    answers = _answers(notebook, course)
    for answer in answers:
        _add_result(answer, grades, comments, hidden, set(untouched))
    _add_shown(answers)
    won = sum(grade.points or 0 for grade in grades.values())
    ranked = sorted((one for one in answers if one.lost), key=lambda one: -one.lost)
    return _template().render(
        policy=_POLICY,
        title=course.title,
        copy=copy,
        chapter=chapter,
        answers=answers,
        first=ranked[:_MOST_FIRST],
        n_more=len(ranked[_MOST_FIRST:]),
        won=tidy(won),
        grade=tidy(max(won - penalty, 0)),
        most=tidy(sum(grade.most for grade in grades.values())),
        extra=tidy(sum(grade.extra for grade in grades.values())),
        penalty=penalty,
        n_waiting=sum(grade.points is None for grade in grades.values()),
        with_solutions=with_solutions,
    )


@cache
def _template() -> Template:
    filters = {"in_points": in_points, "course_html": Markup, "moment": _moment}
    return read_template("helpers.coursework.returning", "feedback.html", filters)


def _moment(time: datetime) -> str:
    return f"{time.day} {time:%B %Y, %H:%M} UTC"


def _answers(notebook: NotebookNode, course: Outline) -> list[Answer]:
    """Return the questions of a notebook, each with what the student wrote and with its checks.

    Output that shows this student's variant of a question belongs to the question that follows it, and cells
    of the student's own after a task belong to the task.  Without the course's sources, the titles of the
    questions are the names of their cells.
    """
    items = course.items or outline([cell for cell in notebook.cells if cell.cell_type == "code"
                                     or is_solution(cell) or is_grade(cell)]).items  # fmt: skip
    answers = [Answer(number, item) for number, item in enumerate(items, 1)]
    by_name = {name: answer for answer in answers for name in answer.item.names}
    last, variant = None, []
    for cell in notebook.cells:
        name = name_of(cell)
        if name in by_name:
            last = by_name[name]
            last.variant, variant = last.variant or variant, []
            last.cells += [cell] if is_solution(cell) else []
            last.checks += [cell] if is_grade(cell) or is_task(cell) else []
        elif name and name.startswith(QUESTION):
            variant = [_plain(output) for output in cell.outputs]
        elif not name and last and any(map(is_task, last.checks)) and cell.source not in course.texts:
            last.cells.append(cell)
    return [answer for answer in answers if answer.cells or answer.checks]


def _add_result(
    answer: Answer,
    grades: dict[str, CellGrade],
    comments: dict[str, str],
    hidden: dict[int, str],
    untouched: set[str],
) -> None:
    """Fill in a question's points, reasons and comments."""
    names = dict.fromkeys(filter(None, map(name_of, (*answer.cells, *answer.checks))))
    answer.grades = [grades[name] for name in names if name in grades]
    answer.remarks = list(dict.fromkeys(comments[name] for name in names if name in comments))
    judged = [cell for cell in answer.checks if not is_solution(cell) and not is_task(cell)]
    for cell in judged:
        mark = mark_of(cell)
        answer.told += mark.reasons if mark else ()
        said = shown_mark(mark) if mark else ""
        if not said:
            why = why_failed(cell, hidden[id(cell)], is_open=not any(hidden.values()))
            # A question with several checks says how each of them ended.
            said = _checked(cell, grades.get(cell.metadata.nbgrader.grade_id), why, len(judged) > 1)
        answer.reasons += [Markup(said)] if said else []
    wrote = {name_of(cell) for cell in answer.cells}
    can_say_why = bool(answer.cells or any(map(is_task, answer.checks)))
    is_lost = answer.state in ("some points", "no points")
    answer.is_untouched = is_lost and can_say_why and not answer.told and untouched >= wrote
    if answer.is_untouched:
        answer.reasons = []


def _checked(cell: NotebookNode, grade: CellGrade | None, why: str, is_one_of_several: bool) -> str:
    """Return how a check without a mark ended; empty if that says no more than the question's points."""
    if grade is None or grade.points is None or not (why or is_one_of_several):
        return f"<p>{why}</p>" if why else ""
    points = in_points(grade.most, won=grade.points)
    purpose = f" {html.escape(purpose_of(cell))}" if is_one_of_several else ""
    return f"<p><strong>{points}.</strong>{purpose}{'<br>' if purpose and why else ' '}{why}</p>"


def _add_shown(answers: list[Answer]) -> None:
    """Fill in what students wrote, until the page is too long."""
    length = sum(len(reason) for answer in answers for reason in answer.reasons)
    for answer in answers:
        shown = [Markup(_shown(cell)) for cell in answer.cells]
        length += sum(map(len, shown))
        answer.shown = shown if length <= _MOST_IN_ALL else [Markup(_NOT_SHOWN)]


_NOT_SHOWN = "<p>Your answer is not shown because this page is too long; you have it in your notebook.</p>"


def _shown(cell: NotebookNode) -> str:
    """Return a cell of a student as HTML."""
    if cell.cell_type != "code":
        return f"<blockquote>{render_student_text(_cut(cell.source))}</blockquote>"
    shown = f"<pre class='answer'><code>{html.escape(_cut(cell.source))}</code></pre>"
    printed = "\n".join(_plain(output) for output in cell.outputs)
    return shown + (f"<pre class='output'>{html.escape(_cut(printed))}</pre>" if printed.strip() else "")


def _plain(output: NotebookNode) -> str:
    """Return an output as text, because a student's HTML could do anything."""
    if output.output_type == "stream":
        return output.text
    if output.output_type == "error":
        return ANSI.sub("", ": ".join(filter(None, (output.ename, output.evalue))))
    data = output.get("data", {})
    if any(kind.startswith("image/") for kind in data):
        return "[A picture, which is in your notebook]"
    return str(data.get("text/plain", ""))


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}\n... (the rest is in your notebook)"


def _grades(notebook) -> dict[str, CellGrade]:
    by_hand = {one.name for one in notebook.grades if one.needs_manual_grade and one.manual_score is None}
    return {
        one.name: CellGrade(None if one.name in by_hand else one.score, one.max_score, one.extra_credit or 0)
        for one in notebook.grades
    }


def _comments(notebook) -> dict[str, str]:
    return {comment.name: comment.manual_comment for comment in notebook.comments if comment.manual_comment}
