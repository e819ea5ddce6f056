"""Add metadata for search engines, reference managers and link previews.

Each page gets a description, Open Graph tags and schema.org data.  Information about the book comes from
CITATION.cff and the settings.  Addresses, the site map and the picture are made only if BOOK_URL gives the
address of the published book.  The metadata are text in the page, and no other server is contacted.
"""

import json
import posixpath
import re
import textwrap
from html import escape
from pathlib import Path

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from helpers.book.html.card import SIZE, describe_card, draw_card

LONGEST = 160
"""The largest number of characters of a description that is shown."""

CARD = "_static/card.png"
"""The path of the book's picture, relative to its address."""

# A capital letter before the full stop is an initial.
_SENTENCE_END = re.compile(r"(?<=[^\WA-Z_][.?!])\s+|(?<=[)”\"’][.?!])\s+")
_TIME = re.compile(r"^Time: about (\d+) minutes")


def setup(app: Sphinx) -> None:
    """Add metadata to each page when it is written, and to the site at the end."""
    app.add_config_value("educational_level", "", "html", str)
    app.connect("html-page-context", _describe_page)
    app.connect("build-finished", _describe_site)


# --- what a page says ---


def shorten(text: str) -> str:
    """Return as many whole sentences as fit into a description, or the beginning of the first.

    Examples
    --------
    >>> shorten("S. V. Chervonenko wrote. He was an ambassador. " + "Much more followed. " * 9)[:46]
    'S. V. Chervonenko wrote. He was an ambassador.'
    >>> shorten("One very long sentence " * 20)[-11:]
    'very long …'
    """
    kept, *others = _SENTENCE_END.split(" ".join(text.split()))
    for sentence in others:
        if len(kept) + 1 + len(sentence) > LONGEST:
            break
        kept += f" {sentence}"
    return textwrap.shorten(kept, LONGEST, placeholder=" …")


def first_paragraph(doctree: nodes.document) -> str:
    """Return the text of the first paragraph outside boxes and buttons, or an empty string."""
    found = (
        node
        for node in doctree.findall(nodes.paragraph)
        if isinstance(node.parent, nodes.section) and "live" not in node["classes"]
    )
    return next(map(_text, found), "")


def _text(node: nodes.Element) -> str:
    """Return the text of a part of a page, without raw HTML."""
    words = (text.astext() for text in node.findall(nodes.Text) if not isinstance(text.parent, nodes.raw))
    return " ".join("".join(words).split())


def _duration(doctree: nodes.document) -> str | None:
    """Return the time given in the objectives of a chapter, in ISO 8601 format."""
    found = filter(None, (_TIME.search(_text(node)) for node in doctree.findall(nodes.paragraph)))
    return next((f"PT{match[1]}M" for match in found), None)


def _objectives(doctree: nodes.document) -> list[str]:
    boxes = (node for node in doctree.findall(nodes.Admonition) if "objectives" in node.get("classes", ()))
    return [_text(item).rstrip(".,") for box in boxes for item in box.findall(nodes.list_item)]


# --- in the words of schema.org ---


def book_data(cff: dict, config: Config) -> dict:
    """Return the data about the book, from its CITATION.cff and the settings of Sphinx."""
    licenses = cff.get("license", [])
    return _known(
        {
            "@type": ["Book", "LearningResource"],
            "name": config.html_title,
            "url": _address(config, config.root_doc),
            "description": " ".join(cff.get("abstract", "").split()),
            "author": [_agent(author) for author in cff.get("authors", [])],
            "version": str(cff.get("version", "")),
            "datePublished": str(cff.get("date-released", "")),
            "keywords": cff.get("keywords", []),
            "inLanguage": config.language,
            "license": [
                f"https://spdx.org/licenses/{name}.html"
                for name in ([licenses] if isinstance(licenses, str) else licenses)
            ],
            "educationalLevel": config.educational_level,
            "isAccessibleForFree": True,
            "citation": [
                {"@type": "CreativeWork", "name": work["title"], "url": work["url"]}
                for work in cff.get("references", [])
            ],
        }
    )


def chapter_data(book: dict, *, name: str, address: str, description: str, doctree: nodes.document) -> dict:
    """Return the data about a chapter: those of the book, what it teaches and how long it takes."""
    shared = ("author", "datePublished", "inLanguage", "license", "educationalLevel", "isAccessibleForFree")
    return _known(
        {
            "@type": ["Chapter", "LearningResource"],
            "name": name,
            "url": address,
            "description": description,
            "isPartOf": _known({"@type": "Book", "name": book["name"], "url": book.get("url")}),
            "timeRequired": _duration(doctree),
            "teaches": _objectives(doctree),
            **{key: book.get(key) for key in shared},
        }
    )


def _agent(author: dict) -> dict:
    if "name" in author:
        return {"@type": "Organization", "name": author["name"]}
    return {"@type": "Person", "givenName": author["given-names"], "familyName": author["family-names"]}


def _known(data: dict) -> dict:
    """Return the data without unknown values."""
    return {key: value for key, value in data.items() if value}


# --- in the pages ---


def _makes_site(app: Sphinx) -> bool:
    """Say whether the pages of a site are built; those of an e-book are XML and are not linked to."""
    return app.builder.format == "html" and app.builder.name != "epub"


def _describe_page(
    app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Add metadata to a page, and keep pages that are not part of the book out of search engines."""
    if not _makes_site(app):
        return
    book = book_data(_citation(app), app.config)
    if doctree is None:
        context["metatags"] = context.get("metatags", "") + '\n<meta name="robots" content="noindex">\n'
        return
    name = _text(app.env.titles[page])
    if name == app.config.html_title:
        context["docstitle"] = ""  # the theme would write it twice, but needs it next to the logo
        context["theme_logo"] = {**(context.get("theme_logo") or {}), "text": name}
    is_root = page == app.config.root_doc
    own = app.env.metadata[page].get("description") or ("" if is_root else first_paragraph(doctree))
    description = shorten(own or book.get("description", "") or first_paragraph(doctree) or name)
    about = {"name": name, "address": _address(app.config, page), "description": description}
    data = book if is_root else chapter_data(book, **about, doctree=doctree)
    context["metatags"] = context.get("metatags", "") + _tags(
        app.config, data, **about, kind="website" if is_root else "article"
    )


def _tags(config: Config, data: dict, *, name: str, address: str, description: str, kind: str) -> str:
    """Return the tags of one page in HTML."""
    graph = {
        "title": name,
        "description": description,
        "type": kind,
        "site_name": config.html_title,
    }
    if address:
        width, height = map(str, SIZE)
        graph |= {
            "url": address,
            "image": posixpath.join(config.html_baseurl, CARD),
            "image:width": width,
            "image:height": height,
            "image:alt": describe_card(),
        }
    lines = [f'<meta name="description" content="{escape(description)}">']
    lines += [f'<meta property="og:{key}" content="{escape(value)}">' for key, value in graph.items()]
    if address:
        lines.append('<meta name="twitter:card" content="summary_large_image">')
    # These are data, not code, so a policy that forbids scripts in the page allows them.
    said = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False).replace("<", "\\u003c")
    lines.append(f'<script type="application/ld+json">{said}</script>')
    return "\n" + "\n".join(lines) + "\n"


def _address(config: Config, page: str) -> str:
    """Return the address of a published page, or an empty string if it is unknown."""
    return posixpath.join(config.html_baseurl, f"{page}.html") if config.html_baseurl else ""


def _citation(app: Sphinx) -> dict:
    path = Path(app.srcdir) / "CITATION.cff"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}


# --- files of the site ---


def _describe_site(app: Sphinx, exception: Exception | None) -> None:
    """Write the files of the whole site: its entry page and, if its address is known, map and picture."""
    if exception or not _makes_site(app):
        return
    out = Path(app.outdir)
    if app.config.root_doc != "index":
        _write_door(app, out)
    if app.config.html_baseurl:
        addresses = (_address(app.config, page) for page in sorted(app.env.all_docs))
        urls = "".join(f"  <url><loc>{escape(address)}</loc></url>\n" for address in addresses)
        (out / "sitemap.xml").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n',
            encoding="utf-8",
        )
        (out / CARD).write_bytes(draw_card(app.config.html_title))


def _write_door(app: Sphinx, out: Path) -> None:
    """Write the page at the address of the book, which redirects to the first page and has its metadata.

    Most links to a book use this address, and services that make previews do not follow the redirect.
    """
    first = f"{app.config.root_doc}.html"
    head = (out / first).read_text(encoding="utf-8")
    kept = re.findall(
        r'<meta (?:name|property)="(?:description|og:|twitter:)[^>]*>|<link rel="canonical"[^>]*>', head
    )
    # If a page names no icon, browsers request one from the top folder of the host.
    favicon = app.config.html_favicon
    icon = [f'<link rel="icon" href="_static/{Path(favicon).name}">'] if favicon else []
    (out / "index.html").write_text(
        "\n".join(
            [
                "<!DOCTYPE html>",
                f'<html lang="{app.config.language}">',
                "<head>",
                '<meta charset="utf-8">',
                f"<title>{escape(app.config.html_title)}</title>",
                *kept,
                *icon,
                f'<meta http-equiv="refresh" content="0; url={first}">',
                "</head>",
                f'<body><p><a href="{first}">{escape(app.config.html_title)}</a></p></body>',
                "</html>",
                "",
            ]
        ),
        encoding="utf-8",
    )
