"""Marks in the browser: open the encrypted hidden tests of an exercise, and mark answers with them.

If the publisher wants this, ``NAME.marks.json`` is next to a live notebook; `helpers.book.live.sealed` makes
it. The kernel in the browser calls :func:`prepare` before each cell that checks something, because only there
can it wait for the browser's own cryptography; `check` then asks :func:`mark_answer` for a mark.

No file, password or answer makes anything here raise an error.  Problems are reported in one sentence, and
the check then says what it says without marks.
"""

import ast
import asyncio
import base64
import json
import re
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from helpers.checks import questions
from helpers.checks.mark import Mark
from helpers.checks.questions import SETS, questions_of
from helpers.marks import in_points

SUFFIX = ".marks.json"
"""The ending of the name of a file with encrypted tests, after the name of its exercise."""

_CALL = re.compile(r"\bcheck\(\s*[\"']([^\"'\n]+)[\"']")


@dataclass
class Sealed:
    """The tests of one exercise, and the marks that they gave.

    Attributes
    ----------
    name
        The name of the exercise.
    points
        The maximum points of each cell that is marked here.
    by_hand
        The maximum points that a person gives, by the cell of the answer.
    file
        The content of the file: the encrypted tests, and what the decryption needs besides the word.
    tests
        The code of each cell; None while the tests are closed.
    marks
        The last mark of each cell that was checked.
    """

    name: str
    points: dict[str, float]
    by_hand: dict[str, float]
    file: dict[str, Any]
    tests: dict[str, str] | None = None
    marks: dict[str, Mark] = field(default_factory=dict)


class OpeningError(Exception):
    """The tests cannot be opened; the message is the sentence for the reader."""


_files = ""
_found: dict[str, Sealed] = {}
_problems: dict[str, str] = {}
_opening: set[asyncio.Task] = set()
_offered: set[str] = set()


async def prepare(code: str, *, files: str) -> None:
    """Read the tests that the checks of a cell will need, and open them if their word is known.

    Parameters
    ----------
    code
        The cell that runs next.
    files
        The address of the folder with the files.

    Returns
    -------
    None
        It raises no error, because no cell may be kept from running.
    """
    global _files
    _files = files
    questions.mark_at_once = mark_answer
    if _opening:
        await asyncio.wait(_opening)
    for name in _CALL.findall(code):
        _problems.pop(name, None)
        try:
            await _prepare(name)
        except OpeningError as error:
            _problems[name] = str(error)


async def _prepare(name: str) -> None:
    exercise = next((one for one in SETS if name in questions_of(one)), "")
    sealed = await _read(exercise) if exercise else None
    word = sealed.file.get("word") if sealed and sealed.tests is None else None
    if sealed and word and not await _open(sealed, str(word)):
        raise OpeningError(_damaged(exercise))


def mark_answer(name: str, namespace: Mapping[str, Any]) -> Mark | None:
    """Return the mark of an answer in a live notebook; None if it cannot be marked here, or not yet.

    Parameters
    ----------
    name
        The name of the graded cell.
    namespace
        The names of the notebook.  The tests can use them and add no others.
    """
    sealed = _of(name)
    if sealed is None or sealed.tests is None:
        if problem := _problems.get(name):
            _display(_Note(problem))
        elif sealed and sealed.name not in _offered:
            _offered.add(sealed.name)
            _offer_field(sealed)
        return None
    mark = run_tests(sealed.tests[name], namespace, points=sealed.points[name])
    sealed.marks[name] = mark
    return mark


def run_tests(code: str, namespace: Mapping[str, Any], *, points: float) -> Mark:
    """Run the hidden tests of a cell on the answers of a notebook, as nbgrader would read their result.

    Parameters
    ----------
    code
        Its last expression should be a `Mark`; a number counts as points, and tests without one are passed if
        they raise no error.
    namespace
        The names of the notebook; they are not changed.
    points
        The maximum points of the cell.

    Examples
    --------
    >>> run_tests("assert answer > 1\\nMark.won(2, 'Right.')", {"answer": 2, "Mark": Mark}, points=2)
    2
    >>> run_tests("assert answer > 1", {"answer": 1}, points=2).reasons[0].sentence
    'A hidden test did not pass.'
    """
    scope = dict(namespace)
    *body, last = ast.parse(code).body
    value = None
    try:
        if not isinstance(last, ast.Expr):
            body.append(last)
        exec(compile(ast.Module(body, []), "<marks>", "exec"), scope)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<marks>", "eval"), scope)
    except AssertionError:
        return Mark.lost(points, "A hidden test did not pass.")
    except (Exception, SystemExit) as error:  # a student's name may replace one that the tests need
        return Mark.lost(
            points,
            f"Your answer could not be marked, because a {type(error).__name__} stopped the test. "
            "Restart the kernel and run all cells.",
        )
    if isinstance(value, Mark):
        return value
    if isinstance(value, int | float):
        return Mark(value, points)
    return Mark.won(points, "All hidden tests passed.")


def open_marks(word: str) -> None:
    """Open the marks of an exercise in a live notebook with the word that the teacher gave.

    The output below the cell says whether the word is right.  Then run the checks again.

    Parameters
    ----------
    word
        Case, spaces and hyphens do not matter.

    Examples
    --------
    >>> open_marks("no-such-word")
    The word opens marks only if the notebook runs in the browser. Otherwise your teacher marks it.
    """
    if sys.platform != "emscripten":
        print(
            "The word opens marks only if the notebook runs in the browser. Otherwise your teacher marks it."
        )
        return
    handle = _display(_Note("Trying the word."))
    _start(word, lambda sentence: handle.update(_Note(sentence)))


def summary(name: str) -> list[str]:
    """Return what was marked in an exercise in this session, in sentences; empty while marks are closed.

    Examples
    --------
    >>> summary("deng-1962")
    []
    """
    sealed = _found.get(name)
    if sealed is None or sealed.tests is None:
        return []
    won = sum(mark.points for mark in sealed.marks.values())
    sentences = [f"Marked here: {in_points(sum(sealed.points.values()), won=won)}."]
    if unchecked := len(sealed.points) - len(sealed.marks):
        sentences.append(
            f"{unchecked} {'question was' if unchecked == 1 else 'questions were'} not checked yet."
        )
    if by_hand := sum(sealed.by_hand.values()):
        sentences.append(f"A person who reads your other answers gives up to {in_points(by_hand)} more.")
    return sentences


def by_hand(name: str) -> dict[str, float]:
    """Return the points that a person gives in an exercise, by the cell of the answer."""
    return _found[name].by_hand if name in _found else {}


def plain_word(word: str) -> str:
    """Return the letters and digits of a word in lower case, so that hyphens and spaces do not matter.

    Examples
    --------
    >>> plain_word(" TNUI-pm27 ")
    'tnuipm27'
    """
    return "".join(filter(str.isalnum, word.casefold()))


# --- files and words ---


def _of(name: str) -> Sealed | None:
    return next((sealed for sealed in _found.values() if name in sealed.points), None)


async def _read(exercise: str) -> Sealed | None:
    """Return an exercise from its file on the site; None if it has none.

    The file is requested by its address, not as a file next to the notebook: without a network, reading a
    file never returns, but a request does.
    """
    if exercise not in _found:
        import js

        name = f"{exercise}{SUFFIX}"
        try:
            answer = await js.fetch(f"{_files}{name}")
            text = await answer.text()
        except _js_exception():
            raise OpeningError(
                f"Your answer cannot be marked now, because {name} cannot be loaded. Check your connection."
            ) from None
        if not answer.ok:
            return None
        try:
            file = json.loads(text)
            _found[exercise] = Sealed(exercise, dict(file["points"]), dict(file["by_hand"]), file)
        except (ValueError, KeyError, TypeError):
            raise OpeningError(_damaged(exercise)) from None
    return _found[exercise]


def _damaged(name: str) -> str:
    return f"Your answer cannot be marked here, because {name}{SUFFIX} is damaged. Load the page again."


async def _open(sealed: Sealed, word: str) -> bool:
    """Open the tests of an exercise, and return whether the word is right."""
    file = sealed.file
    try:
        salt, iv, closed = (base64.b64decode(file[key]) for key in ("salt", "iv", "sealed"))
        text = await _decrypt(
            plain_word(word).encode(), salt, int(file["rounds"]), iv, closed, sealed.name.encode()
        )
        sealed.tests = json.loads(zlib.decompress(text)) if text else None
    except (ValueError, KeyError, TypeError, zlib.error):
        raise OpeningError(_damaged(sealed.name)) from None
    return sealed.tests is not None


async def _decrypt(
    word: bytes, salt: bytes, rounds: int, iv: bytes, closed: bytes, name: bytes
) -> bytes | None:
    """Return what the browser's own cryptography decrypts; None if the word is wrong."""
    import js
    from pyodide.ffi import to_js

    def options(**given: Any) -> Any:
        return to_js(given, dict_converter=js.Object.fromEntries)

    subtle = getattr(js.crypto, "subtle", None)
    if subtle is None:
        raise OpeningError(
            "Your answer cannot be marked here, because the page's address does not begin with https."
        )
    stretch = options(name="PBKDF2", hash="SHA-256", salt=salt, iterations=rounds)
    raw = await subtle.importKey("raw", to_js(word), "PBKDF2", False, to_js(["deriveKey"]))
    aes = options(name="AES-GCM", length=256)
    key = await subtle.deriveKey(stretch, raw, aes, False, to_js(["decrypt"]))
    try:
        clear = await subtle.decrypt(options(name="AES-GCM", iv=iv, additionalData=name), key, to_js(closed))
    except _js_exception():
        return None
    return clear.to_bytes()


def _js_exception() -> type[Exception]:
    from pyodide.ffi import JsException

    return JsException


def _start(word: str, say: Any) -> None:
    """Try a word in the background; the next check waits for the result."""
    task = asyncio.ensure_future(_try(word, say))
    _opening.add(task)
    task.add_done_callback(_opening.discard)


async def _try(word: str, say: Any) -> None:
    """Open the exercises that a word opens, and say how it went."""
    try:
        # A notebook that has checked something has loaded its tests; before that it may be any exercise.
        there = list(_found.values()) or await asyncio.gather(*map(_read, SETS))
        closed = [sealed for sealed in there if sealed and sealed.tests is None]
        fits = await asyncio.gather(*(_open(sealed, word) for sealed in closed)) if plain_word(word) else []
    except OpeningError as error:
        say(str(error))
        return
    names = [sealed.name for sealed, fit in zip(closed, fits, strict=False) if fit]
    if names:
        say(f"The marks of {' and '.join(names)} are open. Run the checks again.")
    elif closed:
        say("This word is not right for this notebook. Check its spelling.")
    else:
        say("This notebook has no marks to open with a word.")


# --- what is shown ---


class _Note:
    """One sentence, which a screen reader announces when it appears."""

    def __init__(self, sentence: str):
        self.sentence = sentence

    def __repr__(self) -> str:
        return self.sentence

    def _repr_html_(self) -> str:
        return f'<div class="mark" role="status"><p>{escape(self.sentence)}</p></div>'


def _display(note: _Note) -> Any:
    from IPython.display import display

    return display(note, display_id=True)


def _offer_field(sealed: Sealed) -> None:
    """Show a field for the word."""
    import ipywidgets as widgets
    from IPython.display import display

    label = widgets.HTML(
        "<p>After the deadline your teacher gives you a word. Type it here. Then the checks of this notebook "
        "tell you how many points each answer gets, and why.</p>"
    )
    typed = widgets.Text(description="Word", continuous_update=False)
    button = widgets.Button(description="Open the marks")
    status = widgets.HTML()

    def say(sentence: str) -> None:
        status.value = f'<p role="status">{escape(sentence)}</p>'

    def begin(_change: Any) -> None:
        if sealed.tests is None and not _opening:
            say("Trying the word.")
            _start(typed.value, say)

    typed.observe(begin, "value")
    button.on_click(begin)
    display(widgets.VBox([label, widgets.HBox([typed, button]), status]))
