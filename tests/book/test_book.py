"""Does the book's own grammar set editions, verify quotations and link paragraphs?  A tiny book each."""

import os
import re
import shutil
import subprocess
import sys
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs
from xml.etree import ElementTree

import nbformat
import pandas
import pytest
from bs4 import BeautifulSoup
from nbgrader.utils import is_grade
from sphinx.testing.util import SphinxTestApp

import helpers
from helpers import (
    catalogue,
    load_documents,
    load_emendations,
    load_events,
    load_parties,
    load_people,
    verify_quotation,
)
from helpers.book.directives.exercise import release
from helpers.book.domain.gloss import Entity, Place, first_mentions
from helpers.book.domain.paragraph import paragraphs
from helpers.book.html.exchange import write_bibtex, write_ris
from helpers.checks.skills import SKILLS
from helpers.corpus import loaders
from helpers.corpus.loaders import Line
from helpers.corpus.readings import Emendation, segment

REPOSITORY = Path(__file__).parents[2]
CONF = """
extensions = ["myst_parser", "helpers.book"]
html_theme = "basic"
html_title = "A Tiny Book"
"""
EDITIONS = {
    "index": "# Contents\n\n```{toctree}\ndeng\nmao\n```\n",
    "deng": "# Deng\n\n## The document\n\n```{document} deng-1962\n```\n",
    "mao": "# Mao\n\n```{document} mao-1963\n```\n",
}
DOCUMENTS = ["deng-1962", "mao-1963"]
ADDED = [document_id for document_id in loaders.choose_documents("all") if document_id not in DOCUMENTS]
EDITIONS["mao"] += "".join(f"\n```{{document}} {added}\n```\n" for added in ADDED)
ENTRIES = {"people": "# People\n\n```{people}\n```\n", "bodies": "# Bodies\n\n```{bodies}\n```\n"}


class Built(NamedTuple):
    """A tiny book after a build with -W and -n that goes on after a warning."""

    out: Path
    warnings: str
    status: int

    def page(self, name="index"):
        """Return a page of HTML."""
        path = self.out / f"{name}.html"
        return parsed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def parsed(path, _changed):
    """Return a page, read once for all tests, so none may change it."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def write_book(folder, pages):
    folder.mkdir(exist_ok=True)
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def build(folder, pages, builder="html", **config):
    write_book(folder, pages)
    app = SphinxTestApp(
        builder,
        srcdir=folder,
        warningiserror=True,
        keep_going=True,
        confoverrides={"nitpicky": True, **config},
    )
    try:
        app.build()
        return Built(Path(app.outdir), re.sub(r"\x1b\[[\d;]*m", "", app.warning.getvalue()), app.statuscode)
    finally:
        app.cleanup()


@pytest.fixture(scope="module")
def built_before(tmp_path_factory):
    """Return the folder of a tiny book, in which each test writes the first page and builds what changed."""
    return tmp_path_factory.mktemp("tiny") / "book"


@pytest.fixture
def book(tmp_path, built_before):
    """Build a tiny book whose first page has this text, beside both editions."""

    def build_with(text, builder="html", **config):
        index = f"{EDITIONS['index']}\n{text}\n"
        folder = tmp_path / "book" if config or builder != "html" else built_before
        return build(folder, ({} if folder.exists() else EDITIONS) | {"index": index}, builder, **config)

    return build_with


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    """Both editions, built once."""
    built = build(tmp_path_factory.mktemp("editions"), EDITIONS)
    assert (built.status, built.warnings) == (0, "")
    return built


def edition(built, document_id):
    name = "deng" if document_id == "deng-1962" else "mao"
    return built.page(name).find(id=f"{document_id}-edition")


# --- the edition ---


@pytest.mark.parametrize("line", loaders.lines(), ids=lambda line: line.paragraph_id)
def test_line_is_an_anchor(editions, line):
    """Is every paragraph id an anchor, once, with a number that links to it and has a name?"""
    [found] = edition(editions, line.document_id).find_all(id=line.paragraph_id)
    number = found.select_one("a.edition-number")
    assert number["href"] == f"#{line.paragraph_id}"
    names = {"header": "Header line", "body": "Paragraph", "closing": "Closing line"}
    assert number["aria-label"] == f"{names[line.section]} {line.n}"


@pytest.mark.parametrize("line", loaders.lines(), ids=lambda line: line.paragraph_id)
def test_line_has_both_readings(editions, line):
    """Do the words of a line, without the reading that is hidden, equal the source?"""
    html = str(edition(editions, line.document_id).find(id=line.paragraph_id).p)
    for reading, hidden in [("corrected", ".sic"), ("diplomatic", ".corr")]:
        text = BeautifulSoup(html, "html.parser")
        for other in text.select(hidden):
            other.extract()
        assert text.get_text().split() == line.text(reading).split()


def test_received_words_are_hidden_without_css(editions):
    """Does a reader that knows no style sheet see one reading only?"""
    received = editions.page("mao").select(".sic")
    assert received
    assert all(words.has_attr("hidden") for words in received)


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_switch_is_native(editions, document_id):
    """Is the choice of a reading a named group of radio buttons, one of which is checked?"""
    group = edition(editions, document_id).select_one("fieldset")
    radios = group.select("label input[type=radio]")
    assert group.legend.get_text() == "Reading"
    assert [(radio["value"], radio.has_attr("checked")) for radio in radios] == [
        ("corrected", True),
        ("diplomatic", False),
    ]
    assert len({radio["name"] for radio in radios}) == 1


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_apparatus_is_complete(editions, document_id):
    """Does the apparatus give every emendation in full, and link it to and fro where it stands in a line?"""
    set_, table = edition(editions, document_id), load_emendations()
    expected = table[table["document_id"] == document_id]
    notes = {note["id"]: note for note in set_.select(".apparatus li")}
    assert list(notes) == expected["emendation_id"].to_list()
    for row in expected.itertuples():
        note = notes[row.emendation_id]
        text = note.select_one(".note-text").get_text()
        for part in (row.received, row.reading, row.kind.capitalize(), row.certainty, row.reason):
            assert part.replace(r"\n\n", " ¶ ") in text
        if row.field == "text":
            mark = set_.find(id=note.select_one("a.note-place")["href"][1:])
            assert mark["href"] == f"#{row.emendation_id}"
            assert mark.find_parent(id=row.paragraph_id)
            assert mark["aria-label"].endswith("emendation" if row.certainty == "certain" else "conjecture")
        else:
            assert not note.select("a")


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_only_certain_emendations_are_applied(editions, document_id):
    """Are the changed places those of the certain emendations, and conjectures left in the notes?"""
    table = load_emendations()
    certain = table[
        (table["document_id"] == document_id) & (table["field"] == "text") & (table["certainty"] == "certain")
    ]
    changed = edition(editions, document_id).select(".emendation.changed")
    found = [(place.select_one(".sic").get_text(), place.select_one(".corr").get_text()) for place in changed]
    assert found == list(zip(certain["received"], certain["reading"], strict=True))


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_glosses_come_once(editions, document_id):
    """Is everyone in the edition explained once, at a mark that names them, with a way back?"""
    set_ = edition(editions, document_id)
    marks = set_.select('.note-mark[data-sign="°"]')
    notes = set_.select(".glosses li")
    assert len(marks) > 20
    assert [mark["href"][1:] for mark in marks] == [note["id"] for note in notes]
    assert len({mark["href"] for mark in marks}) == len(marks)
    for mark, note in zip(marks, notes, strict=True):
        assert note.select_one("a.note-place")["href"] == f"#{mark['id']}"
        assert mark["aria-label"] == f"About {note.strong.get_text()}"


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_no_dead_link_on_the_page(editions, document_id):
    """Does every link within a page have its target, and does every id stand once?"""
    page = editions.page(document_id[: document_id.index("-")])
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {link["href"][1:] for link in page.select('a[href^="#"]')} <= {*ids, ""}


def test_citation_names_paragraph_and_address(editions):
    """Does a line carry what is to be copied: the archive's citation, its address and the number?"""
    row = load_documents().set_index("document_id").loc["deng-1962"]
    cited = edition(editions, "deng-1962").find(id="deng-1962-p07")["data-citation"]
    before, after = row["citation"].split(row["url_received"])
    assert cited == f"{before}{after}{row['url']}. Paragraph 7 (deng-1962-p07), as numbered in A Tiny Book"


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_edition_is_seen_by_zotero(editions, document_id):
    """Has an edition one COinS element with title, date, translator and address, and no text for readers?"""
    [span] = edition(editions, document_id).select("span.Z3988[title]")
    row = load_documents().set_index("document_id").loc[document_id]
    told = {key: value for key, [value] in parse_qs(span["title"], strict_parsing=True).items()}
    assert (told["rft_val_fmt"], told["rft.type"]) == ("info:ofi/fmt:kev:mtx:dc", "document")
    assert (told["rft.title"], told["rft.contributor"]) == (row["title"], row["translator"])
    assert (told["rft.date"], told["rft.identifier"]) == (str(row["document_date"].date()), row["url"])
    assert told["rft.publisher"].startswith("Wilson Center Digital Archive, ")
    assert span.get_text() == "" and span["data-document"] == document_id
    assert (span["data-bibtex"], span["data-ris"]) == (write_bibtex(document_id), write_ris(document_id))


@pytest.mark.parametrize("is_on", [True, False])
def test_hypothesis_is_asked_only_if_wanted(book, is_on):
    """Does a page name the host of hypothes.is if the setting is on, and nowhere if it is off?"""
    extensions = ["myst_parser", "sphinx_comments", "helpers.book"]
    built = book("Text.", extensions=extensions, comments_config={"hypothesis": is_on})
    pages = [page.read_text(encoding="utf-8") for page in built.out.glob("*.html")]
    assert {"hypothes.is" in page for page in pages} == {is_on}
    scripts = built.page("deng").select('script[src^="http"]')
    assert [script["src"] for script in scripts] == ["https://hypothes.is/embed.js"] * is_on


def test_source_is_named_at_its_canonical_address(editions):
    """Does the edition say where it comes from, and does the test mirror appear in its apparatus only?"""
    set_ = copy(edition(editions, "mao-1963"))
    assert (
        set_.select_one(".edition-source a")["href"]
        == "https://digitalarchive.wilsoncenter.org/document/123881"
    )
    for note in set_.select(".apparatus"):
        note.extract()
    assert "dvincitest" not in str(set_)


def test_headings_follow_the_page(editions):
    """Do the lists of notes have headings one level below the section of the edition?"""
    for document_id, level in [("deng-1962", "h3"), ("mao-1963", "h2")]:
        headings = edition(editions, document_id).select(".edition-notes summary > *")
        assert [heading.name for heading in headings] == [level, level]


def test_assets_only_where_needed(editions):
    """Do pages without an edition load neither its style sheet nor its script?"""
    loaded = {name: str(editions.page(name).head) for name in EDITIONS}
    assert [name for name, head in loaded.items() if "edition.css" in head] == ["deng", "mao"]
    assert [name for name, head in loaded.items() if "edition.js" in head] == ["deng", "mao"]
    assert (editions.out / "_static" / "edition.css").is_file()


def test_sources_are_not_curled(editions):
    """Do the source's straight quotation marks stay straight where Sphinx curls those of the prose?"""
    assert '"8" May' in edition(editions, "deng-1962").find(id="deng-1962-h2").get_text()


def test_unknown_document(tmp_path):
    """Does a document that does not exist fail the build and name those that there are?"""
    built = build(tmp_path, {"index": "# A\n\n```{document} deng-1961\n```\n"})
    assert built.status == 1
    assert (
        f"index.md:3: WARNING: There is no document 'deng-1961'; there are {', '.join(DOCUMENTS + ADDED)}."
        in built.warnings
    )


@pytest.mark.parametrize("where", ["index", "another page"])
def test_second_edition(tmp_path, where):
    """Does a second edition of a document fail the build, on the same page and on another?"""
    again = "\n```{document} deng-1962\n```\n"
    pages = {"index": "# A\n\n```{document} deng-1962\n```\n", "b": "---\norphan: true\n---\n# B\n"}
    pages["index" if where == "index" else "b"] += again
    built = build(tmp_path, pages)
    assert built.status == 1
    assert "WARNING: deng-1962 has a second edition here" in built.warnings


# --- quotations ---

FAITHFUL = {
    "verbatim": ("deng-1962-p05", "no matter what, the CPSU and the CCP must close ranks"),
    "over two lines": ("deng-1962-p05", "no matter what,\nthe CPSU and the CCP"),
    "ellipsis": ("deng-1962-p01", "After a silence ... they replied to us"),
    "ellipsis in brackets": ("deng-1962-p01", "After a silence [...] they replied to us"),
    "editorial brackets": ("deng-1962-p12", "he [Deng] insistently repeated"),
    "source brackets": ("deng-1962-p13", "expressed himself obscurely [tumanno], noting"),
    "curly quotation marks": ("mao-1963-p10", "The sky won’t collapse."),
    "typed quotation marks": ("mao-1963-p10", '"The sky won\'t collapse"'),
    "as received": ("deng-1962-p01", "the replied to us"),
    "in the header": ("deng-1962-h2", '"8" May, 1962'),
}
UNFAITHFUL = {
    "one letter": (
        "deng-1962-p05",
        "no matter what, the CPSU and the CCP must close banks",
        [
            "not quite those of deng-1962-p05",
            'it has "ranks", not "banks"',
            'The nearest passage is deng-1962-p05: "no',
        ],
    ),
    "a word left out": (
        "deng-1962-p05",
        "no matter what, the CPSU and CCP must close ranks",
        ['it also has "the"', "The nearest passage is deng-1962-p05"],
    ),
    "wrong paragraph": (
        "deng-1962-p06",
        "the CPSU and the CCP must close ranks",
        ["These words are in deng-1962-p05, not in deng-1962-p06", "The nearest passage is deng-1962-p05"],
    ),
    "wrong document": (
        "deng-1962-p10",
        "The sky won't collapse",
        ["These words are in mao-1963-p10", "The nearest passage is mao-1963-p10"],
    ),
    "absent": ("mao-1963-p10", "Let a hundred flowers bloom together", ["No passage of the documents"]),
    "too short": ("mao-1963-p10", "The sky", ["too short to be evidence"]),
    "unknown paragraph": (
        "deng-1962-p5",
        "the CPSU and the CCP must close ranks",
        ["There is no paragraph 'deng-1962-p5'; near it are deng-1962-p04, deng-1962-p05, deng-1962-p06."],
    ),
}


@pytest.mark.parametrize("form", ["directive", "role"])
def test_faithful_quotations(book, form):
    """Is a faithful quotation set, with its paragraph linked by a name that can be read aloud?"""
    built = book("\n\n".join(quote(form, *quoted) for quoted in FAITHFUL.values()))
    assert (built.status, built.warnings) == (0, "")
    all_set = built.page().select("blockquote.quotation" if form == "directive" else "span.quotation")
    for (case, (paragraph_id, words)), set_ in zip(FAITHFUL.items(), all_set, strict=True):
        link = set_.select_one("a.paragraph-link")
        assert link["href"].endswith(f".html#{paragraph_id}"), case
        assert re.fullmatch(r"(Deng 1962|Mao 1963), (paragraph|header line) \d+", link["aria-label"]), case
        text = set_.p.get_text() if form == "directive" else set_.get_text()[: -len(f" ({link.get_text()})")]
        bare = " ".join(words.split())
        bare = bare.strip('"') if case == "typed quotation marks" else bare
        assert text == (words.replace("\n", " ") if form == "directive" else f"“{bare}”"), case


@pytest.mark.parametrize("form", ["directive", "role"])
def test_unfaithful_quotations(book, form):
    """Does an unfaithful quotation fail the build, at its page and line, with the nearest passage named?"""
    set_ = [quote(form, paragraph_id, words).strip() for paragraph_id, words, _ in UNFAITHFUL.values()]
    built = book("\n\n".join(set_))
    assert built.status == 1
    warnings = [line for line in built.warnings.splitlines() if "Quotation" in line]
    line = len(EDITIONS["index"].splitlines()) + 2
    for one, warning, (_, _, said) in zip(set_, warnings, UNFAITHFUL.values(), strict=True):
        assert f"index.md:{line}: WARNING: " in warning
        assert [part for part in said if part not in warning] == []
        line += len(one.splitlines()) + 1


def quote(form, paragraph_id, words):
    if form == "role":
        return f"{{quotation}}`{words} <{paragraph_id}>`"
    return f"\n```{{quotation}} {paragraph_id}\n{words}\n```"


def test_quotation_warnings_can_be_told_apart(book):
    """Does a quotation's warning have a type of its own?"""
    built = book(
        quote("role", "mao-1963-p10", "The sky will collapse"), suppress_warnings=["helpers.quotation"]
    )
    assert (built.status, built.warnings) == (0, "")


def test_quotation_without_words(book):
    """Does a quotation that only names a paragraph say how one is written?"""
    built = book("{quotation}`deng-1962-p05`")
    assert built.status == 1
    assert "A quotation needs words and a paragraph, as in `no matter what <deng-1962-p05>`" in built.warnings


def test_quotation_on_the_page_of_its_edition(tmp_path):
    """Is the name of the document left out where the edition is on the same page, but not for the ear?"""
    page = "# A\n\n{quotation}`no matter what <deng-1962-p05>`\n\n```{document} deng-1962\n```\n"
    link = build(tmp_path, {"index": page}).page().select_one(".quotation a")
    assert (link.get_text(), link["aria-label"]) == ("¶ 5", "Deng 1962, paragraph 5")
    assert link["href"] == "#deng-1962-p05"


def quotations_of_the_book():
    """Return (page, words, paragraph id) for every quotation in the chapters."""
    role = re.compile(r"\{quotation\}`([^`]+?)\s*<([^<>`]+)>`")
    fence = re.compile(r"^(`{3,}|:{3,})\{quotation\}\s*(\S+)\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)
    found = []
    for path in sorted((REPOSITORY / "chapters").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        found += [(path.name, words, target) for words, target in role.findall(text)]
        found += [(path.name, words, target) for _, target, words in fence.findall(text)]
    return found


@pytest.mark.parametrize(("page", "words", "paragraph_id"), quotations_of_the_book())
def test_every_quotation_of_the_book_is_guarded(page, words, paragraph_id):
    """Is each quotation in the chapters faithful, and not so once a letter of it is changed?"""
    assert verify_quotation(words, paragraph_id).is_verbatim
    own = max(re.findall(r"(?<![\w\[])[A-Za-z]+(?![\w\]])", words), key=len)
    changed = words.replace(own, own[:-1] + ("x" if own[-1] != "x" else "y"), 1)
    assert not verify_quotation(changed, paragraph_id).is_verbatim


# --- links to paragraphs ---


LINKS = {
    "{para}`deng-1962-p12`": ("deng.html#deng-1962-p12", "Deng 1962, ¶ 12", "Deng 1962, paragraph 12"),
    "{para}`deng-1962-h2`": (
        "deng.html#deng-1962-h2",
        "Deng 1962, header line 2",
        "Deng 1962, header line 2",
    ),
    "{para}`deng-1962-s1`": (
        "deng.html#deng-1962-s1",
        "Deng 1962, closing line 1",
        "Deng 1962, closing line 1",
    ),
    "{para}`his question <deng-1962-p12>`": ("deng.html#deng-1962-p12", "his question", None),
    "{para}`less < more <mao-1963-p03>`": ("mao.html#mao-1963-p03", "less < more", None),
    "[plain Markdown](#deng-1962-p12)": ("deng.html#deng-1962-p12", "plain Markdown", None),
}


def test_paragraph_links(book):
    """Does a role or a link lead to the paragraph on its page, with the text that the reader is to see?"""
    built = book("\n\n".join(LINKS))
    assert (built.status, built.warnings) == (0, "")
    links = built.page().select("a.paragraph-link")
    assert [(link["href"], link.get_text(), link.get("aria-label")) for link in links] == list(LINKS.values())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("deng-1962-p20", "near it are deng-1962-p17, deng-1962-p18, deng-1962-p19."),
        ("mao-1963-s1", "near it are "),
        ("paragraph seven", "ids look like deng-1962-p07 or mao-1963-h2."),
    ],
)
def test_unknown_paragraph(book, wrong, said):
    """Does a link to a paragraph that does not exist fail the build, with those that do named?"""
    built = book(f"One line.\n{{para}}`it <{wrong}>`")
    assert built.status == 1
    assert f"index.md:9: WARNING: There is no paragraph {wrong!r}; " in built.warnings
    assert said in built.warnings


def test_paragraph_without_edition(tmp_path):
    """Does a link to a paragraph that no page sets fail the build?"""
    built = build(tmp_path, {"index": "# A\n\n{para}`deng-1962-p12`\n"}, nitpicky=False)
    assert built.status == 1
    assert "No page of this book has the edition with deng-1962-p12" in built.warnings


# --- other builders ---


def test_latex(book):
    """Is the edition sensible in print: numbers, emendations as footnotes, links?"""
    built = book(f"{{para}}`deng-1962-p12` {quote('role', 'deng-1962-p05', 'no matter what')}", "latex")
    assert (built.status, built.warnings) == (0, "")
    [tex] = [path.read_text(encoding="utf-8") for path in built.out.glob("*.tex")]
    placed = sum(part.emendation is not None for line in loaders.lines() for part in line.segments)
    assert tex.count(r"\footnote{") == placed
    assert r"they replied\footnote{Received: the replied. Corrected: they replied. Slip, certain." in tex
    for paragraph_id, line in paragraphs().items():
        letter = "" if line.section == "body" else loaders.SECTIONS[line.section]
        number = rf"\llap{{\footnotesize {letter}{line.n}\quad}}"
        assert re.search(rf"\\label{{\\detokenize{{\w+:{paragraph_id}}}}}\\noindent{re.escape(number)}", tex)
    assert re.search(
        r"\\hyperref\[\\detokenize{deng:deng-1962-p12}\]{\\sphinxcrossref{Deng 1962, \\P{} 12}}", tex
    )
    assert r"\textbf{People, bodies and terms" in tex


def test_text(book):
    """Can the edition be read as plain text: every line with its number, every note with its sign?"""
    built = book("{para}`deng-1962-p12`", "text")
    assert (built.status, built.warnings) == (0, "")
    assert "Deng 1962, ¶ 12" in (built.out / "index.txt").read_text(encoding="utf-8")
    text = " ".join((built.out / "deng.txt").read_text(encoding="utf-8").split())
    assert "After a silence lasting for four days, they replied[e] to us" in text
    assert "e paragraph 1: Received: *the replied*. Corrected: *they replied*. Slip, certain." in text
    assert "2 I visited Deng Xiaoping in the CC CCP building." in text


def test_epub(book):
    """Is the page of an e-book well-formed, and are its anchors there?"""
    quiet = {"epub_copyright": "none", "version": "1", "suppress_warnings": ["epub.unknown_project_files"]}
    built = book("{para}`deng-1962-p12`", "epub", **quiet)
    assert (built.status, built.warnings) == (0, "")
    root = ElementTree.parse(built.out / "deng.xhtml").getroot()
    ids = {element.get("id") for element in root.iter()}
    assert {line.paragraph_id for line in loaders.lines() if line.document_id == "deng-1962"} <= ids


# --- entries of people and bodies ---


@pytest.fixture(scope="module")
def entries(tmp_path_factory):
    """A page with glosses, the pages of people and bodies, and both editions, built once."""
    text = "{gloss}`mao-zedong`, {gloss}`the ambassador <stepan-chervonenko>`, [the Soviets](#soviet-union)."
    index = EDITIONS["index"].replace("mao\n", "mao\npeople\nbodies\n")
    pages = {**EDITIONS, **ENTRIES, "index": f"{index}\n{text}\n"}
    built = build(tmp_path_factory.mktemp("entries"), pages)
    assert (built.status, built.warnings) == (0, "")
    return built


def test_gloss_leads_to_its_entry(entries):
    """Does a gloss link the entry by its name or by words of ours, and does a link of Markdown as well?"""
    links = entries.page().select("p > a.reference")
    assert [(link.get_text(), link["href"]) for link in links] == [
        ("Mao Zedong", "people.html#mao-zedong"),
        ("the ambassador", "people.html#stepan-chervonenko"),
        ("the Soviets", "bodies.html#soviet-union"),
    ]


def test_every_entry_is_an_anchor(entries):
    """Is everyone and everything of the two tables on its page once, under its name?"""
    for page, table, key in [("people", load_people(), "person_id"), ("bodies", load_parties(), "party_id")]:
        sections = {
            section["id"]: section for section in entries.page(page).select("section section section")
        }
        assert set(sections) == set(table[key])
        assert len(sections) == len(table)
        for row in table.itertuples():
            section = sections[getattr(row, key)]
            assert straight(section.h3.get_text()).startswith(row.name)
            assert row.gloss in straight(section.get_text())


def straight(text):
    """Return text with the quotation marks that Sphinx has curled made straight."""
    return text.replace("“", '"').replace("”", '"').replace("’", "'").replace("‘", "'")


def facts(section):
    """Return the facts of an entry by their names."""
    return {
        dt.get_text().rstrip(":"): dt.find_next_sibling("dd") for dt in section.select("dl.entry-facts > dt")
    }


def test_facts_of_a_person(entries):
    """Are dates as exact as they are known, spellings those of the sources, and paragraphs linked?"""
    found = facts(entries.page("people").find(id="yan-mingfu"))
    words = {name: " ".join(value.get_text().split()) for name, value in found.items()}
    assert (words["Born"], words["Died"]) == ("November 1931", "July 2023")
    assert words["Spelled"] == "Yan Mingfu, Yan Minfu"
    assert words["Confidence"] == "medium"
    [link] = found["Named in Deng 1962"].select("a")
    assert (link["href"], link["aria-label"]) == ("deng.html#deng-1962-p19", "Deng 1962, paragraph 19")
    assert found["Party"].a["href"] == "bodies.html#chinese-communist-party"
    assert "Born" not in facts(entries.page("people").find(id="zhu-ruizhen"))


def test_notes_of_an_edition_lead_to_entries(entries, editions):
    """Does a note on a person link the entry, and stay plain text in a book without the page?"""
    for built, links in [(entries, ["people.html#mao-zedong"]), (editions, [])]:
        note = built.page("deng").find(id="deng-1962-mao-zedong")
        assert [link["href"] for link in note.strong.select("a")] == links
        assert note.strong.get_text() == "Mao Zedong"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("mao-zedung", "Neither people.csv nor parties.csv has 'mao-zedung'; near it is mao-zedong."),
        ("Mao <mao>", "has 'mao'; near it is mao-zedong."),
        ("xyzzy", "has 'xyzzy'; ids look like mao-zedong or soviet-union."),
    ],
)
def test_unknown_entry(book, written, said):
    """Does an id that is in neither table fail the build, at its line, with those that may be meant?"""
    built = book(f"One line.\nTwo lines.\n{{gloss}}`{written}`")
    assert built.status == 1
    assert f"index.md:10: WARNING: {said}" in built.warnings or (
        "index.md:10" in built.warnings and said in built.warnings
    )


def test_gloss_without_entries(book):
    """Does a gloss fail the build of a book in which no page explains it?"""
    built = book("{gloss}`mao-zedong`")
    assert built.status == 1
    assert (
        "No page of this book explains mao-zedong; add the directives people and bodies to one."
        in built.warnings
    )


def test_second_set_of_entries(tmp_path):
    """Do entries that are set a second time fail the build?"""
    built = build(
        tmp_path, {"index": "# A\n\n```{people}\n```\n", "b": f"---\norphan: true\n---\n{ENTRIES['people']}"}
    )
    assert built.status == 1
    assert "is explained a second time here; its first entry is in b, line 6." in built.warnings


# --- next to other extensions ---

OTHER = """
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

class Exercise(SphinxDirective):
    def run(self):
        return [nodes.paragraph("", "Theirs.")]

def setup(app):
    app.add_directive("exercise", Exercise)
    return {"parallel_read_safe": True}
"""


def test_directive_of_another_extension(tmp_path, monkeypatch):
    """Does another extension keep a name that it took first, are we told, and is ours still to be had?"""
    (tmp_path / "other_exercises.py").write_text(OTHER)
    monkeypatch.syspath_prepend(tmp_path)
    pages = {"index": "# A\n\n```{exercise}\n```\n\n```{edition:exercise}\n```\n"}
    built = build(tmp_path / "book", pages, extensions=["myst_parser", "other_exercises", "helpers.book"])
    assert built.status == 1
    assert built.warnings.count("WARNING") == 1
    assert "Another extension has the directive exercise; write edition:exercise" in built.warnings
    text = built.page().get_text()
    assert "Theirs." in text and "This chapter has no notebook of its own." in text


# --- citations ---

WORKS = """
@book{one, author = {Author, Anna}, title = {First}, publisher = {P}, year = {1963}}
@book{two, author = {Author, Anna}, title = {Second}, publisher = {P}, year = {1963}}
@misc{record, title = {A Record}, shorthand = {Archive 12}, year = {1962}}
@book{many, author = {B, B. and C, C. and D, D.}, title = {Third}, publisher = {P}, year = {1999}}
@book{long, editor = {{Office of Names}}, shortauthor = {OVLN}, title = {Last}, publisher = {P}, year = 2000}
@misc{undated, author = {Zhou, Z.}, title = {A Leaflet}}
"""


@pytest.fixture
def with_works(tmp_path):
    """Build a tiny book with a bibliography."""

    def build_with(text, works=WORKS):
        folder = write_book(tmp_path / "book", {})
        (folder / "works.bib").write_text(works, encoding="utf-8")
        options = {
            "extensions": ["myst_parser", "sphinxcontrib.bibtex", "helpers.book"],
            "bibtex_bibfiles": ["works.bib"],
            "bibtex_default_style": "name_and_year",
            "bibtex_reference_style": "name_and_year",
        }
        return build(folder, {"index": f"# A\n\n{text}\n\n```{{bibliography}}\n```\n"}, **options)

    return build_with


CITED = {
    "{cite:p}`one`": "(Author 1963a)",
    "{cite:p}`record,two`": "(Archive 12; Author 1963b)",
    "{cite:t}`two`": "Author (1963b)",
    "{cite:t}`record`": "Archive 12",
    "{cite:p}`many`": "(B et al. 1999)",
    "{cite:t}`long`": "OVLN (2000)",
    "{cite:t}`undated`": "Zhou (n.d.)",
    "{cite:p}`{see}one{page 5}`": "(see Author 1963a, page 5)",
    "{cite:t}`one{page 5}`": "Author (1963a, page 5)",
}


def test_citations(with_works):
    """Is a work cited by name and year, two of one year told apart, and a record by its shorthand?"""
    built = with_works("\n\n".join(f"Read {written}." for written in CITED))
    assert (built.status, built.warnings) == (0, "")
    cited = built.page().select("section > p")
    assert [one.get_text() for one in cited] == [f"Read {set_}." for set_ in CITED.values()]
    assert all(one.a["href"].startswith("#id") for one in cited)


def test_list_of_references(with_works):
    """Are references in the order of names, with the labels of their citations, and a role of today?"""
    page = with_works("{cite:p}`one,two,record,many,long,undated`").page()
    labels = [label.get_text().strip("[] ") for label in page.select("div.citation > .label")]
    assert labels == ["Archive 12", "Author 1963a", "Author 1963b", "B et al. 1999", "OVLN 2000", "Zhou n.d."]
    assert {entry["role"] for entry in page.select("div.citation")} == {"listitem"}


def test_unknown_work(with_works):
    """Does a key without an entry fail the build?"""
    built = with_works("{cite:p}`nobody`")
    assert built.status == 1
    assert "nobody" in built.warnings


def test_entries_cite(with_works):
    """Do the citations of a table enter the list of references?"""
    works = (REPOSITORY / "chapters" / "references.bib").read_text(encoding="utf-8")
    page = with_works("```{people}\n```", works).page()
    assert "Lüthi 2008" in facts(page.find(id="mao-zedong"))["Read more"].get_text()
    assert any("Lüthi 2008" in label.get_text() for label in page.select("div.citation > .label"))


# --- exercises ---


def with_exercise(folder, slug="deng-1962"):
    """Put this repository's course into a tiny book."""
    source = REPOSITORY / "exercises"
    (folder / "exercises").mkdir(parents=True)
    shutil.copy(source / "nbgrader_config.py", folder / "exercises")
    shutil.copytree(source / "source" / slug, folder / "exercises" / "source" / slug)
    return folder


def test_box_of_an_exercise(tmp_path):
    """Does the box say what awaits the reader, and offer the notebook without its solutions?"""
    page = "# A\n\n```{exercise}\n```\n"
    folder = with_exercise(tmp_path / "book")
    built = build(
        folder,
        {"index": "# Contents\n\n```{toctree}\ndeng-1962\n```\n", "deng-1962": page},
        exclude_patterns=["exercises"],
    )
    assert (built.status, built.warnings) == (0, "")
    box = built.page("deng-1962").select_one(".admonition.exercise")
    source = nbformat.read(folder / "exercises/source/deng-1962/deng-1962.ipynb", 4)
    graded = [cell for cell in source.cells if is_grade(cell)]
    points = sum(cell.metadata.nbgrader.points for cell in graded)
    assert source.cells[0].source.splitlines()[0].removeprefix("# ") in straight(box.get_text())
    assert f"{len(graded)} questions with {points:g} points" in box.get_text()
    offered = (built.out / box.select_one("a.download")["href"]).read_text(encoding="utf-8")
    assert nbformat.validate(nbformat.reads(offered, 4)) is None
    for secret in ("BEGIN SOLUTION", "BEGIN HIDDEN", "BEGIN MARK"):
        assert secret not in offered


def test_settings_of_the_course_stay_inside(tmp_path, monkeypatch):
    """Does the address that the course's settings look up leave the build alone?"""
    monkeypatch.delenv("BOOK_URL", raising=False)
    release(with_exercise(tmp_path) / "exercises", "deng-1962")
    assert "BOOK_URL" not in os.environ
    monkeypatch.setenv("BOOK_URL", "https://someone.example/book")
    assert "https://someone.example/book" in release(tmp_path / "exercises", "deng-1962")
    assert os.environ["BOOK_URL"] == "https://someone.example/book"


def test_no_exercise(tmp_path):
    """Does the box of a chapter without an exercise say so, and what to do instead?"""
    built = build(tmp_path, {"index": "# A\n\n```{exercise}\n```\n"})
    assert (built.status, built.warnings) == (0, "")
    assert "This chapter has no notebook of its own." in built.page().select_one(".exercise").get_text()


@pytest.mark.long
def test_page_awaits_its_exercise(tmp_path):
    """Is a page without an exercise left alone, and read again when its exercise is written?"""
    index = "# A\n\n```{skills}\n```\n\n```{toctree}\ndeng-1962\n```\n"
    folder = write_book(tmp_path / "book", {"index": index, "deng-1962": "# B\n\n```{exercise}\n```\n"})
    options = ["-D", "exclude_patterns=exercises,_build"]
    for said_first in ("2 added, 0 changed", "0 added, 0 changed"):
        code, said = run_sphinx(folder, *options)
        assert (code, said_first in said) == (0, True), said
    with_exercise(folder)
    code, said = run_sphinx(folder, *options)
    assert (code, "0 added, 2 changed" in said) == (0, True), said
    assert "Whose words?" in (folder / "_build" / "deng-1962.html").read_text(encoding="utf-8")


# --- tables of the back matter ---


def table_of(built, name="index"):
    """Return headings, and the cells of each row by the row's anchor, of the first table on a page."""
    table = built.page(name).select_one("table.data-table")
    assert {th["scope"] for th in table.select("thead th")} == {"col"}
    assert all(row.th["scope"] == "row" for row in table.select("tbody tr"))
    headings = [th.get_text() for th in table.select("thead th")]
    for row in table.select("tbody tr"):
        assert [cell["data-label"] for cell in row.find_all(["th", "td"])] == headings
    return {
        row["id"]: [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in table.select("tbody tr")
    }


def test_events(book):
    """Are events of a span in a table, with their numbers, dates as exact as they are known, and links?"""
    built = book("```{events} 1957/1958\n```\n\n[Bomb](#event-1957-10-defense-technology-agreement)")
    assert (built.status, built.warnings) == (0, "")
    rows = table_of(built)
    known = load_events().query("start.dt.year in (1957, 1958)")
    assert list(rows) == [f"event-{event_id}" for event_id in known["event_id"]]
    numbers = {f"event-{event_id}": n for n, event_id in enumerate(load_events()["event_id"], start=1)}
    first, second = (
        "event-1957-10-defense-technology-agreement",
        "event-1957-11-14-declaration-of-twelve-parties",
    )
    assert rows[first][0] == f"{numbers[first]}. October 1957"
    assert rows[second][0] == f"{numbers[second]}. 14 to 16 November 1957"
    assert built.page().caption.get_text() == "Events, 1957 to 1958"
    cells = rows["event-1957-11-14-declaration-of-twelve-parties"]
    assert cells[2] == "party, verified"
    assert built.page().select_one('td a[href="deng.html#deng-1962-p06"]')
    assert built.page().select('p a[href="#event-1957-10-defense-technology-agreement"]')


@pytest.mark.parametrize("span", ["1951/1952", "soon"])
def test_events_of_no_span(book, span):
    """Does a span without events fail the build?"""
    built = book(f"```{{events}} {span}\n```")
    assert built.status == 1
    assert f"No event begins in {span}; a span looks like 1949/1955." in built.warnings


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_register(book, document_id):
    """Does the register hold every emendation in full?"""
    built = book(f"```{{emendations}} {document_id}\n```")
    assert (built.status, built.warnings) == (0, "")
    rows, register = table_of(built), load_emendations().query("document_id == @document_id")
    assert list(rows) == register["emendation_id"].to_list()
    for row in register.itertuples():
        _, received, reading, judged, reason = rows[row.emendation_id]
        assert received.split() == row.received.replace(r"\n\n", " ¶ ").split()
        assert reading.split() == (row.reading.split() or reading.split())
        assert (judged, straight(reason)) == (f"{row.kind}, {row.certainty}", straight(row.reason))


def test_register_of_no_document(book):
    """Does a register without a document fail the build?"""
    built = book("```{emendations} deng-1961\n```")
    assert built.status == 1
    assert "There is no document 'deng-1961' in the register of emendations." in built.warnings


def test_codebook(book):
    """Has every column of every table its row, which can be linked, and every table its caption?"""
    built = book("```{codebook}\n```\n\n(rights)=\n## Rights\n\n```{rights}\n```\n\n[born](#people-born)")
    assert (built.status, built.warnings) == (0, "")
    page = built.page()
    ids = {row["id"] for row in page.select("tr[id]")}
    for resource in catalogue.descriptor()["resources"]:
        for field in resource.get("schema", {}).get("fields", []):
            name = Path(resource["path"]).stem
            assert f"{name}-{field['name']}".replace("_", "-") in ids
    assert all(table.caption for table in page.select("table"))
    assert page.select('a[href="#people-born"]')
    assert "We claim no rights" in page.find(id="rights").get_text()


@pytest.mark.long
def test_reference_of_the_package(tmp_path):
    """Is every public name on the page, with its docstring?"""
    options = {"default_role": "code", "napoleon_use_ivar": True, "nitpicky": False}
    built = build(tmp_path, {"index": "# A\n\n```{api}\n```\n"}, **options)
    assert (built.status, built.warnings) == (0, "")
    page = built.page()
    missing = [name for name in helpers.__all__ if not page.find(id=f"helpers.{name}")]
    assert missing == []
    assert "Return the documents, one row each." in page.get_text()


def test_skills(tmp_path):
    """Does the table tell which chapters teach a skill and which questions test it?"""
    folder = with_exercise(tmp_path / "book")
    chapter = "---\nskills: [sourcing]\n---\n# Deng\n"
    index = "# A\n\n```{skills}\n```\n\n```{toctree}\ndeng-1962\n```\n"
    built = build(folder, {"index": index, "deng-1962": chapter}, exclude_patterns=["exercises"])
    assert (built.status, built.warnings) == (0, "")
    rows = table_of(built)
    assert [row.removeprefix("skill-") for row in rows] == list(SKILLS)
    assert rows["skill-sourcing"][:3] == ["sourcing", SKILLS["sourcing"], "Deng"]
    assert rows["skill-data"][2] == ""
    assert "Deng : Two letters (2)" in rows["skill-close-reading"][3]


def test_unknown_skill(tmp_path):
    """Does a chapter that names another skill fail the build?"""
    pages = {"index": "---\nskills: [juggling]\n---\n# A\n\n```{skills}\n```\n"}
    built = build(tmp_path, pages)
    assert built.status == 1
    assert "There is no skill 'juggling'; there are sourcing" in built.warnings


def test_how_to_cite(tmp_path):
    """Are the module and a paragraph of each document cited, and the packages of the build named?"""
    folder = tmp_path / "book"
    folder.mkdir()
    shutil.copy(REPOSITORY / "CITATION.cff", folder)
    pages = {"index": "# A\n\n```{how-to-cite}\n```\n\n```{versions}\n```\n"}
    built = build(folder, pages, html_baseurl="https://someone.example/book")
    assert (built.status, built.warnings) == (0, "")
    module, *documents = [dd.get_text().strip() for dd in built.page().select("dl.how-to-cite dd")]
    assert module.startswith(
        "The Sino-Soviet Split module authors. The Sino-Soviet Split: Two Documents. Version"
    )
    assert module.endswith("https://someone.example/book")
    for document_id, cited in zip(DOCUMENTS + ADDED, documents, strict=True):
        assert f"Paragraph 1 ({document_id}-p01), as numbered in A Tiny Book." in cited
    assert table_of(built)["version-pandas"][1] == pandas.__version__


# --- the addresses of a published book ---


def test_address_of_the_book(tmp_path, monkeypatch):
    """Does every page name the published address that the environment gives, and none otherwise?"""
    monkeypatch.delenv("BOOK_URL", raising=False)
    assert not build(tmp_path / "a", {"index": "# A\n"}).page().select("link[rel=canonical]")
    monkeypatch.setenv("BOOK_URL", "https://someone.example/book")
    [link] = build(tmp_path / "b", {"index": "# A\n"}).page().select("link[rel=canonical]")
    assert link["href"] == "https://someone.example/book/index.html"


def test_repository_of_a_fork(tmp_path, monkeypatch):
    """Do pages that a fork publishes link its own repository, and others none?"""
    theme = {"html_theme": "sphinx_book_theme", "extensions": ["myst_parser", "helpers.book"]}
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    page = build(tmp_path / "a", {"index": "# A\n"}, **theme).page()
    assert not page.select("a.btn-source-repository-button")
    assert len(page.select("button.search-button-field")) == 1
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://forge.example")
    monkeypatch.setenv("GITHUB_REPOSITORY", "someone/fork")
    page = build(tmp_path / "b", {"index": "# A\n"}, **theme).page()
    [link] = page.select("a.btn-source-repository-button")
    assert link["href"] == "https://forge.example/someone/fork"


# --- building again, and in parallel ---


def run_sphinx(folder, *options, package=None):
    """Build in a process of its own, as a reader would; return what it says."""
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", *options, ".", "_build"]
    source = package or Path(helpers.__file__).parents[1]
    ran = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(source)}
    )
    return ran.returncode, ran.stdout + ran.stderr


def many_pages():
    links = "{para}`deng-1962-p12` and {quotation}`no matter what <deng-1962-p05>` by {gloss}`mao-zedong`\n"
    pages = {f"page{n}": f"# Page {n}\n\n{links}" for n in range(12)}
    pages |= ENTRIES | {"events": "# Events\n\n```{events} 1962\n```\n"}
    listed = "\n".join(["deng", "mao", *pages])
    return {**EDITIONS, "index": f"# A\n\n{links}\n```{{toctree}}\n{listed}\n```\n", **pages}


@pytest.mark.long
def test_parallel_build_equals_serial(tmp_path):
    """Is the book the same, file by file, when two processes build it?"""
    made = []
    for name, jobs in [("serial", "1"), ("parallel", "2")]:
        folder = write_book(tmp_path / name, many_pages())
        code, said = run_sphinx(folder, "-j", jobs)
        assert code == 0, said
        files = [
            path for path in (folder / "_build").rglob("*") if path.suffix in (".html", ".inv", ".css", ".js")
        ]
        made.append({path.relative_to(folder): path.read_bytes() for path in files})
    serial, parallel = made
    assert serial.keys() == parallel.keys()
    assert [path for path in serial if serial[path] != parallel[path]] == []


@pytest.mark.long
def test_second_edition_in_parallel(tmp_path):
    """Is a second edition also found when another process reads it?"""
    pages = many_pages()
    pages["page11"] += "\n```{document} deng-1962\n```\n"
    code, said = run_sphinx(write_book(tmp_path / "book", pages), "-j", "2")
    assert code == 1
    assert "deng-1962 has a second edition here" in said


@pytest.mark.long
def test_data_change_builds_again(tmp_path):
    """Is nothing built again without a change, and an edition when its emendations change?"""
    package = tmp_path / "src"
    shutil.copytree(
        Path(helpers.__file__).parent, package / "helpers", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(catalogue.data_folder(), tmp_path / "data")
    pages = {
        **EDITIONS,
        "index": EDITIONS["index"].replace("mao\n", "mao\nplain\n"),
        "plain": "# No source here\n",
    }
    folder = write_book(tmp_path / "book", pages)
    code, said = run_sphinx(folder, package=package)
    assert code == 0, said

    code, said = run_sphinx(folder, package=package)
    assert code == 0
    assert "0 added, 0 changed, 0 removed" in said

    table = tmp_path / "data" / "emendations.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace(",they replied,", ",they answered,"), encoding="utf-8"
    )
    code, said = run_sphinx(folder, package=package)
    assert code == 0, said
    assert "0 added, 2 changed, 0 removed" in said
    assert "they answered" in (folder / "_build" / "deng.html").read_text(encoding="utf-8")


def test_change_is_on_every_page(tmp_path):
    """Is what one page says of another, after a second build, what it is in a new book?"""
    other = "# Other\n\n[](#place), {ref}`place`, {term}`Term`\n"
    index = "# Contents\n\n```{toctree}\none\nother\n```\n"
    old = "# Old\n\n(place)=\n## Old place\n\n```{glossary}\nTerm\n    Word\n```\n"
    new = "# New\n\n## Moved\n\n```{glossary}\nterm\n    Word\n```\n\n(place)=\n## New place\n"
    made = []
    for folder, versions in [("again", (old, new)), ("at once", (new,))]:
        write_book(tmp_path / folder, {"index": index, "other": other})
        for one in versions:
            built = build(tmp_path / folder, {"one": one})
            assert (built.status, built.warnings) == (0, "")
        made.append({page.name: page.read_text() for page in built.out.glob("*.html")})
    again, at_once = made
    assert "New place" in again["other.html"]
    assert [name for name in at_once if again[name] != at_once[name]] == []


# --- first mentions ---

PARTY = Entity("party", "the Party", ("CCP", "Chinese party"), "")
COMMITTEE = Entity("committee", "its Committee", ("CC CCP",), "")
MINGFU = Entity("mingfu", "Yan Mingfu", ("Yan Minfu", "Yan Mingfu"), "")


def mentions(*texts, emendations=()):
    lines = []
    for n, text in enumerate(texts, 1):
        parts = segment(text, [e for e in emendations if e.received in text])
        lines.append(Line("d-1", f"d-1-p{n:02}", n, "body", tuple(parts)))
    found = first_mentions(lines, [PARTY, COMMITTEE, MINGFU])
    return [(p, place, entity.entity_id) for p, marks in found.items() for place, entity in marks]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["The CCP met. The CCP left."], [("d-1-p01", Place(0, 7), "party")]),
        (["Nobody.", "A Chinese party."], [("d-1-p02", Place(0, 15), "party")]),
        (
            ["The CC CCP met the CCP."],
            [("d-1-p01", Place(0, 10), "committee"), ("d-1-p01", Place(0, 22), "party")],
        ),
        (["The CCPCC met."], []),
        (["The CCP's letter."], [("d-1-p01", Place(0, 9), "party")]),
        (["The CCP."], [("d-1-p01", Place(0, 7), "party")]),
    ],
    ids=["once", "second line", "the longer wins", "whole words", "possessive", "at the end"],
)
def test_first_mention(texts, expected):
    """Is everyone marked once, at the end of the first mention?"""
    assert mentions(*texts) == expected


@pytest.mark.parametrize(
    ("received", "reading", "certainty", "place"),
    [
        ("Yan Minfu", "Yan Mingfu", "certain", Place(1, 10)),
        ("by Yan Minfu,", "by Yan Mingfu;", "certain", Place(1, 14)),
        ("by Yan Minfu,", "by Yan Mingfu;", "conjectural", Place(1, 12)),
        ("Yan", "Jan", "certain", Place(2, 6)),
    ],
    ids=["the name", "more than the name", "a conjecture", "part of the name"],
)
def test_mention_in_emended_words(received, reading, certainty, place):
    """Is a mark set inside words that stay the same, and after words that change?"""
    slip = Emendation("e1", "d-1-p01", received, reading, "name", certainty, "")
    assert mentions("It was said by Yan Minfu, he said.", emendations=[slip]) == [
        ("d-1-p01", place, "mingfu")
    ]


def test_source_names_who_made_it_possible(editions):
    """Does an edition print the credit line that the archive asks to keep?"""
    credit = load_documents().set_index("document_id").loc["mao-1963", "credits"]
    assert credit in " ".join(edition(editions, "mao-1963").select_one(".edition-source").text.split())
