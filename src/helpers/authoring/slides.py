"""Slides for a chapter, taken from its built page: one file of HTML that needs no network, and no program.

Headings, the first sentence of each paragraph, sentences with quotations, pictures, short code and the boxes
*Stop and think* become slides.  Nothing is written for the slides alone, so they say what the chapter says.
"""

import re
from collections.abc import Iterator
from copy import copy
from html import escape
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from helpers.authoring.numbered import cite_source
from helpers.corpus import loaders

_TEMPLATES = Path(__file__).parent / "templates"
# What fits on a slide.
_MOST_WORDS, _MOST_POINTS, _MOST_LINES, _WIDTH = 60, 6, 10, 66
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}: slides</title><style>
{style}</style></head>
<body>
<main>
{slides}
</main>
<p class="keys">Arrow keys, Page Up and Page Down, Home and End turn the slides.</p>
<script>
{script}</script>
</body></html>
"""
# What is worked on and not shown: practice, editions, boxes beside the text, the way out.
_SKIPPED = (
    ".practice, .practice-end, .practice-key, .edition, .live, .margin, details, script, "
    "section#exercise, section#further-reading, section#what-to-do-next"
)
_RIGHTS = (
    "Other works are in the references of the book, <em>The Sino-Soviet Split</em>. "
    "The words of these slides that are not quoted are under the license CC BY 4.0."
)
# Marks a quotation in a line of text.
_QUOTED = "\ue000"


class Slide(NamedTuple):
    """A slide: what kind it is, its heading, and its content as HTML."""

    kind: str
    heading: str
    html: str


def is_chapter(page: BeautifulSoup) -> bool:
    """Say whether a built page is a chapter: it says what one can do after it."""
    return page.select_one(".objectives.admonition") is not None


def read_slides(page: BeautifulSoup) -> list[Slide]:
    """Return the slides of a built chapter, in the order of its text.

    Parameters
    ----------
    page
        The page as the book's build has written it; it is not changed.
    """
    article = copy(page.select_one("article.bd-article"))
    for one in article.select("a.headerlink, .note-mark"):
        one.decompose()
    for one in article.select("span.quotation"):
        one.insert(0, _QUOTED)
    title = _text(article.h1)
    slides = [Slide("title", title, "<p>The Sino-Soviet Split</p>")]
    for heading, parts in _sections(article, title):
        slides += _slides(heading, parts)
    sources = "".join(map(cite_source, loaders.load_documents()["document_id"]))
    return [*slides, Slide("sources", "Sources", f"{sources}<p>{_RIGHTS}</p>")]


def _sections(section: Tag, heading: str) -> Iterator[tuple[str, list[Tag]]]:
    """Yield each section of a page with what is in it and in no section below it."""
    own = [
        one
        for one in section.find_all(["p", "ul", "ol", "blockquote", "figure", "div"])
        if one.find_parent("section") is (section if section.name == "section" else None)
    ]
    if own:
        yield heading, own
    for child in section.find_all("section"):
        if child.find_parent("section") is (section if section.name == "section" else None):
            yield from _sections(child, _text(child.find(re.compile("^h[1-6]$"))))


def _slides(heading: str, parts: list[Tag]) -> Iterator[Slide]:
    sentences: list[str] = []
    for part in parts:
        if part.find_parent(["blockquote", "figure", "li", "table"]) or _is_in_box(part):
            continue
        made = _slide(heading, part)
        if made and made.kind == "code" and _fits_below(part.get_text().strip(), sentences):
            made = made._replace(html=_bullets(sentences) + made.html)
            sentences = []
        if made and sentences:
            yield from _points(heading, sentences)
            sentences = []
        if made:
            yield made
        elif part.name == "p":
            sentences += _key_sentences(part)
        elif part.name in ("ul", "ol") and not _is_skipped(part):
            sentences += [_key_sentences(item)[0] for item in part.find_all("li", recursive=False)]
    yield from _points(heading, sentences)


def _is_in_box(part: Tag) -> bool:
    return _is_skipped(part) or part.find_parent(class_="admonition") is not None


def _is_skipped(part: Tag) -> bool:
    return any(one.css.match(_SKIPPED) for one in (part, *part.parents) if one.name != "[document]")


def _slide(heading: str, part: Tag) -> Slide | None:
    """Return the slide that a part is by itself, or None."""
    classes = part.get("class") or []
    if part.name == "figure" and (drawn := part.select_one(".chart-picture:not(.narrow) [role=img]")):
        words = part.select_one("figcaption p")
        drawn.attrs = {"role": "img", "aria-label": words.get_text(" ", strip=True)}
        return Slide("figure", heading, str(drawn))
    if part.name == "blockquote" and "quotation" in classes:
        said, place = part.find("p"), part.select_one(".attribution")
        said = f"<blockquote><p>{escape(_text(said))}</p></blockquote>"
        return Slide("quotation", heading, f"{said}<p>{escape(_text(place))}</p>")
    if "cell_input" in classes and _fits(code := part.get_text().strip()):
        return Slide("code", heading, f"<pre><code>{escape(code)}</code></pre>")
    if "admonition" in classes and {"think", "objectives"} & set(classes):
        return _box(part)
    return None


def _fits(code: str) -> bool:
    return _count_lines(code) <= _MOST_LINES


def _fits_below(code: str, sentences: list[str]) -> bool:
    """Say whether code fits on a slide below sentences, whose lines are larger."""
    return _count_lines(code) + 2 * _count_lines("\n".join(sentences)) <= 1.4 * _MOST_LINES


def _count_lines(text: str) -> int:
    """Return how many lines a text has on a slide, where a long line becomes two."""
    return sum(1 + len(line) // _WIDTH for line in text.splitlines())


def _box(part: Tag) -> Slide:
    """Return a box as a slide; what is folded in it, the answer, is left out."""
    kind = "think" if "think" in part["class"] else "points"
    heading = _text(part.select_one(".admonition-title"))
    shown = [one for one in part.find_all(["p", "li"]) if not one.find_parent(["details", "li"])]
    lines = [_text(one) for one in shown if "admonition-title" not in (one.get("class") or [])]
    return Slide(kind, heading, "".join(f"<p>{escape(line)}</p>" for line in lines))


def _points(heading: str, sentences: list[str]) -> Iterator[Slide]:
    """Yield sentences as lists, none of them longer than fits on a slide."""
    held: list[str] = []
    for sentence in filter(None, sentences):
        too_long = len(" ".join([*held, sentence]).split()) > _MOST_WORDS
        if held and (too_long or len(held) == _MOST_POINTS):
            yield _list(heading, held)
            held = []
        held.append(sentence)
    if held:
        yield _list(heading, held)


def _list(heading: str, sentences: list[str]) -> Slide:
    return Slide("points", heading, _bullets(sentences))


def _bullets(sentences: list[str]) -> str:
    items = "".join(f"<li>{escape(one)}</li>" for one in sentences if one)
    return f"<ul>{items}</ul>" if items else ""


def _key_sentences(part: Tag) -> list[str]:
    """Return the first sentence of a paragraph, and those that quote: the sources have one on each line."""
    lines = [line for line in part.get_text().splitlines() if line.strip()]
    return [_one_line(line) for n, line in enumerate(lines) if n == 0 or _QUOTED in line] or [""]


def _text(part: Tag | None) -> str:
    return _one_line(part.get_text()) if part else ""


def _one_line(text: str) -> str:
    return " ".join(text.replace(_QUOTED, "").split())


def write_slides(slides: list[Slide]) -> str:
    """Return slides as one page of HTML, with its styles and its script in it."""
    shown = "\n".join(
        f'<section class="{slide.kind}" aria-label="Slide {n} of {len(slides)}">'
        f"<h{1 if n == 1 else 2}>{escape(slide.heading)}</h{1 if n == 1 else 2}>"
        f'<div class="content">{slide.html}</div><p class="n">{n}</p></section>'
        for n, slide in enumerate(slides, start=1)
    )
    return _PAGE.format(
        title=escape(slides[0].heading),
        style=(_TEMPLATES / "slides.css").read_text(encoding="utf-8"),
        script=(_TEMPLATES / "slides.js").read_text(encoding="utf-8"),
        slides=shown,
    )
