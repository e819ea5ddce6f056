"""Keep the bytecode of modules for the next start of Python in this browser.

In a browser Python has only the source of its modules at each start, and compiling them takes most of the
time of an import.  `python.js` runs this file in Python before the kernel is imported: `kept` is what `pack`
returned at an earlier start with the same files of Python, or nothing.
"""

import marshal
from importlib.machinery import SourceFileLoader
from importlib.util import source_hash
from zipimport import zipimporter

try:
    codes = marshal.loads(kept)  # noqa: F821 (given by python.js)
except (EOFError, ValueError, TypeError):  # there is nothing yet, or it was damaged
    codes = {}
made = {}
from_file = SourceFileLoader.get_code
from_zip = zipimporter.get_code


def code_of_file(loader, fullname):
    """Return the code of a module, from the kept bytecode only if it was made from the same source."""
    path = loader.get_filename(fullname)
    source = loader.get_data(path)
    return find((fullname, source_hash(source)), lambda: loader.source_to_code(source, path))


def code_in_zip(loader, fullname):
    """Return the code of a module of the standard library, which is in one of Python's files."""
    if not loader.archive.startswith("/lib/"):
        return from_zip(loader, fullname)
    return find((fullname, loader.archive), lambda: from_zip(loader, fullname))


def find(key, make):
    if key in codes:
        return marshal.loads(codes[key])
    made[key] = code = make()
    return code


def pack():
    """Return the bytecode to keep, or None if there is nothing new."""
    if not made:
        return None
    codes.update({key: marshal.dumps(code) for key, code in made.items()})
    made.clear()
    return marshal.dumps(codes)


def stop():
    """Let Python compile its modules again, and forget the bytecode."""
    SourceFileLoader.get_code = from_file
    zipimporter.get_code = from_zip
    codes.clear()
    made.clear()


SourceFileLoader.get_code = code_of_file
zipimporter.get_code = code_in_zip
