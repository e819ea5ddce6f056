"""Do chapters run in kernels that are forks of one process, as they would in kernels of their own?"""

import multiprocessing
import os
import sys
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient

from helpers.book.build.kernels import fork_kernels

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")


@pytest.fixture
def forked(monkeypatch):
    """Serve kernels that are forks."""
    with fork_kernels(multiprocessing.get_context("fork")) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        yield


def run(folder, *sources):
    """Run cells in one kernel, started in a folder, and return what each printed."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    return ["".join(output.get("text", "") for output in cell.outputs).strip() for cell in cells]


def test_kernel_is_a_fork_and_a_new_one(forked, tmp_path, monkeypatch):
    """Has each notebook the folder, the environment and the names of a new kernel, and pandas at once?"""
    monkeypatch.setenv("GREETING", "good day")
    first = "import os, sys\nprint(os.getcwd(), os.environ['GREETING'], 'pandas' in sys.modules)\nkept = 1"
    found = run(tmp_path, first, "print(kept, __name__)", "print(os.getpid())")
    assert found[:2] == [f"{tmp_path} good day True", "1 __main__"]
    again = run(Path.cwd(), "import os\nprint('kept' in globals())", "print(os.getpid())")
    assert again[0] == "False" and again[1] != found[2]


def test_kernel_ends_with_its_manager(forked):
    """Does a kernel end when its manager kills it, as it does after a cell that takes too long?"""
    manager, client = start_new_kernel()
    said = []
    client.execute_interactive("import os\nprint(os.getpid())", output_hook=said.append)
    [pid] = [int(one["content"]["text"]) for one in said if one["msg_type"] == "stream"]
    os.kill(pid, 0)
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    while Path(f"/proc/{pid}").exists():
        time.sleep(0.05)
