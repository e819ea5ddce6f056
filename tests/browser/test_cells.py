"""Do the cells of a chapter run where they stand, with one Python for all pages and nothing loaded before?"""

from contextlib import closing, contextmanager

import pytest
from benchmarks.hosts import point_to
from playwright.sync_api import expect
from tests.browser.conftest import a_context, address
from tests.quick import sample

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST, SECOND = "first-python", "first-tables"
# A page has its own worker, which ends with it, so that the next page is another visit.
ALONE = "delete self.SharedWorker"
KEYS = "async () => (await (await caches.open('live-snapshot')).keys()).map(({ url }) => url)"
KEPT = f"""async (but) => {{
  const isKept = (keys) => keys.length === 1 && !but.includes(keys[0]);
  while (!isKept(await ({KEYS})())) await new Promise((again) => setTimeout(again, 100));
}}"""
IDLE = "() => !document.querySelector('[aria-busy=true]')"


@pytest.fixture
def open_chapter(reader, hosted):
    """Return a function that opens a chapter of the book on its host."""
    opened = []

    def open_(name):
        page = reader.new_page()
        opened.append(page)
        page.goto(address(hosted, f"chapters/{name}.html"))
        return page

    yield open_
    for page in opened:
        page.close()


def cell(page, n):
    return page.locator("div.cell").nth(n - 1)


def state(page, n):
    return cell(page, n).locator(".cell-tools [role=status]")


def change(page, n, code):
    """Write other code into a cell, and run it by keyboard."""
    edit = cell(page, n).get_by_role("button", name=f"Edit cell {n}", exact=True)
    if edit.is_visible():
        edit.click()
    area = page.get_by_label(f"Code of cell {n}", exact=True)
    area.fill(code)
    area.press("Shift+Enter")


def test_a_cell_is_edited_and_run(open_chapter, hosted):
    """Does a cell run by keyboard, show values, text and errors, take other code, and become what it was?"""
    hosted.forget()
    page = open_chapter(FIRST)
    built = cell(page, 1).inner_html()
    assert not [path for path in hosted.asked if "/live/" in path]
    page.get_by_role("button", name="Run cell 1", exact=True).focus()
    page.keyboard.press("Enter")
    expect(state(page, 1)).to_contain_text("Done")
    assert not [path for path in hosted.asked if "/altair-" in path]  # no cell has imported it
    change(page, 1, "import asyncio\nfor n in range(2):\n    await asyncio.sleep(0)\n    print(n)\nn + 41")
    expect(state(page, 1)).to_contain_text("Done")
    expect(cell(page, 1).locator(".output")).to_have_text(["0\n1\n", "42"])
    change(page, 1, "1 / 0")
    expect(state(page, 1)).to_contain_text("error")
    expect(cell(page, 1).locator(".output")).to_contain_text("ZeroDivisionError: division by zero")
    assert "site-packages" not in cell(page, 1).inner_text()
    page.get_by_role("button", name="Reset cell 1", exact=True).click()
    expect(page.get_by_role("button", name="Edit cell 1", exact=True)).to_be_focused()
    restored = cell(page, 1).locator(".cell_output").inner_html()
    assert restored in built
    # Another page uses the same Python, with its own names.
    other = open_chapter(SECOND)
    hosted.forget()
    change(other, 1, "n")
    expect(state(other, 1)).to_contain_text("error")
    expect(cell(other, 1).locator(".output")).to_contain_text("NameError: name 'n' is not defined")
    assert not [path for path in hosted.asked if path.endswith((".whl", ".wasm"))]


@pytest.mark.long
@pytest.mark.parametrize("chapter", ["first-tables", "words-in-context", "letters-and-people", "measures"])
def test_all_cells_run(open_chapter, chapter):
    """Do all cells of a chapter run in place and show the same tables as the built page, and its charts?"""
    page = open_chapter(chapter)
    tables = page.locator(".cell_output table").all_text_contents()  # some are folded
    charts = page.locator(".cell_output figure.chart").count()
    page.get_by_role("button", name="Run all cells", exact=True).click()
    last = page.locator("div.cell:has(> .cell_input)").last.locator(".cell-tools [role=status]")
    expect(last).to_contain_text("Done")
    page.wait_for_function(IDLE)
    assert page.locator(".output.traceback").count() == 0
    assert squeezed(page.locator(".cell_output table").all_text_contents()) == squeezed(tables)
    expect(page.locator(".cell_output figure.chart svg")).to_have_count(charts)


def squeezed(texts):
    return [" ".join(text.split()) for text in texts]


@pytest.mark.long
def test_cells_above_run_first(open_chapter):
    """Does a cell in the middle of a page run after those above it, once?"""
    page = open_chapter(SECOND)
    page.get_by_role("button", name="Run cell 4", exact=True).click()
    expect(state(page, 4)).to_contain_text("above ran first")
    page.get_by_role("button", name="Run cell 5", exact=True).click()
    expect(state(page, 5)).to_contain_text("Done")
    expect(state(page, 5)).not_to_contain_text("above")


@pytest.mark.long
def test_endless_loop(open_chapter, reader):
    """Is a loop that does not end stopped with a sentence, and does the next cell run?"""
    page = open_chapter(SECOND)
    change(page, 1, "while True:\n    try:\n        n = 1\n    except Exception:\n        pass")
    expect(cell(page, 1).locator(".output")).to_contain_text("A loop was stopped after")
    change(page, 1, "n")
    expect(cell(page, 1).locator(".output")).to_have_text("1")


@pytest.mark.parametrize("scheme", sample(["light", "dark"], "dark"))
@pytest.mark.parametrize("width", sample([1280, 320], 320))
def test_cells_are_accessible(open_page, find_violations, scheme, width):
    """Does axe find nothing in a page with a cell that is edited, and does the page fit 320 pixels?"""
    page = open_page(f"/chapters/{FIRST}.html", width=width, color_scheme=scheme)
    page.get_by_role("button", name="Edit cell 1", exact=True).click()
    assert find_violations(page, ".bd-article") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_python(launch, hosted):
    """If Python cannot be loaded, is the reader told at the cell, and does the page stay as it was?"""
    with a_context(launch, point_to(None)) as context:
        page = context.new_page()
        page.goto(address(hosted, f"chapters/{FIRST}.html"))
        built = cell(page, 1).locator(".cell_output").inner_html()
        page.get_by_role("button", name="Run cell 1", exact=True).click()
        expect(state(page, 1)).to_contain_text("Python could not be loaded.")
        assert cell(page, 1).locator(".cell_output").inner_html() == built


# --- Python's memory, kept for the next visit ---

FRAME = "from helpers import load_paragraphs\nload_paragraphs().head()"
IS_THERE = "import sys\n'pandas' in sys.modules"
DRAW = "import random\nimport numpy.random as r\n[random.random(), r.rand(), r.default_rng().random()]"
COPY = """async ([from, to]) => {
  const [source, target] = [await caches.open(from), await caches.open(to)];
  for (const key of await target.keys()) await target.delete(key);
  for (const key of await source.keys()) await target.put(key, await source.match(key));
}"""
# Change what is kept; `bytes` are its content, and `head` is what `snapshot.js` notes about it.
SPOIL = """async (how) => {
  const store = await caches.open("live-snapshot");
  const [key] = await store.keys();
  const kept = await store.match(key);
  const head = Object.fromEntries(kept.headers);
  const bytes = new Uint8Array(await kept.arrayBuffer());
  const sign = async () => {
    const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    head.sha256 = [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const act = {
    "one byte differs": () => (bytes[bytes.length >> 1] ^= 1),
    "the memory is empty": async () => { bytes.fill(0, 0, JSON.parse(head.sizes)[0][1]); await sign(); },
    "the notes are missing": async () => { bytes.fill(32, JSON.parse(head.sizes)[2][0]); await sign(); },
    "the last start failed": () => store.put(`${key.url}-trial`, new Response()),
    "of another edition": () => store.delete(key),
  };
  await act[how]();
  await store.put(how === "of another edition" ? `${key.url}0` : key, new Response(bytes, { headers: head }));
}"""


def outcome(page, code):
    """Return the text that a cell with this code shows."""
    change(page, 1, code)
    page.wait_for_function(IDLE)
    expect(state(page, 1)).to_contain_text("Done")
    return cell(page, 1).locator(".output").inner_text()


@pytest.fixture(scope="module")
def visit(reader, hosted):
    """Return a context in which each visit to a chapter is a new start of Python.

    The first visit, which shows `frame`, keeps Python's memory; a copy of it is put back before each visit,
    unless `how` is None.
    """
    context = reader.browser.new_context()
    context.add_init_script(ALONE)

    @contextmanager
    def visit_(how="as it was"):
        page = context.new_page()
        page.goto(address(hosted, f"chapters/{FIRST}.html"))
        if how:
            page.evaluate(COPY, ["copy", "live-snapshot"])
        if how and how != "as it was":
            page.evaluate(SPOIL, how)
        yield page
        page.close()

    with visit_(None) as page:
        assert outcome(page, IS_THERE) == "False"
        frame = outcome(page, FRAME)
        page.evaluate(KEPT, [])
        page.evaluate(COPY, ["live-snapshot", "copy"])
    visit_.frame = frame
    yield visit_
    context.close()


@pytest.mark.long
def test_python_is_kept_for_the_next_visit(visit):
    """Does the next visit find pandas imported, show the same, draw other numbers, and import more?"""
    drawn = []
    for _ in range(2):
        with visit() as page:
            assert outcome(page, IS_THERE) == "True"
            assert outcome(page, FRAME) == visit.frame
            drawn += eval(outcome(page, DRAW))
            # A compiled library that is not in the snapshot, and a package of Python.
            added = "import altair, numpy as np\nfrom numpy._core import _umath_tests as tests\n"
            assert outcome(page, f"{added}tests.inner1d(np.arange(3.0), np.arange(3.0)).item()") == "5.0"
            assert len(page.evaluate(KEYS)) == 1  # it has been trusted
    assert len(set(drawn)) == len(drawn)


@pytest.mark.long
@pytest.mark.parametrize(
    "how",
    [
        "one byte differs",
        "the memory is empty",
        "the notes are missing",
        "the last start failed",
        "of another edition",
    ],
)
def test_a_bad_snapshot(visit, how):
    """Does Python start without a snapshot that is damaged, failed or is too old, and keep a new one?"""
    with visit(how) as page:
        before = page.evaluate(KEYS)
        assert outcome(page, IS_THERE) == "False"
        assert outcome(page, FRAME) == visit.frame
        page.evaluate(KEPT, before if how == "of another edition" else [])
    with visit(None) as page:
        assert outcome(page, IS_THERE) == "True"


@pytest.mark.long
def test_another_time_zone(visit, hosted):
    """Does a reader who has traveled see the time of the place?"""
    with visit() as page:
        chromium = page.context.new_cdp_session(page)
        chromium.send("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Shanghai"})
        assert outcome(page, "import time\ntime.timezone / 3600") == "-8.0"


@pytest.mark.long
@pytest.mark.parametrize(
    "reason",
    [
        "self.matchMedia = () => ({ matches: (self.asked = true) && false })",
        "Object.defineProperty(navigator.connection, 'saveData', { get: () => (self.asked = true) })",
    ],
    ids=["phone", "save data"],
)
def test_a_small_machine_keeps_nothing(reader, hosted, reason):
    """Is no second Python started on a phone, or for a reader who saves data?"""
    with closing(reader.browser.new_context()) as context:
        context.add_init_script(f"{ALONE}; {reason}")
        page = context.new_page()
        page.goto(address(hosted, f"chapters/{FIRST}.html"))
        page.evaluate("self.asked = false")
        outcome(page, FRAME)
        page.wait_for_function("() => self.asked")
        assert len(page.workers) == 1


@pytest.mark.long
def test_storage_is_full(visit, hosted):
    """Does Python start as usual if the browser has no room left?"""
    with visit() as page:
        room = {"origin": address(hosted, "").removesuffix("/repo/"), "quotaSize": 1}
        page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", room)
        assert outcome(page, IS_THERE) == "False"
        assert outcome(page, FRAME) == visit.frame
