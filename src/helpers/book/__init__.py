"""A Sphinx extension with the book's own directives and roles.

In MyST::

    ```{document} deng-1962
    ```

    ```{quotation} deng-1962-p05
    no matter what, the CPSU and the CCP must close ranks
    ```

    {quotation}`no matter what <deng-1962-p05>`
    {para}`deng-1962-p12`  {para}`his question <deng-1962-p12>`
    {gloss}`mao-zedong`  {gloss}`the ambassador <stepan-chervonenko>`

    ```{exercise}
    ```

    ```{verdict}
    Deng speaks of unity and of conditions. Which of the two weighs more with you?
    ```

    ```{practice} letters-in-order the-waiting
    ```

Other directives make the pages of the back matter from data, docstrings and files: `people`, `bodies`,
`events`, `emendations`, `codebook`, `rights`, `api`, `skills`, `hours`, `how-to-cite`, `versions`,
`editions`, `elsewhere`; and the tables for teachers: `course-map`, `route`, `plan`, `points`,
`coding-sheet`, `standards`.

Every directive also has a name that no other extension can take, such as `edition:exercise`.
"""

import helpers.book.needed  # noqa: F401 (it comes first, to name what is missing)

# isort: split
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import docutils, logging
from sphinx.util.docutils import SphinxDirective

from helpers.book.directives import (
    data_tables,
    documentation,
    edition,
    exercise,
    people_and_bodies,
    plans,
    practice,
    quotation,
    teaching,
    verdict,
)
from helpers.book.domain import citations, course, paragraph
from helpers.book.domain.domains import EditionDomain, EntryDomain
from helpers.book.html import (
    downloads,
    ebook,
    elsewhere,
    frames,
    lighter,
    metadata,
    moved,
    search,
    styles,
    theme,
    twin,
    writers,
)
from helpers.book.live import chapter_notebook, sealed

logger = logging.getLogger(__name__)

DIRECTIVES = {
    "document": edition.DocumentDirective,
    "quotation": quotation.QuotationDirective,
    "exercise": exercise.ExerciseDirective,
    "verdict": verdict.VerdictDirective,
    "practice": practice.PracticeDirective,
    "people": people_and_bodies.PeopleDirective,
    "bodies": people_and_bodies.BodiesDirective,
    "events": data_tables.EventsDirective,
    "emendations": data_tables.EmendationsDirective,
    "codebook": documentation.CodebookDirective,
    "rights": documentation.RightsDirective,
    "api": documentation.ApiDirective,
    "skills": teaching.SkillsDirective,
    "hours": teaching.HoursDirective,
    "how-to-cite": documentation.HowToCiteDirective,
    "versions": documentation.VersionsDirective,
    "editions": downloads.EditionsDirective,
    "elsewhere": elsewhere.ElsewhereDirective,
    "course-map": teaching.CourseMapDirective,
    "route": plans.RouteDirective,
    "plan": plans.PlanDirective,
    "points": teaching.PointsDirective,
    "coding-sheet": data_tables.CodingSheetDirective,
    "standards": plans.StandardsDirective,
}


def setup(app: Sphinx) -> dict[str, bool]:
    """Register everything; the domain keeps what is found on pages, and Sphinx merges and purges it."""
    app.setup_extension("sphinx.ext.autodoc")  # for the directive api
    app.setup_extension("sphinx.ext.napoleon")
    app.add_domain(EditionDomain)
    app.add_domain(EntryDomain)
    app.add_role("quotation", quotation.QuotationRole())
    app.add_role("para", paragraph.ParagraphRole())
    app.add_role("gloss", people_and_bodies.GlossRole())
    app.connect("env-get-outdated", course.find_awaiting)
    for name, directive in DIRECTIVES.items():
        _add_directive(app, name, directive)
    citations.register()
    writers.setup(app)
    theme.setup(app)
    twin.setup(app)
    frames.setup(app)
    lighter.setup(app)
    styles.setup(app)
    search.setup(app)
    verdict.setup(app)
    practice.setup(app)
    sealed.setup(app)
    chapter_notebook.setup(app)
    metadata.setup(app)
    moved.setup(app)
    ebook.setup(app)
    downloads.setup(app)
    app.connect("env-before-read-docs", rewrite_all)
    app.connect("config-inited", draw_charts)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}


def _add_directive(app: Sphinx, name: str, directive: type[SphinxDirective]) -> None:
    """Register a directive as ``edition:NAME`` and, if no other extension has that name, as ``NAME``."""
    app.add_directive_to_domain("edition", name, directive)
    if not docutils.is_directive_registered(name):
        app.add_directive(name, directive)
    else:
        problem = "Another extension has the directive %s; write edition:%s for the one of helpers.book."
        logger.warning(problem, name, name, type="helpers", subtype="directive")


def draw_charts(_app: Sphinx, config: Config) -> None:
    """Have MyST-NB draw charts with our renderer, in this book and in no other one."""
    if "nb_render_plugin" in config:
        from helpers.book.html.figure import PRIORITIES

        config.nb_render_plugin = "sino-soviet-split"
        config.nb_mime_priority_overrides = [*PRIORITIES, *config.nb_mime_priority_overrides]


def rewrite_all(app: Sphinx, _env: BuildEnvironment, read: list[str]) -> None:
    """Write every page again if one was read again, because each may show its title, labels or entries.

    Sphinx itself writes only the pages that were read and those that list them.
    """
    if read:
        app.connect("env-updated", lambda _app, env: env.found_docs)
