"""The tables in data/: does each say what the sources say, and do codebook, descriptor and files agree?"""

import csv
import hashlib
import json
import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from frictionless import Package

import helpers
from helpers.catalogue import read_table
from helpers.corpus.loaders import load_paragraphs, read_document
from helpers.references import home_of

DATA = Path(__file__).parents[2] / "data"
DESCRIPTOR = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in DESCRIPTOR["resources"]}
TABLES = [name for name, resource in RESOURCES.items() if "schema" in resource]
SEPARATOR = " | "

NOT_NAMES = frozenset(
    # Months, places and what belongs to them, movements, titles and the labels of the cable's form.
    """
    April February March May
    Beijing Britain Cambodia China France Germany Indonesia Japan Moscow Peking
    States Stockholm United US Vietnam West Yugoslavia
    Albanian Chinese European French German Indonesian Italian Japanese Soviet Vietnamese Yugoslav
    Communists Marxists Marxism-Leninism Comrade Ambassador Chairman
    B-Yin-692 Conversation Division Outgoing Priority Reception Secret See Sent Telegram Top
    """.split()
)


def path(name: str) -> Path:
    """Return the file of a table or a transcription."""
    return DATA / RESOURCES[name]["path"]


def several(cell: str) -> list[str]:
    """Return the values of a cell that may hold several or none."""
    return cell.split(SEPARATOR) if cell else []


def rows(name: str) -> list[dict[str, str]]:
    """Return a table as it stands in its file, every cell a string."""
    with path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DOCUMENTS = [row["document_id"] for row in rows("documents")]
CORE = [row["document_id"] for row in rows("documents") if row["role"] == "core"]
"""The documents that the tables explain; one that was added has only what code can find out."""


def raw(document_id: str) -> str:
    """Return a transcription as received, line ends untouched."""
    return (DATA / RESOURCES[document_id]["path"]).read_bytes().decode("utf-8")


def document(document_id: str):
    """Return a transcription taken apart."""
    return read_document(DATA / RESOURCES[document_id]["path"])


def paragraphs(reading: str = "diplomatic", documents: str = "all") -> dict[str, str]:
    """Return every header line, body paragraph and closing line by its id."""
    frame = load_paragraphs(reading=reading, sections="all", documents=documents)
    return dict(zip(frame["paragraph_id"], frame["text"], strict=True))


def is_named(spelling: str, text: str) -> bool:
    """Say whether a spelling stands in a text as whole words."""
    return re.search(rf"(?<!\w){re.escape(spelling)}(?!\w)", text) is not None


def is_one_sentence(text: str) -> bool:
    """Say whether a text is one sentence; the full stop of an initial ends none."""
    without_initials = re.sub(r"\b[A-Z]\.", "", text)
    return without_initials.endswith(".") and not re.search(r"[.?!]\s", without_initials)


def all_words(document_id: str) -> str:
    """Return all that a document says, in both readings, with title and fields."""
    parts = document(document_id)
    fields = [parts.title, parts.citation, parts.summary, parts.credits]
    lines = [
        text
        for reading in ("diplomatic", "corrected")
        for paragraph_id, text in paragraphs(reading).items()
        if paragraph_id.startswith(document_id)
    ]
    return "\n".join([*filter(None, fields), *lines])


# --- the package ------------------------------------------------------------------------------------------


def validate(descriptor: Path) -> list[str]:
    """Return every error that frictionless finds, as ``path:row: message``."""
    report = Package(str(descriptor)).validate()
    found = [f"datapackage.json: {error.message}" for error in report.errors]
    for task in report.tasks:
        for error in task.errors:
            found.append(f"{task.place}:{getattr(error, 'row_number', 1)}: {error.message}")
    return found


def test_the_package_is_valid():
    """Do all files meet types, constraints, keys, sizes and checksums of the descriptor?"""
    errors = validate(DATA / "datapackage.json")
    assert not errors, "\n".join(errors)


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("raw/deng-1962.txt", b"April 5", b"April 6", "hash"),
        ("emendations.csv", b",certain,", b",sure,", "enum"),
        ("emendations.csv", b"e01,deng-1962,", b"e01,deng-1963,", "foreign key"),
        ("people.csv", b"mao-zedong,", b"deng-xiaoping,", "primary key"),
        ("people.csv", b",france,", b",francia,", "foreign key"),
        ("letters.csv", b",letters-of-five-parties,", b",letters-of-six-parties,", "foreign key"),
        ("speech_acts.csv", b",asserts,", b",claims,", "enum"),
        ("coding/pass_a.csv", b"deng-1962-p01,1,", b"deng-1962-p01,9,", "foreign key"),
        ("documents.csv", b"1962-04-09", b"9 April 1962", "date"),
    ],
)
def test_the_validation_is_not_blind(tmp_path, file, old, new, complaint):
    """Is a changed source, a word outside the vocabulary, a broken key or a false type found?"""
    copy = shutil.copytree(DATA, tmp_path / "data")
    content = (copy / file).read_bytes()
    assert old in content
    (copy / file).write_bytes(content.replace(old, new, 1))
    errors = validate(copy / "datapackage.json")
    assert any(complaint in error.lower() for error in errors), errors


def test_every_file_is_in_the_package():
    """Does the descriptor list every table and every transcription, and nothing else?"""
    listed = {resource["path"] for resource in RESOURCES.values()}
    present = {file.relative_to(DATA).as_posix() for file in [*DATA.rglob("*.csv"), *DATA.glob("raw/*")]}
    assert listed == present


def test_the_csv_files_have_one_form():
    """Are all tables UTF-8 without a byte order mark, with line feeds, and written the plain way?"""
    for name in TABLES:
        content = path(name).read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf") and b"\r" not in content, name
        with path(name).open(encoding="utf-8", newline="") as file:
            cells = list(csv.reader(file))
        assert len({len(row) for row in cells}) == 1, name
        padded = [cell for row in cells for cell in row if cell != cell.strip()]
        assert not padded, (name, padded)


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_typed_by_the_schema(name):
    """Does `read_table` give the columns of the descriptor, typed, and nothing missing but unknown dates?"""
    kinds = {"string": "str", "date": "datetime64", "integer": "int64"}
    frame = read_table(name)
    fields = RESOURCES[name]["schema"]["fields"]
    assert list(frame.columns) == [field["name"] for field in fields]
    for field in fields:
        assert str(frame[field["name"]].dtype).startswith(kinds[field["type"]]), field["name"]
    unknown = {field["name"] for field in fields if field["type"] == "date" and not required(field)}
    assert set(frame.columns[frame.isna().any()]) <= unknown


def required(field: dict) -> bool:
    """Say whether a field may not be empty."""
    return field.get("constraints", {}).get("required", False)


# --- the codebook -----------------------------------------------------------------------------------------


def codebook_tables() -> dict[str, list[dict[str, str]]]:
    """Return the tables of the codebook by the heading above each, one dict a row."""
    found: dict[str, list[dict[str, str]]] = {}
    heading, columns = "", None
    for line in (DATA / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading, columns = line.lstrip("# "), None
        elif line.startswith("| "):
            cells = [c.strip().replace(r"\|", "|") for c in re.split(r"(?<!\\)\|", line)[1:-1]]
            if columns is None:
                columns = cells
            elif not set(cells[0]) <= set("- "):
                found.setdefault(heading, []).append(dict(zip(columns, cells, strict=True)))
    return found


def allowed(constraints: dict) -> str:
    """Return the constraints of a field as the codebook words them."""
    said = [word for word in ("required", "unique") if constraints.get(word)]
    if "enum" in constraints:
        said.append(", ".join(f"`{value}`" for value in constraints["enum"]))
    if "pattern" in constraints:
        said.append(f"`{constraints['pattern']}`")
    if "minimum" in constraints:
        said.append(f"minimum {constraints['minimum']}")
    return "; ".join(said) or "any"


@pytest.mark.parametrize("name", TABLES)
def test_codebook_descriptor_and_header_are_equal(name):
    """Do the three name the same columns, in one order, with the same types, meanings and values?"""
    fields = RESOURCES[name]["schema"]["fields"]
    book = codebook_tables()[RESOURCES[name]["path"]]
    with path(name).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert header == [field["name"] for field in fields]
    described = [
        (f"`{f['name']}`", f["type"], f["description"], allowed(f.get("constraints", {}))) for f in fields
    ]
    assert [(r["Column"], r["Type"], r["Meaning"], r["Allowed values"]) for r in book] == described
    assert all(row["Source"] for row in book)


SOURCES = {
    "documents": "file",
    "emendations": "reason",
    **dict.fromkeys(["people", "parties", "letters", "events"], "citation"),
    **dict.fromkeys(["speech_acts", "pass_a", "pass_c"], "quotation"),
}
"""The column of each table that says on what a row rests: a work, a file, a reason or words of a text."""


def test_every_row_says_on_what_it_rests():
    """Has every table a column for the source of its rows, which none may leave empty?"""
    assert SOURCES.keys() == set(TABLES)
    for name, column in SOURCES.items():
        (field,) = [f for f in RESOURCES[name]["schema"]["fields"] if f["name"] == column]
        assert required(field), name
        assert all(row[column] for row in rows(name)), name


def test_the_codebook_lists_every_file():
    """Does the codebook name every file of the folder, and describe tables as the descriptor does?"""
    listed = {row["File"].strip("`"): row["Content"] for row in codebook_tables()["Files"]}
    paths = {resource["path"] for resource in RESOURCES.values()}
    assert paths | {"datapackage.json", "RIGHTS.md"} == set(listed)
    assert all(listed[RESOURCES[name]["path"]] == RESOURCES[name]["description"] for name in TABLES)


@pytest.mark.parametrize("name", [name for name in helpers.__all__ if name.startswith("load_")])
def test_the_codebook_explains_every_column_of_a_loader(name):
    """Does each column of a frame stand in its table or under the columns that code computes?"""
    table = RESOURCES.get(name.removeprefix("load_"), {"schema": {"fields": []}})
    described = {field["name"] for field in table["schema"]["fields"]}
    computed = {
        row["Name"].strip("`")
        for row in codebook_tables()["Columns that code computes"]
        if f"`{name}`" in row["Frames"].split(", ")
    }
    assert not described & computed
    columns = set(getattr(helpers, name)().columns)
    assert computed <= columns <= described | computed


def test_the_codebook_explains_no_column_of_another_loader():
    """Does the list of computed columns name only loaders that there are, and say what each column means?"""
    for row in codebook_tables()["Columns that code computes"]:
        assert {frame.strip("`") for frame in row["Frames"].split(", ")} <= set(helpers.__all__), row["Name"]
        assert row["Meaning"].endswith("."), row["Name"]


@pytest.mark.parametrize(
    ("heading", "term", "table", "column"),
    [
        ("Fields", "Field", "emendations", "field"),
        ("Kinds", "Kind", "emendations", "kind"),
        ("Certainty", "Certainty", "emendations", "certainty"),
        ("Kinds of entries", "Kind", "parties", "kind"),
        ("Confidences", "Confidence", "people", "confidence"),
        ("Date precisions", "Precision", "events", "date_precision"),
        ("Categories", "Category", "events", "category"),
        ("Statuses", "Status", "events", "status"),
        ("Media", "Medium", "letters", "medium"),
        ("Certainties of letters", "Certainty", "letters", "certainty"),
        ("Voices", "Voice", "speech_acts", "voice"),
        ("Acts", "Act", "speech_acts", "act"),
        ("Topics", "Topic", "speech_acts", "topic"),
    ],
)
def test_vocabularies_are_closed_defined_and_used(heading, term, table, column):
    """Is every word of a vocabulary allowed, defined and used, and no other word?"""
    defined = [row[term].strip("`") for row in codebook_tables()[heading]]
    fields = {field["name"]: field for field in RESOURCES[table]["schema"]["fields"]}
    assert fields[column]["constraints"]["enum"] == defined
    assert {row[column] for row in rows(table)} == set(defined)


# --- documents --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", rows("documents"), ids=lambda row: row["document_id"])
def test_documents_identify_the_transcriptions(row):
    """Do file, checksum, size, addresses and dates agree with the transcription and the descriptor?"""
    content = (DATA / row["file"]).read_bytes()
    resource, parts = RESOURCES[row["document_id"]], document(row["document_id"])
    digest = hashlib.sha256(content).hexdigest()
    assert (row["sha256"], int(row["n_bytes"])) == (digest, len(content))
    assert (resource["path"], resource["hash"]) == (row["file"], f"sha256:{digest}")
    assert resource["bytes"] == len(content)
    assert parts.citation
    assert (parts.url or "") == row["url_received"]
    assert {source.get("path", "") for source in resource["sources"]} == {row["url"]}
    if row["document_date_precision"] == "day":
        assert row["document_date"] == parts.document_date.isoformat()


def test_addresses_are_the_archives():
    """Has each of the two first documents its number at the archive in both of its addresses?"""
    known = {row["document_id"]: row for row in rows("documents")}
    for document_id, number in (("deng-1962", "120726"), ("mao-1963", "123881")):
        row = known[document_id]
        assert row["url"] == f"https://digitalarchive.wilsoncenter.org/document/{number}"
        assert row["url_received"].endswith(f"/document/{number}")


def test_event_dates_stand_in_the_documents():
    """Can the day of each talk be read in its document?"""
    texts, dates = paragraphs(), {r["document_id"]: r["event_date"] for r in rows("documents")}
    assert (texts["deng-1962-h7"], dates["deng-1962"]) == ("9 April 1962", "1962-04-09")
    assert texts["mao-1963-p02"].startswith("On February 23,") and "1963" in texts["mao-1963-p01"]
    assert dates["mao-1963"] == "1963-02-23"


# --- emendations ------------------------------------------------------------------------------------------

EMENDATIONS = rows("emendations")


def place(row: dict[str, str]) -> str:
    """Return the text in which the received words of an emendation stand."""
    if row["field"] == "text":
        return paragraphs()[row["paragraph_id"]]
    if row["field"] == "layout":
        return raw(row["document_id"])
    return getattr(document(row["document_id"]), row["field"])


def decoded(row: dict[str, str]) -> str:
    """Return the received words; in the layout a line break is written as two characters."""
    return row["received"].replace(r"\n", "\n") if row["field"] == "layout" else row["received"]


def test_emendations_are_well_made():
    """Does every row of the register keep the rules of the codebook?"""
    rules = {
        "the received words do not occur exactly once": lambda r: place(r).count(decoded(r)) == 1,
        "only rows about text have a paragraph": lambda r: bool(r["paragraph_id"]) == (r["field"] == "text"),
        "the paragraph is of another document": lambda r: (
            home_of(r["paragraph_id"]) == r["document_id"] * bool(r["paragraph_id"])
        ),
        "the id is of another document": lambda r: r["emendation_id"].startswith(r["document_id"] + "-e"),
        "a certain row has no reading": lambda r: r["reading"] or r["certainty"] == "conjectural",
        "the reading changes nothing": lambda r: r["reading"] != decoded(r),
        "the reason is not one sentence": lambda r: is_one_sentence(r["reason"]) and r["reason"][0].isupper(),
    }
    wrong = [
        f"emendations.csv: {row['emendation_id']}: {rule}"
        for row in EMENDATIONS
        for rule, holds in rules.items()
        if not holds(row)
    ]
    assert wrong == []


def test_emendations_do_not_overlap():
    """Can the rows of one paragraph be applied in any order?"""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for row in EMENDATIONS:
        if row["field"] == "text":
            start = place(row).index(row["received"])
            span = (start, start + len(row["received"]), row["emendation_id"])
            spans.setdefault(row["paragraph_id"], []).append(span)
    overlaps = [
        f"{first[2]} and {second[2]}"
        for found in spans.values()
        for first, second in pairwise(sorted(found))
        if second[0] < first[1]
    ]
    assert not overlaps


def find(text: str, document_id: str, start: int = 0) -> int:
    """Return where a text stands in a transcription, whatever its white space."""
    pattern = r"\s+".join(re.escape(word) for word in text.split())
    match = re.compile(pattern).search(raw(document_id), start)
    assert match, text
    return match.start()


def starts(document_id: str) -> dict[str, int]:
    """Return where each paragraph and field of a document begins in the file."""
    parts = document(document_id)
    found = {
        "title": find(parts.title, document_id),
        "citation": find(parts.citation, document_id),
        "layout": 0,
    }
    found["url"] = found["citation"]
    at = raw(document_id).index(parts.contents[0])
    for paragraph_id, text in paragraphs().items():
        if paragraph_id.startswith(document_id):
            at = found[paragraph_id] = find(text, document_id, at + 1)
    return found


@pytest.mark.parametrize("document_id", dict.fromkeys(row["document_id"] for row in EMENDATIONS))
def test_emendations_are_numbered_in_the_order_of_the_text(document_id):
    """Do the numbers run without a gap in the order in which the places stand in the file?"""
    mine, at = [row for row in EMENDATIONS if row["document_id"] == document_id], starts(document_id)
    assert [row["emendation_id"] for row in mine] == [
        f"{document_id}-e{i:02d}" for i in range(1, len(mine) + 1)
    ]
    where = [find(decoded(row), document_id, at[row["paragraph_id"] or row["field"]]) for row in mine]
    assert where == sorted(where)


def test_the_corrected_reading_has_the_certain_emendations_and_no_other():
    """Is the corrected reading the diplomatic one with exactly the certain rows applied?"""
    expected = paragraphs()
    for row in EMENDATIONS:
        if row["field"] == "text" and row["certainty"] == "certain":
            text = expected[row["paragraph_id"]]
            expected[row["paragraph_id"]] = text.replace(row["received"], row["reading"])
    assert paragraphs("corrected") == expected
    assert expected != paragraphs()


def test_the_corrected_reading_changes_these_words():
    """Does the corrected reading differ from the diplomatic one in these words, which editors agreed on?"""
    agreed = [
        ("deng-1962-h1", "TIIE", "THE"),
        ("deng-1962-p01", "the", "they"),
        ("deng-1962-p19", "Minfu,", "Mingfu,"),
        ("mao-1963-h1", r"$\times$", "×"),
        ("mao-1963-h4", "Chervoenko", "Chervonenko"),
        ("mao-1963-h6", "Chernovenko", "Chervonenko"),
    ]
    corrected = paragraphs("corrected", "core")
    changed = [
        (paragraph_id, old, new)
        for paragraph_id, text in paragraphs(documents="core").items()
        for old, new in zip(text.split(), corrected[paragraph_id].split(), strict=True)
        if old != new
    ]
    assert changed == agreed


def test_doubtful_places_stay_as_they_are():
    """Do the places on which historians would differ keep their received words in the corrected reading?"""
    texts = paragraphs("corrected")
    kept = [
        ("mao-1963-p12", "in late April"),
        ("mao-1963-p14", "the Chinese party with this statement"),
        ("mao-1963-p14", "this struggle is non unnecessary"),
        ("mao-1963-p21", "fraternal parties of Algeria"),
    ]
    registered = {row["paragraph_id"]: [] for row in EMENDATIONS}
    for row in EMENDATIONS:
        registered[row["paragraph_id"]].append((row["received"], row["certainty"]))
    for paragraph_id, words in kept:
        assert words in texts[paragraph_id]
        assert any(r in words and c == "conjectural" for r, c in registered[paragraph_id]), paragraph_id


def test_no_row_with_a_slash_is_certain():
    """Is the slash, our sign for a lost line break, never set into the corrected reading?"""
    slashed = [row for row in EMENDATIONS if row["kind"] == "format" and "/" in row["reading"].split()]
    assert slashed
    assert {row["certainty"] for row in slashed} == {"conjectural"}


def test_address_rows_agree_with_the_documents():
    """Is the same address received, and the same one canonical, in both tables?"""
    addresses = {
        r["document_id"]: (r["url_received"], r["url"]) for r in rows("documents") if r["document_id"] in CORE
    }
    registered = {r["document_id"]: (r["received"], r["reading"]) for r in EMENDATIONS if r["field"] == "url"}
    assert registered == addresses


def test_every_markup_sign_is_registered():
    """Is every heading sign, bold mark and formula of the files the subject of a row?"""
    for document_id in CORE:
        marked = re.findall(r"^#+ .*$|\$.*?\$", raw(document_id), re.MULTILINE)
        mine = [decoded(r) for r in EMENDATIONS if r["document_id"] == document_id and r["kind"] == "markup"]
        assert Counter(marked) == Counter(mine)


def test_every_page_break_is_registered():
    """Is every paragraph that the parser makes of two blocks the subject of a row, healed as it says?"""
    for document_id in CORE:
        mine = [r for r in EMENDATIONS if r["document_id"] == document_id and r["kind"] == "break"]
        texts = [text for paragraph_id, text in paragraphs().items() if paragraph_id.startswith(document_id)]
        blocks = re.split(r"\n\s*\n", raw(document_id).strip())
        healed = [text for text in texts if not any(text.split() == block.split() for block in blocks)]
        assert len(healed) == len(mine)
        assert all(row["reading"] in text for row, text in zip(mine, healed, strict=True))


# --- people and parties -----------------------------------------------------------------------------------

ENTRIES = [*rows("people"), *rows("parties")]
by_entry = pytest.mark.parametrize("row", ENTRIES, ids=lambda row: row.get("person_id") or row["party_id"])


@by_entry
def test_spellings_stand_in_the_documents(row):
    """Does every spelling stand in a document of the chapters, and are they listed longest first?"""
    spellings = several(row["spellings"])
    texts = [all_words(document_id) for document_id in CORE]
    absent = [s for s in spellings if not any(is_named(s, text) for text in texts)]
    assert not absent
    assert spellings == sorted(spellings, key=lambda s: (-len(s), s))


@by_entry
def test_glosses_are_one_short_sentence(row):
    """Is each gloss, and each note, one sentence that a reader takes in at a glance?"""
    assert is_one_sentence(row["gloss"]) and len(row["gloss"]) <= 160
    assert not row.get("note") or is_one_sentence(row["note"])


@pytest.mark.parametrize("row", rows("people"), ids=lambda row: row["person_id"])
def test_people_are_listed_for_the_documents_that_name_them(row):
    """Does the column `documents` hold exactly the documents of the chapters that have a spelling?"""
    spellings = several(row["spellings"])
    named = [d for d in CORE if any(is_named(s, all_words(d)) for s in spellings)]
    assert several(row["documents"]) == named
    assert bool(named) == bool(spellings)


def test_no_spelling_belongs_to_two_entries():
    """Does every spelling lead to one entry?"""
    counts = Counter(spelling for row in ENTRIES for spelling in several(row["spellings"]))
    assert not [spelling for spelling, times in counts.items() if times > 1]


def unexplained(entries: list[dict[str, str]]) -> set[str]:
    """Return the capitalized words inside sentences that no entry and no list of ordinary words explains."""
    spellings = {spelling for row in entries for spelling in several(row["spellings"])}
    found = set()
    for text in [*paragraphs(documents="core").values(), *paragraphs("corrected", "core").values()]:
        for spelling in sorted(spellings, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(spelling)}(?!\w)", "\N{BULLET}", text)
        if not text.isupper():
            found.update(
                re.findall(r"(?<=[a-z\d,;:()\]\N{BULLET}.] )\[?([A-Z][\w-]+)", _without_openings(text))
            )
        found.update(re.findall(r"(?:[A-Z]\.\s?)+([A-Z][a-zA-Z]+)", text))
    return found - NOT_NAMES


def _without_openings(text: str) -> str:
    """Return a text without the first word of each sentence."""
    return re.sub(r"(^|[.?!:]['\")]*\s+)['\"(]*[A-Z][a-z']*\b", r"\1", text)


def test_no_name_is_missing():
    """Is every capitalized word inside a sentence a known person, body or term, or an ordinary word?"""
    assert not unexplained(ENTRIES)


@pytest.mark.parametrize(
    "row", [row for row in rows("people") if row["spellings"]], ids=lambda row: row["person_id"]
)
def test_the_search_for_names_is_not_blind(row):
    """Would a person who is left out of the table be noticed?"""
    assert unexplained([entry for entry in ENTRIES if entry != row])


def test_the_two_brezhnevs_are_kept_apart():
    """Does the gloss of the embassy's second secretary say that he is not the later Soviet leader?"""
    gloss = next(row["gloss"] for row in rows("people") if "A.A. Brezhnev" in row["spellings"])
    assert "not Leonid" in gloss
