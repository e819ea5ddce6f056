"""Describe charts in words: their text alternatives, and the names, numbers and lists in them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from helpers.corpus import loaders

if TYPE_CHECKING:
    import altair as alt

ABOUT_TWO_TEXTS = "This describes only these texts, which also differ in genre, side and translator."


def describe_chart(chart: "alt.TopLevelMixin") -> str:
    """Return the text alternative of a chart, which describes its data in words.

    Parameters
    ----------
    chart
        A chart that one of our ``draw_`` functions has drawn.

    Returns
    -------
    str
        A few sentences, the same as the `description` in the chart's specification.

    Raises
    ------
    ValueError
        If the chart has no text alternative.

    Examples
    --------
    >>> from helpers import draw_dispersion
    >>> describe_chart(draw_dispersion("Albania")).split(". ")[0]
    'Where Albania occurs in each document, word by word from its beginning'
    """
    description = getattr(chart, "description", None)
    if not isinstance(description, str) or not description:
        raise ValueError("This chart has no text alternative; the charts that the draw_ functions make have.")
    return description


def name_entities(*, in_sentence: bool = False) -> dict[str, str]:
    """Return the names of people, without their patronymic, and of parties, by key.

    Parameters
    ----------
    in_sentence
        With the article that a party or another body has in a sentence.

    Examples
    --------
    >>> name_entities(in_sentence=True)["chinese-communist-party"], name_entities()["stepan-chervonenko"]
    ('the Chinese Communist Party', 'Stepan Chervonenko')
    """
    names = {key: _without_patronymic(name) for key, name in loaders.name_entities().items()}
    if not in_sentence:
        return names
    people = set(loaders.load_people()["person_id"])
    return {
        key: name if key in people or name.startswith("the ") else f"the {name}"
        for key, name in names.items()
    }


def _without_patronymic(name: str) -> str:
    words = name.split()
    return f"{words[0]} {words[-1]}" if len(words) == 3 and words[1].endswith("ich") else name


def name_documents(ids: Iterable[str]) -> list[str]:
    """Return the short title of each document, or the id of one that the tables do not have."""
    titles = dict(loaders.load_documents(documents="all")[["document_id", "short_title"]].to_numpy())
    return [titles.get(key, str(key)) for key in ids]


def join_names(names: Iterable[object]) -> str:
    """Return names, at least one, with commas and an *and*."""
    *most, last = map(str, names)
    return f"{', '.join(most)} and {last}" if most else last


def count_of(n: int, noun: str) -> str:
    """Return a number with its noun, in the plural if needed.

    Examples
    --------
    >>> count_of(1, "line"), count_of(0, "letter")
    ('1 line', '0 letters')
    """
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def count_times(n: int) -> str:
    """Return how often something happens, such as *twice*."""
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def capitalize(sentence: str) -> str:
    """Return a sentence with a capital letter at its beginning and no other change."""
    return sentence[:1].upper() + sentence[1:]
