"""Our sandbox as a step of plain `nbgrader autograde`.

In ``nbgrader_config.py``, name it in the place of nbgrader's `Execute`::

    from nbgrader.converters import Autograde

    first, *others = Autograde.autograde_preprocessors.default_args[0]
    sandbox = "helpers.coursework.marking.preprocessor.SandboxedExecute"
    c.Autograde.autograde_preprocessors = [sandbox, *others]

All else, such as the restoring of cells, the gradebook and the folders, is then nbgrader's.  `coursework
autograde` marks a course with this setting as any other.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode
from nbgrader.preprocessors import Execute
from traitlets import Bool

from helpers.coursework.boundary import SandboxError
from helpers.coursework.course import Course
from helpers.coursework.marking import rehearsal
from helpers.coursework.marking.inert import make_inert
from helpers.coursework.marking.samples import make_samples
from helpers.coursework.marking.spec import Spec, read_spec
from helpers.coursework.marking.state import complete_spec
from helpers.coursework.marking.task import assess, run_notebook
from helpers.coursework.submission import Options, Submission


class SandboxedExecute(Execute):
    """Runs a submission in the sandbox, the student's cells in one process and the checks in another.

    Raises
    ------
    UnequalError
        When the instructor's own solution gets other points in this way; nothing is marked then.
    """

    is_sandboxed = True  # `coursework autograde` takes this class for nbgrader's own

    accept_unequal = Bool(False, help="Whether to mark even if points may differ from nbgrader's.").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: dict, km: object = None) -> tuple[NotebookNode, dict]:
        """Return the notebook with the outputs of all its cells."""
        told = resources["nbgrader"]
        # nbgrader works in the folder of the course.
        ready = _ready(Path.cwd(), told["assignment"], told["db_url"])
        if ready.unequal and not self.accept_unequal:
            raise rehearsal.UnequalError(ready.unequal)
        submission = ready.course.submission(told["student"], told["assignment"])
        name = told["notebook"]
        run_notebook(nb, name, submission, ready.spec, ready.options)
        make_inert(nb, ready.spec.notebooks[name], ready.spec.given.get(name, {}))
        return nb, resources


class _Ready(NamedTuple):
    """What is the same for all submissions of an assignment."""

    course: Course
    spec: Spec
    options: Options
    unequal: list[str]  # why points would differ from nbgrader's, a sentence each


@cache
def _ready(folder: Path, assignment: str, db_url: str) -> _Ready:
    """Read the course and rehearse its solution, once for all submissions."""
    course = Course(folder)
    isolation = course.settings.isolation
    if why := isolation.backend.why_unavailable(isolation.image):
        raise SandboxError(why)
    course.settings.demand_honored(running_only=True)
    spec = complete_spec(read_spec(assignment, db_url=db_url), course)
    options = Options(timeout=course.settings.timeout.seconds, isolation=isolation)
    unequal: list[str] = []
    if samples := make_samples(course, spec):

        def compare(some: list[Submission], spec: Spec) -> rehearsal.Rehearsal:
            return rehearsal.rehearse(some, spec, options, _run)

        if lost := compare(samples, spec).unequal:
            remedy = rehearsal.find_remedy(samples, spec, lost, compare)
            unequal = rehearsal.describe_unequal(course, spec, remedy)
    return _Ready(course, spec, options, unequal)


def _run(
    submissions: Iterator[Submission], spec: Spec, options: Options
) -> Iterator[tuple[Submission, dict | None, str | None]]:
    """Mark samples one after the other; nbgrader has only this process."""
    for one in submissions:
        yield one, assess(one, spec, options), None
