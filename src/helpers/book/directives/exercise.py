"""The directive `exercise`: the box that links a chapter to its exercise."""

import os
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from helpers.book.domain.course import COURSE, Exercise, note_page
from helpers.book.live import jupyterlite
from helpers.book.live.sealed import SECRET, seal
from helpers.checks.opening import SUFFIX

_NONE = (
    "This chapter has no notebook of its own. As an exercise, write down your answers to its boxes Stop and "
    "think before you unfold ours."
)
# How an exercise is marked in the browser, by the setting `marks_in_browser`.
_MARKED = {
    "self-study": "In the browser every check also says how many points your answer gets, and why.",
    "course": "After the deadline your teacher gives you a word. Typed into the notebook in the browser, it "
    "opens your points and the reasons for them.",
}


class ExerciseDirective(SphinxDirective):
    """The box about the exercise of this chapter, which has the chapter's slug.

    Title, questions and points are read from the notebook.  The box offers the notebook that nbgrader hands
    out, without solutions and hidden tests.
    """

    def run(self) -> list[nodes.Node]:
        """Return the box; if there is no exercise, it says what to do instead."""
        course = Path(self.env.srcdir) / COURSE
        page = note_page(self.env, self.env.docname)
        slug, exercise = page.slug, page.exercise
        if not exercise:
            return [_box("Exercise", [nodes.paragraph("", _NONE)])]
        self.env.note_dependency(str(course / "nbgrader_config.py"))
        released = jupyterlite.offer(self.env, f"{slug}.ipynb", release(course, slug))
        way = self.config.marks_in_browser
        if way != "none":
            sealed = seal(page.source, way=way, secret=os.environ.get(SECRET, ""))
            jupyterlite.offer(self.env, f"{slug}{SUFFIX}", sealed)
        target = os.path.relpath(released, self.env.srcdir)
        link = addnodes.download_reference(
            "", nodes.Text(f"Download {slug}.ipynb"), reftarget=f"/{target}", refdoc=self.env.docname
        )
        here = nodes.paragraph(
            "",
            "",
            nodes.Text(
                "You need not install anything. Your browser keeps what you save; when you have finished, "
            ),
            nodes.strong("", "Download"),
            nodes.Text(f" above the notebook gives you {slug}.ipynb to hand in."),
            classes=["live"],
        )
        elsewhere = nodes.paragraph(
            "",
            "",
            nodes.Text("In a copy of this project "),
            nodes.literal("", "make lab"),
            nodes.Text(" opens your own copy of the notebook in JupyterLab. Or take it from here: "),
            link,
            nodes.Text("; it runs wherever the package of this project is installed."),
        )
        button = jupyterlite.button(self.env.docname, f"{slug}.ipynb", "Work on it in your browser")
        content = [nodes.paragraph("", measure(exercise)), button, here, elsewhere]
        if way in _MARKED:
            content.insert(2, nodes.paragraph("", _MARKED[way], classes=["live"]))
        return [_box(f"Exercise: {exercise.title}", content)]


def _box(heading: str, content: list[nodes.Node]) -> nodes.admonition:
    return nodes.admonition(
        "", nodes.title("", heading), *content, classes=["admonition-exercise", "exercise"]
    )


def measure(exercise: Exercise) -> str:
    """Return the numbers of graded questions and points of an exercise, and its time if given, in words."""
    by_computer, by_hand = exercise.points
    text = f"{len(exercise.questions)} questions with {by_computer + by_hand:g} points"
    if by_hand:
        text += f", {by_hand:g} of them given by your instructor"
    return f"{text}. Time: {exercise.time}." if exercise.time else f"{text}."


def release(course: Path, slug: str) -> str:
    """Return the notebook of an exercise as nbgrader hands it out, without solutions and hidden tests.

    The course's settings apply, so this is the notebook that ``nbgrader generate_assignment`` writes, but
    nothing is recorded in the gradebook.

    Parameters
    ----------
    course
        The folder of the nbgrader course.
    slug
        The name of the exercise.
    """
    # Loaded here because most pages have no exercise.
    from nbconvert.exporters import NotebookExporter
    from nbgrader.converters import GenerateAssignment
    from nbgrader.preprocessors import SaveCells
    from traitlets.config.loader import PyFileConfigLoader

    address = os.environ.get("BOOK_URL")
    try:
        config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
        converter = GenerateAssignment(config=config)
        exporter = NotebookExporter(config=converter.config)
        for preprocessor in converter.preprocessors:
            if preprocessor is not SaveCells:
                exporter.register_preprocessor(preprocessor, enabled=True)
        text, _ = exporter.from_filename(str(course / "source" / slug / f"{slug}.ipynb"))
    finally:
        # The settings set this variable to the address of the book for their own use.
        os.environ.pop("BOOK_URL", None)
        if address is not None:
            os.environ["BOOK_URL"] = address
    return text
