"""Find what a check inspects that is only a copy when it runs in a separate process.

The course's solution passes such a check here and in nbgrader.  A wrong answer could pass it here alone,
because whatever it leaves behind, shares or calls is in another process.
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
    "the identity of values": "id numpy.shares_memory numpy.may_share_memory weakref",
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
_FILES = set(
    "open io.open os.path.exists os.path.isfile os.path.isdir os.path.getsize os.path.lexists os.listdir "
    "os.scandir os.walk os.stat os.access glob.glob glob.iglob".split()
)
_FILES_OF_PATHS = {"exists", "is_file", "is_dir", "iterdir", "glob", "rglob", "read_text", "read_bytes"}
_BESIDE = set(
    "attrs flags cache_info cache_clear __doc__ __module__ __wrapped__ __dict__ __code__ __defaults__ "
    "__kwdefaults__ __closure__ __annotations__ __globals__".split()
)
_CHANGES = {"pop", "popitem", "setdefault", "remove", "popleft"}
_CHANGED = {"random.shuffle", "heapq.heappush", "heapq.heappop", "heapq.heapify", "bisect.insort"}
_FORWARDED = {"sys.stdout", "sys.stderr"}
"""Printed output of a student's function reaches the check in any case."""


def copies_in(source: str, *, own: Iterable[str], cells: Iterable[str], files: Iterable[str]) -> list[str]:
    """Return, in words, what a check inspects that is only a copy.

    Parameters
    ----------
    source
        The text of the check.
    own
        The names that the student's cells define.
    cells
        The texts of all code cells: what they import, and which names are functions.
    files
        The names of the files that the course provides.

    Examples
    --------
    >>> copies_in("assert a is not b", own=["a", "b"], cells=[], files=[])
    ['whether two values are the same object (`a is not b`)']
    >>> copies_in("assert a == b", own=["a", "b"], cells=[], files=[])
    []
    """
    tree = parsed(source)
    if tree is None:
        return []
    looker = _Looker(set(own), [found for text in cells if (found := parsed(text))], set(files), tree)
    looker.visit(tree)
    return [f"{what} (`{code}`)" for what, code in looker.found.items()]


class _Looker(ast.NodeVisitor):
    def __init__(self, own: set[str], cells: list[ast.Module], files: set[str], check: ast.Module):
        self.found: dict[str, str] = {}  # what it inspects, and the code that does
        self._own, self._files, self._check, self._cells = own, files, check, cells
        self._modules: dict[str, str] = {}  # imported modules by their local names
        self._functions: set[str] = set()
        self._roots: dict[str, str] = {}  # names in the check that refer to part of a student's value
        self._passed: set[str] = set()  # arguments, which a function changes here too
        self._called = self._changed = ""
        self._is_outermost, self._is_argument = True, False
        for node in (node for tree in (*cells, check) for node in ast.walk(tree)):
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
        return (
            self._modules.get(node.id, node.id) if isinstance(node, ast.Name) and not self._root(node) else ""
        )

    def _root(self, node: ast.AST) -> str:
        """Return the student's name that this is a part of."""
        while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        return self._roots.get(node.id, node.id if node.id in self._own else "")

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
        if not isinstance(node.ctx, ast.Load):
            return self._bind(node.id)
        if node.id not in self._own:
            return self._look_up(node)
        if self._is_argument:
            self._passed.add(node.id)
        elif self._called and node.id not in self._functions | self._passed:
            self._say(f"what a function has changed or left ({self._called})", node)
        if self._changed and node.id != self._changed:
            self._say(f"what changes together with `{self._changed}`", node)
        return None

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in _BESIDE:
            self._say("what a value has besides its content", node)
        if not isinstance(node.ctx, ast.Load):
            root, dotted = self._root(node), self._dotted(node)
            if root in self._functions or (self._is_of_module(dotted) and dotted not in _FORWARDED):
                self._say("what it replaces", node)
            self._changed = root or self._changed
        self._look_up(node)
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load):
            self._changed = self._root(node) or self._changed

    def visit_Expr(self, node: ast.Expr) -> None:
        self.generic_visit(node)
        if isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
            self._changed = (
                self._root(node.value.func) or self._changed
            )  # a bare call usually changes something

    def visit_Call(self, node: ast.Call) -> None:
        dotted, texts = self._dotted(node.func), [one.value for one in node.args if _is_text(one)]
        is_own = isinstance(node.func, ast.Name) and node.func.id in self._own
        before, self._is_argument = self._is_argument, is_own or self._is_argument
        if not is_own:
            self.visit(node.func)
        for one in (*node.args, *node.keywords):
            self.visit(one)
        self._is_argument = before
        if is_own:
            self._called = f"`{node.func.id}`"
        if dotted in ("getattr", "hasattr") and _BESIDE & set(texts):
            self._say("what a value has besides its content", node)
        asks = dotted in _FILES or getattr(node.func, "attr", "") in _FILES_OF_PATHS
        if asks and not self._is_of_course(node):
            self._say("a file that the course does not give", node)
        if dotted.startswith("get_ipython.run_"):  # the text of a magic may be code
            for tree in filter(None, map(parsed, texts)):
                self.visit(tree)
        if dotted in _CHANGED and node.args:
            self._changed = self._root(node.args[0]) or self._changed
        elif getattr(node.func, "attr", "") in _CHANGES:
            self._changed = self._root(node.func) or self._changed

    def _is_of_course(self, call: ast.Call) -> bool:
        """Say whether a file is one of the course's, or a folder with one in it.

        The call names it, or the check does, or the answer if the call is a method of the student's path.
        """
        is_own = isinstance(call.func, ast.Attribute) and self._root(call.func.value)
        names = _texts(call) or {
            name for place in (self._check, *(self._cells if is_own else ())) for name in _texts(place)
        }
        return any(file == name or file.startswith(f"{name}/") for file in self._files for name in names)

    def visit_Compare(self, node: ast.Compare) -> None:
        sides = [node.left, *node.comparators]
        for operator, left, right in zip(node.ops, sides, sides[1:], strict=False):
            if isinstance(operator, ast.Is | ast.IsNot):
                is_view = any(isinstance(one, ast.Attribute) and one.attr == "base" for one in (left, right))
                if is_view or not (self._is_fixed(left) or self._is_fixed(right)):
                    self._say("whether two values are the same object", node)
        self.generic_visit(node)

    def _is_fixed(self, node: ast.AST) -> bool:
        """Say whether a value is the same object in every process: None, a type, or what a module defines."""
        if isinstance(node, ast.Call):
            return self._dotted(node.func) == "type"
        dotted = self._dotted(node)
        return isinstance(node, ast.Constant) or is_python(dotted) or self._is_of_module(dotted)

    def _is_of_module(self, dotted: str) -> bool:
        root = dotted.partition(".")[0]
        return any(root == known.partition(".")[0] for known in self._modules.values())

    def visit_Assign(self, node: ast.Assign | ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)
        for target in getattr(node, "targets", None) or [node.target]:
            self._alias(target, node.value)
            self.visit(target)

    visit_AnnAssign = visit_Assign

    def visit_For(self, node: ast.For) -> None:
        self._alias(node.target, node.iter)
        self.visit(node.iter)  # the loop variable is set anew in each round and is seldom a function
        for statement in (*node.body, *node.orelse):
            self.visit(statement)

    def _alias(self, target: ast.AST, value: ast.AST | None) -> None:
        if isinstance(target, ast.Name) and value and (root := self._root(value)):
            self._roots[target.id] = root

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


def _texts(place: ast.AST) -> set[str]:
    return {one.value.removeprefix("./").rstrip("/") for one in ast.walk(place) if _is_text(one)}
