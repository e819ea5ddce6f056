"""The directive `standards`: what others want students to learn, and the questions of this book that test it.

In MyST::

    ```{standards} discipline-core
    ```

The lists are in ``standards.yml`` beside the page.  Each has a `title` and `entries`: a `name`, what it
`asks`, and either `skills` of :mod:`helpers.checks.skills` or `objectives` such as `deng-1962.point`.  A
graded question tests an entry when one of its tags is among these.  A practice question does when it
practices one of the objectives, or an objective that a graded question examines together with one of the
skills.
"""

from pathlib import Path
from typing import NamedTuple

import nbformat
import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from helpers.book.directives.exercise import note_source, source_of
from helpers.book.directives.hours import pages_that_teach
from helpers.book.domain.tables import Row, build_table, note_rows, short_link, text
from helpers.checks.practice import questions_file, read_objectives, read_questions
from helpers.checks.skills import SKILLS

FILE = "standards.yml"


class StandardError(ValueError):
    """A list of standards names a skill or an objective that the book does not have."""


class Entry(NamedTuple):
    """A standard: its name, what it asks, and the tags by which its questions are found."""

    name: str
    asks: str
    tags: frozenset[str]


class Graded(NamedTuple):
    """A graded question: the slug of its page, its title, its points, and its tags."""

    page: str
    title: str
    points: float
    tags: frozenset[str]


def read_standards(path: Path, known: set[str]) -> dict[str, tuple[str, list[Entry]]]:
    """Return the title and the entries of every list of a file, by the id of the list.

    Parameters
    ----------
    known
        All skills and objectives that there are.

    Raises
    ------
    StandardError
        When an entry names something else, or nothing.
    """
    found = {}
    for list_id, row in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        entries = [
            Entry(one["name"], one["asks"], frozenset([*one.get("skills", []), *one.get("objectives", [])]))
            for one in row["entries"]
        ]
        for entry in entries:
            if not entry.tags or entry.tags - known:
                lost = ", ".join(sorted(entry.tags - known)) or "nothing"
                raise StandardError(f"{path.name}: {list_id}: {entry.name}: names {lost}")
        found[list_id] = (row["title"], entries)
    return found


def read_graded(source: Path) -> list[Graded]:
    """Return every graded question of an exercise."""
    if not source.is_file():
        return []
    found, title = [], ""
    for cell in nbformat.read(source, nbformat.NO_CONVERT).cells:
        first = cell.source.partition("\n")[0]
        if cell.cell_type == "markdown" and first.startswith("### ") and "BEGIN" not in first:
            title = first.removeprefix("### ")
        graded = cell.metadata.get("nbgrader", {})
        if graded.get("grade"):
            tags = frozenset(cell.metadata.get("tags", []))
            found.append(Graded(source.stem, title, graded["points"], tags))
    return found


def practiced(entry: Entry, graded: list[Graded]) -> frozenset[str]:
    """Return the objectives by which practice questions belong to an entry."""
    together = (question.tags for question in graded if question.tags & entry.tags & SKILLS.keys())
    return entry.tags.union(*together) - SKILLS.keys()


class StandardsDirective(SphinxDirective):
    """A list of standards by its id."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table; an entry that no question tests says so."""
        path = Path(self.env.doc2path(self.env.docname)).parent / FILE
        self.env.note_dependency(str(path))
        pages = {Path(page).name: page for page in pages_that_teach(self.env)}
        graded, practice, objectives = [], [], set()
        for docname in pages.values():
            page, source = Path(self.env.doc2path(docname)), source_of(self.env.srcdir, docname)
            note_source(self.env, source)
            for file in (page, questions_file(page)):
                self.env.note_dependency(str(file))
            graded += read_graded(source)
            objectives |= set(read_objectives(page))
            practice += read_questions(page).values() if questions_file(page).is_file() else []
        try:
            standards = read_standards(path, objectives | SKILLS.keys())
        except StandardError as error:
            raise self.error(f"standards: {error}") from error
        list_id = self.arguments[0]
        if list_id not in standards:
            raise self.error(f"standards: {FILE} has no list {list_id!r}; it has {', '.join(standards)}.")
        title, entries = standards[list_id]
        rows = []
        for n, entry in enumerate(entries, start=1):
            named = [(q.page, f"{q.title} ({q.points:g})") for q in graded if q.tags & entry.tags]
            wanted = practiced(entry, graded)
            asked = [(q.page, q.id) for q in practice if wanted.intersection(q.objectives)]
            cells = [
                text(entry.name),
                text(entry.asks),
                self._listed(named, pages),
                self._listed(asked, pages),
            ]
            rows.append(Row(f"standard-{list_id}-{n}", cells))
        headings = ["Standard", "What it asks", "Questions, with points", "Practice"]
        table = build_table(title, headings, rows, widths=[23, 20, 36, 21])
        note_rows(self.env, table)
        return [table]

    def _listed(self, names: list[tuple[str, str]], pages: dict[str, str]) -> list[nodes.Node]:
        """Return for each page a link, and the names of its questions."""
        blocks = []
        for slug in dict.fromkeys(slug for slug, _ in names):
            titles = "; ".join(name for page, name in names if page == slug)
            link = short_link(self.env, pages[slug])
            blocks.append(nodes.paragraph("", "", link, nodes.Text(f": {titles}")))
        return blocks or text("none")
