"""Drawings of the few icons that the pages use, with the shapes of the theme's own script.

The theme ships Font Awesome as a script of one and a half megabytes, which puts a drawing in the place of
every icon's element when a page has been loaded.  The pages use about fifteen.  So the build does once what
the script would do at each visit; the theme's own styles for drawings hold, and no icon needs a script.
"""

import re
from collections import defaultdict
from typing import NamedTuple

_ICON = re.compile(r'<(?P<tag>i|span) class="(?P<classes>[^"]*\bfa[srb-][^"]*)"(?P<rest>[^>]*)></(?P=tag)>')
_TITLE = re.compile(
    r'\s+title="[^"]*"'
)  # a drawing has no such attribute; the buttons have titles of their own
_REGULAR = {"far", "fa-regular"}
_STYLES = {"fas", "fa-solid", "fab", "fa-brands", *_REGULAR}  # that script leaves these out
_SIZES = {"fa-2xs", "fa-xs", "fa-sm", "fa-lg", "fa-xl", "fa-2xl", "fa-fw"}
_SHAPE = re.compile(r'[{,]"?([a-z0-9-]+)"?:\[(\d+),(\d+),\[([^\]]*)\],"[0-9a-f]+","([^"]+)"')


class Shape(NamedTuple):
    """The outline of an icon, and the box that it fills."""

    width: str
    height: str
    path: str


def read_shapes(script: str) -> dict[str, list[Shape]]:
    """Return the shapes in Font Awesome's script by name, also by an older name.

    Some icons have two: the first is their outline, the last is filled.

    Examples
    --------
    >>> read_shapes('{"house":[576,512,[127968,"home"],"f015","M0 0h8"]}')["home"]
    [Shape(width='576', height='512', path='M0 0h8')]
    """
    shapes = defaultdict(list)
    for name, width, height, others, path in _SHAPE.findall(script):
        for known in [name, *re.findall(r'"([a-z0-9-]+)"', others)]:
            shapes[known].append(Shape(width, height, path))
    return dict(shapes)


def draw_icons(html: str, shapes: dict[str, list[Shape]]) -> str:
    """Return a page with a drawing in the place of every element that stands for an icon.

    Raises
    ------
    ValueError
        When the page names an icon that there is not.
    """

    def draw(found: re.Match) -> str:
        classes = found["classes"].split()
        names = [name for name in classes if name.startswith("fa-") and name not in _STYLES | _SIZES]
        if not names:
            return found[0]
        name = names[0].removeprefix("fa-")
        if name not in shapes:
            raise ValueError(f"The theme's Font Awesome has no icon {name}; use another name.")
        shape = shapes[name][0 if _REGULAR & set(classes) else -1]
        kept = " ".join(name for name in classes if name not in _STYLES)
        attributes = f'class="svg-inline--fa {kept}"{_TITLE.sub("", found["rest"])}'
        box = f"0 0 {shape.width} {shape.height}"
        outline = f'<path fill="currentColor" d="{shape.path}"/>'
        return f'<svg {attributes} aria-hidden="true" viewBox="{box}">{outline}</svg>'

    return _ICON.sub(draw, html)
