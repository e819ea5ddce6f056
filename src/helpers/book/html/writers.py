"""Write editions and tables in HTML, LaTeX and plain text.

In HTML an emended place contains both readings, one of them hidden, and radio buttons switch between them
with CSS alone; every mark links to a note below the edition, which a script may show in place.  The HTML is
also valid XHTML, so that an e-book can contain it.  LaTeX and plain text have the corrected reading, and in
LaTeX the emendations are footnotes.
"""

from html import escape

from docutils.nodes import SkipNode, citation
from sphinx.application import Sphinx

from helpers.book.directives.practice import answers_html, end_html, question_attributes
from helpers.book.directives.verdict import form_html, record_html
from helpers.book.domain import nodes
from helpers.book.domain.paragraph import cited_source, document, numbered_citation
from helpers.book.html.exchange import write_bibtex, write_openurl, write_ris


def setup(app: Sphinx) -> None:
    """Register the nodes with their writers."""
    for node, (html, latex, text) in _WRITERS.items():
        app.add_node(node, html=html, latex=latex, text=text)
    # Other formats write a cell like any other.
    app.add_node(nodes.data_cell, html=(_visit_cell_html, _depart_cell_html))
    # docutils gives a work in the list of references a role that ARIA has deprecated.
    app.add_node(citation, override=True, html=(_visit_citation_html, _depart_citation_html))


def _pass(self, node):
    pass


def _skip(self, node):
    raise SkipNode


def _write(text):
    """Return the visitor that writes a text, or what a function makes of the writer and the node."""
    return lambda self, node: self.body.append(text(self, node) if callable(text) else text)


def _instead(make):
    """Return the visitors that write what ``make`` returns for a node, and not its content."""

    def visit(self, node):
        self.body.append(make(node))
        raise SkipNode

    return visit, _pass


# --- HTML ---


def _visit_edition_html(self, node):
    self.body.append(self.starttag(node, "section", CLASS="edition", **{"aria-label": node["spoken"]}))
    # An edition has about a hundred links and buttons, so keyboard users need a way to skip them.
    self.body.append(f'<a class="edition-skip" href="#{node["end"]}">Skip to the end of the document</a>\n')
    self.body.append(_exchange_html(node["document_id"]))


def _exchange_html(document_id: str) -> str:
    """Return an empty element from which Zotero and a script take the citation of a document."""
    told = {
        "title": write_openurl(document_id),
        "data-document": document_id,
        "data-citation": f"{cited_source(document_id)} {document(document_id)['url']}".strip(),
        "data-bibtex": write_bibtex(document_id),
        "data-ris": write_ris(document_id),
    }
    attributes = "".join(f' {name}="{escape(value)}"'.replace("\n", "&#10;") for name, value in told.items())
    return f'<span class="Z3988"{attributes}></span>\n'


def _switch_html(node) -> str:
    name = f"reading-{node['document_id']}"
    return (
        '<div class="edition-bar"><fieldset class="edition-reading"><legend>Reading</legend>\n'
        f'<label><input type="radio" name="{name}" value="corrected" checked="checked" /> Corrected</label>\n'
        f'<label><input type="radio" name="{name}" value="diplomatic" /> Diplomatic '
        "<span>(as received)</span></label>\n</fieldset></div>\n"
    )


def _visit_line_html(self, node):
    cited = numbered_citation(node["citation"], self.config)
    css = f"edition-line edition-{node['section']}"
    self.body.append(self.starttag(node, "div", CLASS=css, **{"data-citation": cited}))
    link = f'<a class="edition-number" href="#{node["ids"][0]}" aria-label="{node["spoken"]}">'
    self.body.append(f"{link}{node['number']}</a><p>")


def _visit_emendation_html(self, node):
    if node["is_changed"]:
        received = escape(node["received"], quote=False)
        self.body.append('<span class="emendation changed">')
        self.body.append(f'<span class="sic" hidden="hidden">{received}</span><span class="corr">')
    else:
        self.body.append('<span class="emendation">')


def _depart_emendation_html(self, node):
    self.body.append("</span></span>" if node["is_changed"] else "</span>")


def _mark_html(node) -> str:
    # CSS draws the sign, because as text it would interfere with finding and copying words.
    return (
        f'<a class="note-mark" id="{node["ids"][0]}" href="#{node["refid"]}" role="doc-noteref" '
        f'data-sign="{node["sign"]}" aria-label="{escape(node["spoken"])}"></a>'
    )


def _visit_notes_html(self, node):
    level = min(self.section_level + 1, 6)
    css = f"edition-notes {node['kind']}"
    self.body.append(self.starttag(node, "details", CLASS=css, open="open"))
    self.body.append(f"<summary><h{level}>{node['title']}</h{level}></summary>\n<ul>\n")


def _visit_note_html(self, node):
    self.body.append(self.starttag(node, "li", ""))
    if node.get("refid"):
        sign, spoken = (f"<b>{node['sign']}</b> ", f"{node['sign']}: ") if node["sign"] else ("", "")
        self.body.append(
            f'<a class="note-place" href="#{node["refid"]}" role="doc-backlink" '
            f'aria-label="{spoken}back to {node["place"]}">{sign}{node["number"]}</a> '
        )
    else:
        self.body.append(f'<span class="note-place">{node["place"]}</span> ')
    self.body.append('<span class="note-text">')


def _visit_link_html(self, node):
    attributes = {"href": node.get("refuri") or f"#{node['refid']}"}
    if node.get("spoken"):
        attributes["aria-label"] = node["spoken"]
    self.body.append(self.starttag(node, "a", "", CLASS="reference internal paragraph-link", **attributes))


def _visit_cell_html(self, node):
    tag = "th" if node["scope"] else "td"
    attributes = {"scope": node["scope"]} if node["scope"] else {}
    if node["heading"]:
        attributes["data-label"] = node["heading"]
    self.body.append(self.starttag(node, tag, "", **attributes))
    self.context.append(f"</{tag}>\n")


def _depart_cell_html(self, node):
    self.body.append(self.context.pop())


def _visit_citation_html(self, node):
    if not isinstance(node.previous_sibling(), citation):
        self.body.append('<div role="list" class="citation-list">\n')
    self.body.append(self.starttag(node, "div", CLASS="citation", role="listitem"))


def _depart_citation_html(self, node):
    self.body.append("</div>\n")
    if not isinstance(node.next_node(descend=False, siblings=True), citation):
        self.body.append("</div>\n")


def _practice_html(self, node) -> str:
    return self.starttag(node, "section", CLASS="practice", **{"aria-label": node["label"]})


def _question_html(self, node) -> str:
    return self.starttag(node, "div", CLASS="practice-question", **question_attributes(node))


# --- LaTeX ---


def _visit_line_latex(self, node):
    number = rf"\llap{{\footnotesize {self.encode(node['number'])}\quad}}"
    self.body.append(f"\n\n{self.hypertarget(node['ids'][0])}\\noindent{number}")


def _visit_mark_latex(self, node):
    if node["kind"] == "apparatus":
        self.body.append(rf"\footnote{{{self.encode(node['text'])}}}")
    raise SkipNode


def _visit_notes_latex(self, node):
    if not any(map(_is_listed_latex, node)):
        raise SkipNode
    title = self.encode(node["title"])
    self.body.append(f"\n\n\\bigskip\\noindent\\textbf{{{title}}}\n\\begin{{itemize}}\n")


def _is_listed_latex(note) -> bool:
    """Say whether a note goes below the edition rather than at the foot of a page."""
    return note.parent["kind"] != "apparatus" or not note.get("refid")


def _visit_note_latex(self, node):
    if not _is_listed_latex(node):
        raise SkipNode
    self.body.append(f"\\item {self.encode(node['place'])}: ")


# --- plain text ---


def _visit_line_text(self, node):
    self.new_state(5)


def _depart_line_text(self, node):
    self.end_state(first=f"{node['number']:<5}")


def _visit_mark_text(self, node):
    if node["kind"] == "apparatus":
        self.add_text(f"[{node['sign']}]")
    raise SkipNode


def _visit_notes_text(self, node):
    self.new_state(0)
    self.add_text(node["title"])
    self.end_state()


def _visit_note_text(self, node):
    self.new_state(5)
    self.add_text(f"{node['place']}: ")


def _depart_note_text(self, node):
    self.end_state(first=f"{node['sign']:<5}")


# --- which is which ---


def _visit_link(self, node):
    self.visit_reference(node)


def _depart_link(self, node):
    self.depart_reference(node)


_BARE, _SKIPPED, _LINK = (_pass, _pass), (_skip, _pass), (_visit_link, _depart_link)
_WRITERS = {
    nodes.edition: ((_visit_edition_html, _write("</section>\n")), _BARE, _BARE),
    nodes.edition_switch: (_instead(_switch_html), _SKIPPED, _SKIPPED),
    nodes.edition_line: (
        (_visit_line_html, _write("</p></div>\n")),
        (_visit_line_latex, _write("\\par\\smallskip\n")),
        (_visit_line_text, _depart_line_text),
    ),
    nodes.edition_emendation: ((_visit_emendation_html, _depart_emendation_html), _BARE, _BARE),
    nodes.edition_mark: (_instead(_mark_html), (_visit_mark_latex, _pass), (_visit_mark_text, _pass)),
    nodes.edition_notes: (
        (_visit_notes_html, _write("</ul>\n</details>\n")),
        (_visit_notes_latex, _write("\\end{itemize}\n")),
        (_visit_notes_text, _pass),
    ),
    nodes.edition_note: (
        (_visit_note_html, _write("</span></li>\n")),
        (_visit_note_latex, _write("\n")),
        (_visit_note_text, _depart_note_text),
    ),
    nodes.verdict_form: (_instead(lambda node: form_html(node["slug"], node["room"])), _SKIPPED, _SKIPPED),
    nodes.verdict_record: (_instead(lambda node: record_html(node.get("chapters", []))), _SKIPPED, _SKIPPED),
    nodes.practice_set: ((_write(_practice_html), _write("</section>\n")), _BARE, _BARE),
    nodes.practice_question: ((_write(_question_html), _write("</div>\n")), _BARE, _BARE),
    nodes.practice_answers: (
        (_write(lambda _, node: answers_html(node)), _write("</details>\n")),
        _SKIPPED,
        _SKIPPED,
    ),
    nodes.practice_end: (_instead(lambda node: end_html(node["page"])), _SKIPPED, _SKIPPED),
    nodes.paragraph_link: ((_visit_link_html, _write("</a>")), _LINK, _LINK),
}
