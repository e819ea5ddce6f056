"""Join the style sheets of the theme and of other extensions into one file, without rules that no page needs.

A rule stays if every class, id and element that one of its selectors needs is on some page of the site or
named in some script, which may add it later.  Attributes and states such as ``:hover`` always count as there,
so the dark mode, print and whatever a script sets look as before.  Our own style sheets stay as they are.
"""

import posixpath
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import tinycss2
from sphinx.application import Sphinx

from helpers.book.live import jupyterlite

OWN = Path(__file__).parent / "static"
FOLDER = "_static/styles"
"""The folder of the joined file in the site."""

_LINK = re.compile(r'[ \t]*<link\b[^>]*\bhref="([^"?]*\b_static/[^"?]*\.css)[^"]*"[^>]*>\n?')
_NAMES = re.compile(r'data-joined="([^"]*)"')
_SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>", re.DOTALL)
_CLASS = re.compile(r"""\b(?:class|id)=(["'])(.*?)\1""", re.DOTALL)
_TAG = re.compile(r"<([a-zA-Z][\w-]*)")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_URL = re.compile(r"""url\((["']?)(?!data:|https?:|[#/])([^)"']+)\1\)""")
_ANY_OF = ("is", "where", "matches", "-webkit-any")
_NESTED = ("media", "supports", "layer", "container")


class Names(NamedTuple):
    """What pages and scripts name: whole names, and beginnings of names that scripts complete."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    def __contains__(self, name: object) -> bool:
        return name in self.whole or str(name).startswith(self.beginnings)


def setup(app: Sphinx) -> None:
    """Join the style sheets when all pages are written and have lost what they do not need."""
    app.connect("build-finished", _join, priority=600)


def _join(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.name != "html":
        return
    out = Path(app.outdir)
    pages = {path: path.read_text(encoding="utf-8") for path in _find_pages(out)}
    links = {path: list(_find_links(text, path.parent, out)) for path, text in pages.items()}
    if not any(_NAMES.search(link) is None for some in links.values() for link, _ in some):
        return  # no page was written anew, so Sphinx has not brought the style sheets back either
    scripts = [path.read_text(encoding="utf-8") for path in sorted((out / "_static").rglob("*.js"))]
    names = find_names(pages.values(), scripts)
    for path in (out / FOLDER).glob("book-*.css"):
        path.unlink()
    joined: dict[tuple[str, ...], str] = {}
    for path, text in pages.items():
        sheets = tuple(name for _, name in links[path])
        if not sheets:
            continue
        if sheets not in joined:
            joined[sheets] = _write(out, sheets, names)
        up = posixpath.relpath(joined[sheets], path.parent.relative_to(out).as_posix())
        first, *others = dict.fromkeys(link for link, _ in links[path])
        for link in others:
            text = text.replace(link, "", 1)
        link = f'  <link rel="stylesheet" href="{up}" data-joined="{" ".join(sheets)}">\n'
        path.write_text(text.replace(first, link, 1), encoding="utf-8")
    for name in {name for sheets in joined for name in sheets}:
        (out / name).unlink()
        (out / f"{name}.map").unlink(missing_ok=True)


def _find_pages(out: Path) -> Iterator[Path]:
    """Yield the pages of the book, without those of JupyterLite and a template that the theme leaves."""
    for path in sorted(out.rglob("*.html")):
        if path.relative_to(out).parts[0] not in ("_static", jupyterlite.FOLDER):
            yield path


def _find_links(text: str, folder: Path, out: Path) -> Iterator[tuple[str, str]]:
    """Yield the links to style sheets before the first of ours, each with its file's path in the site.

    A page that an earlier build wrote has one link, which names all that were joined.
    """
    for found in _LINK.finditer(text):
        name = posixpath.normpath(posixpath.join(folder.relative_to(out).as_posix(), found[1]))
        if 'rel="stylesheet"' not in found[0]:
            continue
        if (OWN / name.removeprefix("_static/")).is_file() or "media=" in found[0]:
            return
        names = _NAMES.search(found[0])
        for one in names[1].split() if names else [name]:
            yield found[0], one


def _write(out: Path, sheets: Iterable[str], names: Names) -> str:
    """Write what is needed of some style sheets into one file, named after its content; return its path."""
    content = "".join(purge(_read(out, name), names) for name in sheets)
    made = f"{FOLDER}/book-{zlib.crc32(content.encode()):08x}.css"
    (out / made).parent.mkdir(parents=True, exist_ok=True)
    (out / made).write_text(content, encoding="utf-8")
    return made


def _read(out: Path, name: str) -> str:
    """Return a style sheet with those that it imports, and with addresses as seen from the joined file."""

    def move(found: re.Match) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2]))
        return f'url("{posixpath.relpath(path, FOLDER)}")'

    def include(found: re.Match) -> str:
        return _read(out, posixpath.normpath(posixpath.join(posixpath.dirname(name), found[1])))

    text = _URL.sub(move, (out / name).read_text(encoding="utf-8").removeprefix("\ufeff"))
    text = re.sub(r'@charset "[^"]*";', "", text)
    return re.sub(r'@import "(?!https?:)([^"]+)";', include, text)


def find_names(pages: Iterable[str], scripts: Iterable[str]) -> Names:
    """Return the names of classes, ids and elements that pages have and that scripts mention.

    Examples
    --------
    >>> names = find_names(['<p class="lead wide">'], ['add("open"); add(`kind-${kind}`)'])
    >>> [name in names for name in ("lead", "p", "open", "kind-title", "narrow")]
    [True, True, True, True, False]
    """
    whole, code = set(), list(scripts)
    for page in pages:
        code += _SCRIPT.findall(page)
        whole.update(*(found[2].split() for found in _CLASS.finditer(page)), _TAG.findall(page))
    words = {word for text in code for word in _WORD.findall(text)}
    # A script that writes `kind-${kind}` or "kind-" + kind may make any name that begins so.
    begun = tuple(sorted(word for word in words if word.endswith("-") and len(word) > 2))
    return Names(frozenset(whole | words), begun)


def purge(sheet: str, names: Names) -> str:
    """Return a style sheet without the rules whose selectors need a name that is not there.

    Comments go, except those that begin with ``!``, which give the license.

    Examples
    --------
    >>> purge("a.x, b{top:0} i{top:0} @media print{u{top:0}} a:hover{top:1px}", find_names(["<a>"], ["b"]))
    'b{top:0}a:hover{top:1px}'
    """
    return "".join(_keep(tinycss2.parse_stylesheet(sheet, skip_whitespace=True), names))


def _keep(rules: Iterable[Any], names: Names) -> Iterator[str]:
    for rule in rules:
        if rule.type == "comment" and rule.value.startswith("!"):
            yield f"/*{rule.value}*/\n"
        elif rule.type == "at-rule" and rule.lower_at_keyword in _NESTED and rule.content is not None:
            inside = "".join(_keep(tinycss2.parse_rule_list(rule.content, skip_whitespace=True), names))
            if inside:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}"
        elif rule.type == "at-rule":
            yield rule.serialize()
        elif rule.type == "qualified-rule":
            kept = [one for one in _split(rule.prelude) if _is_needed(one, names) or _is_rare(one)]
            if any(_is_needed(one, names) for one in kept):
                selectors = ",".join(tinycss2.serialize(one).strip() for one in kept)
                content = [token for token in rule.content if token.type != "comment"]
                yield f"{selectors}{{{tinycss2.serialize(content).strip()}}}"


def _split(tokens: Iterable[Any]) -> list[list[Any]]:
    """Return the selectors of a list."""
    found: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            found.append([])
        elif token.type != "comment":
            found[-1].append(token)
    return found


def _is_rare(selector: list[Any]) -> bool:
    """Say whether only some browsers know a selector: the others ignore the rule, and still must."""
    return ":-" in tinycss2.serialize(selector)


def _is_needed(selector: list[Any], names: Names) -> bool:
    """Say whether every name in a selector is there; what it excludes need not be."""
    is_needed, before = partial(_is_needed, names=names), ""
    for token in selector:
        is_name = token.type == "hash" or (token.type == "ident" and before != ":")
        if is_name and token.value not in names:
            return False
        is_choice = token.type == "function" and token.lower_name in _ANY_OF
        if is_choice and not any(map(is_needed, _split(token.arguments))):
            return False
        before = token.value if token.type == "literal" else ""
    return True
