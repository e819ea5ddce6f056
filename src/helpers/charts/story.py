"""Draw the pictures of the book's story: its places, its turning points, the letters of 1962 and 1963.

Each picture has a second drawing for narrow screens.  Dates come from the tables; we chose the short names
and the places.
"""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import altair as alt
import pandas as pd

from helpers.charts.corpus import PALETTE, SIDES, draw_twice
from helpers.corpus import loaders
from helpers.dates import write_out
from helpers.history.chronology import BOTH, TURNS

_TEXT = "currentColor"
_GRAY = PALETTE["gray"]
_WIDE, _NARROW = 660, 300
_CPSU, _CCP = "communist-party-of-the-soviet-union", "chinese-communist-party"


# --- the map ---


class Place(NamedTuple):
    """A place of the story: where it is, what happened there, and where its label goes."""

    name: str
    longitude: float
    latitude: float
    what: str
    side: str = ""
    dx: int = 9
    dy: int = 0
    align: str = "left"
    narrow: tuple[int, int, str] = (8, 0, "left")


PLACES = [
    Place(
        "Moscow", 37.6, 55.8, "1957, 1960, 1963: conferences", "Moscow", -11, -19, "right", (9, -8, "left")
    ),
    Place("Beijing", 116.4, 39.9, "1962, 1963: two talks", "Beijing", 13, 4, "left", (0, 18, "center")),
    Place("Zhenbao (Damansky)", 133.8, 46.5, "1969: fighting", "", -10, -20, "right", (10, -16, "right")),
    Place("East Berlin", 13.4, 52.5, "1963: shouted down", "", -9, -12, "right", (0, -13, "center")),
    Place("Belgrade", 20.5, 44.8, "", "", -9, -2, "right", (-7, -4, "right")),
    Place("Bucharest", 26.1, 44.4, "1960: open quarrel", "", 9, 2, "left", (8, 0, "left")),
    Place("Tirana", 19.8, 41.3, "1961: break", "Beijing", -9, 6, "right", (-7, 9, "right")),
    Place("Tashkent", 69.2, 41.3, "1982: an offer", "", -9, 4, "right", (0, 14, "center")),
    Place("Xinjiang", 81.3, 43.9, "1969: fighting", "", 9, -6, "left", (-8, -6, "right")),
    Place("Border with India", 92.0, 27.9, "1962: war", "", -9, 4, "right", (-8, 4, "right")),
    Place("Hanoi", 105.8, 21.0, "1962: a letter", "", 9, 4, "left", (0, 14, "center")),
]
"""The places that the story names, except Cuba and Washington, which are outside the map."""

_BY_APRIL_1962 = {
    "Moscow": "1957, 1960: conferences",
    "Beijing": "1962: the talk",
    "Belgrade": "",
    "Bucharest": "1960: open quarrel",
    "Tirana": "1961: break",
    "Hanoi": "1962: a letter",
}


@cache
def _land() -> dict:
    return json.loads(Path(__file__).with_name("land.json").read_text(encoding="utf-8"))


def draw_map() -> alt.LayerChart:
    """Draw a map of the places of the story, without borders.

    Returns
    -------
    altair.LayerChart

    Examples
    --------
    >>> draw_map().description.split(":")[0]
    'The places of the story from East Berlin to the Ussuri'
    """
    return _draw_places(
        PLACES,
        "The places of the story from East Berlin to the Ussuri",
        title="One movement, two capitals, and the places where it came apart",
        unit="No borders are drawn: several were what the quarrel was about.",
    )


def draw_map_of_1962() -> alt.LayerChart:
    """Draw the same map for a class that has not heard how the story ends: nothing after April 1962.

    Returns
    -------
    altair.LayerChart

    Examples
    --------
    >>> draw_map_of_1962().description.split(":")[0]
    'The places of the story until April 1962'
    """
    known = [
        place._replace(what=_BY_APRIL_1962[place.name]) for place in PLACES if place.name in _BY_APRIL_1962
    ]
    return _draw_places(
        known,
        "The places of the story until April 1962",
        title="Moscow and Beijing in April 1962",
        unit="No borders are drawn.",
    )


def _draw_places(places: list[Place], summary: str, *, title: str, unit: str) -> alt.LayerChart:
    said = [f"{place.name} ({place.what})" if place.what else place.name for place in places]
    return draw_twice(
        lambda narrow: (
            _map(places, 334, 250, 200, [-63, -36, 0], narrow=True)
            if narrow
            else _map(places, _WIDE, 370, 355, [-75, -40, 0])
        ),
        title=title,
        unit=unit,
        description=f"{summary}: {', '.join(said)}. Moscow and Beijing lie about 5,800 kilometers apart.",
        table=pd.DataFrame(
            [(place.name, place.what) for place in places], columns=["Place", "What happened there"]
        ),
    )


def _map(
    places: list[Place], width: int, height: int, scale: int, rotate: list[int], *, narrow: bool = False
) -> alt.LayerChart:
    projection = {
        "type": "azimuthalEqualArea",
        "rotate": rotate,
        "scale": scale,
        "translate": [width / 2, height / 2],
    }
    land = alt.Chart(alt.Data(values=[_land()])).mark_geoshape(fill=_GRAY, fillOpacity=0.22, clip=True)
    capitals = {place.name: place for place in places if place.name in SIDES}
    way = pd.DataFrame([{"longitude": p.longitude, "latitude": p.latitude} for p in capitals.values()])
    layers = [
        land,
        alt.Chart(way)
        .mark_line(color=_GRAY, strokeDash=[2, 4], strokeWidth=1.5)
        .encode(longitude="longitude:Q", latitude="latitude:Q"),
    ]
    for place in places:
        dx, dy, align = place.narrow if narrow else (place.dx, place.dy, place.align)
        base = alt.Chart(pd.DataFrame([{"longitude": place.longitude, "latitude": place.latitude}])).encode(
            longitude="longitude:Q", latitude="latitude:Q"
        )
        is_capital = place.name in capitals
        layers.append(
            base.mark_point(
                filled=True, opacity=1, size=110 if is_capital else 45, color=SIDES.get(place.side, _GRAY)
            )
        )
        name = {"align": align, "dx": dx, "fontWeight": "bold" if is_capital else "normal"}
        layers.append(
            base.mark_text(
                text=place.name, dy=dy, fontSize=15 if is_capital else 12, baseline="middle", **name
            )
        )
        if place.what and not narrow:
            below = {"align": align, "dx": dx, "fontSize": 11, "opacity": 0.85}
            layers.append(base.mark_text(text=place.what, dy=dy + 15, baseline="middle", **below))
    return alt.layer(*layers).project(**projection).properties(width=width, height=height)


# --- the turning points ---

# The height of each name above or below the line; later names are nearer, so that no rule crosses a name.
_LEVELS = [5, 4, 3, 2, -3, -2, -1, 1, -1, 4]
# So that a copy without color still says whose step it was.
_SHAPES = {"Moscow": "circle", "Beijing": "square"}


def list_turns() -> pd.DataFrame:
    """List the turning points and the two talks by date, with `year`, `date`, `name` and `whose`.

    Returns
    -------
    pandas.DataFrame

    Examples
    --------
    >>> list_turns()[["date", "name"]].iloc[0].to_list()
    ['14 February 1950', 'Treaty of alliance']
    """
    events = loaders.load_events().set_index("event_id").loc[list(TURNS)].sort_values("start")
    frame = pd.DataFrame(
        {
            "date": events["edtf"].map(write_out),
            "year": events["start"].dt.year + (events["start"].dt.day_of_year - 1) / 365.25,
            "name": [TURNS[event_id][0] for event_id in events.index],
            "whose": [TURNS[event_id][1] for event_id in events.index],
        }
    ).reset_index(drop=True)
    return frame.assign(short=events["start"].dt.year.astype(str).to_list(), level=_LEVELS)


def draw_turns() -> alt.LayerChart:
    """Draw a timeline from 1949 to 1989 with its turning points and the two talks of this book.

    Returns
    -------
    altair.LayerChart

    Examples
    --------
    >>> draw_turns().description.split(":")[0]
    'Forty years in ten steps'
    """
    turns = list_turns()
    said = "; ".join(f"{turn.date}: {turn.name}" for turn in turns.itertuples())
    table = turns[["date", "name", "whose"]].replace({"whose": {"talk": "one of our two talks"}})
    words = {
        "description": (
            f"Forty years in ten steps: {said}. The two talks of this book lie in the middle of the quarrel, "
            "after the specialists had left and before the parties stopped talking."
        ),
        "table": table.set_axis(["Date", "What happened", "Whose step"], axis="columns"),
    }
    return draw_twice(
        lambda narrow: _turns_down(turns) if narrow else _turns_across(turns),
        title="Our two talks fall between the first open blows and the break",
        unit="Circle: Moscow's step. Square: Beijing's. Ring: both. Diamond: a talk in our documents.",
        **words,
    )


def _marks(base: alt.Chart, **places: object) -> list[alt.Chart]:
    """Return the marks of turning points: a shape for each side, a ring for both, a diamond for a talk."""
    look = {"opacity": 1, "strokeWidth": 2}
    return [
        *(
            base.transform_filter(f"datum.whose == '{side}'")
            .mark_point(filled=True, size=110, color=color, shape=_SHAPES[side], **look)
            .encode(**places)
            for side, color in SIDES.items()
        ),
        base.transform_filter(f"datum.whose == '{BOTH}'")
        .mark_point(size=80, color=_TEXT, **look)
        .encode(**places),
        base.transform_filter("datum.whose == 'talk'")
        .mark_point(shape="diamond", filled=True, size=190, color=PALETTE["green"], **look)
        .encode(**places),
    ]


def _turns_across(turns: pd.DataFrame) -> alt.LayerChart:
    # Names are to the right of their marks, but to the left near the end of the line.
    frame = turns.assign(zero=0)
    span = alt.Scale(domain=[1948.5, 1990.5], nice=False, zero=False)
    years = alt.Axis(values=[1950, 1960, 1970, 1980, 1990], format="d", title=None, grid=False)
    x = alt.X("year:Q", scale=span, axis=years)
    y = alt.Y("level:Q", scale=alt.Scale(domain=[-3.4, 5.4], nice=False), axis=None)
    base = alt.Chart(frame)
    layers = [
        alt.Chart(pd.DataFrame({"from": [1949], "to": [1990], "y": [0]}))
        .mark_rule(strokeWidth=3, color=_GRAY)
        .encode(alt.X("from:Q", scale=span, axis=years), alt.X2("to:Q"), alt.Y("y:Q", axis=None)),
        base.mark_rule(color=_GRAY, strokeWidth=1).encode(x, y, alt.Y2("zero:Q")),
        *_marks(base, x=x, y=alt.Y("zero:Q", axis=None)),
    ]
    late = "datum.year > 1985"
    for condition, align, dx in ((f"!({late})", "left", 4), (late, "right", -4)):
        for talk, weight in (("!=", "normal"), ("==", "bold")):
            part = base.transform_filter(f"({condition}) && datum.whose {talk} 'talk'")
            text = part.transform_calculate(label="datum.short + '  ' + datum.name")
            layers.append(
                text.mark_text(align=align, dx=dx, fontSize=13, fontWeight=weight, baseline="middle").encode(
                    x, y, alt.Text("label:N")
                )
            )
    return alt.layer(*layers).properties(width=_WIDE - 60, height=285)


def _turns_down(turns: pd.DataFrame) -> alt.LayerChart:
    # In order rather than by year, because on a phone 1962 and 1963 would overlap.
    frame = turns.assign(row=range(len(turns)), x=0)
    y = alt.Y("row:Q").scale(domain=[-0.6, len(turns) - 0.4], reverse=True, nice=False).axis(None)
    x = alt.X("x:Q").scale(domain=[-1.2, 6], nice=False).axis(None)
    base = alt.Chart(frame)
    ends = alt.Chart(pd.DataFrame({"row": [-0.4], "end": [len(turns) - 0.6], "x": [0]}))
    layers = [
        ends.mark_rule(strokeWidth=3, color=_GRAY).encode(x, y, alt.Y2("end:Q")),
        *_marks(base, x=x, y=y),
        base.mark_text(align="right", dx=-13, fontSize=12, baseline="middle").encode(
            x, y, alt.Text("short:N")
        ),
    ]
    for talk, weight in (("!=", "normal"), ("==", "bold")):
        layers.append(
            base.transform_filter(f"datum.whose {talk} 'talk'")
            .mark_text(align="left", dx=14, fontSize=13, fontWeight=weight, baseline="middle")
            .encode(x, y, alt.Text("name:N"))
        )
    return alt.layer(*layers).properties(width=_NARROW, height=330)


# --- the letters of 1962 and 1963 ---


def list_exchange() -> pd.DataFrame:
    """List the letters between the two parties that our documents name, and the two talks.

    The columns are `what` (letter or talk), `side` (the sender; empty for a talk), `start` and `end` (from
    writing to delivery, or the first and last possible day), `is_exact`, `label` and `said`.

    Returns
    -------
    pandas.DataFrame

    Examples
    --------
    >>> list_exchange()["what"].value_counts().to_dict()
    {'letter': 5, 'talk': 2}
    """
    letters = loaders.load_letters()
    between = letters["sender"].map(lambda ids: tuple(ids) in {(_CPSU,), (_CCP,)}) & letters["recipient"].map(
        lambda ids: tuple(ids) in {(_CPSU,), (_CCP,)}
    )
    own = letters[between & (letters["medium"] == "letter") & (letters["same_as"] == "")]
    rows = []
    for letter in own.itertuples():
        exact = letter.written_precision == "day"
        month_end = letter.written + pd.offsets.MonthEnd(0)
        end = letter.delivered if pd.notna(letter.delivered) else (letter.written if exact else month_end)
        day = f"{letter.written:%Y-%m-%d}" if exact else f"{letter.written:%Y-%m}"
        side = "Moscow" if tuple(letter.sender) == (_CPSU,) else "Beijing"
        said = f"a letter from {side} of {write_out(day)}"
        if pd.notna(letter.delivered):
            said += f", delivered on {write_out(f'{letter.delivered:%Y-%m-%d}')}"
        label = f"{letter.written.day} {letter.written:%b}" if exact else f"{letter.written:%B}"
        rows.append(("letter", side, letter.written, end, exact, label, said))
    talks = loaders.load_documents()
    for document_id, label in (
        ("deng-1962", "Deng hands over the letters"),
        ("mao-1963", "Mao receives the ambassador"),
    ):
        day = talks.set_index("document_id").loc[document_id, "event_date"]
        date = write_out(f"{day:%Y-%m-%d}")
        rows.append(("talk", "", day, day, True, f"{date}: {label}", f"the talk of {date}"))
    columns = ["what", "side", "start", "end", "is_exact", "label", "said"]
    return pd.DataFrame(rows, columns=columns).sort_values(["start", "what"], ignore_index=True)


def draw_exchange() -> alt.LayerChart:
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
    letters = exchange[exchange["what"] == "letter"]
    table = exchange.assign(
        date=[
            f"{row.start:%Y-%m-%d}" if row.is_exact else f"{row.start:%Y-%m}" for row in exchange.itertuples()
        ]
    )
    table["date"] = table["date"].map(write_out)
    gap = _longest_gap(letters)
    words = {
        "description": (
            "Letters that the two parties wrote to each other in 1962 and 1963, as far as our documents name "
            f"them: {'; '.join(exchange['said'])}. The longest time for which they name none is more than "
            f"{gap[3]} months, after the third of them."
        ),
        "table": table[["date", "what", "side", "label"]].set_axis(
            ["Date", "What", "Who wrote", "In the picture"], axis="columns"
        ),
    }
    return draw_twice(
        lambda narrow: _exchange(exchange, gap, down=narrow),
        title=(
            f"Our documents name {_NUMBERS[gap[2] + 1]} letters in a hundred days, "
            f"then none for more than {gap[3]} months"
        ),
        unit="Letters between the two parties that our documents name. "
        "Each arrow runs from sender to receiver.",
        **words,
    )


_NUMBERS = dict(enumerate("no one two three four five six seven eight nine ten eleven twelve".split()))


def _longest_gap(letters: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp, int, str]:
    """Return the longest time without a letter: its ends, the letter before it, and its whole months."""
    waits = (letters["start"].shift(-1) - letters["end"]).dt.days
    before = int(waits.reset_index(drop=True).idxmax())
    start, end = letters["end"].iloc[before], letters["start"].iloc[before + 1]
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return start, end, before, _NUMBERS[months]


def _exchange(exchange: pd.DataFrame, gap: tuple, *, down: bool) -> alt.LayerChart:
    """Return the two lanes, with time from left to right or, on a narrow screen, from top to bottom."""
    lane = {"Moscow": 0, "Beijing": 1}
    letters = exchange[exchange["what"] == "letter"].assign(
        a=lambda frame: frame["side"].map(lane), b=lambda frame: 1 - frame["side"].map(lane)
    )
    talks = exchange[exchange["what"] == "talk"].assign(a=1)
    first, last = pd.Timestamp("1962-01-20"), pd.Timestamp("1963-04-20" if not down else "1963-04-10")
    axis = alt.Axis(format="%b %Y", tickCount=6, title=None, grid=False)
    time = {
        "scale": alt.Scale(domain=[str(first), str(last)], nice=False, **({"reverse": True} if down else {}))
    }
    across = {"scale": alt.Scale(domain=[-0.25, 1.75] if down else [1.5, -0.35], nice=False), "axis": None}
    t, t2, c, c2 = (alt.Y, alt.Y2, alt.X, alt.X2) if down else (alt.X, alt.X2, alt.Y, alt.Y2)

    def when(field: str) -> object:
        return t(
            f"{field}:T",
            **time,
            axis=axis if not down else alt.Axis(format="%b %Y", tickCount=8, title=None, grid=False),
        )

    layers = []
    rails = pd.DataFrame([{"side": side, "at": at, "from": first, "to": last} for side, at in lane.items()])
    quiet = pd.DataFrame(
        [{"from": gap[0], "to": gap[1], "a": 0, "b": 1, "mid": gap[0] + (gap[1] - gap[0]) / 2}]
    )
    layers.append(
        alt.Chart(quiet)
        .mark_rect(color=_GRAY, opacity=0.12)
        .encode(when("from"), t2("to:T"), c("a:Q", **across), c2("b:Q"))
    )
    for side, color in SIDES.items():
        rail = alt.Chart(rails[rails["side"] == side])
        layers.append(
            rail.mark_rule(strokeWidth=4, color=color).encode(when("from"), t2("to:T"), c("at:Q", **across))
        )
        own = letters[letters["side"] == side]
        pointing = {
            (False, "Moscow"): 180,
            (False, "Beijing"): 0,
            (True, "Moscow"): 90,
            (True, "Beijing"): 270,
        }
        layers += [
            alt.Chart(own[~own["is_exact"]])
            .mark_rect(color=color, opacity=0.35)
            .encode(when("start"), t2("end:T"), c("a:Q", **across), c2("b:Q")),
            alt.Chart(own[own["is_exact"]])
            .mark_rule(color=color, strokeWidth=2.5)
            .encode(when("start"), t2("end:T"), c("a:Q", **across), c2("b:Q")),
            alt.Chart(own.assign(tip=own["b"] + (0.07 if side == "Beijing" else -0.07)))
            .mark_point(
                shape="triangle", filled=True, size=120, color=color, opacity=1, angle=pointing[down, side]
            )
            .encode(when("end"), c("tip:Q", **across)),
        ]
    return _exchange_words(layers, letters, talks, quiet, gap, when, c, across, down=down)


def _exchange_words(layers, letters, talks, quiet, gap, when, c, across, *, down) -> alt.LayerChart:
    """Add the labels of the picture of letters: lanes, dates, the gap and both talks."""
    early = letters["label"].iloc[3]  # the label just before a talk goes on the other side

    def text(frame, field, at, label, **look):
        look = {"fontSize": 12, "baseline": "middle", **look}
        return (
            alt.Chart(frame)
            .mark_text(**look)
            .encode(when(field), c(f"{at}:Q", **across), alt.Text(f"{label}:N"))
        )

    letters = letters.assign(mid=0.5)
    near = letters["label"] == early
    if down:
        layers += [
            text(letters[~near], "end", "mid", "label", dy=10),
            text(letters[near], "start", "mid", "label", dy=-11),
        ]
    else:
        layers += [
            text(letters[~near], "end", "mid", "label", align="left", dx=7),
            text(letters[near], "start", "mid", "label", align="right", dx=-7),
        ]
    said = (
        ["more than", f"{gap[3]} months,", "no letter named"]
        if down
        else [f"more than {gap[3]} months,", "no letter named"]
    )
    for n, words in enumerate(said):
        quiet = quiet.assign(c=0.5, label=words)
        layers.append(text(quiet, "mid", "c", "label", dy=16 * n - 8 * (len(said) - 1), fontStyle="italic"))
    for side, at in (("Moscow", 0), ("Beijing", 1)):
        place = pd.DataFrame([{"t": pd.Timestamp("1962-01-20"), "at": at, "label": side}])
        look = {"dy": -12} if down else {"align": "left", "dx": 2, "dy": -14 if at == 0 else 15}
        layers.append(text(place, "t", "at", "label", fontWeight="bold", fontSize=14, **look))
    layers.append(
        alt.Chart(talks)
        .mark_point(shape="diamond", filled=True, size=230, color=PALETTE["green"], opacity=1)
        .encode(when("start"), c("a:Q", **across))
    )
    dates = talks["label"].str.partition(": ")
    talks = talks.assign(date=dates[0], name=dates[2])
    for n, (index, align) in enumerate(zip(talks.index, ("left", "right"), strict=True)):
        one = talks.loc[[index]]
        if down:
            words = one["name"].iloc[0].split(" ")
            one = one.assign(one=" ".join(words[:2]), two=" ".join(words[2:]))
            look = {"align": "left", "dx": 13}
            layers += [
                text(one, "start", "a", "date", dy=-15, fontSize=12, fontWeight="bold", **look),
                text(one, "start", "a", "one", fontSize=12, **look),
                text(one, "start", "a", "two", dy=15, fontSize=12, **look),
            ]
        else:
            look = {"align": align, "dx": (-6, 6)[n]}
            layers += [
                text(one, "start", "a", "date", dy=24, fontSize=13, fontWeight="bold", **look),
                text(one, "start", "a", "name", dy=41, fontSize=13, **look),
            ]
    size = {"width": 228, "height": 470} if down else {"width": _WIDE, "height": 230}
    return alt.layer(*layers).properties(**size)


# --- the four explanations ---

EXPLANATIONS = {
    "Ideology": {
        "1956-02-25-speech-on-stalin": ("Khrushchev condemns Stalin", "Moscow", True),
        "1960-04-polemic-in-praise-of-lenin": ("Polemic in praise of Lenin", "Beijing", False),
        "1963-06-14-ccp-general-line": ("China's general line", "Beijing", False),
    },
    "Security": {
        "1958-08-23-shelling-of-jinmen": ("Shells on Jinmen", "Beijing", False),
        "1959-06-20-letter-on-the-bomb": ("No sample bomb", "Moscow", True),
        "1962-10-20-sino-indian-war": ("War with India", "Beijing", False),
        "1963-08-05-test-ban-treaty": ("Test ban treaty", "Moscow", False),
    },
    "Politics at home": {
        "1959-07-02-lushan": ("A critic falls at Lushan", "Beijing", False),
        "1962-01-11-seven-thousand-cadres": ("Seven thousand officials", "Beijing", False),
        "1962-09-24-tenth-plenum": ("Tenth Plenum", "Beijing", True),
        "1966-08-embassy-besieged": ("Embassy besieged", "Beijing", False),
    },
    "Rank": {
        "1958-07-31-khrushchev-mao-talks": ("Quarrel over a joint fleet", BOTH, False),
        "1960-06-20-bucharest-congress": ("Attack in Bucharest", "Moscow", False),
        "1961-10-17-soviet-congress": ("22nd Congress", "Moscow", False),
        "1963-07-05-party-talks": ("Talks of the parties fail", BOTH, True),
    },
}
"""The events that matter most to each explanation of the split, by id: the short name, whose step it was,
and whether the explanation turns on it.  The chapter says whose choice that is; we chose the other steps."""

# Where a name has room: above or below the line of its explanation, and on which side of its mark.
_ROOM = {
    "Khrushchev condemns Stalin": (1, "left"),
    "Polemic in praise of Lenin": (-1, "right"),
    "China's general line": (1, "left"),
    "Shells on Jinmen": (-1, "right"),
    "No sample bomb": (1, "center"),
    "War with India": (-1, "left"),
    "Test ban treaty": (1, "left"),
    "Seven thousand officials": (-1, "right"),
    "Tenth Plenum": (1, "left"),
    "Embassy besieged": (-1, "right"),
    "Quarrel over a joint fleet": (-1, "right"),
    "Attack in Bucharest": (1, "right"),
    "22nd Congress": (-1, "right"),
    "Talks of the parties fail": (1, "left"),
}


def list_explanations() -> pd.DataFrame:
    """List the turning points that matter most to each explanation, and mark the decisive one.

    The columns are `explanation`, `date`, `year`, `name`, `whose` and `is_center`.

    Returns
    -------
    pandas.DataFrame

    Examples
    --------
    >>> list_explanations().query("is_center")[["explanation", "date"]].to_numpy().tolist()[0]
    ['Ideology', '25 February 1956']
    """
    events = loaders.load_events().set_index("event_id")
    rows = [
        (
            explanation,
            write_out(events.loc[event_id, "edtf"]),
            _as_year(events.loc[event_id, "start"]),
            *words,
        )
        for explanation, turns in EXPLANATIONS.items()
        for event_id, words in turns.items()
    ]
    return pd.DataFrame(rows, columns=["explanation", "date", "year", "name", "whose", "is_center"])


def _as_year(day: pd.Timestamp) -> float:
    return day.year + (day.day_of_year - 1) / 365.25


def draw_explanations() -> alt.LayerChart:
    """Draw the four explanations as timelines, each with the turning points that matter most to it.

    Returns
    -------
    altair.LayerChart

    Examples
    --------
    >>> draw_explanations().description.split(":")[0]
    'Four explanations of the split and the turning points that each weighs most'
    """
    turns = list_explanations()
    talk = _as_year(loaders.load_documents().set_index("document_id").loc["deng-1962", "event_date"])
    centers = turns[turns["is_center"]]
    said = "; ".join(
        f"{name}: {', '.join(f'{turn.name} ({turn.date})' for turn in part.itertuples(index=False))}"
        for name, part in turns.groupby("explanation", sort=False)
    )
    early, late = (
        " and ".join(centers.loc[part, "explanation"].str.lower())
        for part in (centers["year"] < talk, centers["year"] > talk)
    )
    table = turns.assign(center=turns["is_center"].map({True: "yes", False: ""}))
    words = {
        "description": (
            f"Four explanations of the split and the turning points that each weighs most: {said}. "
            f"The step that it turns on comes before April 1962 for {early}, and after it for {late}."
        ),
        "table": table[["explanation", "date", "name", "whose", "center"]].set_axis(
            ["Explanation", "Date", "What happened", "Whose step", "Turns on it"], axis="columns"
        ),
    }
    return draw_twice(
        lambda narrow: (_explanations_down if narrow else _explanations_across)(turns, talk),
        title="Two explanations turn on a step before April 1962, two on a step after it",
        unit="Ring: the step it turns on. Blue: Moscow's step. Orange: Beijing's. Gray: both.",
        **words,
    )


def _steps(base: alt.Chart, **places: object) -> list[alt.Chart]:
    """Return the marks of steps in the colors of their sides, with a ring around the decisive ones."""
    colors = alt.Color("whose:N", legend=None).scale(domain=[*SIDES, BOTH], range=[*SIDES.values(), _GRAY])
    rings = base.transform_filter("datum.is_center")
    return [
        base.mark_point(filled=True, size=90, opacity=1).encode(colors, **places),
        rings.mark_point(size=330, color=_TEXT, opacity=1, strokeWidth=2).encode(**places),
    ]


def _explanations_across(turns: pd.DataFrame, talk: float) -> alt.LayerChart:
    lanes = {name: 4 * row for row, name in enumerate(EXPLANATIONS)}
    frame = turns.assign(lane=turns["explanation"].map(lanes))
    frame["room"], frame["align"] = zip(
        *(_ROOM.get(name, (1, "center")) for name in frame["name"]), strict=True
    )
    frame["at"] = frame["lane"] + 1.15 * frame["room"]
    frame["label"] = [f"{int(turn.year)}  {turn.name}" for turn in turns.itertuples()]
    axis = alt.Axis(values=list(range(1956, 1968, 2)), format="d", title=None, grid=False)
    span = alt.Scale(domain=[1952.4, 1967.4], nice=False, zero=False)
    x = alt.X("year:Q", scale=span, axis=axis)
    height = alt.Scale(domain=[13.8, -2.4], nice=False)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=height, axis=None)

    names = pd.DataFrame({"name": list(lanes), "lane": list(lanes.values())})
    lines = alt.Chart(names.assign(year=1955.5, end=1967.4))
    today = alt.Chart(pd.DataFrame({"year": [talk], "top": [-2.0], "end": [13.8], "label": ["9 April 1962"]}))
    base = alt.Chart(frame)
    layers = [
        today.mark_rule(color=PALETTE["green"], strokeWidth=2, strokeDash=[5, 4]).encode(
            x, y("top"), alt.Y2("end:Q")
        ),
        today.mark_text(dy=-8, fontSize=13, fontWeight="bold").encode(x, y("top"), alt.Text("label:N")),
        lines.mark_rule(color=_GRAY, strokeWidth=1.5).encode(x, alt.X2("end:Q"), y("lane")),
        alt.Chart(names.assign(year=1952.4))
        .mark_text(align="left", fontSize=14, fontWeight="bold", baseline="middle")
        .encode(x, y("lane"), alt.Text("name:N")),
        *_steps(base, x=x, y=y("lane")),
    ]
    for align, dx in (("left", -6), ("right", 6), ("center", 0)):
        for is_center, weight in (("datum.is_center", "bold"), ("!datum.is_center", "normal")):
            part = base.transform_filter(f"datum.align == '{align}' && {is_center}")
            layers.append(
                part.mark_text(align=align, dx=dx, fontSize=12, fontWeight=weight, baseline="middle").encode(
                    x, y("at"), alt.Text("label:N")
                )
            )
    return alt.layer(*layers).properties(width=_WIDE - 20, height=360)


def _explanations_down(turns: pd.DataFrame, talk: float) -> alt.LayerChart:
    # In order rather than by year, with the talk as a line between earlier and later steps.
    rows, heads, rules = [], [], []
    row = 0.0
    for name, part in turns.groupby("explanation", sort=False):
        heads.append({"row": row, "label": name, "x": 0})
        row += 1
        for turn in part.itertuples():
            if turn.year > talk and not any(rule["explanation"] == name for rule in rules):
                rules.append(
                    {"row": row + 0.35, "x": -1.2, "end": 6, "label": "9 April 1962", "explanation": name}
                )
                row += 1.3
            rows.append({**turn._asdict(), "row": row, "short": str(int(turn.year)), "x": 0})
            row += 1
        row += 0.5
    y = alt.Y("row:Q").scale(domain=[row - 0.4, -0.7], nice=False).axis(None)
    x = alt.X("x:Q").scale(domain=[-1.2, 6], nice=False).axis(None)
    base, breaks = alt.Chart(pd.DataFrame(rows)), alt.Chart(pd.DataFrame(rules))
    layers = [
        breaks.mark_rule(color=PALETTE["green"], strokeWidth=2, strokeDash=[5, 4]).encode(
            x, y, alt.X2("end:Q")
        ),
        breaks.mark_text(align="right", fontSize=11, dy=-8).encode(
            alt.X("end:Q").scale(domain=[-1.2, 6], nice=False).axis(None), y, alt.Text("label:N")
        ),
        alt.Chart(pd.DataFrame(heads))
        .mark_text(align="left", dx=-46, fontSize=14, fontWeight="bold", baseline="middle")
        .encode(x, y, alt.Text("label:N")),
        *_steps(base, x=x, y=y),
        base.mark_text(align="right", dx=-14, fontSize=12, baseline="middle").encode(
            x, y, alt.Text("short:N")
        ),
    ]
    for is_center, weight in (("datum.is_center", "bold"), ("!datum.is_center", "normal")):
        layers.append(
            base.transform_filter(is_center)
            .mark_text(align="left", dx=15, fontSize=13, fontWeight=weight, baseline="middle")
            .encode(x, y, alt.Text("name:N"))
        )
    return alt.layer(*layers).properties(width=_NARROW, height=550)
