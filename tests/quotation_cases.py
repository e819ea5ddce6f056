"""One table of quotations for the matching contract: Python runs it, and so does the page in a browser.

The typed cases fix what the contract says; the derived ones, made from the sources by kind, cover every
paragraph.  A case is a paragraph that is named, or None; the text; and the status that it must have.
"""

from collections.abc import Iterator
from typing import NamedTuple

from helpers.corpus import loaders

D, M = "deng-1962-p{:02}".format, "mao-1963-p{:02}".format


class Case(NamedTuple):
    """What is typed, where it is said to be, and what must become of it; None leaves the status open."""

    paragraph_id: object
    text: object
    status: str | None


# References behind a quotation, and what only looks like one.
BEHIND = [
    " (deng-1962-p08)",
    ", deng-1962-p08",
    " - DENG–1962–P8.",
    " [¶ 8]",
    " ¶ 8",
    "(¶8)",
    ": ¶ 8",
    " (8)",
    " [8].",
    " (1962, ¶ 8).",
    " (1962, p08)",
    " (p. 8)",
    ", p. 8",
    " (§ 8)",
    " (Par. 8).",
    " (Deng 8)",
    " (Deng 1962: 8)",
    " (Deng 1962, paragraph 8)",
    "; Deng 1962, ¶\u00a08",
    " — Deng ¶8",
    " – Deng, ¶ 8;",
    " (Deng Xiaoping 1962, ¶ 8)",
    " (Deng’s record, ¶ 8)",
    " (¶ 8 of the record)",
    " (¶ 8, Deng 1962)",
    " (see ¶ 8)",
    " (cf. Deng ¶ 8)",
    " (in Deng ¶ 8)",
    " (Deng ¶¶ 8–9)",
    " (¶¶ 7, 8 and 9)",
    " (paragraphs 7 to 8)",
    " (Deng ¶ 8; Mao ¶ 8)",
    " (Mao 1963, header line 2)",
    " (mao-1963-s1)",
    " (zhou-1960-p108)",
]
NOT_BEHIND = [
    " (see below)",
    " 8",
    " (63)",
    " (1962)",
    " (¶ 8.5)",
    " (¶ 123)",
    " (deng-1962)",
    " (my ¶ 8)",
    " (8",
]

TYPED = [
    # 1. What is forgiven: form, quotation marks around it, a full stop or comma at its end.
    (D(5), "no matter what, the CPSU and the CCP must close ranks", "verbatim"),
    (D(5), "No Matter What, The CPSU And The CCP Must Close Ranks", "verbatim"),
    (D(5), "  no matter\twhat,\nthe  CPSU ", "verbatim"),
    (D(8), "‘How else could it be?’ (Deng 1962, ¶ 8)", "verbatim"),
    (M(10), "the s\u034fky won\ufe0f't co\u3164llaps\u200be", "verbatim"),
    (D(5), "no matter what,\u00a0the CPSU", "verbatim"),
    (D(5), '"no matter what, the CPSU"', "verbatim"),
    (D(5), "“no matter what, the CPSU”", "verbatim"),
    (D(5), "«no matter what, the CPSU»", "verbatim"),
    (D(5), "'no matter what, the CPSU'", "verbatim"),
    (D(5), "“no matter what, the CPSU.”", "verbatim"),
    (D(5), "“no matter what, the CPSU”.", "verbatim"),
    (D(5), "no matter what,", "verbatim"),
    (D(5), "no matter what.", "verbatim"),
    (D(5), "no mat\u00adter what, the", "verbatim"),
    (D(5), "no\u200b matter\ufeff what, the", "verbatim"),
    (D(5), "ﬁrst, no matter what", "altered"),
    (D(12), "had in mind — the convocation", "verbatim"),
    (D(12), "had in mind – the convocation", "verbatim"),
    (D(12), "had in mind -- the convocation", "verbatim"),
    (D(12), "about the time‑frame for convening", "verbatim"),
    (M(10), "The sky won’t collapse", "verbatim"),
    (M(10), "The sky won't collapse.", "verbatim"),
    (M(10), "The sky won't collapse!", "altered"),
    (D(8), "“How else could it be? The representatives", "verbatim"),
    (D(8), "‘How else could it be?", "verbatim"),
    (D(8), "parties,” he stated, “must meet", "verbatim"),
    (D(8), "parties,' he stated, 'must meet", "verbatim"),
    # Nothing else is forgiven.
    (D(5), "no matter what the CPSU", "altered"),
    (D(5), "no matter what; the CPSU", "altered"),
    (D(5), "no mater what, the CPSU", "altered"),
    (D(5), "no matter what, the CCP and the CPSU must close ranks", "altered"),
    (D(5), "no matter what, the CPSU and the CCP must close rank", "altered"),
    (D(5), "o matter what, the CPSU", "altered"),
    (M(10), "The sky won", "altered"),
    (M(10), "The sky will not collapse", "altered"),
    (M(6), "Now, forty three parties", "altered"),
    (M(6), "Now, 43 parties openly criticize us", "altered"),
    (D(1), "After a silence lasting for five days", "altered"),
    (D(3), "In connection with Deng Xiaoping", "altered"),
    # 2. Omissions.
    (D(5), "no matter what ... must close ranks", "verbatim"),
    (D(5), "no matter what … must close ranks", "verbatim"),
    (D(5), "no matter what … must close ranks …", "verbatim"),
    (D(5), "no matter what…must close ranks", "verbatim"),
    (D(5), "no matter what [...] must close ranks", "verbatim"),
    (D(5), "no matter what [. . .] must close ranks", "verbatim"),
    (D(5), "no matter what […] must close ranks", "verbatim"),
    (D(5), "no matter what . . . must close ranks", "verbatim"),
    (D(5), "... no matter what", "verbatim"),
    (D(5), "no matter what, ... must close ranks", "verbatim"),
    (D(5), "no matter ... close ranks ... imminent import", "verbatim"),
    (D(5), "must close ranks ... no matter what", "altered"),
    (D(5), "no matter ... ranks", "too-short"),
    (D(5), "what ... must close ranks", "too-short"),
    (D(5), "no matter what ... must open ranks", "altered"),
    (D(5), "no matter what ... preparatory consultation between", "altered"),
    (D(5), "no matter what ... the sky won't collapse", "altered"),
    (M(14), "move ahead together as a team ... depends on us, depends on our party", "verbatim"),
    (M(14), "as a team … depends on us", "verbatim"),
    (M(14), "team ... depends on", "verbatim"),
    (M(14), "move ahead together ... depends on whether", "verbatim"),
    # 3. Brackets: the quoter's own, and those of the source.
    (D(5), "the CCP must [now] close ranks", "verbatim"),
    (D(5), "no matter what, the CPSU [...] must close ranks", "verbatim"),
    (D(5), "no matter what, the [two parties] must close ranks", "verbatim"),
    (D(5), "consists of the fact that [the two] must close ranks", "altered"),
    (D(1), "the [sic] replied to us", "verbatim"),
    (D(1), "the replied [sic] to us", "verbatim"),
    (D(8), "[T]he representatives of the fraternal parties", "verbatim"),
    (D(8), "[The] representatives of the fraternal parties", "verbatim"),
    (D(8), "representatives of the fraternal part[ies]", "verbatim"),
    (D(5), "no matter what [the two great parties of all]", "verbatim"),
    (D(5), "[no matter what]", "too-short"),
    (D(5), "no matter [of what kind]", "too-short"),
    (D(5), "which are of imminent import [nazrevshie voprosy]", "verbatim"),
    (D(5), "of imminent import [nazrevshie", "verbatim"),
    (D(13), "expressed himself obscurely [tumanno], noting", "verbatim"),
    (D(13), "expressed himself obscurely, noting", "altered"),
    (D(13), "expressed himself obscurely [foggily], noting", "verbatim"),
    (D(16), "conversations with [Dean] Rusk", "verbatim"),
    (D(16), "conversations with Dean Rusk", "altered"),
    (D(16), "conversations with Rusk", "altered"),
    # 4. Either reading; the healed page breaks; header and closing lines.
    (D(1), "for four days, the replied to us", "verbatim"),
    (D(1), "for four days, they replied to us", "verbatim"),
    (D(1), "for four days, he replied to us", "altered"),
    (D(19), "employees in the CC apparatus, Yan Minfu", "verbatim"),
    (D(19), "employees in the CC apparatus, Yan Mingfu", "verbatim"),
    (D(13), "being repeated in answering letters by the CC CCP", "verbatim"),
    (M(7), "The Chinese party is not responding to the four articles", "verbatim"),
    (M(12), "letter to the CPSU in late April", "verbatim"),
    (M(12), "letter to the CPSU in last April", "altered"),
    ("deng-1962-h1", "FROM TIIE DIARY OF", "verbatim"),
    ("deng-1962-h1", "From the diary of", "verbatim"),
    ("deng-1962-s1", "Ambassador of the USSR to the PRC", "verbatim"),
    ("mao-1963-h4", "his conversation with Chervonenko on February 23", "verbatim"),
    ("mao-1963-h4", "his conversation with Chervoenko on February 23", "verbatim"),
    # 5. Too short, or nothing at all.
    (D(5), "close ranks", "too-short"),
    (D(5), "unity", "too-short"),
    (D(5), "", "empty"),
    (D(5), "   ", "empty"),
    (D(5), '""', "empty"),
    (D(5), "...", "empty"),
    (D(5), "…?!", "empty"),
    (D(5), None, "empty"),
    (D(5), 3.5, "empty"),
    (D(5), ["no matter what"], "empty"),
    # 6. Elsewhere, altered, absent; ids as a student types them.
    (D(6), "no matter what, the CPSU", "other-paragraph"),
    (D(6), "major preparatory work is necessary", "other-paragraph"),
    (M(1), "no matter what, the CPSU", "other-document"),
    (D(1), "The sky won't collapse", "other-document"),
    ("deng-1962-p99", "no matter what, the CPSU", "other-paragraph"),
    ("mao-1963-p99", "no matter what, the CPSU", "other-document"),
    ("chapter 5", "no matter what, the CPSU", "other-paragraph"),
    (None, "no matter what, the CPSU", "verbatim"),
    ("DENG-1962-P5", "no matter what, the CPSU", "verbatim"),
    (" deng-1962-p005 ", "no matter what, the CPSU", "verbatim"),
    ("deng–1962–p05", "no matter what, the CPSU", "verbatim"),
    (D(5), "the harvest in Ukraine failed for want of rain", "absent"),
    (D(5), "lorem ipsum dolor sit amet", "absent"),
    (D(5), "x " * 5000, "absent"),
    (M(14), "Comrade Mao ... team ... depends", "verbatim"),
    (M(14), "Comrade Mao ... team ... on us", "too-short"),
    # References behind the words, without quotation marks, behind them or within; all else is text.
    *[(D(8), f"means to ensure this unity{behind}", "verbatim") for behind in BEHIND],
    *[(D(8), f"“means to ensure this unity”{behind}", "verbatim") for behind in BEHIND],
    *[(D(8), f"“means to ensure this unity{behind}”", "verbatim") for behind in BEHIND],
    *[(D(8), f"means to ensure this unity{behind}", "altered") for behind in NOT_BEHIND],
    ("mao-1963-h4", "his conversation with Chervonenko (mao-1963-h4)", "verbatim"),
    (D(8), "this unity (deng-1962-p08)", "too-short"),
    (D(8), "(deng-1962-p08)", "too-short"),
    # Brackets may explain, and may not reverse the sense.
    (D(5), "the CCP must [not] close ranks", "altered"),
    (D(5), "the CCP must [never] close ranks", "altered"),
    (D(5), "the CPSU and the CCP must close ranks [not]", "altered"),
    (D(5), "the CPSU ... [cannot] close ranks and unite", "altered"),
    (M(10), "the sky [will] collapse", "altered"),
    (M(10), "the sky [will not] collapse", "verbatim"),
    # Anywhere, when no paragraph is named.
    (None, "“The sky won’t collapse”", "verbatim"),
    (None, "the fraternal parties", "verbatim"),
    (None, "The sky will not collapse", "altered"),
    (None, "the harvest in Ukraine failed for want of rain", "absent"),
    (None, "unity", "too-short"),
    # What is pasted by mistake, or to do harm.
    (D(5), "<img src=x onerror=alert(1)> no matter what", "absent"),
    (D(5), "__proto__ constructor toString hasOwnProperty", "absent"),
    (D(5), "no matter what, the CPSU \N{PILE OF POO} must", "altered"),
    (D(5), "\N{MATHEMATICAL BOLD SMALL N}o matter what, the CPSU", "verbatim"),
    (D(5), "NO MATTER WHAT, THE CPSU\N{COMBINING ACUTE ACCENT}", "altered"),
    (D(5), "no matter what, the cpſu", "verbatim"),
    (D(5), "\u202eno matter what, the CPSU\u202c", "verbatim"),
    (D(5), "no\x1cmatter\x85what, the", "verbatim"),
    (D(5), "\0no matter what, the", "altered"),
    (D(5), "[" * 3000 + "no matter what", "altered"),
    (D(5), "[...] " * 300 + "no matter what", "altered"),
    (D(5), "'" * 3000 + "no matter what, the CPSU" + "'" * 3000, "verbatim"),
    (D(5), "no matter what, " * 400, "absent"),
    (D(5), "the [x] " * 500, "absent"),
    (D(5), "no matter what, the CPSU " * 3000, "absent"),
    ("'" * 50 + '"\\', "no matter what, the CPSU", "other-paragraph"),
    ("deng-1962-p" + "9" * 60, "no matter what, the CPSU", "other-paragraph"),
    ({}, "no matter what, the CPSU", "other-paragraph"),
]

_MARKS = [" ... ", " … ", "…", " [...] ", " [. . .] "]


def cases() -> list[Case]:
    """Return every case, the typed ones first."""
    return [Case(*case) for case in TYPED] + list(_derived()) + list(_received())


def _derived() -> Iterator[Case]:
    """Yield cases of every kind, each made from the words of every third line."""
    lines = [line for line in loaders.lines() if len(line.text("corrected").split()) >= 12]
    for i, line in enumerate(lines):
        other = lines[(i + 7) % len(lines)]
        yield from list(_made_from(i, line, other))[i % 3 :: 3]


def _made_from(i: int, line: loaders.Line, other: loaders.Line) -> Iterator[Case]:
    words, start, home = line.text("corrected").split(), 1 + i % 4, line.paragraph_id
    span = words[start : start + 6 + i % 5]
    text, first, last = " ".join(span), " ".join(words[:3]), " ".join(words[-3:])
    mark = _MARKS[i % 5]
    yield Case(home, text, "verbatim")
    yield Case(None, f"«{text.upper()}» ({home})", "verbatim")
    yield Case(home, "“" + text.replace(" ", "\u00a0", 2) + "”.", "verbatim")
    yield Case(home, f"{first}{mark}{last}", "verbatim")
    yield Case(home, " ".join([*span[:2], "[that is]", *span[2:]]), "verbatim")
    yield Case(home, f"{text} [sic]", "verbatim")
    # Where these go wrong depends on the words: the page must say what Python says.
    yield Case(other.paragraph_id, text, None)
    yield Case(home, " ".join([*span[:2], "not", *span[2:]]), None)
    yield Case(home, " ".join([*span[:2], "[not]", *span[2:]]), None)
    yield Case(home, " ".join([*span[:1], *span[2:]]), None)
    yield Case(home, " ".join([*span[:3], "zzyzx", *span[4:]]), None)
    yield Case(home, " ".join([span[1], span[0], *span[2:]]), None)
    yield Case(home, text[1:], None)
    yield Case(None, text.replace("e", "", 1), None)
    yield Case(home, f"{last}{mark}{first}", None)
    yield Case(None, f"{text} ... {' '.join(other.text('corrected').split()[:4])}", None)
    yield Case(home, f"{text}{' and so the harvest failed for want of rain' * (1 + i % 2)}", None)


def _received() -> Iterator[Case]:
    """Yield the words that only the diplomatic reading has, with those around them."""
    for line in loaders.lines():
        received = line.text("diplomatic").split()
        for at, part in enumerate(received if line.text("corrected") != line.text("diplomatic") else []):
            if part not in line.text("corrected").split():  # a word that only the diplomatic reading has
                yield Case(line.paragraph_id, " ".join(received[max(0, at - 2) : at + 3]), None)
