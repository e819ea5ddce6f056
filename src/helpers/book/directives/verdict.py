"""The directive `verdict`: a box in each chapter for the reader's answer to the question of the book.

In MyST::

    ```{verdict}
    Deng speaks of unity and of conditions. Which of the two weighs more with you?
    ```

The box asks the question of the book and adds a question of the chapter.  Where scripts run, `verdict.js`
stores a choice and two lines of text in the reader's browser; elsewhere, and in print, there are lines to
write on.
With the option `defense` the box has room for about four sentences, and with the option `record` it also
lists the answers of all chapters.
"""

from html import escape
from pathlib import Path
from typing import ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from helpers.book.domain.course import pages_in_order
from helpers.book.domain.nodes import verdict_form, verdict_record

QUESTION = "Was the alliance already beyond repair when Deng handed over his letters in April 1962?"
CHOICES = {
    "beyond": "Beyond repair",
    "damaged": "Damaged but repairable",
    "open": "I cannot tell from what I have read",
}
_STAYS = "Your answer stays on this device: your browser keeps it and does not send it anywhere."
_TITLE = "Your verdict so far"


class Room(NamedTuple):
    """The size of an answer: the label of its field, the number of lines, and a soft limit on characters."""

    label: str
    rows: int
    most: int


SHORT = Room("Your reason, in two lines", 2, 240)
LONG = Room("Your defense, in about four sentences", 8, 1200)


class VerdictDirective(SphinxDirective):
    """The box in which a reader answers the question of the book; its content is the chapter's question."""

    has_content = True
    option_spec: ClassVar = {"record": directives.flag, "defense": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Return the box; a box without its own question, or a second one on a page, is an error."""
        words = " ".join("\n".join(self.content).split())
        if not words:
            raise self.error("verdict: say in one sentence what this chapter adds to the question.")
        about = self.env.metadata[self.env.docname]
        if "verdict" in about:
            raise self.error("verdict: a chapter asks for one verdict, and this is its second.")
        slug = Path(self.env.docname).name
        about["verdict"] = slug
        prompt = nodes.paragraph(classes=["verdict-prompt"])
        inline, messages = self.state.inline_text(words, self.lineno)
        prompt += inline
        box = nodes.admonition(
            "",
            nodes.title("", _TITLE),
            nodes.paragraph("", "", nodes.strong("", QUESTION), classes=["verdict-question"]),
            prompt,
            verdict_form(slug=slug, room=LONG if "defense" in self.options else SHORT),
            classes=["admonition-verdict", "verdict"],
            ids=[f"verdict-{slug}"],
        )
        if "record" in self.options:
            about["verdict_record"] = True
            box += verdict_record()
        self.set_source_info(box)
        return [box, *messages]


def setup(app: Sphinx) -> None:
    """Fill the record after every page has been read."""
    app.connect("env-updated", _find_records)
    app.connect("doctree-resolved", _list_chapters)


def _find_records(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages with a record, which are written again because they list boxes of other pages."""
    return [page for page, about in env.metadata.items() if "verdict_record" in about]


def _list_chapters(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fill the record with every page that has a box, in the order of the book."""
    for record in doctree.findall(verdict_record):
        pages = [page for page in pages_in_order(app.env) if "verdict" in app.env.metadata[page]]
        record["chapters"] = [
            (
                app.env.metadata[page]["verdict"],
                app.env.titles[page].astext(),
                "" if page == docname else app.builder.get_relative_uri(docname, page),
            )
            for page in pages
        ]


# --- how the box is written ---


def form_html(slug: str, room: Room = SHORT) -> str:
    """Return the form, which only a script shows, and the lines to write on, which appear in print."""
    radios = "".join(
        f'<label><input type="radio" name="verdict-{slug}" value="{value}" /> {words}</label>\n'
        for value, words in CHOICES.items()
    )
    lines = '<p class="verdict-line"></p>' * room.rows
    boxes = "".join(f'<li data-value="{value}">{words}</li>' for value, words in CHOICES.items())
    return (
        f'<form class="verdict-form" data-slug="{slug}" aria-label="{_TITLE}" hidden="hidden">\n'
        f"<fieldset><legend>Where do you stand now?</legend>\n{radios}</fieldset>\n"
        '<p class="verdict-last" hidden="hidden"></p>\n'
        f'<label for="verdict-{slug}-why">{room.label}</label>\n'
        f'<textarea id="verdict-{slug}-why" rows="{room.rows}" data-most="{room.most}" '
        f'aria-describedby="verdict-{slug}-stays"></textarea>\n'
        f'<p class="verdict-stays" id="verdict-{slug}-stays">{_STAYS} '
        '<span class="verdict-status" role="status"></span></p>\n</form>\n'
        f'<div class="verdict-paper"><ul>{boxes}</ul>'
        f"{lines}</div>\n"
    )


def record_html(chapters: list[tuple[str, str, str]]) -> str:
    """Return the list of all boxes, into which a script writes the reader's answers."""
    rows = "".join(
        f'<li data-slug="{slug}"><a href="{escape(address) or "#verdict-" + slug}">{escape(title)}</a>'
        '<span class="verdict-answer"></span></li>\n'
        for slug, title, address in chapters
    )
    return (
        '<section class="verdict-record" aria-label="Your record">\n'
        '<p class="verdict-record-title"><strong>Your record</strong></p>\n'
        '<p class="verdict-record-how">These are the boxes of the book, in order. '
        '<span class="verdict-kept">Copy your answers from paper next to them.</span></p>\n'
        f"<ol>\n{rows}</ol>\n"
        '<p class="verdict-tools" hidden="hidden">'
        '<button type="button" class="verdict-print">Print it</button> '
        '<button type="button" class="verdict-erase">Erase all answers</button></p>\n</section>\n'
    )
