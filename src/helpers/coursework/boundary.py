"""Error boundaries: contain the errors of one student's work, and turn an error into a sentence.

Nothing here loads nbgrader, so every command can import it quickly.
"""

import errno
from collections.abc import Iterator, MutableMapping
from concurrent.futures import CancelledError
from contextlib import contextmanager

from helpers.coursework.plaintext import printable

UNSAFE_HINT = " With --isolation=none, submissions run with your rights: use it only for work you trust."


class CourseError(ValueError):
    """Something is wrong with the course or with the request; the message says what to do."""


class SandboxError(RuntimeError):
    """Submissions cannot be run here; the message says what is missing and what to do."""


class SubmissionError(ValueError):
    """What one student handed in cannot be used; the message is a sentence for the instructor."""


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE}
_DATABASE = {
    "locked": "another program is writing into the gradebook. Close it, or wait, and run the command again",
    "readonly": "the gradebook is read-only. Make its file and its folder writable",
    "disk is full": "the disk is full. Make room and run the command again",
    "unable to open": "the gradebook cannot be opened. Check its folder and your permission to write there",
    "no such table": "the gradebook is not nbgrader's, or of another version. Run `nbgrader db upgrade`",
    "not a database": "the gradebook is damaged, or is not a gradebook. Restore a backup of it",
    "malformed": "the gradebook is damaged. Restore a backup of it",
    "UNIQUE constraint": "another program wrote the same entry to the gradebook. Run the command again",
}


@contextmanager
def only_this_student(sentences: MutableMapping[str, str], student: str) -> Iterator[None]:
    """Do something for one student; if it fails, record one sentence about that student and go on.

    Errors that affect everybody are still raised: no sandbox, a full disk, no gradebook.

    Parameters
    ----------
    sentences
        Receives the sentence under the student's name; nothing is added if all goes well.
    student
        Whose work it is.

    Examples
    --------
    >>> sentences = {}
    >>> for student, points in {"ann": "3", "bob": "three"}.items():
    ...     with only_this_student(sentences, student):
    ...         number = int(points)
    >>> sentences
    {'bob': "This work cannot be used (ValueError: invalid literal for int() with base 10: 'three')."}
    """
    try:
        yield
    except Exception as error:
        if is_course_wide(error):
            raise
        sentences[student] = explain(error)


def is_course_wide(error: BaseException) -> bool:
    """Say whether an error affects every student, so that there is no point in going on."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    return isinstance(error, CourseError | SandboxError | CancelledError) or _of_database(error)


def explain(error: BaseException) -> str:
    """Return what to tell a person about an error: one sentence, or one per line.

    Examples
    --------
    >>> explain(FileNotFoundError(2, "No such file or directory", "sums.ipynb"))
    'sums.ipynb: No such file or directory.'
    """
    if isinstance(error, CourseError | SubmissionError | SandboxError) or _is_for_people(error):
        return "\n".join(printable(line, most=1000) for line in getattr(error, "lines", [str(error)]))
    if _of_database(error):
        said = str(getattr(error, "orig", error))
        known = [sentence for sign, sentence in _DATABASE.items() if sign in said]
        return f"{known[0][0].upper()}{known[0][1:]}." if known else f"The gradebook: {printable(said)}."
    if isinstance(error, OSError) and error.strerror:
        place = f"{printable(str(error.filename))}: " if error.filename is not None else ""
        return f"{place}{error.strerror}."
    if isinstance(error, UnicodeError):
        return "This work contains text that is not valid Unicode, so it cannot be read."
    if isinstance(error, RecursionError):
        return "This work is nested too deeply to be read."
    if isinstance(error, MemoryError):
        return "This work is too large to be read."
    return f"This work cannot be used ({type(error).__name__}: {printable(str(error))})."


def _is_for_people(error: BaseException) -> bool:
    """Say whether an error's message was written for people, as those of our own errors are."""
    return type(error).__module__.startswith("helpers.") and isinstance(error, ValueError)


def _of_database(error: BaseException) -> bool:
    # Checked by name: SQLAlchemy takes most of a second to load, and most commands do not need it.
    return type(error).__module__.startswith("sqlalchemy.")
