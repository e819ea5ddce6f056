"""Grade a class on top of nbgrader, whatever its subject: collect, mark, give feedback, report, export."""

import sys
from pathlib import Path

PACKAGE = Path(str(sys.modules[__name__.partition(".")[0]].__file__)).parent
"""The folder of the package that holds this one; built as a wheel alone, it is this one."""
