"""Make a marked notebook inert: nothing that a student put into it runs or is loaded when it is shown.

Formgrader and JupyterLab show the notebooks in ``autograded/`` with the rights of the person who marks.  So
these notebooks contain only text, tables and pictures; the originals stay in ``submitted/``.
"""

import base64
import binascii
import html
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import PurePosixPath

import bleach
from bleach.css_sanitizer import CSSSanitizer
from nbformat import NotebookNode

from helpers.coursework.marking.spec import CellSpec
from helpers.marks import MIME_TYPE, make_output, read_mark

# The limits of what a notebook may show, in characters; the rest is left out.
_MOST_TEXT = 200_000
_MOST_IN_ALL = 5_000_000
_MOST_CODE = 200_000  # Formgrader takes a minute to color a million, and hangs meanwhile
_LEFT_OUT = "\n... the rest was left out; it is in submitted/ ..."

# --- text ---

_COLOR = r"(?:[34]8;5;\d{1,3}|[34]8;2;\d{1,3};\d{1,3};\d{1,3}|0?\d|[12]\d|[34][0-79]|9[0-7]|10[0-7])"
# Colors of a traceback are kept if well formed: nbconvert fails on others, and terminals obey other codes.
_CONTROL = re.compile(
    rf"(\x1b\[(?:{_COLOR}(?:;{_COLOR})*)?m)|\x1b\[[0-?]*[ -/]*[@-~]"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)

_ANY_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def plain_text(value: object) -> str:
    """Return a text without control characters, except for line ends, tabs and colors, and not too long.

    Examples
    --------
    >>> plain_text("a\\x07\\x1b[2J\\x1b[31mb"), plain_text(["a", "b"])
    ('a\\x1b[31mb', 'ab')
    """
    text = "".join(map(str, value)) if isinstance(value, list) else str(value)
    if len(text) > _MOST_TEXT:
        text = text[:_MOST_TEXT] + _LEFT_OUT
    return _CONTROL.sub(lambda found: found[1] or "", text) if _ANY_CONTROL.search(text) else text


# --- formulas: MathJax reads them wherever text is shown, including in HTML ---

_TEX = re.compile(
    r"\\(?:href|url|require|unicode|style|class|cssId|data|bbox|mmlToken|includegraphics|html\w*|[egx]?def|let"
    r"|(?:re|provide)?newcommand|renewcommand|(?:re)?newenvironment|Declare\w+|csname|input)(?![a-z])"
)
_FORMULA = re.compile(r"\$|\\[(\[]|\\begin")
_JOINER = "\u2060"  # it is invisible


def _has_active_formula(text: str) -> bool:
    return bool(_FORMULA.search(text) and _TEX.search(text))


# --- Markdown ---

_TAG = re.compile(r"<[A-Za-z/!?]")
_ATTACHED = re.compile(r"!\[[^\]\[\n]*\]\(attachment:([\w.-]+)\)")
# The target of a link must be plain to see, so no entity, escape or line end may hide it.
_ODD_LINK = re.compile(r"\](?:\(|:)(?!\s*(?:https?://|mailto:|#))")
_DIAGRAM = re.compile(r"(?:`{3}|~{3})\s*\W?mermaid", re.IGNORECASE)
_AS_TYPED = "*Shown as it was typed, because it contains more than text and links:*"
_WIDTH = 100
# A page gives each heading an id, and Formgrader finds its fields by their ids.
_PAGE_IDS = ("notebook", "notebook-container", "statusmessage", "MathJax")
_MOST_MARKDOWN = 10_000


def inert_markdown(source: str, pictures: Mapping[str, dict] | None = None, names: Iterable[str] = ()) -> str:
    """Return Markdown with only text and links to the web; a text with more is shown as it was typed.

    Parameters
    ----------
    pictures
        The attachments that may be shown.
    names
        The names of the course's cells, which no heading may use.

    Examples
    --------
    >>> inert_markdown("*Unity*, see [¶ 7](https://example.org/#p07).")
    '*Unity*, see [¶ 7](https://example.org/#p07).'
    >>> print(inert_markdown("<b>Unity</b>"))
    *Shown as it was typed, because it contains more than text and links:*
    <BLANKLINE>
    ```text
    <b>Unity</b>
    ```
    """
    text = plain_text(source).replace("\x1b", "")
    rest = _ATTACHED.sub(lambda found: "" if found[1] in (pictures or {}) else found[0], text)
    read = html.unescape(rest)
    odd = _TAG.search(rest) or any(one.search(rest) or one.search(read) for one in (_ODD_LINK, _DIAGRAM))
    ids = {f"{name}{end}" for name in (*names, *_PAGE_IDS) for end in ("", "-comment", "_extra_credit")}
    letters = {_letters(line) for line in read.splitlines()} & set(map(_letters, ids))
    if not (odd or letters or "![" in rest or _has_active_formula(read) or len(text) > _MOST_MARKDOWN):
        return text
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    wrapped = "\n".join(
        part
        for line in text.splitlines()
        for part in textwrap.wrap(line, _WIDTH, replace_whitespace=False, drop_whitespace=False) or [""]
    )
    return f"{_AS_TYPED}\n\n{fence}text\n{wrapped}\n{fence}"


def _letters(line: str) -> str:
    return "".join(filter(str.isalnum, line))


# --- HTML ---

_TAGS = frozenset(
    "a abbr b blockquote br caption code col colgroup dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins li ol p "
    "pre q s small span strong sub sup table tbody td tfoot th thead tr u ul".split()
)
_VOID = {"br", "hr", "col", "img", "input", "wbr", "meta", "link"}
_NUMBERS = {"colspan", "rowspan", "border", "start"}
_NOT_TEXT = re.compile(
    r"<(script|style|template|noscript|title)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL
)
# No backtracking: a name that never ends would take time that grows with the square of its length.
_PART = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)([^<>]*+)>")
# bleach needs time that grows with the square of these.
_DEEPEST, _LONGEST_TAG, _MOST_HTML = 40, 1000, 50_000
_LEADS_OUT = re.compile(r"(?:https?|mailto):|#")
# The markup of most tables.  Only what is made from the data of a mark may look like one.
_SIMPLE = re.compile(
    r"(?: (?:(?:border|colspan|rowspan)=\"\d+\"|class=\"dataframe\""
    r"|style=\"text-align: \w+;\"|href=\"(?:https?|mailto):[^\"<>\s]*\"))*"
)


def inert_html(content: str) -> str:
    """Return HTML with only text, tables and links to the web; empty if none of it can be shown.

    Examples
    --------
    >>> inert_html('<b onclick="steal()">Unity</b><script>steal()</script>')
    '<b>Unity</b>'
    """
    clean = _clean if len(content) < _MOST_HTML else _clean.__wrapped__
    return clean(plain_text(content).replace("\x1b", ""))


@lru_cache(maxsize=1024)
def _clean(content: str) -> str:
    content = _NOT_TEXT.sub("", content)
    parts = [part.groups() for part in _PART.finditer(content)]
    if not _is_simple(content, parts):
        if len(content) > _MOST_HTML or _is_deep(content, parts):
            return ""
        content = bleach.clean(  # a Cleaner is not thread-safe
            content,
            tags=_TAGS,
            attributes=_is_allowed,
            protocols={"http", "https", "mailto"},
            strip=True,
            css_sanitizer=CSSSanitizer(allowed_css_properties=["text-align", "font-weight", "font-style"]),
        )
    if _has_active_formula(_shown(content)):
        content = _TEX.sub(lambda found: f"\\{_JOINER}{found[0][1:]}", content)
    shown = _shown(content)
    return content.strip() if shown.strip() and not _has_active_formula(shown) else ""


def _cost(content: object, clean: str) -> int:
    """Return how much of the space for all outputs a piece of HTML takes: many tags make a page slow.

    HTML that had to be cleaned takes more, even if nothing is left of it: 10,000 characters take a second.
    """
    rest = _NOT_TEXT.sub("", plain_text(content).replace("\x1b", "")).strip() if content else ""
    was_cleaned = rest != clean and len(rest) <= _MOST_HTML
    return 9 * len(clean) + 40 * len(rest) * was_cleaned


def _shown(content: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", content))


def _is_allowed(tag: str, name: str, value: str) -> bool:
    """Say whether a tag may keep an attribute."""
    if name in _NUMBERS:
        return value.isdecimal() and len(value) < 5
    if name == "class":
        return value == "dataframe"
    return name == "style" or (tag == "a" and name == "href" and bool(_LEADS_OUT.match(value)))


def _is_simple(content: str, parts: list[tuple]) -> bool:
    """Say whether tags are balanced and allowed, with allowed attributes."""
    if content.count("<") != len(parts):
        return False
    unclosed: list[str] = []
    for closing, name, given in parts:
        if name not in _TAGS or not _SIMPLE.fullmatch(given):
            return False
        if closing:
            if not unclosed or unclosed.pop() != name:
                return False
        elif name not in _VOID:
            unclosed.append(name)
    return not unclosed


def _is_deep(content: str, parts: list[tuple]) -> bool:
    """Say whether tags are nested more deeply, or are longer, than in any real page."""
    unclosed: Counter[str] = Counter()
    for closing, name, _ in parts:
        if not closing and name.lower() not in _VOID:
            unclosed[name.lower()] += 1
        elif unclosed[name.lower()]:
            unclosed[name.lower()] -= 1
        if unclosed.total() > _DEEPEST:
            return True
    return any(len(tag) > _LONGEST_TAG for tag in re.findall(r"<[^<>]*", content))


# --- outputs ---

_PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}
_NOTHING = "[This output is not text, a table or a picture, so it is not shown here.]"


def _inert_outputs(
    outputs: list[NotebookNode], left: int, *, is_check: bool
) -> tuple[list[NotebookNode], int]:
    """Return the outputs that fit, and the space that is left after them."""
    made = []
    for output in outputs:
        one = _inert_output(output, is_check=is_check)
        data = one.get("data", {})
        texts = (*map(str, data.values()), *one.get("traceback", ()), one.get("text", ""))
        size = sum(map(len, texts))
        left -= size + _cost(output.get("data", {}).get("text/html", ""), data.get("text/html", ""))
        if left < 0:
            made.append(NotebookNode(output_type="stream", name="stdout", text=_LEFT_OUT))
            break
        made.append(one)
    return made, left


def _inert_output(output: NotebookNode, *, is_check: bool) -> NotebookNode:
    kind = output.output_type
    if kind == "stream":
        return NotebookNode(output_type=kind, name=output.name, text=plain_text(output.text))
    if kind == "error":
        made = {name: plain_text(output[name]) for name in ("ename", "evalue")}
        return NotebookNode(output_type=kind, traceback=[plain_text(one) for one in output.traceback], **made)
    data = {}
    for name, value in output.data.items():
        if name in _PICTURES:
            shown = value if _is_picture(name, value) else ""
        elif name == "text/html":
            shown = inert_html(plain_text(value))
            if is_check and read_mark(output):
                shown = shown.replace("<div>", '<div class="mark">', 1)
        elif name == MIME_TYPE:  # only a check of the course gives marks
            mark = read_mark(output) if is_check else None
            shown = NotebookNode(make_output(mark)[name]) if mark else None
        elif name == "text/markdown":
            shown = inert_markdown(plain_text(value))
        elif name == "text/latex":
            shown = "" if _TEX.search(plain_text(value)) else plain_text(value).replace("\x1b", "")
        else:
            shown = plain_text(value) if name == "text/plain" else ""
        if shown:
            data[name] = shown
    made = NotebookNode(output_type=kind, data=NotebookNode(data or {"text/plain": _NOTHING}))
    sizes = {name: _size(output.metadata, name) for name in data}
    made.metadata = NotebookNode({name: size for name, size in sizes.items() if size})
    if kind == "execute_result":
        made.execution_count = output.execution_count
    return made


def _is_picture(kind: str, value: object) -> bool:
    try:
        content = base64.b64decode("".join(str(value).split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return content.startswith(_PICTURES[kind])


def _size(metadata: dict, kind: str) -> NotebookNode:
    """Return the size at which a picture is shown; checked because a template inserts it unescaped."""
    told = metadata.get(kind)
    sizes = {name: told.get(name) for name in ("width", "height")} if isinstance(told, dict) else {}
    return NotebookNode({name: n for name, n in sizes.items() if type(n) is int and 0 < n < 10_000})


# --- cells ---

_NAME = re.compile(r"[\w.:+-]{1,100}")


def _inert_attachments(attached: object) -> dict:
    kept = {}
    for name, shapes in attached.items() if isinstance(attached, dict) else ():
        shown = {
            kind: value
            for kind, value in (shapes.items() if isinstance(shapes, dict) else ())
            if kind in _PICTURES and len(str(value)) <= _MOST_IN_ALL and _is_picture(kind, value)
        }
        if shown and _NAME.fullmatch(name):
            kept[name] = shown
    return kept


def _inert_metadata(metadata: dict) -> NotebookNode:
    """Return the metadata that nbgrader needs, the tags, and whether a cell may be changed."""
    kept = {"nbgrader": metadata["nbgrader"]} if "nbgrader" in metadata else {}
    for name in ("deletable", "editable"):
        if isinstance(metadata.get(name), bool):
            kept[name] = metadata[name]
    if isinstance(tags := metadata.get("tags"), list):
        kept["tags"] = [tag for tag in tags if isinstance(tag, str) and _NAME.fullmatch(tag)]
    return NotebookNode(kept)


def make_inert(notebook: NotebookNode, cells: Mapping[str, CellSpec], given: Mapping[str, dict]) -> None:
    """Remove from a marked notebook, in place, everything that could run or be loaded when it is shown.

    The course's own texts stay as they are, and so does code, up to a length.  Outputs keep text, tables and
    pictures.  A student's text with markup is shown as it was typed.
    """
    kept = ("kernelspec", "language_info")
    notebook.metadata = NotebookNode(
        {key: notebook.metadata[key] for key in kept if key in notebook.metadata}
    )
    left, code_left = _MOST_IN_ALL, _MOST_CODE
    for cell in notebook.cells:
        original = cells.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        cell.metadata = _inert_metadata(cell.metadata)
        if cell.cell_type == "code":
            is_check = bool(original and original.is_check)
            cell.source = cell.source.encode("utf-8", "replace").decode()
            if not (original and original.locked):
                if len(cell.source) > code_left:
                    cell.source = f"{cell.source[:code_left]}\n#{_LEFT_OUT[1:]}"
                code_left = max(code_left - len(cell.source), 0)
            cell.outputs, left = _inert_outputs(cell.outputs, left, is_check=is_check)
            continue
        cell.cell_type = "markdown"  # raw cells too, which no page shows
        attached = cell.pop("attachments", {})
        if cell.source in given or (original and original.locked):
            attached = given.get(cell.source, {})
        else:
            attached = _inert_attachments(attached)
            cell.source = inert_markdown(cell.source, attached, cells)
        if attached:
            cell.attachments = NotebookNode(attached)


# --- files ---

_FILES = {
    "",
    *".bib .csv .dat .db .docx .feather .geojson .gif .gz .ini .jpeg .jpg .json .log .md .npy .npz".split(),
    *".ods .odt .parquet .pdf .pickle .pkl .png .pptx .py .r .rst .sqlite .tex .toml .tsv .txt .xls".split(),
    *".xlsx .yaml .yml .zip".split(),
}


def is_inert(name: str) -> bool:
    """Say whether a browser can open a file with this name without running anything.

    Examples
    --------
    >>> is_inert("data/towns.csv"), is_inert("map.html"), is_inert("map.SVG")
    (True, False, False)
    """
    return PurePosixPath(name).suffix.lower() in _FILES
