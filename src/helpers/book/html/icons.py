"""Draw the icons of the pages at build time, with the shapes from the theme's script.

The theme includes Font Awesome as a script of one and a half megabytes, which replaces the element of each
icon with a drawing when a page has loaded.  The pages use about fifteen icons.  The build does once what the
script would do at each visit; the theme's styles for drawings still apply, and no icon needs a script.
"""

import re
from collections import defaultdict
from typing import NamedTuple

_ICON = re.compile(r'<(?P<tag>i|span) class="(?P<classes>[^"]*\bfa[srb-][^"]*)"(?P<rest>[^>]*)></(?P=tag)>')
_TITLE = re.compile(
    r'\s+title="[^"]*"'
)  # a drawing has no such attribute, and the buttons have their own titles
_REGULAR = {"far", "fa-regular"}
_STYLES = {"fas", "fa-solid", "fab", "fa-brands", *_REGULAR}  # the script leaves these out
_SIZES = {"fa-2xs", "fa-xs", "fa-sm", "fa-lg", "fa-xl", "fa-2xl", "fa-fw"}
_SHAPE = re.compile(r'[{,]"?([a-z0-9-]+)"?:\[(\d+),(\d+),\[([^\]]*)\],"[0-9a-f]+","([^"]+)"')


class Shape(NamedTuple):
    """The outline of an icon and its bounding box."""

    width: str
    height: str
    path: str


def read_shapes(script: str) -> dict[str, list[Shape]]:
    """Return the shapes in Font Awesome's script by name, including older names.

    If an icon has two shapes, the first is the outline and the last is filled.

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
    """Return a page in which drawings replace the elements of icons.

    Raises
    ------
    ValueError
        If the page names an icon that does not exist.
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
