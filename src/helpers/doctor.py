"""What is wrong with the notebook of an exercise before it is handed in; the standard library alone.

nbgrader leaves in every cell of a released notebook what is needed to tell: its name (`grade_id`) and a
checksum of what was handed out.  Which cells there were its release notes in the notebook's own metadata.
"""

import ast
import builtins
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

NOTE = "exercise"
"""The key of a notebook's metadata under which its release notes the exercise's name and its cells."""


DAMAGE = ("missing", "double", "other")
"""The kinds of what keeps a notebook from being marked as it should be."""

_MOST_OUTPUT = 1_000_000
"""What the outputs of one cell may take in the file, in characters; pictures of charts take far less."""

# What Jupyter gives to every cell.
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
}


class NotebookError(ValueError):
    """A file cannot be read as a notebook; the message names the file, the place and the remedy."""


class Finding(NamedTuple):
    """One thing that is wrong with a notebook.

    Attributes
    ----------
    kind
        ``missing``, ``double``, ``changed`` or ``unanswered``; ``unready`` where the check below an answer
        says so or was stopped by an error; ``other`` for the notebook of another
        exercise or of none; ``broken`` for code that cannot be read; ``undefined`` for a name that no cell of
        the file makes; ``asks`` for `input()`; ``heavy`` for outputs that make the file too large.
    cell
        The name of the cell (`grade_id`); empty where it has none.
    sentence
        What is wrong and what to do, in plain language.
    """

    kind: str
    cell: str
    sentence: str


def read_notebook(path: str | Path) -> dict:
    """Return a notebook as it stands in its file.

    Parameters
    ----------
    path
        A file that should be a notebook in nbformat 4.

    Raises
    ------
    NotebookError
        When the file is missing, is no JSON (cut off, say) or no notebook; it names file, place and remedy.

    Examples
    --------
    >>> read_notebook("no-such.ipynb")
    Traceback (most recent call last):
    helpers.doctor.NotebookError: no-such.ipynb: there is no such file here. Check its name and its folder.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise NotebookError(f"{path}: there is no such file here. Check its name and its folder.") from None
    except OSError as error:
        raise NotebookError(f"{path}: the file cannot be read ({error.strerror}). Check the path.") from None
    return parse_notebook(content, str(path))


def parse_notebook(content: bytes, name: str) -> dict:
    """Return a notebook from the content of a file; `NotebookError` as from :func:`read_notebook`.

    Examples
    --------
    >>> parse_notebook(b'{"cells": [{', "cut.ipynb")
    Traceback (most recent call last):
    helpers.doctor.NotebookError: cut.ipynb, line 1: the notebook is cut off or damaged here (Expecting \
property name enclosed in double quotes). Save it again from Jupyter, or take an earlier copy of it.
    """
    try:
        text = content.decode("utf-8-sig")
        notebook = json.loads(text)
        if "\\ud" in text.lower():
            notebook = _without_halves(notebook)
    except UnicodeDecodeError as error:
        raise NotebookError(
            f"{name}, byte {error.start + 1}: this is no text, so it is no notebook. Save the notebook again."
        ) from None
    except json.JSONDecodeError as error:
        raise NotebookError(
            f"{name}, line {error.lineno}: the notebook is cut off or damaged here ({error.msg}). "
            "Save it again from Jupyter, or take an earlier copy of it."
        ) from None
    except (RecursionError, ValueError):
        raise NotebookError(
            f"{name}: this is no notebook: it is nested too deeply or holds a huge number."
        ) from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(_is_cell(cell) for cell in cells):
        raise NotebookError(
            f"{name}: this is JSON, but no notebook of version 4: it has no list of cells. "
            "Open it in Jupyter and save it again."
        )
    return notebook


def examine(notebook: dict, *, name: str = "") -> list[Finding]:
    """Return what is wrong with the notebook of an exercise as it was handed out and worked on.

    Parameters
    ----------
    notebook
        As from :func:`read_notebook`.
    name
        What the file is called; when it is given, a notebook of another exercise is told.

    Returns
    -------
    list of Finding
        In the order of the exercise: cells that are missing or there twice, cells whose text nobody should
        change, answers that are still as they were handed out, and code that will fail when it is marked.

    Examples
    --------
    >>> cell = {"cell_type": "code", "source": "answer = None", "metadata": {"nbgrader": {
    ...     "grade_id": "answer-unity", "solution": True, "grade": False, "locked": False}}}
    >>> cell["metadata"]["nbgrader"]["checksum"] = checksum(cell)
    >>> [finding.kind for finding in examine({"cells": [cell], "metadata": {}})]
    ['unanswered']
    """
    named = list(cells_by_name(notebook))
    if name and (said := _of_another(notebook, name)):
        return [said]
    listed = note_of(notebook).get("cells")
    noted = [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
    times = Counter(name for name, _ in named)
    found = [_missing(name) for name in noted if name not in times]
    found += [_double(name, n) for name, n in times.items() if n > 1]
    for name, cell in named:
        told = cell["metadata"]["nbgrader"]
        if told.get("checksum") is None or times[name] > 1:
            continue
        as_handed_out = told["checksum"] == checksum(cell)
        if told.get("solution") and as_handed_out:
            found.append(Finding("unanswered", name, f"{title_of(notebook, name)} is not answered yet."))
        elif not told.get("solution") and not as_handed_out:
            found.append(_changed(name))
    unanswered = {finding.cell for finding in found if finding.kind == "unanswered"}
    found += [
        _unready(notebook, name)
        for name, cell in named
        if f"answer-{name}" not in unanswered and _says_unready(cell)
    ]
    found += _troubles_of_code(notebook)
    order = {name: i for i, name in enumerate(dict.fromkeys([*noted, *times]))}
    return sorted(found, key=lambda finding: order.get(finding.cell, len(order)))


def checksum(cell: dict) -> str:
    """Return nbgrader's checksum of a cell: of its text, its kind, its name and its points."""
    told = cell["metadata"]["nbgrader"]
    grade, solution = bool(told.get("grade")), bool(told.get("solution"))
    locked = not solution and (grade or bool(told.get("locked")))
    parts = [source_of(cell), cell["cell_type"], grade, solution, locked, told["grade_id"]]
    if grade:
        points = told.get("points")
        parts.append(float(points) if isinstance(points, int | float) else points)
    return hashlib.md5("".join(map(str, parts)).encode("utf-8"), usedforsecurity=False).hexdigest()


def cells_by_name(notebook: dict) -> Iterator[tuple[str, dict]]:
    """Yield the cells that have a part in the exercise, with their names."""
    for cell in notebook["cells"]:
        if name := _name_of(cell):
            yield name, cell


def note_of(notebook: dict) -> dict:
    """Return what the release has noted in a notebook, its ``name`` and ``cells``; empty where it has not."""
    metadata = notebook.get("metadata")
    note = metadata.get(NOTE) if isinstance(metadata, dict) else None
    return note if isinstance(note, dict) else {}


def source_of(cell: dict) -> str:
    """Return the text of a cell, which a file may hold as a list of lines."""
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


def _without_halves(value: object) -> object:
    """Return a value of JSON in which no half of a character stands alone: no file can hold one in UTF-8."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_without_halves(one) for one in value]
    if isinstance(value, dict):
        return {_without_halves(key): _without_halves(one) for key, one in value.items()}
    return value


def _missing(name: str) -> Finding:
    return Finding(
        "missing",
        name,
        f"The cell {name} is missing. Undo its deletion, or copy it from the notebook that was handed out.",
    )


def _double(name: str, n: int) -> Finding:
    return Finding("double", name, f"The cell {name} is there {n} times. Keep the one that you answered.")


def _changed(name: str) -> Finding:
    return Finding(
        "changed",
        name,
        f"The cell {name} was changed. Marking will use it as it was handed out, so undo what you changed.",
    )


def _of_another(notebook: dict, name: str) -> Finding | None:
    """Return that a notebook is of another exercise than its file's name says, or of none."""
    noted = note_of(notebook).get("name")
    if not any(cells_by_name(notebook)):
        said = "This is no notebook of an exercise: no cell has the name by which marking knows it."
        return Finding("other", "", f"{said} Take the notebook that was handed out.")
    if isinstance(noted, str) and noted not in name:
        said = f"This is the notebook of {noted}, but the file is called {name}."
        return Finding("other", "", f"{said} Look whether it is the one that you want to hand in.")
    return None


# --- code that will fail ---


def _troubles_of_code(notebook: dict) -> Iterator[Finding]:
    """Yield what will go wrong with the code of a student when nobody is there."""
    trees, readable = [], True
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        name = _name_of(cell)
        here = f"The cell {name}" if name else f'The cell that begins with "{_beginning(cell)}"'
        if _size_of_outputs(cell) > _MOST_OUTPUT:
            said = "shows so much that the file becomes too large. Show less of it, and run it once more."
            yield Finding("heavy", name, f"{here} {said}")
        try:
            trees.append((name, here, ast.parse(_plain_python(cell))))
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            readable = False
            line = f" in line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
            said = (
                f"cannot be run: Python does not understand it{line}. Correct it, or delete what is too much."
            )
            yield Finding("broken", name, f"{here} {said}")
    made = {made for _, _, tree in trees for made in _names_made(tree)}
    for name, here, tree in trees:
        read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        if "input" in read - made:
            said = "uses input(), but nobody types while it is marked. Write the value into the cell."
            yield Finding("asks", name, f"{here} {said}")
        unknown = sorted(read - made - _ALWAYS_THERE)
        if readable and unknown and "*" not in made:
            said = f"uses {', '.join(unknown[:3])}, which no cell of the file makes. Add what makes it."
            yield Finding("undefined", name, f"{here} {said}")


def _name_of(cell: dict) -> str:
    name = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
    return name if isinstance(name, str) else ""


def _beginning(cell: dict) -> str:
    return " ".join(source_of(cell).split())[:30]


def _size_of_outputs(cell: dict) -> int:
    outputs = cell.get("outputs", [])
    return len(json.dumps(outputs)) if outputs else 0


def _plain_python(cell: dict) -> str:
    """Return code without what only Jupyter understands: lines for it, and whole cells for other programs."""
    source = source_of(cell)
    if source.lstrip().startswith("%%"):
        return ""
    return re.sub(r"^(\s*)(?:[%!?].*|[\w.]+\?\??|\w+\s*=\s*[%!].*)$", r"\1pass", source, flags=re.MULTILINE)


def _names_made(tree: ast.AST) -> Iterator[str]:
    """Yield every name that code makes, wherever it is known: a name too many is no false alarm."""
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
            case ast.ExceptHandler(name=str()) | ast.MatchAs(name=str()) | ast.MatchStar(name=str()):
                yield node.name
            case ast.MatchMapping(rest=str()):
                yield node.rest


# --- checks that were run ---


def _says_unready(cell: dict) -> bool:
    """Say whether a check was run last with an error, or shows the 0 of an answer that cannot be read."""
    told, outputs = cell["metadata"]["nbgrader"], cell.get("outputs")
    if told.get("solution") or not told.get("grade") or not isinstance(outputs, list):
        return False
    for output in outputs:
        data = output.get("data", {}) if isinstance(output, dict) else {}
        shown = data.get("text/plain", "") if isinstance(data, dict) else ""
        shown = shown if isinstance(shown, str) else "".join(map(str, shown))
        if shown.strip() == "0" or (isinstance(output, dict) and output.get("output_type") == "error"):
            return True
    return False


def _unready(notebook: dict, name: str) -> Finding:
    said = "the check below the answer says that it is not ready. Read what it says, and run it once more."
    return Finding("unready", name, f"{title_of(notebook, name)}: {said}")


def _is_cell(cell: object) -> bool:
    return (
        isinstance(cell, dict)
        and isinstance(cell.get("cell_type"), str)
        and isinstance(cell.get("metadata", {}), dict)
        and isinstance(cell.get("metadata", {}).get("nbgrader", {}), dict)
        and isinstance(cell.get("source", ""), str | list)
    )


def main(paths: list[str]) -> int:
    """Print what is wrong with each notebook; return 1 when one cannot be read or is not whole."""
    failed = False
    for path in paths:
        try:
            findings = examine(read_notebook(path), name=Path(path).name)
        except NotebookError as error:
            print(error)
            failed = True
            continue
        for finding in findings:
            print(f"{path}: {finding.sentence}")
        failed |= any(finding.kind in DAMAGE for finding in findings)
        if not findings:
            print(f"{path}: nothing is missing, and every question has an answer.")
    return int(failed)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Usage: python -m helpers.doctor NOTEBOOK.ipynb ...")
    sys.exit(main(sys.argv[1:]))
