"""The directives `events`, `emendations` and `coding-sheet`: tables of the data.

In MyST::

    ```{coding-sheet}
    deng-1962-p08 2
    mao-1963-p10 1
    ```
"""

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from helpers.book.domain.citations import cite
from helpers.book.domain.paragraph import brief, document, note_data, refer
from helpers.book.domain.tables import Row, TableDirective, anchor, joined, text
from helpers.corpus import loaders
from helpers.dates import write_out
from helpers.history import chronology

logger = logging.getLogger(__name__)


class EventsDirective(TableDirective):
    """The events that begin in a span of years, such as ``1949/1955``, as a table.

    Dates are written out as exactly as they are known.  Before each is the number of the event in the whole
    chronology, which is its number in the chart.  The option `caption` sets the caption of the table.
    """

    required_arguments = 1
    option_spec = {"caption": directives.unchanged_required}  # noqa: RUF012  (docutils has it so)

    def run(self) -> list[nodes.Node]:
        """Return the table; warn if no event begins in the span."""
        note_data(self.env)
        span = self.arguments[0]
        events = events_in(span)
        if events.empty:
            _warn(f"No event begins in {span}; a span looks like 1949/1955.", self)
            return []
        caption = self.options.get("caption", f"Events, {write_out(span)}")
        numbered = zip(events.index + 1, events.to_dict("records"), strict=True)
        rows = [_event(number, row, self) for number, row in numbered]
        return self.table(caption, {"Date": 16, "Event": 46, "Kind, status": 15, "Sources": 23}, rows)


def events_in(span: str):
    """Return the events that begin in a span of years as a frame, which is empty if the span is invalid."""
    events = loaders.load_events()
    try:
        bounds = chronology.bound_date(span)
    except ValueError:
        return events[:0]
    return events[events["start"].between(bounds.start_min, bounds.end_max)]


def _event(number: int, row: dict, directive: SphinxDirective) -> Row:
    row_id = f"event-{row['event_id']}"
    told = [nodes.paragraph("", row["description"])]
    if row["note"]:
        told.append(nodes.paragraph("", row["note"], classes=["row-note"]))
    docname = directive.env.docname
    sources = [nodes.paragraph("", "", *cite(row["citation"], directive))]
    if row["paragraphs"]:
        alluding = joined((refer(paragraph_id, docname) for paragraph_id in row["paragraphs"]), "; ")
        sources.append(nodes.paragraph("", "", *alluding))
    judged = f"{row['category']}, {row['status'].replace('-', ' ')}"
    number_shown = nodes.inline("", f"{number}. ", classes=["event-number"])
    when = [number_shown, *anchor(row_id, write_out(row["edtf"]))]
    return Row(row_id, [when, told, text(judged), sources])


class EmendationsDirective(TableDirective):
    """The emendations to a document, whose id is the argument: every faulty, odd or doubtful place."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table; warn if the document does not exist."""
        note_data(self.env)
        document_id = self.arguments[0]
        register = loaders.load_emendations(documents="all").query("document_id == @document_id")
        if register.empty:
            _warn(f"There is no document {document_id!r} in the register of emendations.", self)
            return []
        caption = f"Emendations and remarks, {document(document_id)['short_title']}"
        rows = [_emendation(row, self.env.docname) for row in register.to_dict("records")]
        columns = {"Place": 13, "Received": 19, "Reading": 19, "Kind, certainty": 15, "Reason": 34}
        return self.table(caption, columns, rows)


def _emendation(row: dict, docname: str) -> Row:
    row_id = row["emendation_id"]
    place = [brief(row["paragraph_id"], docname)] if row["paragraph_id"] else text(row["field"])
    number = anchor(row_id, row_id.rpartition("-")[2])
    return Row(
        row_id,
        [
            [*place, nodes.Text(" ("), *number, nodes.Text(")")],
            _words(row["received"]),
            _words(row["reading"]) or text("deleted" if row["certainty"] == "certain" else "none proposed"),
            text(f"{row['kind']}, {row['certainty']}"),
            text(row["reason"]),
        ],
    )


def _words(words: str) -> list[nodes.Node]:
    """Return words of the source; the table writes a line break as two characters."""
    shown = words.replace(r"\n\n", " ¶ ")
    return [nodes.emphasis("", shown, support_smartquotes=False)] if words else []


class CodingSheetDirective(TableDirective):
    """Sentences with room for the codes of two readers; each line names a paragraph and a sentence in it."""

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
        columns = {"No.": 7, "Place": 21, "Sentence": 42, "You": 15, "Your partner": 15}
        return self.table(f"{len(rows)} sentences to code", columns, rows)


def _warn(problem: str, directive: SphinxDirective) -> None:
    logger.warning(problem, type="helpers", subtype="register", location=directive.get_location())
