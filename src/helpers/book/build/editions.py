"""Make every edition of the book and its data, add them to the site, and copy them to one folder."""

import sys
from pathlib import Path

from helpers.book.build.epub import build_epub
from helpers.book.html.downloads import FOLDER, LATER, show_links
from helpers.editions import tables


def make_editions(folder: Path, out: Path) -> list[Path]:
    """Write the EPUB, TEI, citations, tables and linked data of a built book, and return their paths.

    Parameters
    ----------
    folder
        The folder of the book, after `make site`.
    out
        The folder to write into.

    Raises
    ------
    BookError
        If the site was not built before, or the EPUB cannot be made.

    Examples
    --------
    >>> make_editions(Path("."), Path("dist/editions"))  # doctest: +SKIP
    """
    site = folder / "_build" / "html"
    epub = build_epub(folder)
    more = {epub.name: epub.read_bytes()}
    try:
        more[tables.PARQUET] = tables.pack_parquet()
    except ImportError as error:
        print(f"Parquet was left out. {error}", file=sys.stderr)
    for name in LATER:
        (site / FOLDER / name).unlink(missing_ok=True)
    for name, content in more.items():
        (site / FOLDER / name).write_bytes(content)
    show_links(site)
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for path in sorted((site / FOLDER).iterdir()):
        written.append(out / path.name)
        written[-1].write_bytes(path.read_bytes())
    return written
