"""The practice questions of a page: read from ``practice/SLUG.yml`` next to it, and validated.

A page shows them with the directive `practice` (:mod:`helpers.book.directives.practice`).  This module does
not need Sphinx, so that other programs can offer the same questions.  It needs PyYAML, which the extra `book`
installs.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import yaml

from helpers.corpus import loaders
from helpers.corpus.readings import READINGS
from helpers.normalize import comparable
from helpers.quotation.contract import LEAST_WORDS
from helpers.quotation.verify import verify_quotation

FOLDER = "practice"
# The fields of a question of each kind, besides `id`, `objective`, `kind` and `ask`.
NEEDED = {
    "choose": {"options"},
    "several": {"options"},
    "order": {"items"},
    "match": {"pairs"},
    "quote": {"document", "paragraphs", "why", "hint"},
    "number": {"code", "unit", "why", "hint"},
}
_ALWAYS = {"id", "objective", "kind", "ask"}
_OPTIONAL = {"match": {"extra"}}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OBJECTIVES = re.compile(
    r"^(?P<fence>:{3,}|`{3,})\{admonition\}[^\n]*\n:class:[^\n]*\bobjectives\b(?P<items>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_LONG = 30  # words: a longer sentence is not a good example of a short quotation


class QuestionError(ValueError):
    """A file of questions has errors; the message has a line for each."""


class Choice(NamedTuple):
    """An option of a question, or an item of an order: its text, whether it is right, and why."""

    text: str
    why: str
    right: bool = True


class Pair(NamedTuple):
    """Two things that belong together, and why."""

    left: str
    right: str
    why: str


class Question(NamedTuple):
    """A question; fields that its kind does not have are empty.  All texts are Markdown on one line.

    Attributes
    ----------
    objectives
        The objectives of the page that it practices; the file has them on one line, separated by spaces.
    choices
        The options of `choose` and `several`, and the items of `order`, which are in the right order.
    extra
        Right sides of `match` without a partner.
    paragraphs
        For `quote`: the paragraphs with the passage, each with words of which the passage must contain one.
    """

    page: str
    id: str
    objectives: tuple[str, ...]
    kind: str
    ask: str
    choices: tuple[Choice, ...] = ()
    pairs: tuple[Pair, ...] = ()
    extra: tuple[str, ...] = ()
    document: str = ""
    paragraphs: Mapping[str, list[str]] = MappingProxyType({})
    code: str = ""
    unit: str = ""
    why: str = ""
    hint: str = ""

    @property
    def name(self) -> str:
        """The name of the question in the whole book, such as `deng-1962.letters-in-order`."""
        return f"{self.page}.{self.id}"

    @property
    def shown(self) -> list[Choice]:
        """The choices as a page shows them: sorted by their text, so that their order reveals nothing."""
        return sorted(self.choices, key=lambda choice: comparable(plain(choice.text)))

    @property
    def rights(self) -> list[str]:
        """The right sides of `match` as a page offers them: without repetition, sorted."""
        return sorted(
            {*(pair.right for pair in self.pairs), *self.extra}, key=lambda text: comparable(plain(text))
        )


def questions_file(page: Path) -> Path:
    """Return the path of the questions of a page, whether or not the file exists.

    Examples
    --------
    >>> questions_file(Path("chapters/deng-1962.md")).as_posix()
    'chapters/practice/deng-1962.yml'
    """
    return page.parent / FOLDER / f"{page.stem}.yml"


def read_questions(page: Path) -> dict[str, Question]:
    """Return the questions of a page by their id, in the order of the file.

    Parameters
    ----------
    page
        The file of the page, which lists its objectives.

    Raises
    ------
    QuestionError
        When there is no file of questions, or when it has errors.

    Examples
    --------
    >>> read_questions(Path("chapters/deng-1962.md"))["letters-in-order"].kind  # doctest: +SKIP
    'order'
    """
    path = questions_file(page)
    if not path.is_file():
        raise QuestionError(f"{path.name}: there is no such file; write the questions of {page.stem} into it")
    return _read(path, path.stat().st_mtime_ns, page, page.stat().st_mtime_ns)


@cache  # a page may ask for its questions several times
def _read(path: Path, _changed: int, page: Path, _page_changed: int) -> dict[str, Question]:
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise QuestionError(f"{path.name}: this is not valid YAML: {' '.join(str(error).split())}") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise QuestionError(f"{path.name}: this must be a list of questions, each beginning with `- id:`")
    objectives = read_objectives(page)
    found: dict[str, Question] = {}
    problems = []
    for n, row in enumerate(rows, start=1):
        name = row.get("id") or f"number {n}"
        own = list(_find_problems(row, objectives))
        if name in found:
            own.append("two questions have this id; give the second another one")
        problems += [f"{path.name}: question {name}: {problem}" for problem in own]
        if not own:
            found[name] = _make(page.stem, row)
    if problems:
        raise QuestionError("\n".join(problems))
    return found


def read_objectives(page: Path) -> dict[str, int]:
    """Return the objectives of a page, such as `deng-1962.point`, each with its line number.

    An objective is a bold verb in the box of objectives.
    """
    text = page.read_text(encoding="utf-8")
    return {
        f"{page.stem}.{verb.split()[0].lower()}": n
        for box in _OBJECTIVES.finditer(text)
        for n, line in enumerate(box["items"].splitlines(), start=text.count("\n", 0, box.start("items")) + 1)
        if re.match(r"\s*[-*+] ", line)
        for verb in re.findall(r"\*\*([^*]+)\*\*", line)
    }


def plain(text: str) -> str:
    """Return Markdown as a reader sees it, without roles and markup.

    Examples
    --------
    >>> plain("*Deng*, in {para}`his answer <deng-1962-p12>`")
    'Deng, in his answer'
    """
    text = re.sub(r"\{[\w:+-]+\}`([^`<]*?)\s*(?:<[^`]*>)?`", r"\1", text)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)|[*`]|(?<!\w)_|_(?!\w)", r"\1", text)


# --- answers ---


def compute(question: Question) -> int | float:
    """Return the number that a question asks for, computed with the public functions and `pd`.

    Raises
    ------
    QuestionError
        When the expression fails, or does not give a number.
    """
    import pandas as pd

    import helpers

    where = f"{question.page}.yml: question {question.id}"
    names = {name: getattr(helpers, name) for name in helpers.__all__}
    try:
        value = eval(question.code, {**names, "pd": pd})
        value = value.item() if hasattr(value, "item") else value
    except Exception as error:
        raise QuestionError(f"{where}: `code` fails with {error!r}") from error
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise QuestionError(f"{where}: `code` gives {value!r}; write an expression that gives a number")
    return int(value) if value == int(value) else value


def find_example(question: Question) -> tuple[str, str]:
    """Return words that answer a question of the kind `quote`, and their paragraph.

    They are the shortest sentence that is accepted, or part of it if it is long.  If any passage of a
    paragraph is accepted, there are no words.
    """
    sentences = loaders.load_sentences(documents="all")
    found = []
    for paragraph_id, words in question.paragraphs.items():
        for sentence in sentences.loc[sentences["paragraph_id"] == paragraph_id, "text"]:
            if word := next((word for word in words if comparable(word) in comparable(sentence)), ""):
                found.append((_cut(sentence, word), paragraph_id))
    faithful = [one for one in found if verify_quotation(*one).is_verbatim]
    return min(faithful, key=lambda one: len(one[0]), default=("", next(iter(question.paragraphs))))


def _cut(sentence: str, word: str) -> str:
    """Return a sentence, or the part between its punctuation marks that has the word."""
    if len(sentence.split()) <= _LONG:
        return sentence
    parts = [part for part in re.split(r"(?<=[,;:.])\s+", sentence) if comparable(word) in comparable(part)]
    return next((part.rstrip(",;:") for part in parts if len(part.split()) >= LEAST_WORDS), sentence)


# --- errors in questions ---


def _find_problems(row: dict, objectives: dict[str, int]) -> Iterator[str]:
    """Yield the errors in a question."""
    kind = row.get("kind")
    if kind not in NEEDED:
        yield f"there is no kind {kind!r}; the kinds are {', '.join(NEEDED)}"
        return
    allowed = _ALWAYS | NEEDED[kind] | _OPTIONAL.get(kind, set())
    for key in sorted((_ALWAYS | NEEDED[kind]) - {key for key, value in row.items() if value}):
        yield f"`{key}` is missing"
    for key in row.keys() - allowed:
        yield f"`{key}` is not a field of questions of the kind {kind}; remove it"
    if not _ID.fullmatch(str(row.get("id", ""))):
        yield "`id` must be lowercase words separated by hyphens, such as letters-in-order"
    for objective in str(row.get("objective", "")).split():
        if objective in objectives:
            continue
        near = get_close_matches(objective, objectives, n=1, cutoff=0) or list(objectives)
        offered = ", ".join(near + [name for name in objectives if name not in near]) or "none"
        yield f"the page has no objective {objective!r}; it has {offered}"
    if row.keys() >= NEEDED[kind]:
        problems = list(_rows(row, *_LISTS[kind])) if kind in _LISTS else []
        yield from problems or _LOOKED_OVER[kind](row)


def _rows(row: dict, part: str, keys: set[str], least: int, most: int) -> Iterator[str]:
    """Yield the errors in a list in a question, whose entries have these keys."""
    entries = row[part]
    if not isinstance(entries, list) or not least <= len(entries) <= most:
        n = len(entries) if isinstance(entries, list) else "no list"
        yield f"`{part}` must have {least} to {most} entries, but has {n}"
        return
    for n, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            yield f"entry {n} of `{part}` is only text; write {' and '.join(sorted(keys))}"
            continue
        for key in sorted(keys - {key for key, value in entry.items() if _tidy(value)}):
            yield f"entry {n} of `{part}` has no `{key}`"
        for key in entry.keys() - keys - ({"right"} if part == "options" else set()):
            yield f"entry {n} of `{part}` has `{key}`, which is not used here; remove it"
    names = [plain(_tidy(e.get("text", e.get("left")))) for e in entries if isinstance(e, dict)]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"two entries of `{part}` are the same: {name}"


def _options(row: dict) -> Iterator[str]:
    n_right = sum(entry.get("right") is True for entry in row["options"])
    odd = [entry for entry in row["options"] if not isinstance(entry.get("right", True), bool)]
    if odd:
        yield "`right` must be `true`, or be omitted"
    elif not n_right:
        yield "no option is right; mark one with `right: true`"
    elif row["kind"] == "choose" and n_right > 1:
        yield f"{n_right} options are right; leave one, or change the kind to several"
    elif n_right == len(row["options"]):
        yield "all options are right; add a wrong one"


def _items(row: dict) -> Iterator[str]:
    question = _make("", row)
    if question.shown == list(question.choices):
        yield "sorted by text, as a page shows them, the items are already in order; reword one"


def _pairs(row: dict) -> Iterator[str]:
    extra = row.get("extra", [])
    if not isinstance(extra, list):
        yield "`extra` must be a list of right sides"
    elif both := {_tidy(pair["right"]) for pair in row["pairs"]} & set(map(_tidy, extra)):
        yield f"`extra` contains a right side that has a partner: {', '.join(sorted(both))}"
    elif len(_make("", row).rights) < 2:
        yield "there is only one right side to choose; add another to `extra`"


def _quote(row: dict) -> Iterator[str]:
    lines = {line.paragraph_id: line for line in loaders.lines()}
    documents = sorted({line.document_id for line in lines.values()})
    if row["document"] not in documents:
        yield f"there is no document {row['document']!r}; there are {' and '.join(documents)}"
    if not isinstance(row["paragraphs"], dict):
        yield 'write `paragraphs` as {deng-1962-p01: ["silence"]}'
        return
    for paragraph_id, words in row["paragraphs"].items():
        if paragraph_id not in lines or lines[paragraph_id].document_id != row["document"]:
            yield f"{row['document']} has no paragraph {paragraph_id!r}"
        elif not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            yield f"{paragraph_id} needs a list of words; [] accepts any passage"
        else:
            readings = [comparable(lines[paragraph_id].text(reading)) for reading in READINGS]
            for word in words:
                if not any(comparable(word) in reading for reading in readings):
                    yield f"{paragraph_id} does not contain {word!r}"


def _number(row: dict) -> Iterator[str]:
    try:
        compile(str(row["code"]), "code", "eval")
    except SyntaxError as error:
        yield f"`code` is not a Python expression: {error.msg}"


# The list in a question of a kind, the fields of its entries, and their least and greatest number.
_LISTS = dict.fromkeys(("choose", "several"), ("options", {"text", "why"}, 3, 5)) | {
    "order": ("items", {"text", "why"}, 3, 8),
    "match": ("pairs", {"left", "right", "why"}, 2, 8),
}
_LOOKED_OVER = {
    "choose": _options,
    "several": _options,
    "order": _items,
    "match": _pairs,
    "quote": _quote,
    "number": _number,
}


def _tidy(text: object) -> str:
    """Return a text of several lines on one line; an unquoted `no` in YAML is not a text."""
    return "" if text is None or isinstance(text, bool) else " ".join(str(text).split())


def _make(page: str, row: dict) -> Question:
    """Return a question that has been found to be without errors."""
    text = {key: _tidy(row.get(key)) for key in ("id", "kind", "ask", "unit", "why", "hint")}
    options = [(one, one.get("right", False)) for one in row.get("options", [])]
    options += [(one, True) for one in row.get("items", [])]
    return Question(
        page=page,
        objectives=tuple(_tidy(row["objective"]).split()),
        choices=tuple(Choice(_tidy(one["text"]), _tidy(one["why"]), right) for one, right in options),
        pairs=tuple(
            Pair(*(_tidy(one[side]) for side in ("left", "right", "why"))) for one in row.get("pairs", [])
        ),
        extra=tuple(map(_tidy, row.get("extra", []))),
        document=row.get("document", ""),
        paragraphs=row.get("paragraphs", {}),
        code=_tidy(row.get("code")),
        **text,
    )
