"""Does the quotation checker on a page agree with Python, and is it accessible?"""

import pytest
from playwright.sync_api import expect
from tests.quick import sample
from tests.quotation_cases import cases

from helpers import verify_quotation
from helpers.book.domain.paragraph import label
from helpers.quotation.verify import name_places

pytestmark = pytest.mark.browser

DENG, MAO = "chapters/deng-1962.html", "chapters/mao-1963.html"
PAGES = [DENG, "index.html", MAO, "chapters/words-in-context.html", "chapters/the-split.html"]

VERIFY_ALL = """async cases => {
    await quotations.ready();
    return cases.map(([place, text]) => {
        const { status, paragraphs, passage, nearest, explanation } = quotations.verify(text, place);
        return [status, paragraphs.map(one => one.id), passage, nearest, explanation];
    });
}"""


@pytest.fixture(scope="module")
def expected():
    """Return the cases with Python's answers, in the form that the page uses."""

    def plain(passage):
        return passage and {
            "id": passage.paragraph_id,
            "start": passage.start,
            "end": passage.end,
            "text": passage.text,
        }

    table = []
    for place, text, _ in cases():
        status, passage, nearest, explanation = verify_quotation(text, place)
        answer = [status, name_places(text), plain(passage), plain(nearest), explanation]
        table.append(([place, text], answer))
    return table


def differing(page, expected):
    """Return the cases for which the page and Python give different answers."""
    found = page.evaluate(VERIFY_ALL, [case for case, _ in expected])
    return [
        f"{place}: {str(text)[:80]!r}: {said} instead of {wanted}"
        for ((place, text), wanted), said in zip(expected, found, strict=True)
        if said != wanted
    ]


@pytest.mark.parametrize("path", sample(PAGES, DENG))
def test_page_and_python_agree(open_page, path, expected):
    """Does the page give Python's status, paragraphs, passages and explanation for every case?"""
    assert differing(open_page(path), expected) == []


def test_copy_on_a_disk(browser, site_folder, expected):
    """Does the checker work without a server, and does it load nothing before it is opened?"""
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site_folder / MAO).as_uri())
    assert not any("quotations.js" in url or "paragraphs.js" in url for url in asked)
    assert differing(page, expected[:100]) == []
    page.close()


def test_checker_by_keyboard(open_page):
    """Can you check, correct, follow and leave a quotation by keyboard, and is each answer announced?"""
    page = open_page("chapters/the-split.html", permissions=["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name="Check a quotation")
    # Everything has loaded, so nothing else takes the focus in between.
    page.wait_for_load_state("networkidle")
    button.press("Enter")
    dialog = page.get_by_role("dialog", name="Check a quotation")
    expect(dialog.get_by_label("Words of the documents")).to_be_focused()
    page.keyboard.type("The sky will not collapse")
    page.keyboard.press("Enter")
    status = dialog.get_by_role("status")
    expect(status).to_contain_text("Altered")
    expect(status).to_contain_text('it has "won\'t", not "will not"')
    page.keyboard.press("Control+a")
    page.keyboard.type("“the sky won’t collapse” (p. 10)")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Verbatim")
    dialog.get_by_role("button", name="Copy with citation").focus()
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“the sky won’t collapse” (")
    assert "Paragraph 10 (mao-1963-p10), as numbered in" in copied
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()

    page.keyboard.press("Enter")
    dialog.get_by_label("You say that they are in").select_option(label("deng-1962-p05", spoken=True))
    expect(status).to_contain_text("In the other document")
    dialog.get_by_role("link", name="Mao 1963, paragraph 10").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/chapters/mao-1963.html#mao-1963-p10")


def test_selected_words_are_checked(open_page):
    """Are selected words checked at once, and is typed text never treated as HTML?"""
    page = open_page(DENG)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#deng-1962-p05 p'))")
    page.get_by_role("button", name="Check a quotation").click()
    dialog = page.get_by_role("dialog", name="Check a quotation")
    expect(dialog.get_by_role("status")).to_contain_text("Verbatim")
    dialog.get_by_label("Words of the documents").fill("no matter what, <img src=x> the CPSU and the CCP")
    dialog.get_by_role("button", name="Check", exact=True).click()
    expect(dialog.get_by_role("status")).to_contain_text('it does not have "img src=x"')
    assert dialog.locator("img").count() == 0
    dialog.get_by_role("link").first.click()
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize(("scheme", "width"), sample([("light", 1280), ("dark", 320)], ("dark", 320)))
def test_checker_is_accessible(open_page, scheme, width, find_violations):
    """Does axe find no violation in the open panel, in light and dark, and does it fit a narrow screen?"""
    page = open_page(MAO, width=width, color_scheme=scheme, reduced_motion="reduce")
    page.get_by_role("button", name="Check a quotation").click()
    dialog = page.get_by_role("dialog", name="Check a quotation")
    dialog.get_by_label("Words of the documents").fill("the fraternal parties")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text("Verbatim")
    assert find_violations(page, "dialog.checker") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert dialog.evaluate("one => one.scrollWidth <= one.clientWidth")
    page.emulate_media(forced_colors="active")
    assert find_violations(page, "dialog.checker") == []


def test_no_button_without_scripts(open_page):
    """Is no button offered where scripts do not run?"""
    page = open_page(DENG, java_script_enabled=False)
    assert page.locator(".quotation-checker").count() == 0
