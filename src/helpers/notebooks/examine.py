"""Check the notebook of an exercise before it is handed in.

This uses only the standard library; if IPython is installed, it decides which parts of a cell are Python.

In a released notebook, nbgrader leaves each cell's name (`grade_id`) and a checksum of its released text.
The list of its cells is recorded at release in the notebook's own metadata.
"""

import ast
import builtins
import hashlib
import json
import os
import re
import stat
import sys
import warnings
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from helpers.marks import read_mark
from helpers.notebooks.salvage import mend_cell, salvage

NOTE = "exercise"
"""The key in a notebook's metadata under which the release records the exercise's name and its cells."""


DAMAGE = ("missing", "double", "other", "damaged")
"""The kinds of findings that keep a notebook from being marked as it should be."""

_MOST_OUTPUT = 1_000_000
"""The most characters that one cell's outputs may take in the file; pictures of charts take far less."""

_LONGEST = 100_000_000
# A text with at least this many words in a student's own cell may be an answer.
_FEWEST_WORDS = 5

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that a JSON file must not contain; a faulty disk or terminal can leave them."""

# Names that Jupyter defines in every cell, and the name that draws variants; without it there are none.
_ALWAYS_THERE = {
    *dir(builtins),
    "__name__",
    "__doc__",
    "get_ipython",
    "display",
    "In",
    "Out",
    "_",
    "__",
    "___",
    "my_name",
}


_DAMAGED = {
    "missing": "is missing. Undo its deletion, or copy it from the notebook that was handed out.",
    "changed": "was changed. Marking uses its original text, so undo your changes.",
}
_NOT_READY = "the check below it says that the answer is not ready. Read what it says, and run it again."

# What Python raises for code that it cannot parse.
_UNPARSABLE = (SyntaxError, ValueError, RecursionError, MemoryError)

_REPAIR = "your instructor can recover undamaged cells with `coursework repair`"


class NotebookError(ValueError):
    """A file cannot be read as a notebook; the message names the file, the place and the remedy."""


class Finding(NamedTuple):
    """A problem of a notebook.

    Attributes
    ----------
    kind
        ``missing``, ``double``, ``changed`` or ``unanswered``; ``elsewhere`` for an unanswered question with
        a text in another cell that may be the answer; ``unready`` if the check below an answer says so or was
        stopped by an error; ``other`` for the notebook of another exercise or of none; ``broken`` for code
        that cannot be parsed; ``undefined`` for a name that no cell of the file defines; ``asks`` for
        `input()`; ``heavy`` for outputs that make the file too large; ``damaged`` for lost parts of a file,
        see :func:`examine_file`.
    cell
        The name of the cell (`grade_id`); empty if it has none.
    sentence
        What is wrong and what to do, in plain language.
    """

    kind: str
    cell: str
    sentence: str


def read_notebook(path: str | Path) -> dict:
    """Return a notebook as it is in its file.

    Parameters
    ----------
    path
        A file that should be a notebook in nbformat 4.

    Raises
    ------
    NotebookError
        When the file is missing, is not JSON (for example cut off) or not a notebook.

    Examples
    --------
    >>> read_notebook("no-such.ipynb")
    Traceback (most recent call last):
    helpers.notebooks.examine.NotebookError: no-such.ipynb: there is no such file. Check its name and its
    folder.
    """
    return parse_notebook(read_file(path), _shown(path))


def read_file(path: str | Path) -> bytes:
    """Return the content of a file; raise `NotebookError` if it cannot be read or is not an ordinary file."""
    try:
        # Reading a pipe could block for ever, so we look first, and then open the file in the ordinary way:
        # JupyterLite treats other flags as writing, and would ask the student which version to keep.
        mode = os.stat(path).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # for a folder, the system has its own message
            raise NotebookError(f"{_shown(path)}: this is not an ordinary file. Check the path.")
        with open(path, "rb") as file:
            content = file.read(_LONGEST + 1)
    except FileNotFoundError:
        problem = "there is no such file. Check its name and its folder."
    except (OSError, ValueError) as error:
        if isinstance(error, NotebookError):
            raise
        why = getattr(error, "strerror", None) or error
        problem = f"the file cannot be read ({why}). Check the path."
    else:
        if len(content) <= _LONGEST:
            return content
        problem = f"it is larger than {_LONGEST // 1_000_000} MB. Clear its outputs."
    raise NotebookError(f"{_shown(path)}: {problem}")


def examine_file(path: str | Path) -> list[Finding]:
    """Return the problems of the notebook in a file, even if only part of the file can be read.

    Raises
    ------
    NotebookError
        When nothing in the file can be read.
    """
    content, name = read_file(path), Path(path).name
    try:
        return examine(parse_notebook(content, _shown(path)), name=name)
    except NotebookError as error:
        refused = error
    raw, losses = salvage(content)
    cells = raw.get("cells") if isinstance(raw, dict) else None
    kept = [cell for cell in map(mend_cell, cells) if cell] if isinstance(cells, list) else []
    if not kept:
        raise refused
    damage = [Finding("damaged", "", sentence) for sentence in [str(refused), *losses]]
    try:
        notebook = _without_halves({"metadata": raw.get("metadata"), "cells": kept})
        return damage + examine(notebook, name=name)
    except RecursionError:
        return damage


def parse_notebook(content: bytes, name: str) -> dict:
    """Return a notebook from the content of a file; raise `NotebookError` as :func:`read_notebook` does.

    Examples
    --------
    >>> parse_notebook(b'{"cells": [{', "cut.ipynb")
    Traceback (most recent call last):
    helpers.notebooks.examine.NotebookError: cut.ipynb, line 1: the notebook is cut off or damaged here
    (Expecting \
property name enclosed in double quotes). Save it again from Jupyter, or use an earlier copy; your \
instructor can recover undamaged cells with `coursework repair`.
    """
    try:
        text = content.decode("utf-8-sig")
        notebook = json.loads(CONTROLS.sub("", text), strict=False)
        if "\\ud" in text.lower():
            notebook = _without_halves(notebook)
    except UnicodeDecodeError as error:
        raise NotebookError(
            f"{name}, byte {error.start + 1}: this is not text in UTF-8, as a notebook must be. "
            f"Save the notebook again; {_REPAIR}."
        ) from None
    except json.JSONDecodeError as error:
        raise NotebookError(
            f"{name}, line {error.lineno}: the notebook is cut off or damaged here ({error.msg}). "
            f"Save it again from Jupyter, or use an earlier copy; {_REPAIR}."
        ) from None
    except (RecursionError, ValueError):
        raise NotebookError(
            f"{name}: this is not a notebook: it is nested too deeply or contains a huge number."
        ) from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(_is_cell(cell) for cell in cells):
        raise NotebookError(
            f"{name}: this is JSON, but not a notebook in version 4 of the format: it has no list of cells. "
            f"Open it in Jupyter and save it again; {_REPAIR}."
        )
    return notebook


def examine(notebook: dict, *, name: str = "") -> list[Finding]:
    """Return the problems of an exercise's notebook.

    Parameters
    ----------
    notebook
        A notebook from :func:`read_notebook`.
    name
        The name of the file; if it is given, a notebook of another exercise is reported.

    Returns
    -------
    list of Finding
        In the order of the exercise: missing and repeated cells, cells that were changed but must not be,
        unchanged answers, and code that will fail when it is marked.

    Examples
    --------
    >>> cell = {"cell_type": "code", "source": "answer = None", "metadata": {"nbgrader": {
    ...     "grade_id": "answer-unity", "solution": True, "grade": False, "locked": False}}}
    >>> cell["metadata"]["nbgrader"]["checksum"] = checksum(cell)
    >>> [finding.kind for finding in examine({"cells": [cell], "metadata": {}})]
    ['unanswered']
    """
    named = list(cells_by_name(notebook))
    if name and (finding := _of_another(notebook, name)):
        return [finding]
    listed = note_of(notebook).get("cells")
    noted = [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
    times = Counter(name for name, _ in named)
    found = [_about(name, "missing") for name in noted if name not in times]
    found += [_double(name, [cell for other, cell in named if other == name])
              for name, n in times.items() if n > 1]  # fmt: skip
    for name, cell in named:
        marks = cell["metadata"]["nbgrader"]
        if marks.get("checksum") is None or times[name] > 1:
            continue
        as_handed_out = is_as_handed_out(cell)
        if marks.get("solution") and as_handed_out:
            found.append(_unanswered(notebook, name))
        elif not marks.get("solution") and not as_handed_out:
            found.append(_about(name, "changed"))
    unanswered = {finding.cell for finding in found if finding.kind in ("unanswered", "elsewhere")}
    found += [
        Finding("unready", name, f"{title_of(notebook, name)}: {_NOT_READY}")
        for name, cell in named
        if f"answer-{name}" not in unanswered and _says_unready(cell)
    ]
    found += _problems_in_code(notebook)
    order = {name: i for i, name in enumerate(dict.fromkeys([*noted, *times]))}
    return sorted(found, key=lambda finding: order.get(finding.cell, len(order)))


def checksum(cell: dict) -> str:
    """Return nbgrader's checksum of a cell: of its text, type, name and points."""
    return _checksum(cell, source_of(cell))


def is_as_handed_out(cell: dict) -> bool:
    """Say whether a cell has its released text, ignoring kinds of line ends and empty last lines."""
    noted = cell["metadata"]["nbgrader"].get("checksum")
    text = with_plain_line_ends(source_of(cell))
    return noted in [_checksum(cell, one) for one in (source_of(cell), text, text + "\n", text + "\n\n")]


def with_plain_line_ends(text: str) -> str:
    """Return a text with Unix line ends and without empty lines at its end.

    Examples
    --------
    >>> with_plain_line_ends("a\\r\\nb\\n\\n")
    'a\\nb'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def _checksum(cell: dict, text: str) -> str:
    marks = cell["metadata"]["nbgrader"]
    grade, solution = bool(marks.get("grade")), bool(marks.get("solution"))
    locked = not solution and (grade or bool(marks.get("locked")))
    parts = [text, cell["cell_type"], grade, solution, locked, marks["grade_id"]]
    if grade:
        points = marks.get("points")
        try:
            parts.append(float(points) if isinstance(points, int | float) else points)
        except OverflowError:  # the points are too large for a number
            parts.append("too many")
    joined = "".join(map(str, parts)).encode("utf-8", "replace")
    return hashlib.md5(joined, usedforsecurity=False).hexdigest()


def cells_by_name(notebook: dict) -> Iterator[tuple[str, dict]]:
    """Yield the cells that belong to the exercise, with their names."""
    for cell in notebook["cells"]:
        if name := _name_of(cell):
            yield name, cell


def note_of(notebook: dict) -> dict:
    """Return the record of the release in a notebook, its ``name`` and ``cells``; empty if there is none."""
    metadata = notebook.get("metadata")
    note = metadata.get(NOTE) if isinstance(metadata, dict) else None
    return note if isinstance(note, dict) else {}


def source_of(cell: dict) -> str:
    """Return the text of a cell, which a file may store as a list of lines."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(map(str, source))


def title_of(notebook: dict, name: str) -> str:
    """Return the heading of the question to which a cell belongs, in quotation marks, or the cell's name."""
    question = f"question-{name.removeprefix('answer-')}"
    for cell in notebook["cells"]:
        if question in (cell.get("id"), cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")):
            lines = [line for line in source_of(cell).splitlines() if line.startswith("#")]
            if lines:
                return f'"{lines[0].lstrip("#").strip()}"'
    return f"The cell {name}"


def _without_halves(value: Any) -> Any:
    """Return a JSON value without lone surrogates, which a file in UTF-8 cannot contain."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_without_halves(one) for one in value]
    if isinstance(value, dict):
        return {_without_halves(key): _without_halves(one) for key, one in value.items()}
    return value


def _about(name: str, kind: str) -> Finding:
    return Finding(kind, name, f"The cell {name} {_DAMAGED[kind]}")


def _unanswered(notebook: dict, name: str) -> Finding:
    """Return that a question is not answered, or seems to be answered in another cell."""
    title = title_of(notebook, name)
    # Without the record of the release, a text may be the course's own.
    given = () if note_of(notebook) else texts_of(notebook["cells"])
    if text := text_beside(notebook["cells"], name, given=given):
        where = f'There is a text in another cell ("{text}"), but only the cell {name} is marked.'
        return Finding("elsewhere", name, f"{title} is not answered in its own cell. {where} Move it there.")
    return Finding("unanswered", name, f"{title} is not answered yet.")


def texts_of(cells: list[dict]) -> set[str]:
    """Return the texts of the Markdown cells without a name."""
    unnamed = (cell for cell in cells if cell["cell_type"] == "markdown" and not _name_of(cell))
    return {with_plain_line_ends(source_of(cell)) for cell in unnamed}


def text_beside(cells: list[dict], name: str, *, given: Collection[str] = ()) -> str:
    """Return the beginning of a student's own text next to an answer's cell; empty if there is none.

    Parameters
    ----------
    given
        Texts of the course, which no student wrote.
    """
    at = next(i for i, cell in enumerate(cells) if _name_of(cell) == name)
    for side in (cells[at + 1 :], cells[:at][::-1]):
        for cell in side:
            words = source_of(cell).split()
            if _name_of(cell) or not words or words[0].startswith("#"):
                break
            is_code = cell["cell_type"] == "code" and parse_if_possible(source_of(cell))
            is_given = with_plain_line_ends(source_of(cell)) in given
            if len(words) >= _FEWEST_WORDS and not is_code and not is_given:
                return _beginning(cell)
    return ""


def _double(name: str, same: list[dict]) -> Finding:
    head = f"There are {len(same)} cells {name}."
    texts = {with_plain_line_ends(source_of(cell)) for cell in same if not is_as_handed_out(cell)}
    if len(texts) > 1 and same[0]["cell_type"] != "code":
        return Finding("double", name, f"{head} Put your whole answer into the first, and delete the others.")
    return Finding("double", name, f"{head} Keep only the one that you answered.")


def _of_another(notebook: dict, name: str) -> Finding | None:
    """Return that a notebook belongs to another exercise than its file name says, or to none."""
    noted = note_of(notebook).get("name")
    if not any(cells_by_name(notebook)):
        text = "This is not a notebook of an exercise: its cells lack the metadata by which they are marked."
        text += " Use the notebook that was handed out"
        return Finding("other", "", f"{text}, or have this one repaired (`coursework repair`).")
    if isinstance(noted, str) and noted not in name:
        text = f"This is the notebook of {noted}, but the file is called {name}."
        return Finding("other", "", f"{text} Check whether it is the one that you want to hand in.")
    return None


# --- code that will fail ---


def _problems_in_code(notebook: dict) -> Iterator[Finding]:
    """Yield the problems that a student's code will have when it is marked."""
    trees, readable = [], True
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        name = _name_of(cell)
        here = f"The cell {name}" if name else f'The cell that begins with "{_beginning(cell)}"'
        if _size_of_outputs(cell) > _MOST_OUTPUT:
            fault = "has very long outputs, which make the file too large. Show less, and run the cell again."
            yield Finding("heavy", name, f"{here} {fault}")
        try:
            trees.append((name, here, parse_code(source_of(cell))))
        except _UNPARSABLE as error:
            readable = False
            line = f" in line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
            fault = (
                f"cannot be run: Python does not understand it{line}. "
                "Correct it, or delete what you do not need."
            )
            yield Finding("broken", name, f"{here} {fault}")
    made = {made for _, _, tree in trees for made in _names_made(tree)}
    for name, here, tree in trees:
        read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        if "input" in read - made:
            fault = "uses input(), which does not work when it is marked. Write the value into the cell."
            yield Finding("asks", name, f"{here} {fault}")
        unknown = sorted(read - made - _ALWAYS_THERE)
        if readable and unknown and "*" not in made:
            fault = f"uses {', '.join(unknown[:3])}, which no cell of the file defines. Add the definition."
            yield Finding("undefined", name, f"{here} {fault}")


def parse_code(source: str) -> ast.Module:
    """Return the syntax tree of a code cell; for magics, the code that they run and the names they define.

    Raises
    ------
    SyntaxError, ValueError, RecursionError, MemoryError
        When Python does not understand it.

    Examples
    --------
    >>> ast.unparse(parse_code("%%time\\na = 1"))
    'a = 1'
    >>> ast.unparse(parse_code("%%bash\\nls"))
    ''
    """
    with warnings.catch_warnings(action="ignore"):
        try:
            if not _PROMPT.match(source):  # `In [1]: x = 1` would be an annotation of `In[1]`
                return ast.parse(source)
        except SyntaxError:
            pass
        return ast.parse(_plain_python(source))


def names_given(source: str) -> set[str]:
    """Return the names that a code cell assigns or defines at the top level."""
    tree = parse_if_possible(source)
    found = set()
    for node in tree.body if tree else []:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}
    return found


def parse_if_possible(source: str) -> ast.Module | None:
    """Return the syntax tree of a code cell as `parse_code` does, or None if it cannot be parsed."""
    with suppress(*_UNPARSABLE):
        return parse_code(source)
    return None


def _name_of(cell: dict) -> str:
    name = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
    return name if isinstance(name, str) else ""


def _beginning(cell: dict) -> str:
    return " ".join(source_of(cell)[:200].split())[:30]


def _shown(path: str | Path) -> str:
    """Return a path in a form that is safe for a terminal."""
    return "".join(char if char.isprintable() else "?" for char in str(path))


def _size_of_outputs(cell: dict) -> int:
    outputs = cell.get("outputs", [])
    try:
        return len(json.dumps(outputs)) if outputs else 0
    except RecursionError:
        return _MOST_OUTPUT + 1


# Magics that run the Python after them, and magics that may define names that no cell defines.
_RUN_PYTHON = {"time", "timeit", "capture", "prun", "debug", "memit", "mprun", "lprun"}
_MAKE_ANYTHING = {
    "pylab",
    "run",
    "store",
    "macro",
    "load",
    "loadpy",
    "load_ext",
    "reload_ext",
    "import_ipynb",
}
_PROMPT = re.compile(r"\s*In \[\d+\]: ")
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\r?\n)*")
_COMMAND = re.compile(
    r"^([ \t]*)(?:(\w+)[ \t]*=[ \t]*)?(?:[%!?](?:.*\\\n)*.*|[\w.]+\?\??[ \t]*)$", re.MULTILINE
)
# IPython reads a cell again for every line that is not Python, so there is a limit on the characters.
_MOST_READ = 200_000


def _plain_python(source: str) -> str:
    """Return code with Jupyter's own syntax replaced by calls; empty for cells in other languages."""
    text = _BLANK_LINES.sub("", source)
    before, indent = source[: len(source) - len(text)], text[: len(text) - len(text.lstrip())]
    source = re.sub(rf"^{indent}", "", text, flags=re.MULTILINE)  # IPython ignores how far it is indented
    if not source.startswith("%%"):
        return before + _without_commands(source)
    head, _, body = source.partition("\n")
    magic, _, line = head[2:].strip().partition(" ")
    made = re.findall(r"--(?:out|err|proc|bg)[ =](\w+)", line)
    if magic == "capture":
        made = [word for word in line.split() if word.isidentifier()]
    given = ";".join(f"{name} = None" for name in made if name.isidentifier())
    if magic not in _RUN_PYTHON:
        return given
    body = f"{before}{given}\n{body}"  # on the same lines, so that errors keep their line numbers
    try:
        ast.parse(body)
    except SyntaxError:
        return body if given else _plain_python(body)
    return body


def _without_commands(source: str) -> str:
    n = len(_COMMAND.findall(source)) + 1
    if n * len(source) <= _MOST_READ:
        try:
            from IPython.core.inputtransformer2 import TransformerManager

            return TransformerManager().transform_cell(source)
        except ImportError:
            pass
        except Exception:  # odd code can make it raise any error
            return source
    return _COMMAND.sub(lambda found: f"{found[1]}{found[2] or '_'} = None", source)


def _names_made(tree: ast.AST) -> Iterator[str]:
    """Yield every name that code defines in any scope, because an extra name causes no false alarm."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(ctx=ast.Store() | ast.Del()):
                yield node.id
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.alias():
                yield (node.asname or node.name).partition(".")[0]
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
                | ast.MatchMapping(rest=str(name))
            ):
                yield name
            case ast.Call(
                func=ast.Attribute(attr="run_line_magic"),
                args=[ast.Constant(value=str(magic)), ast.Constant(value=str(line)), *_],
            ):
                yield from _made_by_magic(magic, line)


def _made_by_magic(magic: str, line: str) -> Iterator[str]:
    """Yield the names that a line of Jupyter syntax defines, or ``*`` if it may define any."""
    if magic in _MAKE_ANYTHING and line.strip() != "autoreload":
        yield "*"
    elif magic in _RUN_PYTHON:
        with suppress(*_UNPARSABLE):
            yield from _names_made(parse_code(line))


# --- checks that were run ---


def _says_unready(cell: dict) -> bool:
    """Say whether a check last ended with an error, or shows the 0 of an answer that cannot be read.

    The 0 of a mark is different: that answer was read, and is wrong.
    """
    marks, outputs = cell["metadata"]["nbgrader"], cell.get("outputs")
    if marks.get("solution") or not marks.get("grade") or not isinstance(outputs, list):
        return False
    for output in outputs:
        data = output.get("data", {}) if isinstance(output, dict) else {}
        if _joined(data, "text/plain").strip() == "0" and not read_mark(output):
            return True
        if isinstance(output, dict) and output.get("output_type") == "error":
            return True
    return False


def _joined(data: object, kind: str) -> str:
    """Return one form of an output, which a file may store as a list of lines."""
    shown = data.get(kind, "") if isinstance(data, dict) else ""
    return shown if isinstance(shown, str) else "".join(map(str, shown))


def _is_cell(cell: object) -> bool:
    return (
        isinstance(cell, dict)
        and isinstance(cell.get("cell_type"), str)
        and isinstance(cell.get("metadata", {}), dict)
        and isinstance(cell.get("metadata", {}).get("nbgrader", {}), dict)
        and isinstance(cell.get("source", ""), str | list)
    )


def main(paths: list[str]) -> int:
    """Print the problems of each notebook; return 1 if one cannot be read or has problems."""
    failed = False
    for path in paths:
        try:
            findings = examine_file(path)
        except NotebookError as error:
            findings = [Finding("damaged", "", str(error))]
        except Exception as error:  # the other notebooks are still checked
            findings = [Finding("damaged", "", f"{_shown(path)}: cannot be read ({type(error).__name__}).")]
        failed |= any(finding.kind in DAMAGE for finding in findings)
        whole = f"{_shown(path)}: nothing is missing, and every question has an answer."
        for sentence in [finding.sentence for finding in findings] or [whole]:
            print(sentence if sentence.startswith(_shown(path)) else f"{_shown(path)}: {sentence}")
    return int(failed)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Usage: python -m helpers.notebooks.examine NOTEBOOK.ipynb ...")
    sys.exit(main(sys.argv[1:]))
