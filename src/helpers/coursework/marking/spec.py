"""The spec of an assignment, read once from the gradebook: every cell that nbgrader knows, with its points.

A spec is immutable plain data: it can be sent to another process or machine, and marking needs no gradebook.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property

from nbgrader.api import Gradebook, MissingEntry

from helpers.coursework.code_names import is_python, names_made, names_read

# Languages and kernels that students may choose by mistake.
_OTHER_LANGUAGE = re.compile(
    r"r|ir|xr|julia|bash|javascript|typescript|jslab|tslab|sas|stata|octave|matlab|scala|i?haskell|go|gophernotes"
    r"|x?c\+\+\d*|xcpp\d*|java|kotlin|rust|i?ruby|perl|lua|ocaml|sql|xsql\w*|c#|f#|\.net-\w+|powershell|wolfram.*",
    re.IGNORECASE,
)


class SpecError(ValueError):
    """The assignment cannot be marked; the message says why and what to do."""


@dataclass(frozen=True)
class CellSpec:
    """One cell of the course, as `nbgrader generate_assignment` recorded it."""

    name: str  # its `grade_id`
    cell_type: str  # `code` or `markdown`
    source: str  # its text; for a check, including the hidden tests
    checksum: str | None  # nbgrader's checksum of the cell as it was handed out
    # The fields of nbgrader's metadata.
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float | None  # the maximum points; None if it has none

    @property
    def is_check(self) -> bool:
        """Whether running it gives points."""
        return self.grade and not self.solution and self.cell_type == "code"

    @property
    def is_given(self) -> bool:
        """Whether it is code of the course without points: imports and data."""
        return self.cell_type == "code" and self.locked and not self.grade and not self.solution

    @cached_property
    def metadata(self) -> dict:
        """Return the cell's nbgrader metadata."""
        meta = {
            "grade": self.grade,
            "grade_id": self.name,
            "locked": self.locked,
            "schema_version": 3,
            "solution": self.solution,
            "task": self.task,
            "checksum": self.checksum,
        }
        if self.points is None:
            return meta
        return meta | {"points": int(self.points) if self.points.is_integer() else self.points}

    @cached_property
    def names(self) -> list[str]:
        """Return the names that the code reads before defining them itself, in order."""
        return names_read(self.source)


@dataclass(frozen=True)
class Spec:
    """The spec of one assignment."""

    assignment: str  # its name
    # The cells of each notebook, by name, in the order of the notebook.
    notebooks: dict[str, dict[str, CellSpec]]
    kernelspecs: dict[str, dict | None]  # the kernel that each notebook asks for
    # For each notebook, the code of its source, including solutions: the judge's fork server runs it once
    # before any check.
    warm_up: dict[str, list[str]] = field(default_factory=dict)
    # The names of the checks that are judged in the student's process.
    in_student_process: tuple[str, ...] = ()
    # For each notebook, the texts of its Markdown cells, each with its attachments.
    given: dict[str, dict[str, dict]] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """Return a digest that changes when anything in the spec that affects points changes."""
        return hashlib.sha256(
            json.dumps(asdict(replace(self, given={})), sort_keys=True).encode()
        ).hexdigest()

    @cached_property
    def code_digest(self) -> str:
        """Return a digest of what workers load: it stays the same wherever the checks are judged."""
        return replace(self, in_student_process=()).digest

    def answers(self, notebook: str) -> frozenset[str]:
        """Return the names that the course's solution defines, without imports.

        Only these come from the student, whatever else defines them.  Without the sources, the released cells
        are used instead of the solution.
        """
        return self._answers[notebook]

    @cached_property
    def _answers(self) -> dict[str, frozenset[str]]:
        return {notebook: self._names_made(notebook) for notebook in self.notebooks}

    def _names_made(self, notebook: str) -> frozenset[str]:
        cells = self.notebooks[notebook].values()
        course = {cell.source for cell in cells if cell.is_check or cell.is_given}
        handed_out = [cell.source for cell in cells if cell.solution and cell.cell_type == "code"]
        texts = self.warm_up.get(notebook, handed_out)
        return frozenset(name for text in texts if text not in course for name in names_made(text))

    def asked(self, notebook: str) -> dict[str, list[str]]:
        """Return, for each check, the names that are requested from the student's process, in order.

        A name that is built into Python, such as `sum`, is requested only if the course's solution defines
        it: a student who calls a list `sum` does not change how the check adds up.
        """
        return self._asked[notebook]

    @cached_property
    def _asked(self) -> dict[str, dict[str, list[str]]]:
        return {notebook: self._names_asked(notebook) for notebook in self.notebooks}

    def _names_asked(self, notebook: str) -> dict[str, list[str]]:
        answers = self.answers(notebook)
        return {
            cell.name: [name for name in cell.names if name in answers or not is_python(name)]
            for cell in self.notebooks[notebook].values()
            if cell.is_check
        }


def read_spec(assignment: str, *, db_url: str) -> Spec:
    """Return the spec of an assignment.

    Raises
    ------
    SpecError
        When the gradebook does not have the assignment, or its notebooks are not in Python.
    """
    with Gradebook(db_url) as gradebook:
        try:
            found = gradebook.find_assignment(assignment)
        except MissingEntry:
            raise SpecError(
                f"The gradebook has no assignment {assignment}. "
                f"Run `nbgrader generate_assignment {assignment}` first."
            ) from None
        kernelspecs = {
            notebook.name: json.loads(notebook.kernelspec or "null") for notebook in found.notebooks
        }
        for name, kernelspec in kernelspecs.items():
            _demand_python(name, kernelspec or {})
        return Spec(
            assignment, {notebook.name: _cells(notebook) for notebook in found.notebooks}, kernelspecs
        )


def other_language(metadata: dict) -> str:
    """Return the language of a student's notebook if it is known not to be Python, otherwise an empty text.

    Examples
    --------
    >>> other_language({"kernelspec": {"name": "ir", "language": "R"}})
    'R'
    >>> other_language({"kernelspec": {"name": "my-environment", "display_name": "Mine"}})
    ''
    """
    kernel, info = (metadata.get(key) or {} for key in ("kernelspec", "language_info"))
    language = str(kernel.get("language") or info.get("name") or kernel.get("name") or "")
    is_other = _OTHER_LANGUAGE.fullmatch(re.sub(r"[-_.]?\d+(\.\d+)*$", "", language))
    return language if is_other else ""


def _demand_python(notebook: str, kernelspec: dict) -> None:
    """Refuse a notebook in another language; a notebook that names no kernel is assumed to be Python."""
    language = str(kernelspec.get("language") or kernelspec.get("name") or "python")
    if "py" not in language.lower():
        raise SpecError(
            f"{notebook}.ipynb uses the kernel {kernelspec.get('name')} ({language}), but only notebooks "
            "in Python can be marked here. Use `nbgrader autograde`, in an account without anything to lose."
        )


def _cells(notebook) -> dict[str, CellSpec]:
    points = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
    graded = {cell.name for cell in notebook.grade_cells}
    answers = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    return {
        cell.name: CellSpec(
            cell.name,
            cell.cell_type,
            cell.source,
            cell.checksum,
            cell.locked,
            cell.name in graded,
            cell.name in answers and cell.name not in tasks,
            cell.name in tasks,
            points.get(cell.name),
        )
        for cell in notebook.source_cells
    }
