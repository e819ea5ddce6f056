"""Style the tables of data frames: columns of words align to the left, numbers to the right.

The lines of a concordance are aligned at the term, even on a phone.  Dates and paragraph ids are not broken,
except that two dates joined by a slash may break after the slash.

pandas writes all cells alike, so a style sheet cannot distinguish words from numbers, and the build marks
them.  It also removes obsolete attributes and the style that pandas puts before each table, which
`theme.css` has once.
"""

import re
from itertools import count

from docutils import nodes
from sphinx.application import Sphinx

from helpers.references import ID

_FRAME = re.compile(
    r'(?:<style scoped>[^<]*</style>\s*)?<table border="1" class="dataframe">(.*?</table>)', re.DOTALL
)
_CELL = re.compile(r"<td>(.*?)</td>", re.DOTALL)
_HEAD = re.compile(r"<th(?: [^>]*)?>(.*?)</th>", re.DOTALL)
_NOTHING = {"", "NaN", "NaT", "None"}
# In a concordance the words before the term are aligned to the right.
_AXIS = {"left": "kwic-left", "node": "kwic-node", "right": "kwic-right"}
_WHOLE = re.compile(rf"\b(?:\d{{4}}-\d\d(?:-\d\d)?|{ID})\b")
_SLASH = "</span>/<span"


def setup(app: Sphinx) -> None:
    """Mark the columns of words before a page is written."""
    app.connect("html-page-context", _mark_page)


def _mark_page(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Mark the columns of words on one page."""
    if "body" in context:
        context["body"] = mark_words(context["body"])


def mark_words(html: str) -> str:
    """Return a page in which the columns of words in data frames have the class `words`.

    Examples
    --------
    >>> frame = '<table border="1" class="dataframe"><thead><tr><th></th><th>n</th><th>term</th></tr></thead>'
    >>> mark_words(frame + "<tr><th>0</th><td>4</td><td>unity</td></tr></table>").count('class="words"')
    2
    """
    return _FRAME.sub(lambda found: _mark_frame(found[1].replace(' valign="top"', "")), html)


def _mark_frame(frame: str) -> str:
    """Mark the cells and the headings of one frame."""
    head, end, body = frame.partition("</thead>")
    rows = [cells for row in body.split("</tr>") if (cells := _CELL.findall(row))]
    if not rows:
        return f'<table class="dataframe">{frame}'
    names = _HEAD.findall(head.split("</tr>")[0])[-len(rows[0]) :]
    columns = zip(names, zip(*rows, strict=True), strict=True)
    is_kwic = set(_AXIS) <= set(names)
    words = {i: "words" for i, (_, cells) in enumerate(columns) if any(map(_is_word, cells))}
    words |= {i: _AXIS[name] for i, name in enumerate(names) if is_kwic and name in _AXIS}
    body = _CELL.sub(lambda cell: f"<td>{_keep_whole(cell[1])}</td>", body)
    marked = [
        _mark_row(row, "th", words, first=len(names) - len(_HEAD.findall(row))) for row in head.split("</tr>")
    ]
    body = "</tr>".join(_mark_row(row, "td", words) for row in body.split("</tr>"))
    return f'<table class="dataframe{" kwic" * is_kwic}">{"</tr>".join(marked)}{end}{body}'


def _keep_whole(cell: str) -> str:
    """Return the text of a cell with its dates and ids in unbreakable spans."""
    whole = _WHOLE.sub(lambda found: f'<span class="whole">{found[0]}</span>', cell)
    return whole.replace(_SLASH, "</span>/<wbr><span")


def _mark_row(row: str, tag: str, words: dict[int, str], *, first: int = 0) -> str:
    """Mark the cells of one row; `first` is the column of the first cell, and negative for the index."""
    column = count(first)

    def mark(cell: re.Match) -> str:
        kind = words.get(next(column))
        return f'{cell[0]} class="{kind}"' if kind else cell[0]

    return re.sub(rf"<{tag}(?=[ >])", mark, row)


def _is_word(cell: str) -> bool:
    """Say whether a cell contains more than a number."""
    try:
        float(cell.replace(",", ""))
    except ValueError:
        return cell.strip() not in _NOTHING
    return False
