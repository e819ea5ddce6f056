"""Build the EPUB of the book, from the pages that the site was built from."""

import datetime as dt
import re
from pathlib import Path
from zipfile import ZipFile

import yaml

from helpers.book.build.site import STRICT, BookError, alone, drop, run_jupyter_book
from helpers.book.html.ebook import NAME, find_unused
from helpers.editions.markup import pack

_PACKAGE = "content.opf"


def build_epub(folder: Path) -> Path:
    """Write ``_build/the-sino-soviet-split.epub`` and return its path; the same book makes the same bytes.

    Raises
    ------
    BookError
        If the site was not built before, or a page cannot be written.

    Examples
    --------
    >>> build_epub(Path("."))  # doctest: +SKIP
    PosixPath('_build/the-sino-soviet-split.epub')
    """
    out = folder / "_build"
    if not (out / "html" / "index.html").is_file():
        raise BookError(f"{out.resolve()} contains no book yet; build it first with `make site`.")
    with alone(out):
        drop(out / "epub")  # it would keep the pages of a chapter that is gone
        when = {"SOURCE_DATE_EPOCH": str(_released(folder))}
        options = ["--builder", "custom", "--custom-builder", "epub", *STRICT]
        if code := run_jupyter_book(folder, *options, environment=when):
            raise BookError(f"The EPUB was not made: Sphinx stopped with exit code {code}; see its warnings.")
        made = out / f"{NAME}.epub"
        made.write_bytes(_repack(out / "epub" / f"{NAME}.epub"))
    return made


def _released(folder: Path) -> int:
    """Return the day of the release in CITATION.cff as seconds since 1970, or 1980 if there is none."""
    path = folder / "CITATION.cff"
    cff = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    day = dt.date.fromisoformat(str(cff.get("date-released", "1980-01-01")))
    return int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp())


def _repack(made: Path) -> bytes:
    """Return an EPUB without times and without the site's scripts and styles."""
    with ZipFile(made) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    package = files[_PACKAGE].decode()
    for name in find_unused(package):
        del files[name]
        package = re.sub(rf'\s*<item [^>]*href="{re.escape(name)}"[^>]*/>', "", package)
    files[_PACKAGE] = package.encode()
    # Sphinx names the element with the identifier where the older table of contents needs the identifier.
    identifier = re.search(r"<dc:identifier[^>]*>([^<]*)<", package)[1]
    files["toc.ncx"] = files["toc.ncx"].replace(b'content="book"', f'content="{identifier}"'.encode())
    first = ("mimetype", "META-INF/container.xml", _PACKAGE)
    ordered = {name: files[name] for name in (*first, *sorted(files.keys() - set(first)))}
    return pack(ordered, stored="mimetype")
