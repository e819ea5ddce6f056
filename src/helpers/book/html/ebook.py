"""Write the pages of the EPUB: XHTML without scripts, forms and buttons, with each chart as a picture.

Sphinx's builder makes the EPUB from the same pages as the site.  What a page can only do with a script or in
a browser is left out, or takes the form that it has on paper.  Answers to practice questions are not folded
away, because many e-readers unfold everything: they are at the end of the page, and a link leads to each.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import yaml
from bs4 import BeautifulSoup, Tag
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

NAME = "the-sino-soviet-split"
"""The name of the EPUB without its suffix."""

STYLES = ("_static/pygments.css", "_static/ebook.css")
"""The style sheets of its pages."""

_PICTURES = "_images"
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_XMLNS = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" color="#1a1a1a" '
# What needs a script or the web, and what takes its place on paper (`verdict-paper`) stays.
_LEFT_OUT = (
    "script, style, form, fieldset, button, input, .live, .Z3988, .edition-skip, .edition-rings, .sic, "
    ".practice-end, .chart-picture.narrow, .headerlink, .sd-summary-state-marker, "
    ".editions"
)
_ONLINE = "The exercise is a notebook. The online book has it, and so has the zip for students."


def setup(app: Sphinx) -> None:
    """Describe the EPUB, and write each of its pages."""
    app.connect("config-inited", _set_options)
    app.connect("html-page-context", _write_page, priority=950)  # after all that add to a page


def _set_options(app: Sphinx, config: Config) -> None:
    """Take what is said of the book from CITATION.cff; the same for every builder, or all is read again."""
    path = Path(app.srcdir) / "CITATION.cff"
    cff = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    translators = [
        f"{person['given-names']} {person['family-names']} (translator)"
        for work in cff.get("references", [])
        for person in work.get("translators", [])
    ]
    address = config.html_baseurl
    told = {
        "basename": NAME,
        "title": config.html_title,
        "description": " ".join(cff.get("abstract", "").split()),
        "contributor": ", ".join(translators),
        "identifier": address or uuid5(NAMESPACE_URL, f"{config.html_title} {cff.get('version')}").urn,
        "scheme": "URL" if address else "UUID",
        "uid": "book",
        "tocdepth": 2,
        "tocscope": "includehidden",
        "show_urls": "no",
        "use_index": False,
    }
    for name, value in told.items():
        if value:
            config[f"epub_{name}"] = value
    config["epub_use_index"] = False
    config.version = config.version or str(cff.get("version", ""))


def _write_page(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Replace the body of a page by what an e-reader can show."""
    if app.builder.name != "epub":
        return
    app.add_css_file("ebook.css")
    context["script_files"] = []
    context["css_files"] = [style for style in context["css_files"] if style.filename in STYLES]
    if doctree is None:
        return
    written, pictures = write_body(context["body"], page, address=app.config.html_baseurl)
    context["body"] = written
    for name, picture in pictures.items():
        path = Path(app.outdir) / _PICTURES / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(picture, encoding="utf-8")


def write_body(body: str, page: str, *, address: str = "") -> tuple[str, dict[str, str]]:
    """Return the body of a page for an e-reader, as XHTML, and its pictures by their names.

    Parameters
    ----------
    body
        The HTML of the page.
    page
        Its name, such as ``chapters/deng-1962``.
    address
        The address of the published book, or an empty text.
    """
    pictures: dict[str, str] = {}

    def draw(found: re.Match) -> str:
        name = f"{page.replace('/', '-')}-{len(pictures) + 1}.svg"
        pictures[name] = found[0].replace("<svg ", _XMLNS, 1)
        return f'<img src="{posixpath.relpath(_PICTURES, posixpath.dirname(page) or ".")}/{name}" />'

    html = re.sub(r"<svg\b[^>]*\bsd-octicon\b.*?</svg>", "", body, flags=re.DOTALL)
    soup = BeautifulSoup(_SVG.sub(draw, html), "html.parser")
    for part in soup.select(_LEFT_OUT):
        part.decompose()
    _place_pictures(soup)
    _place_answers(soup)
    _unfold(soup)
    _link_notes(soup)
    _lead_online(soup, page, address)
    for part in soup.find_all(True):
        _clean(part)
    kept = soup.decode(formatter="minimal")
    return kept, {name: picture for name, picture in pictures.items() if name in kept}


def _place_pictures(soup: BeautifulSoup) -> None:
    """Put each chart as a picture into its figure, with its description as the text alternative."""
    for figure in soup.select("figure.chart"):
        words = figure.select_one("figcaption p[id$='-words']")
        for place in figure.select(".chart-picture"):
            picture = place.find("img").extract()
            picture["alt"] = words.get_text() if words else place.get("aria-label", "")
            place.replace_with(picture)
    for picture in soup.select("img:not([alt])"):
        picture["alt"] = ""


def _place_answers(soup: BeautifulSoup) -> None:
    """Move the answers to questions to the end of the page, with links there and back."""
    folded = [
        part
        for part in soup.select("details")
        if "practice-answers" in part.get("class", ()) or "answer" in _summary(part).get_text().lower()
    ]
    for key in soup.select(".practice-key"):
        key.decompose()
    if not folded:
        return
    end = soup.new_tag("section", attrs={"class": "answers", "aria-label": "Answers"})
    end.append(_element(soup, "h2", "Answers"))
    for n, details in enumerate(folded, 1):
        summary = _summary(details).extract()
        question = summary.get_text().strip() if "practice-answers" in details["class"] else f"Answer {n}"
        link = _element(soup, "a", "To the answer", href=f"#answer-{n}", id=f"question-{n}")
        back = _element(soup, "a", question.partition(":")[0], href=f"#question-{n}")
        place = _element(soup, "p", link, **{"class": "to-answer"})
        details.replace_with(place)
        details.name, details.attrs = "div", {"id": f"answer-{n}", "class": "answer"}
        details.insert(0, _element(soup, "p", _element(soup, "strong", back)))
        end.append(details)
    (soup.find("section") or soup).append(end)


def _unfold(soup: BeautifulSoup) -> None:
    """Show what else is folded, under its title."""
    for details in soup.select("details"):
        summary = _summary(details)
        heading = summary.find(re.compile("^h[1-6]$"))
        if heading:
            summary.replace_with(heading)
        else:
            summary.name, summary.attrs = "p", {"class": "unfolded"}
        details.name = "div"


def _link_notes(soup: BeautifulSoup) -> None:
    """Write the sign of each note, which the site draws with CSS, and say what is a note."""
    for mark in soup.select("a.note-mark"):
        mark["epub:type"] = "noteref"
        mark.append(mark.get("data-sign", ""))
    for note in soup.select(".edition-notes li"):
        note["epub:type"] = "footnote"


def _lead_online(soup: BeautifulSoup, page: str, address: str) -> None:
    """Say in the box of an exercise where the notebook is, because an EPUB has no files to download."""
    for box in soup.select(".exercise"):
        for paragraph in box.find_all("p"):
            if "make lab" in paragraph.get_text():
                paragraph.clear()
                paragraph.append(_ONLINE)
                if address:
                    at = posixpath.join(address, f"{page}.html#exercise")
                    paragraph.extend([" ", _element(soup, "a", "Open the page of this exercise", href=at)])


def _clean(part: Tag) -> None:
    """Remove attributes that only scripts and old browsers read, and those that XHTML does not have."""
    for name in [name for name in part.attrs if name.startswith("data-") or name in _ATTRIBUTES]:
        del part[name]


_ATTRIBUTES = {"tabindex", "hidden", "border", "open", "title"}


def _summary(details: Tag) -> Tag:
    return details.find("summary")


def _element(soup: BeautifulSoup, tag: str, content: Tag | str, **attributes: str) -> Tag:
    made = soup.new_tag(tag, attrs=attributes)
    made.append(content)
    return made


def find_unused(package: str) -> Iterator[str]:
    """Yield the static files that a package of Sphinx lists and no page of the EPUB uses."""
    for name in re.findall(r'href="(_static/[^"]+)"', package):
        if name not in STYLES:
            yield name
