"""The ways in which students write one and the same right answer, and what they change in a wrong one."""

import datetime as dt

_MODULES = {"pd": "import pandas as pd\n", "np": "import numpy as np\n", "dt": "import datetime as dt\n"}


def wrong(right, cases):
    """Return wrong answers by the name of each question: its first right answer, and then a change.

    Parameters
    ----------
    right
        The right answers by the name of each question.
    cases
        By the name of each question: the points, a part of one of the reasons, and the change.  It is what
        is put into an answer that is a dictionary, or code that runs after the right answer; code that begins
        with ``=`` is another value for the answer.
    """
    return {
        name: [(points, reason, _changed(right[name][0], change)) for points, reason, change in listed]
        for name, listed in cases.items()
    }


def _changed(answer, change):
    variable = answer.partition(" = ")[0]
    if "answer_" not in answer:  # a function, which another one replaces
        return change
    if not isinstance(change, str):
        return f"{answer}\n{variable} |= {change!r}"
    return f"{variable} {change}" if change.startswith("=") else f"{answer}\n{change}"


def choices(variable, chosen):
    """Return the ways to write which option was chosen for each thing."""
    pairs, options = list(chosen.items()), list(chosen.values())
    loud = {thing.upper(): f" {option.upper()}. " for thing, option in pairs}
    texts = (", ".join(map(": ".join, pairs)), "\n".join(map(") ".join, pairs)))
    ways = [
        repr(way) for way in (chosen, dict(reversed(pairs)), loud, options, tuple(options), pairs, *texts)
    ]
    ways += [f"pd.Series({chosen!r})", f"pd.DataFrame({{'a': {options!r}}}, index={list(chosen)!r})"]
    one_by_one = "\n".join(f"{variable}[{thing!r}] = {option!r}" for thing, option in pairs)
    return [*together(**{variable: ways}), one_by_one]


def items(variable, right):
    """Return the ways to write a list."""
    listed = ", ".join(right)
    texts = [listed, listed.upper(), f"{', '.join(right[:-1])} and {right[-1]}"]
    texts += [separator.join(right) for separator in (",", "; ", "\n")]
    ways = [repr(way) for way in (*texts, right, tuple(right))]
    return together(**{variable: [*ways, f"{listed!r}.split(', ')", f"pd.Series({right!r})"]})


def letters(variable, right):
    """Return the ways to write a list of letters, such as `cab`."""
    return [*items(variable, list(right)), f"{variable} = list({right!r})"]


def together(**variables):
    """Return answers that give each variable a value, in each of the ways in which it can be written."""
    n = max(map(len, variables.values()))
    answers = (
        "; ".join(f"{variable} = {ways[i % len(ways)]}" for variable, ways in variables.items())
        for i in range(n)
    )
    return ["".join(line for name, line in _MODULES.items() if f"{name}." in one) + one for one in answers]


def number(value, unit=""):
    """Return the ways to write a number, also with its unit."""
    ways = [
        f"{value}",
        f"{float(value)}",
        f"'{value}'",
        f"' {value}. '",
        f"[{value}]",
        f"pd.Series([{value}])",
    ]
    ways += [f"np.float64({value})"]
    if unit:
        ways += [f"'{value} {unit}'", f"'{value} {unit.upper()}.'", f"'{value} {unit} (by my count)'"]
    return ways + [f"pd.Timedelta({value}, 'D')"] * (unit == "days") + [f"'{value}%'"] * (unit == "percent")


def date(iso):
    """Return the ways to write a day, such as 1962-04-07."""
    day = dt.date.fromisoformat(iso)
    month, year = f"{day:%B}", day.year
    ways = [iso, f"{day.day} {month} {year}", f"{month} {day.day}, {year}", f"{day.day} {month[:3]} {year}"]
    ways += [f"{day.day}th of {month[:3].lower()}. {year}", f"{day:%A}, {day.day} {month} {year}."]
    ways += [f"{day:%Y/%m/%d}", f"{day:%Y%m%d}", f"{day.day}-{month[:3]}-{year}", [iso]]
    typed = (
        f"{of}({iso!r})" for of in ("pd.Timestamp", "np.datetime64", "pd.Period", "dt.date.fromisoformat")
    )
    return [*(f"{way!r}" for way in ways), *typed]


def choice(option):
    """Return the ways to write which option was chosen."""
    return list(map(repr, (option, option.upper(), f"{option})", f" {option}. ", [option], f"{option}:")))
