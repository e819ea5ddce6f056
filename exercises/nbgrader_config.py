"""Settings of the course, which nbgrader reads when you start it in this folder.

Links in the released notebooks and in feedback lead to the published book. Its address is BOOK_URL from the
environment, or BOOK below, or the GitHub Pages address of this repository's remote. If none of these is
known, links lead to the archive that published the documents.
"""

import os
from pathlib import Path

# Without these the course would hand out dead links and return hidden tests to students, so stop here.
try:
    from helpers.authoring.links import LinkParagraphs, book_address
    from helpers.coursework.redaction import HideChecks
    from helpers.coursework.release.notes import NoteCells
    from helpers.coursework.release.variants import AskVariants
except ImportError as error:
    raise SystemExit(
        f"nbgrader_config.py: {error}. The course needs the package of this repository: run `make exercises` "
        "once, and use nbgrader from its environment (. .venv/bin/activate)."
    ) from error

# The address at which your students read the book, such as "https://history.example.edu/split".
BOOK = ""

here = Path(__file__).resolve().parent
address = os.environ.get("BOOK_URL") or BOOK or book_address(here)
if address:
    os.environ["BOOK_URL"] = address

c = get_config()  # noqa: F821  (nbgrader puts it here)
c.CourseDirectory.root = str(here)
c.CourseDirectory.course_id = "sino-soviet-split"

# An untouched notebook runs, because answer cells begin with a placeholder, and solutions are just removed.
c.ClearSolutions.code_stub = {"python": ""}
c.ClearSolutions.text_stub = "Write your paragraph here."
# A rubric is in a locked question cell above the answer; the grader sees it, but students never do.
c.ClearMarkScheme.enforce_metadata = False
c.GenerateAssignment.preprocessors.prepend([AskVariants, LinkParagraphs])
c.GenerateAssignment.preprocessors.append(NoteCells)
# To prevent copying, name the sets whose questions differ from student to student, such as ["deng-1962"].
c.AskVariants.notebooks = []
c.GenerateFeedback.preprocessors.insert(1, HideChecks)
if address:  # feedback links to the chapter that an exercise belongs to
    c.Coursework.chapter = f"{address.rstrip('/')}/chapters/{{assignment}}.html"

# Loading pandas on a busy machine takes longer than any answer.
c.Execute.timeout = 60
c.Execute.startup_timeout = 180
