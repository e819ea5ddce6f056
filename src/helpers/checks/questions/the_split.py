"""The questions on the story of the split."""

from helpers.checks.questions import choices, date, items

_WORD = "a word of the table"

QUESTIONS = {
    "early-steps-in-order": items(
        "answer_early_steps",
        ordered=True,
        n=6,
        names={
            "article": ["Lenin", "article on Lenin", "Chinese article"],
            "Belgrade": ["peace in Belgrade"],
            "camp": ["head", "head of the camp", "socialist camp"],
            "joke": ["10,000 years"],
            "promise": ["bomb", "sample bomb", "promise of a bomb"],
            "speech": ["Stalin", "speech on Stalin", "session"],
        },
        noun=_WORD,
    ),
    "between-the-talks": items("answer_between", names="abcdefghijkl", noun="a letter of the table"),
    "sides-of-steps": choices(
        "answer_sides",
        things="abcdef",
        options={
            "Beijing": ["the Chinese side"],
            "Moscow": ["the Soviet side"],
            "both": ["both sides", "both of them", "both together"],
            "disputed": ["contested", "each blames the other"],
            "others": ["other", "somebody else", "someone else", "another party", "outsiders"],
        },
    ),
    "wishes-matched": choices("answer_wishes", things="abcdef", options="123456789"),
    "causes-tested": choices(
        "answer_causes",
        things="abcdef",
        options={
            "impossible": ["not possible", "ruled out"],
            "open": ["not told", "not shown"],
            "told": ["stated", "said"],
        },
    ),
    "days-worked-out": {"Asked": date("answer_asked"), "Told": date("answer_told")},
    "sentences-both-accept": choices(
        "answer_sentences", things=["fighting", "talks", "specialists"], options="1234"
    ),
    "bomb-in-order": items(
        "answer_bomb",
        ordered=True,
        n=6,
        names=["announcement", "explosion", "promise", "question", "refusal", "treaty"],
        noun=_WORD,
    ),
}
