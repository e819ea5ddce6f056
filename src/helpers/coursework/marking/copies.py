"""Find what a check inspects that is only a copy when it runs in a separate process.

The course's solution passes such a check here and in nbgrader.  A wrong answer could pass it here alone.
Wrong answers that share values or leave something behind are among the samples of a rehearsal; this finds
what those may not show, such as a check that forbids a function by replacing it.
"""

import ast
from collections.abc import Iterable

from helpers.coursework.code_names import is_python, parsed

_WHAT = {
    "the names of the notebook": "globals locals dir vars __main__ sys.modules get_ipython.user_ns",
    "the cells that ran": "In Out _ih _oh get_ipython.history_manager",
    "the code and the calls of a function": (
        "inspect dis gc trace cProfile sys.setprofile sys.settrace sys._getframe sys.getrefcount "
        "sys.setrecursionlimit"
    ),
    "what it replaces": ("setattr delattr mock unittest.mock pytest.MonkeyPatch monkeypatch"),
    "the warnings of a function": (
        "warnings.catch_warnings warnings.simplefilter warnings.filterwarnings pytest.warns"
    ),
    "the student's process": (
        "os.environ os.getenv os.getcwd os.system os.popen subprocess get_ipython.system "
        "get_ipython.getoutput threading.enumerate threading.active_count locale logging decimal.getcontext"
    ),
    "open figures": "matplotlib.pyplot.get_fignums matplotlib.pyplot.gcf matplotlib.pyplot.gca",
}
_NAMES = {name: what for what, names in _WHAT.items() for name in names.split()}
_BESIDE = set(
    "attrs flags cache_info cache_clear __doc__ __module__ __wrapped__ __dict__ __code__ __defaults__ "
    "__kwdefaults__ __closure__ __annotations__ __globals__".split()
)
_FORWARDED = {"sys.stdout", "sys.stderr"}
"""Printed output of a student's function reaches the check in any case."""


def copies_in(source: str, *, own: Iterable[str], cells: Iterable[str]) -> list[str]:
    """Return, in words, what a check inspects that is only a copy.

    Parameters
    ----------
    source
        The text of the check.
    own
        The names that the student's cells define.
    cells
        The texts of all code cells: what they import, and which names are functions.

    Examples
    --------
    >>> copies_in("sum = None\\nassert add_up([1]) == 1", own=["add_up"], cells=[])
    ['a name that it sets or deletes (`sum`)']
    >>> copies_in("assert a == b", own=["a", "b"], cells=[])
    []
    """
    tree = parsed(source)
    if tree is None:
        return []
    looker = _Looker(set(own), [tree, *filter(None, map(parsed, cells))])
    looker.visit(tree)
    return [f"{what} (`{code}`)" for what, code in looker.found.items()]


class _Looker(ast.NodeVisitor):
    def __init__(self, own: set[str], cells: list[ast.Module]):
        self.found: dict[str, str] = {}  # what it inspects, and the code that does
        self._own = own
        self._modules: dict[str, str] = {}  # imported modules by their local names
        self._functions: set[str] = set()
        self._is_outermost = True
        for node in (node for tree in cells for node in ast.walk(tree)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                self._functions.add(node.name)
            elif isinstance(node, ast.Import):
                self._modules |= {
                    one.asname or one.name.split(".")[0]: one.name if one.asname else one.name.split(".")[0]
                    for one in node.names
                }
            elif isinstance(node, ast.ImportFrom):
                self._modules |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}

    def _say(self, what: str, node: ast.AST | str) -> None:
        self.found.setdefault(what, node if isinstance(node, str) else ast.unparse(node)[:60])

    def _dotted(self, node: ast.AST) -> str:
        """Return the full name behind a name, such as `os.path.exists`; empty for one of the student's."""
        if isinstance(node, ast.Attribute):
            before = self._dotted(node.value)
            return before and f"{before}.{node.attr}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return "get_ipython" if node.func.id == "get_ipython" else ""
        if isinstance(node, ast.Name) and node.id not in self._own:
            return self._modules.get(node.id, node.id)
        return ""

    def _look_up(self, node: ast.AST) -> None:
        dotted = self._dotted(node)
        while dotted:
            if dotted in _NAMES:
                self._say(_NAMES[dotted], node)
            dotted = dotted.rpartition(".")[0]

    def _bind(self, name: str) -> None:
        if self._is_outermost and (name in self._own or is_python(name)):
            self._say("a name that it sets or deletes", name)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._look_up(node)
        else:
            self._bind(node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in _BESIDE:
            self._say("what a value has besides its content", node)
        if not isinstance(node.ctx, ast.Load):
            root, dotted = node.value, self._dotted(node)
            is_function = isinstance(root, ast.Name) and root.id in self._own & self._functions
            is_of_module = dotted.partition(".")[0] in {
                known.partition(".")[0] for known in self._modules.values()
            }
            if is_function or (is_of_module and dotted not in _FORWARDED):
                self._say("what it replaces", node)
        self._look_up(node)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        dotted, texts = self._dotted(node.func), [one.value for one in node.args if _is_text(one)]
        if dotted in ("getattr", "hasattr") and _BESIDE & set(texts):
            self._say("what a value has besides its content", node)
        if dotted.startswith("get_ipython.run_"):  # the text of a magic may be code
            for tree in filter(None, map(parsed, texts)):
                self.visit(tree)
        self.generic_visit(node)

    def _inside(self, node: ast.AST) -> None:
        """Visit a function, which has its own names."""
        bound = {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)}
        bound |= {
            one.id
            for one in ast.walk(node)
            if isinstance(one, ast.Name) and not isinstance(one.ctx, ast.Load)
        }
        shared = {name for one in ast.walk(node) if isinstance(one, ast.Global) for name in one.names}
        for name in shared & bound:
            self._bind(name)
        before = self._own, self._is_outermost
        self._own, self._is_outermost = self._own - (bound - shared), False
        self.generic_visit(node)
        self._own, self._is_outermost = before

    visit_Lambda = visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _inside

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        self._bind(node.name)
        self._inside(node)

    visit_AsyncFunctionDef = visit_ClassDef = visit_FunctionDef

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for one in node.names:
            name = one.asname or one.name.split(".")[0]
            if self._modules[name] != f"builtins.{name}":
                self._bind(name)

    visit_ImportFrom = visit_Import


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
