"""The questions on letters and people."""

from helpers.checks.names import party_names
from helpers.checks.questions import choices, function, items, number, quotation, table

QUESTIONS = {
    "persons-meant": choices(
        "answer_persons",
        things="abcdef",
        options=["Deng", "Gromyko", "Khrushchev", "Liu", "Mao", "Patolichev", "Zhou", "the ambassador"],
    ),
    "actors-told-apart": choices(
        "answer_actors",
        things="abcdef",
        options={
            "other party": [
                "non-ruling party",
                "party that rules no country",
                "party out of power",
                "party without power",
            ],
            "party organ": ["organ of a party", "organ of the party"],
            "ruling party": ["party in power", "governing party", "party that rules its country"],
            "state": ["a state", "country", "whole state"],
            "state organ": ["organ of a state", "organ of the state"],
        },
    ),
    "parties-in-both": items(
        "answer_in_both", names=party_names, noun="the name of a known country or party"
    ),
    "arrows-by-subject": {
        "First only": number("answer_only_wish", unit="senders"),
        "Second only": number("answer_only_blame", unit="senders"),
        "Both": number("answer_wish_and_blame", unit="senders"),
    },
    "on-whose-word": choices(
        "answer_word",
        things="abcdef",
        options=["Deng", "Mao", "the ambassador", "the department"],
    ),
    "map-or-record": choices(
        "answer_found",
        things="abcdef",
        options={
            "map": ["the map", "on the map"],
            "neither": ["neither of them", "in neither", "none"],
            "record": ["the record", "in the record"],
            "wrong": ["false", "not true"],
        },
    ),
    "senders-unnamed": quotation("answer_unnamed", document_id="deng-1962", n=2, most_words=12),
    "bodies-counted": table(
        "answer_bodies",
        columns={"deng-1962": "mentions in 1962", "mao-1963": "mentions in 1963"},
        key="entity_id",
        keys=["cc-ccp", "cc-cpsu", "chinese-communist-party", "communist-party-of-the-soviet-union"],
    ),
    "names-linked": function(
        "find_name", arguments=("Krushchov", ("Gromyko", "Khrushchev")), gives="Khrushchev"
    ),
}
