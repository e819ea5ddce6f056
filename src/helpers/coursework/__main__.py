"""Run the command `coursework`, or say in one sentence what it lacks."""

import sys

from helpers.extras import require


def main() -> None:
    """Run the command."""
    if sys.platform == "win32":
        sys.exit("coursework needs Linux: on Windows, run it in the Windows Subsystem for Linux.")
    try:
        require("grading", used_by="coursework")
    except ImportError as error:
        sys.exit(str(error))
    from helpers.coursework.cli import main as run

    run()


if __name__ == "__main__":
    main()
