"""Ask the addresses that lead out of the book whether they still answer; nothing else here asks others."""

import json
import subprocess
from pathlib import Path

from helpers.book.build import JUPYTER_BOOK, BookError

_BUILDER = ["--builder", "custom", "--custom-builder", "linkcheck"]
_OUT = Path("_build") / "linkcheck"


def check_links(folder: Path) -> int:
    """Ask every address in the book in ``folder``, print those that fail, and return an exit code.

    All answers are in ``_build/linkcheck/output.json``.  A server that is down today is no fault of the book:
    so nothing that publishes it waits for this.

    Raises
    ------
    BookError
        When ``folder`` holds no book, or the book could not be read.

    Examples
    --------
    >>> check_links(Path("."))  # doctest: +SKIP
    0
    """
    if not (folder / "_config.yml").is_file():
        raise BookError(f"{folder.resolve()} holds no _config.yml; run this in the folder of the book.")
    report = folder / _OUT / "output.json"
    report.unlink(missing_ok=True)
    subprocess.run([*JUPYTER_BOOK, *_BUILDER], cwd=folder, capture_output=True)
    if not report.is_file():
        raise BookError("The links could not be checked, for the book could not be read; try `make site`.")
    answers = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    asked = {answer["uri"] for answer in answers}
    failed = {answer["uri"]: answer for answer in answers if answer["status"] in ("broken", "timeout")}
    for uri, answer in sorted(failed.items()):
        print(f"{answer['filename']}:{answer['lineno']}: {uri}: {' '.join(answer['info'].split())[:200]}")
    print(f"{len(asked)} addresses were asked, and {len(failed)} did not answer as they should.")
    return 1 if failed else 0
