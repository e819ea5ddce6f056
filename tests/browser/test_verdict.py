"""Can a reader answer in each chapter, come back, and find all answers in the last chapter, on one device?"""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SPLIT, DENG = "chapters/the-split.html", "chapters/deng-1962.html"
LAST = "chapters/what-two-documents-can-show.html"


def answer(page, choice, reason):
    """Choose by keyboard and write a reason; wait until the page says that it has kept both."""
    box = page.locator(".verdict")
    first = box.get_by_role("radio").first
    first.focus()
    page.keyboard.press("Space")
    for _ in range(choice):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    expect(box.get_by_label("Your reason, in two lines")).to_be_focused()
    page.keyboard.type(reason)
    expect(box.get_by_role("status")).to_have_text("Kept.")


def test_answers_meet_in_the_last_chapter(open_page, site):
    """Are answers from two chapters kept after a reload and listed with date and reason, without requests?"""
    page = open_page(SPLIT)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    answer(page, 1, "Both still write <b>letters</b>.")
    page.reload()
    box = page.locator(".verdict")
    expect(box.get_by_role("radio", name="Damaged but repairable")).to_be_checked()
    expect(box.get_by_label("Your reason, in two lines")).to_have_value("Both still write <b>letters</b>.")
    page.goto(DENG)
    expect(page.locator(".verdict-last")).to_contain_text(
        "Last time you chose: Damaged but repairable (What Broke"
    )
    answer(page, 2, "One side's record.")
    page.goto(LAST)
    record = page.locator(".verdict-record")
    for slug, said, reason in (
        ("the-split", "Damaged but repairable", "Both still write <b>letters</b>."),
        ("deng-1962", "I cannot tell from what I have read", "One side's record."),
    ):
        item = record.locator(f"li[data-slug={slug}]")
        expect(item.locator("strong")).to_have_text(said)
        expect(item.locator(".verdict-reason")).to_have_text(reason)
        expect(item).to_contain_text(page.evaluate("new Date().getFullYear().toString()"))
    expect(record.locator("li[data-slug=mao-1963]")).to_contain_text("not answered yet")
    assert all(url.startswith(f"{site}/") for url in asked)

    page.once("dialog", lambda dialog: dialog.accept())
    record.get_by_role("button", name="Erase all answers").click()
    expect(record.locator("strong", has_text="Damaged")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('sino-soviet-split-verdicts')") is None


def test_answer_is_printed(open_page):
    """Does a printed page show the answer on the lines, without the form?"""
    page = open_page(SPLIT)
    answer(page, 0, "It was over.")
    page.emulate_media(media="print")
    expect(page.locator(".verdict-form")).to_be_hidden()
    expect(page.locator(".verdict-question")).to_be_visible()
    expect(page.locator(".verdict-paper li.chosen")).to_be_visible()
    expect(page.locator(".verdict-paper li.chosen")).to_have_text("Beyond repair")
    expect(page.locator(".verdict-line").first).to_have_text("It was over.")


def test_prompt_without_scripts(open_page):
    """Without scripts, is the box a prompt with choices and lines, and the record a list of links?"""
    page = open_page(LAST, java_script_enabled=False)
    expect(page.locator(".verdict-form")).to_be_hidden()
    expect(page.locator(".verdict-paper li")).to_have_count(3)
    expect(page.locator(".verdict-line").first).to_be_visible()
    expect(page.locator(".verdict-tools")).to_be_hidden()
    page.locator(".verdict-record a").first.click()
    page.wait_for_url(f"**/{SPLIT}")


def test_long_answer_is_kept_whole(open_page):
    """Is a defense that is too long kept in full, and does the box say so?"""
    page = open_page(LAST)
    box = page.locator(".verdict")
    words = "Both documents speak of unity. " * 50 + "The end."
    box.get_by_label("Your defense, in about four sentences").fill(words)
    expect(box.get_by_role("status")).to_contain_text("Kept in full")
    page.reload()
    expect(box.get_by_label("Your defense, in about four sentences")).to_have_value(words)


def test_storage_is_refused(open_page):
    """Does the page tell the reader if the browser stores nothing?"""
    page = open_page(SPLIT)
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('refused'); }")
    page.reload()
    page.locator(".verdict").get_by_role("radio").first.check()
    expect(page.locator(".verdict").get_by_role("status")).to_contain_text("does not keep answers")
