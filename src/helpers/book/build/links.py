"""Check the external links of the book; nothing else in this package contacts other servers."""

import json
from pathlib import Path

from helpers.book.build.site import BookError, run_jupyter_book

_BUILDER = ["--builder", "custom", "--custom-builder", "linkcheck"]
_OUT = Path("_build") / "linkcheck"


def check_links(folder: Path) -> int:
    """Check every external link of the book in ``folder``, print failures, and return an exit code.

    All answers are in ``_build/linkcheck/output.json``.  Publishing the book does not depend on this check,
    because a server may be down for other reasons.

    Raises
    ------
    BookError
        If ``folder`` contains no book, or the book could not be read.

    Examples
    --------
    >>> check_links(Path("."))  # doctest: +SKIP
    0
    """
    if not (folder / "_config.yml").is_file():
        raise BookError(f"{folder.resolve()} contains no _config.yml; run this in the folder of the book.")
    report = folder / _OUT / "output.json"
    report.unlink(missing_ok=True)
    run_jupyter_book(folder, *_BUILDER, quiet=True)
    if not report.is_file():
        raise BookError("The links could not be checked, as the book could not be read; try `make site`.")
    answers = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    asked = {answer["uri"] for answer in answers}
    failed = {answer["uri"]: answer for answer in answers if answer["status"] in ("broken", "timeout")}
    for uri, answer in sorted(failed.items()):
        print(f"{answer['filename']}:{answer['lineno']}: {uri}: {' '.join(answer['info'].split())[:200]}")
    print(f"{len(asked)} links checked, {len(failed)} failed.")
    return 1 if failed else 0
