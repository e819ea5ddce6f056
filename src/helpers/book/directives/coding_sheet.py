"""The directive `coding-sheet`: sentences of the documents, with room for the codes of two readers.

In MyST::

    ```{coding-sheet}
    deng-1962-p08 2
    mao-1963-p10 1
    ```

Each line names a paragraph and the number of a sentence in it.
"""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from helpers.book.domain.paragraph import note_data, refer
from helpers.book.domain.tables import Row, build_table, note_rows, text
from helpers.corpus import loaders

_HEADINGS = ["No.", "Place", "Sentence", "You", "Your partner"]


class CodingSheetDirective(SphinxDirective):
    """A sheet to print: its content names the sentences."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the table; a sentence that is not there is an error."""
        note_data(self.env)
        sentences = loaders.load_sentences().set_index(["paragraph_id", "n"])["text"]
        rows = []
        for n, line in enumerate(self.content, start=1):
            paragraph_id, _, number = line.strip().partition(" ")
            place = (paragraph_id, int(number)) if number.isdigit() else None
            if place not in sentences.index:
                raise self.error(f"coding-sheet: there is no sentence {line!r}; write deng-1962-p08 2.")
            link = refer(paragraph_id, self.env.docname)
            rows.append(Row(f"sheet-{n}", [text(str(n)), [link], text(sentences[place]), [], []]))
        table = build_table(f"{len(rows)} sentences to code", _HEADINGS, rows, widths=[7, 21, 42, 15, 15])
        note_rows(self.env, table)
        return [table]
