"""The directives `plan`, `route` and `standards`, whose tables are in YAML files beside the page.

In MyST::

    ```{plan} deng-1962
    ```

    ```{route} two-weeks
    ```

    ```{standards} discipline-core
    ```

A plan of ``plans.yml`` is a session of a class: a `title`, what to `bring`, and `steps`: a `name`, what to
`do`, and the `minutes` in a short and in a long session.  A plan with the slug of a page of the book also
says how long students need for that page.

A route of ``routes.yml`` is a way through the book: a `title`, how many meetings there are `a_week`, and the
`meetings`.  A meeting follows a `plan`; before it students `read` pages and do the core of each `exercise`.
The time at home is computed from these pages and exercises.

A list of ``standards.yml`` says what others want students to learn: a `title` and `entries`: a `name`, what
it `asks`, and either `skills` of :mod:`helpers.checks.skills` or `objectives` such as `deng-1962.point`.
A graded question tests an entry if one of its tags is among these.  A practice question belongs to an entry
if it practices one of its objectives, or one that shares a graded question with one of its skills.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

import yaml
from docutils import nodes

from helpers.book.directives.teaching import PagesDirective
from helpers.book.domain.course import Page, Question, Span, add
from helpers.book.domain.tables import Row, build_table, joined, text
from helpers.checks.practice import questions_file, read_objectives, read_questions
from helpers.checks.skills import SKILLS

LENGTHS = (50, 75)
"""How long a short and a long session are, in minutes."""

PLANS, ROUTES, STANDARDS = "plans.yml", "routes.yml", "standards.yml"


Table = TypeVar("Table")


class PlanError(ValueError):
    """A file of plans, routes or standards is wrong; the message has a line for each thing to mend."""


# --- plans ---


class Step(NamedTuple):
    """A step of a session: its name, what to do in MyST, and its minutes in each length of session."""

    name: str
    do: str
    minutes: tuple[int, ...]


class Plan(NamedTuple):
    """A session: its id, its title, what to bring, and its steps."""

    plan_id: str
    title: str
    bring: str
    steps: list[Step]

    @property
    def totals(self) -> tuple[int, ...]:
        """The minutes of all steps together, in each length of session."""
        return tuple(map(sum, zip(*(step.minutes for step in self.steps), strict=True)))


def read_plans(path: Path) -> dict[str, Plan]:
    """Return the plans of a file by their id, in its order.

    Raises
    ------
    PlanError
        When a plan lacks something, or when its minutes do not add up to the lengths of sessions.
    """
    plans, problems = {}, []
    for plan_id, row in _read(path).items():
        try:
            steps = [Step(step["name"], step["do"], tuple(step["minutes"])) for step in row["steps"]]
            plan = Plan(plan_id, row["title"], row["bring"], steps)
        except KeyError as missing:
            problems.append(f"{path.name}: {plan_id}: {missing} is missing")
            continue
        if plan.totals != LENGTHS:
            problems.append(f"{path.name}: {plan_id}: the minutes add up to {plan.totals}, not to {LENGTHS}")
        plans[plan_id] = plan
    if problems:
        raise PlanError("\n".join(problems))
    return plans


# --- routes ---


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
    PlanError
        When a meeting names a plan or a page that is not there.
    """
    routes = {}
    for route_id, row in _read(path).items():
        meetings = [
            Meeting(meeting["plan"], meeting.get("read", []), meeting.get("exercise", []))
            for meeting in row["meetings"]
        ]
        for meeting in meetings:
            lost = [page for page in [*meeting.read, *meeting.exercise] if page not in pages]
            if meeting.plan not in plans:
                lost.append(f"plan {meeting.plan}")
            if lost:
                raise PlanError(f"{path.name}: {route_id}: there is no {', '.join(lost)}")
        routes[route_id] = Route(row["title"], row["a_week"], meetings)
    return routes


# --- standards ---


class Standard(NamedTuple):
    """A standard: its name, what it asks, and the tags by which its questions are found."""

    name: str
    asks: str
    tags: frozenset[str]


def read_standards(path: Path, known: set[str]) -> dict[str, tuple[str, list[Standard]]]:
    """Return the title and the entries of every list of a file, by the id of the list.

    Parameters
    ----------
    known
        All skills and objectives that there are.

    Raises
    ------
    PlanError
        When an entry names something else, or nothing.
    """
    found = {}
    for list_id, row in _read(path).items():
        entries = [
            Standard(
                one["name"], one["asks"], frozenset([*one.get("skills", []), *one.get("objectives", [])])
            )
            for one in row["entries"]
        ]
        for entry in entries:
            if not entry.tags or entry.tags - known:
                lost = ", ".join(sorted(entry.tags - known)) or "nothing"
                raise PlanError(f"{path.name}: {list_id}: {entry.name}: names {lost}")
        found[list_id] = (row["title"], entries)
    return found


def practiced(entry: Standard, graded: list[Question]) -> frozenset[str]:
    """Return the objectives by which practice questions belong to an entry."""
    together = (question.tags for question in graded if question.tags & entry.tags & SKILLS.keys())
    return entry.tags.union(*together) - SKILLS.keys()


# --- the directives ---


class _FileDirective(PagesDirective):
    """A table by its id in a file."""

    required_arguments = 1

    def read(self, name: str, reader: Callable, *args, **options) -> dict:
        """Return what a file beside the page has; a fault in it is an error at the directive."""
        path = Path(self.env.doc2path(self.env.docname)).parent / name
        self.env.note_dependency(str(path))
        try:
            return reader(path, *args, **options)
        except PlanError as error:
            raise self.error(f"{self.name}: {error}") from error

    def choose(self, name: str, found: dict[str, Table]) -> Table:
        """Return the table that the argument names; if there is none, say which there are."""
        wanted = self.arguments[0]
        if wanted not in found:
            kind = "list" if self.name == "standards" else self.name
            raise self.error(f"{self.name}: {name} has no {kind} {wanted!r}; it has {', '.join(found)}.")
        return found[wanted]


class PlanDirective(_FileDirective):
    """A session of a class as a table of steps, whose minutes add up."""

    def run(self) -> list[nodes.Node]:
        """Return what to prepare and the table of steps; a plan that is not there is an error."""
        plan = self.choose(PLANS, self.read(PLANS, read_plans))
        name = f"plan-{plan.plan_id}"
        self.env.get_domain("entry").note_pages([name])
        headings = ["Step", "What happens", *(f"{length} min" for length in LENGTHS)]
        rows = [
            Row(
                f"{name}-{n}",
                [text(step.name), self.inline(step.do), *(text(f"{m or 'left out'}") for m in step.minutes)],
            )
            for n, step in enumerate(plan.steps, start=1)
        ]
        rows.append(Row(f"{name}-all", [text("Together"), [], *(text(str(sum_)) for sum_ in plan.totals)]))
        table = build_table(f"Plan: {plan.title}", headings, rows, widths=[20, 56, 12, 12])
        bring = [nodes.strong("", "Bring"), nodes.Text(": "), *self.inline(plan.bring)]
        before = [*self._reading(plan), nodes.paragraph("", "", *bring)]
        return [nodes.container("", *before, table, ids=[name], classes=["plan"])]

    def _reading(self, plan: Plan) -> list[nodes.paragraph]:
        """Return how long the page of a plan takes, if the plan is about one."""
        for page in self.find_pages():
            if page.slug == plan.plan_id:
                time = nodes.Text(f", {add(page.times[:2])} with its practice.")
                start = [nodes.strong("", "The page"), nodes.Text(": ")]
                return [nodes.paragraph("", "", *start, self.link(page), time)]
        return []


class RouteDirective(_FileDirective):
    """A way through the book, meeting by meeting, with the hours that it takes."""

    def run(self) -> list[nodes.Node]:
        """Return the table of meetings; its last row has the hours in class and at home."""
        pages = {page.slug: page for page in self.find_pages()}
        plans = self.read(PLANS, read_plans)
        route = self.choose(ROUTES, self.read(ROUTES, read_routes, plans=plans, pages=list(pages)))
        rows, times = [], []
        for n, meeting in enumerate(route.meetings):
            read, exercises = ([pages[slug] for slug in slugs] for slugs in (meeting.read, meeting.exercise))
            times.append(self._time_at_home(read, exercises))
            cores = [
                nodes.inline("", "", nodes.Text("core of "), self.link(page, short=True))
                for page in exercises
            ]
            week, day = divmod(n, route.a_week)
            cells = [
                text(f"Week {week + 1}, meeting {day + 1}"),
                self.inline(f"[{plans[meeting.plan].title}](#plan-{meeting.plan})"),
                joined([*(self.link(page, short=True) for page in read), *cores], "; "),
                text(str(times[-1]) if times[-1].most else ""),
            ]
            rows.append(Row(f"route-{self.arguments[0]}-{n + 1}", cells))
        in_class = " or ".join(str(Span(len(rows) * length, len(rows) * length)) for length in LENGTHS)
        cells = [text("Together"), text(in_class), [], text(str(add(times)))]
        rows.append(Row(f"route-{self.arguments[0]}-all", cells))
        columns = {"Meeting": 16, "In class": 34, "Before it": 34, "At home": 16}
        return self.table(route.title, columns, rows)

    def _time_at_home(self, read: list[Page], exercises: list[Page]) -> Span:
        times = [time for page in read for time in page.times[:2]]
        for page in exercises:
            if not page.exercise or not page.exercise.core:
                raise self.error(f"route: {page.slug} has no exercise that says how long it takes.")
            times.append(page.exercise.core)
        return add(times)


class StandardsDirective(_FileDirective):
    """What others want students to learn, and the questions of this book that test it."""

    def run(self) -> list[nodes.Node]:
        """Return the table; an entry that no question tests says so."""
        pages = self.find_pages()
        graded, practice, objectives = [], [], set()
        for page in pages:
            self.env.note_dependency(str(questions_file(page.path)))
            graded += page.exercise.questions if page.exercise else []
            objectives |= set(read_objectives(page.path))
            practice += read_questions(page.path).values() if questions_file(page.path).is_file() else []
        standards = self.read(STANDARDS, read_standards, objectives | SKILLS.keys())
        title, entries = self.choose(STANDARDS, standards)
        rows = []
        for n, entry in enumerate(entries, start=1):
            named = [(one.page, f"{one.title} ({one.points:g})") for one in graded if one.tags & entry.tags]
            wanted = practiced(entry, graded)
            asked = [(one.page, one.id) for one in practice if wanted.intersection(one.objectives)]
            listed = [self._listed(names, pages) for names in (named, asked)]
            rows.append(
                Row(f"standard-{self.arguments[0]}-{n}", [text(entry.name), text(entry.asks), *listed])
            )
        columns = {"Standard": 23, "What it asks": 20, "Questions, with points": 36, "Practice": 21}
        return self.table(title, columns, rows)

    def _listed(self, names: list[tuple[str, str]], pages: list[Page]) -> list[nodes.Node]:
        """Return for each page a link, and the names of its questions."""
        blocks = []
        for page in pages:
            if titles := "; ".join(name for slug, name in names if slug == page.slug):
                link = self.link(page, short=True)
                blocks.append(nodes.paragraph("", "", link, nodes.Text(f": {titles}")))
        return blocks or text("none")


def _read(path: Path) -> dict[str, dict]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
