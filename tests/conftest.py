"""Settings for all tests."""

import os

import pandas
import pytest
from hypothesis import settings

# The first example pays for loading the corpus, a busy machine for everything: an example has no time limit.
settings.register_profile("corpus", deadline=None)
settings.load_profile("corpus")


def pytest_sessionstart():
    """Stop a run that was promised another pandas; not in the header, which a quiet run leaves out."""
    promised = os.environ.get("PANDAS", "")
    if not pandas.__version__.startswith(promised):
        pytest.exit(f"pandas {promised} was to be tested, but this is {pandas.__version__}.", returncode=3)


def pytest_report_header():
    """Say which pandas is tested."""
    return f"pandas {pandas.__version__}"


def pytest_collection_modifyitems(items):
    """Begin with the files that take longest, or one process would work on after the others have ended."""
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def needs_sandbox():
    """Pass the test over, loudly, where submissions cannot be shut in."""
    from helpers.grading import sandbox

    if why := sandbox.missing():
        pytest.skip(f"SUBMISSIONS WERE NOT MARKED IN A SANDBOX, SO THAT WAS NOT TESTED. {why}")
