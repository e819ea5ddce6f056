"""The class's roster: a csv that says which student each user of the learning system is.

Four kinds are recognized by their columns, so that the system's own export can be used:

==========  =====================================================  ==================================
Kind        A student's name in the gradebook                      The system's id, and person's name
==========  =====================================================  ==================================
nbgrader    ``id``, as `nbgrader db student import` reads it       ``lms_user_id``, else ``id``;
                                                                   ``first_name``, ``last_name``
Canvas      ``SIS Login ID``, else ``SIS User ID``, else ``ID``    ``ID``; ``Student``
Moodle      ``ID number``, ``Username``, else ``Email address``    ``Identifier``; ``Full name``
Blackboard  ``Username``                                           ``Username``;
                                                                   ``First Name``, ``Last Name``
==========  =====================================================  ==================================

Canvas's file is the export of the gradebook, Moodle's is the grading worksheet, which also says when each
student handed in, and Blackboard's is the download from the grade center.
"""

import csv
import io
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import dateutil.parser

_KINDS = {
    # the column that identifies the kind: columns of the student's name, the id, and the person's name
    "lms_user_id": (("id",), ("lms_user_id", "id"), ("first_name", "last_name")),
    "SIS Login ID": (("SIS Login ID", "SIS User ID", "ID"), ("ID",), ("Student",)),
    "Identifier": (("ID number", "Username", "Email address"), ("Identifier",), ("Full name",)),
    "Username": (("Username",), ("Username",), ("First Name", "Last Name")),
    "ID": (("ID",), ("ID",), ("Student",)),
    "id": (("id",), ("id",), ("first_name", "last_name")),
}
_TIME = "Last modified (submission)"
_LONGEST = 50_000_000
_PARTICIPANT = "participant "
_SHORTENED = re.compile(r"\d([.,]\d+)?e\+?\d+", re.IGNORECASE)


class RosterError(ValueError):
    """The roster cannot be used; the message says why and what to do."""


@dataclass
class Roster:
    """The students of a class."""

    students: list[str]  # their names in the gradebook, in the order of the file
    # When the work was handed in, by student, from Moodle's worksheet; without a time zone.
    times: dict[str, datetime] = field(default_factory=dict)
    _rows: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    _by_id: dict[str, set[str]] = field(default_factory=dict)
    _by_person: dict[str, set[str]] = field(default_factory=dict)

    def find(self, lms_id: str, person: str, layout: str) -> str:
        """Return the student whom a learning system calls by this id or name.

        Parameters
        ----------
        lms_id
            The number or name of the user; it takes precedence over the person's name.
        person
            The person's name, family name first or last, in full or as Canvas shortens it; may be empty.
        layout
            The system.  Moodle's number is not the id of a user: it is valid in one assignment only, so it is
            used only with a grading worksheet.

        Raises
        ------
        RosterError
            When there is none, or more than one.
        """
        key = f"{_PARTICIPANT}{lms_id}" if layout == "moodle" else lms_id.casefold()
        found = self._by_id.get(key) or self._by_person.get(_letters(person)) or set()
        if not found and layout in ("blackboard", "nbgrader") and lms_id in self.students:
            found = {lms_id}
        called = " ".join(part for part in (person, lms_id and f"({lms_id})") if part)
        if not found:
            raise RosterError(f"the roster has no entry for {called}; add the row and collect again.")
        if len(found) > 1:
            raise RosterError(
                f"the roster has {len(found)} students who may be {called}; add the user's id to the roster."
            )
        (student,) = found
        if _SHORTENED.fullmatch(student):
            raise RosterError(
                f"the roster gives {called} the name {student}, a number that Excel has shortened; "
                "export it again, and do not save it from Excel."
            )
        ids = {lms_id for lms_id, _ in self._rows[student]} - {"", student.casefold()}
        persons = {person for _, person in self._rows[student] if person}
        if len(ids) > 1 or (not ids and len(persons) > 1):
            raise RosterError(
                f"the roster has {len(self._rows[student])} rows for the student {student} "
                f"({', '.join(sorted(persons or ids))[:200]}), so {called} may be any of them. "
                "Give each of them a different name."
            )
        if layout == "canvas" and lms_id.isdigit() and ids and ids != {lms_id} and all(map(str.isdigit, ids)):
            raise RosterError(f"the roster has {called} under another number, {', '.join(ids)}; add the row.")
        return student


def read_roster(path: Path) -> Roster:
    """Return the roster of a csv file.

    Parameters
    ----------
    path
        The file, in UTF-8 or UTF-16, which Blackboard uses; with commas, semicolons or tabs.

    Raises
    ------
    RosterError
        When it cannot be read, or has none of the known columns.
    """
    rows, columns = _rows(path)
    kind = next((kind for kind in _KINDS if kind in columns), None)
    if kind is None:
        raise RosterError(
            f"{path}: a roster needs a column with the student's name in the gradebook and one with the "
            "learning system's id: id and lms_user_id, or the columns of an export from Canvas, Moodle or "
            f"Blackboard. This file has: {', '.join(columns)[:200]}."
        )
    own, ids, names = _KINDS[kind]
    students: dict[str, None] = {}
    roster = Roster([], _rows=defaultdict(set), _by_id=defaultdict(set), _by_person=defaultdict(set))
    for row in rows:
        student = next((row[column] for column in own if row.get(column)), "")
        # Canvas has a row with the maximum points, which has a name but no number.
        if not student or (kind == "SIS Login ID" and not row.get("ID")):
            continue
        students[student] = None
        key = next((row[column] for column in ids if row.get(column)), "").casefold()
        if kind == "Identifier":
            key = re.sub(r"^\D*", _PARTICIPANT, key)  # the word before the number is in the site's language
        roster._by_id[key].add(student)
        person = " ".join(row.get(column, "") for column in names).strip()
        roster._rows[student].add((key, person))
        for spelling in _spellings([row.get(column, "") for column in names]) - {""}:
            roster._by_person[spelling].add(student)
        if time := _time(row.get(_TIME, "")):
            roster.times[student] = time
    roster.students = list(students)
    if not roster.students:
        raise RosterError(f"{path}: the roster has columns but no students.")
    return roster


def _rows(path: Path) -> tuple[list[dict[str, str]], list[str]]:
    try:
        content = path.read_bytes()[:_LONGEST]
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except OSError as error:
        raise RosterError(f"{path}: the roster cannot be read ({error.strerror}). Check the path.") from None
    except UnicodeError:
        raise RosterError(f"{path}: the roster is not text in UTF-8. Save it as csv in UTF-8.") from None
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise RosterError(f"{path}: the roster is not a csv ({error}). Export it again.") from None
    columns = [name.strip() for name in rows[0]] if rows else []
    return [{c: v.strip() for c, v in zip(columns, row, strict=False)} for row in rows[1:]], columns


def _letters(person: str) -> str:
    """Return the letters of a name in order, in lower case, which is all that Canvas keeps of it."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFC", person).casefold())


def _spellings(parts: list[str]) -> set[str]:
    """Return the letters of a person's name, with the family name first and with it last."""
    if len(parts) == 1:
        parts = parts[0].split(",", 1)
    return {_letters("".join(parts)), _letters("".join(reversed(parts)))}


def _time(text: str) -> datetime | None:
    """Return the time that a worksheet gives in English; other languages cannot be read."""
    try:
        return dateutil.parser.parse(text).replace(tzinfo=None) if re.search(r"\d", text) else None
    except (ValueError, OverflowError):
        return None
