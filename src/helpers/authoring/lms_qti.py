"""Practice questions as QTI 1.2 in the form in which Canvas exports and imports it: one quiz a chapter.

Other systems read QTI 1.2 too; the files with the settings of each quiz mean something to Canvas only.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from helpers.authoring.lms_pages import Book, Page
from helpers.authoring.lms_text import ask, explain, paragraph, to_html, tolerance
from helpers.checks.practice import Question, compute, plain
from helpers.editions.markup import element, pack, write_xml

FORMS = {
    "choose": "multiple_choice_question",
    "several": "multiple_answers_question",
    "order": "matching_question",
    "match": "matching_question",
    "quote": "essay_question",
    "number": "numerical_question",
}
"""The type of Canvas's questions that each kind becomes."""

CHANGED = {
    "quote": "essays with the key for the teacher, since Canvas cannot look words up in a document",
    "order": "matching questions, in which each item gets its place: older quizzes know no ordering",
}
"""The kinds that are not as in the book, and what became of them."""

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_SETTINGS = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
_RESPONSE = "response1"
_PLACES = "<p>Give each its place; number 1 is the first.</p>"


def write_qti(book: Book, questions: Mapping[Page, list[Question]]) -> bytes:
    """Return the questions of each page as a zip that Canvas imports: a practice quiz for each page."""
    files, resources = {}, element("resources")
    for page, asked in questions.items():
        quiz, settings = f"{page.slug}/{page.slug}.xml", f"{page.slug}/assessment_meta.xml"
        files[quiz], files[settings] = _quiz(page, asked, book), _settings(page, len(asked))
        depends = element("dependency", identifierref=f"{page.slug}-settings")
        resources.append(_resource(quiz, depends, identifier=page.slug, type="imsqti_xmlv1p2"))
        of_settings = {"identifier": f"{page.slug}-settings", "type": _SETTINGS, "href": settings}
        resources.append(_resource(settings, **of_settings))
    manifest = element(
        "manifest",
        element("metadata", element("schema", "IMS Content"), element("schemaversion", "1.1.3")),
        element("organizations"),
        resources,
        identifier="practice",
        xmlns=_PACKAGE,
    )
    return pack({"imsmanifest.xml": write_xml(manifest), **files})


def _resource(file: str, *depends: Element, **attributes: str) -> Element:
    return element("resource", element("file", href=file), *depends, **attributes)


def _settings(page: Page, n: int) -> bytes:
    """Return the settings of a quiz: it may be tried any number of times, and counts for no grade."""
    values = {
        "title": page.title,
        "quiz_type": "practice_quiz",
        "points_possible": f"{n}",
        "show_correct_answers": "true",
        "allowed_attempts": "-1",
    }
    fields = [element(name, value) for name, value in values.items()]
    return write_xml(element("quiz", *fields, identifier=page.slug, xmlns=_CANVAS))


def _quiz(page: Page, questions: list[Question], book: Book) -> bytes:
    section = element("section", *(_item(question, book) for question in questions), ident="root_section")
    assessment = element("assessment", section, ident=page.slug, title=page.title)
    return write_xml(element("questestinterop", assessment, xmlns=_QTI))


def _item(question: Question, book: Book) -> Element:
    """Return a question: what it shows, how it is scored, and its feedback."""
    shown, scored, feedback = _KINDS[question.kind](question, book)
    feedback["general_fb"] = explain(question, book)
    return element(
        "item",
        _metadata(question, book),
        element("presentation", _html(ask(question, book) + _PLACES * (question.kind == "order")), *shown),
        element(
            "resprocessing",
            element(
                "outcomes",
                element("decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal"),
            ),
            _condition(element("other"), show="general_fb"),
            *scored,
        ),
        *(
            element("itemfeedback", element("flow_mat", _html(html)), ident=ident)
            for ident, html in feedback.items()
        ),
        ident=question.name,
        title=question.id,
    )


def _metadata(question: Question, book: Book) -> Element:
    fields = {
        "question_type": FORMS[question.kind],
        "points_possible": "1",
        "assessment_question_identifierref": f"{question.name}-question",
    }
    if question.kind == "quote":
        fields["grading_notes"] = explain(question, book)
    return element(
        "itemmetadata",
        element(
            "qtimetadata",
            *(
                element("qtimetadatafield", element("fieldlabel", name), element("fieldentry", value))
                for name, value in fields.items()
            ),
        ),
    )


def _html(html: str) -> Element:
    return element("material", element("mattext", html, texttype="text/html"))


def _plain(text: str) -> Element:
    return element("material", element("mattext", plain(text), texttype="text/plain"))


def _equal(value: object, respident: str = _RESPONSE) -> Element:
    return element("varequal", f"{value}", respident=respident)


def _condition(*tests: Element, score: float = 0, show: str = "", action: str = "Set") -> Element:
    """Return what happens when the tests hold: points out of a hundred, or feedback, or both."""
    made = element("respcondition", element("conditionvar", *tests))
    made.set("continue", "No" if score and action == "Set" else "Yes")
    if score:
        made.append(element("setvar", f"{score:.2f}", varname="SCORE", action=action))
    if show:
        made.append(element("displayfeedback", feedbacktype="Response", linkrefid=show))
    return made


# --- each kind: what is shown, the conditions, and the feedback by its ident ---

Parts = tuple[list[Element], list[Element], dict[str, str]]


def _options(question: Question, book: Book) -> Parts:
    numbered = [(f"{n}", one) for n, one in enumerate(question.shown, start=1)]
    labels = [element("response_label", _html(to_html(one.text, book)), ident=n) for n, one in numbered]
    tests = [_equal(n) if one.right else element("not", _equal(n)) for n, one in numbered]
    if question.kind == "choose":
        tests = [test for test in tests if test.tag == "varequal"]
    else:
        tests = [element("and", *tests)]
    choices = element(
        "response_lid",
        element("render_choice", *labels),
        ident=_RESPONSE,
        rcardinality="Single" if question.kind == "choose" else "Multiple",
    )
    told = [_condition(_equal(n), show=f"{n}_fb") for n, _ in numbered]
    feedback = {f"{n}_fb": paragraph(one.why, book) for n, one in numbered}
    return [choices], [*told, _condition(*tests, score=100)], feedback


def _order(question: Question, book: Book) -> Parts:
    """Return the items, each of which is given its place: Canvas has no questions on order."""
    rows = [(one.text, f"{question.choices.index(one) + 1}") for one in question.shown]
    return _matching(rows, [f"{n}" for n in range(1, len(rows) + 1)], book)


def _match(question: Question, book: Book) -> Parts:
    return _matching([(pair.left, pair.right) for pair in question.pairs], question.rights, book)


def _matching(rows: list[tuple[str, str]], rights: list[str], book: Book) -> Parts:
    shown, scored = [], []
    for n, (left, right) in enumerate(rows, start=1):
        labels = [
            element("response_label", _plain(text), ident=f"match_{i}")
            for i, text in enumerate(rights, start=1)
        ]
        respident = f"response_{n}"
        shown.append(
            element(
                "response_lid",
                _html(to_html(left, book)),
                element("render_choice", *labels),
                ident=respident,
            )
        )
        equal = _equal(f"match_{rights.index(right) + 1}", respident)
        scored.append(_condition(equal, score=100 / len(rows), action="Add"))
    return shown, scored, {}


def _quote(question: Question, book: Book) -> Parts:
    return [_field()], [_condition(element("other"))], {}


def _number(question: Question, book: Book) -> Parts:
    value = compute(question)
    margin = tolerance(value)
    bounds = [
        element("vargte", f"{value - margin}", respident=_RESPONSE),
        element("varlte", f"{value + margin}", respident=_RESPONSE),
    ]
    right = _condition(element("or", _equal(value), element("and", *bounds)), score=100)
    wrong = _condition(element("other"), show="general_incorrect_fb")
    return (
        [_field(fibtype="Decimal")],
        [right, wrong],
        {"general_incorrect_fb": paragraph(question.hint, book)},
    )


def _field(**attributes: str) -> Element:
    label = element("response_label", ident="answer1")
    return element(
        "response_str", element("render_fib", label, **attributes), ident=_RESPONSE, rcardinality="Single"
    )


_KINDS = {
    "choose": _options,
    "several": _options,
    "order": _order,
    "match": _match,
    "quote": _quote,
    "number": _number,
}
