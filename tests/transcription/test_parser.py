"""Is any transcription in the archive's layout taken apart rightly, and anything else refused with help?"""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import TranscriptionError, read_document
from helpers.transcription.parser import decode, parse

CITATION = (
    '"Record of a Talk in Ulan Bator", June 3, 1964, Wilson Center Digital Archive, '
    "AVP RF, f. 0100, op. 46, d. 12, ll. 1-4. Translated by J. K. Miller. https://example.org/document/1"
)
FIELDS = {
    "Citation:": CITATION,
    "Summary:": "Two envoys compare notes.",
    "Credits:": "Made possible by a foundation.",
    "Original Language:": "Mongolian",
    "Contents:": "Translation - English",
}
HEADER = ["TOP SECRET", "Copy No. 2"]
PARAGRAPHS = ["The envoy received me at noon.", "He said that the letter had come."]
BODY = "\n\n".join([*HEADER, *PARAGRAPHS, "Envoy A. Bat"])


def compose(
    *, date="June 3, 1964", title="Record of a Talk\nin Ulan Bator", fields=FIELDS, body=BODY, mark="{}"
):
    """Return a transcription in the archive's layout."""
    head = [mark.format(line) for line in (date, title) if line]
    for label, value in fields.items():
        head += [mark.format(label), value]
    return "\n\n".join([*head, body])


@pytest.mark.parametrize("mark", ["{}", "# {}", "## {}", "###### {}", "**{}**", "# **{}**", "### **{}** "])
def test_headings(mark):
    """Do heading marks of any kind make no difference?"""
    document = parse(compose(mark=mark, title="Record of a Talk in Ulan Bator"))
    assert document == _without_hash(parse(compose(title="Record of a Talk in Ulan Bator")), document.sha256)
    assert document.title == "Record of a Talk in Ulan Bator"
    assert document.document_date == dt.date(1964, 6, 3)
    assert document.summary == "Two envoys compare notes."


def _without_hash(document, sha256):
    return document.__class__(**{**document.__dict__, "sha256": sha256})


def test_every_field():
    """Is every field where it belongs, and nothing else?"""
    document = parse(compose())
    assert document.title == "Record of a Talk in Ulan Bator"
    assert document.document_date_text == "June 3, 1964"
    assert document.citation == CITATION
    assert document.credits == "Made possible by a foundation."
    assert document.original_language == "Mongolian"
    assert document.translator == "J. K. Miller"
    assert document.archive == "AVP RF"
    assert document.archive_location == "f. 0100, op. 46, d. 12, ll. 1-4"
    assert document.url == "https://example.org/document/1"
    assert document.contents == ["Translation - English"]
    assert document.header == HEADER
    assert document.paragraphs == PARAGRAPHS
    assert document.closing == ["Envoy A. Bat"]
    assert document.text == "\n\n".join(PARAGRAPHS)
    assert (document.n_paragraphs, document.n_words) == (2, 13)
    assert document.document_id is None
    assert document.event_date is None


@pytest.mark.parametrize("missing", list(FIELDS))
def test_missing_field(missing):
    """Is a field that is not given None or empty, and the rest untouched?"""
    document = parse(compose(fields={k: v for k, v in FIELDS.items() if k != missing}))
    name = missing.rstrip(":").lower().replace(" ", "_")
    assert not getattr(document, name)
    assert document.header == HEADER
    assert document.n_paragraphs == 2


@pytest.mark.parametrize("order", [[4, 3, 2, 1, 0], [1, 0, 4, 2, 3], [3, 4, 0, 1, 2], [0, 2, 1, 3, 4]])
def test_order_of_fields(order):
    """Does the order of the fields make no difference?"""
    items = list(FIELDS.items())
    document = parse(compose(fields=dict(items[i] for i in order)))
    assert _without_hash(document, "") == _without_hash(parse(compose()), "")


def test_only_contents():
    """Are a title and one field enough?"""
    document = parse(compose(date="", fields={"Contents:": "Translation - English"}))
    assert (document.document_date, document.citation, document.archive, document.url) == (None,) * 4
    assert document.title == "Record of a Talk in Ulan Bator"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("June 3, 1964", dt.date(1964, 6, 3)),
        ("3 June 1964", dt.date(1964, 6, 3)),
        ("Jun. 3, 1964", dt.date(1964, 6, 3)),
        ("June 3rd, 1964", dt.date(1964, 6, 3)),
        ("1964-06-03", dt.date(1964, 6, 3)),
        ("June 1964", None),
        ("June, 1964", None),
        ("1964", None),
        ("circa June 1964", None),
        ("June 3-5, 1964", None),
        ("Undated", None),
    ],
)
def test_dates(text, day):
    """Is a day given only where the transcription gives one?"""
    document = parse(compose(date=text))
    assert (document.document_date, document.document_date_text) == (day, text)
    assert document.title == "Record of a Talk in Ulan Bator"


def test_no_date():
    """Is a missing date missing?"""
    document = parse(compose(date=""))
    assert (document.document_date, document.document_date_text) == (None, None)


def test_title_over_lines_and_blocks():
    """Is a title that runs over several lines one title?"""
    assert (
        parse(compose(title="Record\nof a Talk\n\nin Ulan Bator")).title == "Record of a Talk in Ulan Bator"
    )


def test_inline_values():
    """May a value stand on its label's line?"""
    fields = "\n".join(f"{label} {value}" for label, value in FIELDS.items())
    document = parse(f"June 3, 1964\nRecord of a Talk\n{fields}\n\n{BODY}")
    assert document.citation == CITATION
    assert document.contents == ["Translation - English"]
    assert document.n_paragraphs == 2


def test_long_summary():
    """May a summary have several paragraphs?"""
    document = parse(compose(fields={**FIELDS, "Summary:": "First part.\n\nSecond part."}))
    assert document.summary == "First part.\n\nSecond part."
    assert document.n_paragraphs == 2


def test_several_contents():
    """May a transcription hold several things?"""
    document = parse(compose(fields={**FIELDS, "Contents:": "Translation - English\n\nScan - Russian"}))
    assert document.contents == ["Translation - English", "Scan - Russian"]
    assert document.header[0] == "TOP SECRET"


@pytest.mark.parametrize("with_field", [True, False])
def test_contents_in_the_body(with_field):
    """Is the word Contents in the document itself just text?"""
    body = "He read the list aloud to us.\n\nContents:\n\nOne letter.\n\nSummary:\n\nIt was short."
    fields = {k: v for k, v in FIELDS.items() if with_field or k != "Contents:"}
    document = parse(compose(fields=fields, body=body))
    assert document.paragraphs == [
        "He read the list aloud to us.",
        "Contents:",
        "One letter.",
        "Summary:",
        "It was short.",
    ]
    assert document.summary == "Two envoys compare notes."


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("Talk in", "Talk\u00a0in").replace("the letter", "the\u00a0letter"),
        lambda text: text.replace("\n\n", "\n \t\n\n"),
        lambda text: text + "\n\n\n",
    ],
)
def test_bytes_and_spaces(spoil):
    """Do line ends, byte order marks and no-break spaces make no difference?"""
    assert _without_hash(parse(spoil(compose())), "") == _without_hash(parse(compose()), "")


def test_curly_quotes_stay():
    """Are curly quotation marks of the document kept as received?"""
    document = parse(compose(body="He said: “We agree.”\n\nI said: ‘Good.’"))
    assert document.paragraphs == ["He said: “We agree.”", "I said: ‘Good.’"]


@pytest.mark.parametrize(
    ("halves", "healed"),
    [
        (["The Mongolian side said that it is not", "ready to answer now."], "is not ready to answer now."),
        (["The Mongolian side said that it had a pro-", "posal to make now."], "had a proposal to make now."),
        (
            ["The time-frame was raised, and then the time-", "frame was dropped."],
            "the time-frame was dropped.",
        ),
        (
            ["They spoke for long about the letter of the", "Mongolian Central Committee."],
            "of the Mongolian Central",
        ),
        (["They spoke for long about the letter, about", "[sic] them, and so on."], "about [sic] them"),
        (["He agreed. He thanked me for the news from", "7", "the capital city."], "from the capital city."),
        (["It was, he told me, the wish of com.", "Tsedenbal to hear of it."], "of com. Tsedenbal to hear"),
        (
            ["First he asked me about it. Then I told him", "Moscow would surely answer."],
            "told him Moscow would",
        ),
        (["He asked me about the one,", "and I did not answer it."], "the one, and I did not"),
        (
            ["It began at noon and they", "went on to speak of", "the harvest at length."],
            "speak of the harvest",
        ),
    ],
)
def test_page_breaks(halves, healed):
    """Is a sentence that a page break cut in two made whole?"""
    body = "\n\n".join(["I met the envoy.", *halves, "He left at one."])
    document = parse(compose(body=body))
    assert document.n_paragraphs == 3
    assert healed in document.paragraphs[1]


@pytest.mark.parametrize("hyphen", ["-", "\u00ad", "\u2010", "¬"])
def test_cut_words(hyphen):
    """Is a word whole again that a line end cut, whichever sign a scanner made of the hyphen?"""
    lines = f"It is on the Sino{hyphen}\nSoviet border and con{hyphen}\ntinues to the sea."
    (paragraph,) = parse(compose(body=lines)).paragraphs
    assert "continues to the sea" in paragraph
    plain = paragraph.translate({0xAD: "-", 0x2010: "-"})
    assert plain.startswith("It is on the Sino-Soviet border")


@pytest.mark.parametrize(
    ("halves", "healed"),
    [
        (["They spoke for long about the Sino-", "Mongolian border."], "the Sino-Mongolian border"),
        (["He named the years 1960-", "1962 as the worst."], "the years 1960-1962 as"),
        (["The treaty of friendship was", "signed in the autumn."], "was signed in the autumn"),
        (["He promised that", "copies of the letter would come."], "that copies of the letter"),
        (["He told me all about Comrade", "Tsedenbal and his plans."], "about Comrade Tsedenbal"),
        (["They named Korea, Vietnam, Laos, and Burma,", "Indonesia and Japan."], "Burma, Indonesia"),
        (["He agreed to this, and on", "Page 3 of 7", "the next day he left."], "and on the next day"),
    ],
)
def test_page_breaks_before_names(halves, healed):
    """Is a cut healed before names and numbers, and before words that also begin a signature?"""
    document = parse(compose(body="\n\n".join(["I met the envoy.", *halves, "He left at one."])))
    assert document.n_paragraphs == 3
    assert healed in document.paragraphs[1]


@pytest.mark.parametrize(
    "turns",
    [
        ["Bat: I do not think that we should ever agree to this –", "Miller: You must agree."],
        ["BAT. I shall never in my life agree to –", "MILLER. I agree."],
    ],
)
def test_speeches_stay_apart(turns):
    """Are two speeches two paragraphs, also when the first is interrupted?"""
    assert parse(compose(body="\n\n".join(["They met.", *turns]))).paragraphs[1:] == turns


@pytest.mark.parametrize(
    "header",
    [
        ["SECRET", "From: Yu. Andropov"],
        ["TOP SECRET", "To Cde. Suslov"],
        ["MEMORANDUM OF CONVERSATION", "Time: 10:15 a.m. to 12:20 p.m.", "Place: Ulan Bator"],
        ["RECORD", "Participants:", "A. Bat, J. Miller"],
        ["RECORD", "Chaired by Comrade BAT, A."],
    ],
)
def test_lines_of_a_form(header):
    """Do the lines of an office's form belong to the header, also those that end in a full stop?"""
    document = parse(compose(body="\n\n".join([*header, *PARAGRAPHS])))
    assert document.header == header
    assert document.paragraphs == PARAGRAPHS


def test_diary_entries_stay_in_the_body():
    """Does the date of a second entry not drag the first one into the header?"""
    days = [
        "May 5, 1962",
        "I met the envoy at noon.",
        "May 6, 1962",
        "He left at one.",
        "May 7, 1962",
        "It rained.",
    ]
    document = parse(compose(body="\n\n".join(days)))
    assert document.header == days[:1]
    assert document.paragraphs == days[1:]


@pytest.mark.parametrize(
    "last",
    [
        "Copies of the letter will be sent to the capital tomorrow.",
        "He called the talk useful.1",
        "He called the talk useful.[3]",
        "He then said: “The talk has been very useful to us”",
        "Comrade Bat: Agreed",
    ],
)
def test_last_paragraph_is_no_closing(last):
    """Is a last paragraph that only looks like a closing line body?"""
    assert parse(compose(body=f"They met.\n\n{last}")).paragraphs[-1] == last


def test_closing_with_a_list():
    """Does the list of copies belong to the closing, with the line that announces it?"""
    closing = ["ENVOY", "A. BAT", "Two copies sent:", "1. Cde. Miller", "2. To the file", "5-tk", "8.5.62"]
    assert parse(compose(body="\n\n".join(["They met.", *closing]))).closing == closing


@pytest.mark.parametrize("number", ["- 12 -", "Page 12", "page 3 of 7"])
def test_page_numbers_between_sentences(number):
    """Is a page number that says so dropped, also where no sentence is cut?"""
    assert parse(compose(body=f"They met.\n\n{number}\n\nThey spoke.")).paragraphs == [
        "They met.",
        "They spoke.",
    ]


@pytest.mark.parametrize("value", ["Scan of Original Document", "Translation - English (excerpt)"])
def test_other_contents(value):
    """Are the archive's other words for what it holds known?"""
    document = parse(compose(fields={**FIELDS, "Contents:": value}))
    assert document.contents == [value]
    assert document.header == HEADER


def test_unknown_field():
    """Is a field that we do not know passed over, not swallowed by the one before?"""
    fields = {"Summary:": "Two envoys compare notes.", "Rights:": "Ask first.", **FIELDS}
    assert parse(compose(fields=fields)).summary == "Two envoys compare notes."


@pytest.mark.parametrize(
    ("text", "day"), [("Sept. 5, 1964", 5), ("Tuesday, Sept 8, 1964", 8), ("Spring 1964", 0)]
)
def test_more_dates(text, day):
    """Are the dates that editors write read, and kept out of the title?"""
    document = parse(compose(date=text))
    assert document.document_date == (dt.date(1964, 9, day) if day else None)
    assert document.title == "Record of a Talk in Ulan Bator"


def test_title_that_holds_the_date():
    """Does a title keep a line that equals the date?"""
    assert parse(compose(title="A Talk,\nJune 3, 1964")).title == "A Talk, June 3, 1964"


def test_unfinished_blocks_take_linear_time():
    """Does a long text without full stops come back at all?"""
    body = "They met.\n\n" + "\n\n".join(["and so it went on from day to day,"] * 20_000) + " and ended."
    assert parse(compose(body=body)).n_paragraphs == 2


@pytest.mark.parametrize(
    "blocks",
    [
        ["He named three things:", "the letter, the plan and the date."],
        ["He said that it was so.", "then he left the room."],
        ["He asked for these three things;", "(a) a letter about the plan."],
        ['He called it "a very good and useful plan."', "we then parted as friends."],
    ],
)
def test_no_false_healing(blocks):
    """Do paragraphs that end stay apart?"""
    assert parse(compose(body="\n\n".join(["I met the envoy.", *blocks]))).paragraphs[1:] == blocks


def test_wrapped_lines():
    """Are lines that no blank line parts one paragraph, cut words made whole?"""
    body = "I met the envoy in his of-\nfice in the\ncity.\n\nHe agreed."
    assert parse(compose(body=body)).paragraphs == [
        "I met the envoy in his office in the city.",
        "He agreed.",
    ]


def test_glosses_stay():
    """Do bracketed glosses and notes stay where they are?"""
    body = (
        "He spoke obscurely [tumanno], and long.\n\n[Translator's note: illegible.]\n\nHe agreed [with me]."
    )
    assert parse(compose(body=body)).paragraphs == body.split("\n\n")


def test_header_with_a_sentence():
    """Does a line of the header that is a sentence not end the header?"""
    header = ["Section Two", "I send you the record of the talk.", "Foreign Office June 3, 1964"]
    document = parse(compose(body="\n\n".join([*header, "They met.", "They spoke."])))
    assert document.header == header
    assert document.paragraphs == ["They met.", "They spoke."]


def test_headings_inside_the_body_stay():
    """Do headings between paragraphs belong to the body?"""
    body = "They met at noon.\n\nAlbania\n\nHe asked about it.\n\nThe Harvest\n\nI told him."
    assert parse(compose(body=body)).paragraphs == body.split("\n\n")


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        (
            "PRC FMA 109-03861-03, 13-17. Translated by David Cowhig.",
            ("PRC FMA", "109-03861-03, 13-17", "David Cowhig"),
        ),
        ("AVP RF. Translated by Benjamin Aldrich-Moodie.", ("AVP RF", None, "Benjamin Aldrich-Moodie")),
        (
            "TsKhSD, f. 5, op. 49. Obtained and translated by C. D. Li.",
            ("TsKhSD", "f. 5, op. 49", "C. D. Li"),
        ),
        (
            "SAPMO-BArch, DY 30/3386. Obtained by X. Y. Translated by Z. Q. Wu and Ann Lee.",
            ("SAPMO-BArch", "DY 30/3386", "Z. Q. Wu and Ann Lee"),
        ),
        ("Archive of Foreign Affairs", ("Archive of Foreign Affairs", None, None)),
        (
            "SAPMO-BArch DY 30/3386. Translation by Dr. Karin Wolf.",
            ("SAPMO-BArch", "DY 30/3386", "Dr. Karin Wolf"),
        ),
        ("AVP RF f. 5, op. 4. Translator: M. St. John.", ("AVP RF", "f. 5, op. 4", "M. St. John")),
        ("AVP RF. Translated for CWIHP.", ("AVP RF", None, None)),
    ],
)
def test_provenance(citation, expected):
    """Are archive, place and translator read from the citation?"""
    citation = f'"A Talk", 1964, Wilson Center Digital Archive, {citation}'
    document = parse(compose(fields={**FIELDS, "Citation:": citation}))
    assert (document.archive, document.archive_location, document.translator) == expected


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "line 1: the file is empty"),
        (b" \n\n\t\n", "line 1: the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "line 3: this is a binary file"),
        ("Grüße".encode("latin-1"), "line 1: byte 0xfc is not UTF-8"),
        ("Citation:".encode("utf-16"), "line 1: this is text in UTF-16"),
        (b"A letter to the editor.\n\nIt has no fields.", 'line 1: no field such as "Citation:"'),
        (b'{"cells": []}', "no field such as"),
        (b"<!DOCTYPE html>\n<p>\nCitation:\n</p>", "this is the source of a web page"),
        (b"A Package\n\n## Summary:\n\nIt does this.\n\nIt does that.", "neither a citation nor a list"),
        (compose(body="TOP SECRET\n\nCopy No. 2").encode(), "no paragraph follows the header"),
        (compose(body="").encode(), "the text stops before the document begins"),
        (compose()[:90].encode(), "the text stops before the document begins"),
        (compose()[:30].encode(), "no field such as"),
        (
            compose(body="They met. He said that the letter of the").encode(),
            "stops in the middle of a sentence",
        ),
        (
            compose(body="They met.\n\nHe began to tell me about his talk with the amb").encode(),
            "line 28: the text stops",
        ),
    ],
)
def test_not_a_transcription(tmp_path, content, says):
    """Is what is no transcription refused, with file, line and remedy?"""
    path = tmp_path / "a file.txt"
    path.write_bytes(content)
    with pytest.raises(TranscriptionError) as raised:
        read_document(path)
    message = str(raised.value)
    assert str(path) in message
    assert says in message
    assert message.endswith(raised.value.remedy)
    assert raised.value.remedy.split()[0] in ("Save", "The")


@given(st.text())
def test_any_text(text):
    """Is any text either taken apart or refused?"""
    try:
        assert parse(text).paragraphs
    except TranscriptionError as error:
        assert error.remedy


@given(st.text(), st.sampled_from(["Citation:", "Contents:", "Summary: x"]), st.text(min_size=1))
def test_any_text_with_a_field(before, label, after):
    """Is any text with a field either taken apart or refused?"""
    try:
        assert parse(f"{before}\n\n{label}\n\n{after}").paragraphs
    except TranscriptionError as error:
        assert error.line >= 1


@given(st.binary())
def test_any_bytes(content):
    """Are any bytes either text or refused?"""
    try:
        assert isinstance(decode(content), str)
    except TranscriptionError as error:
        assert error.remedy


@given(
    st.lists(
        st.text("abcdefgh ", min_size=3).map(
            lambda s: f"He said {' '.join(s.split())} then.".replace("  ", " ")
        ),
        min_size=1,
    )
)
def test_paragraphs_come_back(paragraphs):
    """Does what was composed come back, paragraph by paragraph?"""
    assert parse(compose(body="\n\n".join(paragraphs))).paragraphs == paragraphs
