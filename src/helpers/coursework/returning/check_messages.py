"""What a check says to a student: its mark, or why it failed, and nothing about hidden tests."""

import ast
import html
import re
from collections.abc import Iterator

from nbformat import NotebookNode

from helpers.coursework.code_names import is_python, parsed
from helpers.coursework.plaintext import ANSI
from helpers.marks import MarkData, read_mark, to_html

_MOST_REASONS = 20_000
_TOO_LONG = "<p>The reasons are too long for this page.</p>"
# How many characters of a message identify the check that it belongs to.
_TELLING = 8
_AT = re.compile(r"^-+> \d+ (.+)$", re.MULTILINE)
_IS_TEST = re.compile(r"(?:assert|fail)", re.IGNORECASE)


def mark_of(check: NotebookNode) -> MarkData | None:
    """Return the mark that a check made; None if it made none."""
    results = (output for output in check.outputs if output.output_type == "execute_result")
    return next(filter(None, map(read_mark, results)), None)


def shown_mark(mark: MarkData) -> str:
    """Return a mark as HTML that is not too long for a page."""
    shown = to_html(mark)
    return shown if len(shown) < _MOST_REASONS else _TOO_LONG


def purpose_of(check: NotebookNode) -> str:
    """Return the first line of a check's docstring; empty if it has none."""
    tree = parsed(check.source)
    docstring = ast.get_docstring(tree) if tree else None
    return docstring.strip().split("\n")[0] if docstring and docstring.strip() else ""


def why_failed(check: NotebookNode, hidden: str, *, is_open: bool = False) -> str:
    """Return why a check ended in an error, as HTML; empty if it did not.

    Parameters
    ----------
    check
        The cell without its hidden tests.
    hidden
        The lines of its hidden tests.
    is_open
        Whether the notebook has no hidden tests at all, so that any message may be shown.
    """
    for output in check.outputs:
        if output.output_type != "error":
            continue
        message = visible_message(output.evalue, check.source, hidden)
        if message:
            return f"The check says: {_escaped(message)}"
        line = _failed_line(output, check.source)
        if line and output.ename == "AssertionError":
            return f"This line of the check failed: <code>{html.escape(line)}</code>"
        if output.ename == "NotImplementedError":
            return "Your code says that it is not written yet (NotImplementedError)."
        told = f"{output.ename}: {output.evalue}" if is_open and line and output.evalue else output.ename
        at = f" at <code>{html.escape(line)}</code>" if line else ""
        return f"The check of your answer ended in an error{at} ({_escaped(told)})."
    return ""


def _escaped(text: str) -> str:
    return html.escape(ANSI.sub("", text[:_MOST_REASONS]))


def _failed_line(error: NotebookNode, visible: str) -> str:
    """Return the line of the check at which it ended, if the student can see that line."""
    found = _AT.search(ANSI.sub("", "\n".join(error.get("traceback", ()))))
    line = found[1].strip() if found else ""
    return line if line in {one.strip() for one in visible.split("\n")} else ""


def visible_message(message: str, visible: str, hidden: str) -> str:
    """Return the part of a check's message that the student may see, without hidden tests; may be empty.

    A message with values in braces belongs to a check if its fixed parts are in the check and if the hidden
    tests know none of its names.  Values are shown only if the check calls no function that may be the
    student's, because such a function may raise an error with the same text and a hidden test's values.

    Examples
    --------
    >>> check = "assert a > 0, 'a is not positive'"
    >>> visible_message("a is not positive", check, ""), visible_message("a is not 7", check, "")
    ('a is not positive', '')
    """
    tree = parsed(visible)
    if tree is None:
        return ""
    calls = hidden.strip() or any(
        not (isinstance(node.func, ast.Name) and is_python(node.func.id))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    )
    for said in _messages(tree):
        parts = said.values if isinstance(said, ast.JoinedStr) else [said]
        texts = [getattr(part, "value", None) for part in parts]
        fixed = [text for text in texts if isinstance(text, str)]
        names = {one.id for part in parts for one in ast.walk(part) if isinstance(one, ast.Name)}
        letters = sum(map(len, fixed))
        if not fixed or any(text in hidden for text in fixed if len(text) >= _TELLING):
            continue
        whole = "".join(fixed)
        if len(fixed) == len(parts) and (message == whole or message.endswith(f" : {whole}")):  # as unittest
            return whole
        pattern = "(.*)".join(map(re.escape, fixed))
        unknown = not names & set(re.findall(r"\w+", hidden))
        if unknown and letters >= _TELLING and re.fullmatch(f"(.*){pattern}(.*)", message, re.DOTALL):
            shown = "".join(text if isinstance(text, str) else "..." for text in texts) if calls else message
            return shown if isinstance(said, ast.JoinedStr) else ""
    return ""


def _messages(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the messages of a check's assertions, of what it raises, and of functions that test."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and node.msg:
            yield node.msg
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from node.exc.args[:1]
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if _IS_TEST.match(name):
                yield from node.args[2:][-1:]
                yield from (one.value for one in node.keywords if one.arg in ("msg", "err_msg"))
