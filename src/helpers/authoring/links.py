"""Links to documents and paragraphs that work outside the book: in exercises, feedback and answers."""

import re
import subprocess
from pathlib import Path

from nbgrader.preprocessors import NbGraderPreprocessor

_GITHUB = re.compile(
    r"(?:https://(?:[^@/]*@)?|ssh://git@|git@)github\.com[:/](?P<owner>[^/]+)/(?P<name>[^/]+?)(?:\.git)?/?"
)


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
    if "](#" not in text:
        return text
    # Imported here because they load pandas, and every command reads the settings.
    from helpers.checks import paragraph_address
    from helpers.references import DOCUMENT_ID, ID

    link = rf"\]\(#({ID}|{DOCUMENT_ID})\)"
    return re.sub(link, lambda match: f"]({paragraph_address(match[1])})", text)


def book_address(folder: Path) -> str:
    """Return the address at which GitHub Pages publishes a folder's repository, or an empty string.

    The address comes from the remote ``origin``.  A folder outside git, or with a remote elsewhere, has none.

    Examples
    --------
    >>> book_address(Path("/"))
    ''
    """
    try:
        asked = ["git", "-C", str(folder), "remote", "get-url", "origin"]
        remote = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""
    found = _GITHUB.fullmatch(remote)
    if not found:
        return ""
    site = f"{found['owner'].lower()}.github.io"
    return f"https://{site}" if found["name"].lower() == site else f"https://{site}/{found['name']}"
