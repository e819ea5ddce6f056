"""The command `coursework`: an instructor's work with a class, step by step, in nbgrader's own folders."""

import gc

from helpers.coursework.cli.commands import app
from helpers.coursework.isolation import bytecode
from helpers.coursework.light import leave_out_extensions

__all__ = ["app", "main"]


def main() -> None:
    """Run the command."""
    gc.set_threshold(200_000, 20, 50)  # nbgrader alone makes 120,000 objects that stay
    bytecode.use()
    leave_out_extensions()
    try:
        app()
    finally:
        gc.freeze()  # collecting them at exit would take a fifth of a second
