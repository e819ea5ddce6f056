"""The directive `points`: how many points of each exercise a computer gives, and how many a person.

In MyST::

    ```{points}
    ```
"""

from pathlib import Path

import nbformat
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from helpers.book.directives.exercise import note_source, source_of
from helpers.book.directives.hours import pages_that_teach
from helpers.book.domain.tables import Row, build_table, note_rows, short_link, text


class PointsDirective(SphinxDirective):
    """All exercises in the order of their pages."""

    def run(self) -> list[nodes.Node]:
        """Return the table; its last row has the sums."""
        rows, found = [], []
        for docname in pages_that_teach(self.env):
            source = source_of(self.env.srcdir, docname)
            note_source(self.env, source)
            if source.is_file():
                points = count_points(source)
                found.append(points)
                cells = [[short_link(self.env, docname)], *_shown(points)]
                rows.append(Row(f"points-{Path(docname).name}", cells))
        sums = (sum(points[0] for points in found), sum(points[1] for points in found))
        rows.append(Row("points-all", [text("All exercises"), *_shown(sums)]))
        headings = ["Exercise", "Given by a computer", "Given by you"]
        table = build_table("Points of the exercises", headings, rows, widths=[50, 25, 25])
        note_rows(self.env, table)
        return [table]


def count_points(source: Path) -> tuple[float, float]:
    """Return the points of an exercise that a computer gives, and those that a person gives."""
    cells = (cell.metadata.get("nbgrader", {}) for cell in nbformat.read(source, nbformat.NO_CONVERT).cells)
    graded = [cell for cell in cells if cell.get("grade")]
    by_hand = sum(cell["points"] for cell in graded if cell["solution"])
    return sum(cell["points"] for cell in graded) - by_hand, by_hand


def _shown(points: tuple[float, float]) -> list[list[nodes.Node]]:
    return [text(f"{number:g}") for number in points]
