"""The pages and the exercise of a document that is added: frames, with words of the document that verify."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from string import Template

import pandas as pd

from helpers import find_quotation
from helpers.authoring.form import AuthoringError, Source
from helpers.authoring.template import TemplateError, fill_template
from helpers.dates import write_out
from helpers.references import make_id

_TEMPLATES = files("helpers.authoring") / "templates"
_LONG = 6
_GROUP = 3  # so many paragraphs have one question
_LONGEST, _LEAST = 8, 4  # words of a passage that stands for its paragraph
# What a role or a comment of the page would read as its own.
_SIGNS = re.compile(r"[`<>\\{}\[\]$*_#|…\"“”]|\.\.\.")
# Which objective each question of the template examines.
_OBJECTIVES = {"place-quoted": "point", "words-counted": "search", "argued": "separate"}


def write_pages(source: Source, repository: Path) -> dict[str, bytes]:
    """Return edition, page of close reading, exercise and its answers, by their paths in the repository.

    Raises
    ------
    AuthoringError
        When a page or an exercise of this name is there already.
    """
    texts = {
        f"chapters/{source.document_id}.md": _fill("edition.md", source),
        f"chapters/{source.document_id}-reading.md": _fill("reading.md", source),
    }
    for name in texts:
        if (repository / name).exists():
            raise AuthoringError(f"{name} is there already; choose another ID, or take it away.")
    try:
        exercise = fill_template(source.document_id, repository)
    except TemplateError as error:
        raise AuthoringError(str(error)) from None
    for path, text in exercise.items():
        texts[path.as_posix()] = _fit_notebook(source, text) if path.suffix == ".ipynb" else text
    return {name: text.encode() for name, text in texts.items()}


def _fill(template: str, source: Source) -> str:
    groups = list(_groups(source))
    passages = find_passages(source)
    is_talk = source.talk != source.date
    return Template((_TEMPLATES / template).read_text(encoding="utf-8")).substitute(
        id=source.document_id,
        speaker=source.speaker,
        short_title=source.short_title,
        term=_most_frequent(source.parsed.text),
        talk=write_out(source.talk),
        date=write_out(source.date),
        when=f", and what it tells of is dated {write_out(source.talk)}" if is_talk else "",
        questions="\n".join(f"{n}. {links}: *write your question.*" for n, links in enumerate(groups, 1)),
        passages="\n\n".join(
            f"*Say what happens in* {links}"
            + (f", *which begins* {{quotation}}`{passages[first]} <{first}>`." if first in passages else ".")
            for links, first in zip(groups, _firsts(source), strict=True)
        ),
    )


def _most_frequent(text: str) -> str:
    """Return the most frequent long word of a text, as a first word to look for."""
    words = re.findall(r"[a-z]+", text.lower())
    return Counter([word for word in words if len(word) >= _LONG] or words or ["a"]).most_common(1)[0][0]


def _spans(source: Source) -> list[tuple[int, int]]:
    n = source.parsed.n_paragraphs
    return [(first, min(first + _GROUP - 1, n)) for first in range(1, n + 1, _GROUP)]


def _groups(source: Source) -> Iterator[str]:
    """Yield links to the first and the last of some paragraphs."""
    for first, last in _spans(source):
        ends = dict.fromkeys((first, last))
        yield "–".join(f"{{para}}`¶ {n} <{make_id(source.document_id, 'p', n)}>`" for n in ends)


def _firsts(source: Source) -> list[str]:
    return [make_id(source.document_id, "p", first) for first, _ in _spans(source)]


def find_passages(source: Source) -> dict[str, str]:
    """Return words from the beginning of each paragraph that verify as a quotation of it, by paragraph id.

    A paragraph that begins with signs which a page would read as its own has none.
    """
    ids = [make_id(source.document_id, "p", n) for n in range(1, source.parsed.n_paragraphs + 1)]
    texts = source.parsed.paragraphs
    frame = pd.DataFrame({"document_id": source.document_id, "paragraph_id": ids, "text": texts})
    found = {}
    for paragraph_id, text in zip(ids, texts, strict=True):
        words = re.split(r"(?<=[.?!;:])\s", _SIGNS.split(text)[0])[0].split()[:_LONGEST]
        passage = " ".join(words).rstrip(".,;:?!'’‘ -–—(")
        if len(words) < _LEAST:
            continue
        if paragraph_id in set(find_quotation(passage, paragraphs=frame)["paragraph_id"]):
            found[paragraph_id] = passage
    return found


def _fit_notebook(source: Source, text: str) -> str:
    """Return the template's notebook with questions about this document, tied to objectives of its page."""
    text = text.replace("deng-1962", source.document_id)
    text = text.replace("p05", f"p{min(5, source.parsed.n_paragraphs):02}")
    text = text.replace("[¶ 5]", f"[¶ {min(5, source.parsed.n_paragraphs)}]")
    text = text.replace("load_paragraphs()", f'load_paragraphs(documents=\\"{source.document_id}\\")')
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in _OBJECTIVES:
            cell["metadata"]["tags"].append(f"{source.document_id}.{_OBJECTIVES[name]}")
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
