"""The directive `skills`: a table of where each skill is taught and tested."""

from pathlib import Path
from typing import NamedTuple

import nbformat
import yaml
from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from helpers.book.directives.exercise import note_source, source_of
from helpers.book.domain.order import pages_in_order
from helpers.book.domain.tables import Row, anchor, build_table, joined, note_rows, page_link, text
from helpers.checks.skills import SKILLS

logger = logging.getLogger(__name__)


class Place(NamedTuple):
    """A question of an exercise: its chapter, its title, and its points."""

    docname: str
    title: str
    points: float


class SkillsDirective(SphinxDirective):
    """A table of the skills: a description, the chapters that teach each, the questions that test it.

    A chapter lists its skills under `skills` in its front matter, and an exercise names the skill of a graded
    cell in the cell's tags.
    """

    def run(self) -> list[nodes.Node]:
        """Return the table; warn if a chapter names an unknown skill."""
        taught: dict[str, list[str]] = {skill: [] for skill in SKILLS}
        tested: dict[str, list[Place]] = {skill: [] for skill in SKILLS}
        for docname in pages_in_order(self.env):
            path = Path(self.env.doc2path(docname))
            self.env.note_dependency(str(path))
            for skill in read_skills(path):
                if skill in SKILLS:
                    taught[skill].append(docname)
                else:
                    self._warn(docname, skill)
            source = source_of(self.env.srcdir, docname)
            note_source(self.env, source)
            for skill, question, points in tested_skills(source):
                tested[skill].append(Place(docname, question, points))
        headings = ["Skill", "What it is", "Taught in", "Tested in"]
        rows = [
            Row(
                f"skill-{skill}",
                [
                    anchor(f"skill-{skill}", skill),
                    text(meaning),
                    joined((page_link(docname, self.env.docname) for docname in taught[skill]), "; "),
                    _questions(tested[skill], self.env.docname),
                ],
            )
            for skill, meaning in SKILLS.items()
        ]
        table = build_table("The five skills", headings, rows, widths=[21, 18, 25, 36])
        note_rows(self.env, table)
        return [table]

    def _warn(self, docname: str, skill: str) -> None:
        problem = f"There is no skill {skill!r}; there are {', '.join(SKILLS)}."
        logger.warning(problem, type="helpers", subtype="skills", location=(docname, 1))


def read_skills(path: Path) -> list[str]:
    """Return the skills that a page names in its front matter."""
    lines = path.read_text(encoding="utf-8").split("\n")
    if path.suffix != ".md" or lines[0] != "---" or "---" not in lines[1:]:
        return []
    front = yaml.safe_load("\n".join(lines[1 : lines.index("---", 1)]))
    return list((front or {}).get("skills", []))


def tested_skills(source: Path) -> list[tuple[str, str, float]]:
    """Return skill, title and points of every graded cell of an exercise that is tagged with a skill."""
    if not source.is_file():
        return []
    found, title = [], ""
    for cell in nbformat.read(source, nbformat.NO_CONVERT).cells:
        heads = [line for line in cell.source.splitlines() if line.startswith("### ")]
        if cell.cell_type == "markdown" and heads and not heads[0].startswith(("### BEGIN", "### END")):
            title = heads[0].removeprefix("### ")
        graded = cell.metadata.get("nbgrader", {})
        if graded.get("grade"):
            found += [(s, title, graded["points"]) for s in cell.metadata.get("tags", []) if s in SKILLS]
    return found


def _questions(places: list[Place], fromdocname: str) -> list[nodes.Node]:
    """Return the questions of each exercise, after a link to its chapter."""
    blocks = []
    for docname in dict.fromkeys(place.docname for place in places):
        titles = [f"{place.title} ({place.points:g})" for place in places if place.docname == docname]
        blocks.append(
            nodes.paragraph("", "", page_link(docname, fromdocname), nodes.Text(f": {'; '.join(titles)}"))
        )
    return blocks
