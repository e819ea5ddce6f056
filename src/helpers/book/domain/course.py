"""Read what pages and exercises say about themselves: skills, times and graded questions.

A page names its skills in its front matter, and its time in a line such as ``**Time**: about 40 minutes.``
An exercise gives its time in a sentence such as "It takes 60 to 75 minutes" or "The core takes about 45
minutes, and the stretch another 30".  A practice question takes a minute, even when it is asked again.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import nbformat
import yaml
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from helpers.corpus import loaders

COURSE = "exercises"
"""The folder of the nbgrader course in the folder of the book."""

_READING = re.compile(r"^\*\*Time\*\*: about (\d+) minutes\.$", re.MULTILINE)
_PRACTICE = re.compile(r"^```\{practice\}(.*)\n(?::retrieval:(.*)\n)?", re.MULTILINE)
_TITLE = re.compile(r"^# ([^:\n]+)", re.MULTILINE)
_CODE = re.compile(r"^```\{code-cell\}.*\n(?!:tags: \[.*\bremove-(?:cell|input)\b)", re.MULTILINE)
_CORE = re.compile(r"\btakes (?:about )?(\d+(?: to \d+)? minutes)")
_STRETCH = re.compile(r"\bthe stretch another (\d+)\b")
_QUESTION = re.compile(r"^### (?!BEGIN|END)(.*)$", re.MULTILINE)
_LONG = 120  # longer times are given in hours


class Span(NamedTuple):
    """A range of time in minutes."""

    least: int = 0
    most: int = 0

    def __str__(self) -> str:
        """Return the time in words: in minutes below two hours, otherwise in hours and minutes."""
        if self.least == self.most:
            return _say(self.most)
        return f"{self.least if self.most < _LONG else _say(self.least)} to {_say(self.most)}"


def add(times: list[Span]) -> Span:
    """Return the sum of times."""
    return Span(sum(time.least for time in times), sum(time.most for time in times))


def _say(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if minutes < _LONG:
        return f"{minutes} minutes"
    return f"{hours} hours {rest} minutes" if rest else f"{hours} hours"


class Question(NamedTuple):
    """A graded question: the slug of its page, its title, its points, who gives them, and its tags."""

    page: str
    title: str
    points: float
    by_hand: bool
    tags: frozenset[str]


class Exercise(NamedTuple):
    """An exercise: its title, the time of its core as it says it, that of its stretch, and its questions."""

    title: str
    time: str
    stretch: Span
    questions: list[Question]

    @property
    def core(self) -> Span | None:
        """The time of the core, or None if the exercise does not say it."""
        numbers = [int(number) for number in re.findall(r"\d+", self.time)]
        return Span(numbers[0], numbers[-1]) if numbers else None

    @property
    def points(self) -> tuple[float, float]:
        """The points that a computer gives, and those that a person gives."""
        by_hand = sum(question.points for question in self.questions if question.by_hand)
        return sum(question.points for question in self.questions) - by_hand, by_hand


def read_exercise(source: Path) -> Exercise | None:
    """Return the exercise in a notebook, or None if there is no such file."""
    return _read_exercise(source, source.stat().st_mtime_ns) if source.is_file() else None


@lru_cache
def _read_exercise(source: Path, _changed: int) -> Exercise:
    questions, title = [], ""
    cells = nbformat.read(source, nbformat.NO_CONVERT).cells
    for cell in cells:
        if cell.cell_type == "markdown" and (heading := _QUESTION.search(cell.source)):
            title = heading[1]
        graded = cell.metadata.get("nbgrader", {})
        if graded.get("grade"):
            tags = frozenset(cell.metadata.get("tags", []))
            # A cell that is both an answer and graded is read by a person.
            questions.append(Question(source.stem, title, graded["points"], graded["solution"], tags))
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    core, stretch = _CORE.search(prose.replace("\n", " ")), _STRETCH.search(prose.replace("\n", " "))
    return Exercise(
        re.search(r"^# (.*)$", prose, re.MULTILINE)[1],
        core[1] if core else "",
        Span(int(stretch[1]), int(stretch[1])) if stretch else Span(),
        questions,
    )


class Page(NamedTuple):
    """A page of the book: its name for Sphinx, its file, and the file that its exercise has or would have."""

    docname: str
    path: Path
    source: Path

    @property
    def slug(self) -> str:
        """The name of the page, which is also that of its exercise."""
        return self.path.stem

    @property
    def text(self) -> str:
        """The source of the page."""
        return self.path.read_text(encoding="utf-8")

    @property
    def title(self) -> str:
        """The title of the page as far as a colon."""
        found = _TITLE.search(self.text)
        return found[1].strip() if found else ""

    @property
    def skills(self) -> list[str]:
        """The skills that the page names in its front matter; a page that names some teaches."""
        lines = self.text.split("\n")
        if self.path.suffix != ".md" or lines[0] != "---" or "---" not in lines[1:]:
            return []
        front = yaml.safe_load("\n".join(lines[1 : lines.index("---", 1)]))
        return list((front or {}).get("skills", []))

    @property
    def exercise(self) -> Exercise | None:
        """The exercise of the page, if it has one."""
        return read_exercise(self.source)

    @property
    def reading(self) -> Span | None:
        """The reading time that the page gives, or None."""
        found = _READING.search(self.text)
        return Span(int(found[1]), int(found[1])) if found else None

    @property
    def practice(self) -> Span:
        """The time for the practice questions on the page, its own and those of earlier pages."""
        n_questions = sum(len(names.split()) for set_ in _PRACTICE.findall(self.text) for names in set_)
        return Span(n_questions, n_questions)

    @property
    def times(self) -> list[Span]:
        """The times of reading and practice, and of the core and the stretch of the exercise."""
        core, stretch = (self.exercise.core, self.exercise.stretch) if self.exercise else (None, Span())
        return [self.reading or Span(), self.practice, core or Span(), stretch]

    @property
    def needs_code(self) -> bool:
        """Whether the page shows a cell of code."""
        return bool(_CODE.search(self.text))

    def builds_on(self, order: list[str]) -> set[str]:
        """Return the slugs of the pages that this one builds on, among those before it in the order.

        A page builds on the documents that it quotes or cites, and on the pages whose objectives its exercise
        examines.
        """
        documents = {line.document_id for line in loaders.lines()}
        named = {document for document in documents if re.search(rf"\b{document}-[hps]\d", self.text)}
        for question in self.exercise.questions if self.exercise else ():
            named |= {tag.partition(".")[0] for tag in question.tags if "." in tag}
        return named & set(order[: order.index(self.slug)])


def pages_in_order(env: BuildEnvironment) -> list[str]:
    """Return the pages in the order of the table of contents or, if there is none, by name."""
    order = getattr(env, "external_site_map", None)
    return [str(page) for page in order or sorted(env.found_docs) if page in env.found_docs]


def page_at(path: Path, folder: Path) -> Page:
    """Return a page of the book in ``folder``."""
    source = folder / COURSE / "source" / path.stem / f"{path.stem}.ipynb"
    return Page(path.relative_to(folder).with_suffix("").as_posix(), path, source)


def note_page(env: BuildEnvironment, docname: str) -> Page:
    """Return a page; the page being read depends on it and on its exercise, even if that is not written yet.

    Sphinx treats a missing file as changed, and would then read the page in every build.
    """
    page = page_at(Path(env.doc2path(docname)), Path(env.srcdir))
    env.note_dependency(str(page.path))
    if page.source.is_file():
        env.note_dependency(str(page.source))
    else:
        env.metadata[env.docname].setdefault("awaits", []).append(str(page.source))
    return page


def find_awaiting(app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set) -> list[str]:
    """Return the pages whose missing exercise now exists, so that they are read again."""
    awaited = {page: env.metadata[page].get("awaits", []) for page in env.all_docs}
    return [page for page, sources in awaited.items() if any(Path(source).is_file() for source in sources)]
