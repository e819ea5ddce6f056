"""Find the order in which a book is read."""

from sphinx.environment import BuildEnvironment


def pages_in_order(env: BuildEnvironment) -> list[str]:
    """Return the pages in the order of the table of contents or, if there is none, by name."""
    order = getattr(env, "external_site_map", None)
    return [str(page) for page in order or sorted(env.found_docs) if page in env.found_docs]
