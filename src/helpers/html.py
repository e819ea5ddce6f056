"""Make accessible HTML: tables with a caption and headings, paragraph ids, escaped text."""

from collections.abc import Callable, Iterable, Sequence
from html import escape


class Html(str):
    """Text that is HTML already and must not be escaped again."""


def to_html(value: object) -> str:
    """Return a value as HTML: a list with commas, a missing value as an empty string, other text escaped.

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
    """Return the id of a paragraph as code, without a link.

    The book turns these ids into links.  In a notebook such a link would lead nowhere.

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
    first: int | None = None,
) -> str:
    """Return an HTML table with a caption and headings, in a region that can be scrolled by keyboard.

    Parameters
    ----------
    caption, columns
        Plain text.
    rows
        Cells as :func:`to_html` takes them; numbers are aligned to the right.
    css
        A class of the table.
    classes
        A class for the cells of each column, empty for none.
    row_heading
        The first cell of each row names it.
    first
        The number of rows shown at first; if more than two are left, they unfold without a script.

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
    <tr><th scope="row">unity</th><td class="number" data-label="n">4</td></tr>
    </tbody>
    </table>
    </div>
    """
    head = "".join(f'<th scope="col">{to_html(name)}</th>' for name in columns)
    kinds = [*classes, *[""] * (len(columns) - len(classes))]
    body = []
    for row in rows:
        cells = [_cell(*cell) for cell in zip(row, kinds, columns, strict=True)]
        if row_heading:
            cells[0] = f'<th scope="row">{to_html(row[0])}</th>'
        body.append(f"<tr>{''.join(cells)}</tr>")

    def table(name: str, part: list[str]) -> str:
        lines = [
            f'<div class="table-scroll" role="region" aria-label="{name}" tabindex="0">',
            f'<table class="{css}">' if css else "<table>",
            f"<caption>{name}</caption>",
            f"<thead>\n<tr>{head}</tr>\n</thead>",
            "<tbody>",
            *part,
            "</tbody>\n</table>\n</div>",
        ]
        return "\n".join(lines)

    return fold(lambda part, more: table(escape(caption) + more, part), body, first)


def fold(show: Callable[[list[str], str], str], parts: list[str], first: int | None) -> str:
    """Return the first parts as HTML, followed by the others, which unfold without a script.

    Parameters
    ----------
    show
        Returns some of the parts as HTML; it is told what to add to their name.
    parts
        HTML of each part.
    first
        The number of parts shown at first: all if it is None, or if only one or two would be left.

    Examples
    --------
    >>> fold(lambda part, more: "".join(part), list("abcde"), 2)
    'ab<details class="more"><summary>Show all 5</summary>\\ncde</details>'
    """
    if first is None or len(parts) <= first + 2:
        return show(parts, "")
    rest = show(parts[first:], ", continued")
    summary = f'<details class="more"><summary>Show all {len(parts)}</summary>'
    return f"{show(parts[:first], '')}{summary}\n{rest}</details>"


def _cell(value: object, css: str, column: str) -> str:
    css = css or ("number" if isinstance(value, int | float) and value == value else "")
    label = f' data-label="{escape(column)}"' if to_html(value) else ""
    return f'<td class="{css}"{label}>{to_html(value)}</td>' if css else f"<td{label}>{to_html(value)}</td>"
