"""Does Python in the browser take the bytecode of its modules from the last start, and never a wrong one?"""

import base64
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from helpers.book.live.pyodide import BROWSER

# As `python.js` does it; it says how many modules were compiled, and what is to be kept.
START = """
import base64, json, sys
kept, folder, *names = json.loads(sys.stdin.read())
namespace = {"kept": base64.b64decode(kept)}
exec(compile(open(sys.argv[1]).read(), "bytecode.py", "exec"), namespace)
sys.path.insert(0, folder)
values = [__import__(name).value for name in names]
compiled = sorted(key[0] for key in namespace["made"])
packed = namespace["pack"]()
again = namespace["pack"]()
print(json.dumps([values, compiled, base64.b64encode(packed or b"").decode(), again]))
"""


def start(folder, *names, kept=""):
    """Return the values of modules that a new Python imports, which it compiled, and what it keeps."""
    ran = subprocess.run(
        [sys.executable, "-I", "-c", START, str(BROWSER / "bytecode.py")],
        input=json.dumps([kept, str(folder), *names]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    values, compiled, packed, again = json.loads(ran.stdout)
    assert again is None  # nothing has come to it
    return values, compiled, packed


@pytest.fixture
def modules(tmp_path):
    """Return a folder with two modules."""
    for name, value in (("first", 1), ("second", 2)):
        (tmp_path / f"{name}.py").write_text(f"value = {value}\n")
    return tmp_path


def test_second_start_compiles_nothing(modules):
    """Is a module compiled once, and taken from what was kept at the next start?"""
    values, compiled, kept = start(modules, "first", "second")
    assert (values, compiled) == ([1, 2], ["first", "second"])
    assert start(modules, "first", "second", kept=kept) == ([1, 2], [], "")


def test_what_is_new_is_kept_too(modules):
    """Does a start add what it compiled to what was kept before?"""
    kept = start(modules, "first")[2]
    values, compiled, kept = start(modules, "first", "second", kept=kept)
    assert (values, compiled) == ([1, 2], ["second"])
    assert start(modules, "first", "second", kept=kept)[1] == []


def test_changed_module_is_compiled_again(modules):
    """Is bytecode used for the source that it was made of only, even if name, size and time are the same?"""
    kept = start(modules, "first")[2]
    (modules / "first.py").write_text("value = 7\n")
    assert start(modules, "first", kept=kept)[:2] == ([7], ["first"])


@pytest.mark.parametrize(
    "harm", [lambda kept: kept[: len(kept) // 2], lambda kept: b"", lambda kept: b"no code"]
)
def test_damage_is_no_harm(modules, harm):
    """Does a start with damaged bytecode compile all of it again?"""
    kept = base64.b64decode(start(modules, "first")[2])
    assert start(modules, "first", kept=base64.b64encode(harm(kept)).decode())[:2] == ([1], ["first"])


def test_zip_of_a_student_is_not_kept(tmp_path):
    """Is a module in a zip that is not Python's own read anew each time?"""
    path = Path(tmp_path, "mine.zip")
    kept = ""
    for value in (1, 2):
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("inside.py", f"value = {value}\n")
        values, compiled, kept = start(path, "inside", kept=kept)
        assert (values, compiled) == ([value], [])
