"""The directive `practice`: questions that tell readers at once whether they are right, and why.

In MyST::

    ```{practice} letters-in-order the-waiting
    ```

    ```{practice}
    :retrieval: deng-1962.letters-in-order mao-1963.who-asks
    ```

The first form shows questions from the page's file, ``practice/SLUG.yml`` (:mod:`helpers.checks.practice`),
each once on the page; the second repeats questions of earlier pages.  Where scripts run, `practice.js` turns
them into forms, says why an answer is right or wrong and stores the results in the reader's browser.
Elsewhere the answers unfold, and in print they are at the end of the page.
"""

import json
from html import escape
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from helpers.book.domain.course import pages_in_order
from helpers.book.domain.nodes import practice_answers, practice_end, practice_question, practice_set
from helpers.book.domain.paragraph import note_data, refer
from helpers.checks.practice import (
    Question,
    QuestionError,
    compute,
    find_example,
    plain,
    questions_file,
    read_questions,
)
from helpers.normalize import comparable

logger = logging.getLogger(__name__)

_TITLE = "Practice"
_RETRIEVAL = "Before you go on: questions from earlier pages"
_STAYS = "Your results stay in this browser and are not sent anywhere."
_HOW = {
    "choose": "Choose one.",
    "several": "Choose all that are right.",
    "order": "Put these in order.",
    "match": "Find what belongs to each.",
    "quote": "Quote at least three words of the document.",
    "number": "Answer with a number.",
}
_ANSWER = "The answer, and why"


class PracticeDirective(SphinxDirective):
    """Some questions of this page, or of earlier ones."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {"retrieval": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return the questions; an unknown question, or one that is already on this page, is an error."""
        own, others = "".join(self.arguments).split(), self.options.get("retrieval", "").split()
        if bool(own) == bool(others):
            raise self.error("practice: name questions of this page, or with :retrieval: earlier ones.")
        note_data(self.env)
        found = [self._find(self.env.docname, name) for name in own] or [
            self._find(self._earlier(name), name.partition(".")[2]) for name in others
        ]
        box = practice_set(label=_RETRIEVAL if others else _TITLE)
        box += nodes.paragraph("", "", nodes.strong("", box["label"]), classes=["practice-title"])
        box += [self._build(question) for question in found]
        self.set_source_info(box)
        return [box]

    def _earlier(self, name: str) -> str:
        """Return the page of a repeated question, which must come before this one in the book."""
        slug, dot, _ = name.partition(".")
        if not dot:
            raise self.error(f"practice: name the page of {name!r} too, as in deng-1962.{name}.")
        order = pages_in_order(self.env)
        earlier = order[: order.index(self.env.docname)] if self.env.docname in order else []
        for page in earlier:
            if Path(page).name == slug:
                return page
        raise self.error(f"practice: {slug!r} is not a page before this one; name an earlier page.")

    def _find(self, docname: str, name: str) -> Question:
        """Return a question by its id, and record that it is on this page."""
        page = Path(self.env.doc2path(docname))
        if questions_file(page).is_file():
            self.env.note_dependency(str(questions_file(page)))
        try:
            questions = read_questions(page)
        except QuestionError as error:
            raise self.error(f"practice: {error}") from error
        if name not in questions:
            raise self.error(
                f"practice: {page.stem}.yml has no question {name!r}; it has {', '.join(questions)}."
            )
        placed = self.env.metadata[self.env.docname].setdefault("practice", [])
        if questions[name].name in placed:
            raise self.error(f"practice: {questions[name].name} is already on this page; name it only once.")
        placed.append(questions[name].name)
        return questions[name]

    # --- a question ---

    def _build(self, question: Question) -> practice_question:
        """Return a question with its choices, and with its answers, which are folded."""
        number = self.env.temp_data["practice"] = self.env.temp_data.get("practice", 0) + 1
        try:
            offered, answers, key = _KINDS[question.kind](self, question)
        except QuestionError as error:
            raise self.error(f"practice: {error}") from error
        ask = nodes.paragraph(classes=["practice-ask"])
        ask += [nodes.strong("", f"Question {number}"), nodes.Text(" "), *self._inline(question.ask)]
        how = nodes.paragraph("", _HOW[question.kind], classes=["practice-how"])
        if question.page != Path(self.env.docname).name:
            how += [nodes.Text(" This was asked in "), self._page_of(question), nodes.Text(".")]
        node = practice_question(
            ids=[f"practice-{question.name.replace('.', '-')}"],
            name=question.name,
            kind=question.kind,
            key=key,
        )
        node += [ask, how, *offered]
        if question.hint:
            node += self._paragraph(question.hint, "practice-hint", before="Hint:")
        node += practice_answers("", *answers, title=_ANSWER, number=number)
        self.set_source_info(node)
        return node

    def _page_of(self, question: Question) -> addnodes.pending_xref:
        return addnodes.pending_xref(
            "",
            nodes.inline(),
            refdomain="std",
            reftype="doc",
            reftarget=f"/{self._earlier(question.name)}",
            refexplicit=False,
            refwarn=True,
            refdoc=self.env.docname,
        )

    def _inline(self, text: str) -> list[nodes.Node]:
        return self.state.inline_text(text, self.lineno)[0]  # its errors have been reported already

    def _paragraph(self, text: str, *classes: str, before: str = "") -> nodes.paragraph:
        paragraph = nodes.paragraph(classes=list(classes))
        if before:
            paragraph += [nodes.strong("", before), nodes.Text(" ")]
        paragraph += self._inline(text)
        return paragraph

    def _items(self, texts: list[str]) -> list[nodes.list_item]:
        return [nodes.list_item("", self._paragraph(text)) for text in texts]

    def _reasons(self, rows: list[tuple[str, str, str]], *, ordered: bool = False) -> nodes.Element:
        """Return the list of answers, each with a label, its text and the reason."""
        items = [
            nodes.list_item("", self._paragraph(text, before=word), self._paragraph(why, "practice-why"))
            for word, text, why in rows
        ]
        return nodes.enumerated_list("", *items) if ordered else nodes.bullet_list("", *items)

    # --- the choices of each kind, its answers, and the key that the script checks against ---

    def _options(self, question: Question) -> tuple[list, list, object]:
        shown = question.shown
        offered = nodes.enumerated_list(
            "", *self._items([one.text for one in shown]), enumtype="loweralpha", classes=["practice-offered"]
        )
        rows = [("Right:" if one.right else "Wrong:", one.text, one.why) for one in shown]
        return [offered], [self._reasons(rows)], [n for n, one in enumerate(shown) if one.right]

    def _order(self, question: Question) -> tuple[list, list, object]:
        shown = question.shown
        items = self._items([one.text for one in shown])
        offered = nodes.bullet_list("", *items, classes=["practice-offered"])
        rows = [("", one.text, one.why) for one in question.choices]
        return (
            [offered],
            [self._reasons(rows, ordered=True)],
            [shown.index(one) for one in question.choices],
        )

    def _match(self, question: Question) -> tuple[list, list, object]:
        pairs = sorted(question.pairs, key=lambda pair: comparable(plain(pair.left)))
        lefts = self._items([pair.left for pair in pairs])
        rights = self._items(question.rights)
        offered = [
            nodes.bullet_list("", *lefts, classes=["practice-offered"]),
            nodes.paragraph("", "To choose from:", classes=["practice-from"]),
            nodes.bullet_list("", *rights, classes=["practice-rights"]),
        ]
        rows = [("", f"{pair.left} — {pair.right}", pair.why) for pair in pairs]
        return offered, [self._reasons(rows)], [question.rights.index(pair.right) for pair in pairs]

    def _quote(self, question: Question) -> tuple[list, list, object]:
        words, paragraph_id = find_example(question)
        example = nodes.paragraph("", "")
        if words:
            example += self._inline(f"These words would do: {{quotation}}`{words} <{paragraph_id}>`.")
        else:
            link = refer(paragraph_id, self.env.docname)
            example += [nodes.Text("Any passage will do of "), link, nodes.Text(".")]
        return [], [example, self._paragraph(question.why, "practice-why")], question.paragraphs

    def _number(self, question: Question) -> tuple[list, list, object]:
        value = compute(question)
        shown = f"{value:,}" if isinstance(value, int) else f"{value:.3g}"
        said = nodes.paragraph("", "", nodes.strong("", shown))
        said += [nodes.Text(" "), *self._inline(question.unit)]
        unit = self._paragraph(question.unit, "practice-unit")
        return [unit], [said, self._paragraph(question.why, "practice-why")], value


_KINDS = {
    "choose": PracticeDirective._options,
    "several": PracticeDirective._options,
    "order": PracticeDirective._order,
    "match": PracticeDirective._match,
    "quote": PracticeDirective._quote,
    "number": PracticeDirective._number,
}


def setup(app: Sphinx) -> None:
    """End each page with questions with the number of right answers."""
    app.connect("doctree-read", _end_page)


def _end_page(app: Sphinx, doctree: nodes.document) -> None:
    """Close a page with questions, and warn about questions in its file that are not on the page."""
    docname = app.env.docname
    placed = app.env.metadata[docname].get("practice", [])
    if not placed:
        return
    try:
        own = read_questions(Path(app.env.doc2path(docname))).values()
    except QuestionError:  # there is none, or the directive has reported the error
        own = ()
    for name in sorted({question.name for question in own} - set(placed)):
        problem = f"The question {name} is not on its page; name it in a directive practice."
        logger.warning(problem, type="helpers", subtype="practice", location=(docname, 1))
    section = next(doctree.findall(nodes.section), doctree)
    section += practice_end(page=Path(docname).name)


# --- how it is written ---


def question_attributes(node: practice_question) -> dict[str, str]:
    """Return the attributes from which the script reads a question."""
    key = json.dumps(node["key"], ensure_ascii=False, separators=(",", ":"))
    return {"data-name": node["name"], "data-kind": node["kind"], "data-key": key}


def answers_html(node: practice_answers) -> str:
    """Return the HTML before the folded answers of a question."""
    summary = f'<span class="practice-number">Question {node["number"]}: </span>{escape(node["title"])}'
    return f'<details class="practice-answers"><summary>{summary}</summary>\n'


def end_html(page: str) -> str:
    """Return the end of a page with questions: a count, which a script shows, and a place for answers."""
    return (
        f'<aside class="practice-end" data-page="{page}" aria-label="Your practice" hidden="hidden">\n'
        f'<p>On this page you answered <strong role="status"></strong>. {_STAYS} '
        '<button type="button">Erase the results of this page</button></p>\n</aside>\n'
        '<section class="practice-key" aria-label="Answers to the practice questions">'
        '<p class="practice-title"><strong>Answers to the practice questions</strong></p></section>\n'
    )
