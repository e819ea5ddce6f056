"""Is every quotation question of the exercises fair, whatever form a right or a wrong quotation has?

The cases are derived from each question's own solution and from the paragraphs that it asks for.
"""

import re
from functools import cache
from itertools import combinations
from typing import NamedTuple

import pytest
from tests.exercises.test_exercises import CELLS, answer_cell, cell, mark, released, run, said, session
from tests.exercises.test_giveaways import MANY_WILL_DO

from helpers import checks, find_quotation, load_paragraphs
from helpers.checks.quoting import mark_quotation
from helpers.normalize import comparable, words

QUOTING = [(slug, name) for slug, name in CELLS if "mark_quotation" in cell(slug, name).source]
TEXTS = load_paragraphs(sections="all", documents="all").set_index("paragraph_id")["text"]
NONSENSE = "xylophone"


class Asked(NamedTuple):
    """One quotation that a question asks for: the paragraph, the words, the limit, and our answer."""

    place: str
    keys: list[str]
    most_words: int
    solution: str

    @property
    def text(self):
        return " ".join(TEXTS[self.place].split())

    @property
    def key(self):
        """The one of the words asked for that the solution has."""
        return next(key for key in self.keys if comparable(key) in comparable(self.solution))

    def part(self, quotation):
        """Return the part of the points that a quotation wins."""
        wanted = {self.place: self.keys}
        return mark_quotation(quotation, paragraphs=wanted, points=1, most_words=self.most_words).points


@cache
def asked(slug, name):
    """Return what a cell asks for, as its hidden tests say."""
    found = []

    def record(answer, *, paragraphs, most_words=checks.quoting.MOST_WORDS, n=1, **rest):
        given = answer()
        for solution in [given] if isinstance(given, str) else given:
            place = next((p for p in find_quotation(solution)["paragraph_id"] if p in paragraphs), None)
            if place is None:  # a set that is not solved yet, which other tests say
                continue
            keys = paragraphs[place]
            found.append(Asked(place, [keys] if isinstance(keys, str) else list(keys), most_words, solution))
        return mark_quotation(answer, paragraphs=paragraphs, most_words=most_words, n=n, **rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "mark_quotation", record)
        mark(slug, name, session(slug, name, answer_cell(slug, name).source))
    return found


QUOTING = [(slug, name) for slug, name in QUOTING if asked(slug, name)]
EACH = [(f"{name}:{one.place}", one) for slug, name in QUOTING for one in asked(slug, name)]
# A third of them each time, and all with the long tests.
SOME = [pytest.param(one, id=at, marks=pytest.mark.long if n % 3 else ()) for n, (at, one) in enumerate(EACH)]
each = pytest.mark.parametrize("one", SOME)


def _around(one, before=3, after=3):
    """Return the words before the key of the solution, the key, and those after it, within the limit."""
    room = (one.most_words - len(words(one.key))) // 2
    before, after = min(before, room), min(after, room)
    at = comparable(one.text).index(comparable(one.key))
    end = at + len(one.key)
    end += len(re.match(r"[^\s]*", one.text[end:])[0])
    return (
        words(one.text[:at])[len(words(one.text[:at])) - before :],
        one.text[at:end].split(),
        words(one.text[end:])[:after],
    )


def _shares(key, quoted):
    """Return how many of the words asked for are in a quotation, from 0 to 1."""
    asked_for, given = (re.findall(r"\w+", comparable(text)) for text in (key, quoted))
    return sum(word in given for word in asked_for) / len(asked_for)


def _has_another(one, quoted, but=""):
    """Say whether words that are asked for are in a quotation after all."""
    plain = comparable(" ".join(quoted))
    return any(comparable(key) in plain for key in one.keys if key != but)


@each
def test_brackets_cost_nothing(one):
    """Are the quoter's own brackets free, also inside the words asked for?"""
    before, key, after = _around(one)
    for quoted in (
        [*before, key[0], "[sic]", *key[1:], *after],
        ["[Here]", *before, *key, *after],
        [*before, *key, *after, "[and so on]"],
        [*before, *key[:-1], "[as it says here]", key[-1], *after],
    ):
        assert one.part(" ".join(quoted)) == 1, quoted


@each
def test_omission(one):
    """Is an omission free that keeps the words asked for, and does one that drops them win nothing?"""
    before, key, after = _around(one)
    last = words(one.text)[-2:]
    if len(after) == 3 and last[0] not in after:
        assert one.part(" ".join([*before, *key, *after[:2], "...", *last])) == 1
    if len(before) == 3 and len(after) == 3:
        left_out = " ".join([*before, "...", *after])
        if not any(_shares(other, left_out) > 0.5 for other in one.keys):
            assert one.part(left_out) == 0


@each
def test_neighborhood_wins_nothing(one):
    """Does a passage beside the words asked for win nothing, nor the far ends of the paragraph?"""
    own = words(one.text)
    for start in range(0, len(own) - 8, 8):
        quoted = " ".join(own[start : start + 8])
        if not any(_shares(key, quoted) or comparable(key) in comparable(quoted) for key in one.keys):
            assert one.part(quoted) == 0, quoted
    if len(own) > one.most_words:
        ends = [*own[:5], NONSENSE, "...", *own[-6:]]
        assert one.part(" ".join(ends)) == 0 or _has_another(one, ends)


@each
def test_whole_paragraph_wins_nothing(one):
    """Does the whole paragraph win nothing, word for word or with a slip, if it is longer than the limit?"""
    own = words(one.text)
    if len(own) > one.most_words:
        assert one.part(one.text) == 0
        assert one.part(" ".join([*own[:3], NONSENSE, *own[4:]])) == 0


def _slipped(word):
    return word[:2] + word[3] + word[2] + word[4:]


@each
def test_slip_wins_half(one):
    """Does a swapped letter win half, in the words asked for and beside them?"""
    before, key, after = _around(one, 5, 5)
    quoted = [*before, *key, *after][: one.most_words]
    slips = [i for i, word in enumerate(quoted) if re.fullmatch("[a-z]{5,}", word) and word[2] != word[3]]
    for i in slips:
        changed = [*quoted[:i], _slipped(quoted[i]), *quoted[i + 1 :]]
        assert one.part(" ".join(changed)) == 0.5, changed


@each
def test_invention_wins_nothing(one):
    """Does another word in the place of one asked for win nothing, nor an invented one beside them?"""
    before, key, after = _around(one)
    for i, word in enumerate(key):
        if word.lower() not in ("a", "an", "the"):
            changed = [*before, *key[:i], NONSENSE, *key[i + 1 :], *after]
            assert one.part(" ".join(changed)) == 0 or _has_another(one, changed), changed
    added = [*before, NONSENSE, *key, *after]
    assert one.part(" ".join(added)) == 0 or _has_another(one, added, but=one.key)


@each
def test_words_asked_for_swapped(one):
    """Do the words asked for win half at most when two of them have changed places?"""
    before, key, after = _around(one, 5, 5)
    for i in range(len(key) - 1):
        if key[i] != key[i + 1]:
            changed = [*before, *key[:i], key[i + 1], key[i], *key[i + 2 :], *after]
            assert one.part(" ".join(changed)) <= 0.5, changed


@each
def test_two_words_win_half(one):
    """Do two words win half, and one none, if they are all that is asked for?"""
    if len(words(one.key)) == 2:
        assert one.part(one.key) == 0.5
    assert one.part(words(one.key)[0]) == 0


@each
@pytest.mark.parametrize(
    "form",
    [
        '"{}" ({id})',
        '"{}", {id}',
        "{id}: {}",
        '{id}: "{}"',
        "{} ({title}, {sign} {n})",
        '"{}" ({year}, {sign} {n})',
        "“{}” — {title}, {sign} {n}",
        "{} ({n})",
        "{} [{year}, {sign}{n}]",
        "«{}.» (see {title}, {sign} {n})",
        '"{} ({sign}{n})"',
    ],
)
def test_reference_costs_nothing(one, form):
    """Is a reference beside a quotation free, in every form that students write?"""
    document, _, line = one.place.rpartition("-")
    sign, n = "¶" if line[0] == "p" else line[0], int(line[1:])
    title, year = document.replace("-", " ").title(), document[-4:]
    quoted = form.format(one.solution.rstrip("."), id=one.place, title=title, year=year, sign=sign, n=n)
    assert one.part(quoted) == 1, quoted


def open_text(slug, name):
    """Return the question as a student reads it, without what is for markers only."""
    source = cell(slug, f"question-{name}").source
    return re.sub(r"### BEGIN MARK SCHEME.*### END MARK SCHEME", "", source, flags=re.DOTALL)


@pytest.mark.parametrize(("slug", "name"), QUOTING)
def test_one_quotation_twice(slug, name):
    """Can no passage within the limit win the points of two quotations of one question?"""
    for first, second in combinations(asked(slug, name), 2):
        if first.place == second.place:
            own = words(first.text)
            limit = min(first.most_words, second.most_words)
            for start in range(len(own)):
                quoted = " ".join(own[start : start + limit])
                assert first.part(quoted) + second.part(quoted) <= 1, quoted


@pytest.mark.parametrize(("slug", "name"), QUOTING)
def test_limit_is_told(slug, name):
    """Does each question say how many words a quotation may have, and does the visible check hold to it?"""
    limits = {one.most_words for one in asked(slug, name)}
    assert len(limits) == 1
    assert re.search(rf"(at most|\d to) {limits.pop()}( words\b|,)", open_text(slug, name).lower())
    namespace = session(slug, name, answer_cell(slug, name).source)
    for one in asked(slug, name):
        if len(words(one.text)) > one.most_words:
            longer = " ".join(words(one.text)[: one.most_words + 1])
            given = {
                key: longer if value == one.solution else [longer if v == one.solution else v for v in value]
                for key, value in namespace.items()
                if key.startswith("answer_") and (value == one.solution or isinstance(value, list))
            }
            assert "is too long" in said(mark(slug, name, namespace | given)) or one.part(longer) == 0
            form = run(cell(slug, name, of=released).source, namespace | given)
            assert "is too long" in form._repr_html_()


@pytest.mark.parametrize(("slug", "name"), QUOTING)
def test_window(slug, name):
    """Is a stretch of the paragraph, as long as allowed and taken blindly, right only now and then?

    Asked where the question names the paragraph; elsewhere the paragraph must be found first.
    """
    for one in asked(slug, name):
        if f"#{one.place})" not in open_text(slug, name) or name in MANY_WILL_DO:
            continue
        own = words(one.text)
        starts = range(max(1, len(own) - one.most_words + 1))
        won = [one.part(" ".join(own[start : start + one.most_words])) for start in starts]
        print(f"{slug}:{name}:{one.place}: {sum(won) / len(won):.0%} of {one.most_words} words taken blindly")
        assert sum(won) / len(won) <= 0.45
