"""Plugins: what installed packages tell the engine about their courses.

The engine knows no subject.  A package that has something to add names a :class:`Plugin` in its
``pyproject.toml``:

.. code-block:: toml

    [project.entry-points."coursework.plugins"]
    geography = "my_package.grading:PLUGIN"

Without any plugin, everything works as well.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path, PurePosixPath
from typing import Any

from helpers.coursework.boundary import CourseError

GROUP = "coursework.plugins"


@dataclass(frozen=True)
class Plugin:
    """What a package adds; each part may be left out.

    Its module is loaded at the start of most commands, so it should import nothing large.
    """

    skills: Callable[[], Mapping[str, str]] = dict
    """Returns tags of graded cells by which the report groups questions, in order, each with a sentence."""

    link: Callable[[str], str] = str
    """Returns a Markdown text of the course with links that work outside the course."""

    folders: Callable[[], Iterable[Path]] = tuple
    """Returns the folders, besides those of Python, that notebooks may read in the sandbox."""

    variables: tuple[str, ...] = ()
    """The environment variables that notebooks may read.  Other values of them must not change any points."""

    layouts: Mapping[str, Callable[[PurePosixPath], Any]] = field(default_factory=dict)
    """For each further learning system, by its name, a function that reads a path in its zip.

    It returns a `helpers.coursework.intake.lms.ParsedName`, or None for a path that this system does not
    write.
    """


@cache
def _load_plugins() -> list[tuple[EntryPoint, Plugin]]:
    return [(found, _load(found)) for found in sorted(entry_points(group=GROUP), key=lambda one: one.name)]


def _load(found: EntryPoint) -> Plugin:
    try:
        plugin = found.load()
    except Exception as error:  # it is the code of any package
        raise CourseError(f"The plugin {found.name} ({found.value}) cannot be loaded: {error}") from error
    if not isinstance(plugin, Plugin):
        raise CourseError(f"The plugin {found.name} ({found.value}) is no Plugin; correct or uninstall it.")
    return plugin


def read_skills() -> dict[str, str]:
    """Return the skills that questions may be tagged with, each with a sentence about it."""
    return {name: told for _, plugin in _load_plugins() for name, told in plugin.skills().items()}


def link(text: str) -> str:
    """Return a Markdown text of the course with links that work on a page of feedback."""
    for _, plugin in _load_plugins():
        text = plugin.link(text)
    return text


def find_folders() -> list[Path]:
    """Return the folders of data that notebooks may read in the sandbox."""
    return [folder for _, plugin in _load_plugins() for folder in plugin.folders()]


def read_variables() -> dict[str, str]:
    """Return the environment variables that notebooks may read, with their values."""
    names = [name for _, plugin in _load_plugins() for name in plugin.variables]
    return {name: os.environ[name] for name in names if name in os.environ}


def read_layouts() -> dict[str, Callable[[PurePosixPath], Any]]:
    """Return the functions that read the names of further learning systems, by the name of the system."""
    return {name: read for _, plugin in _load_plugins() for name, read in plugin.layouts.items()}


def list_requirements() -> list[str]:
    """Return what the packages of the plugins require, as in their metadata."""
    return [need for found, _ in _load_plugins() for need in (found.dist and found.dist.requires) or ()]
