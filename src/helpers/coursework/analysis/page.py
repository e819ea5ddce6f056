"""The page of a report: a template filled with tables, and with charts that are also described in words.

The page contains everything that it shows and loads nothing from other hosts.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup, escape

from helpers.coursework.analysis.model import Report, Similar
from helpers.coursework.templating import read_template

_MOST_ROWS = 25
"""How many reasons and answers the page shows; the tables have them all."""

_MOST_NAMES = 8
_MOST_PEOPLE = 25
_FEW_POINTS = 0.5
"""Students with a smaller share of the points are listed, those with the smallest first."""
_LONGEST = 500
_BANDS = 10
_MOST_DAYS = 12


class Bar(NamedTuple):
    """One bar of a chart: its label, its beginning and length in percent, and its value."""

    label: str
    begin: float
    length: float
    value: str


class Chart(NamedTuple):
    """A bar chart."""

    key: str  # its name in the page
    title: str
    description: str  # what it shows, in words
    # What its labels and values are.
    labels: str
    values: str
    bars: list[Bar]  # from top to bottom
    zero: float | None = None  # the position of the line for zero, in percent; None for no line


def draw_page(report: Report) -> str:
    """Return a report as one HTML page."""
    shares = report.students["share"].dropna()
    behind = report.students[report.students["share"] < _FEW_POINTS].sort_values("share", kind="stable")
    several = report.questions["notebook"].nunique() > 1
    return _fill(
        "report.html",
        report=report,
        summary=report.summary(),
        skills=report.skills["skill"].to_list(),
        students=_records(report.students),
        behind=_records(behind.head(_MOST_PEOPLE)),
        n_behind=len(behind),
        most=_MOST_PEOPLE,
        several=several,
        questions=_records(report.questions),
        skill_rows=_records(report.skills),
        reasons=_records(report.reasons.head(_MOST_ROWS)),
        answers=_records(report.answers.head(_MOST_ROWS)),
        scores=draw_scores(shares),
        difficulty=draw_difficulty(report.questions),
        discrimination=draw_discrimination(report.questions),
        skill_chart=draw_skills(report.skills),
        days=draw_days(report.students["handed_in"], report.released),
    )


def draw_similar(similar: Similar) -> str:
    """Return the answers that are alike as one HTML page."""
    pairs = _records(similar.pairs.head(_MOST_ROWS))
    return _fill("similar.html", similar=similar, pairs=pairs, names=_records(similar.names))


def _fill(template: str, **values: Any) -> str:
    filters = {
        "percent": percent,
        "number": number,
        "correlation": correlation,
        "few": few,
        "short": short,
        "with_code": with_code,
    }
    return read_template("helpers.coursework.analysis", template, filters).render(
        made=datetime.now(UTC), **values
    )


def draw_scores(shares: pd.Series) -> Chart | None:
    """Return how many students are in each of ten bands of the same width.

    Parameters
    ----------
    shares
        Shares of the points, between 0 and 1.

    Examples
    --------
    >>> draw_scores(pd.Series([0.2, 0.9, 1.0])).bars[-1]
    Bar(label='90 to 100%', begin=0, length=100.0, value='2')
    """
    if shares.empty:
        return None
    bands = Counter(min(int(share * _BANDS + 1e-9), _BANDS - 1) for share in shares.clip(0, 1))
    most = max(bands.values())
    bars = [
        Bar(_band(band), 0, round(100 * bands[band] / most, 2), str(bands[band])) for band in range(_BANDS)
    ]
    lowest, middle, highest = (percent(value) for value in (shares.min(), shares.median(), shares.max()))
    fullest = " and ".join(_band(band) for band in sorted(bands) if bands[band] == most)
    description = (
        f"{len(shares)} students. The lowest share is {lowest}, the middle one {middle}, the highest "
        f"{highest}. The most in one band is {most}: {fullest}."
    )
    title = "Number of students by share of the points"
    return Chart("scores", title, description, "Share", "Students", bars)


def _band(band: int) -> str:
    return f"{100 * band // _BANDS} to {100 * (band + 1) // _BANDS}%"


def draw_difficulty(questions: pd.DataFrame) -> Chart | None:
    """Return the mean share of the points of each marked question, in the order of the notebook."""
    known = questions.dropna(subset="difficulty")
    if known.empty:
        return None
    known = known.assign(label=_labels(known))
    # Empty answers are marked at once, so a mean says nothing until the others are marked too.
    waits = known["n_waiting"] > 0
    shares = list(known.loc[~waits, ["difficulty", "label"]].itertuples(index=False, name=None))
    bars = [Bar(label, 0, round(100 * min(max(share, 0), 1), 2), percent(share)) for share, label in shares]
    description = f"{len(bars)} questions."
    if shares:
        (low, hardest), (high, easiest) = min(shares), max(shares)
        description += (
            f' The hardest is "{hardest}" with {percent(low)} of its points, '
            f'the easiest "{easiest}" with {percent(high)}.'
        )
    if waits.any():
        names = ", ".join(f'"{label}"' for label in known.loc[waits, "label"])
        description += f" Some answers are not marked yet in {names}."
    title = "Mean share of the points of each question"
    return Chart("difficulty", title, description, "Question", "Share", bars)


def draw_discrimination(questions: pd.DataFrame) -> Chart | None:
    """Return each question's correlation with the rest of the score, from -1 (left) to 1 (right)."""
    known = questions.dropna(subset="discrimination")
    if known.empty:
        return None
    bars = [
        Bar(label, round(50 + 50 * min(value, 0), 2), round(50 * abs(value), 2), correlation(value))
        for label, value in zip(_labels(known), known["discrimination"], strict=True)
    ]
    ranked = sorted(zip(known["discrimination"], _labels(known), strict=True))
    description = (
        f'{len(bars)} questions, from -1 to 1. The lowest is "{ranked[0][1]}" with '
        f'{correlation(ranked[0][0])}, the highest "{ranked[-1][1]}" with {correlation(ranked[-1][0])}.'
    )
    title = "Correlation of each question with the rest of the score"
    return Chart("discrimination", title, description, "Question", "Correlation", bars, zero=50)


def draw_skills(skills: pd.DataFrame) -> Chart | None:
    """Return the class's mean share of the points in each skill."""
    known = skills.dropna(subset="share")
    if known.empty:
        return None
    rows = list(zip(known["skill"], known["share"], strict=True))
    bars = [Bar(skill, 0, round(100 * share, 2), percent(share)) for skill, share in rows]
    description = ", ".join(f"{skill} {percent(share)}" for skill, share in rows)
    title = "Mean share of the points in each skill"
    return Chart("skills", title, f"{description}.", "Skill", "Share", bars)


def draw_days(handed_in: pd.Series, released: pd.Timestamp | None) -> Chart | None:
    """Return how many submissions came on each day since the notebook was made, or in spans of several days.

    Days are counted from the first submission if it is unknown when the notebook was made, or if it was made
    again since then.
    """
    times = pd.to_datetime(handed_in.dropna())
    if times.empty:
        return None
    known = released is not None and released <= times.min()
    since, begin = (released, "the notebook was made") if known else (times.min(), "the first submission")
    days = (times - since).dt.days
    width = int(days.max()) // _MOST_DAYS + 1
    counts = Counter(days // width)
    most = max(counts.values())
    bars = [
        Bar(_days(n, width), 0, round(100 * counts[n] / most, 2), str(counts[n]))
        for n in range(max(counts) + 1)
    ]
    description = (
        f"{len(times)} submissions with a time. The first came on day {days.min() + 1} since {begin}, the "
        f"middle one on day {int(days.median()) + 1}, the last on day {days.max() + 1}."
    )
    return Chart("days", f"Submissions by day since {begin}", description, "When", "Students", bars)


def _days(n: int, width: int) -> str:
    first = n * width + 1
    return f"day {first}" if width == 1 else f"day {first} to {first + width - 1}"


def _labels(questions: pd.DataFrame) -> list[str]:
    """Return the titles of questions, with the notebook if there are several."""
    if questions["notebook"].nunique() < 2:
        return questions["title"].to_list()
    return [f"{n}: {title}" for n, title in zip(questions["notebook"], questions["title"], strict=True)]


def _records(frame: pd.DataFrame) -> list[dict]:
    return frame.to_dict("records")


# --- how values are shown ---


def percent(share: float) -> str:
    """Return a share in percent.

    Examples
    --------
    >>> percent(0.625), percent(math.nan)
    ('62%', '–')
    """
    return "–" if math.isnan(share) else f"{100 * share:.0f}%"


def number(value: float) -> str:
    """Return a number with at most two decimal places.

    Examples
    --------
    >>> number(2.0), number(1.254), number(math.nan)
    ('2', '1.25', '–')
    """
    return "–" if math.isnan(value) else f"{round(value, 2):.12g}"


def correlation(value: float) -> str:
    """Return a correlation with two decimal places.

    Examples
    --------
    >>> correlation(0.4), correlation(math.nan)
    ('0.40', '–')
    """
    return "–" if math.isnan(value) else f"{value:.2f}"


def few(names: str | Iterable[str]) -> str:
    """Return the first few of many names, and how many more there are.

    Examples
    --------
    >>> few("a, b, c, d, e, f, g, h, i, j")
    'a, b, c, d, e, f, g, h and 2 more'
    """
    listed = names.split(", ") if isinstance(names, str) else list(names)
    more = len(listed) - _MOST_NAMES
    return ", ".join(islice(listed, _MOST_NAMES)) + (f" and {more} more" if more > 0 else "")


def with_code(text: str) -> Markup:
    """Return a sentence as HTML, with code for what is in backticks.

    Examples
    --------
    >>> print(with_code("Run `nbgrader` <now>."))
    Run <code>nbgrader</code> &lt;now&gt;.
    """
    return Markup(re.sub(r"`([^`\n]+)`", r"<code>\1</code>", str(escape(text))))


def short(text: str) -> str:
    """Return the beginning of a long text."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
