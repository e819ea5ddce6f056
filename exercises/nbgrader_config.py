"""The course: nbgrader reads this file when it is started in this folder.

Links in the released notebooks and in feedback lead to the published book. Its address is BOOK_URL from the
environment, else BOOK below, else the GitHub Pages address of this repository's remote. Only where none of
these is known do links lead to the archive that published the documents.
"""

import os
from pathlib import Path

# A course without these would hand out dead links and give the hidden tests back: so stop here.
try:
    from helpers.grading import book_address
    from helpers.grading.feedback import HideChecks
    from helpers.grading.release import LinkParagraphs, NoteCells
    from helpers.grading.variants import AskVariants
except ImportError as error:
    raise SystemExit(
        f"nbgrader_config.py: {error}. The course needs the package of this repository: run `make exercises` "
        "once, and use nbgrader from its environment (. .venv/bin/activate)."
    ) from error

# Where your students read the book, such as "https://history.example.edu/split".
BOOK = ""

here = Path(__file__).resolve().parent
address = os.environ.get("BOOK_URL") or BOOK or book_address(here)
if address:
    os.environ["BOOK_URL"] = address

c = get_config()  # noqa: F821  (nbgrader puts it here)
c.CourseDirectory.root = str(here)
c.CourseDirectory.course_id = "sino-soviet-split"

# An untouched notebook runs: answer cells begin with a placeholder, and nothing takes the solution's place.
c.ClearSolutions.code_stub = {"python": ""}
c.ClearSolutions.text_stub = "Write your paragraph here."
# A rubric stands in a locked question above the answer: students never see it, the marker does.
c.ClearMarkScheme.enforce_metadata = False
c.GenerateAssignment.preprocessors.prepend([AskVariants, LinkParagraphs])
c.GenerateAssignment.preprocessors.append(NoteCells)
# Against copying: name the sets whose questions differ from student to student, such as ["deng-1962"].
c.AskVariants.notebooks = []
c.GenerateFeedback.preprocessors.insert(1, HideChecks)

# Loading pandas on a busy machine takes longer than any answer.
c.Execute.timeout = 60
c.Execute.startup_timeout = 180
