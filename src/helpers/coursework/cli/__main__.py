"""Run the command as ``python -m helpers.coursework.cli``."""

from helpers.coursework import process
from helpers.coursework.cli import main

if __name__ == "__main__":
    process.watch_signals()
    process.open_streams()
    main()
