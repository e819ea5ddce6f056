"""Prepare the notebooks that are handed out: their links work wherever a student opens them."""

import re

from nbgrader.preprocessors import NbGraderPreprocessor

from helpers.notebooks.examine import NOTE, cells_by_name
from helpers.references import DOCUMENT_ID, ID

_LINK = re.compile(rf"\]\(#({ID}|{DOCUMENT_ID})\)")


class LinkParagraphs(NbGraderPreprocessor):
    """Turn links to ids, ``[¶ 7](#deng-1962-p07)``, into addresses in the book or at the publisher.

    Raises ``KeyError`` if there is no such document, so that no dead link is handed out.
    """

    def preprocess_cell(self, cell, resources, cell_index):
        """Return the cell with its links replaced."""
        if cell.cell_type == "markdown":
            cell.source = link_paragraphs(cell.source)
        return cell, resources


def link_paragraphs(text: str) -> str:
    """Return Markdown with links to ids replaced by addresses.

    Examples
    --------
    >>> link_paragraphs("[a map](#map)")
    '[a map](#map)'
    """
    if not _LINK.search(text):
        return text
    # Imported here because it loads pandas, and every command reads the settings.
    from helpers.checks import paragraph_address

    return _LINK.sub(lambda match: f"]({paragraph_address(match[1])})", text)


class NoteCells(NbGraderPreprocessor):
    """Record a notebook's exercise and its cells in its metadata, so that lost cells are noticed."""

    def preprocess(self, nb, resources):
        """Return the notebook with this record."""
        name = resources.get("metadata", {}).get("name", "")
        nb.metadata[NOTE] = {"name": name, "cells": [name for name, _ in cells_by_name(nb)]}
        return nb, resources
