"""What is found out about a class, as frames: the report, and answers that are alike."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.coursework.returning.gradebook import Grades, Status, StudentGrade, group_by_status

CANNOT_SHOW = (
    "Similar answers are not proof of copying. People who study together, ask the same tutor or read "
    "the same page write alike, and nothing here shows who wrote first. Short answers, words in quotation "
    "marks and passages that more than {most} students share are left out, and paraphrased copies are not "
    "found. Read both passages, and talk to both people, before you draw any conclusion."
)
"""The first text on the page; `most` is a number of students."""


@dataclass(frozen=True)
class Report:
    """How a class did.

    Shares are between 0 and 1, and NaN if there is nothing to count.  They include only work that could be
    read, and only each student's marked questions.

    Attributes
    ----------
    grades
        What the gradebook says.
    students
        A row per student: `student`, `last_name`, `first_name`, `status`, `sentence`, `score`,
        `late_penalty`, `grade`, `max_score`, `share` of the points of the marked questions, `waiting`,
        `handed_in` (UTC), `seconds_late`, and the share of the points in each skill.
    questions
        A row per question: `notebook`, `question` (the name of its cell), `title`, `skills`, `points`,
        `n_marked`, `n_waiting`, `n_full`, `n_zero`, `n_unanswered`, `difficulty` (mean share of the points:
        the lower, the harder), `discrimination` (correlation of its points with the rest of the score),
        `note`.
    skills
        A row for each skill that a question names: `skill`, `what`, `n_questions`, `points`, `share`.
    reasons
        Why points were lost: `notebook`, `question`, `title`, `reason`, `n_students`, `points_lost`.
    answers
        Answers worth a look: `notebook`, `question`, `title`, `why`, `n_students`, `students`, `points`
        (of the first), `of`, `answer`.
    alike
        Groups of students whose answers are the same in every cell.
    released
        When the released notebook was made; None if it is missing.
    """

    grades: Grades
    students: pd.DataFrame
    questions: pd.DataFrame
    skills: pd.DataFrame
    reasons: pd.DataFrame
    answers: pd.DataFrame
    alike: list[list[str]]
    released: pd.Timestamp | None

    @property
    def assignment(self) -> str:
        """Return the name of the assignment."""
        return self.grades.assignment

    def with_status(self, status: Status) -> list[StudentGrade]:
        """Return the students whose work has a status."""
        return group_by_status(self.grades.students).get(status, [])

    def summary(self) -> dict[str, Any]:
        """Return the figures for use by other programs; an undefined share is None."""
        shares = self.students["share"].dropna()
        counted = [one for one in self.grades.students if one.status in ("marked", "waiting")]
        return {
            "assignment": self.assignment,
            "maximum": self.grades.maximum,
            "marked": len(counted),
            "mean_share": None if shares.empty else round(float(shares.mean()), 4),
            "median_share": None if shares.empty else round(float(shares.median()), 4),
            "waiting": [one.student for one in self.with_status("waiting")],
            "unreadable": {one.student: one.sentence for one in self.with_status("unreadable")},
            "differs": {
                one.student: " ".join(one.differences) for one in self.grades.students if one.differences
            },
            "not_marked": {one.student: one.sentence for one in self.with_status("not marked")},
            "nothing_handed_in": [one.student for one in self.with_status("nothing handed in")],
        }


@dataclass(frozen=True)
class Similar:
    """Answers of a class that are alike.

    Attributes
    ----------
    assignment
        The name of the assignment.
    pairs
        A row for each pair of students and question, the strongest pair first: `student_1`, `student_2`,
        `notebook`, `question`, `n_shared` fingerprints, their `share` of the shorter answer (0 to 1), how
        `alike` the two passages are token by token (0 to 1), `n_in_all` fingerprints shared by the pair in
        all questions, `passage_1`, `passage_2`.
    names
        If questions depend on a name that a student typed, whom to ask: `student`, `typed`, `note`.
    n_students, most
        How many students were compared, and the most who may share a fingerprint that is not common.
    left_out
        Students who could not be compared.
    """

    assignment: str
    pairs: pd.DataFrame
    names: pd.DataFrame
    n_students: int
    most: int
    left_out: list[str]

    @property
    def caution(self) -> str:
        """Return what this comparison cannot show."""
        return CANNOT_SHOW.format(most=self.most)

    @property
    def student_pairs(self) -> pd.DataFrame:
        """Return a row for each pair of students, the strongest first."""
        columns = ["student_1", "student_2", "n_in_all"]
        return self.pairs.drop_duplicates(columns[:2])[columns]

    def summary(self) -> dict[str, Any]:
        """Return the figures for use by other programs."""
        return {
            "assignment": self.assignment,
            "students": self.n_students,
            "caution": self.caution,
            "not_compared": self.left_out,
            "pairs": self.student_pairs.to_dict("records"),
        }
