"""Does each student get an own question, in one file for all, and is nobody locked out by a slip?"""

import json
import shutil
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_notebook
from tests.little_course import CONFIG, autograde, hand_in, rows
from tests.programs import run

from helpers.checks import variant_of
from helpers.coursework.release.variants import NAME_CELL, VariantError, ask_variants

pytestmark = pytest.mark.slow
SOURCE = Path(__file__).parents[2] / "exercises/source/deng-1962/deng-1962.ipynb"
SETTINGS = """
from helpers.coursework.release.variants import AskVariants
c.GenerateAssignment.preprocessors.prepend([AskVariants])
c.ClearMarkScheme.enforce_metadata = False
c.AskVariants.notebooks = ["sums"]
"""
WORD = "paragraphs-on-the-conference"
# As a student would write them who has understood the question that the cell above prints.
OTHER = 'answer_other_word = "convention"'
RIGHT = {f"answer-{WORD}": f'answer_conference = deng.index[deng["text"].str.contains(word)]\n{OTHER}'}
FIXED = {
    f"answer-{WORD}": f'answer_conference = deng.index[deng["text"].str.contains("conference")]\n{OTHER}'
}
FULL = 3
CLASS = {
    "ada": ('my_name = "Ada Lovelace"', RIGHT, FULL),
    "slip": ('my_name = "Ada Lvelace!"', RIGHT, FULL),
    "reordered": ('my_name = "LOVELACE, Ada"', RIGHT, FULL),
    "bao": ('my_name = "Bao"', RIGHT, FULL),
    "li": ('my_name = "Li"', RIGHT, FULL),
    "number": ("my_name = 90210", RIGHT, FULL),
    "chinese": ('my_name = "李"', RIGHT, FULL),
    "no-name": ('my_name = ""', RIGHT, FULL),
    "as-without": ('my_name = ""', FIXED, FULL),
    "no-text": ("my_name = [deng]", RIGHT, FULL),
    "deleted": ("pass", RIGHT, FULL),
    "copied": ('my_name = "Li"', FIXED, 1),
}


def source():
    """Return the question of our own set that can be varied, with its set-up."""
    kept = {"set-up", *(f"{kind}{WORD}" for kind in ("question-", "answer-", ""))}
    notebook = nbformat.read(SOURCE, 4)
    notebook.cells = [cell for cell in notebook.cells if cell.id in kept]
    return notebook


def hand_out(folder, settings=SETTINGS):
    """Make a course of this question; return the notebook that everybody gets."""
    (folder / "source/sums").mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG.replace("timeout = 4", "timeout = 60") + settings)
    nbformat.write(source(), folder / "source/sums/sums.ipynb")
    assert run("nbgrader", "generate_assignment", "sums", cwd=folder).returncode == 0
    return nbformat.read(folder / "release/sums/sums.ipynb", 4)


@pytest.fixture(scope="module")
def course(tmp_path_factory, needs_sandbox):
    """Return a class with variants, marked by the command, and what was said."""
    folder = tmp_path_factory.mktemp("variants") / "course"
    released = hand_out(folder)
    for student, (name, answers, _) in CLASS.items():
        notebook = nbformat.from_dict(released)
        for cell in notebook.cells:
            cell.source = ({NAME_CELL: name} | answers).get(cell.id, cell.source)
        hand_in(folder, student, notebook)
    return folder, autograde(folder)


def points(folder):
    """Return the points of everybody."""
    found = rows(folder)
    return {student: found[student, WORD][0] for student in CLASS}


def test_points(course):
    """Has everybody full points who answers the printed question, whatever the name, and the copy none?"""
    folder, said = course
    assert not said["failed"] and not said["unequal"]
    own = points(folder)
    wrong = {student: own[student] for student, (*_, most) in CLASS.items() if own[student] != most}
    # A list of another word's paragraphs may have some of one's own.
    assert wrong.keys() <= {"copied"} and own["copied"] == pytest.approx(1, abs=0.6)


@pytest.mark.long
def test_points_are_nbgraders(course, tmp_path):
    """Does stock nbgrader give the same points?"""
    shutil.copytree(course[0], tmp_path / "stock")
    assert run("nbgrader", "autograde", "sums", "--force", cwd=tmp_path / "stock").returncode == 0
    assert points(tmp_path / "stock") == points(course[0])


def test_feedback_shows_the_own_question(course):
    """Does each page show the question that was printed for this student, and the name that was typed?"""
    run("coursework", "feedback", "sums", "--json", cwd=course[0])
    word = variant_of(lambda: "Li", ["conference", "letter", "representative", "consultation"])
    page = BeautifulSoup(
        (course[0] / "feedback/li/sums/sums.html").read_text(encoding="utf-8"), "html.parser"
    )
    found = {one.h2.text: one.text for one in page.find_all("section")}
    assert f'have the word "{word}" or "{word}s"?' in found["A word and a subject (3 of 3 points)"]
    assert 'my_name = "Li"' in found["Your name"]
    assert word != "conference"


@pytest.mark.long
def test_off_by_default(tmp_path):
    """Is the notebook without variants as it always was, with the question in its text and no name?"""
    released = hand_out(tmp_path, SETTINGS.replace('["sums"]', "[]"))
    ids = [cell.id for cell in released.cells]
    assert ids == [cell.id for cell in source().cells]
    text = "".join(cell.source for cell in released.cells)
    assert (
        'the word "conference" or "conferences"?' in text and "my_name" not in text and "variant" not in text
    )


def test_release_gives_nothing_away(course):
    """Is there one file for all, without hidden tests, in which every added cell can be run?"""
    files = list((course[0] / "release").rglob("*.ipynb"))
    text = files[0].read_text(encoding="utf-8")
    assert len(files) == 1 and "HIDDEN" not in text and "mark_set" not in text and "COMMENTARY" not in text
    questions = [c for c in json.loads(text)["cells"] if c["id"].startswith("variant-")]
    assert [cell["metadata"]["editable"] for cell in questions] == [False]


def test_every_option_is_drawn():
    """Do a thousand names draw each option about as often?"""
    drawn = Counter(variant_of(lambda: f"student {i}", "abcd") for i in range(1000))  # noqa: B023
    assert min(drawn.values()) > 200 and len(drawn) == 4


def test_question_that_cannot_be_varied():
    """Is a question refused whose bold words do not have what is drawn?"""
    notebook = source()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = cell.source.replace("conference", "meeting")
    with pytest.raises(VariantError, match=WORD):
        ask_variants(new_notebook(cells=notebook.cells).cells)
