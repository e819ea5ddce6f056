"""Say whether a notebook could get other points in nbgrader, so that it also runs as it would run there.

nbgrader runs a check among the student's cells.  Here it runs in another process, with the values of the
student's names.  Both give the same points if every check only reads plain values that the answers define:
nothing else can come from the student, and nothing stays for later cells.
"""

import ast
from collections.abc import Iterable
from functools import lru_cache

from helpers.coursework.code_names import imports_of, is_python, names_made, names_read, parsed

# Names and modules through which a check sees more than the names that it mentions.
_SEES_MORE = frozenset(
    "globals locals vars dir get_ipython In Out open exec eval setattr delattr input __import__ "
    "sys os io gc inspect dis doctest unittest pytest mock warnings logging random threading subprocess "
    "pathlib glob shutil tempfile weakref locale decimal importlib contextlib matplotlib".split()
)


def could_differ(
    cells: Iterable[str], checks: Iterable[str], *, given: Iterable[str], answers: frozenset[str]
) -> bool:
    """Say whether a check could give other points among the student's cells.

    Parameters
    ----------
    cells
        The texts of the student's own code cells, as they were handed in.
    checks
        The texts of the checks.
    given
        The texts of the course's code cells without points.
    answers
        The names that the course's solution defines.

    Examples
    --------
    >>> could_differ(["total = 3"], ["assert total == 3"], given=[], answers=frozenset({"total"}))
    False
    >>> could_differ(["def f(): return 3"], ["assert f() == 3"], given=[], answers=frozenset({"f"}))
    True
    """
    cells, checks, given = list(cells), list(checks), list(given)
    imports = _imports_in([*given, *cells])
    modules = {name for name, _ in imports | _imports_in(checks)}
    made = {name for text in cells for name in names_made(text)}
    own = made | {name for text in cells for name in names_read(text)}
    shared = {name for text in given for name in names_made(text)}
    # A student may give a new meaning to `sum`; the check still means Python's.
    replaced = {name for name in made - answers if is_python(name)}
    return any(_reaches_further(text, modules) for text in cells) or any(
        not _only_reads(text, answers, frozenset(shared | replaced)) or own & _made_by(text, imports)
        for text in checks
    )


def _imports_in(texts: Iterable[str]) -> set[tuple[str, str]]:
    return {pair for text in texts for pair in imports_of(text).items()}


def _made_by(check: str, imports: set[tuple[str, str]]) -> set[str]:
    """Return the names to which a check gives another value than they had."""
    return names_made(check) | {
        name
        for name, what in imports_of(check).items()
        if what != f"builtins.{name}" and (name, what) not in imports
    }


@lru_cache(maxsize=1024)
def _only_reads(check: str, answers: frozenset[str], shared: frozenset[str]) -> bool:
    """Say whether a check reads nothing that is shared, and calls and changes no answer."""
    tree = parsed(check)
    if tree is None or _SEES_MORE & set(_words(check)) or shared & set(names_read(check)):
        return False
    touched = (
        node.func if isinstance(node, ast.Call) else node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call | ast.Attribute) or _is_changed(node)
    )
    deleted = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del)
    }
    return not answers & ({node.id for node in touched if isinstance(node, ast.Name)} | deleted)


def _is_changed(node: ast.AST) -> bool:
    return isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load)


def _reaches_further(text: str, imported: set[str]) -> bool:
    """Say whether a student's cell changes something imported, makes a kind of value, or is not Python."""
    tree = parsed(text)
    if tree is None:
        return True
    return any(
        (isinstance(node, ast.ClassDef) and node.bases)
        or (
            isinstance(node, ast.Attribute)
            and not isinstance(node.ctx, ast.Load)
            and isinstance(node.value, ast.Name)
            and node.value.id in imported
        )
        for node in ast.walk(tree)
    )


def _words(text: str) -> Iterable[str]:
    """Return every name in a text, also of modules and attributes."""
    tree = parsed(text)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield from node.name.split(".")
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module or "").split(".")
