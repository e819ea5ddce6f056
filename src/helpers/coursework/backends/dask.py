"""Marking on the workers of a Dask cluster, which need only this package and bubblewrap."""

from collections.abc import Iterator
from concurrent.futures import CancelledError
from itertools import islice

from distributed import Client, as_completed

from helpers.coursework.boundary import CourseError
from helpers.coursework.marking.spec import Spec
from helpers.coursework.marking.task import assess, result_of
from helpers.coursework.submission import Options, Submission


class Cluster:
    """A Dask cluster that is already running.

    Parameters
    ----------
    address
        The address of its scheduler, such as ``tcp://10.0.0.5:8786``.
    patience
        Seconds to wait for the scheduler, and then for a first worker.

    Raises
    ------
    CourseError
        On entering, when there is no scheduler or no worker; later, when the cluster is lost.
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
                "or omit --scheduler."
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

    def map(self, submissions: Iterator[Submission], spec: Spec, options: Options):
        """Yield (submission, marked, problem) as tasks finish; Dask repeats the tasks of a lost worker."""
        # Not scattered: scattered data is lost with its worker, while Dask can repeat a task.
        shared = self._client.submit(_share, (spec, options), pure=False)
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
                marked, problem = result_of(future)
            except CancelledError:
                raise CourseError(
                    f"The connection to the cluster at {self._address} was lost. Run the command again when "
                    "it is back; recorded work is not marked twice."
                ) from None
            yield submission, marked, problem
            for one in islice(submissions, 1):
                running.add(submit(one))


def _share(shared: tuple[Spec, Options]) -> tuple[Spec, Options]:
    return shared


def _assess(submission: Submission, shared: tuple[Spec, Options]):
    return assess(submission, *shared)
