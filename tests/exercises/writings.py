"""The ways in which students write one and the same answer to a question of a common form."""


def choices(variable, chosen):
    """Return the ways to write which option was chosen for each thing."""
    pairs = list(chosen.items())
    loud = {thing.upper(): f" {option.upper()}. " for thing, option in pairs}
    options = list(chosen.values())
    lines = "\n".join(f"{thing}) {option}" for thing, option in pairs)
    return [
        f"{variable} = {chosen!r}",
        f"{variable} = {dict(reversed(pairs))!r}",
        f"{variable} = {loud!r}",
        f"{variable} = {options!r}",
        f"{variable} = {tuple(options)!r}",
        f"{variable} = {pairs!r}",
        f"{variable} = {', '.join(f'{thing}: {option}' for thing, option in pairs)!r}",
        f"{variable} = {lines!r}",
        "\n".join(f"{variable}[{thing!r}] = {option!r}" for thing, option in pairs),
        f"import pandas as pd\n{variable} = pd.Series({chosen!r})",
        f"import pandas as pd\n{variable} = pd.DataFrame({{'a': {options!r}}}, index={list(chosen)!r})",
    ]


def items(variable, right):
    """Return the ways to write a list."""
    return [
        f"{variable} = {', '.join(right)!r}",
        f"{variable} = {','.join(right)!r}",
        f"{variable} = {', '.join(right).upper()!r}",
        f"{variable} = {right!r}",
        f"{variable} = {tuple(right)!r}",
        f"{variable} = {'; '.join(right)!r}",
        f"{variable} = {', '.join(right[:-1]) + ' and ' + right[-1]!r}",
        f"{variable} = {chr(10).join(right)!r}",
        f"{variable} = {', '.join(right)!r}.split(', ')",
        f"import pandas as pd\n{variable} = pd.Series({right!r})",
    ]


def letters(variable, right):
    """Return the ways to write a list of letters, such as `cab`."""
    return [*items(variable, list(right)), f"{variable} = list({right!r})"]
