"""Does no error of a parallel task get lost?"""

import multiprocessing

import pytest
from sphinx.errors import SphinxParallelError

from helpers.book.build.parallel import Tasks

needs_forks = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="Sphinx needs forks to work in parallel."
)


def fail(page):
    raise ValueError(f"{page} cannot be written")


@needs_forks
@pytest.mark.parametrize("later", [0, 1, 3])
def test_early_error(later):
    """Does an error stop the build, also if it comes before the last task is added?"""
    tasks = Tasks(2)
    tasks.add_task(fail, "mao-1963")
    tasks._procs[0].join()
    for page in range(later):
        tasks.add_task(str, page)
    with pytest.raises(SphinxParallelError, match="mao-1963 cannot be written"):
        tasks.join()


@needs_forks
def test_results():
    """Does each result arrive where it is expected?"""
    tasks, found = Tasks(2), {}
    for page in ("deng-1962", "mao-1963", "index"):
        tasks.add_task(str.upper, page, found.__setitem__)
    tasks.join()
    assert found == {page: page.upper() for page in found} and len(found) == 3
