"""The book's own grammar, a Sphinx extension: editions, verified quotations, links, entries, exercises.

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

The pages of the back matter are made by directives without argument: `people`, `bodies`.
"""

from sphinx.application import Sphinx

from helpers.book import citations, edition, entries, exercise, paragraph, quotation, theme, writers
from helpers.book.domain import EditionDomain, EntryDomain


def setup(app: Sphinx) -> dict[str, bool]:
    """Register everything; what is found on pages lives in the domain, which Sphinx merges and purges."""
    app.add_domain(EditionDomain)
    app.add_domain(EntryDomain)
    app.add_directive("document", edition.DocumentDirective)
    app.add_directive("quotation", quotation.QuotationDirective)
    app.add_role("quotation", quotation.QuotationRole())
    app.add_role("para", paragraph.ParagraphRole())
    app.add_role("gloss", entries.GlossRole())
    app.add_directive("people", entries.PeopleDirective)
    app.add_directive("bodies", entries.BodiesDirective)
    app.add_directive("exercise", exercise.ExerciseDirective)
    citations.register()
    writers.setup(app)
    theme.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
