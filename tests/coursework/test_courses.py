"""Is every row of other teachers' courses that of nbgrader, or is the check named?"""

import pytest
from benchmarks.courses import Assignment, compare, put_in
from tests.coursework.styles import STYLES, Style, notebook_of, wrong_answers

pytestmark = pytest.mark.slow


def assignment_of(styles: list[Style]) -> Assignment:
    """Return an assignment with a notebook for each style, and with the students who are wrong."""
    notebooks = {style.name: notebook_of(style) for style in styles}
    more: dict = {}
    for style in styles:
        for student, answers in wrong_answers(style).items():
            more.setdefault(student, {})[style.name] = put_in(notebooks[style.name], answers)
    return Assignment("styles", notebooks, more=more)


@pytest.fixture(scope="module")
def compared(tmp_path_factory, needs_sandbox):
    """Return what was found when a class that answers all styles was marked by both."""
    return compare(assignment_of(STYLES), tmp_path_factory.mktemp("styles"), most=0)


@pytest.mark.long
@pytest.mark.parametrize("style", [style.name for style in STYLES])
def test_no_silent_difference(compared, style):
    """Are the points those of nbgrader, or is the check named before?"""
    assert not [one for one in compared.silent if one.notebook == style]
