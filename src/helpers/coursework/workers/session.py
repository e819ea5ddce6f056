"""Run a cell of code without a kernel, and collect its outputs in the form of a notebook."""

import _thread
import base64
import builtins
import contextlib
import io
import json
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type

# The most characters that a cell may print before the rest is left out.
_MOST_TEXT = 2_000_000
# Limits for the outputs of all cells of a process, as JSON; for the text of an error; and for its traceback.
_MOST_IN_ALL = 16_000_000
_LONGEST_ERROR, _LONGEST_TRACEBACK = 20_000, 200_000
_LEFT_OUT = "\n... the rest of this output was left out ...\n"
_TIMEOUT = {
    "output_type": "error",
    "ename": "CellTimeoutError",
    "evalue": "",
    "traceback": ["\x1b[0;31mCellTimeoutError\x1b[0m: No reply from kernel before timeout"],
}


# What calls a cell in a kernel is so many frames deep, without those of `run_cell` itself.
_FRAMES = 13


class CellTimeout(BaseException):
    """The cell's time is up; a student's ordinary `except` does not catch this."""


class Outputs:
    """The outputs of one cell, in the form of nbformat.

    Parameters
    ----------
    limit
        How many characters of JSON they may have; further output is left out.
    """

    def __init__(self, limit: int = _MOST_IN_ALL):
        self.left = limit
        self.items: list[dict] = []
        self.shown_as: list[tuple[str, dict]] = []  # outputs that may be updated, by display id
        self._written = 0
        self._clear_first = False

    def add(self, output: dict) -> None:
        """Append an output, after the clearing that was requested for the next one."""
        if self._clear_first:
            self._clear_first = False
            self.items.clear()
        self.items.append(output)

    def write(self, name: str, text: str) -> None:
        """Append text to a stream, up to the limit."""
        if self._written > _MOST_TEXT or self.left < 0 or not text:
            return
        self._written += len(text)
        if self._written > _MOST_TEXT:
            text = text[: _MOST_TEXT - self._written] + _LEFT_OUT
        self.left -= len(json.dumps(text))
        if self.left < 0:
            text = _LEFT_OUT
        if self.items and not self._clear_first and self.items[-1].get("name") == name:
            self.items[-1]["text"] += text
        else:
            self.add({"output_type": "stream", "name": name, "text": text})

    def show(self, kind: str, data: dict, metadata: dict, **others: Any) -> None:
        """Append a picture, a table or a result."""
        self.add({"output_type": kind, **self._shown(kind, data, metadata), **others})

    def show_anew(self, display_id: object, data: dict, metadata: dict) -> None:
        """Replace the outputs that were shown under a display id."""
        for known, output in self.shown_as:
            if known == display_id:
                output.update(self._shown(output["output_type"], data, metadata))

    def _shown(self, kind: str, data: dict, metadata: dict) -> dict:
        texts = {key: _text_of(value) for key, value in data.items()}
        shown = {"data": texts, "metadata": dict(metadata or {})}
        self.left -= len(json.dumps(shown, default=str))
        if self.left >= 0:
            return shown
        # A check's points are a short text; without it, the check would count as passed.
        plain = str(texts.get("text/plain", "")) if kind == "execute_result" else ""
        return {"data": {"text/plain": plain if 0 < len(plain) < 100 else _LEFT_OUT.strip()}, "metadata": {}}

    def clear(self, wait: bool) -> None:
        """Clear the outputs, now or when the next one arrives."""
        self._clear_first = wait
        if not wait:
            self.items.clear()


class _Publisher(DisplayPublisher):
    def publish(self, data, metadata=None, *, transient=None, update=False, **_others):
        outputs = self.shell.outputs
        display_id = (transient or {}).get("display_id")
        if update:
            outputs.show_anew(display_id, data, metadata)
            return
        outputs.show("display_data", data, metadata)
        if display_id:
            outputs.shown_as.append((display_id, outputs.items[-1]))

    def clear_output(self, wait=False):
        self.shell.outputs.clear(wait)


class _ResultHook(DisplayHook):
    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        number = self.shell.execution_count
        self.shell.outputs.show("execute_result", format_dict, md_dict, execution_count=number)

    def finish_displayhook(self):
        pass


class _Stream(io.TextIOBase):
    encoding = "utf-8"

    def __init__(self, shell: "Shell", name: str, descriptor: int):
        self._shell, self._name, self._descriptor = shell, name, descriptor

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._shell.outputs.write(self._name, text)
        return len(text)

    def writable(self):
        return True

    def fileno(self):
        return self._descriptor


class _Compiler(CachingCompiler):
    """IPython's compiler; code that runs in every worker is parsed and compiled once, before forking."""

    def __init__(self):
        super().__init__()
        self._trees: dict[tuple, Any] = {}
        self._code: dict[tuple, Any] = {}

    def ast_parse(self, source, filename="<unknown>", symbol="exec"):
        key = (source, filename, symbol, self.flags)
        if key not in self._trees:
            self._trees[key] = super().ast_parse(source, filename, symbol)
        return self._trees[key]

    def __call__(self, source, filename, symbol, **options):
        # The statements of cached trees; the trees stay alive, so no other object gets these addresses.
        key = (*map(id, source.body), filename, symbol, self.flags)
        if key not in self._code:
            self._code[key] = super().__call__(source, filename, symbol, **options)
        return self._code[key]


class Shell(InteractiveShell):
    """IPython's shell with its outputs collected, and with the names of one notebook."""

    compiler_class = Type(_Compiler)
    displayhook_class = Type(_ResultHook)
    display_pub_class = Type(_Publisher)
    outputs = None  # set before anything can be shown

    def __init__(self, **options):
        self.outputs = Outputs()
        super().__init__(**options)
        self._files = {}
        self._left = _MOST_IN_ALL
        # Code that runs in every worker is compiled once, before forking.
        self.transform_cell = lru_cache(maxsize=1024)(self.transform_cell)
        self.should_run_async = lru_cache(maxsize=1024)(self.should_run_async)

    def enable_gui(self, gui=None):
        """Do nothing, because there is no screen."""

    def init_history(self):
        """Keep the history in memory only."""
        self.config.HistoryManager.enabled = False
        super().init_history()

    def reset(self, *options, **more):
        """Remove all names and the history."""
        super().reset(*options, **more)
        self.history_manager.input_hist_parsed[:] = [""]

    def _showtraceback(self, etype, evalue, stb):
        text = _cut(_text(evalue), _LONGEST_ERROR)
        lines = list(map(str, stb))
        if sum(map(len, lines)) > _LONGEST_TRACEBACK:
            lines = [_cut("\n".join(lines), _LONGEST_TRACEBACK)]
        self.outputs.left -= len(json.dumps([text, lines]))
        name = str(etype.__name__)[:200]
        self.outputs.add({"output_type": "error", "ename": name, "evalue": text, "traceback": lines})

    def capture(self) -> None:
        """Take over the output streams, including those of programs that a cell starts.

        Workers must not read each other's output, so each has to call this again.
        """
        sys.stdout, sys.stderr = _Stream(self, "stdout", 1), _Stream(self, "stderr", 2)
        for descriptor, name in ((1, "stdout"), (2, "stderr")):
            new = _new_file(name)
            os.dup2(new, descriptor)
            if name in self._files:
                os.dup2(new, self._files[name], inheritable=False)
                os.close(new)
            else:
                self._files[name] = new
        builtins.input = _no_input

    @property
    def descriptors(self) -> set[int]:
        """Return the descriptors of the files into which programs write."""
        return {1, 2, *self._files.values()}

    def run(self, source: str, *, number: int, timeout: float) -> dict:
        """Run one cell; return its `outputs`, as in nbformat, and `ok`: whether it ran to its end."""
        self.outputs = Outputs(max(self._left, 0))
        self.execution_count = number
        result = None
        with alarm(timeout):
            try:
                self.history_manager.input_hist_parsed.append(source)  # this list is `In` and `_ih`
                run = partial(self.run_cell, source, store_history=False)
                result = _call_below(_FRAMES - _count_frames(), run)
            except CellTimeout:
                self.outputs.add(dict(_TIMEOUT))
        for name, descriptor in self._files.items():
            self.outputs.write(name, _drain(descriptor))
        self._left = self.outputs.left
        timed_out = result is not None and isinstance(result.error_in_exec, CellTimeout)
        if timed_out:
            self.outputs.items = [o for o in self.outputs.items if o.get("ename") != "CellTimeout"]
            self.outputs.add(dict(_TIMEOUT))
        return {"outputs": self.outputs.items, "ok": bool(result and result.success)}


def _count_frames() -> int:
    """Return how many frames the caller has below itself in the stack."""
    frame, n = sys._getframe(1), 0
    while frame := frame.f_back:
        n += 1
    return n


def _call_below(n_frames: int, call: Callable) -> Any:
    """Call from deeper in the stack, so that a recursion ends at the depth at which it ends in nbgrader."""
    return call() if n_frames <= 0 else _call_below(n_frames - 1, call)


@contextlib.contextmanager
def alarm(seconds: float):
    """Raise `CellTimeout` in the main thread when the time is up."""

    def ring(_signal, _frame):
        raise CellTimeout

    has_timers = hasattr(signal, "setitimer")
    number = signal.SIGALRM if has_timers else signal.SIGINT
    before = signal.signal(number, ring)
    if has_timers:
        signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # repeated, in case the code catches it
    else:  # on Windows
        timer = threading.Timer(seconds, _thread.interrupt_main)
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0) if has_timers else timer.cancel()
        signal.signal(number, before)


def _new_file(name: str) -> int:
    """Return the descriptor of a new file without a path, in memory where the system can do that."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create(name)
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _drain(descriptor: int) -> str:
    size = os.lseek(descriptor, 0, os.SEEK_CUR)
    if not size:
        return ""
    if hasattr(os, "pread"):
        content = os.pread(descriptor, _MOST_TEXT, 0)
    else:  # on Windows
        os.lseek(descriptor, 0, os.SEEK_SET)
        content = os.read(descriptor, _MOST_TEXT)
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return content.decode("utf-8", errors="replace")


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return "this error has no text"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + _LEFT_OUT


def _text_of(value: Any) -> Any:
    """Return displayed data as JSON can hold it; pictures as in nbformat."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def _no_input(prompt: object = "") -> str:
    raise EOFError("input() does not work while notebooks are marked; write the value into the cell.")
