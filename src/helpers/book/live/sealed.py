"""Encrypt the hidden tests of an exercise at build time, so that browsers can mark its live notebook.

The setting ``marks_in_browser`` in `_config.yml` has three values:

``self-study``
    The file contains the word that opens it, so readers get their marks at once.  It keeps the tests out of
    sight and out of search engines, but anyone who wants to can open it.
``course``
    The word is not in the site.  It is derived from ``MARKS_SECRET`` in the environment, is different for
    each exercise, and the teacher gives it to the class after the deadline.
``none``
    There is no such file.

The file never contains a solution or a rubric, not even encrypted.  `helpers.checks.opening` opens it in the
browser.
"""

import ast
import base64
import hashlib
import hmac
import json
import os
import re
import textwrap
import zlib
from pathlib import Path

import nbformat
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from helpers.checks.opening import plain_word

WAYS = ("self-study", "course", "none")
"""The values that ``marks_in_browser`` can have."""

PUBLISHED_WORD = "self-study"
"""The word for ``self-study``."""

SECRET = "MARKS_SECRET"
"""The environment variable with the secret from which the words for ``course`` are derived."""

_SHORTEST_SECRET = 16
# The number that OWASP recommends for PBKDF2 with SHA-256; a browser needs about half a second for it.
_ROUNDS = 600_000
_HIDDEN = re.compile(r"^[ \t]*### BEGIN HIDDEN TESTS[^\n]*\n(.*?)^[ \t]*### END HIDDEN TESTS", re.M | re.S)


class SealingError(ConfigError):
    """Marks in the browser cannot be made; the message says what to do."""


def setup(app: Sphinx) -> None:
    """Register the setting, and refuse an impossible value before any page is read."""
    app.add_config_value("marks_in_browser", "none", "env", [str])
    app.connect("config-inited", _check_setting)


def _check_setting(_app: Sphinx, config: Config) -> None:
    if config.marks_in_browser not in WAYS:
        raise SealingError(
            f"marks_in_browser is {config.marks_in_browser!r} in _config.yml; it can be {', '.join(WAYS)}."
        )
    if config.marks_in_browser == "course":
        word_for("any", way="course", secret=os.environ.get(SECRET, ""))


def word_for(name: str, *, way: str, secret: str = "") -> str:
    """Return the word that opens the marks of an exercise.

    Parameters
    ----------
    name
        The name of the exercise.
    way
        ``self-study`` or ``course``.
    secret
        The secret from which the words of a course are derived, at least 16 characters long.

    Raises
    ------
    SealingError
        If a course has no secret, or one that is too short.

    Examples
    --------
    >>> word_for("deng-1962", way="self-study")
    'self-study'
    >>> word_for("deng-1962", way="course", secret="a secret of one course")
    'tnui-pm27-ynyr-eoev'
    """
    if way == "self-study":
        return PUBLISHED_WORD
    if len(secret) < _SHORTEST_SECRET:
        raise SealingError(
            f"With marks_in_browser: course, set {SECRET} in the environment to a secret of at least "
            f"{_SHORTEST_SECRET} characters that no student can guess."
        )
    digest = hmac.digest(secret.encode(), f"word of {name}".encode(), "sha256")
    letters = base64.b32encode(digest).decode().lower()[:16]
    return "-".join(textwrap.wrap(letters, 4))


def list_words(source: Path, *, secret: str) -> str:
    """Return the words of a course, with a line such as ``deng-1962  tnui-pm27-ynyr-eoev`` for each exercise.

    Parameters
    ----------
    source
        The folder with a folder for each exercise.
    secret
        As for :func:`word_for`, which also documents the errors.

    Examples
    --------
    >>> print(list_words(Path("exercises/source"), secret="a secret of one course"))  # doctest: +SKIP
    """
    names = [path.stem for path in sorted(source.glob("*/*.ipynb"))]
    width = max(map(len, names), default=0)
    return "\n".join(f"{name:{width}}  {word_for(name, way='course', secret=secret)}" for name in names)


def seal(path: Path, *, way: str, secret: str = "") -> str:
    """Return the text of the file from which a live notebook reads the hidden tests of an exercise.

    The file is JSON.  The points of each question, which every released notebook shows, can be read without
    the word.  The tests are compressed and encrypted with AES-GCM, with a key that PBKDF2 derives from the
    word.  The same exercise and the same word give the same file.

    Parameters
    ----------
    path
        The instructor's notebook.
    way, secret
        As for :func:`word_for`.

    Raises
    ------
    SealingError
        If there is no word, or if the hidden tests of a cell are not valid Python by themselves.

    Examples
    --------
    >>> path = Path("exercises/source/deng-1962/deng-1962.ipynb")
    >>> sorted(json.loads(seal(path, way="self-study")))  # doctest: +SKIP
    ['by_hand', 'exercise', 'iv', 'points', 'rounds', 'salt', 'sealed', 'word']
    """
    name = path.stem
    word = word_for(name, way=way, secret=secret)
    tests, points, by_hand = _read(path)
    text = json.dumps(tests, ensure_ascii=False).encode()
    plain = plain_word(word).encode()
    # Derived from text and word so that builds can be repeated; a different text gives different numbers.
    numbers = hmac.digest(plain, b"\0".join([name.encode(), text]), "sha256")
    salt, iv = numbers[:16], numbers[16:28]
    key = hashlib.pbkdf2_hmac("sha256", plain, salt, _ROUNDS)
    closed = AESGCM(key).encrypt(iv, zlib.compress(text, 9), name.encode())
    file = {
        "exercise": name,
        "points": points,
        "by_hand": by_hand,
        "rounds": _ROUNDS,
        "salt": base64.b64encode(salt).decode(),
        "iv": base64.b64encode(iv).decode(),
        "sealed": base64.b64encode(closed).decode(),
    }
    if way == "self-study":
        file["word"] = word
    return json.dumps(file, indent=1, ensure_ascii=False) + "\n"


def _read(path: Path) -> tuple[dict[str, str], dict[str, float], dict[str, float]]:
    """Return the hidden tests of each cell, the points of these cells, and the points that a person gives."""
    tests, points, by_hand = {}, {}, {}
    for cell in nbformat.read(path, 4).cells:
        told = cell.metadata.get("nbgrader", {})
        if not told.get("grade"):
            continue
        if told.get("solution"):
            by_hand[told.grade_id] = told.points
        elif _HIDDEN.search(cell.source):
            try:
                tests[told.grade_id] = _code(cell.source)
            except SyntaxError as error:
                raise SealingError(
                    f"{path.name}, cell {told.grade_id}: the hidden tests are not valid Python by themselves "
                    f"({error.msg}), so they cannot run in the browser. Correct them, or set "
                    "marks_in_browser: none in _config.yml."
                ) from error
            points[told.grade_id] = told.points
    return tests, points, by_hand


def _code(source: str) -> str:
    """Return the hidden tests of a cell, after the imports and definitions of its visible part.

    The code is parsed and written again, so that it contains none of the instructor's comments.
    """
    hidden = ast.parse("\n".join(map(textwrap.dedent, _HIDDEN.findall(source))))
    visible = [node for node in ast.parse(_HIDDEN.sub("", source)).body if not isinstance(node, ast.Expr)]
    return ast.unparse(ast.Module([*visible, *hidden.body], []))
