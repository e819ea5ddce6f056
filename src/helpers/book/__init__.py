"""The book's own grammar, a Sphinx extension: editions, verified quotations, links to paragraphs.

In MyST::

    ```{document} deng-1962
    ```

    ```{quotation} deng-1962-p05
    no matter what, the CPSU and the CCP must close ranks
    ```

    {quotation}`no matter what <deng-1962-p05>`
    {para}`deng-1962-p12`  {para}`his question <deng-1962-p12>`
"""

from sphinx.application import Sphinx

from helpers.book import edition, paragraph, quotation, theme, twin, writers
from helpers.book.domain import EditionDomain


def setup(app: Sphinx) -> dict[str, bool]:
    """Register everything; what is found on pages lives in the domain, which Sphinx merges and purges."""
    app.add_domain(EditionDomain)
    app.add_directive("document", edition.DocumentDirective)
    app.add_directive("quotation", quotation.QuotationDirective)
    app.add_role("quotation", quotation.QuotationRole())
    app.add_role("para", paragraph.ParagraphRole())
    writers.setup(app)
    theme.setup(app)
    twin.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
