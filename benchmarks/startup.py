"""What it costs to begin: ``python -m benchmarks.startup``.

Each thing is done in fresh processes, and the median of the processor's time is printed: an empty program
beside one that imports the package, and the first call of `load_paragraphs` after pandas has been imported.
Python may keep what it has compiled, as it does unless PYTHONDONTWRITEBYTECODE forbids it.
"""

import os
import statistics
import subprocess
import sys

TIMES = 15
CLOCK = "import time; start = time.process_time(); {do}; print(1000 * (time.process_time() - start))"
NOTHING = "import time; print(1000 * time.process_time())"
IMPORT = "import helpers, time; print(1000 * time.process_time())"
LOAD = "import pandas, helpers; " + CLOCK.format(do="helpers.load_paragraphs()")


def milliseconds(code: str) -> float:
    """Return the median milliseconds that a program prints."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    ran = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
           for _ in range(TIMES + 1)]  # fmt: skip
    return statistics.median(float(one.stdout) for one in ran[1:])  # the first may compile


def main() -> None:
    nothing, imported = milliseconds(NOTHING), milliseconds(IMPORT)
    print(f"importing nothing   {nothing:8.1f} ms")
    print(f"import helpers      {imported:8.1f} ms, {imported - nothing:.1f} ms more (goal 10)")
    print(f"load_paragraphs()   {milliseconds(LOAD):8.1f} ms after pandas (goal 20)")


if __name__ == "__main__":
    main()
