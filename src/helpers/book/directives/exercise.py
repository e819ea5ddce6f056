"""The directive `exercise`: the box that links a chapter to its exercise."""

import os
import re
from pathlib import Path

import nbformat
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from helpers.book.live import jupyterlite
from helpers.book.live.sealed import SECRET, seal
from helpers.checks.opening import SUFFIX

_COURSE = "exercises"
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
_TIME = re.compile(r"\btakes (?:about )?(\d+(?: to \d+)? minutes)")


class ExerciseDirective(SphinxDirective):
    """The box about the exercise of this chapter, which has the chapter's slug.

    Title, questions and points are read from the notebook.  The box offers the notebook that nbgrader hands
    out, without solutions and hidden tests.
    """

    def run(self) -> list[nodes.Node]:
        """Return the box; if there is no exercise, it says what to do instead."""
        slug = Path(self.env.docname).name
        course = Path(self.env.srcdir) / _COURSE
        source = source_of(self.env.srcdir, self.env.docname)
        note_source(self.env, source)
        if not source.is_file():
            return [_box("Exercise", [nodes.paragraph("", _NONE)])]
        self.env.note_dependency(str(course / "nbgrader_config.py"))
        notebook = nbformat.read(source, nbformat.NO_CONVERT)
        released = jupyterlite.offer(self.env, f"{slug}.ipynb", release(course, slug))
        way = self.config.marks_in_browser
        if way != "none":
            sealed = seal(source, way=way, secret=os.environ.get(SECRET, ""))
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
        content = [nodes.paragraph("", measure(notebook)), button, here, elsewhere]
        if way in _MARKED:
            content.insert(2, nodes.paragraph("", _MARKED[way], classes=["live"]))
        return [_box(f"Exercise: {title(notebook)}", content)]


def source_of(srcdir: str | Path, docname: str) -> Path:
    """Return the path that the exercise of a page has or would have, which uses the page's slug."""
    slug = Path(docname).name
    return Path(srcdir) / _COURSE / "source" / slug / f"{slug}.ipynb"


def note_source(env: BuildEnvironment, source: Path) -> None:
    """Make the page being read depend on an exercise, even if it is not written yet.

    Sphinx treats a missing file as changed, and would then read the page in every build.
    """
    if source.is_file():
        env.note_dependency(str(source))
    else:
        env.metadata[env.docname].setdefault("awaits", []).append(str(source))


def find_awaiting(app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set) -> list[str]:
    """Return the pages whose missing exercise now exists, so that they are read again."""
    awaited = {page: env.metadata[page].get("awaits", []) for page in env.all_docs}
    return [page for page, sources in awaited.items() if any(map(os.path.isfile, sources))]


def _box(heading: str, content: list[nodes.Node]) -> nodes.admonition:
    return nodes.admonition(
        "", nodes.title("", heading), *content, classes=["admonition-exercise", "exercise"]
    )


def title(notebook: nbformat.NotebookNode) -> str:
    """Return the first heading of a notebook."""
    lines = (
        line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()
    )
    return next(line.removeprefix("# ") for line in lines if line.startswith("# "))


def measure(notebook: nbformat.NotebookNode) -> str:
    """Return the numbers of graded questions and points of an exercise, and its time if given, in words."""
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    points = sum(cell.metadata.nbgrader.points for cell in graded)
    text = f"{len(graded)} questions with {points:g} points"
    # A cell that is both an answer and graded is read by a person.
    by_hand = sum(cell.metadata.nbgrader.points for cell in graded if cell.metadata.nbgrader.solution)
    if by_hand:
        text += f", {by_hand:g} of them given by your instructor"
    time = find_time(notebook)
    return f"{text}. Time: {time}." if time else f"{text}."


def find_time(notebook: nbformat.NotebookNode) -> str:
    """Return the time that an exercise says it takes, such as `60 to 75 minutes`, or nothing."""
    prose = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    time = _TIME.search(prose)
    return time[1] if time else ""


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
