"""Format citations by name and year, and make them for our directives.

Every citation is made from the label in the list of references, such as "Lüthi 2008", so that two works with
the same name and year are distinguished everywhere, as 1963a and 1963b.  The biblatex field `shortauthor`
gives a short name, and `shorthand` a label without a year.  A work without a year has "n.d.", for no date.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from string import ascii_lowercase

import pybtex.plugin
from docutils import nodes
from pybtex.database import Entry
from pybtex.richtext import Text
from pybtex.style.formatting.unsrt import Style
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle
from pybtex.style.template import Node, node
from sphinx.util.docutils import SphinxDirective
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BaseReferenceStyle, BracketStyle, GroupReferenceStyle
from sphinxcontrib.bibtex.style.template import join, join2, post_text, pre_text, reference

STYLE = "name_and_year"
_UNDATED = "n.d."


def register() -> None:
    """Register the style by name with pybtex and sphinxcontrib-bibtex."""
    pybtex.plugin.register_plugin("pybtex.style.formatting", STYLE, NameAndYear)
    register_plugin("sphinxcontrib.bibtex.style.referencing", STYLE, NameAndYearReferences)


def cite(keys: Iterable[str], directive: SphinxDirective) -> list[nodes.Node]:
    """Return a citation in parentheses, registered with sphinxcontrib-bibtex as if it had been typed.

    In a book without a bibliography, it shows the keys.
    """
    keys = list(keys)
    if "cite" not in directive.env.domains:
        return [nodes.Text(", ".join(keys))]
    found, problems = directive.parse_inline(f"{{cite:p}}`{','.join(keys)}`", lineno=directive.lineno)
    return [*found, *problems]


def name(entry: Entry) -> str:
    """Return the short name of a work: its short author, its authors or editors, or its title."""
    fields, persons = entry.fields, entry.persons.get("author") or entry.persons.get("editor", [])
    if "shortauthor" in fields:
        return _plain(fields["shortauthor"])
    if not persons:
        return _plain(fields["title"])
    last = [_plain(" ".join([*person.prelast_names, *person.last_names])) for person in persons]
    return f"{last[0]} et al." if len(last) > 2 else " and ".join(last)


def _plain(text: str) -> str:
    return str(Text.from_latex(text))


class Labels(BaseLabelStyle):
    """Name and year, with a letter if two works share both; a shorthand replaces them."""

    def format_labels(self, sorted_entries: list[Entry]) -> Iterator[str]:
        """Yield the label of each entry."""
        labels = [self._label(entry) for entry in sorted_entries]
        times, seen = Counter(labels), Counter()
        for label in labels:
            yield f"{label}{ascii_lowercase[seen[label]]}" if times[label] > 1 else label
            seen[label] += 1

    def _label(self, entry: Entry) -> str:
        if "shorthand" in entry.fields:
            return _plain(entry.fields["shorthand"])
        return f"{name(entry)} {entry.fields.get('year', _UNDATED)}"


class ByLabel(BaseSortingStyle):
    """Sort by names, then by years, then by titles."""

    def sorting_key(self, entry: Entry) -> tuple[str, str, str]:
        """Return the key by which entries are sorted."""
        first = entry.fields.get("shorthand") or name(entry)
        year, title = entry.fields.get("year", _UNDATED), entry.fields.get("title", "")
        return _plain(first).casefold(), year, title.casefold()


class NameAndYear(Style):
    """The list of references: pybtex's format of each entry, in our order and with our labels."""

    default_label_style = Labels
    default_sorting_style = ByLabel
    default_name_style = "lastfirst"


@node
def _label(children, data) -> Text:
    return Text(data["formatted_entry"].label)


@node
def _in_text(children, data) -> Text:
    label = data["formatted_entry"].label
    before, _, year = label.rpartition(" ")
    if "shorthand" in data["entry"].fields:
        return _link(label).format_data(data)
    return join(sep=" ")[before, join["(", _link(year), ")"]].format_data(data)


def _link(text: Node | str) -> Node:
    """Return the template of a link with the text before and after it."""
    return join2(sep1=" ", sep2=", ")[pre_text, reference[text], post_text]


@dataclass
class _InParentheses(BaseReferenceStyle):
    """``{cite:p}``: (Lüthi 2008; Radchenko 2009)."""

    bracket: BracketStyle = field(default_factory=lambda: BracketStyle("(", ")", sep="; "))

    def role_names(self) -> Iterable[str]:
        return ["p", "ps", "alp", "alps"]

    def outer(self, role_name: str, children: list) -> Node:
        return self.bracket.outer(children, brackets="al" not in role_name)

    def inner(self, role_name: str) -> Node:
        return _link(_label)


@dataclass
class _InText(BaseReferenceStyle):
    """``{cite:t}``: Lüthi (2008) and Radchenko (2009)."""

    bracket: BracketStyle = field(
        default_factory=lambda: BracketStyle(sep=", ", sep2=" and ", last_sep=", and ")
    )

    def role_names(self) -> Iterable[str]:
        return ["t", "ts"]

    def outer(self, role_name: str, children: list) -> Node:
        return self.bracket.outer(children)

    def inner(self, role_name: str) -> Node:
        return _in_text


@dataclass
class NameAndYearReferences(GroupReferenceStyle):
    """The citations of this book."""

    def __post_init__(self) -> None:
        self.styles.extend([_InParentheses(), _InText()])
        super().__post_init__()
