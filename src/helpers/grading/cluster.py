"""The same task on the workers of a Dask cluster: they need this package and bubblewrap, and nothing else."""

from collections.abc import Iterator
from concurrent.futures import CancelledError
from itertools import islice

from distributed import Client, as_completed

from helpers.grading.assess import assess, settle
from helpers.grading.boundary import CourseError
from helpers.grading.plan import Plan
from helpers.grading.submission import Options, Submission


class Cluster:
    """A Dask cluster that runs already.

    Parameters
    ----------
    address
        Of its scheduler, such as ``tcp://10.0.0.5:8786``.
    patience
        How many seconds to wait for the scheduler, and then for a first worker.

    Raises
    ------
    CourseError
        When it is entered and there is no scheduler or no worker, or when the cluster is lost on the way.
    """

    def __init__(self, address: str, *, patience: float = 30):
        self._address = address
        self._patience = patience

    def __enter__(self) -> "Cluster":
        try:
            self._client = Client(self._address, timeout=self._patience)
        except (OSError, ValueError) as error:
            raise CourseError(
                f"No Dask scheduler answers at {self._address} ({error}). Start one with `dask scheduler`, "
                "or leave --scheduler out."
            ) from None
        try:
            self._client.wait_for_workers(1, timeout=self._patience)
        except TimeoutError:
            self._client.close()
            raise CourseError(
                f"The Dask scheduler at {self._address} has no workers. Start some with "
                f"`dask worker {self._address}`."
            ) from None
        return self

    def __exit__(self, *_exception) -> None:
        self._client.close()

    def map(self, submissions: Iterator[Submission], plan: Plan, options: Options):
        """Yield (submission, marked, problem) as they are done; Dask repeats what a lost worker had begun."""
        # Not scattered: what a worker was only given is gone with it; what it was asked for is made again.
        shared = self._client.submit(_share, (plan, options), pure=False)
        under_way = 4 * max(sum(self._client.nthreads().values()), 1)
        known = {}

        def submit(submission: Submission):
            future = self._client.submit(_assess, submission, shared, pure=False, retries=2)
            known[future.key] = submission
            return future

        running = as_completed([submit(one) for one in islice(submissions, under_way)])
        for future in running:
            submission = known.pop(future.key)
            try:
                marked, problem = settle(future)
            except CancelledError:
                raise CourseError(
                    f"The cluster at {self._address} was lost. Run the command again when it is back: "
                    "what is recorded is not marked twice."
                ) from None
            yield submission, marked, problem
            for one in islice(submissions, 1):
                running.add(submit(one))


def _share(shared: tuple[Plan, Options]) -> tuple[Plan, Options]:
    return shared


def _assess(submission: Submission, shared: tuple[Plan, Options]):
    return assess(submission, *shared)
