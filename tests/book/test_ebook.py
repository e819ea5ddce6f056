"""Is each page of the EPUB XHTML that needs no script, with its notes, pictures and answers?"""

from xml.etree import ElementTree

import pytest

from helpers.book.html.ebook import write_body

CHART = (
    '<figure class="chart" id="chart-1"><div class="chart-picture wide" role="region" tabindex="0">'
    '<div role="img"><svg class="marks" viewBox="0 0 9 9"><clipPath id="a"></clipPath></svg></div></div>'
    '<div class="chart-picture narrow"><svg class="marks"></svg></div>'
    '<figcaption><details><summary>The chart in words</summary><p id="chart-1-words">Two bars.</p>'
    "</details></figcaption></figure>"
)
QUESTION = (
    '<section><div class="practice-question" data-key="[1]"><p>Who?</p><details class="practice-answers">'
    "<summary>Question 1: The answer, and why</summary><p>Right: Deng.</p></details></div>"
    '<section class="practice-key"></section><p>The end.</p></section>'
)
NOTE = (
    '<p>Yan<a class="note-mark" id="m" href="#n" data-sign="a" aria-label="Note a"></a></p>'
    '<details class="edition-notes" open="open"><summary><h3>Apparatus</h3></summary>'
    '<ul><li id="n">A note.</li></ul></details>'
)
EXERCISE = (
    '<div class="exercise"><p>5 questions.</p><p class="live"><a href="../live/x.html?path=y">Run</a></p>'
    "<p>In a copy of this project <code>make lab</code> opens it. Download it.</p></div>"
)


def read(body, **options):
    """Return a body as elements, which it must be well-formed for."""
    written, _ = write_body(body, "chapters/a", **options)
    return ElementTree.fromstring(
        f'<body xmlns:epub="http://www.idpf.org/2007/ops">{written}</body>'
    ), written


@pytest.mark.parametrize(
    ("body", "kept", "gone"),
    [
        ("<p>a<br>b<wbr>c&nbsp;&amp;</p>", ["<br/>", "<wbr/>", "&amp;"], ["&nbsp;"]),
        ("<p>a</p><script>x</script><style>y</style><form><input></form>", ["a"], ["script", "x<", "y<"]),
        ('<span class="sic" hidden="hidden">TIIE</span><span class="corr">THE</span>', ["THE"], ["TIIE"]),
        ('<ul class="editions"><li><a href="../editions/a.xml">TEI</a></li></ul>', [], ["TEI"]),
        (NOTE, ['epub:type="noteref"', ">a</a>", 'epub:type="footnote"', "<h3>"], ["details", "data-sign"]),
        (EXERCISE, ["5 questions.", "online book"], ["live", "make lab", "Download"]),
        ("<details><summary>Who is who</summary><p>Deng</p></details>", ["Who is who", "Deng"], ["details"]),
        ('<table border="1"><tr><td data-label="x">1</td></tr></table>', ["<td>1</td>"], ["border", "data-"]),
    ],
)
def test_page(body, kept, gone):
    """Is a page well-formed, with what an e-reader can show and without the rest?"""
    _, written = read(body)
    assert [one for one in kept if one not in written] == []
    assert [one for one in gone if one in written] == []


def test_chart_is_a_picture():
    """Is a chart a separate picture, with its description as text alternative, and drawn once?"""
    written, pictures = write_body(CHART, "chapters/teaching/a")
    [(name, picture)] = pictures.items()
    assert ElementTree.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"
    assert "clipPath" in picture
    [image] = ElementTree.fromstring(f"<body>{written}</body>").iter("img")
    assert (image.get("src"), image.get("alt")) == (f"../../_images/{name}", "Two bars.")


def test_answers_are_at_the_end():
    """Is no answer beside its question, and do links lead there and back?"""
    root, written = read(QUESTION)
    assert written.index("The end.") < written.index("Right: Deng.")
    assert "data-key" not in written
    ids = {node.get("id") for node in root.iter()}
    links = [node.get("href") for node in root.iter("a")]
    assert links == ["#answer-1", "#question-1"]
    assert {link[1:] for link in links} <= ids


def test_exercise_of_a_published_book():
    """Does the box of an exercise lead to its page, if the address of the book is known?"""
    _, written = read(EXERCISE, address="https://someone.example/b/")
    assert 'href="https://someone.example/b/chapters/a.html#exercise"' in written
