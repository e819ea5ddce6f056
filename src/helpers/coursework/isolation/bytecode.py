"""A cache for the compiled modules of the marking process, for when Python itself may not write one.

uv does not compile what it installs, and containers often set PYTHONDONTWRITEBYTECODE or are read-only.
Without a cache, every start would compile a thousand modules, which takes five times as long as loading them.
Python still checks each cached file against its source.
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
    """Return the folder of the cache; empty if compiled modules are kept next to their sources."""
    if sys.pycache_prefix:
        return sys.pycache_prefix
    import traitlets  # any package that is installed in the same place

    source = Path(traitlets.__file__)
    can_write = not sys.dont_write_bytecode and os.access(source.parent, os.W_OK)
    if can_write or Path(cache_from_source(str(source))).exists():
        return ""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return str(Path(home) / "coursework" / "bytecode")


def use() -> None:
    """Let this process read compiled modules from the cache and write them to it."""
    if folder():
        sys.pycache_prefix, sys.dont_write_bytecode = folder(), False


def environment() -> dict[str, str]:
    """Return the environment variable that makes another Python use the cache."""
    return {"PYTHONPYCACHEPREFIX": folder()} if folder() else {}


def folders_of(sources: Iterable[Path]) -> list[Path]:
    """Return the cache folders for the modules in these folders; empty if there is no cache."""
    return [Path(folder() + str(source)) for source in sources] if folder() else []


def list_missing() -> list[str]:
    """Return the sources of the modules that this process had to compile."""
    specs = [getattr(module, "__spec__", None) for module in list(sys.modules.values())]
    known = {(spec.origin, spec.cached) for spec in specs if spec and spec.has_location and spec.cached}
    return sorted(source for source, cached in known if not os.path.exists(cached))


def compile_missing(sources: Iterable[str]) -> None:
    """Compile modules for the next start, if they can be written."""
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
