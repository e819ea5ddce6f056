"""The directive `route`: a way through the book, meeting by meeting, with the hours that it takes.

In MyST::

    ```{route} two-weeks
    ```

Routes are in ``routes.yml`` beside the page: a `title`, how many meetings there are `a_week`, and the
`meetings`.  A meeting follows a `plan` of ``plans.yml``; before it students `read` pages and do the core of
each `exercise`.  The time at home is computed from these pages and exercises.
"""

from pathlib import Path
from typing import NamedTuple

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from helpers.book.directives.exercise import note_source, source_of
from helpers.book.directives.hours import Span, add, exercise_time, pages_that_teach, practice_time, read_time
from helpers.book.directives.plans import FILE as PLANS
from helpers.book.directives.plans import LENGTHS, Plan, PlanError, plan_anchor, read_plans
from helpers.book.domain.tables import Row, build_table, joined, note_rows, short_link, text

FILE = "routes.yml"


class RouteError(ValueError):
    """A route names something that is not there."""


class Meeting(NamedTuple):
    """A meeting: the plan that it follows, and the pages and exercises that come before it."""

    plan: str
    read: list[str]
    exercise: list[str]


class Route(NamedTuple):
    """A way through the book: its title, how many meetings a week has, and the meetings in their order."""

    title: str
    a_week: int
    meetings: list[Meeting]


def read_routes(path: Path, *, plans: dict[str, Plan], pages: list[str]) -> dict[str, Route]:
    """Return the routes of a file by their id.

    Parameters
    ----------
    plans
        All plans by their id.
    pages
        The slugs of the pages that teach.

    Raises
    ------
    RouteError
        When a meeting names a plan or a page that is not there.
    """
    routes = {}
    for route_id, row in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        meetings = [
            Meeting(meeting["plan"], meeting.get("read", []), meeting.get("exercise", []))
            for meeting in row["meetings"]
        ]
        for meeting in meetings:
            lost = [page for page in [*meeting.read, *meeting.exercise] if page not in pages]
            if meeting.plan not in plans:
                lost.append(f"plan {meeting.plan}")
            if lost:
                raise RouteError(f"{path.name}: {route_id}: there is no {', '.join(lost)}")
        routes[route_id] = Route(row["title"], row["a_week"], meetings)
    return routes


class RouteDirective(SphinxDirective):
    """A route by its id."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table of meetings; its last row has the hours in class and at home."""
        folder = Path(self.env.doc2path(self.env.docname)).parent
        for name in (FILE, PLANS):
            self.env.note_dependency(str(folder / name))
        pages = {Path(page).name: page for page in pages_that_teach(self.env)}
        try:
            plans = read_plans(folder / PLANS)
            routes = read_routes(folder / FILE, plans=plans, pages=list(pages))
        except (PlanError, RouteError) as error:
            raise self.error(f"route: {error}") from error
        route_id = self.arguments[0]
        if route_id not in routes:
            raise self.error(f"route: {FILE} has no route {route_id!r}; it has {', '.join(routes)}.")
        route = routes[route_id]
        rows, times = [], []
        for n, meeting in enumerate(route.meetings):
            time = self._time_at_home(meeting, pages)
            times.append(time)
            links = [short_link(self.env, pages[slug]) for slug in meeting.read]
            for slug in meeting.exercise:
                links.append(nodes.inline("", "", nodes.Text("core of "), short_link(self.env, pages[slug])))
            cells = [
                text(_when(n, route)),
                self._inline(f"[{plans[meeting.plan].title}](#{plan_anchor(meeting.plan)})"),
                joined(links, "; "),
                text(str(time) if time.most else ""),
            ]
            rows.append(Row(f"route-{route_id}-{n + 1}", cells))
        rows.append(self._sums(route_id, route, times))
        headings = ["Meeting", "In class", "Before it", "At home"]
        table = build_table(route.title, headings, rows, widths=[16, 34, 34, 16])
        note_rows(self.env, table)
        return [table]

    def _time_at_home(self, meeting: Meeting, pages: dict[str, str]) -> Span:
        times = []
        for slug in meeting.read:
            path = Path(self.env.doc2path(pages[slug]))
            self.env.note_dependency(str(path))
            times += [time for time in (read_time(path), practice_time(path)) if time]
        for slug in meeting.exercise:
            source = source_of(self.env.srcdir, pages[slug])
            note_source(self.env, source)
            if not source.is_file() or not (time := exercise_time(source)):
                raise self.error(f"route: {slug} has no exercise that says how long it takes.")
            times.append(time)
        return add(times)

    def _inline(self, words: str) -> list[nodes.Node]:
        return self.state.inline_text(words, self.lineno)[0]

    def _sums(self, route_id: str, route: Route, times: list[Span]) -> Row:
        n = len(route.meetings)
        in_class = " or ".join(str(Span(n * length, n * length)) for length in LENGTHS)
        cells = [text("Together"), text(in_class), [], text(str(add(times)))]
        return Row(f"route-{route_id}-all", cells)


def _when(n: int, route: Route) -> str:
    week, meeting = divmod(n, route.a_week)
    return f"Week {week + 1}, meeting {meeting + 1}"
