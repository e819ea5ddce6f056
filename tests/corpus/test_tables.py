"""The tables about the documents: does every key, span, quotation, date and work of theirs resolve?"""

import re
from collections.abc import Sequence

import pandas as pd
import pytest
from pybtex.database import parse_file
from tests.corpus.test_data import DATA, is_one_sentence, path, rows, several

from helpers import (
    load_events,
    load_letters,
    load_mentions,
    load_paragraphs,
    load_people,
    load_sentences,
    load_speech_acts,
    verify_quotation,
)
from helpers.catalogue import read_table
from helpers.dates import bound

CODED = ["actor", "act", "addressee", "topic", "voice"]
PASSES = ["pass_a", "pass_c"]
WORKS = parse_file(str(DATA.parent / "chapters" / "references.bib")).entries
PARAGRAPHS = load_paragraphs(sections="all")["paragraph_id"].to_list()
SENTENCES = {(s.paragraph_id, s.n): s.text for s in load_sentences().itertuples()}
# The one sentence of a single word, which is too short to be verified, is shown by the one before it.
SHOWN_BY_ANOTHER = {("mao-1963-p14", 6): ("mao-1963-p14", 5)}
# An event that is the writing of a letter, and the rows that name this letter.
LETTERS_OF_EVENTS = {
    "1962-02-22-cpsu-letter": ["cpsu-letter-1962-02-22"],
    "1962-04-05-request-for-meeting": ["request-1962-04-05"],
    "1962-04-05-ccp-letter-to-vietnam": ["ccp-letter-to-vietnam-1962-04-05"],
    "1962-04-07-ccp-letter": ["ccp-letter-1962-04-07", "april-letter-in-mao-1963"],
    "1962-05-cpsu-reply": ["may-letter-in-mao-1963"],
    "1963-02-21-cpsu-letter": ["cpsu-letter-1963-02-21"],
    "1963-02-27-article-on-thorez": ["article-on-thorez"],
    "1963-03-04-article-on-togliatti": ["article-on-togliatti"],
    "1963-03-08-article-on-cpusa": ["article-on-cpusa"],
    "1963-03-09-ccp-reply": ["ccp-letter-1963-03-09"],
}


# --- everything that can be resolved, every violation at once ---------------------------------------------


def tables() -> dict[str, list[dict[str, str]]]:
    """Return every table that points elsewhere, every cell a string."""
    names = ["people", "parties", "letters", "events", "speech_acts", *PASSES]
    return {name: rows(name) for name in names}


def violations(data: dict[str, list[dict[str, str]]]) -> list[str]:
    """Return everything in the tables that leads nowhere or contradicts itself, as ``file:row: message``."""
    checks = [keys, works, sentences, dates, order, letters, speech_acts, pairs]
    return [message for check in checks for message in check(data)]


def each(data, *names):
    """Yield (place, row) for every row of some tables."""
    for name in names:
        yield from ((f"{path(name).relative_to(DATA)}:{i}", row) for i, row in enumerate(data[name], 2))


def keys(data):
    """Yield the keys of people, parties, paragraphs, documents and letters that are nowhere defined."""
    people, parties = ({next(iter(row.values())) for row in data[name]} for name in ("people", "parties"))
    entries = people | parties
    states = {row["party_id"] for row in data["parties"] if row["kind"] == "state"}
    organized = {row["party_id"] for row in data["parties"] if row["kind"] == "party"}
    letter_ids = {row["letter_id"] for row in data["letters"]}
    coded = {
        "actor": entries | {"note-taker"},
        "addressee": entries | {"reader"},
        "paragraph_id": PARAGRAPHS,
    }
    known = {
        "people": {"party": organized, "state": states, "documents": {"deng-1962", "mao-1963"}},
        "letters": {
            **dict.fromkeys(["sender", "recipient"], entries),
            **dict.fromkeys(["answers", "same_as"], letter_ids),
            "mentioned_in": PARAGRAPHS,
        },
        "events": {"actors": entries, "paragraphs": PARAGRAPHS},
        **{name: coded for name in ("speech_acts", *PASSES)},
    }
    both = people & parties
    if both:
        yield f"people.csv:1: also keys of parties.csv: {sorted(both)}"
    for name, columns in known.items():
        for place, row in each(data, name):
            for column, allowed in columns.items():
                cells = several(row[column])
                yield from (f"{place}: {column}: no {cell!r}" for cell in cells if cell not in allowed)
                if len(cells) != len(set(cells)):
                    yield f"{place}: {column} has something twice"


def works(data):
    """Yield the rows without a source, and the sources that are not in the bibliography."""
    for place, row in each(data, "people", "parties", "letters", "events"):
        if not row["citation"]:
            yield f"{place}: no source"
        yield from (f"{place}: no work {key!r}" for key in several(row["citation"]) if key not in WORKS)


def sentences(data):
    """Yield the texts of our own that are not one sentence."""
    prose = {
        "people": ["gloss", "note"],
        "letters": ["identified_as", "note"],
        "events": ["description", "note"],
    }
    for name, columns in {**prose, "parties": ["gloss"]}.items():
        for place, row in each(data, name):
            for column in columns:
                if row[column] and not is_one_sentence(row[column]):
                    yield f"{place}: {column} is not one sentence"


def bounds(edtf: str) -> tuple[str, str, str]:
    """Return first day, last day and precision of a date in EDTF, level 0."""
    (start, _), (_, end) = bound(edtf)
    first, slash, _ = edtf.partition("/")
    kind = {4: "year", 7: "month", 10: "day"}[len(first)]
    return str(start), str(end), "span" if kind == "day" and slash else kind


def dates(data):
    """Yield the events and lives whose dates cannot be, and the events whose columns disagree."""
    for place, row in each(data, "events"):
        try:
            found = bounds(row["edtf"])
        except ValueError as trouble:
            yield f"{place}: edtf {row['edtf']!r}: {trouble}"
            continue
        if found != (row["start"], row["end"], row["date_precision"]):
            yield f"{place}: edtf {row['edtf']} means {found}"
        if not "1949" <= row["start"] <= row["end"] < "1990":
            yield f"{place}: the event ends before it starts, or falls outside 1949 to 1989"
        if not row["event_id"].startswith(row["edtf"].split("/")[0] + "-"):
            yield f"{place}: the id does not begin with the date"
    for place, row in each(data, "people"):
        try:
            lives = [bounds(row[column])[0] for column in ("born", "died") if row[column]]
        except ValueError as trouble:
            yield f"{place}: {trouble}"
            continue
        if lives != sorted(lives):
            yield f"{place}: died before being born"


def order(data):
    """Yield what does not stand in the order of time or of the documents."""
    starts = [(row["start"], row["end"]) for row in data["events"]]
    if starts != sorted(starts):
        yield "events.csv:1: the rows are not in the order of time"
    for name, column in (("events", "paragraphs"), ("letters", "mentioned_in")):
        for place, row in each(data, name):
            at = [PARAGRAPHS.index(p) for p in several(row[column]) if p in PARAGRAPHS]
            if at != sorted(at):
                yield f"{place}: {column} is not in the order of the documents"
    uncertain = (row for row in each(data, "events") if row[1]["status"] in {"source-only", "inferred"})
    yield from (
        f"{place}: {row['status']}, but no paragraph" for place, row in uncertain if not row["paragraphs"]
    )


def letters(data):
    """Yield the letters whose words, dates or ties do not fit."""
    by_id = {row["letter_id"]: row for row in data["letters"]}
    for place, row in each(data, "letters"):
        found = {verify_quotation(row["as_given"], p).status for p in several(row["mentioned_in"])}
        if "verbatim" not in found:
            yield f"{place}: as_given is {', '.join(sorted(found))}"
        for column in ("written", "delivered"):
            day, precision = row[column], row[f"{column}_precision"]
            if bool(day) != bool(precision) or (precision == "month" and not day.endswith("-01")):
                yield f"{place}: {column} and its precision do not fit"
        if row["written"] and row["delivered"] and row["written"] > row["delivered"]:
            yield f"{place}: delivered before it was written"
        if row["medium"] == "article" and row["recipient"]:
            yield f"{place}: an article with a recipient"
        if row["certainty"] in {"inferred", "probable"} and not row["note"]:
            yield f"{place}: an uncertain identification without a note"
        answered, same = by_id.get(row["answers"]), by_id.get(row["same_as"])
        if answered and not set(several(row["sender"])) & set(several(answered["recipient"])):
            yield f"{place}: its sender did not receive the letter that it answers"
        if answered and row["written"] and answered["written"] > row["written"]:
            yield f"{place}: written before the letter that it answers"
        if same and (same["same_as"] or same is row or row["written"]):
            yield f"{place}: same_as does not lead to the row that has the date"


def speech_acts(data):
    """Yield the sentences that are not coded once, and the quotations that do not show their act."""
    for name in ("speech_acts", *PASSES):
        coded = [(row["paragraph_id"], int(row["n"])) for row in data[name]]
        if coded != list(SENTENCES):
            place = path(name).relative_to(DATA)
            yield f"{place}:1: the rows are not the sentences of the texts, in their order"
        for place, row in each(data, name):
            key = row["paragraph_id"], int(row["n"])
            status = verify_quotation(row["quotation"], row["paragraph_id"]).status
            if status != "verbatim":
                yield f"{place}: the quotation is {status}"
            if row["quotation"] not in SENTENCES.get(SHOWN_BY_ANOTHER.get(key, key), ""):
                yield f"{place}: the quotation does not stand in the sentence"
            if (row["act"] == "narrates") > (row["voice"] == "note-taker"):
                yield f"{place}: only the document itself narrates"
            if row.get("document_id", row["paragraph_id"]) not in row["paragraph_id"]:
                yield f"{place}: the paragraph belongs to the other document"


def pairs(data):
    """Yield the events that are letters and disagree with the rows of these letters."""
    events = {row["event_id"]: row for row in data["events"]}
    by_id = {row["letter_id"]: row for row in data["letters"]}
    for event_id, names in LETTERS_OF_EVENTS.items():
        if event_id not in events or not set(names) <= set(by_id):
            yield f"events.csv:1: {event_id} or its letters are missing"
            continue
        mentioned = {p for name in names for p in several(by_id[name]["mentioned_in"])}
        days = {by_id[name][column] for name in names for column in ("written", "delivered")}
        if mentioned != set(several(events[event_id]["paragraphs"])):
            yield f"events.csv:1: {event_id}: the paragraphs differ from those of its letters"
        if events[event_id]["start"] not in days:
            yield f"events.csv:1: {event_id}: the day differs from that of its letters"


def test_everything_resolves():
    """Do all keys, spans, quotations, dates and works of all tables resolve?"""
    found = violations(tables())
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "column", "old", "new", "complaint"),
    [
        ("people", "state", "france", "francia", "no 'francia'"),
        ("people", "party", "chinese-communist-party", "cc-ccp", "no 'cc-ccp'"),
        ("people", "born", "1893", "1993", "died before"),
        ("people", "citation", "luthi2008", "luthi2009", "no work"),
        ("parties", "citation", "griffith1963", "griffith", "no work"),
        ("parties", "party_id", "albania", "mao-zedong", "also keys"),
        ("letters", "sender", "vietnam-workers-party", "vietnam-workers", "no 'vietnam-workers'"),
        ("letters", "as_given", "a letter from the CC CCP of 7 April", "a letter of 7 April", "as_given is"),
        ("letters", "delivered", "1962-04-09", "1962-04-06", "delivered before"),
        ("letters", "written", "1962-04-07", "1962-04-06", "the day differs"),
        ("letters", "written_precision", "day", "month", "do not fit"),
        ("letters", "answers", "letters-of-five-parties", "letters-of-six", "no 'letters-of-six'"),
        ("letters", "answers", "letters-of-five-parties", "four-soviet-articles", "did not receive"),
        ("letters", "same_as", "ccp-letter-1962-04-07", "april-letter-in-mao-1963", "same_as"),
        ("events", "actors", "joseph-stalin", "josef-stalin", "no 'josef-stalin'"),
        ("events", "citation", "shenxia2015", "", "no source"),
        ("events", "end", "1957-10-31", "1957-10-30", "means"),
        ("events", "edtf", "1957-10", "1957-13", "is not a date"),
        ("events", "paragraphs", "deng-1962-p06", "deng-1962-p26", "no 'deng-1962-p26'"),
        (
            "events",
            "paragraphs",
            "mao-1963-p06 | mao-1963-p14",
            "mao-1963-p14 | mao-1963-p06",
            "in the order",
        ),
        ("events", "description", ".", ". It was so.", "one sentence"),
        ("events", "start", "1989-05-16", "1948-05-16", "order of time"),
        ("speech_acts", "quotation", "I turned to the CC CCP", "I ran to the CC CCP", "the quotation is"),
        ("speech_acts", "quotation", "I visited Deng Xiaoping", "in the CC CCP", "stand in the sentence"),
        ("speech_acts", "actor", "deng-xiaoping", "deng", "no 'deng'"),
        ("speech_acts", "voice", "note-taker", "reported", "itself narrates"),
        ("pass_c", "paragraph_id", "deng-1962-p01", "deng-1962-p02", "not the sentences"),
    ],
)
def test_the_search_for_violations_is_not_blind(name, column, old, new, complaint):
    """Is a broken key, date, quotation or source noticed?"""
    data = tables()
    for row in data[name]:
        row[column] = row[column].replace(old, new)
    assert data != tables()
    assert any(complaint in message for message in violations(data))


def test_the_bibliography_is_citable():
    """Has every work a title, a year and somebody who answers for it, and is none a wiki?"""
    for key, entry in WORKS.items():
        assert {"title", "year"} <= set(entry.fields), key
        assert entry.persons or entry.type == "misc", key
        assert not re.search("wiki|marxists[.]org|docslib", " ".join(entry.fields.values())), key


# --- the coding of speech acts ----------------------------------------------------------------------------


def agreement(column: str, names: Sequence[str] = PASSES) -> tuple[float, float]:
    """Return the share of equal codes of two passes, or of a pass and the table, and Cohen's kappa."""
    first, second = (read_table(name)[column] for name in names)
    observed = (first == second).mean()
    shares = [codes.value_counts(normalize=True) for codes in (first, second)]
    expected = shares[0].mul(shares[1], fill_value=0).sum()
    return observed, (observed - expected) / (1 - expected)


def test_kappa_is_right_for_a_known_case(monkeypatch):
    """Is Cohen's kappa of the textbook's case, 45 and 15 against 25 and 15, the 0.13 that it should be?"""
    cells = {("yes", "yes"): 45, ("yes", "no"): 15, ("no", "yes"): 25, ("no", "no"): 15}
    codes = [pair for pair, times in cells.items() for _ in range(times)]
    both = {
        name: pd.DataFrame({"act": list(side)})
        for name, side in zip(PASSES, zip(*codes, strict=True), strict=True)
    }
    monkeypatch.setitem(globals(), "read_table", both.get)
    assert agreement("act") == (pytest.approx(0.6), pytest.approx(0.1304, abs=1e-4))


def test_the_codebook_reports_the_agreement():
    """Does the codebook give the agreement and the kappa of the two passes, and of the table with pass C?"""
    section = (DATA / "README.md").read_text(encoding="utf-8").split("### Agreement\n")[1].split("\n## ")[0]
    expected = [
        "| `{}` | {:.3f} | {:.3f} | {:.3f} | {:.3f} |".format(
            column, *agreement(column), *agreement(column, ("speech_acts", "pass_c"))
        )
        for column in CODED
    ]
    assert [line for line in section.splitlines() if line.startswith("| `")] == expected


def test_the_table_departs_from_pass_a_as_the_codebook_says():
    """Are exactly the sentences recoded that the codebook names?"""
    table, first = load_speech_acts(), read_table("pass_a")
    changed = table[(table[CODED] != first[CODED]).any(axis=1)]
    places = list(zip(changed["paragraph_id"], changed["n"], strict=True))
    book = (DATA / "README.md").read_text(encoding="utf-8")
    listed = book.split("It differs from pass A in these sentences.\n")[1].split("\n\nThe voice of")[0]
    named = re.findall(r"`([a-z0-9-]+)`, sentence (\d+)", listed)
    assert [(paragraph, int(n)) for paragraph, n in named] == places


def test_every_body_paragraph_is_coded():
    """Has every body paragraph its speech acts?"""
    assert set(load_speech_acts()["paragraph_id"]) == set(load_paragraphs()["paragraph_id"])


def words_of_paragraphs_where_only(actor: str, document_id: str) -> int:
    """Return the words of the paragraphs in which nobody else acts."""
    actors = load_speech_acts().groupby("paragraph_id")["actor"].agg(set)
    alone = set(actors.index[actors == {actor}])
    texts = load_paragraphs()
    theirs = (texts["document_id"] == document_id) & texts["paragraph_id"].isin(alone)
    return int(texts.loc[theirs, "n_words"].sum())


def test_the_share_of_the_speakers():
    """Do the codes give the words that readers counted for each side, and is the difference explained?"""
    assert words_of_paragraphs_where_only("deng-xiaoping", "deng-1962") == 611
    assert words_of_paragraphs_where_only("stepan-chervonenko", "deng-1962") == 74
    sentences = load_speech_acts().merge(load_sentences()[["paragraph_id", "n", "n_words"]])
    words = sentences.query("paragraph_id == 'mao-1963-p20'").groupby("actor")["n_words"].agg(["sum", "size"])
    assert (words["sum"].sum(), words.loc["stepan-chervonenko", "sum"]) == (160, 149)
    assert words.loc["note-taker", "size"] == 1
    book = (DATA / "README.md").read_text(encoding="utf-8")
    assert "have 611 words" in book and "has 160 words, but his own sentences in it only 149" in book


# --- mentions ---------------------------------------------------------------------------------------------


def count(entity_id: str, document_id: str) -> int:
    """Return how often the body of a document names somebody."""
    mentions = load_mentions()
    return int(((mentions["entity_id"] == entity_id) & (mentions["document_id"] == document_id)).sum())


@pytest.mark.parametrize(
    ("entity_id", "in_mao", "in_deng"),
    [
        ("mao-zedong", 18, 2),
        ("deng-xiaoping", 1, 19),
        ("nikita-khrushchev", 3, 0),
        ("forty-three-parties", 3, 0),
    ],
)
def test_mentions_are_as_counted_by_hand(entity_id, in_mao, in_deng):
    """Are people named as often as readers counted?"""
    assert (count(entity_id, "mao-1963"), count(entity_id, "deng-1962")) == (in_mao, in_deng)


@pytest.mark.parametrize(
    ("words", "entity_id", "inside", "times"),
    [
        ("CC CCP", "cc-ccp", ["secretariat-of-the-cc-ccp"], 16),
        ("CC CPSU", "cc-cpsu", ["march-plenum-1962"], 11),
        ("fraternal part", "fraternal-party", ["parties-of-european-socialist-countries"], 11),
    ],
)
def test_a_name_inside_a_longer_one_is_the_longer_one(words, entity_id, inside, times):
    """Do the mentions of a body, with those inside the names of other bodies, make up all its words?"""
    texts = load_paragraphs().query("document_id == 'deng-1962'")["text"]
    assert texts.str.count(words).sum() == times
    assert sum(count(e, "deng-1962") for e in [entity_id, *inside]) == times


@pytest.mark.parametrize("reading", ["corrected", "diplomatic"])
def test_mentions_lead_back_to_the_text(reading):
    """Is every mention a whole word at its offsets, and does none overlap the next?"""
    mentions = load_mentions(reading, sections="all")
    text = load_paragraphs(reading, sections="all").set_index("paragraph_id")["text"]
    for row in mentions.itertuples():
        assert text[row.paragraph_id][row.start : row.end] == row.spelling
        around = text[row.paragraph_id][max(0, row.start - 1) : row.end + 1]
        assert re.search(rf"(?<!\w){re.escape(row.spelling)}(?!\w)", around)
    following = mentions.groupby("paragraph_id")["start"].shift(-1)
    assert (following.isna() | (mentions["end"] <= following)).all()


def test_mentions_follow_the_reading():
    """Is a misspelled name found as received, and by its proper spelling where it was corrected?"""
    spelled = {
        reading: set(load_mentions(reading).query("entity_id == 'yan-mingfu'")["spelling"])
        for reading in ("diplomatic", "corrected")
    }
    assert spelled == {"diplomatic": {"Yan Minfu"}, "corrected": {"Yan Mingfu"}}


def test_everyone_with_a_spelling_is_mentioned():
    """Is each person who has a spelling mentioned, and nobody else?"""
    people, mentioned = load_people(), load_mentions(sections="all").query("kind == 'person'")
    assert set(mentioned["entity_id"]) == set(people.loc[people["spellings"].str.len() > 0, "person_id"])


# --- what the letters and the events add up to ------------------------------------------------------------


def parties_of(letter_id: str, column: str = "sender") -> set[str]:
    """Return the senders or recipients of a letter."""
    return set(load_letters().set_index("letter_id").loc[letter_id, column])


def test_nine_named_parties_write_to_the_chinese_party_in_1962():
    """Do nine parties that Deng 1962 names write to Beijing?"""
    kinds = read_table("parties").set_index("party_id")["kind"]
    letters = load_letters().query("medium == 'letter'")
    received = letters[
        letters["recipient"].map(lambda to: "chinese-communist-party" in to)
        & letters["mentioned_in"].map(lambda places: places[0].startswith("deng-1962"))
    ]
    senders = {sender for row in received["sender"] for sender in row if kinds[sender] == "party"}
    european = {f"communist-party-of-{c}" for c in ("great-britain", "sweden", "finland", "germany")}
    others = {"communist-party-of-the-soviet-union", "communist-party-of-indonesia", "french-communist-party"}
    assert senders == european | others | {"vietnam-workers-party", "communist-party-of-new-zealand"}
    assert len(senders) == 9


def test_two_parties_drop_out_between_1962_and_1963():
    """Are the two that Mao 1963 leaves out those that also condemned Beijing over Stockholm?"""
    five, three = parties_of("letters-of-five-parties"), parties_of("proposals-of-three-parties")
    both = {"communist-party-of-great-britain", "communist-party-of-sweden"}
    assert three < five
    assert five - three == five & parties_of("letters-on-stockholm") == both


@pytest.mark.parametrize(
    ("earlier", "later", "days"),
    [
        ("1962-02-22-cpsu-letter", "1962-03-01-cpsu-letter-delivered", 7),
        ("1962-04-07-ccp-letter", "1962-04-09-deng-chervonenko-talk", 2),
        ("1963-02-23-mao-chervonenko-talk", "1963-03-09-ccp-reply", 14),
        ("1962-04-09-deng-chervonenko-talk", "1962-05-08-diary-record-dated", 29),
        ("1963-02-23-mao-chervonenko-talk", "1963-03-13-cable-dated", 18),
        ("1962-04-09-deng-chervonenko-talk", "1963-02-23-mao-chervonenko-talk", 320),
    ],
)
def test_days_between_events(earlier, later, days):
    """Are the gaps between the dates as long as they should be?"""
    start = load_events().set_index("event_id")["start"]
    assert (start[later] - start[earlier]).days == days


def test_the_letters_know_the_same_gaps():
    """Is the time from writing to delivery the same in the letters as in the events?"""
    letters = load_letters().set_index("letter_id")
    known = (letters["delivered"] - letters["written"]).dropna().dt.days.to_dict()
    assert known == {"cpsu-letter-1962-02-22": 7, "ccp-letter-1962-04-07": 2, "cpsu-letter-1963-02-21": 1}


def test_the_chronology_is_large_enough():
    """Does the chronology hold 60 events at least, from 1949 to 1989?"""
    events = load_events()
    assert len(events) >= 60
    assert (events["start"].dt.year.min(), events["end"].dt.year.max()) == (1949, 1989)


def test_no_timeline_says_late_april():
    """Does the doubtful date of the letter in Mao 1963 enter no table as a date?"""
    letter = load_letters().set_index("letter_id").loc["april-letter-in-mao-1963"]
    assert (letter["written_precision"], letter["same_as"]) == ("", "ccp-letter-1962-04-07")
    april = load_events().query("'1962-04-21' <= start <= '1962-04-30'")
    assert april.empty
