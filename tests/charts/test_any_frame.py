"""Does any frame give a chart with a text alternative, or a sentence that says why not?"""

import json
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import (
    describe_chart,
    draw_chronology,
    draw_comparison,
    draw_dispersion,
    draw_letters,
    draw_voices,
)

DAYS = st.integers(0, 14_000).map(lambda n: pd.Timestamp("1949-01-01") + pd.Timedelta(days=n))
KEYS = st.sampled_from(["mao-zedong", "chinese-communist-party", "pravda", "", "{x}", "nobody", "a" * 60])
LISTS = st.lists(KEYS, max_size=3)
TEXTS = st.sampled_from(["", " ", "peace", "War and peace, peace.", "和平 peace", "<b>&", "peace " * 5])
WORDS = st.sampled_from(["quoted", "reported", "note-taker", "verified", "party", "{x}", ""])
FEW, MANY = st.integers(1, 2), st.integers(0, 500)
DOCUMENTS = st.one_of(
    st.sampled_from(["deng-1962", "mao-1963"]), st.integers(1, 12).map("document-{}".format)
)
PARAGRAPHS = st.builds("{}-p{:02}".format, DOCUMENTS, FEW)


def frames(*, missing=True, **columns):
    """Return frames with these columns, of up to a dozen rows, in which values may be missing."""
    cells = {name: st.none() | values if missing else values for name, values in columns.items()}
    rows = st.lists(st.fixed_dictionaries(cells), max_size=12)
    return rows.map(lambda drawn: pd.DataFrame(drawn, columns=list(columns)))


def with_and_without(**columns):
    """Return frames in which values are missing, and frames in which none is."""
    return frames(missing=False, **columns) | frames(**columns)


FRAMES = {
    "chronology": (
        draw_chronology,
        with_and_without(
            start=DAYS,
            end=DAYS,
            edtf=DAYS.map(lambda day: f"{day:%Y-%m}"),
            category=WORDS,
            description=TEXTS,
            status=WORDS,
        ).map(lambda frame: frame.astype({"start": "datetime64[ns]", "end": "datetime64[ns]"})),
    ),
    "dispersion": (
        lambda frame: draw_dispersion(["peace", "war"], paragraphs=frame),
        with_and_without(document_id=DOCUMENTS, paragraph_id=PARAGRAPHS, text=TEXTS),
    ),
    "comparison": (
        draw_comparison,
        with_and_without(document_id=DOCUMENTS, term=TEXTS, n=MANY, per_1000=st.floats(0, 1000)),
    ),
    "letters": (draw_letters, with_and_without(letter_id=TEXTS, sender=LISTS, recipient=LISTS)),
    "voices": (
        lambda frame: draw_voices(frame, sentences=frame),
        with_and_without(
            document_id=DOCUMENTS, paragraph_id=PARAGRAPHS, n=FEW, actor=KEYS, voice=WORDS, n_words=MANY
        ),
    ),
}


@pytest.mark.parametrize("name", FRAMES)
@settings(max_examples=10)
@given(data=st.data())
def test_any_frame(name, data):
    """Is there a chart with words, a table and no number that is not one, or a ValueError of one sentence?"""
    draw, frames = FRAMES[name]
    frame = data.draw(frames)
    before = frame.copy()
    try:
        chart = draw(frame)
    except ValueError as error:
        assert re.fullmatch(r"[^\n]+\.", str(error))
        return
    json.dumps(chart.to_dict(), allow_nan=False)
    assert describe_chart(chart).endswith(".")
    assert chart.to_dict()["usermeta"]["table"]["data"] or name == "dispersion"
    pd.testing.assert_frame_equal(frame, before)
