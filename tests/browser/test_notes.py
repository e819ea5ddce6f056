"""Can a reader take notes, highlight, cite and save the notes, and does all of it stay on the device?"""

import csv
import io
import json
import re

import pytest
from playwright.sync_api import expect
from pybtex.database import parse_string
from tests.quick import sample

from helpers.corpus import loaders

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DENG, MAO = "chapters/deng-1962.html", "chapters/mao-1963.html"
STORE = "sino-soviet-split-notes"
LINES = {line.paragraph_id: line for line in loaders.lines()}
WORDS = "the CPSU and the CCP must close ranks"


def menu_button(page, name):
    return page.get_by_role("button", name=f"Cite or take a note on {name}", exact=True)


def choose(page, name, item):
    """Open the menu of a line by keyboard and choose an item."""
    menu_button(page, name).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copy citation")).to_be_focused()
    for _ in range(6):
        if page.evaluate("document.activeElement.textContent") == item:
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def begin_note(page, name, note):
    """Open the form for a note by keyboard and write the note."""
    choose(page, name, "Take a note")
    panel = page.get_by_role("dialog", name=f"Note on {name}")
    expect(panel.get_by_label("Your note")).to_be_focused()
    page.keyboard.type(note)
    return panel


def take_note(page, name, words, note):
    """Take a note by keyboard alone, and wait until the page says that it is saved."""
    panel = begin_note(page, name, note)
    page.keyboard.press("Shift+Tab")
    expect(panel.get_by_label("Words of the paragraph")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").filter(has_text="Note saved.")).to_be_visible()


def marked(page, kind):
    """Return the words that are marked on the page, without the texts of notes in place."""
    return page.evaluate(
        """kind => [...(CSS.highlights.get(`reader-${kind}`) ?? [])].map(range => {
            const part = range.cloneContents();
            const other = document.querySelector("[value=diplomatic]").checked ? ".corr" : ".sic";
            part.querySelectorAll(`${other}, .note-popover`).forEach(hidden => hidden.remove());
            return part.textContent;
        })""",
        kind,
    )


def stored(page):
    return json.loads(page.evaluate(f"localStorage.getItem('{STORE}')") or "[]")


def select(page, paragraph_id, words):
    """Select words of a line as a pointer would."""
    page.evaluate(
        """([id, words]) => {
            const line = document.querySelector(`#${id} > p`);
            const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const node = walker.currentNode, at = node.data.indexOf(words);
                if (at < 0) continue;
                getSelection().setBaseAndExtent(node, at, node, at + words.length);
                return;
            }
            throw new Error("There are no such words.");
        }""",
        [paragraph_id, words],
    )


def saved_file(page, name):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value.path().read_bytes().decode("utf-8")


# --- notes ---


def test_note_by_keyboard(open_page, site):
    """Is a note taken, found after a reload, listed, saved as Markdown and deleted, without the pointer?"""
    page, asked = open_page(DENG), []
    page.on("request", lambda request: asked.append(request.url))
    take_note(page, "paragraph 5", WORDS.upper(), "Who must move?")
    expect(menu_button(page, "paragraph 5")).to_be_focused()
    assert [note["exact"] for note in stored(page)] == [WORDS]
    page.reload()
    mark = page.get_by_role("button", name="My notes on paragraph 5: 1")
    expect(mark).to_be_visible()
    assert marked(page, "note") == [WORDS]

    mark.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="My notes")
    item = panel.get_by_role("listitem")
    expect(item).to_be_focused()
    expect(item.get_by_role("link", name="(1962, ¶ 5)")).to_be_visible()
    expect(item).to_contain_text(WORDS)
    expect(item).to_contain_text("Who must move?")
    text = saved_file(page, "Save as Markdown")
    assert f"> “{WORDS}” (1962, ¶ 5)" in text and "Who must move?" in text
    assert "deng-1962-p05), as numbered in The Sino-Soviet Split: Two Documents" in text

    page.once("dialog", lambda dialog: dialog.accept())
    panel.get_by_role("button", name="Delete note (1962, ¶ 5)").focus()
    page.keyboard.press("Enter")
    expect(item).to_have_count(0)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(mark).to_have_count(0)
    assert marked(page, "note") == [] and stored(page) == []
    assert all(url.startswith((f"{site}/", "blob:")) for url in asked)


def test_nothing_is_loaded_before(open_page):
    """Does a page load the notes only if a reader asks for them, or has some on it?"""
    page, asked = open_page(MAO), []
    page.on("request", lambda request: asked.append(request.url.partition("?")[0].rpartition("/")[2]))
    page.reload(wait_until="networkidle")
    assert not {"notes.js", "notes.css", "notes-list.js", "paragraphs.js"} & set(asked)
    choose(page, "paragraph 2", "Highlight")
    expect(page.get_by_role("status").filter(has_text="Highlight saved.")).to_be_visible()
    assert {"notes.js", "notes.css"} <= set(asked) and "notes-list.js" not in asked
    asked.clear()
    page.goto(DENG, wait_until="networkidle")
    assert "notes.js" not in asked
    page.goto(MAO)
    expect(page.get_by_role("button", name="My notes on paragraph 2: 1")).to_be_visible()


@pytest.mark.long
def test_selected_words(open_page):
    """Can selected words of an edition be marked, in the first of two lines only, and no others?"""
    page = open_page(DENG)
    bar = page.get_by_role("group", name="The words that you selected")
    select(page, "deng-1962-p05", "close ranks")
    bar.get_by_role("button", name="Highlight").click()
    expect(page.get_by_role("status").filter(has_text="Highlight saved.")).to_be_visible()
    expect(bar).to_have_count(0)
    assert marked(page, "highlight") == ["close ranks"]
    assert stored(page)[0]["prefix"].endswith("must ") and stored(page)[0]["note"] == ""

    page.evaluate("""() => getSelection().setBaseAndExtent(
        document.querySelector("#deng-1962-p07 > p").firstChild, 4,
        document.querySelector("#deng-1962-p08 > p").firstChild, 9)""")
    bar.get_by_role("button", name="Take a note").click()
    words = page.get_by_label("Words of the paragraph")
    assert words.input_value().split() == LINES["deng-1962-p07"].text("corrected")[4:].split()
    page.get_by_role("button", name="Cancel").click()

    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    page.evaluate("new Promise(done => setTimeout(done, 400))")
    expect(bar).to_have_count(0)


@pytest.mark.long
def test_words_of_the_other_reading(open_page):
    """Does a note on words of one reading say so in the other, and come back with its reading?"""
    page = open_page(DENG)
    page.get_by_role("radio", name="Diplomatic").check()
    take_note(page, "paragraph 1", "the replied to us", "An error?")
    assert marked(page, "note") == ["the replied to us"]
    page.get_by_role("radio", name="Corrected").check()
    assert marked(page, "note") == []
    page.get_by_role("button", name="My notes on paragraph 1: 1").click()
    item = page.get_by_role("dialog", name="My notes").get_by_role("listitem")
    expect(item).to_contain_text("in the diplomatic reading")


@pytest.mark.long
def test_note_on_a_changed_page(open_page):
    """Does a note move with its words when a new build moves them, and say so when they are gone?"""
    page = open_page(DENG)
    note = {"paragraph": "deng-1962-p05", "reading": "corrected", "created": "2026-01-02T00:00:00.000Z"}
    moved = {**note, "exact": WORDS, "prefix": "", "suffix": "", "start": 3, "note": "moved"}
    gone = {**moved, "exact": "words of an older build", "start": 0, "note": "gone"}
    broken = [None, {"paragraph": 1}]
    page.evaluate(f"all => localStorage.setItem('{STORE}', JSON.stringify(all))", [moved, gone, *broken])
    page.reload()
    mark = page.get_by_role("button", name="My notes on paragraph 5: 2")
    expect(mark).to_be_visible()
    assert marked(page, "note") == [WORDS]
    mark.click()
    items = page.get_by_role("dialog", name="My notes").get_by_role("listitem")
    expect(items.filter(has_text="gone")).to_contain_text("no longer in the paragraph")
    expect(items.filter(has_text="moved")).not_to_contain_text("no longer")


@pytest.mark.long
def test_words_that_are_not_there(open_page):
    """Is a note on words that the paragraph lacks refused with a reason, and is unsaved text kept?"""
    page = open_page(DENG)
    begin_note(page, "paragraph 5", "Important.")
    words = page.get_by_label("Words of the paragraph")
    words.fill("words (of) nobody *")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("not in this paragraph")
    expect(words).to_be_focused()
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.keyboard.press("Escape")
    assert asked and stored(page) == []
    expect(page.get_by_label("Your note")).to_have_value("Important.")


@pytest.mark.long
def test_notes_travel_as_csv(open_page, tmp_path):
    """Can another browser take in the CSV of one, with formulas made harmless, and only once?"""
    page = open_page(DENG)
    take_note(page, "paragraph 5", WORDS, '=1+1, "quoted"')
    take_note(page, "paragraph 7", "", "two lines, <b>no markup</b>")
    page.goto(MAO)
    choose(page, "paragraph 2", "Highlight")
    page.get_by_role("button", name="My notes", exact=True).click()
    text = saved_file(page, "Save as CSV")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["citation"] for row in rows] == ["(1962, ¶ 5)", "(1962, ¶ 7)", "(1963, ¶ 2)"]
    assert rows[0]["note"] == '\'=1+1, "quoted"' and rows[0]["words"] == WORDS
    assert "Paragraph 5 (deng-1962-p05), as numbered in" in rows[0]["full_citation"]

    path = tmp_path / "notes.csv"
    path.write_text(text, encoding="utf-8")
    other = open_page(DENG)
    other.get_by_role("button", name="My notes", exact=True).click()
    for said in ("Notes added: 3.", "Notes added: 0."):
        other.get_by_label("Add notes from a CSV file").set_input_files(path)
        expect(other.get_by_role("status").filter(has_text=said)).to_be_visible()
    assert sorted(note["note"] for note in stored(other)) == sorted(note["note"] for note in stored(page))
    assert marked(other, "note") == [WORDS]
    expect(other.get_by_role("dialog")).to_contain_text("<b>no markup</b>")


@pytest.mark.long
def test_storage_is_refused(open_page):
    """Is a note that the browser does not store left in its form, with a message?"""
    page = open_page(DENG)
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('refused'); }")
    page.reload()
    begin_note(page, "paragraph 5", "Kept here.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("does not store notes")
    expect(page.get_by_label("Your note")).to_have_value("Kept here.")


@pytest.mark.parametrize(
    ("scheme", "width"),
    sample([("dark", 390), ("light", 1280), ("dark", 1280), ("light", 390)], ("dark", 390)),
)
@pytest.mark.long
def test_axe_finds_nothing(open_page, find_violations, scheme, width):
    """Are menu, form, marks and list without violations of WCAG, and inside the screen?"""
    page = open_page(DENG, width=width, color_scheme=scheme, reduced_motion="reduce")
    take_note(page, "paragraph 5", WORDS, "Who must move?")
    choose(page, "header line 2", "Highlight")
    select(page, "deng-1962-p18", "the session")
    expect(page.get_by_role("group", name="The words that you selected")).to_be_visible()
    panel = page.get_by_role("dialog", name="My notes")
    for button, shown in (
        (menu_button(page, "paragraph 7"), page.locator(".edition-menu")),
        (page.get_by_role("button", name="My notes", exact=True), panel),
        (page.get_by_role("button", name="Edit note (1962, ¶ 5)"), page.get_by_label("Your note")),
    ):
        button.click()
        expect(shown).to_be_visible()
        assert find_violations(page, ".edition, dialog.notes") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.long
def test_print_shows_no_notes(open_page):
    """Does the page print without the reader's marks and the panel?"""
    page = open_page(DENG)
    take_note(page, "paragraph 5", WORDS, "Mine.")
    page.get_by_role("button", name="My notes", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.emulate_media(media="print")
    for part in ("dialog.notes", ".notes-mark", ".edition-tools"):
        expect(page.locator(part).first).to_be_hidden()


# --- citations ---


@pytest.mark.parametrize("item", ["Copy as BibTeX", "Copy as RIS"])
def test_paragraph_for_reference_managers(open_page, item):
    """Do BibTeX and RIS of a paragraph have its id and its place, and no gap or broken brace?"""
    page = open_page(DENG, permissions=["clipboard-read", "clipboard-write"])
    choose(page, "paragraph 12", item)
    expect(page.get_by_role("status").filter(has_text="of paragraph 12 copied.")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "Paragraph 12 (deng-1962-p12), as numbered in The Sino-Soviet Split: Two Documents" in text
    assert "{key}" not in text and "{place}" not in text
    if item == "Copy as RIS":
        assert text.startswith("TY  - MANSCPT\nID  - deng-1962-p12\n")
    else:
        assert list(parse_string(text, "bibtex").entries) == ["deng-1962-p12"]


@pytest.mark.long
@pytest.mark.parametrize("item", ["Copy citation", "Copy as BibTeX", "Copy as RIS"])
def test_document_for_reference_managers(open_page, item):
    """Does the citation of a whole document name no paragraph, and leave no empty place?"""
    page = open_page(MAO, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Cite this document").click()
    page.get_by_role("button", name=item).click()
    expect(page.get_by_role("status").filter(has_text="of the document copied.")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "https://digitalarchive.wilsoncenter.org/document/123881" in text
    assert not re.search(r"Paragraph|\{place\}|\{key\}| \"$|N1", text, re.MULTILINE)


def test_menu_closes(open_page):
    """Does the menu close with Escape, with a second press, and when Tab leaves it?"""
    page = open_page(DENG)
    button, menu = menu_button(page, "paragraph 12"), page.locator(".edition-menu")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    expect(menu).to_be_visible()
    button.click()
    expect(menu).to_be_hidden()
    button.click()
    for _ in range(6):
        page.keyboard.press("Tab")
    expect(menu).to_be_hidden()
