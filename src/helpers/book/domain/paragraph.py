"""Name paragraphs by their ids, suggest corrections of wrong ids, and define the roles that name one."""

import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from helpers import catalogue, references
from helpers.corpus import loaders
from helpers.corpus.loaders import Line

logger = logging.getLogger(__name__)

_TARGET = re.compile(r"(?P<words>.*\S)\s*<(?P<id>[^<>]*)>\s*", re.DOTALL)
_NAMES = {"header": "header line", "body": "paragraph", "closing": "closing line"}


@cache
def paragraphs() -> dict[str, Line]:
    """Return every line of all documents by its paragraph id."""
    return {line.paragraph_id: line for line in loaders.lines()}


@cache
def document(document_id: str) -> dict:
    """Return a document's row of :func:`helpers.load_documents`; what it lacks is an empty text."""
    row = loaders.load_documents(documents="all").set_index("document_id").loc[document_id]
    return row.where(row.notna(), "").to_dict()


def name(line: Line) -> str:
    """Return the name of a line within its document: paragraph 12, header line 2, closing line 1."""
    return f"{_NAMES[line.section]} {line.n}"


def number(line: Line) -> str:
    """Return the number of a line in the margin of an edition: 12, h2, s1."""
    return f"{line.n}" if line.section == "body" else f"{loaders.SECTIONS[line.section]}{line.n}"


def label(paragraph_id: str, *, spoken: bool = False, short: bool = False) -> str:
    """Return the name of a paragraph in the book.

    Parameters
    ----------
    paragraph_id
        The id of a paragraph that exists.
    spoken
        Without the sign ¶, which many screen readers skip.
    short
        Without the name of the document.

    Examples
    --------
    >>> label("deng-1962-p12"), label("deng-1962-p12", spoken=True), label("deng-1962-h2", short=True)
    ('Deng 1962, ¶ 12', 'Deng 1962, paragraph 12', 'header line 2')
    """
    line = paragraphs()[paragraph_id]
    title, own = references.label(paragraph_id).split(", ")
    own = name(line) if spoken else own
    return own if short else f"{title}, {own}"


def cited_source(document_id: str) -> str:
    """Return a document's citation as the archive wants it, without the address in the transcription."""
    row = document(document_id)
    return row["citation"].replace(row["url_received"], "").strip()


def citation(line: Line) -> str:
    """Return the citation of a line: the archive's citation, canonical address, number and id of the line."""
    url = document(line.document_id)["url"]
    cited = f"{cited_source(line.document_id)} {url}." if url else cited_source(line.document_id)
    return f"{cited} {name(line).capitalize()} ({line.paragraph_id})"


def short_citation(paragraph_id: str) -> str:
    """Return the citation of a paragraph in a text about the two documents, by year.

    Examples
    --------
    >>> short_citation("deng-1962-p07"), short_citation("mao-1963-h2")
    ('(1962, ¶ 7)', '(1963, header line 2)')
    """
    return f"({re.sub(r'^[^0-9]+', '', references.label(paragraph_id))})"


def numbered_citation(cited: str, config: Config) -> str:
    """Return a citation that says that the paragraph numbers are those of this book."""
    return f"{cited}, as numbered in {config.html_title}"


def explain_unknown(paragraph_id: str) -> str:
    """Return a message about a paragraph id that does not exist, with similar ids.

    Examples
    --------
    >>> explain_unknown("deng-1962-p7")
    "There is no paragraph 'deng-1962-p7'; near it are deng-1962-p06, deng-1962-p07, deng-1962-p08."
    """
    parts = re.fullmatch(r"(.+-[hps])(\d{1,4})", paragraph_id)
    near = []
    if parts:
        section = [line for p, line in paragraphs().items() if p.startswith(parts[1])]
        section.sort(key=lambda line: abs(line.n - int(parts[2])))
        near = sorted(line.paragraph_id for line in section[:3])
    near = near or sorted(get_close_matches(paragraph_id, paragraphs(), n=3))
    rest = f"near it are {', '.join(near)}" if near else "ids look like deng-1962-p07 or mao-1963-h2"
    return f"There is no paragraph {paragraph_id!r}; {rest}."


def refer(paragraph_id: str, docname: str, text: str = "", *, short: bool = False) -> addnodes.pending_xref:
    """Return a reference to an existing paragraph, which is resolved when every page has been read.

    `short` leaves out the name of the document if the link stays on the page.
    """
    content = nodes.inline("", text or label(paragraph_id))
    return addnodes.pending_xref(
        "",
        content,
        refdomain="edition",
        reftype="para",
        reftarget=paragraph_id,
        refexplicit=bool(text),
        refwarn=True,
        refdoc=docname,
        short=short,
    )


def brief(paragraph_id: str, docname: str) -> addnodes.pending_xref:
    """Return a reference without the name of the document, which is next to it."""
    reference = refer(paragraph_id, docname, label(paragraph_id, short=True))
    reference["refexplicit"] = False  # screen readers still hear the full name
    return reference


def note_data(env: BuildEnvironment) -> None:
    """Make the page being read depend on the data files, so that a change in them builds it again."""
    for resource in catalogue.descriptor()["resources"]:
        env.note_dependency(str(catalogue.data_folder() / resource["path"]))


class PassageRole(SphinxRole):
    """A role that names a paragraph."""

    def split(self) -> tuple[str, str]:
        """Return the words and the paragraph id; without ``<id>`` there are no words."""
        found = _TARGET.fullmatch(self.text)
        return (found["words"], found["id"].strip()) if found else ("", self.text.strip())

    def get_location(self) -> str:
        """Return the file and line of the role; MyST knows only the line where its paragraph begins."""
        location = super().get_location()
        path, _, line = location.rpartition(":")
        try:
            lines = Path(path).read_text(encoding="utf-8").splitlines(keepends=True)
        except (OSError, ValueError):  # text that is not in a file, such as the output of a cell
            return location
        content = re.compile(r"\s+".join(map(re.escape, self.text.split())))
        for first in (int(line) - 1 if line.isdecimal() else 0, 0):
            rest = "".join(lines[first:])
            if found := content.search(rest):
                return f"{path}:{first + 1 + rest.count(chr(10), 0, found.start())}"
        return location


class ParagraphRole(PassageRole):
    """``{para}`deng-1962-p12``` or ``{para}`his question <deng-1962-p12>```: a link to a paragraph."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link; warn if the paragraph id does not exist."""
        note_data(self.env)
        text, paragraph_id = self.split()
        if paragraph_id not in paragraphs():
            problem = explain_unknown(paragraph_id)
            logger.warning(problem, type="helpers", subtype="para", location=self.get_location())
            return [nodes.inline("", text or paragraph_id)], []
        reference = refer(paragraph_id, self.env.docname, text)
        self.set_source_info(reference)
        return [reference], []
