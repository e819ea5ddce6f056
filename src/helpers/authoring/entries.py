"""What a new document adds to files that it shares with others: a row, an entry, lines of a list."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable

import yaml

from helpers.authoring.changes import Piece
from helpers.authoring.form import Source

_PART = "The documents"
_PRECISIONS = {4: "year", 7: "month", 10: "day"}
_TEX = {"\\": r"{\textbackslash}", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}"}
_TEX |= {sign: rf"\{sign}" for sign in "&%$#_"} | dict.fromkeys("{}", "")


def list_entries(source: Source) -> list[tuple[Piece, Callable[[str], int]]]:
    """Return the pieces of a document, each with what finds its place in the text of its file."""
    document_id, key = source.document_id, re.escape(source.document_id)
    raw = f"raw/{document_id}.txt"
    return [
        (Piece("data/documents.csv", _row(source, raw), rf"^{key},.*\n"), len),
        (
            Piece(
                "data/datapackage.json",
                _resource(source, raw),
                rf'^    \{{\n      "name": "{key}",\n(?:      .*\n)*    \}},?\n',
            ),
            lambda text: text.rindex('    {\n      "name": "'),
        ),
        (
            Piece(
                "data/README.md",
                f"| `{raw}` | Transcription of {_plain(source.short_title)}, which was added. |\n",
                rf"^\| `{re.escape(raw)}` \|.*\n",
            ),
            lambda text: text.index("\n", text.rindex("\n| `raw/") + 1) + 1,
        ),
        (Piece("data/RIGHTS.md", _rights(source, raw), rf"^`{re.escape(raw)}` .*\n.*\n"), len),
        (
            Piece("chapters/references.bib", _reference(source), rf"^\n@misc\{{{key},\n(?:.*\n)*?\}}\n"),
            len,
        ),
        (
            Piece(
                "_toc.yml",
                "".join(
                    f"      - file: chapters/{slug}\n" for slug in (document_id, f"{document_id}-reading")
                ),
                rf"^ *- file: chapters/{key}(?:-reading)?\n",
            ),
            _end_of_part,
        ),
    ]


def _row(source: Source, raw: str) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(
        [
            *(source.document_id, raw, source.short_title, "added", ""),
            *_dated(source.talk),
            *_dated(source.date),
            *(source.url, source.parsed.url or ""),
            *(hashlib.sha256(source.raw).hexdigest(), len(source.raw)),
        ]
    )
    return line.getvalue()


def _dated(edtf: str) -> tuple[str, str]:
    """Return the first day of a date, and how exactly it is known."""
    return edtf + "-01" * ((10 - len(edtf)) // 3), _PRECISIONS[len(edtf)]


def _resource(source: Source, raw: str) -> str:
    described = {
        "name": source.document_id,
        "path": raw,
        "profile": "data-resource",
        "title": source.title,
        "description": "Transcription that was added to the book.",
        "scheme": "file",
        "format": "txt",
        "mediatype": "text/plain",
        "encoding": "utf-8",
        "bytes": len(source.raw),
        "hash": f"sha256:{hashlib.sha256(source.raw).hexdigest()}",
        "licenses": [{"path": "RIGHTS.md", "title": "Terms of the source"}],
        "sources": [{"title": source.source, "path": source.url} if source.url else {"title": source.source}],
    }
    text = json.dumps(described, indent=2, ensure_ascii=False)
    return "".join(f"    {line}\n" for line in text.splitlines())[:-1] + ",\n"


def _rights(source: Source, raw: str) -> str:
    return (
        f"`{raw}` was added to this copy of the book, and it comes from: {_plain(source.source)}\n"
        "Before you publish it, look up the terms of its source and write them here.\n"
    )


def _plain(text: str) -> str:
    """Return a text in which Markdown reads no marks, on one line."""
    return re.sub(r"([\\`*_{}\[\]<>#$|~&])", r"\\\1", " ".join(text.split()))


def _reference(source: Source) -> str:
    fields = {
        "shorthand": source.short_title,
        "title": f"{{{_tex(source.title)}}}",
        "howpublished": _tex(_place(source)),
        "year": source.date[:4],
        "url": source.url,
    }
    lines = [f"  {name:<12} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"\n@misc{{{source.document_id},\n{''.join(lines)}}}\n"


def _place(source: Source) -> str:
    """Return where the text comes from, without the title that stands at its beginning."""
    return re.sub(rf'^["“]?{re.escape(source.title)}["”]?,?\s*', "", source.source).rstrip(" .,")


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in " ".join(text.split()))


def _end_of_part(text: str) -> int:
    """Return where the part of the documents ends in the table of contents."""
    parts = yaml.safe_load(text)["parts"]
    part = next((part for part in parts if part.get("caption") == _PART), parts[0])
    last = f"- file: {part['chapters'][-1]['file']}\n"
    return text.index(last) + len(last)
