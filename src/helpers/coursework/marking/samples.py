"""The notebooks by which a rehearsal compares points with nbgrader's, made only of the course's own text."""

import ast
import json
from collections.abc import Callable, Iterator
from functools import partial

from helpers.coursework.code_names import parsed
from helpers.coursework.course import Course
from helpers.coursework.marking.spec import Spec
from helpers.coursework.submission import Submission

SOLUTION, HANDED_OUT = "the solution", "the notebook as it was handed out"
_WRONG = {
    "busy": "a solution that changes and leaves behind all that it can",
    "shared": "a solution whose functions return what they are given, and whose equal values are one object,",
    "empty": "a solution with empty values, whose functions return None,",
}
# Runs among the answers of a sample, in place of a student's mistakes.
_IN_PLACE_OF = '''
def _in_place_of(kept, kind, texts):
    """Return wrong values by name, in place of right ones; leave behind what has one of these names."""
    import builtins, copy, os
    from contextlib import suppress
    from types import FunctionType

    def busy(function):
        def after(*given, **named):
            len(()), sum(()), min([0]), max([0]), sorted(()), abs(0), any(()), all(()), round(0.5)
            list(map(str, filter(None, reversed([*enumerate(zip(()))])))), set(), dict(), range(0)
            found = function(*given, **named)
            for value in wrong.values():
                with suppress(Exception):
                    value.append(None)
                with suppress(Exception):
                    value.update({"wrong": None})
                with suppress(Exception):
                    value.add("wrong")
                with suppress(Exception):
                    value[...] = 0
            return found

        return after

    wrong = {}
    for name, value in kept.items():
        if isinstance(value, FunctionType):
            wrong[name] = {
                "empty": lambda *given, **named: None,
                "shared": lambda *given, **named: (*given, *named.values(), None)[0],
                "busy": busy(value),
            }[kind]
        elif isinstance(value, type):
            continue
        elif kind == "empty":
            with suppress(Exception):
                wrong[name] = type(value)()
        elif kind == "busy":
            with suppress(Exception):
                wrong[name] = copy.deepcopy(value)
        else:
            for one in kept.values():
                with suppress(Exception):
                    if type(one) is type(value) and one == value:
                        wrong[name] = one
                        break
    for text in texts if kind == "busy" else ():
        with suppress(Exception):
            if text.isidentifier() and not hasattr(builtins, text):
                globals().setdefault(text, None)
            os.environ.setdefault(text, "wrong")
            if os.path.abspath(text).startswith(os.path.join(os.getcwd(), "")):
                open(text, "x").close()
    return wrong
'''
_BEFORE = """\
_kept = {{name: globals()[name] for name in {names!r} if name in globals()}}
globals().update(_in_place_of(_kept, {kind!r}, {texts!r}))
"""
_AFTER = "globals().update(_kept)"
_LONGEST = 100


def make_samples(course: Course, spec: Spec) -> list[Submission]:
    """Return the solution, the notebook as it was handed out, and solutions with wrong answers.

    The name of each is in place of the student's.  Without the sources there are none.
    """
    solution = _read(spec, partial(course.solution, spec.assignment))
    if solution is None:
        return []
    own = course.solution_files(spec.assignment)
    of_course = frozenset(course.given_files(spec.assignment))
    samples = {SOLUTION: solution}
    if handed_out := _read(spec, partial(course.released, spec.assignment)):
        samples[HANDED_OUT] = handed_out
    samples |= {
        said: {name: _with_wrong_answers(content, spec, name, kind) for name, content in solution.items()}
        for kind, said in _WRONG.items()
    }
    return [
        Submission(said, own | {f"{name}.ipynb": content for name, content in notebooks.items()}, of_course)
        for said, notebooks in samples.items()
    ]


def _read(spec: Spec, read: Callable[[str], bytes | None]) -> dict[str, bytes] | None:
    """Return the content of each notebook; None if one is missing."""
    found = {name: read(name) for name in spec.notebooks}
    return {name: content for name, content in found.items() if content} if all(found.values()) else None


def _with_wrong_answers(content: bytes, spec: Spec, notebook: str, kind: str) -> bytes:
    """Return a solution in which each check finds wrong answers; right ones return after it."""
    found = json.loads(content)
    found["cells"] = list(_with_wrong(found["cells"], spec, notebook, kind))
    return json.dumps(found).encode()


def _with_wrong(cells: list[dict], spec: Spec, notebook: str, kind: str) -> Iterator[dict]:
    answers, asked = spec.answers(notebook), spec.asked(notebook)
    is_defined = False
    for cell in cells:
        check = spec.notebooks[notebook].get(cell.get("metadata", {}).get("nbgrader", {}).get("grade_id"))
        if check is None or check.name not in asked:
            yield cell
            continue
        if not is_defined:
            is_defined = True
            yield _code_cell(_IN_PLACE_OF)
        names = [name for name in asked[check.name] if name in answers]
        yield _code_cell(_BEFORE.format(names=names, kind=kind, texts=_texts(check.source)))
        yield cell
        yield _code_cell(_AFTER)


def _texts(source: str) -> list[str]:
    tree = parsed(source)
    found = {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant)} if tree else set()
    return sorted(one for one in found if isinstance(one, str) and len(one) <= _LONGEST)


def _code_cell(source: str) -> dict:
    """Return a cell without nbformat's random id, so that the same samples are known again."""
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
