"""Draw the letters that the two parties wrote to each other in 1962 and 1963."""

import altair as alt
import pandas as pd

from helpers.charts.drawing import GRAY, PALETTE, SIDES, LayeredChart, draw_twice, plot, write
from helpers.charts.turns import list_turns
from helpers.corpus import loaders
from helpers.dates import write_out

_PARTIES = {"communist-party-of-the-soviet-union": "Moscow", "chinese-communist-party": "Beijing"}
_NUMBERS = dict(enumerate("no one two three four five six seven eight nine ten eleven twelve".split()))


def list_exchange() -> pd.DataFrame:
    """List the letters between the two parties that our documents name, and the two talks.

    Returns
    -------
    pandas.DataFrame
        `what` (letter or talk), `side` (the sender; empty for a talk), `start` and `end` (from writing to
        delivery, or the first and last possible day), `is_exact`, `date` (in words), `label` (in the picture)
        and `phrase` (in the description).

    Examples
    --------
    >>> list_exchange()["what"].value_counts().to_dict()
    {'letter': 5, 'talk': 2}
    """
    letters = loaders.load_letters()
    side, other = (
        letters[end].map(lambda keys: _PARTIES.get(keys[0]) if len(keys) == 1 else None)
        for end in ("sender", "recipient")
    )
    letters = letters.assign(side=side)[
        side.notna() & other.notna() & (letters["medium"] == "letter") & (letters["same_as"] == "")
    ]
    rows = []
    for letter in letters.itertuples():
        day, exact = letter.written, letter.written_precision == "day"
        date = write_out(str(day.date())[: 10 if exact else 7])
        end = day if exact else day + pd.offsets.MonthEnd(0)
        phrase = f"a letter from {letter.side} of {date}"
        if pd.notna(letter.delivered):
            end = letter.delivered
            phrase += f", delivered on {write_out(str(end.date()))}"
        *number, month = date.split()[:-1]
        label = f"{number[0]} {month[:3]}" if exact else month
        rows.append(("letter", letter.side, day, end, exact, date, label, phrase))
    for talk in list_turns().query("whose == 'talk'").itertuples():
        rows.append(
            ("talk", "", talk.start, talk.start, True, talk.date, talk.name, f"the talk of {talk.date}")
        )
    columns = ["what", "side", "start", "end", "is_exact", "date", "label", "phrase"]
    return pd.DataFrame(rows, columns=columns).sort_values(["start", "what"], ignore_index=True)


def draw_exchange() -> LayeredChart:
    """Draw the letters of 1962 and 1963 as arrows between the lanes of Moscow and Beijing, with both talks.

    Returns
    -------
    altair.LayerChart

    Examples
    --------
    >>> draw_exchange().description.split(":")[0]
    'Letters that the two parties wrote to each other in 1962 and 1963, as far as our documents name them'
    """
    exchange = list_exchange()
    letters, talks = (exchange[exchange["what"] == what] for what in ("letter", "talk"))
    n_before, *gap = _find_gap(letters)
    dated = exchange["date"] + ": " + exchange["label"]
    table = exchange.assign(label=exchange["label"].where(exchange["what"] == "letter", dated))
    return draw_twice(
        lambda narrow: _draw_lanes(letters, talks.assign(sender=1), *gap, down=narrow),
        title=(
            f"Our documents name {_NUMBERS[n_before]} letters in a hundred days, "
            f"then none for more than {gap[-1]} months"
        ),
        unit="Letters between the two parties that our documents name. "
        "Each arrow runs from sender to receiver.",
        description=(
            "Letters that the two parties wrote to each other in 1962 and 1963, as far as our documents name "
            f"them: {'; '.join(exchange['phrase'])}. The longest time for which they name none is more than "
            f"{gap[-1]} months, after the third of them."
        ),
        table=table[["date", "what", "side", "label"]].set_axis(
            ["Date", "What", "Who wrote", "In the picture"], axis="columns"
        ),
    )


def _find_gap(letters: pd.DataFrame) -> tuple[int, pd.Timestamp, pd.Timestamp, str]:
    """Return the longest time without a letter: the number of letters before it, its ends, and its months."""
    waits = letters["start"].shift(-1) - letters["end"]
    n = int(waits.argmax()) + 1
    start, end = letters["end"].iloc[n - 1], letters["start"].iloc[n]
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return n, start, end, _NUMBERS[months]


def _draw_lanes(
    letters: pd.DataFrame,
    talks: pd.DataFrame,
    gap_start: pd.Timestamp,
    gap_end: pd.Timestamp,
    months: str,
    *,
    down: bool,
) -> LayeredChart:
    """Return the two lanes, with time from left to right or, on a narrow screen, from top to bottom."""
    first, last = pd.Timestamp("1962-01-20"), pd.Timestamp("1963-04-10" if down else "1963-04-20")
    time, time2, lane, lane2 = (alt.Y, alt.Y2, alt.X, alt.X2) if down else (alt.X, alt.X2, alt.Y, alt.Y2)
    axis = alt.Axis(format="%b %Y", tickCount=8 if down else 6, title=None, grid=False)
    span = alt.Scale(domain=[str(first), str(last)], nice=False, reverse=down)
    across = alt.Scale(domain=[-0.25, 1.75] if down else [1.5, -0.35], nice=False)
    start, end = time("start:T", scale=span, axis=axis), time2("end:T")
    sender, recipient = lane("sender:Q", scale=across, axis=None), lane2("recipient:Q")

    is_from_beijing = letters["side"] == "Beijing"
    letters = letters.assign(
        fill=letters["side"].map(SIDES),
        sender=is_from_beijing.astype(int),
        recipient=1 - is_from_beijing.astype(int),
        angle=is_from_beijing.map({True: 270, False: 90} if down else {True: 0, False: 180}),
    )
    # An arrowhead is just before the end of its line.
    heads = letters.assign(start=letters["end"], sender=is_from_beijing.map({True: 0.07, False: 0.93}))
    rails = pd.DataFrame({"start": first, "end": last, "sender": [0, 1], "fill": SIDES.values()})
    quiet = pd.DataFrame({"start": [gap_start], "end": [gap_end], "sender": [0], "recipient": [1]})
    middle = gap_start + (gap_end - gap_start) / 2
    labels = [
        *_label_rails(first, down),
        *_label_gap(middle, months, down),
        *_label_letters(letters, down),
        *_label_talks(talks, down),
    ]
    plain = {"dx": 0, "align": "center", "fontSize": 12, "fontWeight": "normal", "fontStyle": "normal"}
    where = start, end, sender, recipient
    side = {"color": alt.ExprRef("datum.fill")}
    layers = [
        alt.Chart(quiet).mark_rect(color=GRAY, opacity=0.12).encode(*where),
        alt.Chart(rails).mark_rule(strokeWidth=4, **side).encode(start, end, sender),
        alt.Chart(letters[~letters["is_exact"]]).mark_rect(opacity=0.35, **side).encode(*where),
        alt.Chart(letters[letters["is_exact"]]).mark_rule(strokeWidth=2.5, **side).encode(*where),
        plot(heads, start, sender, shape="triangle", size=120),
        plot(talks, start, sender, shape="diamond", size=230, fill=PALETTE["green"]),
        write(pd.DataFrame(labels).fillna(plain), start, sender),
    ]
    size = {"width": 228, "height": 470} if down else {"width": 660, "height": 230}
    return LayeredChart(layer=layers).properties(**size)


# The labels: a row for each line, with its place and its look.


def _label_rails(first: pd.Timestamp, down: bool) -> list[dict]:
    look = {"start": first, "fontWeight": "bold", "fontSize": 14}
    look |= {} if down else {"align": "left", "dx": 2}
    heights = (-12, -12) if down else (-14, 15)
    return [{"label": side, "sender": at, "dy": heights[at], **look} for at, side in enumerate(SIDES)]


def _label_gap(middle: pd.Timestamp, months: str, down: bool) -> list[dict]:
    lines = ["more than", f"{months} months,", "no letter named"]
    lines = lines if down else [" ".join(lines[:2]), lines[2]]
    look = {"start": middle, "sender": 0.5, "fontStyle": "italic"}
    return [{"label": line, "dy": 16 * n - 8 * (len(lines) - 1), **look} for n, line in enumerate(lines)]


def _label_letters(letters: pd.DataFrame, down: bool) -> list[dict]:
    after = {"dy": 10} if down else {"dy": 0, "align": "left", "dx": 7}
    before = {"dy": -11} if down else {"dy": 0, "align": "right", "dx": -7}
    labels = [{"label": row.label, "start": row.end, "sender": 0.5, **after} for row in letters.itertuples()]
    # A talk comes after the fourth letter, so this label is before it.
    labels[3] |= {"start": letters["start"].iloc[3], **before}
    return labels


def _label_talks(talks: pd.DataFrame, down: bool) -> list[dict]:
    labels = []
    for talk, align, dx in zip(talks.itertuples(), ("left", "right"), (-6, 6), strict=True):
        words = talk.label.split()
        if down:
            lines = [talk.date, " ".join(words[:2]), " ".join(words[2:])]
            look = {"align": "left", "dx": 13}
        else:
            lines, look = [talk.date, talk.label], {"align": align, "dx": dx, "fontSize": 13}
        look |= {"start": talk.start, "sender": 1}
        for n, line in enumerate(lines):
            dy = 15 * n - 15 if down else 24 + 17 * n
            labels.append({"label": line, "dy": dy, "fontWeight": "normal" if n else "bold", **look})
    return labels
