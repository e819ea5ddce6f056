"""Redaction: what only teachers may see is found in the course's cells and removed from other texts.

A teacher's comment on a question is written into the question's mark scheme, which nbgrader removes from the
released notebook, between ``### BEGIN COMMENTARY`` and ``### END COMMENTARY``.
"""

import html
import re
from collections.abc import Iterable
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions, NbGraderPreprocessor
from nbgrader.utils import is_locked
from traitlets.config import Config

from helpers.coursework.plaintext import ANSI

TELLING = 12
"""A shorter line, such as a bracket or `n = 3`, occurs everywhere and reveals nothing."""

_CUTTERS = {"SOLUTION": ClearSolutions, "HIDDEN TESTS": ClearHiddenTests, "MARK SCHEME": ClearMarkScheme}
# What nbgrader calls these regions in the names of its settings.
_SETTINGS = {"SOLUTION": "solution", "HIDDEN TESTS": "test", "MARK SCHEME": "mark_scheme"}
_FLAGS = re.MULTILINE | re.DOTALL


def cut_secrets(
    cell: NotebookNode, regions: Iterable[str] = tuple(_CUTTERS), *, config: Config | None = None
) -> set[str]:
    """Remove what only teachers may see from a cell, in place, and return the lines that were removed.

    Parameters
    ----------
    cell
        A cell of the course's source, or of a marked notebook.
    regions
        What to remove: ``SOLUTION``, ``HIDDEN TESTS``, ``MARK SCHEME``.
    config
        The course's configuration of nbgrader, which may set other delimiters.

    Examples
    --------
    >>> cut_secrets(NotebookNode(cell_type="code", metadata={}, source="### BEGIN HIDDEN TESTS\\nassert a\\n"
    ...                          "### END HIDDEN TESTS"), ["HIDDEN TESTS"]) >= {"assert a"}
    True
    """
    before = cell.source.split("\n")
    for region in regions:
        cutter = _CUTTERS[region](config=config, enforce_metadata=False)
        cutter.preprocess_cell(cell, {"language": "python"}, 0)
    return set(before) - set(cell.source.split("\n"))


class Redactor:
    """Replaces lines of solutions, hidden tests and rubrics in texts.

    Parameters
    ----------
    lines
        The secret lines.  One of at least :data:`TELLING` characters is found anywhere in a line.
    replacement
        What is shown instead.
    short_too
        Whether a shorter line is replaced as well, if it makes up a whole line.

    Examples
    --------
    >>> Redactor(["answer = 6 * 7"], "[secret]").redact("# mine\\nanswer = 6 * 7  # yes")
    '# mine\\n[secret]'
    """

    def __init__(self, lines: Iterable[str], replacement: str, *, short_too: bool = False):
        secret = {line.strip() for line in lines}
        self._replacement = replacement
        self._whole = {line for line in secret if any(map(str.isalnum, line))} if short_too else set()
        self._telling = [line for line in secret if len(line) >= TELLING]

    def redact(self, value: Any) -> Any:
        """Return a text, or a list or dictionary of texts, with every such line replaced."""
        if isinstance(value, str):
            lines = value.split("\n")
            return "\n".join(self._replacement if self._tells(line) else line for line in lines)
        if isinstance(value, list):
            return [self.redact(part) for part in value]
        if isinstance(value, dict):
            return {key: self.redact(part) for key, part in value.items()}
        return value

    def clean(self, text: str) -> str:
        """Return a redacted text without characters that hide or reorder text."""
        return "\n".join(
            "".join(char if char.isprintable() else " " for char in line)
            for line in self.redact(text).split("\n")
        )

    def _tells(self, line: str) -> bool:
        plain = html.unescape(ANSI.sub("", line))
        # A history is often shown as a repr, in which quotation marks are escaped.
        unescaped = plain.replace("\\'", "'").replace('\\"', '"')
        is_in = any(secret in plain or secret in unescaped for secret in self._telling)
        return is_in or line.strip() in self._whole


class HideChecks(NbGraderPreprocessor):
    """Remove hidden tests and rubrics from a marked notebook, from its cells and from every output.

    Outputs contain such lines in tracebacks, or when a student's code prints the history of the session.
    """

    def preprocess(self, nb, resources):
        """Return the notebook without them."""
        hidden: set[str] = set()
        for cell in filter(is_locked, nb.cells):
            hidden |= cut_secrets(cell, ("HIDDEN TESTS", "MARK SCHEME"), config=self.config)
            cell.source = cell.source.rstrip()
        redactor = Redactor(hidden, "[a line of the hidden tests]")
        for output in (output for cell in nb.cells for output in cell.get("outputs", ())):
            for name in ("text", "evalue", "traceback"):
                if name in output:
                    output[name] = redactor.redact(output[name])
            for kind, value in output.get("data", {}).items():
                if not kind.startswith("image/") or kind == "image/svg+xml":
                    output["data"][kind] = redactor.redact(value)
        return nb, resources


def open_text(cell: NotebookNode, *, config: Config | None = None) -> str:
    """Return the text of a cell of the course without its mark scheme.

    Examples
    --------
    >>> open_text(NotebookNode(source="Why?\\n### BEGIN MARK SCHEME\\nYes.\\n### END MARK SCHEME"))
    'Why?'
    """
    begin, end = _delimiters("MARK SCHEME", config)
    return re.sub(rf"^[^\n]*{begin}.*?(?:{end}[^\n]*\n?|\Z)", "", cell.source, flags=_FLAGS).strip()


def commentary_of(cell: NotebookNode) -> str:
    """Return the teacher's comment in a cell of the course; empty if there is none.

    Examples
    --------
    >>> commentary_of(NotebookNode(source="### BEGIN COMMENTARY\\nRead on.\\n### END COMMENTARY"))
    'Read on.'
    """
    return "\n\n".join(_inside(cell.source, "COMMENTARY"))


def scheme_of(cell: NotebookNode, *, config: Config | None = None) -> str:
    """Return the rubric in a cell of the course, without the commentary; empty where there is none.

    Examples
    --------
    >>> scheme_of(NotebookNode(source="### BEGIN MARK SCHEME\\nHalf points.\\n### END MARK SCHEME"))
    'Half points.'
    """
    begin, end = _delimiters("COMMENTARY", config)
    schemes = _inside(cell.source, "MARK SCHEME", config)
    bare = [re.sub(rf"^[^\n]*{begin}.*?{end}[^\n]*\n?", "", one, flags=_FLAGS).strip() for one in schemes]
    return "\n\n".join(filter(None, bare))


def solution_of(cell: NotebookNode, *, config: Config | None = None) -> str:
    """Return the teacher's solution in a cell of the course; for a function, with its first line.

    Examples
    --------
    >>> solution_of(NotebookNode(source="a = 0\\n### BEGIN SOLUTION\\na = 1\\n### END SOLUTION"))
    'a = 1'
    """
    inside = _inside(cell.source, "SOLUTION", config)
    if any(part.startswith((" ", "\t")) for part in inside):
        marks = re.compile("|".join(_delimiters("SOLUTION", config)))
        return "\n".join(line for line in cell.source.split("\n") if not marks.search(line))
    return "\n".join(inside)


def _inside(source: str, region: str, config: Config | None = None) -> list[str]:
    begin, end = _delimiters(region, config)
    found = re.findall(rf"{begin}[^\n]*\n(.*?)^[^\n]*{end}", source, _FLAGS)
    return [part.rstrip() for part in found]


def _delimiters(region: str, config: Config | None) -> tuple[str, str]:
    """Return the patterns of the words between which a region is, which a course may choose."""
    if region not in _CUTTERS:
        return f"BEGIN {region}", f"END {region}"
    cutter, name = _CUTTERS[region](config=config), _SETTINGS[region]
    begin, end = (getattr(cutter, f"{edge}_{name}_delimeter") for edge in ("begin", "end"))
    return re.escape(begin), re.escape(end)
