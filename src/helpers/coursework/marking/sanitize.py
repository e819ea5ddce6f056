"""Prepare a submitted notebook for marking: restore the course's cells and repair damage.

nbgrader does the same in five steps with the gradebook.  Here the spec is used instead, and nothing that a
student did to the notebook keeps the rest from being marked.
"""

import io
import keyword
import re
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from uuid import uuid4

import nbformat
from nbformat import NotebookNode

from helpers.coursework.marking.spec import CellSpec
from helpers.coursework.plaintext import WORD
from helpers.notebooks.examine import NotebookError, is_as_handed_out, parse_notebook, with_plain_line_ends

# Tags that keep a cell from running, or its errors from counting.
_NOT_RUN = {"skip-execution", "raises-exception"}
_RESTORED = "This cell was missing from the submission; it was put back as it was handed out."


def read_submission(content: bytes, name: str) -> NotebookNode:
    """Return a submitted notebook in nbformat 4.

    Raises
    ------
    NotebookError
        When it is not a notebook; the message is one sentence for the student.
    """
    raw = parse_notebook(content, name)
    kept = [cell for cell in raw["cells"] if cell["cell_type"] in ("code", "markdown", "raw")]
    metadata = raw.get("metadata", {})
    if not isinstance(metadata, dict) or raw.get("nbformat") != 4:
        raise NotebookError(
            f"{name}: this is not a notebook in nbformat 4. Open it in Jupyter and save it again."
        )
    for number, cell in enumerate(kept, 1):
        lines = cell.get("source", "")
        if isinstance(lines, list) and not all(isinstance(line, str) for line in lines):
            raise NotebookError(
                f"{name}: cell {number} contains something that is not text. "
                "Open the notebook in Jupyter, correct that cell and save it again."
            )
    cells = [_normalized(cell) for cell in kept]
    told = {
        key: metadata[key] for key in ("kernelspec", "language_info") if isinstance(metadata.get(key), dict)
    }
    return NotebookNode(
        nbformat=4, nbformat_minor=5, metadata=nbformat.from_dict(metadata | told), cells=cells
    )


def sanitize(notebook: NotebookNode, cells: dict[str, CellSpec], kernelspec: dict | None) -> list[str]:
    """Restore the course's parts of a notebook, in place; return what was changed, a sentence each.

    Locked cells get the course's text, with hidden tests.  Every cell of the course gets its name, kind and
    points back, and no tag that would keep it from running.  A missing cell is restored.  If there are
    several copies of a cell, the answered one is kept and the others become ordinary cells.
    """
    said = _deduplicate_grade_ids(notebook, cells)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.update(outputs=[], execution_count=None)
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name is not None:
            said += _overwrite(cell, cells[name])
    said += _restore(notebook, cells)
    if kernelspec:
        notebook.metadata["kernelspec"] = nbformat.from_dict(kernelspec)
    else:
        notebook.metadata.pop("kernelspec", None)
    return said


# A text with this many words that the course did not write counts as a student's text.
_FEWEST = 5
# How many characters of code are parsed (a million take some ten seconds); the rest counts as text.
_MOST_CODE = 200_000
_IS_KEYWORD = {*keyword.kwlist, *keyword.softkwlist}.__contains__
_TARGET = re.compile(
    r"\]\([^()\s]*\)"
)  # the target of a link, which depends on where the course's pages are published


def texts_elsewhere(
    notebook: NotebookNode, cells: dict[str, CellSpec], given: Iterable[str], code: Iterable[str] = ()
) -> Iterator[str]:
    """Yield each text that a student wrote outside the answers: in a new cell, or in a cell of the course.

    Parameters
    ----------
    given, code
        The texts of the course's own Markdown and code cells, which need not have names.
    """
    known = {text: _words(text) for text in given}
    known |= {text: _words(_prose(text, "code")) for text in code}
    left = _MOST_CODE
    for cell in notebook.cells:
        original = cells.get(name_of(cell))
        if (original and original.solution) or cell.source in known:
            continue
        left -= len(cell.source) * (cell.cell_type == "code")
        text = _prose(cell.source, cell.cell_type) if left >= 0 else cell.source[:_MOST_CODE]
        own = _words(text)
        if original:  # the released text of a check is only a part, because the hidden tests are missing
            added = [own - _words(_prose(original.source, original.cell_type))]
        else:  # a cell with half of a course cell's text is that cell, changed
            added = [own, *(own - one for one in known.values() if 2 * (one - own).total() <= one.total())]
        if min(more.total() for more in added) >= _FEWEST:
            yield text


def name_of(cell: NotebookNode) -> str | None:
    """Return the name that nbgrader gave to a cell."""
    name = cell.metadata.get("nbgrader", {}).get("grade_id")
    return name if isinstance(name, str) else None


def _words(text: str) -> Counter[str]:
    return Counter(WORD.findall(_TARGET.sub("]", text)))


def _prose(text: str, cell_type: str) -> str:
    """Return the text of a cell: the comments and strings of code, or everything if it is not Python."""
    if cell_type != "code":
        return text
    try:
        found = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (SyntaxError, tokenize.TokenError):
        return "" if text.lstrip().startswith(("%", "!")) else text
    names = [one.type == tokenize.NAME and not _IS_KEYWORD(one.string) for one in found]
    if any(a and b for a, b in pairwise(names)):  # two names in a row do not occur in code
        return text
    return "\n".join(one.string for one in found if one.type in (tokenize.COMMENT, tokenize.STRING))


def _normalized(cell: dict) -> NotebookNode:
    """Normalize a cell to the nbformat schema."""
    source = cell.get("source", "")
    text = "".join(source) if isinstance(source, list) else str(source)
    metadata = cell.get("metadata", {})
    if not isinstance(metadata.get("nbgrader", {}), dict):
        metadata = {key: value for key, value in metadata.items() if key != "nbgrader"}
    made = _new_cell(cell["cell_type"], text, metadata)
    if isinstance(cell.get("id"), str) and re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", cell["id"]):
        made.id = cell["id"]
    if isinstance(cell.get("attachments"), dict) and cell["cell_type"] != "code":
        made.attachments = cell["attachments"]
    return made


def _new_cell(cell_type: str, source: str, metadata: dict) -> NotebookNode:
    """Return a cell; nbformat's own function validates it, which takes too long."""
    made = {"cell_type": cell_type, "id": uuid4().hex[:8], "metadata": metadata, "source": source}
    if cell_type == "code":
        made |= {"execution_count": None, "outputs": []}
    return nbformat.from_dict(made)


def _deduplicate_grade_ids(notebook: NotebookNode, cells: dict[str, CellSpec]) -> list[str]:
    """Deduplicate grade_ids: one cell keeps each, and the others lose nbgrader's metadata."""
    said, found = [], defaultdict(list)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if isinstance(name, str) and name in cells:
            found[name].append(cell)
        elif "nbgrader" in cell.metadata:
            del cell.metadata["nbgrader"]
            if name:
                said.append(f"The cell {str(name)[:80]} does not belong to this assignment.")
    for name, same in found.items():
        if len(same) > 1:
            answered = [cell for cell in same if _is_answered(cell, cells[name])]
            kept = (answered or same)[-1]
            whole = _joined(answered) if cells[name].cell_type == "markdown" else ""
            if whole:
                said.append(f"There are {len(same)} cells {name}; their texts were joined in the last one.")
                kept.source = whole
            else:
                said.append(f"There are {len(same)} cells {name}; the answered one was used.")
            for cell in same:
                if cell is not kept:
                    del cell.metadata["nbgrader"]
                    # An unanswered copy would run after the answer and undo it.
                    if whole or (answered and cell not in answered):
                        notebook.cells = [other for other in notebook.cells if other is not cell]
    ids = defaultdict(int)
    for cell in notebook.cells:
        ids[cell.id] += 1
        if ids[cell.id] > 1 or not cell.id:
            cell.id = uuid4().hex[:8]
    return said


def _joined(answered: list[NotebookNode]) -> str:
    """Return the parts of a written answer that was split; empty if one cell has all of it."""
    texts = list(dict.fromkeys(with_plain_line_ends(cell.source).strip() for cell in answered))
    parts = [one for one in texts if not any(one in other for other in texts if other != one)]
    return "\n\n".join(parts) if len(parts) > 1 else ""


def _is_answered(cell: NotebookNode, original: CellSpec) -> bool:
    """Say whether an answer was changed."""
    meta = {"nbgrader": {**original.metadata, "checksum": original.checksum}}
    return original.solution and not is_as_handed_out({**cell, "metadata": meta})


def _overwrite(cell: NotebookNode, original: CellSpec) -> list[str]:
    said = []
    if cell.cell_type != original.cell_type:
        said.append(f"The cell {original.name} was turned into a {cell.cell_type} cell.")
        changed = _new_cell(original.cell_type, cell.source, cell.metadata) | {"id": cell.id}
        cell.clear()
        cell.update(changed)
    if original.locked:
        cell.source = original.source
    tags = cell.metadata.get("tags")
    if isinstance(tags, list) and _NOT_RUN & set(map(str, tags)):
        said.append(
            f"The cell {original.name} had a tag that would have kept it from running; the tag was ignored."
        )
        cell.metadata["tags"] = [tag for tag in tags if str(tag) not in _NOT_RUN]
    noted = {"cell_type": original.cell_type} if "cell_type" in cell.metadata["nbgrader"] else {}
    cell.metadata["nbgrader"] = NotebookNode(original.metadata | noted)
    return said


def _restore(notebook: NotebookNode, cells: dict[str, CellSpec]) -> list[str]:
    """Insert each missing cell after the cell that it follows in the course."""
    said, place = [], 0
    at = {
        cell.metadata["nbgrader"]["grade_id"]: cell for cell in notebook.cells if "nbgrader" in cell.metadata
    }
    for name, original in cells.items():
        if name in at:
            place = next(i for i, cell in enumerate(notebook.cells) if cell is at[name]) + 1
            continue
        said.append(f"The cell {name} was missing and was put back.")
        mark = "# " if original.cell_type == "code" else ""
        text = original.source if original.locked else f"{mark}{_RESTORED}\n\n{original.source}"
        made = _new_cell(original.cell_type, text, {"nbgrader": original.metadata})
        notebook.cells.insert(place, made)
        place += 1
    return said
