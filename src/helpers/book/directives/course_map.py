"""The directive `course-map`: for every page that teaches, its times in minutes and what it builds on.

In MyST::

    ```{course-map}
    ```

A page *builds on* an earlier page when it quotes or cites the document that is printed there, or when its
exercise examines an objective of that page.  A page *needs code* when it shows a code cell.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from helpers.book.directives.exercise import note_source, source_of
from helpers.book.directives.hours import (
    Span,
    add,
    exercise_time,
    pages_that_teach,
    practice_time,
    read_time,
    stretch_time,
)
from helpers.book.domain.tables import Row, build_table, joined, note_rows, short_link, text
from helpers.corpus import loaders

_CELL = re.compile(r"^```\{code-cell\}.*\n(?!:tags: \[.*\bremove-(?:cell|input)\b)", re.MULTILINE)
_HEADINGS = ["Page", "Read", "Practice", "Core", "Stretch", "Code", "Builds on"]


class CourseMapDirective(SphinxDirective):
    """All pages that teach, in their order."""

    def run(self) -> list[nodes.Node]:
        """Return the table; its last row has the sums in hours, at the most."""
        order = pages_that_teach(self.env)
        rows, times = [], []
        for docname in order:
            path, source = Path(self.env.doc2path(docname)), source_of(self.env.srcdir, docname)
            self.env.note_dependency(str(path))
            note_source(self.env, source)
            found = page_times(path, source)
            times.append(found)
            slugs = builds_on(path, source, [Path(page).name for page in order])
            links = [short_link(self.env, page) for page in order if Path(page).name in slugs]
            cells = [[short_link(self.env, docname)], *map(_minutes, found)]
            cells += [text("yes" if needs_code(path) else "no"), joined(links, "; ")]
            rows.append(Row(f"map-{path.stem}", cells))
        sums = [text(f"{add(list(column)).most / 60:.1f}") for column in zip(*times, strict=True)]
        rows.append(Row("map-all", [text("All pages, in hours"), *sums, [], []]))
        table = build_table(
            "Every page, with times in minutes", _HEADINGS, rows, widths=[25, 9, 12, 8, 11, 9, 26]
        )
        note_rows(self.env, table)
        return [table]


def page_times(path: Path, source: Path) -> list[Span]:
    """Return how long a page takes: reading, practice, and the core and the stretch of its exercise."""
    none = Span(0, 0)
    core, stretch = (
        (exercise_time(source) or none, stretch_time(source)) if source.is_file() else (none, none)
    )
    return [read_time(path) or none, practice_time(path), core, stretch]


def needs_code(path: Path) -> bool:
    """Say whether a page shows a cell of code."""
    return bool(_CELL.search(path.read_text(encoding="utf-8")))


def builds_on(path: Path, source: Path, order: list[str]) -> set[str]:
    """Return the slugs of the pages that a page builds on, among those before it in the order."""
    words = path.read_text(encoding="utf-8")
    documents = {line.document_id for line in loaders.lines()}
    named = {document for document in documents if re.search(rf"\b{document}-[hps]\d", words)}
    named |= set(_examined(source))
    return named & set(order[: order.index(path.stem)])


def _examined(source: Path) -> Iterator[str]:
    """Yield the pages whose objectives an exercise examines."""
    if source.is_file():
        for cell in nbformat.read(source, nbformat.NO_CONVERT).cells:
            if cell.metadata.get("nbgrader", {}).get("grade"):
                yield from (tag.partition(".")[0] for tag in cell.metadata.get("tags", []) if "." in tag)


def _minutes(time: Span) -> list[nodes.Node]:
    if not time.most:
        return []
    return text(str(time.most) if time.least == time.most else f"{time.least}–{time.most}")
