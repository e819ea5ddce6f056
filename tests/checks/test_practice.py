"""Are practice questions read and looked over, set on pages, and no copy of what exercises grade?"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from bs4 import BeautifulSoup
from rapidfuzz import fuzz
from sphinx.testing.util import SphinxTestApp
from tests.book.test_chapters import (
    QUOTED,
    ROLE,
    ROOT,
    TARGET,
    finished,
    own_words,
    pages,
    read_page,
    typed_numbers,
)
from tests.exercises.test_objectives import ALIKE, SOURCES, questions_in
from tests.practice_book import DENG, MAO, QUESTIONS, write_book

from helpers import find_quotation, verify_quotation
from helpers.book.build.pdf import join_pages
from helpers.book.html import theme
from helpers.book.live.chapter_notebook import to_notebook
from helpers.checks.practice import (
    NEEDED,
    QuestionError,
    compute,
    find_example,
    questions_file,
    read_objectives,
    read_questions,
)


class Built(NamedTuple):
    """The little book after a build that goes on after a warning."""

    out: Path
    warnings: str
    doctree: object

    def page(self, name="deng"):
        """Return a page of HTML."""
        return BeautifulSoup((self.out / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def build(folder, builder="html", **pages):
    write_book(folder, **pages)
    app = SphinxTestApp(builder, srcdir=folder)
    try:
        app.build()
        doctree = app.env.get_and_resolve_doctree("deng", app.builder)
        return Built(Path(app.outdir), re.sub(r"\x1b\[[\d;]*m", "", app.warning.getvalue()), doctree)
    finally:
        app.cleanup()


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Build the little book once."""
    built = build(tmp_path_factory.mktemp("practice") / "book")
    assert built.warnings == ""
    return built


def question(book, name, page="deng"):
    return book.page(page).select_one(f"#practice-deng-{name}")


# --- reading ---


def test_questions_are_read(tmp_path):
    """Has a question of each kind what it needs, in the order of the file, with texts in one line?"""
    questions = read_questions(write_book(tmp_path / "book") / "deng.md")
    assert [one.kind for one in questions.values()] == list(NEEDED)
    assert questions["whose-building"].name == "deng.whose-building"
    assert (
        questions["whose-building"].ask
        == "In whose building do the two men *meet*? See {para}`¶ 2 <deng-1962-p02>`."
    )
    assert [one.right for one in questions["who-speaks"].choices] == [True, True, False]
    assert questions["how-many"].objectives == ("deng.count", "deng.point")
    assert questions["who-is-who"].rights == ["Ambassador", "Foreign Minister", "General Secretary"]


def test_reader_needs_no_sphinx():
    """Can other programs read the questions without Sphinx?"""
    code = (
        "import sys, helpers.checks.practice; print([m for m in ('sphinx', 'docutils') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_answers_are_found(tmp_path):
    """Is a number computed, and are the words of an example a faithful quotation that is short?"""
    questions = read_questions(write_book(tmp_path / "book") / "deng.md")
    assert compute(questions["how-many"]) == 19
    words, paragraph_id = find_example(questions["words-of-the-wait"])
    assert "silence" in words and len(words.split()) < 12
    assert verify_quotation(words, paragraph_id).is_verbatim
    anywhere = questions["words-of-the-wait"]._replace(paragraphs={"deng-1962-p05": []})
    assert find_example(anywhere) == ("", "deng-1962-p05")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("nothing_such", "`code` fails with NameError"),
        ("'nineteen'", "gives 'nineteen'"),
        ("1 > 0", "gives True"),
        ("float('nan')", "gives nan"),
    ],
)
def test_number_that_is_none(tmp_path, code, said):
    """Does an expression that fails, or gives no number, say so with its file and question?"""
    one = read_questions(write_book(tmp_path / "book") / "deng.md")["how-many"]._replace(code=code)
    with pytest.raises(QuestionError, match=rf"deng\.yml: question how-many: .*{re.escape(said)}"):
        compute(one)


FAULTS = {
    "no kind": ("kind: choose", "kind: guess", "there is no kind 'guess'; the kinds are choose, several"),
    "objective": ("deng.count ", "deng.counts ", "no objective 'deng.counts'; it has deng.count, "),
    "two right": ("why: Nobody flies", "right: true\n      why: Nobody flies", "2 options are right"),
    "none right": ("      right: true\n      why: The record", "      why: The record", "no option is right"),
    "no why": ("      why: He speaks in most paragraphs.\n", "", "entry 1 of `options` has no `why`"),
    "all right": (
        "why: The embassy asks",
        "right: true\n      why: The embassy asks",
        "all options are right",
    ),
    "odd right": (
        "right: true\n      why: The record",
        "right: 1\n      why: The record",
        "`right` must be `true`",
    ),
    "typing slip": ("  unit: paragraphs", "  unit: paragraphs\n  hnt: Look.", "`hnt` is not a field"),
    "no hint": ("  hint: Look at the numbers in the margin.\n", "", "`hint` is missing"),
    "id": ("id: who-speaks", "id: Who speaks", "`id` must be lowercase words"),
    "same id": ("id: who-speaks", "id: whose-building", "two questions have this id"),
    "same text": ("text: Mao Zedong", "text: Deng Xiaoping", "two entries of `options` are the same: Deng"),
    "order shown": ("text: The answer", "text: Then the answer", "the items are already in order"),
    "extra": ("extra: [Foreign Minister]", "extra: [Ambassador]", "has a partner: Ambassador"),
    "document": ("document: deng-1962", "document: deng-1963", "there is no document 'deng-1963'"),
    "paragraph": ("{deng-1962-p01:", "{deng-1962-p91:", "deng-1962 has no paragraph 'deng-1962-p91'"),
    "word": ('["silence"]', '["quiet"]', "deng-1962-p01 does not contain 'quiet'"),
    "code": ('code: "len(', 'code: "len((', "`code` is not a Python expression"),
    "too few": (
        "    - text: Mao Zedong\n      why: The embassy asks to see him, and he is not there.\n",
        "",
        "but has 2",
    ),
    "no YAML": ("- id: whose", "- id: [whose", "this is not valid YAML"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_named(tmp_path, fault):
    """Does each fault name the file, the question and what to do?"""
    old, new, said = FAULTS[fault]
    assert old in QUESTIONS
    folder = write_book(tmp_path / "book", questions=QUESTIONS.replace(old, new, 1))
    with pytest.raises(QuestionError, match=re.escape(said)) as caught:
        read_questions(folder / "deng.md")
    assert all(line.startswith("deng.yml: ") for line in str(caught.value).splitlines())
    assert fault == "no YAML" or re.match(r"deng\.yml: question [\w -]+: ", str(caught.value))


def test_all_faults_at_once(tmp_path):
    """Are faults of several questions told in one go, and is a missing file told too?"""
    questions = QUESTIONS.replace("kind: choose", "kind: guess").replace("unit: paragraphs", "unit: ''")
    folder = write_book(tmp_path / "book", questions=questions)
    with pytest.raises(QuestionError) as caught:
        read_questions(folder / "deng.md")
    assert [line.split(":")[1] for line in str(caught.value).splitlines()] == [
        " question whose-building",
        " question how-many",
    ]
    with pytest.raises(QuestionError, match=r"mao\.yml: there is no such file"):
        read_questions(folder / "mao.md")


# --- on the page ---


def test_question_without_scripts(book):
    """Is a question there with its sorted options, and are the answers folded, with reasons and links?"""
    one = question(book, "whose-building")
    assert one.select_one(".practice-ask").get_text().startswith("Question 1 In whose building")
    offered = [item.get_text().strip() for item in one.select("ol.practice-offered > li")]
    assert offered == sorted(offered) and len(offered) == 3
    answers = one.details
    assert not answers.has_attr("open") and answers.summary.get_text().endswith("The answer, and why")
    told = [item.strong.get_text() for item in answers.select("li")]
    assert told == ["Wrong:", "Right:", "Wrong:"]
    assert len(answers.select("li > .practice-why a[href='#deng-1962-p02']")) == 3
    assert not book.page().select(".practice form")


def test_keys(book):
    """Does the key of each kind say what is right by the places that the page shows?"""
    keys = {
        one["data-name"].partition(".")[2]: json.loads(one["data-key"])
        for one in book.page().select(".practice-question")
    }
    assert keys == {
        "whose-building": [1],
        "who-speaks": [0, 2],
        "days-of-the-record": [1, 2, 0],
        "who-is-who": [0, 2],
        "words-of-the-wait": {"deng-1962-p01": ["silence"]},
        "how-many": 19,
    }


def test_retrieval(book):
    """Does a later page ask again, under its own numbers, and name the page on which it was asked?"""
    mao = book.page("mao")
    assert mao.select_one(".practice")["aria-label"].startswith("Before you go on")
    first, second = mao.select(".practice-question")
    assert [first["data-name"], second["data-name"]] == ["deng.whose-building", "deng.how-many"]
    assert second.select_one(".practice-ask").get_text().startswith("Question 2")
    assert first.select_one(".practice-how a")["href"] == "deng.html"
    assert first.select_one(".practice-why a")["href"] == "deng.html#deng-1962-p02"
    assert mao.select_one(".practice-end")["data-page"] == "mao"


def test_assets_are_loaded_where_there_is_practice(book):
    """Do script and style load only on pages with questions, and weigh less than 13 kB together?"""
    heads = {name: str(book.page(name).head) for name in ("index", "deng", "mao")}
    for asset in ("practice.js", "practice.css"):
        assert [name for name, head in heads.items() if asset in head] == ["deng", "mao"]
    assert sum((theme.STATIC / f"practice.{kind}").stat().st_size for kind in ("js", "css")) < 13_000


def test_question_in_a_notebook(book):
    """Has the notebook of a page the question as text, and the answers folded?"""
    text = "\n".join(cell.source for cell in to_notebook(book.doctree).cells)
    assert "**Question 3** Which came first?" in text
    assert text.count("<details><summary>The answer, and why</summary>") == 6
    assert "practice-end" not in text and "Erase" not in text


def test_question_in_plain_text(tmp_path):
    """Is the question there where a page is no HTML, and no answer?"""
    built = build(tmp_path / "book", builder="text")
    text = (built.out / "deng.txt").read_text()
    assert "Which came first?" in text and "It is of 22 February" not in text


def test_answers_in_print_come_last(book):
    """Has the printed book the answers of a page behind it, with the numbers of their questions?"""
    printed = BeautifulSoup(join_pages(book.out, ["deng", "mao"]), "html.parser")
    assert not printed.select(".practice-question details")
    keys = printed.select(".practice-key")
    assert [len(key.select("details")) for key in keys] == [6, 2]
    assert keys[0].select("summary")[2].get_text() == "Question 3: The answer, and why"


SET = "```{practice} whose-building who-speaks\n```"


@pytest.mark.parametrize(
    ("page", "old", "new", "said"),
    [
        (
            "deng",
            SET,
            SET.replace(" who-speaks", " who-spoke"),
            "deng.yml has no question 'who-spoke'; it has",
        ),
        ("deng", SET, SET.replace(" who-speaks", ""), "The question deng.who-speaks is not on its page"),
        ("deng", SET, SET.replace(" who-speaks", " whose-building"), "is already on this page"),
        ("deng", SET, "```{practice}\n```", "name questions of this page"),
        ("mao", "deng.how-many", "how-many", "name the page of 'how-many' too, as in"),
        ("mao", "deng.how-many", "mao.how-many", "'mao' is not a page before this one"),
        ("mao", "deng.how-many", "near.how-many", "'near' is not a page before this one"),
    ],
)
def test_set_that_cannot_be(tmp_path, page, old, new, said):
    """Is a set that names what is not there, twice or too early, a warning that says so?"""
    text = {"deng": DENG, "mao": MAO}[page]
    assert old in text
    assert said in build(tmp_path / "book", "dummy", **{page: text.replace(old, new)}).warnings


def test_faulty_file_fails_the_build(tmp_path):
    """Is a fault in the file told by the build, at the directive?"""
    built = build(tmp_path / "book", "dummy", questions=QUESTIONS.replace("deng.count ", "deng.counts "))
    assert "deng.yml: question how-many: the page has no objective 'deng.counts'" in built.warnings


# --- the questions of the book ---

CHAPTERS = finished(pages(chapters=True))
ASKED = [path for path in CHAPTERS if questions_file(path).is_file()]
each_asked = pytest.mark.parametrize("path", ASKED, ids=lambda path: path.stem)


def sets(path):
    """Return the names of a page's own questions, and those of earlier pages, as its directives have them."""
    own, earlier = [], []
    for block in read_page(path).blocks:
        if block.name == "practice":
            own += block.argument.split()
            option = re.match(
                r"```\{practice\}\s*\n:retrieval:(.*)",
                "\n".join(path.read_text().splitlines()[block.line - 1 : block.line + 1]),
            )
            earlier += option[1].split() if option else []
    return own, earlier


def test_every_page_has_practice():
    """Has every page of the book its questions?"""
    missing = [
        f"{questions_file(path).relative_to(ROOT)} is not there" for path in CHAPTERS if path not in ASKED
    ]
    assert not missing, "\n" + "\n".join(missing)


@each_asked
def test_number_of_questions(path):
    """Has a page four to eight questions, and is each of its objectives practiced?"""
    questions = read_questions(path).values()
    assert 4 <= len(questions) <= 8
    practiced = {name for one in questions for name in one.objectives}
    known = read_objectives(path).items()
    idle = [f"{path.relative_to(ROOT)}:{line}: {name}" for name, line in known if name not in practiced]
    assert not idle, "\n" + "\n".join(idle)


@each_asked
def test_questions_are_placed(path):
    """Is each question of a page on it once, and is every question asked again one of an earlier page?"""
    own, earlier = sets(path)
    assert sorted(own) == sorted(read_questions(path))
    before = CHAPTERS[: CHAPTERS.index(path)]
    known = {one.name for page in before if page in ASKED for one in read_questions(page).values()}
    assert not [name for name in earlier if name not in known]
    assert len(set(earlier)) == len(earlier) and (3 <= len(earlier) <= 4 or path == CHAPTERS[0])


def texts(question):
    """Return every text of a question that a reader reads."""
    pairs = [text for pair in question.pairs for text in pair]
    choices = [text for one in question.choices for text in (one.text, one.why)]
    return [question.ask, question.why, question.hint, question.unit, *choices, *pairs, *question.extra]


def unsourced(text):
    """Yield what a text quotes and no source has, by the role or in quotation marks, and typed numbers."""
    words = own_words(text, code="X")
    yield from (f"the number {number} is typed" for number in typed_numbers(words))
    for found in ROLE.finditer(text):
        if found["role"] == "quotation":
            target = TARGET.match(found["content"])
            said = verify_quotation(target["text"], target["id"])
            if not said.is_verbatim:
                yield said.explanation
    for found in re.finditer(rf"(?:{QUOTED.pattern})(?: \(¶ (?P<n>\d+)\))?", words):
        words = next(filter(None, found.groups()))
        there = find_quotation(words)["paragraph_id"]
        if (
            len(words.split()) >= 3
            and not there.str.endswith(f"-p{int(found['n']):02}" if found["n"] else "").any()
        ):
            yield f"“{words}” is not in {'paragraph ' + found['n'] if found['n'] else 'the documents'}"


@each_asked
def test_questions_have_their_sources(path):
    """Is every quotation in a question faithful, and is every number computed?"""
    for one in read_questions(path).values():
        wrong = [f"{one.name}: {problem}" for text in texts(one) for problem in unsourced(text)]
        assert not wrong, "\n" + "\n".join(wrong)
        if one.kind == "number":
            compute(one)
        if one.kind == "quote":
            words, paragraph_id = find_example(one)
            assert not words or verify_quotation(words, paragraph_id).is_verbatim


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ('"the sky won\'t collapse" (¶ 10), `"code" 5`, in 1962, *"no matter what"*', 0),
        ('"the sky won\'t collapse" (¶ 11)', 1),
        ("“the sky will not collapse”", 1),
        ("{quotation}`the sky will not collapse <mao-1963-p10>`", 1),
        ("There are 19 paragraphs, and {quotation}`the sky won't collapse <mao-1963-p10>`.", 1),
    ],
)
def test_missing_source_is_seen(text, n):
    """Is a planted misquotation or number found, and nothing else?"""
    assert len(list(unsourced(text))) == n


def test_no_question_is_asked_elsewhere():
    """Does no practice question ask what an exercise grades or a box of a page asks?"""
    elsewhere = [
        (f"{path.stem}: {cell.id}", question)
        for path in SOURCES
        for cell in nbformat.read(path, 4).cells
        if cell.cell_type == "markdown"
        for question in questions_in(cell.source)
    ]
    elsewhere += [
        (f"{path.stem}:{block.line}", question)
        for path in CHAPTERS
        for block in read_page(path).blocks
        if {"think", "try"} & set(block.classes)
        for question in questions_in(block.content.partition("{dropdown}")[0])
    ]
    assert len(elsewhere) > 130
    found = list(
        asked_elsewhere(
            ((one.name, one.ask) for path in ASKED for one in read_questions(path).values()), elsewhere
        )
    )
    assert not found, "\n".join(found)
    planted = [("page.one", elsewhere[50][1].replace("the", "this", 1))]
    assert list(asked_elsewhere(planted, elsewhere))


def asked_elsewhere(asked, elsewhere):
    """Yield the practice questions that are asked elsewhere too, as `question: message`."""
    for name, ask in asked:
        for question in questions_in(ask):
            for where, other in elsewhere:
                if fuzz.ratio(question.lower(), other.lower()) >= ALIKE:
                    yield f"{name}: “{question}” is asked in {where}"
