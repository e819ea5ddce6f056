"""otter-grader's figure: ``PYTHON -m benchmarks.otter COURSE ASSIGNMENT``, as `benchmarks.grading` calls it.

PYTHON has otter-grader and this package; COURSE is a course directory with submissions.  Every check of the
course is a test file of otter, and `otter.api.grade_submission` marks one student after the other in this
process: without a sandbox, a gradebook or an autograded notebook.  Printed is how long that took, in seconds.
"""

import json
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from otter.api import grade_submission

TEST_FILE = """from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = {points!r}


@test_case()
def test_all(env):
    *body, last = __import__("ast").parse({source!r}).body
    exec(compile(__import__("ast").Module(body, []), name, "exec"), env)
    mark = eval(compile(__import__("ast").Expression(last.value), name, "eval"), env)
    assert float(repr(mark)) == points
"""


def pack_checks(notebook: Path, target: Path) -> None:
    """Write what otter marks with: a test file for each check of a source notebook."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("otter_config.json", "{}")
        for cell in cells:
            told = cell["metadata"].get("nbgrader", {})
            if told.get("grade") and not told.get("solution"):
                own = {"name": told["grade_id"], "points": told["points"], "source": "".join(cell["source"])}
                packed.writestr(f"tests/{told['grade_id']}.py", TEST_FILE.format(**own))


def main() -> None:
    course, assignment = Path(sys.argv[1]), sys.argv[2]
    file = f"{assignment}.ipynb"
    with tempfile.TemporaryDirectory() as place:
        checks = Path(place) / "autograder.zip"
        pack_checks(course / "source" / assignment / file, checks)
        submissions = sorted((course / "submitted").glob(f"*/{assignment}/{file}"))
        begun = time.monotonic()
        for path in submissions:
            grade_submission(str(path), str(checks), quiet=True)
        print(f"{time.monotonic() - begun:.1f}")


if __name__ == "__main__":
    main()
