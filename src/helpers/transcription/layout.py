"""Apply the layout rules: join lines to blocks, rejoin cut sentences, and find header and closing.

:func:`helpers.transcription.parser.parse` lists the rules and applies them.
"""

import re
from typing import NamedTuple

from helpers.dates import MONTH_NUMBERS
from helpers.normalize import comparable, words

ABBREVIATIONS = ("com", "comr", "cde", "mr", "mrs", "dr", "gen", "vol", "pp", "st", "sgd")
"""Abbreviations that precede a name or a number, so that their period does not end a sentence."""

_STOPS = frozenset(".?!…:;。！？")
_CLOSERS = frozenset("'\"’”»)]*")
# Quotation marks and brackets may follow the closing mark, and then the number of a footnote.
_CLOSED_SENTENCE = re.compile(
    r"(?:[.?!…:;。！？]['\"’”»)\]*]*|(?<=[^\W\d])[.?!]['\"’”»)\]]*(?:\d{1,2}|\[\^?\d+\]))$"
)
_ENDS_ABBREVIATION = re.compile(rf"\b({'|'.join(ABBREVIATIONS)})\.$", re.IGNORECASE)
_ABBREVIATED = frozenset(f"{abbreviation[-2:]}." for abbreviation in ABBREVIATIONS)
# A short capitalized word before a period is an abbreviation: Yu., Gen., Iu. V.
_SENTENCE_INSIDE = re.compile(
    r"(?<=[a-z\])])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\b[A-Z][a-z]{3})(?<!\bcom)(?<!\betc)"
    r"[.?!]['\"’”)]*\s+['\"‘“(\[]?[A-Z]"
)
_CUT_WORD = re.compile(r"(\w+)[-\u00ad\u2010¬]$")
_FIRST_WORD = re.compile(r"\w+")
_HYPHENS = ("-", "\u00ad", "\u2010", "¬")  # ¬ is what ABBYY and the Internet Archive write
_CANNOT_END = frozenset(
    "a an the of to in on at by for with from into upon and or but nor that which who whom whose if as than "
    "because is are was were be been has have had will would shall should could can may might must not "
    "his her its their our my your this these those between among about against".split()
)
_TITLES = frozenset("Comrade Comrades Cde Mr President Premier Minister Ambassador Marshal".split())
_PAGE_NUMBER = re.compile(
    r"[-–—\[(]?\s*(?:page|p\.)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*[-–—\])]?", re.IGNORECASE
)
_CERTAIN_PAGE_NUMBER = re.compile(
    r"[-–—]\s*\d{1,4}\s*[-–—]|page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
_LIST_ITEM = re.compile(r"\(?(?:[a-z]|[ivx]+)[.)]\s")
_SPEAKER = re.compile(r"(?:[A-Z][\w.’'-]*\s?){1,4}(?:\[[^\]]*\]|\([^)]*\))?:\s|[A-Z]{3,}\.\s+[A-Z]")
_SIGNS = re.compile(
    r"[\[(]?(?:(?:signature|signed|sgd)\b(?=\W*$|\W*[(:\[]|\s+by\b|\s+[A-Z])"
    r"|(?:recorded|taken|written|typed|verified) by\b"
    r"|(?:copies|copy|distribution|sent)\b[^.:]{0,30}:|cc:|copy to\b)",
    re.IGNORECASE,
)
_SIGNED_SENTENCE = re.compile(r"[.?!]['\"”]*$")
_SECRECY = re.compile(r"\W*(?:\w+ )?(?:secret|confidential|restricted)\W*|copy no\..*", re.IGNORECASE)
# Lines of an office's form that end like a sentence: a label, an initial, an hour.
_FORM = re.compile(
    r"(?:time|date|place|location|participants?|present|attend(?:ed|ees)|chaired|from|to|subject|agenda|topic"
    r"|translators?|interpreters?|recorders?|sent|received)\b[^.:]{0,25}(?::|\bby\b)",
    re.IGNORECASE,
)
_ENDS_FORM = re.compile(r"(?:\b[A-Z]\.|\b[ap]\.m\.|\bet al\.)$")
# A rejoined text may be long; only its end matters.
_TAIL = 80
_SHORT_TAIL = 10
_COVERING_NOTE_WORDS = 40
_SALUTATION_WORDS = 5
_PROSE_WORDS = 8
_LONG_WORDS = 40


class Block(NamedTuple):
    """Adjacent lines joined to one text, and the number of the first line."""

    line: int
    text: str


def find_blocks(lines: list[str], start: int) -> list[Block]:
    """Return the blocks from line `start` on, with words divided at line ends rejoined."""
    lines = lines[start:]
    blocks: list[Block] = []
    is_open = False
    for number, line in enumerate(lines, start + 1):
        if line and is_marked(line):
            line = unmarked(line)
        if line and is_open:
            blocks[-1] = blocks[-1]._replace(text=_join(blocks[-1].text, line, lines))
        elif line:
            blocks.append(Block(number, line))
        is_open = bool(line)
    return blocks


def heal_page_breaks(blocks: list[Block]) -> list[Block]:
    """Return the blocks, with sentences that a page break cut in two rejoined."""
    texts = [block.text for block in blocks]
    healed: list[Block] = []
    for i, block in enumerate(blocks):
        if block.text[-1] not in _STOPS:  # most blocks end like this, but no page number does
            if _CERTAIN_PAGE_NUMBER.fullmatch(block.text):
                continue
            following = texts[i + 1] if i + 1 < len(texts) else ""
            if healed and _PAGE_NUMBER.fullmatch(block.text) and _is_cut(healed[-1].text, following):
                continue
        if healed and _is_cut(healed[-1].text, block.text):
            healed[-1] = healed[-1]._replace(text=_join(healed[-1].text, block.text, texts))
        else:
            healed.append(block)
    return healed


def _join(first: str, second: str, texts: list[str]) -> str:
    """Join two halves; keep the hyphen of a divided word only if the word has it in `texts`."""
    cut = first.endswith(_HYPHENS) and _CUT_WORD.search(first[-_TAIL:])
    rest = _FIRST_WORD.match(second)
    if not cut or not rest:
        return f"{first} {second}"
    if not rest[0][0].islower():  # Sino-Soviet, 12-14
        return f"{first[:-1]}-{second}" if first.endswith("¬") else first + second
    elsewhere = " ".join(texts)
    whole, hyphenated = rf"\b{cut[1]}{rest[0]}\b", rf"\b{cut[1]}-{rest[0]}\b"
    is_compound = re.search(hyphenated, elsewhere, re.IGNORECASE) and not re.search(
        whole, elsewhere, re.IGNORECASE
    )
    return f"{first[:-1]}-{second}" if is_compound else first[:-1] + second


def _is_cut(first: str, second: str) -> bool:
    """Say whether a page break cuts a sentence between two blocks."""
    abbreviated = _ends_abbreviation(first)
    if not second or (not abbreviated and _ends_sentence(first)):
        return False
    if _is_label(first) or _opens_anew(second):
        return False
    tail = first[-_TAIL:]
    if (tail.endswith(_HYPHENS) and _CUT_WORD.search(tail)) or second.lstrip("\"'‘’“”([*")[:1].islower():
        return True
    last = tail.split()[-1]
    is_list = tail.endswith(",") and len(words(tail)) > _SALUTATION_WORDS
    if last in _TITLES or is_list or abbreviated:
        return True
    if not _is_prose(first):
        return False
    breaks_off = last[-1].isalnum() and bool(_SENTENCE_INSIDE.search(first))
    return last[-1] in "–—" or last in _CANNOT_END or (breaks_off and _is_sentence(second))


def _opens_anew(text: str) -> bool:
    """Say whether a block begins a new item: a list item, a speaker, a signature."""
    signs = _SIGNS.match(text) and not _SIGNED_SENTENCE.search(text)
    return bool(signs or _LIST_ITEM.match(text) or _is_speech(text))


def _is_speech(text: str) -> bool:
    return (":" in text or "." in text) and bool(_SPEAKER.match(text))


def _is_label(text: str) -> bool:
    """Say whether a block is a line of an office form, which is never continued after a page break."""
    is_form = text.isupper() or is_date(text) or _SECRECY.fullmatch(text)
    return bool(is_form) and not _has_words(text[:1000], _LONG_WORDS + 1)


def _has_words(text: str, n: int) -> bool:
    """Say whether a text has at least `n` words, without splitting all of it."""
    return len(text.split(None, n - 1)) >= n


def _ends_abbreviation(text: str) -> bool:
    return text[-3:].casefold() in _ABBREVIATED and bool(_ENDS_ABBREVIATION.search(text[-_SHORT_TAIL:]))


def _ends_sentence(text: str) -> bool:
    """Say whether a text ends like a sentence; its last character decides nearly every case."""
    last = text[-1:]
    if last in _STOPS:
        return True
    return (last in _CLOSERS or last.isdigit()) and bool(_CLOSED_SENTENCE.search(text[-_TAIL:]))


def _is_prose(text: str) -> bool:
    return _has_words(text, _PROSE_WORDS) or bool(_SENTENCE_INSIDE.search(text))


def _is_sentence(text: str) -> bool:
    """Say whether a block reads as prose: it ends like a sentence, or is too long for a heading."""
    if _is_label(text):
        return False
    return _ends_sentence(text) or _has_words(text, _LONG_WORDS)


def find_sections(blocks: list[Block], title: str) -> tuple[list[Block], list[Block], list[Block]]:
    """Return header, body and closing; the body is empty if no block is a sentence."""
    texts = [block.text for block in blocks]
    start = next((i for i, t in enumerate(texts) if _is_sentence(t) and not _is_form(t)), len(texts))
    skipped = 0
    for i, text in enumerate(texts[start : start + 4], start):
        if not _is_sentence(text) and _is_heading(text, title) and i + 1 < len(texts):
            start = i + 1
        skipped += len(text.split(None, _COVERING_NOTE_WORDS))  # more words would make no difference
        if skipped > _COVERING_NOTE_WORDS:
            break
    end = len(texts)
    while end > start + 1 and _is_closing(texts[end - 1], is_last=end == len(texts)):
        end -= 1
    return blocks[:start], blocks[start:end], blocks[end:]


def _is_form(text: str) -> bool:
    """Say whether a line that ends like a sentence belongs to an office form."""
    is_form = _FORM.match(text) or _ENDS_FORM.search(text[-_SHORT_TAIL:])
    return bool(is_form) and not _has_words(text, _LONG_WORDS)


def _is_closing(text: str, *, is_last: bool) -> bool:
    """Say whether a block before closing lines is itself a closing line."""
    if _SIGNS.match(text):
        return True
    if text.endswith(":"):  # "Five copies sent:" and the list of them
        return not is_last and not _has_words(text, _SALUTATION_WORDS + 1)
    is_remark = text[-1] in ')"”’]' and _has_words(text, _PROSE_WORDS)
    return not (_is_sentence(text) or _is_speech(text) or is_remark)


def _is_heading(text: str, title: str) -> bool:
    """Say whether a line among the first paragraphs still belongs to the header."""
    if _SECRECY.fullmatch(text) or (is_date(" ".join(words(text)[-3:])) and not is_date(text)):
        return True
    own, known = words(comparable(text)), set(words(comparable(title)))
    return len(own) >= 4 and sum(word in known for word in own) >= 0.6 * len(own)


def is_cut_off(text: str) -> bool:
    """Say whether the last block of a document visibly stops in the middle of a sentence.

    It does if it ends with a comma, a hyphen or a word that cannot end a sentence, or if it has eight words
    or more and ends with a small letter.
    """
    if _ends_sentence(text) or text.isupper() or _SIGNS.match(text):
        return False
    if text[-1] in ",-–—" or text.split()[-1] in _CANNOT_END:
        return _has_words(text, 3)
    return text[-1].islower() and _has_words(text, _PROSE_WORDS)


_HEADING = re.compile(r"^#+\s*|\s+#+$")
_BOLD = re.compile(r"^\*\*(.+?)\*\*$")


def is_marked(line: str) -> bool:
    """Say whether a stripped line may have heading or bold marks from a conversion; most have none."""
    return line[0] in "#*" or line[-1] == "#"


def unmarked(line: str) -> str:
    """Return a line without heading and bold marks from a conversion."""
    line = line.strip()
    return _BOLD.sub(r"\1", _HEADING.sub("", line)).strip() if line and is_marked(line) else line


_DATE_WORD = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|\d{{4}}|(?:{'|'.join(MONTH_NUMBERS)})"
    r"|circa|ca|c|about|early|mid|late|to|and|or|of|undated|no|date|n|d|between|before|after|not|later"
    r"|earlier|than|spring|summer|fall|autumn|winter|\d{4}s|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_BETWEEN = r"[\s,.;:?()\[\]/–—-]"
_DATE_WORDS = re.compile(rf"{_BETWEEN}*+(?:{_DATE_WORD}(?:{_BETWEEN}++|\Z))*+", re.IGNORECASE)
_HOLDS_YEAR = re.compile(r"\b\d{4}s?\b|undated|no date|n\.d", re.IGNORECASE)


def is_date(line: str) -> bool:
    """Say whether a line contains only a date."""
    return bool(_DATE_WORDS.fullmatch(line) and _HOLDS_YEAR.search(line))
