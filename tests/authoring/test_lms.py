"""Do learning systems get every practice question, with its answer, its reasons and links to the book?"""

import re
from html import unescape
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from tests.practice_book import write_book

from helpers.authoring import lms, lms_cartridge, lms_moodle, lms_qti
from helpers.authoring.leaks import find_leaks, find_secrets
from helpers.authoring.lms_pages import Book, Page, read_book
from helpers.authoring.lms_text import explain, to_html, tolerance
from helpers.checks.practice import QuestionError, compute, plain, read_questions
from helpers.corpus import loaders

ROOT = Path(__file__).parents[2]
ADDRESS = "https://someone.example/book"
QTI = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the folder with the four files for the book of this repository, and what was said of them."""
    out = tmp_path_factory.mktemp("lms")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOOK_URL", f"{ADDRESS}/")
        return out, lms.make_lms(ROOT, out)


@pytest.fixture(scope="module")
def book(made):
    """Return the book of this repository, published at an address, and its questions by their pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOOK_URL", ADDRESS)
        found = read_book(ROOT)
    return found, lms.read_all(ROOT, found)


@pytest.fixture(scope="module")
def questions(book):
    """Return every practice question by its name."""
    return {question.name: question for asked in book[1].values() for question in asked}


@pytest.fixture(scope="module")
def moodle(made):
    """Return the questions for Moodle by their names, and the names of the categories."""
    quiz = ElementTree.fromstring((made[0] / "moodle-questions.xml").read_bytes())
    found = {one.findtext("name/text"): one for one in quiz if one.get("type") != "category"}
    return found, [one.findtext("category/text") for one in quiz if one.get("type") == "category"]


@pytest.fixture(scope="module")
def canvas(made):
    """Return the questions for Canvas by their names, and the titles of the quizzes."""
    files = unzip(made[0] / "canvas-questions.zip")
    quizzes = [files[name] for name in files if re.fullmatch(r"([\w-]+)/\1\.xml", name)]
    titles = [quiz.find("q:assessment", QTI).get("title") for quiz in quizzes]
    return {item.get("ident"): item for quiz in quizzes for item in quiz.iterfind(".//q:item", QTI)}, titles


def unzip(path):
    """Return each file of a zip as XML, in their order."""
    with ZipFile(path) as archive:
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}


def shown(html):
    """Return what a reader sees of a piece of HTML."""
    return unescape(re.sub(r"<[^>]*>", "", html or ""))


def texts(out):
    """Return every text in the files, by file."""
    found = {
        "moodle": "\n".join(ElementTree.fromstring((out / "moodle-questions.xml").read_bytes()).itertext())
    }
    for name in ("canvas-questions.zip", "web-links.imscc", "moodle-links.imscc"):
        found[name] = "\n".join(text for root in unzip(out / name).values() for text in root.itertext())
    return found


# --- all of them, once ---


def test_every_question_is_there(questions, moodle, canvas):
    """Has each system every practice question of the book, once?"""
    assert len(questions) > 100
    assert list(moodle[0]) == list(canvas[0]) == list(questions)


def test_one_place_for_each_chapter(book, moodle, canvas):
    """Is there a category and a quiz for each chapter with questions, in the order of the book?"""
    titles = [page.title for page in book[1]]
    assert [name.rpartition("/")[2] for name in moodle[1]] == titles == canvas[1]
    assert len(set(titles)) == len(titles) > 10


def test_types(questions, moodle, canvas):
    """Has each question the type that its kind becomes?"""
    types = {name: one.get("type") for name, one in moodle[0].items()}
    assert types == {name: lms_moodle.FORMS[one.kind] for name, one in questions.items()}
    field = ".//q:qtimetadatafield[q:fieldlabel='question_type']/q:fieldentry"
    types = {name: item.findtext(field, namespaces=QTI) for name, item in canvas[0].items()}
    assert types == {name: lms_qti.FORMS[one.kind] for name, one in questions.items()}


def test_what_changed_is_said(made, questions):
    """Does the output name each file, and each kind that a system does not have, with its number?"""
    said = "\n".join(made[1])
    for path in made[0].iterdir():
        assert path.name in said
    quotes = sum(one.kind == "quote" for one in questions.values())
    assert said.count(f"  quote ({quotes}): essays with the key for the teacher") == 2
    assert "order" in lms_qti.CHANGED and "  order (" in said
    assert said.endswith(ADDRESS)


# --- the right answers, read back ---


def test_answers_in_moodle(book, questions, moodle):
    """Do the files say of each question what the book says is right?"""
    for name, question in questions.items():
        one = moodle[0][name]
        answers = [(shown(answer.findtext("text")), answer) for answer in one.iterfind("answer")]
        if question.kind in ("choose", "several"):
            right = {text for text, answer in answers if float(answer.get("fraction")) > 0}
            assert right == {shown(to_html(c.text, book[0])) for c in question.choices if c.right}
        elif question.kind == "order":
            assert [text for text, _ in answers] == [
                shown(to_html(c.text, book[0])) for c in question.choices
            ]
        elif question.kind == "number":
            assert [float(text) for text, _ in answers] == [compute(question)]
        elif question.kind == "match":
            pairs = [
                (shown(sub.findtext("text")), sub.findtext("answer/text"))
                for sub in one.iterfind("subquestion")
            ]
            own = [(shown(to_html(p.left, book[0])), plain(p.right)) for p in question.pairs]
            assert pairs == own + [("", plain(extra)) for extra in question.extra]
        else:
            assert shown(one.findtext("graderinfo/text")) == shown(explain(question, book[0]))


def test_answers_in_canvas(book, questions, canvas):
    """Do the conditions of the full score say what the book says is right?"""
    for name, question in questions.items():
        item = canvas[0][name]
        labels = {
            label.get("ident"): shown(label.findtext(".//q:mattext", namespaces=QTI))
            for label in item.iterfind(".//q:response_label", QTI)
        }
        scored = [c for c in item.iterfind(".//q:respcondition", QTI) if c.find("q:setvar", QTI) is not None]
        total = sum(float(condition.findtext("q:setvar", namespaces=QTI)) for condition in scored)
        assert question.kind == "quote" or total == pytest.approx(100, abs=0.05)
        if question.kind in ("choose", "several"):
            negated = {e.text for e in item.iterfind(".//q:setvar/..//q:not/q:varequal", QTI)}
            equal = {e.text for e in scored[0].iterfind(".//q:varequal", QTI)} - negated
            right = {shown(to_html(c.text, book[0])) for c in question.choices if c.right}
            assert {labels[ident] for ident in equal} == right
            assert {labels[i] for i in negated} == set(labels.values()) - right or question.kind == "choose"
        elif question.kind in ("order", "match"):
            lefts = {
                lid.get("ident"): shown(lid.findtext("q:material/q:mattext", namespaces=QTI))
                for lid in item.iterfind(".//q:response_lid", QTI)
            }
            equal = [condition.find(".//q:varequal", QTI) for condition in scored]
            pairs = {(lefts[e.get("respident")], labels[e.text]) for e in equal}
            if question.kind == "match":
                own = {(shown(to_html(p.left, book[0])), plain(p.right)) for p in question.pairs}
            else:
                places = enumerate(question.choices, start=1)
                own = {(shown(to_html(c.text, book[0])), f"{n}") for n, c in places}
            assert pairs == own
        elif question.kind == "number":
            bounds = scored[0].find("q:conditionvar", QTI).iter()
            assert {float(e.text) for e in bounds if e.text.strip()} == {compute(question)}
        else:
            assert not scored


def test_choosing_everything_wins_nothing(moodle):
    """Are the right options worth the whole mark together, and all options together nothing?"""
    for one in moodle[0].values():
        if one.findtext("single") == "false":
            marks = [float(answer.get("fraction")) for answer in one.iterfind("answer")]
            assert sum(mark for mark in marks if mark > 0) == pytest.approx(100, abs=0.001)
            assert sum(marks) == pytest.approx(0, abs=0.001)


# --- reasons and links ---


def test_every_option_has_its_reason(book, questions, moodle, canvas):
    """Is the reason of every option, item and pair in the feedback of both systems?"""
    for name, question in questions.items():
        reasons = [one.why for one in (*question.choices, *question.pairs)] or [question.why]
        for one in (moodle[0][name], canvas[0][name]):
            told = shown(" ".join(one.itertext()))
            missing = [why for why in reasons if shown(to_html(why, book[0])) not in told]
            assert not missing, f"{name}: {missing}"


def test_links_lead_to_the_book(made, book, questions):
    """Does every link lead to a page of the book, and there to a paragraph or a question?"""
    pages = {page.name for page in book[0].pages}
    places = {line.paragraph_id for line in loaders.lines()} | {""}
    places |= {f"practice-{name.replace('.', '-')}" for name in questions}
    for text in texts(made[0]).values():
        for href in re.findall(r'href="([^"]*)"', text):
            page, _, place = href.removeprefix(f"{ADDRESS}/").partition("#")
            assert page.removesuffix(".html") in pages and place in places, href


def test_every_question_links_to_its_place(questions, moodle, canvas):
    """Has every question a link to where it is asked in the book?"""
    for name in questions:
        place = f"#practice-{name.replace('.', '-')}"
        assert place in moodle[0][name].findtext("generalfeedback/text")
        assert place in canvas[0][name].findtext(".//q:itemfeedback[@ident='general_fb']//q:mattext", "", QTI)


def test_no_markdown_is_left(moodle, canvas):
    """Has every role and mark of Markdown become HTML, outside of code?"""
    for one in (*moodle[0].values(), *canvas[0].values()):
        for text in one.itertext():
            without_code = re.sub(r"<code>.*?</code>", "", text)
            assert not re.search(r"\{\w+\}`|</?script|\]\(|`", without_code), text


# --- the form of the files ---


def test_feedback_is_there(canvas):
    """Is each feedback that a condition shows in its question, and each in the question shown?"""
    for item in canvas[0].values():
        asked = {one.get("linkrefid") for one in item.iterfind(".//q:displayfeedback", QTI)}
        assert asked == {one.get("ident") for one in item.iterfind("q:itemfeedback", QTI)}


@pytest.mark.parametrize("name", ["canvas-questions.zip", "web-links.imscc", "moodle-links.imscc"])
def test_manifest_lists_the_files(made, name):
    """Does a package list each of its files, once, under ids that are all different?"""
    files = unzip(made[0] / name)
    manifest = files.pop("imsmanifest.xml")
    assert sorted(files) == sorted(one.get("href") for one in manifest.iterfind(".//{*}file"))
    ids = [one.get("identifier") for one in manifest.iter() if one.get("identifier")]
    assert len(set(ids)) == len(ids) and all(re.fullmatch(r"[A-Za-z_][\w.-]*", one) for one in ids)
    assert {one.get("identifierref") for one in manifest.iter() if one.get("identifierref")} <= set(ids)


@pytest.mark.parametrize(("name", "version"), [("web-links.imscc", "1.3.0"), ("moodle-links.imscc", "1.1.0")])
def test_cartridge_links_every_page(made, book, name, version):
    """Is there a link to every page, in the folder of its part and in the order of the book?"""
    files = unzip(made[0] / name)
    folders = files["imsmanifest.xml"].findall(".//{*}organization/{*}item/{*}item")
    linked = []
    for folder in folders:
        for item in folder.iterfind("{*}item"):
            link = files[f"{item.get('identifierref')}.xml"]
            assert link.findtext("{*}title") == item.findtext("{*}title")
            linked.append((link.find("{*}url").get("href"), item.findtext("{*}title")))
    assert linked == [(f"{ADDRESS}/{page.name}.html", page.title) for page in book[0].pages]
    assert [folder.findtext("{*}title") for folder in folders][1:3] == ["The split", "The documents"]
    manifest = files["imsmanifest.xml"]
    assert manifest.findtext(".//{*}schema") == lms_cartridge.SCHEMAS[version]
    assert manifest.findtext(".//{*}schemaversion") == version
    other = {"1.3.0": "v1p1/", "1.1.0": "v1p3"}[version]
    assert not [tag for root in files.values() for tag in (one.tag for one in root.iter()) if other in tag]


def test_same_book_makes_the_same_files(made, tmp_path, monkeypatch):
    """Are the files of the same book the same, byte for byte?"""
    monkeypatch.setenv("BOOK_URL", ADDRESS)
    lms.make_lms(ROOT, tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (made[0] / path.name).read_bytes()


# --- what does not get in, and what cannot be ---


def test_nothing_of_the_exercises(made):
    """Is no line of a solution, hidden test, rubric or commentary in the files, and would one be found?"""
    secrets = set.union(*find_secrets(ROOT / "exercises" / "source").values())
    assert len(secrets) > 500
    files = {f"{name}.html": text for name, text in texts(made[0]).items()}
    assert not find_leaks([(name, text.encode()) for name, text in files.items()], secrets)
    planted = ElementTree.tostring(lms_moodle._html("questiontext", f"<p>{max(secrets, key=len)}</p>"))
    text = "".join(ElementTree.fromstring(planted).itertext())
    assert find_leaks([("planted.html", text.encode())], secrets)


EMPTY = Book("", "", [Page("chapters/deng", "Deng", "")])


def repository(tmp_path, config=""):
    """Write a repository with the little book of practice questions."""
    folder = write_book(tmp_path / "book" / "chapters")
    (folder.parent / "_config.yml").write_text(f"title: A Little Book\nsphinx:\n  config: {{}}\n{config}")
    (folder.parent / "_toc.yml").write_text(
        "format: jb-book\nroot: chapters/index\nparts:\n"
        "  - caption: One part\n    chapters:\n      - file: chapters/deng\n      - file: chapters/mao\n"
    )
    return folder.parent


def test_address_is_asked_for(tmp_path, monkeypatch, capsys):
    """Is nothing written, and said in one sentence what to set, when nobody knows where the book is?"""
    monkeypatch.delenv("BOOK_URL", raising=False)
    monkeypatch.chdir(repository(tmp_path))
    assert lms.main() == 1
    said = capsys.readouterr().err
    assert "BOOK_URL" in said and said.count("\n") == 1
    assert not Path("dist").exists()


@pytest.mark.parametrize(
    ("config", "variable", "address"),
    [
        ("html:\n  baseurl: https://config.example/\n", "", "https://config.example"),
        ("html:\n  baseurl: https://config.example/\n", "https://own.example/b/", "https://own.example/b"),
    ],
)
def test_address(tmp_path, monkeypatch, config, variable, address):
    """Does BOOK_URL come before the address in _config.yml?"""
    monkeypatch.setenv("BOOK_URL", variable)
    assert read_book(repository(tmp_path, config)).address == address


def test_page_without_a_heading(tmp_path, monkeypatch):
    """Is a page without a heading called by its name?"""
    monkeypatch.setenv("BOOK_URL", ADDRESS)
    folder = repository(tmp_path)
    (folder / "chapters/mao.md").write_text("No heading.\n")
    assert [page.title for page in read_book(folder).pages] == ["Contents", "Deng", "chapters/mao"]


def test_little_book(tmp_path, monkeypatch, capsys):
    """Does another book with a question of each kind get its files too?"""
    monkeypatch.setenv("BOOK_URL", ADDRESS)
    monkeypatch.chdir(repository(tmp_path))
    assert lms.main() == 0
    assert "6 questions in 1 categories" in capsys.readouterr().out
    text = Path("dist/lms/moodle-questions.xml").read_text(encoding="utf-8")
    assert "top/A Little Book/Deng" in text
    assert f"{ADDRESS}/chapters/deng-1962.html#deng-1962-p02" in text


def test_faulty_question_is_told(tmp_path, monkeypatch, capsys):
    """Does a fault in a file of questions stop the command with its name?"""
    monkeypatch.setenv("BOOK_URL", ADDRESS)
    folder = repository(tmp_path)
    path = folder / "chapters/practice/deng.yml"
    path.write_text(path.read_text().replace("kind: choose", "kind: guess"))
    monkeypatch.chdir(folder)
    assert lms.main() == 1
    assert "deng.yml: question whose-building: there is no kind 'guess'" in capsys.readouterr().err


def test_number_that_is_not_whole():
    """May an answer differ from a number that is not whole as much as on the page, and else not at all?"""
    assert tolerance(19) == 0
    assert tolerance(0.5) == 0.005


def test_quotation_that_may_be_any(tmp_path):
    """Is the paragraph named, where any passage of it will do?"""
    one = read_questions(write_book(tmp_path / "book") / "deng.md")["words-of-the-wait"]
    one = one._replace(paragraphs={"deng-1962-p05": []})
    assert "Any passage will do of Deng 1962, ¶ 5" in shown(explain(one, EMPTY))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*so* `a < b`", "<em>so</em> <code>a &lt; b</code>"),
        ("{ref}`deng`", f'<a href="{ADDRESS}/chapters/deng.html">Deng</a>'),
        ("{ref}`here <deng>`", f'<a href="{ADDRESS}/chapters/deng.html">here</a>'),
        ("[a page](deng.md)", f'<a href="{ADDRESS}/chapters/deng.html">a page</a>'),
        (
            '{quotation}`"has [not] met" <deng-1962-p02>`',
            f'“has [not] met” (<a href="{ADDRESS}/chapters/deng-1962.html#deng-1962-p02">Deng 1962, ¶ 2</a>)',
        ),
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
    ],
)
def test_text(text, html):
    """Does a line of Markdown become HTML whose links lead to the published book?"""
    assert to_html(text, EMPTY._replace(address=ADDRESS)) == html


@pytest.mark.parametrize("text", ["{glue}`n`", "{ref}`nowhere`", "[there](nowhere.md)"])
def test_text_that_leads_nowhere(text):
    """Is a role that means nothing outside of the book an error that names it?"""
    with pytest.raises(QuestionError, match=re.escape(text)):
        to_html(text, EMPTY)


def test_cartridge_of_a_page_without_a_part():
    """Is a page that belongs to no part in a folder with the title of the book?"""
    packed = lms_cartridge.write_cartridge(Book("A Book", ADDRESS, [Page("index", "The Door", "")]))
    with ZipFile(BytesIO(packed)) as archive:
        manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
    assert [one.text for one in manifest.iterfind(".//{*}item/{*}title")] == ["A Book", "The Door"]
