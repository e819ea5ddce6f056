"""The same task on the workers of a Dask cluster: they need this package and bubblewrap, and nothing else."""

from collections.abc import Iterator
from itertools import islice

from distributed import Client, as_completed

from helpers.grading.assess import Options, Submission, assess
from helpers.grading.plan import Plan
from helpers.grading.sandbox import SandboxError


class Cluster:
    """A Dask cluster that runs already.

    Parameters
    ----------
    address
        Of its scheduler, such as ``tcp://10.0.0.5:8786``.
    """

    def __init__(self, address: str):
        self._address = address

    def __enter__(self) -> "Cluster":
        self._client = Client(self._address)
        return self

    def __exit__(self, *_exception) -> None:
        self._client.close()

    def map(self, submissions: Iterator[Submission], plan: Plan, options: Options):
        """Yield (submission, marked, problem) as they are done; Dask repeats what a lost worker had begun."""
        shared = self._client.scatter((plan, options), broadcast=True)
        under_way = 4 * max(sum(self._client.nthreads().values()), 1)
        known = {}

        def submit(submission: Submission):
            future = self._client.submit(_assess, submission, shared, pure=False, retries=2)
            known[future.key] = submission
            return future

        running = as_completed([submit(one) for one in islice(submissions, under_way)])
        for future in running:
            submission = known.pop(future.key)
            error = future.exception()
            if isinstance(error, SandboxError):
                raise error
            yield (
                submission,
                *((None, f"{type(error).__name__}: {error}") if error else (future.result(), None)),
            )
            for one in islice(submissions, 1):
                running.add(submit(one))


def _assess(submission: Submission, shared: tuple[Plan, Options]):
    return assess(submission, *shared)
