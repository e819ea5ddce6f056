"""The base of all explorers: traits in, a frame out, with controls or as a static twin."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from html import escape
from typing import Any, ClassVar

import pandas as pd
import traitlets

from helpers.corpus import loaders
from helpers.html import Html

STYLE = """\
.explorer { line-height: 1.5; }
.explorer dl { font-size: 0.9em; margin: 0.5em 0; }
.explorer :is(dt, dd) { display: inline; font-weight: 400; margin: 0; }
.explorer dt::after { content: ": "; }
.explorer dd { font-style: italic; }
.explorer dd:not(:last-child)::after { content: " \\00b7  "; }
.explorer .paragraph { white-space: nowrap; }
.explorer table { border-collapse: collapse; }
.explorer caption { caption-side: top; font-weight: 600; padding: 0.3em 0; text-align: start; }
.explorer :is(th, td) { padding: 0.2em 0.6em; text-align: start; vertical-align: top; }
.explorer tbody tr { border-top: 1px solid; }
.explorer .number, .explorer .kwic-left { text-align: end; }
.explorer .kwic-node { font-weight: 700; white-space: nowrap; }
.explorer .table-scroll { overflow-x: auto; }
.explorer summary { cursor: pointer; font-weight: 600; padding: 0.4em 0; }
.explorer details[open] > summary { font-weight: 400; }
.explorer .more caption, .explorer .more thead { display: none; }
.explorer .person { text-decoration: underline 2px solid; }
.explorer .party { text-decoration: underline 2px dotted; }
.explorer .act { border: 1px solid; border-radius: 0.3em; font-size: 0.85em; padding: 0 0.3em; }
.explorer sup { line-height: 0; }
@media print { .explorer .table-scroll { overflow: visible; } }
"""
"""The style of every explorer; it sets no color, so that it fits light and dark pages."""


Choices = Mapping[str, Sequence[tuple[str, object]]]
"""For each setting the labels and the values from which a reader chooses."""

FIRST = 5
"""The number of rows shown before the others unfold."""

CHART = "<!-- chart -->"
"""The place where a page puts the chart of an explorer."""


class Explorer(traitlets.HasTraits):
    """The base class of explorers: when you set a trait, `frame` is updated.

    A subclass defines traits with default values that have an answer, lists them with their labels in
    `asked`, makes a frame from them in `ask`, and renders the frame in `show`.

    Attributes
    ----------
    frame
        The present answer, a data frame; empty if the question cannot be answered.
    message
        One sentence that says how much was found, or what is wrong with the question.
    """

    frame = traitlets.Instance(pd.DataFrame)
    message = traitlets.Unicode()

    title: ClassVar[str] = ""
    asked: ClassVar[Mapping[str, str]] = {}
    """The traits that a reader can set, in the order of the controls, with their labels."""
    limits: ClassVar[Mapping[str, tuple[int, int]]] = {}
    """The smallest and largest values of numeric traits."""
    columns: ClassVar[Sequence[str]] = ()
    """The headings of the answer as a table."""
    first: ClassVar[int] = FIRST
    """The number of rows shown before the others unfold."""

    def __init__(self, **asked: object):
        if unknown := [name for name in asked if name not in self.asked]:
            raise ValueError(self._say_unknown(unknown))
        super().__init__(**asked)
        self._answer()
        self.observe(self._answer, names=list(self.asked))

    def __setattr__(self, name: str, value: object) -> None:
        if not name.startswith("_") and not hasattr(type(self), name):
            raise AttributeError(self._say_unknown([name]))
        try:
            super().__setattr__(name, value)
        except traitlets.TraitError:
            kind = self.traits()[name].info()
            kind = {"a unicode string": "text", "an int": "a whole number"}.get(kind, kind)
            raise ValueError(f"{self.asked.get(name, name)}: it is {kind}, not {value!r}.") from None

    def _say_unknown(self, names: list[str]) -> str:
        return f"There is no {', '.join(names)} to set here; there are {', '.join(self.asked)}."

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.asked)
        return f"{type(self).__name__}({values})"

    def ask(self) -> pd.DataFrame:
        """Return the answer for the present traits, or raise a ValueError that says what is wrong."""
        raise NotImplementedError

    def show(self) -> str:
        """Return the complete present answer as HTML, with all text escaped."""
        raise NotImplementedError

    def count(self, frame: pd.DataFrame) -> str:
        """Return a sentence that says how much was found."""
        raise NotImplementedError

    def choices(self) -> Choices:
        """Return the allowed values of traits with their labels, by the trait's name."""
        return {}

    def chart(self) -> Any:
        """Return a chart of the present answer, or None."""
        return None

    @classmethod
    def name(cls) -> str:
        """Return the name under which a page knows this kind of explorer."""
        return cls.__name__.removesuffix("Explorer").lower()

    def to_html(self) -> str:
        """Return the static twin: the question, a summary and the whole answer, without scripts.

        A page with scripts finds in it what was asked, and can then ask something else.
        """
        asked = escape(json.dumps({name: getattr(self, name) for name in self.asked}))
        values = "".join(
            f"<dt>{escape(label)}</dt><dd>{escape(self._spoken(name))}</dd>"
            for name, label in self.asked.items()
        )
        return (
            f'<section class="explorer" lang="en" aria-label="{escape(self.title)}" '
            f'data-explorer="{self.name()}" data-asked="{asked}">\n'
            f"<style>{STYLE}</style>\n"
            f'<p><strong>{escape(self.title)}</strong></p>\n<div class="built">\n<dl>{values}</dl>\n'
            f'<p>{escape(self.message)}</p>\n</div>\n{CHART}\n<div class="built">\n{self.show()}\n</div>\n'
            "</section>"
        )

    @cached_property
    def widget(self) -> Any:
        """The controls with the answer below them, as an ipywidgets box."""
        from helpers.explorers.controls import make_controls

        return make_controls(self, STYLE)

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
    ) -> tuple[dict[str, object], dict[str, object]]:
        """Return the live view and the static twin, with the chart that a page adds to the twin.

        If `include` names the formats that are wanted and the live view is none of them, it is not made.
        """
        is_live = include is None or any("widget-view" in kind for kind in include)
        live = self.widget._repr_mimebundle_() if is_live else {}
        data = {**live, "text/html": self.to_html(), "text/plain": repr(self)}
        chart = self.chart()
        return data, {} if chart is None else {"text/html": {"chart": chart.to_dict()}}

    def _answer(self, _change: object = None) -> None:
        try:
            self._check()
            frame = self.ask()
            message = self.count(frame)
        except ValueError as error:
            frame, message = type(self)().frame[:0], str(error)
        # The message is set first, so that it is current when `frame` changes.
        self.message, self.frame = message, frame

    def _check(self) -> None:
        """Raise a ValueError if a trait has a value that is not allowed; the message lists those that are."""
        for name, options in self.choices().items():
            value, known = getattr(self, name), [choice for _, choice in options]
            for one in value if isinstance(value, tuple) else [value]:
                if one not in known:
                    can_be = ", ".join(map(repr, known))
                    raise ValueError(f"{self.asked[name]}: there is no {one!r}; there are {can_be}.")
        for name, (low, high) in self.limits.items():
            if not low <= getattr(self, name) <= high:
                raise ValueError(
                    f"{self.asked[name]}: it is a number from {low} to {high}, not {getattr(self, name)}."
                )

    def _spoken(self, name: str) -> str:
        """Return the value of a trait as its control shows it."""
        value = getattr(self, name)
        labels = {choice: label for label, choice in self.choices().get(name, ())}
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, tuple | list):
            return ", ".join(labels.get(one, str(one)) for one in value) or "nothing"
        return labels.get(value, str(value)) or "nothing"


def list_documents() -> list[tuple[str, str]]:
    """Return the short titles of the documents with their ids, to choose from."""
    return [*loaders.load_documents()[["short_title", "document_id"]].itertuples(index=False, name=None)]


def marked(text: str, css: str) -> Html:
    """Return a text in a span of a class, escaped."""
    return Html(f'<span class="{css}">{escape(text)}</span>')
