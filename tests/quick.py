"""What `make test` tries of many cases of one kind, and how long a test waits for what should come."""

import pytest

# Milliseconds.  On a quiet machine nothing takes so long, and on a busy one nothing takes longer.
PATIENCE = 180_000


def sample(cases, *always):
    """Return parameters for tests: the cases that are tried always, and others with the long tests only."""
    rows = [(case, case if isinstance(case, tuple) else (case,)) for case in cases]
    return [pytest.param(*row, marks=() if case in always else pytest.mark.long) for case, row in rows]
