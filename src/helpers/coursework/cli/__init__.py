"""The command `coursework`: an instructor's work with a class, step by step, in nbgrader's own folders."""

import gc
import sys

import typer

from helpers.coursework import process
from helpers.coursework.cli.commands import app
from helpers.coursework.cli.console import Exit, errors_explained, print_json
from helpers.coursework.isolation import bytecode
from helpers.coursework.light import leave_out_extensions

__all__ = ["app", "main"]


def main() -> None:
    """Run the command."""
    gc.set_threshold(200_000, 20, 50)  # nbgrader alone makes 120,000 objects that stay
    bytecode.use()
    leave_out_extensions()
    try:
        with errors_explained("--json" in sys.argv):  # an error outside the commands is a bug, too
            app()
    except process.Stopped:
        process.end_stopped()
    except typer.Exit as end:
        sys.exit(end.exit_code)
    except SystemExit as end:
        if end.code == Exit.WRONG_ARGUMENTS and "--json" in sys.argv:
            print_json({"error": "The arguments are wrong: see the message, or try --help."})
        raise
    finally:
        gc.freeze()  # collecting them at exit would take a fifth of a second
