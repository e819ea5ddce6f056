"""What students wrote and what the checks said of it, without what must stay with the teacher.

It is read from ``autograded/``.  Lines of solutions, hidden tests and rubrics are left out of every text: a
student may have found one, and a report is sent on more easily than it was meant.
"""

import json
import math
import re
from collections.abc import Iterable
from typing import NamedTuple

from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions

from helpers.doctor import cells_by_name, source_of
from helpers.grading.course import Course
from helpers.grading.grades import Grades, Question, StudentGrade
from helpers.marking.answers import NOT_ANSWERED
from helpers.marking.mark import Reason, read_reasons

_REMOVED = "[a line of the solution]"
_MARK = '<div class="mark">'
# A shorter line stands inside of other lines by chance.
_TELLING = 12
_QUOTED = re.compile(r'"[^"]*"')
_FIRST_NUMBER = re.compile(r"^(.*: )?-?\d[\d.,e+-]*(?= )")
_LONGEST_MARK = 1_000_000
_UNSAID = "Part of the points; the mark names no reason for the rest."


class Work(NamedTuple):
    """What a student wrote for a question, and the reasons of its mark.

    Attributes
    ----------
    student, question
        Whose, and for which.
    text
        The source of the answer cells.
    unanswered
        Whether all of it is as it was handed out, or the mark says that there is no answer yet.
    points
        What it won; NaN while it waits for a person.
    reasons
        Of the mark, in its order.
    error
        The name of the error that ended the check; empty where there was none.
    """

    student: str
    question: Question
    text: str
    unanswered: bool
    points: float
    reasons: list[Reason]
    error: str


class Veil:
    """Redacts solutions, hidden tests and rubrics.

    Parameters
    ----------
    lines
        Lines of solutions, hidden tests and rubrics.

    Examples
    --------
    >>> Veil(["answer = 6 * 7"]).clean("# mine\\nanswer = 6 * 7  # yes")
    '# mine\\n[a line of the solution]'
    """

    def __init__(self, lines: Iterable[str]):
        stripped = {line.strip() for line in lines}
        self._whole = {line for line in stripped if any(map(str.isalnum, line))}
        self._telling = [line for line in self._whole if len(line) >= _TELLING]

    def clean(self, text: str) -> str:
        """Return a text with such lines replaced, and without signs that hide or turn what stands there."""
        return "\n".join(_REMOVED if self._tells(line) else _visible(line) for line in text.split("\n"))

    def _tells(self, line: str) -> bool:
        return line.strip() in self._whole or any(secret in line for secret in self._telling)


def _visible(line: str) -> str:
    return "".join(char if char.isprintable() else " " for char in line)


def read_work(
    course: Course, grades: Grades, own: StudentGrade, answers: dict[Question, list[str]]
) -> list[Work]:
    """Return the work of one student, in the order of the questions; none where no notebook was read.

    Parameters
    ----------
    course
        The course.
    grades, own
        Of the assignment, and of the student.
    answers
        As :func:`answer_cells` gives them.
    """
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
        reasons = _reasons(outputs)
        unanswered = untouched or _says_unanswered(reasons)
        points = math.nan if question in own.waiting else own.points.get(question, math.nan)
        found.append(Work(own.student, question, text, unanswered, points, reasons, _error(outputs)))
    return found


def read_veil(course: Course, grades: Grades) -> Veil:
    """Return what takes the lines of an assignment's solutions, hidden tests and rubrics out of texts.

    A line that is handed out too is no secret.
    """
    cut, shown = set(), set()
    for notebook in {question.notebook for question in grades.questions}:
        for cell in course.source_cells(grades.assignment, notebook):
            before = set(cell.source.split("\n"))
            for cutter in (ClearSolutions, ClearHiddenTests, ClearMarkScheme):
                cutter(config=course.config, enforce_metadata=False).preprocess_cell(
                    cell, {"language": "python"}, 0
                )
            after = set(cell.source.split("\n"))
            cut |= before - after
            shown |= after
    return Veil(cut - shown)


def tags_by_question(course: Course, grades: Grades) -> dict[Question, list[str]]:
    """Return the tags that each question has in the source."""
    tags = {
        (notebook, name): list(cell.metadata.get("tags", []))
        for notebook in {question.notebook for question in grades.questions}
        for name, cell in cells_by_name({"cells": course.source_cells(grades.assignment, notebook)})
    }
    return {question: tags.get((question.notebook, question.name), []) for question in grades.questions}


def why_lost(work: Work) -> dict[str, float]:
    """Return for which reasons points were lost, without what is of this student only, and how many.

    What a student typed, and a number with which a sentence begins, is left out, so that the same reason of
    two students is the same.

    Parameters
    ----------
    work
        The answer and its reasons.
    """
    lost = work.question.points - work.points
    if not lost > 0:
        return {}
    if work.error:
        return {f"The check ended with {work.error}.": lost}
    said: dict[str, float] = {}
    for reason in work.reasons:
        if reason.points < 0:
            said[_general(reason.sentence)] = said.get(_general(reason.sentence), 0) - reason.points
    rest = lost - sum(said.values())
    if rest > 0.01:
        remarks = {_general(reason.sentence) for reason in work.reasons if reason.points == 0} or {_UNSAID}
        said |= {sentence: said.get(sentence, 0) + rest / len(remarks) for sentence in remarks}
    return said


def _general(sentence: str) -> str:
    return _FIRST_NUMBER.sub(r"\1...", _QUOTED.sub('"..."', sentence))


def answer_cells(course: Course, grades: Grades) -> dict[Question, list[str]]:
    """Return the cells in which each question is answered: since the question before it, or the same."""
    by_name = {(question.notebook, question.name): question for question in grades.questions}
    found = {}
    for notebook in dict.fromkeys(question.notebook for question in grades.questions):
        fresh, last = [], []
        for name, cell in cells_by_name({"cells": course.source_cells(grades.assignment, notebook)}):
            told = cell.metadata["nbgrader"]
            if told.get("solution") or told.get("task"):
                fresh.append(name)
            if (notebook, name) in by_name:
                last = ([name] if name in fresh else fresh) or last
                found[by_name[notebook, name]] = last
                fresh = []
    return {question: found.get(question, []) for question in grades.questions}


def _reasons(outputs: list[dict]) -> list[Reason]:
    pages = [_joined(output.get("data", {}).get("text/html", "")) for output in outputs]
    marks = [page for page in pages if page.startswith(_MARK) and len(page) <= _LONGEST_MARK]
    return read_reasons(marks[-1]) if marks else []


def _says_unanswered(reasons: list[Reason]) -> bool:
    """Say whether nothing was won, and all that was lost was for want of an answer."""
    lost = [reason.sentence for reason in reasons if reason.points < 0]
    won = any(reason.points > 0 for reason in reasons)
    return bool(lost) and not won and all(NOT_ANSWERED in sentence for sentence in lost)


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _error(outputs: list[dict]) -> str:
    """Return the name of an error; what it says may be a line of a hidden test."""
    names = [output["ename"] for output in outputs if output.get("output_type") == "error"]
    return "" if not names else names[-1] if names[-1].isidentifier() else "an error"
