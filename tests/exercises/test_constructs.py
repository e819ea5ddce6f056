"""Is every construct of Python that an exercise uses taught on a page before it?

A construct is a statement, an operator, a function, a method, an attribute or an option.  It is *taught*
where it occurs in a visible code cell of a page, and *used* where it occurs in a set-up or an answer cell
of an exercise, solution included.  An exercise may use what its own page and the pages before it teach.
"""

import ast
import builtins
import contextlib
import io
import json
import re
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import altair as alt
import pytest
from nbformat import NotebookNode, from_dict
from nbgrader.utils import is_solution
from tests.book.test_chapters import pages, read_page, visible_cells

import helpers

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "exercises" / "source").glob("*/*.ipynb"))
LESSONS = [ROOT / "chapters" / f"{slug}.md" for slug in ("first-python", "first-tables")]

# What no page teaches yet: exercise, cell and construct.
UNTAUGHT: set[tuple[str, str, str]] = set()


class Use(NamedTuple):
    """A construct in a file: where it is, in which cell, and what it is."""

    path: Path
    line: int
    cell: str
    construct: str


# --- constructs of a piece of code ---

STATEMENTS = {
    ast.If: "if",
    ast.IfExp: "a choice in a line: a if b else c",
    ast.For: "for",
    ast.While: "while",
    ast.Break: "break",
    ast.Continue: "continue",
    ast.Pass: "pass",
    ast.With: "with",
    ast.Try: "try",
    ast.Raise: "raise",
    ast.Assert: "assert",
    ast.Delete: "del",
    ast.Global: "global",
    ast.ClassDef: "class",
    ast.FunctionDef: "def",
    ast.Return: "return",
    ast.Lambda: "lambda",
    ast.Yield: "yield",
    ast.AugAssign: "assignment with an operator, such as +=",
    ast.NamedExpr: ":=",
    ast.ListComp: "list comprehension",
    ast.SetComp: "set comprehension",
    ast.DictComp: "dictionary comprehension",
    ast.GeneratorExp: "generator expression",
    ast.List: "list",
    ast.Dict: "dictionary",
    ast.Set: "set",
    ast.Starred: "star before a value",
    ast.Subscript: "square brackets after a value",
    ast.JoinedStr: "f-string",
    ast.And: "and",
    ast.Or: "or",
    ast.Not: "not",
    ast.USub: "- before a value",
    ast.Invert: "~",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
}


def constructs(code: str) -> Iterator[tuple[int, str]]:
    """Yield every construct of a piece of code with its line, from 1."""
    tree = ast.parse(code)
    own = own_names(tree)
    line = 1
    for node in walk(tree):
        line = getattr(node, "lineno", line)  # an operator has no line
        for construct in of_node(node, own, code):
            yield line, construct


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and what is in it, each before its parts."""
    yield node
    for child in ast.iter_child_nodes(node):
        yield from walk(child)


def own_names(tree: ast.AST) -> set[str]:
    """Return the names that the code makes itself: what it assigns, defines or takes for a parameter."""
    made = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    made |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return made | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}


def of_node(node: ast.AST, own: set[str], code: str) -> Iterator[str]:
    """Yield the constructs that one node shows."""
    if type(node) in STATEMENTS:
        yield STATEMENTS[type(node)]
    if isinstance(node, ast.Attribute):
        yield f".{node.attr}"
    elif isinstance(node, ast.Name) and node.id not in own and hasattr(builtins, node.id):
        yield f"{node.id}()"
    elif isinstance(node, ast.keyword):
        yield f"{node.arg}=" if node.arg else "**"
    elif isinstance(node, ast.Slice):
        yield "slice with a step" if node.step else "slice"
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        yield "two values in square brackets"
    elif isinstance(node, ast.arguments) and node.defaults:
        yield "default of a parameter"
    elif isinstance(node, ast.Assign):
        if len(node.targets) > 1:
            yield "two names for one value: a = b = c"
        if any(isinstance(target, ast.Tuple) for target in node.targets):
            yield "several names at once: a, b = c"
    elif isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Tuple):
        yield "several names in a loop"
    elif isinstance(node, ast.ImportFrom):
        yield "from ... import"
        yield from (f"{alias.name}()" for alias in node.names if hasattr(helpers, alias.name))
    elif isinstance(node, ast.Import):
        yield "import"
        yield from (f"import {alias.name}" for alias in node.names)
    if isinstance(node, ast.comprehension) and node.ifs:
        yield "comprehension with if"
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield from of_constant(node, code)


def of_constant(node: ast.Constant | ast.JoinedStr, code: str) -> Iterator[str]:
    """Yield what is special about a value that is written out."""
    if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool)):
        yield str(node.value)
    if re.match(r"(?i)(r|rf|fr|rb|br)['\"]", ast.get_source_segment(code, node) or ""):
        yield "raw string"


# --- who uses what, and who teaches what ---


def cells_of(notebook: Path) -> Iterator[tuple[NotebookNode, int]]:
    """Yield the set-up cell and the answer cells in code, with the line before their first."""
    raw = notebook.read_text(encoding="utf-8")
    lines = raw.splitlines()
    for cell in json.loads(raw)["cells"]:
        if cell["cell_type"] != "code" or not (cell["id"] == "set-up" or is_solution(from_dict(cell))):
            continue
        start = next(n for n, line in enumerate(lines) if re.match(rf'\s*"id": "{cell["id"]}"', line))
        yield (
            from_dict(cell),
            next(n for n, line in enumerate(lines) if n > start and '"source": [' in line) + 1,
        )


def uses(notebook: Path) -> Iterator[Use]:
    """Yield every construct that an exercise asks for, at its first place in each cell.

    A list or a dictionary that the answer cell hands out is only filled in.
    """
    for cell, before in cells_of(notebook):
        source = "".join(cell.source)
        handed_out = {construct for _, construct in constructs(source.partition("### BEGIN SOLUTION")[0])}
        seen = {"list", "dictionary"} & handed_out if is_solution(cell) else set()
        for line, construct in constructs(source):
            if construct not in seen:
                seen.add(construct)
                yield Use(notebook, before + line, cell.id, construct)


@cache
def taught_on(page: Path) -> frozenset[str]:
    """Return the constructs in the visible cells of a page."""
    code = "\n\n".join(content for _, content in visible_cells(read_page(page)))
    return frozenset(construct for _, construct in constructs(code))


def untaught(notebooks: list[Path], pages: list[Path]) -> Iterator[Use]:
    """Yield what an exercise uses and neither its page nor one before it teaches."""
    slugs = [page.stem for page in pages]
    for notebook in notebooks:
        assert notebook.stem in slugs, f"{notebook}:1: no page of the book has this exercise"
        known = frozenset().union(*(taught_on(page) for page in pages[: slugs.index(notebook.stem) + 1]))
        yield from (use for use in uses(notebook) if use.construct not in known)


def complaint(use: Use) -> str:
    """Return a complaint in the form that editors can jump to."""
    path = use.path.relative_to(ROOT) if use.path.is_relative_to(ROOT) else use.path
    return f"{path}:{use.line}: {use.cell}: {use.construct} is taught on no page up to {use.path.stem}"


def test_constructs_are_taught_before_they_are_used():
    """Does an exercise use only what a page before it, or its own page, has shown?"""
    found = [
        use
        for use in untaught(SOURCES, pages(chapters=True))
        if (use.path.stem, use.cell, use.construct) not in UNTAUGHT
    ]
    assert not found, "\n" + "\n".join(map(complaint, found))


def test_what_is_excused_is_untaught():
    """Is there no excuse left for what is taught by now?"""
    found = {(use.path.stem, use.cell, use.construct) for use in untaught(SOURCES, pages(chapters=True))}
    assert sorted(UNTAUGHT - found) == []


# --- is the test blind? ---


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("if a:\n    b", "if"),
        ("b if a else c", "a choice in a line: a if b else c"),
        ("while a:\n    b", "while"),
        ("def f(a=1):\n    return a", "default of a parameter"),
        ("lambda a: a", "lambda"),
        ("[a for a in b]", "list comprehension"),
        ("[a for a in b if a]", "comprehension with if"),
        ("{a: 1 for a in b}", "dictionary comprehension"),
        ("f(a for a in b)", "generator expression"),
        ("for a, b in c:\n    a", "several names in a loop"),
        ("a, b = c", "several names at once: a, b = c"),
        ("a = b = c", "two names for one value: a = b = c"),
        ("a += 1", "assignment with an operator, such as +="),
        ("a[0]", "square brackets after a value"),
        ("a[1:]", "slice"),
        ("a[1::2]", "slice with a step"),
        ("a.loc[b, 'c']", "two values in square brackets"),
        ('f"{a}"', "f-string"),
        ('rf"{a}"', "raw string"),
        ("f(a=1)", "a="),
        ("not a", "not"),
        ("a or b", "or"),
        ("a not in b", "not in"),
        ("a & b", "&"),
        ("a.strip()", ".strip"),
        ("a.str.contains('b')", ".contains"),
        ("sum(a)", "sum()"),
        ("import re", "import re"),
        ("from helpers import count_edits", "count_edits()"),
        ("a = None", "None"),
        ("a = True", "True"),
    ],
)
def test_construct_is_seen(code, wanted):
    """Is a construct found in a piece of code, and not in one that has no construct at all?"""
    assert wanted in [construct for _, construct in constructs(code)]
    assert not list(constructs("a = b"))


def test_own_names_are_no_constructs():
    """Is a name that the code makes itself, such as `sum`, taken for the code's own?"""
    assert not {"sum()"} & {construct for _, construct in constructs("sum = 1\nprint(sum)")}


def test_an_untaught_page_is_seen():
    """Without the lesson on Python, is a line named that needs it?"""
    before = [page for page in pages(chapters=True) if page.stem != "first-python"]
    found = {(use.path.stem, use.cell, use.construct): use for use in untaught(SOURCES, before)}
    use = found["dates-and-chronology", "answer-order-is-sure", "while"]
    assert "while first[9:]" in use.path.read_text(encoding="utf-8").splitlines()[use.line - 1]


def test_a_planted_construct_is_seen(tmp_path):
    """Is a construct found on its line that only a solution has?"""
    text = (ROOT / "exercises" / "source" / "deng-1962" / "deng-1962.ipynb").read_text(encoding="utf-8")
    before = "answer_named_twice.append(party)"
    assert text.count(before) == 1
    planted = tmp_path / "deng-1962.ipynb"
    planted.write_text(
        text.replace(before, "answer_named_twice = max(wished, key=lambda a: a)"), encoding="utf-8"
    )
    allowed = list(untaught([planted.parent / "deng-1962.ipynb"], pages(chapters=True)))
    line = next(
        n for n, row in enumerate(planted.read_text(encoding="utf-8").splitlines(), 1) if "max(wished" in row
    )
    assert {"lambda", "key="} <= {use.construct for use in allowed}
    assert {use.line for use in allowed} == {line}
    assert complaint(allowed[0]).startswith(f"{planted}:{line}: answer-parties-named-twice: ")


# --- do the lessons tell the truth? ---


def run(code: str, session: dict) -> str:
    """Run code and return what a notebook shows below it: what is printed, the last value, or the error."""
    shown = io.StringIO()
    try:
        tree = ast.parse(code)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        with contextlib.redirect_stdout(shown), warnings.catch_warnings():
            warnings.simplefilter("error")
            exec(compile(tree, "<cell>", "exec"), session)
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), session) if last else None
            if isinstance(value, alt.TopLevelMixin):
                return json.dumps(value.to_dict(), allow_nan=False)  # a chart fails when it is drawn
    except SyntaxError as error:
        return f"{type(error).__name__}: {error.msg}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return shown.getvalue() + (repr(value) if value is not None else "")


def told(path: Path) -> Iterator[tuple[int, str, str | None]]:
    """Yield the code of a lesson, cells and answers, with its line and the output that the page tells."""
    page = read_page(path)
    visible = dict(visible_cells(page))
    blocks = sorted((b for b in page.blocks if b.name in ("code", "code-cell")), key=lambda b: b.line)
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        if block.line in visible:
            yield block.line, block.content, None
        elif block.name == "code" and page.raw[block.line - 1].strip() == "```python":
            end = block.line + len(block.content.splitlines()) + 1
            follows = after and after.line == end + 2 and page.raw[after.line - 1].strip() == "```text"
            yield block.line, block.content, after.content if follows else None


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_lesson_tells_the_truth(path, monkeypatch):
    """Does every answer and every error of a lesson give what the page says, in the order of the page?"""
    monkeypatch.chdir(path.parent)
    session = {"__name__": "__main__"}
    wrong = []
    for line, code, wanted in told(path):
        got = run(code, session).strip()
        failed = re.match(r"\w+(Error|Warning): ", got)
        if wanted is None and failed:
            wrong.append(f"{path.name}:{line}: {got}")
        # Python adds a guess to some messages, and pandas a list of remedies, which changes.
        elif wanted is not None and not (got == wanted or (failed and (got in wanted or wanted in got))):
            wrong.append(f"{path.name}:{line}: shows {got!r}, not {wanted!r}")
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_part_of_a_lesson_is_practiced(path):
    """Has every section with code a task, with its answer in a dropdown?"""
    page = read_page(path)
    tasks = [block for block in page.blocks if "try" in block.classes]
    assert len(tasks) >= 6
    assert [b.line for b in tasks if b.argument != "Try it" or "{dropdown} An answer" not in b.content] == []


def test_lessons_name_what_they_show():
    """Does the text of the lessons name every function, method and option in their cells?"""
    said, seen, unnamed = "", set(), []
    for path in LESSONS:
        page = read_page(path)
        said += " ".join(re.findall(r"`[^`]+`", "\n".join(line.raw for line in page.text)))
        for line, code in visible_cells(page):
            for n, construct in constructs(code):
                word = construct.strip(".()=")
                if re.fullmatch(r"[A-Za-z_]+", word) and word != construct and word not in seen:
                    seen.add(word)
                    if not re.search(rf"\b{word}\b", said):
                        unnamed.append(f"{path.name}:{line + n}: {construct}")
    assert len(seen) > 50
    assert not unnamed, "\n".join(unnamed)
