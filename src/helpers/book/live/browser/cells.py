"""Run the cells of a page in the browser; `cells-worker.js` runs this file in Python.

It does what a notebook's kernel does for a reader, without loading IPython: the value of the last line is
shown, printed text appears at once, and an error shows only the lines of the cells.  A page cannot stop a
cell, so a loop that does not end is stopped here.
"""

import ast
import contextlib
import gc
import hashlib
import importlib
import io
import json
import linecache
import random
import sys
import sysconfig
import time
import traceback
from importlib.machinery import PathFinder
from types import CodeType

from pyodide.code import CodeRunner, find_imports

LONGEST = 60
"""Seconds after which a loop in a cell is stopped."""

# Not the reader's own folder, in which packages would be unpacked otherwise.
PACKAGES = sysconfig.get_path("purelib")

# The formats that a page can show, the best one first, with the method that an object may have for each.
FORMATS = {
    "application/vnd.vegalite.v5+json": "",
    "text/html": "_repr_html_",
    "image/svg+xml": "_repr_svg_",
    "text/plain": "__repr__",
}


class CellTimeout(BaseException):
    """A loop ran for too long; an ordinary `except` does not catch this."""


class Session:
    """The names of one page."""

    def __init__(self):
        self.names = {"__name__": "__main__", "__doc__": None}
        self.cells = 0

    async def run(self, code, post):
        """Run a cell, send each output to `post` as a format and data, and say whether it ran to its end."""
        self.cells += 1
        file = f"<cell {self.cells}>"
        linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)
        self.names["display"] = lambda *values: [show(value, post) for value in values] and None
        out, err = Stream("stdout", post), Stream("stderr", post)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                runner = CodeRunner(code, filename=file, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT).compile()
                limit_loops(runner.code)
                value = await runner.run_async(self.names)
                if value is not None:
                    self.names["_"] = value
                    show(value, post)
            except BaseException as error:
                post("error", describe(error))
                return False
        return True


class Stream(io.TextIOBase):
    """Text that appears on the page as it is printed."""

    def __init__(self, name, post):
        self.name, self.post = name, post

    def write(self, text):
        """Send a text to the page."""
        if text:
            self.post(self.name, text)
        return len(text)

    def writable(self):
        """Return True."""
        return True


def show(value, post):
    """Send a value to the page in the best format that it has."""
    found, about = {}, {}
    if hasattr(value, "_repr_mimebundle_") and not isinstance(value, type):
        found = value._repr_mimebundle_(include=set(FORMATS), exclude=set())
        found, about = found if isinstance(found, tuple) else (found, {})
    if chart := about.get("text/html", {}).get("chart"):
        post("explorer", json.dumps({"html": found["text/html"], "chart": draw_table(chart)}, default=str))
        return
    for kind, method in FORMATS.items():
        if kind in found:
            data = found[kind]
        else:
            data = getattr(value, method)() if method and hasattr(type(value), method) else None
        if data is not None:
            # A chart goes as text, because a conversion to JavaScript would lose its nulls.
            post(kind, json.dumps(draw_table(data), default=str) if isinstance(data, dict) else data)
            return


def draw_table(chart):
    """Return a chart with its data as an HTML table, if it has a table, as on the built page."""
    more = chart.get("usermeta", {})
    if "table" not in more:
        return chart
    from helpers.html import make_table  # only the charts of this package have a table

    title = chart.get("title", "Chart")
    text = title.get("text", "Chart") if isinstance(title, dict) else title
    name = " ".join(text) if isinstance(text, list) else str(text)
    table = make_table(name, more["table"]["columns"], more["table"]["data"])
    return {**chart, "usermeta": {**more, "table": table}}


def limit_loops(code):
    """Have loops in a cell's code, and in the functions it defines, raise `CellTimeout` when time is up."""
    until = time.monotonic() + LONGEST

    def look(_code, _here, _there):
        if time.monotonic() > until:
            raise CellTimeout(f"A loop was stopped after {LONGEST} seconds.")

    monitoring = sys.monitoring
    if monitoring.get_tool(monitoring.OPTIMIZER_ID) is None:
        monitoring.use_tool_id(monitoring.OPTIMIZER_ID, "cells")
    monitoring.register_callback(monitoring.OPTIMIZER_ID, monitoring.events.JUMP, look)
    todo = [code]
    while todo:
        one = todo.pop()
        monitoring.set_local_events(monitoring.OPTIMIZER_ID, one, monitoring.events.JUMP)
        todo += [part for part in one.co_consts if isinstance(part, CodeType)]


def describe(error):
    """Return the traceback of an error with the lines of cells only."""
    told = traceback.TracebackException.from_exception(error)
    told.stack[:] = [frame for frame in told.stack if frame.filename.startswith("<cell")]
    return "".join(told.format())


def list_imports(code):
    """Return the top names of the modules that a cell imports; none if it is no Python."""
    return find_imports(code)


def check(wheel, sha256):
    """Raise an error if a wheel is not the locked one."""
    if hashlib.sha256(wheel.to_memoryview()).hexdigest() != sha256:
        raise ImportError("A package is not the one that this book was published with. Load the page again.")


class Finder:
    """Has packages unpacked when they are first imported."""

    def __init__(self, modules, unpack):
        self.left, self.unpack = set(modules), unpack

    def find_spec(self, name, path=None, target=None):
        """Unpack the package of a module, and find the module in it."""
        if name not in self.left:
            return None
        self.left.discard(name)
        self.unpack(name)
        importlib.invalidate_caches()
        return PathFinder.find_spec(name)


def unpack_when_imported(modules, unpack):
    """Have packages unpacked when they are first imported."""
    sys.meta_path.append(Finder(modules, unpack))


def stop_unpacking():
    """Forget the packages that are not unpacked, so that nothing in Python refers to the worker."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, Finder)]
    gc.collect()


# Python may come from a snapshot of its memory, in which every visit would draw the same numbers.
random.seed()
if "numpy" in sys.modules:
    sys.modules["numpy"].random.seed()
