"""Start a problem set from the template: ``python -m helpers.authoring.template NAME`` in the repository."""

import re
import sys
from pathlib import Path

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TEMPLATE = "template"


class TemplateError(Exception):
    """The set cannot be started; the message says why and what to do."""


def start_exercise(name: str, repository: Path = Path(".")) -> list[Path]:
    """Write the notebook of a new problem set and the file with the answers that test it.

    What they are and what is raised is as in :func:`fill_template`.

    Returns
    -------
    list of Path
        What was written.

    Examples
    --------
    >>> start_exercise("Words in Context")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    helpers.authoring.template.TemplateError: 'Words in Context' is not a valid name: ...
    """
    texts = fill_template(name, repository)
    for target, text in texts.items():
        (repository / target).parent.mkdir(parents=True, exist_ok=True)
        (repository / target).write_text(text, encoding="utf-8")
    return list(texts)


def fill_template(name: str, repository: Path = Path(".")) -> dict[Path, str]:
    """Return the texts of a new problem set by the paths at which they belong, and write nothing.

    Both come from the template.  Its tests fail until there are questions, solutions, and right and wrong
    answers.

    Parameters
    ----------
    name
        The slug of the chapter that the set belongs to, such as ``words-in-context``.
    repository
        The folder with ``exercises/`` and ``tests/``.

    Returns
    -------
    dict of str by Path
        The notebook, and the file for the answers that test it.

    Raises
    ------
    TemplateError
        When the name is not a slug, the set exists already, or the folder is not this repository.

    Examples
    --------
    >>> fill_template("words_in_context")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    helpers.authoring.template.TemplateError: 'words_in_context' is not a valid name: ...
    """
    if not _NAME.fullmatch(name):
        raise TemplateError(
            f"{name!r} is not a valid name: use lower-case letters, digits and hyphens, "
            "as in words-in-context."
        )
    written = {
        Path("exercises/template.ipynb"): Path("exercises/source", name, f"{name}.ipynb"),
        Path("tests/exercises/template.py"): Path("tests/exercises", f"{name.replace('-', '_')}.py"),
    }
    texts = {}
    for template, target in written.items():
        if not (repository / template).is_file():
            raise TemplateError(
                f"{repository.resolve()} has no {template}; run this in the folder of the book."
            )
        if (repository / target).exists():
            raise TemplateError(
                f"{target} exists already, so nothing was written. Choose another name, or edit that file."
            )
        texts[target] = (repository / template).read_text(encoding="utf-8").replace(_TEMPLATE, name)
    return texts


if __name__ == "__main__":
    try:
        for path in start_exercise(sys.argv[1] if len(sys.argv) > 1 else ""):
            print(path)
        print(
            "Solve it and add answers to its tests, which fail until then: see both files, and `make test`."
        )
    except TemplateError as error:
        sys.exit(f"new-exercise: {error}")
