"""A document to read, with those whom it names and what its sentences do."""

from html import escape
from typing import ClassVar

import pandas as pd
import traitlets

from helpers import corpus
from helpers.explorers.explorer import Explorer, count_of, marked
from helpers.markup import link_paragraph
from helpers.readings import READINGS

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

    def choices(self):
        """Return the documents and the readings."""
        titles = corpus.load_documents()[["short_title", "document_id"]]
        return {
            "document_id": [*titles.itertuples(index=False, name=None)],
            "reading": [(name, name) for name in READINGS],
        }

    def ask(self) -> pd.DataFrame:
        """Return the paragraphs with what they name and do."""
        paragraphs = corpus.load_paragraphs(self.reading)
        if self.document_id not in set(paragraphs["document_id"]):
            raise ValueError(f"There is no document {self.document_id!r}.")
        frame = paragraphs[paragraphs["document_id"] == self.document_id][["paragraph_id", "text", "n_words"]]
        mentions = corpus.load_mentions(self.reading)
        acts = corpus.load_speech_acts()
        said = acts["actor"] + " " + acts["act"]
        named = {
            column: mentions[mentions["kind"] == kind].groupby("paragraph_id")["entity_id"].agg(_unique)
            for column, kind in {"people": "person", "parties": "party"}.items()
        }
        named["acts"] = said.groupby(acts["paragraph_id"], sort=False).agg(list)
        for column, lists in named.items():
            frame = frame.assign(**{column: [lists.get(name, []) for name in frame["paragraph_id"]]})
        return frame.reset_index(drop=True)

    def empty(self) -> pd.DataFrame:
        """Return no paragraph."""
        return pd.DataFrame(columns=["paragraph_id", "text", "n_words", "people", "parties", "acts"])

    def count(self) -> str:
        """Return how long the document is."""
        n_words = int(self.frame["n_words"].sum())
        return f"{count_of(len(self.frame), 'paragraph')}, {count_of(n_words, 'word')}."

    def show(self) -> str:
        """Return the whole text, with names underlined and the acts of each paragraph before it."""
        mentions = corpus.load_mentions(self.reading)
        shown = [
            f"<p>{link_paragraph(row.paragraph_id)} {self._acts(row.acts)}<br>\n"
            f"{self._text(row.text, mentions[mentions['paragraph_id'] == row.paragraph_id])}</p>"
            for row in self.frame.itertuples()
        ]
        person, party = marked("people", "person"), marked("parties, states and other bodies", "party")
        legend = f"<p>Underlined: {person} with a line, {party} with dots.</p>\n" if self.names else ""
        return f'{legend}<div class="table-scroll" role="region" aria-label="Text" tabindex="0">\n' + (
            "\n".join(shown) + "\n</div>"
        )

    def _acts(self, acts: list[str]) -> str:
        if not self.acts:
            return ""
        names = corpus.name_entities() | {_NOBODY: "the note-taker"}
        spoken = [
            f"{names.get(who, who)} {act}" for who, act in (one.rsplit(" ", 1) for one in _unique(acts))
        ]
        return " ".join(f'<span class="act">{escape(one)}</span>' for one in spoken)

    def _text(self, text: str, mentions: pd.DataFrame) -> str:
        if not self.names:
            return escape(text)
        pieces, at = [], 0
        for mention in mentions.sort_values("start").itertuples():
            pieces += [
                escape(text[at : mention.start]),
                marked(text[mention.start : mention.end], mention.kind),
            ]
            at = mention.end
        return "".join([*pieces, escape(text[at:])])


def explore_document(document_id: str = "deng-1962", **traits: object) -> DocumentExplorer:
    """Return an explorer of one document: its text, whom it names and what its sentences do.

    Parameters
    ----------
    document_id
        The document.
    **traits
        `reading` (``corrected`` or ``diplomatic``), `names` (mark people and bodies), `acts` (show speech
        acts); each may be set again later.

    Returns
    -------
    DocumentExplorer
        Its `frame` has one row a paragraph: `paragraph_id`, `text`, `n_words`, `people`, `parties`, `acts`.

    Raises
    ------
    ValueError
        When there is no such trait.

    Examples
    --------
    >>> explore_document("mao-1963").message
    '21 paragraphs, 1,515 words.'
    """
    return DocumentExplorer(document_id=document_id, **traits)


def _unique(values) -> list[str]:
    return list(dict.fromkeys(values))
