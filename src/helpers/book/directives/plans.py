"""The directive `plan`: a session of a class as a table of steps, whose minutes add up.

In MyST::

    ```{plan} deng-1962
    ```

Plans are in ``plans.yml`` beside the page.  Each has a `title`, what to `bring`, and `steps`: a `name`, what
to `do`, and the `minutes` in a short and in a long session.  A plan with the slug of a page of the book
also says how long students need for that page.
"""

from pathlib import Path
from typing import NamedTuple

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from helpers.book.directives.hours import add, pages_that_teach, practice_time, read_time
from helpers.book.domain.tables import Row, build_table, page_link, text

LENGTHS = (50, 75)
"""How long a short and a long session are, in minutes."""

FILE = "plans.yml"


class PlanError(ValueError):
    """A file of plans is not as it should be; the message has a line for each thing to mend."""


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
    for plan_id, row in yaml.safe_load(path.read_text(encoding="utf-8")).items():
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


def plan_anchor(plan_id: str) -> str:
    """Return the anchor of a plan, to which ``[its title](#plan-deng-1962)`` leads.

    Examples
    --------
    >>> plan_anchor("deng-1962")
    'plan-deng-1962'
    """
    return f"plan-{plan_id}"


class PlanDirective(SphinxDirective):
    """A plan by its id."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return what to prepare and the table of steps; a plan that is not there is an error."""
        path = Path(self.env.doc2path(self.env.docname)).parent / FILE
        self.env.note_dependency(str(path))
        try:
            plans = read_plans(path)
        except PlanError as error:
            raise self.error(f"plan: {error}") from error
        plan_id = self.arguments[0]
        if plan_id not in plans:
            raise self.error(f"plan: {FILE} has no plan {plan_id!r}; it has {', '.join(plans)}.")
        plan = plans[plan_id]
        name = plan_anchor(plan_id)
        self.env.get_domain("entry").note_rows([name])
        headings = ["Step", "What happens", *(f"{length} min" for length in LENGTHS)]
        rows = [
            Row(f"{name}-{n}", [text(step.name), self._inline(step.do), *map(_minutes, step.minutes)])
            for n, step in enumerate(plan.steps, start=1)
        ]
        rows.append(Row(f"{name}-all", [text("Together"), [], *(text(str(sum_)) for sum_ in plan.totals)]))
        table = build_table(f"Plan: {plan.title}", headings, rows, widths=[20, 56, 12, 12])
        return [nodes.container("", *self._preparation(plan), table, ids=[name], classes=["plan"])]

    def _preparation(self, plan: Plan) -> list[nodes.paragraph]:
        bring = nodes.paragraph("", "", nodes.strong("", "Bring"), nodes.Text(": "))
        bring += self._inline(plan.bring)
        pages = {Path(page).name: page for page in pages_that_teach(self.env)}
        if plan.plan_id not in pages:
            return [bring]
        page = pages[plan.plan_id]
        path = Path(self.env.doc2path(page))
        self.env.note_dependency(str(path))
        times = [time for time in (read_time(path), practice_time(path)) if time]
        reading = nodes.paragraph("", "", nodes.strong("", "The page"), nodes.Text(": "))
        reading += [page_link(page, self.env.docname), nodes.Text(f", {add(times)} with its practice.")]
        return [reading, bring]

    def _inline(self, words: str) -> list[nodes.Node]:
        return self.state.inline_text(" ".join(words.split()), self.lineno)[0]


def _minutes(minutes: int) -> list[nodes.Node]:
    return text(str(minutes) if minutes else "left out")
