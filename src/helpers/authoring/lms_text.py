"""Markdown of practice questions as HTML whose links lead to the published book."""

import re

from markdown_it import MarkdownIt

from helpers import references
from helpers.authoring.lms_pages import Book
from helpers.checks.practice import Question, QuestionError, compute, find_example
from helpers.quotation.contract import LEAST_WORDS

ROLE = re.compile(r"\{(?P<role>[\w:+-]+)\}`(?P<text>[^`<]*?)\s*(?:<(?P<id>[^`>]*)>)?`")
"""A role of the book: its name, its text, and the id behind the text."""

_PAGE = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<id>[\w-]+)\.md\)")
_MARKS = re.compile(r"([\\`*_\[\]<>])")
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def to_html(text: str, book: Book) -> str:
    """Return a line of Markdown as HTML: its roles become links to the published book.

    Raises
    ------
    QuestionError
        When it has a role that means nothing outside of the book, or refers to a page that is not there.

    Examples
    --------
    >>> to_html("In {para}`deng-1962-p04`", Book("", "https://example.org", []))
    'In <a href="https://example.org/chapters/deng-1962.html#deng-1962-p04">Deng 1962, ¶ 4</a>'
    """
    pages = {page.slug: page for page in book.pages}

    def link_page(found: re.Match) -> str:
        target = found["id"] or found["text"]
        if target not in pages:
            raise QuestionError(f"{found[0]}: the book has no page {target!r}")
        page = pages[target]
        return f"[{found['text'] if found['id'] else page.title}]({book.locate(page.name)})"

    def link(found: re.Match) -> str:
        if found["role"] == "ref":
            return link_page(found)
        if found["role"] not in ("para", "quotation"):
            raise QuestionError(f"{found[0]} means nothing outside of the book; write it without the role")
        words, target = found["text"], found["id"] or found["text"]
        address = book.locate_paragraph(target)
        if found["role"] == "quotation":
            words = _MARKS.sub(r"\\\1", words.strip('“”"'))
            return f"“{words}” ([{references.label(target)}]({address}))"
        return f"[{words if found['id'] else references.label(target)}]({address})"

    return _MARKDOWN.renderInline(_PAGE.sub(link_page, ROLE.sub(link, text)))


def paragraph(text: str, book: Book) -> str:
    """Return a line of Markdown as a paragraph of HTML."""
    return f"<p>{to_html(text, book)}</p>"


def tolerance(value: int | float) -> float:
    """Return by how much an answer may differ from a number, as on the pages of the book."""
    return 0 if isinstance(value, int) else abs(value) / 100


def ask(question: Question, book: Book) -> str:
    """Return what a question asks, as HTML, with what a student has to know to answer it."""
    asked = paragraph(question.ask, book)
    if question.kind == "number":
        return f"{asked}<p>Answer with a number ({to_html(question.unit, book)}).</p>"
    if question.kind == "quote":
        how = f"Quote at least {LEAST_WORDS} words of the document."
        return asked + paragraph(how, book) + paragraph(f"**Hint:** {question.hint}", book)
    return asked


def place_in_book(question: Question, book: Book) -> str:
    """Return a paragraph of HTML with a link to a question in the published book."""
    page = next(page for page in book.pages if page.slug == question.page)
    address = book.locate(page.name, f"practice-{question.name.replace('.', '-')}")
    return paragraph(f"In the book: [{page.title}]({address})", book)


def explain(question: Question, book: Book) -> str:
    """Return the right answer to a whole question and why, as HTML, with a link to the question in the book.

    For `choose` and `several` it is the link alone: each option has its own reason.
    """
    place = place_in_book(question, book)
    if question.kind == "order":
        rows = [(choice.text, choice.why) for choice in question.choices]
        return f"<ol>{_list(rows, book)}</ol>{place}"
    if question.kind == "match":
        rows = [(f"{pair.left} — {pair.right}", pair.why) for pair in question.pairs]
        return f"<ul>{_list(rows, book)}</ul>{place}"
    if question.kind == "number":
        answer = f"<p><strong>{compute(question):,}</strong> {to_html(question.unit, book)}</p>"
        return answer + paragraph(question.why, book) + place
    if question.kind == "quote":
        return _example(question, book) + paragraph(question.why, book) + place
    return place


def _list(rows: list[tuple[str, str]], book: Book) -> str:
    return "".join(f"<li>{to_html(text, book)}<br/>{to_html(why, book)}</li>" for text, why in rows)


def _example(question: Question, book: Book) -> str:
    words, paragraph_id = find_example(question)
    if words:
        return paragraph(f"These words would do: {{quotation}}`{words} <{paragraph_id}>`.", book)
    return paragraph(f"Any passage will do of {{para}}`{paragraph_id}`.", book)
