"""The checks that the visible tests call: is this an answer of the kind that was asked for?

They say how an answer was read, never whether it is right, and they raise nothing on what a student gives.
In the released notebook they are the last expression of a test cell; in the source the hidden tests follow.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from helpers.marking import answers
from helpers.marking.answers import call, read
from helpers.marking.mark import sentence_html, shown
from helpers.marking.spellings import Names, echo, fold, long_date
from helpers.quotations import find_quotation, verify_quotation

_LATER = "Whether it is right is checked when your work is marked."


@dataclass(frozen=True, repr=False)
class Form:
    """What a visible test says about the form of an answer.

    An answer that is not ready shows nbgrader the number 0: so ``nbgrader validate`` reports it, and it wins
    nothing where the hidden tests were lost. One that is ready shows the sentences.
    """

    ready: bool
    sentences: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentences", tuple(shown(sentence) for sentence in self.sentences))

    def __repr__(self) -> str:
        return " ".join([*self.sentences, _LATER]) if self.ready else "0"

    def _repr_html_(self) -> str:
        said = [*self.sentences, _LATER] if self.ready else self.sentences
        head = "This can be read." if self.ready else "This is not ready yet."
        lines = "".join(f"<li>{sentence_html(sentence)}</li>" for sentence in said)
        return f'<div class="mark"><p><strong>{head}</strong></p><ul>{lines}</ul></div>'


def check_quotation(answer: Any, *, document_id: str, n: int = 1) -> Form:
    """Say whether an answer is `n` quotations of a document.

    Examples
    --------
    >>> check_quotation("The sky won't collapse.", document_id="mao-1963")
    "The sky won't collapse." stands in mao-1963-p10. Whether it is right is checked when your work is marked.
    """
    given, trouble = read(answer, answers.quotations)
    if trouble:
        return Form(False, (trouble,))
    said, ready = [], len(given) == n
    if not ready:
        said.append(f"{n} asked for, {len(given)} given.")
    for quotation in given[:n]:
        places = find_quotation(quotation, document_id=document_id)["paragraph_id"].to_list()
        ready = ready and bool(places)
        explanation = verify_quotation(quotation, f"{document_id}-p01").explanation
        said.append(
            f"{echo(quotation)} stands in {places[0]}." if places else f"{echo(quotation)}: {explanation}"
        )
    return Form(ready, tuple(said))


def check_choice(answer: Any, *, options: Mapping[str, str | Iterable[str]] | Iterable[str]) -> Form:
    """Say whether an answer is one of the options.

    Examples
    --------
    >>> check_choice("c", options={"A": "the note-taker", "B": "Deng"}).sentences
    ('"c" is none of the options: A, B.',)
    """
    names = Names(options)
    typed, trouble = read(answer, answers.text)
    return _form(trouble or _stranger(names, typed), f"Read as {names.find(typed or '')}.")


def check_choices(
    answer: Any, *, things: Iterable[str], options: Mapping[str, str | Iterable[str]] | Iterable[str]
) -> Form:
    """Say whether an answer gives one of the options for each thing.

    Examples
    --------
    >>> check_choices({"a": "Deng"}, things="ab", options=["Deng", "Mao"]).sentences
    ('a: Read as Deng.', 'b: Not answered yet.')
    """
    names, things = Names(options), list(things)
    given, trouble = read(answer, lambda value: answers.choices(value, things))
    if trouble:
        return Form(False, (trouble,))
    parts = {}
    for thing in things:
        said = _stranger(names, given[thing]) if thing in given else answers.NOT_ANSWERED
        parts[thing] = _form(said, f"Read as {names.find(given.get(thing, ''))}.")
    return check_parts(parts)


def _stranger(names: Names, typed: str) -> str:
    if names.find(typed):
        return ""
    shown = ", ".join(names.all) if len(names.all) < 10 else f"{names.all[0]}, {names.all[1]} and so on"
    return f"{echo(typed)} is none of the options: {shown}."


def check_items(answer: Any, *, ordered: bool = False) -> Form:
    """Say whether an answer is a list, and how long it is.

    Examples
    --------
    >>> check_items("Sweden, Finland")
    Read as 2: "Sweden", "Finland". Whether it is right is checked when your work is marked.
    """
    given, trouble = read(answer, answers.items)
    if not trouble and ordered and not given.ordered:
        trouble = "A set keeps no order; give a list."
    return _form(
        trouble, "" if trouble else f"Read as {len(given.texts)}: {', '.join(map(echo, given.texts[:40]))}."
    )


def check_number(answer: Any, *, unit: str = "") -> Form:
    """Say whether an answer is a number.

    Examples
    --------
    >>> check_number("29 days", unit="days").sentences
    ('Read as 29 days.',)
    """
    number, trouble = read(answer, lambda value: answers.number(value, unit))
    return _form(trouble, "" if trouble else f"Read as {number:.12g} {unit}".rstrip() + ".")


def check_date(answer: Any) -> Form:
    """Say whether an answer is a day.

    Examples
    --------
    >>> check_date("Nov 16, 1957").sentences
    ('Read as 16 November 1957.',)
    """
    day, trouble = read(answer, answers.date)
    return _form(trouble, "" if trouble else f"Read as {long_date(day)}.")


def check_table(answer: Any, *, columns: Iterable[str], key: str, keys: Iterable[str]) -> Form:
    """Say whether an answer is a table with these columns, and with a row for each of the `keys`.

    Examples
    --------
    >>> check_table({"letter": ["L1"]}, columns=["letter", "date"], key="letter", keys=["L1"]).sentences
    ('There is no column `date`.',)
    """
    given, trouble = read(answer, lambda value: answers.rows(value, key))
    if trouble:
        return Form(False, (trouble,))
    found, _, names = given
    said = [f"There is no column `{c}`." for c in columns if answers.column_name(c) not in names]
    missing = [k for k in keys if fold(k) not in found]
    said += [f"There is no row whose `{key}` is {echo(k)}." for k in missing]
    return Form(not said, tuple(said) or (f"Read as a table of {len(found)} rows.",))


def check_function(answer: Any, *, arguments: tuple, gives: Any) -> Form:
    """Say whether a function gives what it should for one example.

    Examples
    --------
    >>> check_function(lambda: len, arguments=("ab",), gives=2).sentences
    ("For 'ab' it gives 2, as it should.",)
    """
    student, trouble = read(answer, answers.function)
    if trouble:
        return Form(False, (trouble,))
    result, trouble = call(student, arguments)
    result_text, unreadable = read(result, answers.text)
    about = f"For {', '.join(map(repr, arguments))}"
    if trouble or unreadable:
        return Form(False, (f"{about}: {trouble or unreadable}",))
    ready = answers.is_right(result, gives)
    said = f"{about} it gives {result_text[:80]}"
    return Form(ready, (f"{said}, as it should." if ready else f"{said}, but it should give {gives!r}.",))


def check_parts(parts: Mapping[str, Form]) -> Form:
    """Return the forms of several parts of an answer as one.

    Examples
    --------
    >>> check_parts({"First": check_date("1957-11-16"), "Second": check_date("")}).sentences
    ('First: Read as 16 November 1957.', 'Second: Not answered yet.')
    """
    said = [f"{label}: {sentence}" for label, form in parts.items() for sentence in form.sentences]
    return Form(all(form.ready for form in parts.values()), tuple(said))


def _form(trouble: str, said: str) -> Form:
    return Form(not trouble, (trouble or said,))
