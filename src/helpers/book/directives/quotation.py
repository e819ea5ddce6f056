"""Set quotations, each verified against the sources while the book is built."""

import re
from textwrap import shorten

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from helpers.book.domain.paragraph import PassageRole, explain_unknown, note_data, paragraphs, refer
from helpers.quotation.verify import verify_quotation

logger = logging.getLogger(__name__)

# The role adds quotation marks itself, so typed marks around the words are dropped.
_TYPED_MARKS = re.compile(r"""(["“'‘])([^"“”]*)(["”'’])""", re.DOTALL)


class QuotationDirective(SphinxDirective):
    """A quotation set off from the text, with its source below.

    The argument is the paragraph id, and the content is only the words.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the block quotation; warn if the words are not in the paragraph."""
        words, paragraph_id = " ".join("\n".join(self.content).split()), self.arguments[0]
        note_data(self.env)
        is_known = _check(words, paragraph_id, self)
        source = [refer(paragraph_id, self.env.docname)] if is_known else [nodes.Text(paragraph_id)]
        quotation = nodes.block_quote(
            "",
            nodes.paragraph("", words, translatable=False),
            nodes.attribution("", "", *source),
            classes=["quotation"],
            support_smartquotes=False,
        )
        self.set_source_info(quotation)
        return [quotation]


class QuotationRole(PassageRole):
    """``{quotation}`no matter what <deng-1962-p05>```: a quotation in the text, its source linked."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the words in quotation marks; warn if they are not in the paragraph."""
        words, paragraph_id = self.split()
        note_data(self.env)
        if not words:
            example = "`no matter what <deng-1962-p05>`"
            _warn(
                f"A quotation needs words and a paragraph, as in {example}, not only {paragraph_id!r}.", self
            )
            return [nodes.inline("", paragraph_id)], []
        quotation = nodes.inline("", "", classes=["quotation"], support_smartquotes=False)
        typed = _TYPED_MARKS.fullmatch(words)
        quotation += nodes.Text(f"“{typed[2] if typed else words}”")
        if _check(words, paragraph_id, self):
            reference = refer(paragraph_id, self.env.docname, short=True)
            quotation += [nodes.Text(" ("), reference, nodes.Text(")")]
        return [quotation], []


def _check(words: str, paragraph_id: str, where: SphinxDirective | PassageRole) -> bool:
    """Warn about an unfaithful quotation; return whether its paragraph exists and can be linked."""
    is_known = paragraph_id in paragraphs()
    verification = verify_quotation(words, paragraph_id)
    if verification.is_verbatim and is_known:
        return True
    problem = explain_unknown(paragraph_id) if verification.is_verbatim else verification.explanation
    nearest = verification.nearest or verification.passage
    if nearest:
        text = shorten(nearest.text, 300, placeholder=" …")
        problem += f' The nearest passage is {nearest.paragraph_id}: "{text}"'
    _warn(f'Quotation "{shorten(words, 80, placeholder=" …")}": {problem}', where)
    return is_known


def _warn(problem: str, where: SphinxDirective | PassageRole) -> None:
    logger.warning(problem, type="helpers", subtype="quotation", location=where.get_location())
