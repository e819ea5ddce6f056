"""What `make test` tries of many cases of one kind, and how long a test waits for what should come."""

import pytest

# Milliseconds.  On a quiet machine nothing takes so long, and on a busy one nothing takes longer.
PATIENCE = 180_000


def sample(cases, *always):
    """Return parameters for tests: the cases that are tried always, and others with the long tests only."""
    rows = [(case, case if isinstance(case, tuple) else (case,)) for case in cases]
    return [pytest.param(*row, marks=() if case in always else pytest.mark.long) for case, row in rows]


def asked(request, argument="name"):
    """Return what the tests that were selected of this file ask about, so that no more need be made.

    A class that is marked once for a whole file holds the students of the selected tests only.
    """
    here = [item for item in request.session.items if item.path == request.path and hasattr(item, "callspec")]
    return {item.callspec.params[argument] for item in here if argument in item.callspec.params}
