"""The published book as a learning system sees it: its pages in their order, and their addresses."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml
from sphinx_external_toc.parsing import parse_toc_yaml

from helpers.authoring.links import book_address
from helpers.checks.practice import plain

_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


class Page(NamedTuple):
    """A page: its name without suffix, such as ``chapters/mao-1963``, its title, and its part of the book."""

    name: str
    title: str
    part: str

    @property
    def slug(self) -> str:
        """The last part of the name, such as ``mao-1963``."""
        return self.name.rpartition("/")[2]


class Book(NamedTuple):
    """A published book: its title, the address it is read at, without a slash at the end, and its pages."""

    title: str
    address: str
    pages: list[Page]

    def locate(self, name: str, place: str = "") -> str:
        """Return the web address of a page, or of a place on it."""
        return f"{self.address}/{name}.html" + (f"#{place}" if place else "")

    def locate_paragraph(self, paragraph_id: str) -> str:
        """Return the web address of a paragraph of a document."""
        return self.locate(f"chapters/{paragraph_id.rpartition('-')[0]}", paragraph_id)


def read_book(folder: Path) -> Book:
    """Return the book of a repository.

    Its address is the environment variable ``BOOK_URL``; without it, the one in ``_config.yml``; without
    either, that of GitHub Pages for this repository; else it is empty.

    Examples
    --------
    >>> read_book(Path()).pages[0].name  # doctest: +SKIP
    'chapters/index'
    """
    settings = yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8"))
    address = (
        os.environ.get("BOOK_URL")
        or (settings.get("html") or {}).get("baseurl")
        or settings["sphinx"]["config"].get("html_baseurl")
        or book_address(folder)
    )
    return Book(settings["title"], address.strip().rstrip("/"), list(_pages(folder)))


def _pages(folder: Path) -> Iterator[Page]:
    toc = parse_toc_yaml(folder / "_toc.yml")

    def walk(name: str, part: str) -> Iterator[Page]:
        title = _TITLE.search((folder / f"{name}.md").read_text(encoding="utf-8"))
        yield Page(name, plain(title[1]) if title else name, part)
        for tree in toc[name].subtrees:
            for child in tree.files():
                yield from walk(child, part or tree.caption or "")

    yield from walk(toc.root.docname, "")
