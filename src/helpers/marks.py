"""A mark as data: the points of an answer and the reasons for them, which travel with a check's output.

nbgrader reads the plain number of an output, and a student its HTML.  Programs read the mark under
:data:`MIME_TYPE`, in JSON:

.. code-block:: json

    {"points": 1, "maximum": 2, "answered": true, "reasons": [
        {"points": -1, "text": "`total` is too small: see Table 3.",
         "links": [{"text": "Table 3", "address": "https://example.org/#table-3"}],
         "read_again": [{"text": "Chapter 2", "address": "https://example.org/chapter-2"}]}]}

A link shows words of the text as a link, and words between backticks are code.  Any object can be a mark: its
method ``_repr_mimebundle_`` returns :func:`make_output` of a :class:`MarkData`, and its ``__repr__`` the
points.
"""

import math
import re
from collections.abc import Iterable
from html import escape
from typing import Any, NamedTuple

MIME_TYPE = "application/vnd.coursework.mark+json"
_ADDRESS = re.compile(r"(?:https?|mailto|file):[^\s\"<>]+")
_CODE = re.compile(r"`([^`<>]+)`")
_MOST_REASONS, _LONGEST = 1_000, 20_000


class Link(NamedTuple):
    """Words and the address to which they lead."""

    text: str
    address: str


class ReasonData(NamedTuple):
    """Why points were won (more than 0) or lost (less than 0); 0 is a remark."""

    points: float
    text: str
    links: tuple[Link, ...] = ()  # the words of the text that are links
    read_again: tuple[Link, ...] = ()


class MarkData(NamedTuple):
    """The points of an answer, the points that it could have, and the reasons in the order of reading."""

    points: float
    maximum: float
    reasons: tuple[ReasonData, ...] = ()
    answered: bool = True  # False if nothing was answered yet


def make_output(mark: MarkData) -> dict[str, Any]:
    """Return the part of an output that carries a mark, by its MIME type.

    Examples
    --------
    >>> made = make_output(MarkData(0, 2, (ReasonData(-2, "Too small."),)))
    >>> read_mark({"data": made}).reasons[0].text
    'Too small.'
    """
    reasons = [
        reason._asdict()
        | {name: [link._asdict() for link in getattr(reason, name)] for name in ("links", "read_again")}
        for reason in mark.reasons
    ]
    return {MIME_TYPE: mark._asdict() | {"reasons": reasons}}


def read_mark(output: Any) -> MarkData | None:
    """Return the mark in an output of a notebook; None if there is none, or if it is damaged.

    Addresses are those of the web, of mail or of a file; a link to anything else has an empty address.

    Parameters
    ----------
    output
        An output in the form of nbformat.

    Examples
    --------
    >>> read_mark({"output_type": "execute_result", "data": {"text/plain": "2"}}) is None
    True
    """
    data = output.get("data") if isinstance(output, dict) else None
    told: Any = data.get(MIME_TYPE) if isinstance(data, dict) else None
    try:
        reasons = tuple(map(_read_reason, told["reasons"][:_MOST_REASONS]))
        return MarkData(_number(told["points"]), _number(told["maximum"]), reasons, bool(told["answered"]))
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
        return None


def _read_reason(told: dict[str, Any]) -> ReasonData:
    text = _text(told["text"])
    return ReasonData(
        _number(told["points"]), text, _read_links(told.get("links")), _read_links(told.get("read_again"))
    )


def _read_links(told: list[dict[str, Any]] | None) -> tuple[Link, ...]:
    links = [(_text(one["text"]), str(one["address"])) for one in (told or ())[:_MOST_REASONS]]
    return tuple(Link(text, address if _ADDRESS.fullmatch(address) else "") for text, address in links)


def _number(told: Any) -> float:
    if isinstance(told, bool) or not math.isfinite(told):
        raise ValueError
    return tidy(told)


def _text(told: Any) -> str:
    """Return a text without characters that hide or reorder what is shown."""
    return "".join(char if char.isprintable() else " " for char in str(told)[:_LONGEST])


def to_html(mark: MarkData) -> str:
    """Return a mark as HTML, in which every text is escaped."""
    head = f"<p><strong>{in_points(mark.maximum, won=mark.points)}</strong></p>"
    items = "".join(f"<li>{_reason_html(reason)}</li>" for reason in mark.reasons)
    return f'<div class="mark">{head}{items and f"<ul>{items}</ul>"}</div>'


def _reason_html(reason: ReasonData) -> str:
    verb = "won" if reason.points > 0 else "lost"
    score = f"<strong>{in_points(abs(reason.points))} {verb}.</strong> " if reason.points else ""
    again = " and ".join(map(_link_html, reason.read_again))
    return score + text_html(reason.text, reason.links) + (f" Read again: {again}." if again else "")


def text_html(text: str, links: Iterable[Link] = ()) -> str:
    """Return a text as escaped HTML, with its links, and with code for what is between backticks.

    Examples
    --------
    >>> text_html("`a < b`, see Table 3", [Link("Table 3", "https://example.org/")])
    '<code>a &lt; b</code>, see <a href="https://example.org/">Table&nbsp;3</a>'
    """
    shown = {escape(link.text): _link_html(link) for link in links if link.text}
    known = "|".join(map(re.escape, sorted(shown, key=len, reverse=True)))
    made = escape(text)
    if known:
        made = re.sub(rf"(?<!\w)(?:{known})(?!\w)", lambda found: shown[found[0]], made)
    return _CODE.sub(r"<code>\1</code>", made)


def _link_html(link: Link) -> str:
    title = escape(link.text).replace(" ", "&nbsp;")
    return f'<a href="{escape(link.address)}">{title}</a>' if link.address else title


def in_points(points: float, *, won: float | None = None) -> str:
    """Return points with their noun, and before them how many of them were `won`.

    Examples
    --------
    >>> in_points(1), in_points(2.50), in_points(2, won=0.5)
    ('1 point', '2.5 points', '0.5 of 2 points')
    """
    points = tidy(points)
    return ("" if won is None else f"{tidy(won)} of ") + f"{points} {'point' if points == 1 else 'points'}"


def tidy(points: float) -> float:
    """Return points without floating-point noise, as an integer if possible.

    Examples
    --------
    >>> tidy(0.1 + 0.2), tidy(2.0)
    (0.3, 2)
    """
    points = round(float(points), 2)
    return int(points) if points.is_integer() else points
