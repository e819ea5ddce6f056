"""Can each computed question that varies be asked and answered in each of its variants?"""

import contextlib
import io
from functools import cache

import pytest
from tests.exercises.test_exercises import SLUGS, cell, graded, mark, notebook, run, session

from helpers import find_data
from helpers.checks import variant_of
from helpers.coursework.release.variants import NAME_CELL, QUESTION, _draws, ask_variants

# Answers as students write them who use what the printed question has drawn for them.
ANSWERS = {
    "albania-by-speaker": """
talk["document_id"] = ["guest" if place == "mao-1963-p20" else "host" for place in talk["paragraph_id"]]
rates = count_terms(word + "*", paragraphs=talk).set_index("document_id")["per_1000"]
answer_rate_host, answer_rate_guest = rates["host"], rates["guest"]
""",
    "bodies-counted": """
named = mentions[mentions["entity_id"].isin(four)]
if "paragraphs" in how:
    named = named.drop_duplicates(["entity_id", "paragraph_id"])
answer_bodies = pd.crosstab(named["entity_id"], named["document_id"])
""",
    "paragraphs-on-the-conference": """
answer_conference = deng.index[deng["text"].str.contains(word)]
answer_other_word = "convention"
""",
    "quarrel-measured": """
cable = acts[acts["document_id"] == "mao-1963"]
about = cable[cable["topic"] == topic]
answer_sentences = 100 * len(about) / len(cable)
answer_paragraphs = 100 * about["paragraph_id"].nunique() / cable["paragraph_id"].nunique()
answer_report = "b"
""",
    "questions-recoded": """
of_mao = acts[acts["actor"] == "mao-zedong"]
verb = purpose.split(" Mao ")[1].split()[0]
answer_paragraph = "mao-1963-p14"
answer_complaints = sum(of_mao["act"] == verb + "s") + 2
""",
    "quoted-words-counted": """
def count_quoted(text):
    return sum(len(piece.split()) for piece in text.split('"')[1::2])


asked = [text for place, text in mao["text"].items() if where.startswith("all") or place[-2:] in where]
answer_quoted_words = sum(count_quoted(text) for text in asked)
""",
    "silence-filled": """
answer_silence_least, answer_silence_most = count_days("1962-05", "1963-02-21")
within = events[(events["start"] > "1962-05-31") & (events["end"] < "1963-02-21")]
answer_events = sum(within["category"] == category)
""",
    "subjects-absent": """
text = paragraphs["text"][["cable" not in where or "mao" in place for place in paragraphs.index]]
text = text[["record" not in where or "deng" in place for place in text.index]]
answer_absent = [subject for subject in subjects if not text.str.contains(subject, case=False).any()]
""",
}
VARIED = {c.id: (slug, draw) for slug in SLUGS for c in graded(slug) for draw in _draws(c)}
EACH = [
    pytest.param(slug, name, option, id=f"{name}:{option}")
    for name, (slug, draw) in VARIED.items()
    for option in draw.options
]


def name_for(options, option):
    """Return a name that draws an option."""
    return next(f"student {i}" for i in range(1000) if variant_of(lambda: f"student {i}", options) == option)  # noqa: B023


@cache
def asked(slug, name):
    """Return the cell that prints the question of this set with variants."""
    cells = ask_variants([c.copy() for c in notebook(slug).cells])
    assert sum(c.id == NAME_CELL for c in cells) == 1
    return next(c.source for c in cells if c.id == QUESTION + name)


def answered(slug, name, option, answer):
    """Return the mark of an answer to one variant, and the question that was printed."""
    draw, printed = VARIED[name][1], io.StringIO()
    namespace = session(slug, name, "") | {"my_name": name_for(draw.options, option)}
    with contextlib.redirect_stdout(printed):
        run(asked(slug, name), namespace)
        run(answer, namespace)
    return mark(slug, name, namespace), printed.getvalue()


@pytest.mark.parametrize(("slug", "name", "option"), EACH)
def test_each_variant_has_its_answer(slug, name, option):
    """Has the answer to the printed question full points, and the answer to the usual one fewer?"""
    full, printed = answered(slug, name, option, ANSWERS[name])
    assert full.points == cell(slug, name).metadata.nbgrader.points, full.reasons
    assert option in printed
    draw = VARIED[name][1]
    if option != draw.options[0]:
        usual = f"{draw.name} = {draw.options[0]!r}\n{ANSWERS[name]}"
        assert answered(slug, name, option, usual)[0].points < full.points


def test_many_questions_vary():
    """Do eight questions or more vary, in five sets at least, and is each answered above?"""
    assert len(VARIED) >= 8 and len({slug for slug, _ in VARIED.values()}) >= 5
    assert set(VARIED) == set(ANSWERS)


def test_instructors_are_told_which_sets_vary():
    """Does the page for instructors name the sets of which questions vary, and no other?"""
    page = (find_data("README.md").parents[1] / "chapters/for-instructors.md").read_text(encoding="utf-8")
    line = next(line for line in page.splitlines() if "questions that can vary" in line)
    assert {slug for slug in SLUGS if f"`{slug}`" in line} == {slug for slug, _ in VARIED.values()}
