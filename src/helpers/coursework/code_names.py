"""The names that code reads and defines, as IPython understands the code.

Most cells are the course's own, the same for every student, so the last answers are kept.  A caller must not
change an answer, because the next caller gets the same one.
"""

import ast
import builtins
import dis
import keyword
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from types import CodeType

from IPython.core.inputtransformer2 import TransformerManager

_WORD = re.compile(r"[^\W\d]\w*")
_EXPANDED = re.compile(r"\{([^{}]+)\}|\$(\w+)")
# IPython defines these in every notebook.
_OF_IPYTHON = {"get_ipython", "display", "exit", "quit", "In", "Out"}
_MOST_NESTED = 3


@lru_cache(maxsize=1024)
def names_read(source: str) -> list[str]:
    """Return the names that a cell reads before defining them itself, in order.

    Nested functions, classes and `del` are included, and every word of a magic, which may be code; names that
    IPython defines in every notebook are not.  If code cannot be parsed, every word counts, because a missing
    name could cost points.

    Parameters
    ----------
    source
        The text of a cell, which may contain magics.

    Examples
    --------
    >>> names_read("%precision 3\\nkept = squares\\ndel squares\\nassert total(kept) == 5")
    ['squares', 'total', 'precision']
    """
    read = _read(source, 0)
    if read is None:
        read = [word for word in _WORD.findall(source) if not keyword.iskeyword(word)]
    return [name for name in dict.fromkeys(read) if not _is_given(name)]


@lru_cache(maxsize=1024)
def names_made(source: str) -> set[str]:
    """Return the names that a cell defines at the top level, without imports.

    Examples
    --------
    >>> sorted(names_made("import os\\nsum = 3\\ndef f():\\n    inner = 1"))
    ['f', 'sum']
    """
    code = _compiled(source)
    return {name for what, name in _steps(code) if what == "make"} if code else set()


@lru_cache(maxsize=1024)
def imports_of(source: str) -> dict[str, str]:
    """Return the names that a cell imports anywhere, with what each of them is.

    Examples
    --------
    >>> imports_of("import os.path\\nfrom math import pi as p")
    {'os': 'os', 'p': 'math.pi'}
    """
    tree = parsed(source)
    found: dict[str, str] = {}
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Import):
            found |= {
                one.asname or one.name.split(".")[0]: (one.asname and one.name) or one.name.split(".")[0]
                for one in node.names
            }
        elif isinstance(node, ast.ImportFrom):
            found |= {
                one.asname or one.name: f"{'.' * node.level}{node.module or ''}.{one.name}"
                for one in node.names
            }
    return found


@lru_cache(maxsize=512)
def parsed(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell, which may have magics; None if it is not Python."""
    return _compiled(source, ast.PyCF_ONLY_AST)


def is_python(name: str) -> bool:
    """Say whether a name is built into Python."""
    return hasattr(builtins, name)


def _is_given(name: str) -> bool:
    return name in _OF_IPYTHON or name.startswith("__") or not name.strip("_0123456789")


def _compiled(source: str, flags: int = 0) -> CodeType | ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            python = TransformerManager().transform_cell(source)
            flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
            return compile(python, "<cell>", "exec", flags=flags, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return None


def _read(source: str, nested: int) -> list[str] | None:
    """Return the names that code reads; None if it is not Python."""
    code = _compiled(source)
    if code is None:
        return None
    made: set[str] = set()
    found: list[str] = []
    for what, name in _steps(code):
        if what != "read":
            made.add(name)
        elif name not in made:
            found.append(name)
    if "get_ipython" in found and nested < _MOST_NESTED:
        found += [name for text in _texts(code) for name in _read_by_magic(text, nested) if name not in made]
    return found


def _steps(code: CodeType, *, inside: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the uses of a notebook's names in order: ("read", "make" or "import", name)."""
    own: set[str] = set()  # a class's own names are not the notebook's
    before = ""
    for step in dis.get_instructions(code):
        if isinstance(step.argval, CodeType):
            yield from _steps(step.argval, inside=True)
        elif "GLOBAL" in step.opname or step.opname.endswith("_NAME"):
            is_global = "GLOBAL" in step.opname
            if step.opname.startswith("STORE"):
                if not inside:
                    yield ("import" if before.startswith("IMPORT") else "make"), step.argval
                elif not is_global:
                    own.add(step.argval)
            elif step.opname != "IMPORT_NAME" and (is_global or step.argval not in own or not inside):
                yield "read", step.argval
        before = step.opname


def _texts(code: CodeType) -> Iterator[str]:
    for constant in code.co_consts:
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, CodeType):
            yield from _texts(constant)


def _read_by_magic(text: str, nested: int) -> list[str]:
    """Return the names that a magic may read: its text may be code, or have names in braces."""
    code = [text, *("".join(found) for found in _EXPANDED.findall(text))]
    return [name for one in code for name in _read(one, nested + 1) or ()]
