"""The extras of the package: say what to install before an import fails."""

import re
from importlib.metadata import PackageNotFoundError, distribution, requires

_PACKAGE = "sino-soviet-split"


def require(extra: str, *, used_by: str) -> None:
    """Do nothing if the packages of an extra are installed.

    Parameters
    ----------
    extra
        The name of the extra, such as ``book``.
    used_by
        What needs it, for the message.

    Raises
    ------
    ImportError
        If one of them is missing; the message names it and says how to install it.

    Examples
    --------
    >>> require("grading", used_by="The command coursework")
    """
    marked = re.compile(rf"extra == ['\"]{extra}['\"]")
    try:
        wanted = [re.split(r"[^\w.-]", need)[0] for need in requires(_PACKAGE) or () if marked.search(need)]
    except PackageNotFoundError:  # used from a folder, without being installed
        return
    missing = [name for name in wanted if not _is_installed(name)]
    if missing:
        raise ImportError(
            f"{used_by} needs {', '.join(missing)}: install the package with its extra, as in "
            f"pip install '{_PACKAGE}[{extra}]'.",
            name=used_by,
        )


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True
