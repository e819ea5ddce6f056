"""The base of our roles: parse the content ``words <paragraph id>`` and find the line of a role."""

import re
from pathlib import Path

from sphinx.util.docutils import SphinxRole

_TARGET = re.compile(r"(?P<words>.*\S)\s*<(?P<id>[^<>]*)>\s*", re.DOTALL)


class PassageRole(SphinxRole):
    """A role that names a paragraph."""

    def split(self) -> tuple[str, str]:
        """Return the words and the paragraph id; without ``<id>`` there are no words."""
        found = _TARGET.fullmatch(self.text)
        return (found["words"], found["id"].strip()) if found else ("", self.text.strip())

    def get_location(self) -> str:
        """Return the file and line of the role; MyST knows only the line where its paragraph begins."""
        location = super().get_location()
        path, _, line = location.rpartition(":")
        try:
            lines = Path(path).read_text(encoding="utf-8").splitlines(keepends=True)
        except (OSError, ValueError):  # text that is not in a file, such as the output of a cell
            return location
        content = re.compile(r"\s+".join(map(re.escape, self.text.split())))
        for first in (int(line) - 1 if line.isdecimal() else 0, 0):
            rest = "".join(lines[first:])
            if found := content.search(rest):
                return f"{path}:{first + 1 + rest.count(chr(10), 0, found.start())}"
        return location
