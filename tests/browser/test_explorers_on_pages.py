"""Do the explorers answer on a page, without Python, as they do in Python, and without scripts as built?"""

import json

import pytest
from playwright.sync_api import expect
from tests.explorer_cases import explorer_cases
from tests.quick import sample

from helpers import align_paragraphs, load_mentions

pytestmark = pytest.mark.browser

WORDS, LETTERS = "chapters/words-in-context.html", "chapters/letters-and-people.html"
COLUMNS = "chapters/side-by-side.html"
CHRONOLOGY, MEASURES = "chapters/chronology.html", "chapters/measures.html"
PAGES = {
    WORDS: "Concordance",
    LETTERS: "Letters and messages",
    CHRONOLOGY: "Chronology",
    MEASURES: "Side by side",
}
ANSWER_ALL = """async cases => {
    await quotations.ready();
    return cases.map(([name, asked]) => {
        const { message, html } = explorers.answer(name, asked);
        return [message, html];
    });
}"""


@pytest.fixture
def explore(open_page):
    """Return a function that opens a page, waits for the form of its explorer, and returns the explorer."""

    def open_(path, **options):
        part = open_page(path, **options).locator("section.explorer").first
        part.scroll_into_view_if_needed()
        expect(part.get_by_role("form", name=PAGES[path])).to_be_visible()
        return part

    return open_


def status(part):
    return part.get_by_role("status")


def test_page_and_python_agree(open_page):
    """Does the script give Python's sentence and Python's table for every question?"""
    asked = list(explorer_cases())
    settings = [(one.name(), {name: getattr(one, name) for name in one.asked}) for one in asked]
    found = open_page(WORDS).evaluate(ANSWER_ALL, settings)
    differing = [
        f"{one}: {message} {html[:600]} INSTEAD OF {one.message} {one.show()[:600]}"
        for one, (message, html) in zip(asked, found, strict=True)
        if (message, html) != (one.message, one.show())
    ]
    assert len(asked) > 150
    assert differing == []


def test_nothing_is_fetched_before_an_explorer_is_near(open_page):
    """Is the file of the documents fetched only when a reader comes near an explorer?"""
    page = open_page(WORDS)
    fetched = """performance.getEntriesByType("resource")
        .filter(one => one.name.includes("paragraphs.js")).length"""
    assert page.evaluate(fetched) == 0
    page.locator("section.explorer").scroll_into_view_if_needed()
    page.wait_for_function(f"{fetched} === 1")


def test_concordance_is_asked_by_keyboard(explore):
    """Can a reader type another term, sort the lines and begin again, and does the focus stay?"""
    part = explore(WORDS)
    expect(part.get_by_label("Term")).to_have_value("solidarity")
    part.get_by_label("Term").focus()
    part.page.keyboard.press("Control+A")
    part.page.keyboard.type("Albania")
    expect(status(part)).to_have_text("4 lines in 2 paragraphs.")
    expect(part.get_by_label("Term")).to_be_focused()
    expect(part.locator("tbody tr:visible")).to_have_count(4)
    link = part.get_by_role("link", name="mao-1963-p13").first
    assert link.evaluate("link => link.href").endswith("chapters/mao-1963.html#mao-1963-p13")
    part.page.keyboard.press("Tab")
    expect(part.get_by_label("Document")).to_be_focused()
    part.page.keyboard.press("ArrowDown")
    expect(status(part)).to_have_text("0 lines in 0 paragraphs.")
    part.get_by_role("button", name="Start again").press("Enter")
    expect(part.get_by_label("Term")).to_have_value("solidarity")
    expect(part.get_by_role("button", name="Start again")).to_be_focused()


def test_what_cannot_be_asked_is_a_sentence(explore):
    """Does the status say what is wrong, escaped, and does the form keep what was typed?"""
    part = explore(WORDS)
    for label, typed, told in [
        ("Characters each side", "999", "Characters each side: it is a number from 0 to 200, not 999."),
        ("Characters each side", "", "Characters each side: it is a whole number."),
        ("Characters each side", "50", "0 lines in 0 paragraphs."),
    ]:
        part.get_by_label("Term").fill("<img src=x>")
        part.get_by_label(label).fill(typed)
        expect(status(part)).to_have_text(told)
    expect(part.locator(".asked-answer caption")).to_have_text("Where <img src=x> occurs")
    assert part.locator("img").count() == 0


def test_chronology_hides_the_picture_of_another_question(explore):
    """Is the chart shown only with the question for which it was drawn, and is a long answer unfolded?"""
    part = explore(CHRONOLOGY)
    picture = part.locator("figure.chart")
    expect(picture).to_be_visible()
    part.get_by_label("Category").select_option(label="military")
    part.get_by_label("From the year").fill("1949")
    part.get_by_label("To the year").fill("1989")
    expect(picture).to_be_hidden()
    n_events = int(status(part).inner_text().split()[0])
    part.locator(".asked-answer summary").press("Enter")
    expect(part.locator("tbody tr:visible")).to_have_count(n_events)
    part.get_by_role("button", name="Start again").click()
    expect(picture).to_be_visible()


def test_letters_and_parallels(explore):
    """Do lists and checkboxes choose rows, and does no checkbox at all tell what there is?"""
    part = explore(LETTERS)
    part.get_by_label("Named in").select_option(label="Mao 1963")
    part.get_by_label("Medium").select_option(label="any")
    expect(part.locator("tbody tr:visible").first.get_by_role("link", name="mao-1963-")).to_be_visible()
    part = explore(MEASURES)
    part.get_by_role("checkbox", name="letters").uncheck()
    expect(status(part)).to_contain_text("there are person, party, letter, topic")
    part.get_by_role("checkbox", name="topics").press("Space")
    expect(status(part)).to_contain_text("pairs of paragraphs.")


@pytest.mark.parametrize("path", sample(PAGES, WORDS))
def test_form_fits_a_small_screen(explore, path):
    """Does the form with a long answer fit 320 pixels, with controls that a finger can hit?"""
    part = explore(path, width=320)
    assert part.page.evaluate("document.documentElement.scrollWidth") <= 320
    controls = ".asked :is(select, button, input:not([type=checkbox]), label:has(input))"
    for control in part.locator(controls).all():
        box = control.bounding_box()
        assert box["height"] >= 24 and box["x"] >= 0 and box["x"] + box["width"] <= 320


@pytest.mark.parametrize("path", sample(PAGES, CHRONOLOGY))
def test_built_answer_is_for_paper_and_for_no_script(explore, open_page, path):
    """Is the built answer whole without scripts and on paper, where the form is not?"""
    part = explore(path)
    built = part.locator(".built")
    expect(built.first).to_be_hidden()
    part.page.emulate_media(media="print")
    expect(built.first).to_be_visible()
    expect(part.locator("form.asked")).to_be_hidden()
    expect(status(part)).to_be_hidden()
    page = open_page(path, java_script_enabled=False)
    section = page.locator("section.explorer").first
    more = section.locator("summary").last
    if section.locator("details.more").count():
        more.click()
    cut = """rows => rows.filter(row => row.scrollHeight > row.clientHeight + 1 && row.clientHeight).length"""
    assert section.locator(".built").last.locator("tbody tr:visible").count() >= 1
    assert section.locator("tbody tr").evaluate_all(cut) == 0


@pytest.mark.parametrize("scheme", sample(["light", "dark"], "dark"))
@pytest.mark.parametrize("path", sample(PAGES, MEASURES))
def test_axe_finds_nothing_in_forms(explore, path, scheme, find_violations):
    """Does axe find no violation of WCAG 2.2 A or AA in the form and its answer?"""
    part = explore(path, color_scheme=scheme, reduced_motion="reduce")
    assert find_violations(part.page, "section.explorer") == []


@pytest.mark.long
def test_form_in_forced_colors(explore):
    """Has every field a border that forced colors keep?"""
    part = explore(MEASURES, forced_colors="active")
    for field in part.locator(".asked :is(select, input:not([type=checkbox]), button)").all():
        assert field.evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)") >= 1


# --- two columns ---


@pytest.fixture
def columns(open_page):
    """Return a function that opens the page of the two columns, and waits for them."""

    def open_(**options):
        part = open_page(COLUMNS, **options).locator("section.explorer").first
        part.scroll_into_view_if_needed()
        expect(part.get_by_label("Both mention")).to_be_visible()
        return part

    return open_


def now(part):
    """Return the paragraphs that the two columns show, with how far each is below the top of its column."""
    return part.locator("p.now").evaluate_all(
        """found => found.map(one =>
            [one.querySelector("a").hash.slice(1), one.offsetTop - one.parentElement.scrollTop])"""
    )


def test_columns_follow_a_choice(columns):
    """Do both columns go to each pair of paragraphs that share a letter, a party or a topic?"""
    part = columns(reduced_motion="reduce")
    asked = [
        ("letter", "ccp-letter-1962-04-07"),
        ("party", "communist-party-of-new-zealand"),
        ("topic", align_paragraphs(by="topic")["shared"].iloc[0][0]),
    ]
    for kind, key in asked:
        pairs = align_paragraphs(by=kind).explode("shared").query("shared == @key")
        pairs = pairs.sort_values(["paragraph_id", "other_id"])
        assert len(pairs) > 0
        part.get_by_label("Both mention").select_option(json.dumps([kind, key], separators=(",", ":")))
        for n, pair in enumerate(pairs[["paragraph_id", "other_id"]].values.tolist(), start=1):
            expect(status(part)).to_contain_text(f"Pair {n} of {len(pairs)}: ")
            shown = now(part)
            assert [name for name, _ in shown] == pair
            heights = part.locator(".compared").evaluate_all("all => all.map(one => one.clientHeight)")
            assert all(0 <= top < height for (_, top), height in zip(shown, heights, strict=True))
            assert (kind == "letter") == (part.locator("p.now mark").count() == 0)
            part.get_by_role("button", name="Next pair").press("Enter")
        expect(status(part)).to_contain_text("Pair 1 of ")


def test_marked_words_are_the_names(columns):
    """Are the marked words those that name a party in the two documents?"""
    part = columns()
    part.get_by_label("Both mention").select_option('["party","communist-party-of-new-zealand"]')
    mentions = load_mentions().query("entity_id == 'communist-party-of-new-zealand'")
    shared = set(
        align_paragraphs(by="party")
        .explode("shared")
        .query("shared == 'communist-party-of-new-zealand'")[["paragraph_id", "other_id"]]
        .stack()
    )
    expected = mentions[mentions["paragraph_id"].isin(shared)].sort_values(["paragraph_id", "start"])
    assert part.locator("mark").all_inner_texts() == expected["spelling"].to_list()


@pytest.mark.parametrize("width", sample([320, 1280], 320))
def test_columns_are_accessible(columns, width, find_violations):
    """Do the columns fit and scroll by keyboard, does axe find nothing, and has paper the table?"""
    part = columns(width=width, reduced_motion="reduce")
    assert part.page.evaluate("document.documentElement.scrollWidth") <= width
    assert find_violations(part.page, "section.explorer") == []
    region = part.get_by_role("region", name="Mao 1963")
    region.focus()
    part.page.keyboard.press("End")
    part.page.wait_for_function("document.querySelectorAll('.compared')[1].scrollTop > 500")
    expect(part.locator("table")).to_have_count(2)
    part.page.emulate_media(media="print")
    expect(part.locator("table").first).to_be_visible()
    expect(region).to_be_hidden()
