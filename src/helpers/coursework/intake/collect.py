"""Move a class's submissions from the LMS's download into nbgrader's ``submitted/``.

How learning systems name files is described in :mod:`helpers.coursework.intake.lms`.  This module recognizes
each notebook, even if the student renamed it, and takes the newest readable copy.  Files that cannot be
taken, or that may belong to two people, are listed with a reason, and the others are still collected.
"""

import json
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

import yaml
from nbgrader.plugins import FileNameCollectorPlugin
from nbgrader.utils import parse_utc
from traitlets import Enum, Unicode

from helpers.coursework.boundary import only_this_student
from helpers.coursework.course import Course, CourseError
from helpers.coursework.files import write_file, write_folder
from helpers.coursework.intake.archives import Entry, Unread, UnreadableError, list_files
from helpers.coursework.intake.lms import (
    LAYOUTS,
    Folders,
    NamingError,
    ParsedName,
    attempt_time,
    guess_layout,
    is_named_after,
    local_time,
    n_in_common,
    read_name,
    read_receipt,
    see_folders,
    slug,
)
from helpers.coursework.intake.roster import Roster, RosterError, read_roster
from helpers.coursework.plaintext import printable
from helpers.coursework.plugins import read_layouts
from helpers.coursework.submission import LONGEST, MOST_BESIDE, Step
from helpers.notebooks.examine import NotebookError, cells_by_name, is_as_handed_out, note_of, parse_notebook
from helpers.notebooks.salvage import mend_cell, read_text, salvage

_MOST_NOTEBOOKS = 40
"""The most notebooks that are examined for one student and assignment."""

_TIMESTAMP = "timestamp.txt"
_FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"  # the format of nbgrader's exchange
_PACKED = {".zip", ".gz", ".tgz", ".tar", ".7z", ".rar"}
_STUDENT = re.compile(r"[\w@][\w@.+ -]{0,99}")
# In bytes: a file name may have at most 255, and a student's name is part of the names of the pages.
_LONGEST_NAME = 200
# The kinds of files that are taken along with a notebook.
_MOST_FILES_BESIDE, _LONGEST_PATH = 200, 500
_METADATA = "submission_metadata.yml"
# Files that a learning system adds outside the students' folders.
_OF_SYSTEM = {
    "brightspace": {"index.html"},
    "sakai": {"grades.csv", "grades.xls", "grades.xlsx", "comments.txt"},
    "gradescope": {_METADATA},
}
_LONGEST_TEXT = 1_000_000


@dataclass(frozen=True)
class Taken:
    """One notebook that was collected."""

    # Their names in the gradebook.
    student: str
    notebook: str
    # The zip or folder, and the path inside it.
    source: str
    file: str
    known_by: str  # what the notebook was recognized by: `note`, `name` or `cells`
    # The learning system's id and name of the student, and its number of the file; empty or 0 if unknown.
    lms_id: str
    person: str
    file_id: int
    handed_in: str | None  # the time, in nbgrader's format; None if it is unknown
    late: bool  # whether the learning system marked it as late
    passed_over: list[str]  # paths of the student's other copies of this notebook, which were not taken
    layout: str = ""  # the system whose naming scheme the file follows; empty in records of an older version
    beside: list[str] = field(default_factory=list)  # the files that were collected with it
    before: str = ""  # the part of a Blackboard name before the time


class Refused(NamedTuple):
    """One file that was not collected."""

    file: str  # the zip or folder, and the path inside it
    sentence: str  # why, in one sentence
    student: str = ""  # the student whose file it is; empty if that is not known


@dataclass
class Collected:
    """The result of a collection."""

    # The name of the assignment, and the system whose naming scheme the files follow.
    assignment: str
    layout: str = ""
    taken: list[Taken] = field(default_factory=list)  # the notebooks that are now in `submitted/`
    refused: list[Refused] = field(default_factory=list)  # the files that were not taken, with the reasons
    notes: list[str] = field(default_factory=list)  # sentences about the collection as a whole
    remarks: dict[str, list[str]] = field(default_factory=dict)  # sentences about each student
    # Students whose files had been collected before and are the same.
    unchanged: list[str] = field(default_factory=list)
    # For each student, the folder to which their earlier files were moved.
    replaced: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)  # students of the roster from whom nothing was taken

    @property
    def students(self) -> list[str]:
        """Return the students whose work was taken, sorted."""
        return sorted({one.student for one in self.taken})

    @property
    def left_out(self) -> list[Refused]:
        """Return the refused files of students from whom nothing else was taken."""
        students = set(self.students)
        return [one for one in self.refused if one.student not in students]


def collect(
    course: Course,
    assignment: str,
    sources: Iterable[str | Path],
    *,
    roster: str | Path | None = None,
    layout: str = "auto",
    attempt: Literal["newest", "oldest"] = "newest",
    timezone: str | None = None,
    progress: Callable[[Step], None] = lambda step: None,
) -> Collected:
    """Put a class's submissions where nbgrader looks for them.

    Parameters
    ----------
    sources
        Zips from the learning system, or folders; of equal attempts, the one in the newest source counts.
    roster
        A csv that matches users to students; see :mod:`helpers.coursework.intake.roster`.  Without one,
        students are named by the system's number or user name, or by their own name if the system has no such
        number or gives a new one for every assignment, as Moodle does.
    layout
        The system whose naming scheme the files follow, one of
        :data:`~helpers.coursework.intake.lms.LAYOUTS`; ``auto`` detects it.
    attempt
        Which of several readable attempts counts.
    timezone
        The time zone of the learning system, such as ``Europe/Berlin``, because file names give local times.
        The default is UTC, and a note says so if times were read that way.

    Returns
    -------
    Collected
        What was taken, and what could not be, with the reasons.  It is also saved in the course's folder
        ``.coursework/collected``, see :func:`read_collected`.

    Raises
    ------
    CourseError
        When the assignment, a source, the roster or the time zone does not exist.
    """
    options = {"roster": roster, "layout": layout, "attempt": attempt, "timezone": timezone}
    return _run(_Collection, course, assignment, sources, progress=progress, **options).outcome


def _run(
    kind: type["_Collection"], course: Course, assignment: str, sources: Iterable[str | Path], *,
    roster, layout, attempt, timezone, progress=lambda step: None,
) -> "_Collection":  # fmt: skip
    """Collect in one of two ways: into the course's folders, or for nbgrader to do so."""
    expected = _expected(course, assignment)
    paths = [Path(source) for source in sources]
    if gone := [str(path) for path in paths if not path.exists()]:
        raise CourseError(f"{gone[0]}: there is no such file or folder. Check its name.")
    known = ("auto", *LAYOUTS, *read_layouts())
    if layout not in known:
        raise CourseError(f"{layout} is not a known layout: use {', '.join(known)}.")
    zone = _zone(timezone or "UTC")
    try:
        known = read_roster(Path(roster)) if roster is not None else None
    except RosterError as error:
        raise CourseError(str(error)) from None
    outcome = Collected(assignment)
    with course.locked(), ExitStack() as stack:
        entries = []
        for path in paths:
            for found in list_files(path, stack):
                if isinstance(found, Unread):
                    outcome.refused.append(Refused(str(found), found.sentence))
                else:
                    entries.append(found)
        work = kind(course, outcome, expected, zone, attempt, known, entries)
        work.is_guessed = layout == "auto"
        outcome.layout = guess_layout((e.path for e in entries), assignment) if work.is_guessed else layout
        groups = work.by_student()
        failed: dict[str, str] = {}
        for done, (student, handed) in enumerate(sorted(groups.items()), 1):
            with only_this_student(failed, student):
                work.take(student, handed)
            progress(Step(done, len(groups), printable(student)))
        outcome.refused += [Refused(printable(who), sentence, who) for who, sentence in failed.items()]
        if work.used_local_time and timezone is None:
            outcome.notes.append(
                "The system gives local times, which were read as UTC because no --timezone was given. "
                "Give it, as in --timezone Europe/Berlin, or work may wrongly count as late or on time."
            )
        if known:
            outcome.missing = sorted(set(known.students) - set(outcome.students))
        _keep(course, outcome)
    return work


def read_collected(course: Course, assignment: str) -> dict[str, Taken]:
    """Return what was collected last, by student, with the learning system's names for students and files.

    For an assignment with several notebooks, it is the first one; without a collection, it is empty.
    """
    path = _kept(course, assignment)
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {student: Taken(**taken) for student, taken in found.items()}
    except (ValueError, TypeError, AttributeError):
        raise CourseError(f"{path} is damaged. Remove it and collect {assignment} again.") from None


class _File(NamedTuple):
    """One file of one student."""

    name: ParsedName
    entry: Entry


class _Candidate(NamedTuple):
    """A file that is a notebook of the assignment."""

    handed: _File
    notebook: str
    known_by: str
    problem: str
    n_answered: int
    time: datetime | None
    order: tuple


class _Collection:
    """The steps of one collection, with the options that they share."""

    def __init__(self, course, outcome, expected, zone, attempt, roster: Roster | None, entries: list[Entry]):
        self.course, self.outcome, self.expected = course, outcome, expected
        self.zone, self.attempt, self.roster, self.entries = zone, attempt, roster, entries
        self.stamps = {(e.source, e.path.parent): e for e in entries if e.path.name == _TIMESTAMP}
        self.newest: dict[Path, float] = defaultdict(float)
        for entry in entries:
            self.newest[entry.source] = max(self.newest[entry.source], entry.modified)
        self.others = set(course.assignments()) - {outcome.assignment}
        self.before = read_collected(course, outcome.assignment)
        self.origins: dict[tuple[str, str], Entry] = {}  # by student and name in the student's folder
        self.is_guessed = self.used_local_time = False
        self.replaced = course.own / "replaced" / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S-%f}"

    def refuse(self, entry: Entry, sentence: str, student: str = "") -> None:
        self.outcome.refused.append(Refused(str(entry), sentence, student))

    def by_student(self) -> dict[str, list[_File]]:
        """Return the files by student; refuse those that cannot be assigned to one student."""
        parsed, receipts = self._parse_names()
        parsed = self._users(parsed, receipts)
        names = self._names(parsed)
        groups: dict[str, list[_File]] = defaultdict(list)
        for handed in parsed:
            found, entry = handed
            try:
                student = (
                    self.roster.find(found.lms_id, found.person, self.outcome.layout)
                    if self.roster
                    else names.get((found.lms_id, found.person), found.lms_id)
                )
            except RosterError as error:
                self.refuse(entry, printable(str(error), most=600))
                continue
            student = unicodedata.normalize("NFC", student)
            if not _STUDENT.fullmatch(student) or student != student.strip():
                self.refuse(entry, f"nbgrader does not allow the student name {printable(student)!r}.")
            elif len(student.encode()) > _LONGEST_NAME:
                most = f"a student's name may have at most {_LONGEST_NAME} bytes"
                self.refuse(entry, f"{most}, but {printable(student)!r} has {len(student.encode())}.")
            else:
                groups[student].append(handed)
        return self._one_person_each(groups)

    def _parse_names(self) -> tuple[list[_File], dict[str, tuple[str, str]]]:
        """Return what the file names say, and the users and people named in Blackboard's receipts."""
        parsed: list[_File] = []
        receipts: dict[str, tuple[str, str]] = {}
        folders = {
            source: see_folders(e.path for e in self.entries if e.source == source) for source in self.newest
        }
        people = self._gradescope() if self.outcome.layout == "gradescope" else {}
        for entry in self.entries:
            if self._is_beside(entry):
                continue
            try:
                found = read_name(
                    entry.path, self.outcome.layout, self.outcome.assignment, folders[entry.source]
                )
                if found.is_receipt:
                    receipts |= self._receipt(entry)
                    continue
                if self.outcome.layout == "gradescope":
                    place = (entry.source, entry.path.parents[len(PurePosixPath(found.inside).parts) - 1])
                    found = replace(found, **_submitter(people.get(place)))
            except (NamingError, UnreadableError) as error:
                if entry.path.name not in _OF_SYSTEM.get(self.outcome.layout, ()):
                    self.refuse(entry, str(error))
                continue
            parsed.append(_File(found, entry))
        return self._refuse_doubtful(parsed, folders), receipts

    def _refuse_doubtful(self, parsed: list[_File], folders: dict[Path, Folders]) -> list[_File]:
        """Refuse the notebooks of a folder that may hold one student's work or a whole class's."""
        if self.outcome.layout != "nbgrader" or not self.is_guessed:
            return parsed
        doubtful = set()
        for source, seen in folders.items():
            places = {
                e.path.parent
                for e in self.entries
                if e.source == source and e.path.suffix.lower() == ".ipynb"
            }
            n = sum(
                one.entry.source == source and one.entry.path.suffix.lower() == ".ipynb" for one in parsed
            )
            names = {one.name.lms_id for one in parsed if one.entry.source == source}
            if len(places) == 1 and n > 1 and len(names) == 1 and not seen.n_above:
                doubtful.add(source)
        for one in parsed:
            if one.entry.source in doubtful:
                self.refuse(
                    one.entry,
                    f"it is with other notebooks in the only folder, {printable(one.name.lms_id)}, which may "
                    "belong to one student or to a class. Put each student's files into a folder with the "
                    "student's name, or add --layout nbgrader if they all belong to one student.",
                )
        return [one for one in parsed if one.entry.source not in doubtful]

    def _gradescope(self) -> dict[tuple[Path, PurePosixPath], Any]:
        """Return what Gradescope's metadata file says about each submission, by the submission's folder."""
        found = {}
        for entry in self.entries:
            if entry.path.name != _METADATA or any(
                p.startswith("submission_") for p in entry.path.parts[:-1]
            ):
                continue
            try:
                parsed = yaml.load(entry.read(LONGEST), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            except (UnreadableError, yaml.YAMLError, ValueError, RecursionError):
                self.refuse(entry, "it is damaged, so it does not say who handed in what; export it again.")
                continue
            for name, one in parsed.items() if isinstance(parsed, dict) else ():
                found[entry.source, entry.path.parent / str(name)] = one
        return found

    def _users(self, parsed: list[_File], receipts: dict[str, tuple[str, str]]) -> list[_File]:
        """Return the files with Blackboard's user names, which may themselves contain the separator."""
        if self.outcome.layout != "blackboard":
            return parsed
        starts = {before: before for one in parsed if (before := one.name.before)}
        users = {before: (before.rpartition("_")[2], "") for before in starts}
        columns = {before.removesuffix(user) for before, (user, _) in receipts.items()}
        columns |= {before.removesuffix(users[before][0]) for before in starts if before.count("_") == 1}
        sure: set[str] = set()
        known = {name.casefold() for name in self.roster.students} if self.roster else set()
        for before in starts:
            ends = [before[len(column) :] for column in columns if before.startswith(column)]
            parts = before.split("_")
            ends += [end for n in range(len(parts)) if (end := "_".join(parts[n:])).casefold() in known]
            if ends:
                users[before] = (max(ends, key=len), "")
                sure.add(before)
        # The common beginning is the name of the column; with a single file, only its first word is.
        n = n_in_common(before.split("_") for before in starts) if len(starts) > 1 else 1
        unsure = starts.keys() - sure - receipts.keys()
        for before in unsure:
            parts = before.split("_")
            users[before] = "_".join(parts[n:] or parts[-1:]), ""
        users |= {before: found for before, found in receipts.items() if before in users}
        if unsure:
            first, others = min(unsure), f", and {len(unsure) - 1} more" if len(unsure) > 1 else ""
            self.outcome.notes.append(
                "Without Blackboard's receipts it is uncertain where a user's name begins: "
                f"{printable(first)} was read as {printable(users[first][0])}{others}. "
                "If that is wrong, collect again with a --roster."
            )
        return [
            _File(replace(one.name, lms_id=users[one.name.before][0], person=users[one.name.before][1]),
                    one.entry)
            for one in parsed
        ]  # fmt: skip

    def _names(self, parsed: list[_File]) -> dict[tuple[str, str], str]:
        """Return student names made from people's names, with the system's number where two are the same."""
        if self.outcome.layout not in ("moodle", "brightspace", "teams", "drive", "gradescope"):
            return {}
        numbers = defaultdict(set)
        for found, _ in parsed:
            numbers[slug(found.person)].add(found.lms_id)
        names = {}
        for found, _ in parsed:
            name = slug(found.person)
            if self.outcome.layout == "gradescope" and found.lms_id:
                continue
            unique = len(numbers[name]) == 1 and name not in ("participant", "")
            names[found.lms_id, found.person] = (
                name if unique or not found.lms_id else f"{name}-{found.lms_id}"
            )
        return names

    def _one_person_each(self, groups: dict[str, list[_File]]) -> dict[str, list[_File]]:
        """Refuse, by name, files that would go to one student but may belong to two people."""
        there = {_disk_name(name): name for name in self.course.known("submitted")}
        spelled = defaultdict(set)
        for student in groups:
            spelled[_disk_name(student)].add(student)
        alone = {}
        for student, handed in groups.items():
            others = spelled[_disk_name(student)] - {student}
            other = there.get(_disk_name(student), student)
            was_there = self.course.path("submitted", student, self.outcome.assignment).exists()
            people = _people(handed, self.outcome.layout, self.before.get(student) if was_there else None)
            if others or other != student:
                who = f"{student} and {', '.join(sorted(others or {other}))}"
                said = f"{who} differ only in capitals or accents, which many disks do not distinguish."
            elif people:
                said = f"the name {student} would fit {len(people)} people: {'; '.join(people)}."
            else:
                alone[student] = handed
                continue
            remedy = "Tell them apart with --roster, or put each person's files into a folder with a name."
            for one in handed:
                self.refuse(
                    one.entry, printable(f"it may belong to someone else: {said} {remedy}", most=900), student
                )
        return alone

    def take(self, student: str, handed: list[_File]) -> None:
        """Recognize, choose and write the notebooks of one student, and the files that belong to them."""
        files, chosen = {}, []
        found, others = self._candidates(student, handed)
        for name, candidates in found.items():
            one, passed_over = self._choose(candidates)
            try:
                content = one.handed.entry.read(LONGEST)
            except UnreadableError as error:  # it could be read a moment ago
                self.refuse(one.handed.entry, str(error), student)
                continue
            files[f"{name}.ipynb"] = content
            self.origins[student, f"{name}.ipynb"] = one.handed.entry
            chosen.append((name, one, passed_over))
        beside = self._beside(student, [one for _, one, _ in chosen], others, {*files, _TIMESTAMP})
        if not files:
            return
        times = [one.time for _, one, _ in chosen if one.time]
        if not times and self.roster and student in self.roster.times:
            times = [self._in_utc(self.roster.times[student])]
        stamp = max(times).strftime(_FORMAT) if times else None
        if stamp:
            files[_TIMESTAMP] = f"{stamp}\n".encode()
        taken = [
            self._taken(student, name, one, passed_over, stamp, [*beside])
            for name, one, passed_over in chosen
        ]
        self._remark(student, chosen, stamp)
        newest = max(one.handed.name.file_id for _, one, _ in chosen)
        if self._write(student, files | beside, max(times, default=None), newest):
            self.outcome.taken += taken

    def _is_beside(self, entry: Entry) -> bool:
        """Say whether a file belongs to the system or to another assignment, so that it needs no remark."""
        own = (_TIMESTAMP, "submission_secret.txt")
        other = self.outcome.layout == "nbgrader" and self.others & set(entry.path.parts[:-1])
        return entry.path.name in own or bool(other)

    def _receipt(self, entry: Entry) -> dict[str, tuple[str, str]]:
        """Return the user and the person that a receipt names, by the part of its name before the time."""
        try:
            read = read_receipt(entry.read(_LONGEST_TEXT).decode("utf-8", "replace"))
        except UnreadableError:
            return {}
        before = entry.path.stem.rpartition("_")[0]
        # A receipt contains the student's comments, so a user is believed only if the file name has it too.
        word = before.rpartition("_")[0]
        return {word: read} if read and word.endswith(f"_{read[0]}") else {}

    def _candidates(
        self, student: str, handed: list[_File]
    ) -> tuple[dict[str, list[_Candidate]], list[tuple[_File, str]]]:
        """Return the assignment's notebooks among the files, and the other files with the reasons."""
        found: dict[str, list[_Candidate]] = defaultdict(list)
        others = []
        looked_at = 0
        for one in handed:
            entry, name = one.entry, one.name.file
            suffix = Path(name).suffix.lower()
            if suffix in _PACKED:
                self.refuse(
                    entry, "it is a zip inside a zip; unpack it, or ask for the notebook itself.", student
                )
            elif any(part.startswith(".") for part in entry.path.parts):
                self.refuse(entry, "it is in a hidden folder, where Jupyter keeps older copies.", student)
            elif name.endswith(".before-repair.ipynb"):
                self.refuse(entry, "it is the original of a notebook that was repaired.", student)
            elif suffix != ".ipynb" and not _seems_notebook(entry.begins()):
                others.append((one, "it is not a notebook."))
            elif looked_at >= _MOST_NOTEBOOKS:
                self.refuse(entry, f"{student} handed in more than {_MOST_NOTEBOOKS} notebooks.", student)
            else:
                looked_at += 1
                try:
                    candidate = self._recognize(one)
                    found[candidate.notebook].append(candidate)
                except _OtherNotebookError as error:
                    self.refuse(entry, str(error), student)
                except UnreadableError as error:
                    others.append((one, str(error) if suffix == ".ipynb" else "it is not a notebook."))
        return found, others

    def _recognize(self, handed: _File) -> _Candidate:
        """Return which notebook a file is, going by its note first, then by its name, then by its cells."""
        parsed, entry = handed
        content = entry.read(LONGEST)
        by_name = next((name for name in self.expected if is_named_after(parsed.file, name)), None)
        notebook, problem = {}, ""
        try:
            notebook = parse_notebook(content, printable(parsed.file))
        except NotebookError as error:
            problem = str(error)
            notebook = _salvaged(content)
        noted = note_of(notebook).get("name")
        note = noted if isinstance(noted, str) else ""
        cells = _named(notebook)
        by_cells = next(
            (name for name, own in self.expected.items() if 2 * len(own & {*cells}) > len(own)), ""
        )
        if note in self.expected:
            name, known_by = note, "note"
        elif note and not by_cells:
            raise _OtherNotebookError(
                f"it is the notebook of {printable(note)}, not of {self.outcome.assignment}."
            )
        elif by_name and (notebook or Path(parsed.file).suffix.lower() == ".ipynb"):
            name, known_by = by_name, "name"
        elif by_cells:
            name, known_by = by_cells, "cells"
        else:
            raise UnreadableError(
                problem
                or f"it is not a notebook of {self.outcome.assignment}: neither its name nor its cells match."
            )
        time = self._time(handed)
        order = (time or datetime.min.replace(tzinfo=UTC), parsed.file_id, self.newest[entry.source])
        return _Candidate(handed, name, known_by, problem, _n_answered(cells), time, order)

    def _choose(self, candidates: list[_Candidate]) -> tuple[_Candidate, list[_Candidate]]:
        """Return the candidate that counts, and the others.

        Within one attempt, the one with more answers counts, then the one with the right name.
        """
        readable = [one for one in candidates if not one.problem] or candidates
        which = max if self.attempt == "newest" else min
        order = which(one.order for one in readable)
        same = [one for one in readable if one.order == order]
        chosen = max(same, key=lambda one: (one.n_answered, one.handed.name.file == f"{one.notebook}.ipynb"))
        return chosen, [one for one in candidates if one is not chosen]

    def _beside(
        self, student: str, chosen: list[_Candidate], others: list[tuple[_File, str]], taken: set[str]
    ) -> dict[str, bytes]:
        """Return the files next to the chosen notebooks in a student's own folder; refuse the others."""
        homes = {home for one in chosen if (home := _student_folder(one.handed))}
        places: set[str] = set()
        names = {_disk_name(name) for name in [*taken, *(f"{name}.ipynb" for name in self.expected)]}
        found: dict[str, bytes] = {}
        bytes_left = MOST_BESIDE
        for one, why in others:
            inside = one.name.inside
            if _student_folder(one) not in homes:
                self.refuse(one.entry, why, student)
                continue
            folders = {_disk_name(str(parent)) for parent in PurePosixPath(inside).parents} - {"."}
            if not _is_safe(inside) or _disk_name(inside) in names | places or folders & names:
                self.refuse(one.entry, "files with such a name are not collected.", student)
            elif len(found) >= _MOST_FILES_BESIDE:
                self.refuse(one.entry, f"{student} has more than {_MOST_FILES_BESIDE} other files.", student)
            else:
                try:
                    found[inside] = one.entry.read(bytes_left)
                except UnreadableError:
                    most = f"the files next to the notebook have more than {MOST_BESIDE // 1_000_000} MB"
                    self.refuse(one.entry, f"it is damaged, or with it {most}.", student)
                    continue
                self.origins[student, inside] = one.entry
                places |= folders
                bytes_left -= len(found[inside])
                names.add(_disk_name(inside))
        return found

    def _time(self, handed: _File) -> datetime | None:
        """Return when a file was handed in, if its name or a file next to it says so."""
        parsed, entry = handed
        layout = self.outcome.layout
        if layout in ("blackboard", "brightspace"):
            local = (attempt_time if layout == "blackboard" else local_time)(parsed.attempt)
            return self._in_utc(local) if local else None
        text = parsed.attempt
        try:
            home = _student_folder(handed)
            folder = home[1].parent if home and layout == "sakai" else entry.path.parent
            stamp = self.stamps.get((entry.source, folder))
            if stamp and layout in ("nbgrader", "sakai"):
                text = stamp.read(1000).decode().strip()
            if layout == "sakai" and re.fullmatch(r"\d{17}", text):  # in UTC, to the millisecond
                return datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            return parse_utc(text).replace(tzinfo=UTC) if text else None
        except (UnreadableError, ValueError, OverflowError, AttributeError, TypeError):
            return None

    def _in_utc(self, local: datetime) -> datetime | None:
        self.used_local_time = True
        try:
            return _utc(local, self.zone)
        except (OverflowError, ValueError):
            return None

    def _taken(self, student, name, one: _Candidate, others, stamp, beside) -> Taken:
        parsed, entry = one.handed
        return Taken(
            student, name, str(entry.source), printable(str(entry.path)), one.known_by, parsed.lms_id,
            parsed.person, parsed.file_id, stamp, parsed.late, [str(other.handed.entry) for other in others],
            self.outcome.layout, beside, parsed.before,
        )  # fmt: skip

    def _remark(self, student: str, chosen: list, stamp: str | None) -> None:
        said = []
        for name, one, others in chosen:
            if others:
                said.append(
                    f"{name} was handed in {len(others) + 1} times; {printable(one.handed.name.file)} counts"
                    f"{'' if one.time is None else one.time.strftime(', from %Y-%m-%d %H:%M UTC')}."
                )
            damaged = [o for o in others if o.problem and not one.problem]
            if newer := [o for o in damaged if o.order > one.order]:
                said.append(f"A newer file, {printable(newer[0].handed.name.file)}, is damaged.")
            elif fuller := [o for o in damaged if o.n_answered > one.n_answered]:
                said.append(f"{printable(fuller[0].handed.name.file)} has more answers, but is damaged.")
            if one.problem:
                said.append(one.problem)
            if one.known_by == "cells":
                said.append(f"{printable(one.handed.name.file)} was recognized only by its cells.")
            if Path(one.handed.name.file).suffix.lower() != ".ipynb":
                said.append(f"{printable(one.handed.name.file)} was recognized by its content.")
        if not stamp and any(one.handed.name.late for _, one, _ in chosen):
            said.append("It is marked as late, but the time is unknown, so nbgrader takes off no points.")
        if said:
            self.outcome.remarks[student] = said

    def _write(self, student: str, files: dict[str, bytes], time: datetime | None, file_id: int) -> bool:
        """Write a student's folder and back up earlier files; return whether these were the same."""
        outcome = self.outcome
        folder = self.course.path("submitted", student, outcome.assignment)
        if folder.is_symlink() or folder.parent.is_symlink():
            outcome.refused.append(
                Refused(str(folder), "there is a link in its place; it was not changed.", student)
            )
            return False
        if folder.is_dir():
            if all(_as_handed_in(folder, name) == content for name, content in files.items()):
                outcome.unchanged.append(student)
                return True
            if self.attempt == "newest" and (newer := self._newer_there(student, time, file_id)):
                outcome.refused.append(Refused(f"{student}: {outcome.assignment}", newer, student))
                return False
        is_replaced = folder.exists()
        backup = self.replaced / student / outcome.assignment
        mode = 0o664 if self.course.settings.is_shared else 0o644
        write_folder(folder, files, mode=mode, backup=backup)
        if is_replaced:
            outcome.replaced[student] = str(backup)
        return True

    def _newer_there(self, student: str, time: datetime | None, file_id: int) -> str:
        """Say that what was collected before is newer than what is collected now; empty if it is not."""
        before = self.before.get(student)
        if before and before.layout == self.outcome.layout and before.file_id > file_id > 0:
            return (
                f"the work in submitted/ is newer (number {before.file_id} of {before.layout.capitalize()}; "
                f"this is {file_id}), so it was kept."
            )
        there = self.course.handed_in(student, self.outcome.assignment)
        if there and time and there.replace(tzinfo=UTC) > time:
            return f"the work in submitted/ is newer (from {there:%Y-%m-%d %H:%M} UTC), so it was kept."
        return ""


class _Plan(_Collection):
    """A collection that writes nothing; nbgrader copies the files."""

    def _write(self, student: str, files: dict[str, bytes], time: datetime | None, file_id: int) -> bool:
        return True


class LmsCollector(FileNameCollectorPlugin):
    """Lets `nbgrader zip_collect` recognize the files of a learning system as `coursework collect` does.

    In ``nbgrader_config.py``::

        c.ZipCollectApp.collector_plugin = "helpers.coursework.intake.collect.LmsCollector"

    nbgrader itself extracts the zips and copies the files.  It gives a copy the ending of the original, so a
    notebook with another ending than ``.ipynb`` is not collected in this way.
    """

    layout = Unicode("auto", help="The system that named the files.").tag(config=True)
    roster = Unicode("", help="A csv that matches users to students.").tag(config=True)
    timezone = Unicode("", help="The time zone of the LMS, such as Europe/Berlin.").tag(config=True)
    attempt = Enum(["newest", "oldest"], "newest", help="Which of several attempts counts.").tag(config=True)

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Return whose file it is, and its name in the student's folder; None if it is not taken."""
        return self._taken.get(Path(submitted_file).resolve())

    @cached_property
    def _taken(self) -> dict[Path, dict[str, str]]:
        """Return what is taken of all extracted files, by path; log the rest with the reasons."""
        app = self.parent
        place = Path(app._format_collect_path(app.extracted_directory)).resolve()
        options = {"roster": self.roster or None, "timezone": self.timezone or None}
        options |= {"layout": self.layout, "attempt": self.attempt}
        try:
            course = Course(app.coursedir.root)
            plan = _run(_Plan, course, app.coursedir.assignment_id, [place], **options)
        except CourseError as error:
            app.fail(str(error))
        times = {one.student: one.handed_in for one in plan.outcome.taken}
        for one in plan.outcome.refused:
            self.log.warning("%s: %s", one.file, one.sentence)
        for sentence in plan.outcome.notes:
            self.log.warning(sentence)
        found = {}
        for (student, name), entry in plan.origins.items():
            if name.endswith(".ipynb") and entry.path.suffix != ".ipynb":
                self.log.warning("%s is a notebook, but only `coursework collect` takes it.", entry)
            elif student in times:
                time = {"timestamp": times[student]} if times[student] else {}
                found[place / entry.path] = {"student_id": student, "file_id": name, **time}
        return found


class _OtherNotebookError(UnreadableError):
    """A file is the notebook of another assignment."""


def _submitter(parsed: Any) -> dict[str, str]:
    """Return who handed in a submission, from Gradescope's metadata; refuse group submissions."""
    people = parsed.get(":submitters") if isinstance(parsed, dict) else None
    people = [one for one in people if isinstance(one, dict)] if isinstance(people, list) else []
    if len(people) != 1:
        who = ", ".join(printable(_short(one.get(":name"))) for one in people)
        raise NamingError(
            f"{len(people)} people handed it in together ({who}); put a copy into a folder for each of them."
            if people
            else f"Gradescope's {_METADATA} next to its folder does not say whose it is; export it again."
        )
    (one,) = people
    user = next((found for key in (":sid", ":email") if (found := _short(one.get(key)))), "")
    return {"lms_id": user, "person": _short(one.get(":name"))}


def _short(value: Any) -> str:
    """Return a text or number from a YAML file; no lists, because a few lines can expand without end."""
    return str(value) if value and isinstance(value, str | int | float) else ""


def _people(handed: list[_File], layout: str, before: Taken | None) -> list[str]:
    """Return the people whom the files of one student name, if there are several, each with a file."""
    known = [(parsed, entry.path.name) for parsed, entry in handed]
    if before and before.layout == layout != "nbgrader":
        parsed = ParsedName(before.lms_id, before.person, "", before=before.before)
        known.append((parsed, "collected before"))
    found: dict[tuple[str, str], str] = {}
    for parsed, where in known:
        user, person = parsed.lms_id, parsed.person
        # A folder has the student's name, and its files may have another's.  Without a receipt, the beginning
        # of a Blackboard user name is uncertain.
        if layout == "nbgrader" or (layout == "blackboard" and not all(one.person for one, _ in known)):
            user, person = "", parsed.before
        found.setdefault((_disk_name(user), _disk_name(person)), f"{_called(user, person)} ({where})")
    users = {user for user, _ in found if user}
    persons = {person for _, person in found if person}
    if len(users) < 2 and len(persons) < 2:
        return []
    return sorted(said for (user, person), said in found.items() if user or person)


def _called(user: str, person: str) -> str:
    return " ".join(part for part in (person, user and f"<{user}>") if part)


def _student_folder(handed: _File) -> tuple[Path, PurePosixPath] | None:
    """Return the student's own folder that contains a file; None if all students' files are in one folder."""
    if not handed.name.inside:
        return None
    n = len(PurePosixPath(handed.name.inside).parts)
    return handed.entry.source, handed.entry.path.parents[n - 1]


def _is_safe(path: str) -> bool:
    """Say whether a file may be written under a name that a student chose."""
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and all(part.isprintable() and len(os.fsencode(part)) <= _LONGEST_NAME for part in parts)
        and len(os.fsencode(path)) <= _LONGEST_PATH
        and not any(part in ("..", "/") or set(part) & set('\\:*?"<>|') for part in parts)
    )


def _salvaged(content: bytes) -> dict:
    """Return what can be read of a notebook that is damaged or in another encoding; empty if nothing."""
    try:
        raw, _ = salvage(content)
    except RecursionError:
        return {}
    if not isinstance(raw, dict):
        return {}
    cells = raw.get("cells")
    kept = [cell for one in cells if (cell := mend_cell(one))] if isinstance(cells, list) else []
    return {"cells": kept, "metadata": raw.get("metadata")} if kept else {}


def _expected(course: Course, assignment: str) -> dict[str, set[str]]:
    """Return the names of the cells of each notebook of an assignment, by the notebook's name."""
    folder = course.path("source", ".", assignment)
    names = sorted(path.stem for path in folder.glob("*.ipynb"))
    if not names:
        there = ", ".join(course.assignments()) or "none"
        raise CourseError(f"The course has no assignment {assignment}. There are: {there}.")
    cells = {name: course.source_cells(assignment, name) for name in names}
    return {
        name: {cell.metadata.nbgrader.grade_id for cell in found if cell.metadata.get("nbgrader")}
        for name, found in cells.items()
    }


def _named(notebook: dict) -> dict[str, list[dict]]:
    """Return the cells of a notebook that belong to an exercise, by name."""
    found = defaultdict(list)
    if notebook:
        for name, cell in cells_by_name(notebook):
            found[name].append(cell)
    return found


def _n_answered(cells: dict[str, list[dict]]) -> int:
    """Return how many answers were changed."""
    own = [cell for same in cells.values() for cell in same]
    return sum(
        bool(cell["metadata"]["nbgrader"].get("solution")) and not is_as_handed_out(cell) for cell in own
    )


def _as_handed_in(folder: Path, name: str) -> bytes | None:
    """Return the content of a file as it was collected, before any repair."""
    place = folder / name
    first = place.with_name(f"{place.stem}.before-repair.ipynb")
    path = first if name.endswith(".ipynb") and first.is_file() else place
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def _disk_name(name: str) -> str:
    """Return a name as seen by a disk that ignores capitals and the spelling of accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _seems_notebook(content: bytes) -> bool:
    """Say whether a file begins like a notebook, in any encoding, although its name does not say so."""
    text = read_text(content)[0].lstrip()
    return text.startswith("{") and text[1:].lstrip()[:1] in ('"', "")


def _utc(local: datetime, zone: tzinfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise CourseError(f"{name} is not a time zone. Write it as in Europe/Berlin.") from None


def _kept(course: Course, assignment: str) -> Path:
    return course.own / "collected" / f"{assignment}.json"


def _keep(course: Course, outcome: Collected) -> None:
    """Save the learning system's names for students and files, for returning feedback and grades."""
    kept = {student: vars(taken) for student, taken in read_collected(course, outcome.assignment).items()}
    kept |= {one.student: vars(one) for one in reversed(outcome.taken)}
    write_file(_kept(course, outcome.assignment), json.dumps(dict(sorted(kept.items())), indent=1))
