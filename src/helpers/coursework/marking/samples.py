"""The notebooks by which a rehearsal compares points with nbgrader's, made only of the course's own text."""

import json
from collections.abc import Iterator
from pathlib import Path

from helpers.coursework.course import Course
from helpers.coursework.marking.spec import Spec
from helpers.coursework.submission import Submission

SOLUTION, HANDED_OUT = "the solution", "the notebook as it was handed out"
_WRONG = {
    "nothing": "a solution with None in place of each answer",
    "empty": "a solution with empty values, whose functions raise errors,",
    "shared": "a solution whose functions return what they are given, and whose equal values are one object,",
}
# Runs among the answers of a sample, so it must not rely on anything that a course may have replaced.
_IN_PLACE_OF = '''
def _in_place_of(kept, kind):
    """Return wrong values by name, in place of right ones."""
    from contextlib import suppress
    from types import FunctionType

    def fail(*given, **named):
        raise ValueError("wrong")

    function = {
        "nothing": lambda *given, **named: None,
        "empty": fail,
        "shared": lambda *given, **named: (*given, *named.values(), None)[0],
    }[kind]
    wrong = {}
    for name, value in kept.items():
        if isinstance(value, FunctionType):
            wrong[name] = function
        elif isinstance(value, type):
            continue
        elif kind == "nothing":
            wrong[name] = None
        elif kind == "empty":
            with suppress(Exception):
                wrong[name] = type(value)()
        else:
            for one in kept.values():
                with suppress(Exception):
                    if type(one) is type(value) and one == value:
                        wrong[name] = one
                        break
    return wrong
'''
_BEFORE = (
    "_kept = {{name: globals()[name] for name in {names!r} if name in globals()}}\nglobals().update({call})"
)
_AFTER = "globals().update(_kept)"


def make_samples(course: Course, spec: Spec) -> list[Submission]:
    """Return the solution, the notebook as it was handed out, and solutions with wrong answers.

    The name of each is in place of the student's.  Without the sources there are none.
    """
    solution = _read(course, spec, "source")
    if solution is None:
        return []
    own = course.given_files(spec.assignment)
    samples = {SOLUTION: solution}
    if handed_out := _read(course, spec, "release"):
        samples[HANDED_OUT] = handed_out
    samples |= {
        said: {name: _with_wrong_answers(content, spec, name, kind) for name, content in solution.items()}
        for kind, said in _WRONG.items()
    }
    return [
        Submission(
            said, own | {f"{name}.ipynb": content for name, content in notebooks.items()}, frozenset(own)
        )
        for said, notebooks in samples.items()
    ]


def _read(course: Course, spec: Spec, step: str) -> dict[str, bytes] | None:
    folder = course.path(step, ".", spec.assignment)
    paths: dict[str, Path] = {name: folder / f"{name}.ipynb" for name in spec.notebooks}
    if not all(path.is_file() for path in paths.values()):
        return None
    return {name: path.read_bytes() for name, path in paths.items()}


def _with_wrong_answers(content: bytes, spec: Spec, notebook: str, kind: str) -> bytes:
    """Return a solution in which each check finds wrong answers; right ones return after it."""
    found = json.loads(content)
    found["cells"] = list(_with_wrong(found["cells"], spec, notebook, kind))
    return json.dumps(found).encode()


def _with_wrong(cells: list[dict], spec: Spec, notebook: str, kind: str) -> Iterator[dict]:
    answers, asked = spec.answers(notebook), spec.asked(notebook)
    for cell in cells:
        check = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
        names = [name for name in asked.get(check, ()) if name in answers]
        if not names:
            yield cell
            continue
        call = f"_in_place_of(_kept, {kind!r})"
        yield _code_cell(_IN_PLACE_OF + _BEFORE.format(names=names, call=call))
        yield cell
        yield _code_cell(_AFTER)


def _code_cell(source: str) -> dict:
    """Return a cell without nbformat's random id, so that the same samples are known again."""
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
