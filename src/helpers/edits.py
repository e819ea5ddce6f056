"""How far apart two spellings are."""


def count_edits(one: str, other: str) -> int:
    """Return the Levenshtein distance of two texts: how many letters must be put in, left out or changed.

    A small distance does not prove that one is a slip for the other; it only says that a slip would be small.
    Capitals, accents and spaces count as they stand.

    Parameters
    ----------
    one, other
        Two texts.

    Returns
    -------
    int
        0 when they are equal.

    Examples
    --------
    >>> count_edits("TIIE", "THE"), count_edits("Algeria", "Albania")
    (2, 3)
    """
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row = row, [i]
        for j, wanted in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted)))
    return row[-1]
