"""Is what is wrong with a notebook found, and told in one sentence?"""

import json
import os
import shutil
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import lazy_loader
import nbformat
import pytest
from nbgrader.preprocessors import ClearSolutions, ComputeChecksums, LockCells
from nbgrader.utils import compute_checksum

import helpers
from helpers.checks import Mark, check_notebook, preflight
from helpers.coursework.release.notes import NoteCells
from helpers.notebooks.examine import NOTE, NotebookError, checksum, examine, main, read_notebook

WRONG = Mark.lost(2, "This is another date.")._repr_mimebundle_()
SOURCE = Path(__file__).parents[2] / "exercises" / "source" / "deng-1962" / "deng-1962.ipynb"


@pytest.fixture
def released():
    """Return the exercise as it is handed out, as plain JSON."""
    nb = nbformat.read(SOURCE, 4)
    for step in (LockCells(), ClearSolutions(code_stub={"python": ""}), ComputeChecksums(), NoteCells()):
        nb, _ = step.preprocess(nb, {"metadata": {"name": "deng-1962"}})
    return json.loads(json.dumps(nb))


@pytest.fixture
def mine(released):
    """Return a copy in which every question is answered."""
    nb = deepcopy(released)
    for n, cell in enumerate(nb["cells"]):
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] += "\nan answer" if cell["cell_type"] == "markdown" else f"\nanswer_{n} = 1"
    return nb


def cell(nb, name):
    return next(c for c in nb["cells"] if c["id"] == name)


def own_cell(code):
    """Return a cell that a student has added."""
    return {"cell_type": "code", "id": "own", "metadata": {}, "source": code, "outputs": []}


def found(nb):
    return [(finding.kind, finding.cell) for finding in examine(nb)]


def test_checksum_is_that_of_nbgrader():
    """Is the checksum of every cell the one that nbgrader computes?"""
    cells = [c for c in nbformat.read(SOURCE, 4).cells if "nbgrader" in c.metadata]
    assert len(cells) > 20
    assert [checksum(c) for c in cells] == [compute_checksum(c) for c in cells]


def test_answered_notebook_is_whole(mine):
    """Is nothing found in a notebook in which every question is answered?"""
    assert examine(mine) == []


def test_untouched_notebook(released):
    """Is every answer of an untouched notebook reported, by the heading of its question, and no more?"""
    findings = examine(released)
    answers = [c for c in nbformat.read(SOURCE, 4).cells if c.metadata.get("nbgrader", {}).get("solution")]
    assert [finding.cell for finding in findings] == [c.id for c in answers]
    assert {finding.kind for finding in findings} == {"unanswered"}
    assert findings[0].sentence == '"Two letters" is not answered yet.'


def test_lost_double_and_changed_cells(mine):
    """Is a cell reported that was deleted, copied or changed, in the order of the exercise?"""
    cell(mine, "days-until-the-record")["source"] += "\n# I looked at this."
    copy = deepcopy(cell(mine, "answer-letters-dated"))
    mine["cells"] = [*(c for c in mine["cells"] if c["id"] != "mentions-counted"), copy]
    assert found(mine) == [
        ("double", "answer-letters-dated"),
        ("changed", "days-until-the-record"),
        ("missing", "mentions-counted"),
    ]


def test_line_of_lines(mine):
    """Is a cell whose text is a list of lines, as files have it, the same cell?"""
    for c in mine["cells"]:
        c["source"] = c["source"].splitlines(keepends=True)
    assert examine(mine) == []


@pytest.mark.parametrize("odd", [None, 7, "x", [], {}, [1], {"a": []}])
def test_metadata_of_any_shape(mine, odd):
    """Does no shape of metadata stop the examination, and is a check found that they have changed?"""
    mine["metadata"][NOTE] = odd
    assert examine(mine) == []
    mine["metadata"][NOTE] = {"name": odd, "cells": odd}
    examine(mine)
    check = cell(mine, "letters-dated")["metadata"]["nbgrader"]
    check["points"] = odd
    assert ("changed", "letters-dated") in found(mine)
    check["grade_id"] = odd
    assert ("changed", "letters-dated") not in found(mine)
    mine["metadata"] = odd
    examine(mine)


def test_half_of_a_character(tmp_path, mine):
    """Is a notebook examined that has half of a character, as JSON allows?"""
    cell(mine, "answer-letters-dated")["source"] += " \ud83d"
    path = tmp_path / "mine.ipynb"
    path.write_text(json.dumps(mine), encoding="utf-8")
    assert found(read_notebook(path)) == [("broken", "answer-letters-dated")]


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        ("answer = input('How many? ')", "asks", "uses input(), which does not work"),
        ("answer = len(my_frame)", "undefined", "uses my_frame, which no cell of the file defines"),
        ("answer = a + b + c + d", "undefined", "uses a, b, c, which"),
        ("answer = (1", "broken", "Python does not understand it in line 1"),
        ("if True:\nanswer = 1", "broken", "in line 2"),
        ("answer = 1\0", "broken", "Python does not understand it"),
        ("%%time\nanswer = (1", "broken", "in line 2"),
        ("%%capture\nanswer = len(my_frame)", "undefined", "uses my_frame"),
        ("!ls\nif True:\nanswer = 1", "broken", "in line 3"),
    ],
)
def test_code_that_will_fail(mine, code, kind, said):
    """Is code reported that will fail when it is marked?"""
    mine["cells"].append(own_cell(code))
    (finding,) = examine(mine)
    assert finding.kind == kind
    assert said in finding.sentence


@pytest.mark.parametrize(
    "code",
    [
        "import math as m, os.path\nanswer = m.pi + os.path.sep.count('/')",
        "def f(x, *rest, y=1, **more):\n    return x, rest, y, more, f\nanswer = f(1)",
        "answer = [x for x in range(3) if (y := x)] + [y]",
        "try:\n    answer = 1\nexcept ValueError as error:\n    print(error)",
        "match 1:\n    case [a, *b]: answer = a, b\n    case {'k': k, **rest}: answer = k, rest",
        "%matplotlib inline\n!ls\nfiles = !ls\nlen?\n?len\nanswer = 1",
        "%%bash\nthis is (no Python",
        'answer = """Who wanted a conference?\n% of them?\n= !x """',
        "from math import *\nanswer = sqrt(4)",
        "class A:\n    b = 1\nanswer = A.b; display(answer); In, Out, _, __name__",
        "def input(prompt):\n    return 1\nanswer = input('?')",
        "global g\nwith open('x') as f, open('y') as (a, b):\n    answer = lambda q: (q, f, a, b)",
        "%%time\nanswer = 1",
        "%%capture out --no-stderr\nanswer = 1\nprint(out)",
        "\n\n%%timeit -n 1\n%%capture\n!pip list\nanswer = 1",
        "%%bash --out listed\nls |",
        "%%bash --out listed\nls",
        "!echo one \\\n  two \\\n  three\nanswer = 1",
        "files = !ls -l \\\n  -a\nanswer = files.n",
        "%pylab inline\nanswer = linspace(0, 1)",
        "%time answer = 1\nprint(answer)",
        "if True:\n    %cd ..\n    answer = 1",
        "answer = 1;\nanswer.real?\n??answer",
        "y = (10\n % 3)\nx = %pwd\nanswer = x, y",
        "    %%time\n    table = 1\n    print(table)",
        "\n  table = 1\n  print(table)",
        "In [1]: table = 1",
        "In [1]: for n in range(2):\n   ...:     table = n\n\nIn [2]: print(table)",
        ">>> table = 1\n>>> print(table)",
        "await_this = 1\nawait sleep(await_this) if False else None\ndef sleep(n): ...",
    ],
)
def test_code_that_will_run(mine, code):
    """Is nothing said of code in which every name is made somewhere, or of what only Jupyter understands?"""
    mine["cells"].append(own_cell(code))
    assert examine(mine) == []


@pytest.mark.parametrize(
    ("output", "ready"),
    [
        ({"output_type": "execute_result", "data": {"text/plain": "0", "text/html": "<p>...</p>"}}, False),
        ({"output_type": "execute_result", "data": {"text/plain": ["0"]}}, False),
        ({"output_type": "error", "ename": "NameError", "evalue": "x", "traceback": []}, False),
        ({"output_type": "execute_result", "data": {"text/plain": "Read as 29 days."}}, True),
        # Marked in the browser: it was read, and is wrong.
        ({"output_type": "execute_result", "data": {"text/plain": "0", **WRONG}}, True),
        ({"output_type": "stream", "text": "0"}, True),
        ({"output_type": "execute_result", "data": None}, True),
        (None, True),
    ],
)
def test_check_that_says_it_is_not_ready(mine, output, ready):
    """Is an answer reported whose check was run and says that it cannot be read, by its question?"""
    cell(mine, "letters-dated")["outputs"] = [output]
    findings = examine(mine)
    assert [f.cell for f in findings if f.kind == "unready"] == [] if ready else ["letters-dated"]
    if not ready:
        assert findings[0].sentence.startswith('"Two letters": the check below it')


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n\n"])
def test_line_ends(mine, released, line_end):
    """Is a cell unchanged, and an untouched answer unanswered, whatever its line ends?"""
    for nb in (mine, released):
        for one in nb["cells"]:
            text = one["source"]
            one["source"] = text + "\n" if line_end == "\n\n" else text.replace("\n", line_end) + line_end
    assert found(mine) == []
    assert {kind for kind, _ in found(released)} == {"unanswered"}


@pytest.mark.parametrize("cell_type", ["markdown", "raw", "code"])
@pytest.mark.parametrize("below", [True, False])
def test_paragraph_in_another_cell(mine, released, cell_type, below):
    """Is a student told whose paragraph is beside the cell in which it is marked?"""
    untouched = cell(released, "chinese-note")["source"]
    cell(mine, "chinese-note")["source"] = untouched
    own = own_cell("The record lets us hear Deng as one note-taker heard him.") | {"cell_type": cell_type}
    at = mine["cells"].index(cell(mine, "chinese-note"))
    mine["cells"].insert(at + below, own)
    told = [finding for finding in examine(mine) if finding.cell == "chinese-note"]
    assert [finding.kind for finding in told] == ["elsewhere"]
    assert "The record lets us hear Deng" in told[0].sentence
    own["source"] = "## Notes"
    assert ("unanswered", "chinese-note") in found(mine)


def test_the_course_s_own_text_beside_an_answer(released):
    """Is a text of another teacher's course, beside an answer, not taken for the student's?"""
    at = released["cells"].index(cell(released, "chinese-note"))
    prose = "---\nExplain in your own words why the sum of squares grows."
    released["cells"].insert(at, own_cell(prose) | {"cell_type": "markdown"})
    assert {kind for kind, name in found(released) if name == "chinese-note"} == {"elsewhere"}
    del released["metadata"][NOTE]  # nbgrader alone makes no such record
    assert {kind for kind, name in found(released) if name == "chinese-note"} == {"unanswered"}


def test_split_answer(mine):
    """Is a student whose answer was split in two told to put it together, and not to throw one half away?"""
    half = deepcopy(cell(mine, "chinese-note")) | {"source": "the second half"}
    mine["cells"].append(half)
    (finding,) = examine(mine)
    assert (finding.kind, "Put your whole answer into the first" in finding.sentence) == ("double", True)


@pytest.mark.parametrize("points", [10**400, -(10**400), float("nan"), True, "1", [10**400]])
def test_points_of_any_size(mine, points):
    """Does no number of points stop the examination?"""
    cell(mine, "letters-dated")["metadata"]["nbgrader"]["points"] = points
    assert ("changed", "letters-dated") in found(mine) or points is True


def test_many_magics(mine):
    """Is a cell read in little time that IPython would read a thousand times?"""
    mine["cells"].append(own_cell("\n".join(f"x{n} = !echo {n}" for n in range(5_000))))
    assert found(mine) == []


def test_what_is_left_of_a_file(tmp_path, mine, capsys):
    """Is the rest of a damaged notebook examined too, and every loss told?"""
    del mine["cells"][mine["cells"].index(cell(mine, "letters-dated"))]
    text = json.dumps(mine, indent=1)
    at = text.index('"answer-days-until-the-record"')
    path = tmp_path / "deng-1962.ipynb"
    path.write_text(text[: at - 30] + text[at:], encoding="utf-8")
    assert main([str(path)]) == 1
    told = capsys.readouterr().out
    assert "cut off or damaged here" in told
    assert "all complete cells before and after were kept" in told
    assert "The cell letters-dated is missing" in told


def test_pipe_and_folder(tmp_path, mine, capsys):
    """Is what is no ordinary file refused without waiting for it, and is the next file examined?"""
    os.mkfifo(tmp_path / "pipe.ipynb")
    good = tmp_path / "deng-1962.ipynb"
    good.write_text(json.dumps(mine), encoding="utf-8")
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/r\xe9.ipynb")
    paths = [tmp_path / "pipe.ipynb", tmp_path, "/dev/zero", odd, "a\0b", good]
    assert main(list(map(str, paths))) == 1
    told = capsys.readouterr().out.splitlines()
    assert len(told) == len(paths)
    assert ["not an ordinary file" in line for line in told[:3]] == [True, False, True]
    assert "nothing is missing" in told[-1]


def test_unanswered_is_told_once(released):
    """Is a question that was not answered told once, also when its check was run?"""
    zero = {"output_type": "execute_result", "data": {"text/plain": "0"}}
    cell(released, "letters-dated")["outputs"] = [zero]
    assert [f for f in found(released) if "letters-dated" in f[1]] == [("unanswered", "answer-letters-dated")]


def test_code_in_a_cell_of_the_students_own(mine):
    """Is a cell without a name told by its beginning, also when another one makes what it uses?"""
    mine["cells"].append(own_cell("for i in range(len(my_rows)):\n    print(i)"))
    (finding,) = examine(mine)
    assert (
        finding.cell == "" and 'The cell that begins with "for i in range(len(my_rows)): " uses' in finding[2]
    )
    mine["cells"].insert(0, own_cell("my_rows = [1]"))
    assert examine(mine) == []


def test_answer_that_is_gone(mine):
    """Is a check named whose answer no cell gives any more?"""
    cell(mine, "answer-days-until-the-record")["source"] = "days = 29"
    assert found(mine) == [("undefined", "days-until-the-record")]


def test_heavy_outputs(mine):
    """Is a cell reported whose outputs would make the file too large, and no other?"""
    output = {"output_type": "stream", "name": "stdout", "text": "x" * 2_000_000}
    cell(mine, "answer-letters-dated")["outputs"] = [output]
    cell(mine, "answer-days-until-the-record")["outputs"] = [output | {"text": "x" * 1000}]
    assert found(mine) == [("heavy", "answer-letters-dated")]


@pytest.mark.parametrize("name", ["deng-1962.ipynb", "doejane_1_2_deng-1962 (1).ipynb", ""])
def test_name_of_the_file(mine, name):
    """Is a copy of the right notebook no trouble, whatever was added to its name?"""
    assert examine(mine, name=name) == []


def test_notebook_of_another_exercise(mine, tmp_path, capsys):
    """Is the notebook of another exercise told, and one of none?"""
    (finding,) = examine(mine, name="mao-1963.ipynb")
    assert finding.sentence.startswith("This is the notebook of deng-1962, but the file is called mao-1963")
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    path = tmp_path / "deng-1962.ipynb"
    nbformat.write(nb, path)
    assert main([str(path)]) == 1
    assert "This is not a notebook of an exercise" in capsys.readouterr().out


def test_any_other_notebook():
    """Is nothing found in a notebook that is no exercise?"""
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    assert examine(json.loads(nbformat.writes(nb))) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such file. Check its name and its folder."),
        (b"", "line 1: the notebook is cut off or damaged here"),
        (b'{"cells": [\n{"cell_type": "code"', "line 2: the notebook is cut off or damaged here"),
        (b"PK\x03\x04\xff\xfe", "byte 5: this is not text"),
        (b'{"worksheets": []}', "it has no list of cells"),
        (b'{"cells": [1]}', "it has no list of cells"),
        (b"[]", "it has no list of cells"),
        (b"[" * 200_000, "nested too deeply"),
    ],
)
def test_no_notebook(tmp_path, content, said, capsys):
    """Does a file that is no notebook get one sentence with its name, the place and a remedy?"""
    path = tmp_path / "mine.ipynb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NotebookError, match=r"mine\.ipynb") as raised:
        read_notebook(path)
    assert said in str(raised.value)
    assert main([str(path)]) == 1
    assert said in capsys.readouterr().out


def test_command(tmp_path, mine):
    """Does the command run where no library works, and tell a whole notebook from one that lost a cell?"""
    path = tmp_path / "deng-1962.ipynb"
    path.write_text(json.dumps(mine), encoding="utf-8")
    command = [sys.executable, "-I", "-S", "-c"]
    code = (
        "import sys; sys.path[:0] = [sys.argv.pop(1), 'libraries']; from helpers.notebooks import examine; "
    )
    code += "sys.exit(examine.main(sys.argv[1:]))"
    home = str(Path(helpers.__file__).parents[1])
    # `import helpers` itself needs this one, which is a single module.
    loader = Path(lazy_loader.__file__).parent
    shutil.copytree(loader, tmp_path / "libraries" / loader.name)

    def run():
        return subprocess.run([*command, code, home, str(path)], cwd=tmp_path, capture_output=True, text=True)

    whole = run()
    assert (whole.returncode, whole.stderr) == (0, "")
    assert "nothing is missing" in whole.stdout
    mine["cells"] = [c for c in mine["cells"] if c["id"] != "letters-dated"]
    path.write_text(json.dumps(mine), encoding="utf-8")
    lost = run()
    assert lost.returncode == 1
    assert "The cell letters-dated is missing." in lost.stdout


# --- before a student hands in ---


@pytest.fixture
def saved(tmp_path, monkeypatch):
    """Return a function that saves a notebook where the student works."""
    monkeypatch.chdir(tmp_path)

    def save(nb, name="deng-1962"):
        Path(f"{name}.ipynb").write_text(json.dumps(nb), encoding="utf-8")

    return save


def test_ready(saved, mine):
    """Does a student who has answered and saved everything read that, and when it was saved?"""
    saved(mine)
    checked = check_notebook("deng-1962")
    assert checked.ready
    assert repr(checked).startswith("Every question has an answer, nothing is missing, and what you ran is")
    assert "deng-1962.ipynb was last saved at " in repr(checked)


def test_not_ready(saved, released):
    """Are the questions named that are not answered, and shown so that no text becomes HTML?"""
    cell(released, "question-letters-dated")["source"] = "### <b>Two</b> letters"
    saved(released)
    checked = check_notebook("deng-1962")
    assert not checked.ready
    assert '- "<b>Two</b> letters" is not answered yet.' in repr(checked)
    assert "&lt;b&gt;Two&lt;/b&gt; letters" in checked._repr_html_()
    assert "<b>Two" not in checked._repr_html_()


def test_other_name(saved, mine):
    """Is a student whose file has another name told the name that marking looks for?"""
    saved(mine, "deng-1962 (1)")
    checked = check_notebook("deng-1962")
    assert not checked.ready
    assert "your notebook must be called deng-1962.ipynb" in repr(checked)


@pytest.mark.parametrize(
    ("ran", "unsaved"),
    [
        ([], []),
        (["{saved}"], []),
        (["answer_days = 29"], ["answer-days-until-the-record"]),
        (["answer_days = 29", "{saved}"], []),
        (["{saved}", "answer_days = 29"], ["answer-days-until-the-record"]),
        (["answer_longest = ("], []),
        (["days = 29"], []),
    ],
)
def test_unsaved(saved, mine, monkeypatch, ran, unsaved):
    """Is an answer reported that was run last in another form than the saved one?"""
    saved(mine)
    text = cell(mine, "answer-days-until-the-record")["source"]
    monkeypatch.setattr(preflight, "_run_so_far", lambda: [code.replace("{saved}", text) for code in ran])
    assert [f.cell for f in check_notebook("deng-1962").findings if f.kind == "unsaved"] == unsaved


@pytest.mark.slow
def test_in_a_real_session(tmp_path, mine):
    """Does a real kernel tell an answer that was run and not saved?"""
    from nbclient import NotebookClient

    folder = tmp_path / "work"
    folder.mkdir()
    text = cell(mine, "answer-days-until-the-record")["source"]
    (folder / "deng-1962.ipynb").write_text(json.dumps(mine), encoding="utf-8")
    check = "from helpers.checks import check_notebook\nprint(check_notebook('deng-1962'))"
    sources = [text.replace(" = 1", " = 2"), check, text, check]
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    os.makedirs(tmp_path / "home", exist_ok=True)
    NotebookClient(nb, resources={"metadata": {"path": str(folder)}}, kernel_name="python3").execute()
    before, after = nb.cells[1].outputs[0].text, nb.cells[3].outputs[0].text
    assert '"From the talk to the record": the version that you last ran is not in the file.' in before
    assert after.startswith("Every question has an answer")
