"""What does a student win who wants points and reads nothing?

This student is code.  It has what everybody has: the text of the questions, the forms in which answers are
asked for, both documents as tables, and the tables of the book.  It knows no question: each strategy below is
one rule for all sets.  A strategy may give several answers where it cannot know which is best; then the mean
counts.  ``pytest -s`` prints what each strategy wins in each cell, and the luckiest of all answers.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import cycle, islice
from typing import Any, NamedTuple

import pandas as pd
import pytest
from tests.exercises.test_exercises import SLUGS, cell, graded, mark, notebook, session
from tests.quick import sample

from helpers import find_data, load_paragraphs
from helpers.checks.questions import Asked, choice, choices, function, number, question, quotation

MOST = 0.25
_CANDIDATES = 4
_STOP = frozenset(
    "a about all also an and answer any are as at be been but by cable can do document documents does "
    "each for from give had half has have he her his how if in into is it its least letter many most "
    "name names no not number of on one only or other out paragraph paragraphs passage passages place "
    "point points question quote record right say says table that the their them then there they this "
    "those to two was were what when where which who whom whose will with word words write wrong you "
    "your".split()
)


class Page(NamedTuple):
    """What the student sees of a question: its text, the ids it links to, and each thing with its text."""

    text: str
    linked: list[str]
    things: dict[str, str]

    @property
    def keys(self) -> list[str]:
        """Words of the question to search for: those that it marks, and then the rarest."""
        marked = [
            word.lower()
            for word in re.findall(r"`(\w+)`|(?<!\*)\*(\w+)\*(?!\*)", self.text)
            for word in word
            if word
        ]
        found = dict.fromkeys(w for w in _words(self.text) if w not in _STOP and len(w) > 2)
        rare = sorted((w for w in found if _frequency()[w]), key=lambda w: _frequency()[w])
        return list(dict.fromkeys([w for w in marked if _frequency()[w]] + rare))


@cache
def page(slug: str, name: str) -> Page:
    """Return a question as it is handed out."""
    text = re.sub(
        r"### BEGIN MARK SCHEME.*### END MARK SCHEME", "", cell(slug, f"question-{name}").source, flags=re.S
    )
    linked = list(dict.fromkeys(re.findall(r"\(#([a-z]+-\d{4}-[a-z]\d+)\)", text)))
    rows = re.findall(r"(?m)^\| (\w+) \| (.+) \|$", text) + re.findall(r"(?m)^- (\w+): (.+)$", text)
    return Page(text, linked, dict(rows))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower().replace("’", "'"))


@cache
def _texts() -> dict[str, str]:
    return load_paragraphs(sections="all").set_index("paragraph_id")["text"].to_dict()


@cache
def _frequency() -> Counter[str]:
    return Counter(word for text in _texts().values() for word in _words(text))


@cache
def _tables() -> list[list[dict[str, str]]]:
    """Return the tables of the book, the rows as texts."""
    files = sorted(find_data("letters.csv").parent.rglob("*.csv"))
    return [pd.read_csv(file, dtype=str).fillna("").to_dict("records") for file in files]


def _likeness(one: str, other: str) -> float:
    """Return the share of the words of `one` that are in `other`."""
    own = {word for word in _words(one) if word not in _STOP}
    return len(own & set(_words(other))) / len(own) if own else 0.0


# --- how the student fills in one answer; each strategy yields candidates ---


def by_position(at: int) -> Callable[[Page, Asked, str], Iterator[Any]]:
    """Take the first option of each list, or the last one."""

    def strategy(page: Page, asked: Asked, kind: str) -> Iterator[Any]:
        if kind == "choice":
            yield list(asked.options)[at]
        elif kind == "choices":
            yield dict.fromkeys(asked.things, list(asked.options)[at])
        elif kind == "items":
            yield list(asked.names)[: _n(asked, 3)] if at == 0 else list(asked.names)[-_n(asked, 3) :]
        elif kind == "number":
            yield 1 if at == 0 else 0
        elif kind == "quotation":
            yield _as_asked(asked, [_end(_texts()[place], _most(asked), at) for place in _places(page)])

    return strategy


def in_turn(page: Page, asked: Asked, kind: str) -> Iterator[Any]:
    """Take the options in turn, and numbers and days as they come in the question."""
    if kind == "choices":
        options = list(asked.options)
        for start in range(min(len(options), _CANDIDATES)):
            yield dict(zip(asked.things, islice(cycle(options), start, None), strict=False))
    elif kind == "number":
        yield from map(float, re.findall(r"(?<![-\w.¶#])\d{1,3}(?![-\w])", page.text))
    elif kind == "date":
        yield from re.findall(r"\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d", page.text)
    elif kind == "items":
        yield [name for _, name in sorted((page.text.find(name), name) for name in asked.names)]
        yield list(asked.names)


def by_likeness(page: Page, asked: Asked, kind: str) -> Iterator[Any]:
    """Take the option, with what the question says of it, that is most like the thing asked about."""
    if kind in ("choice", "choices"):
        about = {option: f"{option} {_meaning(page, option)}" for option in asked.options}
    if kind == "choice":
        yield max(about, key=lambda option: _likeness(about[option], page.text + _linked_text(page)))
        yield max(about, key=lambda option: _likeness(_meaning(page, option), _linked_text(page)))
    elif kind == "choices":
        for around in (False, True):
            yield {
                thing: max(about, key=lambda option: _likeness(about[option], _of_thing(page, thing, around)))
                for thing in asked.things
            }
    elif kind == "items":
        yield [name for name in asked.names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", page.text)]
        yield [name for name in asked.names if name in _linked_text(page)]
        known = sorted(
            asked.names, key=lambda name: -_likeness(page.things.get(name, ""), _linked_text(page))
        )
        yield known[: _n(asked, 2)]


def by_table(page: Page, asked: Asked, kind: str) -> Iterator[Any]:
    """Copy from the row of a table that is most like the question, or the thing asked about."""
    if kind == "choices":
        if columns := _columns_by_paragraph(page, asked):
            yield from columns
        else:
            yield {thing: _cell(_of_thing(page, thing, False), list(asked.options)) for thing in asked.things}
    elif kind == "choice":
        yield _cell(page.text, list(asked.options))
    elif kind == "date":
        for row in _nearest_rows(page.text)[:_CANDIDATES]:
            yield from re.findall(r"\d{4}-\d\d-\d\d", " ".join(row.values()))[:1]
    elif kind == "items":
        for row in _nearest_rows(page.text)[:_CANDIDATES]:
            yield [name for name in asked.names if name in " ".join(row.values())]
    elif kind == "number":
        for table in _tables():
            counts = Counter(value for row in table for value in row.values() if value and value in page.text)
            yield from [n for value, n in counts.most_common(2) if len(value) > 4][:1]
    elif kind == "quotation":
        rows = [row for table in _tables() for row in table if row.get("paragraph_id") in page.linked]
        cells = {row["paragraph_id"]: row["quotation"] for row in rows if row.get("quotation")}
        yield _as_asked(asked, list(cells.values()))


def by_window(page: Page, asked: Asked, kind: str) -> Iterator[Any]:
    """Cut words around a word of the question; count that word; take the day near it."""
    places = page.linked or list(_texts())
    if kind == "quotation":
        for key in page.keys[: 2 * _CANDIDATES]:
            found = [_around(_texts()[place], key, _most(asked)) for place in _places(page)]
            if any(found):
                yield _as_asked(asked, [one for one in found if one])
    elif kind == "number":
        for key in re.findall(r"`(\w+)\*?`|\*(\w+)\*?\*", page.text) or [
            (k,) for k in page.keys[:_CANDIDATES]
        ]:
            word = next(filter(None, key))
            yield sum(len(re.findall(rf"\b{word}", _texts()[place], re.I)) for place in places)
    elif kind == "date":
        yield from re.findall(r"\d{1,2} [A-Z][a-z]+ \d{4}", _linked_text(page))


def by_sentence(page: Page, asked: Asked, kind: str) -> Iterator[Any]:
    """Paste the sentences that share most words with the question, one from each paragraph."""
    if kind == "quotation":
        best = []
        for place in _places(page):
            sentences = re.split(r"(?<=[.?!])\s+", _texts()[place])
            best.append(max(sentences, key=lambda sentence: _shared(page, sentence)))
        ranked = sorted(best, key=lambda sentence: -_shared(page, sentence))
        yield _as_asked(asked, [_end(one, _most(asked), 0) for one in ranked])
        yield _as_asked(asked, [_end(one, _most(asked), -1) for one in ranked])


def by_filler(page: Page, asked: Asked, kind: str) -> Iterator[Any]:
    """Fill a text with words and pasted quotations, and write a function that returns the example."""
    if kind in ("length", "citations"):
        pasted = [f'"{_end(text, 12, 0)}" ({place})' for place, text in _texts().items() if "-p" in place]
        quoted = " ".join(pasted[1:3] + pasted[-3:-1])
        for filler in (
            "blah ",
            "the quarrel of the two parties is so important ",
            " ".join(pasted[3:9]) + " ",
        ):
            n = asked_length(asked) - len(quoted.split())
            yield f"{quoted} {' '.join((filler * 400).split()[:n])}"
    elif kind == "function":
        yield eval(f"lambda *given: {asked.gives!r}")
        yield lambda *given: sum(str(given[0]).count(str(one)) for one in given[1:])


STRATEGIES = {
    "first": by_position(0),
    "last": by_position(-1),
    "in turn": in_turn,
    "likeness": by_likeness,
    "table": by_table,
    "window": by_window,
    "sentence": by_sentence,
    "filler": by_filler,
}


# --- what the strategies share ---


def asked_length(asked: Asked) -> int:
    """Return how many words fit, where they are counted."""
    return getattr(asked, "least", 100) + 20


def _n(asked: Asked, usual: int) -> int:
    return _setting(asked, "n", usual)


def _most(asked: Asked) -> int:
    return _setting(asked, "most_words", 25)


def _setting(asked: Asked, name: str, usual: Any) -> Any:
    try:
        return getattr(asked, name)
    except AttributeError:
        return usual


def _places(page: Page) -> list[str]:
    """Return the paragraphs to look in: those that the question links, or those of its document."""
    if any("-p" in place for place in page.linked):
        return page.linked
    return [place for place in _texts() if "-p" in place and (place[:4] in page.text or not page.linked)]


def _as_asked(asked: Asked, quotations: Sequence[str]) -> str | list[str]:
    n = _n(asked, 1)
    return list(quotations[:n]) if n > 1 else next(iter(quotations), "")


def _end(text: str, n: int, at: int) -> str:
    return " ".join(text.split()[:n] if at == 0 else text.split()[-n:])


def _around(text: str, key: str, n: int) -> str:
    own = text.split()
    at = next((i for i, word in enumerate(own) if key in _words(word)), None)
    if at is None:
        return ""
    start = max(0, min(at - n // 2, len(own) - n))
    return " ".join(own[start : start + n])


def _shared(page: Page, text: str) -> float:
    return sum(1 / _frequency()[word] for word in {*_words(text)} & {*page.keys})


def _linked_text(page: Page) -> str:
    return " ".join(_texts()[place] for place in page.linked if place in _texts())


def _meaning(page: Page, option: str) -> str:
    found = re.search(rf'(?m)^[-|] (?:`"?)?{re.escape(option)}"?`?(?::| \||,) ?(.+)$', page.text)
    return found[1] if found else page.things.get(option, "")


def _of_thing(page: Page, thing: str, around: bool) -> str:
    text = page.things.get(thing, "")
    places = re.findall(r"#([\w-]+)", text) if around else []
    return " ".join([text, *(_texts()[place] for place in places if place in _texts())])


def _rows() -> list[dict[str, str]]:
    return [row for table in _tables() for row in table]


def _nearest_rows(text: str) -> list[dict[str, str]]:
    own = {word for word in _words(text) if word not in _STOP}
    rare = _rarity()
    return sorted(_rows(), key=lambda row: -sum(rare[w] for w in own & set(_words(" ".join(row.values())))))[
        :20
    ]


@cache
def _rarity() -> Counter:
    counted = Counter(word for row in _rows() for word in {*_words(" ".join(row.values()))})
    return Counter({word: 1 / n for word, n in counted.items()})


def _cell(text: str, options: list[str]) -> str:
    """Return an option that is a cell of the row most like a text, or is named in it."""
    for row in _nearest_rows(text):
        for option in options:
            if any(value.lower() == option.lower() for value in row.values()):
                return option
    for row in _nearest_rows(text):
        for option in options:
            if option.lower() in " ".join(row.values()).lower():
                return option
    return ""


def _columns_by_paragraph(page: Page, asked: Asked) -> list[dict[str, str]]:
    """Return what the tables say of each thing, those columns that say most and say it of most things.

    Looked up is the row of the same paragraph with the words that are most alike.
    """
    found = []
    for table in _tables():
        for column in table[0] if "quotation" in table[0] else ():
            codes = {thing: _code(page, thing, table, column, asked) for thing in asked.things}
            found.append({thing: code for thing, code in codes.items() if code})
    told = [(len(codes), len({*codes.values()})) for codes in found]
    return [codes for codes, n in zip(found, told, strict=True) if codes and n == max(told)]


def _code(page: Page, thing: str, table: list[dict[str, str]], column: str, asked: Asked) -> str:
    """Return the option that a cell has, or whose other spelling it has."""
    text = page.things.get(thing, "")
    rows = [row for row in table if f"#{row['paragraph_id']})" in text]
    if not rows:
        return ""
    found = set(_words(max(rows, key=lambda row: _likeness(row["quotation"], text))[column]))
    spelled = {option: [option, *others] for option, others in asked.options.items()}
    known = (option for option, names in spelled.items() if any({*_words(name)} & found for name in names))
    return next(known, "")


# --- what it wins ---


@cache
def core(slug: str) -> list[str]:
    """Return the cells of the core that mark themselves."""
    ids = [c.id for c in notebook(slug).cells]
    stretch = next(i for i, name in enumerate(ids) if name in ("stretch", "part-stretch"))
    return [c.id for c in graded(slug) if ids.index(c.id) < stretch]


def parts(name: str) -> list[Asked]:
    """Return the answers that a question asks for."""
    asked = question(name)
    return list(asked.values()) if isinstance(asked, Mapping) else [asked]


def fill_in(make: Callable, seen: Page, asked_for: list[Asked]) -> list[dict[str, Any]]:
    """Return what a strategy puts into the answers of a question, once for each of its candidates."""
    found: dict[str, list] = {}
    for asked in asked_for:
        kind = asked._form.__name__.removeprefix("check_")
        given = islice((one for one in make(seen, asked, kind) if not isinstance(one, str) or one), 8)
        found.setdefault(asked.answer, []).extend(given)
    n = max(map(len, found.values()))
    return [{answer: given[i % len(given)] for answer, given in found.items() if given} for i in range(n)]


@cache
def won(slug: str, name: str) -> dict[str, list[float]]:
    """Return the points that each strategy wins in a cell with each of its candidates."""
    namespace, seen = session(slug, name, ""), page(slug, name)
    return {
        strategy: [mark(slug, name, namespace | given).points for given in fill_in(make, seen, parts(name))]
        for strategy, make in STRATEGIES.items()
    }


def mean(points: list[float]) -> float:
    return sum(points) / len(points) if points else 0.0


def shares(slug: str) -> dict[str, float]:
    """Return the shares of the core that are won: by each strategy, by the best in each cell, and by luck."""
    whole = sum(cell(slug, name).metadata.nbgrader.points for name in core(slug))
    cells = [won(slug, name) for name in core(slug)]
    by = {strategy: sum(mean(found[strategy]) for found in cells) for strategy in STRATEGIES}
    by["best for each cell"] = sum(max(map(mean, found.values())) for found in cells)
    by["luckiest"] = sum(max(map(max, filter(None, found.values())), default=0) for found in cells)
    return {strategy: points / whole for strategy, points in by.items()}


def _shown(found: Mapping[str, float], form: str) -> str:
    return ", ".join(f"{strategy} {format(n, form)}" for strategy, n in found.items() if n)


@pytest.mark.parametrize("slug", sample(SLUGS, "deng-1962", "side-by-side"))
def test_no_rule_wins_the_core(slug):
    """Does the best rule win under a quarter of a core, even if the best one is taken for each cell?"""
    for name in core(slug):
        found = {strategy: mean(points) for strategy, points in won(slug, name).items()}
        whole = cell(slug, name).metadata.nbgrader.points
        print(f"{slug}/{name} of {whole}: {_shown(found, '.2f') or 'nothing'}")
    won_here = shares(slug)
    print(f"{slug}, the core: {_shown(won_here, '.0%')}")
    assert max(won_here[strategy] for strategy in STRATEGIES) < MOST
    assert won_here["best for each cell"] < MOST


QUOTING = [
    (slug, c.id)
    for slug in SLUGS
    for c in graded(slug)
    if any(asked._form.__name__ == "check_quotation" for asked in parts(c.id))
]


@pytest.mark.parametrize(("slug", "name"), QUOTING)
def test_words_of_the_question_are_no_way_to_the_passage(slug, name):
    """Do windows around the words of a question, and sentences with them, win half of its points at most?"""
    whole = cell(slug, name).metadata.nbgrader.points
    assert mean(won(slug, name)["window"]) <= whole / 2
    assert mean(won(slug, name)["sentence"]) <= whole / 2


# --- is the student as clever as it should be? ---

CODED = Page(
    "How do these come to us?",
    [],
    {
        "a": "[¶ 3](#deng-1962-p03) | We wish very much that you resolve the issues",
        "b": "[¶ 2](#deng-1962-p02) | I visited Deng Xiaoping in the CC CCP building",
        "c": "[¶ 12](#deng-1962-p12) | we are ready for it at any time",
    },
)
VOICES = choices("answer", things="abc", options={"quoted": [], "reported": [], "note-taker": []})
SKY = Page("Quote what Mao says of a *sky*.", ["mao-1963-p10"], {})
UNITY = Page("Quote the sentence in which unity is achieved.", ["mao-1963-p15"], {})


@pytest.mark.parametrize(
    ("make", "seen", "asked", "wins"),
    [
        (by_table, CODED, VOICES, {"a": "quoted", "b": "note-taker", "c": "reported"}),
        (by_window, SKY, quotation("answer", most_words=4), "thing. The sky won't"),
        (by_sentence, UNITY, quotation("answer", most_words=5), "our differences and achieve unity."),
        (in_turn, Page("Is it 3 or 14?", [], {}), number("answer"), 14.0),
        (by_likeness, Page("- a: a day\n- b: no day", [], {}), choice("answer", options="ab"), "a"),
        (by_filler, CODED, function("answer", arguments=(1,), gives=7), 7),
    ],
)
def test_the_student_is_not_blind(make, seen, asked, wins):
    """Does each rule find what it should where a question gives itself away?"""
    found = [given["answer"] for given in fill_in(make, seen, [asked])]
    assert wins in [one(1) if callable(one) else one for one in found]
