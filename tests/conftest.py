"""Settings for all tests."""

import altair
import pandas
import pytest
from hypothesis import settings

# Examples have no time limit, because the first one loads the corpus and the machine may be busy.
settings.register_profile("corpus", deadline=None)
settings.load_profile("corpus")


def pytest_report_header():
    """Say which pandas is tested."""
    return f"pandas {pandas.__version__}"


def pytest_collection_modifyitems(items):
    """Start with the slowest files, so that all processes finish at about the same time."""
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(autouse=True)
def same_renderer():
    """Undo what a test has chosen for all of Altair's charts, as the cells of a chapter do."""
    with altair.renderers.enable(altair.renderers.active):
        yield


@pytest.fixture(scope="session")
def needs_sandbox():
    """Skip the test, with a message, if submissions cannot be sandboxed."""
    from helpers.coursework.isolation import bubblewrap

    if why := bubblewrap.why_unavailable():
        pytest.skip(f"SUBMISSIONS WERE NOT MARKED IN A SANDBOX, SO THAT WAS NOT TESTED. {why}")
