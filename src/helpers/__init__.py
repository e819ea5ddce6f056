"""Load, quote and count two sources on the Sino-Soviet split.

Public names are loaded when you first use them, so that ``import helpers`` is fast; ``__init__.pyi``
lists them.
"""

import lazy_loader

_load, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("sino-soviet-split")
    return _load(name)
