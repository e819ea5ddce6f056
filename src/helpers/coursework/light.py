"""Load nbgrader without its server extensions, which no command needs and which load a web server."""

import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_EXTENSIONS = ("assignment_list", "course_list", "formgrader", "validate_assignment")
_STARTS = "load_jupyter_server_extension"


def leave_out_extensions() -> None:
    """Make nbgrader load a server extension when it is used, and not at import."""
    found = None if "nbgrader" in sys.modules else find_spec("nbgrader")
    for place in found.submodule_search_locations if found else ():
        for name in _EXTENSIONS:
            stand_in = ModuleType(f"nbgrader.server_extensions.{name}")
            stand_in.__path__ = [f"{place}/server_extensions/{name}"]
            stand_in.__getattr__ = partial(_of_extension, stand_in.__name__)
            sys.modules[stand_in.__name__] = stand_in


def _of_extension(called: str, name: str) -> Any:
    """Return an attribute of an extension; nbgrader itself uses only the ones that start it."""
    if name.startswith("__"):
        raise AttributeError(name)
    return partial(_start, called) if name == _STARTS else getattr(_load(called), name)


def _start(called: str, *given: Any) -> Any:
    begin: Callable = getattr(_load(called), _STARTS)
    return begin(*given)


def _load(called: str) -> ModuleType:
    if getattr(sys.modules[called], "__spec__", None) is None:
        del sys.modules[called]
    return import_module(called)
