"""Does practice work by keyboard alone, give reasons, and keep results on the device?"""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect
from sphinx.testing.util import SphinxTestApp
from tests.practice_book import write_book
from tests.quick import sample

from helpers.book.html.theme import STATIC

pytestmark = pytest.mark.browser

DENG, MAO = "/deng.html", "/mao.html"


class Quiet(SimpleHTTPRequestHandler):
    """A server for the small book that does not log requests."""

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the address of a small book with a question of each kind."""
    folder = write_book(tmp_path_factory.mktemp("practice") / "book")
    app = SphinxTestApp("html", srcdir=folder, warningiserror=True)
    try:
        app.build()
    finally:
        app.cleanup()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=app.outdir)) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def question(page, name):
    """Return a question with its button, its reply and its answers."""
    one = page.locator(f"#practice-deng-{name}")
    return one, one.locator("[type=submit]"), one.get_by_role("status"), one.locator("details")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, target, most=20):
    """Press Tab until a control is reached."""
    for _ in range(most):
        press(page, "Tab")
        if target.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"{target} is not reached with {most} presses of Tab")


def test_practice_by_keyboard(open_page, site):
    """Can every kind be answered by keyboard, first wrong with a reason that reveals nothing, then right?"""
    page = open_page(DENG)
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    count = page.locator(".practice-end [role=status]")
    expect(count).to_have_text("0 of 6 right")

    one, check, said, answers = question(page, "whose-building")
    expect(one.get_by_role("group")).to_have_accessible_name(
        "Question 1 In whose building do the two men meet? See ¶ 2."
    )
    expect(answers).to_be_hidden()
    one.get_by_role("link", name="¶ 2").focus()
    tab_to(page, check)
    press(page, "Enter")
    expect(said).to_have_text("Choose an answer first.")
    one.get_by_role("radio").first.focus()
    press(page, "Space")
    tab_to(page, check)
    press(page, "Enter")
    expect(said).to_contain_text("Not right yet.")
    expect(said).to_contain_text("Nobody flies in Deng 1962, ¶ 2.")
    expect(said.get_by_role("link")).to_have_attribute("href", "#deng-1962-p02")
    expect(said).not_to_contain_text("building")
    expect(answers).to_be_hidden()
    one.get_by_role("radio").first.focus()
    press(page, "ArrowDown")
    tab_to(page, check)
    press(page, "Enter")
    expect(said).to_have_text("Right. The reasons are below.")
    expect(answers.get_by_text("The ambassador goes to his host")).to_be_visible()
    expect(count).to_have_text("1 of 6 right")
    expect(check).to_be_focused()
    press(page, "Enter")  # Answer it again
    expect(answers).to_be_hidden()
    expect(one.get_by_role("radio").first).to_be_focused()
    expect(one.get_by_role("radio", checked=True)).to_have_count(0)

    one, check, said, _ = question(page, "who-speaks")
    boxes = one.get_by_role("checkbox")
    boxes.first.focus()
    press(page, "Space")
    tab_to(page, check)
    press(page, "Enter")
    expect(said).to_contain_text("What you chose is right, but something is missing.")
    boxes.first.focus()
    press(page, "Tab", "Space", "Tab", "Space")
    tab_to(page, check)
    press(page, "Enter")
    expect(said).to_contain_text("he is not there")
    boxes.nth(1).focus()
    press(page, "Space")
    tab_to(page, check)
    press(page, "Enter")
    expect(said).to_contain_text("Right.")

    one, check, said, _ = question(page, "days-of-the-record")
    one.get_by_role("button", name="Move up: The answer").focus()
    tab_to(page, check)
    press(page, "Enter")
    expect(said).to_contain_text("Number 1 in your list comes later: The answer.")
    expect(said).to_contain_text("It was handed over on 9 April.")
    down = one.get_by_role("button", name="Move down: The answer")
    down.focus()
    press(page, "Enter")
    expect(said).to_have_text("The answer: now number 2 of 3.")
    expect(down).to_be_focused()
    press(page, "ArrowDown")
    expect(said).to_have_text("The answer: now number 3 of 3.")
    expect(down).to_be_focused()
    tab_to(page, check)
    press(page, "Enter")
    expect(said).to_contain_text("Right.")

    one, check, said, _ = question(page, "who-is-who")
    expect(one.locator(".practice-rights")).to_be_hidden()
    one.get_by_role("combobox", name="Chervonenko").focus()
    page.keyboard.type("Amb")
    press(page, "Tab")
    expect(one.get_by_role("combobox", name="Deng")).to_be_focused()
    page.keyboard.type("For")
    tab_to(page, check)
    press(page, "Enter")
    expect(said).to_contain_text("1 of 2 are right. Look again at: Deng.")
    one.get_by_role("combobox", name="Deng").focus()
    page.keyboard.type("Gen")
    tab_to(page, check)
    press(page, "Enter")
    expect(said).to_contain_text("Right.")

    one, check, said, answers = question(page, "how-many")
    field = one.get_by_role("textbox", name="How many paragraphs has the record?")
    for written, reply in (
        ("many", "Write one number, in digits."),
        ("18 or 19", "Write one number, in digits."),
        ("21", "Hint: Look at the numbers in the margin."),
        (" 19 paragraphs", "Right. The reasons are below."),
    ):
        field.focus()
        press(page, "Control+a")
        page.keyboard.type(written)
        press(page, "Enter")
        expect(said).to_contain_text(reply)
    expect(answers).to_contain_text("19 paragraphs")

    one, check, said, answers = question(page, "words-of-the-wait")
    one.get_by_role("textbox", name="Quote the words on the wait.").focus()
    tab_to(page, one.get_by_role("button", name="Show the answer"))
    press(page, "Enter")
    expect(said).to_have_text("The answer is below.")
    expect(check).to_be_focused()
    expect(answers.locator(".quotation")).to_contain_text("silence")
    expect(count).to_have_text("5 of 6 right")
    assert not errors and all(url.startswith(f"{site}/") for url in asked)


@pytest.mark.skipif(not (STATIC / "quotations.js").is_file(), reason="There is no checker of quotations yet.")
def test_quotation_is_judged(open_page):
    """Are quotations judged by the matching contract and by content, with a hint but no answer?"""
    page = open_page(DENG)
    one, check, said, _ = question(page, "words-of-the-wait")
    area = one.get_by_role("textbox", name="Quote the words on the wait.")
    for written, replies in (
        ("", ["Write the words first."]),
        ("a long silence", ["Not right yet.", "Hint: Look at"]),
        ("I visited Deng Xiaoping", ["but they answer another question", "Hint: Look at"]),
        ("“After a SILENCE lasting ... they replied”", ["Right."]),
    ):
        area.fill(written)
        check.click()
        for reply in replies:
            expect(said).to_contain_text(reply)


def test_results_stay_in_the_browser(open_page):
    """Are results kept by page after a reload, and erased when the reader asks for it?"""
    page = open_page(DENG)
    one, check, _, _ = question(page, "whose-building")
    one.get_by_role("radio").nth(1).check()
    check.click()
    page.reload()
    count = page.locator(".practice-end [role=status]")
    expect(count).to_have_text("1 of 6 right")
    expect(page.locator(".practice-end")).to_contain_text("stay in this browser")
    expect(one).to_contain_text("You had this right last time.")
    expect(one.get_by_role("radio", checked=True)).to_have_count(0)
    page.goto(MAO)
    expect(page.locator(".practice-end [role=status]")).to_have_text("0 of 2 right")
    expect(
        page.locator(".practice-question").first.get_by_role("link", name="Deng", exact=True)
    ).to_be_visible()
    page.goto(DENG)
    page.get_by_role("button", name="Erase the results of this page").click()
    expect(count).to_have_text("0 of 6 right")
    page.reload()
    expect(count).to_have_text("0 of 6 right")


def test_storage_is_refused(open_page):
    """Does practice work, and count, if the browser stores nothing?"""
    page = open_page(DENG)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })"
    )
    page.reload()
    one, check, said, _ = question(page, "whose-building")
    one.get_by_role("radio").nth(1).check()
    check.click()
    expect(said).to_contain_text("Right.")
    expect(page.locator(".practice-end [role=status]")).to_have_text("1 of 6 right")


def test_practice_without_scripts(open_page):
    """Do the answers unfold without scripts, and are buttons that need scripts hidden?"""
    page = open_page(DENG, java_script_enabled=False)
    one, _, _, answers = question(page, "whose-building")
    expect(one.get_by_text("In the airport of Beijing").first).to_be_visible()
    expect(answers.get_by_text("Nobody flies")).to_be_hidden()
    answers.locator("summary").focus()
    press(page, "Enter")
    expect(answers.get_by_text("Nobody flies")).to_be_visible()
    assert page.locator(".practice button:visible, .practice-end:visible").count() == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_practice_on_paper(open_page, scripts):
    """Are the questions printed, and the answers only at the end of the page or not at all?"""
    page = open_page(DENG, java_script_enabled=scripts)
    page.emulate_media(media="print")
    if scripts:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for words in ("Which came first?", "Foreign Minister", "In the airport of Beijing"):
        expect(page.locator(".practice").get_by_text(words).locator("visible=true").first).to_be_visible()
    assert page.locator(".practice details:visible, .practice button:visible").count() == 0
    key = page.locator(".practice-key")
    if scripts:
        expect(key.get_by_text("Question 3: The answer, and why")).to_be_visible()
        expect(key.get_by_text("It was handed over on 9 April.")).to_be_visible()
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
    expect(key).to_be_hidden()
    expect(page.locator(".practice-question > details, .practice-question details")).to_have_count(6)


@pytest.mark.parametrize(("scheme", "width"), sample([("light", 1280), ("dark", 320)], ("dark", 320)))
def test_practice_is_accessible(open_page, find_violations, scheme, width):
    """Does axe find no violation before and after an answer, and does a question fit 320 pixels?"""
    page = open_page(DENG, width=width, color_scheme=scheme, reduced_motion="reduce")
    # The theme uses its light mode unless the reader chooses another.
    page.evaluate("scheme => (document.documentElement.dataset.theme = scheme)", scheme)
    for name in ("whose-building", "days-of-the-record", "how-many"):
        one, check, _, _ = question(page, name)
        for field in (*one.get_by_role("radio").all()[:1], *one.get_by_role("textbox").all()):
            field.check() if name == "whose-building" else field.fill("3")
        check.click()
    for name in ("who-speaks", "words-of-the-wait"):
        question(page, name)[0].get_by_role("button", name="Show the answer").click()
    assert find_violations(page, "article") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_forced_colors(open_page):
    """With forced colors, do words say whether an answer is right, and is the focus visible?"""
    page = open_page(DENG, forced_colors="active")
    one, check, said, _ = question(page, "whose-building")
    one.get_by_role("radio").first.check()
    check.focus()
    press(page, "Enter")
    expect(said).to_contain_text("Not right yet.")
    assert check.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
