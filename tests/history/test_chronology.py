"""Are dates used as exactly as they are known, and no more so?"""

import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import (
    bound_date,
    bound_events,
    count_days,
    filter_events,
    known_on,
    load_events,
    load_letters,
    load_parties,
    load_people,
    order_events,
)
from helpers.history.chronology import SIDES

EVENTS = pd.DataFrame(
    [
        ("reply", "1962-05", "party", "cpsu", ""),
        ("letter", "1962-04-07", "party", "ccp | cpsu", "deng-1962-p04 | mao-1963-p12"),
        ("talk", "1962-04-09", "diplomatic", "deng | chervonenko", "deng-1962-p01"),
        ("congress", "1962-03-27/1962-04-16", "party", "ccp", "deng-1962-p18"),
        ("flight", "1962-04/1962-05", "diplomatic", "prc", ""),
        ("year", "1963", "ideology", "ccp", ""),
    ],
    columns=["event_id", "edtf", "category", "actors", "paragraphs"],
)

LETTERS = pd.DataFrame(
    [
        ("l1", "ussr", "china", "1962-02-22", "day", "1962-03-01", "day", "letter", ""),
        ("l2", "china", "ussr", "1962-04-07", "day", "1962-04-09", "day", "letter", ""),
        ("l2-again", "china", "ussr", "", "", "", "", "letter", "l2"),
        ("l3", "china", "hanoi", "1962-04-05", "day", "", "", "letter", ""),
        ("l3-copy", "china", "ussr", "", "", "1962-04-09", "day", "copy", "l3"),
        ("l4", "ussr", "china", "1962-05-01", "month", "", "", "letter", "l-unknown"),
        ("article", "china", "", "", "", "1963-02-27", "day", "article", ""),
        ("undated", "hanoi | ussr", "china", "", "", "", "", "oral", ""),
    ],
    columns=["letter_id", "sender", "recipient", "written", "written_precision", "delivered",
             "delivered_precision", "medium", "same_as"],
)  # fmt: skip


def known(day, side):
    found = known_on(day, side, letters=LETTERS)
    return dict(zip(found["letter_id"], found["how"] + " " + found["knowledge"], strict=True))


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("1962-04-09", ["1962-04-09"] * 4),
        ("1962-02", ["1962-02-01", "1962-02-28"] * 2),
        ("1964", ["1964-01-01", "1964-12-31"] * 2),
        ("1962-04/1962-05", ["1962-04-01", "1962-04-30", "1962-05-01", "1962-05-31"]),
        ("1962-03-27/1962-04-16", ["1962-03-27", "1962-03-27", "1962-04-16", "1962-04-16"]),
        ("1962-04-09/1962-04", ["1962-04-09", "1962-04-09", "1962-04-09", "1962-04-30"]),
        ("1962-04/1962-04-09", ["1962-04-01", "1962-04-09", "1962-04-09", "1962-04-09"]),
        (1962, ["1962-01-01", "1962-12-31"] * 2),
        (datetime.date(1962, 4, 9), ["1962-04-09"] * 4),
        (datetime.datetime(1962, 4, 9, 17, 30), ["1962-04-09"] * 4),
    ],
)
def test_bounds(date, expected):
    """Are the bounds of a date those that its form allows?"""
    assert [str(day.date()) for day in bound_date(date)] == expected


@pytest.mark.parametrize("date", ["April 1962", None, pd.NaT, 62, 1962.5, True])
def test_no_date(date):
    """Does a text that is not a date raise an error that shows how dates are written?"""
    with pytest.raises(ValueError, match="1962-04-09, 1962-04"):
        bound_date(date)


def test_a_year_is_no_moment_of_1970():
    """Does a year without quotation marks mean the same as one with them, and never a moment of 1970?"""
    assert filter_events(EVENTS, since=1963)["event_id"].to_list() == ["year"]
    assert count_days(1962, 1963) == count_days("1962", "1963")
    with pytest.raises(ValueError, match="1962 is not a single day"):
        known_on(1962, "china", letters=LETTERS)


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("1962-04-09", "1962-05-08", 29),
        ("1963-02-23", "1963-03-13", 18),
        ("1963-02-23", "1963-03-09", 14),
        ("1962-02-22", "1962-03-01", 7),
        ("1962-04-07", "1962-04-09", 2),
        ("1962-04-09", "1963-02-23", 320),
    ],
)
def test_days(since, until, days):
    """H16: how many days lie between the dates of the two documents?"""
    assert count_days(since, until) == (days, days)


DAYS = st.dates(datetime.date(1949, 1, 1), datetime.date(1989, 12, 31))


@settings(deadline=None, max_examples=50)
@given(DAYS, DAYS, st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_days_hold_the_true_number(since, until, one, other):
    """Does what is counted from inexact dates hold what the exact dates give?"""
    least, most = count_days(since.isoformat()[:one], until.isoformat()[:other])
    assert least <= (until - since).days <= most


def test_bound_events():
    """Are the rows, their order and their index as they were, and is a bad date named with its event?"""
    events = EVENTS.set_index(pd.Index(range(10, 16)))
    bounded = bound_events(events)
    pd.testing.assert_frame_equal(bounded[events.columns], events)
    assert bounded["start_max"].dtype == load_events()["start"].dtype
    with pytest.raises(ValueError, match="Event talk: '9 April'"):
        bound_events(events.replace("1962-04-09", "9 April"))
    with pytest.raises(ValueError, match="no column edtf; it has event_id"):
        bound_events(events.drop(columns="edtf"))


def test_any_year_and_any_index():
    """Are years that nanoseconds cannot hold bounded, and is a bad row named where the index repeats?"""
    old = pd.DataFrame({"event_id": ["old", "new"], "edtf": ["1600", 2300]}, index=[7, 7])
    assert order_events(old)["start_min"].dt.year.to_list() == [1600, 2300]
    assert filter_events(old, since=1700)["event_id"].to_list() == ["new"]
    assert filter_events(old)["event_id"].to_list() == ["old", "new"]
    with pytest.raises(ValueError, match=r"^Event new: 'soon' is not a date"):
        bound_events(old.replace(2300, "soon"))


@pytest.mark.parametrize(
    ("written", "days"), [("1962-02", (1, 28)), (1962, (1, 31)), (pd.Timestamp("1962-02-05"), (5, 5))]
)
def test_no_day_is_made_up_in_a_table(written, days):
    """Is a letter of a month or a year only possibly known on its first day, and certainly after its last?"""
    letters = LETTERS.head(1).assign(written=[written], written_precision="day", delivered="")
    found = known_on("1963-01-01", "ussr", letters=letters)
    assert (found["known_min"][0].day, found["known_max"][0].day) == days


def test_filter_by_time():
    """Are all events found that can have happened in a time, and is it said which must have?"""
    found = filter_events(EVENTS, since="1962-04-10", until="1962-05-15").set_index("event_id")["overlap"]
    assert found.to_dict() == {"reply": "possible", "congress": "certain", "flight": "certain"}
    assert filter_events(EVENTS, since="1962-05", until="1962-05").set_index("event_id")[
        "overlap"
    ].to_dict() == {
        "reply": "certain",
        "flight": "certain",
    }
    assert len(filter_events(EVENTS)) == len(EVENTS)
    assert filter_events(EVENTS, until="1949").empty


@settings(deadline=None, max_examples=50)
@given(st.lists(DAYS, min_size=1, max_size=5), st.sampled_from([4, 7, 10]), DAYS, DAYS)
def test_filter_misses_nothing(days, length, one, other):
    """Is an inexact event never missed, and never called certain, against its exact date?"""
    since, until = sorted([one, other])
    events = pd.DataFrame({"edtf": [day.isoformat()[:length] for day in days]})
    found = filter_events(events, since=since, until=until)
    for row, day in enumerate(days):
        if since <= day <= until:
            assert row in found.index
        else:
            assert row not in found.index or found.loc[row, "overlap"] == "possible"


def test_filter_by_content():
    """Are events found by category, actor, paragraph and document?"""
    assert filter_events(EVENTS, categories="diplomatic")["event_id"].to_list() == ["talk", "flight"]
    assert filter_events(EVENTS, actors=["deng", "prc"])["event_id"].to_list() == ["talk", "flight"]
    assert filter_events(EVENTS, paragraphs="mao-1963-p12")["event_id"].to_list() == ["letter"]
    assert filter_events(EVENTS, paragraphs="deng-1962")["event_id"].to_list() == [
        "letter",
        "talk",
        "congress",
    ]
    assert filter_events(EVENTS, categories="party", actors="ccp", until="1962-04-07")[
        "event_id"
    ].to_list() == [
        "letter",
        "congress",
    ]


def test_order():
    """Are events in order, and is it said where the order is not certain?"""
    ordered = order_events(EVENTS).set_index("event_id")["before_next"]
    assert ordered.to_dict() == {
        "congress": True,
        "flight": False,
        "letter": True,
        "talk": True,
        "reply": True,
        "year": True,
    }


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(DAYS, st.sampled_from([4, 7, 10])), min_size=2, max_size=6))
def test_certain_order_is_certain(dates):
    """Did an event that is surely before the next begin before all that follow, whatever the dates?"""
    events = pd.DataFrame(
        {"edtf": [day.isoformat()[:length] for day, length in dates], "day": [day for day, _ in dates]}
    )
    ordered = order_events(events)
    for row in ordered.index[:-1]:
        if ordered.loc[row, "before_next"]:
            assert ordered.loc[row, "day"] < min(ordered["day"][row + 1 :])


@pytest.mark.parametrize(
    ("day", "side", "expected"),
    [
        ("1962-02-21", "ussr", {}),
        ("1962-02-22", "ussr", {"l1": "sent certain"}),
        ("1962-02-28", "china", {}),
        ("1962-03-01", "china", {"l1": "received certain"}),
        ("1962-04-08", "ussr", {"l1": "sent certain"}),
        ("1962-04-08", "china", {"l1": "received certain", "l3": "sent certain", "l2": "sent certain"}),
        (
            "1962-04-09",
            "ussr",
            {"l1": "sent certain", "l2": "received certain", "l3-copy": "received certain"},
        ),
        ("1962-04-09", "hanoi", {"l3": "received possible"}),
    ],
)
def test_known(day, side, expected):
    """Does a side know what it sent, and what had reached it, and nothing else?"""
    assert known(day, side) == expected


def test_known_in_a_month():
    """Is a letter of an unknown day in May possibly known in May, and certainly in June?"""
    assert "l4" not in known("1962-04-30", "ussr")
    assert known("1962-05-15", "ussr")["l4"] == "sent possible"
    assert known("1962-06-01", "ussr")["l4"] == "sent certain"
    assert known("1962-06-01", "china")["l4"] == "received possible"


def test_known_to_the_public():
    """Does everybody know an article once it is out?"""
    assert "article" not in known("1963-02-26", "ussr")
    assert known("1963-02-27", "ussr")["article"] == "published certain"
    assert known("1963-02-27", "china")["article"] == "sent certain"


def test_undated():
    """Are letters left out whose dates do not show whether the side knew them, and those named again?"""
    assert not {"undated", "l2-again"} & known("1963-03-13", "china").keys()


@settings(deadline=None, max_examples=50)
@given(DAYS, DAYS, st.sampled_from(["ussr", "china", "hanoi"]))
def test_nothing_is_forgotten(one, other, side):
    """Does a side know on a later day all that it knew before?"""
    before, after = (set(known(day, side)) for day in sorted([one, other]))
    assert before <= after


def test_sides():
    """Is everybody on a side in the tables, and on one side only?"""
    keys = {*load_people()["person_id"], *load_parties()["party_id"]}
    assert not {key for side in SIDES.values() for key in side} - keys
    assert not set(SIDES["soviet"]) & set(SIDES["chinese"])
    letters = LETTERS.replace({"ussr": "cc-cpsu", "china": "cc-ccp"})
    assert len(known_on("1962-04-09", "soviet", letters=letters)) == 3
    assert len(known_on("1962-04-09", ["cc-cpsu", "hanoi"], letters=letters)) == 4


def test_own_tables_are_the_default():
    """Are the events and letters of the corpus taken when none are given?"""
    events, letters = load_events(), load_letters()
    pd.testing.assert_frame_equal(bound_events(), bound_events(events))
    pd.testing.assert_frame_equal(order_events(), order_events(events))
    own = filter_events(categories="military", since="1962", until="1962")
    pd.testing.assert_frame_equal(
        own, filter_events(events, categories="military", since="1962", until="1962")
    )
    assert len(own) == 3
    pd.testing.assert_frame_equal(
        known_on("1962-04-09", "soviet"), known_on("1962-04-09", "soviet", letters=letters)
    )
    assert list(known_on("1962-04-08", "soviet")["letter_id"]) == [
        "cpsu-letter-1962-02-22",
        "request-1962-04-05",
    ]
