"""The directive `hours`: a table of the time that each page and each exercise takes.

In MyST::

    ```{hours}
    ```

A page gives its time in a line such as ``**Time**: about 40 minutes.``, an exercise in a sentence such as "It
takes 60 to 75 minutes" or "The core takes about 45 minutes, and the stretch another 30".  A practice question
takes a minute, even when it is asked again.
"""

import re
from pathlib import Path
from typing import NamedTuple

import nbformat
from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from helpers.book.directives.exercise import find_time, note_source, source_of
from helpers.book.directives.skills import read_skills
from helpers.book.domain.order import pages_in_order
from helpers.book.domain.tables import Row, build_table, note_rows, page_link, text

logger = logging.getLogger(__name__)

_READING = re.compile(r"^\*\*Time\*\*: about (\d+) minutes\.$", re.MULTILINE)
_PRACTICE = re.compile(r"^```\{practice\}(.*)\n(?::retrieval:(.*)\n)?", re.MULTILINE)
_STRETCH = re.compile(r"\bthe stretch another (\d+)\b")
_HEADINGS = ["Page", "Reading", "Practice", "Exercise"]
_LONG = 120  # longer times are given in hours


class Span(NamedTuple):
    """A range of time in minutes."""

    least: int
    most: int

    def __str__(self) -> str:
        """Return the time in words: in minutes below two hours, otherwise in hours and minutes."""
        if self.least == self.most:
            return _say(self.most)
        if self.most < _LONG:
            return f"{self.least} to {_say(self.most)}"
        return f"{_say(self.least)} to {_say(self.most)}"


class HoursDirective(SphinxDirective):
    """The times of all pages that teach, with their exercises, and the total."""

    def run(self) -> list[nodes.Node]:
        """Return the table; warn if a page or an exercise does not give its time."""
        rows, reading, practicing, working = [], [], [], []
        for docname in pages_that_teach(self.env):
            path, source = Path(self.env.doc2path(docname)), source_of(self.env.srcdir, docname)
            self.env.note_dependency(str(path))
            note_source(self.env, source)
            times = [read_time(path), exercise_time(source) if source.is_file() else Span(0, 0)]
            for time, what in zip(times, ("page", "exercise"), strict=True):
                if time is None:
                    self._warn(docname, what)
            page, exercise = (time or Span(0, 0) for time in times)
            practice = practice_time(path)
            reading.append(page)
            practicing.append(practice)
            working.append(exercise)
            cells = [[page_link(docname, self.env.docname)], *map(_cell, (page, practice, exercise))]
            rows.append(Row(f"hours-{Path(docname).name}", cells))
        sums = [add(reading), add(practicing), add(working)]
        rows.append(Row("hours-all", [text("All pages"), *map(_cell, sums)]))
        caption = f"Reading and working time: {add(sums)} in all"
        table = build_table(caption, _HEADINGS, rows, widths=[40, 20, 20, 20])
        note_rows(self.env, table)
        return [table]

    def _warn(self, docname: str, what: str) -> None:
        said = {
            "page": "This page needs a line `**Time**: about 40 minutes.`, with its own number.",
            "exercise": "The exercise of this page does not say how many minutes it takes.",
        }
        logger.warning(said[what], type="helpers", subtype="hours", location=(docname, 1))


def pages_that_teach(env: BuildEnvironment) -> list[str]:
    """Return the pages that name skills in their front matter, in the order of the book."""
    return [page for page in pages_in_order(env) if read_skills(Path(env.doc2path(page)))]


def read_time(path: Path) -> Span | None:
    """Return the reading time that a page gives, or nothing."""
    found = _READING.search(path.read_text(encoding="utf-8"))
    return Span(int(found[1]), int(found[1])) if found else None


def practice_time(path: Path) -> Span:
    """Return the time for the practice questions on a page, its own and those of earlier pages."""
    sets = _PRACTICE.findall(path.read_text(encoding="utf-8"))
    n_questions = sum(len(own.split()) + len(earlier.split()) for own, earlier in sets)
    return Span(n_questions, n_questions)


def exercise_time(source: Path) -> Span | None:
    """Return the working time that a notebook gives, or nothing."""
    numbers = [
        int(number) for number in re.findall(r"\d+", find_time(nbformat.read(source, nbformat.NO_CONVERT)))
    ]
    return Span(numbers[0], numbers[-1]) if numbers else None


def stretch_time(source: Path) -> Span:
    """Return the time that a notebook names for its stretch; none, if it has no stretch."""
    cells = nbformat.read(source, nbformat.NO_CONVERT).cells
    found = _STRETCH.search(" ".join(cell.source for cell in cells if cell.cell_type == "markdown"))
    return Span(int(found[1]), int(found[1])) if found else Span(0, 0)


def add(times: list[Span]) -> Span:
    """Return the sum of times."""
    return Span(sum(time.least for time in times), sum(time.most for time in times))


def _say(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if minutes < _LONG:
        return f"{minutes} minutes"
    return f"{hours} hours {rest} minutes" if rest else f"{hours} hours"


def _cell(time: Span) -> list[nodes.Node]:
    return text(str(time) if time.most else "")
