"""Does the template start a problem set that is not done until it is solved?"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from helpers.authoring.template import TemplateError, start_exercise

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def repository(tmp_path):
    """Return a repository with the template and the tests of exercises, and no set yet."""
    for name in ("exercises/template.ipynb", "tests/exercises", "pyproject.toml"):
        source, target = REPOSITORY / name, tmp_path / name
        target.parent.mkdir(exist_ok=True, parents=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    return tmp_path


def test_start(repository):
    """Are a notebook and a file of answers written, with the new name wherever the template has its own?"""
    source, answers = start_exercise("my-set-2", repository)
    assert source == Path("exercises/source/my-set-2/my-set-2.ipynb")
    assert answers == Path("tests/exercises/my_set_2.py")
    nb = nbformat.read(repository / source, 4)
    assert 'check_notebook("my-set-2")' in nb.cells[-1].source
    assert "template" not in (repository / source).read_text() + (repository / answers).read_text()


def test_it_fails_its_tests_until_it_is_solved(repository):
    """Do the tests of a new set fail: no solution, no answers, too few questions?"""
    start_exercise("my-set", repository)
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n0",
            "-p",
            "no:cacheprovider",
            "tests/exercises/test_exercises.py",
        ],
        cwd=repository,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTEST_ADDOPTS": ""},
    )
    assert ran.returncode == 1, ran.stdout
    for test in ("test_solution", "test_enough_variants", "test_set_is_whole", "test_broken_check_is_seen"):
        assert f"FAILED tests/exercises/test_exercises.py::{test}[my-set" in ran.stdout


@pytest.mark.parametrize("name", ["", "My Set", "my_set", "../my-set", "-set", "set-", "séparé"])
def test_bad_name(repository, name):
    """Is a name that is no slug refused, and nothing written?"""
    with pytest.raises(TemplateError, match="is not a valid name"):
        start_exercise(name, repository)
    assert not (repository / "exercises" / "source").exists()


def test_nothing_is_overwritten(repository):
    """Is a set that is there left as it is, also when only half of it is there?"""
    answers = repository / "tests" / "exercises" / "my_set.py"
    answers.write_text("mine")
    with pytest.raises(TemplateError, match=r"tests/exercises/my_set\.py exists already"):
        start_exercise("my-set", repository)
    assert answers.read_text() == "mine"
    assert not (repository / "exercises" / "source").exists()


def test_elsewhere(tmp_path):
    """Is it said where the command must be run?"""
    with pytest.raises(TemplateError, match="run this in the folder of the book"):
        start_exercise("my-set", tmp_path)
