"""Offer to open the project on services that have Python: Binder, Codespaces, Colab, and a school's hub.

Which repository it is, is known where GitHub builds the book, or from `repository_url` in the settings; where
it is not known, or is not on github.com, nothing is shown.  In MyST::

    ```{elsewhere}
    ```
"""

from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from helpers.book.domain.course import COURSE

BRANCH = "students"
"""The branch with the students' notebooks, which `helpers.authoring.branch` makes."""

_NOTE = (
    "We do not run these services, and they learn your network address. Colab and Codespaces need an "
    "account. Binder keeps nothing, so download your notebook before you close the page."
)


def list_services(repository: str, exercises: list[str]) -> dict[str, list[tuple[str, str]]]:
    """Return the links to each service, as text and address.

    Parameters
    ----------
    repository
        The address of the repository; without one on github.com there are no links.
    exercises
        The names of the exercises.

    Examples
    --------
    >>> list_services("https://github.com/someone/split", ["deng-1962"])["Colab"]
    [('deng-1962', 'https://colab.research.google.com/github/someone/split/blob/students/deng-1962/deng-1962.ipynb')]
    >>> list_services("https://git.example.org/someone/split", ["deng-1962"])
    {}
    """
    parts = urlsplit(repository)
    name = parts.path.strip("/").removesuffix(".git")
    if parts.hostname != "github.com" or name.count("/") != 1:
        return {}
    hub = {
        "repo": f"https://github.com/{name}",
        "branch": BRANCH,
        "urlpath": f"lab/tree/{name.split('/')[1]}",
    }
    colab = f"https://colab.research.google.com/github/{name}/blob/{BRANCH}"
    return {
        "Binder": [
            (
                "all exercises in JupyterLab",
                f"https://mybinder.org/v2/gh/{name}/HEAD?labpath=exercises/release",
            )
        ],
        "Codespaces": [
            ("the whole project in an editor", f"https://codespaces.new/{name}?quickstart=1"),
        ],
        "Colab": [(one, f"{colab}/{quote(one)}/{quote(one)}.ipynb") for one in exercises],
        "Your school's JupyterHub": [
            (
                "make a link with nbgitpuller",
                f"https://nbgitpuller.readthedocs.io/en/latest/link.html?{urlencode(hub)}",
            )
        ],
    }


class ElsewhereDirective(SphinxDirective):
    """The list of services that open the project, or nothing where the repository is not known."""

    def run(self) -> list[nodes.Node]:
        """Return a note and the list, which only the site has."""
        source = Path(self.env.srcdir) / COURSE / "source"
        exercises = sorted(path.parent.name for path in source.glob("*/*.ipynb"))
        options = getattr(self.config, "html_theme_options", {})
        services = list_services(options.get("repository_url", ""), exercises)
        if not services:
            return []
        items = nodes.bullet_list()
        for service, links in services.items():
            line = nodes.paragraph("", "", nodes.strong("", service), nodes.Text(": "))
            for n, (text, address) in enumerate(links):
                line += [nodes.Text(", ")] * bool(n) + [nodes.reference("", text, refuri=address)]
            items += nodes.list_item("", line)
        title = nodes.paragraph("", "", nodes.strong("", "On a service with one click."))
        note = nodes.paragraph("", _NOTE)
        return [nodes.container("", title, items, note, classes=["live"])]
