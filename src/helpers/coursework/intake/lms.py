"""How learning systems and nbgrader name the files that students handed in.

Canvas
    ``doejane_LATE_1234_567890_essay-one.ipynb``: the sortable name in lower case without spaces and
    punctuation, ``LATE`` (``late`` in old versions) if it applies, the number of the user, the number of the
    file, and the file's own name.  For anonymous students, ``anon_a1B2c`` replaces name and number.  The name
    gives no time; of two files, the one with the greater number is newer.  Text that a student typed into
    Canvas is ``doejane_1234_text.html``, or ``link.html``.  Documented in the Canvas Instructor Guide, "How
    do I download all student submissions for an assignment?", and in canvas-lms, ``content_zipper.rb``.
Moodle
    ``Jane Doe_12345_assignsubmission_file/essay-one.ipynb`` (in older versions the folder ends with ``_``),
    or, if submissions are not downloaded in folders, a single name, ``Jane
    Doe_12345_assignsubmission_file_essay-one.ipynb``.  The number identifies the participant in this
    assignment only; the grading worksheet has it too.  The name gives neither time nor lateness, but the
    worksheet does, see :mod:`helpers.coursework.intake.roster`.  Documented in MoodleDocs, "Using
    Assignment", and in Moodle, ``mod/assign/classes/downloader.php``.
Blackboard
    ``Essay One_jdoe_attempt_2026-03-05-14-30-00_essay-one.ipynb``: the column, the user name, the time of the
    attempt, and the file's own name; the download may contain every attempt.  Each attempt also has a receipt
    without a file's name, ``..._attempt_2026-03-05-14-30-00.txt``, whose first line is
    ``Name: Jane Doe (jdoe)``.  Documented in Blackboard Help, "Assignment File Download", and in nbgrader's
    user guide, "Managing assignment files manually".
Brightspace (D2L)
    ``12345-678910 - Jane Doe - 5 March, 2026 230 PM/essay-one.ipynb``: the numbers of the user and of the
    assignment, the name, the time; older versions put all of this into the file name, with ``-`` before the
    student's own part.
Sakai
    ``Essay One/Doe, Jane(jdoe)/Submission attachment(s)/essay-one.ipynb``; the time in UTC is in a file
    ``timestamp.txt`` in the student's folder.
Teams
    ``Student Work/Submitted files/Jane Doe/Essay One/Version 2/essay-one.ipynb``, as SharePoint stores them.
    Files in ``Working files`` were not handed in.
Gradescope
    ``assignment_1_export/submission_77/essay-one.ipynb``; ``submission_metadata.yml`` says whose it is.
Drive
    A folder of Google Drive or Classroom in which all file names follow one pattern,
    ``Essay One/Jane Doe - essay-one.ipynb`` or ``essay-one - Jane Doe.ipynb``.
nbgrader
    ``jdoe/essay-one/essay-one.ipynb`` as in ``submitted/``, ``jdoe/essay-one.ipynb``, or, as in the inbound
    folder of its exchange, ``jdoe+essay-one+2026-03-05 14:30:00.000000 UTC+key/essay-one.ipynb``; with any
    number of folders above them.

We know the names of Brightspace, Sakai, Teams, Gradescope and Drive from other programs that read them, not
from exports of our own.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from pathlib import PurePosixPath

import dateutil.parser

from helpers.coursework.plugins import read_layouts

LAYOUTS = (
    "canvas", "moodle", "blackboard", "brightspace", "sakai", "teams", "gradescope", "drive", "nbgrader",
)  # fmt: skip
"""The learning systems that are known here; plugins may add others."""

_CANVAS = re.compile(
    r"(?:(?!late_)(?P<person>\w+?)_)?(?:(?P<late>late)_)?"
    r"(?P<id>\d+|anon_[^\W_]+)_(?P<file_id>\d+)_(?P<file>.+)",
    re.IGNORECASE,
)
_MOODLE = re.compile(r"(?P<person>.+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?")
# The word between the user and the time is in the language of the site.  All three patterns take the first
# match as the system's own, because students may give files names that look like another student's.
_BLACKBOARD = re.compile(
    r"(?P<before>.+?)_[^\W\d_]+_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<receipt>\.txt))"
)
_TEXT_IN_CANVAS = re.compile(
    r"(?:(?!late_)\w+?_)?(?:late_)?(?:\d+|anon_[^\W_]+)_(?:text|link)\.html", re.IGNORECASE
)
_BRIGHTSPACE = re.compile(
    r"(?P<id>\d+)-\d+ ?- ?(?P<person>.+?) ?- ?"
    r"(?P<time>(?:\d{1,2} [^\W\d]+\.?,?|[^\W\d]+\.? \d{1,2},?) \d{4},? \d{1,2}:?\d{2}(?: ?[AP]M)?)"
    r"(?: ?- ?(?P<file>.+))?"
)
_SAKAI = re.compile(r"(?P<person>.*)\((?P<id>[^()]+)\)")
_ATTACHMENTS = "submission attachment(s)"
_SUBMITTED_IN_TEAMS, _NOT_SUBMITTED_IN_TEAMS = "submitted files", "working files"
_VERSION = re.compile(r"[^\W\d]+ (\d{1,9})")
_SUBMISSION = re.compile(r"submission_\d+")
# Files that nbgrader makes itself and that no student has handed in.
_STEPS = {"source", "release", "autograded", "feedback"}
# Endings that browsers, Jupyter, Drive and Canvas add to the name of a second copy.  No backtracking:
# splitting a long number in every possible way would take years.
_COPY = r"(?:[\s_.-]*+(?:\(\d++\)|\d++|copy\d*+))*+"
_COPY_OF = re.compile(r"(?:copy of|kopie von|copie de|copia de) ", re.IGNORECASE)
_ENDINGS = re.compile(r"(?:\.(?:ipynb|txt|json|html?))+$", re.IGNORECASE)
_INBOUND = re.compile(r"(?P<id>[^+]+)\+(?P<assignment>[^+]+)\+(?P<time>[\d-]+ [\d:.]+(?: \S+?)?)(?:\+.*)?")
_RECEIPT = re.compile(r"Name:\s*+(?P<person>.*?)\s*\((?P<id>[^()]+)\)\s*$", re.MULTILINE)

_LONGEST_RECEIPT = 2_000


@dataclass(frozen=True)
class ParsedName:
    """What a file name says."""

    lms_id: str  # the system's number or name of the user; empty if the name does not give it
    person: str  # the person's name as the system writes it; empty if the name does not give it
    file: str  # the file's own name, given by the student
    file_id: int = 0  # Canvas's number of the file; 0 elsewhere
    attempt: str = ""  # the time of the attempt, as written in the name; empty if the name does not give it
    late: bool = False  # whether the system marked it as late
    is_receipt: bool = False  # whether it is Blackboard's own note on an attempt rather than a student's file
    # The part that identifies the student: before the attempt in Blackboard's name, or before the
    # assignment's name in a file's name.
    before: str = ""
    inside: str = ""  # the path in the student's own folder; empty if all students' files are in one folder


@dataclass(frozen=True)
class Folders:
    """What the paths of all files in a zip or folder have in common."""

    n_above: int = 0  # how many folders above those of the students all notebooks share
    # The paths of the folders below those that hold a notebook.
    students: frozenset[tuple[str, ...]] = frozenset()


class NamingError(ValueError):
    """A file's name does not identify the student; the message is one sentence."""


def n_in_common(lists: Iterable[Iterable[str]]) -> int:
    """Return how many parts at the beginning are the same in all lists.

    Examples
    --------
    >>> n_in_common([["a", "b", "c"], ["a", "b"], ["a", "b", "d"]])
    2
    """
    return sum(1 for _ in takewhile(lambda parts: len(set(parts)) == 1, zip(*lists, strict=False)))


def see_folders(paths: Iterable[PurePosixPath]) -> Folders:
    """Return what the paths of some files have in common.

    Examples
    --------
    >>> see_folders([PurePosixPath("class/ann/a.ipynb"), PurePosixPath("class/bob/a.ipynb")]).n_above
    1
    """
    folders = [path.parts[:-1] for path in _notebooks(paths)]
    n_above = max(min(n_in_common(folders), min(map(len, folders), default=1) - 1), 0)
    return Folders(n_above, frozenset(parts for parts in folders if len(parts) == n_above + 1))


def guess_layout(paths: Iterable[PurePosixPath], assignment: str = "") -> str:
    """Return the layout that most notebooks follow; ``nbgrader`` if none fits.

    Parameters
    ----------
    paths
        The paths of the files in the folder or the zip.
    assignment
        The name of the assignment, to recognize folders that people have named themselves.

    Examples
    --------
    >>> guess_layout([PurePosixPath("Jane Doe_12345_assignsubmission_file/essay-one.ipynb")])
    'moodle'
    >>> guess_layout([PurePosixPath("jdoe/essay-one/essay-one.ipynb")])
    'nbgrader'
    """
    paths = _notebooks(paths)
    by_folder = defaultdict(set)
    for path in paths:
        by_folder[path.parent].add(_person_of(path.name, assignment))
    votes = Counter(_layout_of(path, assignment, by_folder[path.parent]) for path in paths)
    del votes[""]
    return votes.most_common(1)[0][0] if votes else "nbgrader"


def is_named_after(name: str, assignment: str) -> bool:
    """Say whether a file or folder has the name of an assignment, or of a copy of it.

    Examples
    --------
    >>> is_named_after("Essay One (1).ipynb.txt", "essay-one"), is_named_after("essay-one-draft", "essay-one")
    (True, False)
    """
    stem = re.sub(r"[\s_]+", "-", _ENDINGS.sub("", name).casefold())
    return re.fullmatch(re.escape(assignment.casefold()) + _COPY, stem) is not None


def slug(title: str) -> str:
    """Return a person's name, or another title, in the form of a student's name.

    Examples
    --------
    >>> slug("Jane O'Neill")
    'jane-o-neill'
    """
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", title).casefold()).strip("-")


def _notebooks(paths: Iterable[PurePosixPath]) -> list[PurePosixPath]:
    """Return the files with the name of a notebook; all files if there is none."""
    paths = list(paths)
    return [path for path in paths if re.search(r"\.(?:ipynb|json)\b", path.name.lower())] or paths


def _layout_of(path: PurePosixPath, assignment: str, persons: set[str]) -> str:
    for layout, read in read_layouts().items():
        if read(path):
            return layout
    folders = [part.casefold() for part in path.parts[:-1]]
    if _BLACKBOARD.fullmatch(path.name):
        return "blackboard"
    if any(_MOODLE.fullmatch(part) for part in path.parts):
        return "moodle"
    if any(_BRIGHTSPACE.fullmatch(part) for part in path.parts):
        return "brightspace"
    if _ATTACHMENTS in folders[1:]:
        return "sakai"
    if {_SUBMITTED_IN_TEAMS, _NOT_SUBMITTED_IN_TEAMS} & set(folders):
        return "teams"
    if any(map(_SUBMISSION.fullmatch, folders)):
        return "gradescope"
    if len(path.parts) <= 2 and _TEXT_IN_CANVAS.fullmatch(path.name):
        return ""
    if len(path.parts) <= 2 and _CANVAS.fullmatch(path.name):
        return "canvas"
    together = len(persons) > 1 or not folders or is_named_after(folders[-1], assignment)
    return "drive" if "" not in persons and together else "nbgrader"


def _person_of(file: str, assignment: str) -> str:
    """Return the person's name before or after the assignment's in a file name; empty if there is none."""
    first, dash, last = _COPY_OF.sub("", _ENDINGS.sub("", file)).rpartition(" - ")
    if dash and assignment and is_named_after(last, assignment):
        return first.strip()
    first, dash, last = _ENDINGS.sub("", file).partition(" - ")
    return last.strip() if dash and assignment and is_named_after(_COPY_OF.sub("", first), assignment) else ""


def read_name(
    path: PurePosixPath, layout: str, assignment: str, folders: Folders | None = None
) -> ParsedName:
    """Return what a file name says.

    Parameters
    ----------
    path
        The path of the file in the folder or the zip.
    layout
        One of :data:`LAYOUTS`, or of a plugin.
    assignment
        The name of the assignment: in nbgrader, each student's folder has a folder with this name.
    folders
        What the paths of all files have in common, for nbgrader's layout.

    Raises
    ------
    NamingError
        When the name does not follow the system's scheme.

    Examples
    --------
    >>> parsed = read_name(PurePosixPath("doejane_LATE_12_345_essay-one-1.ipynb"), "canvas", "essay-one")
    >>> parsed.lms_id, parsed.file_id, parsed.file, parsed.late
    ('12', 345, 'essay-one-1.ipynb', True)
    """
    if layout == "nbgrader":
        return _nbgrader(path, assignment, folders or Folders())
    found = _drive(path, assignment) if layout == "drive" else (_READERS | read_layouts())[layout](path)
    if found is None:
        called = "Google Drive" if layout == "drive" else layout.capitalize()
        raise NamingError(f"its name is not one that {called} gives, so the student is unknown. {_REMEDY}")
    return found


_REMEDY = (
    "Put each student's files into a folder with the student's name, and collect that folder with "
    "--layout nbgrader."
)


def read_receipt(text: str) -> tuple[str, str] | None:
    """Return the user and the person that a receipt from Blackboard names, if it does.

    Examples
    --------
    >>> read_receipt("Name: Jane Doe (jane_doe)\\nAssignment: Essay One\\n")
    ('jane_doe', 'Jane Doe')
    """
    found = _RECEIPT.search(text[:_LONGEST_RECEIPT])  # the student's own text comes later
    return (found["id"], found["person"]) if found else None


def attempt_time(attempt: str) -> datetime | None:
    """Return the time in a file name from Blackboard, without a time zone.

    Examples
    --------
    >>> attempt_time("2026-03-05-14-30-00")
    datetime.datetime(2026, 3, 5, 14, 30)
    """
    try:
        return datetime.strptime(attempt, "%Y-%m-%d-%H-%M-%S")
    except ValueError:
        return None


def local_time(text: str) -> datetime | None:
    """Return a time that is written in English, as Brightspace does; without a time zone.

    Examples
    --------
    >>> local_time("5 March, 2026 230 PM")
    datetime.datetime(2026, 3, 5, 14, 30)
    """
    try:
        spelled = re.sub(r"(\d{1,2})(\d{2})(?= ?[AP]M$|$)", r"\1:\2", text) if ":" not in text else text
        return dateutil.parser.parse(spelled).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _canvas(path: PurePosixPath) -> ParsedName | None:
    if _TEXT_IN_CANVAS.fullmatch(path.name):
        raise NamingError("it is a text that a student typed into Canvas, not a file; read it there.")
    found = _CANVAS.fullmatch(path.name)
    if not found:
        return None
    return ParsedName(
        found["id"],
        found["person"] or "",
        found["file"],
        int(found["file_id"][-18:]),
        late=bool(found["late"]),
    )


def _first_match(path: PurePosixPath, pattern: re.Pattern) -> tuple[re.Match | None, str]:
    """Return the first part of a path that a pattern matches, and the path below it."""
    for n, part in enumerate(path.parts):
        if found := pattern.fullmatch(part):
            return found, "/".join(path.parts[n + 1 :])
    return None, ""


def _moodle(path: PurePosixPath) -> ParsedName | None:
    found, inside = _first_match(path, _MOODLE)
    if not found:
        return None
    own = path.name if inside else found["file"]
    return ParsedName(found["id"] or "", found["person"], own or path.name, inside=inside)


def _blackboard(path: PurePosixPath) -> ParsedName | None:
    found = _BLACKBOARD.fullmatch(path.name)
    if not found:
        return None
    before = found["before"]
    return ParsedName(
        before.rpartition("_")[2],
        "",
        found["file"] or path.name,
        attempt=found["time"],
        is_receipt=bool(found["receipt"]),
        before=before,
    )


def _brightspace(path: PurePosixPath) -> ParsedName | None:
    found, inside = _first_match(path, _BRIGHTSPACE)
    if not found:
        return None
    own = path.name if inside else found["file"]
    return ParsedName(found["id"], found["person"], own or "", attempt=found["time"], inside=inside)


def _sakai(path: PurePosixPath) -> ParsedName | None:
    for n, part in enumerate(path.parts[:-2]):
        found = _SAKAI.fullmatch(part)
        if found and path.parts[n + 1].casefold() == _ATTACHMENTS:
            inside = "/".join(path.parts[n + 2 :])
            return ParsedName(found["id"].strip(), found["person"].strip(), path.name, inside=inside)
    return None


def _teams(path: PurePosixPath) -> ParsedName | None:
    folders = [part.casefold() for part in path.parts[:-1]]
    kinds = [i for i, name in enumerate(folders) if name in (_SUBMITTED_IN_TEAMS, _NOT_SUBMITTED_IN_TEAMS)]
    if not kinds or len(folders) < kinds[0] + 2:
        return None
    at = kinds[0]
    if folders[at] == _NOT_SUBMITTED_IN_TEAMS:
        raise NamingError("it is in the working files of Teams, so it was not handed in.")
    version = _VERSION.fullmatch(path.parts[at + 3]) if len(folders) > at + 3 else None
    inside = "/".join(path.parts[at + 3 + bool(version) :]) or path.name
    return ParsedName("", path.parts[at + 1], path.name, int(version[1]) if version else 0, inside=inside)


def _gradescope(path: PurePosixPath) -> ParsedName | None:
    found, inside = _first_match(path, _SUBMISSION)
    return ParsedName(found[0], "", path.name, inside=inside) if found and inside else None


def _drive(path: PurePosixPath, assignment: str) -> ParsedName | None:
    person = _person_of(path.name, assignment)
    return ParsedName("", person, path.name) if person else None


_READERS = {
    "canvas": _canvas,
    "moodle": _moodle,
    "blackboard": _blackboard,
    "brightspace": _brightspace,
    "sakai": _sakai,
    "teams": _teams,
    "gradescope": _gradescope,
}


def _nbgrader(path: PurePosixPath, assignment: str, folders: Folders) -> ParsedName:
    own, n_above = path.parts[:-1], folders.n_above
    start = next((i + 1 for i, part in enumerate(own[: n_above + 1]) if part in ("submitted", "inbound")), 0)
    own, n_above = own[start:], max(n_above - start, 0)
    # The leftmost folder that can be a student's is the student's; files in it may have any name.
    for i, part in enumerate(own[: n_above + 1]):
        if found := _INBOUND.fullmatch(part):
            inside = "/".join(path.parts[start + i + 1 :])
            return ParsedName(found["id"], "", path.name, attempt=found["time"], inside=inside)
        if part in _STEPS and not start and assignment in own[i + 1 : i + 3]:
            raise NamingError(f"it is in nbgrader's folder {part}, not in submitted.")
        if own[i + 1 : i + 2] == (assignment,):
            return _in_folder(path, start + i, start + i + 2, assignment)
    is_student = len(own) == n_above + 1 or path.parts[: n_above + 1] in folders.students
    if own and is_student and (n_above == 0 or len(folders.students) > 1):
        return _in_folder(path, start + n_above, start + n_above + 1, assignment)
    if path.name and len(path.parts) <= 2 and _TEXT_IN_CANVAS.fullmatch(path.name):
        raise NamingError("it is a text that a student typed into Canvas, not a file; read it there.")
    raise NamingError(
        f"it is neither in a student's folder nor in a folder {assignment} inside one, "
        f"so the student is unknown. {_REMEDY}"
    )


def _in_folder(path: PurePosixPath, student: int, inside: int, assignment: str) -> ParsedName:
    """Return what a student's folder says; it must not have the assignment's name."""
    name = path.parts[student]
    if is_named_after(name, assignment):
        raise NamingError(f"its folder has the assignment's name, so the student is unknown. {_REMEDY}")
    before = _person_of(path.name, assignment)
    return ParsedName(name, "", path.name, before=before, inside="/".join(path.parts[inside:]))
