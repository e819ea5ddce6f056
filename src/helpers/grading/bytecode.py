"""The compiled modules of what marking loads, kept for the next start where Python itself may not keep them.

uv compiles nothing that it installs, and a container often sets PYTHONDONTWRITEBYTECODE or cannot be written
to.  Then each start would compile a thousand modules anew, which takes five times as long as to load them.
Python checks each file that is kept against its source, as it always does.
"""

import os
import py_compile
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path


@cache
def folder() -> str:
    """Return the folder in which compiled modules are kept; empty where they lie beside their sources."""
    if sys.pycache_prefix:
        return sys.pycache_prefix
    import traitlets  # any package that is installed with this one

    source = Path(traitlets.__file__)
    can_write = not sys.dont_write_bytecode and os.access(source.parent, os.W_OK)
    if can_write or Path(cache_from_source(str(source))).exists():
        return ""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return str(Path(home) / "coursework" / "bytecode")


def use() -> None:
    """Let this process take compiled modules from there, and write them there."""
    if folder():
        sys.pycache_prefix, sys.dont_write_bytecode = folder(), False


def environment() -> dict[str, str]:
    """Return the variable of the environment with which another Python takes them from there."""
    return {"PYTHONPYCACHEPREFIX": folder()} if folder() else {}


def folders_of(sources: Iterable[Path]) -> list[Path]:
    """Return where the compiled modules below these folders are; none where they lie beside their sources."""
    return [Path(folder() + str(source)) for source in sources] if folder() else []


def list_missing() -> list[str]:
    """Return the sources of the modules that this process had to compile."""
    specs = [getattr(module, "__spec__", None) for module in list(sys.modules.values())]
    known = {(spec.origin, spec.cached) for spec in specs if spec and spec.has_location and spec.cached}
    return sorted(source for source, cached in known if not os.path.exists(cached))


def compile_missing(sources: Iterable[str]) -> None:
    """Compile modules for the next start, as far as they may be written."""
    if sys.dont_write_bytecode and not folder():
        return
    before = sys.pycache_prefix
    sys.pycache_prefix = folder() or None
    try:
        for source in sources:
            with suppress(OSError, py_compile.PyCompileError):
                if not os.path.exists(cache_from_source(source)):
                    py_compile.compile(source, doraise=True)
    finally:
        sys.pycache_prefix = before
