"""Two commands, ``python -m helpers.book build`` and ``serve``: `make site` and `make book` call them."""

import argparse
import sys
from pathlib import Path

from helpers.book.build import BookError, build_book, serve_book
from helpers.book.live import LiveError
from helpers.book.pyodide import PyodideError
from helpers.catalogue import CatalogueError


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser("python -m helpers.book", description="Build the book, or serve it.")
    parser.add_argument("--folder", type=Path, default=Path(), help="the book's folder (default: this one)")
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser(
        "build", help="build the book into _build/html; only what changed is built again"
    )
    build.add_argument(
        "--pyodide", type=Path, help="a folder of Pyodide's files: the site has a copy of them"
    )
    serve = commands.add_parser("serve", help="serve the built book to this machine until Ctrl-C")
    serve.add_argument("--port", type=_port, default=0, help="the port to serve on (default: any free one)")
    options = parser.parse_args(arguments)
    try:
        if options.command == "build":
            return build_book(options.folder, pyodide=options.pyodide)
        serve_book(options.folder, port=options.port)
    except (BookError, CatalogueError, LiveError, PyodideError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) < 2**16):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; give a number from 0 to {2**16 - 1}")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
