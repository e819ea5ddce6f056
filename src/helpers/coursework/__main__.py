"""Run the command `coursework`, or say in one sentence what it lacks."""

import sys
from importlib.util import find_spec

from helpers.coursework import process

NEEDED = ("nbgrader", "rapidfuzz", "rich", "typer")


def main() -> None:
    """Run the command."""
    process.watch_signals()  # before anything is loaded that takes time
    process.open_streams()
    process.use_utf8()
    missing = [name for name in NEEDED if not find_spec(name)]
    if missing:
        sys.exit(f"coursework needs {', '.join(missing)}: run `pip install {' '.join(missing)}`.")
    from helpers.coursework.cli import main as run

    run()


if __name__ == "__main__":
    main()
