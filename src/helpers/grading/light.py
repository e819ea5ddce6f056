"""nbgrader without its server extensions: no command needs them, and a web server is loaded for them."""

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
    """Have nbgrader load a server extension when somebody asks for it, and not when it is loaded itself."""
    found = None if "nbgrader" in sys.modules else find_spec("nbgrader")
    for place in found.submodule_search_locations if found else ():
        for name in _EXTENSIONS:
            stand_in = ModuleType(f"nbgrader.server_extensions.{name}")
            stand_in.__path__ = [f"{place}/server_extensions/{name}"]
            stand_in.__getattr__ = partial(_of_extension, stand_in.__name__)
            sys.modules[stand_in.__name__] = stand_in


def _of_extension(called: str, name: str) -> Any:
    """Return what an extension has under a name; nbgrader itself takes from it only what starts it."""
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
