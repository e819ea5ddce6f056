"""The class packet: plans, documents, an organizer, pictures, role cards and worksheets, on A4 and Letter.

``python -m helpers.authoring.packet`` prints it into ``dist/packet``, from the data and from the built book,
which has the plans and the role cards.  It needs the extras `book` and `pdf`, and a Chromium.
"""

import re
import sys
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import altair as alt
import pandas as pd
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from helpers.authoring.handout import Blocks, Sheet, read_handout
from helpers.authoring.numbered import QuotationError, number_lines, show_document
from helpers.book.build.pdf import open_chromium, print_page
from helpers.book.build.site import BookError
from helpers.book.html.figure import picture
from helpers.charts.exchange import draw_exchange
from helpers.charts.map import draw_map_of_1962
from helpers.charts.turns import draw_turns
from helpers.corpus import loaders
from helpers.dates import write_out
from helpers.html import make_table

PAPERS = ("A4", "Letter")
"""The papers that the packet is printed on."""

TEMPLATES = Path(__file__).parent / "templates"

_CHARTS: dict[str, Callable[[], alt.LayerChart]] = {
    "map": draw_map_of_1962,
    "exchange": draw_exchange,
    "turns": draw_turns,
}
_FOOTER = """<div style="font: 8pt sans-serif; display: flex; justify-content: space-between; margin: 0 16mm;
width: 100%"><span>The Sino-Soviet Split: class packet</span><span class="pageNumber"></span></div>"""
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
{style}</style></head>
<body>
{body}
</body></html>
"""
_KIND = {"D": "organizer", "W": "worksheet"}
_ONE_PAGE = re.compile(rb"/Type\s*/Page\b")
# Chromium writes the time of printing, and the same packet should be the same file.
_TIMES = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")


def make_packet(repository: Path, out: Path) -> list[Path]:
    """Print the packet on each paper into a folder, write it as a page too, and return the paths.

    Parameters
    ----------
    repository
        The folder of the repository, where the book has been built.
    out
        The folder to write into.

    Raises
    ------
    BookError
        When the book has not been built, or there is no Chromium here.
    QuotationError
        When a worksheet quotes what no document has.

    Examples
    --------
    >>> make_packet(Path("."), Path("dist/packet"))  # doctest: +SKIP
    """
    site = repository / "_build" / "html"
    out.mkdir(parents=True, exist_ok=True)
    written = []
    with open_chromium() as browser:
        for paper in PAPERS:
            sheets = read_packet(site, {})
            spans = _spans([count_pages(browser, write_page([one]), paper) for one in sheets])
            numbers = {key_of(one): span for one, span in zip(sheets, spans, strict=True)}
            written.append(out / f"class-packet-{paper.lower()}.pdf")
            print_html(browser, write_page(read_packet(site, numbers)), written[-1], paper, _FOOTER)
    written.append(out / "class-packet.html")
    written[-1].write_text(write_page(read_packet(site, {})), encoding="utf-8")
    return written


def read_packet(site: Path, numbers: dict[str, str]) -> list[Sheet]:
    """Return the sheets of the packet.

    Parameters
    ----------
    site
        The folder of the built book.
    numbers
        The pages on which each part is, by its key.
    """
    blocks: Blocks = {
        "document": show_document,
        "chart": show_chart,
        "part": lambda place: show_part(*_find(site, place)),
        "events": lambda ids: show_events(ids.split()),
        "words": lambda ids: show_words(*ids.split()),
        "cards": lambda page: show_cards(_find(site, page)[0]),
        "lines": lambda n: f'<div class="rules">{"<div class=rule></div>" * int(n)}</div>',
        "name": lambda _: '<p class="name">Name <span></span> Date <span></span></p>',
        "pages": lambda key: numbers.get(key, ""),
    }
    return read_handout((TEMPLATES / "packet.md").read_text(encoding="utf-8"), blocks)


def key_of(sheet: Sheet) -> str:
    """Return what a part is called in the list of parts: ``A``, or ``1`` for the first worksheet.

    Examples
    --------
    >>> key_of(Sheet("Worksheet 1 · Who is speaking?", ""))
    '1'
    """
    return sheet.title.split(" · ")[0].removeprefix("Worksheet ")


def show_chart(name: str) -> str:
    """Return one of the pictures of the story as a figure in HTML, with its data as a table below."""
    chart = _CHARTS[name]().to_dict()
    more = chart.get("usermeta", {})
    words = escape(chart["description"], quote=True)
    table = make_table("The same in words", more["table"]["columns"], more["table"]["data"])
    return f'<figure><div role="img" aria-label="{words}">{picture(chart, name)}</div>{table}</figure>'


def show_events(event_ids: list[str]) -> str:
    """Return events of the chronology as a table in HTML, with their dates in words."""
    events = loaders.load_events().set_index("event_id").loc[event_ids]
    rows = zip(events["edtf"].map(write_out), events["description"], strict=True)
    return make_table("By April 1962", ["When", "What happened"], rows)


def show_words(document_id: str, *ids: str) -> str:
    """Return what the book says of people, parties and terms, each as the document spells it.

    Raises
    ------
    QuotationError
        When the document does not have a word.
    """
    people = loaders.load_people().rename(columns={"person_id": "id"})
    parties = loaders.load_parties().rename(columns={"party_id": "id"})
    known = pd.concat([people, parties]).set_index("id").loc[[*ids]]
    text = " ".join(line.text for line in number_lines(document_id))
    said = []
    for one in known.itertuples():
        spelled = next((name for name in one.spellings if name in text), "")
        if not spelled:
            raise QuotationError(f"{document_id} does not have {one.Index}.")
        said.append(f"<strong>{escape(spelled)}</strong>: {escape(one.gloss)}")
    return f'<h2>Words and names</h2><p class="words">{" ".join(said)}</p>'


def show_part(page: Path, anchor: str) -> str:
    """Return a part of a built page of the book, such as a plan, without links.

    Raises
    ------
    BookError
        When the page has not been built, or has no such part.
    """
    part = _read(page).find(id=anchor)
    if part is None:
        raise BookError(f"{page} has no part {anchor!r}.")
    for heading in part.find_all("h2"):
        heading.name = "h3"
    return f'<div class="part">{_plain(part)}</div>'


def show_cards(page: Path) -> str:
    """Return the role cards of a built page of the book, each in a box to cut out, and the works they cite.

    Raises
    ------
    BookError
        When the page has not been built, or has no cards.
    """
    cards = _read(page).select(".handout.admonition")
    if not cards:
        raise BookError(f"{page} has no role cards, which are boxes of the class `handout`.")
    works = {
        link.text: link["title"] for card in cards for link in card.select("a[href*='references'][title]")
    }
    cited = "; ".join(f"{escape(name)}: {escape(work)}" for name, work in works.items())
    for card in cards:
        card.select_one(".admonition-title").name = "h2"
    boxes = "".join(f'<article class="card">{_plain(card)}</article>' for card in cards)
    return boxes + (f'<p class="small"><strong>Works cited.</strong> {cited}</p>' if works else "")


def _find(site: Path, place: str) -> list:
    """Return the path of a built page, and the anchor if there is one, from ``page anchor``."""
    page, *anchor = place.split()
    return [site / "chapters" / f"{page}.html", *anchor]


def _read(page: Path) -> BeautifulSoup:
    if not page.is_file():
        raise BookError(f"{page} is missing, and a part of the packet is on it: run `make site` first.")
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def _plain(part: BeautifulSoup) -> str:
    """Return a part of a page without links, which paper does not have."""
    for mark in part.select("a.headerlink"):
        mark.decompose()
    for link in part.select("a, span.gloss"):
        link.unwrap()
    for one in part.find_all(True):
        one.attrs = {name: one[name] for name in one.attrs if name in ("scope", "colspan")}
    # The number of a paragraph stays with its mark.
    return part.decode_contents().replace("¶ ", "¶\N{NO-BREAK SPACE}")


def write_page(sheets: list[Sheet]) -> str:
    """Return sheets as one page of HTML that needs no other file."""
    body = "".join(
        f'<section class="{_KIND.get(sheet.title[0], "sheet")}"><h1>{escape(sheet.title)}</h1>'
        f"{sheet.html}</section>"
        for sheet in sheets
    )
    style = (TEMPLATES / "packet.css").read_text(encoding="utf-8")
    return _PAGE.format(title=escape(sheets[0].title), style=style, body=body)


def print_html(browser: Browser, html: str, out: Path, paper: str = "A4", footer: str = "") -> None:
    """Print a page of HTML into a PDF that is the same whenever it is printed."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(html, encoding="utf-8")
        print_page(browser, source, out, paper=paper, footer=footer)
    out.write_bytes(_TIMES.sub(rb"\g<1>20000101000000", out.read_bytes()))


def count_pages(browser: Browser, html: str, paper: str) -> int:
    """Return how many pages a page of HTML has on paper."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "page.pdf"
        print_html(browser, html, out, paper, _FOOTER)
        return len(_ONE_PAGE.findall(out.read_bytes()))


def _spans(counts: list[int]) -> list[str]:
    """Return the pages of parts that follow each other, as a printer wants them: ``2-4``."""
    spans, before = [], 0
    for n in counts:
        spans.append(f"{before + 1}" if n == 1 else f"{before + 1}–{before + n}")
        before += n
    return spans


def main() -> int:
    """Print the packet of the book in this folder into ``dist/packet``."""
    try:
        for path in make_packet(Path(), Path("dist/packet")):
            print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    except (BookError, QuotationError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
