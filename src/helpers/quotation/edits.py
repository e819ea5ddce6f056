"""Count the edits between two spellings."""


def count_edits(one: str, other: str, *, swaps: bool = False) -> int:
    """Return the Levenshtein distance between two texts: the number of characters to add, drop or change.

    A small distance does not prove that one text is a misspelling of the other; it only shows that the slip
    would be small.  Capitals, accents and spaces count.

    Parameters
    ----------
    one, other
        Two texts.
    swaps
        Count two neighboring letters that are swapped as one edit instead of two, as the optimal string
        alignment distance does.

    Returns
    -------
    int
        0 when they are equal.

    Examples
    --------
    >>> count_edits("TIIE", "THE"), count_edits("Algeria", "Albania")
    (2, 3)
    >>> count_edits("Swedne", "Sweden"), count_edits("Swedne", "Sweden", swaps=True)
    (2, 1)
    """
    earlier: list[int] = []
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted)))
            if swaps and i > 1 < j and one[i - 2 : i] == other[j - 1] + other[j - 2]:
                row[-1] = min(row[-1], earlier[j - 2] + 1)
    return row[-1]


def count_slips(one: str, other: str) -> int:
    """Return the number of edits between two texts; two swapped letters count once, even if not neighbors.

    Examples
    --------
    >>> count_slips("Vietman", "Vietnam"), count_slips("Frence", "France"), count_slips("Albania", "Algeria")
    (1, 1, 3)
    """
    differing = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    if len(one) == len(other) and len(differing) == 2 and differing[0] == differing[1][::-1]:
        return 1
    return count_edits(one, other, swaps=True)
