"""Practice questions for Moodle's question bank, as Moodle XML: one category a chapter."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from helpers.authoring.lms_pages import Book, Page
from helpers.authoring.lms_text import ask, explain, paragraph, to_html, tolerance
from helpers.checks.practice import Question, compute, plain
from helpers.editions.markup import element, write_xml

FORMS = {
    "choose": "multichoice",
    "several": "multichoice",
    "order": "ordering",
    "match": "matching",
    "quote": "essay",
    "number": "numerical",
}
"""The type of Moodle's questions that each kind becomes."""

CHANGED = {
    "quote": "essays with the key for the teacher, since Moodle cannot look words up in a document",
    "order": "questions of the type Ordering, which Moodle has from version 4.4 on",
}
"""The kinds that are not as in the book, or not in every Moodle, and what became of them."""


def write_moodle(book: Book, questions: Mapping[Page, list[Question]]) -> bytes:
    """Return the questions of each page as a file that Moodle's question bank imports."""
    quiz = element("quiz")
    for page, asked in questions.items():
        quiz.append(_category(book, page))
        quiz.extend(_question(question, book) for question in asked)
    return write_xml(quiz)


def _category(book: Book, page: Page) -> Element:
    names = [name.replace("/", "//") for name in (book.title, page.title)]
    text = element("text", "/".join(["top", *names]))
    return element("question", element("category", text), type="category")


def _html(tag: str, html: str, *children: Element, **attributes: str) -> Element:
    return element(tag, element("text", html), *children, format="html", **attributes)


def _question(question: Question, book: Book) -> Element:
    """Return a question, with what all types have before what its kind has."""
    made = element(
        "question",
        element("name", element("text", question.name)),
        _html("questiontext", ask(question, book)),
        _html("generalfeedback", explain(question, book)),
        element("defaultgrade", "1"),
        type=FORMS[question.kind],
    )
    made.extend(_KINDS[question.kind](question, book))
    return made


def _options(question: Question, book: Book) -> list[Element]:
    """Return the options; those that are right share the mark, and to choose everything wins nothing."""
    n_right = sum(one.right for one in question.choices)
    lost = -100 / (len(question.choices) - n_right) if question.kind == "several" else 0
    return [
        element("single", "true" if question.kind == "choose" else "false"),
        element("shuffleanswers", "true"),
        element("answernumbering", "abc"),
        *(
            _html(
                "answer",
                to_html(one.text, book),
                _html("feedback", paragraph(one.why, book)),
                fraction=f"{100 / n_right if one.right else lost:.5f}",
            )
            for one in question.shown
        ),
    ]


def _order(question: Question, book: Book) -> list[Element]:
    return [
        element("layouttype", "VERTICAL"),
        element("selecttype", "ALL"),
        element("selectcount", str(len(question.choices))),
        element("gradingtype", "ALL_OR_NOTHING"),
        element("showgrading", "SHOW"),
        element("numberingstyle", "123"),
        # Without it, the import of Moodle 5.1 makes hints without a format and ends with an error.
        element("shownumcorrect", "1"),
        *(
            _html("answer", to_html(one.text, book), fraction=str(n))
            for n, one in enumerate(question.choices, start=1)
        ),
    ]


def _match(question: Question, book: Book) -> list[Element]:
    pairs = [(to_html(pair.left, book), pair.right) for pair in question.pairs]
    return [
        element("shuffleanswers", "true"),
        *(
            _html("subquestion", left, element("answer", element("text", plain(right))))
            for left, right in pairs + [("", extra) for extra in question.extra]
        ),
    ]


def _quote(question: Question, book: Book) -> list[Element]:
    return [
        element("responseformat", "plain"),
        element("responserequired", "1"),
        element("responsefieldlines", "5"),
        _html("graderinfo", explain(question, book)),
    ]


def _number(question: Question, book: Book) -> list[Element]:
    value = compute(question)
    margin = element("tolerance", f"{tolerance(value)}")
    return [
        element("answer", element("text", f"{value}"), margin, fraction="100"),
        _html("hint", paragraph(question.hint, book)),
    ]


_KINDS = {
    "choose": _options,
    "several": _options,
    "order": _order,
    "match": _match,
    "quote": _quote,
    "number": _number,
}
