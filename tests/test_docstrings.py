"""Do the examples in the docstrings run, and say what comes back?"""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import helpers

MODULES = [
    module.name
    for module in pkgutil.walk_packages(helpers.__path__, "helpers.")
    if not module.name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    """Does every example in this module give what it shows?"""
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert not failed


@pytest.mark.parametrize("name", [n for n in helpers.__all__ if inspect.isfunction(getattr(helpers, n))])
def test_public_function(name):
    """Does every public function say what it returns, with an example?"""
    text = inspect.getdoc(getattr(helpers, name))
    assert "Returns\n-------" in text
    assert ">>>" in text
