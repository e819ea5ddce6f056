"""Sphinx's parallel tasks, in which no error is lost."""

from sphinx.util.parallel import ParallelTasks


class Tasks(ParallelTasks):
    """Tasks that raise every error: Sphinx 7 passes over one that comes before all tasks are added.

    The pages of such a task would not be written, and the build would succeed.
    """

    _error: Exception | None = None

    def _join_one(self) -> bool:
        try:
            return super()._join_one()
        except Exception as error:
            self._error = error
            raise

    def join(self) -> None:
        """Wait until all tasks have ended, and raise the error of one that failed.

        Raises
        ------
        SphinxParallelError
            With the error and the traceback of the task.
        """
        super().join()
        if self._error:
            raise self._error
