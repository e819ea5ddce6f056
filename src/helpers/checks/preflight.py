"""The last cell of an exercise: is the saved notebook ready to be handed in?"""

import ast
import re
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from helpers.checks import opening
from helpers.checks.mark import sentence_html, shown
from helpers.notebooks import examine

_HEADS = {
    "other": "Another notebook",
    "missing": "Missing",
    "double": "In the notebook more than once",
    "changed": "Changed",
    "unanswered": "Not answered yet",
    "elsewhere": "Answered in another cell",
    "unready": "Not ready yet",
    "broken": "Cannot be run",
    "undefined": "Uses an undefined name",
    "asks": "Waits for input",
    "heavy": "Too large",
    "unsaved": "Not saved yet",
}
_ITEM = re.compile(r"^(?:[-*]|\d+[.)]) +(.+)$", re.MULTILINE)


@dataclass(frozen=True, repr=False)
class Checkup:
    """What is wrong with a notebook, in groups, and when it was saved.

    Attributes
    ----------
    name
        The name of the exercise.
    findings
        The results of :func:`helpers.notebooks.examine.examine`, and those of kind ``unsaved``.
    saved
        A sentence about the file itself.
    marked
        Where marks are given in the browser: the points so far, and the answers that a person will mark, each
        with what to check in it.
    """

    name: str
    findings: tuple[examine.Finding, ...]
    saved: str
    marked: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Whether the notebook can be handed in as it is."""
        return not self.findings

    def __repr__(self) -> str:
        lines = [self._head, *(f"- {sentence}" for group in self._groups().values() for sentence in group)]
        for head, items in self.marked.items():
            lines += [head, *(f"- {item}" for item in items)]
        return "\n".join([*lines, self.saved])

    def _repr_html_(self) -> str:
        lists = {f"{_HEADS[kind]}:": sentences for kind, sentences in self._groups().items()}
        lists |= self.marked
        groups = "".join(
            f"<p>{sentence_html(head)}</p>" + (f"<ul>{''.join(map(_item, items))}</ul>" if items else "")
            for head, items in lists.items()
        )
        head, saved = sentence_html(self._head), sentence_html(self.saved)
        return f'<div class="checkup"><p><strong>{head}</strong></p>{groups}<p>{saved}</p></div>'

    @property
    def _head(self) -> str:
        if self.ready:
            return "Every question has an answer, nothing is missing, and what you ran is saved."
        n = len(self.findings)
        return f"Before you hand in, look at {n} {'thing' if n == 1 else 'things'}."

    def _groups(self) -> dict[str, list[str]]:
        groups = {kind: [f.sentence for f in self.findings if f.kind == kind] for kind in _HEADS}
        return {kind: [shown(s) for s in sentences] for kind, sentences in groups.items() if sentences}


def _item(sentence: str) -> str:
    return f"<li>{sentence_html(sentence)}</li>"


def check_notebook(name: str) -> Checkup:
    """Return what is left to do before the notebook of an exercise is handed in.

    It reads the saved file, because that is what will be marked.  It reports what is unanswered, changed,
    missing or repeated, and answers that were run in another form than the saved one.  It does not say
    whether an answer is right.

    Parameters
    ----------
    name
        The name of the exercise; the file must be called ``NAME.ipynb`` and be next to the running notebook.

    Returns
    -------
    Checkup
        The result displays itself; `ready` is true if nothing was found.  It raises no error.

    Examples
    --------
    >>> check_notebook("deng-1962").ready
    False
    """
    path = Path(f"{name}.ipynb")
    try:
        notebook = examine.read_notebook(path)
        saved_at = path.stat().st_mtime
    except examine.NotebookError as error:
        hint = f"Marking looks for a file with this name: your notebook must be called {path}."
        return Checkup(
            name, (examine.Finding("missing", "", f"{error} {hint}"),), "Nothing could be checked."
        )
    findings = [*examine.examine(notebook, name=path.name), *_unsaved(notebook, _run_so_far())]
    clock = time.strftime("%H:%M", time.localtime(saved_at))
    saved = f"{path} was last saved at {clock}; later changes are not in it. Save with Ctrl+S or Cmd+S."
    return Checkup(name, tuple(findings), saved, _marked(notebook, name))


def _marked(notebook: dict, name: str) -> dict[str, list[str]]:
    """Return what was marked in this session, and what a person will look for in the other answers."""
    sentences = opening.summary(name)
    if not sentences:
        return {}
    marked: dict[str, list[str]] = {" ".join(sentences): []}
    cells = dict(examine.cells_by_name(notebook))
    for task in opening.by_hand(name):
        question = cells.get(f"question-{task}", {})
        if asked := [shown(item.replace("*", "")) for item in _ITEM.findall(examine.source_of(question))]:
            marked[f"{examine.title_of(notebook, task)} will be marked by a person. Read it once more:"] = (
                asked
            )
    return marked


def _run_so_far() -> list[str]:
    """Return the cells that were run in this session, in order; empty outside a notebook."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return list(shell.history_manager.input_hist_raw) if shell else []


def _unsaved(notebook: dict, ran: list[str]) -> list[examine.Finding]:
    """Return the answers that were last run in a form that no cell of the file has."""
    last = {answer: source.strip() for source in ran for answer in _assigned(source)}
    in_file = {examine.source_of(cell).strip() for cell in notebook["cells"]}
    found = []
    for name, cell in examine.cells_by_name(notebook):
        if cell["cell_type"] != "code" or not cell["metadata"]["nbgrader"].get("solution"):
            continue
        given = [last[answer] for answer in _assigned(examine.source_of(cell)) if answer in last]
        if not in_file.issuperset(given):
            title = examine.title_of(notebook, name)
            sentence = (
                f"{title}: the version that you last ran is not in the file. Save, or run the answer again."
            )
            found.append(examine.Finding("unsaved", name, sentence))
    return found


def _assigned(source: str) -> set[str]:
    """Return the answers in a cell: its functions, and the variables whose names begin with ``answer``."""
    tree = examine.parse_if_possible(source)
    if tree is None:
        return set()
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    functions = {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
    return {name for name in names if name.startswith("answer")} | functions
