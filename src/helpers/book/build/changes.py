"""Find the pages that differ between two builds of the site, for the review of a pull request."""

import re
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup

# The fingerprint in the address of a file changes even if the page does not.
_FINGERPRINT = re.compile(r"\?(?:v|digest)=[0-9a-f]+")


class Change(NamedTuple):
    """One page that differs: its path in the site, its title, and ``new``, ``changed`` or ``gone``."""

    page: str
    title: str
    kind: str


def compare_sites(before: Path, after: Path) -> list[Change]:
    """Return the pages that are new, changed or gone, sorted by path.

    Only the articles of pages are compared, because a new chapter changes the list of chapters on every page.
    Notebooks that a page offers count as pages.

    Parameters
    ----------
    before, after
        Folders of two built sites.

    Examples
    --------
    >>> compare_sites(Path("before/_build/html"), Path("_build/html"))  # doctest: +SKIP
    [Change(page='chapters/about.html', title='About This Book', kind='changed')]
    """
    old, new = _read(before), _read(after)
    found = []
    for page in sorted(old.keys() | new.keys()):
        if old.get(page) != new.get(page):
            kind = "new" if page not in old else "gone" if page not in new else "changed"
            title, _ = new.get(page) or old[page]
            found.append(Change(page, title, kind))
    return found


def list_changes(changes: list[Change]) -> str:
    """Return the changes as a Markdown list, with a sentence above it.

    Examples
    --------
    >>> print(list_changes([Change("chapters/a.html", "A Page", "new")]))
    1 page differs:
    <BLANKLINE>
    - new: A Page (`chapters/a.html`)
    """
    if not changes:
        return "No page differs."
    count = "1 page differs" if len(changes) == 1 else f"{len(changes)} pages differ"
    lines = [f"- {kind}: {title} (`{page}`)" for page, title, kind in changes]
    return "\n".join([f"{count}:", "", *lines])


def _read(site: Path) -> dict[str, tuple[str, str]]:
    """Return the title and content of every page of a site that has an article, and of every notebook."""
    notebooks = sorted(site.glob("_downloads/*/*.ipynb"))
    found = {_name(path, site): (f"notebook {path.stem}", path.read_text("utf-8")) for path in notebooks}
    for path in sorted(site.rglob("*.html")):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        if article := soup.select_one("article"):
            title = soup.title.get_text().partition(" — ")[0].strip() if soup.title else path.stem
            content = _FINGERPRINT.sub("", " ".join(str(article).split()))
            found[_name(path, site)] = (title, content)
    return found


def _name(path: Path, site: Path) -> str:
    return path.relative_to(site).as_posix()
