"""What a student gets back: the marked notebook without hidden tests and rubrics, which nbgrader leaves in.

A teacher's comment on a question is written into the question's mark scheme, which nbgrader removes from the
released notebook, between ``### BEGIN COMMENTARY`` and ``### END COMMENTARY``.
"""

import html
import re

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, NbGraderPreprocessor
from nbgrader.utils import is_locked

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
# A shorter line of a hidden test, such as a bracket, reveals nothing and occurs everywhere.
_TELLING = 12
_REMOVED = "[a line of the hidden tests]"
_SECRET = re.compile(r"^[^\n]*BEGIN MARK SCHEME.*?(?:END MARK SCHEME[^\n]*\n?|\Z)", re.MULTILINE | re.DOTALL)

_COMMENTARY = re.compile(r"^[^\n]*BEGIN COMMENTARY.*?END COMMENTARY[^\n]*\n?", re.MULTILINE | re.DOTALL)


class HideChecks(NbGraderPreprocessor):
    """Remove hidden tests and rubrics from a marked notebook, from its cells and from every output.

    Outputs contain such lines in tracebacks, or when a student's code prints the history of the session.
    """

    def preprocess(self, nb, resources):
        """Return the notebook without them."""
        cutters = [
            cut(parent=self.parent, enforce_metadata=False) for cut in (ClearHiddenTests, ClearMarkScheme)
        ]
        hidden: set[str] = set()
        for cell in filter(is_locked, nb.cells):
            before = cell.source.split("\n")
            for cutter in cutters:
                cutter.preprocess_cell(cell, resources, 0)
            cell.source = cell.source.rstrip()
            hidden |= set(before) - set(cell.source.split("\n"))
        telling = {line.strip() for line in hidden if len(line.strip()) >= _TELLING}
        for cell in nb.cells:
            for output in cell.get("outputs", ()):
                _scrub(output, telling)
        return nb, resources


def _scrub(output: dict, telling: set[str]) -> None:
    """Remove lines that reveal hidden tests from one output: its stream, its traceback, or its texts."""
    for name in ("text", "evalue", "traceback"):
        if name in output:
            output[name] = _clean(output[name], telling)
    for kind, value in output.get("data", {}).items():
        if not kind.startswith("image/") or kind == "image/svg+xml":
            output["data"][kind] = _clean(value, telling)


def _clean(value, telling: set[str]):
    """Return a text, or a list or dictionary of texts, with every such line replaced."""
    if isinstance(value, str):
        return "\n".join(_REMOVED if _tells(line, telling) else line for line in value.split("\n"))
    if isinstance(value, list):
        return [_clean(part, telling) for part in value]
    return {key: _clean(part, telling) for key, part in value.items()} if isinstance(value, dict) else value


def _tells(line: str, telling: set[str]) -> bool:
    plain = html.unescape(_ANSI.sub("", line))
    # A history is often shown as a repr, in which quotation marks are escaped.
    unescaped = plain.replace("\\'", "'").replace('\\"', '"')
    return any(secret in plain or secret in unescaped for secret in telling)


def open_text(cell: NotebookNode) -> str:
    """Return the text of a cell of the course without its mark scheme.

    Examples
    --------
    >>> open_text(NotebookNode(source="Why?\\n### BEGIN MARK SCHEME\\nYes.\\n### END MARK SCHEME"))
    'Why?'
    """
    return _SECRET.sub("", cell.source).strip()


def commentary_of(cell: NotebookNode) -> str:
    """Return the teacher's comment in a cell of the course; empty if there is none.

    Examples
    --------
    >>> commentary_of(NotebookNode(source="### BEGIN COMMENTARY\\nRead on.\\n### END COMMENTARY"))
    'Read on.'
    """
    return "\n\n".join(_inside(cell.source, "COMMENTARY"))


def scheme_of(cell: NotebookNode) -> str:
    """Return the rubric in a cell of the course, without the commentary; empty where there is none.

    Examples
    --------
    >>> scheme_of(NotebookNode(source="### BEGIN MARK SCHEME\\nHalf points.\\n### END MARK SCHEME"))
    'Half points.'
    """
    schemes = _inside(cell.source, "MARK SCHEME")
    return "\n\n".join(filter(None, (_COMMENTARY.sub("", scheme).strip() for scheme in schemes)))


def solution_of(cell: NotebookNode) -> str:
    """Return the teacher's solution in a cell of the course; for a function, with its first line.

    Examples
    --------
    >>> solution_of(NotebookNode(source="a = 0\\n### BEGIN SOLUTION\\na = 1\\n### END SOLUTION"))
    'a = 1'
    """
    inside = _inside(cell.source, "SOLUTION")
    if any(part.startswith((" ", "\t")) for part in inside):
        return "\n".join(line for line in cell.source.split("\n") if not _MARK.search(line))
    return "\n".join(inside)


_MARK = re.compile(r"### (?:BEGIN|END) ")


def _inside(source: str, region: str) -> list[str]:
    found = re.findall(rf"BEGIN {region}[^\n]*\n(.*?)^[^\n]*END {region}", source, re.MULTILINE | re.DOTALL)
    return [part.rstrip() for part in found]
