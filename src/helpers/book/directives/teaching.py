"""The tables about the pages that teach: `hours`, `course-map`, `points` and `skills`.

In MyST::

    ```{hours}
    ```

    ```{course-map}
    ```

What each page and exercise says about itself is read by :mod:`helpers.book.domain.course`.
"""

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from helpers.book.domain.course import Page, Span, add, note_page, pages_in_order
from helpers.book.domain.tables import Row, TableDirective, anchor, joined, page_link, text
from helpers.checks.skills import SKILLS

logger = logging.getLogger(__name__)


class PagesDirective(TableDirective):
    """A directive whose table is about pages of the book."""

    def find_pages(self) -> list[Page]:
        """Return the pages that name skills in their front matter, in the order of the book."""
        pages = [note_page(self.env, docname) for docname in pages_in_order(self.env)]
        return [page for page in pages if page.skills]

    def link(self, page: Page, *, short: bool = False) -> addnodes.pending_xref:
        """Return a link to a page, with its title or with the title as far as a colon."""
        return page_link(page.docname, self.env.docname, page.title if short else "")

    def inline(self, words: str) -> list[nodes.Node]:
        """Return words of MyST as nodes."""
        return self.state.inline_text(" ".join(words.split()), self.lineno)[0]

    def warn(self, problem: str, page: Page) -> None:
        """Warn about a page."""
        logger.warning(problem, type="helpers", subtype=self.name, location=(page.docname, 1))


class HoursDirective(PagesDirective):
    """The times of all pages that teach, with their exercises, and the total."""

    def run(self) -> list[nodes.Node]:
        """Return the table; warn if a page or an exercise does not give its time."""
        rows, columns = [], []
        for page in self.find_pages():
            if page.reading is None:
                self.warn("This page needs a line `**Time**: about 40 minutes.`, with its own number.", page)
            if page.exercise and page.exercise.core is None:
                self.warn("The exercise of this page does not say how many minutes it takes.", page)
            columns.append(page.times[:3])
            rows.append(Row(f"hours-{page.slug}", [[self.link(page)], *map(_time, page.times[:3])]))
        sums = [add(list(times)) for times in zip(*columns, strict=True)]
        rows.append(Row("hours-all", [text("All pages"), *map(_time, sums)]))
        caption = f"Reading and working time: {add(sums)} in all"
        return self.table(caption, {"Page": 40, "Reading": 20, "Practice": 20, "Exercise": 20}, rows)


class CourseMapDirective(PagesDirective):
    """For every page that teaches, its times in minutes, whether it needs code, and what it builds on."""

    def run(self) -> list[nodes.Node]:
        """Return the table; its last row has the sums in hours, at the most."""
        pages = self.find_pages()
        order = [page.slug for page in pages]
        rows = []
        for page in pages:
            before = page.builds_on(order)
            links = [self.link(other, short=True) for other in pages if other.slug in before]
            cells = [[self.link(page, short=True)], *map(_minutes, page.times)]
            cells += [text("yes" if page.needs_code else "no"), joined(links, "; ")]
            rows.append(Row(f"map-{page.slug}", cells))
        times = zip(*(page.times for page in pages), strict=True)
        sums = [text(f"{add(list(column)).most / 60:.1f}") for column in times]
        rows.append(Row("map-all", [text("All pages, in hours"), *sums, [], []]))
        columns = {
            "Page": 25,
            "Read": 9,
            "Practice": 12,
            "Core": 8,
            "Stretch": 11,
            "Code": 9,
            "Builds on": 26,
        }
        return self.table("Every page, with times in minutes", columns, rows)


class PointsDirective(PagesDirective):
    """How many points of each exercise a computer gives, and how many a person."""

    def run(self) -> list[nodes.Node]:
        """Return the table; its last row has the sums."""
        points = {page: page.exercise.points for page in self.find_pages() if page.exercise}
        rows = [
            Row(f"points-{page.slug}", [[self.link(page, short=True)], *map(_number, found)])
            for page, found in points.items()
        ]
        sums = [sum(kind) for kind in zip((0, 0), *points.values(), strict=True)]
        rows.append(Row("points-all", [text("All exercises"), *map(_number, sums)]))
        columns = {"Exercise": 50, "Given by a computer": 25, "Given by you": 25}
        return self.table("Points of the exercises", columns, rows)


class SkillsDirective(PagesDirective):
    """The skills: a description, the chapters that teach each, and the questions that test it."""

    def run(self) -> list[nodes.Node]:
        """Return the table; warn if a chapter names an unknown skill."""
        pages = self.find_pages()
        for page in pages:
            for skill in page.skills:
                if skill not in SKILLS:
                    self.warn(f"There is no skill {skill!r}; there are {', '.join(SKILLS)}.", page)
        rows = [
            Row(
                f"skill-{skill}",
                [
                    anchor(f"skill-{skill}", skill),
                    text(meaning),
                    joined((self.link(page) for page in pages if skill in page.skills), "; "),
                    self._questions(skill, pages),
                ],
            )
            for skill, meaning in SKILLS.items()
        ]
        columns = {"Skill": 21, "What it is": 18, "Taught in": 25, "Tested in": 36}
        return self.table("The five skills", columns, rows)

    def _questions(self, skill: str, pages: list[Page]) -> list[nodes.Node]:
        """Return the questions of each exercise, after a link to its chapter."""
        blocks = []
        for page in pages:
            tested = [one for one in page.exercise.questions if skill in one.tags] if page.exercise else []
            if tested:
                titles = "; ".join(f"{question.title} ({question.points:g})" for question in tested)
                blocks.append(nodes.paragraph("", "", self.link(page), nodes.Text(f": {titles}")))
        return blocks


def _time(time: Span) -> list[nodes.Node]:
    return text(str(time) if time.most else "")


def _minutes(time: Span) -> list[nodes.Node]:
    if not time.most:
        return []
    return text(str(time.most) if time.least == time.most else f"{time.least}–{time.most}")


def _number(points: float) -> list[nodes.Node]:
    return text(f"{points:g}")
