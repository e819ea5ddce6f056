"""Run the command as ``python -m helpers.coursework.cli``."""

from helpers.coursework.cli import main

if __name__ == "__main__":
    main()
