"""Find answers of a class that are more alike than the notebook and the most common answers explain.

Answers are compared by winnowing (Schleimer, Wilkerson and Aiken 2003): some runs of a few words or tokens
are kept as fingerprints, so that a shared passage is found anywhere in an answer.  Fingerprints that occur in
the course's own notebook, or in many answers, are ignored.  What is left is worth reading, but proves
nothing.
"""

import ast
import io
import json
import keyword
import math
import re
import tokenize
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from rapidfuzz.distance import Indel

from helpers.coursework.analysis.answers import Work, answer_cells, read_redactor, read_work
from helpers.coursework.analysis.model import Similar
from helpers.coursework.analysis.page import draw_similar
from helpers.coursework.analysis.report import write_tables
from helpers.coursework.boundary import only_this_student
from helpers.coursework.code_names import is_python, parsed
from helpers.coursework.course import Course
from helpers.coursework.plaintext import WORD
from helpers.coursework.redaction import Redactor
from helpers.coursework.release.variants import NAME_CELL
from helpers.coursework.returning.gradebook import Grades, Question, read_grades
from helpers.notebooks.examine import cells_by_name, source_of
from helpers.variants import plain_name

# The number of tokens in a fingerprint, and of successive fingerprints from which one is kept.
_RUN, _WINDOW = 5, 4
# Fewer shared fingerprints, or a smaller share of the shorter answer, may be chance.
_FEWEST, _LEAST = 4, 0.3
# Passages that more students share count as common; in a large class, more than a tenth.
_MOST, _COMMON = 4, 0.1
_LONGEST = 20_000


class Token(NamedTuple):
    """A word, name or symbol, and the number of its line."""

    text: str
    line: int


def read_similar(course: Course, assignment: str) -> Similar:
    """Return the answers of a class that are alike; nothing is written.

    Raises
    ------
    CourseError
        When the gradebook does not have the assignment.
    """
    grades = read_grades(course, assignment)
    answers = answer_cells(course, grades)
    work: list[Work] = []
    unread: dict[str, str] = {}
    for own in grades.students:
        with only_this_student(unread, own.student):
            work += read_work(course, grades, own, answers)
    compared = {one.student for one in work}
    n_students = len(compared)
    left_out = [
        one.student for one in grades.students
        if one.status != "nothing handed in" and one.student not in compared
    ]  # fmt: skip
    most = max(_MOST, math.ceil(n_students * _COMMON))
    notebooks = {question.notebook for question in grades.questions}
    known = {notebook: _known(course, assignment, notebook) for notebook in notebooks}
    by_question: dict[Question, list[Work]] = defaultdict(list)
    for one in work:
        if not one.unanswered:
            by_question[one.question].append(one)
    redactor = read_redactor(course, grades)
    rows = [
        row
        for question, own in by_question.items()
        for row in _pairs_in(question, own, *known[question.notebook], most, redactor)
    ]
    columns = ["student_1", "student_2", "notebook", "question", "n_shared", "share", "alike", "passage_1",
               "passage_2"]  # fmt: skip
    pairs = pd.DataFrame(rows, columns=columns)
    in_all = pairs.groupby(["student_1", "student_2"])["n_shared"].transform("sum")
    pairs.insert(7, "n_in_all", in_all.astype(int))
    order = ["n_in_all", "student_1", "student_2", "n_shared"]
    pairs = pairs.sort_values(order, ascending=[False, True, True, False], kind="stable", ignore_index=True)
    return Similar(assignment, pairs, _names(course, assignment, work, grades), n_students, most, left_out)


def write_similar(similar: Similar, course: Course) -> list[Path]:
    """Write the page and the tables into the course's folder ``report/``, and return their paths."""
    tables = {"similar": similar.pairs} | ({"names": similar.names} if len(similar.names) else {})
    return write_tables(course, similar.assignment, "similar", draw_similar(similar), tables)


def tokens_of(text: str, known_names: Iterable[str] = ()) -> list[Token]:
    """Return the words and symbols of an answer, without long quotations.

    All names that a student chose become the same token, so renaming them hides nothing.

    Parameters
    ----------
    text
        Code or prose.
    known_names
        The names in the course's own code, which are kept.

    Examples
    --------
    >>> [token.text for token in tokens_of("kept = [w for w in words]", {"words"})]
    ['name', '=', '[', 'name', 'for', 'name', 'in', 'words', ']']
    >>> [token.text for token in tokens_of('He "expressed himself obscurely", it says.')]
    ['he', 'it', 'says']
    """
    code, prose = _code(text[:_LONGEST], set(known_names)), _prose(text[:_LONGEST])
    return code if len(code) >= len(prose) else prose  # a Chinese sentence is also a valid name in Python


_QUOTATION = re.compile(r"[\"“„«][^\"“”„«»]*[\"”“»]")
_SHOWN = {tokenize.NAME, tokenize.NUMBER, tokenize.OP, tokenize.STRING, tokenize.COMMENT}


def _prose(text: str, first: int = 1) -> list[Token]:
    bare = _QUOTATION.sub(lambda found: "\n" * found[0].count("\n"), text)
    lines = enumerate(bare.casefold().split("\n"), first)
    return [Token(word, number) for number, line in lines for word in WORD.findall(line)]


def _code(text: str, known: set[str]) -> list[Token]:
    """Return the tokens of Python code; empty if it is not Python."""
    if parsed(text) is None:
        return []
    try:
        found = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (SyntaxError, tokenize.TokenError):
        return []
    tokens: list[Token] = []
    after = ""
    for one in found:
        line = one.start[0]
        if one.type == tokenize.COMMENT:
            tokens += _prose(one.string, line)
        elif one.type == tokenize.STRING:
            words = WORD.findall(one.string)
            tokens += [Token(" ".join(words).casefold(), line)] * (len(words) < 3)
        elif one.type == tokenize.NAME and after != "." and not _is_given(one.string, known):
            tokens.append(Token("name", line))
        elif one.type in _SHOWN:
            tokens.append(Token(one.string, line))
        after = one.string
    return tokens


def _is_given(name: str, known: set[str]) -> bool:
    return name in known or keyword.iskeyword(name) or is_python(name)


def fingerprints(tokens: Sequence[Token]) -> dict[int, int]:
    """Return the fingerprints of an answer, each with the position of its first token.

    The smallest hash in each window of runs is kept: two texts that share eight tokens in a row share one.

    Examples
    --------
    >>> one, other = (tokens_of(f"{end} we cannot tell from this record alone what he said") for end in "ab")
    >>> len(fingerprints(one).keys() & fingerprints(other).keys()) > 0
    True
    """
    runs = [
        zlib.crc32("\0".join(token.text for token in tokens[i : i + _RUN]).encode())
        for i in range(len(tokens) - _RUN + 1)
    ]
    kept = {}
    for i in range(max(len(runs) - _WINDOW + 1, min(len(runs), 1))):
        smallest = min(range(i, min(i + _WINDOW, len(runs))), key=lambda at: (runs[at], -at))
        kept.setdefault(runs[smallest], smallest)
    return kept


def _known(course: Course, assignment: str, notebook: str) -> tuple[set[int], set[str]]:
    """Return the runs in the course's own notebook, including solutions, and its names."""
    cells = course.source_cells(assignment, notebook)
    names = {
        name for cell in cells if cell.cell_type == "code" for name in re.findall(r"[^\W\d]\w*", cell.source)
    }
    runs: set[int] = set()
    for cell in cells:
        for tokens in (tokens_of(cell.source, names), _prose(cell.source)):
            texts = [token.text for token in tokens]
            runs |= {
                zlib.crc32("\0".join(texts[i : i + _RUN]).encode()) for i in range(len(texts) - _RUN + 1)
            }
    return runs, names


def _pairs_in(
    question: Question, work: list[Work], known: set[int], names: set[str], most: int, redactor: Redactor
) -> Iterable[tuple]:
    """Yield a row for each pair of answers to a question that are alike."""
    tokens = {one.student: tokens_of(one.text, names) for one in work}
    own = {student: fingerprints(found) for student, found in tokens.items()}
    n_with = Counter(mark for found in own.values() for mark in found)
    rare = {
        student: {mark: at for mark, at in found.items() if n_with[mark] <= most and mark not in known}
        for student, found in own.items()
    }
    holders: dict[int, list[str]] = defaultdict(list)
    for student, found in rare.items():
        for mark in found:
            holders[mark].append(student)
    shared: dict[tuple[str, str], list[int]] = defaultdict(list)
    for mark, students in holders.items():
        for pair in combinations(sorted(students), 2):
            shared[pair].append(mark)
    texts = {one.student: one.text[:_LONGEST].split("\n") for one in work}
    for pair, marks in shared.items():
        share = len(marks) / min(len(rare[student]) for student in pair)
        if len(marks) < _FEWEST or share < _LEAST:
            continue
        passages, words = [], []
        for student in pair:
            first = min(rare[student][mark] for mark in marks)
            last = max(rare[student][mark] for mark in marks) + _RUN
            part = tokens[student][first:last]
            passages.append(redactor.clean("\n".join(texts[student][part[0].line - 1 : part[-1].line])))
            words.append([token.text for token in part])
        yield (*pair, question.notebook, question.name, len(marks), share,
               Indel.normalized_similarity(*words), *passages)  # fmt: skip


def _names(course: Course, assignment: str, work: list[Work], grades: Grades) -> pd.DataFrame:
    """Return names that students typed and that somebody should check: empty, or another student's."""
    typed = {}
    for student, notebook in {(one.student, one.question.notebook): None for one in work}:
        folder = course.path("autograded", student, assignment)
        name = _typed(json.loads((folder / f"{notebook}.ipynb").read_bytes()))
        if name is not None:
            typed[student] = name
    owners: dict[str, set[str]] = defaultdict(set)
    for one in grades.students:
        for known in (one.student, one.lms_id, one.email, f"{one.first_name} {one.last_name}"):
            owners[plain_name(known)].add(one.student)
    same: dict[str, set[str]] = defaultdict(set)
    for student, name in typed.items():
        same[plain_name(name)].add(student)
    rows = []
    for student, name in typed.items():
        plain = plain_name(name)
        of_others = sorted(owners.get(plain, set()) - {student})
        shared = sorted(same[plain] - {student})
        if not plain:
            rows.append((student, name, "typed no name, so their questions are the ones without variants"))
        elif of_others and student not in owners[plain]:
            rows.append((student, name, f"typed the name of {', '.join(of_others)}"))
        elif shared:
            rows.append((student, name, f"typed the same name as {', '.join(shared)}"))
    return pd.DataFrame(rows, columns=["student", "typed", "note"])


def _typed(notebook: dict) -> str | None:
    """Return what was typed as a name, according to the code; None in a notebook without variants."""
    cell = dict(cells_by_name(notebook)).get(NAME_CELL)
    if cell is None:
        return None
    tree = parsed(source_of(cell)[:_LONGEST]) or ast.Module([])
    for node in reversed(tree.body):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "my_name":
            value = getattr(node.value, "value", "")
            return str(value) if plain_name(value) else ""
    return ""
