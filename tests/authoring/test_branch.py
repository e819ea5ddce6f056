"""Has the branch for students their notebooks, a cell that installs what is missing, and no solution?"""

from pathlib import Path

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from helpers.authoring.branch import BranchError, make_branch
from helpers.book.directives.exercise import release

ROOT = Path(__file__).parents[2]
ADDRESS = "https://github.com/someone/split"


@pytest.fixture
def repository(tmp_path):
    """Return a folder like the repository after `make exercises`, with one exercise."""
    course = tmp_path / "exercises"
    released = course / "release" / "deng-1962" / "deng-1962.ipynb"
    released.parent.mkdir(parents=True)
    released.write_text(release(ROOT / "exercises", "deng-1962"), encoding="utf-8")
    (course / "source").symlink_to(ROOT / "exercises" / "source")
    (course / "nbgrader_config.py").symlink_to(ROOT / "exercises" / "nbgrader_config.py")
    return tmp_path


def test_notebooks(repository, tmp_path):
    """Is each notebook the released one after a cell that does nothing where the package is installed?"""
    [made] = make_branch(repository, tmp_path / "out", address=ADDRESS)
    first, *others = nbformat.read(made, as_version=4).cells
    released = nbformat.read(repository / "exercises/release/deng-1962/deng-1962.ipynb", as_version=4)
    assert others == released.cells
    called = []
    code = TransformerManager().transform_cell(first.source).replace("get_ipython()", "shell")
    shell = type("Shell", (), {"run_line_magic": lambda self, *line: called.append(line)})()
    exec(code, {"shell": shell})
    assert called == []
    exec(code.replace('find_spec("helpers")', 'find_spec("no_such_package")'), {"shell": shell})
    assert called == [("pip", f"install --quiet git+{ADDRESS}")]


def test_leak(repository, tmp_path):
    """Is nothing written if a notebook has a solution?"""
    source = repository / "exercises" / "source" / "deng-1962" / "deng-1962.ipynb"
    (repository / "exercises/release/deng-1962/deng-1962.ipynb").write_bytes(source.read_bytes())
    with pytest.raises(BranchError, match="only instructors"):
        make_branch(repository, tmp_path / "out", address=ADDRESS)
    assert not (tmp_path / "out").exists()


def test_nothing_released(tmp_path):
    """Is it said what to run first?"""
    with pytest.raises(BranchError, match="make exercises"):
        make_branch(tmp_path, tmp_path / "out", address=ADDRESS)
