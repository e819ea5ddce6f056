"""What students wrote and what the checks said about it, without anything that only teachers may see.

It is read from ``autograded/``.  Lines of solutions, hidden tests and rubrics are removed from every text,
because a student may have found one, and because reports are easily forwarded.
"""

import json
import math
import re
from typing import NamedTuple

from helpers.coursework.course import Course
from helpers.coursework.redaction import Redactor, cut_secrets
from helpers.coursework.returning.gradebook import Grades, Question, StudentGrade
from helpers.marks import MarkData, ReasonData, read_mark
from helpers.notebooks.examine import cells_by_name, source_of

_QUOTED = re.compile(r'"[^"]*"')
_FIRST_NUMBER = re.compile(r"^(.*: )?-?\d[\d.,e+-]*(?= )")
_UNSAID = "Part of the points; the mark gives no reason for the loss of the rest."


class Work(NamedTuple):
    """What a student wrote for a question, and the reasons of its mark."""

    # The names of the student and the question.
    student: str
    question: Question
    text: str  # the source of the answer cells
    unanswered: bool  # whether the answer was not changed, or the mark says that there is no answer yet
    points: float  # the points earned; NaN until it is marked by a person
    reasons: tuple[ReasonData, ...]  # the reasons of the mark, in order
    error: str  # the name of the error that ended the check; empty if there was none


def read_work(
    course: Course, grades: Grades, own: StudentGrade, answers: dict[Question, list[str]]
) -> list[Work]:
    """Return the work of one student, in the order of the questions; empty if no notebook was read."""
    if own.status not in ("marked", "waiting"):
        return []
    found, cells = [], {}
    folder = course.path("autograded", own.student, grades.assignment)
    for notebook in {question.notebook for question in grades.questions}:
        told = json.loads((folder / f"{notebook}.ipynb").read_bytes())
        cells[notebook] = dict(cells_by_name(told))
    for question, names in answers.items():
        own_cells = cells[question.notebook]
        text = "\n".join(source_of(own_cells[name]) for name in names if name in own_cells)
        untouched = bool(names) and all((question.notebook, name) in own.untouched for name in names)
        outputs = own_cells.get(question.name, {}).get("outputs", [])
        mark = _mark(outputs)
        unanswered = untouched or not mark.answered
        points = math.nan if question in own.waiting else own.points.get(question, math.nan)
        found.append(Work(own.student, question, text, unanswered, points, mark.reasons, _error(outputs)))
    return found


def read_redactor(course: Course, grades: Grades) -> Redactor:
    """Return what redacts the lines of an assignment's solutions, hidden tests and rubrics.

    A line that is also in the released notebook is not a secret.
    """
    secret, shown = set(), set()
    for notebook in {question.notebook for question in grades.questions}:
        for cell in course.source_cells(grades.assignment, notebook):
            secret |= cut_secrets(cell, config=course.config)
            shown |= set(cell.source.split("\n"))
    return Redactor(secret - shown, "[a line of the solution]", short_too=True)


def tags_by_question(course: Course, grades: Grades) -> dict[Question, list[str]]:
    """Return the tags of each question in the source."""
    tags = {
        (notebook, name): list(cell.metadata.get("tags", []))
        for notebook in {question.notebook for question in grades.questions}
        for name, cell in cells_by_name({"cells": course.source_cells(grades.assignment, notebook)})
    }
    return {question: tags.get((question.notebook, question.name), []) for question in grades.questions}


def why_lost(work: Work) -> dict[str, float]:
    """Return the reasons why points were lost, and how many, without details of this student.

    Words that a student typed, and a number at the beginning of a sentence, are removed, so that two students
    with the same mistake have the same reason.
    """
    lost = work.question.points - work.points
    if not lost > 0:
        return {}
    if work.error:
        return {f"The check ended with {work.error}.": lost}
    said: dict[str, float] = {}
    for reason in work.reasons:
        if reason.points < 0:
            said[_general(reason.text)] = said.get(_general(reason.text), 0) - reason.points
    rest = lost - sum(said.values())
    if rest > 0.01:
        remarks = {_general(reason.text) for reason in work.reasons if reason.points == 0} or {_UNSAID}
        said |= {sentence: said.get(sentence, 0) + rest / len(remarks) for sentence in remarks}
    return said


def _general(sentence: str) -> str:
    return _FIRST_NUMBER.sub(r"\1...", _QUOTED.sub('"..."', sentence))


def answer_cells(course: Course, grades: Grades) -> dict[Question, list[str]]:
    """Return the cells in which each question is answered: all since the question before it."""
    by_name = {(question.notebook, question.name): question for question in grades.questions}
    found = {}
    for notebook in dict.fromkeys(question.notebook for question in grades.questions):
        fresh, last = [], []
        for name, cell in cells_by_name({"cells": course.source_cells(grades.assignment, notebook)}):
            meta = cell.metadata["nbgrader"]
            if meta.get("solution") or meta.get("task"):
                fresh.append(name)
            if (notebook, name) in by_name:
                last = ([name] if name in fresh else fresh) or last
                found[by_name[notebook, name]] = last
                fresh = []
    return {question: found.get(question, []) for question in grades.questions}


def _mark(outputs: list[dict]) -> MarkData:
    """Return the last mark in the outputs of a check; without one, a mark without reasons."""
    return next(filter(None, map(read_mark, reversed(outputs))), MarkData(0, 0))


def _error(outputs: list[dict]) -> str:
    """Return the name of an error without its message, which may be a line of a hidden test."""
    names = [output["ename"] for output in outputs if output.get("output_type") == "error"]
    return "" if not names else names[-1] if names[-1].isidentifier() else "an error"
