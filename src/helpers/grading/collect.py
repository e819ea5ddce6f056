"""What a class handed in, from the learning system's download into nbgrader's ``submitted/``.

How Canvas, Moodle, Blackboard and nbgrader name files stands in :mod:`helpers.grading.layouts`, with their
documentation.  Here each notebook is recognized, whatever its student called it; of several the newest that
can be read is taken; and what cannot be taken is listed with a sentence, and stops nothing.
"""

import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from nbgrader.utils import parse_utc

from helpers.doctor import NotebookError, cells_by_name, checksum, note_of, parse_notebook
from helpers.grading.archives import Entry, Unread, UnreadableError, list_files, printable
from helpers.grading.course import Course, CourseError
from helpers.grading.layouts import (
    LAYOUTS,
    NamingError,
    Told,
    attempt_time,
    guess_layout,
    read_name,
    read_receipt,
)
from helpers.grading.record import write_file, write_folder
from helpers.grading.roster import Roster, RosterError, read_roster
from helpers.grading.run import Step
from helpers.salvage import read_text

_LONGEST = 20_000_000
_MOST_NOTEBOOKS = 40
"""So many notebooks are looked at for one student and assignment."""

_TIMESTAMP = "timestamp.txt"
_FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"  # as nbgrader's exchange writes it
_PACKED = {".zip", ".gz", ".tgz", ".tar", ".7z", ".rar"}
_STUDENT = re.compile(r"[\w@][\w@.+ -]{0,99}")
_LONGEST_STUDENT = 180  # bytes: a system of files counts these, and what is made beside needs some
# What browsers, Jupyter and Canvas add to the name of a second copy.
_COPY = r"(?:[\s_.-]*(?:\(\d+\)|\d+|copy\d*))*"


@dataclass(frozen=True)
class Taken:
    """One notebook that was collected.

    Attributes
    ----------
    student, notebook
        Their names in the gradebook.
    source, file
        The zip or folder, and the path in it.
    known_by
        What the notebook was recognized by: ``note``, ``name`` or ``cells``.
    lms_id, person, file_id
        Who handed it in, as the learning system has it, and its number of the file; empty or 0 if unknown.
    handed_in
        When, in nbgrader's format; None where nothing tells.
    late
        Whether the learning system marks it as late.
    passed_over
        Paths of the student's other copies of this notebook.
    """

    student: str
    notebook: str
    source: str
    file: str
    known_by: str
    lms_id: str
    person: str
    file_id: int
    handed_in: str | None
    late: bool
    passed_over: list[str]


class Refused(NamedTuple):
    """One file that was not collected.

    Attributes
    ----------
    file
        The zip or folder, and the path in it.
    sentence
        Why, in one sentence.
    student
        Whose it is; empty where that is not known.
    """

    file: str
    sentence: str
    student: str = ""


@dataclass
class Collected:
    """What came from where.

    Attributes
    ----------
    assignment, layout
        The name of the assignment, and after which system the files are named.
    taken
        The notebooks that lie in ``submitted/`` now.
    refused
        What was not taken, with the reasons.
    remarks
        By student, what a person should know, in sentences.
    unchanged
        Students whose files were there already, just so.
    replaced
        By student, the folder to which the files that lay there before were moved.
    missing
        Students of the roster of whom nothing was taken.
    notes
        What else a person should know, a sentence each.
    """

    assignment: str
    layout: str = ""
    taken: list[Taken] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    remarks: dict[str, list[str]] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def students(self) -> list[str]:
        """Return whose work was taken, sorted."""
        return sorted({one.student for one in self.taken})

    @property
    def left_out(self) -> list[Refused]:
        """Return what was refused of those of whom nothing else was taken."""
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
    """Put what a class handed in where nbgrader looks for it.

    Parameters
    ----------
    course
        The course.
    assignment
        The name of the assignment, such as ``deng-1962``.
    sources
        Zips as the learning system gives them, or folders; of equal attempts the one in the newest counts.
    roster
        A csv that says which student each user is; see :mod:`helpers.grading.roster`.  Without one, students
        are named by Canvas's number of the user, by Blackboard's user name, or, since Moodle's number is
        another in every assignment, by the person's name.
    layout
        After which system the files are named: ``canvas``, ``moodle``, ``blackboard``, ``nbgrader``, or
        ``auto`` to find out.
    attempt
        Which of several attempts counts, among those that can be read.
    timezone
        That of the clock of the learning system, such as ``Europe/Berlin``: names of files do not tell.  None
        is UTC, and is said where it matters.
    progress
        Called after each student.

    Returns
    -------
    Collected
        Nothing in it was fatal: what could not be taken is listed.  It is also kept in the course's folder
        ``.coursework/collected``, see :func:`read_collected`.

    Raises
    ------
    CourseError
        When the assignment, a source, the roster or the time zone is not there.
    """
    expected = _expected(course, assignment)
    paths = [Path(source) for source in sources]
    if gone := [str(path) for path in paths if not path.exists()]:
        raise CourseError(f"{gone[0]}: there is no such file or folder here. Check its name.")
    if layout not in ("auto", *LAYOUTS):
        raise CourseError(f"{layout} is no known layout: use auto, {', '.join(LAYOUTS)}.")
    zone = _zone(timezone or "UTC")
    try:
        known = read_roster(Path(roster)) if roster is not None else None
    except RosterError as error:
        raise CourseError(str(error)) from None
    outcome = Collected(assignment)
    with ExitStack() as stack:
        entries = []
        for path in paths:
            for found in list_files(path, stack):
                if isinstance(found, Unread):
                    outcome.refused.append(Refused(str(found), found.sentence))
                else:
                    entries.append(found)
        work = _Work(course, outcome, expected, zone, attempt, known, entries)
        outcome.layout = guess_layout(e.path for e in entries) if layout == "auto" else layout
        groups = work.by_student()
        for done, (student, handed) in enumerate(sorted(groups.items()), 1):
            work.take(student, handed)
            progress(Step(done, len(groups), student))
    if work.has_local_times and timezone is None:
        outcome.notes.append(_NO_ZONE)
    if known:
        outcome.missing = sorted(set(known.students) - set(outcome.students))
    _keep(course, outcome)
    return outcome


def read_collected(course: Course, assignment: str) -> dict[str, Taken]:
    """Return, by student, what was collected last: how the learning system calls each one and the file.

    Parameters
    ----------
    course
        The course.
    assignment
        The name of the assignment.

    Returns
    -------
    dict of str to Taken
        Of an assignment with several notebooks, the first; empty when nothing was collected.
    """
    path = _kept(course, assignment)
    if not path.is_file():
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))
    return {student: Taken(**taken) for student, taken in found.items()}


class _Handed(NamedTuple):
    """One file of one student."""

    told: Told
    entry: Entry


class _Candidate(NamedTuple):
    """One file that is a notebook of the assignment."""

    handed: _Handed
    notebook: str
    known_by: str
    problem: str
    n_answered: int
    time: datetime | None
    order: tuple


class _Work:
    """The steps of one collection, which share what was asked for."""

    def __init__(self, course, outcome, expected, zone, attempt, roster: Roster | None, entries: list[Entry]):
        self.course, self.outcome, self.expected = course, outcome, expected
        self.zone, self.attempt, self.roster, self.entries = zone, attempt, roster, entries
        self.stamps = {(e.source, e.path.parent): e for e in entries if e.path.name == _TIMESTAMP}
        self.newest: dict[Path, float] = defaultdict(float)
        for entry in entries:
            self.newest[entry.source] = max(self.newest[entry.source], entry.modified)
        self.others = set(course.assignments()) - {outcome.assignment}
        self.collected = read_collected(course, outcome.assignment)
        self.has_local_times = False

    def refuse(self, entry: Entry, sentence: str, student: str = "") -> None:
        self.outcome.refused.append(Refused(str(entry), sentence, student))

    def by_student(self) -> dict[str, list[_Handed]]:
        """Return the files by student; refuse those of which nobody is known, and those that are none."""
        told: list[_Handed] = []
        users: dict[str, tuple[str, str]] = {}
        for entry in self.entries:
            if self._is_beside(entry):
                continue
            try:
                found = read_name(entry.path, self.outcome.layout, self.outcome.assignment)
            except NamingError as error:
                self.refuse(entry, str(error))
                continue
            if found.is_receipt:
                users |= self._receipt(entry)
            else:
                told.append(_Handed(found, entry))
        groups: dict[str, list[_Handed]] = defaultdict(list)
        names = self._names(told)
        for found, entry in told:
            before = entry.path.name.rpartition(f"_{found.attempt}")[0]
            user, person = users.get(before, (found.lms_id, found.person))
            handed = _Handed(Told(**vars(found) | {"lms_id": user, "person": person}), entry)
            try:
                student = (
                    self.roster.find(user, person, self.outcome.layout)
                    if self.roster
                    else names.get((user, person), user)
                )
            except RosterError as error:
                self.refuse(entry, str(error))
                continue
            if (
                not _STUDENT.fullmatch(student)
                or student != student.strip()
                or len(student.encode(errors="replace")) > _LONGEST_STUDENT
            ):
                self.refuse(entry, f"{printable(student)!r} can be no student's name in nbgrader.")
                continue
            groups[student].append(handed)
        return {student: handed for student, handed in groups.items() if self._is_one_person(student, handed)}

    def _is_one_person(self, student: str, handed: list[_Handed]) -> bool:
        """Say whether the files of one student are one person's; refuse all of them where they may not be."""
        kinds: dict[str, set[str]] = defaultdict(set)
        for told, entry in handed:
            before = entry.path.name.rpartition(f"_{told.attempt}")[0] if told.attempt else ""
            kinds["user"].add(told.lms_id.casefold())
            kinds["person"].add(_slug(told.person))
            kinds["prefix"].add("" if told.person else before)
            if self.outcome.layout == "nbgrader":
                kinds["name"].add(_before_name(told.file, self.expected))
        differ = sorted({one for found in kinds.values() if len(found - {""}) > 1 for one in found - {""}})
        if not differ:
            return True
        several = ", ".join(printable(one) for one in differ[:5])
        for _, entry in handed:
            self.refuse(
                entry,
                f"{printable(student)} may be several people ({several}), so none of their files was taken. "
                f"Put each one's notebook into NAME/{self.outcome.assignment}, or name them in a roster.",
                student,
            )
        return False

    def take(self, student: str, handed: list[_Handed]) -> None:
        """Recognize, choose and write the notebooks of one student."""
        files, chosen = {}, []
        for name, candidates in self._candidates(student, handed).items():
            one, others = self._choose(candidates)
            try:
                content = _in_utf8(one.handed.entry.read(_LONGEST))
            except UnreadableError as error:  # it could be read a moment ago
                self.refuse(one.handed.entry, str(error), student)
                continue
            files[f"{name}.ipynb"] = content
            chosen.append((name, one, others))
        if not files:
            return
        times = [one.time for _, one, _ in chosen if one.time]
        if not times and self.roster and student in self.roster.times:
            times = [_utc(self.roster.times[student], self.zone)]
            self.has_local_times = True
        stamp = max(times).strftime(_FORMAT) if times else None
        if stamp:
            files[_TIMESTAMP] = f"{stamp}\n".encode()
        taken = [self._taken(student, name, one, others, stamp) for name, one, others in chosen]
        self._remark(student, chosen, stamp)
        if self._write(student, files, max(times, default=None), max(one.file_id for one in taken)):
            self.outcome.taken += taken

    def _is_beside(self, entry: Entry) -> bool:
        """Say whether a file is nbgrader's own, or of another assignment: nothing to speak of."""
        own = (_TIMESTAMP, "submission_secret.txt")
        other = self.outcome.layout == "nbgrader" and self.others & set(entry.path.parts[:-1])
        return entry.path.name in own or bool(other)

    def _receipt(self, entry: Entry) -> dict[str, tuple[str, str]]:
        """Return the user and the person that a receipt names, by what stands before the time in its name."""
        try:
            read = read_receipt(entry.read(1_000_000).decode("utf-8", "replace"))
        except UnreadableError:
            return {}
        before = entry.path.stem.rpartition("_")[0]
        # The receipt holds the student's comments: only a user who stands in its name is believed.
        word = before.rpartition("_")[0]
        return {f"{before}": read} if read and word.endswith(f"_{read[0]}") else {}

    def _names(self, told: list[_Handed]) -> dict[tuple[str, str], str]:
        """Return what Moodle's participants are called without a roster: by name, if it is unique."""
        if self.outcome.layout != "moodle":
            return {}
        numbers = defaultdict(set)
        for found, _ in told:
            numbers[_slug(found.person)].add(found.lms_id)
        return {
            (found.lms_id, found.person): _slug(found.person)
            if len(numbers[_slug(found.person)]) == 1 and _slug(found.person) not in ("participant", "")
            else f"{_slug(found.person)}-{found.lms_id}"
            for found, _ in told
        }

    def _candidates(self, student: str, handed: list[_Handed]) -> dict[str, list[_Candidate]]:
        """Return the files that are notebooks of the assignment, by notebook; refuse the others."""
        found: dict[str, list[_Candidate]] = defaultdict(list)
        looked_at = 0
        for one in handed:
            entry, name = one.entry, one.told.file
            suffix = Path(name).suffix.lower()
            if suffix in _PACKED:
                self.refuse(
                    entry, "it is packed once more; unpack it, or ask for the notebook itself.", student
                )
            elif suffix != ".ipynb" and not self._holds_notebook(entry):
                self.refuse(entry, "it is no notebook.", student)
            elif any(part.startswith(".") for part in entry.path.parts):
                self.refuse(entry, "it lies in a hidden folder, where Jupyter keeps older copies.", student)
            elif name.endswith(".before-repair.ipynb"):
                self.refuse(entry, "it is what a notebook was before it was repaired.", student)
            elif looked_at >= _MOST_NOTEBOOKS:
                self.refuse(entry, f"{student} handed in more than {_MOST_NOTEBOOKS} notebooks.", student)
            else:
                looked_at += 1
                try:
                    candidate = self._recognize(one)
                    found[candidate.notebook].append(candidate)
                except UnreadableError as error:
                    self.refuse(entry, str(error), student)
        return found

    @staticmethod
    def _holds_notebook(entry: Entry) -> bool:
        """Say whether a file that is not called a notebook is one by its content."""
        try:
            text, _ = read_text(entry.read(_LONGEST))
        except UnreadableError:
            return False
        return text.lstrip().startswith("{") and '"cells"' in text

    def _recognize(self, handed: _Handed) -> _Candidate:
        """Return what notebook a file is: its note goes before its name, its name before its cells."""
        told, entry = handed
        content = _in_utf8(entry.read(_LONGEST))
        by_name = next((name for name in self.expected if is_copy_of(told.file, name)), None)
        notebook, problem = {}, ""
        try:
            notebook = parse_notebook(content, told.file)
        except NotebookError as error:
            problem = str(error)
        noted = note_of(notebook).get("name")
        note = noted if isinstance(noted, str) else ""
        cells = _named(notebook)
        by_cells = next(
            (name for name, own in self.expected.items() if 2 * len(own & {*cells}) > len(own)), ""
        )
        if note in self.expected:
            name, known_by = note, "note"
        elif note and not by_cells:
            raise UnreadableError(
                f"it is the notebook of {printable(note)}, not of {self.outcome.assignment}."
            )
        elif by_name:
            name, known_by = by_name, "name"
        elif by_cells:
            name, known_by = by_cells, "cells"
        else:
            raise UnreadableError(
                problem
                or f"it is no notebook of {self.outcome.assignment}: neither its name nor its cells say so."
            )
        time = self._time(handed)
        order = (time or datetime.min.replace(tzinfo=UTC), told.file_id, self.newest[entry.source])
        return _Candidate(handed, name, known_by, problem, _n_answered(cells), time, order)

    def _choose(self, candidates: list[_Candidate]) -> tuple[_Candidate, list[_Candidate]]:
        """Return the candidate that counts, and the others.

        Of several in one attempt it is the one with more answers, then the one of the right name.
        """
        readable = [one for one in candidates if not one.problem] or candidates
        which = max if self.attempt == "newest" else min
        order = which(one.order for one in readable)
        same = [one for one in readable if one.order == order]
        chosen = max(same, key=lambda one: (one.n_answered, one.handed.told.file == f"{one.notebook}.ipynb"))
        return chosen, [one for one in candidates if one is not chosen]

    def _time(self, handed: _Handed) -> datetime | None:
        """Return when a file was handed in, where its name or nbgrader's file beside it tells."""
        told, entry = handed
        if told.attempt and (local := attempt_time(told.attempt)):
            self.has_local_times = True
            return _utc(local, self.zone)
        text = told.attempt
        stamp = self.stamps.get((entry.source, entry.path.parent))
        try:
            if stamp and self.outcome.layout == "nbgrader":
                text = stamp.read(1000).decode().strip()
            return parse_utc(text).replace(tzinfo=UTC) if text else None
        except (UnreadableError, ValueError, OverflowError):
            return None

    def _taken(self, student, name, one: _Candidate, others, stamp) -> Taken:
        told, entry = one.handed
        return Taken(
            student, name, str(entry.source), printable(str(entry.path)), one.known_by, told.lms_id,
            told.person, told.file_id, stamp, told.late, [str(other.handed.entry) for other in others],
        )  # fmt: skip

    def _remark(self, student: str, chosen: list, stamp: str | None) -> None:
        said = []
        for name, one, others in chosen:
            if others:
                said.append(
                    f"{name} was handed in {len(others) + 1} times; {printable(one.handed.told.file)} counts"
                    f"{'' if one.time is None else one.time.strftime(', of %Y-%m-%d %H:%M UTC')}."
                )
            if (newer := [o for o in others if o.problem and o.order > one.order]) and not one.problem:
                said.append(f"A newer {printable(newer[0].handed.told.file)} is damaged.")
            if one.problem:
                said.append(one.problem)
            if one.known_by == "cells":
                said.append(f"{printable(one.handed.told.file)} was recognized by its cells alone.")
            if one.handed.told.late and not stamp:
                said.append("It is marked as late, but not when it came: nbgrader takes nothing off for it.")
        if said:
            self.outcome.remarks[student] = said

    def _write(self, student: str, files: dict[str, bytes], time: datetime | None, file_id: int) -> bool:
        """Write a student's folder, and move what lay there to the backup; say whether it is as collected."""
        outcome = self.outcome
        folder = self.course.path("submitted", student, outcome.assignment)
        if folder.is_symlink() or folder.parent.is_symlink():
            outcome.refused.append(
                Refused(str(folder), "a link is in its place, and was left alone.", student)
            )
            return False
        if folder.exists():
            if all(_as_handed_in(folder, name) == content for name, content in files.items()):
                outcome.unchanged.append(student)
                return True
            before = (
                self.course.handed_in(student, outcome.assignment) if (folder / _TIMESTAMP).exists() else None
            )
            if self.attempt == "newest" and before and time and before.replace(tzinfo=UTC) > time:
                sentence = f"what is in submitted/ is of {before:%Y-%m-%d %H:%M} UTC and newer; it was kept."
                outcome.refused.append(Refused(f"{student}: {outcome.assignment}", sentence, student))
                return False
            known = self.collected.get(student)
            if self.attempt == "newest" and known and not time and 0 < file_id < known.file_id:
                sentence = (
                    f"what is in submitted/ is file {known.file_id} of the learning system, and this is "
                    f"{file_id}, which is older; it was kept."
                )
                outcome.refused.append(Refused(f"{student}: {outcome.assignment}", sentence, student))
                return False
            backup = self._backup() / student / outcome.assignment
            backup.parent.mkdir(parents=True)
            os.rename(folder, backup)
            outcome.replaced[student] = str(backup)
        write_folder(folder, files, mode=0o644)
        return True

    def _backup(self) -> Path:
        """Return this collection's own folder for what it replaces."""
        if not hasattr(self, "_backup_folder"):
            now = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S-%f")
            self._backup_folder = self.course.own / "replaced" / now
        return self._backup_folder


def is_copy_of(file: str, notebook: str) -> bool:
    """Say whether a file is called as a notebook, or as a copy of it that a browser or Jupyter has named.

    Parameters
    ----------
    file
        The name of the file.
    notebook
        The name of the notebook, without its suffix.

    Examples
    --------
    >>> for name in ["Deng_1962 (1)", "deng-1962-Copy1-2", "deng-1962-draft", "deng"]:
    ...     print(is_copy_of(f"{name}.ipynb", "deng-1962"))
    True
    True
    False
    False
    """
    stem = re.sub(r"[\s_]+", "-", Path(file).stem.casefold()) if file.lower().endswith(".ipynb") else ""
    return re.fullmatch(re.escape(notebook.casefold()) + _COPY, stem) is not None


def _in_utf8(content: bytes) -> bytes:
    """Return a notebook in UTF-8, in whatever encoding it was saved; anything else as it is."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text, _ = read_text(content)
        return text.encode() if text.lstrip().startswith("{") else content
    return content


def _before_name(file: str, notebooks: Iterable[str]) -> str:
    """Return what a file is called before the name of a notebook.

    Examples
    --------
    >>> [_before_name(f"{name}.ipynb", ["sums"]) for name in ("Jane Doe - sums", "sums")]
    ['jane-doe', '']
    """
    stem = _slug(Path(file).stem)
    return next((_slug(stem.partition(_slug(name))[0]) for name in notebooks if _slug(name) in stem), "")


_NO_ZONE = (
    "The names of the files, or the roster, give times without a zone; they were read as UTC. "
    "If the clock of your learning system is another, collect again and say so: --timezone Europe/Berlin."
)


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
    """Return the cells of a notebook that have a part in an exercise, by name."""
    found = defaultdict(list)
    if notebook:
        for name, cell in cells_by_name(notebook):
            found[name].append(cell)
    return found


def _n_answered(cells: dict[str, list[dict]]) -> int:
    """Return how many answers are not as they were handed out."""
    told = [(cell, cell["metadata"]["nbgrader"]) for same in cells.values() for cell in same]
    return sum(bool(one.get("solution")) and one.get("checksum") != checksum(cell) for cell, one in told)


def _as_handed_in(folder: Path, name: str) -> bytes | None:
    """Return the content of a file as it was collected, before it was repaired."""
    first = folder / f"{Path(name).stem}.before-repair.ipynb"
    path = first if name.endswith(".ipynb") and first.is_file() else folder / name
    return path.read_bytes() if path.is_file() else None


def _utc(local: datetime, zone: tzinfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise CourseError(f"{name} is no time zone. Write it as in Europe/Berlin.") from None


def _slug(person: str) -> str:
    return re.sub(r"[\W_]+", "-", person.casefold()).strip("-")


def _kept(course: Course, assignment: str) -> Path:
    return course.own / "collected" / f"{assignment}.json"


def _keep(course: Course, outcome: Collected) -> None:
    """Keep how the learning system calls each one, for what goes back to it."""
    kept = {student: vars(taken) for student, taken in read_collected(course, outcome.assignment).items()}
    kept |= {one.student: vars(one) for one in reversed(outcome.taken)}
    write_file(_kept(course, outcome.assignment), json.dumps(dict(sorted(kept.items())), indent=1))
