"""Do the pictures of the story say what the tables say, in words, as a table and on narrow screens?"""

import json
import re
from pathlib import Path

import helpers.charts
from helpers import describe_chart, draw_exchange, load_events
from helpers.charts.drawing import SIDES
from helpers.charts.exchange import list_exchange
from helpers.charts.explanations import list_explanations
from helpers.charts.map import PLACES, draw_map_of_1962
from helpers.charts.turns import list_turns
from helpers.history.chronology import TURNS

CHAPTERS = Path(__file__).parents[2] / "chapters"
STORY = (CHAPTERS / "the-split.md").read_text(encoding="utf-8")


def test_map_of_1962_does_not_give_the_ending_away():
    """Does the map for a class name no year after the first talk, and hold both capitals?"""
    spec = draw_map_of_1962().to_dict()
    years = {int(year) for year in re.findall(r"\b19\d\d\b", json.dumps(spec["title"]) + spec["description"])}
    assert years and max(years) == 1962
    assert {"Moscow", "Beijing", "Hanoi"} <= {name for name, _ in spec["usermeta"]["table"]["data"]}


def test_turning_points_are_events():
    """Is every turning point an event of the table with its date, in order, and are both talks among them?"""
    turns = list_turns()
    assert len(turns) == len(TURNS)
    assert turns["year"].is_monotonic_increasing
    assert turns["whose"].to_list().count("talk") == 2
    assert set(turns["whose"]) <= {*SIDES, "both sides", "talk"}
    written = set(load_events()["start"].dt.year)
    assert set(turns["year"].astype(int)) <= written


def test_letters_keep_their_dates():
    """Does a letter run from the day it was written to the day of its delivery, and is a month no day?"""
    letters = list_exchange().query("what == 'letter'").set_index("label")
    assert f"{letters.loc['22 Feb', 'end']:%Y-%m-%d}" == "1962-03-01"
    assert letters.loc["22 Feb", "side"] == "Moscow" and letters.loc["7 Apr", "side"] == "Beijing"
    for letter in letters[~letters["is_exact"]].itertuples():
        assert letter.start.day == 1 and letter.end == letter.start + (letter.end - letter.start)
        assert (letter.end - letter.start).days >= 27


def test_title_of_the_letters_is_true():
    """Are there three letters within a hundred days, and then none for as long as the title says?"""
    letters = list_exchange().query("what == 'letter'")
    first, third, fourth = letters["start"].iloc[0], letters["end"].iloc[2], letters["start"].iloc[3]
    assert (third - first).days <= 100
    assert "more than eight months" in " ".join(draw_exchange().to_dict()["title"]["text"])
    assert (fourth - third).days > 8 * 30.5
    assert "eight months" in describe_chart(draw_exchange())


def test_title_of_the_explanations_is_true():
    """Does each explanation turn on one step, two of them before the talk of April 1962 and two after it?"""
    turns = list_explanations()
    centers = turns[turns["is_center"]]
    assert centers["explanation"].to_list() == turns["explanation"].unique().tolist()
    assert (centers["year"] < 1962 + 98 / 365).to_list() == [True, True, False, False]
    assert turns.groupby("explanation")["year"].is_monotonic_increasing.all()
    assert set(turns["whose"]) <= {*SIDES, "both sides"}


def test_explanations_are_those_of_the_chapter():
    """Are the explanations of the picture sections of their chapter, in the same order?"""
    sections = re.findall(r"^### (.*)$", (CHAPTERS / "four-explanations.md").read_text("utf-8"), re.MULTILINE)
    named = list_explanations()["explanation"].unique()
    assert [section for section in sections if section.startswith(tuple(named))] == sections
    assert len(sections) == len(named)


def test_map_names_places_of_the_story():
    """Is every place of the map named in the chapter, by its name or by what it stands for?"""
    words = {"Zhenbao (Damansky)": "Zhenbao", "Border with India": "India"}
    missing = [place.name for place in PLACES if words.get(place.name, place.name) not in STORY]
    assert missing == []


def test_land_is_small_and_says_where_it_is_from():
    """Is the land below 60 kB, with its source in it and the license beside it?"""
    folder = Path(helpers.charts.__file__).parent
    text = (folder / "land.json").read_text(encoding="utf-8")
    assert len(text) < 60_000
    assert "Natural Earth" in json.loads(text)["properties"]["source"]
    assert "Michael Bostock" in (folder / "land.LICENSE").read_text(encoding="utf-8")
