"""How a class did in an assignment: scores, questions, skills, reasons, and answers worth a look.

A page and tables are written into ``report/``; the gradebook and the students' work are only read.
"""

import ast
import math
import re
import warnings
from collections import defaultdict
from pathlib import Path

import pandas as pd
from rapidfuzz.distance import Levenshtein

from helpers.coursework.analysis.answers import (
    Redactor,
    Work,
    answer_cells,
    read_redactor,
    read_work,
    tags_by_question,
    why_lost,
)
from helpers.coursework.analysis.model import Report
from helpers.coursework.analysis.page import draw_page
from helpers.coursework.boundary import only_this_student
from helpers.coursework.course import Course
from helpers.coursework.files import write_own
from helpers.coursework.plaintext import BOM, no_formula
from helpers.coursework.plugins import read_skills
from helpers.coursework.returning.gradebook import Grades, Question, read_grades
from helpers.coursework.returning.outline import read_outline

_FEW = 10
"""With fewer students, a correlation of two scores means nothing."""
_HARD, _EASY = 0.3, 0.95
_WEAK = 0.1
_MOST_OF_THE_POINTS = 0.75
_NEARLY = "nearly the same as an answer with all points"
_MOST_SLIPS = 2
# In a shorter word, a different letter makes a different word or option.
_SHORTEST_WORD = 4
# Words and operators; quotation marks, brackets and separators may differ.
_WORD = re.compile(r"""\w+|[^\w\s'"`.,;:()\[\]{}]+""")
# How many different right answers others are compared with; rarer variants are left out.
_MOST_RIGHT = 20
# Longer answers are not near misses of each other, and comparing them would take too long.
_LONGEST_ANSWER = 20_000
_LONGEST_WORD = 50


def read_report(course: Course, assignment: str) -> Report:
    """Return how a class did in an assignment.

    Raises
    ------
    CourseError
        When the gradebook does not have the assignment.
    """
    grades = read_grades(course, assignment)
    work: list[Work] = []
    answers = answer_cells(course, grades)
    for own in grades.students:
        unread: dict[str, str] = {}
        with only_this_student(unread, own.student):
            work += read_work(course, grades, own, answers)
        if unread:
            own.status, own.sentence = "not marked", unread[own.student]
    redactor = read_redactor(course, grades)
    points, skills, titles = _points(grades), _skills(course, grades), _titles(course, grades)
    return Report(
        grades,
        _student_rows(grades, points, skills),
        _with_titles(_question_rows(grades, points, skills, work), titles),
        _skill_rows(points, skills),
        _with_titles(_reason_rows(work, redactor), titles),
        _with_titles(_answer_rows(work, redactor), titles),
        _alike(work),
        _released(course, grades),
    )


def write_report(report: Report, course: Course) -> list[Path]:
    """Write the page and the tables into the folder ``report/``; return their paths, the page first.

    A table that was changed since it was written is kept as ``NAME.csv.before``.
    """
    names = ("students", "questions", "skills", "reasons", "answers")
    tables = {name: getattr(report, name) for name in names}
    return write_tables(course, report.assignment, "report", draw_page(report), tables)


def write_tables(
    course: Course, assignment: str, name: str, page: str, tables: dict[str, pd.DataFrame]
) -> list[Path]:
    """Write a page and its tables, safe to open in a spreadsheet, into the folder ``report/``."""
    notes = course.own / "reported"
    folder = course.folder / "report" / assignment
    written = [folder / f"{name}.html"]
    write_own(written[0], page, notes)
    for table, frame in tables.items():
        written.append(folder / f"{table}.csv")
        text = frame.map(no_formula).to_csv(index=False, float_format="%.4g", lineterminator="\n")
        write_own(written[-1], f"{BOM}{text}", notes)
    return written


def _points(grades: Grades) -> pd.DataFrame:
    """Return the points, with a row per student and a column per question; NaN if not marked yet."""
    rows = {
        one.student: [
            math.nan if question in one.waiting else one.points.get(question, math.nan)
            for question in grades.questions
        ]
        for one in grades.students
        if one.status in ("marked", "waiting")
    }
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=pd.Index(grades.questions, tupleize_cols=False), dtype=float
    )


def _skills(course: Course, grades: Grades) -> dict[Question, list[str]]:
    tags = tags_by_question(course, grades)
    return {
        question: [skill for skill in read_skills() if skill in tags[question]]
        for question in grades.questions
    }


def _titles(course: Course, grades: Grades) -> dict[tuple[str, str], str]:
    """Return the title of each question, by the names of its notebook and its cell."""
    notebooks = dict.fromkeys(question.notebook for question in grades.questions)
    outlines = {notebook: read_outline(course, grades.assignment, notebook) for notebook in notebooks}
    return {(q.notebook, q.name): outlines[q.notebook].title_of(q.name) for q in grades.questions}


def _with_titles(frame: pd.DataFrame, titles: dict[tuple[str, str], str]) -> pd.DataFrame:
    """Return a table of questions with their titles beside their names."""
    if frame.empty:
        return frame.assign(title="")
    place = frame.columns.get_loc("question") + 1
    own = [titles[key] for key in zip(frame["notebook"], frame["question"], strict=True)]
    frame.insert(place, "title", own)
    return frame


def _shares(points: pd.DataFrame, questions: list[Question]) -> pd.Series:
    """Return each student's share of the points in some questions, counting only marked ones."""
    own = points[[question for question in questions if question.points > 0]]
    possible = own.notna() @ [question.points for question in own.columns]
    return own.sum(axis=1) / possible.where(possible > 0)


def _student_rows(grades: Grades, points: pd.DataFrame, skills: dict[Question, list[str]]) -> pd.DataFrame:
    rows = [
        {
            **{
                # Not every kind of column can hold a name that is not valid UTF-8.
                column: (getattr(one, column) or "").encode(errors="replace").decode()
                for column in ("student", "last_name", "first_name")
            },
            "status": one.status,
            "sentence": one.sentence,
            "score": one.score if one.has_marks else math.nan,
            "late_penalty": one.late_penalty if one.has_marks else math.nan,
            "grade": one.grade if one.has_marks else math.nan,
            "max_score": grades.maximum,
            "waiting": " ".join(question.name for question in one.waiting) if one.has_marks else "",
            "handed_in": one.handed_in,
            "seconds_late": int(one.seconds_late),
        }
        for one in grades.students
    ]
    columns = [
        "student", "last_name", "first_name", "status", "sentence", "score", "late_penalty", "grade",
        "max_score", "waiting", "handed_in", "seconds_late",
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    frame.insert(9, "share", frame["student"].map(_shares(points, grades.questions)))
    for skill in _named(skills):
        own = [question for question, names in skills.items() if skill in names]
        frame[skill] = frame["student"].map(_shares(points, own))
    return frame


def _named(skills: dict[Question, list[str]]) -> list[str]:
    """Return the skills that a question names, in the order of the plugins."""
    return [skill for skill in read_skills() if any(skill in names for names in skills.values())]


def _question_rows(
    grades: Grades, points: pd.DataFrame, skills: dict[Question, list[str]], work: list[Work]
) -> pd.DataFrame:
    unanswered = defaultdict(int)
    for one in work:
        unanswered[one.question] += one.unanswered
    rows = []
    for question in grades.questions:
        own = points[question].dropna()
        difficulty = own.mean() / question.points if len(own) and question.points else math.nan
        discrimination = _discrimination(points, question)
        waiting = len(points) - len(own)
        rows.append(
            {
                "notebook": question.notebook,
                "question": question.name,
                "skills": " ".join(skills[question]),
                "points": question.points,
                "n_marked": len(own),
                "n_waiting": waiting,
                "n_full": int((own >= question.points).sum()),
                "n_zero": int((own <= 0).sum()),
                "n_unanswered": unanswered[question],
                "difficulty": difficulty,
                "discrimination": discrimination,
                "note": _note(difficulty, discrimination, waiting),
            }
        )
    return pd.DataFrame(rows)


def _discrimination(points: pd.DataFrame, question: Question) -> float:
    """Return the correlation of a question with the rest of the score, for students who have it marked.

    The rest consists of the questions that are marked for everybody, so that it is comparable.
    """
    whole = [other for other in points.columns if other != question and points[other].notna().all()]
    own = points[question].dropna()
    rest = points.loc[own.index, whole].sum(axis=1)
    if len(own) < _FEW or own.nunique() < 2 or rest.nunique() < 2:
        return math.nan
    return float(own.corr(rest))


def _note(difficulty: float, discrimination: float, waiting: int) -> str:
    if waiting:  # empty answers are marked first, so the points do not describe the question yet
        return f"{waiting} waiting to be marked by hand."
    said = []
    if difficulty <= _HARD:
        said.append("Hard: check whether the question is clear.")
    if difficulty >= _EASY:
        said.append("Nearly everybody has it right.")
    if discrimination < 0:
        said.append("Students who did well elsewhere did worse here: look at the check.")
    elif discrimination < _WEAK:
        said.append("It hardly correlates with the rest of the score.")
    return " ".join(said)


def _skill_rows(points: pd.DataFrame, skills: dict[Question, list[str]]) -> pd.DataFrame:
    rows = []
    for skill in _named(skills):
        own = [question for question, names in skills.items() if skill in names]
        shares = _shares(points, own)
        possible = sum(question.points for question in own)
        rows.append((skill, read_skills()[skill], len(own), possible, float(shares.mean())))
    return pd.DataFrame(rows, columns=["skill", "what", "n_questions", "points", "share"])


def _reason_rows(work: list[Work], redactor: Redactor) -> pd.DataFrame:
    """Return the reasons, the most common first."""
    lost: dict[tuple[Question, str], list[float]] = defaultdict(list)
    for one in work:
        if not _is_written(one):
            for sentence, n in why_lost(one).items():
                lost[one.question, redactor.clean(sentence)].append(n)
    rows = [
        (question.notebook, question.name, sentence, len(each), round(sum(each), 2))
        for (question, sentence), each in lost.items()
    ]
    frame = pd.DataFrame(rows, columns=["notebook", "question", "reason", "n_students", "points_lost"])
    return frame.sort_values(["n_students", "points_lost"], ascending=False, kind="stable", ignore_index=True)


def _is_written(one: Work) -> bool:
    """Say whether a person marks it, which is so if no check has an output."""
    return not one.reasons and not one.error


# --- answers worth a look ---


def _answer_rows(work: list[Work], redactor: Redactor) -> pd.DataFrame:
    """Return wrong answers close to a right one, then those that many students have, by frequency."""
    by_question: dict[Question, dict[str, list[Work]]] = defaultdict(lambda: defaultdict(list))
    for one in work:
        if one.question.points and one.text.strip() and not one.unanswered and not math.isnan(one.points):
            by_question[one.question][_normal(one.text)].append(one)
    many = max(3, math.ceil(len({one.student for one in work}) / 20))
    rows = []
    for question, texts in by_question.items():
        won = {text: same[0].points for text, same in texts.items()}
        right = sorted((t for t in texts if won[t] >= question.points), key=lambda t: -len(texts[t]))
        compared = [_words(text) for text in right[:_MOST_RIGHT]]
        for text, same in texts.items():
            if won[text] >= question.points:
                continue
            why = _why(_words(text), won[text] / question.points, compared, _is_written(same[0]))
            if len(same) >= many:
                why.append(f"{len(same)} students have it")
            if why:
                names = ", ".join(one.student for one in same)
                shown = redactor.clean(same[0].text.strip()[:_LONGEST_ANSWER])
                rows.append((_NEARLY in why, question.notebook, question.name, "; ".join(why), len(same),
                             names, won[text], question.points, shown))  # fmt: skip
    columns = ["near", "notebook", "question", "why", "n_students", "students", "points", "of", "answer"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["near", "n_students"], ascending=False, kind="stable", ignore_index=True).drop(
        columns="near"
    )


def _why(words: list[str], share: float, right: list[list[str]], written: bool) -> list[str]:
    """Return why an answer is a near miss."""
    if written:
        return []
    why = ["most of the points"] if share >= _MOST_OF_THE_POINTS else []
    if any(_is_near(words, other) for other in right):
        why.append(_NEARLY)
    return why


def _words(text: str) -> list[str]:
    """Return the words and operators of an answer; empty if it is too long to be compared."""
    return _WORD.findall(text) if len(text) <= _LONGEST_ANSWER else []


def _is_near(words: list[str], others: list[str]) -> bool:
    """Say whether two answers have the same words except for a typing error or two; a number must be equal.

    Examples
    --------
    >>> _is_near(["land", "Albanai"], ["land", "Albania"]), _is_near(["n", "41"], ["n", "42"])
    (True, False)
    """
    if not words or len(words) != len(others):
        return False
    differing = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return len(differing) <= _MOST_SLIPS and all(_is_slip(*pair) for pair in differing)


def _is_slip(one: str, other: str) -> bool:
    shortest, longest = sorted((len(one), len(other)))
    if shortest < _SHORTEST_WORD or longest > _LONGEST_WORD or any(map(str.isdigit, one + other)):
        return False
    return Levenshtein.distance(one.casefold(), other.casefold()) <= _MOST_SLIPS


def _normal(text: str) -> str:
    """Return code in a standard layout without comments, and other text on one line.

    Examples
    --------
    >>> _normal('a = "x"  # mine'), _normal("No  code\\nhere")
    ("a = 'x'", 'No code here')
    """
    if len(text) > _LONGEST_ANSWER:  # parsing it may take more memory than there is
        return text
    try:
        with warnings.catch_warnings(action="ignore"):  # warnings about a student's code would be printed
            return ast.unparse(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return " ".join(text.split())


def _alike(work: list[Work]) -> list[list[str]]:
    """Return groups of students who wrote the same in every answer and left none of them all empty."""
    texts: dict[str, list[Work]] = defaultdict(list)
    for one in work:
        texts[one.student].append(one)
    groups = defaultdict(list)
    for student, own in texts.items():
        if not all(one.unanswered for one in own):
            groups[tuple(one.text.strip() for one in own)].append(student)
    return sorted((group for group in groups.values() if len(group) > 1), key=len, reverse=True)


def _released(course: Course, grades: Grades) -> pd.Timestamp | None:
    """Return when the released notebook was made, in UTC."""
    folder = course.path("release", ".", grades.assignment)
    times = [path.stat().st_mtime for path in folder.glob("*.ipynb")]
    return pd.Timestamp(min(times), unit="s") if times else None
