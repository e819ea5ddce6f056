"""The checks that the visible tests call: does an answer have the form that the question asks for?

They say how an answer was read, never whether it is right, and no answer makes them raise an error.
In the released notebook they are the last expression of a test cell; in the source the hidden tests follow.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from helpers.checks import answers
from helpers.checks.answers import call, read
from helpers.checks.mark import NOT_ANSWERED, require, sentence_html, shown
from helpers.checks.names import Names
from helpers.checks.quoting import ANOTHER, MOST_WORDS, too_long, too_many
from helpers.checks.spellings import echo, fold, long_date, written
from helpers.corpus import loaders
from helpers.quotation.verify import name_places, verify_quotation

_LATER = "You will see whether it is right when your work is marked."


@dataclass(frozen=True, repr=False)
class Form:
    """What a visible test says about the form of an answer.

    An answer that is not ready shows nbgrader the number 0, so that ``nbgrader validate`` reports it and it
    earns nothing even if the hidden tests are missing. One that is ready shows the sentences.
    """

    ready: bool
    sentences: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentences", tuple(shown(sentence) for sentence in self.sentences))

    def __repr__(self) -> str:
        return " ".join([*self.sentences, _LATER]) if self.ready else "0"

    def _repr_html_(self) -> str:
        sentences = [*self.sentences, _LATER] if self.ready else self.sentences
        head = "This can be read." if self.ready else "This is not ready yet."
        lines = "".join(f"<li>{sentence_html(sentence)}</li>" for sentence in sentences)
        return f'<div class="mark"><p><strong>{head}</strong></p><ul>{lines}</ul></div>'


def check_quotation(
    answer: Any, *, document_id: str | None = None, n: int = 1, most_words: int = MOST_WORDS
) -> Form:
    """Say whether an answer consists of `n` quotations, each short and from a different paragraph.

    They are searched for in one document, or in both if none is named.

    Examples
    --------
    >>> check_quotation("The sky won't collapse.", document_id="mao-1963")
    "The sky won't collapse." is in mao-1963-p10. You will see whether it is right when your work is marked.
    """
    known = sorted({line.document_id for line in loaders.lines()})
    require(n > 0, f"A question cannot ask for {n} quotations.")
    require(document_id in {None, *known}, f"There is no document {document_id!r}; there are {known}.")
    given, problem = read(answer, answers.quotations)
    if problem:
        return Form(False, (problem,))
    sentences, ready, used = [], len(given) == n, []
    if not ready:
        sentences.append(too_many(len(given), n) if len(given) > n else _number_given(len(given), n))
    for quotation in given[:n]:
        places = name_places(quotation, document_id=document_id)
        if not places:
            explanation = verify_quotation(quotation, f"{document_id or 'deng-1962'}-p01").explanation
            sentences.append(f"{echo(quotation)}: {explanation}")
            ready = False
            continue
        sentences.append(f"{echo(quotation)} is in {places[0]}.")
        fresh = [place for place in places if place not in used]
        used += fresh[:1]
        wrong = [too_long(quotation, most_words), "" if fresh else f"{echo(quotation)}: {ANOTHER}"]
        sentences += filter(None, wrong)
        ready = ready and not any(wrong)
    return Form(ready, tuple(sentences))


def _number_given(given: int, n: int) -> str:
    return f"The question asks for {n}; you gave {given}."


def check_choice(answer: Any, *, options: Mapping[str, str | Iterable[str]] | Iterable[str]) -> Form:
    """Say whether an answer is one of the options.

    Examples
    --------
    >>> check_choice("c", options={"A": "the note-taker", "B": "Deng"}).sentences
    ('"c" is not one of the options: A, B.',)
    """
    names = Names(options)
    require(bool(names.all), "There are no options.")
    typed, problem = read(answer, answers.text)
    return _form(problem or names.refuse(typed), f"Read as {names.find(typed or '', near=True)}.")


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
    require(bool(names.all) and bool(things), "There are no options, or nothing to choose them for.")
    given, problem = read(answer, lambda value: answers.choices(value, things))
    if problem:
        return Form(False, (problem,))
    parts = {}
    for thing in things:
        refusal = names.refuse(given[thing]) if thing in given else NOT_ANSWERED
        parts[thing] = _form(refusal, f"Read as {names.find(given.get(thing, ''), near=True)}.")
    return check_parts(parts)


def check_items(
    answer: Any,
    *,
    ordered: bool = False,
    n: int | None = None,
    names: Mapping[str, str | Iterable[str]] | Iterable[str] = (),
    noun: str = "one of the names that may be given",
    wanted: str = "the question asks for the names themselves",
) -> Form:
    """Say whether an answer is a list, and how long it is.

    Parameters
    ----------
    answer
        As in :func:`~helpers.checks.mark_set`.
    ordered
        Whether the order counts, so that a set is not accepted.
    n
        How many are asked for, if the question says so.
    names
        Every name that may be given, if that reveals nothing; then other names are reported.
    noun
        What each of the `names` is, with its article, for the report.
    wanted
        What to tell a student who gives a column of True and False.

    Examples
    --------
    >>> check_items("Sweden, Finland")
    Read as 2: "Sweden", "Finland". You will see whether it is right when your work is marked.
    """
    known = Names(names)
    require(n is None or n > 0, f"A question cannot ask for a list of {n}.")
    given, problem = read(answer, lambda value: answers.items(value, known, wanted=wanted))
    if not problem and ordered and not given.ordered:
        problem = "A set has no order; give a list."
    if problem:
        return Form(False, (problem,))
    names_read = {one: known.find(one, near=True, remarks=True) for one in given.texts}
    shown_as = ", ".join(_read_as(one, names_read[one]) for one in given.texts[:40])
    read_as = f"Read as {len(given.texts)}: {shown_as}."
    strangers = [one for one in given.texts if known.all and not names_read[one]]
    problems = [f"{echo(one)} is not {noun}." for one in strangers[:5]]
    if n not in (None, len(given.texts)):
        problems.append(_number_given(len(given.texts), n))
    return Form(not problems, (read_as, *problems))


def _read_as(typed: str, name: str | None) -> str:
    return f"{echo(typed)} ({name})" if name and fold(name) != fold(typed) else echo(typed)


def check_number(answer: Any, *, unit: str = "") -> Form:
    """Say whether an answer is a number.

    Examples
    --------
    >>> check_number("29 days", unit="days").sentences
    ('Read as 29 days.',)
    """
    number, problem = read(answer, lambda value: answers.number(value, unit))
    return _form(problem, "" if problem else f"Read as {written(number, unit)}.")


def check_date(answer: Any) -> Form:
    """Say whether an answer is a day.

    Examples
    --------
    >>> check_date("Nov 16, 1957").sentences
    ('Read as 16 November 1957.',)
    """
    day, problem = read(answer, answers.date)
    return _form(problem, "" if problem else f"Read as {long_date(day)}.")


def check_table(answer: Any, *, columns: Mapping[str, str], key: str, keys: Iterable[str]) -> Form:
    """Say how a table is read, and whether it has these columns and a row for each of the `keys`.

    Parameters
    ----------
    answer
        As in :func:`~helpers.checks.mark_table`.
    columns
        A mapping from each column to the kind of its values: ``"date"``, ``"text"``, or for numbers the unit,
        such as ``"days"``.
    key, keys
        The column that identifies the rows, and its values.

    Examples
    --------
    >>> columns = {"date": "date", "age": "days"}
    >>> table = {"letter": ["L1"], "date": ["1957-11-16"], "age": [3]}
    >>> check_table(table, columns=columns, key="letter", keys=["L1"]).sentences
    ('L1: 16 November 1957, 3 days.',)
    >>> check_table({"letter": ["L1"]}, columns={"date": "date"}, key="letter", keys=["L1"]).sentences
    ('There is no column `date`. It has: letter.',)
    """
    keys = list(map(str, keys))
    require(bool(columns) and bool(keys), "The table that is asked for has no columns or no rows.")
    given, problem = read(answer, lambda value: answers.rows(value, key, keys))
    if problem:
        return Form(False, (problem,))
    found, repeated, names = given
    shown = {c: form for c, form in columns.items() if answers.column_name(c) in names}
    problems = [f"There is no column `{c}`." for c in columns if c not in shown]
    if problems:
        problems[-1] += f" {answers.columns_told(names)}"
    problems += [f"There is no row whose `{key}` is {echo(k)}." for k in keys if fold(k) not in found]
    if repeated or set(found) - set(map(fold, keys)):
        problems.append(f"There are {len(found) + repeated} rows; the question asks for {len(keys)}.")
    rows = []
    for k in [k for k in keys if fold(k) in found and shown]:
        cells = {c: _cell(found[fold(k)].get(answers.column_name(c)), form) for c, form in shown.items()}
        readable = [text for text, _ in cells.values() if text]
        rows += [f"{k}: {', '.join(readable)}."] if readable else []
        problems += [f"{k}, `{c}`: {problem}" for c, (_, problem) in cells.items() if problem]
    return Form(not problems, (*rows, *problems))


def _cell(value: Any, form: str) -> tuple[str, str]:
    """Return one value of a table as it is read, and what is wrong with it; one of the two is empty."""
    if isinstance(value, float) and value != value:  # NaN, an empty cell in pandas
        return "", NOT_ANSWERED
    if form == "date":
        day, problem = read(value, answers.date)
        return "" if problem else long_date(day), problem
    if form == "text":
        text, problem = read(value, answers.text)
        return "" if problem else echo(text), problem
    number, problem = read(value, lambda given: answers.number(given, form))
    return "" if problem else written(number, form), problem


def check_function(answer: Any, *, arguments: tuple, gives: Any) -> Form:
    """Say whether a function returns the expected result for one example.

    Examples
    --------
    >>> check_function(lambda: len, arguments=("ab",), gives=2).sentences
    ("For 'ab' it gives 2, as it should.",)
    """
    student, problem = read(answer, answers.function)
    if problem:
        return Form(False, (problem,))
    result, problem = call(student, arguments, quoting=True)
    problem = problem or answers.difference(result, gives)
    about = f"For {', '.join(map(repr, arguments))}"
    if problem and problem != answers.NOT_RIGHT:
        given, _ = read(lambda: result, answers.text)
        shown = f" It gives {given[:80]}." if given else ""
        return Form(False, (f"{about}: {problem}{shown}",))
    verdict = f"but it should give {gives!r}." if problem else "as it should."
    return Form(not problem, (f"{about} it gives {(read(result, answers.text)[0] or '')[:80]}, {verdict}",))


def check_parts(parts: Mapping[str, Form]) -> Form:
    """Return the forms of several parts of an answer as one.

    Examples
    --------
    >>> check_parts({"First": check_date("1957-11-16"), "Second": check_date("")}).sentences
    ('First: Read as 16 November 1957.', 'Second: Not answered yet.')
    """
    sentences = [f"{label}: {sentence}" for label, form in parts.items() for sentence in form.sentences]
    return Form(all(form.ready for form in parts.values()), tuple(sentences))


def _form(problem: str, sentence: str) -> Form:
    return Form(not problem, (problem or sentence,))
