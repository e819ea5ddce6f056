"""Can the built book be read, cited and checked by keyboard, on a narrow screen, and without scripts?"""

import mimetypes
import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect
from tests.quick import sample

from helpers import load_documents, load_emendations, load_sentences, load_speech_acts
from helpers.corpus import loaders

pytestmark = pytest.mark.browser

DENG, MAO = "chapters/deng-1962.html", "chapters/mao-1963.html"
TOC = yaml.safe_load((Path(__file__).parents[2] / "_toc.yml").read_text(encoding="utf-8"))
LISTED = [chapter["file"] for part in TOC["parts"] for chapter in part["chapters"]]
PAGES = [f"{name}.html" for name in (TOC["root"], *LISTED)]
EDITIONS = {DENG: "deng-1962", MAO: "mao-1963"}
NO_MARGIN = 1100  # pixels: on a narrower page notes open in place
each_page = pytest.mark.parametrize("path", sample(PAGES, DENG, "chapters/letters-and-people.html"))


def tab_to(page, selector, *, most=600):
    """Press Tab until the element is reached; if it is not, report where the focus went."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached with {most} presses of Tab")


def is_in_view(page, selector):
    """Say whether the upper left corner of an element is visible, neither off the screen nor covered."""
    return page.evaluate(
        """selector => {
            const element = document.querySelector(selector), box = element.getBoundingClientRect();
            return element.contains(document.elementFromPoint(box.left + 2, box.top + 2));
        }""",
        selector,
    )


def words(text):
    return " ".join(text.split())


@pytest.fixture
def note_on_the_text():
    table = load_emendations().set_index("emendation_id")
    return table.loc["deng-1962-e08"]


# --- finding a paragraph ---


def test_paragraph_is_reached_by_keyboard(open_page):
    """Does Tab reach the number of paragraph 12, and does Enter go to its address?"""
    page = open_page(DENG)
    number = page.get_by_role("link", name="Paragraph 12", exact=True)
    expect(number).to_have_text("12")
    tab_to(page, '.edition-number[href="#deng-1962-p12"]')
    page.keyboard.press("Enter")
    assert page.url.endswith(f"{DENG}#deng-1962-p12")
    assert is_in_view(page, "#deng-1962-p12 p")


@pytest.mark.parametrize("width", [1280, 390])
def test_address_of_a_paragraph(open_page, width):
    """Does the address of a paragraph show its beginning, below the bar at the top of the page?"""
    page = open_page(f"{DENG}#deng-1962-p12", width=width)
    assert is_in_view(page, "#deng-1962-p12 p")
    assert is_in_view(page, "#deng-1962-p12 .edition-number")


def test_address_of_a_note(open_page):
    """Does the address of a note open the folded list that it is in?"""
    page = open_page(f"{DENG}#deng-1962-e08")
    expect(page.locator("#deng-1962-e08 .note-text")).to_be_in_viewport()
    page.locator("#deng-1962-e08 a").click()
    expect(page.locator("#deng-1962-e08-mark")).to_be_in_viewport()


def test_edition_can_be_skipped(open_page):
    """Can keyboard users skip the many links of an edition with one key?"""
    page = open_page(DENG)
    tab_to(page, ".edition-skip")
    expect(page.get_by_role("link", name="Skip to the end of the document")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".edition-source a")).to_be_focused()


# --- the two readings ---


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("path", sample(EDITIONS, DENG))
def test_readings_in_full(open_page, path, scripts):
    """Does each line show and copy only one reading, and can the other be chosen by keyboard?"""
    page = open_page(path, java_script_enabled=scripts)
    lines = [line for line in loaders.lines() if line.document_id == EDITIONS[path]]

    def seen():
        return [words(text) for text in page.locator(".edition-line > p").all_inner_texts()]

    assert seen() == [words(line.text("corrected")) for line in lines]
    page.get_by_role("radio", name="Corrected").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("group", name="Reading").get_by_role("radio", name="Diplomatic")).to_be_checked()
    assert seen() == [words(line.text("diplomatic")) for line in lines]
    page.keyboard.press("ArrowLeft")
    assert seen() == [words(line.text("corrected")) for line in lines]


def test_reading_is_remembered(open_page):
    """Is the chosen reading kept for the next visit and for the page of the other document?"""
    page = open_page(DENG)
    tab_to(page, '.edition-reading input[value="corrected"]')
    page.keyboard.press("ArrowRight")
    page.reload()
    expect(page.get_by_role("radio", name="Diplomatic")).to_be_checked()
    assert "the replied to us" in page.locator("#deng-1962-p01").inner_text()
    page.goto(MAO)
    assert "Chervoenko" in page.locator("#mao-1963-h4").inner_text()


# --- the bar of an edition ---


def test_bar_by_keyboard(open_page):
    """Are notes and voices switched by keyboard, said in words, and kept for the next visit?"""
    page = open_page(DENG)
    tab_to(page, "[data-switch=notes]")
    page.keyboard.press("Space")
    expect(page.locator(".edition .note-mark:visible")).to_have_count(0)
    expect(page.locator(".edition-margin:visible")).to_have_count(0)
    page.keyboard.press("Tab")
    expect(page.get_by_label("Voices")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".edition-bar").get_by_text("the note-taker’s words")).to_be_visible()
    acts = load_speech_acts().query("paragraph_id == 'deng-1962-p03'")
    said = page.locator("#deng-1962-p03").get_by_role("listitem").all_inner_texts()
    assert [text.rpartition(" (")[2].rstrip(")") for text in said] == acts["voice"].to_list()
    assert [text.rpartition(" (")[0].split()[-1] for text in said] == acts["act"].to_list()
    page.reload()
    expect(page.get_by_label("Notes", exact=True)).not_to_be_checked()
    expect(page.get_by_label("Voices")).to_be_checked()
    page.goto(f"{MAO}#mao-1963-e04")  # an address of a note shows the notes
    expect(page.locator("#mao-1963-e04 .note-text")).to_be_in_viewport()


@pytest.mark.parametrize("reading", ["corrected", "diplomatic"])
@pytest.mark.parametrize("path", sample(EDITIONS, DENG))
def test_voices_are_in_the_sentences(open_page, path, reading):
    """Does each voice mark the sentences that are coded so, with a line of another kind for each?"""
    page = open_page(path)
    page.locator(f'.edition-reading [value="{reading}"]').check()
    page.get_by_label("Voices").check()
    page.wait_for_function("CSS.highlights.has('voice-reported')")
    marked = page.evaluate(
        """() => Object.fromEntries([...CSS.highlights].filter(([name]) => name.startsWith("voice-")).map(
            ([name, ranges]) => [name, [...ranges].map(range => {
                const words = range.cloneContents();
                words.querySelectorAll(".sic, .note-popover").forEach(one => one.remove());
                return words.textContent.trim();
            })]))"""
    )
    coded = load_speech_acts().merge(load_sentences(), on=["paragraph_id", "n"])
    coded = coded[coded["paragraph_id"].str.startswith(EDITIONS[path])]
    for voice, own in coded.groupby("voice"):
        assert marked[f"voice-{voice}"] == own["text"].to_list()
    lines = page.locator(".edition-bar p span").evaluate_all(
        "spans => spans.map(span => getComputedStyle(span).textDecorationStyle)"
    )
    assert len(set(lines)) == len(lines) == 3


@pytest.mark.parametrize("width", [1280, 390])
def test_bar_leads_to_a_paragraph(open_page, width):
    """Does a number and Enter lead to a paragraph, below the bar, with the focus on it?"""
    page = open_page(f"{DENG}#deng-1962-p12", width=width)
    for n in ("7", "12", "7"):
        page.get_by_label("Go to paragraph").fill(n)
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name=f"Paragraph {n}", exact=True)).to_be_focused()
        assert is_in_view(page, f"#deng-1962-p{int(n):02} p")
    page.get_by_label("Go to paragraph").fill("99")
    page.keyboard.press("Enter")
    assert page.url.endswith("#deng-1962-p07")


@pytest.mark.parametrize("width", sample([1280, 390, 320], 320))
def test_bar_covers_nothing_that_has_the_focus(open_page, width):
    """Is each link of the text clear of the bar when Tab or Shift and Tab reach it?"""
    page = open_page(DENG, width=width)
    page.get_by_label("Go to paragraph").fill("6")
    page.keyboard.press("Enter")
    for key in ["Tab"] * 12 + ["Shift+Tab"] * 40:
        page.keyboard.press(key)
        covered = page.evaluate(
            """() => {
                const one = document.activeElement, bar = document.querySelector(".edition-bar");
                if (!one.closest(".edition-line")) return false;
                return one.getBoundingClientRect().top < bar.getBoundingClientRect().bottom - 1;
            }"""
        )
        assert not covered, page.evaluate("document.activeElement.outerHTML")


# --- the margin of a wide page ---


def test_notes_beside_their_paragraphs(open_page):
    """Does a wide page have notes and questions in its margin, clear of the text and of each other?"""
    page = open_page(DENG)
    beside = page.locator("#deng-1962-p05 .edition-margin")
    expect(beside).to_contain_text("What to notice, ¶ 5")
    expect(beside).to_have_role("note")
    boxes = page.locator(".edition-margin").evaluate_all(
        "parts => parts.map(part => part.getBoundingClientRect().toJSON())"
    )
    text = page.locator("#deng-1962-p05 > p").bounding_box()
    assert all(box["left"] > text["x"] + text["width"] and box["right"] <= 1280 for box in boxes)
    assert all(one["bottom"] <= other["top"] for one, other in pairwise(boxes))
    assert boxes[0]["top"] >= page.locator(".bd-sidebar-secondary").bounding_box()["height"]
    edition = page.locator(".edition").evaluate("edition => edition.getBoundingClientRect().bottom")
    assert boxes[-1]["bottom"] <= edition + 1


def test_margin_by_keyboard(open_page, note_on_the_text):
    """Does a mark lead to its note in the margin, and do its letter and Escape lead back?"""
    page = open_page(DENG)
    mark, note = page.locator("#deng-1962-e08-mark"), page.locator("[data-mark=deng-1962-e08-mark]")
    for back in ("Escape", "Enter"):
        mark.press("Enter")
        expect(note).to_be_focused()
        expect(note).to_contain_text(note_on_the_text["reason"])
        expect(page.locator("#deng-1962-e08-mark-note")).to_be_hidden()
        if back == "Enter":
            page.keyboard.press("Tab")
        page.keyboard.press(back)
        if back == "Escape":
            expect(mark).to_be_focused()
    assert page.url.endswith("#deng-1962-e08-mark")


# --- copying ---


def test_copied_paragraphs_are_the_source(open_page):
    """Does copying two paragraphs give only their words, without the controls around them?"""
    page = open_page(DENG, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("""() => getSelection().setBaseAndExtent(
        document.querySelector("#deng-1962-p01"), 0, document.querySelector("#deng-1962-p02 p"), 1)""")
    page.keyboard.press("Control+c")
    lines = {line.paragraph_id: line.text("corrected") for line in loaders.lines()}
    copied = page.evaluate("navigator.clipboard.readText()")
    assert words(copied) == f"{lines['deng-1962-p01']} {lines['deng-1962-p02']}"


# --- notes ---


def test_note_by_keyboard(open_page, note_on_the_text):
    """Can a note on the text be opened, read and closed by keyboard alone?"""
    page = open_page(DENG, width=NO_MARGIN)
    mark, note = page.locator("#deng-1962-e08-mark"), page.locator("#deng-1962-e08-mark-note")
    tab_to(page, "#deng-1962-e08-mark")
    expect(mark).to_have_role("button")
    expect(mark).to_have_accessible_name(re.compile(r"^Note \w+: emendation$"))
    expect(note).to_be_hidden()

    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    expect(mark).to_have_attribute("aria-expanded", "true")
    text = note.inner_text()
    for part in ("received", "reading", "certainty", "reason"):
        assert note_on_the_text[part] in text
    assert note_on_the_text["kind"].capitalize() in text

    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(mark).to_have_attribute("aria-expanded", "false")
    expect(mark).to_be_focused()

    page.keyboard.press("Space")
    expect(note).to_be_visible()
    page.keyboard.press("Tab")
    expect(note.get_by_role("button", name="Close the note")).to_be_focused()
    page.keyboard.press("Enter")
    expect(note).to_be_hidden()
    expect(mark).to_be_focused()


def test_gloss_by_pointer(open_page):
    """Does a click open the note on a person, and does a second click, or one elsewhere, close it?"""
    page = open_page(DENG, width=NO_MARGIN)
    mark = page.get_by_role("button", name="About Mao Zedong")
    note = page.locator("#deng-1962-mao-zedong-mark-note")
    for close in (mark.click, page.locator("#deng-1962-p02 p").click):
        mark.click()
        expect(note).to_contain_text("Chairman of the Chinese Communist Party")
        expect(note).to_be_in_viewport(ratio=1)
        close()
        expect(note).to_be_hidden()


def test_notes_are_printed(open_page):
    """Are the folded notes unfolded for printing, and folded again afterwards?"""
    page = open_page(DENG)
    notes = page.locator("#deng-1962-apparatus li").first
    expect(notes).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(notes).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(notes).to_be_hidden()


# --- the citation of a paragraph ---


def expected_citation(number):
    row = load_documents().set_index("document_id").loc["deng-1962"]
    cited = row["citation"].replace(row["url_received"], row["url"])
    identified = f"Paragraph {number} (deng-1962-p{number:02})"
    return f"{cited}. {identified}, as numbered in The Sino-Soviet Split: Two Documents"


def copy_citation(page):
    tab_to(page, '.edition-number[href="#deng-1962-p12"]')
    page.keyboard.press("Tab")
    button = page.get_by_role("button", name="Cite or take a note on paragraph 12", exact=True)
    expect(button).to_be_focused()
    expect(button).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copy citation")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Citation of paragraph 12 copied.")).to_be_visible()
    expect(button).to_be_focused()


def test_citation_is_copied(open_page):
    """Do Tab, Tab, Enter, Enter copy the citation of a paragraph, and is that announced?"""
    page = open_page(DENG, permissions=["clipboard-read", "clipboard-write"])
    copy_citation(page)
    assert page.evaluate("navigator.clipboard.readText()").startswith(expected_citation(12))


def test_citation_from_a_plain_address(browser, site_folder):
    """Does copying work on pages without clipboard access, and does the text end with the page's address?"""
    context = browser.new_context()
    page = context.new_page()

    def answer(route):
        path = site_folder / route.request.url.removeprefix("http://book.example/").partition("?")[0]
        kind = mimetypes.guess_type(path.name)[0]
        route.fulfill(body=path.read_bytes(), content_type=kind) if path.is_file() else route.abort()

    page.route("http://book.example/**", answer)
    page.goto(f"http://book.example/{DENG}")
    assert page.evaluate("navigator.clipboard === undefined")
    copy_citation(page)
    page.evaluate("document.body.prepend(document.createElement('textarea'))")
    page.locator("textarea").first.focus()
    page.keyboard.press("Control+v")
    cited = page.locator("textarea").first.input_value()
    assert cited.startswith(expected_citation(12))
    assert cited.endswith(f"/{DENG}#deng-1962-p12")
    context.close()


# --- without scripts ---


@pytest.mark.parametrize("width", sample([1280, 390], 390))
@each_page
def test_no_dead_control_without_scripts(open_page, path, width):
    """Are controls that need scripts hidden, and can readers still reach chapters and notes?"""
    page = open_page(path, width=width, java_script_enabled=False)
    assert [button.inner_text() for button in page.locator("button:visible").all()] == []
    expect(page.get_by_role("link", name=re.compile("Mao, 23 February 1963")).first).to_be_visible()
    if path in EDITIONS:
        mark = page.locator(".edition a.note-mark").first
        mark.click()
        expect(page.locator("li:target .note-text")).to_be_in_viewport()
        page.locator("li:target a.note-place").click()
        expect(mark).to_be_in_viewport()


# --- every page ---


@pytest.mark.parametrize("paths", sample(["two pages", "every page"], "two pages"))
def test_no_request_leaves_the_site(open_page, site, site_folder, paths):
    """Does every page load without other servers, missing files or script errors?"""
    page, trouble = open_page("chapters/index.html"), []

    def asked(request):
        if not request.url.startswith((f"{site}/", "data:", "blob:")):
            trouble.append(f"{page.url} asks {request.url}")
        if request.resource_type == "font":  # the theme's icon font has 157 kB
            trouble.append(f"{page.url} asks for a font, {request.url}")

    def answered(response):
        if response.status >= 400:
            trouble.append(f"{page.url} misses {response.url}")

    page.on("request", asked)
    page.on("response", answered)
    page.on("pageerror", lambda error: trouble.append(f"{page.url}: {error}"))
    page.on("console", lambda said: said.type == "error" and trouble.append(f"{page.url}: {said.text}"))
    pages = [path.relative_to(site_folder).as_posix() for path in sorted(site_folder.rglob("*.html"))]
    # The theme leaves templates among its static files; JupyterLite loads Python, and is tested with it.
    pages = [path for path in pages if not path.startswith(("_static/", "live/"))]
    assert set(PAGES) <= set(pages)
    for path in pages if paths == "every page" else ["search.html", DENG]:
        page.goto(path, wait_until="networkidle")
    assert trouble == []


@each_page
def test_no_sideways_scrolling(open_page, path):
    """Does a page fit a screen of 320 pixels, even with a note open?"""
    page = open_page(path, width=320)
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        if path in EDITIONS:
            page.locator(".edition .note-mark").first.click()


@pytest.mark.parametrize("width", sample([1280, 390], 390))
def test_focus_is_seen(open_page, width):
    """Does every control have a visible focus indicator when reached by keyboard (WCAG 2.4.7)?"""
    page = open_page("chapters/letters-and-people.html", width=width)
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        unseen += page.evaluate(
            """() => {
                const one = document.activeElement, look = getComputedStyle(one);
                const seen = look.outlineStyle !== "none" || look.boxShadow !== "none";
                return one === document.body || seen ? [] : [one.outerHTML.slice(0, 80)];
            }"""
        )
    assert unseen == []


def test_concordance_on_a_phone(open_page):
    """Is a line of a concordance a block on a phone, with its term between the words around it?"""
    page = open_page("chapters/words-in-context.html", width=390)
    for table in page.locator("table.kwic").all():
        line = table.locator("tbody tr").first
        boxes = [line.locator(f".kwic-{part}").bounding_box() for part in ("left", "node", "right")]
        assert all(one["x"] + one["width"] <= other["x"] + 1 for one, other in pairwise(boxes))
        assert boxes[0]["x"] >= 0 and boxes[2]["x"] + boxes[2]["width"] <= 390


@pytest.mark.parametrize(
    ("scheme", "width"),
    sample([("dark", 390), ("light", 1280), ("dark", 1280), ("light", 390)], ("dark", 390)),
)
@each_page
def test_axe_finds_nothing(open_page, path, scheme, width, find_violations):
    """Does axe find no violation of WCAG 2.2 A or AA, even with everything unfolded and a note open?"""
    # Without motion, because the contrast is different in the middle of a color transition.
    page = open_page(path, width=width, color_scheme=scheme, reduced_motion="reduce")
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    page.evaluate("document.querySelectorAll('main details').forEach(details => details.open = true)")
    if path in EDITIONS:
        page.get_by_label("Voices").check()
        page.locator("ol.edition-voices").first.wait_for()
        page.locator(".edition .note-mark").first.click()
    assert find_violations(page) == []


@pytest.mark.parametrize("width", sample([1280, 390], 390))
@pytest.mark.parametrize("paths", sample(["three pages", "every page"], "three pages"))
def test_labels_of_charts_are_read(open_page, site_folder, paths, width):
    """Is every label of every chart inside its picture, clear of the others, and large enough to read?"""
    charts = """charts => charts.flatMap(chart => {
        const svg = [...chart.querySelectorAll("svg")].find(drawing => drawing.checkVisibility()),
            texts = [...svg.querySelectorAll("text")].filter(text => text.textContent.trim()
                && getComputedStyle(text).opacity !== "0"),
            boxes = texts.map(text => text.getBoundingClientRect()),
            picture = svg.getBoundingClientRect(),
            scale = picture.width / svg.viewBox.baseVal.width,
            least = 10.5;
        return texts.flatMap((text, i) => {
            const box = boxes[i], found = [];
            if (box.left < picture.left - 1 || box.right > picture.right + 1) found.push("is cut");
            if (scale * parseFloat(getComputedStyle(text).fontSize) < least) found.push("is too small");
            boxes.forEach((other, j) => {
                if (j > i && Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1
                    && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 3)
                    found.push("meets " + texts[j].textContent);
            });
            return found.map(trouble => `${chart.id}: ${text.textContent} ${trouble}`);
        });
    })"""
    trouble, n_charts = [], 0
    have = [path for path in PAGES if 'class="chart"' in (site_folder / path).read_text(encoding="utf-8")]
    for path in have if paths == "every page" else have[:3]:
        figures = open_page(path, width=width).locator("figure.chart")
        n_charts += figures.count()
        trouble += [f"{path}: {found}" for found in figures.evaluate_all(charts)]
    assert len(have) > 5 and n_charts > 2
    assert trouble == []


@pytest.mark.parametrize("path", sample(PAGES, "chapters/the-split.html"))
def test_second_drawing_fits_a_phone(open_page, site_folder, path):
    """Does a phone show only the drawing for narrow screens, and all of it?"""
    if 'class="chart"' not in (site_folder / path).read_text(encoding="utf-8"):
        pytest.skip("This page has no chart.")
    for width, shown, hidden in ((390, ".narrow", ".wide"), (1280, ".wide", ".narrow")):
        page = open_page(path, width=width)
        drawings = page.locator(f".chart-picture{shown}")
        assert drawings.count()
        for drawing in drawings.all():
            expect(drawing).to_be_visible()
            assert drawing.evaluate("one => one.scrollWidth <= one.clientWidth")
        assert page.locator(f".chart-picture{hidden}:visible").count() == 0


# --- search ---


def test_search_lands_on_the_paragraph(open_page):
    """Does a search for a word list the paragraphs with it, and does the first result lead to one?"""
    page = open_page("/search.html?q=albania")
    found = page.locator("section.paragraphs-found")
    found.wait_for()
    assert found.locator("[role=status]").inner_text() == "2 found for “albania”."
    assert found.locator("mark").all_inner_texts()[:1] == ["Albania"]
    link = found.get_by_role("link", name="Mao 1963, paragraph 13")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/chapters/mao-1963.html#mao-1963-p13")
    assert page.locator("#mao-1963-p13").is_visible()


def test_search_from_a_page(open_page):
    """Can a reader search from any page by keyboard alone, and reach the paragraphs?"""
    page = open_page("/chapters/the-split.html")
    page.keyboard.press("Control+K")
    page.keyboard.type("rather heavy obligation")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    found = page.locator("section.paragraphs-found")
    found.wait_for()
    assert found.get_by_role("link").all_inner_texts() == ["Deng 1962, paragraph 10"]


def test_search_shows_what_was_typed_as_text(open_page):
    """Is text in a query never treated as HTML?"""
    page = open_page("/search.html?q=%3Cimg%20src%3Dx%3E%20unity")
    page.locator("section.paragraphs-found [role=status]").wait_for()
    assert page.locator("section.paragraphs-found img").count() == 0
