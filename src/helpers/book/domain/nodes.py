"""The docutils nodes of editions and tables; :mod:`helpers.book.html.writers` writes them.

The names are long because docutils finds the writer of a node only by the name of its class.
"""

from docutils import nodes


class edition(nodes.General, nodes.Element):
    """A document: its `document_id`, its `spoken` name, and the `end`, the id of what follows its text."""


class edition_switch(nodes.General, nodes.Element):
    """The choice of a reading of `document_id`."""


class edition_line(nodes.Part, nodes.TextElement):
    """A line or paragraph with its `number`, its `spoken` number, its `section` and its `citation`."""


class edition_emendation(nodes.Inline, nodes.TextElement):
    """An emended place: the text is the corrected reading, `received` the other one if it `is_changed`."""


class edition_mark(nodes.Inline, nodes.Element):
    """The mark of a note: `kind`, `sign`, `spoken`, `refid` of the note, and its `text` for a footnote."""


class edition_notes(nodes.General, nodes.Element):
    """A list of notes of one `kind` with a `title`."""


class edition_note(nodes.Part, nodes.TextElement):
    """A note: its `sign`, its `place` in words, the `number` of its line and the `refid` of its mark.

    A note on no line has neither number nor mark.
    """


class paragraph_link(nodes.reference):
    """A link to a paragraph; `spoken` is its name for screen readers, if that is not its text."""


class verdict_form(nodes.General, nodes.Element):
    """The part of a verdict box that the reader fills in: the `slug` of its page and its `room` for words."""


class verdict_record(nodes.General, nodes.Element):
    """The list of all verdicts: `chapters` has the slug, title and address of each."""


class practice_set(nodes.General, nodes.Element):
    """Some practice questions under a `label`."""


class practice_question(nodes.General, nodes.Element):
    """A practice question: its `name` in the book, its `kind`, and the `key` that a script checks against."""


class practice_answers(nodes.General, nodes.Element):
    """The folded answers of a question: their `title` and the `number` of the question on its page."""


class practice_end(nodes.General, nodes.Element):
    """The end of a `page` with questions: the number of right answers, and a place for printed answers."""


class data_cell(nodes.entry):
    """A cell of a table: the `scope` of a header, ``col`` or ``row``, and the `heading` of its column."""


class data_table(nodes.table):
    """A table of the back matter; it has a caption but, unlike a table of a chapter, no number."""
