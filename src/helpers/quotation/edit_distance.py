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
    # Hyyro, "A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances", Nordic Journal of
    # Computing 10, 2003: bit i of an integer is row i of a column of the usual table.
    last, rows = 1 << max(len(one) - 1, 0), (1 << len(one)) - 1
    places: dict[str, int] = {}
    for i, letter in enumerate(one):
        places[letter] = places.get(letter, 0) | 1 << i
    up, down, same, before, distance = rows, 0, 0, 0, len(one)
    for letter in other:
        at = places.get(letter, 0)
        swapped = ((~same & at) << 1) & before if swaps else 0
        same = (((at & up) + up) ^ up) | at | down | swapped
        right, left = down | ~(same | up), same & up
        distance += bool(right & last) - bool(left & last)
        right, left = right << 1 | 1, left << 1
        up, down, before = (left | ~(same | right)) & rows, right & same & rows, at
    return distance if one else len(other)


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
