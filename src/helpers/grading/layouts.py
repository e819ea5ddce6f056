"""How Canvas, Moodle, Blackboard and nbgrader name the files that students handed in.

Canvas
    ``doejane_LATE_1234_567890_deng-1962.ipynb``: the sortable name in small letters without spaces and signs,
    ``LATE`` (once ``late``) where it applies, the number of the user, the number of the file, and the file's
    own name.  Where students are anonymous, ``anon_a1B2c`` stands for name and number.  The name tells no
    time; of two files the one with the greater number is newer.  Documented in the Canvas Instructor Guide,
    "How do I download all student submissions for an assignment?", and in canvas-lms, ``content_zipper.rb``.
Moodle
    ``Jane Doe_12345_assignsubmission_file/deng-1962.ipynb`` (in older versions with ``_`` at the end of the
    folder), or, where submissions are not downloaded in folders, all in one name,
    ``Jane Doe_12345_assignsubmission_file_deng-1962.ipynb``.  The number is the participant's in this one
    assignment, which the grading worksheet has too.  The name tells neither time nor lateness; the worksheet
    does, see :mod:`helpers.grading.roster`.  Documented in MoodleDocs, "Using Assignment", and in Moodle,
    ``mod/assign/classes/downloader.php``.
Blackboard
    ``Deng 1962_jdoe_attempt_2026-03-05-14-30-00_deng-1962.ipynb``: the column, the user name, the time of the
    attempt, and the file's own name; every attempt may be there.  Beside each lies a receipt without a file's
    name, ``..._attempt_2026-03-05-14-30-00.txt``, whose first line is ``Name: Jane Doe (jdoe)``.  Documented
    in Blackboard Help, "Assignment File Download", and in nbgrader's user guide, "Managing assignment files
    manually".
nbgrader
    ``jdoe/deng-1962/deng-1962.ipynb`` as in ``submitted/``, ``jdoe/deng-1962.ipynb``, and as in the inbound
    folder of its exchange, ``jdoe+deng-1962+2026-03-05 14:30:00.000000 UTC+key/deng-1962.ipynb``.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

LAYOUTS = ("canvas", "moodle", "blackboard", "nbgrader")

_CANVAS = re.compile(
    r"(?:(?!late_)(?P<person>\w+?)_)?(?:(?P<late>late)_)?"
    r"(?P<id>\d+|anon_[^\W_]+)_(?P<file_id>\d+)_(?P<file>.+)",
    re.IGNORECASE,
)
_CANVAS_TYPED = re.compile(r"(?:\w+?_)?(?:\d+|anon_[^\W_]+)_(?:text|link)\.html", re.IGNORECASE)
_MOODLE = re.compile(r"(?P<person>.+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?")
# The word between the user and the time is in the language of the site.  All three take what comes first as
# the system's own: a student may call a file so that it looks like another's.
_BLACKBOARD = re.compile(
    r"(?P<before>.+?)_[^\W\d_]+_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<receipt>\.txt))"
)
_INBOUND = re.compile(r"(?P<id>[^+]+)\+(?P<assignment>[^+]+)\+(?P<time>[\d-]+ [\d:.]+(?: \S+?)?)(?:\+.*)?")
_RECEIPT = re.compile(r"\s*Name:\s*(?P<person>.*?)\s*\((?P<id>[^()]+)\)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Told:
    """What the name of a file tells.

    Attributes
    ----------
    lms_id
        Who handed it in, as the system numbers or names its users; empty where it does not say.
    person
        The name of that person as the system writes it; empty where it does not say.
    file
        The name that the student gave.
    file_id
        Canvas's number of the file; 0 elsewhere.
    attempt
        The time of the attempt, as it stands in the name; empty where it does not say.
    late
        Whether the system marks it as late.
    is_receipt
        Whether it is Blackboard's own note on an attempt, and no student's file.
    """

    lms_id: str
    person: str
    file: str
    file_id: int = 0
    attempt: str = ""
    late: bool = False
    is_receipt: bool = False


class NamingError(ValueError):
    """A file's name does not tell whose it is; the message is one sentence."""


def guess_layout(paths: Iterable[PurePosixPath]) -> str:
    """Return the layout after which most of the files are named; ``nbgrader`` when none fits.

    Parameters
    ----------
    paths
        Where the files lie in the folder or the zip.

    Examples
    --------
    >>> guess_layout([PurePosixPath("Jane Doe_12345_assignsubmission_file/deng-1962.ipynb")])
    'moodle'
    >>> guess_layout([PurePosixPath("jdoe/deng-1962/deng-1962.ipynb")])
    'nbgrader'
    """
    votes: Counter[str] = Counter()
    for path in paths:
        if _BLACKBOARD.fullmatch(path.name):
            votes["blackboard"] += 1
        elif any(_MOODLE.fullmatch(part) for part in path.parts):
            votes["moodle"] += 1
        elif len(path.parts) <= 2 and (_CANVAS.fullmatch(path.name) or _CANVAS_TYPED.fullmatch(path.name)):
            votes["canvas"] += 1
        else:
            votes["nbgrader"] += 1
    return votes.most_common(1)[0][0] if votes else "nbgrader"


def read_name(path: PurePosixPath, layout: str, assignment: str) -> Told:
    """Return what the name of a file tells.

    Parameters
    ----------
    path
        Where the file lies in the folder or the zip.
    layout
        One of :data:`LAYOUTS`.
    assignment
        The name of the assignment: nbgrader has a folder of that name in each student's folder.

    Raises
    ------
    NamingError
        When the name is not one that the system gives.

    Examples
    --------
    >>> told = read_name(PurePosixPath("doejane_LATE_12_345_deng-1962-1.ipynb"), "canvas", "deng-1962")
    >>> told.lms_id, told.file_id, told.file, told.late
    ('12', 345, 'deng-1962-1.ipynb', True)
    """
    told = {"canvas": _canvas, "moodle": _moodle, "blackboard": _blackboard}.get(layout)
    found = told(path) if told else _nbgrader(path, assignment)
    if found is None:
        raise NamingError(f"it is not named as {layout.capitalize()} names files, so nobody is known by it.")
    return found


def read_receipt(text: str) -> tuple[str, str] | None:
    """Return the user and the person that Blackboard's receipt names, if it does.

    Examples
    --------
    >>> read_receipt("Name: Jane Doe (jane_doe)\\nAssignment: Deng 1962\\n")
    ('jane_doe', 'Jane Doe')
    """
    found = _RECEIPT.search(text)
    return (found["id"], found["person"]) if found else None


def attempt_time(attempt: str) -> datetime | None:
    """Return the time that Blackboard writes into a name, without a zone.

    Examples
    --------
    >>> attempt_time("2026-03-05-14-30-00")
    datetime.datetime(2026, 3, 5, 14, 30)
    """
    try:
        return datetime.strptime(attempt, "%Y-%m-%d-%H-%M-%S")
    except ValueError:
        return None


def _canvas(path: PurePosixPath) -> Told | None:
    if _CANVAS_TYPED.fullmatch(path.name):
        raise NamingError("it is a text or a link that was typed into Canvas, and no file.")
    found = _CANVAS.fullmatch(path.name)
    if not found:
        return None
    return Told(
        found["id"],
        found["person"] or "",
        found["file"],
        int(found["file_id"][-18:]),
        late=bool(found["late"]),
    )


def _moodle(path: PurePosixPath) -> Told | None:
    for part in path.parts:
        found = _MOODLE.fullmatch(part)
        if found:
            own = found["file"] if part == path.name else path.name
            return Told(found["id"] or "", found["person"], own or path.name)
    return None


def _blackboard(path: PurePosixPath) -> Told | None:
    found = _BLACKBOARD.fullmatch(path.name)
    if not found:
        return None
    user = found["before"].rpartition("_")[2]
    return Told(
        user, "", found["file"] or path.name, attempt=found["time"], is_receipt=bool(found["receipt"])
    )


def _nbgrader(path: PurePosixPath, assignment: str) -> Told:
    folders = path.parts[:-1]
    for above in ("submitted", "inbound"):  # the course's own folder, packed from wherever
        if above in folders[:-1]:
            folders = folders[folders.index(above) + 1 :]
    if folders and (found := _INBOUND.fullmatch(folders[0])):
        return Told(found["id"], "", path.name, attempt=found["time"])
    if len(folders) == 1 or folders[1:2] == (assignment,):
        return Told(folders[0], "", path.name)
    raise NamingError(
        f"it lies neither in a student's folder nor in a folder {assignment} in one, so nobody is known by "
        "its place. If your learning system is none of Canvas, Moodle and Blackboard, put each student's "
        f"files into NAME/{assignment}, and collect the folder."
    )
