"""Fill the templates of pages, which escape everything that is put into them."""

from collections.abc import Callable

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


def read_template(package: str, name: str, filters: dict[str, Callable]) -> Template:
    """Return a template of a package from its folder ``templates``.

    Parameters
    ----------
    package, name
        The name of the package, and that of the file.
    filters
        What the template may apply to values, besides Jinja's own filters.
    """
    environment = Environment(
        loader=PackageLoader(package, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= filters
    return environment.get_template(name)
