"""HTML that everybody can read: tables with a caption and headings, ids of paragraphs, text escaped."""

from collections.abc import Iterable, Sequence
from html import escape


class Html(str):
    """Text that is HTML already and must not be escaped again."""


def to_html(value: object) -> str:
    """Return a value as HTML: a list with commas, a missing value as nothing, any other text escaped.

    Examples
    --------
    >>> to_html(["a < b", Html("<b>c</b>")]), to_html(None), to_html(float("nan"))
    ('a &lt; b, <b>c</b>', '', '')
    """
    if isinstance(value, Html):
        return value
    if isinstance(value, list | tuple):
        return ", ".join(map(to_html, value))
    return "" if value is None or value != value else escape(str(value))


def name_paragraph(paragraph_id: str) -> Html:
    """Return the id of a paragraph as code; no link, because only a book knows on which page it is.

    The book makes links of these ids.  In a notebook, a link to a page that is not there would lead nowhere.

    Examples
    --------
    >>> name_paragraph("deng-1962-p05")
    '<code class="paragraph">deng-1962-p05</code>'
    """
    return Html(f'<code class="paragraph">{escape(paragraph_id)}</code>')


def make_table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    css: str = "",
    classes: Sequence[str] = (),
    row_heading: bool = False,
) -> str:
    """Return an HTML table with a caption and headings, in a part of the page that scrolls by keyboard.

    Parameters
    ----------
    caption, columns
        Plain text.
    rows
        Cells as :func:`to_html` takes them; numbers stand to the right.
    css
        A class of the table.
    classes
        A class for the cells of each column, empty for none.
    row_heading
        The first cell of each row names it.

    Examples
    --------
    >>> print(make_table("Counts", ["Word", "n"], [("unity", 4)], row_heading=True))
    <div class="table-scroll" role="region" aria-label="Counts" tabindex="0">
    <table>
    <caption>Counts</caption>
    <thead>
    <tr><th scope="col">Word</th><th scope="col">n</th></tr>
    </thead>
    <tbody>
    <tr><th scope="row">unity</th><td class="number">4</td></tr>
    </tbody>
    </table>
    </div>
    """
    head = "".join(f'<th scope="col">{to_html(name)}</th>' for name in columns)
    kinds = [*classes, *[""] * (len(columns) - len(classes))]
    body = []
    for row in rows:
        cells = [_cell(value, kind) for value, kind in zip(row, kinds, strict=True)]
        if row_heading:
            cells[0] = f'<th scope="row">{to_html(row[0])}</th>'
        body.append(f"<tr>{''.join(cells)}</tr>")
    name, own = escape(caption), f' class="{css}"' if css else ""
    lines = [
        f'<div class="table-scroll" role="region" aria-label="{name}" tabindex="0">',
        f"<table{own}>",
        f"<caption>{name}</caption>",
        f"<thead>\n<tr>{head}</tr>\n</thead>",
        "<tbody>",
        *body,
        "</tbody>\n</table>\n</div>",
    ]
    return "\n".join(lines)


def _cell(value: object, css: str) -> str:
    css = css or ("number" if isinstance(value, int | float) and value == value else "")
    return f'<td class="{css}">{to_html(value)}</td>' if css else f"<td>{to_html(value)}</td>"
