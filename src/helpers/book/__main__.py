"""The commands of ``python -m helpers.book``: build, serve, pdf, editions, changes, links and words."""

import argparse
import os
import sys
from pathlib import Path

from helpers.book.build.changes import compare_sites, list_changes
from helpers.book.build.links import check_links
from helpers.book.build.site import BookError, build_book, serve_book
from helpers.book.live.jupyterlite import LiveError
from helpers.book.live.pyodide import PyodideError
from helpers.book.live.sealed import SECRET, SealingError, list_words
from helpers.catalogue import CatalogueError


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(
        "python -m helpers.book", description="Build the book, serve it or look it over."
    )
    parser.add_argument("--folder", type=Path, default=Path(), help="the book's folder (default: this one)")
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser(
        "build", help="build the book into _build/html; only what changed is built again"
    )
    build.add_argument(
        "--pyodide", type=Path, help="a folder of Pyodide's files: the site has a copy of them"
    )
    serve = commands.add_parser("serve", help="serve the built book to this machine until Ctrl-C")
    serve.add_argument(
        "--port", type=_port, help="the port to serve on (default: the same each time, if free)"
    )
    commands.add_parser("pdf", help="print the built book into one PDF in _build")
    commands.add_parser("editions", help="write the EPUB, TEI, tables and citations into dist/editions")
    changes = commands.add_parser("changes", help="list the pages that differ from those of another build")
    changes.add_argument("before", type=Path, help="the folder of the other site")
    commands.add_parser("links", help="ask every address that leads out of the book whether it is there")
    commands.add_parser("words", help="list the words that open the marks of a course, one for each exercise")
    options = parser.parse_args(arguments)
    try:
        if options.command == "build":
            return build_book(options.folder, pyodide=options.pyodide)
        if options.command == "pdf":
            from helpers.book.build.pdf import print_book

            printed = print_book(options.folder, address=os.environ.get("BOOK_URL", ""))
            print(f"The book is printed in {printed} ({printed.stat().st_size / 1e6:.0f} MB).")
            return 0
        if options.command == "editions":
            from helpers.book.build.editions import make_editions

            for path in make_editions(options.folder, options.folder / "dist" / "editions"):
                print(f"{path}: {path.stat().st_size / 1e3:,.0f} kB")
            return 0
        if options.command == "links":
            return check_links(options.folder)
        if options.command == "words":
            print(list_words(options.folder / "exercises" / "source", secret=os.environ.get(SECRET, "")))
            return 0
        if options.command == "changes":
            after = _site(options.folder / "_build" / "html")
            print(list_changes(compare_sites(_site(options.before), after)))
            return 0
        serve_book(options.folder, port=options.port)
    except (BookError, CatalogueError, LiveError, PyodideError, SealingError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _site(folder: Path) -> Path:
    if not (folder / "index.html").is_file():
        raise BookError(f"{folder.resolve()} contains no built book; build it first with `make site`.")
    return folder


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) < 2**16):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; give a number from 0 to {2**16 - 1}")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
