"""Explore one document: its text, whom it names and what its sentences do."""

from collections.abc import Iterable
from html import escape
from typing import ClassVar

import pandas as pd
import traitlets

from helpers.charts.describe import count_of
from helpers.corpus import loaders
from helpers.corpus.readings import READINGS
from helpers.explorers.explorer import FIRST, Choices, Explorer, marked
from helpers.html import fold, name_paragraph

_NOBODY = "note-taker"


class DocumentExplorer(Explorer):
    """A document, paragraph by paragraph.

    `frame` has one row a paragraph: `paragraph_id`, `text`, `n_words`, `people`, `parties` (lists of keys
    named in it) and `acts` (list of ``actor act``, one for each sentence).
    """

    document_id = traitlets.Unicode("deng-1962")
    reading = traitlets.Unicode("corrected")
    names = traitlets.Bool(True)
    acts = traitlets.Bool(True)

    title: ClassVar = "Reader"
    asked: ClassVar = {
        "document_id": "Document",
        "reading": "Reading",
        "names": "Mark people and bodies",
        "acts": "Show speech acts",
    }

    def choices(self) -> Choices:
        """Return the documents and the readings."""
        offered = {*loaders.choose_documents(), self.document_id}
        documents = loaders.load_documents(documents="all")
        titles = documents.loc[documents["document_id"].isin(offered), ["short_title", "document_id"]]
        return {
            "document_id": [*titles.itertuples(index=False, name=None)],
            "reading": [(name, name) for name in READINGS],
        }

    def ask(self) -> pd.DataFrame:
        """Return the paragraphs with what they name and do."""
        own = {"documents": self.document_id}
        frame = loaders.load_paragraphs(self.reading, **own)[["paragraph_id", "text", "n_words"]]
        mentions = loaders.load_mentions(self.reading, **own)
        acts = loaders.load_speech_acts(**own)
        said = acts["actor"] + " " + acts["act"]
        named = {
            column: mentions[mentions["kind"] == kind].groupby("paragraph_id")["entity_id"].agg(_unique)
            for column, kind in {"people": "person", "parties": "party"}.items()
        }
        named["acts"] = said.groupby(acts["paragraph_id"], sort=False).agg(list)
        for column, lists in named.items():
            frame = frame.assign(**{column: [lists.get(name, []) for name in frame["paragraph_id"]]})
        return frame.reset_index(drop=True)

    def count(self, frame: pd.DataFrame) -> str:
        """Return the length of the document."""
        n_words = int(frame["n_words"].sum())
        return f"{count_of(len(frame), 'paragraph')}, {count_of(n_words, 'word')}."

    def show(self) -> str:
        """Return the whole text with names underlined, and the acts of each paragraph before it.

        A number links an act to the words that show it, unless the reading lacks these words.
        """
        if self.frame.empty:
            return ""
        mentions = loaders.load_mentions(self.reading, documents=self.document_id)
        acts = loaders.load_speech_acts(documents=self.document_id)
        mentions, acts = mentions if self.names else mentions[:0], acts if self.acts else acts[:0]
        names = loaders.name_entities() | {_NOBODY: "the note-taker"}
        shown = []
        for row in self.frame.itertuples():
            own = acts[acts["paragraph_id"] == row.paragraph_id]
            said = " ".join(
                marked(f"{act.n} {names.get(act.actor, act.actor)} {act.act}", "act")
                for act in own.itertuples()
            )
            text = _mark(row.text, mentions[mentions["paragraph_id"] == row.paragraph_id], own)
            shown.append(f"<p>{name_paragraph(row.paragraph_id)} {said}<br>\n{text}</p>\n")
        text = fold(lambda part, _: "".join(part), shown, FIRST)
        return f'{self._legend()}<div role="region" aria-label="Text">\n{text}</div>'

    def _legend(self) -> str:
        """Return the legend of the marks that are shown."""
        person, party = marked("people", "person"), marked("parties, states and other bodies", "party")
        lines = []
        if self.names:
            lines.append(f"Underlined: {person} with a line, {party} with dots.")
        if self.acts:
            lines.append(
                f"Before each paragraph, its speech acts: {marked('1 who does what', 'act')}. "
                "In the text, the words that show an act are between <sup>(1</sup> and <sup>1)</sup>."
            )
        return f"<p>{' '.join(lines)}</p>\n" if lines else ""


def _mark(text: str, mentions: pd.DataFrame, acts: pd.DataFrame) -> str:
    """Return a text with names in spans, and numbers where the words of an act begin and end."""
    # At the same place, ends come before beginnings, and names are inside acts.
    marks = []
    for name in mentions.itertuples():
        marks += [(name.start, 3, f'<span class="{name.kind}">'), (name.end, 0, "</span>")]
    for act in acts.itertuples():
        start = text.find(act.quotation)
        if start >= 0:
            end = start + len(act.quotation)
            marks += [(start, 2, f"<sup>({act.n}</sup>"), (end, 1, f"<sup>{act.n})</sup>")]
    pieces, at = [], 0
    for place, _, mark in sorted(marks):
        pieces += [escape(text[at:place]), mark]
        at = place
    return "".join([*pieces, escape(text[at:])])


def explore_document(document_id: str = "deng-1962", **traits: object) -> DocumentExplorer:
    """Return an explorer of one document: its text, whom it names and what its sentences do.

    Parameters
    ----------
    document_id
        The document.
    **traits
        `reading` (``corrected`` or ``diplomatic``), `names` (mark people and bodies), `acts` (show speech
        acts); you can change each of them later.

    Returns
    -------
    DocumentExplorer
        Its `frame` has one row a paragraph: `paragraph_id`, `text`, `n_words`, `people`, `parties`, `acts`.

    Raises
    ------
    ValueError
        If a trait is unknown, or has a value of another type.

    Examples
    --------
    >>> explore_document("mao-1963").message
    '21 paragraphs, 1,515 words.'
    """
    return DocumentExplorer(document_id=document_id, **traits)


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
