"""The questions on letters and people."""

from helpers.marking.kinds import choices, function, items, number, quotation, table
from helpers.marking.names import party_names

QUESTIONS = {
    "spellings-measured": choices(
        "answer_edits",
        things=["deng-1962-h2", "deng-1962-s2", "mao-1963-h4", "mao-1963-h6"],
        options="0 1 2 3 4 5 6 7 8 9 10 11 12".split(),
    ),
    "one-man-in-two-papers": {
        "1962": quotation("answer_office_1962", document_id="deng-1962"),
        "1963": quotation("answer_office_1963", document_id="mao-1963"),
    },
    "notes-checked": items(
        "answer_wrong_notes",
        names={letter: [f"note {letter}"] for letter in "PQRSTU"},
        noun="letter of a note",
    ),
    "pronouns-resolved": choices(
        "answer_he",
        things="abcdef",
        options=["Deng", "Khrushchev", "Mao", "the ambassador"],
    ),
    "bodies-counted": table(
        "answer_bodies",
        columns={"deng-1962": "mentions in 1962", "mao-1963": "mentions in 1963"},
        key="entity_id",
        keys=["cc-ccp", "cc-cpsu", "chinese-communist-party", "communist-party-of-the-soviet-union"],
    ),
    "parties-and-states": choices(
        "answer_kinds",
        things="abcdef",
        options={
            "party": ["a party", "communist party", "fraternal party"],
            "state": ["a state", "country", "government"],
            "organ": ["an organ", "party organ", "organ of a party", "state organ", "organ of a state"],
        },
    ),
    "parties-in-both-papers": items(
        "answer_in_both", names=party_names, noun="country or party of which the name is known here"
    ),
    "ways-of-a-letter": choices(
        "answer_ways",
        things="abcdef",
        options=["CC CCP", "CC CPSU", "Deng", "Mao", "the ambassador"],
    ),
    "on-whose-word": choices(
        "answer_word",
        things="abcdef",
        options=["Deng", "Mao", "the ambassador", "the department"],
    ),
    "wish-and-blame": {
        "The wish": quotation("answer_wish", document_id="deng-1962"),
        "The blame": quotation("answer_blame", document_id="deng-1962"),
    },
    "arrows-counted": {
        "Rows": number("answer_rows", unit="rows"),
        "Senders": number("answer_senders", unit="senders"),
        "Entries": number("answer_entries", unit="entries"),
    },
    "names-linked": function(
        "find_name", arguments=("Krushchov", ("Gromyko", "Khrushchev")), gives="Khrushchev"
    ),
}
