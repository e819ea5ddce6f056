"""Are dates read and written in English on every machine, and never more exactly than they are known?"""

import _strptime
import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import catalogue, read_document
from helpers.dates import MONTHS, bound, read_day, write_out

DAYS = st.dates()
NOT_DATES = ["", "62", "0000", "1962-4", "1962-13", "1962-00", "1962-02-30", "1962-1-1", "1962/", "1962/63"]
NOT_DATES += ["1962/1963/1964", "١٩٦٢", "1962~", "April 1962", None, 3, 1962.5, b"1962"]


@pytest.fixture
def german(monkeypatch):
    """Have the months German names, as with LC_TIME=de_DE."""
    names = [
        "",
        *"Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    ]
    monkeypatch.setattr(calendar, "month_name", names)
    monkeypatch.setattr(calendar, "month_abbr", [name[:3] for name in names])
    monkeypatch.setattr(_strptime, "_TimeRE_cache", _strptime.TimeRE())
    with pytest.raises(ValueError, match="May"):
        dt.datetime.strptime("8 May 1962", "%d %B %Y")


def test_language_of_the_machine(german):
    """Are the dates of the sources read and written in English where the machine speaks German?"""
    assert write_out("1962-05-08/1962-10") == "8 May 1962 to October 1962"
    dates = [read_document(path).document_date for path in catalogue.raw_paths().values()]
    assert dates[:2] == [dt.date(1962, 5, 8), dt.date(1963, 3, 13)]


@given(DAYS, st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}", "Monday, {m} {d}th, {y}", "{d}. {m} {y}"]))
def test_any_day_in_words(day, pattern):
    """Is every day read from its usual forms, with the name of the month or its first letters?"""
    month = MONTHS[day.month - 1]
    for name in (month, month.upper(), month[:3], f"{month[:3]}."):
        assert read_day(pattern.format(d=day.day, m=name, y=f"{day.year:04}")) == day
    assert read_day(day.isoformat()) == read_day(write_out(day.isoformat())) == day


@pytest.mark.parametrize("text", ["May 1962", "1962", "31 June 1962", "8 Mai 1962", "circa 8 May 1962", ""])
def test_no_single_day(text):
    """Is no day read where the text gives none, or more than one?"""
    assert read_day(text) is None


@given(DAYS, DAYS, st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_bounds_hold_the_day(one, other, first, last):
    """Do the bounds of a span hold the days from which it was made, and is it written without another day?"""
    one, other = sorted([one, other])
    span = f"{one.isoformat()[:first]}/{other.isoformat()[:last]}"
    (start_min, start_max), (end_min, end_max) = bound(span)
    assert start_min <= one <= start_max <= end_max and start_min <= end_min <= other <= end_max
    numbers = {str(int(part)) for part in span.replace("/", "-").split("-")} | {
        f"{one.year:04}",
        f"{other.year:04}",
    }
    assert {word for word in write_out(span).split() if word.isdecimal()} <= numbers


@pytest.mark.parametrize("text", NOT_DATES)
@pytest.mark.parametrize("function", [bound, write_out])
def test_no_date(function, text):
    """Does a date that cannot be get a sentence that shows how dates are written, and is it never written?"""
    with pytest.raises(ValueError, match=r"is not a date in the Extended Date/Time Format.*write 1962-04-09"):
        function(text)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1962-04-09/1962-04-09", "9 April 1962"),
        ("1957-11-14/1957-11-16", "14 to 16 November 1957"),
        ("1962-03-27/1962-04-16", "27 March to 16 April 1962"),
        ("1962-04/1962-05-08", "April 1962 to 8 May 1962"),
        (" 1600 / 1601 ", "1600 to 1601"),
    ],
)
def test_spans_in_words(edtf, words):
    """Is a span written with what its two dates share only once?"""
    assert write_out(edtf) == words


def test_span_backwards():
    """Does a span that ends before it begins raise an error?"""
    with pytest.raises(ValueError, match="ends before it begins"):
        write_out("1962-05/1962-04")
