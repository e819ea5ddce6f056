"""The directive `api`: documents every public name of the package, by module, from the docstrings."""

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import helpers
from helpers.book.domain.nested import parse_sections

_ALSO = {"transcription.parser": ["parse"], "quotation.verify": ["Passage"], "history.chronology": ["Bounds"]}
"""Classes and constants that public names return or refer to, but that are not public names."""


class ApiDirective(SphinxDirective):
    """A section for each module of the package with its public names, made by Sphinx's autodoc."""

    def run(self) -> list[nodes.Node]:
        """Return the sections in the order of the package's list."""
        return parse_sections(self, _source(), helpers.__file__)


def names_by_module() -> dict[str, list[str]]:
    """Return the public names of the package by module, in the order of the package's list.

    Examples
    --------
    >>> names_by_module()["corpus.folders"]
    ['read_corpus', 'Corpus']
    """
    found: dict[str, list[str]] = {}
    for node in ast.parse(Path(helpers.__file__).with_suffix(".pyi").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            found.setdefault(node.module, []).extend(alias.name for alias in node.names)
    return found


def _source() -> str:
    """Return the sections as MyST, which leaves the rest to autodoc."""
    parts = []
    for module, names in names_by_module().items():
        holder = import_module(f"helpers.{module}")
        title = re.split(r"[:,.]", inspect.getdoc(holder), maxsplit=1)[0]
        parts += [f"## {title}", ""]
        for name, thing in [(name, getattr(helpers, name)) for name in names]:
            parts += _autodoc(f"helpers.{name}", thing)
        for name in _ALSO.get(module, []):
            thing = getattr(holder, name)
            parts += _autodoc(f"{thing.__module__}.{name}", thing)
    return "\n".join(parts)


def _autodoc(path: str, thing: object) -> list[str]:
    lines = [f".. auto{'class' if inspect.isclass(thing) else 'function'}:: {path}"]
    if inspect.isclass(thing):
        lines.append("   :members:")
        # The docstring of the class explains the fields of a named tuple.
        lines += [f"   :exclude-members: {', '.join(thing._fields)}"] if hasattr(thing, "_fields") else []
    return ["```{eval-rst}", *lines, "```", ""]
