"""Do the exercises mark fairly: right answers as students write them, wrong ones, and hostile ones?

Every cell runs as in nbgrader, but in this process: set-up, answer, test cell.
"""

import ast
import builtins
import contextlib
import importlib
import io
import itertools
import random
import re
import warnings
from collections.abc import Mapping
from copy import deepcopy
from functools import cache, lru_cache
from pathlib import Path

import nbformat
import pytest
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from nbgrader.utils import is_grade, is_solution
from tests.exercises.hostile import HOSTILE

import helpers
from helpers import checks as marking
from helpers import find_quotation, load_paragraphs
from helpers.checks import Mark
from helpers.checks import marking as checks
from helpers.checks.questions import SETS, questions_of
from helpers.checks.skills import SKILLS
from helpers.coursework.redaction import commentary_of

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "exercises" / "source").glob("*/*.ipynb"))
SLUGS = [path.stem for path in SOURCES]


@cache
def notebook(slug):
    return nbformat.read(ROOT / "exercises" / "source" / slug / f"{slug}.ipynb", 4)


@cache
def released(slug):
    """Return the notebook without solutions and hidden tests."""
    nb = deepcopy(notebook(slug))
    nb, _ = ClearSolutions(code_stub={"python": ""}).preprocess(nb, {})
    nb, _ = ClearHiddenTests().preprocess(nb, {})
    return nb


def variants(slug):
    return importlib.import_module(f"tests.exercises.{slug.replace('-', '_')}")


def graded(slug):
    """Return the cells that are marked without a person."""
    return [cell for cell in notebook(slug).cells if is_grade(cell) and not is_solution(cell)]


def cell(slug, name, *, of=notebook):
    return next(cell for cell in of(slug).cells if cell.id == name)


def answer_cell(slug, name, *, of=notebook):
    """Return the cell in which a student answers what a test cell marks: the nearest one above it.

    It may be an answer that a person reads too.
    """
    cells = of(slug).cells
    above = cells[: [cell.id for cell in cells].index(name)]
    return next(cell for cell in reversed(above) if is_solution(cell))


@lru_cache(maxsize=1000)
def compiled(source):
    """Return the code of a cell, and that of its last expression or None."""
    tree = ast.parse(source)
    last = tree.body.pop().value if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    shown = last and compile(ast.Expression(last), "<cell>", "eval")
    return compile(tree, "<cell>", "exec"), shown


def run(source, namespace):
    """Run a cell and return the value of its last expression, as a notebook shows it."""
    code, shown = compiled(source)
    exec(code, namespace)
    return eval(shown, namespace) if shown else None


@cache
def set_up(slug):
    with contextlib.redirect_stdout(io.StringIO()):
        namespace = {}
        run(cell(slug, "set-up").source, namespace)
    return namespace


def session(slug, name, answer):
    """Return a namespace in which the set-up cell, one untouched answer cell and an answer have run."""
    namespace = {n: deepcopy(v) if hasattr(v, "columns") else v for n, v in set_up(slug).items()}
    with contextlib.redirect_stdout(io.StringIO()):
        run(answer_cell(slug, name, of=released).source, namespace)
        run(answer, namespace)
    return namespace


def mark(slug, name, namespace, source=None):
    """Return the mark of one test cell; anything on stderr or any warning would be zero in nbgrader."""
    stderr = io.StringIO()
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stderr(stderr),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        warnings.simplefilter("error")
        result = run(source or cell(slug, name).source, namespace)
    assert stderr.getvalue() == ""
    assert isinstance(result, Mark)
    return result


def said(result):
    return "\n".join(reason.sentence for reason in result.reasons)


CELLS = [(slug, c.id) for slug in SLUGS for c in graded(slug)]
FIRST = 3
"""How many right and how many wrong answers to each question are tried every time; the long tests try all."""


def later(i):
    """Return the mark of an answer by its place among those to its question."""
    return () if i < FIRST else pytest.mark.long


RIGHT = [
    pytest.param(slug, name, answer, id=f"{slug}:{name}:{i}", marks=later(i))
    for slug, name in CELLS
    for i, answer in enumerate(variants(slug).RIGHT.get(name, ()))
]
WRONG = [
    pytest.param(slug, name, *wrong, id=f"{slug}:{name}:{i}", marks=later(i))
    for slug, name in CELLS
    for i, wrong in enumerate(variants(slug).WRONG.get(name, ()))
]


@pytest.mark.parametrize(("slug", "name", "answer"), RIGHT)
def test_right_answer(slug, name, answer):
    """Does a right answer get full points, however it is written, and nothing but remarks beside them?"""
    result = mark(slug, name, session(slug, name, answer))
    assert result.points == cell(slug, name).metadata.nbgrader.points, said(result)
    assert all(reason.points >= 0 and not reason.paragraphs for reason in result.reasons)


@pytest.mark.parametrize(("slug", "name", "points", "reason", "answer"), WRONG)
def test_wrong_answer(slug, name, points, reason, answer):
    """Does a wrong answer get these points, and is it told why?"""
    result = mark(slug, name, session(slug, name, answer))
    assert (result.points, reason in said(result)) == (points, True), said(result)


FUNCTIONS = [(slug, name) for slug, name in CELLS if "mark_function" in cell(slug, name).source]


@pytest.mark.parametrize(("slug", "name"), FUNCTIONS)
def test_naive_functions(slug, name):
    """Do functions that miss the difficulty get a third of the points at most, and constants none?"""
    naive = variants(slug).NAIVE[name]
    points = {about: mark(slug, name, session(slug, name, code)).points for about, code in naive.items()}
    print(f"{slug}:{name}: {points}")
    assert len(naive) >= 4
    assert max(points.values()) <= cell(slug, name).metadata.nbgrader.points / 3, points
    assert not any(won for about, won in points.items() if about.endswith("computed")), points


# --- answers that no student should give; the readers that take them are tested in test_marking.py ---


def asked_for(slug, name):
    """Return the names that a test cell reads from the student."""
    tree = ast.parse(cell(slug, name).source)
    # An answer is read by a function of nothing; one of something looks at a table.
    lambdas = [node for node in ast.walk(tree) if isinstance(node, ast.Lambda) and not node.args.args]
    asked = {n.id for found in lambdas for n in ast.walk(found.body) if isinstance(n, ast.Name)}
    return asked - {"my_name"}  # it draws the question, and without it the question is as in the text


@pytest.mark.long
@pytest.mark.parametrize(("slug", "name"), CELLS)
def test_hostile_answers(slug, name):
    """Does a cell give zero and a reason to every answer that raises, lies, never ends or is no answer?"""
    namespace = session(slug, name, "")
    for hostile, make in HOSTILE.items():
        namespace |= {asked: make() for asked in asked_for(slug, name)}
        result = mark(slug, name, namespace)
        assert (result.points, bool(result.reasons)) == (0, True), hostile
        assert all(reason.sentence for reason in result.reasons), hostile
        assert "<script" not in result._repr_html_(), hostile
        form = run(cell(slug, name, of=released).source, namespace)
        assert repr(form) + form._repr_html_(), hostile


@pytest.mark.parametrize("slug", SETS)
def test_questions_are_declared(slug):
    """Is each question declared once, in a set of its own, with the answers that its hidden tests read?"""
    names = [name for other in SETS for name in questions_of(other)]
    assert len(names) == len(set(names))
    assert set(questions_of(slug)) == {c.id for c in graded(slug)}
    for name, asked in questions_of(slug).items():
        parts = asked.values() if isinstance(asked, Mapping) else [asked]
        assert {part.answer for part in parts} == asked_for(slug, name)
        assert f'check("{name}")' in cell(slug, name, of=released).source


@pytest.mark.parametrize(("slug", "name"), CELLS)
def test_untouched(slug, name):
    """Does the answer cell as released get zero, and is the student told that nothing was answered?"""
    result = mark(slug, name, session(slug, name, ""))
    assert result.points == 0
    assert "Not answered yet." in said(result)
    assert not any(reason.paragraphs for reason in result.reasons)
    assert repr(run(cell(slug, name, of=released).source, session(slug, name, ""))) == "0"


@pytest.mark.parametrize(("slug", "name"), CELLS)
def test_nothing_was_run(slug, name):
    """Does a test cell that is run first of all give zero, and say which answer is missing?"""
    result = mark(slug, name, {})
    assert result.points == 0
    assert all(f"There is no `{asked}`" in said(result) for asked in asked_for(slug, name))
    assert not any(reason.paragraphs for reason in result.reasons)


@pytest.mark.parametrize(("slug", "name"), CELLS)
def test_solution(slug, name):
    """Does our own solution get full points, and does its form pass?"""
    namespace = session(slug, name, answer_cell(slug, name).source)
    assert mark(slug, name, namespace).points == cell(slug, name).metadata.nbgrader.points
    shown = repr(run(cell(slug, name, of=released).source, namespace))
    assert shown.endswith("You will see whether it is right when your work is marked.")


# --- the notebook itself ---


@pytest.mark.parametrize(("slug", "name"), CELLS)
def test_enough_variants(slug, name):
    """Are there eight right and eight wrong answers for every cell, and none for cells that are gone?"""
    found = variants(slug)
    assert len(found.RIGHT[name]) >= 8
    assert len(found.WRONG[name]) >= 8
    assert set(found.RIGHT) == set(found.WRONG) == {c.id for c in graded(slug)}


@pytest.mark.parametrize(("slug", "name"), CELLS)
def test_cell_is_well_made(slug, name):
    """Does a test cell begin with its claim, end in its hidden tests, and leave the student's names alone?"""
    source = cell(slug, name).source
    tree = ast.parse(source)
    assert ast.get_docstring(tree)
    assert source.rstrip().endswith("### END HIDDEN TESTS")
    assert cell(slug, name, of=released).source.rstrip().endswith(")")
    stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    functions = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    loops = [n.target for n in ast.walk(tree) if isinstance(n, ast.comprehension)]
    local = {n.id for target in loops for n in ast.walk(target) if isinstance(n, ast.Name)}
    assert all(found.startswith("_") for found in (stored | functions) - local)


@pytest.mark.parametrize(("slug", "name"), CELLS)
def test_student_may_use_any_name(slug, name):
    """Does a right answer get full points when the student has used names of built-in functions or ours?"""
    namespace = session(slug, name, answer_cell(slug, name).source)
    builtin = [found for found in dir(builtins) if not found.startswith("_") and found[0].islower()]
    ours = [found for found in set_up(slug) if not found.startswith("_")]
    taken = {*builtin, *helpers.__all__, *marking.__all__, *ours}
    namespace |= dict.fromkeys(taken - asked_for(slug, name), "mine")
    assert mark(slug, name, namespace).points == cell(slug, name).metadata.nbgrader.points


def test_only_public_names_are_imported():
    """Do the exercises and the pages of the book import nothing of ours but public names?"""
    public = {"helpers": helpers.__all__, "helpers.checks": marking.__all__}
    wrong = []
    for path in [*SOURCES, ROOT / "exercises" / "template.ipynb", *sorted(ROOT.glob("chapters/**/*.md"))]:
        text = path.read_text(encoding="utf-8").replace(r"\n", "\n")
        for module, names in re.findall(r"(?m)^[ \"]*from (helpers[\w.]*) import (\w+(?:, \w+)*)", text):
            wrong += [
                f"{path.name}: {module}.{name}"
                for name in names.split(", ")
                if name not in public.get(module, ())
            ]
        wrong += [f"{path.name}: {module}" for module in re.findall(r"(?m)^[ \"]*import (helpers\S+)", text)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("slug", SLUGS)
def test_notebook_is_clean(slug):
    """Is there no output, is each id the grade id, are points as announced, is all as nbformat writes it?"""
    nb = notebook(slug)
    for c in nb.cells:
        assert c.metadata.get("nbgrader", {}).get("grade_id", c.id) == c.id
        assert not c.get("outputs") and c.get("execution_count") is None
    points = sum(c.metadata.nbgrader.points for c in nb.cells if is_grade(c))
    assert f"has {points} points" in nb.cells[0].source
    for c in nb.cells:
        if is_grade(c):
            question = cell(slug, f"question-{c.id}").source
            noun = "point" if c.metadata.nbgrader.points == 1 else "points"
            assert re.search(rf"\({c.metadata.nbgrader.points} {noun}\b", question), c.id
    assert nbformat.writes(nb) + "\n" == Path(SOURCES[SLUGS.index(slug)]).read_text(encoding="utf-8")


def parts(slug):
    """Return the graded cells of each part of a set, by its heading."""
    found, part = {}, ""
    for c in notebook(slug).cells:
        if c.cell_type == "markdown" and c.source.startswith("## "):
            part = c.source.splitlines()[0].removeprefix("## ")
        if is_grade(c):
            found.setdefault(part, []).append(c)
    return found


@pytest.mark.parametrize("slug", SLUGS)
def test_set_is_whole(slug):
    """Has a set a core of 6 to 8 questions and a stretch of 2 to 5, each of the points that are announced?

    A cell that marks itself has 1 to 3 points; one or two are for a person.  A set has close reading in it
    and, once the book has taught Python, data; every graded cell names the one skill that it tests, and the
    last cell tells the student what is still to do.
    """
    nb = notebook(slug)
    marked = graded(slug)
    written = [c for c in nb.cells if is_grade(c) and is_solution(c)]
    core, stretch = parts(slug)["Core"], parts(slug)["Stretch"]
    assert len(core) + len(stretch) == len(marked) + len(written)
    assert 6 <= len(core) <= 8
    assert 2 <= len(stretch) <= 5
    points = sum(c.metadata.nbgrader.points for c in core)
    assert re.search(rf"\b{points} of them in the core|[Cc]ore .* has {points} points", nb.cells[0].source)
    assert 1 <= len(written) <= 2
    assert all(1 <= c.metadata.nbgrader.points <= 3 for c in marked)
    skills = [[tag for tag in c.metadata.get("tags", []) if tag in SKILLS] for c in [*marked, *written]]
    assert all(len(tags) == 1 for tags in skills), skills
    assert ["close-reading"] in skills
    assert (["data"] in skills) == (slug not in ("the-split", "four-explanations"))
    assert nb.cells[-1].id == "before-you-hand-in"
    assert f'check_notebook("{slug}")' in nb.cells[-1].source
    for c in written:
        assert "### BEGIN MARK SCHEME" in cell(slug, f"question-{c.id}").source


@pytest.mark.parametrize("slug", SLUGS)
def test_every_question_is_explained(slug):
    """Has every question of a set a commentary, or none?"""
    marked = [c.id for c in notebook(slug).cells if is_grade(c)]
    explained = [name for name in marked if commentary_of(cell(slug, f"question-{name}"))]
    assert explained in ([], marked)


@pytest.mark.parametrize("slug", SLUGS)
def test_links_lead_to_paragraphs(slug):
    """Does every link name a paragraph or a document that there is, and the number that its text says?"""
    known = set(load_paragraphs(sections="all", documents="all")["paragraph_id"])
    known |= {paragraph[: paragraph.rindex("-")] for paragraph in known}
    text = "\n".join(c.source for c in notebook(slug).cells)
    links = re.findall(r"\[([^\]]+)\]\(#([^)]+)\)", text)
    assert links
    for label, target in links:
        assert target in known
        assert not label.startswith("¶") or target.endswith(f"-p{int(label[1:]):02}")
    used = re.findall(r"\b(?:deng|mao)-19\d\d-[hps]\d+\b", text)
    assert set(used) <= known


# Invented words in quotation marks, by the cell: a machine wrote them, and the student is to find that out.
INVENTED = {"machine": "we will never again take orders from a father party"}


@pytest.mark.parametrize("slug", SLUGS)
def test_prose_quotes_the_sources(slug):
    """Does every passage that the prose sets as a quotation stand in the sources, and where it says?

    That is a text in quotation marks with three words or more, and the passages of a table.
    """
    wrong = []
    for c in notebook(slug).cells:
        if c.cell_type != "markdown":
            continue
        prose = re.sub(r"`[^`]*`", "", c.source)
        claims = re.findall(r"\| \[¶ \d+\]\(#([^)]+)\) \| (.+?) \|", prose)
        claims += [("", quoted) for quoted in re.findall(r'"([^"]+)"', prose) if len(quoted.split()) >= 3]
        named = r'"([^"]+)" \((?:\[¶ \d+\]\(#([^)]+)\)|¶ (\d+))\)'
        claims += [(link or f"{slug}-p{int(n):02}", quoted) for quoted, link, n in re.findall(named, prose)]
        for paragraph, quoted in claims:
            places = find_quotation(quoted)["paragraph_id"].to_list()
            if quoted == INVENTED.get(c.id):
                assert not places
            elif not places or (paragraph and paragraph not in places):
                wrong.append(f"{c.id}: {quoted!r} is not in {paragraph or 'the sources'}")
    assert not wrong, "\n".join(wrong)


# --- what guessing wins ---

MOST_BY_GUESSING = 0.25


@contextlib.contextmanager
def noting_calls(monkeypatch, calls):
    """Note what each choice, list or order is marked by, while a test cell runs."""
    for name in ("mark_choice", "mark_choices", "mark_order", "mark_set"):
        real = getattr(checks, name)

        def note(answer, right, *, real=real, **settings):
            calls.append((real, right if isinstance(right, str | Mapping) else list(right), settings))
            return real(answer, right, **settings)

        monkeypatch.setattr(marking, name, note)
    yield
    monkeypatch.undo()


def some(guesses, most=250):
    """Return all of the guesses, or many of them taken at random, always the same ones."""
    guesses = list(itertools.islice(guesses, 20_000))
    return guesses if len(guesses) <= most else random.Random(0).sample(guesses, most)


def guesses(real, right, settings):
    """Return answers at random, and those that somebody would fix on who has read nothing."""
    if real is checks.mark_order:
        at_random = some(itertools.permutations(right))
        given = [name for name in settings.get("given", ()) if name in right]
        return at_random, [given, sorted(right), sorted(right)[::-1], given[::-1]]
    if real is checks.mark_set:
        names = list(settings["names"])
        toss = random.Random(0)
        at_random = [[n for n in names if toss.random() < 0.5] or names[:1] for _ in range(250)]
        # One name alone wins what is lost with another; that is the case at random too.
        return [*at_random, *([name] for name in names)], [names, names[: len(names) // 2]]
    options = list(settings["options"])
    if real is checks.mark_choice:
        return some(options, 60), []
    toss = random.Random(0)
    return (
        [{thing: toss.choice(options) for thing in right} for _ in range(250)],
        [dict.fromkeys(right, option) for option in options],
    )


@pytest.mark.parametrize(("slug", "name"), CELLS)
def test_guessing_wins_little(slug, name, monkeypatch):
    """Does somebody who has read nothing win a quarter of the points at most, on average and by any rule?

    ``pytest -s`` prints the share of each cell.
    """
    calls = []
    with noting_calls(monkeypatch, calls):
        mark(slug, name, session(slug, name, answer_cell(slug, name).source))
    if not calls:
        return
    won = {"at random": 0.0, "by a rule": 0.0}
    # A part of a cell may be marked twice, for its remarks; the first time is for the points.
    for real, right, settings in calls[:1] if calls[0][0] is checks.mark_set else calls:
        at_random, fixed = guesses(real, right, settings)
        points = [real(guess, right, **settings).points for guess in at_random]
        won["at random"] += sum(points) / len(points)
        won["by a rule"] += max(
            (real(guess, right, **settings).points for guess in fixed if guess), default=0
        )
    shares = {how: n / cell(slug, name).metadata.nbgrader.points for how, n in won.items()}
    print(f"{slug}/{name}:", ", ".join(f"{how} {share:.0%}" for how, share in shares.items()))
    assert max(shares.values()) <= MOST_BY_GUESSING + 1e-9


# --- do these tests see a broken check? ---


def mutants(source):
    """Yield the source of a test cell with one constant or one element of its hidden tests changed.

    The arguments of a function under test, which stand in tuples, stay: other ones may give the same.
    """
    head, hidden = source.split("### BEGIN HIDDEN TESTS")
    tree = ast.parse(hidden)
    tuples = [node for node in ast.walk(tree) if isinstance(node, ast.Tuple)]
    arguments = {
        id(node) for found in tuples for node in found.elts if isinstance(node.__dict__.get("value"), str)
    }
    for node in ast.walk(tree):
        if id(node) in arguments:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, int | str):
            before = node.value
            node.value = before + 1 if isinstance(before, int) else f"{before}x"
            yield f"line {node.lineno}: {before!r} changed", head + ast.unparse(tree)
            node.value = before
        if isinstance(node, ast.Set | ast.List) and len(node.elts) > 1:
            for i, element in enumerate(node.elts):
                del node.elts[i]
                yield f"line {node.lineno}: {ast.unparse(element)} dropped", head + ast.unparse(tree)
                node.elts.insert(i, element)


@pytest.mark.parametrize(("slug", "name"), CELLS)
def test_broken_check_is_seen(slug, name):
    """If any part of a hidden check is changed, does some answer get another mark or another reason?"""
    found = variants(slug)
    answers = [*found.RIGHT[name], *(wrong[-1] for wrong in found.WRONG[name])]
    sessions = [session(slug, name, answer) for answer in answers]

    def outcome(source, namespace):
        try:
            result = mark(slug, name, namespace, source)
        except Exception as error:
            return type(error)
        return result.points, result.reasons

    expected = [outcome(None, namespace) for namespace in sessions]
    tried = list(zip(sessions, expected, strict=True))
    unseen = []
    for about, source in mutants(cell(slug, name).source):
        seen = next((one for one in tried if outcome(source, one[0]) != one[1]), None)
        if seen:  # the next change, near to this one, is likely to be seen by the same answer
            tried.sort(key=lambda one: one is not seen)
        else:
            unseen.append(about)
    assert not unseen, "\n".join(
        f"{slug}, hidden check of {name}, {about}: no answer in RIGHT or WRONG gets other points or reasons; "
        "add one that does, or simplify the check"
        for about in unseen
    )
    full = f"{cell(slug, name).metadata.nbgrader.points}"
    constant = f"from helpers.checks import Mark\nMark({full}, {full})"
    assert {outcome(constant, n)[0] == was[0] for n, was in zip(sessions, expected, strict=True)} == {
        True,
        False,
    }
