"""One cell of code run without a kernel: what it printed, showed and raised, as a notebook keeps it."""

import base64
import builtins
import contextlib
import io
import os
import signal
import sys
from functools import lru_cache
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type

# What a cell may write before the rest is left out, in characters.
_MOST_TEXT = 2_000_000
_LEFT_OUT = "\n... the rest of this output was left out ...\n"
_TIMEOUT = {
    "output_type": "error",
    "ename": "CellTimeoutError",
    "evalue": "",
    "traceback": ["\x1b[0;31mCellTimeoutError\x1b[0m: No reply from kernel before timeout"],
}


class CellTimeout(BaseException):
    """The time of a cell is over; no ordinary `except` of a student catches it."""


class Outputs:
    """The outputs of one cell, in the form of nbformat."""

    def __init__(self):
        self.items: list[dict] = []
        self.shown_as: list[tuple[str, dict]] = []  # outputs that may be shown anew, by the id of the display
        self._written = 0
        self._clear_first = False

    def add(self, output: dict) -> None:
        """Append an output, after clearing what a program asked to clear when the next one comes."""
        if self._clear_first:
            self._clear_first = False
            self.items.clear()
        self.items.append(output)

    def write(self, name: str, text: str) -> None:
        """Append text to a stream; what is too much is left out."""
        if self._written > _MOST_TEXT or not text:
            return
        self._written += len(text)
        if self._written > _MOST_TEXT:
            text = text[: _MOST_TEXT - self._written] + _LEFT_OUT
        if self.items and not self._clear_first and self.items[-1].get("name") == name:
            self.items[-1]["text"] += text
        else:
            self.add({"output_type": "stream", "name": name, "text": text})

    def show(self, kind: str, data: dict, metadata: dict, **others: Any) -> None:
        """Append a picture, a table or a result."""
        data = {key: _text_of(value) for key, value in data.items()}
        size = sum(len(value) for value in data.values() if isinstance(value, str))
        self._written += size
        if self._written > 10 * _MOST_TEXT:
            data = {"text/plain": _LEFT_OUT.strip()}
        self.add({"output_type": kind, "data": data, "metadata": dict(metadata or {}), **others})

    def clear(self, wait: bool) -> None:
        """Take away what there is, at once or when something new comes."""
        self._clear_first = wait
        if not wait:
            self.items.clear()


class _Publisher(DisplayPublisher):
    def publish(self, data, metadata=None, *, transient=None, update=False, **_others):
        outputs = self.shell.outputs
        display_id = (transient or {}).get("display_id")
        if update:
            for known, output in outputs.shown_as:
                if known == display_id:
                    shown = {key: _text_of(value) for key, value in data.items()}
                    output.update(data=shown, metadata=dict(metadata or {}))
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
    """IPython's compiler, which reads and compiles what is run in every fork only once, before forking."""

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
        # The statements of a tree that is kept: as long as it is, nothing else has their addresses.
        key = (*map(id, source.body), filename, symbol, self.flags)
        if key not in self._code:
            self._code[key] = super().__call__(source, filename, symbol, **options)
        return self._code[key]


class Shell(InteractiveShell):
    """IPython's shell whose outputs are collected, with the names of one notebook."""

    compiler_class = Type(_Compiler)
    displayhook_class = Type(_ResultHook)
    display_pub_class = Type(_Publisher)
    outputs = None  # set before anything can be shown

    def __init__(self, **options):
        self.outputs = Outputs()
        super().__init__(**options)
        self._files = {}
        # What is run in every fork is read once, before forking.
        self.transform_cell = lru_cache(maxsize=1024)(self.transform_cell)
        self.should_run_async = lru_cache(maxsize=1024)(self.should_run_async)

    def enable_gui(self, gui=None):
        """Do nothing: there is no screen."""

    def init_history(self):
        """Keep the history in memory only."""
        self.config.HistoryManager.enabled = False
        super().init_history()

    def _showtraceback(self, etype, evalue, stb):
        text = _told(evalue)
        self.outputs.add(
            {"output_type": "error", "ename": str(etype.__name__), "evalue": text, "traceback": list(stb)}
        )

    def capture(self) -> None:
        """Take the streams over from now on, those of programs that a cell starts as well."""
        sys.stdout, sys.stderr = _Stream(self, "stdout", 1), _Stream(self, "stderr", 2)
        for descriptor, name in ((1, "stdout"), (2, "stderr")):
            self._files[name] = os.memfd_create(name)
            os.dup2(self._files[name], descriptor)
        builtins.input = _no_input

    def run(self, source: str, *, number: int, timeout: float) -> dict:
        """Run one cell.

        Parameters
        ----------
        source
            Its text.
        number
            The number in its prompt.
        timeout
            Seconds that it may take.

        Returns
        -------
        dict
            `outputs`, in the form of nbformat, and `ok`: whether it ran to its end.
        """
        self.outputs = Outputs()
        self.execution_count = number
        result = None
        with alarm(timeout):
            try:
                result = self.run_cell(source, store_history=False)
            except CellTimeout:
                self.outputs.add(dict(_TIMEOUT))
        for name, descriptor in self._files.items():
            self.outputs.write(name, _drain(descriptor))
        timed_out = result is not None and isinstance(result.error_in_exec, CellTimeout)
        if timed_out:
            self.outputs.items = [o for o in self.outputs.items if o.get("ename") != "CellTimeout"]
            self.outputs.add(dict(_TIMEOUT))
        return {"outputs": self.outputs.items, "ok": bool(result and result.success)}


@contextlib.contextmanager
def alarm(seconds: float):
    """Raise `CellTimeout` in the main thread when the seconds are over."""

    def ring(_signal, _frame):
        raise CellTimeout

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # and again, for code that goes on
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _drain(descriptor: int) -> str:
    size = os.lseek(descriptor, 0, os.SEEK_CUR)
    if not size:
        return ""
    content = os.pread(descriptor, _MOST_TEXT, 0)
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return content.decode("utf-8", errors="replace")


def _told(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return "this error has no text"


def _text_of(value: Any) -> Any:
    """Return what is shown as JSON can hold it; a picture as nbformat has it."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def _no_input(prompt: object = "") -> str:
    raise EOFError("input() cannot ask anybody while notebooks are marked; write the value into the cell.")
