"""Are the packet, the slides and the answers right, complete, and each where it belongs?"""

import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from helpers.authoring import answers, materials
from helpers.authoring.handout import read_handout
from helpers.authoring.leaks import ANSWERS, find_leaks, find_secrets, read_files
from helpers.authoring.numbered import (
    STEP,
    WIDTH,
    QuotationError,
    find_lines,
    locate,
    number_lines,
    show_document,
)
from helpers.authoring.packet import (
    TEMPLATES,
    key_of,
    read_packet,
    show_cards,
    show_part,
    show_words,
    write_page,
)
from helpers.authoring.slides import is_chapter, read_slides, write_slides
from helpers.book.build.site import BookError
from helpers.book.directives.plans import PLANS, read_plans
from helpers.corpus import loaders

REPOSITORY = Path(__file__).parents[2]
SOURCE = REPOSITORY / "exercises" / "source"
DOCUMENTS = ["deng-1962", "mao-1963"]
CARD = """<div class="handout admonition"><p class="admonition-title">{}</p>
<p>You met <a href="../who-is-who.html#mao-zedong"><span class="gloss">Mao</span></a>.
<a class="headerlink" href="#x">#</a> And <a href="../references.html#y" title="Nobody, A Book.">Nobody
1999</a></p></div>"""
PART = """<div id="{}"><p><a href="x.html">¶ 4</a> and more<a class="headerlink" href="#x">#</a></p></div>"""
PARTS = {
    "overview": ["plan-paper-one", "plan-paper-two"],
    "seminar-role-play": ["plan-role-play", "after-the-play"],
}
CHAPTER = """<article class="bd-article"><section id="a"><h1>A Title<a class="headerlink" href="#a">#</a></h1>
<p class="live"><a href="../live">Run this chapter</a></p>
<p>First of one <span class="bibtex-citation">(Nobody 1999)</span>.
Second of one.
Third has <span class="quotation">“three little words” (Deng 1962, ¶ 1)</span>.</p>
<div class="objectives admonition"><p class="admonition-title">After this chapter you can</p>
<ul><li><p>see</p></li></ul></div>
<section id="b"><h2>A Section</h2>
<blockquote class="quotation"><div><p>said in full</p>
<p class="attribution">—Deng 1962, ¶ 2</p></div></blockquote>
<figure class="chart"><div class="chart-picture wide"><div role="img"><svg><path d="M0 0"/></svg></div></div>
<div class="chart-picture narrow"><div role="img"><svg class="small"></svg></div></div>
<figcaption><p>All in words</p></figcaption></figure>
<p>Here is code.</p><div class="cell_input"><pre>one = 1</pre></div>
<div class="practice"><p>A practice question.</p></div>
<div class="think admonition"><p class="admonition-title">Stop and think</p><p>Why?</p>
<details><summary>One answer</summary><p>Because.</p></details></div></section>
<section id="further-reading"><h2>Further reading</h2><p>A book.</p></section></section></article>"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return a built book that has nothing but plans and role cards."""
    site = tmp_path_factory.mktemp("html")
    folder = site / "chapters/teaching"
    folder.mkdir(parents=True)
    for name, parts in PARTS.items():
        (folder / f"{name}.html").write_text("".join(map(PART.format, parts)), encoding="utf-8")
    with (folder / "seminar-role-play.html").open("a", encoding="utf-8") as page:
        page.write(CARD.format("Deng Xiaoping") + CARD.format("The interpreter"))
    return site


@pytest.fixture(scope="module")
def sheets(site):
    """Return the sheets of the packet."""
    return read_packet(site, {"B": "2–4"})


@pytest.fixture
def chapter():
    """Return a small chapter as the build writes it."""
    return BeautifulSoup(CHAPTER, "html.parser")


# --- numbered lines ---


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_lines_are_the_document(document_id):
    """Do the lines hold every word of the document as received, in order, and fit the paper?"""
    lines = number_lines(document_id)
    received = [line.text("diplomatic") for line in loaders.lines() if line.document_id == document_id]
    assert " ".join(line.text for line in lines).split() == " ".join(received).split()
    assert [line.n for line in lines] == list(range(1, len(lines) + 1))
    assert max(len(line.text) for line in lines) <= WIDTH


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_numbers_are_shown(document_id):
    """Has every paragraph its number, and every fifth line its own, with the source and the slips below?"""
    page = BeautifulSoup(show_document(document_id), "html.parser")
    row = loaders.load_documents().set_index("document_id").loc[document_id]
    marks = [one.text for one in page.select(".mark") if one.text]
    assert marks == [f"¶ {n}" for n in range(1, row["n_paragraphs"] + 1)]
    numbers = [int(one.text) for one in page.select(".number") if one.text]
    assert numbers == list(range(STEP, len(number_lines(document_id)) + 1, STEP))
    assert row["translator"] in page.text and row["url"] in page.text
    assert isinstance(row["credits"], float) or row["credits"] in page.text
    applied = [
        part.received
        for line in loaders.lines()
        for part in line.segments
        if line.document_id == document_id and part.emendation and part.emendation.is_applied
    ]
    assert applied and all(f"for “{received}” read" in page.text for received in applied)


def test_quotation_over_a_break():
    """Is a quotation found that begins on one line and ends on the next?"""
    first, second, *_ = [line for line in number_lines("mao-1963") if line.paragraph_id == "mao-1963-p19"]
    words = " ".join([*first.text.split()[-2:], *second.text.split()[:2]])
    assert find_lines(words, "mao-1963-p19") == (first.n, second.n)
    assert locate(words, "mao-1963-p19").endswith(f"lines {first.n}–{second.n}")


@pytest.mark.parametrize(
    ("words", "told"),
    [("Mao was very angry indeed", "Mao was"), ("Yan Mingfu, Zhu Ruizhen", "corrected reading")],
)
def test_quotation_that_is_not_on_the_paper(words, told):
    """Is a quotation refused that is in no document, or not in the words that are printed?"""
    with pytest.raises(QuotationError, match=told):
        locate(words, "deng-1962-p19")


# --- the packet ---


def test_list_of_parts(sheets):
    """Does the first sheet name every other sheet by its key, with the pages to print?"""
    rows = BeautifulSoup(sheets[0].html, "html.parser").table.find_all("tr")[1:]
    listed = [row.find("td").text for row in rows]
    keys = [key_of(sheet) for sheet in sheets[1:]]
    assert listed == keys
    assert rows[1].find_all("td")[-1].text == "2–4"


def test_plans_are_those_of_the_book(sheets):
    """Are the plans taken from the teacher's guide, without links, and do they use parts that are there?"""
    page = BeautifulSoup(sheets[0].html, "html.parser")
    assert [one.p.text for one in page.select(".part")] == ["¶\N{NO-BREAK SPACE}4 and more"] * 4
    assert not page.find("a")
    plans = read_plans(REPOSITORY / "chapters" / "teaching" / PLANS)
    text = " ".join(
        f"{plan.bring} {step.do}"
        for plan in plans.values()
        for step in plan.steps
        if "paper-" in plan.plan_id
    )
    keys = {key_of(sheet) for sheet in sheets}
    used = {*re.findall(r"\bparts? ([A-Z])\b", text), *re.findall(r"worksheets? (\d)", text)}
    assert len(used) > 4 and used <= keys


def test_the_ending_is_on_one_sheet(sheets):
    """Does no sheet but the timeline, which is handed out last, name a year after the second talk?"""
    late = {
        key_of(sheet)
        for sheet in sheets
        if re.search(r"\b19(6[4-9]|[78]\d)\b", BeautifulSoup(sheet.html, "html.parser").get_text(" "))
    }
    assert late == {"F"}


def test_words_are_in_the_document():
    """Is a word explained as its document spells it, and refused if the document does not have it?"""
    assert "<strong>VSNP</strong>: VSNP is" in show_words("deng-1962", "national-peoples-congress")
    with pytest.raises(QuotationError, match="mao-1963 does not have national"):
        show_words("mao-1963", "national-peoples-congress")


def test_line_of_a_few_words():
    """Has a word of an answer its line, and is one refused that is not there?"""
    assert read_handout("# One\n\n{line}`obscurely <deng-1962-p13>`", {})[0].html == (
        f"<p><em>obscurely</em> (line {find_lines('obscurely', 'deng-1962-p13')[0]})</p>\n"
    )
    with pytest.raises(QuotationError, match="'never' is not in"):
        read_handout("# One\n\n{line}`never <deng-1962-p13>`", {})


def test_worksheets_rest_on_the_documents(sheets):
    """Has each worksheet five passages or more, each with its lines, and room to write below?"""
    for sheet in sheets:
        if sheet.title.startswith("Worksheet"):
            page = BeautifulSoup(sheet.html, "html.parser")
            assert len(page.select("td .place")) >= 5
            assert all(re.search(r"lines? \d+", one.text) for one in page.select(".place"))
            assert len(page.select(".rule")) >= 8


def test_role_cards_are_those_of_the_book(sheets):
    """Are the cards taken from the page of the seminar, without links?"""
    cards = next(sheet for sheet in sheets if "Role cards" in sheet.title)
    page = BeautifulSoup(cards.html, "html.parser")
    assert [one.text for one in page.select(".card h2")] == ["Deng Xiaoping", "The interpreter"]
    assert not page.find("a") and "You met Mao." in page.text
    assert page.select_one(".small").text.split() == "Works cited. Nobody 1999: Nobody, A Book.".split()


@pytest.mark.parametrize("content", [None, "<p>No cards here.</p>"])
def test_no_role_cards(tmp_path, content):
    """Is it said which page is missing, or has no cards and no plan?"""
    page = tmp_path / "seminar-role-play.html"
    if content:
        page.write_text(content)
    with pytest.raises(BookError, match=page.name):
        show_cards(page)
    with pytest.raises(BookError, match=page.name):
        show_part(page, "plan-role-play")


def test_pictures_need_no_color(sheets):
    """Is each picture described, and what it shows in a table below it?"""
    for key in "AEF":
        page = BeautifulSoup(next(one.html for one in sheets if key_of(one) == key), "html.parser")
        assert page.svg and len(page.select_one("[role=img]")["aria-label"]) > 100
        assert len(page.find_all("table")[-1].find_all("tr")) > 5


def test_packet_needs_nothing_else(sheets):
    """Is the packet one page that asks for no other file?"""
    page = BeautifulSoup(write_page(sheets), "html.parser")
    assert not page.find_all(["script", "link", "img", "iframe"])
    assert "url(" not in page.style.text and "@import" not in page.style.text


def test_quotation_in_a_handout_is_looked_up():
    """Is a handout refused that quotes what no document has?"""
    with pytest.raises(QuotationError):
        read_handout("# One\n\n{quotation}`we shall never meet again <deng-1962-p05>`", {})


# --- the answers ---


def test_answers_to_every_question(sheets):
    """Has every numbered question of every worksheet its answer, and every passage too?"""
    page = BeautifulSoup(answers.write_worksheets(SOURCE), "html.parser")
    parts = re.split(r"<h2>Worksheet (\d)</h2>", str(page))
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    for sheet in (one for one in sheets if one.title.startswith("Worksheet")):
        answered = BeautifulSoup(found.pop(key_of(sheet)), "html.parser")
        asked = BeautifulSoup(sheet.html, "html.parser")

        def numbers(soup):
            return [one.text[:2] for one in soup.find_all("strong") if re.match(r"\d\.", one.text)]

        def letters(soup):
            return [row.td.text for row in soup.table.find_all("tr") if row.td]

        assert numbers(answered) == numbers(asked)
        assert letters(answered) == letters(asked)
    assert not found


def test_answers_stay_with_the_teacher(sheets):
    """Is no line of the answers in the packet, the package, the book's sources, the data or the tests?"""
    secrets = find_secrets(SOURCE)[ANSWERS]
    assert len(secrets) > 30
    open_to_all = [("packet.html", write_page(sheets).encode())]
    for folder in ("src", "chapters", "data", "tests"):
        open_to_all += [(f"{folder}/{name}", content) for name, content in read_files(REPOSITORY / folder)]
    assert find_leaks(open_to_all, secrets) == []
    assert find_leaks([("sheet.md", (SOURCE / answers.WORKSHEETS).read_bytes())], secrets)


@pytest.mark.parametrize("notebook", sorted(SOURCE.glob("*/*.ipynb")), ids=lambda path: path.stem)
def test_solutions_of_every_question(notebook):
    """Has the page the solution of every answer cell, and every commentary and rubric?"""
    title, found = answers.read_exercise(notebook)
    page = BeautifulSoup(answers.write_solutions(title, found), "html.parser").text
    cells = nbformat.read(notebook, 4).cells
    graded = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("solution")]
    assert sum(len(one.solutions) for one in found) == len(graded) > 5
    assert all(one.commentary or one.scheme for one in found)
    comments = sum(cell.source.count("BEGIN COMMENTARY") for cell in cells)
    assert sum(bool(one.commentary) for one in found) == comments
    assert "### BEGIN" not in page and "### END" not in page


def test_rubrics_have_samples():
    """Is every rubric of a question that a person marks on one page, with marked samples?"""
    exercises = dict(answers.read_exercise(path) for path in SOURCE.glob("*/*.ipynb"))
    page = BeautifulSoup(answers.write_rubrics(exercises), "html.parser")
    marked = [one.title for found in exercises.values() for one in found if one.scheme]
    assert sorted(one.text for one in page.find_all("h3")) == sorted(marked)
    assert len(page.find_all("blockquote")) + page.text.count("Full marks") >= len(marked)


def test_boxes_with_their_answers(chapter):
    """Does the page of boxes have the question and the answer that is folded in the chapter?"""
    page = BeautifulSoup(answers.write_boxes([chapter]), "html.parser")
    assert page.select_one(".asked").text == "Why?"
    assert "Because." in page.text and "Stop and think" in page.h1.text


def test_every_box_of_the_book_has_an_answer():
    """Does each box *Stop and think* of the chapters have an answer to print?"""
    texts = {path.name: path.read_text(encoding="utf-8") for path in (REPOSITORY / "chapters").glob("*.md")}
    boxes = {name: text.count("\n:class: think\n") for name, text in texts.items()}
    answered = {name: text.count("{dropdown} One answer") for name, text in texts.items()}
    assert sum(boxes.values()) > 20
    assert boxes == answered


# --- the slides ---


def test_slides_of_a_chapter(chapter):
    """Do title, first sentences, quotations, pictures, code and boxes become slides, and nothing else?"""
    slides = read_slides(chapter)
    assert [(slide.kind, slide.heading) for slide in slides] == [
        ("title", "A Title"),
        ("points", "A Title"),
        ("points", "After this chapter you can"),
        ("quotation", "A Section"),
        ("figure", "A Section"),
        ("code", "A Section"),
        ("think", "Stop and think"),
        ("sources", "Sources"),
    ]
    points = [one.text for one in BeautifulSoup(slides[1].html, "html.parser").find_all("li")]
    assert points == ["First of one (Nobody 1999).", "Third has “three little words” (Deng 1962, ¶ 1)."]
    assert slides[5].html == "<ul><li>Here is code.</li></ul><pre><code>one = 1</code></pre>"
    figure = BeautifulSoup(slides[4].html, "html.parser")
    assert figure.div["aria-label"] == "All in words" and not figure.select(".small")


def test_slides_keep_answers_back(chapter):
    """Is the answer of a box on no slide, and does the chapter stay as it was?"""
    before = str(chapter)
    deck = write_slides(read_slides(chapter))
    assert "Why?" in deck and "Because." not in deck and "practice question" not in deck
    assert str(chapter) == before


def test_slides_name_their_sources(chapter):
    """Does the last slide name archive, translator and credit of both documents, as their rights ask?"""
    last = BeautifulSoup(read_slides(chapter)[-1].html, "html.parser").text
    documents = loaders.load_documents()
    assert all(name in last for name in documents["translator"])
    assert all(credit in last for credit in documents["credits"].dropna())


def test_long_lists_are_divided(chapter):
    """Are sentences that would not fit on one slide put on several, all of them?"""
    paragraphs = "".join(f"<p>Sentence {n} has {'word ' * 20}.</p>" for n in range(9))
    chapter.h2.insert_after(BeautifulSoup(paragraphs, "html.parser"))
    lists = [slide.html for slide in read_slides(chapter) if "Sentence" in slide.html]
    assert len(lists) > 3
    assert re.findall(r"Sentence (\d)", "".join(lists)) == list("012345678")


def test_deck_needs_nothing_else(chapter):
    """Is a deck one page with its styles and its script in it, numbered and named for a screen reader?"""
    deck = BeautifulSoup(write_slides(read_slides(chapter)), "html.parser")
    assert not deck.find_all(["link", "img", "iframe"]) and not deck.script.get("src")
    names = [one["aria-label"] for one in deck.find_all("section")]
    assert names == [f"Slide {n} of {len(names)}" for n in range(1, len(names) + 1)]
    assert len(deck.find_all("h1")) == 1


def test_page_without_objectives_is_no_chapter(chapter):
    """Is a page of the back matter taken for no chapter?"""
    assert is_chapter(chapter)
    chapter.select_one(".objectives").decompose()
    assert not is_chapter(chapter)


# --- the page to begin with ---


def test_start_page_leads_everywhere(chapter):
    """Does the start page lead to every file of the bundle, and to none that is missing?"""
    chapters = [materials.Chapter("deng-1962", chapter), materials.Chapter("first-python", chapter)]
    made = materials.write_answers(SOURCE, chapters)
    names = ["packet/class-packet-a4.pdf", "packet/class-packet-letter.pdf", "packet/class-packet.html"]
    names += [f"slides/{one.slug}.{kind}" for one in chapters for kind in ("html", "pdf")]
    made |= dict.fromkeys(names, b"")
    page = BeautifulSoup(materials.write_start(made, chapters), "html.parser")
    linked = {one["href"] for one in page.find_all("a")}
    others = {f"answers/exercises/{path.stem}.html" for path in SOURCE.glob("*/*.ipynb")}
    there = {*made, "README.md", "exercises/nbgrader_config.py"}
    assert linked <= there
    assert made.keys() - linked == others - {"answers/exercises/deng-1962.html"}
    assert not [name for name in materials.may_be_shown(made) if "answers" in name]


def test_templates_name_no_other_place():
    """Does no template ask the network for anything?"""
    for name in ("slides.css", "slides.js", "answers.css", "packet.css"):
        assert not re.search(r"https?:|@import|url\(|fetch\(|import ", (TEMPLATES / name).read_text())
