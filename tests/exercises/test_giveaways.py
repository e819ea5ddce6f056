"""Is there anything in the notebooks handed out that wins points without the question being answered?

Whatever a student can read is tried as the answer: every sentence, marked passage, table cell, heading, list
and line of code of all released notebooks, what the set-up prints, what the visible checks say, and the
options that the package declares.  The marks come from the hidden tests themselves: their calls are recorded
once, and then made again with each candidate.
"""

import ast
import contextlib
import inspect
import io
import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from nbgrader.preprocessors import ClearMarkScheme
from tests.exercises.test_exercises import CELLS, SLUGS, WRONG, cell, mark, run, session
from tests.exercises.test_exercises import released as without_solutions
from tests.quick import sample

from helpers import checks, load_paragraphs
from helpers.checks.names import Names
from helpers.checks.questions import SETS, question
from helpers.checks.spellings import cut
from helpers.normalize import comparable

# Questions for which any of many passages will do, so that one may be shown where another question is asked.
MANY_WILL_DO = {"cut-undone", "doctrine-quoted", "rank-quoted", "state-business-quoted"}

# Questions that print whole sentences, of which a few words are to be chosen.
CHOSEN_FROM_SENTENCES = {"ten-sentences-coded"}

# Questions in which a wrong answer to one part is right for another, and the reason says more than that.
HANDED_OVER = {
    "letters-dated": "the paragraph has three letters, and the reason does not say whose date it is",
}

DAY = r"\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d|[A-Z][a-z]+ \d{1,2}, \d{4}"
NUMBER = r"(?<![-\w.])\d+(?:\.\d+)?(?![-\w])"


# --- what the hidden tests call ---


class Call(NamedTuple):
    """One call of a `mark_*` function in a hidden test, to be made again with another answer."""

    kind: str
    answer: str
    mark: Callable[[Any], Any]
    settings: Mapping[str, Any]

    @property
    def points(self) -> float:
        return self.settings["points"]

    def as_answer(self, quotation: str) -> str | list[str]:
        """Return a quotation in the form in which it is asked for."""
        return [quotation] if self.settings["n"] > 1 else quotation


@cache
def calls(slug: str, name: str) -> list[Call]:
    """Return the calls in the hidden tests of a question, in their order."""
    found: list[Call] = []
    namespace = session(slug, name, "")
    with pytest.MonkeyPatch.context() as patch:
        for kind in [n for n in checks.__all__ if n.startswith("mark_")]:
            patch.setattr(checks, kind, _recorder(kind, getattr(checks, kind), found))
        mark(slug, name, namespace)
    assert found
    return found


def _recorder(kind: str, original: Callable, found: list[Call]) -> Callable:
    signature = inspect.signature(original)

    def record(*args: Any, **kwargs: Any) -> Any:
        settings = signature.bind(*args, **kwargs)
        settings.apply_defaults()
        variable = args[0].__code__.co_names[0]

        def again(answer: Any) -> Any:
            return original(answer, *args[1:], **kwargs)

        found.append(Call(kind, variable, again, settings.arguments))
        return original(*args, **kwargs)

    return record


# --- what a student can read ---


class Place(NamedTuple):
    """A place in a notebook: its set, the question that it belongs to or the id of the cell, and its text."""

    slug: str
    cell: str
    text: str
    is_code: bool

    def __str__(self) -> str:
        return f"{self.slug}/{self.cell}"

    def is_of(self, name: str) -> bool:
        return self.cell in (name, f"question-{name}", f"answer-{name}")


Found = tuple[Place, Any]


@cache
def places() -> list[Place]:
    """Return all that the released notebooks show before anything is answered."""
    found = []
    for slug in SLUGS:
        nb, _ = ClearMarkScheme(enforce_metadata=False).preprocess(deepcopy(without_solutions(slug)), {})
        for c in nb.cells:
            assert "MARK SCHEME" not in c.source and "COMMENTARY" not in c.source
            found.append(Place(slug, c.id, c.source, c.cell_type == "code"))
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            run(cell(slug, "set-up").source, {})
        found.append(Place(slug, "set-up printed", printed.getvalue(), False))
    for slug, name in CELLS:
        for typed in ("", "nonsense"):
            namespace = session(slug, name, "")
            namespace |= {n: typed for n in namespace if n.startswith("answer_")}
            form = run(cell(slug, name, of=without_solutions).source, namespace)
            said = "\n".join(form.sentences).replace(checks.forms._LATER, "")
            found.append(Place(slug, name, said, False))
    return found


def lines(place: Place) -> Iterator[str]:
    """Yield the lines of a place without the marks of a link."""
    for line in place.text.splitlines():
        yield re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", line)


@cache
def lists() -> list[tuple[Place, list]]:
    """Return the lists and dictionaries that can be read or copied from a place."""
    found = []
    for place in places():
        shown = _lists_of_code(place.text) if place.is_code else _lists_of_prose(place)
        found += [(place, made) for made in shown if len(made) > 1]
    for slug, name in CELLS:
        if slug not in SETS:  # a new set, which does not declare its questions yet
            continue
        asked = question(name)
        for part in asked.values() if isinstance(asked, Mapping) else [asked]:
            for setting in ("options", "things", "keys"):
                declared = getattr(part, setting, None)
                if declared and len(declared) > 1:
                    found.append((Place(slug, name, "", True), list(declared)))
    return found


def _lists_of_code(code: str) -> Iterator[list | dict]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict):
            with contextlib.suppress(ValueError):
                made = ast.literal_eval(node)
                if isinstance(made, dict):
                    yield made
                    yield list(made.values())
                yield list(made)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.split()
            yield cut(node.value)
    yield cut(re.sub(r"^\W*#", "", code, flags=re.M))


def _lists_of_prose(place: Place) -> Iterator[list]:
    rows, bullets = [], []
    for line in [*lines(place), ""]:
        cells = [part.strip() for part in line.strip(" |").split(" | ")] if line.startswith("|") else []
        if cells:
            rows.append(cells)
        elif rows:
            yield from (list(column) for column in zip(*rows[:1] + rows[2:], strict=False))
            yield from (list(column) for column in zip(*rows[2:], strict=False))
            rows = []
        if found := re.match(r"\s*(?:[-*]|\d+\.)\s+(.+)", line):
            bullets.append(found[1])
        elif bullets:
            yield [re.sub(r"^\w: ", "", one) for one in bullets]
            yield [one.partition(":")[0].strip("`\"'* ") for one in bullets]
            bullets = []
        for sentence in re.split(r"(?<=[.?!:;])\s", line):
            yield cut(re.sub(r"\b(?:and|or)\b", ",", sentence))
            yield re.findall(r"[A-Z][\w.]+(?: [A-Z][\w.]+)*", sentence)
    for pattern in (
        r"`([^`]+)`",
        r"\*([^*]+)\*",
        r'"([^"]+)"',
        r"\(#([^)]+)\)",
        r"\b((?:deng|mao)-\d{4}-p\d+)\b",
    ):
        yield list(dict.fromkeys(found.strip("\"'") for found in re.findall(pattern, place.text)))


# --- the search, by the kind of what is asked for ---


def passages(call: Call, name: str) -> Iterator[Found]:
    """Yield where a quotation can be copied that wins: any words together that its paragraphs have."""
    pairs = _pairs(call)
    tried: dict[str, bool] = {}
    for place in places():
        for line in lines(place):
            for said in _runs(_words(line), pairs, call.settings["most_words"]):
                if said not in tried:
                    tried[said] = _may_win(said, call) and call.mark(call.as_answer(said)).points > 0
                if tried[said]:
                    yield place, said


def _pairs(call: Call) -> set[tuple[str, str]]:
    """Return the pairs of neighboring words in the paragraphs that may be quoted."""
    sources = [_words(_texts()[paragraph]) for paragraph in call.settings["paragraphs"]]
    return {pair for source in sources for pair in pairwise(source)}


def _may_win(said: str, call: Call) -> bool:
    """Say whether words have the first of those asked for, so that it is worth while to mark them."""
    asked = call.settings["paragraphs"]
    keys = asked.values() if isinstance(asked, Mapping) else [""]
    each = [key for one in keys for key in ([one] if isinstance(one, str) else one or [""])]
    return any(comparable(key).split(" ")[0] in said for key in each)


@cache
def _texts() -> dict[str, str]:
    return load_paragraphs(sections="all", documents="all").set_index("paragraph_id")["text"].to_dict()


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'’.-]*\w", comparable(text))


def _runs(said: list[str], pairs: set[tuple[str, str]], most: int = 25) -> Iterator[str]:
    """Yield the runs of three words or more of which each pair may be in a source; long ones in parts."""
    start = 0
    for i in range(1, len(said) + 1):
        if i == len(said) or (said[i - 1], said[i]) not in pairs:
            if i - start >= 3:
                for at in range(start, max(i - most, start) + 1, 3):
                    yield " ".join(said[at : min(at + most, i)])
            start = i


def ordered(call: Call, name: str) -> Iterator[Found]:
    """Yield where a list can be copied, also backward or sorted, that wins points for an order or a set.

    A list from elsewhere may name some things of a set; it must win more than half.
    """
    find = _finder(call.settings["names"] or call.settings["right"])
    wanted = {find(one) for one in call.settings["right"]}
    for place, made in lists():
        typed = [one for one in made if isinstance(one, str | int)]
        if len(wanted & {find(str(one)) for one in typed}) < max(2, len(wanted) / 2):
            continue
        limit = 0 if call.kind == "mark_order" else call.points * (0.25 if place.is_of(name) else 0.5)
        if any(call.mark(one).points > limit for one in (typed, typed[::-1], sorted(typed, key=str))):
            yield place, typed


def chosen(call: Call, name: str) -> Iterator[Found]:
    """Yield where the options of several things can be copied in the right order."""
    right = dict(call.settings["right"])
    find = _finder(call.settings["options"])
    for place, made in lists():
        for given in [made] if isinstance(made, dict) else [made, made[::-1]]:
            found = given if isinstance(given, dict) else dict(zip(right, given, strict=False))
            if len(given) != len(right) or not set(map(str, found)) >= set(right):
                continue
            n = sum(find(str(found.get(thing))) == option for thing, option in right.items())
            limit = call.points * (0.25 if place.is_of(name) else 0.5)
            if n > 1 and call.mark(found).points > limit:
                yield place, given


def _finder(names: Any) -> Callable[[str], str | None]:
    known = Names(names)
    return _FINDERS.setdefault(
        tuple(known.all), cache(lambda typed: known.find(typed) if len(typed) < 100 else None)
    )


_FINDERS: dict[tuple[str, ...], Callable[[str], str | None]] = {}


def alone(call: Call, name: str) -> Iterator[Found]:
    """Yield where the question itself names the right option, and not every other one."""
    options = set(call.settings["options"])
    own = [place for place in places() if place.is_of(name)]
    text = " ".join(place.text for place in own)
    named = {option for option in options if re.search(rf"(?<!\w){re.escape(option)}(?!\w)", text)}
    if call.settings["right"] in named and named != options:
        yield own[0], sorted(named)


def values(call: Call, name: str) -> Iterator[Found]:
    """Yield where the question itself has the number that is right, or any notebook the day."""
    for place in places():
        text = re.sub(r"\([^()]*\bpoints?\b[^()]*\)|¶+ ?\d+|[a-z]+-\d{4}-\w+|^[-\w]+:", " ", place.text)
        if call.kind == "mark_date":
            typed = re.findall(DAY, text)
        elif place.is_of(name):
            typed = re.findall(NUMBER, text)
        else:
            continue
        yield from ((place, one) for one in dict.fromkeys(typed) if call.mark(one).points > 0)


SEARCHES = {
    "mark_choice": alone,
    "mark_choices": chosen,
    "mark_date": values,
    "mark_number": values,
    "mark_order": ordered,
    "mark_quotation": passages,
    "mark_set": ordered,
}


def giveaways(slug: str, name: str) -> dict[str, Any]:
    """Return the places that win points for a question, each with the words or the list that do."""
    found: dict[str, Any] = {}
    for call in calls(slug, name):
        if call.kind in SEARCHES:
            for place, what in SEARCHES[call.kind](call, name):
                found.setdefault(str(place), what)
    return found


@pytest.mark.parametrize(("slug", "name"), sample(CELLS, *CELLS[::3]))
def test_nothing_handed_out_wins(slug, name):
    """Does nothing that a student can read win points?"""
    found = giveaways(slug, name)
    if name in MANY_WILL_DO:
        found = {place: what for place, what in found.items() if name in place}
    if name in CHOSEN_FROM_SENTENCES:
        found = {place: what for place, what in found.items() if name not in place}
    told = [f"{place}: {what!r}" for place, what in found.items()]
    assert not told, "\n".join(told)


# --- the reasons for wrong answers ---


def tells(call: Call, slug: str, name: str, answer: str, sentence: str) -> bool:
    """Say whether the reason for a wrong answer has what is right, in words that the student did not type."""
    namespace = session(slug, name, answer)
    typed = answer + " ".join(_shown(given) for n, given in namespace.items() if n.startswith("answer_"))
    given, right = namespace.get(call.answer), call.settings.get("right")
    # How many the student gave is the student's own.
    sentence = re.sub(r"`[^`]*`|This is a list of \d+", " ", sentence)
    if call.kind == "mark_choice":
        named = {one for one in call.settings["options"] if _is_named(one, sentence, typed)}
        left = {one for one in call.settings["options"] if one not in named and one not in typed}
        return right in named or (bool(named) and left == {right})
    if call.kind == "mark_choices":
        thing = next((one for one in right if re.search(rf"(?:^|: ){re.escape(one)}: ", sentence)), None)
        # The same sentence is told wherever an option is wrong: it tells what is right in all these places.
        keys = {one: {key} if isinstance(key, str) else set(key) for one, key in right.items()}
        every = set().union(*keys.values())
        others = {option for option in every if option not in typed} or every
        return (
            thing is not None
            and len(others) == 1
            and any(_is_named(key, sentence, typed) for key in keys[thing])
        )
    if call.kind in ("mark_set", "mark_order"):
        return " is read as " not in sentence and any(_is_named(one, sentence, typed) for one in right)
    if call.kind in ("mark_number", "mark_date"):
        found = [one for one in re.findall(f"{DAY}|{NUMBER}", sentence) if one not in typed]
        return call.mark(given).points == 0 and any(call.mark(one).points for one in found)
    if call.kind == "mark_quotation":
        runs = [one for one in _runs(_words(sentence), _pairs(call)) if one not in " ".join(_words(typed))]
        return any(call.mark(call.as_answer(one)).points > call.mark(given).points for one in runs)
    return False


def _shown(given: Any) -> str:
    try:
        return repr(given)
    except ValueError:  # a number with too many digits
        return ""


def _is_named(option: str, sentence: str, typed: str) -> bool:
    return option not in typed and bool(re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", sentence))


@pytest.mark.long
@pytest.mark.parametrize(("slug", "name"), CELLS)
def test_no_reason_tells_what_is_right(slug, name):
    """Does no reason for a wrong answer have the right one, or leave one option only?"""
    told = []
    for answer in [wrong.values[-1] for wrong in WRONG if wrong.values[:2] == (slug, name)]:
        reasons = mark(slug, name, session(slug, name, answer)).reasons
        lost = [r.sentence for r in reasons if r.points <= 0 and "There is no `" not in r.sentence]
        told += [
            f"{answer} -> {said}"
            for c in calls(slug, name)
            for said in lost
            # All of the options, as the question lists them, tell nothing.
            if tells(c, slug, name, answer, said.partition(" is not one of the options: ")[0])
        ]
    assert not told, "\n".join(told)


@pytest.mark.parametrize(("slug", "name"), CELLS)
def test_no_part_hands_over_another(slug, name):
    """Is no wrong answer to one part of a question told to be the right one of another part?"""
    found = [call for call in calls(slug, name) if call.kind in ("mark_date", "mark_number")]
    told = [
        f"{call.answer}: {said}"
        for call in found
        for wrong, said in (call.settings["misreadings"] or {}).items()
        if any(other is not call and other.mark(wrong).points == other.points for other in found)
    ]
    assert bool(told) == (name in HANDED_OVER), "\n".join(told) or "take it off the table"


# --- are these tests blind? ---


ANSWER = ""


def _call(kind: str, **settings: Any) -> Call:
    found: list[Call] = []
    _recorder(kind, getattr(checks, kind), found)(lambda: ANSWER, **settings)
    return found[0]


# For each kind what is asked for, and then what is shown: on a page or in code, and whether it wins.
SKY = ("mark_quotation", {"paragraphs": {"mao-1963-p10": "sky"}})
MEN = ("mark_order", {"right": ["Mao", "Deng", "Liu", "Zhou"]})
BY_ALPHABET = ("mark_order", {"right": ["Deng", "Liu", "Mao", "Zhou"]})
COUNTRIES = ("mark_set", {"right": ["Albania", "Cuba"], "names": checks.party_names()})
PAIRS = ("mark_choices", {"right": {"a": "P", "b": "Q"}, "options": "PQR"})
MAN = ("mark_choice", {"right": "Mao", "options": ["Mao", "Deng"]})
PLANTED = [
    (SKY, "page", "### The sky won't collapse", True),
    (SKY, "page", "| a | the *Sky* won’t collapse. |", True),
    (SKY, "code", '_words = ["The sky won\'t collapse"]', True),
    (SKY, "page", "The sky is blue, and it will fall.", False),
    (SKY, "page", "this debate is not a terrible thing", False),
    (MEN, "code", "_names = {'Mao': 1, 'Deng': 2, 'Liu': 3, 'Zhou': 4}", True),
    (MEN, "page", "- Zhou\n- Liu\n- Deng\n- Mao", True),
    (MEN, "page", "Deng, Liu, Mao and Zhou", False),
    (BY_ALPHABET, "code", "names = 'Zhou Deng Mao Liu'.split()", True),
    (COUNTRIES, "page", "They are Albania and Cuba.", True),
    (COUNTRIES, "page", "They are Albania and Korea.", False),
    (PAIRS, "code", "{'a': 'P', 'b': 'Q'}", True),
    (PAIRS, "code", "['R', 'Q']", False),
    (MAN, "page", "Was it Mao?", True),
    (MAN, "page", "Was it Mao or Deng?", False),
    (("mark_number", {"right": 19}), "page", "(2 points) In [¶ 19](#deng-1962-p19) there are 21.", False),
    (("mark_number", {"right": 19}), "page", "The record has 19 paragraphs.", True),
    (("mark_date", {"right": "1962-04-09"}), "page", "It took place on 9 April 1962.", True),
]


@pytest.mark.parametrize(("asked", "where", "shown", "wins"), PLANTED)
def test_a_planted_giveaway_is_seen(monkeypatch, asked, where, shown, wins):
    """Is what wins found in each kind of place, and nothing else?"""
    place = Place("a-set", "question-asked", shown, where == "code")
    monkeypatch.setattr("tests.exercises.test_giveaways.places", lambda: [place])
    monkeypatch.setattr("tests.exercises.test_giveaways.lists", lists.__wrapped__)
    monkeypatch.setattr("tests.exercises.test_giveaways.CELLS", [])
    kind, settings = asked
    assert bool(list(SEARCHES[kind](_call(kind, points=2, **settings), "asked"))) == wins
