"""How a document lies on its pages: lines become blocks, cut sentences whole, header and closing set apart.

Pure rules of layout, written down in :func:`helpers.documents.parse`, which applies them.
"""

import re
from typing import NamedTuple

from helpers.normalize import comparable, words

ABBREVIATIONS = ("com", "comr", "cde", "mr", "mrs", "dr", "gen", "vol", "pp", "st", "sgd")
"""Abbreviations that stand before something, so that their full stop ends no sentence."""

_ENDS_SENTENCE = re.compile(r"[.?!…:;]['\"’”»)\]*]*$")
_ENDS_ABBREVIATION = re.compile(rf"\b({'|'.join(ABBREVIATIONS)})\.$", re.IGNORECASE)
_SENTENCE_INSIDE = re.compile(r"(?<!\b[Cc]om)(?<=[a-z\])])[.?!]['\"’”)]*\s+['\"‘“(\[]?[A-Z]")
_CANNOT_END = frozenset(
    "a an the of to in on at by for with from into upon and or but nor that which who whom whose if as than "
    "because is are was were be been has have had will would shall should could can may might must not "
    "his her its their our my your this these those between among about against".split()
)
_PAGE_NUMBER = re.compile(r"[-–—\[(]?\s*(?:page|p\.)?\s*\d{1,4}\s*[-–—\])]?", re.IGNORECASE)
_LIST_ITEM = re.compile(r"\(?(?:[a-z]|[ivx]+)[.)]\s")
_SIGNS = re.compile(
    r"\(?(?:signature|signed|sgd|recorded by|taken by|written by|typed|copies|copy to|cc:|distribution"
    r"|sent to:)",
    re.IGNORECASE,
)
_SECRECY = re.compile(r"\W*(?:\w+ )?(?:secret|confidential|restricted)\W*|copy no\..*", re.IGNORECASE)
_PROSE_WORDS = 8
_LONG_WORDS = 40


class Block(NamedTuple):
    """Lines that stand together, made one, and the number of the first."""

    line: int
    text: str


def find_blocks(lines: list[str], start: int) -> list[Block]:
    """Return the blocks from line `start` on, the cuts of words at line ends healed."""
    blocks: list[Block] = []
    open_ = False
    for number, line in enumerate(lines[start:], start + 1):
        line = unmarked(line)
        if line and open_:
            blocks[-1] = blocks[-1]._replace(text=_join(blocks[-1].text, line, blocks))
        elif line:
            blocks.append(Block(number, line))
        open_ = bool(line)
    return blocks


def heal_page_breaks(blocks: list[Block]) -> list[Block]:
    """Return the blocks with sentences that a page break cut made whole."""
    healed: list[Block] = []
    for i, block in enumerate(blocks):
        following = blocks[i + 1].text if i + 1 < len(blocks) else ""
        if healed and _PAGE_NUMBER.fullmatch(block.text) and _is_cut(healed[-1].text, following):
            continue
        if healed and _is_cut(healed[-1].text, block.text):
            healed[-1] = healed[-1]._replace(text=_join(healed[-1].text, block.text, blocks))
        else:
            healed.append(block)
    return healed


def _join(first: str, second: str, context: list[Block]) -> str:
    """Return two halves as one text; a hyphen at the cut stays only where the text elsewhere writes it."""
    cut = re.search(r"(\w+)[-\u00ad\u2010]$", first)
    rest = re.match(r"\w+", second)
    if not cut or not rest or not rest[0][0].islower():
        return f"{first} {second}"
    whole, hyphenated = cut[1] + rest[0], f"{cut[1]}-{rest[0]}"
    elsewhere = " ".join(block.text for block in context)
    if not re.search(rf"\b{whole}\b", elsewhere, re.IGNORECASE) and re.search(
        rf"\b{hyphenated}\b", elsewhere, re.IGNORECASE
    ):
        return f"{first[:-1]}-{second}"
    return first[:-1] + second


def _is_cut(first: str, second: str) -> bool:
    """Say whether a page break cuts a sentence between two blocks."""
    abbreviated = bool(_ENDS_ABBREVIATION.search(first))
    if not second or (_ENDS_SENTENCE.search(first) and not abbreviated):
        return False
    if _is_label(first) or _SIGNS.match(second) or _LIST_ITEM.match(second):
        return False
    if second.lstrip("\"'‘’“”([*")[:1].islower():
        return True
    if not _is_prose(first):
        return False
    stops_short = first[-1] in ",-–—" or first.split()[-1] in _CANNOT_END or abbreviated
    breaks_off = first[-1].isalnum() and bool(_SENTENCE_INSIDE.search(first))
    return stops_short or (breaks_off and _is_sentence(second))


def _is_label(text: str) -> bool:
    """Say whether a block is a line of an office's form, which no page break cuts."""
    return text.isupper() or bool(_SECRECY.fullmatch(text)) or is_date(text)


def _is_prose(text: str) -> bool:
    return len(words(text)) >= _PROSE_WORDS or bool(_SENTENCE_INSIDE.search(text))


def _is_sentence(text: str) -> bool:
    """Say whether a block reads as prose: it ends like a sentence, or is too long for a heading."""
    if _is_label(text):
        return False
    return bool(_ENDS_SENTENCE.search(text)) or len(words(text)) >= _LONG_WORDS


def find_sections(blocks: list[Block], title: str) -> tuple[list[Block], list[Block], list[Block]]:
    """Return header, body and closing."""
    if not any(_is_sentence(block.text) for block in blocks):
        return [], blocks, []
    start = next(i for i, block in enumerate(blocks) if _is_sentence(block.text))
    for i in range(start, min(start + 4, len(blocks) - 1)):
        if not _is_sentence(blocks[i].text) and _is_heading(blocks[i].text, title):
            start = i + 1
    end = len(blocks)
    while end > start + 1 and (not _is_sentence(blocks[end - 1].text) or _SIGNS.match(blocks[end - 1].text)):
        end -= 1
    return blocks[:start], blocks[start:end], blocks[end:]


def _is_heading(text: str, title: str) -> bool:
    """Say whether a line among the first paragraphs still belongs to the header."""
    if _SECRECY.fullmatch(text) or is_date(" ".join(words(text)[-3:])):
        return True
    own, known = words(comparable(text)), set(words(comparable(title)))
    return len(own) >= 4 and sum(word in known for word in own) >= 0.6 * len(own)


def is_cut_off(text: str) -> bool:
    """Say whether the last block of a document stops in the middle of a sentence."""
    if _ENDS_SENTENCE.search(text) or text.isupper() or _SIGNS.match(text):
        return False
    if text[-1] in ",-–—" or text.split()[-1] in _CANNOT_END:
        return len(words(text)) > 2
    return len(words(text)) >= _PROSE_WORDS and text[-1].islower()


def unmarked(line: str) -> str:
    """Return a line without the heading and bold marks of its conversion."""
    line = re.sub(r"^#+\s*|\s+#+$", "", line)
    return re.sub(r"^\*\*(.+?)\*\*$", r"\1", line).strip()


_MONTHS = "january february march april may june july august september october november december".split()
_DATE_WORDS = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|\d{{4}}|(?:{'|'.join(f'{m[:3]}(?:{m[3:]})?|{m[:3]}t' for m in _MONTHS)})"
    r"|circa|ca|c|about|early|mid|late|to|and|or|of|undated|no|date|n|d|between)",
    re.IGNORECASE,
)


def is_date(line: str) -> bool:
    """Say whether a line holds a date and nothing else."""
    parts = re.findall(r"[^\s,.;:()\[\]/–—-]+", line)
    return (
        bool(parts)
        and all(_DATE_WORDS.fullmatch(part) for part in parts)
        and bool(re.search(r"\b\d{4}\b|undated|no date|n\.d", line, re.IGNORECASE))
    )
